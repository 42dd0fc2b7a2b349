"""The rows of lists for the roll as people with their parents: what was settled about the columns, applied to every cell."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from exports.csv_file import looks_damaged
from exports.roll_contacts import Contacts, Details
from exports.roll_rows import Columns, Rows
from models.names import fold
from models.vocabulary import PictureSubject
from registry.actor import Actor
from registry.importing.reading import Reading, Refused, readers, remembered
from registry.registers.images.pupils import PUPILS
from registry.roll.uploads import Brought, Table
from registry.rules.roll_carers import Contact
from registry.rules.roll_headings import OWN, Holds, Part
from registry.rules.roll_people import OnFile
from registry.rules.roll_words import has_left, is_eaten, is_parent, number_key, person_name, subject_of, whole_number

RECURRING = ("class_name", "year_group")
ASKED = ("name", "legal_name", "class_name", "year_group", "mis_number")
EATEN = "“{}” is what a spreadsheet made of a longer number, and the rest is lost. Export the list again with this column as text."
NO_NAME = "This row has a number and no name."
Gate = Callable[[str], str]


@dataclass(frozen=True)
class Lines:
    """Everybody in the files, their contacts by place among the people, and what was noticed."""

    people: Sequence[OnFile]
    contacts: Sequence[Contact]
    notes: Sequence[str]


@dataclass
class _Reader:
    """What is gathered while the lists are read, one after the other."""

    gates: Mapping[str, Gate]
    today: date
    several: bool
    roles: dict[str, tuple[PictureSubject | None, bool, str]] = field(default_factory=dict)
    related: frozenset[str] = frozenset()
    people: list[OnFile] = field(default_factory=list)
    places: dict[tuple[object, ...], int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def read(brought: Brought, by: Actor, today: date) -> Lines:
    """Everybody whom the lists name; nothing is compared with the roll yet."""
    gates = dict(readers(PUPILS, by, Reading(ASKED, {}, looks_damaged)))
    gates |= {name: remembered(gates[name]) for name in RECURRING}
    tables = [table for table in brought.tables if table.holds != Holds.NOTHING]
    reader = _Reader(gates, today, len(tables) > 1)
    for table in _of(tables, Holds.ROLES):
        reader.roles |= _roles(table)
    details = Details()
    listed = _of(tables, Holds.CONTACTS)
    reader.related = frozenset(details.take_from(listed))
    contacts = Contacts(details, reader.counts)
    for table in _of(tables, Holds.PUPILS, Holds.STAFF):
        _read_people(reader, table, contacts)
    for table in listed:
        _read_contacts(reader, table, contacts)
    return Lines(reader.people, contacts.found(), _notes(reader, tables))


def _of(tables: Sequence[Table], *kinds: Holds) -> list[Table]:
    return [table for table in tables if table.holds in kinds]


def _roles(table: Table) -> Iterator[tuple[str, tuple[PictureSubject | None, bool, str]]]:
    columns = Columns(table)
    for row in table.file.rows:
        if number := columns.text(row, Part.NUMBER):
            role = columns.text(row, Part.ROLE)
            yield number_key(number), (subject_of(role), is_parent(role), columns.text(row, Part.YEAR))


def _read_people(reader: _Reader, table: Table, contacts: Contacts) -> None:
    rows = Rows(table, reader.several)
    for row, where, trouble in rows:
        person = _person(reader, rows, row, where)
        if person is None:
            continue
        key = number_key(person.number)
        role, is_carer, year = reader.roles.get(key, (None, False, ""))
        if is_carer or (role is None and key and key in reader.related):
            contacts.details.add(person.number, person.name, rows.columns.text(row, Part.CONTACT_EMAIL, OWN))
        elif reader.roles and role is None:
            reader.counts["no_role"] += 1
        else:
            kind = role or person.kind
            year_group = person.year_group or year if kind is PictureSubject.PUPIL else ""
            changed = {"kind": kind, "year_group": year_group, "trouble": trouble or person.trouble}
            whole = person if not role and not year and not trouble else replace(person, **changed)  # type: ignore[arg-type]
            contacts.beside(_placed(reader, whole), rows, row, where)


def _person(reader: _Reader, rows: Rows, row: Sequence[str], where: str) -> OnFile | None:
    """Who one row is about; None for one that is about nobody."""
    columns, told = rows.columns, _Told(reader.gates)
    number = told.number(columns.text(row, Part.NUMBER))
    first, surname = columns.text(row, Part.FIRST), columns.text(row, Part.SURNAME)
    known = _joined(columns.text(row, Part.KNOWN_FIRST) or first, columns.text(row, Part.KNOWN_SURNAME) or surname)
    legal = columns.text(row, Part.LEGAL_NAME) or _joined(first, surname)
    name = told.line("name", known or person_name(columns.text(row, Part.NAME))) or told.line("name", person_name(legal))
    if not name and not number:
        reader.counts["nobody"] += 1
        return None
    left_on = rows.day(row)
    is_gone = has_left(columns.text(row, Part.STATUS))
    if is_gone is None and left_on is not None:
        is_gone = left_on <= reader.today
    legal_name = told.line("legal_name", person_name(legal)) if legal and legal != name else ""
    return OnFile(
        where, number, name,
        kind=_kind(rows.table, columns.text(row, Part.ROLE)),
        class_name=told.line("class_name", columns.text(row, Part.CLASS)),
        year_group=told.line("year_group", columns.text(row, Part.YEAR)),
        legal_name=legal_name if legal_name and fold(legal_name) != fold(name) else "",
        left_on=left_on if is_gone else None,
        has_left=is_gone,
        trouble=told.trouble or rows.trouble or ("" if name else NO_NAME),
    )  # fmt: skip


class _Told:
    """The cells of one row through the gate of the form; the first that is refused is why the row is."""

    def __init__(self, gates: Mapping[str, Gate]) -> None:
        self._gates, self.trouble = gates, ""

    def line(self, name: str, text: str) -> str:
        """An answer as the form would take it."""
        if not text:
            return ""
        try:
            return self._gates[name](text) or ""
        except Refused as problem:
            self.trouble = self.trouble or str(problem)
            return text[:60]

    def number(self, text: str) -> str:
        """A number, unless a spreadsheet has eaten it."""
        if is_eaten(text):
            self.trouble = EATEN.format(text[:60])
            return ""
        return self.line("mis_number", whole_number(text))


def _joined(first: str, surname: str) -> str:
    return f"{first} {surname}".strip()


def _kind(table: Table, role: str) -> PictureSubject:
    told = subject_of(role) if role else None
    return told or (PictureSubject.STAFF if table.holds == Holds.STAFF else PictureSubject.PUPIL)


def _placed(reader: _Reader, person: OnFile) -> int:
    """The place of a person; rows that say the same of one number, because each has another contact, are one person."""
    same = (person.key, person.name, person.class_name, person.year_group, person.legal_name, person.has_left, person.trouble)
    place = reader.places.setdefault(same, len(reader.people)) if person.number else len(reader.people)
    if place == len(reader.people):
        reader.people.append(person)
    return place


def _read_contacts(reader: _Reader, table: Table, contacts: Contacts) -> None:
    """Each row names a parent and a pupil, who may be on the roll and not in these files."""
    rows, known = Rows(table, reader.several), _places_of(reader.people)
    if not rows.columns.names_pupils:
        return  # it tells more about parents whom another list names
    for row, where, trouble in rows:
        person = _person(reader, rows, row, where) if not rows.columns.is_only_numbered else _mentioned(reader, rows, row, where)
        if person is None:
            continue
        found = known.get((number_key(person.number), "")) if person.number else known.get((fold(person.name), fold(person.class_name)))
        if found is None:
            found = _placed(reader, replace(person, is_mention=True, trouble=trouble or ("" if person.trouble == NO_NAME else person.trouble)))
        contacts.beside(found, rows, row, where)


def _mentioned(reader: _Reader, rows: Rows, row: Sequence[str], where: str) -> OnFile | None:
    told = _Told(reader.gates)
    number = told.number(rows.columns.text(row, Part.NUMBER))
    if not number and not told.trouble:
        reader.counts["nobody"] += 1
        return None
    return OnFile(where, number, "", trouble=told.trouble)


def _places_of(people: Sequence[OnFile]) -> dict[tuple[str, str], int]:
    """Where the pupils of the files stand, by number and by a name that only one has."""
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    places: dict[tuple[str, str], int] = {}
    for place, person in enumerate(people):
        if person.kind is PictureSubject.PUPIL and not person.is_mention:
            if person.number:
                places.setdefault((number_key(person.number), ""), place)
            by_name[fold(person.name), fold(person.class_name)].append(place)
    return places | {name: found[0] for name, found in by_name.items() if len(found) == 1 and name not in places}


def _notes(reader: _Reader, tables: Sequence[Table]) -> list[str]:
    """What was noticed, the lists' own notes first."""
    said = [f"{table.name}: {note}" if reader.several else note for table in tables for note in table.file.notes]
    return said + [sentence.format(f"{many:,}") for kind, sentence in COUNTED.items() if (many := reader.counts[kind])]


COUNTED = {
    "nobody": "Rows that name nobody: {}. They were left out.",
    "no_role": "People without a role in the list of roles: {}. They were left out.",
    "no_carer": "Contacts who are doctors, teachers or childminders: {}. They answer for no pupil and were left out.",
    "nameless": "Contacts without a name: {}. They were left out.",
    "no_email": "Addresses that are none: {}. They were left out.",
    "no_answer": "Cells about parental responsibility that say neither yes nor no: {}. They count as not known.",
}
