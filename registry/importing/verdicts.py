"""What would become of each row of a file: a new record, changes to one that is there, nothing, or a refusal with its reasons."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.fields import EncryptedText
from models.link import Link
from models.statements import stored_rows
from registry.access import Deed, may
from registry.actor import Actor
from registry.cells import REFERENCE, cell_of, reference_of
from registry.definition import Register
from registry.importing.matching import Named, Unclear, folded
from registry.importing.reading import Reading, Refused, readers
from registry.importing.uploads import FileRows
from registry.many.bulk import chunks
from registry.schema import questions_for

WHOLE_ROW = ""
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGES = "changes"
    SAME = "same"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Judged:
    """One row of a file with its verdict."""

    place: int
    line: int
    verdict: Verdict = Verdict.NEW
    record: UUID | None = None
    version: int = 0
    reference: str = ""
    answers: dict[str, Any] = field(default_factory=dict)  # all of a new record, those that differ of another
    before: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)  # sentences by question; under WHOLE_ROW what no cell can mend


@dataclass(frozen=True)
class Preview:
    """Every row of a file, judged by what is in the register now."""

    rows: Sequence[Judged]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows there are of each verdict."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def mark(self) -> str:
        """A digest of all verdicts, which tells whether what is saved is still what was shown."""
        digest = hashlib.sha256()
        for row in self.rows:
            digest.update(f"{row.place} {row.verdict.value} {row.record} {row.version} {row.answers}\n".encode())
        return digest.hexdigest()


def judge(register: Register, file: FileRows, reading: Reading, by: Actor) -> Preview:
    """Judge every row of a file, writing nothing; the records of one school are in view."""
    judge = Judge(register, file, reading, by)
    return Preview([row for places in chunks(range(len(file.rows))) for row in judge.batch(places)])


class Judge:
    """Judges rows in the order of the file, remembering which records and names were spoken of before."""

    def __init__(self, register: Register, file: FileRows, reading: Reading, by: Actor) -> None:
        self._register, self._file, self._reading = register, file, reading
        self._read = readers(register, by, replace(reading, damage=lambda _text: None) if file.is_typed else reading)
        self._named = Named(register)
        self._title = register.title.name
        self._needed = [question.name for question in register.columns if question.required]
        self._columns = [(place, name) for place, name in enumerate(reading.columns) if name in self._read]
        self._places = {name: place for place, name in enumerate(reading.columns) if name}
        self._spoken_of: dict[Any, int] = {}
        self._may_change = may(by, Deed.CHANGE, register)
        self._changeable = {question.name for question in questions_for(register, by, Deed.CHANGE)}

    def batch(self, places: Iterable[int]) -> list[Judged]:
        """Judge some rows; what they speak of is read from the database once for all of them."""
        rows = [self._identified(place) for place in places]
        there = There(self._register, [name for _place, name in self._columns], [row.record for row in rows if row.record])
        for row in rows:
            if row.verdict is Verdict.NEW and row.record is None:
                self._judge_new(row)
            elif row.verdict is Verdict.NEW:
                self._judge_beside(row, there)
        return rows

    def _cell(self, place: int, name: str) -> str:
        mended = self._reading.mended.get(place)
        if mended and name in mended:
            return mended[name]
        column = self._places.get(name)
        return "" if column is None else self._file.rows[place][column]

    def _identified(self, place: int) -> Judged:
        """The row with the record it speaks of, or with the reason why that cannot be said."""
        line = self._file.lines[place]
        row = Judged(place, line)
        if place in self._reading.left_out:
            row.verdict = Verdict.LEFT_OUT
        elif sentence := self._file.problems.get(line):
            self._refuse(row, WHOLE_ROW, sentence)
        else:
            self._find_record(row)
        return row

    def _find_record(self, row: Judged) -> None:
        reference, name = self._cell(row.place, REFERENCE), self._cell(row.place, self._title)
        try:
            row.record = self._named.by_reference(reference) if reference else self._named.by_name(name) if name else None
        except Unclear as problem:
            self._refuse(row, REFERENCE if reference else self._title, str(problem))
            return
        if row.record is None and not name:
            at = self._title if self._title in self._places else WHOLE_ROW
            self._refuse(row, at, "This row has no name. If it carries on the row above, put both into one row of the file.")
            return
        first = self._spoken_of.setdefault(row.record or folded(name), row.line)
        if first != row.line:
            what = "the same reference as" if reference else "the same name as"
            self._refuse(row, REFERENCE if reference else self._title, f"This row has {what} line {first}. Change it, or leave one of the two out.")

    def _judge_new(self, row: Judged) -> None:
        for _column, name in self._columns:
            if text := self._cell(row.place, name):
                self._take(row, name, text)
        for name in self._needed:
            if name not in row.answers and name not in row.problems:
                self._refuse(row, name if name in self._places else WHOLE_ROW, self._register.questions[name].says_missing)

    def _take(self, row: Judged, name: str, text: str) -> None:
        if doubt := self._doubt(row.place, name):
            self._refuse(row, name, doubt)
            return
        try:
            row.answers[name] = self._read[name](text)
        except Refused as problem:
            self._refuse(row, name, str(problem))

    def _doubt(self, place: int, name: str) -> str | None:
        """Why a cell cannot be trusted, unless somebody typed over it."""
        doubted = self._file.doubts.get(place)
        return doubted.get(self._places[name]) if doubted and name not in self._reading.mended.get(place, ()) else None

    def _judge_beside(self, row: Judged, there: "There") -> None:
        """What the row would change in the record that it speaks of: a blank cell leaves the answer as it is."""
        assert row.record is not None  # noqa: S101 - only rows that speak of a record come here
        row.version, number = there.version_and_number(row.record)
        row.reference = reference_of(self._register, number)
        by_name = not self._cell(row.place, REFERENCE)
        for _column, name in self._columns:
            text = self._cell(row.place, name)
            if text and not there.says(row.record, name, text) and not (by_name and name == self._title):
                self._take(row, name, text)
                self._compare(row, name, there)
        if row.verdict is not Verdict.REFUSED:
            row.verdict = Verdict.CHANGES if row.answers else Verdict.SAME
        if row.verdict is Verdict.CHANGES:
            self._demand_changeable(row)

    def _compare(self, row: Judged, name: str, there: "There") -> None:
        if name in row.answers and row.record is not None:
            before, after = there.answer(row.record, name), row.answers[name]
            if before == after or (name in there.linked and set(before) == set(after)):
                del row.answers[name]
            else:
                row.before[name] = before

    def _demand_changeable(self, row: Judged) -> None:
        if row.record in self._named.archived:
            self._refuse(row, WHOLE_ROW, f"{row.reference} is archived. Bring it back first, or leave this row out.")
        elif not self._may_change:
            self._refuse(row, WHOLE_ROW, f"{row.reference} is there already, and your role may not change it. Leave this row out.")
        for name in row.answers:
            if self._may_change and name not in self._changeable:
                self._refuse(row, name, "Your role may not change this answer. Leave this row out.")

    @staticmethod
    def _refuse(row: Judged, name: str, sentence: str) -> None:
        row.verdict = Verdict.REFUSED
        row.problems.setdefault(name, sentence)


class There:
    """Records that rows of a file speak of, as they are stored now, and as they would stand in a file."""

    def __init__(self, register: Register, names: Sequence[str], records: Sequence[UUID]) -> None:
        table: Any = register.table
        self._columns: dict[str, Any] = {question.name: question.column for question in register.columns if question.name in names}
        self.linked = frozenset(question.name for question in register.links if question.name in names)
        self._cells = {name: cell_of(column) for name, column in self._columns.items()}
        self._places = {name: place for place, name in enumerate(self._columns, start=3)}
        self._rows: dict[UUID, Sequence[Any]] = {}
        for chunk in chunks(records):
            query = table.select(table.id, table.version, table.number, *self._columns.values()).where(table.id.in_(chunk))
            self._rows |= {UUID(bytes=bytes(row[0])): row for row in stored_rows(query)}
        self._links = _links(self.linked, records) if self.linked else {}

    def version_and_number(self, record: UUID) -> tuple[int, int]:
        """How often the record was saved, and its number."""
        _id, version, number, *_answers = self._rows[record]
        return version, number

    def answer(self, record: UUID, name: str) -> Any:
        """An answer of the record."""
        if name in self.linked:
            return self._links.get(record, {}).get(name, ())
        column, stored = self._columns[name], self._rows[record][self._places[name]]
        if isinstance(column, EncryptedText):
            return None if stored is None else column.open(record, stored)
        return column.python_value(stored)

    def says(self, record: UUID, name: str, text: str) -> bool:
        """Whether a cell is what an export would write for the answer as it is."""
        if name in self.linked:
            return False
        row = self._rows[record]
        cell = self._cells[name](row[0], row[self._places[name]])
        return cell == text or _bare(cell) == text


def _links(slugs: Iterable[str], records: Sequence[UUID]) -> Mapping[UUID, dict[str, tuple[UUID, ...]]]:
    found: dict[UUID, dict[str, tuple[UUID, ...]]] = {}
    for chunk in chunks(records):
        query = Link.select(Link.near, Link.far_register, Link.far).where(Link.near.in_(chunk) & Link.far_register.in_(list(slugs)))
        for near, slug, far in query.order_by(Link.far).tuples():
            held = found.setdefault(near, {})
            held[slug] = (*held.get(slug, ()), far)
    return found


def _bare(text: str) -> str:
    """A cell as the reader of files leaves it: nothing at its ends that cannot be seen."""
    while (shorter := text.strip().strip(_UNSEEN)) != text:
        text = shorter
    return text
