"""Which database the school's address names, and how writers queue before SQLite."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from peewee import Database, SqliteDatabase
from playhouse.db_url import parse as parse_address
from playhouse.postgres_ext import PooledPsycopg3Database

try:
    import fcntl
except ImportError:  # Windows: one process, so the lock between its threads is enough
    fcntl = None  # type: ignore[assignment]


class QueuedSqlite(SqliteDatabase):
    """SQLite whose writers wait in the kernel's queue before BEGIN: its own busy handler makes the unlucky ones wait longest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn = threading.Lock()
        self._gate = None if fcntl is None or self.database == ":memory:" else os.open(f"{self.database}.queue", os.O_RDWR | os.O_CREAT, 0o600)

    def __del__(self) -> None:
        if self._gate is not None:
            os.close(self._gate)

    def begin(self, lock_type: str | None = None) -> None:
        """Take one's turn, then begin."""
        self._turn.acquire()
        try:
            if self._gate is not None:
                fcntl.flock(self._gate, fcntl.LOCK_EX)
            super().begin(lock_type)
        except BaseException:
            self._leave()
            raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Take one's turn for what cannot be done in a transaction; other writers wait in the queue until the block ends."""
        self._turn.acquire()
        try:
            if self._gate is not None:
                fcntl.flock(self._gate, fcntl.LOCK_EX)
            yield
        finally:
            self._leave()

    def commit(self) -> Any:
        """Commit, then let the next writer in; a failed commit keeps the turn for the roll-back."""
        result = super().commit()
        self._leave()
        return result

    def rollback(self) -> Any:
        """Roll back, then let the next writer in."""
        try:
            return super().rollback()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._turn.locked():
            if self._gate is not None:
                fcntl.flock(self._gate, fcntl.LOCK_UN)
            self._turn.release()


def database_at(address: str, synchronous: str = "full") -> Database:
    """The database at an address: `sqlite:///path/to/file.db`, or `postgresql://user@host/name`."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        path = address.removeprefix("sqlite:///")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        pragmas = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": synchronous, "busy_timeout": 5000, "cache_size": -16000}
        pragmas["secure_delete"] = 1  # what is deleted is overwritten, so that what was erased is not in the file any more
        return QueuedSqlite(path, pragmas=pragmas, lock_type="IMMEDIATE")
    if parts.scheme in ("postgresql", "postgres"):
        pooled: Database = PooledPsycopg3Database(**parse_address(address), max_connections=32, stale_timeout=300)
        return pooled
    raise ValueError("A database address begins with sqlite:/// or postgresql://")
