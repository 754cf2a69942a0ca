"""The CNN of notebook 10 and how it is trained, as a function of the numbers that were chosen.

The notebook spells the same thing out cell by cell; `tests/project/test_benchmarks.py` runs its cells and compares.
"""

import math
from dataclasses import dataclass

import keras
from keras import layers


@dataclass(frozen=True)
class Recipe:
    """Everything about the network and its training that is chosen and not learned.

    Attributes:
        filters: how many kernels the two convolutions have.
        kernels: the side lengths of their kernels.
        units: neurons of the dense hidden layer.
        padding: "valid" or "same", of both convolutions.
        normalise: whether batch normalisation follows the pooling.
        peak: the highest learning rate of the one-cycle schedule.
        batch_size: images per step.
        epochs: passes over the data.
    """

    filters: tuple[int, int] = (16, 32)
    kernels: tuple[int, int] = (5, 5)
    units: int = 128
    padding: str = "valid"
    normalise: bool = True
    peak: float = 0.01
    batch_size: int = 256
    epochs: int = 1


FULL = Recipe()
EMBEDDED = Recipe(batch_size=64, epochs=6)


def steps_per_execution():
    """Return how many steps one call into the backend makes: PyTorch knows only one.

    This saves seconds and changes no number; the notebook does without.
    """
    return 1 if keras.backend.backend() == "torch" else 10


def build(recipe):
    """Return the untrained network: images (n, 28, 28, 1) in 0 to 1, out come ten probabilities."""
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters, kernel in zip(recipe.filters, recipe.kernels, strict=True):
        model.add(layers.Conv2D(filters, kernel, padding=recipe.padding, use_bias=not recipe.normalise))
        model.add(layers.MaxPooling2D(2))
        if recipe.normalise:
            model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.Activation("relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(recipe.units, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def one_cycle(peak, steps):
    """Return the one-cycle schedule: in 30 % of the steps up from 4 % of the peak, then along half a cosine to 0.

    Args:
        peak: the highest learning rate.
        steps: how many batches the whole training has.

    Source: after L. N. Smith, "A disciplined approach to neural network hyper-parameters", 2018, whose rate falls in
    straight lines.
    """
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.04 * peak, decay_steps=0.7 * steps, warmup_target=peak, warmup_steps=0.3 * steps
    )


def compile_for(model, recipe, examples):
    """Compile a network for one training on so many examples: the schedule must know where it ends."""
    steps = recipe.epochs * math.ceil(examples / recipe.batch_size)
    model.compile(
        optimizer=keras.optimizers.Adam(one_cycle(recipe.peak, steps), beta_1=0.7, beta_2=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=steps_per_execution(),
    )


def fit(model, recipe, images, labels):
    """Train a compiled network, in silence."""
    model.fit(images, labels, batch_size=recipe.batch_size, epochs=recipe.epochs, verbose=0)
