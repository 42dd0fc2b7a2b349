"""Checks of a place by somebody other than its keeper: what was seen there, what was missing, and what should be elsewhere."""

from uuid import UUID

from peewee import BinaryUUIDField, CharField, ForeignKeyField, IntegerField

from models.fields import ChoiceField, OneField, UtcDateTime
from models.record import OfSchool, Record
from models.user import User
from models.vocabulary import StockTakeStage, StockVerdict


class StockTake(Record):
    """One check of one place on one day."""

    PREFIX = "ST"
    LISTED_BY = "number"

    begun_by_id: UUID | None

    name = CharField(max_length=200)
    place = OneField("places")
    stage = ChoiceField(StockTakeStage, default=StockTakeStage.OPEN)
    begun_at = UtcDateTime(null=True)
    begun_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    closed_at = UtcDateTime(null=True)
    seen = IntegerField(null=True)
    missing = IntegerField(null=True)
    unexpected = IntegerField(null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "place"), False))


class StockLine(OfSchool):
    """What a check found of one device or code; closing it adds the devices that were missing. `place` is where it belonged then."""

    stock_take = BinaryUUIDField()
    device = BinaryUUIDField(null=True)
    scanned = CharField(max_length=120)
    verdict = ChoiceField(StockVerdict, default=StockVerdict.UNKNOWN)
    place = BinaryUUIDField(null=True)
    seen_at = UtcDateTime(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "stock_take", "scanned"), True), (("school", "stock_take", "device"), False))
