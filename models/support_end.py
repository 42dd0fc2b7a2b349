"""Until when operating systems get security updates: what the makers say, as the school keeps it."""

from peewee import CharField, TextField

from models.fields import ChoiceField, DayField
from models.record import Record
from models.vocabulary import Certainty, OsFamily


class SupportEnd(Record):
    """One version of a system, the last day of its support, and the last urgent fix for it."""

    PREFIX = "SE"

    name = CharField(max_length=120)
    family = ChoiceField(OsFamily, null=True)
    version_name = CharField(max_length=60, null=True)
    edition = CharField(max_length=120, null=True)
    recognise = CharField(max_length=60, null=True)
    ends_on = DayField(null=True)
    fix_released_on = DayField(null=True)
    source = CharField(max_length=500, null=True)
    checked_on = DayField(null=True)
    starter_id = TextField(null=True)
    starter_source = TextField(null=True)
    starter_certainty = ChoiceField(Certainty, null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
