"""How a figure is begun, described and shown, the looks of all figures, and the parts that several draw."""

import ast
import inspect
import io
import itertools
import subprocess
import sys
import threading
import time
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import colors
from matplotlib.figure import Figure
from PIL import Image

from helpers import plots
from helpers.plots import base

OTHERS = {"Drawn", "Landscape", "Panel", "Region", "between", "one_of", "show", "side_by_side", "sliders", "table"}
FIGURES = sorted(set(plots.__all__) - OTHERS)
# These draw several panels by their nature, or move.
WITHOUT_AX = {
    "activations",
    "architectures",
    "filters",
    "histograms",
    "occlusion",
    "race",
    "surface",
    "training",
    "walks",
}


def small_curves(**options):
    return plots.curves([0, 1], {"a": [0, 1]}, **options)


# --- how a figure is shown


def test_the_description_becomes_the_alternative_text_and_stands_folded_below_the_caption(shown):
    small_curves(caption="Look at the end.", xlabel="time <s>")
    (picture, metadata), (below, _) = shown
    alt = metadata["image/png"]["alt"]
    assert alt == "time <s>: rises from 0 to 1."
    assert picture._repr_png_().startswith(b"\x89PNG")
    assert below.data == (
        "<p><em>Look at the end.</em></p>\n"
        '<details class="tex2jax_ignore mathjax_ignore">\n'
        "<summary>Figure described: 1 curve, time &lt;s&gt;</summary>\n"
        "<p>time &lt;s&gt;: rises from 0 to 1.</p>\n"
        "<table>\n"
        '<tr><th scope="col">time &lt;s&gt;</th><th scope="col">a</th></tr>\n'
        "<tr><td>0</td><td>0</td></tr>\n"
        "<tr><td>1</td><td>1</td></tr>\n"
        "</table>\n"
        "</details>"
    )


def test_a_figure_without_a_caption_is_described_all_the_same(shown):
    small_curves()
    (_, metadata), (below, _) = shown
    assert metadata["image/png"]["alt"] and below.data.startswith("<details") and "<em>" not in below.data


def test_the_description_follows_what_is_drawn(shown):
    for y in ([0, 1], [1, 0]):
        plots.curves([0, 1], {"a": y})
    first, second = (metadata["image/png"]["alt"] for _, metadata in shown[::2])
    assert first != second
    assert shown[1][0].data != shown[3][0].data


def test_a_choice_of_rows_says_so(shown):
    plots.curves(np.arange(100), {"a": np.arange(100)})
    assert "<p>12 of 100 points, evenly chosen.</p>" in shown[1][0].data


def test_a_figure_of_ones_own_needs_a_caption(shown):
    fig = Figure()
    fig.subplots().plot([0, 1])
    with pytest.raises(ValueError, match="cannot describe itself"):
        plots.show(fig, "  ")
    plots.show(fig, "A line.")
    assert shown[0][1] == {"image/png": {"alt": "A line."}}
    assert shown[1][0].data == "<p><em>A line.</em></p>", "there is nothing more to unfold"


def test_a_figure_that_fails_is_not_shown(shown):
    with pytest.raises(ValueError, match="1 numbers, but x has 2"):
        plots.curves([0, 1], {"a": [0]})
    assert shown == []


def test_style_is_not_left_behind(shown):
    before = dict(mpl.rcParams)
    small_curves()
    assert dict(mpl.rcParams) == before
    with pytest.raises(ValueError, match="too many"):
        plots.scatter(range(6), range(6), groups=range(6))
    assert dict(mpl.rcParams) == before


def test_a_figure_is_drawn_without_pyplot():
    """Sliders run in threads of their own, in which pyplot's list of open figures must not be touched."""
    code = (
        "import sys, numpy as np\n"
        "from helpers.plots import base\n"
        "base.display = lambda *args, **kwargs: None\n"
        "from helpers import plots\n"
        "plots.curves([0, 1], {'a': [0, 1]}); plots.pictures([np.eye(2)]); plots.surface([0, 1], [0, 1], np.eye(2))\n"
        "sys.exit('matplotlib.pyplot' in sys.modules and 'pyplot was imported')"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_a_figure_is_shown_in_the_style_in_which_it_was_drawn(shown, monkeypatch):
    """Matplotlib chooses how many ticks there are, after the size of their numbers, when it saves the figure."""
    sizes = []
    monkeypatch.setattr(base, "ShownFigure", lambda fig: sizes.append(mpl.rcParams["font.size"]))
    plots.pictures([np.eye(2)])  # in smaller letters than other figures
    small_curves()
    assert sizes == [11, base.STYLE["font.size"]]


def test_two_threads_draw_one_after_the_other(shown, monkeypatch):
    """While one figure is drawn in the course's style, another thread must not put the settings back."""
    seen = []

    def slow(ax, sentence, folded):
        time.sleep(0.05)
        seen.append(mpl.rcParams["font.size"])

    monkeypatch.setattr("helpers.plots.charts.say", slow)
    threads = [threading.Thread(target=small_curves, kwargs={"caption": "a"}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [base.STYLE["font.size"]] * 3 and mpl.rcParams["font.size"] == mpl.rcParamsDefault["font.size"]


@pytest.mark.parametrize("draw", [lambda: plots.side_by_side(1), lambda: plots.show(Figure(), "a")])
def test_side_by_side_and_show_wait_while_another_thread_draws(shown, draw):
    thread = threading.Thread(target=draw)
    with base._drawing:
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
    thread.join()


def test_what_a_figure_returns_shows_nothing_at_the_end_of_a_cell():
    data, _ = InteractiveShell.instance().display_formatter.format(plots.Drawn(line=1))
    assert data == {}


def test_a_shown_figure_is_a_png_and_its_text_the_summary(shown):
    small_curves()
    data, _ = InteractiveShell.instance().display_formatter.format(shown[0][0])
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"].startswith("Figure with 1 panel")


def test_png_keeps_the_picture():
    """The palette of 256 colours must not change what is seen: compare with the full-colour picture."""
    figure = Figure()
    figure.subplots().plot([0, 1], [0, 1], color=base.BLUE)
    full = io.BytesIO()
    figure.savefig(full, format="png", bbox_inches="tight")
    small = base.png(figure)
    before, after = (np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), int) for data in (full.getvalue(), small))
    assert before.shape == after.shape and np.abs(before - after).mean() < 1
    assert len(small) < len(full.getvalue()) / 2


def test_table_prints_its_cells_in_order(shown):
    plots.table({"a": [1, 2], "b": ["x", "y"]}, caption="below")
    assert shown[0][0].data == "| a | b |\n| ---: | ---: |\n| 1 | x |\n| 2 | y |\n\n*below*"


def test_table_refuses_columns_of_different_length(shown):
    with pytest.raises(ValueError, match="one length"):
        plots.table({"a": [1, 2], "b": [1]})


# --- two figures side by side


def test_two_figures_stand_side_by_side_and_both_are_described(shown):
    left, right = plots.side_by_side(2)
    lines = plots.curves([0, 1], {"up": [0, 1], "on": [1, 1]}, ax=left)["lines"]
    bars = plots.bars(["p", "q"], [1.0, 2.0], threshold=1.5, ax=right)
    assert shown == [], "what is drawn in axes of one's own is not shown yet"
    plots.show(left, "Two figures.")
    assert lines["up"].axes is left and bars["threshold"].axes is right
    assert len(left.get_legend().get_texts()) == 2 and not left.figure.legends, "the legend belongs to its own panel"
    alone = []
    for _ in range(2):
        plots.curves([0, 1], {"up": [0, 1], "on": [1, 1]})
        plots.bars(["p", "q"], [1.0, 2.0], threshold=1.5)
    alone = [metadata["image/png"]["alt"] for thing, metadata in shown if metadata]
    assert alone[0] == f"{alone[1]} {alone[2]}"
    assert "<summary>Figure described: 2 curves; 2 bars</summary>" in shown[1][0].data


def test_side_by_side_has_the_style_of_the_course():
    (ax,) = plots.side_by_side(1)
    assert not ax.spines["top"].get_visible() and ax.title.get_fontsize() == base.STYLE["axes.titlesize"]


def test_several_panels_do_not_fit_into_one_pair_of_axes(shown):
    (ax,) = plots.side_by_side(1)
    with pytest.raises(ValueError, match="2 panels do not fit into one pair of axes"):
        plots.pictures([np.eye(2), np.eye(2)], ax=ax)
    assert plots.pictures([np.eye(2)], ax=ax)["pictures"][0].axes is ax


# --- one vocabulary


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_beyond_the_data_is_passed_by_name(name):
    parameters = inspect.signature(getattr(plots, name)).parameters
    by_place = [each for each in parameters.values() if each.kind is not each.KEYWORD_ONLY]
    # The titles of pictures are data, too, and most pictures have some.
    assert all(each.default is each.empty or (name, each.name) == ("pictures", "titles") for each in by_place)
    assert "caption" in parameters
    assert ("ax" in parameters) == (name not in WITHOUT_AX)


def calls_in_course():
    """Pairs of a figure function's name and the names of the arguments, of every call in the notebooks."""
    import nbformat  # noqa: PLC0415

    for path in sorted(Path(__file__).parents[3].glob("notebooks/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            tree = (
                ast.parse(cell.source) if cell.cell_type == "code" and "plots." in cell.source else ast.Module([], [])
            )
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("plots."):
                    yield ast.unparse(node.func).removeprefix("plots."), {each.arg for each in node.keywords}


def test_every_option_is_used_by_a_notebook():
    """An option that nothing passes is code to read for nothing; ``ax`` and ``colorbar`` wait for learners."""
    used = {}
    for name, arguments in calls_in_course():
        used.setdefault(name, set()).update(arguments)
    for name in set(FIGURES) & set(used):  # a figure that is new is not used yet
        parameters = inspect.signature(getattr(plots, name)).parameters.values()
        options = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY} - {"ax", "colorbar"}
        assert options <= used[name], name


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
    first = list(itertools.islice(base.line_looks(), 25))
    assert first[:5] == list(base.LINE_LOOKS) and len({str(look) for look in first}) == 25


# --- parts that several figures draw


def empty_axes(low=-1.0, high=1.0):
    ax = Figure().subplots()
    ax.set(xlim=(low, high), ylim=(low, high))
    return ax


def test_an_arrow_leads_from_its_start_to_its_end():
    ax = empty_axes()
    base.arrow(ax, (0, 0), (0.5, 0.25), color="red")
    (note,) = ax.texts
    assert note.xy == (0.5, 0.25) and note.get_position() == (0, 0)
    style = note.arrow_patch.get_arrowstyle()
    assert style.arrow.startswith("-") and style.arrow.endswith(">"), "its head is at the end"


@pytest.mark.parametrize(("threshold", "tinted"), [(0.0, False), (-1e-9, True), (1.0, False)])
def test_what_lies_at_the_threshold_is_not_tinted(threshold, tinted):
    ax = empty_axes()
    tint, _ = base.shade(ax, lambda points: np.zeros(len(points)), threshold)
    area = sum(len(path.vertices) for path in tint.get_paths())
    assert (area > 0) == tinted


def test_the_frame_leaves_room_around_the_points():
    ax = empty_axes()
    base.frame(ax, np.array([[1.0, 10.0], [3.0, 30.0]]), margin=0.5)
    assert ax.get_xlim() == (0, 4) and ax.get_ylim() == (0, 40)
    assert len(ax.get_xticks()) > 2
    base.frame(ax, np.array([[0.0, 0.0], [1.0, 1.0]]))
    assert list(ax.get_xticks()) == list(ax.get_yticks()) == [0, 1], "between two truth values there is nothing"


def test_numbers_are_written_dark_on_bright_and_gaps_are_left_empty():
    texts = base.write_numbers(empty_axes(), np.array([[0.0, -7.25], [np.nan, 9.0]]), ".1f", middle=0)
    assert [[text and text.get_text() for text in row] for row in texts] == [["0.0", "−7.2"], [None, "9.0"]]
    assert [text.get_color() for text in (texts[0, 0], texts[0, 1], texts[1, 1])] == ["white", "white", "black"]
    assert texts[0, 1].get_position() == (1, 0)


def test_each_class_stands_once_in_the_legend():
    fig = base.Sheet()
    left, right = fig.subplots(1, 2)
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    one = base.draw_classes(left, points, np.array([1, 1]), ["cat", "dog"])
    two = base.draw_classes(right, points, np.array([0, 1]), ["cat", "dog"])
    base.legend_of_classes(left, [one, two])
    assert [text.get_text() for text in fig.legends[0].get_texts()] == ["cat", "dog"]


@pytest.mark.parametrize(
    ("count", "most", "expected"), [(1, 3, (1, 1)), (3, 3, (1, 3)), (4, 3, (2, 3)), (7, 2, (4, 2))]
)
def test_panels_are_laid_out_in_rows(count, most, expected):
    assert base.rows_and_columns(count, most) == expected
