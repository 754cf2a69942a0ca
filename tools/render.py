"""Run notebooks from top to bottom and store their outputs, without what differs from run to run.

Usage: render.py PATH [PATH ...]      a notebook, or a folder of notebooks
"""

import re
import sys
from pathlib import Path

import minutes
import nbformat
from nbclient import NotebookClient

# Interactive outputs have no meaning in a file: the still figure before a slider cell is what is kept.
SLIDER_TAG = "slider"
# What a carriage return takes back; the same as nbval's, so that stored and new text are folded alike.
REWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)


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


def render(path):
    """Execute one notebook in its own folder and write it back; an error in a cell ends the program."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    ).execute()
    strip_run_details(notebook)
    merge_streams(notebook)
    minutes.write_into(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for notebook_path in notebooks_in(sys.argv[1:]):
        print(f"render {notebook_path}", flush=True)
        render(notebook_path)
    minutes.write_map()
