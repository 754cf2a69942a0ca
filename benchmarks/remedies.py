"""Measure every remedy of notebook 12 with five seeds; nothing is judged by a test part.

Usage: python -m benchmarks.remedies         stores data/remedies.json, from which notebook 12 draws, and the line
                                             about it in data/README.md
       python -m benchmarks.remedies choose  compares strengths with three other seeds; stores
                                             results/choose_remedies.json and the table in README.md
"""

import json
import statistics
import sys

from benchmarks import harness
from helpers import course, remedies

SEEDS = range(5)
CHOOSING_SEEDS = range(11, 14)  # not those of the table, lest its numbers be the best of several tries
CANDIDATES = {
    "digits": {
        "L2": (0.0003, 0.001, 0.003),
        "L1": (0.00003, 0.0001, 0.0003),
        "dropout": (0.3, 0.5),
        "augmentation": (0.05, 0.1, 0.15),
        "noise on inputs": (0.2, 0.4),
        "noise on weights": (0.05, 0.1),
    },
    "boston": {"L2": (0.003, 0.01, 0.03), "dropout": (0.1, 0.2)},
}
TASKS = {"digits": remedies.measure, "boston": remedies.measure_boston}
DATA = harness.FOLDER.parent / "data"


def measured(task, name, seeds, strength=None):
    """Return one row as plain data, and print it.

    Args:
        task: "digits" or "boston".
        name: of the remedy.
        seeds: whole numbers; one network, or one ensemble, is trained for each.
        strength: of the remedy; None takes the chosen one.
    """
    errors = [round(TASKS[task](name, seed, strength), 3) for seed in seeds]
    row = {"task": task, "remedy": name, "strength": strength, "errors": errors}
    print(table_row(row), flush=True)
    return row


def table_row(row):
    """Return one row as a line of a Markdown table."""
    each, mean = ", ".join(f"{error:.2f}" for error in row["errors"]), statistics.mean(row["errors"])
    return f"| {row['task']} | {row['remedy']} | {row['strength']} | {mean:.2f} | {each} |"


def table(result):
    """Return the lines of the Markdown table of the strengths that were compared."""
    head = ["| data | remedy | strength | mean error | seed by seed |", "|---|---|---|---|---|"]
    return [*head, *map(table_row, result["rows"]), "", f"{harness.setting(result)}."]


def measure(folder=DATA):
    """Measure both tasks, and write remedies.json and the line in README.md, both in the folder."""
    rows = [measured("digits", name, SEEDS) for name in remedies.STRENGTHS]
    rows += [measured("boston", name, SEEDS) for name in remedies.BOSTON]
    result = {"seeds": list(SEEDS)}
    for task in TASKS:
        result[task] = {row["remedy"]: row["errors"] for row in rows if row["task"] == task}
    result |= harness.circumstances()
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    (folder / "remedies.json").write_text(text, encoding="utf-8", newline="\n")
    harness.write_between("remedies", [f"* **Measured:** {harness.setting(result)}."], folder)


def choose(folder=harness.FOLDER):
    """Compare the strengths, and store the result and its table below the folder."""
    rows = [
        measured(task, name, CHOOSING_SEEDS, strength)
        for task, candidates in CANDIDATES.items()
        for name, strengths in candidates.items()
        for strength in strengths
    ]
    result = {"name": "choose_remedies", "rows": rows, **harness.circumstances()}
    harness.store(result, folder)
    harness.write_between("choose_remedies", table(result), folder)


def main(words):
    """Do what the command line asks for."""
    course.start_keras(full_precision=True)
    choose() if words == ["choose"] else measure()


if __name__ == "__main__":
    main(sys.argv[1:])
