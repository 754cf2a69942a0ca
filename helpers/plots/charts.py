"""Charts of numbers: bars, and lines over x."""

import numpy as np

from . import descriptions, folded
from .base import BLACK, BLUE, ORANGE, Drawn, legend, line_looks, one_panel, panels, say, with_minus
from .descriptions.curves import measures

MOST_LETTERS = 60  # of names side by side below the bars; more would run into each other
MOST_TICKS = 10  # up to here every x of a logarithmic axis has its own number
NEAR_END = 0.2  # the share of the axis that a name at its end takes at the most


def bars(labels, heights, *, threshold, xlabel="", ylabel="", caption="", ax=None):
    """Draw one bar for each label and a threshold across; bars above it are filled.

    Args:
        labels: text under each bar.
        heights: array of the bars' heights, same length.
        threshold: height of the dashed line.
        xlabel: text below the labels.
        ylabel: text beside the heights.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "bars", a bar container; "threshold", a line; "heights", texts.
    """
    heights = np.asarray(heights, float)
    with one_panel(ax, (8, 3.8), caption=caption) as ax:
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
        if len(labels) * (max(len(str(label)) for label in labels) + 1) > MOST_LETTERS:
            ax.tick_params(axis="x", rotation=90)
        texts = ax.bar_label(drawn, labels=[with_minus(f"{height:g}") for height in heights], padding=3)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        told = (labels, heights, threshold, xlabel, ylabel)
        say(ax, descriptions.bars(*told), folded.bars(*told))
    return Drawn(bars=drawn, threshold=line, heights=texts)


def curves(
    x,
    ys,
    *,
    xlabel="",
    ylabel="",
    xscale="linear",
    yscale="linear",
    ylim=(None, None),
    marker=None,
    wide=(),
    pale=(),
    hlines=None,
    caption="",
    ax=None,
):
    """Draw one curve for each entry of ``ys``; of repeated runs the median, with their range as a shaded band.

    Args:
        x: array of shape (n,), or a dict from the curve's name to an array, where each curve has its own.
        ys: dict from the curve's name to an array of shape (n,), or of shape (runs, n) for repeated runs.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        xscale, yscale: "linear" or "log".
        ylim: where the vertical axis begins and ends; None for just outside of the curves.
        marker: what is drawn at every point, such as "o"; None for lines alone.
        wide: names of curves drawn as a broad pale band, on which a second curve can be seen to lie.
        pale: names of curves drawn thin and pale, so that another one, their trend, is the strong line.
        hlines: dict from a name to a height, drawn as a dashed line across.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "lines", "bands" and "hlines", dicts from name to line, to shaded area (of repeated
        runs only) and to line.

    Raises:
        ValueError: if x and y differ in length, or a logarithmic axis can show nothing: an x is not positive, or no y
            is.

    What is no finite number or 1e150 and more, or not positive where the axis is logarithmic, is left out. A curve of
    which nothing is in the picture keeps its name in the legend, which says so.
    """
    xs = {name: np.asarray(x[name] if isinstance(x, dict) else x) for name in ys}
    ys = {name: np.asarray(y, float) for name, y in ys.items()}
    for name, y in ys.items():
        _check_curve(name, xs[name], y, xscale)
    # What burst so far that an axis could not hold it, 1e150 and more, is left out as well; NaN is not below either.
    seen = {name: np.where((np.abs(y) < 1e150) & ((y > 0) | (yscale != "log")), y, np.nan) for name, y in ys.items()}
    if yscale == "log" and all(np.isnan(y).all() for y in seen.values()):
        raise ValueError("No curve has a y above 0, and a logarithmic axis shows nothing else.")
    lines, bands = {}, {}
    with one_panel(ax, (8, 3.8), caption=caption) as ax:
        for (name, y), look in zip(seen.items(), line_looks(), strict=False):
            if y.ndim == 2:
                faint = {"color": look["color"], "alpha": 0.2, "linewidth": 0, "label": f"_{name}"}
                bands[name] = ax.fill_between(xs[name], y.min(axis=0), y.max(axis=0), **faint)
                y = np.median(y, axis=0)  # noqa: PLW2901
            label = f"{name}{_where(y, ylim)}"
            (lines[name],) = ax.plot(xs[name], y, label=label, marker=marker, **look)
        for name in wide:
            lines[name].set(linewidth=9, alpha=0.35, solid_capstyle="butt")
        for name in pale:
            lines[name].set(linewidth=1, alpha=0.45, zorder=1.5, linestyle="-")
        ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
        _set_ticks(ax, x, xscale)
        named = _draw_hlines(ax, hlines or {})
        ax.set_ylim(*ylim)
        for name, height in (hlines or {}).items():
            _name_hline(ax, name, height, lines.values())
        if len(ys) > 1:
            legend(ax, list(lines.values()), place="right")
        strong = {name: y for name, y in ys.items() if name not in pale} or ys
        sentence = descriptions.curves(x, strong, xlabel, ylabel, xscale, yscale, hlines)
        say(ax, sentence, folded.curves(x, ys, xlabel, ylabel, hlines))
    return Drawn(lines=lines, bands=bands, hlines=named)


def training(history, *, caption=""):
    """Draw how a training went: for each measure a panel, with a point for every epoch.

    Args:
        history: the ``history`` of what Keras' ``fit`` returned, a dict from a measure to a list of numbers. A measure
            whose name begins with "val_" was taken on validation data and stands in the panel of the other.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: for each measure a dict from "training" and "validation" to a line.

    Raises:
        ValueError: if there is no measure, or two of one panel differ in length.
    """
    panes = measures(history)
    if not panes:
        raise ValueError("There is no measure to draw: pass the history of a fit that ran, fit(…).history.")
    artists = Drawn()
    shape, figsize = (1, len(panes)), (4.6 * len(panes), 3.9)
    with panels(len(panes), None, shape, figsize, caption=caption) as axes:
        for pane, (measure, parts) in zip(axes.flat, panes.items(), strict=True):
            lines = artists[measure] = {}
            for (part, values), look, marker in zip(parts.items(), line_looks(), "os", strict=False):
                epochs = np.arange(1, len(values) + 1)
                (lines[part],) = pane.plot(epochs, values, label=part, marker=marker, markersize=5, **look)
            pane.set(xlabel="epoch", ylabel=measure)
            pane.xaxis.get_major_locator().set_params(integer=True)  # there is no epoch 2.5
        several = max(artists.values(), key=len)
        if len(several) > 1:
            legend(axes[0, 0], list(several.values()), ncols=2)
        say(axes[0, 0], descriptions.training(history), folded.training(history))
    return artists


def _check_curve(name, x, y, xscale):
    """Refuse a curve that does not fit its x, or an x that a logarithmic axis cannot show."""
    if y.shape[-1:] != x.shape:
        raise ValueError(f"The curve {name!r} has {y.shape[-1]} numbers, but x has {x.size}.")
    if xscale == "log" and np.min(x) <= 0:
        raise ValueError(f"The curve {name!r} has an x of 0 or below, which a logarithmic axis cannot show.")


def _where(y, ylim):
    """Return what the legend says of a curve of which nothing is in the picture."""
    known = y[np.isfinite(y)]
    if not known.size:
        return " (left the picture)"
    return " (above the picture)" if ylim[1] is not None and known.min() > ylim[1] else ""


def _set_ticks(ax, x, xscale):
    """Put a tick at each of a few places on a logarithmic axis, and none between two whole numbers."""
    if isinstance(x, dict):
        return
    if xscale == "log" and len(x) <= MOST_TICKS:
        ax.set_xticks(x, [f"{value:g}" for value in x])
        ax.minorticks_off()
    elif xscale == "linear" and np.issubdtype(np.asarray(x).dtype, np.integer):
        ax.xaxis.get_major_locator().set_params(integer=True)  # there is no epoch 2.5


def _draw_hlines(ax, heights):
    """Draw a dashed line across at each height; returns a dict from name to line."""
    return {name: ax.axhline(y, color=BLACK, linestyle=(0, (4, 3)), linewidth=1.1) for name, y in heights.items()}


def _name_hline(ax, name, height, curves):
    """Write the name of a dashed line at that end of it from which the curves stay farther away."""
    left = _room(ax, height, curves, at_left=True) > _room(ax, height, curves, at_left=False)
    share, side = (0.005, "left") if left else (0.995, "right")
    place = {"xycoords": ("axes fraction", "data"), "xytext": (0, 3), "textcoords": "offset points"}
    ax.annotate(name, (share, height), ha=side, va="bottom", fontsize=11, **place)


def _room(ax, height, curves, at_left):
    """Return how far from a height the curves stay near one end of the axes, as a share of the axes."""
    to_axes = ax.transData + ax.transAxes.inverted()
    gaps = [1.0]
    for curve in curves:
        x, y = curve.get_data()
        across, up = to_axes.transform(np.column_stack([x, y])).T
        middle = to_axes.transform((x[0], height))[1]
        near = across <= NEAR_END if at_left else across >= 1 - NEAR_END
        gaps += [gap for gap in np.abs(up[near] - middle) if np.isfinite(gap)]
    return min(gaps)
