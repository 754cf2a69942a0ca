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
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .compare import same


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
        module = self.reference.__module__.rpartition(".")[2]
        return re.sub(r"^n(?=\d\d_)", "", module)

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
        return f'{self.stub}\n\n\nexercises.check("{self.name}", {self.function_name})'

    def _source(self) -> str:
        return textwrap.dedent(inspect.getsource(self.reference)).strip()

    def _below_setup(self, code: str) -> str:
        setup = self.setup.strip()
        return f"{setup}\n\n\n{code}" if setup else code
