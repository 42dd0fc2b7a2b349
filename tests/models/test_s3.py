"""Files in a bucket, over the wire: what comes back, what is left when an upload or the server ends half-way, and what it takes."""

import os
import socket
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from models import file_store
from models.base import new_id
from models.file_store import FileStore, Missing, OutOfReach
from models.s3 import PART
from models.vault import WontOpen, new_key
from settings import PROJECT
from tests.s3_server import ADDRESS, BUCKET, bucket, named_in_the_environment, objects, parts, s3_server

SCHOOL, KEY = UUID(int=1), new_key()
LONG = bytes(range(256)) * (3 * PART // 256) + b"and a little"
BEGUN = """
import os, sys, uuid
from models import file_store
file_store.open_store(sys.argv[1])
writing = file_store.current().begin(uuid.UUID(sys.argv[2]), uuid.UUID(sys.argv[3]), bytes(32))
writing.write(bytes(12_000_000))
os._exit(9)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """A server for tests that leave it running."""
    with s3_server() as process:
        yield process


@pytest.fixture
def store(server: subprocess.Popen[str]) -> FileStore:
    """An empty bucket."""
    for path in objects():
        bucket().rm_file(path)
    file_store.open_store(ADDRESS)
    return file_store.current()


def put(store: FileStore, file: UUID, content: bytes) -> None:
    writing = store.begin(SCHOOL, file, KEY)
    for start in range(0, len(content), 500_000):
        writing.write(content[start : start + 500_000])
    writing.finish()


def got(store: FileStore, file: UUID) -> bytes:
    return b"".join(store.read(SCHOOL, file, KEY))


@pytest.mark.parametrize("content", [b"", b"x", LONG], ids=["empty", "short", "in several parts"])
def test_what_is_put_in_comes_out(store: FileStore, content: bytes) -> None:
    file = new_id()
    assert list(store.held()) == []
    put(store, file, content)
    assert got(store, file) == content
    assert (list(store.held()), list(objects()), parts()) == ([(SCHOOL, file)], [f"{BUCKET}/files/{SCHOOL.hex}/{file.hex}"], [])
    for _ in range(2):
        store.remove(SCHOOL, file)
    assert list(store.held()) == []
    with pytest.raises(Missing):
        got(store, file)


def test_what_another_process_changed_is_seen_at_once(store: FileStore) -> None:
    file, other = new_id(), new_id()
    put(store, file, b"one")
    assert (got(store, file), list(store.held())) == (b"one", [(SCHOOL, file)])
    (path,) = objects()
    bucket().call_s3("put_object", Bucket=BUCKET, Key=path.removeprefix(f"{BUCKET}/"), Body=b"shorter")
    bucket().call_s3("put_object", Bucket=BUCKET, Key=f"files/{SCHOOL.hex}/{other.hex}", Body=b"another")
    with pytest.raises(WontOpen):
        got(store, file)
    assert set(store.held()) == {(SCHOOL, file), (SCHOOL, other)}


def test_what_lies_beside_the_folder_or_is_not_ours_is_left_out(store: FileStore) -> None:
    for key in ("files/", f"files/{SCHOOL.hex}/notes.txt", f"files-of-last-year/{SCHOOL.hex}/{new_id().hex}"):
        bucket().call_s3("put_object", Bucket=BUCKET, Key=key, Body=b"x")
    assert list(store.held()) == []


def test_of_one_that_was_given_up_nothing_lies_in_the_bucket_not_even_unseen(store: FileStore) -> None:
    for content in (b"short", LONG):
        writing = store.begin(SCHOOL, new_id(), KEY)
        writing.write(content)
        writing.give_up()
    del writing
    assert (objects(), parts()) == ({}, [])


def test_a_program_killed_in_the_middle_leaves_parts_that_removing_the_file_deletes(store: FileStore) -> None:
    file, other = new_id(), new_id()
    bucket().call_s3("create_multipart_upload", Bucket=BUCKET, Key=f"files/{SCHOOL.hex}/{other.hex}")
    done = subprocess.run([sys.executable, "-c", BEGUN, ADDRESS, str(SCHOOL), str(file)], cwd=PROJECT, check=False)
    assert done.returncode == 9
    assert (objects(), len(parts())) == ({}, 2)
    store.remove(SCHOOL, file)
    assert parts() == [f"files/{SCHOOL.hex}/{other.hex}"], "that of another file may still be coming"
    store.remove(SCHOOL, other)


def test_an_upload_that_was_swept_while_it_came_is_told_in_our_words(store: FileStore) -> None:
    writing = store.begin(SCHOOL, file := new_id(), KEY)
    writing.write(LONG)
    store.remove(SCHOOL, file)
    with pytest.raises(OutOfReach):
        writing.finish()
    writing.give_up()
    assert (objects(), parts()) == ({}, [])


def test_a_bucket_that_is_not_there_is_out_of_reach_and_its_files_are_not_called_missing_one_by_one(store: FileStore) -> None:
    file_store.open_store("s3://no-such-bucket/files")
    with pytest.raises(OutOfReach):
        put(file_store.current(), new_id(), b"x")
    with pytest.raises(OutOfReach):
        list(file_store.current().held())


def test_a_long_file_passes_both_ways_without_lying_in_memory(store: FileStore) -> None:
    file, piece, count = new_id(), os.urandom(1024 * 1024), 60
    put(store, new_id(), LONG)  # what is loaded once is no matter of this file
    tracemalloc.start()
    try:
        writing = store.begin(SCHOOL, file, KEY)
        for _ in range(count):
            writing.write(piece)
        writing.finish()
        up = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        assert all(each == piece for each in store.read(SCHOOL, file, KEY))
        down = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert max(up, down) < 32 * 1024 * 1024
    assert objects()[f"{BUCKET}/files/{SCHOOL.hex}/{file.hex}"] > count * len(piece)


def test_several_threads_put_in_and_take_out_at_once(store: FileStore) -> None:
    def back_and_forth(number: int) -> bool:
        file, content = new_id(), bytes([number]) * (PART + number)
        put(store, file, content)
        return got(store, file) == content

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(back_and_forth, range(8)))
    assert len(list(store.held())) == 8


def test_a_server_that_died_is_told_in_our_words_whatever_is_asked_of_it() -> None:
    with s3_server() as process:
        file_store.open_store(ADDRESS)
        store = file_store.current()
        put(store, file := new_id(), b"x")
        writing = store.begin(SCHOOL, new_id(), KEY)
        writing.write(LONG)
        process.kill()
        process.wait()
        for deed in (writing.finish, lambda: got(store, file), lambda: store.remove(SCHOOL, file), lambda: list(store.held())):
            with pytest.raises(OutOfReach, match="does not answer, or is full"):
                deed()
        writing.give_up()


def test_a_store_is_never_waited_for_before_the_bytes_are_sent() -> None:
    with (
        ThreadPoolExecutor(1) as threads,
        socket.create_server(("127.0.0.1", 0)) as silent,
        named_in_the_environment(f"http://127.0.0.1:{silent.getsockname()[1]}"),
    ):
        file_store.open_store(ADDRESS)
        writing = file_store.current().begin(SCHOOL, new_id(), KEY)
        writing.write(b"x")
        ending = threads.submit(writing.finish)
        conversation, _from = silent.accept()
        with conversation:
            conversation.settimeout(5)
            heard = b""
            while b"SHF\x01" not in heard:
                heard += conversation.recv(65536)
            conversation.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            ending.result(5)
