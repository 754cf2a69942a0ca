"""Figures of landscapes: a cost over two weights, as contours and as a surface, and paths on it."""

from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

from .base import BLACK, LINE_LOOKS, STYLE, Drawn, show

# The larger, the brighter; no darker than what a coloured path can be seen on.
GREYS = LinearSegmentedColormap.from_list("landscape", ["#A6A6A6", "#FFFFFF"])
MARKERS = ("o", "s", "^", "D", "v")
MOST_MARKERS = 60  # the steps of a longer path would lie on one another


class Landscape(NamedTuple):
    """The artists of one panel of :func:`contours`.

    Attributes:
        bands: the filled contours.
        paths: dict from a path's name to its line.
        marks: dict from a mark's name to its line of one point.
    """

    bands: object
    paths: dict
    marks: dict


def contours(x, y, heights, alt, paths=None, marks=None, xlabel="w₁", ylabel="w₂", levels=12, columns=3, size=4.6):
    """Draw heights over a plane as grey bands, the larger the brighter, with paths on them.

    Each path has a colour, a line style and a marker of its own; a ring stands at its start. What lies outside of
    ``x`` and ``y`` is cut off.

    Args:
        x: array of shape (m,), rising, where the heights are known.
        y: array of shape (n,), rising.
        heights: array of shape (n, m), one row for each of ``y``, as ``np.meshgrid(x, y)`` orders them; or a dict from
            a panel's title to such an array.
        alt: description of the figure.
        paths: dict from a name to an array of shape (steps, 2); or a dict from a panel's title to such a dict. Where
            only heights or only paths come by panel, the other is the same in all of them.
        marks: dict from a name to a place (x, y), drawn as a star in every panel.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        levels: the number of bands, or the heights of their edges in rising order. What lies above the last edge
            stays white, what lies below the first one is as dark as the first band.
        columns: how many panels stand side by side.
        size: width and height of a panel in inches.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Landscape`; without titles, under the title "".

    Raises:
        ValueError: if heights, paths and panels do not fit each other.
    """
    panels = _panels(heights, paths or {}, shape=(len(y), len(x)))
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    every = [each for each, _ in panels.values()]
    lowest, highest = min(map(np.min, every)), max(map(np.max, every))
    if np.ndim(levels) == 0:
        levels = np.linspace(lowest, highest, levels + 1)
    below = "min" if lowest < levels[0] else "neither"
    # Each band a shade brighter than the one below, however high it is: uneven levels show a narrow valley.
    shades = GREYS(np.linspace(0, 1, len(levels) - 1))[[0] * (below == "min") + list(range(len(levels) - 1))]
    artists = Drawn()
    with plt.rc_context(STYLE | {"axes.grid": False}):
        fig, axes = plt.subplots(
            rows, columns, figsize=(size * columns, size * rows + 0.5), squeeze=False, sharex=True, sharey=True
        )
        for ax in axes.flat[len(panels) :]:
            ax.axis("off")
        for ax, (title, (each, walks)) in zip(axes.flat, panels.items(), strict=False):
            bands = ax.contourf(x, y, each, levels=levels, colors=shades, extend=below)
            ax.contour(x, y, each, levels=levels, colors=["#777777"], linewidths=0.6)
            lines = _walks(ax, walks)
            stars = _stars(ax, marks or {})
            ax.set(title=title, xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
            artists[title] = Landscape(bands, lines, stars)
        for ax in axes[-1]:
            ax.set_xlabel(xlabel)
        for ax in axes[:, 0]:
            ax.set_ylabel(ylabel)
        seen = {name: line for panel in artists.values() for group in panel[1:] for name, line in group.items() if name}
        if seen:
            fig.legend(handles=list(seen.values()), loc="outside lower center", ncols=min(len(seen), 4))
        show(fig, alt)
    return artists


def surface(x, y, heights, alt, paths=None, xlabel="w₁", ylabel="w₂", zlabel="cost J", view=(35, -60), top=None):
    """Draw heights over a plane as a surface in three dimensions, the higher the brighter, with paths on it.

    Args:
        x: array of shape (m,), rising, where the heights are known.
        y: array of shape (n,), rising.
        heights: array of shape (n, m), one row for each of ``y``, as ``np.meshgrid(x, y)`` orders them.
        alt: description of the figure.
        paths: dict from a name to an array of shape (steps, 3): x, y and height.
        xlabel: name of the first axis.
        ylabel: name of the second axis.
        zlabel: name of the height.
        view: how far above the ground and from which side one looks, in degrees.
        top: where the vertical axis ends, or None for just above the highest point; the surface is cut there.

    Returns:
        The :class:`Drawn` artists: "surface", a collection of faces; "paths", a dict from name to line.

    Raises:
        ValueError: if heights or paths have the wrong shape.
    """
    heights = np.asarray(heights, float)
    _check_heights(heights, (len(y), len(x)))
    for name, path in (paths or {}).items():
        if np.ndim(path) != 2 or np.shape(path)[1] != 3:
            raise ValueError(f"The path {name!r} needs the shape (steps, 3): x, y and height; it has {np.shape(path)}.")
    if top is not None:
        heights = np.minimum(heights, top)
    with plt.rc_context(STYLE):
        fig = plt.figure(figsize=(6.4, 4.8))
        # Computed order would hide a path behind the faces that it lies on.
        ax = fig.add_subplot(projection="3d", computed_zorder=False)
        across, up = np.meshgrid(x, y)
        look = {"cmap": GREYS, "edgecolor": "#8A8A8A", "linewidth": 0.3, "shade": False}
        faces = ax.plot_surface(across, up, heights, rcount=len(y), ccount=len(x), zorder=1, **look)
        lines = _walks(ax, paths or {})
        ax.view_init(elev=view[0], azim=view[1])
        ax.set(xlabel=xlabel, ylabel=ylabel, zlabel=zlabel, xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
        for axis, room in ((ax.xaxis, 9), (ax.yaxis, 9), (ax.zaxis, 12)):  # between the numbers and the axis's name
            axis.labelpad = room
            axis.set_major_locator(MaxNLocator(4))
        ax.set_box_aspect(None, zoom=0.85)  # else the name of the vertical axis is cut off
        if len(lines) > 1:
            fig.legend(handles=list(lines.values()), loc="outside lower center", ncols=min(len(lines), 4))
        show(fig, alt)
    return Drawn(surface=faces, paths=lines)


def _panels(heights, paths, shape):
    """Return a dict from title to (heights, paths) for one panel or several."""
    by_height = isinstance(heights, dict)
    by_path = any(isinstance(path, dict) for path in paths.values())
    titles = list(heights) if by_height else list(paths) if by_path else [""]
    if by_height and by_path and set(heights) != set(paths):
        raise ValueError(f"Heights for the panels {list(heights)} and paths for {list(paths)} do not fit each other.")
    panels = {
        title: (np.asarray(heights[title] if by_height else heights, float), paths[title] if by_path else paths)
        for title in titles
    }
    for each, walks in panels.values():
        _check_heights(each, shape)
        for name, path in walks.items():
            if np.ndim(path) != 2 or np.shape(path)[1] != 2:
                raise ValueError(f"The path {name!r} needs the shape (steps, 2), not {np.shape(path)}.")
        if len(walks) > len(LINE_LOOKS):
            raise ValueError(
                f"{len(walks)} paths are too many to tell apart: draw at most {len(LINE_LOOKS)} in one panel."
            )
    return panels


def _check_heights(heights, shape):
    if np.shape(heights) != shape:
        raise ValueError(
            f"Heights of shape {np.shape(heights)} do not fit x and y: one row for each of y, that is {shape}."
        )


def _walks(ax, paths):
    """Draw paths of shape (steps, 2 or 3) with a ring at each start; returns a dict from name to line."""
    lines = {}
    for (name, path), look, marker in zip(paths.items(), LINE_LOOKS, MARKERS, strict=False):
        places = np.asarray(path, float)
        steps = {"marker": marker, "markersize": 4.5} if len(places) <= MOST_MARKERS else {"linewidth": 1.3}
        (lines[name],) = ax.plot(*places.T, label=name or None, zorder=4, **(look | steps))
        ring = {"markersize": 11, "markerfacecolor": "none", "markeredgecolor": look["color"], "markeredgewidth": 1.8}
        ax.plot(*places[:1].T, marker="o", linestyle="none", zorder=5, **ring)
    return lines


def _stars(ax, marks):
    """Draw a star at each place; returns a dict from name to line."""
    looks = ({"markerfacecolor": "white"}, {"markerfacecolor": BLACK}, {"markerfacecolor": "#999999"})
    star = {"marker": "*", "markersize": 16, "linestyle": "none", "markeredgecolor": BLACK, "zorder": 6}
    return {
        name: ax.plot(*np.reshape(np.asarray(place, float), (2, 1)), label=name, **(star | looks[k % len(looks)]))[0]
        for k, (name, place) in enumerate(marks.items())
    }
