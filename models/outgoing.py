"""What goes out of the program: one row for each thing and whoever is told of it, so that nothing goes out twice."""

from enum import StrEnum

from peewee import IntegerField, TextField

from models.base import BaseModel
from models.fields import ChoiceField, UtcDateTime


class Sending(StrEnum):
    """How far a letter or a call has come; `label` is how the page of messages says it."""

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


class Outgoing(BaseModel):
    """One thing that is to go out. It says what it is about and holds none of its words: they are found when it is sent."""

    key = TextField()  # what makes it one and the same thing for whoever is told
    made_at = UtcDateTime()
    state = ChoiceField(Sending, default=Sending.WAITING)
    tries = IntegerField(default=0)
    next_try_at = UtcDateTime(null=True)  # null until a first try failed
    claimed_at = UtcDateTime(null=True)  # when somebody last began to send it
    sent_at = UtcDateTime(null=True)
    why = TextField(default="")  # why it is not sent, in plain words; never what the other side said, which may hold an address
