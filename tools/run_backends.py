"""Run the tests of helpers and the notebooks that use Keras on every backend: `make test-backends`.

Each backend has a process of its own, with KERAS_BACKEND set and the embedded data. Arguments that name backends or
notebooks choose among them; the others are handed on to pytest (the Makefile gives nbval's). At the end a table says
what ran where. A backend that is missing makes the run fail, and every skipped test is named with its reason.
"""

import ast
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from working_copy import ROOT, end_cleanly_when_asked

BACKENDS = ("tensorflow", "jax", "torch")
PROBE = """
import json
from helpers import course
found = course.start_keras()
print(json.dumps({"backend": found.backend, "version": found.version, "gpus": found.gpus}))
"""
WIDTHS = (10, 14, 12, 28, 6, 6, 7, 8)
HEADINGS = ("backend", "version", "device", "what ran", "passed", "failed", "skipped", "seconds")


class BackendMissingError(Exception):
    """A backend that cannot be used here, and why."""


@dataclass
class Part:
    """What one part of a run gave: the tests of helpers, or one notebook, on one backend."""

    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)  # "test: reason"
    seconds: float = 0.0

    @property
    def green(self) -> bool:
        """Say whether something passed and nothing failed."""
        return self.passed > 0 and self.failed == 0


@dataclass
class Run:
    """What one backend gave. `fault` says why it is red where the parts do not."""

    backend: str
    version: str = ""
    device: str = ""
    parts: dict[str, Part] = field(default_factory=dict)
    fault: str = ""

    @property
    def green(self) -> bool:
        """Say whether every part ran and passed."""
        return not self.fault and bool(self.parts) and all(part.green for part in self.parts.values())


# --- what there is to run ----------------------------------------------------------------------------------


def uses_keras(path: Path) -> bool:
    """Say whether the code of a notebook imports Keras, itself or by course.start_keras()."""
    cells = nbformat.read(path, as_version=4).cells
    return any(_imports_keras(cell.source) for cell in cells if cell.cell_type == "code")


def _imports_keras(source: str) -> bool:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Attribute):
            names = ["keras"] if node.attr == "start_keras" else []
        else:
            continue
        if any(name.partition(".")[0] == "keras" for name in names):
            return True
    return False


def keras_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks that use Keras."""
    return [path for path in sorted(folder.glob("*.ipynb")) if uses_keras(path)]


# --- running it --------------------------------------------------------------------------------------------


def environment(backend: str) -> dict[str, str]:
    """Return the variables of a run on one backend."""
    return os.environ | {"KERAS_BACKEND": backend, "COURSE_DATA": "embedded"}


def probe(backend: str, python: str = sys.executable) -> tuple[str, str]:
    """Return version and device of a backend; raise BackendMissingError where it does not start."""
    done = subprocess.run(
        [python, "-c", PROBE], cwd=ROOT, env=environment(backend), check=False, capture_output=True, text=True
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"its process ended with {done.returncode}"]
        raise BackendMissingError(lines[-1])
    found = json.loads(done.stdout.splitlines()[-1])
    if found["backend"] != backend:
        raise BackendMissingError(f"Keras runs on {found['backend']} though {backend} was asked for")
    return found["version"], f"GPU ({', '.join(found['gpus'])})" if found["gpus"] else "CPU"


def pytest_report(backend: str, options: Iterable[str], paths: Iterable[Path]) -> tuple[int, ET.Element | None]:
    """Run pytest on one backend; return its exit status and its report, None if it wrote none."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", f"--junitxml={report}", *options]
        done = subprocess.run([*command, *map(str, paths)], cwd=ROOT, env=environment(backend), check=False)
        return done.returncode, ET.parse(report).getroot() if report.exists() else None


def count(report: ET.Element, notebooks: Iterable[Path]) -> dict[str, Part]:
    """Sort the tests of a report into parts: helpers' tests, and each notebook, also one without a test."""
    stems = [path.stem for path in notebooks]
    parts = {"helpers' tests": Part()} | {stem: Part() for stem in stems}
    for case in report.iter("testcase"):
        where = f"{case.get('classname')}::{case.get('name')}"
        part = parts[next((stem for stem in stems if f"{stem}.ipynb" in where), "helpers' tests")]
        part.seconds += float(case.get("time") or 0)
        skip = case.find("skipped")
        if skip is not None:
            part.skipped.append(f"{where}: {skip.get('message') or 'no reason given'}")
        elif case.find("failure") is not None or case.find("error") is not None:
            part.failed += 1
        else:
            part.passed += 1
    return parts


def run_backend(
    backend: str,
    options: list[str],
    tests: list[Path],
    notebooks: list[Path],
    *,
    look: Callable = probe,
    test: Callable = pytest_report,
) -> Run:
    """Run everything on one backend. `look` and `test` are what the script's own tests replace."""
    try:
        version, device = look(backend)
    except BackendMissingError as missing:
        return Run(backend, fault=f"{backend} is missing: {missing}")
    print(f"\n=== {backend} {version}, {device}", flush=True)
    status, report = test(backend, options, [*tests, *notebooks])
    if report is None:
        return Run(backend, version, device, fault=f"pytest ended with {status} and left no report")
    run = Run(backend, version, device, count(report, notebooks))
    run.fault = "; ".join(f"nothing of {name} passed" for name, part in run.parts.items() if not part.passed)
    if status and run.green:
        run.fault = f"pytest ended with {status} although no test failed"
    return run


# --- telling it --------------------------------------------------------------------------------------------


def table(runs: Iterable[Run]) -> str:
    """Return what ran where as lines of text: a row for each part, then every skip and every fault."""
    rows, notes = [HEADINGS], []
    for run in runs:
        known = (run.backend, run.version or "-", run.device or "-")
        for name, part in run.parts.items():
            counts = (part.passed, part.failed, len(part.skipped), f"{part.seconds:.1f}")
            rows.append((*known, name, *map(str, counts)))
            notes += [f"skipped on {run.backend}: {each}" for each in part.skipped]
        if not run.parts:
            rows.append((*known, "nothing", "0", "0", "0", "0.0"))
        notes += [f"FAILED on {run.backend}: {run.fault}"] if run.fault else []
    lines = ["  ".join(f"{text:<{width}}" for text, width in zip(row, WIDTHS, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, *(notes or ["skipped: nothing"])])


def keras_tests(folder: Path) -> list[Path]:
    """Find the test files that speak of Keras; what the others say is the same on every backend."""
    return [path for path in sorted(folder.rglob("test_*.py")) if "keras" in path.read_text(encoding="utf-8").lower()]


def main(arguments: list[str]) -> int:
    """Run every backend, print the table, and return the exit code."""
    end_cleanly_when_asked()
    chosen = [Path(each).stem for each in arguments if each.endswith(".ipynb")]
    backends = [each for each in BACKENDS if each in arguments] or BACKENDS
    options = [each for each in arguments if not each.endswith(".ipynb") and each not in BACKENDS]
    notebooks = [path for path in keras_notebooks(ROOT / "notebooks") if not chosen or path.stem in chosen]
    if unknown := set(chosen) - {path.stem for path in notebooks}:
        sys.exit(f"{', '.join(sorted(unknown))}: no such notebook with Keras in notebooks/.")
    tests = keras_tests(ROOT / "tests" / "helpers")
    print(f"tests: {', '.join(path.stem for path in tests)}; notebooks: {', '.join(path.stem for path in notebooks)}")
    runs = [run_backend(backend, options, tests, notebooks) for backend in backends]
    print(f"\n{table(runs)}")
    return 0 if all(run.green for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
