"""The house itself: its commands, its lists of packages, and what a newcomer meets without a fit Python."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
needs_shell = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no POSIX shell; the README has its plain commands"
)


def requirements(lines):
    """Return {name: specifier} of requirement lines, comments left out."""
    found = [Requirement(line) for line in (raw.partition("#")[0].strip() for raw in lines) if line]
    return {each.name.lower(): each.specifier for each in found}


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


def test_no_machine_and_no_registry_is_named():
    for name in ("constraints.txt", "requirements.txt", "environment.yml", "pyproject.toml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"--(extra-)?index-url|--find-links|file://|/(home|root|work|tmp)/", text), name


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
    for tool in ("sh", "cat", "cksum", "rm", "mkdir", "cp"):
        (programs / tool).symlink_to(shutil.which(tool))
    for name in ("requirements.txt", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)


def bootstrap(folder):
    """Run tools/bootstrap.sh on that machine; returns the finished process with its text."""
    return subprocess.run(
        [str(folder / "bin" / "sh"), str(ROOT / "tools" / "bootstrap.sh"), "lab"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": str(folder / "bin"), "HOME": str(folder)},
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


@needs_shell
def test_an_installed_environment_is_left_alone_until_the_recipe_changes(tmp_path):
    """The fake interpreter makes a fake environment whose pip only records that it was called."""
    inside = tmp_path / ".venv" / "bin"
    fake = (
        'case "$*" in\n'
        "  *version_info*) printf 3.12 ;;\n"
        f'  "-m venv"*) mkdir -p "{inside}"; cp "$0" "{inside}/python" ;;\n'
        f'  *"pip install"*) echo "$*" >> "{tmp_path}/pip-calls" ;;\n'
        "esac"
    )
    machine(tmp_path, python3=fake)
    calls = tmp_path / "pip-calls"
    first = bootstrap(tmp_path)
    assert first.returncode == 0, first.stderr
    assert len(calls.read_text(encoding="utf-8").splitlines()) == 1
    assert bootstrap(tmp_path).stdout == ""
    assert len(calls.read_text(encoding="utf-8").splitlines()) == 1, "a second run must install nothing"
    with (tmp_path / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("another-package\n")
    assert bootstrap(tmp_path).returncode == 0
    assert len(calls.read_text(encoding="utf-8").splitlines()) == 2


@pytest.fixture(scope="module")
def render():
    spec = importlib.util.spec_from_file_location("render", ROOT / "tools" / "render.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_render_keeps_no_detail_of_the_run(render):
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


def test_render_says_what_is_missing(render):
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
