"""Figures of data and of repeated measurements: how values are spread, and how far a number can be trusted."""

import matplotlib.pyplot as plt
import numpy as np

from .base import BLACK, BLUE, CLASS_LOOKS, LINE_LOOKS, STYLE, Drawn, show

MOST_TICKS = 10  # up to here every x of a logarithmic axis has its own number


def histograms(values, alt, columns=4, bins=20, xlabels=None):
    """Draw a histogram for each group of values, side by side.

    Args:
        values: dict from the name of a panel to an array of numbers.
        alt: description of the figure.
        columns: panels in a row.
        bins: how many bins each panel has.
        xlabels: dict from a panel's name to the text below it, its unit say; None for no texts.

    Returns:
        The :class:`Drawn` artists: for each name the outline of its bins.

    Raises:
        ValueError: if there is nothing to draw, or if a group holds a value that is not finite.
    """
    if not values:
        raise ValueError("There is nothing to draw: pass a dict with at least one array of numbers.")
    for name, numbers in values.items():
        if not (np.size(numbers) and np.all(np.isfinite(numbers))):
            raise ValueError(f"The values of {name!r} must be finite numbers, at least one: leave out gaps first.")
    columns = min(columns, len(values))
    rows = -(-len(values) // columns)
    with plt.rc_context(STYLE):
        fig, axes = plt.subplots(rows, columns, figsize=(2.9 * columns, 2.3 * rows), squeeze=False)
        drawn = {}
        for ax, (name, numbers) in zip(axes.flat, values.items(), strict=False):
            counts, edges = np.histogram(np.asarray(numbers, float), bins=bins)
            drawn[name] = ax.stairs(counts, edges, fill=True, color=BLUE)
            ax.set(title=name)
            ax.set_xlabel((xlabels or {}).get(name, ""), parse_math=False)  # a unit may hold two dollar signs
            ax.grid(visible=False, axis="x")
        for ax in axes.flat[len(values) :]:
            ax.set_axis_off()
        for ax in axes[:, 0]:
            ax.set_ylabel("count")
        show(fig, alt)
    return Drawn(drawn)


def scatter(x, y, alt, xlabel="", ylabel="", groups=None, diagonal=False, marks=()):
    """Draw one point for each pair of numbers.

    Args:
        x, y: arrays of shape (n,).
        alt: description of the figure.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        groups: for each point the name of its group, which gives it a colour and a marker; None for one group.
        diagonal: whether to draw the line y = x.
        marks: pairs ``(index, text)`` of points that are labelled.

    Returns:
        The :class:`Drawn` artists: "points", a dict from group to its points; "diagonal", a line or None; "marks",
        texts.

    Raises:
        ValueError: if the arrays differ in length, or if there are more groups than can be told apart.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    groups = np.full(len(x), "") if groups is None else np.asarray(groups, str)
    if not len(x) == len(y) == len(groups):
        raise ValueError(f"x, y and groups need one length; here they have {len(x)}, {len(y)} and {len(groups)}.")
    names = list(dict.fromkeys(groups.tolist()))
    if len(names) > len(CLASS_LOOKS):
        raise ValueError(f"{len(names)} groups are too many to tell apart: draw at most {len(CLASS_LOOKS)}.")
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 4.6))
        points = {
            name: ax.scatter(
                x[groups == name], y[groups == name], s=30, alpha=0.7, linewidth=0, label=name or None, **look
            )
            for name, look in zip(names, CLASS_LOOKS, strict=False)
        }
        line = ax.axline((x.min(), x.min()), slope=1, color=BLACK, linestyle="--", linewidth=1.5) if diagonal else None
        texts = [
            ax.annotate(text, (x[index], y[index]), xytext=(6, 4), textcoords="offset points", fontsize=11)
            for index, text in marks
        ]
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if names != [""]:
            fig.legend(loc="outside right upper")
        show(fig, alt)
    return Drawn(points=points, diagonal=line, marks=texts)


def intervals(names, centres, lows, highs, alt, xlabel="", reference=None):
    """Draw one row for each name: a dot for a number, and a bar for where it may lie.

    Args:
        names: text beside each row, from the top.
        centres: array of shape (n,), where the dots are.
        lows, highs: arrays of shape (n,), the ends of the bars.
        alt: description of the figure.
        xlabel: name of the horizontal axis.
        reference: ``(value, text)`` of a dashed vertical line, or None.

    Returns:
        The :class:`Drawn` artists: "dots", a collection; "bars", a dict from name to line; "reference", a line or
        None.

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
    rows = np.arange(len(names))
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 1.3 + 0.42 * len(names)))
        bars = {
            name: ax.plot(pair, [row, row], color=BLUE, linewidth=5, alpha=0.45, label=name, solid_capstyle="butt")[0]
            for name, row, pair in zip(names, rows, ends.T, strict=True)
        }
        dots = ax.scatter(centres, rows, color=BLUE, s=52, zorder=3)
        line = None
        if reference is not None:
            line = ax.axvline(reference[0], color=BLACK, linestyle="--", linewidth=1.5)
            ax.annotate(
                reference[1],
                (reference[0], 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                fontsize=11,
            )
        ax.set_yticks(rows, names)
        ax.set(xlabel=xlabel, ylim=(len(names) - 0.5, -0.5))
        ax.grid(visible=False, axis="y")
        show(fig, alt)
    return Drawn(dots=dots, bars=bars, reference=line)


def bands(x, runs, alt, xlabel="", ylabel="", marks=None, logarithmic=""):
    """Draw for each name the median curve of repeated runs, and shade the range from the lowest to the highest.

    Args:
        x: array of shape (n,).
        runs: dict from a name to an array of shape (runs, n).
        alt: description of the figure.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        marks: dict from a name to a height, drawn as a dashed line across with its name at its right end.
        logarithmic: which axes are logarithmic, "", "x", "y" or "xy".

    Returns:
        The :class:`Drawn` artists: "curves" and "bands", dicts from name to line and to shaded area; "marks", a dict
        from name to line.

    Raises:
        ValueError: if there are more curves than can be told apart, or the runs have another length than x.
    """
    if len(runs) > len(LINE_LOOKS):
        raise ValueError(f"{len(runs)} curves are too many to tell apart: draw at most {len(LINE_LOOKS)}.")
    runs = {name: np.atleast_2d(np.asarray(values, float)) for name, values in runs.items()}
    for name, values in runs.items():
        if values.shape[1] != len(x):
            raise ValueError(f"The runs of {name!r} have {values.shape[1]} numbers each, but x has {len(x)}.")
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 3.9))
        curves, areas = {}, {}
        for (name, values), look in zip(runs.items(), LINE_LOOKS, strict=False):
            areas[name] = ax.fill_between(
                x, values.min(axis=0), values.max(axis=0), color=look["color"], alpha=0.2, linewidth=0, label=f"_{name}"
            )
            (curves[name],) = ax.plot(x, np.median(values, axis=0), label=name, **look)
        lines = {name: _named_height(ax, name, height) for name, height in (marks or {}).items()}
        for axis in logarithmic:
            getattr(ax, f"set_{axis}scale")("log")
        if "x" in logarithmic and len(x) <= MOST_TICKS:
            ax.set_xticks(x, [f"{value:g}" for value in x])
            ax.minorticks_off()
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if len(curves) > 1:
            fig.legend(loc="outside right upper")
        show(fig, alt)
    return Drawn(curves=curves, bands=areas, marks=lines)


def _named_height(ax, name, height):
    """Draw a dashed line across with its name at the right end; returns the line."""
    line = ax.axhline(height, color=BLACK, linestyle=(0, (4, 3)), linewidth=1.1)
    ax.annotate(
        name,
        (0.995, height),
        xycoords=("axes fraction", "data"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=11,
    )
    return line
