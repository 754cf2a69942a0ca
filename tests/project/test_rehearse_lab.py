"""The answers that tools/rehearse_lab.py types into the exercises: one is wrong, one is right."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
import rehearse_lab
from nbformat.v4 import new_code_cell, new_markdown_cell
from places import ROOT

from helpers.exercises import all_exercises
from helpers.exercises.engine import Result, judge, judge_made
from helpers.exercises.exercise import Exercise, MadeExercise, Misconception, Mistake
from helpers.exercises.hints import Hint


def run_as_cell(source):
    """Run the text of an exercise's cell without its check; return what it defines."""
    known = {"np": np}
    exec(source.rpartition("\n\n")[0], known)
    return known


@pytest.mark.parametrize("name", sorted(n for n, each in all_exercises().items() if isinstance(each, Exercise)))
def test_a_wrong_and_a_right_answer_can_be_typed(name):
    exercise = all_exercises()[name]
    for source, result in (
        (rehearse_lab.wrong_answer(exercise), Result.NOT_YET),
        (rehearse_lab.right_answer(exercise), Result.CORRECT),
    ):
        check = re.fullmatch(r"exercises\.check\(\"(\w+)\", (\w+)\)", source.splitlines()[-1])
        assert check[1] == name
        assert judge(exercise, run_as_cell(source)[check[2]]).result == result


def double(x):
    """Double a number."""
    return 2 * x


def made_by(factor):
    """Make a wrong `double` that cannot be typed: it knows a number from outside."""

    def closure(x):
        return factor * x

    return closure


def _of_this_file(x):
    return ROOT and 3 * x


def _raises(x):
    raise ValueError("no")


def _typed(x):
    return np.add(x, x) + 1


@pytest.mark.parametrize(
    ("functions", "chosen"),
    [
        ([made_by(3), _of_this_file, _raises, lambda x: 4 * x, max, _typed, made_by(5)], "_typed"),
        ([made_by(3)], "answer"),
        ([], "answer"),
    ],
)
def test_the_wrong_answer_is_one_that_stands_alone(functions, chosen):
    exercise = Exercise(
        name="double",
        task="Double it.",
        reference=double,
        probes=lambda rng: [(1.0,), (2.0,), (rng.normal(),)],
        misconceptions=[Misconception(function, "No.") for function in functions],
    )
    source = rehearse_lab.wrong_answer(exercise)
    assert source.endswith(f'exercises.check("double", {chosen})')
    assert judge(exercise, run_as_cell(source)[chosen]).result == Result.NOT_YET


def test_wrong_and_right_answers_that_are_made_are_typed_as_code():
    exercise = MadeExercise(
        name="even",
        task="Choose an even number.",
        stub="number = ...",
        answer="number",
        solution="number = np.int64(4)",
        examine=lambda number: Hint("Odd.") if number % 2 else None,
        mistakes=[Mistake("number = 3", "Odd.")],
        setup="import numpy as np",
    )
    for source, result in (
        (rehearse_lab.wrong_answer(exercise), Result.NOT_YET),
        (rehearse_lab.right_answer(exercise), Result.CORRECT),
    ):
        assert source.endswith('exercises.check("even", number)')
        assert judge_made(exercise, run_as_cell(source)["number"]).result == result


def test_a_folded_section_ends_at_the_next_one():
    fold = {"jp-MarkdownHeadingCollapsed": True}
    cells = [
        new_markdown_cell("# Title"),
        new_markdown_cell("## Going further: a", metadata=fold),
        new_markdown_cell("### Below it"),
        new_code_cell("# a comment is no heading"),
        new_markdown_cell("## Going further: b", metadata=fold),
        new_code_cell("1"),
    ]
    found = rehearse_lab.Notebook.folded_sections(SimpleNamespace(cells=cells))
    assert list(found) == [(1, range(2, 4)), (4, range(5, 6))]
