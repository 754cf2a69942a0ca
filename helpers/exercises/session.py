"""What the learner sees: the printed verdicts, the solution behind a click, and the progress so far."""

import difflib
import html
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .engine import Result, Verdict, judge, judge_made
from .exercise import Exercise, MadeExercise
from .limits import in_limited_call
from .words import counted, seconds, short

WIDTH = 96  # JupyterLab breaks longer lines in the middle of a word
MOST_LINES = 20  # shown of what the learner's function printed

RUNNING = (
    "Your function has been running for {}. It should be stopped after {}.\n"
    "If it is not, press Interrupt (the square above), or else choose Kernel, Restart in the menu.\n"
)
STILL_MEASURING = (
    "What you made is still being measured; that takes as long as it needs.\n"
    "If you have waited long enough, press Interrupt (the square above), or else choose Kernel, Restart in the menu.\n"
)


@dataclass
class Record:
    """What happened with one exercise so far.

    Attributes:
        wrong_tries: how many since it was last right.
        tried: whether an answer was ever checked.
        solved: whether one was ever right.
    """

    wrong_tries: int = 0
    tried: bool = False
    solved: bool = False

    @property
    def state(self) -> str:
        """``Solved``, ``Tried`` or ``Not started``."""
        if self.solved:
            return "Solved"
        return "Tried" if self.tried else "Not started"


class Session:
    """The exercises together with the learner's progress. The course has one; tests make their own.

    Args:
        find_exercises: returns the exercises by name; called when they are needed.
    """

    def __init__(self, find_exercises: Callable[[], dict[str, Exercise | MadeExercise]]):
        self._find_exercises = find_exercises
        self._records: dict[str, Record] = {}

    def check(self, name: str, answer: Any, time_limit: float = 5.0, notice_after: float = 3.0) -> None:
        """Check your answer and print whether it is not started, correct, or not yet right, with a hint.

        It never raises. Most answers are functions. The arguments that your function gets are copies, so nothing
        of yours can be lost. On Linux and macOS, loops and waiting are stopped; on Windows, loops are. A loop
        that catches every exception, or one endless call of a compiled function, cannot be stopped from here:
        press Interrupt (the square above), and if that does not help, choose Kernel, Restart in the menu.

        Some exercises ask for something that you made, such as a number or a trained network. It is looked at
        and measured, for as long as that needs; it is never trained, and never changed.

        Args:
            name: the exercise, such as "step_neuron".
            answer: your function itself, without brackets behind its name; or what you made.
            time_limit: seconds that your function may take, imports not counted; then it is stopped. What you
                made may take as long as it needs to be measured.
            notice_after: seconds after which you are told how to stop your function yourself.
        """
        exercise = self._find(name)
        if exercise is None:
            return
        if in_limited_call():
            print("The line exercises.check(...) stands inside your function. Move it to the left margin.")
            return
        try:
            if isinstance(exercise, MadeExercise):
                verdict = judge_made(exercise, answer, notice=_notice(STILL_MEASURING))
            else:
                notice = _notice(RUNNING.format(seconds(notice_after), seconds(time_limit)))
                verdict = judge(exercise, answer, time_limit, notice_after, notice)
            self._report(exercise, verdict)
        except KeyboardInterrupt:
            print("Interrupted. The check was stopped before it came to a result; check again when you like.")
        except Exception as error:  # no traceback: it would send the learner looking in the wrong place
            _say(
                f"The check itself failed ({type(error).__name__}: {error}). This is a mistake in the course, "
                "not in your answer. Please report it."
            )

    def solution(self, name: str) -> None:
        """Show the solution of an exercise: in a notebook behind a click, in a terminal after a question.

        Args:
            name: the exercise.
        """
        exercise = self._find(name)
        if exercise is None:
            return
        if _in_notebook():
            from IPython.display import display  # noqa: PLC0415 - the course's helpers work without IPython

            title = f"Solution of {exercise.name}"
            page = (
                f"<details><summary>{html.escape(title)} (click to open)</summary>\n"
                f"<pre><code>{html.escape(exercise.solution_source)}\n</code></pre>\n</details>"
            )
            plain = f"{title}: open this notebook in Jupyter to read it."
            display({"text/html": page, "text/plain": plain}, raw=True)
        elif sys.stdin is not None and sys.stdin.isatty():
            if input(f"Show the solution of {exercise.name}? Type yes: ").strip().lower() in ("y", "yes"):
                print(exercise.solution_source)
        else:
            _say(
                "The solution is shown in a notebook. Here, this prints it: "
                f'print(exercises.all_exercises()["{exercise.name}"].solution_source)'
            )

    def reset(self, name: str) -> None:
        """Print the cell of an exercise as it was at first, ready to copy, and forget your tries at this exercise.

        Args:
            name: the exercise.
        """
        exercise = self._find(name)
        if exercise is None:
            return
        self._records[name] = Record()
        print(f"# Copy these lines into the cell of the exercise.\n{exercise.cell}")

    def progress(self) -> None:
        """Print which exercises are solved, for each notebook that you began since the kernel started."""
        exercises = self._find_exercises()
        touched = [exercises[name].notebook for name in self._records]
        if not touched:
            print("No exercise was checked since the kernel was started.")
        for notebook in dict.fromkeys(exercise.notebook for exercise in exercises.values()):
            if notebook in touched:
                self._print_progress(notebook, [e.name for e in exercises.values() if e.notebook == notebook])

    def _print_progress(self, notebook: str, names: list[str]) -> None:
        groups: dict[str, list[str]] = {"Solved": [], "Tried": [], "Not started": []}
        for name in names:
            groups[self._records.get(name, Record()).state].append(name)
        print(f"{notebook}: {len(groups['Solved'])} of {len(names)} solved.")
        for state, members in groups.items():
            if members:
                _say(f"{state}: {', '.join(members)}", indent="  ")

    def _find(self, name: Any) -> Exercise | MadeExercise | None:
        exercises = self._find_exercises()
        if not issubclass(type(name), str):  # isinstance asks the object itself, which may raise anything
            print('The name of the exercise comes first, in quotes: exercises.check("name", my_function).')
            return None
        name = str.__str__(name)
        if name in exercises:
            return exercises[name]
        near = difflib.get_close_matches(name, exercises, n=3)
        advice = f"Did you mean {' or '.join(near)}?" if near else "Its name stands in the exercise's cell."
        _say(f"There is no exercise called {short(name)}. {advice}")
        return None

    def _report(self, exercise: Exercise | MadeExercise, verdict: Verdict) -> None:
        record = self._records.setdefault(exercise.name, Record())
        if verdict.result is Result.NOT_STARTED:
            if isinstance(exercise, MadeExercise):
                todo = f"make your own {exercise.answer}"
            else:
                todo = f"write the body of {exercise.function_name}"
            _say(f"Not started yet: {todo} in place of the dots, then run this cell again.")
            return
        record.tried = True
        if verdict.result is Result.CORRECT:
            record.solved, record.wrong_tries = True, 0
            _say(f"Correct. {exercise.praise}")
        else:
            record.wrong_tries += 1
            _say(f"Not yet. {verdict.hint.text}")
            if record.wrong_tries >= 2 and verdict.hint.fuller:
                _say(verdict.hint.fuller)
            if record.wrong_tries >= 3:
                _say(f'If you would like to see a solution: exercises.solution("{exercise.name}")')
        _show_printed(verdict.printed)


def _say(text: str, indent: str = "") -> None:
    """Print a text in lines that fit the notebook's page; words stay whole."""
    for line in text.splitlines():
        print(
            textwrap.fill(
                line,
                WIDTH,
                initial_indent=indent,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )


def _show_printed(text: str) -> None:
    """Show what the function printed for the first of its tests: it may be there for debugging."""
    lines = text.splitlines()
    if not lines:
        return
    print("In the first test your function printed:")
    for line in lines[:MOST_LINES]:
        print(f"  {line if len(line) <= WIDTH else line[:WIDTH] + ' ...'}")
    if len(lines) > MOST_LINES:
        print(f"  ... and {counted(len(lines) - MOST_LINES, 'more line')}.")


def _notice(text: str) -> Callable[[], None]:
    """Return what the watchdog calls; it writes to the cell's output, while the answer's own is caught."""
    stream = sys.stdout

    def notice() -> None:
        stream.write(text)
        stream.flush()

    return notice


def _in_notebook() -> bool:
    """Tell whether the code runs in a Jupyter kernel, which can show HTML."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None
