"""Sliders, and below them what a function draws for their values."""

import math
from typing import NamedTuple

from IPython.display import display

STEPS = 40  # at least so many from one end of a slider of numbers to the other


class Between(NamedTuple):
    """A slider over numbers.

    Attributes:
        low, high: its ends.
        start: where it stands at first.
    """

    low: float
    high: float
    start: float


class OneOf(NamedTuple):
    """A slider over a few values.

    Attributes:
        values: what there is to choose from; the first is the start.
    """

    values: list


def between(low, high, *, start):
    """Return a slider over the numbers from ``low`` to ``high``.

    Raises:
        ValueError: if the start lies outside.
    """
    if not low <= start <= high:
        raise ValueError(f"A slider from {low} to {high} cannot start at {start}.")
    return Between(low, high, start)


def one_of(values):
    """Return a slider over the given values, the first of which is its start.

    Raises:
        ValueError: if there is nothing to choose from.
    """
    if not len(values):
        raise ValueError("A slider needs at least one value to choose from.")
    return OneOf(list(values))


def sliders(draw, **choices):
    """Show sliders, and below them what ``draw`` shows for their values, anew while a slider moves.

    Args:
        draw: a function that shows a figure; its parameters are the sliders' values.
        **choices: for each parameter ``between(low, high, start=…)`` or ``one_of(values)``.
    """
    import ipywidgets  # noqa: PLC0415 - only notebooks with sliders need it

    controls = {name: _control(name, choice) for name, choice in choices.items()}
    picture = ipywidgets.interactive_output(draw, controls)
    display(ipywidgets.VBox([*controls.values(), picture]))


def _control(name, choice):
    """Return the slider that belongs to a parameter."""
    import ipywidgets  # noqa: PLC0415

    look = {"description": name.replace("_", " "), "continuous_update": True}
    if isinstance(choice, OneOf):
        return ipywidgets.SelectionSlider(options=choice.values, **look)
    low, high, start = choice
    step, decimals = _step(low, high)
    return ipywidgets.FloatSlider(value=start, min=low, max=high, step=step, readout_format=f".{decimals}f", **look)


def _step(low, high):
    """Return a round step, 1, 2 or 5 times a power of ten, and the decimals that tell its numbers apart.

    With any other step a slider stands at 0.095 and says 0.10.
    """
    power = math.floor(math.log10((high - low) / STEPS))
    step = max(k * 10.0**power for k in (1, 2, 5) if k * 10.0**power <= (high - low) / STEPS * (1 + 1e-9))
    return step, max(0, -power)
