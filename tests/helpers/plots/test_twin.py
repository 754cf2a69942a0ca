"""The text twin of a figure notices what a test of notebooks, which compares no pictures, would miss."""

import time

import numpy as np
import pytest
from matplotlib import patches
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.plots import twin
from helpers.plots.twin import words as twin_words

X = np.linspace(0, 2, 5)
LONG = np.linspace(0, 2, 50)
ACROSS, UP = np.meshgrid(np.linspace(-3, 3, 31), np.linspace(-2, 2, 21))
BOWL = ACROSS**2 + UP**2


def figure(make, drawn=False, projection=None):
    """A figure in which ``make(ax)`` drew."""
    fig = Figure()
    canvas = FigureCanvasAgg(fig)
    make(fig.add_subplot(projection=projection))
    if drawn:
        canvas.draw()
    return fig


def text_of(make, **settings):
    """The twin of what ``make(ax)`` draws."""
    return twin.describe(figure(make, **settings))


def in_space(make):
    return lambda **settings: text_of(make, projection="3d", **settings)


# --- what is drawn otherwise reads otherwise


def arrow(**props):
    return lambda ax: ax.annotate("", (1, 1), (0, 0), arrowprops={"arrowstyle": "-|>", **props})


def widths(weights, of):
    """The arrows of a network."""

    def draw(ax):
        for row, weight in enumerate(weights):
            ax.annotate("", (1, row), (0, row), arrowprops={"arrowstyle": "-|>", "lw": 1 + 2 * of(weight)})

    return draw


def two_pictures(beside):
    """Two pictures on one scale; the colour bar stands beside ``beside`` of them."""

    def draw(ax):
        fig = ax.figure
        both = [ax, fig.add_subplot(1, 2, 2)]
        drawn = [each.imshow(BOWL, cmap="gray") for each in both]
        fig.colorbar(drawn[0], ax=both[:beside])

    return draw


def tint(fires):
    """What a neuron with the boundary x = 0 tints; points of the grid lie exactly on the boundary."""
    grid = np.meshgrid(np.linspace(-1, 1, 301), np.linspace(-1, 1, 301))
    return lambda ax: ax.contourf(*grid, fires(grid[0]), levels=[0.5, 1.5], colors=["#D55E00"], alpha=0.14)


def chained(*calls):
    """Call methods of the axes: (name, positional arguments, named arguments)."""

    def draw(ax):
        for name, args, named in calls:
            getattr(ax, name)(*args, **named)

    return draw


def call(method, *args, **named):
    return chained((method, args, named))


def with_line(method, *args, **named):
    return chained(("plot", (X, X), {}), (method, args, named))


def patch(kind, *args, **named):
    return lambda ax: ax.add_patch(getattr(patches, kind)(*args, **named))


def quivers(v):
    return call("quiver", X, X, X, v)


def moved(values, step):
    return np.roll(values, step, axis=1)


CHANGES = {
    "width by max(w, 0)": (widths([-2, 1, 2], abs), widths([-2, 1, 2], lambda w: max(w, 0))),
    "one of 20 widths": (widths(range(20), abs), widths([*range(10), 9, *range(11, 20)], abs)),
    "diagonal moved": (call("axline", (1, 1), slope=1), call("axline", (1, 0.5), slope=1)),
    "colour bar for one picture": (two_pictures(2), two_pictures(1)),
    "no colour bar": (two_pictures(2), lambda ax: [ax.imshow(BOWL, cmap="gray"), ax.figure.add_subplot(1, 2, 2)]),
    "tint with its boundary": (tint(lambda z: z > 0), tint(lambda z: z >= 0)),
    "tint of the other half": (tint(lambda z: z > 0), tint(lambda z: z < 0)),
    "hatch of a bar": (call("bar", [0, 1], [1, 2], hatch=["", "//"]), call("bar", [0, 1], [1, 2])),
    "hatch of a patch": (patch("Rectangle", (0, 0), 1, 1, hatch="//"), patch("Rectangle", (0, 0), 1, 1)),
    "hatch of a band": (call("fill_between", X, X, hatch="/"), call("fill_between", X, X)),
    "line style": (call("plot", X, X, "--"), call("plot", X, X, "-")),
    "dashes": (call("plot", X, X, linestyle=(0, (4, 2))), call("plot", X, X, linestyle=(0, (4, 3)))),
    "line width": (call("plot", X, X, lw=2.2), call("plot", X, X, lw=3)),
    "line colour": (call("plot", X, X, color="#0072B2"), call("plot", X, X, color="#D55E00")),
    "line opacity": (call("plot", X, X, alpha=0.5), call("plot", X, X, alpha=0.4)),
    "line label": (call("plot", X, X, label="a"), call("plot", X, X, label="b")),
    "marker": (call("plot", X, X, "-o"), call("plot", X, X, "-s")),
    "marker size": (call("plot", X, X, "-o", ms=6), call("plot", X, X, "-o", ms=7)),
    "marker face": (call("plot", X, X, "-o", mfc="none"), call("plot", X, X, "-o")),
    "markers of some points": (call("plot", X, X, "-o", markevery=2), call("plot", X, X, "-o")),
    "steps": (call("step", X, X), call("plot", X, X)),
    "x and y swapped": (call("plot", X, X**2), call("plot", X**2, X)),
    "a bump in a long line": (call("plot", LONG, LONG), call("plot", LONG, LONG + (np.arange(50) == 20))),
    "x of a long line": (call("plot", LONG, LONG), call("plot", LONG**2 / 2, LONG)),
    "two points exchanged": (call("plot", X, X), call("plot", X, X[[0, 2, 1, 3, 4]])),
    "level line": (with_line("axhline", 1), with_line("axhline", 1.5)),
    "level or upright": (with_line("axhline", 1), with_line("axvline", 1)),
    "span": (with_line("axvspan", 0, 1), with_line("axvspan", 0, 2)),
    "infinite slope": (call("axline", (0, 1), (0, 2)), call("axline", (0, 1), (1, 2))),
    "vlines": (call("vlines", X, 0, X), call("vlines", X, 0, 2 * X)),
    "colour of one of the vlines": (call("vlines", X, 0, X, colors=[*"rgbky"]), call("vlines", X, 0, X, colors="r")),
    "hlines": (call("hlines", X, 0, 1), call("hlines", X, 0, 1, linestyles="--")),
    "error bars": (call("errorbar", X, X, yerr=0.1), call("errorbar", X, X, yerr=0.2)),
    "stems": (call("stem", X, X), call("stem", X, X + 1)),
    "axis reversed": (with_line("set"), with_line("invert_yaxis")),
    "log or linear": (call("plot", X + 1, X + 1), call("semilogy", X + 1, X + 1)),
    "limits": (with_line("set_xlim", 0, 3), with_line("set_xlim", 0, 4)),
    "grid": (with_line("grid"), with_line("set")),
    "grid of one axis": (with_line("grid"), with_line("grid", axis="x")),
    "tick labels": (with_line("set_xticks", [0, 1], ["a", "b"]), with_line("set_xticks", [0, 1], ["a", "c"])),
    "ticks": (with_line("set_yticks", [0, 1]), with_line("set_yticks", [0, 2])),
    "no ticks": (with_line("set_yticks", []), with_line("set")),
    "axes off": (with_line("axis", "off"), with_line("set")),
    "aspect": (with_line("set_aspect", "equal"), with_line("set")),
    "title": (with_line("set_title", "a"), with_line("set_title", "b")),
    "side of the title": (with_line("set_title", "a"), chained(("plot", (X, X), {}), ("set_xlabel", ("a",), {}))),
    "legend": (chained(("plot", (X, X), {"label": "a"}), ("legend", (), {})), call("plot", X, X, label="a")),
    "text": (with_line("text", 0, 0, "a"), with_line("text", 0, 0, "b")),
    "text moved": (with_line("text", 0, 0, "a"), with_line("text", 0, 1, "a")),
    "text colour": (with_line("text", 0, 0, "a"), with_line("text", 0, 0, "a", color="red")),
    "text size": (with_line("text", 0, 0, "a"), with_line("text", 0, 0, "a", fontsize=8)),
    "text aligned": (with_line("text", 0, 0, "a"), with_line("text", 0, 0, "a", ha="right")),
    "text turned": (with_line("text", 0, 0, "a"), with_line("text", 0, 0, "a", rotation=90)),
    "text bold": (with_line("text", 0, 0, "a"), with_line("text", 0, 0, "a", fontweight="bold")),
    "text box": (with_line("text", 0, 0, "a", bbox={}), with_line("text", 0, 0, "a")),
    "edge of the box": (
        with_line("text", 0, 0, "a", bbox={"ec": "red"}),
        with_line("text", 0, 0, "a", bbox={"ec": "red", "linestyle": "--"}),
    ),
    "one of many texts": (
        lambda ax: [ax.text(k, 0, str(k)) for k in range(100)],
        lambda ax: [ax.text(k, 0, str(k) if k != 50 else "5") for k in range(100)],
    ),
    "annotation moved": (with_line("annotate", "a", (0, 0), (1, 1)), with_line("annotate", "a", (0, 0), (1, 0))),
    "what is annotated": (with_line("annotate", "a", (0, 0), (1, 1)), with_line("annotate", "a", (0, 1), (1, 1))),
    "units of an annotation": (
        with_line("annotate", "a", (0, 0), (1, 1)),
        with_line("annotate", "a", (0, 0), (1, 1), textcoords="offset points"),
    ),
    "arrow colour": (arrow(color="red"), arrow(color="blue")),
    "arrow style": (arrow(), arrow(arrowstyle="->")),
    "arrow dashed": (arrow(), arrow(linestyle="--")),
    "arrow bent": (arrow(), arrow(connectionstyle="arc3,rad=0.3")),
    "arrow head": (arrow(mutation_scale=11), arrow(mutation_scale=13)),
    "arrow turned round": (
        call("annotate", "", (1, 1), (0, 0), arrowprops={"arrowstyle": "->"}),
        call("annotate", "", (0, 0), (1, 1), arrowprops={"arrowstyle": "->"}),
    ),
    "simple arrow": (call("arrow", 0, 0, 1, 1), call("arrow", 0, 0, 1, 2)),
    "bars": (call("bar", [0, 1], [1, 2]), call("bar", [0, 1], [1, -2])),
    "bars lying": (call("bar", [0, 1], [1, 2]), call("barh", [0, 1], [1, 2])),
    "length of a lying bar": (call("barh", [0, 1], [1, 2]), call("barh", [0, 1], [1, 3])),
    "where a lying bar begins": (call("barh", [0, 1], [1, 2]), call("barh", [0, 1], [1, 2], left=1)),
    "where bars stand": (call("bar", [0, 1], [1, 2]), call("bar", [0, 1], [1, 2], align="edge")),
    "colour of one bar": (call("bar", [0, 1], [1, 2], color=["r", "b"]), call("bar", [0, 1], [1, 2], color="r")),
    "names of bars": (call("bar", ["a", "b"], [1, 2]), call("bar", ["a", "c"], [1, 2])),
    "histogram": (call("hist", X, bins=3), call("hist", X, bins=4)),
    "stairs": (call("stairs", [1, 2, 3]), call("stairs", [1, 3, 2])),
    "edges of stairs": (call("stairs", [1, 2], [0, 1, 2]), call("stairs", [1, 2], [0, 1, 3])),
    "colour of stairs": (call("stairs", [1, 2], fill=True), call("stairs", [1, 2])),
    "band": (call("fill_between", X, X), call("fill_between", X, 2 * X)),
    "middle of a band": (call("fill_between", LONG, 1), call("fill_between", LONG, 1 + (np.arange(50) == 10))),
    "gap in a band": (call("fill_between", X, X), call("fill_between", X, X, where=X != 1)),
    "colour of a band": (call("fill_between", X, X, color="r"), call("fill_between", X, X, color="b")),
    "contours": (call("contour", ACROSS, UP, BOWL), call("contour", ACROSS, UP, BOWL + 0.1)),
    "levels of contours": (
        call("contour", ACROSS, UP, BOWL, levels=[1, 2, 3, 4]),
        call("contour", ACROSS, UP, BOWL, levels=[1, 2, 3, 4.1]),
    ),
    "width of contours": (
        call("contour", ACROSS, UP, BOWL, levels=[1], linewidths=1),
        call("contour", ACROSS, UP, BOWL, levels=[1], linewidths=2),
    ),
    "colours of filled contours": (
        call("contourf", ACROSS, UP, BOWL, cmap="gray"),
        call("contourf", ACROSS, UP, BOWL, cmap="gray_r"),
    ),
    "contour labels": (lambda ax: ax.clabel(ax.contour(ACROSS, UP, BOWL)), call("contour", ACROSS, UP, BOWL)),
    "points": (call("scatter", X, X + 1), call("scatter", X + 1, X)),
    "colour of points": (call("scatter", X, X, color="r"), call("scatter", X, X, color="b")),
    "edges of points": (call("scatter", X, X, edgecolors="w"), call("scatter", X, X)),
    "marker of points": (call("scatter", X, X, marker="^"), call("scatter", X, X, marker="s")),
    "size of points": (call("scatter", X, X, s=60), call("scatter", X, X, s=36)),
    "sizes of points": (call("scatter", X, X, s=[1, 2, 3, 4, 5]), call("scatter", X, X, s=[1, 2, 3, 4, 6])),
    "colours of points by numbers": (call("scatter", X, X, c=X), call("scatter", X, X, c=X + 1)),
    "opacity of points": (call("scatter", X, X, alpha=0.7), call("scatter", X, X)),
    "picture": (call("imshow", BOWL), call("imshow", moved(BOWL, 1))),
    "scale of a picture": (call("imshow", BOWL, vmin=0, vmax=9), call("imshow", BOWL, vmin=0, vmax=10)),
    "colour map": (call("imshow", BOWL, cmap="gray"), call("imshow", BOWL, cmap="gray_r")),
    "smoothed picture": (call("imshow", BOWL, interpolation="nearest"), call("imshow", BOWL, interpolation="bilinear")),
    "picture upside down": (call("imshow", BOWL), call("imshow", BOWL, origin="lower")),
    "gap in a picture": (
        call("imshow", BOWL, cmap="gray"),
        call("imshow", np.ma.masked_less(BOWL, 0.01), cmap="gray", vmin=0, vmax=13),
    ),
    "mesh": (call("pcolormesh", ACROSS, UP, BOWL), call("pcolormesh", ACROSS, UP, moved(BOWL, 1))),
    "place of a mesh": (call("pcolormesh", ACROSS, UP, BOWL), call("pcolormesh", ACROSS + 1, UP, BOWL)),
    "field of arrows": (quivers(X), quivers(-X)),
    "colour of a field": (quivers(X), call("quiver", X, X, X, X, color="r")),
    "circle": (patch("Circle", (0, 0), 1), patch("Circle", (0, 0), 2)),
    "circle or square": (patch("Circle", (0, 0), 1), patch("Rectangle", (-1, -1), 2, 2)),
    "edge of a circle": (patch("Circle", (0, 0), 1, ec="r"), patch("Circle", (0, 0), 1, ec="b")),
    "wedge": (patch("Wedge", (0, 0), 1, 0, 90), patch("Wedge", (0, 0), 1, 0, 80)),
    "ellipse": (patch("Ellipse", (0, 0), 1, 2), patch("Ellipse", (0, 0), 1, 2, angle=30)),
    "polygon": (patch("Polygon", [(0, 0), (1, 0), (0, 1)]), patch("Polygon", [(0, 0), (1, 0), (1, 1), (0, 1)])),
    "round box": (patch("FancyBboxPatch", (0, 0), 1, 1), patch("FancyBboxPatch", (0, 0), 1, 2)),
    "free arrow": (patch("FancyArrowPatch", (0, 0), (1, 1)), patch("FancyArrowPatch", (0, 0), (1, 2))),
    "table": (call("table", [["1", "2"]], loc="center"), call("table", [["1", "3"]], loc="center")),
    "inset": (lambda ax: ax.inset_axes([0, 0, 1, 1]).plot(X, X), lambda ax: ax.inset_axes([0, 0, 1, 1]).plot(X, -X)),
    "second axis": (lambda ax: ax.twinx().plot(X, X), lambda ax: ax.twinx().plot(X, -X)),
    "text of the figure": (lambda ax: ax.figure.suptitle("a"), lambda ax: ax.figure.suptitle("b")),
    "size of the figure": (lambda ax: ax.figure.set_size_inches(4, 4), lambda ax: ax.figure.set_size_inches(4, 3)),
    "an infinity": (call("plot", X, [0, 1, np.inf, 3, 4]), call("plot", X, [0, 1, np.nan, 3, 4])),
    "what is masked": (call("plot", X, np.ma.masked_greater(X, 1)), call("plot", X, X)),
}


@pytest.mark.parametrize("one, other", CHANGES.values(), ids=CHANGES)
def test_what_is_drawn_otherwise_reads_otherwise(one, other):
    assert text_of(one) == text_of(one)
    assert text_of(one) != text_of(other)


SPACE = {
    "line": (call("plot", X, X, X), call("plot", X, X, -X)),
    "points": (call("scatter", X, X, X), call("scatter", X, X, -X)),
    "colour of points": (call("scatter", X, X, X, color="r"), call("scatter", X, X, X, color="b")),
    "surface mirrored": (
        call("plot_surface", ACROSS, UP, BOWL + ACROSS, cmap="gray"),
        call("plot_surface", ACROSS, UP, BOWL - ACROSS, cmap="gray"),
    ),
    "surface higher": (call("plot_surface", ACROSS, UP, BOWL), call("plot_surface", ACROSS, UP, BOWL + 1)),
    "colours of a surface": (
        call("plot_surface", ACROSS, UP, BOWL, cmap="gray"),
        call("plot_surface", ACROSS, UP, BOWL, cmap="gray_r"),
    ),
    "wires": (call("plot_wireframe", ACROSS, UP, BOWL), call("plot_wireframe", ACROSS, UP, 2 * BOWL)),
    "angles exchanged": (call("view_init", elev=35, azim=-60), call("view_init", elev=-60, azim=35)),
    "rolled": (call("view_init", elev=35, azim=-60), call("view_init", elev=35, azim=-60, roll=10)),
    "text": (call("text", 0, 0, 0, "a"), call("text", 0, 0, 1, "a")),
    "name of the third axis": (call("set_zlabel", "a"), call("set_zlabel", "b")),
    "limits of the third axis": (call("set_zlim", 0, 1), call("set_zlim", 0, 2)),
}


@pytest.mark.parametrize("one, other", SPACE.values(), ids=SPACE)
def test_in_space_too(one, other):
    assert in_space(one)() == in_space(one)(drawn=True)
    assert in_space(one)() != in_space(other)()


def test_a_polar_panel_is_another():
    assert text_of(call("plot", X, X), projection="polar") != text_of(call("plot", X, X))
    assert "- panel, polar, " in text_of(call("plot", X, X), projection="polar")


@pytest.mark.parametrize(
    "make",
    [
        call("scatter", X, X, c=X),
        call("quiver", X, X, X, X),
        call("pcolormesh", ACROSS, UP, BOWL),
        call("hexbin", LONG, LONG, gridsize=5),
        call("contourf", ACROSS, UP, BOWL, extend="both"),
        call("boxplot", [X, X**2]),
        call("violinplot", [X, X**2]),
        call("pie", [1, 2, 3], labels=["a", "b", "c"]),
        call("eventplot", [X, X + 1]),
        call("tripcolor", X, X**2, X),
        call("streamplot", ACROSS, UP, ACROSS, UP),
        call("barbs", X, X, 10 * X, X),
        call("broken_barh", [(0, 1), (2, 1)], (0, 1)),
        call("stackplot", X, X, X),
        call("spy", np.eye(3)),
        call("errorbar", X, X, xerr=0.1, capsize=3),
        call("plot", np.array(["2020-01-01", "2020-02-01"], "datetime64[D]"), [1, 2]),
        lambda ax: ax.quiverkey(ax.quiver(X, X, X, X), 0.5, 0.5, 1, "key"),
        lambda ax: ax.bar_label(ax.bar(["a", "b"], [1, 2])),
    ],
)
def test_it_does_not_matter_whether_the_figure_was_drawn_before(make):
    assert text_of(make) == text_of(make, drawn=True)
    assert len(text_of(make).splitlines()) > 2


@pytest.mark.parametrize(
    "make",
    [
        lambda ax: None,
        call("plot", [], []),
        call("plot", [np.nan], [np.inf]),
        call("scatter", [], []),
        call("bar", [], []),
        call("imshow", np.full((2, 2), np.nan)),
        call("imshow", np.zeros((2, 2, 3))),
        call("fill_between", [], []),
        call("contourf", ACROSS, UP, BOWL, levels=[1, 2]),
        call("contour", ACROSS, UP, np.full_like(BOWL, np.nan), levels=[1]),
        call("hist", []),
        call("vlines", [], 0, 1),
        call("stairs", [np.nan, 1]),
        call("errorbar", [], [], yerr=[]),
    ],
)
@pytest.mark.filterwarnings("ignore")  # Matplotlib's own, about empty data
def test_empty_and_missing_data_are_told(make):
    assert text_of(make).startswith("Figure with 1 panel, 6.4 x 4.8 inches\n- panel")


def test_panels_without_anything_are_left_out():
    fig = Figure()
    axes = fig.subplots(2, 2)
    axes[1, 1].axis("off")
    axes[0, 1].set_visible(False)
    assert twin.describe(fig).startswith("Figure with 2 panels, ")


def test_what_cannot_be_seen_is_not_told():
    assert text_of(lambda ax: ax.plot(X, X)[0].set_visible(False)).count("\n") == 1


def test_an_unknown_artist_is_refused_by_name():
    class Sparkle(Artist):
        """A stranger's artist."""

    with pytest.raises(twin.UnknownArtist, match=r"cannot tell what a Sparkle draws .* teach helpers/plots/twin/art"):
        text_of(lambda ax: ax.add_artist(Sparkle()))
    with pytest.raises(twin.UnknownArtist, match="draws on 3d axes"):
        in_space(call("contour", ACROSS, UP, BOWL))()


def test_an_arrow_is_told_from_its_foot_to_its_head():
    text = text_of(lambda ax: ax.annotate("", (1, 3), (0, 2), arrowprops={"arrowstyle": "-|>", "lw": 4}))
    assert "| x, y, head x, head y, line width: (0, 2, 1, 3, 4)" in text


def test_a_colour_bar_names_the_panels_that_it_stands_beside_counted_from_1():
    assert "colour bar of 'gray' beside 1 panel (1), " in text_of(two_pictures(1))
    assert "colour bar of 'gray' beside 2 panels (1, 2), " in text_of(two_pictures(2))


# --- how numbers are written


def test_numbers_have_four_digits_and_no_minus_zero():
    written = [twin_words.number(value) for value in (-0.0, -1e-12, 1 / 3, -2, 1e6, np.nan, -np.inf)]
    assert written == ["0", "0", "0.3333", "-2", "1e+06", "nan", "-inf"]


def test_rounding_noise_changes_no_number():
    for edge in (0.12345, 2.0005, 13.5 / 8, 1234.5):
        noisy = {twin_words.number(edge * (1 + noise)) for noise in (-1e-12, -1e-15, 0, 1e-15, 1e-12)}
        assert len(noisy) == 1, edge
    large = np.array([1e8, -1e8, 0.25])
    assert twin_words.number(large.mean() * 1e-8, scale=1e8) == "0"


def test_what_is_no_finite_number_is_counted_apart():
    spread = twin_words.spread([1, np.nan, np.nan, np.inf, 3])
    assert spread == "between 1 and 3, mean 2, 2 missing, 1 infinite"


def test_a_picture_of_784_numbers_is_one_line():
    text = text_of(call("imshow", np.zeros((28, 28)), cmap="gray"))
    assert len(text.splitlines()) == 3 and all(len(line) < 120 for line in text.splitlines())


def test_texts_from_numpy_read_like_others():
    names = np.array(["a", "b"])
    text = text_of(lambda ax: [ax.bar(names, [1, 2]), ax.set_title(names[0]), ax.text(0, 0, names[1])])
    assert "np.str_" not in text and "panel 'a'" in text


def test_a_usual_figure_takes_little_time():
    fig = figure(
        lambda ax: (
            [ax.text(k, k, str(k), bbox={}) for k in range(60)]
            + [ax.contourf(ACROSS, UP, BOWL), ax.plot(LONG, LONG)]
            + [ax.annotate("", (k, 1), (k, 0), arrowprops={"arrowstyle": "->"}) for k in range(30)]
        )
    )
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        twin.describe(fig)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.2  # 0.01 on a machine that does nothing else


# --- the shape


def shape(make, **settings):
    return twin.shape_of(text_of(make, **settings))


def numbers_in_pixels(values):
    """A picture with its numbers, dark on bright and bright on dark; a 0 stays empty."""

    def draw(ax):
        ax.imshow(values, cmap="gray")
        for (row, column), value in np.ndenumerate(values):
            ax.text(column, row, str(value) if value else "", color="black" if value > 4 else "white")

    return draw


def titled(title, *texts):
    return chained(("set_title", (title,), {}), *(("text", (k, 0, text), {}) for k, text in enumerate(texts)))


OTHER_NUMBERS = {
    "a line": (call("plot", X, X**2, label="loss"), call("plot", X + 1, 3 - X, label="loss")),
    "a title": (titled("read: 7"), titled("read: 4")),
    "a title with a share": (titled("a 4, read as 9 (97%)"), titled("a 5, read as 3 (100%)")),
    "a mark": (titled("", "−19"), titled("", "+3.5")),
    "how many texts are numbers": (titled("", "8", "20", "2,222"), titled("", "1", "1,718")),
    "a confusion matrix": (
        numbers_in_pixels(np.array([[9, 0], [1, 8]])),
        numbers_in_pixels(np.array([[9, 1], [3, 5]])),
    ),
    "the order of names": (
        lambda ax: [
            ax.set_yticks([0, 1], ["TAX", "DIS"]),
            *(ax.plot(X, X, "k", label=each) for each in ("TAX", "DIS")),
        ],
        lambda ax: [
            ax.set_yticks([0, 1], ["DIS", "TAX"]),
            *(ax.plot(X, X, "k", label=each) for each in ("DIS", "TAX")),
        ],
    ),
    "contours": (
        call("contour", ACROSS, UP, BOWL, levels=[1], colors="k"),
        call("contour", ACROSS, UP, np.sin(3 * BOWL), levels=[0], colors="k"),
    ),
    "a tint": (tint(lambda z: z > 0), tint(lambda z: z > 0.4)),
    "a picture": (call("imshow", BOWL), call("imshow", 9 - BOWL)),
    "bars": (call("bar", X, X), call("bar", X, X + 1)),
    "limits": (with_line("set_xlim", 0, 3), with_line("set_xlim", 0, 4)),
}


@pytest.mark.parametrize("one, other", OTHER_NUMBERS.values(), ids=OTHER_NUMBERS)
def test_other_numbers_leave_the_shape(one, other):
    assert text_of(one) != text_of(other)
    assert shape(one) == shape(other)


def panels(count):
    return lambda ax: [ax.figure.add_subplot(1, 3, 1 + k) for k in range(count)]


OTHER_SHAPES = {
    "a panel less": (panels(2), panels(1)),
    "a line less": (lambda ax: [ax.plot(X, X), ax.plot(X, -X)], call("plot", X, X)),
    "a point less": (call("plot", X, X), call("plot", X[1:], X[1:])),
    "a label less": (call("plot", X, X, label="a"), call("plot", X, X)),
    "another label": (call("plot", X, X, label="a"), call("plot", X, X, label="b")),
    "no name of an axis": (with_line("set_xlabel", "epoch"), with_line("set")),
    "another title": (titled("read: 7"), titled("right: 7")),
    "no numbers": (titled("", "7"), titled("")),
    "a word less": (titled("", "cultivar 0", "cultivar 1"), titled("", "cultivar 0")),
    "another word": (titled("", "all"), titled("", "none")),
    "no legend": CHANGES["legend"],
    "another kind": (call("plot", X, X), call("scatter", X, X)),
    "bars lying": CHANGES["bars lying"],
    "another colour": CHANGES["line colour"],
    "another line style": CHANGES["line style"],
    "another width": CHANGES["line width"],
    "another marker": CHANGES["marker of points"],
    "no colour bar": CHANGES["no colour bar"],
    "colour bar for one picture": CHANGES["colour bar for one picture"],
    "diagonal moved": CHANGES["diagonal moved"],
    "log or linear": CHANGES["log or linear"],
    "axis reversed": CHANGES["axis reversed"],
    "a picture of another size": (call("imshow", BOWL), call("imshow", BOWL[1:])),
    "no contour": (
        call("contour", ACROSS, UP, BOWL, levels=[1], colors="k"),
        lambda ax: ax.set(xlim=(-3, 3), ylim=(-2, 2)),
    ),
    "a tick less": (with_line("set_yticks", [0, 1], ["a", "b"]), with_line("set_yticks", [0], ["a"])),
    "the figure's size": CHANGES["size of the figure"],
}


@pytest.mark.parametrize("one, other", OTHER_SHAPES.values(), ids=OTHER_SHAPES)
def test_what_is_missing_or_of_another_kind_changes_the_shape(one, other):
    assert shape(one) != shape(other)


def test_angles_exchanged_change_the_shape_in_space():
    one, other = SPACE["angles exchanged"]
    assert shape(one, projection="3d") != shape(other, projection="3d")


def test_quotes_and_bars_in_a_text_do_not_cut_it():
    text = titled("P(A | B) isn't 0.3", 'the "odds" | 3')
    assert 'panel "P(A | B) isn\'t #"' in shape(text) and "'the \"odds\" | #'" in shape(text)


def test_the_shape_of_a_shape_is_itself():
    for make in (CHANGES["legend"][0], titled("a 7", "8", "9", "word", "P(A | B)")):
        assert twin.shape_of(shape(make)) == shape(make)
