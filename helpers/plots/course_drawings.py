"""The two drawings of notebook 00: the map of the course, and the dates of the field."""

import numpy as np

from . import descriptions, folded
from .base import BLACK, BLUE, GREEN, ORANGE, PINK, SKY, Drawn, arrow, one_panel, say


def course_map(groups, *, side_trips=(), caption="", ax=None):
    """Draw the course as a row of stations, one for each group, with its notebooks below.

    Args:
        groups: dict from a group's name to the list of its notebooks' names, in the order of the course.
        side_trips: the names of those notebooks that may be left out; each stands in a dashed frame.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "notebooks", a list of texts.
    """
    looks = (BLUE, ORANGE, GREEN, PINK, SKY, BLACK)
    longest = max(map(len, groups.values()))
    texts = []
    with one_panel(ax, (10.4, 0.45 * longest + 1.0), caption=caption) as ax:
        ax.axis("off")
        ax.set(xlim=(-0.5, len(groups) - 0.5), ylim=(-longest - 0.2, 1))
        arrow(ax, (-0.5, 0.42), (len(groups) - 0.5, 0.42), lw=2, color="#555555")
        for column, (name, notebooks) in enumerate(groups.items()):
            box = {"boxstyle": "round,pad=0.4", "fc": "white", "ec": looks[column % len(looks)], "lw": 2.5}
            ax.text(column, 0.42, name, ha="center", va="center", fontsize=12, fontweight="bold", bbox=box)
            for row, notebook in enumerate(notebooks):
                frame = {"boxstyle": "round,pad=0.3", "fc": "white", "ec": "#555555", "ls": "--"}
                look = {"fontstyle": "italic", "bbox": frame} if notebook in side_trips else {}
                texts.append(ax.text(column, -0.6 - row, notebook, ha="center", va="center", fontsize=10, **look))
        say(ax, descriptions.course_map(groups, side_trips), folded.course_map(groups))
    return Drawn(notebooks=texts)


def timeline(events, *, caption="", ax=None):
    """Draw events along a line of years.

    Args:
        events: list of ``(year, text, level)``; the level places the text above (positive) or below the line.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "years", the line of markers.
    """
    years = [year for year, _, _ in events]
    levels = [level for _, _, level in events]
    with one_panel(ax, (9.6, 4.2), caption=caption) as ax:
        ax.vlines(years, 0, levels, color="#AAAAAA", linewidth=1.2)
        ax.axhline(0, color=BLACK, linewidth=1.5)
        (dots,) = ax.plot(years, np.zeros(len(years)), "o", color=BLUE)
        for year, text, level in events:
            side = "bottom" if level > 0 else "top"
            box = {"fc": "white", "ec": "none", "pad": 1}
            ax.text(year, level, f"{year}\n{text}", ha="center", va=side, fontsize=10.5, bbox=box)
        ax.set(xlim=(min(years) - 8, max(years) + 8), ylim=(min(levels) - 1.3, max(levels) + 1.3))
        ax.axis("off")
        say(ax, descriptions.timeline(events), folded.timeline(events))
    return Drawn(years=dots)
