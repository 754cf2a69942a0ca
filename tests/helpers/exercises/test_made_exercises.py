"""Tests of exercises whose answer is made: the form, its check, and every such exercise of the course."""

import contextlib
import csv
import functools
import io
import itertools
import random
import re
import sys
import threading
import time

import numpy as np
import pytest
from places import ROOT

from helpers.exercises import MadeExercise, Mistake, all_exercises, registry, session, values
from helpers.exercises.engine import Result, judge_made
from helpers.exercises.hints import Hint
from helpers.exercises.session import Session

# --- an exercise for these tests


def examine_rate(rate):
    number = values.one_number(rate)
    if isinstance(number, Hint):
        return number
    if number <= 0:
        return Hint("It leads uphill.", "A rate is above 0.")
    return None if number < 1 else Hint(f"It leaves: {number:g}.", "A smaller one helps.")


def examine_anything(answer):
    return None


DEMO = registry.by_name(
    [
        MadeExercise(
            name="rate",
            task="Find a rate.",
            stub="rate = ...",
            answer="rate",
            solution="rate = start / 2",
            examine=examine_rate,
            mistakes=[Mistake("rate = -1", "It leads uphill.", "above 0"), Mistake("rate = 2", "It leaves:")],
            praise="It arrives.",
            setup="import numpy as np",
            notebook_names=lambda rng: {"start": 1.0},
        ),
        MadeExercise("anything", "Make it.", "it = ...", "it", "it = 1", examine_anything, praise="Well."),
    ]
)


@pytest.fixture
def told(capsys):
    """What a check prints, in one line: ``told("rate", 0.1)``."""
    own = Session(lambda: DEMO)

    def ask(name, answer):
        own.check(name, answer)
        return " ".join(capsys.readouterr().out.split())

    ask.session = own
    return ask


# --- the form


def test_the_cell_is_set_up_stub_and_check():
    assert DEMO["rate"].cell == 'import numpy as np\n\nrate = ...\n\nexercises.check("rate", rate)'
    assert DEMO["anything"].cell == 'it = ...\n\nexercises.check("anything", it)'
    assert DEMO["rate"].solution_source == "import numpy as np\n\nrate = start / 2"


def test_the_notebook_is_read_off_the_module_of_examine():
    assert all_exercises()["own_cnn"].notebook == "10_cnn_mnist"


# --- what a check says


def test_the_three_things_that_a_check_prints(told):
    assert told("rate", ...) == "Not started yet: make your own rate in place of the dots, then run this cell again."
    assert told("rate", 0.5) == "Correct. It arrives."
    assert told("rate", -1) == "Not yet. It leads uphill."


def test_the_second_wrong_try_gets_the_fuller_hint_and_the_third_the_way_to_the_solution(told):
    tries = [told("rate", -1) for _ in range(3)]
    assert tries[1] == f"{tries[0]} A rate is above 0."
    assert tries[2] == f'{tries[1]} If you would like to see a solution: exercises.solution("rate")'


def test_a_right_answer_begins_the_count_anew(told):
    told("rate", -1), told("rate", -1), told("rate", 0.5)
    assert told("rate", -1) == "Not yet. It leads uphill."


def test_reset_solution_and_progress_know_both_forms(told, capsys, monkeypatch):
    told("rate", 0.5), told("anything", ...)
    told.session.progress()
    out = capsys.readouterr().out
    assert "Solved: rate" in out and "Not started: anything" in out
    told.session.reset("rate")
    assert capsys.readouterr().out.endswith(f"{DEMO['rate'].cell}\n")
    monkeypatch.setattr(session, "_in_notebook", lambda: True)
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data["text/html"]))
    told.session.solution("rate")
    assert "rate = start / 2" in shown[0] and "<details>" in shown[0]


@pytest.mark.parametrize("gaps", [[..., ...], (...,), {"loss": ..., "units": ...}])
def test_gaps_that_are_all_dots_are_not_started(told, gaps):
    assert told("anything", gaps).startswith("Not started yet:")


@pytest.mark.parametrize("gaps", [[1, ...], (..., "adam"), {"loss": "mse", "units": ...}])
def test_gaps_that_are_filled_in_part_get_a_hint(told, gaps):
    assert told("anything", gaps).startswith("Not yet. Some dots (...) are left in it.")


@pytest.mark.parametrize(
    "rate", [0.5, np.float32(0.5), np.array(0.5), np.array([0.5]), [0.5], np.float16(0.5), np.array([[0.5]])]
)
def test_numbers_of_every_kind_are_numbers(told, rate):
    assert told("rate", rate).startswith("Correct.")


class Touchy:
    def __getattribute__(self, name):
        raise RuntimeError("touched")


class Exits:
    def __array__(self, *args, **kwargs):
        sys.exit(1)


class Asks:
    def __array__(self, *args, **kwargs):
        return np.array(float(input("?")))


class Prints:
    def __array__(self, *args, **kwargs):
        print("from the answer")
        return np.array(0.5)


@pytest.mark.parametrize(
    "answer",
    [
        None, "0.5", True, 0.5j, {}, {"rate": 0.5}, [], [0.5, 0.5], [[1], [1, 2]], np.ones(3), np.nan, np.inf, 10**400,
        len, int, lambda: 0.5, examine_rate, Touchy, Exits(), Asks(), object(), b"0.5", np.array(["a"]),
        (x for x in [0.5]), NotImplemented, range(1), np.datetime64("2020-01-01"), Exception("!"),
    ],
)  # fmt: skip
def test_whatever_is_handed_over_gets_a_hint(told, answer):
    text = told("rate", answer)
    assert text.startswith("Not yet. ")
    assert "mistake in the course" not in text and "Traceback" not in text


def test_an_object_that_fails_wherever_it_is_touched_gets_a_hint(told):
    assert told("rate", Touchy()).startswith("Not yet. ")


def test_what_the_answer_prints_while_it_is_measured_is_not_shown(told):
    assert told("rate", Prints()) == "Correct. It arrives."


def test_nothing_handed_over_is_named(told):
    assert told("rate", None) == "Not yet. Nothing was handed over: rate is None."


def test_what_an_examination_raises_becomes_a_hint():
    def fails(answer):
        raise ZeroDivisionError("by nothing")

    exercise = MadeExercise("e", "?", "it = ...", "it", "it = 1", fails)
    hint = judge_made(exercise, 1).hint
    assert hint.text == "it could not be measured. Is it what the task asks for?"
    assert hint.fuller == "Measuring it ended with ZeroDivisionError: by nothing"


def test_measuring_has_no_limit_and_says_when_it_takes_long():
    noticed = []

    def slow(answer):
        time.sleep(0.4)

    before = set(threading.enumerate())
    verdict = judge_made(MadeExercise("e", "?", "it = ...", "it", "it = 1", slow), 1, 0.1, lambda: noticed.append(1))
    assert verdict.result is Result.CORRECT and noticed == [1]
    assert set(threading.enumerate()) == before


def test_the_notice_of_a_long_measurement_is_a_clear_sentence(told, monkeypatch):
    judge_soon = functools.partial(judge_made, notice_after=0.01)
    monkeypatch.setattr(session, "judge_made", judge_soon)
    monkeypatch.setitem(DEMO, "slow", MadeExercise("slow", "?", "it = ...", "it", "it = 1", lambda it: time.sleep(0.3)))
    text = told("slow", 1)
    assert text.startswith("What you made is still being measured; that takes as long as it needs.")
    assert "press Interrupt" in text and text.endswith("Correct.")


def test_an_interrupt_while_measuring_is_a_clean_sentence(told, monkeypatch):
    def interrupted(it):
        raise KeyboardInterrupt

    monkeypatch.setitem(DEMO, "e", MadeExercise("e", "?", "it = ...", "it", "it = 1", interrupted))
    assert told("e", 1).startswith("Interrupted.")


# --- reading numbers and arrays


@pytest.mark.parametrize("answer", [[[1, 2], [3, 4]], np.array([[1, 2], [3, 4]], np.uint8), ((1.0, 2), (3, 4))])
def test_an_array_of_any_kind_is_read(answer):
    found = values.numbers(answer, (2, 2))
    assert found.dtype == float and found.tolist() == [[1, 2], [3, 4]]


def test_an_array_that_was_read_is_a_copy():
    kernel = np.ones((2, 2))
    values.numbers(kernel, (2, 2))[:] = 0
    assert np.all(kernel == 1)


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        ([1, 2], "this is an array of shape (2,)"),
        (5, "this is a number"),
        ("[[1, 2], [3, 4]]", "this is a text"),
        ([[True, False], [True, True]], "of shape (2, 2)"),
        ([[1, 2], [3, np.nan]], "Not all of your numbers are finite"),
        ([[1, 2], [3]], "different lengths"),
    ],
)
def test_what_is_no_such_array_gets_a_hint(answer, part):
    assert part in values.numbers(answer, (2, 2)).text


# --- every such exercise of the course

MADE = [exercise for exercise in all_exercises().values() if isinstance(exercise, MadeExercise)]
MISTAKES = [(exercise, mistake) for exercise in MADE for mistake in exercise.mistakes]

each_made = pytest.mark.parametrize("exercise", MADE, ids=lambda exercise: exercise.name)
each_mistake = pytest.mark.parametrize(
    ("exercise", "mistake"), MISTAKES, ids=[f"{exercise.name}-{mistake.hint[:40]}" for exercise, mistake in MISTAKES]
)


@functools.cache
def handed_over(name, code):
    """What a code of the exercise makes, where the learner has NumPy and the notebook's names."""
    exercise = all_exercises()[name]
    names = {"np": np, **exercise.notebook_names(np.random.default_rng(1))}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(exercise.below_setup(code), name, "exec"), names)
    return names[exercise.answer]


@each_made
def test_the_stub_is_not_started(exercise, capsys):
    names = {"np": np}  # none of the notebook's: the stub runs as it stands
    exec(exercise.below_setup(exercise.stub), names)
    Session(all_exercises).check(exercise.name, names[exercise.answer])
    assert capsys.readouterr().out.startswith("Not started yet:")


@each_made
def test_the_solution_is_praised(exercise, capsys):
    Session(all_exercises).check(exercise.name, handed_over(exercise.name, exercise.solution))
    # On a machine that is busy with other things a notice may stand before it.
    assert " ".join(capsys.readouterr().out.split()).endswith(f"Correct. {exercise.praise}")


@each_mistake
def test_a_mistake_gets_its_own_hint_and_no_other(exercise, mistake):
    verdict = judge_made(exercise, handed_over(exercise.name, mistake.code))
    assert verdict.result is Result.NOT_YET
    assert mistake.hint in verdict.hint.text and mistake.fuller in verdict.hint.fuller
    assert [other.hint for other in exercise.mistakes if other.hint in verdict.hint.text] == [mistake.hint]


@each_made
@pytest.mark.parametrize("answer", [None, "text", 0, [], {}, len, int, object(), lambda: 0, np.ones((2, 2)), Touchy])
def test_anything_at_all_gets_one_of_three_answers(exercise, answer, capsys):
    Session(all_exercises).check(exercise.name, answer)
    out = capsys.readouterr().out
    assert out.startswith(("Not yet.", "Correct.")) and "mistake in the course" not in out


@each_made
def test_a_check_draws_from_no_global_generator(exercise):
    answer = handed_over(exercise.name, exercise.solution)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - the generator that must not be touched
    judge_made(exercise, answer)
    drawn = random.random(), np.random.random()  # noqa: NPY002
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    assert drawn == (random.random(), np.random.random())  # noqa: NPY002


@each_made
def test_the_texts_are_there_and_calm(exercise):
    texts = [exercise.task, exercise.praise, *(mistake.hint for mistake in exercise.mistakes)]
    assert all(text.strip() for text in texts) and exercise.mistakes
    fuller = [mistake.fuller for mistake in exercise.mistakes]
    assert not any("!" in text.replace("!=", "") for text in [*texts, *fuller])


@each_made
def test_hints_of_mistakes_tell_them_apart(exercise):
    hints = [mistake.hint for mistake in exercise.mistakes]
    assert [pair for pair in itertools.permutations(hints, 2) if pair[0] in pair[1]] == []


@each_made
def test_the_answer_has_the_name_that_is_checked(exercise):
    for code in (exercise.stub, exercise.solution):
        assert re.search(rf"^{exercise.answer} = ", code, re.MULTILINE)
    assert exercise.cell.endswith(f'exercises.check("{exercise.name}", {exercise.answer})')
    assert exercise.notebook[:2].isdigit()


def test_errata_of_mistakes_are_in_the_list():
    with (ROOT / "tests" / "topics.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file) if row["kind"] == "erratum"}
    assert {erratum for _, mistake in MISTAKES for erratum in mistake.errata} <= known
