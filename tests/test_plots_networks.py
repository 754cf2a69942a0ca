"""The figures of networks draw the weights, the regions and the numbers that they are given."""

import itertools

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import colors

from helpers import plots
from helpers.plots import base, networks, twin

ALT = "A figure that is made for a test, and a description of it that is long enough."
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
    drawn = plots.network(weights, [np.zeros(size) for size in sizes[1:]], alt=ALT)
    circles = [circle.get_window_extent() for circle in drawn["weights"][0][0, 0].axes.patches]
    for layer in label_boxes(drawn):
        for one, other in itertools.combinations(layer, 2):
            assert not one.overlaps(other)
        assert not any(box.overlaps(circle) for box in layer for circle in circles)


def test_numbers_stay_at_their_usual_place_unless_they_would_meet_there(shown):
    def shares(sizes):
        weights = [np.ones(shape) for shape in itertools.pairwise(sizes)]
        drawn = plots.network(weights, [np.zeros(size) for size in sizes[1:]], alt=ALT)
        return [round(layer[0, 0].get_position()[0] / networks.GAP - k, 6) for k, layer in enumerate(drawn["weights"])]

    assert shares((2, 2, 1)) == shares((3, 2, 1)) == [0.31, 0.31]
    assert shares((2, 3, 1)) == [0.25, 0.31]


def test_every_weight_stands_at_its_arrow_in_its_look(shown):
    drawn = plots.network(WEIGHTS, BIASES, alt=ALT)
    assert [each.shape for each in drawn["weights"]] == [(2, 3), (3, 1)]
    assert [written(row) for row in drawn["weights"][0]] == [["+1", "−2", "+3"], ["+4", "+5", "−6.5"]]
    assert [written(layer) for layer in drawn["biases"]] == [["bias +0", "bias −1", "bias +2"], ["bias +7"]]
    for text in drawn["weights"][0].ravel():
        look = (base.ORANGE, "--") if text.get_text().startswith("−") else (base.BLUE, "-")
        box = text.get_bbox_patch()
        assert colors.to_hex(box.get_edgecolor()).upper() == look[0]
        assert (box.get_linestyle() in ("-", "solid")) == (look[1] == "-"), "a sign must not be told by colour alone"
    assert drawn["activations"] == drawn["names"] == []


def test_a_network_without_biases_writes_none(shown):
    drawn = plots.network(WEIGHTS, None, alt=ALT)
    assert drawn["biases"] == []
    assert [each.shape for each in drawn["weights"]] == [(2, 3), (3, 1)]


def test_weights_stand_nearer_to_their_source_and_higher_units_above(shown):
    drawn = plots.network(WEIGHTS, BIASES, alt=ALT, names=[["p", "q"], ["r", "s", "t"], ["u"]])
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
    drawn = plots.network(WEIGHTS, BIASES, alt=ALT, activations=[[1, 0], [0.123, -0.456, 1.0], [0.999]])
    assert [written(layer) for layer in drawn["activations"]] == [["1", "0"], ["0.12", "−0.46", "1"], ["1.00"]]


@pytest.mark.parametrize(
    ("weights", "biases", "more", "message"),
    [
        ([WEIGHTS[0], WEIGHTS[0]], BIASES, {}, "make no network"),
        (WEIGHTS, [BIASES[1], BIASES[1]], {}, "make no network"),
        (WEIGHTS, BIASES, {"activations": [[1, 0], [1, 2, 3]]}, "as many activations"),
        (WEIGHTS, BIASES, {"names": [["a"], ["b", "c", "d"], ["e"]]}, "as many names"),
    ],
)
def test_network_refuses_what_does_not_fit(shown, weights, biases, more, message):
    with pytest.raises(ValueError, match=message):
        plots.network(weights, biases, alt=ALT, **more)


# --- networks side by side


def test_architectures_draw_every_unit_and_every_arrow(shown):
    circles = plots.architectures({"small": [2, 1], "deep": [2, 4, 3, 1]}, alt=ALT)
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
    drawn = plots.regions({"band": (CORNERS, band), "narrow": (CORNERS, lambda points: band(points) - 0.25)}, XOR, ALT)
    rng = np.random.default_rng(0)
    points = rng.uniform(-0.3, 1.3, size=(400, 2))
    for title, level in (("band", 0.5), ("narrow", 0.75)):
        sure = np.abs(band(points) - level) > 0.02  # the border is drawn on a grid
        inside = np.any([path.contains_points(points) for path in drawn[title].tint.get_paths()], axis=0)
        np.testing.assert_array_equal(inside[sure], band(points)[sure] > level)
        for path in drawn[title].boundary.get_paths():
            np.testing.assert_allclose(band(path.vertices), level, atol=0.01)


def test_regions_use_the_threshold_that_they_are_given(shown):
    drawn = plots.regions({"band": (CORNERS, band)}, XOR, ALT, threshold=0.9)
    for path in drawn["band"].boundary.get_paths():
        np.testing.assert_allclose(band(path.vertices), 0.9, atol=0.01)


@pytest.mark.parametrize(("score", "share"), [(0.0, "0%"), (1.0, "100%"), (0.5, "100%")])
def test_a_score_without_a_border_draws_none_and_warns_of_nothing(shown, score, share, recwarn):
    drawn = plots.regions({"flat": (CORNERS, lambda points: np.full(len(points), score))}, XOR, ALT)
    assert drawn["flat"].boundary is None
    assert f"over {share} of the panel" in repr(shown[0][0])
    assert [str(warning.message) for warning in recwarn] == []


def test_regions_take_points_and_axis_names_of_each_panel(shown):
    features = CORNERS @ np.array([[1.0, 2], [1, 0]]) + 0.1
    drawn = plots.regions(
        {"in": (CORNERS, band), "hidden": (features, band, ("a₁", "a₂"))},
        XOR,
        ALT,
        names={0: "no", 1: "yes"},
        texts={"hidden": ["p", "q", "r", "s"]},
    )
    for title, points in (("in", CORNERS), ("hidden", features)):
        for label in (0, 1):
            np.testing.assert_array_equal(drawn[title].classes[label].get_offsets(), points[label == XOR])
    ax = {title: region.classes[0].axes for title, region in drawn.items()}
    assert (ax["in"].get_xlabel(), ax["hidden"].get_xlabel(), ax["hidden"].get_ylabel()) == ("x₁", "a₁", "a₂")
    assert written(ax["in"].texts) == [] and written(ax["hidden"].texts) == ["p", "q", "r", "s"]
    assert [tuple(text.xy) for text in ax["hidden"].texts] == [tuple(point) for point in features]
    assert written(ax["in"].figure.legends[0].get_texts()) == ["no", "yes"]


def test_regions_refuse_points_without_labels(shown):
    with pytest.raises(ValueError, match=r"3 labels need points of shape \(3, 2\), not \(4, 2\)"):
        plots.regions({"a": (CORNERS, band)}, [0, 1, 1], ALT)


def test_the_twin_tells_a_border_from_another(shown):
    for level in (0.5, 0.2):
        plots.regions({"band": (CORNERS, band)}, XOR, ALT, threshold=level)
    first, _, second, _ = (repr(thing) for thing, _ in shown)
    assert "2 pieces, length" in first and first != second


def test_the_twin_measures_a_border():
    figure, ax = plt.subplots()
    across, up = np.meshgrid(np.linspace(0, 4, 41), np.linspace(0, 3, 31))
    ax.contour(across, up, up - 0.75 * across, levels=[0.0])
    assert "1 piece, length 5, mean (2, 1.5)" in twin.describe(figure)
    plt.close(figure)


# --- heat map


def test_heat_map_draws_and_writes_every_number(shown):
    values = np.array([[0, 10, 990], [1000, 500, 501]])
    drawn = plots.heat_map(values, [0.1, 1], [5, 50, 500], ALT, xlabel="epochs", ylabel="rate")
    np.testing.assert_array_equal(drawn["picture"].get_array(), values)
    for (row, column), text in np.ndenumerate(drawn["numbers"]):
        assert text.get_position() == (column, row)
        assert text.get_text() == str(values[row, column])
        assert text.get_color() == ("black" if values[row, column] > 500 else "white")
    ax = drawn["picture"].axes
    assert written(ax.get_xticklabels()) == ["5", "50", "500"] and written(ax.get_yticklabels()) == ["0.1", "1"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epochs", "rate")
    shades = drawn["picture"].cmap(drawn["picture"].norm(np.array([0, 500, 1000])))[:, 0]
    assert shades[0] < shades[1] < shades[2], "brighter is larger"


def test_heat_map_refuses_texts_that_do_not_fit(shown):
    with pytest.raises(ValueError, match=r"shape \(2, 3\) does not fit 3 rows and 2 columns"):
        plots.heat_map(np.zeros((2, 3)), [1, 2, 3], [1, 2], ALT)
