"""Asking one parent through a link of their own: made, found again by its secret, ended, and listed with what became of it."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain
from uuid import UUID

from models import doors, vault
from models.answer_link import AnswerLink
from models.base import new_id
from models.school import School
from registry.access import Permission, require, school_of
from registry.families import families
from registry.families.families import Family
from registry.many.bulk import chunks
from registry.occasion import Occasion
from registry.records import NotFound
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, Trace, recording

LASTS = timedelta(days=28)
LATE_AFTER = timedelta(days=14)
NOBODY_CHOSEN = "Tick at least one parent or carer who has a pupil at the school."
ENDED_ALREADY = "This link had ended already."


class State(Enum):
    """What became of asking somebody."""

    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True)
class Made:
    """A new link with its secret, which is kept nowhere and shown once."""

    family: Family
    secret: str


@dataclass(frozen=True)
class Asked:
    """Whom the school asked last, when, and what came of it; the family is None when they or their pupils are gone."""

    link: UUID
    carer: UUID
    family: Family | None
    made_at: datetime
    ends_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    state: State
    is_open: bool  # whether the link still works


def make_links(carers: Iterable[UUID], occasion: Occasion) -> list[Made]:
    """A link for each of these who has a pupil at the school; older ones of theirs end. Raises Forbidden, and CannotBeDone for nobody."""
    require(occasion.by, Permission.ASK_FAMILIES)
    chosen = sorted(families.of_carers(carers).values(), key=lambda family: (family.children[0].listed_by, family.name))
    if not chosen:
        raise CannotBeDone(NOBODY_CHOSEN)
    with recording(occasion.by, occasion.at) as trace:
        for older in _working([family.carer for family in chosen], occasion.at):
            _end(trace, older, occasion.at)
        return [_make(trace, family, occasion) for family in chosen]


def find(secret: str, at: datetime) -> AnswerLink | None:
    """The link with this secret, in whichever school, while it can be used; nothing else of that school is read."""
    with doors.looking_at(*(school.id for school in School.select(School.id))):
        link: AnswerLink | None = AnswerLink.get_or_none(AnswerLink.token == _digest(secret))
    return link if link is not None and is_usable(link, at) else None


def is_usable(link: AnswerLink, at: datetime) -> bool:
    """Whether somebody may answer through it at this instant."""
    return link.ended_at is None and link.ends_at > at


def end(link_id: UUID, occasion: Occasion) -> None:
    """Have a link stop working; raises Forbidden, NotFound when there is none in this school, and CannotBeDone when it has ended already."""
    require(occasion.by, Permission.ASK_FAMILIES)
    with recording(occasion.by, occasion.at) as trace:
        link = AnswerLink.get_or_none(AnswerLink.id == link_id)
        if link is None:
            raise NotFound("There is no such link here.")
        if not is_usable(link, occasion.at):
            raise CannotBeDone(ENDED_ALREADY)
        _end(trace, link, occasion.at)


def last_asked(at: datetime, carers: Sequence[UUID] | None = None) -> dict[UUID, Asked]:
    """The latest link of everybody who was asked, or of these; the newest first."""
    every = AnswerLink.select().order_by(AnswerLink.made_at.desc(), AnswerLink.id.desc())
    parts = [every] if carers is None else [every.where(AnswerLink.carer.in_(part)) for part in chunks(carers)]
    latest: dict[UUID, AnswerLink] = {}
    for link in chain.from_iterable(parts):
        latest.setdefault(link.carer, link)
    known = families.of_carers(latest)
    return {carer: _asked(link, known.get(carer), at) for carer, link in latest.items()}


def note_answered(trace: Trace, link: AnswerLink, at: datetime) -> None:
    """Keep that somebody answered through a link, inside a recording that is open already."""
    link.answered_at = at
    store(trace, Happened.ANSWER_LINK_USED, link)


def _working(carers: Sequence[UUID], at: datetime) -> list[AnswerLink]:
    """The links of these people that still work."""
    is_open = AnswerLink.ended_at.is_null() & (AnswerLink.ends_at > at)
    return [link for part in chunks(carers) for link in AnswerLink.select().where(AnswerLink.carer.in_(part) & is_open)]


def _make(trace: Trace, family: Family, occasion: Occasion) -> Made:
    secret = secrets.token_urlsafe(32)
    own = {"school": school_of(occasion.by), "carer": family.carer, "token": _digest(secret)}
    store(trace, Happened.ANSWER_LINK_MADE, AnswerLink(id=new_id(), **own, made_at=occasion.at, ends_at=occasion.at + LASTS), new=True)
    return Made(family, secret)


def _end(trace: Trace, link: AnswerLink, at: datetime) -> None:
    link.ended_at = at
    store(trace, Happened.ANSWER_LINK_ENDED, link)


def _asked(link: AnswerLink, family: Family | None, at: datetime) -> Asked:
    return Asked(
        link=link.id, carer=link.carer, family=family, made_at=link.made_at, ends_at=link.ends_at,
        answered_at=link.answered_at, ended_at=link.ended_at, state=_state(link, at), is_open=is_usable(link, at),
    )


def _state(link: AnswerLink, at: datetime) -> State:
    if link.answered_at is not None:
        return State.ANSWERED
    if link.ended_at is not None:
        return State.ENDED
    if link.ends_at <= at:
        return State.OVER
    return State.LATE if link.made_at + LATE_AFTER <= at else State.WAITING


def _digest(secret: str) -> str:
    return vault.current().token(f"answer link:{secret}".encode()).hex()
