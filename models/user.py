"""People who sign in, their role in each school, the links that invite them, and what keeps strangers out."""

import unicodedata

from peewee import ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, Traced
from models.fields import BlindIndex, ChoiceField, EncryptedText, UtcDateTime
from models.roles import Role
from models.school import School


def email_spelling(email: str) -> str:
    """One spelling of an e-mail address: capitals do not matter, but every dot and hyphen does."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class User(Traced):
    """A person with an account; the same person in every school they work for."""

    name = EncryptedText()
    email = EncryptedText()
    email_index = BlindIndex(email, spelling=email_spelling, unique=True)
    password = TextField(null=True)  # argon2id; empty until the invitation is taken up
    version = IntegerField(default=1)
    created_at = UtcDateTime()
    ended_at = UtcDateTime(null=True)

    class Meta:
        table_name = "person"  # "user" is a reserved word in PostgreSQL


class Membership(Traced):
    """What one person may do in one school."""

    school = ForeignKeyField(School, on_delete="RESTRICT", lazy_load=False, index=False)
    user = ForeignKeyField(User, on_delete="RESTRICT", lazy_load=False)
    role = ChoiceField(Role)
    version = IntegerField(default=1)
    created_at = UtcDateTime()
    ended_at = UtcDateTime(null=True)

    class Meta:
        indexes = ((("school", "user"), True),)


class OneUseLink(BaseModel):
    """An invitation, a new password or the first set-up: a secret address that works once and not for ever."""

    token = TextField(unique=True)  # keyed digest; the secret itself is only in the link
    purpose = TextField()
    user = ForeignKeyField(User, null=True, on_delete="CASCADE", lazy_load=False)
    made_at = UtcDateTime()
    ends_at = UtcDateTime()
    used_at = UtcDateTime(null=True)


class Session(BaseModel):
    """One sign-in on one device, which its owner can see and end."""

    token = TextField(unique=True)
    user = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False)
    school = ForeignKeyField(School, null=True, on_delete="CASCADE", lazy_load=False)
    device = TextField(default="")
    started_at = UtcDateTime()
    seen_at = UtcDateTime()
    ended_at = UtcDateTime(null=True)


class FailedSignIn(BaseModel):
    """A wrong password, counted by account and by address (keyed digests of both), until it no longer matters."""

    account = TextField()
    address = TextField()
    at = UtcDateTime(index=True)

    class Meta:
        indexes = ((("account", "at"), False),)


class KnownAddress(BaseModel):
    """Where an account has signed in before, so that a stranger's guessing elsewhere does not lock its owner out."""

    account = TextField()
    address = TextField()
    at = UtcDateTime()

    class Meta:
        indexes = ((("account", "address"), True),)


class Draft(BaseModel):
    """What somebody was typing, sealed, for that person only."""

    user = ForeignKeyField(User, on_delete="CASCADE", lazy_load=False)
    place = TextField()  # which form of which record
    typed = EncryptedText()
    saved_at = UtcDateTime()

    class Meta:
        indexes = ((("user", "place"), True),)
