"""`make test-edits`: which changes it makes, and that a change which breaks a notebook is found and named."""

import functools
import random
import re
import tempfile
import time
from pathlib import Path

import edit_notebooks
import nbformat
import pytest
from data_flow import Flow
from edit_notebooks import Fault, Notebook, Run, steps_of, stray
from edits import RUN_AGAIN, RUN_TWICE, ByHand, Edit, Exempt, load, module_of
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_changes import Change, Changes, places_in, runs_of
from notebook_rules import LEDGER, OLD_CONTRACT
from places import ROOT

COURSE = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.stem not in {*OLD_CONTRACT, LEDGER}]


@functools.cache
def changes_of(path):
    """What may be changed in a notebook of the course, read once: it takes seconds."""
    return Changes(nbformat.read(path, as_version=4), load(module_of(path.stem)))


def notebook(**cells):
    """A notebook whose cells have these ids; an underscore stands for a hyphen."""
    return new_notebook(cells=[new_code_cell(text, id=name.replace("_", "-")) for name, text in cells.items()])


def texts(source):
    """The texts that generated changes make of a cell."""
    return {new for place in places_in(source)[0] for _, new in place.variants}


# ---- the changes ----


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 5", {"x = 10", "x = 2", "x = 6"}),
        ("x = 1", {"x = 2"}),
        ("x = 0", {"x = 1"}),
        ("x = 0.1", {"x = 0.2", "x = 0.05"}),
        ("x = 3.0  # three", {"x = 6.0  # three", "x = 1.5  # three", "x = 4.0  # three"}),
        ("x = -40", {"x = -80", "x = -20", "x = -39"}),
        ("x = -1", {"x = -2"}),
        ("x = 20_000", {"x = 40_000", "x = 10_000", "x = 20_001"}),
        ("x = 1e-3", {"x = 2e-3", "x = 0.5e-3"}),
        ("x = .5", {"x = 1.0", "x = 0.25"}),
        ("x = 0xff", set()),
        ("x = True", set()),
        ("é = 'ü'; x = 4", {"é = 'ü'; x = 8", "é = 'ü'; x = 2", "é = 'ü'; x = 5"}),
    ],
)
def test_a_number_is_twice_or_half_as_large_or_one_more(source, expected):
    assert texts(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "rng = np.random.default_rng({})",
        "keras.utils.set_random_seed({})",
        "course.start_keras(seed={})",
        "SEED = {}",
        "def walk(steps, seed={}): pass",
        "def walk(steps, *, seed={}): pass",
    ],
)
def test_a_seed_is_one_more_and_nothing_else(source):
    assert texts(source.format(10)) == {source.format(11)}


@pytest.mark.parametrize(
    "source",
    [
        "x[0]",
        "x[-1, 2]",
        "x[[3, 5, 8]]",
        "x[1:]",
        "x[:-2]",
        "x[::3]",
        "x[:2]",
        "x.reshape(4, 20)",
        "keras.Input(shape=(28, 28, 1))",
        "x.sum(axis=2)",
        "print(f'{3 * x:.2f}')",
        "assert x > 5",
        "%time x = 5",
    ],
)
def test_what_makes_no_sense_stays(source):
    assert texts(source) == set()


def test_amounts_in_an_index_are_changed():
    assert "x[:160]" in texts("x[:80]")
    assert "x[np.argmax(y == 4)]" in texts("x[np.argmax(y == 3)]")


def test_a_share_stays_one():
    assert texts("SGD(0.5, momentum=0.9)") == {
        "SGD(1.0, momentum=0.9)",
        "SGD(0.25, momentum=0.9)",
        "SGD(0.5, momentum=0.45)",
    }
    assert texts("layers.Dropout(0.3)") == {"layers.Dropout(0.6)", "layers.Dropout(0.15)"}
    assert texts("layers.Dropout(rate=0.5)") == {"layers.Dropout(rate=0.25)"}


def test_rows_are_changed_and_columns_are_not():
    assert texts("rng.normal(size=(40, 3))") == {f"rng.normal(size=({rows}, 3))" for rows in (80, 20, 41)}
    assert texts("np.zeros((40, 3))") == {f"np.zeros(({rows}, 3))" for rows in (80, 20, 41)}


def test_a_slider_still_holds_its_start():
    assert texts("plots.between(1, 8, start=5)") == {
        "plots.between(2, 8, start=5)",
        "plots.between(1, 16, start=5)",
        "plots.between(1, 9, start=5)",
        "plots.between(1, 8, start=2)",
        "plots.between(1, 8, start=6)",
    }


def lengths(source):
    """The texts in which a list is shorter or longer."""
    return {new for place in places_in(source)[0] for what, new in place.variants if " one " in what}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = [7, 8, 9]", {"x = [7, 8]", "x = [7, 8, 9, 9]"}),
        ("x = np.array([[1, 2], [3, 4], [5, 6],])", {"x = np.array([[1, 2], [3, 4],])"}),
        ("for r in (0.1, 0.2): pass", {"for r in (0.1,): pass", "for r in (0.1, 0.2, 0.2): pass"}),
        ("for r in (0.1,): pass", {"for r in (0.1, 0.1,): pass"}),
        ("for r in 1, 2: pass", {"for r in 1,: pass", "for r in 1, 2, 2: pass"}),
        ("m = [f(x) for x in (a, b)]", {"m = [f(x) for x in (a,)]", "m = [f(x) for x in (a, b, b)]"}),
        ("sizes = (1, 4, 16)", {"sizes = (1, 4)", "sizes = (1, 4, 16, 16)"}),
        ("x = [\n    1,\n    2,  # two\n    3,\n]", {"x = [\n    1,\n    2,\n]"}),
        # lists of one length belong together
        ("x, y = [1, 2, 3], np.array([0, 1, 1])", {"x, y = [1, 2], np.array([0, 1])"}),
        ("for a, b in zip([1, 2], ['p', 'q']): pass", {"for a, b in zip([1], ['p']): pass"}),
    ],
)
def test_a_list_of_data_is_one_shorter_or_longer(source, expected):
    found = lengths(source)
    assert expected <= found
    assert all(places_in(new) for new in found)


@pytest.mark.parametrize(
    "source",
    [
        "a, b, c = [1, 2, 3]",
        "a, b = 1, 2",
        "plot(ylim=(0, 1, 2))",
        "start = [5, 5]",
        "model = Sequential([Dense(3), Dense(2), Dense(1)])",
        "x = []",
        "x = [*y, 1, 2]",
    ],
)
def test_what_is_no_list_of_data_keeps_its_length(source):
    assert lengths(source) == set()


def test_every_generated_change_of_the_course_is_python_and_keeps_the_other_lines():
    for path in COURSE:
        changes = changes_of(path)
        for index, places in changes.generated.items():
            old = changes.sources[index].splitlines()
            for change in (change for variants in places for change in variants if change.source is not None):
                compile(change.source, path.stem, "exec")
                assert abs(len(change.source.splitlines()) - len(old)) <= 10
                assert (
                    "list" in change.what
                    or sum(a != b for a, b in zip(old, change.source.splitlines(), strict=False)) == 1
                )


def test_setup_and_exercises_are_run_again_but_keep_their_text():
    nb = notebook(
        setup="# @title Set-up: finds\nx = 5", task='def f(n=3):\n    ...\n\nexercises.check("f", f)', plain="y = 5"
    )
    changes = Changes(nb, ByHand())
    kinds = {
        index: {change.what for variants in places for change in variants}
        for index, places in changes.generated.items()
    }
    assert kinds == {0: {"run twice"}, 1: {"run twice"}, 2: {"run twice", "twice", "half", "one more"}}
    assert changes.may_run_again == {0, 1, 2}
    assert changes.left_alone == {"the set-up cell": 1, "a cell of an exercise": 1}


def test_a_cell_runs_again_where_a_name_of_it_has_another_value():
    nb = notebook(first="w = 1", show="print(w)", second="w = 2", third="print(w)")
    again = Changes(nb, ByHand()).run_again(0)
    assert [change.again_after for change in again] == [2]
    assert [step.cell for step in steps_of({0: "", 1: "", 2: "", 3: ""}, again)] == [0, 1, 2, 0, 3]


# ---- edits by hand and exemptions ----

NB = {"data": "x = [1, 2, 3]\nrate = 0.5", "walk": "for _ in range(9):\n    x = x[:5]"}


def test_an_exemption_is_honoured_and_counted():
    said = ByHand(
        exempt=[Exempt("data", "0.5", "a share"), Exempt("walk", RUN_TWICE, "r"), Exempt("walk", RUN_AGAIN, "r")]
    )
    changes = Changes(notebook(**NB), said)
    assert changes.misfits == []
    made = {
        change.source or change.what for places in changes.generated.values() for place in places for change in place
    }
    assert not any("rate = 1.0" in text or "rate = 0.25" in text for text in made)
    assert changes.may_run_again == {0}
    assert changes.left_alone["exempt"] == 1 and changes.left_alone[f"exempt: {RUN_TWICE}"] == 1
    assert [place[0].what for place in changes.generated[1]] == ["twice", "twice"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Exempt("gone", "0.5", "a share"), "no cell 'gone'"),
        (Exempt("data", "0.7", "a share"), "0 times"),
        (Exempt("data", "3", "fits"), None),
        (Exempt("data", "rate =", "a share"), "holds no number and no list"),
        (Edit("sets the rate", "gone", "0.5", "0.7"), "no cell 'gone'"),
        (Edit("sets the rate", "data", "0.7", "0.5"), "0 times"),
        (Edit("sets a name", "walk", "x", "y"), "2 times"),
        (Edit("sets the rate", "data", "0.5", "0.5"), "changes nothing"),
        (Edit("sets the rate", "words", "0.5", "0.7"), "is not code"),
    ],
)
def test_what_does_not_fit_its_notebook_is_told_without_a_run(said, sentence):
    nb = notebook(**NB)
    nb.cells.append(new_markdown_cell("0.5", id="words"))
    by_hand = ByHand([said], []) if isinstance(said, Edit) else ByHand([], [said])
    found = Changes(nb, by_hand).misfits
    assert (sentence is None and not found) or sentence in "".join(found)


@pytest.mark.parametrize("path", COURSE, ids=lambda path: path.stem)
def test_the_edits_and_exemptions_of_the_course_fit_their_notebooks(path):
    assert changes_of(path).misfits == []


def test_no_module_of_edits_is_without_its_notebook():
    stems = {f"n{path.stem}" for path in COURSE}
    assert {path.stem for path in (ROOT / "tests" / "edits").glob("*.py")} <= stems


# ---- which cells depend on which ----

CHAIN = {
    0: "import numpy as np",
    1: "data = [3, 1]",
    2: "def total(n):\n    return n + sum(data)",
    3: "other = 5",
    4: "result = total(2 * other)",
    5: "kept = [each for data in other for each in data]",
    6: "data.append(2)",
    7: "other = 6\nprint(other)",
    8: "late = total(1)",
}


def test_what_a_cell_affects_is_followed_through_names_and_functions():
    flow = Flow(CHAIN)
    assert flow.affected(1, {0}) == {1, 2, 4, 6, 8}
    assert flow.affected(6, {0}) == {6, 8}
    assert flow.affected(3, {0}) == {3, 4, 5}
    assert flow.affected(7, {0}) == {7}


def test_what_a_cell_needs_is_followed_back():
    flow = Flow(CHAIN)
    assert flow.needed(list(CHAIN), 4) == [1, 2, 3, 4]
    assert flow.needed(list(CHAIN), 7) == [7]
    assert flow.needed([1, 6, 1, 2, 3, 4], 5) == [0, 1, 2, 3, 4, 5]


# ---- runs ----


def test_runs_make_each_change_once_with_one_for_a_cell_and_edits_by_hand_first():
    nb = notebook(a="x = 5\ny = 6", b="z = [1, 2, 3]", c="print(x)", d="print(z)")
    said = ByHand([Edit("one", "a", "5", "7"), Edit("two", "a", "6", "7"), Edit("three", "b", "2", "7")])
    changes = Changes(nb, said)
    runs = runs_of(changes, random.Random(1))
    made = [change for run in runs for change in run]
    assert len(made) == len(set(made)) == 3 + 2 + 1 + 3 + 1 + 1 + 1 + 1 + 3  # places, twice, again
    assert all(len({change.cell for change in run}) == len(run) for run in runs)
    assert {change.what for change in runs[0][:2]} & {"by hand: three"}
    assert sum(change.what.startswith("by hand") for change in [*runs[0], *runs[1]]) == 3


def test_few_changes_of_a_run_meet():
    nb = notebook(a="a = 5", b="b = a + 5", c="c = b + 5", d="d = c + 5", e="e = 5")
    changes = Changes(nb, ByHand())
    for meet in (1, 2):
        for run in runs_of(changes, random.Random(1), meet):
            affected = [cell for change in run for cell in changes.affected_by(change)]
            assert max(map(affected.count, affected)) <= meet


def test_the_seed_reproduces_the_runs():
    changes = changes_of(COURSE[1])
    first, second, other = (runs_of(changes, random.Random(seed)) for seed in ("1 x", "1 x", "2 x"))
    assert first == second != other


def test_a_twice_and_an_again_make_steps():
    changes = [
        Change(0, "run twice", times=2),
        Change(1, "run again", again_after=2),
        Change(2, "half", source="x = 1"),
    ]
    steps = steps_of({0: "a", 1: "b", 2: "x = 2"}, changes)
    assert [(step.cell, step.nth, step.source) for step in steps] == [
        (0, 0, "a"),
        (0, 1, "a"),
        (1, 0, "b"),
        (2, 0, "x = 1"),
        (1, 1, "b"),
    ]


# ---- who is to blame ----


def run_here(steps, folder, limit, end=float("inf")):
    """In place of a kernel: execute the steps in this process."""
    names, faults = {}, []
    for step in steps:
        try:
            exec(step.source, names)
        except Exception as error:
            faults.append(Fault(step.cell, step.nth, f"{type(error).__name__}: {error}"))
    return Run(steps, faults)


@pytest.fixture
def settled(tmp_path, monkeypatch):
    """A function that settles all runs of a notebook here, and returns it."""
    monkeypatch.setattr(edit_notebooks, "run", run_here)

    def settle(nb, said=None, seeds=(1, 2, 3, 4), end=float("inf")):
        nbformat.write(nb, tmp_path / "20_tiny.ipynb")
        one = Notebook(tmp_path / "20_tiny.ipynb", said or ByHand(), limit=60, end=end)
        for seed in seeds:
            one.draw(seed)
        edit_notebooks.work([one], jobs=2)
        return one

    return settle


SOUND = {"a": "x = [4, 5, 6]\nrate = 0.5", "b": "n = len(x)\nmean = sum(x) / n", "c": "y = 9\nprint(y * rate)"}


def test_a_sound_notebook_has_no_fault(settled):
    one = settled(notebook(**SOUND))
    assert one.blamed == [] and len(one.done) == 4 * (4 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1) - 4
    assert "FAULT" not in edit_notebooks.report(one)


@pytest.mark.parametrize(
    ("cells", "blamed", "fault"),
    [
        # a length typed twice
        ({"d": "pairs = [x[k] for k in range(3)]"}, {"a list one shorter", "one more", "twice"}, "IndexError"),
        # a finding is refused
        ({"d": "assert rate == 0.5"}, {"twice", "half"}, "AssertionError"),
        # a name with two meanings
        ({"d": "text = len(x)", "e": "x = 3", "f": "x = x + 1"}, {"run again after cell 5"}, "TypeError"),
        # a cell that cannot run twice
        ({"d": "x.sort()\nx = tuple(x)"}, {"run twice"}, "AttributeError"),
    ],
)
def test_the_change_that_breaks_a_notebook_is_blamed_among_many(settled, cells, blamed, fault):
    one = settled(notebook(**SOUND, **cells))
    assert one.blamed and {change.what for each in one.blamed for change in each.changes} <= blamed
    assert all(fault in each.fault.words and len(each.changes) == 1 for each in one.blamed)


def test_two_changes_that_break_it_only_together_are_told_as_such(settled):
    said = ByHand([Edit("sets rate", "a", "0.5", "0.7"), Edit("sets y", "c", "y = 9", "y = 5")])
    one = settled(notebook(**SOUND, d="assert (rate, y) != (0.7, 5)"), said, seeds=[1])
    assert [each.note for each in one.blamed] == ["only together"]
    assert {change.what for change in one.blamed[0].changes} == {"by hand: sets rate", "by hand: sets y"}


def test_two_breaks_in_one_run_are_both_found(settled):
    said = ByHand([Edit("empties x", "a", "[4, 5, 6]", "[]"), Edit("sets y", "c", "y = 9", "y = None")])
    one = settled(notebook(**SOUND, d="print(mean)"), said, seeds=[1])
    found = {(each.fault.cell, each.changes[0].what) for each in one.blamed}
    assert found == {(1, "by hand: empties x"), (2, "by hand: sets y")}  # and not that the name mean is missing


def test_a_change_that_breaks_several_cells_is_told_once(settled):
    said = ByHand([Edit("empties x", "a", "[4, 5, 6]", "[]")])
    one = settled(notebook(**SOUND, d="print(x[0])"), said, seeds=[1])
    assert [each.fault.cell for each in one.blamed if each.changes[0].what == "by hand: empties x"] == [1]


def test_changes_that_take_too_long_only_together_are_no_fault(settled, monkeypatch):
    def slow(steps, folder, limit, end):
        done = run_here(steps, folder, limit)
        long = any("5 * 5" in step.source for step in steps) and any("7 * 7" in step.source for step in steps)
        return Run(steps, [Fault(3, 0, "takes too long: more than 60 s")] if long else done.faults)

    monkeypatch.setattr(edit_notebooks, "run", slow)
    said = ByHand([Edit("sets rate", "a", "0.5", "5 * 5"), Edit("sets y", "c", "9", "7 * 7")])
    one = settled(notebook(**SOUND, d="print(rate, y)"), said, seeds=[1])
    assert one.blamed == [] and one.waiting == []


def test_a_fault_found_late_is_told_with_all_that_may_be_to_blame(settled, monkeypatch):
    def last(steps, folder, limit, end):
        monkeypatch.setattr(edit_notebooks.time, "monotonic", lambda: 1e9)
        return run_here(steps, folder, limit)

    monkeypatch.setattr(edit_notebooks, "run", last)
    said = ByHand([Edit("empties x", "a", "[4, 5, 6]", "[]")])
    one = settled(notebook(**SOUND), said, seeds=[1], end=1e8)
    assert [each.note for each in one.blamed] == ["one of these; no time to find out which"]
    assert "by hand: empties x" in {change.what for change in one.blamed[0].changes}


def test_each_notebook_has_its_turn_and_a_long_one_does_not_take_all_workers(tmp_path, monkeypatch):
    running, most = [], []

    def timed(steps, folder, limit, end):
        slow = "slow" in steps[0].source
        running.append(slow)
        most.append(sum(running))
        time.sleep(0.3 if slow else 0.01)
        running.remove(slow)
        return Run(steps, [])

    monkeypatch.setattr(edit_notebooks, "run", timed)
    several = []
    for name, mark in (("20_slow", "slow"), ("21_quick", "quick")):
        nbformat.write(notebook(a=f"{mark} = [4, 5, 6]"), tmp_path / f"{name}.ipynb")
        several.append(Notebook(tmp_path / f"{name}.ipynb", ByHand(), limit=60))
        several[-1].draw(1)
    edit_notebooks.work(several, jobs=2)
    assert most[:6].count(2) == 0, most  # 5 runs of the quick one beside the first of the slow one
    assert not several[0].waiting and not several[1].waiting


def test_what_goes_wrong_with_a_run_ends_the_program(settled, monkeypatch):
    def broken(steps, folder, limit, end):
        raise RuntimeError("no kernel starts")

    monkeypatch.setattr(edit_notebooks, "run", broken)
    with pytest.raises(RuntimeError, match="no kernel starts"):
        settled(notebook(**SOUND))


def test_a_notebook_that_fails_unchanged_is_told_as_such(settled):
    one = settled(notebook(**SOUND, d="1 / 0"), seeds=[1])
    assert {each.note for each in one.blamed} == {"without any change"}
    assert all(each.fault.cell == 3 and each.changes == [] for each in one.blamed)


def test_the_report_names_cell_and_lines(settled):
    one = settled(notebook(**SOUND), ByHand([Edit("empties x", "a", "[4, 5, 6]", "[]")]), seeds=[1])
    assert """\
  FAULT: cell 2 (b) ZeroDivisionError: division by zero
    after: cell 1 (a), by hand: empties x
      - x = [4, 5, 6]
      + x = []""" in edit_notebooks.report(one)


def test_when_the_time_is_over_no_run_begins_and_the_rest_is_told(settled):
    one = settled(notebook(**SOUND), seeds=[1], end=0.0)
    assert one.done == [] and re.search(r"NOT MADE, for want of time: \d+ changes", edit_notebooks.report(one))


# ---- in real kernels ----


def test_a_warning_of_python_or_numpy_at_a_line_of_a_cell_is_no_fault_and_all_else_is():
    cell = f"{tempfile.gettempdir()}/ipykernel_123/456.py"
    good = f"{cell}:2: RuntimeWarning: divide by zero\n  print(b / a)\n"
    assert stray(good) == "" and stray(good + good) == ""
    assert stray(good.replace("zero", "zero\nsecond line")) == ""
    assert stray("<ipython-input-3-1f>:2: DeprecationWarning: old\n") == ""
    assert stray(good + "2026 I tensorflow: hello\n" + good) == "2026 I tensorflow: hello"
    for bad in (
        good.replace(cell, "/course/helpers/plots/curves.py"),
        good.replace("RuntimeWarning", "UserWarning"),
        "something\n",
    ):
        assert bad.strip() in stray(bad + good)


def test_a_kernel_shows_errors_stderr_and_time(tmp_path):
    """One kernel, and what a learner would see in each cell."""
    cells = {
        "import numpy as np\nnp.ones(1) / np.zeros(1)": "",
        "1 / 0": "ZeroDivisionError: division by zero",
        "import sys\nprint('log', file=sys.stderr)": "writes to stderr: log",
        "import os, time\nos.write(2, b'from C\\n')\ntime.sleep(2)": "writes to stderr: from C",
        "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    1 / 0": "ZeroDivisionError: division by zero",
        "print(open('beside.txt').read())": "",
        "while True: print('x' * 100)": "takes too long: more than 5 s",
    }
    (tmp_path / "beside.txt").write_text("found")
    steps = [edit_notebooks.Step(number, 0, source) for number, source in enumerate(cells)]
    found = edit_notebooks.run([*steps, edit_notebooks.Step(99, 0, "1 / 0")], tmp_path, limit=5)
    assert {number: words for number, words in enumerate(cells.values()) if words} == {
        fault.cell: fault.words for fault in found.faults
    }


def test_a_run_is_cut_off_when_the_time_is_over_and_keeps_the_faults_seen(tmp_path):
    quick, endless = edit_notebooks.Step(0, 0, "1 / 0"), edit_notebooks.Step(1, 0, "import time\ntime.sleep(600)")
    start = time.monotonic()
    with pytest.raises(edit_notebooks.OutOfTimeError):
        edit_notebooks.run([endless], tmp_path, 60, start + 3)
    found = edit_notebooks.run([quick, endless], tmp_path, 60, time.monotonic() + 8)
    assert [fault.cell for fault in found.faults] == [0]
    assert time.monotonic() < start + 40


def test_a_kernel_that_dies_is_a_fault(tmp_path):
    steps = [edit_notebooks.Step(0, 0, "import os\nos._exit(1)")]
    assert [fault.words for fault in edit_notebooks.run(steps, tmp_path, 30).faults] == ["the kernel died"]


def test_the_program_says_what_it_found_and_fails(tmp_path, capsys):
    (tmp_path / "edits").mkdir()
    module = (
        'from edits import Edit\nEDITS = [Edit("empties x", "a", "[4, 5, 6]", "[]"), Edit("sets y", "c", "9", "8")]'
    )
    (tmp_path / "edits" / "n20_tiny.py").write_text(module, encoding="utf-8")
    nbformat.write(notebook(**SOUND), tmp_path / "20_tiny.ipynb")

    def main(*arguments):
        return edit_notebooks.main(list(arguments), folder=tmp_path, edits=tmp_path / "edits"), capsys.readouterr().out

    status, printed = main("--edit", "sets y")
    assert status == 0 and "1 changes, 0 faults" in printed
    status, printed = main("--edit", "empties")
    assert status == 1 and "ZeroDivisionError" in printed
    with pytest.raises(SystemExit, match="No edit by hand says"):
        main("--edit", "flies")
    status, printed = main("--seconds", "0")
    assert status == 1 and re.search(r"^seed \d+ \(again: make test-edits SEEDS=", printed), "nothing was run"


def test_a_misfit_fails_the_program_without_a_run(tmp_path, capsys):
    module = 'from edits import Edit\nEDITS = [Edit("sets y", "c", "7", "8")]'
    (tmp_path / "n20_tiny.py").write_text(module, encoding="utf-8")
    nbformat.write(notebook(**SOUND), tmp_path / "20_tiny.ipynb")
    assert edit_notebooks.main(["--seed", "1"], folder=Path(tmp_path), edits=tmp_path) == 1
    assert "FAULT: the edit 'sets y': the cell 'c' has the text '7' 0 times" in capsys.readouterr().out
