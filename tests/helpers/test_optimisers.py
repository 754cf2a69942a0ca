"""Each optimiser against Keras' own over fifty steps, on every backend, and what mistakes that comparison would see."""

import importlib.util
import inspect
import types

import numpy as np
import pytest
from fresh_python import run_python
from network_checks import keras_dtype
from optimiser_checks import (
    FIRST_SLOPES,
    OPTIMISERS,
    TOLERANCES,
    agrees_with_keras,
    apart,
    places,
    problems,
)

from helpers import course, optimisers

course.start_keras()

import keras  # noqa: E402 - after the quiet start

BACKEND = keras.backend.backend()
HERE = {BACKEND} if keras_dtype() == "float64" else set()  # backends whose float64 this process can have

each_optimiser = pytest.mark.parametrize("name", OPTIMISERS)


# ---- equal to Keras ----


@each_optimiser
def test_fifty_steps_are_those_of_keras(name):
    if BACKEND not in HERE:
        pytest.skip("JAX has no float64 here; the next test gives it JAX_ENABLE_X64=1 in a process of its own")
    agrees_with_keras(optimisers, name)


@pytest.mark.parametrize("backend", sorted(TOLERANCES.keys() - HERE))
def test_fifty_steps_are_those_of_keras_on_the_other_backends(backend):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed here")
    if BACKEND not in ("tensorflow", backend):
        pytest.skip("the run on that backend compares it")
    code = (
        "import sys; sys.path.insert(0, 'tests/support')\n"
        "from helpers import course, optimisers; print(course.start_keras().backend)\n"
        "import optimiser_checks as checks\n"
        "for name in checks.OPTIMISERS: checks.agrees_with_keras(optimisers, name)\n"
        "print('agrees')"
    )
    done = run_python(code, KERAS_BACKEND=backend, JAX_ENABLE_X64="1", CUDA_VISIBLE_DEVICES="-1")
    assert done.stdout.split() == [backend, "agrees"], done.stderr


@each_optimiser
def test_names_and_defaults_of_the_settings_are_those_of_keras(name):
    kind, theirs = OPTIMISERS[name].kind, OPTIMISERS[name].keras_name
    known = inspect.signature(getattr(keras.optimizers, theirs).__init__).parameters
    for setting, parameter in inspect.signature(getattr(optimisers, kind).__init__).parameters.items():
        if setting == "self":
            continue
        given = OPTIMISERS[name].fixed.get(setting, known[setting].default)
        if setting == "momentum":
            assert parameter.default == 0.9  # Keras' own 0 would be plain gradient descent
        else:
            assert parameter.default == (given or 0.0), setting


# ---- planted mistakes: each must move the walk by more than the comparison forgives ----

EPSILON = "epsilon"  # these are seen where slopes are as small as ε
PLANTED = {
    # --- a wrong sign
    "gradient descent climbs": ("gradient descent", "weights - rate * gradient\n", "weights + rate * gradient\n"),
    "the push climbs": ("momentum", "self.velocity - rate * gradient\n", "self.velocity + rate * gradient\n"),
    "the look ahead climbs": ("Nesterov", "* self.velocity - rate * gradient\n", "* self.velocity + rate * gradient\n"),
    "Adagrad climbs": ("Adagrad", "- rate * gradient / np.sqrt(self.total", "+ rate * gradient / np.sqrt(self.total"),
    "RMSprop climbs": ("RMSprop", "- rate * gradient / np.sqrt(self.sq", "+ rate * gradient / np.sqrt(self.sq"),
    "Adadelta climbs": ("Adadelta", "weights + rate * change", "weights - rate * change"),
    "Adam climbs": ("Adam", "weights - rate * self.mean", "weights + rate * self.mean"),
    "AdamW climbs": ("AdamW", "weights - rate * self.mean", "weights + rate * self.mean"),
    "Ftrl climbs": ("Ftrl", "self.linear + gradient -", "self.linear - gradient -"),
    # --- Adam's bias correction
    "the mean is not put right": ("Adam", "(1 - self.beta_1**self.steps)", "1"),
    "the mean square is not put right": ("Adam", " * np.sqrt(1 - self.beta_2**self.steps)", ""),
    "put right by one step too many": ("Adam", "1 - self.beta_1**self.steps", "1 - self.beta_1 ** (self.steps + 1)"),
    "AdamW does not put right": ("AdamW", "(1 - self.beta_1**self.steps)", "1"),
    # --- what is remembered, and how
    "Nesterov does not look ahead": (
        "Nesterov",
        "weights + self.momentum * self.velocity - rate * gradient",
        "weights + self.velocity",
    ),
    "Adagrad forgets": ("Adagrad", "self.total + gradient**2\n        return", "gradient**2\n        return"),
    "Adagrad begins at 0": ("Adagrad", "accumulator_value=0.1, epsilon", "accumulator_value=0.0, epsilon"),
    "RMSprop remembers longer": ("RMSprop", "rho=0.9,", "rho=0.95,"),
    "Adadelta remembers less": ("Adadelta", "rho=0.95,", "rho=0.9,"),
    "Adadelta forgets its steps": ("Adadelta", " + (1 - self.rho) * change**2", ""),
    "Adam's squares are forgotten": ("Adam", "beta_2=0.999, epsilon=1e-7, w", "beta_2=0.99, epsilon=1e-7, w"),
    "AdamW's mean is shorter": ("AdamW", "0.004, beta_1=0.9,", "0.004, beta_1=0.8,"),
    "Ftrl without its rate": ("Ftrl", "/ rate * weights", "* weights"),
    "Ftrl begins at 1": ("Ftrl", "accumulator_value=0.1,\n", "accumulator_value=1.0,\n"),
    "Ftrl's l2 is halved": ("Ftrl, regularised", "2 * self.l2", "self.l2"),
    "Ftrl's beta is doubled": ("Ftrl, regularised", "self.beta / rate", "2 * self.beta / rate"),
    "Ftrl's l1 is left out": ("Ftrl, regularised", "np.clip(self.linear, -self.l1, self.l1)", "0"),
    # --- ε, its value and its place
    f"Adagrad's {EPSILON} outside the root": (
        "Adagrad from 0",
        "np.sqrt(self.total + self.epsilon)",
        "(np.sqrt(self.total) + self.epsilon)",
    ),
    f"RMSprop's {EPSILON} outside the root": (
        "RMSprop",
        "gradient / np.sqrt(self.square + self.epsilon)",
        "gradient / (np.sqrt(self.square) + self.epsilon)",
    ),
    f"Adadelta's {EPSILON} outside the lower root": (
        "Adadelta",
        "/ np.sqrt(self.square + self.epsilon) * gradient",
        "/ (np.sqrt(self.square) + self.epsilon) * gradient",
    ),
    f"Adadelta's {EPSILON} outside the upper root": (
        "Adadelta",
        "np.sqrt(self.square_of_steps + self.epsilon)",
        "(np.sqrt(self.square_of_steps) + self.epsilon)",
    ),
    f"Adam's {EPSILON} under the root": (
        "Adam",
        "(np.sqrt(self.square) + self.epsilon)",
        "np.sqrt(self.square + self.epsilon)",
    ),
    f"Adam's {EPSILON} added after putting right": (
        "Adam",
        "(np.sqrt(self.square) + self.epsilon)",
        "(np.sqrt(self.square) + self.epsilon * np.sqrt(1 - self.beta_2**self.steps))",
    ),
    f"a smaller {EPSILON} for Adagrad": ("Adagrad from 0", "= epsilon\n", "= epsilon / 10\n"),
    f"a smaller {EPSILON} for RMSprop": ("RMSprop", "= rho, epsilon\n", "= rho, epsilon / 10\n"),
    f"a smaller {EPSILON} for Adadelta": ("Adadelta", "= rho, epsilon\n", "= rho, epsilon / 10\n"),
    f"a smaller {EPSILON} for Adam": ("Adam", "beta_1, beta_2, epsilon\n", "beta_1, beta_2, epsilon / 10\n"),
    f"a smaller {EPSILON} for AdamW": ("AdamW", "beta_2=0.999, epsilon=1e-7):", "beta_2=0.999, epsilon=1e-8):"),
}
DECAY = "self.update(weights - rate * self.weight_decay * weights, gradient, rate)"
for _name in OPTIMISERS:
    PLANTED |= {
        f"{_name}: no decay": (_name, DECAY, "self.update(weights, gradient, rate)"),
        f"{_name}: decay that grows": (_name, DECAY, DECAY.replace("weights -", "weights +")),
        f"{_name}: decay without the rate": (_name, DECAY, DECAY.replace("rate * self", "self")),
    }
    if _name not in ("gradient descent", "momentum", "Nesterov"):  # there it makes hardly a difference, or none
        PLANTED[f"{_name}: decay in the gradient"] = (
            _name,
            DECAY,
            "self.update(weights, gradient + self.weight_decay * weights, rate)",
        )


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_mistake_moves_the_walk_far_beyond_the_tolerance(planted):
    name, old, new = PLANTED[planted]
    source = inspect.getsource(optimisers)
    assert old in source
    changed = types.ModuleType("changed")
    exec(source.replace(old, new), changed.__dict__)
    farthest = max(
        apart(places(optimisers, name, each), places(changed, name, each)) for each in problems(EPSILON in planted)
    )
    assert farthest > 1e-3


@each_optimiser
def test_the_same_optimiser_twice_is_not_apart_at_all(name):
    assert max(apart(places(optimisers, name, each), places(optimisers, name, each)) for each in problems()) == 0


# ---- what the docstrings say ----


def test_the_old_weights_are_left_alone():
    for setting in OPTIMISERS.values():
        weights, gradient = np.array([1.0, -2.0]), np.array([3.0, 4.0])
        setting.ours(optimisers, weight_decay=0.1).step(weights, gradient)
        assert weights.tolist() == [1, -2] and gradient.tolist() == [3, 4]


def test_weights_of_any_shape_take_the_step_of_the_flat_ones():
    rng = np.random.default_rng(1)
    weights, gradient = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    for setting in OPTIMISERS.values():
        whole, flat = setting.ours(optimisers), setting.ours(optimisers)
        for _ in range(3):
            assert np.array_equal(whole.step(weights, gradient).ravel(), flat.step(weights.ravel(), gradient.ravel()))


def test_a_schedule_is_asked_with_the_number_of_steps_taken():
    asked = []
    optimisers.walk(optimisers.GradientDescent(lambda step: asked.append(step) or 0.1), lambda w: w, [1.0], 3)
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(("name", "length"), FIRST_SLOPES.items())
def test_the_first_step_does_not_ask_how_steep_it_is(name, length):
    # By hand: Adam's means are put right to g and g²; elsewhere the mean of squares holds one alone, (1 − ρ) g².
    for slope in (0.01, 1.0, 700.0):
        moved = OPTIMISERS[name].ours(optimisers, learning_rate=0.1).step(np.array([5.0]), np.array([slope]))
        assert 5 - moved[0] == pytest.approx(0.1 * length, rel=0.01)


def test_ftrl_with_l1_keeps_a_weight_whose_slopes_cancel_at_exactly_0():
    rng, kept = np.random.default_rng(3), {}
    slopes = rng.permuted(np.repeat([-0.3, 0.3], 50))
    for l1 in (0.0, 5.0):
        ftrl, w = optimisers.Ftrl(learning_rate=0.5, l1_regularization_strength=l1), np.zeros(2)
        for slope in slopes:
            w = ftrl.step(w, np.array([w[0] - 2, slope]))
        kept[l1] = w
    assert kept[0.0][1] != 0 and kept[5.0][1] == 0
    assert all(w[0] > 1 for w in kept.values())


def test_a_walk_keeps_the_start_and_every_step():
    path = optimisers.walk(optimisers.GradientDescent(0.1), lambda w: 2 * w, [5, -5], 2)
    assert np.allclose(path, [[5, -5], [4, -4], [3.2, -3.2]])


def test_a_walk_refuses_an_optimiser_that_remembers_another_one():
    used = optimisers.Momentum()
    used.step(np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match="1 steps before"):
        optimisers.walk(used, lambda w: w, [1, 1], 3)


def test_a_walk_that_leaves_for_good_says_nothing(recwarn):
    assert not np.isfinite(optimisers.walk(optimisers.GradientDescent(1e200), lambda w: w, [1.0], 5)[-1]).any()
    assert not recwarn.list


def test_what_all_have_in_common_takes_no_step():
    with pytest.raises(NotImplementedError):
        optimisers.Optimiser(0.1).step(np.ones(1), np.ones(1))
