"""Tests of exercises whose answer is made: the form, its check, and every such exercise of the course."""

import contextlib
import csv
import functools
import importlib
import inspect
import io
import itertools
import operator
import random
import re
import sys
import threading
import time

import numpy as np
import pytest
from places import ROOT

from helpers.exercises import MadeExercise, Mistake, all_exercises, registry, session, values
from helpers.exercises.engine import Result, judge_made
from helpers.exercises.hints import Hint
from helpers.exercises.session import Session

# --- an exercise for these tests


def examine_rate(rate):
    number = values.one_number(rate)
    if isinstance(number, Hint):
        return number
    if number <= 0:
        return Hint("It leads uphill.", "A rate is above 0.")
    return None if number < 1 else Hint(f"It leaves: {number:g}.", "A smaller one helps.")


def examine_anything(answer):
    return None


DEMO = registry.by_name(
    [
        MadeExercise(
            name="rate",
            task="Find a rate.",
            stub="rate = ...",
            answer="rate",
            solution="rate = start / 2",
            examine=examine_rate,
            mistakes=[Mistake("rate = -1", "It leads uphill.", "above 0"), Mistake("rate = 2", "It leaves:")],
            praise="It arrives.",
            setup="import numpy as np",
            notebook_names=lambda rng: {"start": 1.0},
        ),
        MadeExercise("anything", "Make it.", "it = ...", "it", "it = 1", examine_anything, praise="Well."),
    ]
)


@pytest.fixture
def told(capsys):
    """What a check prints, in one line: ``told("rate", 0.1)``."""
    own = Session(lambda: DEMO)

    def ask(name, answer):
        own.check(name, answer)
        return " ".join(capsys.readouterr().out.split())

    ask.session = own
    return ask


# --- the form


def test_the_cell_is_set_up_stub_and_check():
    assert DEMO["rate"].cell == 'import numpy as np\n\nrate = ...\n\nexercises.check("rate", rate)'
    assert DEMO["anything"].cell == 'it = ...\n\nexercises.check("anything", it)'
    assert DEMO["rate"].solution_source == "import numpy as np\n\nrate = start / 2"


def test_the_notebook_is_read_off_the_module_of_examine():
    assert all_exercises()["own_cnn"].notebook == "10_cnn_mnist"


# --- what a check says


def test_the_three_things_that_a_check_prints(told):
    assert told("rate", ...) == "Not started yet: make your own rate in place of the dots, then run this cell again."
    assert told("rate", 0.5) == "Correct. It arrives."
    assert told("rate", -1) == "Not yet. It leads uphill."


def test_the_second_wrong_try_gets_the_fuller_hint_and_the_third_the_way_to_the_solution(told):
    tries = [told("rate", -1) for _ in range(3)]
    assert tries[1] == f"{tries[0]} A rate is above 0."
    assert tries[2] == f'{tries[1]} If you would like to see a solution: exercises.solution("rate")'


def test_a_right_answer_begins_the_count_anew(told):
    told("rate", -1), told("rate", -1), told("rate", 0.5)
    assert told("rate", -1) == "Not yet. It leads uphill."


def test_reset_solution_and_progress_know_both_forms(told, capsys, monkeypatch):
    told("rate", 0.5), told("anything", ...)
    told.session.progress()
    out = capsys.readouterr().out
    assert "Solved: rate" in out and "Not started: anything" in out
    told.session.reset("rate")
    assert capsys.readouterr().out.endswith(f"{DEMO['rate'].cell}\n")
    monkeypatch.setattr(session, "_in_notebook", lambda: True)
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data["text/html"]))
    told.session.solution("rate")
    assert "rate = start / 2" in shown[0] and "<details>" in shown[0]


@pytest.mark.parametrize("gaps", [[..., ...], (...,), {"loss": ..., "units": ...}])
def test_gaps_that_are_all_dots_are_not_started(told, gaps):
    assert told("anything", gaps).startswith("Not started yet:")


@pytest.mark.parametrize("gaps", [[1, ...], (..., "adam"), {"loss": "mse", "units": ...}])
def test_gaps_that_are_filled_in_part_get_a_hint(told, gaps):
    assert told("anything", gaps).startswith("Not yet. Some dots (...) are left in it.")


@pytest.mark.parametrize(
    "rate", [0.5, np.float32(0.5), np.array(0.5), np.array([0.5]), [0.5], np.float16(0.5), np.array([[0.5]])]
)
def test_numbers_of_every_kind_are_numbers(told, rate):
    assert told("rate", rate).startswith("Correct.")


class Touchy:
    def __getattribute__(self, name):
        raise RuntimeError("touched")


class Exits:
    def __array__(self, *args, **kwargs):
        sys.exit(1)


class Asks:
    def __array__(self, *args, **kwargs):
        return np.array(float(input("?")))


class Prints:
    def __array__(self, *args, **kwargs):
        print("from the answer")
        return np.array(0.5)


@pytest.mark.parametrize(
    "answer",
    [
        None, "0.5", True, 0.5j, {}, {"rate": 0.5}, [], [0.5, 0.5], [[1], [1, 2]], np.ones(3), np.nan, np.inf, 10**400,
        len, int, lambda: 0.5, examine_rate, Touchy, Exits(), Asks(), object(), b"0.5", np.array(["a"]),
        (x for x in [0.5]), NotImplemented, range(1), np.datetime64("2020-01-01"), Exception("!"),
    ],
)  # fmt: skip
def test_whatever_is_handed_over_gets_a_hint(told, answer):
    text = told("rate", answer)
    assert text.startswith("Not yet. ")
    assert "mistake in the course" not in text and "Traceback" not in text


def test_an_object_that_fails_wherever_it_is_touched_gets_a_hint(told):
    assert told("rate", Touchy()).startswith("Not yet. ")


def test_what_the_answer_prints_while_it_is_measured_is_not_shown(told):
    assert told("rate", Prints()) == "Correct. It arrives."


def test_nothing_handed_over_is_named(told):
    assert told("rate", None) == "Not yet. Nothing was handed over: rate is None."


def test_what_an_examination_raises_becomes_a_hint():
    def fails(answer):
        raise ZeroDivisionError("by nothing")

    exercise = MadeExercise("e", "?", "it = ...", "it", "it = 1", fails)
    hint = judge_made(exercise, 1).hint
    assert hint.text == "it could not be measured. Is it what the task asks for?"
    assert hint.fuller == "Measuring it ended with ZeroDivisionError: by nothing"


def test_measuring_has_no_limit_and_says_when_it_takes_long():
    noticed = []

    def slow(answer):
        time.sleep(0.4)

    before = set(threading.enumerate())
    verdict = judge_made(MadeExercise("e", "?", "it = ...", "it", "it = 1", slow), 1, 0.1, lambda: noticed.append(1))
    assert verdict.result is Result.CORRECT and noticed == [1]
    assert set(threading.enumerate()) == before


def test_the_notice_of_a_long_measurement_is_a_clear_sentence(told, monkeypatch):
    judge_soon = functools.partial(judge_made, notice_after=0.01)
    monkeypatch.setattr(session, "judge_made", judge_soon)
    monkeypatch.setitem(DEMO, "slow", MadeExercise("slow", "?", "it = ...", "it", "it = 1", lambda it: time.sleep(0.3)))
    text = told("slow", 1)
    assert text.startswith("What you made is still being measured; that takes as long as it needs.")
    assert "press Interrupt" in text and text.endswith("Correct.")


def test_an_interrupt_while_measuring_is_a_clean_sentence(told, monkeypatch):
    def interrupted(it):
        raise KeyboardInterrupt

    monkeypatch.setitem(DEMO, "e", MadeExercise("e", "?", "it = ...", "it", "it = 1", interrupted))
    assert told("e", 1).startswith("Interrupted.")


# --- reading numbers and arrays


@pytest.mark.parametrize("answer", [[[1, 2], [3, 4]], np.array([[1, 2], [3, 4]], np.uint8), ((1.0, 2), (3, 4))])
def test_an_array_of_any_kind_is_read(answer):
    found = values.numbers(answer, (2, 2))
    assert found.dtype == float and found.tolist() == [[1, 2], [3, 4]]


def test_an_array_that_was_read_is_a_copy():
    kernel = np.ones((2, 2))
    values.numbers(kernel, (2, 2))[:] = 0
    assert np.all(kernel == 1)


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        ([1, 2], "this is an array of shape (2,)"),
        (5, "this is a number"),
        ("[[1, 2], [3, 4]]", "this is a text"),
        ([[True, False], [True, True]], "of shape (2, 2)"),
        ([[1, 2], [3, np.nan]], "Not all of your numbers are finite"),
        ([[1, 2], [3]], "different lengths"),
    ],
)
def test_what_is_no_such_array_gets_a_hint(answer, part):
    assert part in values.numbers(answer, (2, 2)).text


# --- every such exercise of the course

MADE = [exercise for exercise in all_exercises().values() if isinstance(exercise, MadeExercise)]
MISTAKES = [(exercise, mistake) for exercise in MADE for mistake in exercise.mistakes]

each_made = pytest.mark.parametrize("exercise", MADE, ids=lambda exercise: exercise.name)
each_mistake = pytest.mark.parametrize(
    ("exercise", "mistake"), MISTAKES, ids=[f"{exercise.name}-{mistake.hint[:40]}" for exercise, mistake in MISTAKES]
)


@functools.cache
def handed_over(name, code):
    """What a code of the exercise makes, where the learner has NumPy and the notebook's names."""
    exercise = all_exercises()[name]
    names = {"np": np, **exercise.notebook_names(np.random.default_rng(1))}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(exercise.below_setup(code), name, "exec"), names)
    return names[exercise.answer]


@each_made
def test_the_stub_is_not_started(exercise, capsys):
    names = {"np": np}  # none of the notebook's: the stub runs as it stands
    exec(exercise.below_setup(exercise.stub), names)
    Session(all_exercises).check(exercise.name, names[exercise.answer])
    assert capsys.readouterr().out.startswith("Not started yet:")


@each_made
def test_the_solution_is_praised(exercise, capsys):
    Session(all_exercises).check(exercise.name, handed_over(exercise.name, exercise.solution))
    # On a machine that is busy with other things a notice may stand before it.
    assert " ".join(capsys.readouterr().out.split()).endswith(f"Correct. {exercise.praise}")


@each_mistake
def test_a_mistake_gets_its_own_hint_and_no_other(exercise, mistake):
    verdict = judge_made(exercise, handed_over(exercise.name, mistake.code))
    assert verdict.result is Result.NOT_YET
    assert mistake.hint in verdict.hint.text and mistake.fuller in verdict.hint.fuller
    assert [other.hint for other in exercise.mistakes if other.hint in verdict.hint.text] == [mistake.hint]


@each_made
@pytest.mark.parametrize("answer", [None, "text", 0, [], {}, len, int, object(), lambda: 0, np.ones((2, 2)), Touchy])
def test_anything_at_all_gets_one_of_three_answers(exercise, answer, capsys):
    Session(all_exercises).check(exercise.name, answer)
    out = capsys.readouterr().out
    assert out.startswith(("Not yet.", "Correct.")) and "mistake in the course" not in out


@each_made
def test_a_check_draws_from_no_global_generator(exercise):
    answer = handed_over(exercise.name, exercise.solution)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - the generator that must not be touched
    judge_made(exercise, answer)
    drawn = random.random(), np.random.random()  # noqa: NPY002
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    assert drawn == (random.random(), np.random.random())  # noqa: NPY002


@each_made
def test_the_texts_are_there_and_calm(exercise):
    texts = [exercise.task, exercise.praise, *(mistake.hint for mistake in exercise.mistakes)]
    assert all(text.strip() for text in texts) and exercise.mistakes
    fuller = [mistake.fuller for mistake in exercise.mistakes]
    assert not any("!" in text.replace("!=", "") for text in [*texts, *fuller])


@each_made
def test_hints_of_mistakes_tell_them_apart(exercise):
    hints = [mistake.hint for mistake in exercise.mistakes]
    assert [pair for pair in itertools.permutations(hints, 2) if pair[0] in pair[1]] == []


@each_made
def test_the_answer_has_the_name_that_is_checked(exercise):
    for code in (exercise.stub, exercise.solution):
        assert re.search(rf"^{exercise.answer} = ", code, re.MULTILINE)
    assert exercise.cell.endswith(f'exercises.check("{exercise.name}", {exercise.answer})')
    assert exercise.notebook[:2].isdigit()


def test_errata_of_mistakes_are_in_the_list():
    with (ROOT / "tests" / "topics.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file) if row["kind"] == "erratum"}
    assert {erratum for _, mistake in MISTAKES for erratum in mistake.errata} <= known


# --- what hints say: words of a hint, and what follows for the answer that was handed over


def near(found, expected, tolerance=1e-9):
    return np.allclose(found, expected, rtol=tolerance, atol=tolerance)


def of_animals(check):
    """Turn ``check(names, called, sturdy)`` into a claim about the three numbers of a line.

    What the animals are, what they are called as they were measured, and whether all are right for any error of that.
    """

    def claim(line):
        module = importlib.import_module("helpers.exercises.n01_perceptron")
        w, b = np.array(line[:2]), line[2]
        names = [name for name, *_ in module.ANIMALS]
        measured = np.array([numbers for _, *numbers in module.ANIMALS])
        called = ["dog" if z > 0 else "cat" for z in measured @ w + b]
        reach = np.abs(w) @ (module.SCALES, module.RULER)
        sturdy = np.all(np.where(np.array(names) == "dog", 1, -1) * (measured @ w + b) > reach)
        return check(names, called, sturdy)

    return claim


def misread(names, called):
    return {name for name, said in zip(names, called, strict=True) if name != said}


@functools.cache
def share_of_unseen(network, factor=1.0):
    """Which share of the embedded test digits a network of notebook 12 reads."""
    images, labels = importlib.import_module("helpers.exercises.n12_overfitting")._mnist()[2:]
    answers = network.predict(factor * images, batch_size=500, verbose=0).argmax(axis=1)
    return np.mean(answers == labels)


def says(**findings):
    """Make a claim about a diagnosis: this is what it says of one or more trainings."""
    return lambda diagnosis: diagnosis.items() >= findings.items()


def after_steps(rate, steps=20):
    """Both weights of the valley, from (-4, 1), with the slopes 2 w₁ and 12 w₂."""
    return -4 * (1 - 2 * rate) ** steps, (1 - 12 * rate) ** steps


def weights_of(network):
    return sum(weights.size for weights in network.get_weights())


@functools.cache
def outputs_of(network):
    return network.predict(np.random.default_rng(1).uniform(size=(4, *network.input_shape[1:])), verbose=0)


def gives_probabilities(network):
    outputs = outputs_of(network)
    return outputs.ndim == 2 and outputs.min() >= 0 and np.allclose(outputs.sum(axis=1), 1, atol=1e-4)


@functools.cache
def share_read(network, factor=1.0):
    digits = all_exercises()["own_cnn"].notebook_names(np.random.default_rng(1))
    images = factor * digits["test_images"].reshape(-1, *network.input_shape[1:])
    answers = network.predict(images, batch_size=500, verbose=0).argmax(axis=1)
    return np.mean(answers == digits["test_labels"])


def takes_softmax(network):
    return not isinstance(network.loss, str) and network.loss.get_config()["from_logits"]


def is_trained(network):
    return int(network.optimizer.iterations) > 0


NETWORKS = {
    "is not compiled": lambda network: not network.compiled,
    "has no weights yet": lambda network: not network.weights,
    "has one unit": lambda network: outputs_of(network).shape == (4, 1),
    "has 9 units, and there are 10": lambda network: outputs_of(network).shape == (4, 9),
    "the shape (28, 28, 10)": lambda network: outputs_of(network).shape == (4, 28, 28, 10),
    "the shape (6, 6, 10)": lambda network: outputs_of(network).shape == (4, 6, 6, 10),
    "do not add up to 1": lambda network: (
        not gives_probabilities(network) and 0 <= outputs_of(network).min() <= outputs_of(network).max() <= 1
    ),
    "the shape (784,); a picture": lambda network: network.input_shape == (None, 784),
    "has no softmax": lambda network: not (gives_probabilities(network) or takes_softmax(network)),
    "takes the softmax itself": lambda network: gives_probabilities(network) and takes_softmax(network),
    "squared or absolute error": lambda network: network.loss in ("mse", "mean_squared_error"),
    "categorical_crossentropy wants": lambda network: network.loss == "categorical_crossentropy",
    "binary_crossentropy is for": lambda network: network.loss == "binary_crossentropy",
    "without a loss": lambda network: network.loss is None and network.compiled,
    "without the accuracy": lambda network: not network.get_compile_config().get("metrics"),
    "Nothing was handed over": lambda network: network is None,
    "This is a function": inspect.isfunction,
    "12,730 weights; a single": lambda network: weights_of(network) == 12_730 == 784 * 16 + 16 + 16 * 10 + 10,
    "153,306 weights; fewer": lambda network: weights_of(network) == 153_306,
    "weights seem to be as they were": lambda network: share_read(network) < 0.2 and not is_trained(network),
    "although the network was trained": lambda network: share_read(network) < 0.2 and is_trained(network),
    "from 0 to 255, and is asked": lambda network: share_read(network, 255) > share_read(network) + 0.1,
    "95% are asked for": lambda network: 0.2 < share_read(network) < 0.95,
    "This is what fit returns": lambda answer: "loss" in answer.history,
    "this is a list": lambda answer: isinstance(answer, list),
}

SHARED = (
    "is not compiled",
    "has no weights yet",
    "has one unit",
    "has no softmax",
    "squared or absolute error",
    "categorical_crossentropy wants",
    "weights seem to be as they were",
)


def rolled_in_valley(setting, steps=60):
    """Where the ball of the narrow valley is after each step."""
    (rate, kept), w, v = setting, np.array([-5.0, 1.0]), 0.0
    places = [w]
    for _ in range(steps):
        v = kept * v - rate * np.array([1, 100]) * w
        w = w + v
        places.append(w)
    return np.array(places)


def parts_of_loss(setting):
    """The two parts of its loss, from step 40 on."""
    return np.array([0.5, 50]) * rolled_in_valley(setting)[40:] ** 2


def schedule_rate(network, step):
    """The rate that a network is told for a step."""
    config = network.optimizer.get_config()["learning_rate"]
    if not isinstance(config, dict):
        return config
    schedules = sys.modules["keras"].optimizers.schedules
    return float(schedules.deserialize(config)(step))


MADE_CLAIMS = {
    "small_reader": {words: NETWORKS[words] for words in SHARED}
    | {
        "fewer than 10,000 are": lambda network: weights_of(network) > 9_999,
        "has no layers.Rescaling": lambda network: (
            is_trained(network) and not [layer for layer in network.layers if "Rescaling" in type(layer).__name__]
        ),
        "85% are asked for": lambda network: 0.2 < share_read(network, 255) < 0.85,
    },
    "one_layer": NETWORKS,
    "own_cnn": NETWORKS,
    "sturdy_line": {
        "All animals are right as they stand": of_animals(lambda names, said, sturdy: said == names and not sturdy),
        "of measurement, the cat": of_animals(lambda names, said, sturdy: misread(names, said) == {"cat"}),
        "of measurement, the dog": of_animals(lambda names, said, sturdy: misread(names, said) == {"dog"}),
        "calls every cat a dog and": of_animals(
            lambda names, said, sturdy: not any(map(operator.eq, names, said))
        ),
        "calls every animal a dog": of_animals(lambda names, said, sturdy: set(said) == {"dog"}),
        "calls every animal a cat": of_animals(lambda names, said, sturdy: set(said) == {"cat"}),
        "Hand over three numbers": lambda line: np.size(line) != 3,
    },
    "ten_steps": {
        "it points uphill": lambda place: near(place, 5 * 1.2**10),
        "Your walk is at 5 again": lambda place: place == 5,
        "use the slope at the start": lambda place: near(place, 5 - 10 * 0.1 * 10.0),
        "slope is half of": lambda place: near(place, 5 * 0.9**10),
        "keeps the step": lambda place: near(place, 5 * (-0.2) ** 10),
        "one step from 5, or ten steps of 0.1": lambda place: near(place, 5 - 0.1 * 10.0) and near(place, 5 - 10 * 0.1),
        "All your steps are equally long": lambda place: near(place, 5 - 10 * 0.1 * 2),
        "begins at 5 again": lambda place: near(place, 5 - 0.2 * (5 - 5 * (-0.2) ** 10) / 1.2),
        "you took 9 of them": lambda place: near(place, 5 * 0.8**9),
    },
    "quick_rate": {
        "the flat direction needs a larger": lambda rate: (
            abs(after_steps(rate)[0]) > 0.01 > abs(after_steps(rate)[1]) and 0 < rate < 0.5
        ),
        "still jumps from side to side": lambda rate: 1 - 12 * rate < 0 and 0.01 < abs(after_steps(rate)[1]) < 1,
        "gets no nearer in the steep": lambda rate: abs(after_steps(rate)[1]) >= 1,
        "Your rate is not above 0": lambda rate: rate <= 0,
    },
    "rolling_by_hand": {
        "along the slope, and it points": lambda rolled: near(rolled, (0.9 * -2 + 1, 5 + 0.9 * -2 + 1)),
        "has no friction": lambda rolled: near(rolled, (-2 - 1, 5 - 2 - 1)),
        "take ρ for the friction": lambda rolled: near(rolled, (0.1 * -2 - 1, 5 + 0.1 * -2 - 1)),
        "forgets its velocity": lambda rolled: near(rolled, (-1, 5 - 1)),
        "the whole slope": lambda rolled: near(rolled, (0.9 * -2 - 10, 5 + 0.9 * -2 - 10)),
        "rolled against it": lambda rolled: near(rolled, (-2.8, 5 + 2.8)),
        "rolled with the old one": lambda rolled: near(rolled, (-2.8, 5 - 2)),
        "the wrong way round": lambda rolled: near(rolled[::-1], (-2.8, 5 - 2.8)),
    },
    "valley_setting": {
        "Without momentum no rate": lambda setting: setting[1] == 0 and all(
            parts_of_loss((rate, 0))[0].sum() > 0.01 for rate in np.linspace(0.0001, 0.03, 300)
        ),
        "rolls past the lowest point": lambda setting: rolled_in_valley(setting)[:, 0].max() > 0,
        "creeps along the valley": lambda setting: (
            rolled_in_valley(setting)[:, 0].max() < 0 and parts_of_loss(setting).max(axis=0).argmax() == 0
        ),
        "the jumps across the valley grow": lambda setting: abs(rolled_in_valley(setting)[-1, 1]) > 10,
        "still jumps across": lambda setting: (
            parts_of_loss(setting)[:, 1].max() > max(0.01, parts_of_loss(setting)[:, 0].max())
            and rolled_in_valley(setting)[:, 0].max() < 0
        ),
        "loses no velocity": lambda setting: setting[1] == 1,
        "Your rate is not above 0": lambda setting: setting[0] <= 0,
        "Your ρ is below 0": lambda setting: setting[1] < 0,
        "An array of shape (2,)": lambda setting: np.shape(setting) != (2,),
    },
    "scheduled": {words: NETWORKS[words] for words in ("is not compiled", "categorical_crossentropy wants")}
    | {
        "Your rate stays at 0.1": lambda network: near([schedule_rate(network, step) for step in (0, 99)], 0.1, 1e-6),
        "already after 4 of": lambda network: schedule_rate(network, 4) == 0 < schedule_rate(network, 3),
        "your rate is still": lambda network: schedule_rate(network, 120) > 0.05,
        "Your rate begins at 0;": lambda network: schedule_rate(network, 0) == 0,
        "not along a cosine": lambda network: near(schedule_rate(network, 30), 0.1 * (1 - 30 / 120), 1e-5),
        "no momentum": lambda network: network.optimizer.momentum == 0,
        "The momentum of your optimiser is 0.1": lambda network: near(network.optimizer.momentum, 0.1),
        "Your optimiser is Adam": lambda network: type(network.optimizer).__name__ == "Adam",
        "This is the schedule": lambda answer: answer(0) == 0.1 or near(float(answer(0)), 0.1, 1e-5),
        "This is the optimiser": lambda answer: hasattr(answer, "apply_gradients"),
    },
    "diagnosis": {
        "In A the training loss itself": says(A="overfitting"),
        "In A the loss jumps": says(A="learns too little"),
        "In B the training loss falls calmly": says(B="rate too large"),
        "In B the validation loss falls at first": says(B="validation prepared otherwise"),
        "In C the validation loss never falls": says(C="overfitting"),
        "In C the training loss goes down": says(C="learns too little"),
        "In D the two curves lie close": says(D="overfitting"),
        "In D both curves move calmly": says(D="rate too large"),
        "none of the four findings": says(D="bad"),
        "a dictionary with an answer": lambda diagnosis: not isinstance(diagnosis, dict),
    },
    "own_remedy": {
        words: NETWORKS[words]
        for words in ("is not compiled", "has no weights yet", "the shape (28, 28, 10)", "has no softmax",
                      "without the accuracy", "This is what fit returns")
    }
    | {
        "weights seem to be as they were": lambda network: not is_trained(network) and share_of_unseen(network) < 0.2,
        "although the network was trained": lambda network: is_trained(network) and share_of_unseen(network) < 0.2,
        "90% are asked for": lambda network: 0.2 < share_of_unseen(network) < 0.9,
    },
}  # fmt: skip


def made_claims_of(exercise, hint):
    return [claim for words, claim in MADE_CLAIMS.get(exercise.name, {}).items() if words in hint]


def made_holds(claims, answer):
    """Tell whether all claims are true of an answer; one that cannot be asked of it is not."""
    try:
        return all([claim(answer) for claim in claims])
    except Exception:
        return False


@each_made
def test_what_a_hint_says_is_true_of_the_answer_that_was_made(exercise):
    for mistake in exercise.mistakes:
        claims = made_claims_of(exercise, mistake.hint)
        assert claims, f"nothing is computed of what this hint says: {mistake.hint}"
        assert made_holds(claims, handed_over(exercise.name, mistake.code)), f"not true: {mistake.hint}"


@each_made
def test_two_hints_of_made_answers_that_have_changed_places_are_noticed(exercise):
    mistakes = exercise.mistakes
    claims = [made_claims_of(exercise, mistake.hint) for mistake in mistakes]
    alike = [
        f"{mistakes[i].hint} | {mistakes[j].hint}"
        for i, j in itertools.combinations(range(len(mistakes)), 2)
        if made_holds(claims[i], handed_over(exercise.name, mistakes[j].code))
        and made_holds(claims[j], handed_over(exercise.name, mistakes[i].code))
    ]
    assert alike == []


def test_the_words_of_every_claim_about_a_made_answer_stand_in_a_hint():
    for name in MADE_CLAIMS.keys() & {exercise.name for exercise in MADE}:
        hints = " ".join(m.hint for e in MADE for m in e.mistakes if MADE_CLAIMS.get(e.name) is MADE_CLAIMS[name])
        assert [words for words in MADE_CLAIMS[name] if words not in hints] == []
