"""Whether a file is a workbook that may be read at all: its kind by its content, and how much would come out of it."""

import io
import re
import zipfile
import zlib

from openpyxl import DEFUSEDXML, LXML

from exports.unreadable import Unreadable

if LXML or not DEFUSEDXML:
    raise ImportError("Workbooks are only read with defusedxml and without lxml: install the packages of requirements.txt, and import exports first.")

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
MB = 1024 * 1024
BYTE_CAP = 10 * MB

_SAVE_AS = "In your spreadsheet choose Save as, Excel workbook (.xlsx), and upload that file."
_LOCKED = "This workbook is locked with a password. Open it, take the password away (File, Info, Protect workbook), save it and upload it again."
_OLDER = f"This is an older Excel file (.xls), or another older Office document. {_SAVE_AS}"
_DAMAGED = f"This workbook is damaged, or only looks like one. Open it in your spreadsheet. {_SAVE_AS}"
_TOO_MUCH = "Too much would come out of this workbook. Copy the rows you want to import into a new workbook, and upload that."
DECLARES = f"This workbook holds declarations (DOCTYPE) that no spreadsheet writes, so it was not read. {_SAVE_AS}"
_OTHERS = (
    ("word/", "This is a Word document. Copy its table into a spreadsheet, save that and upload it."),
    ("ppt/", "This is a presentation. Copy its table into a spreadsheet, save that and upload it."),
    ("xl/workbook.bin", f"This is a binary workbook (.xlsb). {_SAVE_AS}"),
    ("Index/", "This is a Numbers document. In Numbers choose File, Export To, Excel."),
)
_OPEN_DOCUMENT = f"This is an OpenDocument file. {_SAVE_AS}"
_PACKED = "This file is packed (ZIP). Unpack it and choose the file inside."

_MOST_PARTS = 5_000
_MOST_UNPACKED = 200 * MB
_MOST_OF_A_KIND = (("xl/worksheets/", 150 * MB), ("xl/sharedStrings.xml", 48 * MB), ("xl/media/", _MOST_UNPACKED), ("", 6 * MB))
_MOST_TIMES = 250
"""How much larger a workbook may be than its file; a sheet of empty rows is about 30 times as large, a bomb a thousand times."""
_LONGEST_PIECE = 4 * MB
_CHUNK = 256 * 1024
_ENDS = re.compile(rb"</(?:\w+:)?(?:row|si)>|<(?:\w+:)?(?:row|si)\b[^>]*/>")
_END_OF_ROWS = re.compile(rb"</(?:\w+:)?sheetData>")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def is_workbook(raw: bytes) -> bool:
    """Whether a file is for this reader to take or to refuse: anything packed, and anything that an older Office wrote."""
    return raw.startswith((ZIP, OLE))


def demand_harmless(raw: bytes) -> None:
    """Raise Unreadable, with what to do instead, unless reading the workbook can do no harm."""
    if len(raw) > BYTE_CAP:
        raise Unreadable(f"The file is larger than {BYTE_CAP // MB} MB. Split it into smaller files.")
    if raw.startswith(OLE):
        raise Unreadable(_LOCKED if "EncryptedPackage".encode("utf-16-le") in raw else _OLDER)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _refuse_other_kinds(archive)
            _refuse_bombs(archive, len(raw))
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    _look_through(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Unreadable(_DAMAGED) from None


def damaged() -> Unreadable:
    """What is said about a workbook that cannot be followed."""
    return Unreadable(_DAMAGED)


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        return
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 and b"opendocument" in archive.read("mimetype"):
        raise Unreadable(_OPEN_DOCUMENT)
    for start, sentence in _OTHERS:
        if any(name.startswith(start) for name in names):
            raise Unreadable(sentence)
    if "[Content_Types].xml" not in names:
        raise Unreadable(_PACKED)


def _refuse_bombs(archive: zipfile.ZipFile, packed: int) -> None:
    """Nothing is unpacked yet: the sizes that the parts claim are also the most that will be taken out of them."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or unpacked > max(MB, packed * _MOST_TIMES):
        raise Unreadable(_TOO_MUCH)
    for part in parts:
        most = next(size for start, size in _MOST_OF_A_KIND if part.filename.startswith(start))
        if part.file_size > most:
            raise Unreadable(_TOO_MUCH)


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse declarations anywhere, and a row or a text without an end, which a reader would gather in memory."""
    tail, since_end = b"", 0
    has_pieces = part.filename.startswith(("xl/worksheets/sheet", "xl/sharedStrings"))
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            seen = tail + chunk
            if _DECLARATION.search(seen):
                raise Unreadable(DECLARES)
            has_pieces = has_pieces and not _END_OF_ROWS.search(seen)
            last = 0
            for end in _ENDS.finditer(seen) if has_pieces else ():
                last = end.end()
            since_end = len(seen) - last if last else since_end + len(chunk)
            if has_pieces and since_end > _LONGEST_PIECE:
                raise Unreadable(_TOO_MUCH)
            tail = seen[-16:]
