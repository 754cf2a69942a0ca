"""The network of notebook 06 and how it is trained, as a function of the numbers that were chosen.

The notebook spells the same thing out; `tests/project/test_benchmarks.py` runs its cells and compares.
"""

import math
import time
from dataclasses import dataclass

import keras
import numpy as np
from keras import layers


@dataclass(frozen=True)
class Recipe:
    """Everything about the network and its training that is chosen and not learned.

    Attributes:
        units: neurons of each hidden layer.
        penalty: the strength of L2 on the weights of the hidden layers, added to the loss.
        dropout: the share of each hidden layer's activations that a training step leaves out.
        rescale: whether a last layer turns standard deviations of the target into the target's units.
        loss: what the training makes small, in the target's units.
        peak: the learning rate at the start; it falls along half a cosine to 0.
        batch_size: rows per step.
        epochs: passes over the data.
    """

    units: tuple[int, ...] = (128, 128)
    penalty: float = 0.02
    dropout: float = 0.0
    rescale: bool = True
    loss: str = "mse"
    peak: float = 0.005
    batch_size: int = 16
    epochs: int = 20


CHOSEN = Recipe()


def build(recipe, inputs, targets):
    """Return the untrained, compiled network for one training on these rows.

    Args:
        recipe: a ``Recipe``.
        inputs: the standardised rows, shape (n, features).
        targets: what to predict for each, shape (n,).
    """
    network = keras.Sequential([keras.Input(shape=(inputs.shape[1],))])
    for units in recipe.units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=keras.regularizers.L2(recipe.penalty)))
        if recipe.dropout:
            network.add(layers.Dropout(recipe.dropout))
    network.add(layers.Dense(1))
    if recipe.rescale:
        network.add(layers.Rescaling(float(targets.std()), offset=float(targets.mean())))
    steps = recipe.epochs * math.ceil(len(inputs) / recipe.batch_size)
    rate = keras.optimizers.schedules.CosineDecay(recipe.peak, steps)
    network.compile(optimizer=keras.optimizers.Adam(rate), loss=recipe.loss, metrics=["mae"])
    return network


def standardised(known, new):
    """Return two tables with the known one's columns brought to mean 0 and standard deviation 1, the new one's alike.

    Args:
        known: the rows to train on, shape (n, features).
        new: other rows, shape (m, features); they have no influence on the known ones.
    """
    mean, deviation = known.mean(axis=0), known.std(axis=0)
    return (known - mean) / deviation, (new - mean) / deviation


def learn(make, training, new, seed, batch_size, epochs):
    """Train a network with a seed; return its predictions for other rows, shape (m,), and the seconds of ``fit``.

    Args:
        make: a function of standardised inputs and targets that gives a compiled network.
        training: pair of rows (n, features) and targets (n,), as they were loaded.
        new: the rows to predict, shape (m, features), as they were loaded.
        seed: an integer.
        batch_size: rows per step.
        epochs: passes over the data.
    """
    rows, targets = training
    inputs, new_inputs = standardised(rows, new)
    keras.utils.set_random_seed(seed)
    network = make(inputs, targets)
    start = time.perf_counter()
    network.fit(inputs, targets, batch_size=batch_size, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - start
    return network.predict(new_inputs, batch_size=len(new_inputs), verbose=0)[:, 0], seconds


def learn_by(recipe, training, new, seed):
    """Train the network of a recipe, see ``learn``."""

    def make(inputs, targets):
        return build(recipe, inputs, targets)

    return learn(make, training, new, seed, recipe.batch_size, recipe.epochs)


def mean_absolute_error(targets, predictions):
    """Return by how much predictions (n,) are wrong on average, in the target's units."""
    return float(np.mean(np.abs(predictions - targets)))
