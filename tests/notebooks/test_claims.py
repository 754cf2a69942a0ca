"""What the notebooks say about their numbers: the claims fit their notebooks, and the machinery that checks them bites.

The claims themselves are checked by every run of nbval, right after their cells; here nothing of the course runs.
"""

import os
import re
import shutil
from types import SimpleNamespace

import claims
import nbformat
import pytest
from fresh_python import run_pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_rules import STEMS, read
from places import ROOT

MODULES = sorted(claims.FOLDER.glob("n*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_claims_fit_their_notebook(path):
    stem = path.stem.removeprefix("n")
    assert stem in STEMS, f"{path.name} is named after no notebook of the course"
    misfits = claims.misfits(read(ROOT / "notebooks" / f"{stem}.ipynb"), claims.load(path))
    assert not misfits, "\n".join(misfits)


# ---- before a run ----

NOTEBOOK = new_notebook(
    cells=[
        new_markdown_cell("x = 1", id="text"),
        new_code_cell(
            "import numpy as np\nx = y, (z, *rest) = 1, (2, 3)\nfor i in range(3):\n    s: int = i", id="first"
        ),
        new_code_cell(
            "def f(inside):\n    local = 1\n[k for k in rest]\nwith open() as file:\n    late = 1", id="second"
        ),
    ]
)


def claim(cell_id, code):
    found = {}
    exec(code, found)
    return claims.after(cell_id)(next(each for name, each in found.items() if name.startswith("it_")))


@pytest.mark.parametrize("names", ["", "x, y, z, rest, i, s, np, printed", "x", "printed"])
def test_a_claim_that_fits_is_no_misfit(names):
    assert claims.misfits(NOTEBOOK, [claim("first", f"def it_is_so({names}): ...")]) == []
    assert claims.misfits(NOTEBOOK, [claim("second", "def it_is_so(f, file, late, x): ...")]) == []


@pytest.mark.parametrize(
    ("cell_id", "names", "said"),
    [
        ("frist", "x", "the claim 'it is so': the notebook has no cell 'frist'"),
        ("text", "", "the claim 'it is so': the cell 'text' is not code"),
        ("first", "w", "the claim 'it is so': no cell up to 'first' defines 'w'"),
        ("first", "late", "no cell up to 'first' defines 'late'"),
        ("second", "local", "no cell up to 'second' defines 'local'"),
        ("second", "inside", "no cell up to 'second' defines 'inside'"),
        ("second", "k", "no cell up to 'second' defines 'k'"),
    ],
)
def test_a_misfit_is_told_in_a_sentence(cell_id, names, said):
    (found,) = claims.misfits(NOTEBOOK, [claim(cell_id, f"def it_is_so({names}): ...")])
    assert said in found


def test_a_module_without_its_file_holds_no_claims_and_a_claim_says_when_it_holds(tmp_path):
    assert claims.load(tmp_path / "n01.py") == []
    path = tmp_path / "n02.py"
    path.write_text("from claims import after\ndef _helper(): ...\n@after('x')\ndef it_is(): ...\n", encoding="utf-8")
    assert [claims.in_words(each) for each in claims.load(path)] == ["it is"]
    path.write_text("def it_is(): ...\n", encoding="utf-8")
    os.utime(path, (1, 1))  # a file that was written again is read again
    with pytest.raises(TypeError, match=r"n02.py: it_is says with no @after\(…\) when it holds"):
        claims.load(path)


# ---- in a run ----

# Cells by their ids; each has a claim of its own.
CELLS = {
    "first": "import numpy as np\nbefore = set(globals())\nx = [1, 2]\nrng = np.random.default_rng(0)\nSEED = 5",
    "true": "print('x is', x)",
    "false": "y = 3",
    "printed": "print('3 of 4')",
    "unknown": "1",
    "mutates": "2",
    "advances": "3",
    "draws": "4",
    "draws-too": "5",
    "raises": "6",
    "model": """class Model:
    weights = np.zeros(2)
    def get_weights(self):
        return [self.weights]
    def __reduce__(self):  # as Keras' models do, it stores more than its weights
        import time
        return (str, (str(time.perf_counter()),))
model = Model()""",
    "trains": "7",
    "draw": "drawn = int(np.random.default_rng(0).integers(1000))",
    "other-seed": "seeds = SEED, 5",
    "leaves-nothing": """import sys
new = set(globals()) - before - {f"_{n}" for n in range(30)} - {f"_i{n}" for n in range(30)}
new -= {"new", "sys"}
assert new == {"x", "rng", "SEED", "y", "Model", "model", "drawn", "seeds", "before"}, new
found = len(In), get_ipython().execution_count, Out
assert found == (1, 1, {0: 7}), found  # nbval keeps no history; the last value shown was 7
assert not [folder for folder in sys.path if folder.endswith("support")]""",
    "slow": "8",
    "after-slow": "9",
}
CLAIMS = """
import random
import time

import numpy as np
from claims import after, one_draw

@after("true")
def two_numbers_stand_there(x, printed):
    print("what a claim prints goes nowhere")
    assert len(x) == 2 and printed == "x is [1, 2]\\n"

@after("false")
def y_is_small(y, x):
    assert y < 3, "far too large"

@after("false")
def y_is_still_smaller(y):
    assert y < 2

@after("printed")
def all_of_them_are_right(printed):
    right, count = printed.split(" of ")
    assert int(right) == int(count)

@after("unknown")
def nobody_knows_it(z): ...

@after("mutates")
def it_adds_one(x):
    x.append(3)

@after("advances")
def it_takes_the_notebooks_generator(rng):
    rng.normal()

@after("draws")
def it_draws(x):
    np.random.normal()  # noqa: NPY002

@after("draws-too")
def it_draws_too(x):
    random.random()

@after("raises")
def it_divides(x):
    _divide(x[0])

def _divide(number):
    return number / 0

@after("model")
def a_model_may_be_looked_at(model):
    assert not model.weights.any()

@after("trains")
def a_model_is_trained(model):
    model.weights += 1

@after("draw")
@one_draw
def it_is_this_number(drawn):
    assert drawn == 850

@after("draw")
def it_is_below_a_thousand(drawn):
    assert drawn < 1000

@after("other-seed")
def it_is_five(seeds):
    assert seeds == (5, 5)

@after("slow")
def it_never_ends():
    while True:
        time.sleep(0.01)
"""
SMALL = '    assert y < 3, "far too large"'
WRONG = {"false", "printed", "unknown", "mutates", "advances", "draws", "draws-too", "raises", "trains", "slow"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A course of one notebook, with the hook of the real one."""
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "tests" / "support", root / "tests" / "support")
    shutil.copy(ROOT / "conftest.py", root)
    module = root / "tests" / "support" / "claims.py"
    patient = module.read_text(encoding="utf-8")
    assert "SECONDS = 120" in patient
    module.write_text(patient.replace("SECONDS = 120", "SECONDS = 3"), encoding="utf-8")
    for name in ("tests/claims", "notebooks"):
        (root / name).mkdir()
    (root / "tests" / "claims" / "n01_tiny.py").write_text(CLAIMS, encoding="utf-8")
    cells = [new_code_cell(source, id=name) for name, source in CELLS.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), root / "notebooks" / "01_tiny.ipynb")
    return root


def nbval(folder, **environment):
    """Run the tiny notebook: the ids of the cells that fail, and the report."""
    words = ["--nbval-lax", "--nbval-current-env", "-q", "--rootdir", ".", "notebooks"]
    done = run_pytest(words, folder, **environment)
    report, ids = done.stdout + done.stderr, list(CELLS)
    failed = {ids[int(number)] for number in re.findall(r"^FAILED .*::Cell (\d+)", report, flags=re.MULTILINE)}
    return SimpleNamespace(failed=failed, report=report)


@pytest.fixture(scope="module")
def run(folder):
    return nbval(folder)


def test_claims_that_do_not_hold_fail_their_cells_and_no_others(run):
    assert run.failed == WRONG, run.report


@pytest.mark.parametrize(
    "said",
    [
        "does not hold: y is small",
        f"n01_tiny.py:{CLAIMS.splitlines().index(SMALL) + 1}: assert y < 3",
        "AssertionError: far too large",
        "y = 3",
        "x = [1, 2]",
        "does not hold: y is still smaller",
        "does not hold: all of them are right",
        r"printed = '3 of 4\n'",
        "'nobody knows it' asks for 'z', a name that the notebook does not have here",
        "'it adds one' changes 'x': a claim looks and changes nothing",
        "'it takes the notebooks generator' changes 'rng'",
        "'it draws' draws from a global random generator",
        "'it draws too' draws from a global random generator",
        "return number / 0",
        "ZeroDivisionError: division by zero",
        "'a model is trained' changes 'model'",
        "the claims about this cell took longer than 3 s",
    ],
)
def test_a_claim_that_does_not_hold_is_told_in_words(run, said):
    assert said in run.report, run.report


def test_with_other_seeds_only_claims_about_one_draw_are_left_out(folder):
    soaked = nbval(folder, COURSE_SOAK="3")
    assert soaked.failed == WRONG | {"other-seed"}, soaked.report
    assert "seeds = (8, 5)" in soaked.report, "SEED = 5 has become 8; another 5 has not"


def test_a_notebook_that_was_copied_without_the_tests_just_runs(folder, tmp_path):
    shutil.copytree(folder / "notebooks", tmp_path / "notebooks")
    shutil.copy(folder / "conftest.py", tmp_path)
    copied = nbval(tmp_path, COURSE_SOAK="3")
    assert copied.failed == set(), copied.report
