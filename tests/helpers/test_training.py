"""The loss of each batch and the one line, against numbers found another way.

They run on whatever backend Keras stands on; `make test-backends` runs them on all three.
"""

import io
import math
import os
import re
import subprocess
import sys
import types

import nbformat
import numpy as np
import pytest
import render
from fresh_python import ROOT
from nbclient import NotebookClient

from helpers import course

course.start_keras()

import keras  # noqa: E402 - after the quiet start

from helpers import training  # noqa: E402
from helpers.training import BatchLosses, OneLine  # noqa: E402

BACKEND = keras.backend.backend()
# On PyTorch Keras trains batch by batch only.
GROUPS = [1] if BACKEND == "torch" else [1, 4]
EXAMPLES, BATCH_SIZE, CLASSES = 130, 16, 3  # nine batches, the last one with 2 examples


def examples(seed=0, count=EXAMPLES):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, CLASSES, size=count)
    return (rng.normal(size=(count, 5)) + labels[:, None]).astype("float32"), labels


def compiled(optimizer, group=1):
    """A classifier without a hidden layer, from the same weights each time."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(CLASSES, activation="softmax")])
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=group)
    return model


def train(model, callbacks, epochs=1, **options):
    """Train quietly on the examples in their order; returns Keras' history."""
    options = {"batch_size": BATCH_SIZE, "shuffle": False, **options}
    return model.fit(*examples(), epochs=epochs, verbose=0, callbacks=callbacks, **options)


# ---- the loss of each batch ----


def chunks(values, group):
    """Cut the batches of one epoch into groups, the last one shorter."""
    return [values[begin : begin + group] for begin in range(0, len(values), group)]


def loss_of_each(model, batches):
    """The mean loss of some examples, batch by batch, from the predictions: minus the mean logarithm."""
    inputs, labels = examples()
    found = []
    for rows in batches:
        certainty = keras.ops.convert_to_numpy(model(inputs[rows]))[range(len(rows)), labels[rows]]
        found.append(-np.log(certainty).mean())
    return found


BATCHES = [np.arange(EXAMPLES)[begin : begin + BATCH_SIZE] for begin in range(0, EXAMPLES, BATCH_SIZE)]


@pytest.mark.parametrize("group", GROUPS)
def test_batch_losses_of_a_model_that_stands_still(group):
    """With a learning rate of 0 every batch's loss is known beforehand, and the same in every epoch."""
    model = compiled(keras.optimizers.SGD(0.0), group)
    together = [np.concatenate(rows) for rows in chunks(BATCHES, group)]
    kept = BatchLosses(EXAMPLES, BATCH_SIZE)
    train(model, [kept], epochs=3)
    np.testing.assert_allclose(kept.losses, 3 * loss_of_each(model, together), rtol=2e-5)
    ends = [min(begin + group, 9) for begin in range(0, 9, group)]
    assert kept.steps.tolist() == [epoch * 9 + end for epoch in range(3) for end in ends]
    assert np.ptp(kept.losses) > 0.05, "batches that all have one loss would prove nothing"


def test_batch_losses_of_a_model_that_learns():
    """A loop of our own trains the same model batch by batch: Keras' train_on_batch, its mean reset each time."""
    kept, inputs_and_labels = BatchLosses(EXAMPLES, BATCH_SIZE), examples()
    train(compiled(keras.optimizers.Adam(0.05)), [kept], epochs=3)
    model = compiled(keras.optimizers.Adam(0.05))
    by_hand = []
    for rows in 3 * BATCHES:
        model.reset_metrics()
        by_hand.append(model.train_on_batch(*(part[rows] for part in inputs_and_labels))[0])
    np.testing.assert_allclose(kept.losses, by_hand, rtol=1e-4)
    assert kept.losses[-9:].mean() < 0.8 * kept.losses[:9].mean(), "it must have learned something"


def test_batch_losses_give_keras_mean_back_and_begin_anew_with_each_training():
    model, kept = compiled(keras.optimizers.SGD(0.1)), BatchLosses(EXAMPLES, BATCH_SIZE)
    train(model, [kept], epochs=2)
    history = train(model, [kept], epochs=1, validation_data=examples(seed=1))
    assert kept.steps.tolist() == list(range(1, 10))
    weighted = np.average(kept.losses, weights=[len(rows) for rows in BATCHES])
    assert weighted == pytest.approx(history.history["loss"][0], rel=1e-5)


def test_batch_losses_stay_after_a_training_that_was_stopped():
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if batch == 3:
                raise KeyboardInterrupt

    kept = BatchLosses(EXAMPLES, BATCH_SIZE)
    with pytest.raises(KeyboardInterrupt):
        train(compiled(keras.optimizers.SGD(0.1)), [kept, Stop()])
    assert kept.steps.tolist() == [1, 2, 3, 4] and len(kept.losses) == 4


def test_batch_losses_refuse_numbers_that_are_not_those_of_the_training():
    sentence = "told of 100 examples in batches of 16, which makes 7 batches per epoch, but this training has 9"
    with pytest.raises(ValueError, match=sentence):
        train(compiled(keras.optimizers.SGD(0.1)), [BatchLosses(100, BATCH_SIZE)])

    kept = BatchLosses(2 * BATCH_SIZE, BATCH_SIZE)
    kept.set_params({"steps": None})
    kept.on_train_begin()
    kept.on_epoch_begin(0)
    kept.on_train_batch_end(0, {"loss": 1.0})
    kept.on_train_batch_end(1, {"loss": 1.0})
    with pytest.raises(ValueError, match="2 batches per epoch, but this training has more: give it the numbers of fit"):
        kept.on_train_batch_end(2, {"loss": 1.0})
    with pytest.raises(ValueError, match="examples must be the number of training examples, a whole number"):
        BatchLosses(0, 16)
    with pytest.raises(ValueError, match="batch_size must be the number of examples in a batch"):
        BatchLosses(100, 1.5)


# ---- the one line ----

LINE = r"2 epochs of 9 batches, \d+\.\d s: loss \d\.\d{4}, accuracy \d\.\d{4}"


@pytest.fixture
def at_once(monkeypatch):
    """The line is rewritten after every batch, however soon that is."""
    monkeypatch.setattr(training, "SECONDS", 0)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def on_screen(text):
    """What a terminal shows of a text in the end: a carriage return goes back, what follows overwrites."""
    lines = []
    for line in text.split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown.rstrip())
    return "\n".join(lines)


@pytest.mark.parametrize("group", GROUPS)
def test_into_a_file_goes_one_line_and_nothing_else(group, capsys, at_once):
    train(compiled("adam", group), [OneLine()], epochs=2)
    assert re.fullmatch(LINE + "\n", capsys.readouterr().out)


def test_the_line_tells_what_history_tells(capsys):
    history = train(compiled("adam"), [OneLine()], epochs=1, validation_data=examples(seed=1)).history
    names = ["loss", "accuracy", "val_loss", "val_accuracy"]
    told = ", ".join(f"{name} {history[name][-1]:.4f}" for name in names)
    assert re.fullmatch(rf"1 epoch of 9 batches, \d+\.\d s: {told}\n", capsys.readouterr().out)


@pytest.mark.parametrize("group", GROUPS)
def test_a_terminal_sees_the_line_change_and_keeps_the_last(group, monkeypatch, at_once):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    train(compiled("adam", group), [OneLine()], epochs=2)
    written = screen.getvalue()
    seen = [part.rstrip() for part in written.split("\r") if part.strip()]
    assert len(seen) == 2 * math.ceil(9 / group) + 1
    assert re.fullmatch(
        r"epoch 1 of 2, batch 9 of 9: loss \d\.\d{4}, accuracy \d\.\d{4}", seen[math.ceil(9 / group) - 1]
    )
    assert written.count("\n") == 1 and re.fullmatch(LINE + "\n", on_screen(written))


def test_nothing_of_a_longer_line_stays_behind_a_shorter_one(monkeypatch, at_once):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    line = OneLine()
    line.set_params({"epochs": 1, "steps": 2})
    line.on_train_begin()
    line.on_epoch_begin(0)
    line.on_train_batch_end(0, {"loss": 1000000.0, "accuracy": 0.5})
    line.on_train_batch_end(1, {"loss": 1.0})
    assert on_screen(screen.getvalue()) == "epoch 1 of 1, batch 2 of 2: loss 1.0000"


def test_a_short_training_rewrites_nothing_even_in_a_terminal(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(training, "SECONDS", 60)
    train(compiled("adam"), [OneLine()], epochs=2)
    assert re.fullmatch(LINE + "\n", screen.getvalue())


def test_a_line_is_rewritten_twice_a_second_at_most(monkeypatch):
    clock = iter(np.arange(0, 1000, 0.1))
    monkeypatch.setattr(training, "time", types.SimpleNamespace(perf_counter=lambda: next(clock)))
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    line = OneLine()
    line.set_params({"epochs": 1, "steps": 200})
    line.on_train_begin()
    line.on_epoch_begin(0)
    for batch in range(200):
        line.on_train_batch_end(batch, {"loss": 1.0})
    # Every batch takes this clock 0.1 s, and every line another 0.1 s: a line after each five batches.
    assert len(screen.getvalue().split("epoch")) - 1 == 40


def test_a_long_line_is_cut_where_a_narrow_terminal_would_break_it(monkeypatch, at_once):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "30")
    line = OneLine()
    line.set_params({"epochs": 1, "steps": None})
    line.on_train_begin()
    line.on_epoch_begin(0)
    line.on_train_batch_end(4, {"a_metric_with_a_long_name": 1.0, "loss": 2.0, "each_class": [0.1, 0.9]})
    assert screen.getvalue() == "epoch 1 of 1, batch 5: loss 2.0000"[:29]


def test_small_numbers_keep_their_digits_and_a_metric_of_many_numbers_is_left_out():
    logs = {"val_loss": 2e-5, "accuracy": 0.0, "f1": np.array([0.1, 0.9]), "loss": math.nan}
    assert training._told("x", logs) == "x: loss nan, accuracy 0.0000, val_loss 2.0e-05"
    assert training._told("x", {}) == "x"
    assert training._told("x", {"a": 9e-4, "b": 1e-3, "c": -2e-4}) == "x: a 9.0e-04, b 0.0010, c -2.0e-04"


def write_notebook(path):
    """A notebook that trains for a moment, watched, and rewrites its line after each batch."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import numpy as np\n"
        "from helpers import course; course.start_keras(0)\n"
        "import keras\n"
        "from helpers import training\n"
        "training.SECONDS = 0\n"
        "model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(1)])\n"
        "model.compile('sgd', 'mse')\n"
        "history = model.fit(np.ones((90, 5)), np.ones(90), batch_size=10, epochs=2, verbose=0,"
        " callbacks=[training.OneLine()])"
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)


def test_a_notebook_sees_the_line_change_and_stores_one_clean_line(tmp_path):
    write_notebook(tmp_path / "one.ipynb")
    notebook = nbformat.read(tmp_path / "one.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}})
    client.execute()
    outputs = [output for output in notebook.cells[0].outputs if output.get("name") == "stdout"]
    assert "epoch 1 of 2, batch 9 of 9" in "".join(output.text for output in outputs), "it is watched"
    render.merge_streams(notebook)
    stored = [output.text for output in notebook.cells[0].outputs if output.get("name") == "stdout"]
    assert len(stored) == 1
    assert re.fullmatch(r"2 epochs of 9 batches, \d+\.\d s: loss \d\.\d{4}\n", stored[0])
    # nbval, which compares word for word, sees that one line as well. The seconds are made equal for it.
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text=stored[0])]
    nbformat.write(notebook, tmp_path / "one.ipynb")
    (tmp_path / "equal.cfg").write_text("regex: [0-9.]+ s:\nreplace: SECONDS\n", encoding="ascii")
    options = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=equal.cfg", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, f"--rootdir={tmp_path}", "one.ipynb"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout


# ---- layers for notebook 12 ----


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def test_noisy_weights_are_fresh_in_every_step_and_leave_no_trace():
    keras.utils.set_random_seed(1)
    layer = training.NoisyDense(4, noise=0.1)
    rows = np.random.default_rng(1).normal(size=(50, 6)).astype("float32")
    quiet = numbers(layer(rows))
    before = [numbers(weights).copy() for weights in layer.trainable_variables]
    np.testing.assert_allclose(quiet, rows @ before[0] + before[1], rtol=1e-5, atol=1e-5)
    loud = [numbers(layer(rows, training=True)) for _ in range(400)]
    assert not np.allclose(loud[0], loud[1])
    # One draw serves all rows, so what it adds is a matrix: each number of it normal with the spread 0.1.
    noise = np.array([np.linalg.lstsq(rows, each - quiet, rcond=None)[0] for each in loud])
    np.testing.assert_allclose(rows @ noise[0], loud[0] - quiet, atol=1e-4)
    assert abs(noise.mean()) < 0.005 and abs(noise.std() - 0.1) < 0.005
    for old, weights in zip(before, layer.trainable_variables, strict=True):
        np.testing.assert_array_equal(numbers(weights), old)


def test_a_noisy_layer_learns_and_takes_its_activation():
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((5,)), training.NoisyDense(8, 0.1, activation="relu"), keras.layers.Dense(3)])
    rows, labels = examples()
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    before = numbers(model.layers[0].kernel).copy()
    model.fit(rows, labels, verbose=0)
    assert not np.allclose(numbers(model.layers[0].kernel), before)
    assert numbers(model.layers[0](rows, training=True)).min() == 0


def test_fixed_masks_are_few_serve_the_whole_batch_and_are_switched_off_in_use():
    keras.utils.set_random_seed(2)
    layer, ones = training.FixedDropout(0.25, masks=3), np.ones((6, 40), "float32")
    np.testing.assert_array_equal(numbers(layer(ones)), ones)
    drawn = np.array([numbers(layer(ones, training=True)) for _ in range(60)])
    assert np.all(drawn == drawn[:, :1]), "the same units for every row"
    masks = np.unique(drawn[:, 0], axis=0)
    assert len(masks) == 3
    np.testing.assert_allclose(np.unique(masks), [0, 1 / 0.75], rtol=1e-6)
    assert 0.6 < np.mean(masks > 0) < 0.9


def test_dropout_by_hand_has_the_distribution_of_keras_layer():
    """How many units are left, and what they become: the exercise's function against the layer, over many masks."""
    from helpers.exercises import all_exercises  # noqa: PLC0415

    keras.utils.set_random_seed(3)
    rate, rng, activations = 0.3, np.random.default_rng(3), np.array([[1.0, -2.0, 0.5, 3.0]], "float32")
    layer, by_hand = keras.layers.Dropout(rate), all_exercises()["dropout"].reference
    many = np.repeat(activations, 20_000, axis=0)
    ours = by_hand(many, rng.random(many.shape), rate)
    theirs = numbers(layer(many, training=True))
    values = [np.unique(each.round(4), axis=0, return_counts=True) for each in (ours, theirs)]
    np.testing.assert_allclose(values[0][0], values[1][0])  # the same 16 outcomes: each unit is there or not
    assert len(values[0][0]) == 16
    np.testing.assert_allclose(values[0][1] / 20_000, values[1][1] / 20_000, atol=0.015)  # four standard errors
    for each in (ours, theirs):
        np.testing.assert_allclose(each.mean(axis=0), activations[0], atol=0.07)
    np.testing.assert_array_equal(numbers(layer(many, training=False)), many)
