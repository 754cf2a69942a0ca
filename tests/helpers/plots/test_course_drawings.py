"""The map of the course and the dates of the field hold what they are given."""

import numpy as np

from helpers import plots


def test_course_map_holds_its_texts(shown):
    drawn = plots.course_map({"one": ["a", "b"], "two": ["c"]})
    assert [text.get_text() for text in drawn["notebooks"]] == ["a", "b", "c"]
    columns = [text.get_position()[0] for text in drawn["notebooks"]]
    assert columns[0] == columns[1] < columns[2]
    heights = [text.get_position()[1] for text in drawn["notebooks"]]
    assert heights[0] == heights[2] > heights[1]


def test_side_trips_stand_in_dashed_frames(shown):
    drawn = plots.course_map({"one": ["a", "b"], "two": ["c"]}, side_trips=["b", "c"])["notebooks"]
    frames = [text.get_bbox_patch() for text in drawn]
    assert frames[0] is None and [frame.get_linestyle() for frame in frames[1:]] == ["--", "--"]


def test_the_road_leads_to_the_right(shown):
    ax = plots.course_map({"one": ["a"], "two": ["b"]})["notebooks"][0].axes
    (road,) = [text for text in ax.texts if text.get_text() == ""]
    assert road.get_position()[0] < road.xy[0]


def test_timeline_puts_each_text_at_its_year_and_level(shown):
    dots = plots.timeline([(1943, "x", 1), (1957, "y", -2)])["years"]
    np.testing.assert_array_equal(dots.get_xdata(), [1943, 1957])
    texts = [(text.get_position(), text.get_text(), text.get_va()) for text in dots.axes.texts]
    assert texts == [((1943, 1), "1943\nx", "bottom"), ((1957, -2), "1957\ny", "top")]
