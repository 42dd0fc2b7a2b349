"""Who is signed in: the cookie holds a random secret, the database its digest and everything else."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app, g, request, session
from flask_login import UserMixin
from peewee import JOIN, fn

from models import vault
from models.base import db, new_id
from models.fields import EPOCH
from models.school import School
from models.statements import Kept, rows_of
from models.user import Membership, Session, User
from registry.actor import Actor
from web import devices

HEARTBEAT = timedelta(minutes=1)
KEPT_FOR = timedelta(days=30)
TOKEN = "token"  # noqa: S105 - the name of a key, not a secret


@dataclass(frozen=True, eq=False)
class Visitor(UserMixin):  # type: ignore[misc]
    """A person signed in on one device, with the school in view and their role there."""

    session: UUID
    seen_at: datetime
    actor: Actor
    school: School | None
    schools: int

    def get_id(self) -> str:
        """The session's id, for Flask-Login."""
        return self.session.hex


def _visit() -> Any:
    """The one question that every request asks: session, person, role there, school, and in how many schools."""
    also = Membership.alias("also")
    schools = also.select(fn.COUNT(also.id)).where((also.user == User.id) & also.ended_at.is_null())
    here = (Membership.user == User.id) & (Membership.school == Session.school) & Membership.ended_at.is_null()
    own = (Session.id, Session.started_at, Session.seen_at, User.id, User.name, Membership.role, schools)
    return (
        Session.select(*own, *rows_of(School).fields)
        .join(User, on=Session.user == User.id)
        .switch(Session)
        .join(Membership, JOIN.LEFT_OUTER, on=here)
        .join(School, JOIN.LEFT_OUTER, on=Membership.school == School.id)
        .where((Session.token == "") & Session.ended_at.is_null() & User.ended_at.is_null())
    )


_find = Kept(_visit)


def visitor_of_request(_request: Any = None) -> Visitor | None:
    """The person whose session the cookie names, unless the session was ended, or was idle or open for too long."""
    secret = session.get(TOKEN)
    if not isinstance(secret, str):
        return None
    row = _find(_digest(secret)).fetchone()
    if row is None:
        return None
    key, started, seen, user, name, role, schools, *school = row
    started_at, seen_at = _instant(started), _instant(seen)
    if not schools or is_over(started_at, seen_at, g.now):
        return None
    person = UUID(bytes=bytes(user))
    facts = rows_of(School).row(school) if role is not None else None
    actor = Actor(User.name.open(person, name), person, Membership.role.python_value(role), facts.id if facts else None)
    return Visitor(UUID(bytes=bytes(key)), seen_at, actor, facts, schools)


def owner_of_what_is_over() -> tuple[UUID, UUID | None] | None:
    """Whose session the cookie names, and the school they looked at, when it was idle or open for too long; None when somebody ended it."""
    secret = session.get(TOKEN)
    if not isinstance(secret, str):
        return None
    still_there = Session.ended_at.is_null() & User.ended_at.is_null()
    row = Session.select(Session, User.id).join(User, on=Session.user == User.id).where((Session.token == _digest(secret)) & still_there).first()
    return (row.user_id, row.school_id) if row is not None and is_over(row.started_at, row.seen_at, g.now) else None


def is_over(started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session has been idle, or open, for longer than this installation allows."""
    settings = current_app.extensions["settings"]
    return now - seen_at > timedelta(minutes=settings.idle_minutes) or now - started_at > timedelta(hours=settings.session_hours)


def begin(user: UUID, school: UUID) -> None:
    """Sign a person in on this device, with a new secret; whatever this browser held before is forgotten."""
    end_own()
    session.clear()
    Session.delete().where((Session.user == user) & (Session.started_at < g.now - KEPT_FOR)).execute()
    secret = secrets.token_urlsafe(32)
    device = devices.in_words(request.headers.get("User-Agent", ""))
    Session.insert(id=new_id(), token=_digest(secret), user=user, school=school, device=device, started_at=g.now, seen_at=g.now).execute()
    session[TOKEN] = secret


def end_own() -> None:
    """End the session of this browser, if it has one."""
    secret = session.pop(TOKEN, None)
    if isinstance(secret, str):
        Session.update(ended_at=g.now).where((Session.token == _digest(secret)) & Session.ended_at.is_null()).execute()


def look_at(visitor: Visitor, school: UUID) -> None:
    """Put another school in view; whether the person may see it is for the caller to know."""
    Session.update(school=school).where(Session.id == visitor.session).execute()


def beat(visitor: Visitor) -> None:
    """Note that the session is in use, at most once a minute."""
    if g.now - visitor.seen_at >= HEARTBEAT:
        with db.atomic():
            Session.update(seen_at=g.now).where(Session.id == visitor.session).execute()


def open_sessions(user: UUID) -> list[Session]:
    """A person's sessions that still work, the latest first."""
    rows = Session.select().where((Session.user == user) & Session.ended_at.is_null()).order_by(Session.seen_at.desc())
    return [row for row in rows if not is_over(row.started_at, row.seen_at, g.now)]


def _instant(stored: int) -> datetime:
    return EPOCH + timedelta(microseconds=stored)


def _digest(secret: str) -> str:
    return vault.current().token(b"session:" + secret.encode()).hex()
