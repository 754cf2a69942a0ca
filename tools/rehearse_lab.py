"""Open the notebooks in a real JupyterLab in a real browser: `make test-lab`, or `tools/rehearse_lab.py 01 05`.

In a copy of the working tree `python -m helpers.lab` lays the learner's copies and starts JupyterLab. For each of
them: it opens without outputs, set-up and "Going further" folded; Run All runs every cell without an error, those in
folded sections too; every figure visible, every slider moves its picture, one wrong and one right answer typed into an
exercise. Screenshots stay in build/lab/: `first` is what a learner sees first, `opened` all of it before anything is
run.
"""

import contextlib
import copy
import importlib
import inspect
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nbformat
import numpy as np
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeout
from working_copy import (
    ROOT,
    CheckFailed,
    Report,
    chosen_notebooks,
    command_line,
    copy_tree,
    end_cleanly_when_asked,
    free_port,
    must_fail,
)

SCREENSHOTS = ROOT / "build" / "lab"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTH, SCREEN, PIECE = 1300, 850, 1900  # of a screenshot: a learner's screen, what a person can look at in one go
THEMES = {"dark": "JupyterLab Dark", "light": "JupyterLab Light"}  # what follows is seen in the light one

# JupyterLab keeps only the visible cells in the page, unless told otherwise; news and updates need a network.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "docmanager-extension/plugin": {"autosave": False},
    "apputils-extension/themes": {"theme": THEMES["light"], "adaptive-theme": False},
}
ERRORS = '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
PICTURES = ".jp-OutputArea img"
SLIDER = "[role=slider]"
# How JupyterLab is told to fold what stands below a heading, and how the next section begins.
FOLDED, SECTION = "jp-MarkdownHeadingCollapsed", re.compile(r"##? ")


# --- the server and the browser ----------------------------------------------------------------------------


@dataclass
class Lab:
    """A running JupyterLab: where it is, and the tree that it shows."""

    address: str
    token: str
    tree: Path

    def lay_copies(self) -> None:
        """Do for new notebooks what the start of JupyterLab did for the others."""
        module = self.helpers("lab")
        module.bring_up_to_date(self.tree, module.Report())

    def copy_of(self, path: Path) -> Path:
        """Return the learner's copy of a notebook."""
        return self.tree / self.helpers("lab").FOLDER / path.name

    def worked_on(self, path: Path) -> list[str]:
        """Return a line when a copy that was run and saved counts as worked on: an update would leave it alone."""
        module = self.helpers("lab")
        state = module.state_of(self.copy_of(path), module.read(path))
        return [] if state is module.State.CURRENT else [f"Run and saved, the copy counts as {state.value}."]

    def helpers(self, name: str) -> ModuleType:
        """Return a module of the course, from the tree that is being tested."""
        if str(self.tree) not in sys.path:
            sys.path.insert(0, str(self.tree))
        return importlib.import_module(f"helpers.{name}")


def server_variables(work: Path, token: str) -> dict[str, str]:
    """Return the environment of a JupyterLab that knows nothing of the user's own settings."""
    settings = work / "settings" / "@jupyterlab"
    for name, content in SETTINGS.items():
        path = settings / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON", "COURSE_"))}
    return variables | {
        "JUPYTER_CONFIG_DIR": str(work / "config"),
        "JUPYTER_DATA_DIR": str(work / "data"),
        "JUPYTER_RUNTIME_DIR": str(work / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(work / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(work / "workspaces"),
        "JUPYTER_TOKEN": token,
        "IPYTHONDIR": str(work / "ipython"),
        "COURSE_DATA": "embedded",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


@contextlib.contextmanager
def jupyterlab(work: Path) -> Iterator[Lab]:
    """Run a JupyterLab on a copy of the working tree for a while."""
    tree = work / "course"
    tree.mkdir()
    copy_tree(tree, untracked=True)
    port, token, log = free_port(), secrets.token_hex(16), work / "server.log"
    command = [
        sys.executable,
        "-m",
        "helpers.lab",
        "--",
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with log.open("wb") as sink:
        server = subprocess.Popen(command, cwd=tree, env=server_variables(work, token), stdout=sink, stderr=sink)
    try:
        lab = Lab(f"http://127.0.0.1:{port}", token, tree)
        wait_for_server(server, lab, log)
        yield lab
    finally:
        server.terminate()  # JupyterLab ends its kernels itself
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for_server(server: subprocess.Popen, lab: Lab, log: Path) -> None:
    """Wait until JupyterLab answers; it announces that to nobody, so it is asked."""
    question = urllib.request.Request(f"{lab.address}/api/status?token={lab.token}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with opener.open(question, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")


def launch(playwright: Playwright) -> Browser:
    """Start Chromium: the one that is asked for, Playwright's own, or the system's."""
    own = playwright.chromium.executable_path
    found = [os.environ.get("COURSE_CHROMIUM"), own if Path(own).exists() else None]
    found += [shutil.which(name) for name in BROWSERS]
    path = next((path for path in found if path), None)
    if path is None:
        raise SystemExit(
            "No Chromium was found: install one (Debian and Ubuntu: `sudo apt install chromium`, anywhere: "
            "`.venv/bin/playwright install chromium`), or name one in COURSE_CHROMIUM."
        )
    return playwright.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))


# --- a notebook in the page --------------------------------------------------------------------------------


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, browser: Browser, lab: Lab, path: Path, timeout: float, patience: float) -> None:
        self.stored = nbformat.read(path, as_version=4).cells
        self.path = lab.copy_of(path)
        self.cells = nbformat.read(self.path, as_version=4).cells
        self.timeout = timeout * 1000
        self.patience = patience * 1000  # for a slider: to appear, and to move its picture
        self.page: Page = browser.new_page(viewport={"width": WIDTH, "height": PIECE})
        self.page.set_default_timeout(self.timeout)
        self.page.route(lambda url: not url.startswith((lab.address, "data:", "blob:")), lambda r: r.abort())
        place = self.path.relative_to(lab.tree).as_posix()
        self.page.goto(f"{lab.address}/lab/tree/{place}?reset&token={lab.token}")
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the cells are drawn and the kernel answers."""
        self.page.wait_for_function(
            """count => {
                const panel = window.jupyterapp?.shell.currentWidget;
                return panel?.content?.widgets?.length === count
                    && document.querySelectorAll('.jp-Notebook .jp-Cell').length === count
                    && panel.sessionContext.session?.kernel?.status === 'idle';
            }""",
            arg=len(self.cells),
        )
        self.command("application:toggle-left-area")

    def command(self, name: str, **arguments: object) -> None:
        """Execute a command of JupyterLab's menus, and wait for its end."""
        self.page.evaluate(
            """([name, args, limit]) => Promise.race([
                window.jupyterapp.commands.execute(name, args).then(() => null),
                new Promise((_, no) => setTimeout(() => no(new Error(name + ' took too long')), limit)),
            ])""",
            [name, arguments, self.timeout],
        )

    def cell(self, index: int) -> Locator:
        """Return a cell by its number in the file."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def run_all(self) -> None:
        """Run > Run All Cells, and wait until every code cell has its number."""
        self.command("notebook:run-all-cells")
        with contextlib.suppress(BrowserTimeout):  # what was not executed is reported by `unexecuted`
            self.page.wait_for_function(
                "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
            )

    def answers_on_the_screen(self) -> list[str]:
        """Return a line for each cell that shows an output before anything was run."""
        return [
            f"`{first_line(cell)}` ... shows an output before anything is run."
            for index, cell in enumerate(self.cells)
            if self.cell(index).locator(".jp-OutputArea-output").count()
        ]

    def folded_sections(self) -> Iterator[tuple[int, range]]:
        """Yield each heading that its metadata fold, and the cells below it, by their numbers."""
        starts = [i for i, cell in enumerate(self.cells) if cell.cell_type == "markdown" and SECTION.match(cell.source)]
        for index, cell in enumerate(self.cells):
            if cell.metadata.get(FOLDED):
                yield index, range(index + 1, min((i for i in starts if i > index), default=len(self.cells)))

    def unfolded(self) -> list[str]:
        """Return a line for what a learner should not see at once: the set-up cell, the sections that are folded."""
        found = []
        if self.cell(1).locator(".cm-content").count():
            found.append(f"`{first_line(self.cells[1])}` ... is the set-up cell and not folded.")
        for heading, below in self.folded_sections():
            if not self.cell(heading).is_visible():
                found.append(f"{first_line(self.cells[heading])!r} does not show its heading.")
            if any(self.cell(index).is_visible() for index in below):
                found.append(f"{first_line(self.cells[heading])!r} is not folded.")
        return found

    def open_sections(self) -> list[str]:
        """Open what is folded; return a line for each section that stays closed."""
        self.command("notebook:expand-all-headings")
        return [
            f"{first_line(self.cells[heading])!r} does not open."
            for heading, below in self.folded_sections()
            if not all(self.cell(index).is_visible() for index in below)
        ]

    def unexecuted(self) -> list[str]:
        """Return a line for each code cell without a number; a folded one shows none: JupyterLab's model is asked."""
        numbers = self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.content.widgets.map(w => w.model.executionCount ?? null)"
        )
        return [
            f"`{first_line(cell)}` ... was not executed."
            for cell, number in zip(self.cells, numbers, strict=True)
            if cell.cell_type == "code" and cell.source.strip() and not number
        ]

    def faults(self) -> list[str]:
        """Return a line for each error and each piece of stderr that the page shows."""
        found = []
        for index, cell in enumerate(self.cells):
            if cell.cell_type == "code":
                for text in self.cell(index).locator(ERRORS).all_inner_texts():
                    found.append(f"`{first_line(cell)}` ... shows an error: {text.strip()[-300:]}")
        return found

    def missing_figures(self) -> list[str]:
        """Return a line for each cell that shows fewer or more pictures than its stored outputs hold."""
        found = []
        for index, cell in enumerate(self.stored):
            wanted = sum(1 for output in cell.get("outputs", []) if "image/png" in output.get("data", {}))
            if wanted and wanted != (shown := self.visible_pictures(index)):
                found.append(f"`{first_line(cell)}` ... shows {shown} pictures, {wanted} are stored.")
        return found

    def visible_pictures(self, index: int) -> int:
        """Count the pictures of a cell that are loaded and have a size on the page."""
        return (
            self.cell(index)
            .locator(PICTURES)
            .evaluate_all(
                """all => all.filter(
                i => i.complete && i.naturalWidth && i.getBoundingClientRect().width > 20
            ).length"""
            )
        )

    def dead_sliders(self) -> list[str]:
        """Move each slider by keyboard; return a line for each that is missing or moves no picture."""
        found = []
        for index, cell in enumerate(self.cells):
            if "slider" in cell.metadata.get("tags", []):
                try:
                    self.cell(index).locator(SLIDER).first.wait_for(timeout=self.patience)
                except BrowserTimeout:
                    found.append(f"`{first_line(cell)}` ... has the tag slider, and no slider is there.")
                    continue
                for number in range(self.cell(index).locator(SLIDER).count()):
                    if not self.slider_moves_picture(index, number):
                        found.append(f"`{first_line(cell)}` ...: slider {number + 1} moves no picture.")
        return found

    def slider_moves_picture(self, index: int, number: int) -> bool:
        """Press an arrow key on a slider: does a picture of its cell change?"""
        cell = self.cell(index)
        cell.locator(PICTURES).first.wait_for()
        handle = cell.locator(SLIDER).nth(number)
        for key in ("ArrowRight", "ArrowLeft"):  # the second for a slider that starts at its right end
            before = self.picture_data(index)
            for _ in range(4):
                handle.press(key)
            try:
                self.page.wait_for_function(
                    """([index, selector, before]) => {
                        const cell = document.querySelectorAll('.jp-Notebook .jp-Cell')[index];
                        const now = [...cell.querySelectorAll(selector)].map(i => i.src);
                        return now.length > 0 && JSON.stringify(now) !== JSON.stringify(before);
                    }""",
                    arg=[index, PICTURES, before],
                    timeout=self.patience,
                )
                return True
            except BrowserTimeout:
                continue
        return False

    def picture_data(self, index: int) -> list[str]:
        """Return the pictures of a cell as the addresses that hold their data."""
        return self.cell(index).locator(PICTURES).evaluate_all("all => all.map(i => i.src)")

    def answer(self, index: int, source: str) -> str:
        """Type an answer into a cell as a learner does, run it, and return what is shown below."""
        editor = self.cell(index).locator(".cm-content")
        editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        written = self.page.evaluate(
            "i => jupyterapp.shell.currentWidget.content.widgets[i].model.sharedModel.getSource()", index
        )
        if written != source:
            raise CheckFailed("The editor does not hold what was typed.")
        prompt = self.cell(index).locator(".jp-InputArea-prompt")
        before = prompt.inner_text()
        self.page.keyboard.press("ControlOrMeta+Enter")
        self.page.wait_for_function(  # the cell gets its new number when the kernel has answered
            """([i, before]) => {
                const panel = jupyterapp.shell.currentWidget;
                const node = panel.content.widgets[i].node.querySelector('.jp-InputArea-prompt');
                return panel.sessionContext.session.kernel.status === 'idle'
                    && /\\d/.test(node.innerText) && node.innerText !== before;
            }""",
            arg=[index, before],
        )
        return self.cell(index).locator(".jp-OutputArea-output").first.inner_text().strip()

    def themes(self) -> Iterator[str]:
        """Show the notebook in both themes, one after the other; the light one stays."""
        for theme, name in THEMES.items():
            self.command("apputils:change-theme", theme=name)
            self.page.wait_for_function(
                "light => document.body.dataset.jpThemeLight === light", arg=str(theme == "light").lower()
            )
            yield theme

    def photograph_opened(self, folder: Path) -> None:
        """Keep in both themes what a learner sees first, and the whole before anything is run."""
        for theme in self.themes():
            self.page.set_viewport_size({"width": WIDTH, "height": SCREEN})
            self.page.screenshot(path=folder / f"first-{theme}.png")
            self.page.set_viewport_size({"width": WIDTH, "height": PIECE})
            self.photograph_pieces(folder, f"opened-{theme}")

    def photograph(self, folder: Path) -> None:
        """Keep the notebook in both themes, in pieces from top to bottom, and each picture by itself."""
        for theme in self.themes():
            self.photograph_pieces(folder, theme)
        self.photograph_pictures(folder)

    def photograph_pieces(self, folder: Path, name: str) -> None:
        """Scroll through the notebook and keep what is seen."""
        panel = self.page.locator(".jp-NotebookPanel-notebook .jp-WindowedPanel-outer").first
        height, step = panel.evaluate("n => [n.scrollHeight, n.clientHeight]")
        for number, top in enumerate(range(0, height, step), start=1):
            panel.evaluate("(n, top) => { n.scrollTop = top; }", top)
            panel.screenshot(path=folder / f"{name}-{number:02d}.png")
        panel.evaluate("n => { n.scrollTop = 0; }")

    def photograph_pictures(self, folder: Path) -> None:
        """Keep each figure by itself."""
        for number, picture in enumerate(self.page.locator(PICTURES).all(), start=1):
            picture.screenshot(path=folder / f"figure-{number:02d}.png")


def empty_folder(folder: Path) -> Path:
    """Make a folder, or empty it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def first_line(cell: nbformat.NotebookNode) -> str:
    """Return the first line of a cell, to name it by."""
    return cell.source.strip().partition("\n")[0]


# --- exercises ---------------------------------------------------------------------------------------------


def check_call(name: str, function: str) -> str:
    """Return the last line of an exercise's cell."""
    return f'exercises.check("{name}", {function})'


def stands_alone(exercise: object, name: str, source: str) -> bool:
    """Say whether a function still works when it is typed: some are closures, or use what their file has."""
    known = {"np": np}
    try:
        exec(f"{exercise.setup}\n{source}", known)
        for probe in exercise.probes(np.random.default_rng(0)):
            known[name](*copy.deepcopy(probe))
    except Exception:  # whatever it is, there are other wrong answers
        return False
    return True


def typed_mistakes(exercise: object) -> Iterator[tuple[str, str]]:
    """Yield name and source of each known mistake that can be typed as it stands."""
    for function in (each.function for each in exercise.misconceptions):
        try:
            name, source = function.__name__, textwrap.dedent(inspect.getsource(function)).strip()
        except (AttributeError, OSError, TypeError):  # a partial function, say: it has no source
            continue
        if source.startswith(f"def {name}(") and stands_alone(exercise, name, source):
            yield name, source


def wrong_answer(exercise: object) -> str:
    """Return a cell with a wrong answer: the first known mistake that can be typed, else any function."""
    if hasattr(exercise, "mistakes"):  # of an answer that is made: they are code as it is typed
        return f"{exercise.below_setup(exercise.mistakes[0].code)}\n\n{exercise.check_call}"
    name, source = next(typed_mistakes(exercise), ("answer", "def answer(*anything):\n    return 12345"))
    return f"{exercise.setup}\n\n{source}\n\n{check_call(exercise.name, name)}".strip()


def right_answer(exercise: object) -> str:
    """Return a cell with the solution."""
    return f"{exercise.solution_source}\n\n{exercise.check_call}"


def try_exercise(notebook: Notebook, exercises: dict, folder: Path | None) -> list[str]:
    """Type a wrong and a right answer into the first exercise of a notebook; keep what is said to them."""
    found = []
    for index, cell in enumerate(notebook.cells):
        call = re.search(r"""^exercises\.check\(["'](\w+)["']""", cell.source, re.MULTILINE)
        if cell.cell_type == "code" and call:
            exercise = exercises.get(call[1])
            if exercise is None:
                return [f"There is no exercise {call[1]} in helpers.exercises."]
            tries = (("wrong", wrong_answer(exercise), "Not yet."), ("right", right_answer(exercise), "Correct."))
            for kind, source, start in tries:
                text = notebook.answer(index, source)
                if folder:
                    notebook.cell(index).screenshot(path=folder / f"answer-{kind}.png")
                if not text.startswith(start):
                    found.append(f"Exercise {call[1]}: wanted {start!r} at the beginning, saw: {text[:300]}")
            return found
    return found


# --- the whole run -----------------------------------------------------------------------------------------


def check_notebook(
    browser: Browser, lab: Lab, path: Path, exercises: dict, *limits: float, folder: Path | None = None
) -> str:
    """Open a learner's copy, run it, use it, photograph it; return a short note on what was seen."""
    try:
        notebook = Notebook(browser, lab, path, *limits)
        try:
            found = notebook.answers_on_the_screen() + notebook.unfolded()
            folded = len(list(notebook.folded_sections()))
            if folder:
                notebook.photograph_opened(folder)
            notebook.run_all()
            found += notebook.unexecuted() + notebook.open_sections()
            notebook.command("docmanager:save")
            found += lab.worked_on(path)
            found += notebook.faults() + notebook.missing_figures()
            pictures = notebook.page.locator(PICTURES).count()
            sliders = notebook.page.locator(f".jp-OutputArea {SLIDER}").count()
            if folder:
                notebook.photograph(folder)
            if not found:  # else a slider or an exercise fails for a reason that is told already
                found = notebook.dead_sliders() + try_exercise(notebook, exercises, folder)
        finally:
            notebook.command("notebook:shutdown-kernel")
            notebook.page.close()
    except BrowserError as error:
        raise CheckFailed(f"The browser gave up: {error.message.splitlines()[0]}") from None
    if found:
        raise CheckFailed("\n".join(found))
    return f"({pictures} figures, {sliders} sliders, {folded} sections folded)"


TINY = {
    "slider": """import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import display
def draw(height):
    figure, axes = plt.subplots(figsize=(3, 2))
    axes.bar([0, 1], [1, height])
    display(figure, metadata={"image/png": {"alt": "two bars"}})
    plt.close(figure)
control = ipywidgets.IntSlider(value=3, min=1, max=9)
display(control, ipywidgets.interactive_output(draw, {"height": control}))""",
    "no slider": "control = None",
    "deaf slider": """import ipywidgets
from IPython.display import Image, display
display(ipywidgets.IntSlider(value=3, min=1, max=9))
import matplotlib.pyplot as plt
plt.plot([1, 2]);""",
    "error": "1 / 0",
    "log": "import sys\nprint('a line of noise', file=sys.stderr)",
    "no figure": "figure = None",
    "open set-up": "pass",
    "open section": "pass",
    "an answer": "print('seven')",
}
# What each planted fault must be called.
FAULTS = {
    "no slider": "no slider is there",
    "deaf slider": "moves no picture",
    "error": "ZeroDivisionError",
    "log": "a line of noise",
    "no figure": "shows 0 pictures, 1 are stored",
    "open set-up": "is the set-up cell and not folded",
    "open section": "'Going further' is not folded",
    "an answer": "`print('seven')` ... shows an output before anything is run",
}


def tiny_notebook(lab: Lab, name: str) -> Path:
    """Write a notebook of a few cells, one of which is the named one, and return its path."""
    setup = (lab.tree / "tools" / "setup_cell.py").read_text(encoding="utf-8").rstrip("\n")
    planted = nbformat.v4.new_code_cell(TINY[name])
    if "slider" in name:
        planted.metadata["tags"] = ["slider"]
    if name == "no figure":
        planted.outputs = [nbformat.v4.new_output("display_data", {"image/png": ""})]
    # JupyterLab folds what is a heading only.
    further = "Going further" if name == "open section" else "## Going further"
    hidden = {} if name == "open set-up" else {"jupyter": {"source_hidden": True}}
    cells = [
        nbformat.v4.new_markdown_cell(f"# {name}"),
        nbformat.v4.new_code_cell(setup, metadata=hidden),
        planted,
        nbformat.v4.new_markdown_cell(further, metadata={FOLDED: True}),
        nbformat.v4.new_code_cell("print('folded, and run all the same')"),
        nbformat.v4.new_markdown_cell("## The end"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = lab.tree / "notebooks" / f"proof_{name.replace(' ', '_')}.ipynb"
    path.parent.mkdir(exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(notebook, path)
    lab.lay_copies()
    if name == "an answer":  # a copy that was laid otherwise
        planted.outputs = [nbformat.v4.new_output("stream", name="stdout", text="seven")]
        nbformat.write(notebook, lab.copy_of(path))
    return path


def prove(report: Report, lab: Lab, check: Callable[[Path], str]) -> None:
    """Show that these checks can fail: planted faults are seen and named, a sound notebook passes."""
    report.run("proof: a tiny notebook passes", lambda: check(tiny_notebook(lab, "slider")))
    for name, words in FAULTS.items():
        report.run(f"proof: {name}", lambda n=name, w=words: must_fail(lambda: check(tiny_notebook(lab, n)), w))


def main() -> int:
    """Run the command line."""
    arguments = command_line("Open the notebooks in a real JupyterLab.", timeout=180)
    end_cleanly_when_asked()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="course-lab-") as name, sync_playwright() as playwright:
        browser = launch(playwright)
        with jupyterlab(Path(name).resolve()) as lab:
            exercises = lab.helpers("exercises").all_exercises()

            def check(path: Path) -> str:
                folder = empty_folder(SCREENSHOTS / path.stem)
                return check_notebook(browser, lab, path, exercises, arguments.timeout, 20, folder=folder)

            def check_tiny(path: Path) -> str:
                return check_notebook(browser, lab, path, exercises, arguments.timeout, 2)

            if not arguments.prove:
                for path in chosen_notebooks(lab.tree / "notebooks", arguments.notebooks):
                    report.run(path.stem, lambda p=path: check(p))
            prove(report, lab, check_tiny)
        browser.close()
    if not arguments.prove:
        print(f"Screenshots: {SCREENSHOTS.relative_to(ROOT)}/")
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
