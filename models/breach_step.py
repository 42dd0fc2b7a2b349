"""The steps of a breach: what its playbook proposes, and what the school adds."""

from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField, TextField

from models.fields import ChoiceField, EncryptedProse, UtcDateTime
from models.record import OfSchool
from models.user import User
from models.vocabulary import BreachPart


class BreachStep(OfSchool):
    """One step: who does it by when, and that it was done, or why it was left out."""

    assigned_to_id: UUID | None
    settled_by_id: UUID | None

    breach = BinaryUUIDField()
    place = IntegerField()
    part = ChoiceField(BreachPart)
    words = EncryptedProse()
    contact = TextField(default="")  # whom it tells, by the contact's code
    post = TextField(default="")
    due_at = UtcDateTime(null=True)
    assigned_to = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    done_at = UtcDateTime(null=True)
    left_out_at = UtcDateTime(null=True)
    settled_by = ForeignKeyField(User, null=True, on_delete="RESTRICT", lazy_load=False, index=False)
    said = EncryptedProse(null=True)  # what came of it, or why it was left out
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("school", "breach", "place"), True),)
