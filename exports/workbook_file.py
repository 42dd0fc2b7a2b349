"""Excel workbooks as schools have them: which sheets there are, and the rows of one of them, like those of any other file."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from exports.csv_file import ROW_CAP, Heed
from exports.csv_headings import MOST_HEADINGS, has_title_above, named_headings, refuse_secrets
from exports.unreadable import Unreadable
from exports.workbook import CHOICES, DICTIONARY
from exports.workbook_merges import fill_merged
from exports.workbook_parts import Book, Part
from exports.workbook_rows import Rows
from registry.importing.uploads import FileRows

Fit = Callable[[Sequence[str]], int]
"""How many cells of a row are spelt like headings that are known."""

LOOKED_AT = 60
"""Rows at the top of a sheet among which the headings are looked for."""
MOST_SHEETS = 60
_SHOWN = 4


@dataclass(frozen=True)
class SheetSeen:
    """A sheet as it is offered: its name, its headings as far as they are known, and how well they fit."""

    title: str
    is_hidden: bool
    headings: tuple[str, ...]
    fit: int


Row = tuple[int, list[str]]


def sheets_of(raw: bytes, fit: Fit) -> list[SheetSeen]:
    """The sheets that hold anything, hidden ones last; raises Unreadable. The sheets with which our own workbooks explain themselves are not."""
    book = Book(raw)
    seen = []
    for part in book.parts[:MOST_SHEETS]:
        top = list(islice(Rows(book, part), LOOKED_AT))
        if top and part.title != DICTIONARY and not (part.is_hidden and part.title == CHOICES):
            place = _heading_row(top, fit)
            headings = tuple(filter(None, top[place][1]))
            seen.append(SheetSeen(part.title, part.is_hidden, headings, fit(headings)))
    if not seen:
        raise Unreadable("The workbook holds nothing. Choose one with a row of headings and at least 1 row below it.")
    return sorted(seen, key=lambda sheet: sheet.is_hidden)


def best_of(sheets: Sequence[SheetSeen]) -> SheetSeen:
    """The sheet whose headings fit best; the first of equals, and a hidden one only if nothing else fits."""
    return max(sheets, key=lambda sheet: (sheet.fit > 0, not sheet.is_hidden, sheet.fit))


def read(raw: bytes, title: str, fit: Fit, *, row_cap: int = ROW_CAP, heed: Heed = refuse_secrets) -> FileRows:
    """The rows of one sheet; raises Unreadable when none can be taken from it."""
    book = Book(raw)
    rows = Rows(book, _part(book, title))
    found = list(islice(rows, row_cap + LOOKED_AT + 1))
    if not found:
        raise Unreadable("This sheet holds nothing. Choose another one.")
    place = _heading_row(found[:LOOKED_AT], fit)
    merged = fill_merged(found, rows.merged, found[place][0])
    above, (_line, heading), body = found[:place], found[place], found[place + 1 :]
    if not body:
        raise Unreadable("This sheet has headings but no rows below them. Choose one with at least 1 row below its headings.")
    if len(body) > row_cap:
        raise Unreadable(f"This sheet has more than {row_cap:,} rows. Split it into smaller files.")
    file = _as_file(Taken(book, rows, merged, above, heading, body), hashlib.sha256(raw).hexdigest())
    heed(file.headings)
    return file


@dataclass(frozen=True)
class Taken:
    """The rows of a sheet apart from its headings and from what stands above them."""

    book: Book
    rows: Rows
    merged: int
    above: Sequence[Row]
    heading: list[str]
    body: Sequence[Row]


def _as_file(taken: Taken, digest: str) -> FileRows:
    used = _used_columns(taken)
    headings, renamed = named_headings({column + 1: _at(taken.heading, column) or "" for column in used})
    places = {column: place for place, column in enumerate(used)}
    return FileRows(
        headings=headings,
        rows=[tuple(_at(texts, column) for column in used) for _line, texts in taken.body],
        lines=[line for line, _texts in taken.body],
        problems={},
        notes=[*_notes(taken, dict(zip(used, headings, strict=True))), *renamed],
        digest=digest,
        doubts=_doubts(taken, places),
        is_typed=True,
        since_1904=taken.book.since_1904,
    )


def _part(book: Book, title: str) -> Part:
    for part in book.parts:
        if part.title == title:
            return part
    raise Unreadable("There is no such sheet in this workbook. Choose one of those that are there.")


def _heading_row(top: Sequence[Row], fit: Fit) -> int:
    """The place of the row of headings: the one that fits best if any fits, else the first that is no title."""
    fits = [fit(texts) for _line, texts in top]
    best = max(fits)
    if best >= 2:
        return fits.index(best)
    return 1 if len(top) > 2 and has_title_above([*top[0][1], "", ""], top[1][1]) else 0


def _used_columns(taken: Taken) -> list[int]:
    used = {column for texts in (taken.heading, *(texts for _line, texts in taken.body)) for column, text in enumerate(texts) if text}
    if len(used) > MOST_HEADINGS:
        raise Unreadable(f"This sheet has more than {MOST_HEADINGS} columns. Keep only the columns you want to import.")
    return sorted(used)


def _at(texts: Sequence[str], column: int) -> str:
    return texts[column] if column < len(texts) else ""


def _doubts(taken: Taken, places: dict[int, int]) -> dict[int, dict[int, str]]:
    """The sentences about single cells, by row and column as the file has them here."""
    rows = {line: row for row, (line, _texts) in enumerate(taken.body)}
    found: dict[int, dict[int, str]] = {}
    for (line, column), sentence in taken.rows.cells.doubts.items():
        if line in rows and column - 1 in places:
            found.setdefault(rows[line], {})[places[column - 1]] = sentence
    return found


def _notes(taken: Taken, headings: dict[int, str]) -> Iterator[str]:
    """What was noticed about a sheet that was read all the same."""
    cells = taken.rows.cells
    for line, texts in taken.above:
        said = [text for text in texts if text]
        yield f"Row {line} stands above the headings and was left out: “{'”, “'.join(said[:_SHOWN])}”{' and more' if len(said) > _SHOWN else ''}."
    if worked_out := cells.worked_out.total():
        named = [f"“{headings[column - 1]}”" for column in sorted(cells.worked_out) if column - 1 in headings]
        yield (
            f"{worked_out:,} {'cell is' if worked_out == 1 else 'cells are'} worked out by formulas, in {', '.join(named[:_SHOWN])}. What the "
            "spreadsheet last showed was taken, and nothing was worked out here. Look at these columns before you save."
        )
    if cells.yes_or_no:
        yield f"{cells.yes_or_no:,} {'cell says' if cells.yes_or_no == 1 else 'cells say'} TRUE or FALSE, read as Yes and No."
    if taken.merged:
        yield f"{taken.merged:,} merged {'cell was' if taken.merged == 1 else 'cells were'} read as if each cell in it said the same."
    if taken.rows.hidden:
        yield f"{taken.rows.hidden:,} {'row is' if taken.rows.hidden == 1 else 'rows are'} hidden in the spreadsheet and read all the same."
    if taken.book.since_1904:
        yield "This workbook counts its days from 1904, as old Excel for Mac did. They were read so."
