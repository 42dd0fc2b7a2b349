"""The records that this program keeps itself: of each kind that a rule of the schedule may cover, which there are, and when its event was."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from peewee import JOIN

from models.allocation import Allocation
from models.breach import Breach
from models.dpia import Dpia
from models.image_answer import ImageAnswer
from models.link import Link
from models.publication import Publication
from models.pupil import Pupil
from models.statements import plain, stored_rows
from models.vocabulary import BreachStage, DpiaStage, OwnRecords, PublicationStatus, RetentionTrigger, RollStatus
from registry.rules.local_time import in_zone
from registry.typed import ZONE

LEAVING = frozenset({RetentionTrigger.LEAVES_SCHOOL, RetentionTrigger.LEAVES_FOR_NEXT_SCHOOL, RetentionTrigger.LEAVES_STOPS_OR_OBJECTS})
CLOSING = frozenset({RetentionTrigger.CLOSED, RetentionTrigger.CASE_CLOSED, RetentionTrigger.CASE_RESOLVED})


class Candidate(NamedTuple):
    """One record, by its id and number, and the day of its event; `is_running` while the event is still to come."""

    record: UUID
    number: int
    event: date | None
    is_running: bool = False


class Kind(NamedTuple):
    """One kind of records: the register it is kept in, the events that this program knows the day of, and what reads them."""

    register: str
    knows: frozenset[str]
    read: Callable[[Collection[UUID] | None], Iterator[Candidate]]


def people_answered_about(only: Collection[UUID] | None = None) -> dict[UUID, UUID]:
    """About whom each answer about pictures is, by its id; of these people only, where they are told."""
    query = ImageAnswer.select(ImageAnswer.id, ImageAnswer.person)
    asked = query if only is None else query.where(ImageAnswer.person.in_([*only]))
    return {_id(key): _id(person) for key, person in stored_rows(asked)}


def _pupils(only: Collection[UUID] | None) -> Iterator[Candidate]:
    """Whoever left, from the day they left."""
    for key, number, status, left in _rows(Pupil, only, Pupil.status, Pupil.left_on):
        yield _ended(key, number, left, status != RollStatus.LEFT)


def _decisions(only: Collection[UUID] | None) -> Iterator[Candidate]:
    """A decision is relied on while the person is here, while it counts, and while a picture of them is up."""
    shown = _last_shown()
    query = ImageAnswer.select(ImageAnswer.id, ImageAnswer.number, ImageAnswer.person, ImageAnswer.valid_until, Pupil.status, Pupil.left_on)
    query = query.join(Pupil, JOIN.LEFT_OUTER, on=(Pupil.id == ImageAnswer.person))
    for key, number, person, until, status, left in _asked(query, ImageAnswer, only):
        ended = shown.get(bytes(person), _NOT_SHOWN)
        days = [day for day in (_day(left), _day(until), ended) if day is not None and day is not _NOT_SHOWN]
        is_running = status == RollStatus.ON_ROLL or ended is None
        yield Candidate(_id(key), number, max(days) if days and not is_running else None, is_running)


def _breaches(only: Collection[UUID] | None) -> Iterator[Candidate]:
    for key, number, stage, closed in _rows(Breach, only, Breach.stage, Breach.closed_at):
        is_over = stage in (BreachStage.CLOSED, BreachStage.NO_BREACH)
        yield _ended(key, number, Breach.closed_at.python_value(closed), not is_over)


def _allocations(only: Collection[UUID] | None) -> Iterator[Candidate]:
    for key, number, back, is_open in _rows(Allocation, only, Allocation.returned_on, Allocation.open_device):
        yield _ended(key, number, back, is_open is not None)


def _dpias(only: Collection[UUID] | None) -> Iterator[Candidate]:
    for key, number, stage, ended in _rows(Dpia, only, Dpia.stage, Dpia.ended_on):
        yield _ended(key, number, ended, stage not in (DpiaStage.ENDED, DpiaStage.DROPPED))


KINDS: Mapping[OwnRecords, Kind] = {
    OwnRecords.PUPILS: Kind("pupils", LEAVING, _pupils),
    OwnRecords.IMAGE_DECISIONS: Kind("image-decisions", LEAVING | {RetentionTrigger.LAST_RELIED_ON}, _decisions),
    OwnRecords.BREACHES: Kind("breaches", CLOSING, _breaches),
    OwnRecords.ALLOCATIONS: Kind("allocations", frozenset({RetentionTrigger.RETURNED}), _allocations),
    OwnRecords.DPIAS: Kind("dpias", frozenset({RetentionTrigger.PROCESSING_ENDS, RetentionTrigger.SUPERSEDED}), _dpias),
}
"""Every kind of records of this program that are proposed for disposal one by one; old values of the trace are no records."""

_NOT_SHOWN = date.min


def _last_shown() -> dict[bytes, date | None]:
    """The last day on which a picture of a person was up, of those who were in any; none while one is up."""
    found: dict[bytes, date | None] = {}
    query = Link.select(Link.far, Publication.status, Publication.ended_on).join(Publication, on=(Publication.id == Link.near))
    for person, status, ended in stored_rows(query.where(Link.far_register == "pupils")):
        day, before = _day(ended), found.get(bytes(person), _NOT_SHOWN)
        is_up = status != PublicationStatus.TAKEN_DOWN or day is None
        found[bytes(person)] = None if is_up or before is None else max(day or _NOT_SHOWN, before)
    return found


def _rows(table: Any, only: Collection[UUID] | None, *columns: Any) -> Iterable[tuple[Any, ...]]:
    return _asked(table.select(table.id, table.number, *columns), table, only)


def _asked(query: Any, table: Any, only: Collection[UUID] | None) -> Iterable[tuple[Any, ...]]:
    return stored_rows((query if only is None else query.where(table.id.in_([*only]))).order_by(table.number))


def _ended(key: Any, number: int, ended: Any, is_running: bool) -> Candidate:
    return Candidate(_id(key), number, None if is_running else _day(ended), is_running)


def _id(key: Any) -> UUID:
    return UUID(bytes=bytes(plain(key)))


def _day(stored: Any) -> date | None:
    """A day as either database keeps it; an instant is the day that clocks in the school showed."""
    if stored is None:
        return None
    if isinstance(stored, datetime):
        return in_zone(stored, ZONE).date()
    return stored if isinstance(stored, date) else date.fromisoformat(stored)

