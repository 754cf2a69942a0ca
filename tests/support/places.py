"""Where the course lies and which Pythons it runs on, for tests in whatever folder."""

import tomllib
from pathlib import Path

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]


def _supported_pythons():
    """The versions that pyproject.toml lets the course be installed on: 3.11, 3.12, …"""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [f"3.{minor}" for minor in range(100) if f"3.{minor}.0" in SpecifierSet(project["requires-python"])]


PYTHONS = _supported_pythons()
