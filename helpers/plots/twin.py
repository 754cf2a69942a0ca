"""The text twin of a figure: what was drawn, in words and a few numbers."""

import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.contour import ContourSet
from matplotlib.lines import AxLine
from matplotlib.patches import Rectangle, StepPatch


def describe(fig):
    """Summarise what a figure draws.

    Args:
        fig: a Matplotlib figure.

    Returns:
        Text: a line for the figure, then one for each panel, line, group of points, row of bars and tinted
        area, with the few numbers that would change if other data were drawn.
    """
    panels = [ax for ax in fig.axes if ax.axison or ax.texts or ax.name == "3d"]
    legend = [text.get_text() for each in fig.legends for text in each.get_texts()]
    lines = [f"Figure with {len(panels)} panel{'s' if len(panels) != 1 else ''}"]
    if legend:
        lines[0] += f", legend: {', '.join(legend)}"
    for ax in panels:
        lines += _panel(ax)
    return "\n".join(lines)


def _panel(ax):
    """Return the lines of text for one panel."""
    named = {"panel": ax.get_title(), "x": ax.get_xlabel(), "y": ax.get_ylabel()}
    head = ", ".join(f"{name} {text!r}" for name, text in named.items() if text) or "panel"
    found = [_picture(each) for each in ax.images]
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    found.append(_frames([box for box in boxes if not box.get_fill()]) if ax.images else _bars(boxes))
    found += [_histogram(patch) for patch in ax.patches if isinstance(patch, StepPatch)]
    found += [_line(line) for line in ax.lines]
    found += [_contours(ax, each) for each in ax.collections if isinstance(each, ContourSet)]
    describe_faces = _surface if ax.name == "3d" else _band
    found += [describe_faces(ax, each) for each in ax.collections if isinstance(each, PolyCollection)]
    found += [_points(each) for each in ax.collections if isinstance(each, PathCollection)]
    found.append(_texts([repr(text.get_text()) for text in ax.texts if text.get_text()]))
    return [f"- {head}"] + [f"  - {each}" for each in found if each]


def _texts(texts):
    """List the texts; of the many numbers in the pixels of a picture only the first and the last ones."""
    if len(texts) > 60:
        return f"{len(texts)} texts, {', '.join(texts[:5])} to {', '.join(texts[-5:])}"
    return f"texts {', '.join(texts)}" if texts else ""


def _number(value):
    """Write a number shortly and the same on every machine: four digits, no minus zero."""
    return f"{0.0 if abs(value) < 1e-9 else float(value):.4g}"


def _place(x, y):
    return f"({_number(x)}, {_number(y)})"


def _name(artist):
    """Return the artist's own label in quotes and a blank, or nothing where it has none."""
    label = str(artist.get_label())
    return "" if label.startswith("_") else f"{label!r} "


def _bars(bars):
    return f"{len(bars)} bars: {', '.join(_number(bar.get_height()) for bar in bars)}" if bars else ""


def _histogram(steps):
    """Tell how many values lie in each bin, and where the bins begin and end."""
    counts, edges, _ = steps.get_data()
    spread = f"between {_number(edges[0])} and {_number(edges[-1])}"
    return f"histogram of {_number(sum(counts))} values {spread}: {', '.join(_number(count) for count in counts)}"


def _band(ax, band):
    """Tell from where to where a shaded band reaches, and its heights at both ends and in the middle."""
    corners = np.concatenate([path.vertices for path in band.get_paths()])
    places = [corners[np.isclose(corners[:, 0], x), 1] for x in np.unique(corners[:, 0])]
    some = [places[k] for k in (0, len(places) // 2, -1)]
    heights = ", ".join(f"{_number(each.min())} to {_number(each.max())}" for each in some)
    ends = f"x from {_number(corners[:, 0].min())} to {_number(corners[:, 0].max())}"
    return f"band over {ends}, at its start, middle and end from {heights}"


def _picture(image):
    """Tell size and brightness, and where the brightness lies: the same array moved reads otherwise."""
    values = np.ma.filled(np.ma.asarray(image.get_array(), float), np.nan)
    low, high, mean = np.nanmin(values), np.nanmax(values), np.nanmean(values)
    gray = values.mean(axis=2) if values.ndim == 3 else values
    weights = np.nan_to_num(gray - np.nanmin(gray))
    total = weights.sum()
    text = f"picture of {' x '.join(map(str, values.shape))} numbers between {_number(low)} and {_number(high)}"
    text += f", mean {_number(mean)}"
    missing = int(np.isnan(values).sum())
    text += f", {missing} missing" if missing else ""
    if total > 0:
        centre = [(weights.sum(axis=1 - axis) * np.arange(gray.shape[axis])).sum() / total for axis in (0, 1)]
        text += f", brightness centred at row {_number(centre[0])}, column {_number(centre[1])}"
    return text


def _frames(boxes):
    places = [f"{_number(box.get_height())} x {_number(box.get_width())} at {_place(*box.get_xy())}" for box in boxes]
    return f"frames: {', '.join(places)}" if places else ""


def _line(line):
    if isinstance(line, AxLine):
        return _axline(line)
    return _path(line) if line.axes.name == "3d" else _curve(line)


def _path(line):
    """Tell of a line in three dimensions where it begins and ends, and how long it is."""
    points = np.transpose(line.get_data_3d()).astype(float)
    first, last = (", ".join(_number(value) for value in points[end]) for end in (0, -1))
    length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    return f"line {_name(line)}through {len(points)} points from ({first}) to ({last}), length {_number(length)}"


def _surface(ax, faces):
    """Tell where a surface lies, and the heights of its faces: a mirrored or a turned one reads otherwise."""
    heights = np.asarray(faces.get_array(), float)
    sides = " and ".join(f"{_number(low)} to {_number(high)}" for low, high in (ax.get_xlim(), ax.get_ylim()))
    spread = f"between {_number(heights.min())} and {_number(heights.max())}, mean {_number(heights.mean())}"
    some = ", ".join(_number(heights[k]) for k in np.arange(5) * (heights.size - 1) // 4)
    return f"surface of {heights.size} faces over {sides}, heights {spread}, some of them {some}"


def _contours(ax, contours):
    if len(contours.levels) > 2:
        return _bands(contours) if contours.filled else ""  # lines drawn over bands say the same
    return _tint(ax, contours) if contours.filled else _boundary(contours)


def _bands(contours):
    """Tell the edges of the bands, and of the lowest ones that there are where they lie and how large they are."""
    edges = f"{len(contours.levels) - 1} bands from {_number(contours.levels[0])} to {_number(contours.levels[-1])}"
    polygons = [[p for p in path.to_polygons() if len(p) > 2] for path in contours.get_paths()]
    corners = np.concatenate(next(each for each in polygons if each))
    low, high = (_place(*end(corners, axis=0)) for end in (np.min, np.max))
    sizes = ", ".join(_number(sum(_area(polygon) for polygon in each)) for each in polygons)
    return f"{edges}, the lowest one from {low} to {high}, areas {sizes}"


def _curve(line):
    x, y = (np.asarray(values, float) for values in line.get_data())
    ends = f"from {_place(x[0], y[0])} to {_place(x[-1], y[-1])}"
    spread = f"y between {_number(y.min())} and {_number(y.max())}, mean {_number(y.mean())}"
    return f"line {_name(line)}through {len(x)} points {ends}, {spread}"


def _axline(line):
    (x, y), slope, other = line.get_xy1(), line.get_slope(), line.get_xy2()
    if slope is None:
        rise, run = other[1] - y, other[0] - x
        slope = np.inf if abs(run) < 1e-12 else rise / run
    return f"straight line through {_place(x, y)} with slope {_number(slope)}"


def _points(points):
    offsets = np.asarray(points.get_offsets(), float)
    color = to_hex(points.get_facecolor()[0])
    count = f"{len(offsets)} point{'s' if len(offsets) > 1 else ''}"
    first, mean = _place(*offsets[0]), _place(*offsets.mean(axis=0))
    return f"{count} {_name(points)}in {color}, the first at {first}, mean {mean}"


def _tint(ax, contours):
    """Tell the share of the panel that is tinted: which side of a line it is."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    area = sum(_area(polygon) for path in contours.get_paths() for polygon in path.to_polygons())
    return f"tint over {area / ((right - left) * (high - low)):.0%}"


def _boundary(contours):
    """Tell how long the lines of a contour are, all of them together, and in how many pieces."""
    pieces = [piece for path in contours.get_paths() for piece in path.to_polygons(closed_only=False)]
    length = sum(np.linalg.norm(np.diff(piece, axis=0), axis=1).sum() for piece in pieces)
    mean = np.concatenate(pieces).mean(axis=0)
    count = f"{len(pieces)} piece{'s' if len(pieces) > 1 else ''}"
    return f"boundary in {count}, length {_number(length)}, mean {_place(*mean)}"


def _area(polygon):
    """Return the signed area of a polygon, after the shoelace formula; holes count negative."""
    x, y = polygon.T
    return 0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))
