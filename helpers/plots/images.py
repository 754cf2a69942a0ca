"""Arrays of numbers drawn as grey values, the larger the brighter: pictures, and small tables."""

import numpy as np
from matplotlib.patches import Rectangle

from . import descriptions, folded
from .base import ORANGE, Drawn, one_panel, panels, rows_and_columns, say, write_numbers


def pictures(
    images,
    titles=None,
    *,
    ncols=6,
    share_scale=True,
    vmin=None,
    vmax=None,
    fmt=None,
    colorbar=False,
    outlines=(),
    size=1.65,
    caption="",
    ax=None,
):
    """Draw arrays as grey pictures in rows: the larger a number, the brighter its pixel.

    Args:
        images: a sequence of arrays of shape (height, width), or (height, width, 3) with colours 0 to 255. A
            missing number (NaN) is drawn as a striped square.
        titles: text above each picture; None for no titles.
        ncols: how many pictures stand side by side.
        share_scale: whether one grey means one number in all pictures. False stretches each picture from black to
            white; then brightness cannot be compared across pictures.
        vmin, vmax: the numbers shown as black and as white; None for the smallest and the largest.
        fmt: a format such as ".0f", to write every number into its pixel; None for no numbers.
        colorbar: whether to draw a bar that tells which grey is which number.
        outlines: tuples ``(index of the picture, row, column, height, width)`` of frames around pixels.
        size: width of one picture in inches.
        caption: the sentence below the figure.
        ax: axes to draw in, where there is one picture; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "pictures", a list of images; "numbers", a list of arrays of texts, one for each
        picture; "outlines", a list of rectangles; "colorbar", the bar or None.

    Raises:
        ValueError: if there is no picture, an array is no picture, titles and pictures differ in number, or a bar is
            asked for where each picture has greys of its own.
    """
    images = [np.asarray(image) for image in images]
    titles = [""] * len(images) if titles is None else list(titles)
    check_pictures(images, titles)
    if colorbar and not share_scale:
        raise ValueError("A bar tells which grey is which number in all pictures: leave share_scale=False out.")
    nrows, ncols = rows_and_columns(len(images), most=ncols)
    tallest = max(image.shape[0] / image.shape[1] for image in images)
    figsize = (size * ncols + (0.9 if colorbar else 0), nrows * (size * tallest + 0.36 * any(titles)))
    style = {"axes.titlesize": 11, "font.size": 11}
    drawn, texts = [], []
    with panels(len(images), ax, (nrows, ncols), figsize, caption=caption, style=style) as axes:
        for pane, image, title in zip(axes.flat, images, titles, strict=False):
            low, high = _ends(images if share_scale else [image], vmin, vmax)
            drawn.append(pane.imshow(image, cmap="gray", vmin=low, vmax=high, interpolation="nearest"))
            set_frame(pane, title)
            _mark_gaps(pane, image)
            look = {"fontsize": min(11, 150 / max(image.shape))}
            texts.append(write_numbers(pane, image, fmt, (low + high) / 2, **look) if fmt else [])
        frames = [_outline(axes.flat[index], *place) for index, *place in outlines]
        bar = axes[0, 0].figure.colorbar(drawn[0], ax=axes, shrink=0.8, pad=0.02) if colorbar else None
        titles = titles if any(titles) else None
        say(axes[0, 0], descriptions.pictures(images, titles, share_scale), folded.pictures(images, titles))
    return Drawn(pictures=drawn, numbers=texts, outlines=frames, colorbar=bar)


def check_pictures(images, titles, what="titles"):
    """Refuse what cannot be drawn as grey or coloured pictures, each with a title, or whatever else belongs to it."""
    if not images or len(titles) != len(images):
        raise ValueError(
            f"{len(images)} pictures with {len(titles)} {what} cannot be drawn: give one of the {what} for each."
        )
    for image in images:
        if image.ndim != 2 and image.shape[2:] != (3,):
            raise ValueError(
                f"An array of shape {image.shape} is no picture: give (height, width), with 3 for colours."
            )


def _ends(images, vmin, vmax):
    """Return the numbers that are drawn black and white."""
    low = min(np.nanmin(image) for image in images) if vmin is None else vmin
    high = max(np.nanmax(image) for image in images) if vmax is None else vmax
    return low, high


def set_frame(ax, title):
    """Give a picture its title and a thin frame, and no axes."""
    ax.set(title=title, xticks=(), yticks=())
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set(visible=True, color="#999999", linewidth=0.8)


def _mark_gaps(ax, image):
    """Draw stripes where a number is missing: no grey value could say so."""
    if image.ndim != 2:
        return
    for row, column in np.argwhere(np.isnan(image)):
        look = {"facecolor": "white", "edgecolor": ORANGE, "linewidth": 0, "hatch": "///"}
        ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **look))


def _outline(ax, row, column, height, width):
    """Draw a frame around the pixels that begin at (row, column); returns the rectangle."""
    return ax.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor=ORANGE, linewidth=2.5)
    )


def heat_map(values, row_labels, column_labels, *, xlabel="", ylabel="", caption="", ax=None):
    """Draw a table of numbers as grey values, each with its number: the larger, the brighter.

    Args:
        values: array of shape (rows, columns).
        row_labels: text beside each row, from top to bottom.
        column_labels: text below each column.
        xlabel: name of the columns.
        ylabel: name of the rows.
        caption: the sentence below the figure.
        ax: axes to draw in; None for a figure of its own.

    Returns:
        The :class:`Drawn` artists: "picture", the image; "numbers", an array of texts of the shape of ``values``.

    Raises:
        ValueError: if the texts do not fit the shape of the table.
    """
    values = np.asarray(values, float)
    nrows, ncols = len(row_labels), len(column_labels)
    if values.shape != (nrows, ncols):
        raise ValueError(
            f"A table of shape {values.shape} does not fit {nrows} rows and {ncols} columns: give one text for each."
        )
    with one_panel(ax, (1.15 * ncols + 1.6, 0.6 * nrows + 1.1), caption=caption, style={"axes.grid": False}) as ax:
        drawn = ax.imshow(values, cmap="gray", aspect="auto", interpolation="nearest")
        ax.set_xticks(range(ncols), column_labels)
        ax.set_yticks(range(nrows), row_labels)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        texts = write_numbers(ax, values, ".0f", middle=(values.min() + values.max()) / 2)
        told = (values, row_labels, column_labels, xlabel, ylabel)
        say(ax, descriptions.heat_map(*told), folded.heat_map(*told))
    return Drawn(picture=drawn, numbers=texts)
