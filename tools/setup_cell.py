# @title Set-up: finds the course's helpers; in Colab it fetches them first. You can run it again at any time.
import subprocess, sys
from pathlib import Path
COURSE_URL = ""  # the public address of the course
SetupError = type("SetupError", (Exception,), {"_render_traceback_": lambda self: [str(self)]})  # no traceback
roots = [str(p.resolve()) for p in map(Path, ("..", ".", "course")) if (p / "helpers/course.py").exists()]
if not roots and "google.colab" in sys.modules:
    fetch = f"git -c http.lowSpeedLimit=1 -c http.lowSpeedTime=30 clone --depth 1 {COURSE_URL} course".split()
    if not COURSE_URL or subprocess.run(fetch, capture_output=True).returncode:
        reason = f"check that {COURSE_URL} can be reached" if COURSE_URL else "its public address is not set yet"
        raise SetupError(f"The course could not be fetched: {reason}.")
    roots = [str(Path("course").resolve())]
sys.path[:0] = [root for root in roots[:1] if root not in sys.path]
try:
    from helpers import COURSE, course  # a stranger's package of that name has no COURSE
except ImportError:
    other = getattr(sys.modules.get("helpers"), "__file__", None)
    lost = "The course's helpers were not found: open this notebook in the course's folder."
    stranger = f"Python found another package called helpers ({other}): `pip uninstall helpers`, restart the kernel."
    raise SetupError(stranger if other else lost) from None
