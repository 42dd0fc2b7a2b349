"""Many new records of one register at once: what `records.insert` does for one, without making an object of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from models.base import new_id
from models.link import Link
from models.statements import rows_of
from registry.access import school_of
from registry.apart import demand_apart, keys_of
from registry.catalogue import find as register_of
from registry.consequences import follow
from registry.definition import Register
from registry.linking import demand_there, note_far_end
from registry.press import press_of
from registry.records import Occasion
from registry.trace.audit import Happened, Trace
from registry.trace.chain import row_seal

MOST_AT_ONCE = 500

Links = Mapping[str, Sequence[UUID]]
"""The records that one record is linked to, by register."""


def insert_many(
    trace: Trace, register: Register, answers: Iterable[Mapping[str, Any]], occasion: Occasion, *, number: int, happened: Happened = Happened.ADDED
) -> int:
    """Store new records inside a recording that is open, numbered from `number` on, each with its own entry; how many.

    The actor's right to give these answers is asked by the caller, as for `records.insert`.
    """
    press, linked, school = press_of(register), frozenset(question.name for question in register.links), school_of(occasion.by)
    blank = press.blank(new_id(), school=school, created_at=occasion.at, changed_at=occasion.at)
    rows: list[list[Any]] = []
    kept: list[tuple[UUID, Mapping[str, Any]]] = []
    several = answers if not keys_of(register) else [*answers]
    if keys_of(register):
        demand_apart(register, several)
    for given in several:
        record = new_id()
        rows.append(press.values(record, {**given, "number": number + len(kept)}, occasion.school, blank))
        kept.append((record, given))
    whole = press.whole
    whole.insert_all(rows)
    wanted = {record: _links_of(given, linked) for record, given in kept} if linked else {}
    link_many(trace, register, {record: links for record, links in wanted.items() if links}, school)
    for (record, given), values in zip(kept, rows, strict=True):
        changes = {name: (None, answer) for name, answer in given.items() if answer is not None and answer != "" and answer != ()}
        far = [each.bytes for ids in wanted[record].values() for each in ids] if wanted else ()
        trace.note(happened, whole.name, record, changes=changes, seal=row_seal(whole.name, whole.columns, values, far))
    follow(trace, register, [record for record, _given in kept], occasion)
    return len(kept)


def _links_of(answers: Mapping[str, Any], linked: frozenset[str]) -> dict[str, Sequence[UUID]]:
    return {name: answers[name] for name in linked if answers.get(name)}


def link_many(trace: Trace, register: Register, wanted: Mapping[UUID, Links], school: UUID) -> None:
    """Link new records, which have no links yet, to others; each far end gets one entry and one new seal, however many it gained.

    Raises Invalid when a record named is not there to be linked.
    """
    gained: dict[tuple[str, UUID], list[UUID]] = defaultdict(list)
    for record, links in wanted.items():
        for slug, ids in links.items():
            for far in dict.fromkeys(ids):
                gained[slug, far].append(record)
    if not gained:
        return
    _demand_all_there(gained)
    held = _linked_before(register, [far for _slug, far in gained])
    rows = rows_of(Link)
    rows.insert_all(_link_rows(rows.fields, school, register, gained))
    for (slug, far), near in gained.items():
        before = tuple(held.get(far, ()))
        note_far_end(trace, register_of(slug), far, {register.slug: (before, tuple(sorted((*before, *near))))})


def _link_rows(
    fields: Sequence[Any], school: UUID, register: Register, gained: Mapping[tuple[str, UUID], Sequence[UUID]]
) -> Iterable[tuple[Any, ...]]:
    names = tuple(field.name for field in fields)
    for (slug, far), near in gained.items():
        for record in near:
            for ends in ((record, slug, far), (far, register.slug, record)):
                stored = {"id": new_id().bytes, "school": school.bytes, "near": ends[0].bytes, "far_register": ends[1], "far": ends[2].bytes}
                yield tuple(stored[name] for name in names)


def _demand_all_there(gained: Iterable[tuple[str, UUID]]) -> None:
    by_register: dict[str, list[UUID]] = defaultdict(list)
    for slug, far in gained:
        by_register[slug].append(far)
    for slug, ids in by_register.items():
        for chunk in chunks(ids):
            demand_there(slug, chunk)


def _linked_before(register: Register, ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """What each far end was linked to in this register."""
    held: dict[UUID, list[UUID]] = defaultdict(list)
    for chunk in chunks(ids):
        query = Link.select(Link.near, Link.far).where(Link.near.in_(chunk) & (Link.far_register == register.slug)).order_by(Link.far)
        for near, far in query.tuples():
            held[near].append(far)
    return held


def chunks(ids: Sequence[Any]) -> Iterable[list[Any]]:
    """A long list in parts that fit into one statement."""
    return ([*ids[start : start + MOST_AT_ONCE]] for start in range(0, len(ids), MOST_AT_ONCE))
