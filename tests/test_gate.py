"""The gate can close: tiny notebooks that must fail do fail, and the report names their cell.

Without this a mistyped option would make every notebook of the course green. nbval runs in a process of its
own, with the options that matter of `make test`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")
SHOW, RIGHT = 'print("accuracy 0.9512")', "accuracy 0.9512\n"
WRONG = "assert 1 + 1 == 3"


def cell(source, printed=None, tags=()):
    outputs = [new_output("stream", name="stdout", text=printed)] if printed else []
    return new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def write(path, *cells):
    for number, one in enumerate(cells, start=1):
        one.execution_count = number
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=list(cells), metadata={"kernelspec": kernel}), path)


def nbval(folder, *options):
    """Run nbval over a folder; its exit status and its report, one line for each cell."""
    # The options of an outer run, and of xdist's workers, must not reach the inner one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval-current-env",
            "--nbval-sanitize-with",
            str(SANITIZE),
            "-p",
            "no:cacheprovider",
            "-v",
            "--color=no",
            "--rootdir",
            str(folder),
            *options,
            str(folder),
        ],
        env=environment,
        cwd=folder,
        timeout=300,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout + done.stderr


def verdicts(report):
    """{(notebook, cell): PASSED or FAILED}; nbval counts code cells from 0."""
    # With -v pytest writes "name::ipynb::Cell 0", in its summary "name.ipynb::Cell 0".
    line = r"^(\w+)(?:\.|::)ipynb::Cell (\d+) (PASSED|FAILED|ERROR)"
    found = re.findall(line, report, flags=re.MULTILINE)
    return {(name, int(number)): verdict for name, number, verdict in found}


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """One strict run over one notebook for each kind of fault: a kernel takes seconds to start."""
    folder = tmp_path_factory.mktemp("bad")
    write(folder / "digit.ipynb", cell("x = 1"), cell(SHOW, RIGHT.replace("2", "3")), cell(SHOW, RIGHT))
    write(folder / "missing.ipynb", cell(SHOW, RIGHT), cell("x = 1", RIGHT))
    write(folder / "assertion.ipynb", cell(SHOW, RIGHT), cell(WRONG))
    write(folder / "error.ipynb", cell(SHOW, RIGHT), cell("1 / 0"))
    return nbval(folder, "--nbval")


def test_a_right_notebook_passes(tmp_path):
    address = cell("print(object())", "<object object at 0x7f3a5c0d1e20>\n")
    ignored = cell("import time; print(time.time())", "1.0\n", tags=["nbval-ignore-output"])
    write(tmp_path / "right.ipynb", cell(SHOW, RIGHT), address, ignored, cell("assert 1 + 1 == 2"))
    status, report = nbval(tmp_path, "--nbval")
    assert status == 0, report
    assert verdicts(report) == {("right", number): "PASSED" for number in range(4)}


@pytest.mark.parametrize("name", ["digit", "missing", "assertion", "error"])
def test_a_fault_closes_the_gate_and_names_its_cell(strict, name):
    status, report = strict
    assert status == 1, report
    failed = {where for where, verdict in verdicts(report).items() if verdict != "PASSED"}
    assert {where for where in failed if where[0] == name} == {(name, 1)}, report
    assert re.search(rf"^FAILED {name}\.ipynb::Cell 1 ", report, flags=re.MULTILINE), report


def test_an_altered_digit_is_shown(strict):
    # What a maintainer reads: the stored text and the new one.
    assert "accuracy 0.9513" in strict[1]
    assert "accuracy 0.9512" in strict[1]


def test_lax_runs_leave_text_to_the_assertions(tmp_path):
    write(tmp_path / "lax.ipynb", cell(SHOW, "accuracy 0.9513\n"), cell(WRONG))
    status, report = nbval(tmp_path, "--nbval-lax")
    assert status == 1, report
    assert verdicts(report) == {("lax", 0): "PASSED", ("lax", 1): "FAILED"}, report
