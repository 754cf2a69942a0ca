"""Figures of landscapes: a cost over two weights, as contours with paths on them, and as a surface."""

from functools import partial
from itertools import cycle
from typing import NamedTuple

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

from . import descriptions, folded
from .base import (
    Drawn,
    draw_stars,
    film,
    label_outer,
    legend,
    line_looks,
    panels,
    rows_and_columns,
    say,
)
from .descriptions.words import number

# The larger, the brighter; no darker than what a coloured path can be seen on.
GREYS = LinearSegmentedColormap.from_list("landscape", ["#A6A6A6", "#FFFFFF"])
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
FAR = 100  # sizes of the picture; a path is drawn no farther out
MOST_MARKERS = 60  # the steps of a longer path would lie on one another
FRAMES, SECONDS = 17, 7  # of a race


class Landscape(NamedTuple):
    """The artists of one panel of :func:`contours`.

    Attributes:
        bands: the filled contours.
        paths: dict from a path's name to its line.
        points: dict from the name of a marked place to its line of one point.
    """

    bands: object
    paths: dict
    points: dict


def contours(
    x,
    y,
    heights,
    *,
    paths=None,
    points=None,
    levels=12,
    xlabel="w₁",
    ylabel="w₂",
    zlabel="",
    size=4.6,
    caption="",
    ax=None,
):
    """Draw heights over a plane as grey bands, the larger the brighter, with paths on them.

    Each path has a colour, a line style and a marker of its own; a ring stands at its start. What lies outside of
    ``x`` and ``y`` is cut off; small print says at which step a path left the picture for good. A bar tells which
    grey is which height.

    Args:
        x: array of shape (m,), rising, where the heights are known.
        y: array of shape (n,), rising.
        heights: array of shape (n, m), one row for each of ``y``, as ``np.meshgrid(x, y)`` orders them; or a dict from
            a panel's title to such an array.
        paths: dict from a name to an array of shape (steps, 2); or a dict from a panel's title to such a dict. Where
            only heights or only paths come by panel, the other is the same in all of them.
        points: dict from a name to a place (x, y), drawn as a star in every panel.
        levels: the number of bands, or the heights of their edges in rising order. What lies above the last edge
            stays white, what lies below the first one is as dark as the first band.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        zlabel: name of the heights, beside their bar.
        size: width and height of a panel in inches.
        caption: the sentence below the figure.
        ax: axes to draw in, where there is one panel; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Landscape`; without titles, under the title "".

    Raises:
        ValueError: if heights, paths and panels do not fit each other.
    """
    by_title = _panels(heights, paths or {}, shape=(len(y), len(x)))
    levels, shades, below = _bands([each for each, _ in by_title.values()], levels)
    nrows, ncols = rows_and_columns(len(by_title), most=3)
    artists = Drawn()
    options = {"style": {"axes.grid": False}, "sharex": True, "sharey": True}
    figsize = (size * ncols + 0.9, size * nrows + 0.5)
    with panels(len(by_title), ax, (nrows, ncols), figsize, caption=caption, **options) as axes:
        for pane, (title, (each, walks)) in zip(axes.flat, by_title.items(), strict=False):
            bands = pane.contourf(x, y, each, levels=levels, colors=shades, extend=below)
            pane.contour(x, y, each, levels=levels, colors=["#777777"], linewidths=0.6)
            inside = {name: _inside(path, (x[0], y[0]), (x[-1], y[-1])) for name, path in walks.items()}
            lines = _draw_paths(pane, {name: places for name, (places, _) in inside.items()})
            stars = draw_stars(pane, points or {})
            _say_who_left(pane, {name: step for name, (_, step) in inside.items() if step is not None})
            pane.set(title=title, xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
            artists[title] = Landscape(bands, lines, stars)
        label_outer(axes, xlabel, ylabel)
        _draw_bar(bands, axes, zlabel)
        _legend_of_paths(axes[0, 0], [group for panel in artists.values() for group in (panel.paths, panel.points)])
        told = (x, y, heights, paths, points, xlabel, ylabel)
        say(axes[0, 0], descriptions.contours(*told), folded.contours(*told))
    return artists


def _bands(heights, levels):
    """Return the edges of the bands for all panels, their shades of grey, and which end lies open.

    Each band is a shade brighter than the one below, however high it is: uneven levels show a narrow valley.
    """
    lowest, highest = min(map(np.min, heights)), max(map(np.max, heights))
    if np.ndim(levels) == 0:
        levels = np.linspace(lowest, highest, levels + 1)
    shades = list(GREYS(np.linspace(0, 1, len(levels) - 1)))
    if lowest < levels[0]:
        return levels, [shades[0], *shades], "min"
    return levels, shades, "neither"


def _draw_bar(bands, axes, zlabel):
    """Draw the bar that tells which grey is which height, with the heights of some edges."""
    edges = bands.levels[:: max(1, len(bands.levels) // 6)]
    bar = axes.flat[0].figure.colorbar(bands, ax=axes, label=zlabel, ticks=edges, shrink=0.85, spacing="uniform")
    bar.ax.set_yticklabels([number(height) for height in edges])


def _inside(path, low, high):
    """Return the part of a path that can be drawn, and the step from which on it is out of the picture, or None.

    A place far away is moved nearer on its line: Matplotlib cannot draw a line to 1e200.
    """
    path = np.asarray(path, float)
    low, size = np.asarray(low, float), np.subtract(high, low)
    size = np.where(size > 0, size, 1.0)
    known = np.isfinite(path).all(axis=1)
    drawn = (np.clip(np.where(known[:, np.newaxis], path, low), -1e150, 1e150) - low) / size
    away = ~known | ((drawn < 0) | (drawn > 1)).any(axis=1)
    left = len(path) - int(np.argmin(away[::-1])) if away[-1:].any() and not away.all() else None
    far = ~known | (np.abs(drawn) > FAR).any(axis=1)
    if not far.any():
        return path, left
    end = int(np.argmax(far))
    if end == 0 or not known[end]:
        return path[:end], left
    step = drawn[end] - drawn[end - 1]
    last = drawn[end - 1] + step * FAR / np.abs(step).max()
    return np.vstack([path[:end], low + size * last]), left


def _say_who_left(ax, steps):
    """Write into a corner at which step each path left the picture."""
    lines = [f"{name} left the picture at step {step}".strip() for name, step in steps.items()]
    look = {"fontsize": 10, "zorder": 6, "bbox": {"fc": "white", "ec": "none", "pad": 2}}
    if lines:
        ax.text(0.02, 0.02, "\n".join(lines), transform=ax.transAxes, va="bottom", **look)


def _legend_of_paths(ax, groups):
    """Draw below the figure one legend for what has a name in any panel, each name once."""
    seen = {name: line for group in groups for name, line in group.items() if name}
    if seen:
        legend(ax, list(seen.values()), ncols=min(len(seen), 4))


def race(x, y, heights, paths, *, points=None, zlabel="", caption=""):
    """Draw walks through a landscape as a short film: all start together and take their steps side by side.

    It plays once and stops at the last step. A marker runs at the head of each path.

    Args:
        x, y, heights: the landscape, as for :func:`contours`.
        paths: dict from a name to an array of shape (steps + 1, 2).
        points: dict from a name to a place (x, y), drawn as a star.
        zlabel: name of the heights, beside their bar.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists, as at the last step: the :class:`Landscape` under the title "".

    Raises:
        ValueError: if there is no path.
    """
    if not paths:
        raise ValueError("There is nobody in this race: pass a dict with at least one path.")
    paths = {name: np.asarray(path, float) for name, path in paths.items()}
    with film((7.6, 6), seconds=SECONDS, caption=caption, style={"axes.grid": False}) as (ax, frames):
        artists = contours(x, y, heights, paths=paths, points=points, zlabel=zlabel, ax=ax)
        ax.figure.legends[0].remove()  # it has no markers
        runners = []
        for (name, line), marker in zip(artists[""].paths.items(), cycle(MARKERS), strict=False):
            line.set(marker="none", linewidth=2)
            look = {"color": line.get_color(), "linestyle": line.get_linestyle(), "markeredgecolor": "white"}
            (head,) = ax.plot([], [], marker=marker, markersize=10, zorder=7, label=name, **look)
            runners.append((line, head, line.get_xydata()))
        legend(ax, [*(head for _, head, _ in runners), *artists[""].points.values()], ncols=3)
        steps = max(map(len, paths.values()))
        frames += [partial(_run, runners, round(step)) for step in np.linspace(1, steps, FRAMES)]
    return artists


def _run(runners, steps):
    """Let each runner be where it is after so many places of its path."""
    for line, head, places in runners:
        line.set_data(*places[:steps].T)
        head.set_data(*places[:steps][-1:].T)


def surface(x, y, heights, *, xlabel="w₁", ylabel="w₂", zlabel="cost J", elev=35, azim=-60, caption=""):
    """Draw heights over a plane as a surface in three dimensions, the higher the brighter.

    Args:
        x: array of shape (m,), rising, where the heights are known.
        y: array of shape (n,), rising.
        heights: array of shape (n, m), one row for each of ``y``, as ``np.meshgrid(x, y)`` orders them.
        xlabel: name of the first axis.
        ylabel: name of the second axis.
        zlabel: name of the height.
        elev: from how far above the ground one looks, in degrees.
        azim: from which side one looks, in degrees.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: "surface", a collection of faces.

    Raises:
        ValueError: if the heights have the wrong shape.
    """
    heights = np.asarray(heights, float)
    _check_heights(heights, (len(y), len(x)))
    in_space = {"projection": "3d"}
    with panels(1, None, (1, 1), (6.4, 4.8), caption=caption, subplot_kw=in_space) as axes:
        ax = axes[0, 0]
        across, up = np.meshgrid(x, y)
        look = {"cmap": GREYS, "edgecolor": "#8A8A8A", "linewidth": 0.3, "shade": False}
        faces = ax.plot_surface(across, up, heights, rcount=len(y), ccount=len(x), **look)
        ax.view_init(elev=elev, azim=azim)
        ax.set(xlabel=xlabel, ylabel=ylabel, zlabel=zlabel, xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
        for axis, room in ((ax.xaxis, 9), (ax.yaxis, 9), (ax.zaxis, 12)):  # between the numbers and the axis's name
            axis.labelpad = room
            axis.set_major_locator(MaxNLocator(4))
        ax.set_box_aspect(None, zoom=0.85)  # else the name of the vertical axis is cut off
        told = (x, y, heights, xlabel, ylabel, zlabel)
        say(ax, descriptions.surface(*told), folded.surface(*told))
    return Drawn(surface=faces)


def _panels(heights, paths, shape):
    """Return a dict from title to (heights, paths) for one panel or several."""
    by_height = isinstance(heights, dict)
    by_path = any(isinstance(path, dict) for path in paths.values())
    if by_height and by_path and set(heights) != set(paths):
        raise ValueError(f"Heights for the panels {list(heights)} and paths for {list(paths)} do not fit each other.")
    titles = [""]
    if by_height:
        titles = list(heights)
    elif by_path:
        titles = list(paths)
    found = {}
    for title in titles:
        each = np.asarray(heights[title] if by_height else heights, float)
        walks = paths[title] if by_path else paths
        _check_heights(each, shape)
        _check_paths(walks)
        found[title] = each, walks
    return found


def _check_heights(heights, shape):
    if np.shape(heights) != shape:
        raise ValueError(
            f"Heights of shape {np.shape(heights)} do not fit x and y: one row for each of y, that is {shape}."
        )


def _check_paths(paths):
    """Refuse a path that has not a row for each step and a column for each of x and y."""
    for name, path in paths.items():
        if np.ndim(path) != 2 or np.shape(path)[1] != 2:
            raise ValueError(f"The path {name!r} needs the shape (steps, 2), x and y; it has {np.shape(path)}.")


def _draw_paths(ax, paths):
    """Draw paths with a ring at each start.

    Args:
        ax: axes to draw in.
        paths: dict from name to the places, shape (steps, 2).

    Returns:
        Dict from name to line.
    """
    lines = {}
    for (name, places), look, marker in zip(paths.items(), line_looks(), cycle(MARKERS), strict=False):
        steps = {"marker": marker, "markersize": 4.5} if len(places) <= MOST_MARKERS else {"linewidth": 1.3}
        (lines[name],) = ax.plot(*places.T, label=name or None, zorder=4, **(look | steps))
        ring = {"markersize": 11, "markerfacecolor": "none", "markeredgecolor": look["color"], "markeredgewidth": 1.8}
        ax.plot(*places[:1].T, marker="o", linestyle="none", zorder=5, **ring)
    return lines
