"""The learner's copies: laid, worked on, updated over a changed course, on a full disk, interrupted at every line."""

import ast
import contextlib
import copy
import datetime
import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_rules import links
from places import ROOT

from helpers import lab

TODAY = datetime.date(2026, 11, 28)
STEMS = ("00_start_here", "01_perceptron", "02_xor", "03_gradient_descent")
MINE = "my own sentence, which nobody may lose"


def notebook(text):
    """A notebook of the course as it is stored: with outputs, folded, with topics in a cell."""
    cells = [
        new_markdown_cell(f"# {text}"),
        new_code_cell("1 + 1", execution_count=1, outputs=[new_output("execute_result", {"text/plain": "2"})]),
        new_markdown_cell("## Going further: more", metadata={"jp-MarkdownHeadingCollapsed": True}),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "colab": {"collapsed_sections": [cells[2].id]}})


def write(path, text):
    nbformat.write(notebook(text), path)


@pytest.fixture
def course(tmp_path):
    """A small course with no copies yet."""
    root = tmp_path / "course"
    (root / "notebooks").mkdir(parents=True)
    for stem in STEMS:
        write(root / "notebooks" / f"{stem}.ipynb", f"{stem}, edition 1")
    return root


def copy_of(root, stem):
    return root / lab.FOLDER / f"{stem}.ipynb"


def update(root, *take_new):
    """Bring the copies up to date and return what is said."""
    report = lab.Report()
    lab.bring_up_to_date(root, report, take_new, TODAY)
    return report.sentences()


def change(path, do):
    """Open a notebook, do something to it, save it as JupyterLab does."""
    opened = nbformat.read(path, as_version=4)
    do(opened)
    nbformat.write(opened, path)


def work_on(path):
    change(path, lambda nb: nb.cells[0].update(source=MINE))


def run_in_jupyterlab(nb):
    """All that JupyterLab changes in a file without a key pressed in a cell's text."""
    nb.metadata["language_info"] = {"name": "python", "version": "3.12.1"}
    nb.metadata["toc-autonumbering"] = True
    for cell in nb.cells:
        cell.metadata.update(scrolled=True, tags=["seen"], execution={"iopub.status.busy": "now"})
        cell.metadata.pop("jp-MarkdownHeadingCollapsed", None)
        cell.id = f"new-{cell.id}"
    nb.cells[1].update(execution_count=7, outputs=[new_output("stream", name="stdout", text="3")])
    nb.cells.append(new_code_cell(" \n"))  # JupyterLab adds an empty cell below the last one that is run


def texts(root, stem):
    """The first cell of a copy, which tells its edition."""
    return lab.source(lab.read(copy_of(root, stem))["cells"][0])


def next_edition(root):
    """Change three of the four notebooks, drop one of them, and add a new one."""
    (root / "notebooks" / "02_xor.ipynb").unlink()
    for stem in ("01_perceptron", "03_gradient_descent", "04_loss_landscapes"):
        write(root / "notebooks" / f"{stem}.ipynb", f"{stem}, edition 2")


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


# --- laid --------------------------------------------------------------------------------------------------


def test_the_first_copies_have_no_outputs_and_are_otherwise_the_notebooks(course):
    assert update(course) == ["my_course/ now holds 4 notebooks for you to work in, without outputs."]
    for stem in STEMS:
        stored = nbformat.read(course / "notebooks" / f"{stem}.ipynb", as_version=4)
        laid = nbformat.read(copy_of(course, stem), as_version=4)
        nbformat.validate(laid)
        assert [cell.get("outputs", []) for cell in laid.cells] == [[], [], []]
        assert [cell.get("execution_count") for cell in laid.cells] == [None, None, None]
        for one, other in zip(stored.cells, laid.cells, strict=True):
            assert (one.id, one.source, one.metadata) == (other.id, other.source, other.metadata)
        assert laid.metadata["colab"] == stored.metadata["colab"], "what is folded stays folded"
    readme = (course / lab.FOLDER / "README.md").read_text(encoding="utf-8")
    assert "git pull" in readme and "git clean -fdX" in readme


def test_a_second_time_changes_nothing_and_says_nothing(course):
    update(course)
    work_on(copy_of(course, "01_perceptron"))
    before = contents(course / lab.FOLDER)
    assert update(course) == [], "the one that was worked on is of this edition"
    assert contents(course / lab.FOLDER) == before


def test_a_readme_of_the_learner_is_left_alone(course):
    update(course)
    readme = course / lab.FOLDER / "README.md"
    readme.write_text(MINE, encoding="utf-8")
    update(course)
    assert readme.read_text(encoding="utf-8") == MINE


def test_the_copies_of_the_real_course_work_where_they_lie(tmp_path):
    """Links lead somewhere from the copies' folder, and the set-up cell finds the helpers one folder up."""
    root = tmp_path / "course"
    for name in ("notebooks", "helpers"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    update(root)
    looked = 0
    for path in sorted((root / lab.FOLDER).glob("*.ipynb")):
        for cell in lab.read(path)["cells"]:
            for link in links(lab.source(cell)) if cell["cell_type"] == "markdown" else ():
                if not link.startswith(("http", "#", "mailto:")):
                    looked += 1
                    home = ROOT / "notebooks" if link.startswith("../") else path.parent  # both lie one folder deep
                    assert (home / link.split("#")[0]).exists(), f"{path.name}: {link}"
    assert looked > 10
    setup = lab.source(lab.read(copy_of(root, "01_perceptron"))["cells"][1])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{setup}\nprint(course.__file__)"],
        cwd=root / lab.FOLDER,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == root.resolve() / "helpers" / "course.py"


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="needs a git checkout")
def test_git_and_ruff_leave_the_folder_alone(tmp_path):
    ignored = subprocess.run(
        ["git", "-c", "safe.directory=*", "check-ignore", f"{lab.FOLDER}/01_perceptron.ipynb"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ignored.returncode == 0
    shutil.copy(ROOT / "pyproject.toml", tmp_path)  # without .gitignore, as in a downloaded archive
    (tmp_path / lab.FOLDER).mkdir()
    for folder in (tmp_path, tmp_path / lab.FOLDER):
        (folder / "faulty.py").write_text("import os\n", encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "faulty.py:1" in checked.stdout and lab.FOLDER not in checked.stdout


def test_pytest_and_nbval_leave_the_folder_alone(pytestconfig):
    assert {lab.FOLDER, ".*", "build", "venv"} <= set(pytestconfig.getini("norecursedirs"))


# --- worked on, and the course changes ---------------------------------------------------------------------


def test_an_update_replaces_what_nobody_worked_on_and_leaves_the_rest(course):
    update(course)
    work_on(copy_of(course, "03_gradient_descent"))
    change(copy_of(course, "01_perceptron"), run_in_jupyterlab)
    (course / lab.FOLDER / "notes.txt").write_text(MINE, encoding="utf-8")
    left = copy_of(course, "02_xor").read_bytes(), copy_of(course, "03_gradient_descent").read_bytes()
    next_edition(course)
    assert update(course) == [
        "New in my_course/: 04_loss_landscapes.",
        "Updated, because you had not changed them: 01_perceptron.",
        "Outputs went with that from 01_perceptron: run the cells again.",
        "Left alone, because you worked on them: 03_gradient_descent. The course has other versions; "
        "`python -m helpers.lab --take-new 03_gradient_descent` takes them and keeps yours under another name.",
    ]
    assert texts(course, "01_perceptron") == "# 01_perceptron, edition 2"
    assert texts(course, "04_loss_landscapes") == "# 04_loss_landscapes, edition 2"
    assert left == (copy_of(course, "02_xor").read_bytes(), copy_of(course, "03_gradient_descent").read_bytes())
    assert (course / lab.FOLDER / "notes.txt").read_text(encoding="utf-8") == MINE


TOUCHES = {
    "a changed text": lambda nb: nb.cells[1].update(source="1 + 2"),
    "a cell more": lambda nb: nb.cells.append(new_code_cell("2 + 2")),
    "a cell less": lambda nb: nb.cells.pop(),
    "another order": lambda nb: nb.cells.insert(0, nb.cells.pop()),
    "another type": lambda nb: nb.cells.__setitem__(1, new_markdown_cell("1 + 1")),
    "two cells made one": lambda nb: nb.cells.__setitem__(
        slice(0, 2), [new_markdown_cell(nb.cells[0].source + nb.cells[1].source)]
    ),
    "lost marks": lambda nb: nb.metadata.pop("course"),
    "spoilt marks": lambda nb: nb.metadata.update(course="mine"),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_work_is_seen_and_never_overwritten(course, touch):
    update(course)
    change(copy_of(course, "01_perceptron"), touch)
    before = copy_of(course, "01_perceptron").read_bytes()
    next_edition(course)
    assert any("Left alone, because you worked on them: 01_perceptron." in line for line in update(course))
    assert copy_of(course, "01_perceptron").read_bytes() == before


def test_what_jupyterlab_writes_by_itself_is_no_work(course):
    update(course)
    change(copy_of(course, "01_perceptron"), run_in_jupyterlab)
    course_version = lab.read(course / "notebooks" / "01_perceptron.ipynb")
    assert lab.state_of(copy_of(course, "01_perceptron"), course_version) is lab.State.CURRENT
    before = copy_of(course, "01_perceptron").read_bytes()
    assert update(course) == []
    assert copy_of(course, "01_perceptron").read_bytes() == before, "outputs stay as long as the course has nothing new"


def test_a_new_folding_of_the_same_text_is_taken_as_well(course):
    update(course)
    change(course / "notebooks" / "01_perceptron.ipynb", lambda nb: nb.cells[1].metadata.update(tags=["hide-output"]))
    assert update(course) == ["Updated, because you had not changed them: 01_perceptron."]
    assert lab.read(copy_of(course, "01_perceptron"))["cells"][1]["metadata"] == {"tags": ["hide-output"]}


def test_other_outputs_in_the_course_are_no_new_edition(course):
    update(course)
    change(course / "notebooks" / "01_perceptron.ipynb", lambda nb: nb.cells[1].update(outputs=[], execution_count=9))
    assert update(course) == []


@pytest.mark.parametrize("name", ["03", "03_gradient_descent", "notebooks/03_gradient_descent.ipynb"])
def test_who_takes_the_new_version_keeps_both(course, name):
    update(course)
    work_on(copy_of(course, "03_gradient_descent"))
    mine = copy_of(course, "03_gradient_descent").read_bytes()
    next_edition(course)
    kept = "03_gradient_descent (mine, 2026-11-28).ipynb"
    said = f"03_gradient_descent is the course's version now; what was there before is kept as {kept!r}."
    assert said in update(course, name)
    assert (course / lab.FOLDER / kept).read_bytes() == mine
    assert texts(course, "03_gradient_descent") == "# 03_gradient_descent, edition 2"
    work_on(copy_of(course, "03_gradient_descent"))
    update(course, name)  # the name is taken by now
    assert (course / lab.FOLDER / kept).read_bytes() == mine
    assert (course / lab.FOLDER / "03_gradient_descent (mine, 2026-11-28, 2).ipynb").exists()


def test_a_wrong_name_changes_nothing_and_is_told(course):
    update(course)
    before = contents(course / lab.FOLDER)
    next_edition(course)
    for name in ("07", "3", "", "0"):
        with pytest.raises(lab.LabError, match=r"^The course has no notebook '.*'\. It has: 00_start_here, "):
            update(course, "01", name)
    assert contents(course / lab.FOLDER) == before


# --- what may lie in the way -------------------------------------------------------------------------------


def no_notebook(path):
    path.write_text('{"cells": [], "nbformat": 3}', encoding="utf-8")


def a_link(path):
    work = path.parent / "elsewhere.ipynb"
    path.rename(work)
    path.symlink_to(work)


SPOILERS = {
    "half a file": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "an empty file": lambda path: path.write_bytes(b""),
    "a picture": lambda path: path.write_bytes(b"\x89PNG\xff\x00"),
    "other JSON": lambda path: path.write_text('["cells"]', encoding="utf-8"),
    "no cells": lambda path: path.write_text('{"nbformat": 4, "metadata": {}}', encoding="utf-8"),
    "strange cells": lambda path: path.write_text('{"nbformat": 4, "metadata": {}, "cells": {"a": 1}}', "utf-8"),
    "deep JSON": lambda path: path.write_text("[" * 100_000, encoding="utf-8"),
    "an old format": no_notebook,
    "a folder": lambda path: (path.unlink(), path.mkdir(), (path / "x.txt").write_text(MINE)),
    "a link": a_link,
    "a link to nothing": lambda path: (path.unlink(), path.symlink_to("nowhere")),
}
needs_links = pytest.mark.skipif(os.name == "nt", reason="on Windows a link needs rights that few have")


@pytest.mark.parametrize(
    "spoil", [pytest.param(s, marks=needs_links if "link" in n else (), id=n) for n, s in SPOILERS.items()]
)
def test_what_is_no_copy_is_left_alone_and_told_and_can_be_put_aside(course, spoil):
    update(course)
    path = copy_of(course, "01_perceptron")
    spoil(path)
    before = lab.look(path)
    next_edition(course)
    (line,) = [line for line in update(course) if "my_course/01_perceptron.ipynb" in line]
    assert line.endswith(
        "and was left alone; `python -m helpers.lab --take-new 01_perceptron` keeps it under another name and lays a "
        "new copy."
    )
    assert lab.look(path) == before
    assert texts(course, "03_gradient_descent") == "# 03_gradient_descent, edition 2", "the others go on"
    update(course, "01")
    assert lab.look(course / lab.FOLDER / "01_perceptron (mine, 2026-11-28).ipynb") == before
    assert texts(course, "01_perceptron") == "# 01_perceptron, edition 2"


@pytest.mark.parametrize("kind", ["a file", pytest.param("a link", marks=needs_links)])
def test_a_folder_that_is_none_is_told(course, kind):
    if kind == "a file":
        (course / lab.FOLDER).write_text(MINE, encoding="utf-8")
    else:
        (course / "elsewhere").mkdir()
        (course / lab.FOLDER).symlink_to("elsewhere")
    with pytest.raises(lab.LabError, match=r"^my_course is in the way: it must be a folder, and no link"):
        update(course)


def test_a_course_without_notebooks_is_told(tmp_path):
    with pytest.raises(lab.LabError, match=r"^There are no notebooks in .*: start this in the course's folder"):
        update(tmp_path)


def test_a_damaged_notebook_of_the_course_costs_nobody_a_copy(course):
    update(course)
    before = copy_of(course, "01_perceptron").read_bytes()
    next_edition(course)
    (course / "notebooks" / "01_perceptron.ipynb").write_text("<<<<<<< HEAD", encoding="utf-8")
    assert any("`git checkout notebooks/01_perceptron.ipynb` brings it back." in line for line in update(course))
    assert copy_of(course, "01_perceptron").read_bytes() == before
    assert texts(course, "03_gradient_descent") == "# 03_gradient_descent, edition 2"


def test_checkpoints_of_jupyterlab_are_left_alone(course):
    update(course)
    checkpoint = course / lab.FOLDER / ".ipynb_checkpoints" / "01_perceptron-checkpoint.ipynb"
    checkpoint.parent.mkdir()
    checkpoint.write_text(MINE, encoding="utf-8")
    next_edition(course)
    update(course)
    assert checkpoint.read_text(encoding="utf-8") == MINE


def test_a_copy_that_is_saved_at_this_very_moment_is_left_alone(course, monkeypatch):
    update(course)
    next_edition(course)
    path, asked = copy_of(course, "01_perceptron"), lab.was_run

    def saved_meanwhile(copy):
        answer = asked(copy)
        if copy == path:
            work_on(path)
        return answer

    monkeypatch.setattr(lab, "was_run", saved_meanwhile)
    assert "01_perceptron was saved while this ran, so it was left alone." in update(course)
    assert texts(course, "01_perceptron") == MINE


# --- a full disk, a read-only folder -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full. Make room and start this again."),
        (errno.EACCES, "my_course/, or this file in it, is read-only for you."),
        (errno.EROFS, "read-only"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace", "rename"])
def test_a_disk_that_takes_no_more_costs_nothing(course, monkeypatch, call, number, words):
    update(course)
    work_on(copy_of(course, "03_gradient_descent"))
    next_edition(course)
    before = contents(course / lab.FOLDER)

    def fail(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(lab.LabError) as told:
            update(course, "03")
    name = "03_gradient_descent" if call == "rename" else "01_perceptron"
    assert str(told.value).startswith(f"my_course/{name}.ipynb could not be written: ")
    assert words in str(told.value) and str(told.value).endswith("None of your notebooks was changed by this.")
    if call == "rename":  # the one before was replaced already, as it should be
        del before["01_perceptron.ipynb"]
    assert before.items() <= contents(course / lab.FOLDER).items()
    assert not list((course / lab.FOLDER).glob(f"*{lab.UNFINISHED}"))
    update(course, "03")
    assert texts(course, "03_gradient_descent") == "# 03_gradient_descent, edition 2"


def test_when_the_new_version_cannot_take_its_place_the_learners_own_goes_back(course, monkeypatch):
    update(course)
    work_on(copy_of(course, "03_gradient_descent"))
    before = contents(course / lab.FOLDER)

    def fail(*_):
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(lab.LabError):
        update(course, "03")
    assert contents(course / lab.FOLDER) == before


def run_lab(root, *words, before="", **options):
    """Run the command in a process of its own."""
    program = f"{before}\nimport sys\nfrom pathlib import Path\nfrom helpers import lab\n"
    program += f"sys.exit(lab.main({list(words)!r}, Path({str(root)!r})))"
    command = [*options.pop("prefix", ()), sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, **options)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
def test_a_file_that_can_only_be_written_in_part_takes_no_name(course):
    update(course)
    write(course / "notebooks" / "01_perceptron.ipynb", "long " * 10_000)
    before = contents(course / lab.FOLDER)
    done = run_lab(
        course, "--copies-only", before="import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000))"
    )
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("my_course/01_perceptron.ipynb could not be written: ")
    assert contents(course / lab.FOLDER) == before


def test_a_disk_that_is_really_full(course):
    """A file system of 64 kB, in a name space of its own: where the kernel allows no such thing, this says nothing."""
    mount = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    disk = course / "disk"
    disk.mkdir()
    script = f"mount -t tmpfs -o size=64k none '{disk}' && cp -r '{course}/notebooks' '{disk}' && exec \"$@\""
    if shutil.which("unshare") is None or subprocess.run([*mount, f"{script} true"], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    again = (
        "import shutil, pathlib\nfrom helpers import lab\n"
        f"root = pathlib.Path({str(disk)!r})\n"
        "lab.main(['--copies-only'], root)\n"
        "before = {p.name: p.read_bytes() for p in (root / 'my_course').iterdir()}\n"
        "book = root / 'notebooks' / '01_perceptron.ipynb'\n"
        "book.write_text(book.read_text().replace('edition 1', 'edition 2'))\n"
        "try:\n    (root / 'rest').write_bytes(bytes(100_000))\nexcept OSError:\n    pass\n"
        "code = lab.main(['--copies-only'], root)\n"
        "after = {p.name: p.read_bytes() for p in (root / 'my_course').iterdir()}\n"
        "print(code, before == after)"
    )
    done = subprocess.run(
        [*mount, script, "sh", sys.executable, "-c", again], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "1 True", done.stdout + done.stderr
    assert done.stderr.startswith("my_course/01_perceptron.ipynb could not be written: the disk is full.")


# --- an interruption ---------------------------------------------------------------------------------------


# The others only read and reckon: an interruption there changes no more than one before they are called.
WRITERS = {"bring_up_to_date", "lay", "put", "put_aside", "written_beside", "remove_abandoned"}
LISTS_OF_STATEMENTS = ("body", "orelse", "finalbody")


def tell_of_every_statement(tree):
    """Let a call of `about_to_run()` stand before each statement inside the writers of a parsed module."""
    for node in ast.walk(tree):
        for statements in (getattr(node, name, None) for name in LISTS_OF_STATEMENTS):
            if isinstance(statements, list):
                call = ast.parse("about_to_run()").body[0]
                statements[:] = [each for statement in statements for each in (copy.deepcopy(call), statement)]


@pytest.fixture(scope="module")
def told_lab():
    """A second `helpers.lab` whose writers tell of each statement before it runs.

    Written into the code, not asked of `sys.settrace`: raising in a trace function has left Python 3.11 running for
    ever in a process where other tests had been before.
    """
    return lab_that_tells()


def lab_that_tells():
    tree = ast.parse(Path(lab.__file__).read_text(encoding="utf-8"))
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name in WRITERS:
            tell_of_every_statement(function)
    told = ModuleType("told_lab")
    told.__file__, told.about_to_run = lab.__file__, lambda: None
    sys.modules[told.__name__] = told  # dataclasses look there
    exec(compile(ast.fix_missing_locations(tree), lab.__file__, "exec"), told.__dict__)
    return told


class Interrupt:
    """Raises KeyboardInterrupt, or ends the process, before the n-th statement that is run in one of the writers."""

    def __init__(self, line, end=None):
        self.left, self.end, self.struck = line, end, False

    def __call__(self):
        if not self.struck:
            self.left -= 1
            if self.left <= 0:
                self.struck = True
                if self.end:
                    self.end()
                raise KeyboardInterrupt

    def run(self, told_lab, root):
        """Update a course until the interruption; say whether there was one."""
        told_lab.about_to_run = self
        with contextlib.suppress(KeyboardInterrupt):
            told_lab.bring_up_to_date(root, told_lab.Report(), ["03"], TODAY)
        return self.struck


def worked_on_course(root, folder):
    """A copy of a course that has a copy worked on, one that was run, and a new edition; one notebook only of each."""
    shutil.copytree(root, folder)
    update(folder)
    work_on(copy_of(folder, "03_gradient_descent"))
    change(copy_of(folder, "01_perceptron"), run_in_jupyterlab)
    next_edition(folder)
    return folder


def assert_nothing_is_lost(root):
    """Every notebook is whole, the learner's is there once, and nothing untouched counts as worked on.

    Then the update goes on to the same end as one that nobody interrupted.
    """
    folder = root / lab.FOLDER
    mine = [path.name for path in folder.glob("*.ipynb") if lab.source(lab.read(path)["cells"][0]) == MINE]
    assert len(mine) == 1, mine
    for path in folder.glob("*.ipynb"):
        copy = lab.read(path)
        assert (copy["metadata"]["course"]["fingerprint"] == lab.fingerprint(copy)) == (path.name not in mine), path
    assert {f"{stem}.ipynb" for stem in ("00_start_here", "01_perceptron", "02_xor")} <= set(os.listdir(folder))
    update(root, *(["03"] if mine == ["03_gradient_descent.ipynb"] else []))
    assert texts(root, "01_perceptron") == "# 01_perceptron, edition 2"
    assert texts(root, "03_gradient_descent") == "# 03_gradient_descent, edition 2"
    assert texts(root, "04_loss_landscapes") == "# 04_loss_landscapes, edition 2"
    assert texts(root, "02_xor") == "# 02_xor, edition 1"
    assert len(list(folder.glob("*.ipynb"))) == 6
    assert "my own sentence" in (folder / "03_gradient_descent (mine, 2026-11-28).ipynb").read_text(encoding="utf-8")


@pytest.fixture
def quick_disk(monkeypatch):
    """Hundreds of updates need not wait for the disk each time."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_an_interruption_before_any_line_loses_nothing(course, tmp_path, told_lab, quick_disk):
    start = worked_on_course(course, tmp_path / "start")
    line, struck = 0, True
    while struck:
        line += 1
        root = tmp_path / "now"
        shutil.copytree(start, root)
        struck = Interrupt(line).run(told_lab, root)
        assert_nothing_is_lost(root)
        shutil.rmtree(root)
    assert line > 100, "the statements of lab.py were not seen"


def kill_before_lines(start, root):
    """Kill an update before every third statement (those between are interrupted above; here nobody cleans up)."""
    told = lab_that_tells()
    os.fsync = lambda _: None
    line, code = 0, 9
    while code:
        line += 3
        shutil.copytree(start, root)
        child = os.fork()
        if child == 0:
            try:
                Interrupt(line, end=lambda: os._exit(9)).run(told, root)
            finally:
                os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert_nothing_is_lost(root)
        shutil.rmtree(root)
    assert line > 100, "the statements of lab.py were not seen"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows starts a process too slowly for this many")
def test_a_process_that_is_killed_before_any_line_loses_nothing(course, tmp_path):
    start = worked_on_course(course, tmp_path / "start")
    # In a process of its own: to fork one in which threads run can hang.
    code = f"import {__name__.rpartition('.')[2]} as tests; tests.kill_before_lines({str(start)!r}, tests.Path('now'))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, check=False, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr


def test_what_a_killed_update_left_is_removed_when_it_is_old(course):
    update(course)
    files = [course / lab.FOLDER / f".01_perceptron.ipynb.{n}{lab.UNFINISHED}" for n in (1, 2)]
    for path in files:
        path.write_text("half", encoding="utf-8")
    os.utime(files[0], (0, 0))
    update(course)
    assert [path.exists() for path in files] == [False, True], "the younger one may belong to an update that runs now"


# --- the command -------------------------------------------------------------------------------------------


def test_the_command_lays_copies_and_starts_jupyterlab_in_the_courses_folder(course, monkeypatch, capsys):
    started = []
    monkeypatch.setattr(lab, "start", lambda *words: started.append(words))
    assert lab.main(["--take-new", "03", "--", "--no-browser", "--port=9"], course) == 0
    assert started == [(course, ["--no-browser", "--port=9"])]
    assert lab.main(["--copies-only"], course) == 0
    assert len(started) == 1
    assert capsys.readouterr().out.splitlines() == [
        "my_course/ now holds 4 notebooks for you to work in, without outputs.",
        "my_course/ is up to date.",
    ]


def test_jupyterlab_gets_the_folder_and_the_first_page(course, monkeypatch):
    words = []
    labapp = SimpleNamespace(LabApp=SimpleNamespace(launch_instance=lambda *, argv: words.extend(argv)))
    monkeypatch.setitem(sys.modules, "jupyterlab", SimpleNamespace(labapp=labapp))
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", labapp)
    lab.start(course, ["--no-browser"])
    assert words[0] == f"--ServerApp.root_dir={course}" and words[-1] == "--no-browser"
    assert words[1] == "--LabApp.default_url=/lab/tree/my_course/00_start_here.ipynb"


def test_nothing_is_started_where_something_is_in_the_way(course, monkeypatch, capsys):
    monkeypatch.setattr(lab, "start", lambda *_: pytest.fail("JupyterLab was started"))
    (course / lab.FOLDER).write_text("", encoding="utf-8")
    assert lab.main([], course) == 1
    assert capsys.readouterr().err.startswith("my_course is in the way")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "bring_up_to_date", interrupted)
    assert lab.main([], course) == 1
    assert capsys.readouterr().err.startswith("Interrupted. Nothing of yours is lost")


def test_a_python_without_jupyterlab_is_told(course):
    done = run_lab(course, before="import sys\nsys.modules['jupyterlab'] = None")
    assert done.returncode == 1 and done.stdout.startswith("my_course/ now holds 4 notebooks")
    assert done.stderr.startswith("JupyterLab is not installed in this Python") and "Traceback" not in done.stderr


def test_no_library_is_needed_for_the_copies(course):
    program = f"import pathlib\nfrom helpers import lab\nlab.main(['--copies-only'], pathlib.Path({str(course)!r}))"
    subprocess.run([sys.executable, "-S", "-c", program], cwd=ROOT, check=True, capture_output=True)
    assert json.loads(copy_of(course, "01_perceptron").read_bytes())["cells"][1]["outputs"] == []
