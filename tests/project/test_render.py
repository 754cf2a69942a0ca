"""What `make render` stores of a run."""

from types import SimpleNamespace

import nbformat
import pytest
import render
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from places import ROOT


def test_render_keeps_no_detail_of_the_run():
    out = nbformat.v4.new_output
    slider = nbformat.v4.new_code_cell(
        "s", metadata={"tags": ["slider"]}, outputs=[out("display_data", {"text/plain": "x"})]
    )
    plain = nbformat.v4.new_code_cell(
        "p",
        metadata={"execution": {"iopub.status.busy": "now"}},
        outputs=[
            out("stream", name="stdout", text="a\n"),
            out("stream", name="stdout", text="b\n"),
            out("stream", name="stderr", text="c\n"),
        ],
    )
    notebook = nbformat.v4.new_notebook(
        cells=[slider, plain],
        metadata={"widgets": {}, "language_info": {"name": "python", "version": "3.11.7"}},
    )
    render.strip_run_details(notebook)
    render.merge_streams(notebook)
    assert slider.outputs == [] and "execution" not in plain.metadata
    assert [(output.name, output.text) for output in plain.outputs] == [
        ("stdout", "a\nb\n"),
        ("stderr", "c\n"),
    ]
    assert "widgets" not in notebook.metadata and "version" not in notebook.metadata.language_info


def test_render_says_what_is_missing():
    with pytest.raises(SystemExit, match="does not exist"):
        render.notebooks_in(["no-such-notebook.ipynb"])


def write(path, *sources):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def test_a_folder_stands_for_its_notebooks_in_order(tmp_path):
    for name in ("10_b.ipynb", "02_a.ipynb", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in render.notebooks_in([tmp_path])] == ["02_a.ipynb", "10_b.ipynb"]


def test_a_notebook_runs_in_its_own_folder_and_is_stored_with_its_outputs(tmp_path):
    write(tmp_path / "good.ipynb", "from pathlib import Path", "print('1 of 2\\r' + Path('beside.txt').read_text())")
    (tmp_path / "beside.txt").write_text("found", encoding="utf-8")
    render.render(tmp_path / "good.ipynb")
    stored = nbformat.read(tmp_path / "good.ipynb", as_version=4)
    assert [output.text for output in stored.cells[1].outputs] == ["found\n"]
    assert [cell.execution_count for cell in stored.cells] == [1, 2]
    assert "version" not in stored.metadata.language_info, "it tells of the run"


def test_a_cell_that_never_ends_is_given_up_after_ten_minutes(tmp_path, monkeypatch):
    limits = []

    class Client(NotebookClient):
        def execute(self):
            limits.append(self.timeout)

    monkeypatch.setattr(render, "NotebookClient", Client)
    write(tmp_path / "endless.ipynb", "while True: pass")
    render.render(tmp_path / "endless.ipynb")
    assert limits == [600]


def test_an_error_in_a_cell_leaves_the_file_as_it_was(tmp_path):
    write(tmp_path / "bad.ipynb", "print(1)", "1 / 0")
    before = (tmp_path / "bad.ipynb").read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        render.render(tmp_path / "bad.ipynb")
    assert (tmp_path / "bad.ipynb").read_bytes() == before


# ---- the set-up cell, and what is folded ----


def foldable(first="| **Time** | 30 minutes |"):
    """A notebook with an older set-up cell, three sections, and a fold that has no place any more."""
    text, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    stored = [nbformat.v4.new_output("stream", name="stdout", text="2\n")]
    cells = [
        text(f"# A notebook\n\n{first}"),
        code('COURSE_URL = ""\nfrom helpers import course', execution_count=1, metadata={"tags": ["kept"]}),
        text("## 1. A section", metadata={"jp-MarkdownHeadingCollapsed": True}),
        code("print(2)", execution_count=2, outputs=stored, metadata={"tags": ["hide-output"]}),
        text("## Going further: more (2 min)", metadata={"course": {"topics": ["B1"]}}),
        text("More about ## Going further"),
        text("## Going further: most (1 min)"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "colab": {"collapsed_sections": ["x"]}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


@pytest.mark.parametrize("run", [False, True], ids=["--fold", "render"])
def test_the_set_up_cell_and_the_sections_that_go_further_are_folded(tmp_path, monkeypatch, run):
    monkeypatch.setattr(render, "NotebookClient", lambda *_, **__: SimpleNamespace(execute=lambda: None))
    path = tmp_path / "00_x.ipynb"
    nbformat.write(foldable(), path)
    render.main([*([] if run else ["--fold"]), str(path)])
    stored = nbformat.read(path, as_version=4)
    setup, plain, further = stored.cells[1], stored.cells[2:4], stored.cells[4]
    assert setup.source == (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8").rstrip("\n")
    assert setup.source.startswith("# @title ")
    assert setup.metadata == {"tags": ["kept"], "jupyter": {"source_hidden": True}, "cellView": "form"}
    assert [cell.metadata for cell in plain] == [{}, {"tags": ["hide-output"]}]
    assert further.metadata == {"course": {"topics": ["B1"]}, "jp-MarkdownHeadingCollapsed": True}
    assert stored.metadata.colab == {"collapsed_sections": [further.id, stored.cells[6].id]}
    assert stored.cells[3].outputs[0].text == "2\n" and stored.cells[3].execution_count == 2
    once = path.read_bytes()
    render.main(["--fold", str(path)])
    assert path.read_bytes() == once, "a second time changes nothing"


def test_a_notebook_of_the_older_pattern_gets_the_set_up_cell_and_no_fold(tmp_path):
    path = tmp_path / "02_x.ipynb"
    nbformat.write(foldable("| **Reading** | 30 minutes |"), path)
    render.main(["--fold", str(path)])
    stored = nbformat.read(path, as_version=4)
    assert stored.cells[1].metadata["cellView"] == "form"
    assert not any("jp-MarkdownHeadingCollapsed" in cell.metadata for cell in stored.cells)
    assert "colab" not in stored.metadata


def test_a_second_cell_that_is_no_set_up_cell_is_left_alone():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in ("1", "2")])
    render.put_setup_cell(notebook)
    render.put_setup_cell(nbformat.v4.new_notebook())
    assert notebook.cells[1].source == "2" and notebook.cells[1].metadata == {}
