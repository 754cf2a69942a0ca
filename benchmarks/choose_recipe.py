"""Compare candidates for notebook 10's recipe on a validation part of the training data; no test image is seen.

Full data: trained on the first 50,000 training images, judged on the other 10,000. Embedded data: the 4,000
training images are cut into five, each seed is judged on a fifth and trained on the rest, twice around.

Usage: python -m benchmarks.choose_recipe       stores results/choose_recipe.json and the tables in README.md
       python -m benchmarks.choose_recipe test  afterwards: what was chosen, trained on all training images, on the
                                                test images; stores results/recipe_test.json
"""

import statistics
import sys
import time

import keras
import numpy as np

from benchmarks import harness
from benchmarks.recipe import EMBEDDED, FULL, Recipe, build, compile_for, fit
from helpers import data

SEEDS = {"full": range(5), "embedded": range(10)}
FIFTHS = 5
TEST_SEEDS = range(5)
CANDIDATES = {
    "full": {
        "chosen": FULL,
        "padding same": Recipe(padding="same"),
        "peak 0.006": Recipe(peak=0.006),
        "peak 0.02": Recipe(peak=0.02),
        "batch 128": Recipe(batch_size=128),
        "filters 32 and 64": Recipe(filters=(32, 64)),
        "5x5x24, 3x3x32, dense 256, no batch norm": Recipe((24, 32), (5, 3), 256, normalise=False),
    },
    "embedded": {
        "chosen": EMBEDDED,
        "batch 128": Recipe(batch_size=128, epochs=6),
        "batch 64, 10 epochs": Recipe(batch_size=64, epochs=10),
        "batch 128, 10 epochs": Recipe(batch_size=128, epochs=10),
        "batch 128, 15 epochs": Recipe(batch_size=128, epochs=15),
        "batch 256, 10 epochs": Recipe(batch_size=256, epochs=10),
    },
}


def split(mode, seed, count):
    """Return the rows to train on and the rows to judge on, of so many training images."""
    rows = np.arange(count)
    if mode == "full":
        return rows[:50_000], rows[50_000:]
    judged = rows // (count // FIFTHS) == seed % FIFTHS
    return rows[~judged], rows[judged]


def scaled(images):
    """Return the images (n, 28, 28) as float32 (n, 28, 28, 1) in 0 to 1."""
    return images[..., np.newaxis].astype("float32") / 255


def try_once(recipe, seed, training, judging):
    """Train with a seed; return the accuracy on other images, 0 to 1, and the seconds of ``fit``.

    Args:
        recipe: a ``Recipe``.
        seed: an integer.
        training, judging: pairs of images (n, 28, 28, 1) and labels (n,).
    """
    keras.utils.set_random_seed(seed)
    model = build(recipe)
    compile_for(model, recipe, len(training[0]))
    start = time.perf_counter()
    fit(model, recipe, *training)
    seconds = time.perf_counter() - start
    scores = model.predict(judging[0], batch_size=1000, verbose=0)
    return float(np.mean(scores.argmax(axis=1) == judging[1])), seconds


def row(name, mode, tries):
    """Return the outcome of one candidate, as plain data, and print it."""
    accuracies, seconds = zip(*tries, strict=True)
    outcome = {
        "data": mode,
        "candidate": name,
        "accuracies": accuracies,
        "mean": round(statistics.mean(accuracies), 6),
        "seconds": round(statistics.median(seconds), 2),
    }
    print(table_row(outcome), flush=True)
    return outcome


def table_row(outcome):
    """Return one candidate as a line of a Markdown table."""
    each = ", ".join(f"{accuracy:.2%}" for accuracy in outcome["accuracies"])
    return f"| {outcome['data']} | {outcome['candidate']} | {outcome['mean']:.2%} | {each} | {outcome['seconds']:.1f} |"


def table(result):
    """Return the lines of the Markdown table of a stored result."""
    head = ["| data | candidate | mean accuracy | seed by seed | seconds |", "|---|---|---|---|---|"]
    return [*head, *map(table_row, result["rows"]), "", f"{harness.setting(result)}."]


def validate():
    """Judge every candidate on the validation parts; return one row for each."""
    rows = []
    for mode, candidates in CANDIDATES.items():
        mnist = data.load_mnist(mode)
        images, labels = scaled(mnist.x_train), mnist.y_train
        for name, recipe in candidates.items():
            tries = []
            for seed in SEEDS[mode]:
                train, judge = split(mode, seed, len(images))
                tries.append(try_once(recipe, seed, (images[train], labels[train]), (images[judge], labels[judge])))
            rows.append(row(name, mode, tries))
    return rows


def confirm():
    """Judge what was chosen on the test parts; return one row for each data set."""
    rows = []
    for mode, candidates in CANDIDATES.items():
        mnist = data.load_mnist(mode)
        training, judging = (scaled(mnist.x_train), mnist.y_train), (scaled(mnist.x_test), mnist.y_test)
        tries = [try_once(candidates["chosen"], seed, training, judging) for seed in TEST_SEEDS]
        rows.append(row("chosen", mode, tries))
    return rows


def main(words):
    """Measure, store the result and write its table into README.md."""
    name, measured = ("recipe_test", confirm) if words == ["test"] else ("choose_recipe", validate)
    result = {"name": name, "rows": measured(), **harness.circumstances()}
    harness.store(result)
    harness.write_between(name, table(harness.load(name)))


if __name__ == "__main__":
    main(sys.argv[1:])
