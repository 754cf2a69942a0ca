"""Figures of what a convolutional network sees: its filters beside their maps, and what it needs of a picture."""

import numpy as np

from . import descriptions, folded
from .base import Drawn, panels, rows_and_columns, say
from .images import check_pictures, set_frame

DIVERGING = "RdBu"  # red below 0, white at 0, blue above: told apart by readers with any kind of colour vision
SHARES = "cividis"


def filters(kernels, maps, *, picture=None, ncols=8, caption=""):
    """Draw filters in red and blue on one scale, and below each the map that it makes, in grey on one scale.

    Red is below 0, blue above; the stronger, the farther from 0.

    Args:
        kernels: array of shape (filters, height, width).
        maps: a sequence of as many arrays of shape (height, width), what each filter makes of the picture.
        picture: array of shape (height, width) drawn before them; None for none.
        ncols: how many filters stand side by side.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: "filters" and "maps", lists of images; "picture", an image or None; "colorbar".

    Raises:
        ValueError: if filters and maps differ in number, there are none, or they have not the shape of pictures.
    """
    kernels, maps = [np.asarray(each, float) for each in kernels], [np.asarray(each, float) for each in maps]
    check_pictures(kernels, maps, "maps")
    check_pictures(maps, maps, "maps")
    nrows, across = rows_and_columns(len(kernels), most=ncols)
    first = picture is not None
    shape = (2 * nrows, across + first)
    most = max(np.nanmax(np.abs(kernel)) for kernel in kernels) or 1.0
    low, high = min(map(np.nanmin, maps)), max(map(np.nanmax, maps))
    figsize = (1.15 * shape[1] + 1.0, 1.15 * shape[0] + 0.3 * nrows)
    style = {"axes.titlesize": 11, "font.size": 11}
    artists = Drawn(filters=[], maps=[], picture=None)
    with panels(shape[0] * shape[1], None, shape, figsize, caption=caption, style=style) as axes:
        for pane in axes.flat:
            pane.axis("off")
        if first:
            artists["picture"] = _show(axes[0, 0], picture, "picture", cmap="gray")
        for k, (kernel, each) in enumerate(zip(kernels, maps, strict=True)):
            row, column = 2 * (k // across), k % across + first
            look = {"cmap": DIVERGING, "vmin": -most, "vmax": most}
            artists["filters"].append(_show(axes[row, column], kernel, str(k + 1), **look))
            artists["maps"].append(_show(axes[row + 1, column], each, "", cmap="gray", vmin=low, vmax=high))
        fig = axes[0, 0].figure
        artists["colorbar"] = fig.colorbar(artists["filters"][0], ax=axes, shrink=0.8, pad=0.02, label="weight")
        told = (kernels, maps)
        say(axes[0, 0], descriptions.filters(*told), folded.filters(*told))
    return artists


def occlusion(pictures, shares, *, titles, caption=""):
    """Draw for each picture how sure a network stays when a patch around each pixel is covered.

    The larger the number, the brighter the colour, on one scale from 0 to 1. The line around what is brighter than half
    in the picture lies over it: what is dark inside is what the network needs.

    Args:
        pictures: a sequence of arrays of shape (height, width).
        shares: as many arrays of the same shapes, numbers between 0 and 1.
        titles: text above each.
        caption: the sentence below the figure.

    Returns:
        The :class:`Drawn` artists: "maps", a list of images; "outlines", a list of lines or None where a picture has
        nothing to draw around; "colorbar".

    Raises:
        ValueError: if pictures, shares and titles differ in number, or a picture and its shares in shape.
    """
    pictures, shares = [np.asarray(each, float) for each in pictures], [np.asarray(each, float) for each in shares]
    check_pictures(pictures, titles, "titles")
    if [each.shape for each in pictures] != [each.shape for each in shares]:
        raise ValueError("Each picture needs an array of its own shape, a number for each of its pixels.")
    shape = rows_and_columns(len(pictures), most=5)
    figsize = (1.9 * shape[1] + 1.0, 2.2 * shape[0])
    style = {"axes.titlesize": 11, "font.size": 11}
    artists = Drawn(maps=[], outlines=[])
    with panels(len(pictures), None, shape, figsize, caption=caption, style=style) as axes:
        for pane, picture, share, title in zip(axes.flat, pictures, shares, titles, strict=False):
            artists["maps"].append(_show(pane, share, title, cmap=SHARES, vmin=0, vmax=1))
            artists["outlines"].append(_outline(pane, picture))
        fig = axes[0, 0].figure
        artists["colorbar"] = fig.colorbar(artists["maps"][0], ax=axes, shrink=0.8, pad=0.02, label="probability")
        told = (shares, titles)
        say(axes[0, 0], descriptions.occlusion(*told), folded.occlusion(*told))
    return artists


def _show(ax, image, title, **look):
    """Draw one array in a thin frame with its title; returns the image."""
    ax.axis("on")
    set_frame(ax, title)
    return ax.imshow(image, interpolation="nearest", **look)


def _outline(ax, picture):
    """Draw a line around what is brighter than half, white with a black rim: seen on any colour."""
    low, high = np.nanmin(picture), np.nanmax(picture)
    if not low < high:
        return None
    looks = ({"colors": ["black"], "linewidths": 3.2}, {"colors": ["white"], "linewidths": 1.4})
    return [ax.contour(picture, levels=[(low + high) / 2], **look) for look in looks][-1]
