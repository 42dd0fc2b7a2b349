"""Devices that were lost or stolen: what was done at once, what was on them, and the breach that came of it."""

from peewee import CharField

from models.fields import BlindIndex, ChoiceField, DayField, EncryptedProse, EncryptedText, OneField, UtcDateTime
from models.record import Record
from models.vocabulary import LossKind, RemoteStep, YesNoUnknown


class Loss(Record):
    """One device that went missing. What was known of its encryption is kept as it was then."""

    PREFIX = "LO"
    LISTED_BY = "number"

    name = CharField(max_length=200)
    device = OneField("devices")
    kind = ChoiceField(LossKind, default=LossKind.LOST)
    noticed_at = UtcDateTime(null=True)
    reported_at = UtcDateTime(null=True)
    holder = EncryptedText(null=True)
    holder_index = BlindIndex(holder)
    happened = EncryptedProse(null=True)
    police_reference = CharField(max_length=80, null=True)
    insurer_told_on = DayField(null=True)
    lock = ChoiceField(RemoteStep, default=RemoteStep.NOT_SENT)
    lock_at = UtcDateTime(null=True)
    wipe = ChoiceField(RemoteStep, default=RemoteStep.NOT_SENT)
    wipe_at = UtcDateTime(null=True)
    held = EncryptedProse(null=True)
    encrypted = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    encryption_verified_on = DayField(null=True)
    strong_login = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    key_safe = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    last_seen_at = UtcDateTime(null=True)
    breach = OneField("breaches", null=True)
    found_on = DayField(null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "device"), False), (("school", "breach"), False))
