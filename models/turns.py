"""One at a time: whoever prepares the database, or does a job, waits for the one before or leaves it to them, on this machine or another."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from models.base import db

KEYS = {"starting": 7_233_400_532}  # any number, as long as nobody else locks it in this database
NOT_FREE = (BlockingIOError, PermissionError)  # how Linux and macOS, and how Windows, say that another has it


@contextmanager
def one_at_a_time(work: str = "starting") -> Iterator[None]:
    """Hold the database's own lock for some work; the system lets go of it when this process ends, however it ends."""
    with _held(work, waits=True):
        yield


@contextmanager
def if_free(work: str) -> Iterator[bool]:
    """The same without waiting: whether nobody else was at it, in which case the lock is held until the block ends."""
    with _held(work, waits=False) as is_ours:
        yield is_ours


@contextmanager
def _held(work: str, *, waits: bool) -> Iterator[bool]:
    is_file = isinstance(db.obj, SqliteDatabase)
    with _in_a_file(Path(f"{db.obj.database}.{work}"), waits) if is_file else _in_the_server(_key(work), waits) as is_ours:
        yield is_ours


def _key(work: str) -> int:
    return KEYS.get(work) or int.from_bytes(hashlib.sha256(f"safehold {work}".encode()).digest()[:7], "big")


@contextmanager
def _in_the_server(key: int, waits: bool) -> Iterator[bool]:
    db.connect(reuse_if_open=True)
    found = db.execute_sql("SELECT pg_advisory_lock(%s)" if waits else "SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
    if not waits and not found[0]:
        yield False
        return
    try:
        yield True
    finally:
        db.execute_sql("SELECT pg_advisory_unlock(%s)", (key,))


@contextmanager
def _in_a_file(path: Path, waits: bool) -> Iterator[bool]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _lock(descriptor, waits)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, waits: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except NOT_FREE:
        if waits:
            raise
        return False
    return True
