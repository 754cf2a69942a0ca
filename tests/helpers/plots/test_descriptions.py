"""What figures say about themselves: fixed examples, the limit of 250 characters, and words that follow the data."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import plots
from helpers.plots import descriptions
from helpers.plots.descriptions import (
    activations,
    architectures,
    bars,
    class_regions,
    computation_graph,
    confusion,
    contours,
    course_map,
    curves,
    decision,
    dots,
    heat_map,
    histograms,
    intervals,
    network,
    neuron,
    pictures,
    regions,
    reliability,
    scatter,
    surface,
    terrain,
    timeline,
)
from helpers.plots.descriptions.words import LIMIT

GATES = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AXIS = np.linspace(-6, 6, 61)
BOWL = AXIS**2 + AXIS[:, np.newaxis] ** 2
VALLEY = AXIS**2 / 2 + 50 * AXIS[:, np.newaxis] ** 2
DIGIT = np.zeros((12, 12))
DIGIT[3:9, 4:6] = [[1, 2]] * 6


def descend(eta, slope=2.0):
    """Sixteen places of descent on the bowl, or in the valley."""
    return np.array([5, 5]) * (1 - eta * np.array([2.0, slope])) ** np.arange(16)[:, np.newaxis]


# ---- what is said ----


def test_five_learning_rates_are_told_apart():
    walks = {f"η = {eta}": 5 * (1 - 2 * eta) ** np.arange(9) for eta in (0.1, 0.5, 0.9, 1.0, 1.1)}
    assert curves(np.arange(9), walks, "step", "x₁") == (
        "x₁ over step: η = 0.1 falls steadily from 5 to 0.84; η = 0.5 falls steadily from 5 to 0 by 1 and stays there; "
        "η = 0.9 swings around 0 and shrinks; η = 1.0 swings evenly between −5 and 5; η = 1.1 swings further and "
        "further, at last between −18 and 21."
    )


def test_two_curves_say_where_they_cross_and_which_is_higher():
    x = np.linspace(0, 4, 41)
    assert curves(x, {"up": x, "down": 3 - x}) == (
        "up rises in a straight line from 0 to 4; down falls in a straight line from 3 to −1; down is higher up "
        "to 1.5, up from there on."
    )
    assert curves(x, {"up": x, "above": x + 1}).endswith("above is higher throughout.")
    assert curves(x, {"up": x, "touching": x + (x - 2) ** 2}).endswith("touching is never lower, they touch at 2.")
    assert curves(x, {"Keras": x, "ours": x}) == "Keras rises in a straight line from 0 to 4; ours lies on Keras."


def test_three_curves_say_their_order():
    x = np.arange(10)
    lines = {"low": x, "high": x + 5, "middle": x + 3}
    assert curves(x, lines).endswith("everywhere from the top: high, middle, low.")
    assert curves(x, lines | {"middle": 12 - x}).endswith("at the end from the top: high, low, middle.")


def test_a_curve_says_where_it_meets_a_named_height():
    x = np.linspace(0, 6, 61)
    falling = np.exp(-x)
    assert curves(x, {"accuracy": falling}, hlines={"guessing": 0.1}).endswith("meets guessing (0.1) at 2.3.")
    assert curves(x, {"accuracy": falling, "guessing": 0 * x + 0.1}).endswith(
        "guessing stays at 0.1; meets guessing at 2.3."
    )
    assert curves(x, {"accuracy": 1 + falling}, hlines={"guessing": 0.1}).endswith("stays above guessing (0.1).")
    two = {"one": falling, "two": falling / 2}
    assert curves(x, two, hlines={"line": 0.1}).endswith("both meet line (0.1) between 1.6 and 2.3.")


def test_repeated_runs_give_their_median_and_where_they_end():
    runs = np.array([[3, 2, 1], [4, 3, 2], [9, 8, 7]])
    assert curves([1, 2, 3], {"loss": runs}, "epoch", "loss") == (
        "loss over epoch, median of 3 runs: falls in a straight line from 4 to 2; 3 runs end between 1 and 7."
    )


def test_curves_with_an_x_of_their_own_say_how_far_they_reach():
    x = {"fast": np.array([10, 20, 30]), "slow": np.array([100, 2000, 3000])}
    text = curves(x, {"fast": [1, 50, 90], "slow": [1, 40, 90]}, xscale="log")
    assert text.startswith("fast (across 10 to 30) rises steadily from 1 to 90; slow (across 100 to 3,000) rises")


def test_bars_say_which_lie_above_a_threshold():
    assert bars(["000", "001", "100"], [0, 4, -6], threshold=0, xlabel="evening", ylabel="z") == (
        "z over evening: 1 of 3 above 0: 001 (4); 1 of 3 on 0: 000 (0); 1 of 3 below 0: 100 (−6)."
    )
    assert bars("ab", [1, 2]) == "2 bars: a (1) and b (2); highest b (2), lowest a (1)."


def test_points_say_how_they_lie_to_the_diagonal():
    x = np.array([10.0, 20, 30, 40])
    assert scatter(x, x + np.array([1, 2, -3, 0]), diagonal=True, annotate={2: "worst"}) == (
        "4 points; 2 above, 1 below, 1 on the line y = x, half of them by 1.5 or more, furthest off (30, 27); rising "
        "together; across 10 to 40, up 11 to 40; “worst” at (30, 27)."
    )
    text = scatter(x, x / 10, diagonal=True, xscale="log", yscale="log", groups=["a", "a", "b", "b"])
    assert "4 points (2 a and 2 b); all below the line y = x, half of them by a factor of 10 or more" in text


def test_histograms_are_grouped_by_shape():
    grid = np.linspace(0, 1, 100)
    values = {
        "even": grid,
        "tail": -np.log(1 - 0.99 * grid),
        "groups": np.where(grid < 0.5, grid / 10, 1),
        "cut": np.minimum(grid * 1.1, 1),
        "yes or no": grid > 0.9,
    }
    assert histograms(values) == (
        "5 histograms: balanced: even; long tail to the right: tail; two groups far apart: groups; piled up at its "
        "right end: cut; two values: yes or no."
    )
    assert histograms({"price": [1, 2, 3, 4]}, "euros") == (
        "euros: 4 values from 1 to 4, half of them between 1.8 and 3.2."
    )


def test_intervals_say_which_is_largest_which_overlap_and_how_they_lie_to_a_line():
    rows = (["line", "forest", "network"], [3.5, 2.5, 2.4], [3.1, 2, 1.9], [4.2, 3, 2.9])
    assert intervals(*rows, "error") == (
        "error: line: 3.5 (3.1 to 4.2), forest: 2.5 (2 to 3), network: 2.4 (1.9 to 2.9); overlapping with no other "
        "bar: line."
    )
    assert "line no change (3): wholly right of it: line; across it: forest; wholly left of it: network" in (
        intervals(*rows, vlines={"no change": 3})
    )


def test_dots_say_the_order_of_the_means_and_which_rows_lie_beside_a_line():
    rows = {"none": [12, 13], "L2": [11, 13], "more data": [8, 9], "labels": [20, 24]}
    assert dots(rows, "error", {"none": 12.5}) == (
        "error: line none (12): 1 wholly left of it: more data; 1 wholly right of it: labels; means: more data 8.5, "
        "L2 12, none 12, labels 22; widest: labels, 20 to 24."
    )
    assert "line a (3): dots of every row on both sides" in dots({"b": [1, 5]}, "", {"a": 3})


def test_pictures_say_their_titles_and_what_moved():
    moved = [np.roll(DIGIT, k, axis=1) for k in range(4)]
    text = pictures(moved, [f"moved {k}: {k + 2}" for k in range(4)])
    assert text.startswith(
        "4 pictures of 12 × 12: moved 0: 2, 1: 3, 2: 4, 3: 5; each is the first one moved, from right"
    )
    assert "moved down by 1 and right by 2" in pictures([DIGIT, np.roll(DIGIT, (1, 2), (0, 1))])
    assert "all are the same picture" in pictures([DIGIT, DIGIT])


def test_pictures_are_compared_with_the_first():
    rng = np.random.default_rng(0)
    steps = np.cumsum(np.cumsum(rng.normal(size=(32, 32)), axis=0), axis=1)
    text = pictures([steps, steps + rng.normal(size=(32, 32)) * 8, steps * 2], ["plain", "noisy", "double"])
    assert "than the first rougher: noisy" in text
    assert "neighbouring pixels are alike in plain, not in noise" in pictures(
        [steps, rng.normal(size=(20, 20))], ["plain", "noise"]
    )


def test_a_table_says_its_extremes_and_its_trends():
    text = heat_map([[0, 5, 9], [1, 6, 20], [0, 0, 0]], [0.1, 0.3, 1.0], [100, 200, 500], "epochs", "rate")
    assert text == (
        "Table of 3 rows (rate) and 3 columns (epochs): largest 20 at rate 0.3, epochs 500; smallest 0 in 4 cells; "
        "rate 1.0 all 0; along epochs numbers grow in 2 rows; at epochs 500 0.1: 9, 0.3: 20, 1.0: 0."
    )


def test_a_confusion_matrix_says_what_is_taken_for_what():
    text = confusion([4, 4, 4, 9, 1, 1], [9, 9, 4, 9, 1, 4])
    assert text == (
        "3 of 6 right (50 %); most often 4 taken for 9 twice and 1 taken for 4 once; most mistakes among 4: 2 of 3; "
        "none among 9."
    )
    assert "cat taken for dog once" in confusion([0, 1], [1, 1], ["cat", "dog"])


def test_a_walk_on_a_bowl_and_walks_in_a_valley_are_told_apart():
    assert contours(AXIS, AXIS, BOWL, {"η = 0.1": descend(0.1)}, {"minimum": (0, 0)}, "x₁", "x₂") == (
        "Map over x₁ and x₂: round low ground, lowest at (0, 0), height 0; star: minimum (0, 0), the lowest place; "
        "η = 0.1: from (5, 5), goes straight, downhill all the way, ends near minimum."
    )
    walks = {f"η = {eta}": {"path": descend(eta, 100)} for eta in (0.002, 0.0195, 0.0201)}
    text = contours(AXIS, AXIS, VALLEY, walks, {"minimum": (0, 0)}, "x₁", "x₂")
    assert text.startswith("a narrow valley along x₁")
    assert "η = 0.002: goes straight" in text and "0.0195: swings from side to side less and less" in text


def test_steps_from_one_place_say_which_lead_opposite_ways():
    steps = {"a": [(1, 1), (2, 1)], "b": [(1, 1), (0, 1)], "c": [(1, 1), (1, 4)], "mean": [(1, 1), (1, 2)]}
    text = contours(AXIS, AXIS, BOWL, {key: np.array(path) for key, path in steps.items()})
    assert "a and b lead opposite ways, mean is the mean of the others" in text


def test_a_walk_that_leaves_and_a_landscape_with_two_valleys_say_so():
    hills = (AXIS**2 / 9 - 1) ** 2 + 0.1 * AXIS + 0.05 * AXIS[:, np.newaxis] ** 2
    text = contours(AXIS, AXIS, hills, {"fast": descend(1.1)}, xlabel="u", ylabel="v")
    assert "2 valleys, the deepest at (−3.2, 0), the other at (2.8, 0)" in text
    assert "fast: swings from side to side wider and wider, leaves the picture" in text


def test_a_surface_says_where_it_is_high():
    text = surface(AXIS, AXIS, np.broadcast_to(AXIS, (61, 61)), xlabel="w", ylabel="v", zlabel="J")
    assert text.startswith("J over w and v: ") and "from −6 up to 6 at (6, −6); higher for large w" in text


def test_a_neuron_and_a_network_say_their_numbers():
    assert neuron([-6, 3], 0.5, output_name="ŷ") == (
        "A neuron with 2 inputs and their weights: x₁: −6, x₂: +3; bias +0.5; the sum z goes through the activation "
        "to ŷ."
    )
    assert network(
        [np.full((2, 2), 3.7), [[4.5], [-5.2]]],
        [[-1.5, 0], [-2]],
        activations=[[1, 0], [0.9, 0.17], [0.76]],
        unit_names=[["x₁", "x₂"], ["a₁", "a₂"], ["ŷ"]],
    ) == (
        "Network 2-2-1: values 1, 0 → 0.9, 0.17 → 0.76; to a₁: x₁ +3.7, x₂ +3.7, bias −1.5; to a₂: x₁ +3.7, x₂ +3.7, "
        "bias 0; to ŷ: a₁ +4.5, a₂ −5.2, bias −2."
    )
    large = np.zeros((9, 9))
    large[3, 4] = -7
    assert "strongest x₄ to ŷ₅: −7" in network([large])


def test_architectures_activations_and_graphs_say_their_numbers():
    assert architectures({"shallow": [2, 4, 1]}).endswith("shallow 2-4-1, 17 weights and biases.")
    z = np.linspace(-5, 5, 101)
    assert activations(z, {"ReLU": np.maximum(z, 0), "step": z > 0}, {"ReLU": z > 0, "step": 0 * z}) == (
        "Activations a and their slopes over z: ReLU from 0 to 5, slope 0 up to 0, then 1; step from 0 to 1, slope 0 "
        "throughout."
    )
    nodes = {"h": (0, 0.5, 0.6), "ŷ₁": (1, 0, 1.2), "ŷ₂": (1, 1, -0.6), "error": (2, 0.5, 0.2)}
    slopes = {("h", "ŷ₁"): 2, ("h", "ŷ₂"): -1, ("ŷ₁", "error"): 0.2, ("ŷ₂", "error"): -0.6}
    assert computation_graph(nodes, slopes, {"error": 1, "ŷ₁": 0.2, "ŷ₂": -0.6, "h": 1}) == (
        "forward h: 0.6, ŷ₁: 1.2, ŷ₂: −0.6, error: 0.2; gradients back, slope × what comes back: h: 2 × 0.2 + −1 × "
        "(−0.6) = 1; ŷ₁: 0.2 × 1 = 0.2; ŷ₂: −0.6 × 1 = −0.6."
    )


def test_neurons_say_which_points_lie_on_the_right_side():
    lines = {"AND": ([1, 1], -1.5), "nothing": ([0, 0], 1), "on a point": ([1, 0], 0)}
    text = decision(GATES, [0, 0, 0, 1], lines, xlabel="x₁", ylabel="x₂")
    assert "AND: 1 at (1, 1), all 4 right" in text
    assert "nothing: 1 of 4 right, wrong (0, 0), (0, 1) and (1, 0), no line, all answered 1" in text
    assert "on the line" in text


def inside_band(places):
    return np.exp(-((places.sum(axis=1) - 1) ** 2))


def test_regions_say_how_the_plane_is_parted():
    scores = {"band": inside_band, "line": lambda places: places[:, 0]}
    text = regions(GATES, [0, 1, 1, 0], scores, threshold=0.5, xlabel="x₁", ylabel="x₂")
    assert "band: all 4 right, 1 in a band between two areas of 0" in text
    assert "line: 2 of 4 right, wrong (0, 1) and (1, 1), parted by a straight line" in text
    ring = {"ring": lambda places: np.hypot(*(places - 0.5).T)}
    assert "parted by a curve" in regions(GATES, [1, 1, 1, 1], ring)


def test_regions_of_classes_say_whether_borders_are_straight():
    points, labels = np.array([[0, 0], [4, 0], [0, 4.0], [4, 4]]), [0, 1, 2, 1]

    def linear(places):
        return np.column_stack([4 - places.sum(axis=1), places[:, 0], places[:, 1] - 0.1])

    def curved(places):
        return np.column_stack([4 - (places**2).sum(axis=1), places[:, 0] * 0 + 1, places[:, 0] * 0])

    text = class_regions(points, labels, {"linear": linear, "curved": curved}, ["a", "b", "c"], "x", "y")
    assert "1 × a, 2 × b and 1 × c, by x and y: linear: all 4 right, 3 borders, straight" in text
    assert "curved: 3 of 4 right, wrong (0, 4), 1 border, curved" in text


def test_reliability_says_whether_answers_are_too_sure():
    right = np.array([1, 1, 0, 0])
    text = reliability(
        {"bold": (np.full(4, 0.9), right), "shy": (np.full(4, 0.3), right), "fair": (right * 0.5, right)}
    )
    assert "bold: too sure, mean confidence 0.9, right 0.5" in text and "shy: not sure enough" in text
    assert "about honest" in reliability({"fair": (np.full(4, 0.5), right)})


def test_the_course_and_its_history_are_told_in_order():
    assert course_map({"neurons": ["01 perceptron", "02 XOR"], "scale": ["14 machines"]}) == (
        "2 groups in order: neurons (01 perceptron, 02 XOR); scale (14 machines)."
    )
    assert course_map(
        {"learning": ["03 descent", "04 landscapes"], "scale": ["14 machines"]}, ["04 landscapes", "14 machines"]
    ) == (
        "2 groups in order: learning (03 descent, 04 landscapes); scale (14 machines); "
        "side trips, in dashed frames: 04, 14."
    )
    assert timeline([(1957, "Rosenblatt:\nthe perceptron", 1), (1943, "a neuron", -1)]) == (
        "1943 a neuron; 1957 Rosenblatt: the perceptron."
    )


# ---- the words follow the data ----


def test_a_relation_turns_when_the_data_are_turned():
    x = np.arange(10.0)
    one, other = (curves(x, {"a": sign * x, "b": sign * (x + 1)}) for sign in (1, -1))
    assert "a rises" in one and "b is higher" in one
    assert "a falls" in other and "a is higher" in other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (curves([0, 1, 2], {"a": [1, 2, 3]}), curves([0, 1, 2], {"a": [1, 2, 4]})),
        (bars("ab", [1, -1], 0), bars("ab", [-1, 1], 0)),
        (scatter([1, 2], [2, 1], diagonal=True), scatter([1, 2], [2, 3], diagonal=True)),
        (histograms({"a": [1, 2, 3]}), histograms({"a": [1, 2, 5]})),
        (intervals("ab", [1, 2], [0, 1], [2, 3]), intervals("ab", [2, 1], [1, 0], [3, 2])),
        (dots({"a": [1, 2], "b": [3]}), dots({"a": [1, 2], "b": [1]})),
        (pictures([DIGIT, DIGIT]), pictures([DIGIT, np.roll(DIGIT, 1)])),
        (heat_map([[1, 2]], "a", "bc"), heat_map([[2, 1]], "a", "bc")),
        (confusion([0, 1], [0, 1]), confusion([0, 1], [1, 1])),
        (contours(AXIS, AXIS, BOWL), contours(AXIS, AXIS, np.roll(BOWL, 5, axis=1))),
        (contours(AXIS, AXIS, BOWL, {"a": descend(0.1)}), contours(AXIS, AXIS, BOWL, {"a": descend(0.9)})),
        (surface(AXIS, AXIS, BOWL), surface(AXIS, AXIS, -BOWL)),
        (neuron([1, 2], 0), neuron([1, -2], 0)),
        (network([[[1.0]], [[2]]]), network([[[1.0]], [[-2]]])),
        (architectures({"a": [2, 1]}), architectures({"a": [2, 2]})),
        (decision(GATES, [0, 0, 0, 1], {"a": ([1, 1], -1.5)}), decision(GATES, [0, 0, 0, 1], {"a": ([1, 1], -0.5)})),
        (regions(GATES, [0, 1, 1, 0], {"a": inside_band}), regions(GATES, [1, 0, 0, 1], {"a": inside_band})),
        (reliability({"a": ([0.9, 0.9], [1, 1])}), reliability({"a": ([0.9, 0.9], [1, 0])})),
    ],
)
def test_what_matters_changes_the_text(one, other):
    assert one != other


# ---- whatever the arguments ----

anything = st.floats(allow_nan=True, allow_infinity=True)
usual = st.floats(-1e3, 1e3)
any_text = st.text(max_size=120)
mixed = st.one_of(usual, anything, st.sampled_from([0.0, 1.0]))


def arrays(shape, numbers=mixed):
    return st.lists(numbers, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda values: np.reshape(np.array(values, float), shape)
    )


def dicts(values, most=6):
    return st.dictionaries(any_text, values, min_size=1, max_size=most)


def check(text):
    assert isinstance(text, str) and 0 < len(text) <= LIMIT
    assert "\n" not in text
    assert not re.search(r"\bnan\b|−0(?![.\d])", text)


class Plain:
    """Texts that cannot hold what `check` looks for: only the numbers can."""

    names = st.dictionaries(st.text("abc xyz", max_size=90), st.none(), min_size=1, max_size=40).map(list)


scales = st.sampled_from(["linear", "log"])


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_text_keeps_within_the_limit_and_has_no_noise(data):
    def draw(strategy):
        return data.draw(strategy)

    n, names = draw(st.integers(1, 12)), draw(Plain.names)
    few = names[:4]
    x, rows = draw(arrays(n)), draw(arrays((3, n)))
    check(curves(x, {key: draw(arrays(n)) for key in names[:6]}, xscale=draw(scales), yscale=draw(scales)))
    check(curves(x, {key: rows for key in names}, few[0], few[0], hlines={few[0]: draw(mixed)}))
    check(curves({key: x for key in few}, {key: rows[0] for key in few}, yscale=draw(scales)))
    check(bars(list(range(n)), x, draw(st.one_of(st.none(), usual)), few[0], few[0]))
    check(scatter(x, rows[0], [few[0]] * n, True, {0: few[0]}, few[0], few[0], draw(scales), draw(scales)))
    check(histograms({key: draw(arrays(n)) for key in names[:5]}, few[0]))
    check(intervals([f"{k} {few[0]}" for k in range(n)], x, *rows[:2], few[0], {few[0]: draw(mixed)}))
    check(dots({key: draw(arrays(n)) for key in names}, few[0], {few[0]: draw(mixed)}))
    check(pictures([draw(arrays((4, 5))) for _ in few], few))
    check(pictures([rows] * 40, None, False))
    check(heat_map(rows, names[:1] * 3, [few[0]] * n, few[0], few[0]))
    check(confusion(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)), [1] * n, None))
    side, up = np.linspace(0, 1, 4), np.arange(5)
    heights, path = draw(arrays((5, 4))), draw(arrays((n, 2)))
    check(contours(side, up, heights, dict.fromkeys(few, path), dict.fromkeys(few, (0.5, draw(mixed))), few[0], few[0]))
    check(contours(side, up, dict.fromkeys(few, heights), {key: {"": path} for key in few}))
    check(surface(side, up, heights, few[0], few[0], few[0]))
    check(neuron(x, draw(mixed), names[:1] * n, few[0]))
    check(network([rows, draw(arrays((n, 2)))], None))
    check(network([rows], [x], [[1, 2, 3], x]))
    check(architectures({key: [n, 3, 1] for key in names}))
    check(activations(np.arange(n), dict.fromkeys(few, x), dict.fromkeys(few, rows[1])))
    nodes = {key: (k, 0, draw(mixed)) for k, key in enumerate(names[:6])}
    slopes = {(one, two): draw(mixed) for one, two in zip(list(nodes), list(nodes)[1:], strict=False)}
    check(computation_graph(nodes, slopes, dict.fromkeys(nodes, draw(mixed))))
    check(course_map(dict.fromkeys(names, names)))
    check(timeline([(1900 + k, key, 1) for k, key in enumerate(names)]))
    check(reliability(dict.fromkeys(few, (draw(arrays(n)), draw(arrays(n))))))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_every_text_about_points_keeps_within_the_limit(data):
    n, names = data.draw(st.integers(1, 12)), data.draw(Plain.names)
    few, points = names[:3], data.draw(arrays((n, 2)))
    labels = data.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))
    line = data.draw(arrays(2)), data.draw(mixed)
    constant = data.draw(mixed)
    check(decision(points, labels, dict.fromkeys(names, line), few[:2], few[0], few[0]))
    check(decision(points, [labels] * len(few), dict.fromkeys(few, line)))
    check(regions(points, labels, dict.fromkeys(few, lambda places: places @ np.nan_to_num(line[0])), constant))
    check(
        regions(dict.fromkeys(few, points), labels, dict.fromkeys(few, lambda places: np.full(len(places), constant)))
    )
    shares = {key: (lambda places: np.column_stack([places[:, 0], places[:, 0] * 0 + 1])) for key in few}
    check(class_regions(points, labels, shares, names[:1] * 2, few[0], few[0]))


def test_integers_lists_and_small_floats_are_described_like_arrays():
    rng = np.random.default_rng(1)
    x, y = np.arange(12), rng.integers(0, 9, 12)
    wanted = curves(x, {"a": y})
    assert wanted == curves(list(x), {"a": y.tolist()}) == curves(x.astype(np.float32), {"a": y.astype(np.float32)})
    assert wanted == curves(x, {"a": np.ma.array(y)})
    image = rng.integers(0, 255, (9, 9), dtype=np.uint8)
    assert pictures([image]) == pictures([image.tolist()]) == pictures([image.astype(float)])


def test_every_figure_has_a_description():
    others = {"Drawn", "Landscape", "Panel", "Region", "between", "one_of", "show", "side_by_side", "sliders", "table"}
    others |= {"race"}  # a film of contours, described as its last picture
    assert set(descriptions.__all__) == set(plots.__all__) - others


# ---- what lies in a plane ----


def test_areas_are_counted_without_specks():
    grid = np.zeros((60, 60), bool)
    grid[:, :10] = grid[:, 30:40] = True
    grid[5, 20] = True
    assert terrain.areas(grid) == 2 and terrain.areas(~grid) == 2


def test_a_valley_counts_if_one_must_climb_a_twentieth_of_all_heights():
    x = np.linspace(-1, 1, 41)
    for pass_height, valleys in ((0.06, 2), (0.04, 1)):
        profile = np.interp(x, [-1, -0.5, 0, 0.5, 1], [1, 0, pass_height, 0, 1])
        assert len(terrain.basins(np.tile(profile, (5, 1)))) == valleys


@pytest.mark.parametrize(
    ("squeeze", "words"),
    [(1, "round low ground"), (1.7, ""), (3, "a valley along x"), (9, "a narrow valley along x")],
)
def test_low_ground_is_round_a_valley_or_narrow(squeeze, words):
    heights = AXIS**2 + (squeeze * AXIS[:, np.newaxis]) ** 2
    assert terrain.ground(AXIS, AXIS, heights, "x", "y") == words
    turned = words.replace("along x", "along y")
    assert terrain.ground(AXIS, AXIS, heights.T, "x", "y") == turned


@pytest.mark.parametrize(("slope", "words"), [(1, "rises to the right"), (-1, "falls to the right")])
def test_a_valley_across_the_picture_rises_or_falls_to_the_right(slope, words):
    up = AXIS[:, np.newaxis]
    heights = (up - slope * AXIS) ** 2 + 0.01 * (up + slope * AXIS) ** 2
    assert terrain.ground(AXIS, AXIS, heights, "x", "y") == f"a narrow valley that {words}"


def test_low_ground_may_be_a_ring():
    heights = np.abs(np.hypot(AXIS, AXIS[:, np.newaxis]) - 4)
    assert terrain.ground(AXIS, AXIS, heights, "x", "y") == "low ground like a ring around (0, 0)"


def test_a_line_is_straight_up_to_a_hundredth_of_the_picture():
    t = np.linspace(0, 1, 50)
    for bend, straight in ((0.01, True), (0.04, False)):
        assert terrain.is_straight(np.column_stack([t, bend * t * (1 - t) * 4])) == straight


@pytest.mark.parametrize(
    ("part", "side"),
    [
        (np.s_[:5], "upper"),
        (np.s_[5:], "lower"),
        (np.s_[:, :5], "left"),
        (np.s_[:, 5:], "right"),
        (np.s_[4:6, 4:6], "middle"),
    ],
)
def test_the_bright_side_of_a_picture_is_found(part, side):
    picture = np.zeros((10, 10))
    picture[part] = 1
    assert terrain.brightest(picture) == side
    opposite = {"upper": "lower", "lower": "upper", "left": "right", "right": "left", "middle": "rim"}
    assert terrain.brightest(-picture) == opposite[side]
    assert terrain.brightest(np.ones((10, 10))) == ""
