"""Words for numbers, and for how a series of numbers runs.

A figure describes itself to somebody who cannot see it. This module has what all descriptions share: numbers as people
write them, sentences that keep within a length, and phrases such as "swings around 0 and shrinks". Each phrase has a
definition that can be computed, so that a description never claims more than the numbers say.
"""

import functools
import re
from itertools import pairwise
from typing import NamedTuple

import numpy as np

LIMIT = 250  # characters: longer texts are read out as a burden
LONGEST_NAME = 40  # of a curve, an axis, a picture; what is longer is shortened

# What it costs to lose a text; see `compose`.
TRIFLE, DETAIL, USEFUL, IMPORTANT, POINT = 0.5, 1, 2, 4, 8

TURN = 0.03  # share of a curve's own height from which on a turn counts
ALSO = 0.05  # and, where it is not alone, share of the picture's height
FLAT = 0.02  # share of a curve's own height within which it is said to stay
LITTLE = 0.1  # share of the picture's height below which a curve is nearly level
NEARLY = 0.005  # share of the picture's height below which a number is nearly 0


# ---- numbers ----


def floats(values):
    """Return numbers of any kind as an array of floats, NaN where one is masked."""
    return np.ma.filled(np.ma.asarray(values, float), np.nan)


def number(value):
    """Write a number with two significant digits, as people do.

    Whole numbers below 1,000 are written exactly, very small and very large ones as powers of ten: 0.31, 12, 397,
    1,200, −3.7, 1.2e−7. What is no number is called so.
    """
    value = float(value)
    if np.isnan(value):
        return "no number"
    sign = "−" if value < 0 else ""
    if np.isinf(value):
        return f"{sign}∞"
    value = abs(value)
    if value.is_integer() and value < 1000:
        return f"{sign}{value:.0f}" if value else "0"
    mantissa, exponent = f"{value:.1e}".split("e")
    exponent = int(exponent)
    if -4 <= exponent < 6:
        text = f"{float(f'{value:.1e}'):,.{max(0, 1 - exponent)}f}"
        return sign + (text.rstrip("0").rstrip(".") if "." in text else text)
    return f"{sign}{mantissa.removesuffix('.0')}e{exponent}".replace("-", "−")


def signed(value):
    """Write a number with its sign: +3.7, −1.6, 0."""
    text = number(value)
    return f"+{text}" if float(value) > 0 else text


def count(many, one, more=None):
    """Write an exact number of things: 1 point, 1,797 points, 2 ways round."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def percent(part, whole):
    """Write a share in whole per cent, 100 % and 0 % only where it is all or nothing."""
    share = part / whole
    rounded = int(np.clip(round(100 * share), 0 if part == 0 else 1, 100 if part == whole else 99))
    return f"{rounded} %"


def place(point):
    """Write where a point lies: (0.38, −0.31)."""
    return "(" + ", ".join(number(each) for each in point) + ")"


def times(many):
    """Write how often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(many, f"{many:,} times")


# ---- texts ----


def name(text, most=LONGEST_NAME):
    """Return a text in one line and not too long, to be used within a sentence."""
    return shorten(" ".join(str(text).split()), most)


def shorten(text, most):
    """Cut a text at a gap between words and end it with "…"; a number is never cut in two."""
    if len(text) <= most:
        return text
    cut, rest = text[: most - 1], text[most - 1 :]
    words = cut.rpartition(" ")[0] if not rest.startswith(" ") else cut
    if len(words) >= most / 2:
        cut = words
    elif re.match(r"[\d.,e−-]", rest):
        cut = re.sub(r"[\d.,e−-]+$", "", cut)
    return cut.rstrip(" ,;:(") + "…"


def quiet(describe):
    """Let a description compute with numbers that are none, and with the largest there are, without a warning."""

    @functools.wraps(describe)
    def without_warnings(*args, **kwargs):
        with np.errstate(all="ignore"):
            return describe(*args, **kwargs)

    return without_warnings


def named(values):
    """Return a dict with names fit for a sentence; what is no dict gets the name ""."""
    return {name(key): each for key, each in values.items()} if isinstance(values, dict) else {"": values}


def listing(texts, most=4):
    """Write a list as people do: "a", "a and b", "a, b and c", "a, b and 5 more"."""
    texts = [str(text) for text in texts]
    if len(texts) > most:
        texts = [*texts[: most - 1], f"{len(texts) - most + 1} more"]
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def common_words(texts):
    """Return what all texts begin with, up to a gap between words."""
    same = 0
    while all(same < len(text) and text[same] == texts[0][same] for text in texts):
        same += 1
    return texts[0][: texts[0].rfind(" ", 0, same) + 1]


def without_common(texts):
    """Leave a common beginning, up to a gap between words, with the first text only: "epoch 0", "10", "20"."""
    texts = [str(text) for text in texts]
    if len(texts) < 3:
        return texts
    common = common_words(texts)
    if len(set(texts)) < len(texts) or any(len(text) == len(common) for text in texts):
        return texts
    return [texts[0], *(text[len(common) :] for text in texts[1:])]


def clause(*texts, cost=USEFUL, short=DETAIL):
    """Return a clause for `compose` from texts, the longest first.

    Args:
        *texts: the same thing said at length and shortly.
        cost: what is lost with the last, shortest text.
        short: what is lost when only the last text is left. Each step before that loses a `DETAIL`.
    """
    texts = list(dict.fromkeys(text for text in texts if text))
    costs = [*[DETAIL] * (len(texts) - 2), short, cost][-len(texts) :] if texts else []
    return list(zip(texts, costs, strict=True))


def over(ylabel, xlabel):
    """Return the head of a chart for `compose`: what stands upright over what runs across."""
    ylabel, xlabel = name(ylabel, 60), name(xlabel, 60)
    return clause(f"{ylabel} over {xlabel}" if xlabel and ylabel else "", ylabel or xlabel, cost=USEFUL)


def compose(head, clauses, limit=LIMIT):
    """Make a sentence of clauses that keeps within a limit.

    While it is too long, the text that costs least to lose (of several, the longest) is replaced by the next shorter
    text of its clause, or left out where there is none; in the end, what fits again comes back. Only a single text
    that is still too long is cut, by `shorten`.

    Args:
        head: a clause, what the figure shows, before the colon; may be empty.
        clauses: list of clauses; each is a list of pairs (text, what it costs to replace it), the longest first.
        limit: the largest number of characters.

    Returns:
        The sentence.
    """
    clauses = [[*each, ("", np.inf)] for each in [head, *clauses]]
    at = [0] * len(clauses)
    lost = []
    while len(_sentence(clauses, at)) > limit:
        if sum(len(each) - 1 - k for each, k in zip(clauses, at, strict=True)) <= 1:
            break
        now = [each[k] for each, k in zip(clauses, at, strict=True)]
        cheapest = min(range(len(now)), key=lambda place: (now[place][1], -len(now[place][0]), -place))
        at[cheapest] += 1
        lost.append(cheapest)
    # The last text that was lost may have been much longer than needed: take back what fits again, the dearest first.
    for back in reversed(lost):
        longer = [k - (each == back) for each, k in enumerate(at)]
        if len(_sentence(clauses, longer)) <= limit:
            at = longer
    return shorten(_sentence(clauses, at), limit)


def _sentence(clauses, at):
    head, *rest = [each[k][0] for each, k in zip(clauses, at, strict=True)]
    body = "; ".join(text for text in rest if text)
    return (f"{head}: {body}" if head and body else head or body).rstrip(".") + "."


# ---- how a series of numbers runs ----


class Series(NamedTuple):
    """A series as it is drawn, from left to right, without what is no number.

    Attributes:
        x, y: the numbers.
        across, up: the same as lengths in the picture: their logarithms where the axis is logarithmic.
        extent: the height of the picture in numbers; 0 on a logarithmic axis, where nothing is nearly 0.
        end_of_numbers: the first x from which on there are no numbers, or None.
    """

    x: np.ndarray
    y: np.ndarray
    across: np.ndarray
    up: np.ndarray
    extent: float = 0.0
    end_of_numbers: float | None = None


def series(x, y, xscale="linear", yscale="linear"):
    """Return the :class:`Series` of two lists of numbers; a logarithmic axis shows positive numbers only."""
    x, y = floats(x), floats(y)
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    # 1e150 and more would overflow in a difference or a square
    shown = (np.abs(x) < 1e150) & (np.abs(y) < 1e150)
    shown &= (x > 0) | (xscale != "log")
    shown &= (y > 0) | (yscale != "log")
    last = np.flatnonzero(shown)[-1] if shown.any() else -1
    end = x[last + 1] if 0 <= last < len(x) - 1 and np.isfinite(x[last + 1]) else None
    x, y = x[shown], y[shown]
    if xscale != "log":  # what is 0 but for the rounding of the machine
        x = np.where(np.abs(x) <= 1e-9 * np.abs(x).max(initial=0), 0.0, x)
    across, up = (np.log10(each) if scale == "log" else each for each, scale in ((x, xscale), (y, yscale)))
    extent = np.abs(y).max(initial=0) if yscale != "log" else 0.0
    return Series(x, y, across, up, extent, end)


def turns(up, least):
    """Return the indices at which a series turns, its first and last index included.

    A turn counts if the series goes back from it by more than ``least``. Between two turns it leads from one to the
    other, perhaps with smaller ups and downs on the way.
    """
    found, low, high, way = [0], 0, 0, 0
    for k in range(len(up)):
        if way >= 0 and up[k] > up[high]:
            high = k
        if way <= 0 and up[k] < up[low]:
            low = k
        if way >= 0 and up[high] - up[k] > least:
            found += [high] if way else []
            way, low = -1, k
        elif way <= 0 and up[k] - up[low] > least:
            found += [low] if way else []
            way, high = 1, k
    return found if found[-1] == len(up) - 1 else [*found, len(up) - 1]


def phrases(line, height=0.0):
    """Say how a series runs, from left to right.

    * "stays at": all numbers are the same.
    * "nearly level": they differ by at most a tenth (`LITTLE`) of the picture's height.
    * "rises", "falls": it never goes back by more than `TURN` of its own height, or `ALSO` of the picture's height;
      "steadily": it never goes back at all;
      "in a straight line": it keeps within `TURN` of its height to the straight line between its ends; "fast at first",
      "slowly at first": half of the way is made in the first, or in the last, quarter of the width.
    * "jumps": one step of a dozen or more makes half of the way, and before and after it stays.
    * "stays ... until", "by ... and stays there": over a tenth of the width or more it keeps within `FLAT` of its own
      height to its first, or to its last, number.
    * "swings": at least four ways up and down in turn, over half of the width or more; "evenly": the longest is at most
      1.15 times as long as the shortest; "and shrinks": none is longer than the one before, and the last at most 0.8
      times the first; "further and further": the same, backwards.
    * "falls ..., then rises ...": up to four such ways, each with its end.
    * "goes up and down": more ways than that. "falls from ..., then goes up and down between": all numbers from there
      on, half of the width or more, lie in at most half of the height, and the first number outside; "stays near": they
      lie within `TURN` of its height.

    Args:
        line: a :class:`Series`.
        height: the height of the whole picture, as a length in it; 0 where the series is alone.

    Returns:
        List of phrases without a subject, the longest first.
    """
    if len(line.x) == 0:
        return ["has no numbers"]
    texts = _phrases(line, height)
    if line.end_of_numbers is not None:
        texts = [f"{text}; no numbers from {number(line.end_of_numbers)} on" for text in texts] + texts[-1:]
    return texts


def _phrases(line, height):
    up, own = line.up, np.ptp(line.up)
    if own == 0:
        first = level(line.y[0], line)
        return [f"stays at {first}" if len(up) > 1 else f"is {first} at {number(line.x[0])}"]
    found = turns(up, max(TURN * own, ALSO * height))
    if own <= LITTLE * height:
        return _nearly_level(line, found)
    plain = _swing(line, found) or (_jump(line) if len(found) == 2 else "")
    if plain:
        return [plain]
    if len(found) <= 5:
        return _ways(line, found)
    return _up_and_down(line)


def level(value, line):
    """Write a height; "nearly 0" if it is a small part of the highest one in a picture with a plain axis."""
    return "nearly 0" if 0 < abs(value) < NEARLY * line.extent else number(value)


def _from_to(line, first, last):
    """Write "from 5 to 0.84", or "by 0.3 from 1,000" where two digits would not show the difference."""
    start, end = level(line.y[first], line), level(line.y[last], line)
    if start == end:
        return f"by {number(abs(line.y[last] - line.y[first]))} from {start}"
    return f"from {start} to {end}"


def _between(line, chosen=slice(None)):
    low, high = (level(each, line) for each in (line.y[chosen].min(), line.y[chosen].max()))
    return f"between {low} and {high}" if low != high else f"at about {low}"


def _verb(line, first, last):
    return "rises" if line.up[last] > line.up[first] else "falls"


def _nearly_level(line, found):
    if len(found) == 2 and level(line.y[0], line) != level(line.y[-1], line):
        return [f"{_verb(line, 0, -1)} a little, {_from_to(line, 0, -1)}", f"nearly level, {_from_to(line, 0, -1)}"]
    return [f"stays nearly level, {_between(line)}", f"nearly level, {_between(line)}"]


def _swing(line, found):
    """Return what the first stretch of swings is like, or nothing where there is none; see `phrases`."""
    up, across = line.up, line.across
    for skip in range(4):
        for stop in (len(found), len(found) - 1):
            some = found[skip:stop]
            if len(some) < 5 or across[some[-1]] - across[some[0]] < 0.5 * np.ptp(across):
                continue
            kind = _kind_of_swing(np.abs(np.diff(up[some])))
            if kind is None:
                continue
            text = _swing_text(line, some, kind)
            if skip and abs(up[0] - up[found[skip]]) > 1.15 * abs(up[some[1]] - up[some[0]]):
                text = f"{_verb(line, 0, found[skip])} {_from_to(line, 0, found[skip])}, then {text}"
            return text
    return ""


def _kind_of_swing(lengths):
    if lengths.max() <= 1.15 * lengths.min():
        return "even"
    for kind, ordered in (("shrinking", lengths), ("growing", lengths[::-1])):
        if np.all(np.diff(ordered) <= 1e-9 * ordered[0]) and ordered[-1] <= 0.8 * ordered[0]:
            return kind
    return None


def _swing_text(line, some, kind):
    ends = line.up[some]
    lengths = np.abs(np.diff(ends))
    if kind == "even":
        return f"swings evenly {_between(line, some)}"
    if kind == "growing":
        return f"swings further and further, at last {_between(line, some[-2:])}"
    # What a swing that shrinks by the same share each time comes to rest at.
    share = lengths[-2] / lengths[-3]  # the last way may have been cut off by the end of the picture
    rest = ends[-3] + (ends[-2] - ends[-3]) / (1 + share)
    if not np.array_equal(line.up, line.y):  # on a logarithmic axis, where nothing swings around 0
        return f"swings around {number(10**rest)} and shrinks"
    rest = 0.0 if abs(rest) < FLAT * np.ptp(line.y) else rest
    return f"swings around {number(rest)} and shrinks"


def _jump(line):
    """Return that the series jumps, or nothing where it does not; see `phrases`."""
    steps = np.abs(np.diff(line.up))
    at = int(steps.argmax())
    before, after = line.up[: at + 1], line.up[at + 1 :]
    flat = FLAT * np.ptp(line.up)
    if len(steps) < 12 or steps[at] < 0.5 * np.ptp(line.up) or np.ptp(before) > flat or np.ptp(after) > flat:
        return ""
    return f"jumps {_from_to(line, at, at + 1)} at {number(line.x[at + 1])}"


def _flat_ends(line):
    """Return until which and from which index on a series stays; None where it does not stay for long enough."""
    up, across = line.up, line.across
    flat, wide = FLAT * np.ptp(up), 0.1 * np.ptp(across)
    first = int(np.argmax(np.append(np.abs(up - up[0]) > flat, True))) - 1
    last = len(up) - int(np.argmax(np.append(np.abs(up - up[-1])[::-1] > flat, True)))
    return (
        first if across[first] - across[0] >= wide and wide else None,
        last if across[-1] - across[last] >= wide and wide else None,
    )


def _ways(line, found):
    """Say each way of up to four, with its end, and where the series stays before the first or after the last."""
    start, end = _flat_ends(line)
    verbs = [_verb(line, first, last) for first, last in pairwise(found)]
    ends = [f"to {level(line.y[k], line)}" for k in found[1:]]
    places = [f" at {number(line.x[k])}" for k in found[1:-1]]
    tail = "" if end is None else f" by {number(line.x[end])} and stays there"
    steps = [f"{verb} {text}{where}" for verb, text, where in zip(verbs, ends, [*places, tail], strict=True)]
    short = [f"{verb} {text}{where}" for verb, text, where in zip(verbs, ends, [*places, ""], strict=True)]
    if len(found) == 2:
        step = f"{verbs[0]}{_manner(line, end)} {_from_to(line, 0, -1)}"
        whole, brief = step + tail, f"{verbs[0]} {_from_to(line, 0, -1)}"
    else:
        begin = f"from {level(line.y[0], line)} "
        whole = _then([steps[0].replace(" to ", f" {begin}to ", 1), *steps[1:]])
        brief = _then(short)
    if start is not None:
        whole = _then([f"stays at {level(line.y[0], line)} until {number(line.x[start])}", *steps])
    lowest = [k for k, verb in zip(found[1:-1], verbs, strict=False) if verb == "falls"]
    if len(lowest) == 2 and len(found) >= 5:
        between = next(k for k in found if lowest[0] < k < lowest[1])
        (one, two), hill = (f"{level(line.y[k], line)} at {number(line.x[k])}" for k in lowest), between
        whole = f"has two valleys, {one} and {two}, and between them a hill, {level(line.y[hill], line)} at "
        whole += number(line.x[hill])
        brief = f"has two valleys, {one} and {two}"
    return [whole, brief]


def _then(steps):
    return ", ".join(steps[:-1]) + (", then " if len(steps) > 1 else "") + steps[-1]


def _manner(line, end):
    """Return how a series rises or falls; see `phrases`."""
    up, across = line.up, line.across
    if np.ptp(across) == 0:
        return ""
    wide, high = (across - across[0]) / np.ptp(across), (up - up[0]) / (up[-1] - up[0] or 1)
    if len(up) > 2 and np.abs(high - wide).max() <= TURN:
        return " in a straight line" + _factor(line)
    text = " steadily" if len(up) > 2 and np.all(np.diff(high) >= 0) else ""
    if end is None and np.interp(0.25, wide, high) >= 0.5:
        text += ", fast at first," if text else " fast at first"
    elif np.interp(0.75, wide, high) <= 0.5:
        text += ", slowly at first," if text else " slowly at first"
    return text


def _factor(line):
    """Return by which factor a straight line on a logarithmic upright axis changes for each 1 to the right."""
    if line.up is line.y or line.across is not line.x:
        return ""
    with np.errstate(over="ignore"):
        factor = 10 ** ((line.up[-1] - line.up[0]) / (line.x[-1] - line.x[0]))
    return f", times {number(factor)} for each 1," if 0 < factor < np.inf else ""


def _up_and_down(line):
    """Say between which numbers a series goes up and down, and how it came there; see `phrases`."""
    up, across = line.up, line.across
    own = np.ptp(up)
    half = int(np.argmax(across >= across[0] + 0.5 * np.ptp(across)))
    low, high = up[half:].min(), up[half:].max()
    begin = len(up) - int(np.argmax(np.append((up < low)[::-1] | (up > high)[::-1], True)))
    restless = f"goes up and down {_between(line, slice(begin, None))}"
    if high - low <= 0.5 * own and begin > 0 and (up[0] < low or up[0] > high):
        way = "falls" if up[0] > high else "rises"
        peak = int(up.argmax() if way == "falls" else up.argmin())
        start = f"{way} from {level(line.y[0], line)}"
        if abs(up[peak] - up[0]) > TURN * own:
            way = "rises" if way == "falls" else "falls"
            start = f"{way} from {level(line.y[0], line)} to {level(line.y[peak], line)} at {number(line.x[peak])}"
        if high - low <= TURN * own:
            calm = len(up) - int(np.argmax(np.append((np.abs(up - up[-1]) > TURN * own)[::-1], True)))
            end = f"stays near {level(line.y[-1], line).removeprefix('nearly ')}"
            return [f"{start}, goes up and down, from {number(line.x[calm])} on {end}", f"{start}, then {end}"]
        return [f"{start}, from {number(line.x[begin])} on {restless}", f"{start}, then {restless}"]
    if abs(up[-1] - up[0]) >= 0.5 * own:
        text = f"{_verb(line, 0, -1)} {_from_to(line, 0, -1)}"
        return [f"{text}, up and down on the way", text]
    return [f"goes up and down {_between(line)}"]
