"""The secret address at which one person’s calendar reads: made, made anew, ended, and found again by its secret."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models import vault
from models.base import db, new_id
from models.calendar_link import CalendarLink, CalendarUse
from models.user import User
from registry.access import Permission, require
from registry.accounts.people import schools_of
from registry.actor import Actor
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import INSTALLATION

ROBOT = "calendars"


@dataclass(frozen=True)
class Held:
    """The address somebody has: since when, and on which day a calendar last read it."""

    made_at: datetime
    used_on: date | None


def own(by: Actor) -> Held | None:
    """The address somebody has, if they made one; never the secret, which is kept nowhere."""
    require(by, Permission.OWN_ACCOUNT)
    row = _open_of(by.user)
    if row is None:
        return None
    use = CalendarUse.get_or_none(CalendarUse.link == row.id)
    return Held(row.made_at, use.used_on if use else None)


def make(by: Actor, at: datetime) -> str:
    """Make an address for oneself; one made before stops working. Returns the secret, which nobody can show again."""
    require(by, Permission.OWN_ACCOUNT)
    secret = secrets.token_urlsafe(32)
    with recording(by, at, chain=INSTALLATION) as trace:
        _end(trace, by.user)
        row = CalendarLink(id=new_id(), user=by.user, digest=_digest(secret), made_at=at)
        store(trace, Happened.CALENDAR_MADE, row, new=True)
    return secret


def end(by: Actor, at: datetime) -> None:
    """End one’s own address; raises CannotBeDone when there is none."""
    require(by, Permission.OWN_ACCOUNT)
    if _open_of(by.user) is None:
        raise CannotBeDone("There is no address for your calendar any more.")
    with recording(by, at, chain=INSTALLATION) as trace:
        _end(trace, by.user)


def find(secret: str, at: datetime) -> CalendarLink | None:
    """The link with this secret while its owner may sign in and works somewhere; where they do not, it is ended for good."""
    link: CalendarLink | None = CalendarLink.get_or_none((CalendarLink.digest == _digest(secret)) & CalendarLink.ended_at.is_null())
    if link is None or (_has_access(link.user_id) and schools_of(link.user_id)):
        return link
    with recording(Actor.robot(ROBOT), at, chain=INSTALLATION) as trace:
        _end(trace, link.user_id)
    return None


def note_use(link: CalendarLink, today: date) -> None:
    """Remember that a calendar read today; the second time on a day writes nothing."""
    if CalendarUse.select().where((CalendarUse.link == link.id) & (CalendarUse.used_on == today)).exists():
        return
    with db.atomic():
        CalendarUse.insert(id=new_id(), link=link.id, used_on=today).on_conflict(
            conflict_target=(CalendarUse.link,), update={CalendarUse.used_on: today}
        ).execute()


def _has_access(user: UUID) -> bool:
    return bool(User.select().where((User.id == user) & User.ended_at.is_null()).exists())


def _open_of(user: UUID | None) -> CalendarLink | None:
    found: CalendarLink | None = CalendarLink.get_or_none((CalendarLink.user == user) & CalendarLink.ended_at.is_null())
    return found


def _end(trace: Trace, user: UUID | None) -> None:
    for row in CalendarLink.select().where((CalendarLink.user == user) & CalendarLink.ended_at.is_null()):
        row.ended_at = trace.at
        store(trace, Happened.CALENDAR_ENDED, row)


def _digest(secret: str) -> str:
    return vault.current().token(f"calendar link:{secret}".encode()).hex()
