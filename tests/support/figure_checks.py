"""What nbval does not compare of a figure: the shape of one whose numbers are ignored, the picture of any other one."""

import base64
import difflib
import importlib.metadata
import io
import re
from pathlib import Path

import numpy as np
from PIL import Image

from helpers.plots import twin

CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints.txt"
SLIDER = "slider"
# A cell with this tag draws as many points or bars as came out, such as one for each run that succeeded.
COUNTS_VARY = "counts-vary"
SQUARE = 8  # pixels
# So much may the mean of a square change, of 255. Other rounding and another palette change it by up to 7, a shift by a
# tenth of a pixel by up to 14; a line of width 3 instead of 2.2, or one marker of another colour, by more than 20.
TOLERATED = 16
ROOM = 3  # pixels by which a picture may be wider or higher


def figure_fault(item):
    """Compare the stored figures of a cell with those that it has just drawn, where nbval does not.

    Args:
        item: nbval's test of a cell, after it ran without a fault.

    Returns:
        What differs, in words, or None. Only strict runs are compared; other data and other seeds run lax. A cell that
        was stored without having run, and one with sliders, whose figures are not stored, is not compared.
    """
    tags = item.cell.metadata.get("tags", [])
    if not item.parent.compare_outputs or item.cell.execution_count is None or SLIDER in tags:
        return None
    stored, drawn = figures(item.cell.outputs), figures(item.test_outputs)
    if len(stored) != len(drawn):
        return f"this cell stores {_count(stored)} and draws {_count(drawn)}"
    if item.options["check"] and not pinned():
        return None
    compare = picture_fault if item.options["check"] else shape_fault
    for number, (old, new) in enumerate(zip(stored, drawn, strict=True), start=1):
        if fault := compare(old, new, varying=COUNTS_VARY in tags):
            return f"figure {number} of {len(stored)} {fault}"
    return None


def figures(outputs):
    """The data of those outputs that are figures, a list of dicts from a kind to a text."""
    return [output["data"] for output in outputs or [] if "image/png" in output.get("data", {})]


def _count(found):
    return f"{len(found)} figure{'s' if len(found) != 1 else ''}"


def shape_fault(old, new, varying=False):
    """Where the shape of a figure differs from that of the stored one: the first line of each; None where nowhere."""
    shapes = [twin.shape_of("".join(each.get("text/plain", ""))).splitlines() for each in (old, new)]
    if varying:
        shapes = [[re.sub(r"\b\d+ (point|bar)s?\b", r"\1s", line) for line in shape] for shape in shapes]
    lines = list(difflib.ndiff(*shapes))
    gone, come = (next((line[2:].strip() for line in lines if line[:2] == mark), "nothing") for mark in ("- ", "+ "))
    if (gone, come) == ("nothing", "nothing"):
        return None
    return (
        "has another shape than the stored one. That this cell's numbers are ignored excuses other values, no other "
        f"panels, lines, labels, looks and counts.\n  stored: {gone}\n  drawn:  {come}"
    )


def picture_fault(old, new, varying=False):
    """How a picture differs from the stored one whose text is the same; None where they look the same."""
    try:
        pictures = [_pixels(each["image/png"]) for each in (old, new)]
    except (OSError, ValueError):
        return "is stored, or drawn, as a picture that cannot be read"
    sizes = [each.shape[:2] for each in pictures]
    hint = (
        "Its text is the same, so helpers/plots draws it otherwise: run make render for this notebook and look at it."
    )
    if np.abs(np.subtract(*sizes)).max() > ROOM:
        (height, width), (new_height, new_width) = sizes
        return f"is {new_width} x {new_height} pixels large, the stored one {width} x {height}. {hint}"
    changes = square_changes(*pictures)
    if changes.max(initial=0) <= TOLERATED:
        return None
    row, column = np.argwhere(changes > TOLERATED)[0] * SQUARE
    return (
        f"looks otherwise than the stored one in {np.sum(changes > TOLERATED)} of {changes.size} squares of {SQUARE} x "
        f"{SQUARE} pixels, the first one at row {row}, column {column}. {hint}"
    )


def square_changes(one, other):
    """The mean difference of two pictures in each square of some pixels, from the upper left corner on."""
    height, width = (min(sides) // SQUARE for sides in zip(one.shape[:2], other.shape[:2], strict=True))
    cut = np.s_[: height * SQUARE, : width * SQUARE]
    squares = np.abs(one[cut] - other[cut]).reshape(height, SQUARE, width, SQUARE, 3)
    return squares.mean(axis=(1, 3, 4))


def _pixels(png):
    """The pixels of a PNG written in base64, an array of shape (height, width, 3)."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode("".join(png)))).convert("RGB"), dtype=float)


def pinned():
    """Whether Matplotlib is the one of constraints.txt: others smooth lines and letters otherwise."""
    wanted = re.search(r"^matplotlib==([^\s;]+)", CONSTRAINTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return wanted is not None and wanted.group(1) == importlib.metadata.version("matplotlib")
