"""What a figure says to somebody who cannot see it: one function for each kind of figure.

Each takes the arguments of the figure of the same name and returns one text of at most 250 characters, made of what can
be computed from them: how curves run and where they cross, which bars are longer, how many points lie on the right
side. It follows every edit of the arguments, so it cannot be out of date.
"""

import re
from itertools import pairwise
from os.path import commonprefix

import numpy as np

from . import terrain
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
    number,
    percent,
    phrases,
    place,
    series,
    signed,
    times,
    without_common,
)

SAME = 0.01  # share of a picture's height within which two curves, or two dots, are at one height
MOST_CURVES = 6  # described one by one
MOST_WRONG = 3  # points named one by one


def _named(values, default=""):
    """Return a dict from short name to values, whether they come as a dict or not."""
    return {name(key): each for key, each in values.items()} if isinstance(values, dict) else {default: values}


def _over(ylabel, xlabel):
    """Return the head of a chart: what stands upright over what runs across."""
    ylabel, xlabel = name(ylabel, 60), name(xlabel, 60)
    return clause(f"{ylabel} over {xlabel}" if xlabel and ylabel else "", ylabel or xlabel, cost=USEFUL)


# ---- charts of numbers ----


def curves(x, ys, xlabel="", ylabel="", xscale="linear", yscale="linear", hlines=None):
    """Describe curves: how each runs, which lies higher or where they cross, and how they lie to named heights."""
    runs = {key: np.atleast_2d(floats(each)) for key, each in _named(ys).items()}
    across = _named(x) if isinstance(x, dict) else dict.fromkeys(runs, x)
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
        who = f"{key}{_reach(lines, key)} " if several else ""
        clauses.append(clause(*(who + text for text in texts), cost=POINT))
    if len(told) < len(lines):
        clauses.append(clause(f"{len(lines) - len(told)} more curves", cost=POINT))
        apart = lines
    changing = {key: line for key, line in apart.items() if key not in even}
    clauses.append(_order(changing, tall))
    clauses += [_spread(key if several else "", each, lines[key]) for key, each in runs.items() if len(each) > 1]
    if len(lines) <= MOST_CURVES:
        marks = even | heights
        clauses += [_beside(changing, mark, height, tall, yscale, mark in even) for mark, height in marks.items()]
    return compose(_over(ylabel, xlabel), clauses)


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
            return clause(f"{higher} is higher throughout", cost=IMPORTANT)
        touch = f", they touch at {number(xs[np.abs(gap).argmin()])}"
        text = f"{higher} is never lower"
        return clause(text + touch if np.ptp(places[near]) <= 0.2 * np.ptp(places) else "", text, cost=IMPORTANT)
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
    return clause(f"{key}: {text}" if key else f"median; {text}", f"{key}: ends {low} to {high}", cost=DETAIL)


def _beside(lines, mark, height, tall, yscale, said):
    """Say how curves lie to a named height."""
    drawn = _drawn(height, yscale)
    if not np.isfinite(drawn):
        return clause()
    shown = mark if said else f"{mark} ({number(height)})" if mark != number(height) else mark
    texts, once = [], []
    for key, line in lines.items():
        if not len(line.up):
            continue
        text, at = _one_beside(line, drawn, tall)
        once += at if len(at) == 1 else []
        texts.append((f"{key} {text}" if len(lines) > 1 else text).replace("{}", "it" if texts else shown))
    brief = texts[0] if len(texts) == 1 else ""
    if len(once) == len(texts) > 1:
        brief = f"{'both' if len(once) == 2 else 'all'} meet {shown} between {number(min(once))} and {number(max(once))}"
    return clause(", ".join(texts), brief, cost=USEFUL if said else IMPORTANT)


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


def bars(labels, heights, threshold=None, xlabel="", ylabel=""):
    """Describe bars: which are longest and shortest, and which lie above, on and below a threshold."""
    labels, heights = [name(label) for label in labels], floats(heights)
    texts = [f"{label} ({number(height)})" for label, height in zip(labels, heights, strict=True)]
    known = np.flatnonzero(np.isfinite(heights))
    clauses = []
    if threshold is not None:
        for side, which in (
            ("above", heights > threshold),
            ("on", heights == threshold),
            ("below", heights < threshold),
        ):
            some = np.flatnonzero(which)
            if side == "on" and not len(some):
                continue
            many = f"{len(some)} of {len(labels)} {side} {number(threshold)}"
            most = [texts[k] for k in some]
            clauses.append(
                clause(f"{many}: {listing(most, 12)}" if most else many, f"{many}: {listing(most)}", many, cost=POINT)
            )
    elif len(known):
        top, low = (known[pick(heights[known])] for pick in (np.argmax, np.argmin))
        clauses.append(clause(listing(texts, 12) if len(texts) <= 12 else "", cost=USEFUL))
        same = np.ptp(heights[known]) == 0
        ends = f"all {number(heights[top])} high" if same else f"highest {texts[top]}, lowest {texts[low]}"
        clauses.append(clause(ends, cost=POINT))
    else:
        clauses.append(clause("no numbers", cost=POINT))
    head = _over(ylabel, xlabel) or clause(count(len(labels), "bar"))
    return compose(head, clauses)


def scatter(
    x,
    y,
    groups=None,
    diagonal=False,
    annotate=None,
    xlabel="",
    ylabel="",
    xscale="linear",
    yscale="linear",
):
    """Describe points: how many, whether one number grows with the other, and how they lie to the line y = x."""
    x, y = floats(x), floats(y)
    shown = np.isfinite(x) & np.isfinite(y) & (np.abs(x) < 1e150) & (np.abs(y) < 1e150)
    shown &= ((x > 0) | (xscale != "log")) & ((y > 0) | (yscale != "log"))
    clauses = [clause(f"{count(int(shown.sum()), 'point')}{_by_group(groups, shown)}", cost=IMPORTANT)]
    if diagonal and shown.any():
        clauses.append(_beside_diagonal(x[shown], y[shown], xscale == yscale == "log"))
        if groups is not None:
            clauses.append(_groups_beside_diagonal(x[shown], y[shown], np.asarray(groups)[shown]))
    clauses.append(clause(_together(x, y, shown, xscale, yscale), cost=USEFUL))
    if shown.any():
        spread = [f"{number(each[shown].min())} to {number(each[shown].max())}" for each in (x, y)]
        clauses.append(clause(f"across {spread[0]}, up {spread[1]}", cost=DETAIL))
    for index, text in (annotate or {}).items():
        clauses.append(clause(f"“{name(text)}” at {place((x[index], y[index]))}", cost=USEFUL))
    return compose(_over(ylabel, xlabel), clauses)


def _by_group(groups, shown):
    if groups is None:
        return ""
    kinds, many = np.unique(np.asarray(groups, str)[shown], return_counts=True)
    return f" ({listing([f'{each:,} {name(kind)}' for kind, each in zip(kinds, many, strict=True)])})"


def _beside_diagonal(x, y, logarithmic):
    above, on, below = (int(np.sum(each)) for each in (y > x, y == x, y < x))
    sides = [(above, "above"), (below, "below")] + [(on, "on")] * (on > 0)
    side = next((side for many, side in sides if many == len(x)), None)
    text = f"all {side} the line y = x" if side else ", ".join(f"{many:,} {each}" for many, each in sides)
    text = text if side else f"{text} the line y = x"
    far = np.abs(np.log10(y / x)) if logarithmic else np.abs(y - x)
    typical = f"half of them by {'a factor of ' if logarithmic else ''}"
    typical += f"{number(10 ** np.median(far) if logarithmic else np.median(far))} or more"
    worst = int(far.argmax())
    return clause(
        f"{text}, {typical}, furthest off {place((x[worst], y[worst]))}", f"{text}, {typical}", text, cost=POINT
    )


def _groups_beside_diagonal(x, y, groups):
    groups = np.asarray(groups, str)
    kinds = list(dict.fromkeys(groups.tolist()))
    if len(kinds) < 2:
        return clause()
    rarest = min(kinds, key=lambda kind: np.sum(groups == kind))
    above, many = int(np.sum((y > x)[groups == rarest])), int(np.sum(groups == rarest))
    return clause(f"{name(rarest)}: {above} of {many} above", cost=USEFUL)


def _together(x, y, shown, xscale, yscale):
    """Say whether y grows with x: the correlation in the picture is at least 0.7, or weaker than 0.2."""
    across, up = (
        np.log10(each[shown]) if scale == "log" else each[shown] for each, scale in ((x, xscale), (y, yscale))
    )
    if len(up) < 3 or np.ptp(up) == 0 or np.ptp(across) == 0:
        return ""
    relation = np.corrcoef(across / np.abs(across).max(), up / np.abs(up).max())[0, 1]
    if relation >= 0.7:
        return "rising together"
    if relation <= -0.7:
        return "one falls as the other rises"
    return "no common direction" if abs(relation) < 0.2 else ""


def histograms(values, xlabel=""):
    """Describe how values are spread; see `_shape` for what the words mean."""
    groups = {key: each[np.isfinite(each)] for key, each in ((k, floats(v).ravel()) for k, v in _named(values).items())}
    clauses = []
    if len(groups) <= 3:
        for key, numbers in groups.items():
            text = _shape(numbers)
            if numbers.size:
                quarters = [number(each) for each in np.quantile(numbers, (0, 0.25, 0.75, 1))]
                span = f"{count(numbers.size, 'value')} from {quarters[0]} to {quarters[3]}"
                middle = f"half of them between {quarters[1]} and {quarters[2]}"
                options = [[span, middle, text], [span, text], [text or span]]
            else:
                options = [["no numbers"]]
            texts = [", ".join(part for part in parts if part) for parts in options]
            clauses.append(clause(*(f"{key}: {each}" if len(groups) > 1 else each for each in texts), cost=POINT))
        return compose(clause(name(xlabel), cost=USEFUL), clauses)
    shapes = {}
    for key, numbers in groups.items():
        shapes.setdefault(_shape(numbers, brief=True) or "no plain shape", []).append(key)
    for shape, keys in shapes.items():
        cost = DETAIL if shape in ("no plain shape", "balanced") else IMPORTANT
        clauses.append(clause(f"{shape}: {', '.join(keys)}", f"{shape}: {listing(keys)}", cost=cost))
    return compose(clause(f"{len(groups)} histograms", cost=USEFUL), clauses)


def _shape(numbers, brief=False):
    """Say how numbers are spread; the first that holds:

    * "one value", "two values": no others occur.
    * "two groups far apart": between two neighbouring values there is a gap of a quarter of the range or more, with at
      least a tenth of the numbers on either side.
    * "piled up at its right (left) end": the largest (smallest) value alone occurs in 2 % or more of the numbers, and at
      least twice as often as any of the twentieth part of the range beside it holds.
    * "long tail to the right (left)": the skewness is at least 1 (at most −1).
    * "balanced": the skewness is weaker than 0.5.
    """
    if not numbers.size:
        return "no numbers"
    kinds, many = np.unique(numbers, return_counts=True)
    if len(kinds) == 1:
        return "one value" if brief else f"all are {number(kinds[0])}"
    if len(kinds) == 2:
        share = percent(many.max(), numbers.size)
        common = number(kinds[many.argmax()])
        return "two values" if brief else f"two values, {number(kinds[0])} and {number(kinds[1])}, {share} {common}"
    with np.errstate(over="ignore"):
        span = kinds[-1] - kinds[0]
    if not np.isfinite(span):
        return ""
    gaps = np.diff(kinds)
    wide = int(gaps.argmax())
    low, high = many[: wide + 1].sum() / numbers.size, many[wide + 1 :].sum() / numbers.size
    if gaps[wide] >= span / 4 and min(low, high) >= 0.1:
        ends = f"up to {number(kinds[wide])} and from {number(kinds[wide + 1])} on"
        return "two groups far apart" if brief else f"two groups far apart, {ends}"
    centred = (numbers - numbers.mean()) / span
    skewness = (centred**3).mean() / (centred**2).mean() ** 1.5
    text = _pile(kinds, many, span, numbers.size, brief)
    if abs(skewness) >= 1:
        tail = f"long tail to the {'right' if skewness > 0 else 'left'}"
        return f"{text}, {tail}" if text and not brief else tail if not text or brief else text
    return text or ("balanced" if abs(skewness) < 0.5 else "")


def _pile(kinds, many, span, total, brief):
    for end, kind, side in ((-1, kinds[-1], "right"), (0, kinds[0], "left")):
        beside = many[(np.abs(kinds - kind) <= span / 20) & (kinds != kind)].sum()
        if many[end] >= max(0.02 * total, 2, 2 * beside) and many[end] < total / 2:
            text = f"piled up at its {side} end"
            return text if brief else f"{text}: {many[end]:,} are {number(kind)}"
    return ""


def intervals(names, centres, lows, highs, xlabel="", vlines=None):
    """Describe rows of a dot and a bar: where the dots are, which bars overlap, and how they lie to named lines."""
    names = [name(each) for each in names]
    centres, lows, highs = floats(centres), floats(lows), floats(highs)
    clauses = []
    for text, at in (vlines or {}).items():
        sides = {
            "wholly right of": lows > at,
            "across": (lows <= at) & (highs >= at),
            "wholly left of": highs < at,
        }
        said = []
        for side, which in sides.items():
            some = [names[k] for k in np.flatnonzero(which)]
            if some:
                said.append((f"{len(some)} {side}", f"{side} it: {listing(some, 4)}"))
        line = f"{name(text)} ({number(at)})"
        brief = ", ".join(each[0] for each in said)
        long = "; ".join(each[1] for each in said)
        mixed = ", ".join(each[0] if "across" in each[0] else each[1] for each in said)
        texts = [f"line {line}: {text}" for text in (long, mixed)]
        last = f"bars and {line}: {brief} it" if said else ""
        clauses.append(clause(*texts, last, cost=POINT, short=IMPORTANT))
    known = np.flatnonzero(np.isfinite(centres))
    rows = [f"{names[k]} {number(centres[k])} ({number(lows[k])} to {number(highs[k])})" for k in range(len(names))]
    dots = [f"{names[k]} {number(centres[k])}" for k in range(len(names))]
    if not len(known):
        return compose(clause(name(xlabel)), [clause("no numbers", cost=POINT), *clauses])
    top, low = known[centres[known].argmax()], known[centres[known].argmin()]
    ends = f"largest {rows[top]}, smallest {rows[low]}"
    brief_ends = f"largest {dots[top]}, smallest {dots[low]}"
    some = [", ".join(rows), ", ".join(dots)] if len(names) <= 6 else []
    ranked = known[np.argsort(-centres[known], kind="stable")]
    if len(names) > 6:
        some = [f"from the largest: {', '.join(dots[k] for k in ranked[:m])}, …" for m in (6, 4, 3)]
        some = [text.replace(", …", f", {len(ranked) - m} more below") for text, m in zip(some, (6, 4, 3), strict=True)]
    clauses.append(clause(*some, ends if not some else "", brief_ends, cost=USEFUL if vlines else IMPORTANT))
    clauses.append(_overlap(names, lows, highs))
    return compose(clause(name(xlabel), cost=USEFUL), clauses)


def _overlap(names, lows, highs):
    """Say whether bars overlap; a row that overlaps with none of the others is named."""
    rows = np.flatnonzero(np.isfinite(lows) & np.isfinite(highs))
    if len(rows) < 2:
        return clause()
    if lows[rows].max() <= highs[rows].min():
        return clause("all bars overlap", cost=IMPORTANT)
    alone = [k for k in rows if not any(lows[k] <= highs[j] and lows[j] <= highs[k] for j in rows if j != k)]
    if len(alone) == len(rows):
        return clause("no bars overlap", cost=IMPORTANT)
    if alone:
        return clause(f"overlapping with no other bar: {listing([names[k] for k in alone])}", cost=USEFUL)
    most_left, most_right = rows[highs[rows].argmin()], rows[lows[rows].argmax()]
    apart = f"{names[most_left]} lies wholly left of {names[most_right]}"
    return clause(f"bars overlap, but {apart}", apart, cost=USEFUL)


# ---- pictures ----


def pictures(images, titles=None, share_scale=True):
    """Describe grey pictures: how many, sizes, titles, which are the same, moved, smoother, and where they are bright.

    A title also names the pictures without a title that follow it. "alike": the brightness of neighbouring pixels, left
    to right, is correlated by 0.8 or more; "not alike": by 0.2 or less.
    """
    images = [floats(image) for image in images]
    titles = [""] * len(images) if titles is None else [name(title) for title in titles]
    groups = _title_groups(titles)
    firsts = {label: images[rows[0]] for label, rows in groups.items()}
    sizes = list(dict.fromkeys(map(terrain.size, images)))
    head = terrain.pictures(len(images))
    if len(sizes) == 1:
        head += f" of {sizes[0]}"
    elif len(groups) > 4:
        pixels = [image.shape[0] * image.shape[1] for image in images]
        head += f" of {terrain.size(images[np.argmin(pixels)])} to {terrain.size(images[np.argmax(pixels)])}"
    clauses = [clause(_titles(groups, titles, images), cost=POINT), _the_same(images)]
    moved = _moved(images)
    clauses += moved
    if len(groups) > 1:
        clauses.append(_neighbours(firsts))
        clauses += _variants(firsts, share_scale)
    clauses.append(_frames(firsts))
    clauses.append(clause() if moved else _sides_of_light(images, groups))
    clauses.append(_inks(images, groups))
    gaps = sum(int(np.isnan(image).sum()) for image in images)
    clauses.append(clause(f"{count(gaps, 'pixel')} missing" if gaps else "", cost=USEFUL))
    known = np.concatenate([image[np.isfinite(image)].ravel() for image in images])
    if known.size:
        ends = f"black is {number(known.min())}, white {number(known.max())}"
        clauses.append(clause(ends if share_scale else "", cost=DETAIL))
        if len(images) == 1:
            dark, bright = (percent(each.sum(), known.size) for each in (known == known.min(), known > _middle(known)))
            clauses.append(clause(f"{dark} of the pixels are black, {bright} brighter than half", cost=USEFUL))
    return compose(clause(head, cost=IMPORTANT), clauses)


def _middle(known):
    return known.min() + (known.max() - known.min()) / 2


def _title_groups(titles):
    """Return a dict from label to the indices of its pictures; a title that comes again gets a number."""
    groups = {}
    for k, title in enumerate(titles):
        if not title and groups and titles[0]:
            groups[list(groups)[-1]].append(k)
            continue
        label = title or f"picture {k + 1}"
        again = sum(each == label or each.startswith(f"{label} (") for each in groups)
        groups[f"{label} ({again + 1})" if again else label] = [k]
    return groups


def _titles(groups, titles, images):
    """List the titles, with a common beginning only once, and with the sizes of few pictures where these differ."""
    if not titles[0]:
        return ""
    sizes = [terrain.size(image) for image in images]
    differ = len(set(sizes)) > 1 and len(groups) <= 4
    texts = []
    for label, rows in groups.items():
        text = titles[rows[0]] or label
        text += f" ({sizes[rows[0]]})" if differ and sizes[rows[0]] not in text else ""
        texts.append(f"{len(rows)} × {text}" if len(rows) > 1 else text)
    if any("," in text for text in texts):
        return "; ".join(texts)
    common = commonprefix(texts) if len(texts) > 2 else ""
    common = common[: common.rfind(" ") + 1]
    if common.strip() and all(len(text) > len(common) for text in texts):
        return common + ", ".join(text[len(common) :] for text in texts)
    return ", ".join(texts)


def _the_same(images):
    """Say which pictures are equal, pixel by pixel."""
    seen = {}
    for k, image in enumerate(images):
        seen.setdefault((image.shape, image.tobytes()), []).append(k + 1)
    if len(seen) == 1 and len(images) > 1:
        return clause("all are the same picture", cost=IMPORTANT)
    same = [rows for rows in seen.values() if len(rows) > 1]
    return clause(f"pictures {listing(same[0])} are the same" if same else "", cost=USEFUL)


def _moved(images):
    """Say which picture is an earlier one, moved."""
    if not 2 <= len(images) <= 12:
        return []
    found = {}
    for k in range(1, len(images)):
        for j in range(k):
            way = terrain.shift(images[j], images[k])
            if way:
                found[k] = (j, way)
                break
    if len(found) >= 2 and len(found) == len(images) - 1 and all(j == 0 for j, _ in found.values()):
        ways = [way.removeprefix("moved ") for _, way in found.values()]
        return [clause(f"each is the first one moved, {ways[0]} … {ways[-1]}", f"moved {ways[-1]} at last", cost=POINT)]
    return [clause(f"picture {k + 1} is picture {j + 1} {way}", cost=IMPORTANT) for k, (j, way) in found.items()][:3]


def _correlation(one, two):
    known = np.isfinite(one) & np.isfinite(two)
    one, two = one[known], two[known]
    if one.size < 3 or np.ptp(one) == 0 or np.ptp(two) == 0:
        return 0.0
    return float(np.corrcoef(one.ravel() / np.abs(one).max(), two.ravel() / np.abs(two).max())[0, 1])


def _neighbours(firsts):
    """Say in which pictures neighbouring pixels are alike, where it is so in some and not in others."""
    greys = {label: terrain.grey(image) for label, image in firsts.items()}
    relations = {label: _correlation(each[:, 1:], each[:, :-1]) for label, each in greys.items()}
    alike = [label for label, relation in relations.items() if relation >= 0.8]
    unlike = [label for label, relation in relations.items() if relation <= 0.2]
    if not unlike or not alike:
        return clause()
    return clause(
        f"neighbouring pixels are alike in {listing(alike)}, not in {listing(unlike)}: no order there",
        f"no order in {listing(unlike)}",
        cost=IMPORTANT,
    )


def _resampled(image, rows, columns):
    image = terrain.grey(image)
    return image[np.ix_(np.arange(rows) * image.shape[0] // rows, np.arange(columns) * image.shape[1] // columns)]


def _variants(firsts, share_scale):
    """Compare pictures with the first one, if two or more of them resemble it: a correlation of 0.7 or more.

    * "smoother", "rougher": neighbours differ by at most 0.8, or at least 1.25, times as large a share of the range.
    * "hardly to be told apart": correlated by 0.95 or more with each other.
    * "lines": brightness changes at least 1.5 times as much across them as along them.
    * "brightness": the mean, where the largest of them is at least 1.25 times the smallest.
    """
    labels = list(firsts)
    greys = [terrain.grey(image) for image in firsts.values()]
    if not 3 <= len(labels) <= 12 or not all(np.isfinite(each).all() for each in greys):
        return []
    relations = [_resemblance(greys[0], each) for each in greys]
    if np.sum(np.array(relations[1:]) >= 0.7) < 2:
        return []
    rough = [sum(terrain.roughness(each)) for each in greys]
    fair = [k for k in range(1, len(labels)) if relations[k] >= 0.7 and min(greys[k].shape) > 0.75 * min(greys[0].shape)]
    kinds = {
        "smoother": [labels[k] for k in fair if rough[k] <= 0.8 * rough[0]],
        "rougher": [labels[k] for k in fair if rough[k] >= 1.25 * rough[0]],
    }
    texts = [f"{kind}: {listing(some)}" for kind, some in kinds.items() if some]
    found = [clause(f"than the first {', '.join(texts)}" if texts else "", cost=IMPORTANT)]
    twins = [
        f"{one} and {two}"
        for k, one in enumerate(labels)
        for j, two in enumerate(labels[k + 1 :], k + 1)
        if greys[k].shape == greys[j].shape and _resemblance(greys[k], greys[j]) >= 0.95
    ]
    found.append(clause(f"hardly to be told apart: {twins[0]}" if len(twins) == 1 else "", cost=USEFUL))
    lines = {label: _lines(each) for label, each in zip(labels, greys, strict=True)}
    found.append(_grouped(lines if len(set(lines.values())) > 1 else {}, cost=IMPORTANT))
    means = [float(each.mean()) for each in greys]
    if share_scale and min(means) > 0 and max(means) >= 1.25 * min(means):
        texts = ", ".join(f"{label} {number(mean)}" for label, mean in zip(labels, means, strict=True))
        found.append(clause(f"mean brightness {'; '.join(texts.split(', ')) if ',' in ''.join(labels) else texts}", cost=USEFUL))
    return found


def _resemblance(one, two):
    """Return the correlation of two pictures, of which the larger is thinned to the size of the smaller."""
    rows, columns = (min(sides) for sides in zip(one.shape, two.shape, strict=True))
    one, two = (
        each[np.ix_(np.arange(rows) * each.shape[0] // rows, np.arange(columns) * each.shape[1] // columns)]
        for each in (one, two)
    )
    return _correlation(one, two)


def _lines(image):
    across, down = terrain.roughness(image)
    return "upright lines" if across >= 1.5 * down else "level lines" if down >= 1.5 * across else ""


def _frames(firsts):
    """Say which pictures have a frame: rows and columns along all four sides that are all as dark as can be."""
    if not 2 <= len(firsts) <= 12:
        return clause()
    wide = {label: _frame(terrain.grey(image)) for label, image in firsts.items()}
    if max(wide.values()) < 5 or min(wide.values()) > 0:
        return clause()
    return clause(f"black frame: {listing([label for label, width in wide.items() if width >= 5])}", cost=USEFUL)


def _frame(image):
    """Return how many pixels wide the frame of a picture is, in which all are as dark as the darkest."""
    if not np.isfinite(image).all() or np.ptp(image) == 0:
        return 0
    bright = image > image.min()
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    return int(min(rows[0], columns[0], image.shape[0] - 1 - rows[-1], image.shape[1] - 1 - columns[-1]))


def _sides_of_light(images, groups):
    """Say for each picture, by its title or its number, where it is bright."""
    if len(images) > 24:
        return clause()
    by_title = len(groups) == len(images)
    keys = list(groups) if by_title else [str(k + 1) for k in range(len(images))]
    lights = {key: _light(image) for key, image in zip(keys, images, strict=True)}
    if len(lights) == 1:
        return clause(*lights.values(), cost=USEFUL)
    return _grouped(lights, cost=USEFUL, common="all: ")


def _light(image):
    image = terrain.grey(image)
    known = image[np.isfinite(image)]
    if not known.size or np.ptp(known) == 0:
        return "even"
    if np.median(known) >= known.min() + 0.8 * np.ptp(known):
        return f"bright but {_spot(np.nanmax(image) - image)}"
    side = terrain.brightest(image)
    return {"rim": "dark middle", "middle": "bright middle", "": ""}.get(side, f"bright {side} half")


def _spot(dark):
    """Say where the centre of what is dark lies, by thirds."""
    dark = np.nan_to_num(dark)
    row, column = (
        (dark.sum(axis=1 - axis) * (np.arange(dark.shape[axis]) + 0.5)).sum() / dark.sum() / dark.shape[axis]
        for axis in (0, 1)
    )
    upright = "upper " if row < 1 / 3 else "lower " if row > 2 / 3 else ""
    level_ = "left" if column < 1 / 3 else "right" if column > 2 / 3 else "" if upright else "middle"
    return f"dark {upright}{level_}".strip()


def _grouped(facts, cost, common=""):
    """Write facts about things, with the things grouped by fact; one that holds for all is said once."""
    groups = {}
    for label, fact in facts.items():
        groups.setdefault(fact, []).append(label)
    if len(facts) > 1 and len(groups) == 1:
        return clause(f"{common}{next(iter(groups))}" if next(iter(groups)) else "", cost=DETAIL)
    texts = [
        (f"{fact}: {', '.join(some)}", f"{fact}: {listing(some)}")
        for fact, some in groups.items()
        if fact
    ]
    return clause(*("; ".join(each) for each in zip(*texts, strict=True)), cost=cost)


def _inks(images, groups):
    """Say how large the ink is, the pixels brighter than a quarter of the range, where groups differ by a tenth."""
    if len(groups) < 2 or len(groups) == len(images):
        return clause()
    sizes = {}
    for label, rows in groups.items():
        if len(rows) > 1:
            heights = [_ink_height(images[k]) for k in rows]
            sizes[label] = np.mean(heights)
    if len(sizes) < 2 or max(sizes.values()) - min(sizes.values()) < 0.1:
        return clause()
    texts = [f"{label} {100 * share:.0f} %" for label, share in sizes.items()]
    return clause(f"height of the bright part, of the picture: {', '.join(texts)}", cost=IMPORTANT)


def _ink_height(image):
    image = terrain.grey(image)
    known = image[np.isfinite(image)]
    if not known.size or np.ptp(known) == 0:
        return 0.0
    rows = np.flatnonzero((image > known.min() + np.ptp(known) / 4).any(axis=1))
    return (rows[-1] - rows[0] + 1) / len(image)


# ---- tables ----


def heat_map(values, row_labels, column_labels, xlabel="", ylabel=""):
    """Describe a table of numbers: its largest and smallest cells, rows that are all the same, and where rows lead."""
    values = floats(values)
    rows, columns = [name(each) for each in row_labels], [name(each) for each in column_labels]
    row_name, column_name = (f"{name(label)} " if label else "" for label in (ylabel, xlabel))
    known = values[np.isfinite(values)]
    if not known.size:
        return compose(clause("A table without numbers"), [])

    def cells(extreme):
        found = np.argwhere(values == extreme)
        places = [f"{row_name}{rows[row]}, {column_name}{columns[column]}" for row, column in found[:2]]
        where = f"at {' and '.join(places)}" if len(found) <= 2 else f"in {len(found)} cells"
        return f"{number(extreme)} {where}", f"{number(extreme)} at {places[0]}" if len(found) <= 2 else ""

    clauses = []
    for word, extreme in (("largest", known.max()), ("smallest", known.min())):
        clauses.append(clause(*(f"{word} {text}" for text in cells(extreme) if text), cost=POINT))
    even = [k for k in range(len(rows)) if len(columns) > 1 and np.ptp(values[k]) == 0]
    if even:
        texts = [f"{row_name}{rows[k]} all {number(values[k, 0])}" for k in even[:2]]
        clauses.append(
            clause(*([" and ".join(texts)] if len(even) <= 2 else [f"{len(even)} rows even"]), cost=IMPORTANT)
        )
    clauses.append(clause(_trend(values, f"along {column_name.strip() or 'the columns'}", "row"), cost=IMPORTANT))
    clauses.append(clause(_trend(values.T, f"along {row_name.strip() or 'the rows'}", "column"), cost=USEFUL))
    best = [int(np.nanargmax(row)) if np.isfinite(row).any() else -1 for row in values]
    if len(columns) > 1 and len(rows) <= 8:
        last = ", ".join(f"{rows[k]}: {number(values[k, -1])}" for k in range(len(rows)) if best[k] >= 0)
        clauses.append(clause(f"at {column_name}{columns[-1]} {last}", cost=DETAIL))
    head = f"Table of {count(len(rows), 'row')} ({name(ylabel)}) and {count(len(columns), 'column')} ({name(xlabel)})"
    return compose(clause(head.replace(" ()", ""), "", cost=USEFUL), clauses)


def _trend(values, along, what):
    """Say in how many rows the numbers never fall, or never rise, and change at all."""
    if values.shape[1] < 2:
        return ""
    steps = np.diff(values, axis=1)
    changing = np.nanmax(values, axis=1, initial=-np.inf) > np.nanmin(values, axis=1, initial=np.inf)
    grows = int(np.sum(np.all(steps >= 0, axis=1) & changing))
    falls = int(np.sum(np.all(steps <= 0, axis=1) & changing))
    many, verb = (grows, "grow") if grows >= falls else (falls, "fall")
    if many < max(2, len(values) / 2):
        return ""
    return f"{along} numbers {verb} in {f'all {len(values)}' if many == len(values) else many} {what}s"


def confusion(labels, predictions, class_names=None):
    """Describe a confusion matrix: how many are right, and which classes are taken for which most often."""
    labels, predictions = np.asarray(labels).ravel(), np.asarray(predictions).ravel()
    kinds = np.unique(np.concatenate([labels, predictions])).tolist()
    # Names either belong to the classes 0, 1, 2, ... or stand in the order of the classes that occur.
    if class_names is not None and all(isinstance(kind, int) and 0 <= kind < len(class_names) for kind in kinds):
        names = {kind: name(class_names[kind]) for kind in kinds}
    else:
        names = dict(zip(kinds, map(name, class_names if class_names is not None else kinds), strict=False))
    right = int(np.sum(labels == predictions))
    clauses = [clause(f"{right:,} of {len(labels):,} right ({percent(right, max(len(labels), 1))})", cost=POINT)]
    pairs = {}
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=True):
        if label != prediction:
            pairs[label, prediction] = pairs.get((label, prediction), 0) + 1
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    texts = [f"{names.get(one, one)} taken for {names.get(two, two)} {times(pairs[one, two])}" for one, two in ranked]
    if texts and pairs[ranked[0]] == 1:
        clauses.append(clause(f"{count(len(texts), 'confusion')}, none twice: {listing(texts, 5)}", cost=IMPORTANT))
    elif texts:
        clauses.append(clause(*(f"most often {listing(texts[:m], m)}" for m in (5, 4, 3, 2, 1)), cost=POINT))
    wrong = {kind: int(np.sum((labels == kind) & (predictions != kind))) for kind in kinds if np.any(labels == kind)}
    if len(wrong) > 2 and max(wrong.values()) > 0:
        worst = max(wrong, key=wrong.get)
        text = f"most mistakes among {names[worst]}: {wrong[worst]:,} of {int(np.sum(labels == worst)):,}"
        clauses.append(clause(text, cost=USEFUL))
        none = [names[kind] for kind, many in wrong.items() if many == 0]
        clauses.append(clause(f"none among {listing(none)}" if none else "", cost=DETAIL))
    return compose(clause(), clauses)


# ---- landscapes ----


def contours(x, y, heights, paths=None, points=None, xlabel="", ylabel=""):
    """Describe a landscape from above, and how walks go through it; see `terrain.land` and `terrain.walk`."""
    xlabel, ylabel = name(xlabel), name(ylabel)
    lands, walks = _named(heights), _named(paths or {})
    by_panel = any(isinstance(each, dict) for each in walks.values())
    panels = list(lands) if isinstance(heights, dict) else list(walks) if by_panel else [""]
    stars = {name(key): tuple(terrain.snapped(floats(each).ravel(), x, y)) for key, each in (points or {}).items()}
    clauses = []
    told = {}
    for title in panels:
        ground = lands[title] if isinstance(heights, dict) else heights
        key = title if isinstance(heights, dict) else ""
        if key not in told:
            texts, lowest = terrain.land(x, y, ground, xlabel, ylabel)
            told[key] = lowest
            title_said = f"{key}: " if key else ""
            clauses.append(clause(*(title_said + text for text in _with_depth(texts, ground)), cost=USEFUL))
        goals = stars or ({} if told[key] is None else {"the lowest place": told[key]})
        own = {name(k): each for k, each in (walks.get(title, {}) if by_panel else walks).items()}
        shown = dict(zip(panels, without_common(panels), strict=True))[title]
        for walker, path in own.items():
            texts = terrain.walk(path, x, y, ground, goals)
            who = " ".join(each for each in (shown, walker if len(own) > 1 or not title else "") if each)
            clauses.append(clause(*(f"{who}: {text}" for text in texts), cost=POINT, short=IMPORTANT))
        clauses.append(_arrows(own))
    clauses.insert(1, _stars(stars, told, x, y))
    head = clause(f"Map over {xlabel} and {ylabel}" if xlabel and ylabel else "", cost=DETAIL)
    return compose(head, clauses)


def _with_depth(texts, ground):
    known = floats(ground)[np.isfinite(floats(ground))]
    if not known.size or np.ptp(known) == 0:
        return texts
    return [*(f"{text}, height {number(known.min())}" for text in texts[:1]), *texts]


def _stars(stars, lowest, x, y):
    """Say where the stars are, and which one is the lowest place."""
    if not stars:
        return clause()
    texts = [f"{key} {place(star)}" for key, star in stars.items()]
    size = [np.ptp(floats(each)) or 1 for each in (x, y)]
    if len(lowest) == 1 and (low := next(iter(lowest.values()))) is not None:
        for key, star in stars.items():
            if np.hypot(*((np.array(star) - low) / size)) <= terrain.AT:
                texts = [f"{text}, the lowest place" if text.startswith(f"{key} ") else text for text in texts]
                break
    word = "star" if len(texts) == 1 else "stars"
    brief = [re.sub(r" \([^()]*\)(, the lowest place)?$", r"\1", text) for text in texts]
    return clause(*(f"{word}: {'; '.join(each)}" for each in (texts, brief, stars)), cost=USEFUL)


def _arrows(walks):
    """Say which of several single steps lead opposite ways, and which is the mean of the others."""
    steps = {key: np.diff(floats(path)[:, :2], axis=0)[0] for key, path in walks.items() if len(path) == 2}
    if len(steps) < 2 or len(steps) < len(walks):
        return clause()
    texts = []
    keys = [key for key, step in steps.items() if np.isfinite(step).all() and np.abs(step).max() > 0]
    for k, one in enumerate(keys):
        for two in keys[k + 1 :]:
            a, b = (steps[each] / np.abs(steps[each]).max() for each in (one, two))
            if a @ b <= -0.99 * np.linalg.norm(a) * np.linalg.norm(b):
                texts.append(f"{one} and {two} lead opposite ways")
    for key in keys if len(keys) > 2 else ():
        others = np.mean([steps[each] for each in keys if each != key], axis=0)
        if np.allclose(others, steps[key], rtol=1e-6, atol=1e-9):
            texts.append(f"{key} is the mean of the others")
    return clause(", ".join(texts), cost=POINT)


def surface(x, y, heights, paths=None, xlabel="", ylabel="", zlabel=""):
    """Describe a landscape as a surface: its lowest and highest places, on which side it is high, and walks on it."""
    xlabel, ylabel = name(xlabel), name(ylabel)
    texts, lowest = terrain.land(x, y, heights, xlabel, ylabel)
    clauses = [clause(*texts, cost=POINT)]
    values = floats(heights)
    known = values[np.isfinite(values)]
    if known.size and np.ptp(known) > 0:
        row, column = np.unravel_index(np.nanargmax(np.where(np.isfinite(values), values, np.nan)), values.shape)
        top = f"up to {number(known.max())} at {place((floats(x)[column], floats(y)[row]))}"
        clauses.append(clause(f"from {number(known.min())} {top}", cost=USEFUL))
        side = {
            "upper": f"for small {ylabel}",
            "lower": f"for large {ylabel}",
            "left": f"for small {xlabel}",
            "right": f"for large {xlabel}",
            "middle": "in the middle",
            "rim": "at the rim",
        }.get(terrain.brightest(values), "")
        clauses.append(clause(f"higher {side}" if side else "", cost=IMPORTANT))
    for key, path in _named(paths or {}).items():
        path = floats(path)
        texts = terrain.walk(path[:, :2], x, y, heights, {} if lowest is None else {"the lowest place": lowest})
        if path.shape[1] > 2:
            texts = [f"{text}, from height {number(path[0, 2])} to {number(path[-1, 2])}" for text in texts]
        clauses.append(clause(*(f"{key}: {text}" for text in texts), cost=POINT))
    head = f"{name(zlabel) or 'height'} over {xlabel} and {ylabel}" if xlabel and ylabel else name(zlabel)
    return compose(clause(head, cost=USEFUL), clauses)


# ---- neurons and networks ----


def _inputs(many):
    """Return x₁, x₂ and so on."""
    return ["x" + "".join(chr(ord("₀") + int(digit)) for digit in str(k + 1)) for k in range(many)]


def neuron(weights, bias, input_names=None, output_name="ŷ"):
    """Describe a neuron: the weight of each input, the bias, the output."""
    weights = floats(weights).ravel()
    names = [name(each) for each in (input_names if input_names is not None else _inputs(len(weights)))]
    texts = [f"{each}: {signed(weight)}" for each, weight in zip(names, weights, strict=True)]
    ranked = np.argsort(-np.abs(np.nan_to_num(weights)), kind="stable")
    strongest = f"strongest {listing([texts[k] for k in ranked[:4]], 4)}, {len(texts) - 4} more inputs"
    arrows = clause(", ".join(texts), *([strongest] if len(texts) > 4 else []), cost=POINT)
    end = f"bias {signed(bias)}; the sum z goes through the activation to {name(output_name)}"
    head = clause(f"A neuron with {count(len(texts), 'input')} and their weights", "A neuron", cost=USEFUL)
    return compose(head, [arrows, clause(end, f"bias {signed(bias)}", cost=POINT)])


def network(weights, biases=None, activations=None, unit_names=None):
    """Describe a network: its layers, and for each unit what leads into it; of many arrows the strongest."""
    weights = [floats(each) for each in weights]
    sizes = [weights[0].shape[0], *(each.shape[1] for each in weights)]
    names = unit_names if unit_names is not None else _unit_names(sizes)
    names = [[name(each) for each in layer] for layer in names]
    clauses = []
    if activations is not None:
        values = [", ".join(number(each) for each in floats(layer).ravel()) for layer in activations]
        ends = f"inputs {values[0]}, output {values[-1]}"
        clauses.append(clause(f"values {' → '.join(values)}", ends, cost=IMPORTANT))
    if sum(each.size for each in weights) <= 12:
        for k, matrix in enumerate(weights):
            for target in range(matrix.shape[1]):
                arrows = [f"{names[k][j]} {signed(matrix[j, target])}" for j in range(matrix.shape[0])]
                arrows += [f"bias {signed(floats(biases[k]).ravel()[target])}"] if biases is not None else []
                clauses.append(clause(f"to {names[k + 1][target]}: {', '.join(arrows)}", cost=POINT))
    else:
        arrows = [
            (abs(np.nan_to_num(weight)), f"{names[k][j]} to {names[k + 1][target]}: {signed(weight)}")
            for k, matrix in enumerate(weights)
            for (j, target), weight in np.ndenumerate(matrix)
        ]
        arrows.sort(key=lambda pair: -pair[0])
        strongest = [text for _, text in arrows[:5]]
        clauses.append(clause(*(f"strongest {', '.join(strongest[:m])}" for m in (5, 3, 1)), cost=POINT))
    return compose(clause(f"Network {'-'.join(map(str, sizes))}", cost=USEFUL), clauses)


def _unit_names(sizes):
    hidden = [[each.replace("x", "h") for each in _inputs(size)] for size in sizes[1:-1]]
    if len(hidden) > 1:
        hidden = [[f"{each} of layer {k + 1}" for each in layer] for k, layer in enumerate(hidden)]
    outputs = ["ŷ"] if sizes[-1] == 1 else [each.replace("x", "ŷ") for each in _inputs(sizes[-1])]
    return [_inputs(sizes[0]), *hidden, outputs]


def architectures(sizes):
    """Describe networks by the units of each layer, and count their weights and biases."""
    clauses = []
    for title, layers in _named(sizes).items():
        layers = [int(each) for each in layers]
        many = sum(before * after + after for before, after in pairwise(layers))
        units = "-".join(map(str, layers))
        clauses.append(clause(f"{title} {units}, {many:,} weights and biases", f"{title} {units}", cost=POINT))
    return compose(clause("Fully connected networks, units in each layer", "Networks", cost=USEFUL), clauses)


def activations(z, functions, derivatives):
    """Describe activation functions by their ends, and by where their slopes are 0, constant, or largest."""
    clauses = []
    for key, values in functions.items():
        slope = series(z, derivatives[key])
        if not len(slope.x):
            clauses.append(clause(f"{name(key)} has no numbers", cost=IMPORTANT))
            continue
        value = series(z, values)
        ends = f" from {level(value.y[0], value)} to {level(value.y[-1], value)}" if len(value.y) else ""
        clauses.append(clause(f"{name(key)}{ends}, {_slopes(slope)}", f"{name(key)}: {_slopes(slope)}", cost=POINT))
    return compose(_over("Activations a and their slopes", "z"), clauses)


def _slopes(slope):
    """Say where a slope is 0 or constant, or else where it is largest."""
    y, x = slope.y, slope.x
    if np.ptp(y) == 0:
        return f"slope {number(y[0])} throughout"
    turns = np.flatnonzero(np.diff(y))
    if len(turns) == 1:
        at = (x[turns[0]] + x[turns[0] + 1]) / 2
        at = 0.0 if abs(at) <= np.ptp(x) / len(x) else at
        return f"slope {number(y[0])} up to {number(at)}, then {number(y[-1])}"
    top = int(y.argmax())
    at = 0.0 if abs(x[top]) <= np.ptp(x) / len(x) else x[top]
    ends = [
        level(y[0], slope._replace(extent=10 * slope.extent)),
        level(y[-1], slope._replace(extent=10 * slope.extent)),
    ]
    ends = f"{ends[0]} at both ends" if ends[0] == ends[1] else f"{ends[0]} left and {ends[1]} right"
    return f"slope at most {number(y[top])}, at {number(at)}, {ends}"


def computation_graph(nodes, slopes, gradients):
    """Describe numbers that are made from one another, and how the gradient of each is made on the way back."""
    values = {key: tuple(node)[2] for key, node in nodes.items()}
    clauses = []
    listed = [f"{name(key)}: {number(value)}" for key, value in values.items()]
    ends = [key for key in nodes if not any(source == key for source, _ in slopes)]
    begins = [key for key in nodes if not any(target == key for _, target in slopes)]
    brief = f"{listing([f'{name(key)}: {number(values[key])}' for key in [*begins, *ends]], 6)}"
    clauses.append(clause(f"forward {', '.join(listed)}", f"forward {brief}", cost=IMPORTANT))
    back = []
    for key in nodes:
        arrows = [(target, slope) for (source, target), slope in slopes.items() if source == key]
        if not arrows or key not in gradients:
            continue
        made = " + ".join(f"{number(slope)} × {_factor(gradients.get(target, np.nan))}" for target, slope in arrows)
        cost = POINT if key in begins else DETAIL
        back.append(
            (
                key,
                clause(
                    f"{name(key)}: {made} = {number(gradients[key])}",
                    f"{name(key)}: {number(gradients[key])}",
                    cost=cost,
                ),
            )
        )
    made = [each for _, each in back]
    made = made[: len(made)] if len(made) <= 8 else made[:8]
    if made:
        made[0] = [(f"gradients back, slope × what comes back: {text}", cost) for text, cost in made[0]]
    return compose(clause(), [*clauses, *made])


def _factor(value):
    return f"({number(value)})" if value < 0 else number(value)


# ---- classifiers ----


def _on_the_right_side(points, answers, labels):
    """Say how many points are answered rightly, and which are not if these are few."""
    wrong = np.flatnonzero(answers != labels)
    if not len(wrong):
        return [f"all {len(points):,} right" if len(points) > 1 else "right", "all right"]
    text = f"{len(points) - len(wrong):,} of {len(points):,} right"
    brief = f"{len(points) - len(wrong):,} right"
    if len(wrong) > MOST_WRONG:
        return [text, brief]
    return [f"{text}, wrong {listing([place(points[k]) for k in wrong])}", text, brief]


def _of_plane(xlabel, ylabel, points, labels, class_names):
    """Return the head of a figure of points of several classes."""
    labels = np.atleast_2d(np.asarray(labels))
    kinds = list(np.unique(labels[0]))
    names = [_class(kind, class_names) for kind in kinds]
    many = [int(np.sum(labels[0] == kind)) for kind in kinds]
    whole = listing([f"{each:,} × {kind}" for each, kind in zip(many, names, strict=True)])
    plane = f"{name(xlabel)} and {name(ylabel)}" if xlabel and ylabel else ""
    if len(labels) > 1:
        return clause(f"{count(len(points), 'point')}, {plane}" if plane else count(len(points), "point"), cost=USEFUL)
    return clause(f"{whole}, by {plane}" if plane else whole, whole, cost=USEFUL)


def _class(kind, class_names):
    if isinstance(class_names, dict):
        return name(class_names.get(kind, f"class {kind}"))
    if class_names is not None and 0 <= kind < len(class_names):
        return name(class_names[int(kind)])
    return f"class {kind}"


def decision(points, labels, neurons, class_names=None, xlabel="", ylabel=""):
    """Describe the lines of neurons among points of two classes; a neuron answers 1 where its sum is above 0."""
    points, labels = floats(points).reshape(-1, 2), np.asarray(labels)
    each = np.tile(labels, (len(neurons), 1)) if labels.ndim == 1 else labels
    titles = without_common(name(title) for title in neurons)
    clauses, seen = [], {}
    for title, (weights, bias), own in zip(titles, neurons.values(), each, strict=True):
        line = floats([*weights, bias])
        answers = (points @ line[:2] + line[2] > 0).astype(int)
        texts = _on_the_right_side(points, answers, own)
        earlier = [other for other, known in seen.items() if np.allclose(line, known, rtol=1e-9, atol=0)]
        seen[title] = line
        extra = _line(points, line[:2], line[2], answers)
        again = [f"as {other}" for other in earlier[:1]]
        some = [_ones(points, answers) + texts[:1] + extra, texts[:1] + extra, texts[-1:] + extra, texts[-1:]]
        options = [", ".join(again + parts) for parts in some]
        clauses.append(clause(*(f"{title}: {text}" for text in options), cost=POINT))
    return compose(_of_plane(xlabel, ylabel, points, labels, class_names), clauses)


def _ones(points, answers):
    """Return which of at most four points are answered 1."""
    ones = [place(point) for point in points[answers == 1]]
    return [f"1 at {listing(ones)}"] if 0 < len(ones) < len(points) <= 4 else []


def _line(points, weights, bias, answers):
    """Return what is special about a neuron's line: none at all, all points on one side, a point on it."""
    if not np.isfinite([*weights, bias]).all():
        return ["no line, no numbers"]
    if not weights.any():
        return [f"no line, all answered {int(bias > 0)}"]
    one_side = f"all answered {answers[0]}" if len(points) and (answers == answers[0]).all() else ""
    size = np.abs(points * weights).sum(axis=1) + abs(bias)
    on = np.flatnonzero(np.abs(points @ weights + bias) <= 1e-12 * size)
    touched = f"{listing([place(points[k]) for k in on], 2)} on the line" if len(on) else ""
    return [one_side, touched] if one_side and touched else [text for text in (one_side or touched,) if text]


def _grid(points, margin):
    """Return places of a grid over points and some room around them, shape (GRID², 2)."""
    points = points[np.isfinite(points).all(axis=1)] if len(points) else points
    low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.ones(2))
    room = margin * (high - low) + (high == low)
    sides = [np.linspace(*ends, terrain.GRID + 1) for ends in zip(low - room, high + room, strict=True)]
    return np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)


def regions(points, labels, scores, threshold=0.5, class_names=None, xlabel="", ylabel=""):
    """Describe where a model's score is above a threshold: how many points are on the right side, and how it is parted.

    The plane is looked at with a margin of a third of the points' spread; see `terrain` for "straight".
    """
    labels = np.asarray(labels)
    clauses = []
    titles = without_common(name(title) for title in scores)
    for title, (key, score) in zip(titles, scores.items(), strict=True):
        own = floats(points[key] if isinstance(points, dict) else points).reshape(-1, 2)
        found = floats(score(own)).ravel()
        right = _on_the_right_side(own, (found > threshold).astype(int), labels)
        lead = floats(score(_grid(own, 0.35))).reshape(terrain.GRID + 1, -1) - threshold
        parted = _parted(lead)
        kinds, many = np.unique(own.round(9), axis=0, return_counts=True)
        twice = f"{many.max()} points at {place(kinds[many.argmax()])}" if many.max(initial=1) > 1 else ""
        options = ((right[0], parted, twice), (right[0], parted), (right[-1], parted), (right[-1],))
        texts = [", ".join(text for text in some if text) for some in options]
        clauses.append(clause(*(f"{title}: {text}" if title else text for text in texts), cost=POINT))
    first = next(iter(points.values())) if isinstance(points, dict) else points
    return compose(_of_plane(xlabel, ylabel, floats(first).reshape(-1, 2), labels, class_names), clauses)


def _parted(lead):
    """Say how a plane is parted into where a grid of numbers is above 0 and where not."""
    above = lead > 0
    if above.all() or not above.any():
        return f"{int(above.all())} everywhere"
    ones, zeros = terrain.areas(above), terrain.areas(~above)
    if ones == zeros == 1:
        line = "a straight line" if terrain.is_straight(terrain.crossings(lead)) else "a curve"
        return f"parted by {line}"
    if (ones, zeros) == (1, 2):
        return "1 in a band between two areas of 0"
    if (ones, zeros) == (2, 1):
        return "1 in two areas with a band of 0 between"
    return f"{count(ones, 'area')} of 1 and {zeros} of 0"


def class_regions(points, labels, probabilities, class_names=None, xlabel="", ylabel=""):
    """Describe where each class is the most probable one: how many points are right, and how the borders run."""
    points, labels = floats(points).reshape(-1, 2), np.asarray(labels)
    clauses = []
    for title, function in probabilities.items():
        right = _on_the_right_side(points, floats(function(points)).argmax(axis=1), labels)
        borders = _borders(floats(function(_grid(points, 0.15))))
        texts = [f"{each}, {borders}" if borders else each for each in right]
        clauses.append(clause(*(f"{name(title)}: {text}" if str(title).strip() else text for text in texts), cost=POINT))
    return compose(_of_plane(xlabel, ylabel, points, labels, class_names), clauses)


def _borders(shares):
    """Say whether the borders between classes are straight lines; see `terrain.is_straight`."""
    grid = shares.reshape(terrain.GRID + 1, terrain.GRID + 1, -1)
    winner = grid.argmax(axis=2)
    kinds = np.unique(winner)
    if len(kinds) == 1:
        return f"class {kinds[0]} everywhere"
    straight, many = True, 0
    for k, one in enumerate(kinds):
        for two in kinds[k + 1 :]:
            both = np.isin(winner, (one, two))
            lead = np.where(both, grid[..., one] - grid[..., two], np.nan)
            places = terrain.crossings(lead) if np.isfinite(lead).any() else np.empty((0, 2))
            places = places[np.isfinite(places).all(axis=1)]
            many += len(places) > 2
            straight &= terrain.is_straight(places)
    return f"{count(many, 'border')}, {'straight' if straight else 'curved'}" if many else ""


def reliability(panels):
    """Describe how confidence and the share of right answers agree.

    "too sure": the mean confidence is larger than the share of right answers by more than 0.02, "not sure enough":
    smaller by more than that, "honest": neither.
    """
    clauses = []
    for title, (confidences, right) in panels.items():
        confidences, right = floats(confidences).ravel(), floats(right).ravel()
        known = np.isfinite(confidences) & np.isfinite(right)
        title = f"{name(title)}: " if str(title).strip() else ""
        if not known.any():
            clauses.append(clause(f"{title}no answers", cost=POINT))
            continue
        mean, share = confidences[known].mean(), right[known].mean()
        lead = mean - share
        verdict = "too sure" if lead > 0.02 else "not sure enough" if lead < -0.02 else "honest"
        high = known & (confidences >= 0.9)
        numbers = f"mean confidence {number(mean)}, right {number(share)}"
        extra = f"{percent(high.sum(), known.sum())} of the answers have 0.9 or more"
        options = (f"{verdict}, {numbers}, {extra}", f"{verdict}, {numbers}", verdict)
        clauses.append(clause(*(title + text for text in options), cost=POINT))
    return compose(clause(), clauses)


# ---- the two drawings of the first notebook ----


def course_map(groups):
    """Describe the course: its groups in order, each with its notebooks."""
    clauses = []
    for key, notebooks in groups.items():
        full = [name(each) for each in notebooks]
        brief = [each.split()[0] if each else "" for each in full]
        clauses.append(
            clause(f"{name(key)} ({', '.join(full)})", f"{name(key)} ({', '.join(brief)})", cost=POINT)
        )
    return compose(clause(f"{count(len(groups), 'group')} in order", cost=USEFUL), clauses)


def timeline(events):
    """Describe events in the order of their years."""
    clauses = []
    for year, text, *_ in sorted(events, key=lambda event: event[0]):
        whole = name(text, 60)
        for mark in (":", ","):
            brief = whole.rpartition(f"{mark} ")[2]
            if brief != whole:
                break
        clauses.append(clause(f"{year} {whole}", f"{year} {brief}", cost=POINT))
    return compose(clause(), clauses)
