"""Lists of devices as they are brought: CSV, a workbook, or the ZIP file in which Intune packs its one CSV; cut down to rows of text."""

import io
import stat
import zipfile
import zlib
from collections.abc import Sequence

from exports import csv_file, workbook_file
from exports.csv_file import ROW_CAP
from exports.unreadable import Unreadable
from exports.workbook_safety import ZIP, is_workbook
from registry.importing.uploads import FileRows
from registry.rules.device_headings import many_known

MB = 1024 * 1024
BYTE_CAP = 50 * MB
PACKED_CAP = 10 * MB
MOST_TIMES = 250
"""How much larger a list may be than the ZIP file it lies in; real ones are 5 to 60 times as large."""
TOO_LARGE = f"The file is larger than {BYTE_CAP // MB} MB. Split it into smaller files."
_LISTS = (".csv", ".tsv", ".txt")
_OFFICE = ("[Content_Types].xml", "mimetype", "Index/", "xl/", "word/", "ppt/")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_DAMAGED = "This ZIP file is damaged. Export the list again, or unpack it and choose the CSV file inside."
_TOO_MUCH = "Too much would come out of this ZIP file, so it was not unpacked. Unpack it yourself and choose the CSV file inside."


def rows_of(content: bytes, name: str) -> tuple[str, FileRows]:
    """The rows in a file, and the name of the file they were in at last; raises Unreadable with a sentence."""
    if len(content) > BYTE_CAP:
        raise Unreadable(TOO_LARGE)
    if content.startswith(ZIP) and not _is_office(content):
        name, content = _unpacked(content)
        if is_workbook(content):
            raise Unreadable("The file in this ZIP file is packed again. Unpack it and choose the list inside.")
    return name, _workbook(content) if is_workbook(content) else _csv(content)


def _csv(content: bytes) -> FileRows:
    sheet = csv_file.read(content, byte_cap=BYTE_CAP, heed=_let_pass)
    problems = {each.line: each.sentence for each in sheet.problems}
    return FileRows(sheet.headings, sheet.rows, sheet.line_numbers, problems, sheet.notes, sheet.digest)


def _workbook(content: bytes) -> FileRows:
    """The sheet whose headings fit best."""
    best = workbook_file.best_of(workbook_file.sheets_of(content, many_known))
    return workbook_file.read(content, best.title, many_known, heed=_let_pass)


def _let_pass(_headings: Sequence[str]) -> None:
    """Columns of secrets are left out of a list of devices, and named; the list itself is taken."""


def _is_office(content: bytes) -> bool:
    """Whether a packed file is a document, of which the reader of workbooks says more."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.startswith(_OFFICE) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable(_DAMAGED) from None


def _unpacked(content: bytes) -> tuple[str, bytes]:
    """The name and the content of the one list in a ZIP file; nothing is ever written to a disk."""
    if len(content) > PACKED_CAP:
        raise Unreadable(f"The ZIP file is larger than {PACKED_CAP // MB} MB. Unpack it and choose the CSV file inside.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _one_list(archive.infolist())
            if part.file_size > BYTE_CAP or part.file_size > max(MB, len(content) * MOST_TIMES):
                raise Unreadable(_TOO_MUCH)
            with archive.open(part) as source:
                found = source.read(BYTE_CAP + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Unreadable(_DAMAGED) from None
    if len(found) > BYTE_CAP:
        raise Unreadable(_TOO_MUCH)
    return part.filename.rpartition("/")[2], found


def _one_list(parts: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The only file that is worth reading; raises Unreadable when it is not the only one, or not what it seems."""
    files = [part for part in parts if not part.is_dir() and not _is_litter(part.filename)]
    if len(files) != 1:
        raise Unreadable(f"This ZIP file holds {len(files)} files, and only one list can be read at a time. Unpack it and choose one of them.")
    part = files[0]
    if _leads_elsewhere(part):
        raise Unreadable("The file in this ZIP file has a name that leads out of it, so it was not read. Export the list again.")
    if part.flag_bits & 1:
        raise Unreadable("This ZIP file is locked with a password. Unpack it and choose the CSV file inside.")
    if not part.filename.casefold().endswith(_LISTS):
        raise Unreadable("The file in this ZIP file is not a CSV file. Unpack it and choose the list inside.")
    return part


def _is_litter(name: str) -> bool:
    """Whether an operating system left it there."""
    return name.startswith(_LITTER[0]) or name.endswith(_LITTER[1:])


def _leads_elsewhere(part: zipfile.ZipInfo) -> bool:
    """Whether a part would land outside its folder if somebody unpacked it, or only points to another file."""
    name = part.orig_filename.replace("\\", "/")
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    return is_link or name.startswith("/") or ".." in name.split("/") or ":" in name or "\x00" in name


__all__ = ["BYTE_CAP", "ROW_CAP", "rows_of"]
