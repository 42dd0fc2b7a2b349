"""Personal tokens: made by their owner, ended by them or by those who manage people, and looked at afresh at every use."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from models import vault
from models.base import db, new_id
from models.roles import Role
from models.school import School
from models.statements import Kept, rows_of
from models.token import ApiToken, ApiTokenUse
from models.user import Membership, User
from registry.access import Permission, require, school_of
from registry.accounts.rights import roles_within
from registry.actor import Actor
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, Trace, recording

PREFIX = "safehold_"
LONGEST_NAME = 80
LONGEST_DAYS = 365


class NoSuchToken(Exception):
    """There is no token of this id that the actor may end; said in the same words whether it is somebody else's or not."""


class TokenRefused(Exception):
    """A token does not work, or no longer; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks of a new token."""

    name: str
    role: Role
    days: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """One token as its owner, and those who manage people, see it."""

    id: UUID
    name: str
    owner: str
    school: str
    role: Role
    made_at: datetime
    expires_on: date
    used_on: date | None


@dataclass(frozen=True)
class Bearer:
    """Who a program acts for: the person in the role of the token, in its school."""

    token: UUID
    actor: Actor
    school: School
    used_on: date | None


def _bearers() -> Any:
    """The one question that every request with a token asks."""
    here = (Membership.user == ApiToken.user) & (Membership.school == ApiToken.school) & Membership.ended_at.is_null()
    own = (ApiToken.id, ApiToken.role, ApiToken.expires_on, ApiTokenUse.used_on, User.id, User.name, Membership.role)
    return (
        ApiToken.select(*own, *rows_of(School).fields)
        .join(User, on=ApiToken.user == User.id)
        .join(Membership, on=here)
        .join(School, on=ApiToken.school == School.id)
        .join(ApiTokenUse, JOIN.LEFT_OUTER, on=ApiTokenUse.token == ApiToken.id)
        .where((ApiToken.digest == "") & ApiToken.ended_at.is_null() & User.ended_at.is_null())
    )


_find = Kept(_bearers)


def bearer(secret: str, today: date) -> Bearer:
    """Who acts with a token today; raises TokenRefused when it is unknown, over, or above what its owner may by now."""
    row = _find(_digest(secret)).fetchone()
    if row is None:
        raise TokenRefused("This token is not known here, or was ended. Make a new one on your account page.")
    key, given, expires, used, user, name, held, *school = row
    role = ApiToken.role.python_value(given)
    last = ApiToken.expires_on.python_value(expires)
    if last is None or last < today:
        raise TokenRefused("This token has expired. Make a new one on your account page.")
    if role not in roles_within(Membership.role.python_value(held)):
        raise TokenRefused("The role of whoever made this token has changed since. They can make a new one on their account page.")
    person, place = UUID(bytes=bytes(user)), rows_of(School).row(school)
    actor = Actor(User.name.open(person, name), person, role, place.id)
    return Bearer(UUID(bytes=bytes(key)), actor, place, ApiTokenUse.used_on.python_value(used))


def note_use(token: UUID, today: date) -> None:
    """Remember that a token was used today; call it at the first use of a day."""
    with db.atomic():
        ApiTokenUse.insert(id=new_id(), token=token, used_on=today).on_conflict(
            conflict_target=(ApiTokenUse.token,), update={ApiTokenUse.used_on: today}
        ).execute()


def make(by: Actor, wanted: Wanted, at: datetime) -> str:
    """Make a token for oneself in the school in view; returns it, and nobody can show it again."""
    require(by, Permission.USE_API)
    if by.role is None or by.user is None or wanted.role not in roles_within(by.role):
        raise CannotBeDone("A token cannot do more than you may yourself. Choose another role for it.")
    if not 1 <= wanted.days <= LONGEST_DAYS or not wanted.name.strip():
        raise CannotBeDone("A token has a name, and works for a year at most.")
    secret = PREFIX + secrets.token_urlsafe(32)
    name, ends = wanted.name.strip()[:LONGEST_NAME], (at + timedelta(days=wanted.days)).date()
    own = {"school": school_of(by), "user": by.user, "digest": _digest(secret), "name": name, "role": wanted.role}
    with recording(by, at) as trace:
        store(trace, Happened.TOKEN_MADE, ApiToken(id=new_id(), **own, made_at=at, expires_on=ends), new=True)
    return secret


def end_own(by: Actor, token: UUID, at: datetime) -> None:
    """End one of one's own tokens, in whichever school it works; raises NoSuchToken when there is none."""
    require(by, Permission.OWN_ACCOUNT)
    _end_one(by, (ApiToken.id == token) & (ApiToken.user == by.user), at)


def end_in_school(by: Actor, token: UUID, at: datetime) -> None:
    """End anybody's token for the actor's school; raises NoSuchToken when there is none."""
    require(by, Permission.MANAGE_PEOPLE)
    _end_one(by, (ApiToken.id == token) & (ApiToken.school == school_of(by)), at)


def end_all(trace: Trace, user: UUID, school: UUID) -> None:
    """End a person's tokens for a school, as part of what ends their access to it."""
    for row in ApiToken.select().where((ApiToken.user == user) & (ApiToken.school == school) & ApiToken.ended_at.is_null()):
        _end(trace, row)


def own(by: Actor, today: date) -> list[Held]:
    """One's own tokens that still work, for every school, the newest first."""
    require(by, Permission.OWN_ACCOUNT)
    return list(_held(ApiToken.user == by.user, today))


def of_school(by: Actor, today: date) -> list[Held]:
    """Everybody's tokens for the actor's school that still work, the newest first."""
    require(by, Permission.MANAGE_PEOPLE)
    return list(_held(ApiToken.school == school_of(by), today))


def _held(condition: Any, today: date) -> Iterator[Held]:
    rows = (
        ApiToken.select(ApiToken, User, School, ApiTokenUse)
        .join(User, on=ApiToken.user == User.id, attr="owner")
        .switch(ApiToken)
        .join(School, on=ApiToken.school == School.id, attr="place")
        .switch(ApiToken)
        .join(ApiTokenUse, JOIN.LEFT_OUTER, on=ApiTokenUse.token == ApiToken.id, attr="use")
        .where(condition & ApiToken.ended_at.is_null() & (ApiToken.expires_on >= today))
        .order_by(ApiToken.made_at.desc())
    )
    for row in rows:
        used = getattr(row, "use", None)
        yield Held(
            id=row.id, name=row.name, owner=row.owner.name, school=row.place.name, role=row.role,
            made_at=row.made_at, expires_on=row.expires_on, used_on=used.used_on if used else None,
        )


def _end_one(by: Actor, condition: Any, at: datetime) -> None:
    row = ApiToken.get_or_none(condition & ApiToken.ended_at.is_null())
    if row is None:
        raise NoSuchToken("There is no such token any more.")
    with recording(by, at, chain=cast(UUID, row.school)) as trace:  # not loaded: the id itself
        _end(trace, row)


def _end(trace: Trace, row: Any) -> None:
    row.ended_at = trace.at
    store(trace, Happened.TOKEN_ENDED, row)


def _digest(secret: str) -> str:
    return vault.current().token(b"api token:" + secret.encode("utf-8", "replace")).hex()
