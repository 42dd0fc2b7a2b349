"""DPIAs: whether one is needed, what is planned, what could go wrong, what is done about it, and what the regulator said."""

from peewee import BinaryUUIDField, CharField, IntegerField, TextField

from models.fields import ChoiceField, ChoicesField, DayField, EncryptedProse, RowsField
from models.record import Record
from models.vocabulary import (
    Article35,
    Criterion,
    DpiaStage,
    DpiaTrigger,
    RegulatorItem,
    RegulatorOutcome,
    RiskLevel,
    ScreeningOutcome,
    YesNo,
    YesNoUnknown,
)
from models.vocabulary.shapes import CONSULTATIONS, FLOWS, RISKS


class Dpia(Record):
    """One assessment, from its screening to the end of the processing. What comes of the answers is worked out with every save."""

    PREFIX = "DA"
    LISTED_BY = "number"

    name = CharField(max_length=200)
    trigger = ChoiceField(DpiaTrigger, default=DpiaTrigger.PLANNED)
    raised_on = DayField(null=True)  # when it was begun by itself, or by somebody

    article_35 = ChoicesField(Article35)
    regulator_items = ChoicesField(RegulatorItem)
    criteria = ChoicesField(Criterion)
    concerns_pupils = ChoiceField(YesNoUnknown, null=True)
    screened_on = DayField(null=True)
    outcome = ChoiceField(ScreeningOutcome, null=True)
    screening_because = EncryptedProse(null=True)

    need = EncryptedProse(null=True)
    nature = EncryptedProse(null=True)
    scope = EncryptedProse(null=True)
    context = EncryptedProse(null=True)
    purposes = EncryptedProse(null=True)
    flows = RowsField(FLOWS, null=True)
    consultations = RowsField(CONSULTATIONS, null=True)
    not_consulted_because = EncryptedProse(null=True)
    necessity = EncryptedProse(null=True)
    proportionality = EncryptedProse(null=True)
    minimisation = EncryptedProse(null=True)
    told = EncryptedProse(null=True)
    rights = EncryptedProse(null=True)
    processors_held = EncryptedProse(null=True)
    transfers_safe = EncryptedProse(null=True)
    risks = RowsField(RISKS, null=True)
    residual = ChoiceField(RiskLevel, null=True)

    regulator_asked_on = DayField(null=True)
    regulator_extended = ChoiceField(YesNo, null=True)
    regulator_paused_days = IntegerField(null=True)
    regulator_outcome = ChoiceField(RegulatorOutcome, null=True)
    regulator_outcome_on = DayField(null=True)
    regulator_advice = EncryptedProse(null=True)

    stage = ChoiceField(DpiaStage, default=DpiaStage.SCREENING)
    kept_under_review_by = CharField(max_length=120, null=True)
    review_when = TextField(null=True)
    last_reviewed_on = DayField(null=True)
    next_review_on = DayField(null=True)
    live_on = DayField(null=True)
    ended_on = DayField(null=True)
    template = CharField(max_length=80, null=True)  # the template it was begun from, by its id
    sent_from_school = BinaryUUIDField(null=True)  # the school whose DPIA it follows, and that DPIA: out of view from here
    sent_from = BinaryUUIDField(null=True)
    sent = EncryptedProse(null=True)  # what was sent last, against which the school’s own differences are told; none once it is kept apart

    class Meta:
        indexes = ((("school", "number"), True), (("school", "stage"), False), (("school", "sent_from"), False))
