"""What the regulator was told of a breach: the first report, and what followed (UK GDPR Article 33(1) and (4))."""

from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField

from models.fields import ChoiceField, EncryptedProse, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.user import User
from models.vocabulary import ReportPhase


class BreachReport(OfSchool):
    """One report, as it was prepared when it was sent. It is never changed: a later one stands beside it."""

    kept_by_id: UUID

    breach = BinaryUUIDField()
    phase = ChoiceField(ReportPhase)
    sent_at = UtcDateTime()
    kept_at = UtcDateTime()
    kept_by = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False, index=False)
    reference = EncryptedText(null=True)  # that the regulator gave
    answers = EncryptedProse()  # every question with its answer
    version = IntegerField(default=1)  # grows when it is sealed with another key

    class Meta:
        indexes = ((("school", "breach", "sent_at"), False),)
