"""Charts of numbers, and the two drawings of notebook 00."""

import matplotlib.pyplot as plt
import numpy as np

from .base import BLACK, BLUE, GREEN, LINE_LOOKS, ORANGE, PINK, SKY, STYLE, Drawn, show


def bars(labels, heights, threshold, alt, xlabel="", ylabel=""):
    """Draw one bar for each label and a threshold across; bars above it are filled.

    Args:
        labels: text under each bar.
        heights: array of the bars' heights, same length.
        threshold: height of the dashed line.
        alt: description of the figure.
        xlabel: text below the labels.
        ylabel: text beside the heights.

    Returns:
        The :class:`Drawn` artists: "bars", a bar container; "threshold", a line; "heights", texts.
    """
    heights = np.asarray(heights, float)
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 3.8))
        above = heights > threshold
        drawn = ax.bar(
            labels,
            heights,
            color=np.where(above, BLUE, "white"),
            edgecolor=np.where(above, BLUE, ORANGE),
            linewidth=2,
            hatch=["" if high else "//" for high in above],
        )
        line = ax.axhline(threshold, color=BLACK, linestyle="--")
        ax.margins(y=0.15)
        texts = ax.bar_label(drawn, labels=[f"{height:g}".replace("-", "−") for height in heights], padding=3)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        show(fig, alt)
    return Drawn(bars=drawn, threshold=line, heights=texts)


def curves(x, ys, alt, xlabel="", ylabel="", wide=(), bottom=None):
    """Draw one curve for each entry of ``ys`` over the same ``x``.

    Args:
        x: array of shape (n,).
        ys: dict from the curve's name to an array of shape (n,).
        alt: description of the figure.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        wide: names of curves drawn as a broad pale band, on which a second curve can be seen to lie.
        bottom: where the vertical axis begins, or None for just below the lowest curve.

    Returns:
        The :class:`Drawn` artists: for each name a line.

    Raises:
        ValueError: if there are more curves than can be told apart.
    """
    if len(ys) > len(LINE_LOOKS):
        raise ValueError(f"{len(ys)} curves are too many to tell apart: draw at most {len(LINE_LOOKS)} in one figure.")
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(8, 3.8))
        lines = {
            name: ax.plot(x, y, label=name, **look)[0]
            for (name, y), look in zip(ys.items(), LINE_LOOKS[: len(ys)], strict=True)
        }
        for name in wide:
            lines[name].set(linewidth=9, alpha=0.35, solid_capstyle="butt")
        if np.issubdtype(np.asarray(x).dtype, np.integer):
            ax.xaxis.get_major_locator().set_params(integer=True)  # there is no epoch 2.5
        ax.set_ylim(bottom=bottom)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        if len(ys) > 1:
            fig.legend(loc="outside right upper")
        show(fig, alt)
    return Drawn(lines)


def scatter_below(bounds, values, alt, xlabel="", ylabel=""):
    """Draw values against their upper bounds on logarithmic axes, with the line where both are equal.

    Args:
        bounds: array of shape (n,), positive.
        values: array of shape (n,), positive.
        alt: description of the figure.
        xlabel: name of the bound.
        ylabel: name of the value.

    Returns:
        The :class:`Drawn` artists: "points", a collection, and "diagonal", a line.

    Raises:
        ValueError: if a bound or a value is not positive.
    """
    if min(*bounds, *values) <= 0:
        raise ValueError("A logarithmic axis shows positive numbers only: leave out bounds and values of 0 or below.")
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(7, 4))
        drawn = ax.scatter(bounds, values, color=BLUE, s=36, zorder=3)
        ax.set(xscale="log", yscale="log", xlabel=xlabel, ylabel=ylabel)
        diagonal = ax.axline((1, 1), (10, 10), color=BLACK, linestyle="--", linewidth=1.5)
        edge = max(*bounds, *values)
        ax.set(xlim=(min(bounds) / 2, edge * 2), ylim=(min(1, *values) / 1.5, edge * 2))
        ax.annotate(
            "as large as the bound",
            (edge / 3, edge / 3),
            ha="right",
            va="bottom",
            xytext=(-8, 4),
            textcoords="offset points",
        )
        show(fig, alt)
    return Drawn(points=drawn, diagonal=diagonal)


def course_map(groups, alt):
    """Draw the course as a row of stations, one for each group, with its notebooks below.

    Args:
        groups: dict from a group's name to the list of its notebooks' names, in the order of the course.
        alt: description of the figure.

    Returns:
        The :class:`Drawn` artists: "notebooks", a list of texts.
    """
    looks = (BLUE, ORANGE, GREEN, PINK, SKY, BLACK)
    texts = []
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(10.4, 0.45 * max(map(len, groups.values())) + 1.0))
        ax.axis("off")
        ax.set(xlim=(-0.5, len(groups) - 0.5), ylim=(-max(map(len, groups.values())) - 0.2, 1))
        ax.annotate(
            "",
            (len(groups) - 0.5, 0.42),
            (-0.5, 0.42),
            arrowprops={"arrowstyle": "-|>", "lw": 2, "color": "#555555"},
        )
        for column, (name, notebooks) in enumerate(groups.items()):
            color = looks[column % len(looks)]
            ax.text(
                column,
                0.42,
                name,
                ha="center",
                va="center",
                fontsize=12,
                fontweight="bold",
                bbox={"boxstyle": "round,pad=0.4", "fc": "white", "ec": color, "lw": 2.5},
            )
            texts += [
                ax.text(column, -0.6 - row, notebook, ha="center", va="center", fontsize=10)
                for row, notebook in enumerate(notebooks)
            ]
        show(fig, alt)
    return Drawn(notebooks=texts)


def timeline(events, alt):
    """Draw events along a line of years.

    Args:
        events: list of ``(year, text, level)``; the level places the text above (positive) or below the line.
        alt: description of the figure.

    Returns:
        The :class:`Drawn` artists: "years", the line of markers.
    """
    years = [year for year, _, _ in events]
    levels = [level for _, _, level in events]
    with plt.rc_context(STYLE):
        fig, ax = plt.subplots(figsize=(9.6, 4.2))
        ax.vlines(years, 0, levels, color="#AAAAAA", linewidth=1.2)
        ax.axhline(0, color=BLACK, linewidth=1.5)
        (marks,) = ax.plot(years, np.zeros(len(years)), "o", color=BLUE)
        for year, text, level in events:
            ax.text(
                year,
                level,
                f"{year}\n{text}",
                ha="center",
                va="bottom" if level > 0 else "top",
                fontsize=10.5,
                bbox={"fc": "white", "ec": "none", "pad": 1},
            )
        ax.set(xlim=(min(years) - 8, max(years) + 8), ylim=(min(levels) - 1.3, max(levels) + 1.3))
        ax.axis("off")
        show(fig, alt)
    return Drawn(years=marks)
