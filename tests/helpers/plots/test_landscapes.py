"""The figures of landscapes draw the heights and the paths that they are given."""

import io

import numpy as np
import pytest
from PIL import Image, ImageSequence

from helpers import plots
from helpers.plots import landscapes

X, Y = np.linspace(-3, 3, 31), np.linspace(-2, 4, 21)
BOWL = X**2 + (Y[:, np.newaxis] - 1) ** 2
DOWN = np.array([[2.0, 3.0], [1.0, 2.0], [0.5, 1.5]])
ACROSS = np.array([[-2.0, 0.0], [2.0, 0.0]])


def twins(shown):
    return [repr(thing) for thing, metadata in shown if metadata]


def legend_of(artist):
    return [text.get_text() for legend in artist.axes.figure.legends for text in legend.get_texts()]


# --- contours


def test_a_bar_tells_which_grey_is_which_height(shown):
    drawn = plots.contours(X, Y, BOWL, levels=[0, 1, 4, 9, 30], zlabel="cost J")[""]
    (bar,) = [ax for ax in drawn.bands.axes.figure.axes if ax is not drawn.bands.axes]
    assert bar.get_ylabel() == "cost J"
    assert [text.get_text() for text in bar.get_yticklabels()] == ["0", "1", "4", "9", "30"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("beyond", [[[9, 9], [1e200, -1e200]], [[9, 9], [np.inf, 1]], [[np.nan, np.nan]], [[4, 4]]])
def test_a_path_that_leaves_is_drawn_as_far_as_the_edge_and_the_step_is_told(shown, beyond):
    path = np.vstack([DOWN, beyond])
    line = plots.contours(X, Y, BOWL, paths={"walk": path})[""].paths["walk"]
    np.testing.assert_array_equal(line.get_xydata()[:3], DOWN)
    assert np.isfinite(line.get_xydata()).all() and np.abs(line.get_xydata()).max() < 1e4
    assert "walk left the picture at step 3" in [text.get_text() for text in line.axes.texts]


def test_a_path_that_comes_back_has_not_left(shown):
    line = plots.contours(X, Y, BOWL, paths={"walk": [[0, 0], [9, 9], [1, 1]]})[""].paths["walk"]
    np.testing.assert_array_equal(line.get_xydata(), [[0, 0], [9, 9], [1, 1]])
    assert not [text for text in line.axes.texts if text.get_text()]


def test_contours_draw_paths_and_stars_at_their_places(shown):
    paths = {"down": DOWN, "across": ACROSS}
    drawn = plots.contours(X, Y, BOWL, paths=paths, points={"minimum": (0, 1)}, xlabel="left", ylabel="up")[""]
    for name, path in paths.items():
        np.testing.assert_array_equal(drawn.paths[name].get_xydata(), path)
    np.testing.assert_array_equal(drawn.points["minimum"].get_xydata(), [[0, 1]])
    assert legend_of(drawn.bands) == ["down", "across", "minimum"]
    ax = drawn.bands.axes
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_xlim(), ax.get_ylim()) == ("left", "up", (-3, 3), (-2, 4))


def test_no_two_paths_differ_by_colour_alone_and_a_ring_shows_the_start(shown):
    drawn = plots.contours(X, Y, BOWL, paths={"a": DOWN, "b": ACROSS})[""]
    one, other = drawn.paths.values()
    assert one.get_color() != other.get_color()
    assert one.get_linestyle() != other.get_linestyle() and one.get_marker() != other.get_marker()
    rings = [line for line in one.axes.lines if line.get_markerfacecolor() == "none"]
    np.testing.assert_array_equal([ring.get_xydata()[0] for ring in rings], [DOWN[0], ACROSS[0]])


def test_a_long_path_has_no_marker_at_every_step(shown):
    steps = np.linspace((-2, -1), (2, 3), landscapes.MOST_MARKERS + 1)
    drawn = plots.contours(X, Y, BOWL, paths={"long": steps, "short": steps[1:]})[""]
    assert drawn.paths["long"].get_marker() == "None" and drawn.paths["short"].get_marker() != "None"


def test_the_larger_the_brighter(shown):
    bands = plots.contours(X, Y, BOWL, levels=[0, 1, 4, 9, 30])[""].bands
    np.testing.assert_array_equal(bands.levels, [0, 1, 4, 9, 30])
    shades = bands.get_facecolor()[:, :3].mean(axis=1)
    assert (np.diff(shades) > 0).all() and shades[0] > 0.6, "a path must be seen on the darkest band"


def test_levels_span_all_panels(shown):
    drawn = plots.contours(X, Y, {"one": BOWL, "three": 3 * BOWL}, paths={"down": DOWN}, levels=4)
    for panel in drawn.values():
        np.testing.assert_allclose(panel.bands.levels, np.linspace(0, 3 * BOWL.max(), 5))
        np.testing.assert_array_equal(panel.paths["down"].get_xydata(), DOWN)


def test_paths_by_panel_share_one_landscape_and_a_legend_without_repetition(shown):
    drawn = plots.contours(X, Y, BOWL, paths={"first": {"walk": DOWN}, "second": {"walk": ACROSS}})
    assert list(drawn) == ["first", "second"]
    np.testing.assert_array_equal(drawn["second"].paths["walk"].get_xydata(), ACROSS)
    assert [panel.bands.axes.get_title() for panel in drawn.values()] == ["first", "second"]
    assert legend_of(drawn["first"].bands) == ["walk"]


def test_heights_lie_where_they_belong(shown):
    """Rows belong to y: the lowest band surrounds the minimum at (0, 1)."""
    bands = plots.contours(X, Y, BOWL, levels=[0, 0.5, 30])[""].bands
    corners = bands.get_paths()[0].vertices
    assert np.allclose(corners.min(axis=0), [-(0.5**0.5), 1 - 0.5**0.5], atol=0.05)
    assert np.allclose(corners.max(axis=0), [0.5**0.5, 1 + 0.5**0.5], atol=0.05)


@pytest.mark.parametrize(
    ("heights", "paths", "sentence"),
    [
        (BOWL.T, {}, r"Heights of shape \(31, 21\) do not fit x and y: one row for each of y, that is \(21, 31\)"),
        (BOWL, {"a": [1.0, 2.0]}, r"The path 'a' needs the shape \(steps, 2\)"),
        (BOWL, {"a": np.ones((4, 3))}, r"The path 'a' needs the shape \(steps, 2\), x and y; it has \(4, 3\)"),
        ({"a": BOWL}, {"b": {"walk": DOWN}}, "do not fit each other"),
    ],
)
def test_contours_refuse_what_does_not_fit(shown, heights, paths, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.contours(X, Y, heights, paths=paths)


def test_a_path_more_than_there_are_looks_is_drawn_all_the_same(shown):
    assert len(plots.contours(X, Y, BOWL, paths={str(k): DOWN for k in range(7)})[""].paths) == 7


# --- races


@pytest.fixture
def short_film(monkeypatch):
    """Three frames instead of many."""
    monkeypatch.setattr(landscapes, "FRAMES", 3)


def film_of(shown):
    """The picture of the one figure that was shown, and its frames as arrays: the default picture first."""
    (figure,) = [thing for thing, metadata in shown if metadata]
    with Image.open(io.BytesIO(figure._repr_png_())) as film:
        return film.info, [np.asarray(frame.convert("RGB")).astype(int) for frame in ImageSequence.Iterator(film)]


def test_a_race_plays_once_and_its_default_picture_is_the_end(shown, short_film):
    plots.race(X, Y, BOWL, {"down": DOWN, "across": ACROSS}, points={"minimum": (0, 1)}, zlabel="loss")
    info, frames = film_of(shown)
    assert len(frames) == 1 + 3 and info["loop"] == 1
    assert np.array_equal(frames[0], frames[-1])
    assert not np.array_equal(frames[1], frames[-1])


def test_the_runners_of_a_race_start_together_and_are_where_their_paths_are_after_so_many_steps(shown, short_film):
    far = np.linspace((-2, -1), (2, 3), 20)
    drawn = plots.race(X, Y, BOWL, {"far": far, "down": DOWN})[""]
    line = drawn.paths["far"]
    heads = [each for each in line.axes.lines if each.get_markeredgecolor() == "white"]
    np.testing.assert_array_equal(line.get_xydata(), far)
    np.testing.assert_array_equal([head.get_xydata()[-1] for head in heads], [far[-1], DOWN[-1]])
    runners = [(line, heads[0], far), (drawn.paths["down"], heads[1], DOWN)]
    landscapes._run(runners, 3)
    np.testing.assert_array_equal(line.get_xydata(), far[:3])
    np.testing.assert_array_equal([head.get_xydata()[-1] for head in heads], [far[2], DOWN[2]])
    landscapes._run(runners, 9)  # the shorter one waits at its end
    np.testing.assert_array_equal([head.get_xydata()[-1] for head in heads], [far[8], DOWN[2]])


def test_no_two_of_seven_runners_look_alike_and_all_are_named(shown, short_film):
    paths = {name: DOWN + 0.1 * k for k, name in enumerate("abcdefg")}
    drawn = plots.race(X, Y, BOWL, paths, points={"minimum": (0, 1)})[""]
    ax = drawn.bands.axes
    heads = [each for each in ax.lines if each.get_markeredgecolor() == "white"]
    assert len({each.get_marker() for each in heads}) == 7
    assert legend_of(drawn.bands) == [*"abcdefg", "minimum"]


def test_a_race_describes_itself_as_the_map_of_its_paths(shown, short_film):
    plots.race(X, Y, BOWL, {"down": DOWN}, caption="Where to?")
    plots.contours(X, Y, BOWL, paths={"down": DOWN})
    race, still = (metadata["image/png"]["alt"] for _, metadata in shown if metadata)
    assert race == still and "down" in race


def test_a_race_of_nobody_is_refused(shown):
    with pytest.raises(ValueError, match="nobody in this race"):
        plots.race(X, Y, BOWL, {})


@pytest.mark.filterwarnings("error")
def test_a_runner_who_leaves_for_good_does_no_harm(shown, short_film):
    plots.race(X, Y, BOWL, {"gone": np.array([[0, 0], [9, 9], [1e200, np.nan]]), "down": DOWN})
    assert len(film_of(shown)[1]) == 1 + 3


# --- surfaces


def test_a_surface_has_the_heights(shown):
    drawn = plots.surface(X, Y, BOWL, xlabel="left", zlabel="J")
    heights = (BOWL[1:, 1:] + BOWL[1:, :-1] + BOWL[:-1, 1:] + BOWL[:-1, :-1]) / 4
    np.testing.assert_allclose(drawn["surface"].get_array(), heights.ravel())
    ax = drawn["surface"].axes
    assert (ax.get_xlabel(), ax.get_zlabel()) == ("left", "J")


def test_a_surface_is_seen_from_the_height_and_the_side_that_are_asked_for(shown):
    ax = plots.surface(X, Y, BOWL, elev=50, azim=-70)["surface"].axes
    assert (ax.elev, ax.azim) == (50, -70)
    usual = plots.surface(X, Y, BOWL)["surface"].axes
    assert usual.elev == 35 and usual.azim == -60, "from above, and not along an axis"


def test_surfaces_refuse_what_does_not_fit(shown):
    with pytest.raises(ValueError, match="one row for each of y"):
        plots.surface(X, Y, BOWL.T)


# --- the summary that notebook tests compare


def test_the_summary_tells_landscapes_apart(shown):
    for heights in (BOWL, BOWL + 1, BOWL + Y[:, np.newaxis], BOWL - X, np.sqrt(BOWL)):
        plots.contours(X, Y, heights)
    plots.contours(X + 1, Y, BOWL)
    plots.contours(X, Y, BOWL, paths={"down": DOWN})
    plots.contours(X, Y, BOWL, paths={"down": ACROSS})
    assert len(set(twins(shown))) == 8


def test_the_summary_tells_surfaces_apart(shown):
    for heights in (BOWL, BOWL + 1, BOWL + 3 * X, BOWL - 3 * X):  # the last two are mirror images
        plots.surface(X, Y, heights)
    plots.surface(X + 1, Y, BOWL)
    plots.surface(X, Y, BOWL, elev=-60, azim=35)
    assert len(set(twins(shown))) == 6
