"""The minutes that `make render` writes into notebooks and into the README."""

import minutes
import nbformat
import pytest
import render
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

TITLE = "# 1. Bins\n\nHow wide?\n\n| | |\n|---|---|\n| **Time** | to be counted |\n| **Before** | Nothing. |"
WORDS = " word" * 130  # a minute


def picture():
    return new_output("display_data", {"image/png": "x", "text/plain": "Figure with 1 line"})


def markdown(text):
    return new_output("display_data", {"text/markdown": text})


def notebook(*cells):
    return new_notebook(cells=[new_markdown_cell(TITLE), new_code_cell("set_up()\n" * 50), *cells])


def seconds_of(*cells):
    """What the cells add to a notebook, in seconds."""
    whole, bare = (minutes.count(notebook(*each)).sections[0].seconds for each in (cells, ()))
    return whole - bare


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (WORDS, 60),
        ("Two words - and 4 *more*, in `code here` and $a + b$.", 11 * 60 / 130),
        ("A [link of five words](https://keras.io/a/b) <!-- not this -->", 5 * 60 / 130),
        ("<details><summary>Answer</summary>\n\nNo, because of this.\n\n</details>", 0),
        (f"```python\nx = 1\n\n{'x' * 85}\n```", 3 * 7),
        ("$$a = b \\\\\nc = d$$", 2 * 7),
        ("![a picture with words](x.png)", 36),
        ("| a | b |\n|---|---|\n| c | d |", 20),
        (f"| a |\n|---|\n| {WORDS} |", (1 + 130) * 60 / 130),
        ("**Predict first.** Which one?", 45 + 4 * 60 / 130),
        ("`**Predict first.**`", 2 * 60 / 130),
    ],
)
def test_what_prose_takes(text, seconds):
    assert seconds_of(new_markdown_cell(text)) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        (new_code_cell("x = 1\n\ny = 2"), 2 * 7),
        (new_code_cell("x" * 80), 7),
        (new_code_cell("x" * 85), 2 * 7),
        (new_code_cell("x", metadata={"jupyter": {"source_hidden": True}}, outputs=[picture()]), 36),
        (new_code_cell("x", outputs=[picture(), markdown("*Figure: five words and no more*")]), 7 + 36),
        (new_code_cell("x", outputs=[markdown("| a |\n|---|\n| 1 |")]), 7 + 20),
        (new_code_cell("x", outputs=[new_output("display_data", {"text/html": "<table></table>"})]), 7 + 20),
        (new_code_cell("x", outputs=[picture(), markdown("<details>\n| a |\n|---|\n</details>")]), 7 + 36),
        (new_code_cell("x", outputs=[new_output("stream", text=WORDS)]), 7),
        (new_code_cell("x", metadata={"tags": ["slider"]}), 7 + 120),
        (new_code_cell("exercises.progress()"), 0),
    ],
)
def test_what_a_code_cell_takes(cell, seconds):
    assert seconds_of(cell) == pytest.approx(seconds)


def exercise(name="bins", before=""):
    return [
        new_markdown_cell(f"{before}\n\n### Exercise: {name}\n\n{WORDS}"),
        new_code_cell(f'def f(x):\n    ...\n\nexercises.check("{name}", f)'),
        new_code_cell(f'exercises.solution("{name}")'),
    ]


def test_an_exercise_takes_six_minutes_and_stands_apart():
    found = minutes.count(notebook(*exercise(before=WORDS), *exercise("edges")))
    assert found.exercises == 12
    assert found.sections[0].seconds == minutes.count(notebook()).sections[0].seconds + 60
    shown = new_code_cell('exercises.check("bins", somebodys)')  # that shows what a hint looks like
    assert minutes.count(notebook(shown, *exercise())).exercises == 6
    assert seconds_of(shown) == pytest.approx(7)


def test_what_goes_further_counts_for_itself():
    nb = notebook(
        new_markdown_cell(f"## 1. Wide{WORDS * 3}"),
        new_markdown_cell(f"## Going further: narrow\n\n{WORDS * 8}"),
        new_code_cell("x", outputs=[picture()]),
        new_markdown_cell(f"## What we did\n\n{WORDS}\n\n## Questions\n\n{WORDS}"),
    )
    found = minutes.count(nb)
    assert [section.minutes for section in found.sections[1:]] == [3, 9, 1, 1]
    nb.cells[4:4] = exercise()
    folded = minutes.count(nb)
    assert (folded.main, folded.exercises) == (found.main, 0), "an exercise that is folded is not on the main path"
    assert [section.minutes for section in folded.sections[1:]] == [3, 15, 1, 1]
    assert found.main == 5, "3 and 1 and 1, and what stands before the first heading"


def test_the_minutes_are_written_into_the_first_cell_and_the_headings():
    nb = notebook(
        new_markdown_cell("## 1. Wide\n\n" + WORDS * 3 + "\n\n```\n## no heading\n```"),
        *exercise(),
        new_markdown_cell(f"## Going further: narrow (99 min)\n{WORDS * 8}"),
        new_markdown_cell("## What we did\n\n- This.\n\n## Questions (2 min)\n\nWhy?"),
    )
    minutes.write_into(nb)
    assert "| **Time** | 4 minutes, and 6 for the exercises |\n| **Before** | Nothing. |" in nb.cells[0].source
    assert nb.cells[2].source.startswith("## 1. Wide (3 min)\n\n word")
    assert nb.cells[2].source.endswith("\n\n```\n## no heading\n```")
    assert nb.cells[6].source.startswith("## Going further: narrow (8 min)\n")
    assert nb.cells[7].source == "## What we did\n\n- This.\n\n## Questions\n\nWhy?"
    again = [cell.source for cell in nb.cells]
    minutes.write_into(nb)
    assert [cell.source for cell in nb.cells] == again, "written twice it stays the same"


def test_make_render_writes_them(tmp_path):
    path = tmp_path / "01_bins.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell(TITLE), new_code_cell("1"), new_markdown_cell("## 1. Wide\n\n" + WORDS * 3)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    render.render(path)
    stored = nbformat.read(path, as_version=4)
    assert "| **Time** | 3 minutes |" in stored.cells[0].source
    assert stored.cells[2].source.startswith("## 1. Wide (3 min)\n")


def test_a_notebook_without_a_row_for_the_time_stays_as_it_is():
    nb = notebook(new_markdown_cell("## 1. Wide (30 min)"))
    nb.cells[0].source = TITLE.replace("Time", "Reading")
    minutes.write_into(nb)
    assert nb.cells[2].source == "## 1. Wide (30 min)" and "to be counted" in nb.cells[0].source


def test_what_is_written_is_read_again():
    for tasks, said in ((exercise(), ("1", "6")), ((), ("1", None))):
        nb = notebook(new_markdown_cell(WORDS), *tasks)
        minutes.write_into(nb)
        assert minutes.SAID.search(nb.cells[0].source).groups() == said


def test_the_map_gets_the_minutes_of_the_notebooks_that_there_are(tmp_path):
    nbformat.write(notebook(new_markdown_cell(WORDS * 9), *exercise()), tmp_path / "01_bins.ipynb")
    readme = tmp_path / "README.md"
    rows = "| [01 Bins](notebooks/01_bins.ipynb), *a side trip* | widths | {} | badge |\n| 02 Laws | to come | |\n"
    readme.write_text(
        "# A course\n\n" + rows.format("5") + "| [03](notebooks/03_x.ipynb) | x | 7 | |\n", encoding="utf-8"
    )
    minutes.write_map(tmp_path, readme)
    assert readme.read_text(encoding="utf-8").startswith("# A course\n\n" + rows.format("9 + 6"))
    assert "| [03](notebooks/03_x.ipynb) | x | 7 | |" in readme.read_text(encoding="utf-8")
    nbformat.write(notebook(new_markdown_cell(WORDS * 9)), tmp_path / "01_bins.ipynb")
    minutes.write_map(tmp_path, readme)
    assert rows.format("9") in readme.read_text(encoding="utf-8"), "without exercises"


def test_show_prints_and_writes_nothing(tmp_path, capsys):
    path = tmp_path / "01_bins.ipynb"
    nbformat.write(notebook(*exercise(before=WORDS)), path)
    before = path.read_bytes()
    minutes.main(["--show", str(path)])
    assert capsys.readouterr().out.split()[:4] == ["01_bins", "1", "+", "6"]
    assert path.read_bytes() == before
