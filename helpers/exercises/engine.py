"""Judge an answer: run the learner's function, the reference and the known mistakes on the same probes.

An answer that was made (a number, a network) is not run but examined, by the exercise's own ``examine``. Its
measuring has no time limit: a large network on a slow computer is no mistake. When it takes long the learner
is told so; what hangs (a network of the learner's own whose ``call`` never ends) is ended by the kernel's
Interrupt, and the check then says that it came to no result.

``judge`` prints nothing and remembers nothing; what the learner sees is made of its verdict in
``session.py``.
"""

import dis
import enum
import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import hints
from .compare import same
from .exercise import Exercise, MadeExercise, Misconception
from .hints import Case, Hint
from .limits import TimeIsUp, with_notice, with_time_limit
from .running import Failure, Outcome, ask, ask_reference, examine, unfit_parameters
from .words import call_text

SEED = 2017  # of the generator that every exercise's probes get
ASKED_AGAIN = 3  # probes that are asked a second time, to find answers that change from call to call


class Result(enum.Enum):
    """The three things that a check can find."""

    NOT_STARTED = "not started"
    CORRECT = "correct"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes:
        result: one of the three things that it can find.
        hint: what to tell the learner where the answer is not right yet; otherwise None.
        printed: what the function printed at its first call.
    """

    result: Result
    hint: Hint | None = None
    printed: str = ""


def judge(
    exercise: Exercise,
    function: Any,
    time_limit: float = 5.0,
    notice_after: float = 3.0,
    notice: Callable[[], None] = lambda: None,
) -> Verdict:
    """Compare a function with the exercise's reference.

    Args:
        exercise: what was asked for.
        function: the learner's answer; anything at all.
        time_limit: seconds that the function may take, all calls together, imports not counted.
        notice_after: seconds after which ``notice`` is called.
        notice: called without arguments, from another thread, when the function takes longer than that.

    Returns:
        The verdict.

    Raises:
        KeyboardInterrupt: the learner interrupts. The learner's function causes nothing else.
        Whatever an exercise raises that is itself broken.
    """
    if function is Ellipsis:
        return Verdict(Result.NOT_STARTED)
    if not callable(function):
        return Verdict(Result.NOT_YET, hints.not_callable(exercise.name, function))
    if is_stub(function):
        return Verdict(Result.NOT_STARTED)
    probes = probes_of(exercise)
    expected = [ask_reference(exercise.reference, probe) for probe in probes]
    questions = list(zip(probes, expected, strict=True))
    outcomes: list[Outcome] = []
    asked = [probes[0]]  # the last one is the call that does not end, if one does not

    def ask_all(call: Callable) -> tuple[list[str] | None, list[Outcome]]:
        unfit = unfit_parameters(function, probes[0], call)
        if unfit is not None:
            return unfit, []
        for probe, value in questions:
            asked.append(probe)
            outcomes.append(ask(function, probe, value, call))
        again = []
        for probe, value in questions[:ASKED_AGAIN]:
            asked.append(probe)
            again.append(ask(function, probe, value, call))
        return None, again

    try:
        unfit, again = with_time_limit(ask_all, time_limit, notice_after, notice)
    except TimeIsUp:
        call = call_text(exercise.reference, asked[-1])
        return Verdict(Result.NOT_YET, hints.out_of_time(time_limit, call), _printed(outcomes))
    if unfit is not None:
        return Verdict(Result.NOT_YET, hints.wrong_parameters(exercise.reference, unfit))
    with np.errstate(all="ignore"):  # a learner's huge numbers are no news
        hint = _find_hint(exercise, probes, expected, outcomes, again)
    result = Result.CORRECT if hint is None else Result.NOT_YET
    return Verdict(result, hint, _printed(outcomes))


def judge_made(
    exercise: MadeExercise,
    answer: Any,
    notice_after: float = 60.0,
    notice: Callable[[], None] = lambda: None,
) -> Verdict:
    """Let an exercise examine what was made.

    Args:
        exercise: what was asked for.
        answer: what the learner hands over; anything at all.
        notice_after: seconds after which ``notice`` is called.
        notice: called without arguments, from another thread, when the measuring takes longer than that.

    Returns:
        The verdict.

    Raises:
        KeyboardInterrupt: the learner interrupts. The answer causes nothing else.
    """
    gaps = _gaps(answer)
    if gaps and all(gaps):
        return Verdict(Result.NOT_STARTED)
    if any(gaps):
        return Verdict(Result.NOT_YET, hints.gaps_left(exercise.answer))
    if answer is None:
        return Verdict(Result.NOT_YET, hints.made_nothing(exercise.answer))
    hint = with_notice(lambda: examine(exercise.examine, answer), notice_after, notice)
    if isinstance(hint, Failure):
        hint = hints.cannot_be_examined(exercise.answer, hint)
    return Verdict(Result.CORRECT if hint is None else Result.NOT_YET, hint)


def _gaps(answer: Any) -> list[bool]:
    """Tell for each part of an answer whether it is still the dots; plain containers only are looked into."""
    if type(answer) is dict:
        answer = list(answer.values())
    parts = answer if type(answer) in (list, tuple) else [answer]
    return [part is Ellipsis for part in parts]


def probes_of(exercise: Exercise) -> list[tuple]:
    """Return an exercise's probes, the same at every call.

    Args:
        exercise: whose probes.

    Returns:
        Tuples of positional arguments, made with a generator of a fixed seed.
    """
    return list(exercise.probes(np.random.default_rng(SEED)))


def agree(exercise: Exercise, answer: Any, expected: Any) -> bool:
    """Tell whether an exercise takes an answer for right.

    Args:
        exercise: brings the comparison.
        answer: the answer, in plain form.
        expected: what the reference returned, in plain form.

    Returns:
        True where the comparison says so; False as well where it cannot compare the two.
    """
    if exercise.equal is same:
        return same(answer, expected)
    try:
        return bool(exercise.equal(answer, expected))
    except Exception:  # a comparison of the exercise's own need not be ready for every kind of answer
        return False


def is_stub(function: Any) -> bool:
    """Tell whether a function's body is empty: ``...``, ``pass``, a docstring, or a bare ``return``.

    A function that computes something and forgets to return it is no stub.

    Args:
        function: anything at all. Only its type is asked, so that no code of the learner's runs here.

    Returns:
        True for an empty Python function or method.
    """
    while type(function) is types.MethodType:
        function = function.__func__
    if type(function) is not types.FunctionType:
        return False
    code = function.__code__
    idle = {"RESUME", "NOP", "CACHE", "COPY_FREE_VARS", "MAKE_CELL"}
    steps = [step for step in dis.get_instructions(code) if step.opname not in idle]
    opcodes = [step.opname for step in steps]
    if opcodes not in (["RETURN_CONST"], ["LOAD_CONST", "RETURN_VALUE"]):
        return False
    return steps[0].argval is None or steps[0].argval is Ellipsis


def matching_misconception(
    exercise: Exercise, probes: list[tuple], expected: list[Any], outcomes: list[Outcome]
) -> Misconception | None:
    """Find the known mistake that does on every probe what the learner's function did.

    Where a mistake raises, it is compared only if the outcome is a failure too. At least one probe must
    show the mistake.

    Args:
        exercise: brings the known mistakes.
        probes: the arguments of every call.
        expected: what the reference returned for each, in plain form.
        outcomes: what the learner's function did for each.

    Returns:
        The mistake, or None.
    """
    for misconception in exercise.misconceptions:
        wrong = [ask(misconception.function, probe, value) for probe, value in zip(probes, expected, strict=True)]
        if _behaves_like(exercise, outcomes, wrong, expected):
            return misconception
    return None


def _behaves_like(exercise: Exercise, outcomes: list[Outcome], wrong: list[Outcome], expected: list[Any]) -> bool:
    shown = False
    for outcome, mistake, value in zip(outcomes, wrong, expected, strict=True):
        if mistake.failure is not None:
            if outcome.failure is not None:
                if outcome.failure.kind != mistake.failure.kind:
                    return False
                shown = True
            continue
        if outcome.failure is not None or (mistake.changed and outcome.changed != mistake.changed):
            return False
        if not (same(outcome.value, mistake.value) or agree(exercise, outcome.value, mistake.value)):
            return False
        shown = shown or bool(mistake.changed) or not agree(exercise, mistake.value, value)
    return shown


def _find_hint(
    exercise: Exercise,
    probes: list[tuple],
    expected: list[Any],
    outcomes: list[Outcome],
    again: list[Outcome],
) -> Hint | None:
    """Return the hint for these outcomes, or None where all is well."""
    parameters = tuple(inspect.signature(exercise.reference).parameters)
    cases = [
        Case(call_text(exercise.reference, probe), parameters, value, outcome, _right(exercise, outcome, value))
        for probe, value, outcome in zip(probes, expected, outcomes, strict=True)
    ]
    hint = hints.printed_too_much(cases)
    if hint is not None:
        return hint
    all_right = all(case.right for case in cases)
    if all_right and not any(outcome.changed for outcome in outcomes):
        return _hint_for_luck(exercise, cases, again)
    for case, outcome in zip(cases, again, strict=False):
        if not (case.right or _same_outcome(case.outcome, outcome)):
            return hints.changes_from_call_to_call(case.call)
    misconception = matching_misconception(exercise, probes, expected, outcomes)
    if misconception is not None:
        return Hint(misconception.hint, misconception.fuller)
    if all_right:
        return hints.changed_arguments(cases)
    return hints.hint_for_wrong_result(cases, many_right_answers=exercise.equal is not same)


def _hint_for_luck(exercise: Exercise, cases: list[Case], again: list[Outcome]) -> Hint | None:
    """Return a hint where a right answer was no longer right when the same was asked again, or else None."""
    for case, outcome in zip(cases, again, strict=False):
        if not _right(exercise, outcome, case.expected):
            return hints.changes_from_call_to_call(case.call)
    return None


def _right(exercise: Exercise, outcome: Outcome, expected: Any) -> bool:
    return outcome.failure is None and agree(exercise, outcome.value, expected)


def _same_outcome(one: Outcome, other: Outcome) -> bool:
    if one.failure is not None or other.failure is not None:
        return one.failure is not None and other.failure is not None and one.failure.kind == other.failure.kind
    return same(one.value, other.value)


def _printed(outcomes: list[Outcome]) -> str:
    return outcomes[0].printed if outcomes else ""
