"""The exercises of notebook 01: the threshold neuron, Rosenblatt's rule, the logistic neuron."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- a threshold neuron


def step_neuron(x, w, b):
    """Say what a threshold neuron answers.

    x: array of shape (n,), the inputs
    w: array of shape (n,), the weights
    b: one number, the bias
    returns: 1 if the weighted sum with the bias is above 0, otherwise 0
    """
    z = w @ x + b
    return 1 if z > 0 else 0


def _no_bias(x, w, b):
    return 1 if w @ x > 0 else 0


def _bias_subtracted(x, w, b):
    return 1 if w @ x > b else 0


def _fires_at_zero(x, w, b):
    return 1 if w @ x + b >= 0 else 0


def _no_step(x, w, b):
    return w @ x + b


def _bias_twice(x, w, b):
    return 1 if w @ x + b + b > 0 else 0


def _answers_swapped(x, w, b):
    return 0 if w @ x + b > 0 else 1


def _minus_one_for_no(x, w, b):
    return 1 if w @ x + b > 0 else -1


def _step_probes(rng):
    party = np.array([-6.0, 3.0, 4.0])
    cases = [
        (np.array(x, float), party, b)
        for x, b in [
            ((0, 0, 0), 0.0),
            ((0, 1, 0), 0.0),
            ((1, 1, 0), 0.0),
            ((1, 1, 1), 0.0),
            ((0, 1, 0), -2.0),
            ((0, 1, 0), -5.0),
            ((1, 1, 1), -2.0),
            ((1, 1, 1), 2.0),
            ((1, 1, 0), 2.0),
            ((1, 1, 0), 4.0),
        ]
    ]
    for n in (2, 4, 5, 6):
        cases.append((rng.normal(size=n), rng.normal(size=n), float(rng.normal())))
    return cases


# --- NAND by hand


def nand_gate():
    """Choose the weights and the bias of a neuron that answers NAND.

    returns: w_1, w_2, b, three numbers
    """
    return -1, -1, 1.5


def _and_gate():
    return 1, 1, -1.5


def _nor_gate():
    return -1, -1, 0.5


def _or_gate():
    return 1, 1, -0.5


def _always_one():
    return 1, 1, 1.5


def _corner_answers(answer):
    """Return what the neuron (w_1, w_2, b) says to the four corners, and None if it is no such neuron."""
    try:
        w_1, w_2, b = (float(number) for number in answer)
    except (TypeError, ValueError):
        return None
    return [int(w_1 * x_1 + w_2 * x_2 + b > 0) for x_1 in (0, 1) for x_2 in (0, 1)]


def _same_gate(answer, expected):
    """Many weights make the same gate, so two answers are equal if they say the same to all four corners."""
    corners = _corner_answers(answer)
    return corners is not None and corners == _corner_answers(expected)


def _no_arguments(rng):
    return [()]


# --- one step of Rosenblatt's rule


def perceptron_step(w, x, y, eta):
    """Make one step of Rosenblatt's rule. The bias is a weight, too: x[0] is always 1, and w[0] is the bias.

    w: array of shape (n,), the weights before the step
    x: array of shape (n,), one example, with x[0] = 1
    y: 0 or 1, the right answer
    eta: one number, the learning rate
    returns: array of shape (n,), the weights after the step; w itself stays as it was
    """
    y_hat = 1 if w @ x > 0 else 0
    return w + eta * (y - y_hat) * x


def _wrong_sign(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    return w + eta * (y_hat - y) * x


def _strengthen_only(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    return w + eta * x if y == 1 and y_hat == 0 else w


def _hebb(w, x, y, eta):
    return w + eta * y * x


def _no_rate(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    return w + (y - y_hat) * x


def _sum_for_answer(w, x, y, eta):
    return w + eta * (y - w @ x) * x


def _bias_kept(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    new = w + eta * (y - y_hat) * x
    new[0] = w[0]
    return new


def _input_forgotten(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    return w + eta * (y - y_hat)


def _change_only(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    return eta * (y - y_hat) * x


def _rule_probes(rng):
    cases = [
        (np.array([0.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0]), 1, 0.5),
        (np.array([1.0, 2.0, -1.0]), np.array([1.0, 1.0, 1.0]), 0, 0.5),
        (np.array([-2.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0]), 1, 0.25),
        (np.array([-2.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0]), 0, 0.25),
    ]
    for n in (3, 4, 5, 6):
        x = np.concatenate([[1.0], rng.normal(size=n - 1)])
        cases += [(rng.normal(size=n), x, y, float(rng.uniform(0.1, 0.9))) for y in (0, 1)]
    return cases


# --- the logistic neuron


def _wide_probes(rng):
    return [(0.0,), (2.2,), (-1.6,), (rng.normal(scale=2, size=5),), (rng.normal(scale=2, size=(2, 3)),)]


def sigmoid_slope(z):
    """Compute the slope of the logistic function at z.

    z: a number or an array of any shape, the weighted sums
    returns: a number or an array of the same shape
    """
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)


def _formula_on_the_sum(z):
    return z * (1 - z)


def _slope_of_the_activation(z):
    a = 1 / (1 + np.exp(-z))
    b = 1 / (1 + np.exp(-a))
    return b * (1 - b)


def _no_slope(z):
    return 1 / (1 + np.exp(-z))


def _sign_of_slope(z):
    a = 1 / (1 + np.exp(-z))
    return a * (a - 1)


def _numerator_squared(z):
    return np.exp(-z) / (1 + np.exp(-z))


# --- tanh and sigmoid


def tanh_from_sigmoid(z):
    """Compute tanh(z) from sigmoids, without np.tanh.

    z: a number or an array of any shape
    returns: a number or an array of the same shape, each value between -1 and 1
    """
    return 2 / (1 + np.exp(-2 * z)) - 1


def _printed_identity(z):
    return (1 + np.tanh(z / 2)) / 2


def _not_doubled_inside(z):
    return 2 / (1 + np.exp(-z)) - 1


def _not_moved_down(z):
    return 2 / (1 + np.exp(-2 * z))


def _halved_inside(z):
    return 2 / (1 + np.exp(-z / 2)) - 1


def _not_stretched(z):
    return 1 / (1 + np.exp(-2 * z)) - 1


EXERCISES = [
    Exercise(
        name="step_neuron",
        task="Write the whole threshold neuron: weighted sum, bias, step. At a sum of exactly 0 it answers 0.",
        reference=step_neuron,
        probes=_step_probes,
        misconceptions=[
            Misconception(
                _no_bias,
                hint="The bias makes no difference to your answers.",
                fuller="Add b to the weighted sum before you compare with 0.",
            ),
            Misconception(
                _bias_subtracted,
                hint="Your neuron uses b as a threshold, so that a larger b makes it fire less.",
                fuller="The bias is added to the sum: a threshold t becomes the bias −t.",
                errata=("XD7",),
            ),
            Misconception(
                _fires_at_zero,
                hint="Look at the evening without any reason: its sum is exactly 0, and there the answer is 0.",
                fuller="Compare with > and not with >=.",
                errata=("XD8",),
            ),
            Misconception(
                _no_step,
                hint="This is the weighted sum; the decision is missing.",
                fuller="Return 1 if the sum is above 0, otherwise 0.",
            ),
            Misconception(
                _bias_twice,
                hint="The bias counts twice in your sum.",
                fuller="It is added once, outside the sum over the inputs.",
            ),
            Misconception(
                _answers_swapped,
                hint="Your answers are the wrong way round.",
                fuller="A sum above 0 means 1.",
            ),
            Misconception(
                _minus_one_for_no,
                hint="Your neuron says −1 for no; here the two answers are 1 and 0.",
                fuller="Both conventions are in use; Rosenblatt's rule as we write it needs 0.",
            ),
        ],
        praise="Every network of this course is made of this sum, with a different last step.",
    ),
    Exercise(
        name="nand_gate",
        task="NAND is the opposite of AND: 0 only if both inputs are 1. Choose weights and a bias by hand "
        "(there are many right answers).",
        reference=nand_gate,
        probes=_no_arguments,
        equal=_same_gate,
        misconceptions=[
            Misconception(
                _and_gate,
                hint="This neuron answers AND: 1 only for (1, 1).",
                fuller="To turn every answer round, change the sign of all three numbers.",
            ),
            Misconception(
                _nor_gate,
                hint="This neuron says 1 to (0, 0) only, which is NOR.",
                fuller="With one input at 1 the sum must still be above 0: the bias has to outweigh one weight.",
            ),
            Misconception(
                _or_gate,
                hint="This neuron answers OR.",
                fuller="For NAND an active input has to speak against firing: its weight is negative.",
            ),
            Misconception(
                _always_one,
                hint="This neuron says 1 to all four inputs.",
                fuller="Both weights together have to pull the sum for (1, 1) to 0 or below.",
            ),
        ],
        praise="Every logic circuit can be built from NAND alone, so networks can compute whatever circuits can.",
    ),
    Exercise(
        name="perceptron_step",
        task="Write one step of Rosenblatt's rule. Here the bias is the first weight: `x[0]` is always 1.",
        reference=perceptron_step,
        probes=_rule_probes,
        misconceptions=[
            Misconception(
                _wrong_sign,
                hint="Your weights move away from the right answer.",
                fuller="The bracket is (y − ŷ), the right answer minus the given one.",
            ),
            Misconception(
                _strengthen_only,
                hint="Your rule can only strengthen weights; when the neuron fires wrongly it has to weaken them.",
                fuller="(y − ŷ) is −1 in that case, and no special treatment is needed.",
                errata=("XA23",),
            ),
            Misconception(
                _hebb,
                hint="This is Hebb's rule: it does not look at the neuron's own answer.",
                fuller="Compute ŷ from w and x first; a right answer changes nothing.",
                errata=("XA23",),
            ),
            Misconception(
                _no_rate,
                hint="The learning rate makes no difference to your step.",
                fuller="Multiply the change by eta.",
            ),
            Misconception(
                _sum_for_answer,
                hint="You compare y with the weighted sum; the rule compares it with the answer, which is 0 or 1.",
                fuller="ŷ is 1 if w @ x is above 0, otherwise 0.",
            ),
            Misconception(
                _bias_kept,
                hint="Your bias w[0] never changes.",
                fuller="It is a weight like the others, and its input x[0] is 1.",
            ),
            Misconception(
                _input_forgotten,
                hint="Every weight changes by the same amount, whatever its input was.",
                fuller="Multiply the change by x: a weight whose input was 0 had no part in the mistake.",
            ),
            Misconception(
                _change_only,
                hint="This is the change of the weights, not the new weights.",
                fuller="Add it to w.",
            ),
        ],
        praise="With this one line a machine of 1958 learned to tell shapes apart.",
        setup="import numpy as np",
    ),
    Exercise(
        name="sigmoid_slope",
        task="Write the slope σ′(z) of the logistic function, computed from z.",
        reference=sigmoid_slope,
        probes=_wide_probes,
        misconceptions=[
            Misconception(
                _formula_on_the_sum,
                hint="You put z itself into a · (1 − a).",
                fuller="There a stands for σ(z): compute it first.",
            ),
            Misconception(
                _slope_of_the_activation,
                hint="You took σ twice: this is the slope at the place σ(z).",
                fuller="Compute a = σ(z) once, then a · (1 − a).",
                errata=("XB2",),
            ),
            Misconception(
                _no_slope,
                hint="This is σ(z); its slope was asked for.",
                fuller="Multiply it by (1 − σ(z)).",
            ),
            Misconception(
                _sign_of_slope,
                hint="Your slope is negative, but the curve rises everywhere.",
                fuller="The second factor is (1 − a), not (a − 1).",
            ),
            Misconception(
                _numerator_squared,
                hint="The denominator of the derivative is squared.",
                fuller="σ′(z) is e^(−z) divided by (1 + e^(−z))², which is the same as a · (1 − a).",
            ),
        ],
        praise="It is never above 0.25, and in deep networks that will become a problem.",
        setup="import numpy as np",
    ),
    Exercise(
        name="tanh_from_sigmoid",
        task="Put the printed identity right: compute tanh(z) with the help of sigmoids only. "
        "The S has to be stretched from (0, 1) to (−1, 1), and it is steeper.",
        reference=tanh_from_sigmoid,
        probes=_wide_probes,
        misconceptions=[
            Misconception(
                _printed_identity,
                hint="This is the identity from the lecture, and it gives the sigmoid.",
                fuller="Solve σ(z) = (1 + tanh(z/2)) / 2 for the tanh, and put 2z in the place of z.",
                errata=("XD1",),
            ),
            Misconception(
                _not_doubled_inside,
                hint="The range is right, but your curve is not steep enough.",
                fuller="Inside the sigmoid stands 2z.",
            ),
            Misconception(
                _halved_inside,
                hint="The range is right, but your curve is far too flat.",
                fuller="Inside the sigmoid z is doubled, not halved.",
            ),
            Misconception(
                _not_moved_down,
                hint="The shape is right, but your curve runs from 0 to 2.",
                fuller="Subtract 1.",
            ),
            Misconception(
                _not_stretched,
                hint="Your curve runs from −1 to 0: it is moved down, but not stretched.",
                fuller="Double the sigmoid before you subtract 1.",
            ),
        ],
        praise="So tanh and sigmoid are one curve in two coordinate systems, and one can replace the other.",
        setup="import numpy as np",
    ),
]
