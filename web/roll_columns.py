"""What the page of columns of a list for the roll shows, and what it sends back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from uuid import UUID

from exports.roll_files import as_read, faults
from registry.roll.uploads import Brought, Table
from registry.rules.roll_headings import OWN, Holds, Part, Said, said_of

SAMPLES, LONGEST_SAMPLE = 3, 40
HEADINGS = (
    "Admission number", "First name", "Surname", "Legal first name", "Legal surname", "Class", "Year group", "Date of leaving",
    *(f"Contact {number} {what}" for number in (1, 2) for what in ("ID", "name", "relationship", "email", "parental responsibility")),
)  # fmt: skip
"""Headings of an empty file that is understood without a question."""

_SLOT_NAMES = {"": "Parent or carer of this row", "mother": "Mother", "father": "Father"}
_SLOTS_OFFERED = ("", "1", "2", "3", "4")


@dataclass(frozen=True)
class ColumnView:
    """One column: its heading, what stands in it, what it is said to hold, and why that cannot be."""

    id: str
    heading: str
    samples: Sequence[str]
    code: str
    error: str


@dataclass(frozen=True)
class TableView:
    """One list with its columns."""

    id: str
    name: str
    rows: int
    holds: str
    error: str
    columns: Sequence[ColumnView]
    notes: Sequence[str]


@dataclass(frozen=True)
class ColumnsPage:
    """The lists that were brought, and what their columns may hold."""

    upload: UUID
    brought: Brought
    is_sent: bool = False

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What the rows of a list may be about."""
        return Holds.choices()

    @cached_property
    def offered(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What a column may hold: (of whom, (code, words))."""
        own = [(part.value, part.label) for part in Part if not part.is_of_contact]
        of_contact = [part for part in Part if part.is_of_contact]
        slots = dict.fromkeys((*_SLOTS_OFFERED, *self._slots_used))
        contacts = [(_slot_name(slot), [(Said(part, slot).code, part.label) for part in of_contact]) for slot in slots if slot != OWN]
        used_own = OWN in self._slots_used
        extra = [("Their own", [(Said(Part.CONTACT_EMAIL, OWN).code, "Their own email, where they turn out to be a parent")])] if used_own else []
        return [("The person", own), *contacts, *extra]

    @cached_property
    def tables(self) -> list[TableView]:
        """The lists, in the order in which they were brought."""
        return [self._table(place, table) for place, table in enumerate(self.brought.tables)]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is not settled yet, each with the field that settles it; nothing before the page was sent."""
        if not self.is_sent:
            return []
        of_columns = [(column.id, column.error) for table in self.tables for column in table.columns if column.error]
        of_tables = [(table.id, table.error) for table in self.tables if table.error]
        if all(table.holds == Holds.NOTHING for table in self.brought.tables):
            of_tables.append((self.tables[0].id, "Every list is left out. Say what the rows of at least one are about."))
        return [*of_tables, *of_columns]

    @property
    def rows(self) -> int:
        """How many rows there are in all lists."""
        return sum(table.rows for table in self.tables)

    @property
    def _slots_used(self) -> list[str]:
        codes = (said_of(code) for table in self.brought.tables for code in table.columns)
        return [said.slot for said in codes if said and said.part.is_of_contact]

    def _table(self, place: int, table: Table) -> TableView:
        wrong = faults(table) if self.is_sent else {}
        columns = [
            ColumnView(f"column-{place}-{number}", heading, _samples(table, number), code, wrong.get(code, "") if code else "")
            for number, (heading, code) in enumerate(zip(table.file.headings, table.columns, strict=True))
        ]
        return TableView(f"holds-{place}", table.name, len(table.file.rows), table.holds, wrong.get("holds", ""), columns, table.file.notes)


def as_sent(brought: Brought, form: Mapping[str, str]) -> Brought:
    """The lists as the form says they are to be read."""
    tables = []
    for place, table in enumerate(brought.tables):
        codes = [form.get(f"column-{place}-{number}", "") for number in range(len(table.columns))]
        tables.append(as_read(table, form.get(f"holds-{place}", table.holds), codes))
    return replace(brought, tables=tuple(tables))


def _slot_name(slot: str) -> str:
    return _SLOT_NAMES.get(slot) or f"Contact {slot}"


def _samples(table: Table, place: int) -> list[str]:
    cells = dict.fromkeys(row[place] for row in table.file.rows if row[place])
    return [cell if len(cell) <= LONGEST_SAMPLE else f"{cell[: LONGEST_SAMPLE - 1]}…" for cell in islice(cells, SAMPLES)]
