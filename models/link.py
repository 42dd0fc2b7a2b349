"""Which records touch each other: one table for every pair of registers, readable from both ends."""

from typing import Any

from peewee import BinaryUUIDField, ForeignKeyField, TextField

from models.base import Traced
from models.record import RecordSelect, in_view
from models.school import School


class Link(Traced):
    """Two records that belong together, stored once in each direction so that either end finds the other by one index."""

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    near = BinaryUUIDField()
    far_register = TextField()
    far = BinaryUUIDField()

    class Meta:
        indexes = ((("school", "near", "far_register", "far"), True),)

    @classmethod
    def select(cls, *fields: Any) -> Any:
        """As peewee's, in the schools in view only."""
        condition = in_view(cls.school)
        return RecordSelect(cls, fields or cls._meta.sorted_fields, is_default=not fields).where(condition)
