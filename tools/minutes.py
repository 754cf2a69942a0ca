"""Count the minutes that a notebook takes a learner, and write them where learners look.

Usage: minutes.py [--show] [PATH ...]      all notebooks, unless some are named; --show writes nothing

The count is honest rather than exact, and the same for every notebook:

* Prose is read at 130 words a minute. A word is what stands between blanks and holds a letter or a digit, inline code
  and inline formulas included. The text of links counts, their addresses do not.
* Code takes 7 s for each 80 characters of a line, or part of them; so do fenced code and displayed formulas in
  Markdown. Blank lines, the set-up cell and cells whose source is hidden take nothing.
* A figure takes 36 s with its caption; a table 20 s, or as long as its words where they take longer.
* Each "Predict first" takes 45 s, a toy (a cell with sliders) 2 minutes beside its code.
* An exercise takes 6 minutes, from its heading "### Exercise: …" to its solution, and belongs to the exercises alone.
  Only one under "Going further" counts in its section, for it is folded together with it.
* What is folded (`<details>`) and what code prints takes nothing.

Sections whose heading begins "## Going further" have minutes of their own and belong to no sum. The sections that close
a notebook carry no minutes, yet count in the main path, as does what stands before the first section.
"""

import argparse
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
WORD, LINE, FIGURE, TABLE, PREDICTION, TOY, EXERCISE = 60 / 130, 7, 36, 20, 45, 120, 360  # seconds
LINE_LENGTH = 80
TOYS = {"slider", "toy"}
CLOSING = ("what we did", "questions", "further reading", "progress", "your progress", "next")

HEADING = re.compile(r"^## +(.+?)(?: *\((\d+) min\))? *$")
FOLDED = re.compile(r"<!--.*?-->|<details\b.*?</details>", re.DOTALL | re.IGNORECASE)
FENCED = re.compile(r"^ *(```|~~~)[^\n]*\n(.*?)^ *\1[ \t]*$", re.DOTALL | re.MULTILINE)
FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]*`")
PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>", re.IGNORECASE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKDOWN_TABLE = re.compile(r"(?:^ *\|.*\n?)+", re.MULTILINE)
TIME_ROW = re.compile(r"^\| \*\*Time\*\* \|.*$", re.MULTILINE)
SAID = re.compile(r"\| \*\*Time\*\* \| (\d+) minutes?(?:, and (\d+) for the exercises?)? \|")
README_ROW = re.compile(r"^(\|[^|]*\(notebooks/(\w+)\.ipynb\)[^|]*\|[^|]*\|)[^|]*\|", re.MULTILINE)


@dataclass
class Section:
    """What stands under one heading of the second level; the first section of a notebook stands before any heading."""

    heading: str
    said: int | None = None  # minutes that the heading carries now
    seconds: float = 0.0

    @property
    def further(self):
        return re.sub(r"^\d+\. *", "", self.heading).lower().startswith("going further")

    @property
    def carries_minutes(self):
        return bool(self.heading) and not self.heading.lower().startswith(CLOSING)

    @property
    def minutes(self):
        return max(1, round(self.seconds / 60))

    @property
    def line(self):
        """The heading as it should stand in the notebook."""
        return f"## {self.heading}{f' ({self.minutes} min)' if self.carries_minutes else ''}"


@dataclass
class Count:
    """The minutes of a notebook."""

    sections: list[Section] = field(default_factory=lambda: [Section("")])
    tasks: int = 0  # exercises of the main path

    @property
    def main(self):
        """Minutes of the main path."""
        return round(sum(section.seconds for section in self.sections if not section.further) / 60)

    @property
    def exercises(self):
        """Minutes of the exercises."""
        return round(self.tasks * EXERCISE / 60)

    @property
    def row(self):
        """The row of the first cell's table that tells the time."""
        minutes = f"{self.main} minute{'s' * (self.main != 1)}"
        return f"| **Time** | {minutes}{f', and {self.exercises} for the exercises' if self.tasks else ''} |"


def count(nb):
    """Count the minutes of a notebook that has run: its figures and tables are seen in its outputs.

    Returns:
        A :class:`Count`.
    """
    found = Count()
    stubs = exercise_cells(nb)
    for place, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown":
            for number, (heading, text) in enumerate(split_at_headings(cell.source)):
                if number > 0:
                    found.sections.append(Section(heading[1], int(heading[2]) if heading[2] else None))
                    found.sections[-1].seconds += word_seconds(heading[1])
                found.sections[-1].seconds += prose_seconds(without_task(text) if place + 1 in stubs else text)
        elif place in stubs and not found.sections[-1].further:
            found.tasks += 1
        elif place in stubs:
            found.sections[-1].seconds += EXERCISE
        elif cell.cell_type == "code" and place != 1 and not is_exercise_call(cell.source):
            found.sections[-1].seconds += cell_seconds(cell)
    return found


def exercise_cells(nb):
    """The places of the cells that a learner fills in: each stands right before its ``exercises.solution("name")``."""
    solved = re.compile(r"exercises\.solution\(\s*[\"'](\w+)")
    found = set()
    for place, cell in enumerate(nb.cells[1:]):
        name = solved.match(cell.source.strip()) if cell.cell_type == "code" else None
        if name and re.search(rf"exercises\.check\(\s*[\"']{name[1]}[\"']", nb.cells[place].source):
            found.add(place)
    return found


def is_exercise_call(source):
    """Whether a cell does nothing but show a solution or the progress."""
    return re.fullmatch(r"exercises\.(solution|progress)\(.*\)", source.strip()) is not None


def without_task(text):
    """What stands before the heading of an exercise."""
    return re.split(r"^#{2,} .*\bexercise\b", text, flags=re.MULTILINE | re.IGNORECASE)[0]


def lines_of(source):
    """Pairs of a line of Markdown and its match as a heading of the second level; in fenced code there is none."""
    fenced = False
    for line in source.split("\n"):
        fenced ^= re.match(r" *(```|~~~)", line) is not None
        yield line, None if fenced else HEADING.match(line)


def split_at_headings(source):
    """Pairs of a heading, as its match, and the text below it; the first text stands before any heading."""
    parts = [(None, [])]
    for line, heading in lines_of(source):
        if heading:
            parts.append((heading, []))
        else:
            parts[-1][1].append(line)
    return [(heading, "\n".join(lines)) for heading, lines in parts]


def prose_seconds(text):
    """The seconds that Markdown takes."""
    text = FOLDED.sub(" ", text)
    seconds = sum(code_seconds(code) for _, code in FENCED.findall(text))
    text = FENCED.sub(" ", text)
    seconds += sum(code_seconds(formula) for formula in FORMULA.findall(text))
    text = FORMULA.sub(" ", text)
    seconds += FIGURE * len(PICTURE.findall(text)) + PREDICTION * INLINE_CODE.sub("", text).count("**Predict first")
    text = LINK.sub(r"\1", PICTURE.sub(" ", text))
    seconds += sum(max(TABLE, word_seconds(table)) for table in MARKDOWN_TABLE.findall(text))
    return seconds + word_seconds(MARKDOWN_TABLE.sub(" ", text))


def word_seconds(text):
    return WORD * sum(any(map(str.isalnum, word)) for word in text.split())


def code_seconds(source):
    return LINE * sum(math.ceil(len(line.strip()) / LINE_LENGTH) for line in source.splitlines())


def cell_seconds(cell):
    """The seconds that a code cell takes: its lines, its figures and tables, and playing with it."""
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
    seconds = 0 if hidden else code_seconds(cell.source)
    if TOYS & set(cell.metadata.get("tags", [])):
        return seconds + TOY
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        text = FOLDED.sub(" ", "".join(data.get("text/markdown", "")) + "".join(data.get("text/html", "")))
        seconds += FIGURE * ("image/png" in data) + TABLE * (re.search(r"\| *:?-{3}|<table", text) is not None)
    return seconds


# ---- writing ----


def write_into(nb):
    """Write the minutes into a notebook's first cell and headings, in place; one without a row for them stays as it is.

    Returns:
        The :class:`Count`.
    """
    found = count(nb)
    if not nb.cells or not TIME_ROW.search(nb.cells[0].source):
        return found
    nb.cells[0].source = TIME_ROW.sub(lambda _: found.row, nb.cells[0].source)
    sections = iter(found.sections[1:])
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            lines = [next(sections).line if heading else line for line, heading in lines_of(cell.source)]
            cell.source = "\n".join(lines)
    return found


def write_map(folder=ROOT / "notebooks", readme=ROOT / "README.md"):
    """Write the minutes of all notebooks into the README's map of the course, as "31 + 24": main path and exercises."""
    counts = {path.stem: count(nbformat.read(path, as_version=4)) for path in sorted(folder.glob("*.ipynb"))}
    text = readme.read_text(encoding="utf-8")
    new = README_ROW.sub(lambda row: f"{row[1]} {told(counts[row[2]])} |" if row[2] in counts else row[0], text)
    if new != text:
        readme.write_text(new, encoding="utf-8", newline="\n")


def told(found):
    """Minutes as the map tells them."""
    return f"{found.main} + {found.exercises}" if found.tasks else str(found.main)


def main(words=None):
    parser = argparse.ArgumentParser(description="Count the minutes of notebooks; write them there and into README.")
    parser.add_argument("paths", nargs="*", type=Path, help="notebooks; all of the course unless some are named")
    parser.add_argument("--show", action="store_true", help="print the minutes and write nothing")
    chosen = parser.parse_args(words)
    for path in chosen.paths or sorted((ROOT / "notebooks").glob("*.ipynb")):
        nb = nbformat.read(path, as_version=4)
        before = nbformat.writes(nb)
        found = count(nb) if chosen.show else write_into(nb)
        if nbformat.writes(nb) != before:
            nbformat.write(nb, path)
        print(f"{path.stem:32} {told(found)}", *(f"[{s.heading[:30]}: {s.minutes}]" for s in found.sections[1:]))
    if not chosen.show:
        write_map()


if __name__ == "__main__":
    main()
