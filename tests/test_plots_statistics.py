"""Figures of data and of repeated runs show the numbers that they are given, and their texts tell them."""

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest

from helpers import plots

ALT = "A figure that is made for a test, and a description of it that is long enough."
RUNS = {"one": [[1.0, 5.0, 9.0], [3.0, 4.0, 2.0], [2.0, 9.0, 5.0]], "two": [[4.0, 4.0, 4.0], [6.0, 8.0, 4.0]]}


def text_of(shown):
    return repr(shown[0][0])


def test_a_histogram_counts_its_values(shown):
    values = {"age": [0.0, 0.1, 0.1, 1.0], "rooms": np.arange(10.0)}
    drawn = plots.histograms(values, ALT, columns=2, bins=5, xlabels={"age": "%"})
    counts, edges, _ = drawn["age"].get_data()
    np.testing.assert_array_equal(counts, [3, 0, 0, 0, 1])
    np.testing.assert_allclose(edges, [0, 0.2, 0.4, 0.6, 0.8, 1])
    assert [drawn[name].axes.get_title() for name in values] == list(values)
    assert drawn["age"].axes.get_xlabel() == "%" and drawn["rooms"].axes.get_xlabel() == ""
    assert "histogram of 5 bins" in text_of(shown)
    assert "| 4 values between 0 and 1: 3, 0, 0, 0, 1" in text_of(shown)


def test_a_unit_with_two_dollar_signs_is_no_formula(shown):
    drawn = plots.histograms({"tax": [1.0, 2.0]}, ALT, xlabels={"tax": "$ per $10,000"})
    assert not drawn["tax"].axes.xaxis.label.get_parse_math()


def test_empty_panels_of_the_last_row_are_not_drawn(shown):
    plots.histograms({str(k): [k, k + 1.0] for k in range(3)}, ALT, columns=2)
    assert text_of(shown).startswith("Figure with 3 panels")


@pytest.mark.parametrize("values", [{}, {"bad": []}, {"bad": [1.0, np.nan]}])
def test_histograms_refuse_what_cannot_be_counted(shown, values):
    with pytest.raises(ValueError, match=r"nothing to draw|finite numbers"):
        plots.histograms(values, ALT)


def test_points_keep_their_places_and_groups(shown):
    x, y, groups = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 7.0]), np.array(["b", "a", "b"])
    drawn = plots.scatter(x, y, ALT, groups=groups, marks=[(2, "last")])
    np.testing.assert_array_equal(drawn["points"]["b"].get_offsets(), [[1, 4], [3, 7]])
    np.testing.assert_array_equal(drawn["points"]["a"].get_offsets(), [[2, 5]])
    assert [(text.get_text(), text.xy) for text in drawn["marks"]] == [("last", (3.0, 7.0))]
    assert drawn["diagonal"] is None
    assert "legend 'b' #0072b2b2, 'a' #d55e00b2" in text_of(shown)


def test_the_diagonal_is_where_both_are_equal(shown):
    drawn = plots.scatter([3.0, 1.0], [1.0, 2.0], ALT, diagonal=True)
    assert drawn["diagonal"].get_slope() == 1 and drawn["diagonal"].get_xy1() == (1.0, 1.0)
    assert "legend" not in text_of(shown)


@pytest.mark.parametrize(
    ("x", "groups", "sentence"), [([1, 2, 3], None, "need one length"), ([1, 2], ["a"], "need one length")]
)
def test_scatter_refuses_arrays_of_different_length(shown, x, groups, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.scatter(x, [1, 2], ALT, groups=groups)


def test_scatter_refuses_more_groups_than_can_be_told_apart(shown):
    with pytest.raises(ValueError, match="4 groups are too many"):
        plots.scatter(range(4), range(4), ALT, groups=list("abcd"))


def test_intervals_draw_each_row_from_end_to_end(shown):
    drawn = plots.intervals(["B", "LSTAT"], [1.0, 3.0], [0.5, 2.0], [2.0, 3.5], ALT, reference=(2.5, "all"))
    np.testing.assert_array_equal(drawn["dots"].get_offsets(), [[1, 0], [3, 1]])
    assert {name: list(line.get_xdata()) for name, line in drawn["bars"].items()} == {
        "B": [0.5, 2.0],
        "LSTAT": [2.0, 3.5],
    }
    assert list(drawn["reference"].get_xdata()) == [2.5, 2.5]
    assert [label.get_text() for label in drawn["dots"].axes.get_yticklabels()] == ["B", "LSTAT"]
    assert drawn["dots"].axes.yaxis_inverted()  # the first row stands at the top
    assert "line 'LSTAT' through 2 points" in text_of(shown) and "(2, 1), (3.5, 1)" in text_of(shown)
    assert "'all'" in text_of(shown)


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
        plots.intervals(names, [1, 2], lows, [3, 3], ALT)


def test_bands_draw_the_median_and_the_range_of_the_runs(shown):
    drawn = plots.bands([1, 2, 4], RUNS, ALT, marks={"goal": 7.0}, logarithmic="x")
    np.testing.assert_array_equal(drawn["curves"]["one"].get_ydata(), [2, 5, 5])
    np.testing.assert_array_equal(drawn["curves"]["two"].get_ydata(), [5, 6, 4])
    corners = drawn["bands"]["one"].get_paths()[0].vertices
    for x, low, high in ((1, 1, 3), (2, 4, 9), (4, 2, 9)):
        heights = corners[corners[:, 0] == x, 1]
        assert (heights.min(), heights.max()) == (low, high)
    ax = drawn["curves"]["one"].axes
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "linear")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2", "4"]
    assert list(drawn["marks"]["goal"].get_ydata()) == [7.0, 7.0]
    text = text_of(shown)
    assert text.startswith("Figure with 1 panel, ") and "legend 'one' #0072b2, 'two' #d55e00" in text
    assert "| over x from 1 to 4, at its start, middle and end from 1 to 3, 4 to 9, 2 to 9" in text


def test_the_text_of_a_band_tells_wider_runs(shown):
    plots.bands([1, 2, 4], {"one": [[1.0, 5.0, 9.0], [3.0, 4.0, 2.0], [2.0, 9.5, 5.0]]}, ALT)
    assert "4 to 9.5" in text_of(shown)


def test_bands_refuse_what_does_not_fit(shown):
    with pytest.raises(ValueError, match="'one' have 3 numbers each, but x has 2"):
        plots.bands([1, 2], RUNS, ALT)
    with pytest.raises(ValueError, match="6 curves are too many"):
        plots.bands([1], {str(k): [[1.0]] for k in range(6)}, ALT)
