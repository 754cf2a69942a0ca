"""Walks on a curve: where somebody stands who goes step by step on a loss of one weight."""

import numpy as np

from . import descriptions, folded
from .base import BLUE, Drawn, label_outer, panels, rows_and_columns, say

CURVE, NOTE = "#777777", 11
MOST_MARKERS = 60  # the steps of a longer walk would lie on one another


def walks(w, heights, places, *, xlabel="w", caption=""):
    """Draw the loss over one weight as a curve, and a walk on it: a dot for each step and a ring at the start.

    Each walk has a panel of its own.

    A walk is drawn up to the step at which it leaves the curve's ends, or is no number any more; its panel says so.

    Args:
        w: array of shape (n,), rising, where the heights are known.
        heights: array of shape (n,), the loss there.
        places: dict from a walk's name to an array of shape (steps + 1,): where it is at the start and after each step.
        xlabel: name of the horizontal axis.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: for each walk the line with its dots.

    Raises:
        ValueError: if there is no walk, a walk is no list of places, or w and heights do not fit each other.
    """
    w, heights = np.asarray(w, float), np.asarray(heights, float)
    places = {name: np.asarray(each, float) for name, each in places.items()}
    _check(w, heights, places)
    nrows, ncols = rows_and_columns(len(places), most=3)
    width, height = (7, 3.6) if len(places) == 1 else (3.3 * ncols, 2.6 * nrows)
    artists = Drawn()
    shape = {"sharex": True, "sharey": True}
    with panels(len(places), None, (nrows, ncols), (width, height), caption=caption, **shape) as axes:
        for ax, (name, each) in zip(axes.flat, places.items(), strict=False):
            ax.plot(w, heights, color=CURVE, linewidth=1.6)
            artists[name] = _draw(ax, w, heights, each)
            ax.set(title=name if len(places) > 1 else "", xlim=(w[0], w[-1]))
        label_outer(axes, xlabel, "loss L")
        say(axes[0, 0], descriptions.walks(w, places, xlabel), folded.walks(w, places, xlabel))
    return artists


def _check(w, heights, places):
    if w.ndim != 1 or w.shape != heights.shape:
        raise ValueError(f"The curve has {heights.size} heights, but w has {w.size} places.")
    if not places:
        raise ValueError("There is nothing to draw: pass a dict with at least one walk.")
    for name, each in places.items():
        if each.ndim != 1 or not each.size:
            raise ValueError(f"The walk {name!r} needs a list of places, one for each step; its shape is {each.shape}.")


def _draw(ax, w, heights, places):
    """Draw one walk as far as it is on the curve; returns its line."""
    inside = (places >= w[0]) & (places <= w[-1])  # what is no number is not
    left = len(places) if inside.all() else int(np.argmin(inside))
    shown = places[:left]
    up = np.interp(shown, w, heights)
    marker = "o" if len(shown) <= MOST_MARKERS else None
    (line,) = ax.plot(shown, up, color=BLUE, linewidth=1.4, marker=marker, markersize=5, zorder=4)
    ring = {"markersize": 11, "markerfacecolor": "none", "markeredgecolor": BLUE, "markeredgewidth": 1.8}
    ax.plot(shown[:1], up[:1], marker="o", linestyle="none", zorder=5, **ring)
    if left < len(places):
        note = f"left the picture at step {left}" if left else "starts outside of the picture"
        ax.text(0.5, 0.96, note, transform=ax.transAxes, ha="center", va="top", fontsize=NOTE)
    return line
