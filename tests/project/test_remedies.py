"""The measurement of notebook 12: its networks are the notebook's, and what is stored is what is measured today."""

import ast
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from notebook_rules import code_cells, read, tags
from places import ROOT

from benchmarks import harness
from helpers import course, data, remedies

NOTEBOOK = ROOT / "notebooks" / "12_overfitting.ipynb"
NETWORKS = {
    "plain": "none",
    "small_weights": "L2",
    "with_dropout": "dropout",
    "augmented": "augmentation",
    "few_weights": "L1",
}


@pytest.fixture(scope="module")
def keras():
    course.start_keras()
    import keras  # noqa: PLC0415

    return keras


@pytest.fixture(scope="module")
def bench(keras):
    from benchmarks import remedies as bench  # noqa: PLC0415

    return bench


def layers_of(model):
    """All that was chosen about the layers of a network, their names left out."""
    inner = [each for layer in model.layers for each in getattr(layer, "layers", [layer])]  # a network may be a layer
    configs = [(type(layer).__name__, dict(layer.get_config())) for layer in inner]
    return [(kind, {key: value for key, value in config.items() if key != "name"}) for kind, config in configs]


@pytest.fixture(scope="module")
def notebook(keras):
    """What the cells tagged recipe define, run without their trainings."""
    known = {"keras": keras, "layers": keras.layers, "validation": None}
    for _, cell in code_cells(read(NOTEBOOK)):
        if "recipe" in tags(cell):
            for statement in ast.parse(cell.source).body:
                if not re.search(r"\.fit\(|^(copies|plots|print)", ast.unparse(statement)):
                    exec(ast.unparse(statement), known)
    return known


@pytest.mark.parametrize(("name", "remedy"), NETWORKS.items())
def test_the_notebook_builds_what_is_measured(notebook, name, remedy):
    assert layers_of(notebook[name]) == layers_of(remedies.build(remedy))


def test_the_notebook_trains_as_is_measured(notebook):
    """Every fit has 500 digits, 40 epochs and batches of 50, but for more data and the members of the ensemble."""
    fits = [
        node
        for _, cell in code_cells(read(NOTEBOOK))
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".fit")
    ]
    trained = {}
    for node in fits:
        words = {
            word.arg: ast.literal_eval(word.value) for word in node.keywords if word.arg in ("epochs", "batch_size")
        }
        words |= {
            key: notebook["how"][key] for word in node.keywords if word.arg is None for key in ("epochs", "batch_size")
        }
        trained[ast.unparse(node.func).removesuffix(".fit")] = (words["epochs"], words["batch_size"])
    many = remedies.EPOCHS * remedies.FEW // remedies.MANY
    assert trained.pop("more") == (many, remedies.BATCH_SIZE)
    assert trained.pop("member") == (remedies.MEMBER_EPOCHS, remedies.BATCH_SIZE)
    assert set(trained) == {*NETWORKS, "stopped", "misled"}
    assert set(trained.values()) == {(remedies.EPOCHS, remedies.BATCH_SIZE)}


def test_the_notebook_stops_as_is_measured():
    source = "\n".join(cell.source for _, cell in code_cells(read(NOTEBOOK)))
    assert f'EarlyStopping(monitor="val_loss", patience={remedies.PATIENCE}, restore_best_weights=True)' in source
    assert f"remedies.wrong_labels(few_labels, {remedies.WRONG}," in source


def test_every_remedy_is_stored():
    assert data.load_remedies().names == tuple(remedies.STRENGTHS)
    assert data.load_remedies("boston").names == tuple(remedies.BOSTON)


def test_the_strengths_that_were_chosen_were_compared(bench):
    stored = harness.load("choose_remedies")
    assert [(row["task"], row["remedy"], row["strength"]) for row in stored["rows"]] == [
        (task, name, strength)
        for task, candidates in bench.CANDIDATES.items()
        for name, strengths in candidates.items()
        for strength in strengths
    ]
    for task, chosen in (("digits", remedies.STRENGTHS), ("boston", remedies.BOSTON)):
        for name, strengths in bench.CANDIDATES[task].items():
            assert chosen[name] in strengths
    assert not set(bench.CHOOSING_SEEDS) & set(bench.SEEDS)


@pytest.fixture
def fake(bench, monkeypatch, tmp_path):
    """The measurement with made-up errors, in a folder of its own."""
    monkeypatch.setattr(bench, "TASKS", {"digits": lambda *args: 12.34567, "boston": lambda *args: 2.5})
    for marker in ("remedies", "choose_remedies"):
        page = tmp_path / marker / "README.md"
        page.parent.mkdir()
        page.write_text(f"<!-- {marker} -->\nold\n<!-- /{marker} -->\n", encoding="utf-8")
    return SimpleNamespace(bench=bench, folder=tmp_path)


def test_a_measurement_is_stored_with_its_date_and_versions(fake):
    fake.bench.measure(fake.folder / "remedies")
    stored = json.loads((fake.folder / "remedies" / "remedies.json").read_text(encoding="utf-8"))
    assert stored["digits"]["none"] == [12.346] * 5 and stored["boston"]["L2"] == [2.5] * 5
    assert {"date", "machine", "versions"} <= set(stored)
    page = (fake.folder / "remedies" / "README.md").read_text(encoding="utf-8").splitlines()
    assert page[1] == f"* **Measured:** {harness.setting(stored)}."


def test_the_choice_is_stored_with_its_table(fake):
    fake.bench.choose(fake.folder / "choose_remedies")
    stored = harness.load("choose_remedies", fake.folder / "choose_remedies")
    page = (fake.folder / "choose_remedies" / "README.md").read_text(encoding="utf-8")
    assert "\n".join(fake.bench.table(stored)) in page and "| digits | L2 | 0.001 | 12.35 |" in page


def test_the_card_tells_when_it_was_measured():
    card = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    stored = json.loads((ROOT / "data" / "remedies.json").read_text(encoding="utf-8"))
    assert f"* **Measured:** {harness.setting(stored)}." in card
    assert np.all(np.isfinite(data.load_remedies().x))
