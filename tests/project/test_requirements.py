"""What is installed: every list of packages and of Python versions serves who reads it."""

import ast
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from places import PYTHONS, ROOT

from helpers import course


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


def test_constraints_hold_one_version_of_each_package_for_every_supported_python():
    locked = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            each = Requirement(line)
            assert [clause.operator for clause in each.specifier] == ["=="], line
            locked.setdefault(each.name.lower(), []).append(each)
    for name, wanted in learner_packages().items():
        for python in PYTHONS:
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
    # Modules that a test writes itself, to be imported by an answer.
    **dict.fromkeys(("slow_library", "outer_library", "first_of_two", "broken_library")),
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


def test_every_package_of_helpers_is_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "helpers").rglob("__init__.py")}
    assert set(settings["packages"]) == there


def test_the_doctor_knows_the_pythons_that_the_course_can_be_installed_on():
    (major, low), (same, high) = course.SUPPORTED_PYTHON
    assert major == same == 3
    assert [f"3.{minor}" for minor in range(low, high + 1)] == PYTHONS


def test_no_line_of_the_constraints_binds_what_only_a_cuda_build_needs():
    names = [line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    assert [name for name in names if name.startswith(("torch", "triton", "cuda-", "nvidia-"))] == []
