"""What people judged of a breach, with the facts as they were known then (UK GDPR Article 33(5))."""

from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField

from models.fields import ChoiceField, EncryptedProse, UtcDateTime
from models.record import OfSchool
from models.roles import Role
from models.user import User
from models.vocabulary import JudgementKind, PeopleDecision, RegulatorDecision, YesNoUnknown


class BreachJudgement(OfSchool):
    """One assessment, advice or decision. It is never changed: a later one stands beside it."""

    judged_by_id: UUID | None

    breach = BinaryUUIDField()
    kind = ChoiceField(JudgementKind)
    at = UtcDateTime()
    judged_by = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    role = ChoiceField(Role)  # as it was then
    risk = ChoiceField(YesNoUnknown, null=True)
    high_risk = ChoiceField(YesNoUnknown, null=True)
    regulator = ChoiceField(RegulatorDecision, null=True)
    people = ChoiceField(PeopleDecision, null=True)
    hundredths = IntegerField(null=True)  # of the score that is an aid
    reasons = EncryptedProse()
    against = EncryptedProse(null=True)  # why the advice was not followed, or why it was not waited for
    workings = EncryptedProse(null=True)  # how the score came about, in words
    facts = EncryptedProse()  # every answer about the breach, in words, as it stood
    version = IntegerField(default=1)  # grows when it is sealed with another key

    class Meta:
        indexes = ((("school", "breach", "at"), False),)
