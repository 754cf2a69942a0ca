"""Curves: how each runs, which lies higher or where they cross, and how they lie to named heights."""

import re
from itertools import pairwise

import numpy as np

from .words import (
    DETAIL,
    IMPORTANT,
    POINT,
    TRIFLE,
    USEFUL,
    clause,
    compose,
    count,
    floats,
    level,
    listing,
    name,
    named,
    number,
    over,
    phrases,
    quiet,
    series,
    times,
)

SAME = 0.01  # share of a picture's height within which two curves are at one height
MOST_CURVES = 6  # described one by one


@quiet
def curves(x, ys, xlabel="", ylabel="", xscale="linear", yscale="linear", hlines=None):
    """Describe curves: how each runs, which lies higher or where they cross, and how they lie to named heights."""
    runs = {key: np.atleast_2d(floats(each)) for key, each in named(ys).items()}
    across = named(x) if isinstance(x, dict) else dict.fromkeys(runs, x)
    lines = {key: series(across[key], _median(each), xscale, yscale) for key, each in runs.items()}
    heights = {name(key): float(height) for key, height in (hlines or {}).items()}
    lines = _share_extent(lines, heights, yscale)
    tall = _height(lines, heights, yscale)
    several = len(lines) > 1
    told = list(lines)[: MOST_CURVES if len(lines) <= MOST_CURVES else MOST_CURVES - 2]
    even = {key: line.y[0] for key, line in lines.items() if len(line.y) > 1 and np.ptp(line.y) == 0}
    even = even if len(even) < len(lines) <= MOST_CURVES else {}
    apart, clauses = {}, []
    for key in told:
        same = next((other for other in apart if _is_same(lines[key], lines[other], tall)), None)
        if same is not None:
            clauses.append(clause(f"{key} lies on {same}", cost=POINT))
            continue
        apart[key] = lines[key]
        texts = phrases(lines[key], tall if several else 0.0)
        if key in even and number(even[key]) in {number(each) for each in _numbers_in(key)}:
            texts = ["is level"]
        reach = _reach(lines, key)
        options = [f"{key}{reach} {text}" for text in texts] + [f"{key} {text}" for text in texts[-1:]]
        clauses.append(clause(*(options if several else texts), cost=POINT, short=USEFUL if reach else DETAIL))
    if len(told) < len(lines):
        clauses.append(clause(f"{len(lines) - len(told)} more curves", cost=POINT))
        apart = lines
    changing = {key: line for key, line in apart.items() if key not in even}
    clauses.append(_order(changing, tall))
    clauses += [_spread(key if several else "", each, lines[key]) for key, each in runs.items() if len(each) > 1]
    if len(lines) <= MOST_CURVES:
        marks = even | heights
        clauses += [_beside(changing, mark, height, tall, yscale, mark in even) for mark, height in marks.items()]
    many = {len(each) for each in runs.values()}
    head = over(ylabel, xlabel)
    if head and max(many) > 1:
        middle = f", median of {min(many)} runs" if len(many) == 1 else ", medians of runs"
        head = [(head[0][0] + middle, DETAIL), *head]
    return compose(head, clauses)


def measures(history):
    """Return for each measure of a training its parts: a dict from "training" and "validation" to a list of numbers."""
    found = {}
    for key, values in history.items():
        part = "validation" if key.startswith("val_") else "training"
        found.setdefault(key.removeprefix("val_"), {})[part] = values
    return found


@quiet
def training(history):
    """Describe how a training went: how each measure runs over the epochs, on training and on validation data."""
    clauses, many = [], 0
    for measure, parts in measures(history).items():
        for part, values in parts.items():
            many = max(many, len(values))
            texts = phrases(series(np.arange(1, len(values) + 1), values))
            who = f"{name(measure)}, {part}" if len(parts) > 1 else name(measure)
            clauses.append(clause(*(f"{who}: {text}" for text in texts), cost=POINT))
    return compose(clause(f"{count(many, 'epoch')} of training", cost=USEFUL), clauses)


def _reach(lines, key):
    """Say from where to where a curve reaches, if others reach elsewhere by more than a tenth of the width."""
    ends = np.array([line.across[[0, -1]] for line in lines.values() if len(line.x)])
    x = lines[key].x
    if not len(x) or np.abs(np.ptp(ends, axis=0)).max() <= 0.1 * np.ptp(ends):
        return ""
    return f" (across {number(x[0])} to {number(x[-1])})"


def _numbers_in(text):
    return [float(each.replace("−", "-")) for each in re.findall(r"[−-]?\d+(?:\.\d+)?", text)]


def _is_same(one, two, tall):
    """Tell whether two curves lie on each other, but for `SAME`, and reach equally far."""
    gap = _gap(one, two)[2]
    if not gap.size or np.abs(gap).max() > SAME * tall:
        return False
    return bool(np.isclose(one.across[[0, -1]], two.across[[0, -1]]).all())


def _median(runs):
    if len(runs) == 1:
        return runs[0]
    known = np.isfinite(runs).any(axis=0)
    return np.where(known, np.nanmedian(np.where(np.isfinite(runs) | ~known, runs, np.nan)[:, :], axis=0), np.nan)


def _share_extent(lines, heights, yscale):
    """Give all lines the extent of the whole picture, by which a height is called nearly 0."""
    extent = 0.0 if yscale == "log" else max([line.extent for line in lines.values()], default=0.0)
    return {key: line._replace(extent=extent) for key, line in lines.items()}


def _drawn(height, yscale):
    """Return a height as a length in the picture, NaN where it cannot be shown."""
    if not np.isfinite(height) or abs(height) > 1e150 or (yscale == "log" and height <= 0):
        return np.nan
    return np.log10(height) if yscale == "log" else height


def _height(lines, heights, yscale):
    marks = [_drawn(height, yscale) for height in heights.values()]
    ups = np.concatenate([*(line.up for line in lines.values()), [mark for mark in marks if np.isfinite(mark)]])
    return float(np.ptp(ups)) if ups.size else 0.0


def _gap(one, two):
    """Return where both of two series are known, and by how much the first is higher there."""
    if len(one.x) == 0 or len(two.x) == 0:
        return np.empty(0), np.empty(0), np.empty(0)
    places = np.union1d(one.across, two.across)
    low, high = max(one.across[0], two.across[0]), min(one.across[-1], two.across[-1])
    places = places[(places >= low) & (places <= high)]
    xs = np.interp(places, one.across, one.x)
    return places, xs, np.interp(places, one.across, one.up) - np.interp(places, two.across, two.up)


def _sides(gap, least):
    """Return the sides, +1 or −1, on which a gap is wider than ``least``, each only when it changes."""
    sides = np.sign(gap[np.abs(gap) > least])
    return sides[np.insert(sides[1:] != sides[:-1], 0, True)] if len(sides) else sides


def _crossings(xs, gap):
    """Return where a gap changes its sign, between the x of both sides."""
    known = gap != 0
    xs, gap = xs[known], gap[known]
    k = np.flatnonzero(np.sign(gap[1:]) != np.sign(gap[:-1]))
    return xs[k] + (xs[k + 1] - xs[k]) * gap[k] / (gap[k] - gap[k + 1])


def _order(lines, tall):
    """Say which of several curves lies higher, everywhere or at the end, or where two cross."""
    names = list(lines)
    if len(names) == 2:
        return _pair(*names, *lines.values(), tall)
    ends = {key: line.up[-1] for key, line in lines.items() if len(line.up)}
    top_down = sorted(ends, key=ends.get, reverse=True)
    if len(top_down) < 3:
        return clause()
    apart = [ends[one] - ends[two] > SAME * tall for one, two in pairwise(top_down)]
    if len(names) > MOST_CURVES or not all(apart):
        texts = [f"highest {top_down[0]}"] * int(apart[0]) + [f"lowest {top_down[-1]}"] * int(apart[-1])
        return clause("at the end " + " and ".join(texts) if texts else "", cost=TRIFLE)
    always = all(
        (gap := _gap(lines[one], lines[two])[2]).size and gap.min() >= -SAME * tall for one, two in pairwise(top_down)
    )
    when = "everywhere" if always else "at the end"
    return clause(f"{when} from the top: {', '.join(top_down)}", cost=USEFUL)


def _pair(one, two, first, second, tall):
    """Say how two curves lie to each other."""
    places, xs, gap = _gap(first, second)
    if not gap.size or np.abs(gap).max() <= SAME * tall:
        return clause()
    sides = _sides(gap, SAME * tall)
    higher, lower = (one, two) if sides[0] > 0 else (two, one)
    if len(sides) == 1:
        near = np.abs(gap) <= SAME * tall
        if not near.any():
            return clause(f"{higher} is higher throughout", cost=USEFUL)
        touch = f", they touch at {number(xs[np.abs(gap).argmin()])}"
        text = f"{higher} is never lower"
        return clause(text + touch if np.ptp(places[near]) <= 0.2 * np.ptp(places) else "", text, cost=USEFUL)
    crossed = _crossings(xs, gap)
    if len(sides) == 2 and len(crossed):
        at = number(crossed[len(crossed) // 2])
        text = f"{higher} is higher up to {at}, {lower} from there on"
        return clause(text, f"they cross at {at}", cost=IMPORTANT)
    last = one if sides[-1] > 0 else two
    text = f"they cross {times(len(sides) - 1)}"
    return clause(f"{text}, at the end {last} is higher", text, cost=USEFUL)


def _spread(key, runs, line):
    """Say between which numbers repeated runs end."""
    last = runs[:, -1][np.isfinite(runs[:, -1])]
    if not last.size:
        return clause()
    low, high = (level(each, line) for each in (last.min(), last.max()))
    text = f"{len(runs)} runs end between {low} and {high}" if low != high else f"{len(runs)} runs all end at {low}"
    texts = [f"{key}: {text}", f"{key}: ends {low} to {high}"] if key else [text]
    return clause(*texts, cost=TRIFLE, short=TRIFLE)


def _beside(lines, mark, height, tall, yscale, said):
    """Say how curves lie to a named height."""
    drawn = _drawn(height, yscale)
    if not np.isfinite(drawn):
        return clause()
    bare = said or number(height) in {number(each) for each in _numbers_in(mark)}
    shown = mark if bare else f"{mark} ({number(height)})"
    cost = USEFUL if said else IMPORTANT
    told = {key: _one_beside(line, drawn, tall) for key, line in lines.items() if len(line.up)}
    if len(told) == 1:
        return clause(*(text.replace("{}", shown) for text, _ in told.values()), cost=cost)
    places = [at[0] for _, at in told.values() if len(at) == 1]
    together = "both" if len(told) == 2 else "all"
    if len(set(text for text, _ in told.values())) == 1 and told:
        text = next(iter(told.values()))[0].replace("stays", "stay").replace("comes", "come").replace("lies", "lie")
        return clause(f"{together} {text.replace('meets', 'meet').replace('{}', shown)}", cost=cost)
    if len(places) == len(told) and told:
        return clause(f"{together} meet {shown} between {number(min(places))} and {number(max(places))}", cost=cost)
    groups = {}
    for key, (text, _) in told.items():
        groups.setdefault(text.replace("{}", "it"), []).append(key)
    texts = [
        f"{listing(keys)} {text if len(keys) == 1 else text.replace('stays', 'stay')}" for text, keys in groups.items()
    ]
    return clause(f"{shown}: {', '.join(texts)}" if texts else "", cost=cost)


def _one_beside(line, drawn, tall):
    """Say how a curve lies to a height, and return the places where it meets it."""
    gap = line.up - drawn
    sides, at = _sides(gap, SAME * tall), list(_crossings(line.x, gap))
    if len(sides) >= 2 and at:
        ends = [line.x[k] for k in (0, -1) if abs(gap[k]) <= 1e-9 * tall]
        at = sorted([*at, *ends])
        where = " and ".join(number(each) for each in at)
        return (f"meets {{}} at {where}" if len(at) <= 2 else f"meets {{}} {times(len(at))}"), at
    if len(sides) != 1:
        return "lies on {}", []
    near = int(np.abs(gap).argmin())
    text = f"stays {'above' if sides[0] > 0 else 'below'} {{}}"
    if abs(gap[near]) <= SAME * tall:
        text += f" and comes {'down' if sides[0] > 0 else 'up'} to it at {number(line.x[near])}"
    return text, []


@quiet
def walks(w, places, xlabel=""):
    """Describe walks along an axis: how the place runs from step to step, and when it leaves the axis's ends.

    Args:
        w: array of shape (n,), the places that are shown.
        places: dict from a walk's name to its places at the start and after each step.
        xlabel: name of the axis.

    Returns:
        The sentence.
    """
    w = floats(w)
    all_places = {key: floats(each) for key, each in named(places).items()}
    lines = {key: series(np.arange(len(each)), each) for key, each in all_places.items()}
    clauses = []
    for key, each in all_places.items():
        inside = (each >= w.min()) & (each <= w.max())
        left = "" if inside.all() else f"leaves the picture at step {int(np.argmin(inside))}"
        texts = [", ".join(part for part in (text, left) if part) for text in phrases(lines[key])]
        texts += [left] if left else []
        clauses.append(clause(*(f"{key} {text}" if len(lines) > 1 else text for text in texts), cost=POINT))
    return compose(over(xlabel, "step"), clauses)
