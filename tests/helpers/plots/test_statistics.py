"""Figures of data and of measurements show the numbers that they are given."""

import numpy as np
import pytest

from helpers import plots


def test_a_histogram_counts_its_values(shown):
    values = {"age": [0.0, 0.1, 0.1, 1.0], "rooms": np.arange(10.0)}
    drawn = plots.histograms(values, xlabel={"age": "%", "rooms": ""})
    counts, edges, _ = drawn["age"].get_data()
    expected = np.zeros(20)
    expected[[0, 2, 19]] = 1, 2, 1
    np.testing.assert_array_equal(counts, expected)
    np.testing.assert_allclose(edges, np.linspace(0, 1, 21))
    assert [drawn[name].axes.get_title() for name in values] == list(values)
    assert drawn["age"].axes.get_xlabel() == "%" and drawn["rooms"].axes.get_xlabel() == ""
    assert drawn["age"].axes.get_ylabel() == "count"


def test_a_unit_with_two_dollar_signs_is_no_formula(shown):
    drawn = plots.histograms({"tax": [1.0, 2.0]}, xlabel="$ per $10,000")
    assert not drawn["tax"].axes.xaxis.label.get_parse_math()


def test_empty_panels_of_the_last_row_are_not_drawn(shown):
    drawn = plots.histograms({str(k): [k, k + 1.0] for k in range(5)})
    axes = drawn["0"].axes.figure.axes
    assert [ax.axison for ax in axes] == [True] * 5 + [False] * 3


@pytest.mark.parametrize("values", [{}, {"bad": []}, {"bad": [1.0, np.nan]}])
def test_histograms_refuse_what_cannot_be_counted(shown, values):
    with pytest.raises(ValueError, match=r"nothing to draw|finite numbers"):
        plots.histograms(values)


def test_points_keep_their_places_and_groups(shown):
    x, y, groups = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 7.0]), np.array(["b", "a", "b"])
    drawn = plots.scatter(x, y, groups=groups, annotate={2: "last"}, xlabel="across", ylabel="up")
    np.testing.assert_array_equal(drawn["points"]["b"].get_offsets(), [[1, 4], [3, 7]])
    np.testing.assert_array_equal(drawn["points"]["a"].get_offsets(), [[2, 5]])
    assert [(text.get_text(), text.xy) for text in drawn["annotations"]] == [("last", (3.0, 7.0))]
    assert drawn["diagonal"] is None
    ax = drawn["points"]["a"].axes
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["b", "a"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("across", "up")


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize(
    ("x", "y"),
    [([3.0, 1.0], [1.0, 2.0]), ([10.0, 100.0], [2.0, 3.0]), ([1.0, 2.0], [50.0, 60.0]), ([4.0], [4.0])],
    ids=["mixed", "below", "above", "one point"],
)
def test_the_diagonal_is_where_x_and_y_are_equal(shown, x, y, scale):
    drawn = plots.scatter(x, y, diagonal="as large", xscale=scale, yscale=scale)
    start, end = drawn["diagonal"].get_xy1(), drawn["diagonal"].get_xy2()
    assert start[0] == start[1] < end[0] == end[1]
    ax = drawn["diagonal"].axes
    (text,) = ax.texts
    assert text.get_text() == "as large" and text.xy == end
    for (low, high), values in ((ax.get_xlim(), x), (ax.get_ylim(), y)):
        assert low <= min(values) and high >= max(values), "every point is in sight"
        assert low <= end[0] <= high, "and so is the name of the line"


def test_one_group_needs_no_legend(shown):
    assert plots.scatter([1, 2], [3, 4])["points"][""].axes.figure.legends == []


@pytest.mark.parametrize("axis", ["x", "y"])
def test_scatter_refuses_what_a_logarithmic_axis_cannot_show(shown, axis):
    with pytest.raises(ValueError, match="positive numbers only"):
        plots.scatter([0.0, 1.0], [0.0, 1.0], **{f"{axis}scale": "log"})


@pytest.mark.parametrize(
    ("x", "groups", "sentence"), [([1, 2, 3], None, "need one length"), ([1, 2], ["a"], "need one length")]
)
def test_scatter_refuses_arrays_of_different_length(shown, x, groups, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.scatter(x, [1, 2], groups=groups)


def test_scatter_refuses_more_groups_than_can_be_told_apart(shown):
    with pytest.raises(ValueError, match="4 groups are too many"):
        plots.scatter(range(4), range(4), groups=list("abcd"))


def test_intervals_draw_each_row_from_end_to_end(shown):
    drawn = plots.intervals(["B", "LSTAT"], [1.0, 3.0], [0.5, 2.0], [2.0, 3.5], vlines={"all": 2.5}, xlabel="rise")
    np.testing.assert_array_equal(drawn["dots"].get_offsets(), [[1, 0], [3, 1]])
    assert {name: list(line.get_xdata()) for name, line in drawn["bars"].items()} == {
        "B": [0.5, 2.0],
        "LSTAT": [2.0, 3.5],
    }
    assert [list(line.get_ydata()) for line in drawn["bars"].values()] == [[0, 0], [1, 1]]
    assert list(drawn["vlines"]["all"].get_xdata()) == [2.5, 2.5]
    ax = drawn["dots"].axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["B", "LSTAT"]
    assert ax.yaxis_inverted()  # the first row stands at the top
    assert [text.get_text() for text in ax.texts] == ["all"] and ax.get_xlabel() == "rise"


@pytest.mark.parametrize(
    ("names", "lows", "sentence"),
    [
        (["a"], [0, 0], "Each row needs"),
        (["a", "a"], [0, 0], "Each row needs"),
        (["a", "b"], [0, 9], "outside its bar"),
    ],
)
def test_intervals_refuse_rows_that_do_not_fit(shown, names, lows, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.intervals(names, [1, 2], lows, [3, 3])


def test_dots_stand_in_the_row_of_their_name_with_their_mean(shown):
    drawn = plots.dots({"none": [12.0, 13.0, 14.0], "L2": [11.5]}, xlabel="error", vlines={"goal": 10.0})
    np.testing.assert_array_equal(drawn["dots"]["none"].get_offsets(), [[12, 0], [13, 0], [14, 0]])
    np.testing.assert_array_equal(drawn["dots"]["L2"].get_offsets(), [[11.5, 1]])
    assert {name: list(line.get_xdata()) for name, line in drawn["means"].items()} == {
        "none": [13, 13],
        "L2": [11.5, 11.5],
    }
    assert [np.mean(line.get_ydata()) for line in drawn["means"].values()] == [0, 1]
    assert list(drawn["vlines"]["goal"].get_xdata()) == [10, 10]
    ax = drawn["dots"]["L2"].axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["none", "L2"]
    assert ax.yaxis_inverted() and ax.get_xlabel() == "error"
    assert [text.get_text() for text in ax.texts] == ["goal"]


@pytest.mark.parametrize("values", [{}, {"bad": []}, {"good": [1.0], "bad": [1.0, np.inf]}])
def test_dots_refuse_what_cannot_be_drawn(shown, values):
    with pytest.raises(ValueError, match=r"nothing to draw|'bad' needs finite numbers"):
        plots.dots(values)
