"""The rules that every notebook of the course keeps as a document (its execution is nbval's business).

Each rule is a function ``find_…(nb, course)`` that returns a list of sentences, one for each fault, each
naming its cell as a reader counts it: from 1. `RULES` lists them; tests/notebooks/test_notebooks.py applies them to the
course, and tests/notebooks/test_notebook_rules.py shows for each one a notebook that breaks it.
"""

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat

STEMS = (
    "00_start_here",
    "01_perceptron",
    "02_xor",
    "03_gradient_descent",
    "04_loss_landscapes",
    "05_backprop_by_hand",
    "06_boston_regression",
    "07_what_the_data_hides",
    "08_softmax_cross_entropy",
    "09_convolution_by_hand",
    "10_cnn_mnist",
    "11_optimisers_and_initialisation",
    "12_overfitting",
    "13_putting_it_together",
    "14_bigger_machines",
)
FIGURES, LINES, MINUTES, BYTES = 12, 25, 30, 500_000
IGNORE = "nbval-ignore-output"
READING = re.compile(r"\*\*Reading\*\* \| (\d+) minutes?")
# These notebooks need NumPy only, and their learners should not wait for TensorFlow.
WITHOUT_KERAS = ("01_perceptron", "03_gradient_descent", "04_loss_landscapes", "07_what_the_data_hides")
# Sections that close a notebook take no reading time of their own.
CLOSING = ("what we did", "questions", "further reading", "progress", "your progress", "next")
# Where a paragraph, a list item or a cell of a table ends.
BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[*-]|\d+\.) )|\n?\|")
# What a screen reader speaks without a pause; two figures side by side have as much each.
ALT_LENGTH = 500
# How the text/plain of a figure begins: the drawn data in words, since nbval never compares a PNG.
TWIN = "Figure with"
# A folder that only one machine has. It counts at the start of a word: after a letter, a dot or a bracket it is
# part of a web address (https://keras.io/home/page), of a relative path (../tmp/x) or of a fraction.
MACHINE_PATH = re.compile(
    r"(?<![\w.)\]}%~-])"
    r"/(?:home|root|tmp|work|opt|usr|mnt|media|srv|private|Users|Volumes|var/(?:folders|lib|tmp))/[\w.-]*"
    r"|\b[A-Za-z]:[\\/]+Users\b"
)


@dataclass(frozen=True)
class Course:
    """What a rule has to know besides the notebook itself."""

    stem: str  # the file's name without .ipynb
    folder: Path  # where relative links start
    setup_cell: str
    badge: str  # the badge line that belongs to this notebook
    exercises: Mapping = field(default_factory=dict)  # name -> exercise, of the whole course

    @property
    def next_stem(self):
        """The notebook that follows; empty for the last one."""
        return "".join(STEMS[STEMS.index(self.stem) + 1 :][:1])


# ---- reading a notebook ----


def read(path):
    """The notebook as the file has it: nbformat.read would give missing and repeated cell ids new values."""
    return nbformat.v4.reads(path.read_text(encoding="utf-8"))


def tags(cell):
    return cell.metadata.get("tags", [])


def code_cells(nb):
    """Pairs of cell number, counted from 1, and code cell."""
    return [(number, cell) for number, cell in enumerate(nb.cells, start=1) if cell.cell_type == "code"]


def markdown_cells(nb):
    return [(number, cell) for number, cell in enumerate(nb.cells, start=1) if cell.cell_type == "markdown"]


def at(number, cell):
    """How a message names a cell: its number and how it begins."""
    first = cell.source.strip().split("\n")[0]
    return f"cell {number} ({textwrap.shorten(first, 50, placeholder='…')!r})"


def without_code(source):
    """Markdown without fenced code, inline code and HTML comments."""
    source = re.sub(r"^(```|~~~).*?^\1[ \t]*$", " ", source, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(`+).+?\1|<!--.*?-->", " ", source, flags=re.DOTALL)


def prose(source):
    """Markdown without code, maths and the marks of pictures."""
    text = re.sub(r"\$\$.+?\$\$|\$[^$\n]+\$", " ", without_code(source), flags=re.DOTALL)
    return text.replace("![", "[")


def parse(source):
    """The syntax tree of a cell; None where it is not plain Python, e.g. for IPython's magics."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def calls(cell, name):
    """Whether a cell calls the function of that name, as in "plots.sliders"; comments and texts do not count."""
    tree = parse(cell.source)
    return tree is not None and any(isinstance(n, ast.Call) and ast.unparse(n.func) == name for n in ast.walk(tree))


def truth(test):
    """True or False when a test comes out so whatever was computed before; None when it depends on that."""
    found = None
    match test:
        case ast.Constant(value=value):
            found = bool(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            found = bool(parts)  # assert (a == b, "a message") looks at a tuple of two
        case ast.Lambda() | ast.JoinedStr():
            found = True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            found = None if truth(operand) is None else not truth(operand)
        case ast.BoolOp(op=op, values=values):
            parts, decides = [truth(value) for value in values], isinstance(op, ast.Or)
            found = decides if decides in parts else None if None in parts else not decides
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is() | ast.LtE() | ast.GtE()], comparators=[right]):
            # Two calls of one function may differ: that the second gives the same is worth a test.
            called = any(isinstance(node, ast.Call) for node in ast.walk(left))
            found = True if ast.dump(left) == ast.dump(right) and not called else None
    return found


def catches_assertions(handler):
    names = {n.id for n in ast.walk(handler.type) if isinstance(n, ast.Name)} if handler.type else {"AssertionError"}
    return bool(names & {"AssertionError", "Exception", "BaseException"})


def reached(nodes):
    """The statements that a run of the cell reaches, and whose failure it feels.

    Left out are the bodies of functions, of ``if False``, of a ``try`` that catches a failed assertion, and
    what follows ``return``, ``raise``, ``break`` or ``continue``.
    """
    for node in nodes:
        yield node
        if isinstance(node, ast.Return | ast.Raise | ast.Break | ast.Continue):
            return
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        parts = {"body", "orelse", "finalbody"}
        if isinstance(node, ast.If | ast.While) and truth(node.test) is not None:
            parts.discard("orelse" if truth(node.test) else "body")
        if isinstance(node, ast.Try) and any(map(catches_assertions, node.handlers)):
            parts.discard("body")
        for part in sorted(parts):
            yield from reached(getattr(node, part, []))


def assertions(nodes):
    """Pairs of what an assertion looks at and how it is written: Python's own assertions and NumPy's."""
    for node in nodes:
        if isinstance(node, ast.Assert):
            yield [node.test], ast.unparse(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            if getattr(function, "attr", getattr(function, "id", "")).startswith("assert_"):
                yield node.value.args + [k.value for k in node.value.keywords], ast.unparse(node)


def asserts(cell):
    """Whether a cell makes an assertion about something that was computed."""
    tree = parse(cell.source)
    return tree is not None and any(
        any(isinstance(n, ast.Name) for part in parts for n in ast.walk(part))
        and not (len(parts) == 1 and truth(parts[0]) is not None)
        for parts, _ in assertions(reached(tree.body))
    )


def figures(cell):
    """The outputs of a cell that are pictures."""
    return [o for o in cell.get("outputs", ()) if "image/png" in o.get("data", {})]


def headings(nb):
    """(cell number, level, text) of every heading, those inside code left out."""
    found = []
    for number, cell in markdown_cells(nb):
        lines = re.findall(r"^(#{1,6}) +(.+?)[ #]*$", without_code(cell.source), flags=re.MULTILINE)
        found += [(number, len(marks), text.strip()) for marks, text in lines]
    return found


def starts_section(cell):
    """Whether a cell opens a new section of the notebook."""
    return cell.cell_type == "markdown" and re.search(r"(?m)^## ", without_code(cell.source)) is not None


def words(text):
    """Text reduced to what a reader hears: no emphasis, no escapes, single blanks."""
    return " ".join(re.sub(r"[*_\\]", "", text).split())


def strings(node):
    """Every text in a notebook except the bytes of pictures."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if not str(key).startswith("image/") or not isinstance(value, str):
                yield from strings(value)
    elif isinstance(node, list):
        # A source or an output may be stored as a list of lines.
        for value in node:
            yield from strings(value)


# ---- how a notebook begins ----


def find_first_cell_faults(nb, course):
    if not nb.cells or nb.cells[0].cell_type != "markdown":
        return ["cell 1 must be Markdown: title, one sentence, times, what to know before, badge"]
    source = nb.cells[0].source
    paragraphs = [p.strip() for p in source.split("\n\n") if p.strip()]
    faults = []
    if not re.match(r"# \S", source):
        faults.append("cell 1 must begin with the title, '# …'")
    sentence = paragraphs[1] if len(paragraphs) > 1 else ""
    if len(re.findall(r"[.?](?=\s|$)", sentence)) != 1 or not sentence.endswith((".", "?")):
        faults.append(f"cell 1 needs one sentence below its title, not {sentence!r}")
    if not READING.search(source):
        faults.append("cell 1 must tell the time to read: '| **Reading** | … minutes'")
    if not re.search(r"\*\*Running\*\* \| [\d.]+ seconds? on two CPU cores", source):
        faults.append("cell 1 must tell the time to run: '| **Running** | … seconds on two CPU cores'")
    if not re.search(r"\*\*Before\*\* \| \w", source):
        faults.append("cell 1 must tell what to know before: '| **Before** | …'")
    return faults


def find_badge_faults(nb, course):
    faults = []
    if not nb.cells or course.badge not in nb.cells[0].source.split("\n"):
        faults.append(f"cell 1 needs this badge line: {course.badge}")
    for number, cell in enumerate(nb.cells, start=1):
        for link in re.findall(r"https?://colab\.research\.google\.com/github/[^\s)\"'>]*", cell.source):
            if link not in course.badge:
                faults.append(f"{at(number, cell)} sends the reader to another notebook in Colab: {link}")
    return faults


def find_setup_faults(nb, course):
    if len(nb.cells) < 2 or nb.cells[1].cell_type != "code":
        return ["cell 2 must be the set-up cell"]
    if nb.cells[1].source != course.setup_cell.rstrip("\n"):
        return ["cell 2 differs from tools/setup_cell.py"]
    return []


# ---- sizes ----


def find_size_faults(nb, course):
    pictures = sum(len(figures(cell)) for _, cell in code_cells(nb) if "slider" not in tags(cell))
    size = len(nbformat.v4.writes(nb).encode("utf-8"))
    faults = []
    if pictures > FIGURES:
        faults.append(f"the notebook has {pictures} figures, {FIGURES} are the limit")
    if size >= BYTES:
        faults.append(f"the notebook has {size:,} bytes, it must stay under {BYTES:,}")
    return faults


def find_length_faults(nb, course):
    lengths = [(number, cell, len(cell.source.splitlines())) for number, cell in code_cells(nb)]
    return [
        f"{at(number, cell)} has {length} lines, {LINES} are the limit"
        for number, cell, length in lengths
        if length > LINES
    ]


def find_minutes_faults(nb, course):
    """Sections carry their minutes, and these add up to what the first cell says."""
    faults, total, further = [], 0, False
    for number, level, text in headings(nb):
        if level != 2 or text.lower().startswith(CLOSING):
            continue
        further = further or text.lower().startswith("going further")
        minutes = re.search(r"\((\d+) min\)", text)
        if not minutes:
            faults.append(f"{at(number, nb.cells[number - 1])}: the section {text!r} must carry '(… min)'")
        elif not further:
            total += int(minutes[1])
    if total > MINUTES:
        faults.append(f"the sections take {total} minutes, {MINUTES} are the limit before 'Going further'")
    said = READING.search(nb.cells[0].source) if nb.cells else None
    if said and not faults and not total <= int(said[1]) <= max(total + 2, 1):
        # Two minutes are left for what stands before the first section.
        faults.append(f"cell 1 says {said[1]} minutes of reading, the sections add up to {total}")
    return faults


# ---- figures ----


def find_figure_faults(nb, course):
    """Every figure has a text alternative, of a length that is listened to, and its description folded right below it.

    JupyterLab leaves the alternative of a picture out; what is folded is there for everybody.
    """
    faults = []
    for number, cell in code_cells(nb):
        where = at(number, cell)
        for place, output in enumerate(cell.outputs):
            if "image/png" not in output.get("data", {}):
                continue
            below = "".join(
                "".join(o.get("data", {}).get("text/html", "")) for o in cell.outputs[place + 1 : place + 2]
            )
            alt = words(output.get("metadata", {}).get("image/png", {}).get("alt", ""))
            if len(alt) < 20 or alt.startswith("<Figure"):
                faults.append(f"{where} has a figure whose alt text says too little: {alt!r}")
            if len(alt) > ALT_LENGTH:
                faults.append(f"{where} has a figure whose alt text has {len(alt)} characters, above {ALT_LENGTH}")
            if not re.search(r"<summary>Figure described: [^<\s]|<p><em>[^<\s]", below):
                faults.append(f"{where} has a figure without description and caption right below: {below!r}")
        other = {mime for o in cell.outputs for mime in o.get("data", {}) if mime.startswith("image/")}
        for mime in sorted(other - {"image/png"}):
            # nbval would compare an SVG as text, and it changes from one Matplotlib to the next.
            faults.append(f"{where} stores a picture as {mime}; store figures as image/png")
    return faults


def find_twin_faults(nb, course):
    """A figure comes with its data in words: a wrong figure is then a wrong text, which nbval compares."""
    return [
        f"{at(number, cell)} has a figure whose text/plain does not begin with {TWIN!r}: {twin[:40]!r}"
        for number, cell in code_cells(nb)
        if "slider" not in tags(cell)
        for twin in ("".join(output.data.get("text/plain", "")) for output in figures(cell))
        if not twin.startswith(TWIN)
    ]


class Pictures(HTMLParser):
    """Collects the ``<img>`` tags of a text that say nothing to who cannot see them."""

    def __init__(self, text):
        super().__init__()
        self.silent = []
        # Each by itself: the parser would take the formula $x<y$ for a tag that ends at the next ">".
        for tag in re.findall(r"""(?is)<img\b(?:"[^"]*"|'[^']*'|[^'">])*>""", text):
            self.feed(tag)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == "img" and not (dict(attributes).get("alt") or "").strip():
            self.silent.append(textwrap.shorten(self.get_starttag_text(), 60, placeholder="…"))


def find_picture_faults(nb, course):
    """Pictures in Markdown and in HTML have alt text, as figures do."""
    faults = []
    for number, cell in enumerate(nb.cells, start=1):
        texts = [without_code(cell.source)] if cell.cell_type == "markdown" else []
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            texts += [data[mime] for mime in ("text/html", "text/markdown") if mime in data]
        for text in map("".join, texts):
            for picture in re.findall(r"!\[\s*\](?:\([^)]*\)|\[[^\]]*\])", text) + Pictures(text).silent:
                faults.append(f"{at(number, cell)} has a picture without alt text: {picture}")
    return faults


# ---- language ----


def find_language_faults(nb, course):
    faults = []
    for number, cell in markdown_cells(nb):
        text = prose(cell.source)
        # A factorial is a single letter or a number with its mark: n! or 5!
        if re.search(r"(?<!\b\w)(?<!\d)!(?!=)", text):
            faults.append(f"{at(number, cell)} has an exclamation mark")
        if re.search(r"\bsimply\b", text, flags=re.IGNORECASE):
            faults.append(f"{at(number, cell)} says 'simply'")
    return faults


def find_dollar_faults(nb, course):
    """A dollar sign that means money stands alone: JupyterLab takes a second one near it for the end of a formula."""
    faults = []
    for number, cell in enumerate(nb.cells, start=1):
        texts = [without_code(cell.source)] if cell.cell_type == "markdown" else []
        texts += ["".join(output.get("data", {}).get("text/markdown", "")) for output in cell.get("outputs", ())]
        for text in texts:
            for block in BLOCK_END.split(text):
                if r"\$" in block and block.count("$") > 1:
                    start = textwrap.shorten(block, 50, placeholder="…")
                    faults.append(f"{at(number, cell)} has money and another dollar sign in one block: {start!r}")
    return faults


# ---- tags: what nbval compares and what it ignores ----


def find_tag_faults(nb, course):
    faults = []
    for number, cell in code_cells(nb):
        for tag in tags(cell):
            if (tag.startswith("nbval") and tag != IGNORE) or tag == "raises-exception":
                faults.append(f"{at(number, cell)} carries the tag {tag}; the course uses {IGNORE} only")
        if re.search(r"#\s*(NBVAL_|PYTEST_VALIDATE)", cell.source):
            # nbval obeys such comments as well, and no other rule would see what they leave out.
            faults.append(f"{at(number, cell)} steers nbval by a comment; use the tag {IGNORE}")
        if "measured" in tags(cell) and IGNORE not in tags(cell):
            faults.append(f"{at(number, cell)} is tagged measured and needs {IGNORE} as well")
    return faults


def find_unasserted_cells(nb, course):
    """A cell whose output nobody compares needs an assertion.

    It stands in the cell itself, in one of the next two code cells, or later in the same section, but before
    the next such cell.
    """
    sections, section = {}, 0
    for number, cell in enumerate(nb.cells, start=1):
        section += starts_section(cell)
        sections[number] = section
    cells = code_cells(nb)
    ignored = [
        i
        for i, (_, cell) in enumerate(cells)
        if IGNORE in tags(cell) and not {"slider", "measured"} & set(tags(cell)) and "course.doctor(" not in cell.source
    ]
    faults = []
    for i in ignored:
        here = sections[cells[i][0]]
        ends = [j for j in range(i + 1, len(cells)) if j in ignored or sections[cells[j][0]] > here]
        end = max(min(ends, default=len(cells)), i + 3)
        if not any(asserts(cell) for _, cell in cells[i:end]):
            faults.append(f"{at(*cells[i])} carries {IGNORE}, and no assertion follows")
    return faults


def find_assertion_faults(nb, course):
    """An assertion that comes out the same every time, or is only a text, looks like a check and is none."""
    faults = []
    for number, cell in code_cells(nb):
        tree = parse(cell.source)
        for parts, text in assertions(ast.walk(tree)) if tree else ():
            idle = len(parts) == 1 and truth(parts[0]) is not None
            if idle or (parts and all(isinstance(part, ast.Constant) for part in parts)):
                faults.append(f"{at(number, cell)}: this assertion comes out the same whatever was computed: {text}")
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                # A docstring may speak of an assertion, a line that is one may not hide in a text.
                hidden = re.search(r"(?m)^\s*assert\b.*", str(node.value.value))
                if hidden:
                    faults.append(f"{at(number, cell)}: this assertion is a text and never runs: {hidden[0].strip()}")
    return faults


def find_slider_faults(nb, course):
    faults, figure_seen = [], False
    for number, cell in enumerate(nb.cells, start=1):
        if starts_section(cell):
            figure_seen = False  # the still figure must stand in the slider's own section
        if cell.cell_type != "code":
            continue
        where = at(number, cell)
        if "slider" in tags(cell):
            if IGNORE not in tags(cell):
                faults.append(f"{where} is a slider and needs the tag {IGNORE} as well")
            if cell.outputs:
                faults.append(f"{where} is a slider and must store no outputs")
            if not calls(cell, "plots.sliders"):
                faults.append(f"{where} is tagged slider and does not call plots.sliders")
            if not figure_seen:
                faults.append(f"{where} is a slider, and no still figure stands before it in its section")
        elif re.search(r"ipywidgets|\bsliders?\(|\binteract(ive|ive_output)?\(|Slider\(", cell.source):
            faults.append(f"{where} makes a slider and needs the tags slider and {IGNORE}")
        if figures(cell):
            figure_seen = True
    return faults


# ---- what a run leaves behind ----


def find_output_faults(nb, course):
    faults = []
    for number, cell in code_cells(nb):
        for output in cell.outputs:
            if output.output_type == "error":
                faults.append(f"{at(number, cell)} stores an error: {output.ename}")
            if output.output_type == "stream" and output.name == "stderr":
                faults.append(f"{at(number, cell)} stores stderr: {output.text[:80]!r}")
            if any("widget" in mime for mime in output.get("data", {})):
                faults.append(f"{at(number, cell)} stores a widget's output")
    return faults


def find_machine_paths(nb, course):
    faults = [
        f"{at(number, cell)} holds a path of one machine: {MACHINE_PATH.search(text)[0]}"
        for number, cell in enumerate(nb.cells, start=1)
        for text in strings(cell)
        if MACHINE_PATH.search(text)
    ]
    in_metadata = [text for text in strings(nb.metadata) if MACHINE_PATH.search(text)]
    return faults + [f"the metadata hold a path of one machine: {text}" for text in in_metadata]


def find_execution_faults(nb, course):
    faults = []
    for expected, (number, cell) in enumerate(code_cells(nb), start=1):
        if not cell.source.strip():
            faults.append(f"cell {number} is empty")
        if cell.execution_count != expected:
            faults.append(f"{at(number, cell)} ran as [{cell.execution_count}] instead of [{expected}]")
    return faults


def find_metadata_faults(nb, course):
    faults = []
    if nb.metadata.get("kernelspec", {}).get("name") != "python3":
        faults.append("the kernelspec must be python3")
    if "widgets" in nb.metadata:
        faults.append("the metadata hold widgets")
    if "version" in nb.metadata.get("language_info", {}):
        faults.append("the metadata hold the Python version")
    for number, cell in enumerate(nb.cells, start=1):
        if "execution" in cell.metadata:
            faults.append(f"{at(number, cell)} holds the times of a run in its metadata")
    return faults


def find_format_faults(nb, course):
    ids = Counter(cell.get("id") for cell in nb.cells)
    faults = [
        f"{at(number, cell)} has no id of its own: {cell.get('id')!r}"
        for number, cell in enumerate(nb.cells, start=1)
        if not cell.get("id") or ids[cell.id] > 1
    ]
    if faults:
        return faults  # nbformat.validate would put the ids right and complain of nothing
    try:
        nbformat.validate(nb)
    except nbformat.ValidationError as error:
        faults.append(f"nbformat: {str(error).splitlines()[0]}")
    return faults


# ---- exercises ----


def exercise_calls(nb, function):
    """{name: cell number} of the cells that call ``exercises.<function>("name", …)``."""
    call = re.compile(rf"^exercises\.{function}\(\s*[\"'](.+?)[\"']", flags=re.MULTILINE)
    return {name: number for number, cell in code_cells(nb) for name in call.findall(cell.source)}


def find_exercise_list_faults(nb, course):
    """The exercises in the notebook are those that helpers/exercises holds for it, and they are enough."""
    here = exercise_calls(nb, "check")
    registered = {name for name, exercise in course.exercises.items() if exercise.notebook == course.stem}
    least = 1 if course.stem.startswith("00") else 3
    missing = sorted(registered - set(here))
    faults = [f"the exercise {name!r} of helpers/exercises is missing" for name in missing]
    faults += [
        f"cell {here[name]}: helpers/exercises has no exercise {name!r} for {course.stem}"
        for name in here
        if name not in registered
    ]
    if len(here) < least:
        faults.append(f"the notebook has {len(here)} exercises, {least} are the least")
    return faults


def code_lines(source):
    """The lines of a code cell without the empty ones, on which a formatter and an author may differ."""
    lines = [line.rstrip() for line in source.splitlines() if line.strip()]
    # The cell may bring the import of the engine along.
    return lines[1:] if lines[:1] == ["from helpers import exercises"] else lines


def find_exercise_shape_faults(nb, course):
    """Markdown with the task, a code cell with the untouched stub and its check, one with the solution."""
    faults = []
    for name, number in exercise_calls(nb, "check").items():
        exercise = course.exercises.get(name)
        if exercise is None:
            continue  # find_exercise_list_faults names it
        before, cell = nb.cells[number - 2], nb.cells[number - 1]
        task = words(before.source) if before.cell_type == "markdown" else ""
        after = nb.cells[number].source.strip() if number < len(nb.cells) else ""
        if words(exercise.task) not in task:
            faults.append(f"cell {number - 1} must be Markdown and hold the task of {name!r}")
        if name not in before.source and name.replace("_", " ") not in before.source.lower():
            faults.append(f"cell {number - 1} must name the exercise {name!r}")
        if code_lines(cell.source) != code_lines(exercise.cell):
            faults.append(f"{at(number, cell)} must be the stub of {name!r} and its check, untouched")
        if after != f'exercises.solution("{name}")':
            faults.append(f'cell {number + 1} must be exercises.solution("{name}") and nothing else')
    return faults


# ---- how a notebook ends ----


def find_ending_faults(nb, course):
    """What we did (a list), questions, further reading, progress, next notebook: all there, in this order."""
    starts = dict.fromkeys(("what we did", "questions", "further reading", "exercises.progress()"))
    for number, level, text in headings(nb):
        for part in starts:
            if level == 2 and text.lower().startswith(part):
                starts[part] = number
    for number, cell in code_cells(nb):
        if code_lines(cell.source) == ["exercises.progress()"]:
            starts["exercises.progress()"] = number
    faults = [f"{part!r} is missing at the end" for part, number in starts.items() if number is None]
    found = [number for number in starts.values() if number is not None]
    if found != sorted(found):
        faults.append(f"the end must come in this order: {', '.join(starts)}")
    did = starts["what we did"]
    if did and len(re.findall(r"^ *(?:[-*]|\d+\.) \S", nb.cells[did - 1].source, flags=re.MULTILINE)) < 3:
        faults.append(f"{at(did, nb.cells[did - 1])} must be a list of three sentences at least")
    last = nb.cells[-1].source if nb.cells and nb.cells[-1].cell_type == "markdown" else ""
    # As long as the next notebook is not written its name stands there without a link.
    file = course.folder / f"{course.next_stem}.ipynb"
    target = file.name if file.exists() else course.next_stem
    if course.next_stem and not ("next" in last.lower() and target in last):
        faults.append(f"the last cell must lead to the next notebook, {target}")
    return faults


# ---- links ----


def links(source):
    """The targets of Markdown links and pictures and of HTML's src and href."""
    text = without_code(source)
    found = re.findall(r"\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)", text)
    found += re.findall(r"\b(?:src|href)=[\"']([^\"']+)[\"']", text)
    found += re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, flags=re.MULTILINE)
    return found + re.findall(r"<(https?://[^>\s]+)>", text)


def web_fault(link):
    """Why a web address is not one that a reader can follow; an empty text when it is."""
    parts = urlsplit(link)
    if parts.scheme != "https":
        return "does not begin with https://"
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.hostname or ""):
        return "has no proper host"
    # Capitals count: somebody may really be called "owner".
    placeholder = r"^https://([\w-]+\.)*example\.|OWNER|REPO\b|TODO|XXX|\.\.\.|…"
    if re.search(placeholder, link):
        return "is a placeholder"
    return ""


def find_link_faults(nb, course):
    anchors = {re.sub(r"\s", "-", text) for _, _, text in headings(nb)}
    faults = []
    for number, cell in markdown_cells(nb):
        for link in links(cell.source):
            if re.match(r"[a-z][a-z0-9+.-]*:", link, flags=re.IGNORECASE):
                fault = "" if link.startswith(("mailto:", "attachment:")) else web_fault(link)
            elif link.startswith("#"):
                fault = "" if unquote(link[1:]) in anchors else "leads to no heading"
            else:
                target = course.folder / unquote(link.split("#")[0])
                fault = "" if target.exists() else "leads to no file"
            if fault:
                faults.append(f"{at(number, cell)}: the link {link} {fault}")
    return faults


# ---- what a notebook must hold ----


def find_keras_faults(nb, course):
    if course.stem not in WITHOUT_KERAS:
        return []
    pattern = r"^[^#\n]*\b(keras|tensorflow|torch|jax)\b"
    return [
        f"{at(number, cell)} uses Keras or one of its backends; this notebook needs NumPy only"
        for number, cell in code_cells(nb)[1:]
        if re.search(pattern, cell.source, flags=re.MULTILINE)
    ]


def find_lecture_box_faults(nb, course):
    """A box "Check the lecture" names its errata and stands beside the code that computes the true value."""
    faults = []
    for number, cell in markdown_cells(nb):
        if "check the lecture" not in cell.source.lower():
            continue
        if not any(str(i).startswith("X") for i in cell.metadata.get("course", {}).get("topics", [])):
            faults.append(f"{at(number, cell)} checks the lecture without the id of an erratum")
        near = nb.cells[max(number - 4, 0) : number + 3]
        if not any(other.cell_type == "code" for other in near):
            faults.append(f"{at(number, cell)} checks the lecture, and no code stands within three cells")
    return faults


def find_surprise_faults(nb, course):
    """The reader is asked to predict, and something is broken on purpose; code follows, and asserts the failure."""
    if course.stem.startswith("00"):
        return []
    faults = []
    for mark in ("**Predict first", "**Break it"):
        found = [(number, cell) for number, cell in markdown_cells(nb) if mark in without_code(cell.source)]
        if not found:
            faults.append(f"no Markdown cell has '{mark}'")
        for number, cell in found:
            rest = nb.cells[number:]
            end = next((i for i, other in enumerate(rest) if starts_section(other)), len(rest))
            code = [other for other in rest[:end] if other.cell_type == "code"]
            if not code:
                faults.append(f"{at(number, cell)} has '{mark}', and no code follows in its section")
            elif mark == "**Break it" and not any(asserts(other) for other in code):
                faults.append(f"{at(number, cell)} has '{mark}', and no assertion of the failure follows")
    return faults


RULES = (
    find_first_cell_faults,
    find_badge_faults,
    find_setup_faults,
    find_size_faults,
    find_length_faults,
    find_minutes_faults,
    find_figure_faults,
    find_twin_faults,
    find_picture_faults,
    find_language_faults,
    find_dollar_faults,
    find_tag_faults,
    find_assertion_faults,
    find_unasserted_cells,
    find_slider_faults,
    find_output_faults,
    find_machine_paths,
    find_execution_faults,
    find_metadata_faults,
    find_format_faults,
    find_exercise_list_faults,
    find_exercise_shape_faults,
    find_ending_faults,
    find_link_faults,
    find_keras_faults,
    find_lecture_box_faults,
    find_surprise_faults,
)
