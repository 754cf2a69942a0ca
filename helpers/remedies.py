"""The remedies of notebook 12, each ready to be trained again: `measure("dropout", seed=7)`.

The notebook spells out the most important ones, cell by cell; `tests/project/test_remedies.py` compares. The table that
notebook 12 draws, ``data/remedies.json``, was measured with this module by ``python -m benchmarks.remedies``.

All networks have the same layers, see the same 500 digits (but for "more data") in about as many steps, and are judged
by the same 2,000 other digits. These are training pictures of the embedded MNIST; its test part is never loaded here.
"""

import functools

import numpy as np

FEW, MANY = 500, 2000  # digits to learn from, usually, and with "more data"; those behind the first MANY judge
EPOCHS, BATCH_SIZE = 40, 50
UNITS = 128
MEMBERS, MEMBER_EPOCHS = 5, 15  # of an ensemble; a network without a remedy learns nothing more after 15
PATIENCE = 3
WRONG = 0.2  # share of the labels that are wrong where that is asked for
MASKS = 10

# Each remedy and its strength, None where it has none. The strengths were chosen by the digits that judge, with other
# seeds than those of the table (``python -m benchmarks.remedies choose``).
STRENGTHS = {
    "none": None,
    "more data": None,
    "early stopping": None,
    "L2": 0.001,
    "L1": 0.0001,
    "dropout": 0.3,
    "augmentation": 0.1,
    "noise on inputs": 0.4,
    "noise on weights": 0.05,
    "batch normalisation": None,
    "ensemble": None,
    "bagging": None,
    "ten fixed masks": 0.3,
    "wrong labels": WRONG,
    "wrong labels, early stopping": WRONG,
}


@functools.cache
def digits():
    """Return the pictures to learn from and the pictures that judge.

    Returns:
        Two pairs of images (n, 28, 28, 1), float32 from 0 to 1, and labels (n,), whole numbers: the first 2,000 of the
        training part of the embedded MNIST, and the 2,000 behind them. The arrays are shared and cannot be changed.
    """
    from helpers import data  # noqa: PLC0415

    mnist = data.load_mnist("embedded")
    images, labels = mnist.x_train[..., np.newaxis].astype("float32") / 255, mnist.y_train
    for array in (images, labels):
        array.flags.writeable = False
    return (images[:MANY], labels[:MANY]), (images[MANY:], labels[MANY:])


def wrong_labels(labels, share, rng):
    """Return labels of which a share was replaced by one of the nine other digits.

    Args:
        labels: shape (n,), whole numbers from 0 to 9.
        share: of the labels that become wrong, 0 to 1; rounded to a whole number of them.
        rng: a NumPy generator.

    Returns:
        A new array of the same shape and type.
    """
    chosen = rng.choice(len(labels), size=round(share * len(labels)), replace=False)
    spoilt = labels.copy()
    spoilt[chosen] = (spoilt[chosen] + rng.integers(1, 10, size=len(chosen))) % 10
    return spoilt


def build(name, strength=None):
    """Return the untrained and compiled network of a remedy.

    Args:
        name: one of ``STRENGTHS``. What works on the data or on the training alone has the network of "none".
        strength: of a penalty its λ, of dropout its rate, of augmentation the share of the picture by which it is moved
            and enlarged, of noise its standard deviation; None takes that of ``STRENGTHS``.

    Returns:
        A Keras network from images (n, 28, 28, 1) to ten probabilities.

    Raises:
        ValueError: there is no remedy of that name.
    """
    import keras  # noqa: PLC0415
    from keras import layers  # noqa: PLC0415

    from helpers import training  # noqa: PLC0415

    if name not in STRENGTHS:
        raise ValueError(f"There is no remedy called {name!r}: choose from {', '.join(STRENGTHS)}.")
    strength = STRENGTHS[name] if strength is None else strength
    penalties = {"L2": keras.regularizers.L2, "L1": keras.regularizers.L1}
    penalty = penalties[name](strength) if name in penalties else None
    parts = [keras.Input(shape=(28, 28, 1))]
    if name == "augmentation":
        parts += [
            layers.RandomTranslation(strength, strength, fill_mode="constant"),
            layers.RandomRotation(strength / 2.5, fill_mode="constant"),
            layers.RandomZoom(strength, fill_mode="constant"),
        ]
    if name == "noise on inputs":
        parts.append(layers.GaussianNoise(strength))
    parts.append(layers.Flatten())
    for _ in range(2):
        if name == "noise on weights":
            parts.append(training.NoisyDense(UNITS, noise=strength, activation="relu"))
        elif name == "batch normalisation":
            parts += [layers.Dense(UNITS, use_bias=False), layers.BatchNormalization(momentum=0.9)]
            parts.append(layers.Activation("relu"))
        else:
            parts.append(layers.Dense(UNITS, activation="relu", kernel_regularizer=penalty))
        if name == "dropout":
            parts.append(layers.Dropout(strength))
        if name == "ten fixed masks":
            parts.append(training.FixedDropout(strength, masks=MASKS))
    parts.append(layers.Dense(10, activation="softmax"))
    network = keras.Sequential(parts)
    network.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        # This saves seconds and changes no number; the notebook does without. PyTorch knows one step only.
        steps_per_execution=1 if keras.backend.backend() == "torch" else 10,
    )
    return network


def measure(name, seed, strength=None):
    """Train a network with a remedy anew, and return the share of the judging digits that it misreads.

    Args:
        name: one of ``STRENGTHS``.
        seed: a whole number; first weights, order of the pictures and everything random follow from it.
        strength: as for ``build``; of "wrong labels" the share of them.

    Returns:
        The validation error in per cent, a float.

    Raises:
        ValueError: there is no remedy of that name.
    """
    import keras  # noqa: PLC0415

    (images, labels), (judging_images, judging_labels) = digits()
    if name not in ("ensemble", "bagging"):
        network = _trained(name, seed, strength, (images, labels), (judging_images, judging_labels))
        answers = keras.ops.convert_to_numpy(network(judging_images))
    else:
        rng = np.random.default_rng(seed)
        answers = 0
        for member in range(MEMBERS):
            rows = rng.integers(FEW, size=FEW) if name == "bagging" else np.arange(FEW)
            learning = images[rows], labels[rows]
            network = _trained("none", MEMBERS * (seed + 1000) + member, None, learning, epochs=MEMBER_EPOCHS)
            answers = answers + keras.ops.convert_to_numpy(network(judging_images))
    return float(100 * np.mean(answers.argmax(axis=1) != judging_labels))


def _trained(name, seed, strength, learning, judging=None, epochs=EPOCHS):
    """Return the trained network of a single remedy."""
    import keras  # noqa: PLC0415

    keras.utils.set_random_seed(seed)
    network = build(name, strength)
    images, labels = learning
    how = {"epochs": epochs}
    if name == "more data":
        how = {"epochs": epochs * FEW // MANY}
    else:
        images, labels = images[:FEW], labels[:FEW]
    if name.startswith("wrong labels"):
        share = WRONG if strength is None else strength
        labels = wrong_labels(labels, share, np.random.default_rng(seed))
    if name.endswith("early stopping"):
        stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=PATIENCE, restore_best_weights=True)
        how |= {"validation_data": judging, "validation_batch_size": 1000, "callbacks": [stop]}
    network.fit(images, labels, batch_size=BATCH_SIZE, verbose=0, **how)
    return network


# ---- the same question on the Boston data ----

ROWS, WATCHED = 100, 100  # rows to learn from, rows that early stopping looks at; the other 204 judge
BOSTON_EPOCHS, BOSTON_BATCH = 100, 20
BOSTON = {"none": None, "early stopping": None, "L2": 0.01, "dropout": 0.1, "ensemble": None}  # and their strengths


@functools.cache
def houses():
    """Return the rows to learn from, to watch and to judge by.

    Returns:
        Three pairs of inputs (n, 12), standardised as measured on the rows to learn from, and prices (n,) in $1000s:
        100, 100 and 204 rows of the training part of the Boston data, without column B. They cannot be changed.
    """
    from helpers import data  # noqa: PLC0415

    boston = data.load_boston(drop_b=True, mode="embedded")
    order = np.random.default_rng(12).permutation(len(boston.x_train))
    inputs, prices = boston.x_train[order], boston.y_train[order]
    inputs = (inputs - inputs[:ROWS].mean(axis=0)) / inputs[:ROWS].std(axis=0)
    for array in (inputs, prices):
        array.flags.writeable = False
    parts = slice(0, ROWS), slice(ROWS, ROWS + WATCHED), slice(ROWS + WATCHED, None)
    return tuple((inputs[part], prices[part]) for part in parts)


def measure_boston(name, seed, strength=None):
    """Train a network on 100 rows of the Boston data with a remedy, and return how far it is off on 204 other rows.

    Args:
        name: one of ``BOSTON``.
        seed: a whole number.
        strength: of L2 its λ, of dropout its rate; None takes that of ``BOSTON``.

    Returns:
        The mean absolute error in $1000s, a float.

    Raises:
        ValueError: there is no remedy of that name.
    """
    if name not in BOSTON:
        raise ValueError(f"There is no remedy called {name!r}: choose from {', '.join(BOSTON)}.")
    strength = BOSTON[name] if strength is None else strength
    seeds = [MEMBERS * (seed + 1000) + member for member in range(MEMBERS)] if name == "ensemble" else [seed]
    prices = np.mean([_prices(name, each, strength) for each in seeds], axis=0)
    return float(np.mean(np.abs(prices - houses()[2][1])))


def _prices(name, seed, strength):
    """Return what one trained network says of the rows that judge, shape (204,)."""
    import keras  # noqa: PLC0415
    from keras import layers  # noqa: PLC0415

    learning, watched, judging = houses()
    keras.utils.set_random_seed(seed)
    penalty = keras.regularizers.L2(strength) if name == "L2" else None
    parts = [keras.Input(shape=(learning[0].shape[1],))]
    for _ in range(2):
        parts.append(layers.Dense(64, activation="relu", kernel_regularizer=penalty))
        if name == "dropout":
            parts.append(layers.Dropout(strength))
    network = keras.Sequential([*parts, layers.Dense(1)])
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
    mean, spread = learning[1].mean(), learning[1].std()
    how = {}
    if name == "early stopping":
        stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True)
        scaled = watched[0], (watched[1] - mean) / spread
        how = {"validation_data": scaled, "validation_batch_size": len(watched[0]), "callbacks": [stop]}
    targets = (learning[1] - mean) / spread
    network.fit(learning[0], targets, batch_size=BOSTON_BATCH, epochs=BOSTON_EPOCHS, verbose=0, **how)
    return keras.ops.convert_to_numpy(network(judging[0]))[:, 0] * spread + mean
