"""`make soak` adds a number to all seeds of a notebook, and to nothing else."""

import ast

import pytest
import soak


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("rng = np.random.default_rng(0)", "rng = np.random.default_rng(3)"),
        ("default_rng(1), default_rng(10)", "default_rng(4), default_rng(13)"),
        ("keras.utils.set_random_seed(7)", "keras.utils.set_random_seed(10)"),
        ("course.start_keras(seed=0)", "course.start_keras(seed=3)"),
        ("split(x, 5, random_state=113)", "split(x, 5, random_state=116)"),
        ("SEED = 5\nf(5)", "SEED = 8\nf(5)"),
        ("def f(a, b=1, *, seed=2, c=3): ...", "def f(a, b=1, *, seed=5, c=3): ..."),
        ("def f(a, seed=2, b=1): ...", "def f(a, seed=5, b=1): ..."),
        ('print("größe", 5); default_rng(5)\n# 5', 'print("größe", 5); default_rng(8)\n# 5'),
        ("f(default_rng(\n    1_000,\n))", "f(default_rng(\n    1003,\n))"),
    ],
)
def test_seeds_are_shifted(source, expected):
    assert soak.shifted(source, 3) == expected


@pytest.mark.parametrize(
    "source",
    [
        "default_rng(SEED + 1)",
        "default_rng()",
        "rng.normal(3)",
        "seeds = 4",
        "f(seed=None)",
        "'default_rng(0)'  # default_rng(0)",
        "%time default_rng(0)",
        "random(0)",
    ],
)
def test_what_is_no_seed_stays(source):
    assert soak.shifted(source, 3) == source


def test_every_seed_is_seen_once():
    tree = ast.parse("SEED = 1\ndefault_rng(seed=2)\ndef f(x, *, seed=3): ...")
    assert sorted(seed.value for seed in soak.seeds(tree)) == [1, 2, 3]
