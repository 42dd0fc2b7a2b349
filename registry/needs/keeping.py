"""Keeping the needs of a school as its records are: read on in the trace before somebody looks, and made anew when the day changes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models import doors
from models.base import db
from models.need import Need, mark_of, move_mark, take_mark
from models.school import School
from registry.catalogue import REGISTERS, by_table
from registry.checks import findings_of
from registry.deadlines import deadlines_of
from registry.definition import Deadline, Register
from registry.many.bulk import chunks
from registry.needs.owners import owner_of
from registry.rules.school_facts import SchoolFacts
from registry.school.schools import facts_of
from registry.trace.audit import LEAVING_THE_VERSION, Happened, where_it_stands
from registry.trace.reading_on import named_between

DEADLINE = "deadline"
AT_ONCE = 1_000
LEAVING_THE_NEEDS = frozenset(LEAVING_THE_VERSION) - {Happened.ERASED_VALUES}
"""What leaves a record to need the same as before."""

Rows = Iterable[tuple[Any, ...]]
COLUMNS = (Need.school, Need.register, Need.record, Need.code, Need.severity, Need.question, Need.due_on, Need.statutory, Need.owner)


def catch_up(school: School, today: date) -> None:
    """Know what every record of this school needs on this day; not inside a recording, whose entries are written when it ends.

    Findings grow with time and with the facts about the school, so that both are reasons to look at everything again.
    """
    stands, _digest = where_it_stands(school.id)
    number, day = mark_of(school.id)
    if number >= stands and day == today:
        return
    with db.atomic(), doors.looking_at(school.id):
        number, day = take_mark(school.id)
        touched = named_between(school.id, number, stands, leaving_out=LEAVING_THE_NEEDS) if day == today else None
        facts = facts_of(school, today)
        if touched is None or "school" in touched:
            _make_everything(school.id, facts)
        else:
            _make_anew(school.id, touched, facts)
        move_mark(school.id, stands, today)


def _make_everything(school: UUID, facts: SchoolFacts) -> None:
    Need.delete().where(Need.school == school).execute()
    for register in REGISTERS:
        if register.checks or register.deadlines:
            rows = register.table.select().where(register.table.archived_at.is_null())
            _insert(needs_of(register, rows, facts))


def _make_anew(school: UUID, touched: dict[str, list[bytes]], facts: SchoolFacts) -> None:
    for name, keys in touched.items():
        register = by_table(name)
        if register is not None and (register.checks or register.deadlines):
            for part in chunks([UUID(bytes=key) for key in keys]):
                rows = _with_kin(register, part)
                for some in chunks([*{*part, *(row.id for row in rows)}]):
                    Need.delete().where((Need.school == school) & Need.record.in_(some)).execute()
                _insert(needs_of(register, rows, facts))


def needs_of(register: Register, rows: Iterable[Any], facts: SchoolFacts) -> Iterator[tuple[Any, ...]]:
    """What these records need, as it is stored; with a record come all that its deadlines may stand or fall with.

    A finding about a question that an open deadline is to settle says the same again, and is left out.
    """
    records, post = [*rows], owner_of(register)
    former = {deadline.code: _superseded(deadline, records) for deadline in register.deadlines if deadline.one_for}
    for row in records:
        open_now = [each for each in deadlines_of(register, row, facts) if row.id not in former.get(each.deadline.code, ())]
        settled = {name for each in open_now for name in (each.deadline.mend, each.deadline.done)}
        own, owner = (row.school_id, register.slug, row.id), (getattr(row, post) or "") if post else ""
        for each in open_now:
            yield (*own, each.deadline.code, DEADLINE, each.deadline.mend, each.on, each.deadline.statutory, owner or each.deadline.owner)
        for finding in findings_of(register, row, facts):
            if finding.question not in settled:
                yield (*own, finding.code, finding.severity.value, finding.question, None, False, owner)


def _insert(rows: Rows) -> None:
    waiting = iter(rows)
    while part := [row for row, _ in zip(waiting, range(AT_ONCE), strict=False)]:
        for some in chunks(part):
            Need.insert_many(some, fields=COLUMNS).execute()


def _superseded(deadline: Deadline, records: Sequence[Any]) -> set[UUID]:
    """Those of these records that a newer one, alike in what the deadline is one for, has taken the place of."""
    newest = {tuple(getattr(row, name) for name in deadline.one_for): row.id for row in sorted(records, key=lambda row: row.number)}
    kept = {*newest.values()}
    return {row.id for row in records if row.id not in kept}


def _with_kin(register: Register, records: Sequence[UUID]) -> list[Any]:
    """These records that are not put away, and the others that are alike in the first thing that a deadline is one for."""
    table: Any = register.table
    rows = {row.id: row for row in table.select().where(table.id.in_(list(records)))}
    for first in {deadline.one_for[0] for deadline in register.deadlines if deadline.one_for}:
        wanted = {getattr(row, first) for row in rows.values()}
        for part in chunks([*wanted]):
            rows |= {row.id: row for row in table.select().where(getattr(table, first).in_(part))}
    return [row for row in rows.values() if row.archived_at is None]
