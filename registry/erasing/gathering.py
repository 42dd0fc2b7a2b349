"""Everything that goes with some records, found before anything is touched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from models.link import Link
from models.statements import stored_rows
from registry.catalogue import by_table
from registry.definition import Register
from registry.erasing.whole import BESIDE, WHOLE
from registry.many.bulk import chunks

Ids = list[UUID]


@dataclass
class Gathered:
    """The records that go, by the slug of their register, those that were asked for first; and rows of no register, by their table."""

    records: dict[str, Ids] = field(default_factory=dict)
    rows: dict[Any, Ids] = field(default_factory=dict)

    @cached_property
    def keys(self) -> frozenset[UUID]:
        """The ids of all records that go; ask once everything is gathered."""
        return frozenset(key for ids in self.records.values() for key in ids)

    @cached_property
    def all_keys(self) -> Ids:
        """The same with the rows of no register."""
        return [*self.keys, *(key for ids in self.rows.values() for key in ids)]

    def add(self, slug: str, ids: Sequence[UUID]) -> Ids:
        """Take in records of a register; those that were not in yet."""
        held = self.records.setdefault(slug, [])
        known = frozenset(held)
        fresh = [key for key in ids if key not in known]
        held += fresh
        return fresh


def gather(register: Register, ids: Sequence[UUID]) -> Gathered:
    """All that goes with these records, in the schools in view; those that are not there are left out."""
    found = Gathered()
    table = register.table
    _take(found, register.slug, _named(table.id, ids, table))
    for slug, keys in found.records.items():
        for column in WHOLE[slug].rows:
            found.rows.setdefault(column.model, []).extend(_named(column, keys, column.model))
        for beside in BESIDE:
            is_of_it = beside.register == slug
            found.rows.setdefault(beside, []).extend(_named(beside.record, keys, beside, is_of_it))
    return found


def _take(found: Gathered, slug: str, ids: Sequence[UUID]) -> None:
    """Take in some records and those that belong to them, and so on."""
    fresh = found.add(slug, ids)
    if not fresh:
        return
    whole = WHOLE[slug]
    for column in whole.records:
        _take(found, _slug_of(column.model), _named(column, fresh, column.model))
    for far in whole.last_linked:
        _take(found, far, [*_linked_to_no_other(slug, far, found.records[slug])])
    for column in whole.last_named:
        _take(found, column.to, [*_named_by_no_other(column, found.records[slug])])


def _slug_of(table: Any) -> str:
    register = by_table(table._meta.table_name)
    if register is None:
        raise LookupError(f"{table.__name__} is of no register.")
    return register.slug


def _named(column: Any, ids: Sequence[UUID], table: Any, condition: Any = True) -> Ids:
    """The rows of a table whose column holds one of these ids."""
    queries = (table.select(table.id).where(column.in_(part) & condition) for part in chunks(ids))
    return [UUID(bytes=bytes(key)) for query in queries for (key,) in stored_rows(query)]


def _linked_to_no_other(slug: str, far: str, ids: Sequence[UUID]) -> Iterator[UUID]:
    """What these records are linked to in another register, and nobody else of theirs is."""
    leaving, ends = frozenset(ids), frozenset(end for part in chunks(ids) for _near, end in _links(part, far))
    held: dict[UUID, bool] = {}
    for part in chunks(sorted(ends)):
        for near, back in _links(part, slug):
            held[near] = held.get(near, False) or back not in leaving
    yield from (end for end in sorted(ends) if not held.get(end, False))


def _links(near: Sequence[UUID], slug: str) -> list[tuple[UUID, UUID]]:
    query = Link.select(Link.near, Link.far).where(Link.near.in_(near) & (Link.far_register == slug))
    return [(UUID(bytes=bytes(one)), UUID(bytes=bytes(other))) for one, other in stored_rows(query)]


def _named_by_no_other(column: Any, ids: Sequence[UUID]) -> Iterator[UUID]:
    """What these records name in a column, and no other record of their register does."""
    table, leaving = column.model, frozenset(ids)
    named = {UUID(bytes=bytes(key)) for part in chunks(ids) for (key,) in stored_rows(table.select(column).where(table.id.in_(part))) if key}
    staying = set()
    for part in chunks(sorted(named)):
        for key, by in stored_rows(table.select(column, table.id).where(column.in_(part))):
            if UUID(bytes=bytes(by)) not in leaving:
                staying.add(UUID(bytes=bytes(key)))
    yield from sorted(named - staying)


