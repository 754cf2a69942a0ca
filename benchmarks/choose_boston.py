"""Compare candidates for notebook 06's recipe by cross-validation on the training rows; no test row is seen.

The 404 training rows, without column B, are cut into five parts, each is predicted by a network that was trained
on the other four; this is done for three ways of cutting.

Usage: python -m benchmarks.choose_boston       stores results/choose_boston.json and the table in README.md
       python -m benchmarks.choose_boston test  afterwards: what was chosen, trained on all training rows, on the
                                                test rows, with the backend of KERAS_BACKEND; stores its row in
                                                results/boston_test.json
"""

import importlib.metadata
import statistics
import sys

import keras
import numpy as np

from benchmarks import harness
from benchmarks.boston_recipe import CHOSEN, Recipe, learn_by, mean_absolute_error
from helpers import data

CUTS = (0, 1, 2)
FOLDS = 5
CANDIDATES = {
    "chosen": CHOSEN,
    "64-64": Recipe(units=(64, 64)),
    "64-64, peak 0.01": Recipe(units=(64, 64), peak=0.01),
    "256-128": Recipe(units=(256, 128)),
    "64-64-64": Recipe(units=(64, 64, 64)),
    "256": Recipe(units=(256,)),
    "10 epochs": Recipe(epochs=10),
    "15 epochs": Recipe(epochs=15),
    "40 epochs": Recipe(epochs=40),
    "10 epochs of batches of 8": Recipe(batch_size=8, epochs=10),
    "batches of 32": Recipe(batch_size=32),
    "40 epochs of batches of 32": Recipe(batch_size=32, epochs=40),
    "peak 0.002": Recipe(peak=0.002),
    "peak 0.01": Recipe(peak=0.01),
    "L2 0": Recipe(penalty=0.0),
    "L2 0.2": Recipe(penalty=0.2),
    "dropout 0.1": Recipe(dropout=0.1),
    "absolute error, L2 0.002": Recipe(loss="mae", penalty=0.002),
    "no rescaling": Recipe(rescale=False),
    "64-64, no rescaling, peak 0.001, L2 0.001, 100 epochs of batches of 32": Recipe(
        units=(64, 64), rescale=False, peak=0.001, penalty=0.001, batch_size=32, epochs=100
    ),
}
TEST_SEEDS = tuple(range(15))
TOGETHER = 5
BACKENDS = ("tensorflow", "jax", "torch")


def folds(cut, count):
    """Return one way to cut rows in five: a list of pairs, the rows to train on and the rows to judge on."""
    order = np.random.default_rng(cut).permutation(count)
    return [(np.delete(order, np.s_[fold::FOLDS]), order[fold::FOLDS]) for fold in range(FOLDS)]


def cross_validate(recipe, cut, rows, targets):
    """Predict every row by a network that never saw it; return the predictions and the seconds of each network."""
    predictions, seconds = np.empty(len(rows)), []
    for train, judge in folds(cut, len(rows)):
        predictions[judge], taken = learn_by(recipe, (rows[train], targets[train]), rows[judge], seed=cut)
        seconds.append(taken)
    return predictions, seconds


def outcome(name, tries, targets, chosen_errors=None):
    """Return what one candidate reached, as plain data, and its absolute errors, row by row.

    Args:
        name: the candidate's.
        tries: for each cut, the predictions (n,) and the list of seconds.
        targets: the true values (n,).
        chosen_errors: the absolute errors (n,) of what was chosen, None for that one itself.
    """
    predictions = np.array([each for each, _ in tries])
    absolute = np.abs(predictions - targets).mean(axis=0)
    behind = absolute - (absolute if chosen_errors is None else chosen_errors)
    row = {
        "candidate": name,
        "maes": [round(mean_absolute_error(targets, each), 3) for each in predictions],
        "mean": round(float(absolute.mean()), 3),
        "behind": round(float(behind.mean()), 3),
        "standard_error": round(float(behind.std(ddof=1) / len(behind) ** 0.5), 3),
        "rmse": round(float(np.sqrt(np.mean((predictions - targets) ** 2))), 3),
        "seconds": round(statistics.median(taken for _, seconds in tries for taken in seconds), 2),
    }
    return row, absolute


def validate():
    """Judge every candidate by cross-validation; return one row for each."""
    boston = data.load_boston("embedded", drop_b=True)
    rows, chosen_errors = [], None
    for name, recipe in CANDIDATES.items():
        tries = [cross_validate(recipe, cut, boston.x_train, boston.y_train) for cut in CUTS]
        row, errors = outcome(name, tries, boston.y_train, chosen_errors)
        chosen_errors = errors if chosen_errors is None else chosen_errors
        rows.append(row)
        print(candidate_row(row), flush=True)
    return rows


def candidate_row(row):
    """Return one candidate as a line of a Markdown table."""
    each = ", ".join(f"{mae:.2f}" for mae in row["maes"])
    behind = "" if row["candidate"] == "chosen" else f"{row['behind']:+.3f} ± {row['standard_error']:.3f}"
    return f"| {row['candidate']} | {row['mean']:.3f} | {each} | {behind} | {row['rmse']:.2f} | {row['seconds']:.1f} |"


def candidate_table(result):
    """Return the lines of the Markdown table of the stored candidates."""
    head = [
        "| candidate | mean MAE | cut by cut | beside the chosen one | RMSE | seconds |",
        "|---|---|---|---|---|---|",
    ]
    return [*head, *map(candidate_row, result["rows"]), "", f"{harness.setting(result)}."]


def confirm():
    """Judge what was chosen on the test rows, with this process's backend; return its row."""
    boston = data.load_boston("embedded", drop_b=True)
    training = (boston.x_train, boston.y_train)
    tries = [learn_by(CHOSEN, training, boston.x_test, seed) for seed in TEST_SEEDS]
    predictions = np.array([each for each, _ in tries])
    ensembles = predictions.reshape(-1, TOGETHER, len(boston.y_test)).mean(axis=1)
    backend = keras.backend.backend()
    return {
        "backend": backend,
        "version": importlib.metadata.version(backend),
        "maes": [round(mean_absolute_error(boston.y_test, each), 3) for each in predictions],
        "ensembles": [round(mean_absolute_error(boston.y_test, each), 3) for each in ensembles],
        "seconds": round(statistics.median(seconds for _, seconds in tries), 2),
    }


def with_row(rows, row):
    """Return the rows of the backends, in their order, with one of them new."""
    found = {each["backend"]: each for each in [*rows, row]}
    return [found[backend] for backend in BACKENDS if backend in found]


def test_row(row):
    """Return one backend as a line of a Markdown table."""
    each = ", ".join(f"{mae:.2f}" for mae in row["maes"])
    together = ", ".join(f"{mae:.2f}" for mae in row["ensembles"])
    mean = statistics.mean(row["maes"])
    return f"| {row['backend']} {row['version']} | {mean:.2f} | {each} | {together} | {row['seconds']:.1f} |"


def test_table(result):
    """Return the lines of the Markdown table of the stored backends."""
    head = ["| backend | mean MAE | seed by seed | ensembles of five | seconds |", "|---|---|---|---|---|"]
    return [*head, *map(test_row, result["rows"]), "", f"{harness.setting(result)}."]


def main(words):
    """Measure, store the result and write its table into README.md."""
    if words == ["test"]:
        name, table = "boston_test", test_table
        rows = with_row((harness.load(name) or {"rows": []})["rows"], confirm())
    else:
        name, table, rows = "choose_boston", candidate_table, validate()
    harness.store({"name": name, "rows": rows, **harness.circumstances()})
    harness.write_between(name, table(harness.load(name)))


if __name__ == "__main__":
    main(sys.argv[1:])
