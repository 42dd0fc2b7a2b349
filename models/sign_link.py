"""Secret addresses through which a parent accepts an agreement beside their child: once, for some weeks."""

from uuid import UUID

from peewee import CharField, IntegerField

from models.fields import OneField, UtcDateTime
from models.record import OfSchool


class SignLink(OfSchool):
    """One parent's link to one acceptance. The secret itself is kept nowhere; the row is found by its digest."""

    school_id: UUID
    version = IntegerField(default=1)
    acceptance = OneField("acceptances", index=True)
    token = CharField(max_length=64, unique=True)
    made_at = UtcDateTime()
    ends_at = UtcDateTime()
    used_at = UtcDateTime(null=True)
