"""The convolution of notebook 09, written by hand: right by other libraries, and its check notices what is broken."""

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT
from scipy.signal import correlate2d

from helpers import course, precision

NOTEBOOK = ROOT / "notebooks" / "09_convolution_by_hand.ipynb"
BY_HAND = ("def convolve_loops(", "def convolve(", "def keras_convolve(", "def pad_same(")
CHECK = "equal to Keras' Conv2D within 1e-5"


def cell_with(text):
    """The source of the one code cell that holds a text."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    (source,) = (cell.source for cell in cells if cell.cell_type == "code" and text in cell.source)
    return source


def functions(broken=lambda source: source):
    """What the cells define that write the convolution, each source passed through ``broken`` first."""
    # The cell of the one-expression version compares itself with the loops on the digit of section 1.
    scope = {"np": np, "course": course, "digit": np.random.default_rng(0).normal(size=(28, 28)), "kernel": np.eye(3)}
    for text in BY_HAND:
        source = cell_with(text)
        exec(broken(source.partition("\nfor ")[0] if text == "def convolve(" else source), scope)
    return scope


@pytest.fixture(scope="module", autouse=True)
def full_precision_ends_with_this_file():
    """The notebook begins it for good, and other tests share this process."""
    course.start_keras()
    with precision.full_precision():
        yield


@pytest.fixture(scope="module")
def by_hand():
    return functions()


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.tuples(st.integers(4, 12), st.integers(4, 12)),
    k=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    stride=st.integers(1, 4),
)
def test_both_versions_agree_with_scipy(by_hand, seed, shape, k, stride):
    rng = np.random.default_rng(seed)
    x, kernel = rng.normal(size=shape), rng.normal(size=k)
    expected = correlate2d(x, kernel, mode="valid")[::stride, ::stride]
    for name in ("convolve_loops", "convolve"):
        found = by_hand[name](x, kernel, stride)
        assert found.shape == expected.shape, name
        np.testing.assert_allclose(found, expected, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("k, expected", [(1, (7, 7)), (2, (8, 8)), (3, (9, 9)), (5, (11, 11))])
def test_same_padding_keeps_the_size_with_stride_one(by_hand, k, expected):
    assert by_hand["pad_same"](np.ones((7, 7)), k, 1).shape == expected


def test_what_is_odd_of_the_same_padding_goes_to_the_bottom_and_to_the_right(by_hand):
    assert by_hand["pad_same"](np.array([[1.0, 2.0]]), 2, 1).tolist() == [[1, 2, 0], [0, 0, 0]]


def test_the_check_of_the_notebook_passes(by_hand, capsys):
    exec(cell_with(CHECK), dict(by_hand))
    assert capsys.readouterr().out.endswith("within 1e-5: True\n")


@pytest.mark.parametrize(
    "right, wrong, named",
    [
        ("[::stride, ::stride]", "", "convolve: k=1, stride=2, padding='valid': shape"),
        ("i * stride, j * stride", "i, j", "convolve_loops: k=1, stride=2, padding='valid': differs from Keras by"),
        ("patches, kernel)", "patches, kernel[::-1, ::-1])", "convolve: k=2, stride=1, padding='valid': differs"),
        (
            "k_columns] * kernel)",
            "k_columns] * kernel[::-1, ::-1])",
            "convolve_loops: k=2, stride=1, padding='valid': d",
        ),
        ("patches, kernel)", "patches, kernel.T)", "convolve: k=2, stride=1, padding='valid': differs"),
        ("(zeros // 2, zeros - zeros // 2)", "(zeros - zeros // 2, zeros // 2)", "stride=1, padding='same': differs"),
        ("-(-n // stride)", "n // stride", "padding='same': shape"),
    ],
    ids=["stride", "stride in the loops", "flip", "flip in the loops", "transpose", "sides of the padding", "padding"],
)
def test_the_check_of_the_notebook_names_what_is_broken(right, wrong, named):
    seen = []

    def broken(source):
        seen.append(source.count(right))
        return source.replace(right, wrong)

    scope = functions(broken)
    assert sum(seen) == 1, f"{right} is not in the notebook any more"
    with pytest.raises(AssertionError) as failure:
        exec(cell_with(CHECK), scope)
    assert named in str(failure.value)


def test_a_wrong_formula_of_the_size_is_named():
    source = cell_with("def places(")
    assert source.count("(n + 2 * p - k) // s + 1") == 1
    scope = functions()
    exec("from itertools import product", scope)
    exec(source, scope)
    with pytest.raises(AssertionError, match=r"n=1, k=1, p=1, s=1: 2, Keras has 3"):
        exec(source.replace("2 * p", "p"), scope)
