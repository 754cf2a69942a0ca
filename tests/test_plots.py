"""The figures draw the arrays that they are given, and say in words what they show."""

import io

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import colors
from PIL import Image

from helpers import plots
from helpers.plots import base, twin

ALT = "A figure that is made for a test, and a description of it that is long enough."
GRID = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
AND, OR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1])


def axes_of(artist):
    return artist.axes


# --- how a figure is shown


def test_show_puts_the_description_into_metadata_and_below(shown):
    plots.curves([0, 1], {"a": [0, 1]}, alt=ALT)
    (picture, metadata), (caption, _) = shown
    assert metadata == {"image/png": {"alt": ALT}}
    assert picture._repr_png_().startswith(b"\x89PNG")
    assert caption.data == f"*Figure: {ALT}*"
    assert plt.get_fignums() == [], "a figure left open is shown a second time"


def test_show_refuses_a_figure_without_description(shown):
    with pytest.raises(ValueError, match="description in words"):
        plots.curves([0, 1], {"a": [0, 1]}, alt="  ")


def test_style_is_not_left_behind(shown):
    before = dict(mpl.rcParams)
    plots.curves([0, 1], {"a": [0, 1]}, alt=ALT)
    assert dict(mpl.rcParams) == before


def test_what_a_figure_returns_shows_nothing_at_the_end_of_a_cell():
    data, _ = InteractiveShell.instance().display_formatter.format(plots.Drawn(line=1))
    assert data == {}


def test_a_picture_is_a_png_and_its_text_the_summary(shown):
    plots.curves([0, 1], {"a": [0, 1]}, alt=ALT)
    data, _ = InteractiveShell.instance().display_formatter.format(shown[0][0])
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"].startswith("Figure with 1 panel, ")


def test_png_keeps_the_picture():
    """The palette of 256 colours must not change what is seen: compare with the full-colour picture."""
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, 1], color=base.BLUE)
    full = io.BytesIO()
    figure.savefig(full, format="png", bbox_inches="tight")
    small = base.png(figure)
    plt.close(figure)
    before, after = (np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), int) for data in (full.getvalue(), small))
    assert before.shape == after.shape and np.abs(before - after).mean() < 1
    assert len(small) < len(full.getvalue()) / 2


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


def test_a_slider_of_choices_starts_at_the_first(shown):
    seen = []
    plots.sliders(lambda kernel, stride: seen.append((kernel, stride)), kernel=["edge", "blur"], stride=["1", "2", "3"])
    kernel, stride = shown[0][0].children[:2]
    kernel.value = "blur"
    stride.value = "3"
    assert seen == [("edge", "1"), ("blur", "1"), ("blur", "3")]


# --- the looks


def luminance(color):
    """Relative luminance of a colour, after the Web Content Accessibility Guidelines 2.1."""
    rgb = np.array(colors.to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_the_curves_and_points_stand_out_from_white():
    for look in (*base.LINE_LOOKS, *base.CLASS_LOOKS):
        assert (1 + 0.05) / (luminance(look["color"]) + 0.05) >= 2.9, look


def test_no_two_looks_differ_by_colour_alone():
    assert len({look["marker"] for look in base.CLASS_LOOKS}) == len(base.CLASS_LOOKS)
    assert len({str(look["linestyle"]) for look in base.LINE_LOOKS}) == len(base.LINE_LOOKS)


# --- the figures


def test_curves_draw_their_arrays_under_their_names(shown):
    x = np.linspace(0, 1, 5)
    lines = plots.curves(x, {"up": x, "down": 1 - x}, alt=ALT, wide=["up"], xlabel="across", ylabel="upwards")
    for name, y in (("up", x), ("down", 1 - x)):
        np.testing.assert_array_equal(lines[name].get_xdata(), x)
        np.testing.assert_array_equal(lines[name].get_ydata(), y)
        assert lines[name].get_label() == name
    ax = axes_of(lines["up"])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("across", "upwards")
    assert lines["up"].get_linestyle() != lines["down"].get_linestyle(), "colour must not stand alone"
    assert lines["up"].get_linewidth() > 2 * lines["down"].get_linewidth()
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["up", "down"]


@pytest.mark.parametrize(("bottom", "expected"), [(0, 0), (None, 4.9)])
def test_curves_begin_where_they_are_told(shown, bottom, expected):
    line = plots.curves([0, 1], {"a": [5, 7]}, alt=ALT, bottom=bottom)["a"]
    low, high = axes_of(line).get_ylim()
    assert np.isclose(low, expected) and np.isclose(high, 7.1)


@pytest.mark.parametrize(("x", "whole"), [(np.arange(1, 21), True), (np.linspace(1, 20, 20), False)])
def test_what_is_counted_has_no_tick_between_two_numbers(shown, x, whole):
    ticks = axes_of(plots.curves(x, {"a": x}, alt=ALT)["a"]).get_xticks()
    assert np.array_equal(ticks, ticks.round()) == whole


def test_curves_refuse_more_than_can_be_told_apart(shown):
    with pytest.raises(ValueError, match="6 curves are too many"):
        plots.curves([0, 1], {str(k): [0, k] for k in range(6)}, alt=ALT)


def test_bars_are_filled_above_the_threshold_only(shown):
    heights = np.array([-1.0, 1.0, 2.0])
    drawn = plots.bars(["a", "b", "c"], heights, threshold=1.5, alt=ALT, xlabel="name", ylabel="height")
    np.testing.assert_array_equal([bar.get_height() for bar in drawn["bars"]], heights)
    assert [bar.get_hatch() or "" for bar in drawn["bars"]] == ["//", "//", ""]
    assert [colors.to_hex(bar.get_facecolor()).upper() for bar in drawn["bars"]] == ["#FFFFFF", "#FFFFFF", base.BLUE]
    assert set(drawn["threshold"].get_ydata()) == {1.5}
    assert [text.get_text() for text in drawn["heights"]] == ["−1", "1", "2"]
    ax = axes_of(drawn["threshold"])
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["a", "b", "c"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("name", "height")


@pytest.mark.parametrize(("weights", "bias"), [((1, 1), -1.5), ((0, 2), 1.0), ((3, 0), -1.0), ((-0.1, 4), 2.0)])
def test_decision_line_is_where_the_sum_is_zero(shown, weights, bias):
    line = plots.decision(GRID, OR, {"panel": (np.array(weights), bias)}, alt=ALT)["panel"].line
    start = np.array(line.get_xy1())
    direction = np.array(line.get_xy2()) - start if line.get_xy2() is not None else np.array([1, line.get_slope()])
    for t in (-2.0, 0.0, 3.0):
        assert np.isclose(np.dot(weights, start + t * direction) + bias, 0)


def test_a_neuron_without_weights_has_no_line(shown):
    panel = plots.decision(GRID, OR, {"start": (np.zeros(2), 1.0)}, alt=ALT)["start"]
    assert panel.line is None and set(panel.classes) == {0, 1}


@pytest.mark.parametrize("weights", [(1.0, -2.0), (0.0, 0.0)])
def test_decision_tints_the_side_that_fires(shown, weights):
    panel = plots.decision(GRID, OR, {"panel": (np.array(weights), 0.3)}, alt=ALT)["panel"]
    fired = [path.contains_points(GRID + 0.01) for path in panel.tint.get_paths()]
    np.testing.assert_array_equal(np.any(fired, axis=0), (GRID + 0.01) @ weights + 0.3 > 0)


def test_decision_gives_each_class_its_own_look_and_name(shown):
    panels = {"one": (np.array([1, 1]), -1.5), "two": (np.array([1, 1]), -0.5)}
    artists = plots.decision(GRID, [AND, OR], panels, alt=ALT, names={0: "no", 1: "yes"}, xlabel="left", ylabel="up")
    for title, labels in (("one", AND), ("two", OR)):
        for label, name in ((0, "no"), (1, "yes")):
            points = artists[title].classes[label]
            np.testing.assert_array_equal(points.get_offsets(), GRID[labels == label])
            assert points.get_label() == name
            assert colors.to_hex(points.get_facecolor()[0]).upper() == base.CLASS_LOOKS[label]["color"]
        assert axes_of(artists[title].line).get_title() == title
    markers = [artists["one"].classes[label].get_paths()[0].vertices.shape for label in (0, 1)]
    assert markers[0] != markers[1]
    first, second = (axes_of(artists[title].line) for title in panels)
    assert (first.get_xlabel(), first.get_ylabel(), second.get_xlabel()) == ("left", "up", "left")
    assert [text.get_text() for text in first.figure.legends[0].get_texts()] == ["no", "yes"]


def test_a_panel_of_one_class_keeps_that_class_look(shown):
    panels = {"all": (np.array([1, 1]), 1.0), "none": (np.array([1, 1]), 1.0)}
    artists = plots.decision(GRID, [np.ones(4, int), np.zeros(4, int)], panels, alt=ALT)
    (one,) = artists["all"].classes.values()
    assert one.get_label() == "class 1"
    assert colors.to_hex(one.get_facecolor()[0]).upper() == base.CLASS_LOOKS[1]["color"]
    legend = axes_of(artists["all"].line).figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["class 0", "class 1"]


@pytest.mark.parametrize(
    ("points", "labels"), [(GRID, [0, 1]), (GRID, [AND]), (GRID.T, AND), (GRID, [AND, OR, OR])], ids=str
)
def test_decision_refuses_what_does_not_fit(shown, points, labels):
    panels = {"one": (np.array([1, 1]), -1.5), "two": (np.array([1, 1]), -0.5)}
    with pytest.raises(ValueError, match="2 panels need points of shape"):
        plots.decision(points, labels, panels, alt=ALT)


def test_decision_takes_labels_as_a_plain_list(shown):
    panel = plots.decision(GRID, [0, 0, 0, 1], {"AND": (np.array([1, 1]), -1.5)}, alt=ALT)["AND"]
    assert {label: len(points.get_offsets()) for label, points in panel.classes.items()} == {0: 3, 1: 1}


def test_activations_draw_function_and_slope_in_sight(shown):
    z = np.linspace(-3, 3, 7)
    lines = plots.activations(z, {"a": z / 2, "b": z**2 / 3}, {"a": np.ones(7) / 2, "b": np.abs(z) / 3}, alt=ALT)
    np.testing.assert_array_equal(lines["b"][0].get_ydata(), z**2 / 3)
    np.testing.assert_array_equal(lines["b"][1].get_ydata(), np.abs(z) / 3)
    assert axes_of(lines["b"][0]).get_title() == "b"
    for line in lines["b"]:
        low, high = axes_of(line).get_ylim()
        assert low <= line.get_ydata().min() and line.get_ydata().max() <= high


def test_scatter_below_draws_its_points_and_the_line_of_equality(shown):
    drawn = plots.scatter_below([10.0, 100.0], [2.0, 3.0], alt=ALT, xlabel="bound", ylabel="value")
    np.testing.assert_array_equal(drawn["points"].get_offsets(), [[10, 2], [100, 3]])
    start, end = drawn["diagonal"].get_xy1(), drawn["diagonal"].get_xy2()
    assert start[0] == start[1] and end[0] == end[1] and start != end
    ax = axes_of(drawn["points"])
    assert (ax.get_xscale(), ax.get_yscale(), ax.get_xlabel(), ax.get_ylabel()) == ("log", "log", "bound", "value")
    assert ax.get_xlim()[0] <= 10 and ax.get_xlim()[1] >= 100 and ax.get_ylim()[0] <= 2 and ax.get_ylim()[1] >= 3


def test_scatter_below_refuses_what_a_logarithm_cannot_show(shown):
    with pytest.raises(ValueError, match="positive"):
        plots.scatter_below([10.0, 100.0], [0, 3.0], alt=ALT)


def test_neuron_names_every_weight_and_the_bias(shown):
    drawn = plots.neuron([-6, 3], 0.5, alt=ALT)
    assert [label.get_text() for label in drawn["weights"]] == ["−6", "+3"]
    edges = [colors.to_hex(label.get_bbox_patch().get_edgecolor()).upper() for label in drawn["weights"]]
    assert edges == [base.ORANGE, base.BLUE]
    assert drawn["bias"].get_text() == "bias +0.5"
    assert {"x₁", "x₂", "Σ", "z", "ŷ"} <= {text.get_text() for text in axes_of(drawn["bias"]).texts}


def test_course_map_holds_its_texts(shown):
    drawn = plots.course_map({"one": ["a", "b"], "two": ["c"]}, alt=ALT)
    assert [text.get_text() for text in drawn["notebooks"]] == ["a", "b", "c"]
    columns = [text.get_position()[0] for text in drawn["notebooks"]]
    assert columns[0] == columns[1] < columns[2]


def test_timeline_puts_each_text_at_its_year_and_level(shown):
    marks = plots.timeline([(1943, "x", 1), (1957, "y", -2)], alt=ALT)["years"]
    np.testing.assert_array_equal(marks.get_xdata(), [1943, 1957])
    texts = [(text.get_position(), text.get_text()) for text in axes_of(marks).texts]
    assert texts == [((1943, 1), "1943\nx"), ((1957, -2), "1957\ny")]


# --- the text twin


def drawn_text(make):
    """Return the summary of what ``make(ax)`` draws."""
    figure, ax = plt.subplots()
    make(ax)
    text = twin.describe(figure)
    plt.close(figure)
    return text


X = np.linspace(0, 2, 5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lambda ax: ax.plot(X, X**2), lambda ax: ax.plot(X, -(X**2))),
        (lambda ax: ax.plot(X, X**2), lambda ax: ax.plot(X**2, X)),
        (lambda ax: ax.plot(X, X, label="a"), lambda ax: ax.plot(X, X, label="b")),
        (lambda ax: ax.bar([0, 1], [1, 2]), lambda ax: ax.bar([0, 1], [1, -2])),
        (lambda ax: ax.scatter(X, X + 1), lambda ax: ax.scatter(X + 1, X)),
        (lambda ax: ax.scatter(X, X, color="red"), lambda ax: ax.scatter(X, X, color="blue")),
        (lambda ax: ax.axline((0, 1), slope=2), lambda ax: ax.axline((0, 1), slope=-2)),
        (lambda ax: ax.axline((0, 1), (1, 3)), lambda ax: ax.axline((0, 1), (0, 3))),
        (lambda ax: ax.set_xlabel("x"), lambda ax: ax.set_ylabel("x")),
        (lambda ax: ax.set_title("x"), lambda ax: ax.set_title("y")),
        (lambda ax: ax.text(0, 0, "x"), lambda ax: ax.text(0, 0, "y")),
    ],
)
def test_the_twin_tells_two_figures_apart(one, other):
    assert drawn_text(one) == drawn_text(one)
    assert drawn_text(one) != drawn_text(other)


def test_the_twin_tells_which_side_is_tinted(shown):
    for sign in (1, -1):
        plots.decision(GRID, AND, {"AND": (sign * np.array([1, 1]), sign * -1.5)}, alt=ALT)
    first, _, second, _ = (repr(thing) for thing, _ in shown)
    assert "straight line" in first and first.splitlines()[:-1] != [] and first != second
    share = [float(text.split("; over ")[1].split("%")[0]) for text in (first, second)]
    assert 99 < sum(share) <= 100 and share[0] < 50


# --- pictures


def lines_of(shown):
    """The lines of the text twin of the last figure."""
    return repr(shown[-2][0]).splitlines()


def test_pictures_are_drawn_on_one_scale_unless_asked_otherwise(shown):
    dim, bright = np.array([[0.0, 1.0]]), np.array([[2.0, 8.0]])
    together = plots.pictures([dim, bright], alt=ALT)
    assert [image.get_clim() for image in together["pictures"]] == [(0, 8), (0, 8)]
    apart = plots.pictures([dim, bright], alt=ALT, limits="each")
    assert [image.get_clim() for image in apart["pictures"]] == [(0, 1), (2, 8)]
    given = plots.pictures([dim, bright], alt=ALT, limits=(-1, 9))
    assert [image.get_clim() for image in given["pictures"]] == [(-1, 9), (-1, 9)]
    for image, array in zip(given["pictures"], (dim, bright), strict=True):
        assert np.array_equal(image.get_array(), array)


def test_a_larger_number_is_brighter(shown):
    drawn = plots.pictures([np.array([[0.0, 0.3, 1.0]])], alt=ALT)
    dark, middle, bright = (
        luminance(drawn["pictures"][0].to_rgba(np.array([[value]]))[0, 0, :3]) for value in (0, 0.3, 1)
    )
    assert dark < middle < bright


def test_numbers_stand_in_their_pixels_and_can_be_read(shown):
    values = np.array([[0.0, -7.0], [np.nan, 9.0]])
    drawn = plots.pictures([values], alt=ALT, numbers=".0f")
    found = {text.get_position(): (text.get_text(), text.get_color()) for text in drawn["numbers"][0]}
    assert found == {(0, 0): ("0", "white"), (1, 0): ("−7", "white"), (1, 1): ("9", "black")}
    assert any("1 missing" in line for line in lines_of(shown))


def test_a_frame_surrounds_its_pixels(shown):
    drawn = plots.pictures([np.zeros((4, 6)), np.eye(5)], alt=ALT, outlines=[(1, 2, 1, 2, 3)])
    (frame,) = drawn["outlines"]
    assert axes_of(frame) is axes_of(drawn["pictures"][1])
    assert (frame.get_xy(), frame.get_height(), frame.get_width()) == ((0.5, 1.5), 2, 3)
    assert any("Rectangle filled none" in line and "(0.5, 1.5, 3, 2, 6)" in line for line in lines_of(shown))


def test_the_twin_of_a_picture_tells_a_moved_one_and_another_one(shown):
    image = np.zeros((5, 6))
    image[1, 2] = 3.0
    texts = []
    for other in (image, np.roll(image, 1, axis=0), np.roll(image, 1, axis=1), 2 * image, -image, image[:-1]):
        plots.pictures([other], alt=ALT)
        texts.append(repr(shown[-2][0]))
    assert len(set(texts)) == len(texts)
    assert "picture of 5 x 6 numbers, 'gray'" in texts[0]
    assert "| between 0 and 3, mean 0.1, shown from 0 to 3, brightness centred at row 1, column 2" in texts[0]


def test_colour_pictures_and_a_scale_are_drawn(shown):
    colours = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    plots.pictures(
        [colours],
        [
            "a",
        ],
        alt=ALT,
    )
    assert any("picture of 2 x 3 x 3 numbers" in line and "between 0 and 17" in line for line in lines_of(shown))
    drawn = plots.pictures([np.eye(3)], alt=ALT, scale=True)
    assert len(axes_of(drawn["pictures"][0]).figure.axes) == 2


@pytest.mark.parametrize(
    "images, titles, sentence",
    [
        ([], None, "0 pictures with 0 titles cannot be drawn"),
        ([np.eye(3)], ["a", "b"], "1 pictures with 2 titles cannot be drawn"),
        ([np.zeros(784)], None, r"An array of shape \(784,\) is no picture"),
        ([np.zeros((4, 4, 1))], None, r"An array of shape \(4, 4, 1\) is no picture"),
    ],
)
def test_pictures_refuse_what_is_no_picture(shown, images, titles, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.pictures(images, titles, alt=ALT)
