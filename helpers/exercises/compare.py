"""Bring answers into a plain form and compare them with what the reference returns.

An answer may be anything: a list, a Keras tensor, an object of the learner's own. ``plain`` turns it into
arrays, text, tuples and dictionaries of them, or into ``Odd`` where that is impossible, so that everything
behind it handles harmless values only. A tensor with the right numbers is a right answer: the exercises ask
for values, not for a library.
"""

import numbers
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

# Larger answers are wrong anyway (no exercise asks for so much), and a copy could fill the memory.
LARGEST_ANSWER = 2_000_000


@dataclass(frozen=True)
class Odd:
    """An answer that is no value at all.

    Attributes:
        what: what it is, in words: ``a generator``, ``a set``.
    """

    what: str


def plain(value: Any, like: Any = None) -> Any:
    """Bring an answer into a form that harms nobody.

    Args:
        value: the answer; anything at all.
        like: a plain value that was expected. A tuple there makes a list, a tuple or an array be taken apart
            into as many results, where otherwise it becomes one array.

    Returns:
        An array of numbers (or of text), a text, None, a tuple or a dictionary of these, or Odd.

    Raises:
        Whatever the value's own methods raise: to be called where the learner's function is.
    """
    if value is None or value is Ellipsis:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, dict):
        expected = like if isinstance(like, dict) else {}
        named = {str.__str__(str(key)): item for key, item in value.items()}
        return {key: plain(item, expected.get(key)) for key, item in named.items()}
    if isinstance(like, tuple) and (isinstance(value, (tuple, list)) or _is_row_of_items(value)):
        expected = like if len(like) == len(value) else [None] * len(value)
        return tuple(plain(item, part) for item, part in zip(value, expected, strict=True))
    return _array(value, like)


def reference_value(value: Any) -> Any:
    """Bring what a reference returns into its plain form.

    Args:
        value: what it returned.

    Returns:
        The plain form; tuples stay tuples, lists and numbers become arrays.
    """
    if isinstance(value, tuple):
        return tuple(reference_value(item) for item in value)
    if isinstance(value, dict):
        return {str(key): reference_value(item) for key, item in value.items()}
    return plain(value)


def same(answer: Any, expected: Any) -> bool:
    """Tell whether a plain answer equals a plain expected value.

    Numbers are equal within 1e-6 of their size (plus 1e-9), or 1e-5 where the answer has single precision,
    as Keras' tensors have. Shapes must be the same; a Python number has the shape () as a 0-d array has.
    True, 1 and 1.0 are equal. nan equals nan in the same place.

    Args:
        answer: the answer, in plain form.
        expected: what the reference returned, in plain form.

    Returns:
        True where they are equal, in all parts.
    """
    if isinstance(expected, tuple):
        return (
            isinstance(answer, tuple)
            and len(answer) == len(expected)
            and all(same(a, e) for a, e in zip(answer, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(answer, dict)
            and answer.keys() == expected.keys()
            and all(same(answer[key], expected[key]) for key in expected)
        )
    if isinstance(expected, np.ndarray):
        return (
            isinstance(answer, np.ndarray) and answer.shape == expected.shape and bool(np.all(close(answer, expected)))
        )
    return type(answer) is type(expected) and answer == expected


def close(answer: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Tell for each element whether it is equal, as ``same`` does.

    Args:
        answer: array of any shape, numbers or text.
        expected: array of the same shape.

    Returns:
        Array of the same shape, True or False.
    """
    if answer.dtype.kind == "U" or expected.dtype.kind == "U":
        return np.asarray(answer == expected)
    rtol, atol = (1e-5, 1e-6) if answer.dtype == np.float32 else (1e-6, 1e-9)
    kind = complex if "c" in answer.dtype.kind + expected.dtype.kind else float
    return np.isclose(answer.astype(kind), expected.astype(kind), rtol=rtol, atol=atol, equal_nan=True)


def _is_row_of_items(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0


def _array(value: Any, like: Any) -> np.ndarray | Odd:
    array = _as_numpy(value)
    if isinstance(array, Odd):
        return array
    if array.size > LARGEST_ANSWER:
        return Odd(f"an array of shape {array.shape}, far more numbers than asked for")
    if array.dtype.kind == "O" and all(isinstance(item, numbers.Number) for item in array.flat):
        array = _as_floats(array)
    text_fits = like is None and isinstance(value, (list, tuple))
    text_fits = text_fits or (isinstance(like, np.ndarray) and like.dtype.kind == "U")
    if array.dtype.kind in ("biufcU" if text_fits else "biufc"):
        return array.copy()  # a function may return the same array again, with other numbers in it
    return Odd(_described(value, array.dtype.kind))


def _as_numpy(value: Any) -> np.ndarray | Odd:
    try:
        return np.asarray(value)
    except Exception as error:  # the value's own code may run here, and raise anything
        if isinstance(value, (list, tuple)) and isinstance(error, ValueError):
            return Odd(f"a {type(value).__name__} whose items have different lengths")
    try:
        # A tensor that NumPy does not take as it is: on a GPU, or with PyTorch's gradients.
        return np.asarray(sys.modules["keras"].ops.convert_to_numpy(value))
    except Exception:  # no Keras here, or no tensor
        return Odd(_described(value))


def _as_floats(array: np.ndarray) -> np.ndarray:
    """Return whole numbers too large for NumPy, fractions and the like, as floats where that is possible."""
    try:
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        return array


def _described(value: Any, kind: str = "O") -> str:
    """Say what the value is: ``a list with text in it``, ``a generator``. ``kind`` is NumPy's for its items."""
    name = "array" if isinstance(value, np.ndarray) else type(value).__name__
    if isinstance(value, (list, tuple, np.ndarray)):
        return f"{with_article(name)} with {'text' if kind == 'U' else 'other things than numbers'} in it"
    return "a function" if callable(value) else with_article(name)


def with_article(noun: str) -> str:
    """Put the article before a noun.

    Args:
        noun: one word, such as the name of a type.

    Returns:
        ``a list``, ``an int``.
    """
    return f"an {noun}" if noun[:1].lower() in tuple("aeiou") else f"a {noun}"
