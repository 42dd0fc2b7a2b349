"""Workbooks as people and attackers make them, built when a test needs one."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from exports import workbook_file
from exports.unreadable import Unreadable
from registry.importing.uploads import FileRows

HEADINGS = ("Asset", "Owner", "Next review", "Format")
INLINE = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def fit(cells: Sequence[str]) -> int:
    """How many cells are headings that these tests know."""
    return len(set(HEADINGS).intersection(cells))


def read(raw: bytes, title: str = "Assets") -> FileRows:
    """The rows of one of its sheets."""
    return workbook_file.read(raw, title, fit)


def complaint(raw: bytes) -> str:
    """The sentence with which a workbook is refused."""
    with pytest.raises(Unreadable) as caught:
        workbook_file.sheets_of(raw, fit)
    return caught.value.sentence


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(*rows: Sequence[Any], title: str = "Assets", also: Mapping[str, Sequence[Sequence[Any]]] | None = None) -> bytes:
    """A workbook with these rows on its first sheet, and others after it."""
    book = Workbook()
    first: Any = book.active
    first.title = title
    for row in rows:
        first.append(list(row))
    for name, more in (also or {}).items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(list(row))
    return saved(book)


def with_shared_texts(*rows: Sequence[str]) -> bytes:
    """A workbook whose cells share their texts, as Excel writes them."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Assets")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def changed(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts rewritten."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return target.getvalue()


def with_rows(xml: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose sheet has exactly these rows, as XML."""
    whole = workbook(["Asset"])
    return changed(
        whole, part, lambda old: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + xml.encode() + b"</sheetData>", old, flags=re.DOTALL)
    )


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of anything."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
