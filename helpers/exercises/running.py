"""Call a function on one probe, where it can do no harm, and record what happened.

Every call gets copies of the arguments, an output that is caught and bounded, and no keyboard. Whatever
the function raises is recorded; only ``TimeIsUp`` and the learner's own interrupt pass through.
"""

import builtins
import contextlib
import copy
import inspect
import io
import linecache
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .compare import plain, reference_value
from .limits import TimeIsUp

SIMPLE = (str, int, float, complex, bool, np.generic)
MOST_OUTPUT = 10_000  # characters of one call; debugging needs less, a runaway loop more


class InputAskedError(RuntimeError):
    """The function called ``input()``, and nobody is there to answer."""


@dataclass(frozen=True)
class Failure:
    """How a call ended without an answer.

    Attributes:
        kind: the name of the exception's class.
        message: the first line of its message.
        line: the last line of the function's own code that it came through, such as ``line 3: return x``;
            empty where it came through none.
    """

    kind: str
    message: str
    line: str


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    Attributes:
        value: the answer in its plain form (see ``compare.plain``); None after a failure.
        failure: how it failed, or None.
        changed: positions of the arguments that it changed in place.
        printed: what it printed, bounded.
        printed_too_much: whether the bound was met.
    """

    value: Any
    failure: Failure | None
    changed: tuple[int, ...]
    printed: str
    printed_too_much: bool


def _directly(function: Callable, *args: Any) -> Any:
    return function(*args)


def ask(function: Callable, probe: tuple, like: Any, call: Callable = _directly) -> Outcome:
    """Call a function on copies of a probe's arguments.

    Args:
        function: the learner's, or a known mistake.
        probe: the arguments, by position; they stay as they are.
        like: the expected value, in plain form; tells how to read a list or a tuple.
        call: how the call is made, with a time limit perhaps (see ``limits.with_time_limit``).

    Returns:
        What happened.

    Raises:
        TimeIsUp: ``call`` has a limit, and it is reached.
    """
    args = copy.deepcopy(probe)
    with _quiet_and_caught() as screen:
        value, failure = call(_answer, function, args, like)
    changed = tuple(i for i, pair in enumerate(zip(probe, args, strict=True)) if _changed(*pair))
    return Outcome(value, failure, changed, screen.text, screen.full)


def ask_reference(function: Callable, probe: tuple) -> Any:
    """Call a reference on copies of a probe's arguments.

    Args:
        function: the reference.
        probe: the arguments, by position; they stay as they are.

    Returns:
        Its result in plain form.

    Raises:
        Whatever the reference raises, which is a mistake in the exercise.
    """
    with _quiet_and_caught():
        return reference_value(function(*copy.deepcopy(probe)))


def examine(examiner: Callable, answer: Any) -> Any:
    """Let an exercise examine what the learner made, without a word on the screen.

    Args:
        examiner: called with the answer, whose own methods run there.
        answer: what was handed over; anything at all.

    Returns:
        What the examiner returns; a Failure where it raised.

    Raises:
        KeyboardInterrupt: the learner interrupts.
    """
    with _quiet_and_caught():
        try:
            return examiner(answer)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit is one
            return failure_of(error, examiner)


def unfit_parameters(function: Callable, probe: tuple, call: Callable) -> list[str] | None:
    """Tell whether a function cannot be called with a probe's arguments, for it has other parameters.

    Args:
        function: the learner's; where it is an object with methods of its own, these may run.
        probe: the arguments, by position.
        call: how the function is looked at, with a time limit perhaps.

    Returns:
        The names of its parameters if they do not fit. None if they do, or if nobody can tell.

    Raises:
        TimeIsUp: ``call`` has a limit, and it is reached.
    """
    with _quiet_and_caught():
        return call(_unfit_parameters, function, probe)


def differs(before: Any, after: Any) -> bool:
    """Tell whether an argument was changed.

    Arrays, lists, tuples, dictionaries and objects with attributes are looked into. A random generator is
    used up by using it, and counts as unchanged.

    Args:
        before: an argument of a probe.
        after: the copy of it that a function was called with.

    Returns:
        True where they are no longer the same.
    """
    if type(before) is not type(after):
        return True
    if isinstance(before, np.ndarray):
        return _array_differs(before, after)
    if isinstance(before, (list, tuple)):
        return len(before) != len(after) or any(differs(b, a) for b, a in zip(before, after, strict=True))
    if isinstance(before, dict):
        return before.keys() != after.keys() or any(differs(before[key], after[key]) for key in before)
    if hasattr(before, "__dict__") and not callable(before):
        return differs(vars(before), vars(after))
    return isinstance(before, (*SIMPLE, set)) and before != after


def _changed(before: Any, after: Any) -> bool:
    try:
        return differs(before, after)
    except Exception:  # what the function put there is compared by its own methods
        return True


def _array_differs(before: np.ndarray, after: np.ndarray) -> bool:
    if before.shape != after.shape or before.dtype != after.dtype:
        return True
    return not np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")


def _unfit_parameters(function: Callable, probe: tuple) -> list[str] | None:
    try:
        signature = inspect.signature(function)
        try:
            signature.bind(*probe)
        except TypeError:
            return [str(name) for name in signature.parameters]
    except (TimeIsUp, KeyboardInterrupt):
        raise
    except BaseException:  # some functions written in C have none; a learner's object may hold anything
        return None
    return None


def _answer(function: Callable, args: tuple, like: Any) -> tuple[Any, Failure | None]:
    """Return the answer in plain form. The learner's code runs here, the answer's own methods as well."""
    try:
        return plain(function(*args), like), None
    except (TimeIsUp, KeyboardInterrupt):
        raise
    except BaseException as error:  # SystemExit is one
        return None, failure_of(error, function)


def failure_of(error: BaseException, function: Callable) -> Failure:
    """Describe an exception.

    Args:
        error: what was raised.
        function: whose lines are named.

    Returns:
        The description; parts that the exception's own methods refuse are empty.
    """
    message = _safely(lambda: str.__str__(str(error)))
    message = re.sub(r" at 0x[0-9a-fA-F]+", "", message.strip().partition("\n")[0])
    if len(message) > 200:
        message = message[:200] + " ..."
    return Failure(type(error).__name__, message, _safely(lambda: _line_of_code(error, function)))


def _safely(describe: Callable[[], str]) -> str:
    """Return a description of a learner's object; nothing where its own methods fail."""
    try:
        return describe()
    except (TimeIsUp, KeyboardInterrupt):
        raise
    except BaseException:
        return ""


def _line_of_code(error: BaseException, function: Callable) -> str:
    """Return the last line of the function's own cell that the error came through: ``line 3: return x @ w``."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:
        return ""
    numbers = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == code.co_filename
    ]
    if not numbers:
        return ""
    text = linecache.getline(code.co_filename, numbers[-1]).strip()
    return f"line {numbers[-1]}: {text}" if text else f"line {numbers[-1]}"


class _Screen(io.TextIOBase):
    """Take what a function prints, up to a bound."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""
        self.full = False

    def write(self, text: str) -> int:
        kept = text[: MOST_OUTPUT - len(self.text)]
        self.text += kept
        self.full = self.full or len(kept) < len(text)
        return len(text)


@contextlib.contextmanager
def _quiet_and_caught() -> Iterator[_Screen]:
    """Catch the output, silence warnings, and take the keyboard away.

    NumPy's warnings are silenced although they might help: they name files and line numbers that differ
    from run to run, and the hint about nan or infinite results says the same.
    """
    screen = _Screen()
    keyboard, ask_for_input = sys.stdin, builtins.input
    with (
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            sys.stdin, builtins.input = io.StringIO(), _no_input
            yield screen
        finally:
            sys.stdin, builtins.input = keyboard, ask_for_input


def _no_input(*_: Any) -> str:
    raise InputAskedError("it asks for input")
