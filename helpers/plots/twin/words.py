"""How a twin writes numbers, places, colours and strokes: shortly, and the same on every machine."""

import numpy as np
from matplotlib.colors import to_hex, to_rgba

ALL_SHOWN = 12  # so many numbers or places are written one by one; of more, some and what they have in common
SOME = 5


def number(value, scale=1.0):
    """Write a number with four digits, without what rounding noise would change.

    Args:
        value: a number, NaN and infinities included.
        scale: the size of the numbers that it was computed from. What is smaller than a billionth of it is 0.

    Returns:
        Text. A number that lies at the edge of two roundings, such as a mean of 0.12345, is rounded to eight digits
        first: else its last bit, which differs between machines, would decide.
    """
    value = float(value)
    if abs(value) < 1e-9 * max(1.0, scale):
        return "0"
    return f"{float(f'{value:.8g}'):.4g}"


def place(values, scale=1.0):
    """Write the numbers that belong to one place in parentheses, and a single one without."""
    texts = [number(value, scale) for value in values]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def floats(values):
    """Return an array of floats in which what is masked is NaN."""
    return np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)


def spread(values):
    """Tell between which numbers values lie, and their mean; what is no finite number is counted apart."""
    values = floats(values).ravel()
    finite = values[np.isfinite(values)]
    text = "no numbers"
    if finite.size:
        low, high = finite.min(), finite.max()
        text = f"between {number(low)} and {number(high)}, mean {number(finite.mean(), max(-low, high))}"
    odd = {"missing": np.isnan(values).sum(), "infinite": np.isinf(values).sum()}
    return text + "".join(f", {count} {what}" for what, count in odd.items() if count)


def rows(table, names):
    """Write rows of numbers: all of a few; of many, five of them and how each column is spread.

    Args:
        table: array of shape (n, k).
        names: the names of the k columns.
    """
    table = floats(table).reshape(-1, len(names))
    if len(table) <= ALL_SHOWN:
        return ", ".join(place(row) for row in table) or "none"
    some = ", ".join(place(table[k]) for k in np.arange(SOME) * (len(table) - 1) // (SOME - 1))
    columns = [f"{name} {spread(column)}".strip() for name, column in zip(names, table.T, strict=True)]
    return f"{some} among them; {'; '.join(columns)}"


def runs(texts, between=" "):
    """Write texts one after the other, equal neighbours once with their number; of many, how many differ."""
    texts = list(texts)
    starts = [k for k in range(len(texts)) if k == 0 or texts[k] != texts[k - 1]]
    if len(starts) > ALL_SHOWN:
        return f"{len(set(texts))} kinds from {texts[0]} to {texts[-1]}"
    if len(starts) == 1:
        return texts[0]
    lengths = np.diff([*starts, len(texts)])
    return between.join(texts[k] + (f" x{n}" if n > 1 else "") for k, n in zip(starts, lengths, strict=True))


def count(n, what):
    """Write how many there are: 1 point, 2 points."""
    return f"{n} {what}{'s' if n != 1 else ''}"


def color(value, alpha=None):
    """Write a colour in hex, with its opacity where it is not opaque."""
    rgba = to_rgba(value, alpha)
    return "none" if rgba[3] == 0 else to_hex(rgba, keep_alpha=rgba[3] < 1)


def colors(values):
    """Write the colours of the parts of an artist, an array of shape (n, 4); where there is none, "none"."""
    names = {each: color(each) for each in set(map(tuple, values))}  # naming each of a thousand faces takes time
    return runs(names[tuple(each)] for each in values) if len(values) else "none"


def quote(text):
    """Write a text in quotes; NumPy's kind of texts, too."""
    return repr(str(text))


def dashes(pattern):
    """Write a dash pattern ``(offset, lengths)``, whose lengths are None for a solid line."""
    offset, lengths = pattern
    if lengths is None:
        return "solid"
    return f"dashed {'-'.join(number(length) for length in lengths)}" + (f" from {number(offset)}" if offset else "")


def named(artist):
    """Return the artist's own label in quotes and a blank before it, or nothing where it has none."""
    label = str(artist.get_label())
    return "" if label.startswith("_") or label in ("", "None") else f" {quote(label)}"


def units(transform, ax):
    """Tell whether places are meant in the units of the axes, which is the usual case and not mentioned."""
    if ax is None:
        return " in shares of the figure"
    by_data = tuple(transform.contains_branch_seperately(ax.transData))
    words = {(True, False): " with y in shares of the panel", (False, True): " with x in shares of the panel"}
    return words.get(by_data, "" if by_data == (True, True) else " in shares of the panel")


def signed_area(polygon):
    """Return the signed area of a polygon, after the shoelace formula; holes count negative."""
    x, y = polygon.T
    return 0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))
