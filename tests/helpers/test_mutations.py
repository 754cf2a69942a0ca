"""Every mistake of `mutations.py`, put into a copy of its module, is noticed by a check."""

import types
from pathlib import Path

import pytest
from mutations import MUTATIONS
from network_checks import GRADIENT_CHECKS, NETWORK_CHECKS

import helpers
from helpers import course

pytestmark = pytest.mark.weekly
CHECKS = {"network": NETWORK_CHECKS, "gradients": GRADIENT_CHECKS}
SOURCES = {name: Path(helpers.__file__).with_name(f"{name}.py").read_text(encoding="utf-8") for name in CHECKS}


@pytest.fixture(scope="module", autouse=True)
def quiet_keras():
    course.start_keras()


def loaded(name, source):
    """A module of its own made of this source; the real one is left alone."""
    module = types.ModuleType(f"{name}_copy")
    exec(compile(source, f"{name}_copy.py", "exec"), module.__dict__)
    return module


def caught_by(name, source):
    """The name of the first check that fails on this source; None if all pass."""
    try:
        module = loaded(name, source)
    except Exception as problem:
        return f"import: {problem!r}"
    for check in CHECKS[name]:
        try:
            check(module)
        except Exception:  # a mistake may as well end in an error of NumPy's
            return check.__name__
    return None


@pytest.mark.parametrize("name", CHECKS)
def test_the_unchanged_module_passes_every_check(name):
    assert caught_by(name, SOURCES[name]) is None


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a mistake may well overflow
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: f"{mutation.module}: {mutation.new[:50]}")
def test_a_mistake_is_noticed(mutation):
    source = SOURCES[mutation.module]
    assert source.count(mutation.old) == 1, f"{mutation.old!r} occurs {source.count(mutation.old)} times"
    caught = caught_by(mutation.module, source.replace(mutation.old, mutation.new))
    assert caught is not None, "no check noticed it"
    assert not caught.startswith("import"), caught


def test_there_are_enough_different_mistakes():
    assert len(set(MUTATIONS)) == len(MUTATIONS) >= 20
    assert {mutation.module for mutation in MUTATIONS} == set(CHECKS)


def test_a_check_that_notices_nothing_would_be_seen(monkeypatch):
    monkeypatch.setitem(CHECKS, "network", [lambda module: None])
    assert caught_by("network", SOURCES["network"].replace("LEAK = 0.2", "LEAK = 0.3")) is None
