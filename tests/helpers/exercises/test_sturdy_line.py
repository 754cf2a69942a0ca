"""The open exercise of notebook 01: any line that forgives errors of measurement passes, and no other."""

import itertools

import numpy as np
import pytest

from helpers.exercises.n01_perceptron import examine_line

CATS, DOGS = [(4.0, 25), (3.2, 23), (5.1, 26), (4.5, 24)], [(9.0, 38), (20.0, 50), (14.0, 44), (8.0, 36)]


def forgives(w_1, w_2, b):
    """All the ways in which scales and ruler may be off, the ends and what lies between."""
    for kilos, centimetres in itertools.product(np.linspace(-1.2, 1.2, 5), np.linspace(-5, 5, 5)):
        sums = [[w_1 * (x + kilos) + w_2 * (y + centimetres) + b for x, y in kind] for kind in (CATS, DOGS)]
        if not max(sums[0]) <= 0 < min(sums[1]):
            return False
    return True


def test_the_examination_agrees_with_trying_all_errors():
    rng = np.random.default_rng(0)
    passed = 0
    for _ in range(400):
        slope, height = rng.uniform(0, 1), rng.uniform(28, 44)
        line = 1, slope, -(6.5 + slope * 31) + rng.normal() * 0.3 if height < 36 else -height
        assert (examine_line(line) is None) == forgives(*line)
        passed += forgives(*line)
    assert 20 < passed < 380


@pytest.mark.parametrize("line", [(2, 2, -75), ([1, 1], -37.5), (np.array([1, 1]), -37.5), np.array([1, 0, -6.5])])
def test_other_right_lines_pass_whatever_their_form(line):
    assert examine_line(line) is None


def test_the_hint_names_the_animal_and_how_it_was_measured():
    hint = examine_line((1, 1, -40))
    assert "the dog of 8 kg and 36 cm, measured as 6.8 kg and 31 cm" in hint.text
