"""Figures of neurons: one neuron, the line that it draws, its activation."""

from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np

from .base import BLACK, BLUE, CLASS_LOOKS, LINE_LOOKS, ORANGE, STYLE, Drawn, show


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


def _scatter(ax, points, labels, names=None):
    """Draw points of up to three classes 0, 1, 2; returns a dict from label to artist."""
    names = names or {}
    return {
        label: ax.scatter(
            *points[labels == label].T,
            s=60,
            edgecolors="white",
            linewidths=0.8,
            zorder=3,
            label=names.get(label, f"class {label}"),
            **CLASS_LOOKS[label],
        )
        for label in np.unique(labels)
    }


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
        classes: dict from label to that class's collection of points.
        tint: the area where the neuron fires.
    """

    line: object
    classes: dict
    tint: object


def decision(points, labels, panels, alt, names=None, xlabel="x₁", ylabel="x₂"):
    """Draw points of two classes, and in each panel one neuron's line and the side on which it fires.

    Args:
        points: array of shape (n, 2).
        labels: array of n labels 0 or 1, or of shape (number of panels, n) for labels that differ by panel.
        panels: dict from title to ``(weights, bias)``, weights of shape (2,). A neuron with both weights
            0 has no line; its panel is tinted as a whole if it fires.
        alt: description of the figure.
        names: dict from label to the name of that class.
        xlabel: name of the first input.
        ylabel: name of the second input.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Panel`.

    Raises:
        ValueError: if points, labels and panels do not fit each other.
    """
    points, labels = np.asarray(points, float), np.asarray(labels)
    each = np.tile(labels, (len(panels), 1)) if labels.ndim == 1 else labels
    if points.shape != (len(points), 2) or each.shape != (len(panels), len(points)):
        raise ValueError(
            f"{len(panels)} panels need points of shape (n, 2) and n labels for all panels or for each; "
            f"these have the shapes {points.shape} and {labels.shape}."
        )
    artists = Drawn()
    limits = _frame(points)
    corners = set(np.unique(points)) <= {0.0, 1.0}
    with plt.rc_context(STYLE):
        columns = min(len(panels), 3)
        rows = -(-len(panels) // columns)
        width = 5.2 if columns == 1 else 3.4 * columns
        fig, axes = plt.subplots(rows, columns, figsize=(width, 3.5 * rows), squeeze=False, sharex=True, sharey=True)
        for ax, (title, (weights, bias)), own in zip(axes.flat[: len(panels)], panels.items(), each, strict=True):
            ax.set(xlim=limits[0], ylim=limits[1], title=title)
            if corners:  # logic gates: nothing lies between 0 and 1
                ax.set(xticks=(0, 1), yticks=(0, 1))
            ax.grid(visible=False)
            tint = _shade(ax, weights, bias)
            classes = _scatter(ax, points, own, names)
            artists[title] = Panel(_line(ax, weights, bias, color=BLACK, zorder=2), classes, tint)
        for ax in axes.flat[len(panels) :]:
            ax.axis("off")
        for ax in axes[-1]:
            ax.set_xlabel(xlabel)
        for ax in axes[:, 0]:
            ax.set_ylabel(ylabel)
        seen = {label: artist for panel in artists.values() for label, artist in panel.classes.items()}
        handles = [seen[label] for label in sorted(seen)]
        fig.legend(handles=handles, loc="outside lower center", ncols=len(handles))
        show(fig, alt)
    return artists


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
