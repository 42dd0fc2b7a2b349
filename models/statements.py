"""The few hot statements, whose SQL is taken from the tables once and kept: building it costs fifteen times as much as running it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from peewee import Query

from models import doors
from models.base import BaseModel, Traced, db


class Kept:
    """A statement written once as a peewee query; called with its values in the order in which they stand in the SQL."""

    def __init__(self, build: Callable[[], Query]) -> None:
        self._build = build
        self._sql: dict[type, str] = {}

    def __call__(self, *values: Any) -> Any:
        """Run it and return the cursor; values are as the database stores them."""
        kind = type(db.obj)
        sql = self._sql.get(kind)
        if sql is None:
            sql, sample = self._build().sql()
            if len(sample) != len(values):
                raise TypeError(f"This statement takes {len(sample)} values, not {len(values)}.")
            self._sql[kind] = sql
        return db.execute_sql(sql, values)


class RowWriter:
    """Inserts and updates of whole rows of one table, with the table's own columns and conversions."""

    def __init__(self, table: type[BaseModel]) -> None:
        self._traced = issubclass(table, Traced)
        self.table_name: str = table._meta.table_name
        self.fields = table._meta.sorted_fields
        self.columns: tuple[str, ...] = tuple(field.column_name for field in self.fields)
        self._converters = tuple((field.name, field.db_value) for field in self.fields)
        self._kept: dict[Any, str] = {}

    def values(self, row: BaseModel) -> tuple[Any, ...]:
        """The row as it is stored, in the order of `columns`."""
        held = row.__data__
        return tuple(None if (value := held.get(name)) is None else plain(convert(value)) for name, convert in self._converters)

    def insert(self, values: Sequence[Any]) -> None:
        """Store one new row."""
        self._demand()
        db.execute_sql(self._insert_sql(), values)

    def insert_all(self, rows: Iterable[Sequence[Any]]) -> None:
        """Store many new rows at once."""
        self._demand()
        db.cursor().executemany(self._insert_sql(), rows)

    def update(self, columns: tuple[str, ...], values: Sequence[Any], key: bytes, version: int) -> int:
        """Store some columns of the row with this id and version; the number of rows that were still so (0 or 1)."""
        self._demand()
        kind = (type(db.obj), columns)
        sql = self._kept.get(kind)
        if sql is None:
            mark, quote = db.param, db.quote
            sets = ", ".join(f"{quote[0]}{column}{quote[1]} = {mark}" for column in columns)
            sql = self._kept[kind] = f'UPDATE "{self.table_name}" SET {sets} WHERE "id" = {mark} AND "version" = {mark}'  # noqa: S608
        return int(db.execute_sql(sql, (*values, key, version)).rowcount)

    def _insert_sql(self) -> str:
        kind = type(db.obj)
        sql = self._kept.get(kind)
        if sql is None:
            names = ", ".join(f'"{column}"' for column in self.columns)
            marks = ", ".join([db.param] * len(self.columns))
            sql = self._kept[kind] = f'INSERT INTO "{self.table_name}" ({names}) VALUES ({marks})'  # noqa: S608
        return sql

    def _demand(self) -> None:
        if self._traced:
            doors.demand_recording(self.table_name)


def plain(value: Any) -> Any:
    """A stored value without the driver's wrapping of bytes."""
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


def stored_rows(query: Query) -> list[tuple[Any, ...]]:
    """The rows of a query exactly as they are stored, without a conversion; for checking seals and for streaming."""
    sql, values = query.sql()
    return db.execute_sql(sql, values).fetchall()  # type: ignore[no-any-return]
