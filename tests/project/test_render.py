"""What `make render` stores of a run."""

import nbformat
import pytest
import render


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
