"""The timeline of a breach, written as it happens."""

from uuid import UUID

from peewee import BinaryUUIDField, BooleanField, ForeignKeyField, IntegerField

from models.fields import ChoiceField, EncryptedProse, UtcDateTime
from models.record import OfSchool
from models.user import User
from models.vocabulary import EntryKind


class BreachEntry(OfSchool):
    """One entry. It is never changed: what was wrong stands beside the entry that corrects it."""

    written_by_id: UUID | None

    breach = BinaryUUIDField()
    kind = ChoiceField(EntryKind)
    at = UtcDateTime()  # when it happened
    written_at = UtcDateTime()
    written_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)  # nobody when the program wrote it
    text = EncryptedProse(null=True)
    corrects = BinaryUUIDField(null=True)
    technical = BooleanField(default=False)  # an IT provider reads it
    version = IntegerField(default=1)  # grows when it is sealed with another key

    class Meta:
        indexes = ((("school", "breach", "at"), False),)
