"""Figures of a search: costs and times that change by factors, so that only a logarithmic axis can hold them."""

import matplotlib.pyplot as plt
import numpy as np

from .base import BLACK, LINE_LOOKS, STYLE, Drawn, show

MOST_MARKERS = 12  # a curve of more points is a line


def log_curves(curves, alt, xlabel="", ylabel="", marks=None, logarithmic="y"):
    """Draw curves on logarithmic axes, each with its own x, and name some heights.

    Args:
        curves: dict from a curve's name to ``(x, y)``, two arrays of one length. Up to twelve points are marked one
            by one.
        alt: description of the figure.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        marks: dict from a name to a height, drawn as a dashed line across with its name at its left end.
        logarithmic: which axes are logarithmic, "x", "y" or "xy".

    Returns:
        The :class:`Drawn` artists: "curves" and "marks", dicts from name to line.

    Raises:
        ValueError: if there are more curves than can be told apart, or a number on a logarithmic axis is not positive.
    """
    if len(curves) > len(LINE_LOOKS):
        raise ValueError(f"{len(curves)} curves are too many to tell apart: draw at most {len(LINE_LOOKS)}.")
    for name, points in curves.items():
        for axis, values in zip("xy", points, strict=True):
            if axis in logarithmic and np.min(values) <= 0:
                raise ValueError(
                    f"The curve {name!r} has a {axis} of 0 or below, which a logarithmic axis cannot show."
                )
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 3.9))
        lines = {}
        for (name, (x, y)), look in zip(curves.items(), LINE_LOOKS, strict=False):
            marker = "o" if len(x) <= MOST_MARKERS else None
            (lines[name],) = ax.plot(x, y, label=name, marker=marker, **look)
        for axis in logarithmic:
            getattr(ax, f"set_{axis}scale")("log")
        names = {name: _mark(ax, name, height) for name, height in (marks or {}).items()}
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if len(lines) > 1:
            fig.legend(loc="outside upper center", ncols=2 if len(lines) == 4 else 3)
        show(fig, alt)
    return Drawn(curves=lines, marks=names)


def _mark(ax, name, height):
    """Draw a dashed line across with its name at the left end; returns the line."""
    line = ax.axhline(height, color=BLACK, linestyle=(0, (4, 3)), linewidth=1.1)
    place = {"xycoords": ("axes fraction", "data"), "xytext": (0, 3), "textcoords": "offset points"}
    ax.annotate(name, (0.005, height), ha="left", va="bottom", fontsize=11, **place)
    return line
