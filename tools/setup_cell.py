# Set-up: finds the course's helpers; in Colab it fetches them first. You can run it again at any time.
import subprocess
import sys
from pathlib import Path
COURSE_URL = ""  # the public address of the course

class SetupError(Exception):
    def _render_traceback_(self):  # one sentence instead of a traceback
        return [str(self)]

roots = [str(p.resolve()) for p in map(Path, ("..", ".", "course")) if (p / "helpers/course.py").exists()]
if not roots and "google.colab" in sys.modules:
    clone = f"git -c http.lowSpeedLimit=1 -c http.lowSpeedTime=30 clone --depth 1 {COURSE_URL} course"
    if not COURSE_URL or subprocess.run(clone.split(), capture_output=True).returncode:
        reason = f"check that {COURSE_URL} can be reached" if COURSE_URL else "its public address is not set yet"
        raise SetupError(f"The course could not be fetched: {reason}.")
    roots = [str(Path("course").resolve())]
sys.path[:0] = [root for root in roots[:1] if root not in sys.path]
try:
    from helpers import COURSE, course  # a stranger's package of that name has no COURSE
except ImportError:
    other = getattr(sys.modules.get("helpers"), "__file__", None)
    raise SetupError(f"Python found another package called helpers ({other}): run `pip uninstall helpers`, "
                     "restart the kernel and run this cell again." if other else
                     "The course's helpers were not found: open this notebook in the course's folder.") from None
