"""A register, or a part of it, as a CSV file: answers in words that an import reads back as the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from exports import approved_rows
from exports.csv_file import write
from exports.selection import Chosen
from models import doors
from models.statements import Gap, WithGaps, gap
from registry.access import Deed, require, school_of
from registry.actor import Actor
from registry.cells import Cells, cells_of, far_cells
from registry.definition import Question
from registry.lists.query import count, select_matching
from registry.records import Occasion
from registry.trace.audit import Happened, recording

PAGE = 500
"""Rows read from the database at a time."""


def export(chosen: Chosen, occasion: Occasion) -> Iterator[bytes]:
    """Note the export in the trace, then stream the file; the memory it takes does not grow with the register. Raises Forbidden."""
    note([chosen], occasion)
    return write(chosen.headings, rows(chosen, occasion.by, today_of(occasion), school_of(occasion.by)))


def note(exported: Sequence[Chosen], occasion: Occasion) -> None:
    """Note in the trace what is about to leave in one file, an entry for each register; raises Forbidden."""
    by, today = occasion.by, today_of(occasion)
    for chosen in exported:
        require(by, Deed.EXPORT, chosen.register)
    with recording(by, occasion.at) as trace:
        for chosen in exported:
            told = _how_many(chosen, by, today) | {"columns": [question.name for question in chosen.questions]}
            subject = chosen.register.table._meta.table_name
            trace.note(Happened.EXPORTED, subject, changes={name: (None, value) for name, value in told.items()})


def _how_many(chosen: Chosen, by: Actor, today: date) -> dict[str, Any]:
    if not chosen.is_approved:
        return {"rows": count(chosen.register, by, chosen.view, today)}
    found = approved_rows.counted(chosen, by, today)
    return {"rows": found.approved, "approved_only": True, "left_out": found.left_out}


def rows(chosen: Chosen, by: Actor, today: date, school: UUID) -> Iterator[tuple[str, ...]]:
    """The rows of a file in the order of their references, read page by page, each record once whatever is written meanwhile."""
    return approved_rows.rows(chosen, by, today, school) if chosen.is_approved else _live_rows(chosen, by, today, school)


def _live_rows(chosen: Chosen, by: Actor, today: date, school: UUID) -> Iterator[tuple[str, ...]]:
    statement = _statement(chosen, by, today, school)
    words = {question.name: cells_of(column) for question, column in _own(chosen)}
    last = 0
    while page := _page(chosen, statement, school, last):
        last = page.numbers[-1]
        yield from zip(*_columns(chosen, page, words), strict=True)


class _Page(NamedTuple):
    """Some records as they are stored, a column at a time."""

    ids: Sequence[bytes]
    numbers: Sequence[int]
    stored: Sequence[Sequence[Any]]
    far: dict[bytes, dict[str, str]]


def _own(chosen: Chosen) -> list[tuple[Question, Any]]:
    """The questions whose answers stand in a column and name no other record, with that column."""
    return [(question, question.column) for question in chosen.questions if not question.to]


def _statement(chosen: Chosen, by: Actor, today: date, school: UUID) -> WithGaps:
    """What reads the records after a number, written once for all the pages of a file."""
    table, own = chosen.register.table, [column for _question, column in _own(chosen)]
    with doors.looking_at(school):
        query = select_matching(chosen.register, by, chosen.view, today).select(table.id, table.number, *own)
        return WithGaps(query.where(table.number > gap(Gap.VALUE)).order_by(table.number).limit(PAGE))


def _page(chosen: Chosen, statement: WithGaps, school: UUID, last: int) -> _Page | None:
    """The records after a number; the door of the school is open only while they are read."""
    with doors.looking_at(school):
        found = statement.rows({Gap.VALUE: last})
        if not found:
            return None
        ids, numbers, *stored = zip(*found, strict=True)
        naming = [question for question in chosen.questions if question.to]
        far = far_cells(chosen.register, naming, [UUID(bytes=bytes(record)) for record in ids]) if naming else {}
    return _Page(ids, numbers, stored, far)


def _columns(chosen: Chosen, page: _Page, words: Mapping[str, Cells]) -> Iterator[Iterable[str]]:
    """The columns of a file in their order: references, then answers in words."""
    prefix, stored = chosen.register.table.PREFIX, iter(page.stored)
    yield [f"{prefix}-{number:04d}" for number in page.numbers]
    for question in chosen.questions:
        if question.name in words:
            yield words[question.name](page.ids, next(stored))
        else:
            yield [page.far.get(bytes(record), {}).get(question.name, "") for record in page.ids]


def today_of(occasion: Occasion) -> date:
    """The day on which a file is made; raises ValueError when the school was not asked."""
    if occasion.school.today is None:
        raise ValueError("An export needs to know which day it is.")
    return occasion.school.today
