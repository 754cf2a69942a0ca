"""Networks that are handed over: any right one passes, every slip is named, and nothing of them changes.

The right ones of this file are one small trained network in many forms. It reads stripes, which takes a moment to
learn, in pictures as large as those of notebook 10, so that the exercises' own examinations can be asked as well.
"""

import random

import numpy as np
import pytest

from helpers.exercises import all_exercises, keras_models, n10_cnn_mnist
from helpers.exercises.engine import Result, judge_made
from helpers.exercises.hints import Hint

keras = pytest.importorskip("keras")
layers = keras.layers
WHOLE, LOGITS = "sparse_categorical_crossentropy", keras.losses.SparseCategoricalCrossentropy(from_logits=True)
CLASSES = 10


def stripes(n, seed):
    """Pictures with a bright band of rows, and which of the ten bands it is."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % CLASSES
    pictures = rng.uniform(0, 0.3, size=(n, 28, 28, 1)).astype("float32")
    for picture, label in zip(pictures, labels, strict=True):
        picture[2 * label : 2 * label + 3] += 0.7
    return pictures, labels


IMAGES, LABELS = stripes(200, seed=1)


def cnn(*last, first=(), shape=(28, 28, 1)):
    """The small network, with other layers in front and at its end."""
    body = [layers.Conv2D(4, 5, strides=2, activation="relu"), layers.Flatten()]
    return keras.Sequential([keras.Input(shape=shape), *first, *body, *(last or [softmax()])])


def softmax(units=CLASSES):
    return layers.Dense(units, activation="softmax")


def compiled(model, loss=WHOLE, metrics=("accuracy",), optimizer="adam"):
    model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics))
    return model


@pytest.fixture(scope="module")
def trained():
    keras.utils.set_random_seed(1)
    model = compiled(cnn(), optimizer=keras.optimizers.Adam(0.01))
    model.fit(*stripes(600, seed=2), epochs=6, verbose=0)
    return model


@pytest.fixture(autouse=True)
def held_out(monkeypatch):
    """The exercise is asked about stripes here, not about digits."""
    monkeypatch.setattr(n10_cnn_mnist, "_held_out", lambda: (IMAGES, LABELS))


def hint_for(model):
    return judge_made(all_exercises()["own_cnn"], model).hint


class OfOnesOwn(keras.Model):
    """A subclass; Keras cannot tell from outside what its layers do."""

    def __init__(self, last):
        super().__init__()
        self.last = last  # made first, used last
        self.look, self.flat = layers.Conv2D(4, 5, strides=2, activation="relu"), layers.Flatten()

    def call(self, x):
        return self.last(self.flat(self.look(x)))


def of_ones_own(last, weights, **how):
    model = compiled(OfOnesOwn(last), **how)
    model(IMAGES[:1])
    model.look.set_weights(weights[:2])
    model.last.set_weights(weights[2:])
    return model


def functional():
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.Conv2D(4, 5, strides=2, activation="relu")(inputs)
    return keras.Model(inputs, softmax()(layers.Flatten()(x)))


def same_weights(make):
    """A network that takes over the trained weights as they are."""

    def made(weights):
        model = make()
        model.set_weights(weights)
        return model

    return made


RIGHT = {
    "a functional model": same_weights(lambda: compiled(functional())),
    "a class of one's own": lambda weights: of_ones_own(softmax(), weights),
    "a class of one's own with logits": lambda weights: of_ones_own(layers.Dense(CLASSES), weights, loss=LOGITS),
    "logits": same_weights(lambda: compiled(cnn(layers.Dense(CLASSES)), loss=LOGITS)),
    "softmax as a layer": same_weights(lambda: compiled(cnn(layers.Dense(CLASSES), layers.Softmax()))),
    "softmax as an activation layer": same_weights(
        lambda: compiled(cnn(layers.Dense(CLASSES), layers.Activation("softmax")))
    ),
    "softmax as a function": same_weights(lambda: compiled(cnn(layers.Dense(CLASSES, keras.ops.softmax)))),
    "a network in a network": same_weights(lambda: compiled(keras.Sequential([keras.Input((28, 28, 1)), cnn()]))),
    "pictures without a channel": same_weights(
        lambda: compiled(cnn(shape=(28, 28), first=[layers.Reshape((28, 28, 1))]))
    ),
    "pictures in a row": same_weights(lambda: compiled(cnn(shape=(784,), first=[layers.Reshape((28, 28, 1))]))),
    "pictures of any size": same_weights(
        lambda: compiled(cnn(shape=(28, None, 1), first=[layers.Reshape((28, 28, 1))]))
    ),
    "dropout": same_weights(lambda: compiled(cnn(layers.Dropout(0.5), softmax()))),
    "another optimiser": same_weights(lambda: compiled(cnn(), optimizer=keras.optimizers.SGD(0.1, momentum=0.9))),
    "labels as rows": same_weights(lambda: compiled(cnn(), loss="categorical_crossentropy")),
    "the loss as an object": same_weights(
        lambda: compiled(cnn(), loss=keras.losses.SparseCategoricalCrossentropy(name="mine"))
    ),
    "the loss as a function": same_weights(lambda: compiled(cnn(), loss=keras.losses.sparse_categorical_crossentropy)),
    "a loss of one's own": same_weights(lambda: compiled(cnn(), loss=lambda y, p: keras.ops.mean(p))),
    "the metric as an object": same_weights(
        lambda: compiled(cnn(), metrics=[keras.metrics.SparseCategoricalAccuracy(name="right")])
    ),
    "the metric's short name": same_weights(lambda: compiled(cnn(), metrics=["acc"])),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_any_right_network_passes(trained, kind):
    assert hint_for(RIGHT[kind](trained.get_weights())) is None


def test_a_check_changes_and_trains_nothing_and_draws_nothing(trained):
    weights, steps = trained.get_weights(), int(trained.optimizer.iterations)
    drawn = []
    for asked in (False, True):
        keras.utils.set_random_seed(3)
        if asked:
            assert judge_made(all_exercises()["own_cnn"], trained).result is Result.CORRECT
        drawn.append((random.random(), np.random.random(), float(keras.random.normal(()))))  # noqa: NPY002
    assert drawn[0] == drawn[1]
    assert all(np.array_equal(*pair) for pair in zip(weights, trained.get_weights(), strict=True))
    assert int(trained.optimizer.iterations) == steps


class Raises(keras.Model):
    def call(self, x):
        raise RuntimeError("no idea")


class RaisesLater(OfOnesOwn):
    broken = False

    def call(self, x):
        if self.broken:
            raise SystemExit
        return super().call(x)


def raises_later():
    model = compiled(RaisesLater(softmax()), metrics=["accuracy"])
    model.run_eagerly = True
    model(IMAGES[:1])
    model.broken = True
    return model


def of_nan():
    model = compiled(cnn())
    model.set_weights([weights * np.nan for weights in model.get_weights()])
    return model


def two_outputs():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    return keras.Model(inputs, [softmax()(flat), softmax()(flat)])


WRONG = {
    "not compiled": (cnn, keras_models.NOT_COMPILED),
    "no weights": (lambda: compiled(OfOnesOwn(softmax())), keras_models.NOT_BUILT),
    "cannot be built": (lambda: compiled(Raises()), keras_models.NOT_BUILT),
    "a class": (lambda: OfOnesOwn, "This is a class"),
    "a function": (lambda: cnn, "This is a function"),
    "a method": (lambda: cnn().fit, "This is a function"),
    "a layer": (softmax, "This is a single layer"),
    "a list of layers": (lambda: [softmax()], "this is a list"),
    "a text": (lambda: "model", "this is a str"),
    "outputs": (lambda: np.zeros((2, 10)), "this is a ndarray"),
    "one unit": (lambda: compiled(cnn(layers.Dense(1))), keras_models.ONE_UNIT),
    "twelve units": (lambda: compiled(cnn(softmax(12))), "has 12 units, and there are 10 classes"),
    "twelve units, in a class": (lambda: asked_once(OfOnesOwn(softmax(12))), "has 12 units"),
    "no Flatten": (
        lambda: compiled(keras.Sequential([keras.Input((28, 28, 1)), softmax()])),
        "has the shape (28, 28, 10)",
    ),
    "two outputs": (lambda: compiled(two_outputs(), metrics=[]), "Your network has 2 outputs"),
    "too large": (lambda: compiled(cnn(layers.Dense(100), softmax())), "weights; fewer than 50,000 are asked for"),
    "no softmax": (lambda: compiled(cnn(layers.Dense(CLASSES))), keras_models.SOFTMAX_MISSING),
    "relu at the end": (lambda: compiled(cnn(layers.Dense(CLASSES, "relu"))), keras_models.SOFTMAX_MISSING),
    "no softmax, in a class": (lambda: asked_once(OfOnesOwn(layers.Dense(CLASSES))), keras_models.SOFTMAX_MISSING),
    "softmax twice": (lambda: compiled(cnn(), loss=LOGITS), keras_models.SOFTMAX_TWICE),
    "softmax twice, in a class": (lambda: asked_once(OfOnesOwn(softmax()), loss=LOGITS), keras_models.SOFTMAX_TWICE),
    "no accuracy": (lambda: compiled(cnn(), metrics=()), keras_models.NO_ACCURACY),
    "another metric": (lambda: compiled(cnn(), metrics=["mse"]), keras_models.NO_ACCURACY),
    "squared error": (lambda: compiled(cnn(), loss="mse"), keras_models.SQUARED_ERROR),
    "squared error as an object": (
        lambda: compiled(cnn(), loss=keras.losses.MeanSquaredError()),
        keras_models.SQUARED_ERROR,
    ),
    "labels as rows": (lambda: compiled(cnn(), loss="categorical_crossentropy"), keras_models.ONE_HOT_LOSS),
    "yes or no": (lambda: compiled(cnn(), loss=keras.losses.BinaryCrossentropy()), keras_models.YES_NO_LOSS),
    "no loss": (lambda: compiled(cnn(), loss=None), keras_models.NO_LOSS),
    "never trained": (lambda: compiled(cnn()), keras_models.NEVER_TRAINED),
    "other pictures": (
        lambda: compiled(cnn(shape=(32, 32, 3))),
        "expects inputs of the shape (32, 32, 3); a picture has the shape (28, 28, 1)",
    ),
    "ends the program": (raises_later, "my_model could not be measured"),
    "nan": (of_nan, "are not numbers (nan)"),
}


def asked_once(model, **how):
    model(IMAGES[:1])
    return compiled(model, **how)


@pytest.mark.parametrize("kind", WRONG)
def test_a_slip_gets_its_sentence(kind):
    make, part = WRONG[kind]
    hint = hint_for(make())
    assert part in hint.text


def test_a_network_that_learned_from_other_numbers_is_told(trained):
    """Its first weights are as small as they become where the pixels run to 255."""
    model = compiled(cnn())
    model.set_weights(trained.get_weights())
    kernel, *others = model.get_weights()
    model.set_weights([kernel / 255, *others])
    assert keras_models.accuracy(model, IMAGES, LABELS) < 0.8
    assert keras_models.accuracy(model, IMAGES, LABELS, factor=255) >= 0.95
    assert hint_for(model).text == keras_models.OTHER_SCALE


def test_a_network_that_was_trained_in_vain_is_told():
    model = compiled(cnn(), optimizer=keras.optimizers.SGD(0.0))
    model.fit(IMAGES, LABELS, verbose=0)
    assert keras_models.TRAINED_IN_VAIN in hint_for(model).text


def test_a_network_that_reads_some_is_told_how_many(trained):
    found = keras_models.low_accuracy(trained, IMAGES, LABELS, found=0.95, goal=1.01)
    assert found.text == "Your network reads 95.0% of the new pictures rightly; 101% are asked for."


def test_accuracy_counts_the_right_answers(trained):
    shifted = np.roll(LABELS, 1)
    right = keras_models.accuracy(trained, IMAGES, LABELS)
    assert right > 0.95
    by_hand = np.mean(trained.predict(IMAGES, verbose=0).argmax(axis=1) == shifted)
    assert keras_models.accuracy(trained, IMAGES, shifted) == by_hand < 0.1


def test_a_network_that_was_asked_with_and_without_the_channel_axis_is_still_read():
    model = compiled(keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), softmax()]))
    model.predict(IMAGES[:5], verbose=0)  # fits as well, and on TensorFlow predict reads no others afterwards
    answers = keras.ops.convert_to_numpy(model(IMAGES[..., 0])).argmax(axis=1)
    assert keras_models.accuracy(model, IMAGES, LABELS) == np.mean(answers == LABELS)


def test_the_size_is_a_limit_that_must_not_be_reached():
    model = cnn()
    count = model.count_params()
    assert keras_models.size(model, count + 1) is None
    assert isinstance(keras_models.size(model, count), Hint)


# --- what a network is trained with


def test_the_rate_of_a_step_is_what_the_schedule_says_or_the_rate_itself():
    schedule = keras.optimizers.schedules.CosineDecay(0.1, decay_steps=10)
    for rate, expected in ((schedule, [0.1, 0.05, 0]), (0.2, [0.2, 0.2, 0.2])):
        model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
        model.compile(optimizer=keras.optimizers.SGD(rate), loss="mse")
        found = [keras_models.rate_at(model, step) for step in (0, 5, 10)]
        assert np.allclose(found, expected, atol=1e-6)
        assert keras_models.optimiser_name(model) == "SGD"


def test_a_schedule_of_the_learners_own_is_asked_as_well():
    class Halving(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return keras.ops.power(0.5, keras.ops.cast(step, "float32"))

    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(Halving()), loss="mse")
    assert np.isclose(keras_models.rate_at(model, 3), 0.125)


@pytest.mark.parametrize(
    ("part", "word"),
    [
        (keras.optimizers.Adam, "optimiser"),
        (lambda: keras.optimizers.schedules.CosineDecay(1.0, 9), "schedule"),
    ],
)
def test_a_part_of_the_training_is_named(part, word):
    assert word in keras_models.part_of_training(part()).text


def test_a_network_is_no_part_of_the_training():
    assert keras_models.part_of_training(keras.Sequential()) is None
    assert keras_models.part_of_training(None) is None
