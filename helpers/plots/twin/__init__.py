"""The text twin of a figure: a summary of what was drawn, for tests of notebooks, which compare texts and no pictures.

Each line tells of one kind of thing. Before its first `` | `` stands what it is and how it looks, behind it the
numbers: places, heights, limits. :func:`shape_of` keeps the former. In ``artists`` and ``areas``
stands what each kind says, in ``looks`` how looks are told, in ``words`` how numbers are written.
"""

import re
import zlib

from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from . import areas  # noqa: F401 - teaches artists the artists that cover an area
from .artists import UnknownArtist, arrow_of, bars, describe_artist, text_look, text_place
from .words import color, count, number, quote, rows

__all__ = ["UnknownArtist", "describe", "shape_of"]

MOST_TEXTS = 60  # of more texts, such as the numbers in the pixels of a picture, the first and the last are written
QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
BEFORE_VALUES = re.compile(rf"(?:{QUOTED}|(?! \| )[^'\"])*")
NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")
NUMBERS = "  - numbers"
TEXTS = re.compile(r"  - \d+ texts? in ")
PLACES = {2: "xy", 3: "xyz", 4: ("x", "y", "text x", "text y")}
ONLY_NUMBERS = re.compile(r"['\"][\s#%×()]*['\"]")


def describe(fig):
    """Summarise what a figure draws.

    Args:
        fig: a Matplotlib figure.

    Returns:
        Text: a line for the figure, one for each panel, and below it one for each kind of artist, with the few numbers
        that would change if other data were drawn.

    Raises:
        UnknownArtist: if something is drawn that the twin cannot tell.
    """
    axes = [ax for ax in _with_insets(fig.axes) if ax.get_visible()]
    scales = [ax for ax in axes if _color_bar(ax)]
    panels = [ax for ax in axes if ax not in scales and (_has_axes(ax) or _drawn(ax))]
    width, height = fig.get_size_inches()
    lines = [f"Figure with {count(len(panels), 'panel')}, {number(width)} x {number(height)} inches"]
    lines[0] += "".join(_legend(legend) for part in _parts(fig) for legend in part.legends)
    lines += [line for part in _parts(fig) for line in _beside_panels(part)]
    for ax in panels:
        lines += [_with_values(f"- {_head(ax)}", _limits(ax)), *_ticks(ax), *_things(ax)]
    return "\n".join(lines + [_scale(ax, panels) for ax in scales])


def shape_of(twin):
    """Keep of a twin what another training does not change.

    Args:
        twin: what :func:`describe` returned.

    Returns:
        Text: panels, kinds, looks and counts as they were, in each panel in alphabetical order, since some are sorted
        by a result. In titles, labels and other texts every number is "#". Of texts that are only numbers it is told
        only that there are some: how many, and which are black and which white, depends on what was counted.
    """
    shape, things = [], []
    for line in [*twin.splitlines(), ""]:
        if not line.startswith("  - "):
            shape += [*sorted(things), _shape_of_line(line)]
            things = []
        else:
            things += [each for each in _shapes_of_thing(line) if not (each == NUMBERS and each in things)]
    return "\n".join(shape).rstrip("\n")


def _shape_of_line(line):
    """Cut off the values, and let every number in a quoted text read "#"."""
    kept = BEFORE_VALUES.match(line).group()
    return re.sub(QUOTED, lambda text: NUMBER.sub("#", text.group()), kept)


def _shapes_of_thing(line):
    """The shape of one line of a panel: none, one or two lines."""
    line = _shape_of_line(line)
    kind, _, listed = line.partition(": ")
    texts = sorted(re.findall(QUOTED, listed))
    if kind.endswith(" ticks"):
        return [f"{kind}: {', '.join(texts)}"]
    if not TEXTS.match(kind):
        return [line]
    words = [text for text in texts if not ONLY_NUMBERS.fullmatch(text)]
    numbers = [NUMBERS] if len(words) < len(texts) else []
    look = TEXTS.sub("", kind)
    return numbers + ([f"  - texts in {look}: {', '.join(words)}"] if words else [])


def _parts(fig):
    """The figure and the figures inside it."""
    return [fig, *(part for inner in fig.subfigs for part in _parts(inner))]


def _with_insets(axes):
    """All axes, those inside others behind them."""
    return [each for ax in axes for each in (ax, *_with_insets(ax.child_axes))]


def _color_bar(ax):
    """The colour bar that axes hold, or None."""
    return getattr(ax, "_colorbar", None)


def _with_values(what, values):
    return f"{what} | {values}" if values else what


def _drawn(ax):
    """The artists of a panel that can be seen: not its frame, title and axes."""
    drawn = (*ax.images, *ax.collections, *ax.patches, *ax.lines, *ax.tables, *ax.artists, *ax.texts)
    return [each for each in drawn if each.get_visible()]


# --- the panel itself


def _head(ax):
    """Names and kind of a panel."""
    titles = [ax.get_title(loc=side) for side in ("left", "center", "right")]
    parts = [" ".join(["panel", *(quote(title) for title in titles if title)])]
    names = {axis: getattr(ax, f"get_{axis}label")() for axis in _axes(ax)}
    parts += [f"{axis} {quote(name)}" for axis, name in names.items() if name]
    if ax.name == "3d":
        parts.append(f"3d, seen from {number(ax.elev)} up, {number(ax.azim)} around, rolled {number(ax.roll)}")
    elif ax.name != "rectilinear":
        parts.append(ax.name)
    parts += [f"{axis} {_axis(ax, axis).get_scale()}" for axis in _axes(ax) if _axis(ax, axis).get_scale() != "linear"]
    parts += [f"{axis} reversed" for axis in _axes(ax) if _axis(ax, axis).get_inverted()]
    grid = "".join(axis for axis in _axes(ax) if _axis(ax, axis).get_tick_params().get("gridOn"))
    parts += [f"grid {grid}"] if grid else []
    bare = "".join(axis for axis in _axes(ax) if _chosen_ticks(_axis(ax, axis)) == [])
    parts += [f"no ticks {bare}"] if bare and _has_axes(ax) else []
    parts += [f"aspect {number(ax.get_aspect())}"] if ax.get_aspect() != "auto" else []
    parts += [] if _has_axes(ax) else ["without axes"]
    return ", ".join(parts) + (_legend(ax.get_legend()) if ax.get_legend() else "")


def _axes(ax):
    return "xyz" if ax.name == "3d" else "xy"


def _has_axes(ax):
    """Whether the axes are drawn; those in space switch off what a plane would have."""
    return ax._axis3don if ax.name == "3d" else ax.axison


def _axis(ax, name):
    return getattr(ax, f"{name}axis")


def _limits(ax):
    limits = {axis: getattr(ax, f"get_{axis}lim")() for axis in _axes(ax)}
    return ", ".join(f"{axis} from {number(low)} to {number(high)}" for axis, (low, high) in limits.items())


def _ticks(ax):
    """The words along an axis and their places, where they were chosen."""
    chosen = {name: _chosen_ticks(_axis(ax, name)) for name in _axes(ax) if _has_axes(ax)}
    return [
        f"  - {name} ticks: {', '.join(quote(word) for word, _ in ticks)} | {rows([at for _, at in ticks], ['at'])}"
        for name, ticks in chosen.items()
        if ticks
    ]


def _chosen_ticks(axis):
    """Pairs of a word along an axis and its place; None where Matplotlib chooses them by the limits."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if axis.have_units() and axis.get_units() is not None:  # names as places: the axis itself numbered them
        places = axis.get_majorticklocs()
    elif isinstance(locator, FixedLocator | NullLocator):
        places = locator()
    else:
        return None
    words = formatter.seq if isinstance(formatter, FixedFormatter) else formatter.format_ticks(places)
    return list(zip(words, places, strict=False))


def _legend(legend):
    """The entries of a legend, each with its colour."""
    if not legend.get_visible():
        return ""
    entries = [
        f"{quote(text.get_text())} {_handle_color(handle)}".rstrip()
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=False)
    ]
    title = legend.get_title().get_text()
    return f", legend{f' {quote(title)} with' if title else ''} {', '.join(entries)}"


def _handle_color(handle):
    for look in ("get_color", "get_facecolor"):
        if hasattr(handle, look):
            found = getattr(handle, look)()
            return color(found[0] if getattr(found, "ndim", 1) == 2 and len(found) else found, handle.get_alpha())
    return ""


def _scale(ax, panels):
    """A colour bar: of which colours, and beside which panels."""
    bar = _color_bar(ax)
    beside = [panels.index(each) + 1 for each in getattr(ax, "_colorbar_info", {}).get("parents", []) if each in panels]
    label = ax.get_ylabel() or ax.get_xlabel()
    where = f" beside {count(len(beside), 'panel')} ({', '.join(map(str, beside))})" if beside else ""
    low, high = bar.mappable.get_clim()
    what = f"- colour bar{f' {quote(label)}' if label else ''} of {bar.cmap.name!r}{where}, {bar.orientation}"
    return f"{what} | from {number(low)} to {number(high)}"


# --- what is in it


def _things(ax):
    """The lines for what is drawn in a panel."""
    rows_of_bars = [
        each
        for each in ax.containers
        if isinstance(each, BarContainer) and all(isinstance(bar, Rectangle) for bar in each)
    ]
    in_rows = {id(bar) for row in rows_of_bars for bar in row}
    told = [bars(row) for row in rows_of_bars if any(bar.get_visible() for bar in row)]
    drawn = [each for each in _drawn(ax) if id(each) not in in_rows]
    texts = [each for each in drawn if each in ax.texts]
    told += [describe_artist(each) for each in drawn if each not in texts]
    told += [arrow_of(note) for note in texts if getattr(note, "arrow_patch", None) is not None]
    return _joined(told) + _texts(texts)


def _beside_panels(fig):
    """The lines for what a figure draws outside of its panels."""
    drawn = (*fig.images, *fig.patches, *fig.lines, *fig.artists)
    found = _joined([describe_artist(each) for each in drawn if each.get_visible()]) + _texts(fig.texts)
    return ["- around the panels", *found] if found else []


def _joined(told):
    """Write a line for all artists that are one kind and have one look."""
    alike = {}
    for what, values in told:
        alike.setdefault((what, isinstance(values, dict)), []).append(values)
    lines = []
    for (what, tabular), values in alike.items():
        times = f"{len(values)} x " if len(values) > 1 else ""
        numbers = "; ".join(values) if not tabular else ""
        if tabular:
            numbers = f"{', '.join(values[0])}: {rows([[*each.values()] for each in values], list(values[0]))}"
        lines.append(_with_values(f"  - {times}{what}", numbers))
    return lines


def _texts(texts):
    """Write a line for all texts of one look."""
    alike = {}
    for each in texts:
        if each.get_text() and each.get_visible():
            alike.setdefault((text_look(each), len(text_place(each))), []).append(each)
    lines = []
    for (look, _), each in alike.items():
        words = [quote(text.get_text()) for text in each]
        if len(words) > MOST_TEXTS:
            check = zlib.crc32(" ".join(words).encode())
            listed = f"{', '.join(words[:5])} to {', '.join(words[-5:])}, check {check:08x}"
        else:
            listed = ", ".join(words)
        places = [text_place(text) for text in each]
        at = rows(places, PLACES[len(places[0])])
        lines.append(f"  - {count(len(words), 'text')} in {look}: {listed} | at {at}")
    return lines
