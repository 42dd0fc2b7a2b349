"""Parents and carers of a file beside those who are known: who is new, who is changed, and to whose pupils they belong.

One carer stands for several pupils only when the numbers of the contact are equal, or name and address both are, and when the same is
true of them for each of those pupils. Nobody is matched by a name that is near.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.names import fold
from models.vocabulary import Relation, YesNoUnknown
from registry.rules.roll_words import number_key

PupilKey = UUID | int
"""A pupil on the roll, or the place among the people of the file of one who is not there yet."""

TRUTHS = ("relation", "responsibility", "restrictions")
"""What has to be the same for all pupils of one entry."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One parent or carer beside one pupil, as a file says it; None and empty where it says nothing."""

    pupil: PupilKey
    where: str
    name: str
    number: str = ""
    email: str = ""
    relation: Relation | None = None
    responsibility: YesNoUnknown | None = None
    restrictions: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """One parent or carer who is known already, with the pupils of whom the entry speaks."""

    id: UUID
    reference: str
    version: int
    name: str
    number: str = ""
    email: str = ""
    relation: Relation | None = None
    responsibility: YesNoUnknown = YesNoUnknown.UNKNOWN
    restrictions: str = ""
    pupils: frozenset[PupilKey] = frozenset()


class CarerFate(StrEnum):
    """What becomes of one parent or carer of a file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CLASHING = "clashing"


@dataclass(slots=True)
class Entry:
    """One parent or carer of the file, for all pupils of whom it says the same."""

    contact: Contact
    pupils: set[PupilKey]
    fate: CarerFate = CarerFate.NEW
    known: Known | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sentence: str = ""

    @property
    def gained(self) -> set[PupilKey]:
        """The pupils to whom the entry is to be linked."""
        return self.pupils - (self.known.pupils if self.known else frozenset())


def compare_carers(contacts: Sequence[Contact], known: Sequence[Known]) -> list[Entry]:
    """Say what becomes of every parent or carer in a file, beside those who are known."""
    book = _Book(known)
    gathered, clashing = _gathered(contacts)
    _clash_beside_one_pupil(gathered)
    for entry in gathered:
        if entry.fate is not CarerFate.CLASHING:
            book.judge(entry)
    _clash_where_two_change_one(gathered)
    return [*gathered, *clashing]


def _gathered(contacts: Sequence[Contact]) -> tuple[list[Entry], list[Entry]]:
    """The contacts of which the same is said as one entry each; and those whose number stands for two names."""
    names: dict[str, set[str]] = defaultdict(set)
    for each in contacts:
        if each.number:
            names[number_key(each.number)].add(fold(each.name))
    gathered: dict[tuple[Any, ...], Entry] = {}
    clashing: dict[tuple[str, str], Entry] = {}
    for each in contacts:
        if each.number and len(names[number_key(each.number)]) > 1:
            key = (number_key(each.number), fold(each.name))
            sentence = f"The number {each.number} stands in this file for {len(names[key[0]])} parents or carers."
            clashing.setdefault(key, Entry(each, set(), CarerFate.CLASHING, sentence=sentence)).pupils.add(each.pupil)
        else:
            place = (*_identity(each), each.relation, each.responsibility, each.restrictions)
            gathered.setdefault(place, Entry(each, set())).pupils.add(each.pupil)
    return list(gathered.values()), list(clashing.values())


def _clash_beside_one_pupil(entries: Sequence[Entry]) -> None:
    """Entries that name one parent of one pupil twice and say different things of them."""
    beside: dict[tuple[PupilKey, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        contact = entry.contact
        for pupil in entry.pupils:
            for known_by in {f"name {fold(contact.name)}", f"number {number_key(contact.number)}" if contact.number else ""} - {""}:
                beside[pupil, known_by].append(entry)
    for rows in beside.values():
        for row in rows if len(rows) > 1 else ():
            row.fate = CarerFate.CLASHING
            row.sentence = f"{row.contact.name} stands {len(rows)} times beside one pupil in this file, with different answers."


def _identity(each: Contact) -> tuple[Any, ...]:
    """Who somebody is: by number, else by name and address together, else by name beside one pupil."""
    if each.number:
        return "number", number_key(each.number)
    if each.email:
        return "address", fold(each.name), each.email.casefold()
    return "beside", fold(each.name), each.pupil


class _Book:
    """Those who are known, found as a file names them."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._by_number: dict[str, list[Known]] = defaultdict(list)
        self._by_address: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._beside: dict[tuple[str, PupilKey], list[Known]] = defaultdict(list)
        for each in known:
            name = fold(each.name)
            if each.number:
                self._by_number[number_key(each.number)].append(each)
            if each.email:
                self._by_address[name, each.email.casefold()].append(each)
            for pupil in each.pupils:
                self._beside[name, pupil].append(each)

    def judge(self, entry: Entry) -> None:
        """Say what becomes of one entry."""
        found = self._found(entry)
        fits = [each for each in found if not _differs(entry.contact, each)]
        linked = [each for each in found if each.pupils & entry.pupils]
        others = [each for each in found if _is_another(entry.contact, each)]
        if others:
            entry.fate = CarerFate.CLASHING
            entry.sentence = f"The number {entry.contact.number} is {others[0].reference} here, under another name."
        elif any(each not in fits for each in linked):
            self._judge_change(entry, linked)
        elif fits:
            _take(entry, max(fits, key=lambda each: (len(each.pupils & entry.pupils), -len(each.pupils))))

    def _judge_change(self, entry: Entry, linked: Sequence[Known]) -> None:
        """Something else is said of a pupil's parent than is known; one entry can be changed when it speaks of no other pupils."""
        if len(linked) == 1 and linked[0].pupils <= entry.pupils:
            _take(entry, linked[0])
        else:
            entry.fate = CarerFate.CLASHING
            names = " and ".join(each.reference for each in linked[:3])
            entry.sentence = f"{names} says something else for these or other pupils as well. Change it there by hand."

    def _found(self, entry: Entry) -> list[Known]:
        contact, name = entry.contact, fold(entry.contact.name)
        if contact.number and (found := self._by_number.get(number_key(contact.number))):
            return found
        beside = {each.id: each for pupil in entry.pupils for each in self._beside.get((name, pupil), ())}
        if contact.email:
            beside |= {each.id: each for each in self._by_address.get((name, contact.email.casefold()), ())}
        return [each for each in beside.values() if _may_be(contact, each)]


def _may_be(contact: Contact, known: Known) -> bool:
    """Whether nothing tells the two apart: another number, or another address where there is no number."""
    if contact.number and known.number:
        return number_key(contact.number) == number_key(known.number)
    return True


def _is_another(contact: Contact, known: Known) -> bool:
    """Whether a number is the only thing that the two have in common."""
    return bool(contact.name) and set(fold(contact.name).split()).isdisjoint(fold(known.name).split())


def _differs(contact: Contact, known: Known) -> bool:
    return any(getattr(contact, name) and getattr(contact, name) != getattr(known, name) for name in TRUTHS)


def _take(entry: Entry, known: Known) -> None:
    """The entry is this one: what is different changes, and a blank cell leaves an answer as it is."""
    contact = entry.contact
    told = {"name": "name", "email": "email", **{name: name for name in TRUTHS}}
    changes = {name: (getattr(known, name) or None, value) for name in told if (value := getattr(contact, name)) and value != getattr(known, name)}
    if contact.number and not known.number:
        changes["mis_number"] = (None, contact.number)
    entry.known, entry.changes = known, changes
    entry.fate = CarerFate.CHANGED if changes or entry.gained else CarerFate.SAME


def _clash_where_two_change_one(entries: Sequence[Entry]) -> None:
    """Two entries of a file that would change one known entry in different ways."""
    claims: Mapping[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.known is not None and entry.fate is CarerFate.CHANGED:
            claims[entry.known.id].append(entry)
    for rows in claims.values():
        if len(rows) > 1 and any(row.changes for row in rows):
            for row in rows:
                row.fate = CarerFate.CLASHING
                row.sentence = f"{len(rows)} rows of this file change {row.known.reference if row.known else 'one entry'} in different ways."
