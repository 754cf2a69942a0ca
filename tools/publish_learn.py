"""Publish the branch `learn`: the course as it stands in the last commit, with notebooks without outputs.

Usage: publish_learn.py ADDRESS     where the checkout comes from; .github/workflows/learn.yml calls it

Badges lead to that branch (tools/publish_url.py), and so should whatever else fetches notebooks for learners: no answer
stands there before it is asked for. Each commit follows the one before, and nothing is forced: who fetched the branch
can pull. It is published only from the address that pyproject.toml names, so a fork keeps its branches to itself until
it has an address of its own. Files, index and branches of the checkout stay as they are.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import publish_url

from helpers import lab

ROOT = Path(__file__).resolve().parents[1]
BRANCH = publish_url.BRANCH
# A learner needs no workflows; and the token of a workflow may not push changes of them.
LEFT_OUT = ".github"
AUTHOR = ("-c", "user.name=github-actions[bot]", "-c", "user.email=github-actions[bot]@users.noreply.github.com")


def git(root: Path, *words: str, given: bytes | None = None, index: str = "") -> bytes:
    """Run git, on another index than the checkout's where one is named, and return what it prints."""
    variables = os.environ | ({"GIT_INDEX_FILE": index} if index else {})
    done = subprocess.run(["git", *words], cwd=root, env=variables, input=given, check=False, capture_output=True)
    if done.returncode:
        raise SystemExit(f"git {words[0]} failed: {done.stderr.decode().strip()}")
    return done.stdout


def text(answer: bytes) -> str:
    """Return the one line that git printed."""
    return answer.decode().strip()


def stripped_tree(root: Path) -> str:
    """Write the tree of the last commit with notebooks without outputs, and return its name."""
    with tempfile.TemporaryDirectory(prefix="course-learn-") as folder:
        index = str(Path(folder) / "index")
        git(root, "read-tree", "HEAD", index=index)
        git(root, "rm", "-r", "--cached", "--quiet", "--ignore-unmatch", LEFT_OUT, index=index)
        for name in git(root, "ls-files", "-z", "notebooks/*.ipynb", index=index).decode().split("\0")[:-1]:
            notebook = json.loads(git(root, "cat-file", "blob", f"HEAD:{name}"))
            content = lab.to_bytes(lab.without_outputs(notebook))
            blob = text(git(root, "hash-object", "-w", "--stdin", given=content))
            git(root, "update-index", "--cacheinfo", f"100644,{blob},{name}", index=index)
        return text(git(root, "write-tree", index=index))


def publish(root: Path, address: str) -> str:
    """Publish the branch where there is something new, and return a sentence on what was done."""
    named = publish_url.stored_url(root)
    if not named or publish_url.normalised(address).lower() != named.lower():
        return f"Nothing is published: the public address of this course is {named or 'not set yet'}."
    tree, parents = stripped_tree(root), []
    if git(root, "ls-remote", "origin", f"refs/heads/{BRANCH}"):
        git(root, "fetch", "--quiet", "--depth", "1", "origin", f"refs/heads/{BRANCH}")
        if text(git(root, "rev-parse", "FETCH_HEAD^{tree}")) == tree:
            return f"The branch {BRANCH} has all of this."
        parents = ["-p", text(git(root, "rev-parse", "FETCH_HEAD"))]
    source = text(git(root, "rev-parse", "HEAD"))
    message = f"The course of {source[:12]}, notebooks without outputs"
    commit = text(git(root, *AUTHOR, "commit-tree", tree, *parents, "-m", message))
    git(root, "push", "--quiet", "origin", f"{commit}:refs/heads/{BRANCH}")
    return f"The branch {BRANCH} is published: {message}."


if __name__ == "__main__":
    print(publish(ROOT, sys.argv[1]))
