"""CSV files as schools have them: read whatever a spreadsheet or another program wrote, write what Excel opens rightly."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from exports.csv_bytes import text_of
from exports.csv_cells import ZERO_WIDTH, guard, looks_damaged, trim, unguard
from exports.csv_headings import columns_of, has_title_above, refuse_secrets
from exports.csv_rows import Quoting, RawRow, rows_of
from exports.csv_separator import SEPARATOR_NAMES, announced_separator, separator_of
from exports.unreadable import Unreadable

__all__ = ["BYTE_CAP", "ROW_CAP", "RowProblem", "Sheet", "Unreadable", "looks_damaged", "read", "write"]

ROW_CAP = 50_000
BYTE_CAP = 10 * 1024 * 1024
_ROWS_IN_A_CHUNK = 500

_Tidy = Callable[[list[str]], tuple[str, ...]]
Heed = Callable[[Sequence[str]], None]
"""What looks at the headings before any row is kept, and raises Unreadable where nothing may be."""
_OPEN = 'A quotation mark (") opens a cell in this row and is never closed. Close it, or take it away.'


class RowProblem(NamedTuple):
    """Why one row cannot be taken as it stands, and the line of the file on which it starts."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """A file as rows of trimmed text, each as wide as the headings, with all that was noticed while reading it."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    line_numbers: Sequence[int]
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...]
    encoding: str
    delimiter: str
    digest: str


class _Row(NamedTuple):
    """A row that holds something, its cells tidied."""

    line: int
    cells: tuple[str, ...]
    quoting: Quoting


def read(raw: bytes, *, row_cap: int = ROW_CAP, byte_cap: int = BYTE_CAP, heed: Heed = refuse_secrets) -> Sheet:
    """Read a CSV file of any usual encoding and separator; raises Unreadable when no rows can be taken from it."""
    if len(raw) > byte_cap:
        raise Unreadable(f"The file is larger than {byte_cap / 1_048_576:,.3g} MB. Split it into smaller files.")
    text = text_of(raw)
    announced, words = announced_separator(text.words)
    delimiter = announced or separator_of(words)
    rows, blank = _filled_rows(rows_of(words, delimiter, 2 if announced else 1), _tidier(words), row_cap + 3)
    title_notes = _without_title(rows)
    headings, body = rows[0], rows[1:]
    columns = columns_of(headings.cells, (row.cells for row in body))
    heed(columns.headings)
    if not body:
        raise Unreadable("The file has headings but no rows below them. Choose a file with at least 1 row below its headings.")
    if len(body) > row_cap:
        raise Unreadable(f"The file has more than {row_cap:,} rows. Split it into smaller files.")
    return Sheet(
        headings=columns.headings,
        rows=[columns.fit(row.cells) for row in body],
        line_numbers=[row.line for row in body],
        problems=tuple(_problems(body, columns.width, delimiter)),
        notes=(*text.notes, *title_notes, *columns.notes, *_row_notes(body, columns.width, blank)),
        encoding=text.encoding,
        delimiter=delimiter,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _tidier(words: str) -> _Tidy:
    """The quickest way to tidy the cells of this text: most files have neither apostrophes nor invisible characters."""
    bare: Callable[[str], str] = trim if any(mark in words for mark in ZERO_WIDTH) else str.strip
    if "'" not in words:
        return lambda cells: tuple(map(bare, cells))
    return lambda cells: tuple([unguard(cell) if cell[:1] == "'" else cell for cell in map(bare, cells)])


def _filled_rows(raw_rows: Iterator[RawRow], tidy: _Tidy, most: int) -> tuple[list[_Row], int]:
    """Up to `most` rows that hold anything, tidied, and how many blank rows lie between and below them."""
    rows: list[_Row] = []
    keep, blank = rows.append, 0
    for line, raw_cells, quoting in raw_rows:
        cells = tidy(raw_cells)
        if any(cells):
            keep(_Row(line, cells, quoting))
            if len(rows) >= most:
                break
        else:
            blank += 1
    if not rows:
        raise Unreadable("The file holds only blank rows. Choose a file with a row of headings and at least 1 row below it.")
    return rows, blank


def _without_title(rows: list[_Row]) -> tuple[str, ...]:
    """Take a title above the headings away, and say so."""
    if len(rows) < 3 or not has_title_above(rows[0].cells, rows[1].cells):
        return ()
    title = rows.pop(0)
    return (f"Line {title.line}, “{next(filter(None, title.cells))}”, stands above the headings and was left out.",)


def _problems(body: Iterable[_Row], width: int, delimiter: str) -> Iterator[RowProblem]:
    """The rows that cannot be taken as they stand: an open quotation mark, or more cells than headings."""
    for row in body:
        if row.quoting is Quoting.OPEN:
            yield RowProblem(row.line, _OPEN)
        elif len(row.cells) > width and any(row.cells[width:]):
            more = len(row.cells) - width
            separator = SEPARATOR_NAMES.get(delimiter, f"“{delimiter}”")
            yield RowProblem(
                row.line,
                f"This row has {more} {'cell' if more == 1 else 'cells'} more than there are headings. "
                f"Put a cell that holds a {separator} in quotation marks.",
            )


def _row_notes(body: Sequence[_Row], width: int, blank: int) -> Iterator[str]:
    """What was noticed about rows that were read all the same, or left out."""
    if blank:
        yield f"{blank:,} blank {'row was' if blank == 1 else 'rows were'} left out."
    if short := [row.line for row in body if len(row.cells) < width]:
        yield f"{_rows_at(short)} fewer cells than there are headings. The missing cells are read as blank."
    if inner := [row.line for row in body if row.quoting is Quoting.INNER]:
        yield f"{_rows_at(inner)} a quotation mark inside a cell. It was read as part of the text."
    if runaway := [row.line for row in body if row.quoting is Quoting.RUNAWAY]:
        yield f"{_rows_at(runaway)} a cell that holds what look like other rows. Look for a quotation mark that is not closed."


def _rows_at(lines: Sequence[int]) -> str:
    """How many rows a note is about, and the first few of their lines."""
    if len(lines) == 1:
        return f"1 row (line {lines[0]}) has"
    named = ", ".join(map(str, lines[:3]))
    return f"{len(lines):,} rows (lines {named}{' and more' if len(lines) > 3 else ''}) have"


def write(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Stream a file that Excel opens rightly (UTF-8 with its mark, CRLF) and that runs no formula in any spreadsheet.

    Rows are drawn 500 at a time, and what is drawn is yielded before the next are. `read` gives back the same cells,
    apart from spaces at their ends, line ends inside them (LF) and rows with nothing in them.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(guard(headings))
    source = iter(rows)
    while chunk := list(islice(source, _ROWS_IN_A_CHUNK)):
        writer.writerows(map(guard, chunk))
        yield _emptied(buffer)
    if buffer.tell():
        yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    """What the buffer holds, as bytes; the buffer is empty afterwards."""
    written = buffer.getvalue().encode("utf-8", errors="replace")
    buffer.seek(0)
    buffer.truncate()
    return written
