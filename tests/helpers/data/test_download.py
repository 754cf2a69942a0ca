"""Every way in which a download can fail, by a server that fails so; and whom to believe over https."""

import itertools
import shutil
import socket
import ssl
import sys
import time
import types
import urllib.error

import numpy as np
import pytest

from helpers import data
from helpers.data import download, keras_files


def flipped(content):
    """The same bytes but one."""
    return content[:1000] + bytes([content[1000] ^ 1]) + content[1001:]


# ---- a server that does not send the file ----


def send_on(request, pieces, pause):
    """Send piece after piece, until the other side hangs up."""
    request.send(b"", size=10**12)
    try:
        for piece in pieces:
            request.wfile.write(piece)
            if request.server.released.wait(pause):
                return
    except OSError:
        request.server.dropped.set()


def drip(request, content):
    """A byte every now and then, for 10 s: no stall, and no end either."""
    send_on(request, [b"x"] * 200, pause=0.05)


def flood(request, content):
    send_on(request, itertools.repeat(content), pause=0)


def half_then_wait(request, content):
    request.send(content[: len(content) // 2], size=len(content))
    request.wait()


FAULTY_ANSWERS = {
    "sends nothing": (lambda request, npz: request.wait(), "sent nothing for 0.3 s"),
    "stops half-way": (half_then_wait, "sent nothing for 0.3 s"),
    "never ends": (drip, "was not finished within 1 s"),
    "is cut off": (
        lambda request, npz: request.send(npz[:20_000], size=len(npz)),
        "sent 20,000 bytes instead of",
    ),
    "hangs up": (lambda request, npz: None, "the connection to 127.0.0.1 failed ("),
    "talks nonsense": (lambda request, npz: request.wfile.write(b"hello\r\n\r\n"), "could not be understood"),
    "sends a log-in page": (lambda request, npz: request.send(b"<html>"), "sent 6 bytes instead of"),
    "sends something longer": (lambda request, npz: request.send(npz + b"x"), "is not boston_housing.npz"),
    "sends without end": (flood, "is not boston_housing.npz"),
    "sends altered bytes": (lambda request, npz: request.send(flipped(npz)), "is not boston_housing.npz"),
    "has no such file": (lambda request, npz: request.send(b"", status=404), "answered 404 (Not Found)"),
    "is not there": (None, "the connection to 127.0.0.1 failed ("),
}

NO_ANSWER = ("sends nothing", "hangs up", "talks nonsense", "is not there")
ANSWERED = [name for name in FAULTY_ANSWERS if name not in NO_ANSWER]

CACHES = {
    "empty": lambda npz: None,
    "truncated": lambda npz: npz[:30_000],
    "altered": flipped,
}


@pytest.mark.parametrize("mode", ["auto", "full"])
@pytest.mark.parametrize(
    "case",
    [(answer, "empty") for answer in FAULTY_ANSWERS]
    + list(itertools.product(("is not there", "sends altered bytes"), ("truncated", "altered"))),
    ids=" and ".join,
)
def test_without_the_full_data_one_sentence_says_why(server, cache, npz, capsys, case, mode):
    respond, reason = FAULTY_ANSWERS[case[0]]
    limits = {"time_limit": 1, "stall_limit": 0.3}
    if respond is None:
        server.stop()
        limits = {}  # Windows needs 2 s to see that a port is closed
    server.answer = lambda request: respond(request, npz)
    content = CACHES[case[1]](npz)
    if content is not None:
        cache.put("boston_housing.npz", content)

    if mode == "full":
        with pytest.raises(data.DataUnavailableError) as caught:
            data.load_boston(mode, **limits)
        sentence = str(caught.value)
        assert capsys.readouterr().out == ""
    else:
        boston = data.load_boston(mode, **limits)
        assert boston.mode == "embedded"
        np.testing.assert_array_equal(boston.x_test, data.load_boston("embedded").x_test)
        sentence = capsys.readouterr().out.removesuffix("\n")

    if respond in (drip, flood):
        assert server.dropped.wait(5), "the server sees that nobody waits any longer"
    assert "\n" not in sentence
    assert sentence.startswith("Boston housing: ")
    assert reason in sentence
    assert 'data.load_boston(mode="full", time_limit=600)' in sentence, "how to get the full data"
    assert str(cache.home) not in sentence, "no path of this machine"
    assert ("is damaged (it was left there)" in sentence) == (content is not None)
    assert cache.contents() == ({} if content is None else {"boston_housing.npz": content}), "nothing lost"


# ---- limits of time ----


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"time_limit": 60, "stall_limit": 0.2}, "127.0.0.1 sent nothing for 0.2 s"),
        ({"time_limit": 0.2, "stall_limit": 60}, "the download from 127.0.0.1 was not finished within 0.2 s"),
    ],
)
@pytest.mark.parametrize("silent", ["at once", "half-way"])
def test_a_silent_server_is_given_up_at_the_shorter_limit(server, npz, boston_file, silent, limits, reason):
    server.answer = (lambda request: half_then_wait(request, npz)) if silent == "half-way" else lambda r: r.wait()
    start = time.monotonic()
    with pytest.raises(TimeoutError) as caught:
        download.download(keras_files.KERAS_FILES_URL, boston_file, **limits)
    assert str(caught.value) == reason
    assert time.monotonic() - start < 5, "the server itself hangs up after 10 s"


def test_a_connection_that_nobody_takes_is_given_up(server, boston_file, monkeypatch):
    """A firewall that drops what it does not like: each address gets the limit of a stall, and no longer."""
    limits = []

    def nobody(address, timeout, *args):
        limits.append(timeout)
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "create_connection", nobody)
    with pytest.raises(TimeoutError, match=r"^127\.0\.0\.1 sent nothing for 7 s$"):
        download.download(keras_files.KERAS_FILES_URL, boston_file, time_limit=60, stall_limit=7)
    assert limits == [7]


def test_a_host_that_cannot_be_found_is_named(server, boston_file, monkeypatch):
    """How long the search may take is the system's business: no time-out of ours reaches it."""

    def search(*args, **options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", search)
    with pytest.raises(ConnectionError, match=r"^the connection to 127\.0\.0\.1 failed \(Name or service not known\)$"):
        download.download(keras_files.KERAS_FILES_URL, boston_file, time_limit=60, stall_limit=10)


# ---- nothing is left open ----


@pytest.mark.parametrize("answer", ["the file", *ANSWERED])
def test_the_answer_is_closed_whatever_it_was(server, npz, boston_file, monkeypatch, answer):
    """A notebook's kernel lives for hours, and whoever still refers to an answer must not keep its socket open."""
    answers, urlopen = [], download.urllib.request.urlopen

    def remember(*args, **options):
        try:
            answers.append(urlopen(*args, **options))
        except urllib.error.HTTPError as error:
            answers.append(error)
            raise
        return answers[-1]

    monkeypatch.setattr(download.urllib.request, "urlopen", remember)
    respond = FAULTY_ANSWERS[answer][0] if answer in FAULTY_ANSWERS else lambda request, npz: request.send(npz)
    server.answer = lambda request: respond(request, npz)
    try:
        content = download.download(keras_files.KERAS_FILES_URL, boston_file, time_limit=1, stall_limit=0.3)
    except OSError:
        assert answer in FAULTY_ANSWERS
    else:
        assert answer == "the file" and content == npz
    assert len(answers) == 1 and answers[0].closed


# ---- certificates: which servers are believed over https ----


@pytest.fixture
def certifi(monkeypatch):
    """A Python that knows no certificates, as python.org's on macOS, and certifi, which counts its calls."""
    real = pytest.importorskip("certifi")
    counting = types.ModuleType("certifi")
    counting.asked = 0

    def where():
        counting.asked += 1
        return real.where()

    counting.where, counting.real = where, real.where()
    monkeypatch.setitem(sys.modules, "certifi", counting)
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", lambda *args: None)
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(variable, "no-such-place")
    return counting


def test_without_any_certificates_those_of_certifi_are_taken(certifi, monkeypatch, tmp_path):
    context = download._tls_context(keras_files.KERAS_FILES_URL)
    assert context.get_ca_certs() and certifi.asked == 1
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert download._tls_context(keras_files.KERAS_FILES_URL).get_ca_certs(), "an empty folder holds none"


def test_without_any_certificates_and_without_certifi_nobody_is_believed(certifi, monkeypatch):
    monkeypatch.setitem(sys.modules, "certifi", None)
    context = download._tls_context(keras_files.KERAS_FILES_URL)
    assert not context.get_ca_certs() and context.verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("place", ["loaded", "file", "folder"])
def test_where_python_has_certificates_certifi_is_left_out(certifi, monkeypatch, tmp_path, place):
    if place == "loaded":  # Windows: from the system's store
        monkeypatch.setattr(
            ssl.SSLContext, "load_default_certs", lambda context, *args: context.load_verify_locations(certifi.real)
        )
    elif place == "file":
        monkeypatch.setenv("SSL_CERT_FILE", certifi.real)
    else:
        shutil.copy(certifi.real, tmp_path / "01234567.0")
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert download._tls_context(keras_files.KERAS_FILES_URL) is not None
    assert certifi.asked == 0


def test_the_certificates_go_with_the_request(server, certifi, monkeypatch):
    contexts = []

    def urlopen(url, *, timeout, context):
        contexts.append(context)
        raise OSError("enough")

    monkeypatch.setattr(download.urllib.request, "urlopen", urlopen)
    assert data.load_boston().mode == "embedded"
    monkeypatch.setattr(keras_files, "KERAS_FILES_URL", "https://127.0.0.1:1/")
    assert data.load_boston().mode == "embedded"
    assert contexts[0] is None and contexts[1].get_ca_certs() and len(contexts) == 2
