"""Sliders hand their values to what is drawn below them."""

import pytest

from helpers import plots


def controls_of(shown):
    return shown[0][0].children[:-1]


def test_sliders_hand_their_values_to_the_drawing(shown):
    seen = []
    plots.sliders(
        lambda slope, bias: seen.append((slope, bias)),
        slope=plots.between(-2, 2, start=1),
        bias=plots.between(0, 4, start=0.5),
    )
    slope, bias = controls_of(shown)
    slope.value = 2
    bias.value = 4
    assert seen == [(1, 0.5), (2, 0.5), (2, 4)]


def test_a_slider_of_choices_starts_at_the_first(shown):
    seen = []
    plots.sliders(
        lambda kernel, stride: seen.append((kernel, stride)),
        kernel=plots.one_of(["edge", "blur"]),
        stride=plots.one_of("123"),
    )
    kernel, stride = controls_of(shown)
    kernel.value = "blur"
    stride.value = "3"
    assert seen == [("edge", "1"), ("blur", "1"), ("blur", "3")]


@pytest.mark.parametrize(
    ("low", "high", "step", "shown_as"),
    [
        (0.5, 2.5, 0.05, ".2f"),
        (0.01, 0.12, 0.002, ".3f"),
        (0, 1, 0.02, ".2f"),
        (-6, 6, 0.2, ".1f"),
        (0, 400, 10, ".0f"),
    ],
)
def test_the_steps_of_a_slider_are_round_and_its_readout_tells_them_apart(shown, low, high, step, shown_as):
    plots.sliders(lambda rate: None, rate=plots.between(low, high, start=low))
    (slider,) = controls_of(shown)
    assert slider.step == pytest.approx(step) and slider.readout_format == shown_as
    readouts = {f"{low + k * slider.step:{shown_as}}" for k in range(40)}
    assert len(readouts) == 40


def test_a_slider_of_numbers_starts_where_it_is_told(shown):
    plots.sliders(lambda learning_rate: None, learning_rate=plots.between(0.5, 2.5, start=1.0))
    (slider,) = controls_of(shown)
    assert (slider.min, slider.max, slider.value) == (0.5, 2.5, 1.0)
    assert slider.step == pytest.approx(0.05) and slider.readout_format == ".2f"
    assert slider.description == "learning rate"
    assert slider.continuous_update, "the picture follows the hand"


def test_a_start_outside_and_no_choice_at_all_are_refused():
    with pytest.raises(ValueError, match="from 0 to 1 cannot start at 2"):
        plots.between(0, 1, start=2)
    with pytest.raises(ValueError, match="at least one value"):
        plots.one_of([])
