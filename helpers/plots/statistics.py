"""Figures of data and of repeated measurements: how values are spread, and how far a number can be trusted."""

import numpy as np

from . import descriptions, folded
from .base import (
    BLACK,
    BLUE,
    CLASS_LOOKS,
    ORANGE,
    Drawn,
    check_distinct,
    legend,
    of_panel,
    one_panel,
    panels,
    rows_and_columns,
    say,
)

BINS = 20


def histograms(values, *, xlabel="", caption=""):
    """Draw a histogram of 20 bins for each group of values, side by side.

    Args:
        values: dict from the title of a panel to an array of numbers.
        xlabel: the text below all panels, or a dict from a panel's title to its own, the unit say.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: for each title the outline of its bins.

    Raises:
        ValueError: if there is nothing to draw, or if a group holds a value that is not finite.
    """
    if not values:
        raise ValueError("There is nothing to draw: pass a dict with at least one array of numbers.")
    for name, numbers in values.items():
        if not (np.size(numbers) and np.all(np.isfinite(numbers))):
            raise ValueError(f"The values of {name!r} must be finite numbers, at least one: leave out gaps first.")
    nrows, ncols = rows_and_columns(len(values), most=4)
    drawn = Drawn()
    with panels(len(values), None, (nrows, ncols), (2.9 * ncols, 2.3 * nrows), caption=caption) as axes:
        for ax, (name, numbers) in zip(axes.flat, values.items(), strict=False):
            counts, edges = np.histogram(np.asarray(numbers, float), bins=BINS)
            drawn[name] = ax.stairs(counts, edges, fill=True, color=BLUE)
            ax.set(title=name)
            ax.set_xlabel(of_panel(xlabel, name), parse_math=False)  # a unit may hold two dollar signs
            ax.grid(visible=False, axis="x")
        for ax in axes[:, 0]:
            ax.set_ylabel("count")
        told = (values, xlabel)
        say(axes[0, 0], descriptions.histograms(*told), folded.histograms(*told))
    return drawn


def scatter(
    x,
    y,
    *,
    groups=None,
    diagonal="",
    annotate=None,
    xlabel="",
    ylabel="",
    xscale="linear",
    yscale="linear",
    caption="",
    ax=None,
):
    """Draw one point for each pair of numbers.

    Args:
        x, y: arrays of shape (n,).
        groups: for each point the name of its group, which gives it a colour and a marker; None for one group.
        diagonal: what the line y = x means, written beside it; "" for no such line.
        annotate: dict from a point's index to the text beside it.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        xscale, yscale: "linear" or "log".
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "points", a dict from group to its points; "diagonal", a line or None;
        "annotations", texts.

    Raises:
        ValueError: if the arrays differ in length, there are more groups than can be told apart, or a number on a
            logarithmic axis is not positive.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    groups = np.full(len(x), "") if groups is None else np.asarray(groups, str)
    if not len(x) == len(y) == len(groups):
        raise ValueError(f"x, y and groups need one length; here they have {len(x)}, {len(y)} and {len(groups)}.")
    names = list(dict.fromkeys(groups.tolist()))
    check_distinct("groups", len(names), len(CLASS_LOOKS))
    for values, scale in ((x, xscale), (y, yscale)):
        if scale == "log" and values.min() <= 0:
            raise ValueError("A logarithmic axis shows positive numbers only: leave out what is 0 or below.")
    points = {}
    with one_panel(ax, (8, 4.6), caption=caption) as ax:
        for name, look in zip(names, CLASS_LOOKS, strict=False):
            own = groups == name
            points[name] = ax.scatter(x[own], y[own], s=30, alpha=0.7, linewidth=0, label=name or None, **look)
        ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
        line = _draw_diagonal(ax, x, y, diagonal) if diagonal else None
        beside = {"xytext": (6, 4), "textcoords": "offset points", "fontsize": 11}
        texts = [ax.annotate(text, (x[index], y[index]), **beside) for index, text in (annotate or {}).items()]
        if names != [""]:
            legend(ax, list(points.values()), place="right")
        groups = None if names == [""] else groups
        sentence = descriptions.scatter(x, y, groups, bool(diagonal), annotate, xlabel, ylabel)
        say(ax, sentence, folded.scatter(x, y, groups, annotate, xlabel, ylabel))
    return Drawn(points=points, diagonal=line, annotations=texts)


def _draw_diagonal(ax, x, y, meaning):
    """Draw the line on which x and y are equal, with its meaning beside its upper end; returns the line."""
    low, high = max(x.min(), y.min()), max(x.max(), y.max())
    if low == high:
        low, high = low / 2, high * 2 + 1
    line = ax.axline((low, low), (high, high), color=BLACK, linestyle="--", linewidth=1.5)
    place = {"xytext": (-8, 4), "textcoords": "offset points", "ha": "right", "va": "bottom"}
    ax.annotate(meaning, (high, high), fontsize=11, **place)
    return line


def intervals(names, centres, lows, highs, *, xlabel="", vlines=None, caption="", ax=None):
    """Draw one row for each name: a dot for a number, and a bar for where it may lie.

    Args:
        names: text beside each row, from the top.
        centres: array of shape (n,), where the dots are.
        lows, highs: arrays of shape (n,), the ends of the bars.
        xlabel: name of the horizontal axis.
        vlines: dict from a name to a place, drawn as a dashed line upwards.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "dots", a collection; "bars" and "vlines", dicts from name to line.

    Raises:
        ValueError: if the arrays differ in length, two rows have one name, or an end lies on the wrong side.
    """
    names, ends = [str(name) for name in names], np.array([lows, highs], float)
    centres = np.asarray(centres, float)
    if not len(names) == len(centres) == ends.shape[1] or len(set(names)) != len(names):
        raise ValueError("Each row needs a name of its own, a centre, a low and a high end.")
    if np.any(ends[0] > centres) or np.any(centres > ends[1]):
        raise ValueError(
            "A centre lies outside its bar: each low end may be at most, each high end at least the centre."
        )
    bars, lines = {}, {}
    with one_panel(ax, (8, 1.3 + 0.42 * len(names)), caption=caption) as ax:
        for row, (name, pair) in enumerate(zip(names, ends.T, strict=True)):
            look = {"color": BLUE, "linewidth": 5, "alpha": 0.45, "solid_capstyle": "butt"}
            (bars[name],) = ax.plot(pair, [row, row], label=name, **look)
        dots = ax.scatter(centres, range(len(names)), color=BLUE, s=52, zorder=3)
        for name, place in (vlines or {}).items():
            lines[name] = ax.axvline(place, color=BLACK, linestyle="--", linewidth=1.5)
            above = {"xycoords": ("data", "axes fraction"), "xytext": (0, 4), "textcoords": "offset points"}
            ax.annotate(name, (place, 1), ha="center", fontsize=11, **above)
        ax.set_yticks(range(len(names)), names)
        ax.set(xlabel=xlabel, ylim=(len(names) - 0.5, -0.5))
        ax.grid(visible=False, axis="y")
        told = (names, centres, *ends, xlabel, vlines)
        say(ax, descriptions.intervals(*told), folded.intervals(*told))
    return Drawn(dots=dots, bars=bars, vlines=lines)


def dots(values, *, xlabel="", vlines=None, caption="", ax=None):
    """Draw one row for each name with a dot for every number, and a short line upwards at their mean.

    Args:
        values: dict from the name of a row, from the top, to an array of numbers: of repeated runs, say.
        xlabel: name of the horizontal axis.
        vlines: dict from a name to a place, drawn as a dashed line upwards.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "dots", a dict from name to a collection; "means" and "vlines", dicts from name to
        line.

    Raises:
        ValueError: if there is nothing to draw, or a row holds no number or one that is not finite.
    """
    if not values:
        raise ValueError("There is nothing to draw: pass a dict with at least one array of numbers.")
    values = {str(name): np.atleast_1d(np.asarray(numbers, float)) for name, numbers in values.items()}
    for name, numbers in values.items():
        if not (numbers.size and np.all(np.isfinite(numbers))):
            raise ValueError(f"The row {name!r} needs finite numbers, at least one.")
    drawn, means, lines = {}, {}, {}
    with one_panel(ax, (8, 1.3 + 0.36 * len(values)), caption=caption) as ax:
        for row, (name, numbers) in enumerate(values.items()):
            look = {"color": BLUE, "s": 46, "alpha": 0.6, "linewidth": 0}
            drawn[name] = ax.scatter(numbers, np.full(numbers.size, row), label=name, **look)
            mean = numbers.mean()
            (means[name],) = ax.plot([mean, mean], [row - 0.32, row + 0.32], color=ORANGE, linewidth=2.5, zorder=3)
        for name, place in (vlines or {}).items():
            lines[name] = ax.axvline(place, color=BLACK, linestyle="--", linewidth=1.5, zorder=1)
            above = {"xycoords": ("data", "axes fraction"), "xytext": (0, 4), "textcoords": "offset points"}
            ax.annotate(name, (place, 1), ha="center", fontsize=11, **above)
        ax.set_yticks(range(len(values)), list(values))
        ax.set(xlabel=xlabel, ylim=(len(values) - 0.5, -0.5))
        told = (values, xlabel, vlines)
        say(ax, descriptions.dots(*told), folded.dots(*told))
    return Drawn(dots=drawn, means=means, vlines=lines)
