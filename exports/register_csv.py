"""A register, or a part of it, as a CSV file: answers in words that an import reads back as the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from peewee import Field

from exports.csv_file import write
from models import doors
from models.statements import stored_rows
from registry.access import Deed, require
from registry.actor import Actor
from registry.audit import Happened, recording
from registry.cells import cell_of, link_cells, reference_of
from registry.definition import Question, Register
from registry.query import columns_of, count, select_matching
from registry.records import Occasion
from registry.schema import questions_for
from registry.views import View

REFERENCE_HEADING = "Reference"
PAGE = 500
"""Rows read from the database at a time."""


@dataclass(frozen=True)
class Chosen:
    """What goes into a file: which records, and which of their answers."""

    register: Register
    view: View
    questions: tuple[Question, ...]

    @property
    def headings(self) -> list[str]:
        """The first row of the file."""
        return [REFERENCE_HEADING, *(question.label for question in self.questions)]


def as_listed(register: Register, view: View, by: Actor) -> Chosen:
    """The records and the columns of a list as its reader sees it."""
    allowed = questions_for(register, by, Deed.EXPORT)
    return Chosen(register, view, tuple(question for question in (register.title, *columns_of(register, by, view)) if question in allowed))


def everything(register: Register, by: Actor) -> Chosen:
    """Every record that is not archived, with every answer that this person may take away."""
    return Chosen(register, View(), questions_for(register, by, Deed.EXPORT))


def export(chosen: Chosen, occasion: Occasion) -> Iterator[bytes]:
    """Note the export in the trace, then stream the file; the memory it takes does not grow with the register. Raises Forbidden."""
    by, school = occasion.by, occasion.by.school
    require(by, Deed.EXPORT, chosen.register)
    today = _today(occasion)
    told = {"rows": count(chosen.register, by, chosen.view, today), "columns": [question.name for question in chosen.questions]}
    with recording(by, occasion.at) as trace:
        trace.note(Happened.EXPORTED, chosen.register.table._meta.table_name, changes={name: (None, value) for name, value in told.items()})
    if school is None:
        raise RuntimeError("What is recorded in a school's chain has a school.")
    return write(chosen.headings, rows(chosen, by, today, school))


def rows(chosen: Chosen, by: Actor, today: date, school: UUID) -> Iterator[list[str]]:
    """The rows of a file in the order of their references, read page by page, each record once whatever is written meanwhile."""
    last = 0
    while page := _page(chosen, by, (today, school, last)):
        last, cells = page
        yield from cells


def _page(chosen: Chosen, by: Actor, place: tuple[date, UUID, int]) -> tuple[int, list[list[str]]] | None:
    """The rows after a number, with the last number among them; the school's door is open only while they are read."""
    today, school, last = place
    own = [question.column for question in chosen.questions if isinstance(question.column, Field)]
    table = chosen.register.table
    with doors.looking_at(school):
        query = select_matching(chosen.register, by, chosen.view, today).select(table.id, table.number, *own)
        stored = stored_rows(query.where(table.number > last).order_by(table.number).limit(PAGE))
        if not stored:
            return None
        linked = [question for question in chosen.questions if question in chosen.register.links]
        links = link_cells(linked, [UUID(bytes=bytes(row[0])) for row in stored]) if linked else {}
    return stored[-1][1], _worded(chosen, stored, links)


def _worded(chosen: Chosen, stored: Sequence[Sequence[Any]], links: dict[bytes, dict[str, str]]) -> list[list[str]]:
    own = [cell_of(question.column) for question in chosen.questions if isinstance(question.column, Field)]
    if not links and len(own) == len(chosen.questions):
        return [
            [reference_of(chosen.register, number), *[cell(key, value) for cell, value in zip(own, answers, strict=True)]]
            for key, number, *answers in stored
        ]
    return [_with_links(chosen, row, own, links.get(bytes(row[0]), {})) for row in stored]


def _with_links(chosen: Chosen, row: Sequence[Any], own: Sequence[Callable[[bytes, Any], str]], links: dict[str, str]) -> list[str]:
    key, number, *answers = row
    given = (cell(key, value) for cell, value in zip(own, answers, strict=True))
    linked = chosen.register.links
    return [
        reference_of(chosen.register, number),
        *[links.get(question.name, "") if question in linked else next(given) for question in chosen.questions],
    ]


def _today(occasion: Occasion) -> date:
    if occasion.school.today is None:
        raise ValueError("An export needs to know which day it is.")
    return occasion.school.today
