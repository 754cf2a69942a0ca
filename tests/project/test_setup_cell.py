"""The set-up cell finds the course's helpers, or says in one sentence what stands in the way."""

import subprocess
import sys

import pytest
from places import ROOT


def test_the_stranger_and_the_missing_course_are_one_sentence_each(tmp_path):
    cell = (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8")
    report = "except Exception as problem:\n    print(''.join(problem._render_traceback_()))"
    program = f"try:\n    exec({cell!r})\n{report}"
    missing = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    ).stdout
    assert "were not found" in missing and len(missing.splitlines()) == 1
    stranger = tmp_path / "site" / "helpers"
    stranger.mkdir(parents=True)
    (stranger / "__init__.py").write_text("", encoding="utf-8")
    program = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n{program}"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    ).stdout
    assert "another package called helpers" in told and str(stranger) in told and len(told.splitlines()) == 1


@pytest.mark.parametrize("start", [".", "notebooks"])
def test_the_set_up_cell_finds_helpers_beside_it_and_prints_nothing(start):
    cell = (ROOT / "tools" / "setup_cell.py").read_text(encoding="utf-8")
    program = f"{cell}\n{cell}\nprint(course.__file__, len(sys.path) == len(set(sys.path)))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT / start,
        check=True,
    )
    assert done.stdout.strip() == f"{ROOT / 'helpers' / 'course.py'} True"
