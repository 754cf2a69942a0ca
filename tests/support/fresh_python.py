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
