"""What somebody with the password of the database can do behind the program's back, in plain SQL on both databases; and what is said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import SqliteDatabase

from models.base import db
from registry.trace.verification import chains, verify_chain, verify_rows


@contextmanager
def behind_its_back() -> Iterator[None]:
    """Without the triggers that keep the trace as it was written, and without foreign keys."""
    if isinstance(db.obj, SqliteDatabase):
        for name, statement in sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"):
            if "audit_entry" in statement:
                sql(f'DROP TRIGGER "{name}"')
        sql("PRAGMA foreign_keys = 0")
        yield
        return
    sql("SET session_replication_role = replica")
    try:
        yield
    finally:
        sql("SET session_replication_role = DEFAULT")


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement with ? for its values; what it found."""
    cursor = db.execute_sql(statement.replace("?", db.param), values)
    return cursor.fetchall() if cursor.description else []


def faults() -> list[str]:
    """What verify-audit --rows would say."""
    return [fault.message for chain in chains() for fault in verify_chain(chain)] + [fault.message for fault in verify_rows()]
