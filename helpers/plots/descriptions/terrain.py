"""Words for what lies in a plane: areas, valleys, walks through them, and where a picture is bright.

Lengths are measured in the picture, whose width and height count 1 each, for that is what a reader would see.
"""

import numpy as np

from .words import count, floats, number, percent, place

GRID = 60  # cells along a side: enough for shapes, few enough to be quick
SPECK = 0.005  # share of the picture below which an area is no area
DEEP = 0.05  # share of the range of heights by which a valley must be parted from a deeper one
MOST_VALLEYS = 6  # more are "many": on a coarse grid a crooked valley falls into pieces
STRAIGHT = 0.01  # how far the points of a straight line may lie from it
AT, NEAR = 0.02, 0.07  # how far from a place one is "at" it, or "near" it
UPHILL = 0.01  # share of the range of heights that a walk downhill may rise: the grid between the heights is coarse


# ---- areas ----


def areas(mask):
    """Count the connected areas of a grid of truths; smaller ones than a `SPECK` do not count."""
    left, found = np.asarray(mask, bool).copy(), 0
    rows, columns = left.shape
    while left.any():
        todo, size = [tuple(np.argwhere(left)[0])], 0
        left[todo[0]] = False
        while todo:
            row, column = todo.pop()
            size += 1
            for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if 0 <= near[0] < rows and 0 <= near[1] < columns and left[near]:
                    left[near] = False
                    todo.append(near)
        found += size >= SPECK * left.size
    return found


def crossings(lead):
    """Return where a grid of numbers changes its sign, as an array of places (across, up) between 0 and 1."""
    lead = np.asarray(lead, float)
    found = []
    for numbers in (lead, lead.T):
        before, after = numbers[:, :-1], numbers[:, 1:]
        row, column = np.nonzero((before > 0) != (after > 0))
        share = before[row, column] / (before[row, column] - after[row, column])
        places = np.column_stack([(column + share) / (numbers.shape[1] - 1), row / (numbers.shape[0] - 1)])
        found.append(places if numbers is lead else places[:, ::-1])
    return np.concatenate(found)


def is_straight(places):
    """Tell whether places lie on one straight line, but for `STRAIGHT`; fewer than three always do."""
    places = places[np.isfinite(places).all(axis=1)]
    if len(places) < 3:
        return True
    centred = places - places.mean(axis=0)
    return bool(np.abs(centred @ np.linalg.svd(centred, full_matrices=False)[2][1]).max() <= STRAIGHT)


# ---- valleys ----


def coarse(x, y, heights):
    """Return a landscape with at most `GRID` cells along a side, its lowest place kept."""
    x, y, heights = floats(x), floats(y), floats(heights)
    rows, columns = (-(-size // GRID) for size in heights.shape)
    low_row, low_column = np.unravel_index(np.nanargmin(heights), heights.shape)
    some_rows, some_columns = np.arange(low_row % rows, len(y), rows), np.arange(low_column % columns, len(x), columns)
    return x[some_columns], y[some_rows], heights[np.ix_(some_rows, some_columns)]


def basins(heights):
    """Return the lowest cells (row, column) of the valleys of a landscape, the deepest first.

    Two valleys are two only if one must climb from the shallower one by more than `DEEP`, a share of the range of all
    heights, to come into the deeper one. The land is flooded from below, and valleys are counted as they flow together.
    """
    heights = np.where(np.isfinite(heights), heights, np.inf)
    finite = heights[np.isfinite(heights)]
    least = DEEP * np.ptp(finite) if finite.size else 0.0
    rows, columns = heights.shape
    owner, depth = np.full((rows, columns), -1), []  # of each flooded cell its basin; of each basin its lowest cell
    parent, parted = [], []

    def root(basin):
        while parent[basin] != basin:
            basin = parent[basin]
        return basin

    for cell in np.argsort(heights, axis=None, kind="stable"):
        row, column = divmod(int(cell), columns)
        if not np.isfinite(heights[row, column]):
            break
        near = owner[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        joined = sorted({root(basin) for basin in np.unique(near) if basin >= 0})
        if not joined:
            joined = [len(parent)]
            parent.append(joined[0])
            depth.append((row, column))
        owner[row, column] = joined[0]  # the first one is the deepest
        for basin in joined[1:]:
            parent[basin] = joined[0]
            if heights[row, column] - heights[depth[basin]] > least:
                parted.append(basin)
    whole = [basin for basin in range(len(parent)) if parent[basin] == basin]
    return sorted((depth[basin] for basin in whole + parted), key=lambda cell: heights[cell])


def ground(x, y, heights, xlabel, ylabel):
    """Say what the low ground of a landscape, the lowest tenth of its cells, looks like.

    * "ring": the middle of the low ground is higher than half of all cells.
    * "round": seen from its middle it reaches less than 1.5 times as far in one direction as across.
    * "valley": at least twice as far; "narrow": at least four times. It runs along an axis if it leads away from it by
      at most 15°.

    Returns:
        A phrase such as "a narrow valley along w", or nothing where none of these is plain.
    """
    # A level has many cells of one height: count them by rank, half of them each.
    low = heights <= np.quantile(heights, 0.1)
    cells = np.argwhere(low)[:, ::-1] / (np.array(heights.shape[::-1]) - 1)
    if len(cells) < 3 or low.mean() > 0.3:
        return ""
    middle = cells.mean(axis=0)
    column, row = np.rint(middle * (np.array(heights.shape[::-1]) - 1)).astype(int)
    if heights[row, column] > np.median(heights):
        return f"low ground like a ring around {place(snapped((x[column], y[row]), x, y))}"
    spread, ways = np.linalg.svd(cells - middle, full_matrices=False)[1:]
    ratio = spread[0] / max(spread[1], 1e-9)
    if ratio < 2:
        return "round low ground" if ratio < 1.5 else ""
    kind = "a narrow valley" if ratio >= 4 else "a valley"
    angle = np.degrees(np.arctan2(ways[0, 1], ways[0, 0])) % 180
    if min(angle, 180 - angle) <= 15 or abs(angle - 90) <= 15:
        return f"{kind} along {ylabel if abs(angle - 90) <= 15 else xlabel}"
    return f"{kind} that {'rises' if angle < 90 else 'falls'} to the right"


def snapped(point, x, y):
    """Return a place with what is 0, but for the rounding of the machine, as 0."""
    size = np.array([np.ptp(floats(x)), np.ptp(floats(y))])
    return np.where(np.abs(point) <= 1e-9 * size, 0.0, point)


def land(x, y, heights, xlabel, ylabel):
    """Say where the lowest place of a landscape is, how many valleys there are, and what they look like.

    Returns:
        List of phrases, the longest first, and the lowest place (x, y), or None where there is no number.
    """
    if not np.isfinite(floats(heights)).any():
        return ["no numbers"], None
    x, y, heights = coarse(x, y, heights)
    usual = np.where(np.isfinite(heights), heights, np.nanmax(heights[np.isfinite(heights)]))
    found = [tuple(snapped((x[column], y[row]), x, y)) for row, column in basins(usual)]
    lowest = f"lowest at {place(found[0])}"
    if np.ptp(usual) == 0:
        return [f"all at one height, {number(usual[0, 0])}"], found[0]
    shape = ground(x, y, usual, xlabel, ylabel)
    if len(found) == 1 or "ring" in shape:
        return [", ".join(text for text in (shape, lowest) if text), lowest], found[0]
    if len(found) > MOST_VALLEYS:
        return [f"many valleys, the deepest at {place(found[0])}"], found[0]
    valleys = f"{len(found)} valleys, the deepest at {place(found[0])}"
    if len(found) == 2:
        return [f"{valleys}, the other at {place(found[1])}", valleys], found[0]
    return [valleys], found[0]


# ---- walks ----


def walk(path, x, y, heights, goals):
    """Say how a walk through a landscape goes and how near it comes to a goal.

    * "swings from side to side": half of its steps or more turn back, by more than 90°, from the one before; "wider and
      wider" if the last third of its steps is at least 1.5 times as long as the first third, "less and less" if the
      first is that much longer than the last; "at first": only three steps or more at its beginning do.
    * "straight": it keeps to a straight line, and no step turns back.
    * "shakes on its way": a tenth of its steps or more turn back.
    * "downhill all the way": no step rises by more than `UPHILL` of the range of heights.
    * "ends at", "ends near": the end lies within `AT`, or `NEAR`, of the goal that is closest to it.

    Args:
        path: array of shape (steps, 2).
        x, y, heights: the landscape.
        goals: dict from a name to a place (x, y).

    Returns:
        List of phrases, the longest first.
    """
    path = floats(path).reshape(-1, 2)
    known = np.isfinite(path).all(axis=1)
    if not known.any():
        return ["has no places"]
    first_gap = int(np.argmin(known)) if not known.all() else len(path)
    path = np.clip(path[: max(first_gap, 1)], -1e150, 1e150) if known[0] else path[known][:1]
    low, high = (np.array([end(floats(x)), end(floats(y))]) for end in (np.min, np.max))
    drawn = (path - low) / np.where(high > low, high - low, 1)
    arrival = _arrival(path, drawn, low, high, goals)
    near = arrival.rpartition(", with ")[2]
    if len(path) == 1:
        return [f"stands at {place(path[0])}"]
    if len(path) == 2:
        return [f"leads from {place(path[0])} to {place(path[1])}", f"leads to {place(path[1])}"]
    manner = _manner(drawn)
    outside = np.flatnonzero(np.any((drawn < -1e-9) | (drawn > 1 + 1e-9), axis=1))
    if (len(outside) and outside[-1] == len(path) - 1) or first_gap < len(known):
        return [f"{manner}, leaves the picture", "leaves the picture"]
    down = _downhill(path, floats(x), floats(y), floats(heights))
    whole = [f"from {place(path[0])}", manner, down, arrival]
    options = (whole, whole[1:], [manner, arrival], [manner, near], [near] if near else [manner])
    return [", ".join(text for text in some if text) for some in options]


def _manner(drawn):
    steps = np.diff(drawn, axis=0)
    lengths = np.hypot(*steps.T)
    steps, lengths = steps[lengths > 0], lengths[lengths > 0]
    if len(steps) < 2:
        return "takes one step" if len(steps) else "stays where it is"
    back = np.sum(steps[1:] * steps[:-1], axis=1) < 0
    third = max(len(steps) // 3, 1)
    growth = lengths[-third:].mean() / lengths[:third].mean()
    if back.mean() >= 0.5:
        how = "wider and wider" if growth >= 1.5 else "less and less" if growth <= 1 / 1.5 else ""
        return f"swings from side to side {how}".rstrip()
    at_first = len(back) if back.all() else int(np.argmin(back))
    if at_first >= 3 and not back[at_first + 3 :].any():
        return "swings from side to side at first, then goes on smoothly"
    if back.mean() >= 0.1:
        return "shakes on its way"
    if not back.any():
        return "goes straight" if is_straight(drawn) else "goes smoothly"
    return ""


def _downhill(path, x, y, heights):
    """Return that a walk leads downhill all the way, or nothing; heights between the grid's are interpolated."""
    if len(x) < 2 or len(y) < 2 or not np.isfinite(heights).all():
        return ""
    across = np.interp(path[:, 0], x, np.arange(len(x)))
    up = np.interp(path[:, 1], y, np.arange(len(y)))
    column, row = np.minimum(across.astype(int), len(x) - 2), np.minimum(up.astype(int), len(y) - 2)
    right, above = across - column, up - row
    lower = (1 - right) * heights[row, column] + right * heights[row, column + 1]
    upper = (1 - right) * heights[row + 1, column] + right * heights[row + 1, column + 1]
    inside = (path[:, 0] >= x[0]) & (path[:, 0] <= x[-1]) & (path[:, 1] >= y[0]) & (path[:, 1] <= y[-1])
    rises = np.diff(((1 - above) * lower + above * upper)[inside])
    return "downhill all the way" if np.all(rises <= UPHILL * np.ptp(heights)) else ""


def _arrival(path, drawn, low, high, goals):
    """Say how near the end of a walk is to the closest goal."""
    size = np.where(high > low, high - low, 1)
    ends = {name: (floats(goal) - low) / size for name, goal in goals.items()}
    ends = {name: np.hypot(*(end - drawn[-1])) for name, end in ends.items() if np.isfinite(end).all()}
    if not ends:
        return f"ends at {place(path[-1])}"
    goal = min(ends, key=ends.get)
    if ends[goal] <= AT:
        return f"ends at {goal}"
    if ends[goal] <= NEAR:
        return f"ends near {goal}"
    began = np.hypot(*((floats(goals[goal]) - low) / size - drawn[0]))
    if ends[goal] < began:
        return f"ends at {place(path[-1])}, with {percent(ends[goal], began)} of the way to {goal} left"
    return f"ends at {place(path[-1])}, no nearer to {goal}"


# ---- pictures ----


def brightest(picture):
    """Say on which side a picture is bright, or nothing where that is not plain.

    * "middle", "rim": the mean of the innermost sixteenth of the picture is larger, or smaller, than that of the ring
      around it, from a quarter to three eighths of the picture's side away from its middle, by at least half of the
      standard deviation of all pixels.
    * "left", "right", "upper", "lower": the mean of that half is larger than that of the other by at least that much.

    Where both hold, the larger difference counts.
    """
    picture = grey(picture)
    if min(picture.shape) < 2 or not np.isfinite(picture).any():
        return ""
    up, across = (np.abs((np.arange(side) + 0.5) / side - 0.5) for side in picture.shape)
    away = np.maximum(up[:, np.newaxis], across)
    above, left = (np.arange(side) + 0.5 < side / 2 for side in picture.shape)
    below, right = (np.arange(side) + 0.5 > side / 2 for side in picture.shape)
    pairs = {
        ("upper", "lower"): (picture[above], picture[below]),
        ("left", "right"): (picture[:, left], picture[:, right]),
        ("middle", "rim"): (picture[away <= 1 / 8], picture[(away > 1 / 4) & (away <= 3 / 8)]),
    }
    leads = {sides: _mean(one) - _mean(two) for sides, (one, two) in pairs.items()}
    sides = max(leads, key=lambda each: np.nan_to_num(abs(leads[each])))
    if not abs(leads[sides]) >= max(0.5 * np.nanstd(picture), 1e-300):
        return ""
    return sides[0] if leads[sides] > 0 else sides[1]


def grey(picture):
    """Return a picture as an array of shape (height, width): of colours the mean, NaN where a number is missing."""
    picture = floats(picture)
    picture = picture.mean(axis=2) if picture.ndim == 3 else picture
    return np.where(np.abs(picture) < 1e150, picture, np.nan)


def _mean(numbers):
    numbers = numbers[np.isfinite(numbers)]
    return numbers.mean() if numbers.size else np.nan


def background(picture):
    """Return the number of a picture's background: the median if a third of the pixels have it, else the smallest."""
    picture = grey(picture)
    middle = np.median(picture)
    return middle if np.mean(picture == middle) >= 1 / 3 else picture.min()


def _corner(picture, ground):
    """Return the first row and the first column that are not all background."""
    other = ~np.isclose(picture, ground, rtol=0, atol=1e-9 * max(np.ptp(picture), 1e-300))
    return (int(np.argmax(other.any(axis=axis))) for axis in (1, 0))


def shift(first, second):
    """Return how a picture lies in another: "moved down by 1 and right by 2", or nothing where it is not that picture.

    What is not background must be equal; what was moved out of the picture may be missing.
    """
    first, second = grey(first), grey(second)
    if first.shape != second.shape or not np.isfinite(first).all() or not np.isfinite(second).all():
        return ""
    ground = background(first)
    (row, column), (new_row, new_column) = _corner(first, ground), _corner(second, ground)
    down, right = new_row - row, new_column - column
    if (down, right) == (0, 0):
        return ""
    moved = np.full(first.shape, ground)
    rows, columns = first.shape
    moved[max(down, 0) : rows + min(down, 0), max(right, 0) : columns + min(right, 0)] = first[
        max(-down, 0) : rows + min(-down, 0), max(-right, 0) : columns + min(-right, 0)
    ]
    if not np.allclose(moved, second, rtol=0, atol=1e-9 * max(np.ptp(first), 1e-9)):
        return ""
    ways = [f"{'down' if down > 0 else 'up'} by {abs(down)}"] if down else []
    ways += [f"{'right' if right > 0 else 'left'} by {abs(right)}"] if right else []
    return "moved " + " and ".join(ways)


def roughness(picture):
    """Return how much neighbours differ on the average, (from left to right, from top to bottom), as a share of the
    picture's range; NaN where there are no neighbours."""
    picture = grey(picture)
    known = picture[np.isfinite(picture)]
    span = np.ptp(known) if known.size else 0
    return tuple(_mean(np.abs(np.diff(picture, axis=axis)).ravel()) / span if span else np.nan for axis in (1, 0))


def size(picture):
    """Write how many pixels a picture has: 28 × 28."""
    return " × ".join(str(side) for side in np.shape(picture)[:2])


def pictures(many):
    """Write a number of pictures: 1 picture, 16 pictures."""
    return count(many, "picture")
