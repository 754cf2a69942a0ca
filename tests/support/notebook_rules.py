"""The rules that every notebook of the course keeps as a document (its execution is nbval's business).

Each rule is a function ``find_…(nb, course)`` that returns a list of sentences, one for each fault, each naming its
cell as a reader counts it: from 1. `rules_for` tells which rules a notebook keeps; tests/notebooks/test_notebooks.py
applies them, and tests/notebooks/test_notebook_rules.py shows for each one a notebook that breaks it.
"""

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import minutes
import nbformat
import soak
from cell_names import CellNames

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
    "15_the_lectures_checked",
)
# These follow the rules of before: their minutes, seeds and names are not looked at, and they assert what they say.
OLD_CONTRACT = ("02_xor", *STEMS[4:10])
SIDE_TRIPS = ("04_loss_landscapes", "07_what_the_data_hides", *(STEMS[number] for number in (11, 13, 14)))
LEDGER = STEMS[15]  # for teachers
FIGURES, LINES, BOXES, BYTES = 12, 25, 6, 500_000
MINUTES, FIRST_MINUTES = 45, 15  # of the main path, of 00's
ALLOWED = 5  # minutes by which a first cell may differ from the count, and
IN_SECTION = 2  # a heading
IGNORE = "nbval-ignore-output"
# These notebooks need NumPy only, and their learners should not wait for TensorFlow.
WITHOUT_KERAS = ("01_perceptron", "03_gradient_descent", "04_loss_landscapes", "07_what_the_data_hides")
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
    claimed: frozenset = frozenset()  # ids of the cells that a claim is about

    @property
    def next_stem(self):
        """The notebook that follows; empty for 14, where the learners' way ends, and for the ledger."""
        place = STEMS.index(self.stem)
        return STEMS[place + 1] if place < STEMS.index(LEDGER) - 1 else ""


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
        return ["cell 1 must be Markdown: title, one sentence, time, what to know before, badge"]
    source = nb.cells[0].source
    paragraphs = [p.strip() for p in source.split("\n\n") if p.strip()]
    faults = []
    if not re.match(r"# \S", source):
        faults.append("cell 1 must begin with the title, '# …'")
    sentence = paragraphs[1] if len(paragraphs) > 1 else ""
    if len(re.findall(r"[.?](?=\s|$)", sentence)) != 1 or not sentence.endswith((".", "?")):
        faults.append(f"cell 1 needs one sentence below its title, not {sentence!r}")
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


def find_folding_faults(nb, course):
    """Set-up and each "Going further" are folded as the notebook opens, in JupyterLab and in Colab; nothing else is."""
    faults, sections = [], []
    setup = nb.cells[1].metadata if len(nb.cells) > 1 else {}
    if setup.get("jupyter", {}).get("source_hidden") is not True or setup.get("cellView") != "form":
        faults.append("cell 2 must be folded")
    further = {number for number, level, text in headings(nb) if level == 2 and "going further" in text.lower()}
    for number, cell in enumerate(nb.cells, start=1):
        wanted = number in further and course.stem not in OLD_CONTRACT
        if wanted and not cell.source.startswith("## Going further"):
            faults.append(f"{at(number, cell)} must begin with '## Going further': no other cell can be folded")
        if wanted != cell.metadata.get("jp-MarkdownHeadingCollapsed", False):
            faults.append(f"{at(number, cell)} must {'' if wanted else 'not '}be folded")
        sections += [cell.get("id")] * wanted
    if nb.metadata.get("colab", {}).get("collapsed_sections", []) != sections:
        faults.append(f"the metadata must name for Colab what is folded: {sections}")
    return [f"{fault} (`tools/render.py --fold` writes it)" for fault in faults]


# ---- sizes ----


def find_size_faults(nb, course):
    pictures = sum(len(figures(cell)) for _, cell in code_cells(nb) if "slider" not in tags(cell))
    size = len(nbformat.v4.writes(nb).encode("utf-8"))
    faults = []
    if pictures > FIGURES:
        faults.append(f"the notebook has {pictures} figures, {FIGURES} are the limit")
    if size >= BYTES:
        faults.append(f"the notebook has {size:,} bytes, it must stay under {BYTES:,}")
    for number, cell in code_cells(nb):
        length = len(cell.source.splitlines())
        if length > LINES:
            faults.append(f"{at(number, cell)} has {length} lines, {LINES} are the limit")
    return faults


def find_time_faults(nb, course):
    """The first cell and the headings tell the minutes that tools/minutes.py counts, and these are not too many."""
    found, source = minutes.count(nb), nb.cells[0].source if nb.cells else ""
    limit, said, faults = FIRST_MINUTES if course.stem == STEMS[0] else MINUTES, minutes.SAID.search(source), []
    if found.main > limit:
        faults.append(f"the main path takes {found.main} minutes, {limit} are the limit")
    if not said:
        faults.append("cell 1 must tell the time: '| **Time** | … minutes, and … for the exercises |'")
    elif abs(int(said[1]) - found.main) > ALLOWED or int(said[2] or 0) != found.exercises:
        faults.append(f"cell 1 says '{said[0]}', tools/minutes.py counts '{found.row}'")
    for section in found.sections:
        if section.carries_minutes and (section.said is None or abs(section.said - section.minutes) > IN_SECTION):
            faults.append(f"the heading {section.heading!r} must end in '({section.minutes} min)'")
    if ("| **Side trip** |" in source) != (course.stem in SIDE_TRIPS):
        faults.append(f"cell 1 needs the row '| **Side trip** |' in {', '.join(SIDE_TRIPS)}, and nowhere else")
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


def find_unclaimed_cells(nb, course):
    """A cell whose output nobody compares needs a claim about it, in tests/claims."""
    return [
        f"{at(number, cell)} carries {IGNORE}, and no claim is about its id {cell.get('id')!r}"
        for number, cell in code_cells(nb)
        if IGNORE in tags(cell) and not {"slider", "toy", "measured"} & set(tags(cell))
        if not calls(cell, "course.doctor") and cell.get("id") not in course.claimed
    ]


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


def anchors(nb):
    """Where in a notebook a link can lead: its headings, and its cells by their ids."""
    return {re.sub(r"\s", "-", text) for *_, text in headings(nb)} | {f"cell-id={cell.get('id')}" for cell in nb.cells}


def find_link_faults(nb, course):
    faults = []
    for number, cell in markdown_cells(nb):
        for link in links(cell.source):
            if re.match(r"[a-z][a-z0-9+.-]*:", link, flags=re.IGNORECASE):
                fault = "" if link.startswith(("mailto:", "attachment:")) else web_fault(link)
            elif link.startswith("#"):
                fault = "" if unquote(link[1:]) in anchors(nb) else "leads to no heading"
            else:
                file, _, place = map(unquote, link.partition("#"))
                target = course.folder / file
                fault = "" if target.exists() else "leads to no file"
                if not fault and place and target.suffix == ".ipynb" and place not in anchors(read(target)):
                    fault = "leads to no heading and no cell there"
            if fault:
                faults.append(f"{at(number, cell)}: the link {link} {fault}")
    return faults


# ---- how a notebook teaches ----


# The first words of a text that answers a prediction: in a learner's copy it stands there before the code is run.
ANSWER_FIRST = re.compile(r"\W*(\([a-z]\)|(yes|no|none|all)[.,:;])", re.IGNORECASE)


def find_prediction_faults(nb, course):
    """Code follows a prediction, and what is broken on purpose; the answer to a prediction is folded."""
    faults = []
    for number, cell in markdown_cells(nb):
        rest = takewhile(lambda other: not starts_section(other), nb.cells[number:])
        code = next((other for other in rest if other.cell_type == "code"), None)
        for mark in ("**Predict first", "**Break it"):
            if mark not in without_code(cell.source):
                continue
            if code is None:
                faults.append(f"{at(number, cell)} has '{mark}', and no code follows in its section")
            elif mark == "**Predict first" and course.stem not in OLD_CONTRACT and "hide-output" not in tags(code):
                faults.append(f"{at(number, cell)} has '{mark}', and the next code cell lacks the tag hide-output")
            elif mark == "**Predict first" and course.stem not in OLD_CONTRACT:
                after = nb.cells[nb.cells.index(code) + 1 :]
                said = next((other.source for other in after if other.cell_type == "markdown"), "")
                if ANSWER_FIRST.match(said):
                    faults.append(
                        f"{at(number, cell)} has '{mark}', and the text below the code begins with the answer"
                    )
    return faults


def find_box_faults(nb, course):
    """Boxes are for mistakes that learners make, and few; those of the slides stand in the ledger."""
    sources = [(number, cell, without_code(cell.source).lower()) for number, cell in markdown_cells(nb)]
    boxes = sum(source.count("**common mistake") for _, _, source in sources)
    faults = [f"the notebook has {boxes} boxes 'Common mistake', {BOXES} are the limit"] if boxes > BOXES else []
    return faults + [
        f"{at(number, cell)} checks the lecture: that belongs into {LEDGER}"
        for number, cell, source in sources
        if "check the lecture" in source
    ]


def find_proof_faults(nb, course):
    """A notebook teaches, the tests prove: it asserts nothing, except where the assertion is the lesson."""
    faults = []
    for number, cell in code_cells(nb)[1:]:  # the set-up may raise
        for node in ast.walk(parse(cell.source) or ast.Pass()) if "lesson-assert" not in tags(cell) else ():
            numpys = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2].startswith("assert_")
            if numpys or isinstance(node, ast.Assert | ast.Raise):
                shown = textwrap.shorten(ast.unparse(node), 50, placeholder="…")
                faults.append(f"{at(number, cell)} proves or refuses something, put it into tests/claims: {shown}")
    return faults


def find_seed_faults(nb, course):
    """Seeds are whole numbers, made of SEED, or a function's parameter called seed: `make soak` must shift them."""
    faults = []
    for number, cell in code_cells(nb)[1:]:
        tree = parse(cell.source) or ast.Pass()
        parameters = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        for seed in soak.seeds(tree):
            names = {node.id for node in ast.walk(seed) if isinstance(node, ast.Name)}
            if not soak.is_literal(seed) and soak.NAME not in names and not names & parameters & soak.KEYWORDS:
                faults.append(f"{at(number, cell)} has a seed that is no number and not SEED: {ast.unparse(seed)}")
        if any(isinstance(n, ast.Call) and ast.unparse(n).endswith("default_rng()") for n in ast.walk(tree)):
            faults.append(f"{at(number, cell)} draws without a seed")
    return faults


def find_name_faults(nb, course):
    """No cell changes a name that an earlier cell reads: run again, that one would go on from what came later."""
    readers, faults = {}, []
    for number, cell in code_cells(nb)[1:]:
        names = CellNames(parse(cell.source) or ast.Pass())
        faults += [
            f"{at(number, cell)} gives {name!r} another value, and cell {readers[name]} reads that name"
            for name in sorted(names.bound & readers.keys())
        ]
        readers = dict.fromkeys(names.read, number) | readers
    return faults


# The ledger keeps these and no others: set-up, figures, the file, and what nbval needs.
ALWAYS = (
    find_setup_faults,
    find_folding_faults,
    find_size_faults,
    find_figure_faults,
    find_twin_faults,
    find_picture_faults,
    find_dollar_faults,
    find_tag_faults,
    find_output_faults,
    find_machine_paths,
    find_execution_faults,
    find_metadata_faults,
    find_format_faults,
    find_link_faults,
)
# For learners' notebooks,
COURSE = (
    find_first_cell_faults,
    find_badge_faults,
    find_language_faults,
    find_slider_faults,
    find_exercise_list_faults,
    find_exercise_shape_faults,
    find_ending_faults,
    find_prediction_faults,
)
# and for those of them that follow the contract of today.
NEW = (
    find_time_faults,
    find_unclaimed_cells,
    find_box_faults,
    find_proof_faults,
    find_seed_faults,
    find_name_faults,
)
RULES = ALWAYS + COURSE + NEW


def rules_for(stem):
    """The rules that a notebook keeps."""
    if stem == LEDGER:
        return (*ALWAYS, find_unclaimed_cells)
    return ALWAYS + COURSE if stem in OLD_CONTRACT else RULES
