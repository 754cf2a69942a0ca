"""Write the course's public address everywhere: `make publish-url URL=https://github.com/OWNER/REPO`.

The address has one home, `public-url` in pyproject.toml. From there it goes into every notebook (the badge
line of the first cell, `COURSE_URL` of the set-up cell), into tools/setup_cell.py and into README.md. An
empty address means "not set yet": badge and set-up cell then say so, and point to nobody's repository.

A badge leads to the branch `learn`, whose notebooks have no outputs (tools/publish_learn.py). The set-up cell fetches
the helpers from the default branch: they are the same in both.

Each place is a pattern that one line of a file matches. A notebook is edited as the text of its file, so that
nothing else in it changes; its quotation marks are written \\" there.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
COLAB = "https://colab.research.google.com/github"
BRANCH = "learn"
NOT_SET = "the public address of the course is not set yet"

HOME_LINE = r'^public-url = "[^"\n]*"'
SETUP_LINE = r'\bCOURSE_URL = (\\?")[^"\\\n]*\1'
BADGE_LINE = r'(?:\[!\[Open in Colab\]|\*Open in Colab:)[^"\\\n]*'
CLONE_LINE = r"^git clone \S+ course\b"
# On GitHub an address is OWNER/REPO. The loopback address is that of the rehearsal of Colab.
ADDRESS = (
    r"https://github\.com(/[\w.-]+){2}"
    r"|(https://(?!github\.com\b)[\w-]+(\.[\w-]+)+|http://127\.0\.0\.1)(:\d+)?(/[\w.~-]+)+"
)


class PublishError(Exception):
    """What stands in the way, as one sentence for the maintainer."""


def normalised(url: str) -> str:
    """Return the address as it is stored, or raise `PublishError` when it cannot be a public address."""
    url = url.strip().rstrip("/").removesuffix(".git")
    url = re.sub(r"(?i)^https://github\.com/", "https://github.com/", url)
    # The address ends in a shell command (`git clone`), in Markdown, JSON and TOML: only plain characters pass.
    if url and (".." in url or not re.fullmatch(ADDRESS, url, flags=re.ASCII)):
        raise PublishError(
            f"{url!r} is not the public address of a repository, as https://github.com/OWNER/REPO is: it begins with "
            "https:// and holds no user name, no password and no unusual character."
        )
    return url


def colab_link(url: str, name: str) -> str:
    """Return the badge of the notebook `name`, or an empty text when Colab cannot open this address."""
    if not url.startswith("https://github.com/"):
        return ""
    repository = url.removeprefix("https://github.com/")
    return f"[![Open in Colab]({BADGE})]({COLAB}/{repository}/blob/{BRANCH}/notebooks/{name}.ipynb)"


def badge_line(url: str, name: str) -> str:
    """Return the badge line of a notebook's first cell."""
    if not url:
        return f"*Open in Colab: {NOT_SET}.*"
    return colab_link(url, name) or (
        f"*Open in Colab: Colab opens notebooks from GitHub only; download this one from {url} and upload it there.*"
    )


def stored_url(root: Path) -> str:
    """Return the address that pyproject.toml holds."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["course"]["public-url"]


def set_up(url: str) -> tuple[str, str]:
    """Return the place of the address in a set-up cell, and what to write there."""
    return SETUP_LINE, rf"COURSE_URL = \g<1>{url}\g<1>"


def readme_badge(url: str, name: str) -> tuple[str, str]:
    """Return the place of a notebook's badge in README.md, and what to write there."""
    place = f"(<!-- course-url: badge {name} -->).*?(<!-- /course-url -->)"
    return place, rf"\g<1>{colab_link(url, name) or 'not yet'}\g<2>"


def replace_once(pattern: str, replacement: str, text: str, where: str) -> str:
    """Replace the one place that `pattern` must find in `text`."""
    text, found = re.subn(pattern, replacement, text, flags=re.MULTILINE)
    if found != 1:
        raise PublishError(f"{where}: {found} places match {pattern}, there must be exactly one.")
    return text


def plan(root: Path, url: str) -> dict[Path, bytes]:
    """Return the content that each file has to have; nothing is written."""
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    places = {
        root / "pyproject.toml": [(HOME_LINE, f'public-url = "{url}"')],
        root / "tools" / "setup_cell.py": [set_up(url)],
        root / "README.md": [
            (CLONE_LINE, f"git clone {url or 'ADDRESS-OF-THIS-REPOSITORY'} course"),
            *(readme_badge(url, path.stem) for path in notebooks),
        ],
    }
    places |= {path: [set_up(url), (BADGE_LINE, badge_line(url, path.stem))] for path in notebooks}
    contents = {}
    for path, edits in places.items():
        text = path.read_bytes().decode("utf-8")  # read_text would change the line ends
        for pattern, replacement in edits:
            text = replace_once(pattern, replacement, text, path.relative_to(root).as_posix())
        contents[path] = text.encode("utf-8")
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
