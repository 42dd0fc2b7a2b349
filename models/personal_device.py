"""Devices and memory sticks that are not the school's and that somebody may use here."""

from peewee import CharField

from models.fields import BlindIndex, ChoiceField, DayField, EncryptedText
from models.record import Record
from models.vocabulary import DeviceOwnership, HolderKind, PersonalDeviceUse, YesNoUnknown


class PersonalDevice(Record):
    """One thing that was allowed, to whom, for what, and until when."""

    PREFIX = "PD"

    name = CharField(max_length=120)
    ownership = ChoiceField(DeviceOwnership, null=True)
    holder = EncryptedText(null=True)
    holder_index = BlindIndex(holder)
    holder_kind = ChoiceField(HolderKind, null=True)
    use = ChoiceField(PersonalDeviceUse, null=True)
    why = CharField(max_length=300, null=True)
    encrypted = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    allowed_on = DayField(null=True)
    until_on = DayField(null=True)

    class Meta:
        indexes = ((("school", "number"), True),)
