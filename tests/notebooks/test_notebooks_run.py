"""The notebooks in a kernel: solved from top to bottom, and what 01 may cost."""

import statistics
import time

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from notebook_rules import WITHOUT_KERAS
from places import ROOT

from helpers import exercises

NOTEBOOKS = ROOT / "notebooks"
BARE_FIGURE = """
import io
import numpy
from matplotlib.figure import Figure
figure = Figure()
figure.subplots().plot([0, 1])
figure.savefig(io.BytesIO())
"""


# The run with the solutions tests the exercises; what the trainings give is tested by the claims, in another run.
SHORTER = {
    "10_cnn_mnist": ("epochs, batch_size = 6, 64", "epochs, batch_size = 1, 64"),
    "12_overfitting": ('"batch_size": 50, "epochs": 40', '"batch_size": 50, "epochs": 2'),
}


def run(notebook):
    """Execute a notebook in the course's folder, a cell at a time, and store its outputs; returns it.

    With the blocking client, as nbval does: nbclient's event loop now and then stood still for minutes here.
    """
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(NOTEBOOKS))
    try:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                reply = client.execute_interactive(
                    cell.source,
                    allow_stdin=False,
                    timeout=300,
                    output_hook=lambda message, cell=cell: store(message, cell),
                )
                assert reply["content"]["status"] == "ok", f"{cell.source}\n{reply['content'].get('traceback')}"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return notebook


def store(message, cell):
    """Add to a cell's outputs what a kernel's message shows, and nothing for other messages."""
    if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
        cell.outputs.append(nbformat.v4.output_from_msg(message))


def text_of(cell):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def solve(notebook):
    """Put the solutions into the exercises' cells, in place; returns the names of the exercises found."""
    names = []
    for cell in notebook.cells:
        for name, exercise in exercises.all_exercises().items():
            if cell.cell_type == "code" and cell.source.endswith(exercise.check_call):
                cell.source = f"from helpers import exercises\n\n{exercise.solution_source}\n\n{exercise.check_call}"
                names.append(name)
    return names


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_solved_notebook_runs_and_every_answer_is_praised(path):
    notebook = nbformat.read(path, as_version=4)
    names = solve(notebook)
    registered = {name for name, exercise in exercises.all_exercises().items() if exercise.notebook == path.stem}
    assert set(names) == registered
    if path.stem in SHORTER:
        long, short = SHORTER[path.stem]
        (cell,) = [cell for cell in notebook.cells if long in cell.source]
        cell.source = cell.source.replace(long, short)
    notebook.cells.append(nbformat.v4.new_code_cell('import sys\nprint("keras" in sys.modules)'))
    run(notebook)
    for name in names:
        answers = [text_of(cell) for cell in notebook.cells if f'check("{name}", ' in cell.source]
        assert answers[-1].startswith("Correct."), f"{name}: {answers[-1]}"
    if not names:  # the ledger has no exercises
        return
    progress = next(text_of(cell) for cell in reversed(notebook.cells) if "exercises.progress()" in cell.source)
    assert f"{len(names)} of {len(names)} solved" in progress
    if path.stem in WITHOUT_KERAS:
        assert text_of(notebook.cells[-1]) == "False\n", "this notebook needs NumPy only and must not import Keras"


@pytest.mark.timing
def test_the_first_figure_of_01_takes_hardly_longer_than_a_bare_figure():
    """From starting the kernel on: a learner waits for Matplotlib, and must not wait for Keras, four times as long.

    Seconds differ from machine to machine, so a kernel that draws a bare figure is the measure.
    """
    notebook = nbformat.read(NOTEBOOKS / "01_perceptron.ipynb", as_version=4)
    has_figure = [
        any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])) for cell in notebook.cells
    ]
    notebook.cells = notebook.cells[: has_figure.index(True) + 1]
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE_FIGURE)])
    ratios = []
    for _ in range(3):
        seconds = []
        for each in (bare, notebook):
            start = time.perf_counter()
            run(each)
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[1] / seconds[0])
    assert any("image/png" in output.data for output in notebook.cells[-1].outputs if output.output_type != "stream")
    assert statistics.median(ratios) < 2, ratios
