"""Figures of neurons: one neuron, the line that it draws, its activation."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Circle

from . import descriptions, folded
from .base import (
    BLACK,
    BLUE,
    LINE_LOOKS,
    ORANGE,
    Drawn,
    arrow,
    draw_classes,
    draw_stars,
    frame,
    label_outer,
    legend_of_classes,
    one_panel,
    panels,
    rows_and_columns,
    say,
    shade,
    with_minus,
)

# The drawing of a neuron, in its own units: inputs stand 1 apart, and from left to right
SUM_AT, STEP_AT, END = 3.2, 5.2, 6.7  # the middles of the two circles, and the tip of the last arrow
SUM_RADIUS, STEP_RADIUS = 0.33, 0.5
WEIGHT_AT = 1.1  # how far from their inputs the weights stand
ARROW = {"color": "#555555", "lw": 1.8}
FAR = 1e9  # a line that begins farther away than this is in no picture, and Matplotlib cannot place it


def neuron(weights, bias, *, caption="", ax=None):
    """Draw an artificial neuron: inputs, weighted arrows, the sum, the step, the output.

    Args:
        weights: the weight of each input, from top to bottom.
        bias: the number added to the sum.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "weights", a list of texts, and "bias", a text.
    """
    names = [f"x{subscript(index + 1)}" for index in range(len(weights))]
    middle = (len(weights) - 1) / 2
    labels = []
    with one_panel(ax, (8, 0.9 * len(weights) + 0.7), caption=caption) as ax:
        ax.set(xlim=(-0.6, 7.4), ylim=(-0.75, len(weights) - 0.4), aspect="equal")
        ax.axis("off")
        for row, (name, weight) in enumerate(zip(names, weights, strict=True)):
            labels.append(_draw_input(ax, len(weights) - 1 - row, middle, name, weight))
        for x, radius, symbol in ((SUM_AT, SUM_RADIUS, "Σ"), (STEP_AT, STEP_RADIUS, "step")):
            ax.add_patch(Circle((x, middle), radius, facecolor="#F2F2F2", edgecolor=BLACK, linewidth=1.8))
            ax.text(x, middle, symbol, ha="center", va="center", fontsize=15)
        below = ax.text(SUM_AT, middle - 1.05, f"bias {signed(bias)}", ha="center", va="center")
        arrow(ax, (SUM_AT, middle - 0.87), (SUM_AT, middle - SUM_RADIUS), **ARROW)
        arrow(ax, (SUM_AT + SUM_RADIUS, middle), (STEP_AT - STEP_RADIUS, middle), **ARROW)
        ax.text(4.15, middle + 0.12, "z", ha="center", va="bottom")
        arrow(ax, (STEP_AT + STEP_RADIUS, middle), (END, middle), **ARROW)
        ax.text(END + 0.15, middle, "ŷ", va="center", fontsize=15)
        say(ax, descriptions.neuron(weights, bias, names, "ŷ"), folded.neuron(weights, bias, names))
    return Drawn(weights=labels, bias=below)


def _draw_input(ax, y, middle, name, weight):
    """Draw an input with its arrow to the rim of the sum and its weight; returns the text of the weight."""
    target = np.array([SUM_AT, middle])
    direction = (target - (0, y)) / np.linalg.norm(target - (0, y))
    ax.text(-0.1, y, name, ha="right", va="center")
    arrow(ax, (0, y), target - SUM_RADIUS * direction, **ARROW)
    height = y + (middle - y) * WEIGHT_AT / SUM_AT
    text = ax.text(WEIGHT_AT, height, signed(weight), ha="center", va="center")
    text.set_bbox({"boxstyle": "round", "fc": "white", "ec": BLUE if weight > 0 else ORANGE})
    return text


def signed(number):
    """Return a number with its sign, a real minus included."""
    return with_minus(f"{number:+g}")


def subscript(number):
    """Return a whole number in small digits below the line: 12 becomes ₁₂."""
    return "".join(chr(ord("₀") + int(digit)) for digit in str(number))


class Panel(NamedTuple):
    """The artists of one panel of :func:`decision`.

    Attributes:
        line: where the weighted sum is 0, or None where there is no such line.
        classes: dict from label to that class's collection of points.
        tint: the area where the neuron fires.
        marked: dict from the name of a marked place to its line of one point.
    """

    line: object
    classes: dict
    tint: object
    marked: dict


def decision(points, labels, neurons, *, class_names=None, marked=None, xlabel="x₁", ylabel="x₂", caption="", ax=None):
    """Draw points of two classes, and in each panel one neuron's line and the side on which it fires.

    Args:
        points: array of shape (n, 2).
        labels: array of n labels 0 or 1, or of shape (number of panels, n) for labels that differ by panel.
        neurons: dict from a panel's title to ``(weights, bias)``, weights of shape (2,). A neuron with both weights
            0 has no line; its panel is tinted as a whole if it fires. One with a weight that is no finite number has
            neither line nor tint.
        class_names: the names of the classes 0 and 1.
        marked: dict from a name to a place (x, y) that belongs to no class, drawn as a star in every panel: what the
            neuron is asked about.
        xlabel: name of the first input.
        ylabel: name of the second input.
        caption: the sentence below the figure.
        ax: axes to draw in, where there is one neuron; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Panel`.

    Raises:
        ValueError: if points, labels and neurons do not fit each other.
    """
    points, labels = np.asarray(points, float), np.asarray(labels)
    each = np.tile(labels, (len(neurons), 1)) if labels.ndim == 1 else labels
    if points.shape != (len(points), 2) or each.shape != (len(neurons), len(points)):
        raise ValueError(
            f"{len(neurons)} panels need points of shape (n, 2) and n labels for all panels or for each; "
            f"these have the shapes {points.shape} and {labels.shape}."
        )
    stars = {name: np.asarray(place, float) for name, place in (marked or {}).items()}
    artists = Drawn()
    nrows, ncols = rows_and_columns(len(neurons), most=3)
    figsize = (5.2 if ncols == 1 else 3.4 * ncols, 3.5 * nrows)
    shared = {"sharex": True, "sharey": True}
    with panels(len(neurons), ax, (nrows, ncols), figsize, caption=caption, **shared) as axes:
        for pane, (title, (weights, bias)), own in zip(axes.flat, neurons.items(), each, strict=False):
            frame(pane, np.vstack([points, *stars.values()]))
            pane.set_title(title)
            pane.grid(visible=False)
            tint, _ = shade(pane, lambda places, w=weights, b=bias: places @ np.asarray(w, float) + b, threshold=0)
            classes = draw_classes(pane, points, own, class_names)
            drawn = draw_stars(pane, stars)
            artists[title] = Panel(_draw_line(pane, weights, bias), classes, tint, drawn)
        label_outer(axes, xlabel, ylabel)
        legend_of_classes(axes[0, 0], [panel.classes for panel in artists.values()], list(drawn.values()))
        told = (points, labels, neurons, class_names, xlabel, ylabel, stars)
        say(axes[0, 0], descriptions.decision(*told), folded.decision(*told))
    return artists


def _draw_line(ax, weights, bias):
    """Draw where ``weights @ x + bias`` is 0; returns the artist, or None when there is no such line."""
    w_1, w_2 = map(float, weights)
    look = {"color": BLACK, "zorder": 2}
    largest = max(abs(w_1), abs(w_2))
    away = abs(float(bias)) / largest if largest > 0 else np.inf
    if not np.isfinite([w_1, w_2, bias]).all() or away > FAR:
        return None
    if abs(w_2) > abs(w_1):
        return ax.axline((0, -bias / w_2), slope=-w_1 / w_2, **look)
    start = (-bias / w_1, 0)
    return ax.axline(start, (start[0] - w_2 / w_1, 1), **look)


def activations(z, functions, derivatives, *, caption=""):
    """Draw activation functions in a row, each with its derivative below.

    Args:
        z: array of shape (n,), the weighted sums.
        functions: dict from name to the array of values at ``z``.
        derivatives: dict with the same names, the derivatives at ``z``.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: for each name the pair of lines (function, derivative).
    """
    lines = Drawn()
    shape, figsize = (2, len(functions)), (2.3 * len(functions), 4.4)
    style = {"font.size": 11, "axes.titlesize": 13}
    with panels(
        shape[0] * shape[1], None, shape, figsize, caption=caption, style=style, sharex=True, sharey="row"
    ) as axes:
        for (top, below), name in zip(axes.T, functions, strict=True):
            lines[name] = (
                top.plot(z, functions[name], **LINE_LOOKS[0])[0],
                below.plot(z, derivatives[name], **LINE_LOOKS[1])[0],
            )
            top.set(title=name, ylim=(-1.35, 3.2))
            below.set(xlabel="z", ylim=(-0.1, 1.15))
        axes[0, 0].set_ylabel("g(z)")
        axes[1, 0].set_ylabel("slope g′(z)")
        told = (z, functions, derivatives)
        say(axes[0, 0], descriptions.activations(*told), folded.activations(*told))
    return lines
