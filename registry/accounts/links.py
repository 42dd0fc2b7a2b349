"""Secret addresses that work once and not for ever: invitations, new passwords, the first set-up."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast
from uuid import UUID

from models import vault
from models.base import new_id
from models.user import OneUseLink


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    SET_UP = "set-up"


LASTS = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(days=1), Purpose.SET_UP: timedelta(days=7)}


def make(purpose: Purpose, at: datetime, user: UUID | None = None) -> str:
    """A new link's secret, which is kept nowhere; links of the same purpose for the same person stop working."""
    same_person = OneUseLink.user.is_null() if user is None else OneUseLink.user == user
    OneUseLink.delete().where((OneUseLink.purpose == purpose.value) & same_person).execute()
    secret = secrets.token_urlsafe(32)
    OneUseLink.insert(
        id=new_id(), token=_digest(purpose, secret), purpose=purpose.value, user=user, made_at=at, ends_at=at + LASTS[purpose]
    ).execute()
    return secret


def find(purpose: Purpose, secret: str, now: datetime) -> OneUseLink | None:
    """The link with this secret, while it can be used."""
    link: OneUseLink | None = OneUseLink.get_or_none(OneUseLink.token == _digest(purpose, secret))
    return link if link is not None and link.used_at is None and link.ends_at > now else None


def owner_of(link: OneUseLink) -> UUID | None:
    """The id of the person whose link it is; None for the set-up."""
    return cast("UUID | None", link.user)  # not loaded: the id itself


def use(link: OneUseLink, now: datetime) -> bool:
    """Use a link up; False when somebody else was quicker, or its time is over."""
    unused = (OneUseLink.id == link.id) & OneUseLink.used_at.is_null() & (OneUseLink.ends_at > now)
    return bool(OneUseLink.update(used_at=now).where(unused).execute())


def forget(user: UUID) -> None:
    """Have every link into somebody's account stop working."""
    OneUseLink.delete().where((OneUseLink.user == user) & OneUseLink.used_at.is_null()).execute()


def _digest(purpose: Purpose, secret: str) -> str:
    return vault.current().token(f"{purpose.value} link:{secret}".encode()).hex()
