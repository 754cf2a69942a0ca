"""Figures of classifiers: which class was taken for which."""

import matplotlib.pyplot as plt
import numpy as np

from .base import STYLE, Drawn, show


def confusion(labels, answers, *, alt, xlabel="answer", ylabel="right class"):
    """Draw a confusion matrix: one row for each right class, one column for each answer.

    The grey scale runs from black for 0 to white for the most frequent mistake and ends there, since right answers
    are usually so many more that on their scale every mistake would be black: they lie beyond it and are white. The
    numbers tell all counts except 0.

    Args:
        labels: array of shape (n,), the right classes.
        answers: array of shape (n,), the answers of the classifier.
        alt: description of the figure.
        xlabel: name of the horizontal axis, the answers.
        ylabel: name of the vertical axis, the right classes.

    Returns:
        The :class:`Drawn` artists: "picture", the image, whose array holds the counts; "numbers", an array of texts
        of shape (classes, classes).

    Raises:
        ValueError: if labels and answers differ in number, or there are none.
    """
    from sklearn.metrics import ConfusionMatrixDisplay, confusion_matrix  # noqa: PLC0415 - slow to import

    if len(labels) != len(answers) or len(labels) == 0:
        raise ValueError(
            f"A confusion matrix needs one answer for each label; these are {len(answers)} answers and "
            f"{len(labels)} labels."
        )
    classes = np.unique(np.concatenate([labels, answers]))
    counts = confusion_matrix(labels, answers, labels=classes)
    most = max((counts - np.diag(np.diag(counts))).max(), 1)
    with plt.rc_context(STYLE | {"axes.grid": False}):
        fig, ax = plt.subplots(figsize=(6.4, 6.0))
        display = ConfusionMatrixDisplay(counts, display_labels=classes)
        display.plot(ax=ax, cmap="gray", colorbar=False, im_kw={"vmin": 0, "vmax": most})
        for count, text in zip(counts.flat, display.text_.flat, strict=True):
            text.set(text=str(count) if count else "", color="black" if count >= most / 2 else "white")
        ax.set(xlabel=xlabel, ylabel=ylabel)
        show(fig, alt)
    return Drawn(picture=display.im_, numbers=display.text_)
