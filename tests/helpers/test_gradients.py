"""Central differences against SciPy, the report, and Keras' gradients on the backend that runs and on the others."""

import importlib.util

import numpy as np
import pytest
from fresh_python import run_python
from hypothesis import given, settings
from hypothesis import strategies as st
from network_checks import (
    CASES,
    GRADIENT_CHECKS,
    keras_agrees_in_a_case,
    keras_dtype,
    random_case,
    refused,
    relative_error,
)
from scipy.optimize import approx_fprime, rosen, rosen_der

from helpers import course, gradients, network

course.start_keras()

import keras  # noqa: E402 - after the quiet start

BACKEND = keras.backend.backend()


@pytest.mark.parametrize("check", GRADIENT_CHECKS, ids=lambda check: check.__name__)
def test_gradients(check):
    check(gradients)


# ---- central differences ----


@settings(max_examples=50, deadline=None)
@given(theta=st.lists(st.floats(-3, 3), min_size=2, max_size=6))
def test_differences_are_off_by_what_taylors_formula_says(theta):
    """SciPy's valley is of degree four, so a central difference is off by h²/6 times the third derivative, exactly."""
    theta = np.array(theta)
    h = np.cbrt(np.finfo(float).eps) * np.maximum(1, np.abs(theta))
    third_derivative = 2400 * np.append(theta[:-1], 0)
    # The sum of f's terms before any of them cancel: its rounding errors are so many times eps.
    size = np.sum(100 * (np.abs(theta[1:]) + theta[:-1] ** 2) ** 2 + (1 + np.abs(theta[:-1])) ** 2)
    found = gradients.numerical_gradient(rosen, theta)
    off = found - rosen_der(theta) - h**2 / 6 * third_derivative
    np.testing.assert_array_less(np.abs(off), 8 * np.finfo(float).eps * size / h)
    np.testing.assert_allclose(found, approx_fprime(theta, rosen), rtol=0, atol=3e-7 * (100 + size))


@settings(max_examples=25, deadline=None)
@given(
    case=st.sampled_from(CASES),
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=4),
    count=st.integers(1, 5),
    seed=st.integers(0, 2**32),
)
def test_a_network_agrees_with_its_differences_and_those_of_scipy(case, sizes, count, seed):
    net, x, y = random_case(network, case, sizes, count, seed)
    value, analytic = net.loss_and_gradients(x, y)
    analytic = [array.copy() for array in analytic]
    kept = [array.copy() for array in net.weights]

    def loss(weights):
        net.set_weights(weights)
        return net.loss_and_gradients(x, y)[0]

    def loss_of_flat(flat):
        ends = np.cumsum([array.size for array in kept])[:-1]
        return loss([part.reshape(array.shape) for part, array in zip(np.split(flat, ends), kept, strict=True)])

    numerical = gradients.numerical_gradient(loss, net.weights)
    assert all(np.array_equal(one, other) for one, other in zip(kept, net.weights, strict=True))
    for one, other in zip(analytic, numerical, strict=True):
        assert relative_error(one, other, value) < 1e-6
    flat = np.concatenate([array.ravel() for array in kept])
    theirs = approx_fprime(flat, loss_of_flat)
    # Their step is four hundred times smaller and goes one way: the loss's rounding errors weigh a thousand times more.
    assert relative_error(np.concatenate([array.ravel() for array in numerical]), theirs, 10 * max(1, value)) < 1e-4


def test_the_report_finds_what_was_broken_in_a_network():
    """XA6: the ⊙ σ′(z) is left out in the hidden layer; no shape complains, the report does, and says where."""
    net, x, y = random_case(network, ("sigmoid", "linear", "mean_squared_error"), [3, 4, 2], 6, 0)
    net.loss_and_gradients(x, y)
    first, _, second, _ = net.layers
    upstream = second.delta @ second.W.T
    wrong = [x.T @ upstream, upstream.sum(axis=0), second.dW, second.db]

    def loss(weights):
        net.set_weights(weights)
        return net.loss_and_gradients(x, y)[0]

    numerical = gradients.numerical_gradient(loss, net.weights)
    report = gradients.compare(wrong, numerical)
    assert [each.agrees for each in report.arrays] == [False, False, True, True]
    assert "W1 DIFFERS" in str(report) and "W2 agrees" in str(report)
    assert gradients.compare([first.dW, first.db, second.dW, second.db], numerical).agrees


# ---- Keras ----


@settings(max_examples=15, deadline=None)
@given(
    case=st.sampled_from(CASES),
    sizes=st.lists(st.integers(1, 5), min_size=2, max_size=4),
    count=st.integers(1, 6),
    seed=st.integers(0, 2**32),
)
def test_keras_agrees_for_any_shape(case, sizes, count, seed):
    # Keras' cross-entropy treats a single column of logits as a special case.
    sizes = [*sizes[:-1], sizes[-1] + 1]
    keras_agrees_in_a_case(gradients, case, sizes, count, seed)


@pytest.mark.parametrize("backend", sorted({"tensorflow", "jax", "torch"} - {BACKEND}))
def test_keras_agrees_on_the_other_backends(backend):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed here")
    code = (
        "import sys; sys.path.insert(0, 'tests/support')\n"
        "from helpers import course, gradients; print(course.start_keras().backend)\n"
        "import network_checks as checks\n"
        "assert checks.keras_dtype() == 'float64'\n"
        "checks.keras_agrees_with_the_formulas(gradients); print('agrees')"
    )
    done = run_python(code, KERAS_BACKEND=backend, JAX_ENABLE_X64="1", CUDA_VISIBLE_DEVICES="-1")
    assert done.stdout.split() == [backend, "agrees"], done.stderr


def small_model(**options):
    """A model with one dense layer from 3 to 2."""
    inputs = keras.Input((3,))
    outputs = keras.layers.Dense(2, **options)(inputs)
    return keras.Model(inputs, outputs)


def test_a_float32_model_and_a_loss_object_agree_with_the_formulas():
    net = network.mlp([3, 4, 2], np.random.default_rng(0), "tanh", loss="categorical_crossentropy", dtype="float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, "tanh"), keras.layers.Dense(2)])
    model.set_weights(net.weights)
    x, y = np.random.default_rng(1).normal(size=(6, 3)).astype("float32"), np.arange(6) % 2
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    value, found = gradients.keras_gradients(model, x, y, loss)
    expected, own = net.loss_and_gradients(x, y)
    assert type(value) is float and value == pytest.approx(expected, rel=1e-5)
    for one, other in zip(own, found, strict=True):
        assert type(other) is np.ndarray and relative_error(one, other) < 1e-5


def test_dropout_leaves_nothing_out():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(50), keras.layers.Dropout(0.5, seed=0)])
    x, y = np.ones((4, 3), "float32"), np.zeros((4, 50), "float32")
    found = [gradients.keras_gradients(model, x, y, "mean_squared_error")[1][0] for _ in range(2)]
    np.testing.assert_array_equal(*found)
    assert found[0].all()


def test_nothing_of_the_model_changes():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.BatchNormalization()])
    x, y = np.random.default_rng(0).normal(size=(8, 3)).astype("float32"), np.zeros((8, 4), "float32")
    before = model.get_weights()
    found = [gradients.keras_gradients(model, x, y, "mean_squared_error") for _ in range(2)]
    assert found[0][0] == found[1][0] and [array.shape for array in found[0][1]] == [(3, 4), (4,), (4,), (4,)]
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


class Idle(keras.Model):
    """A model with a layer that it never calls; its ``call`` takes no ``training``."""

    def __init__(self):
        super().__init__()
        self.used, self.idle = keras.layers.Dense(2), keras.layers.Dense(5)
        self.used.build((None, 3))
        self.idle.build((None, 3))

    def call(self, x):
        return self.used(x)


def test_a_weight_that_plays_no_part_has_gradient_zero():
    x, y = np.ones((2, 3), "float32"), np.zeros((2, 2), "float32")
    model = Idle()
    model(x)
    found = gradients.keras_gradients(model, x, y, "mean_squared_error")[1]
    assert [array.shape for array in found] == [(3, 2), (2,), (3, 5), (5,)]
    assert found[0].any() and not found[2].any() and not found[3].any()


def test_a_model_that_is_only_half_in_float64_is_refused():
    x, y = np.ones((2, 3)), np.zeros((2, 2))
    half = small_model(dtype="float64")
    refused(lambda: gradients.keras_gradients(half, x, y, "mean_squared_error"), "in float32", "set_floatx('float64')")
    before, policy = keras.config.floatx(), keras.config.dtype_policy()
    loss = keras.losses.MeanSquaredError()
    try:
        keras.config.set_floatx("float64")
        keras.config.set_dtype_policy("float64")
        whole, good_loss = small_model(), keras.losses.MeanSquaredError()
        keras.config.set_floatx("float32")
        narrow = small_model()
    finally:
        keras.config.set_floatx(before)
        keras.config.set_dtype_policy(policy)
    refused(lambda: gradients.keras_gradients(narrow, x, y, "mean_squared_error"), "the input", "in float32")
    refused(lambda: gradients.keras_gradients(whole, x, y, loss), "the loss is in float32")
    if keras_dtype() == "float32":
        refused(lambda: gradients.keras_gradients(whole, x, y, good_loss), "JAX_ENABLE_X64=1")
    else:
        value, found = gradients.keras_gradients(whole, x, y, good_loss)
        W, b = whole.get_weights()
        error = x @ W + b
        assert value == pytest.approx((error**2).mean(), rel=1e-12)
        np.testing.assert_allclose(found[0], x.T @ error / 2, rtol=1e-12)


def test_the_module_alone_imports_no_keras():
    code = "import sys; from helpers import gradients, network; print('keras' in sys.modules)"
    assert run_python(code).stdout.strip() == "False"
