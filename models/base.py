"""What every table has in common: ids of our own, and writes that are recorded."""

import os
import time
from collections.abc import Iterable
from threading import Lock
from typing import Any, NoReturn
from uuid import UUID

from peewee import JOIN, BinaryUUIDField, DatabaseProxy, Join, Model, ModelAlias, ModelSelect

from models import doors

db = DatabaseProxy()
ROWS_AT_ONCE = 250


NOISE, STEP = 74, 64
"""Bits of an id that are chance, and of the distance to the next one of the same millisecond."""


class _Made:
    """The last id that this process made, so that the next is behind it."""

    last = 0
    turn = Lock()


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): made by us before the insert, unguessable, and behind every other that this process has made."""
    stamp, noise = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(18), "big")
    with _Made.turn:
        fresh = stamp << NOISE | noise & (1 << NOISE) - 1
        _Made.last = made = max(fresh, _Made.last + 1 + (noise >> NOISE & (1 << STEP) - 1))
    return UUID(int=made >> NOISE << 80 | 0x7 << 76 | (made >> 62 & 0xFFF) << 64 | 0b10 << 62 | made & 0x3FFFFFFFFFFFFFFF)


class KeptToSchools(ModelSelect):
    """A query that keeps to the schools in view where it joins rows of schools, whatever table it begins with."""

    def join(self, dest: Any, join_type: str = JOIN.INNER, *args: Any, **kwargs: Any) -> Any:
        """As peewee's; raises doors.UnscopedRead when rows of a school are joined and nobody said which."""
        return _kept(super().join(dest, join_type, *args, **kwargs), dest, join_type)

    def from_(self, *sources: Any) -> Any:
        """As peewee's, with the same care."""
        query = super().from_(*sources)
        for source in sources:
            query = _kept(query, source, JOIN.INNER)
        return query


def in_view(school: Any) -> Any:
    """The condition that a row belongs to a school in view; raises doors.UnscopedRead outside a scope."""
    schools = doors.schools_in_view()
    return school == schools[0] if len(schools) == 1 else school.in_(schools)


def _kept(query: Any, source: Any, join_type: str) -> Any:
    while isinstance(source, Join):
        query, source = _kept(query, source.rhs, source.join_type), source.lhs
    if not getattr(getattr(source, "model", source), "OF_SCHOOLS", False) or isinstance(source, ModelSelect):
        return query
    condition = in_view(source.school)
    return query.where(condition if join_type == JOIN.INNER else condition | source.id.is_null())


class Guarded(Model):
    """A table whose queries may join others, but never reach the rows of a school that is not in view."""

    OF_SCHOOLS = False
    """Whether each row belongs to a school, in its column `school`, and is read only while that school is in view."""

    school: Any
    QUERY = KeptToSchools

    @classmethod
    def select(cls, *fields: Any) -> Any:
        """As peewee's; of rows of schools in those in view only: raises doors.UnscopedRead when nobody said which."""
        query = cls.QUERY(cls, fields or cls._meta.sorted_fields, is_default=not fields)
        return query.where(in_view(cls.school)) if cls.OF_SCHOOLS else query

    @classmethod
    def alias(cls, alias: str | None = None) -> Any:
        """A second name for this table in one query."""
        return GuardedAlias(cls, alias)


class GuardedAlias(ModelAlias):
    """A second name for a table, kept to the schools in view like the first."""

    def select(self, *selection: Any) -> Any:
        """As peewee's."""
        query = KeptToSchools(self, selection or self.get_field_aliases())
        return query.where(in_view(self.school)) if self.model.OF_SCHOOLS else query


class BaseModel(Guarded):
    """A table with an id that the program makes."""

    id = BinaryUUIDField(primary_key=True, default=new_id)

    class Meta:
        database = db
        legacy_table_names = False
        only_save_dirty = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "id" in kwargs:  # sealed values are bound to the id, so it comes first
            kwargs = {"id": kwargs.pop("id"), **kwargs}
        super().__init__(*args, **kwargs)


class Traced(BaseModel):
    """A table that is written only while a trace is kept, and whose rows are sealed into that trace."""

    @classmethod
    def insert(cls, *args: Any, **kwargs: Any) -> Any:
        """As peewee's, inside `audit.recording` only."""
        doors.demand_recording(cls._meta.table_name)
        return super().insert(*args, **kwargs)

    @classmethod
    def insert_many(cls, *args: Any, **kwargs: Any) -> Any:
        """As peewee's, inside `audit.recording` only."""
        doors.demand_recording(cls._meta.table_name)
        return super().insert_many(*args, **kwargs)

    @classmethod
    def insert_from(cls, *args: Any, **kwargs: Any) -> Any:
        """As peewee's, inside `audit.recording` only."""
        doors.demand_recording(cls._meta.table_name)
        return super().insert_from(*args, **kwargs)

    @classmethod
    def update(cls, *args: Any, **kwargs: Any) -> Any:
        """As peewee's, inside `audit.recording` only."""
        doors.demand_recording(cls._meta.table_name)
        return super().update(*args, **kwargs)

    @classmethod
    def delete(cls) -> Any:
        """As peewee's, inside `audit.recording` only."""
        doors.demand_recording(cls._meta.table_name)
        return super().delete()

    @classmethod
    def bulk_create(cls, model_list: Iterable[Any], batch_size: int | None = None) -> None:
        """As peewee's, except that sealed values go in as they are sealed instead of being opened first."""
        names, rows = cls._meta.sorted_field_names, list(model_list)
        size = batch_size or ROWS_AT_ONCE
        for start in range(0, len(rows), size):
            cls.insert_many([{name: row.__data__.get(name) for name in names} for row in rows[start : start + size]]).execute()

    @classmethod
    def truncate_table(cls, **_options: Any) -> NoReturn:
        """Never: rows go one by one, with a trace."""
        raise doors.UnrecordedWrite(f"{cls._meta.table_name} is never emptied.")

    @classmethod
    def raw(cls, *_args: Any) -> NoReturn:
        """Never: raw SQL would pass both doors."""
        raise doors.UnscopedRead("Raw queries pass both doors; use select().")
