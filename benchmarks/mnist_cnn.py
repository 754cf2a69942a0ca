"""Notebook 10's one pass over MNIST against Keras' example convnet, until that first reaches 99.0 %."""

import time

import keras
import numpy as np
from keras import layers

from benchmarks import recipe
from benchmarks.harness import Claim, Comparison, Run, at_least, median_ratio
from helpers import data

GOAL = 0.99
RATIO = 8
EPOCHS = 20
EXAMPLE_BATCH = 128
HELD_BACK = 0.1


def build_example():
    """Return the untrained network of Keras' example "Simple MNIST convnet", compiled as there."""
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


class UntilAccurate(keras.callbacks.Callback):
    """Ends a training after the first epoch with a wanted test accuracy.

    Args:
        accuracy: a function of the model that gives its test accuracy, 0 to 1.
        goal: the wanted one.

    Attributes:
        best: the best accuracy seen.
        epochs: how many epochs were trained.
        seconds: what the accuracies took, which is no training time.
    """

    def __init__(self, accuracy, goal):
        super().__init__()
        self.accuracy, self.goal = accuracy, goal
        self.best, self.epochs, self.seconds = 0.0, 0, 0.0

    def on_epoch_end(self, epoch, logs=None):
        """Measure the accuracy, and end the training if it suffices."""
        start = time.perf_counter()
        self.best = max(self.best, self.accuracy(self.model))
        self.epochs = epoch + 1
        self.model.stop_training = self.best >= self.goal
        self.seconds += time.perf_counter() - start


def accuracy_on(images, labels):
    """Return a function that gives a model's accuracy on these images, 0 to 1."""

    def accuracy(model):
        scores = model.predict(images, batch_size=1000, verbose=0)
        return float(np.mean(scores.argmax(axis=1) == labels))

    return accuracy


def run_ours(seed, chosen, images, labels, accuracy):
    """Train notebook 10's network with a seed; only ``fit`` is timed."""
    keras.utils.set_random_seed(seed)
    model = recipe.build(chosen)
    recipe.compile_for(model, chosen, len(images))
    start = time.perf_counter()
    recipe.fit(model, chosen, images, labels)
    seconds = time.perf_counter() - start
    reached = accuracy(model)
    return Run(round(seconds, 3), reached >= GOAL, {"accuracy": reached})


def run_example(seed, images, labels, accuracy, epochs=EPOCHS):
    """Train Keras' example with a seed until it is good enough; ``fit`` is timed, less the accuracies."""
    keras.utils.set_random_seed(seed)
    model = build_example()
    targets = keras.utils.to_categorical(labels, 10)
    stop = UntilAccurate(accuracy, GOAL)
    start = time.perf_counter()
    model.fit(images, targets, batch_size=EXAMPLE_BATCH, epochs=epochs, verbose=0, callbacks=[stop])
    seconds = time.perf_counter() - start - stop.seconds
    return Run(round(seconds, 3), stop.best >= GOAL, {"accuracy": stop.best, "epochs": stop.epochs})


def prepare():
    """Load MNIST, let TensorFlow settle on a few images, and return the two functions to be timed."""
    mnist = data.load_mnist("full")
    images, test_images = (x[..., np.newaxis].astype("float32") / 255 for x in (mnist.x_train, mnist.x_test))
    labels = mnist.y_train
    accuracy = accuracy_on(test_images, mnist.y_test)
    # The example holds a tenth back for validation and so trains on the first 54,000; the seconds that its
    # validation takes are not counted.
    kept = round(len(images) * (1 - HELD_BACK))
    run_ours(0, recipe.FULL, images[:1000], labels[:1000], accuracy)
    run_example(0, images[:1000], labels[:1000], accuracy, epochs=1)
    return (
        lambda seed: run_ours(seed, recipe.FULL, images, labels, accuracy),
        lambda seed: run_example(seed, images[:kept], labels[:kept], accuracy),
    )


def claims(pairs):
    """Every accuracy of ours reaches the goal, and the median ratio reaches the promised one."""
    ratio = median_ratio(pairs)
    accuracies = [pair.ours.facts["accuracy"] for pair in pairs]
    return [
        at_least(f"each test accuracy of ours is at least {GOAL:.1%}", accuracies, GOAL, ".2%"),
        Claim(f"the other takes at least {RATIO} times as long (median)", f"{ratio:.1f}", ratio >= RATIO),
    ]


COMPARISON = Comparison(
    name="mnist_cnn",
    title="Reading MNIST with 99.0 % of the test digits right",
    ours="the CNN of notebook 10, one pass over the 60,000 images",
    other='Keras\' example "Simple MNIST convnet" until its first epoch with 99.0 %',
    prepare=prepare,
    claims=claims,
)
