"""Write the course's public address everywhere: `make publish-url URL=https://github.com/OWNER/REPO`.

The address has one home, `public-url` in pyproject.toml. From there it goes into every notebook (the badge
line of the first cell, `COURSE_URL` of the set-up cell), into tools/setup_cell.py and into README.md. An
empty address means "not set yet": badge and set-up cell then say so, and point to nobody's repository.

README.md is filled between markers, each pair of which says what stands between its two halves:

    <!-- course-url: clone -->        the `git clone` command as a code block
    <!-- course-url: badge NAME -->   the Colab badge of notebooks/NAME.ipynb
    <!-- /course-url -->              the end of each of them
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import nbformat

ROOT = Path(__file__).resolve().parents[1]
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
COLAB = "https://colab.research.google.com/github"
NOT_SET = "the public address of the course is not set yet"
BADGE_STARTS = ("[![Open in Colab]", "*Open in Colab:")

PYPROJECT_LINE = re.compile(r'^public-url = "[^"\n]*"', re.MULTILINE)
SETUP_LINE = re.compile(r'^COURSE_URL = "[^"\n]*"', re.MULTILINE)
README_PLACE = re.compile(
    r"(?P<start><!-- course-url: (?P<kind>clone|badge (?P<name>[\w-]+)) -->)"
    r".*?(?P<end><!-- /course-url -->)",
    re.DOTALL,
)


class PublishError(Exception):
    """What stands in the way, as one sentence for the maintainer."""


def normalised(url: str) -> str:
    """Return the address as it is stored, or raise `PublishError` when it cannot be a public address."""
    url = url.strip()
    if not url:
        return ""
    # The address ends in a shell command (`git clone`), in Markdown and in TOML: only plain characters pass.
    if not re.fullmatch(r"[A-Za-z0-9._~/:@-]+", url):
        raise PublishError(f"{url!r} holds a character that has no place in the address of a repository.")
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname == "127.0.0.1"):
        raise PublishError(f"{url} must begin with https:// so that learners can fetch it safely.")
    if "@" in parts.netloc:
        raise PublishError("The address must not hold a user name or a password: everybody will read it.")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise PublishError(f"{url} has a port that is no number up to 65535.") from None
    path = parts.path.rstrip("/").removesuffix(".git").rstrip("/")
    if not host or "@" in path or ":" in path or ".." in path or not path.strip("/"):
        raise PublishError(f"{url} is not the address of a repository, as https://github.com/OWNER/REPO is.")
    if host == "github.com" and (parts.scheme != "https" or path.count("/") != 2 or "//" in path):
        raise PublishError(f"{url} is not a repository on GitHub: it must be https://github.com/OWNER/REPO.")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}"


def colab_link(url: str, name: str) -> str:
    """Return the badge of the notebook `name`, or an empty text when Colab cannot open this address."""
    if not url.startswith("https://github.com/"):
        return ""
    repository = url.removeprefix("https://github.com/")
    return f"[![Open in Colab]({BADGE})]({COLAB}/{repository}/blob/main/notebooks/{name}.ipynb)"


def badge_line(url: str, name: str) -> str:
    """Return the badge line of a notebook's first cell."""
    if not url:
        return f"*Open in Colab: {NOT_SET}.*"
    return colab_link(url, name) or (
        f"*Open in Colab: Colab opens notebooks from GitHub only; download this one from {url} and upload it there.*"
    )


def readme_text(url: str, kind: str, name: str | None) -> str:
    """Return what stands between two markers of README.md."""
    if kind == "clone":
        return f"\n```bash\ngit clone {url or 'ADDRESS-OF-THIS-REPOSITORY'} course\ncd course\n```\n"
    return colab_link(url, name) or "not yet"


def stored_url(root: Path) -> str:
    """Return the address that pyproject.toml holds."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["course"]["public-url"]


def replace_once(pattern: re.Pattern, replacement: str, text: str, where: str) -> str:
    """Replace the one place that `pattern` must find in `text`."""
    found = len(pattern.findall(text))
    if found != 1:
        raise PublishError(f"{where}: {found} lines match {pattern.pattern}, there must be exactly one.")
    return pattern.sub(lambda _: replacement, text)


def with_badge(source: str, line: str, where: str) -> str:
    """Return a first cell's text with its badge line replaced."""
    lines = source.split("\n")
    places = [i for i, old in enumerate(lines) if old.startswith(BADGE_STARTS)]
    if len(places) != 1:
        raise PublishError(
            f"{where}: the first cell has {len(places)} badge lines, there must be exactly one; write this one: {line}"
        )
    lines[places[0]] = line
    return "\n".join(lines)


def planned_notebook(path: Path, text: str, url: str) -> str:
    """Return the text of the notebook with this address; unchanged where it stands there already."""
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    where = f"notebooks/{path.name}"
    if len(notebook.cells) < 2:
        raise PublishError(f"{where}: a notebook of the course begins with a title cell and the set-up cell.")
    first, setup = notebook.cells[:2]
    old = first.source, setup.source
    first.source = with_badge(first.source, badge_line(url, path.stem), where)
    setup.source = replace_once(SETUP_LINE, f'COURSE_URL = "{url}"', setup.source, f"{where}, second cell")
    if (first.source, setup.source) == old:
        return text
    return nbformat.writes(notebook).rstrip("\n") + "\n"  # as nbformat.write does


def plan(root: Path, url: str) -> dict[Path, bytes]:
    """Return the content that each place has to have, with the line ends it has; nothing is written."""
    contents = {}

    def put(path: Path, edit: Callable[[str], str]) -> None:
        content = path.read_bytes()
        old = content.decode("utf-8").replace("\r\n", "\n")
        new = edit(old)
        if new != old:
            line_end = "\r\n" if b"\r\n" in content else "\n"
            content = new.replace("\n", line_end).encode("utf-8")
        contents[path] = content

    put(
        root / "pyproject.toml",
        lambda text: replace_once(PYPROJECT_LINE, f'public-url = "{url}"', text, "pyproject.toml"),
    )
    put(
        root / "tools" / "setup_cell.py",
        lambda text: replace_once(SETUP_LINE, f'COURSE_URL = "{url}"', text, "tools/setup_cell.py"),
    )
    put(
        root / "README.md",
        lambda text: README_PLACE.sub(lambda m: m["start"] + readme_text(url, m["kind"], m["name"]) + m["end"], text),
    )
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        put(path, lambda text, path=path: planned_notebook(path, text, url))
    return contents


def differences(root: Path, url: str) -> list[Path]:
    """Return the files that do not hold this address as they should."""
    return [path for path, content in plan(root, url).items() if path.read_bytes() != content]


def publish(root: Path, url: str) -> list[Path]:
    """Write the address everywhere and return the files that changed; on any error no file changes."""
    contents = plan(root, normalised(url))
    changed = [path for path, content in contents.items() if path.read_bytes() != content]
    for path in changed:
        path.write_bytes(contents[path])
    return changed


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Write the course's public address everywhere it stands.")
    parser.add_argument("url", help='https://github.com/OWNER/REPO, or "" for "not set yet"')
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository to write into")
    arguments = parser.parse_args()
    try:
        changed = publish(arguments.root, arguments.url)
    except PublishError as error:
        print(f"publish-url: {error} Nothing was written.")
        return 1
    for path in changed:
        print(f"wrote {path.relative_to(arguments.root)}")
    url = stored_url(arguments.root)
    print(f"The public address of the course is {url}." if url else f"Done: {NOT_SET}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
