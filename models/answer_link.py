"""Secret addresses through which one parent answers for their own children: for some weeks, and no other family."""

from uuid import UUID

from peewee import CharField, IntegerField

from models.fields import OneField, UtcDateTime
from models.record import OfSchool


class AnswerLink(OfSchool):
    """One parent's link. The secret itself is kept nowhere; the row is found by its digest."""

    school_id: UUID  # the key of `school`
    version = IntegerField(default=1)
    carer = OneField("carers", index=True)
    token = CharField(max_length=64, unique=True)
    made_at = UtcDateTime()
    ends_at = UtcDateTime()
    answered_at = UtcDateTime(null=True)
    ended_at = UtcDateTime(null=True)
