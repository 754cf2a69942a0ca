"""Figures of networks: their drawing, the regions that they make in the plane, and tables of numbers as grey values."""

from itertools import pairwise
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np

from .base import BLACK, BLUE, ORANGE, STYLE, Drawn, show
from .neurons import _frame, _scatter, _signed

GAP = 2.6  # from one layer to the next, where neighbours in a layer are 1 apart
RADIUS = 0.34
# Where the numbers may stand on their arrows, 0 at the source and 1 at the target; the first is the usual place.
# Nearer to the source they would reach into its circle, nearer to the target those that lead to one unit would meet.
LABEL_PLACES = (0.31, 0.25, 0.28, 0.34, 0.37, 0.4)
FAR_ENOUGH = 0.4  # from the middle of one number to that of the next above; its box is 0.25 high


def network(weights, biases, alt, activations=None, names=None):
    """Draw a small network with a number at every arrow.

    A positive weight is a solid blue arrow, a negative one a dashed orange arrow; the larger, the thicker.

    Args:
        weights: one array for each layer of weights, of shape (sources, targets).
        biases: one array for each layer of weights, of shape (targets,); None for a network without biases.
        alt: description of the figure.
        activations: a list of arrays, the values of the units of every layer from the inputs on, which are written
            into the circles; None leaves them empty.
        names: a list of lists, the names of the units of every layer, which are written above the circles; None for
            no names.

    Returns:
        The :class:`Drawn` artists: "weights", a list of arrays of texts, of the shapes of ``weights``; "biases", a
        list of lists of texts; "activations" and "names", lists of lists of texts.

    Raises:
        ValueError: if the arrays do not fit each other.
    """
    weights, drawn = ([np.asarray(each, float) for each in arrays] for arrays in (weights, biases or []))
    sizes = [weights[0].shape[0], *(each.shape[1] for each in weights)]
    _check_sizes(sizes, weights, [each[0] for each in weights] if biases is None else drawn, activations, names)
    thickest = max(np.abs(each).max() for each in weights)
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(2.9 * len(sizes), 1.5 * max(sizes) + 0.9))
        places = _draw_units(ax, sizes, row_gap=1.5)
        arrows = []
        for (sources, targets), matrix in zip(pairwise(places), weights, strict=True):
            share = _label_place(sources, targets)
            texts = [
                [_weighted_arrow(ax, source, target, matrix[i, j], thickest, share) for j, target in enumerate(targets)]
                for i, source in enumerate(sources)
            ]
            arrows.append(np.array(texts, dtype=object))
        offsets = [[f"bias {_signed(bias)}" for bias in layer] for layer in drawn]
        values = [[_short(value) for value in layer] for layer in activations or []]
        below = _write(ax, places[1:], offsets, up=-RADIUS - 0.06, va="top")
        inside = _write(ax, places, values, up=0, va="center")
        above = _write(ax, places, names or [], up=RADIUS + 0.06, va="bottom")
        show(fig, alt)
    return Drawn(weights=arrows, biases=below, activations=inside, names=above)


def architectures(sizes, alt):
    """Draw fully connected networks side by side, without numbers.

    Args:
        sizes: dict from a title to the numbers of units of each layer, inputs first, such as ``[2, 4, 1]``.
        alt: description of the figure.

    Returns:
        The :class:`Drawn` artists: for each title the list of its circles.
    """
    artists = Drawn()
    widths = [len(each) for each in sizes.values()]
    with plt.rc_context(STYLE):
        fig, axes = plt.subplots(
            1,
            len(sizes),
            figsize=(1.45 * sum(widths), 0.62 * max(map(max, sizes.values())) + 0.7),
            squeeze=False,
            sharey=True,
            width_ratios=widths,
        )
        for ax, (title, each) in zip(axes.flat, sizes.items(), strict=True):
            places = _draw_units(ax, each)
            for sources, targets in pairwise(places):
                for source in sources:
                    for target in targets:
                        _arrow(ax, source, target, color="#777777", lw=1.1)
            artists[title] = list(ax.patches)
            count = sum(before * after + after for before, after in pairwise(each))
            ax.set_title(title, fontsize=13)
            ax.text(0.5, 0, f"{count} weights and biases", transform=ax.transAxes, ha="center", va="top", fontsize=11)
        show(fig, alt)
    return artists


def _check_sizes(sizes, weights, biases, activations, names):
    """Refuse arrays that belong to different networks."""
    fits = [each.shape[0] for each in weights] == sizes[:-1] and [each.shape for each in biases] == [
        (size,) for size in sizes[1:]
    ]
    if not fits:
        raise ValueError(
            f"Weights of the shapes {[each.shape for each in weights]} and biases of the shapes "
            f"{[each.shape for each in biases]} make no network: the targets of a layer are the sources of the next, "
            "and each target has one bias."
        )
    for what, given in (("activations", activations), ("names", names)):
        if given is not None and [len(each) for each in given] != sizes:
            found = [len(each) for each in given]
            raise ValueError(f"A network with layers of {sizes} units needs as many {what}; these are {found}.")


def _draw_units(ax, sizes, row_gap=1.0):
    """Draw a circle for every unit; returns for each layer an array of places, shape (units, 2)."""
    high = (max(sizes) - 1) * row_gap / 2
    ax.set(xlim=(-0.9, GAP * (len(sizes) - 1) + 0.9), ylim=(-high - 0.85, high + 0.75), aspect="equal")
    ax.axis("off")
    places = [
        np.array([(GAP * layer, row_gap * ((size - 1) / 2 - unit)) for unit in range(size)])
        for layer, size in enumerate(sizes)
    ]
    for place in np.concatenate(places):
        ax.add_patch(plt.Circle(place, RADIUS, facecolor="#F2F2F2", edgecolor=BLACK, linewidth=1.5, zorder=3))
    return places


def _arrow(ax, source, target, **look):
    """Draw an arrow from the rim of one circle to the rim of another."""
    step = (target - source) / np.linalg.norm(target - source) * RADIUS
    props = {"arrowstyle": "-|>", "mutation_scale": 11, "shrinkA": 0, "shrinkB": 0} | look
    ax.annotate("", target - step, source + step, arrowprops=props)


def _label_place(sources, targets):
    """Return the first of LABEL_PLACES where the numbers of a layer are far enough apart, or else the farthest."""

    def smallest_gap(share):
        heights = (1 - share) * sources[:, None, 1] + share * targets[:, 1]  # all stand in one column
        return np.diff(np.sort(heights, axis=None)).min(initial=FAR_ENOUGH)

    return max(LABEL_PLACES, key=smallest_gap)


def _weighted_arrow(ax, source, target, weight, thickest, label_at):
    """Draw an arrow in the look of its weight; returns the text of the weight."""
    color, style = (BLUE, "-") if weight >= 0 else (ORANGE, (0, (4, 2)))
    _arrow(ax, source, target, color=color, linestyle=style, lw=1 + 2 * abs(weight) / thickest)
    text = ax.text(*(source + label_at * (target - source)), _signed(weight), ha="center", va="center", zorder=4)
    text.set_bbox({"boxstyle": "round,pad=0.2", "fc": "white", "ec": color, "linestyle": style})
    return text


def _write(ax, places, texts, up, va):
    """Write texts at the units of the layers, or nothing where there are no texts; returns them layer by layer."""
    return [
        [
            ax.text(x, y + up, text, ha="center", va=va, fontsize=12, zorder=5)
            for (x, y), text in zip(*layer, strict=True)
        ]
        for layer in zip(places, texts, strict=bool(texts))
    ]


def _short(value):
    """Write a whole number as it is and any other with two decimals."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}".replace("-", "−")


class Region(NamedTuple):
    """The artists of one panel of :func:`regions`.

    Attributes:
        tint: the area where the score is above the threshold.
        boundary: the line where it is the threshold, or None where the panel has no such place.
        classes: dict from label to that class's collection of points.
    """

    tint: object
    boundary: object
    classes: dict


def regions(panels, labels, alt, names=None, axes_names=("x₁", "x₂"), texts=None, threshold=0.5, columns=3, size=3.2):
    """Draw in each panel the points that a model has to sort, and where its score is above a threshold.

    scikit-learn's ``DecisionBoundaryDisplay`` wants a classifier of its own kind; here a model is any function.

    Args:
        panels: dict from a title to ``(points, score)`` or ``(points, score, names of the two axes)``: points of shape
            (n, 2), and a function that takes an array of shape (m, 2) and returns m scores.
        labels: array of n labels 0 or 1, the right classes.
        alt: description of the figure.
        names: dict from label to the name of that class.
        axes_names: the names of the two axes where a panel brings none of its own.
        texts: dict from a title to n texts, which are written beside that panel's points.
        threshold: the score from which on a point belongs to class 1.
        columns: how many panels stand side by side.
        size: width and height of a panel in inches.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Region`.

    Raises:
        ValueError: if points and labels do not fit each other.
    """
    labels, texts = np.asarray(labels), texts or {}
    for points, *_ in panels.values():
        if np.shape(points) != (len(labels), 2):
            raise ValueError(f"{len(labels)} labels need points of shape ({len(labels)}, 2), not {np.shape(points)}.")
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    artists = Drawn()
    with plt.rc_context(STYLE):
        fig, axes = plt.subplots(rows, columns, figsize=(size * columns, (size + 0.1) * rows + 0.35), squeeze=False)
        for ax in axes.flat[len(panels) :]:
            ax.axis("off")
        for ax, (title, (places, score, *own_names)) in zip(axes.flat, panels.items(), strict=False):
            points = np.asarray(places, float)
            limits = _frame(points)
            xlabel, ylabel = own_names[0] if own_names else axes_names
            ax.set(xlim=limits[0], ylim=limits[1], title=title, xlabel=xlabel, ylabel=ylabel)
            ax.grid(visible=False)
            if set(np.unique(points)) <= {0.0, 1.0}:  # logic gates: nothing lies between 0 and 1
                ax.set(xticks=(0, 1), yticks=(0, 1))
            tint, boundary = _shade(ax, score, threshold)
            artists[title] = Region(tint, boundary, _scatter(ax, points, labels, names))
            for place, text in zip(points, texts.get(title, ()), strict=False):
                ax.annotate(text, place, (0, -9), textcoords="offset points", ha="center", va="top", zorder=4)
        seen = {label: artist for panel in artists.values() for label, artist in panel.classes.items()}
        fig.legend(handles=[seen[label] for label in sorted(seen)], loc="outside lower center", ncols=len(seen))
        show(fig, alt)
    return artists


def _shade(ax, score, threshold):
    """Tint where the score is above the threshold and draw the boundary; returns both."""
    across, up = np.meshgrid(np.linspace(*ax.get_xlim(), 201), np.linspace(*ax.get_ylim(), 201))
    found = np.asarray(score(np.column_stack([across.ravel(), up.ravel()])), float).reshape(across.shape)
    # The upper level lies above every score, so that the tint has one edge only.
    levels = [threshold, max(found.max(), threshold) + 1]
    tint = ax.contourf(across, up, found, levels=levels, colors=[ORANGE], alpha=0.14, zorder=0)
    if not found.min() < threshold < found.max():
        return tint, None
    return tint, ax.contour(across, up, found, levels=[threshold], colors=[BLACK], linewidths=1.6, zorder=2)


def heat_map(values, rows, columns, alt, xlabel="", ylabel="", style=".0f"):
    """Draw a table of numbers as grey values, each with its number: the larger, the brighter.

    Args:
        values: array of shape (rows, columns).
        rows: text beside each row, from top to bottom.
        columns: text below each column.
        alt: description of the figure.
        xlabel: name of the columns.
        ylabel: name of the rows.
        style: the format in which the numbers are written.

    Returns:
        The :class:`Drawn` artists: "picture", the image; "numbers", an array of texts of the shape of ``values``.

    Raises:
        ValueError: if the texts do not fit the shape of the table.
    """
    values = np.asarray(values, float)
    if values.shape != (len(rows), len(columns)):
        raise ValueError(
            f"A table of shape {values.shape} does not fit {len(rows)} rows and {len(columns)} columns: "
            "give one text for each."
        )
    middle = (values.min() + values.max()) / 2
    with plt.rc_context(STYLE | {"axes.grid": False}):
        fig, ax = plt.subplots(figsize=(1.15 * len(columns) + 1.6, 0.6 * len(rows) + 1.1))
        drawn = ax.imshow(values, cmap="gray", aspect="auto", interpolation="nearest")
        ax.set_xticks(range(len(columns)), columns)
        ax.set_yticks(range(len(rows)), rows)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        texts = np.empty(values.shape, dtype=object)
        for (row, column), value in np.ndenumerate(values):
            color = "white" if value <= middle else "black"
            texts[row, column] = ax.text(column, row, f"{value:{style}}", ha="center", va="center", color=color)
        show(fig, alt)
    return Drawn(picture=drawn, numbers=texts)
