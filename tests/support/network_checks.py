"""What must hold of the network from scratch and of the gradients, each as a function of the module.

`test_network.py` and `test_gradients.py` ask these of the real modules, `test_mutations.py` of broken copies. They
are quick, and their oracles are SciPy, numbers worked out by hand, and central differences written here.
"""

import numpy as np
from scipy import special

# Where each activation is looked at, and its value and slope there, by another way than the module's.
POINTS = np.array([[-1000.0, -3.0, -0.5], [0.25, 2.0, 1000.0]])
VALUES = {
    "linear": (lambda z: z, np.ones_like),
    "sigmoid": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
    "tanh": (lambda z: 2 * special.expit(2 * z) - 1, lambda z: 4 * special.expit(2 * z) * special.expit(-2 * z)),
    "relu": (lambda z: z * np.heaviside(z, 0), lambda z: np.heaviside(z, 0)),
    "leaky_relu": (lambda z: 0.6 * z + 0.4 * np.abs(z), lambda z: 0.6 + 0.4 * np.sign(z)),
}
# (hidden activation, output activation, loss): every activation in the middle and at the end, every loss.
ACTIVATIONS = [*VALUES, "softmax"]
CASES = [
    *[
        (hidden, "linear", loss)
        for hidden in ACTIVATIONS
        for loss in ("binary_crossentropy", "categorical_crossentropy")
    ],
    *[(name, name, "mean_squared_error") for name in ACTIVATIONS],
]
KINK = 1e-3  # no z comes closer to the corner of a ReLU


def batch(rng, loss, count, inputs, outputs):
    """Random inputs, and targets that fit a loss."""
    x = rng.normal(size=(count, inputs))
    targets = {
        "mean_squared_error": lambda: rng.normal(size=(count, outputs)),
        "binary_crossentropy": lambda: rng.random((count, outputs)),
        "categorical_crossentropy": lambda: rng.integers(0, outputs, count),
    }
    return x, targets[loss]()


def random_case(network, case, sizes, count, seed):
    """A network with a bias that is not 0, and a batch, none of whose z lies at a corner."""
    hidden, output, loss = case
    while True:
        rng = np.random.default_rng(seed)
        net = network.mlp(sizes, rng, hidden, output, loss)
        net.set_weights([rng.normal(size=array.shape) for array in net.weights])
        x, y = batch(rng, loss, count, sizes[0], sizes[-1])
        net.forward(x)
        if min(np.abs(layer.Z).min() for layer in net.dense) > KINK:
            return net, x, y
        seed += 1_000_000


def differences(function, array, step=1e-5):
    """The gradient of a function of an array, which is changed and put back, by central differences."""
    gradient = np.empty_like(array)
    for index in np.ndindex(array.shape):
        before = array[index]
        array[index] = before + step
        above = function()
        array[index] = before - step
        gradient[index] = (above - function()) / (2 * step)
        array[index] = before
    return gradient


def relative_error(one, other, loss=1):
    """The distance of two gradients, relative to the larger of them.

    1e-3 stands for one that is nearly 0, and of a loss above 1 so much of it: differences keep its rounding errors.
    """
    return np.linalg.norm(one - other) / max(np.linalg.norm(one), np.linalg.norm(other), 1e-3 * max(1, loss))


def refused(function, *words):
    """Assert that a call is refused with a ValueError that holds these words."""
    try:
        function()
    except ValueError as error:
        assert all(word in str(error) for word in words), f"{words} not in: {error}"
    else:
        raise AssertionError(f"nothing was refused; expected {words}")


# ---- the network ----


def activations_have_their_values_and_slopes(network):
    for name, (value, slope) in VALUES.items():
        for dtype, tolerance in (("float64", 1e-13), ("float32", 1e-6)):
            layer = network.Activation(name)
            a = layer.forward(POINTS.astype(dtype))
            delta = layer.backward(np.full_like(a, 3))
            assert a.dtype == delta.dtype == dtype, name
            np.testing.assert_allclose(a, value(POINTS), rtol=tolerance, atol=tolerance, err_msg=name)
            np.testing.assert_allclose(delta, 3 * slope(POINTS), rtol=0, atol=tolerance, err_msg=name)


def softmax_is_that_of_scipy_and_never_overflows(network):
    z = np.array([[1.0, 2.0, 4.0], [1000.0, -1000.0, 999.0], [-1000.0, -1000.0, -1000.0]])
    with np.errstate(over="raise", invalid="raise"):
        np.testing.assert_allclose(network.softmax(z), special.softmax(z, axis=1), rtol=1e-13)
    layer = network.Activation("softmax")
    a, g = layer.forward(z), np.array([[1.0, -2.0, 0.5]] * 3)
    for row, upstream, delta in zip(a, g, layer.backward(g), strict=True):
        jacobian = np.diag(row) - np.outer(row, row)
        np.testing.assert_allclose(delta, jacobian @ upstream, atol=1e-15)


def losses_are_those_of_the_textbook(network):
    rng = np.random.default_rng(3)
    z, y = rng.normal(size=(5, 3)), rng.random((5, 3))
    labels = np.array([0, 2, 1, 2, 2])
    p = special.expit(z)
    expected = {
        "mean_squared_error": (y, sum((a - b) ** 2 for a, b in zip(z.flat, y.flat, strict=True)) / 15),
        "binary_crossentropy": (y, -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))),
        "categorical_crossentropy": (labels, -np.mean(special.log_softmax(z, axis=1)[range(5), labels])),
    }
    for name, (targets, value) in expected.items():
        loss, gradient = network.LOSSES[name](z.copy(), targets)
        np.testing.assert_allclose(loss, value, rtol=1e-13, err_msg=name)
        numerical = differences(lambda name=name, targets=targets: network.LOSSES[name](z, targets)[0], z)
        assert relative_error(gradient, numerical) < 1e-8, name


def huge_logits_give_exact_losses_and_gradients(network):
    z = np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [1000.0, 1000.0]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for dtype in ("float64", "float32"):
            loss, gradient = network.binary_crossentropy(z.astype(dtype), np.array([[1, 0], [1, 0], [0.5, 1]], dtype))
            # By hand: right, right, wrong by 1000 twice, half-right: 500, right.
            assert loss == 2500 / 6 and gradient.dtype == dtype
            np.testing.assert_allclose(gradient * 6, [[0, 0], [-1, 1], [0.5, 0]])
            # A row of small logits beside large ones must not vanish.
            rows = np.vstack([z, [[-1000, -1000]]]).astype(dtype)
            loss, gradient = network.categorical_crossentropy(rows, np.array([0, 0, 1, 0]))
            np.testing.assert_allclose(loss, (2000 + 2 * np.log(2)) / 4, rtol=1e-6)
            np.testing.assert_allclose(gradient * 4, [[0, 0], [-1, 1], [0.5, -0.5], [-0.5, 0.5]], rtol=1e-6)
            assert gradient.dtype == dtype


def gradients_equal_differences(network):
    for number, case in enumerate(CASES):
        gradients_of_a_case_equal_differences(network, case, [3, 4, 2], 5, number)
    gradients_of_a_case_equal_differences(network, ("tanh", "sigmoid", "mean_squared_error"), [2, 3, 4, 3], 1, 0)


def gradients_of_a_case_equal_differences(network, case, sizes, count, seed):
    net, x, y = random_case(network, case, sizes, count, seed)
    loss, gradients = net.loss_and_gradients(x, y)
    gradients = [gradient.copy() for gradient in gradients]
    assert loss == net.loss_and_gradients(x, y)[0]
    for array, gradient in zip(net.weights, gradients, strict=True):
        numerical = differences(lambda: net.loss_and_gradients(x, y)[0], array)
        assert gradient.shape == array.shape
        assert relative_error(gradient, numerical, loss) < 1e-6, (case, sizes, count, seed)


def a_prediction_leaves_alone_what_backward_needs(network):
    for number, case in enumerate(CASES):
        net, x, y = random_case(network, case, [3, 4, 2], 5, number)
        wanted = [gradient.copy() for gradient in net.loss_and_gradients(x, y)[1]]
        other = np.random.default_rng(number).normal(size=(7, 3))
        output = net.forward(other)
        net.forward(x)
        np.testing.assert_array_equal(net.predict(other), output, err_msg=str(case))
        net.backward(y)
        found = [array for layer in net.dense for array in (layer.dW, layer.db)]
        for one, two in zip(found, wanted, strict=True):
            np.testing.assert_array_equal(one, two, err_msg=str(case))
        np.testing.assert_array_equal(net.output, net.predict(x))


def each_layer_passes_the_gradient_to_its_input(network):
    rng = np.random.default_rng(8)
    for layer in [network.Dense(rng.normal(size=(3, 4)), rng.normal(size=4)), *map(network.Activation, ACTIVATIONS)]:
        A = rng.normal(size=(5, 3))
        A[np.abs(A) < KINK] = 1
        upstream = rng.normal(size=layer.forward(A).shape)
        numerical = differences(lambda layer=layer, A=A, g=upstream: (layer.forward(A) * g).sum(), A)
        layer.forward(A)
        np.testing.assert_allclose(layer.backward(upstream), numerical, atol=1e-8, err_msg=repr(layer))


def a_dense_layer_is_the_formula(network):
    layer = network.Dense([[1, 2, 3], [4, 5, 6]], [0.5, 0, -1])
    assert layer.W.dtype == np.float64
    Z = layer.forward(np.array([[1.0, 10.0]]))
    np.testing.assert_array_equal(Z, [[41.5, 52, 62]])
    back = layer.backward(np.array([[1.0, 0, -1]]))
    np.testing.assert_array_equal(back, [[-2, -2]])
    np.testing.assert_array_equal(layer.dW, [[1, 0, -1], [10, 0, -10]])
    np.testing.assert_array_equal(layer.db, [1, 0, -1])
    np.testing.assert_array_equal(layer.delta, [[1, 0, -1]])
    assert layer.backward(np.ones((1, 3)), for_input=False) is None
    layer.backward(np.array([[1.0, 0, -1]]))
    layer.update(0.5)
    np.testing.assert_array_equal(layer.W, [[0.5, 2, 3.5], [-1, 5, 11]])
    np.testing.assert_array_equal(layer.b, [0, 0, -0.5])
    assert network.Dense(np.ones((2, 1)), [0], "float32").forward(np.ones((1, 2), "float32")).dtype == np.float32


def first_weights_have_the_right_size(network):
    rng = np.random.default_rng(5)
    glorot = network.Dense.random(300, 100, rng)
    bound = np.sqrt(6 / 400)
    assert 0.99 * bound < np.abs(glorot.W).max() <= bound and abs(glorot.W.mean()) < 0.01 * bound
    assert abs(glorot.W.std() / (bound / np.sqrt(3)) - 1) < 0.02 and not glorot.b.any()
    he = network.Dense.random(300, 100, rng, "he", "float32")
    assert abs(he.W.std() / np.sqrt(2 / 300) - 1) < 0.02 and np.abs(he.W).max() > 3 * np.sqrt(2 / 300)
    assert he.W.dtype == he.b.dtype == np.float32
    for hidden, initial in [("relu", "he"), ("leaky_relu", "he"), ("tanh", "glorot"), ("sigmoid", "glorot")]:
        net = network.mlp([30, 20, 10], np.random.default_rng(1), hidden)
        rng = np.random.default_rng(1)
        expected = [network.Dense.random(30, 20, rng, initial), network.Dense.random(20, 10, rng)]
        for layer, wanted in zip(net.dense, expected, strict=True):
            np.testing.assert_array_equal(layer.W, wanted.W)
        assert [layer.name for layer in net.layers[1::2]] == [hidden, "linear"]


def weights_go_in_and_out_in_keras_order(network):
    net = network.mlp([2, 3, 1], np.random.default_rng(0))
    assert [array.shape for array in net.weights] == [(2, 3), (3,), (3, 1), (1,)]
    new = [np.full(array.shape, number) for number, array in enumerate(net.weights, start=1)]
    net.set_weights(new)
    assert net.dense[0].W[1, 2] == 1 and net.dense[0].b[0] == 2 and net.dense[1].W[0, 0] == 3 and net.dense[1].b[0] == 4
    new[0][...] = 99
    assert net.dense[0].W[0, 0] == 1
    # Forward by hand: σ(2 + 1·x1 + 1·x2) three times, times 3, plus 4.
    np.testing.assert_allclose(net.predict([[1, 0.5]]), [[4 + 9 * special.expit(3.5)]])
    refused(lambda: net.set_weights(new[:3]), "(3, 1), (1,)]", "(2, 3), (3,)")
    refused(lambda: net.set_weights([new[0].T, *new[1:]]), "(3, 2)", "(2, 3)")


class Spy:
    """A first layer that writes down which examples pass; an example is its own number."""

    def __init__(self):
        self.batches = []

    def forward(self, A):
        self.batches.append(A[:, 0].astype(int).tolist())
        return A

    def backward(self, gradient, for_input=True):
        return gradient

    def update(self, rate):
        pass


def each_epoch_uses_every_example_once(network):
    numbers = np.arange(10.0)[:, None]
    spy = Spy()
    net = network.Network([spy, network.Dense([[0]], [0])])
    net.fit(numbers, numbers, epochs=2, batch_size=4, learning_rate=1e-9, rng=np.random.default_rng(0))
    assert [len(each) for each in spy.batches] == [4, 4, 2, 4, 4, 2]
    first, second = [n for each in spy.batches[:3] for n in each], [n for each in spy.batches[3:] for n in each]
    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second != list(range(10)) != first
    spy.batches.clear()
    net.fit(numbers, numbers, epochs=1, batch_size=5, learning_rate=1e-9)
    assert spy.batches == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    spy.batches.clear()
    net.fit(numbers, numbers, epochs=1, batch_size=64, learning_rate=1e-9)
    assert spy.batches == [list(range(10))]


def targets_stay_with_their_examples(network):
    # y = 2x fits without an error if and only if every x meets its own y.
    x = np.arange(-5.0, 6.0)[:, None]
    net = network.Network([network.Dense([[2]], [0])])
    history = net.fit(x, 2 * x, epochs=3, batch_size=4, learning_rate=0.01, rng=np.random.default_rng(1))
    assert history == {"loss": [0.0, 0.0, 0.0]}


def fit_takes_the_steps_that_it_should(network):
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(5, 2)), rng.normal(size=(5, 1))
    net, by_hand = (network.mlp([2, 3, 1], np.random.default_rng(7), "tanh") for _ in range(2))
    seen = []
    history = net.fit(
        x,
        y,
        epochs=2,
        batch_size=2,
        learning_rate=0.3,
        measure={"b2": lambda n: seen.append(n) or float(n.weights[3][0])},
    )
    losses, biases = [], []
    for _ in range(2):
        total = 0.0
        for rows in (slice(0, 2), slice(2, 4), slice(4, 5)):
            loss, gradients = by_hand.loss_and_gradients(x[rows], y[rows])
            total += loss * len(x[rows])
            by_hand.set_weights([w - 0.3 * g for w, g in zip(by_hand.weights, gradients, strict=True)])
        losses.append(total / 5)
        biases.append(by_hand.weights[3][0])
    np.testing.assert_allclose(history["loss"], losses, rtol=1e-12)
    np.testing.assert_allclose(history["b2"], biases, rtol=1e-12)
    assert list(history) == ["loss", "b2"] and seen == [net, net]
    assert all(type(loss) is float for loss in history["loss"])
    for own, wanted in zip(net.weights, by_hand.weights, strict=True):
        np.testing.assert_allclose(own, wanted, rtol=1e-12)


def the_same_seed_gives_the_same_training(network):
    def train(seed):
        rng = np.random.default_rng(seed)
        net = network.mlp([2, 4, 3], rng, "relu", loss="categorical_crossentropy", dtype="float32")
        x = np.random.default_rng(0).normal(size=(20, 2))
        history = net.fit(x, np.arange(20) % 3, epochs=3, batch_size=7, learning_rate=0.1, rng=rng)
        return [*net.weights, np.array(history["loss"])]

    assert all(np.array_equal(one, other) for one, other in zip(train(0), train(0), strict=True))
    assert not any(np.array_equal(one, other) for one, other in zip(train(0), train(1), strict=True))
    assert all(array.dtype == np.float32 for array in train(0)[:-1])


def exclusive_or_is_learned(network):
    x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    for seed in range(5):
        rng = np.random.default_rng(seed)
        net = network.mlp([2, 8, 1], rng, "tanh", loss="binary_crossentropy")
        history = net.fit(x, y, epochs=500, batch_size=4, learning_rate=1, rng=rng)
        assert history["loss"][-1] < 0.05 and ((net.predict(x) > 0) == y).all(), seed


def bad_input_is_refused_in_one_sentence(network):
    rng = np.random.default_rng(0)
    labels = network.mlp([3, 2], rng, loss="categorical_crossentropy")
    numbers, yes_or_no = network.mlp([3, 2], rng), network.mlp([3, 2], rng, loss="binary_crossentropy")
    x = np.ones((4, 3))
    nan, infinite = x.copy(), x.copy()
    nan[2, 1], infinite[3, 0] = np.nan, -np.inf
    train = {"epochs": 1, "batch_size": 2, "learning_rate": 0.1}
    for call in (labels.loss_and_gradients, lambda x, y: labels.fit(x, y, **train)):
        refused(lambda call=call: call(np.ones((4, 28, 28)), [0] * 4), "x has shape (4, 28, 28)", "(examples, 3)")
        refused(lambda call=call: call(np.ones((4, 2)), [0] * 4), "(4, 2)", "(examples, 3)")
        refused(lambda call=call: call(np.ones((0, 3)), []), "(0, 3)")
        refused(lambda call=call: call(nan, [0] * 4), "x[2, 1] is nan")
        refused(lambda call=call: call(infinite, [0] * 4), "x[3, 0] is -inf")
        refused(lambda call=call: call(x, [0, 1, 2, -1]), "y[2] is 2", "a label from 0 to 1")
        refused(lambda call=call: call(x, [0, 1, 1, -1]), "y[3] is -1")
        refused(lambda call=call: call(x, [0, 0.5, 1, 1]), "y[1] is 0.5")
        refused(lambda call=call: call(x, [0, 1, 1]), "y has shape (3,)", "(4, 3)", "(4,)")
        refused(lambda call=call: call(x, np.eye(4)[:, :2]), "(4, 2)", "(4,)", "y.argmax(axis=1)")
    refused(lambda: labels.predict(nan), "x[2, 1]")
    refused(lambda: numbers.loss_and_gradients(x, np.ones(4)), "y has shape (4,)", "(4, 2)")
    refused(lambda: numbers.loss_and_gradients(x, [[0, 0], [0, 0], [0, 0], [0, np.nan]]), "y[3, 1] is nan")
    refused(lambda: yes_or_no.loss_and_gradients(x, np.full((4, 2), 1.5)), "y[0, 0] is 1.5", "from 0 to 1")
    refused(lambda: yes_or_no.loss_and_gradients(x, np.full((4, 2), -0.1)), "y[0, 0] is -0.1")
    refused(lambda: yes_or_no.loss_and_gradients(x, np.full((4, 2), np.nan)), "y[0, 0] is nan")
    assert np.isfinite(numbers.predict(np.full((1, 3), 1e200))).all()  # large, but a number
    for name, bad in [
        ("epochs", 0),
        ("epochs", 1.5),
        ("batch_size", 0),
        ("learning_rate", 0),
        ("learning_rate", np.nan),
    ]:
        refused(lambda name=name, bad=bad: numbers.fit(x, np.ones((4, 2)), **{**train, name: bad}), name, repr(bad))
    refused(lambda: network.Activation("softplus"), "'softplus'", "leaky_relu")
    refused(lambda: network.Network([network.Dense([[1]], [0])], "hinge"), "'hinge'", "mean_squared_error")
    refused(lambda: network.Dense.random(2, 3, rng, "ones"), "'ones'", "glorot")
    refused(lambda: network.Dense(np.ones((2, 3)), np.ones(2)), "(2, 3)", "(2,)")
    refused(lambda: network.Dense(np.ones(2), np.ones(())), "(2,)", "()")
    refused(lambda: network.Network([]), "at least one Dense")
    one, other = network.Dense(np.ones((2, 3)), np.ones(3)), network.Dense(np.ones((2, 1)), np.ones(1))
    refused(lambda: network.Network([one, network.Activation("tanh"), other]), "(2, 3)", "(2, 1)")
    single = network.Dense(np.ones((3, 1)), np.ones(1), "float32")
    refused(lambda: network.Network([one, single]), "float32", "float64")
    for loss in ("binary_crossentropy", "categorical_crossentropy"):
        refused(lambda loss=loss: network.mlp([2, 2], rng, output="softmax", loss=loss), loss, 'Activation("softmax")')
    refused(lambda: one.forward(np.ones((4, 3))), "(4, 3)", "(2, 3)")
    refused(lambda: one.forward(np.ones(2)), "(2,)", "(2, 3)")


def a_network_prints_readably(network):
    net = network.mlp(
        [784, 100, 10], np.random.default_rng(0), "relu", dtype="float32", loss="categorical_crossentropy"
    )
    assert repr(net).splitlines() == [
        "Network, 79,510 weights (float32), categorical_crossentropy:",
        "  Dense(784 -> 100)",
        '  Activation("relu")',
        "  Dense(100 -> 10)",
        '  Activation("linear")',
    ]


NETWORK_CHECKS = [
    activations_have_their_values_and_slopes,
    softmax_is_that_of_scipy_and_never_overflows,
    losses_are_those_of_the_textbook,
    huge_logits_give_exact_losses_and_gradients,
    a_dense_layer_is_the_formula,
    gradients_equal_differences,
    a_prediction_leaves_alone_what_backward_needs,
    each_layer_passes_the_gradient_to_its_input,
    first_weights_have_the_right_size,
    weights_go_in_and_out_in_keras_order,
    each_epoch_uses_every_example_once,
    targets_stay_with_their_examples,
    fit_takes_the_steps_that_it_should,
    the_same_seed_gives_the_same_training,
    exclusive_or_is_learned,
    bad_input_is_refused_in_one_sentence,
    a_network_prints_readably,
]


# ---- the gradients ----


def differences_are_those_of_the_derivative(gradients):
    theta = np.array([[0.5, -2.0], [30.0, 0.0]])
    before = theta.copy()
    # A cubic: one-sided differences would be off by 3θh, central ones by h² only.
    found = gradients.numerical_gradient(lambda t: (t**3).sum() + t[0, 0] * t[1, 0], theta)
    expected = 3 * theta**2 + [[30, 0], [0.5, 0]]
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-8)
    np.testing.assert_array_equal(theta, before)
    assert found.shape == theta.shape
    # f may look at the array that it was asked about: that one stands still.
    np.testing.assert_allclose(gradients.numerical_gradient(lambda t: (t * theta).sum(), theta), theta, atol=1e-9)
    # The step is the cube root of eps: for θ³ the central difference is exactly 3θ² + h².
    at_zero = gradients.numerical_gradient(lambda t: t[0] ** 3, [0.0])
    np.testing.assert_allclose(at_zero, [np.finfo(float).eps ** (2 / 3)], rtol=1e-12)
    # A large number takes a large step, else θ + h would be rounded back to θ.
    large = gradients.numerical_gradient(lambda t: (t**2).sum() / 1e12, np.array([1e12, -4e11]))
    np.testing.assert_allclose(large, [2, -0.8], rtol=1e-8)
    np.testing.assert_allclose(gradients.numerical_gradient(lambda t: t**2, np.float64(3)), 6, rtol=1e-9)


def a_list_of_arrays_is_differentiated_and_left_as_it_was(gradients):
    W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0])
    held = []

    def f(weights):
        held[:] = [array.copy() for array in weights]
        return (weights[0] ** 2).sum() + (weights[0] @ weights[1]).sum()

    found = gradients.numerical_gradient(f, [W, b])
    np.testing.assert_allclose(found[0], 2 * W + b, rtol=1e-8)
    np.testing.assert_allclose(found[1], W.sum(axis=0), rtol=1e-8)
    # The last call is with θ itself.
    np.testing.assert_array_equal(held[0], W)
    np.testing.assert_array_equal(held[1], b)


def a_function_that_cannot_be_differentiated_is_refused(gradients):
    theta = np.ones(3)
    refused(lambda: gradients.numerical_gradient(lambda t: t, theta), "one finite number", "(3,)")
    refused(lambda: gradients.numerical_gradient(lambda t: np.nan, theta), "nan")
    refused(lambda: gradients.numerical_gradient(lambda t: None, theta), "None")
    refused(lambda: gradients.numerical_gradient(lambda t: np.float32(t.sum()), theta), "float32", "float64")
    assert (gradients.numerical_gradient(lambda t: 3, theta) == 0).all()


def relative_errors_are_fair_to_small_entries(gradients):
    one, other = np.array([1000.0, 2.0, 0.0, 1e-9]), np.array([1000.0, 1.0, 0.0, 0.0])
    np.testing.assert_allclose(gradients.relative_errors(one, other), [0, 0.5, 0, 1e-9])
    np.testing.assert_array_equal(gradients.relative_errors(np.zeros(2), np.zeros(2)), [0, 0])
    np.testing.assert_array_equal(gradients.relative_errors(np.array([1.0]), np.array([-1.0])), [2])


def layer_gradients():
    """Gradients of the weights and biases of a layer, shapes (4, 3) and (3,)."""
    rng = np.random.default_rng(2)
    A, delta = rng.normal(size=(8, 4)), rng.normal(size=(8, 3))
    return A.T @ delta, delta.sum(axis=0)


def a_right_gradient_agrees(gradients):
    right = layer_gradients()
    report = gradients.compare([array * (1 + 1e-9) for array in right], right)
    assert report.agrees and report.relative_error < 1e-8 and not any(each.cause for each in report.arrays)
    assert repr(report).splitlines()[0].startswith("W1 agrees: the largest relative error is 1.0e-09")
    # Just inside and just outside of what is taken for rounding.
    assert gradients.compare([array * (1 + 0.9e-6) for array in right], right).agrees
    assert not gradients.compare([array * (1 + 1.1e-6) for array in right], right).agrees


def a_likely_cause_is_named(gradients):
    W, _ = layer_gradients()
    square = W[:3]
    wrong = {
        "the sign is turned round": -square,
        "a factor 2 too many": 2 * square,
        "half as large": square / 2,
        "every entry is 3.7 times as large": 3.7 * square,
        "the sign is turned round, and it is twice": -2 * square,
        "the sign is turned round, and every entry is 3.7 times": -3.7 * square,
        "transposed": square.T,
        "left out": 0 * square,
        "not every entry is a number": square * [[1, np.nan, 1]],
        "their shape is not": square.reshape(9, 1),
    }
    for cause, array in wrong.items():
        report = gradients.compare(array, square)
        (compared,) = report.arrays
        assert not report.agrees and cause in compared.cause, (cause, compared)
        assert f"likely cause: {compared.cause}" in repr(report)
    assert gradients.compare(-square, square).arrays[0].cause == "the sign is turned round"
    (compared,) = gradients.compare(W, 0 * W).arrays
    assert compared.cause == "f does not use these weights, for the differences are zero everywhere"
    (compared,) = gradients.compare(W.T, W).arrays
    assert compared.cause == "transposed" and "(3, 4)" in str(compared) and "(4, 3)" in str(compared)
    # Nothing that is known: one entry is off, or the shapes have nothing in common.
    for unknown in (W + np.eye(4, 3), W[:2], W[:2].reshape(3, 2)):
        (compared,) = gradients.compare(unknown, W).arrays
        assert not compared.agrees and compared.cause == "" and "likely" not in str(compared)
    # A single number is always some number of times as large; only twice, half and the sign tell something.
    causes = [gradients.compare([number], [1.0]).arrays[0].cause[:18] for number in (3.7, -3.7, 2.0, -1.0)]
    assert causes == ["", "", "it is twice as lar", "the sign is turned"]


def the_worst_entry_is_shown(gradients):
    W, b = layer_gradients()
    off = W.copy()
    off[1, 2] += 0.5
    report = gradients.compare([off, b], [W, b])
    assert [each.agrees for each in report.arrays] == [False, True]
    assert f"W1 DIFFERS: W1[1, 2] is {off[1, 2]:.6g} by the formula, {W[1, 2]:.6g} by differences" in repr(report)
    np.testing.assert_allclose(report.relative_error, 0.5 / max(abs(off[1, 2]), abs(W[1, 2])))
    assert [each.name for each in gradients.compare([W, b, W, b], [W, b, W, b]).arrays] == ["W1", "b1", "W2", "b2"]
    assert gradients.compare(2.0, 1.0).arrays[0].name == "θ"
    assert [each.name for each in gradients.compare([W, b], [W, b], names=["one", "two"]).arrays] == ["one", "two"]
    refused(lambda: gradients.compare([W, b], [W]), "2 analytic", "1 numerical")
    refused(lambda: gradients.compare([W, b], [W, b], names=["one"]), "1 names")


def what_is_no_number_is_an_infinite_error(gradients):
    W, b = layer_gradients()
    for bad in (np.nan, np.inf):
        spoilt = b.copy()
        spoilt[1] = bad
        # The array with the bad entry stands last: a NaN there would get lost in the largest error of all.
        report = gradients.compare([W * (1 + 1e-9), spoilt], [W, b])
        assert report.relative_error == report.arrays[1].relative_error == np.inf, bad
        assert not report.agrees and f"b1[1] is {bad:.6g} by the formula" in repr(report)
    report = gradients.compare(W.T, W)
    assert report.relative_error == np.inf  # shapes that differ


def keras_agrees_with_the_formulas(gradients):
    """For each case, on the backend that runs: Keras' loss and gradients are those of the network from scratch."""
    for number, case in enumerate(CASES):
        keras_agrees_in_a_case(gradients, case, [3, 4, 2], 5, number)


def keras_agrees_in_a_case(gradients, case, sizes, count, seed):
    import keras  # noqa: PLC0415 - most checks do without

    from helpers import network  # noqa: PLC0415

    net, x, y = random_case(network, case, sizes, count, seed)
    loss, expected = net.loss_and_gradients(x, y)
    model = keras_twin(net, case)
    losses = {
        "mean_squared_error": "mean_squared_error",
        "binary_crossentropy": lambda y, z: keras.losses.binary_crossentropy(y, z, from_logits=True),
        "categorical_crossentropy": lambda y, z: keras.losses.sparse_categorical_crossentropy(y, z, from_logits=True),
    }
    before = model.get_weights()
    value, found = gradients.keras_gradients(model, x, y, losses[net.loss])
    # TensorFlow keeps the slope of leaky ReLU as a float32, whatever the model is in.
    tolerance = 1e-5 if keras_dtype() == "float32" else 1e-7 if "leaky_relu" in case else 1e-12
    np.testing.assert_allclose(value, loss, rtol=tolerance, err_msg=str(case))
    for mine, theirs in zip(expected, found, strict=True):
        assert mine.shape == theirs.shape and theirs.dtype == keras_dtype()
        assert relative_error(mine, theirs) < tolerance, (case, sizes, count, seed)
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def keras_dtype():
    """The type in which Keras can compute here: JAX knows no float64 unless JAX_ENABLE_X64 was set."""
    import keras  # noqa: PLC0415

    if keras.backend.backend() != "jax":
        return "float64"
    import jax  # noqa: PLC0415

    return "float64" if jax.config.jax_enable_x64 else "float32"


def keras_twin(net, case):
    """The same network made of Keras' layers, with the same weights."""
    import keras  # noqa: PLC0415

    hidden, output, _ = case
    names = [hidden] * (len(net.dense) - 1) + [output]
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(keras_dtype())
    try:
        layers = [keras.layers.Dense(len(layer.b), name) for layer, name in zip(net.dense, names, strict=True)]
        model = keras.Sequential([keras.Input((len(net.dense[0].W),), dtype=keras_dtype()), *layers])
    finally:
        keras.config.set_dtype_policy(before)
    model.set_weights(net.weights)
    return model


GRADIENT_CHECKS = [
    differences_are_those_of_the_derivative,
    a_list_of_arrays_is_differentiated_and_left_as_it_was,
    a_function_that_cannot_be_differentiated_is_refused,
    relative_errors_are_fair_to_small_entries,
    a_right_gradient_agrees,
    a_likely_cause_is_named,
    the_worst_entry_is_shown,
    what_is_no_number_is_an_infinite_error,
    keras_agrees_with_the_formulas,  # last: it takes a second, and the import of Keras
]
