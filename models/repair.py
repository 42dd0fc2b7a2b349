"""Repairs: what is wrong, where the device went, and when it came back."""

from peewee import CharField, IntegerField, TextField

from models.fields import ChoiceField, DayField, OneField
from models.record import Record
from models.vocabulary import YesNoUnknown


class Repair(Record):
    """One repair of one device."""

    PREFIX = "RP"
    LISTED_BY = "number"

    name = CharField(max_length=200)
    device = OneField("devices")
    sent_on = DayField(null=True)
    repairer = CharField(max_length=200, null=True)
    data_on_it = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    due_back_on = DayField(null=True)
    back_on = DayField(null=True)
    outcome = TextField(null=True)
    cost = IntegerField(null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "device"), False))
