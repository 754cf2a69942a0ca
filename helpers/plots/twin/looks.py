"""How artists look, in the words of a twin: their strokes, faces, edges, markers and colour maps."""

import numpy as np
from matplotlib import collections, lines
from matplotlib.contour import ContourSet
from matplotlib.markers import MarkerStyle

from .words import color, colors, dashes, number, quote, runs, spread

MARKERS = {}  # from the corners of a marker to its name, filled when the first one is looked up


def stroke(artist):
    """Colour, dashes and width of a line or of a patch's edge."""
    edge = artist.get_color() if isinstance(artist, lines.Line2D) else artist.get_edgecolor()
    alpha = artist.get_alpha() if isinstance(artist, lines.Line2D) else None  # a patch's colours hold it already
    return f"{color(edge, alpha)} {dashes(artist._unscaled_dash_pattern)} {number(artist.get_linewidth())}"


def line_look(line):
    drawn = line.get_linestyle() not in ("None", " ", "") and line.get_linewidth() > 0
    look = stroke(line) if drawn else "no stroke"
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


def strokes(each):
    """Colours, dashes and widths of the lines of a collection, or of the edges of its faces."""
    mapped = each.get_array() is not None and not isinstance(each, ContourSet)
    if mapped:
        each.update_scalarmappable()  # as drawing does it, so that it does not matter who came first
    edges = each.get_edgecolor()
    mapped = mapped and len(edges) == np.size(each.get_array())
    widths = np.atleast_1d(each.get_linewidth())
    if not mapped and (len(edges) == 0 or not widths.any()):
        return "none"
    names = f"colours {color_map(each)}" if mapped else colors(edges)
    return f"{names} {runs(dashes(pattern) for pattern in each.get_linestyle())} {runs(map(number, widths))}"


def array_of(mappable):
    """The numbers that an artist shows as colours, and their scale."""
    values = mappable.get_array()
    if values is None:
        return ""
    return f"; colours {spread(values)}, {scale_of(mappable)}"


def scale_of(mappable):
    low, high = (np.nan if end is None else end for end in mappable.get_clim())
    return f"shown from {number(low)} to {number(high)}"


def color_map(mappable):
    """The name of the colour map, and of its scale where that is not linear."""
    scale = type(mappable.norm).__name__
    return repr(mappable.get_cmap().name) + ("" if scale == "Normalize" else f" by {scale}")


def marker_look(points):
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


def points_look(points):
    """Colours, edges and marker of points."""
    faces = f"colours {color_map(points)}" if points.get_array() is not None else colors(points.get_facecolor())
    edges = strokes(points)
    edge = "" if edges == "none" or edges.startswith("colours ") else f" edged {edges}"
    marker = marker_look(points) if isinstance(points, collections.PathCollection) else type(points).__name__
    return f"in {faces}{edge}, {marker}"


def face_look(patch):
    """The look of a patch: what fills it, and its edge."""
    fill = color(patch.get_facecolor()) if patch.get_fill() else "none"
    hatch = f" hatched {quote(patch.get_hatch())}" if patch.get_hatch() else ""
    edge = stroke(patch) if patch.get_linewidth() > 0 else "none"
    return f"filled {fill}{hatch}, edge {edge if not edge.startswith('none ') else 'none'}"


def faces_look(each):
    """The look of the faces of a collection."""
    faces = f"colours {color_map(each)}" if each.get_array() is not None else colors(each.get_facecolor())
    hatch = f" hatched {quote(each.get_hatch())}" if each.get_hatch() else ""
    return f"filled {faces}{hatch}, edge {strokes(each)}"
