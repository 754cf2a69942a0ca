"""Pictures: arrays of numbers drawn as grey values, the larger the brighter."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from .base import ORANGE, STYLE, Drawn, show


def pictures(images, titles=None, *, alt, columns=6, limits=None, numbers=None, scale=False, outlines=(), width=1.65):
    """Draw arrays as grey pictures in rows, all on one scale: the larger a number, the brighter its pixel.

    Args:
        images: a sequence of arrays of shape (height, width), or (height, width, 3) with colours 0 to 255. A
            missing number (NaN) is drawn as a striped square.
        titles: text above each picture; None for no titles.
        alt: description of the figure.
        columns: how many pictures stand side by side.
        limits: the numbers shown as black and as white; None for the smallest and the largest of all, and
            "each" for those of each picture (then brightness cannot be compared across pictures).
        numbers: a format such as ".0f", to write every number into its pixel; None for no numbers.
        scale: True draws a scale that tells which grey is which number (not with limits "each").
        outlines: tuples ``(index of the picture, row, column, height, width)`` of frames around pixels.
        width: width of one picture in inches.

    Returns:
        The :class:`Drawn` artists: "pictures", a list of images; "numbers", a list of lists of texts, one list
        for each picture; "outlines", a list of rectangles.

    Raises:
        ValueError: if there is no picture, an array is no picture, or titles and pictures differ in number.
    """
    images = [np.asarray(image) for image in images]
    titles = [""] * len(images) if titles is None else list(titles)
    if not images or len(titles) != len(images):
        raise ValueError(f"{len(images)} pictures with {len(titles)} titles cannot be drawn: give a title for each.")
    for image in images:
        if image.ndim != 2 and image.shape[2:] != (3,):
            raise ValueError(
                f"An array of shape {image.shape} is no picture: give (height, width), with 3 for colours."
            )
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    tallest = max(image.shape[0] / image.shape[1] for image in images)
    size = (width * columns + (0.9 if scale else 0), rows * (width * tallest + 0.36 * any(titles)))
    drawn, texts = [], []
    with plt.rc_context(STYLE | {"axes.titlesize": 11, "font.size": 11}):
        fig, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
        for ax in axes.flat:
            ax.axis("off")
        for ax, image, title in zip(axes.flat, images, titles, strict=False):
            ax.axis("on")
            ax.set(title=title, xticks=(), yticks=())
            ax.grid(visible=False)
            for side in ax.spines.values():
                side.set(visible=True, color="#999999", linewidth=0.8)
            low, high = _limits(image, images, limits)
            drawn.append(ax.imshow(image, cmap="gray", vmin=low, vmax=high, interpolation="nearest"))
            _mark_gaps(ax, image)
            texts.append(_write(ax, image, numbers, (low + high) / 2) if numbers else [])
        frames = [_outline(axes.flat[index], *place) for index, *place in outlines]
        if scale:
            fig.colorbar(drawn[0], ax=axes, shrink=0.8, pad=0.02)
        show(fig, alt)
    return Drawn(pictures=drawn, numbers=texts, outlines=frames)


def _limits(image, images, limits):
    """Return the numbers that are drawn black and white in one picture."""
    if limits == "each":
        images = [image]
    elif limits is not None:
        return limits
    return min(np.nanmin(each) for each in images), max(np.nanmax(each) for each in images)


def _write(ax, image, style, middle):
    """Write every number into its pixel, dark on bright and bright on dark; returns the texts."""
    return [
        ax.text(
            column,
            row,
            f"{value:{style}}".replace("-", "−"),
            ha="center",
            va="center",
            color="black" if value > middle else "white",
            fontsize=min(11, 150 / max(image.shape)),
        )
        for (row, column), value in np.ndenumerate(image)
        if not np.isnan(value)
    ]


def _mark_gaps(ax, image):
    """Draw stripes where a number is missing: no grey value could say so."""
    for row, column in np.argwhere(np.isnan(image) if image.ndim == 2 else np.empty((0, 2))):
        ax.add_patch(
            Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="white", edgecolor=ORANGE, linewidth=0, hatch="///")
        )


def _outline(ax, row, column, height, width):
    """Draw a frame around the pixels that begin at (row, column); returns the rectangle."""
    return ax.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor=ORANGE, linewidth=2.5)
    )
