"""Run notebooks from top to bottom and store their outputs, without what differs from run to run.

Usage: render.py PATH [PATH ...]          a notebook, or a folder of notebooks
       render.py --fold PATH [PATH ...]   run nothing: write the set-up cell and what is folded, and leave outputs alone
"""

import argparse
import re
from pathlib import Path

import minutes
import nbformat
from nbclient import NotebookClient

# Interactive outputs have no meaning in a file: the still figure before a slider cell is what is kept.
SLIDER_TAG = "slider"
# What a carriage return takes back; the same as nbval's, so that stored and new text are folded alike.
REWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)

ROOT = Path(__file__).resolve().parents[1]
# What marks the set-up cell, in whatever version; publish_url.py writes the address there.
SETUP = re.compile(r"\bCOURSE_URL = ")
# How a section begins that a learner may leave out, and how JupyterLab is told to fold it.
FURTHER, FOLDED = "## Going further", "jp-MarkdownHeadingCollapsed"


def notebooks_in(paths):
    """Return the notebooks that the given files and folders name, sorted, as a list of paths."""
    found = []
    for path in map(Path, paths):
        if not path.exists():
            raise SystemExit(f"{path} does not exist: name a notebook or a folder of notebooks.")
        found += sorted(path.glob("*.ipynb")) if path.is_dir() else [path]
    return found


def strip_run_details(notebook):
    """Remove from an executed notebook what tells of the run instead of the course, in place."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if SLIDER_TAG in cell.metadata.get("tags", []):
            cell.outputs = []


def merge_streams(notebook):
    """Join neighbouring stream outputs, in place: how a kernel cuts them into messages is chance.

    Of a line that was rewritten while the cell ran, what stands there in the end is kept.
    """
    for cell in notebook.cells:
        merged = []
        for output in cell.get("outputs", []):
            same = merged and output.output_type == "stream" == merged[-1].output_type
            if same and output.name == merged[-1].name:
                merged[-1].text += output.text
            else:
                merged.append(output)
        for output in merged:
            if output.output_type == "stream":
                output.text = REWRITTEN.sub("", output.text)
        if cell.cell_type == "code":
            cell.outputs = merged


def put_setup_cell(notebook):
    """Give cell 2 the text of tools/setup_cell.py, folded in JupyterLab and in Colab, in place."""
    for cell in notebook.cells[1:2]:
        if cell.cell_type == "code" and SETUP.search(cell.source):
            cell.source = (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8").rstrip("\n")
            cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
            cell.metadata["cellView"] = "form"


def has_folds(notebook):
    """Say whether sections are folded: not in a notebook of the older pattern, which tells its minutes as "Reading"."""
    return bool(notebook.cells) and "| **Reading** |" not in notebook.cells[0].source


def fold_sections(notebook):
    """Fold the sections "Going further" in JupyterLab and in Colab, and open all others, in place."""
    folded = []
    for cell in notebook.cells:
        cell.metadata.pop(FOLDED, None)
        if has_folds(notebook) and cell.cell_type == "markdown" and cell.source.startswith(FURTHER):
            cell.metadata[FOLDED] = True
            folded.append(cell.id)
    notebook.metadata.pop("colab", None)
    if folded:
        notebook.metadata["colab"] = {"collapsed_sections": folded}


def fold(path):
    """Write the set-up cell and what is folded into one notebook, without running it."""
    notebook = nbformat.read(path, as_version=4)
    put_setup_cell(notebook)
    fold_sections(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def render(path):
    """Execute one notebook in its own folder and write it back; an error in a cell ends the program."""
    notebook = nbformat.read(path, as_version=4)
    put_setup_cell(notebook)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    ).execute()
    strip_run_details(notebook)
    merge_streams(notebook)
    minutes.write_into(notebook)
    fold_sections(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def main(arguments=None):
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Run notebooks and store their outputs.")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a notebook, or a folder of notebooks")
    parser.add_argument("--fold", action="store_true", help="run nothing: only the set-up cell and what is folded")
    chosen = parser.parse_args(arguments)
    for path in notebooks_in(chosen.paths):
        print(f"{'fold' if chosen.fold else 'render'} {path}", flush=True)
        (fold if chosen.fold else render)(path)
    if not chosen.fold:
        minutes.write_map()


if __name__ == "__main__":
    main()
