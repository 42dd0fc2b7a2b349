"""The outbox: whom to tell of what, written in the transaction of the deed, so that a deed undone tells nobody."""

from enum import StrEnum

from peewee import BinaryUUIDField, ForeignKeyField, IntegerField, TextField

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


class Sending(StrEnum):
    """How far a message has come on its way out of the program."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Message(BaseModel):
    """One thing that one person is told: a notice in the program until it is read, and what goes out by other ways.

    It refers to what happened and repeats none of it. The key makes sure that nobody is told the same thing twice.
    """

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
    state = ChoiceField(Sending, default=Sending.WAITING)
    tries = IntegerField(default=0)
    next_try_at = UtcDateTime(null=True)  # null until a first try failed

    class Meta:
        indexes = (
            (("school", "key", "person"), True),
            (("school", "person", "read_at"), False),
            (("school", "state", "next_try_at"), False),
        )
