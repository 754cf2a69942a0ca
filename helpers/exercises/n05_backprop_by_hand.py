"""The exercises of notebook 05: inner derivatives, the error terms of both layers, the gradient, and a step."""

import numpy as np

from helpers.exercises.exercise import Exercise, Misconception

# --- the chain rule


def slope_of_power(x, m, c, n):
    """Compute the derivative of f(x) = (m x + c)ⁿ with respect to x.

    x: one number, the place
    m, c: two numbers
    n: whole number, 2 or more
    returns: one number, f'(x)
    """
    v = m * x + c
    return n * v ** (n - 1) * m


def _inner_forgotten(x, m, c, n):
    return n * (m * x + c) ** (n - 1)


def _outer_at_x(x, m, c, n):
    return n * x ** (n - 1) * m


def _exponent_kept(x, m, c, n):
    return n * (m * x + c) ** n * m


def _factor_forgotten(x, m, c, n):
    return (m * x + c) ** (n - 1) * m


def _inner_whole(x, m, c, n):
    return n * (m * x + c) ** (n - 1) * (m + c)


def _inner_raised(x, m, c, n):
    return n * m ** (n - 1)


def _function_itself(x, m, c, n):
    return (m * x + c) ** n


def _derivatives_added(x, m, c, n):
    return n * (m * x + c) ** (n - 1) + m


def _inner_times_x(x, m, c, n):
    return n * (m * x + c) ** (n - 1) * m * x


def _power_probes(rng):
    cases = [(1.0, 2.0, -5.0, 3), (0.5, 3.0, 1.0, 2)]
    for n in (2, 3, 4):
        cases.append((*(float(number) for number in rng.uniform(0.5, 2, size=3)), n))
    return cases


# --- the error term of an output unit


def output_delta(y, y_hat):
    """Compute δ = ∂E/∂z of sigmoid output units for the error E = ½ (y - ŷ)².

    y: array of shape (n,), targets
    y_hat: array of shape (n,), outputs ŷ = σ(z)
    returns: array of shape (n,)
    """
    return (y_hat - y) * y_hat * (1 - y_hat)


def _delta_sign(y, y_hat):
    return (y - y_hat) * y_hat * (1 - y_hat)


def _delta_of_cross_entropy(y, y_hat):
    return y_hat - y


def _delta_of_cross_entropy_sign(y, y_hat):
    return y - y_hat


def _sigmoid_of_output(y, y_hat):
    a = 1 / (1 + np.exp(-y_hat))
    return (y_hat - y) * a * (1 - a)


def _slope_of_target(y, y_hat):
    return (y_hat - y) * y * (1 - y)


def _without_half(y, y_hat):
    return 2 * (y_hat - y) * y_hat * (1 - y_hat)


def _slope_only(y, y_hat):
    return y_hat * (1 - y_hat)


def _error_squared(y, y_hat):
    return (y_hat - y) ** 2 * y_hat * (1 - y_hat)


def _slope_of_tanh(y, y_hat):
    return (y_hat - y) * (1 - y_hat**2)


def _output_added_up(y, y_hat):
    return np.sum((y_hat - y) * y_hat * (1 - y_hat))


def _output_mean(y, y_hat):
    return (y_hat - y) * y_hat * (1 - y_hat) / len(y)


def _output_probes(rng):
    cases = [(np.array([1.0, 0.0]), np.array([0.75, 0.25]))]
    for n in (2, 3, 5):
        cases.append((rng.uniform(0, 1, size=n), rng.uniform(0.1, 0.9, size=n)))
    return cases


# --- the error terms of a hidden layer


def hidden_delta(delta, W, a):
    """Send the error terms of a layer back to the sigmoid units of the layer below.

    delta: array of shape (n, targets), ∂E/∂z of the layer above, one example per row
    W: array of shape (sources, targets), the weights between the two layers, W[source, target]
    a: array of shape (n, sources), activations of the layer below
    returns: array of shape (n, sources), ∂E/∂z of the layer below
    """
    return (delta @ W.T) * a * (1 - a)


def _matrix_product_of_slopes(delta, W, a):
    return delta @ W.T @ (a * (1 - a))


def _not_transposed(delta, W, a):
    return (delta @ W) * a * (1 - a)


def _no_slope(delta, W, a):
    return delta @ W.T


def _slope_twice(delta, W, a):
    return (delta @ W.T) * (a * (1 - a)) ** 2


def _slope_of_sigmoid_of_a(delta, W, a):
    s = 1 / (1 + np.exp(-a))
    return (delta @ W.T) * s * (1 - s)


def _activation_for_slope(delta, W, a):
    return (delta @ W.T) * a


def _first_target_only(delta, W, a):
    return delta[:, :1] @ W[:, :1].T * a * (1 - a)


def _mean_over_targets(delta, W, a):
    return delta @ W.T / W.shape[1] * a * (1 - a)


def _weights_forgotten(delta, W, a):
    return delta.sum(axis=1, keepdims=True) * a * (1 - a)


def _hidden_sign(delta, W, a):
    return -(delta @ W.T) * a * (1 - a)


def _hidden_mean_of_examples(delta, W, a):
    return (delta @ W.T) * a * (1 - a) / len(a)


def _tanh_slope(delta, W, a):
    return (delta @ W.T) * (1 - a**2)


def _hidden_probes(rng):
    cases = [(np.array([[0.1, -0.2]]), np.array([[1.0, 2.0], [0.0, -3.0]]), np.array([[0.5, 0.75]]))]
    for n, sources, targets in ((3, 3, 3), (4, 3, 2), (2, 4, 3), (5, 2, 1)):
        shapes = ((n, targets), (sources, targets))
        cases.append((*(rng.normal(size=shape) for shape in shapes), rng.uniform(0.1, 0.9, size=(n, sources))))
    return cases


# --- from error terms to gradients


def layer_gradients(a, delta):
    """Compute the gradients of the weights and biases of one layer, added up over the examples.

    a: array of shape (n, sources), what goes into the layer, one example per row
    delta: array of shape (n, targets), ∂E/∂z of the layer
    returns: dW of shape (sources, targets), db of shape (targets,)
    """
    return a.T @ delta, delta.sum(axis=0)


def _targets_first(a, delta):
    return delta.T @ a, delta.sum(axis=0)


def _only_multiplied(a, delta):
    return a * delta, delta.sum(axis=0)


def _bias_not_added_up(a, delta):
    return a.T @ delta, delta


def _means(a, delta):
    return a.T @ delta / len(a), delta.mean(axis=0)


def _first_example(a, delta):
    return np.outer(a[0], delta[0]), delta[0]


def _sums_first(a, delta):
    return np.outer(a.sum(axis=0), delta.sum(axis=0)), delta.sum(axis=0)


def _bias_over_targets(a, delta):
    return a.T @ delta, delta.sum(axis=1)


def _bias_one_number(a, delta):
    return a.T @ delta, delta.sum()


def _bias_mean(a, delta):
    return a.T @ delta, delta.mean(axis=0)


def _bias_from_activations(a, delta):
    return a.T @ delta, a.sum(axis=0)


def _uphill(a, delta):
    return -a.T @ delta, -delta.sum(axis=0)


def _gradient_probes(rng):
    cases = [(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0], [-1.0]]))]
    for n, sources, targets in ((1, 3, 2), (3, 3, 3), (4, 2, 3), (5, 4, 2)):
        cases.append((rng.normal(size=(n, sources)), rng.normal(size=(n, targets))))
    return cases


# --- the step


def descend(W, b, dW, db, eta, n):
    """Take one step downhill with gradients that were added up over a mini-batch.

    W, dW: arrays of shape (sources, targets), weights and their gradient
    b, db: arrays of shape (targets,), biases and their gradient
    eta: one number, the learning rate η
    n: whole number, how many examples the batch has; the step follows the mean over them
    returns: the new W and the new b
    """
    return W - eta / n * dW, b - eta / n * db


def _ascend(W, b, dW, db, eta, n):
    return W + eta / n * dW, b + eta / n * db


def _sum_for_mean(W, b, dW, db, eta, n):
    return W - eta * dW, b - eta * db


def _biases_left(W, b, dW, db, eta, n):
    return W - eta / n * dW, b


def _bias_ascends(W, b, dW, db, eta, n):
    return W - eta / n * dW, b + eta / n * db


def _bias_sum(W, b, dW, db, eta, n):
    return W - eta / n * dW, b - eta * db


def _changes_only(W, b, dW, db, eta, n):
    return -eta / n * dW, -eta / n * db


def _no_rate(W, b, dW, db, eta, n):
    return W - dW / n, b - db / n


def _times_n(W, b, dW, db, eta, n):
    return W - eta * n * dW, b - eta * n * db


def _only_direction(W, b, dW, db, eta, n):
    return W - eta * np.sign(dW), b - eta * np.sign(db)


def _replaced(W, b, dW, db, eta, n):
    return eta / n * dW, eta / n * db


def _in_place(W, b, dW, db, eta, n):
    W -= eta / n * dW
    b -= eta / n * db
    return W, b


def _step_probes(rng):
    cases = [(np.array([[1.0, 2.0]]), np.array([0.0, 0.5]), np.array([[4.0, -4.0]]), np.array([2.0, 8.0]), 0.5, 2)]
    for n, sources, targets in ((3, 2, 3), (5, 4, 2), (8, 3, 3)):
        shapes = [(sources, targets), (targets,)] * 2
        cases.append((*(rng.normal(size=shape) for shape in shapes), float(rng.uniform(0.05, 0.9)), n))
    return cases


EXERCISES = [
    Exercise(
        name="slope_of_power",
        task="Differentiate $f(x) = (m x + c)^n$ with the chain rule: the outer derivative, taken at $v = m x + c$, "
        "times the inner one.",
        reference=slope_of_power,
        probes=_power_probes,
        misconceptions=[
            Misconception(
                _inner_forgotten,
                hint="The outer derivative is right, and the inner one is missing.",
                fuller="When x grows by 1, v grows by m: multiply by m.",
            ),
            Misconception(
                _outer_at_x,
                hint="You take the outer derivative at x.",
                fuller="The outer function never sees x; take its derivative at v = m x + c.",
                errata=("XB2",),
            ),
            Misconception(
                _exponent_kept,
                hint="The exponent is still n.",
                fuller="The derivative of vⁿ is n vⁿ⁻¹.",
            ),
            Misconception(
                _factor_forgotten,
                hint="The exponent has gone down, but nothing came in front of the power.",
                fuller="The derivative of vⁿ is n vⁿ⁻¹.",
                errata=("XA26",),
            ),
            Misconception(
                _inner_whole,
                hint="Your inner derivative holds c, but a constant does not grow with x.",
                fuller="The derivative of m x + c is m.",
            ),
            Misconception(
                _inner_raised,
                hint="Your outer derivative is taken at the inner derivative m.",
                fuller="It belongs at v = m x + c; the inner derivative is a factor of its own.",
            ),
            Misconception(
                _function_itself,
                hint="This is f(x), not its derivative.",
                fuller="The derivative is the outer derivative at v times m.",
            ),
            Misconception(
                _derivatives_added,
                hint="You add the two derivatives.",
                fuller="Slopes in a chain are multiplied: v grows m times as fast as x, and f n vⁿ⁻¹ times "
                "as fast as v.",
            ),
            Misconception(
                _inner_times_x,
                hint="Your inner derivative is m x.",
                fuller="m x + c grows by m for each 1 of x: the derivative is m.",
            ),
        ],
        praise="Outer derivative at the inner value, times inner derivative: the rest of this notebook repeats it.",
    ),
    Exercise(
        name="output_delta",
        task="Write the error term δ = ∂E/∂z of sigmoid output units, for the error $E = \\tfrac12 (y - \\hat y)^2$ of "
        "each. Mind the sign: δ is the plain derivative, and a step will *subtract* it. Try it without looking up.",
        reference=output_delta,
        probes=_output_probes,
        misconceptions=[
            Misconception(
                _delta_sign,
                hint="Your sign is turned round: with it, a step against the gradient would climb.",
                fuller="The derivative of ½(y - ŷ)² with respect to ŷ is -(y - ŷ) = ŷ - y.",
                errata=("XA4", "XC1", "XB13"),
            ),
            Misconception(
                _delta_of_cross_entropy,
                hint="This is ŷ - y, the error term of cross-entropy with a sigmoid.",
                fuller="With squared error the slope of the sigmoid, ŷ(1 - ŷ), stays in.",
                errata=("XA5",),
            ),
            Misconception(
                _delta_of_cross_entropy_sign,
                hint="This is the difference y - ŷ. Its sign is turned round, and the slope of the sigmoid is missing.",
                fuller="δ = (ŷ - y) times ŷ(1 - ŷ).",
                errata=("XA4", "XA5"),
            ),
            Misconception(
                _sigmoid_of_output,
                hint="You take the sigmoid of ŷ, which is a sigmoid already.",
                fuller="The slope at z, written with the output, is ŷ(1 - ŷ).",
                errata=("XB2", "XC3"),
            ),
            Misconception(
                _slope_of_target,
                hint="You take the slope at the target.",
                fuller="The unit stands where its output is: ŷ(1 - ŷ).",
                errata=("XB8",),
            ),
            Misconception(
                _without_half,
                hint="Your result is twice as large as it should be.",
                fuller="The ½ in front of the square and the 2 from its derivative cancel.",
                errata=("XA9",),
            ),
            Misconception(
                _slope_only,
                hint="This is the slope of the sigmoid; the derivative of the error with respect to ŷ is missing.",
                fuller="Multiply by ŷ - y.",
            ),
            Misconception(
                _error_squared,
                hint="The difference is squared in your result.",
                fuller="The derivative of a square has the first power only: ŷ - y.",
            ),
            Misconception(
                _slope_of_tanh,
                hint="1 - ŷ² is the slope of tanh.",
                fuller="The sigmoid's slope is ŷ(1 - ŷ).",
            ),
            Misconception(
                _output_added_up,
                hint="You added everything up; each unit has an error term of its own.",
                fuller="Leave out np.sum.",
            ),
            Misconception(
                _output_mean,
                hint="You divided by the number of units.",
                fuller="Each unit has an error term of its own: leave out the division by len(y).",
            ),
        ],
        praise="Error times slope: everything that flows back into the network begins with this product.",
        setup="import numpy as np",
    ),
    Exercise(
        name="hidden_delta",
        task="A hidden unit has no target. Send the error terms of the layer above back through the weights, and "
        "multiply by the slope of the sigmoid, which is a(1 − a). There may be several units above, and several "
        "examples. Try it without looking up.",
        reference=hidden_delta,
        probes=_hidden_probes,
        misconceptions=[
            Misconception(
                _matrix_product_of_slopes,
                hint="You multiply by the slopes as a matrix; with as many examples as units no error message tells "
                "you.",
                fuller="Each unit has its own slope: use `*`, entry by entry (the lectures' ⊙).",
                errata=("XA6",),
            ),
            Misconception(
                _not_transposed,
                hint="You use W where its transpose belongs: that works for square W only, and is wrong there.",
                fuller="delta has one number for each target, and W is W[source, target]: delta @ W.T has one "
                "for each source.",
                errata=("XB12",),
            ),
            Misconception(
                _no_slope,
                hint="This is ∂E/∂a; the way through the sigmoid to z is missing.",
                fuller="Multiply by a * (1 - a).",
            ),
            Misconception(
                _slope_twice,
                hint="The slope of the sigmoid is in your result twice.",
                fuller="Multiply by a * (1 - a) once.",
            ),
            Misconception(
                _slope_of_sigmoid_of_a,
                hint="You take the slope at the activation; it belongs to the sum z.",
                fuller="a is σ(z) already, so the slope at z is a * (1 - a), without another sigmoid.",
                errata=("XB2",),
            ),
            Misconception(
                _activation_for_slope,
                hint="You multiply by the activation instead of the slope.",
                fuller="The slope of the sigmoid is a * (1 - a).",
            ),
            Misconception(
                _first_target_only,
                hint="Only the first unit above sends its error back.",
                fuller="A hidden unit acts on all units above: their error terms, each times its weight, are added up.",
                errata=("XD15",),
            ),
            Misconception(
                _mean_over_targets,
                hint="You take the mean over the units above.",
                fuller="Every way from the unit to the error counts in full: add them up.",
            ),
            Misconception(
                _weights_forgotten,
                hint="In your result all weights are 1.",
                fuller="An error comes back through the same weight through which the activation went forward.",
            ),
            Misconception(
                _hidden_sign,
                hint="Your sign is turned round.",
                fuller="delta is ∂E/∂z already, sign included; no further minus comes in.",
                errata=("XA4",),
            ),
            Misconception(
                _hidden_mean_of_examples,
                hint="You divided by the number of examples.",
                fuller="Each row is one example with error terms of its own; a mean comes later, if at all.",
            ),
            Misconception(
                _tanh_slope,
                hint="1 - a² is the slope of tanh.",
                fuller="The units are sigmoids: a * (1 - a).",
            ),
        ],
        praise="With this one line an error finds its way back through any number of layers.",
        setup="import numpy as np",
    ),
    Exercise(
        name="layer_gradients",
        task="From the error terms of a layer to its gradients, added up over the examples: each weight's is the "
        "activation it carries times the error term it leads to, and a bias is a weight whose input is always 1. Try "
        "it without looking up.",
        reference=layer_gradients,
        probes=_gradient_probes,
        misconceptions=[
            Misconception(
                _targets_first,
                hint="Your dW is transposed: its rows belong to the targets.",
                fuller="dW has the shape of W[source, target]: a.T @ delta.",
                errata=("XA22", "XD14"),
            ),
            Misconception(
                _only_multiplied,
                hint="You multiply entry by entry; every source meets every target.",
                fuller="For one example that is the outer product, for many a.T @ delta, which adds them up.",
                errata=("XC5", "XA8"),
            ),
            Misconception(
                _bias_not_added_up,
                hint="dW is right. Your db still has one row for each example.",
                fuller="Add up over the rows: delta.sum(axis=0).",
            ),
            Misconception(
                _means,
                hint="You took means over the examples; sums were asked for.",
                fuller="Leave out the division by n.",
            ),
            Misconception(
                _first_example,
                hint="Only the first example is in your result.",
                fuller="a.T @ delta adds up the outer products of all of them.",
            ),
            Misconception(
                _sums_first,
                hint="You add up over the examples before you multiply, so that one example's activation meets "
                "another's error.",
                fuller="Multiply within each example, then add up: a.T @ delta does both.",
            ),
            Misconception(
                _bias_over_targets,
                hint="dW is right. Your db is added up along the wrong axis.",
                fuller="There is one bias for each target, so the examples are added up: axis=0.",
            ),
            Misconception(
                _bias_one_number,
                hint="dW is right. Your db is one number for the whole layer.",
                fuller="Each target has its own bias: delta.sum(axis=0).",
            ),
            Misconception(
                _bias_mean,
                hint="dW is a sum over the examples, but your db is a mean.",
                fuller="Both are sums here.",
            ),
            Misconception(
                _bias_from_activations,
                hint="dW is right. Your db comes from the activations.",
                fuller="A bias belongs to a target and has the input 1: its gradient is δ, added up over the examples.",
                errata=("XD6",),
            ),
            Misconception(
                _uphill,
                hint="Your signs are turned round.",
                fuller="These are the gradients themselves; the minus belongs to the step.",
                errata=("XC1",),
            ),
        ],
        praise="Two short expressions hold the gradient of a whole layer, whatever stands above it.",
        setup="import numpy as np",
    ),
    Exercise(
        name="descend",
        task="Take the step: the new weights and biases of a layer, from gradients that were *added up* over a "
        "mini-batch of n examples. The step follows their mean, so that it does not grow with the batch. (Unlike "
        "in section 8, the 1/n has not been put into δ.)",
        reference=descend,
        probes=_step_probes,
        misconceptions=[
            Misconception(
                _ascend,
                hint="You walk uphill: the error grows with every step.",
                fuller="Subtract the gradient.",
                errata=("XC1",),
            ),
            Misconception(
                _sum_for_mean,
                hint="Your step is n times too long: it follows the sum over the batch.",
                fuller="Divide by n, as two of the lectures do; another applies the sum.",
                errata=("XB15",),
            ),
            Misconception(
                _biases_left,
                hint="The weights are right, and the biases have not moved.",
                fuller="b is learned as W is.",
                errata=("XD3",),
            ),
            Misconception(
                _bias_ascends,
                hint="The weights go downhill, the biases uphill.",
                fuller="Subtract both.",
            ),
            Misconception(
                _bias_sum,
                hint="The weights follow the mean, the biases the sum.",
                fuller="Divide db by n as well.",
            ),
            Misconception(
                _changes_only,
                hint="These are the changes, not the new weights.",
                fuller="Add them to W and b.",
            ),
            Misconception(
                _no_rate,
                hint="The learning rate makes no difference to your step.",
                fuller="Multiply the mean gradient by eta.",
            ),
            Misconception(
                _times_n,
                hint="You multiply by n where you should divide.",
                fuller="The mean is the sum divided by n.",
            ),
            Misconception(
                _only_direction,
                hint="You use the sign of the gradient only.",
                fuller="A steep direction gets a longer step: multiply by dW itself.",
            ),
            Misconception(
                _replaced,
                hint="The old weights are missing in your result.",
                fuller="W - eta / n * dW: start from W.",
            ),
            Misconception(
                _in_place,
                hint="Your answer is right, but you changed W and b themselves, which the caller may still need.",
                fuller="`W -= ...` writes into the array; `W - ...` makes a new one.",
            ),
        ],
        praise="Forward, error terms, gradients, step: that is the whole of learning by backpropagation.",
        setup="import numpy as np",
    ),
]
