"""The figures of classifiers draw what they are given: counts, regions of classes, shares of right answers."""

import numpy as np
import pytest

from helpers import plots

# Of four zeros one is read as 1; of five ones two are read as 2; of six twos five are read as 0.
LABELS = np.array([0] * 4 + [1] * 5 + [2] * 6)
ANSWERS = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0, 2])
COUNTS = np.array([[3, 1, 0], [0, 3, 2], [5, 0, 1]])


def test_rows_are_the_right_classes_and_columns_the_answers(shown):
    drawn = plots.confusion(LABELS, ANSWERS, xlabel="read as", ylabel="is")
    assert drawn["picture"].get_array().tolist() == [[None, 1, 0], [0, None, 2], [5, 0, None]]
    texts = [[text.get_text() for text in row] for row in drawn["numbers"]]
    assert texts == [["3", "1", ""], ["", "3", "2"], ["5", "", "1"]]
    for (row, column), text in np.ndenumerate(drawn["numbers"]):
        assert text.get_position() == (column, row)
    ax = drawn["picture"].axes
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("read as", "is")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["0", "1", "2"]


def test_the_diagonal_does_not_drown_the_mistakes_and_numbers_stand_out(shown):
    drawn = plots.confusion(np.append(LABELS, [0] * 99), np.append(ANSWERS, [0] * 99))
    assert drawn["picture"].get_clim() == (0, 5), "the scale ends with the most frequent mistake"
    picture = drawn["picture"]
    colours = picture.cmap(picture.norm(picture.get_array()))[..., :3]
    assert np.ptp(colours[0, 0]) == 0 and (colours[0, 0] == colours[1, 1]).all(), "right answers are grey"
    assert colours[0, 2].mean() > colours[0, 1].mean() > colours[1, 2].mean() > colours[2, 0].mean()
    for (row, column), text in np.ndenumerate(drawn["numbers"]):
        assert text.get_color() == ("black" if colours[row, column].mean() >= 0.5 else "white")
    assert all(tick == int(tick) for tick in drawn["colorbar"].get_ticks())


def test_a_classifier_without_mistakes_can_be_drawn(shown):
    drawn = plots.confusion([3, 8, 8], [3, 8, 8])
    assert drawn["picture"].get_array().tolist() == [[None, 0], [0, None]]
    assert [text.get_text() for text in drawn["numbers"].flat] == ["1", "", "", "2"]
    assert drawn["picture"].get_clim() == (0, 1)


def test_a_class_that_was_only_answered_has_its_row_and_column(shown):
    drawn = plots.confusion([1, 1], [1, 7])
    assert drawn["picture"].get_array().tolist() == [[None, 1], [0, None]]


def test_the_summary_tells_two_confusions_apart(shown):
    plots.confusion(LABELS, ANSWERS)
    plots.confusion(ANSWERS, LABELS)
    first, second = (repr(thing) for thing, _ in shown[::2])
    assert first != second


@pytest.mark.parametrize(("labels", "answers"), [([1, 2], [1]), ([], [])])
def test_labels_and_answers_must_belong_together(shown, labels, answers):
    with pytest.raises(ValueError, match=f"{len(answers)} answers and {len(labels)} labels"):
        plots.confusion(labels, answers)


# --- regions of three classes

CORNERS = np.array([[0.0, 0], [4, 0], [0, 4], [0.5, 0.5], [3, 0.5]])
CORNER_LABELS = np.array([0, 1, 2, 0, 1])


def nearest_corner(sharpness):
    """Probabilities of three classes that fall with the distance from the first three points."""

    def probabilities(places):
        z = -sharpness * ((places[:, np.newaxis] - CORNERS[:3]) ** 2).sum(axis=2)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    return probabilities


def draw_regions(sharpness=1.0, points=CORNERS, labels=CORNER_LABELS):
    panels = {"near": nearest_corner(sharpness)}
    return plots.class_regions(points, labels, panels, class_names=["zero", "one", "two"])["near"]


def test_each_place_has_the_tint_of_its_most_probable_class(shown):
    panel = draw_regions()
    places = np.random.default_rng(0).uniform(-0.3, 4.3, size=(300, 2))
    shares = np.sort(nearest_corner(1)(places), axis=1)
    places = places[shares[:, 2] - shares[:, 1] > 0.3]  # not beside a border, where the grid is too coarse
    winner = nearest_corner(1)(places).argmax(axis=1)
    for label in range(3):
        np.testing.assert_array_equal(panel.tint.get_paths()[label].contains_points(places), winner == label)


def test_borders_lie_where_two_classes_are_equal_and_dashes_where_one_is_sure(shown):
    panel = draw_regions()
    assert set(panel.borders) == {0, 1, 2}
    for label, border in panel.borders.items():
        shares = nearest_corner(1)(np.concatenate([path.vertices for path in border.get_paths()]))
        np.testing.assert_allclose(shares[:, label], np.delete(shares, label, axis=1).max(axis=1), atol=0.02)
    sure = nearest_corner(1)(np.concatenate([path.vertices for path in panel.sure.get_paths()])).max(axis=1)
    np.testing.assert_allclose(sure, 0.9, atol=0.02)


def test_names_stand_in_their_regions_and_points_have_the_look_of_their_class(shown):
    panel = draw_regions()
    for label, text in panel.names.items():
        assert text.get_text() == ["zero", "one", "two"][label]
        assert nearest_corner(1)(np.array([text.get_position()])).argmax() == label
    for label, points in panel.classes.items():
        np.testing.assert_array_equal(points.get_offsets(), CORNERS[label == CORNER_LABELS])
    legend = panel.names[0].axes.figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["zero", "one", "two"]


def test_no_dashed_line_crosses_the_name_of_a_region(shown):
    panel = draw_regions(0.3, CORNERS[:3], CORNER_LABELS[:3])
    axes = panel.names[0].axes
    axes.figure.canvas.draw()
    dashes = axes.transData.transform(np.concatenate([path.vertices for path in panel.sure.get_paths()]))
    for name in panel.names.values():
        box = name.get_window_extent()
        assert not any(box.contains(*place) for place in dashes), name.get_text()


def test_one_class_may_win_everywhere_and_never_be_sure(shown):
    def undecided(places):
        return np.tile([0.4, 0.35, 0.25], (len(places), 1))

    panel = plots.class_regions(CORNERS, CORNER_LABELS, {"": undecided}, class_names=["a", "b", "c"])[""]
    assert panel.borders == {0: None} and panel.sure is None and list(panel.names) == [0]


def test_the_summary_tells_regions_and_points_apart(shown):
    draw_regions()
    draw_regions(sharpness=2)
    draw_regions(labels=np.array([1, 1, 2, 0, 1]))
    turned = {"near": lambda places: nearest_corner(1)(places)[:, ::-1]}
    plots.class_regions(CORNERS, CORNER_LABELS, turned, class_names=list("abc"))
    assert len({repr(thing) for thing, _ in shown[::2]}) == 4


def test_regions_need_points_labels_and_names_that_fit(shown):
    with pytest.raises(ValueError, match="5 labels need points of shape"):
        draw_regions(points=CORNERS[:4])
    with pytest.raises(ValueError, match="3 names"):
        draw_regions(labels=np.array([0, 1, 2, 3, 0]))
    with pytest.raises(ValueError, match="4 classes are too many"):
        plots.class_regions(CORNERS, CORNER_LABELS, {"": None}, class_names=list("abcd"))


# --- reliability diagrams

CONFIDENCES = np.array([0.32, 0.38, 0.71, 0.75, 0.79, 0.77, 1.0, 0.95])
RIGHT = np.array([True, False, True, True, False, True, True, True])


def test_bars_are_shares_of_right_answers_and_dots_stand_at_the_mean_confidence(shown):
    panel = plots.reliability({"all": (CONFIDENCES, RIGHT)})["all"]
    np.testing.assert_allclose(
        [(bar.get_x(), bar.get_width()) for bar in panel.bars], [(x, 0.1) for x in (0.3, 0.7, 0.9)]
    )
    assert [bar.get_height() for bar in panel.bars] == [0.5, 0.75, 1]
    np.testing.assert_allclose(panel.means.get_data(), [[0.35, 0.755, 0.975], [0.5, 0.75, 1]])
    assert [text.get_text() for text in panel.counts] == ["2", "4", "2"]


def test_on_the_diagonal_confidence_and_share_agree(shown):
    panel = plots.reliability({"all": (CONFIDENCES, RIGHT)})["all"]
    ax = panel.means.axes
    (line,) = [each for each in ax.lines if each is not panel.means]
    assert (line.get_xy1(), line.get_xy2()) == ((0, 0), (1, 1))
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("confidence", "share of right answers", "all")


def test_the_summary_tells_confidences_and_answers_apart(shown):
    for confidences, right in ((CONFIDENCES, RIGHT), (CONFIDENCES - 0.01, RIGHT), (CONFIDENCES, ~RIGHT)):
        plots.reliability({"all": (confidences, right)})
    assert len({repr(thing) for thing, _ in shown[::2]}) == 3


@pytest.mark.parametrize(
    ("confidences", "right", "complaint"),
    [
        ([0.5, 0.6], [True], "2 confidences and 1 answers"),
        ([], [], "0 confidences"),
        ([0.5, 3.2], [True, False], "apply softmax to logits first"),
        ([-0.1, 0.2], [True, False], "between 0 and 1"),
    ],
)
def test_reliability_needs_probabilities_and_answers(shown, confidences, right, complaint):
    with pytest.raises(ValueError, match=complaint):
        plots.reliability({"net": (np.array(confidences), np.array(right))})
