"""The exercises of notebook 10: preparing pictures, networks in plain Keras, reading what a network does."""

import functools

import numpy as np

from helpers.exercises import keras_models
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint

# --- pictures as a network wants them


def normalise_image(images):
    """Prepare grey pictures for a network: numbers from 0 to 1, and an axis for the channel.

    images: array of shape (n, height, width), uint8, 0 for background to 255 for full ink
    returns: array of shape (n, height, width, 1), float32, 0 for background to 1 for full ink
    """
    return images[..., np.newaxis].astype("float32") / 255


def _whole_numbers(images):
    return images[..., np.newaxis] // 255


def _by_brightest_of_all(images):
    return images[..., np.newaxis] / images.max()


def _by_brightest_of_each(images):
    return images[..., np.newaxis] / images.max(axis=(1, 2))[:, np.newaxis, np.newaxis, np.newaxis]


def _by_256(images):
    return images[..., np.newaxis] / 256


def _no_channel(images):
    return images / 255


def _channel_first(images):
    return images[:, np.newaxis] / 255


def _channel_in_front_of_all(images):
    return images[np.newaxis] / 255


def _three_channels(images):
    return np.stack([images, images, images], axis=-1) / 255


def _not_divided(images):
    return images[..., np.newaxis].astype("float32")


def _flattened(images):
    return images.reshape(len(images), -1) / 255


def _from_minus_one(images):
    return images[..., np.newaxis] / 127.5 - 1


def _standardised(images):
    return (images[..., np.newaxis] - images.mean()) / images.std()


def _mean_taken_off(images):
    return (images[..., np.newaxis] - images.mean()) / 255


def _stretched(images):
    low, high = images.min(), images.max()
    return (images[..., np.newaxis] - low) / (high - low)


def _inverted(images):
    return 1 - images[..., np.newaxis] / 255


def _sum_of_one(images):
    return images[..., np.newaxis] / images.sum(axis=(1, 2))[:, np.newaxis, np.newaxis, np.newaxis]


def _picture_probes(rng):
    # The brightest pixel is below 255 nearly everywhere, the darkest above 0, and both differ from picture to picture.
    first = np.array([[[0, 51, 102], [153, 204, 255]], [[10, 20, 30], [40, 50, 60]]], dtype=np.uint8)
    cases = [(first,)]
    for shape in ((4, 2, 3), (2, 5, 4), (3, 6, 5)):
        cases.append((rng.integers(5, 240, size=shape).astype(np.uint8),))
    return cases


# --- a confusion matrix


def recall_by_digit(confusion):
    """Tell for each digit which share of its pictures was recognised.

    confusion: array of shape (k, k); the entry in row i and column j counts the pictures of digit i that were read
        as digit j
    returns: array of shape (k,), the recognised share of each digit, 0 to 1
    """
    return np.diag(confusion) / confusion.sum(axis=1)


def _by_column(confusion):
    return np.diag(confusion) / confusion.sum(axis=0)


def _overall(confusion):
    return np.trace(confusion) / confusion.sum()


def _share_of_all(confusion):
    return np.diag(confusion) / confusion.sum()


def _mean_recall(confusion):
    return np.mean(np.diag(confusion) / confusion.sum(axis=1))


def _missed_share(confusion):
    return 1 - np.diag(confusion) / confusion.sum(axis=1)


def _counts_only(confusion):
    return np.diag(confusion)


def _right_to_wrong(confusion):
    right = np.diag(confusion)
    return right / (confusion.sum(axis=1) - right)


def _whole_rows(confusion):
    return confusion / confusion.sum(axis=1, keepdims=True)


def _rows_over_columns(confusion):
    return confusion / confusion.sum(axis=1)


def _largest_of_row(confusion):
    return confusion.max(axis=1) / confusion.sum(axis=1)


def _whole_division(confusion):
    return np.diag(confusion) // confusion.sum(axis=1)


def _in_percent(confusion):
    return 100 * np.diag(confusion) / confusion.sum(axis=1)


def _both_ways(confusion):
    return 2 * np.diag(confusion) / (confusion.sum(axis=0) + confusion.sum(axis=1))


def _confusion_probes(rng):
    cases = [(np.array([[8, 2], [1, 4]]),), (np.array([[4, 0, 6], [1, 8, 1], [2, 2, 16]]),)]
    for k in (4, 6, 10):
        confusion = rng.integers(0, 9, size=(k, k))
        confusion += np.diag(rng.integers(0, 30, size=k))
        confusion[:, 0] += 3  # rows and columns have different sums, and no row is empty
        cases.append((confusion,))
    return cases


# --- the mistake that a network is surest of


def surest_mistake(probabilities, labels):
    """Find the picture that the network reads wrongly with the greatest confidence.

    probabilities: array of shape (n, k), for each picture the probability of each digit
    labels: array of shape (n,), the right digits
    returns: one whole number, the index of that picture among the n
    """
    answers = probabilities.argmax(axis=1)
    confidence = np.where(answers != labels, probabilities.max(axis=1), 0)
    return int(confidence.argmax())


def _surest_of_all(probabilities, labels):
    return int(probabilities.max(axis=1).argmax())


def _surest_right_answer(probabilities, labels):
    right = probabilities.argmax(axis=1) == labels
    return int(np.where(right, probabilities.max(axis=1), 0).argmax())


def _least_sure_mistake(probabilities, labels):
    wrong = probabilities.argmax(axis=1) != labels
    return int(np.where(wrong, probabilities.max(axis=1), 2).argmin())


def _least_sure_of_all(probabilities, labels):
    return int(probabilities.max(axis=1).argmin())


def _index_among_mistakes(probabilities, labels):
    wrong = probabilities.argmax(axis=1) != labels
    return int(probabilities[wrong].max(axis=1).argmax())


def _least_for_the_right_digit(probabilities, labels):
    return int(probabilities[np.arange(len(labels)), labels].argmin())


def _surest_of_a_wrong_digit(probabilities, labels):
    wrong = probabilities.copy()
    wrong[np.arange(len(labels)), labels] = 0
    return int(wrong.max(axis=1).argmax())


def _its_probability(probabilities, labels):
    wrong = probabilities.argmax(axis=1) != labels
    return float(probabilities[wrong].max())


def _its_answer(probabilities, labels):
    wrong = probabilities.argmax(axis=1) != labels
    return int(probabilities[wrong].max(axis=0).argmax())


def _flat_index(probabilities, labels):
    wrong = probabilities.argmax(axis=1) != labels
    return int(np.where(wrong[:, np.newaxis], probabilities, 0).argmax())


def _first_mistake(probabilities, labels):
    return int((probabilities.argmax(axis=1) != labels).argmax())


def _all_mistakes(probabilities, labels):
    return np.flatnonzero(probabilities.argmax(axis=1) != labels)


def _probability_probes(rng):
    by_hand = np.array(
        [
            [0.98, 0.01, 0.01],  # right, and the surest of all
            [0.4, 0.35, 0.25],  # wrong
            [0.02, 0.03, 0.95],  # wrong, and sure of it
            [0.0, 0.2, 0.8],  # wrong, and nothing left for the right digit
            [0.3, 0.4, 0.3],  # right
        ]
    )
    cases = [(by_hand, np.array([0, 1, 1, 0, 1]))]
    # Right, with much left for a wrong digit; and wrong, with less.
    cases.append((np.array([[0.55, 0.45, 0.0], [0.4, 0.35, 0.25]]), np.array([0, 1])))
    for n, k in ((9, 4), (12, 5), (15, 10)):
        scores = rng.normal(scale=2, size=(n, k))
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        labels = probabilities.argmax(axis=1)
        wrong = rng.choice(n, size=n // 2, replace=False)
        labels[wrong] = (labels[wrong] + rng.integers(1, k, size=len(wrong))) % k
        cases.append((probabilities, labels))
    return cases


# --- networks in plain Keras

KERAS = "import keras\nfrom keras import layers"


@functools.cache
def _mnist(mode):
    """Pictures as the notebook prepares them, and their labels: training part, then test part."""
    from helpers import data  # noqa: PLC0415 - only who checks this exercise needs the pictures

    mnist = data.load_mnist(mode)
    images = [part[..., np.newaxis].astype("float32") / 255 for part in (mnist.x_train, mnist.x_test)]
    return images[0], mnist.y_train, images[1], mnist.y_test


def _digits(rng):
    """The names that the codes use, with the embedded pictures."""
    names = ("train_images", "train_labels", "test_images", "test_labels")
    return dict(zip(names, _mnist("embedded"), strict=True))


def _held_out():
    """Pictures and labels of the test part of the data that the notebook loads; 2,000 tell enough, and quickly."""
    images, labels = _mnist(None)[2:]
    return images[:2000], labels[:2000]


ONE_LAYER_WEIGHTS = 28 * 28 * 10 + 10
SOME_PICTURES = np.random.default_rng(10).random((4, 28, 28, 1), dtype=np.float32)


def _examine_one_layer(network):
    slip = (
        keras_models.form(network)
        or keras_models.output(network, classes=10)
        or keras_models.loss_fits_output(network)
        or keras_models.loss_fits_labels(network)
        or keras_models.accuracy_metric(network)
        or keras_models.takes(network, SOME_PICTURES)
        or keras_models.adds_to_one(network, SOME_PICTURES)
    )
    if slip is not None:
        return slip
    count = network.count_params()
    if count != ONE_LAYER_WEIGHTS:
        return Hint(
            f"Your network has {count:,} weights; a single layer from 784 pixels to 10 outputs has "
            f"{ONE_LAYER_WEIGHTS:,}.",
            "One Dense layer is all that is asked for, and Flatten before it has no weights.",
        )
    return None


def _examine_own_cnn(model):
    images, labels = _held_out()
    slip = (
        keras_models.form(model)
        or keras_models.output(model, classes=10)
        or keras_models.size(model, limit=50_000)
        or keras_models.loss_fits_output(model, images[:20])
        or keras_models.accuracy_metric(model)
    )
    if slip is not None:
        return slip
    found = keras_models.accuracy(model, images, labels)
    if isinstance(found, Hint):
        return found
    return None if found >= 0.95 else keras_models.low_accuracy(model, images, labels, found, goal=0.95)


FLAT = ("keras.Input(shape=(28, 28, 1))", "layers.Flatten()")
COMPILE = 'compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])'


def _lines(*lines):
    return "\n".join(lines)


def _one_layer(*parts, then=COMPILE):
    """Code that makes a network of these layers, given as text, and calls its method ``then``."""
    code = f"one_layer = keras.Sequential([{', '.join(parts)}])"
    return f"{code}\none_layer.{then}" if then else code


SMALL_CNN = (
    "keras.Input(shape=(28, 28, 1))",
    'layers.Conv2D(8, 5, activation="relu")',
    "layers.MaxPooling2D(4)",
    "layers.Flatten()",
)
SOFTMAX = 'layers.Dense(10, activation="softmax")'


def _own_cnn(*last, then=(COMPILE,), first=SMALL_CNN):
    """Code that makes a small CNN with these last layers, and calls these methods of it one after the other."""
    lines = ["keras.utils.set_random_seed(1)", f"my_model = keras.Sequential([{', '.join([*first, *last])}])"]
    return "\n".join([*lines, *(f"my_model.{call}" for call in then)])


def _compiled_with(loss, metrics='["accuracy"]'):
    return f'compile(optimizer="adam", loss={loss}, metrics={metrics})'


FROM_LOGITS = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
FIT = "fit(train_images, train_labels, verbose=0)"

EXERCISES = [
    Exercise(
        name="normalise_image",
        task="Write the preparation of the pictures: from whole numbers 0 to 255 in the shape (n, height, width) to "
        "numbers 0 to 1 in the shape (n, height, width, 1). The last axis is the *channel*: a grey picture has one, a "
        "colour picture three.",
        reference=normalise_image,
        probes=_picture_probes,
        misconceptions=[
            Misconception(
                _whole_numbers,
                hint="All your numbers are 0 or 1: the grey values between are lost.",
                fuller="A single / divides to fractions; // and a conversion back to whole numbers round down.",
            ),
            Misconception(
                _by_brightest_of_all,
                hint="Your result depends on the brightest pixel that happens to be there.",
                fuller="255 stands for full ink, whether or not a picture reaches it. The same pixel must always "
                "become the same number.",
            ),
            Misconception(
                _by_brightest_of_each,
                hint="You divide every picture by its own brightest pixel, so a faint picture is made as bright as a "
                "clear one.",
                fuller="Divide all pictures by 255.",
            ),
            Misconception(
                _by_256,
                hint="Full ink becomes a little less than 1.",
                fuller="The largest number in a uint8 is 255: there are 256 values, and the first one is 0.",
            ),
            Misconception(
                _no_channel,
                hint="The numbers are right, but the axis for the channel is missing.",
                fuller="images[..., np.newaxis] adds an axis of length 1 at the end.",
            ),
            Misconception(
                _channel_first,
                hint="The axis for the channel stands before height and width; here it comes last.",
                fuller="Some libraries put it first; Keras expects (n, height, width, channels) unless told otherwise.",
            ),
            Misconception(
                _channel_in_front_of_all,
                hint="The new axis stands in front of all the others, so this is one example with n rows.",
                fuller="The first axis counts the pictures; the channel comes last.",
            ),
            Misconception(
                _three_channels,
                hint="You made three channels, as of a colour picture.",
                fuller="A grey picture has one number for each pixel: one channel.",
            ),
            Misconception(
                _not_divided,
                hint="The shape is right, and the numbers still run from 0 to 255.",
                fuller="Divide by 255.",
            ),
            Misconception(
                _flattened,
                hint="You laid the pixels of each picture in one row, so nobody can tell any more which ones are "
                "neighbours.",
                fuller="A convolution needs height and width; keep them and add an axis at the end.",
            ),
            Misconception(
                _from_minus_one,
                hint="Your numbers run from −1 to 1; here the background is 0.",
                fuller="Divide by 255 and leave it there.",
            ),
            Misconception(
                _standardised,
                hint="You standardised: mean 0 and spread 1. That is used, too, but 0 to 1 was asked for.",
                fuller="Here the numbers would depend on which pictures come together; dividing by 255 needs no "
                "statistics.",
            ),
            Misconception(
                _mean_taken_off,
                hint="You took the mean off, so the background is no longer 0.",
                fuller="Dividing by 255 is all that is asked for.",
            ),
            Misconception(
                _stretched,
                hint="You stretched the numbers so that the darkest pixel that is there becomes 0 and the brightest 1.",
                fuller="The same pixel must become the same number, whatever pictures stand beside it: divide by 255.",
            ),
            Misconception(
                _inverted,
                hint="Ink and background have changed places.",
                fuller="0 stays 0, and 255 becomes 1.",
            ),
            Misconception(
                _sum_of_one,
                hint="The numbers of each of your pictures add up to 1.",
                fuller="Probabilities do that; a pixel only has to lie between 0 and 1.",
            ),
        ],
        praise="A network must see new pictures prepared exactly as those it learned from; forgetting this is a "
        "common reason for a good network that fails in use.",
        setup="import numpy as np",
    ),
    MadeExercise(
        name="one_layer",
        task="Build the smallest network for these pictures, and compile it: `Input` for pictures of 28 × 28 pixels "
        "with one channel, `Flatten`, which lays the pixels in one row, and a single `Dense` layer whose ten outputs "
        "are probabilities. The labels are whole numbers, and Keras should report the accuracy, too. No training yet.",
        stub="one_layer = ...",
        answer="one_layer",
        solution=_lines(
            "one_layer = keras.Sequential(",
            "    [",
            "        keras.Input(shape=(28, 28, 1)),",
            "        layers.Flatten(),",
            '        layers.Dense(10, activation="softmax"),',
            "    ]",
            ")",
            f"one_layer.{COMPILE}",
        ),
        examine=_examine_one_layer,
        mistakes=[
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then=""),
                hint=keras_models.NOT_COMPILED,
                fuller="gives it both, before fit.",
            ),
            Mistake(
                "one_layer = keras.Sequential([layers.Flatten(), layers.Dense(10)]).compile()",
                hint="Nothing was handed over: one_layer is None.",
                fuller="return nothing, such as compile.",
            ),
            Mistake(
                _one_layer("layers.Flatten()", SOFTMAX),
                hint=keras_models.NOT_BUILT,
                fuller="in front of the layers.",
            ),
            Mistake(
                _one_layer(*FLAT, "layers.Dense(1)", then=_compiled_with('"mse"')),
                hint=keras_models.ONE_UNIT,
                fuller="There are 10 classes, and each needs an output of its own.",
            ),
            Mistake(
                _one_layer(*FLAT, 'layers.Dense(9, activation="softmax")'),
                hint="The last layer of your network has 9 units, and there are 10 classes.",
            ),
            Mistake(
                _one_layer(FLAT[0], SOFTMAX),
                hint="The output of your network has the shape (28, 28, 10)",
                fuller="Flatten lays what the layers before it made in one row.",
            ),
            Mistake(
                _one_layer(*FLAT, "layers.Dense(10)"),
                hint=keras_models.SOFTMAX_MISSING,
                fuller='Give the last layer activation="softmax"',
            ),
            Mistake(
                _one_layer(*FLAT, 'layers.Dense(10, activation="sigmoid")'),
                hint=keras_models.NOT_ONE,
                fuller='activation="softmax" in the last layer makes them do so.',
            ),
            Mistake(
                _one_layer("keras.Input(shape=(784,))", SOFTMAX),
                hint="Your network expects inputs of the shape (784,); a picture has the shape (28, 28, 1).",
                fuller="keras.Input(shape=(28, 28, 1)) is the place",
            ),
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then=_compiled_with(FROM_LOGITS)),
                hint=keras_models.SOFTMAX_TWICE,
                fuller="Leave one of the two away.",
            ),
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then=_compiled_with('"mean_squared_error"')),
                hint=keras_models.SQUARED_ERROR,
                fuller="the loss for labels that are whole numbers",
            ),
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then=_compiled_with('"categorical_crossentropy"')),
                hint=keras_models.ONE_HOT_LOSS,
                fuller="takes the labels as they are",
            ),
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then=_compiled_with('"binary_crossentropy"')),
                hint=keras_models.YES_NO_LOSS,
            ),
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then='compile(optimizer="adam", metrics=["accuracy"])'),
                hint=keras_models.NO_LOSS,
            ),
            Mistake(
                _one_layer(*FLAT, SOFTMAX, then=_compiled_with('"sparse_categorical_crossentropy"', "[]")),
                hint=keras_models.NO_ACCURACY,
                fuller="belongs into compile",
            ),
            Mistake(
                _one_layer(*FLAT, 'layers.Dense(16, activation="relu")', SOFTMAX),
                hint="Your network has 12,730 weights; a single layer",
                fuller="One Dense layer is all that is asked for",
            ),
            Mistake(
                f"def one_layer():\n    return keras.Sequential([{', '.join([*FLAT, SOFTMAX])}])",
                hint="This is a function, not a network.",
                fuller="call it, with brackets behind its name",
            ),
        ],
        praise="Output, loss and labels belong together; whoever gets these three right has most of a classifier.",
        setup=KERAS,
    ),
    MadeExercise(
        name="own_cnn",
        task="Build, compile, fit and evaluate a network of your own; choose by validation pictures. It should have "
        "fewer than 50,000 weights (`my_model.count_params()` counts them), report its accuracy, and read at least "
        "95 % of the test pictures rightly. Only the check looks at those, with pixels from 0 to 1: call it when you "
        "have chosen.",
        stub="my_model = ...",
        answer="my_model",
        solution=_lines(
            "keras.utils.set_random_seed(10)",
            "my_model = keras.Sequential(",
            "    [",
            "        keras.Input(shape=(28, 28, 1)),",
            '        layers.Conv2D(16, 5, activation="relu"),',
            "        layers.MaxPooling2D(2),",
            '        layers.Conv2D(32, 5, activation="relu"),',
            "        layers.MaxPooling2D(2),",
            "        layers.Flatten(),",
            '        layers.Dense(64, activation="relu"),',
            '        layers.Dense(10, activation="softmax"),',
            "    ]",
            ")",
            f"my_model.{COMPILE}",
            "my_model.fit(train_images[400:4000], train_labels[400:4000], epochs=8, verbose=0)",
            "my_accuracy = my_model.evaluate(train_images[:400], train_labels[:400], verbose=0)[1]",
        ),
        examine=_examine_own_cnn,
        mistakes=[
            Mistake(_own_cnn(SOFTMAX, then=()), hint=keras_models.NOT_COMPILED, fuller="before fit"),
            Mistake(
                _own_cnn(SOFTMAX, first=SMALL_CNN[1:]),
                hint=keras_models.NOT_BUILT,
                fuller="in front of the layers",
            ),
            Mistake(
                _own_cnn("layers.Dense(1)", then=[_compiled_with('"mse"')]),
                hint=keras_models.ONE_UNIT,
            ),
            Mistake(
                _own_cnn('layers.Dense(9, activation="softmax")'),
                hint="The last layer of your network has 9 units, and there are 10 classes.",
            ),
            Mistake(
                _own_cnn(SOFTMAX, first=SMALL_CNN[:3]),
                hint="The output of your network has the shape (6, 6, 10)",
                fuller="Flatten lays",
            ),
            Mistake(
                _own_cnn('layers.Dense(512, activation="relu")', SOFTMAX),
                hint="Your network has 153,306 weights; fewer than 50,000 are asked for.",
                fuller="Fewer units there",
            ),
            Mistake(
                _own_cnn("layers.Dense(10)", then=[COMPILE, FIT]),
                hint=keras_models.SOFTMAX_MISSING,
                fuller="from_logits=True",
            ),
            Mistake(
                _own_cnn(SOFTMAX, then=[_compiled_with(FROM_LOGITS)]),
                hint=keras_models.SOFTMAX_TWICE,
                fuller="Leave one of the two away.",
            ),
            Mistake(
                _own_cnn(SOFTMAX, then=[_compiled_with('"sparse_categorical_crossentropy"', "[]")]),
                hint=keras_models.NO_ACCURACY,
                fuller="belongs into compile",
            ),
            Mistake(
                _own_cnn(SOFTMAX, then=[_compiled_with('"mse"')]),
                hint=keras_models.SQUARED_ERROR,
            ),
            Mistake(
                _own_cnn(SOFTMAX, then=[_compiled_with('"categorical_crossentropy"')]),
                hint=keras_models.ONE_HOT_LOSS,
            ),
            Mistake(_own_cnn(SOFTMAX), hint=keras_models.NEVER_TRAINED, fuller="then fit, then check"),
            Mistake(
                _own_cnn(SOFTMAX, then=[COMPILE, "fit(train_images, train_labels[::-1], verbose=0)"]),
                hint=keras_models.TRAINED_IN_VAIN,
                fuller="belong together",
            ),
            Mistake(
                # Without batch normalisation a network with ReLU gives nearly the same answers on either scale.
                _own_cnn(
                    SOFTMAX,
                    first=[*SMALL_CNN, "layers.BatchNormalization(momentum=0.9)"],
                    then=[COMPILE, "fit(255 * train_images, train_labels, verbose=0)"],
                ),
                hint=keras_models.OTHER_SCALE,
                fuller="Divide the pictures by 255",
            ),
            Mistake(
                _own_cnn(SOFTMAX, then=[COMPILE, FIT]),
                hint="of the new pictures rightly; 95% are asked for.",
                fuller="Train for more epochs",
            ),
            Mistake(
                _own_cnn(SOFTMAX, then=[COMPILE]) + "\nmy_model = my_model.fit(train_images[:64], train_labels[:64], "
                "verbose=0)",
                hint="This is what fit returns, the history of the training.",
                fuller="history = model.fit(...)",
            ),
            Mistake(
                _own_cnn(SOFTMAX) + "\nmy_model = my_model.evaluate(test_images[:64], test_labels[:64], verbose=0)",
                hint="A network is asked for; this is a list.",
            ),
        ],
        praise="From an empty cell to a network that reads: this is what practitioners do, with other pictures.",
        setup=KERAS,
        notebook_names=_digits,
    ),
    Exercise(
        name="recall_by_digit",
        task="Read the confusion matrix: write the share of the pictures of each digit that was recognised. It is "
        "called the **recall** of that digit.",
        reference=recall_by_digit,
        probes=_confusion_probes,
        misconceptions=[
            Misconception(
                _by_column,
                hint="You divide by the columns: of all pictures *read as* a 3, the share that are threes. That is "
                "called precision.",
                fuller="The pictures that *are* a 3 stand in row 3: sum over the columns, axis=1.",
            ),
            Misconception(
                _overall,
                hint="This is one number for all digits, the accuracy.",
                fuller="Give each digit its own share: its entry on the diagonal by the sum of its row.",
            ),
            Misconception(
                _share_of_all,
                hint="You divide by the number of all pictures, so even a perfect network would not reach 1.",
                fuller="Divide by how many pictures of that digit there are: the sum of its row.",
            ),
            Misconception(
                _mean_recall,
                hint="You averaged at the end; the share of each digit was asked for.",
                fuller="Leave the mean away.",
            ),
            Misconception(
                _missed_share,
                hint="These are the shares that were missed.",
                fuller="The recognised pictures stand on the diagonal.",
            ),
            Misconception(
                _counts_only,
                hint="These are numbers of pictures; a share was asked for.",
                fuller="Divide by the sum of each row.",
            ),
            Misconception(
                _right_to_wrong,
                hint="You divide the right answers by the wrong ones, so your numbers go beyond 1.",
                fuller="A share is right by all, and the whole row holds all.",
            ),
            Misconception(
                _whole_rows,
                hint="You divided the whole matrix; one number for each digit was asked for.",
                fuller="Only the diagonal holds what was recognised: np.diag takes it out.",
            ),
            Misconception(
                _rows_over_columns,
                hint="You divided the whole matrix, and each column by the sum of a row.",
                fuller="Take the diagonal first: np.diag(confusion) has one entry for each digit, as the sums of the "
                "rows have.",
            ),
            Misconception(
                _largest_of_row,
                hint="You took the largest entry of each row, which is not always the right digit.",
                fuller="What was read rightly stands on the diagonal.",
            ),
            Misconception(
                _whole_division,
                hint="You divide with //, which rounds every share down to 0 or 1.",
                fuller="A single / keeps the fraction.",
            ),
            Misconception(
                _in_percent,
                hint="These are per cent; the shares should lie between 0 and 1.",
                fuller="Leave the factor 100 away.",
            ),
            Misconception(
                _both_ways,
                hint="You mixed rows and columns; this is called the F1 score.",
                fuller="For the recall only the sum of the row counts.",
            ),
        ],
        praise="One number for all digits hides which of them fail; where some classes are rare it hides nearly "
        "everything.",
        setup="import numpy as np",
    ),
    Exercise(
        name="surest_mistake",
        task="Find the mistake that the network is surest of. Its *answer* to a picture is the digit with the largest "
        "probability; among the pictures with a wrong answer, return the index of the one whose answer has the "
        "largest probability.",
        reference=surest_mistake,
        probes=_probability_probes,
        misconceptions=[
            Misconception(
                _surest_of_all,
                hint="This is the surest answer of all, and it need not be wrong.",
                fuller="Leave the right answers out: compare probabilities.argmax(axis=1) with labels.",
            ),
            Misconception(
                _surest_right_answer,
                hint="This is the surest *right* answer.",
                fuller="Keep the pictures whose answer differs from the label: != instead of ==.",
            ),
            Misconception(
                _least_sure_mistake,
                hint="This is the mistake that the network is least sure of.",
                fuller="Look for the largest probability: argmax instead of argmin.",
            ),
            Misconception(
                _least_sure_of_all,
                hint="This is the answer that the network is least sure of, right or wrong.",
                fuller="Keep the wrong answers only, and take the largest probability among them.",
            ),
            Misconception(
                _index_among_mistakes,
                hint="You counted among the mistakes only; the index among all pictures was asked for.",
                fuller="np.flatnonzero(wrong) holds the place of each mistake among all pictures; or set the "
                "confidence of right answers to 0 instead of leaving them out.",
            ),
            Misconception(
                _least_for_the_right_digit,
                hint="You looked for the smallest probability of the right digit. That is the largest loss; the "
                "network may still waver between several wrong digits there.",
                fuller="Look at the probability of the answer that was given: the largest one in the row.",
            ),
            Misconception(
                _surest_of_a_wrong_digit,
                hint="You looked for the largest probability of a wrong digit, and there the answer may be right.",
                fuller="The answer is the digit with the largest probability of all: keep those that are wrong.",
            ),
            Misconception(
                _its_probability,
                hint="This is the probability; the index of the picture was asked for.",
                fuller="argmax tells the place of the largest number, max the number.",
            ),
            Misconception(
                _its_answer,
                hint="This is the digit that was answered; the index of the picture was asked for.",
                fuller="First the largest probability of each row (axis=1), then the place of the largest of them.",
            ),
            Misconception(
                _flat_index,
                hint="Your index counts through all the numbers of the table, row after row.",
                fuller="Take the largest of each row first, probabilities.max(axis=1); then there is one number for "
                "each picture.",
            ),
            Misconception(
                _first_mistake,
                hint="This is the first mistake, whatever its probability.",
                fuller="True and False have no probabilities in them: where the answer is wrong, take "
                "probabilities.max(axis=1).",
            ),
            Misconception(
                _all_mistakes,
                hint="These are all the mistakes; one of them was asked for.",
                fuller="Take the one whose probability is largest.",
            ),
        ],
        praise="Such pictures tell more than any score: some are wrongly labelled, and the others show what the "
        "network has not understood.",
        setup="import numpy as np",
    ),
]
