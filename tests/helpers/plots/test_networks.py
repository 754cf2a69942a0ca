"""The figures of networks draw the weights, the regions and the numbers that they are given."""

import itertools

import numpy as np
import pytest
from matplotlib import colors

from helpers import plots
from helpers.plots import base, networks

CORNERS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
XOR = np.array([0, 1, 1, 0])
WEIGHTS = [np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.5]]), np.array([[0.5], [-1.0], [2.0]])]
BIASES = [np.array([0.0, -1.0, 2.0]), np.array([7.0])]


def written(texts):
    return [text.get_text() for text in texts]


# --- a network with its numbers


def label_boxes(drawn):
    """The boxes of all numbers at the arrows, in pixels, one list for each layer of weights."""
    drawn["weights"][0][0, 0].figure.draw_without_rendering()
    return [[text.get_bbox_patch().get_window_extent() for text in layer.ravel()] for layer in drawn["weights"]]


@pytest.mark.parametrize("sizes", [(2, 1), (2, 2, 1), (2, 3, 1), (2, 4, 1), (3, 2, 1), (3, 3, 2), (4, 2)])
def test_numbers_at_the_arrows_lie_neither_on_each_other_nor_on_a_unit(shown, sizes):
    """Arrows that cross have their numbers at one height where they do."""
    weights = [np.full(shape, -2.25) for shape in itertools.pairwise(sizes)]
    drawn = plots.network(weights, [np.zeros(size) for size in sizes[1:]])
    circles = [circle.get_window_extent() for circle in drawn["weights"][0][0, 0].axes.patches]
    for layer in label_boxes(drawn):
        for one, other in itertools.combinations(layer, 2):
            assert not one.overlaps(other)
        assert not any(box.overlaps(circle) for box in layer for circle in circles)


def test_numbers_stay_at_their_usual_place_unless_they_would_meet_there(shown):
    def shares(sizes):
        weights = [np.ones(shape) for shape in itertools.pairwise(sizes)]
        drawn = plots.network(weights, [np.zeros(size) for size in sizes[1:]])
        return [round(layer[0, 0].get_position()[0] / networks.GAP - k, 6) for k, layer in enumerate(drawn["weights"])]

    assert shares((2, 2, 1)) == shares((3, 2, 1)) == [0.31, 0.31]
    assert shares((2, 3, 1)) == [0.25, 0.31]


def test_every_weight_stands_at_its_arrow_in_its_look(shown):
    drawn = plots.network(WEIGHTS, BIASES)
    assert [each.shape for each in drawn["weights"]] == [(2, 3), (3, 1)]
    assert [written(row) for row in drawn["weights"][0]] == [["+1", "−2", "+3"], ["+4", "+5", "−6.5"]]
    assert [written(layer) for layer in drawn["biases"]] == [["bias +0", "bias −1", "bias +2"], ["bias +7"]]
    for text in drawn["weights"][0].ravel():
        look = (base.ORANGE, "--") if text.get_text().startswith("−") else (base.BLUE, "-")
        box = text.get_bbox_patch()
        assert colors.to_hex(box.get_edgecolor()).upper() == look[0]
        assert (box.get_linestyle() in ("-", "solid")) == (look[1] == "-"), "a sign must not be told by colour alone"
    assert drawn["activations"] == drawn["names"] == []


def test_the_thickness_of_an_arrow_grows_with_the_size_of_its_weight_whatever_its_sign(shown):
    drawn = plots.network([np.array([[-4.0, 1.0, 2.0, 4.0]])], None)
    ax = drawn["weights"][0][0, 0].axes
    widths = [text.arrow_patch.get_linewidth() for text in ax.texts if getattr(text, "arrow_patch", None)]
    np.testing.assert_allclose(widths, [3, 1.5, 2, 3])


def test_a_network_without_biases_writes_none(shown):
    drawn = plots.network(WEIGHTS, None)
    assert drawn["biases"] == []
    assert [each.shape for each in drawn["weights"]] == [(2, 3), (3, 1)]


def test_weights_stand_nearer_to_their_source_and_higher_units_above(shown):
    drawn = plots.network(WEIGHTS, BIASES, unit_names=[["p", "q"], ["r", "s", "t"], ["u"]])
    places = [[text.get_position() for text in layer] for layer in drawn["names"]]
    for layer in places:
        assert [y for _, y in layer] == sorted((y for _, y in layer), reverse=True)
    for i, j in np.ndindex(2, 3):
        x, y = drawn["weights"][0][i, j].get_position()
        source, target = np.array(places[0][i]), np.array(places[1][j])
        share = (x - source[0]) / (target[0] - source[0])
        assert 0 < share < 0.5
        # On the straight line between the two, which both names stand above by the same height.
        assert np.isclose(y - (source[1] + share * (target[1] - source[1])), -0.4, atol=0.05)


def test_activations_stand_in_the_circles(shown):
    drawn = plots.network(WEIGHTS, BIASES, activations=[[1, 0], [0.123, -0.456, 1.0], [0.999]])
    assert [written(layer) for layer in drawn["activations"]] == [["1", "0"], ["0.12", "−0.46", "1"], ["1.00"]]


@pytest.mark.parametrize(
    ("weights", "biases", "more", "message"),
    [
        ([WEIGHTS[0], WEIGHTS[0]], BIASES, {}, "make no network"),
        (WEIGHTS, [BIASES[1], BIASES[1]], {}, "make no network"),
        (WEIGHTS, BIASES, {"activations": [[1, 0], [1, 2, 3]]}, "as many activations"),
        (WEIGHTS, BIASES, {"unit_names": [["a"], ["b", "c", "d"], ["e"]]}, "as many names"),
    ],
)
def test_network_refuses_what_does_not_fit(shown, weights, biases, more, message):
    with pytest.raises(ValueError, match=message):
        plots.network(weights, biases, **more)


# --- networks side by side


def test_architectures_draw_every_unit_and_every_arrow(shown):
    circles = plots.architectures({"small": [2, 1], "deep": [2, 4, 3, 1]})
    assert {title: len(each) for title, each in circles.items()} == {"small": 3, "deep": 10}
    for title, arrows, count in (("small", 2, "3 weights and biases"), ("deep", 23, "31 weights and biases")):
        ax = circles[title][0].axes
        assert ax.get_title() == title
        assert [text.get_text() for text in ax.texts if text.get_text()] == [count]
        assert sum(text.get_text() == "" for text in ax.texts) == arrows  # an arrow is a note without text


# --- regions of any model


def band(points):
    """1 inside the band 0.5 < x₁ + x₂ < 1.5, else 0, with a slope between."""
    return 1 - np.abs(points.sum(axis=1) - 1)


def test_regions_tint_where_the_score_is_above_the_threshold(shown):
    drawn = plots.regions(CORNERS, XOR, {"band": band, "narrow": lambda points: band(points) - 0.25})
    rng = np.random.default_rng(0)
    points = rng.uniform(-0.3, 1.3, size=(400, 2))
    for title, level in (("band", 0.5), ("narrow", 0.75)):
        sure = np.abs(band(points) - level) > 0.02  # the border is drawn on a grid
        inside = np.any([path.contains_points(points) for path in drawn[title].tint.get_paths()], axis=0)
        np.testing.assert_array_equal(inside[sure], band(points)[sure] > level)
        for path in drawn[title].boundary.get_paths():
            np.testing.assert_allclose(band(path.vertices), level, atol=0.01)


def test_regions_use_the_threshold_that_they_are_given(shown):
    drawn = plots.regions(CORNERS, XOR, {"band": band}, threshold=0.9)
    for path in drawn["band"].boundary.get_paths():
        np.testing.assert_allclose(band(path.vertices), 0.9, atol=0.01)


@pytest.mark.parametrize(("score", "tinted"), [(0.0, False), (1.0, True), (0.5, False)])
def test_a_score_without_a_border_draws_none_and_warns_of_nothing(shown, score, tinted, recwarn):
    drawn = plots.regions(CORNERS, XOR, {"flat": lambda points: np.full(len(points), score)})
    assert drawn["flat"].boundary is None
    assert any(len(path.vertices) for path in drawn["flat"].tint.get_paths()) == tinted
    assert [str(warning.message) for warning in recwarn] == []


def test_regions_take_points_axis_names_and_texts_of_each_panel(shown):
    features = CORNERS @ np.array([[1.0, 2], [1, 0]]) + 0.1
    drawn = plots.regions(
        {"in": CORNERS, "hidden": features},
        XOR,
        {"in": band, "hidden": band},
        class_names=["no", "yes"],
        xlabel={"in": "x₁", "hidden": "a₁"},
        ylabel={"in": "x₂", "hidden": "a₂"},
        annotate={"hidden": {0: "p", 3: "s"}},
    )
    for title, points in (("in", CORNERS), ("hidden", features)):
        for label in (0, 1):
            np.testing.assert_array_equal(drawn[title].classes[label].get_offsets(), points[label == XOR])
    ax = {title: region.classes[0].axes for title, region in drawn.items()}
    assert (ax["in"].get_xlabel(), ax["hidden"].get_xlabel(), ax["hidden"].get_ylabel()) == ("x₁", "a₁", "a₂")
    assert written(ax["in"].texts) == [] and written(ax["hidden"].texts) == ["p", "s"]
    assert [tuple(text.xy) for text in ax["hidden"].texts] == [tuple(features[0]), tuple(features[3])]
    assert written(ax["in"].figure.legends[0].get_texts()) == ["no", "yes"]


def test_regions_refuse_points_without_labels(shown):
    with pytest.raises(ValueError, match=r"3 labels need points of shape \(3, 2\), not \(4, 2\)"):
        plots.regions(CORNERS, [0, 1, 1], {"a": band})


def test_the_summary_tells_a_border_from_another(shown):
    for level in (0.5, 0.2):
        plots.regions(CORNERS, XOR, {"band": band}, threshold=level)
    first, second = (repr(thing) for thing, metadata in shown if metadata)
    assert first != second
