"""The lines of a list: stored answers in words, opening only what is shown, with the names of what a record is linked to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import Field, fn

from models.fields import EncryptedText
from models.link import Link
from models.statements import stored_rows
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Links, Question, Register
from registry.kinds import kind_of

REVIEW = "next_review_on"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: answers in words, in the order of the columns."""

    id: UUID
    reference: str
    title: str
    cells: tuple[str, ...]
    errors: int
    warnings: int
    starter: bool
    archived: bool
    review_on: str = ""  # ISO 8601; only when the next review is among the columns


def lines_of(register: Register, by: Actor, columns: Sequence[Question], stored: Sequence[Sequence[Any]]) -> list[Row]:
    """The lines of stored rows, each being id, number, errors, warnings, starter, archived, title and the columns.

    One more query is asked for each column of links.
    """
    ids = [UUID(bytes=bytes(values[0])) for values in stored]
    own = [question for question in columns if isinstance(question.column, Field)]
    linked = {question: _linked_titles(register_of(question.name), by, ids) for question in columns if isinstance(question.column, Links)}
    wordings = [_wording(question) for question in own]
    review = next((place for place, question in enumerate(own) if question.name == REVIEW), None)
    prefix, title = register.table.PREFIX, _wording(register.title)
    rows = []
    for record, (_key, number, errors, warnings, starter, archived, named, *values) in zip(ids, stored, strict=True):
        answers = [wording(record, value) for wording, value in zip(wordings, values, strict=True)]
        if linked:
            given = iter(answers)
            answers = [linked[question].get(record, "") if question in linked else next(given) for question in columns]
        day = "" if review is None or values[review] is None else str(values[review])
        reference = f"{prefix}-{number:04d}"
        rows.append(Row(record, reference, title(record, named), tuple(answers), errors, warnings, bool(starter), archived is not None, day))
    return rows


def in_words(question: Question, record: UUID, stored: Any) -> str:
    """A stored value as people read it, opened when it is sealed."""
    return _wording(question)(record, stored) if isinstance(question.column, Field) else ""


def _wording(question: Question) -> Callable[[UUID, Any], str]:
    """How the stored answers to one question are put in words."""
    column: Any = question.column
    if isinstance(column, EncryptedText):
        return lambda record, stored: "" if stored is None else column.open(record, stored)
    words, from_store = kind_of(column).words, column.python_value
    return lambda _record, stored: "" if stored is None else words(from_store(stored))


def _linked_titles(far: Register, by: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of the records of one register that touch each of these, with commas."""
    if not ids or not may(by, Deed.SEE, far):
        return {}
    title: Any = far.title.column
    query = far.table.select(Link.near, far.table.id, title).join(Link, on=(Link.far == far.table.id) & (Link.school == far.table.school))
    named: dict[UUID, list[str]] = {}
    for near, record, name in stored_rows(query.where(Link.near.in_(list(ids))).order_by(fn.LOWER(title))):
        named.setdefault(UUID(bytes=bytes(near)), []).append(in_words(far.title, UUID(bytes=bytes(record)), name))
    return {near: ", ".join(names) for near, names in named.items()}
