"""Letters: what goes out of the program by e-mail, one row each, so that none goes out twice; and how people want to get them."""

from enum import StrEnum
from uuid import UUID

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.fields import ChoiceField, UtcDateTime
from models.message import Message
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


class Sending(StrEnum):
    """How far a letter has come; `label` is how the page of messages says it."""

    label: str

    def __new__(cls, code: str, label: str) -> "Sending":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    UNSURE = "unsure", "May have been sent"
    DROPPED = "dropped", "No longer needed"


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


class Letter(BaseModel):
    """One letter to one person. It says what it is about and holds none of its words: they are found when it is sent.

    The key makes sure that nobody is written to twice about one thing.
    """

    person_id: UUID
    school_id: UUID | None
    message_id: UUID | None

    person = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False, index=False)
    key = TextField()
    kind = ChoiceField(LetterKind)
    school = ForeignKeyField(School, null=True, on_delete="CASCADE", lazy_load=False, index=False)  # none for a digest of all one's schools
    message = ForeignKeyField(Message, null=True, on_delete="CASCADE", lazy_load=False)
    made_at = UtcDateTime(index=True)
    state = ChoiceField(Sending, default=Sending.WAITING)
    tries = IntegerField(default=0)
    next_try_at = UtcDateTime(null=True)  # null until a first try failed
    claimed_at = UtcDateTime(null=True)  # when somebody last began to send it
    sent_at = UtcDateTime(null=True)
    why = TextField(default="")  # why it is not sent, in plain words; never what the mail server said, which may hold an address

    class Meta:
        indexes = ((("person", "key"), True), (("state", "next_try_at"), False))


class PostChoice(BaseModel):
    """How one person wants to be written to; without a row, every weekday, and at once what others wait for."""

    person_id: UUID

    person = ForeignKeyField(User, unique=True, on_delete="CASCADE", lazy_load=False)
    digest = ChoiceField(Often, default=Often.DAILY)
    at_once = BooleanField(default=True)
