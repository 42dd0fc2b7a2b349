"""A database lets go of what is gone from it, and says where it could not."""

import pytest
from peewee import SqliteDatabase

from models import residue
from models.base import db
from models.database import database_at
from models.user import Draft
from registry import drafts
from tests.people import NOW, Person


def test_what_is_not_committed_cannot_be_lost(database: str) -> None:
    with db.atomic(), pytest.raises(RuntimeError):
        residue.lose(("draft",))


def test_a_table_that_somebody_reads_is_named_and_lost_the_next_time(database: str, dev: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residue, "WAIT", "10ms")
    drafts.keep(dev.user, "assets/new in school/what", "name=Cupboard", NOW)
    other = database_at(database)
    if isinstance(db.obj, SqliteDatabase):
        db.execute_sql("PRAGMA busy_timeout = 10")
    other.connect()
    try:
        other.execute_sql("BEGIN")
        assert other.execute_sql("SELECT COUNT(*) FROM draft").fetchone() == (1,)
        Draft.delete().execute()
        assert residue.lose(("draft", "upload")) == (("the whole file",) if isinstance(db.obj, SqliteDatabase) else ("draft",))
        other.execute_sql("ROLLBACK")
        assert residue.lose(("draft", "upload")) == ()
    finally:
        other.close()
        if hasattr(other, "close_all"):
            other.close_all()


def test_what_is_deleted_is_overwritten_at_once(database: str) -> None:
    if isinstance(db.obj, SqliteDatabase):
        assert db.execute_sql("PRAGMA secure_delete").fetchone() == (1,)
