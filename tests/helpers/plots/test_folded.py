"""What is folded below a figure: its kind in a few words, and small tables of its values, the same on every machine."""

import inspect
import shutil

import numpy as np
import pytest

from helpers import plots
from helpers.plots import descriptions, folded
from helpers.plots.base import _below

GATES = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
AXIS = np.linspace(-1, 1, 21)
BOWL = AXIS**2 + AXIS[:, np.newaxis] ** 2
NODES, SLOPES = {"w": (0, 0, 2.0), "loss": (1, 0, 4.0)}, {("w", "loss"): 4.0}


def rows(table):
    return [list(row) for row in zip(*table.columns.values(), strict=True)]


def test_every_figure_that_describes_itself_has_something_folded():
    public = {key for key, each in vars(folded).items() if inspect.isfunction(each) and key[0] != "_"}
    assert set(descriptions.__all__) <= public


# ---- which rows ----


@pytest.mark.parametrize(
    ("many", "most", "expected"), [(1, 12, [0]), (3, 12, [0, 1, 2]), (9, 5, [0, 2, 4, 6, 8]), (1000, 3, [0, 500, 999])]
)
def test_rows_are_chosen_evenly_and_both_ends_are_among_them(many, most, expected):
    assert folded.chosen(many, most) == expected


def test_a_choice_is_called_one_and_a_whole_table_is_not():
    whole, choice = (folded.bars([str(k) for k in range(many)], range(many)).tables[0] for many in (12, 13))
    assert whole.note == "" and choice.note == "12 of 13 bars, evenly chosen."
    assert len(rows(whole)) == len(rows(choice)) == 12


def test_no_column_is_lost_where_two_have_one_name():
    (table,) = folded.curves([1, 2], {"x": [3, 4]}, xlabel="x").tables
    assert list(table.columns) == ["x", "x′"] and rows(table) == [["1", "3"], ["2", "4"]]


# ---- rounding ----


@pytest.mark.parametrize(
    ("values", "beside", "share", "expected"),
    [
        ([1, 3.9e-18, -2e-12], None, 1e-12, [1, 0, -2e-12]),
        ([-1e6, 1e-7], None, 1e-12, [-1e6, 1e-7]),  # a wide range may be meant
        ([1e-3, 1e-16], None, 1e-12, [1e-3, 0]),
        ([1, 2.6e-8, -1.2e-7, 1e-5], None, 1e-6, [1, 0, 0, 1e-5]),
        ([3.9e-18], [4.0, -4.0], 1e-12, [0]),
        ([1e-30, 3e-30], None, 1e-12, [1e-30, 3e-30]),  # all are as small
        ([np.nan, np.inf, 1e-20, 1], None, 1e-12, [np.nan, np.inf, 0, 1]),
        ([0, 0], None, 1e-12, [0, 0]),
        ([], None, 1e-12, []),
    ],
)
def test_what_is_small_beside_the_others_is_rounding_and_written_as_0(values, beside, share, expected):
    assert np.array_equal(folded.settled(values, beside, share), expected, equal_nan=True)


def test_no_table_shows_rounding_which_differs_from_machine_to_machine():
    noise = np.array([[0.0, 1], [3.9e-18, -1]])
    shown = [
        folded.pictures([np.repeat(noise, 9, axis=0), noise - noise.mean() + 1e-17]),
        folded.pictures([noise]),
        folded.filters([noise], [[[0.1, 0.2], [-0.3, 0]]]),  # in floats they do not add up to 0
        folded.heat_map(noise, ["a", "b"], ["c", "d"]),
        folded.curves([0, 1], {"J": [1.8e-31, 0.17]}),
        folded.contours([1e-17, 1], [0, 1], noise, points={"twin": (1.6e-16, 5.6)}),
        folded.surface([0, 1], [0, 1], noise),
        folded.bars(["a", "b"], [1e-16, 1]),
        # One network trained on two machines: the scores of (0, 0) and (1, 1) are 0 but for 32 bits.
        *(folded.regions(GATES, [0, 1, 1, 0], {"": scores}) for scores in (_scores(-1.2e-7), _scores(2.6e-8))),
    ]
    for told in shown:
        cells = [cell for table in told.tables for column in table.columns.items() for cell in [column[0], *column[1]]]
        assert not [cell for cell in cells if "e−" in cell], told
    assert shown[-1] == shown[-2]


def _scores(noise):
    return lambda points: np.abs(points[:, 0] - points[:, 1]) + noise * (points[:, 0] == points[:, 1])


# ---- what is told, kind by kind ----


def test_curves_tell_each_curve_runs_by_their_median_and_the_lines_across():
    told = folded.curves([1, 2], {"a": [0.123, 5], "b": [[1, 2], [3, 2], [8, 2]]}, "step", "loss", {"goal": 0.5})
    assert told.summary == "2 curves, loss over step"
    assert told.tables[0].columns == {"step": ["1", "2"], "a": ["0.12", "5"], "b": ["3 (1 to 8)", "2 (2 to 2)"]}
    assert rows(told.tables[1]) == [["goal", "0.5"]]
    apart = folded.curves({"a": [1, 2], "b": [7]}, {"a": [3, 4], "b": [8]}).tables
    assert [rows(table) for table in apart] == [[["1", "3"], ["2", "4"]], [["7", "8"]]]


def test_points_tell_their_class_and_what_each_neuron_answers():
    told = folded.decision(GATES, [0, 0, 0, 1], {"AND": ((1, 1), -1.5), "OR": ((1, 1), -0.5)}, ["no", "yes"])
    weights, points = told.tables
    assert told.summary == "4 points and 2 neurons"
    assert rows(weights) == [["AND", "+1", "+1", "−1.5"], ["OR", "+1", "+1", "−0.5"]]
    assert rows(points)[1:] == [["0", "1", "no", "0", "1"], ["1", "0", "no", "0", "1"], ["1", "1", "yes", "1", "1"]]


def test_models_tell_their_scores_and_their_answers():
    (table,) = folded.regions(GATES, [0, 1, 1, 0], {"net": lambda p: p[:, 0] / 4}, xlabel="a", ylabel="b").tables
    assert rows(table)[2] == ["1", "0", "1", "0.25"]
    one, two = folded.regions({"in": GATES, "out": GATES * 2}, [0] * 4, {"in": lambda p: p[:, 0], "out": sum_of}).tables
    assert rows(one)[3] == ["1", "1", "0", "1"] and rows(two)[3] == ["2", "2", "0", "4"]
    shares = {"net": lambda p: np.column_stack([p[:, 0], 1 - p[:, 0]])}
    assert rows(folded.class_regions(GATES, [1, 1, 0, 0], shares, ["a", "b"]).tables[0])[0] == ["0", "0", "b", "b (1)"]


def sum_of(points):
    return points.sum(axis=1)


def test_tables_tell_their_numbers_and_large_ones_some():
    (table,) = folded.heat_map([[1, 2.345]], ["row"], ["p", "q"], "rate", "epochs").tables
    assert table.columns == {"epochs \\ rate": ["row"], "p": ["1"], "q": ["2.3"]}
    (large,) = folded.heat_map(np.eye(13), range(13), range(13)).tables
    assert large.note == "12 of 13 rows, evenly chosen. 12 of 13 columns, evenly chosen."
    (counts,) = folded.confusion([3, 3, 7], [3, 7, 7]).tables
    assert rows(counts) == [["3", "1", "1"], ["7", "0", "1"]]


def test_one_small_picture_tells_its_pixels_and_several_their_ends():
    (pixels,) = folded.pictures([np.array([[0, 1.25], [np.nan, 3]])]).tables
    assert rows(pixels) == [["1", "0", "1.2"], ["2", "no number", "3"]]
    (ends,) = folded.pictures([np.eye(2), np.full((2, 3), np.nan)], ["a", ""]).tables
    assert rows(ends) == [["1: a", "2 × 2", "0", "0.5", "1"], ["2", "2 × 3", "none", "none", "none"]]


def test_a_landscape_tells_heights_as_they_lie_and_the_steps_of_its_paths():
    told = folded.contours(AXIS, AXIS, BOWL + AXIS[:, np.newaxis], {"walk": GATES}, {"goal": (0, 1)}, "w", "b")
    heights, walk, star = told.tables
    assert told.summary == "map of heights over w and b, with 1 path"
    assert [row[0] for row in rows(heights)] == ["1", "0.5", "0", "−0.5", "−1"], "the largest on top"
    assert rows(heights)[0] == ["1", "3", "2.2", "2", "2.2", "3"]
    assert rows(walk)[1] == ["1", "0", "1"] and rows(star) == [["goal", "(0, 1)"]]
    two = folded.contours(AXIS, AXIS, BOWL, {"left": {"walk": GATES}, "right": {"walk": GATES}}).tables
    assert [next(iter(table.columns)) for table in two[1:]] == ["step of left walk", "step of right walk"]
    assert folded.surface(AXIS, AXIS, BOWL, zlabel="J").summary == "surface of J over w₁ and w₂"


def test_networks_and_computations_tell_their_numbers():
    weights, units = folded.network([np.array([[1.0], [-2]])], [[3]], [[0, 1], [4]], [["p", "q"], ["r"]]).tables
    assert rows(weights) == [["p", "r", "+1"], ["q", "r", "−2"], ["bias", "r", "+3"]]
    assert rows(units) == [["p", "0"], ["q", "1"], ["r", "4"]]
    boxes, arrows = folded.computation_graph(NODES, SLOPES, {"w": 4.0, "loss": 1.0}).tables
    assert rows(boxes) == [["w", "2", "4"], ["loss", "4", "1"]] and rows(arrows) == [["w → loss", "4"]]
    assert rows(folded.neuron([1.5], -2, ["x₁"]).tables[0]) == [["x₁", "+1.5"], ["bias", "−2"]]
    z = np.array([-1.0, 1])
    (table,) = folded.activations(z, {"ReLU": [0, 1]}, {"ReLU": [0, 1]}).tables
    assert list(table.columns) == ["z", "ReLU", "slope of ReLU"] and rows(table) == [["−1", "0", "0"], ["1", "1", "1"]]
    assert rows(folded.architectures({"net": [2, 4, 1]}).tables[0]) == [["net", "2, 4, 1"]]


def test_data_and_measurements_tell_their_numbers():
    assert rows(folded.histograms({"a": np.arange(5)}).tables[0]) == [["a", "5", "0", "1", "2", "3", "4"]]
    bars, line = folded.intervals(["net"], [2], [1], [4], "error", {"mean": 3}).tables
    assert rows(bars) == [["net", "1", "2", "4"]] and rows(line) == [["mean", "3"]]
    runs, line = folded.dots({"L2": [1, 2, 6], "none": [4]}, "error", {"goal": 3}).tables
    assert rows(runs) == [["L2", "3", "1", "3", "6"], ["none", "1", "4", "4", "4"]] and rows(line) == [["goal", "3"]]
    points, beside = folded.scatter([1, 2], [3, 4], ["a", "b"], {1: "worst"}).tables
    assert rows(points) == [["1", "3", "a"], ["2", "4", "b"]] and rows(beside) == [["worst", "(2, 4)"]]
    (bins,) = folded.reliability({"net": (np.array([0.95, 1.0]), np.array([1, 0]))}).tables
    assert rows(bins) == [["0.9 to 1.0", "2", "0.97", "0.5"]]
    assert rows(folded.course_map({"neurons": ["01", "02"]}).tables[0]) == [["neurons", "01, 02"]]
    assert rows(folded.timeline([(1957, "perceptron", 1), (1943, "neuron", -1)]).tables[0])[0] == ["1943", "neuron"]


@pytest.mark.filterwarnings("error")
def test_what_is_empty_or_no_number_is_told_without_an_error():
    none = np.full((3, 3), np.nan)
    told = [
        folded.curves([], {"a": []}),
        folded.curves([1, 2, 3], {"a": none[0], "b": [np.inf, -np.inf, 1e300]}),
        folded.scatter(none[0], none[0]),
        folded.contours([1, 2, 3], [1, 2, 3], none, {"gone": none[:, :2], "empty": np.empty((0, 2))}),
        folded.reliability({"net": (none[0], none[0])}),
        folded.pictures([none, np.empty((3, 0))]),
        folded.decision(none[:, :2], [0, 1, 1], {"": ((np.nan, 1), 0)}),
        folded.occlusion([none], ["x"]),
        folded.filters([none], [none]),
        folded.training({"loss": []}),
    ]
    for each in told:
        assert each.summary and all(len(rows(table)) <= folded.MOST for table in each.tables)


# ---- what reaches the page ----


def browsers():
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return [path for path in map(shutil.which, names) if path]


@pytest.mark.skipif(not browsers(), reason="no Chromium on this machine")
def test_a_screen_reader_finds_the_summary_and_opened_the_description():
    """Chromium's tree of what it tells a screen reader; JupyterLab keeps these tags, and drops the text of images."""
    sync_api = pytest.importorskip("playwright.sync_api")
    said = [("a falls from 1 to 0.", folded.curves([0, 1], {"a": [1, 0]}, "time"))]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers()[0], args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(_below("Look at the end.", said))
        session = page.context.new_cdp_session(page)

        def told():
            nodes = session.send("Accessibility.getFullAXTree")["nodes"]
            return {(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"]}

        closed = told()
        page.locator("summary").click()
        opened = told()
        browser.close()
    summary = ("DisclosureTriangle", "Figure described: 1 curve, time")
    sentence = ("StaticText", "a falls from 1 to 0.")
    assert summary in closed and ("StaticText", "Look at the end.") in closed and sentence not in closed
    assert {sentence, ("columnheader", "time"), ("cell", "1")} <= opened


def test_the_table_below_a_figure_is_the_one_of_its_arguments(shown):
    plots.neuron([1, -2.5], 3)
    assert "<tr><td>x₂</td><td>−2.5</td></tr>" in shown[1][0].data


def test_walks_fold_their_places_step_by_step():
    told = folded.walks([-6, 6], {"a": [5.0, 4.0], "b": [5.0]}, "w")
    assert told.summary == "2 walks on a curve" and [
        table.columns["a" if k == 0 else "b"] for k, table in enumerate(told.tables)
    ] == [["5", "4"], ["5"]]
