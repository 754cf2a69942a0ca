"""Show values in few words: the arguments of a call, an expected result, a place in an array."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from .compare import Odd, with_article

MOST_ITEMS = 9
MOST_CHARACTERS = 160


def call_text(function: Callable, probe: tuple) -> str:
    """Show a call as the learner would write it.

    Args:
        function: gives the names, its own and those of its parameters.
        probe: the arguments, by position.

    Returns:
        One line, such as ``neuron(x=[1, 0], w=array of shape (20, 3))``.
    """
    names = list(inspect.signature(function).parameters)
    text = _call_text(function, names, probe, MOST_ITEMS)
    return text if len(text) <= MOST_CHARACTERS else _call_text(function, names, probe, 1)


def _call_text(function: Callable, names: list[str], probe: tuple, most_items: int) -> str:
    shown = (f"{name}={short(value, most_items)}" for name, value in zip(names, probe, strict=False))
    return f"{function.__name__}({', '.join(shown)})"


def short(value: Any, most_items: int = MOST_ITEMS) -> str:
    """Show a value in short: numbers with at most six digits, large arrays as their shape.

    Args:
        value: an argument of a probe, a plain answer, or an item of either.
        most_items: of an array or list that is written out.

    Returns:
        One line.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        return _short_array(value, most_items)
    if isinstance(value, (list, tuple)):
        return _short_list(value, most_items)
    if isinstance(value, dict):
        return f"a dictionary with the keys {', '.join(map(str, value))}"
    return _short_single(value)


def _short_single(value: Any) -> str:
    if isinstance(value, (float, complex)):
        return f"{value:.6g}"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:40] + "...")
    if isinstance(value, int) or value is None or value is Ellipsis:
        return repr(value)
    article_and_type = with_article(type(value).__name__)
    return getattr(value, "__name__", article_and_type) if callable(value) else article_and_type


def _short_array(array: np.ndarray, most_items: int) -> str:
    if array.size > most_items:
        return f"array of shape {array.shape}"
    return short(array.tolist())


def _short_list(items: list | tuple, most_items: int) -> str:
    if len(items) > most_items:
        return f"{type(items).__name__} of {len(items)} items"
    inner = ", ".join(short(item, most_items) for item in items)
    return f"[{inner}]" if isinstance(items, list) else f"({inner})"


def kind(value: Any) -> str:
    """Say what a plain value is.

    Args:
        value: a value in plain form (see ``compare.plain``).

    Returns:
        A few words: ``a number``, ``an array of shape (3,)``, ``a text``.
    """
    if isinstance(value, Odd):
        return value.what
    if isinstance(value, str):
        return "a text"
    if isinstance(value, tuple):
        return counted(len(value), "result")
    if isinstance(value, dict):
        return short(value)
    if isinstance(value, np.ndarray):
        return _kind_of_array(value)
    return "nothing" if value is None else short(value)


def _kind_of_array(array: np.ndarray) -> str:
    if array.dtype.kind == "U":
        return counted(array.size, "text")
    if array.dtype.kind == "c":
        return "a complex number" if array.shape == () else "an array of complex numbers"
    if array.shape != ():
        return f"an array of shape {array.shape}"
    return "True or False" if array.dtype.kind == "b" else "a number"


def place(index: tuple[int, ...], name: str) -> str:
    """Say where an element of a result stands.

    Args:
        index: one whole number per axis; empty for a single number, which is its own place.
        name: what the result is called.

    Returns:
        A few words, such as ``element [0, 2] of your result``.
    """
    return f"element [{', '.join(map(str, index))}] of {name}" if index else name


def seconds(number: float) -> str:
    """Write a time in words.

    Args:
        number: how many seconds.

    Returns:
        ``1 second``, ``0.2 seconds``.
    """
    return counted(number, "second")


def counted(number: float, noun: str) -> str:
    """Put a number before a noun that takes an s in the plural.

    Args:
        number: how many.
        noun: in the singular.

    Returns:
        ``1 text``, ``2 texts``, ``0.2 seconds``.
    """
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"
