"""The notebooks as documents: every notebook of the course against every rule of notebook_rules.py."""

import publish_url
import pytest
from notebook_rules import RULES, STEMS, Course, code_cells, read, tags
from places import ROOT

from helpers.exercises import all_exercises

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# How many slider cells each notebook has. A new notebook with sliders is added here, and one that loses them
# is noticed: offline nothing else would miss them, for nbval compares no widgets.
SLIDERS = {
    "01_perceptron": 1,
    "02_xor": 1,
    "03_gradient_descent": 1,
    "04_loss_landscapes": 1,
    "08_softmax_cross_entropy": 1,
    "09_convolution_by_hand": 1,
}


def course_of(path):
    return Course(
        stem=path.stem,
        folder=path.parent,
        setup_cell=(ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8"),
        badge=publish_url.badge_line(publish_url.stored_url(ROOT), path.stem),
        exercises=all_exercises(),
    )


@pytest.mark.parametrize("stem", ["00_start_here", "01_perceptron"])
def test_the_first_notebooks_are_there(stem):
    assert (ROOT / "notebooks" / f"{stem}.ipynb").is_file()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_its_sliders(path):
    found = [number for number, cell in code_cells(read(path)) if "slider" in tags(cell)]
    assert len(found) == SLIDERS.get(path.stem, 0), f"{path.name}: slider cells {found}; SLIDERS says how many"


def test_the_table_of_sliders_names_notebooks_of_the_course():
    assert SLIDERS.keys() <= set(STEMS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_belongs_to_the_course(path):
    assert path.stem in STEMS, f"{path.name} is none of the fifteen notebooks of the course"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("find_"))
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_rule(path, rule):
    faults = rule(read(path), course_of(path))
    assert not faults, "\n".join(f"{path.name}: {fault}" for fault in faults)


def test_every_exercise_belongs_to_a_notebook_of_the_course():
    homes = {name: exercise.notebook for name, exercise in all_exercises().items()}
    assert not {name: stem for name, stem in homes.items() if stem not in STEMS}
