"""What artists that cover an area say in a twin: polygons, surfaces, contours, and arrays shown as colours."""

import numpy as np
from matplotlib import collections, image
from matplotlib.contour import ContourSet
from mpl_toolkits.mplot3d import art3d

from .artists import describes, unknown
from .looks import array_of, color_map, faces_look, scale_of, strokes
from .words import colors, count, floats, named, number, place, rows, signed_area, spread

# --- polygons


@describes(collections.PolyCollection)
def _polygons(each):
    corners = [floats(path.vertices) for path in each.get_paths() if len(path.vertices)]
    if len(corners) == 1 and len(each.get_offsets()) <= 1 and each.get_array() is None:
        return f"band{named(each)} {faces_look(each)}", _band(corners[0])
    offsets = each.get_offsets()
    places = offsets if len(offsets) > 1 else [polygon.mean(axis=0) for polygon in corners]
    areas = [abs(signed_area(polygon)) for polygon in corners]
    what = f"{count(len(places), 'polygon')}{named(each)} {faces_look(each)}"
    return what, f"{rows(places, 'xy')}; areas {spread(areas)}{array_of(each)}"


def _band(corners):
    """Tell from where to where a shaded band reaches, and its heights at both ends and in the middle."""
    across = np.unique(corners[:, 0])
    some = [corners[np.isclose(corners[:, 0], across[k]), 1] for k in (0, len(across) // 2, -1)]
    heights = ", ".join(f"{number(each.min())} to {number(each.max())}" for each in some)
    ends = f"x from {number(across[0])} to {number(across[-1])}"
    return f"over {ends}, at its start, middle and end from {heights}; area {number(abs(signed_area(corners)))}"


@describes(collections.PatchCollection, collections.EllipseCollection)
def _patches(each):
    if each.axes.name == "3d":  # what it holds is where its patches were projected to
        raise unknown(each)
    boxes = [path.get_extents() for path in each.get_paths()]
    offsets = each.get_offsets() if len(each.get_offsets()) > 1 else [(0, 0)]
    what = f"{count(max(len(boxes), len(offsets)), 'patch')}{named(each)} {faces_look(each)}"
    sides = rows([(box.x0, box.y0, box.width, box.height) for box in boxes], ("x", "y", "width", "height"))
    return what, f"{sides}; moved by {rows(offsets, 'xy')}{array_of(each)}"


@describes(art3d.Poly3DCollection)
def _surface(faces):
    corners, groups = _corners(faces)
    heights = corners[:, 2] if faces.get_array() is None else floats(faces.get_array())
    sides = " and ".join(f"{number(each.min())} to {number(each.max())}" for each in corners[:, :2].T)
    shades = faces.get_facecolor()
    shaded = faces.get_array() is None and len(np.unique(shades, axis=0)) > 1
    look = f"shaded, {strokes(faces)}" if shaded else faces_look(faces)
    what = f"surface{named(faces)} of {count(groups, 'face')} {look}"
    shade = f", their mean colour {place(shades.mean(axis=0))}" if shaded else ""
    some = ", ".join(number(heights[k]) for k in np.arange(5) * (heights.size - 1) // 4)
    return what, f"over {sides}, heights {spread(heights)}, some of them {some}{array_of(faces)}{shade}"


def _corners(faces):
    """The corners of all faces, an array of shape (n, 3), and the number of faces."""
    if hasattr(faces, "_faces"):
        unused = np.broadcast_to(faces._invalid_vertices, faces._faces.shape[:2])
        return faces._faces[~unused], len(faces._faces)
    return faces._vec[:3].T, len(faces._segslices)  # before Matplotlib 3.10


# --- contours


@describes(ContourSet)
def _contours(contours):
    if contours.axes.name == "3d":  # what they hold is where they were projected to
        raise unknown(contours)
    polygons = [path.to_polygons(closed_only=contours.filled) for path in contours.get_paths()]
    levels = ", ".join(map(number, contours.levels)) if len(contours.levels) <= 3 else _range(contours.levels)
    if not contours.filled:
        pieces = [piece for each in polygons for piece in each if len(piece) > 1]
        look = f"{count(len(contours.levels), 'level')} of {strokes(contours)}"
        if len(pieces) == 0:
            return f"no contour lines at {look}", f"at {levels}"
        length = sum(np.linalg.norm(np.diff(piece, axis=0), axis=1).sum() for piece in pieces)
        mean = np.concatenate(pieces).mean(axis=0)
        return f"contour lines at {look}", (
            f"at {levels}, {count(len(pieces), 'piece')}, length {number(length)}, mean {place(mean)}"
        )
    polygons = [[polygon for polygon in each if len(polygon) > 2] for each in polygons]
    extended = "" if contours.extend == "neither" else f" extended to {contours.extend}"
    hatched = f" hatched {contours.hatches}" if any(contours.hatches) else ""
    what = f"{count(len(polygons), 'tint')} in {colors(contours.get_facecolor())}{extended}{hatched}"
    parts = [_share(each, contours.axes) for each in polygons]
    shares = ", ".join(share for share, _ in parts)
    lowest = next((place(middle) for _, middle in parts if middle is not None), "nowhere")
    return what, f"{levels}; over {shares} of the panel, the middle of the lowest one at {lowest}"


def _range(levels):
    steps = np.diff(levels)
    return f"{len(levels)} levels from {number(levels[0])} to {number(levels[-1])}, steps {spread(steps)}"


def _share(polygons, ax):
    """What share of the panel polygons cover, and where their middle is: which side of a line is tinted."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    size = abs((right - left) * (high - low))
    areas = np.array([signed_area(polygon) for polygon in polygons])  # holes count negative
    if not polygons or np.isclose(areas.sum(), 0, atol=1e-12 * size):
        return "0%", None
    middle = sum(_moment(polygon) for polygon in polygons) / areas.sum()
    return f"{number(100 * abs(areas.sum()) / size)}%", middle


def _moment(polygon):
    """Return the middle of a polygon times its signed area."""
    following = np.roll(polygon, -1, axis=0)
    across = polygon[:, 0] * following[:, 1] - polygon[:, 1] * following[:, 0]
    return ((polygon + following) * across[:, None]).sum(axis=0) / 6


# --- arrays shown as colours


@describes(image.AxesImage, image.FigureImage, image.BboxImage)
def _picture(picture):
    """Size and brightness, and where the brightness lies: the same array moved reads otherwise."""
    values = floats(picture.get_array())
    look = f"{color_map(picture)}, " if values.ndim == 2 else ""
    what = f"picture of {' x '.join(map(str, values.shape))} numbers, {look}{picture.get_interpolation()}"
    alpha = picture.get_alpha()
    what += f", from {picture.origin}" + ("" if alpha is None else f", opacity {spread(alpha)}")
    scale = f", {scale_of(picture)}" if values.ndim == 2 else ""
    return what, spread(values) + scale + _brightness(values)


@describes(collections.QuadMesh)
def _mesh(mesh):
    corners = mesh.get_coordinates().reshape(-1, 2)
    height, width = (size - 1 for size in mesh.get_coordinates().shape[:2])
    values = floats(mesh.get_array())
    values = values.reshape(height, width) if values.size == height * width else values
    what = f"mesh of {height} x {width} numbers, {color_map(mesh)}"
    where = f"over {place(corners.min(axis=0))} to {place(corners.max(axis=0))}"
    return what, f"{spread(values)}, {scale_of(mesh)}, {where}{_brightness(values)}"


@describes(collections.TriMesh)
def _triangles(mesh):
    places = [path.vertices.mean(axis=0) for path in mesh.get_paths()]
    return f"mesh of {count(len(places), 'triangle')}, {color_map(mesh)}", rows(places, "xy") + array_of(mesh)


def _brightness(values):
    """Where the brightness of an array lies; nothing where there is none or it is everywhere the same."""
    gray = values.mean(axis=2) if values.ndim == 3 else values
    gray = np.where(np.isfinite(gray), gray, np.nan)
    if gray.ndim != 2 or not np.isfinite(gray).any():
        return ""
    weights = np.nan_to_num(gray - np.nanmin(gray))
    total = weights.sum()
    if total == 0:
        return ""
    centre = [(weights.sum(axis=1 - axis) * np.arange(gray.shape[axis])).sum() / total for axis in (0, 1)]
    return f", brightness centred at row {number(centre[0])}, column {number(centre[1])}"
