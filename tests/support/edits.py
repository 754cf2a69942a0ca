"""Edits: what a curious learner changes in a notebook, and what a generated change leaves alone.

A module of tests/edits, one for each notebook, holds them::

    from edits import Edit, Exempt

    EDITS = [Edit("sets the bias from -40 to -30", "cats-and-dogs", "-40", "-30")]
    EXCEPTIONS = [Exempt("plain-training", "epochs=5", "a longer training takes minutes")]

`make test-edits` makes each edit, and many generated ones, and runs the notebook: no cell may stop.
"""

import importlib.util
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "edits"
# In place of a cell's text in an exemption.
RUN_TWICE, RUN_AGAIN = "(run twice)", "(run again later)"


@dataclass(frozen=True)
class Edit:
    """One edit by hand.

    Attributes:
        what: what the learner does, a sentence without a subject: "sets the bias from -40 to -30".
        cell: the id of the cell.
        old: a piece of its text, which stands in it once.
        new: what takes its place.
    """

    what: str
    cell: str
    old: str
    new: str


@dataclass(frozen=True)
class Exempt:
    """What generated changes leave alone.

    Attributes:
        cell: the id of the cell.
        text: a piece of its text, which stands in it once: the numbers and lists in it stay. Or `RUN_TWICE`, or
            `RUN_AGAIN`.
        reason: why a learner who changes it may be refused, or why it would take too long.
    """

    cell: str
    text: str
    reason: str


@dataclass(frozen=True)
class ByHand:
    """What the module of one notebook says."""

    edits: list[Edit] = field(default_factory=list)
    exempt: list[Exempt] = field(default_factory=list)


def module_of(stem, folder=FOLDER):
    """The path of the module of a notebook, such as tests/edits/n01_perceptron.py."""
    return folder / f"n{stem}.py"


def load(path):
    """Read a module of edits; a file that is not there holds none."""
    if not path.exists():
        return ByHand()
    spec = importlib.util.spec_from_file_location(f"course_edits_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return ByHand(list(getattr(module, "EDITS", [])), list(getattr(module, "EXCEPTIONS", [])))
