"""The learner's own copies of the notebooks, and JupyterLab in front of them: ``python -m helpers.lab``.

``notebooks/`` belongs to the course, ``my_course/`` to the learner. There lies a copy of every notebook without
outputs, so that no answer stands on the screen before it is asked for. An update of the course replaces the copies that
nobody worked on, and never one that somebody did.

Whether somebody did, a copy tells by itself: its metadata hold a fingerprint of the types and sources of its cells as
they were laid. Running, folding and saving do not change these. A new copy is written whole beside the old one and then
takes its name in one step, so neither a full disk nor an interruption leaves half a notebook.

Only the standard library is used here, besides JupyterLab to start it: the branch ``learn`` is made without installing
anything (tools/publish_learn.py).
"""

import argparse
import contextlib
import copy
import datetime
import errno
import hashlib
import itertools
import json
import os
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "my_course"
FIRST = "00_start_here"
COMMAND = "python -m helpers.lab"
# The place of our marks in a copy's metadata.
MARKS = "course"
# How the name of a file ends that is still being written, and after how many seconds nobody writes it any more.
UNFINISHED, ABANDONED = ".unfinished", 3600
FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
README = f"""# Your own copies of the course

Work here. `{FOLDER}/` belongs to you: the notebooks in it are copies, without outputs, of those in `notebooks/`.

* `git pull` and other updates of the course never meet these files. After an update `make lab` (or
  `{COMMAND}`) replaces the copies that you did not change, and leaves alone those that you did.
* To take the new version of a notebook that you worked on:
  `{COMMAND} --take-new 03_gradient_descent`. Yours stays beside it, under another name.
* Only `git clean -fdX`, which deletes what git ignores, would delete this folder. A copy of the folder elsewhere is a
  backup.
"""


class LabError(Exception):
    """What stands in the way, in a sentence or two for the learner."""


class State(Enum):
    """What lies in the learner's folder under the name of a notebook."""

    MISSING = "nothing"
    CURRENT = "an untouched copy of the course's version"
    OLD = "an untouched copy of an older version"
    WORKED_ON = "a copy that was changed"
    UNREADABLE = "a file that is no notebook"
    OTHER = "a folder or a link"


# --- a notebook --------------------------------------------------------------------------------------------


def source(cell: dict) -> str:
    """Return the text of a cell: a file may hold it as a list of lines."""
    return "".join(cell.get("source", ""))


def without_outputs(notebook: dict) -> dict:
    """Return a copy of a notebook as if it had never been run."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return notebook


def digest(value: object) -> str:
    """Return the SHA-256 of a value of JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def fingerprint(notebook: dict) -> str:
    """Return the digest of what a learner can work on: types and sources of the cells, in order.

    Empty cells do not count: JupyterLab adds one when the last cell is run.
    """
    cells = notebook["cells"]
    return digest([[cell["cell_type"], source(cell)] for cell in cells if source(cell).strip()])


def edition(notebook: dict) -> str:
    """Return the digest of a notebook of the course, outputs aside."""
    return digest(without_outputs(notebook))


def to_bytes(notebook: dict) -> bytes:
    """Return a notebook as Jupyter stores it."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def new_copy(notebook: dict) -> bytes:
    """Return the learner's copy of a notebook: without outputs, with the marks that tell later whether it changed."""
    laid = without_outputs(notebook)
    laid["metadata"][MARKS] = {"fingerprint": fingerprint(notebook), "edition": edition(notebook)}
    return to_bytes(laid)


def read(path: Path) -> dict:
    """Read a notebook.

    Raises:
        ValueError: When the file holds something else.
        OSError: When it cannot be read at all.
    """
    notebook = json.loads(path.read_bytes())
    try:
        sound = notebook["nbformat"] == 4 and isinstance(notebook["metadata"], dict)
        sound = sound and all(isinstance(cell["cell_type"] + source(cell), str) for cell in notebook["cells"])
    except (KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise ValueError(f"{path.name} is no notebook")
    return notebook


# --- files -------------------------------------------------------------------------------------------------


def look(path: Path) -> tuple | None:
    """Return what changes when somebody else writes this file; None when there is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextlib.contextmanager
def written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """Hold the content in a file in the same folder, safely on the disk, for as long as nothing took it away."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def put(path: Path, content: bytes, seen: tuple | None) -> bool:
    """Give a name its new content in one step, unless somebody wrote it since it was looked at; say whether."""
    with written_beside(path, content) as beside:
        if look(path) != seen:
            return False
        os.replace(beside, path)
    return True


def put_aside(path: Path, content: bytes, today: datetime.date) -> str:
    """Give a name its new content, and what it had before another name, which is returned. Nothing is overwritten."""
    with written_beside(path, content) as beside:
        for number in itertools.count(1):
            more = f", {number}" if number > 1 else ""
            kept = path.with_name(f"{path.stem} (mine, {today.isoformat()}{more}){path.suffix}")
            if not os.path.lexists(kept):
                break
        os.rename(path, kept)
        try:
            os.replace(beside, path)
        except OSError:
            os.rename(kept, path)
            raise
    return kept.name


def remove_abandoned(folder: Path) -> None:
    """Remove the unfinished files of an update that was killed; a younger one may belong to another that runs now."""
    for path in folder.glob(f".*.ipynb.*{UNFINISHED}"):
        with contextlib.suppress(OSError):
            if time.time() - path.lstat().st_mtime > ABANDONED:
                path.unlink()


@contextlib.contextmanager
def told_plainly(name: str) -> Iterator[None]:
    """Turn an error of the file system into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            why = "the disk is full. Make room and start this again"
        elif error.errno in READ_ONLY:
            why = f"{FOLDER}/, or this file in it, is read-only for you"
        else:
            why = error.strerror or str(error)
        raise LabError(f"{name} could not be written: {why}. None of your notebooks was changed by this.") from error


# --- the copies --------------------------------------------------------------------------------------------


@dataclass
class Report:
    """What an update did, by the names of the notebooks."""

    known: bool = True  # was the folder there before?
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    run_before: list[str] = field(default_factory=list)  # of the replaced ones
    newer: list[str] = field(default_factory=list)  # worked on, and the course has another version
    kept: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Return what the learner is told."""
        told = []
        if self.added and not self.known:
            told.append(f"{FOLDER}/ now holds {len(self.added)} notebooks for you to work in, without outputs.")
        elif self.added:
            told.append(f"New in {FOLDER}/: {', '.join(self.added)}.")
        if self.replaced:
            told.append(f"Updated, because you had not changed them: {', '.join(self.replaced)}.")
        if self.run_before:
            told.append(f"Outputs went with that from {', '.join(self.run_before)}: run the cells again.")
        for name, kept in self.kept.items():
            told.append(f"{name} is the course's version now; what was there before is kept as {kept!r}.")
        if self.newer:
            told.append(
                f"Left alone, because you worked on them: {', '.join(self.newer)}. The course has other versions; "
                f"`{COMMAND} --take-new {' '.join(self.newer)}` takes them and keeps yours under another name."
            )
        return told + self.remarks


def state_of(path: Path, notebook: dict) -> State:
    """Say what lies under the name of a notebook of the course."""
    if not os.path.lexists(path):
        return State.MISSING
    if path.is_symlink() or not path.is_file():
        return State.OTHER
    try:
        mine = read(path)
    except (ValueError, OSError, RecursionError):
        return State.UNREADABLE
    marks = mine["metadata"].get(MARKS)
    marks = marks if isinstance(marks, dict) else {}
    if marks.get("fingerprint") != fingerprint(mine):
        return State.WORKED_ON
    return State.CURRENT if marks.get("edition") == edition(notebook) else State.OLD


def is_newer(path: Path, notebook: dict) -> bool:
    """Say whether the course has another version than the one that a changed copy came from, or than its text."""
    mine = read(path)
    marks = mine["metadata"].get(MARKS)
    same_text = fingerprint(mine) == fingerprint(notebook)
    return not same_text and not (isinstance(marks, dict) and marks.get("edition") == edition(notebook))


def was_run(path: Path) -> bool:
    """Say whether a copy holds outputs."""
    return any(cell.get("outputs") for cell in read(path)["cells"])


def chosen(names: Iterable[str], notebooks: list[str]) -> set[str]:
    """Return the notebooks that are named: ``03``, ``03_gradient_descent``, with or without folder and ``.ipynb``.

    Raises:
        LabError: When the course has no such notebook.
    """
    found = set()
    for name in names:
        wanted = Path(name).name.removesuffix(".ipynb")
        matching = {stem for stem in notebooks if stem == wanted or stem.startswith(f"{wanted}_")}
        if not matching:
            raise LabError(f"The course has no notebook {name!r}. It has: {', '.join(notebooks)}.")
        found |= matching
    return found


def bring_up_to_date(
    root: Path, report: Report, take_new: Iterable[str] = (), today: datetime.date | None = None
) -> None:
    """Lay new copies, and replace those that nobody worked on; what was done goes into the report as it is done.

    Args:
        root: The course's folder.
        report: Where to write what was done, so that it can also be told after an interruption.
        take_new: Notebooks whose new version is taken in any case; what the learner has is kept under another name.
        today: The day that such a name holds.

    Raises:
        LabError: When something stands in the way; what was done before stays.
    """
    course = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    if not course:
        raise LabError(f"There are no notebooks in {root / 'notebooks'}: start this in the course's folder.")
    taken = chosen(take_new, list(course))
    folder = root / FOLDER
    report.known = os.path.lexists(folder)
    if report.known and (folder.is_symlink() or not folder.is_dir()):
        raise LabError(f"{FOLDER} is in the way: it must be a folder, and no link. Give it another name.")
    with told_plainly(f"{FOLDER}/"):
        folder.mkdir(exist_ok=True)
    remove_abandoned(folder)
    with told_plainly(f"{FOLDER}/README.md"):
        if not os.path.lexists(folder / "README.md"):
            put(folder / "README.md", README.encode(), None)
    for stem, path in course.items():
        try:
            notebook = read(path)
        except (ValueError, OSError):
            report.remarks.append(
                f"The course's own notebooks/{path.name} cannot be read, so nothing was done about your copy. "
                f"`git checkout notebooks/{path.name}` brings it back."
            )
            continue
        with told_plainly(f"{FOLDER}/{path.name}"):
            lay(folder / path.name, notebook, report, today if stem in taken else None)


def lay(path: Path, notebook: dict, report: Report, take_on: datetime.date | None) -> None:
    """Bring one copy up to date, or leave it alone; `take_on` is the day when the new version is taken in any case."""
    stem, seen = path.stem, look(path)
    state = state_of(path, notebook)
    if state is State.CURRENT:
        return
    if state in (State.MISSING, State.OLD):
        run_before = state is State.OLD and was_run(path)
        if put(path, new_copy(notebook), seen):
            (report.added if state is State.MISSING else report.replaced).append(stem)
            report.run_before += [stem] * run_before
        else:
            report.remarks.append(f"{stem} was saved while this ran, so it was left alone.")
    elif take_on:
        report.kept[stem] = put_aside(path, new_copy(notebook), take_on)
    elif state is State.WORKED_ON:
        report.newer += [stem] * is_newer(path, notebook)
    else:
        what = "is a folder or a link" if state is State.OTHER else "cannot be read as a notebook"
        report.remarks.append(
            f"{FOLDER}/{path.name} {what} and was left alone; `{COMMAND} --take-new {stem}` keeps it under another "
            "name and lays a new copy."
        )


# --- JupyterLab --------------------------------------------------------------------------------------------


def start(root: Path, options: list[str]) -> None:
    """Start JupyterLab in the course's folder, with the first notebook open; returns when it ends.

    Raises:
        LabError: When JupyterLab is not installed.
    """
    try:
        from jupyterlab.labapp import LabApp  # noqa: PLC0415 - only who starts it needs it
    except ImportError:
        raise LabError(
            f"JupyterLab is not installed in this Python ({sys.executable}): `make lab` installs it, README.md tells "
            "how to do it without make."
        ) from None
    # The course's folder, not the copies' own: links to ../data lead nowhere outside of it.
    own = [f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{FOLDER}/{FIRST}.ipynb"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        own.append("--allow-root")  # as in most containers
    LabApp.launch_instance(argv=own + options)


def command_line(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog=COMMAND,
        description=f"Lay your own copies of the notebooks into {FOLDER}/ and open them in JupyterLab.",
        epilog="What follows -- goes to JupyterLab: -- --no-browser --port=9999",
    )
    parser.add_argument("--copies-only", action="store_true", help="bring the copies up to date and start nothing")
    parser.add_argument(
        "--take-new",
        nargs="+",
        default=[],
        metavar="NOTEBOOK",
        help="take the course's version of these, such as 03 or 03_gradient_descent; yours is kept under another name",
    )
    parser.add_argument("options", nargs="*", metavar="-- OPTION", help="options of JupyterLab")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command line and return the exit code."""
    chosen_options = command_line(arguments)
    report, problem = Report(), ""
    try:
        bring_up_to_date(root, report, chosen_options.take_new, datetime.date.today())
    except LabError as error:
        problem = str(error)
    except KeyboardInterrupt:
        problem = "Interrupted. Nothing of yours is lost, and the next start goes on from here."
    told = report.sentences()
    for sentence in told or ([] if problem else [f"{FOLDER}/ is up to date."]):
        print(sentence)
    if not problem and not chosen_options.copies_only:
        try:
            start(root, chosen_options.options)
        except LabError as error:
            problem = str(error)
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
