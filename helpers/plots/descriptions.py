"""What a figure says to somebody who cannot see it: one function for each kind of figure.

Each takes the arguments of the figure of the same name and returns one text of at most 250 characters, made of what can
be computed from them: how curves run and where they cross, which bars are longer, how many points lie on the right
side. It follows every edit of the arguments, so it cannot be out of date.
"""

from itertools import pairwise

import numpy as np

from . import terrain
from .words import (
    DETAIL,
    IMPORTANT,
    POINT,
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
)

SAME = 0.01  # share of a picture's height within which two curves, or two dots, are at one height
MOST_CURVES = 6  # described one by one
MOST_WRONG = 3  # points named one by one


def _named(values, default=""):
    """Return a dict from short name to values, whether they come as a dict or not."""
    return {name(key): each for key, each in values.items()} if isinstance(values, dict) else {default: values}


def _over(ylabel, xlabel):
    """Return the head of a chart: what stands upright over what runs across."""
    ylabel, xlabel = name(ylabel), name(xlabel)
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
    clauses = []
    for key in told:
        texts = phrases(lines[key], tall if several else 0.0)
        clauses.append(clause(*(f"{key} {text}" if several else text for text in texts), cost=POINT))
    if len(told) < len(lines):
        clauses.append(clause(f"{len(lines) - len(told)} more curves", cost=POINT))
    clauses += _order(lines, tall)
    clauses += [_spread(key if several else "", each, lines[key]) for key, each in runs.items() if len(each) > 1]
    if len(lines) <= MOST_CURVES:
        level_ones = {key: line.y[0] for key, line in lines.items() if len(line.y) > 1 and np.ptp(line.y) == 0}
        level_ones = level_ones if len(level_ones) < len(lines) else {}
        for mark, height in (level_ones | heights).items():
            others = {key: line for key, line in lines.items() if key not in level_ones}
            clauses.append(_beside(others, mark, height, tall, yscale, said=mark in level_ones))
    return compose(_over(ylabel, xlabel), clauses)


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
    """Say which of several curves lies higher, where two cross, and which lie on each other."""
    names = list(lines)
    if len(names) == 2:
        return [_pair(*names, *lines.values(), tall)]
    if len(names) < 3:
        return []
    found = []
    if len(names) <= MOST_CURVES:
        on_each_other = [
            (one, two)
            for k, one in enumerate(names)
            for two in names[k + 1 :]
            if (gap := _gap(lines[one], lines[two])[2]).size and np.abs(gap).max() <= SAME * tall
        ]
        found += [clause(f"{two} lies on {one}", cost=IMPORTANT) for one, two in on_each_other[:2]]
        if on_each_other:
            return found
    ends = {key: line.up[-1] for key, line in lines.items() if len(line.up)}
    top_down = sorted(ends, key=ends.get, reverse=True)
    if len(top_down) < 2:
        return found
    apart = [ends[one] - ends[two] > SAME * tall for one, two in pairwise(top_down)]
    if len(names) > MOST_CURVES or not all(apart):
        texts = [f"highest {top_down[0]}"] * apart[0] + [f"lowest {top_down[-1]}"] * apart[-1]
        return [*found, clause("at the end " + " and ".join(texts) if texts else "", cost=USEFUL)]
    always = all(
        (gap := _gap(lines[one], lines[two])[2]).size and gap.min() >= -SAME * tall for one, two in pairwise(top_down)
    )
    when = "everywhere" if always else "at the end"
    return [*found, clause(f"{when} from the top: {', '.join(top_down)}", cost=USEFUL)]


def _pair(one, two, first, second, tall):
    """Say how two curves lie to each other."""
    _, xs, gap = _gap(first, second)
    if not gap.size:
        return clause()
    if np.abs(gap).max() <= SAME * tall:
        return clause("they lie on each other", cost=IMPORTANT)
    sides = _sides(gap, SAME * tall)
    higher, lower = (one, two) if sides[0] > 0 else (two, one)
    if len(sides) == 1:
        never = np.abs(gap).min() > SAME * tall
        text = f"{higher} is higher throughout" if never else f"{higher} is never lower"
        return clause(text, cost=IMPORTANT)
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
    texts = []
    for key, line in lines.items():
        if not len(line.up):
            continue
        gap = line.up - drawn
        sides, at = _sides(gap, SAME * tall), _crossings(line.x, gap)
        if len(sides) >= 2 and len(at):
            text = f"crosses {{}} at {number(at[0])}" if len(at) == 1 else f"crosses {{}} {times(len(at))}"
            text = f"crosses {{}} at {number(at[0])} and {number(at[1])}" if len(at) == 2 else text
        elif len(sides) == 1:
            side = "above" if sides[0] > 0 else "below"
            near = int(np.abs(gap).argmin())
            text = f"stays {side} {{}}"
            if abs(gap[near]) <= SAME * tall:
                text = f"stays {side} {{}} and comes up to it at {number(line.x[near])}".replace(
                    "up to it", "up to it" if sides[0] < 0 else "down to it"
                )
        else:
            text = "lies on {}"
        texts.append((f"{key} {text}" if len(lines) > 1 else text).replace("{}", shown if not texts else "it"))
    return clause(", ".join(texts), texts[0] if texts else "", cost=USEFUL)


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
        long = "; ".join(each[1] for each in said)
        brief = ", ".join(each[0] for each in said)
        clauses.append(clause(f"line {line}: {long}", f"bars and {line}: {brief} it", cost=POINT))
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
    clauses.insert(0, clause(*some, ends if not some else brief_ends, cost=IMPORTANT))
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
    labels = list(groups)
    firsts = {label: images[rows[0]] for label, rows in groups.items()}
    sizes = [terrain.size(image) for image in images]
    head = terrain.pictures(len(images)) + (f" of {sizes[0]}" if len(set(sizes)) == 1 else "")
    clauses = [clause(_titles(groups, titles, sizes, len(images)), cost=POINT)]
    clauses.append(_the_same(images, titles))
    clauses += _moved(images, titles)
    if len(labels) > 1:
        clauses.append(_neighbours(firsts))
        clauses.append(_smoother(firsts))
        clauses.append(_grouped(_stripes(firsts), cost=USEFUL))
    sides = _sides_of_light(images, titles, groups)
    clauses.append(_grouped(sides, cost=DETAIL, common="all ") if len(sides) <= 24 else clause())
    clauses.append(_inks(images, groups))
    gaps = sum(int(np.isnan(image).sum()) for image in images)
    clauses.append(clause(f"{count(gaps, 'pixel')} missing" if gaps else "", cost=DETAIL))
    known = np.concatenate([image[np.isfinite(image)].ravel() for image in images])
    if share_scale and known.size:
        clauses.append(clause(f"black is {number(known.min())}, white {number(known.max())}", cost=DETAIL))
    return compose(clause(head, cost=IMPORTANT), clauses)


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


def _titles(groups, titles, sizes, many):
    """List the titles, with a common beginning only once, and with sizes where these differ."""
    if not titles[0]:
        return ""
    differ = len(set(sizes)) > 1
    texts = []
    for label, rows in groups.items():
        text = titles[rows[0]] or label
        if differ and sizes[rows[0]] not in text:
            text += f" ({sizes[rows[0]]})"
        texts.append(f"{len(rows)} × {text}" if len(rows) > 1 else text)
    common = texts[0]
    for text in texts:
        while not text.startswith(common):
            common = common[:-1]
    common = common[: common.rfind(" ") + 1] if len(texts) > 2 else ""
    if common.strip() and all(len(text) > len(common) for text in texts):
        return common + ", ".join(text[len(common) :] for text in texts)
    return ", ".join(texts)


def _label(titles, k):
    return titles[k] or f"picture {k + 1}"


def _the_same(images, titles):
    """Say which pictures are equal, pixel by pixel."""
    equal = [k for k in range(1, len(images)) if np.array_equal(images[k], images[0], equal_nan=True)]
    if len(images) > 1 and len(equal) == len(images) - 1:
        return clause("all are the same picture", cost=IMPORTANT)
    seen = {}
    for k, image in enumerate(images):
        seen.setdefault((image.shape, image.tobytes()), []).append(k)
    pairs = [rows for rows in seen.values() if len(rows) > 1]
    if not pairs:
        return clause()
    rows = pairs[0]
    return clause(f"pictures {listing([k + 1 for k in rows])} are the same", cost=USEFUL)


def _moved(images, titles):
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
        return [clause(f"each is the first, moved {ways[0]} … {ways[-1]}", f"moved {ways[-1]} at last", cost=POINT)]
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


def _smoother(firsts):
    """Say which pictures are smoother or rougher than the first, if two or more of them resemble it (correlation 0.7).

    Smoother, rougher: neighbours differ by at most 0.8, or at least 1.25, times as large a share of the range.
    """
    labels = list(firsts)
    if not 3 <= len(labels) <= 12:
        return clause()
    first, rough = firsts[labels[0]], sum(terrain.roughness(firsts[labels[0]]))
    kinds = {"smoother": [], "rougher": []}
    resembling = 0
    for label in labels[1:]:
        image = firsts[label]
        rows, columns = (min(sides) for sides in zip(first.shape[:2], image.shape[:2], strict=True))
        resembling += _correlation(_resampled(first, rows, columns), _resampled(image, rows, columns)) >= 0.7
        ratio = sum(terrain.roughness(image)) / rough if rough else np.nan
        if ratio <= 0.8:
            kinds["smoother"].append(label)
        elif ratio >= 1.25:
            kinds["rougher"].append(label)
    if resembling < 2:
        return clause()
    texts = [f"{kind}: {listing(some)}" for kind, some in kinds.items() if some]
    return clause(f"than the first {', '.join(texts)}" if texts else "", cost=USEFUL)


def _stripes(firsts):
    """Return for each picture in which direction its brightness changes at least 1.5 times as much as in the other."""
    found = {}
    for label, image in firsts.items():
        across, down = terrain.roughness(image)
        found[label] = "upright lines" if across >= 1.5 * down else "level lines" if down >= 1.5 * across else ""
    return found if len(firsts) <= 12 and len(set(found.values())) > 1 else {}


def _sides_of_light(images, titles, groups):
    """Return for each picture, or each group of many, where it is bright."""
    if len(groups) == len(images):
        pairs = [(label, rows[0]) for label, rows in groups.items()]
    elif len(images) <= 24:
        pairs = [(f"{k + 1}", k) for k in range(len(images))]
    else:
        return {}
    return {label: _light(images[k]) for label, k in pairs}


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
        (f"{fact}: {', '.join(some)}" if len(facts) > 1 else fact, f"{fact}: {listing(some)}", f"{len(some)} {fact}")
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
    stars = {name(key): tuple(floats(each).ravel()) for key, each in (points or {}).items()}
    clauses = []
    told = {}
    for title in panels:
        ground = lands[title] if isinstance(heights, dict) else heights
        key = title if isinstance(heights, dict) else ""
        if key not in told:
            texts, lowest = terrain.land(x, y, ground, xlabel, ylabel)
            told[key] = lowest
            title_said = f"{key}: " if key else ""
            clauses.append(clause(*(title_said + text for text in _with_depth(texts, ground)), cost=IMPORTANT))
        goals = stars or ({} if told[key] is None else {"the lowest place": told[key]})
        own = {name(k): each for k, each in (walks.get(title, {}) if by_panel else walks).items()}
        for walker, path in own.items():
            texts = terrain.walk(path, x, y, ground, goals)
            who = " ".join(each for each in (title, walker if len(own) > 1 or not title else "") if each)
            clauses.append(clause(*(f"{who}: {text}" for text in texts), cost=POINT))
        clauses.append(_arrows(own))
    clauses.insert(1, _stars(stars, told, x, y))
    head = clause(f"Map over {xlabel} and {ylabel}" if xlabel and ylabel else "", cost=USEFUL)
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
    return clause(f"{word}: {'; '.join(texts)}", f"{word}: {listing(list(stars))}", cost=USEFUL)


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
    at = 0.0 if abs(x[top]) < 1e-9 * np.ptp(x) else x[top]
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
    text = f"{len(points) - len(wrong):,} of {len(points):,} right"
    if not len(wrong):
        return [f"all {len(points):,} right" if len(points) > 1 else "right"]
    if len(wrong) > MOST_WRONG:
        return [text]
    return [f"{text}, wrong {listing([place(points[k]) for k in wrong])}", text]


def _of_plane(xlabel, ylabel, points, labels, class_names):
    """Return the head of a figure of points of several classes."""
    labels = np.atleast_2d(np.asarray(labels))
    kinds = list(np.unique(labels[0]))
    names = [_class(kind, class_names) for kind in kinds]
    many = [int(np.sum(labels[0] == kind)) for kind in kinds]
    whole = f"{listing([f'{each:,} {kind}' for each, kind in zip(many, names, strict=True)])}"
    plane = f"{name(xlabel)} and {name(ylabel)}" if xlabel and ylabel else ""
    if len(labels) > 1:
        return clause(f"{count(len(points), 'point')}, {plane}" if plane else count(len(points), "point"), cost=USEFUL)
    return clause(f"{whole}, by {plane}" if plane else whole, whole, cost=USEFUL)


def _class(kind, class_names):
    if isinstance(class_names, dict):
        return name(class_names.get(kind, f"class {kind}"))
    if class_names is not None and 0 <= kind < len(class_names):
        return name(class_names[int(kind)])
    return f"of class {kind}"


def decision(points, labels, neurons, class_names=None, xlabel="", ylabel=""):
    """Describe the lines of neurons among points of two classes; a neuron answers 1 where its sum is above 0."""
    points, labels = floats(points).reshape(-1, 2), np.asarray(labels)
    each = np.tile(labels, (len(neurons), 1)) if labels.ndim == 1 else labels
    clauses, seen = [], {}
    for (title, (weights, bias)), own in zip(neurons.items(), each, strict=True):
        weights, bias = floats(weights).ravel(), float(bias)
        title = name(title)
        answers = (points @ weights + bias > 0).astype(int)
        texts = _on_the_right_side(points, answers, own)
        earlier = [other for other, line in seen.items() if np.allclose(line, [*weights, bias], rtol=1e-9, atol=0)]
        seen[title] = [*weights, bias]
        extra = _line(points, weights, bias, answers)
        extra += [f"as {earlier[0]}"] if earlier else []
        whole = [f"{title}: {', '.join([*extra[:1], texts[0], *extra[1:]])}"]
        middle = [f"{title}: {', '.join([texts[0], *extra[1:]])}"]
        clauses.append(clause(*whole, *middle, f"{title}: {texts[-1]}", cost=POINT))
    return compose(_of_plane(xlabel, ylabel, points, labels, class_names), clauses)


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
    for title, score in scores.items():
        own = floats(points[title] if isinstance(points, dict) else points).reshape(-1, 2)
        found = floats(score(own)).ravel()
        right = _on_the_right_side(own, (found > threshold).astype(int), labels)
        lead = floats(score(_grid(own, 0.35))).reshape(terrain.GRID + 1, -1) - threshold
        parted = _parted(lead)
        kinds, many = np.unique(own.round(9), axis=0, return_counts=True)
        twice = f"{many.max()} points at {place(kinds[many.argmax()])}" if many.max(initial=1) > 1 else ""
        title = f"{name(title)}: " if len(scores) > 1 or str(title).strip() else ""
        whole = ", ".join(text for text in (right[0], parted, twice) if text)
        clauses.append(clause(f"{title}{whole}", f"{title}{right[0]}, {parted}", f"{title}{right[-1]}", cost=POINT))
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
        title = f"{name(title)}: " if len(probabilities) > 1 or str(title).strip() else ""
        clauses.append(clause(f"{title}{right[0]}, {borders}", f"{title}{right[-1]}, {borders}", cost=POINT))
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
            clause(f"{name(key)} ({', '.join(full)})", f"{name(key)} ({', '.join(brief)})", name(key), cost=POINT)
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
        clauses.append(clause(f"{year} {whole}", f"{year} {brief}", f"{year}", cost=POINT))
    return compose(clause(), clauses)
