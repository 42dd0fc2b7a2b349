"""One connection per request on PostgreSQL, one per thread on SQLite, where opening it anew would make each write much slower."""

from flask import Flask, request
from peewee import SqliteDatabase

from models.base import db

WITHOUT = ("static", "help.health")
"""Pages that must answer even when the database does not."""


def init_app(app: Flask) -> None:
    """Has every request find an open connection."""
    app.before_request(_open)
    app.teardown_request(_close)


def _open() -> None:
    if request.endpoint not in WITHOUT:
        db.connect(reuse_if_open=True)


def _close(_error: BaseException | None) -> None:
    if not isinstance(db.obj, SqliteDatabase) and not db.is_closed():
        db.close()
