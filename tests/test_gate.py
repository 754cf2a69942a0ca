"""The gate can close: tiny notebooks that must fail do fail, and the report names their cell.

Without this a mistyped option would make every notebook of the course green. The options are those of `make
test` and `make test-full` themselves, read from what make would run; nbval runs in a process of its own.
"""

import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parent.parent
SHOW, RIGHT = 'print("accuracy 0.9512")', "accuracy 0.9512\n"
WRONG = "assert 1 + 1 == 3"
needs_make = pytest.mark.skipif(
    os.name == "nt" or shutil.which("make") is None,
    reason="the options stand in the Makefile, and Windows or this machine has no make to read them",
)
# Every option that `make test` may have, with its value: one that leaves tests out is none of them.
STRICT = {
    "--nbval": None,
    "--nbval-current-env": None,
    "--nbval-cell-timeout": None,
    "--nbval-sanitize-with": "tests/nbval_sanitize.cfg",
    "-n": None,
    "--dist": "loadscope",
}
WITH_VALUE = {"-n", "-m", "--dist", "--nbval-sanitize-with", "--nbval-cell-timeout"}


def parsed(words):
    """Pytest's words as ({option: value}, [folders and files])."""
    options, places, words = {}, [], list(words)
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            places.append(word)
        elif name in WITH_VALUE:
            options[name] = value if equals else words.pop(0)
        else:
            options[name] = value if equals else ""
    return options, places


def gate_faults(line):
    """What is wrong with the command that `make test` runs."""
    before, _, after = line.partition(" -m pytest ")
    options, places = parsed(shlex.split(after))
    faults = [f"{word} stands in it" for word in ("||", "&&", ";", "|", ">") if word in line.split()]
    faults += ["COURSE_DATA is not embedded"] if "COURSE_DATA=embedded" not in before.split() else []
    faults += [f"{name} is missing" for name in STRICT if name not in options]
    faults += [f"{name} has no place here" for name in options if name not in STRICT]
    faults += [
        f"{name} is {options[name]!r}, not {value!r}"
        for name, value in STRICT.items()
        if value and options.get(name, value) != value
    ]
    return faults + [f"{place} is left out" for place in ("tests", "notebooks") if place not in places]


@functools.cache
def recipe(target):
    """The one line of a target that calls pytest, as make would run it."""
    # The settings of a make that runs these tests (NOTEBOOKS=..., PYTEST=...) must not reach the inner one.
    own = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "GNUMAKEFLAGS", "NOTEBOOKS", "WORKERS", "PYTEST")
    environment = {name: value for name, value in os.environ.items() if name not in own}
    shown = subprocess.run(
        ["make", "-n", target], cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=60
    ).stdout
    lines = [line for line in shown.replace("\\\n", " ").splitlines() if " -m pytest " in line]
    assert len(lines) == 1, f"make {target} must call pytest once:\n{shown}"
    return lines[0]


def nbval_options(target):
    """The options of a target that are nbval's, for a run elsewhere: the sanitise file by its whole path."""
    options, _ = parsed(shlex.split(recipe(target).partition(" -m pytest ")[2]))
    sanitize = "--nbval-sanitize-with"
    if sanitize in options:
        options[sanitize] = str(ROOT / options[sanitize])
    return [f"{name}={value}" if value else name for name, value in options.items() if name.startswith("--nbval")]


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
    # The options of an outer run, and of xdist's workers, must not reach the inner one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    own = ["-p", "no:cacheprovider", "-v", "--color=no", "--rootdir", str(folder), *more]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *nbval_options(target), *own, str(folder)],
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


# What the commands say.


@needs_make
def test_make_test_compares_every_notebook_strictly_and_runs_every_test():
    assert gate_faults(recipe("test")) == []


@needs_make
@pytest.mark.parametrize("target", ["test-full", "test-gpu"])
def test_the_lax_targets_run_every_notebook(target):
    options, places = parsed(shlex.split(recipe(target).partition(" -m pytest ")[2]))
    assert "--nbval-lax" in options and "--nbval" not in options
    assert "notebooks" in places and set(options) <= STRICT.keys() | {"--nbval-lax"}


GOOD = (
    "COURSE_DATA=embedded .venv/bin/python -m pytest --nbval --nbval-current-env --nbval-cell-timeout=300 "
    "--nbval-sanitize-with tests/nbval_sanitize.cfg -n auto --dist loadscope tests notebooks"
)


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("--nbval ", "--nbval-lax ", ["--nbval is missing", "--nbval-lax has no place here"]),
        ("--nbval ", "--nbval --nbval-lax ", ["--nbval-lax has no place here"]),
        ("--nbval ", "", ["--nbval is missing"]),
        ("--nbval-current-env ", "", ["--nbval-current-env is missing"]),
        ("--nbval-sanitize-with tests/nbval_sanitize.cfg ", "", ["--nbval-sanitize-with is missing"]),
        ("nbval_sanitize.cfg", "x.cfg", ["--nbval-sanitize-with is 'tests/x.cfg', not 'tests/nbval_sanitize.cfg'"]),
        ("--dist loadscope ", "", ["--dist is missing"]),
        ("loadscope", "load", ["--dist is 'load', not 'loadscope'"]),
        (" notebooks", "", ["notebooks is left out"]),
        (" notebooks", " notebooks/01_perceptron.ipynb", ["notebooks is left out"]),
        ("tests notebooks", "notebooks", ["tests is left out"]),
        ("-n auto", "-n auto -k perceptron", ["-k has no place here"]),
        ("-n auto", "-n auto --deselect=tests/helpers/data", ["--deselect has no place here"]),
        ("tests notebooks", "tests notebooks || true", ["|| stands in it"]),
        ("=embedded", "=auto", ["COURSE_DATA is not embedded"]),
    ],
)
def test_a_weaker_command_is_noticed(old, new, expected):
    assert gate_faults(GOOD) == [] and old in GOOD
    assert gate_faults(GOOD.replace(old, new)) == expected


def test_nothing_beside_the_command_weakens_it():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert set(shlex.split(settings["addopts"])) <= {"-ra", "--strict-markers", "--strict-config"}
    recipes = re.findall(r"^\t.*", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert recipes and not [line for line in recipes if re.match(r"\t[@+]*-", line)], "a failure would be ignored"


@pytest.mark.parametrize("name", ["README.md", ".github/workflows/tests.yml"])
def test_who_has_no_make_types_the_same_options(name):
    text = re.sub(r"\n +--", " --", (ROOT / name).read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if r".venv\Scripts\python -m pytest " in line]
    assert len(lines) == 1, "Windows has no make: its command stands here, in one line"
    options, places = parsed(shlex.split(lines[0].partition(" -m pytest ")[2]))
    wanted = {name: STRICT[name] for name in ("--nbval", "--nbval-current-env", "--nbval-sanitize-with")}
    assert {name: options.pop(name, "missing") or None for name in wanted} == wanted
    assert options in ({}, {"-m": "not timing"}), "no other option leaves a test out"
    assert "tests" in places and any(place.startswith("notebooks") for place in places)


# What they do to notebooks.


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


@needs_make
def test_a_right_notebook_passes(tmp_path):
    address = cell("print(object())", "<object object at 0x7f3a5c0d1e20>\n")
    ignored = cell("import time; print(time.time())", "1.0\n", tags=["nbval-ignore-output"])
    picture = figure("Figure with y from 0 to 2", "Figure with y from 0 to 2")  # the PNG itself is not compared
    write(tmp_path / "right.ipynb", cell(SHOW, RIGHT), address, ignored, cell("assert 1 + 1 == 2"), picture)
    status, report = nbval(tmp_path, "test")
    assert status == 0, report
    assert verdicts(report) == {("right", number): "PASSED" for number in range(5)}


@needs_make
@pytest.mark.parametrize("name", ["digit", "missing", "assertion", "error", "drawing"])
def test_a_fault_closes_the_gate_and_names_its_cell(strict, name):
    status, report = strict
    assert status == 1, report
    failed = {where for where, verdict in verdicts(report).items() if verdict != "PASSED"}
    assert {where for where in failed if where[0] == name} == {(name, 1)}, report
    assert re.search(rf"^FAILED {name}\.ipynb::Cell 1 ", report, flags=re.MULTILINE), report


@needs_make
def test_an_altered_digit_is_shown(strict):
    # What a maintainer reads: the stored text and the new one.
    assert "accuracy 0.9513" in strict[1]
    assert "accuracy 0.9512" in strict[1]


@needs_make
def test_lax_runs_leave_text_to_the_assertions(tmp_path):
    write(tmp_path / "lax.ipynb", cell(SHOW, "accuracy 0.9513\n"), cell(WRONG))
    status, report = nbval(tmp_path, "test-full")
    assert status == 1, report
    assert verdicts(report) == {("lax", 0): "PASSED", ("lax", 1): "FAILED"}, report


@needs_make
def test_what_a_result_cell_prints_is_collected(tmp_path):
    """For the README's table: from workers, of lax runs, and from no other cell."""
    shutil.copy(ROOT / "conftest.py", tmp_path)
    result = cell('print("accuracy: 99.1 %")\nprint("loss: 0.02")', "accuracy: 98.7 %\n", tags=["result"])
    write(tmp_path / "10_second.ipynb", cell("x = 1"), result)
    write(tmp_path / "09_first.ipynb", cell(SHOW, RIGHT), cell('print("error: 3")', tags=["result"]))
    status, report = nbval(tmp_path, "test-full", "-n2", "--dist=loadscope")
    assert status == 0, report
    table = [line for line in report.splitlines() if line.startswith("| ")]
    assert table == [
        "| notebook | result |",
        "| 09_first | error: 3 |",
        "| 10_second | accuracy: 99.1 % |",
        "| 10_second | loss: 0.02 |",
    ]
    assert f"results with COURSE_DATA={os.environ['COURSE_DATA']}" in report
