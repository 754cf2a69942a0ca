"""Keras' own files of MNIST, Boston and California housing: which they are, and whether they are to be used.

They are taken from Keras' cache, or downloaded into it. Keras' downloader sets no time-out, raises a bare
``Exception`` and deletes a damaged cached file; so the download is done here, and nothing of the learner's is ever
deleted.
"""

import hashlib
import io
import os
import urllib.parse
from dataclasses import dataclass

import numpy as np

from .cache import cache_folder, cache_name, read_cached, store
from .download import download
from .errors import DataUnavailableError

MODES = ("auto", "embedded", "full")

# The folder from which Keras' own loaders download.
KERAS_FILES_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"


@dataclass(frozen=True)
class KerasFile:
    """One of Keras' files, and the words that go into the sentences about it.

    Attributes:
        name: its name in Keras' cache and on Keras' server.
        size: its bytes.
        sha256: the fingerprint that Keras expects.
        title: the data set's name.
        full: what the file holds, as the sentences call it.
        embedded: what is used instead; empty where the course brings no copy.
        loader: the function of this package that loads it.
    """

    name: str
    size: int
    sha256: str
    title: str
    full: str
    embedded: str
    loader: str

    def matches(self, content):
        """Whether these bytes are the file that Keras expects."""
        return len(content) == self.size and hashlib.sha256(content).hexdigest() == self.sha256


MNIST_FILE = KerasFile(
    name="mnist.npz",
    size=11_490_434,
    sha256="731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    title="MNIST",
    full="the full set of 70,000 images",
    embedded="the 5,000-image set",
    loader="load_mnist",
)
BOSTON_FILE = KerasFile(
    name="boston_housing.npz",
    size=57_026,
    sha256="f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
    title="Boston housing",
    full="Keras' file",
    embedded="mlxtend's copy, with the same numbers,",
    loader="load_boston",
)
CALIFORNIA_FILE = KerasFile(
    name="california_housing.npz",
    size=743_530,  # as a log of Keras' own download shows it; two float32 arrays, not compressed, have this size
    sha256="1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f",
    title="California housing",
    full="Keras' file",
    embedded="",
    loader="load_california",
)


def _resolve_mode(mode):
    """The mode to use: the argument, else COURSE_DATA, else "auto"."""
    origin = ""
    if mode is None:
        mode = os.environ.get("COURSE_DATA") or "auto"
        origin = " in COURSE_DATA"
    if mode not in MODES:
        raise ValueError(f'Unknown data mode {mode!r}{origin}: choose "auto", "embedded" or "full".')
    return mode


def full_arrays(mode, file, time_limit, stall_limit):
    """The arrays of Keras' file by name, or None where the embedded data are to be used."""
    mode = _resolve_mode(mode)
    remedy = f'data.{file.loader}(mode="full", time_limit=600)'
    if mode == "embedded":
        if file.embedded:
            return None
        raise DataUnavailableError(
            f'{file.title}: no copy comes with the course, and mode "embedded" fetches nothing; for {file.full}, '
            f"connect to the internet and run {remedy}."
        )
    try:
        content, note = _full_content(file, time_limit, stall_limit)
    except DataUnavailableError as error:
        if mode == "full" or not file.embedded:
            instead = f', or work with {file.embedded} by mode="embedded"' if file.embedded else ""
            raise DataUnavailableError(
                f"{file.title}: {file.full} cannot be had, because {error}; connect to the internet and run "
                f"{remedy}{instead}."
            ) from None  # the sentence holds the reason; a chain of tracebacks would bury it
        print(
            f"{file.title}: {file.embedded} is used, because {error}; for {file.full}, connect to the "
            f"internet and run {remedy}."
        )
        return None
    if note:
        print(f"{file.title}: {note}.")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)


def _full_content(file, time_limit, stall_limit):
    """The bytes of Keras' file, proved by their sha256, and a clause for the learner (empty: all as usual).

    Raises DataUnavailableError with the reason as a clause. Nothing in the cache changes before a good file
    has come.
    """
    path = cache_folder() / file.name
    content, fault = read_cached(path, file)
    if content is not None:
        return content, ""
    try:
        content = download(urllib.parse.urljoin(KERAS_FILES_URL, file.name), file, time_limit, stall_limit)
    except OSError as error:
        damaged = f"{file.name} in {cache_name()} {fault} (it was left there) and " if fault else ""
        raise DataUnavailableError(f"{damaged}{error}") from error
    return content, store(content, path, file, fault)


def full_data_at_hand():
    """Tell which full data sets lie in Keras' cache, undamaged; nothing is fetched or changed.

    Only the sets that most notebooks work with count: California housing is one notebook's side view.

    Returns:
        A dict from the data set's title, "MNIST" and "Boston housing", to True or False.
    """
    folder = cache_folder()
    return {file.title: read_cached(folder / file.name, file)[0] is not None for file in (MNIST_FILE, BOSTON_FILE)}
