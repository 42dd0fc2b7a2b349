"""Lists of devices that device-management programs and asset registers export: recognised by their headings, and read row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from exports.csv_cells import FORMULA_STARTS
from exports.csv_file import RowProblem, looks_damaged
from exports.device_days import Column, day_of, moment_of, question_of
from exports.device_file import rows_of
from models.vocabulary import DeviceSource
from registry.importing.uploads import FileRows
from registry.rules.device_cells import cost_of, said, shown
from registry.rules.device_headings import Recognised, recognise
from registry.rules.device_row import DeviceRow
from registry.rules.device_rows import DAYS, IDENTITY, SEEN, has_identity, row_of
from registry.rules.device_zeros import shortened
from registry.rules.serials import is_mangled, normalised

Refused = RowProblem
"""A row that was not taken as a device, or something in it that was left out: its line, and a sentence that says why."""

LONGEST_SERIAL = 64
MOST_REMARKS = 200
NO_COLUMNS = "Say which column holds the serial number."
LOOK_FIRST = "This list comes from no program that is known here. Say which column says what before anything of it is saved."
_NUMBERS = ("asset_tag", "order_number", "mdm_id")
SHORT = "“{}” has fewer figures than others of its model, which have {}: a spreadsheet takes zeros away at the start of a number. {}"
AS_TEXT = "Export the list again, open it with this column set to Text, and save it as CSV."


@dataclass(frozen=True)
class DeviceList:
    """A list as it was understood: its devices, what was not taken and why, and what somebody has to say before it can be trusted."""

    name: str
    recognised_as: DeviceSource
    headings: tuple[str, ...]
    rows: tuple[DeviceRow, ...]
    refused: tuple[Refused, ...]
    duplicates: tuple[Refused, ...]
    """Rows whose serial number another row has as well, which was seen later and was taken."""
    twice: frozenset[str]
    """The serial numbers of those."""
    remarks: tuple[Refused, ...]
    """Cells that were left out of rows that were taken."""
    continuation_rows: int
    """Rows without a device of their own: what a program writes below a device that has several of something."""
    dropped_secrets: tuple[str, ...]
    unread: tuple[str, ...]
    suggested: Mapping[str, str]
    """By heading, the field it seems to say, to be offered where the list is not recognised."""
    questions: tuple[str, ...]
    notes: tuple[str, ...]
    digest: str


def read(content: bytes, name: str, *, day_first: bool | None = None, mapping: Mapping[str, str] | None = None) -> DeviceList:
    """Read a list of devices; raises Unreadable, with a sentence, when no rows can be taken from it.

    `day_first` answers the question in which order days are written, where the list does not show it. `mapping` says by heading which
    field of a row it is, "" for none; it is needed where the list comes from no program that is known.
    """
    return understood(*rows_of(content, name), day_first=day_first, mapping=mapping)


def taken_in(content: bytes, name: str) -> tuple[str, FileRows]:
    """The rows of a list, to be kept until questions about it are answered, without what is never read; raises Unreadable."""
    inner, file = rows_of(content, name)
    layout = recognise(file.headings)
    is_settled = layout.source is not DeviceSource.OTHER and "serial" in layout.columns
    never = {*layout.dropped_secrets, *(layout.unread if is_settled else ())}
    kept = [heading not in never for heading in file.headings]
    return inner, replace(file, rows=[[cell if is_kept else "" for cell, is_kept in zip(row, kept, strict=True)] for row in file.rows])


def understood(name: str, file: FileRows, *, day_first: bool | None = None, mapping: Mapping[str, str] | None = None) -> DeviceList:
    """The devices of rows that were taken in; `day_first` and `mapping` as for `read`."""
    layout = recognise(file.headings)
    if mapping is not None:
        layout = layout.with_mapping(file.headings, mapping)
    reader = _Reader(file, layout, day_first)
    found = list(reader.rows())
    rows, duplicates = _each_once(found)
    others = {row.line for row in found} - {row.line for row in rows}
    return DeviceList(
        name=name,
        recognised_as=layout.source,
        headings=tuple(file.headings),
        rows=rows,
        refused=tuple(reader.refused),
        duplicates=duplicates,
        twice=frozenset(row.serial for row in found if row.serial and row.line in others),
        remarks=tuple(reader.remarks),
        continuation_rows=reader.continued,
        dropped_secrets=layout.dropped_secrets,
        unread=layout.unread,
        suggested=layout.suggested,
        questions=tuple(_questions(layout, reader.questions, is_mapped=mapping is not None)),
        notes=(*file.notes, *([f"More than {MOST_REMARKS} cells were left out. The first {MOST_REMARKS} are named."] if reader.has_more else [])),
        digest=file.digest,
    )


def _questions(layout: Recognised, of_days: Sequence[str], *, is_mapped: bool) -> Iterator[str]:
    if "serial" not in layout.columns:
        yield NO_COLUMNS
    elif layout.source is DeviceSource.OTHER and not is_mapped:
        yield LOOK_FIRST
    yield from of_days


@dataclass
class _Reader:
    """What is gathered while the rows of one list are read."""

    file: FileRows
    layout: Recognised
    day_first: bool | None
    refused: list[Refused] = field(default_factory=list)
    remarks: list[Refused] = field(default_factory=list)
    continued: int = 0
    has_more: bool = False
    questions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Settles how the days are written before any row is read."""
        times = [(name, place) for name in (*DAYS, SEEN) for place in self.layout.columns.get(name, ())]
        self._texts = [(name, places) for name, places in self.layout.columns.items() if name not in (*DAYS, SEEN)]
        self._times = [(name, place, self._column(place)) for name, place in times]
        self._short = shortened((texts.get("model", ""), shown(texts.get("serial", ""))) for texts in map(self._said, self.file.rows))

    def _said(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by what they say, the most trusted that is filled."""
        return {name: next((row[place] for place in places if row[place]), "") for name, places in self._texts}

    def _column(self, place: int) -> Column:
        column = Column([row[place] for row in self.file.rows], self.day_first, since_1904=self.file.since_1904)
        self.questions.extend(question_of(self.file.headings[place], self.file.lines, column))
        return column

    def rows(self) -> Iterator[DeviceRow]:
        """The devices, in the order of the list; none while nothing says which column names them."""
        if self.layout.columns.keys().isdisjoint(IDENTITY):
            return
        for number, (row, line) in enumerate(zip(self.file.rows, self.file.lines, strict=True)):
            doubts = self.file.doubts.get(number, {})
            texts = self._said(row)
            if not has_identity(texts):
                self.continued += 1
            elif sentence := self.file.problems.get(line) or self._trouble(texts.get("serial", ""), doubts):
                self.refused.append(Refused(line, sentence))
            else:
                yield self._row(row, line, texts, doubts)

    def _trouble(self, serial: str, doubts: Mapping[int, str]) -> str | None:
        """Why a row cannot be taken: a serial number that is not the one on the device would make a second device of it."""
        doubted = next((doubts[place] for place in self.layout.columns.get("serial", ()) if place in doubts), None)
        if sentence := doubted or serial_trouble(serial):
            return sentence
        length = self._short.get(shown(serial))
        return SHORT.format(shown(serial), length, AS_TEXT) if length else None

    def _row(self, row: Sequence[str], line: int, texts: dict[str, str], doubts: Mapping[int, str]) -> DeviceRow:
        for name, places in self._texts:
            if said_wrong := next((doubts[place] for place in places if place in doubts), None) or _damage(name, texts[name]):
                self._remark(line, places[0], said_wrong)
                texts[name] = ""
        days, seen = self._when(row, line, doubts)
        return row_of(self.layout.source, texts, line=line, days=days, seen=seen)

    def _when(self, row: Sequence[str], line: int, doubts: Mapping[int, str]) -> tuple[dict[str, date], datetime | None]:
        """The days of a row, and when the device was seen last: the latest where several columns say it."""
        days: dict[str, date] = {}
        seen: datetime | None = None
        for name, place, column in self._times:
            cell = row[place]
            if not cell or column.is_open:
                continue
            try:
                if place in doubts:
                    raise ValueError(doubts[place])
                if name == SEEN:
                    found = moment_of(cell, column.order, self.layout.source)
                    seen = max(filter(None, (seen, found)), default=None)
                elif name not in days and (day := day_of(cell, column.order)):
                    days[name] = day
            except (ValueError, OverflowError) as problem:
                self._remark(line, place, str(problem))
        return days, seen

    def _remark(self, line: int, place: int, sentence: str) -> None:
        self.has_more = len(self.remarks) >= MOST_REMARKS
        if not self.has_more:
            self.remarks.append(Refused(line, f"“{self.file.headings[place]}” was left out. {sentence}"))


def serial_trouble(cell: str) -> str | None:
    """Why a cell is not the serial number that stands on the device, and how to get it; None when it may well be."""
    plain = shown(cell)
    if normalised(plain) is None:
        return None
    if sentence := looks_damaged(plain):
        return sentence
    if is_mangled(plain):
        return f"“{plain}” is what a spreadsheet made of the serial number, and figures of it may be lost. {AS_TEXT}"
    if plain[0] in FORMULA_STARTS:
        return f"“{plain[:60]}” is a formula or starts like one, not a serial number. {AS_TEXT}"
    if len(plain) > LONGEST_SERIAL or "\n" in plain:
        return f"“{' '.join(plain[:60].split())}” is too long for a serial number. Look whether a quotation mark is missing in this row."
    return None


def _damage(name: str, cell: str) -> str | None:
    """What is wrong with a cell that is left out of its row, in a sentence; None when it can be taken."""
    if name == "cost":
        try:
            cost_of(cell)
        except ValueError as problem:
            return str(problem)
    return looks_damaged(shown(cell)) if name in _NUMBERS and said(cell) else None


def _each_once(rows: Sequence[DeviceRow]) -> tuple[tuple[DeviceRow, ...], tuple[Refused, ...]]:
    """Every serial number once, as it was seen last: a device that was enrolled again stands twice in the lists of most programs."""
    best: dict[str, DeviceRow] = {}
    for row in rows:
        if row.serial and (row.serial not in best or _newness(row) > _newness(best[row.serial])):
            best[row.serial] = row
    kept = tuple(row for row in rows if row.serial is None or best[row.serial] is row)
    others = (row for row in rows if row.serial is not None and best[row.serial] is not row)
    return kept, tuple(Refused(row.line, _twice(row, best[row.serial or ""])) for row in others)


def _newness(row: DeviceRow) -> tuple[float, int]:
    return row.last_seen_at.timestamp() if row.last_seen_at else 0.0, row.enrolled_on.toordinal() if row.enrolled_on else 0


def _twice(row: DeviceRow, taken: DeviceRow) -> str:
    why = "which was seen later" if _newness(taken) > _newness(row) else "and nothing says which is newer"
    return f"Serial number {row.serial} stands on line {taken.line} as well, {why}. Line {taken.line} was taken."
