"""Keras' cache: reading from it, and storing into it without losing what lies there."""

import os
import shutil
import uuid
from pathlib import Path

from .errors import reason_of


def cache_folder():
    """The folder in which Keras keeps downloaded data, as a ``Path``; it need not exist.

    It is ``$KERAS_HOME/datasets``, else ``~/.keras/datasets``. Unlike Keras, it is read at each call.
    """
    home = os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")
    return Path(os.path.expanduser(home), "datasets")


def cache_name():
    """The same folder for sentences: notebooks must not show a path of this machine."""
    return "$KERAS_HOME/datasets" if os.environ.get("KERAS_HOME") else "~/.keras/datasets"


def read_cached(path, file):
    """The cached bytes, or None and what is wrong with them (empty when there is no file)."""
    try:
        # A wrong size is told without reading: it may be a file of any length.
        content = path.read_bytes() if path.stat().st_size == file.size else b""
    except (FileNotFoundError, NotADirectoryError):
        return None, ""
    except OSError as error:
        return None, f"cannot be read ({reason_of(error)})"
    return (content, "") if file.matches(content) else (None, "is damaged")


def store(content, path, file, fault):
    """Put good bytes into the cache, in one step for other processes; returns a clause for the learner.

    A file that is in the way is first copied to a free name. Where nothing can be stored, that is said: the
    bytes at hand are good all the same.
    """
    if read_cached(path, file)[0] is not None:
        return ""  # another process was faster
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            kept = _keep_aside(path) if fault else None
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        return (
            f"{file.full} was downloaded but could not be kept in {cache_name()} ({reason_of(error)}), so the "
            "next load downloads it again"
        )
    aside = f"; the old file there {fault} and is kept as {kept.name}" if kept else ""
    return f"{file.full} was downloaded into {cache_name()}{aside}"


def _keep_aside(path):
    """Copy a file to the first free name "NAME.damaged-1", "NAME.damaged-2", ...; returns the copy's path."""
    number = 1
    while True:
        copy = path.with_name(f"{path.name}.damaged-{number}")
        try:
            target = copy.open("xb")
        except FileExistsError:
            number += 1
            continue
        try:
            with target, path.open("rb") as source:
                shutil.copyfileobj(source, target)
        except OSError:
            copy.unlink(missing_ok=True)  # half a copy; the file itself stays where it is
            raise
        return copy
