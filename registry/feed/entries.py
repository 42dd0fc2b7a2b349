"""What one person’s calendar is told: every deadline that they may know of, in all their schools, without a name in it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from peewee import fn

from models import doors, vault
from models.calendar_link import FedEvent
from models.school import Installation, School
from models.statements import stored_rows
from registry.access import Deed, may
from registry.accounts.people import schools_of
from registry.actor import Actor
from registry.catalogue import REGISTERS, find
from registry.deadlines import deadlines_for
from registry.feed import events
from registry.outside import UNNAMED, may_be_named

PAST, AHEAD = timedelta(days=90), timedelta(days=731)
TOLD_GONE = timedelta(days=30)
"""So long after something went away calendars are told that it did."""

MOST = 2_000
FORMAT = 2
"""Grows when the same events are to be written in another way, so that calendars read them anew."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event of a calendar."""

    id: UUID
    uid: str
    words: str
    school: str
    day: date
    is_statutory: bool
    is_gone: bool
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class Place:
    """One school of a person, what they may know of there, and how that stands."""

    school: School
    words: dict[tuple[str, str], str]
    stands: str


@dataclass(frozen=True)
class Feed:
    """Everything that one person’s calendar can be told; `entries` reads it, and as long as `mark` is the same, so are they."""

    places: Sequence[Place]
    today: date

    def mark(self, base: str) -> str:
        """A short text that differs whenever the calendar does, whose links begin with this address."""
        said = [(place.school.id.hex, place.school.name, sorted(place.words.items()), place.stands) for place in self.places]
        return hashlib.sha256(repr((FORMAT, base, self.today, said)).encode()).hexdigest()[:32]

    def entries(self) -> list[Entry]:
        """The events, the earliest first."""
        installation = vault.current().token(b"calendar installation:" + Installation.get().id.bytes).hex()[:16]
        found = [entry for place in self.places for entry in _entries(place, self.today, installation)]
        return sorted(found, key=lambda entry: (entry.day, entry.school, entry.words, entry.uid))[:MOST]


def feed_of(user: UUID, today: date, at: datetime) -> Feed:
    """What this person may know of now, in every school in which they work; brings the events of those schools up to date."""
    working = [(school, Actor("", user=user, role=role, school=school.id)) for school, role in schools_of(user)]
    return Feed([_place(school, words_for(by), today, at) for school, by in working], today)


def event_of(user: UUID, event: UUID) -> tuple[FedEvent, School] | None:
    """One event with its school, if this person may know of it."""
    for school, role in schools_of(user):
        with doors.looking_at(school.id):
            row: FedEvent | None = FedEvent.get_or_none(FedEvent.id == event)
        if row is not None:
            return (row, school) if (row.register, row.code) in words_for(Actor("", user=user, role=role, school=school.id)) else None
    return None


def words_for(by: Actor) -> dict[tuple[str, str], str]:
    """The deadlines that somebody may know of, by register and code, each in words."""
    seen = (register for register in REGISTERS if may(by, Deed.SEE, register))
    return {(register.slug, deadline.code): deadline.words for register in seen for deadline in deadlines_for(register, by)}


def called(row: FedEvent) -> str:
    """What an event is about: a reference, or how many."""
    register = find(row.register)
    return f"{row.many:,} {register.many}" if row.many > 1 else f"{register.table.PREFIX}-{row.number:04d}"


def _place(school: School, words: dict[tuple[str, str], str], today: date, at: datetime) -> Place:
    """A school, its events brought up to date. What the reader may not know of has no part in how it stands: a mark that differs would tell of it."""
    events.catch_up(school, today, at)
    if not words:
        return Place(school, words, "")
    counted = (fn.COUNT(FedEvent.id), fn.SUM(FedEvent.sequence), fn.MAX(FedEvent.changed_at))
    with doors.looking_at(school.id):
        (found,) = stored_rows(FedEvent.select(*counted).where(_seen(words)))
    return Place(school, words, " ".join(map(str, found)))


def _seen(words: Iterable[tuple[str, str]]) -> Any:
    return reduce(or_, ((FedEvent.register == register) & (FedEvent.code == code) for register, code in words))


def _entries(place: Place, today: date, installation: str) -> Iterable[Entry]:
    if not place.words:
        return
    seen = _seen(place.words)
    near = FedEvent.due_on.between(today - PAST, today + AHEAD)
    told = FedEvent.gone_on.is_null() | (FedEvent.gone_on > today - TOLD_GONE)
    with doors.looking_at(place.school.id):
        for row in FedEvent.select().where(seen & near & told).order_by(FedEvent.due_on, FedEvent.id).limit(MOST):
            yield _entry(place, row, installation)


def _entry(place: Place, row: Any, installation: str) -> Entry:
    register = find(row.register)
    named = vault.current().token(f"calendar event:{place.school.id}-{row.record}-{row.code}".encode()).hex()[:40]
    return Entry(
        id=row.id,
        uid=f"{named}@{installation}",
        words=f"{place.words[row.register, row.code]}: {called(row)}" if may_be_named(register) else UNNAMED,
        school=place.school.name,
        day=row.due_on,
        is_statutory=any(each.code == row.code and each.statutory for each in register.deadlines),
        is_gone=row.gone_on is not None,
        sequence=row.sequence,
        changed_at=row.changed_at,
    )
