"""Putting one new record into its place, with its number, its entry in the trace and its seal: the bottom of every way of adding one."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from peewee import fn

from models import doors
from models.records_disposal import DisposalRecord
from models.statements import Kept
from registry.access import school_of
from registry.actor import Actor
from registry.definition import Register
from registry.occasion import Occasion
from registry.press import press_of
from registry.trace.audit import Happened, Trace
from registry.trace.chain import row_seal


@cache
def _top_number(register: Register) -> Kept:
    table = register.table
    return Kept(lambda: table.select(fn.MAX(table.number)))


@cache
def _top_disposed() -> Kept:
    return Kept(lambda: DisposalRecord.select(fn.MAX(DisposalRecord.number)).where(DisposalRecord.register == ""))


def next_number(register: Register, by: Actor) -> int:
    """The number of the next record, which no record ever had that the disposal log names; safe inside a recording, which took the school's turn."""
    school = school_of(by)
    with doors.looking_at(school):
        there = _top_number(register)(school.bytes).fetchone()[0] or 0
        gone = _top_disposed()(school.bytes, register.slug).fetchone()[0] or 0
    return int(max(there, gone)) + 1


def place(
    trace: Trace,
    register: Register,
    answers: Mapping[str, Any],
    occasion: Occasion,
    *,
    record: UUID,
    number: int,
    happened: Happened,
    far: Sequence[bytes] = (),
) -> Any:
    """Store a new record under this id and note it as done by whoever acts on this occasion; `far` are the ids of what it is linked to already."""
    press = press_of(register)
    blank = press.blank(record, school=school_of(occasion.by), number=number, created_at=occasion.at, changed_at=occasion.at)
    values = press.values(record, answers, occasion.school, blank)
    whole = press.whole
    whole.insert(values)
    asked = register.questions
    changes = {name: (None, value) for name, value in answers.items() if name in asked and value not in (None, "", ())}
    trace.note(happened, whole.name, record, changes=changes, seal=row_seal(whole.name, whole.columns, values, far), by=occasion.by)
    return whole.row(values)
