"""The exercises of notebook 03: a step, a path, the largest rate, a mini-batch, a numerical gradient."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- one step


def downhill_step(w, gradient, eta):
    """Take one step of gradient descent.

    w: array of shape (n,), the weights
    gradient: array of shape (n,), the gradient of the cost at w
    eta: one number, the learning rate
    returns: array of shape (n,), the new weights
    """
    return w - eta * gradient


def _along_the_gradient(w, gradient, eta):
    return w + eta * gradient


def _no_rate(w, gradient, eta):
    return w - gradient


def _step_only(w, gradient, eta):
    return -eta * gradient


def _step_only_uphill(w, gradient, eta):
    return eta * gradient


def _rate_divides(w, gradient, eta):
    return w - gradient / eta


def _unit_step(w, gradient, eta):
    return w - eta * gradient / np.linalg.norm(gradient)


def _sign_only(w, gradient, eta):
    return w - eta * np.sign(gradient)


def _always_smaller(w, gradient, eta):
    return w - eta * np.abs(gradient)


def _weights_shrink(w, gradient, eta):
    return w * (1 - eta * gradient)


def _one_step_for_all(w, gradient, eta):
    return w - eta * np.sum(gradient)


def _in_place(w, gradient, eta):
    w -= eta * gradient
    return w


def _step_probes(rng):
    cases = [
        (np.array([5.0, 5.0]), np.array([10.0, 10.0]), 0.1),
        (np.array([1.0, -2.0, 0.5]), np.array([2.0, -4, 0]), 0.3),
    ]
    for n in (2, 4, 5):
        cases.append((rng.normal(size=n), rng.normal(size=n), float(rng.uniform(0.05, 0.9))))
    return cases


# --- a path


def descent_path(start, curvatures, eta, steps):
    """Walk downhill on the cost J(w) = ½ (c₁ w₁² + c₂ w₂² + …), whose gradient is (c₁ w₁, c₂ w₂, …).

    start: array of shape (n,), the first weights
    curvatures: array of shape (n,), the numbers c₁, c₂, …
    eta: one number, the learning rate
    steps: whole number, how many steps to take
    returns: array of shape (steps + 1, n), the weights at the start and after each step
    """
    path = [start]
    for _ in range(steps):
        w = path[-1]
        path.append(w - eta * curvatures * w)
    return np.array(path)


def _uphill_path(start, curvatures, eta, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + eta * curvatures * path[-1])
    return np.array(path)


def _first_gradient_kept(start, curvatures, eta, steps):
    return np.array([start - k * eta * curvatures * start for k in range(steps + 1)])


def _every_step_from_the_start(start, curvatures, eta, steps):
    return np.array([start] + [start - eta * curvatures * start] * steps)


def _without_start(start, curvatures, eta, steps):
    return descent_path(start, curvatures, eta, steps)[1:]


def _one_step_short(start, curvatures, eta, steps):
    return descent_path(start, curvatures, eta, steps)[:-1]


def _one_step_more(start, curvatures, eta, steps):
    return descent_path(start, curvatures, eta, steps + 1)


def _end_only(start, curvatures, eta, steps):
    return descent_path(start, curvatures, eta, steps)[-1]


def _one_array_changed(start, curvatures, eta, steps):
    w = start.copy()
    path = [w]
    for _ in range(steps):
        w -= eta * curvatures * w
        path.append(w)
    return np.array(path)


def _curvatures_forgotten(start, curvatures, eta, steps):
    return descent_path(start, np.ones(len(start)), eta, steps)


def _factor_two(start, curvatures, eta, steps):
    return descent_path(start, 2 * curvatures, eta, steps)


def _half_kept(start, curvatures, eta, steps):
    return descent_path(start, curvatures / 2, eta, steps)


def _costs_of_the_path(start, curvatures, eta, steps):
    path = descent_path(start, curvatures, eta, steps)
    return np.sum(curvatures * path**2, axis=1) / 2


def _path_probes(rng):
    cases = [
        (np.array([5.0, 5.0]), np.array([2.0, 2.0]), 0.1, 4),
        (np.array([4.0, -1.0]), np.array([1.0, 8.0]), 0.2, 6),
        (np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]), 0.3, 1),
    ]
    for n, steps in ((1, 3), (4, 5)):
        cases.append((rng.normal(size=n), rng.uniform(0.5, 4, size=n), float(rng.uniform(0.05, 0.4)), steps))
    return cases


# --- the largest rate


def largest_rate(curvatures):
    """Find the learning rate from which on descent on J(w) = ½ (c₁ w₁² + c₂ w₂² + …) no longer reaches the minimum.

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


# --- the direction of a mini-batch


def mini_batch_gradient(X, y, w, rows):
    """Compute the gradient of the mean squared error of a mini-batch, for a linear model ŷ = X w.

    X: array of shape (n, d), one example per row
    y: array of shape (n,), the targets
    w: array of shape (d,), the weights
    rows: array of m whole numbers, the rows of X that form the mini-batch
    returns: array of shape (d,), the gradient of (1/m) Σ (ŷ − y)², summed over these m rows
    """
    error = X[rows] @ w - y[rows]
    return 2 * X[rows].T @ error / len(rows)


def _sum_for_mean(X, y, w, rows):
    return 2 * X[rows].T @ (X[rows] @ w - y[rows])


def _divided_by_all(X, y, w, rows):
    return 2 * X[rows].T @ (X[rows] @ w - y[rows]) / len(X)


def _whole_batch(X, y, w, rows):
    return 2 * X.T @ (X @ w - y) / len(X)


def _uphill_for_errors(X, y, w, rows):
    return 2 * X[rows].T @ (y[rows] - X[rows] @ w) / len(rows)


def _two_forgotten(X, y, w, rows):
    return X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)


def _inputs_forgotten(X, y, w, rows):
    return 2 * np.mean(X[rows] @ w - y[rows]) * np.ones(X.shape[1])


def _targets_forgotten(X, y, w, rows):
    return 2 * X[rows].T @ (X[rows] @ w) / len(rows)


def _first_example_only(X, y, w, rows):
    return 2 * X[rows[0]] * (X[rows[0]] @ w - y[rows[0]])


def _first_rows(X, y, w, rows):
    m = len(rows)
    return 2 * X[:m].T @ (X[:m] @ w - y[:m]) / m


def _one_gradient_each(X, y, w, rows):
    return 2 * X[rows] * (X[rows] @ w - y[rows])[:, np.newaxis]


def _means_multiplied(X, y, w, rows):
    return 2 * np.mean(X[rows], axis=0) * np.mean(X[rows] @ w - y[rows])


def _sum_without_two(X, y, w, rows):
    return X[rows].T @ (X[rows] @ w - y[rows])


def _batch_probes(rng):
    cases = []
    for n, d, m in ((6, 2, 3), (7, 3, 4), (9, 2, 5), (8, 4, 2)):
        rows = rng.permutation(np.arange(1, n))[:m]
        cases.append((rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d), rows))
    return cases


# --- a numerical gradient


def numerical_gradient(f, w, h):
    """Estimate the gradient of a cost without any formula for its derivative.

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
        cases += [(cost, rng.normal(size=n), h) for cost in (cubes_plus_product, sine_times_exp_plus_squares)]
    return cases


EXERCISES = [
    Exercise(
        name="downhill_step",
        task="Write one step of gradient descent.",
        reference=downhill_step,
        probes=_step_probes,
        misconceptions=[
            Misconception(
                _along_the_gradient,
                hint="You walk along the gradient, and it points uphill.",
                fuller="Subtract the step from w.",
                errata=("XC6",),
            ),
            Misconception(
                _no_rate,
                hint="The learning rate makes no difference to your step.",
                fuller="Multiply the gradient by eta.",
            ),
            Misconception(
                _step_only,
                hint="This is the step, not the place where it ends.",
                fuller="Add it to w.",
            ),
            Misconception(
                _step_only_uphill,
                hint="This is the size of the step in each direction; the new weights were asked for.",
                fuller="Subtract it from w.",
            ),
            Misconception(
                _rate_divides,
                hint="A smaller rate makes your step longer.",
                fuller="Multiply the gradient by eta instead of dividing by it.",
            ),
            Misconception(
                _unit_step,
                hint="Your step has the length eta wherever you are; a gentle slope should make it shorter.",
                fuller="Leave the gradient as long as it is.",
            ),
            Misconception(
                _sign_only,
                hint="You use the signs of the gradient only.",
                fuller="A weight with a steeper slope takes a longer step: multiply eta by the gradient itself.",
            ),
            Misconception(
                _always_smaller,
                hint="Your weights can only become smaller; where the slope is negative, downhill means larger.",
                fuller="Keep the signs of the gradient.",
            ),
            Misconception(
                _weights_shrink,
                hint="You change each weight by a share of itself, so that a weight of 0 could never move.",
                fuller="The step is eta times the gradient; w is not a factor of it.",
            ),
            Misconception(
                _one_step_for_all,
                hint="All your weights take the same step.",
                fuller="Do not add up the gradient: each weight has an entry of its own.",
            ),
            Misconception(
                _in_place,
                hint="The new weights are right, but the array w was changed, and a path would forget its past.",
                fuller="w - eta * gradient makes a new array; w -= … changes the old one.",
            ),
        ],
        praise="Every network of this course learns by this line; all that differs is how the gradient is found.",
    ),
    Exercise(
        name="descent_path",
        task="Walk: repeat the step and keep every place. On this cost the gradient has a formula, which the "
        "description tells.",
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
                fuller="The slope changes on the way: compute it anew from the weights that you have just reached.",
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
                _curvatures_forgotten,
                hint="The curvatures make no difference to your path.",
                fuller="The gradient is curvatures * w.",
            ),
            Misconception(
                _factor_two,
                hint="Your gradient is twice too large: there is a ½ in this cost.",
                fuller="The 2 of the square and the ½ cancel, so the gradient is curvatures * w.",
            ),
            Misconception(
                _half_kept,
                hint="Your gradient is half of what it should be: the derivative of a square brings a 2.",
                fuller="It cancels with the ½ of the cost, so the gradient is curvatures * w.",
            ),
            Misconception(
                _costs_of_the_path,
                hint="These are the costs along the path; the places were asked for.",
                fuller="Keep the weights of each step.",
            ),
        ],
        praise="Each weight has a factor of its own, 1 − ηc, and the slowest of them decides how long it takes.",
        setup="import numpy as np",
    ),
    Exercise(
        name="largest_rate",
        task="Now several weights, each with a curvature of its own. From which rate on does descent fail?",
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
                hint="At this rate even the flattest direction only bounces for ever, and every steeper one bursts.",
                fuller="Every direction has its limit 2/c; the smallest of them counts.",
            ),
            Misconception(
                _mean_decides,
                hint="Your rate suits a curvature that is the mean of all; a steeper direction bursts before.",
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
        name="mini_batch_gradient",
        task="Write the direction that a mini-batch gives, as the *mean* over its examples.",
        reference=mini_batch_gradient,
        probes=_batch_probes,
        misconceptions=[
            Misconception(
                _sum_for_mean,
                hint="Your gradient grows with the number of examples: this is their sum.",
                fuller="Divide by len(rows); else the rate would have to shrink with every larger batch.",
                errata=("XB15",),
            ),
            Misconception(
                _divided_by_all,
                hint="You divide by the number of all examples; the mean is over those of the mini-batch.",
                fuller="Divide by len(rows).",
            ),
            Misconception(
                _whole_batch,
                hint="This is the gradient of the whole batch: rows makes no difference to it.",
                fuller="X[rows] and y[rows] are the examples of the mini-batch.",
                errata=("XE11",),
            ),
            Misconception(
                _uphill_for_errors,
                hint="This points downhill; the gradient points uphill.",
                fuller="The error inside is ŷ − y; the minus sign comes with the step.",
            ),
            Misconception(
                _two_forgotten,
                hint="A factor of 2 is missing: it comes from the square.",
                fuller="Some lectures write ½ in front of the square to be rid of it; here there is none.",
            ),
            Misconception(
                _inputs_forgotten,
                hint="All your entries are the same: each weight must be judged by its own input.",
                fuller="Multiply the errors by the inputs: X[rows].T @ error adds up over the examples.",
            ),
            Misconception(
                _targets_forgotten,
                hint="The targets make no difference to your gradient.",
                fuller="The error is X[rows] @ w - y[rows].",
            ),
            Misconception(
                _first_example_only,
                hint="Only the first example of the mini-batch counts in your gradient.",
                fuller="Take the mean over all of rows.",
                errata=("XC7",),
            ),
            Misconception(
                _first_rows,
                hint="You take the first rows of the table; a mini-batch is the rows that are named in rows.",
                fuller="Write X[rows] and y[rows].",
            ),
            Misconception(
                _one_gradient_each,
                hint="These are the gradients of the single examples; one direction for all of them was asked for.",
                fuller="Take their mean over the examples, axis 0.",
            ),
            Misconception(
                _means_multiplied,
                hint="You multiply the mean input by the mean error; each error belongs to its own input.",
                fuller="Multiply first, then take the mean.",
            ),
            Misconception(
                _sum_without_two,
                hint="Your gradient grows with the number of examples, and the factor 2 of the square is missing.",
                fuller="Divide by len(rows) and multiply by 2.",
                errata=("XB15",),
            ),
        ],
        praise="With the mean, one learning rate serves batches of every size; Keras takes the mean, too.",
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
