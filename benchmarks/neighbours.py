"""Many rows in little time: the records of a school copied for schools beside it, or further down its own list, straight into the tables."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from benchmarks.house import ASSETS, add_school, named
from models import doors
from models.base import db, new_id
from models.statements import rows_of, stored_rows
from registry import placing
from registry.catalogue import find
from registry.definition import Register
from registry.many import bulk
from registry.press import press_of
from registry.records import Occasion
from registry.trace.audit import recording

PROCESSING = find("processing")
OF_A_SCHOOL = ((ASSETS, 5_000), (PROCESSING, 1_000))
AT_ONCE = 1_000


def fill(occasion: Occasion, registers: Sequence[tuple[Register, int]] = OF_A_SCHOOL) -> None:
    """Records of a school through the engine, each with its entry in the trace."""
    for register, count in registers:
        with recording(occasion.by, occasion.at) as trace:
            number = placing.next_number(register, occasion.by)
            answers = ({name: answer for name, answer in named(each).items() if name in register.questions} for each in range(number, number + count))
            bulk.insert_many(trace, register, answers, occasion, number=number)


def add_neighbours(occasion: Occasion, count: int) -> None:
    """Schools with copies of the records of this one; without entries of their own, because nobody reads them here."""
    copied = [(register, stored_rows(register.table.select())) for register, _count in OF_A_SCHOOL]
    for place in range(count):
        school = add_school(f"School {place + 1}").id
        with db.atomic():
            for register, rows in copied:
                _insert(register, _copies(register, rows, school))


def lengthen(register: Register, occasion: Occasion, count: int) -> None:
    """More records of this school, sealed as the engine seals them, but without entries in the trace."""
    press = press_of(register)
    blank = press.blank(new_id(), school=occasion.by.school, created_at=occasion.at, changed_at=occasion.at)
    number = placing.next_number(register, occasion.by)
    with db.atomic():
        for start in range(number, number + count, AT_ONCE):
            rows = (press.values(new_id(), {**named(each), "number": each}, occasion.school, blank) for each in range(start, start + AT_ONCE))
            _insert(register, rows)


def _insert(register: Register, rows: Iterator[list[Any]]) -> None:
    with doors.writing_is_recorded():
        rows_of(register.table).insert_all(rows)


def _copies(register: Register, rows: Sequence[Sequence[Any]], school: UUID) -> Iterator[list[Any]]:
    columns = rows_of(register.table).columns
    place = {name: columns.index(name) for name in ("id", "school_id")}
    return (_changed(row, place, (new_id().bytes, school.bytes)) for row in rows)


def _changed(row: Sequence[Any], place: dict[str, int], values: Sequence[Any]) -> list[Any]:
    copy = list(row)
    for where, value in zip(place.values(), values, strict=True):
        copy[where] = value
    return copy
