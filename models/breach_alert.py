"""Alerts about the hours of a breach: each given once, until somebody has read it."""

from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.fields import UtcDateTime
from models.record import OfSchool
from models.user import User


class BreachAlert(OfSchool):
    """One alert about one breach: when it was given, how often again, and who said that they have it."""

    acknowledged_by_id: UUID | None

    breach = BinaryUUIDField()
    alert = TextField()
    given_at = UtcDateTime()
    times = IntegerField(default=1)
    acknowledged_at = UtcDateTime(null=True)
    acknowledged_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "breach", "alert"), True),)
