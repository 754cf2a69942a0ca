"""Notebook 06's network on the Boston data without column B against 500 epochs on all 13 columns."""

import statistics
from dataclasses import replace

import keras
import numpy as np
from keras import layers

from benchmarks.boston_recipe import CHOSEN, learn, learn_by, mean_absolute_error
from benchmarks.harness import Claim, Comparison, Run, median_ratio
from helpers import data

RATIO = 10
SINGLE = 2.55
ENSEMBLE = 2.50
LONG_EPOCHS = 500
LONG_BATCH = 16


def build_long(inputs, targets):
    """Return the untrained network of the long training, 64-64 with a linear output, compiled as it was published.

    Source: M. Ekman, "Learning Deep Learning", 2021, chapter 6.
    """
    network = keras.Sequential(
        [
            keras.Input(shape=(inputs.shape[1],)),
            layers.Dense(64, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(1),
        ]
    )
    network.compile(optimizer="adam", loss="mean_squared_error", metrics=["mean_absolute_error"])
    return network


class Side:
    """One side of the comparison: trains with a seed, judges on the test rows, and the networks so far together.

    Args:
        train: a function of a seed that gives predictions for the test rows (n,) and seconds.
        targets: the true values of the test rows (n,).
    """

    def __init__(self, train, targets):
        self._train, self._targets = train, targets
        self._predictions = []

    def __call__(self, seed):
        """Train one more network; return its ``Run``."""
        predictions, seconds = self._train(seed)
        self._predictions.append(predictions)
        together = np.mean(self._predictions, axis=0)
        facts = {
            "mae": round(mean_absolute_error(self._targets, predictions), 4),
            "mae_of_all_so_far": round(mean_absolute_error(self._targets, together), 4),
        }
        return Run(round(seconds, 3), facts=facts)


def prepare():
    """Load the rows, let TensorFlow settle, and return the two functions to be timed."""
    # Keras' file holds the same rows in the same split, so nothing is downloaded.
    without_b, whole = data.load_boston("embedded", drop_b=True), data.load_boston("embedded")

    def ours(seed, recipe=CHOSEN):
        return learn_by(recipe, (without_b.x_train, without_b.y_train), without_b.x_test, seed)

    def other(seed, epochs=LONG_EPOCHS):
        return learn(build_long, (whole.x_train, whole.y_train), whole.x_test, seed, LONG_BATCH, epochs)

    ours(0, replace(CHOSEN, epochs=1))
    other(0, epochs=1)
    return Side(ours, without_b.y_test), Side(other, whole.y_test)


def claims(pairs):
    """The median ratio reaches the promised one, and the networks are good enough, alone and together."""
    ratio = median_ratio(pairs)
    alone = [statistics.mean(side.facts["mae"] for side in sides) for sides in _sides(pairs)]
    together = [sides[-1].facts["mae_of_all_so_far"] for sides in _sides(pairs)]
    return [
        Claim(f"the other takes at least {RATIO} times as long (median)", f"{ratio:.1f}", ratio >= RATIO),
        Claim(f"our networks' mean test MAE is at most {SINGLE:.2f}", _beside(alone), alone[0] <= SINGLE),
        Claim(
            f"the test MAE of our five networks' mean prediction is at most {ENSEMBLE:.2f}",
            _beside(together),
            together[0] <= ENSEMBLE,
        ),
    ]


def _sides(pairs):
    return [pair.ours for pair in pairs], [pair.other for pair in pairs]


def _beside(values):
    return f"{values[0]:.2f}; the other's {values[1]:.2f}"


COMPARISON = Comparison(
    name="boston_housing",
    title="Predicting house values of 1970 around Boston",
    ours="the network of notebook 06, 20 epochs, without column B",
    other="64-64, Adam, batches of 16, 500 epochs, all 13 columns",
    prepare=prepare,
    claims=claims,
)
