"""Software licences: what was bought, for how many, and until when."""

from peewee import CharField, IntegerField, TextField

from models.fields import DayField, OneField
from models.record import Record


class Licence(Record):
    """One licence. Keys and passwords are not kept here."""

    PREFIX = "LI"

    name = CharField(max_length=200)
    supplier = OneField("suppliers", null=True)
    seats = IntegerField(null=True)
    used = IntegerField(null=True)
    renews_on = DayField(null=True)
    notice_days = IntegerField(null=True)
    cost = IntegerField(null=True)
    kept_at = CharField(max_length=200, null=True)
    notes = TextField(null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
