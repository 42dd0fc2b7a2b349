"""What every table has in common: ids of our own, and writes that are recorded."""

import os
import time
from typing import Any, NoReturn
from uuid import UUID

from peewee import BinaryUUIDField, DatabaseProxy, Model

from models import doors

db = DatabaseProxy()


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): made by us before the insert, sorted by time, unguessable in its last 74 bits."""
    stamp = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    return UUID(int=stamp << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & 0x3FFFFFFFFFFFFFFF)


class BaseModel(Model):
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
    def truncate_table(cls, **_options: Any) -> NoReturn:
        """Never: rows go one by one, with a trace."""
        raise doors.UnrecordedWrite(f"{cls._meta.table_name} is never emptied.")

    @classmethod
    def raw(cls, *_args: Any) -> NoReturn:
        """Never: raw SQL would pass both doors."""
        raise doors.UnscopedRead("Raw queries pass both doors; use select().")
