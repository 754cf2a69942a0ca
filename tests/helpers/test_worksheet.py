"""The sheet for pen and paper: its key is the truth, and its marks find mistakes."""

import numpy as np
import pytest
from scipy.special import expit

from helpers import gradients, worksheet

SHEETS = [worksheet.new_sheet(seed) for seed in range(50)]


def error_of(sheet, W1, b1, W2, b2):
    return (sheet.y - expit(expit(sheet.x @ W1 + b1) @ W2 + b2)) ** 2 / 2


def test_a_seed_makes_the_same_sheet_every_time_and_another_one_another():
    texts = [worksheet.new_sheet(seed).text() for seed in range(50)]
    assert texts == [sheet.text() for sheet in SHEETS]
    assert len(set(texts)) == 50


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_key_agrees_with_finite_differences(sheet):
    """The gradients of weights and, for the error terms, of the biases."""
    weights = [sheet.W1, sheet.b1, sheet.W2, np.array(sheet.b2)]
    dW1, db1, dW2, db2 = gradients.numerical_gradient(lambda weights: error_of(sheet, *weights), weights)
    found = [sheet.key[name] for name in ("dw11", "dw12", "dw21", "dw22", "delta1", "delta2", "dw13", "dw23", "delta3")]
    np.testing.assert_allclose(found, [*dW1.ravel(), *db1, *dW2, db2], rtol=1e-6, atol=1e-9)
    assert sheet.key["E"] == pytest.approx(error_of(sheet, *weights))
    assert sheet.key["new_w13"] == pytest.approx(sheet.W2[0] - dW2[0])
    assert sheet.key["new_w11"] == pytest.approx(sheet.W1[0, 0] - dW1[0, 0])


def test_the_way_forward_by_hand():
    sheet = worksheet.Sheet(np.array([1.0, 2.0]), 1.0, np.array([[0.5, 1.0], [1.5, -1.0]]), np.array([-0.5, 0.5]),
                            np.array([2.0, -0.5]), 0.5)  # fmt: skip
    assert (sheet.key["z1"], sheet.key["z2"]) == (3.0, -0.5)  # 0.5 + 3 - 0.5, 1 - 2 + 0.5
    assert sheet.key["a2"] == pytest.approx(0.3775407)
    assert sheet.key["z3"] == pytest.approx(2 * 0.9525741 - 0.5 * 0.3775407 + 0.5)


def test_numbers_are_round_and_gradients_large_enough():
    for sheet in SHEETS:
        given = np.concatenate([sheet.x, sheet.W1.ravel(), sheet.b1, sheet.W2, [sheet.b2]])
        assert (2 * given == np.round(2 * given)).all() and np.abs(given).max() <= 2
        assert min(abs(value) for name, value in sheet.key.items() if name.startswith("d")) > worksheet.SMALLEST
        assert all(0.1 < sheet.key[name] < 0.9 for name in ("a1", "a2", "y_hat"))


def test_the_sheet_is_empty_and_the_key_fills_it():
    sheet = SHEETS[0]
    assert sheet.text().count("_______") == len(sheet.key) == 18
    filled = sheet.text(sheet.key)
    assert "_" * 7 not in filled
    assert [line.rsplit("= ", 1)[1].strip().replace("−", "-") for line in filled.splitlines()[4:]] == [
        f"{value:.4f}" for value in sheet.key.values()
    ]
    assert sheet.text({"z1": 1.0, "z2": None}).count("_______") == 17


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_key_is_right_by_its_own_marks_and_by_rounding_to_four_decimals(sheet, capsys):
    assert sheet.mark(sheet.key) == []
    assert capsys.readouterr().out == "18 of 18 filled in, 18 right\n"
    assert sheet.mark({name: round(value, 4) for name, value in sheet.key.items()}) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sign_is_found(sheet, capsys):
    names = [name for name in sheet.key if name.startswith("d")]
    assert sheet.mark({name: -sheet.key[name] for name in names}) == names
    assert f"look again at {names[0]} first; then at {names[1]}" in capsys.readouterr().out


def test_empty_lines_are_not_marked_and_nan_is_wrong(capsys):
    assert SHEETS[0].mark({"z1": None, "z2": SHEETS[0].key["z2"], "a1": float("nan")}) == ["a1"]
    assert capsys.readouterr().out == "2 of 18 filled in, 1 right\nlook again at a1\n"


def test_the_step_goes_as_far_as_the_gradient_says():
    """The sheet prints its η, which is 1."""
    for sheet in SHEETS:
        assert "η = 1, " not in sheet.text() and "η = 1\n" in sheet.text()
        assert sheet.key["new_w13"] == sheet.W2[0] - sheet.key["dw13"]


def test_what_is_no_answer_is_refused():
    with pytest.raises(ValueError, match="no line 'z9': take one of z1, z2"):
        SHEETS[0].mark({"z9": 1.0})
    with pytest.raises(ValueError, match="z1 must be a number"):
        SHEETS[0].mark({"z1": "1"})
