"""Disposals: a list of devices that leave together, who allowed it, how their data went, and a certificate for each serial number."""

from uuid import UUID

from peewee import BinaryUUIDField, CharField, ForeignKeyField, IntegerField, TextField

from models.fields import ChoiceField, DayField, OneField, UtcDateTime
from models.record import OfSchool, Record
from models.user import User
from models.vocabulary import (
    DeviceDestination,
    DeviceDisposalMethod,
    DisposalStage,
    SanitisationStandard,
    YesNoUnknown,
)


class Disposal(Record):
    """One batch. Once it is frozen its devices stay as they are listed."""

    PREFIX = "DS"
    LISTED_BY = "number"

    proposed_by_id: UUID | None
    approved_by_id: UUID | None

    name = CharField(max_length=200)
    stage = ChoiceField(DisposalStage, default=DisposalStage.LISTING)
    method = ChoiceField(DeviceDisposalMethod, null=True)
    standard = ChoiceField(SanitisationStandard, null=True)
    contractor = OneField("suppliers", null=True)
    carrier_registration = CharField(max_length=80, null=True)
    waste_note = CharField(max_length=120, null=True)
    destination = ChoiceField(DeviceDestination, null=True)
    recipient = CharField(max_length=200, null=True)
    licences_reclaimed = ChoiceField(YesNoUnknown, null=True)
    notes = TextField(null=True)
    proposed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    frozen_at = UtcDateTime(null=True)
    approved_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    approved_at = UtcDateTime(null=True)
    done_on = DayField(null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "stage"), False))


class DisposalLine(OfSchool):
    """One device of a batch, with its own certificate."""

    disposal = BinaryUUIDField()
    device = BinaryUUIDField()
    place = IntegerField()
    serial = CharField(max_length=80, null=True)  # as it stood when the list was frozen
    holds_personal = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    certificate = CharField(max_length=120, null=True)
    certificate_serial = CharField(max_length=80, null=True)  # the serial number that the certificate names
    removed_from_mdm = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    lock_cleared = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "disposal", "device"), True), (("school", "device"), False))
