"""Records: found, added, changed, archived and brought back, each one transaction and one entry in the trace."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from peewee import IntegrityError

from models import doors
from models.base import new_id
from models.record import Record
from models.statements import Kept, rows_of
from registry.access import Deed, Forbidden, Permission, require, school_of
from registry.actor import Actor
from registry.amending import Conflict as Conflict
from registry.amending import put
from registry.apart import demand_apart
from registry.consequences import follow
from registry.definition import Register
from registry.linking import demand_named, far_ends, linked_ids, relink
from registry.occasion import Occasion as Occasion
from registry.placing import next_number, place
from registry.schema import names_for, questions_for
from registry.trace.audit import Happened, Trace, recording


class NotFound(Exception):
    """There is no such record in the schools in view; said in the same words whether it exists elsewhere or not."""


@cache
def _by_id(register: Register) -> Kept:
    table = register.table
    return Kept(lambda: table.select().where(table.id == UUID(int=0)))


def find(register: Register, record: UUID, by: Actor) -> Any:
    """The record with this id in the schools in view; raises NotFound or Forbidden."""
    require(by, Deed.SEE, register)
    table = register.table
    if len(doors.schools_in_view()) != 1:
        row = table.get_or_none(table.id == record)
    else:
        stored = _by_id(register)(doors.schools_in_view()[0].bytes, record.bytes).fetchone()
        row = None if stored is None else rows_of(table).row(stored)
    if row is None:
        raise NotFound(f"There is no such {register.one} here.")
    return row


def answers_of(register: Register, row: Record, by: Actor) -> dict[str, Any]:
    """Every answer of a record that this person may see, links as tuples of ids."""
    return _held(register, row, [question.name for question in questions_for(register, by)])


def _held(register: Register, row: Record, names: Iterable[str]) -> dict[str, Any]:
    """The answers of a record to these questions; links are looked up only where one of them is asked for."""
    wanted = tuple(names)
    linked = register.link_names
    links = linked_ids(row.id) if not linked.isdisjoint(wanted) else {}
    return {name: links.get(name, ()) if name in linked else getattr(row, name) for name in wanted}


def add(register: Register, answers: Mapping[str, Any], occasion: Occasion, record: UUID | None = None) -> Any:
    """Store one new record; raises Forbidden for a question the actor may not answer.

    With `record`, an id made beforehand, storing the same record a second time finds the first instead; raises Conflict when that
    has other answers, and NotFound when the id belongs to a record out of view.
    """
    _demand_answerable(register, answers, occasion.by, Deed.ADD)
    try:
        with recording(occasion.by, occasion.at) as trace:
            return insert(trace, register, answers, occasion, number=next_number(register, occasion.by), record=record)
    except IntegrityError:
        if record is None:
            raise
    row = find(register, record, occasion.by)
    if _changes(register, row, answers, occasion.by):
        raise Conflict(row)
    return row


def insert(
    trace: Trace,
    register: Register,
    answers: Mapping[str, Any],
    occasion: Occasion,
    *,
    number: int,
    record: UUID | None = None,
    happened: Happened = Happened.ADDED,
) -> Any:
    """Store one new record inside a recording that is open already; for adding, importing and adopting."""
    demand_named(register, answers)
    demand_apart(register, (answers,))
    record, links = record or new_id(), _links_among(register, answers)
    if links:
        relink(trace, register, record, links, school=school_of(occasion.by))
    far = far_ends(record) if links else ()
    row = place(trace, register, answers, occasion, record=record, number=number, happened=happened, far=far)
    _follow(trace, register, row, occasion)
    return row


def change(register: Register, row: Record, answers: Mapping[str, Any], occasion: Occasion) -> bool:
    """Store the answers that differ from the record as it was read; whether any did. Raises Conflict when it moved on meanwhile."""
    require(occasion.by, Deed.CHANGE, register)
    changes = _changes(register, row, answers, occasion.by)
    if not changes:
        return False
    _demand_answerable(register, changes, occasion.by, Deed.CHANGE)
    with recording(occasion.by, occasion.at) as trace:
        amend(trace, register, row, changes, occasion=occasion)
    return True


def amend(
    trace: Trace,
    register: Register,
    row: Record,
    changes: Mapping[str, tuple[Any, Any]],
    *,
    occasion: Occasion,
    happened: Happened = Happened.CHANGED,
    told: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Store changed answers (old, new) of a record inside a recording that is open already; raises Conflict when it moved on meanwhile.

    What is `told` beside them is kept in the trace alone.
    """
    after = {name: new for name, (_old, new) in changes.items()}
    demand_named(register, after)
    demand_apart(register, (after,), record=row.id)
    links = _links_among(register, after)
    own = after.keys() - links.keys()
    for name in own:
        setattr(row, name, after[name])
    if links:
        relink(trace, register, row.id, links, school=school_of(occasion.by))
    _update(trace, register, row, occasion, happened=happened, changes={**changes, **(told or {})}, names=own)


def archive(register: Register, row: Record, occasion: Occasion) -> None:
    """Put a record away: it leaves the list, keeps its number, its links and its history."""
    _set_archived(register, row, occasion, occasion.at)


def restore(register: Register, row: Record, occasion: Occasion) -> None:
    """Bring an archived record back into the list."""
    _set_archived(register, row, occasion, None)


def confirm(register: Register, row: Record, occasion: Occasion) -> None:
    """Say that a starter entry was checked and is true of this school."""
    require(occasion.by, Permission.ADOPT_STARTER)
    require(occasion.by, Deed.CHANGE, register)
    row.starter = False
    with recording(occasion.by, occasion.at) as trace:
        _update(trace, register, row, occasion, happened=Happened.CONFIRMED, names={"starter"})


def mark_approved(trace: Trace, register: Register, row: Record, number: int, *, occasion: Occasion) -> None:
    """Keep on a record that it was approved as it is, inside a recording that is open already; raises Conflict when it moved on."""
    row.approved_number, row.approved_version = number, row.version + 1
    _update(trace, register, row, occasion, happened=Happened.APPROVED, names=("approved_number", "approved_version"))


def _set_archived(register: Register, row: Record, occasion: Occasion, at: datetime | None) -> None:
    require(occasion.by, Deed.CHANGE, register)
    row.archived_at = at
    if row.is_as_approved:  # it still is: no answer changes
        row.approved_version = row.version + 1
    with recording(occasion.by, occasion.at) as trace:
        _update(trace, register, row, occasion, happened=Happened.ARCHIVED if at else Happened.RESTORED, names={"archived_at", "approved_version"})


def _update(
    trace: Trace,
    register: Register,
    row: Record,
    occasion: Occasion,
    *,
    happened: Happened,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    names: Iterable[str],
) -> None:
    put(trace, register, row, occasion, happened=happened, changes=changes, names=names)
    _follow(trace, register, row, occasion)


def _follow(trace: Trace, register: Register, row: Record, occasion: Occasion) -> None:
    """Do what follows a record having been written; where that is written on itself, the row is what it is then."""
    if follow(trace, register, (row.id,), occasion):
        row.__data__.update(register.table.get_by_id(row.id).__data__)


def _changes(register: Register, row: Record, answers: Mapping[str, Any], by: Actor) -> dict[str, tuple[Any, Any]]:
    """The answers that differ from the record, old and new; an old one that this person may not see counts as different."""
    before = _held(register, row, names_for(register, by).intersection(answers))
    return {name: (before.get(name), value) for name, value in answers.items() if name not in before or before[name] != value}


def _demand_answerable(register: Register, answers: Iterable[str], by: Actor, deed: Deed) -> None:
    require(by, deed, register)
    allowed = names_for(register, by, deed)
    refused = [name for name in answers if name not in allowed]
    if refused:
        raise Forbidden(f"This role may not answer {', '.join(sorted(refused))} in {register.many}.")


def _links_among(register: Register, answers: Mapping[str, Any]) -> dict[str, tuple[UUID, ...]]:
    """The answers that are links."""
    return {name: tuple(answers[name]) for name in register.link_names if name in answers}
