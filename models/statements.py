"""The few hot statements, whose SQL is taken from the tables once and kept: building it costs fifteen times as much as running it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from peewee import AutoField, CharField, IntegerField, Model, Query, SqliteDatabase, TextField, Value

from models import doors
from models.base import Traced, db
from models.fields import BlindIndex, EncryptedText


class Kept:
    """A statement written once as a peewee query; called with its values in the order in which they stand in the SQL."""

    def __init__(self, build: Callable[[], Query]) -> None:
        self._build = build
        self._sql: dict[str, str] = {}

    def __call__(self, *values: Any) -> Any:
        """Run it and return the cursor; values are as the database stores them."""
        kind = kind_of_database()
        sql = self._sql.get(kind)
        if sql is None:
            with _one_school():
                sql, sample = self._build().sql()
            if len(sample) != len(values):
                raise TypeError(f"This statement takes {len(sample)} values, not {len(values)}.")
            self._sql[kind] = sql
        return db.execute_sql(sql, values)


@contextmanager
def _one_school() -> Iterator[None]:
    """A statement is written for one school, whose id is among its values, however many are in view; outside a scope none is lent."""
    if doors.several_in_view():
        with doors.looking_at(ANY_SCHOOL):
            yield
    else:
        yield


class Gap(Enum):
    """A place in a statement that is left open, and filled each time it is run."""

    SCHOOL = "school"
    VALUE = "value"
    RECORD = "record"


ANY_SCHOOL = UUID(int=0)
"""The school in view while a statement is written whose school is left open."""


def gap(which: Gap) -> Value:
    """A place left open, to be compared with in a query; what fills it is as the database stores it."""
    return Value(which, converter=False)


class WithGaps:
    """A query of any shape whose SQL is built once: only what is left open differs each time."""

    def __init__(self, query: Query) -> None:
        self._sql, values = query.sql()
        self._values = tuple(Gap.SCHOOL if plain(value) == ANY_SCHOOL.bytes else value for value in values)

    def rows(self, filled: Mapping[Gap, Any]) -> list[tuple[Any, ...]]:
        """The rows exactly as they are stored."""
        values = [filled[value] if type(value) is Gap else value for value in self._values]
        return db.execute_sql(self._sql, values).fetchall()  # type: ignore[no-any-return]


AS_STORED = (TextField, CharField, IntegerField, EncryptedText, BlindIndex)
"""Columns whose values are in a row what they are in the database."""


class Rows:
    """Whole rows of one table, in and out, with the table's own columns and conversions but without building SQL each time."""

    def __init__(self, table: type[Model]) -> None:
        self.table = table
        self.name: str = table._meta.table_name
        self.fields = [field for field in table._meta.sorted_fields if not isinstance(field, AutoField)]  # those the database numbers
        self.columns: tuple[str, ...] = tuple(field.column_name for field in self.fields)
        self._traced = issubclass(table, Traced)
        self._to_store = tuple((field.name, field.db_value) for field in self.fields)
        self._names = tuple(field.name for field in self.fields)
        self._from_store = tuple((field.name, field.python_value) for field in self.fields if type(field) not in AS_STORED)
        self._sql: dict[Any, str] = {}

    def values(self, row: Model) -> tuple[Any, ...]:
        """A row as it is stored, in the order of `columns`."""
        answer = row.__data__.get
        return tuple([None if (value := answer(name)) is None else plain(convert(value)) for name, convert in self._to_store])

    def row(self, values: Sequence[Any]) -> Any:
        """A row made of stored values, sealed ones still sealed."""
        row = self.table(__no_default__=True)
        held = dict(zip(self._names, values, strict=True))
        for name, convert in self._from_store:
            if held[name] is not None:
                held[name] = convert(held[name])
        row.__data__ = held
        return row

    def insert(self, values: Sequence[Any]) -> None:
        """Store one new row."""
        db.execute_sql(self._insert_sql(), values)

    def insert_all(self, rows: Iterable[Sequence[Any]]) -> None:
        """Store many new rows at once."""
        db.cursor().executemany(self._insert_sql(), rows)

    def update(self, columns: tuple[str, ...], values: Sequence[Any], key: bytes, version: int) -> bool:
        """Store some columns of the row with this id, if it still has this version; whether it had."""
        return bool(db.execute_sql(self._update_sql(columns), (*values, key, version)).rowcount)

    def update_all(self, columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> int:
        """Store some columns of many rows, each given as its values, its id and its version; how many still had that version."""
        cursor = db.cursor()
        cursor.executemany(self._update_sql(columns), rows)
        return int(cursor.rowcount)

    def _update_sql(self, columns: tuple[str, ...]) -> str:
        self._demand()
        kind = (kind_of_database(), columns)
        if kind not in self._sql:
            sets = ", ".join(f'"{column}" = {db.param}' for column in columns)
            self._sql[kind] = f'UPDATE "{self.name}" SET {sets} WHERE "id" = {db.param} AND "version" = {db.param}'  # noqa: S608
        return self._sql[kind]

    def _insert_sql(self) -> str:
        self._demand()
        kind = kind_of_database()
        if kind not in self._sql:
            names = ", ".join(f'"{column}"' for column in self.columns)
            marks = ", ".join([db.param] * len(self.columns))
            self._sql[kind] = f'INSERT INTO "{self.name}" ({names}) VALUES ({marks})'  # noqa: S608
        return self._sql[kind]

    def _demand(self) -> None:
        if self._traced:
            doors.demand_recording(self.name)


def kind_of_database() -> str:
    """Which database's SQL is spoken, for what keeps SQL."""
    return type(db.obj).__name__


@cache
def rows_of(table: type[Model]) -> Rows:
    """The whole rows of a table; made once."""
    return Rows(table)


def plain(value: Any) -> Any:
    """A stored value without the wrapping that each driver puts round bytes."""
    if isinstance(value, memoryview | bytearray):
        return bytes(value)
    return bytes(value.obj) if type(value).__name__ == "Binary" else value


def stored_rows(query: Query) -> list[tuple[Any, ...]]:
    """The rows of a query exactly as they are stored, without a conversion; for checking seals and for streaming."""
    sql, values = query.sql()
    return db.execute_sql(sql, values).fetchall()  # type: ignore[no-any-return]


def knock() -> None:
    """Ask the database for nothing but an answer; raises peewee.PeeweeException when there is none."""
    db.execute_sql("SELECT 1").fetchone()


def learn_sizes() -> None:
    """Let SQLite look how large its tables are: without that it reads a whole school to find a few records by id. PostgreSQL looks by itself."""
    if isinstance(db.obj, SqliteDatabase):
        db.execute_sql("PRAGMA analysis_limit = 1000")
        db.execute_sql("ANALYZE")
