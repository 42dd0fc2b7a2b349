"""Links between records: stored once from each end, noted in the history of both, part of both seals."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models import doors
from models.link import Link
from models.statements import Kept, rows_of
from registry.catalogue import find as register_of
from registry.definition import Register
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace
from registry.trace.chain import row_seal

GONE = "One of these is no longer there. Choose from the list again."

_linked = Kept(lambda: Link.select(Link.far_register, Link.far).where(Link.near == UUID(int=0)).order_by(Link.far))
_far_ends = Kept(lambda: Link.select(Link.far).where(Link.near == UUID(int=0)))


def linked_ids(record: UUID) -> dict[str, tuple[UUID, ...]]:
    """The records that touch this one, by register."""
    found: dict[str, list[UUID]] = {}
    for school in doors.schools_in_view():  # a record and its links are all of one of them
        for register, far in _linked(school.bytes, record.bytes).fetchall():
            found.setdefault(register, []).append(UUID(bytes=bytes(far)))
    return {register: tuple(ids) for register, ids in found.items()}


def far_ends(record: UUID) -> list[bytes]:
    """The ids of everything that touches a record in the school in view, as its seal covers them."""
    (school,) = doors.schools_in_view()
    return [bytes(far) for (far,) in _far_ends(school.bytes, record.bytes).fetchall()]


def relink(trace: Trace, register: Register, record: UUID, links: Mapping[str, Sequence[UUID]], *, school: UUID) -> None:
    """Make a record's links to some registers exactly these; the other ends get an entry and a new seal as well.

    Raises Invalid when a record named is not there to be linked.
    """
    held = linked_ids(record)
    for slug, wanted in links.items():
        added = [far for far in wanted if far not in held.get(slug, ())]
        removed = [far for far in held.get(slug, ()) if far not in wanted]
        demand_there(slug, added)
        before = {far: linked_ids(far).get(register.slug, ()) for far in (*added, *removed)}
        for far in removed:
            Link.delete().where(((Link.near == record) & (Link.far == far)) | ((Link.near == far) & (Link.far == record))).execute()
        for far in added:
            Link.insert(school=school, near=record, far_register=slug, far=far).execute()
            Link.insert(school=school, near=far, far_register=register.slug, far=record).execute()
        for far, old in before.items():
            note_far_end(trace, register_of(slug), far, {register.slug: (old, linked_ids(far).get(register.slug, ()))})


def demand_there(slug: str, wanted: Sequence[UUID]) -> None:
    """Raise Invalid unless every one of these is a record of that register in view."""
    if not _are_there(slug, wanted):
        raise Invalid({slug: [GONE]})


def demand_named(register: Register, answers: Mapping[str, Any]) -> None:
    """Raise Invalid unless every record that these answers name one by one is there."""
    for question in register.ones:
        if answers.get(question.name) is not None and not _are_there(question.to, (answers[question.name],)):
            raise Invalid({question.name: [GONE]})


def note_far_end(trace: Trace, register: Register, far: UUID, changes: Mapping[str, Sequence[Sequence[UUID]]]) -> None:
    """Note in the history of a record what another one's links changed for it, under a new version and seal."""
    table = register.table
    row = table.get_by_id(far)
    seen = row.version
    row.version, row.changed_at = seen + 1, trace.at
    whole = rows_of(table)
    values = whole.values(row)
    held = dict(zip(whole.columns, values, strict=True))
    whole.update(("version", "changed_at"), (held["version"], held["changed_at"]), far.bytes, seen)
    trace.note(Happened.CHANGED, whole.name, far, changes=changes, seal=row_seal(whole.name, whole.columns, values, far_ends(far)))


def _are_there(slug: str, wanted: Sequence[UUID]) -> bool:
    table = register_of(slug).table
    there = {found for (found,) in table.select(table.id).where(table.id.in_(list(wanted))).tuples()} if wanted else set()
    return len(there) == len(set(wanted))
