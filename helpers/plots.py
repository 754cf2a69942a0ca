"""Every figure of the course, in one style.

Each function takes arrays, shows its figure with a description in words (as alt text and as a caption), and
returns the artists that hold the data. Colours come from the palette of Okabe and Ito (2008), which readers
with any kind of colour vision can tell apart; markers, line styles and labels repeat what colour says.
"""

import io
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image, Markdown, display
from PIL import Image as Picture

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


class Drawn(dict):
    """The artists of a figure, by name. It shows nothing when it ends a cell: the figure has been shown already."""

    def _ipython_display_(self):
        """Tell IPython that there is nothing left to display."""


def show(fig, alt):
    """Show a figure with a description in words, and close it.

    Args:
        fig: a Matplotlib figure.
        alt: what the figure shows and what it is meant to tell, in one or two sentences. It becomes the
            alt text that screen readers speak, and the caption below.

    Raises:
        ValueError: if the description is empty.
    """
    if not alt.strip():
        raise ValueError("A figure needs a description in words: pass alt='what it shows and what it tells'.")
    display(Image(png(fig)), metadata={"image/png": {"alt": alt}})
    plt.close(fig)
    display(Markdown(f"*Figure: {alt}*"))


def png(fig):
    """Return a figure as the bytes of a PNG file with a palette of 256 colours.

    That is a third of the size of full colour and looks the same; a notebook with twelve figures stays small.
    """
    full, small = io.BytesIO(), io.BytesIO()
    fig.savefig(full, format="png", bbox_inches="tight")
    picture = Picture.open(full).convert("RGB").quantize(256, dither=Picture.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


def table(columns, caption=""):
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


def sliders(draw, **ranges):
    """Show sliders, and below them what ``draw`` shows for their values.

    Args:
        draw: a function that shows a figure; its parameters are the sliders' values.
        **ranges: for each parameter ``(minimum, maximum, start)``.
    """
    import ipywidgets  # noqa: PLC0415 - only notebooks with sliders need it

    controls = {
        name: ipywidgets.FloatSlider(
            value=start,
            min=low,
            max=high,
            step=(high - low) / 40,
            description=name.replace("_", " "),
            continuous_update=False,
            readout_format=".2f",
        )
        for name, (low, high, start) in ranges.items()
    }
    picture = ipywidgets.interactive_output(draw, controls)
    display(ipywidgets.VBox([*controls.values(), picture]))


def neuron(weights, bias, alt, inputs=None, output="ŷ"):
    """Draw an artificial neuron: inputs, weighted arrows, the sum, the step, the output.

    Args:
        weights: the weight of each input, from top to bottom.
        bias: the number added to the sum.
        alt: description of the figure.
        inputs: names of the inputs, by default x₁, x₂ and so on.
        output: name of the output.

    Returns:
        The :class:`Drawn` artists: "weights", a list of texts, and "bias", a text.
    """
    inputs = inputs or [f"x{chr(ord('₁') + index)}" for index in range(len(weights))]
    middle = (len(inputs) - 1) / 2
    rim, step_rim = 0.33, 0.5
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 0.9 * len(inputs) + 0.7))
        ax.set(xlim=(-0.6, 7.4), ylim=(-0.75, len(inputs) - 0.4), aspect="equal")
        ax.axis("off")
        labels = []
        for row, (name, weight) in enumerate(zip(inputs, weights, strict=True)):
            y = len(inputs) - 1 - row
            # The arrow ends on the rim of the circle, coming from its input.
            direction = np.array([3.2, middle - y]) / np.hypot(3.2, middle - y)
            ax.text(-0.1, y, name, ha="right", va="center")
            _arrow(ax, (0, y), np.array([3.2, middle]) - rim * direction)
            labels.append(ax.text(1.1, y + (middle - y) * 1.1 / 3.2, _signed(weight), ha="center", va="center"))
            labels[-1].set_bbox({"boxstyle": "round", "fc": "white", "ec": BLUE if weight > 0 else ORANGE})
        for x, radius, symbol in ((3.2, rim, "Σ"), (5.2, step_rim, "step")):
            ax.add_patch(plt.Circle((x, middle), radius, facecolor="#F2F2F2", edgecolor=BLACK, linewidth=1.8))
            ax.text(x, middle, symbol, ha="center", va="center", fontsize=15)
        below = ax.text(3.2, middle - 1.05, f"bias {_signed(bias)}", ha="center", va="center")
        _arrow(ax, (3.2, middle - 0.87), (3.2, middle - rim))
        _arrow(ax, (3.2 + rim, middle), (5.2 - step_rim, middle))
        ax.text(4.15, middle + 0.12, "z", ha="center", va="bottom")
        _arrow(ax, (5.2 + step_rim, middle), (6.7, middle))
        ax.text(6.85, middle, output, va="center", fontsize=15)
        show(fig, alt)
    return Drawn(weights=labels, bias=below)


def _arrow(ax, start, end):
    """Draw an arrow between two points of the axes."""
    ax.annotate(
        "", end, start, arrowprops={"arrowstyle": "-|>", "color": "#555555", "lw": 1.8, "shrinkA": 0, "shrinkB": 0}
    )


def _signed(number):
    """Return a number with its sign, a real minus included."""
    return f"{number:+g}".replace("-", "−")


def bars(labels, heights, threshold, alt, xlabel="", ylabel=""):
    """Draw one bar for each label and a threshold across; bars above it are filled.

    Args:
        labels: text under each bar.
        heights: array of the bars' heights, same length.
        threshold: height of the dashed line.
        alt: description of the figure.
        xlabel: text below the labels.
        ylabel: text beside the heights.

    Returns:
        The :class:`Drawn` artists: "bars", a bar container.
    """
    heights = np.asarray(heights, float)
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 3.8))
        above = heights > threshold
        drawn = ax.bar(
            labels,
            heights,
            color=np.where(above, BLUE, "white"),
            edgecolor=np.where(above, BLUE, ORANGE),
            linewidth=2,
            hatch=["" if high else "//" for high in above],
        )
        ax.axhline(threshold, color=BLACK, linestyle="--")
        ax.margins(y=0.15)
        ax.bar_label(drawn, labels=[f"{height:g}".replace("-", "−") for height in heights], padding=3)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        show(fig, alt)
    return Drawn(bars=drawn)


def _scatter(ax, points, labels, names=None):
    """Draw points of two or more classes; returns one artist for each class."""
    names = names or {}
    return [
        ax.scatter(
            *points[labels == label].T,
            s=60,
            edgecolors="white",
            linewidths=0.8,
            zorder=3,
            label=names.get(label, f"class {label}"),
            **CLASS_LOOKS[index],
        )
        for index, label in enumerate(np.unique(labels))
    ]


def _line(ax, weights, bias, **look):
    """Draw where ``weights @ x + bias`` is 0; returns the artist, or None when there is no such line."""
    w_1, w_2 = weights
    if w_1 == 0 and w_2 == 0:
        return None
    if abs(w_2) > abs(w_1):
        return ax.axline((0, -bias / w_2), slope=-w_1 / w_2, **look)
    start = (-bias / w_1, 0)
    return ax.axline(start, (start[0] - w_2 / w_1, 1), **look)


def _shade(ax, weights, bias):
    """Tint the side of the line on which the neuron fires; returns the tinted area."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    x_1, x_2 = np.meshgrid(np.linspace(left, right, 300), np.linspace(low, high, 300))
    z = weights[0] * x_1 + weights[1] * x_2 + bias
    return ax.contourf(x_1, x_2, z > 0, levels=[0.5, 1.5], colors=[ORANGE], alpha=0.14, zorder=0)


def _frame(points, margin=0.35):
    """Return x and y limits with room around the points, a share ``margin`` of their spread."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = margin * (high - low)
    return (low[0] - room[0], high[0] + room[0]), (low[1] - room[1], high[1] + room[1])


class Panel(NamedTuple):
    """The artists of one panel of :func:`decision`.

    Attributes:
        line: where the weighted sum is 0, or None where there is no such line.
        classes: one collection of points for each class.
        tint: the area where the neuron fires.
    """

    line: object
    classes: list
    tint: object


def decision(points, labels, panels, alt, names=None, xlabel="x₁", ylabel="x₂"):
    """Draw points of two classes, and in each panel one neuron's line and the side on which it fires.

    Args:
        points: array of shape (n, 2).
        labels: array of n labels 0 or 1; or a list of such arrays, one for each panel.
        panels: dict from title to ``(weights, bias)``, weights of shape (2,). A neuron with both weights
            0 has no line; its panel is tinted as a whole if it fires.
        alt: description of the figure.
        names: dict from label to the name of that class.
        xlabel: name of the first input.
        ylabel: name of the second input.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Panel`.
    """
    points = np.asarray(points, float)
    each = labels if isinstance(labels, list) else [labels] * len(panels)
    artists = Drawn()
    limits = _frame(points)
    corners = set(np.unique(points)) <= {0.0, 1.0}
    with plt.rc_context(STYLE):
        columns = min(len(panels), 3)
        rows = -(-len(panels) // columns)
        width = 5.2 if columns == 1 else 3.4 * columns
        fig, axes = plt.subplots(rows, columns, figsize=(width, 3.5 * rows), squeeze=False, sharex=True, sharey=True)
        for ax, (title, (weights, bias)), own in zip(axes.flat, panels.items(), each, strict=False):
            ax.set(xlim=limits[0], ylim=limits[1], title=title)
            if corners:  # logic gates: nothing lies between 0 and 1
                ax.set(xticks=(0, 1), yticks=(0, 1))
            ax.grid(visible=False)
            tint = _shade(ax, weights, bias)
            classes = _scatter(ax, points, np.asarray(own), names)
            artists[title] = Panel(_line(ax, weights, bias, color=BLACK, zorder=2), classes, tint)
        for ax in axes.flat[len(panels) :]:
            ax.axis("off")
        for ax in axes[-1]:
            ax.set_xlabel(xlabel)
        for ax in axes[:, 0]:
            ax.set_ylabel(ylabel)
        fig.legend(handles=classes, loc="outside lower center", ncols=len(classes))
        show(fig, alt)
    return artists


def curves(x, ys, alt, xlabel="", ylabel="", wide=()):
    """Draw one curve for each entry of ``ys`` over the same ``x``.

    Args:
        x: array of shape (n,).
        ys: dict from the curve's name to an array of shape (n,).
        alt: description of the figure.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        wide: names of curves drawn as a broad pale band, on which a second curve can be seen to lie.

    Returns:
        The :class:`Drawn` artists: for each name a line.
    """
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 3.8))
        lines = {
            name: ax.plot(x, y, label=name, **look)[0] for (name, y), look in zip(ys.items(), LINE_LOOKS, strict=False)
        }
        for name in wide:
            lines[name].set(linewidth=9, alpha=0.35, solid_capstyle="butt")
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if len(ys) > 1:
            fig.legend(loc="outside right upper")
        show(fig, alt)
    return Drawn(lines)


def activations(z, functions, derivatives, alt):
    """Draw activation functions in a row, each with its derivative below.

    Args:
        z: array of shape (n,), the weighted sums.
        functions: dict from name to the array of values at ``z``.
        derivatives: dict with the same names, the derivatives at ``z``.
        alt: description of the figure.

    Returns:
        The :class:`Drawn` artists: for each name the pair of lines (function, derivative).
    """
    lines = Drawn()
    with plt.rc_context(STYLE | {"font.size": 11, "axes.titlesize": 13}):
        fig, axes = plt.subplots(2, len(functions), figsize=(2.3 * len(functions), 4.4), sharex=True, sharey="row")
        for (top, below), name in zip(axes.T, functions, strict=True):
            lines[name] = (
                top.plot(z, functions[name], **LINE_LOOKS[0])[0],
                below.plot(z, derivatives[name], **LINE_LOOKS[1])[0],
            )
            top.set(title=name, ylim=(-1.35, 3.2))
            below.set(xlabel="z", ylim=(-0.1, 1.15))
        axes[0, 0].set_ylabel("a = g(z)")
        axes[1, 0].set_ylabel("derivative g′(z)")
        show(fig, alt)
    return lines


def scatter_below(bounds, values, alt, xlabel="", ylabel=""):
    """Draw values against their upper bounds on logarithmic axes, with the line where both are equal.

    Args:
        bounds: array of shape (n,), positive.
        values: array of shape (n,), positive.
        alt: description of the figure.
        xlabel: name of the bound.
        ylabel: name of the value.

    Returns:
        The :class:`Drawn` artists: "points", a collection.

    Raises:
        ValueError: if a bound or a value is not positive.
    """
    if min(*bounds, *values) <= 0:
        raise ValueError("A logarithmic axis shows positive numbers only: leave out bounds and values of 0 or below.")
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(7, 4))
        drawn = ax.scatter(bounds, values, color=BLUE, s=36, zorder=3)
        ax.set(xscale="log", yscale="log", xlabel=xlabel, ylabel=ylabel)
        ax.axline((1, 1), (10, 10), color=BLACK, linestyle="--", linewidth=1.5)
        edge = max(*bounds, *values)
        ax.set(xlim=(min(bounds) / 2, edge * 2), ylim=(min(1, *values) / 1.5, edge * 2))
        ax.annotate(
            "as large as the bound",
            (edge / 3, edge / 3),
            ha="right",
            va="bottom",
            xytext=(-8, 4),
            textcoords="offset points",
        )
        show(fig, alt)
    return Drawn(points=drawn)


def course_map(groups, alt):
    """Draw the course as a row of stations, one for each group, with its notebooks below.

    Args:
        groups: dict from a group's name to the list of its notebooks' names, in the order of the course.
        alt: description of the figure.

    Returns:
        The :class:`Drawn` artists: "notebooks", a list of texts.
    """
    looks = (BLUE, ORANGE, GREEN, PINK, SKY, BLACK)
    texts = []
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(10.4, 0.45 * max(map(len, groups.values())) + 1.0))
        ax.axis("off")
        ax.set(xlim=(-0.5, len(groups) - 0.5), ylim=(-max(map(len, groups.values())) - 0.2, 1))
        ax.annotate(
            "",
            (len(groups) - 0.5, 0.42),
            (-0.5, 0.42),
            arrowprops={"arrowstyle": "-|>", "lw": 2, "color": "#555555"},
        )
        for column, (name, notebooks) in enumerate(groups.items()):
            color = looks[column % len(looks)]
            ax.text(
                column,
                0.42,
                name,
                ha="center",
                va="center",
                fontsize=12,
                fontweight="bold",
                bbox={"boxstyle": "round,pad=0.4", "fc": "white", "ec": color, "lw": 2.5},
            )
            texts += [
                ax.text(column, -0.6 - row, notebook, ha="center", va="center", fontsize=10)
                for row, notebook in enumerate(notebooks)
            ]
        show(fig, alt)
    return Drawn(notebooks=texts)


def timeline(events, alt):
    """Draw events along a line of years.

    Args:
        events: list of ``(year, text, level)``; the level places the text above (positive) or below the line.
        alt: description of the figure.

    Returns:
        The :class:`Drawn` artists: "years", the line of markers.
    """
    years = [year for year, _, _ in events]
    levels = [level for _, _, level in events]
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(9.6, 4.2))
        ax.vlines(years, 0, levels, color="#AAAAAA", linewidth=1.2)
        ax.axhline(0, color=BLACK, linewidth=1.5)
        (marks,) = ax.plot(years, np.zeros(len(years)), "o", color=BLUE)
        for year, text, level in events:
            ax.text(
                year,
                level,
                f"{year}\n{text}",
                ha="center",
                va="bottom" if level > 0 else "top",
                fontsize=10.5,
                bbox={"fc": "white", "ec": "none", "pad": 1},
            )
        ax.set(xlim=(min(years) - 8, max(years) + 8), ylim=(min(levels) - 1.3, max(levels) + 1.3))
        ax.axis("off")
        show(fig, alt)
    return Drawn(years=marks)
