"""The notebooks as documents: every notebook of the course against every rule of notebook_rules.py."""

import csv
import re

import claims
import minutes
import publish_url
import pytest
from notebook_rules import ALLOWED, SIDE_TRIPS, STEMS, Course, read, rules_for
from places import ROOT

from helpers.exercises import all_exercises

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def course_of(path):
    return Course(
        stem=path.stem,
        folder=path.parent,
        setup_cell=(ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8"),
        badge=publish_url.badge_line(publish_url.stored_url(ROOT), path.stem),
        exercises=all_exercises(),
        claimed=frozenset(claim.after for claim in claims.load(claims.module_of(path.stem))),
    )


@pytest.mark.parametrize("stem", ["00_start_here", "01_perceptron"])
def test_the_first_notebooks_are_there(stem):
    assert (ROOT / "notebooks" / f"{stem}.ipynb").is_file()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_belongs_to_the_course(path):
    assert path.stem in STEMS, f"{path.name} is none of the course's notebooks"


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        pytest.param(path, rule, id=f"{path.stem}-{rule.__name__.removeprefix('find_')}")
        for path in NOTEBOOKS
        for rule in (rules_for(path.stem) if path.stem in STEMS else ())
    ],
)
def test_a_notebook_keeps_the_rule(path, rule):
    faults = rule(read(path), course_of(path))
    assert not faults, "\n".join(f"{path.name}: {fault}" for fault in faults)


def test_the_map_in_the_readme_tells_the_minutes():
    rows = {row[2]: row for row in minutes.README_ROW.finditer((ROOT / "README.md").read_text(encoding="utf-8"))}
    assert list(rows) == [path.stem for path in NOTEBOOKS], "README.md's map needs a row with a link for each notebook"
    for path in NOTEBOOKS:
        found, said = minutes.count(read(path)), re.findall(r"\d+", rows[path.stem][0].split("|")[3])
        assert said, f"README.md: the row of {path.stem} tells no minutes; tools/minutes.py writes them"
        off = abs(int(said[0]) - found.main), abs(int(*said[1:]) - found.exercises)
        assert max(off) <= ALLOWED, f"README.md: {path.stem} takes {minutes.told(found)} minutes, not {said}"
        assert ("side trip" in rows[path.stem][0]) == (path.stem in SIDE_TRIPS), path.stem


def test_every_notebook_has_a_budget():
    with (ROOT / "tests" / "budgets.csv").open(encoding="utf-8", newline="") as rows:
        assert [row["notebook"] for row in csv.DictReader(rows)] == list(STEMS)


def test_every_exercise_belongs_to_a_notebook_of_the_course():
    homes = {name: exercise.notebook for name, exercise in all_exercises().items()}
    assert not {name: stem for name, stem in homes.items() if stem not in STEMS}
