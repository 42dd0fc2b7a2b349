"""Files for the roll, as schools' databases write them: every list in them read, recognised, and cut down to what is needed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from exports import csv_file, workbook_file
from exports.csv_file import ROW_CAP
from exports.csv_headings import refuse_secrets
from exports.unreadable import Unreadable
from exports.workbook_file import SheetSeen
from exports.workbook_safety import is_workbook
from registry.importing.uploads import FileRows
from registry.roll.uploads import Brought, Table
from registry.rules.roll_headings import Holds, Said, is_enough, many_known, recognise, said_of

MOST_FILES = 12
NO_FILE = "Choose a file."
NO_PEOPLE = "Nothing in this file names pupils, parents or staff. Choose the list of pupils that your MIS exports."


def take_in(files: Sequence[tuple[str, bytes]]) -> Brought:
    """The lists in some files (name, content), recognised, without what nobody needs; raises Unreadable, and then nothing of them is kept."""
    if not any(raw.strip() for _name, raw in files):
        raise Unreadable(NO_FILE)
    if len(files) > MOST_FILES:
        raise Unreadable(f"Choose {MOST_FILES} files or fewer.")
    different = {hashlib.sha256(raw).hexdigest(): (name, raw) for name, raw in files}
    read = [found for name, raw in different.values() for found in _named(name, raw, several=len(different) > 1)]
    if sum(len(rows.rows) for _name, rows in read) > ROW_CAP:
        raise Unreadable(f"The files have more than {ROW_CAP:,} rows. Split them.")
    tables = [_recognised(name, rows) for name, rows in read]
    if all(table.holds == Holds.NOTHING for table, _dropped in tables):
        raise Unreadable(NO_PEOPLE)
    dropped = dict.fromkeys(heading for _table, headings in tables for heading in headings)
    brought = Brought(tuple(table for table, _dropped in tables), tuple(dropped), hashlib.sha256("".join(sorted(different)).encode()).hexdigest())
    return settled(brought) if all(table.is_sure for table in brought.tables) else brought


def settled(brought: Brought) -> Brought:
    """The lists with nothing but the columns that say something; the others are forgotten."""
    left = [table.file.headings[place] for table in brought.tables for place, code in enumerate(table.columns) if not code]
    dropped = tuple(dict.fromkeys((*brought.dropped, *left)))
    return replace(brought, tables=tuple(table.without_the_rest() for table in brought.tables), dropped=dropped, is_settled=True)


def faults(table: Table) -> dict[str, str]:
    """What is not settled about a list: sentences by the code of a column that stands twice, or under "holds" for the list itself."""
    found: dict[str, str] = {}
    codes = [code for code in table.columns if code]
    for code in codes:
        if codes.count(code) > 1:
            found[code] = "Two columns say this. Choose one of them, and leave the other out."
    holds = Holds(table.holds)
    if not found and not is_enough(holds, [said_of(code) for code in table.columns]):
        found["holds"] = _LACKS[holds]
    return found


def as_read(table: Table, holds: str, codes: Sequence[str]) -> Table:
    """The list as somebody says it is to be read; what means nothing counts as left out."""
    columns = tuple(code if said_of(code) else "" for code in codes)
    return replace(table, holds=holds if holds in Holds._value2member_map_ else table.holds, columns=columns)


_LACKS: Mapping[Holds, str] = {
    Holds.PUPILS: "Say which column holds the pupil’s name, or the first name and the surname.",
    Holds.STAFF: "Say which column holds the name, or the first name and the surname.",
    Holds.CONTACTS: "Say which columns hold the parent’s name and the pupil’s number or name.",
    Holds.ROLES: "Say which columns hold the number and whether it is a pupil or staff.",
}


def _named(name: str, raw: bytes, *, several: bool) -> Iterator[tuple[str, FileRows]]:
    """The lists in one file, under the file's name where there are several."""
    try:
        yield from ((title or name, rows) for title, rows in _lists(raw))
    except Unreadable as problem:
        raise Unreadable(f"{name}: {problem.sentence}" if several and name else problem.sentence) from None


def _lists(raw: bytes) -> Iterator[tuple[str, FileRows]]:
    if not is_workbook(raw):
        sheet = csv_file.read(raw)
        problems = {each.line: each.sentence for each in sheet.problems}
        yield "", FileRows(sheet.headings, sheet.rows, sheet.line_numbers, problems, sheet.notes, sheet.digest)
        return
    seen = workbook_file.sheets_of(raw, many_known)
    for sheet_seen in seen:
        refuse_secrets(sheet_seen.headings)
    shown = [each for each in seen if not each.is_hidden] or seen
    read = [(each.title, rows) for each in shown if (rows := _sheet(raw, each, is_only=len(shown) == 1)) is not None]
    if not read:
        raise Unreadable("No sheet of this workbook has rows below its headings.")
    yield from ((title if len(read) > 1 else "", rows) for title, rows in read)


def _sheet(raw: bytes, seen: SheetSeen, *, is_only: bool) -> FileRows | None:
    """The rows of one sheet; None for one that has none beside others."""
    try:
        return workbook_file.read(raw, seen.title, many_known)
    except Unreadable:
        if is_only:
            raise
        return None


def _recognised(name: str, file: FileRows) -> tuple[Table, list[str]]:
    """A list without the columns that nobody needs, and the headings of those."""
    layout = recognise(file.headings, name)
    kept = [place for place in range(len(file.headings)) if place not in layout.unneeded]
    doubts = {row: {kept.index(place): said for place, said in cells.items() if place in kept} for row, cells in file.doubts.items()}
    lean = replace(
        file,
        headings=[file.headings[place] for place in kept],
        rows=[[row[place] for place in kept] for row in file.rows] if layout.holds is not Holds.NOTHING else [],
        doubts=doubts,
    )
    codes = tuple(_code(layout.columns[place]) for place in kept)
    return Table(name, lean, layout.holds.value, codes, layout.is_sure), [file.headings[place] for place in sorted(layout.unneeded)]


def _code(said: Said | None) -> str:
    return said.code if said else ""
