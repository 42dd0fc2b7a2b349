"""What a school writes down before there is a breach: whom to call under which number, and what the regulator's form asks about it."""

from peewee import IntegerField, TextField

from models.fields import DayField, EncryptedProse
from models.record import OfSchool


class BreachDetail(OfSchool):
    """One such thing, by its code, and when somebody last made sure of it."""

    code = TextField()
    words = EncryptedProse()
    checked_on = DayField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "code"), True),)
