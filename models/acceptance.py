"""Who accepted which version of an agreement. Never changed: whoever accepts a later version gives another one."""

from peewee import IntegerField

from models.fields import BlindIndex, ChoiceField, EncryptedText, OneField, UtcDateTime
from models.record import Record
from models.vocabulary import HolderKind, SignedHow


class Acceptance(Record):
    """One person, one version of one agreement, and a parent beside a pupil where one signs too."""

    PREFIX = "AC"
    LISTED_BY = "number"

    holder = EncryptedText()
    holder_index = BlindIndex(holder)
    holder_kind = ChoiceField(HolderKind, default=HolderKind.STAFF)
    person = OneField("pupils", null=True)
    agreement = OneField("agreements")
    edition = IntegerField(null=True)
    accepted_at = UtcDateTime(null=True)
    how = ChoiceField(SignedHow, default=SignedHow.ON_SCREEN)
    parent = EncryptedText(null=True)
    parent_index = BlindIndex(parent)
    parent_accepted_at = UtcDateTime(null=True)
    parent_how = ChoiceField(SignedHow, null=True)

    class Meta:
        indexes = (
            (("school", "number"), True),
            (("school", "holder_index"), False),
            (("school", "agreement", "edition"), False),
            (("school", "person"), False),
        )
