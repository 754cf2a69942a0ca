"""A data set says in one sentence what it is, and nobody changes what it says."""

import dataclasses

import numpy as np
import pytest

from helpers.data import Column, Split, Table

WHAT = {"title": "Trees", "rows": "trees", "source": "a forest", "licence": "none"}
AGE = Column("age", "years", "age of the tree")
GIRTH = Column("girth", "m", "girth of the trunk")
HEIGHT = Column("height", "m", "height of the tree")


def test_a_table_says_what_it_holds():
    trees = Table(
        **WHAT, features=(AGE, GIRTH), target=HEIGHT, x=np.array([[1.0, 0.1], [30.0, 2]]), y=np.array([0.5, 12.0])
    )
    assert repr(trees) == (
        "Trees: 2 trees, each 2 numbers (float64, 0.1 to 30) with the target height in m (float64, 0.5 to 12), "
        "from a forest; licence: none."
    )
    assert trees.feature_names == ("age", "girth")


def test_a_table_without_a_target_says_nothing_of_one_and_counts_what_is_missing():
    trees = Table(**WHAT, x=np.array([[1.0, np.nan], [np.nan, 4.0]]))
    assert repr(trees) == "Trees: 2 trees, each 2 numbers (float64, 1 to 4, 2 missing), from a forest; licence: none."
    assert trees.y is None and trees.mode == "embedded"


def test_a_split_gives_the_range_of_both_parts():
    pictures = Split(
        **WHAT,
        target=Column("kind", "", "kind of the tree"),
        x_train=np.full((1200, 8, 9), 7, np.uint8),
        y_train=np.zeros(1200, np.uint8),
        x_test=np.array([np.zeros((8, 9)), np.full((8, 9), 255)], np.uint8),
        y_test=np.array([3, 4], np.uint8),
    )
    assert repr(pictures) == (
        "Trees: 1,200 training and 2 test trees, each 8 x 9 numbers (uint8, 0 to 255) with the target kind "
        "(uint8, 0 to 4), from a forest; licence: none."
    )


def test_a_data_set_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Table(**WHAT, x=np.zeros((1, 1))).x = np.ones(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        AGE.unit = "months"


def test_two_data_sets_are_never_equal():
    """Comparing arrays of several numbers has no single answer, so it is not tried."""
    first, second = (Table(**WHAT, x=np.zeros((2, 2))) for _ in range(2))
    assert first != second
