"""How the installation sends mail: one row, entered on a page, with what would let others send in its name sealed."""

from enum import StrEnum
from uuid import UUID

from peewee import BooleanField, IntegerField, TextField

from models.base import Traced
from models.fields import ChoiceField, EncryptedText, UtcDateTime

ONLY_ROW = UUID(int=1)
"""There is one row at most, so that two people who enter it at once do not make two."""


class Security(StrEnum):
    """How the connection to a mail server is kept from being read; `label` is how people know it."""

    label: str

    def __new__(cls, code: str, label: str) -> "Security":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    STARTTLS = "starttls", "STARTTLS, usually on port 587"
    TLS = "tls", "TLS from the first byte, usually on port 465"
    NONE = "none", "None: only for a mail server on this computer or in this building, without a password"


class MailSettings(Traced):
    """The mail server, the account there, who letters come from, and where their links lead."""

    is_on = BooleanField(default=True)
    host = TextField()
    port = IntegerField()
    security = ChoiceField(Security)
    user = EncryptedText(null=True)
    password = EncryptedText(null=True)
    sender = TextField()
    base_address = TextField()  # a job has no request to learn it from
    version = IntegerField(default=1)
    changed_at = UtcDateTime()
