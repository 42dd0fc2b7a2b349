"""What every register's table has in common: it belongs to a school, and is read only inside one."""

from typing import Any, Self

from peewee import BooleanField, ForeignKeyField, IntegerField

from models.base import KeptToSchools, Traced
from models.fields import EncryptedText, SealedComparison, UtcDateTime
from models.school import School


class RecordSelect(KeptToSchools):
    """A query over rows of schools that refuses to sort by what is sealed."""

    def order_by(self, *values: Any) -> Self:
        """As peewee's, except that sorting sealed bytes raises SealedComparison."""
        for value in values:
            if isinstance(value, EncryptedText):
                raise SealedComparison(f"{value.name} is sealed and cannot be sorted.")
        return super().order_by(*values)


class OfSchool(Traced):
    """A table whose rows belong to a school, and are read only inside one."""

    OF_SCHOOLS = True
    QUERY = RecordSelect

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)


class Record(OfSchool):
    """A row of a register: it belongs to a school, has a number there, and a version that grows with each save."""

    PREFIX = "RE"
    LISTED_BY = "name"
    """The column by which a list of them stands unless somebody sorts it: what is sealed has no order. By `number` the newest come first."""

    number = IntegerField()
    version = IntegerField(default=1)
    created_at = UtcDateTime()
    changed_at = UtcDateTime()
    archived_at = UtcDateTime(null=True)
    starter = BooleanField(default=False)
    errors = IntegerField(default=0)
    warnings = IntegerField(default=0)
    approved_number = IntegerField(null=True)  # the version that was approved last: 1, 2 and so on
    approved_version = IntegerField(null=True)  # what `version` was then, or after what changed no answer; less than it when any changed

    @property
    def is_as_approved(self) -> bool:
        """Whether no answer was changed since it was approved last."""
        return self.approved_version == self.version

    @property
    def reference(self) -> str:
        """What people call the record, such as PA-0041."""
        return f"{self.PREFIX}-{self.number:04d}"


KEPT_BY_ENGINE = (
    *("id", "school", "number", "version", "created_at", "changed_at", "archived_at", "starter", "errors", "warnings"),
    *("approved_number", "approved_version"),
)
"""Columns that the engine looks after, so that no declaration has to name them."""
