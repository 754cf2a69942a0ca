"""The network from scratch of `helpers/network.py` against scikit-learn's `MLPClassifier`, both reading MNIST.

Both train 784-100-10 with ReLU in the middle and cross-entropy: plain gradient descent without momentum or penalty,
the same learning rate, batches of 128 shuffled in each epoch, float32, no validation, no early stop. Both multiply
matrices with NumPy, and so with one and the same library. `fit` is timed as a learner calls it, each side's
checks of its input included. Learning rate and epochs were chosen on the last 10,000 training images.
"""

import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.harness import Claim, Comparison, Run, at_least, median_ratio
from helpers import data, network

SIZES = [784, 100, 10]
BATCH, RATE, EPOCHS = 128, 0.5, 20
GOAL, SHARE_OF_TIME, SHARE_OF_SPEED = 0.975, 0.8, 0.5
LARGE = 4096


def run_ours(seed, images, labels, accuracy, epochs=EPOCHS):
    """Train the network from scratch with a seed; only ``fit`` is timed. Speeds: billions of operations a second."""
    rng = np.random.default_rng(seed)
    net = network.mlp(SIZES, rng, "relu", loss="categorical_crossentropy", dtype="float32")
    before = fastest_products(), fastest_products(shapes(images))
    start = time.perf_counter()
    net.fit(images, labels, epochs=epochs, batch_size=BATCH, learning_rate=RATE, rng=rng)
    seconds = time.perf_counter() - start
    large, small = np.maximum(before, (fastest_products(), fastest_products(shapes(images))))
    done = epochs * len(images) / BATCH * operations(shapes(images)) / 1e9
    reached = accuracy(lambda x: net.predict(x).argmax(axis=1))
    speeds = {"products a second": done / seconds, "large products": large, "such products": small}
    return Run(
        round(seconds, 3), reached >= GOAL, {"accuracy": reached, **{k: round(float(v), 1) for k, v in speeds.items()}}
    )


def run_scikit_learn(seed, images, labels, accuracy, epochs=EPOCHS):
    """Train scikit-learn's network with a seed; only ``fit`` is timed."""
    model = MLPClassifier(
        hidden_layer_sizes=SIZES[1:-1],
        activation="relu",
        solver="sgd",
        alpha=0,
        momentum=0,
        nesterovs_momentum=False,
        learning_rate_init=RATE,
        batch_size=BATCH,
        max_iter=epochs,
        n_iter_no_change=epochs + 1,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # It was told to end after so many epochs, and says that it might go on.
        warnings.simplefilter("ignore", ConvergenceWarning)
        start = time.perf_counter()
        model.fit(images, labels)
        seconds = time.perf_counter() - start
    reached = accuracy(model.predict)
    return Run(round(seconds, 3), reached >= GOAL, {"accuracy": reached, "epochs": model.n_iter_})


def shapes(images):
    """Return pairs of random matrices of the shapes that a batch multiplies: two forward, three backward."""
    inputs, hidden, outputs = images.shape[1], *SIZES[1:]
    rng = np.random.default_rng(0)
    x, W, delta = (rng.random(shape, dtype="float32") for shape in ((BATCH, inputs), (inputs, hidden), (BATCH, hidden)))
    V, last = (rng.random(shape, dtype="float32") for shape in ((hidden, outputs), (BATCH, outputs)))
    return [(x, W), (delta, V), (delta.T, last), (last, V.T), (x.T, delta)]


def operations(pairs):
    """Return how many multiplications and additions the products of pairs of matrices take."""
    return sum(2 * one.shape[0] * one.shape[1] * other.shape[1] for one, other in pairs)


def fastest_products(pairs=None):
    """Return the machine's best speed in matrix products, in billions of operations a second; by default large ones."""
    tries = 20
    if pairs is None:
        large = np.random.default_rng(0).random((LARGE, LARGE), dtype="float32")
        pairs, tries = [(large, large)], 3
    seconds = []
    for _ in range(tries):
        start = time.perf_counter()
        for one, other in pairs:
            one @ other
        seconds.append(time.perf_counter() - start)
    return operations(pairs) / min(seconds) / 1e9


def prepare():
    """Load MNIST, train each side on a few images, and return the two functions to be timed."""
    mnist = data.load_mnist("full")
    images, test_images = (x.reshape(-1, 784).astype("float32") / 255 for x in (mnist.x_train, mnist.x_test))
    labels = mnist.y_train

    def accuracy(read):
        return float(np.mean(read(test_images) == mnist.y_test))

    for side in (run_ours, run_scikit_learn):
        side(0, images[:1000], labels[:1000], accuracy, epochs=1)
    return (
        lambda seed: run_ours(seed, images, labels, accuracy),
        lambda seed: run_scikit_learn(seed, images, labels, accuracy),
    )


def claims(pairs):
    """Judge accuracy, time beside scikit-learn, and speed beside that of bare matrix products."""
    share = 1 / median_ratio(pairs)
    facts = [pair.ours.facts for pair in pairs]
    speed = float(np.median([each["products a second"] / each["large products"] for each in facts]))
    small = float(np.median([each["products a second"] / each["such products"] for each in facts]))
    return [
        at_least(f"each test accuracy of ours is at least {GOAL:.1%}", [f["accuracy"] for f in facts], GOAL, ".2%"),
        Claim(
            f"ours takes at most {SHARE_OF_TIME} of the other's time (median)", f"{share:.2f}", share <= SHARE_OF_TIME
        ),
        Claim(
            f"ours reaches {SHARE_OF_SPEED} of the speed of bare products of {LARGE} x {LARGE} matrices (median)",
            f"{speed:.2f}; of products in the network's shapes {small:.2f}",
            speed >= SHARE_OF_SPEED,
        ),
    ]


COMPARISON = Comparison(
    name="network_from_scratch",
    title=f"Reading MNIST with a network 784-100-10, {EPOCHS} epochs of plain gradient descent",
    ours="the network from scratch, in NumPy",
    other="scikit-learn's MLPClassifier with the same settings",
    prepare=prepare,
    claims=claims,
)
