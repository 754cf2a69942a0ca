"""Tests of the checking engine, on small exercises of its own. Those of the course are in test_exercises.py."""

import builtins
import collections
import contextlib
import copy
import functools
import importlib
import inspect
import io
import random
import re
import signal
import subprocess
import sys
import threading
import time
import unittest.mock
import warnings

import nbclient
import nbformat
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.exercises import Exercise, Misconception, limits, registry
from helpers.exercises.compare import Odd, plain, same
from helpers.exercises.engine import is_stub, judge
from helpers.exercises.running import differs
from helpers.exercises.session import MOST_LINES, WIDTH, Session
from helpers.exercises.words import call_text, kind, place, seconds, short

HAS_ALARM = hasattr(signal, "setitimer")
needs_alarm = pytest.mark.skipif(not HAS_ALARM, reason="this system has no repeated alarm")


# --- exercises for these tests


def mean_error(predictions, targets):
    """How far the predictions are off, on average.

    predictions, targets: arrays of shape (n,)
    returns: one number
    """
    return np.mean(np.abs(predictions - targets))


def sum_error(predictions, targets):
    return np.sum(np.abs(predictions - targets))


def largest_error(predictions, targets):
    return np.max(np.abs(predictions - targets))


def error_probes(rng):
    cases = [(np.array([1.0, 2.0, 6.0]), np.array([0.0, 4.0, 6.0]))]
    return cases + [(rng.normal(size=n), rng.normal(size=n)) for n in (4, 7)]


def layer(A, W, b):
    """Compute the weighted sums of a layer.

    A: array of shape (n, inputs)
    W: array of shape (inputs, outputs)
    b: array of shape (outputs,)
    returns: array of shape (n, outputs)
    """
    return A @ W + b


def layer_without_bias(A, W, b):
    return A @ W


def layer_transposed(A, W, b):
    return A @ W.T + b


def layer_in_place(A, W, b):
    A *= 1.0 + 1e-9
    W += b
    return A @ (W - b) + b


def layer_probes(rng):
    square = [(np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 20.0]))]
    return square + [(rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)) for _ in range(2)]


def mean_and_spread(values):
    """Describe some values.

    values: list of numbers
    returns: two numbers, the mean and the largest distance from it
    """
    mean = sum(values) / len(values)
    return mean, max(abs(value - mean) for value in values)


def spread_first(values):
    mean, spread = mean_and_spread(values)
    return spread, mean


def value_probes(rng):
    return [([1, 2, 6],), (rng.normal(size=4).tolist(),), (rng.normal(size=6).tolist(),)]


def side(x):
    """Say on which side of 0 a number lies.

    x: one number
    returns: "left" or "right"
    """
    return "left" if x < 0 else "right"


def side_swapped(x):
    return "right" if x < 0 else "left"


def side_probes(rng):
    return [(1.0,), (-1.0,)] + [(float(x),) for x in rng.normal(size=4)]


def is_large(x):
    """Say for each number whether it is above 1.

    x: array of any shape
    returns: array of the same shape, True or False
    """
    return x > 1


def large_probes(rng):
    return [(np.array([0.0, 1.0, 2.0]),), (rng.normal(1, size=(2, 4)),)]


DEMO = registry.by_name(
    [
        Exercise(
            name="mean_error",
            task="Compute the mean error.",
            reference=mean_error,
            probes=error_probes,
            misconceptions=[
                Misconception(sum_error, "It grows with the number of examples.", "Divide by how many there are."),
                Misconception(largest_error, "You look at the largest error only."),
            ],
            praise="Now data sets of different sizes can be compared.",
            setup="import numpy as np",
        ),
        Exercise(
            name="layer",
            task="Compute a layer.",
            reference=layer,
            probes=layer_probes,
            misconceptions=[
                Misconception(layer_without_bias, "The bias is missing.", errata=("XD7",)),
                Misconception(layer_transposed, "W is turned round."),
                Misconception(layer_in_place, "You change the weights."),
            ],
            praise="A network is made of these.",
        ),
        Exercise(
            name="mean_and_spread",
            task="Describe some values.",
            reference=mean_and_spread,
            probes=value_probes,
            misconceptions=[Misconception(spread_first, "The order is the other one.")],
            praise="Two numbers often say enough.",
        ),
        Exercise(
            name="side",
            task="Left or right?",
            reference=side,
            probes=side_probes,
            misconceptions=[Misconception(side_swapped, "Left is below 0.")],
            praise="A decision is a side of a line.",
        ),
        Exercise(
            name="is_large",
            task="Large or not?",
            reference=is_large,
            probes=large_probes,
            praise="A comparison works on whole arrays.",
        ),
    ]
)


@pytest.fixture
def session():
    return Session(lambda: DEMO)


@pytest.fixture
def told(session, capsys):
    """What a check prints, in one line: ``told("layer", function)``."""

    def ask(name, function, **limits_):
        session.check(name, function, **limits_)
        return " ".join(capsys.readouterr().out.split())

    return ask


# --- the three things that a check can print


@pytest.mark.parametrize("name", DEMO)
def test_stub_is_not_started(told, name):
    namespace = {"np": np}
    exec(DEMO[name].stub, namespace)
    assert told(name, namespace[DEMO[name].function_name]).startswith("Not started yet:")


def empty_docstring(x):
    """Only this."""


def empty_pass(x):
    pass


def empty_dots(x): ...


def empty_return(x):
    """And a return."""
    return None  # noqa: RET501


def empty_with_closure(captured):
    def inner(x): ...

    return inner


def begun_without_return(x):
    x + 1


def begun_with_variable(x):
    y = ...  # noqa: F841


@pytest.mark.parametrize(
    "function", [empty_docstring, empty_pass, empty_dots, empty_return, empty_with_closure(1), lambda x: ...]
)
def test_empty_bodies_are_stubs(function):
    assert is_stub(function)


@pytest.mark.parametrize("function", [begun_without_return, begun_with_variable, lambda x: x, len, np.mean, 3, None])
def test_begun_bodies_are_no_stubs(function):
    assert not is_stub(function)


class Methods:
    def empty(self, x): ...

    def begun(self, x):
        return x


def test_methods_are_stubs_or_not_as_functions_are():
    assert is_stub(Methods().empty)
    assert not is_stub(Methods().begun)


def test_dots_in_place_of_the_function_are_not_started(told):
    assert told("layer", ...).startswith("Not started yet:")


def test_a_placeholder_returned_is_not_yet(told):
    def begun(A, W, b):
        z = A @ W
        z = ...
        return z  # noqa: RET504

    assert "dots" in told("layer", begun)


@pytest.mark.parametrize("name", DEMO)
def test_reference_is_correct(told, name):
    assert told(name, DEMO[name].reference) == f"Correct. {DEMO[name].praise}"


@pytest.mark.parametrize("name", DEMO)
def test_solution_as_text_is_correct(told, name):
    namespace = {"np": np}
    exec(DEMO[name].solution_source, namespace)
    assert told(name, namespace[DEMO[name].function_name]).startswith("Correct.")


@pytest.mark.parametrize(("name", "misconception"), [(name, m) for name in DEMO for m in DEMO[name].misconceptions])
def test_known_mistake_gets_its_hint(told, name, misconception):
    assert told(name, misconception.function) == f"Not yet. {misconception.hint}"


def test_a_mistake_that_another_way_of_writing_makes_is_known_too(told):
    assert "bias is missing" in told("layer", lambda A, W, b: np.einsum("ni,io->no", A, W))


def test_a_mistake_that_cannot_be_computed_everywhere_is_known_by_the_same_failure(told):
    assert "turned round" in told("layer", lambda A, W, b: np.matmul(A, np.transpose(W)) + b)


def test_another_failure_is_not_that_mistake(told):
    def fails_elsewhere(A, W, b):
        if A.shape[0] != A.shape[1]:
            raise KeyError("other")
        return A @ W.T + b

    assert "KeyError" in told("layer", fails_elsewhere)


def test_a_right_result_with_changed_arguments_gets_a_hint(told):
    def changes(predictions, targets):
        predictions -= targets
        return np.mean(np.abs(predictions))

    assert "changes predictions in place" in told("mean_error", changes)


def test_a_known_mistake_is_known_although_arguments_are_changed_too(told):
    def changes_and_sums(predictions, targets):
        predictions -= targets
        return np.sum(np.abs(predictions))

    assert "grows with the number of examples" in told("mean_error", changes_and_sums)


def test_a_mistake_that_changes_arguments_is_known_by_what_it_changes(told):
    def changes_bias_only(A, W, b):
        b += 1
        return A @ W + (b - 1)

    assert "changes b in place" in told("layer", changes_bias_only)


def test_the_exercise_may_bring_its_own_comparison(capsys):
    rough = Exercise("rough", "Roughly.", mean_error, error_probes, equal=lambda a, e: abs(a - e) < 0.5)
    own = Session(lambda: {"rough": rough})
    own.check("rough", lambda p, t: np.mean(np.abs(p - t)) + 0.1)
    own.check("rough", lambda p, t: np.mean(np.abs(p - t)) + 1)
    own.check("rough", lambda p, t: "a text")
    out = capsys.readouterr().out
    assert out.startswith("Correct.")
    assert out.count("Not yet.") == 2


def test_the_default_comparison_is_a_plain_function():
    """It is a class attribute as well; on an instance it must not turn into a method."""
    exercise = DEMO["layer"]
    assert exercise.equal is same
    assert exercise.equal(np.ones(2), np.ones(2))


def test_where_many_answers_are_right_none_is_named_as_the_right_one(capsys):
    def even():
        """Choose an even number.

        returns: one number
        """
        return 2

    task = Exercise("even", "Any.", even, lambda rng: [()], equal=lambda a, e: float(a) % 2 == e % 2)
    own = Session(lambda: {"even": task})
    for wrong in (-1, 3, 5):
        own.check("even", lambda wrong=wrong: wrong)
    own.check("even", lambda: 8)
    out = capsys.readouterr().out
    assert out.count("Not yet.") == 3 and out.count("is not right yet") == 3 and "Correct." in out
    assert "should be" not in out and "sign" not in out


# --- answers that are right in another form


class Tensor:
    """Like a tensor of a library: no array, but one can be made of it."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)


@pytest.mark.parametrize(
    "form",
    [
        lambda z: z.tolist(),
        lambda z: tuple(map(tuple, z)),
        Tensor,
        lambda z: z.astype(np.float32) * np.float32(1 + 5e-6),
        lambda z: z + 0j,
        lambda z: z.astype(object),
        lambda z: [list(row) for row in z],
        np.asfortranarray,
        lambda z: z + 1e-12,
    ],
)
def test_right_values_in_another_form_are_correct(told, form):
    assert told("layer", lambda A, W, b: form(layer(A, W, b))).startswith("Correct.")


@pytest.mark.parametrize("form", [list, tuple, np.array, lambda pair: [np.float32(pair[0]), pair[1]]])
def test_several_results_in_another_form_are_correct(told, form):
    assert told("mean_and_spread", lambda values: form(mean_and_spread(values))).startswith("Correct.")


@pytest.mark.parametrize("form", [np.float64, np.asarray, np.float32, float])
def test_one_number_in_another_form_is_correct(told, form):
    assert told("mean_error", lambda p, t: form(mean_error(p, t))).startswith("Correct.")


def test_ones_and_zeros_are_true_and_false(told):
    assert told("is_large", lambda x: (x > 1).astype(float)).startswith("Correct.")


def test_a_buffer_used_again_is_read_in_time(told):
    buffer = np.zeros(1)

    def reuses(predictions, targets):
        buffer[0] = mean_error(predictions, targets)
        return buffer.reshape(())

    assert told("mean_error", reuses).startswith("Correct.")


# --- hints for what is wrong with the result, in their order


class Hostile:
    """An object that fails wherever it is touched."""

    def __getattr__(self, name):
        raise RuntimeError("touched")

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("touched")

    def __repr__(self):
        raise RuntimeError("touched")

    __str__ = __len__ = __iter__ = __eq__ = __float__ = __bool__ = __repr__
    __hash__ = None


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        (str, "should be an array of shape (2, 2); it is a text"),
        (lambda z: (row for row in z), "it is a generator"),
        (lambda z: {1, 2}, "it is a set"),
        (lambda z: {"z": z}, "it is a dictionary with the keys z"),
        (lambda z: [[1.0], [1.0, 2.0]], "a list whose items have different lengths"),
        (lambda z: [["a", "b"], ["c", "d"]], "a list with text in it"),
        (lambda z: z.astype(str), "it is an array with text in it"),
        (lambda z: np.array([None, z], dtype=object), "it is an array with other things than numbers in it"),
        (lambda z: [None, z], "a list whose items have different lengths"),
        (lambda z: [None, None], "a list with other things than numbers in it"),
        (lambda z: np.sum, "it is a function"),
        (lambda z: object(), "it is an object"),
        (lambda z: Hostile(), "it is a Hostile"),
        (lambda z: z + 1j, "it is an array of complex numbers"),
        (lambda z: np.zeros((3000, 3000)), "far more numbers than asked for"),
        (lambda z: np.datetime64("2020-01-01"), "it is a datetime64"),
        (lambda z: z.T[:, :1], "should be an array of shape (2, 2); it is an array of shape (2, 1)"),
        (lambda z: z.sum(), "should be an array of shape (2, 2); it is a number"),
        (lambda z: z * np.nan, "element [0, 0] of your result is nan"),
        (lambda z: np.where(z > 11, np.inf, z), "is infinite"),
        (lambda z: -z, "every sign"),
        (np.abs, "some signs"),
        (lambda z: 2 * z, "Every number is 2 times"),
        (lambda z: z / 4, "Every number is 0.25 times"),
        (lambda z: -3 * z, "Every number is -3 times"),
        (lambda z: z + np.eye(*z.shape), "element [0, 0] of your result is 12, which is not right"),
        (lambda z: z**2, "element [0, 0] of your result is 121"),
    ],
)
def test_hint_says_what_is_wrong(told, answer, part):
    text = told("layer", lambda A, W, b: answer(layer(A, W, b)))
    assert text.startswith("Not yet.")
    assert part in text


@pytest.mark.parametrize(
    ("cause", "result"),
    [
        ("0/0", lambda zero: zero / zero),
        ("inf/inf", lambda zero: (1 / zero) / (1 / zero)),
        ("inf - inf", lambda zero: 1 / zero - 1 / zero),
        ("0 times infinity (as in 0 · log 0)", lambda zero: zero * np.log(zero)),
        ("log of a negative number", lambda zero: np.log(zero - 1)),
    ],
)
def test_hint_for_nan_names_what_it_comes_from(cause, result):
    hint = judge(DEMO["layer"], lambda A, W, b: result(0 * (A @ W + b))).hint
    assert "is nan" in hint.text
    assert cause in hint.fuller


@pytest.mark.parametrize(
    ("cause", "result"),
    [
        ("a division by 0", lambda zero: 1 / zero),
        ("log(0)", np.log),
        ("exp of a large number", lambda zero: np.exp(zero + 1000)),
    ],
)
def test_hint_for_infinity_names_what_it_comes_from(cause, result):
    hint = judge(DEMO["layer"], lambda A, W, b: result(0 * (A @ W + b))).hint
    assert "is infinite" in hint.text
    assert cause in hint.fuller


@pytest.mark.parametrize("special", [np.inf, np.nan])
def test_infinity_and_nan_are_no_mistake_where_they_are_right(special):
    exercise = Exercise("special", "?", lambda: np.array([special, 1.0, 2.0]), lambda rng: [()])
    hint = judge(exercise, lambda: np.array([special, 1.0, 5.0])).hint
    assert "element [2] of your result is 5, which is not right" in hint.text
    assert judge(exercise, lambda: np.array([special, 1.0, 2.0])).hint is None


@pytest.mark.parametrize(
    ("wanted", "found", "remark"),
    [
        ((2, 3), (3, 2), "Rows and columns have changed places. "),
        ((2, 3), (2, 3, 1), "Only axes of length 1 are too many or missing. "),
        ((2, 1, 3), (2, 3), "Only axes of length 1 are too many or missing. "),
        ((2, 3), (2,), "An axis is missing: was something added up, or picked out, along it? "),
        ((3,), (4, 3), "There is an axis too many: is a sum or a mean along it missing? "),
        ((2, 3, 4), (3, 2, 4), ""),
        ((3,), (4,), ""),
    ],
)
def test_hint_for_a_wrong_shape_tells_what_happened_to_the_axes(wanted, found, remark):
    exercise = Exercise("shape", "?", lambda: np.ones(wanted), lambda rng: [()])
    hint = judge(exercise, lambda: np.ones(found)).hint
    assert hint.text == f"Your result should be an array of shape {wanted}; it is an array of shape {found}."
    assert hint.fuller.partition("This is for")[0] == remark


@pytest.mark.parametrize(
    ("first", "second", "part"),
    [
        ("type", "shape", lambda z: z.ravel().astype(str)),
        ("shape", "nan", lambda z: z.ravel() * np.nan),
        ("nan", "sign", lambda z: np.where(z > 11, np.nan, -z)),
        ("sign", "scale", lambda z: -z),
        ("scale", "first element", lambda z: 2 * z),
    ],
)
def test_of_two_hints_the_earlier_one_is_given(told, first, second, part):
    words = {"type": "with text", "shape": "of shape (4,)", "nan": "is nan", "sign": "sign", "scale": "times what"}
    text = told("layer", lambda A, W, b: part(layer(A, W, b)))
    assert words[first] in text
    assert words.get(second, "which is not right") not in text


def test_hint_names_the_first_element_that_differs_and_its_call(told):
    def late_and_twice(A, W, b):
        z = layer(A, W, b)
        if len(A) == 5:  # right for the first call
            z[1, 0], z[3, 1] = 70.0, 80.0
        return z

    call = call_text(layer, layer_probes(np.random.default_rng(2017))[1])
    assert f"1 of 3 tests is right. For {call}, element [1, 0] of your result is 70," in told("layer", late_and_twice)


def test_hint_for_an_empty_branch_names_a_call_that_returned_nothing():
    hint = judge(DEMO["side"], lambda x: "right" if x > 0 else None).hint
    assert hint.fuller == "One of these calls is side(x=-1)."


def test_hint_for_an_endless_call_names_that_call():
    def endless_on_the_left(x):
        return side(x) if x > 0 else spin()

    assert judge(DEMO["side"], endless_on_the_left, 0.1).hint.fuller == "It was called as side(x=-1)."


def test_hint_for_a_call_that_is_endless_when_asked_again_names_that_call():
    calls = []

    def endless_at_last(x):
        calls.append(x)
        return side(x) if len(calls) < 8 else spin()  # six calls, and the second of those that are asked again

    # Time enough that no quick call seems endless on a busy machine.
    assert judge(DEMO["side"], endless_at_last, 0.5).hint.fuller == "It was called as side(x=-1)."


@pytest.mark.parametrize("name", DEMO)
def test_the_first_three_probes_are_asked_again(name):
    asked = []

    def counts(*args):
        asked.append(repr(args))
        return DEMO[name].reference(*args)

    assert judge(DEMO[name], counts).hint is None
    probes = len(set(asked))
    assert asked[probes:] == asked[: min(3, probes)]


def test_hint_names_the_result_of_several(told):
    assert "Result number 2 should be a number; it is an array" in told(
        "mean_and_spread", lambda v: (sum(v) / len(v), [1])
    )
    assert "Your result should be 2 results; it is a number" in told("mean_and_spread", lambda v: 1.0)
    assert "Your result should be 2 results; it is 1 result." in told("mean_and_spread", lambda v: (1.0,))
    assert "result number 2 is 4" in told("mean_and_spread", lambda v: (sum(v) / len(v), max(v) - 2))


def test_hint_for_a_few_wrong_answers_says_how_many_are_right(told):
    assert "1 of 3 tests is right." in told("mean_error", lambda p, t: 1.0)
    assert "2 of 3 tests are right." in told("mean_error", lambda p, t: mean_error(p, t) + (len(p) == 4))


def test_one_wrong_number_is_no_factor():
    exercise = Exercise("three", "?", lambda x: 3.0, lambda rng: [(1,)])
    assert "is 6, which is not right" in judge(exercise, lambda x: 6.0).hint.text


def test_hint_tells_close_numbers_apart(told, session):
    def nearly(p, t):
        return mean_error(p, t) + 1e-5 * (len(p) == 4)

    first = told("mean_error", nearly)
    wrong, right = first, told("mean_error", nearly).rpartition("It should be ")[2].rstrip(".")
    assert right not in wrong


def test_yes_and_no_exchanged(told):
    assert "wrong way round" in told("is_large", lambda x: x <= 1)


def test_wrong_text(told):
    assert "your result is 'top', which is not right" in told("side", lambda x: "top")
    assert "should be a text; it is a number" in told("side", lambda x: 1)


def test_no_return(told):
    assert "Your function returned nothing: is there a return?" in told("layer", lambda A, W, b: print(A @ W + b))


def test_no_return_in_one_branch(told):
    def one_branch(x):
        if x > 0:
            print("right")
        else:
            return "left"
        return None

    assert "Does every branch of it end with return?" in told("side", one_branch)


def test_answers_by_chance(told):
    assert "different answers to the same question" in told("mean_error", lambda p, t: random.random())


def test_answers_that_depend_on_earlier_calls(told):
    calls = []

    def counts(predictions, targets):
        calls.append(1)
        return mean_error(predictions, targets) + (len(calls) > 3)

    assert "different answers to the same question" in told("mean_error", counts)


def test_a_failure_that_does_not_come_again_is_no_steady_answer(told):
    calls = []

    def fails_at_first(predictions, targets):
        calls.append(1)
        if len(calls) == 1:
            raise KeyError("first")
        return 0.0

    assert "different answers to the same question" in told("mean_error", fails_at_first)


def test_a_mistake_that_can_be_computed_nowhere_is_nobodys_mistake():
    def fails(predictions, targets):
        raise KeyError("always")

    exercise = Exercise("m", "?", mean_error, error_probes, misconceptions=[Misconception(fails, "It always fails.")])
    assert "which is not right" in judge(exercise, lambda p, t: 5.0).hint.text
    assert judge(exercise, fails).hint.text == "It always fails."


def test_a_mistake_that_is_right_wherever_it_can_be_computed_is_not_seen_in_another_wrong_value():
    def fails_for_three(predictions, targets):
        if len(predictions) == 3:
            raise KeyError("three")
        return mean_error(predictions, targets)

    mistakes = [Misconception(fails_for_three, "It fails for three.")]
    exercise = Exercise("m", "?", mean_error, error_probes, misconceptions=mistakes)
    wrong_for_three = judge(exercise, lambda p, t: mean_error(p, t) + (len(p) == 3))
    assert "which is not right" in wrong_for_three.hint.text
    assert judge(exercise, fails_for_three).hint.text == "It fails for three."


# --- functions that do something else than answering


def test_failure_names_exception_line_and_arguments(told):
    def fails(predictions, targets):
        total = predictions + targets
        return total / missing  # noqa: F821

    text = told("mean_error", fails)
    assert "Your function stopped with NameError: name 'missing' is not defined" in text
    assert "return total / missing" in text
    assert "mean_error(predictions=[1, 2, 6], targets=[0, 4, 6])" in text


def test_failure_inside_a_library_names_the_learners_line(told):
    text = told("mean_error", lambda p, t: np.reshape(p, (17, 17)))
    assert "ValueError" in text
    assert "np.reshape(p, (17, 17))" in text


def divide(numerator, denominator):
    return numerator / denominator


def test_failure_in_a_helper_of_the_same_cell_names_the_last_line_of_that_cell(told):
    lines, first = inspect.getsourcelines(divide)
    text = told("mean_error", lambda p, t: divide(1, 0))
    assert f"In line {first + 1}: {lines[1].strip()} It was called as" in text


class RudeError(Exception):
    def __str__(self):
        raise ValueError("no")


def raise_(error):
    raise error


def recurse(*args):
    return recurse(*args)


def yield_forever(*args):
    while True:
        yield 1


async def asynchronous(predictions, targets):
    return mean_error(predictions, targets)


@pytest.mark.parametrize(
    ("function", "part"),
    [
        (recurse, "calls itself without end"),
        (lambda *a: sys.exit(3), "ends the whole program"),
        (lambda *a: raise_(SystemExit), "ends the whole program"),
        (lambda *a: input("?"), "asks for input"),
        (lambda *a: int(sys.stdin.readline()), "ValueError"),
        (lambda *a: raise_(RudeError()), "RudeError"),
        (lambda *a: raise_(GeneratorExit()), "GeneratorExit"),
        (lambda *a: raise_(ValueError("one\ntwo " + "x" * 999)), "ValueError: one"),
        (lambda *a: raise_(ValueError(f"in {object()}")), "ValueError: in <object object>"),
        (lambda *a: raise_(ValueError("y" * 999)), "yyy ..."),
        (yield_forever, "it is a generator"),
        (asynchronous, "it is a coroutine"),
        (lambda *a: [0] * 10**15, "MemoryError"),
        (lambda p, t: setattr(p, "shape", (1, 1, -1)) or mean_error(p.ravel(), t), "changes predictions in place"),
        (lambda *a: print("x" * 10**6), "prints far too much"),
        (lambda *a: [print("y" * 99, file=sys.stderr) for _ in range(10**4)], "prints far too much"),
        (mean_error(np.zeros(2), np.ones(2)), "without brackets behind its name"),
        (None, "It was given nothing"),
        ("mean_error", "It was given 'mean_error'"),
        (lambda: 1, "takes no arguments; it should take predictions and targets"),
        (lambda p: 1, "takes p; it should take predictions and targets"),
        (lambda p, t, u: 1, "takes p, t and u; it should"),
        (unittest.mock.MagicMock(), "it is an array of shape (0,)"),
        (functools.partial(lambda a, p, t: a, 1.5), "your result is 1.5"),
        (int, "TypeError"),
    ],
)
def test_anything_else_gets_a_hint(told, function, part):
    text = told("mean_error", function)
    assert text.startswith("Not yet.")
    assert part in text.partition(" In line ")[0], text  # the line itself, of this file, says anything
    assert "The check itself failed" not in text


class TouchyAttributes:
    """A callable that fails when asked for what it has not: ``__code__``, ``__signature__``, ``__wrapped__``."""

    def __init__(self, answer, error=RuntimeError):
        self.answer, self.error = answer, error

    def __call__(self, *args):
        return self.answer(*args)

    def __getattr__(self, name):
        raise self.error("touched")


class Touchy:
    """An object that fails when asked for anything, even for its class."""

    def __call__(self, predictions, targets):
        return mean_error(predictions, targets)

    def __getattribute__(self, name):
        raise RuntimeError("touched")


class LoopingAttributes(TouchyAttributes):
    def __getattr__(self, name):
        spin()


class PrintingAttributes(TouchyAttributes):
    def __getattr__(self, name):
        print("touched")
        raise AttributeError(name)


class TouchyNumber(float):
    def __format__(self, spec):
        raise RuntimeError("touched")


class TouchyText(str):
    __slots__ = ()

    def __hash__(self):
        raise RuntimeError("touched")

    def __eq__(self, other):
        raise RuntimeError("touched")


class ExitingError(Exception):
    def __str__(self):
        raise SystemExit


@pytest.mark.parametrize("error", [RuntimeError, AttributeError, SystemExit, GeneratorExit])
def test_a_callable_object_with_touchy_attributes_is_judged_by_its_answers(told, error):
    assert told("mean_error", TouchyAttributes(mean_error, error)).startswith("Correct.")
    assert told("mean_error", TouchyAttributes(sum_error, error)).startswith("Not yet. It grows")
    failing = TouchyAttributes(lambda *args: 1 / 0, error)
    assert "ZeroDivisionError: division by zero" in told("mean_error", failing)


def test_any_callable_object_is_judged_by_its_answers(told):
    assert told("mean_error", Touchy()).startswith("Correct.")
    assert told("mean_error", PrintingAttributes(mean_error)) == f"Correct. {DEMO['mean_error'].praise}"


def test_a_function_that_claims_to_wrap_itself_is_judged_by_its_answers(told):
    def fails(predictions, targets):
        raise KeyError("mine")

    fails.__wrapped__ = fails
    assert "KeyError: 'mine'" in told("mean_error", fails)


def test_attributes_that_never_come_are_stopped(told):
    assert "still running after 0.15 seconds" in told("mean_error", LoopingAttributes(mean_error), time_limit=0.15)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (lambda: TouchyNumber(3), "It was given a TouchyNumber."),
        (lambda: [TouchyNumber(3)], "It was given a list."),
        (lambda: [TouchyAttributes(mean_error)], "It was given a list."),
        (lambda: [[Touchy()]], "It was given a list."),
        (lambda: {TouchyKey(): 1}, "It was given a dictionary with the keys key."),
        (Hostile, "It was given a Hostile."),
    ],
)
def test_a_touchy_object_in_place_of_the_function_gets_a_hint(told, value, part):
    text = told("mean_error", value())
    assert text.startswith("Not yet. check needs the function itself")
    assert part in text


def test_a_touchy_object_in_place_of_the_name_gets_a_sentence(told):
    assert told(Touchy(), mean_error).startswith("The name of the exercise comes first")
    assert told(TouchyText("mean_error"), mean_error).startswith("Correct.")


def test_a_message_that_ends_the_program_is_left_out(told):
    assert "stopped with ExitingError In line" in told("mean_error", lambda *args: raise_(ExitingError()))


def test_a_touchy_key_of_a_result_is_a_text(told):
    assert "should be a number; it is a dictionary" in told("mean_error", lambda *args: {TouchyKey(): 1.0})


class TouchyKey:
    def __str__(self):
        return TouchyText("key")


def test_touchy_objects_put_into_an_argument_count_as_a_change():
    def total(items):
        """Add up.

        items: array of objects
        returns: one number
        """
        return sum(items)

    def spoils(items):
        result = sum(items)
        items[0] = Hostile()
        return result

    exercise = Exercise("total", "Add up.", total, lambda rng: [(np.array([1, 10**30], dtype=object),)])
    assert "changes items in place" in judge(exercise, spoils).hint.text


def test_arguments_are_copies_at_every_call(told):
    seen = []

    def spoils(predictions, targets):
        seen.append(predictions.copy())
        predictions[:] = 0
        targets[:] = 0
        return 0.0

    told("mean_error", spoils)
    again = error_probes(np.random.default_rng(0))
    assert np.array_equal(seen[0], again[0][0])
    assert np.array_equal(seen[0], seen[3])  # asked again at the end


def test_lists_and_dictionaries_are_copies_too():
    kept = [[1.0, 2.0], {"w": np.ones(2)}]

    def total(items):
        """Add up.

        items: a list
        returns: one number
        """
        return sum(items[0]) + items[1]["w"].sum()

    def spoils(items):
        result = sum(items[0]) + items[1]["w"].sum()
        items[1]["w"][0] = 9
        return result

    exercise = Exercise("total", "Add up.", total, lambda rng: [(kept,)])
    assert "changes items in place" in judge(exercise, spoils).hint.text
    assert kept[0] == [1.0, 2.0]
    assert np.array_equal(kept[1]["w"], [1, 1])


def test_a_generator_of_random_numbers_may_be_used_up():
    def draw(rng):
        """Draw.

        rng: a random generator
        returns: one number
        """
        return rng.normal()

    exercise = Exercise("draw", "Draw.", draw, lambda rng: [(np.random.default_rng(3),)])
    assert judge(exercise, lambda rng: rng.normal(0, 1)).result.value == "correct"


def test_prints_for_debugging_are_shown_once_and_bounded(session, capsys):
    def prints(predictions, targets):
        print("sizes", len(predictions))
        return 0

    session.check("mean_error", prints)
    out = capsys.readouterr().out
    assert out.count("sizes") == 1
    assert "In the first test your function printed:\n  sizes 3\n" in out

    session.check("mean_error", lambda p, t: [print(i) for i in range(50)] and 0)
    out = capsys.readouterr().out
    assert len(out.splitlines()) < MOST_LINES + 10
    assert "... and 30 more lines." in out

    session.check("mean_error", lambda p, t: [print(i) for i in range(MOST_LINES + 1)] and 0)
    assert "... and 1 more line.\n" in capsys.readouterr().out

    session.check("mean_error", lambda p, t: print("x" * 500) or 0)
    assert f"  {'x' * WIDTH} ...\n" in capsys.readouterr().out


def test_lines_fit_the_page(session, capsys):
    for answer in (0, "text", lambda p, t: mean_error(p[:1], t[:1]), lambda p, t: 1 / 0):
        session.check("mean_error", answer if callable(answer) else lambda p, t, answer=answer: answer)
    session.solution("mean_error")
    session.progress()
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 96
    assert sum(len(line) > 60 for line in lines) > 3  # and they are filled


def test_nothing_leaks_out_of_a_check(told, capsys):
    before = sys.stdout, sys.stderr, sys.stdin, builtins.input, np.geterr()

    def meddles(predictions, targets):
        print("to the learner")
        print("to the learner", file=sys.stderr)
        np.seterr(all="raise")
        sys.stdout = io.StringIO()
        return np.log(-1.0)

    told("mean_error", meddles)
    assert (sys.stdout, sys.stderr, sys.stdin, builtins.input, np.geterr()) == before
    assert capsys.readouterr().err == ""


def test_warnings_are_not_shown(told, recwarn, capsys):
    def warns(A, W, b):
        warnings.warn("this is old", DeprecationWarning, stacklevel=1)
        return np.log(-np.abs(A @ W + b) - 1)

    text = told("layer", warns)
    assert "nan" in text
    assert "this is old" not in text
    assert not recwarn.list
    assert capsys.readouterr().err == ""


def test_a_check_inside_the_function_is_no_endless_recursion(session, capsys):
    def nests(predictions, targets):
        session.check("mean_error", nests)
        return 0

    session.check("mean_error", nests)
    assert "Move it to the left margin" in capsys.readouterr().out


def test_a_mistake_in_the_course_is_a_sentence(capsys):
    broken = Exercise("broken", "?", mean_error, lambda rng: 1 / 0)
    Session(lambda: {"broken": broken}).check("broken", sum_error)
    assert "This is a mistake in the course, not in your answer" in " ".join(capsys.readouterr().out.split())


plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=4)
    | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)
odd_values = st.sampled_from(
    [
        *(..., object(), Hostile(), NotImplemented, range(3), {1}, bytearray(3), sys, int, 10**400, -(10**30)),
        *(np.nan, np.array("a"), np.array([None, 1]), np.ma.masked, np.zeros((2, 0)), np.array(1j), np.float16(3)),
        *(np.zeros(2, "V4"), np.zeros(3, "M8[s]"), np.longdouble(3), collections.UserDict(), unittest.mock.MagicMock()),
    ]
)


@given(answer=plain_values | odd_values, name=st.sampled_from(sorted(DEMO)), tries=st.integers(1, 3))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_object_as_answer_is_one_of_three_things(capsys, recwarn, answer, name, tries):
    own = Session(lambda: DEMO)
    for _ in range(tries):
        own.check(name, lambda *args: answer)
        own.check(name, answer)
    out, err = capsys.readouterr()
    assert out.startswith(("Not yet. ", "Correct. ", "Not started yet: "))
    assert "Traceback" not in out
    assert "The check itself failed" not in out
    assert not err
    assert not recwarn.list


@given(st.lists(st.floats(-1e3, 1e3), min_size=4, max_size=4), st.floats(0.01, 100))
@settings(max_examples=50, deadline=None)
def test_any_factor_is_found(numbers, factor):
    def four(x):
        """Give four numbers.

        x: ignored
        returns: array of shape (4,)
        """
        return np.array(numbers)

    verdict = judge(Exercise("four", "?", four, lambda rng: [(1,)]), lambda x: np.array(numbers) * factor)
    if verdict.result.value == "correct":
        assert np.allclose(np.array(numbers) * factor, numbers, rtol=1e-5, atol=1e-8)
    elif np.count_nonzero(np.abs(numbers) > 1e-6) >= 2:
        found = re.fullmatch(r"Every number is (\S+) times what it should be\.", verdict.hint.text)
        assert float(found[1]) == pytest.approx(factor, rel=1e-3)


# --- stages of hints, solution, reset, progress


def test_hints_come_in_stages(told):
    first, second, third = (told("mean_error", sum_error) for _ in range(3))
    assert first == "Not yet. It grows with the number of examples."
    assert second == f"{first} Divide by how many there are."
    assert third == f'{second} If you would like to see a solution: exercises.solution("mean_error")'


def test_from_the_third_try_on_the_stage_stays_the_same(told):
    tries = [told("mean_error", sum_error) for _ in range(5)]
    assert tries[2] == tries[3] == tries[4]


def test_only_wrong_tries_at_the_same_exercise_count(told):
    first = told("mean_error", sum_error)
    told("layer", layer_without_bias)
    told("mean_error", ...)
    told("mean_error", lambda p, t: ...)
    assert told("mean_error", sum_error) == f"{first} Divide by how many there are."


def test_the_third_wrong_try_points_to_the_solution_where_the_hint_has_one_stage_only(told):
    tries = [told("mean_error", largest_error) for _ in range(3)]
    assert tries[0] == tries[1] == "Not yet. You look at the largest error only."
    assert tries[2].endswith('exercises.solution("mean_error")')


def test_general_hints_have_stages_too(told):
    first, second = (told("layer", lambda A, W, b: (A @ W + b).T) for _ in range(2))
    assert "Rows and columns" not in first
    assert "Rows and columns have changed places." in second


def test_a_right_answer_starts_the_stages_anew(told):
    told("mean_error", sum_error)
    told("mean_error", mean_error)
    assert told("mean_error", sum_error) == "Not yet. It grows with the number of examples."


def test_reset_shows_the_stub_and_forgets(session, told, capsys):
    told("mean_error", sum_error)
    session.reset("mean_error")
    out = capsys.readouterr().out
    namespace = {"exercises": session}
    exec(out, namespace)  # what is printed can be run as it is
    assert capsys.readouterr().out.startswith("Not started yet:")
    assert DEMO["mean_error"].cell in out
    assert told("mean_error", sum_error) == "Not yet. It grows with the number of examples."


def test_stub_is_made_of_the_reference():
    assert DEMO["mean_error"].stub == (
        "import numpy as np\n\n\n"
        "def mean_error(predictions, targets):\n"
        '    """How far the predictions are off, on average.\n\n'
        "    predictions, targets: arrays of shape (n,)\n"
        "    returns: one number\n"
        '    """\n'
        "    ..."
    )
    assert DEMO["layer"].solution_source.endswith("    return A @ W + b")


def test_a_reference_without_docstring_has_no_stub():
    with pytest.raises(ValueError, match="docstring"):
        _ = Exercise("bare", "?", sum_error, error_probes).stub


def test_unknown_names_get_a_sentence(session, told, capsys):
    assert told("mean_eror", sum_error) == "There is no exercise called 'mean_eror'. Did you mean mean_error?"
    assert told("qqq", sum_error).startswith("There is no exercise called 'qqq'.")
    assert "The name of the exercise comes first" in told(sum_error, "mean_error")
    session.solution("layr")
    session.reset("layr")
    assert capsys.readouterr().out.count("Did you mean layer?") == 2


def test_progress(session, told, capsys):
    session.progress()
    assert capsys.readouterr().out == "No exercise was checked since the kernel was started.\n"
    told("mean_error", mean_error)
    told("mean_error", sum_error)  # solved stays solved
    told("layer", layer_without_bias)
    told("side", ...)
    session.progress()
    assert capsys.readouterr().out == (
        f"{DEMO['layer'].notebook}: 1 of 5 solved.\n"
        "  Solved: mean_error\n"
        "  Tried: layer\n"
        "  Not started: mean_and_spread, side, is_large\n"
    )


def test_solution_outside_a_notebook_asks_first(session, capsys, monkeypatch):
    session.solution("layer")
    assert "return A @ W" not in capsys.readouterr().out
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    for reply, shown in (("no", False), ("yes", True)):
        monkeypatch.setattr(builtins, "input", lambda question, reply=reply: reply)
        session.solution("layer")
        assert ("return A @ W + b" in capsys.readouterr().out) is shown


def test_solution_in_a_notebook_is_closed_and_escaped(session, monkeypatch):
    display = pytest.importorskip("IPython.display")
    shown = []
    monkeypatch.setattr("helpers.exercises.session._in_notebook", lambda: True)
    monkeypatch.setattr(display, "display", lambda data, raw: shown.append(data))
    assert session.solution("side") is None
    page = shown[0]["text/html"]
    assert page.startswith("<details><summary>")
    assert "return &quot;left&quot; if x &lt; 0 else &quot;right&quot;" in page
    assert "return" not in shown[0]["text/plain"]


def test_two_exercises_with_one_name_are_an_error():
    with pytest.raises(ValueError, match="two exercises are called 'layer'"):
        registry.by_name([DEMO["layer"], DEMO["layer"]])


def test_notebook_is_read_off_the_module():
    def decide():
        return 1

    decide.__module__ = "helpers.exercises.n01_perceptron"
    assert Exercise("decide", "?", decide, None).notebook == "01_perceptron"


def test_importing_costs_numpy_at_most():
    code = "import sys; from helpers import exercises; print(sorted(set(sys.modules) & set(sys.argv[1].split())))"
    heavy = "IPython keras tensorflow torch jax matplotlib pandas sklearn scipy helpers.exercises.n01_perceptron"
    run = subprocess.run([sys.executable, "-c", code, heavy], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- the time limit


def spin(*args):
    while True:
        pass


def spin_swallowing(*args):
    while True:
        try:
            for _ in range(1000):
                pass
        except Exception:
            pass


def sleep_swallowing_once(*args):
    try:
        time.sleep(99)
    except:  # noqa: E722 - as a learner would write it
        print("what was that")
    time.sleep(99)


def print_for_ever(*args):
    while True:
        print("again")


class ArrayForEver:
    def __array__(self, dtype=None, copy=None):
        spin()


def busy_for_a_moment():
    time.sleep(0.01)


def fails_at_once():
    raise KeyError("at once")


def limited(work, seconds):
    """With a time limit, and without a notice before it."""
    return limits.with_time_limit(work, seconds, seconds, lambda: None)


PYTHON_LOOPS = [spin, spin_swallowing, print_for_ever, lambda *a: ArrayForEver()]
WAITS = [lambda *a: time.sleep(99), sleep_swallowing_once]


@pytest.mark.parametrize("function", PYTHON_LOOPS + WAITS * HAS_ALARM)
def test_endless_functions_are_stopped(told, function):
    started = time.monotonic()
    text = told("mean_error", function, time_limit=0.15)
    assert text.startswith("Not yet. Your function was still running after 0.15 seconds")
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("function", PYTHON_LOOPS)
def test_loops_are_stopped_where_there_is_no_alarm(told, function, monkeypatch):
    """As on Windows."""
    monkeypatch.delattr(signal, "setitimer", raising=False)
    assert "still running after 0.15 seconds" in told("mean_error", function, time_limit=0.15)


def test_loops_are_stopped_in_another_thread():
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(judge(DEMO["layer"], spin, 0.15)))
    thread.start()
    thread.join(10)
    assert "still running" in verdicts[0].hint.text


def test_the_limit_is_for_all_calls_together(told):
    assert "still running" in told("side", lambda x: time.sleep(0.1) or side(x), time_limit=0.3)


def test_an_answer_that_swallows_the_alarm_and_comes_late_is_too_late(told):
    def late(x):
        try:
            spin()
        except:  # noqa: E722
            return side(x)

    assert "still running" in told("side", late, time_limit=0.15)
    with pytest.raises(limits.TimeIsUp):
        limited(lambda call: call(late, 1.0), 0.05)


def test_the_learner_is_told_how_to_interrupt(told):
    text = told("mean_error", spin, time_limit=0.4, notice_after=0.1)
    assert text.startswith("Your function has been running for 0.1 seconds. It should be stopped after 0.4 seconds.")
    assert "press Interrupt" in text
    assert text.index("press Interrupt") < text.index("Not yet.")


@pytest.mark.parametrize("alarm", [pytest.param(True, marks=needs_alarm), False])
def test_there_is_no_notice_where_the_limit_comes_first(monkeypatch, alarm):
    if not alarm:
        monkeypatch.delattr(signal, "setitimer", raising=False)
    noticed = []
    for notice_after in (0.1, 30):
        started = time.monotonic()
        with pytest.raises(limits.TimeIsUp):
            limits.with_time_limit(lambda call: call(spin), 0.1, notice_after, lambda: noticed.append(1))
        assert time.monotonic() - started < 2
    assert not noticed


@pytest.mark.parametrize("seconds_", [0, -1])
def test_no_time_at_all_is_up_at_once(seconds_):
    called = []
    with pytest.raises(limits.TimeIsUp):
        limited(lambda call: call(called.append, 1), seconds_)
    assert called == []


@pytest.mark.parametrize("alarm", [pytest.param(True, marks=needs_alarm), False])
@pytest.mark.parametrize("function", [busy_for_a_moment, spin, fails_at_once])
def test_no_thread_is_left_and_none_holds_up_the_end_of_the_program(monkeypatch, alarm, function):
    if not alarm:
        monkeypatch.delattr(signal, "setitimer", raising=False)
    before = set(threading.enumerate())
    during = []

    def work(call):
        during.extend(set(threading.enumerate()) - before)
        call(function)

    with contextlib.suppress(limits.TimeIsUp, KeyError):
        limited(work, 0.1)
    assert set(threading.enumerate()) == before
    assert [thread.daemon for thread in during] == [True]


@pytest.fixture
def interruptible():
    """Interrupts arrive, as in a kernel; a shell that starts the tests in the background would have them ignored."""
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, earlier)


@needs_alarm
def test_an_interrupt_is_a_clean_sentence(told, interruptible):
    def spin_until_interrupted(*args):
        # From here, for on a busy machine the interrupt might else come before the learner's function runs.
        threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
        spin()

    assert told("mean_error", spin_until_interrupted, time_limit=3).startswith("Interrupted.")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@needs_alarm
def test_handler_and_timer_of_others_are_restored():
    rings = []
    earlier = signal.signal(signal.SIGALRM, lambda *_: rings.append(1))
    try:
        handler = signal.getsignal(signal.SIGALRM)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(limits.TimeIsUp):
            limited(lambda call: call(spin), 0.1)
        assert signal.getsignal(signal.SIGALRM) is handler
        assert not rings
        time.sleep(0.4)
        assert rings == [1]
        signal.setitimer(signal.ITIMER_REAL, 5, 7)
        assert limited(lambda call: call(time.sleep, 0.5), 3) is None
        delay, interval = signal.getitimer(signal.ITIMER_REAL)
        assert 4 < delay <= 4.5
        assert interval == 7
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)


def busy(loops):
    total = 0
    for i in range(loops):
        total += i
    return total


@pytest.mark.parametrize("alarm", [pytest.param(True, marks=needs_alarm), False])
def test_time_never_runs_out_after_the_call(monkeypatch, request, alarm):
    """Limits about as long as the call itself, many times: the end of one often meets the end of the other."""
    if not alarm:
        monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.setattr(limits, "REPEAT", 0.0005)
    interval = sys.getswitchinterval()
    request.addfinalizer(lambda: sys.setswitchinterval(interval))
    sys.setswitchinterval(1e-6)  # the watchdog gets in between any two steps
    rng = random.Random(1)
    stopped = 0
    for _ in range(600):
        try:
            limited(lambda call: [call(busy, 300) for _ in range(4)], rng.uniform(1e-6, 4e-4))
        except limits.TimeIsUp:
            stopped += 1
        busy(300)  # a later cell: TimeIsUp here would fail the test
        if HAS_ALARM and alarm:
            assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    busy(20_000)
    assert 0 < stopped < 600


@pytest.mark.parametrize("alarm", [pytest.param(True, marks=needs_alarm), False])
def test_what_is_not_the_learners_code_is_never_interrupted(monkeypatch, alarm):
    if not alarm:
        monkeypatch.delattr(signal, "setitimer", raising=False)

    def work(call):
        busy(3_000_000)  # much longer than the limit
        return "done"

    assert limited(work, 0.01) == "done"


@needs_alarm
def test_a_timer_that_was_left_over_switches_itself_off():
    stopper = limits._Alarm(0.01, limits._Clock())
    stopper.start()  # and nobody calls end: as if an interrupt had come in between
    time.sleep(0.1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == stopper.earlier_handler


# --- imports inside an answer

SLOW = """
import time
time.sleep(0.6)
DONE = True
"""


@pytest.fixture(params=[pytest.param(True, marks=needs_alarm, id="alarm"), pytest.param(False, id="no alarm")])
def module(request, monkeypatch, tmp_path):
    """Write a module that can be imported once: ``module(name, text)``. With the alarm and without."""
    if not request.param:
        monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    names = []

    def write(name, text):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        names.append(name)
        importlib.invalidate_caches()

    yield write
    for name in names:
        sys.modules.pop(name, None)


def test_an_import_is_not_cut_and_does_not_count(told, module):
    module("slow_library", SLOW)

    def imports(x):
        import slow_library  # noqa: PLC0415

        return side(x) if slow_library.DONE else None

    started = time.monotonic()
    assert told("side", imports, time_limit=0.25).startswith("Correct.")
    assert time.monotonic() - started > 0.6
    assert sys.modules["slow_library"].DONE


@pytest.mark.parametrize("import_it", [importlib.import_module, lambda name: exec(f"from {name} import DONE")])
def test_any_way_of_importing_counts_as_one(told, module, import_it):
    module("slow_library", SLOW)
    assert told("side", lambda x: (import_it("slow_library") and 0) or side(x), time_limit=0.25).startswith("Correct.")


def test_an_import_of_an_import_is_not_cut_and_does_not_count(told, module):
    module("slow_library", SLOW)
    module("outer_library", "import slow_library\n" + SLOW)

    def imports(x):
        import outer_library  # noqa: F401, PLC0415

        return side(x)

    assert told("side", imports, time_limit=0.25).startswith("Correct.")


def test_a_loop_after_an_import_is_stopped_when_its_own_time_is_up(told, module):
    module("slow_library", SLOW)
    times = []

    def imports_and_loops(x):
        import slow_library  # noqa: F401, PLC0415

        times.append(time.monotonic())
        try:
            spin()
        finally:
            times.append(time.monotonic())

    assert "still running after 0.3 seconds" in told("side", imports_and_loops, time_limit=0.3)
    assert sys.modules["slow_library"].DONE
    assert 0.1 < times[1] - times[0] < 2


def test_time_before_an_import_counts(told, module):
    module("slow_library", SLOW)

    def waits_imports_and_loops(x):
        busy_until(0.3)
        import slow_library  # noqa: F401, PLC0415

        busy_until(0.3)
        return side(x)

    assert "still running after 0.5 seconds" in told("side", waits_imports_and_loops, time_limit=0.5)


def busy_until(seconds_):
    end = time.monotonic() + seconds_
    while time.monotonic() < end:
        pass


def test_modules_that_import_each_other_are_not_cut(told, module):
    module("first_of_two", SLOW + "import second_of_two\n")
    module("second_of_two", SLOW + "import first_of_two\n")

    def imports(x):
        import first_of_two  # noqa: PLC0415

        return side(x) if first_of_two.second_of_two.first_of_two.DONE else None

    assert told("side", imports, time_limit=0.25).startswith("Correct.")


def test_an_import_that_fails_is_told_as_any_failure(told, module):
    module("broken_library", SLOW + "raise OSError('no such device')")

    def imports(x):
        import broken_library  # noqa: F401, PLC0415

    text = told("side", imports, time_limit=0.25)
    assert "Your function stopped with OSError: no such device" in text
    assert "import broken_library" in text
    assert "broken_library" not in sys.modules


def test_after_a_failed_import_a_loop_is_stopped(told, module):
    module("broken_library", SLOW + "raise OSError('no such device')")

    def imports(x):
        with contextlib.suppress(OSError):
            import broken_library  # noqa: F401, PLC0415
        spin()

    assert "still running" in told("side", imports, time_limit=0.3)


def test_a_long_import_does_not_bring_the_notice_and_a_very_long_one_does(told, module):
    module("slow_library", SLOW)
    module("other_library", SLOW)
    text = told("side", lambda x: importlib.import_module("slow_library") and side(x), notice_after=0.25)
    assert text.startswith("Correct.")
    text = told("side", lambda x: importlib.import_module("other_library") and side(x), notice_after=0.02)
    assert text.startswith("Your function has been running for 0.02 seconds.")


def test_after_an_import_the_timer_hits_no_later_cell(told, module):
    module("slow_library", SLOW)
    told("side", lambda x: importlib.import_module("slow_library") and side(x), time_limit=0.25)
    busy_until(0.5)
    if HAS_ALARM:
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_module_that_checks_while_it_is_imported_is_stopped_as_any_other(told, module):
    """The import has to run inside the answer; one that runs around the check gives no time."""
    module("checking_library", "import builtins\nbuiltins.text_of_check = builtins.check_now()")
    builtins.check_now = lambda: told("side", lambda x: spin(), time_limit=0.15)
    try:
        importlib.import_module("checking_library")
        assert "still running after 0.15 seconds" in builtins.text_of_check
    finally:
        del builtins.check_now


# --- words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "True"),
        (np.bool_(False), "False"),
        (1 / 3, "0.333333"),
        (np.int64(7), "7"),
        ("a" * 50, repr("a" * 40 + "...")),
        (np.array([[1.0, 2.5]]), "[[1, 2.5]]"),
        (np.zeros((20, 3)), "array of shape (20, 3)"),
        (list(range(12)), "list of 12 items"),
        ((1, [2.0]), "(1, [2])"),
        (np.sin, "sin"),
        (None, "None"),
        ({"a": 1}, "a dictionary with the keys a"),
        (Tensor(1), "a Tensor"),
    ],
)
def test_short(value, text):
    assert short(value) == text


@pytest.mark.parametrize("make", [list, tuple, np.array])
def test_nine_items_are_written_out_and_ten_are_not(make):
    assert "8" in short(make(range(9)))
    assert "8" not in short(make(range(10)))


def test_a_long_call_is_shortened():
    numbers = np.linspace(0.1, 0.9, 9) / 7
    assert "0.0142857" in call_text(mean_error, (numbers, 1))
    assert call_text(layer, (numbers, numbers, numbers)) == (
        "layer(A=array of shape (9,), W=array of shape (9,), b=array of shape (9,))"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1, 2), "2 results"),
        ((1,), "1 result"),
        (np.array(["a", "b"]), "2 texts"),
        (np.array(["a"]), "1 text"),
        (np.array(True), "True or False"),
        (np.array(1.5), "a number"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"),
        (np.array(1j), "a complex number"),
        (Odd("a set"), "a set"),
        (None, "nothing"),
    ],
)
def test_kind(value, text):
    assert kind(value) == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1 second"), (1.0, "1 second"), (0.2, "0.2 seconds"), (5, "5 seconds")]
)
def test_seconds(number, text):
    assert seconds(number) == text


@pytest.mark.parametrize(
    ("index", "text"), [((), "it"), ((3,), "element [3] of it"), ((0, 2, 1), "element [0, 2, 1] of it")]
)
def test_place_counts_rows_first(index, text):
    assert place(index, "it") == text


# --- what counts as equal, and what as changed


@pytest.mark.parametrize(
    ("answer", "expected", "equal"),
    [
        (1000 * (1 + 0.9e-6), 1000.0, True),
        (1000 * (1 + 2e-6), 1000.0, False),
        (0.9e-9, 0.0, True),
        (3e-9, 0.0, False),
        (np.float32(1000 * (1 + 0.9e-5)), 1000.0, True),
        (np.float32(1000 * (1 + 2e-5)), 1000.0, False),
        (np.float32(0.9e-6), 0.0, True),
        (np.float32(3e-6), 0.0, False),
        ([np.nan, 1], [np.nan, 1.0], True),
        ([1, np.nan], [np.nan, 1.0], False),
        ([1.0], 1.0, False),
        ([[1.0, 2.0]], [1.0, 2.0], False),
        (True, 1.0, True),
    ],
)
def test_numbers_are_equal_within_a_small_tolerance_and_in_the_same_shape(answer, expected, equal):
    assert same(plain(answer), plain(expected)) is equal


def test_named_results_are_equal_where_all_names_and_values_are():
    expected = {"W": np.ones(2), "parts": (np.array(1.0), np.ones(3))}
    assert same(plain({"parts": [1, [1, 1, 1]], "W": [1, 1]}, expected), expected)
    assert not same(plain({"parts": [1, [1, 1, 1]], "W": [1, 2]}, expected), expected)
    assert not same(plain({"parts": [1, [1, 1, 1]], "W": [1, 1], "b": 0}, expected), expected)
    assert not same(plain({"W": [1, 1]}, expected), expected)


def test_an_answer_of_a_million_numbers_is_read():
    assert isinstance(plain(np.zeros(1_000_000)), np.ndarray)
    assert isinstance(plain(np.zeros(3_000_000)), Odd)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (np.ones(2), np.array([1.0, 2.0])),
        (np.ones(2), np.ones(2, np.float32)),
        (np.ones(2), np.ones((2, 1))),
        (np.ones(2), [1.0, 1.0]),
        ([1, [2]], [1, [3]]),
        ([1], [1, 2]),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"a": 1, "b": 1}),
        ({1, 2}, {1}),
        ("a", "b"),
        (1.0, 2.0),
    ],
)
def test_a_change_of_an_argument_is_seen(before, after):
    assert differs(before, after)
    assert not differs(before, copy.deepcopy(before))


# --- in a real kernel

CELLS = [
    """
import time
from helpers import exercises
exercise = next(iter(exercises.all_exercises().values()))
def endless(*args):
    print("learner")
    while True:
        pass
exercises.check(exercise.name, endless, time_limit=0.6, notice_after=0.2)
""",
    "time.sleep(0.3); print('a later cell')",
    "exercises.solution(exercise.name)",
    """
def fails(*args):
    # a comment
    return args[0] / missing
exercises.check(exercise.name, fails)
""",
    "exercises.check(exercise.name, exercise.reference)",
    "exercises.progress()",
]


def test_in_a_kernel():
    if not registry.all_exercises():
        pytest.skip("the course has no exercises yet")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in CELLS])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    outputs = [cell.outputs for cell in notebook.cells]
    texts = [" ".join("".join(o.get("text", "") for o in out).split()) for out in outputs]
    assert texts[0].startswith("Your function has been running for 0.2 seconds.")
    assert "Not yet. Your function was still running after 0.6 seconds" in texts[0]
    assert texts[1] == "a later cell"
    exercise = next(iter(registry.all_exercises().values()))
    shown = outputs[2][0].data
    assert shown["text/html"].startswith("<details><summary>")
    assert " open" not in shown["text/html"].partition(">")[0]
    assert exercise.reference.__name__ in shown["text/html"]
    assert exercise.solution_source.splitlines()[-1].strip() not in shown["text/plain"]
    assert "In line 3: return args[0] / missing" in texts[3]
    assert texts[4].startswith("Correct.")
    assert f"{exercise.notebook}: 1 of" in texts[5]
    assert all(o.output_type != "error" and o.get("name") != "stderr" for out in outputs for o in out)
