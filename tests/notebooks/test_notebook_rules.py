"""Each rule for notebooks lets a good notebook pass and names the cell of a bad one.

`good_notebook` keeps every rule. Each entry of `BREAKS` spoils it in one place and tells which rule must
speak, and with which words.
"""

import copy
import dataclasses
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_rules import (
    ALWAYS,
    BYTES,
    COURSE,
    IGNORE,
    LEDGER,
    NEW,
    OLD_CONTRACT,
    RULES,
    STEMS,
    Course,
    read,
    rules_for,
)

ALT = "A line that separates two groups of points."
TWIN = "Figure with 1 line: x from 0 to 1"
SETUP = 'COURSE_URL = ""\nfrom helpers import course\n'
NOT_SET = "*Open in Colab: the public address of the course is not set yet.*"
TITLE = f"""# The perceptron

One neuron decides yes or no.

| | |
|---|---|
| **Time** | 5 minutes, and 18 for the exercises |
| **Before** | Nothing. |

{NOT_SET}"""
FOLD = {"jp-MarkdownHeadingCollapsed": True}
THIS_FILE = Path(__file__).name
SECTION = f"""## 1. The line (5 min)

It costs $5! = 120$ or `a != b`: see [the rules]({THIS_FILE}), [Keras](https://keras.io/home/page) or
[below](#Questions). **Predict first:** what is $1 + 1$?

**Break it.** Leave a summand out."""


STUB = '''import numpy as np


def {name}(x):
    """One number."""
    ...


exercises.check("{name}", {name})'''


def exercise(name):
    """As much of an Exercise as the rules look at."""
    task = "Write a function that gives one number, *y*."
    return SimpleNamespace(notebook="01_perceptron", task=task, cell=STUB.format(name=name))


EXERCISES = {name: exercise(name) for name in ("weighted_sum", "step", "update")}
HERE = Course(
    stem="01_perceptron",
    folder=Path(__file__).parent,
    setup_cell=SETUP,
    badge=NOT_SET,
    exercises=EXERCISES,
    claimed=frozenset({"trained"}),
)


def figure():
    return [
        new_output("display_data", {"image/png": "aGVsbG8=", "text/plain": TWIN}, metadata={"image/png": {"alt": ALT}}),
        new_output("display_data", {"text/html": "<details><summary>Figure described: 4 points</summary>…</details>"}),
    ]


def run(cells):
    """Number the code cells as a run from top to bottom does."""
    for number, cell in enumerate((c for c in cells.values() if c.cell_type == "code"), start=1):
        cell.execution_count = number


def good_notebook():
    """Cells by the names that the breaks use, in order."""
    code, text = new_code_cell, new_markdown_cell
    cells = {
        "title": text(TITLE),
        "setup": code(SETUP.rstrip("\n"), metadata={"jupyter": {"source_hidden": True}, "cellView": "form"}),
        "section": text(SECTION, metadata={"course": {"topics": ["A9"]}}),
        "plain": code("total = 1 + 1\ntotal", metadata={"tags": ["hide-output"]}),
        "figure": code("plots.line()", outputs=figure()),
        "slider": code("plots.sliders(draw, w=(0, 1, 0))", metadata={"tags": ["slider", IGNORE]}),
        "time": code("seconds", metadata={"tags": ["measured", IGNORE]}),
        "trained": code("accuracy", metadata={"tags": [IGNORE]}, id="trained"),
        "seeded": code("rng = np.random.default_rng(0)\nrng.normal()"),
        "box": text("> **Common mistake.** To count 2 as 3.", metadata={"course": {"topics": ["XD1"]}}),
    }
    for name, one in EXERCISES.items():
        cells |= {
            f"{name} task": text(f"### Exercise: {name.replace('_', ' ')}\n\n{one.task}"),
            f"{name} stub": code(one.cell),
            f"{name} solution": code(f'exercises.solution("{name}")'),
        }
    cells |= {
        "further": text(
            "## Going further: money (1 min)\n\nFor \\$3:\n\n* \\$4 each\n* or $x$\n\n| \\$5 | \\$6 |",
            metadata=dict(FOLD),
            id="further",
        ),
        "did": text("## What we did\n\n- We drew.\n- We counted.\n- We learned."),
        "questions": text("## Questions\n\nWhy a line?"),
        "reading": text("## Further reading\n\n- [Rosenblatt](https://doi.org/10.1037/h0042519)"),
        "progress": code("exercises.progress()"),
        "next": text("Next notebook: 02_xor"),
    }
    run(cells)
    for name in ("trained", "time"):
        number = cells[name].execution_count
        cells[name].outputs = [new_output("execute_result", {"text/plain": "0.95"}, execution_count=number)]
    return cells


def notebook(cells):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nb = new_notebook(metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    nb.cells = list(cells.values())  # passed to new_notebook they would be validated, and repaired
    if folded := [cell.id for cell in nb.cells if FOLD.items() <= cell.metadata.items()]:
        nb.metadata["colab"] = {"collapsed_sections": folded}
    return nb


def all_faults(nb, course=HERE):
    """{rule: faults} of the rules that speak."""
    found = {rule.__name__: rule(copy.deepcopy(nb), course) for rule in RULES}
    return {rule: faults for rule, faults in found.items() if faults}


def find(name):
    """The rule of that name."""
    return {rule.__name__.removeprefix("find_"): rule for rule in RULES}[name]


# Ways to spoil a notebook: each returns a function of the cells.


def unfold(cells):
    cells["further"].metadata.clear()


def replace(name, old, new):
    def spoil(cells):
        assert old in cells[name].source
        cells[name].source = cells[name].source.replace(old, new)

    return spoil


def append(name, text):
    return lambda cells: cells[name].update(source=f"{cells[name].source}{text}")


def retag(name, *tags):
    return lambda cells: cells[name].metadata.update(tags=list(tags))


def output(name, *outputs):
    return lambda cells: cells[name].update(outputs=list(outputs))


def drop(name):
    return lambda cells: cells.pop(name)


def both(*spoilers):
    return lambda cells: [spoil(cells) for spoil in spoilers]


def last(name):
    """Move a cell to the end."""
    return lambda cells: cells.update({name: cells.pop(name)})


def alt(text):
    return lambda cells: cells["figure"].outputs[0].metadata["image/png"].update(alt=text)


def caption(text):
    return lambda cells: cells["figure"].outputs[1].data.update({"text/html": text})


def twin(text):
    return lambda cells: cells["figure"].outputs[0].data.update({"text/plain": text})


def more_code(count, outputs):
    def spoil(cells):
        for number in range(count):
            cells[f"more {number}"] = new_code_cell("1", outputs=list(outputs))

    return spoil


STDERR = new_output("stream", name="stderr", text="W0000 log")
ERROR = new_output("error", ename="ValueError", evalue="no", traceback=[])
WIDGET = new_output("display_data", {"application/vnd.jupyter.widget-view+json": {}})
SVG = new_output("display_data", {"image/svg+xml": "<svg/>"})
MONEY = new_output("display_data", {"text/markdown": r"| 1 | \$ per \$10 |"})
HTML = new_output("display_data", {"text/html": "<table><IMG\nsrc='x.png'></table>"})
SLIDERS = "plots.sliders(draw, w=(0, 1, 0))"

# (rule that must speak, what spoils the notebook, part of what it must say)
BREAKS = [
    ("first_cell_faults", replace("title", "# The", "The"), "cell 1 must begin with the title"),
    ("first_cell_faults", replace("title", "yes or no.", "yes or no. It learns."), "one sentence below its title"),
    ("first_cell_faults", replace("title", "yes or no.", "yes or no"), "one sentence below its title"),
    ("first_cell_faults", replace("title", "Nothing.", ""), "what to know before"),
    ("first_cell_faults", lambda cells: cells["title"].update(cell_type="raw"), "cell 1 must be Markdown"),
    ("badge_faults", replace("title", NOT_SET, ""), "cell 1 needs this badge line"),
    ("badge_faults", append("section", " https://colab.research.google.com/github/a/b/x.ipynb"), "cell 3"),
    ("setup_faults", append("setup", "\nprint()"), "cell 2 differs"),
    ("setup_faults", drop("setup"), "cell 2 must be the set-up cell"),
    ("folding_faults", drop("setup"), "cell 2 must be folded"),
    ("folding_faults", lambda cells: cells["setup"].metadata.update(cellView="both"), "cell 2 must be folded"),
    ("folding_faults", lambda cells: cells["setup"].metadata.pop("jupyter"), "cell 2 must be folded"),
    ("folding_faults", unfold, "further: money (1 min)') must be folded"),
    ("folding_faults", lambda cells: cells["did"].metadata.update(FOLD), "('## What we did') must not be folded"),
    (
        "folding_faults",
        replace("did", "## What we did", "## Going further"),
        "name for Colab what is folded: ['further',",
    ),
    ("folding_faults", replace("further", "## Going", "And\n\n## Going"), "must begin with '## Going further'"),
    ("size_faults", more_code(12, outputs=figure()), "13 figures"),
    ("size_faults", append("box", "x" * BYTES), "bytes"),
    ("size_faults", append("plain", "\n1" * 24), "cell 4 ('total = 1 + 1') has 26 lines"),
    ("time_faults", replace("title", "5 minutes", "some time"), "cell 1 must tell the time: '| **Time** | … minutes,"),
    (
        "time_faults",
        replace("title", "5 minutes", "11 minutes"),
        "tools/minutes.py counts '| **Time** | 5 minutes, and",
    ),
    ("time_faults", replace("title", "18 for", "12 for"), "tools/minutes.py counts '| **Time** | 5 minutes, and 18"),
    ("time_faults", append("box", " word" * 130 * 41), "the main path takes 46 minutes, 45 are the limit"),
    ("time_faults", replace("section", " (5 min)", ""), "the heading '1. The line' must end in '(5 min)'"),
    ("time_faults", replace("section", "5 min", "8 min"), "the heading '1. The line' must end in '(5 min)'"),
    ("time_faults", replace("further", " (1 min)", ""), "the heading 'Going further: money' must end in '(1 min)'"),
    ("time_faults", replace("title", "| **Before", "| **Side trip** | Yes. |\n| **Before"), "needs the row '| **Side"),
    ("figure_faults", alt("A line."), "cell 5 ('plots.line()') has a figure whose alt text says too little"),
    ("figure_faults", alt("<Figure size 640x480 with 1 Axes>"), "cell 5"),
    ("figure_faults", lambda cells: cells["figure"].outputs[0].update(metadata={}), "cell 5"),
    ("figure_faults", alt("It falls and rises. " * 26), "alt text has 519 characters, above 500"),
    (
        "figure_faults",
        caption("<p><em></em></p>"),
        "without description and caption right below: '<p><em></em></p>'",
    ),
    (
        "figure_faults",
        caption("<summary>Figure described: </summary>"),
        "without description and caption right below",
    ),
    ("figure_faults", output("plain", SVG), "cell 4 ('total = 1 + 1') stores a picture as image/svg+xml"),
    (
        "figure_faults",
        output("figure", *figure(), figure()[0]),
        "without description and caption right below: ''",
    ),
    (
        "figure_faults",
        output("figure", figure()[0], *figure()),
        "without description and caption right below: ''",
    ),
    ("twin_faults", twin("<IPython.core.display.Image object>"), "cell 5 ('plots.line()') has a figure whose text"),
    ("twin_faults", twin("<Figure with 1 line>"), "does not begin with 'Figure with': '<Figure with 1 line>'"),
    ("twin_faults", lambda cells: cells["figure"].outputs[0].data.pop("text/plain"), "cell 5"),
    ("picture_faults", append("box", f" ![]({THIS_FILE})"), "cell 10 ('> **Common mistake.**"),
    ("picture_faults", append("box", f" ![ ]({THIS_FILE})"), f"without alt text: ![ ]({THIS_FILE})"),
    ("picture_faults", append("box", f" ![][x]\n\n[x]: {THIS_FILE}"), "without alt text: ![][x]"),
    ("picture_faults", append("box", f' $x<y$ <img src="{THIS_FILE}">'), "without alt text: <img src="),
    ("picture_faults", append("box", f" <img alt='' src='{THIS_FILE}'/>"), "without alt text: <img alt=''"),
    ("picture_faults", append("box", f" <img alt src='{THIS_FILE}'>"), "without alt text"),
    ("picture_faults", output("plain", HTML), "cell 4 ('total = 1 + 1') has a picture without alt text: <IMG src="),
    ("language_faults", append("box", " Done!"), "cell 10 ('> **Common mistake.** To count 2 as 3. Done!')"),
    ("language_faults", append("box", " You Simply add."), "says 'simply'"),
    ("dollar_faults", append("box", r" From \$1 to \$2."), "has money and another dollar sign in one block"),
    ("dollar_faults", append("box", r" \$5, and $5!$."), "cell 10 ('> **Common mistake.** To count"),
    ("dollar_faults", output("plain", MONEY), "cell 4 ('total = 1 + 1')"),
    ("tag_faults", retag("plain", "nbval-raises-exception"), "cell 4 ('total = 1 + 1') carries the tag"),
    ("tag_faults", retag("plain", "raises-exception"), "carries the tag raises-exception"),
    ("tag_faults", append("plain", "  # NBVAL_IGNORE_OUTPUT"), "steers nbval by a comment"),
    ("tag_faults", retag("time", "measured"), "cell 7 ('seconds') is tagged measured"),
    (
        "unclaimed_cells",
        lambda cells: cells["trained"].update(id="other"),
        "cell 8 ('accuracy') carries nbval-ignore-ou",
    ),
    ("unclaimed_cells", retag("plain", "hide-output", IGNORE), "cell 4 ('total = 1 + 1') carries nbval-ignore-output"),
    *(
        ("proof_faults", append("plain", f"\n{line}"), "cell 4 ('total = 1 + 1') proves or refuses something")
        for line in (
            "assert total == 2",
            "if total:\n    raise ValueError(total)",
            "def check():\n    assert total",
            "np.testing.assert_equal(total, 2)",
            "assert_allclose(total, 2)",
        )
    ),
    *(
        ("seed_faults", replace("seeded", "np.random.default_rng(0)", code), f"cell 9 ('rng = {code}') {fault}")
        for code, fault in {
            "default_rng(seeds[0])": "has a seed that is no number and not SEED: seeds[0]",
            "default_rng(seed)": "has a seed that is no number and not SEED: seed",
            "default_rng(len([1]))": "has a seed",
            "split(x, random_state=k)": "has a seed",
            "course.start_keras(seed=k)": "has a seed",
            "np.random.default_rng()": "draws without a seed",
        }.items()
    ),
    ("seed_faults", append("seeded", "\ndef f(seed=None):\n    return seed"), "is no number and not SEED: None"),
    ("seed_faults", append("seeded", "\nSEED = time.time()"), "is no number and not SEED: time.time()"),
    *(
        (
            "name_faults",
            both(replace("plain", "total = 1 + 1\ntotal", reads), replace("seeded", "rng.normal()", binds)),
            said,
        )
        for reads, binds in (
            ("draw(w)", "w = 2"),
            ("w = w + 1", "w = 2"),
            ("w += 1", "w = 2"),
            ("for i in w:\n    w = i", "w = 2"),
            ("def f(x):\n    return x + w", "w = 2"),
            ("w = 1\nf = lambda x: x + w", "w = 2"),
            ("[x + w for x in range(3)]", "w = 2"),
            ("draw(w)", "for w in range(3):\n    pass"),
            ("draw(w)", "a, (w, *b) = 1, (2, 3)"),
            ("draw(w)", "w: int = 2"),
            ("draw(w)", "w += 2"),
            ("draw(w)", "def w():\n    pass"),
            ("draw(w)", "with open() as w:\n    pass"),
        )
        for said in ("cell 9 ('rng = np.random.default_rng(0)') gives 'w' another value, and cell 4 reads that name",)
    ),
    ("slider_faults", retag("slider", "slider"), "cell 6 ('plots.sliders(draw, w=(0, 1, 0))') is a slider and needs"),
    ("slider_faults", retag("slider"), "makes a slider and needs the tags"),
    ("slider_faults", output("slider", new_output("stream", text="w")), "must store no outputs"),
    ("slider_faults", replace("slider", SLIDERS, "plots.line()"), "is tagged slider and does not call plots.sliders"),
    ("slider_faults", replace("slider", SLIDERS, f"# {SLIDERS}\n1"), "does not call plots.sliders"),
    ("slider_faults", append("plain", f"\n{SLIDERS}"), "cell 4 ('total = 1 + 1') makes a slider and needs the tags"),
    ("slider_faults", output("figure"), "no still figure stands before it"),
    ("slider_faults", append("plain", "\nimport ipywidgets"), "cell 4"),
    ("output_faults", output("plain", ERROR), "cell 4 ('total = 1 + 1') stores an error: ValueError"),
    ("output_faults", output("plain", STDERR), "stores stderr: 'W0000 log'"),
    ("output_faults", output("plain", WIDGET), "stores a widget's output"),
    ("machine_paths", append("plain", "\nopen('/home/ada/x.csv')"), "cell 4 ('total = 1 + 1') holds a path"),
    ("machine_paths", append("box", r" See C:\Users\ada."), "cell 10"),
    ("machine_paths", output("plain", new_output("stream", text="in /tmp/ipykernel_7/x.py")), "/tmp/ipykernel_7"),
    ("machine_paths", output("plain", new_output("display_data", {"text/plain": "/work/x"})), "/work/x"),
    ("machine_paths", lambda cells: cells["plain"].metadata.update(file="file:///root/x"), "/root/x"),
    *(
        ("machine_paths", output("plain", new_output("stream", text=f"in {path}")), path.strip("("))
        for path in (
            "/opt/conda",
            "/usr/lib",
            "/private/tmp",
            "/private/var",
            "/Users/ada",
            "/mnt/c",
            "/media/ada",
            "/srv/jupyter",
            "/Volumes/Data",
            "/var/folders/x",
            "(/usr/share",
        )
    ),
    ("machine_paths", append("plain", '\nx="/opt/data"'), "/opt/data"),
    ("machine_paths", append("box", " See [it](file:///Users/ada/x)."), "/Users/ada"),
    ("execution_faults", lambda cells: cells["plain"].update(execution_count=None), "cell 4 ('total = 1 + 1') ran as"),
    ("execution_faults", lambda cells: cells["figure"].update(execution_count=9), "[9] instead of [3]"),
    ("execution_faults", lambda cells: cells["plain"].update(source=" \n"), "cell 4 is empty"),
    ("metadata_faults", lambda cells: cells["plain"].metadata.update(execution={}), "cell 4 ('total = 1 + 1')"),
    ("format_faults", lambda cells: cells["plain"].update(id=cells["figure"].id), "cell 4 ('total = 1 + 1')"),
    ("format_faults", lambda cells: cells["plain"].pop("id"), "has no id of its own: None"),
    ("format_faults", lambda cells: cells["plain"].update(colour="red"), "nbformat: Additional properties"),
    ("exercise_list_faults", drop("step stub"), "the exercise 'step' of helpers/exercises is missing"),
    ("exercise_list_faults", drop("step stub"), "has 2 exercises, 3 are the least"),
    (
        "exercise_list_faults",
        append("plain", '\nexercises.check("sum", f)'),
        "cell 4: helpers/exercises has no exercise",
    ),
    ("exercise_shape_faults", replace("step task", "gives", "returns"), "cell 14 must be Markdown and hold the task"),
    ("exercise_shape_faults", replace("weighted_sum task", "weighted sum", "1"), "cell 11 must name the"),
    ("exercise_shape_faults", replace("step stub", "...", "return x > 0"), "must be the stub of 'step'"),
    ("exercise_shape_faults", replace("step stub", "...", "pass"), "cell 15 ('import numpy as np') must be the stub"),
    ("exercise_shape_faults", replace("step stub", "import numpy as np", "import numpy as np\nprint()"), "cell 15"),
    ("exercise_shape_faults", replace("step stub", '", step)', '", update)'), "cell 15"),
    ("exercise_shape_faults", append("step solution", "\n1"), 'cell 16 must be exercises.solution("step")'),
    ("exercise_shape_faults", drop("step solution"), 'cell 16 must be exercises.solution("step")'),
    ("ending_faults", drop("did"), "'what we did' is missing"),
    ("ending_faults", drop("questions"), "'questions' is missing"),
    ("ending_faults", drop("reading"), "'further reading' is missing"),
    ("ending_faults", drop("progress"), "'exercises.progress()' is missing"),
    ("ending_faults", replace("did", "\n- We learned.", ""), "must be a list of three sentences"),
    ("ending_faults", both(last("questions"), last("next")), "in this order"),
    ("ending_faults", replace("next", "02_xor", "02"), "must lead to the next notebook, 02_xor"),
    ("ending_faults", lambda cells: cells.update({"afterword": new_markdown_cell("Bye.")}), "must lead to the next"),
    ("link_faults", replace("section", THIS_FILE, "no_such_file.py"), "cell 3"),
    ("link_faults", append("box", " ![A photograph of a perceptron](images/none.png)"), "leads to no file"),
    ("link_faults", append("box", ' <img src="images/none.png">'), "leads to no file"),
    ("link_faults", replace("section", "#Questions", "#questions"), "leads to no heading"),
    ("link_faults", append("box", " [x](http://keras.io)"), "does not begin with https://"),
    ("link_faults", append("box", " <http://keras.io>"), "does not begin with https://"),
    ("link_faults", append("box", " [x](https://keras)"), "has no proper host"),
    ("link_faults", append("box", " [x](https://example.com/page)"), "is a placeholder"),
    ("link_faults", append("box", " [x](https://github.com/OWNER/REPO)"), "is a placeholder"),
    ("link_faults", append("box", "\n\n[x]: TODO"), "leads to no file"),
    ("box_faults", append("box", " **Check the lecture.** It is 3."), "cell 10 ('> **Common mistake.**"),
    ("box_faults", append("box", "\n\n> **Common mistake.** No." * 6), "has 7 boxes 'Common mistake', 6 are the limit"),
    (
        "prediction_faults",
        retag("plain"),
        "cell 3 ('## 1. The line (5 min)') has '**Predict first', and the next code cell",
    ),
    ("prediction_faults", replace("box", "> **Common", "(b): 2.\n\n> **Common"), "begins with the answer"),
    ("prediction_faults", replace("box", "> **Common", "**No.** It is 2.\n\n> **Common"), "begins with the answer"),
    ("prediction_faults", append("questions", " **Predict first:** why?"), "and no code follows in its section"),
    ("prediction_faults", append("did", "\n\n**Break it.**"), "cell 21 ('## What we did') has '**Break it'"),
]


def test_a_good_notebook_passes_every_rule():
    assert all_faults(notebook(good_notebook())) == {}


@pytest.mark.parametrize("rule, spoil, expected", BREAKS)
def test_a_rule_names_the_fault(rule, spoil, expected):
    cells = good_notebook()
    spoil(cells)
    faults = find(rule)(notebook(cells), HERE)
    assert any(expected in fault for fault in faults), faults


@pytest.mark.parametrize(
    "allowed",
    [
        both(append("plain", "\nassert total == 2"), retag("plain", "hide-output", "lesson-assert")),
        both(replace("trained", "accuracy", "course.doctor()"), lambda cells: cells["trained"].update(id="other")),
        replace("section", "**Predict first", "**Guess"),
        append("seeded", "\ndef f(seed=3):\n    return default_rng(seed)\nSEED = 3\nf(seed=SEED + 1)\nf(seed=4)"),
        # Names that each cell makes for itself, names inside functions, and the same import again.
        both(
            append("plain", "\nw = 1\nw += w\n[w for w in range(3)]"), append("seeded", "\nw = 2\nfor w in [w]: pass")
        ),
        both(append("plain", "\ndef f(w):\n    x = w\n    return x"), append("seeded", "\nx = 1\nw = 2")),
        both(append("plain", "\nimport numpy as np\nnp"), append("seeded", "\nimport numpy as np\nnp")),
        both(append("plain", "\nx = 1"), append("seeded", "\nx = 2\nx")),
        append("box", " So $n! > 2^n$ and n! grows, ``` `!ls` ``` and <!-- hello! -->\n\n```\nWow! simply\n```"),
        append("box", f" ![What a line looks like]({THIS_FILE})"),
        append("box", " See https://keras.io/tmp/page and and/or."),
        append("box", " See https://keras.io/usr/page, ../opt/x, $a/opt/b$, $(a+b)/mnt/2$ and 1/usr/2."),
        append("box", f" <img src='{THIS_FILE}'\n alt='A > B'> and `![](x.png)` and `<img>`."),
        output("plain", new_output("display_data", {"text/html": '<p>x<y <img src="x" alt="A line"></p>'})),
        output("figure", *figure(), *figure()),
        caption("<p><em>Which of the two is longer?</em></p>"),
        append("weighted_sum stub", "\n"),
        lambda cells: cells["weighted_sum stub"].update(
            source="from helpers import exercises\n\n" + cells["weighted_sum stub"].source
        ),
    ],
    ids=range(18),
)
def test_what_is_allowed_passes(allowed):
    cells = good_notebook()
    allowed(cells)
    assert all_faults(notebook(cells)) == {}


def test_the_first_notebook_needs_one_exercise_and_the_last_none_that_follows():
    cells = good_notebook()
    for name in ("step", "update"):
        for part in ("task", "stub", "solution"):
            del cells[f"{name} {part}"]
    run(cells)
    own = copy.copy(EXERCISES["weighted_sum"])
    own.notebook = "00_start_here"
    replace("next", "02_xor", "01_perceptron")(cells)
    replace("title", "18 for", "6 for")(cells)
    course = dataclasses.replace(HERE, stem="00_start_here", exercises=EXERCISES | {"weighted_sum": own})
    assert all_faults(notebook(cells), course) == {}
    del cells["next"]
    course = dataclasses.replace(course, stem="14_bigger_machines")
    assert find("ending_faults")(notebook(cells), course) == []


def test_the_next_notebook_is_linked_once_it_exists(tmp_path):
    course = dataclasses.replace(HERE, folder=tmp_path)
    cells = good_notebook()
    assert find("ending_faults")(notebook(cells), course) == []
    (tmp_path / "02_xor.ipynb").touch()
    assert find("ending_faults")(notebook(cells), course) != []
    replace("next", "02_xor", "[02 XOR](02_xor.ipynb)")(cells)
    assert find("ending_faults")(notebook(cells), course) == []


def test_a_published_course_has_its_own_badge():
    colab = "https://colab.research.google.com/github/ada/course/blob/main/notebooks"
    picture = "https://colab.research.google.com/assets/colab-badge.svg"
    line = f"[![Open in Colab]({picture})]({colab}/01_perceptron.ipynb)"
    course = dataclasses.replace(HERE, badge=line)
    cells = good_notebook()
    assert find("badge_faults")(notebook(cells), course)
    replace("title", NOT_SET, line)(cells)
    assert find("badge_faults")(notebook(cells), course) == []
    assert find("badge_faults")(notebook(cells), HERE), "a badge before the address is set"
    replace("title", "01_perceptron", "02_xor")(cells)
    assert find("badge_faults")(notebook(cells), course), "another notebook's badge"


def test_reading_leaves_repeated_ids_as_they_are(tmp_path):
    nb = notebook(good_notebook())
    nb.cells[1].id = nb.cells[2].id
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps(nb), encoding="utf-8")
    assert len(find("format_faults")(read(path), HERE)) == 2


def test_00_takes_a_quarter_of_an_hour_at_most():
    cells = good_notebook()
    append("box", " word" * 130 * 12)(cells)
    assert find("time_faults")(notebook(cells), HERE) != []
    course = dataclasses.replace(HERE, stem="00_start_here")
    assert "the main path takes 17 minutes, 15 are the limit" in find("time_faults")(notebook(cells), course)


def test_a_side_trip_says_so():
    cells = good_notebook()
    course = dataclasses.replace(HERE, stem="11_optimisers_and_initialisation")
    assert any("Side trip" in fault for fault in find("time_faults")(notebook(cells), course))
    replace("title", "| **Before", "| **Side trip** | No other notebook needs it. |\n| **Before")(cells)
    assert find("time_faults")(notebook(cells), course) == []


def test_a_link_to_a_place_in_another_notebook_must_find_it(tmp_path):
    (tmp_path / "02_xor.ipynb").write_text(json.dumps(notebook(good_notebook())), encoding="utf-8")
    course = dataclasses.replace(HERE, folder=tmp_path)
    for place, found in (("#cell-id=trained", True), ("#Questions", True), ("#cell-id=no", False), ("#Answers", False)):
        nb = notebook({"cell": new_markdown_cell(f"[there](02_xor.ipynb{place})")})
        assert (find("link_faults")(nb, course) == []) == found, place


def test_each_kind_of_notebook_keeps_its_rules():
    assert set(rules_for("01_perceptron")) == set(RULES)
    assert set(OLD_CONTRACT) == {stem for stem in STEMS if stem[:2] in ("02", "04", "05", "06", "07", "08", "09")}
    assert set(rules_for("02_xor")) == set(ALWAYS + COURSE), "what is new is not asked of the old ones"
    assert set(rules_for(LEDGER)) == {*ALWAYS, find("unclaimed_cells")} and find("unclaimed_cells") in NEW
    cells = good_notebook()
    both(retag("plain"), append("plain", "\nassert total == 2"), replace("title", "5 minutes", "?"), unfold)(cells)
    old = dataclasses.replace(HERE, stem="02_xor")
    assert all(
        rule(notebook(cells), old) == []
        for rule in rules_for("02_xor")
        if "ending" not in rule.__name__ and "list" not in rule.__name__
    )


def test_every_rule_is_broken_once():
    assert {f"find_{rule}" for rule, *_ in BREAKS} == {rule.__name__ for rule in RULES}
