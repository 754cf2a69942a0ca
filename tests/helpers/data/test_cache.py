"""Keras' cache: a download is kept there, what lies there is never lost, and it may be unusable."""

import gc
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers import data
from helpers.data import cache as cache_room

NAME = "boston_housing.npz"


def test_the_cache_is_keras_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert data.cache_folder() == tmp_path / "datasets"
    monkeypatch.delenv("KERAS_HOME")
    assert data.cache_folder() == Path.home() / ".keras" / "datasets"


def test_a_download_is_kept_for_the_next_time(server, cache, npz, capsys):
    assert data.load_boston().mode == "full"
    assert capsys.readouterr().out == "Boston housing: Keras' file was downloaded into $KERAS_HOME/datasets.\n"
    assert data.load_boston("full").mode == "full"
    assert capsys.readouterr().out == ""
    assert server.asked == [f"/{NAME}"], "one request"
    assert cache.contents() == {NAME: npz}


@pytest.mark.parametrize("mode", ["auto", "full"])
def test_california_is_downloaded_once(server, california_content, cache, capsys, mode):
    server.answer = lambda request: request.send(california_content)
    first = data.load_california(mode)
    assert capsys.readouterr().out == "California housing: Keras' file was downloaded into $KERAS_HOME/datasets.\n"
    again = data.load_california(mode)
    assert capsys.readouterr().out == ""
    assert server.asked == ["/california_housing.npz"], "one request"
    assert cache.contents() == {"california_housing.npz": california_content}
    assert first.x_train.tobytes() == again.x_train.tobytes()


# ---- a damaged file ----


@pytest.mark.parametrize(
    "damage", [lambda good: good[:30_000], lambda good: bytes([good[0] ^ 1]) + good[1:]], ids=["truncated", "altered"]
)
def test_a_damaged_file_makes_way_for_a_good_one_and_is_kept(server, cache, npz, capsys, damage):
    cache.put(NAME, damage(npz))
    cache.put(f"{NAME}.damaged-1", b"an older one")
    assert data.load_boston().mode == "full"
    assert capsys.readouterr().out == (
        "Boston housing: Keras' file was downloaded into $KERAS_HOME/datasets; the old file there is damaged "
        "and is kept as boston_housing.npz.damaged-2.\n"
    )
    assert cache.contents() == {NAME: npz, f"{NAME}.damaged-1": b"an older one", f"{NAME}.damaged-2": damage(npz)}


def test_a_damaged_california_file_is_kept_beside_the_good_one(server, california_content, cache, capsys):
    server.answer = lambda request: request.send(california_content)
    damaged = california_content[:-1] + b"x"  # the size alone does not betray it
    cache.put("california_housing.npz", damaged)
    assert data.load_california().mode == "full"
    assert capsys.readouterr().out == (
        "California housing: Keras' file was downloaded into $KERAS_HOME/datasets; the old file there is damaged "
        "and is kept as california_housing.npz.damaged-1.\n"
    )
    assert cache.contents() == {
        "california_housing.npz": california_content,
        "california_housing.npz.damaged-1": damaged,
    }


def test_a_file_of_a_wrong_size_is_not_read(cache, boston_file, monkeypatch):
    """It may be of any length, and its size says enough."""
    cache.put(NAME, b"longer or shorter")
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path.name} was read"))
    assert cache_room.read_cached(cache.folder / NAME, boston_file) == (None, "is damaged")


def test_a_good_file_that_another_process_has_stored_meanwhile_stays(server, cache, npz, capsys):
    def answer(request):
        cache.put(NAME, npz)
        request.send(npz)

    cache.put(NAME, b"damaged")
    server.answer = answer
    assert data.load_boston().mode == "full"
    assert capsys.readouterr().out == ""
    assert cache.contents() == {NAME: npz}


def test_several_loads_at_once_share_the_cache(server, cache, npz):
    with ThreadPoolExecutor(8) as pool:
        modes = [boston.mode for boston in pool.map(lambda _: data.load_boston("full"), range(8))]
    assert modes == ["full"] * 8
    assert cache.contents() == {NAME: npz}


# ---- where nothing can be kept ----


@pytest.mark.parametrize("mode", ["auto", "full"])
@pytest.mark.parametrize("obstacle", ["a file for the folder", "a folder for the file"])
def test_an_unwritable_cache_is_named_and_the_data_used(server, cache, capsys, obstacle, mode):
    if obstacle == "a file for the folder":  # also stops root, whom permissions do not
        cache.home.write_bytes(b"keep me")
    else:
        (cache.folder / NAME).mkdir(parents=True)
    assert data.load_boston(mode).mode == "full"
    line = capsys.readouterr().out
    assert re.fullmatch(
        r"Boston housing: Keras' file was downloaded but could not be kept in \$KERAS_HOME/datasets "
        r"\([^()]+\), so the next load downloads it again\.\n",
        line,
    )
    assert str(cache.home) not in line
    if obstacle == "a file for the folder":
        assert cache.home.read_bytes() == b"keep me"
    else:
        assert [file.name for file in cache.folder.iterdir()] == [NAME]


def test_neither_a_cache_nor_a_server(server, cache, capsys):
    cache.home.write_bytes(b"keep me")
    server.stop()
    assert data.load_boston().mode == "embedded"
    assert "because the connection to 127.0.0.1 failed (" in capsys.readouterr().out
    assert cache.home.read_bytes() == b"keep me"


def no_space(*args):
    raise OSError(28, "No space left on device")


def write_half(path, content):
    with path.open("wb") as file:
        file.write(content[: len(content) // 2])
    no_space()


@pytest.mark.parametrize("step", ["the new file", "the copy of the old one", "their exchange"])
def test_a_full_disk_loses_nothing_and_leaves_nothing(server, monkeypatch, cache, capsys, step):
    cache.put(NAME, b"damaged")
    if step == "the new file":
        monkeypatch.setattr(Path, "write_bytes", write_half)
    elif step == "the copy of the old one":
        monkeypatch.setattr(cache_room.shutil, "copyfileobj", no_space)
    else:
        monkeypatch.setattr(cache_room.os, "replace", no_space)
    assert data.load_boston().mode == "full"
    assert "could not be kept in $KERAS_HOME/datasets (No space left on device)" in capsys.readouterr().out
    left = cache.contents()
    assert left.pop(NAME) == b"damaged"
    assert left == ({f"{NAME}.damaged-1": b"damaged"} if step == "their exchange" else {})


def test_an_interrupted_store_leaves_no_half_file(server, monkeypatch, cache):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(cache_room.os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        data.load_boston()
    assert cache.contents() == {}


@pytest.mark.parametrize("space", [True, False])
def test_every_file_that_is_opened_is_closed(cache, boston_file, npz, monkeypatch, space):
    """Windows cannot replace or remove a file that somebody holds open."""
    cache.put(NAME, b"damaged")
    if not space:
        monkeypatch.setattr(cache_room.shutil, "copyfileobj", no_space)
    gc.collect()  # what other tests left open is not counted
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        cache_room.read_cached(cache.folder / NAME, boston_file)
        cache_room.store(npz, cache.folder / NAME, boston_file, "is damaged")
        gc.collect()
    assert [str(warning.message) for warning in warned] == []
    assert (cache.contents()[NAME] == npz) == space
