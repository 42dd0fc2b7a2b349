"""Where sealed files lie: a folder, or a store across a network, which stands here in memory."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import fsspec
import pytest

from models import file_store
from models.base import new_id
from models.file_store import FileStore, Missing, NoSuchStore, OutOfReach
from models.vault import WontOpen, new_key
from settings import PROJECT

SCHOOL, KEY = UUID(int=1), new_key()
LONG = b"Nell Abara " * 300_000


@pytest.fixture(params=["folder", "network"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileStore]:
    """An empty store of either kind."""
    address = str(tmp_path / "files") if request.param == "folder" else f"memory://{tmp_path.name}"
    file_store.open_store(address)
    yield file_store.current()
    fsspec.filesystem("memory").store.clear()


def put(store: FileStore, file: UUID, content: bytes) -> None:
    writing = store.begin(SCHOOL, file, KEY)
    for start in range(0, len(content), 500_000):
        writing.write(content[start : start + 500_000])
    writing.finish()


def test_what_is_put_in_comes_out(store: FileStore) -> None:
    file = new_id()
    put(store, file, LONG)
    assert b"".join(store.read(SCHOOL, file, KEY)) == LONG
    assert list(store.held()) == [(SCHOOL, file)]


def test_an_empty_store_holds_nothing(store: FileStore) -> None:
    assert list(store.held()) == []


def test_what_is_removed_is_gone_and_removing_it_again_is_no_trouble(store: FileStore) -> None:
    file = new_id()
    put(store, file, b"x")
    for _ in range(2):
        store.remove(SCHOOL, file)
    assert list(store.held()) == []
    with pytest.raises(Missing):
        next(store.read(SCHOOL, file, KEY))


def test_a_file_opens_under_its_own_id_only(store: FileStore, tmp_path: Path) -> None:
    one, two = new_id(), new_id()
    put(store, one, b"one")
    store._system.copy(store._path(SCHOOL, one), store._path(SCHOOL, two))
    with pytest.raises(WontOpen):
        next(store.read(SCHOOL, two, KEY))


def test_what_is_not_ours_is_left_out(tmp_path: Path) -> None:
    file_store.open_store(str(tmp_path / "files"))
    put(file_store.current(), file := new_id(), b"x")
    (tmp_path / "files" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "files" / SCHOOL.hex / "notes.txt").write_bytes(b"x")
    assert list(file_store.current().held()) == [(SCHOOL, file)]


def test_one_that_was_given_up_does_not_open(store: FileStore) -> None:
    file = new_id()
    writing = store.begin(SCHOOL, file, KEY)
    writing.write(LONG)
    writing.give_up()
    with pytest.raises(WontOpen):
        b"".join(store.read(SCHOOL, file, KEY))


def test_a_store_that_fails_is_told_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    file_store.open_store(str(tmp_path / "files"))
    with pytest.raises(OutOfReach, match="does not answer, or is full"):
        file_store.current().begin(SCHOOL, new_id(), KEY)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_folder_is_for_the_program_only(tmp_path: Path) -> None:
    file_store.open_store(str(tmp_path / "files"))
    put(file_store.current(), new_id(), b"x")
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "files", tmp_path / "files" / SCHOOL.hex)] == [0o700, 0o700]


def test_a_store_whose_package_is_missing_or_unknown_stops_the_start_with_a_sentence() -> None:
    with pytest.raises(NoSuchStore, match=r"needs one more package: .*gcsfs.* Install it beside Safehold"):
        file_store.open_store("gs://bucket/folder")
    with pytest.raises(NoSuchStore, match="names a folder, or an address such as s3"):
        file_store.open_store("nonsense://bucket")


def test_without_its_package_a_bucket_is_told_how_to_come_by_it() -> None:
    script = "import sys; sys.modules['s3fs'] = None; from models import file_store; file_store.open_store('s3://bucket/folder')"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert "Install s3fs to access S3. Start Safehold with start.py, which installs it" in done.stderr
