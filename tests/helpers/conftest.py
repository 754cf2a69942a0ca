"""What several files of tests share."""

import pytest


@pytest.fixture
def shown(monkeypatch):
    """What a figure function displays: a list of (object, metadata)."""
    from helpers.plots import base, controls  # noqa: PLC0415 - Matplotlib, only for tests of figures

    calls = []
    for module in (base, controls):
        monkeypatch.setattr(module, "display", lambda thing, metadata=None: calls.append((thing, metadata)))
    return calls
