"""Curves on logarithmic axes show the numbers that they are given, and the heights that have names."""

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest

from helpers import plots

ALT = "A figure that is made for a test, and a description of it that is long enough."
CURVES = {"fast": ([1, 2, 3], [1.0, 10.0, 1000.0]), "slow": (np.arange(1, 31), np.arange(1, 31) / 10)}


def test_every_curve_has_its_own_points_and_look(shown):
    drawn = plots.log_curves(CURVES, ALT)
    for name, (x, y) in CURVES.items():
        np.testing.assert_array_equal(drawn["curves"][name].get_xdata(), x)
        np.testing.assert_array_equal(drawn["curves"][name].get_ydata(), y)
    looks = {(line.get_color(), line.get_linestyle()) for line in drawn["curves"].values()}
    assert len(looks) == 2 and [line.get_marker() for line in drawn["curves"].values()] == ["o", "None"]


@pytest.mark.parametrize(
    ("logarithmic", "scales"), [("x", ("log", "linear")), ("y", ("linear", "log")), ("xy", ("log", "log"))]
)
def test_the_axes_that_are_asked_for_are_logarithmic(shown, logarithmic, scales):
    ax = plots.log_curves(CURVES, ALT, logarithmic=logarithmic)["curves"]["fast"].axes
    assert (ax.get_xscale(), ax.get_yscale()) == scales


def test_a_named_height_lies_at_its_height_with_its_name(shown):
    drawn = plots.log_curves(CURVES, ALT, marks={"target": 50.0, "bottom": 2.0})
    assert {name: list(line.get_ydata()) for name, line in drawn["marks"].items()} == {
        "target": [50.0, 50.0],
        "bottom": [2.0, 2.0],
    }
    assert {text.get_text(): text.xy[1] for text in drawn["marks"]["target"].axes.texts} == {
        "target": 50.0,
        "bottom": 2.0,
    }


def test_the_text_of_the_figure_tells_its_numbers(shown):
    plots.log_curves(CURVES, ALT, marks={"target": 50.0})
    text = repr(shown[0][0])
    assert text.startswith("Figure with 1 panel, ") and "legend 'fast' #0072b2, 'slow' #d55e00" in text
    assert "line 'fast' through 3 points" in text and "(1, 1), (2, 10), (3, 1000)" in text and "'target'" in text


@pytest.mark.parametrize("logarithmic", ["x", "y"])
def test_what_a_logarithmic_axis_cannot_show_is_refused(shown, logarithmic):
    with pytest.raises(ValueError, match=f"'bad' has a {logarithmic} of 0 or below"):
        plots.log_curves({"bad": ([0, 1], [0, 1])}, ALT, logarithmic=logarithmic)


def test_too_many_curves_are_refused(shown):
    with pytest.raises(ValueError, match="6 curves are too many"):
        plots.log_curves({str(k): ([1, 2], [1, 2]) for k in range(6)}, ALT)
