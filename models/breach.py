"""Every loss, leak or misuse of personal data, however small (UK GDPR Article 33(5))."""

from uuid import UUID

from peewee import CharField, ForeignKeyField, IntegerField

from models.fields import ChoiceField, ChoicesField, DayField, EncryptedProse, EncryptedText, LinesField, UtcDateTime
from models.record import Record
from models.user import User
from models.vocabulary import (
    BreachCause,
    BreachData,
    BreachKind,
    BreachPeople,
    BreachStage,
    CyberImpact,
    Likelihood,
    PeopleDecision,
    Recovery,
    RegulatorDecision,
    Security,
    YesNo,
    YesNoUnknown,
)


class Breach(Record):
    """One breach, or what may be one. What people write about it is sealed; when things happened and how far they are is not."""

    PREFIX = "BR"
    LISTED_BY = "number"

    school_id: UUID
    reported_by_id: UUID | None
    in_charge_id: UUID | None

    name = CharField(max_length=200)
    kind = ChoiceField(BreachKind, null=True)
    narrative = EncryptedProse(null=True)
    how_discovered = EncryptedProse(null=True)
    occurred_at = UtcDateTime(null=True)
    discovered_at = UtcDateTime(null=True)
    aware_at = UtcDateTime(null=True)  # the clock starts here
    aware_because = EncryptedProse(null=True)  # why that is not when it was discovered, or why it was changed
    from_supplier = ChoiceField(YesNo, null=True)
    data_kinds = ChoicesField(BreachData)
    records_count = IntegerField(null=True)
    people_kinds = ChoicesField(BreachPeople)
    people_count = IntegerField(null=True)
    names = EncryptedProse(null=True)
    effects = EncryptedProse(null=True)
    harm = EncryptedProse(null=True)
    likelihood = ChoiceField(Likelihood, null=True)
    cyber = ChoiceField(YesNoUnknown, null=True)
    lost = ChoicesField(Security)
    impact = ChoiceField(CyberImpact, null=True)
    recovery = ChoiceField(Recovery, null=True)
    technical = EncryptedProse(null=True)
    encrypted = ChoiceField(YesNoUnknown, null=True)
    encryption_verified = EncryptedText(null=True)  # how it is known
    staff_involved = ChoiceField(YesNoUnknown, null=True)
    staff_trained = ChoiceField(YesNoUnknown, null=True)
    measures_before = EncryptedProse(null=True)
    measures_taken = EncryptedProse(null=True)
    measures_planned = EncryptedProse(null=True)
    causes = ChoicesField(BreachCause)
    changes = EncryptedProse(null=True)
    followed_up = LinesField()  # training held, rules changed
    next_review_on = DayField(null=True)
    stage = ChoiceField(BreachStage, default=BreachStage.REPORTED)
    reported_at = UtcDateTime(null=True)
    reported_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)  # nobody signed in
    reporter = EncryptedText(null=True)  # whom to call back
    in_charge = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    decision = ChoiceField(RegulatorDecision, null=True)
    told_at = UtcDateTime(null=True)
    regulator_reference = EncryptedText(null=True)
    delay_reason = EncryptedProse(null=True)
    people_decision = ChoiceField(PeopleDecision, null=True)
    people_told_at = UtcDateTime(null=True)
    closed_at = UtcDateTime(null=True)

    class Meta:
        indexes = ((("school", "number"), True), (("school", "stage", "aware_at"), False), (("school", "reported_by"), False))
