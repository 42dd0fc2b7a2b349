"""Every device of the school: what it is, whether it is safe, and where it stands in its life. Who holds it is an allocation of its own."""

from peewee import CharField, IntegerField, TextField

from models.fields import BlindIndex, ChoiceField, DayField, EncryptedText, KeyedText, KeyOf, OneField, UtcDateTime
from models.names import serial_spelling, tag_spelling
from models.record import Record
from models.vocabulary import (
    DeviceCondition,
    DeviceFunding,
    DeviceKind,
    DeviceOwner,
    DeviceStatus,
    YesNoUnknown,
)


class Device(Record):
    """One device. The two keys are how its tag and its serial number are compared: each stands once in a school."""

    PREFIX = "DV"

    name = CharField(max_length=120)
    asset_tag = KeyedText(max_length=60, null=True)
    tag_key = KeyOf(asset_tag, spelling=tag_spelling)
    serial = KeyedText(max_length=80, null=True)
    serial_key = KeyOf(serial, spelling=serial_spelling)
    kind = ChoiceField(DeviceKind, null=True)
    make = CharField(max_length=80, null=True)
    model = CharField(max_length=120, null=True)
    device_model = OneField("device-models", null=True)
    status = ChoiceField(DeviceStatus, default=DeviceStatus.IN_STOCK)
    condition = ChoiceField(DeviceCondition, null=True)
    place = OneField("places", null=True)

    owner = ChoiceField(DeviceOwner, default=DeviceOwner.UNKNOWN)
    funding = ChoiceField(DeviceFunding, null=True)
    purchased_on = DayField(null=True)
    supplier = CharField(max_length=200, null=True)
    order_number = CharField(max_length=80, null=True)
    cost = IntegerField(null=True)
    warranty_end_on = DayField(null=True)
    insurance = CharField(max_length=200, null=True)

    os = CharField(max_length=60, null=True)
    os_version = CharField(max_length=80, null=True)
    support_end_on = DayField(null=True)
    fix_released_on = DayField(null=True)
    last_patched_on = DayField(null=True)

    holds_personal = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    encrypted = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    encryption_verified_on = DayField(null=True)
    anti_malware = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    shared_login = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)

    in_mdm = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    mdm_name = CharField(max_length=60, null=True)
    mdm_id = CharField(max_length=120, null=True)
    mdm_user = EncryptedText(null=True)
    mdm_user_index = BlindIndex(mdm_user)
    enrolled_on = DayField(null=True)
    compliant = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    supervised = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    last_seen_at = UtcDateTime(null=True)
    last_checked_on = DayField(null=True)
    notes = TextField(null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "serial_key"), True),
            (("school", "tag_key"), True),
            (("school", "place"), False),
        )
