"""What `make render` stores of a run."""

import nbformat
import pytest
import render
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


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
