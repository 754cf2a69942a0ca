"""The exercises of notebook 03: a step, a loop, a path, a rate, an epoch; further on the largest rate and slopes."""

import numpy as np

from helpers.exercises import values
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint

# --- one step


def downhill_step(w, slope, eta):
    """Take one step downhill.

    w: one number, the weight
    slope: one number, the slope of the loss at w
    eta: one number, the learning rate: the step is this share of the slope
    returns: one number, the new weight
    """
    return w - eta * slope


def _along_the_slope(w, slope, eta):
    return w + eta * slope


def _no_rate(w, slope, eta):
    return w - slope


def _step_only(w, slope, eta):
    return -eta * slope


def _step_only_uphill(w, slope, eta):
    return eta * slope


def _rate_divides(w, slope, eta):
    return w - slope / eta


def _sign_only(w, slope, eta):
    return w - eta * np.sign(slope)


def _always_smaller(w, slope, eta):
    return w - eta * np.abs(slope)


def _weight_shrinks(w, slope, eta):
    return w * (1 - eta * slope)


def _step_probes(rng):
    cases = [(5.0, 10.0, 0.1), (-2.0, -4.0, 0.3)]
    return cases + [tuple(map(float, (*rng.normal(size=2), rng.uniform(0.05, 0.9)))) for _ in range(4)]


# --- ten steps, a gap in the loop

TEN_STEPS = 5 * 0.8**10
# Where known mistakes lead, and what to say about them: pairs of the place after ten steps and the hint.
WHERE_THEY_LEAD = [
    (5 * 1.2**10, Hint("You walk along the slope, and it points uphill.", "Subtract the step from place.")),
    (
        5.0,
        Hint(
            "Your walk is at 5 again: it jumps from side to side, or it never moved.",
            "The step is the rate times the slope: 0.1 * 2 * place.",
        ),
    ),
    (
        -5.0,
        Hint(
            "All your steps use the slope at the start.", "The slope changes on the way: it is 2 * place, at each step."
        ),
    ),
    (5 * 0.9**10, Hint("Your slope is half of what it should be.", "The slope of w² is 2w.")),
    (
        5 * 0.2**10,
        Hint(
            "This keeps the step instead of the place where it ends.", "The new place is the old place minus the step."
        ),
    ),
    (
        4.0,
        Hint(
            "That is one step from 5, or ten steps of 0.1 each that do not look at the slope.",
            "Let the loop run ten times, and use the slope 2 * place in every round.",
        ),
    ),
    (
        3.0,
        Hint("All your steps are equally long.", "Where the ground is gentle a step is short: the slope is 2 * place."),
    ),
]


def _examine_ten_steps(place):
    number = values.one_number(place)
    if isinstance(number, Hint):
        return number
    if np.isclose(number, TEN_STEPS, rtol=1e-6):
        return None
    for led_to, hint in WHERE_THEY_LEAD:
        if np.isclose(number, led_to, rtol=1e-6):
            return hint
    if abs(number - 25 / 6) < 1e-3:
        return Hint("Each of your steps begins at 5 again.", "Begin where the step before has ended: at place.")
    for steps in range(20):
        if np.isclose(number, 5 * 0.8**steps, rtol=1e-6):
            return Hint(f"Your step is right, but you took {steps} of them.", "Leave the line with range as it is.")
    return Hint(
        "This is not where ten steps lead.",
        "Each step takes the rate times the slope, 0.1 * 2 * place, away from place.",
    )


# --- a path


def descent_path(gradient, start, eta, steps):
    """Walk downhill and keep every place.

    gradient: a function: gradient(w) is the gradient at the place w, an array of shape (n,)
    start: array of shape (n,), where the walk begins
    eta: one number, the learning rate
    steps: whole number, how many steps to take
    returns: array of shape (steps + 1, n), the places at the start and after each step
    """
    path = [start]
    for _ in range(steps):
        w = path[-1]
        path.append(w - eta * gradient(w))
    return np.array(path)


def _uphill_path(gradient, start, eta, steps):
    return descent_path(gradient, start, -eta, steps)


def _first_gradient_kept(gradient, start, eta, steps):
    return np.array([start - k * eta * gradient(start) for k in range(steps + 1)])


def _every_step_from_the_start(gradient, start, eta, steps):
    return np.array([start] + [start - eta * gradient(start)] * steps)


def _without_start(gradient, start, eta, steps):
    return descent_path(gradient, start, eta, steps)[1:]


def _one_step_short(gradient, start, eta, steps):
    return descent_path(gradient, start, eta, steps)[:-1]


def _one_step_more(gradient, start, eta, steps):
    return descent_path(gradient, start, eta, steps + 1)


def _end_only(gradient, start, eta, steps):
    return descent_path(gradient, start, eta, steps)[-1]


def _one_array_changed(gradient, start, eta, steps):
    w = start.copy()
    path = [w]
    for _ in range(steps):
        w -= eta * gradient(w)
        path.append(w)
    return np.array(path)


def _no_rate_on_the_path(gradient, start, eta, steps):
    return descent_path(gradient, start, 1.0, steps)


def _gradients_of_the_path(gradient, start, eta, steps):
    return np.array([gradient(w) for w in descent_path(gradient, start, eta, steps)])


def bowl_of_squares(w):
    return 2 * w


def lopsided_bowl(w):
    return np.arange(1, len(w) + 1) * w + 0.5


def _path_probes(rng):
    cases = [
        (bowl_of_squares, np.array([5.0, 5.0]), 0.1, 4),
        (lopsided_bowl, np.array([4.0, -1.0]), 0.2, 6),
        (lopsided_bowl, np.array([1.0, 2.0, 3.0]), 0.15, 1),
    ]
    for n, steps in ((1, 3), (4, 5)):
        cases.append((lopsided_bowl, rng.normal(size=n), float(rng.uniform(0.05, 0.2)), steps))
    return cases


# --- a rate of one's own

NEAR, FLAT, STEEP = 0.01, 2, 12
NEW_VALLEY = """import numpy as np


def new_valley_gradient(w):
    return np.array([2, 12]) * w"""


def _examine_rate(rate):
    eta = values.one_number(rate)
    if isinstance(eta, Hint):
        return eta
    if eta <= 0:
        return Hint("Your rate is not above 0.", "Such steps lead uphill, or nowhere.")
    if abs(1 - STEEP * eta) >= 1:
        return Hint(
            "With this rate the walk gets no nearer in the steep direction.",
            "A step multiplies w₂ by 1 − 12η. Each jump is as long as the last, or longer: take a smaller rate.",
        )
    flat, steep = 4 * abs(1 - FLAT * eta) ** 20, abs(1 - STEEP * eta) ** 20
    if flat > NEAR:
        return Hint(
            f"After 20 steps w₁ is still {flat:.2g} away from 0: the flat direction needs a larger rate.",
            "A step multiplies w₁ by 1 − 2η.",
        )
    if steep > NEAR:
        return Hint(
            f"Nearly: after 20 steps w₂ still jumps from side to side, {steep:.2g} away from 0.",
            "In the steep direction the rate is a little too large.",
        )
    return None


# --- one epoch


def one_epoch(gradient, weights, order, batch_size, eta):
    """Go once through all examples, with one step downhill for each mini-batch.

    gradient: a function: gradient(weights, rows) is the gradient over the examples in these rows
    weights: array of shape (d,), the weights at the start
    order: array of whole numbers, all rows in the order in which they are used
    batch_size: whole number, how many rows a step uses; the last step may have fewer
    eta: one number, the learning rate
    returns: array of shape (d,), the weights after the last step
    """
    for first in range(0, len(order), batch_size):
        rows = order[first : first + batch_size]
        weights = weights - eta * gradient(weights, rows)
    return weights


def _batches(order, batch_size):
    return [order[first : first + batch_size] for first in range(0, len(order), batch_size)]


def _uphill_epoch(gradient, weights, order, batch_size, eta):
    return one_epoch(gradient, weights, order, batch_size, -eta)


def _order_ignored(gradient, weights, order, batch_size, eta):
    return one_epoch(gradient, weights, np.arange(len(order)), batch_size, eta)


def _last_batch_dropped(gradient, weights, order, batch_size, eta):
    return one_epoch(gradient, weights, order[: len(order) // batch_size * batch_size], batch_size, eta)


def _first_batch_only(gradient, weights, order, batch_size, eta):
    return one_epoch(gradient, weights, order[:batch_size], batch_size, eta)


def _first_batch_again_and_again(gradient, weights, order, batch_size, eta):
    for _ in _batches(order, batch_size):
        weights = weights - eta * gradient(weights, order[:batch_size])
    return weights


def _weights_of_the_start(gradient, weights, order, batch_size, eta):
    return weights - eta * sum(gradient(weights, rows) for rows in _batches(order, batch_size))


def _last_step_from_the_start(gradient, weights, order, batch_size, eta):
    return weights - eta * gradient(weights, _batches(order, batch_size)[-1])


def _all_rows_each_time(gradient, weights, order, batch_size, eta):
    for _ in _batches(order, batch_size):
        weights = weights - eta * gradient(weights, order)
    return weights


def _one_step_with_all(gradient, weights, order, batch_size, eta):
    return weights - eta * gradient(weights, order)


def _row_by_row(gradient, weights, order, batch_size, eta):
    return one_epoch(gradient, weights, order, 1, eta)


def _one_row_of_each_batch(gradient, weights, order, batch_size, eta):
    return one_epoch(gradient, weights, order[::batch_size], 1, eta)


def _overlapping_batches(gradient, weights, order, batch_size, eta):
    for first in range(len(order)):
        weights = weights - eta * gradient(weights, order[first : first + batch_size])
    return weights


def _number_of_batches(gradient, weights, order, batch_size, eta):
    for first in range(len(order) // batch_size):
        weights = weights - eta * gradient(weights, order[first : first + batch_size])
    return weights


def _changed_in_place(gradient, weights, order, batch_size, eta):
    for rows in _batches(order, batch_size):
        weights -= eta * gradient(weights, rows)
    return weights


def _places_of_the_epoch(gradient, weights, order, batch_size, eta):
    path = [weights]
    for rows in _batches(order, batch_size):
        path.append(path[-1] - eta * gradient(path[-1], rows))
    return np.array(path)


def pull_towards_rows(weights, rows):
    """A gradient whose examples are the places r · (1, 2, …): the lowest point is their mean."""
    return 2 * (weights - np.mean(rows) * np.arange(1, len(weights) + 1))


def _epoch_probes(rng):
    cases = []
    for n, d, batch_size in ((7, 2, 3), (8, 1, 3), (11, 3, 4), (6, 2, 2)):
        eta = float(rng.uniform(0.05, 0.3))
        cases.append((pull_towards_rows, rng.normal(size=d), rng.permutation(np.arange(n)), batch_size, eta))
    return cases


# --- the largest rate


def largest_rate(curvatures):
    """Find the learning rate from which on descent on L(w) = ½ (c₁ w₁² + c₂ w₂² + …) no longer reaches the minimum.

    curvatures: array of shape (n,), the numbers c₁, c₂, …, all above 0
    returns: one number; every smaller rate above 0 reaches the minimum, from any start
    """
    return 2 / np.max(curvatures)


def _one_jump(curvatures):
    return 1 / np.max(curvatures)


def _flattest_decides(curvatures):
    return 2 / np.min(curvatures)


def _mean_decides(curvatures):
    return 2 / np.mean(curvatures)


def _sum_decides(curvatures):
    return 2 / np.sum(curvatures)


def _rate_of_the_bowl(curvatures):
    return 1.0


def _upside_down(curvatures):
    return np.max(curvatures) / 2


def _each_direction(curvatures):
    return 2 / curvatures


def _first_decides(curvatures):
    return 2 / curvatures[0]


def _flattest_in_one_jump(curvatures):
    return 1 / np.min(curvatures)


def _best_compromise(curvatures):
    return 2 / (np.min(curvatures) + np.max(curvatures))


def _square_root(curvatures):
    return np.sqrt(2 / np.max(curvatures))


def _curvature_probes(rng):
    cases = [(np.array([2.0, 2.0]),), (np.array([1.0, 8.0, 3.0]),), (np.array([0.5]),)]
    for n in (2, 4, 6):
        cases.append((rng.uniform(0.2, 30, size=n),))
    return cases


# --- a numerical gradient


def numerical_gradient(f, w, h):
    """Estimate the gradient of a loss without any formula for its derivative.

    f: a function that takes an array of shape (n,) and returns one number
    w: array of shape (n,), the weights
    h: one number, how far a weight is moved up and down
    returns: array of shape (n,), for each weight the rise of f from w − h to w + h, divided by the distance
    """
    gradient = np.zeros(len(w))
    for i in range(len(w)):
        move = np.zeros(len(w))
        move[i] = h
        gradient[i] = (f(w + move) - f(w - move)) / (2 * h)
    return gradient


def _slopes(f, w, h, rule):
    """Return ``rule(f, w, move)`` for each weight, where ``move`` moves that weight alone by h."""
    return np.array([rule(f, w, move) for move in h * np.eye(len(w))])


def _one_sided(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w + move) - f(w)) / h)


def _from_below(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w) - f(w - move)) / h)


def _distance_is_two_steps(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w + move) - f(w - move)) / h)


def _one_sided_halved(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w + move) - f(w)) / (2 * h))


def _not_divided(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: f(w + move) - f(w - move))


def _wrong_way_round(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w - move) - f(w + move)) / (2 * h))


def _brackets_forgotten(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w + move) - f(w - move)) / 2 * h)


def _all_moved_together(f, w, h):
    return np.full(len(w), (f(w + h) - f(w - h)) / (2 * h))


def _not_put_back(f, w, h):
    w, gradient = w.copy(), np.zeros(len(w))
    for i in range(len(w)):
        w[i] += h
        above = f(w)
        w[i] -= 2 * h
        gradient[i] = (above - f(w)) / (2 * h)
    return gradient


def _second_difference(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w + move) - 2 * f(w) + f(w - move)) / h**2)


def _first_weight_only(f, w, h):
    return _slopes(f, w, h, lambda f, w, move: (f(w + move) - f(w - move)) / (2 * h))[0]


def cubes_plus_product(w):
    return np.sum(w**3) + np.prod(w)


def sine_times_exp_plus_squares(w):
    return np.sin(w[0]) * np.exp(w[-1] / 2) + np.sum(w**2)


def _gradient_probes(rng):
    cases = [
        (cubes_plus_product, np.array([1.0, 2.0]), 0.1),
        (sine_times_exp_plus_squares, np.array([0.5, -1.0, 2.0]), 0.05),
    ]
    for n, h in ((3, 0.2), (4, 0.01)):
        cases += [(loss, rng.normal(size=n), h) for loss in (cubes_plus_product, sine_times_exp_plus_squares)]
    return cases


EXERCISES = [
    Exercise(
        name="downhill_step",
        task="Write one step downhill, for one weight.",
        reference=downhill_step,
        probes=_step_probes,
        misconceptions=[
            Misconception(
                _along_the_slope,
                hint="You walk along the slope, and it points uphill.",
                fuller="Subtract the step from w.",
                errata=("XC6",),
            ),
            Misconception(
                _no_rate,
                hint="The learning rate makes no difference to your step.",
                fuller="Multiply the slope by eta.",
            ),
            Misconception(
                _step_only,
                hint="This is the step, not the place where it ends.",
                fuller="Add it to w.",
            ),
            Misconception(
                _step_only_uphill,
                hint="This is the size of the step; the new weight was asked for.",
                fuller="Subtract it from w.",
            ),
            Misconception(
                _rate_divides,
                hint="A smaller rate makes your step longer.",
                fuller="Multiply the slope by eta instead of dividing by it.",
            ),
            Misconception(
                _sign_only,
                hint="You use the sign of the slope only; where the ground is gentle, the step should be short.",
                fuller="Multiply eta by the slope itself.",
            ),
            Misconception(
                _always_smaller,
                hint="Your weight can only become smaller; where the slope is negative, downhill means larger.",
                fuller="Keep the sign of the slope.",
            ),
            Misconception(
                _weight_shrinks,
                hint="You change the weight by a share of itself, so that a weight of 0 could never move.",
                fuller="The step is eta times the slope; w is not a factor of it.",
            ),
        ],
        praise="Every network of this course learns by this line; all that differs is how the slopes are found.",
    ),
    MadeExercise(
        name="ten_steps",
        task="The bowl $L = w^2$ has the slope $2w$. Walk ten steps from 5, with the rate 0.1: replace the dots.",
        stub="place = 5.0\nfor step in range(10):\n    place = ...",
        answer="place",
        solution="place = 5.0\nfor step in range(10):\n    place = place - 0.1 * 2 * place",
        examine=_examine_ten_steps,
        mistakes=[
            Mistake(f"place = 5.0\nfor step in range({rounds}):\n    place = {gap}", hint, fuller, errata)
            for rounds, gap, hint, fuller, errata in (
                (10, "place + 0.1 * 2 * place", "it points uphill", "Subtract the step", ("XC6",)),
                (10, "place - 2 * place", "Your walk is at 5 again", "the rate times the slope", ()),
                (10, "place - 0.1 * 2 * 5.0", "use the slope at the start", "at each step", ("XA27",)),
                (10, "place - 0.1 * place", "slope is half of", "The slope of w² is 2w.", ()),
                (10, "-0.1 * 2 * place", "keeps the step", "the old place minus the step", ()),
                (10, "place - 0.1", "one step from 5, or ten steps of 0.1", "run ten times", ()),
                (10, "place - 0.1 * 2", "All your steps are equally long", "a step is short", ()),
                (10, "5.0 - 0.1 * 2 * place", "begins at 5 again", "where the step before has ended", ()),
                (9, "place - 0.1 * 2 * place", "you took 9 of them", "the line with range", ()),
            )
        ],
        praise="This loop, with a gradient in place of the slope, is all that a training is.",
    ),
    Exercise(
        name="descent_path",
        task="Turn the walk of section 3 into a function, for any number of weights, and keep every place.",
        reference=descent_path,
        probes=_path_probes,
        misconceptions=[
            Misconception(
                _uphill_path,
                hint="Your path leads uphill.",
                fuller="Subtract eta times the gradient.",
                errata=("XC6",),
            ),
            Misconception(
                _first_gradient_kept,
                hint="All your steps use the gradient of the start.",
                fuller="The slope changes on the way: compute it anew at the place that you have just reached.",
                errata=("XA27",),
            ),
            Misconception(
                _every_step_from_the_start,
                hint="Each of your steps begins at the start again.",
                fuller="Begin where the step before has ended: path[-1].",
            ),
            Misconception(
                _without_start,
                hint="The start is missing from your path.",
                fuller="Begin with a list that holds it: n steps visit n + 1 places.",
            ),
            Misconception(
                _one_step_short,
                hint="Your path is one step too short: the start does not count as a step.",
                fuller="n steps visit n + 1 places.",
            ),
            Misconception(
                _one_step_more,
                hint="Your path is one step too long.",
                fuller="n steps visit n + 1 places, the start included.",
            ),
            Misconception(
                _end_only,
                hint="This is the end of the path; all its places were asked for.",
                fuller="Append the weights to a list after each step, and turn the list into an array at the end.",
            ),
            Misconception(
                _one_array_changed,
                hint="All places of your path are the same: the list holds one array many times.",
                fuller="w -= … changes that array; w = w - … makes a new one.",
            ),
            Misconception(
                _no_rate_on_the_path,
                hint="The learning rate makes no difference to your path.",
                fuller="A step is eta times the gradient.",
            ),
            Misconception(
                _gradients_of_the_path,
                hint="These are the gradients along the path; the places were asked for.",
                fuller="Keep the weights of each step.",
            ),
        ],
        praise="It does not know what it walks on: told another gradient, it trains another model.",
        setup="import numpy as np",
    ),
    MadeExercise(
        name="quick_rate",
        task="The walk begins at $(-4, 1)$. Find a rate with which both weights are within 0.01 of the lowest point "
        "$(0, 0)$ after 20 steps.",
        stub="rate = ...",
        setup=NEW_VALLEY,
        answer="rate",
        solution="rate = 0.14",
        examine=_examine_rate,
        mistakes=[
            Mistake("rate = 0.05", "the flat direction needs a larger rate", "A step multiplies w₁ by 1 − 2η."),
            Mistake("rate = 0.155", "still jumps from side to side", "a little too large"),
            Mistake("rate = 0.2", "gets no nearer in the steep direction", "1 − 12η"),
            Mistake("rate = -0.1", "Your rate is not above 0.", "uphill, or nowhere"),
        ],
        praise="The rate lies just below the one with which the steep direction diverges. Rates are found by trying.",
    ),
    Exercise(
        name="one_epoch",
        task="Write one epoch: cut the shuffled rows into mini-batches, and take a step for each.",
        reference=one_epoch,
        probes=_epoch_probes,
        misconceptions=[
            Misconception(
                _uphill_epoch,
                hint="Your steps lead uphill.",
                fuller="Subtract eta times the gradient.",
                errata=("XC6",),
            ),
            Misconception(
                _order_ignored,
                hint="You take the rows one after the other; order says in which order they are used.",
                fuller="The rows of a mini-batch are order[first : first + batch_size].",
            ),
            Misconception(
                _last_batch_dropped,
                hint="The rows that are left over at the end are missing: the last mini-batch may be smaller.",
                fuller="range(0, len(order), batch_size) has the beginning of the last one, too.",
            ),
            Misconception(
                _first_batch_only,
                hint="You take one step, with the first mini-batch only.",
                fuller="Look at where the return stands: it should come after the loop.",
            ),
            Misconception(
                _first_batch_again_and_again,
                hint="All your steps use the first mini-batch.",
                fuller="The next one begins batch_size further on.",
            ),
            Misconception(
                _weights_of_the_start,
                hint="All your gradients are those at the start.",
                fuller="Compute each gradient at the weights that the step before has led to.",
                errata=("XA27",),
            ),
            Misconception(
                _last_step_from_the_start,
                hint="Your last step begins at the start again; the steps before it are lost.",
                fuller="Let every step change weights itself: weights = weights - …",
            ),
            Misconception(
                _all_rows_each_time,
                hint="Each of your steps uses all examples.",
                fuller="Pass the rows of the mini-batch to gradient, not order.",
                errata=("XE11",),
            ),
            Misconception(
                _one_step_with_all,
                hint="You take a single step, with all examples: that is the whole batch.",
                fuller="Take a step for each mini-batch.",
                errata=("XE11",),
            ),
            Misconception(
                _row_by_row,
                hint="You take a step for each example: batch_size makes no difference.",
                fuller="A step uses order[first : first + batch_size].",
                errata=("XC7",),
            ),
            Misconception(
                _one_row_of_each_batch,
                hint="Only the first example of each mini-batch counts.",
                fuller="A step uses order[first : first + batch_size].",
            ),
            Misconception(
                _overlapping_batches,
                hint="Your mini-batches overlap: a new one begins at every row.",
                fuller="Count in steps of batch_size: range(0, len(order), batch_size).",
            ),
            Misconception(
                _number_of_batches,
                hint="You take about the right number of steps, but each mini-batch begins only one row further on.",
                fuller="Count in steps of batch_size: range(0, len(order), batch_size).",
            ),
            Misconception(
                _changed_in_place,
                hint="The new weights are right, but the array weights was changed.",
                fuller="weights = weights - … makes a new array; weights -= … changes the old one.",
            ),
            Misconception(
                _places_of_the_epoch,
                hint="These are the weights after every step; only the last ones were asked for.",
                fuller="Return the weights after the loop.",
            ),
        ],
        praise="With a loop over the epochs around it, this is what Keras does when you call fit.",
    ),
    Exercise(
        name="largest_rate",
        task="Several weights, each with a curvature of its own: from which rate on does descent fail?",
        reference=largest_rate,
        probes=_curvature_probes,
        misconceptions=[
            Misconception(
                _one_jump,
                hint="This rate takes the steepest direction to its minimum in one step; larger ones still get there.",
                fuller="The factor 1 − ηc may become negative, as long as it stays above −1.",
            ),
            Misconception(
                _flattest_decides,
                hint="At this rate even the flattest direction only bounces for ever, and every steeper one diverges.",
                fuller="Every direction has its limit 2/c; the smallest of them counts.",
            ),
            Misconception(
                _mean_decides,
                hint="Your rate suits a curvature that is the mean of all; a steeper direction diverges before.",
                fuller="Every direction has its limit 2/c; the smallest of them counts.",
            ),
            Misconception(
                _sum_decides,
                hint="Your limit gets smaller with every weight, but the weights do not disturb each other here.",
                fuller="Every direction has its limit 2/c; the smallest of them counts.",
            ),
            Misconception(
                _rate_of_the_bowl,
                hint="1 is the limit of the bowl x₁² + x₂², whose curvature is 2.",
                fuller="For a curvature c the factor of each step is 1 − ηc: for which η is it −1?",
            ),
            Misconception(
                _upside_down,
                hint="The steeper the landscape, the larger your rate; it is the other way round.",
                fuller="Solve 1 − ηc = −1 for η.",
            ),
            Misconception(
                _each_direction,
                hint="These are the limits of all directions; one rate serves them all.",
                fuller="Which of them is passed first?",
            ),
            Misconception(
                _first_decides,
                hint="You look at the first curvature only.",
                fuller="The largest curvature decides, wherever it stands.",
            ),
            Misconception(
                _flattest_in_one_jump,
                hint="At this rate the flattest direction reaches its minimum in one step; the others may burst.",
                fuller="Every direction has its limit 2/c; the smallest of them counts.",
            ),
            Misconception(
                _best_compromise,
                hint="This rate is the best for the slowest direction, but larger ones still end in the minimum.",
                fuller="Solve 1 − ηc = −1 for each direction: which solution is the smallest?",
            ),
            Misconception(
                _square_root,
                hint="There is no square root in it: a step is η times c times the weight.",
                fuller="The factor of each step is 1 − ηc: for which η is it −1?",
            ),
        ],
        praise="The steepest direction sets the limit for all, and the flattest one then has to wait.",
        setup="import numpy as np",
    ),
    Exercise(
        name="numerical_gradient",
        task="Write the numerical gradient with central differences: move one weight at a time, up and down.",
        reference=numerical_gradient,
        probes=_gradient_probes,
        misconceptions=[
            Misconception(
                _one_sided,
                hint="You look to one side only; that is half as much work and far less exact.",
                fuller="Go up and down by h, and divide by the whole distance 2h.",
            ),
            Misconception(
                _from_below,
                hint="You look to the lower side only; that is half as much work and far less exact.",
                fuller="Go up and down by h, and divide by the whole distance 2h.",
            ),
            Misconception(
                _distance_is_two_steps,
                hint="Your slopes are twice too large: from w − h to w + h the distance is 2h.",
                fuller="Divide by (2 * h).",
            ),
            Misconception(
                _one_sided_halved,
                hint="Your slopes are about half of what they should be: you moved by h and divided by 2h.",
                fuller="Take f(w − h) instead of f(w).",
            ),
            Misconception(
                _not_divided,
                hint="This is the rise; a slope is rise divided by run.",
                fuller="Divide by (2 * h).",
            ),
            Misconception(
                _wrong_way_round,
                hint="Your slopes have the wrong sign.",
                fuller="The rise is f at w + h minus f at w − h.",
            ),
            Misconception(
                _brackets_forgotten,
                hint="Python divides by 2 and then multiplies by h.",
                fuller="Put the distance in brackets: / (2 * h).",
            ),
            Misconception(
                _all_moved_together,
                hint="You move all weights together, so every entry is the slope of that one direction.",
                fuller="Move one weight at a time and leave the others where they are.",
            ),
            Misconception(
                _not_put_back,
                hint="The first entry is right; after it the first weight stays moved.",
                fuller="Put each weight back before you move the next, or work on a copy.",
            ),
            Misconception(
                _second_difference,
                hint="This is the curvature, the slope of the slope.",
                fuller="For the slope f(w) itself is not needed.",
            ),
            Misconception(
                _first_weight_only,
                hint="This is the slope of the first weight only.",
                fuller="Fill an array with one entry for each weight.",
            ),
        ],
        praise="Now you can check every gradient that anybody computes, your own included; notebook 05 will need it.",
        setup="import numpy as np",
    ),
]
