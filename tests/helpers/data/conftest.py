"""What the tests of the data share: a folder in place of Keras' cache, a server in place of Keras', and their files."""

import dataclasses
import hashlib
import http.server
import io
import threading

import numpy as np
import pytest

from helpers import data
from helpers.data import keras_files


class Cache:
    """A private folder of Keras', and what lies in it."""

    def __init__(self, home):
        self.home = home
        self.folder = home / "datasets"

    def put(self, name, content):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)

    def contents(self):
        """The bytes of each file by its name; nothing where there is no folder."""
        return {file.name: file.read_bytes() for file in self.folder.glob("*")}


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Keras' cache, empty and not even there; the learner's own is out of reach."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return Cache(tmp_path / "keras")


@pytest.fixture(scope="session")
def embedded_mnist():
    """The embedded MNIST, loaded once, for it takes its time; nobody changes it."""
    return data.load_mnist("embedded")


class Server(http.server.ThreadingHTTPServer):
    """Answers every request by ``answer(request)``, which the test sets."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Request)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.asked = []
        self.released = threading.Event()  # lets go of the answers that wait
        self.dropped = threading.Event()  # the other side has hung up
        self.answer = None

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()


class Request(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.answer(self)

    def log_message(self, *args):
        pass

    def send(self, content, size=None, status=200):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if size is None else size))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def wait(self):
        self.server.released.wait(10)


@pytest.fixture(scope="module")
def npz():
    """Bytes such as Keras' Boston file has them."""
    boston = data.load_boston("embedded")
    content = io.BytesIO()
    np.savez(content, x=np.zeros((506, 13)), y=np.concatenate([boston.y_train, boston.y_test]))
    return content.getvalue()


@pytest.fixture
def boston_file(npz, monkeypatch):
    """What the loaders know of Keras' Boston file; here of its stand-in."""
    file = dataclasses.replace(keras_files.BOSTON_FILE, size=len(npz), sha256=hashlib.sha256(npz).hexdigest())
    monkeypatch.setattr(keras_files, "BOSTON_FILE", file)
    return file


@pytest.fixture
def server(cache, npz, boston_file, monkeypatch):
    """A server on the loopback address, so that no test needs a network; ``load_boston`` takes its file from there."""
    running = Server()
    running.answer = lambda request: request.send(npz)
    monkeypatch.setattr(keras_files, "KERAS_FILES_URL", f"http://127.0.0.1:{running.server_port}/")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("COURSE_DATA", raising=False)
    yield running
    running.stop()


# The range of each column in the state: west of Greenwich, so the longitude is negative; by the place in the file.
CALIFORNIA_RANGES = (
    (-124.35, -114.31),
    (32.54, 41.95),
    (1, 52),
    (2, 39_320),
    (1, 6_445),
    (3, 35_682),
    (1, 6_082),
    (0.4999, 15.0001),
)


@pytest.fixture(scope="session")
def california_arrays():
    """Arrays of the names, shapes and types of Keras' California file; its numbers are not at hand."""
    rng = np.random.default_rng(7)
    low, high = zip(*CALIFORNIA_RANGES, strict=True)
    x = rng.uniform(low, high, (20_640, 8)).astype(np.float32)
    return {"x": x, "y": rng.uniform(14_999, 500_001, 20_640).astype(np.float32)}


@pytest.fixture
def california_content(california_arrays, monkeypatch):
    """Bytes such as Keras' California file has them, which the loader takes for that file."""
    content = io.BytesIO()
    np.savez(content, **california_arrays)
    content = content.getvalue()
    file = dataclasses.replace(keras_files.CALIFORNIA_FILE, sha256=hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(keras_files, "CALIFORNIA_FILE", file)
    return content
