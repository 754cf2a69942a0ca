"""What an exercise is: one form for the whole course. Authors of exercises start reading here.

An exercise lives in the module of its notebook, ``helpers/exercises/n01_perceptron.py`` for
``01_perceptron.ipynb``, in that module's list ``EXERCISES``. A short but complete one::

    import numpy as np

    from helpers.exercises.exercise import Exercise, Misconception


    def mean_error(predictions, targets):
        \"\"\"How far the predictions are off, on average.

        predictions, targets: arrays of shape (n,)
        returns: one number
        \"\"\"
        return np.mean(np.abs(predictions - targets))


    def sum_instead_of_mean(predictions, targets):
        return np.sum(np.abs(predictions - targets))


    def probes(rng):
        cases = [(np.array([1.0, 2.0]), np.array([0.0, 4.0]))]
        for n in (3, 8):
            cases.append((rng.normal(size=n), rng.normal(size=n)))
        return cases


    EXERCISES = [
        Exercise(
            name="mean_error",
            task="Write a function that ...",
            reference=mean_error,
            probes=probes,
            misconceptions=[
                Misconception(
                    sum_instead_of_mean,
                    hint="Your result grows with the number of examples.",
                    fuller="A mean is the sum divided by how many there are.",
                ),
            ],
            praise="The mean lets you compare data sets of different sizes.",
            setup="import numpy as np",
        ),
    ]

What to keep in mind:

* The reference needs a docstring that names the arguments with their shapes, and the result: the stub is
  its signature and docstring with the body ``...``, and the solution is its source. It may use only ``np``,
  its arguments and what ``setup`` brings, for the learner has nothing else.
* Probes are tuples of positional arguments. Choose them so that every mistake differs from the reference
  and from every other mistake on at least one of them: a test fails where one does not. Sizes that differ
  from each other (3 rows, 5 columns) tell a missing transpose; lengths that differ from probe to probe tell
  a sum from a mean.
* ``tests/helpers/exercises/test_exercises.py`` asks for an oracle of each reference in its ``ORACLES``: numbers
  by hand, or another library's.
* ``tests/helpers/exercises/test_hints_are_true.py`` asks what each hint says about the wrong result, as a formula: a
  hint that is not true of its mistake, or is as true of another one's, makes it fail.
* The default comparison takes numbers, arrays, text, and tuples or dictionaries of them, and is strict
  about shapes (see ``compare.same``). ``None`` is no result: it means "nothing was returned".
* A misconception takes the same arguments as the reference. Where it raises it is not compared, unless the
  learner's function raises the same exception there. One that gives the right values but changes its
  arguments counts as well.
* Texts are calm sentences in the second person, without exclamation marks. ``fuller`` is added to ``hint``
  from the second wrong try on, so it continues it rather than repeating it.

Not every answer is a function. Where something is *made* (a rate, a kernel, a trained network) the exercise
is a ``MadeExercise``: the learner hands the made thing over, and ``examine`` looks at it. A complete one::

    from helpers.exercises import values
    from helpers.exercises.exercise import MadeExercise, Mistake
    from helpers.exercises.hints import Hint

    TOO_SMALL = "Your rate is above 0, and too small to arrive."


    def steps_to_arrive(rate):
        ...  # 1 to 20, or None where 20 steps are not enough


    def examine_rate(rate):
        number = values.one_number(rate)
        if isinstance(number, Hint):
            return number
        if number <= 0:
            return Hint("Your rate is not above 0.", "Such steps lead uphill, or nowhere.")
        if steps_to_arrive(number) is None:
            return Hint(TOO_SMALL, "Double it and try again.")
        return None


    EXERCISES = [
        MadeExercise(
            name="quick_rate",
            task="Find a learning rate with which the walk arrives in 20 steps.",
            stub="rate = ...",
            answer="rate",
            solution="rate = 0.3",
            examine=examine_rate,
            mistakes=[
                Mistake("rate = 0.001", TOO_SMALL, fuller="Double it and try again."),
                Mistake("rate = -0.1", "Your rate is not above 0."),
            ],
            praise="Nobody computes such a rate beforehand; one tries.",
        ),
    ]

* ``examine`` returns None for *every* right answer, whatever way it was found, and else the hint. It looks at
  the form first (``values`` for numbers and arrays, ``keras_models`` for networks), then measures. It trains
  nothing, changes nothing of the answer and draws from a generator of its own with a fixed seed.
* ``examine`` may be handed anything that is not ``...``: what it raises becomes a hint too, but a poor one.
* ``solution`` and ``mistakes`` are code as the learner would type it below ``setup``; at its end the name
  ``answer`` is bound. They may use names of the notebook: ``notebook_names(rng)`` makes such for the tests.
  A network that a mistake makes is left untrained or trained for one epoch, so that the tests stay quick.
* The hint of a ``Mistake`` is what its learner reads, or the part of it that holds no measured number.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .compare import same
from .hints import Hint


@dataclass(frozen=True)
class Misconception:
    """A known mistake: a real wrong implementation, and what to tell the learner who makes it.

    Attributes:
        function: takes the same arguments as the exercise's reference.
        hint: one or two sentences that let the learner find the mistake.
        fuller: what is added from the second wrong try on.
        errata: ids of the lectures' mistakes that this one repeats, such as ``("XD7",)``; the ids are those
            of ``tests/topics.csv``.
    """

    function: Callable
    hint: str
    fuller: str = ""
    errata: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One exercise: its task, its solution as a real function, and the mistakes that are known.

    Attributes:
        name: unique across the course.
        task: the task, in Markdown.
        reference: the solution; the learner sees its source.
        probes: ``probes(rng)`` returns a list of argument tuples; the engine gives a generator with a fixed
            seed.
        misconceptions: the known mistakes.
        praise: one sentence on why the solved task matters.
        setup: lines that stand above the function, in the stub as in the solution (imports, say).
        equal: ``equal(answer, expected)`` tells whether an answer is right; both come in plain form. By
            default shapes must be the same, and numbers equal within a small tolerance (``compare.same``).
    """

    name: str
    task: str
    reference: Callable
    probes: Callable
    misconceptions: Sequence[Misconception] = ()
    praise: str = ""
    setup: str = ""
    equal: Callable = same

    @property
    def notebook(self) -> str:
        """The notebook, such as ``01_perceptron``: read off the reference's module."""
        return _notebook_of(self.reference)

    @property
    def function_name(self) -> str:
        """The name of the function that the learner writes."""
        return self.reference.__name__

    @property
    def solution_source(self) -> str:
        """The set-up lines and the source of the reference, as a learner would type them."""
        return self._below_setup(self._source())

    @property
    def stub(self) -> str:
        """The set-up lines, then the reference's signature and docstring with ``...`` as its body.

        Raises:
            ValueError: the reference has no docstring, so the learner would not know what to write.
        """
        source = self._source()
        definition = ast.parse(source).body[0]
        if not ast.get_docstring(definition):
            raise ValueError(f"the reference of exercise {self.name!r} needs a docstring: the stub shows it")
        docstring = definition.body[0]
        head = source.splitlines()[definition.lineno - 1 : docstring.end_lineno]
        return self._below_setup("\n".join([*head, " " * docstring.col_offset + "..."]))

    @property
    def cell(self) -> str:
        """The whole code cell of the exercise: the stub and the call that checks it."""
        return f"{self.stub}\n\n\n{self.check_call}"

    @property
    def check_call(self) -> str:
        """The line of code that checks the answer."""
        return _check_call(self.name, self.function_name)

    def _source(self) -> str:
        return textwrap.dedent(inspect.getsource(self.reference)).strip()

    def _below_setup(self, code: str) -> str:
        setup = self.setup.strip()
        return f"{setup}\n\n\n{code}" if setup else code


@dataclass(frozen=True)
class Mistake:
    """A known mistake in an answer that is made: code that makes it, and what the learner is told.

    Attributes:
        code: what the learner would type; binds the exercise's ``answer``.
        hint: the hint that the exercise's ``examine`` gives to it, or a part that no other mistake's has.
        fuller: the same for what is added from the second wrong try on; empty where it says nothing new.
        errata: ids of the lectures' mistakes that this one repeats, such as ``("XD7",)``.
    """

    code: str
    hint: str
    fuller: str = ""
    errata: tuple[str, ...] = ()


def no_names(rng: np.random.Generator) -> dict[str, Any]:
    """Return no names: for an exercise whose code needs none of the notebook's.

    Args:
        rng: not used.

    Returns:
        An empty dictionary.
    """
    return {}


@dataclass(frozen=True)
class MadeExercise:
    """One exercise whose answer is made rather than written as a function: a number, an array, a network.

    Attributes:
        name: unique across the course.
        task: the task, in Markdown.
        stub: what stands in the learner's cell at first, such as ``model = ...``. It must run as it is.
        answer: the name that the stub binds, handed to ``check``.
        solution: the code that the learner sees as the solution; it binds the same name.
        examine: ``examine(answer)`` returns None where the answer is right, and else a ``hints.Hint``.
        mistakes: the known mistakes.
        praise: one sentence on why the solved task matters.
        setup: lines that stand above, in the stub as in the solution (imports, say).
        notebook_names: ``notebook_names(rng)`` returns names of the notebook that the codes use, with values as
            the notebook has them, for the tests.
    """

    name: str
    task: str
    stub: str
    answer: str
    solution: str
    examine: Callable[[Any], Hint | None]
    mistakes: Sequence[Mistake] = ()
    praise: str = ""
    setup: str = ""
    notebook_names: Callable[[np.random.Generator], dict[str, Any]] = no_names

    @property
    def notebook(self) -> str:
        """The notebook, such as ``10_cnn_mnist``: read off the module of ``examine``."""
        return _notebook_of(self.examine)

    @property
    def solution_source(self) -> str:
        """The set-up lines and the solution."""
        return self.below_setup(self.solution)

    @property
    def cell(self) -> str:
        """The whole code cell of the exercise: set-up, stub and the call that checks it."""
        return f"{self.below_setup(self.stub)}\n\n{self.check_call}"

    @property
    def check_call(self) -> str:
        """The line of code that checks the answer."""
        return _check_call(self.name, self.answer)

    def below_setup(self, code: str) -> str:
        """Put the set-up lines above a code.

        Args:
            code: the stub, the solution, or the code of a mistake.

        Returns:
            Lines of code.
        """
        return "\n\n".join(part for part in (self.setup.strip(), code.strip()) if part)


def _notebook_of(function: Callable) -> str:
    module = function.__module__.rpartition(".")[2]
    return re.sub(r"^n(?=\d\d_)", "", module)


def _check_call(name: str, answer: str) -> str:
    return f'exercises.check("{name}", {answer})'
