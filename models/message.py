"""The outbox: whom to tell of what, written in the transaction of the deed, so that a deed undone tells nobody."""

from enum import StrEnum
from uuid import UUID

from peewee import BinaryUUIDField, ForeignKeyField, TextField

from models.base import BaseModel
from models.fields import ChoiceField, UtcDateTime
from models.school import School
from models.user import User


class News(StrEnum):
    """What somebody can be told of."""

    MENTIONED = "mentioned"
    APPROVAL_ASKED = "approval_asked"
    ADVISED = "advised"
    APPROVED = "approved"
    ASSIGNED = "assigned"
    DUE = "due"
    OVERDUE = "overdue"
    BREACH = "breach"


class Way(StrEnum):
    """By which way a message goes out of the program, beside standing at the bell."""

    WAITING = "waiting"  # nobody has decided yet
    LETTER = "letter"  # by a letter of its own
    DIGEST = "digest"  # with the next digest
    SENT = "sent"  # with a digest that was sent
    BELL = "bell"  # by none


class Message(BaseModel):
    """One thing that one person is told: a notice in the program until it is read, and what letters are made of.

    It refers to what happened and repeats none of it. The key makes sure that nobody is told the same thing twice.
    """

    school_id: UUID
    person_id: UUID

    school = ForeignKeyField(School, on_delete="CASCADE", lazy_load=False, index=False)
    person = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False, index=False)
    key = TextField()
    news = ChoiceField(News)
    sender = ForeignKeyField(User, null=True, on_delete="SET NULL", lazy_load=False, index=False)  # nobody when the program itself tells
    register = TextField()
    record = BinaryUUIDField()
    about = BinaryUUIDField(null=True)  # which comment, step or version
    told_at = UtcDateTime()
    read_at = UtcDateTime(null=True)
    state = ChoiceField(Way, default=Way.WAITING)

    class Meta:
        indexes = (
            (("school", "key", "person"), True),
            (("school", "person", "read_at"), False),
            (("state", "told_at"), False),
        )
