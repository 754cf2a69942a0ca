"""The figure of walks on a curve draws each walk as far as it is in the picture, and says when it leaves."""

import warnings

import numpy as np
import pytest

from helpers import plots
from helpers.plots.descriptions import walks as described

W = np.linspace(-6, 6, 61)


def bowl_walk(eta, steps=8):
    return 5 * (1 - 2 * eta) ** np.arange(steps + 1)


def notes_of(line):
    return [text.get_text() for text in line.axes.texts]


def test_each_step_is_a_dot_on_the_curve(shown):
    line = plots.walks(W, W**2, {"walk": bowl_walk(0.1)})["walk"]
    np.testing.assert_array_equal(line.get_xdata(), bowl_walk(0.1))
    np.testing.assert_allclose(line.get_ydata(), bowl_walk(0.1) ** 2, atol=0.02)
    assert line.get_marker() == "o" and notes_of(line) == [] and line.axes.get_title() == ""


def test_many_walks_have_panels_of_one_scale_and_titles(shown):
    drawn = plots.walks(W, W**2, {f"η = {eta}": bowl_walk(eta) for eta in np.arange(1, 8) / 10})
    axes = [line.axes for line in drawn.values()]
    assert len(set(map(id, axes))) == 7 and [ax.get_title() for ax in axes] == list(drawn)
    assert {ax.get_xlim() for ax in axes} == {(-6, 6)} and len({ax.get_ylim() for ax in axes}) == 1


@pytest.mark.parametrize("last", [7.0, -6.1, np.inf, -np.inf, np.nan, 1e300])
def test_a_walk_that_leaves_is_drawn_up_to_there(shown, last):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        line = plots.walks(W, W**2, {"walk": [5, -5, last, 0]})["walk"]
    assert line.get_xdata().tolist() == [5, -5]
    assert notes_of(line) == ["left the picture at step 2"]
    assert "leaves the picture at step 2" in shown[0][1]["image/png"]["alt"]


def test_a_walk_that_starts_outside_says_so(shown):
    line = plots.walks(W, W**2, {"walk": [9.0, 3.0]})["walk"]
    assert notes_of(line) == ["starts outside of the picture"] and len(line.get_xdata()) == 0


def test_bad_input_meets_a_sentence(shown):
    for wanted, arguments in {
        "60 heights, but w has 61 places": (W, W[:-1], {"walk": [1, 2]}),
        "pass a dict with at least one walk": (W, W, {}),
        "'walk' needs a list of places": (W, W, {"walk": [[1, 2]]}),
    }.items():
        with pytest.raises(ValueError, match=wanted):
            plots.walks(*arguments)
    assert shown == []


def test_walks_are_described():
    five = {f"η = {eta}": bowl_walk(eta) for eta in (0.1, 0.5, 0.9, 1.0, 1.1)}
    assert described(1.25 * W, five, "w") == (
        "w over step: η = 0.1 falls steadily from 5 to 0.84; η = 0.5 falls steadily from 5 to 0 by 1 and stays there; "
        "η = 0.9 swings around 0 and shrinks; η = 1.0 swings evenly between −5 and 5; η = 1.1 leaves the picture at "
        "step 3."
    )
    assert described(W, {"walk": bowl_walk(0.1)}, "w").startswith("w over step: falls steadily")
