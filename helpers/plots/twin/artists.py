"""What each kind of Matplotlib's artists says in a twin: its kind and its look, and the numbers that it draws.

``ARTISTS`` holds a function for each class; those of areas stand in ``areas``. A subclass is described as the
nearest class that it descends from; what descends from none is refused, so that nothing is drawn that the twin does not
tell.
"""

import numpy as np
from matplotlib import collections, lines, patches, quiver, table, text
from mpl_toolkits.mplot3d import art3d

from .looks import array_of, color_map, face_look, line_look, marker_look, points_look, strokes
from .words import (
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
    signed_area,
    spread,
    units,
)

ARTISTS = {}
MOST_COUNTS = 40  # of a histogram with more bins only some are written


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
    raise unknown(artist)


def unknown(artist):
    """The error that says what cannot be told, and what to do."""
    kind = type(artist)
    where = f" on {artist.axes.name} axes" if artist.axes else ""
    return UnknownArtist(
        f"The text of this figure cannot tell what a {kind.__name__} draws{where}, so no test would notice a wrong "
        "one. Draw it with lines, points, bars, patches, pictures or texts, or teach helpers/plots/twin/artists.py "
        f"the class {kind.__module__}.{kind.__name__}."
    )


# --- lines


@describes(lines.Line2D)
def _line(line):
    points = line.get_xydata()
    what = f"line{named(line)} through {count(len(points), 'point')}, {line_look(line)}"
    return what + units(line.get_transform(), line.axes), rows(points, "xy")


@describes(art3d.Line3D)
def _path(line):
    points = np.transpose([floats(each) for each in line.get_data_3d()])
    length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    what = f"line{named(line)} through {count(len(points), 'point')}, {line_look(line)}"
    return what, f"{rows(points, 'xyz')}; length {number(length)}"


@describes(lines.AxLine)
def _straight_line(line):
    (x, y), slope, other = line.get_xy1(), line.get_slope(), line.get_xy2()
    if slope is None:
        rise, run = other[1] - y, other[0] - x
        slope = np.inf if abs(run) < 1e-12 else rise / run
    # Where it lies may depend on the data, but that it is the diagonal is how a figure is meant.
    diagonal = " y = x" if number(slope) == "1" and number(y - x, abs(x)) == "0" else ""
    what = f"straight line{diagonal}{named(line)}, {line_look(line)}"
    return what, f"through {place((x, y))} with slope {number(slope)}"


@describes(collections.LineCollection)
def _lines(each):
    segments = [floats(segment) for segment in each.get_segments()]
    what = f"{count(len(segments), 'stroke')}{named(each)}, {strokes(each)}{units(each.get_transform(), each.axes)}"
    return what, _ends(segments, "xy") + array_of(each)


@describes(art3d.Line3DCollection)
def _lines_in_space(each):
    segments = [floats(segment) for segment in each._segments3d]
    return f"{count(len(segments), 'stroke')}{named(each)}, {strokes(each)}", _ends(segments, "xyz") + array_of(each)


def _ends(segments, axes):
    """Where strokes begin and end, and how long they are together."""
    segments = [segment for segment in segments if len(segment)]
    length = sum(np.linalg.norm(np.diff(segment, axis=0), axis=1).sum() for segment in segments)
    ends = [np.concatenate([segment[0], segment[-1]]) for segment in segments]
    return f"{rows(ends, [*axes, *(f'end {axis}' for axis in axes)])}; length {number(length)}"


# --- points


def _sizes(points):
    sizes = points.get_sizes()
    return f"; size {number(sizes[0])}" if len(sizes) == 1 else f"; sizes {spread(sizes)}"


@describes(collections.PathCollection, collections.RegularPolyCollection, collections.CircleCollection)
def _points(points):
    places = points.get_offsets()
    what = f"{count(len(places), 'point')}{named(points)} {points_look(points)}"
    where = units(points.get_offset_transform(), points.axes)
    return what + where, rows(places, "xy") + _sizes(points) + array_of(points)


@describes(art3d.Path3DCollection)
def _points_in_space(points):
    places = np.transpose([floats(each) for each in points._offsets3d])
    # The depth is shown by opacity, which changes when the figure is drawn.
    faces = (
        color_map(points)
        if points.get_array() is not None
        else colors(points.get_facecolor() * (1, 1, 1, 0) + (0, 0, 0, 1))
    )
    what = f"{count(len(places), 'point')}{named(points)} in {faces}, {marker_look(points)}"
    return what, rows(places, "xyz") + _sizes(points) + array_of(points)


@describes(quiver.Quiver)
def _field_of_arrows(arrows):
    columns = [floats(each) for each in (arrows.X, arrows.Y, arrows.U, arrows.V)]
    what = f"field of {count(len(columns[0]), 'arrow')}{named(arrows)} in {colors(arrows.get_facecolor())}"
    return what, rows(np.transpose(np.broadcast_arrays(*columns)), ("x", "y", "u", "v")) + array_of(arrows)


@describes(quiver.Barbs)
def _barbs(barbs):
    columns = [floats(each) for each in (barbs.x, barbs.y, barbs.u, barbs.v)]
    what = f"{count(len(columns[0]), 'barb')}{named(barbs)} in {colors(barbs.get_facecolor())}"
    return what, rows(np.transpose(columns), ("x", "y", "u", "v")) + array_of(barbs)


@describes(quiver.QuiverKey)
def _key(key):
    return f"key {quote(key.label)} of a field of arrows", f"at {place((key.X, key.Y))}, length {number(key.U)}"


# --- patches


@describes(patches.Patch)
def _patch(patch):
    """Any patch by its box; the height and width of a rotated or cut one tell how, and so does its area."""
    path = patch.get_path().transformed(patch.get_patch_transform())
    polygons = [np.asarray(polygon) for polygon in path.to_polygons()]
    corners = np.concatenate(polygons) if polygons else path.vertices
    (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
    what = f"{type(patch).__name__}{named(patch)} {face_look(patch)}{units(patch.get_transform(), patch.axes)}"
    area = sum(signed_area(polygon) for polygon in polygons)
    return what, {"x": left, "y": low, "width": right - left, "height": high - low, "area": abs(area)}


@describes(art3d.Patch3D)
def _patch_in_space(patch):
    corners = np.array(patch._segment3d, dtype=float)
    return f"{type(patch).__name__}{named(patch)} {face_look(patch)}", rows(corners, "xyz")


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
    what = f"histogram{named(steps)} of {count(len(counts), 'bin')} {face_look(steps)}"
    spread_out = f"{number(np.nansum(counts))} values between {number(edges[0])} and {number(edges[-1])}: "
    some = ", ".join(map(number, counts)) if len(counts) <= MOST_COUNTS else rows(np.transpose([counts]), [""])
    base = (
        "" if np.ndim(baseline) == 0 and not baseline else f"; base {spread(np.nan if baseline is None else baseline)}"
    )
    return what, spread_out + some + base


def bars(container):
    """Describe a row of bars: where they stand, on what, how long and how thick; and how each one looks."""
    lying = container.orientation == "horizontal"
    boxes = [(bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()) for bar in container]
    if lying:
        boxes = [(y, x, height, width) for x, y, width, height in boxes]
    looks = [face_look(bar) for bar in container]
    one = looks[0] if len(set(looks)) == 1 else "in several looks"
    what = f"{count(len(boxes), 'bar')}{named(container)} {'lying' if lying else 'standing'}, {one}"
    lengths = rows([(box[3],) for box in boxes], ["length"])
    table_of = rows([box[:3] for box in boxes], ("at", "from", "thick"))
    return what, f"{lengths}; at, from, thick: {table_of}" + ("" if len(set(looks)) == 1 else f"; {runs(looks, '; ')}")


# --- texts


def text_look(each):
    """The look of a text: colour, size and style, how it is aligned, and its box."""
    style = [f"{color(each.get_color(), each.get_alpha())} {number(each.get_fontsize())} pt"]
    style += [str(each.get_fontweight())] if each.get_fontweight() not in ("normal", 400) else []
    style += [each.get_fontstyle()] if each.get_fontstyle() != "normal" else []
    style += [f"rotated {number(each.get_rotation())}"] if each.get_rotation() else []
    box = each.get_bbox_patch()
    boxed = f", box {type(box.get_boxstyle()).__name__} {face_look(box)}" if box is not None else ""
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
