"""Records as others speak of them, by reference and name: for links, and for choosing what to link to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.statements import stored_rows
from registry.access import Deed, may
from registry.actor import Actor
from registry.definition import Register
from registry.lists.lines import in_words
from registry.lists.ordering import in_order
from registry.lists.query import select_matching
from registry.lists.views import View


@dataclass(frozen=True)
class Named:
    """One record by its reference and name."""

    id: UUID
    reference: str
    name: str
    archived: bool = False


def ids_of(answer: Any) -> tuple[UUID, ...]:
    """The records that an answer names, whether it may name one or several."""
    return (answer,) if isinstance(answer, UUID) else tuple(answer or ())


def named(register: Register, by: Actor, ids: Iterable[UUID]) -> tuple[Named, ...]:
    """The records with these ids by name, in the order of their names; none where the register may not be seen. One query."""
    wanted = list(ids)
    if not wanted or not may(by, Deed.SEE, register):
        return ()
    return _names(register, register.table.select().where(register.table.id.in_(wanted)), len(wanted))


def first_of(register: Register, by: Actor, limit: int) -> tuple[Named, ...]:
    """The first so many records that are not archived, by name."""
    if not may(by, Deed.SEE, register):
        return ()
    return _names(register, register.table.select().where(register.table.archived_at.is_null()), limit)


def found(register: Register, by: Actor, words: str, limit: int) -> tuple[Named, ...]:
    """The first so many records that a search of their list would show."""
    if not may(by, Deed.SEE, register) or not words:
        return ()
    return _names(register, select_matching(register, by, View(search=words), date.min), limit)


def _names(register: Register, query: Any, limit: int) -> tuple[Named, ...]:
    table = register.table
    title: Any = register.title.column
    query = in_order(query.select(table.id, table.number, title, table.archived_at), register, View(), backwards=False).limit(limit)
    return tuple(sorted((_named(register, values) for values in stored_rows(query)), key=lambda each: each.name.casefold()))


def _named(register: Register, values: tuple[Any, ...]) -> Named:
    key, number, title, archived = values
    record = UUID(bytes=bytes(key))
    return Named(record, f"{register.table.PREFIX}-{number:04d}", in_words(register.title, record, title), archived is not None)
