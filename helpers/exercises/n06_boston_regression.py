"""The exercises of notebook 06: two measures of a regression, standardising, a network's output, Huber's loss."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- the typical error


def rmse(y, y_hat):
    """Compute the root mean squared error of predictions.

    y: array of shape (n,), targets
    y_hat: array of shape (n,), predictions ŷ
    returns: one number, in the unit of y
    """
    return np.sqrt(np.mean((y_hat - y) ** 2))


def _root_forgotten(y, y_hat):
    return np.mean((y_hat - y) ** 2)


def _absolute_for_squared(y, y_hat):
    return np.mean(np.abs(y_hat - y))


def _sum_for_mean(y, y_hat):
    return np.sqrt(np.sum((y_hat - y) ** 2))


def _sum_divided_outside(y, y_hat):
    return np.sqrt(np.sum((y_hat - y) ** 2)) / len(y)


def _mean_before_square(y, y_hat):
    return np.sqrt(np.mean(y_hat - y) ** 2)


def _one_degree_less(y, y_hat):
    return np.sqrt(np.sum((y_hat - y) ** 2) / (len(y) - 1))


def _spread_of_the_errors(y, y_hat):
    return np.std(y_hat - y)


def _with_half(y, y_hat):
    return np.sqrt(np.mean((y_hat - y) ** 2) / 2)


def _each_error(y, y_hat):
    return np.sqrt((y_hat - y) ** 2)


def _relative_errors(y, y_hat):
    return np.sqrt(np.mean(((y_hat - y) / y) ** 2))


def _median_error(y, y_hat):
    return np.sqrt(np.median((y_hat - y) ** 2))


def _prediction_probes(rng):
    cases = [(np.array([10.0, 20.0, 30.0]), np.array([12.0, 19.0, 35.0]))]
    for n in (2, 5, 9):
        y = rng.uniform(5, 50, size=n)
        cases.append((y, y + rng.normal(1, 4, size=n)))
    y = rng.uniform(5, 50, size=6)
    return [*cases, (y, y[::-1].copy())]  # worse than the mean of y, with the same spread


# --- the share that is explained


def r_squared(y, y_hat):
    """Compute R² of predictions, with the mean of the targets as the rival.

    y: array of shape (n,), targets
    y_hat: array of shape (n,), predictions ŷ
    returns: one number, at most 1; 0 for predictions as good as the mean of y, negative for worse ones
    """
    return 1 - np.sum((y - y_hat) ** 2) / np.sum((y - np.mean(y)) ** 2)


def _swapped(y, y_hat):
    return 1 - np.sum((y - y_hat) ** 2) / np.sum((y_hat - np.mean(y_hat)) ** 2)


def _share_left(y, y_hat):
    return np.sum((y - y_hat) ** 2) / np.sum((y - np.mean(y)) ** 2)


def _correlation_squared(y, y_hat):
    return np.corrcoef(y, y_hat)[0, 1] ** 2


def _variance_of_predictions(y, y_hat):
    return np.sum((y_hat - np.mean(y)) ** 2) / np.sum((y - np.mean(y)) ** 2)


def _absolute_errors(y, y_hat):
    return 1 - np.sum(np.abs(y - y_hat)) / np.sum(np.abs(y - np.mean(y)))


def _rival_is_zero(y, y_hat):
    return 1 - np.sum((y - y_hat) ** 2) / np.sum(y**2)


def _root_of_shares(y, y_hat):
    return 1 - np.sqrt(np.sum((y - y_hat) ** 2) / np.sum((y - np.mean(y)) ** 2))


def _offset_forgiven(y, y_hat):
    return 1 - np.var(y - y_hat) / np.var(y)


def _never_negative(y, y_hat):
    return max(0.0, 1 - np.sum((y - y_hat) ** 2) / np.sum((y - np.mean(y)) ** 2))


def _mean_over_sum(y, y_hat):
    return 1 - np.mean((y - y_hat) ** 2) / np.sum((y - np.mean(y)) ** 2)


def _predictions_around_mean(y, y_hat):
    return 1 - np.sum((y - y_hat) ** 2) / np.sum((y_hat - np.mean(y)) ** 2)


def _brackets(y, y_hat):
    return (1 - np.sum((y - y_hat) ** 2)) / np.sum((y - np.mean(y)) ** 2)


# --- inputs of one size


def standardise(train, test):
    """Bring each column to mean 0 and standard deviation 1 (np.std), as measured on the training part.

    train: array of shape (n, d), inputs of the training part, one example per row
    test: array of shape (m, d), inputs of the test part
    returns: both parts, standardised in the same way, of shapes (n, d) and (m, d)
    """
    mean, spread = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / spread, (test - mean) / spread


def _fitted_on_all_rows(train, test):
    rows = np.vstack([train, test])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    return (train - mean) / spread, (test - mean) / spread


def _each_part_by_itself(train, test):
    return (train - train.mean(axis=0)) / train.std(axis=0), (test - test.mean(axis=0)) / test.std(axis=0)


def _fitted_on_test(train, test):
    mean, spread = test.mean(axis=0), test.std(axis=0)
    return (train - mean) / spread, (test - mean) / spread


def _test_left(train, test):
    return (train - train.mean(axis=0)) / train.std(axis=0), test


def _only_centred(train, test):
    mean = train.mean(axis=0)
    return train - mean, test - mean


def _only_divided(train, test):
    spread = train.std(axis=0)
    return train / spread, test / spread


def _by_variance(train, test):
    mean, variance = train.mean(axis=0), train.var(axis=0)
    return (train - mean) / variance, (test - mean) / variance


def _from_zero_to_one(train, test):
    low, high = train.min(axis=0), train.max(axis=0)
    return (train - low) / (high - low), (test - low) / (high - low)


def _whole_table(train, test):
    return (train - train.mean()) / train.std(), (test - train.mean()) / train.std()


def _row_by_row(train, test):
    return tuple((x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True) for x in (train, test))


def _sample_deviation(train, test):
    mean, spread = train.mean(axis=0), train.std(axis=0, ddof=1)
    return (train - mean) / spread, (test - mean) / spread


def _brackets_forgotten(train, test):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    return train - mean / spread, test - mean / spread


def _in_place(train, test):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    train -= mean
    train /= spread
    test -= mean
    test /= spread
    return train, test


def _table_probes(rng):
    cases = [(np.array([[1.0, 100.0], [3.0, 300.0]]), np.array([[2.0, 500.0], [4.0, 200.0], [0.0, 250.0]]))]
    for n, m, d in ((4, 3, 2), (6, 2, 3), (5, 4, 4)):
        sizes, middles = rng.uniform(0.5, 20, size=d), rng.normal(0, 5, size=d)
        cases.append((middles + sizes * rng.normal(size=(n, d)), middles + 1 + sizes * rng.normal(size=(m, d))))
    return cases


# --- what comes out of a regression network


def regression_output(x, W1, b1, W2, b2):
    """Compute the predictions of a network for regression: a hidden layer with ReLU, then the output layer.

    x: array of shape (n, inputs), one example per row
    W1, b1: arrays of shape (inputs, hidden) and (hidden,), weights and biases of the hidden layer
    W2, b2: arrays of shape (hidden, outputs) and (outputs,), weights and biases of the output layer
    returns: array of shape (n, outputs), predictions that may be any numbers
    """
    hidden = np.maximum(x @ W1 + b1, 0)
    return hidden @ W2 + b2


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _sigmoid_left_on(x, W1, b1, W2, b2):
    return _sigmoid(np.maximum(x @ W1 + b1, 0) @ W2 + b2)


def _relu_on_the_output(x, W1, b1, W2, b2):
    return np.maximum(np.maximum(x @ W1 + b1, 0) @ W2 + b2, 0)


def _tanh_on_the_output(x, W1, b1, W2, b2):
    return np.tanh(np.maximum(x @ W1 + b1, 0) @ W2 + b2)


def _no_hidden_activation(x, W1, b1, W2, b2):
    return (x @ W1 + b1) @ W2 + b2


def _sigmoid_hidden(x, W1, b1, W2, b2):
    return _sigmoid(x @ W1 + b1) @ W2 + b2


def _all_sigmoid(x, W1, b1, W2, b2):
    return _sigmoid(_sigmoid(x @ W1 + b1) @ W2 + b2)


def _no_output_bias(x, W1, b1, W2, b2):
    return np.maximum(x @ W1 + b1, 0) @ W2


def _no_hidden_bias(x, W1, b1, W2, b2):
    return np.maximum(x @ W1, 0) @ W2 + b2


def _hidden_bias_after(x, W1, b1, W2, b2):
    return (np.maximum(x @ W1, 0) + b1) @ W2 + b2


def _hidden_only(x, W1, b1, W2, b2):
    return np.maximum(x @ W1 + b1, 0)


def _outputs_added_up(x, W1, b1, W2, b2):
    return (np.maximum(x @ W1 + b1, 0) @ W2 + b2).sum(axis=1)


def _network_probes(rng):
    first = (np.array([[1.0, 2.0]]), np.array([[1.0, -1.0], [3.0, 1.0]]), np.array([0.5, -4.0]))
    cases = [(*first, np.array([[2.0], [5.0]]), np.array([7.5]))]
    for n, inputs, hidden, outputs in ((3, 2, 4, 1), (2, 3, 5, 2), (4, 5, 3, 2)):
        shapes = [(n, inputs), (inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
        cases.append(tuple(rng.normal(0, 1.5, size=shape) for shape in shapes))
    return cases


# --- between squared and absolute


def huber_loss(y, y_hat, delta):
    """Compute Huber's loss: ½ e² for errors e of sizes up to delta, and beyond a line that goes on without a jump.

    y: array of shape (n,), targets
    y_hat: array of shape (n,), predictions ŷ
    delta: one number above 0, the size of error where the parabola ends; the line has the slope delta
    returns: one number, the mean over the examples
    """
    size = np.abs(y_hat - y)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


def _always_squared(y, y_hat, delta):
    return np.mean(0.5 * (y_hat - y) ** 2)


def _always_absolute(y, y_hat, delta):
    return np.mean(np.abs(y_hat - y))


def _always_line(y, y_hat, delta):
    return np.mean(delta * (np.abs(y_hat - y) - 0.5 * delta))


def _half_forgotten(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.mean(np.where(size <= delta, size**2, delta * (size - 0.5 * delta)))


def _twice(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.mean(np.where(size <= delta, size**2, 2 * delta * size - delta**2))


def _line_through_zero(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * size))


def _line_without_bracket(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * size - 0.5 * delta))


def _slope_of_one(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.mean(np.where(size <= delta, 0.5 * size**2, size - 0.5 * delta))


def _pieces_swapped(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.mean(np.where(size > delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


def _errors_cut_off(y, y_hat, delta):
    return np.mean(0.5 * np.minimum(np.abs(y_hat - y), delta) ** 2)


def _sign_kept(y, y_hat, delta):
    error = y_hat - y
    return np.mean(np.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta)))


def _other_sign_kept(y, y_hat, delta):
    error = y - y_hat
    return np.mean(np.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta)))


def _sum_of_losses(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.sum(np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


def _each_loss(y, y_hat, delta):
    size = np.abs(y_hat - y)
    return np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta))


def _huber_probes(rng):
    cases = [(np.array([20.0, 20.0, 20.0]), np.array([21.0, 15.0, 30.0]), 2.0)]
    for n, delta in ((3, 0.5), (5, 1.5), (8, 3.0)):
        y = rng.uniform(5, 50, size=n)
        errors = rng.choice([-1, 1], size=n) * delta * rng.uniform(0.2, 4, size=n)
        # One small and two large errors, of both signs, are in every probe.
        errors[:3] = 0.5 * delta, -3 * delta, 2.5 * delta
        cases.append((y, y + errors, delta))
    return cases


EXERCISES = [
    Exercise(
        name="rmse",
        task="Write the *root mean squared error*, RMSE: square the errors, take the mean of the squares, and then "
        "the root of that mean.",
        reference=rmse,
        probes=_prediction_probes,
        misconceptions=[
            Misconception(
                _root_forgotten,
                hint="This is the mean squared error; its unit is the square of that of y.",
                fuller="Take the root of the mean, np.sqrt.",
            ),
            Misconception(
                _absolute_for_squared,
                hint="This is the mean *absolute* error, in which one error of 10 weighs no more than ten of 1.",
                fuller="Square the errors before you take the mean. (The root of each square is its absolute value "
                "again: the root comes last.)",
            ),
            Misconception(
                _sum_for_mean,
                hint="Your result grows with the number of examples: under the root there is a sum.",
                fuller="np.mean where you have np.sum.",
            ),
            Misconception(
                _sum_divided_outside,
                hint="You divide by n outside the root; with more examples your result becomes smaller and smaller.",
                fuller="Divide the sum of squares first, that is, take its mean, and then the root.",
            ),
            Misconception(
                _mean_before_square,
                hint="Errors of opposite sign cancel in your result, because the mean is taken before the square.",
                fuller="The order is: square, mean, root.",
            ),
            Misconception(
                _one_degree_less,
                hint="You divide by n − 1; the mean of the squares is their sum divided by n.",
                fuller="n − 1 belongs to the estimate of a spread around a mean that was found from the same numbers.",
            ),
            Misconception(
                _spread_of_the_errors,
                hint="This is the standard deviation of the errors: if all predictions are 5 too high, it says 0.",
                fuller="np.std takes the mean off first. Square the errors as they are.",
            ),
            Misconception(
                _with_half,
                hint="There is a ½ under your root; it belongs to the loss of notebook 05, where it cancels a 2.",
                fuller="Leave it out: RMSE is a measure for people, and nobody differentiates it.",
            ),
            Misconception(
                _each_error,
                hint="These are the sizes of the single errors; one number was asked for.",
                fuller="Take the mean of the squares before the root.",
            ),
            Misconception(
                _relative_errors,
                hint="You divide each error by its target; that measures shares of the price instead of dollars.",
                fuller="The error is y_hat - y.",
            ),
            Misconception(
                _median_error,
                hint="This is the root of the *median* square, which does not notice the largest errors at all.",
                fuller="np.mean where you have np.median.",
            ),
        ],
        praise="It is in the unit of the target, like the mean absolute error, but one error of 10 weighs as much as a "
        "hundred of 1.",
        setup="import numpy as np",
    ),
    Exercise(
        name="r_squared",
        task="Write R². The denominator measures the rival: somebody who knows nothing but the mean of the targets.",
        reference=r_squared,
        probes=_prediction_probes,
        misconceptions=[
            Misconception(
                _swapped,
                hint="Your result would come from swapped arguments: the denominator is made from the predictions.",
                fuller="The rival predicts the mean of the *targets*: np.sum((y - np.mean(y)) ** 2).",
            ),
            Misconception(
                _predictions_around_mean,
                hint="Below the line you measure how far the *predictions* are from the mean of y; the rival's errors "
                "are how far the targets are from it.",
                fuller="np.sum((y - np.mean(y)) ** 2).",
            ),
            Misconception(
                _share_left,
                hint="This is the share of the squared error that is left; R² is the share that is gone.",
                fuller="Subtract it from 1.",
            ),
            Misconception(
                _correlation_squared,
                hint="This is the squared correlation: predictions that are all 100 too high would get full marks.",
                fuller="Compare squared errors: 1 minus those of the predictions divided by those of the mean.",
            ),
            Misconception(
                _variance_of_predictions,
                hint="You compare how far the predictions spread, not how close they are to the targets.",
                fuller="The numerator holds the errors, y - y_hat.",
            ),
            Misconception(
                _absolute_errors,
                hint="You add up absolute errors; R² takes squares.",
                fuller="Square the errors above and below the line.",
            ),
            Misconception(
                _rival_is_zero,
                hint="Your rival always predicts 0, which is far too easy to beat.",
                fuller="Take the mean of y off before you square.",
            ),
            Misconception(
                _root_of_shares,
                hint="You take a root; R² compares squares as they are.",
                fuller="Leave np.sqrt out.",
            ),
            Misconception(
                _offset_forgiven,
                hint="A prediction that is always 5 too high loses nothing in your result.",
                fuller="np.var takes the mean of the errors off; add up (y - y_hat) ** 2 instead.",
            ),
            Misconception(
                _never_negative,
                hint="You turn what is below 0 into 0, and hide that a prediction is worse than the mean.",
                fuller="Return the number as it is.",
            ),
            Misconception(
                _mean_over_sum,
                hint="One of your two is a mean and the other a sum, so the result depends on the number of examples.",
                fuller="Take sums above and below, or means above and below.",
            ),
            Misconception(
                _brackets,
                hint="The 1 is divided, too: it stands inside your bracket.",
                fuller="First the division, then 1 minus its result.",
            ),
        ],
        praise="R² has no unit, so it can be read without knowing that of the targets; and it can be negative.",
    ),
    Exercise(
        name="standardise",
        task="Standardise all inputs: mean 0 and standard deviation 1 (np.std). The test part stands for houses "
        "that come later: whatever is measured to scale them has to be measured on the training part.",
        reference=standardise,
        probes=_table_probes,
        misconceptions=[
            Misconception(
                _fitted_on_all_rows,
                hint="Mean and spread of your columns come from all rows, those of the test part included.",
                fuller="Houses that come later cannot have taken part: use train.mean(axis=0) and train.std(axis=0).",
            ),
            Misconception(
                _each_part_by_itself,
                hint="You scale the test part by its own mean and spread, so the same house gets other numbers there.",
                fuller="Both parts are scaled by the numbers of the training part.",
            ),
            Misconception(
                _fitted_on_test,
                hint="You scale by mean and spread of the test part.",
                fuller="Measure both on train.",
            ),
            Misconception(
                _test_left,
                hint="The training part is right, but the test part is returned as it came.",
                fuller="A network that learned from scaled inputs needs scaled inputs.",
            ),
            Misconception(
                _only_centred,
                hint="The means are 0, but the columns are still of different size.",
                fuller="Divide by the standard deviation of each column.",
            ),
            Misconception(
                _only_divided,
                hint="The columns are of one size, but their means are not 0.",
                fuller="Subtract the mean of each column first.",
            ),
            Misconception(
                _by_variance,
                hint="You divide by the variance, which is the square of the standard deviation.",
                fuller="train.std(axis=0).",
            ),
            Misconception(
                _from_zero_to_one,
                hint="Your training part lies between 0 and 1: that is normalising, the other usual way.",
                fuller="Subtract the mean and divide by the standard deviation; the result has no fixed range.",
                errata=("XA13",),
            ),
            Misconception(
                _whole_table,
                hint="You take one mean and one spread for the whole table, so large columns stay large.",
                fuller="Each column has its own: axis=0.",
            ),
            Misconception(
                _row_by_row,
                hint="You scale each house by itself, over its own columns.",
                fuller="A column is compared with itself over all houses: axis=0, not axis=1.",
            ),
            Misconception(
                _sample_deviation,
                hint="You divide by the standard deviation with n − 1 inside (ddof=1), as pandas does.",
                fuller="With 404 rows nobody would notice; here, as in scikit-learn, it is NumPy's own std.",
            ),
            Misconception(
                _brackets_forgotten,
                hint="Python divides before it subtracts.",
                fuller="Put the difference in brackets: (train - mean) / spread.",
            ),
            Misconception(
                _in_place,
                hint="The values are right, but the arrays train and test were changed on the way.",
                fuller="(train - mean) / spread makes a new array; train -= … changes the old one.",
            ),
        ],
        praise="What is measured to prepare the data belongs to the training; the test part has no share in it.",
        setup="import numpy as np",
    ),
    Exercise(
        name="regression_output",
        task="Write the forward pass of a network for regression. Mind what belongs on the last layer.",
        reference=regression_output,
        probes=_network_probes,
        misconceptions=[
            Misconception(
                _sigmoid_left_on,
                hint="All your predictions lie between 0 and 1: a sigmoid is left on the output.",
                fuller="The last layer of a regression is linear: return hidden @ W2 + b2 as it is.",
                errata=("XA10",),
            ),
            Misconception(
                _relu_on_the_output,
                hint="None of your predictions is negative: there is a ReLU on the output.",
                fuller="It belongs between the layers. A target may be negative, and a standardised one often is.",
                errata=("XA10",),
            ),
            Misconception(
                _tanh_on_the_output,
                hint="All your predictions lie between −1 and 1: there is a tanh on the output.",
                fuller="The last layer of a regression is linear.",
                errata=("XA10",),
            ),
            Misconception(
                _no_hidden_activation,
                hint="Nothing bends between your two layers, so together they are one linear layer.",
                fuller="ReLU keeps what is positive: np.maximum(z, 0).",
            ),
            Misconception(
                _sigmoid_hidden,
                hint="Your hidden layer has a sigmoid; ReLU was asked for.",
                fuller="np.maximum(x @ W1 + b1, 0).",
            ),
            Misconception(
                _all_sigmoid,
                hint="Both your layers have a sigmoid, so all predictions lie between 0 and 1.",
                fuller="Here the hidden layer has ReLU, and the output layer nothing.",
                errata=("XA10",),
            ),
            Misconception(
                _no_output_bias,
                hint="The bias of the output layer is missing.",
                fuller="Add b2: it is where the predictions start from.",
            ),
            Misconception(
                _no_hidden_bias,
                hint="The biases of the hidden layer are missing.",
                fuller="Add b1 before the ReLU.",
            ),
            Misconception(
                _hidden_bias_after,
                hint="You add the hidden biases after the ReLU; they decide where it bends.",
                fuller="np.maximum(x @ W1 + b1, 0).",
            ),
            Misconception(
                _hidden_only,
                hint="This is the hidden layer; the output layer has still to come.",
                fuller="Multiply by W2 and add b2.",
            ),
            Misconception(
                _outputs_added_up,
                hint="You add up the outputs of each example; a network with two outputs makes two predictions.",
                fuller="Leave the sum out: the result has the shape (n, outputs).",
            ),
        ],
        praise="A linear output can say any number, and with several columns in W2 it says several at once.",
        setup="import numpy as np",
    ),
    Exercise(
        name="huber_loss",
        task="Write Huber's loss. It squares small errors, and lets large ones count only in proportion to their size.",
        reference=huber_loss,
        probes=_huber_probes,
        misconceptions=[
            Misconception(
                _always_squared,
                hint="You square large errors as well; delta makes no difference to your result.",
                fuller="np.where(size <= delta, …, …) chooses between the parabola and the line.",
            ),
            Misconception(
                _always_absolute,
                hint="This is the mean absolute error; delta makes no difference to it.",
                fuller="Small errors are squared: ½ e².",
            ),
            Misconception(
                _always_line,
                hint="You use the line for small errors as well, where it can even be negative.",
                fuller="np.where(size <= delta, …, …) chooses between the parabola and the line.",
            ),
            Misconception(
                _half_forgotten,
                hint="The ½ of the parabola is missing, so parabola and line do not meet at delta.",
                fuller="At delta both are ½ delta².",
            ),
            Misconception(
                _twice,
                hint="Your loss is twice Huber's.",
                fuller="The parabola is ½ e², and the line delta (|e| - ½ delta).",
            ),
            Misconception(
                _line_through_zero,
                hint="Your loss jumps at delta: the line begins too high there.",
                fuller="Subtract ½ delta inside the bracket, so that it goes on where the parabola ends.",
            ),
            Misconception(
                _line_without_bracket,
                hint="Your line has the right slope, but does not begin where the parabola ends: its ½ delta is not "
                "multiplied by delta.",
                fuller="delta * (size - 0.5 * delta), with the bracket.",
            ),
            Misconception(
                _slope_of_one,
                hint="Your line has the slope 1; the parabola arrives at delta with the slope delta.",
                fuller="Multiply by delta.",
            ),
            Misconception(
                _pieces_swapped,
                hint="You have the two pieces the wrong way round: large errors are squared.",
                fuller="The parabola is for sizes up to delta.",
            ),
            Misconception(
                _errors_cut_off,
                hint="You cut errors off at delta, so beyond it nothing gets worse, and nothing is learned from them.",
                fuller="Beyond delta the loss goes on in a straight line.",
            ),
            Misconception(
                _sign_kept,
                hint="Predictions that are far too low are squared in your loss: you compare the error with its sign.",
                fuller="Compare its size, np.abs(y_hat - y).",
            ),
            Misconception(
                _other_sign_kept,
                hint="Predictions that are far too high are squared in your loss: you compare the error with its sign.",
                fuller="Compare its size, np.abs(y - y_hat).",
            ),
            Misconception(
                _sum_of_losses,
                hint="Your result grows with the number of examples.",
                fuller="Take the mean.",
            ),
            Misconception(
                _each_loss,
                hint="These are the losses of the single examples; one number was asked for.",
                fuller="Take their mean.",
            ),
        ],
        praise="Near its minimum it is as smooth as the square, and an outlier pulls no harder than delta.",
        setup="import numpy as np",
    ),
]
