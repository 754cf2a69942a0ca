"""Random problems for optimisers, and the comparison of helpers/optimisers.py with keras.optimizers on them."""

from dataclasses import dataclass, field

import numpy as np

STEPS = 50
# How far a place may be from Keras', relative to the largest weight of the walk. TensorFlow has the wider one: there
# Keras turns 0.9 and 0.999 into float32 before it takes their powers (a Python number becomes a float32 tensor, and
# only that is cast to the weights' float64). So 1 − 0.999ᵗ loses four of its digits, and Adam's bias correction with
# it. What remains elsewhere, some 1e-8, is the rate: Keras keeps it in float32 on every backend.
TOLERANCES = {"tensorflow": 1e-5, "jax": 1e-6, "torch": 1e-6}


@dataclass(frozen=True)
class Setting:
    """An optimiser here and in Keras: names of the classes, a rate that suits it, and other settings."""

    kind: str
    keras_name: str
    rate: float
    options: dict = field(default_factory=dict)  # handed to both
    fixed: dict = field(default_factory=dict)  # handed to Keras only, which has several optimisers in one class

    def ours(self, module, **options):
        """The optimiser of a module like helpers.optimisers."""
        return getattr(module, self.kind)(**{"learning_rate": self.rate, **self.options, **options})

    def keras(self, **options):
        """Keras' optimiser of the same settings."""
        import keras  # noqa: PLC0415

        return getattr(keras.optimizers, self.keras_name)(
            **{"learning_rate": self.rate, **self.options, **self.fixed, **options}
        )


OPTIMISERS = {
    "gradient descent": Setting("GradientDescent", "SGD", 0.1),
    "momentum": Setting("Momentum", "SGD", 0.05, fixed={"momentum": 0.9}),
    "Nesterov": Setting("Nesterov", "SGD", 0.05, fixed={"momentum": 0.9, "nesterov": True}),
    "Adagrad": Setting("Adagrad", "Adagrad", 0.3),
    "Adagrad from 0": Setting("Adagrad", "Adagrad", 0.3, {"initial_accumulator_value": 0.0}),
    "RMSprop": Setting("RMSprop", "RMSprop", 0.05),
    "Adadelta": Setting("Adadelta", "Adadelta", 30.0),
    "Adam": Setting("Adam", "Adam", 0.1),
    "AdamW": Setting("AdamW", "AdamW", 0.1),
    "Ftrl": Setting("Ftrl", "Ftrl", 0.5),
    "Ftrl, regularised": Setting(
        "Ftrl",
        "Ftrl",
        0.5,
        {"l1_regularization_strength": 0.1, "l2_regularization_strength": 0.05, "beta": 0.5},
    ),
}
# The first step of these is so many rates long, however steep it is.
FIRST_SLOPES = {"Adam": 1.0, "AdamW": 1.0, "RMSprop": (1 - 0.9) ** -0.5, "Adadelta": (1e-7 / (1 - 0.95)) ** 0.5}
FIRST_SLOPES["AdamW"] += 0.004 * 5  # its weight decays from 5


@dataclass(frozen=True)
class Problem:
    """A bowl with the gradient ``matrix @ w - pull``, where to start, and what is asked of the optimiser besides."""

    matrix: np.ndarray
    pull: np.ndarray
    start: np.ndarray
    decay: float  # the share by which weights shrink in a step, the rate included
    schedule: bool

    def gradient(self, w):
        """The slopes at w."""
        return self.matrix @ w - self.pull


def problems(tiny=False, seed=11):
    """Random bowls, with and without decay and schedule; `tiny` ones have slopes of the size that ε stands for.

    ε = 1e-7 is added to a root by Adam, and to what stands under the root by the others: slopes from 1e-8 to 1e-3.
    """
    rng = np.random.default_rng(seed)
    found = []
    for scale in (1e-8, 1e-7, 1e-5, 1e-4, 1e-3) if tiny else (1.0,):
        for size, decay, schedule in ((1, 0.0, False), (5, 0.0, True), (3, 0.02, False), (2, 0.02, True)):
            root = rng.normal(size=(size, size))
            matrix = root @ root.T / size + 0.1 * np.eye(size)
            start, pull = rng.normal(size=size), rng.normal(size=size)
            found.append(Problem(scale * matrix, scale * pull, start, decay, schedule))
    return found


def _options(problem, schedule, rate):
    options = {"weight_decay": problem.decay / rate} if problem.decay else {}
    return options | ({"learning_rate": schedule(rate)} if problem.schedule else {})


def places(module, name, problem):
    """The walk of an optimiser of a module like helpers.optimisers: an array of shape (STEPS + 1, size)."""
    setting = OPTIMISERS[name]
    options = _options(problem, lambda rate: lambda step: rate * 0.5 ** (step / 20), setting.rate)
    optimiser, path = setting.ours(module, **options), [problem.start]
    with np.errstate(all="ignore"):  # a planted mistake may burst
        for _ in range(STEPS):
            path.append(optimiser.step(path[-1], problem.gradient(path[-1])))
    return np.array(path)


def keras_places(name, problem):
    """The walk of Keras' optimiser."""
    import keras  # noqa: PLC0415

    def schedule(rate):
        return keras.optimizers.schedules.ExponentialDecay(rate, decay_steps=20, decay_rate=0.5)

    setting = OPTIMISERS[name]
    optimiser = setting.keras(**_options(problem, schedule, setting.rate))
    weights = keras.Variable(problem.start, dtype="float64")
    path = [problem.start]
    for _ in range(STEPS):
        slopes = keras.ops.convert_to_tensor(problem.gradient(path[-1]), dtype="float64")
        optimiser.apply([slopes], [weights])
        path.append(np.array(keras.ops.convert_to_numpy(weights.value)))  # a copy
    return np.array(path)


def apart(one, other):
    """How far two walks are from each other at most, relative to the largest weight of the first."""
    with np.errstate(all="ignore"):
        distance = np.max(np.abs(one - other)) / np.max(np.abs(one))
    return distance if np.isfinite(distance) else np.inf


def agrees_with_keras(module, name):
    """Assert that an optimiser's walks are those of Keras, on plain problems and on some tiny ones."""
    import keras  # noqa: PLC0415

    from helpers import precision  # noqa: PLC0415

    allowed = TOLERANCES[keras.backend.backend()]
    with precision.full_precision():
        for problem in [*problems(), *problems(tiny=True)[1::7]]:
            theirs = keras_places(name, problem)
            assert theirs.dtype == np.float64
            distance = apart(places(module, name, problem), theirs)
            assert distance < allowed, f"{name} is {distance:.1e} away from Keras': {problem}"
