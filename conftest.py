"""What every test run shares: small data by default, what the notebooks reached, and the seconds each one took."""

import csv
import functools
import importlib.util
import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest

# Kernels inherit the environment of the test run.
os.environ.setdefault("COURSE_DATA", "embedded")
if "PYTEST_XDIST_WORKER" in os.environ:
    # There is a worker for each core: if each one's NumPy or PyTorch takes all cores, they wait for one another, up
    # to a hundred times as long for small matrices.
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")

# `make soak` sets it: this number is added to all seeds of the notebooks.
SOAK = int(os.environ.get("COURSE_SOAK") or 0)
# A cell with this tag prints a result that is worth a line in the README.
RESULT_TAG = "result"
# The test that runs a notebook with its exercises solved, in the name of each notebook's.
SOLVED = "test_notebooks_run.py::test_the_solved_notebook"


# By its place, so that it is found from wherever pytest was started.
SUPPORT = Path(__file__).resolve().parent / "tests" / "support"


@functools.cache
def support(name):
    """A module of tests/support. `figure_checks` brings Matplotlib, so only a strict run of a notebook loads it."""
    if name not in sys.modules:
        found = importlib.util.spec_from_file_location(name, SUPPORT / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(found)
        found.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep each notebook's cells, and each file's tests, on one worker; but share out the notebooks that are solved.

    Those take the longest of all tests. In one piece, one worker would run them while the others have nothing to do.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only where there are several workers

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid if SOLVED in nodeid else super()._split_scope(nodeid)

    return Scheduling(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Let a notebook's cell fail as well where one of its claims does not hold, or a figure is not the stored one.

    Claims are checked in every run, figures in a strict one, where nbval compares nothing of them.
    """
    checked = hasattr(item, "cell") and SUPPORT.is_dir()  # a notebook that was copied without the tests just runs
    if checked and SOAK:
        item.cell.source = support("soak").shifted(item.cell.source, SOAK)
    result = yield
    if checked:
        fault = support("claims").ask(item, skip_one_draw=bool(SOAK))
        if not fault and item.parent.compare_outputs:
            fault = support("figure_checks").figure_fault(item)
        if fault:
            item.raise_cell_error(fault)
    return result


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Let the report of a cell that is tagged as a result carry what the cell printed."""
    outcome = yield
    cell = getattr(item, "cell", None)
    if call.when != "call" or cell is None or RESULT_TAG not in cell.metadata.get("tags", []):
        return
    streams = [output for output in item.test_outputs or [] if output.get("output_type") == "stream"]
    text = "".join(output["text"] for output in streams if output["name"] == "stdout")
    outcome.get_result().user_properties.append((RESULT_TAG, text.strip()))


def pytest_terminal_summary(terminalreporter):
    """Print the results and the seconds per notebook: what nbval spent on its cells, the kernel's start included."""
    seconds, results = defaultdict(float), []
    for reports in terminalreporter.stats.values():
        for report in reports:
            path, _, cell = getattr(report, "nodeid", "").partition("::")
            if path.endswith(".ipynb") and cell:
                seconds[path] += getattr(report, "duration", 0.0)
                lines = [text for name, text in getattr(report, "user_properties", ()) if name == RESULT_TAG]
                results += [(path, line) for text in lines for line in text.splitlines()]
    if results:
        terminalreporter.section(f"results with COURSE_DATA={os.environ['COURSE_DATA']}")
        for line in table_of(results):
            terminalreporter.write_line(line)
    if seconds:
        terminalreporter.section("seconds per notebook")
        allowed = budgets()
        for path, spent in sorted(seconds.items()):
            most = allowed.get(Path(path).stem, spent)
            over = f"  more than the {most:.0f} s that it may take on two cores" if spent > most else ""
            terminalreporter.write_line(f"{spent:7.1f}  {path}{over}")


def budgets():
    """The seconds that each notebook may take, by its name: told beside what it took, for machines differ."""
    table = SUPPORT.parent / "budgets.csv"
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", newline="") as rows:
        return {row["notebook"]: float(row["seconds"]) for row in csv.DictReader(rows)}


def table_of(results):
    """The lines of a Markdown table of (notebook's path, printed line), in the order of the course."""
    in_order = sorted(results, key=lambda result: result[0])
    rows = [f"| {os.path.basename(path).removesuffix('.ipynb')} | {line} |" for path, line in in_order]
    return ["| notebook | result |", "|---|---|", *rows]
