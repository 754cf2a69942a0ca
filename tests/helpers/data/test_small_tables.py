"""The small data sets, against the numbers of the lectures and of scikit-learn."""

import numpy as np
import pytest
from fresh_python import ROOT
from scipy.optimize import linprog

from helpers import data
from helpers.data import small_tables


def test_exam_scores():
    exam = data.load_exam_scores()
    assert exam.x.tolist() == [[3, 5], [5, 1], [10, 2]]
    assert exam.y.tolist() == [0.75, 0.82, 0.93]


def test_xor():
    xor = data.load_xor()
    assert xor.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert xor.y.tolist() == [int(a) ^ int(b) for a, b in xor.x]


def test_sample_points():
    points = data.load_sample_points()
    assert points.x.shape == (7, 2)
    assert points.x[[0, -1]].tolist() == [[0.0660451, 0.4392075], [1.37804958, -0.44658032]]
    np.testing.assert_allclose(points.x.mean(axis=0), [-0.0256, 0.2326], atol=5e-5)
    np.testing.assert_allclose(points.x.std(axis=0), [0.8232, 0.4686], atol=5e-5)


def test_picture_table_has_one_gap_that_nobody_filled():
    x = data.load_picture_table().x
    assert np.argwhere(np.isnan(x)).tolist() == [[17, 19]]
    known = x[~np.isnan(x)]
    assert len(known) == 399
    assert (known.min(), known.max()) == (0, 99)
    assert (known == known.astype(int)).all()
    assert x[0, :4].tolist() == [8, 2, 22, 97]
    assert x[-1, -2:].tolist() == [67, 48]
    # what the card says: neighbours have nothing to do with each other
    whole = np.delete(x, 17, axis=0)
    assert round(np.corrcoef(whole[:, :-1].ravel(), whole[:, 1:].ravel())[0, 1], 2) == -0.13


def test_a_missing_table_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(small_tables, "TABLES_FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"^The file data/xor\.csv is missing: .*\.$"):
        data.load_xor()


@pytest.mark.parametrize("text", ["", "x1,x2,xor\n0,0,0\n", "x1,x2,xor\n0,0,0\n0,1\n1,0,1\n1,1,0\n", "<html>\n<b>\n"])
def test_a_damaged_table_is_named(monkeypatch, tmp_path, text):
    monkeypatch.setattr(small_tables, "TABLES_FOLDER", tmp_path)
    (tmp_path / "xor.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^The file data/xor\.csv is not the table of 4 x 3 numbers"):
        data.load_xor()


def test_a_table_with_windows_line_ends_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr(small_tables, "TABLES_FOLDER", tmp_path)
    text = (ROOT / "data" / "exam_scores.csv").read_text(encoding="utf-8")
    (tmp_path / "exam_scores.csv").write_bytes(text.replace("\n", "\r\n").encode())
    assert data.load_exam_scores().y.tolist() == [0.75, 0.82, 0.93]


def a_line_separates(table):
    """True if some line (or plane) has each class on its own side: a linear program, not a neuron."""
    rows = np.column_stack([table.x, np.ones(len(table.x))]) * np.where(table.y == 1, 1, -1)[:, None]
    return linprog(np.zeros(rows.shape[1]), A_ub=-rows, b_ub=-np.ones(len(rows)), bounds=(None, None)).status == 0


@pytest.mark.parametrize(
    ("pair", "separable"),
    [(("setosa", "versicolor"), True), (("virginica", "setosa"), True), (("versicolor", "virginica"), False)],
)
def test_iris_pair(pair, separable):
    flowers = data.load_iris_pair(*pair)
    assert flowers.x.shape == (100, 2)
    assert flowers.class_names == pair
    assert flowers.y.tolist() == [0] * 50 + [1] * 50
    assert a_line_separates(flowers) == separable


def test_iris_is_setosa_and_versicolor_by_their_petals_unless_something_else_is_asked_for():
    flowers = data.load_iris_pair()
    assert flowers.class_names == ("setosa", "versicolor")
    assert flowers.feature_names == ("petal length", "petal width")
    assert flowers.x[[0, 50]].tolist() == [[1.4, 0.2], [4.7, 1.4]]  # the first of each in the source


def test_iris_columns_are_those_asked_for():
    flowers = data.load_iris_pair("versicolor", "setosa", features=["sepal width", "petal length"])
    assert flowers.feature_names == ("sepal width", "petal length")
    assert {column.unit for column in flowers.features} == {"cm"}
    assert flowers.x[0].tolist() == [3.2, 4.7]  # the first versicolor: 7.0, 3.2, 4.7, 1.4
    assert flowers.x[50].tolist() == [3.5, 1.4]  # the first setosa: 5.1, 3.5, 1.4, 0.2
    every = ("sepal length", "sepal width", "petal length", "petal width")
    assert not a_line_separates(data.load_iris_pair("versicolor", "virginica", features=every))


@pytest.mark.parametrize(
    "options",
    [{"first": "rose"}, {"first": "setosa", "second": "setosa"}, {"features": ["colour"]}, {"features": []}],
)
def test_iris_says_what_there_is_to_choose(options):
    with pytest.raises(ValueError, match=r"^Choose .*(setosa, versicolor, virginica|sepal length).*\.$"):
        data.load_iris_pair(**options)


def test_diabetes_is_scikit_learns_in_raw_units():
    diabetes = data.load_diabetes()
    assert (diabetes.x.shape, diabetes.y.shape) == ((442, 10), (442,))
    assert diabetes.x[0].tolist() == [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87]
    assert (diabetes.y.min(), diabetes.y.max(), diabetes.y[0]) == (25, 346, 151)
    from sklearn.datasets import load_diabetes  # noqa: PLC0415

    source = load_diabetes()
    assert diabetes.feature_names == tuple(source.feature_names)
    scaled = (diabetes.x - diabetes.x.mean(axis=0)) / (diabetes.x.std(axis=0) * np.sqrt(442))
    np.testing.assert_allclose(scaled, source.data, atol=1e-12)
    # What the card says: the column sex is 1 or 2, and s4 is nearly s1 / s3.
    assert np.unique(diabetes.x[:, 1], return_counts=True)[1].tolist() == [235, 207]
    assert round(np.corrcoef(diabetes.x[:, 4] / diabetes.x[:, 6], diabetes.x[:, 7])[0, 1], 2) == 0.98


@pytest.mark.parametrize("task", ["digits", "boston"])
def test_the_remedies_have_a_row_of_five_errors_each(task):
    table = data.load_remedies(task)
    assert table.x.shape == (len(table.names), 5) and table.seeds == (0, 1, 2, 3, 4)
    assert table.names[0] == "none" and len(set(table.names)) == len(table.names)
    assert list(table.errors) == list(table.names)
    np.testing.assert_array_equal(table.errors["L2"], table.x[table.names.index("L2")])
    assert np.all((table.x > 1) & (table.x < 40))
    assert table.measured.startswith("20") and {"keras", "numpy", "python", "tensorflow"} <= set(table.versions)


def test_the_errors_of_a_remedy_can_be_changed_without_harm():
    table = data.load_remedies()
    table.errors["L2"][:] = 0
    assert table.errors["L2"].min() > 0


@pytest.mark.parametrize("text", ["", "{}", '{"digits": {"none": [1, 2]}, "seeds": [0]}', '{"digits": [], "seeds": 3}'])
def test_a_damaged_table_of_remedies_is_a_clear_sentence(tmp_path, monkeypatch, text):
    (tmp_path / "remedies.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(small_tables, "TABLES_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"remedies\.json is damaged: restore it"):
        data.load_remedies()
    with pytest.raises(ValueError, match="'digits' or 'boston', not 'cats'"):
        data.load_remedies("cats")


def test_a_missing_table_of_remedies_is_a_clear_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(small_tables, "TABLES_FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"data/remedies\.json is missing"):
        data.load_remedies()
