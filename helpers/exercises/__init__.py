"""The exercises of the course, and the engine that checks them.

A learner needs four functions::

    from helpers import exercises

    exercises.check("name", answer)   # not started, correct, or a hint
    exercises.solution("name")        # the solution, behind a click
    exercises.reset("name")           # the empty function again
    exercises.progress()              # what is solved so far

An answer is a function that the learner writes, or something that the learner made: a number, a network.

How exercises are written stands in ``exercise.py``; how an answer is judged in ``engine.py`` and
``hints.py``; what stops an endless loop, and what cannot be stopped, in ``limits.py``.
"""

from .exercise import Exercise, MadeExercise, Misconception, Mistake
from .registry import all_exercises
from .session import Session

# The learner's progress, the one thing that the helpers remember from cell to cell.
_session = Session(all_exercises)

check = _session.check
solution = _session.solution
reset = _session.reset
progress = _session.progress

__all__ = [
    "Exercise",
    "MadeExercise",
    "Misconception",
    "Mistake",
    "all_exercises",
    "check",
    "progress",
    "reset",
    "solution",
]
