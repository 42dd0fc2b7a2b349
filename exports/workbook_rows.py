"""The rows of one sheet as they stand in the file, read once through, without gathering what is empty."""

import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser

from exports.unreadable import Unreadable
from exports.workbook_cells import Cells
from exports.workbook_parts import Book, Part, plain_text
from exports.workbook_safety import damaged

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


class _Parser(WorkSheetParser):
    """The library's reader of cells, which also says which of them a formula made; what the formula comes to is never worked out."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """One cell with the value that was saved, and its formula."""
        inline = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
        if inline is not None:
            element.attrib["t"] = "n"  # or the library would build an object for every text, which takes ten times as long
        cell: dict[str, Any] = super().parse_cell(element)
        if inline is not None:
            cell["value"], cell["data_type"] = plain_text(inline), "s"
        formula = element.find(FORMULA_TAG)
        if formula is not None:
            cell["formula"] = formula.text or ""
        return cell


class Rows:
    """The rows of a sheet that hold anything: (line, texts from the first column on). What lies around them is known once they are read."""

    def __init__(self, book: Book, part: Part) -> None:
        self._book, self._part = book, part
        self.cells = Cells(book.looks)
        self.merged: list[Area] = []
        self.hidden = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Every row in turn; raises Unreadable when the sheet makes no sense."""
        with self._book.archive.open(self._part.path) as source:
            lean = _Lean(source)
            parser = _parser(self._book, lean)
            for line, texts in _following(self._texts(parser)):
                self.hidden += parser.row_dimensions.pop(str(line), {}).get("hidden") in ("1", "true")
                yield line, texts
            self.merged = [range_boundaries(found.decode()) for found in _MERGED.findall(lean.after)]  # type: ignore[misc]

    def _texts(self, parser: Any) -> Iterator[tuple[int, list[str]]]:
        text_of = self.cells.text
        for line, parsed in parser.parse():
            said = [(cell["column"], text) for cell in parsed if (text := text_of(cell))]
            if said:
                yield line, _in_places(said)


def _in_places(said: list[tuple[int, str]]) -> list[str]:
    widest = max(column for column, _text in said)
    if widest > MOST_COLUMNS:
        raise Unreadable(f"This sheet has something in column {get_column_letter(widest)}. Keep only the columns you want to bring in.")
    texts = [""] * widest
    for column, text in said:
        texts[column - 1] = text
    return texts


def _parser(book: Book, source: Any) -> Any:
    looks = book.looks
    formats = {"date_formats": looks._date_formats, "timedelta_formats": looks._timedelta_formats}
    return _Parser(source, book.shared_strings, data_only=True, epoch=looks.epoch, **formats)


def _following(parsed: Iterator[Any]) -> Iterator[Any]:
    """What the library makes of a sheet. A file made to confuse it can make it raise anything at all, and all of it means the same."""
    try:
        yield from parsed
    except Unreadable:
        raise
    except Exception:
        raise damaged() from None
