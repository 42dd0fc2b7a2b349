"""Who holds which device: handed out, accepted, and one day taken back. One is open for a device at most."""


from peewee import BinaryUUIDField, CharField, IntegerField, TextField

from models.fields import BlindIndex, ChoiceField, DayField, EncryptedText, OneField
from models.record import Record
from models.vocabulary import DeviceCondition, HolderKind, YesNo, YesNoUnknown


class Allocation(Record):
    """One device with one holder. `open_device` is the device while it is out, and empty once it is back: it stands once in a school."""

    PREFIX = "AL"
    LISTED_BY = "number"

    holder = EncryptedText()
    holder_index = BlindIndex(holder)
    holder_kind = ChoiceField(HolderKind, default=HolderKind.STAFF)
    person = OneField("pupils", null=True)
    place = OneField("places", null=True)
    post = CharField(max_length=120, null=True)
    device = OneField("devices")
    open_device = BinaryUUIDField(null=True)
    bundle = BinaryUUIDField(null=True)
    user = BinaryUUIDField(null=True)  # the colleague who holds it, who sees so under “With me”
    acceptance = OneField("acceptances", null=True)
    out_on = DayField(null=True)
    due_back_on = DayField(null=True)
    off_site = ChoiceField(YesNo, default=YesNo.NO)
    accessories = TextField(null=True)
    condition_out = ChoiceField(DeviceCondition, null=True)
    encryption_confirmed = ChoiceField(YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    returned_on = DayField(null=True)
    condition_back = ChoiceField(DeviceCondition, null=True)
    damage = TextField(null=True)
    damage_charge = IntegerField(null=True)
    holder_left = ChoiceField(YesNo, null=True)  # looked up every night, as is the next
    to_sign = CharField(max_length=300, null=True)
    wiped = ChoiceField(YesNoUnknown, null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "open_device"), True),
            (("school", "device"), False),
            (("school", "holder_index"), False),
            (("school", "person"), False),
            (("school", "bundle"), False),
            (("school", "user"), False),
        )
