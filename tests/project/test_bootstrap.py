"""tools/bootstrap.sh on machines with Pythons of every kind: what it installs, and what it says where it cannot."""

import os
import shutil
import subprocess

import pytest
from places import PYTHONS, ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no POSIX shell; the README has its plain commands")


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


@pytest.mark.parametrize(
    ("pythons", "words"),
    [
        ({}, ["Python 3.11, 3.12 or 3.13", "this machine has no Python", "https://www.python.org/downloads/"]),
        ({"python3": "printf 3.9", "python": "printf 3.9"}, ["3.11, 3.12 or 3.13", "has Python 3.9. "]),
        ({"python": "printf 2.7", "python3": "printf 3.14"}, ["has Python 3.14, Python 2.7. "]),
        (
            {"python3": 'case "$2" in *ensurepip*) exit 1 ;; *) printf 3.12 ;; esac'},
            ["Python 3.12 without its venv module", "apt install python3.12-venv"],
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


@pytest.mark.parametrize("version", [f"3.{minor}" for minor in range(9, 16)])
def test_the_pythons_of_pyproject_are_taken_and_no_other(tmp_path, version):
    machine(tmp_path, python3=fit_python(tmp_path, version))
    done = bootstrap(tmp_path)
    assert (done.returncode == 0) == (version in PYTHONS), done.stderr


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


def test_who_has_more_has_what_a_smaller_kind_needs(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path))
    counts = []
    for kind in ["lab", "test", "backends", "backends", "test", "lab"]:
        assert bootstrap(tmp_path, kind).returncode == 0
        counts.append(len(pip_calls(tmp_path)))
    assert counts == [1, 2, 3, 3, 3, 3]
    extras = [line.split("--editable ")[1] for line in pip_calls(tmp_path)]
    assert extras == [".", ".[test]", ".[test,jax,torch]"]


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


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (None, ["PYTHON=my-python is no Python that runs", "3.11, 3.12 or 3.13"]),
        ("exit 127", ["PYTHON=my-python is no Python that runs"]),
        ('echo "$@"', ["PYTHON=my-python is no Python that runs"]),
        ("printf 3.9", ["PYTHON=my-python is Python 3.9", "3.11, 3.12 or 3.13"]),
        ("printf 3.14", ["PYTHON=my-python is Python 3.14", "3.11, 3.12 or 3.13"]),
        (
            'case "$2" in *ensurepip*) exit 1 ;; *) printf 3.12 ;; esac',
            ["PYTHON=my-python is Python 3.12 without its venv module", "apt install python3.12-venv"],
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


def test_an_environment_that_was_not_made_here_is_kept_aside(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "thesis.txt").write_text("three years of work", encoding="utf-8")
    done = bootstrap(tmp_path)
    assert done.returncode == 0 and "kept as .venv-kept-1" in done.stdout
    assert (tmp_path / ".venv-kept-1" / "thesis.txt").read_text(encoding="utf-8") == "three years of work"
    assert (tmp_path / ".venv" / "bin" / "python").exists()


def test_an_environment_whose_python_was_replaced_by_another_fit_one_is_installed_again(tmp_path):
    machine(tmp_path, python3=fit_python(tmp_path, "3.11"))
    bootstrap(tmp_path)
    inside = tmp_path / ".venv" / "bin" / "python"
    inside.write_text(f"#!/bin/sh\n{fit_python(tmp_path, '3.12')}\n", encoding="utf-8")
    bootstrap(tmp_path)
    assert len(pip_calls(tmp_path)) == 2
