"""Holds: records that may not be disposed of for now, whatever their day, because somebody may need them."""

from uuid import UUID

from peewee import CharField, ForeignKeyField

from models.fields import ChoiceField, DayField, EncryptedProse, EncryptedText
from models.record import Record
from models.user import User
from models.vocabulary import HoldKind, YesNo


class Hold(Record):
    """One reason to keep records: which records it covers stands in its links, or in the rules of the schedule that it names."""

    PREFIX = "HO"
    LISTED_BY = "number"

    placed_by_id: UUID | None

    name = CharField(max_length=200)
    kind = ChoiceField(HoldKind, null=True)
    because = EncryptedProse(null=True)
    asked_by = EncryptedText(null=True)
    everything = ChoiceField(YesNo, default=YesNo.NO)
    placed_on = DayField(null=True)
    review_on = DayField(null=True)
    released_on = DayField(null=True)
    released_because = EncryptedProse(null=True)
    placed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "released_on"), False))
