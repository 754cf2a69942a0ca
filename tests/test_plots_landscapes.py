"""The figures of landscapes draw the heights and the paths that they are given."""

import re

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest

from helpers import plots
from helpers.plots import landscapes

ALT = "A figure that is made for a test, and a description of it that is long enough."
X, Y = np.linspace(-3, 3, 31), np.linspace(-2, 4, 21)
BOWL = X**2 + (Y[:, np.newaxis] - 1) ** 2
DOWN = np.array([[2.0, 3.0], [1.0, 2.0], [0.5, 1.5]])
ACROSS = np.array([[-2.0, 0.0], [2.0, 0.0]])


def twins(shown):
    return [repr(thing) for thing, metadata in shown if metadata]


def legend_of(artist):
    return [text.get_text() for legend in artist.axes.figure.legends for text in legend.get_texts()]


# --- contours


def test_contours_draw_paths_and_marks_at_their_places(shown):
    paths = {"down": DOWN, "across": ACROSS}
    drawn = plots.contours(X, Y, BOWL, ALT, paths=paths, marks={"minimum": (0, 1)}, xlabel="left", ylabel="up")[""]
    for name, path in paths.items():
        np.testing.assert_array_equal(drawn.paths[name].get_xydata(), path)
    np.testing.assert_array_equal(drawn.marks["minimum"].get_xydata(), [[0, 1]])
    assert legend_of(drawn.bands) == ["down", "across", "minimum"]
    ax = drawn.bands.axes
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_xlim(), ax.get_ylim()) == ("left", "up", (-3, 3), (-2, 4))


def test_no_two_paths_differ_by_colour_alone_and_a_ring_shows_the_start(shown):
    drawn = plots.contours(X, Y, BOWL, ALT, paths={"a": DOWN, "b": ACROSS})[""]
    one, other = drawn.paths.values()
    assert one.get_color() != other.get_color()
    assert one.get_linestyle() != other.get_linestyle() and one.get_marker() != other.get_marker()
    rings = [line for line in one.axes.lines if line.get_markerfacecolor() == "none"]
    np.testing.assert_array_equal([ring.get_xydata()[0] for ring in rings], [DOWN[0], ACROSS[0]])


def test_a_long_path_has_no_marker_at_every_step(shown):
    steps = np.linspace((-2, -1), (2, 3), landscapes.MOST_MARKERS + 1)
    drawn = plots.contours(X, Y, BOWL, ALT, paths={"long": steps, "short": steps[1:]})[""]
    assert drawn.paths["long"].get_marker() == "None" and drawn.paths["short"].get_marker() != "None"


def test_the_larger_the_brighter(shown):
    bands = plots.contours(X, Y, BOWL, ALT, levels=[0, 1, 4, 9, 30])[""].bands
    np.testing.assert_array_equal(bands.levels, [0, 1, 4, 9, 30])
    shades = bands.get_facecolor()[:, :3].mean(axis=1)
    assert (np.diff(shades) > 0).all() and shades[0] > 0.6, "a path must be seen on the darkest band"


def test_levels_span_all_panels(shown):
    drawn = plots.contours(X, Y, {"one": BOWL, "three": 3 * BOWL}, ALT, paths={"down": DOWN}, levels=4)
    for panel in drawn.values():
        np.testing.assert_allclose(panel.bands.levels, np.linspace(0, 3 * BOWL.max(), 5))
        np.testing.assert_array_equal(panel.paths["down"].get_xydata(), DOWN)


def test_paths_by_panel_share_one_landscape_and_a_legend_without_repetition(shown):
    drawn = plots.contours(X, Y, BOWL, ALT, paths={"first": {"walk": DOWN}, "second": {"walk": ACROSS}})
    assert list(drawn) == ["first", "second"]
    np.testing.assert_array_equal(drawn["second"].paths["walk"].get_xydata(), ACROSS)
    assert [panel.bands.axes.get_title() for panel in drawn.values()] == ["first", "second"]
    assert legend_of(drawn["first"].bands) == ["walk"]


def test_heights_lie_where_they_belong(shown):
    """Rows belong to y: the lowest band surrounds the minimum at (0, 1)."""
    bands = plots.contours(X, Y, BOWL, ALT, levels=[0, 0.5, 30])[""].bands
    corners = bands.get_paths()[0].vertices
    assert np.allclose(corners.min(axis=0), [-(0.5**0.5), 1 - 0.5**0.5], atol=0.05)
    assert np.allclose(corners.max(axis=0), [0.5**0.5, 1 + 0.5**0.5], atol=0.05)


@pytest.mark.parametrize(
    ("heights", "paths", "sentence"),
    [
        (BOWL.T, {}, r"Heights of shape \(31, 21\) do not fit x and y: one row for each of y, that is \(21, 31\)"),
        (BOWL, {"a": [1.0, 2.0]}, r"The path 'a' needs the shape \(steps, 2\)"),
        (BOWL, {"a": np.ones((4, 3))}, r"The path 'a' needs the shape \(steps, 2\), not \(4, 3\)"),
        (BOWL, {str(k): DOWN for k in range(6)}, "6 paths are too many"),
        ({"a": BOWL}, {"b": {"walk": DOWN}}, "do not fit each other"),
    ],
)
def test_contours_refuse_what_does_not_fit(shown, heights, paths, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.contours(X, Y, heights, ALT, paths=paths)


# --- surfaces


WITH_HEIGHT = np.column_stack([DOWN, [8.0, 2.0, 0.5]])


def test_a_surface_has_the_heights_and_the_paths(shown):
    drawn = plots.surface(X, Y, BOWL, ALT, paths={"a": WITH_HEIGHT, "b": WITH_HEIGHT[::-1]}, xlabel="left", zlabel="J")
    heights = (BOWL[1:, 1:] + BOWL[1:, :-1] + BOWL[:-1, 1:] + BOWL[:-1, :-1]) / 4
    np.testing.assert_allclose(drawn["surface"].get_array(), heights.ravel())
    np.testing.assert_array_equal(np.transpose(drawn["paths"]["a"].get_data_3d()), WITH_HEIGHT)
    ax = drawn["surface"].axes
    assert (ax.get_xlabel(), ax.get_zlabel()) == ("left", "J")
    assert legend_of(drawn["surface"]) == ["a", "b"]
    assert drawn["paths"]["a"].get_zorder() > drawn["surface"].get_zorder(), "a path must not be hidden"


def test_a_surface_is_cut_at_the_top(shown):
    assert plots.surface(X, Y, BOWL, ALT, top=5)["surface"].get_array().max() == 5


@pytest.mark.parametrize(
    ("heights", "paths", "sentence"),
    [
        (BOWL.T, {}, "one row for each of y"),
        (BOWL, {"a": DOWN}, r"The path 'a' needs the shape \(steps, 3\): x, y and height; it has \(3, 2\)"),
    ],
)
def test_surfaces_refuse_what_does_not_fit(shown, heights, paths, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.surface(X, Y, heights, ALT, paths=paths)


# --- the text twin


def test_the_twin_tells_landscapes_apart(shown):
    for heights in (BOWL, BOWL + 1, BOWL + Y[:, np.newaxis], BOWL - X, np.sqrt(BOWL)):
        plots.contours(X, Y, heights, ALT)
    plots.contours(X + 1, Y, BOWL, ALT)
    plots.contours(X, Y, BOWL, ALT, paths={"down": DOWN})
    plots.contours(X, Y, BOWL, ALT, paths={"down": ACROSS})
    assert len(set(twins(shown))) == 8
    assert "13 levels from 0 to 18, steps between 1.5 and 1.5" in twins(shown)[0]
    assert "the middle of the lowest one at (0, 1)" in twins(shown)[0]


def test_the_twin_measures_the_bands(shown):
    """Below height 1 there is a circle of radius 1; the polygon that is drawn is a little smaller."""
    x, y = np.linspace(-3, 3, 101), np.linspace(-2, 4, 121)
    plots.contours(x, y, x**2 + (y[:, np.newaxis] - 1) ** 2, ALT, levels=[0, 1, 4, 18])
    shares = [float(share) for share in re.findall(r"([\d.]+)%", twins(shown)[0])]
    np.testing.assert_allclose(np.multiply(shares, 0.36), [np.pi, 3 * np.pi, 36 - 4 * np.pi], rtol=0.002)


def test_the_twin_tells_surfaces_apart(shown):
    for heights in (BOWL, BOWL + 1, BOWL + 3 * X, BOWL - 3 * X):  # the last two are mirror images
        plots.surface(X, Y, heights, ALT)
    plots.surface(X + 1, Y, BOWL, ALT)
    plots.surface(X, Y, BOWL, ALT, paths={"a": WITH_HEIGHT})
    plots.surface(X, Y, BOWL, ALT, paths={"a": WITH_HEIGHT + np.array([0, 0, 1])})
    assert len(set(twins(shown))) == 7
    assert twins(shown)[0].startswith("Figure with 1 panel, ")
    assert "x 'w₁', y 'w₂'" in twins(shown)[0] and "surface of 600 faces" in twins(shown)[0]
    assert "over -3 to 3 and" in twins(shown)[0]
    assert (
        "line 'a' through 3 points" in twins(shown)[-2] and "(2, 3, 8), (1, 2, 2), (0.5, 1.5, 0.5)" in twins(shown)[-2]
    )
