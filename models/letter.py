"""Letters: what goes out of the program by e-mail, one row each, so that none goes out twice; and how people want to get them."""

from enum import StrEnum
from uuid import UUID

from peewee import BooleanField, ForeignKeyField

from models.base import BaseModel
from models.fields import ChoiceField, UtcDateTime
from models.message import Message
from models.outgoing import Outgoing
from models.school import School
from models.user import User


class LetterKind(StrEnum):
    """What a letter is; `label` is how the page of messages says it."""

    label: str

    def __new__(cls, code: str, label: str) -> "LetterKind":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    NEWS = "news", "One notice, at once"
    DIGEST = "digest", "Digest"


class Often(StrEnum):
    """How often somebody wants a digest; `label` is how the account page says it."""

    label: str

    def __new__(cls, code: str, label: str) -> "Often":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    DAILY = "daily", "Every weekday, at 7 in the morning"
    WEEKLY = "weekly", "Once a week, on Monday"
    NEVER = "never", "Never"


class Letter(Outgoing):
    """One letter to one person, who is never written to twice about one thing."""

    person_id: UUID
    school_id: UUID | None
    message_id: UUID | None

    person = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False, index=False)
    kind = ChoiceField(LetterKind)
    school = ForeignKeyField(School, null=True, on_delete="CASCADE", lazy_load=False, index=False)  # none for a digest of all one's schools
    message = ForeignKeyField(Message, null=True, on_delete="CASCADE", lazy_load=False)
    made_at = UtcDateTime(index=True)

    class Meta:
        indexes = ((("person", "key"), True), (("state", "next_try_at"), False))


class PostChoice(BaseModel):
    """How one person wants to be written to; without a row, every weekday, and at once what others wait for."""

    person_id: UUID

    person = ForeignKeyField(User, unique=True, on_delete="CASCADE", lazy_load=False)
    digest = ChoiceField(Often, default=Often.DAILY)
    at_once = BooleanField(default=True)
