"""The figures draw the arrays that they are given, and say in words what they show."""

import io

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import colors
from PIL import Image

from helpers import plots

ALT = "A figure that is made for a test, and a description of it that is long enough."
GRID = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


@pytest.fixture
def shown(monkeypatch):
    """What a figure function displays: a list of (object, metadata)."""
    calls = []
    monkeypatch.setattr(plots, "display", lambda thing, metadata=None: calls.append((thing, metadata)))
    return calls


def test_show_puts_the_description_into_metadata_and_below(shown):
    plots.curves([0, 1], {"a": [0, 1]}, alt=ALT)
    (picture, metadata), (caption, _) = shown
    assert metadata == {"image/png": {"alt": ALT}}
    assert picture.data.startswith(b"\x89PNG")
    assert caption.data == f"*Figure: {ALT}*"
    assert plots.plt.get_fignums() == [], "a figure left open is shown a second time"


def test_show_refuses_a_figure_without_description(shown):
    with pytest.raises(ValueError, match="description in words"):
        plots.curves([0, 1], {"a": [0, 1]}, alt="  ")


def test_style_is_not_left_behind(shown):
    before = dict(mpl.rcParams)
    plots.curves([0, 1], {"a": [0, 1]}, alt=ALT)
    assert dict(mpl.rcParams) == before


def test_curves_draw_their_arrays(shown):
    x = np.linspace(0, 1, 5)
    lines = plots.curves(x, {"up": x, "down": 1 - x}, alt=ALT, wide=["up"])
    for name, y in (("up", x), ("down", 1 - x)):
        np.testing.assert_array_equal(lines[name].get_xdata(), x)
        np.testing.assert_array_equal(lines[name].get_ydata(), y)
    assert lines["up"].get_linestyle() != lines["down"].get_linestyle(), "colour must not stand alone"


def test_bars_are_filled_above_the_threshold_only(shown):
    heights = np.array([-1.0, 0.0, 2.0])
    drawn = plots.bars(["a", "b", "c"], heights, threshold=0, alt=ALT)
    np.testing.assert_array_equal([bar.get_height() for bar in drawn["bars"]], heights)
    assert [bar.get_hatch() or "" for bar in drawn["bars"]] == ["//", "//", ""]


@pytest.mark.parametrize(("weights", "bias"), [((1, 1), -1.5), ((0, 2), 1.0), ((3, 0), -1.0), ((-0.1, 4), 2.0)])
def test_decision_line_is_where_the_sum_is_zero(shown, weights, bias):
    line = plots.decision(GRID, np.array([0, 1, 1, 1]), {"panel": (np.array(weights), bias)}, alt=ALT)["panel"].line
    start = np.array(line.get_xy1())
    direction = np.array(line.get_xy2()) - start if line.get_xy2() is not None else np.array([1, line.get_slope()])
    for t in (-2.0, 0.0, 3.0):
        assert np.isclose(np.dot(weights, start + t * direction) + bias, 0)


def test_a_neuron_without_weights_has_no_line(shown):
    panel = plots.decision(GRID, np.array([0, 1, 1, 1]), {"start": (np.zeros(2), 1.0)}, alt=ALT)["start"]
    assert panel.line is None and len(panel.classes) == 2


@pytest.mark.parametrize("weights", [(1.0, -2.0), (0.0, 0.0)])
def test_decision_tints_the_side_that_fires(shown, weights):
    panel = plots.decision(GRID, np.array([0, 1, 1, 1]), {"panel": (np.array(weights), 0.3)}, alt=ALT)["panel"]
    fired = [path.contains_points(GRID + 0.01) for path in panel.tint.get_paths()]
    np.testing.assert_array_equal(np.any(fired, axis=0), (GRID + 0.01) @ weights + 0.3 > 0)


def test_decision_draws_each_class_with_its_own_marker(shown):
    artists = plots.decision(GRID, np.array([0, 1, 1, 1]), {"panel": (np.array([1, 1]), -0.5)}, alt=ALT)
    zeros, ones = artists["panel"].classes
    np.testing.assert_array_equal(zeros.get_offsets(), GRID[:1])
    np.testing.assert_array_equal(ones.get_offsets(), GRID[1:])
    assert zeros.get_paths()[0].vertices.shape != ones.get_paths()[0].vertices.shape


def test_decision_takes_labels_for_each_panel(shown):
    panels = {"AND": (np.array([1, 1]), -1.5), "OR": (np.array([1, 1]), -0.5)}
    artists = plots.decision(GRID, [np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1])], panels, alt=ALT)
    counts = {title: [len(points.get_offsets()) for points in panel.classes] for title, panel in artists.items()}
    assert counts == {"AND": [3, 1], "OR": [1, 3]}


def test_activations_draw_function_and_slope(shown):
    z = np.linspace(-1, 1, 7)
    lines = plots.activations(z, {"a": z, "b": z**2}, {"a": np.ones(7), "b": 2 * z}, alt=ALT)
    np.testing.assert_array_equal(lines["b"][0].get_ydata(), z**2)
    np.testing.assert_array_equal(lines["b"][1].get_ydata(), 2 * z)


def test_scatter_below_draws_its_points(shown):
    drawn = plots.scatter_below([10.0, 100.0], [2.0, 3.0], alt=ALT)
    np.testing.assert_array_equal(drawn["points"].get_offsets(), [[10, 2], [100, 3]])


def test_neuron_names_every_weight_and_the_bias(shown):
    drawn = plots.neuron([-6, 3], 0.5, alt=ALT)
    assert [label.get_text() for label in drawn["weights"]] == ["−6", "+3"]
    assert drawn["bias"].get_text() == "bias +0.5"


def test_course_map_and_timeline_hold_their_texts(shown):
    texts = plots.course_map({"one": ["a", "b"], "two": ["c"]}, alt=ALT)
    assert [text.get_text() for text in texts["notebooks"]] == ["a", "b", "c"]
    marks = plots.timeline([(1943, "x", 1), (1957, "y", -1)], alt=ALT)
    np.testing.assert_array_equal(marks["years"].get_xdata(), [1943, 1957])


def test_table_prints_its_cells_in_order(shown):
    plots.table({"a": [1, 2], "b": ["x", "y"]}, caption="below")
    assert shown[0][0].data == "| a | b |\n| ---: | ---: |\n| 1 | x |\n| 2 | y |\n\n*below*"


def test_table_refuses_columns_of_different_length(shown):
    with pytest.raises(ValueError, match="one length"):
        plots.table({"a": [1, 2], "b": [1]})


def test_sliders_hand_their_values_to_the_drawing(shown):
    seen = []
    plots.sliders(lambda slope, bias: seen.append((slope, bias)), slope=(-2, 2, 1), bias=(0, 4, 0.5))
    slope, bias = shown[0][0].children[:2]
    slope.value = 2
    bias.value = 4
    assert seen == [(1, 0.5), (2, 0.5), (2, 4)]


def luminance(color):
    """Relative luminance of a colour, after the Web Content Accessibility Guidelines 2.1."""
    rgb = np.array(colors.to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_the_curves_and_points_stand_out_from_white():
    for look in (*plots.LINE_LOOKS, *plots.CLASS_LOOKS):
        assert (1 + 0.05) / (luminance(look["color"]) + 0.05) >= 2.9, look


def test_no_two_looks_differ_by_colour_alone():
    assert len({look["marker"] for look in plots.CLASS_LOOKS}) == len(plots.CLASS_LOOKS)
    assert len({str(look["linestyle"]) for look in plots.LINE_LOOKS}) == len(plots.LINE_LOOKS)


def test_scatter_below_refuses_what_a_logarithm_cannot_show(shown):
    with pytest.raises(ValueError, match="positive"):
        plots.scatter_below([10.0, 100.0], [0, 3.0], alt=ALT)


def test_png_keeps_the_picture(shown):
    """The palette of 256 colours must not change what is seen: compare with the full-colour picture."""
    figure, ax = plots.plt.subplots()
    ax.plot([0, 1], [0, 1], color=plots.BLUE)
    full = io.BytesIO()
    figure.savefig(full, format="png", bbox_inches="tight")
    small = plots.png(figure)
    plots.plt.close(figure)
    before, after = (np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), int) for data in (full.getvalue(), small))
    assert before.shape == after.shape and np.abs(before - after).mean() < 1
    assert len(small) < len(full.getvalue()) / 2


def test_what_a_figure_returns_shows_nothing_at_the_end_of_a_cell():
    data, _ = InteractiveShell.instance().display_formatter.format(plots.Drawn(line=1))
    assert data == {}
