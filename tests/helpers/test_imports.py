"""Who imports whom in helpers/: nobody upwards, and slow libraries only where they are needed.

`MAY_IMPORT` below is the whole table. Imports are read from the code, so that an import in a function which no test
happens to call is checked as well.
"""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import ROOT

HELPERS = ROOT / "helpers"
BACKENDS = {"tensorflow", "jax", "torch"}


@dataclass(frozen=True)
class Allowed:
    """What a module or folder of helpers/ may import besides the standard library and itself."""

    top: frozenset = frozenset()  # at module level, and so inside functions as well
    inside: frozenset = frozenset()  # inside functions only: who never calls them never pays for it


def may_import(top="", inside=""):
    return Allowed(frozenset(top.split()), frozenset(inside.split()))


ALL_OTHERS = (
    "helpers.data helpers.network helpers.precision helpers.gradients helpers.worksheet helpers.training "
    "helpers.remedies helpers.digit_files helpers.plots helpers.exercises"
)
MAY_IMPORT = {
    "helpers": may_import(),  # the package itself: `import helpers` takes no time
    "helpers.data": may_import("numpy", "mlxtend keras sklearn certifi"),
    "helpers.network": may_import("numpy"),
    "helpers.precision": may_import(inside="keras tensorflow jax torch"),
    "helpers.gradients": may_import("numpy helpers.precision", "keras tensorflow jax torch"),
    "helpers.optimisers": may_import("numpy"),
    "helpers.worksheet": may_import("numpy"),
    # It defines subclasses of Keras' classes; only notebooks that train with Keras import it.
    "helpers.training": may_import("numpy keras"),
    "helpers.remedies": may_import("numpy", "keras helpers.data helpers.training"),
    "helpers.digit_files": may_import("numpy", "PIL scipy"),
    "helpers.plots": may_import("matplotlib mpl_toolkits numpy IPython PIL", "mlxtend sklearn ipywidgets"),
    # Exercises that measure a network on held-out pictures load them.
    "helpers.exercises": may_import("numpy helpers.network", "IPython helpers.data"),
    "helpers.lab": may_import(inside="jupyterlab"),  # it lays the learner's copies also where nothing is installed
    # The top: it imports all others and none imports it.
    "helpers.course": may_import(f"helpers {ALL_OTHERS}", "numpy packaging keras tensorflow jax torch"),
}
# The one place that imports modules by a computed name: it finds the exercises of all notebooks.
FINDS_MODULES = "helpers/exercises/registry.py"


def module_name(path):
    """helpers/exercises/engine.py -> helpers.exercises.engine"""
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


def part_of(module):
    """The part of helpers/, or the library, that a module belongs to.

    helpers.exercises.engine -> helpers.exercises, matplotlib.pyplot -> matplotlib
    """
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
        # "from helpers import data" brings a part of it, "from helpers import COURSE" a name of the package itself.
        names = [f"{base}.{alias.name}" for alias in node.names]
        return [name if part_of(name) in MAY_IMPORT else base for name in names] if base == "helpers" else [base]
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
    own = part_of(module_name(path))
    if own not in MAY_IMPORT:
        return [f"{path}: {own} has no row in MAY_IMPORT"]
    faults = []
    for node, inside in walk(ast.parse(source)):
        for module in imported(node, path):
            wanted, rules = part_of(module), MAY_IMPORT[own]
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
def test_a_module_imports_only_what_it_may(path):
    faults = find_import_faults(path, (ROOT / path).read_text(encoding="utf-8"))
    assert not faults, "\n".join(faults)


def test_the_table_itself_lets_nobody_look_upwards_and_keeps_keras_out_at_once():
    for name, rules in MAY_IMPORT.items():
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
        ("helpers/extra.py", "", "helpers.extra has no row in MAY_IMPORT"),
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
