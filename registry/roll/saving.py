"""People, parents and carers of a compared list stored inside one recording, each with an entry and a seal of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from models.pupil import Pupil
from models.statements import rows_of, stored_rows
from models.vocabulary import PictureSubject, RollStatus, YesNoUnknown
from registry.definition import Register
from registry.many.bulk import chunks, insert_many
from registry.many.rewriting import Rewrite, rewrite_all
from registry.occasion import Occasion
from registry.placing import next_number
from registry.records import amend
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.rules.roll_carers import CarerFate, Entry, PupilKey
from registry.rules.roll_people import Compared, Fate, OnFile
from registry.trace.audit import Happened, Trace

Ids = Mapping[PupilKey, UUID]
"""The pupil who stands at a place of the lists."""
Places = Mapping[int, int]
"""The number of the new record of whoever stands at a place of the lists."""


@dataclass(frozen=True)
class Leaving:
    """Those on the roll who have left, or that it is everybody whom a list of the whole school does not name; and since when."""

    people: frozenset[UUID] = field(default_factory=frozenset)
    on: date | None = None
    is_everybody: bool = False


def store_people(trace: Trace, people: Compared, leaving: Leaving, occasion: Occasion) -> tuple[Places, dict[str, int]]:
    """Store who is new, changed and gone; the numbers under which the new ones stand, and how many of each."""
    new = [(place, each.person) for place, each in enumerate(people.judged) if each.fate is Fate.NEW]
    number = next_number(PUPILS, occasion.by)
    insert_many(trace, PUPILS, (_answers(person) for _place, person in new), occasion, number=number, happened=Happened.IMPORTED)
    changes = {each.here.id: each.changes for each in people.of(Fate.CHANGED) if each.here}
    gone = {here.id: {"status": (RollStatus.ON_ROLL, RollStatus.LEFT), "left_on": (here.left_on, leaving.on)} for here in people.missing
            if here.id in leaving.people}  # fmt: skip
    _rewrite(trace, PUPILS, {**changes, **gone}, occasion)
    numbers = {place: number + count for count, (place, _person) in enumerate(new)}
    return numbers, {"added": len(new), "changed": len(changes), "left": len(gone)}


def _ids(numbers: Places) -> Ids:
    """The ids of new people, by their places in the lists."""
    if not numbers:
        return {}
    stored = dict(stored_rows(Pupil.select(Pupil.number, Pupil.id).where(Pupil.number >= min(numbers.values()))))
    return {place: UUID(bytes=bytes(stored[number])) for place, number in numbers.items()}


def store_carers(trace: Trace, entries: Sequence[Entry], numbers: Places, occasion: Occasion) -> dict[str, int]:
    """Store new and changed parents and carers, linked to their pupils; how many of each."""
    ids = _ids(numbers) if entries else {}
    new = [entry for entry in entries if entry.fate is CarerFate.NEW]
    if new:
        answers = (_answers_of_carer(entry, ids) for entry in new)
        insert_many(trace, CARERS, answers, occasion, number=next_number(CARERS, occasion.by), happened=Happened.IMPORTED)
    changed = [entry for entry in entries if entry.fate is CarerFate.CHANGED and entry.known]
    _rewrite(trace, CARERS, {entry.known.id: entry.changes for entry in changed if entry.known and not entry.gained}, occasion)
    _link_more(trace, [entry for entry in changed if entry.gained], ids, occasion)
    return {"carers_added": len(new), "carers_changed": len({entry.known.id for entry in changed if entry.known})}


def _answers(person: OnFile) -> dict[str, Any]:
    told = {
        "name": person.name,
        "legal_name": person.legal_name,
        "kind": None if person.kind is PictureSubject.PUPIL else person.kind,
        "year_group": person.year_group,
        "class_name": person.class_name,
        "mis_number": person.number,
    }
    return {name: answer for name, answer in told.items() if answer}


def _answers_of_carer(entry: Entry, ids: Ids) -> dict[str, Any]:
    contact = entry.contact
    told = {
        "name": contact.name,
        "pupils": _pupils(entry.pupils, ids),
        "relation": contact.relation,
        "email": contact.email,
        "mis_number": contact.number,
        "responsibility": contact.responsibility or YesNoUnknown.UNKNOWN,
        "restrictions": contact.restrictions,
    }
    return {name: answer for name, answer in told.items() if answer}


def _pupils(pupils: set[PupilKey], ids: Ids) -> tuple[UUID, ...]:
    return tuple(sorted(each if isinstance(each, UUID) else ids[each] for each in pupils))


def _rewrite(trace: Trace, register: Register, changes: Mapping[UUID, Mapping[str, tuple[Any, Any]]], occasion: Occasion) -> None:
    whole, table = rows_of(register.table), register.table
    key = whole.columns.index("id")
    for part in chunks(list(changes)):
        rewrites = []
        for stored in stored_rows(table.select(*whole.fields).where(table.id.in_(part))):
            told = changes[UUID(bytes=bytes(stored[key]))]
            rewrites.append(Rewrite(stored, {name: after for name, (_before, after) in told.items()}, Happened.IMPORTED, told))
        rewrite_all(trace, register, rewrites, occasion)


def _link_more(trace: Trace, entries: Sequence[Entry], ids: Ids, occasion: Occasion) -> None:
    """Link entries that are there to more pupils; those of one entry together, because its version moves on with each save."""
    by_carer: dict[UUID, tuple[set[PupilKey], dict[str, tuple[Any, Any]]]] = {}
    held: dict[UUID, frozenset[PupilKey]] = {}
    for entry in entries:
        if entry.known:
            pupils, changes = by_carer.setdefault(entry.known.id, (set(), {}))
            pupils |= entry.gained
            changes |= entry.changes
            held[entry.known.id] = entry.known.pupils
    table = CARERS.table
    for part in chunks(list(by_carer)):
        for row in table.select().where(table.id.in_(part)):
            gained, changes = by_carer[row.id]
            before = _pupils(set(held[row.id]), ids)
            after = tuple(sorted({*before, *_pupils(gained, ids)}))
            amend(trace, CARERS, row, {**changes, PUPILS.slug: (before, after)}, occasion=occasion, happened=Happened.IMPORTED)
