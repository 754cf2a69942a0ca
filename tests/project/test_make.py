"""`make test` does its work: a faulty notebook fails it, and the report names the cell.

Tiny notebooks, one for each kind of fault, run with the very options of `make test` and `make test-full`, read from
what make would run: a mistyped option would make every notebook of the course green.
"""

import functools
import os
import re
import shlex
import shutil
import subprocess

import nbformat
import pytest
from fresh_python import run_pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from places import ROOT

SHOW, RIGHT = 'print("accuracy 0.9512")', "accuracy 0.9512\n"
WRONG = "assert 1 + 1 == 3"
pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("make") is None,
    reason="the options stand in the Makefile, and Windows or this machine has no make to read them",
)


# ---- what make runs ----


def make(*words):
    """Run make in the course's folder; returns the finished process with its text."""
    # The settings of a make that runs these tests (NOTEBOOKS=..., PYTEST=...) must not reach the inner one.
    own = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "GNUMAKEFLAGS", "NOTEBOOKS", "WORKERS", "PYTEST")
    own += ("SEEDS", "BUDGET")
    environment = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        ["make", *words], cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=60
    )


@functools.cache
def pytest_words(target):
    """The words after `pytest` in the one line of a target that calls it."""
    shown = make("-n", target).stdout
    lines = [line for line in shown.replace("\\\n", " ").splitlines() if " -m pytest " in line]
    assert len(lines) == 1, f"make {target} must call pytest once:\n{shown}"
    return shlex.split(lines[0].partition(" -m pytest ")[2])


def test_make_alone_tells_what_there_is():
    listed = make("-s").stdout.splitlines()
    assert {"make lab", "make test"} <= {" ".join(line.split()[:2]) for line in listed}
    assert all(re.match(r"make [a-z-]+ +\S+", line) for line in listed), listed


@pytest.mark.parametrize(
    ("target", "step"),
    [
        ("test", "ruff check"),
        ("test", "ruff format"),
        ("test", "pytest"),
        ("test-edits", "edit_notebooks"),
        ("test-weekly", "pytest"),
        ("test-full", "load_mnist"),
        ("test-full", "pytest"),
        ("test-gpu", "require_gpu"),
        ("test-gpu", "pytest"),
        ("test-lab", "rehearse_lab"),
        ("test-colab", "rehearse_colab"),
        ("test-backends", "run_backends"),
    ],
)
def test_a_step_that_fails_fails_the_target(target, step):
    python = f"""sh -c 'case "$$*" in *"{step}"*) exit 1 ;; esac' python"""
    done = make("-o", "setup-test", "-o", "setup-backends", target, f"PY={python}")
    assert done.returncode != 0, done.stdout


def test_soak_tries_all_seeds_and_names_those_that_fail():
    python = """sh -c 'echo "with $$COURSE_SOAK: $$*"; test "$$COURSE_SOAK" != 7' python"""
    words = ["-o", "setup-test", "soak", "NOTEBOOKS=notebooks/01_perceptron.ipynb", f"PY={python}"]
    done = make(*words, "SEEDS=3 7 9")
    assert done.returncode != 0 and "added to the seeds: 7\n" in done.stdout, done.stdout
    runs = [line for line in done.stdout.splitlines() if line.startswith("with ")]
    assert [line.split()[1] for line in runs] == ["3:", "7:", "9:"]
    assert all("--nbval-lax" in line and line.endswith(" notebooks/01_perceptron.ipynb") for line in runs)
    assert make(*words, "SEEDS=3 9").returncode == 0


def test_the_seeds_the_seconds_and_the_notebooks_of_edits_are_handed_on():
    shown = make("-n", "test-edits", "SEEDS=1 2", "BUDGET=270", "NOTEBOOKS=notebooks/01_perceptron.ipynb").stdout
    assert "edit_notebooks.py notebooks/01_perceptron.ipynb --seed 1 2 --seconds 270" in shown
    assert "--" not in make("-n", "test-edits").stdout.partition("edit_notebooks.py")[2]


def test_make_test_leaves_out_no_test_and_no_notebook():
    # Elsewhere in this file notebooks of our own take the place of these two.
    assert pytest_words("test")[-2:] == ["tests", "notebooks"]


# ---- what it does to notebooks ----


def cell(source, printed=None, tags=(), outputs=()):
    outputs = [new_output("stream", name="stdout", text=printed)] if printed else list(outputs)
    return new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def figure(drawn, stored):
    """A cell that shows a picture with its text, and another picture with the text that is stored."""
    shown = {"image/png": "bmV3", "text/plain": drawn}
    kept = new_output("display_data", {"image/png": "b2xk", "text/plain": stored})
    return cell(f"from IPython.display import display\ndisplay({shown}, raw=True)", outputs=[kept])


def write(path, *cells):
    for number, one in enumerate(cells, start=1):
        one.execution_count = number
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=list(cells), metadata={"kernelspec": kernel}), path)


def nbval(folder, target, *more):
    """Run nbval over a folder with the options of a make target; its exit status and its report."""
    options = [str(ROOT / word) if word.endswith(".cfg") else word for word in pytest_words(target)[:-2]]
    done = run_pytest([*options, "-v", "--rootdir", str(folder), "-n0", *more, str(folder)], folder)
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
    write(folder / "drawing.ipynb", cell(SHOW, RIGHT), figure("Figure with y from 0 to 2", "Figure with y from 0 to 3"))
    return nbval(folder, "test")


def test_a_right_notebook_passes(tmp_path):
    address = cell("print(object())", "<object object at 0x7f3a5c0d1e20>\n")
    ignored = cell("import time; print(time.time())", "1.0\n", tags=["nbval-ignore-output"])
    picture = figure("Figure with y from 0 to 2", "Figure with y from 0 to 2")  # the PNG itself is not compared
    write(tmp_path / "right.ipynb", cell(SHOW, RIGHT), address, ignored, cell("assert 1 + 1 == 2"), picture)
    status, report = nbval(tmp_path, "test")
    assert status == 0, report
    assert verdicts(report) == {("right", number): "PASSED" for number in range(5)}


@pytest.mark.parametrize("name", ["digit", "missing", "assertion", "error", "drawing"])
def test_a_fault_fails_the_run_and_names_its_cell(strict, name):
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
    status, report = nbval(tmp_path, "test-full")
    assert status == 1, report
    assert verdicts(report) == {("lax", 0): "PASSED", ("lax", 1): "FAILED"}, report


def test_what_a_result_cell_prints_is_collected(tmp_path):
    """For the README's table: from workers, of lax runs, and from no other cell."""
    shutil.copy(ROOT / "conftest.py", tmp_path)
    result = cell('print("accuracy: 99.1 %")\nprint("loss: 0.02")', "accuracy: 98.7 %\n", tags=["result"])
    write(tmp_path / "10_second.ipynb", cell("x = 1"), result)
    write(tmp_path / "09_first.ipynb", cell(SHOW, RIGHT), cell('print("error: 3")', tags=["result"]))
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "budgets.csv").write_text("notebook,seconds\n09_first,0\n10_second,300\n", encoding="utf-8")
    status, report = nbval(tmp_path, "test-full", "-n2", "--dist=loadscope")
    assert status == 0, report
    table = [line for line in report.splitlines() if line.startswith("| ")]
    assert table == [
        "| notebook | result |",
        "| 09_first | error: 3 |",
        "| 10_second | accuracy: 99.1 % |",
        "| 10_second | loss: 0.02 |",
    ]
    over = [line for line in report.splitlines() if "more than the 0 s that it may take" in line]
    assert len(over) == 1 and "09_first.ipynb" in over[0], report
    assert f"results with COURSE_DATA={os.environ['COURSE_DATA']}" in report
