"""The rooms of the house: who may import whom, one list of Python versions, and nothing of one machine's.

The table of design section 2 is `ROOMS` below; imports are read from the code, so that a room which no test
happens to enter is checked as well.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from notebook_rules import MACHINE_PATH, read, strings
from packaging.specifiers import SpecifierSet

from helpers import course

ROOT = Path(__file__).resolve().parent.parent
HELPERS = ROOT / "helpers"
BACKENDS = {"tensorflow", "jax", "torch"}


# ---- who may import whom ----


@dataclass(frozen=True)
class Room:
    """What a module or folder of helpers/ may import besides the standard library and itself."""

    top: frozenset = frozenset()  # at module level, and so inside functions as well
    inside: frozenset = frozenset()  # inside functions only: who never calls them never pays for it


def room(top="", inside=""):
    return Room(frozenset(top.split()), frozenset(inside.split()))


ALL_ROOMS = (
    "helpers.data helpers.network helpers.gradients helpers.worksheet helpers.training helpers.pictures helpers.plots "
    "helpers.exercises"
)
ROOMS = {
    "helpers": room(),  # the package itself: `import helpers` takes no time
    "helpers.data": room("numpy", "mlxtend keras sklearn certifi"),
    "helpers.network": room("numpy"),
    "helpers.gradients": room("numpy", "keras tensorflow jax torch"),
    "helpers.worksheet": room("numpy"),
    # It defines subclasses of Keras' classes; only notebooks that train with Keras import it.
    "helpers.training": room("numpy keras"),
    "helpers.pictures": room("numpy", "PIL scipy"),
    "helpers.plots": room("matplotlib numpy IPython PIL", "mlxtend sklearn ipywidgets"),
    "helpers.exercises": room("numpy helpers.network", "IPython"),
    # The top: it sees all rooms and no room sees it.
    "helpers.course": room(f"helpers {ALL_ROOMS}", "numpy packaging keras tensorflow jax torch"),
}
# The one place that imports modules by a computed name: it finds the exercises of all notebooks.
FINDS_MODULES = "helpers/exercises/registry.py"


def module_name(path):
    """helpers/exercises/engine.py -> helpers.exercises.engine"""
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


def room_of(module):
    """The room of a module: helpers.exercises.engine -> helpers.exercises, matplotlib.pyplot -> matplotlib."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "helpers" else parts[0]


def imported(node, path):
    """The modules that one statement or call imports, by their full names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        package = module_name(path).split(".")
        if Path(path).name != "__init__.py":
            package = package[:-1]
        above = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        # "from helpers import data" brings a room, "from helpers import COURSE" a name of the package itself.
        names = [f"{base}.{alias.name}" for alias in node.names]
        return [name if room_of(name) in ROOMS else base for name in names] if base == "helpers" else [base]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in (
        "importlib.import_module",
        "import_module",
        "__import__",
    ):
        named = node.args and isinstance(node.args[0], ast.Constant)
        return [node.args[0].value if named else "a module of a computed name"]
    return []


def walk(node, inside=False):
    """Pairs of each node and whether it stands inside a function."""
    for child in ast.iter_child_nodes(node):
        yield child, inside
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from walk(child, inside or function)


def find_import_faults(path, source):
    """What a module imports and may not; `path` as git names it."""
    own = room_of(module_name(path))
    if own not in ROOMS:
        return [f"{path}: {own} has no row in ROOMS, nor in the table of the design"]
    faults = []
    for node, inside in walk(ast.parse(source)):
        for module in imported(node, path):
            wanted, rules = room_of(module), ROOMS[own]
            if module == "a module of a computed name" and path == FINDS_MODULES:
                continue
            if wanted in sys.stdlib_module_names or wanted == own or wanted in rules.top:
                continue
            if wanted not in rules.inside:
                faults.append(f"{path}:{node.lineno}: {own} must not import {module}")
            elif not inside:
                faults.append(f"{path}:{node.lineno}: {own} may import {module} inside functions only")
    return faults


@pytest.mark.parametrize("path", sorted(p.relative_to(ROOT).as_posix() for p in HELPERS.rglob("*.py")))
def test_a_module_imports_only_what_its_room_may(path):
    faults = find_import_faults(path, (ROOT / path).read_text(encoding="utf-8"))
    assert not faults, "\n".join(faults)


def test_the_table_itself_lets_nobody_look_upwards_and_keeps_keras_out_at_once():
    for name, rules in ROOMS.items():
        assert "helpers.course" not in rules.top | rules.inside, name
        assert not rules.top & BACKENDS, name
        assert name == "helpers.training" or "keras" not in rules.top, name


@pytest.mark.parametrize(
    "path, source, expected",
    [
        ("helpers/data/cache.py", "import keras", "cache.py:1: helpers.data may import keras inside functions only"),
        ("helpers/data/cache.py", "if True:\n    import sklearn.datasets", "py:2: helpers.data may import sklearn.dat"),
        ("helpers/data/cache.py", "class A:\n    from mlxtend import data", "may import mlxtend inside functions only"),
        ("helpers/data/cache.py", "import pandas", "helpers.data must not import pandas"),
        ("helpers/data/cache.py", "def f():\n    from helpers import course", "py:2: helpers.data must not import h"),
        ("helpers/data/cache.py", "def f():\n    from .. import course", "helpers.data must not import helpers.course"),
        ("helpers/data/cache.py", "from ..course import doctor", "helpers.data must not import helpers.course"),
        ("helpers/data/cache.py", "import helpers.plots as p", "helpers.data must not import helpers.plots"),
        ("helpers/data/cache.py", "import helpers", "helpers.data must not import helpers"),
        ("helpers/data/cache.py", "def f():\n    __import__('torch')", "helpers.data must not import torch"),
        ("helpers/plots/neurons.py", "import ipywidgets", "helpers.plots may import ipywidgets inside functions only"),
        ("helpers/plots/neurons.py", "from .. import data", "helpers.plots must not import helpers.data"),
        ("helpers/plots/neurons.py", "from ..exercises import x", "helpers.plots must not import helpers.exercises"),
        ("helpers/plots/__init__.py", "from .. import course", "helpers.plots must not import helpers.course"),
        ("helpers/exercises/engine.py", "import IPython", "helpers.exercises may import IPython inside functions only"),
        ("helpers/exercises/engine.py", "from helpers import plots", "helpers.exercises must not import helpers.plots"),
        ("helpers/exercises/engine.py", "def f():\n    import keras", "helpers.exercises must not import keras"),
        ("helpers/exercises/engine.py", "import_module(name)", "must not import a module of a computed name"),
        ("helpers/network.py", "def f():\n    import scipy", "helpers.network must not import scipy"),
        ("helpers/gradients.py", "import keras", "helpers.gradients may import keras inside functions only"),
        ("helpers/training.py", "import tensorflow", "helpers.training must not import tensorflow"),
        ("helpers/training.py", "def f():\n    from helpers import course", "must not import helpers.course"),
        ("helpers/course.py", "import tensorflow as tf", "helpers.course may import tensorflow inside functions only"),
        ("helpers/course.py", "import numpy", "helpers.course may import numpy inside functions only"),
        ("helpers/__init__.py", "from . import course", "helpers must not import helpers.course"),
        ("helpers/__init__.py", "import numpy", "helpers must not import numpy"),
        ("helpers/extra.py", "", "helpers.extra has no row in ROOMS"),
    ],
)
def test_a_forbidden_import_is_named(path, source, expected):
    faults = find_import_faults(path, source)
    assert len(faults) == 1 and expected in faults[0], faults


@pytest.mark.parametrize(
    "path, source",
    [
        ("helpers/data/cache.py", "import hashlib, ssl\nimport numpy as np\ndef f():\n    import keras, certifi"),
        ("helpers/plots/neurons.py", "from matplotlib import pyplot\nfrom .base import show\nfrom . import twin"),
        ("helpers/plots/__init__.py", "from .base import show\nfrom helpers.plots import twin"),
        ("helpers/exercises/n05_x.py", "from helpers.network import fit\nfrom helpers import network"),
        (FINDS_MODULES, "import importlib\nimportlib.import_module(package)"),
        (
            "helpers/course.py",
            "import helpers\nfrom . import data\nasync def f():\n    from helpers import plots, COURSE",
        ),
        ("helpers/course.py", "f = lambda: __import__('jax')"),
    ],
)
def test_an_allowed_import_passes(path, source):
    assert find_import_faults(path, source) == []


def test_every_package_of_helpers_is_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    there = {module_name(path.relative_to(ROOT)) for path in HELPERS.rglob("__init__.py")}
    assert set(settings["packages"]) == there


# ---- one list of Python versions ----


def in_pyproject():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = SpecifierSet(settings["project"]["requires-python"])
    return [f"3.{minor}" for minor in range(100) if f"3.{minor}.0" in wanted]


PYTHONS = in_pyproject()


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def found(pattern, name):
    """The versions in the one place of a file that a pattern finds."""
    places = re.findall(pattern, text_of(name))
    assert len(places) == 1, f"{name}: {len(places)} places match {pattern}"
    return re.findall(r"3\.\d+", places[0])


def in_matrix(name, job):
    return yaml.safe_load(text_of(name))["jobs"][job]["strategy"]["matrix"]["python"]


def in_course():
    (major, low), (same, high) = course.SUPPORTED_PYTHON
    assert major == same == 3
    return [f"3.{minor}" for minor in range(low, high + 1)]


def in_constraints_test():
    """The versions for which tests/test_house.py looks at constraints.txt."""
    functions = [node for node in ast.parse(text_of("tests/test_house.py")).body if isinstance(node, ast.FunctionDef)]
    one = [function for function in functions if "constraints" in function.name and "every_supported" in function.name]
    assert len(one) == 1, "tests/test_house.py must look at constraints.txt for every supported Python"
    texts = [node.value for node in ast.walk(one[0]) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if re.fullmatch(r"3\.\d+", text)]


def in_bootstrap_glob():
    minors = re.findall(r"versions/3\.1\[(\d+)\]\.", text_of("tools/bootstrap.sh"))
    assert len(minors) == 1
    return [f"3.1{digit}" for digit in minors[0]]


PLACES = {
    "helpers/course.py": in_course,
    "tools/bootstrap.sh, what it says": lambda: found(r'(?m)^wanted="(.*)"$', "tools/bootstrap.sh"),
    "tools/bootstrap.sh, what it takes": lambda: found(r"(?m)^.*?\b(3\.\d+(?: \| 3\.\d+)+)\)", "tools/bootstrap.sh"),
    "tools/bootstrap.sh, what it tries": lambda: found(r"for candidate in ([^;\\\n]*)", "tools/bootstrap.sh"),
    "tools/bootstrap.sh, pyenv": in_bootstrap_glob,
    ".github/workflows/tests.yml": lambda: in_matrix(".github/workflows/tests.yml", "linux"),
    ".github/workflows/weekly.yml": lambda: in_matrix(".github/workflows/weekly.yml", "newest"),
    "tests/test_house.py, constraints": in_constraints_test,
    "README.md": lambda: found(r"Both need Python (.*) and make", "README.md"),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_supported_pythons_are_the_same_everywhere(place):
    # Compared without their order: the newest may be tried first.
    assert sorted(PLACES[place]()) == sorted(PYTHONS) != [], place


def test_lock_and_style_start_at_the_oldest_python():
    assert found(r"uv pip compile[^\n]* --python-version (\S+)", "Makefile") == PYTHONS[:1]
    style = tomllib.loads(text_of("pyproject.toml"))["tool"]["ruff"]["target-version"]
    assert style == f"py{PYTHONS[0].replace('.', '')}"


# ---- nothing of one machine's ----

REGISTRY = re.compile(
    r"(?i)\b[\w.-]*pypi[\w-]*\.(?!(?:txt|md|py|toml|yml)\b)[a-z]\w*|\b[\w.-]*pythonhosted\.org|\bartifactory\b"
    r"|--(?:extra-)?index-url\b|--find-links\b|--trusted-host\b|\bPIP_(?:EXTRA_)?INDEX_URL\b|https?://[^\s\"']*/simple\b"
)
FILE_ADDRESS = re.compile(r"\bfile:/{2,}")
# They must name what they look for; everything else is free of it.
MAY_NAME_MACHINES = {
    "tests/test_notebook_rules.py": "shows for each such path a notebook that the rule refuses",
    "tests/test_architecture.py": "holds the patterns of this test and its examples",
    "tests/test_publish_url.py": "shows that a file:// address is refused as the public one",
}


def machine_marks(text):
    """Everything in a text that belongs to one machine or names a registry."""
    text = re.sub(r"\A#!.*", "", text)  # a script's first line names what every POSIX system has
    return [match[0] for pattern in (MACHINE_PATH, REGISTRY, FILE_ADDRESS) for match in pattern.finditer(text)]


def tracked_files():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout: nobody can tell which files belong to the course")
    # The owner of the folder may be somebody else, as in a container.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    names = os.fsdecode(listed).split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_machine_or_a_registry():
    faults, looked = {}, 0
    for name in tracked_files():
        content = (ROOT / name).read_bytes()
        if name in MAY_NAME_MACHINES or b"\0" in content:
            continue
        looked += 1
        # The letters of a picture may spell anything.
        text = "\n".join(strings(read(ROOT / name))) if name.endswith(".ipynb") else content.decode("utf-8")
        if marks := machine_marks(text):
            faults[name] = marks
    assert looked > 20 and not faults, faults


def test_no_exception_is_idle():
    assert [name for name in MAY_NAME_MACHINES if not machine_marks(text_of(name))] == []


@pytest.mark.parametrize(
    "text",
    [
        "cd /work/main",
        'open("/root/x")',
        "see /home/ada/course",
        "/Users/ada/x",
        r"C:\Users\ada",
        "PATH=/opt/conda/bin",
        "file:///x",
        "https://pypi.org/project/x",
        "https://files.pythonhosted.org/x",
        "pypi.example.corp",
        "https://my-pypi.example/x",
        "--index-url https://x",
        "--extra-index-url=x",
        "--find-links x",
        "https://mirror.example/simple/numpy",
        "#!/bin/sh\n/opt/x/run",
    ],
)
def test_a_machine_or_a_registry_is_noticed(text):
    assert machine_marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "#!/usr/bin/env bash\nset -e",
        "a stranger's package on PyPI. Only the import name is ours",
        "https://keras.io/home/page",
        "the work/home balance, and /dev/null",
        "profile: x, a simple/fast way",
        "$(ROOT)/work/x and ../tmp/y",
    ],
)
def test_what_belongs_to_no_machine_passes(text):
    assert machine_marks(text) == []
