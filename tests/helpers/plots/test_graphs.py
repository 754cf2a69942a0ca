"""Computation graphs show the numbers that they are given, and gradients by the chain rule."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import gradients, plots


def chain(x):
    """(2x - 5)³ as a graph."""
    v = 2 * x - 5
    nodes = {"x": (0, 0, x), "2x": (1, 0, 2 * x), "v": (2, 0, v), "v³": (3, 0, v**3)}
    return nodes, {("x", "2x"): 2, ("2x", "v"): 1, ("v", "v³"): 3 * v**2}


def numbers(texts):
    """The numbers that texts such as "← −0.5" show."""
    return [float(text.get_text().split()[1].replace("−", "-")) for text in texts.values()]


def test_values_slopes_and_gradients_are_written_into_the_graph(shown):
    drawn = plots.computation_graph(*chain(1))
    assert {name: text.get_text() for name, text in drawn["values"].items()} == {
        "x": "→ 1",
        "2x": "→ 2",
        "v": "→ −3",
        "v³": "→ −27",
    }
    assert [text.get_text() for text in drawn["gradients"].values()] == ["← 54", "← 27", "← 27", "← 1"]
    assert drawn["slopes"]["v", "v³"].get_text() == "× 27"


@pytest.mark.parametrize("x", [-1.0, 0.0, 2.5, 3.0])
def test_the_gradient_is_the_derivative(shown, x):
    drawn = plots.computation_graph(*chain(x))
    slope = gradients.numerical_gradient(lambda x: (2 * x - 5) ** 3, np.array(x))
    assert numbers(drawn["gradients"])[0] == pytest.approx(float(slope), rel=5e-3, abs=1e-6)  # three digits are written


def test_gradients_of_several_ways_are_added_up(shown):
    """f = (p q) + p² with p = 3, q = 4: ∂f/∂p = q + 2p = 10, ∂f/∂q = p = 3; the arrows come in any order."""
    nodes = {"p": (0, 0, 3), "q": (0, 1, 4), "pq": (1, 0, 12), "p²": (1, 1, 9), "f": (2, 0.5, 21)}
    slopes = {("pq", "f"): 1, ("p", "pq"): 4, ("p", "p²"): 6, ("q", "pq"): 3, ("p²", "f"): 1}
    drawn = plots.computation_graph(nodes, slopes)
    assert numbers(drawn["gradients"]) == [10, 3, 1, 1, 1]


def test_what_leads_nowhere_has_the_gradient_zero(shown):
    nodes = {"p": (0, 0, 3), "aside": (1, 1, 9), "f": (1, 0, 6)}
    drawn = plots.computation_graph(nodes, {("p", "f"): 2, ("p", "aside"): 6})
    assert numbers(drawn["gradients"]) == [2, 0, 1]


def test_boxes_stand_where_they_were_put_and_no_two_texts_overlap(shown):
    """The graph of an output unit: three arrows meet."""
    nodes = {"w": (0, 0, 4.5), "u": (0, 1, -5.2), "b": (0, 2, -2), "z": (1, 1, 1.1776), "ŷ": (2, 1, 0.7645)}
    slopes = {("w", "z"): 0.90025, ("u", "z"): 0.16798, ("b", "z"): 1, ("z", "ŷ"): 0.18003}
    drawn = plots.computation_graph(nodes, slopes)
    values = drawn["values"]
    places = {name: np.array(text.get_position()) for name, text in values.items()}
    assert places["w"][0] == places["u"][0] < places["z"][0] < places["ŷ"][0]
    assert places["w"][1] > places["u"][1] == places["z"][1] > places["b"][1]
    canvas = FigureCanvasAgg(values["w"].figure)
    canvas.draw()
    texts = [text for text in values["w"].axes.texts if text.get_text()]
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
    overlaps = [
        (texts[i].get_text(), texts[j].get_text())
        for i in range(len(boxes))
        for j in range(i)
        if boxes[i].overlaps(boxes[j])
    ]
    assert overlaps == []


def test_forward_and_back_differ_by_more_than_colour(shown):
    drawn = plots.computation_graph(*chain(1))
    figure = drawn["values"]["x"].figure
    handles = figure.legends[0].legend_handles
    assert len({line.get_linestyle() for line in handles}) == len({line.get_color() for line in handles}) == 2


def test_the_text_of_the_figure_tells_its_numbers(shown):
    plots.computation_graph(*chain(1))
    text = repr(shown[0][0])
    for number in ("'→ −27'", "'← 54'", "'× 27'"):
        assert number in text


def test_an_arrow_without_a_box_is_refused(shown):
    with pytest.raises(ValueError, match=r"needs a box called 'y'; there are x, 2x"):
        plots.computation_graph(chain(1)[0], {("x", "y"): 1})


def test_an_arrow_to_the_left_is_refused(shown):
    with pytest.raises(ValueError, match="must lead to the right"):
        plots.computation_graph(chain(1)[0], {("v", "x"): 1})
