"""The exercises of notebook 07: B undone, a ranking, permutation importance, a leak between rows."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- B undone


def shares_from_b(b):
    """Find every share Bk, from 0 to 1, for which 1000 (Bk − 0.63)² is b.

    b: one number, above 0 and below 396.9
    returns: array with the one share or the two shares that fit, the smaller one first
    """
    distance = np.sqrt(b / 1000)
    shares = np.array([0.63 - distance, 0.63 + distance])
    return shares[shares <= 1]


def _lower_root_only(b):
    return np.array([0.63 - np.sqrt(b / 1000)])


def _lower_root_as_number(b):
    return 0.63 - np.sqrt(b / 1000)


def _upper_root_only(b):
    shares = np.array([0.63 + np.sqrt(b / 1000)])
    return shares[shares <= 1]


def _outside_kept(b):
    distance = np.sqrt(b / 1000)
    return np.array([0.63 - distance, 0.63 + distance])


def _thousand_forgotten(b):
    shares = np.array([0.63 - np.sqrt(b), 0.63 + np.sqrt(b)])
    return shares[(shares >= 0) & (shares <= 1)]


def _thousand_forgotten_unchecked(b):
    return np.array([0.63 - np.sqrt(b), 0.63 + np.sqrt(b)])


def _root_before_division(b):
    shares = np.array([0.63 - np.sqrt(b) / 1000, 0.63 + np.sqrt(b) / 1000])
    return shares[shares <= 1]


def _root_forgotten(b):
    shares = np.array([0.63 - b / 1000, 0.63 + b / 1000])
    return shares[shares <= 1]


def _sign_of_the_middle(b):
    distance = np.sqrt(b / 1000)
    return np.array([-0.63 - distance, -0.63 + distance])


def _middle_forgotten(b):
    distance = np.sqrt(b / 1000)
    return np.array([-distance, distance])


def _larger_first(b):
    return shares_from_b(b)[::-1]


def _in_percent(b):
    return 100 * shares_from_b(b)


def _b_probes(rng):
    cases = [(90.0,), (360.0,), (136.0,), (138.0,), (10.0,)]
    for low, high in ((1, 130), (140, 395)):
        cases.append((float(rng.uniform(low, high)),))
    return cases


# --- a ranking


def ranked_right(scores, chosen):
    """Tell how often a chosen row has a higher score than another row, over all pairs of one and one.

    scores: array of shape (n,), numbers
    chosen: array of shape (n,), True for the chosen rows and False for the others; both occur
    returns: one number from 0 to 1; a pair with equal scores counts one half
    """
    differences = scores[chosen][:, np.newaxis] - scores[~chosen]
    return np.mean((differences > 0) + 0.5 * (differences == 0))


def _ties_lost(scores, chosen):
    return np.mean(scores[chosen][:, np.newaxis] > scores[~chosen])


def _ties_won(scores, chosen):
    return np.mean(scores[chosen][:, np.newaxis] >= scores[~chosen])


def _lower_is_right(scores, chosen):
    return 1 - ranked_right(scores, chosen)


def _pairs_counted(scores, chosen):
    differences = scores[chosen][:, np.newaxis] - scores[~chosen]
    return np.sum((differences > 0) + 0.5 * (differences == 0))


def _accuracy_at_one_half(scores, chosen):
    return np.mean((scores > 0.5) == chosen)


def _against_all_rows(scores, chosen):
    differences = scores[chosen][:, np.newaxis] - scores
    return np.mean((differences > 0) + 0.5 * (differences == 0))


def _difference_of_means(scores, chosen):
    return np.mean(scores[chosen]) - np.mean(scores[~chosen])


def _best_of_the_chosen(scores, chosen):
    return np.mean(np.max(scores[chosen]) > scores[~chosen])


def _top_of_the_list(scores, chosen):
    return np.mean(chosen[np.argsort(-scores, kind="stable")[: np.sum(chosen)]])


def _ranking_probes(rng):
    cases = [(np.array([0.9, 0.2, 0.6, 0.6, 0.1]), np.array([True, False, True, False, False]))]
    for n, count in ((7, 2), (12, 5), (9, 4)):
        chosen = np.zeros(n, bool)
        chosen[rng.permutation(n)[:count]] = True
        cases.append(((rng.integers(0, 9, size=n) + 2 * chosen) / 10, chosen))
    return cases


# --- permutation importance


def permutation_rise(predict, x, y, column, order):
    """Tell by how much the mean absolute error rises when one column is shuffled.

    predict: a function that takes an array of the shape of x and returns the predictions, shape (n,)
    x: array of shape (n, d), one example per row
    y: array of shape (n,), the targets
    column: whole number, the column to shuffle
    order: the numbers 0 to n − 1 in a shuffled order: row i gets that column's value of row order[i]
    returns: one number, error with the shuffled column − error before
    """
    shuffled = x.copy()
    shuffled[:, column] = x[order, column]
    return np.mean(np.abs(predict(shuffled) - y)) - np.mean(np.abs(predict(x) - y))


def _inverse_order(predict, x, y, column, order):
    shuffled = x.copy()
    shuffled[order, column] = x[:, column]
    return np.mean(np.abs(predict(shuffled) - y)) - np.mean(np.abs(predict(x) - y))


def _target_shuffled(predict, x, y, column, order):
    return np.mean(np.abs(predict(x) - y[order])) - np.mean(np.abs(predict(x) - y))


def _not_copied(predict, x, y, column, order):
    before = np.mean(np.abs(predict(x) - y))
    x[:, column] = x[order, column]
    return np.mean(np.abs(predict(x) - y)) - before


def _not_copied_and_too_late(predict, x, y, column, order):
    shuffled = x
    shuffled[:, column] = x[order, column]
    return np.mean(np.abs(predict(shuffled) - y)) - np.mean(np.abs(predict(x) - y))


def _fall_for_rise(predict, x, y, column, order):
    return -permutation_rise(predict, x, y, column, order)


def _whole_rows(predict, x, y, column, order):
    return np.mean(np.abs(predict(x[order]) - y)) - np.mean(np.abs(predict(x) - y))


def _error_itself(predict, x, y, column, order):
    return permutation_rise(predict, x, y, column, order) + np.mean(np.abs(predict(x) - y))


def _squared(predict, x, y, column, order):
    shuffled = x.copy()
    shuffled[:, column] = x[order, column]
    return np.mean((predict(shuffled) - y) ** 2) - np.mean((predict(x) - y) ** 2)


def _column_set_to_zero(predict, x, y, column, order):
    emptied = x.copy()
    emptied[:, column] = 0
    return np.mean(np.abs(predict(emptied) - y)) - np.mean(np.abs(predict(x) - y))


def _column_set_to_mean(predict, x, y, column, order):
    levelled = x.copy()
    levelled[:, column] = np.mean(x[:, column])
    return np.mean(np.abs(predict(levelled) - y)) - np.mean(np.abs(predict(x) - y))


def _ratio(predict, x, y, column, order):
    return _error_itself(predict, x, y, column, order) / np.mean(np.abs(predict(x) - y))


def _moved_predictions(predict, x, y, column, order):
    shuffled = x.copy()
    shuffled[:, column] = x[order, column]
    return np.mean(np.abs(predict(shuffled) - predict(x)))


def _errors_not_absolute(predict, x, y, column, order):
    shuffled = x.copy()
    shuffled[:, column] = x[order, column]
    return np.abs(np.mean(predict(shuffled) - y)) - np.abs(np.mean(predict(x) - y))


def twice_the_first_minus_the_second(x):
    return 2 * x[:, 0] - x[:, 1]


def bent_sum(x):
    return x @ np.arange(1.0, x.shape[1] + 1) + 0.1 * x[:, 0] ** 2


def _importance_probes(rng):
    x, y = np.array([[1.0, 5.0], [2.0, 3.0], [4.0, 1.0]]), np.array([-3.5, 1.25, 7.0])
    cases = [(twice_the_first_minus_the_second, x, y, 0, np.array([2, 0, 1]))]
    for n, d, column in ((5, 3, 1), (7, 2, 1), (6, 4, 2)):
        x = rng.normal(size=(n, d)) + np.arange(1, d + 1)
        y = bent_sum(x) + 0.4 * rng.normal(size=n)
        cases.append((bent_sum, x, y, column, np.roll(np.arange(n), int(rng.integers(1, n)))))
    return cases


# --- a leak between rows


def leak_share(train_groups, test_groups):
    """Tell what share of the test rows has a row of its own group among the training rows.

    train_groups: array of shape (n,), whole numbers, the group of each training row
    test_groups: array of shape (m,), whole numbers, the group of each test row
    returns: one number from 0 to 1
    """
    return np.mean(np.isin(test_groups, train_groups))


def _the_other_way_round(train_groups, test_groups):
    return np.mean(np.isin(train_groups, test_groups))


def _groups_counted(train_groups, test_groups):
    return np.mean(np.isin(np.unique(test_groups), train_groups))


def _clean_share(train_groups, test_groups):
    return 1 - leak_share(train_groups, test_groups)


def _leak_counted(train_groups, test_groups):
    return np.sum(np.isin(test_groups, train_groups))


def _leak_in_percent(train_groups, test_groups):
    return 100 * leak_share(train_groups, test_groups)


def _divided_by_all_rows(train_groups, test_groups):
    return np.sum(np.isin(test_groups, train_groups)) / (len(train_groups) + len(test_groups))


def _divided_by_training_rows(train_groups, test_groups):
    return np.sum(np.isin(test_groups, train_groups)) / len(train_groups)


def _pairs_of_one_group(train_groups, test_groups):
    return np.mean(train_groups[:, np.newaxis] == test_groups)


def _leak_probes(rng):
    cases = [(np.array([1, 1, 2, 5, 7]), np.array([1, 1, 1, 3]))]
    for n, m in ((9, 4), (7, 5), (12, 8)):
        cases.append((rng.integers(0, 8, size=n), rng.integers(3, 12, size=m)))
    return cases


EXERCISES = [
    Exercise(
        name="shares_from_b",
        task=(
            "Undo the formula B = 1000 (Bk − 0.63)²: write a function that returns every share from 0 to 1 that fits. "
            "A square root has two signs, and a share can be no larger than 1."
        ),
        reference=shares_from_b,
        probes=_b_probes,
        misconceptions=[
            Misconception(
                _lower_root_only,
                hint="Your share fits, but for small B it is not the only one: the square hides a sign.",
                fuller="0.63 + √(B/1000) gives the same B; keep it where it is at most 1.",
            ),
            Misconception(
                _lower_root_as_number,
                hint="You return one number; for small B two shares fit, so an array is asked for.",
                fuller="Put 0.63 − √(B/1000) and 0.63 + √(B/1000) into one array and keep what is at most 1.",
            ),
            Misconception(
                _upper_root_only,
                hint="You give only shares above 0.63; the smaller one fits as well.",
                fuller="0.63 − √(B/1000) is a share for every B up to 396.9.",
            ),
            Misconception(
                _outside_kept,
                hint="For large B one of your two numbers is above 1, and no share is.",
                fuller="Keep it only where it is at most 1: shares[shares <= 1].",
            ),
            Misconception(
                _thousand_forgotten,
                hint="You never divide by 1000, so hardly any B seems to have a share that fits.",
                fuller="(Bk − 0.63)² is B / 1000.",
            ),
            Misconception(
                _thousand_forgotten_unchecked,
                hint="Your numbers lie far outside 0 to 1: the factor 1000 was not undone.",
                fuller="(Bk − 0.63)² is B / 1000; afterwards keep what is at most 1.",
            ),
            Misconception(
                _root_before_division,
                hint="You take the root first and divide by 1000 afterwards.",
                fuller="First undo the factor, B / 1000, then the square.",
            ),
            Misconception(
                _root_forgotten,
                hint="You undo the factor 1000, but not the square.",
                fuller="The distance from 0.63 is √(B/1000).",
            ),
            Misconception(
                _sign_of_the_middle,
                hint="Your numbers are not above 0 as shares are: the 0.63 has come over with the wrong sign.",
                fuller="From Bk − 0.63 = ±√(B/1000) follows Bk = 0.63 ± √(B/1000).",
            ),
            Misconception(
                _middle_forgotten,
                hint="You return how far the share is from 0.63, to both sides, not the share itself.",
                fuller="Add 0.63 to both.",
            ),
            Misconception(
                _larger_first,
                hint="Both shares are right, but the smaller one should come first.",
                fuller="Begin with the minus sign.",
            ),
            Misconception(
                _in_percent,
                hint="You return percentages; a share goes from 0 to 1.",
                fuller="Leave out the factor 100.",
            ),
        ],
        praise="In 36 rows of this table two shares fit, and nothing in B tells which of them was measured.",
        setup="import numpy as np",
    ),
    Exercise(
        name="ranked_right",
        task=(
            "Measure a ranking: over all pairs of one chosen row and one other row, how often has the chosen one the "
            "higher score? Count equal scores one half."
        ),
        reference=ranked_right,
        probes=_ranking_probes,
        misconceptions=[
            Misconception(
                _ties_lost,
                hint="Pairs with equal scores count as lost in your function; they should count one half.",
                fuller="Add 0.5 for each pair whose difference is 0.",
            ),
            Misconception(
                _ties_won,
                hint="Pairs with equal scores count as won in your function; they should count one half.",
                fuller="Compare with > and add 0.5 for each pair whose difference is 0.",
            ),
            Misconception(
                _lower_is_right,
                hint="You count the pairs in which the chosen row has the lower score.",
                fuller="The chosen row should have the higher one.",
            ),
            Misconception(
                _pairs_counted,
                hint="You count the pairs; their share of all pairs was asked for.",
                fuller="Divide by the number of chosen rows times the number of others, or take the mean.",
            ),
            Misconception(
                _accuracy_at_one_half,
                hint="You ask whether each score is on the right side of 0.5; a ranking knows no such border.",
                fuller="Compare the score of each chosen row with the score of each other row.",
            ),
            Misconception(
                _against_all_rows,
                hint="You compare the chosen rows with all rows, also with themselves.",
                fuller="The partner in a pair is a row that was not chosen: scores[~chosen].",
            ),
            Misconception(
                _difference_of_means,
                hint="This is how much higher the chosen rows score on average, not how often.",
                fuller="Compare pair by pair, and take the mean of the outcomes.",
            ),
            Misconception(
                _best_of_the_chosen,
                hint="Only the best of the chosen rows is compared with the others.",
                fuller="Every chosen row makes a pair with every other row.",
            ),
            Misconception(
                _top_of_the_list,
                hint="You count the chosen rows at the top of the list; all pairs were asked for.",
                fuller="Compare the score of each chosen row with the score of each other row.",
            ),
        ],
        praise="Statisticians call this number the AUC; 0.5 is guessing, and it needs no threshold.",
        setup="import numpy as np",
    ),
    Exercise(
        name="permutation_rise",
        task=(
            "Write permutation importance by hand, for one shuffle: how much larger is the mean absolute error when "
            "one column is shuffled? The caller still needs `x` afterwards."
        ),
        reference=permutation_rise,
        probes=_importance_probes,
        misconceptions=[
            Misconception(
                _inverse_order,
                hint="You send row i's value to row order[i]; row i should get the value of row order[i].",
                fuller="Put the order on the right-hand side: x[order, column].",
            ),
            Misconception(
                _target_shuffled,
                hint="You shuffle the targets, so every column gets the same number.",
                fuller="Shuffle one column of a copy of x, and leave y as it is.",
            ),
            Misconception(
                _not_copied,
                hint="Your number is right, but x stays shuffled after the call.",
                fuller="Work on a copy: shuffled = x.copy().",
            ),
            Misconception(
                _not_copied_and_too_late,
                hint="x itself was shuffled before you measured its error, so both errors are the same.",
                fuller="shuffled = x is no copy, it is a second name for x; write x.copy().",
            ),
            Misconception(
                _fall_for_rise,
                hint="Your sign is the wrong way round: a column that matters makes the error rise.",
                fuller="Take the error with the shuffled column minus the error before.",
            ),
            Misconception(
                _whole_rows,
                hint="You shuffle whole rows, so all columns change at once.",
                fuller="Only shuffled[:, column] should change.",
            ),
            Misconception(
                _error_itself,
                hint="This is the error with the shuffled column; by how much has it risen?",
                fuller="Subtract the error before.",
            ),
            Misconception(
                _squared,
                hint="You compare squared errors; the mean absolute error was asked for.",
                fuller="Use np.abs instead of the square.",
            ),
            Misconception(
                _column_set_to_zero,
                hint="You set the column to 0, a value that may be far from all real ones.",
                fuller="Give row i the column's value of row order[i].",
            ),
            Misconception(
                _column_set_to_mean,
                hint="You set the column to its mean; shuffled, it keeps all of its values.",
                fuller="Give row i the column's value of row order[i].",
            ),
            Misconception(
                _ratio,
                hint="You divide one error by the other; the difference was asked for.",
                fuller="Take the error with the shuffled column minus the error before.",
            ),
            Misconception(
                _moved_predictions,
                hint="This is how far the predictions move; whether they get worse is seen only against y.",
                fuller="Compare the errors, |prediction − y|, with and without the shuffle.",
            ),
            Misconception(
                _errors_not_absolute,
                hint="Your errors cancel each other: the mean is taken before the absolute value.",
                fuller="Take np.abs of each error first, then the mean.",
            ),
        ],
        praise="Averaged over several shuffles this is what scikit-learn computes, for any model whatever.",
        setup="import numpy as np",
    ),
    Exercise(
        name="leak_share",
        task=(
            "Measure a leak: what share of the test rows has a row of its own group (here: its own town) among the "
            "training rows?"
        ),
        reference=leak_share,
        probes=_leak_probes,
        misconceptions=[
            Misconception(
                _the_other_way_round,
                hint="You look for the groups of the training rows among the test rows.",
                fuller="Ask it of each test row: np.isin(test_groups, train_groups).",
            ),
            Misconception(
                _groups_counted,
                hint="You count groups; a group with many test rows should count many times.",
                fuller="Leave out np.unique: ask it of each test row.",
            ),
            Misconception(
                _clean_share,
                hint="This is the share of the test rows whose group is new.",
                fuller="The share of the others was asked for.",
            ),
            Misconception(
                _leak_counted,
                hint="You count the rows; their share was asked for.",
                fuller="Divide by the number of test rows, or take the mean.",
            ),
            Misconception(
                _leak_in_percent,
                hint="You return a percentage; a number from 0 to 1 was asked for.",
                fuller="Leave out the factor 100.",
            ),
            Misconception(
                _divided_by_all_rows,
                hint="You divide by all rows, the training rows included.",
                fuller="It is the test rows that are asked about: divide by their number.",
            ),
            Misconception(
                _divided_by_training_rows,
                hint="You divide by the number of training rows.",
                fuller="It is the test rows that are asked about: divide by their number.",
            ),
            Misconception(
                _pairs_of_one_group,
                hint="You count pairs of a training row and a test row; one partner is enough for a test row.",
                fuller="Ask of each test row whether its group occurs at all: np.isin.",
            ),
        ],
        praise="Count this before you believe a test score: photographs, patients and towns all come in groups.",
        setup="import numpy as np",
    ),
]
