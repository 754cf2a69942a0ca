"""The exercises of notebook 04: the price of brute force, kinds of flat places, permuted hidden units."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- the price of brute force


def brute_force_years(options, weights, seconds):
    """Compute how long brute force takes that tries every combination of options.

    options: whole number, how many values are tried for each weight
    weights: whole number, how many weights there are
    seconds: one number, what one evaluation of the cost takes
    returns: one number, in years of 365.25 days
    """
    evaluations = options**weights
    return evaluations * seconds / (365.25 * 24 * 3600)


YEAR = 365.25 * 24 * 3600


def _added_up(options, weights, seconds):
    return options * weights * seconds / YEAR


def _base_and_exponent_swapped(options, weights, seconds):
    return weights**options * seconds / YEAR


def _a_hundred_times_longer(options, weights, seconds):
    return options * 100 ** (weights - 1) * seconds / YEAR


def _scan_for_evaluation(options, weights, seconds):
    return options ** (weights - 1) * seconds / YEAR


def _evaluations_for_seconds(options, weights, seconds):
    return options**weights / YEAR


def _not_in_years(options, weights, seconds):
    return options**weights * seconds


def _in_days(options, weights, seconds):
    return options**weights * seconds / (24 * 3600)


def _always_a_thousand(options, weights, seconds):
    return 1000**weights * seconds / YEAR


def _price_probes(rng):
    cases = [(1000, 1, 4e-5), (1000, 2, 4e-5), (1000, 9, 4e-5), (1000, 9, 4e-4), (10, 3, 2.0), (2, 5, 0.5)]
    cases += [(int(rng.integers(3, 50)), int(rng.integers(2, 8)), float(rng.uniform(0.001, 1))) for _ in range(4)]
    return cases


# --- minimum, maximum, saddle


def kind_of_point(H):
    """Tell what kind of flat place it is where the matrix of second derivatives is H.

    H: array of shape (n, n), symmetric, none of its eigenvalues 0
    returns: "minimum", "maximum" or "saddle"
    """
    bends = np.linalg.eigvalsh(H)
    if np.all(bends > 0):
        return "minimum"
    return "maximum" if np.all(bends < 0) else "saddle"


def _kind(signs):
    """Name a flat place after the signs of its bends."""
    if np.all(signs > 0):
        return "minimum"
    return "maximum" if np.all(signs < 0) else "saddle"


def _along_the_axes_only(H):
    return _kind(np.diag(H))


def _by_all_entries(H):
    return _kind(H)


def _by_the_trace(H):
    return "minimum" if np.trace(H) > 0 else "maximum"


def _by_the_determinant(H):
    return "minimum" if np.linalg.det(H) > 0 else "saddle"


def _turned_round(H):
    return {"minimum": "maximum", "maximum": "minimum", "saddle": "saddle"}[kind_of_point(H)]


def _one_bend_is_enough(H):
    return "minimum" if np.any(np.linalg.eigvalsh(H) > 0) else "maximum"


def _never_a_maximum(H):
    return "minimum" if np.all(np.linalg.eigvalsh(H) > 0) else "saddle"


def _bend_probes(rng):
    # By hand: a bowl, a hill, a saddle along the axes, one across them, and a bowl with a negative entry.
    tables = [[[2, 0], [0, 3]], [[-2, 0], [0, -1]], [[2, 0], [0, -3]], [[1, 4], [4, 1]], [[3, -1], [-1, 2]]]
    tables += [[[-1, 4], [4, -1]], [[1, 0], [0, -3]], [[3, 0], [0, -1]], [[-2, 1], [1, -3]]]
    cases = [(np.array(table, float),) for table in tables]
    for signs in ([1, 1, 1], [-1, -1, -1], [1, -1, -1], [1, 1, -1], [1, -1], [1, 1, 1, 1]):
        turn = np.linalg.qr(rng.normal(size=(len(signs), len(signs))))[0]
        H = turn @ np.diag(signs * rng.uniform(0.5, 3, size=len(signs))) @ turn.T
        cases.append(((H + H.T) / 2,))
    return cases


# --- twins by permutation


def permute_hidden(W1, W2, order):
    """Put the hidden units of a network without biases into another order, so that it computes the same as before.

    W1: array of shape (inputs, hidden), the weights that lead to the hidden units
    W2: array of shape (hidden, outputs), the weights that lead away from them
    order: list of length hidden; unit order[k] moves to place k
    returns: the new W1 and the new W2; the old ones stay as they were
    """
    return W1[:, order], W2[order]


def _first_layer_only(W1, W2, order):
    return W1[:, order], W2


def _second_layer_only(W1, W2, order):
    return W1, W2[order]


def _rows_of_the_first(W1, W2, order):
    return W1[order], W2[order]


def _columns_of_the_second(W1, W2, order):
    return W1[:, order], W2[:, order]


def _opposite_orders(W1, W2, order):
    return W1[:, order], W2[np.argsort(order)]


def _other_way_round(W1, W2, order):
    back = np.argsort(order)
    return W1[:, back], W2[back]


def _mirrored(W1, W2, order):
    return W1[:, ::-1], W2[::-1]


def _nothing_moved(W1, W2, order):
    return W1, W2


def _unit_probes(rng):
    shapes = [(2, 3, 1, [1, 2, 0]), (2, 3, 1, [0, 2, 1]), (3, 3, 3, [2, 0, 1]), (4, 4, 4, [1, 2, 3, 0])]
    return [
        (rng.normal(size=(inputs, hidden)), rng.normal(size=(hidden, outputs)), order)
        for inputs, hidden, outputs, order in [*shapes, (5, 4, 2, [3, 1, 0, 2])]
    ]


EXERCISES = [
    Exercise(
        name="brute_force_years",
        task="How many years does it take to try every combination, if each weight has so many options and one "
        "evaluation of the cost takes so many seconds? Try it without looking up.",
        reference=brute_force_years,
        probes=_price_probes,
        misconceptions=[
            Misconception(
                _added_up,
                hint="Your time grows with every weight by the same amount.",
                fuller="Each option of one weight meets every option of the next: the numbers are multiplied.",
                errata=("XA2",),
            ),
            Misconception(
                _base_and_exponent_swapped,
                hint="With 10 options and 3 weights there are 10 · 10 · 10 combinations, not 3 to the power of 10.",
                fuller="The weights are the exponent.",
            ),
            Misconception(
                _a_hundred_times_longer,
                hint="In your answer a further weight takes 100 times longer, as in the lecture's 0.4 s and 40 s.",
                fuller="It takes as many times longer as there are options.",
                errata=("XA1",),
            ),
            Misconception(
                _scan_for_evaluation,
                hint="You have counted one weight too few.",
                fuller="The seconds are those of one single evaluation, not of all options of one weight.",
                errata=("XA1",),
            ),
            Misconception(
                _evaluations_for_seconds,
                hint="What one evaluation takes makes no difference to your answer.",
                fuller="Multiply the number of evaluations by it.",
            ),
            Misconception(
                _not_in_years,
                hint="These are seconds; years were asked for.",
                fuller="A year of 365.25 days has 365.25 · 24 · 3600 seconds.",
            ),
            Misconception(
                _in_days,
                hint="These are days; years were asked for.",
                fuller="Divide by 365.25 as well.",
            ),
            Misconception(
                _always_a_thousand,
                hint="The number of options makes no difference to your answer.",
                fuller="The 1000 of the lecture is an example; use options.",
            ),
        ],
        praise="A search whose price is a power of the number of weights ends where networks begin.",
    ),
    Exercise(
        name="kind_of_point",
        task="Where the slope is 0, the eigenvalues of the Hessian tell how the landscape bends: up in all "
        "directions is a minimum, down in all a maximum, up in some and down in others a saddle. "
        "`np.linalg.eigvalsh(H)` returns the eigenvalues.",
        reference=kind_of_point,
        probes=_bend_probes,
        setup="import numpy as np",
        misconceptions=[
            Misconception(
                _along_the_axes_only,
                hint="You look along the axes only; [[1, 4], [4, 1]] rises along both, and falls between them.",
                fuller="The diagonal holds the bends along the axes, the eigenvalues those along the landscape's own "
                "directions; the largest and the smallest bend are among them.",
            ),
            Misconception(
                _by_all_entries,
                hint="The signs of the entries do not decide: [[2, 0], [0, 3]] and [[3, −1], [−1, 2]] are minima.",
                fuller="Ask the eigenvalues for their signs.",
            ),
            Misconception(
                _by_the_trace,
                hint="You never find a saddle: a sum of bends hides that some go up and others down.",
                fuller="Look at each eigenvalue, not at their sum.",
            ),
            Misconception(
                _by_the_determinant,
                hint="Two negative bends have a positive product, too: yours takes a hill for a bowl.",
                fuller="The determinant is the product of the eigenvalues; their signs are what counts.",
            ),
            Misconception(
                _turned_round,
                hint="Minimum and maximum are the wrong way round.",
                fuller="At a minimum the landscape bends up: all eigenvalues are positive.",
            ),
            Misconception(
                _one_bend_is_enough,
                hint="One direction that goes up makes no minimum.",
                fuller="All of them must; up in some and down in others is a saddle.",
            ),
            Misconception(
                _never_a_maximum,
                hint="You never find a maximum.",
                fuller="It bends down in all directions: all eigenvalues are negative.",
            ),
        ],
        praise="With nine weights a flat place has nine bends, and for a minimum none of them may go down.",
    ),
    Exercise(
        name="permute_hidden",
        task="Move the hidden units to other places without changing what the network computes.",
        reference=permute_hidden,
        probes=_unit_probes,
        misconceptions=[
            Misconception(
                _first_layer_only,
                hint="The units have moved, and the weights that lead away from them have stayed.",
                fuller="The rows of W2 belong to the hidden units, too.",
            ),
            Misconception(
                _second_layer_only,
                hint="The weights that lead away have moved, and those that lead to the units have stayed.",
                fuller="The columns of W1 belong to the hidden units, too.",
            ),
            Misconception(
                _rows_of_the_first,
                hint="You have moved the rows of W1, which belong to the inputs.",
                fuller="W[source, target]: in W1 the hidden units are the targets, so they are its columns.",
                errata=("XA22",),
            ),
            Misconception(
                _columns_of_the_second,
                hint="You have moved the columns of W2, which belong to the outputs.",
                fuller="W[source, target]: in W2 the hidden units are the sources, so they are its rows.",
                errata=("XA22",),
            ),
            Misconception(
                _opposite_orders,
                hint="Your two layers are ordered in opposite ways.",
                fuller="Use order for both, as it is.",
            ),
            Misconception(
                _other_way_round,
                hint="You move unit k to place order[k]; asked for is that unit order[k] moves to place k.",
                fuller="An array with order in its square brackets does that by itself.",
            ),
            Misconception(
                _mirrored,
                hint="You reverse the units, whatever order says.",
                fuller="Put order in the square brackets.",
            ),
            Misconception(
                _nothing_moved,
                hint="The units are where they were.",
                fuller="Pick the columns of W1 and the rows of W2 by order.",
            ),
        ],
        praise="Each network has such twins: with three hidden units 6.",
    ),
]
