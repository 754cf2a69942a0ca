"""The exercises of notebook 00: how checking and hints work, and a network with few weights."""

import functools
import textwrap

import numpy as np

from helpers.exercises import keras_models
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint

# --- a weighted sum


def weighted_sum(x, w):
    """Multiply each input by its weight and add everything up.

    x: array of n numbers, the inputs (you can loop over it as over a list)
    w: array of n numbers, the weights
    returns: one number
    """
    total = 0
    for x_i, w_i in zip(x, w):
        total += x_i * w_i
    return total


def _without_weights(x, w):
    return sum(x)


def _added_instead(x, w):
    return sum(x_i + w_i for x_i, w_i in zip(x, w))


def _mean_instead(x, w):
    return sum(x_i * w_i for x_i, w_i in zip(x, w)) / len(x)


def _first_only(x, w):
    for x_i, w_i in zip(x, w):
        return x_i * w_i


def _last_only(x, w):
    total = 0
    for x_i, w_i in zip(x, w):
        total = x_i * w_i
    return total


def _every_pair(x, w):
    return sum(x_i * w_j for x_i in x for w_j in w)


def _products_not_added(x, w):
    return [x_i * w_i for x_i, w_i in zip(x, w)]


def _probes(rng):
    cases = [(np.array([1, 2, 3]), np.array([10, 20, 30])), (np.array([0.5, -1.0]), np.array([4.0, 3.0]))]
    for n in (4, 7):
        cases.append((rng.normal(size=n).round(2), rng.normal(size=n).round(2)))
    return cases


# --- a small network that reads digits

DIGITS = 10
TOO_MANY_WEIGHTS = 10_000
LEAST_ACCURACY = 0.85


@functools.cache
def _held_out():
    """The 1,000 test pictures that come with the course, pixels from 0 to 255 as in the notebook, and their digits."""
    from helpers import data  # noqa: PLC0415 - only who checks this exercise waits for it

    mnist = data.load_mnist("embedded")
    return mnist.x_test[..., np.newaxis].astype("float32"), mnist.y_test


def _examine_small_reader(answer):
    """Read its form and its size, then measure: with the pixels of the notebook, and with pixels from 0 to 1."""
    slip = (
        keras_models.form(answer)
        or keras_models.output(answer, DIGITS)
        or keras_models.size(answer, TOO_MANY_WEIGHTS)
        or keras_models.loss_fits_labels(answer)
        or keras_models.loss_fits_output(answer)
    )
    if slip is not None:
        return slip
    images, labels = _held_out()
    found = keras_models.accuracy(answer, images, labels)
    if isinstance(found, Hint):
        return found
    found = max(found, keras_models.accuracy(answer, images, labels, factor=1 / 255))
    if found >= LEAST_ACCURACY:
        return None
    if keras_models.trained(answer) and (slip := keras_models.scaling(answer)):
        return slip
    if found <= keras_models.CHANCE / DIGITS:
        return keras_models.low_accuracy(answer, images, labels, found, LEAST_ACCURACY)
    return Hint(
        f"Your network reads {found:.1%} of the new pictures rightly; {LEAST_ACCURACY:.0%} are asked for.",
        "Train for more epochs, or give it as many hidden units as the weights allow.",
    )


def _pictures(rng):
    """The notebook's name for its pictures."""
    from helpers import data  # noqa: PLC0415 - as above

    return {"mnist": data.load_mnist("embedded")}


def _small_reader(hidden=12, last='layers.Dense(10, activation="softmax")', loss="sparse_categorical_crossentropy"):
    """The code that builds and compiles such a network."""
    return textwrap.dedent(f"""\
        small_model = keras.Sequential([
            keras.Input(shape=(28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense({hidden}, activation="relu"),
            {last},
        ])
        small_model.compile(optimizer="adam", loss="{loss}", metrics=["accuracy"])""")


_FIT = "\nsmall_model.fit(mnist.x_train, mnist.y_train, epochs=5, verbose=0)"
_SHORT_FIT = "\nsmall_model.fit(mnist.x_train[:640], mnist.y_train[:640], epochs=4, verbose=0)"


EXERCISES = [
    Exercise(
        name="weighted_sum",
        task="Fill in the function so that it multiplies each input by its weight and adds up the products: "
        "for the inputs 1, 2, 3 and the weights 10, 20, 30 it should return 140.",
        reference=weighted_sum,
        probes=_probes,
        misconceptions=[
            Misconception(
                _without_weights,
                hint="The weights make no difference to your result.",
                fuller="Each input has to be multiplied by its own weight before it is added.",
            ),
            Misconception(
                _added_instead,
                hint="You add each weight to its input; it should be multiplied.",
                fuller="With a weight of 0 an input should not count at all.",
            ),
            Misconception(
                _mean_instead,
                hint="Your result is too small by the number of inputs: a mean, where a sum is asked for.",
                fuller="Leave out the division by the length.",
            ),
            Misconception(
                _first_only,
                hint="Only the first input counts in your result.",
                fuller="A `return` inside the loop ends the function on the first round; move it below the loop.",
            ),
            Misconception(
                _last_only,
                hint="Only the last input counts in your result.",
                fuller="`total = ...` forgets what was there; `total += ...` adds to it.",
            ),
            Misconception(
                _every_pair,
                hint="You multiply every input with every weight; each input has one weight of its own.",
                fuller="`zip(x, w)` walks through both side by side, in one loop.",
            ),
            Misconception(
                _products_not_added,
                hint="These are the products, one for each input; they are not added up yet.",
                fuller="`sum(...)` adds up a list.",
            ),
        ],
        praise="This sum is what every neuron of the course computes first.",
    ),
    MadeExercise(
        name="small_reader",
        task="The network above has learned more than 100,000 numbers, its weights; the 128 decides how many. Copy the "
        "lines that build, compile and fit it, call yours `small_model`, and change it so that it has fewer than "
        "10,000 weights (`small_model.count_params()` tells) and still reads at least 85 % of the new pictures. The "
        "check measures both.",
        stub="small_model = ...",
        answer="small_model",
        setup="import keras\nfrom keras import layers",
        solution=_small_reader() + _FIT,
        examine=_examine_small_reader,
        mistakes=[
            Mistake(_small_reader(hidden=128) + _SHORT_FIT, hint="fewer than 10,000 are asked for"),
            Mistake(_small_reader(), hint=keras_models.NEVER_TRAINED),
            Mistake(_small_reader() + _SHORT_FIT, hint="85% are asked for"),
            Mistake(
                _small_reader().replace("    layers.Rescaling(1 / 255),\n", "") + _SHORT_FIT,
                hint=keras_models.NOT_SCALED,
                fuller="Put it behind Input",
            ),
            Mistake(_small_reader(last="layers.Dense(10)") + _SHORT_FIT, hint=keras_models.SOFTMAX_MISSING),
            Mistake(_small_reader(last='layers.Dense(1, activation="softmax")'), hint=keras_models.ONE_UNIT),
            Mistake(_small_reader(loss="mean_squared_error"), hint=keras_models.SQUARED_ERROR),
            Mistake(_small_reader(loss="categorical_crossentropy"), hint=keras_models.ONE_HOT_LOSS),
            Mistake("small_model = keras.Sequential([layers.Flatten(), layers.Dense(10)])", keras_models.NOT_BUILT),
            Mistake(_small_reader().rpartition("\n")[0], hint=keras_models.NOT_COMPILED),
        ],
        praise="Far fewer weights do nearly as well: what a network needs, only trying tells.",
        notebook_names=_pictures,
    ),
]
