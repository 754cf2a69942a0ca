"""Read and measure a Keras network that a learner hands over, for the exercises that ask for one.

Nothing here trains, and nothing changes the network. Each function returns None where all is well, or the
``Hint`` for one usual slip; an exercise's ``examine`` asks them in the order that suits it: first what can be
read (``form``, ``output``, ``loss_fits_output``, ``loss_fits_labels``, ``accuracy_metric``, ``size``), then
what was measured (``accuracy``, ``low_accuracy``).

Keras is never imported: an answer can only be a network where Keras is there already.
"""

import sys
from typing import Any

import numpy as np

from .compare import with_article
from .hints import Hint

CHANCE = 1.8  # times the share of guessing: up to there a network has learned nothing that could be told
CLEARLY = 0.1  # how much better a network reads pixels from 0 to 255, where it learned from those

NOT_COMPILED = "Your network is not compiled, so it has no loss and nothing to learn with."
NOT_BUILT = "Your network has no weights yet: it does not know what its input looks like."
ONE_UNIT = "The last layer of your network has one unit, as for one number."
SOFTMAX_MISSING = "Your loss expects probabilities, and the last layer of your network has no softmax."
SOFTMAX_TWICE = (
    "Your loss takes the softmax itself (from_logits=True), and the last layer of your network takes it, too."
)
SQUARED_ERROR = (
    "Your loss is a squared or absolute error, which suits numbers such as prices; here the answer is a class."
)
ONE_HOT_LOSS = (
    "categorical_crossentropy wants each label as a row of zeros with a single 1; here labels are whole numbers."
)
YES_NO_LOSS = "binary_crossentropy is for questions of yes or no; here one of several classes is the answer."
NO_LOSS = "Your network was compiled without a loss, so it has nothing to make small."
NO_ACCURACY = "Your network was compiled without the accuracy, so evaluate can tell its loss only."
NEVER_TRAINED = "that is what guessing gives, so its weights seem to be as they were at the start."
TRAINED_IN_VAIN = "that is what guessing gives, although the network was trained."
NOT_ONE = "The ten outputs of your network do not add up to 1, so they are no probabilities of ten digits."
NOT_SCALED = "Your network has no layers.Rescaling(1 / 255), and with pixels from 0 to 255 a network learns badly."
OTHER_SCALE = "Your network was trained on pixels from 0 to 255, and is asked about pixels from 0 to 1."


def form(answer: Any) -> Hint | None:
    """Look whether an answer is a network at all, with weights, and compiled.

    Args:
        answer: anything.

    Returns:
        The hint, or None for a compiled network that has weights.
    """
    keras = sys.modules.get("keras")
    if keras is None or not isinstance(answer, keras.Model):
        return _no_network(answer, keras)
    if not (answer.built and answer.weights):
        return Hint(
            NOT_BUILT,
            "Put keras.Input(shape=(28, 28, 1)), with the shape of one example, in front of the layers.",
        )
    if not answer.compiled:
        return Hint(
            NOT_COMPILED,
            "compile(optimizer=..., loss=..., metrics=[...]) gives it both, before fit. Is it this network that you "
            "compile, under this name?",
        )
    return None


def _no_network(answer: Any, keras: Any) -> Hint:
    if isinstance(answer, type):
        return Hint("This is a class, not yet a network made from it.", "Brackets behind the name of a class make one.")
    if keras is not None and isinstance(answer, keras.callbacks.History):
        return Hint(
            "This is what fit returns, the history of the training.",
            "Hand over the network itself. The history needs a name of its own: history = model.fit(...).",
        )
    if keras is not None and isinstance(answer, keras.layers.Layer):
        return Hint("This is a single layer, not yet a network.", "keras.Sequential([...]) makes a network of layers.")
    if callable(answer):
        return Hint(
            "This is a function, not a network.",
            "If the function returns the network, call it, with brackets behind its name, and hand over the result.",
        )
    return Hint(
        f"A network is asked for; this is {with_article(type(answer).__name__)}.",
        "Hand over the network itself, as keras.Sequential([...]) makes it.",
    )


def part_of_training(answer: Any) -> Hint | None:
    """Look whether an answer is what a network is trained with, and not a network.

    Args:
        answer: anything.

    Returns:
        The hint for an optimiser and for a schedule of rates, or None.
    """
    keras = sys.modules.get("keras")
    if keras is None:
        return None
    for what, kind in (
        ("optimiser", keras.optimizers.Optimizer),
        ("schedule", keras.optimizers.schedules.LearningRateSchedule),
    ):
        if isinstance(answer, kind):
            return Hint(f"This is the {what} alone, and no network.", "compile takes it in; hand over the network.")
    return None


def size(model: Any, limit: int) -> Hint | None:
    """Look whether a network has fewer weights than a limit.

    Args:
        model: a network with weights.
        limit: the smallest number that is too many, biases and all others counted.

    Returns:
        The hint, or None where it is small enough.
    """
    count = int(model.count_params())
    if count < limit:
        return None
    convolves = any("Conv" in type(layer).__name__ for layer in getattr(model, "layers", []))
    save = "Fewer units there, or one more pooling before Flatten, save" if convolves else "Fewer units there save"
    return Hint(
        f"Your network has {count:,} weights; fewer than {limit:,} are asked for.",
        f"Most of them stand where a layer with many outputs meets a Dense layer. {save} the most.",
    )


def output(model: Any, classes: int) -> Hint | None:
    """Look whether a network has one output for each class.

    Args:
        model: a network with weights.
        classes: how many there are.

    Returns:
        The hint, or None where it has, or where its outputs can be known by asking it only.
    """
    outputs = getattr(model, "outputs", None) or []
    if len(outputs) > 1:
        return Hint(f"Your network has {len(outputs)} outputs; one is needed, with {classes} numbers in a row.")
    shape = getattr(model, "output_shape", None)
    if not isinstance(shape, tuple) or not shape:
        return None
    if len(shape) != 2:
        return Hint(
            f"The output of your network has the shape {tuple(shape[1:])}; {classes} numbers in one row are needed.",
            "Flatten lays what the layers before it made in one row.",
        )
    return _units(shape[1], classes)


def _units(units: int, classes: int) -> Hint | None:
    if units == classes:
        return None
    fuller = f"There are {classes} classes, and each needs an output of its own."
    if units == 1:
        return Hint(ONE_UNIT, fuller)
    return Hint(f"The last layer of your network has {units} units, and there are {classes} classes.", fuller)


def loss_fits_output(model: Any, images: np.ndarray | None = None) -> Hint | None:
    """Look whether the loss expects what the last layer gives: probabilities, or sums before the softmax.

    Args:
        model: a compiled network with weights.
        images: shape (n, height, width, 1), asked about where the last layer cannot be read; None asks nothing.

    Returns:
        The hint, or None where they fit, or where it cannot be told.
    """
    loss, from_logits = _loss(model)
    if loss not in ("sparsecategoricalcrossentropy", "categoricalcrossentropy"):
        return None
    probabilities = _gives_probabilities(model, images)
    if probabilities is True and from_logits:
        return Hint(SOFTMAX_TWICE, "Leave one of the two away.")
    if probabilities is False and not from_logits:
        return Hint(
            SOFTMAX_MISSING,
            'Give the last layer activation="softmax", or the loss from_logits=True '
            "(keras.losses.SparseCategoricalCrossentropy).",
        )
    return None


def takes(model: Any, images: np.ndarray) -> Hint | None:
    """Look whether a network can be given pictures as they are.

    Args:
        model: a network with weights.
        images: shape (n, height, width, 1).

    Returns:
        The hint, or None where it can.
    """
    try:
        model(images, training=False)
    except Exception:  # what Keras says to pictures that do not fit
        picture = images.shape[1:]
        wanted = getattr(model, "input_shape", None)
        expects = f"expects inputs of the shape {wanted[1:]}" if isinstance(wanted, tuple) else "expects other inputs"
        return Hint(
            f"Your network {expects}; a picture has the shape {picture}.",
            f"keras.Input(shape={picture}) is the place where it is told, and Flatten comes after it.",
        )
    return None


def adds_to_one(model: Any, images: np.ndarray) -> Hint | None:
    """Look whether the outputs of a network for each picture are the probabilities of classes.

    Args:
        model: a network with weights.
        images: shape (n, height, width, 1), some to ask about.

    Returns:
        The hint, or None where no output is below 0 and they add up to 1.
    """
    outputs = _outputs(model, images)
    if isinstance(outputs, Hint):
        return outputs
    if outputs.min() >= 0 and np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return None
    return Hint(NOT_ONE, 'activation="softmax" in the last layer makes them do so.')


def scaling(model: Any) -> Hint | None:
    """Look whether a network that gets pixels from 0 to 255 has a layer that brings numbers near 1.

    Args:
        model: a network with weights.

    Returns:
        The hint, or None where it has one.
    """
    layers = {type(layer).__name__ for layer in getattr(model, "layers", [])}
    if layers & {"Rescaling", "Normalization", "BatchNormalization", "LayerNormalization"}:
        return None
    return Hint(NOT_SCALED, "Put it behind Input, as in the network above, or divide the pixels by 255 before fit.")


def loss_fits_labels(model: Any) -> Hint | None:
    """Look whether the loss is one for classes whose labels are whole numbers.

    Args:
        model: a compiled network.

    Returns:
        The hint, or None for the right loss, and for one that is not known here.
    """
    loss, _ = _loss(model)
    advice = "sparse_categorical_crossentropy is the loss for labels that are whole numbers."
    if loss == "":
        return Hint(NO_LOSS, advice)
    if loss in ("mse", "mae", "meansquarederror", "meanabsoluteerror", "huber"):
        return Hint(SQUARED_ERROR, advice)
    if loss == "categoricalcrossentropy":
        return Hint(ONE_HOT_LOSS, "sparse_categorical_crossentropy takes the labels as they are.")
    if loss == "binarycrossentropy":
        return Hint(YES_NO_LOSS, advice)
    return None


def accuracy_metric(model: Any) -> Hint | None:
    """Look whether a network was compiled with an accuracy.

    Args:
        model: a compiled network.

    Returns:
        The hint, or None where it was.
    """
    try:
        config = model.get_compile_config()
        metrics = repr([config.get("metrics"), config.get("weighted_metrics")]).lower()
    except Exception:  # a metric of the learner's own that Keras cannot write down
        return None
    if "acc" in metrics:
        return None
    return Hint(NO_ACCURACY, 'metrics=["accuracy"] belongs into compile.')


def accuracy(model: Any, images: np.ndarray, labels: np.ndarray, factor: float = 1.0) -> float | Hint:
    """Measure which share of pictures a network reads rightly.

    Args:
        model: a network with weights.
        images: shape (n, height, width, 1), pixels from 0 to 1.
        labels: shape (n,), whole numbers; each class is there.
        factor: by which the pixels are multiplied first.

    Returns:
        The share, 0 to 1, or a hint where the network cannot read the pictures or answers in another form.
    """
    outputs = _outputs(model, images * np.float32(factor))
    if isinstance(outputs, Hint):
        return outputs
    slip = _units(outputs.shape[1], len(np.unique(labels)))
    return slip or float(np.mean(outputs.argmax(axis=1) == labels))


def _outputs(model: Any, images: np.ndarray) -> np.ndarray | Hint:
    shape = _input_shape(model, images)
    if isinstance(shape, Hint):
        return shape
    try:
        outputs = _ask(model, images.reshape(len(images), *shape))
    except Exception as error:  # the network's own code, and what Keras says to pictures that do not fit it
        return Hint(
            f"Your network cannot read pictures of the shape {shape}.",
            f"Reading them ended with {type(error).__name__}.",
        )
    if outputs.ndim != 2 or len(outputs) != len(images):
        return Hint(f"Your network should give one row of numbers for each picture; its output is of {_kind(outputs)}.")
    if not np.all(np.isfinite(outputs)):
        return Hint(
            "The outputs of your network are not numbers (nan).",
            "That comes from a training that ran away: a smaller learning rate helps.",
        )
    return outputs


def _ask(model: Any, images: np.ndarray) -> np.ndarray:
    try:
        return np.asarray(model.predict(images, batch_size=500, verbose=0))
    except Exception:
        # On TensorFlow a network that once read pictures of another rank, (28, 28, 1) beside (28, 28), has a predict
        # that fits neither any more. Called without it, it still reads both.
        convert = sys.modules["keras"].ops.convert_to_numpy
        parts = [images[start : start + 500] for start in range(0, len(images), 500)]
        return np.concatenate([convert(model(part, training=False)) for part in parts])


def _kind(outputs: np.ndarray) -> str:
    return f"shape {outputs.shape}" if outputs.dtype.kind == "f" else "another kind"


def _input_shape(model: Any, images: np.ndarray) -> tuple[int, ...] | Hint:
    """Return the shape in which a network wants one picture: its own where that holds as many numbers."""
    picture = images.shape[1:]
    wanted = getattr(model, "input_shape", None)
    if not isinstance(wanted, tuple):
        return picture  # a network of the learner's own class, or with several inputs
    sizes = wanted[1:]
    if len(sizes) == len(picture) and all(size in (None, given) for size, given in zip(sizes, picture, strict=True)):
        return picture
    if None not in sizes and np.prod(sizes) == np.prod(picture):
        return sizes
    return Hint(
        f"Your network expects inputs of the shape {sizes}; a picture has the shape {picture}.",
        f"keras.Input(shape={picture}) is the place where it is told.",
    )


def low_accuracy(model: Any, images: np.ndarray, labels: np.ndarray, found: float, goal: float) -> Hint:
    """Say why a network reads too few pictures, as far as that can be told from outside.

    Args:
        model: a compiled network with weights.
        images: shape (n, height, width, 1), pixels from 0 to 1.
        labels: shape (n,), whole numbers.
        found: the share that it reads rightly.
        goal: the share that is asked for.

    Returns:
        The hint.
    """
    raw = accuracy(model, images, labels, factor=255)
    if isinstance(raw, float) and (raw >= goal or raw > found + CLEARLY):
        return Hint(
            OTHER_SCALE, "Divide the pictures by 255 before fit, and before everything else that is asked of it."
        )
    slip = loss_fits_labels(model)
    if slip is not None:
        return slip
    reads = f"Your network reads {found:.1%} of the new pictures rightly"
    if found > CHANCE / len(np.unique(labels)):
        return Hint(
            f"{reads}; {goal:.0%} are asked for.",
            "Train for more epochs, or give it more filters where few weights are needed: in the convolutions.",
        )
    if not trained(model):
        return Hint(
            f"{reads}: {NEVER_TRAINED}",
            "fit trains a network: build and compile it first, then fit, then check. Do all these lines name the "
            "same network?",
        )
    return Hint(
        f"{reads}: {TRAINED_IN_VAIN}",
        "Was it trained on pictures and labels that belong together, and was the learning rate small enough?",
    )


def optimiser_name(model: Any) -> str:
    """Return the name of the class of a network's optimiser.

    Args:
        model: a compiled network.
    """
    return type(model.optimizer).__name__


def rate_at(model: Any, step: int) -> float:
    """Return the learning rate that a network's optimiser would use for a step.

    Args:
        model: a compiled network.
        step: how many batches it has learned from before.

    Returns:
        What its schedule says; the rate itself where it has none.
    """
    keras, optimiser = sys.modules["keras"], model.optimizer
    rate = getattr(optimiser, "_learning_rate", None)  # Keras has no public way to the schedule itself
    if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule):
        return float(keras.ops.convert_to_numpy(rate(step)))
    return float(keras.ops.convert_to_numpy(optimiser.learning_rate))


def trained(model: Any) -> bool:
    """Tell whether the optimizer of a network has seen a batch.

    Args:
        model: a compiled network.

    Returns:
        False also where that cannot be told, for an optimizer of the learner's own.
    """
    try:
        return int(model.optimizer.iterations) > 0
    except Exception:
        return False


def _loss(model: Any) -> tuple[str, bool]:
    """Return the name of a network's loss, in small letters and without lines, and whether it takes the softmax."""
    loss = getattr(model, "loss", None)
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    if loss is None:
        return "", False
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", None) or type(loss).__name__
    try:
        from_logits = bool(loss.get_config().get("from_logits", False))
    except Exception:  # a name, a function, or a loss of the learner's own
        from_logits = False
    return str(name).replace("_", "").lower(), from_logits


def _gives_probabilities(model: Any, images: np.ndarray | None) -> bool | None:
    """Tell whether the outputs of a network are a softmax, by its last layer or else by asking it; None: not sure."""
    last = _last_activation(model)
    if last == "softmax":
        return True
    if last in ("linear", "relu", "tanh"):
        return False
    outputs = None if images is None or last is not None else _outputs(model, images)
    if not isinstance(outputs, np.ndarray):
        return None
    if outputs.min() < 0 or outputs.max() > 1:
        return False
    return True if np.allclose(outputs.sum(axis=1), 1, atol=1e-3) else None


def _last_activation(model: Any) -> str | None:
    """Return the name of what stands at a network's output, "linear" for nothing; None where it cannot be read."""
    keras = sys.modules["keras"]
    if not getattr(model, "outputs", None):
        return None  # the learner's own class: its layers need not stand in the order in which they are used
    last = model.layers[-1]
    if isinstance(last, keras.Model):
        return _last_activation(last)
    if isinstance(last, keras.layers.Softmax):
        return "softmax"
    return getattr(getattr(last, "activation", None), "__name__", None)
