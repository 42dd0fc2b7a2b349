"""What every register's table has in common: it belongs to a school, and is read only inside one."""

from typing import Any, Self

from peewee import BooleanField, ForeignKeyField, IntegerField, ModelAlias, ModelSelect

from models import doors
from models.base import Traced
from models.fields import EncryptedText, SealedComparison, UtcDateTime
from models.school import School


class RecordSelect(ModelSelect):
    """A query over records that refuses to sort by what is sealed."""

    def order_by(self, *values: Any) -> Self:
        """As peewee's, except that sorting sealed bytes raises SealedComparison."""
        for value in values:
            if isinstance(value, EncryptedText):
                raise SealedComparison(f"{value.name} is sealed and cannot be sorted.")
        return super().order_by(*values)


def in_view(school: Any) -> Any:
    """The condition that a row belongs to a school in view; raises doors.UnscopedRead outside a scope."""
    schools = doors.schools_in_view()
    return school == schools[0] if len(schools) == 1 else school.in_(schools)


class RecordAlias(ModelAlias):
    """A second name for a table of records, scoped like the first."""

    def select(self, *selection: Any) -> Any:
        """As peewee's, in the schools in view only."""
        return RecordSelect(self, selection or self.get_field_aliases()).where(in_view(self.school))


class Record(Traced):
    """A row of a register: it belongs to a school, has a number there, and a version that grows with each save."""

    PREFIX = "RE"

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    number = IntegerField()
    version = IntegerField(default=1)
    created_at = UtcDateTime()
    changed_at = UtcDateTime()
    archived_at = UtcDateTime(null=True)
    starter = BooleanField(default=False)
    errors = IntegerField(default=0)
    warnings = IntegerField(default=0)

    @classmethod
    def select(cls, *fields: Any) -> Any:
        """As peewee's, in the schools in view only; raises doors.UnscopedRead when nobody said which."""
        condition = in_view(cls.school)
        return RecordSelect(cls, fields or cls._meta.sorted_fields, is_default=not fields).where(condition)

    @classmethod
    def alias(cls, alias: str | None = None) -> Any:
        """A second name for this table in one query."""
        return RecordAlias(cls, alias)

    @property
    def reference(self) -> str:
        """What people call the record, such as PA-0041."""
        return f"{self.PREFIX}-{self.number:04d}"


KEPT_BY_ENGINE = ("id", "school", "number", "version", "created_at", "changed_at", "archived_at", "starter", "errors", "warnings")
"""Columns that the engine looks after, so that no declaration has to name them."""
