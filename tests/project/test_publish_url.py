"""The course's public address stands in one place, and every other place says the same."""

import re
import shutil
import sys
from pathlib import Path

import nbformat
import publish_url
import pytest
from places import ROOT

URL = "https://github.com/some-owner/some.repo"

README = """# A course
Élan.
git clone ADDRESS course
| 00 | <!-- course-url: badge 00_start_here --><!-- /course-url --> |
| 01 | <!-- course-url: badge 01_perceptron --><!-- /course-url --> |
"""


def small_notebook(setup_cell: str) -> nbformat.NotebookNode:
    """A notebook with the two cells that hold the address, and one with everything that must not change."""
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell("# Perceptron – élan\n\n*Open in Colab: …*\n\nNo line to see."),
        v4.new_code_cell(setup_cell),
        v4.new_code_cell("1 + 1", execution_count=2, metadata={"tags": ["measured"]}),
    ]
    cells[2].outputs = [v4.new_output("execute_result", {"text/plain": "2"}, execution_count=2)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return v4.new_notebook(cells=cells, metadata=metadata)


def write_notebook(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook as it is stored: with the same line ends on every system."""
    path.write_bytes((nbformat.writes(notebook) + "\n").encode("utf-8"))


@pytest.fixture
def course(tmp_path):
    """A small course with every place in which the address stands."""
    for folder in ("tools", "notebooks"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "tools" / "setup_cell.py", tmp_path / "tools")
    (tmp_path / "README.md").write_bytes(README.encode("utf-8"))
    setup_cell = (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8").rstrip("\n")
    for name in ("00_start_here", "01_perceptron"):
        write_notebook(small_notebook(setup_cell), tmp_path / "notebooks" / f"{name}.ipynb")
    publish_url.publish(tmp_path, "")
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_the_repository_says_one_address_everywhere():
    stored = publish_url.stored_url(ROOT)
    assert publish_url.normalised(stored) == stored
    different = publish_url.differences(ROOT, stored)
    names = [path.relative_to(ROOT).as_posix() for path in different]
    assert not names, f"run `make publish-url URL={stored}`: it changes {names}"


def test_setting_changes_every_place(course):
    changed = publish_url.publish(course, URL + ".git/")
    assert {path.name for path in changed} == {
        "pyproject.toml",
        "setup_cell.py",
        "README.md",
        "00_start_here.ipynb",
        "01_perceptron.ipynb",
    }
    assert publish_url.stored_url(course) == URL
    assert f'COURSE_URL = "{URL}"  # the public' in (course / "tools" / "setup_cell.py").read_text(encoding="utf-8")
    notebook = nbformat.read(course / "notebooks" / "01_perceptron.ipynb", as_version=4)
    link = "https://colab.research.google.com/github/some-owner/some.repo/blob/learn/notebooks/01_perceptron.ipynb"
    badge = f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({link})"
    assert notebook.cells[0].source == f"# Perceptron – élan\n\n{badge}\n\nNo line to see."
    assert f'COURSE_URL = "{URL}"' in notebook.cells[1].source
    readme = (course / "README.md").read_text(encoding="utf-8")
    assert f"git clone {URL} course" in readme
    assert f"01_perceptron -->{badge}<!--" in readme


def test_nothing_else_in_a_notebook_changes(course):
    path = course / "notebooks" / "01_perceptron.ipynb"
    before = path.read_text(encoding="utf-8").splitlines()
    publish_url.publish(course, URL)
    after = path.read_text(encoding="utf-8").splitlines()
    different = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(different) == 2
    assert "Open in Colab" in different[0]
    assert "COURSE_URL" in different[1]


def test_line_ends_stay_as_they_are(course):
    """A checkout on Windows may have its own line ends: they are no difference, and none is mixed in."""
    unset = contents(course)
    publish_url.publish(course, URL)
    published = contents(course)

    def windows(files):
        return {name: content.replace(b"\n", b"\r\n") for name, content in files.items()}

    for name, content in windows(unset).items():
        (course / name).write_bytes(content)
    assert publish_url.differences(course, "") == []
    publish_url.publish(course, URL)
    assert contents(course) == windows(published)


def test_a_second_time_changes_nothing(course):
    publish_url.publish(course, URL)
    once = contents(course)
    assert publish_url.publish(course, URL) == []
    assert contents(course) == once


def test_reset_leads_back_and_names_no_repository(course):
    unset = contents(course)
    publish_url.publish(course, URL)
    publish_url.publish(course, "")
    assert contents(course) == unset
    for name in ("README.md", "notebooks/01_perceptron.ipynb", "tools/setup_cell.py"):
        assert not re.search(rb"github\.com/[\w-]+/|colab\.research", unset[name]), name
    line = b"*Open in Colab: the public address of the course is not set yet.*"
    assert line in unset["notebooks/01_perceptron.ipynb"]


def test_another_host_gets_no_badge(course):
    publish_url.publish(course, "http://127.0.0.1:8123/course")
    notebook = nbformat.read(course / "notebooks" / "01_perceptron.ipynb", as_version=4)
    assert "*Open in Colab: Colab opens notebooks from GitHub only; " in notebook.cells[0].source
    assert 'COURSE_URL = "http://127.0.0.1:8123/course"' in notebook.cells[1].source


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("", ""),
        ("  https://github.com/o/r ", "https://github.com/o/r"),
        ("https://github.com/o/r/", "https://github.com/o/r"),
        ("https://github.com/o/r.git", "https://github.com/o/r"),
        ("https://GitHub.com/o/r.git/", "https://github.com/o/r"),
        ("https://git.example.org:8443/group/sub/r", "https://git.example.org:8443/group/sub/r"),
    ],
)
def test_spellings_are_normalised(given, stored):
    assert publish_url.normalised(given) == stored


@pytest.mark.parametrize(
    "bad",
    [
        "github.com/o/r",
        "http://github.com/o/r",
        "http://127.0.0.1.example.org/o/r",
        "git@github.com:o/r",
        "ssh://git@github.com/o/r",
        "file:///home/o/r",
        "https://github.com",
        "https://github.com/o",
        "https://github.com/o/r/tree/main",
        "https://github.com//r",
        "https://user:secret@github.com/o/r",
        "https://github.com/o/r name",
        "https://github.com/o/r;rm",
        "https://github.com/o/r$(id)",
        'https://github.com/o/r"',
        "https://github.com/o/r\nx",
        "https://github.com/o/../r",
        "https://example.org:port/o/r",
        "https:///o/r",
        "--upload-pack=x",
    ],
)
def test_bad_addresses_are_refused_and_nothing_is_written(course, bad):
    before = contents(course)
    with pytest.raises(publish_url.PublishError, match=r"\w.*\."):
        publish_url.publish(course, bad)
    assert contents(course) == before


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("notebooks/01_perceptron.ipynb", b"*Open in Colab:"),
        ("notebooks/01_perceptron.ipynb", b"COURSE_URL = "),
        ("README.md", b"badge 01_perceptron"),
        ("README.md", b"git clone"),
    ],
)
@pytest.mark.parametrize("copies", [0, 2])
def test_a_file_without_its_one_place_stops_everything(course, file, place, copies):
    content = (course / file).read_bytes()
    line = next(line for line in content.splitlines(keepends=True) if place in line)
    (course / file).write_bytes(content.replace(line, line * copies))
    before = contents(course)
    with pytest.raises(publish_url.PublishError, match=file):
        publish_url.publish(course, URL)
    assert contents(course) == before


def test_every_place_that_differs_is_found(course):
    publish_url.publish(course, URL)
    places = [path for path in course.rglob("*") if path.is_file() and path.name != "pyproject.toml"]
    for path in places:
        content = path.read_bytes()
        path.write_bytes(content.replace(b"some-owner", b"another"))
        assert publish_url.differences(course, URL) == [path]
        path.write_bytes(content)
    assert len(places) == 4


def test_the_command_says_what_it_wrote_and_fails_where_nothing_was_written(course, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["publish_url.py", URL, "--root", str(course)])
    assert publish_url.main() == 0
    told = capsys.readouterr().out.splitlines()
    assert "wrote README.md" in told and told[-1] == f"The public address of the course is {URL}."
    monkeypatch.setattr(sys, "argv", ["publish_url.py", "nowhere", "--root", str(course)])
    assert publish_url.main() == 1
    assert capsys.readouterr().out.endswith("Nothing was written.\n")
