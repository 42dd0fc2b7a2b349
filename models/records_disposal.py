"""Disposals of records: what was proposed, who approved it, how it was done, with what proof. The log is kept for good, and names no person."""

from uuid import UUID

from peewee import BinaryUUIDField, CharField, ForeignKeyField, IntegerField, TextField

from models.fields import ChoiceField, DayField, OneField, UtcDateTime
from models.record import OfSchool, Record
from models.user import User
from models.vocabulary import DestructionMethod, DisposalFate, OwnRecords, RecordsDisposalStage, RecordsKind


class RecordsDisposal(Record):
    """One batch under one rule of the schedule."""

    PREFIX = "RD"
    LISTED_BY = "number"

    proposed_by_id: UUID | None
    approved_by_id: UUID | None

    name = CharField(max_length=200)
    rule = OneField("retention-rules", null=True)
    records = ChoiceField(RecordsKind, default=RecordsKind.PAPER)
    covers = ChoiceField(OwnRecords, null=True)
    kept_at = CharField(max_length=200, null=True)
    from_on = DayField(null=True)
    until_on = DayField(null=True)
    trigger_on = DayField(null=True)
    due_on = DayField(null=True)
    worked_out = TextField(null=True)  # how the day was counted, frozen with it
    quantity = IntegerField(null=True)
    unit = CharField(max_length=60, null=True)
    stage = ChoiceField(RecordsDisposalStage, default=RecordsDisposalStage.PROPOSED)
    method = ChoiceField(DestructionMethod, null=True)
    contractor = OneField("suppliers", null=True)
    certificate = CharField(max_length=120, null=True)
    witness = CharField(max_length=120, null=True)
    recipient = CharField(max_length=200, null=True)
    receipt = CharField(max_length=200, null=True)
    refused_because = TextField(null=True)
    proposed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    proposed_at = UtcDateTime(null=True)
    approved_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    approved_at = UtcDateTime(null=True)
    approved_on = DayField(null=True)
    done_on = DayField(null=True)
    erased_count = IntegerField(null=True)
    left_count = IntegerField(null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "stage"), False))


class DisposalRecord(OfSchool):
    """One record of this program on a disposal, by its reference; what it said is gone once it is erased."""

    disposal = BinaryUUIDField()
    register = CharField(max_length=60)
    record = BinaryUUIDField()
    number = IntegerField()
    reference = CharField(max_length=20)
    due_on = DayField(null=True)
    fate = ChoiceField(DisposalFate, default=DisposalFate.WAITING)
    fate_at = UtcDateTime(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("school", "disposal", "fate"), False),
            (("school", "record"), False),
            (("school", "register", "number"), False),
            (("school", "disposal", "record"), True),
        )
