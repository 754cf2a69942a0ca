"""Change the notebooks as a curious learner would, and run them: `make test-edits`, or `tools/edit_notebooks.py 01 03`.

Every edit by hand of tests/edits is made, and changes generated from the code: numbers, seeds, lists, cells that run
twice or again. Many are made in one run of a notebook, drawn by a seed that is printed. No cell may raise an error,
take too long, or write to stderr anything but a warning of Python or NumPy at a line of its own. Where one does, parts
of the run are repeated with fewer changes, until the change that is to blame is found.
"""

import argparse
import builtins
import os
import queue
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from jupyter_client.manager import KernelManager
from working_copy import ROOT, chosen_notebooks, end_cleanly_when_asked

sys.path.insert(0, str(ROOT / "tests" / "support"))
from edits import ByHand, load, module_of
from notebook_changes import Change, Changes, runs_of
from notebook_rules import LEDGER, OLD_CONTRACT

# Where a warning may come from: a line of a cell; and whose it may be.
WARNINGS = {name for name, each in vars(builtins).items() if isinstance(each, type) and issubclass(each, Warning)}
WARNINGS -= {"UserWarning", "Warning"}  # those of other libraries
WARNINGS |= {"RankWarning", "ComplexWarning", "VisibleDeprecationWarning"}
AT_A_LINE = re.compile(r"\S*(?:ipykernel_\d+[/\\]\d+\.py|<ipython-input-[^>]*>):\d+: (\w+): .*")
AFTER_THE_END = 0.2  # seconds in which late words of the kernel still count


@dataclass(frozen=True)
class Step:
    """One execution of a cell: the `nth`, from 0 on, with this text."""

    cell: int
    nth: int
    source: str


@dataclass(frozen=True)
class Fault:
    """What went wrong in a step, in words."""

    cell: int
    nth: int
    words: str

    def is_in(self, step: Step) -> bool:
        """Say whether this is the step in which it showed."""
        return (self.cell, self.nth) == (step.cell, step.nth)


@dataclass
class Blamed:
    """A fault, and the changes that bring it about; none where the notebook shows it unchanged."""

    fault: Fault
    changes: list[Change]
    note: str = ""


# --- one run -----------------------------------------------------------------------------------------------


def steps_of(sources: dict[int, str], changes: Iterable[Change]) -> list[Step]:
    """Return the executions of a notebook's cells with some changes made, in their order."""
    texts, times, again = dict(sources), dict.fromkeys(sources, 1), {}
    for change in changes:
        if change.source is not None:
            texts[change.cell] = change.source
        times[change.cell] *= change.times
        if change.again_after is not None:
            again.setdefault(change.again_after, []).append(change.cell)
    steps, count = [], dict.fromkeys(sources, 0)
    for cell in sources:
        for index in [cell] * times[cell] + again.get(cell, []):
            steps.append(Step(index, count[index], texts[index]))
            count[index] += 1
    return steps


class Kernel:
    """A kernel of its own for one run of a notebook; used in a `with`."""

    def __init__(self, folder: Path, limit: float):
        """Set the folder in which it runs, and the seconds that a cell may take."""
        self.limit = limit
        # Two kernels share two cores: if each one's NumPy takes both, they wait for one another.
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        self.environment = {"COURSE_DATA": "embedded"} | threads | os.environ
        self.environment.pop("PYTEST_CURRENT_TEST", None)  # with it a kernel does not show what goes to descriptor 2
        self.folder = folder
        self.manager = KernelManager(kernel_name="python3")

    def __enter__(self) -> "Kernel":
        """Start it."""
        # What the process itself writes while it starts is not shown to a learner.
        self.manager.start_kernel(cwd=str(self.folder), env=self.environment, stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, source: str) -> tuple[str, bool]:
        """Execute a cell.

        Returns:
            What is wrong, empty for nothing, and whether the kernel can go on.
        """
        asked = self.client.execute(source, allow_stdin=False, stop_on_error=False)
        end, wrong, stderr = time.monotonic() + self.limit, [], ""
        while True:
            if time.monotonic() >= end:
                return f"takes too long: more than {self.limit:g} s", False
            try:
                message = self.client.get_iopub_msg(timeout=min(1, self.limit))
            except queue.Empty:
                if not self.manager.is_alive():
                    return "the kernel died", False
                continue
            kind, content = message["msg_type"], message["content"]
            own = message["parent_header"].get("msg_id") == asked
            if kind == "error":
                wrong.append(f"{content['ename']}: {content['evalue']}".strip().removesuffix(":"))
            elif kind == "stream" and content["name"] == "stderr":
                stderr += content["text"]
            elif kind == "status" and own and content["execution_state"] == "idle":
                return self._words(wrong, stderr), True

    def late(self) -> str:
        """What is written to stderr after the last cell."""
        text = ""
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=AFTER_THE_END)
            except queue.Empty:
                return self._words([], text)
            if message["msg_type"] == "stream" and message["content"]["name"] == "stderr":
                text += message["content"]["text"]

    @staticmethod
    def _words(errors: list[str], stderr: str) -> str:
        if rest := stray(stderr):
            errors = [*errors, f"writes to stderr: {rest}"]
        return "\n".join(errors)


def stray(stderr: str) -> str:
    """Return what was written to stderr that is no warning of Python or NumPy at a line of a cell."""
    kept, lines = [], stderr.splitlines()
    while lines:
        line = lines.pop(0)
        found = AT_A_LINE.fullmatch(line)
        if not found or found[1] not in WARNINGS:
            kept.append(line)
            continue
        # Its message may go on; the line of the cell, moved in, ends it.
        ends = [number for number, text in enumerate(lines) if text.startswith("  ")]
        del lines[: ends[0] + 1 if ends else 0]
    return "\n".join(kept).strip()


class OutOfTimeError(Exception):
    """The time for all of this is over."""


@dataclass
class Run:
    """What a run of a notebook gave."""

    steps: list[Step]
    faults: list[Fault]


def run(steps: list[Step], folder: Path, limit: float, end: float = float("inf")) -> Run:
    """Execute some cells in a kernel; go on after an error, but not after a cell that takes too long.

    Raises:
        OutOfTimeError: the time for all of this is over, and no cell had a fault until then.
    """
    faults = []
    with Kernel(folder, limit) as kernel:
        alive = True
        for number, step in enumerate(steps):
            kernel.limit = min(limit, end - time.monotonic())
            wrong, alive = kernel.run(step.source)
            if time.monotonic() >= end:
                if not faults:
                    raise OutOfTimeError
                return Run(steps[: number + 1], faults)
            if wrong:
                faults.append(Fault(step.cell, step.nth, wrong))
            if not alive:
                steps = steps[: number + 1]
                break
        if alive and steps and (wrong := kernel.late()):
            faults.append(Fault(steps[-1].cell, steps[-1].nth, wrong))
    return Run(steps, faults)


# --- one notebook ------------------------------------------------------------------------------------------


@dataclass
class Notebook:
    """One notebook, its changes put together into runs, and what came of them."""

    path: Path
    said: ByHand
    limit: float
    end: float = float("inf")
    waiting: list[list[Change]] = field(default_factory=list)
    done: list[Change] = field(default_factory=list)
    blamed: list[Blamed] = field(default_factory=list)
    seconds: float = 0.0
    longest: float = 0.0
    kernels: int = 0

    def __post_init__(self) -> None:
        """Read the notebook."""
        self.changes = Changes(nbformat.read(self.path, as_version=4), self.said)
        self.setup = min(self.changes.sources, default=0)
        self.broken, self.looked = set(), False  # cells with a fault without any change; whether that is known
        self._lock, self._looking = threading.Lock(), threading.Lock()

    def draw(self, seed: int) -> None:
        """Put the changes that a seed draws into runs; edits by hand are made with the first seed only."""
        rng = random.Random(f"{seed} {self.path.stem}")
        by_hand, self.changes.by_hand = self.changes.by_hand, {} if self.waiting else self.changes.by_hand
        self.waiting += runs_of(self.changes, rng)
        self.changes.by_hand = by_hand

    def settle(self, changes: list[Change]) -> None:
        """Run the notebook with some changes; blame one for each fault, and repeat the run without those."""
        left = list(changes)
        while True:
            found = self._run(left)
            first = self._first(found)
            if not first:
                break
            out = []
            for fault in first:
                # What one change brings about in several cells is told once.
                if not any(fault.cell in self.changes.affected_by(change) for change in out):
                    out += self._blame(fault, left)
            left = [change for change in left if change not in out]
            if not out or not left:
                break
        self.done += changes
        print(f"{self.path.stem}: {len(changes)} changes made, {len(self.waiting)} runs to go", flush=True)

    def _run(self, changes: list[Change], needed_by: Fault | None = None) -> Run:
        """Run the notebook with some changes; where a fault is named, only what its step depends on."""
        if time.monotonic() > self.end:
            raise OutOfTimeError
        steps = steps_of(self.changes.sources, changes)
        if needed_by:
            place = next((number for number, step in enumerate(steps) if needed_by.is_in(step)), None)
            if place is None:  # without its change the cell does not run that often
                return Run(steps, [])
            needed = self.changes.flow.needed([step.cell for step in steps], place)
            steps = [step for number, step in enumerate(steps) if number in needed or step.cell == self.setup]
        start = time.monotonic()
        result = run(steps, self.path.parent, self.limit, self.end)
        with self._lock:
            self.kernels += 1
            self.seconds += time.monotonic() - start
            self.longest = max(self.longest, time.monotonic() - start)
        return result

    def _first(self, found: Run) -> list[Fault]:
        """The faults of a run that do not follow from another one, and are not known from the unchanged notebook."""
        order = [step.cell for step in found.steps]
        places = {fault: next(n for n, step in enumerate(found.steps) if fault.is_in(step)) for fault in found.faults}
        needed = {fault: self.changes.flow.needed(order, place) for fault, place in places.items()}
        follows = {
            fault
            for fault in found.faults
            for other in found.faults
            if places[other] < places[fault] and (other.cell == fault.cell or places[other] in needed[fault])
        }
        return [fault for fault in found.faults if fault not in follows and fault.cell not in self.broken]

    def _blame(self, fault: Fault, changes: list[Change]) -> list[Change]:
        """Find the change that brings a fault about, note it, and return the changes that are settled with it."""
        suspects = [change for change in changes if fault.cell in self.changes.affected_by(change)] or changes
        try:
            if self._shows_unchanged(fault):
                return []
            guilty, shown = self._search(fault, suspects)
            if not guilty and suspects != changes:
                guilty, shown = self._search(fault, changes)
        except OutOfTimeError:
            self._note(fault, suspects, "one of these; no time to find out which")
            return suspects
        if not guilty:
            self._note(fault, suspects, "once, in a run with these changes, and not again with fewer of them")
            return suspects
        if len(guilty) > 1 and "takes too long" in shown.words:
            return guilty  # each alone is quick enough
        self._note(shown, guilty, "only together" if len(guilty) > 1 else "")
        return guilty

    def _note(self, fault: Fault, changes: list[Change], note: str) -> None:
        blamed = Blamed(fault, changes, note)
        with self._lock:
            self.blamed.append(blamed)
            print(f"{self.path.stem}\n{fault_told(self, blamed)}", flush=True)

    def _shows_unchanged(self, fault: Fault) -> bool:
        """Say whether the unchanged notebook has a fault in the same cell; the first time, tell all of those."""
        with self._looking:
            if not self.looked:
                found = self._run([])
                for other in self._first(found):
                    self._note(other, [], "without any change")
                self.broken, self.looked = {other.cell for other in found.faults}, True
        return fault.cell in self.broken

    def _search(self, fault: Fault, suspects: list[Change]) -> tuple[list[Change], Fault]:
        """Halve the changes as long as the fault shows.

        Returns:
            The smallest group found that brings the fault about, empty if not even all of them do, and the fault.
        """
        shown = self._shown(fault, suspects)
        if not shown:
            return [], fault
        while len(suspects) > 1:
            half = len(suspects) // 2
            for part in (suspects[:half], suspects[half:]):
                if again := self._shown(fault, part):
                    suspects, shown = part, again
                    break
            else:
                return self._together(fault, suspects, shown)
        return suspects, shown

    def _together(self, fault: Fault, group: list[Change], shown: Fault) -> tuple[list[Change], Fault]:
        """Take away one change after the other as long as the fault still shows."""
        for change in list(group):
            fewer = [other for other in group if other is not change]
            if again := self._shown(fault, fewer):
                group, shown = fewer, again
        return group, shown

    def _shown(self, fault: Fault, changes: list[Change]) -> Fault | None:
        """The fault as it shows with some changes only, in its own step or earlier on the way there."""
        return next(iter(self._run(changes, needed_by=fault).faults), None)


# --- all of them -------------------------------------------------------------------------------------------


def work(notebooks: list[Notebook], jobs: int) -> None:
    """Settle the waiting runs, `jobs` at a time, each time of the notebook that has had the least seconds.

    A run that would not end in time, after its notebook's longest one, stays waiting, and so does one that is cut off.
    The first run of a notebook has no other of it beside it: nobody knows yet how long it takes.
    """
    lock, begun = threading.Lock(), {number: [] for number in range(len(notebooks))}
    broken = []

    def cost(number: int) -> tuple[bool, float]:
        """Order notebooks by the seconds that they have had, those of the runs in progress as they are expected."""
        one, now = notebooks[number], time.monotonic()
        running = sum(max(one.longest, now - start) for start in begun[number])
        return bool(begun[number]) and not one.longest, one.seconds + running

    def worker() -> None:
        while not broken:
            with lock:
                now = time.monotonic()
                ready = [number for number, one in enumerate(notebooks) if one.waiting and now + one.longest <= one.end]
                if not ready:
                    return
                chosen = min(ready, key=cost)
                one, changes = notebooks[chosen], notebooks[chosen].waiting.pop(0)
                begun[chosen].append(now)
            try:
                one.settle(changes)
            except OutOfTimeError:
                one.waiting.insert(0, changes)
            except Exception as error:  # told by the main thread: an exception here would only end this one
                broken.append(error)
            finally:
                with lock:
                    begun[chosen].remove(now)

    threads = [threading.Thread(target=worker, daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


# --- telling it --------------------------------------------------------------------------------------------


def named(notebook: Notebook, index: int) -> str:
    """A cell as a reader counts it, from 1, with its id."""
    return f"cell {index + 1} ({notebook.changes.nb.cells[index].get('id')})"


def told(notebook: Notebook, change: Change) -> str:
    """A change in words, with the lines before and after."""
    text = f"{named(notebook, change.cell)}, {change.what}"
    if change.source is None:
        return text
    old, new = notebook.changes.sources[change.cell].splitlines(), change.source.splitlines()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return "\n".join([text, *(f"      - {line}" for line in old), *(f"      + {line}" for line in new)])


def fault_told(notebook: Notebook, blamed: Blamed) -> str:
    """A fault, and below it each change that is to blame."""
    words = blamed.fault.words.replace("\n", "\n      ")
    note = f" ({blamed.note})" if blamed.note else ""
    first = f"  FAULT{note}: {named(notebook, blamed.fault.cell)} {words}"
    return "\n".join([first, *(f"    after: {told(notebook, change)}" for change in blamed.changes)])


def report(notebook: Notebook) -> str:
    """What was changed in a notebook, what was left out, and each fault with the change that is to blame."""
    by_hand = sum(change.what.startswith("by hand") for change in notebook.done)
    lines = [
        f"{notebook.path.stem}: {len(notebook.done)} changes, {by_hand} of them by hand; {notebook.kernels} kernels, "
        f"{notebook.seconds:.0f} s"
    ]
    if notebook.waiting:
        left = sum(map(len, notebook.waiting))
        lines.append(f"  NOT MADE, for want of time: {left} changes in {len(notebook.waiting)} runs")
    alone = ", ".join(f"{reason}: {count}" for reason, count in notebook.changes.left_alone.most_common())
    lines.append(f"  left alone: {alone or 'nothing'}")
    lines += [f"  FAULT: {misfit}" for misfit in notebook.changes.misfits]
    lines += [fault_told(notebook, each) for each in sorted(notebook.blamed, key=lambda each: each.fault.cell)]
    return "\n".join(lines)


def by_hand_only(notebook: Notebook, text: str) -> list[Change]:
    """The edits by hand whose sentence holds a text."""
    return [each for edits in notebook.changes.by_hand.values() for each in edits if text in each.what]


def command_line(arguments: list[str] | None) -> argparse.Namespace:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "notebooks", nargs="*", help="names such as 01 or 01_perceptron; none: all that are made for edits"
    )
    parser.add_argument("--seed", type=int, nargs="+", help="seeds that draw the changes; none: one is drawn")
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="stop after so many seconds, and tell what is left"
    )
    parser.add_argument("--cell-seconds", type=float, default=60, help="seconds that one cell may take")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="kernels at a time")
    parser.add_argument("--edit", help="make only the edits by hand whose sentence holds this text, one at a time")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None, folder: Path = ROOT / "notebooks", edits: Path | None = None) -> int:
    """Change and run the notebooks, report, and return the exit code. `folder` and `edits` are what tests replace."""
    end_cleanly_when_asked()
    options = command_line(arguments)
    start = time.monotonic()
    chosen = chosen_notebooks(folder, options.notebooks)
    if not options.notebooks:
        chosen = [path for path in chosen if path.stem not in {*OLD_CONTRACT, LEDGER}]
    notebooks = []
    for path in chosen:
        said = load(module_of(path.stem, edits) if edits else module_of(path.stem))
        notebooks.append(Notebook(path, said, options.cell_seconds, start + options.seconds))
    if options.edit:
        for one in notebooks:
            one.waiting = [[change] for change in by_hand_only(one, options.edit)]
        if not any(one.waiting for one in notebooks):
            sys.exit(f"No edit by hand says {options.edit!r}.")
    else:
        seeds = options.seed or [random.randrange(10**6)]
        print(
            f'seed {" ".join(map(str, seeds))} (again: make test-edits SEEDS="{" ".join(map(str, seeds))}")', flush=True
        )
        for one in notebooks:
            for seed in seeds:
                one.draw(seed)
    work([one for one in notebooks if not one.changes.misfits], options.jobs)
    for one in notebooks:
        print(report(one), flush=True)
    faults = sum(len(one.blamed) + len(one.changes.misfits) for one in notebooks)
    print(f"{sum(len(one.done) for one in notebooks)} changes, {faults} faults, {time.monotonic() - start:.0f} s")
    return 1 if faults or not any(one.done for one in notebooks) else 0


if __name__ == "__main__":
    sys.exit(main())
