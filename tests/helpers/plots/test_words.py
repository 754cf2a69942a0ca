"""Words for numbers and for how a series of numbers runs: what is said, and where each word begins to hold."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.plots.descriptions.words import (
    LIMIT,
    clause,
    common_words,
    compose,
    count,
    listing,
    number,
    percent,
    phrases,
    quiet,
    series,
    shorten,
    signed,
    times,
    turns,
    without_common,
)

numbers = st.floats(allow_nan=True, allow_infinity=True)


def said(y, x=None, height=0.0, **scales):
    """The longest phrase for a series."""
    return phrases(series(np.arange(len(y)) if x is None else x, y, **scales), height)[0]


# ---- numbers ----


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.312, "0.31"),
        (12.34, "12"),
        (397, "397"),
        (396.9, "400"),
        (999.6, "1,000"),
        (1234, "1,200"),
        (-3.7, "−3.7"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.00012, "0.00012"),
        (1.2e-7, "1.2e−7"),
        (1e-7, "1e−7"),
        (4.4e17, "4.4e17"),
        (np.float32(0.1), "0.1"),
        (np.int64(7), "7"),
        (float("nan"), "no number"),
        (float("-inf"), "−∞"),
    ],
)
def test_a_number_is_written_as_people_write_it(value, text):
    assert number(value) == text


@given(numbers)
def test_a_number_has_no_hyphen_no_noise_and_is_the_same_but_for_its_sign_when_mirrored(value):
    text = number(value)
    assert "-" not in text and "nan" not in text and "−0" not in {text, text[:3]} - {"−0.", "−0"}
    assert not re.search(r"\.\d*0$", text)
    if value > 0:
        assert number(-value) == f"−{text}" and signed(value) == f"+{text}"


@given(st.floats(1e-250, 1e250))
def test_a_number_is_right_to_two_digits(value):
    read = float(number(value).replace(",", "").replace("−", "-"))
    assert abs(read - value) <= 0.051 * value


def test_counts_shares_and_times_are_exact():
    assert [count(1, "point"), count(1797, "point")] == ["1 point", "1,797 points"]
    assert [times(1), times(2), times(1000)] == ["once", "twice", "1,000 times"]
    assert [percent(999, 1000), percent(1, 1000), percent(0, 7), percent(7, 7)] == ["99 %", "1 %", "0 %", "100 %"]


# ---- texts ----


def test_a_text_is_cut_between_words_and_never_inside_a_number():
    assert shorten("the cost of one weight", 100) == "the cost of one weight"
    assert shorten("the cost of one weight", 13) == "the cost of…"
    assert shorten("cost12345678", 8) == "cost…"


def test_a_list_is_written_as_people_write_it():
    assert [listing("a"), listing("ab"), listing("abc"), listing("abcdef")] == [
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and 3 more",
    ]


def test_a_common_beginning_of_titles_is_said_once():
    assert without_common(["epoch 0", "epoch 10", "epoch 20"]) == ["epoch 0", "10", "20"]
    assert without_common(["epoch 0", "epoch 0", "epoch 20"]) == ["epoch 0", "epoch 0", "epoch 20"]
    assert common_words(["read: 7", "read: 71"]) == "read: "


def test_a_sentence_loses_what_costs_least_and_takes_back_what_fits():
    head, long, short = clause("cost"), clause("a" * 30, "a" * 10, cost=8), clause("bb", cost=1)
    assert compose(head, [long, short], limit=100) == f"cost: {'a' * 30}; bb."
    # "bb" costs no more than the shorter text but is shorter: first the long text is shortened, and "bb" stays.
    assert compose(head, [long, short], limit=25) == f"cost: {'a' * 10}; bb."
    assert compose(head, [long, short], limit=18) == f"cost: {'a' * 10}."
    # The cheap "dd" goes first, then the long text; after that there is room for "dd" again.
    some = [clause("b" * 5, cost=8), clause("a" * 30, cost=2), clause("dd", cost=1)]
    assert compose([], some, limit=12) == "bbbbb; dd."
    assert compose(head, [clause("word " * 20, cost=8)], limit=30) == "word word word word word word…"


words_of_any_kind = st.lists(st.text(max_size=90), min_size=1, max_size=3)


@given(st.text(max_size=300), st.lists(st.tuples(words_of_any_kind, st.sampled_from([1, 2, 4, 8])), max_size=12))
def test_a_sentence_keeps_within_the_limit_whatever_it_is_made_of(head, texts):
    clauses = [clause(*sorted(some, key=len, reverse=True), cost=cost) for some, cost in texts]
    assert len(compose(clause(head), clauses)) <= LIMIT


# ---- how a series runs ----

STEPS = np.arange(9)


@pytest.mark.parametrize(
    ("y", "text"),
    [
        (5 * 0.8**STEPS, "falls steadily from 5 to 0.84"),
        (5 * 0.0**STEPS, "falls steadily from 5 to 0 by 1 and stays there"),
        (5 * (-0.8) ** STEPS, "swings around 0 and shrinks"),
        (3 + 5 * (-0.8) ** STEPS, "swings around 3 and shrinks"),
        (5 * (-1.0) ** STEPS, "swings evenly between −5 and 5"),
        (5 * (-1.2) ** STEPS, "swings further and further, at last between −18 and 21"),
        (2.0 - STEPS, "falls in a straight line from 2 to −6"),
        (np.full(9, 0.1), "stays at 0.1"),
        ((STEPS - 3) ** 2, "falls from 9 to 0 at 3, then rises to 25"),
        ([1, 2, np.nan, np.nan], "rises from 1 to 2; no numbers from 2 on"),
        ([7], "is 7 at 0"),
        ([np.nan, np.inf], "has no numbers"),
        (1e6 + 0.1 * STEPS, "rises in a straight line by 0.8 from 1e6"),
    ],
)
def test_a_series_runs_as_it_is_said(y, text):
    assert said(y) == text


def test_two_valleys_a_jump_and_a_long_fall_into_restlessness_are_told_apart():
    x = np.linspace(-1.7, 1.7, 201)
    assert said((x**2 - 1) ** 2 + 0.3 * x, x) == (
        "has two valleys, −0.31 at −1 and 0.29 at 0.95, and between them a hill, 1 at 0.068"
    )
    assert said(x > 0.01, x) == "jumps from 0 to 1 at 0.017"
    assert said(x >= 0, x) == "jumps from 0 to 1 at 0"
    restless = [55, 40, 30, *[10, 20, 13, 18, 12, 20, 10, 17] * 8]
    assert said(restless) == "falls from 55, from 3 on goes up and down between 10 and 20"


def test_a_straight_line_on_a_logarithmic_axis_is_a_factor():
    x = np.arange(1, 10)
    text = said(1000.0**x, x, yscale="log")
    assert text == "rises in a straight line, times 1,000 for each 1, from 1,000 to 1e27"
    assert "line" not in said(1000.0**x, x)


def test_on_a_logarithmic_axis_nothing_swings_around_0():
    swings = 10.0 ** (-2 + 4 * (-0.8) ** STEPS)
    assert said(swings, STEPS, yscale="log") == "swings around 0.01 and shrinks"


# The borders of the words.


def test_steadily_means_that_it_never_goes_back():
    falling = np.linspace(1, 0, 30) ** 2
    assert "steadily" in said(falling)
    falling[10] = falling[9] + 0.001
    assert "falls from 1" in said(falling)


def test_a_turn_counts_from_three_hundredths_of_its_own_height_on():
    up = np.linspace(0, 1, 50)
    for back, turned in ((0.02, False), (0.04, True)):
        y = np.concatenate([up, [1 - back]])
        assert ("falls" in said(y)) == turned


def test_a_curve_is_nearly_level_up_to_a_tenth_of_the_picture():
    y = np.linspace(1, 1.5, 20)
    assert said(y, height=5.1) == "rises a little, from 1 to 1.5"
    assert said(y, height=4.9).startswith("rises in a straight line")


def test_swings_are_even_up_to_fifteen_hundredths():
    def swings(odd):
        return said(np.array([0, 1, 0, odd, 0, 1, 0, 1.0]))

    assert swings(1.14).startswith("swings evenly")
    assert not swings(1.2).startswith("swings")


def test_three_ways_are_no_swings():
    assert "swings" in said([0, 1, 0, 1, 0])
    assert "swings" not in said([0, 1, 0, 1])


def test_shrinking_swings_must_shrink_to_four_fifths():
    for last, word in ((0.75, "shrinks"), (0.9, "")):
        lengths = np.linspace(1, last, 6)
        y = np.concatenate([[0], np.cumsum(lengths * (-1) ** np.arange(6))])
        assert word in said(y)
        assert ("shrinks" in said(y)) == bool(word)


def test_a_series_stays_if_it_keeps_a_tenth_of_the_width_within_two_hundredths():
    x = np.linspace(0, 1, 101)
    for width, stays in ((0.12, True), (0.08, False)):
        assert ("stays at 0 until" in said(np.maximum(x - width, 0), x)) == stays


@pytest.mark.parametrize("share", [0.03, 0.3])
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_between_two_turns_a_series_never_goes_back_by_more_than_what_counts(share, y):
    y = np.array(y)
    least = share * np.ptp(y)
    found = turns(y, least)
    assert found[0] == 0 and found[-1] == len(y) - 1 and found == sorted(set(found))
    for first, last in pairwise(found):
        way = 1 if y[last] >= y[first] else -1
        part = way * y[first : last + 1]
        assert np.max(np.maximum.accumulate(part) - part) <= least * (1 + 1e-9)


MIRRORED = {"rises": "falls", "falls": "rises"}


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=30))
def test_a_curve_turned_upside_down_rises_where_it_fell(y):
    y = np.array(y, float)
    one, other = said(y), said(-y)
    assert re.findall("rises|falls", one) == [MIRRORED[word] for word in re.findall("rises|falls", other)] or (
        "two valleys" in one + other  # a hill between valleys is no valley between hills
    )
    assert one.split()[0] == MIRRORED.get(other.split()[0], other.split()[0]) or "two valleys" in one + other


phrases_quietly = quiet(phrases)
hostile = st.lists(st.one_of(numbers, st.sampled_from([0.0, 1.0, 1e-320, 1e308])), min_size=1, max_size=40)


@settings(deadline=None)
@given(hostile, st.sampled_from(["linear", "log"]), st.sampled_from(["linear", "log"]), st.floats(0, 1e9))
def test_any_series_can_be_said(y, xscale, yscale, height):
    for x in (np.arange(len(y)), y):
        for text in phrases_quietly(series(x, y, xscale, yscale), height):
            assert text and "nan" not in text and "-" not in text


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=20))
def test_lists_floats_of_any_size_and_masked_arrays_are_said_alike(y):
    x = list(range(len(y)))
    masked = np.ma.masked_invalid(np.array([*y, np.nan]))
    assert said(y, x) == said(np.array(y, np.float32), x) == said(masked[:-1], x)
