"""Rehearse the course in Colab: `make test-colab`, or `tools/rehearse_colab.py 01 05` for single notebooks.

An environment with Colab's published versions (tools/colab_versions.txt) and a stand-in `google.colab` runs
each notebook alone in an empty folder. The set-up cell fetches the course from a git server on the loopback
address, which serves what git tracks in this working tree, uncommitted edits included.
"""

import argparse
import contextlib
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import publish_url
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from working_copy import (
    ROOT,
    CheckFailed,
    Report,
    chosen_notebooks,
    command_line,
    copy_tree,
    end_cleanly_when_asked,
    files_of_tree,
    free_port,
    git,
    must_fail,
)

ENVIRONMENT = ROOT / ".venv-colab"
VERSIONS = ROOT / "tools" / "colab_versions.txt"
STAND_IN = ROOT / "tools" / "colab_stand_in"
COLAB_PYTHONS = {  # the nearest first, each with the list that its versions come from
    "3.13": "Colab's list of 2026-08-19 (its Python: 3.13.15)",
    "3.12": "Colab's release 2026.07 (its Python: 3.12.13)",
    "3.11": "Colab's release 2026.07 (its Python: 3.12.13; Colab no longer has 3.11)",
}

# What a shell of ours may have set, and what no learner's Colab knows of.
OUR_VARIABLES = (
    "COURSE_",
    "IPYTHON",
    "JUPYTER_",
    "KERAS_",
    "MPL",
    "PIP_",
    "PYTHON",
    "TF_",
    "VIRTUAL_ENV",
    "XDG_",
)

# Printed after the set-up cell has run once, and again after it has run twice: both must say the same.
STATE_PROBE = """
import json, pathlib, sys
fetched = [f for f in pathlib.Path("course").rglob("*") if f.is_file() and "__pycache__" not in f.parts]
print(json.dumps({"path": sys.path, "files": {str(f): f.stat().st_mtime_ns for f in sorted(fetched)}}))
"""
# Printed at the end: where the course's modules came from.
ORIGIN_PROBE = """
import json, sys
modules = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "helpers"}
print(json.dumps({name: module.__file__ for name, module in modules.items()}))
"""
WIDGET = "application/vnd.jupyter.widget-view+json"
WIDGETS = "application/vnd.jupyter.widget-state+json"
SENTENCES = {  # what the set-up cell says when the course cannot be had
    "unset": "The course could not be fetched: its public address is not set yet.",
    "unreachable": "The course could not be fetched: check that {url} can be reached.",
    "stranger": "The course's helpers were not found: open this notebook in the course's folder.",
}
# Axes.grouped_bar came with Matplotlib 3.11; Colab's 3.10.0 does not have it. Called once as it is, and once
# below a slider, where an error lands in a widget and not in the cell.
PLANTED = {
    "in a cell": "draw(1)",
    "below a slider": """import ipywidgets
slider = ipywidgets.IntSlider(value=1, min=1, max=3)
display(ipywidgets.VBox([slider, ipywidgets.interactive_output(draw, {"height": slider})]))""",
}
PLANTED_DRAW = """import matplotlib.pyplot as plt
def draw(height):
    figure, axes = plt.subplots()
    axes.CALL([1, 2], [height, 2])
    plt.show()
"""


# --- the environment ---------------------------------------------------------------------------------------


def interpreters(version: str) -> Iterator[Path]:
    """Yield the places where an interpreter of this version may be, the likely ones first."""
    name = f"python{version}"
    for folder in os.get_exec_path():
        yield Path(folder) / name
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for pattern in (pyenv / "versions", Path.home() / ".local" / "share" / "uv" / "python"):
        yield from sorted(pattern.glob(f"*/bin/{name}"), reverse=True)
    yield Path(sys.executable)


def runs(python: Path, version: str) -> bool:
    """Say whether this interpreter starts, is of the version and can make environments (a shim may not)."""
    question = "import ensurepip, venv, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", question], check=False, capture_output=True, text=True, timeout=60)
    except OSError:
        return False
    return answer.stdout.strip() == version


def find_interpreter() -> tuple[Path, str]:
    """Return the interpreter nearest to Colab's, and its version."""
    for version in COLAB_PYTHONS:
        for python in interpreters(version):
            if runs(python, version):
                return python, version
    raise SystemExit("No Python 3.13, 3.12 or 3.11 with venv was found: install one of them.")


def ensure_environment() -> Path:
    """Make the environment, unless it is there with the same recipe; return its interpreter."""
    base, version = find_interpreter()
    full_version = subprocess.run([base, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    recipe = hashlib.sha256(VERSIONS.read_bytes() + full_version.encode()).hexdigest()
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "recipe.txt"
    print(f"{full_version} with the versions of {COLAB_PYTHONS[version]}; jax and torch are left out.")
    if version != "3.13":
        print("Colab runs Python 3.13; it was not found here, so this rehearsal takes the nearest.")
    if stamp.exists() and stamp.read_text() == recipe and runs(python, version):
        print(f"{ENVIRONMENT.name}: reused, nothing is installed.", flush=True)
        return python
    print(f"{ENVIRONMENT.name}: installing Colab's versions, a minute or two ...", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    subprocess.run([base, "-m", "venv", ENVIRONMENT], check=True)
    install = [python, "-m", "pip", "install", "--disable-pip-version-check", "-q", "-r", VERSIONS]
    done = subprocess.run(install, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"pip could not install {VERSIONS.name}:\n{done.stderr[-3000:]}")
    stamp.write_text(recipe)
    return python


def installed(python: Path) -> list[str]:
    """Return what is installed in an environment, with versions."""
    code = "from importlib.metadata import distributions as d\nprint(sorted({f'{x.name}=={x.version}' for x in d()}))"
    done = subprocess.run([python, "-Ic", code], check=True, capture_output=True, text=True)
    return done.stdout.strip("[]\n").split(", ")


# --- the git server ----------------------------------------------------------------------------------------


class GitHandler(http.server.BaseHTTPRequestHandler):
    """Speaks git's smart HTTP by way of `git http-backend`; /private asks for a password."""

    def do_GET(self) -> None:
        """Answer the first question of a fetch."""
        self.answer(b"")

    def do_POST(self) -> None:
        """Answer the fetch itself."""
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        """Pass a request on to git, and git's answer back."""
        path, _, query = self.path.partition("?")
        self.server.asked.append(path)
        if path.startswith("/private"):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="course"')
            self.end_headers()
            return
        variables = {
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH": os.environ["PATH"],
        }
        backend = subprocess.run(["git", "http-backend"], input=body, env=variables, check=False, capture_output=True)
        head, _, content = backend.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet: `asked` remembers every request."""


class GitServer(http.server.ThreadingHTTPServer):
    """Listens on a free port of the loopback address, and remembers what it was asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), GitHandler)
        self.folder = folder
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


@contextlib.contextmanager
def git_server(folder: Path) -> Iterator[GitServer]:
    """Serve the git repositories in a folder for a while."""
    server = GitServer(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def commit_all(folder: Path) -> None:
    """Make a git repository of a folder, with one commit that needs no configuration of the user's."""
    git("init", "--quiet", cwd=folder)
    git("add", "--all", "--force", cwd=folder)
    name = ("-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost", "-c", "commit.gpgsign=false")
    git(*name, "commit", "--quiet", "--no-verify", "--message", "The course", cwd=folder)


# --- running a notebook ------------------------------------------------------------------------------------


class Rehearsal:
    """The folders, the environment variables and the kernel that all notebooks of one run share."""

    def __init__(self, work: Path, python: Path, timeout: int) -> None:
        self.work = work
        self.timeout = timeout
        self.home = work / "home"
        self.home.mkdir()
        self.variables = self.environment_variables(python)
        spec = work / "kernels" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True)
        command = [str(python), str(STAND_IN / "colab_kernel.py"), "-f", "{connection_file}"]
        spec.write_text(json.dumps({"argv": command, "display_name": "Colab", "language": "python"}))
        self.specs = KernelSpecManager(kernel_dirs=[str(work / "kernels")], ensure_native_kernel=False)

    def environment_variables(self, python: Path) -> dict[str, str]:
        """Return a learner's environment: nothing of this checkout, and a home of its own."""
        variables = {k: v for k, v in os.environ.items() if not k.startswith(OUR_VARIABLES)}
        path = [p for p in os.get_exec_path() if not Path(p).resolve().is_relative_to(ROOT)]
        return variables | {
            "PATH": os.pathsep.join([str(python.parent), *path]),
            "HOME": str(self.home),
            "COURSE_DATA": "embedded",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # no warning of the debugger on our screen
        }

    def execute(self, notebook: nbformat.NotebookNode, name: str) -> tuple[nbformat.NotebookNode, Path]:
        """Run a notebook alone in an empty folder, on to its end also after an error."""
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.work))
        nbformat.write(notebook, folder / f"{name}.ipynb")
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=self.specs)
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=self.timeout,
            allow_errors=True,
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute(env=self.variables, cleanup_kc=True)  # the kernel ends with the notebook
        except (CellTimeoutError, DeadKernelError) as error:
            raise CheckFailed(str(error)) from None
        return notebook, folder


def new_code_cell(source: str) -> nbformat.NotebookNode:
    """Return a code cell."""
    return nbformat.v4.new_code_cell(source)


def printed(cell: nbformat.NotebookNode) -> str:
    """Return what a cell printed."""
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def widget_outputs(notebook: nbformat.NotebookNode, cell: nbformat.NotebookNode) -> list[dict]:
    """Return what stands in the output widgets that a cell shows, as under a slider; errors hide there."""
    models = notebook.metadata.get("widgets", {}).get(WIDGETS, {}).get("state", {})
    waiting = [output.get("data", {}).get(WIDGET, {}).get("model_id") for output in cell.get("outputs", [])]
    found = []
    while waiting:
        state = models.get(waiting.pop(), {}).get("state", {})
        found += state.get("outputs", [])
        waiting += [child.removeprefix("IPY_MODEL_") for child in state.get("children", [])]
    return found


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the errors and the lines on stderr that a notebook shows."""
    found = []
    for cell in notebook.cells:
        first_line = cell.source.strip().partition("\n")[0]
        for output in [*cell.get("outputs", []), *widget_outputs(notebook, cell)]:
            if output["output_type"] == "error":
                found.append(f"`{first_line}` ...: {output.ename}: {output.evalue}")
            elif output.get("name") == "stderr":
                found.append(f"`{first_line}` ... wrote to stderr: {output.text.strip()[:500]}")
    return found


def check_notebook(rehearsal: Rehearsal, path: Path, server: GitServer) -> str:
    """Run one notebook as Colab would, with the set-up cell twice."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    setup = notebook.cells[1]
    first_probe, again, second_probe = (new_code_cell(s) for s in (STATE_PROBE, setup.source, STATE_PROBE))
    origin = new_code_cell(ORIGIN_PROBE)
    notebook.cells[2:2] = [first_probe, again, second_probe]
    notebook.cells.append(origin)

    server.asked.clear()
    notebook, folder = rehearsal.execute(notebook, path.stem)
    found = faults(notebook)
    if setup.outputs or again.outputs:
        found.append("The set-up cell is not silent.")
    fetches = [asked for asked in server.asked if asked.endswith("/info/refs")]
    if len(fetches) != 1:
        found.append(f"The course was fetched {len(fetches)} times; once is right.")
    if printed(first_probe) != printed(second_probe):
        found.append("Running the set-up cell a second time changed sys.path or the fetched files.")
    found += strangers(json.loads(printed(origin) or "{}"), folder / "course")
    if found:
        raise CheckFailed("\n".join(found))
    shutil.rmtree(folder)
    return ""


def strangers(modules: dict[str, str], course: Path) -> list[str]:
    """Return a line for each module of the course that does not come from the fetched folder."""
    if not modules:
        return ["No module of the course was imported."]
    course = course.resolve()
    return [
        f"{name} came from {file}, not from the fetched course."
        for name, file in modules.items()
        if not Path(file).resolve().is_relative_to(course)
    ]


def check_sentence(rehearsal: Rehearsal, setup_cell: str, url: str, sentence: str) -> None:
    """Run a set-up cell that cannot succeed: the learner must see one plain sentence, no traceback."""
    source = publish_url.replace_once(*publish_url.set_up(url), setup_cell, "the set-up cell")
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell(source)])
    notebook, folder = rehearsal.execute(notebook, "failed-fetch")
    outputs = notebook.cells[0].outputs
    errors = [output for output in outputs if output.output_type == "error"]
    shown = "\n".join("\n".join(error.traceback) for error in errors)
    others = len(outputs) - len(errors)
    if shown != sentence.format(url=url) or others:
        raise CheckFailed(f"wanted only: {sentence.format(url=url)}\nthe learner sees: {shown or 'nothing'}")
    shutil.rmtree(folder)


# --- the whole run -----------------------------------------------------------------------------------------


def serve_course(work: Path) -> Path:
    """Put a copy of the tracked files where the git server serves them as /course; return the copy."""
    course = work / "served" / "course"
    course.mkdir(parents=True)
    copy_tree(course, untracked=False)
    left_out = set(files_of_tree(untracked=True)) - set(files_of_tree(untracked=False))
    if left_out:
        print(
            f"Not fetched, because git does not track them yet: {', '.join(sorted(left_out)[:8])}"
            f"{f' and {len(left_out) - 8} more' if len(left_out) > 8 else ''}."
        )
    return course


def failed_fetches(report: Report, rehearsal: Rehearsal, setup_cell: str, address: str) -> None:
    """Check each way in which the course cannot be fetched."""
    cases = {
        "address not set: one sentence": ("", "unset"),
        "server down: one sentence": (f"http://127.0.0.1:{free_port()}/course", "unreachable"),
        "no such repository: one sentence": (f"{address}/nothing-here", "unreachable"),
        "repository that wants a password: one sentence": (f"{address}/private", "unreachable"),
        "a stranger's repository: one sentence": (f"{address}/stranger", "stranger"),
    }
    for name, (url, kind) in cases.items():
        report.run(name, lambda u=url, k=kind: check_sentence(rehearsal, setup_cell, u, SENTENCES[k]))


def prove(report: Report, rehearsal: Rehearsal, setup_cell: str, server: GitServer) -> None:
    """Show that these checks can fail: a call that Colab's Matplotlib lacks must be seen, and only that one."""

    def check(call: str, *places: str) -> str:
        sources = [setup_cell, PLANTED_DRAW.replace("CALL", call), *(PLANTED[place] for place in places)]
        title = nbformat.v4.new_markdown_cell("# A tiny notebook")
        notebook = nbformat.v4.new_notebook(cells=[title, *map(new_code_cell, sources)])
        path = rehearsal.work / f"proof_{call}.ipynb"
        nbformat.write(notebook, path)
        return check_notebook(rehearsal, path, server)

    def check_red(place: str) -> str:
        return must_fail(lambda: check("grouped_bar", place), "no attribute 'grouped_bar'")

    report.run("proof: a tiny notebook passes", lambda: check("bar", *PLANTED))
    for place in PLANTED:
        report.run(f"proof: a call that Matplotlib 3.10.0 lacks, {place}", lambda p=place: check_red(p))


def check_nothing_installed(python: Path, before: list[str], home: Path) -> None:
    """Check that no notebook changed what is installed."""
    changed = sorted(set(before) ^ set(installed(python)))
    user_site = home / ".local" / "lib"
    if changed or user_site.exists():
        raise CheckFailed(f"Something was installed, upgraded or removed: {changed or user_site}")


def rehearse(work: Path, python: Path, arguments: argparse.Namespace) -> int:
    """Run everything and return the exit code."""
    report = Report()
    rehearsal = Rehearsal(work, python, arguments.timeout)
    before = installed(python)
    course = serve_course(work)
    stranger = work / "served" / "stranger"
    stranger.mkdir()
    (stranger / "README.md").write_text("Somebody else's repository.\n")
    commit_all(stranger)
    with git_server(work / "served") as server:
        publish_url.publish(course, f"{server.address}/course")
        commit_all(course)
        setup_cell = (course / "tools" / "setup_cell.py").read_text(encoding="utf-8").rstrip("\n")
        if not arguments.prove:
            for path in chosen_notebooks(course / "notebooks", arguments.notebooks):
                report.run(path.stem, lambda p=path: check_notebook(rehearsal, p, server))
            failed_fetches(report, rehearsal, setup_cell, server.address)
        prove(report, rehearsal, setup_cell, server)
        report.run("nothing was installed", lambda: check_nothing_installed(python, before, rehearsal.home))
    return report.close()


def main() -> int:
    """Run the command line."""
    arguments = command_line("Run the notebooks as Colab would.", timeout=300)
    end_cleanly_when_asked()
    python = ensure_environment()
    with tempfile.TemporaryDirectory(prefix="course-colab-") as work:
        return rehearse(Path(work).resolve(), python, arguments)


if __name__ == "__main__":
    sys.exit(main())
