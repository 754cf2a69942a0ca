"""Which data are used: the mode, and the sentence that says why it is not the full data."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from helpers import data
from helpers.data import keras_files, keras_sets

# ---- modes ----


@pytest.mark.parametrize("mode", ["fulll", "Full", 3, ["full"]])
@pytest.mark.parametrize("loader", [data.load_mnist, data.load_boston, data.load_california])
def test_an_unknown_mode_is_refused(loader, mode):
    with pytest.raises(ValueError, match=r'^Unknown data mode .*: choose "auto", "embedded" or "full"\.$'):
        loader(mode)


def test_an_unknown_mode_in_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "offline")
    with pytest.raises(ValueError, match=r"^Unknown data mode 'offline' in COURSE_DATA: choose "):
        data.load_boston()
    assert data.load_boston("embedded").mode == "embedded", "the argument overrides the environment"


@pytest.mark.parametrize(
    ("variable", "mode"), [(None, "full"), ("", "full"), ("auto", "full"), ("embedded", "embedded")]
)
def test_the_environment_chooses_and_auto_is_the_default(server, monkeypatch, variable, mode):
    if variable is not None:
        monkeypatch.setenv("COURSE_DATA", variable)
    assert data.load_boston().mode == mode
    assert len(server.asked) == (mode == "full")


@pytest.mark.parametrize("by", ["argument", "environment"])
def test_california_embedded_never_touches_the_network(server, monkeypatch, by):
    if by == "environment":
        monkeypatch.setenv("COURSE_DATA", "embedded")
    with pytest.raises(data.DataUnavailableError) as caught:
        data.load_california("embedded" if by == "argument" else None)
    assert str(caught.value) == (
        'California housing: no copy comes with the course, and mode "embedded" fetches nothing; for Keras\' file, '
        'connect to the internet and run data.load_california(mode="full", time_limit=600).'
    )
    assert server.asked == []


# ---- sentences ----


def test_mnist_says_which_set_it_gives(server, monkeypatch, capsys):
    arrays = dict.fromkeys(("x_train", "y_train", "x_test", "y_test"), np.zeros((1, 1), np.uint8))
    monkeypatch.setattr(keras_sets, "_embedded_mnist", lambda: arrays)
    server.stop()
    assert data.load_mnist().mode == "embedded"
    line = capsys.readouterr().out
    assert line.startswith("MNIST: the 5,000-image set is used, because the connection to 127.0.0.1 failed (")
    assert line.endswith(
        "); for the full set of 70,000 images, connect to the internet and run "
        'data.load_mnist(mode="full", time_limit=600).\n'
    )


def test_full_boston_that_cannot_be_had_says_what_to_do_instead(server):
    server.answer = lambda request: request.send(b"", status=404)
    with pytest.raises(data.DataUnavailableError) as caught:
        data.load_boston("full")
    assert str(caught.value) == (
        "Boston housing: Keras' file cannot be had, because 127.0.0.1 answered 404 (Not Found); connect to the "
        'internet and run data.load_boston(mode="full", time_limit=600), or work with mlxtend\'s copy, with the same '
        'numbers, by mode="embedded".'
    )
    assert caught.value.__suppress_context__, "no chain of tracebacks buries the sentence"


@pytest.mark.parametrize("mode", ["auto", "full"])
@pytest.mark.parametrize("cached", [None, b"damaged"])
def test_without_california_one_sentence_says_why(server, california_content, cache, capsys, mode, cached):
    server.answer = lambda request: request.send(b"", status=404)
    if cached:
        cache.put("california_housing.npz", cached)
    with pytest.raises(data.DataUnavailableError) as caught:
        data.load_california(mode)
    sentence = str(caught.value)
    assert sentence.startswith("California housing: Keras' file cannot be had, because ")
    assert "127.0.0.1 answered 404 (Not Found)" in sentence
    assert sentence.endswith('; connect to the internet and run data.load_california(mode="full", time_limit=600).')
    assert ("california_housing.npz in $KERAS_HOME/datasets is damaged (it was left there)" in sentence) == bool(cached)
    assert "\n" not in sentence and "  " not in sentence and ",." not in sentence
    assert capsys.readouterr().out == ""
    assert cache.contents() == ({"california_housing.npz": cached} if cached else {})


# ---- which files ----


def test_full_data_at_hand_counts_good_files_only(server, cache, npz):
    assert data.full_data_at_hand() == {"MNIST": False, "Boston housing": False}
    cache.put("boston_housing.npz", npz)
    assert data.full_data_at_hand() == {"MNIST": False, "Boston housing": True}
    cache.put("boston_housing.npz", npz[:-1] + bytes([npz[-1] ^ 1]))
    assert data.full_data_at_hand() == {"MNIST": False, "Boston housing": False}
    assert server.asked == []


def test_addresses_and_hashes_are_those_of_keras():
    folder = Path(importlib.util.find_spec("keras").origin).parent / "src" / "datasets"
    for file in (keras_files.MNIST_FILE, keras_files.BOSTON_FILE, keras_files.CALIFORNIA_FILE):
        source = (folder / file.name.replace(".npz", ".py")).read_text(encoding="utf-8")
        assert keras_files.KERAS_FILES_URL in source
        assert file.sha256 in source
