"""The remedies of notebook 12: what is built, what is trained on, and that a seed fixes the result."""

import inspect

import numpy as np
import pytest

from helpers import course, data, remedies

course.start_keras()

import keras  # noqa: E402 - after the quiet start

FAST = {"EPOCHS": 2, "MEMBER_EPOCHS": 1, "MEMBERS": 2, "BOSTON_EPOCHS": 2}
# On JAX and PyTorch, where each training takes long to begin, those whose layers are random or the course's own.
RANDOM = ["dropout", "augmentation", "noise on weights", "ten fixed masks"]
ON_TENSORFLOW = keras.backend.backend() == "tensorflow"


@pytest.fixture
def quick(monkeypatch):
    """Trainings of an epoch or two."""
    for name, value in FAST.items():
        monkeypatch.setattr(remedies, name, value)


def test_learning_and_judging_digits_are_different_training_digits():
    (many, labels), (judging, judging_labels) = remedies.digits()
    assert many.shape == (2000, 28, 28, 1) == judging.shape and labels.shape == (2000,) == judging_labels.shape
    mnist = data.load_mnist("embedded")
    np.testing.assert_array_equal(255 * np.concatenate([many, judging])[..., 0], mnist.x_train)
    np.testing.assert_array_equal(np.concatenate([labels, judging_labels]), mnist.y_train)
    with pytest.raises(ValueError, match="read-only"):
        many[0] = 0
    assert "x_test" not in inspect.getsource(remedies) and "y_test" not in inspect.getsource(remedies)


def test_wrong_labels_are_as_many_as_were_asked_for_and_all_wrong():
    labels = (np.arange(500) % 10).astype("uint8")
    spoilt = remedies.wrong_labels(labels, 0.2, np.random.default_rng(1))
    assert np.sum(spoilt != labels) == 100 and spoilt.dtype == labels.dtype
    assert set(spoilt) <= set(range(10)) and np.all(labels == np.arange(500) % 10)
    assert len(set((spoilt - labels.astype(int))[spoilt != labels] % 10)) == 9, "each of the nine others occurs"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("none", ["Flatten", "Dense", "Dense", "Dense"]),
        ("dropout", ["Flatten", "Dense", "Dropout", "Dense", "Dropout", "Dense"]),
        ("augmentation", ["RandomTranslation", "RandomRotation", "RandomZoom", "Flatten", "Dense", "Dense", "Dense"]),
        ("noise on inputs", ["GaussianNoise", "Flatten", "Dense", "Dense", "Dense"]),
        ("noise on weights", ["Flatten", "NoisyDense", "NoisyDense", "Dense"]),
        ("ten fixed masks", ["Flatten", "Dense", "FixedDropout", "Dense", "FixedDropout", "Dense"]),
    ],
)
def test_a_remedy_is_built_of_its_layers(name, kinds):
    assert [type(layer).__name__ for layer in remedies.build(name).layers] == kinds


def test_a_strength_reaches_its_layer():
    assert remedies.build("dropout", 0.7).layers[2].rate == 0.7
    assert remedies.build("L2").layers[1].kernel_regularizer.get_config()["l2"] == pytest.approx(0.001)
    assert remedies.build("L1", 0.5).layers[1].kernel_regularizer.get_config()["l1"] == pytest.approx(0.5)
    assert remedies.build("noise on inputs", 0.2).layers[0].stddev == 0.2
    assert remedies.build("noise on weights", 0.3).layers[1].noise == 0.3


@pytest.mark.parametrize("name", remedies.STRENGTHS if ON_TENSORFLOW else RANDOM)
def test_every_remedy_is_measured(quick, name):
    assert 5 < remedies.measure(name, seed=3) < 95


@pytest.mark.parametrize("name", remedies.BOSTON if ON_TENSORFLOW else ["none"])
def test_every_remedy_is_measured_on_houses(quick, name):
    assert 1 < remedies.measure_boston(name, seed=3) < 30


def test_a_seed_fixes_the_result(quick):
    assert remedies.measure("dropout", seed=3) == remedies.measure("dropout", seed=3)
    assert remedies.measure_boston("none", seed=3) == remedies.measure_boston("none", seed=3)
    assert remedies.measure_boston("none", seed=3) != remedies.measure_boston("none", seed=4)


def test_houses_are_three_parts_standardised_as_measured_on_the_first():
    parts = remedies.houses()
    assert [len(inputs) for inputs, _ in parts] == [100, 100, 204]
    np.testing.assert_allclose(parts[0][0].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(parts[0][0].std(axis=0), 1)
    boston = data.load_boston(drop_b=True, mode="embedded")
    assert sorted(np.concatenate([prices for _, prices in parts])) == sorted(boston.y_train)


def test_what_is_trained_on(monkeypatch):
    """500 digits for 40 epochs, but for those that say otherwise; wrong labels for a fifth where they are asked for."""
    (images, labels), judging = remedies.digits()
    asked = {}

    def fit(model, images, labels, **how):
        asked[name] = images, labels, how

    monkeypatch.setattr(keras.Sequential, "fit", fit)
    for name in ("none", "more data", "early stopping", "wrong labels, early stopping"):
        remedies._trained(name, 1, None, (images, labels), judging)
    sizes = {name: (len(seen), how["epochs"], how["batch_size"]) for name, (seen, _, how) in asked.items()}
    assert sizes["none"] == sizes["early stopping"] == sizes["wrong labels, early stopping"] == (500, 40, 50)
    assert sizes["more data"] == (2000, 10, 50), "as many steps"
    for name, (_, seen, how) in asked.items():
        assert np.mean(seen != labels[: len(seen)]) == pytest.approx(0.2 if "wrong" in name else 0)
        assert ("callbacks" in how) == ("stopping" in name)


def test_an_ensemble_is_judged_by_the_mean_of_its_members(monkeypatch):
    _, (_, judging) = remedies.digits()
    answers = iter(np.eye(10)[[3, 3, 7, 3, 7]])  # five members, each sure of one digit for every picture

    class Member:
        def __call__(self, images):
            return np.tile(row, (len(images), 1))

    seeds = []

    def trained(name, seed, *args, **options):
        nonlocal row
        row = next(answers)
        seeds.append(seed)
        return Member()

    row = None
    monkeypatch.setattr(remedies, "_trained", trained)
    assert remedies.measure("ensemble", seed=2) == pytest.approx(100 * np.mean(judging != 3))
    assert len(set(seeds)) == 5


def test_a_sample_of_bagging_holds_some_digits_twice_and_others_not(monkeypatch):
    samples = []

    class Member:
        def __call__(self, images):
            return np.zeros((len(images), 10))

    def trained(name, seed, strength, learning, **options):
        samples.append(learning[0])
        return Member()

    monkeypatch.setattr(remedies, "_trained", trained)
    remedies.measure("bagging", seed=2)
    kinds = [len(np.unique(sample.reshape(500, -1), axis=0)) / 500 for sample in samples]
    assert len(samples) == 5 and all(0.57 < kind < 0.69 for kind in kinds), "about 1 - 1/e of them"
    assert not np.array_equal(samples[0], samples[1])


def test_an_unknown_remedy_is_a_clear_sentence():
    for measure, known in ((remedies.measure, "none, more data"), (remedies.measure_boston, "none, early stopping")):
        with pytest.raises(ValueError, match=f"no remedy called 'prayer': choose from {known}"):
            measure("prayer", seed=1)
