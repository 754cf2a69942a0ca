"""Read numbers and arrays that a learner hands over, or say in a sentence what was handed over instead.

For the ``examine`` functions of exercises whose answer is made (see ``exercise.MadeExercise``).
"""

from typing import Any

import numpy as np

from .compare import plain
from .hints import Hint
from .words import kind


def one_number(answer: Any) -> float | Hint:
    """Read one finite number.

    Args:
        answer: anything. A Python number, NumPy's, an array or tensor or list with a single number in it are
            numbers; a text, True and False, and complex numbers are none.

    Returns:
        The number, or a hint that says what was handed over in its place.
    """
    array = _numbers(answer)
    if array is None or array.size != 1:
        return Hint(f"One number is asked for; this is {_kind(answer)}.")
    number = float(array.reshape(()))
    if not np.isfinite(number):
        return Hint(
            "Your number is not finite.", "It comes from a division by 0, or from a number that grew too large."
        )
    return number


def numbers(answer: Any, shape: tuple[int, ...]) -> np.ndarray | Hint:
    """Read an array of finite numbers.

    Args:
        answer: anything. Lists and tensors are arrays, too.
        shape: the shape that is asked for.

    Returns:
        A copy of the array, of floats, or a hint that says what was handed over in its place.
    """
    array = _numbers(answer)
    if array is None or array.shape != shape:
        return Hint(f"An array of shape {shape} is asked for; this is {_kind(answer)}.")
    if not np.all(np.isfinite(array)):
        return Hint("Not all of your numbers are finite.", "Look for nan and inf among them.")
    return array


def _numbers(answer: Any) -> np.ndarray | None:
    """Return a copy as floats, or None where the answer holds anything but real numbers."""
    array = plain(answer)
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "iuf":
        return None
    return array.astype(float)


def _kind(answer: Any) -> str:
    return kind(plain(answer))
