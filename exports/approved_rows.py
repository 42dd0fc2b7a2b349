"""The rows of a file that holds records as they were approved last, in the same words as the live ones."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from marshmallow import ValidationError
from peewee import Field

from exports.selection import Chosen
from models import doors
from models.fields import EPOCH, MICROSECOND, EncryptedText
from models.statements import stored_rows
from models.version import ApprovedVersion
from registry.actor import Actor
from registry.approval.freezing import FrozenAnswer, thaw, visible
from registry.cells import cell_of, reference_of
from registry.definition import Question
from registry.kinds import kind_of
from registry.lists.query import select_matching
from registry.rules.local_time import in_zone

ZONE = "Europe/London"
PAGE = 200
"""Versions opened at a time: each is a text of some thousand letters."""


class Counted(NamedTuple):
    """How many records have an approved version, and how many were never approved."""

    approved: int
    left_out: int


def counted(chosen: Chosen, by: Actor, today: date) -> Counted:
    """How many rows the file will have, and how many records of the list have none."""
    table = chosen.register.table
    query = select_matching(chosen.register, by, chosen.view, today)
    approved = int(query.where(table.approved_number.is_null(False)).count())
    return Counted(approved, int(query.count()) - approved)


def rows(chosen: Chosen, by: Actor, today: date, school: UUID) -> Iterator[tuple[str, ...]]:
    """The rows in the order of their references, read page by page; what this person may not see is blank."""
    last = 0
    while found := _page(chosen, by, today, (school, last)):
        last = found[-1][0]
        for number, key, sealed, version, at in found:
            frozen = thaw(ApprovedVersion.answers.open_stored(bytes(key), sealed))
            seen = {answer.name: answer for answer in visible(chosen.register, frozen, by) if not answer.is_blank}
            cells = (_cell(question, seen.get(question.name)) for question in chosen.questions)
            yield (reference_of(chosen.register, number), *cells, str(version), _day(at))


def _page(chosen: Chosen, by: Actor, today: date, after: tuple[UUID, int]) -> Sequence[tuple[Any, ...]]:
    school, last = after
    table: Any = chosen.register.table
    with doors.looking_at(school):
        frozen = (ApprovedVersion.record == table.id) & (ApprovedVersion.number == table.approved_number)
        query = select_matching(chosen.register, by, chosen.view, today).join(ApprovedVersion, on=frozen)
        shown = (table.number, ApprovedVersion.id, ApprovedVersion.answers, ApprovedVersion.number, ApprovedVersion.approved_at)
        mine = (ApprovedVersion.register == chosen.register.slug) & (table.number > last)
        return stored_rows(query.select(*shown).where(mine).order_by(table.number).limit(PAGE))


def _cell(question: Question, answer: FrozenAnswer | None) -> str:
    if answer is None:
        return ""
    if not isinstance(question.column, Field):
        return "; ".join(link.reference for link in answer.links)
    column: Any = question.column
    try:
        value = kind_of(column).field().deserialize(answer.value)
        return str(value) if isinstance(column, EncryptedText) else cell_of(column)(b"", column.db_value(value))
    except (ValidationError, ValueError):  # a choice that there is no more: in the words of its day
        return "; ".join(answer.lines)


def _day(stored: int) -> str:
    at: datetime = EPOCH + stored * MICROSECOND
    return in_zone(at, ZONE).date().isoformat()
