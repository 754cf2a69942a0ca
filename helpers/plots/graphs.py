"""Figures of computations: how numbers are made from one another, and how a gradient travels back."""

from typing import NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from . import descriptions, folded
from .base import BLACK, BLUE, ORANGE, Drawn, arrow, legend, one_panel, say, with_minus

COLUMN, ROW = 3.1, 1.75  # from one column of boxes to the next, and from one row to the next
WIDTH, HEIGHT = 1.55, 1.22  # of a box
FORWARD = {"color": BLUE, "linestyle": "-"}
BACKWARD = {"color": ORANGE, "linestyle": (0, (4, 2))}


class Node(NamedTuple):
    """A box of :func:`computation_graph`.

    Attributes:
        column: how far to the right it stands, 0 for the first column.
        row: how far down, 0 for the first row; halves stand between two rows.
        value: the number computed on the way forward.
    """

    column: float
    row: float
    value: float


def computation_graph(nodes, slopes, *, caption="", ax=None):
    """Draw numbers that are computed from one another: values on the way forward, gradients on the way back.

    Each box holds its name, its value (after "→") and its gradient (after "←"), the derivative of the last box's value
    with respect to its own. The gradients follow from the slopes by the chain rule. A solid blue arrow leads forward;
    the dashed orange arrow beside it leads back and carries the slope with which the gradient is multiplied.

    Args:
        nodes: dict from a name to a :class:`Node` or a tuple (column, row, value); the last one is what is derived.
        slopes: dict from a pair of names (source, target) to the derivative of the target with respect to the source.
            Sources stand to the left of their targets.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "values" and "gradients", dicts from a name to a text; "slopes", a dict from a pair
        of names to a text.

    Raises:
        ValueError: if an arrow begins or ends at a name without a box, or does not lead to the right.
    """
    nodes = {name: Node(*node) for name, node in nodes.items()}
    gradients = _chain_rule(nodes, slopes)
    places = {name: np.array([COLUMN * node.column, -ROW * node.row]) for name, node in nodes.items()}
    (left, low), (right, high) = (end(list(places.values()), axis=0) for end in (np.min, np.max))
    figsize = (0.8 * (right - left + WIDTH) + 0.2, 0.8 * (high - low + HEIGHT) + 0.5)
    values, backward = {}, {}
    with one_panel(ax, figsize, caption=caption) as ax:
        ax.set(xlim=(left - WIDTH / 2 - 0.1, right + WIDTH / 2 + 0.1), aspect="equal")
        ax.set_ylim(low - HEIGHT / 2 - 0.1, high + HEIGHT / 2 + 0.1)
        ax.axis("off")
        starts, ends = _ports(places, slopes)
        steps = {pair: _draw_step(ax, starts[pair], ends[pair], slope) for pair, slope in slopes.items()}
        for name, node in nodes.items():
            values[name], backward[name] = _draw_box(ax, places[name], name, node.value, gradients[name])
        looks = {"forward: values": FORWARD, "back: gradients, times the slope at the arrow": BACKWARD}
        handles = [Line2D([], [], label=label, linewidth=2.2, **look) for label, look in looks.items()]
        legend(ax, handles, ncols=len(looks))
        told = (nodes, slopes, gradients)
        say(ax, descriptions.computation_graph(*told), folded.computation_graph(*told))
    return Drawn(values=values, gradients=backward, slopes=steps)


def _chain_rule(nodes, slopes):
    """Return the derivative of the last node with respect to each: slope times gradient, added up over its arrows."""
    for pair in slopes:
        for name in pair:
            if name not in nodes:
                raise ValueError(f"The arrow {pair} needs a box called {name!r}; there are {', '.join(nodes)}.")
        source, target = (nodes[name] for name in pair)
        if source.column >= target.column:
            raise ValueError(f"The arrow {pair} must lead to the right: give its target a larger column.")
    gradients = dict.fromkeys(nodes, 0.0) | {list(nodes)[-1]: 1.0}
    for source, target in sorted(slopes, key=lambda pair: -nodes[pair[1]].column):
        gradients[source] += slopes[source, target] * gradients[target]
    return gradients


def _draw_box(ax, place, name, value, gradient):
    """Draw a box with its name and numbers; returns the texts of value and gradient."""
    x, y = place
    corner = place - np.array([WIDTH, HEIGHT]) / 2
    look = {"facecolor": "#F7F7F7", "edgecolor": BLACK, "linewidth": 1.4, "zorder": 3}
    ax.add_patch(FancyBboxPatch(corner, WIDTH, HEIGHT, boxstyle="round,pad=0,rounding_size=0.12", **look))
    lines = [(name, BLACK), (f"→ {_number(value)}", BLUE), (f"← {_number(gradient)}", ORANGE)]
    texts = [
        ax.text(x, y + up, text, color=color, ha="center", va="center", fontsize=12.5, zorder=4)
        for (text, color), up in zip(lines, (0.36, 0, -0.36), strict=True)
    ]
    return texts[1:]


def _ports(places, pairs):
    """Spread the ends of the arrows over the sides of their boxes; returns where each pair starts and where it ends."""
    starts, ends = {}, {}
    for ports, side, own, other in ((starts, 1, 0, 1), (ends, -1, 1, 0)):
        for name, place in places.items():
            meeting = sorted((pair for pair in pairs if pair[own] == name), key=lambda pair: -places[pair[other]][1])
            reach = min(0.18 * len(meeting), 0.38) if len(meeting) > 1 else 0
            for pair, up in zip(meeting, np.linspace(reach, -reach, len(meeting)), strict=True):
                ports[pair] = place + np.array([side * (WIDTH / 2 + 0.04), up])
    return starts, ends


def _draw_step(ax, start, end, slope):
    """Draw the arrow forward, and below it the one back with its slope; returns the text of the slope."""
    up = np.array([0, 0.09])
    arrow(ax, start + up, end + up, mutation_scale=13, lw=2, **FORWARD)
    arrow(ax, end - up, start - up, mutation_scale=13, lw=2, **BACKWARD)
    fall = start[1] - end[1]
    # There is room below a level line, to the left of one that falls, and to the right of one that rises.
    aside = -up * 3 if abs(fall) < 0.4 else np.array([-0.2 * np.sign(fall), -0.15])
    middle = (start + end) / 2 + aside
    text = ax.text(*middle, f"× {_number(slope)}", color=ORANGE, ha="center", va="center", fontsize=12)
    text.set_bbox({"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"})
    text.set_zorder(5)
    return text


def _number(value):
    """Write a number with three significant digits, and with a true minus sign."""
    return with_minus(f"{0.0 if abs(value) < 1e-12 else float(value):.3g}")
