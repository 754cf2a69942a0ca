"""Every topic and every erratum of the lectures has its place in the course, and is found there.

tests/topics.csv is the plan; the ids in the cells' metadata, ``{"course": {"topics": ["B23", "XB1"]}}``, are
what was built. For every notebook that exists the two must be equal. An erratum is treated in the ledger, for teachers,
and where learners make that mistake, in the notebook on its subject as well.
"""

import csv
import io

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_rules import LEDGER, OLD_CONTRACT, STEMS, read
from places import ROOT

TABLE = ROOT / "tests" / "topics.csv"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

COLUMNS = ["id", "kind", "subject", "notebooks", "reason"]
# How many topics and errata each of the five lecture decks has.
COUNTS = {"A": 65, "B": 77, "C": 46, "D": 60, "E": 25, "XA": 27, "XB": 24, "XC": 17, "XD": 24, "XE": 15}
ALL_IDS = [f"{deck}{number}" for deck, count in COUNTS.items() for number in range(1, count + 1)]


def read_table(text):
    """The rows of topics.csv as dictionaries; a row with a cell too few or too many is an error."""
    header, *rows = csv.reader(io.StringIO(text))
    assert header == COLUMNS, f"topics.csv has the columns {header}, not {COLUMNS}"
    for line, row in enumerate(rows, start=2):
        assert len(row) == len(COLUMNS), f"topics.csv, line {line}: {len(row)} cells, not {len(COLUMNS)}"
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def find_table_problems(rows):
    """What is wrong with the plan itself: ids, places, reasons."""
    ids = [row["id"] for row in rows]
    problems = [f"{i} has no row" for i in ALL_IDS if i not in ids]
    problems += [f"{i} has more than one row" for i in dict.fromkeys(ids) if ids.count(i) > 1]
    for row in rows:
        topic, places = row["id"], row["notebooks"].split()
        if topic not in ALL_IDS:
            problems.append(f"{topic} is no topic and no erratum of the lectures")
        if row["kind"] != ("erratum" if topic.startswith("X") else "topic"):
            problems.append(f"{topic} is called {row['kind']!r}")
        if not 1 <= len(row["subject"].split()) <= 10:
            problems.append(f"{topic} needs a subject of one to ten words")
        if not places and not row["reason"].strip():
            problems.append(f"{topic} has neither a notebook nor a reason why it is left out")
        if places and row["reason"]:
            problems.append(f"{topic} has a notebook and a reason why it is left out")
        problems += [f"{topic} is sent to {p}, no notebook of the course" for p in places if p not in STEMS]
        if len(places) != len(set(places)):
            problems.append(f"{topic} names a notebook twice")
    return problems


def find_placement_problems(notebook, stem, rows):
    """Where the ids in a notebook's cells and the plan disagree; each message names the id."""
    planned = {row["id"] for row in rows if stem in row["notebooks"].split()}
    found, problems = set(), []
    for number, cell in enumerate(notebook.cells, start=1):
        topics = cell.metadata.get("course", {}).get("topics", [])
        if not isinstance(topics, list):
            problems.append(f"cell {number}: topics must be a list of ids, not {topics!r}")
            continue
        problems += [f"cell {number}: unknown id {i!r}" for i in topics if i not in ALL_IDS]
        problems += [f"cell {number}: {i} stands there twice" for i in ALL_IDS if topics.count(i) > 1]
        found |= {i for i in topics if i in ALL_IDS}
    problems += [f"{i} is missing: topics.csv promises it" for i in ALL_IDS if i in planned - found]
    problems += [f"{i} is surplus: topics.csv does not list it" for i in ALL_IDS if i in found - planned]
    return problems


def find_ledger_problems(rows, stems):
    """Errata that a notebook of today's contract treats and the ledger does not.

    Args:
        rows: the table.
        stems: the notebooks that exist.
    """
    new = set(stems) - set(OLD_CONTRACT) - {LEDGER}
    errata = {row["id"]: row["notebooks"].split() for row in rows if row["kind"] == "erratum"}
    return [f"{i} is missing in {LEDGER}" for i, places in errata.items() if new & set(places) and LEDGER not in places]


ROWS = read_table(TABLE.read_text(encoding="utf-8"))


def test_the_table_is_complete():
    problems = find_table_problems(ROWS)
    assert not problems, "topics.csv:\n" + "\n".join(problems)


def test_what_a_notebook_calls_a_common_mistake_of_a_lecture_stands_in_the_ledger():
    problems = find_ledger_problems(ROWS, [path.stem for path in NOTEBOOKS])
    assert not problems, "topics.csv:\n" + "\n".join(problems)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_treats_what_the_table_promises(path):
    problems = find_placement_problems(read(path), path.stem, ROWS)
    assert not problems, f"{path.name}:\n" + "\n".join(problems)


# The comparison itself, on a table and a notebook small enough to see through.


def small_rows():
    # Left out with a reason, except for the three that 02_xor treats.
    kinds = {True: "erratum", False: "topic"}
    rows = [{"id": i, "kind": kinds[i[0] == "X"], "subject": "a subject"} for i in ALL_IDS]
    for row in rows:
        treated = row["id"] in ("B9", "B23", "XB1")
        row.update(notebooks="02_xor" if treated else "", reason="" if treated else "a reason")
    return rows


def small_notebook():
    return new_notebook(
        cells=[
            new_markdown_cell("No line.", metadata={"course": {"topics": ["B9"]}}),
            new_code_cell("1 + 1"),
            new_code_cell("table", metadata={"tags": ["measured"], "course": {"topics": ["B23", "XB1"]}}),
            new_markdown_cell("Once more.", metadata={"course": {"topics": ["B23"]}}),
        ]
    )


def test_a_right_table_and_a_right_notebook_pass():
    assert find_table_problems(small_rows()) == []
    assert find_placement_problems(small_notebook(), "02_xor", small_rows()) == []


@pytest.mark.parametrize(
    "change, expected",
    [
        (lambda rows: rows.pop(0), "A1 has no row"),
        (lambda rows: rows.append(dict(rows[0])), "A1 has more than one row"),
        (lambda rows: rows.append({**rows[0], "id": "A66"}), "A66 is no topic and no erratum of the lectures"),
        (lambda rows: rows[0].update(kind="erratum"), "A1 is called 'erratum'"),
        (lambda rows: rows[-1].update(kind="topic"), "XE15 is called 'topic'"),
        (lambda rows: rows[0].update(subject=""), "A1 needs a subject of one to ten words"),
        (lambda rows: rows[0].update(subject="a b c d e f g h i j k"), "A1 needs a subject of one to ten words"),
        (lambda rows: rows[0].update(reason=" "), "A1 has neither a notebook nor a reason why it is left out"),
        (lambda rows: rows[0].update(notebooks="02_xor"), "A1 has a notebook and a reason why it is left out"),
        (lambda rows: rows[0].update(notebooks="02_xr", reason=""), "A1 is sent to 02_xr, no notebook of the course"),
        (lambda rows: rows[0].update(notebooks="02_xor 02_xor", reason=""), "A1 names a notebook twice"),
    ],
)
def test_each_fault_of_the_table_is_named(change, expected):
    rows = small_rows()
    change(rows)
    assert find_table_problems(rows) == [expected]


def set_topics(notebook, index, topics):
    notebook.cells[index].metadata["course"] = {"topics": topics}


@pytest.mark.parametrize(
    "change, expected",
    [
        (lambda nb: set_topics(nb, 2, ["B23"]), "XB1 is missing: topics.csv promises it"),
        (lambda nb: set_topics(nb, 0, []), "B9 is missing: topics.csv promises it"),
        (lambda nb: nb.cells.pop(0), "B9 is missing: topics.csv promises it"),
        (lambda nb: set_topics(nb, 1, ["A1"]), "A1 is surplus: topics.csv does not list it"),
        (lambda nb: set_topics(nb, 1, ["B78"]), "cell 2: unknown id 'B78'"),
        (lambda nb: set_topics(nb, 1, ["XB25", "B9"]), "cell 2: unknown id 'XB25'"),
        (lambda nb: set_topics(nb, 0, ["B9", "B9"]), "cell 1: B9 stands there twice"),
        (lambda nb: set_topics(nb, 3, "B23"), "cell 4: topics must be a list of ids, not 'B23'"),
    ],
)
def test_each_difference_is_named_by_its_id(change, expected):
    notebook = small_notebook()
    change(notebook)
    assert find_placement_problems(notebook, "02_xor", small_rows()) == [expected]


def test_an_erratum_outside_of_the_ledger_is_named():
    rows = [
        {"id": "XA23", "kind": "erratum", "notebooks": "01_perceptron"},
        {"id": "XA24", "kind": "erratum", "notebooks": f"01_perceptron {LEDGER}"},
        {"id": "XA3", "kind": "erratum", "notebooks": "02_xor"},  # of the older contract
        {"id": "XB11", "kind": "erratum", "notebooks": "11_optimisers_and_initialisation"},  # not there yet
        {"id": "A1", "kind": "topic", "notebooks": "01_perceptron"},
    ]
    assert find_ledger_problems(rows, ["01_perceptron", "02_xor", LEDGER]) == [f"XA23 is missing in {LEDGER}"]


def test_a_short_row_of_the_table_is_an_error():
    with pytest.raises(AssertionError, match="line 2: 4 cells"):
        read_table("id,kind,subject,notebooks,reason\nA1,topic,a subject,00_start_here\n")
