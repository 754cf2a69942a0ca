"""Bars and curves draw the numbers that they are given."""

import warnings

import numpy as np
import pytest
from matplotlib import colors

from helpers import plots
from helpers.plots import base

X = np.linspace(0, 1, 5)
RUNS = {"one": [[1.0, 5.0, 9.0], [3.0, 4.0, 2.0], [2.0, 9.0, 5.0]], "two": [[4.0, 4.0, 4.0], [6.0, 8.0, 4.0]]}


def test_bars_are_filled_above_the_threshold_only(shown):
    heights = np.array([-1.0, 1.5, 2.0])
    drawn = plots.bars(["a", "b", "c"], heights, threshold=1.5, xlabel="name", ylabel="height")
    np.testing.assert_array_equal([bar.get_height() for bar in drawn["bars"]], heights)
    assert [bar.get_hatch() or "" for bar in drawn["bars"]] == ["//", "//", ""]
    assert [colors.to_hex(bar.get_facecolor()).upper() for bar in drawn["bars"]] == ["#FFFFFF", "#FFFFFF", base.BLUE]
    assert set(drawn["threshold"].get_ydata()) == {1.5}
    assert [text.get_text() for text in drawn["heights"]] == ["−1", "1.5", "2"]
    ax = drawn["threshold"].axes
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["a", "b", "c"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("name", "height")


def test_curves_draw_their_arrays_under_their_names(shown):
    lines = plots.curves(X, {"up": X, "down": 1 - X}, wide=["up"], xlabel="across", ylabel="upwards")["lines"]
    for name, y in (("up", X), ("down", 1 - X)):
        np.testing.assert_array_equal(lines[name].get_xdata(), X)
        np.testing.assert_array_equal(lines[name].get_ydata(), y)
        assert lines[name].get_label() == name
    ax = lines["up"].axes
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("across", "upwards")
    assert lines["up"].get_linestyle() != lines["down"].get_linestyle(), "colour must not stand alone"
    assert lines["up"].get_linewidth() > 2 * lines["down"].get_linewidth()
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["up", "down"]


def test_a_single_curve_needs_no_legend(shown):
    (line,) = plots.curves(X, {"up": X})["lines"].values()
    assert line.axes.figure.legends == [] and line.axes.get_legend() is None


def test_each_curve_may_have_an_x_of_its_own(shown):
    xs = {"short": [1, 2], "long": [1, 2, 5]}
    lines = plots.curves(xs, {"long": [3.0, 2.0, 1.0], "short": [0.0, 4.0]}, marker="o")["lines"]
    for name, x in xs.items():
        np.testing.assert_array_equal(lines[name].get_xdata(), x)
    assert {line.get_marker() for line in lines.values()} == {"o"}
    assert plots.curves(X, {"a": X})["lines"]["a"].get_marker() in (None, "None", "")


@pytest.mark.parametrize(("ylim", "expected"), [((0, None), (0, 7.1)), ((None, None), (4.9, 7.1)), ((4, 9), (4, 9))])
def test_the_vertical_axis_begins_and_ends_where_it_is_told(shown, ylim, expected):
    line = plots.curves([0, 1], {"a": [5, 7]}, ylim=ylim)["lines"]["a"]
    np.testing.assert_allclose(line.axes.get_ylim(), expected)


@pytest.mark.parametrize(("x", "whole"), [(np.arange(1, 21), True), (np.linspace(1, 20, 20), False)])
def test_what_is_counted_has_no_tick_between_two_numbers(shown, x, whole):
    ticks = plots.curves(x, {"a": x})["lines"]["a"].axes.get_xticks()
    assert np.array_equal(ticks, ticks.round()) == whole


@pytest.mark.parametrize("scales", [("log", "linear"), ("linear", "log"), ("log", "log")])
def test_the_axes_that_are_asked_for_are_logarithmic(shown, scales):
    ax = plots.curves(X + 1, {"a": X + 1}, xscale=scales[0], yscale=scales[1])["lines"]["a"].axes
    assert (ax.get_xscale(), ax.get_yscale()) == scales


def test_what_a_logarithmic_axis_cannot_show_is_refused(shown):
    with pytest.raises(ValueError, match="'bad' has an x of 0 or below"):
        plots.curves([0, 1], {"bad": [0, 1]}, xscale="log")
    with pytest.raises(ValueError, match="No curve has a y above 0"):
        plots.curves([0, 1], {"bad": [0, -1], "none": [np.nan, 0]}, yscale="log")


@pytest.mark.filterwarnings("error")
def test_what_is_no_number_leaves_a_gap_and_a_curve_without_any_says_so(shown):
    ys = {"walk": [1.0, 0.0, np.inf, 2.0], "gone": [np.nan, np.inf, -1, 0]}
    lines = plots.curves(np.arange(4), ys, yscale="log", hlines={"goal": 1.5})["lines"]
    np.testing.assert_array_equal(lines["walk"].get_ydata(), [1, np.nan, np.nan, 2])
    (legend,) = lines["walk"].axes.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["walk", "gone (left the picture)"]
    high = plots.curves([0, 1], {"low": [0, 1], "high": [5, 6]}, ylim=(0, 2))["lines"]["high"]
    assert high.get_label() == "high (above the picture)"
    shown[0][0]._repr_png_()


def test_a_pale_curve_is_thin_and_lies_below_its_trend(shown):
    lines = plots.curves(X, {"loss": X, "trend": X}, pale=["loss"])["lines"]
    assert lines["loss"].get_linewidth() < lines["trend"].get_linewidth() / 2
    assert lines["loss"].get_alpha() < 0.5 and lines["loss"].get_zorder() < lines["trend"].get_zorder()


def test_a_curve_more_than_there_are_looks_is_drawn_all_the_same(shown):
    lines = plots.curves([0, 1], {str(k): [0, k] for k in range(7)})["lines"]
    assert len({(line.get_color(), str(line.get_linestyle())) for line in lines.values()}) > 5
    assert len(lines) == 7 and len(shown[0][1]["image/png"]["alt"]) <= 250


def test_curves_refuse_what_does_not_fit(shown):
    with pytest.raises(ValueError, match="'one' has 3 numbers, but x has 2"):
        plots.curves([1, 2], RUNS)


def test_repeated_runs_are_drawn_as_median_and_range(shown):
    drawn = plots.curves([1, 2, 4], RUNS, xscale="log")
    np.testing.assert_array_equal(drawn["lines"]["one"].get_ydata(), [2, 5, 5])
    np.testing.assert_array_equal(drawn["lines"]["two"].get_ydata(), [5, 6, 4])
    corners = drawn["bands"]["one"].get_paths()[0].vertices
    for x, low, high in ((1, 1, 3), (2, 4, 9), (4, 2, 9)):
        heights = corners[corners[:, 0] == x, 1]
        assert (heights.min(), heights.max()) == (low, high)
    for name, line in drawn["lines"].items():
        assert colors.to_hex(drawn["bands"][name].get_facecolor()[0]) == colors.to_hex(line.get_color())
    ax = drawn["lines"]["one"].axes
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2", "4"]
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["one", "two"]


def test_a_named_height_lies_at_its_height_and_in_sight(shown):
    drawn = plots.curves(X, {"a": X}, hlines={"goal": 7.0})
    assert list(drawn["hlines"]["goal"].get_ydata()) == [7.0, 7.0]
    ax = drawn["hlines"]["goal"].axes
    assert {text.get_text(): text.xy[1] for text in ax.texts} == {"goal": 7.0}
    assert ax.get_ylim()[1] > 7


@pytest.mark.parametrize(("y", "side"), [([0.0, 4.0, 9.0], "left"), ([9.0, 4.0, 0.0], "right")])
def test_the_name_of_a_height_stands_at_the_freer_end(shown, y, side):
    """The curve comes near the height 8.5 at one end only."""
    drawn = plots.curves([0, 1, 2], {"a": y}, hlines={"goal": 8.5})
    (name,) = drawn["hlines"]["goal"].axes.texts
    assert name.get_ha() == side and (name.xy[0] < 0.5) == (side == "left")


@pytest.mark.parametrize(("many", "turned"), [(8, 0), (16, 90)])
def test_names_of_many_bars_are_turned(shown, many, turned):
    drawn = plots.bars([f"{k:04b}" + ",000" * (many > 8) for k in range(many)], np.arange(many), threshold=1)
    assert {text.get_rotation() for text in drawn["threshold"].axes.get_xticklabels()} == {turned}


# --- how a training went

HISTORY = {"loss": [2.0, 1.0, 0.5], "accuracy": [0.5, 0.7, 0.9], "val_loss": [2.0, 1.5, 1.7], "val_accuracy": [0, 0, 1]}


def test_each_measure_of_a_training_has_a_panel_with_both_parts(shown):
    drawn = plots.training(HISTORY)
    assert list(drawn) == ["loss", "accuracy"]
    for measure, lines in drawn.items():
        for part, key in (("training", measure), ("validation", f"val_{measure}")):
            np.testing.assert_array_equal(lines[part].get_ydata(), HISTORY[key])
            np.testing.assert_array_equal(lines[part].get_xdata(), [1, 2, 3])
        assert lines["training"].axes.get_ylabel() == measure
        assert lines["training"].get_linestyle() != lines["validation"].get_linestyle()
    (legend,) = lines["training"].axes.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["training", "validation"]
    assert "loss, validation: falls to 1.5 at 2, then rises to 1.7" in shown[0][1]["image/png"]["alt"]
    assert "<tr><td>3</td><td>0.5</td><td>1.7</td><td>0.9</td><td>1</td></tr>" in shown[1][0].data


def test_a_training_of_one_epoch_without_validation_shows_its_points(shown):
    lines = plots.training({"loss": [0.5]})["loss"]
    assert list(lines) == ["training"] and lines["training"].get_marker() == "o"
    assert lines["training"].axes.figure.legends == []
    assert shown[0][1]["image/png"]["alt"] == "1 epoch of training: loss: is 0.5 at 1."
    with pytest.raises(ValueError, match="no measure to draw"):
        plots.training({})


@pytest.mark.parametrize("yscale", ["linear", "log"])
def test_a_curve_that_bursts_beyond_what_an_axis_can_hold_is_drawn_as_far_as_it_goes(yscale):
    bursting = 10.0 ** np.arange(0, 308, 4)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        drawn = plots.curves(np.arange(len(bursting)), {"momentum": bursting}, yscale=yscale, ylim=(1e-13, None))
        drawn["lines"]["momentum"].figure.canvas.draw()
    heights = drawn["lines"]["momentum"].get_ydata()
    assert np.nanmax(heights) < 1e150 <= bursting[np.isnan(heights)].min()
