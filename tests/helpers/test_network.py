"""The network from scratch against SciPy, central differences, scikit-learn and the digits it must read.

`network_checks.py` holds the checks that broken copies are judged by as well; `test_gradients.py` sets it beside Keras.
"""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_checks import (
    CASES,
    NETWORK_CHECKS,
    gradients_of_a_case_equal_differences,
    random_case,
    relative_error,
)
from sklearn.neural_network import MLPClassifier, MLPRegressor

from helpers import data, network

SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=4)
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("check", NETWORK_CHECKS, ids=lambda check: check.__name__)
def test_network(check):
    check(network)


@settings(max_examples=60, deadline=None)
@given(case=st.sampled_from(CASES), sizes=SIZES, count=st.integers(1, 6), seed=SEEDS)
def test_gradients_equal_differences_for_any_shape(case, sizes, count, seed):
    gradients_of_a_case_equal_differences(network, case, sizes, count, seed)


@settings(max_examples=40, deadline=None)
@given(
    loss=st.sampled_from(["binary_crossentropy", "categorical_crossentropy"]),
    logits=st.lists(st.lists(st.floats(-1000, 1000), min_size=3, max_size=3), min_size=1, max_size=5),
    dtype=st.sampled_from(["float32", "float64"]),
    seed=SEEDS,
)
def test_no_logit_from_minus_to_plus_1000_gives_an_infinity(loss, logits, dtype, seed):
    z, rng = np.array(logits, dtype), np.random.default_rng(seed)
    y = rng.integers(0, 3, len(z)) if loss == "categorical_crossentropy" else rng.random(z.shape).astype(dtype)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        value, gradient = network.LOSSES[loss](z, y)
    assert 0 <= value <= 2000 * (1 + 1e-6) and np.abs(gradient).max() <= 1
    assert gradient.dtype == dtype


# ---- scikit-learn ----

THEIR_NAMES = {"linear": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}


def scikit_learn_gradients(kind, net, hidden, x, y):
    """The gradients of scikit-learn's network with the same weights: what one step with rate 1 takes off them."""
    model = kind(
        hidden_layer_sizes=[len(layer.b) for layer in net.dense[:-1]],
        activation=THEIR_NAMES[hidden],
        solver="sgd",
        alpha=0,
        momentum=0,
        nesterovs_momentum=False,
        learning_rate_init=1,
        batch_size=len(x),
        shuffle=False,
    )
    outputs = len(net.dense[-1].b)
    extra = {"classes": np.arange(max(outputs, 2))} if kind is MLPClassifier else {}
    model.partial_fit(x, y, **extra)  # makes the weights, which are then replaced
    own = [array for pair in zip(model.coefs_, model.intercepts_, strict=True) for array in pair]
    for array, values in zip(own, net.weights, strict=True):
        array[...] = values
    model.partial_fit(x, y)
    return [values - array for array, values in zip(own, net.weights, strict=True)]


@settings(max_examples=30, deadline=None)
@given(
    hidden=st.sampled_from(list(THEIR_NAMES)),
    middle=st.lists(st.integers(1, 5), min_size=1, max_size=2),
    ends=st.tuples(st.integers(1, 5), st.integers(1, 4)),
    loss=st.sampled_from(list(network.LOSSES)),
    count=st.integers(2, 7),
    seed=SEEDS,
)
def test_gradients_are_those_of_scikit_learn(hidden, middle, ends, loss, count, seed):
    inputs, outputs = ends
    outputs = {"binary_crossentropy": 1, "categorical_crossentropy": outputs + 2}.get(loss, outputs)
    net, x, y = random_case(network, (hidden, "linear", loss), [inputs, *middle, outputs], count, seed)
    kind, scale = MLPClassifier, 1
    if loss == "mean_squared_error":
        # Theirs is half the sum over the outputs, ours the mean over them.
        kind, scale = MLPRegressor, 2 / outputs
    if loss == "binary_crossentropy":
        y = np.round(y)
    their_y = y.ravel().astype(int) if loss == "binary_crossentropy" else y.ravel() if y.shape[-1:] == (1,) else y
    theirs = scikit_learn_gradients(kind, net, hidden, x, their_y)
    for mine, other in zip(net.loss_and_gradients(x, y)[1], theirs, strict=True):
        assert relative_error(mine, scale * other) < 1e-9


# ---- as a whole ----


@settings(max_examples=40, deadline=None)
@given(count=st.integers(1, 30), batch_size=st.integers(1, 40), seed=SEEDS)
def test_an_epoch_moves_the_bias_once_for_every_example(count, batch_size, seed):
    # The inputs are 0, so the output is b, and b moves by 2η(1 - b) for each batch, whatever its size.
    net = network.Network([network.Dense([[0.0]], [0.0])])
    x, y = np.zeros((count, 1)), np.ones((count, 1))
    net.fit(x, y, epochs=1, batch_size=batch_size, learning_rate=0.1, rng=np.random.default_rng(seed))
    batches = -(-count // batch_size)
    assert net.dense[0].b[0] == pytest.approx(1 - 0.8**batches)


def test_fit_leaves_the_examples_alone():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(9, 2)), rng.integers(0, 3, 9)
    before = x.copy(), y.copy()
    net = network.mlp([2, 4, 3], rng, "relu", loss="categorical_crossentropy")
    net.fit(x, y, epochs=2, batch_size=4, learning_rate=0.1, rng=rng)
    assert np.array_equal(x, before[0]) and np.array_equal(y, before[1])


def test_float32_stays_float32_and_agrees_with_float64():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(64, 5)), rng.integers(0, 3, 64)
    found = {}
    for dtype in ("float32", "float64"):
        net = network.mlp([5, 8, 3], np.random.default_rng(1), "tanh", loss="categorical_crossentropy", dtype=dtype)
        found[dtype] = net.loss_and_gradients(x, y)[1]
        net.fit(x, y, epochs=1, batch_size=16, learning_rate=np.float64(0.1))
        assert {array.dtype.name for array in (*net.weights, *found[dtype], net.predict(x))} == {dtype}
    for single, double in zip(found["float32"], found["float64"], strict=True):
        assert relative_error(single, double) < 1e-5


def test_a_network_can_be_copied_and_stored():
    net = network.mlp([2, 3, 1], np.random.default_rng(0))
    x = np.ones((1, 2))
    for twin in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert np.array_equal(twin.predict(x), net.predict(x))
        twin.weights[0][...] = 0
        assert not np.array_equal(twin.predict(x), net.predict(x))


@pytest.mark.parametrize("seed", range(5))
def test_it_learns_to_read_the_embedded_digits(seed):
    """With the recipe of notebook 05, which asserts that more than 92 % are read correctly."""
    mnist = data.load_mnist("embedded")
    x, x_test = (pictures.reshape(-1, 784) / 255 for pictures in (mnist.x_train, mnist.x_test))
    rng = np.random.default_rng(seed)
    net = network.mlp([784, 100, 10], rng, "relu", loss="categorical_crossentropy", dtype="float32")
    history = net.fit(
        x,
        mnist.y_train,
        epochs=15,
        batch_size=64,
        learning_rate=0.5,
        rng=rng,
        measure={"accuracy": lambda net: np.mean(net.predict(x_test).argmax(axis=1) == mnist.y_test)},
    )
    assert history["accuracy"][-1] >= 0.92
    assert history["loss"][-1] < history["loss"][0] / 10
