"""What all figures share: one style, how a figure is begun, described and shown, and the parts that several draw."""

import html
import io
import itertools
import threading
from contextlib import contextmanager

import matplotlib
import numpy as np
from IPython.display import HTML, Markdown, display
from matplotlib.figure import Figure
from PIL import Image

from .twin import describe

BLUE, ORANGE, GREEN, PINK, SKY, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#000000"
# One look per class and per curve: the colour never stands alone.
CLASS_LOOKS = (
    {"color": BLUE, "marker": "o"},
    {"color": ORANGE, "marker": "s"},
    {"color": GREEN, "marker": "^"},
)
LINE_LOOKS = (
    {"color": BLUE, "linestyle": "-"},
    {"color": ORANGE, "linestyle": "--"},
    {"color": GREEN, "linestyle": "-."},
    {"color": PINK, "linestyle": ":"},
    {"color": BLACK, "linestyle": (0, (5, 1, 1, 1, 1, 1))},
)
STYLE = {
    # White and opaque, so that a figure reads the same on a dark page.
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "savefig.dpi": 100,
    "figure.constrained_layout.use": True,
    # Large enough to be read from the last row when projected.
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.labelsize": 13,
    "legend.fontsize": 12,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#DDDDDD",
    "axes.axisbelow": True,
    "lines.linewidth": 2.2,
    "lines.markersize": 8,
}
STARS = ({"markerfacecolor": "white"}, {"markerfacecolor": BLACK}, {"markerfacecolor": "#999999"})
# Where a legend stands outside of the axes.
LEGEND_PLACES = {"right": "outside right upper", "above": "outside upper center", "below": "outside lower center"}

COLOURS = 180  # of a film, whose frames share one palette
HIGHEST = 1e100  # Matplotlib draws no height beyond the square root of the largest number

# Matplotlib's settings are one for the whole process, and JupyterLab may run a slider's function in another thread.
_drawing = threading.RLock()


class Drawn(dict):
    """The artists of a figure, by name. It shows nothing when it ends a cell: the figure has been shown already."""

    def _ipython_display_(self):
        """Tell IPython that there is nothing left to display."""


class Sheet(Figure):
    """A figure that knows in words what was drawn on it.

    It is made without pyplot, whose list of open figures is one for the whole process: JupyterLab runs a slider's
    function in a thread of its own, and figures of pyplot can come out mixed there.
    """

    def __init__(self, *args, shared=False, **options):
        super().__init__(*args, **options)
        self.shared = shared  # by several calls, each in axes of its own
        self.said = []  # pairs of a sentence and what is folded below the figure


class ShownFigure:
    """A figure as it is shown: the picture, and as its text a summary of what was drawn.

    Notebook tests compare texts and no pictures; through the summary they notice a figure that draws
    other numbers than before.
    """

    def __init__(self, fig, picture=None):
        self._png = picture or png(fig)
        self._summary = describe(fig)

    def _repr_png_(self):
        return self._png

    def __repr__(self):
        return self._summary


# ---- to begin a figure, to describe it, to show it ----


@contextmanager
def one_panel(ax, figsize, *, caption, style=None):
    """Begin a figure of one panel, and show it when the block ends; or draw in the caller's axes and show nothing.

    Args:
        ax: axes to draw in, or None for a new figure.
        figsize: width and height of a new figure in inches.
        caption: the visible sentence below it.
        style: settings of Matplotlib beyond ``STYLE``.

    Yields:
        The axes.
    """
    with panels(1, ax, (1, 1), figsize, caption=caption, style=style) as axes:
        yield axes[0, 0]


@contextmanager
def panels(count, ax, shape, figsize, *, caption, style=None, **options):
    """Begin a figure of several panels, and show it when the block ends.

    Args:
        count: how many panels are needed; the axes left over are switched off.
        ax: axes to draw in instead, where there is one panel; None for a new figure.
        shape: rows and columns.
        figsize: width and height of the figure in inches.
        caption: the visible sentence below it.
        style: settings of Matplotlib beyond ``STYLE``.
        **options: what ``Figure.subplots`` takes.

    Yields:
        An array of axes of that shape.

    Raises:
        ValueError: if several panels are to be drawn in one pair of axes.
    """
    if ax is not None and count != 1:
        raise ValueError(f"{count} panels do not fit into one pair of axes: leave ax= out, or give one panel.")
    with _drawing, matplotlib.rc_context(STYLE | (style or {})):
        if ax is not None:
            yield np.array([[ax]])
            return
        fig = Sheet(figsize=figsize)
        axes = fig.subplots(*shape, squeeze=False, **options)
        for spare in axes.flat[count:]:
            spare.axis("off")
        yield axes
        _display(fig, caption)


def rows_and_columns(count, most):
    """Return how many rows and columns hold ``count`` panels, at most so many side by side."""
    ncols = min(count, most)
    return -(-count // ncols), ncols


def side_by_side(count, *, size=4.6):
    """Return axes for several figures in a row; draw each with ``ax=`` and end with ``plots.show(axes[0])``.

    Args:
        count: how many.
        size: width of each in inches; the height is four fifths of it.

    Returns:
        A list of axes.
    """
    with _drawing, matplotlib.rc_context(STYLE):
        fig = Sheet(figsize=(size * count, 0.8 * size), shared=True)
        return list(fig.subplots(1, count, squeeze=False)[0])


def say(ax, sentence, folded):
    """Note in words what was drawn in some axes; it becomes part of the text alternative of their figure.

    Args:
        ax: the axes.
        sentence: what ``descriptions`` made of the arguments.
        folded: what ``folded`` made of them.
    """
    if isinstance(ax.figure, Sheet):
        ax.figure.said.append((sentence, folded))


def show(fig, caption=""):
    """Show a figure with a description in words.

    Args:
        fig: a figure, or axes of it.
        caption: one sentence that says what to look at; it stands below the figure.

    The description is what the functions of this package said while they drew. Screen readers find it as the picture's
    text alternative, and everybody, with a table of the values, folded below it: JupyterLab leaves the alternative out.
    A figure that was drawn otherwise has its caption as description.

    Raises:
        ValueError: if there is neither a description nor a caption.
    """
    with _drawing, matplotlib.rc_context(STYLE):
        _display(getattr(fig, "figure", fig), caption)


def _display(fig, caption, picture=None):
    """Show a figure in the style that holds at the moment: how many ticks there are is decided only now.

    ``picture`` are the bytes of a PNG that is shown in its place, a film of it say.
    """
    said, caption = getattr(fig, "said", []), caption.strip()
    alt = " ".join(sentence for sentence, _ in said) or caption
    if not alt:
        raise ValueError("This figure cannot describe itself: pass caption='what it shows and what to look at'.")
    shown = ShownFigure(fig) if picture is None else ShownFigure(fig, picture)
    display(shown, metadata={"image/png": {"alt": alt}})
    display(HTML(_below(caption, said)))


def _below(caption, said):
    """Return as HTML what stands below a figure: its caption, and folded what was said of it.

    Names may hold dollar signs, which are not to be taken for formulas: hence the classes, one for MathJax 2 in pages
    of nbconvert and one for MathJax 3 in JupyterLab.
    """
    lines = [f"<p><em>{html.escape(caption)}</em></p>"] if caption else []
    if said:
        lines.append('<details class="tex2jax_ignore mathjax_ignore">')
        kinds = "; ".join(folded.summary for _, folded in said)
        lines.append(f"<summary>Figure described: {html.escape(kinds)}</summary>")
        for sentence, folded in said:
            lines += [f"<p>{html.escape(sentence)}</p>", *(_html_table(*each) for each in folded.tables)]
        lines.append("</details>")
    return "\n".join(lines)


def _html_table(columns, note):
    """Return a table with its note in HTML, a line of text for each of its rows."""
    heads = "".join(f'<th scope="col">{html.escape(heading)}</th>' for heading in columns)
    lines = ["<table>", f"<tr>{heads}</tr>"]
    for cells in zip(*columns.values(), strict=True):
        lines.append("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + "</tr>")
    return "\n".join([*lines, "</table>", *([f"<p>{html.escape(note)}</p>"] if note else [])])


def png(fig):
    """Return a figure as the bytes of a PNG file with a palette of 256 colours.

    That is a third of the size of full colour and looks the same; a notebook with twelve figures stays small.
    """
    full, small = io.BytesIO(), io.BytesIO()
    fig.savefig(full, format="png", bbox_inches="tight")
    picture = Image.open(full).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


@contextmanager
def film(figsize, *, seconds, caption, style=None):
    """Begin a figure of one panel that moves, and show it when the block ends: an animated PNG that plays once.

    What plays no films (a printed page, an old viewer) shows the last frame.

    Args:
        figsize: width and height of the figure in inches.
        seconds: how long the film takes.
        caption: the visible sentence below it.
        style: settings of Matplotlib beyond ``STYLE``.

    Yields:
        The axes, and a list for the frames: functions without arguments, called one after the other when the block
        ends; each makes the figure what its frame shows.
    """
    with _drawing, matplotlib.rc_context(STYLE | (style or {})):
        fig, frames, pictures = Sheet(figsize=figsize), [], []
        yield fig.subplots(), frames
        for change in frames:
            change()
            frame = io.BytesIO()
            fig.savefig(frame, format="png", dpi=70)  # a film of many pictures is to stay small
            pictures.append(Image.open(frame).convert("RGB"))
        pictures = _with_one_palette(pictures)
        played = io.BytesIO()
        options = {"default_image": True, "save_all": True, "append_images": pictures, "optimize": True}
        pictures[-1].save(played, format="png", duration=round(1000 * seconds / len(pictures)), loop=1, **options)
        _display(fig, caption, played.getvalue())


def _with_one_palette(pictures):
    """Return pictures of one size with a palette that they share; what is alike in two of them stays alike."""
    width, height = pictures[0].size
    strip = Image.new("RGB", (width, height * len(pictures)))
    for number, picture in enumerate(pictures):
        strip.paste(picture, (0, number * height))
    strip = strip.quantize(COLOURS, dither=Image.Dither.NONE)
    return [strip.crop((0, top, width, top + height)) for top in range(0, strip.height, height)]


def table(columns, *, caption=""):
    """Show a small table.

    Args:
        columns: a dict from heading to a sequence of cells, all of one length; cells are shown as they
            print, so numbers are rounded by the caller.
        caption: a line below the table.

    Raises:
        ValueError: if the columns differ in length.
    """
    lengths = {heading: len(cells) for heading, cells in columns.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"The columns of a table must have one length, these differ: {lengths}.")
    lines = ["| " + " | ".join(columns) + " |", "|" + " ---: |" * len(columns)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in zip(*columns.values(), strict=True)]
    display(Markdown("\n".join(lines) + (f"\n\n*{caption}*" if caption else "")))


# ---- parts that several figures draw ----


def with_minus(text):
    """Return a written number with a true minus sign."""
    return text.replace("-", "−")


def line_looks():
    """Yield a colour and a line style for one line after the other, without end; 25 lines differ from one another.

    Nobody tells so many apart, but who adds a sixth rate to a list shall see what it does.
    """
    many = len(LINE_LOOKS)
    for k in itertools.count():
        style = LINE_LOOKS[(k + k // many) % many]["linestyle"]
        yield {"color": LINE_LOOKS[k % many]["color"], "linestyle": style}


def check_distinct(kind, count, most):
    """Refuse more classes or groups than a reader can tell apart."""
    if count > most:
        raise ValueError(f"{count} {kind} are too many to tell apart: draw at most {most} in one figure.")


def label_outer(axes, xlabel, ylabel):
    """Name the axes of a grid of panels at its lower and its left edge."""
    for ax in axes[-1]:
        ax.set_xlabel(xlabel)
    for ax in axes[:, 0]:
        ax.set_ylabel(ylabel)


def legend(ax, handles=None, *, place="below", ncols=1):
    """Draw one legend for a figure, outside of its panels; in axes that are not the figure's only ones, inside them.

    Args:
        ax: axes of the figure.
        handles: what it names; by default every artist with a label.
        place: a key of ``LEGEND_PLACES``.
        ncols: how many names stand side by side.
    """
    handles = ax.get_legend_handles_labels()[0] if handles is None else handles
    fig = ax.figure
    if isinstance(fig, Sheet) and not fig.shared:
        fig.legend(handles=handles, loc=LEGEND_PLACES[place], ncols=ncols)
    else:
        ax.legend(handles=handles)


def arrow(ax, start, end, **look):
    """Draw an arrow from point to point, in the units of the axes."""
    usual = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=usual | look)


def frame(ax, points, margin=0.35):
    """Set the limits of the axes with room around the points, a share ``margin`` of their spread.

    Corners of a logic gate get the ticks 0 and 1 only: nothing lies between them.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    room = margin * (high - low)
    ax.set(xlim=(low[0] - room[0], high[0] + room[0]), ylim=(low[1] - room[1], high[1] + room[1]))
    if set(np.unique(points)) <= {0.0, 1.0}:
        ax.set(xticks=(0, 1), yticks=(0, 1))


def draw_classes(ax, points, labels, class_names=None):
    """Draw points of up to three classes 0, 1, 2; returns a dict from label to artist."""
    names = class_names or [f"class {label}" for label in range(len(CLASS_LOOKS))]
    return {
        label: ax.scatter(
            *points[labels == label].T,
            s=60,
            edgecolors="white",
            linewidths=0.8,
            zorder=3,
            label=names[label],
            **CLASS_LOOKS[label],
        )
        for label in np.unique(labels)
    }


def draw_stars(ax, points):
    """Draw a star at each place; returns a dict from name to line."""
    lines = {}
    for number, (name, (x, y)) in enumerate(points.items()):
        look = {"marker": "*", "markersize": 16, "linestyle": "none", "markeredgecolor": BLACK, "zorder": 6}
        (lines[name],) = ax.plot([x], [y], label=name, **look, **STARS[number % len(STARS)])
    return lines


def of_panel(given, title):
    """Return what belongs to one panel: an entry of a dict by titles, or what all panels share."""
    return given[title] if isinstance(given, dict) else given


def legend_of_classes(ax, panels_of_classes, more=()):
    """Draw below the figure one legend for the classes of all panels, each class once, and for more artists."""
    seen = {label: artist for classes in panels_of_classes for label, artist in classes.items()}
    legend(ax, [*(seen[label] for label in sorted(seen)), *more], ncols=len(seen) + len(more))


def shade(ax, score, threshold):
    """Tint where a score of the plane is above a threshold; at the threshold itself there is no tint.

    Args:
        ax: axes with their limits set.
        score: function of an array of shape (m, 2) that returns m numbers.
        threshold: the height from which on, itself left out, the plane is tinted.

    Returns:
        The tint, and the grid that the score was measured on: what lies across, what lies up, and the scores.
    """
    across, up = np.meshgrid(np.linspace(*ax.get_xlim(), 201), np.linspace(*ax.get_ylim(), 201))
    with np.errstate(all="ignore"):  # weights may have grown beyond all numbers
        found = np.asarray(score(np.column_stack([across.ravel(), up.ravel()])), float).reshape(across.shape)
    found = np.clip(np.nan_to_num(found, nan=threshold), -HIGHEST, HIGHEST)
    # Matplotlib counts the lowest level itself to the band, so it begins just above the threshold. The upper level lies
    # above every score, so that the tint has one edge only.
    levels = [np.nextafter(threshold, np.inf), max(found.max(), threshold) + 1]
    tint = ax.contourf(across, up, found, levels=levels, colors=[ORANGE], alpha=0.14, zorder=0)
    return tint, (across, up, found)


def write_numbers(ax, values, fmt, middle, **look):
    """Write every number into its pixel, dark on bright and bright on dark.

    Args:
        ax: axes that show ``values`` as a picture.
        values: array of shape (rows, columns); a missing number (NaN) gets no text.
        fmt: a format such as ".0f".
        middle: from this number on a pixel is bright.
        **look: what ``Axes.text`` takes.

    Returns:
        An array of texts, or of None where a number is missing, of the shape of ``values``.
    """
    texts = np.full(values.shape, None, dtype=object)
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            color = "black" if value > middle else "white"
            text = with_minus(f"{value:{fmt}}")
            texts[row, column] = ax.text(column, row, text, ha="center", va="center", color=color, **look)
    return texts
