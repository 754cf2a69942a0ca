"""Figures of classifiers: which class was taken for which, where each class wins, and whether a 90 % is one."""

from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.ticker import MaxNLocator

from . import descriptions, folded
from .base import (
    BLACK,
    BLUE,
    CLASS_LOOKS,
    ORANGE,
    Drawn,
    check_distinct,
    draw_classes,
    frame,
    legend_of_classes,
    one_panel,
    panels,
    rows_and_columns,
    say,
)

SURE = 0.9  # the probability of the dashed lines in the regions of classes
RIGHT = "#DDDDDD"  # the diagonal of a confusion matrix
BINS = 10  # between the confidences 0 and 1


def confusion(labels, predictions, *, xlabel="answer", ylabel="right class", caption="", ax=None):
    """Draw a confusion matrix: one row for each right class, one column for each answer.

    The diagonal, the right answers, is grey whatever its counts: on their scale every mistake would look like none.
    The mistakes have a scale of their own, with a bar, from white for none to the most frequent one.

    Args:
        labels: array of shape (n,), the right classes.
        predictions: array of shape (n,), the answers of the classifier.
        xlabel: name of the horizontal axis, the answers.
        ylabel: name of the vertical axis, the right classes.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "picture", the image of the mistakes, whose array holds the counts with the diagonal
        masked; "numbers", an array of texts of shape (classes, classes); "colorbar".

    Raises:
        ValueError: if labels and answers differ in number, or there are none.
    """
    from sklearn.metrics import confusion_matrix  # noqa: PLC0415 - slow to import

    if len(labels) != len(predictions) or len(labels) == 0:
        raise ValueError(
            f"A confusion matrix needs one answer for each label; these are {len(predictions)} answers and "
            f"{len(labels)} labels."
        )
    classes = np.unique(np.concatenate([labels, predictions]))
    counts = confusion_matrix(labels, predictions, labels=classes)
    mistakes = np.ma.array(counts, mask=np.eye(len(classes), dtype=bool))
    most = max(np.ma.filled(mistakes, 0).max(), 1)
    with one_panel(ax, (7.0, 6.0), caption=caption, style={"axes.grid": False}) as ax:
        shades = matplotlib.colormaps["Oranges"].with_extremes(bad=RIGHT)
        drawn = ax.imshow(mistakes, cmap=shades, vmin=0, vmax=most)
        bar = ax.figure.colorbar(drawn, ax=ax, shrink=0.85, label="mistakes")
        bar.locator = MaxNLocator(integer=True)
        bar.update_ticks()
        texts = np.empty(counts.shape, dtype=object)
        for (row, column), count in np.ndenumerate(counts):
            color = "white" if row != column and count > 0.6 * most else "black"
            look = {"color": color, "ha": "center", "va": "center", "fontsize": 12}
            texts[row, column] = ax.text(column, row, str(count) if count else "", **look)
        ax.set_xticks(range(len(classes)), [str(each) for each in classes])
        ax.set_yticks(range(len(classes)), [str(each) for each in classes])
        ax.set(xlabel=xlabel, ylabel=ylabel)
        say(ax, descriptions.confusion(labels, predictions), folded.confusion(labels, predictions, xlabel, ylabel))
    return Drawn(picture=drawn, numbers=texts, colorbar=bar)


class Shares(NamedTuple):
    """The artists of one panel of :func:`class_regions`.

    Attributes:
        tint: the regions, one level for each class.
        borders: dict from label to the border of that class's region, or to None where it wins everywhere.
        sure: the line where the largest probability is ``SURE``, or None where there is no such place.
        names: dict from label to the text in the region of that class.
        classes: dict from label to that class's collection of points.
    """

    tint: object
    borders: dict
    sure: object
    names: dict
    classes: dict


def class_regions(points, labels, probabilities, *, class_names, xlabel="x₁", ylabel="x₂", caption="", ax=None):
    """Draw the regions in which each of up to three classes is the most probable one, and the points to be sorted.

    Solid lines part the regions; dashed lines show where the largest probability is 90 %.

    Args:
        points: array of shape (n, 2).
        labels: array of n labels 0, 1, ..., the right classes.
        probabilities: dict from a panel's title to a function that takes an array of shape (m, 2) and returns
            probabilities of shape (m, k).
        class_names: the names of the k classes.
        xlabel: name of the horizontal axis.
        ylabel: name of the vertical axis.
        caption: the sentence below the figure.
        ax: axes to draw in, where there is one panel; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: for each title a :class:`Shares`.

    Raises:
        ValueError: if points, labels and names do not fit each other, or there are more than three classes.
    """
    points, labels = np.asarray(points, float), np.asarray(labels)
    if points.shape != (len(labels), 2) or not set(np.unique(labels)) <= set(range(len(class_names))):
        raise ValueError(
            f"{len(labels)} labels need points of shape ({len(labels)}, 2) and a name for each class; these are points "
            f"of shape {points.shape} and {len(class_names)} names."
        )
    check_distinct("classes", len(class_names), len(CLASS_LOOKS))
    nrows, ncols = rows_and_columns(len(probabilities), most=2)
    figsize = (4.2 * ncols + 0.4, 4.2 * nrows + 0.5)
    artists = Drawn()
    style = {"axes.grid": False}
    with panels(len(probabilities), ax, (nrows, ncols), figsize, caption=caption, style=style) as axes:
        for pane, (title, shares_at) in zip(axes.flat, probabilities.items(), strict=False):
            frame(pane, points, margin=0.15)
            pane.set(title=title, xlabel=xlabel, ylabel=ylabel)
            regions = _share_out(pane, shares_at, points, class_names)
            artists[title] = Shares(*regions, draw_classes(pane, points, labels, class_names))
        legend_of_classes(axes[0, 0], [panel.classes for panel in artists.values()])
        told = (points, labels, probabilities, class_names, xlabel, ylabel)
        say(axes[0, 0], descriptions.class_regions(*told), folded.class_regions(*told))
    return artists


def _share_out(ax, probabilities, points, names):
    """Tint the region of each class and draw its border; returns what :class:`Shares` holds besides the points."""
    across, up = np.meshgrid(np.linspace(*ax.get_xlim(), 241), np.linspace(*ax.get_ylim(), 241))
    places = np.column_stack([across.ravel(), up.ravel()])
    shares = np.asarray(probabilities(places), float)
    winner, largest = shares.argmax(axis=1), shares.max(axis=1)
    colors = [look["color"] for look in CLASS_LOOKS[: len(names)]]
    levels = np.arange(len(names) + 1) - 0.5
    tint = ax.contourf(across, up, winner.reshape(across.shape), levels=levels, colors=colors, alpha=0.16, zorder=0)
    certain = _contour(ax, across, up, largest, SURE, linewidths=1.2, linestyles="--")
    dashes = [] if certain is None else [path.vertices for path in certain.get_paths()]
    borders, texts = {}, {}
    for label in np.unique(winner):
        lead = shares[:, label] - np.delete(shares, label, axis=1).max(axis=1)
        borders[label] = _contour(ax, across, up, lead, 0, linewidths=1.6)
        mine = winner == label
        texts[label] = _name_region(ax, places[mine], np.vstack([points, places[~mine][::29], *dashes]), names[label])
    return tint, borders, certain, texts


def _contour(ax, across, up, values, level, **look):
    """Draw where the values are at the level; returns the artist, or None where there is no such place."""
    if not values.min() < level < values.max():
        return None
    return ax.contour(across, up, values.reshape(across.shape), levels=[level], colors=[BLACK], zorder=2, **look)


def _name_region(ax, places, taken, name):
    """Write the name of a class where its region has most room: far from what is taken and from the frame."""
    frame = np.array([ax.get_xlim(), ax.get_ylim()])
    # A text is wider than it is high, so room to its sides counts half.
    scale = (frame[:, 1] - frame[:, 0]) * (2, 1)
    spots, taken = places[::7] / scale, taken / scale
    room = np.linalg.norm(spots[:, np.newaxis] - taken, axis=2).min(axis=1)
    to_frame = np.minimum(spots - frame[:, 0] / scale, frame[:, 1] / scale - spots).min(axis=1)
    place = places[::7][np.minimum(room, to_frame).argmax()]
    return ax.text(*place, name, ha="center", va="center", fontsize=12, style="italic", zorder=4)


class Bins(NamedTuple):
    """The artists of one panel of :func:`reliability`.

    Attributes:
        bars: a bar for each bin that is not empty; its height is the share of right answers.
        means: the line of dots, one in each of these bins: mean confidence and share of right answers.
        counts: the texts that tell how many answers are in each of these bins.
    """

    bars: object
    means: object
    counts: list


def reliability(answers, *, caption="", ax=None):
    """Draw a reliability diagram: of the answers given with about this confidence, what share was right?

    The answers are sorted into ten bins of equal width. On the dashed line confidence and share of right answers agree;
    a bar that ends below it was too sure of itself.

    Args:
        answers: dict from a panel's title to ``(confidences, right)``, two arrays of shape (n,): the largest
            probability of each answer, and whether the answer was right.
        caption: the sentence below the figure.
        ax: axes to draw in, where there is one panel; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: for each title :class:`Bins`.

    Raises:
        ValueError: if the two arrays of a panel differ in length or are empty, or a confidence is no probability.
    """
    for title, (confidences, right) in answers.items():
        if len(confidences) != len(right) or len(right) == 0:
            raise ValueError(
                f"{title}: {len(confidences)} confidences and {len(right)} answers do not belong together."
            )
        if np.min(confidences) < 0 or np.max(confidences) > 1:
            raise ValueError(f"{title}: a confidence must lie between 0 and 1; apply softmax to logits first.")
    nrows, ncols = rows_and_columns(len(answers), most=3)
    figsize, shared = (3.6 * ncols, 3.9 * nrows), {"sharex": True, "sharey": True}
    artists = Drawn()
    with panels(len(answers), ax, (nrows, ncols), figsize, caption=caption, **shared) as axes:
        for pane, (title, (confidences, right)) in zip(axes.flat, answers.items(), strict=False):
            pane.set(title=title, xlim=(0, 1), ylim=(0, 1.02), aspect="equal", xlabel="confidence")
            artists[title] = _draw_bins(pane, np.asarray(confidences, float), np.asarray(right, float))
        for pane in axes[:, 0]:
            pane.set_ylabel("share of right answers")
        say(axes[0, 0], descriptions.reliability(answers), folded.reliability(answers, BINS))
    return artists


def _draw_bins(ax, confidences, right):
    """Draw the bars, dots and counts of one panel of a reliability diagram."""
    place = np.minimum((confidences * BINS).astype(int), BINS - 1)  # a confidence of 1 belongs to the last bin
    used = np.unique(place)
    shares = [right[place == each].mean() for each in used]
    bars = ax.bar(used / BINS, shares, 1 / BINS, align="edge", color=BLUE, alpha=0.35, edgecolor=BLUE)
    (means,) = ax.plot([confidences[place == each].mean() for each in used], shares, "o", color=ORANGE, markersize=6)
    ax.axline((0, 0), (1, 1), color=BLACK, linestyle="--", linewidth=1.3)
    counts = [
        ax.text(
            (each + 0.5) / BINS, 0.02, f"{(place == each).sum():,}", ha="center", va="bottom", rotation=90, fontsize=9
        )
        for each in used
    ]
    return Bins(bars, means, counts)
