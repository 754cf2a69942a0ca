"""What a hint says about a wrong result is true of the mistake that it belongs to.

A hint is never wrong, and nobody who reads "you divide by n − 1" can check it. So the hints' sentences about
numbers, signs, sizes and what is left out are claims, and are computed here: a few words of the hint, and what
follows from them for the result. Two hints that have changed places no longer hold.
"""

import copy
import functools
import inspect
import itertools
import re

import numpy as np
import pytest
from scipy.special import expit, logsumexp

from helpers.exercises import Exercise, all_exercises
from helpers.exercises.compare import same
from helpers.exercises.engine import probes_of
from helpers.exercises.running import ask, ask_reference

EXERCISES = {name: exercise for name, exercise in all_exercises().items() if isinstance(exercise, Exercise)}
MISTAKES = [(exercise, mistake) for exercise in EXERCISES.values() for mistake in exercise.misconceptions]
PLACES = 1e-9


def near(found, expected, tolerance=PLACES):
    """Tell whether two results are equal, in shape as well; tuples of them, too."""
    if isinstance(expected, tuple):
        return len(found) == len(expected) and all(near(*pair, tolerance) for pair in zip(found, expected, strict=True))
    return np.shape(found) == np.shape(expected) and np.allclose(found, expected, rtol=tolerance, atol=tolerance)


def right_for(name):
    """The reference of an exercise, for claims of the kind "it is as if the argument were another"."""
    return EXERCISES[name].reference


def is_finite(value):
    parts = value if isinstance(value, tuple) else (value,)
    return all(isinstance(part, str) or np.all(np.isfinite(part)) for part in parts)


def is_nan(value):
    return bool(np.any(np.isnan(value)))


def results(exercise, mistake):
    """What the mistake returns, what is right, and the arguments, for each probe to which it returns finite numbers."""
    for probe in probes_of(exercise):
        right = ask_reference(exercise.reference, probe)
        outcome = ask(mistake.function, probe, right)
        if outcome.failure is None and is_finite(outcome.value):
            yield outcome.value, right, probe


# --- claims that mean the same in every exercise: words, and what follows for the result found

GENERAL = {
    r"(Y|y)our (sign is|signs are) (turned|the wrong way) round|slopes have the wrong sign": lambda found, right, *_: (
        near(found, tuple(-part for part in right) if isinstance(right, tuple) else -right)
    ),
    r"Your (loss|slope) is negative": lambda found, right, *_: near(found, -right),
    r"Your (loss is|result is|numbers are|slopes are) twice": lambda found, right, *_: near(found, 2 * right),
    r"result is half as large": lambda found, right, *_: near(found, right / 2),
    r"in bits, too large by the factor 1/ln 2 = 1\.443\.$": lambda found, right, *_: near(found, 1.443 * right, 5e-4),
    r"percentage|per cent": lambda found, right, *_: near(found, 100 * right),
    r"too large by 1\b": lambda found, right, *_: near(found, right + 1),
    r"one too small": lambda found, right, *_: near(found, right - 1),
    r"one loss for each example|losses of the single examples": lambda found, right, *args: (
        np.shape(found) == (len(args[0]),) and near(np.mean(found), right)
    ),
    r"^(dW is|The weights are|The training part is) right": lambda found, right, *_: (
        near(found[0], right[0]) and not near(found[1], right[1])
    ),
    r"(values|weights|result|answer|number) (is|are) right, but": lambda found, right, *_: same(found, right),
    r"Rows and columns of your result have changed places": lambda found, right, *_: near(found, right.T),
    r"Your (weights are|dW is) transposed": lambda found, right, *_: near(found, (right[0].T, right[1])),
}

# --- claims about one exercise: words of a hint, and what follows for the result found

CLAIMS = {
    "weighted_sum": {
        "too small by the number of inputs": lambda found, right, x, w: near(found, right / len(x)),
        "You add each weight to its input": lambda found, right, x, w: near(found, np.sum(x) + np.sum(w)),
        "Only the first input": lambda found, right, x, w: near(found, x[0] * w[0]),
        "Only the last input": lambda found, right, x, w: near(found, x[-1] * w[-1]),
        "every input with every weight": lambda found, right, x, w: near(found, np.sum(x) * np.sum(w)),
        "one for each input; they are not added up": lambda found, right, x, w: near(np.sum(found), right),
    },
    "step_neuron": {
        "counts twice": lambda found, right, x, w, b: near(found, right_for("step_neuron")(x, w, 2 * b)),
        "once for every input": lambda found, right, x, w, b: near(found, right_for("step_neuron")(x, w, len(x) * b)),
        "a larger b makes it fire less": lambda found, right, x, w, b: near(found, right_for("step_neuron")(x, w, -b)),
        "the wrong way round": lambda found, right, x, w, b: near(found, 1 - right),
        "says −1 for no": lambda found, right, x, w, b: near(found, 2 * right - 1),
        "This is the weighted sum": lambda found, right, x, w, b: near(found, w @ x + b),
        "np.sign says": lambda found, right, x, w, b: near(found, np.sign(w @ x + b)),
        "between 0 and 1": lambda found, right, x, w, b: near(found, expit(w @ x + b)),
        "its sum is exactly 0": lambda found, right, x, w, b: found == right or w @ x + b == 0,
    },
    "perceptron_step": {
        "move away from the right answer": lambda found, right, w, *_: near(found - w, w - right),
        "the change of the weights": lambda found, right, w, *_: near(found, right - w),
        "can only strengthen": lambda found, right, w, x, y, eta: near(found, right if y == 1 else w),
        "bias w[0] never changes": lambda found, right, w, *_: near(found[0], w[0]) and near(found[1:], right[1:]),
        "makes your weights grow": lambda found, right, w, x, y, eta: near(found, right if y == 1 else 2 * w - right),
        "it does not look at the neuron's own answer": lambda found, right, w, x, y, eta: near(found - w, eta * y * x),
        "Every weight changes by the same amount": lambda found, right, w, *_: np.ptp(found - w) < PLACES,
        "even when the answer was right": lambda found, right, w, *_: near(found, right) or near(right, w),
        "You compare y with the weighted sum": lambda found, right, w, x, y, eta: near(
            found, w + eta * (y - w @ x) * x
        ),
        "Look at a sum of exactly 0": lambda found, right, w, x, *_: near(found, right) or w @ x == 0,
        "Look at a sum of 0.3": lambda found, right, w, x, *_: near(found, right) or 0 < w @ x <= 0.5,
        "Look at a sum of 0.7": lambda found, right, w, x, *_: near(found, right) or 0 < w @ x < 1,
        "decides without its bias": lambda found, right, w, x, y, eta: near(
            found, w + eta * (y - (w[1:] @ x[1:] > 0)) * x
        ),
        "You decide for each input alone": lambda found, right, w, x, y, eta: near(
            found, w + eta * (y - (w * x > 0)) * x
        ),
        "not a value between": lambda found, right, w, x, y, eta: near(found, w + eta * (y - expit(w @ x)) * x),
    },
    "train_perceptron": {
        "after the first round": lambda found, right, points, answers, rounds: near(
            found, right_for("train_perceptron")(points, answers, 1)
        ),
        "after the first example": lambda found, right, points, answers, rounds: near(
            found, right_for("train_perceptron")(points[:1], answers[:1], 1)
        ),
        "Look at a sum of 0.3": lambda found, right, points, answers, rounds: near(
            found, replayed(points, answers, rounds, says=lambda w, b, x: w @ x + b > 0.5)
        ),
        "Your bias stays 0": lambda found, right, *_: found[1] == 0,
        "You correct the bias, but your neuron decides without it": lambda found, right, points, answers, rounds: near(
            found[0], replayed(points, answers, rounds, says=lambda w, b, x: w @ x > 0)[0]
        ),
        "moves away": lambda found, right, points, answers, rounds: near(
            found, replayed(points, answers, rounds, correct=lambda error: -error)
        ),
        "Look at a sum of exactly 0": lambda found, right, points, answers, rounds: near(
            found, replayed(points, answers, rounds, says=lambda w, b, x: w @ x + b >= 0)
        ),
        "can only strengthen": lambda found, right, points, answers, rounds: near(
            found, replayed(points, answers, rounds, correct=lambda error: max(error, 0))
        ),
        "every example whose right answer is 1": lambda found, right, points, answers, rounds: near(
            found, (rounds * points[answers == 1].sum(axis=0), rounds * np.count_nonzero(answers))
        ),
        "with the weights from the start of the round": lambda found, right, points, answers, rounds: near(
            found[0], replayed_round_by_round(points, answers, rounds)
        ),
        "ends with its first correction": lambda found, right, points, answers, rounds: near(
            found, replayed(points, answers, rounds, first_only=True)
        ),
        "Both weights change by the same amount": lambda found, right, *_: found[0][0] == found[0][1],
        "You compare y with the weighted sum": lambda found, right, points, answers, rounds: near(
            found, replayed(points, answers, rounds, says=lambda w, b, x: w @ x + b)
        ),
    },
    "sigmoid_slope": {
        "one factor is missing": lambda found, right, z: near(found, expit(-z)) and near(found * expit(z), right),
        "the slope at the place σ(z)": lambda found, right, z: near(found, right_for("sigmoid_slope")(expit(z))),
        "z itself into a · (1 − a)": lambda found, right, z: near(found, z * (1 - z)),
        "This is σ(z)": lambda found, right, z: near(found, expit(z)),
        "1 − a² is": lambda found, right, z: near(found, 1 - expit(z) ** 2),
        "always 0": lambda found, right, z: near(found, 0 * right),
    },
    "tanh_from_sigmoid": {
        "This is σ(z) itself": lambda found, right, z: near(found, expit(z)),
        "The range is right, but your curve is not steep": lambda found, right, z: near(found, np.tanh(z / 2)),
        "The range is right, but your curve is far too flat": lambda found, right, z: near(found, np.tanh(z / 4)),
        "The shape is right": lambda found, right, z: near(found, right + 1),
        "and it is not steep enough": lambda found, right, z: near(found, np.tanh(z / 2) + 1),
        "Steep enough": lambda found, right, z: near(found, (right + 1) / 2),
    },
    "collapse": {
        "You added the weights": lambda found, right, W1, b1, W2, b2: near(found[0], W1 + W2),
        "multiplies entry by entry": lambda found, right, W1, b1, W2, b2: near(found[0], W1 * W2),
        "the wrong order": lambda found, right, W1, b1, W2, b2: near(found[0], W2 @ W1),
        "pass through the first weights": lambda found, right, W1, b1, W2, b2: near(
            found[1], right_for("collapse")(W1, b1 @ W1, W2, b2)[1]
        ),
        "The first bias reaches the output": lambda found, right, W1, b1, W2, b2: near(found[1], b1 + b2),
    },
    "forward_pass": {
        "counts twice in your hidden units": lambda found, right, x, W1, b1, W2, b2: near(
            found, right_for("forward_pass")(x, W1, 2 * b1, W2, b2)
        ),
        "bias of the output is missing": lambda found, right, x, W1, b1, W2, b2: near(
            found, right_for("forward_pass")(x, W1, b1, W2, 0)
        ),
        "weighted sum of the output": lambda found, right, *_: near(expit(found), right),
        "you seem to have rounded": lambda found, right, *_: abs(found - right) < 0.05,
        "the class, 0 or 1": lambda found, right, *_: near(found, int(right > 0.5)),
        "with the target first": lambda found, right, x, W1, b1, W2, b2: near(
            found, right_for("forward_pass")(x, W1.T, b1, W2, b2)
        ),
        "fall where they should rise": lambda found, right, x, *numbers: near(
            found, right_for("forward_pass")(x, *(-number for number in numbers))
        ),
        "pass their sums on as they are": lambda found, right, x, W1, b1, W2, b2: near(
            found, expit((x @ W1 + b1) @ W2 + b2)
        ),
        "Your hidden units answer 0 or 1": lambda found, right, x, W1, b1, W2, b2: near(
            found, expit((x @ W1 + b1 > 0) @ W2 + b2)
        ),
        "are added after the sigmoid": lambda found, right, x, W1, b1, W2, b2: near(
            found, expit((expit(x @ W1) + b1) @ W2 + b2)
        ),
    },
    "dense_parameters": {
        "These are the weights": lambda found, right, sizes: near(found, right - sum(sizes[1:])),
        "gave the inputs biases": lambda found, right, sizes: near(found, right + sizes[0]),
        "one bias for each source": lambda found, right, sizes: near(found, right - sizes[-1] + sizes[0]),
        "one bias for each layer": lambda found, right, sizes: near(found, right - sum(np.array(sizes[1:]) - 1)),
        "the number of units": lambda found, right, sizes: near(found, sum(sizes)),
        "multiply all sizes": lambda found, right, sizes: near(found, np.prod(sizes)),
        "Right for the first layer": lambda found, right, sizes: near(found, (sizes[0] + 1) * sizes[1]),
        "leads into the bias units": lambda found, right, sizes: near(found, right + sum(np.array(sizes[:-1]) + 1)),
        "every layer with every later one": lambda found, right, sizes: near(
            found, sum(sizes[1:]) + (sum(sizes) ** 2 - sum(np.square(sizes))) / 2
        ),
    },
    "downhill_step": {
        "it points uphill": lambda found, right, w, *_: near(found - w, w - right),
        "the step, not the place": lambda found, right, w, *_: near(found, right - w),
        "the size of the step": lambda found, right, w, *_: near(found, w - right),
        "A smaller rate makes your step longer": lambda found, right, w, slope, eta: near(w - found, slope / eta),
        "the sign of the slope only": lambda found, right, w, slope, eta: near(w - found, eta * np.sign(slope)),
        "can only become smaller": lambda found, right, w, *_: np.all(found <= w),
        "a share of itself": lambda found, right, w, slope, eta: near(w - found, w * eta * slope),
    },
    "descent_path": {
        "one step too short": lambda found, right, *_: near(found, right[:-1]),
        "one step too long": lambda found, right, *_: len(found) == len(right) + 1 and near(found[:-1], right),
        "The start is missing": lambda found, right, *_: near(found, right[1:]),
        "This is the end of the path": lambda found, right, *_: near(found, right[-1]),
        "leads uphill": lambda found, right, gradient, start, eta, steps: near(
            found, right_for("descent_path")(gradient, start, -eta, steps)
        ),
        "All places of your path are the same": lambda found, right, *_: np.all(found == found[0]),
        "the gradients along the path": lambda found, right, gradient, *_: near(
            found, np.array([gradient(w) for w in right])
        ),
        "the gradient of the start": lambda found, right, *_: near(np.diff(found, 2, axis=0), 0 * right[2:]),
        "begins at the start again": lambda found, right, *_: near(found[1:], 0 * right[1:] + right[1]),
    },
    "largest_rate": {
        "takes the steepest direction to its minimum in one step": lambda found, right, _: near(found, right / 2),
        "limits of all directions": lambda found, right, _: near(np.min(found), right),
        "the larger your rate": lambda found, right, _: near(found, 1 / right),
        "no square root": lambda found, right, _: near(found, np.sqrt(right)),
        "1 is the limit": lambda found, right, _: near(found, right_for("largest_rate")(np.array([2.0]))),
        "first curvature only": lambda found, right, curvatures: near(found, 2 / curvatures[0]),
        "a curvature that is the mean": lambda found, right, curvatures: near(found, 2 / np.mean(curvatures)),
        "gets smaller with every weight": lambda found, right, curvatures: near(found, 2 / np.sum(curvatures)),
        "flattest direction reaches its minimum in one step": lambda found, right, curvatures: near(
            1 - found * np.min(curvatures), 0
        ),
        "even the flattest direction only bounces": lambda found, right, curvatures: near(
            1 - found * np.min(curvatures), -1
        ),
        "the best for the slowest direction": lambda found, right, curvatures: near(
            1 - found * np.min(curvatures), found * np.max(curvatures) - 1
        ),
    },
    "one_epoch": {
        "steps lead uphill": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(gradient, weights, order, m, -eta)
        ),
        "one after the other": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(gradient, weights, np.sort(order), m, eta)
        ),
        "left over at the end are missing": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(gradient, weights, order[: len(order) - len(order) % m], m, eta)
        ),
        "with the first mini-batch only": lambda found, right, gradient, weights, order, m, eta: near(
            found, weights - eta * gradient(weights, order[:m])
        ),
        "All your steps use the first mini-batch": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(gradient, weights, np.tile(order[:m], -(-len(order) // m)), m, eta)
        ),
        "gradients are those at the start": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(lambda _, rows: gradient(weights, rows), weights, order, m, eta)
        ),
        "last step begins at the start again": lambda found, right, gradient, weights, order, m, eta: near(
            found, weights - eta * gradient(weights, order[(len(order) - 1) // m * m :])
        ),
        "Each of your steps uses all": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(lambda w, _: gradient(w, order), weights, order, m, eta)
        ),
        "a single step, with all": lambda found, right, gradient, weights, order, m, eta: near(
            found, weights - eta * gradient(weights, order)
        ),
        "Only the first example of each": lambda found, right, gradient, weights, order, m, eta: near(
            found, right_for("one_epoch")(lambda w, rows: gradient(w, rows[:1]), weights, order, m, eta)
        ),
        "a new one begins at every row": lambda found, right, gradient, weights, order, m, eta: near(
            found,
            right_for("one_epoch")(
                lambda w, place: gradient(w, order[place[0] : place[0] + m]), weights, np.arange(len(order)), 1, eta
            ),
        ),
        "begins only one row further on": lambda found, right, gradient, weights, order, m, eta: near(
            found,
            right_for("one_epoch")(
                lambda w, place: gradient(w, order[place[0] : place[0] + m]),
                weights,
                np.arange(len(order) // m),
                1,
                eta,
            ),
        ),
        "the weights after every step": lambda found, right, *_: near(found[-1], right),
    },
    "numerical_gradient": {
        "you moved by h and divided by 2h": lambda found, right, f, w, h: near(found, one_sided(f, w, h) / 2),
        "one side only; that is half as much work": lambda found, right, f, w, h: near(found, one_sided(f, w, h)),
        "lower side only; that is half as much work": lambda found, right, f, w, h: near(found, one_sided(f, w, -h)),
        "rise divided by run": lambda found, right, f, w, h: near(found, right * 2 * h),
        "divides by 2 and then multiplies by h": lambda found, right, f, w, h: near(found, right * h**2),
        "the first weight only": lambda found, right, *_: near(found, right[0]),
        "You move all weights together": lambda found, right, f, w, h: near(
            found, np.full(len(w), (f(w + h) - f(w - h)) / (2 * h))
        ),
        "The first entry is right; after it": lambda found, right, *_: near(found[0], right[0]),
        "This is the curvature": lambda found, right, f, w, h: near(
            found, (one_sided(f, w, h) - one_sided(f, w, -h)) / h, 1e-6
        ),
    },
    "brute_force_years": {
        "with every weight by the same amount": lambda found, right, options, weights, seconds: near(
            found / weights, right_for("brute_force_years")(options, 1, seconds)
        ),
        "a further weight takes 100 times longer": lambda found, right, options, weights, seconds: near(
            found, right_for("brute_force_years")(options, 1, seconds) * 100 ** (weights - 1)
        ),
        "one weight too few": lambda found, right, options, weights, seconds: near(found * options, right),
        "These are seconds": lambda found, right, *_: near(found, right * 365.25 * 86_400),
        "These are days": lambda found, right, *_: near(found, right * 365.25),
        "3 to the power of 10": lambda found, right, options, weights, seconds: near(
            found, right_for("brute_force_years")(weights, options, seconds)
        ),
    },
    "kind_of_point": {
        "along the axes only": lambda found, right, H: found == kind_by_signs(np.diag(H)),
        "The signs of the entries": lambda found, right, H: found == kind_by_signs(H),
        "a sum of bends": lambda found, right, H: found == ("minimum" if np.trace(H) > 0 else "maximum"),
        "a hill for a bowl": lambda found, right, H: found == ("minimum" if np.linalg.det(H) > 0 else "saddle"),
        "the wrong way round": lambda found, right, H: found == kind_by_signs(-np.linalg.eigvalsh(H)),
        "One direction that goes up": lambda found, right, H: found == ("maximum" if right == "maximum" else "minimum"),
        "You never find a maximum": lambda found, right, H: found == ("minimum" if right == "minimum" else "saddle"),
    },
    "permute_hidden": {
        "that lead away from them have stayed": lambda found, right, W1, W2, _: near(found, (right[0], W2)),
        "those that lead to the units have stayed": lambda found, right, W1, W2, _: near(found, (W1, right[1])),
        "moved the rows of W1": lambda found, right, W1, W2, order: near(found, (W1[order], right[1])),
        "moved the columns of W2": lambda found, right, W1, W2, order: near(found, (right[0], W2[:, order])),
        "ordered in opposite ways": lambda found, right, W1, W2, order: (
            near(found[0], right[0]) and near(found[1][order], W2)
        ),
        "You move unit k to place order[k]": lambda found, right, W1, W2, order: (
            near(found[0][:, order], W1) and near(found[1][order], W2)
        ),
        "The units are where they were": lambda found, right, W1, W2, _: near(found, (W1, W2)),
    },
    "slope_of_power": {
        "the inner one is missing": lambda found, right, x, m, c, n: near(found * m, right),
        "exponent is still n": lambda found, right, x, m, c, n: near(found, right * (m * x + c)),
        "nothing came in front": lambda found, right, x, m, c, n: near(found * n, right),
        "at x.": lambda found, right, x, m, c, n: near(found, right_for("slope_of_power")(x, 1, 0, n) * m),
        "inner derivative is m x": lambda found, right, x, m, c, n: near(found, right * x),
        "inner derivative holds c": lambda found, right, x, m, c, n: near(found * m, right * (m + c)),
        "You add the two": lambda found, right, x, m, c, n: near(found - m, right / m),
        "This is f(x)": lambda found, right, x, m, c, n: near(found, (m * x + c) ** n),
        "at the inner derivative m": lambda found, right, x, m, c, n: near(found, n * m ** (n - 1)),
    },
    "output_delta": {
        "You divided by the number of units": lambda found, right, y, y_hat: near(found, right / len(y)),
        "The difference is squared": lambda found, right, y, y_hat: near(found, right * (y_hat - y)),
        "This is ŷ - y, the error term": lambda found, right, y, y_hat: near(found, y_hat - y),
        "This is the difference y - ŷ": lambda found, right, y, y_hat: near(found, y - y_hat),
        "You take the slope at the target": lambda found, right, y, y_hat: near(found, (y_hat - y) * y * (1 - y)),
        "This is the slope of the sigmoid": lambda found, right, y, y_hat: near(found * (y_hat - y), right),
        "1 - ŷ² is": lambda found, right, y, y_hat: near(found, (y_hat - y) * (1 - y_hat**2)),
        "You added everything up": lambda found, right, y, y_hat: near(found, np.sum(right)),
        "You take the sigmoid of ŷ": lambda found, right, y, y_hat: near(
            found, (y_hat - y) * expit(y_hat) * expit(-y_hat)
        ),
    },
    "hidden_delta": {
        "is in your result twice": lambda found, right, delta, W, a: near(found, right * a * (1 - a)),
        "You divided by the number of examples": lambda found, right, delta, W, a: near(found, right / len(a)),
        "the mean over the units above": lambda found, right, delta, W, a: near(found, right / W.shape[1]),
        "the activation instead of the slope": lambda found, right, delta, W, a: near(found * (1 - a), right),
        "In your result all weights are 1": lambda found, right, delta, W, a: near(
            found, right_for("hidden_delta")(delta, np.ones_like(W), a)
        ),
        "1 - a² is": lambda found, right, delta, W, a: near(found * a * (1 - a), right * (1 - a**2)),
        "This is ∂E/∂a": lambda found, right, delta, W, a: near(found * a * (1 - a), right),
        "Only the first unit above": lambda found, right, delta, W, a: near(
            found, right_for("hidden_delta")(delta[:, :1], W[:, :1], a)
        ),
        "by the slopes as a matrix": lambda found, right, delta, W, a: near(found, delta @ W.T @ (a * (1 - a))),
        "W where its transpose belongs": lambda found, right, delta, W, a: near(
            found, right_for("hidden_delta")(delta, W.T, a)
        ),
        "the slope at the activation": lambda found, right, delta, W, a: near(
            found * a * (1 - a), right * expit(a) * expit(-a)
        ),
    },
    "layer_gradients": {
        "You took means over the examples": lambda found, right, a, delta: near(
            found, (right[0] / len(a), right[1] / len(a))
        ),
        "your db is a mean": lambda found, right, a, delta: near(found, (right[0], right[1] / len(a))),
        "Only the first example": lambda found, right, a, delta: near(
            found, right_for("layer_gradients")(a[:1], delta[:1])
        ),
        "one row for each example": lambda found, right, a, delta: near(found[1], delta),
        "along the wrong axis": lambda found, right, a, delta: near(found[1], delta.sum(axis=1)),
        "one number for the whole layer": lambda found, right, a, delta: near(found[1], np.sum(right[1])),
        "comes from the activations": lambda found, right, a, delta: near(found[1], a.sum(axis=0)),
        "You multiply entry by entry": lambda found, right, a, delta: near(found[0], a * delta),
        "before you multiply": lambda found, right, a, delta: near(found[0], np.outer(a.sum(axis=0), right[1])),
    },
    "descend": {
        "n times too long": lambda found, right, W, b, *_: near(*moved(found, right, W, b, lambda n: n, _[-1])),
        "multiply by n where you should divide": lambda found, right, W, b, *_: near(
            *moved(found, right, W, b, lambda n: n * n, _[-1])
        ),
        "You walk uphill": lambda found, right, W, b, *_: near(*moved(found, right, W, b, lambda n: -1, _[-1])),
        "the biases have not moved": lambda found, right, W, b, *_: near(found[1], b),
        "the biases uphill": lambda found, right, W, b, *_: near(found, (right[0], 2 * b - right[1])),
        "the biases the sum": lambda found, right, W, b, dW, db, eta, n: near(found, (right[0], b - eta * db)),
        "These are the changes": lambda found, right, W, b, *_: near(found, (right[0] - W, right[1] - b)),
        "The old weights are missing": lambda found, right, W, b, *_: near(found, (W - right[0], b - right[1])),
        "the sign of the gradient only": lambda found, right, W, b, dW, db, eta, n: near(
            found, (W - eta * np.sign(dW), b - eta * np.sign(db))
        ),
    },
    "rmse": {
        "grows with the number of examples": lambda found, right, y, _: near(found, right * np.sqrt(len(y))),
        "n outside the root": lambda found, right, y, _: near(found, right / np.sqrt(len(y))),
        "You divide by n − 1;": lambda found, right, y, _: near(found**2 * (len(y) - 1), right**2 * len(y)),
        "There is a ½ under your root": lambda found, right, *_: near(found**2, right**2 / 2),
        "divide each error by its target": lambda found, right, y, y_hat: near(
            found, right_for("rmse")(y / y, y_hat / y)
        ),
        "the mean squared error": lambda found, right, *_: near(found, right**2),
        "mean *absolute* error": lambda found, right, y, y_hat: near(found, np.mean(np.abs(y_hat - y))),
        "cancel in your result": lambda found, right, y, y_hat: near(found, abs(np.mean(y_hat - y))),
        "standard deviation of the errors": lambda found, right, y, y_hat: near(found, np.std(y_hat - y)),
        "sizes of the single errors": lambda found, right, y, y_hat: near(found, np.abs(y_hat - y)),
        "the *median* square": lambda found, right, y, y_hat: near(found**2, np.median((y_hat - y) ** 2)),
    },
    "r_squared": {
        "the share of the squared error that is left": lambda found, right, *_: near(found, 1 - right),
        "One of your two is a mean": lambda found, right, y, _: near(1 - found, (1 - right) / len(y)),
        "The 1 is divided, too": lambda found, right, y, _: near(found, right - 1 + 1 / (len(y) * np.var(y))),
        "You take a root": lambda found, right, *_: near(found, 1 - np.sqrt(1 - right)),
        "below 0 into 0": lambda found, right, *_: near(found, max(0, right)),
        "rival always predicts 0": lambda found, right, y, _: near(
            (1 - found) * np.mean(y**2), (1 - right) * np.var(y)
        ),
        "squared correlation": lambda found, right, y, y_hat: near(found, np.corrcoef(y, y_hat)[0, 1] ** 2),
        "always 5 too high loses nothing": lambda found, right, y, y_hat: near(
            found, right_for("r_squared")(y, y_hat - np.mean(y_hat - y))
        ),
        "come from swapped arguments": lambda found, right, y, y_hat: near(found, right_for("r_squared")(y_hat, y)),
        "how far the *predictions* are": lambda found, right, y, y_hat: near(
            (1 - found) * np.mean((y_hat - np.mean(y)) ** 2), (1 - right) * np.var(y)
        ),
        "how far the predictions spread": lambda found, right, y, y_hat: near(
            found * np.var(y), np.mean((y_hat - np.mean(y)) ** 2)
        ),
        "You add up absolute errors": lambda found, right, y, y_hat: near(
            (1 - found) * mean_error(y, np.mean(y)), mean_error(y, y_hat)
        ),
    },
    "standardise": {
        "divide by the variance": lambda found, right, train, _: near(
            found, tuple(part / train.std(axis=0) for part in right)
        ),
        "with n − 1 inside": lambda found, right, train, _: near(
            found, tuple(part * np.sqrt(1 - 1 / len(train)) for part in right)
        ),
        "divides before it subtracts": lambda found, right, train, test: near(
            found, tuple(part - train.mean(axis=0) / train.std(axis=0) for part in (train, test))
        ),
        "between 0 and 1": lambda found, right, *_: near(np.min(found[0]), 0) and near(np.max(found[0]), 1),
        "The means are 0": lambda found, right, *_: near(found[0].mean(axis=0), right[0].mean(axis=0)),
        "The columns are of one size": lambda found, right, *_: near(found[0].std(axis=0), right[0].std(axis=0)),
        "by its own mean and spread": lambda found, right, train, test: near(
            found, (right[0], right_for("standardise")(test, test)[1])
        ),
        "mean and spread of the test part": lambda found, right, train, test: near(
            found[::-1], right_for("standardise")(test, train)
        ),
        "one spread for the whole table": lambda found, right, *_: (
            near(np.std(found[0]), 1) and near(np.mean(found[0]), 0)
        ),
        "each house by itself": lambda found, right, *_: near(found[0].std(axis=1), np.ones(len(found[0]))),
        "come from all rows": lambda found, right, *parts: near(
            found, tuple(right_for("standardise")(np.vstack(parts), part)[1] for part in parts)
        ),
    },
    "regression_output": {
        "a sigmoid is left on the output": lambda found, right, *_: near(found, expit(right)),
        "there is a ReLU on the output": lambda found, right, *_: near(found, np.maximum(right, 0)),
        "there is a tanh on the output": lambda found, right, *_: near(found, np.tanh(right)),
        "bias of the output layer is missing": lambda found, right, x, W1, b1, W2, b2: near(found, right - b2),
        "biases of the hidden layer are missing": lambda found, right, x, W1, b1, W2, b2: near(
            found, right_for("regression_output")(x, W1, 0 * b1, W2, b2)
        ),
        "You add up the outputs": lambda found, right, *_: near(found, right.sum(axis=1)),
        "This is the hidden layer": lambda found, right, x, W1, b1, W2, b2: near(found @ W2 + b2, right),
        "they are one linear layer": lambda found, right, x, W1, b1, W2, b2: near(found, x @ W1 @ W2 + b1 @ W2 + b2),
        "Your hidden layer has a sigmoid": lambda found, right, x, W1, b1, W2, b2: near(
            found, expit(x @ W1 + b1) @ W2 + b2
        ),
        "Both your layers have a sigmoid": lambda found, right, x, W1, b1, W2, b2: near(
            found, expit(expit(x @ W1 + b1) @ W2 + b2)
        ),
        "the hidden biases after the ReLU": lambda found, right, x, W1, b1, W2, b2: near(
            found, (np.maximum(x @ W1, 0) + b1) @ W2 + b2
        ),
    },
    "huber_loss": {
        "The ½ of the parabola is missing": lambda found, right, y, y_hat, delta: near(
            found, right + np.mean(np.where(abs(y_hat - y) <= delta, (y_hat - y) ** 2 / 2, 0))
        ),
        "its ½ delta is not multiplied by delta": lambda found, right, y, y_hat, delta: near(
            found, right + np.mean(abs(y_hat - y) > delta) * (delta * delta / 2 - delta / 2)
        ),
        "the line begins too high": lambda found, right, y, y_hat, delta: near(
            found, right + np.mean(abs(y_hat - y) > delta) * delta * delta / 2
        ),
        "Your line has the slope 1": lambda found, right, y, y_hat, delta: near(
            found, right + np.mean(np.where(abs(y_hat - y) > delta, (abs(y_hat - y) - delta / 2) * (1 - delta), 0))
        ),
        "grows with the number of examples": lambda found, right, y, *_: near(found, right * len(y)),
        "This is the mean absolute error": lambda found, right, y, y_hat, _: near(found, np.mean(np.abs(y_hat - y))),
        "You square large errors as well": lambda found, right, y, y_hat, _: near(found, np.mean((y_hat - y) ** 2) / 2),
        "far too low are squared": lambda found, right, y, y_hat, delta: near(
            found, right_for("huber_loss")(y, np.where(y_hat < y, y, y_hat), delta) + half_squares(y - y_hat)
        ),
        "far too high are squared": lambda found, right, y, y_hat, delta: near(
            found, right_for("huber_loss")(y, np.where(y_hat > y, y, y_hat), delta) + half_squares(y_hat - y)
        ),
        "the line for small errors as well": lambda found, right, y, y_hat, delta: near(
            found, delta * (mean_error(y_hat, y) - delta / 2)
        ),
        "two pieces the wrong way round": lambda found, right, y, y_hat, delta: near(
            found + right, np.mean((y_hat - y) ** 2) / 2 + delta * (mean_error(y_hat, y) - delta / 2)
        ),
        "You cut errors off at delta": lambda found, right, y, y_hat, delta: near(
            found, half_squares(np.minimum(np.abs(y_hat - y), delta))
        ),
    },
    "shares_from_b": {
        "You never divide by 1000": lambda found, right, b: (
            near((found - 0.63) ** 2, np.full(found.shape, b)) and np.all((found >= 0) & (found <= 1))
        ),
        "Your numbers lie far outside 0 to 1: the factor 1000 was not undone": lambda found, right, b: (
            near((found - 0.63) ** 2, np.full(found.shape, b)) and np.all((found < 0) | (found > 1))
        ),
        "divide by 1000 afterwards": lambda found, right, b: near(
            np.abs(found - 0.63), np.full(found.shape, np.sqrt(b) / 1000)
        ),
        "undo the factor 1000, but not the square": lambda found, right, b: near(
            np.abs(found - 0.63), np.full(found.shape, b / 1000)
        ),
        "only shares above 0.63": lambda found, right, b: near(found, right[right > 0.63]),
        "one of your two numbers is above 1": lambda found, right, b: near(found[found <= 1], right),
        "You return one number": lambda found, right, b: near(found, right[0]),
        "it is not the only one": lambda found, right, b: near(found, right[:1]),
        "how far the share is from 0.63": lambda found, right, b: near(found + 0.63, right_for_both_roots(b)),
        "the 0.63 has come over with the wrong sign": lambda found, right, b: near(
            found + 2 * 0.63, right_for_both_roots(b)
        ),
        "the smaller one should come first": lambda found, right, b: near(found, right[::-1]),
    },
    "ranked_right": {
        "count as lost": lambda found, right, scores, chosen: near(found, right - ties(scores, chosen) / 2),
        "count as won": lambda found, right, scores, chosen: near(found, right + ties(scores, chosen) / 2),
        "has the lower score": lambda found, right, *_: near(found, 1 - right),
        "You count the pairs;": lambda found, right, scores, chosen: near(
            found, right * np.sum(chosen) * np.sum(~chosen)
        ),
        "the right side of 0.5": lambda found, right, scores, chosen: near(found, np.mean((scores > 0.5) == chosen)),
        "the chosen rows with all rows": lambda found, right, scores, chosen: near(
            found, (right * np.sum(~chosen) + np.sum(chosen) / 2) / len(chosen)
        ),
        "score on average": lambda found, right, scores, chosen: near(
            found, np.mean(scores[chosen]) - np.mean(scores[~chosen])
        ),
        "Only the best of the chosen": lambda found, right, scores, chosen: near(
            found, np.mean(scores[~chosen] < np.max(scores[chosen]))
        ),
        "at the top of the list": lambda found, right, scores, chosen: near(
            found, np.mean(chosen[np.argsort(-scores, kind="stable")][: np.sum(chosen)])
        ),
    },
    "permutation_rise": {
        "divide one error by the other": lambda found, right, predict, x, y, *_: near(
            found, right / mean_error(predict(x), y) + 1
        ),
        "error with the shuffled column; by how much": lambda found, right, predict, x, y, *_: near(
            found, right + mean_error(predict(x), y)
        ),
        "both errors are the same": lambda found, right, *_: near(found, 0 * right),
        "row i's value to row order[i]": lambda found, right, predict, x, y, column, order: near(
            found, right_for("permutation_rise")(predict, x, y, column, np.argsort(order))
        ),
        "You shuffle the targets": lambda found, right, predict, x, y, column, order: near(
            found, mean_error(predict(x), y[order]) - mean_error(predict(x), y)
        ),
        "You shuffle whole rows": lambda found, right, predict, x, y, column, order: near(
            found, mean_error(predict(x[order]), y) - mean_error(predict(x), y)
        ),
        "You compare squared errors": lambda found, right, predict, x, y, column, order: near(
            found,
            np.mean((predict(with_column(x, column, x[order, column])) - y) ** 2) - np.mean((predict(x) - y) ** 2),
        ),
        "You set the column to 0": lambda found, right, predict, x, y, column, order: near(
            found, mean_error(predict(with_column(x, column, 0)), y) - mean_error(predict(x), y)
        ),
        "You set the column to its mean": lambda found, right, predict, x, y, column, order: near(
            found, mean_error(predict(with_column(x, column, x[:, column].mean())), y) - mean_error(predict(x), y)
        ),
        "how far the predictions move": lambda found, right, predict, x, y, column, order: near(
            found, mean_error(predict(with_column(x, column, x[order, column])), predict(x))
        ),
        "Your errors cancel each other": lambda found, right, predict, x, y, column, order: near(
            found,
            abs(np.mean(predict(with_column(x, column, x[order, column])) - y)) - abs(np.mean(predict(x) - y)),
        ),
    },
    "leak_share": {
        "You divide by all rows": lambda found, right, train, test: near(
            found * (len(train) + len(test)), right * len(test)
        ),
        "divide by the number of training rows": lambda found, right, train, test: near(
            found * len(train), right * len(test)
        ),
        "whose group is new": lambda found, right, *_: near(found, 1 - right),
        "You count the rows": lambda found, right, train, test: near(found, right * len(test)),
        "groups of the training rows among the test rows": lambda found, right, train, test: near(
            found, right_for("leak_share")(test, train)
        ),
        "You count groups": lambda found, right, train, test: near(
            found, right_for("leak_share")(train, np.unique(test))
        ),
        "You count pairs": lambda found, right, train, test: near(found, np.mean(train[:, np.newaxis] == test)),
    },
    "predicted_class": {
        "the largest scores themselves": lambda found, right, scores: near(found, scores.max(axis=1)),
        "one-hot": lambda found, right, scores: near(found, np.eye(scores.shape[1])[right]),
        "down the columns": lambda found, right, scores: near(found, right_for("predicted_class")(scores.T)),
        "farthest from 0": lambda found, right, scores: near(found, right_for("predicted_class")(abs(scores))),
        "the smallest score": lambda found, right, scores: near(found, right_for("predicted_class")(-scores)),
        "above 0.5": lambda found, right, scores: near(found, right_for("predicted_class")(1.0 * (scores > 0.5))),
        "the order of all classes": lambda found, right, scores: near(found[:, -1], right),
        "one position for the whole table": lambda found, right, scores: near(np.ravel(scores)[found], np.max(scores)),
        "the others set to 0": lambda found, right, scores: near(found, scores * np.eye(scores.shape[1])[right]),
        "which rank the last class has": lambda found, right, scores: near(
            found, np.sum(scores < scores[:, -1:], axis=1)
        ),
    },
    "softmax_rows": {
        "Your columns sum to 1": lambda found, right, _: near(found.sum(axis=0), np.ones(right.shape[1])),
        "together sum to 1": lambda found, right, _: near(found.sum(), 1),
        "divided by one sum": lambda found, right, _: (
            near(found.sum(), 1) and near(found.max(axis=1), np.full(len(found), found.max()))
        ),
        "Your largest number is 1": lambda found, right, _: near(found.max(axis=1), np.ones(len(right))),
        "Your rows sum to 1": lambda found, right, _: near(found.sum(axis=1), np.ones(len(right))),
        "divide the scores themselves": lambda found, right, scores: near(
            found, scores / scores.sum(axis=1, keepdims=True)
        ),
        "apply the sigmoid": lambda found, right, scores: near(found, expit(scores)),
        "The smallest score gets": lambda found, right, scores: near(found, right_for("softmax_rows")(-scores)),
        "softmax was applied twice": lambda found, right, scores: near(found, right_for("softmax_rows")(right)),
        "you use powers of 2": lambda found, right, scores: near(found, right_for("softmax_rows")(scores * np.log(2))),
        "logarithms of the probabilities": lambda found, right, _: near(np.exp(found), right),
        "so your rows do not sum to 1": lambda found, right, scores: near(
            found, right * np.exp(-scores.max(axis=1, keepdims=True))
        ),
        "Your numbers are positive": lambda found, right, scores: near(found, np.exp(scores)),
        "mean 0 and spread 1": lambda found, right, scores: near(
            found, right_for("softmax_rows")(right_for("standardise")(scores.T, scores.T)[0].T)
        ),
    },
    "cross_entropy": {
        "divide by the number of classes as well": lambda found, right, y, p: near(found, right / y.shape[1]),
        "grows with the number of examples": lambda found, right, y, p: near(found, right * len(y)),
        "Right, until a probability is 0": lambda found, right, *_: near(found, right),
        "Right for one-hot targets": lambda found, right, y, p: np.any((y > 0) & (y < 1)) or near(found, right),
        "the squared error": lambda found, right, y, p: near(found, np.mean(np.sum((y - p) ** 2, axis=1))),
        "−ln p of all classes": lambda found, right, y, p: near(found, right_for("cross_entropy")(1.0 * (p > 0), p)),
        "You compute −Σ p ln p": lambda found, right, y, p: near(found, right_for("cross_entropy")(p, p)),
        "apply softmax to the probabilities": lambda found, right, y, p: near(
            found, right_for("cross_entropy")(y, right_for("softmax_rows")(p))
        ),
        "formula for yes or no, applied to every class": lambda found, right, y, p: near(found, right + no_part(y, p)),
        "the formula for yes or no; and": lambda found, right, y, p: near(found, right + no_part(y, p)),
        "and then a mean over the classes": lambda found, right, y, p: near(
            found, (right + no_part(y, p)) / y.shape[1]
        ),
        "the mean of the formula for yes or no": lambda found, right, y, p: near(
            found, (right + no_part(y, p)) / y.shape[1]
        ),
        "Targets and probabilities have changed places": lambda found, right, y, p: near(
            found, np.mean(-np.sum(p * np.log(np.maximum(y, 1e-7)), axis=1))
        ),
        "take the logarithm at the end": lambda found, right, y, p: near(
            found, -np.log(np.mean(np.sum(y * p, axis=1)))
        ),
        "−ln of the largest probability": lambda found, right, y, p: near(found, np.mean(-np.log(p.max(axis=1)))),
    },
    "yes_no_loss": {
        "grows with the number of examples": lambda found, right, y, a: near(found, right * len(y)),
        "with the target 0 cost nothing": lambda found, right, y, a: near(
            found, np.mean(np.where(y == 1, -np.log(a), 0))
        ),
        "with the target 1 cost nothing": lambda found, right, y, a: near(
            found, np.mean(np.where(y == 0, -np.log(1 - a), 0))
        ),
        "small where the neuron is wrong": lambda found, right, y, a: near(found, right_for("yes_no_loss")(1 - y, a)),
        "apply the sigmoid to a": lambda found, right, y, a: near(found, right_for("yes_no_loss")(y, expit(a))),
        "the squared error": lambda found, right, y, a: near(found, np.mean((y - a) ** 2)),
        "For a target of 0 your loss is negative": lambda found, right, y, a: near(
            found, np.mean(np.where(y == 1, -np.log(a), np.log(1 - a)))
        ),
        "You round the outputs": lambda found, right, y, a: near(
            found, np.mean(np.round(a) != y) * -np.log(1e-7), 1e-6
        ),
        "You write 1 − ln a": lambda found, right, y, a: near(
            found, np.mean(np.where(y == 1, -np.log(a), np.log(a) - 1))
        ),
        "take the logarithm at the end": lambda found, right, y, a: near(
            found, -np.log(np.mean(np.where(y == 1, a, 1 - a)))
        ),
    },
    "softmax_delta": {
        "too large by a factor: the number of examples": lambda found, right, p, _: near(found, right * len(p)),
        "too small by a factor: the number of classes": lambda found, right, p, _: near(found, right / p.shape[1]),
        "divide by the number of classes": lambda found, right, p, _: near(found, right * len(p) / p.shape[1]),
        "You multiply by p (1 − p)": lambda found, right, p, _: near(found, right * p * (1 - p)),
        "as if it were a quantity": lambda found, right, p, labels: near(found, (p - labels[:, np.newaxis]) / len(p)),
        "The target does not occur": lambda found, right, p, _: near(found, p / len(p)),
        "average over the examples": lambda found, right, p, _: near(found, right.sum(axis=0)),
        "0 for the others": lambda found, right, p, labels: near(found, np.where(right < 0, right, 0)),
        "one column too far to the left": lambda found, right, p, labels: near(
            found, right_for("softmax_delta")(p, labels - 1)
        ),
        "−y / p": lambda found, right, p, _: near(found * p * len(p), np.where(right < 0, -1.0, 0)),
        "You take 1 off in every row": lambda found, right, p, labels: near(
            found, (p - np.isin(np.arange(p.shape[1]), labels)) / len(p)
        ),
    },
    "loss_from_logits": {
        "divide by the number of classes as well": lambda found, right, z, _: near(found, right / z.shape[1]),
        "grows with the number of examples": lambda found, right, z, _: near(found, right * len(z)),
        "divide the logits by their sum": lambda found, right, z, labels: near(
            found, np.mean(-np.log((z / z.sum(axis=1, keepdims=True))[np.arange(len(z)), labels]))
        ),
        "The formula is right": lambda found, right, *_: near(found, right),
        "Right, until a probability is so small": lambda found, right, *_: near(found, right),
        "Right for small logits": lambda found, right, *_: near(found, right),
        "minus the logit of the right class": lambda found, right, z, labels: near(
            found, -np.mean(z[np.arange(len(z)), labels])
        ),
        "to the left of the right one": lambda found, right, z, labels: near(
            found, right_for("loss_from_logits")(z, labels - 1)
        ),
        "You apply softmax twice": lambda found, right, z, labels: near(
            found, right_for("loss_from_logits")(right_for("softmax_rows")(z), labels)
        ),
        "You take the logarithm of the logits": lambda found, right, z, labels: near(
            found, np.mean(-np.log(z[np.arange(len(z)), labels]))
        ),
        "You clip the logits": lambda found, right, z, labels: near(
            found, np.mean(-np.log(np.clip(z[np.arange(len(z)), labels], 1e-7, 1)))
        ),
        "Your sum goes down the columns": lambda found, right, z, labels: near(
            found, np.mean(logsumexp(z, axis=0)[labels] - z[np.arange(len(z)), labels])
        ),
        "z[:, labels] takes": lambda found, right, z, labels: near(
            found, np.mean([right_for("loss_from_logits")(z, np.full(len(z), label)) for label in labels])
        ),
        "subtract the unshifted one": lambda found, right, z, labels: near(found, right - np.mean(z.max(axis=1))),
        "how far the right logit is below the largest": lambda found, right, z, labels: near(
            found, np.mean(z.max(axis=1) - z[np.arange(len(z)), labels])
        ),
    },
    "convolve_patch": {
        "You take the mean of the products": lambda found, right, patch, kernel, b: near(
            found, (right - b) / patch.size + b
        ),
        "the bias once for every pixel": lambda found, right, patch, kernel, b: near(
            found, right + (patch.size - 1) * b
        ),
        "divide by the size of the filter's weights": lambda found, right, patch, kernel, b: near(
            found, (right - b) / np.abs(kernel).sum() + b
        ),
        "turned round by 180 degrees": lambda found, right, patch, kernel, b: near(
            found, right_for("convolve_patch")(patch, np.rot90(kernel, 2), b)
        ),
        "of your filter have changed places": lambda found, right, patch, kernel, b: near(
            found, right_for("convolve_patch")(patch, kernel.T, b)
        ),
        "Negative answers have become 0": lambda found, right, *_: near(found, max(right, 0)),
        "You get a whole matrix": lambda found, right, patch, kernel, b: near(found, patch @ kernel + b),
        "You add up a matrix product": lambda found, right, patch, kernel, b: near(found, (patch @ kernel).sum() + b),
        "You return one number for each pixel": lambda found, right, patch, kernel, b: near(found, patch * kernel + b),
        "the pixels and the weights separately": lambda found, right, patch, kernel, b: near(
            found, patch.sum() * kernel.sum() + b
        ),
        "along one axis only": lambda found, right, patch, kernel, b: (
            found.shape == patch.shape[1:] and near(np.sum(found - b), right - b)
        ),
    },
    "reflect_pad": {
        "the pixel at the border:": lambda found, right, row, width: (
            width == 0 or (near(found[width - 1], row[0]) and near(found[-width], row[-1]))
        ),
        "zeros": lambda found, right, row, width: near(found, np.pad(row, width)),
        "Only one side has grown": lambda found, right, row, width: len(found) == len(row) + width,
        "the border's pixel again": lambda found, right, row, width: near(found[:width], np.full(width, row[0])),
        "Your left side shows the end": lambda found, right, row, width: near(found[:width], row[len(row) - width :]),
        "not in the order of a mirror": lambda found, right, row, width: near(found[:width], right[:width][::-1]),
        "Left and right have changed places": lambda found, right, row, width: near(
            found, np.concatenate([right[width + len(row) :], row, right[:width]])
        ),
    },
    "output_size": {
        "padding on one end only": lambda found, right, n, k, p, s: near(found, (n + p - k) // s + 1),
        "a fraction of a place": lambda found, right, n, k, p, s: near(found, (n + 2 * p - k) / s + 1),
        "divide the number of places by the stride": lambda found, right, n, k, p, s: near(
            found, right_for("output_size")(n, k, p, 1) // s
        ),
        "stick out of the picture": lambda found, right, n, k, p, s: found - right == ((n + 2 * p - k) % s > 0),
        "as if the stride were their width": lambda found, right, n, k, p, s: near(
            found, right_for("output_size")(n, k, p, k)
        ),
        "You add the border to the result": lambda found, right, n, k, p, s: near(
            found, right_for("output_size")(n, k, 0, s) + 2 * p
        ),
    },
    "max_pool": {
        "mean of each block": lambda found, right, image, size: near(found.mean(), whole_blocks(image, size).mean()),
        "the smallest number": lambda found, right, image, size: near(found, -right_for("max_pool")(-image, size)),
        "You ignore the sign": lambda found, right, image, size: near(found, right_for("max_pool")(abs(image), size)),
        "no number below 0": lambda found, right, *_: near(found, np.maximum(right, 0)),
        "Only the height has shrunk": lambda found, right, image, size: found.shape == (len(right), image.shape[1]),
        "incomplete blocks": lambda found, right, *_: near(found[: right.shape[0], : right.shape[1]], right),
        "pixels that do not lie together": lambda found, right, image, size: near(
            found, whole_blocks(image, size).reshape(*right.shape, -1).max(axis=2)
        ),
        "Your blocks overlap": lambda found, right, image, size: near(found[::size, ::size], right),
        "the first pixel of each block": lambda found, right, image, size: near(
            found, image[::size, ::size][: right.shape[0], : right.shape[1]]
        ),
    },
    "count_parameters": {
        "You count the weights only": lambda found, right, channels, filters, k: near(found, right - filters),
        "one bias for the whole layer": lambda found, right, channels, filters, k: near(found, right - filters + 1),
        "Your filters have one row only": lambda found, right, channels, filters, k: near(
            found, filters * (channels * k + 1)
        ),
        "a bias for each channel": lambda found, right, channels, filters, k: near(
            found, right - filters + filters * channels
        ),
        "This is one filter": lambda found, right, channels, filters, k: near(found * filters, right),
        "as many biases as weights": lambda found, right, channels, filters, k: near(found, 2 * (right - filters)),
        "You add channels and filters": lambda found, right, channels, filters, k: near(
            found, (channels + filters) * k**2 + filters
        ),
    },
    "normalise_image": {
        "by its own brightest pixel": lambda found, right, *_: near(
            found.max(axis=(1, 2, 3)), np.ones(len(right)), 1e-6
        ),
        "brightest pixel that happens to be there": lambda found, right, *_: near(found.max(), 1, 1e-6),
        "still run from 0 to 255": lambda found, right, *_: near(found, right * 255, 1e-6),
        "from −1 to 1": lambda found, right, *_: near(found, 2 * right - 1, 1e-6),
        "a little less than 1": lambda found, right, *_: near(found * 256, right * 255, 1e-6),
        "Ink and background have changed places": lambda found, right, *_: near(found, 1 - right, 1e-6),
        "the axis for the channel is missing": lambda found, right, *_: near(found, right[..., 0], 1e-6),
        "each of your pictures add up to 1": lambda found, right, *_: near(
            found.sum(axis=(1, 2, 3)), np.ones(len(right)), 1e-6
        ),
        "0 or 1: the grey values": lambda found, right, *_: near(found, np.floor(right)),
        "mean 0 and spread 1": lambda found, right, *_: near(found.mean(), 0, 1e-6) and near(found.std(), 1, 1e-6),
        "before height and width": lambda found, right, *_: near(found, np.moveaxis(right, 3, 1), 1e-6),
        "in front of all the others": lambda found, right, *_: near(found, np.moveaxis(right, 3, 0), 1e-6),
        "You made three channels": lambda found, right, *_: near(found, np.repeat(right, 3, axis=3), 1e-6),
        "in one row": lambda found, right, *_: near(found, right.reshape(len(right), -1), 1e-6),
        "You took the mean off": lambda found, right, *_: near(found, right - right.mean(), 1e-6),
        "the darkest pixel that is there becomes 0": lambda found, right, *_: (
            near(found.min(), 0) and near(found.max(), 1) and near(found, (right - right.min()) / np.ptp(right), 1e-6)
        ),
    },
    "recall_by_digit": {
        "You divide by the columns": lambda found, right, confusion: near(
            found, right_for("recall_by_digit")(confusion.T)
        ),
        "divide by the number of all pictures": lambda found, right, confusion: near(
            found, np.diag(confusion) / confusion.sum()
        ),
        "the right answers by the wrong ones": lambda found, right, _: near(found, right / (1 - right)),
        "one number for each digit was asked for": lambda found, right, _: near(np.diag(found), right),
        "each column by the sum of a row": lambda found, right, confusion: near(
            found * confusion.sum(axis=1), confusion
        ),
        "You divide with //": lambda found, right, _: near(found, np.floor(right)),
        "the shares that were missed": lambda found, right, _: near(found, 1 - right),
        "You averaged at the end": lambda found, right, _: near(found, np.mean(right)),
        "one number for all digits": lambda found, right, confusion: near(found, np.trace(confusion) / confusion.sum()),
        "numbers of pictures": lambda found, right, confusion: near(found, right * confusion.sum(axis=1)),
        "the largest entry of each row": lambda found, right, confusion: near(
            found * confusion.sum(axis=1), confusion.max(axis=1)
        ),
        "called the F1 score": lambda found, right, confusion: near(
            2 / found, 1 / right + 1 / right_for("recall_by_digit")(confusion.T)
        ),
    },
    "surest_mistake": {
        "surest answer of all": lambda found, right, p, _: near(p[found].max(), p.max()),
        "the surest *right* answer": lambda found, right, p, labels: (
            p[found].argmax() == labels[found] and near(p[found].max(), p[~mistaken(p, labels)].max())
        ),
        "the mistake that the network is least sure of": lambda found, right, p, labels: (
            mistaken(p, labels)[found] and near(p[found].max(), p[mistaken(p, labels)].max(axis=1).min())
        ),
        "least sure of, right or wrong": lambda found, right, p, _: near(p[found].max(), p.max(axis=1).min()),
        "You counted among the mistakes": lambda found, right, p, labels: near(
            np.flatnonzero(mistaken(p, labels))[found], right
        ),
        "the smallest probability of the right digit": lambda found, right, p, labels: near(
            p[found, labels[found]], p[np.arange(len(p)), labels].min()
        ),
        "largest probability of a wrong digit": lambda found, right, p, labels: near(
            np.delete(p[found], labels[found]).max(),
            max(np.delete(row, label).max() for row, label in zip(p, labels, strict=True)),
        ),
        "This is the probability": lambda found, right, p, _: near(found, p[right].max()),
        "the digit that was answered": lambda found, right, p, _: near(found, p[right].argmax()),
        "counts through all the numbers": lambda found, right, p, _: near(p.ravel()[found], p[right].max()),
        "the first mistake": lambda found, right, p, labels: near(found, np.flatnonzero(mistaken(p, labels))[0]),
        "all the mistakes": lambda found, right, p, labels: near(found, np.flatnonzero(mistaken(p, labels))),
    },
    "momentum_step": {
        "it points uphill": lambda found, right, w, v, gradient, rho, eta: near(
            found, right_for("momentum_step")(w, v, -gradient, rho, eta)
        ),
        "keeps all of its velocity": lambda found, right, w, v, gradient, rho, eta: near(
            found, (w + v - eta * gradient, v - eta * gradient)
        ),
        "You take rho for the friction": lambda found, right, w, v, gradient, rho, eta: near(
            found, right_for("momentum_step")(w, v, gradient, 1 - rho, eta)
        ),
        "this is gradient descent": lambda found, right, w, v, gradient, rho, eta: near(found[0], w - eta * gradient),
        "moved with the old one": lambda found, right, w, v, *_: near(found, (w + v, right[1])),
        "moved against it": lambda found, right, w, *_: near(found, (w - right[1], right[1])),
        "You return the velocities first": lambda found, right, *_: near(found, right[::-1]),
        "needs the velocities, too": lambda found, right, *_: near(found, right[0]),
        "multiplies the whole velocity": lambda found, right, w, v, gradient, rho, eta: near(
            found, (w + eta * (rho * v - gradient), rho * v - gradient)
        ),
        "too small by the factor 1 − rho": lambda found, right, w, v, gradient, rho, eta: near(
            found[1] - rho * v, -(1 - rho) * eta * gradient
        ),
        "get the push a second time": lambda found, right, w, v, gradient, rho, eta: near(
            found, (right[0] - eta * gradient, right[1])
        ),
        "The velocity is right": lambda found, right, *_: near(found[1], right[1]),
    },
    "corrected_mean": {
        "This is the running mean itself": lambda found, right, numbers, beta: near(
            found, right * (1 - beta ** len(numbers))
        ),
        "You divide by 1 − beta": lambda found, right, numbers, beta: near(
            found * (1 - beta), right * (1 - beta ** len(numbers))
        ),
        "You multiply by the share": lambda found, right, numbers, beta: near(
            found, right * (1 - beta ** len(numbers)) ** 2
        ),
        "You divide by the share of the 0": lambda found, right, numbers, beta: near(
            found * beta ** len(numbers), right * (1 - beta ** len(numbers))
        ),
        "You take beta · t": lambda found, right, numbers, beta: near(
            found * (1 - beta * len(numbers)), right * (1 - beta ** len(numbers))
        ),
        "You count one number too few": lambda found, right, numbers, beta: near(
            found * (1 - beta ** (len(numbers) - 1)), right * (1 - beta ** len(numbers))
        ),
        "You have exchanged the shares": lambda found, right, numbers, beta: near(
            found, right_for("corrected_mean")(numbers, 1 - beta)
        ),
        "what you divide by is right": lambda found, right, numbers, beta: near(
            found * (1 - beta ** len(numbers)),
            right_for("corrected_mean")(numbers, 1 - beta) * (1 - (1 - beta) ** len(numbers)),
        ),
        "This is the plain mean": lambda found, right, numbers, beta: near(found, np.mean(numbers)),
        "Your mean begins at the first number": lambda found, right, numbers, beta: near(
            found, right * (1 - beta ** len(numbers)) + beta ** len(numbers) * numbers[0]
        ),
        "in every step and go on": lambda found, right, numbers, beta: near(
            found,
            functools.reduce(
                lambda mean, each: (beta * mean + (1 - beta) * each[1]) / (1 - beta ** each[0]),
                enumerate(numbers, start=1),
                0.0,
            ),
        ),
        "Only the last number counts": lambda found, right, numbers, beta: near(
            found * (1 - beta ** len(numbers)), (1 - beta) * numbers[-1]
        ),
    },
    "he_weights": {
        "You take the variance for the standard deviation": lambda found, right, inputs, units, seed: near(
            found, right * np.sqrt(2 / inputs)
        ),
        "Your variance is 1 / n": lambda found, right, *_: near(found, right / np.sqrt(2)),
        "You count the units": lambda found, right, inputs, units, seed: near(found, right * np.sqrt(inputs / units)),
        "Your variance is Glorot's": lambda found, right, inputs, units, seed: near(
            found, right * np.sqrt(inputs / (inputs + units))
        ),
        "the number of all weights": lambda found, right, inputs, units, seed: near(found, right / np.sqrt(units)),
        "have the standard deviation 1": lambda found, right, inputs, units, seed: near(
            found, right / np.sqrt(2 / inputs)
        ),
        "a row for each unit": lambda found, right, inputs, units, seed: found.shape == (units, inputs),
        "lie around the deviation": lambda found, right, inputs, units, seed: near(
            found, np.sqrt(2 / inputs) + right / np.sqrt(2 / inputs)
        ),
        "The root is taken of 2 alone": lambda found, right, inputs, units, seed: near(found, right / np.sqrt(inputs)),
        "your numbers are drawn evenly": lambda found, right, inputs, units, seed: (
            found.shape == right.shape and np.abs(found).max() <= np.sqrt(6 / inputs)
        ),
        "None of your weights is below 0": lambda found, right, *_: near(found, np.abs(right)),
        "one number for each input": lambda found, right, inputs, units, seed: found.shape == (inputs,),
    },
    "best_epoch": {
        "Your number is one too small": lambda found, right, _: near(found, right - 1),
        "This is the smallest loss": lambda found, right, losses: near(found, min(losses)),
        "This is the last epoch": lambda found, right, losses: near(found, len(losses)),
        "the largest validation loss": lambda found, right, losses: near(losses[found - 1], max(losses)),
        "before the first rise": lambda found, right, losses: (
            all(np.diff(losses[:found]) <= 0) and (found == len(losses) or losses[found] > losses[found - 1])
        ),
        "all epochs, the best one first": lambda found, right, losses: (
            near(found[0], right) and near(losses[found - 1], np.sort(losses))
        ),
    },
    "stop_early": {
        "with the one of the epoch before": lambda found, right, losses, patience: (
            found[0] == len(losses) or all(np.diff(losses[: found[0]])[-patience:] >= 0)
        ),
        "count all epochs without a new best": lambda found, right, losses, patience: (
            found[0] - len(np.unique(np.minimum.accumulate(losses[: found[0]]))) <= patience and found[0] <= right[0]
        ),
        "one epoch too patient": lambda found, right, losses, patience: near(
            found, right_for("stop_early")(losses, patience + 1)
        ),
        "at the first epoch that is no new best": lambda found, right, losses, _: near(
            found, right_for("stop_early")(losses, 1)
        ),
        "Both of your numbers count from 0": lambda found, right, *_: near(tuple(np.add(found, 1)), right),
        "Both of your numbers are the same": lambda found, right, *_: found[0] == found[1] == right[0],
        "the best among all epochs": lambda found, right, losses, _: (
            found[0] == right[0] and losses[found[1] - 1] == min(losses)
        ),
        "All epochs are trained": lambda found, right, losses, _: found[0] == len(losses),
        "Your two numbers have changed places": lambda found, right, *_: near(found[::-1], right),
    },
    "l2_step": {
        "half as strong": lambda found, right, w, g, eta, lam: near(found, right_for("l2_step")(w, g, eta, lam / 2)),
        "away from 0": lambda found, right, w, g, eta, lam: near(found, right_for("l2_step")(w, g, eta, -lam)),
        "The rate is missing": lambda found, right, w, g, eta, lam: near(
            found, right_for("l2_step")(w, g, eta, lam / eta)
        ),
        "the penalty itself": lambda found, right, w, g, eta, lam: near(w - eta * g - found, eta * lam * w**2),
        "equally strong for all weights": lambda found, right, w, g, eta, lam: near(
            np.abs(w - eta * g - found), np.full(len(w), eta * lam)
        ),
        "the whole penalty, one number": lambda found, right, w, g, eta, lam: near(
            w - eta * g - found, np.full(len(w), eta * lam * w @ w)
        ),
        "the gradient of the loss has no effect": lambda found, right, w, g, eta, lam: near(
            found, right_for("l2_step")(w, 0 * g, eta, lam)
        ),
        "Your step goes uphill": lambda found, right, w, *_: near(found - w, w - right),
        "the change of the weights": lambda found, right, w, *_: near(found, right - w),
    },
    "dropout": {
        "what is left was not made larger": lambda found, right, a, chances, rate: near(found, right * (1 - rate)),
        "You keep the units that should be dropped": lambda found, right, a, chances, rate: (
            near((found != 0) | (right != 0), a != 0) and not np.any((found != 0) & (right != 0))
        ),
        "by the share that is dropped": lambda found, right, a, chances, rate: near(found * rate, right * (1 - rate)),
        "You made what is left smaller": lambda found, right, a, chances, rate: near(found, right * (1 - rate) ** 2),
        "the same units for every example": lambda found, right, a, *_: all(np.ptp((found != 0) * 1, axis=0) == 0),
        "the activations are missing": lambda found, right, a, *_: near(found * a, right),
        "happened to be kept this time": lambda found, right, a, chances, rate: near(
            found * np.mean(chances >= rate), right * (1 - rate)
        ),
        "none was dropped": lambda found, right, a, chances, rate: near(found * (1 - rate), a),
        "by the chances themselves": lambda found, right, a, chances, rate: near(found * (1 - rate), a * chances),
    },
    "l1_step": {
        "grows with the weight": lambda found, right, w, g, eta, lam: near(w - eta * g - found, eta * lam * w),
        "the slope of w², 2w": lambda found, right, *args: near(found, right_for("l2_step")(*args)),
        "the penalty itself": lambda found, right, w, g, eta, lam: near(w - eta * g - found, eta * lam * np.abs(w)),
        "every weight to the left": lambda found, right, w, g, eta, lam: near(
            w - eta * g - found, np.full(len(w), eta * lam)
        ),
        "away from 0": lambda found, right, w, g, eta, lam: near(found, right_for("l1_step")(w, g, eta, -lam)),
        "The rate is missing": lambda found, right, w, g, eta, lam: near(
            found, right_for("l1_step")(w, g, eta, lam / eta)
        ),
        "the sign of the gradient": lambda found, right, w, g, eta, lam: near(
            w - eta * g - found, eta * lam * np.sign(g)
        ),
        "the gradient of the loss has no effect": lambda found, right, w, g, eta, lam: near(
            found, right_for("l1_step")(w, 0 * g, eta, lam)
        ),
    },
}


def one_sided(f, w, h):
    """The slopes from w to w + h, weight by weight."""
    return np.array([(f(w + h * unit) - f(w)) / h for unit in np.eye(len(w))])


def moved(found, right, W, b, factor, n):
    """Both results of ``descend``, and where steps are so many times as long as the right ones lead to."""
    return found, (W + factor(n) * (right[0] - W), b + factor(n) * (right[1] - b))


def half_squares(sizes):
    """The mean of ½ e² over the sizes above 0, and of 0 for the others."""
    return np.mean(np.maximum(sizes, 0) ** 2) / 2


def right_for_both_roots(b):
    return 0.63 + np.array([-1, 1]) * np.sqrt(b / 1000)


def ties(scores, chosen):
    """The share of the pairs with equal scores."""
    return np.mean(scores[chosen][:, np.newaxis] == scores[~chosen])


def mean_error(predictions, targets):
    return np.mean(np.abs(predictions - targets))


def whole_blocks(image, size):
    """The picture without what fills no whole block."""
    height, width = image.shape
    return image[: height - height % size, : width - width % size]


def with_column(x, column, values):
    """A copy of a table in which one column holds other values."""
    x = x.copy()
    x[:, column] = values
    return x


def replayed(
    points, answers, rounds, says=lambda w, b, x: w @ x + b > 0, correct=lambda error: error, first_only=False
):
    """Rosenblatt's rule from zeros with another answer, another use of the error, or one correction a round."""
    w, b = np.zeros(points.shape[1]), 0
    for _ in range(rounds):
        for x, y in zip(points, answers, strict=True):
            error = correct(y - says(w, b, x))
            w, b = w + error * x, b + error
            if first_only and error != 0:
                break
    return w, b


def replayed_round_by_round(points, answers, rounds):
    """The weights of Rosenblatt's rule where all answers of a round are given before its corrections; bias first."""
    with_one = np.column_stack([np.ones(len(points)), points])
    w = np.zeros(with_one.shape[1])
    for _ in range(rounds):
        w = w + (answers - (with_one @ w > 0)) @ with_one
    return w[1:]


def no_part(y, p):
    """What the formula for yes or no adds: the mean of −Σ (1 − y) ln(1 − p)."""
    return np.mean(-np.sum((1 - y) * np.log(np.where(y < 1, 1 - p, 1)), axis=1))


def kind_by_signs(numbers):
    """What kind of place it would be if these were the bends."""
    if np.all(numbers > 0):
        return "minimum"
    return "maximum" if np.all(numbers < 0) else "saddle"


def mistaken(probabilities, labels):
    """For each picture, whether its answer is wrong."""
    return probabilities.argmax(axis=1) != labels


# --- arguments that a mistake leaves out: words of a hint, and the parameters that make no difference

LEFT_OUT = {
    "weighted_sum": {"The weights make no difference": ["w"]},
    "step_neuron": {"The weights make no difference": ["w"], "The bias makes no difference": ["b"]},
    "perceptron_step": {"The learning rate makes no difference": ["eta"]},
    "collapse": {"The first biases make no difference": ["b1"], "The second biases make no difference": ["b2"]},
    "forward_pass": {"The biases make no difference": ["b1", "b2"]},
    "downhill_step": {"The learning rate makes no difference": ["eta"]},
    "descent_path": {"The learning rate makes no difference": ["eta"]},
    "one_epoch": {"batch_size makes no difference": ["batch_size"]},
    "brute_force_years": {
        "What one evaluation takes makes no difference": ["seconds"],
        "The number of options makes no difference": ["options"],
    },
    "permute_hidden": {"whatever order says": ["order"]},
    "descend": {"The learning rate makes no difference": ["eta"]},
    "huber_loss": {"delta makes no difference": ["delta"]},
    "cross_entropy": {"the targets do not occur": ["y"]},
    "softmax_delta": {"The target does not occur": ["labels"]},
    "convolve_patch": {"The bias makes no difference": ["b"]},
    "output_size": {
        "The stride makes no difference": ["s"],
        "The padding makes no difference": ["p"],
        "The width of the filter makes no difference": ["k"],
    },
    "count_parameters": {"The number of channels makes no difference": ["channels"]},
}


def another(value):
    """Return another value of the same kind and shape; positions stay positions, and an order an order."""
    if isinstance(value, list) or (isinstance(value, np.ndarray) and value.dtype.kind == "i"):
        return (np.array(value) + 1) % (np.max(value) + 1)
    return value + 1


def leaves_out(exercise, mistake, names):
    """Tell whether other values of these parameters change what is right, and not what the mistake returns."""
    parameters = list(inspect.signature(exercise.reference).parameters)
    matters = False
    for probe in probes_of(exercise):
        changed = tuple(
            another(value) if name in names else value for name, value in zip(parameters, probe, strict=True)
        )
        right, otherwise = (ask_reference(exercise.reference, arguments) for arguments in (probe, changed))
        before, after = (ask(mistake.function, arguments, right).value for arguments in (probe, changed))
        if not same(before, after):
            return False
        matters = matters or not same(right, otherwise)
    return matters


CHANGED = "x stays shuffled|x itself was shuffled|array w was changed|you changed W|were changed|you have changed the"


def changes_arguments(exercise, mistake):
    return any(ask(mistake.function, probe, None).changed for probe in probes_of(exercise))


# --- examples that a hint speaks of, where the probes alone do not tell: arguments, and what follows

LARGE = np.array([[1000.0, 1001.0]])
FAR_ROWS = np.array([[0.0, 1.0], [1000.0, 1001.0]])
FAR_FROM_THE_MEAN = np.array([[3000.0, 0.0, 0.0]])
CERTAIN = np.array([[0.0, 1.0]])
SURPRISING = np.array([[0.0, 1000.0]]), np.array([0])
LARGE_LOGITS = np.array([[1000.0, 1000.0]]), np.array([0])

EXAMPLES = {
    "softmax_rows": {
        "not your rows.": [((LARGE,), is_finite)],
        "All numbers of your table together sum to 1.": [((LARGE,), is_finite)],
        "large scores overflow": [((LARGE,), is_nan)],
        "or all powers become 0": [((LARGE,), is_nan), ((-LARGE,), is_nan)],
        "the largest of the whole table": [((LARGE,), is_finite), ((FAR_ROWS,), is_nan)],
        "You shift each row by its mean": [((FAR_ROWS,), is_finite), ((FAR_FROM_THE_MEAN,), is_nan)],
    },
    "cross_entropy": {
        "0 · ln 0": [((CERTAIN, CERTAIN), is_nan)],
        "as well as by the number of examples": [((CERTAIN, CERTAIN), is_finite)],
        "grows with the number of examples.": [((CERTAIN, CERTAIN), is_finite)],
        "applied to every class": [((CERTAIN, CERTAIN), is_finite)],
        "and then a mean over the classes": [((CERTAIN, CERTAIN), is_finite)],
        "Your loss is negative:": [((CERTAIN, CERTAIN), is_finite)],
    },
    "loss_from_logits": {
        "costs 16.1 at most": [(SURPRISING, lambda found: near(found, 16.1, 2e-3))],
        "costs 27.6 at most": [(SURPRISING, lambda found: near(found, 27.6, 2e-3))],
        "The formula is right, but": [(LARGE_LOGITS, np.isposinf)],
        "then its logarithm is infinite": [(SURPRISING, np.isposinf), (LARGE_LOGITS, is_finite)],
        "infinity over infinity is nan": [(LARGE_LOGITS, is_nan)],
    },
    "output_size": {"With n = 10, k = 3, s = 2": [((10, 3, 0, 2), lambda found: found % 1 > 0)]},
    "reflect_pad": {
        "(1, 2, 3, 4) becomes (2, 1, 1, 2, 3, 4, 4, 3)": [
            ((np.arange(1, 5), 2), lambda found: found.tolist() == [2, 1, 1, 2, 3, 4, 4, 3])
        ]
    },
    "kind_of_point": {
        "[[1, 4], [4, 1]] rises along both": [((np.array([[1.0, 4], [4, 1]]),), lambda found: found == "minimum")],
        "[[3, −1], [−1, 2]] are minima": [((np.array([[3.0, -1], [-1, 2]]),), lambda found: found != "minimum")],
    },
    "rmse": {
        "all predictions are 5 too high, it says 0": [((np.arange(4.0), np.arange(5.0, 9)), lambda found: found == 0)],
        "one error of 10 weighs no more than ten of 1": [
            ((np.zeros(2), np.array([10.0, 0])), lambda found: found == 5),
            ((np.zeros(2), np.array([5.0, 5])), lambda found: found == 5),
        ],
    },
    "r_squared": {
        "all 100 too high would get full marks": [
            ((np.arange(4.0), np.arange(100.0, 104)), lambda found: near(found, 1))
        ]
    },
    "brute_force_years": {
        "With 10 options and 3 weights": [((10, 3, 365.25 * 86_400), lambda found: near(found, 3**10))],
    },
}


def example_is_so(exercise, mistake, arguments, check):
    return bool(check(mistake.function(*copy.deepcopy(arguments))))


# --- what a neuron or a network says to the four pairs of inputs, and where a curve begins and ends

GATES = {"AND": "0001", "OR": "0111", "NAND": "1110", "NOR": "1000", "the opposite of XOR": "1001"}


def answers_named(hint):
    """The answers to (0, 0), (0, 1), (1, 0), (1, 1) that a hint names, such as ``0111``; empty if it names none."""
    listed = re.search(r"says ([01]), ([01]), ([01]), ([01])", hint)
    constant = re.search(r"says ([01]) to all four inputs", hint)
    gate = re.search(rf"(answers|is) ({'|'.join(GATES)})\b", hint)
    if listed:
        return "".join(listed.groups())
    if constant:
        return constant[1] * 4
    return GATES[gate[2]] if gate else ""


def answers_given(numbers):
    """What one neuron (w_1, w_2, b) or a network of three (W1, b1, W2, b2) answers."""
    answers = ""
    for x in np.array([(0, 0), (0, 1), (1, 0), (1, 1)]):
        if len(numbers) == 3:
            z = x @ np.array(numbers[:2]) + numbers[2]
        else:
            W1, b1, W2, b2 = (np.array(part) for part in numbers)
            z = (x @ W1 + b1 > 0) @ W2 + b2
        answers += str(int(z > 0))
    return answers


def gives_answers(exercise, mistake, answers):
    return answers_given(mistake.function()) == answers


def ends_named(hint):
    """Where a curve begins and ends, as a hint says: two numbers, or None."""
    found = re.search(r"curve (?:still )?runs from (−?\d) to (−?\d)", hint)
    return [float(number.replace("−", "-")) for number in found.groups()] if found else None


def curve_has_ends(exercise, mistake, ends):
    return near([mistake.function(-40.0), mistake.function(40.0)], ends)


# --- the claims of a hint, and whether they are true of a mistake


def claims_of(exercise, hint):
    """The claims of a hint, each as a function of the exercise and a mistake."""
    of_results = [claim for words, claim in GENERAL.items() if re.search(words, hint)]
    of_results += [claim for words, claim in CLAIMS.get(exercise.name, {}).items() if words in hint]
    claims = [functools.partial(true_of_results, claim=claim) for claim in of_results]
    for words, names in LEFT_OUT.get(exercise.name, {}).items():
        if words in hint:
            claims.append(functools.partial(leaves_out, names=names))
    if re.search(CHANGED, hint):
        claims.append(changes_arguments)
    for words, examples in EXAMPLES.get(exercise.name, {}).items():
        if words in hint:
            claims += [functools.partial(example_is_so, arguments=args, check=check) for args, check in examples]
    if exercise.name in ("nand_gate", "xor_weights"):
        claims.append(functools.partial(gives_answers, answers=answers_named(hint)))
    if ends_named(hint):
        claims.append(functools.partial(curve_has_ends, ends=ends_named(hint)))
    return claims


def true_of_results(exercise, mistake, claim):
    """Tell whether a claim is true wherever the mistake returns finite numbers, which it must do once at least."""
    return all([claim(found, right, *probe) for found, right, probe in results(exercise, mistake)] or [False])


def holds(exercise, mistake, claim):
    """Tell whether a claim is true of a mistake; it is not where the numbers do not even fit it."""
    with np.errstate(all="ignore"):
        try:
            return claim(exercise, mistake)
        except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError):
            return False


def dead_words():
    """Words of a claim that stand in no hint."""
    for table in (CLAIMS, LEFT_OUT, EXAMPLES):
        for name, claims in table.items():
            hints = " ".join(mistake.hint for mistake in EXERCISES[name].misconceptions)
            yield from (f"{name}: {words}" for words in claims if words not in hints)
    for words in GENERAL:
        if not any(re.search(words, mistake.hint) for _, mistake in MISTAKES):
            yield words


each_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())


# "Divide by len(rows)": a number, a call, or a sum or product in brackets
DIVISOR = re.compile(r"\b(?:[Dd]ivide|[Mm]ultiply)(?: \w+){0,2} by (\d[\d.]*\d|[\w.]+\(.*?\)|\(.*?\))", re.ASCII)


@each_exercise
def test_what_a_fuller_hint_divides_or_multiplies_by_stands_in_the_solution(exercise):
    """In the solution's own words, that is; where a hint says it in others, only a reader can tell."""
    solution = exercise.solution_source.replace(" ", "")
    named = [factor for mistake in exercise.misconceptions for factor in DIVISOR.findall(mistake.fuller)]
    assert [factor for factor in named if factor.isascii() and factor.replace(" ", "") not in solution] == []


# "Divide by n", "their sum divided by n": what to do; "You divide by n − 1" tells of the mistake
MEAN_DIVISOR = re.compile(r"(?<!You )\b[Dd]ivi(?:ded?|sion)(?: \w+)? by (\d*n\b(?: [−+*/·] \w+)?)")


def test_where_a_hint_says_what_to_divide_by_a_mean_is_over_all_n():
    texts = [text for _, mistake in MISTAKES for text in (mistake.hint, mistake.fuller)]
    wrong = [text for text in texts for divisor in MEAN_DIVISOR.findall(text) if divisor != "n"]
    assert wrong == [] and any(map(MEAN_DIVISOR.search, texts))


@each_exercise
def test_what_a_hint_says_is_true_of_its_mistake(exercise):
    for mistake in exercise.misconceptions:
        claims = claims_of(exercise, mistake.hint)
        assert claims, f"nothing is computed of what this hint says: {mistake.hint}"
        assert all(holds(exercise, mistake, claim) for claim in claims), f"not true: {mistake.hint}"


@each_exercise
def test_two_hints_that_have_changed_places_are_noticed(exercise):
    mistakes = exercise.misconceptions
    fits = [
        [all(holds(exercise, mistake, claim) for claim in claims_of(exercise, other.hint)) for other in mistakes]
        for mistake in mistakes
    ]
    alike = [
        f"{mistakes[i].hint} | {mistakes[j].hint}"
        for i, j in itertools.combinations(range(len(mistakes)), 2)
        if fits[i][j] and fits[j][i]
    ]
    assert alike == []


def test_the_words_of_every_claim_stand_in_a_hint():
    assert list(dead_words()) == []
