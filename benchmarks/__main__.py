"""Run the comparisons: `python -m benchmarks` for all, `python -m benchmarks mnist_cnn` for one.

Prints each pair and the claims, stores the results in `results/` and the table in `README.md`. The exit status
is 1 when a claim does not hold, and 2 when nothing could be measured.
"""

import importlib
import logging
import os
import sys

from benchmarks import harness

# One module of this folder for each row of the table.
NAMES = ("mnist_cnn", "network_from_scratch", "boston_housing")


class CannotMeasureError(Exception):
    """Nothing can be measured; the message is one sentence that says why and what to do."""


def chosen(words):
    """Return the names that the command line asks for, all of them where it asks for none.

    Raises:
        CannotMeasureError: for a name that no comparison has.
    """
    unknown = [word for word in words if word not in NAMES]
    if unknown:
        raise CannotMeasureError(f"There is no comparison called {unknown[0]}: choose from {', '.join(NAMES)}.")
    return list(words or NAMES)


def check_backend(backend):
    """Refuse to measure elsewhere than where the claims are made.

    Raises:
        CannotMeasureError: for a backend other than TensorFlow.
    """
    if backend != "tensorflow":
        raise CannotMeasureError(
            f"The claims are about TensorFlow on the CPU, and Keras runs on {backend} here: "
            f"unset KERAS_BACKEND or set it to tensorflow."
        )


def report(result):
    """Print the outcome of one comparison; return whether all its claims hold."""
    ratio = result["ratio"]
    if result["given_up"]:
        runs = f"{result['given_up']} of {len(result['pairs'])}"
        print(f"The other never reached its goal in {runs} runs: the true ratios exceed these.")
    print(f"ratio: median {ratio['median']:.1f}, smallest {ratio['smallest']:.1f}, largest {ratio['largest']:.1f}")
    for claim in result["claims"]:
        print(f"{'holds' if claim['holds'] else 'DOES NOT HOLD'}: {claim['text']}: {claim['measured']}")
    return all(claim["holds"] for claim in result["claims"])


def run(comparison, folder):
    """Measure one comparison, store and print it; return whether all its claims hold."""
    print(f"\n{comparison.name}: {comparison.title}\n  ours: {comparison.ours}\n  other: {comparison.other}")
    result = harness.summarise(comparison, harness.measure(comparison))
    harness.store(result, folder)
    held = report(result)
    print(harness.setting(result))
    return held


def main(words, folder=harness.FOLDER):
    """Run what the command line asks for.

    Args:
        words: names of comparisons; none means all.
        folder: where README.md and the results are.

    Returns:
        The exit status: 0 if every claim holds, 1 if one does not, 2 if nothing could be measured.
    """
    # The claims are about the CPU. TensorFlow reads this when it is imported, hence the late imports.
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    from helpers import course, data  # noqa: PLC0415

    try:
        names = chosen(words)
        check_backend(course.start_keras().backend)
        # TensorFlow warns of compiling anew, which every fresh network makes it do.
        logging.getLogger("tensorflow").setLevel(logging.ERROR)
        comparisons = [importlib.import_module(f"benchmarks.{name}").COMPARISON for name in names]
        held = [run(comparison, folder) for comparison in comparisons]
    except (CannotMeasureError, data.DataUnavailableError) as problem:
        print(problem, file=sys.stderr)
        return 2
    stored = [harness.load(name, folder) for name in NAMES]
    harness.write_between("results", harness.table([result for result in stored if result]), folder)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
