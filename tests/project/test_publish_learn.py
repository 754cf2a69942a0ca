"""The branch `learn` is the course with notebooks without outputs, published from one address only, never by force."""

import os
import shutil
import subprocess
import sys

import nbformat
import publish_learn
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from places import ROOT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="the branch is made by git")
ADDRESS = "https://github.com/some-owner/some.repo"
NAME = ("-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false")


def git(folder, *words):
    done = subprocess.run(["git", *NAME, *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode("utf-8").strip()


def write(path, number):
    cell = new_code_cell(f"{number}", execution_count=1)
    cell.outputs = [new_output("execute_result", {"text/plain": f"{number}"}, execution_count=1)]
    nbformat.write(new_notebook(cells=[cell]), path)


def commit(checkout):
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "a change")
    git(checkout, "push", "--quiet", "origin", "HEAD:main")


@pytest.fixture
def checkout(tmp_path):
    """A checkout of a small course, as shallow as a workflow's, whose address is set; `origin` lies beside it."""
    first, origin = tmp_path / "first", tmp_path / "origin"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", str(origin))
    git(tmp_path, "clone", "--quiet", str(origin), str(first))
    for folder in ("notebooks", "helpers", ".github/workflows"):
        (first / folder).mkdir(parents=True)
        (first / folder / "file.txt").write_text("élan\n", encoding="utf-8")
    (first / "pyproject.toml").write_text(f'[tool.course]\npublic-url = "{ADDRESS}"\n', encoding="utf-8")
    for number in (1, 2):
        write(first / "notebooks" / f"0{number}_x.ipynb", number)
    commit(first)
    git(tmp_path, "clone", "--quiet", "--depth", "1", origin.as_uri(), "checkout")
    return tmp_path / "checkout"


def published(checkout):
    """The names of the files on the branch, and a notebook of it."""
    git(checkout, "fetch", "--quiet", "origin", "learn")
    names = git(checkout, "ls-tree", "-r", "--name-only", "FETCH_HEAD").splitlines()
    return names, nbformat.reads(git(checkout, "show", "FETCH_HEAD:notebooks/01_x.ipynb"), as_version=4)


def test_the_branch_holds_the_course_without_outputs_and_leaves_the_checkout_alone(checkout):
    before = git(checkout, "rev-parse", "HEAD")
    said = publish_learn.publish(checkout, f"{ADDRESS.upper().replace('HTTPS', 'https')}.git")
    assert said == f"The branch learn is published: The course of {before[:12]}, notebooks without outputs."
    names, notebook = published(checkout)
    in_notebooks = [f"notebooks/{name}" for name in ("01_x.ipynb", "02_x.ipynb", "file.txt")]
    assert names == ["helpers/file.txt", *in_notebooks, "pyproject.toml"], "all but the workflows"
    assert notebook.cells[0].source == "1" and notebook.cells[0].outputs == []
    assert notebook.cells[0].execution_count is None and "course" not in notebook.metadata
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "rev-parse", "HEAD") == before == git(checkout, "ls-remote", "origin", "main").split()[0]


def test_what_follows_is_a_commit_on_top_and_the_same_again_is_none(checkout):
    publish_learn.publish(checkout, ADDRESS)
    first = git(checkout, "ls-remote", "origin", "learn")
    assert publish_learn.publish(checkout, ADDRESS) == "The branch learn has all of this."
    assert git(checkout, "ls-remote", "origin", "learn") == first
    write(checkout / "notebooks" / "01_x.ipynb", 3)
    commit(checkout)
    publish_learn.publish(checkout, ADDRESS)
    assert published(checkout)[1].cells[0].source == "3"
    git(checkout, "fetch", "--quiet", "--depth", "3", "origin", "learn")
    assert git(checkout, "rev-parse", "FETCH_HEAD^") == first.split()[0], "who has the branch can pull"


@pytest.mark.parametrize("address", ["https://github.com/a-fork/some.repo", "https://github.com/some-owner/other"])
def test_another_repository_publishes_nothing(checkout, address):
    assert publish_learn.publish(checkout, address).startswith("Nothing is published")
    (checkout / "pyproject.toml").write_text('[tool.course]\npublic-url = ""\n', encoding="utf-8")
    assert publish_learn.publish(checkout, ADDRESS).endswith("the public address of this course is not set yet.")
    assert git(checkout, "ls-remote", "origin", "learn") == ""


def test_a_failure_of_git_is_told_in_its_own_words(checkout):
    shutil.rmtree(checkout.parent / "origin")
    with pytest.raises(SystemExit, match=r"^git ls-remote failed: "):
        publish_learn.publish(checkout, ADDRESS)


def test_it_needs_the_standard_library_only():
    """The workflow installs nothing."""
    done = subprocess.run(
        [sys.executable, "-S", "tools/publish_learn.py", "https://github.com/a-fork/of-it"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Nothing is published"), done.stderr
