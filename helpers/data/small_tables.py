"""The small data sets: the tables of data/, and what comes with scikit-learn."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .types import Column, Table

TABLES_FOLDER = Path(__file__).resolve().parents[2] / "data"


_FACTS = "none needed, bare facts"


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


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Remedies(Table):
    """Errors of networks that were trained with remedies against overfitting; x has a row for each remedy.

    Attributes:
        names: the remedies, in the order of the rows.
        seeds: the seeds, in the order of the columns.
        measured: the date, such as "2026-11-29".
        versions: dict from a package to its version then.
    """

    names: tuple[str, ...]
    seeds: tuple[int, ...]
    measured: str
    versions: dict

    @property
    def errors(self):
        """Dict from the name of a remedy to its errors, shape (seeds,)."""
        return dict(zip(self.names, self.x.copy(), strict=True))


def load_remedies(task="digits"):
    """Load what each remedy of notebook 12 reached with five seeds.

    Args:
        task: "digits", the validation error in per cent of networks that learned from 500 digits; or "boston", the mean
            absolute error in $1000s of networks that learned from 100 rows of the Boston data.

    Returns:
        A ``Remedies`` table: x (remedies, 5) float64; y is None.

    Raises:
        ValueError: an unknown task, or a damaged file.
        FileNotFoundError: the file in data/ is missing.

    Source: ``make bench-full``, which trains the networks of ``helpers/remedies.py``.
    """
    if task not in ("digits", "boston"):
        raise ValueError(f"Choose 'digits' or 'boston', not {task!r}.")
    try:
        stored = json.loads(_read_text("remedies.json"))
        names, seeds = tuple(stored[task]), tuple(stored["seeds"])
        x = np.array([stored[task][name] for name in names], float).reshape(len(names), len(seeds))
        versions, date = stored["versions"], stored["date"]
    except (KeyError, ValueError, TypeError):
        raise ValueError(
            "The file data/remedies.json is damaged: restore it with `git checkout data`, or fetch the course again."
        ) from None
    unit = {"digits": "per cent", "boston": "$1000s"}[task]
    return Remedies(
        title=f"Remedies against overfitting, {task}",
        rows=f"remedies, the errors in {unit} of {len(seeds)} seeds",
        source=f"make bench-full ({date}, Keras {versions['keras']} on TensorFlow {versions['tensorflow']})",
        licence=_FACTS,
        x=x,
        names=names,
        seeds=seeds,
        measured=date,
        versions=versions,
    )


def _read_text(name):
    """Read a file of data/."""
    try:
        return (TABLES_FOLDER / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(
            f"The file data/{name} is missing: restore it with `git checkout data`, or fetch the course again."
        ) from None


def _read_table(name, shape):
    """Read a CSV of data/ with one header line as float64; an empty cell becomes NaN."""
    text = _read_text(name)
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
