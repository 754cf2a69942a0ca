"""Find the hint for a wrong answer that is no known mistake.

First what the function did instead of answering, then the result itself: its type, its shape, nan and
infinity, its sign, its scale, and at last the first element that differs. Each step is a function that
looks at all cases and returns a Hint, or None where it finds nothing.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .compare import close, with_article
from .running import Failure, Outcome
from .words import kind, place, seconds, short


@dataclass(frozen=True)
class Hint:
    """What to tell the learner.

    Attributes:
        text: shown at once.
        fuller: added from the second wrong try on.
    """

    text: str
    fuller: str = ""


@dataclass(frozen=True)
class Case:
    """One probe, and what the learner's function did with it.

    Attributes:
        call: the call in words.
        parameters: the names of the arguments.
        expected: what the reference returned, in plain form.
        outcome: what the learner's function did.
        right: whether that is right.
    """

    call: str
    parameters: tuple[str, ...]
    expected: Any
    outcome: Outcome
    right: bool


@dataclass(frozen=True)
class Leaf:
    """One result of one case: the answer itself, or an item of a tuple or dictionary of results.

    Attributes:
        call: the call in words.
        name: what the result is called in a sentence.
        answer: what the learner's function returned, in plain form.
        expected: what the reference returned, in plain form.
    """

    call: str
    name: str
    answer: Any
    expected: Any


# --- What stands before any comparison


def not_callable(name: str, value: Any) -> Hint:
    """Answer ``check("name", function(...))``, where the function itself belongs.

    Args:
        name: the exercise.
        value: what was given in place of the function; anything at all.

    Returns:
        The hint.
    """
    try:
        given = "nothing" if value is None else short(value)
    except Exception:  # the value's own methods run here, and may raise anything
        given = with_article(type(value).__name__)
    return Hint(
        f'check needs the function itself, without brackets behind its name: exercises.check("{name}", '
        f"my_function). It was given {given}."
    )


def wrong_parameters(reference: Callable, found: Sequence[str]) -> Hint:
    """Answer a function that cannot be called with the exercise's arguments.

    Args:
        reference: the exercise's function.
        found: the names of the parameters of the learner's.

    Returns:
        The hint.
    """
    expected = list(inspect.signature(reference).parameters)
    return Hint(
        f"Your function takes {_listed(found)}; it should take {_listed(expected)}.",
        f"The first line should be: def {reference.__name__}({', '.join(expected)}):",
    )


def out_of_time(limit: float, call: str) -> Hint:
    """Answer a function that did not end in time.

    Args:
        limit: how many seconds it had.
        call: the call in words.

    Returns:
        The hint.
    """
    return Hint(
        f"Your function was still running after {seconds(limit)} and was stopped. Is there a loop that never ends?",
        f"It was called as {call}.",
    )


def changes_from_call_to_call(call: str) -> Hint:
    """Answer a function that answers the same question in two ways.

    Args:
        call: the call in words.

    Returns:
        The hint.
    """
    return Hint(
        "Your function gives different answers to the same question. Does it use random numbers, or "
        "remember something from an earlier call?",
        f"It was called more than once as {call}.",
    )


# --- An answer that is made


def gaps_left(answer: str) -> Hint:
    """Answer a made thing in which some of the dots were filled in and some were not.

    Args:
        answer: its name.

    Returns:
        The hint.
    """
    return Hint(f"Some dots (...) are left in {answer}. Put something of your own in each of their places.")


def made_nothing(answer: str) -> Hint:
    """Answer None, which methods that return nothing leave behind.

    Args:
        answer: the name of what was asked for.

    Returns:
        The hint.
    """
    return Hint(
        f"Nothing was handed over: {answer} is None.",
        f"Many methods change a thing and return nothing, such as compile. Their result must not be called {answer}.",
    )


def cannot_be_examined(answer: str, failure: Failure) -> Hint:
    """Answer a made thing that made its examination fail.

    Args:
        answer: its name.
        failure: how it failed.

    Returns:
        The hint.
    """
    message = f": {failure.message}" if failure.message else ""
    return Hint(
        f"{answer} could not be measured. Is it what the task asks for?",
        f"Measuring it ended with {failure.kind}{message}",
    )


# --- What the function did instead of answering


def printed_too_much(cases: list[Case]) -> Hint | None:
    """Look for a runaway print.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where nothing printed too much.
    """
    case = _first(cases, lambda case: case.outcome.printed_too_much)
    if case is None:
        return None
    return Hint(
        "Your function prints far too much. Remove the print, or print less, and check again.",
        f"It was called as {case.call}.",
    )


def failed(cases: list[Case]) -> Hint | None:
    """Look for an exception, an exit, a question to the keyboard.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where every call came to its end.
    """
    case = _first(cases, lambda case: case.outcome.failure is not None)
    if case is None:
        return None
    failure = case.outcome.failure
    where = f"\nIn {failure.line}" if failure.line else ""
    called = f"It was called as {case.call}."
    if failure.kind == "RecursionError":
        return Hint(f"Your function calls itself without end.{where}", called)
    if failure.kind == "SystemExit":
        ending = "Your function ends the whole program. It should return its result instead."
        return Hint(f"{ending}{where}", called)
    if failure.kind == "InputAskedError":
        asking = "Your function asks for input. All that it needs is in its arguments."
        return Hint(f"{asking}{where}", called)
    message = f": {failure.message}" if failure.message else ""
    return Hint(f"Your function stopped with {failure.kind}{message}{where}\n{called}")


def returned_nothing(cases: list[Case]) -> Hint | None:
    """Look for a missing return, in all cases or in some.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where every call returned something.
    """
    empty = [case for case in cases if case.outcome.failure is None and case.outcome.value is None]
    if not empty:
        return None
    if len(empty) == len(cases):
        return Hint(
            "Your function returned nothing: is there a return?",
            "The last line should be return, followed by the result. Printing the result is not enough.",
        )
    return Hint(
        "For some arguments your function returned nothing. Does every branch of it end with return?",
        f"One of these calls is {empty[0].call}.",
    )


def returned_dots(cases: list[Case]) -> Hint | None:
    """Look for the placeholder, given back by a function that was begun.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where it was never returned.
    """
    case = _first(cases, lambda case: case.outcome.value is Ellipsis)
    if case is None:
        return None
    return Hint("Your function still returns the dots (...). Put your own lines in their place.")


def changed_arguments(cases: list[Case]) -> Hint | None:
    """Look for arguments that were altered, where the values are right.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where all arguments are as before.
    """
    case = _first(cases, lambda case: bool(case.outcome.changed))
    if case is None:
        return None
    names = _listed([case.parameters[i] for i in case.outcome.changed])
    return Hint(
        f"The result is right, but your function changes {names} in place: whoever calls it finds other "
        "values there afterwards. Make something new instead.",
        "For example, w = w + step makes a new array, while w += step and w[0] = 1 change the old one; "
        "w.copy() makes a copy that you may change.",
    )


# --- What is wrong with the result


def wrong_type(cases: list[Case]) -> Hint | None:
    """Look for another kind of thing than was asked for.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where all types fit.
    """
    for leaf in _leaves(cases):
        if not _same_type(leaf.answer, leaf.expected):
            return Hint(_other_kind(leaf), f"This is for {leaf.call}.")
    return None


def wrong_shape(cases: list[Case]) -> Hint | None:
    """Look for numbers in a wrong arrangement.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where all shapes fit.
    """
    for leaf in _number_leaves(cases):
        found, wanted = leaf.answer.shape, leaf.expected.shape
        if found != wanted:
            return Hint(_other_kind(leaf), f"{_shape_remark(found, wanted)}This is for {leaf.call}.")
    return None


def not_finite(cases: list[Case]) -> Hint | None:
    """Look for nan or infinity, where numbers were expected.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where there is neither.
    """
    for leaf in _number_leaves(cases):
        nan = np.isnan(leaf.answer) & ~np.isnan(leaf.expected)
        if np.any(nan):
            return Hint(
                f"For {leaf.call}, {place(_first_index(nan), leaf.name)} is nan (not a number).",
                "It comes from 0/0, inf/inf, inf - inf, 0 times infinity (as in 0 · log 0), or the log of a negative "
                "number.",
            )
        infinite = np.isinf(leaf.answer) & ~np.isinf(leaf.expected)
        if np.any(infinite):
            return Hint(
                f"For {leaf.call}, {place(_first_index(infinite), leaf.name)} is infinite.",
                "It comes from a division by 0, log(0), or exp of a large number.",
            )
    return None


def wrong_sign(cases: list[Case]) -> Hint | None:
    """Look for the right sizes with the wrong sign, and for yes and no exchanged.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where it is neither.
    """
    pairs = _numbers(cases)
    if pairs is None:
        return None
    answer, expected = pairs
    if np.isin(expected, (0, 1)).all() and np.all(close(answer, 1 - expected)):
        return Hint("Your answers are the wrong way round: 1 where 0 is right, and 0 where 1 is right.")
    if not np.any(expected) or not np.all(close(np.abs(answer), np.abs(expected))):
        return None
    remark = "Look for a minus too many or too few."
    if np.all(close(answer, -expected)):
        return Hint("The sizes are right, but every sign is the wrong way round.", remark)
    return Hint("The sizes are right, but some signs are not.", remark)


def wrong_scale(cases: list[Case]) -> Hint | None:
    """Look for one factor by which all numbers are wrong.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where there is none.
    """
    pairs = _numbers(cases)
    if pairs is None:
        return None
    answer, expected = pairs
    counts = ~close(expected, np.zeros_like(expected))
    if np.count_nonzero(counts) < 2:
        return None  # any wrong number is some factor of the right one
    factor = (answer[counts] / expected[counts])[0]
    if close(np.asarray(factor), np.zeros(())) or not np.all(close(answer, factor * expected)):
        return None
    return Hint(
        f"Every number is {factor:.4g} times what it should be.",
        "Look for a factor that is missing or too much: a sum in place of a mean, a 2 from a derivative.",
    )


def first_difference(cases: list[Case]) -> Hint | None:
    """Look for the first element that differs, when nothing better can be said.

    Args:
        cases: what happened, probe by probe.

    Returns:
        The hint, or None where no element differs.
    """
    right = sum(case.right for case in cases)
    begin = f"{right} of {len(cases)} tests {'is' if right == 1 else 'are'} right. " if right else ""
    for leaf in _leaves(cases):
        difference = _difference(leaf)
        if difference is not None:
            where, found, wanted = difference
            return Hint(f"{begin}For {leaf.call}, {where} is {found}, which is not right.", f"It should be {wanted}.")
    return None


def any_other(cases: list[Case]) -> Hint:
    """Say that a result is wrong, and no more: for an exercise with a comparison of its own, say.

    Args:
        cases: what happened, probe by probe; at least one is wrong.

    Returns:
        The hint.
    """
    case = next(case for case in cases if not case.right)
    return Hint(f"The result for {case.call} is not right yet.")


FORM_STEPS = (failed, returned_dots, returned_nothing, wrong_type, wrong_shape, not_finite)
VALUE_STEPS = (wrong_sign, wrong_scale, first_difference)


def hint_for_wrong_result(cases: list[Case], many_right_answers: bool) -> Hint:
    """Return the hint of the first step that has one.

    Args:
        cases: what happened, probe by probe; at least one is wrong.
        many_right_answers: the expected value is one of many, so that a comparison with it would mislead.

    Returns:
        The hint.
    """
    steps = FORM_STEPS if many_right_answers else FORM_STEPS + VALUE_STEPS
    for step in steps:
        hint = step(cases)
        if hint is not None:
            return hint
    return any_other(cases)


# --- Small tools


def _first(cases: list[Case], condition: Callable[[Case], bool]) -> Case | None:
    return next((case for case in cases if condition(case)), None)


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "no arguments"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _other_kind(leaf: Leaf) -> str:
    """Say what a result should be, and what it is."""
    name = leaf.name[0].upper() + leaf.name[1:]
    return f"{name} should be {kind(leaf.expected)}; it is {kind(leaf.answer)}."


def _leaves(cases: list[Case], every: bool = False) -> Iterator[Leaf]:
    """Yield the results of the wrong cases (or of all), with tuples and dictionaries taken apart."""
    for case in cases:
        if every or not case.right:
            yield from _taken_apart(Leaf(case.call, "your result", case.outcome.value, case.expected))


def _taken_apart(leaf: Leaf) -> Iterator[Leaf]:
    if not _same_type(leaf.answer, leaf.expected) or not isinstance(leaf.expected, (tuple, dict)):
        yield leaf
        return
    keys = leaf.expected if isinstance(leaf.expected, dict) else range(len(leaf.expected))
    for key in keys:
        name = f"result {key!r}" if isinstance(key, str) else f"result number {key + 1}"
        yield from _taken_apart(Leaf(leaf.call, name, leaf.answer[key], leaf.expected[key]))


def _same_type(answer: Any, expected: Any) -> bool:
    if isinstance(expected, tuple):
        return isinstance(answer, tuple) and len(answer) == len(expected)
    if isinstance(expected, dict):
        return isinstance(answer, dict) and answer.keys() == expected.keys()
    if isinstance(expected, np.ndarray):
        return isinstance(answer, np.ndarray) and _kinds_fit(answer, expected)
    return type(answer) is type(expected)


def _kinds_fit(answer: np.ndarray, expected: np.ndarray) -> bool:
    if answer.dtype.kind == "c" and expected.dtype.kind != "c":
        return not np.any(np.imag(answer))
    return (answer.dtype.kind == "U") == (expected.dtype.kind == "U")


def _number_leaves(cases: list[Case], every: bool = False) -> Iterator[Leaf]:
    for leaf in _leaves(cases, every):
        both = (leaf.answer, leaf.expected)
        if all(isinstance(value, np.ndarray) and value.dtype.kind != "U" for value in both):
            yield leaf


def _numbers(cases: list[Case]) -> tuple[np.ndarray, np.ndarray] | None:
    """Return answers and expected values, over all cases, of the first result that is not right everywhere.

    All cases count, the right ones as well: a sign that is wrong in one of them only is no wrong sign.
    """
    together: dict[str, list[Leaf]] = {}
    for leaf in _number_leaves(cases, every=True):
        together.setdefault(leaf.name, []).append(leaf)
    for leaves in together.values():
        if any(leaf.answer.shape != leaf.expected.shape for leaf in leaves):
            return None
        kind_of = complex if any(leaf.expected.dtype.kind == "c" for leaf in leaves) else float
        answer = np.concatenate([_as(kind_of, leaf.answer) for leaf in leaves])
        expected = np.concatenate([_as(kind_of, leaf.expected) for leaf in leaves])
        if not np.all(close(answer, expected)):
            return answer, expected
    return None


def _as(kind_of: type, array: np.ndarray) -> np.ndarray:
    """Return the numbers in one row; an imaginary part of nothing is left out where real ones are wanted."""
    return (array if kind_of is complex else np.real(array)).astype(kind_of).ravel()


def _difference(leaf: Leaf) -> tuple[str, str, str] | None:
    """Say where the first difference is, what stands there, and what should stand there."""
    found, wanted, where = leaf.answer, leaf.expected, leaf.name
    if isinstance(wanted, np.ndarray):
        different = ~close(found, wanted)
        if not np.any(different):
            return None
        index = _first_index(different)
        found, wanted, where = found[index].item(), wanted[index].item(), place(index, leaf.name)
    elif found == wanted:
        return None
    show = repr if short(found) == short(wanted) else short
    return where, show(found), show(wanted)


def _first_index(condition: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(condition)[0])


def _shape_remark(found: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    if found == wanted[::-1]:
        return "Rows and columns have changed places. "
    if [n for n in found if n != 1] == [n for n in wanted if n != 1]:
        return "Only axes of length 1 are too many or missing. "
    if len(found) < len(wanted):
        return "An axis is missing: was something added up, or picked out, along it? "
    if len(found) > len(wanted):
        return "There is an axis too many: is a sum or a mean along it missing? "
    return ""
