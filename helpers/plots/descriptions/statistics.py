"""Bars, points, histograms and intervals."""

import numpy as np

from .words import (
    DETAIL,
    IMPORTANT,
    POINT,
    USEFUL,
    clause,
    compose,
    count,
    floats,
    listing,
    name,
    named,
    number,
    over,
    percent,
    place,
    quiet,
)

FEW = 20  # numbers without a shape


@quiet
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
    head = over(ylabel, xlabel) or clause(count(len(labels), "bar"))
    return compose(head, clauses)


@quiet
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
    return compose(over(ylabel, xlabel), clauses)


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


@quiet
def histograms(values, xlabel=""):
    """Describe how values are spread; see `_shape` for what the words mean."""
    groups = {key: each[np.isfinite(each)] for key, each in ((k, floats(v).ravel()) for k, v in named(values).items())}
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
    """Say how numbers are spread. Of fewer than `FEW` only whether they are one or two; else the first that holds:

    * "one value", "two values": no others occur.
    * "two groups far apart": between two neighbouring values there is a gap of a quarter of the range or more, with at
      least a tenth of the numbers on either side.
    * "piled up at its right (left) end": the largest (smallest) value alone makes 2 % or more of the numbers, but less
      than half, and occurs at least twice as often as all others within a twentieth of the range.
    * "long tail to the right (left)": the skewness is at least 1 (at most −1).
    * "balanced": the skewness is weaker than 0.5.
    """
    if not numbers.size:
        return "no numbers"
    kinds, many = np.unique(numbers, return_counts=True)
    if len(kinds) <= 2:
        if brief:
            return "one value" if len(kinds) == 1 else "two values"
        share = f"{percent(many.max(), numbers.size)} {number(kinds[many.argmax()])}"
        both = " and ".join(map(number, kinds))
        return f"all are {both}" if len(kinds) == 1 else f"two values, {both}, {share}"
    with np.errstate(over="ignore"):
        span = kinds[-1] - kinds[0]
    if not np.isfinite(span) or numbers.size < FEW:
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
        text = text if text and brief else ", ".join(part for part in (text, tail) if part)
    return text or ("balanced" if abs(skewness) < 0.5 else "")


def _pile(kinds, many, span, total, brief):
    for end, kind, side in ((-1, kinds[-1], "right"), (0, kinds[0], "left")):
        beside = many[(np.abs(kinds - kind) <= span / 20) & (kinds != kind)].sum()
        if many[end] >= max(0.02 * total, 2, 2 * beside) and many[end] < total / 2:
            text = f"piled up at its {side} end"
            return text if brief else f"{text}: {many[end]:,} are {number(kind)}"
    return ""


@quiet
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
    rows = [f"{names[k]}: {number(centres[k])} ({number(lows[k])} to {number(highs[k])})" for k in range(len(names))]
    dots = [f"{names[k]}: {number(centres[k])}" for k in range(len(names))]
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


@quiet
def dots(values, xlabel="", vlines=None):
    """Describe rows of dots: the rows in the order of their means, and which lie wholly beside a named line."""
    rows = {key: floats(each).ravel() for key, each in named(values).items()}
    rows = {key: each[np.isfinite(each)] for key, each in rows.items()}
    known = {key: each for key, each in rows.items() if each.size}
    head = clause(name(xlabel), cost=USEFUL)
    if not known:
        return compose(head, [clause("no numbers", cost=POINT)])
    ranked = sorted(known, key=lambda key: known[key].mean())
    texts = [f"{key} {number(known[key].mean())}" for key in ranked]
    clauses = []
    for text, at in (vlines or {}).items():
        left = [key for key in ranked if known[key].max() < at]
        right = [key for key in ranked[::-1] if known[key].min() > at]
        sides = [
            (f"{len(some)} wholly {side} of it", some) for side, some in (("left", left), ("right", right)) if some
        ]
        line = f"line {name(text)} ({number(at)})"
        brief = ", ".join(many for many, _ in sides) or "dots of every row on both sides"
        options = [f"{line}: " + "; ".join(f"{many}: {listing(some, most)}" for many, some in sides) for most in (4, 3)]
        clauses.append(clause(*(options if sides else []), f"{line}: {brief}", cost=POINT, short=IMPORTANT))
    ends = f"smallest mean {texts[0]}, largest {texts[-1]}"
    clauses.append(clause(f"means: {', '.join(texts)}", ends, cost=IMPORTANT))
    width = max(known, key=lambda key: np.ptp(known[key]))
    spread = f"widest: {width}, {number(known[width].min())} to {number(known[width].max())}"
    clauses.append(clause(spread, cost=DETAIL))
    return compose(head, clauses)
