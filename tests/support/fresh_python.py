"""Code in an interpreter of its own, for tests of what imports cost, print and touch."""

import os
import subprocess
import sys

from places import ROOT


def run_python(code, **environment):
    """Run code in a fresh interpreter, in the course's folder; returns the finished process with its text."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def run_pytest(words, folder, **environment):
    """Run pytest in a process of its own, in a folder; returns the finished process with its text.

    The options of an outer run, of xdist's workers and of `make soak` do not reach it.
    """
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COURSE_SOAK"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *words],
        env={**outer, **environment},
        cwd=folder,
        timeout=300,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
