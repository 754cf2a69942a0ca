"""The figures of what a convolutional network sees draw its filters, their maps, and what it needs."""

import numpy as np
import pytest

from helpers import plots
from helpers.plots import descriptions

KERNELS = np.array([[[1.0, 0, -1]] * 3, [[0, 0, 0], [0, 0.5, 0], [0, 0, 0]], np.zeros((3, 3))])
MAPS = [np.full((4, 4), 2.0), np.eye(4), np.zeros((4, 4))]
DIGIT = np.zeros((9, 9))
DIGIT[2:7, 4] = 255
SURE, LOST = np.full((9, 9), 0.9), np.full((9, 9), 1.0)
LOST[:3, :3] = 0.25


def alt(shown):
    return shown[0][1]["image/png"]["alt"]


def test_filters_stand_above_their_maps_on_one_scale_about_zero(shown):
    drawn = plots.filters(KERNELS, MAPS, ncols=2)
    for kernel, made, image, below in zip(KERNELS, MAPS, drawn["filters"], drawn["maps"], strict=True):
        np.testing.assert_array_equal(image.get_array(), kernel)
        np.testing.assert_array_equal(below.get_array(), made)
        assert image.get_clim() == (-1, 1) and below.get_clim() == (0, 2)
        over, under = (each.axes.get_subplotspec() for each in (image, below))
        assert under.colspan == over.colspan and under.rowspan.start == over.rowspan.start + 1
    red, white, blue = drawn["filters"][0].cmap([0.1, 0.5, 0.9])[:, :3]
    assert red[0] > red[2] and blue[2] > blue[0] and white.min() > 0.9
    assert drawn["picture"] is None and drawn["colorbar"].ax.get_ylabel() == "weight"


def test_the_picture_stands_before_its_filters(shown):
    drawn = plots.filters(KERNELS, MAPS, picture=DIGIT)
    np.testing.assert_array_equal(drawn["picture"].get_array(), DIGIT)
    columns = [image.axes.get_subplotspec().colspan.start for image in drawn["filters"]]
    assert drawn["picture"].axes.get_subplotspec().colspan.start == 0 and columns == [1, 2, 3]
    visible = [ax for ax in drawn["picture"].axes.figure.axes if ax.axison]
    assert len(visible) == 1 + 3 + 3 + 1, "the place below the picture stays empty"


def test_filters_are_described_by_their_sides_and_their_maps(shown):
    plots.filters(KERNELS, MAPS)
    assert alt(shown) == (
        "3 filters of 3 × 3, each with its map: positive in the left half: 1; positive in the middle: 2; brightest map "
        "1, darkest 3; from −1 to 1."
    )
    assert "<tr><td>1</td><td>−1</td><td>0</td><td>1</td><td>2</td></tr>" in shown[1][0].data


@pytest.mark.parametrize(("kernels", "maps"), [(KERNELS, MAPS[:2]), ([], []), ([1.0], [MAPS[0]])])
def test_each_filter_needs_its_map(shown, kernels, maps):
    with pytest.raises(ValueError, match=r"cannot be drawn|is no picture"):
        plots.filters(kernels, maps)


def test_what_is_needed_is_drawn_on_one_scale_with_the_digit_over_it(shown):
    drawn = plots.occlusion([DIGIT, np.zeros((9, 9))], [LOST, SURE], titles=["one", "blank"])
    assert [image.get_clim() for image in drawn["maps"]] == [(0, 1)] * 2
    np.testing.assert_array_equal(drawn["maps"][0].get_array(), LOST)
    (edge,) = drawn["outlines"][0].get_paths()
    assert edge.contains_points([[4, 4], [4, 0], [1, 4]]).tolist() == [True, False, False]
    assert drawn["outlines"][1] is None and drawn["colorbar"].ax.get_ylabel() == "probability"
    assert alt(shown) == (
        "Certainty with a patch covered: one falls to 0.25, lowest upper left; blank stays above 0.9."
    )
    assert "<tr><td>1: one</td><td>0.25</td>" in shown[1][0].data and "upper left" in shown[1][0].data


@pytest.mark.parametrize(
    ("spot", "words"), [(np.s_[4, 4], "in the middle"), (np.s_[8, 4], "lower"), (np.s_[0, 8], "upper right")]
)
def test_where_a_map_is_lowest_is_told_by_thirds(spot, words):
    share = np.ones((9, 9))
    share[spot] = 0
    assert descriptions.occlusion([share], ["x"]).endswith(f"lowest {words}.")


def test_pictures_titles_and_maps_must_belong_together(shown):
    with pytest.raises(ValueError, match="give one of the titles for each"):
        plots.occlusion([DIGIT], [SURE], titles=[])
    with pytest.raises(ValueError, match="array of its own shape"):
        plots.occlusion([DIGIT], [SURE[:5]], titles=["one"])


def test_descriptions_keep_within_the_limit_and_survive_what_is_no_number():
    none = np.full((3, 3), np.nan)
    assert len(descriptions.filters([*KERNELS, none] * 20, [*MAPS, none] * 20)) <= 250
    assert "has no numbers" in descriptions.occlusion([none], ["x"])
    assert len(descriptions.occlusion([LOST] * 40, [f"a long title of picture {k}" for k in range(40)])) <= 250
