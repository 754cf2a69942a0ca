"""Tests that every exercise of the course has to pass, whoever wrote it."""

import functools
import sys
import time

import numpy as np
import pytest

from helpers.exercises import all_exercises, limits
from helpers.exercises.compare import same
from helpers.exercises.engine import Result, agree, is_stub, judge, probes_of
from helpers.exercises.running import ask, ask_reference
from helpers.exercises.session import Session

EXERCISES = list(all_exercises().values())
MISTAKES = [(exercise, misconception) for exercise in EXERCISES for misconception in exercise.misconceptions]


def name_of(item):
    return getattr(item, "name", None) or item.function.__name__


each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
each_mistake = pytest.mark.parametrize(("exercise", "mistake"), MISTAKES, ids=name_of)


def made_from(exercise, text):
    """The function that a text of the exercise defines, where the learner has NumPy and nothing else of ours."""
    namespace = {"np": np}
    exec(compile(text, exercise.name, "exec"), namespace)
    return namespace[exercise.function_name]


def what_happens(exercise, function):
    """Values, failures and changed arguments for all probes."""
    expected = [ask_reference(exercise.reference, probe) for probe in probes_of(exercise)]
    return [ask(function, probe, like) for probe, like in zip(probes_of(exercise), expected, strict=True)]


def alike(exercise, one, other):
    """Tells whether two functions do the same on all probes."""
    kinds = [[outcome.failure and outcome.failure.kind for outcome in outcomes] for outcomes in (one, other)]
    changes = [[outcome.changed for outcome in outcomes] for outcomes in (one, other)]
    values = (
        same(a.value, b.value) or agree(exercise, a.value, b.value)
        for a, b in zip(one, other, strict=True)
        if not (a.failure or b.failure)
    )
    return kinds[0] == kinds[1] and changes[0] == changes[1] and all(values)


# --- three ways: the stub, the reference, every known mistake


@each_exercise
def test_stub_is_not_started(exercise, capsys):
    stub = made_from(exercise, exercise.stub)
    assert is_stub(stub)
    Session(all_exercises).check(exercise.name, stub)
    assert capsys.readouterr().out.startswith("Not started yet:")


@each_exercise
def test_reference_is_correct(exercise, capsys):
    Session(all_exercises).check(exercise.name, exercise.reference)
    assert " ".join(capsys.readouterr().out.split()) == f"Correct. {exercise.praise}"


@each_exercise
def test_solution_can_be_typed_by_a_learner(exercise):
    """It uses nothing but NumPy and what its set-up lines bring."""
    assert judge(exercise, made_from(exercise, exercise.solution_source)).result is Result.CORRECT


@each_mistake
def test_mistake_gets_its_own_hint(exercise, mistake):
    verdict = judge(exercise, mistake.function)
    assert verdict.result is Result.NOT_YET
    assert (verdict.hint.text, verdict.hint.fuller) == (mistake.hint, mistake.fuller)


@each_exercise
def test_mistakes_differ_from_the_reference_and_from_each_other(exercise):
    functions = [exercise.reference, *(mistake.function for mistake in exercise.misconceptions)]
    seen = [what_happens(exercise, function) for function in functions]
    twins = [
        f"{functions[i].__name__} and {functions[j].__name__}"
        for i in range(len(seen))
        for j in range(i)
        if alike(exercise, seen[i], seen[j])
    ]
    assert not twins, "these cannot be told apart on the probes"


@each_exercise
def test_every_mistake_has_words_of_its_own(exercise):
    hints = [mistake.hint for mistake in exercise.misconceptions]
    assert len(set(hints)) == len(hints)


# --- the parts of an exercise


@each_exercise
def test_texts_are_there_and_calm(exercise):
    texts = [exercise.task, exercise.praise, *(mistake.hint for mistake in exercise.misconceptions)]
    assert all(text.strip() for text in texts)
    fuller = [mistake.fuller for mistake in exercise.misconceptions]
    assert not any("!" in text.replace("!=", "") for text in [*texts, *fuller])


@each_exercise
def test_there_are_known_mistakes(exercise):
    assert exercise.misconceptions


@each_exercise
def test_stub_shows_arguments_and_result(exercise):
    docstring = made_from(exercise, exercise.stub).__doc__
    code = exercise.reference.__code__
    for parameter in code.co_varnames[: code.co_argcount]:
        assert parameter in docstring
    assert "returns:" in docstring


@each_exercise
def test_probes_are_the_same_every_time_and_partly_random(exercise):
    first, second = probes_of(exercise), probes_of(exercise)
    assert all(isinstance(probe, tuple) for probe in first)
    assert repr(first) == repr(second)
    if first != [()]:  # a function without arguments has nothing to vary
        assert repr(first) != repr(list(exercise.probes(np.random.default_rng(1)))), "no probe depends on the seed"


@each_exercise
def test_reference_is_steady_and_leaves_its_arguments_alone(exercise):
    once, twice = (what_happens(exercise, exercise.reference) for _ in range(2))
    assert alike(exercise, once, twice)
    assert not any(outcome.failure or outcome.changed or outcome.printed for outcome in once)
    assert not any(outcome.value is None for outcome in once)


@each_exercise
def test_a_check_is_quick(exercise):
    started = time.monotonic()
    judge(exercise, lambda *args: 0)
    assert time.monotonic() - started < 2


def test_exercises_belong_to_notebooks():
    assert all(exercise.notebook[:2].isdigit() for exercise in EXERCISES)


# --- hostile answers


def raise_error(*args):
    raise RuntimeError("no idea")


def loop(*args):
    while True:
        pass


HOSTILE = {
    "while True: pass": (loop, "still running"),
    "time.sleep(99)": (lambda *args: time.sleep(99), "still running"),
    "an exception": (raise_error, "RuntimeError: no idea"),
    "None": (lambda *args: print(end=""), "returned nothing"),
    "a ragged list": (lambda *args: [[1.0], "two", None], "should be"),
    "sys.exit()": (lambda *args: sys.exit(), "ends the whole program"),
    "a printed megabyte": (lambda *args: print("x" * 10**6), "prints far too much"),
}


def change_first_argument(reference, *args):
    """The right answer, and then the first thing that can be changed is."""
    answer = reference(*args)
    for arg in args:
        if isinstance(arg, np.ndarray) and arg.size:
            arg.flat[0] = arg.flat[0] + 1
            return answer
        if isinstance(arg, list):
            arg.append(1.0)
            return answer
    return None


@each_exercise
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_answers_get_a_hint(exercise, kind, capsys, monkeypatch):
    function, part = HOSTILE[kind]
    if kind == "time.sleep(99)" and sys.platform == "win32":
        pytest.skip("a waiting call cannot be stopped on Windows")
    before = repr(probes_of(exercise))
    Session(all_exercises).check(exercise.name, function, time_limit=0.1 if part == "still running" else 5)
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("Not yet.")
    assert part in out
    assert repr(probes_of(exercise)) == before


@each_exercise
def test_a_changed_argument_gets_a_hint(exercise):
    if not any(isinstance(arg, (np.ndarray, list)) for arg in probes_of(exercise)[0]):
        pytest.skip("no argument can be changed")
    verdict = judge(exercise, functools.partial(change_first_argument, exercise.reference))
    assert verdict.result is Result.NOT_YET
    assert verdict.hint.text


@each_exercise
def test_any_list_or_number_is_one_of_three_things(exercise, capsys):
    own = Session(all_exercises)
    for answer in ([], [1, 2], [[0.5]], 0, -1.0, True, float("nan"), "text", {}, (1, [2])):
        own.check(exercise.name, lambda *args, answer=answer: answer)
        out = capsys.readouterr().out
        assert out.startswith(("Not yet.", "Correct."))
        assert "The check itself failed" not in out


def test_the_default_limit_is_in_force():
    """Nothing of a limit is left over after all these."""
    assert not limits.in_limited_call()
