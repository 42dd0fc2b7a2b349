"""What a cell of a workbook says, as the text that a person would have typed; and why it cannot be trusted, where it cannot."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.datetime import from_excel, from_ISO8601

from exports.csv_cells import trim
from exports.workbook_parts import Book
from exports.workbook_xml import Cell

FIGURES_KEPT = 15
_ZEROS = re.compile(r"0{2,15}")
_ESCAPED = re.compile(r"_x(005F|00[01][0-9A-Fa-f])_")
_LINE_ENDS = {"000D": "", "000A": "\n", "0009": "\t", "005F": "_"}
_NOT_WORKED_OUT = (
    "“{}” is a formula, and the file does not hold what it comes to. Type the answer, or save the file in your spreadsheet and upload it again."
)
_ERROR = "“{}” is a spreadsheet’s error, not an answer. Type the answer, or mend the cell in the spreadsheet and upload the file again."
_NO_DAY = "“{}” is shown as a day and is none: days go from 1900 to 9999. Type the day."
_ROUNDED = "“{}” has more than 15 figures, and a spreadsheet keeps only the first 15 of a number. Type it in full."


@dataclass
class Cells:
    """Turns the cells of one sheet into text, and gathers what was odd about them."""

    book: Book
    doubts: dict[tuple[int, int], str] = field(default_factory=dict)
    """What keeps a cell from being taken as it stands, by line and column."""
    worked_out: Counter[int] = field(default_factory=Counter)
    """How many cells of a column hold what a formula came to when the file was saved."""
    yes_or_no: int = 0
    _formats: dict[int, str] = field(default_factory=dict)

    def text(self, line: int, column: int, cell: Cell) -> str:
        """What a cell says; empty for a blank one. Raises ValueError, IndexError or OverflowError for a cell that makes no sense."""
        if cell.formula is not None and not cell.saved and cell.kind != "str":
            return self._doubted((line, column), f"={cell.formula}", _NOT_WORKED_OUT)
        if cell.formula is not None:
            self.worked_out[column] += 1
        if cell.kind == "s":
            return trim(_unescaped(self.book.shared_strings[int(cell.saved)]))
        if cell.kind in ("inlineStr", "str"):
            return trim(_unescaped(cell.saved))
        if cell.kind == "b":
            self.yes_or_no += 1
            return "Yes" if int(cell.saved) else "No"
        if cell.kind == "e":
            return self._doubted((line, column), cell.saved, _ERROR)
        if cell.kind == "d":
            return _moment(from_ISO8601(cell.saved))  # type: ignore[no-untyped-call]
        return self._number((line, column), cell)

    def _doubted(self, at: tuple[int, int], text: str, sentence: str) -> str:
        self.doubts[at] = sentence.format(text[:60])
        return text

    def _number(self, at: tuple[int, int], cell: Cell) -> str:
        value = int(cell.saved) if cell.saved.isdigit() else float(cell.saved)
        looks = self.book.looks
        if cell.style in looks._date_formats:
            try:
                return _moment(from_excel(value, looks.epoch, timedelta=cell.style in looks._timedelta_formats))
            except (OverflowError, ValueError):
                return self._doubted(at, _figures(value), _NO_DAY)
        text = _figures(value)
        if abs(value) >= 10**FIGURES_KEPT:
            return self._doubted(at, text, _ROUNDED)
        shape = self._format(cell.style)
        if _ZEROS.fullmatch(shape) and text.isdigit():
            return text.zfill(len(shape))
        return f"{_figures(round(value * 100, 10))}%" if shape.endswith("%") else text

    def _format(self, style: int) -> str:
        if style not in self._formats:
            number = self.book.looks._cell_styles[style].numFmtId if style else 0
            own, place = self.book.looks._number_formats, number - BUILTIN_FORMATS_MAX_SIZE
            self._formats[style] = BUILTIN_FORMATS.get(number, "") if place < 0 else own[place] if place < len(own) else ""
        return self._formats[style]


def _figures(value: int | float) -> str:
    """A number without the noise of its binary form: 0.3, not 0.30000000000000004, and 250, not 250.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        value = int(value)
    return str(value) if isinstance(value, int) else format(value, f".{FIGURES_KEPT}g")


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, timedelta) else trim(str(value))


def _unescaped(text: str) -> str:
    """A text without the marks under which workbooks keep control characters."""
    if "_x0" in text:
        text = _ESCAPED.sub(lambda mark: _LINE_ENDS.get(mark[1].upper(), ""), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
