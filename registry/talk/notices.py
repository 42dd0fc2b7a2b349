"""The bell: what somebody was told in the school they act in, as far as they may still see what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from peewee import fn

from models.breach_alert import BreachAlert
from models.comment import Comment
from models.message import Message, News, Way
from models.statements import Kept
from registry import catalogue
from registry.access import Deed, may
from registry.accounts.colleagues import FORMER, names_of
from registry.actor import Actor
from registry.records import NotFound
from registry.rules.breach_clock import Alert
from registry.talk import outbox
from registry.trace.mentions import GONE

SIZE = 50
NOBODY = UUID(int=0)
WORDS: Mapping[str, str] = {
    News.MENTIONED: "mentioned you in a comment on",
    News.APPROVAL_ASKED: "asked for approval of",
    News.ADVISED: "gave advice, before you approve it, on",
    News.APPROVED: "approved",
    News.ASSIGNED: "asked you to see to something about",
    News.DUE: "says that a day set by law is near for",
    News.OVERDUE: "says that a day set by law has passed for",
    News.BREACH: "tells of a breach, and the hours run:",
}
"""What stands between who it was and the record."""

OF_THE_CLOCK: Mapping[str, str] = {
    Alert.AFTER_24: "says that at most 48 hours are left for",
    Alert.AFTER_48: "says that at most 24 hours are left for",
    Alert.AFTER_60: "says that at most 12 hours are left for",
    Alert.AFTER_71: "says that at most 1 hour is left for",
    Alert.OVERDUE: "says that the 72 hours are over for",
}
"""The same for the alerts about a breach that come after the first."""

_unread = Kept(
    lambda: (
        Message.select(Message.register, fn.COUNT(Message.id))
        .where((Message.school == NOBODY) & (Message.person == NOBODY) & Message.read_at.is_null())
        .group_by(Message.register)
    )
)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing that somebody was told: who did what, on which record; `rest` ends the sentence."""

    id: UUID
    news: str
    who: str
    did: str
    register: str
    record: UUID
    reference: str  # empty for a record that is no longer there
    about: UUID | None
    rest: str
    told_at: datetime
    is_read: bool
    is_by_somebody: bool  # and not by the program itself

    @property
    def sentence(self) -> str:
        """The whole sentence without its full stop."""
        return f"{self.who} {self.did} {self.reference or GONE}{self.rest}"


@dataclass(frozen=True)
class Notices:
    """Some notices, newest first, and the one after which there are older ones."""

    lines: tuple[Notice, ...]
    older: UUID | None


def unread(by: Actor) -> int:
    """How many notices wait for somebody in the school they act in: one small question, asked on every page."""
    if by.user is None or by.school is None:
        return 0
    found = _unread(by.school.bytes, by.user.bytes).fetchall()
    return sum(int(many) for slug, many in found if slug in _seen(by))


def notices(by: Actor, before: UUID | None = None) -> Notices:
    """The newest notices of somebody, or those before one of them."""
    query = _own(by)
    mark = next(iter(query.where(Message.id == before)), None) if before else None
    if mark is not None:
        query = query.where((Message.told_at < mark.told_at) | ((Message.told_at == mark.told_at) & (Message.id < mark.id)))
    rows = [*query.order_by(Message.told_at.desc(), Message.id.desc()).limit(SIZE + 1)]
    return Notices(tuple(_worded(rows[:SIZE], by)), rows[SIZE - 1].id if len(rows) > SIZE else None)


def follow(by: Actor, notice: UUID, at: datetime) -> Notice:
    """Mark one notice as read, and give it; raises NotFound for anybody else's, and for one about what may not be seen any more."""
    rows = [*_own(by).where(Message.id == notice)]
    if not rows:
        raise NotFound("There is no such notice.")
    outbox.mark_read(by, at, message=notice)
    return _worded(rows, by)[0]


def untold(by: Actor, way: Way) -> list[Notice]:
    """What somebody has not read yet and is to be told by this way, oldest first; without what is no longer there."""
    query = _own(by).where(Message.read_at.is_null() & (Message.state == way)).order_by(Message.told_at, Message.id).limit(SIZE)
    return [notice for notice in _worded([*query], by) if notice.reference]


def one(by: Actor, notice: UUID) -> Notice | None:
    """One notice of somebody in the school they act in; none for what may not be seen, or is not theirs."""
    return next(iter(_worded([*_own(by).where(Message.id == notice)], by)), None)


def school_of_notice(by: Actor, notice: UUID) -> UUID | None:
    """In which school somebody was told something, wherever they look at the moment; none for what is not theirs."""
    row = Message.get_or_none((Message.id == notice) & (Message.person == by.user))
    return row.school_id if row else None


def mark_all_read(by: Actor, at: datetime) -> int:
    """Mark everything as read that somebody was told in the school they act in; how many were not."""
    return outbox.mark_read(by, at)


def _seen(by: Actor) -> list[str]:
    return [register.slug for register in catalogue.REGISTERS if may(by, Deed.SEE, register)]


def _own(by: Actor) -> Any:
    return Message.select().where((Message.school == by.school) & (Message.person == by.user) & Message.register.in_(_seen(by)))


def _worded(rows: Sequence[Message], by: Actor) -> list[Notice]:
    if not rows:
        return []
    names, references, withdrawn, alerts = names_of(map(_sender, rows)), _references(rows), _withdrawn(rows), _alerts(rows)
    return [
        Notice(
            id=row.id,
            news=row.news,
            who="Safehold" if row.sender is None else names.get(_sender(row), FORMER.capitalize()),
            did=OF_THE_CLOCK.get(alerts.get(row.about, ""), WORDS.get(row.news, "did something with")), register=row.register, record=row.record,
            reference=references.get(row.record, ""), about=row.about, rest=", withdrawn since" if row.about in withdrawn else "",
            told_at=row.told_at, is_read=row.read_at is not None, is_by_somebody=row.sender is not None,
        )
        for row in rows
    ]


def _sender(row: Message) -> UUID | None:
    """Whose doing it was: an id, for people are not loaded; none for what the program did by itself."""
    return cast("UUID | None", row.sender)


def _references(rows: Sequence[Message]) -> dict[UUID, str]:
    """What people call the records: one question a register."""
    wanted: dict[str, set[UUID]] = {}
    for row in rows:
        wanted.setdefault(row.register, set()).add(row.record)
    tables = ((catalogue.find(slug).table, keys) for slug, keys in wanted.items())
    found = (row for table, keys in tables for row in table.select(table.id, table.number).where(table.id.in_(list(keys))))
    return {row.id: row.reference for row in found}


def _withdrawn(rows: Sequence[Message]) -> set[UUID]:
    about = [row.about for row in rows if row.about]
    gone = Comment.select(Comment.id).where(Comment.id.in_(about) & Comment.withdrawn_at.is_null(False)) if about else ()
    return {comment.id for comment in gone}


def _alerts(rows: Sequence[Message]) -> dict[UUID | None, str]:
    """Which alert about the hours of a breach each of them is."""
    about = [row.about for row in rows if row.about and row.news == News.BREACH]
    found = BreachAlert.select(BreachAlert.id, BreachAlert.alert).where(BreachAlert.id.in_(about)) if about else ()
    return {alert.id: alert.alert for alert in found}
