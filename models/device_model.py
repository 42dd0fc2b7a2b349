"""Models of devices, with how long their makers keep them safe."""

from peewee import CharField

from models.fields import ChoiceField, DayField
from models.record import Record
from models.vocabulary import DeviceKind


class DeviceModel(Record):
    """One model, and the day after which it gets no more updates, with where that is said."""

    PREFIX = "DM"

    name = CharField(max_length=120)
    make = CharField(max_length=80, null=True)
    kind = ChoiceField(DeviceKind, null=True)
    support_end_on = DayField(null=True)
    source = CharField(max_length=500, null=True)
    checked_on = DayField(null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
