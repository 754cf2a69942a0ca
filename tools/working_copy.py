"""What rehearse_colab.py and rehearse_lab.py share: a copy of the working tree, a free port, the closing line."""

import argparse
import shutil
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def git(*arguments: str, cwd: Path = ROOT) -> str:
    """Run git and return what it prints; a failure raises with git's own words."""
    done = subprocess.run(["git", *arguments], cwd=cwd, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout


def files_of_tree(*, untracked: bool) -> list[str]:
    """Return the files that git tracks in the working tree, and on demand those it would add."""
    options = ("--cached", "--others", "--exclude-standard") if untracked else ("--cached",)
    names = git("ls-files", "-z", *options).split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})


def copy_tree(target: Path, *, untracked: bool) -> None:
    """Copy the working tree as it is now, uncommitted edits included, into an empty folder."""
    for name in files_of_tree(untracked=untracked):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)


def chosen_notebooks(folder: Path, names: Iterable[str]) -> list[Path]:
    """Return the notebooks of a folder, or those that are named (`01`, `01_perceptron`, a path)."""
    notebooks = sorted(folder.glob("*.ipynb"))
    if not names:
        return notebooks
    chosen = []
    for name in names:
        found = [path for path in notebooks if path.stem.startswith(Path(name).stem)]
        if not found:
            raise SystemExit(f"There is no notebook {name} in {folder.name}/.")
        chosen += found
    return chosen


def free_port() -> int:
    """Return a port of the loopback address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_cleanly_when_asked() -> None:
    """Let SIGTERM end the program as Ctrl-C does, so that its servers and temporary folders go with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def command_line(description: str, timeout: int) -> argparse.Namespace:
    """Read the arguments that both rehearsals take: notebooks, prove, timeout."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("notebooks", nargs="*", help="names such as 01 or 01_perceptron; none: all of them")
    parser.add_argument("--prove", action="store_true", help="only show that planted faults are seen")
    parser.add_argument("--timeout", type=int, default=timeout, help="seconds that one step may take")
    return parser.parse_args()


class CheckFailed(Exception):
    """What a check saw, in one or a few plain lines."""


class Report:
    """Runs checks one after the other, prints a line for each, and counts them."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def run(self, name: str, check: Callable[[], str | None]) -> None:
        """Run one check; what it returns is printed beside its name and its seconds."""
        start = time.perf_counter()
        try:
            note = check() or ""
            self.passed += 1
            verdict = "passed"
        except Exception as failure:  # one broken check must not hide what the others would tell
            if not isinstance(failure, CheckFailed):
                traceback.print_exc()
            note = f"\n{failure}".replace("\n", "\n    ")
            self.failed += 1
            verdict = "FAILED"
        seconds = time.perf_counter() - start
        print(f"{verdict}  {seconds:6.1f} s  {name}{'  ' + note if note else ''}", flush=True)

    def close(self) -> int:
        """Print the closing line and return the exit code."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0


def must_fail(check: Callable[[], object], needle: str) -> str:
    """Run a check on a planted fault: it has to fail, and to name the fault."""
    try:
        check()
    except CheckFailed as failure:
        if needle not in str(failure):
            raise CheckFailed(f"The planted fault was not named ({needle!r}): {failure}") from None
        return "(red, as it must be)"
    raise CheckFailed("The planted fault was not seen: this check cannot fail.")
