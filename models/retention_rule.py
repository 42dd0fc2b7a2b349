"""The retention schedule: for each series of records the event, the period, how it is rounded, and what happens then."""

from peewee import CharField, IntegerField, TextField

from models.fields import ChoiceField, DayField, LinesField
from models.record import Record
from models.vocabulary import (
    Certainty,
    OwnRecords,
    RetentionAction,
    RetentionBasis,
    RetentionCategory,
    RetentionLimit,
    RetentionRounding,
    RetentionTrigger,
    YesNo,
)


class RetentionRule(Record):
    """One series, and how long it is kept: parts that a computer can count with, not a text."""

    PREFIX = "RR"

    name = CharField(max_length=200)
    code = CharField(max_length=20, null=True)
    category = ChoiceField(RetentionCategory, null=True)
    trigger = ChoiceField(RetentionTrigger, null=True)
    permanent = ChoiceField(YesNo, default=YesNo.NO)
    years = IntegerField(null=True)
    months = IntegerField(null=True)
    days = IntegerField(null=True)
    rounding = ChoiceField(RetentionRounding, default=RetentionRounding.EXACT)
    limit = ChoiceField(RetentionLimit, default=RetentionLimit.TARGET)
    action = ChoiceField(RetentionAction, default=RetentionAction.REVIEW)
    evidence = LinesField()
    basis = ChoiceField(RetentionBasis, null=True)
    source = CharField(max_length=500, null=True)
    certainty = ChoiceField(Certainty, null=True)
    covers = ChoiceField(OwnRecords, null=True)
    next_due_on = DayField(null=True)
    unknown_days = IntegerField(null=True)
    notes = TextField(null=True)
    last_verified_on = DayField(null=True)
    next_review_on = DayField(null=True)
    starter_id = TextField(null=True)
    starter_source = TextField(null=True)
    starter_certainty = ChoiceField(Certainty, null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "covers"), False))
