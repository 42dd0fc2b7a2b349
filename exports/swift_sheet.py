"""A sheet that writes its text cells itself: three times as quick as the library, and a text such as <r>…</r> never becomes markup.

Its rows wait sealed until the file is sent, where the library would lay them on the disk as they are.
"""

import secrets
from functools import cache
from html import escape
from typing import Any

from xlsxwriter.worksheet import Worksheet

from exports.sealed_text import SealedText


class SwiftSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """The sheet of a workbook that is written row by row; `mark` stands in its XML where `sealed_rows` belong."""

    def _initialize(self, init_data: Any) -> None:
        """Write row by row, as the library can, into a place of our own."""
        super()._initialize(init_data)
        self.constant_memory = True
        self.mark = secrets.token_hex(16)
        self.sealed_rows = SealedText()
        self.row_data_fh = self.fh = self.sealed_rows

    def _write_optimized_sheet_data(self) -> None:
        """Leave the rows where they are, and say where they belong."""
        self._xml_start_tag("sheetData")
        self.fh.write(self.mark)
        self._xml_end_tag("sheetData")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write one cell as XML; whatever is no text is left to the library."""
        if cell.__class__.__name__ != "String" or cell.format is None:
            super()._write_cell(row, col, cell)
            return
        text = cell.string
        if "_x" in text or not text.isprintable():
            text = self._escape_control_characters(text)
        keep = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
        look = cell.format._get_xf_index()
        self.fh.write(f'<c r="{letters(col)}{row + 1}" s="{look}" t="inlineStr"><is><t{keep}>{escape(text, quote=False)}</t></is></c>')


@cache
def letters(column: int) -> str:
    """The letters of a column, A for 0."""
    column, rest = divmod(column, 26)
    return (letters(column - 1) if column else "") + chr(ord("A") + rest)
