"""A file that somebody brings, whatever it is called: its content says how it is read, and everything after that is the same for all."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from exports import csv_file, workbook_file
from exports.ico_reading import recast
from exports.spellings import fit_of
from exports.unreadable import Unreadable
from exports.workbook_file import SheetSeen
from exports.workbook_safety import is_workbook
from registry.actor import Actor
from registry.definition import Register
from registry.importing.uploads import FileRows

NO_FILE = "Choose a file, or paste the rows of your list."
_WORKBOOK_NAMES = frozenset({".xlsx", ".xlsm", ".xltx", ".xls"})
_CALLED_A_WORKBOOK = "The file is called {}, but holds plain text (CSV), and was read as that."
_CALLED_TEXT = "The file is called {}, but is an Excel workbook, and was read as that."


def take_in(raw: bytes, register: Register, by: Actor, name: str = "") -> FileRows | Sequence[SheetSeen]:
    """The rows of a file, or the sheets among which somebody must choose; raises Unreadable. The file's name is only remarked upon."""
    if not raw.strip():
        raise Unreadable(NO_FILE)
    kind = PurePath(name).suffix.lower()
    if not is_workbook(raw):
        return _noted(_from_csv(raw), _CALLED_A_WORKBOOK.format(kind) if kind in _WORKBOOK_NAMES else "")
    sheets = workbook_file.sheets_of(raw, fit_of(register, by))
    if sum(not sheet.is_hidden for sheet in sheets) > 1 or (all(sheet.is_hidden for sheet in sheets) and len(sheets) > 1):
        return sheets
    return _noted(rows_of(raw, sheets[0].title, register, by), _CALLED_TEXT.format(kind) if kind in (".csv", ".txt") else "")


def rows_of(raw: bytes, title: str, register: Register, by: Actor) -> FileRows:
    """The rows of one sheet of a workbook; raises Unreadable."""
    return recast(register, workbook_file.read(raw, title, fit_of(register, by)))


def _from_csv(raw: bytes) -> FileRows:
    sheet = csv_file.read(raw)
    problems = {each.line: each.sentence for each in sheet.problems}
    return FileRows(sheet.headings, sheet.rows, sheet.line_numbers, problems, sheet.notes, sheet.digest)


def _noted(file: FileRows, note: str) -> FileRows:
    return replace(file, notes=[note, *file.notes]) if note else file
