"""The figures of neurons draw the weights, the line and the side that fires."""

import numpy as np
import pytest
from matplotlib import colors

from helpers import plots
from helpers.plots import base, neurons

GRID = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
AND, OR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1])


def test_neuron_names_every_weight_and_the_bias(shown):
    drawn = plots.neuron([-6, 3], 0.5)
    assert [label.get_text() for label in drawn["weights"]] == ["−6", "+3"]
    edges = [colors.to_hex(label.get_bbox_patch().get_edgecolor()).upper() for label in drawn["weights"]]
    assert edges == [base.ORANGE, base.BLUE]
    assert drawn["bias"].get_text() == "bias +0.5"
    assert {"x₁", "x₂", "Σ", "z", "ŷ"} <= {text.get_text() for text in drawn["bias"].axes.texts}


def test_every_weight_stands_on_the_arrow_of_its_input(shown):
    drawn = plots.neuron([1, 2, 3], 0)
    ax = drawn["bias"].axes
    inputs = {text.get_text(): text.get_position()[1] for text in ax.texts if text.get_text().startswith("x")}
    assert inputs["x₁"] > inputs["x₂"] > inputs["x₃"], "from top to bottom"
    arrows = [text for text in ax.texts if text.get_text() == ""][:3]
    for label, arrow in zip(drawn["weights"], arrows, strict=True):
        (x, y), start, end = label.get_position(), np.array(arrow.get_position()), np.array(arrow.xy)
        share = (x - start[0]) / (end[0] - start[0])
        assert 0 < share < 1 and np.isclose(y, (start + share * (end - start))[1])


@pytest.mark.parametrize(("number", "text"), [(3, "₃"), (10, "₁₀")])
def test_a_subscript_may_have_two_digits(number, text):
    assert neurons.subscript(number) == text


@pytest.mark.parametrize(("weights", "bias"), [((1, 1), -1.5), ((0, 2), 1.0), ((3, 0), -1.0), ((-0.1, 4), 2.0)])
def test_decision_line_is_where_the_sum_is_zero(shown, weights, bias):
    line = plots.decision(GRID, OR, {"panel": (np.array(weights), bias)})["panel"].line
    start = np.array(line.get_xy1())
    direction = np.array(line.get_xy2()) - start if line.get_xy2() is not None else np.array([1, line.get_slope()])
    for t in (-2.0, 0.0, 3.0):
        assert np.isclose(np.dot(weights, start + t * direction) + bias, 0)


def test_a_neuron_without_weights_has_no_line(shown):
    panel = plots.decision(GRID, OR, {"start": (np.zeros(2), 1.0)})["start"]
    assert panel.line is None and set(panel.classes) == {0, 1}


def test_a_marked_place_is_a_star_in_every_panel_and_always_within_the_frame(shown):
    drawn = plots.decision(
        GRID, OR, {"one": ((1, 1), -1.5), "two": ((1, 0), -9)}, marked={"unknown": (5, 5)}, class_names=["cat", "dog"]
    )
    for panel in drawn.values():
        (star,) = panel.marked.values()
        ax = star.axes
        assert star.get_marker() == "*" and [*star.get_xydata()[0]] == [5, 5]
        assert ax.get_xlim()[1] > 5 and ax.get_ylim()[1] > 5
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["cat", "dog", "unknown"]
    alt = shown[0][1]["image/png"]["alt"]
    assert "wrong (0, 1) and (1, 0), unknown → dog;" in alt and "unknown → cat, all answered 0." in alt
    assert "<tr><td>unknown</td><td>(5, 5)</td><td>1</td><td>0</td></tr>" in shown[1][0].data


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("weights", [(np.nan, 1.0), (np.inf, 0.0), (1e308, 1e308), (1e-300, 0.0)])
@pytest.mark.parametrize("bias", [1.0, -1e308])
def test_wild_weights_are_drawn_without_a_warning(shown, weights, bias):
    panel = plots.decision(GRID, OR, {"wild": (np.array(weights), bias)})["wild"]
    assert panel.line is None or np.isfinite(weights).all()
    shown[0][0]._repr_png_()


@pytest.mark.parametrize("weights", [(1.0, -2.0), (0.0, 0.0)])
def test_decision_tints_the_side_that_fires(shown, weights):
    panel = plots.decision(GRID, OR, {"panel": (np.array(weights), 0.3)})["panel"]
    fired = [path.contains_points(GRID + 0.01) for path in panel.tint.get_paths()]
    np.testing.assert_array_equal(np.any(fired, axis=0), (GRID + 0.01) @ weights + 0.3 > 0)


@pytest.mark.parametrize(("bias", "fires"), [(1.0, True), (0.0, False), (-1.0, False)])
def test_a_sum_of_exactly_zero_does_not_fire(shown, bias, fires):
    panel = plots.decision(GRID, OR, {"start": (np.zeros(2), bias)})["start"]
    assert any(len(path.vertices) for path in panel.tint.get_paths()) == fires


def test_decision_gives_each_class_its_own_look_and_name(shown):
    panels = {"one": (np.array([1, 1]), -1.5), "two": (np.array([1, 1]), -0.5)}
    artists = plots.decision(GRID, [AND, OR], panels, class_names=["no", "yes"], xlabel="left", ylabel="up")
    for title, labels in (("one", AND), ("two", OR)):
        for label, name in ((0, "no"), (1, "yes")):
            points = artists[title].classes[label]
            np.testing.assert_array_equal(points.get_offsets(), GRID[labels == label])
            assert points.get_label() == name
            assert colors.to_hex(points.get_facecolor()[0]).upper() == base.CLASS_LOOKS[label]["color"]
        assert artists[title].line.axes.get_title() == title
    markers = [artists["one"].classes[label].get_paths()[0].vertices.shape for label in (0, 1)]
    assert markers[0] != markers[1]
    first, second = (artists[title].line.axes for title in panels)
    assert (first.get_xlabel(), first.get_ylabel(), second.get_xlabel()) == ("left", "up", "left")
    assert [text.get_text() for text in first.figure.legends[0].get_texts()] == ["no", "yes"]


def test_a_panel_of_one_class_keeps_that_class_look(shown):
    panels = {"all": (np.array([1, 1]), 1.0), "none": (np.array([1, 1]), 1.0)}
    artists = plots.decision(GRID, [np.ones(4, int), np.zeros(4, int)], panels)
    (one,) = artists["all"].classes.values()
    assert one.get_label() == "class 1"
    assert colors.to_hex(one.get_facecolor()[0]).upper() == base.CLASS_LOOKS[1]["color"]
    legend = artists["all"].line.axes.figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["class 0", "class 1"]


@pytest.mark.parametrize(
    ("points", "labels"), [(GRID, [0, 1]), (GRID, [AND]), (GRID.T, AND), (GRID, [AND, OR, OR])], ids=str
)
def test_decision_refuses_what_does_not_fit(shown, points, labels):
    panels = {"one": (np.array([1, 1]), -1.5), "two": (np.array([1, 1]), -0.5)}
    with pytest.raises(ValueError, match="2 panels need points of shape"):
        plots.decision(points, labels, panels)


def test_decision_takes_labels_as_a_plain_list(shown):
    panel = plots.decision(GRID, [0, 0, 0, 1], {"AND": (np.array([1, 1]), -1.5)})["AND"]
    assert {label: len(points.get_offsets()) for label, points in panel.classes.items()} == {0: 3, 1: 1}


def test_the_summary_tells_which_side_is_tinted(shown):
    for sign in (1, -1):
        plots.decision(GRID, AND, {"AND": (sign * np.array([1, 1]), sign * -1.5)})
    first, second = (repr(thing) for thing, metadata in shown if metadata)
    assert first != second


def test_activations_draw_function_and_slope_in_sight(shown):
    z = np.linspace(-3, 3, 7)
    lines = plots.activations(z, {"a": z / 2, "b": z**2 / 3}, {"a": np.ones(7) / 2, "b": np.abs(z) / 3})
    np.testing.assert_array_equal(lines["b"][0].get_ydata(), z**2 / 3)
    np.testing.assert_array_equal(lines["b"][1].get_ydata(), np.abs(z) / 3)
    assert lines["b"][0].axes.get_title() == "b"
    for line in lines["b"]:
        low, high = line.axes.get_ylim()
        assert low <= line.get_ydata().min() and line.get_ydata().max() <= high
