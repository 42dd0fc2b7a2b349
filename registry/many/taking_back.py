"""Records that an import brought are taken away again: rows, links from both ends, and an entry for each that says so."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from models.fields import OneField
from models.letter import Letter
from models.link import Link
from models.message import Message
from models.record import OfSchool
from models.statements import stored_rows
from models.tables import RECORDS, TABLES
from registry.access import Deed, allowed
from registry.catalogue import by_table
from registry.catalogue import find as register_of
from registry.definition import Register
from registry.linking import linked_ids, note_far_end
from registry.many.bulk import chunks
from registry.trace.audit import Happened, Trace
from registry.trace.chain import gone_seal

BESIDE: tuple[Any, ...] = tuple(
    table for table in TABLES if issubclass(table, OfSchool) and table not in RECORDS and {"register", "record"} <= table._meta.fields.keys()
)
"""What people put beside a record and name it by: its files, its comments, its approved versions."""


def with_something_beside(register: Register, ids: Sequence[UUID]) -> set[UUID]:
    """Those records beside which somebody has put something since."""
    found: set[UUID] = set()
    for table in BESIDE:
        for part in chunks(ids):
            query = table.select(table.record).where((table.register == register.slug) & table.record.in_(part)).distinct()
            found |= {UUID(bytes=bytes(key)) for (key,) in stored_rows(query)}
    return found


def are_spoken_of(register: Register, ids: Sequence[UUID]) -> bool:
    """Whether something else by now speaks of any of these records, by its id: an answer about a pupil, a picture, a link that was sent.

    Which of them, and what, is not told. What only few may see is not looked at: whether an import can be undone would tell that it is there.
    """
    return any(
        table.select(table.id).where(field.in_(part)).exists()
        for table, field in _SPEAKING
        if field.to == register.slug and not _is_for_few(table, register)
        for part in chunks(ids)
    )


@cache
def may_be_spoken_of_in_secret(register: Register) -> bool:
    """Whether records of this register may be named by others that not all see who change it: they are put away, and never taken away."""
    return any(field.to == register.slug and _is_for_few(table, register) for table, field in _SPEAKING)


def _is_for_few(table: Any, register: Register) -> bool:
    speaking = by_table(table._meta.table_name)
    return speaking is not None and not allowed(Deed.SEE, speaking) >= allowed(Deed.CHANGE, register)


_SPEAKING: tuple[tuple[Any, Any], ...] = tuple(
    (table, field) for table in TABLES for field in table._meta.sorted_fields if isinstance(field, OneField)
)


def take_back(trace: Trace, register: Register, ids: Sequence[UUID]) -> None:
    """Delete records inside a recording that is open; what they were linked to gets an entry and a new seal as well.

    Nobody is told of them any more.
    """
    table = register.table
    name = table._meta.table_name
    held = {end: linked_ids(end[1]).get(register.slug, ()) for end in _far_ends(ids)}
    for part in chunks(ids):
        Link.delete().where(Link.near.in_(part) | Link.far.in_(part)).execute()
        told = (Message.register == register.slug) & Message.record.in_(part)
        Letter.delete().where(Letter.message.in_(Message.select(Message.id).where(told))).execute()
        Message.delete().where(told).execute()
        table.delete().where(table.id.in_(part)).execute()
        for record in part:
            trace.note(Happened.TAKEN_BACK, name, record, seal=gone_seal(name, record.bytes))
    for (slug, far), before in held.items():
        note_far_end(trace, register_of(slug), far, {register.slug: (before, linked_ids(far).get(register.slug, ()))})


def _far_ends(ids: Sequence[UUID]) -> list[tuple[str, UUID]]:
    """What these records are linked to and what stays, each once: its register and its id."""
    leaving, ends = frozenset(ids), dict[tuple[str, UUID], None]()
    for part in chunks(ids):
        found = Link.select(Link.far_register, Link.far).where(Link.near.in_(part)).order_by(Link.far).tuples()
        ends |= {(slug, far): None for slug, far in found if far not in leaving}
    return list(ends)
