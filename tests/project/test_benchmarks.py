"""The measuring harness on tiny made-up workloads, its stored results, and the recipes of notebooks 06 and 10."""

import ast
import itertools
import math
import platform
import statistics
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest
from fresh_python import run_python
from notebook_rules import code_cells, read, tags
from places import ROOT

from benchmarks import __main__ as command
from benchmarks import harness
from benchmarks.harness import Claim, Comparison, Pair, Run, at_least, median_ratio
from helpers import course

NOTEBOOK = ROOT / "notebooks" / "10_cnn_mnist.ipynb"
BOSTON_NOTEBOOK = ROOT / "notebooks" / "06_boston_regression.ipynb"
OURS, OTHER = (1.0, 2.0, 4.0), (10.0, 10.0, 10.0)


def fake(ours=OURS, other=OTHER, reached=True, bound=5.0):
    """A comparison of made-up seconds, one pair for each; it claims that the median ratio is at least a bound.

    Its attribute `calls` lists who ran with which seed.
    """
    calls = []

    def side(name, seconds, goal):
        def run(seed):
            calls.append((name, seed))
            return Run(seconds[seed], goal, {"accuracy": 0.9 + seed / 100})

        return run

    def claims(pairs):
        ratio = median_ratio(pairs)
        return [Claim("the other is slower", f"{ratio:.1f}", ratio >= bound)]

    comparison = Comparison(
        name="fake",
        title="Two ways to wait",
        ours="the short one",
        other="the long one",
        prepare=lambda: (side("ours", ours, True), side("other", other, reached)),
        claims=claims,
        seeds=tuple(range(len(ours))),
    )
    object.__setattr__(comparison, "calls", calls)
    return comparison


def summary(comparison):
    return harness.summarise(comparison, harness.measure(comparison))


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """Run the command on a comparison, in a folder of its own; returns the exit status."""
    (tmp_path / "README.md").write_text("before\n<!-- results -->\nold\n<!-- /results -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(course, "start_keras", lambda: SimpleNamespace(backend="tensorflow"))
    monkeypatch.setattr(command, "NAMES", ("fake",))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")

    def run(comparison, *words):
        monkeypatch.setitem(sys.modules, "benchmarks.fake", SimpleNamespace(COMPARISON=comparison))
        return command.main(list(words), folder=tmp_path)

    run.folder = tmp_path
    return run


# ---- the harness ----


def test_both_run_once_with_every_seed_and_take_turns_at_being_first():
    comparison = fake()
    pairs = harness.measure(comparison)
    assert comparison.calls == [("ours", 0), ("other", 0), ("other", 1), ("ours", 1), ("ours", 2), ("other", 2)]
    assert [pair.first for pair in pairs] == ["ours", "other", "ours"]
    assert [(pair.ours.seconds, pair.other.seconds) for pair in pairs] == list(zip(OURS, OTHER, strict=True))


def test_ratios_are_the_others_seconds_divided_by_ours():
    # By hand: 10 / 1, 10 / 2, 10 / 4.
    assert summary(fake())["ratio"] == {"median": 5.0, "smallest": 2.5, "largest": 10.0}


@pytest.mark.parametrize(("values", "holds"), [([0.99, 0.991], True), ([0.991, 0.98999], False), ([], False)], ids=str)
def test_a_claim_about_every_number_fails_with_one_of_them(values, holds):
    claim = at_least("all good", values, 0.99, ".1%")
    assert claim.holds is holds
    assert claim.measured == ", ".join(f"{value:.1%}" for value in values)


def test_a_result_survives_its_file(tmp_path):
    comparison = fake()
    pairs = harness.measure(comparison)
    result = harness.summarise(comparison, pairs)
    harness.store(result, tmp_path)
    loaded = harness.load("fake", tmp_path)
    assert loaded == result and harness.pairs_of(loaded) == pairs
    assert harness.load("another", tmp_path) is None


def test_a_result_tells_the_machine_but_not_its_name():
    result = summary(fake())
    assert set(result["machine"]) == {"processor", "cores", "system"} and result["machine"]["cores"] >= 1
    assert set(result["versions"]) == {"python", "keras", "tensorflow", "numpy"}
    assert result["versions"]["python"] == platform.python_version()
    assert result["versions"]["numpy"] == np.__version__
    assert platform.node() not in result["machine"].values()


def test_the_processor_is_read_where_the_system_tells_it(tmp_path, monkeypatch):
    listed = tmp_path / "cpuinfo"
    listed.write_text("processor\t: 0\nmodel name\t: Fast One: 3\n\nmodel name\t: Second\n", encoding="utf-8")
    monkeypatch.setattr(harness, "CPUINFO", listed)
    assert harness.processor() == "Fast One: 3"
    monkeypatch.setattr(harness, "CPUINFO", tmp_path / "missing")
    assert harness.processor() == (platform.processor() or "unknown")


def test_the_table_has_a_row_for_each_comparison():
    row = harness.table([summary(fake()), summary(fake(bound=6.0))])[2:4]
    assert row[0] == (
        "| the short one | the long one | 2.0 | 10.0 | 5.0 (2.5 to 10.0) | holds: the other is slower (5.0) |"
    )
    assert "**does not hold**: the other is slower (5.0)" in row[1]


def test_text_between_markers_is_replaced_and_nothing_else():
    text = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n"
    new = harness.between(text, "x", ["1", "2"])
    assert new == "a\n<!-- x -->\n1\n2\n<!-- /x -->\nb\n"
    assert harness.between(new, "x", ["1", "2"]) == new


@pytest.mark.parametrize("text", ["", "<!-- x -->\n", "<!-- /x -->", "<!-- x -->\n" * 2 + "<!-- /x -->"])
def test_a_page_without_its_markers_is_an_error(text):
    with pytest.raises(ValueError, match="<!-- x -->"):
        harness.between(text, "x", [])


# ---- the command ----


def test_the_command_stores_and_prints_and_is_content(bench, capsys):
    assert bench(fake()) == 0
    printed = capsys.readouterr().out
    assert "ratio: median 5.0, smallest 2.5, largest 10.0" in printed
    assert "holds: the other is slower: 5.0" in printed
    assert "seed 2: ours 4.0 s, accuracy 0.92; other 10.0 s, accuracy 0.92; ratio 2.5" in printed
    stored = harness.load("fake", bench.folder)
    page = (bench.folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert page == ["before", "<!-- results -->", *harness.table([stored]), "<!-- /results -->", "after"]


def test_a_claim_that_fails_is_the_exit_status(bench, capsys):
    assert bench(fake(bound=5.1)) == 1
    assert "DOES NOT HOLD: the other is slower: 5.0" in capsys.readouterr().out
    assert harness.load("fake", bench.folder)["claims"][0]["holds"] is False


def test_who_never_reaches_the_goal_is_told(bench, capsys):
    assert bench(fake(reached=False)) == 0
    printed = capsys.readouterr().out
    assert "other 10.0 s, accuracy 0.9, goal not reached; ratio more than 10.0" in printed
    assert "never reached its goal in 3 of 3 runs" in printed
    assert "| more than 10.0 | more than 5.0 (2.5 to 10.0) |" in (bench.folder / "README.md").read_text("utf-8")


def test_an_unknown_name_is_one_clear_sentence(bench, capsys):
    assert bench(fake(), "fast") == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err == "There is no comparison called fast: choose from fake.\n"
    assert not (bench.folder / "results").exists()


def test_another_backend_is_refused(bench, capsys, monkeypatch):
    monkeypatch.setattr(course, "start_keras", lambda: SimpleNamespace(backend="jax"))
    assert bench(fake()) == 2
    told = capsys.readouterr()
    assert told.out == "" and "Keras runs on jax" in told.err and len(told.err.splitlines()) == 1


def test_missing_data_are_one_clear_sentence(bench, capsys):
    from helpers.data import DataUnavailableError  # noqa: PLC0415

    def prepare():
        raise DataUnavailableError("No network.")

    comparison = fake()
    object.__setattr__(comparison, "prepare", prepare)
    assert bench(comparison) == 2
    assert capsys.readouterr().err == "No network.\n"


def test_only_what_is_asked_for_is_run(bench, monkeypatch):
    monkeypatch.setattr(command, "NAMES", ("fake", "missing"))
    assert bench(fake(), "fake") == 0


# ---- what is stored ----


@pytest.fixture(scope="module")
def keras():
    """Keras, awake and silent."""
    course.start_keras()
    import keras  # noqa: PLC0415

    return keras


@pytest.fixture(scope="module")
def boston(keras):
    """The three modules about the Boston data."""
    from benchmarks import boston_housing, boston_recipe, choose_boston  # noqa: PLC0415

    return SimpleNamespace(housing=boston_housing, recipe=boston_recipe, choose=choose_boston)


@pytest.mark.parametrize("name", command.NAMES)
def test_the_stored_pairs_bear_out_the_claims_of_today(keras, name):
    comparison = __import__(f"benchmarks.{name}", fromlist=["COMPARISON"]).COMPARISON
    stored = harness.load(name)
    pairs = harness.pairs_of(stored)
    assert comparison.name == name and [pair.seed for pair in pairs] == list(comparison.seeds)
    again = harness.summarise(comparison, pairs)
    for part in ("title", "ours", "other", "ratio", "claims", "given_up"):
        assert again[part] == stored[part], part
    assert all(claim["holds"] for claim in stored["claims"])


# ---- the CNN of notebook 10 against Keras' example ----


@pytest.fixture(scope="module")
def mnist_cnn(keras):
    from benchmarks import mnist_cnn  # noqa: PLC0415

    return mnist_cnn


@pytest.fixture(scope="module")
def few():
    """64 pictures of noise, with labels."""
    rng = np.random.default_rng(0)
    return rng.random((64, 28, 28, 1), dtype="float32"), np.arange(64) % 10


def test_keras_example_has_the_parameters_it_is_known_for(mnist_cnn):
    # 320 + 18,496 + 16,010
    assert mnist_cnn.build_example().count_params() == 34_826


def test_the_example_is_trained_until_it_is_good_enough_and_only_that_is_timed(mnist_cnn, few):
    values = iter([0.5, 0.98, 0.99, 1.0])

    def slow_accuracy(model):
        time.sleep(0.5)
        return next(values)

    start = time.perf_counter()
    run = mnist_cnn.run_example(0, *few, slow_accuracy)
    whole = time.perf_counter() - start
    assert run.reached and run.facts == {"accuracy": 0.99, "epochs": 3}
    assert 0 < run.seconds <= whole - 1.5


def test_the_example_is_given_up(mnist_cnn, few):
    values = itertools.chain([0.7, 0.6])
    run = mnist_cnn.run_example(0, *few, lambda model: next(values), epochs=2)
    assert not run.reached and run.facts == {"accuracy": 0.7, "epochs": 2}


@pytest.mark.parametrize(("accuracy", "reached"), [(0.99, True), (0.9899, False)])
def test_ours_is_judged_after_its_one_pass(mnist_cnn, few, accuracy, reached):
    start = time.perf_counter()
    run = mnist_cnn.run_ours(0, mnist_cnn.recipe.FULL, *few, lambda model: accuracy)
    assert run.reached is reached and run.facts == {"accuracy": accuracy}
    assert 0 < run.seconds <= time.perf_counter() - start


@pytest.mark.parametrize(
    ("accuracies", "seconds", "holds"),
    [((0.99, 0.995, 0.991), 8.0, [True, True]), ((0.99, 0.9899, 0.991), 7.9, [False, False])],
)
def test_both_claims_can_fail(mnist_cnn, accuracies, seconds, holds):
    pairs = [
        Pair(seed, "ours", Run(1.0, True, {"accuracy": accuracy}), Run(seconds))
        for seed, accuracy in enumerate(accuracies)
    ]
    assert [claim.holds for claim in mnist_cnn.claims(pairs)] == holds


# ---- one recipe, here and in the notebook ----


def recipe_cells(notebook):
    cells = [cell.source for _, cell in code_cells(read(notebook)) if "recipe" in tags(cell)]
    assert cells, f"the cells of {notebook.stem} that build, size, compile and train the network carry the tag recipe"
    return cells


def described(keras, model):
    """All that was chosen about a compiled network, its names left out.

    How many steps Keras makes in one piece is left out, too: it changes the seconds and no number.
    """
    layers = []
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            config = {key: value for key, value in layer.get_config().items() if key != "name"}
            layers.append((type(layer).__name__, config))
    compiled = model.get_compile_config()
    del compiled["optimizer"]["config"]["name"], compiled["steps_per_execution"]
    return {
        "input": model.input_shape,
        "layers": layers,
        "compiled": compiled,
    }


def from_notebook(keras, mode, examples):
    """Run the tagged cells of notebook 10 for one data set, but for the training itself; returns what they define."""
    known = {
        "np": np,
        "math": math,
        "keras": keras,
        "layers": keras.layers,
        "mnist": SimpleNamespace(mode=mode),
        "train_images": np.empty((examples, 28, 28, 1), "uint8"),
        "train_labels": np.empty(examples, "uint8"),
    }
    for source in recipe_cells(NOTEBOOK):
        for statement in ast.parse(source).body:
            if ast.unparse(statement).startswith("reader.fit("):
                break  # what stands below is about the trained network
            exec(ast.unparse(statement), known)
    return known


@pytest.mark.parametrize(("mode", "examples"), [("full", 60_000), ("embedded", 4_000)])
def test_notebook_10_trains_what_is_measured_here(keras, mnist_cnn, mode, examples):
    known = from_notebook(keras, mode, examples)
    chosen = getattr(mnist_cnn.recipe, mode.upper())
    model = mnist_cnn.recipe.build(chosen)
    mnist_cnn.recipe.compile_for(model, chosen, examples)
    assert described(keras, known["reader"]) == described(keras, model)
    assert (known["all_batch"], known["all_epochs"]) == (chosen.batch_size, chosen.epochs)


def test_notebook_10_fits_with_the_numbers_of_its_recipe():
    calls = [
        node
        for _, cell in code_cells(read(NOTEBOOK))
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "reader.fit"
    ]
    assert len(calls) == 1
    words = {word.arg: ast.unparse(word.value) for word in calls[0].keywords}
    assert [ast.unparse(each) for each in calls[0].args] == ["train_images", "train_labels"]
    assert (words.pop("batch_size"), words.pop("epochs")) == ("all_batch", "all_epochs")
    assert set(words) <= {"verbose", "callbacks"}, "what else is trained otherwise than in the benchmark?"


# ---- the one-cycle schedule ----


def rate_by_hand(step, steps):
    """The learning rate as a share of its peak: a line from 4 % up in 30 % of the steps, then half a cosine to 0."""
    share = step / steps
    if share < 0.3:
        return 0.04 + 0.96 * share / 0.3
    return (1 + math.cos(math.pi * min((share - 0.3) / 0.7, 1))) / 2


@pytest.mark.parametrize(("mode", "examples", "steps"), [("full", 60_000, 235), ("embedded", 4_000, 378)])
def test_the_rates_are_a_line_up_and_half_a_cosine_down(keras, mnist_cnn, mode, examples, steps):
    """30 % of the steps are no whole number; Keras divides all the same."""
    chosen = getattr(mnist_cnn.recipe, mode.upper())
    assert chosen.epochs * math.ceil(examples / chosen.batch_size) == steps
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(10)])
    mnist_cnn.recipe.compile_for(model, chosen, examples)
    # Every so often, on both sides of the two peaks, and at and behind the end.
    places = [*range(0, steps, 9), 70, 71, 113, 114, steps - 1, steps, steps + 1, steps + 2]
    rates = [keras.ops.convert_to_numpy(model.optimizer._learning_rate(step)) for step in places]
    by_hand = [0.01 * rate_by_hand(step, steps) for step in places]
    # Float32 is rounded to 6e-8, and there are a few operations.
    np.testing.assert_allclose(rates, by_hand, rtol=0, atol=2e-7 * 0.01)
    assert max(rates) > 0.99 * 0.01 and rates[-3:] == [0, 0, 0]


def test_an_optimiser_steps_by_these_rates(keras, mnist_cnn):
    """The oracle sets each step's rate by hand."""
    scheduled, plain = keras.Variable([1.0, -1.0]), keras.Variable([1.0, -1.0])
    optimiser = keras.optimizers.Adam(mnist_cnn.recipe.one_cycle(0.1, 12), beta_1=0.7, beta_2=0.9)
    oracle = keras.optimizers.Adam(0.1, beta_1=0.7, beta_2=0.9)
    for step, gradient in enumerate(np.random.default_rng(0).normal(size=(12, 2)).astype("float32")):
        oracle.learning_rate = 0.1 * rate_by_hand(step, 12)
        for each, variable in ((optimiser, scheduled), (oracle, plain)):
            each.apply([keras.ops.convert_to_tensor(gradient)], [variable])
    np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, (scheduled, plain)), rtol=1e-5)
    assert not np.allclose(keras.ops.convert_to_numpy(plain), [1, -1], atol=0.01)


def test_notebook_10_spells_out_one_and_the_same_schedule(keras, mnist_cnn):
    calls = [
        ast.unparse(node)
        for _, cell in code_cells(read(NOTEBOOK))
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("CosineDecay")
    ]
    assert len(calls) == 1, "one function for all networks and for the figure"
    for steps in (378, 235):
        wanted = mnist_cnn.recipe.one_cycle(0.01, steps).get_config()
        for call in calls:
            assert eval(call, {"keras": keras, "peak": 0.01, "steps": steps}).get_config() == wanted, call


def test_a_saved_network_is_loaded_and_trained_further_where_there_is_no_course(keras, mnist_cnn, few, tmp_path):
    model = mnist_cnn.recipe.build(mnist_cnn.recipe.EMBEDDED)
    mnist_cnn.recipe.compile_for(model, mnist_cnn.recipe.EMBEDDED, 4_000)
    model.fit(*few, batch_size=16, verbose=0)
    model.save(tmp_path / "digits.keras")
    code = (
        "import sys\n"
        "import keras, numpy as np\n"
        f"model = keras.saving.load_model({str(tmp_path / 'digits.keras')!r})\n"
        "model.fit(np.zeros((32, 28, 28, 1)), np.zeros(32), batch_size=16, verbose=0)\n"
        "print(int(model.optimizer.iterations), float(model.optimizer.learning_rate), 'helpers' in sys.modules)"
    )
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    steps, rate, helpers_there = done.stdout.split()
    assert steps == "6" and float(rate) == pytest.approx(0.01 * rate_by_hand(6, 378)) and helpers_there == "False"


# ---- how the recipe was chosen ----


def test_the_parts_to_judge_on_are_never_trained_on(keras):
    from benchmarks.choose_recipe import SEEDS, split  # noqa: PLC0415

    judged = []
    for seed in SEEDS["embedded"]:
        train, judge = split("embedded", seed, 4_000)
        assert (len(train), len(judge)) == (3_200, 800) and not set(train) & set(judge)
        judged += list(judge)
    assert sorted(judged) == sorted(2 * list(range(4_000))), "each picture is judged twice"
    train, judge = split("full", 0, 60_000)
    assert train.tolist() == list(range(50_000)) and judge.tolist() == list(range(50_000, 60_000))


def test_the_choice_sees_no_test_image(keras, monkeypatch, capsys):
    from benchmarks import choose_recipe  # noqa: PLC0415

    def load(mode):
        # A data set without a test part: whoever asks for it gets an error.
        count = {"full": 60_000, "embedded": 4_000}[mode]
        return SimpleNamespace(x_train=np.zeros((count, 1, 1), "uint8"), y_train=np.zeros(count, "uint8"))

    monkeypatch.setattr(choose_recipe.data, "load_mnist", load)
    monkeypatch.setattr(choose_recipe, "try_once", lambda recipe, seed, training, judging: (0.9, float(seed)))
    rows = choose_recipe.validate()
    assert [row["candidate"] for row in rows] == [name for each in choose_recipe.CANDIDATES.values() for name in each]
    assert capsys.readouterr().out.count("| 90.00% |") == len(rows)
    with pytest.raises(AttributeError, match="x_test"):
        choose_recipe.confirm()


def means_of(mode):
    rows = harness.load("choose_recipe")["rows"]
    return {row["candidate"]: statistics.mean(row["accuracies"]) for row in rows if row["data"] == mode}


def test_what_was_chosen_for_the_full_data_is_within_a_standard_error_of_the_best_candidate():
    means = means_of("full")
    best = max(means.values())
    assert len(means) > 3 and means["chosen"] >= best - math.sqrt(best * (1 - best) / 10_000)


def test_what_was_chosen_for_the_embedded_data_is_within_a_standard_error_of_those_as_quick(keras):
    """More epochs give a little more, and a learner who waits for five networks pays for them: no more than this."""
    from benchmarks import choose_recipe  # noqa: PLC0415

    means, recipes = means_of("embedded"), choose_recipe.CANDIDATES["embedded"]
    assert all(len(row["accuracies"]) == 10 for row in harness.load("choose_recipe")["rows"] if row["data"] != "full")
    quick = [name for name, recipe in recipes.items() if recipe.epochs <= recipes["chosen"].epochs]
    best = max(means[name] for name in quick)
    assert len(quick) > 1 and means["chosen"] >= best - math.sqrt(best * (1 - best) / 8_000)
    assert max(means.values()) - means["chosen"] < 0.0025, "the text says a fifth of a point"


@pytest.mark.parametrize(("mode", "bound"), [("full", 0.99), ("embedded", 0.96)])
def test_what_was_chosen_holds_on_the_test_images_for_every_seed(mode, bound):
    (row,) = [row for row in harness.load("recipe_test")["rows"] if row["data"] == mode]
    assert len(row["accuracies"]) == 5 and min(row["accuracies"]) >= bound


@pytest.mark.timing
def test_the_embedded_data_give_96_percent_in_the_time_of_twelve_passes_of_keras_example(keras):
    """As a learner without the full data meets it: 4 to 8 s on two idle cores, and 20 s are promised.

    Seconds differ from machine to machine and from hour to hour, so Keras' own example on the same images, just before
    and just after, is the measure: one of its passes takes well over a second there.
    """
    from benchmarks import choose_recipe, mnist_cnn  # noqa: PLC0415

    mnist = choose_recipe.data.load_mnist("embedded")
    (x, y), judging = (
        (choose_recipe.scaled(x), y) for x, y in ((mnist.x_train, mnist.y_train), (mnist.x_test, mnist.y_test))
    )
    judge = mnist_cnn.accuracy_on(*judging)
    before = mnist_cnn.run_example(0, x, y, judge, epochs=2).seconds
    accuracy, seconds = choose_recipe.try_once(choose_recipe.CANDIDATES["embedded"]["chosen"], 5, (x, y), judging)
    after = mnist_cnn.run_example(0, x, y, judge, epochs=2).seconds
    assert accuracy >= 0.96 and seconds <= 12 * (before + after) / 4, (accuracy, before, seconds, after)


# ---- the network of notebook 06 against 500 epochs ----


@pytest.fixture(scope="module")
def houses():
    """40 rows of noise in columns of very different size, with targets around 22."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(40, 3)) * [1, 10, 1000] + 5, rng.normal(22, 9, size=40)


def test_the_long_training_has_the_parameters_it_is_known_for(boston):
    # 13 * 64 + 64, 64 * 64 + 64, 64 + 1
    network = boston.housing.build_long(np.zeros((1, 13)), np.zeros(1))
    assert network.count_params() == 5_121
    optimizer = network.get_compile_config()["optimizer"]
    assert optimizer["class_name"] == "Adam" and optimizer["config"]["learning_rate"] == pytest.approx(0.001)


def test_the_networks_of_both_sides_are_trained_as_promised(boston, monkeypatch):
    rows = {True: np.zeros((404, 12)), False: np.zeros((404, 13))}
    asked = []

    def load(mode, drop_b=False):
        x = rows[drop_b]
        return SimpleNamespace(x_train=x, y_train=np.ones(404), x_test=x[:2], y_test=np.ones(2))

    def learn(make, training, new, seed, batch_size, epochs):
        asked.append((training[0].shape[1], new.shape[1], batch_size, epochs, seed))
        return np.ones(2), 1.0

    monkeypatch.setattr(boston.housing.data, "load_boston", load)
    monkeypatch.setattr(boston.recipe, "learn", learn)
    monkeypatch.setattr(boston.housing, "learn", learn)
    ours, other = boston.housing.prepare()
    del asked[:]
    ours(3), other(3)
    assert asked == [(12, 12, 16, 20, 3), (13, 13, 16, 500, 3)]


def test_what_is_timed_is_the_training_and_what_is_judged_was_not_in_it(boston, houses):
    seen = {}

    class Slow:
        def fit(self, inputs, targets, **words):
            seen.update(inputs=inputs, targets=targets, words=words)
            time.sleep(0.2)

        def predict(self, inputs, **words):
            seen["new"] = inputs
            time.sleep(0.3)
            return np.arange(len(inputs), dtype="float32")[:, np.newaxis]

    def make(inputs, targets):
        time.sleep(0.3)
        return Slow()

    rows, targets = houses
    new = np.full((5, 3), 1e6)
    predictions, seconds = boston.recipe.learn(make, houses, new, 0, batch_size=8, epochs=3)
    assert predictions.tolist() == [0, 1, 2, 3, 4] and 0.2 <= seconds < 0.29
    assert seen["words"] == {"batch_size": 8, "epochs": 3, "verbose": 0}
    # Standardised by the rows it is trained on alone, however large the others are.
    np.testing.assert_allclose(seen["inputs"].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(seen["inputs"].std(axis=0), 1)
    np.testing.assert_allclose(seen["new"] * rows.std(axis=0) + rows.mean(axis=0), new)
    assert seen["targets"] is targets


def test_the_same_seed_gives_the_same_network_and_another_seed_another(boston, houses):
    recipe = boston.recipe.Recipe(units=(4,), epochs=1)
    a, b, c = (boston.recipe.learn_by(recipe, houses, houses[0], seed)[0] for seed in (0, 0, 1))
    assert np.array_equal(a, b) and not np.allclose(a, c)


def test_every_number_of_a_recipe_reaches_the_network(boston, houses, keras):
    recipe = boston.recipe.Recipe(
        units=(5, 4), penalty=0.3, dropout=0.2, loss="huber", peak=0.07, batch_size=8, epochs=3
    )
    inputs, targets = houses
    network = boston.recipe.build(recipe, inputs, targets)
    hidden = [layer for layer in network.layers if isinstance(layer, keras.layers.Dense)]
    assert [layer.units for layer in hidden] == [5, 4, 1]
    assert [float(layer.kernel_regularizer.l2) for layer in hidden[:2]] == pytest.approx([0.3, 0.3])
    assert hidden[2].kernel_regularizer is None
    assert [layer.rate for layer in network.layers if isinstance(layer, keras.layers.Dropout)] == [0.2, 0.2]
    assert network.loss == "huber"
    rate = network.get_compile_config()["optimizer"]["config"]["learning_rate"]["config"]
    # 40 rows in batches of 8 are 5 steps, three times over.
    assert (rate["initial_learning_rate"], rate["decay_steps"]) == (0.07, 15)
    last = network.layers[-1]
    assert (last.scale, last.offset) == pytest.approx((targets.std(), targets.mean()))
    plain = boston.recipe.build(boston.recipe.Recipe(rescale=False), inputs, targets)
    assert isinstance(plain.layers[-1], keras.layers.Dense) and len(plain.layers) == 3


def test_networks_are_judged_alone_and_together(boston):
    answers = {0: [1.0, 1.0], 1: [3.0, 5.0]}
    side = boston.housing.Side(lambda seed: (np.array(answers[seed]), 2.5), np.array([2.0, 2.0]))
    # By hand: (1 + 1) / 2; (1 + 3) / 2, and together [2, 3].
    assert side(0) == Run(2.5, True, {"mae": 1.0, "mae_of_all_so_far": 1.0})
    assert side(1) == Run(2.5, True, {"mae": 2.0, "mae_of_all_so_far": 0.5})


@pytest.mark.parametrize(
    ("maes", "together", "seconds", "holds"),
    [
        ((2.5, 2.6), 2.5, 10.0, [True, True, True]),
        ((2.5, 2.61), 2.5, 10.0, [True, False, True]),
        ((2.5, 2.6), 2.51, 10.0, [True, True, False]),
        ((2.5, 2.6), 2.5, 9.9, [False, True, True]),
    ],
    ids=["all hold", "alone", "together", "slow"],
)
def test_each_claim_about_boston_can_fail(boston, maes, together, seconds, holds):
    runs = [{"mae": mae, "mae_of_all_so_far": far} for mae, far in zip(maes, (0.0, together), strict=True)]
    others = {"mae": 3.0, "mae_of_all_so_far": 2.8}
    pairs = [Pair(seed, "ours", Run(1.0, True, facts), Run(seconds, True, others)) for seed, facts in enumerate(runs)]
    claims = boston.housing.claims(pairs)
    assert [claim.holds for claim in claims] == holds
    assert claims[1].measured.endswith("the other's 3.00") and claims[2].measured.endswith("the other's 2.80")


@pytest.fixture(scope="module")
def boston_cells(keras):
    """What the tagged cells of notebook 06 define."""
    if not BOSTON_NOTEBOOK.exists():
        pytest.skip("notebook 06 is not written yet")
    known = {"np": np, "math": math, "keras": keras, "layers": keras.layers}
    for source in recipe_cells(BOSTON_NOTEBOOK):
        exec(source, known)
    return known


@pytest.mark.parametrize("count", [404, 323])
def test_notebook_06_builds_what_is_measured_here(keras, boston, boston_cells, count):
    rng = np.random.default_rng(0)
    inputs, targets = rng.normal(size=(count, 12)), rng.normal(22, 9, size=count)
    network = boston.recipe.build(boston.recipe.CHOSEN, inputs, targets)
    assert described(keras, boston_cells["build_network"](inputs, targets)) == described(keras, network)


def test_notebook_06_trains_what_it_builds_with_the_numbers_of_its_recipe(keras, boston, boston_cells, houses):
    inputs, targets = houses
    chosen = boston.recipe.CHOSEN
    asked = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras.Sequential, "fit", lambda self, *rows, **words: asked.update(rows=rows, words=words))
        network = boston_cells["train_network"](inputs, targets, 3)
    assert asked["rows"][0] is inputs and asked["rows"][1] is targets
    assert asked["words"] == {"batch_size": chosen.batch_size, "epochs": chosen.epochs, "verbose": 0}
    keras.utils.set_random_seed(3)
    same = boston.recipe.build(chosen, inputs, targets)
    for mine, theirs in zip(network.get_weights(), same.get_weights(), strict=True):
        assert np.array_equal(mine, theirs)


# ---- how the recipe for Boston was chosen ----


def test_every_row_is_judged_once_and_never_by_a_network_that_was_trained_on_it(boston):
    for cut in boston.choose.CUTS:
        parts = boston.choose.folds(cut, 404)
        assert [len(judge) for _, judge in parts] == [81, 81, 81, 81, 80]
        for train, judge in parts:
            assert sorted([*train, *judge]) == list(range(404))
        assert sorted(row for _, judge in parts for row in judge) == list(range(404))
    first, second = (boston.choose.folds(cut, 404)[0][1].tolist() for cut in (0, 1))
    assert first != second


def test_predictions_return_to_their_own_rows(boston, monkeypatch):
    rows = np.arange(10.0)[:, np.newaxis]

    def learn(recipe, training, new, seed):
        assert np.array_equal(training[0][:, 0] * 2, training[1])
        return new[:, 0] + 0.5, 3.0

    monkeypatch.setattr(boston.choose, "learn_by", learn)
    predictions, seconds = boston.choose.cross_validate(None, 1, rows, rows[:, 0] * 2)
    assert predictions.tolist() == (rows[:, 0] + 0.5).tolist() and seconds == [3.0] * 5


def test_the_outcome_of_a_candidate_is_counted_by_hand(boston):
    targets = np.array([0.0, 0.0, 0.0])
    tries = [(np.array([1.0, -2.0, 3.0]), [1.0, 2.0]), (np.array([3.0, 2.0, -1.0]), [4.0, 6.0])]
    row, absolute = boston.choose.outcome("some", tries, targets, chosen_errors=np.array([1.0, 2.0, 3.0]))
    # Row by row 2, 2, 2; beside the chosen one's 1, 0, -1: on average 0, and a standard error of 1 / sqrt(3).
    assert absolute.tolist() == [2.0, 2.0, 2.0]
    assert row == {
        "candidate": "some",
        "maes": [2.0, 2.0],
        "mean": 2.0,
        "behind": 0.0,
        "standard_error": 0.577,
        "rmse": 2.16,
        "seconds": 3.0,
    }
    assert boston.choose.candidate_row(row) == "| some | 2.000 | 2.00, 2.00 | +0.000 ± 0.577 | 2.16 | 3.0 |"


def test_the_choice_for_boston_sees_no_test_row(boston, monkeypatch, capsys):
    def load(mode, drop_b):
        # A data set without a test part: whoever asks for it gets an error.
        assert drop_b
        return SimpleNamespace(x_train=np.zeros((404, 12)), y_train=np.zeros(404))

    monkeypatch.setattr(boston.choose.data, "load_boston", load)
    monkeypatch.setattr(
        boston.choose, "learn_by", lambda recipe, training, new, seed: (np.full(len(new), 1.0 + recipe.dropout), 2.0)
    )
    rows = boston.choose.validate()
    assert [row["candidate"] for row in rows] == list(boston.choose.CANDIDATES)
    assert {row["candidate"]: row["behind"] for row in rows if row["behind"]} == {"dropout 0.1": 0.1}
    assert capsys.readouterr().out.count("| 1.000 | 1.00, 1.00, 1.00 |") == len(rows) - 1
    with pytest.raises(AttributeError, match="x_test"):
        boston.choose.confirm()


def test_no_candidate_for_boston_is_better_by_two_standard_errors(boston):
    rows = harness.load("choose_boston")["rows"]
    assert [row["candidate"] for row in rows] == list(boston.choose.CANDIDATES) and len(rows) >= 15
    for row in rows[1:]:
        assert row["behind"] > -2 * row["standard_error"], row["candidate"]


def test_a_new_row_takes_the_place_of_its_backends_old_one(boston):
    old = [{"backend": "tensorflow", "n": 0}, {"backend": "torch", "n": 1}]
    rows = boston.choose.with_row(old, {"backend": "jax", "n": 2})
    assert [row["backend"] for row in rows] == ["tensorflow", "jax", "torch"]
    assert boston.choose.with_row(rows, {"backend": "torch", "n": 3})[2] == {"backend": "torch", "n": 3}


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_the_recipe_for_boston_holds_on_the_test_rows_on_every_backend(boston, backend):
    (row,) = [row for row in harness.load("boston_test")["rows"] if row["backend"] == backend]
    assert len(row["maes"]) >= 10 and statistics.mean(row["maes"]) <= boston.housing.SINGLE
    assert len(row["ensembles"]) * 5 == len(row["maes"]) and max(row["ensembles"]) <= boston.housing.ENSEMBLE
