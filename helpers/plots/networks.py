"""Figures of networks: their drawing, and the regions that they make in the plane."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.patches import Circle

from . import descriptions, folded
from .base import (
    BLACK,
    BLUE,
    ORANGE,
    Drawn,
    arrow,
    draw_classes,
    frame,
    legend_of_classes,
    of_panel,
    one_panel,
    panels,
    rows_and_columns,
    say,
    shade,
    with_minus,
)
from .neurons import signed

GAP = 2.6  # from one layer to the next, where neighbours in a layer are 1 apart
RADIUS = 0.34
# Where the numbers may stand on their arrows, 0 at the source and 1 at the target; the first is the usual place.
# Nearer to the source they would reach into its circle, nearer to the target those that lead to one unit would meet.
LABEL_PLACES = (0.31, 0.25, 0.28, 0.34, 0.37, 0.4)
FAR_ENOUGH = 0.4  # from the middle of one number to that of the next above; its box is 0.25 high


def network(weights, biases, *, activations=None, unit_names=None, caption="", ax=None):
    """Draw a small network with a number at every arrow.

    A positive weight is a solid blue arrow, a negative one a dashed orange arrow; the larger, the thicker.

    Args:
        weights: one array for each layer of weights, of shape (sources, targets).
        biases: one array for each layer of weights, of shape (targets,); None for a network without biases.
        activations: a list of arrays, the values of the units of every layer from the inputs on, which are written
            into the circles; None leaves them empty.
        unit_names: a list of lists, the names of the units of every layer, which are written above the circles; None
            for no names.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "weights", a list of arrays of texts, of the shapes of ``weights``; "biases", a
        list of lists of texts; "activations" and "names", lists of lists of texts.

    Raises:
        ValueError: if the arrays do not fit each other.
    """
    weights = [np.asarray(each, float) for each in weights]
    biases = None if biases is None else [np.asarray(each, float) for each in biases]
    sizes = [weights[0].shape[0], *(each.shape[1] for each in weights)]
    _check_sizes(sizes, weights, biases, activations, unit_names)
    thickest = max(np.abs(each).max() for each in weights)
    with one_panel(ax, (2.9 * len(sizes), 1.5 * max(sizes) + 0.9), caption=caption) as ax:
        places = _draw_units(ax, sizes, row_gap=1.5)
        layers = zip(pairwise(places), weights, strict=True)
        arrows = [_draw_weights(ax, sources, targets, matrix, thickest) for (sources, targets), matrix in layers]
        offsets = [[f"bias {signed(bias)}" for bias in layer] for layer in biases or []]
        values = [[_short(value) for value in layer] for layer in activations or []]
        below = _write_at_units(ax, places[1:], offsets, up=-RADIUS - 0.06, va="top")
        inside = _write_at_units(ax, places, values, up=0, va="center")
        above = _write_at_units(ax, places, unit_names or [], up=RADIUS + 0.06, va="bottom")
        told = (weights, biases, activations, unit_names)
        say(ax, descriptions.network(*told), folded.network(*told))
    return Drawn(weights=arrows, biases=below, activations=inside, names=above)


def architectures(sizes, *, caption=""):
    """Draw fully connected networks side by side, without numbers.

    Args:
        sizes: dict from a title to the numbers of units of each layer, inputs first, such as ``[2, 4, 1]``.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: for each title the list of its circles.
    """
    artists = Drawn()
    widths = [len(each) for each in sizes.values()]
    figsize = (1.45 * sum(widths), 0.62 * max(map(max, sizes.values())) + 0.7)
    shape = (1, len(sizes))
    with panels(len(sizes), None, shape, figsize, caption=caption, sharey=True, width_ratios=widths) as axes:
        for ax, (title, each) in zip(axes.flat, sizes.items(), strict=True):
            places = _draw_units(ax, each)
            for sources, targets in pairwise(places):
                for source in sources:
                    for target in targets:
                        _arrow_between_rims(ax, source, target, color="#777777", lw=1.1)
            artists[title] = list(ax.patches)
            count = sum(before * after + after for before, after in pairwise(each))
            ax.set_title(title, fontsize=13)
            ax.text(0.5, 0, f"{count} weights and biases", transform=ax.transAxes, ha="center", va="top", fontsize=11)
        say(axes[0, 0], descriptions.architectures(sizes), folded.architectures(sizes))
    return artists


def _check_sizes(sizes, weights, biases, activations, unit_names):
    """Refuse arrays that belong to different networks."""
    in_row = [each.shape[0] for each in weights] == sizes[:-1]
    with_bias = biases is None or [each.shape for each in biases] == [(size,) for size in sizes[1:]]
    if not (in_row and with_bias):
        found = "no biases" if biases is None else f"biases of the shapes {[each.shape for each in biases]}"
        raise ValueError(
            f"Weights of the shapes {[each.shape for each in weights]} and {found} make no network: the targets of a "
            "layer are the sources of the next, and each target has one bias."
        )
    for what, given in (("activations", activations), ("names", unit_names)):
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
        ax.add_patch(Circle(place, RADIUS, facecolor="#F2F2F2", edgecolor=BLACK, linewidth=1.5, zorder=3))
    return places


def _arrow_between_rims(ax, source, target, **look):
    """Draw an arrow from the rim of one circle to the rim of another."""
    step = (target - source) / np.linalg.norm(target - source) * RADIUS
    arrow(ax, source + step, target - step, mutation_scale=11, **look)


def _label_place(sources, targets):
    """Return the first of LABEL_PLACES where the numbers of a layer are far enough apart, or else the farthest."""

    def smallest_gap(share):
        heights = (1 - share) * sources[:, None, 1] + share * targets[:, 1]  # all stand in one column
        return np.diff(np.sort(heights, axis=None)).min(initial=FAR_ENOUGH)

    return max(LABEL_PLACES, key=smallest_gap)


def _draw_weights(ax, sources, targets, matrix, thickest):
    """Draw the arrows of one layer in the looks of their weights; returns the array of the weights' texts."""
    share = _label_place(sources, targets)
    texts = np.empty(matrix.shape, dtype=object)
    for (i, j), weight in np.ndenumerate(matrix):
        source, target = sources[i], targets[j]
        color, style = (BLUE, "-") if weight >= 0 else (ORANGE, (0, (4, 2)))
        _arrow_between_rims(ax, source, target, color=color, linestyle=style, lw=1 + 2 * abs(weight) / thickest)
        place = source + share * (target - source)
        texts[i, j] = ax.text(*place, signed(weight), ha="center", va="center", zorder=4)
        texts[i, j].set_bbox({"boxstyle": "round,pad=0.2", "fc": "white", "ec": color, "linestyle": style})
    return texts


def _write_at_units(ax, places, texts, up, va):
    """Write texts at the units of the layers, or nothing where there are no texts; returns them layer by layer."""
    written = []
    for layer, names in zip(places, texts, strict=bool(texts)):
        look = {"ha": "center", "va": va, "fontsize": 12, "zorder": 5}
        written.append([ax.text(x, y + up, name, **look) for (x, y), name in zip(layer, names, strict=True)])
    return written


def _short(value):
    """Write a whole number as it is and any other with two decimals."""
    return f"{value:.0f}" if float(value).is_integer() else with_minus(f"{value:.2f}")


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


def regions(
    points,
    labels,
    scores,
    *,
    threshold=0.5,
    class_names=None,
    annotate=None,
    xlabel="x₁",
    ylabel="x₂",
    size=3.2,
    caption="",
    ax=None,
):
    """Draw in each panel the points that a model has to sort, and where its score is above a threshold.

    scikit-learn's ``DecisionBoundaryDisplay`` wants a classifier of its own kind; here a model is any function.

    Args:
        points: array of shape (n, 2), or a dict from a panel's title to such an array.
        labels: array of n labels 0 or 1, the right classes.
        scores: dict from a panel's title to a function that takes an array of shape (m, 2) and returns m scores.
        threshold: the score above which a point belongs to class 1.
        class_names: the names of the classes 0 and 1.
        annotate: dict from a panel's title to a dict from a point's index to the text below that point.
        xlabel, ylabel: the name of an axis in all panels, or a dict from a panel's title to its name.
        size: width and height of a panel in inches.
        caption: the sentence below the figure.
        ax: axes to draw in, where there is one panel; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Region`.

    Raises:
        ValueError: if points and labels do not fit each other.
    """
    labels = np.asarray(labels)
    places = {title: np.asarray(of_panel(points, title), float) for title in scores}
    for each in places.values():
        if each.shape != (len(labels), 2):
            raise ValueError(f"{len(labels)} labels need points of shape ({len(labels)}, 2), not {each.shape}.")
    artists = Drawn()
    nrows, ncols = rows_and_columns(len(scores), most=3)
    figsize = (size * ncols, (size + 0.1) * nrows + 0.35)
    with panels(len(scores), ax, (nrows, ncols), figsize, caption=caption) as axes:
        for pane, (title, score) in zip(axes.flat, scores.items(), strict=False):
            frame(pane, places[title])
            pane.set(title=title, xlabel=of_panel(xlabel, title), ylabel=of_panel(ylabel, title))
            pane.grid(visible=False)
            tint, boundary = _draw_region(pane, score, threshold)
            artists[title] = Region(tint, boundary, draw_classes(pane, places[title], labels, class_names))
            for index, text in (annotate or {}).get(title, {}).items():
                below = {"xytext": (0, -9), "textcoords": "offset points", "ha": "center", "va": "top"}
                pane.annotate(text, places[title][index], **below, zorder=4)
        legend_of_classes(axes[0, 0], [panel.classes for panel in artists.values()])
        sentence = descriptions.regions(points, labels, scores, threshold, class_names, xlabel, ylabel)
        say(axes[0, 0], sentence, folded.regions(points, labels, scores, class_names, xlabel, ylabel))
    return artists


def _draw_region(ax, score, threshold):
    """Tint where the score is above the threshold and draw the boundary; returns both."""
    tint, (across, up, found) = shade(ax, score, threshold)
    if not found.min() < threshold < found.max():
        return tint, None
    return tint, ax.contour(across, up, found, levels=[threshold], colors=[BLACK], linewidths=1.6, zorder=2)
