"""What the columns of a file of pupils say, told by their headings as SIMS, Arbor, Bromcom and School Data Sync write them.

Spellings are compared without capitals, gaps and marks, and never by likeness. What nobody needs in order to know whether a picture
may be used is known by its headings as well, so that it is dropped before anything is kept (UK GDPR Article 5(1)(c)).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from models.vocabulary.words import Words
from registry.rules import roll_spellings as spelt

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_FIGURE_AT_END = re.compile(r"([^\W\d]+)(\d)$")
_APOSTROPHES = str.maketrans("", "", "'’`‘")
OWN = "own"
"""The slot of an address that is somebody's own: it is needed only where that somebody turns out to be a parent."""
SLOTS = frozenset({*"123456789", *spelt.PARENTS.values(), OWN})
"""The contacts that one row can have beside the one that it is about."""


class Holds(Words):
    """What each row of a table is about."""

    PUPILS = "pupils", "A pupil"
    STAFF = "staff", "A member of staff"
    CONTACTS = "contacts", "A parent or carer"
    ROLES = "roles", "The role of somebody in another file"
    NOTHING = "nothing", "Nothing for the roll: leave it out"


class Part(Words):
    """What a column says of a person, or of a parent beside them."""

    NUMBER = "number", "Number in the MIS"
    NAME = "name", "Whole name"
    FIRST = "first", "First name"
    SURNAME = "surname", "Surname"
    KNOWN_FIRST = "known_first", "First name they go by"
    KNOWN_SURNAME = "known_surname", "Surname they go by"
    LEGAL_NAME = "legal_name", "Whole legal name"
    CLASS = "class", "Class"
    YEAR = "year", "Year group"
    ROLE = "role", "Pupil or staff"
    STATUS = "status", "Whether they are still there"
    LEFT_ON = "left_on", "Day they left"
    CONTACT_NAME = "contact_name", "Whole name of the contact"
    CONTACT_FIRST = "contact_first", "First name of the contact"
    CONTACT_SURNAME = "contact_surname", "Surname of the contact"
    CONTACT_RELATION = "contact_relation", "Who they are to the pupil"
    CONTACT_EMAIL = "contact_email", "Email of the contact"
    CONTACT_RESPONSIBILITY = "contact_responsibility", "Parental responsibility"
    CONTACT_NUMBER = "contact_number", "Number of the contact in the MIS"
    CONTACT_RESTRICTIONS = "contact_restrictions", "Court order or restriction"

    @property
    def is_of_contact(self) -> bool:
        """Whether it is said of a parent or carer."""
        return self.value.startswith("contact_")


@dataclass(frozen=True, slots=True)
class Said:
    """What a column says; `slot` tells the first contact beside a pupil from the second."""

    part: Part
    slot: str = ""

    @property
    def code(self) -> str:
        """How forms and kept files write it."""
        return f"{self.part.value}:{self.slot}" if self.slot else self.part.value


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table holds, what each of its columns says (None for what is left out), and which of those nobody needs."""

    holds: Holds
    columns: tuple[Said | None, ...]
    unneeded: frozenset[int]
    is_sure: bool


Found = dict[int, Said]


def said_of(code: str) -> Said | None:
    """What a code says; None for one that means nothing."""
    part, _, slot = code.partition(":")
    return Said(Part(part), slot) if part in Part._value2member_map_ and (not slot or slot in SLOTS) else None


def recognise(headings: Sequence[str], table: str = "") -> Layout:
    """What a table says, from its headings and from what its file or sheet is called."""
    plain = [spelling(heading) for heading in headings]
    stem = spelling(PurePath(table).stem)
    found, outdone = _best(plain)
    is_called_so = stem.replace(" ", "") in spelt.NO_LIST_OF_PEOPLE and not any(said.part in _OF_PEOPLE for said in found.values())
    if is_called_so or not spelt.OF_ORGANISATIONS.isdisjoint(plain):
        return Layout(Holds.NOTHING, (None,) * len(plain), frozenset(range(len(plain))), is_sure=True)
    holds, found, is_clear = _holds(plain, stem, _as_school_data_sync(plain, found))
    unneeded = frozenset(place for place, words in enumerate(plain) if place not in found and (place in outdone or _is_unneeded(words)))
    columns = tuple(found.get(place) for place in range(len(plain)))
    is_known = len(found) + len(unneeded) == len(plain)
    return Layout(holds, columns, unneeded, is_clear and is_known and is_enough(holds, columns))


def is_enough(holds: Holds, columns: Sequence[Said | None]) -> bool:
    """Whether the columns say who each row is about."""
    parts = {said.part for said in columns if said}
    is_named = bool(parts & _WHOLE_NAMES) or bool(parts & _FIRST_NAMES and parts & _SURNAMES)
    if holds in (Holds.PUPILS, Holds.STAFF):
        return is_named
    if holds is Holds.CONTACTS:
        return bool(parts & _OF_A_CONTACT) and (Part.NUMBER in parts or is_named or Part.CONTACT_RELATION not in parts)
    return holds is Holds.NOTHING or {Part.NUMBER, Part.ROLE} <= parts


def many_known(headings: Sequence[str]) -> int:
    """How many cells of a row are headings that are known: the row of headings is the one with most of them."""
    return sum(1 for words in map(spelling, headings) if words and (_said(words) or _is_unneeded(words)))


def spelling(heading: str) -> str:
    """A heading as its words, so that "Adm.No", "AdmNo" and "adm no" are spelt the same."""
    plain = unicodedata.normalize("NFKC", heading).translate(_APOSTROPHES)
    words = _NOT_WORD.sub(" ", _HUMP.sub(" ", plain)).casefold().replace("e mail", "email").split()
    return " ".join(_FIGURE_AT_END.sub(r"\1 \2", word) for word in words)


def _best(plain: Sequence[str]) -> tuple[Found, set[int]]:
    """What each column says, each thing once and by its best spelling; and the columns that say it less well."""
    offers = ((told[1], place, told[0]) for place, words in enumerate(plain) if (told := _said(words)))
    taken: dict[Said, int] = {}
    outdone = set()
    for _rank, place, said in sorted(offers, key=lambda offer: offer[:2]):
        if said in taken and "legal" in plain[taken[said]].split():  # beside a legal name the other one is what people go by
            said = _KNOWN.get(said, said)
        if taken.setdefault(said, place) != place:
            outdone.add(place)
    return {place: said for said, place in taken.items()}, outdone


def _said(words: str) -> tuple[Said, int] | None:
    """What a heading says, and how well: 0 is the best spelling."""
    own = "".join(_without_prefix(words).split())
    if own in _PERSON:
        part, rank = _PERSON[own]
        return Said(part), rank
    apart = words.split()
    asks = "".join(word for word in apart if not word.isdigit() and word not in _BESIDE)
    if asks in spelt.STANDING_ALONE:
        return Said(Part(spelt.STANDING_ALONE[asks]), _slot(apart)), 0
    if _MARKS.isdisjoint(apart) or asks not in _CONTACT:
        return None
    part, rank = _CONTACT[asks]
    return Said(part, _slot(apart)), rank


def _slot(words: Sequence[str]) -> str:
    """Which contact beside the pupil a heading is about; empty for the one of its row."""
    figure = next((word for word in words if word in SLOTS), "")
    parent = next((spelt.PARENTS[word] for word in words if word in spelt.PARENTS), "")
    return figure or parent or ("" if spelt.SECOND.isdisjoint(words) else "2")


def _without_prefix(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first in spelt.PERSON_PREFIXES else words


def _is_unneeded(words: str) -> bool:
    bare = _without_prefix(words)
    return words in spelt.UNNEEDED or bare in spelt.UNNEEDED or not spelt.UNNEEDED_WORDS.isdisjoint(words.split())


def _as_school_data_sync(plain: Sequence[str], found: Found) -> Found:
    """The tables of School Data Sync in which a heading means something else than it does elsewhere."""
    own = {words: place for place, words in enumerate(plain)}
    if own.keys() == {"sis id", "email", "role"}:
        return {own["sis id"]: Said(Part.NUMBER), own["email"]: Said(Part.CONTACT_EMAIL), own["role"]: Said(Part.CONTACT_RELATION)}
    if {"email", "first name", "last name"} <= own.keys() <= {*_OF_GUARDIANS, "phone"}:
        return {own[words]: Said(part) for words, part in _OF_GUARDIANS.items() if words in own}
    if {"sourced id", "given name", "family name", "email"} <= own.keys():
        return {**found, own["email"]: Said(Part.CONTACT_EMAIL, OWN)}
    return found


def _holds(plain: Sequence[str], stem: str, found: Found) -> tuple[Holds, Found, bool]:
    """What the rows are about, what the columns say then, and whether that is clear."""
    parts = {said.part for said in found.values()}
    of_row = {said.part for said in found.values() if said.part.is_of_contact and not said.slot}
    has_names = bool(parts & (_WHOLE_NAMES | _FIRST_NAMES | _SURNAMES))
    has_places = bool(parts & {Part.CLASS, Part.YEAR})
    if not has_names and of_row:
        return Holds.CONTACTS, _with_email(plain, found), True
    if not has_names and {Part.NUMBER, Part.ROLE} <= parts:
        return Holds.ROLES, found, True
    if of_row and not of_row & _CALLED and not has_places:  # whose name it is cannot be told
        return Holds.CONTACTS, _with_email(plain, {place: _OF_ROW.get(said, said) for place, said in found.items()}), False
    if of_row & _CALLED and Part.CONTACT_EMAIL not in of_row:
        found, is_clear = _with_email(plain, found), spelt.EMAILS.isdisjoint(plain)
        return Holds.PUPILS, found, is_clear
    is_staff = any(not spelt.STAFF_WORDS.isdisjoint(words.split()) for words in (stem, *plain))
    return (Holds.STAFF if is_staff and not of_row and not has_places else Holds.PUPILS), found, has_names


def _with_email(plain: Sequence[str], found: Found) -> Found:
    """An address beside a parent's name is the parent's, when no heading names another."""
    places = [place for place, words in enumerate(plain) if words in spelt.EMAILS]
    if Said(Part.CONTACT_EMAIL) in found.values() or len(places) != 1:
        return found
    return {**found, places[0]: Said(Part.CONTACT_EMAIL)}


_WHOLE_NAMES = frozenset({Part.NAME, Part.LEGAL_NAME})
_FIRST_NAMES = frozenset({Part.FIRST, Part.KNOWN_FIRST})
_SURNAMES = frozenset({Part.SURNAME, Part.KNOWN_SURNAME})
_OF_PEOPLE = _FIRST_NAMES | _SURNAMES | {Part.CLASS, Part.YEAR}
_CALLED = frozenset({Part.CONTACT_NAME, Part.CONTACT_FIRST, Part.CONTACT_SURNAME})
_OF_A_CONTACT = _CALLED | {Part.CONTACT_NUMBER, Part.CONTACT_EMAIL}
_OF_ROW = {
    Said(Part.NAME): Said(Part.CONTACT_NAME),
    Said(Part.FIRST): Said(Part.CONTACT_FIRST),
    Said(Part.SURNAME): Said(Part.CONTACT_SURNAME),
}
_OF_GUARDIANS = {
    "email": Part.CONTACT_EMAIL,
    "first name": Part.CONTACT_FIRST,
    "last name": Part.CONTACT_SURNAME,
    "sis id": Part.CONTACT_NUMBER,
}
_KNOWN = {Said(Part.FIRST): Said(Part.KNOWN_FIRST), Said(Part.SURNAME): Said(Part.KNOWN_SURNAME)}
_MARKS = spelt.CONTACT_WORDS | frozenset(spelt.PARENTS)
_BESIDE = _MARKS | spelt.CONTACT_FILLERS | spelt.SECOND


def _ranked(spellings: Mapping[str, Sequence[str]]) -> dict[str, tuple[Part, int]]:
    return {"".join(words.split()): (Part(part), rank) for part, known in spellings.items() for rank, words in enumerate(known)}


_PERSON, _CONTACT = _ranked(spelt.PERSON_SPELLINGS), _ranked(spelt.CONTACT_SPELLINGS)
