"""One at a time: whoever prepares the database, or does the work of a night, waits for the one before, on this machine or another."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from models.base import db

KEYS = {"starting": 7_233_400_532, "night": 7_233_400_533}  # any numbers, as long as nobody else locks them in this database


@contextmanager
def one_at_a_time(work: str = "starting") -> Iterator[None]:
    """Hold the database's own lock for preparing it, or for the night; the system lets go of it when this process ends, however it ends."""
    held = _in_a_file(Path(f"{db.obj.database}.{work}")) if isinstance(db.obj, SqliteDatabase) else _in_the_server(KEYS[work])
    with held:
        yield


@contextmanager
def _in_the_server(key: int) -> Iterator[None]:
    db.connect(reuse_if_open=True)
    db.execute_sql("SELECT pg_advisory_lock(%s)", (key,))
    try:
        yield
    finally:
        db.execute_sql("SELECT pg_advisory_unlock(%s)", (key,))


@contextmanager
def _in_a_file(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - there is none on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX)
