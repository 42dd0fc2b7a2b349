"""Excel workbooks written a row at a time: text stays text, days are days, choices are drop-downs, and memory stays flat."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from exports.finished_workbook import FinishedWorkbook
from exports.swift_sheet import SwiftSheet, letters

Kind = Literal["name", "line", "text", "day", "number", "choice"]

CHOICES = "Choices"
"""The hidden sheet from which the drop-downs take their words."""

DICTIONARY = "What each column means"
"""The sheet that explains the others."""

LONGEST_CELL = 32_767
DROP_DOWN_ROWS = 50_000
_LONGEST_TITLE = 31
_CUT = " … (the rest is longer than a cell can hold)"
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]|^'|'$")
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDTHS: dict[Kind, int] = {"name": 36, "line": 26, "text": 48, "day": 12, "number": 12, "choice": 28}
_FORMATS: dict[Kind, dict[str, Any]] = {
    "name": {"num_format": "@", "bold": True},
    "line": {"num_format": "@"},  # so that what is typed there, such as 0012, is kept as it is typed
    "text": {"quote_prefix": True},  # a long text in a column set to Text is shown by some programs as #####
    "day": {"num_format": "d mmm yyyy", "align": "left"},
    "number": {"num_format": "0"},
    "choice": {"num_format": "@"},
}
_EVERY_CELL = {"valign": "top", "text_wrap": True}
_HEADING = {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#E4EEF0", "bottom": 1, "num_format": "@"}
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, what its cells are, and what a reader should know about them."""

    heading: str
    kind: Kind = "line"
    note: str = ""
    choices: tuple[str, ...] = ()
    width: int = 0


@dataclass(frozen=True)
class Page:
    """One sheet. `above` are rows that stand over the headings; `frozen` is how many columns stay in view."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    frozen: int = 2
    above: Sequence[Sequence[str]] = ()


def written(title: str, at: datetime, pages: Iterable[Page]) -> FinishedWorkbook:
    """A workbook of these sheets, written to its last row and ready to be sent."""
    book = _Writing(title, at)
    try:
        for page in pages:
            book.add(page)
        return book.finished()
    except BaseException:
        book.forget()
        raise


class _Writing:
    """A workbook in the making."""

    def __init__(self, title: str, at: datetime) -> None:
        self._bare = io.BytesIO()
        self._book = Workbook(self._bare, {**_PLAIN, "in_memory": True})
        self._book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        self._heading = self._book.add_format(_HEADING)
        self._strong = self._book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        self._formats = {kind: self._book.add_format({**_EVERY_CELL, **look}) for kind, look in _FORMATS.items()}
        self._sheets: list[SwiftSheet] = []
        self._lists: dict[tuple[str, ...], str] = {}
        self._taken = {CHOICES.casefold()}

    def add(self, page: Page) -> None:
        """Write one sheet to its last row."""
        sheet = self._book.add_worksheet(self._title(page.title), SwiftSheet)
        self._sheets.append(sheet)
        top = len(page.above)
        for place, column in enumerate(page.columns):
            sheet.set_column(place, place, column.width or _WIDTHS[column.kind], self._formats[column.kind])
        for number, cells in enumerate(page.above):
            for place, text in enumerate(cells):
                if text:
                    sheet.write_string(number, place, _storable(text), self._strong)
        for place, column in enumerate(page.columns):
            self._head(sheet, top, place, column)
        last = self._fill(sheet, page, top + 1)
        sheet.freeze_panes(top + 1, page.frozen)
        if page.columns:
            sheet.autofilter(top, 0, max(last, top + 1), len(page.columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(top)

    def finished(self) -> FinishedWorkbook:
        """Write the words of the drop-downs, and everything but the rows."""
        if self._lists:
            sheet = self._book.add_worksheet(CHOICES)
            sheet.hide()
            lists = list(self._lists)
            for number in range(max(map(len, lists))):
                for place, words in enumerate(lists):
                    if number < len(words):
                        sheet.write_string(number, place, words[number])
        self._book.close()
        return FinishedWorkbook(self._bare.getvalue(), {sheet.mark.encode(): sheet.sealed_rows for sheet in self._sheets})

    def forget(self) -> None:
        """Let go of what was written so far."""
        for sheet in self._sheets:
            sheet.sealed_rows.close()

    def _title(self, wanted: str) -> str:
        title = _NOT_IN_A_TITLE.sub(" ", wanted)[:_LONGEST_TITLE].strip() or "Sheet"
        number = 2
        free = title
        while free.casefold() in self._taken:
            free = f"{title[: _LONGEST_TITLE - 4]} ({number})"
            number += 1
        self._taken.add(free.casefold())
        return free

    def _head(self, sheet: Worksheet, row: int, place: int, column: Column) -> None:
        sheet.write_string(row, place, _storable(column.heading), self._heading)
        if column.note:
            lines = len(column.note) // 38 + column.note.count("\n") + 2
            sheet.write_comment(row, place, column.note, {"x_scale": 2.2, "y_scale": max(1.0, lines * 0.24)})
        rule = self._rule(column)
        if rule:
            sheet.data_validation(row + 1, place, row + DROP_DOWN_ROWS, place, rule)

    def _rule(self, column: Column) -> dict[str, Any] | None:
        """What a spreadsheet lets people type into a column; an answer that breaks it is said to be wrong by the import as well."""
        if column.choices:
            said = {"error_title": "Not one of the choices", "error_message": "Choose from the list, or leave the cell blank."}
            return {"validate": "list", "source": self._list(column.choices), **said}
        if column.kind == "day":
            said = {"error_title": "Not a day", "error_message": "Enter a day, such as 1/9/2023."}
            return {"validate": "date", "criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2199, 12, 31), **said}
        if column.kind == "number":
            said = {"error_title": "Not a number", "error_message": "Enter a whole number, such as 250."}
            return {"validate": "integer", "criteria": ">=", "value": 0, **said}
        return None

    def _list(self, words: tuple[str, ...]) -> str:
        """Where the words of a drop-down stand; the same words stand there once."""
        if words not in self._lists:
            letter = letters(len(self._lists))
            self._lists[words] = f"={CHOICES}!${letter}$1:${letter}${len(words)}"
        return self._lists[words]

    def _fill(self, sheet: Worksheet, page: Page, row: int) -> int:
        """Write the rows; the number of the last of them."""
        writers = [(place, _writer(sheet, column.kind), self._formats[column.kind]) for place, column in enumerate(page.columns)]
        for cells in page.rows:
            for (place, write, look), text in zip(writers, cells, strict=True):
                if text:
                    write(row, place, text, look)
            row += 1
        return row - 1


def _writer(sheet: Worksheet, kind: Kind) -> Callable[..., Any]:
    """What writes a cell of one kind from its text."""
    if kind == "day":
        return lambda row, place, text, look: sheet.write_datetime(row, place, date.fromisoformat(text), look)
    if kind == "number":
        return lambda row, place, text, look: sheet.write_number(row, place, int(text), look)
    return lambda row, place, text, look: sheet.write_string(row, place, _storable(text), look)


def _storable(text: str) -> str:
    """A text as a cell can hold it."""
    if not text.isascii():
        text = _NOT_IN_XML.sub("\ufffd", text)
    if len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: (LONGEST_CELL - len(_CUT)) * 2].decode("utf-16-le", errors="ignore") + _CUT
