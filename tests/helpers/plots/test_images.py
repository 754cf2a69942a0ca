"""Pictures and tables of grey values show the numbers that they are given, the larger the brighter."""

import numpy as np
import pytest
from matplotlib import colors

from helpers import plots
from helpers.plots import base


def test_pictures_share_one_scale_unless_asked_otherwise(shown):
    dim, bright = np.array([[0.0, 1.0]]), np.array([[2.0, 8.0]])
    together = plots.pictures([dim, bright])
    assert [image.get_clim() for image in together["pictures"]] == [(0, 8), (0, 8)]
    apart = plots.pictures([dim, bright], share_scale=False)
    assert [image.get_clim() for image in apart["pictures"]] == [(0, 1), (2, 8)]
    given = plots.pictures([dim, bright], vmin=-1, vmax=9)
    assert [image.get_clim() for image in given["pictures"]] == [(-1, 9), (-1, 9)]
    half = plots.pictures([dim, bright], vmin=-1, share_scale=False)
    assert [image.get_clim() for image in half["pictures"]] == [(-1, 1), (-1, 8)]
    for image, array in zip(given["pictures"], (dim, bright), strict=True):
        assert np.array_equal(image.get_array(), array)


def test_a_larger_number_is_brighter_and_no_pixel_is_smoothed(shown):
    (image,) = plots.pictures([np.array([[0.0, 0.3, 1.0]])])["pictures"]
    shades = [image.to_rgba(np.array([[value]]))[0, 0, :3] for value in (0, 0.3, 1)]
    assert all(np.ptp(shade) == 0 for shade in shades) and shades[0][0] < shades[1][0] < shades[2][0]
    assert image.get_interpolation() == "nearest"


def test_pictures_stand_in_rows_with_their_titles(shown):
    drawn = plots.pictures([np.eye(2)] * 5, list("abcde"), ncols=3, size=2.0)
    axes = [image.axes for image in drawn["pictures"]]
    assert [ax.get_title() for ax in axes] == list("abcde")
    places = [ax.get_subplotspec() for ax in axes]
    assert [(place.rowspan.start, place.colspan.start) for place in places] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    spare = axes[0].figure.axes[5]
    assert not spare.axison, "an empty frame is no picture"
    assert axes[0].figure.get_figwidth() == 6.0


def test_numbers_stand_in_their_pixels_and_can_be_read(shown):
    values = np.array([[0.0, -7.0], [np.nan, 9.0]])
    (texts,) = plots.pictures([values], fmt=".0f")["numbers"]
    found = {text.get_position(): (text.get_text(), text.get_color()) for text in texts.flat if text}
    assert found == {(0, 0): ("0", "white"), (1, 0): ("−7", "white"), (1, 1): ("9", "black")}


def test_a_missing_number_is_a_striped_pixel(shown):
    (image,) = plots.pictures([np.array([[0.0, 1.0], [np.nan, 9.0]])])["pictures"]
    (gap,) = image.axes.patches
    assert gap.get_hatch() and gap.get_xy() == (-0.5, 0.5) and (gap.get_width(), gap.get_height()) == (1, 1)
    assert colors.to_hex(gap.get_edgecolor()).upper() == base.ORANGE


def test_a_frame_surrounds_its_pixels(shown):
    drawn = plots.pictures([np.zeros((4, 6)), np.eye(5)], outlines=[(1, 2, 1, 2, 3)])
    (frame,) = drawn["outlines"]
    assert frame.axes is drawn["pictures"][1].axes
    assert (frame.get_xy(), frame.get_height(), frame.get_width()) == ((0.5, 1.5), 2, 3)


def test_the_summary_of_a_picture_tells_a_moved_one_and_another_one(shown):
    image = np.zeros((5, 6))
    image[1, 2] = 3.0
    for other in (image, np.roll(image, 1, axis=0), np.roll(image, 1, axis=1), 2 * image, -image, image[:-1]):
        plots.pictures([other])
    assert len({repr(thing) for thing, _ in shown[::2]}) == 6


def test_colour_pictures_keep_their_colours(shown):
    colours = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    (image,) = plots.pictures([colours], ["a"])["pictures"]
    np.testing.assert_array_equal(image.get_array(), colours)


def test_one_bar_tells_the_greys_of_all_pictures(shown):
    drawn = plots.pictures([np.eye(3), 4 * np.eye(3), np.eye(3)], ncols=2, colorbar=True)
    figure = drawn["pictures"][0].axes.figure
    assert len(figure.axes) == 4 + 1, "one bar for all"
    assert (drawn["colorbar"].vmin, drawn["colorbar"].vmax) == (0, 4)
    # Beside all pictures, not beside the first: it takes room from both columns and is as high as two rows.
    figure.draw_without_rendering()
    bar = drawn["colorbar"].ax.get_position()
    panels = [image.axes.get_position() for image in drawn["pictures"]]
    assert bar.x0 > max(panel.x1 for panel in panels)
    assert bar.height > 1.2 * panels[0].height
    widths = [panel.width for panel in panels]
    assert max(widths) - min(widths) < 0.01
    assert plots.pictures([np.eye(3)])["colorbar"] is None


def test_a_bar_for_greys_that_mean_something_else_in_each_picture_is_refused(shown):
    with pytest.raises(ValueError, match="share_scale=False"):
        plots.pictures([np.eye(3)], share_scale=False, colorbar=True)


@pytest.mark.parametrize(
    "images, titles, sentence",
    [
        ([], None, "0 pictures with 0 titles cannot be drawn"),
        ([np.eye(3)], ["a", "b"], "1 pictures with 2 titles cannot be drawn"),
        ([np.zeros(784)], None, r"An array of shape \(784,\) is no picture"),
        ([np.zeros((4, 4, 1))], None, r"An array of shape \(4, 4, 1\) is no picture"),
    ],
)
def test_pictures_refuse_what_is_no_picture(shown, images, titles, sentence):
    with pytest.raises(ValueError, match=sentence):
        plots.pictures(images, titles)


def test_heat_map_draws_and_writes_every_number(shown):
    values = np.array([[0, 10, 990], [1000, 500, 501]])
    drawn = plots.heat_map(values, [0.1, 1], [5, 50, 500], xlabel="epochs", ylabel="rate")
    np.testing.assert_array_equal(drawn["picture"].get_array(), values)
    for (row, column), text in np.ndenumerate(drawn["numbers"]):
        assert text.get_position() == (column, row)
        assert text.get_text() == str(values[row, column])
        assert text.get_color() == ("black" if values[row, column] > 500 else "white")
    ax = drawn["picture"].axes
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["5", "50", "500"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["0.1", "1"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epochs", "rate")
    shades = drawn["picture"].cmap(drawn["picture"].norm(np.array([0, 500, 1000])))[:, 0]
    assert shades[0] < shades[1] < shades[2], "brighter is larger"


def test_heat_map_refuses_texts_that_do_not_fit(shown):
    with pytest.raises(ValueError, match=r"shape \(2, 3\) does not fit 3 rows and 2 columns"):
        plots.heat_map(np.zeros((2, 3)), [1, 2, 3], [1, 2])
