"""Find the exercises of the course: the lists ``EXERCISES`` of the modules ``nNN_*.py`` beside this one."""

import functools
import importlib
import pkgutil
import re
from collections.abc import Iterable

from .exercise import Exercise, MadeExercise


@functools.cache
def all_exercises() -> dict[str, Exercise | MadeExercise]:
    """Return all exercises of the course.

    The modules are imported at the first call, so that ``from helpers import exercises`` stays cheap.

    Returns:
        The exercises by name, in the order of the notebooks.

    Raises:
        ValueError: two exercises have the same name.
    """
    package = __package__
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__)
        if re.match(r"n\d\d_", module.name)
    )
    modules = (importlib.import_module(f"{package}.{name}") for name in names)
    return by_name(exercise for module in modules for exercise in module.EXERCISES)


def by_name(exercises: Iterable[Exercise | MadeExercise]) -> dict[str, Exercise | MadeExercise]:
    """Return exercises as a dictionary.

    Args:
        exercises: in any order, which is kept.

    Returns:
        The exercises by name.

    Raises:
        ValueError: two exercises have the same name.
    """
    found: dict[str, Exercise | MadeExercise] = {}
    for exercise in exercises:
        if exercise.name in found:
            here, there = exercise.notebook, found[exercise.name].notebook
            raise ValueError(f"two exercises are called {exercise.name!r}, in {there} and in {here}")
        found[exercise.name] = exercise
    return found
