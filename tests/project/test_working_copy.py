"""What the rehearsals share: a true copy of the working tree, the notebooks asked for, a port, an honest exit code."""

import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest
import working_copy
from places import ROOT
from working_copy import CheckFailed, Report

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="the rehearsals copy what git tracks")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A small repository with a tracked, a deleted, a new and an ignored file."""
    folder = tmp_path / "tree"
    folder.mkdir()
    monkeypatch.setattr(working_copy, "ROOT", folder)
    monkeypatch.setitem(working_copy.git.__kwdefaults__, "cwd", folder)
    for name in ("tracked.txt", "deleted.txt", ".gitignore"):
        (folder / name).write_text("ignored.txt\n", encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        working_copy.git(*words)
    (folder / "deleted.txt").unlink()
    (folder / "tracked.txt").write_text("edited, not committed\n", encoding="utf-8")
    (folder / "ignored.txt").write_text("x", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "new.txt").write_text("x", encoding="utf-8")
    return folder


@needs_git
@pytest.mark.parametrize("untracked", [True, False])
def test_a_copy_holds_what_lies_in_the_tree_now(tree, tmp_path, untracked):
    working_copy.copy_tree(tmp_path / "copy", untracked=untracked)
    found = {path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*.txt")}
    assert found == {"tracked.txt"} | ({"sub/new.txt"} if untracked else set())
    assert (tmp_path / "copy" / "tracked.txt").read_text(encoding="utf-8") == "edited, not committed\n"


@needs_git
def test_a_failure_of_git_is_an_error_with_its_own_words():
    with pytest.raises(RuntimeError, match=r"^git no-such-command failed: .*no-such-command"):
        working_copy.git("no-such-command")


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], ["00_a", "01_b", "02_c"]), (["01"], ["01_b"]), (["notebooks/02_c.ipynb", "00_a"], ["02_c", "00_a"])],
)
def test_the_notebooks_that_are_named_are_chosen_and_all_without_a_name(tmp_path, names, expected):
    for stem in ("02_c", "00_a", "01_b"):
        (tmp_path / f"{stem}.ipynb").touch()
    assert [path.stem for path in working_copy.chosen_notebooks(tmp_path, names)] == expected


def test_a_notebook_that_is_not_there_ends_the_program(tmp_path):
    (tmp_path / "00_a.ipynb").touch()
    with pytest.raises(SystemExit, match=r"no notebook 07 in"):
        working_copy.chosen_notebooks(tmp_path, ["00", "07"])


def test_a_free_port_can_be_taken_at_once():
    with socket.socket() as server:
        server.bind(("127.0.0.1", working_copy.free_port()))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_a_program_that_is_asked_to_end_cleans_up():
    program = (
        "import time, working_copy\n"
        "working_copy.end_cleanly_when_asked()\n"
        "try:\n    print('ready', flush=True)\n    time.sleep(60)\nfinally:\n    print('cleaned up')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT / "tools", stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == "cleaned up\n"
    assert process.returncode == 143


def fails():
    raise CheckFailed("seen:\nthe fault")


def breaks():
    raise ZeroDivisionError("in the check itself")


@pytest.mark.parametrize(
    ("checks", "code", "last"),
    [
        ([lambda: "a note", lambda: None], 0, "2 passed, 0 failed"),
        ([fails, lambda: None], 1, "1 passed, 1 failed"),
        ([breaks, lambda: None], 1, "1 passed, 1 failed"),
        ([], 1, "0 passed, 0 failed"),
    ],
    ids=["all pass", "one fails", "one breaks", "nothing ran"],
)
def test_the_exit_code_tells_whether_something_ran_and_all_of_it_passed(checks, code, last, capsys):
    report = Report()
    for check in checks:
        report.run("a check", check)
    assert report.close() == code
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == last
    assert ("    seen:\n    the fault" in printed) == (fails in checks)


def test_a_planted_fault_must_be_seen_and_named():
    assert working_copy.must_fail(fails, "the fault") == "(red, as it must be)"
    with pytest.raises(CheckFailed, match="was not named"):
        working_copy.must_fail(fails, "another fault")
    with pytest.raises(CheckFailed, match="was not seen"):
        working_copy.must_fail(lambda: None, "the fault")
