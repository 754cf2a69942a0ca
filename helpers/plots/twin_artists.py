"""What each kind of Matplotlib's artists says in a twin: its kind and its look, and the numbers that it draws.

``ARTISTS`` holds a function for each class. A subclass is described as the nearest class that it descends from; what
descends from none is refused, so that nothing is drawn that the twin does not tell.
"""

import numpy as np
from matplotlib import collections, image, lines, patches, quiver, table, text
from matplotlib.contour import ContourSet
from matplotlib.markers import MarkerStyle
from mpl_toolkits.mplot3d import art3d

from .twin_words import (
    color,
    colors,
    count,
    dashes,
    floats,
    named,
    number,
    place,
    quote,
    rows,
    runs,
    spread,
    units,
)

ARTISTS = {}
MOST_COUNTS = 40  # of a histogram with more bins only some are written
MARKERS = {}  # from the corners of a marker to its name, filled when the first one is looked up


class UnknownArtist(TypeError):
    """The twin cannot tell of an artist what it draws."""


def describes(*kinds):
    """Register a function that describes artists of these classes."""

    def register(function):
        ARTISTS.update(dict.fromkeys(kinds, function))
        return function

    return register


def describe_artist(artist):
    """Describe one artist.

    Returns:
        A pair: what it is and how it looks, a text, and what it draws there. The latter is a text, or a dict from a
        name to a number where many artists of one look are better told as a table.

    Raises:
        UnknownArtist: if no function describes its class.
    """
    for kind in type(artist).__mro__:
        if kind in ARTISTS:
            return ARTISTS[kind](artist)
    raise _unknown(artist)


def _unknown(artist):
    """The error that says what cannot be told, and what to do."""
    kind = type(artist)
    where = f" on {artist.axes.name} axes" if artist.axes else ""
    return UnknownArtist(
        f"The text of this figure cannot tell what a {kind.__name__} draws{where}, so no test would notice a wrong "
        "one. Draw it with lines, points, bars, patches, pictures or texts, or teach helpers/plots/twin_artists.py "
        f"the class {kind.__module__}.{kind.__name__}."
    )


# --- lines


def _stroke(artist):
    """Colour, dashes and width of a line or of a patch's edge."""
    edge = artist.get_color() if isinstance(artist, lines.Line2D) else artist.get_edgecolor()
    alpha = artist.get_alpha() if isinstance(artist, lines.Line2D) else None  # a patch's colours hold it already
    return f"{color(edge, alpha)} {dashes(artist._unscaled_dash_pattern)} {number(artist.get_linewidth())}"


def _line_look(line):
    drawn = line.get_linestyle() not in ("None", " ", "") and line.get_linewidth() > 0
    look = _stroke(line) if drawn else "no stroke"
    if line.get_drawstyle() != "default":
        look += f" {line.get_drawstyle()}"
    if str(line.get_marker()) not in ("None", " ", ""):
        face, edge = (
            color(each, line.get_alpha()) for each in (line.get_markerfacecolor(), line.get_markeredgecolor())
        )
        inside = face if face == edge else f"{face} edged {edge} {number(line.get_markeredgewidth())}"
        look += f", marker {quote(line.get_marker())} {number(line.get_markersize())} {inside}"
        look += "" if line.get_markevery() is None else f" every {line.get_markevery()}"
    return look


@describes(lines.Line2D)
def _line(line):
    points = line.get_xydata()
    what = f"line{named(line)} through {count(len(points), 'point')}, {_line_look(line)}"
    return what + units(line.get_transform(), line.axes), rows(points, "xy")


@describes(art3d.Line3D)
def _path(line):
    points = np.transpose([floats(each) for each in line.get_data_3d()])
    length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    what = f"line{named(line)} through {count(len(points), 'point')}, {_line_look(line)}"
    return what, f"{rows(points, 'xyz')}; length {number(length)}"


@describes(lines.AxLine)
def _straight_line(line):
    (x, y), slope, other = line.get_xy1(), line.get_slope(), line.get_xy2()
    if slope is None:
        rise, run = other[1] - y, other[0] - x
        slope = np.inf if abs(run) < 1e-12 else rise / run
    # Where it lies may depend on the data, but that it is the diagonal is how a figure is meant.
    diagonal = " y = x" if number(slope) == "1" and number(y - x, abs(x)) == "0" else ""
    what = f"straight line{diagonal}{named(line)}, {_line_look(line)}"
    return what, f"through {place((x, y))} with slope {number(slope)}"


def _strokes(each):
    """Colours, dashes and widths of the lines of a collection, or of the edges of its faces."""
    mapped = each.get_array() is not None and not isinstance(each, ContourSet)
    if mapped:
        each.update_scalarmappable()  # as drawing does it, so that it does not matter who came first
    edges = each.get_edgecolor()
    mapped = mapped and len(edges) == np.size(each.get_array())
    widths = np.atleast_1d(each.get_linewidth())
    if not mapped and (len(edges) == 0 or not widths.any()):
        return "none"
    names = f"colours {_color_map(each)}" if mapped else colors(edges)
    return f"{names} {runs(dashes(pattern) for pattern in each.get_linestyle())} {runs(map(number, widths))}"


@describes(collections.LineCollection)
def _lines(each):
    segments = [floats(segment) for segment in each.get_segments()]
    what = f"{count(len(segments), 'stroke')}{named(each)}, {_strokes(each)}{units(each.get_transform(), each.axes)}"
    return what, _ends(segments, "xy") + _array(each)


@describes(art3d.Line3DCollection)
def _lines_in_space(each):
    segments = [floats(segment) for segment in each._segments3d]
    return f"{count(len(segments), 'stroke')}{named(each)}, {_strokes(each)}", _ends(segments, "xyz") + _array(each)


def _ends(segments, axes):
    """Where strokes begin and end, and how long they are together."""
    segments = [segment for segment in segments if len(segment)]
    length = sum(np.linalg.norm(np.diff(segment, axis=0), axis=1).sum() for segment in segments)
    ends = [np.concatenate([segment[0], segment[-1]]) for segment in segments]
    return f"{rows(ends, [*axes, *(f'end {axis}' for axis in axes)])}; length {number(length)}"


# --- points


def _array(mappable):
    """The numbers that an artist shows as colours, and their scale."""
    values = mappable.get_array()
    if values is None:
        return ""
    return f"; colours {spread(values)}, {_scale(mappable)}"


def _scale(mappable):
    low, high = (np.nan if end is None else end for end in mappable.get_clim())
    return f"shown from {number(low)} to {number(high)}"


def _color_map(mappable):
    """The name of the colour map, and of its scale where that is not linear."""
    scale = type(mappable.norm).__name__
    return repr(mappable.get_cmap().name) + ("" if scale == "Normalize" else f" by {scale}")


def _marker(points):
    """The name of a marker, found by its corners."""
    if not MARKERS:
        for name in (*MarkerStyle.filled_markers, *"+x|_.,1234"):
            style = MarkerStyle(name)
            corners = style.get_path().transformed(style.get_transform()).vertices
            MARKERS.setdefault(corners.round(6).tobytes(), name)
    paths = points.get_paths()
    if len(paths) != 1:
        return f"{len(paths)} kinds of marker"
    corners = paths[0].vertices
    name = MARKERS.get(corners.round(6).tobytes())
    return f"marker {name!r}" if name else f"marker of {len(corners)} corners"


def _points_look(points):
    """Colours, edges and marker of points."""
    faces = f"colours {_color_map(points)}" if points.get_array() is not None else colors(points.get_facecolor())
    edges = _strokes(points)
    edge = "" if edges == "none" or edges.startswith("colours ") else f" edged {edges}"
    marker = _marker(points) if isinstance(points, collections.PathCollection) else type(points).__name__
    return f"in {faces}{edge}, {marker}"


def _sizes(points):
    sizes = points.get_sizes()
    return f"; size {number(sizes[0])}" if len(sizes) == 1 else f"; sizes {spread(sizes)}"


@describes(collections.PathCollection, collections.RegularPolyCollection, collections.CircleCollection)
def _points(points):
    places = points.get_offsets()
    what = f"{count(len(places), 'point')}{named(points)} {_points_look(points)}"
    where = units(points.get_offset_transform(), points.axes)
    return what + where, rows(places, "xy") + _sizes(points) + _array(points)


@describes(art3d.Path3DCollection)
def _points_in_space(points):
    places = np.transpose([floats(each) for each in points._offsets3d])
    # The depth is shown by opacity, which changes when the figure is drawn.
    faces = (
        _color_map(points)
        if points.get_array() is not None
        else colors(points.get_facecolor() * (1, 1, 1, 0) + (0, 0, 0, 1))
    )
    what = f"{count(len(places), 'point')}{named(points)} in {faces}, {_marker(points)}"
    return what, rows(places, "xyz") + _sizes(points) + _array(points)


@describes(quiver.Quiver)
def _field_of_arrows(arrows):
    columns = [floats(each) for each in (arrows.X, arrows.Y, arrows.U, arrows.V)]
    what = f"field of {count(len(columns[0]), 'arrow')}{named(arrows)} in {colors(arrows.get_facecolor())}"
    return what, rows(np.transpose(np.broadcast_arrays(*columns)), ("x", "y", "u", "v")) + _array(arrows)


@describes(quiver.Barbs)
def _barbs(barbs):
    columns = [floats(each) for each in (barbs.x, barbs.y, barbs.u, barbs.v)]
    what = f"{count(len(columns[0]), 'barb')}{named(barbs)} in {colors(barbs.get_facecolor())}"
    return what, rows(np.transpose(columns), ("x", "y", "u", "v")) + _array(barbs)


@describes(quiver.QuiverKey)
def _key(key):
    return f"key {quote(key.label)} of a field of arrows", f"at {place((key.X, key.Y))}, length {number(key.U)}"


# --- areas


def _face(patch):
    """The look of a patch: what fills it, and its edge."""
    fill = color(patch.get_facecolor()) if patch.get_fill() else "none"
    hatch = f" hatched {quote(patch.get_hatch())}" if patch.get_hatch() else ""
    edge = _stroke(patch) if patch.get_linewidth() > 0 else "none"
    return f"filled {fill}{hatch}, edge {edge if not edge.startswith('none ') else 'none'}"


def _faces(each):
    """The look of the faces of a collection."""
    faces = f"colours {_color_map(each)}" if each.get_array() is not None else colors(each.get_facecolor())
    hatch = f" hatched {quote(each.get_hatch())}" if each.get_hatch() else ""
    return f"filled {faces}{hatch}, edge {_strokes(each)}"


@describes(patches.Patch)
def _patch(patch):
    """Any patch by its box; the height and width of a rotated or cut one tell how, and so does its area."""
    path = patch.get_path().transformed(patch.get_patch_transform())
    polygons = [np.asarray(polygon) for polygon in path.to_polygons()]
    corners = np.concatenate(polygons) if polygons else path.vertices
    (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
    what = f"{type(patch).__name__}{named(patch)} {_face(patch)}{units(patch.get_transform(), patch.axes)}"
    area = sum(_area(polygon) for polygon in polygons)
    return what, {"x": left, "y": low, "width": right - left, "height": high - low, "area": abs(area)}


@describes(art3d.Patch3D)
def _patch_in_space(patch):
    corners = np.array(patch._segment3d, dtype=float)
    return f"{type(patch).__name__}{named(patch)} {_face(patch)}", rows(corners, "xyz")


@describes(patches.FancyArrowPatch)
def _arrow(arrow, ends=None):
    """An arrow from its foot to its head; its width is a number, for a network draws its weights so."""
    style = next(
        (name for name, kind in patches.ArrowStyle.get_styles().items() if type(arrow.get_arrowstyle()) is kind), "?"
    )
    bent = type(arrow.get_connectionstyle()).__name__ if arrow.get_connectionstyle() else "path"
    straight = "" if bent == "Arc3" and not arrow.get_connectionstyle().rad else f" {bent}"
    look = f"{color(arrow.get_edgecolor())} {dashes(arrow._unscaled_dash_pattern)}"
    if color(arrow.get_facecolor()) != color(arrow.get_edgecolor()):
        look += f" filled {color(arrow.get_facecolor())}"
    if ends is None:
        ends = arrow._posA_posB if arrow._posA_posB is not None else arrow._path_original.vertices[[0, -1]]
    where = dict(zip(("x", "y", "head x", "head y"), np.ravel(ends), strict=True))
    return f"arrow {style!r}{straight} in {look}, head {number(arrow.get_mutation_scale())}", where | {
        "line width": arrow.get_linewidth()
    }


def arrow_of(note):
    """Describe the arrow of an annotation, which leads from its text to the place that it is about."""
    feet = note.xyann if note.anncoords == "data" else note.xy  # offsets of a text are told with the text
    what, where = _arrow(note.arrow_patch, ends=(feet, note.xy))
    return what + _note_units(note), where


@describes(patches.StepPatch)
def _histogram(steps):
    counts, edges, baseline = steps.get_data()
    what = f"histogram{named(steps)} of {count(len(counts), 'bin')} {_face(steps)}"
    spread_out = f"{number(np.nansum(counts))} values between {number(edges[0])} and {number(edges[-1])}: "
    some = ", ".join(map(number, counts)) if len(counts) <= MOST_COUNTS else rows(np.transpose([counts]), [""])
    base = (
        "" if np.ndim(baseline) == 0 and not baseline else f"; base {spread(np.nan if baseline is None else baseline)}"
    )
    return what, spread_out + some + base


@describes(collections.PolyCollection)
def _polygons(each):
    corners = [floats(path.vertices) for path in each.get_paths() if len(path.vertices)]
    if len(corners) == 1 and len(each.get_offsets()) <= 1 and each.get_array() is None:
        return f"band{named(each)} {_faces(each)}", _band(corners[0])
    offsets = each.get_offsets()
    places = offsets if len(offsets) > 1 else [polygon.mean(axis=0) for polygon in corners]
    areas = [abs(_area(polygon)) for polygon in corners]
    what = f"{count(len(places), 'polygon')}{named(each)} {_faces(each)}"
    return what, f"{rows(places, 'xy')}; areas {spread(areas)}{_array(each)}"


def _band(corners):
    """Tell from where to where a shaded band reaches, and its heights at both ends and in the middle."""
    across = np.unique(corners[:, 0])
    some = [corners[np.isclose(corners[:, 0], across[k]), 1] for k in (0, len(across) // 2, -1)]
    heights = ", ".join(f"{number(each.min())} to {number(each.max())}" for each in some)
    ends = f"x from {number(across[0])} to {number(across[-1])}"
    return f"over {ends}, at its start, middle and end from {heights}; area {number(abs(_area(corners)))}"


@describes(collections.PatchCollection, collections.EllipseCollection)
def _patches(each):
    if each.axes.name == "3d":  # what it holds is where its patches were projected to
        raise _unknown(each)
    boxes = [path.get_extents() for path in each.get_paths()]
    offsets = each.get_offsets() if len(each.get_offsets()) > 1 else [(0, 0)]
    what = f"{count(max(len(boxes), len(offsets)), 'patch')}{named(each)} {_faces(each)}"
    sides = rows([(box.x0, box.y0, box.width, box.height) for box in boxes], ("x", "y", "width", "height"))
    return what, f"{sides}; moved by {rows(offsets, 'xy')}{_array(each)}"


@describes(art3d.Poly3DCollection)
def _surface(faces):
    corners, groups = _corners(faces)
    heights = corners[:, 2] if faces.get_array() is None else floats(faces.get_array())
    sides = " and ".join(f"{number(each.min())} to {number(each.max())}" for each in corners[:, :2].T)
    shades = faces.get_facecolor()
    shaded = faces.get_array() is None and len(np.unique(shades, axis=0)) > 1
    look = f"shaded, {_strokes(faces)}" if shaded else _faces(faces)
    what = f"surface{named(faces)} of {count(groups, 'face')} {look}"
    shade = f", their mean colour {place(shades.mean(axis=0))}" if shaded else ""
    some = ", ".join(number(heights[k]) for k in np.arange(5) * (heights.size - 1) // 4)
    return what, f"over {sides}, heights {spread(heights)}, some of them {some}{_array(faces)}{shade}"


def _corners(faces):
    """The corners of all faces, an array of shape (n, 3), and the number of faces."""
    if hasattr(faces, "_faces"):
        unused = np.broadcast_to(faces._invalid_vertices, faces._faces.shape[:2])
        return faces._faces[~unused], len(faces._faces)
    return faces._vec[:3].T, len(faces._segslices)  # before Matplotlib 3.10


def bars(container):
    """Describe a row of bars: where they stand, on what, how long and how thick; and how each one looks."""
    lying = container.orientation == "horizontal"
    boxes = [(bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()) for bar in container]
    if lying:
        boxes = [(y, x, height, width) for x, y, width, height in boxes]
    looks = [_face(bar) for bar in container]
    one = looks[0] if len(set(looks)) == 1 else "in several looks"
    what = f"{count(len(boxes), 'bar')}{named(container)} {'lying' if lying else 'standing'}, {one}"
    lengths = rows([(box[3],) for box in boxes], ["length"])
    table_of = rows([box[:3] for box in boxes], ("at", "from", "thick"))
    return what, f"{lengths}; at, from, thick: {table_of}" + ("" if len(set(looks)) == 1 else f"; {runs(looks)}")


# --- contours


@describes(ContourSet)
def _contours(contours):
    if contours.axes.name == "3d":  # what they hold is where they were projected to
        raise _unknown(contours)
    polygons = [path.to_polygons(closed_only=contours.filled) for path in contours.get_paths()]
    levels = ", ".join(map(number, contours.levels)) if len(contours.levels) <= 3 else _range(contours.levels)
    if not contours.filled:
        pieces = [piece for each in polygons for piece in each if len(piece) > 1]
        look = f"{count(len(contours.levels), 'level')} of {_strokes(contours)}"
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
    areas = np.array([_area(polygon) for polygon in polygons])  # holes count negative
    if not polygons or np.isclose(areas.sum(), 0, atol=1e-12 * size):
        return "0%", None
    middle = sum(_moment(polygon) for polygon in polygons) / areas.sum()
    return f"{number(100 * abs(areas.sum()) / size)}%", middle


def _area(polygon):
    """Return the signed area of a polygon, after the shoelace formula; holes count negative."""
    x, y = polygon.T
    return 0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))


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
    look = f"{_color_map(picture)}, " if values.ndim == 2 else ""
    what = f"picture of {' x '.join(map(str, values.shape))} numbers, {look}{picture.get_interpolation()}"
    alpha = picture.get_alpha()
    what += f", from {picture.origin}" + ("" if alpha is None else f", opacity {spread(alpha)}")
    scale = f", {_scale(picture)}" if values.ndim == 2 else ""
    return what, spread(values) + scale + _brightness(values)


@describes(collections.QuadMesh)
def _mesh(mesh):
    corners = mesh.get_coordinates().reshape(-1, 2)
    height, width = (size - 1 for size in mesh.get_coordinates().shape[:2])
    values = floats(mesh.get_array())
    values = values.reshape(height, width) if values.size == height * width else values
    what = f"mesh of {height} x {width} numbers, {_color_map(mesh)}"
    where = f"over {place(corners.min(axis=0))} to {place(corners.max(axis=0))}"
    return what, f"{spread(values)}, {_scale(mesh)}, {where}{_brightness(values)}"


@describes(collections.TriMesh)
def _triangles(mesh):
    places = [path.vertices.mean(axis=0) for path in mesh.get_paths()]
    return f"mesh of {count(len(places), 'triangle')}, {_color_map(mesh)}", rows(places, "xy") + _array(mesh)


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


# --- texts


def text_look(each):
    """The look of a text: colour, size and style, how it is aligned, and its box."""
    style = [f"{color(each.get_color(), each.get_alpha())} {number(each.get_fontsize())} pt"]
    style += [str(each.get_fontweight())] if each.get_fontweight() not in ("normal", 400) else []
    style += [each.get_fontstyle()] if each.get_fontstyle() != "normal" else []
    style += [f"rotated {number(each.get_rotation())}"] if each.get_rotation() else []
    box = each.get_bbox_patch()
    boxed = f", box {type(box.get_boxstyle()).__name__} {_face(box)}" if box is not None else ""
    return f"{' '.join(style)} {each.get_ha()} {each.get_va()}{boxed}{_note_units(each)}"


def _note_units(each):
    """In which units the place of a text is meant, where they are not those of the axes."""
    if isinstance(each, text.Annotation):
        own = "" if each.xycoords == "data" else f" at {each.xycoords}"
        return own + ("" if each.anncoords == each.xycoords else f", text in {each.anncoords}")
    return units(each.get_transform(), each.axes)


def text_place(each):
    """Where a text stands; of an annotation the place that it is about, and then its own."""
    if isinstance(each, art3d.Text3D):
        return each.get_position_3d()
    if isinstance(each, text.Annotation):
        return (*each.xy, *each.xyann)
    x, y = each.get_position()
    return each.convert_xunits(x), each.convert_yunits(y)


@describes(table.Table)
def _table(cells):
    words = {key: cell.get_text().get_text() for key, cell in sorted(cells.get_celld().items())}
    height, width = (len({key[axis] for key in words}) for axis in (0, 1))
    looks = runs(f"{color(cell.get_facecolor())}" for _, cell in sorted(cells.get_celld().items()))
    return f"table of {height} x {width} cells in {looks}", ", ".join(map(quote, words.values()))
