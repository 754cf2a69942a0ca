"""What every test run shares: small data by default, and the seconds that each notebook took."""

import os
from collections import defaultdict

# Kernels inherit the environment of the test run.
os.environ.setdefault("COURSE_DATA", "embedded")


def pytest_terminal_summary(terminalreporter):
    """Print the seconds per notebook: what nbval spent on its cells, the start of the kernel included."""
    seconds = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            path, _, cell = getattr(report, "nodeid", "").partition("::")
            if path.endswith(".ipynb") and cell:
                seconds[path] += getattr(report, "duration", 0.0)
    if seconds:
        terminalreporter.section("seconds per notebook")
        for path, spent in sorted(seconds.items()):
            terminalreporter.write_line(f"{spent:7.1f}  {path}")
