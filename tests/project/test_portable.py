"""No file of the course names one machine's folders or a package registry: it would work there only."""

import os
import re
import shutil
import subprocess

import pytest
from notebook_rules import MACHINE_PATH, read, strings
from places import ROOT

REGISTRY = re.compile(
    r"(?i)\b[\w.-]*pypi[\w-]*\.(?!(?:txt|md|py|toml|yml)\b)[a-z]\w*|\b[\w.-]*pythonhosted\.org|\bartifactory\b"
    r"|--(?:extra-)?index-url\b|--find-links\b|--trusted-host\b|\bPIP_(?:EXTRA_)?INDEX_URL\b|https?://[^\s\"']*/simple\b"
)
FILE_ADDRESS = re.compile(r"\bfile:/{2,}")
# They must name what they look for; everything else is free of it.
MAY_NAME_MACHINES = {
    "tests/notebooks/test_notebook_rules.py": "shows for each such path a notebook that the rule refuses",
    "tests/project/test_portable.py": "holds the patterns of this test and its examples",
    "tests/project/test_publish_url.py": "shows that a file:// address is refused as the public one",
}


def machine_marks(text):
    """Everything in a text that belongs to one machine or names a registry."""
    text = re.sub(r"\A#!.*", "", text)  # a script's first line names what every POSIX system has
    return [match[0] for pattern in (MACHINE_PATH, REGISTRY, FILE_ADDRESS) for match in pattern.finditer(text)]


def tracked_files():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout: nobody can tell which files belong to the course")
    # The owner of the folder may be somebody else, as in a container.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    names = os.fsdecode(listed).split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_machine_or_a_registry():
    faults, looked = {}, 0
    for name in tracked_files():
        content = (ROOT / name).read_bytes()
        if name in MAY_NAME_MACHINES or b"\0" in content:
            continue
        looked += 1
        # The letters of a picture may spell anything.
        text = "\n".join(strings(read(ROOT / name))) if name.endswith(".ipynb") else content.decode("utf-8")
        if marks := machine_marks(text):
            faults[name] = marks
    assert looked > 20 and not faults, faults


@pytest.mark.parametrize(
    "text",
    [
        "cd /work/main",
        'open("/root/x")',
        "see /home/ada/course",
        "/Users/ada/x",
        r"C:\Users\ada",
        "PATH=/opt/conda/bin",
        "file:///x",
        "https://pypi.org/project/x",
        "https://files.pythonhosted.org/x",
        "pypi.example.corp",
        "https://my-pypi.example/x",
        "--index-url https://x",
        "--extra-index-url=x",
        "--find-links x",
        "https://mirror.example/simple/numpy",
        "#!/bin/sh\n/opt/x/run",
    ],
)
def test_a_machine_or_a_registry_is_noticed(text):
    assert machine_marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "#!/usr/bin/env bash\nset -e",
        "a stranger's package on PyPI. Only the import name is ours",
        "https://keras.io/home/page",
        "the work/home balance, and /dev/null",
        "profile: x, a simple/fast way",
        "$(ROOT)/work/x and ../tmp/y",
    ],
)
def test_what_belongs_to_no_machine_passes(text):
    assert machine_marks(text) == []
