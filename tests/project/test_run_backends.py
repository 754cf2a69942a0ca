"""`make test-backends`: what it runs, and that nothing it could not run or had to skip goes unsaid."""

import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest
import run_backends
from places import ROOT
from run_backends import BackendMissingError, count, keras_notebooks, run_backend, table


def write_notebook(path, *sources):
    cells = [nbformat.v4.new_markdown_cell("import keras"), *map(nbformat.v4.new_code_cell, sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


# ---- what there is to run ----


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("import keras", True),
        ("x = 1\nfrom keras import layers", True),
        ("from keras.layers import Dense", True),
        ("def later():\n    import keras.ops as ops", True),
        ("course.start_keras(seed=1)", True),
        ("%matplotlib inline\n!ls\nimport keras", True),
        ("import numpy as np", False),
        ("# import keras\ntext = 'import keras'", False),
        ("import keras_tuner\nfrom . import keras", False),
        ("course.doctor()", False),
    ],
)
def test_a_notebook_uses_keras_if_its_code_imports_it(source, wanted, tmp_path):
    write_notebook(tmp_path / "one.ipynb", "x = 1", source)
    assert bool(keras_notebooks(tmp_path)) == wanted


def test_the_notebooks_of_the_course_that_train_are_among_them():
    found = {path.stem for path in keras_notebooks(ROOT / "notebooks")}
    assert found >= {"09_convolution_by_hand", "10_cnn_mnist"}
    assert not found & {"01_perceptron", "03_gradient_descent"}


def test_the_tests_that_speak_of_keras_are_run_and_no_others(tmp_path):
    (tmp_path / "deep").mkdir()
    for name, text in {
        "test_a": "import keras",
        "deep/test_b": "from helpers import training  # Keras'",
        "test_c": "1",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "other.py").write_text("import keras", encoding="utf-8")
    assert [path.stem for path in run_backends.keras_tests(tmp_path)] == ["test_b", "test_a"]
    found = {path.stem for path in run_backends.keras_tests(ROOT / "tests" / "helpers")}
    assert found >= {"test_gradients", "test_training", "test_course", "test_precision", "test_network", "test_engine"}


def test_backends_can_be_chosen(monkeypatch, capsys):
    asked = []

    def remember(backend, options, *_):
        asked.append((backend, options))
        return run_backends.Run(backend, "1.0", "CPU", {"tests": run_backends.Part(passed=1)})

    monkeypatch.setattr(run_backends, "run_backend", remember)
    assert run_backends.main(["torch", "jax", "--nbval-lax"]) == 0
    assert asked == [("jax", ["--nbval-lax"]), ("torch", ["--nbval-lax"])]


def test_notebooks_can_be_chosen_and_must_be_there(monkeypatch, capsys):
    asked = []

    def remember(backend, options, tests, notebooks):
        asked.append((options, [path.stem for path in notebooks]))
        return run_backends.Run(backend, "1.0", "CPU", {"tests": run_backends.Part(passed=1)})

    monkeypatch.setattr(run_backends, "run_backend", remember)
    assert run_backends.main(["notebooks/10_cnn_mnist.ipynb", "--nbval-lax"]) == 0
    assert asked == [(["--nbval-lax"], ["10_cnn_mnist"])] * len(run_backends.BACKENDS)
    with pytest.raises(SystemExit, match="01_perceptron: no such notebook with Keras"):
        run_backends.main(["notebooks/01_perceptron.ipynb"])


# ---- what comes out ----

REPORT = """<testsuites><testsuite>
<testcase classname="tests.test_data" name="test_a" time="1.5"/>
<testcase classname="tests.test_data" name="test_b" time="0.5"><failure message="no">no</failure></testcase>
<testcase classname="tests.test_data" name="test_c" time="0.1"><error message="no">no</error></testcase>
<testcase classname="tests.test_training" name="test_groups[4]" time="0"><skipped message="one by one only"/></testcase>
<testcase classname="notebooks.09_convolution.ipynb" name="Cell 0" time="2"/>
<testcase classname="notebooks.09_convolution.ipynb" name="Cell 1" time="3"/>
</testsuite></testsuites>"""
NOTEBOOKS = [Path("notebooks/09_convolution.ipynb")]


def no_device(backend):
    raise BackendMissingError("ModuleNotFoundError: No module named 'jax'")


def outcome(report=REPORT, status=0, look=lambda backend: ("1.0", "CPU"), notebooks=NOTEBOOKS):
    """A run on JAX whose pytest gave this report."""
    element = None if report is None else ET.fromstring(report)
    return run_backend("jax", [], [], notebooks, look=look, test=lambda *_: (status, element))


def without(kind):
    return "\n".join(line for line in REPORT.splitlines() if kind not in line)


GREEN = "\n".join(line for line in REPORT.splitlines() if "no</" not in line)


def test_a_report_is_counted_part_by_part():
    parts = count(ET.fromstring(REPORT), NOTEBOOKS)
    tests, notebook = parts["helpers' tests"], parts["09_convolution"]
    assert (tests.passed, tests.failed, tests.seconds) == (1, 2, pytest.approx(2.1))
    assert tests.skipped == ["tests.test_training::test_groups[4]: one by one only"]
    assert (notebook.passed, notebook.failed, notebook.skipped, notebook.seconds) == (2, 0, [], 5)


def test_the_table_tells_backend_version_device_and_counts():
    lines = table([outcome()]).splitlines()
    assert " ".join(lines[0].split()) == "backend version device what ran passed failed skipped seconds"
    assert lines[1].split() == ["jax", "1.0", "CPU", "helpers'", "tests", "1", "2", "1", "2.1"]
    assert lines[2].split() == ["jax", "1.0", "CPU", "09_convolution", "2", "0", "0", "5.0"]


def test_a_run_without_a_failure_is_green_and_names_what_it_skipped():
    run = outcome(GREEN)
    assert run.green
    assert "skipped on jax: tests.test_training::test_groups[4]: one by one only" in table([run])
    quiet = outcome(without("skipped").replace("<failure", "<system-out").replace("</failure", "</system-out"))
    assert "skipped: nothing" in table([quiet])


def test_a_missing_backend_is_red_and_named():
    run = outcome(GREEN, look=no_device)
    assert not run.green
    lines = table([run]).splitlines()
    assert lines[1].split() == ["jax", "-", "-", "nothing", "0", "0", "0", "0.0"]
    assert lines[2] == "FAILED on jax: jax is missing: ModuleNotFoundError: No module named 'jax'"


@pytest.mark.parametrize(
    ("report", "status", "words"),
    [
        (REPORT, 1, None),  # its failures are in the counts
        (None, 4, "pytest ended with 4 and left no report"),
        (GREEN, 3, "pytest ended with 3 although no test failed"),
        (GREEN.replace("09_con", "10_con"), 0, "nothing of 09_convolution passed"),
        ("<testsuites/>", 5, "nothing of helpers' tests passed; nothing of 09_convolution passed"),
    ],
)
def test_a_run_that_proves_nothing_is_red(report, status, words):
    run = outcome(report, status)
    assert not run.green
    assert words is None or f"FAILED on jax: {words}" in table([run])


@pytest.mark.parametrize("red", run_backends.BACKENDS)
def test_one_red_backend_makes_the_whole_run_red(red, monkeypatch, capsys):
    def run(backend, *_):
        return outcome(GREEN, look=no_device if backend == red else lambda _: ("1.0", "CPU"))

    monkeypatch.setattr(run_backends, "run_backend", run)
    assert run_backends.main([]) == 1
    assert "is missing" in capsys.readouterr().out
    monkeypatch.setattr(run_backends, "run_backend", lambda *_: outcome(GREEN))
    assert run_backends.main([]) == 0


def test_a_backend_that_is_not_installed_is_missing(tmp_path, monkeypatch):
    (tmp_path / "jax.py").write_text("raise ImportError('no jax here')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(BackendMissingError, match="no jax here"):
        run_backends.probe("jax")


def test_a_backend_that_answers_for_another_is_missing(monkeypatch):
    answer = subprocess.CompletedProcess([], 0, '{"backend": "tensorflow", "version": "2", "gpus": []}\n', "")
    monkeypatch.setattr(run_backends.subprocess, "run", lambda *_, **__: answer)
    with pytest.raises(BackendMissingError, match="Keras runs on tensorflow though torch was asked for"):
        run_backends.probe("torch")
    assert run_backends.probe("tensorflow") == ("2", "CPU")


def test_pytest_runs_on_the_backend_that_was_asked_for_with_the_small_data(tmp_path):
    test = tmp_path / "test_it.py"
    code = "import os\ndef test_it(): assert (os.environ['KERAS_BACKEND'], os.environ['COURSE_DATA']) == {!r}\n"
    test.write_text(code.format(("torch", "embedded")), encoding="utf-8")
    options = [f"--rootdir={tmp_path}", "-p", "no:cacheprovider"]
    status, report = run_backends.pytest_report("torch", options, [test])
    assert status == 0 and len(list(report.iter("testcase"))) == 1
    assert run_backends.pytest_report("jax", options, [test])[0] == 1
    assert run_backends.pytest_report("jax", ["--no-such-option"], [test])[1] is None
