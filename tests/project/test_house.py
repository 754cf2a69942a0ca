"""The house itself: its commands, its lists of packages, and what a newcomer meets without a fit Python."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib

import nbformat
import pytest
import rehearse_lab
import render
import yaml
from packaging.requirements import Requirement
from places import ROOT

from helpers.exercises import all_exercises
from helpers.exercises.engine import Result, judge
from helpers.exercises.exercise import Exercise, Misconception

needs_shell = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no POSIX shell; the README has its plain commands"
)


def requirements(lines):
    """Return {name: specifier} of requirement lines, comments left out; names as in `scikit-learn`."""
    found = [Requirement(line) for line in (raw.partition("#")[0].strip() for raw in lines) if line]
    return {each.name.lower().replace("_", "-"): each.specifier for each in found}


def learner_packages():
    return requirements((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())


def test_environment_yml_and_requirements_txt_say_the_same():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    packages = requirements(conda)
    python = packages.pop("python")
    assert packages == learner_packages()
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert str(python) == str(Requirement("python" + metadata["requires-python"]).specifier)


def test_every_requirement_has_a_reason_above_it():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for above, line in zip(["", *lines], lines, strict=False)
        if line and not line.startswith("#") and not above.startswith("#")
    ]
    assert bare == []


def test_constraints_hold_one_version_of_each_package_for_every_supported_python():
    locked = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            each = Requirement(line)
            assert [clause.operator for clause in each.specifier] == ["=="], line
            locked.setdefault(each.name.lower(), []).append(each)
    for name, wanted in learner_packages().items():
        for python in ("3.11", "3.12", "3.13"):
            where = {
                "python_version": python,
                "python_full_version": f"{python}.9",
                "sys_platform": "linux",
                "platform_system": "Linux",
                "platform_machine": "x86_64",
                "os_name": "posix",
                "extra": "",
            }
            valid = [each for each in locked[name] if each.marker is None or each.marker.evaluate(where)]
            assert len(valid) == 1, f"{name} on Python {python}: {valid}"
            version = next(iter(valid[0].specifier)).version
            assert wanted.contains(version), f"constraints.txt has {name} {version}, requirements.txt wants {wanted}"


# Packages whose import name is another; None: nothing of ours has to install it.
PACKAGES = {
    "IPython": "ipython",
    "PIL": "pillow",
    "mpl_toolkits": "matplotlib",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
    "google": None,  # Colab has it, and our stand-in plays it
    "jax": None,  # a backend other than the default one: who chooses it has it, by an extra of its name
    "torch": None,
}


def may_be_missing(node):
    """Say whether a `try` goes on where an import fails."""
    if not isinstance(node, ast.Try):
        return False
    caught = [name.id for each in node.handlers if each.type for name in ast.walk(each.type) if hasattr(name, "id")]
    return bool({"ImportError", "ModuleNotFoundError"} & set(caught))


def imported_modules(source):
    """Return the top-level names of the modules that a program cannot do without."""
    tree = ast.parse(source)
    optional = {
        id(node) for each in ast.walk(tree) if may_be_missing(each) for part in each.body for node in ast.walk(part)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in optional:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("folder", ["helpers", "tools", "tests", "benchmarks"])
def test_every_import_is_of_a_declared_package(folder):
    """What comes with another package today may not come with it tomorrow. Learners get no extra `test`."""
    declared = set(learner_packages())
    if folder != "helpers":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        declared |= set(requirements(project["optional-dependencies"]["test"]))
    ours = {"helpers", "benchmarks"} | {
        path.stem for each in ("tools", "tests") for path in (ROOT / each).rglob("*.py")
    }
    undeclared = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        modules = imported_modules(path.read_text(encoding="utf-8")) - sys.stdlib_module_names - ours
        packages = {PACKAGES.get(name, name.replace("_", "-")) for name in modules}
        if missing := packages - declared - {None}:
            undeclared[path.relative_to(ROOT).as_posix()] = sorted(missing)
    assert undeclared == {}


def test_imports_are_found_wherever_they_stand():
    source = (
        "import a.b, c as d\nfrom e.f import g\nfrom . import h\nfrom .i import j\n"
        "def later():\n    import k\n"
        "try:\n    import l\nexcept (ImportError, OSError):\n    import m\n"
        "try:\n    import n\nexcept ValueError:\n    pass\n"
    )
    assert imported_modules(source) == set("acekmn")


@needs_shell
def test_make_alone_lists_every_target():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    listed = subprocess.run(["make", "-s"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    rules = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[0].split()
    public = {rule for rule in rules if not rule.startswith("setup-")}
    assert {line.split()[1] for line in listed.splitlines()} == public
    assert all(re.match(r"make [a-z-]+ +\S+", line) for line in listed.splitlines())


def machine(folder, **pythons):
    """Lay out a folder like the repository, and a PATH that knows only the given fake interpreters."""
    programs = folder / "bin"
    programs.mkdir()
    for name, script in pythons.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    for tool in ("sh", "cat", "cksum", "rm", "mkdir", "cp", "mv"):
        (programs / tool).symlink_to(shutil.which(tool))
    for name in ("requirements.txt", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)


def bootstrap(folder, kind="lab", **variables):
    """Run tools/bootstrap.sh on that machine; returns the finished process with its text."""
    return subprocess.run(
        [str(folder / "bin" / "sh"), str(ROOT / "tools" / "bootstrap.sh"), kind],
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": str(folder / "bin"), "HOME": str(folder), **variables},
        check=False,
        timeout=60,
    )


@needs_shell
@pytest.mark.parametrize(
    ("pythons", "words"),
    [
        ({}, ["No Python was found", "3.11, 3.12 or 3.13"]),
        ({"python3": "printf 3.9"}, ["3.11, 3.12 or 3.13", "found only 3.9"]),
        ({"python": "printf 2.7", "python3": "printf 3.14"}, ["found only 3.14, 2.7"]),
        (
            {"python3": 'case "$2" in *ensurepip*) exit 1 ;; *) printf 3.12 ;; esac'},
            ["Python 3.12", "venv", "python3.12-venv"],
        ),
    ],
    ids=["none", "too old", "too old and too new", "without venv"],
)
def test_no_fit_python_is_one_clear_line(tmp_path, pythons, words):
    machine(tmp_path, **pythons)
    done = bootstrap(tmp_path)
    assert done.returncode == 1 and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert all(word in done.stderr for word in words), done.stderr
    assert not (tmp_path / ".venv").exists()


def fit_python(folder, version="3.12"):
    """A fake interpreter: it makes a fake environment, whose pip only records that it was called."""
    inside = folder / ".venv" / "bin"
    return (
        'case "$*" in\n'
        f"  *version_info*) printf {version} ;;\n"
        f'  --version) echo "Python {version}.0" ;;\n'
        f'  "-m venv"*) mkdir -p "{inside}"; rm -f "{inside}/python"; cp "$0" "{inside}/python" ;;\n'
        f'  *"pip install"*) echo "$*" >> "{folder}/pip-calls" ;;\n'
        "esac"
    )


def pip_calls(folder):
    """Return what pip was called with on that machine, a line for each call."""
    calls = folder / "pip-calls"
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


@needs_shell
def test_an_installed_environment_is_left_alone_until_the_recipe_changes(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path))
    first = bootstrap(tmp_path)
    assert first.returncode == 0, first.stderr
    assert len(pip_calls(tmp_path)) == 1
    assert "--constraint constraints.txt" in pip_calls(tmp_path)[0] and "--upgrade" not in pip_calls(tmp_path)[0]
    assert bootstrap(tmp_path).stdout == ""
    assert len(pip_calls(tmp_path)) == 1, "a second run must install nothing"
    with (tmp_path / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("another-package\n")
    assert bootstrap(tmp_path).returncode == 0
    assert len(pip_calls(tmp_path)) == 2


@needs_shell
def test_who_has_more_has_what_a_smaller_kind_needs(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path))
    counts = []
    for kind in ["lab", "test", "backends", "backends", "test", "lab"]:
        assert bootstrap(tmp_path, kind).returncode == 0
        counts.append(len(pip_calls(tmp_path)))
    assert counts == [1, 2, 3, 3, 3, 3]
    extras = [line.split("--editable ")[1] for line in pip_calls(tmp_path)]
    assert extras == [".", ".[test]", ".[test,jax,torch]"]


@needs_shell
def test_without_constraints_everything_is_upgraded_at_every_call(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path))
    bootstrap(tmp_path)
    for _ in range(2):
        assert bootstrap(tmp_path, CONSTRAINTS="").returncode == 0
    newest = [line for line in pip_calls(tmp_path) if "--upgrade --upgrade-strategy eager" in line]
    assert newest == pip_calls(tmp_path)[1:] and len(newest) == 2
    assert not any("--constraint" in line for line in newest)
    bootstrap(tmp_path)
    assert "--constraint constraints.txt" in pip_calls(tmp_path)[-1], "back to the versions of the lock file"


@needs_shell
@pytest.mark.parametrize(
    ("script", "words"),
    [
        (None, ["PYTHON=my-python", "does not run", "3.11, 3.12 or 3.13"]),
        ("exit 127", ["PYTHON=my-python", "does not run"]),
        ('echo "$@"', ["PYTHON=my-python", "does not run"]),
        ("printf 3.9", ["PYTHON=my-python is Python 3.9", "3.11, 3.12 or 3.13"]),
        ("printf 3.14", ["PYTHON=my-python is Python 3.14", "3.11, 3.12 or 3.13"]),
        (
            'case "$2" in *ensurepip*) exit 1 ;; *) printf 3.12 ;; esac',
            ["PYTHON=my-python", "venv", "python3.12-venv"],
        ),
    ],
    ids=["not there", "a shim of nothing", "no Python", "too old", "too new", "without venv"],
)
@pytest.mark.parametrize("ready", [False, True], ids=["fresh", "with a .venv"])
def test_an_unfit_python_that_is_asked_for_is_one_clear_line(tmp_path, script, words, ready):
    """A fit python3 is there as well: it must not be taken in the other's place."""
    machine(tmp_path, python3=fit_python(tmp_path), **({"my-python": script} if script else {}))
    if ready:
        bootstrap(tmp_path)
    calls = pip_calls(tmp_path)
    done = bootstrap(tmp_path, PYTHON="my-python")
    assert done.returncode == 1 and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert all(word in done.stderr for word in words), done.stderr
    assert pip_calls(tmp_path) == calls and (tmp_path / ".venv").exists() == ready


@needs_shell
def test_the_python_that_is_asked_for_is_taken_though_its_path_has_a_blank(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path, "3.11"))
    bootstrap(tmp_path)
    folder = tmp_path / "my pythons"
    folder.mkdir()
    asked = folder / "python"
    asked.write_text(f"#!/bin/sh\n{fit_python(tmp_path, '3.13')}\n", encoding="utf-8")
    asked.chmod(0o755)
    done = bootstrap(tmp_path, PYTHON=str(asked))
    assert done.returncode == 0, done.stderr
    first = done.stdout.splitlines()[0]
    assert first.startswith("Making .venv anew with Python 3.13.0, because its Python 3.11 is not that of PYTHON=")
    assert (tmp_path / ".venv" / "bin" / "python").read_bytes() == asked.read_bytes()
    assert bootstrap(tmp_path, PYTHON=str(asked)).stdout == "", "the same version again: nothing to do"
    assert bootstrap(tmp_path).stdout == "", "and no other version is asked for"


@needs_shell
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("printf 3.9", "its Python 3.9 is not Python 3.11, 3.12 or 3.13"),
        ("printf 3.14", "its Python 3.14 is not Python 3.11, 3.12 or 3.13"),
        ("exit 127", "its Python does not run any more"),
        ('case "$*" in *pip*) exit 1 ;; *) printf 3.12 ;; esac', "its pip does not run"),
    ],
    ids=["too old", "too new", "vanished", "without pip"],
)
def test_an_environment_that_cannot_serve_is_made_anew(tmp_path, script, reason):
    machine(tmp_path, python3=fit_python(tmp_path))
    bootstrap(tmp_path)  # its stamp says that all is installed
    (tmp_path / ".venv" / "bin" / "python").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    done = bootstrap(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"Making .venv anew with Python 3.12.0, because {reason}"
    assert len(pip_calls(tmp_path)) == 2
    assert bootstrap(tmp_path).stdout == ""


@needs_shell
def test_an_environment_that_was_not_made_here_is_kept_aside(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "thesis.txt").write_text("three years of work", encoding="utf-8")
    done = bootstrap(tmp_path)
    assert done.returncode == 0 and "kept as .venv-kept-1" in done.stdout
    assert (tmp_path / ".venv-kept-1" / "thesis.txt").read_text(encoding="utf-8") == "three years of work"
    assert (tmp_path / ".venv" / "bin" / "python").exists()


@needs_shell
def test_an_environment_whose_python_was_replaced_by_another_fit_one_is_installed_again(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path, "3.11"))
    bootstrap(tmp_path)
    inside = tmp_path / ".venv" / "bin" / "python"
    inside.write_text(f"#!/bin/sh\n{fit_python(tmp_path, '3.12')}\n", encoding="utf-8")
    bootstrap(tmp_path)
    assert len(pip_calls(tmp_path)) == 2


def test_render_keeps_no_detail_of_the_run():
    out = nbformat.v4.new_output
    slider = nbformat.v4.new_code_cell(
        "s", metadata={"tags": ["slider"]}, outputs=[out("display_data", {"text/plain": "x"})]
    )
    plain = nbformat.v4.new_code_cell(
        "p",
        metadata={"execution": {"iopub.status.busy": "now"}},
        outputs=[
            out("stream", name="stdout", text="a\n"),
            out("stream", name="stdout", text="b\n"),
            out("stream", name="stderr", text="c\n"),
        ],
    )
    notebook = nbformat.v4.new_notebook(
        cells=[slider, plain],
        metadata={"widgets": {}, "language_info": {"name": "python", "version": "3.11.7"}},
    )
    render.strip_run_details(notebook)
    render.merge_streams(notebook)
    assert slider.outputs == [] and "execution" not in plain.metadata
    assert [(output.name, output.text) for output in plain.outputs] == [
        ("stdout", "a\nb\n"),
        ("stderr", "c\n"),
    ]
    assert "widgets" not in notebook.metadata and "version" not in notebook.metadata.language_info


def test_render_says_what_is_missing():
    with pytest.raises(SystemExit, match="does not exist"):
        render.notebooks_in(["no-such-notebook.ipynb"])


def test_the_stranger_and_the_missing_course_are_one_sentence_each(tmp_path):
    cell = (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8")
    report = "except Exception as problem:\n    print(''.join(problem._render_traceback_()))"
    program = f"try:\n    exec({cell!r})\n{report}"
    missing = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    ).stdout
    assert "were not found" in missing and len(missing.splitlines()) == 1
    stranger = tmp_path / "site" / "helpers"
    stranger.mkdir(parents=True)
    (stranger / "__init__.py").write_text("", encoding="utf-8")
    program = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n{program}"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    ).stdout
    assert "another package called helpers" in told and str(stranger) in told and len(told.splitlines()) == 1


@pytest.mark.parametrize("start", [".", "notebooks"])
def test_the_set_up_cell_finds_helpers_beside_it_and_prints_nothing(start):
    cell = (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8")
    program = f"{cell}\n{cell}\nprint(course.__file__, len(sys.path) == len(set(sys.path)))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT / start,
        check=True,
    )
    assert done.stdout.strip() == f"{ROOT / 'helpers' / 'course.py'} True"


# --- the answers that tools/rehearse_lab.py types into the exercises --------------------------------------------


def run_as_cell(source):
    """Run the text of an exercise's cell without its check; return what it defines."""
    known = {"np": rehearse_lab.np}
    exec(source.rpartition("\n\n")[0], known)
    return known


@pytest.mark.parametrize("name", sorted(all_exercises()))
def test_a_wrong_and_a_right_answer_can_be_typed(name):
    exercise = all_exercises()[name]
    for source, result in (
        (rehearse_lab.wrong_answer(exercise), Result.NOT_YET),
        (rehearse_lab.right_answer(exercise), Result.CORRECT),
    ):
        check = re.fullmatch(r"exercises\.check\(\"(\w+)\", (\w+)\)", source.splitlines()[-1])
        assert check[1] == name
        assert judge(exercise, run_as_cell(source)[check[2]]).result == result


def double(x):
    """Double a number."""
    return 2 * x


def made_by(factor):
    """Make a wrong `double` that cannot be typed: it knows a number from outside."""

    def closure(x):
        return factor * x

    return closure


def _of_this_file(x):
    return ROOT and 3 * x


def _raises(x):
    raise ValueError("no")


def _typed(x):
    return np.add(x, x) + 1  # noqa: F821 - a learner's notebook has it


@pytest.mark.parametrize(
    ("functions", "chosen"),
    [
        ([made_by(3), _of_this_file, _raises, lambda x: 4 * x, max, _typed, made_by(5)], "_typed"),
        ([made_by(3)], "answer"),
        ([], "answer"),
    ],
)
def test_the_wrong_answer_is_one_that_stands_alone(functions, chosen):
    exercise = Exercise(
        name="double",
        task="Double it.",
        reference=double,
        probes=lambda rng: [(1.0,), (2.0,), (rng.normal(),)],
        misconceptions=[Misconception(function, "No.") for function in functions],
    )
    source = rehearse_lab.wrong_answer(exercise)
    assert source.endswith(f'exercises.check("double", {chosen})')
    assert judge(exercise, run_as_cell(source)[chosen]).result == Result.NOT_YET
