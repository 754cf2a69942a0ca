"""In a strict run a cell fails when its figure lost something or looks otherwise than the stored one.

nbval compares a figure's text alone, and not even that in cells whose numbers are ignored. The root conftest.py
compares the rest. Here a copy of it does so for a notebook with one cell for each kind of fault.
"""

import base64
import importlib.metadata
import io
import re
import shutil
from pathlib import Path

import figure_checks
import nbformat
import numpy as np
import pytest
from fresh_python import run_pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image, ImageDraw
from places import ROOT

CHECKS = Path("tests", "support", "figure_checks.py")
IGNORED = ["nbval-ignore-output"]
FIGURE = """Figure with 1 panel, 8 x 4 inches, legend 'loss' #0072b2
- panel 'read: {digit}', x 'epoch' | x from 0 to 15
  - line 'loss' through 15 points, #0072b2 solid 2.2 | (1, {value}), (15, 0.1)
  - line 'goal' through 2 points, #d55e00 dashed 3.7-1.6 2.2 | (0, 1), (15, 1)"""
TWIN = FIGURE.format(digit=7, value=0.8)
WITHOUT_A_LINE = TWIN.rpartition("\n")[0]


def picture(color="#0072B2", width=3, size=(160, 120), legend=True):
    """A picture such as a notebook stores, as text."""
    drawn = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(drawn)
    pen.line([(10, 100), (60, 40), (150, 20)], fill=color, width=width)
    pen.ellipse([(100, 80), (107, 87)], fill="#D55E00")
    if legend:
        pen.rectangle([(110, 10), (150, 25)], outline="black")
    file = io.BytesIO()
    drawn.quantize(256).save(file, format="png")
    return base64.b64encode(file.getvalue()).decode()


PICTURE = picture()


def cell(stored, drawn=None, tags=()):
    """A cell that stores figures and draws figures: lists of (text, picture)."""
    kept = [new_output("display_data", {"image/png": png, "text/plain": text}) for text, png in stored]
    shown = [{"image/png": png, "text/plain": text} for text, png in (stored if drawn is None else drawn)]
    source = "from IPython.display import display\nfor each in " + repr(shown) + ":\n    display(each, raw=True)"
    return new_code_cell(source, outputs=kept, metadata={"tags": list(tags)}, execution_count=1)


def ignored(drawn, *tags, stored=TWIN):
    """A cell whose numbers are ignored, by the texts of its figures; the pictures differ always."""
    return cell([(stored, PICTURE)], [(text, picture("black")) for text in drawn], [*IGNORED, *tags])


def compared(png, stored=PICTURE):
    """A cell that is compared: the text of its figure is the stored one, its picture may be another."""
    return cell([(TWIN, stored)], [(TWIN, png)])


MORE_POINTS = TWIN.replace("15 points", "14 points")
# What each cell shows, and a part of the sentence that a fault brings; None for what is right.
CELLS = {
    "as it was": (ignored([TWIN]), None),
    "another number and another digit": (ignored([FIGURE.format(digit=4, value=0.7)]), None),
    "a line less": (ignored([WITHOUT_A_LINE]), "stored: - line 'goal' through 2 points"),
    "another point count": (ignored([MORE_POINTS]), "drawn:  - line 'loss' through 14 points"),
    "a point count that may vary": (ignored([MORE_POINTS], "counts-vary"), None),
    "another colour in the text": (ignored([TWIN.replace("#d55e00", "#000000")]), "#000000 dashed"),
    "no legend": (ignored([TWIN.replace(", legend 'loss' #0072b2", "")]), "legend 'loss'"),
    "two figures for one": (ignored([TWIN, TWIN]), "this cell stores 1 figure and draws 2 figures"),
    "none for one": (ignored([]), "this cell stores 1 figure and draws 0 figures"),
    "one for none": (cell([], [(TWIN, PICTURE)], IGNORED), "this cell stores 0 figures and draws 1 figure"),
    "a slider's figure": (ignored([TWIN, TWIN], "slider"), None),
    "the same picture": (compared(PICTURE), None),
    "a picture one pixel wider": (compared(picture(size=(161, 120))), None),
    "a picture much wider": (compared(picture(size=(180, 120))), "is 180 x 120 pixels large, the stored one 160 x 120"),
    "another line colour": (compared(picture(color="#D55E00")), "figure 1 of 1 looks otherwise than the stored one in"),
    "a thicker line": (compared(picture(width=5)), "squares of 8 x 8 pixels, the first one at row"),
    "no legend in the picture": (compared(picture(legend=False)), "run make render"),
    "no picture at all": (compared(PICTURE, stored="b2xk"), "a picture that cannot be read"),
    "another text": (cell([(TWIN, PICTURE)], [(WITHOUT_A_LINE, PICTURE)]), "Cell outputs differ"),
}
FAULTY = {name for name, (_, sentence) in CELLS.items() if sentence}
ONLY_BY_PIXELS = {
    "a picture much wider",
    "another line colour",
    "a thicker line",
    "no legend in the picture",
    "no picture at all",
}


def course_in(folder, matplotlib):
    """A folder with the hook, a pinned version, and one notebook with all cells."""
    (folder / CHECKS).parent.mkdir(parents=True)
    shutil.copy(ROOT / "conftest.py", folder)
    for name in (CHECKS.name, "claims.py", "soak.py"):  # what the hook asks for
        shutil.copy(ROOT / CHECKS.parent / name, folder / CHECKS.parent / name)
    (folder / "constraints.txt").write_text(f"keras==3\nmatplotlib=={matplotlib}\n", encoding="utf-8")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=[each for each, _ in CELLS.values()], metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "figures.ipynb")


def results(folder, mode):
    """Run nbval over a folder: the names of the cells that failed, and the report."""
    words = [mode, "--nbval-current-env", "-rA", "--rootdir", str(folder), str(folder / "figures.ipynb")]
    report = run_pytest(words, folder).stdout
    found = re.findall(r"^(FAILED|PASSED) figures\.ipynb::Cell (\d+)", report, flags=re.MULTILINE)
    assert sorted(int(number) for _, number in found) == list(range(len(CELLS))), report
    return {list(CELLS)[int(number)] for verdict, number in found if verdict == "FAILED"}, report


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strict")
    course_in(folder, importlib.metadata.version("matplotlib"))
    return results(folder, "--nbval")


@pytest.mark.parametrize("name", CELLS)
def test_a_figure_that_lost_something_or_looks_otherwise_fails_its_cell(strict, name):
    failed, report = strict
    assert (name in failed) == (name in FAULTY), report
    number, sentence = list(CELLS).index(name), CELLS[name][1]
    if sentence:
        told = report[report.index(f"Cell {number}: ") :].partition("Input:")[0]
        assert sentence in told, told


def test_with_another_matplotlib_than_the_pinned_one_no_pixels_are_compared(tmp_path):
    course_in(tmp_path, "0.1")
    failed, report = results(tmp_path, "--nbval")
    assert failed == FAULTY - ONLY_BY_PIXELS, report


def test_lax_runs_with_their_other_data_are_left_alone(tmp_path):
    course_in(tmp_path, importlib.metadata.version("matplotlib"))
    failed, report = results(tmp_path, "--nbval-lax")
    assert failed == set(), report


def test_the_pinned_matplotlib_is_found():
    """Else no pixel would ever be compared, without a word."""
    pinned = re.findall(r"^matplotlib==([\d.]+)$", figure_checks.CONSTRAINTS.read_text("utf-8"), flags=re.MULTILINE)
    assert len(pinned) == 1
    assert figure_checks.pinned() == (importlib.metadata.version("matplotlib") == pinned[0])


def test_rounding_and_another_palette_stay_below_what_is_tolerated():
    rng = np.random.default_rng(0)
    first = np.asarray(Image.open(io.BytesIO(base64.b64decode(PICTURE))).convert("RGB"))
    noisy = np.clip(first.astype(int) + rng.integers(-2, 3, first.shape), 0, 255).astype(np.uint8)
    again = np.asarray(Image.fromarray(noisy).quantize(256, dither=Image.Dither.NONE).convert("RGB"))
    changes = figure_checks.square_changes(first.astype(float), again.astype(float))
    assert 0 < changes.max() < figure_checks.TOLERATED / 2
