"""The rows of one sheet as they stand in the file, read once through, without gathering what is empty."""

import io
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from exports.unreadable import Unreadable
from exports.workbook_cells import Cells
from exports.workbook_parts import Book, Part
from exports.workbook_safety import damaged
from exports.workbook_xml import Row, rows_in

_CHUNK = 256 * 1024
_NAME = rb"(?:\w+:)?"
_ROOT = re.compile(rb"<(" + _NAME + rb"worksheet)\b")
_EMPTY_CELL = re.compile(rb"<(" + _NAME + rb"c)\s(?=[^>]*\br=)[^>]*(?:/>|(?<!/)></\1>)")
_EMPTY_ROW = re.compile(rb"<(" + _NAME + rb"row)\s(?=[^>]*\br=)[^>]*(?:/>|(?<!/)>\s*</\1>)")
_END = re.compile(rb"</" + _NAME + rb"sheetData>|<" + _NAME + rb"sheetData\s*/>")
_MERGED = re.compile(rb"<" + _NAME + rb'mergeCell\s[^>]*ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_AFTER_THE_ROWS = 4 * 1024 * 1024
MOST_COLUMNS = 512

Area = tuple[int, int, int, int]
"""First column, first row, last column, last row; all from 1."""


class _Lean(io.RawIOBase):
    """A sheet on its way to the parser, without empty cells and rows: a million of them are dropped as fast as they are unpacked."""

    def __init__(self, source: Any) -> None:
        self._source, self._is_over = source, False
        self._tail: bytes = b""
        self._root: bytes = b"worksheet"
        self.after: bytes = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next piece, of whatever size; nothing at the end."""
        while not self._is_over:
            chunk: bytes = self._source.read(_CHUNK)
            seen = self._tail + chunk
            root = _ROOT.search(seen)
            self._root = root[1] if root else self._root
            if end := _END.search(seen):
                self._is_over = True
                self.after = seen[end.end() :] + self._source.read(_MOST_AFTER_THE_ROWS)
                return _without_empty(seen[: end.end()]) + b"</" + self._root + b">"
            if not chunk:
                self._is_over = True
                return seen
            cut = seen.rfind(b">") + 1
            self._tail = seen[cut:]
            if piece := _without_empty(seen[:cut]):
                return piece
        return b""


def _without_empty(piece: bytes) -> bytes:
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", piece))


class Rows:
    """The rows of a sheet that hold anything: (line, texts from the first column on). What lies around them is known once they are read."""

    def __init__(self, book: Book, part: Part) -> None:
        self._book, self._part = book, part
        self.cells = Cells(book)
        self.merged: list[Area] = []
        self.hidden = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Every row in turn; raises Unreadable when the sheet makes no sense."""
        with self._book.archive.open(self._part.path) as source:
            lean = _Lean(source)
            yield from self._following(rows_in(lean))
            self.merged = [range_boundaries(found.decode()) for found in _MERGED.findall(lean.after)]  # type: ignore[misc]

    def _following(self, rows: Iterator[Row]) -> Iterator[tuple[int, list[str]]]:
        """The rows in texts; what cannot be followed is a damaged file, whatever is wrong with it."""
        line = 0
        try:
            for row in rows:
                line = int(row.number) if row.number else line + 1
                said = [(column, text) for column, text in self._texts(line, row) if text]
                if said:
                    self.hidden += row.is_hidden
                    yield line, _in_places(said)
        except (ExpatError, ValueError, IndexError, OverflowError, KeyError, TypeError, zlib.error, BadZipFile, EOFError):
            raise damaged() from None

    def _texts(self, line: int, row: Row) -> Iterator[tuple[int, str]]:
        column = 0
        for cell in row.cells:
            column = _column_of(cell.reference) if cell.reference else column + 1
            yield column, self.cells.text(line, column, cell)


@lru_cache(maxsize=4096)
def _column_named(letters: str) -> int:
    return column_index_from_string(letters)


def _column_of(reference: str) -> int:
    return _column_named(reference.rstrip("0123456789"))


def _in_places(said: list[tuple[int, str]]) -> list[str]:
    widest = max(column for column, _text in said)
    if widest > MOST_COLUMNS:
        raise Unreadable(f"This sheet has something in column {get_column_letter(widest)}. Keep only the columns you want to import.")
    texts = [""] * widest
    for column, text in said:
        texts[column - 1] = text
    return texts
