"""Beginning with something: starter entries become records, marked until somebody of the school confirms them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from models.base import new_id
from models.link import Link
from registry import catalogue
from registry.access import Permission, require
from registry.audit import Happened, Trace, recording
from registry.records import Occasion, next_number, place
from registry.starter import Place, Starter


def adopted(register: str) -> frozenset[str]:
    """The ids of the starter entries that the school in view has taken into this register already."""
    table = catalogue.find(register).table
    starter_id = table._meta.fields["starter_id"]
    return frozenset(taken for (taken,) in table.select(starter_id).where(starter_id.is_null(False)).tuples())


def adopt(entries: Sequence[Starter], occasion: Occasion) -> int:
    """Take these entries in as records, linked among themselves, in one transaction; how many. Those there already are left out."""
    require(occasion.by, Permission.ADOPT_STARTER)
    there = {register: adopted(register) for register in {entry.register for entry in entries}}
    wanted = {(entry.register, entry.id): entry for entry in entries if entry.id not in there[entry.register]}
    if not wanted:
        return 0
    ids = {place_of: new_id() for place_of in wanted}
    with recording(occasion.by, occasion.at) as trace:
        school = occasion.by.school
        far = {place_of: [ids[other] for other in entry.links if other in ids] for place_of, entry in wanted.items()}
        _link(school, ids, far, wanted)
        for slug in there:
            _place_all(trace, slug, [(ids[key], entry, far[key]) for key, entry in wanted.items() if key[0] == slug], occasion)
    return len(wanted)


def _place_all(trace: Trace, slug: str, entries: Iterable[tuple[UUID, Starter, list[UUID]]], occasion: Occasion) -> None:
    register = catalogue.find(slug)
    number = next_number(register, occasion.by)
    for offset, (record, entry, far) in enumerate(entries):
        answers, linked = {"starter": True, **entry.answers}, [each.bytes for each in far]
        place(trace, register, answers, occasion, record=record, number=number + offset, happened=Happened.ADOPTED, far=linked)


def _link(school: UUID | None, ids: dict[Place, UUID], far: dict[Place, list[UUID]], wanted: dict[Place, Starter]) -> None:
    register_of = {ids[place_of]: place_of[0] for place_of in wanted}
    links = [
        {"id": new_id(), "school": school, "near": ids[place_of], "far_register": register_of[other], "far": other}
        for place_of, others in far.items()
        for other in others
    ]
    if links:
        Link.insert_many(links).execute()
