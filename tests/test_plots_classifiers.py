"""The figures of classifiers draw the counts that they are given, and mistakes can be seen beside the right answers."""

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest

from helpers import plots

ALT = "A figure that is made for a test, and a description of it that is long enough."
# Of four zeros one is read as 1; of five ones two are read as 2; of six twos five are read as 0.
LABELS = np.array([0] * 4 + [1] * 5 + [2] * 6)
ANSWERS = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0, 2])
COUNTS = np.array([[3, 1, 0], [0, 3, 2], [5, 0, 1]])


def test_rows_are_the_right_classes_and_columns_the_answers(shown):
    drawn = plots.confusion(LABELS, ANSWERS, alt=ALT, xlabel="read as", ylabel="is")
    np.testing.assert_array_equal(drawn["picture"].get_array(), COUNTS)
    texts = [[text.get_text() for text in row] for row in drawn["numbers"]]
    assert texts == [["3", "1", ""], ["", "3", "2"], ["5", "", "1"]]
    for (row, column), text in np.ndenumerate(drawn["numbers"]):
        assert text.get_position() == (column, row)
    ax = drawn["picture"].axes
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("read as", "is")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["0", "1", "2"]


def test_the_most_frequent_mistake_is_white_and_numbers_stand_out(shown):
    drawn = plots.confusion(LABELS, ANSWERS, alt=ALT)
    assert drawn["picture"].get_clim() == (0, 5)
    for (row, column), text in np.ndenumerate(drawn["numbers"]):
        brightness = drawn["picture"].cmap(drawn["picture"].norm(COUNTS[row, column]))[0]
        assert text.get_color() == ("black" if brightness >= 0.5 else "white")


def test_a_classifier_without_mistakes_can_be_drawn(shown):
    drawn = plots.confusion([3, 8, 8], [3, 8, 8], alt=ALT)
    np.testing.assert_array_equal(drawn["picture"].get_array(), [[1, 0], [0, 2]])
    assert drawn["picture"].get_clim() == (0, 1)


def test_a_class_that_was_only_answered_has_its_row_and_column(shown):
    drawn = plots.confusion([1, 1], [1, 7], alt=ALT)
    np.testing.assert_array_equal(drawn["picture"].get_array(), [[1, 1], [0, 0]])


def test_the_twin_tells_two_confusions_apart(shown):
    plots.confusion(LABELS, ANSWERS, alt=ALT)
    plots.confusion(ANSWERS, LABELS, alt=ALT)
    first, _, second, _ = (repr(thing) for thing, _ in shown)
    assert "'3', '1', '3', '2', '5', '1'" in first and first != second


@pytest.mark.parametrize(("labels", "answers"), [([1, 2], [1]), ([], [])])
def test_labels_and_answers_must_belong_together(shown, labels, answers):
    with pytest.raises(ValueError, match=f"{len(answers)} answers and {len(labels)} labels"):
        plots.confusion(labels, answers, alt=ALT)
