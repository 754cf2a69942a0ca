"""One file over the network: within limits of time, and with a clause for the learner where it fails.

What bounds the waiting is the time-out of the socket for each step (a connection, one read) and a look at the clock
after every piece of the file. It does not bound everything:

* the search for the host's address takes as long as the system lets it;
* addresses that do not answer are tried one after the other, each for ``stall_limit``;
* a server that lets the header lines of its answer drip is waited for;
* the last wait may end up to ``stall_limit`` after the time limit.
"""

import http.client
import os
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

from .errors import reason_of


def download(url, file, time_limit, stall_limit):
    """Download one of Keras' files into memory.

    Args:
        url: where it is.
        file: the ``KerasFile`` that has to come.
        time_limit: seconds after which a file that still comes is given up.
        stall_limit: seconds without any progress after which it is given up.

    Returns:
        The bytes, proved by their sha256.

    Raises:
        OSError: they cannot be had; its text is a clause for the learner.
    """
    host = urllib.parse.urlsplit(url).hostname
    deadline = time.monotonic() + time_limit
    try:
        content = _fetch(url, file.size, deadline, timeout=min(stall_limit, time_limit))
    except urllib.error.HTTPError as error:
        error.close()
        raise ConnectionError(f"{host} answered {error.code} ({error.reason})") from error
    except OSError as error:
        cause = getattr(error, "reason", error)  # urllib wraps what happened while connecting
        if not isinstance(cause, TimeoutError):
            raise ConnectionError(f"the connection to {host} failed ({reason_of(cause)})") from error
        if stall_limit < time_limit and time.monotonic() < deadline:
            raise TimeoutError(f"{host} sent nothing for {stall_limit:g} s") from error
        raise TimeoutError(f"the download from {host} was not finished within {time_limit:g} s") from error
    except http.client.HTTPException as error:
        raise ConnectionError(f"the answer of {host} could not be understood") from error
    if len(content) < file.size:
        raise ConnectionError(f"{host} sent {len(content):,} bytes instead of {file.size:,}")
    if not file.matches(content):
        raise ConnectionError(f"what {host} sent is not {file.name} (its sha256 is another)")
    return content


def _fetch(url, size, deadline, timeout):
    """What the server sends, until there is more than ``size`` bytes of it; TimeoutError after the deadline."""
    content = bytearray()
    with urllib.request.urlopen(url, timeout=timeout, context=_tls_context(url)) as response:
        # read1 returns whatever has come; read would wait for the whole piece, past the deadline if it drips.
        while len(content) <= size and (piece := response.read1(1 << 16)):
            content += piece
            if time.monotonic() > deadline:
                raise TimeoutError
    return bytes(content)


def _tls_context(url):
    """What an https server has to prove itself by; None, which is Python's own choice, for http.

    Python from python.org knows no certificates on macOS until its "Install Certificates" is run: then those
    of certifi are taken, where it is installed.
    """
    if urllib.parse.urlsplit(url).scheme != "https":
        return None
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()  # of file and folder, None for what is not there
    # A folder's certificates are read one by one as they are needed, so none is counted yet.
    if context.get_ca_certs() or places.cafile or (places.capath and os.listdir(places.capath)):
        return context
    try:
        import certifi  # noqa: PLC0415 - hardly ever needed
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context
