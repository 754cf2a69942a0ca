"""The exercise of notebook 00: how checking and hints work."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception


def weighted_sum(x, w):
    """Multiply each input by its weight and add everything up.

    x: array of n numbers, the inputs (you can loop over it as over a list)
    w: array of n numbers, the weights
    returns: one number
    """
    total = 0
    for x_i, w_i in zip(x, w):
        total += x_i * w_i
    return total


def _without_weights(x, w):
    return sum(x)


def _added_instead(x, w):
    return sum(x_i + w_i for x_i, w_i in zip(x, w))


def _mean_instead(x, w):
    return sum(x_i * w_i for x_i, w_i in zip(x, w)) / len(x)


def _first_only(x, w):
    for x_i, w_i in zip(x, w):
        return x_i * w_i


def _last_only(x, w):
    total = 0
    for x_i, w_i in zip(x, w):
        total = x_i * w_i
    return total


def _every_pair(x, w):
    return sum(x_i * w_j for x_i in x for w_j in w)


def _products_not_added(x, w):
    return [x_i * w_i for x_i, w_i in zip(x, w)]


def _probes(rng):
    cases = [(np.array([1, 2, 3]), np.array([10, 20, 30])), (np.array([0.5, -1.0]), np.array([4.0, 3.0]))]
    for n in (4, 7):
        cases.append((rng.normal(size=n).round(2), rng.normal(size=n).round(2)))
    return cases


EXERCISES = [
    Exercise(
        name="weighted_sum",
        task="Fill in the function so that it multiplies each input by its weight and adds up the products: "
        "for the inputs 1, 2, 3 and the weights 10, 20, 30 it should return 140.",
        reference=weighted_sum,
        probes=_probes,
        misconceptions=[
            Misconception(
                _without_weights,
                hint="The weights make no difference to your result.",
                fuller="Each input has to be multiplied by its own weight before it is added.",
            ),
            Misconception(
                _added_instead,
                hint="You add each weight to its input; it should be multiplied.",
                fuller="With a weight of 0 an input should not count at all.",
            ),
            Misconception(
                _mean_instead,
                hint="Your result is too small by the number of inputs: a mean, where a sum is asked for.",
                fuller="Leave out the division by the length.",
            ),
            Misconception(
                _first_only,
                hint="Only the first input counts in your result.",
                fuller="A `return` inside the loop ends the function on the first round; move it below the loop.",
            ),
            Misconception(
                _last_only,
                hint="Only the last input counts in your result.",
                fuller="`total = ...` forgets what was there; `total += ...` adds to it.",
            ),
            Misconception(
                _every_pair,
                hint="You multiply every input with every weight; each input has one weight of its own.",
                fuller="`zip(x, w)` walks through both side by side, in one loop.",
            ),
            Misconception(
                _products_not_added,
                hint="These are the products, one for each input; they are not added up yet.",
                fuller="`sum(...)` adds up a list.",
            ),
        ],
        praise="This sum is what every neuron of the course computes first.",
    ),
]
