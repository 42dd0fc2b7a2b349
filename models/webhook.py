"""Channels of other programs that are told what is due: their addresses, and each call that was made to one."""

from enum import StrEnum
from uuid import UUID

from peewee import BinaryUUIDField, BooleanField, ForeignKeyField, IntegerField, TextField

from models.fields import ChoiceField, DayField, EncryptedText, UtcDateTime
from models.outgoing import Outgoing
from models.record import OfSchool


class HookKind(StrEnum):
    """In which form a channel wants to be told; `label` is how people know it."""

    label: str

    def __new__(cls, code: str, label: str) -> "HookKind":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    TEAMS = "teams", "Microsoft Teams"
    SLACK = "slack", "Slack"
    PLAIN = "plain", "Another program, as plain JSON"


class Webhook(OfSchool):
    """One channel. Whoever has its address can write to it, and whoever has its secret can sign for us: both are sealed, like its name."""

    school_id: UUID

    name = EncryptedText()
    address = EncryptedText()
    kind = ChoiceField(HookKind)
    secret = EncryptedText()
    base_address = TextField()  # where its links lead: a job has no request to learn it from
    is_on = BooleanField(default=False)
    on_since = UtcDateTime(null=True)
    version = IntegerField(default=1)
    made_at = UtcDateTime()

    class Meta:
        indexes = ((("school",), False),)


class HookCall(Outgoing):
    """One thing that one channel is told, never twice."""

    hook_id: UUID

    hook = ForeignKeyField(Webhook, on_delete="CASCADE", lazy_load=False, index=False)
    register = TextField(default="")  # of news: what it is about
    record = BinaryUUIDField(null=True)
    due_day = DayField(null=True)  # of what is due: as of which day

    class Meta:
        indexes = ((("hook", "key"), True), (("state", "next_try_at"), False))
