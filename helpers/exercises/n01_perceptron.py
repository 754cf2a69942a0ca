"""The exercises of notebook 01: the threshold neuron, Rosenblatt's rule, the logistic neuron."""

import itertools

import numpy as np

from helpers.exercises import values
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint

# --- a threshold neuron


def step_neuron(x, w, b):
    """Say what a threshold neuron answers.

    x: array of n numbers, the inputs
    w: array of n numbers, the weights
    b: one number, the bias
    returns: 1 if the weighted sum with the bias is above 0, otherwise 0
    """
    z = b
    for x_i, w_i in zip(x, w):
        z = z + w_i * x_i
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


def _bias_for_each_input(x, w, b):
    return 1 if w @ x + len(x) * b > 0 else 0


def _sign(x, w, b):
    return np.sign(w @ x + b)


def _no_weights(x, w, b):
    return 1 if sum(x) + b > 0 else 0


def _soft_answer(x, w, b):
    return 1 / (1 + np.exp(-(w @ x + b)))


def _step_probes(rng):
    party = np.array([-6.0, 3.0, 4.0])
    cases = [
        (np.array(x, float), party, b)
        for x, b in [
            ((0, 0, 0), 0.0),
            ((0, 0, 0), 0.4),
            ((0, 0, 0), -0.4),
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


def _gate(w_1, w_2, b):
    """Return a wrong answer to the exercise: a function that chooses these numbers, named after its gate."""

    def gate():
        return w_1, w_2, b

    gate.__name__ = "says_" + "".join(str(answer) for answer in _corner_answers((w_1, w_2, b)))
    return gate


def _corner_answers(answer):
    """Return what the neuron (w_1, w_2, b) says to the four corners, and None if it is no such neuron."""
    try:
        w_1, w_2, b = (float(number) for number in answer)
    except (TypeError, ValueError):
        return None
    return [int(w_1 * x_1 + w_2 * x_2 + b > 0) for x_1 in (0, 1) for x_2 in (0, 1)]


def _says(numbers):
    """Begin a hint by what the neuron answers to the four corners."""
    answers = ", ".join(str(answer) for answer in _corner_answers(numbers))
    return f"To (0, 0), (0, 1), (1, 0), (1, 1) this neuron says {answers}"


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


def _fires_at_zero_first(w, x, y, eta):
    y_hat = 1 if w @ x >= 0 else 0
    return w + eta * (y - y_hat) * x


def _fires_above_a_half(w, x, y, eta):
    y_hat = 1 if w @ x > 0.5 else 0
    return w + eta * (y - y_hat) * x


def _fires_from_one_on(w, x, y, eta):
    y_hat = 1 if w @ x >= 1 else 0
    return w + eta * (y - y_hat) * x


def _strengthen_on_mistake(w, x, y, eta):
    y_hat = 1 if w @ x > 0 else 0
    return w + eta * abs(y - y_hat) * x


def _correct_always(w, x, y, eta):
    return w + eta * (1 if y == 1 else -1) * x


def _decide_without_bias(w, x, y, eta):
    y_hat = 1 if w[1:] @ x[1:] > 0 else 0
    return w + eta * (y - y_hat) * x


def _decide_for_each_input(w, x, y, eta):
    return w + eta * (y - np.where(w * x > 0, 1, 0)) * x


def _soft_rule(w, x, y, eta):
    return w + eta * (y - 1 / (1 + np.exp(-(w @ x)))) * x


def _rule_probes(rng):
    cases = [
        (np.array([0.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0]), 1, 0.5),
        (np.array([1.0, 2.0, -1.0]), np.array([1.0, 1.0, 1.0]), 0, 0.5),
        (np.array([-2.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0]), 1, 0.25),
        (np.array([-2.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0]), 0, 0.25),
    ]
    # Sums a little above 0, and between a half and 1.
    cases += [(np.array([-0.2, z]), np.array([1.0, 1.0]), y, 0.5) for z in (0.5, 0.9) for y in (0, 1)]
    for n in (3, 4, 5, 6):
        x = np.concatenate([[1.0], rng.normal(size=n - 1)])
        cases += [(rng.normal(size=n), x, y, float(rng.uniform(0.1, 0.9))) for y in (0, 1)]
    return cases


# --- training: many corrections, round after round


def train_perceptron(points, answers, rounds):
    """Let a neuron learn by Rosenblatt's rule with the learning rate 1, from weights 0 and a bias of 0.

    points: array of shape (n, 2), one example in each row
    answers: array of n right answers, each 0 or 1
    rounds: how many times to go through all examples, in their order
    returns: w, b, an array of shape (2,) and one number
    """
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            y_hat = 1 if w @ x + b > 0 else 0
            w = w + (y - y_hat) * x
            b = b + (y - y_hat)
    return w, b


def _train_one_round(points, answers, rounds):
    return train_perceptron(points, answers, 1)


def _train_without_bias(points, answers, rounds):
    w = np.zeros(2)
    for _ in range(rounds):
        for x, y in zip(points, answers):
            w = w + (y - (1 if w @ x > 0 else 0)) * x
    return w, 0


def _train_with_idle_bias(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = y - (1 if w @ x > 0 else 0)
            w, b = w + error * x, b + error
    return w, b


def _train_away(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = (1 if w @ x + b > 0 else 0) - y
            w, b = w + error * x, b + error
    return w, b


def _train_fires_at_zero(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = y - (1 if w @ x + b >= 0 else 0)
            w, b = w + error * x, b + error
    return w, b


def _train_above_a_half(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = y - (1 if w @ x + b > 0.5 else 0)
            w, b = w + error * x, b + error
    return w, b


def _train_on_one_example(points, answers, rounds):
    return answers[0] * points[0], answers[0]


def _train_strengthen_only(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = max(y - (1 if w @ x + b > 0 else 0), 0)
            w, b = w + error * x, b + error
    return w, b


def _train_hebb(points, answers, rounds):
    return rounds * (answers @ points), rounds * np.sum(answers)


def _train_with_old_answers(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        errors = answers - np.where(points @ w + b > 0, 1, 0)
        w, b = w + errors @ points, b + np.sum(errors)
    return w, b


def _train_one_correction_a_round(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = y - (1 if w @ x + b > 0 else 0)
            if error != 0:
                w, b = w + error * x, b + error
                break
    return w, b


def _train_input_forgotten(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = y - (1 if w @ x + b > 0 else 0)
            w, b = w + error, b + error
    return w, b


def _train_with_the_sum(points, answers, rounds):
    w, b = np.zeros(2), 0
    for _ in range(rounds):
        for x, y in zip(points, answers):
            error = y - (w @ x + b)
            w, b = w + error * x, b + error
    return w, b


def _training_probes(rng):
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    gates = [np.array(answers) for answers in ((0, 0, 0, 1), (0, 1, 1, 1), (1, 1, 1, 0), (0, 1, 1, 0))]
    cases = [(corners, answers, rounds) for answers in gates for rounds in (2, 5)]
    for n in (5, 6, 7):
        cases.append((rng.integers(-3, 4, size=(n, 2)), rng.permutation(n) % 2, 3))
    # Sums that are no whole numbers, and a first example that is corrected at once.
    cases += [(rng.normal(size=(n, 2)), np.array([1, *rng.permutation(n - 1) % 2]), 4) for n in (6, 8, 10)]
    return cases


# --- a line that survives errors of measurement

ANIMALS = ("cat", 4.0, 25), ("cat", 3.2, 23), ("cat", 5.1, 26), ("cat", 4.5, 24), ("dog", 9.0, 38), ("dog", 20.0, 50)
ANIMALS += ("dog", 14.0, 44), ("dog", 8.0, 36)  # the eight of the notebook: class, mass in kg, height in cm
SCALES, RULER = 1.2, 5  # how far off they may be, in kg and in cm


def examine_line(line):
    """Tell whether a line answers rightly for all animals, however scales and ruler err.

    Args:
        line: the learner's answer, w_1, w_2 and b.

    Returns:
        None, or the hint for the first animal that gets a wrong answer.
    """
    numbers = values.numbers(_flat(line), (3,))
    if isinstance(numbers, Hint):
        return Hint("Hand over three numbers, w_1, w_2 and b.", numbers.text)
    w, b = numbers[:2], numbers[2]
    found = {_called(w @ measured + b) for _, *measured in ANIMALS}
    if len(found) == 1:
        return Hint(
            f"Your neuron calls every animal a {found.pop()}.",
            "Change the bias until the line lies between the cats and the dogs.",
        )
    if all(_called(w @ measured + b) != name for name, *measured in ANIMALS):
        return Hint("Your neuron calls every cat a dog and every dog a cat.", "Change the sign of all three numbers.")
    for name, mass, height in ANIMALS:
        if _called(w @ (mass, height) + b) != name:
            return Hint(
                f"Without any error of measurement, the {name} of {mass:g} kg and {height} cm gets a wrong answer.",
                "Get all animals right as they stand first; then widen the gap.",
            )
    for name, mass, height in ANIMALS:
        for kilos, centimetres in itertools.product((-SCALES, SCALES), (-RULER, RULER)):
            if _called(w @ (mass + kilos, height + centimetres) + b) != name:
                return Hint(
                    f"All animals are right as they stand. But the {name} of {mass:g} kg and {height} cm, measured as "
                    f"{mass + kilos:g} kg and {height + centimetres} cm, gets a wrong answer.",
                    "Your line passes too close to it. Move the line away with the bias, or turn it with the weights.",
                )
    return None


def _called(z):
    return "dog" if z > 0 else "cat"


def _flat(line):
    """Return (w_1, w_2, b) for an answer in the form ((w_1, w_2), b), and any other answer as it is."""
    try:
        (w_1, w_2), b = line
    except (TypeError, ValueError):
        return line
    return w_1, w_2, b


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


def _one_factor_only(z):
    return np.exp(-z) / (1 + np.exp(-z))


def _slope_of_tanh(z):
    return 1 - (1 / (1 + np.exp(-z))) ** 2


def _brackets_forgotten(z):
    a = 1 / (1 + np.exp(-z))
    return a * 1 - a


# --- tanh and sigmoid


def tanh_from_sigmoid(z):
    """Compute tanh(z) from sigmoids.

    z: a number or an array of any shape
    returns: a number or an array of the same shape, each value between -1 and 1
    """
    sigma = 1 / (1 + np.exp(-2 * z))  # the sigmoid of 2z
    return 2 * sigma - 1


def _printed_identity(z):
    return (1 + np.tanh(z / 2)) / 2


def _not_doubled_inside(z):
    return 2 / (1 + np.exp(-z)) - 1


def _not_moved_down(z):
    return 2 / (1 + np.exp(-2 * z))


def _halved_inside(z):
    return 2 / (1 + np.exp(-z / 2)) - 1


def _moved_before_stretched(z):
    return 2 * (1 / (1 + np.exp(-2 * z)) - 1)


def _only_steeper(z):
    return 1 / (1 + np.exp(-2 * z))


def _only_doubled(z):
    return 2 / (1 + np.exp(-z))


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
                hint="Look at the evening (0, 0, 0): its sum is exactly 0, and there the answer is 0.",
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
            Misconception(
                _bias_for_each_input,
                hint="The bias counts once for every input in your sum.",
                fuller="Add it once, after the loop.",
            ),
            Misconception(
                _sign,
                hint="np.sign says −1, 0 or 1; here the two answers are 1 and 0.",
                fuller="A comparison with 0 decides between two answers only.",
            ),
            Misconception(
                _no_weights,
                hint="The weights make no difference to your answers.",
                fuller="Each input is multiplied by its own weight: w @ x does it for all of them.",
            ),
            Misconception(
                _soft_answer,
                hint="This is a soft answer between 0 and 1; a threshold neuron says 1 or 0.",
                fuller="Compare the sum with 0.",
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
            # With NAND itself these are all the 14 gates that one neuron can make.
            Misconception(
                _gate(1, 1, -1.5),
                hint="This neuron answers AND: 1 only for (1, 1).",
                fuller="Change the sign of all three numbers; then see that no sum is exactly 0, which still means no.",
            ),
            Misconception(
                _gate(-1, -1, 0.5),
                hint="This neuron says 1 to (0, 0) only, which is NOR.",
                fuller="With one input at 1 the sum must still be above 0: the bias has to outweigh one weight.",
            ),
            Misconception(
                _gate(1, 1, -0.5),
                hint="This neuron answers OR.",
                fuller="For NAND an active input has to speak against firing: its weight is negative.",
            ),
            Misconception(
                _gate(1, 1, 1.5),
                hint="This neuron says 1 to all four inputs.",
                fuller="Both weights together have to pull the sum for (1, 1) to 0 or below.",
            ),
            Misconception(
                _gate(0, 0, 0),
                hint="This neuron says 0 to all four inputs.",
                fuller="For (0, 0) the sum is the bias alone, so the bias must be above 0.",
            ),
            *(
                Misconception(
                    _gate(*numbers),
                    hint=f"{_says(numbers)}, so it listens to one input only.",
                    fuller="Both inputs must pull the sum down, and neither alone may be enough.",
                )
                for numbers in ((-1, 0, 0.5), (0, -1, 0.5), (1, 0, -0.5), (0, 1, -0.5))
            ),
            *(
                Misconception(
                    _gate(*numbers),
                    hint=f"{_says(numbers)}: its two inputs pull in opposite directions.",
                    fuller="In NAND every 1 speaks against firing, so both weights must be negative.",
                )
                for numbers in ((-1, 1, 0.5), (1, -1, 0.5), (-1, 1, -0.5), (1, -1, -0.5))
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
            Misconception(
                _fires_at_zero_first,
                hint="Look at a sum of exactly 0, as at the start with zero weights: there the neuron answers 0.",
                fuller="ŷ is 1 only if w @ x > 0.",
            ),
            Misconception(
                _fires_above_a_half,
                hint="Look at a sum of 0.3: the neuron answers 1 there, and yours answers 0.",
                fuller="It fires above 0. A limit of 0.5 belongs to answers between 0 and 1; w @ x is a sum.",
            ),
            Misconception(
                _fires_from_one_on,
                hint="Look at a sum of 0.7: the neuron answers 1 there, and yours answers 0.",
                fuller="It fires above 0: ŷ is 1 if w @ x > 0.",
            ),
            Misconception(
                _strengthen_on_mistake,
                hint="Every mistake makes your weights grow; firing wrongly must make them shrink.",
                fuller="Keep the sign of (y − ŷ): it is −1 in that case.",
                errata=("XA23",),
            ),
            Misconception(
                _correct_always,
                hint="You correct the weights even when the answer was right.",
                fuller="Compute ŷ from w and x; where y − ŷ is 0 nothing changes.",
            ),
            Misconception(
                _decide_without_bias,
                hint="Your neuron decides without its bias w[0].",
                fuller="Its input x[0] is 1, so w @ x has the bias in it already.",
            ),
            Misconception(
                _decide_for_each_input,
                hint="You decide for each input alone; the neuron decides once, for the whole sum.",
                fuller="w @ x is that sum; w * x are its parts.",
            ),
            Misconception(
                _soft_rule,
                hint="The answer in this rule is 0 or 1, and not a value between.",
                fuller="ŷ is 1 if w @ x is above 0, otherwise 0; the soft rule comes with notebook 03.",
            ),
        ],
        praise="With such corrections the Mark I Perceptron, shown in public in 1960, learned to tell shapes apart.",
        setup="import numpy as np",
    ),
    Exercise(
        name="train_perceptron",
        task="Write the whole training: go through all examples, in their order, as many rounds as you are told, and "
        "correct w and b after each mistake by Rosenblatt's rule. Begin with zeros; the learning rate is 1.",
        reference=train_perceptron,
        probes=_training_probes,
        misconceptions=[
            Misconception(
                _train_one_round,
                hint="These are the weights and the bias after the first round.",
                fuller="Either your loop over the rounds is missing, or w and b are set back to 0 inside of it, or "
                "`return` stands inside of it: its place is below both loops.",
            ),
            Misconception(
                _train_on_one_example,
                hint="These are the weights and the bias after the first example.",
                fuller="`return` ends the whole function: its place is below both loops.",
            ),
            Misconception(
                _train_above_a_half,
                hint="Look at a sum of 0.3: the neuron answers 1 there, and yours answers 0.",
                fuller="It fires above 0. A limit of 0.5 belongs to answers between 0 and 1; w @ x + b is a sum.",
            ),
            Misconception(
                _train_without_bias,
                hint="Your bias stays 0, and your neuron decides without it.",
                fuller="The sum is w @ x + b, and b moves by the error itself, as if its input were 1.",
            ),
            Misconception(
                _train_with_idle_bias,
                hint="You correct the bias, but your neuron decides without it.",
                fuller="The answer is 1 if w @ x + b is above 0.",
            ),
            Misconception(
                _train_away,
                hint="Your neuron moves away from the right answers.",
                fuller="The error is y minus the neuron's answer, and it is added.",
            ),
            Misconception(
                _train_fires_at_zero,
                hint="Look at a sum of exactly 0, as at the start with zero weights: there the neuron answers 0.",
                fuller="The answer is 1 only if w @ x + b > 0.",
            ),
            Misconception(
                _train_strengthen_only,
                hint="Your rule can only strengthen; when the neuron fires wrongly it has to weaken.",
                fuller="The error y − ŷ is −1 in that case, and no special treatment is needed.",
                errata=("XA23",),
            ),
            Misconception(
                _train_hebb,
                hint="You add every example whose right answer is 1, whatever the neuron says. That is Hebb's rule.",
                fuller="Compute the neuron's answer first; where it is right, nothing changes.",
                errata=("XA23",),
            ),
            Misconception(
                _train_with_old_answers,
                hint="In each round your neuron answers all examples with the weights from the start of the round.",
                fuller="Correct at once: the next example meets the corrected weights.",
            ),
            Misconception(
                _train_one_correction_a_round,
                hint="Your round ends with its first correction.",
                fuller="Go on with the next example after a correction; no break is needed.",
            ),
            Misconception(
                _train_input_forgotten,
                hint="Both weights change by the same amount, whatever the inputs were.",
                fuller="The change of w is the error times x.",
            ),
            Misconception(
                _train_with_the_sum,
                hint="You compare y with the weighted sum; the rule compares it with the answer, which is 0 or 1.",
                fuller="The answer is 1 if w @ x + b is above 0, otherwise 0.",
            ),
        ],
        praise="Nobody told the neuron its weights. All training in this course has these two loops.",
        setup="import numpy as np",
    ),
    MadeExercise(
        name="sturdy_line",
        task="The scales may be off by 1.2 kg, the ruler by 5 cm. Find weights and a bias that are right about all "
        "eight animals of section 3, as the course brought them, whichever way both are off. Many lines will do.",
        stub="line = ...  # w_1, w_2, b",
        answer="line",
        solution="line = 1, 1, -37.5  # in the middle of the gap between the cats and the dogs",
        examine=examine_line,
        mistakes=[
            Mistake(
                "line = 1, 1, -40",
                "All animals are right as they stand.",
                fuller="Your line passes too close to it.",
            ),
            Mistake("line = 1, 1, -30", "Without any error of measurement, the cat"),
            Mistake("line = 1, 1, -60", "Without any error of measurement, the dog"),
            Mistake("line = -1, -1, 37.5", "calls every cat a dog and every dog a cat"),
            Mistake("line = 1, 1, 37.5", "calls every animal a dog"),
            Mistake("line = 1, 1, -375", "calls every animal a cat"),
            Mistake("line = 1, -37.5", "Hand over three numbers"),
        ],
        praise="A wide gap forgives errors. Finding the widest one is a method of its own, the support vector machine.",
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
                fuller="Both factors of a · (1 − a) are positive; in the quotient rule two minus signs meet.",
            ),
            Misconception(
                _one_factor_only,
                hint="This is 1 − σ(z), which is e^(−z)/(1 + e^(−z)): one factor is missing.",
                fuller="Multiply by σ(z); written as a fraction, the denominator is squared.",
            ),
            Misconception(
                _slope_of_tanh,
                hint="1 − a² is the slope of tanh, written with a = tanh(z).",
                fuller="For the sigmoid it is a · (1 − a).",
            ),
            Misconception(
                _brackets_forgotten,
                hint="Python multiplies first, so a * 1 - a is always 0.",
                fuller="Put the second factor in brackets: (1 - a).",
            ),
        ],
        praise="It is never above 0.25, and in deep networks that will become a problem.",
        setup="import numpy as np",
    ),
    Exercise(
        name="tanh_from_sigmoid",
        task="Compute tanh(z) with a sigmoid. (The check sees values only; `np.tanh` would pass, and teach nothing.)",
        reference=tanh_from_sigmoid,
        probes=_wide_probes,
        misconceptions=[
            Misconception(
                _printed_identity,
                hint="This is σ(z) itself, written with tanh.",
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
            Misconception(
                _moved_before_stretched,
                hint="Your curve runs from −2 to 0: you subtract before you double.",
                fuller="Double first, then subtract 1.",
            ),
            Misconception(
                _only_steeper,
                hint="Steep enough, but your curve still runs from 0 to 1.",
                fuller="Double it, then subtract 1.",
            ),
            Misconception(
                _only_doubled,
                hint="Your curve runs from 0 to 2, and it is not steep enough.",
                fuller="Inside the sigmoid stands 2z, and 1 is subtracted at the end.",
            ),
        ],
        praise="So tanh(z) = 2σ(2z) − 1, one curve in two coordinate systems: either can stand in for the other.",
        setup="import numpy as np",
    ),
]
