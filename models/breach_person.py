"""Who is told that a breach concerns them (UK GDPR Article 34)."""

from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField

from models.fields import ChoiceField, EncryptedProse, EncryptedText, UtcDateTime
from models.record import OfSchool
from models.user import User
from models.vocabulary import WayTold


class BreachPerson(OfSchool):
    """Somebody to be told: whether and how they were, and whether it came back."""

    settled_by_id: UUID | None

    breach = BinaryUUIDField()
    place = IntegerField()
    name = EncryptedText()  # who is written to
    about = EncryptedText(null=True)  # whose data it is, where it is not theirs
    email = EncryptedText(null=True)
    address = EncryptedProse(null=True)  # for paper
    way = ChoiceField(WayTold, null=True)
    posted_at = UtcDateTime(null=True)  # handed to the outbox
    told_at = UtcDateTime(null=True)
    returned_at = UtcDateTime(null=True)  # it came back
    left_out_at = UtcDateTime(null=True)
    settled_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    said = EncryptedProse(null=True)  # what they answered, why it came back, or why they are left out
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "breach", "place"), True),)
