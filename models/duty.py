"""The duty plan: who is away when, and who stands in."""

from uuid import UUID

from peewee import ForeignKeyField, IntegerField

from models.fields import DayField, EncryptedText
from models.record import OfSchool
from models.user import User


class Duty(OfSchool):
    """Some days on which somebody is away, and who acts for them on a breach."""

    person_id: UUID
    stand_in_id: UUID

    person = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    stand_in = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    begins_on = DayField()
    ends_on = DayField()
    note = EncryptedText(null=True)  # such as a telephone number in August
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "ends_on"), False),)
