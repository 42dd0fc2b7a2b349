"""Keeping what calendars are fed in step with what is due, so that a day that moves and a thing that goes away are told as such."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

from models import doors
from models.base import db, new_id
from models.calendar_link import FedEvent, fed_mark, move_fed_mark, take_fed_mark
from models.need import Need, mark_of
from models.school import School
from models.statements import plain, stored_rows
from registry.catalogue import find
from registry.many.bulk import chunks
from registry.needs import keeping
from registry.needs.keeping import DEADLINE

TOGETHER = 12
"""More than so many alike that are due on one day stand in a calendar as one: the yeses of a whole year group run out together."""

FORGOTTEN = timedelta(days=366)
"""So long after something went away nothing is known of it any more."""

_DAY = Need.due_on.python_value


class Known(NamedTuple):
    """Which event it is: the record, or the key of several alike, and the code of the deadline."""

    record: UUID
    code: str


class Due(NamedTuple):
    """What a calendar is to show of it."""

    register: str
    due_on: date
    many: int


def catch_up(school: School, today: date, at: datetime) -> int:
    """Have the events of a school be what is due there; the revision, which grows with every change. Not inside a recording."""
    keeping.catch_up(school, today)
    number, day, revision = fed_mark(school.id)
    if (number, day) == mark_of(school.id):
        return revision
    with db.atomic(), doors.looking_at(school.id):
        number, day, revision = take_fed_mark(school.id)
        stands = mark_of(school.id)
        if (number, day) != stands:
            revision += _keep(school.id, at, today)
            move_fed_mark(school.id, *stands, revision)
    return revision


def _keep(school: UUID, at: datetime, today: date) -> bool:
    """Write what differs; whether anything did."""
    wanted = dict(_wanted(school))
    known = {Known(row.record, row.code): row for row in FedEvent.select()}
    moved = [(known[key], due) for key, due in wanted.items() if key in known and not _is_as(known[key], due)]
    gone = [row.id for key, row in known.items() if key not in wanted and row.gone_on is None]
    fresh = {key: due for key, due in wanted.items() if key not in known}
    for row, due in moved:
        changed = {"due_on": due.due_on, "many": due.many, "gone_on": None, "sequence": row.sequence + 1, "changed_at": at}
        FedEvent.update(**changed).where(FedEvent.id == row.id).execute()
    for part in chunks(gone):
        FedEvent.update(gone_on=today, sequence=FedEvent.sequence + 1, changed_at=at).where(FedEvent.id.in_(part)).execute()
    _add(school, fresh, at)
    FedEvent.delete().where((FedEvent.school == school) & (FedEvent.gone_on <= today - FORGOTTEN)).execute()
    return bool(moved or gone or fresh)


def _is_as(row: FedEvent, due: Due) -> bool:
    return (row.due_on, row.many, row.gone_on) == (due.due_on, due.many, None)


def _wanted(school: UUID) -> Iterator[tuple[Known, Due]]:
    """Every event there is to be: one for each record, or one for many that are due alike."""
    alike: dict[tuple[str, str, Any], list[UUID]] = defaultdict(list)
    query = Need.select(Need.register, Need.code, Need.due_on, Need.record).where(Need.severity == DEADLINE)
    for register, code, due_on, record in stored_rows(query):
        alike[register, code, _DAY(due_on)].append(UUID(bytes=plain(record)))
    for (register, code, due_on), records in alike.items():
        if len(records) > TOGETHER:
            yield Known(key_of_several(school, register, due_on), code), Due(register, due_on, len(records))
        else:
            yield from ((Known(record, code), Due(register, due_on, 1)) for record in records)


def key_of_several(school: UUID, register: str, due_on: date) -> UUID:
    """The key of what is alike in a register and due on one day."""
    return uuid5(NAMESPACE_OID, f"{school.hex} {register} {due_on.isoformat()}")


def _add(school: UUID, fresh: Mapping[Known, Due], at: datetime) -> None:
    numbers = _numbers(fresh)
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(), "school": school, "register": due.register, "record": key.record, "code": key.code,
            "number": numbers.get(key.record, 0), "many": due.many, "due_on": due.due_on, "changed_at": at,
        }
        for key, due in fresh.items()
    ]  # fmt: skip
    for part in chunks(rows):
        FedEvent.insert_many(part).execute()


def _numbers(fresh: Mapping[Known, Due]) -> dict[UUID, int]:
    """The numbers of these records, by which people know them."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for key, due in fresh.items():
        if due.many == 1:
            wanted[due.register].add(key.record)
    found: dict[UUID, int] = {}
    for slug, records in wanted.items():
        table: Any = find(slug).table
        for part in chunks([*records]):
            found |= {row.id: row.number for row in table.select(table.id, table.number).where(table.id.in_(part))}
    return found
