"""Beginning with something: starter entries become records, marked until somebody of the school confirms them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from models.base import new_id
from models.link import Link
from registry import catalogue
from registry.access import Permission, require
from registry.linking import linked_ids, note_far_end
from registry.occasion import Occasion
from registry.placing import next_number, place
from registry.school.starter import Place, Starter
from registry.trace.audit import Happened, Trace, recording


def adopted(register: str) -> frozenset[str]:
    """The ids of the starter entries that the school in view has taken into this register already."""
    table = catalogue.find(register).table
    starter_id = table._meta.fields["starter_id"]
    return frozenset(taken for (taken,) in table.select(starter_id).where(starter_id.is_null(False)).tuples())


def adopt(entries: Sequence[Starter], occasion: Occasion) -> int:
    """Take these entries in as records, linked among themselves and to those taken before, in one transaction; how many are new."""
    require(occasion.by, Permission.ADOPT_STARTER)
    there = {register: adopted(register) for register in {entry.register for entry in entries}}
    wanted = {(entry.register, entry.id): entry for entry in entries if entry.id not in there[entry.register]}
    if not wanted:
        return 0
    with recording(occasion.by, occasion.at) as trace:
        new = {place_of: new_id() for place_of in wanted}
        old = _taken_before({other for entry in wanted.values() for other in entry.links} - new.keys())
        ids = {**old, **new}
        far = {place_of: [other for other in entry.links if other in ids] for place_of, entry in wanted.items()}
        gained = _gained(far, old)
        held = {place_of: linked_ids(ids[place_of]) for place_of in gained}
        _link(occasion.by.school, ids, {**far, **gained})
        for slug in there:
            mine = [(new[place_of], entry, [ids[other] for other in far[place_of]]) for place_of, entry in wanted.items() if place_of[0] == slug]
            _place_all(trace, slug, mine, occasion)
        for place_of, others in gained.items():
            linked = _now_linked(held[place_of], ((other[0], ids[other]) for other in others))
            note_far_end(trace, catalogue.find(place_of[0]), ids[place_of], linked)
    return len(wanted)


def _taken_before(places: Iterable[Place]) -> dict[Place, UUID]:
    """The records that were made of these entries on an earlier day."""
    found: dict[Place, UUID] = {}
    by_register: dict[str, list[str]] = defaultdict(list)
    for slug, entry in places:
        by_register[slug].append(entry)
    for slug, named in by_register.items():
        table = catalogue.find(slug).table
        starter_id = table._meta.fields["starter_id"]
        found |= {(slug, entry): record for entry, record in table.select(starter_id, table.id).where(starter_id.in_(named)).tuples()}
    return found


def _gained(far: Mapping[Place, Sequence[Place]], old: Mapping[Place, UUID]) -> dict[Place, list[Place]]:
    """What each record of an earlier day is linked to now."""
    gained: dict[Place, list[Place]] = defaultdict(list)
    for place_of, others in far.items():
        for other in others:
            if other in old:
                gained[other].append(place_of)
    return gained


def _now_linked(held: Mapping[str, Sequence[UUID]], gained: Iterable[tuple[str, UUID]]) -> dict[str, tuple[Sequence[UUID], Sequence[UUID]]]:
    """Old and new links of a record, by register, where it gained some."""
    more: dict[str, list[UUID]] = defaultdict(list)
    for slug, far in gained:
        more[slug].append(far)
    return {slug: (tuple(held.get(slug, ())), (*held.get(slug, ()), *ids)) for slug, ids in more.items()}


def _place_all(trace: Trace, slug: str, entries: Iterable[tuple[UUID, Starter, list[UUID]]], occasion: Occasion) -> None:
    register = catalogue.find(slug)
    number = next_number(register, occasion.by)
    for offset, (record, entry, far) in enumerate(entries):
        answers, linked = {"starter": True, **entry.answers}, [each.bytes for each in far]
        place(trace, register, answers, occasion, record=record, number=number + offset, happened=Happened.ADOPTED, far=linked)


def _link(school: UUID | None, ids: Mapping[Place, UUID], far: Mapping[Place, Sequence[Place]]) -> None:
    links = [
        {"id": new_id(), "school": school, "near": ids[place_of], "far_register": other[0], "far": ids[other]}
        for place_of, others in far.items()
        for other in others
    ]
    if links:
        Link.insert_many(links).execute()
