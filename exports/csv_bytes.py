"""From the bytes of a file to its text, whichever program wrote it."""

import codecs
import re
from dataclasses import dataclass

from exports.unreadable import Unreadable

# A spreadsheet's own limit is 1,048,576 rows, and one whose blank rows are formatted writes them all.
MOST_LINES = 1_100_000
SAVE_AS = "In Excel choose Save As, CSV UTF-8."

_STARTS = (
    (b"%PDF", "This is a PDF, which holds no rows. Save the list as CSV UTF-8 in the program it came from."),
    (b"\xd0\xcf\x11\xe0", f"This is an older Excel or Word file. {SAVE_AS}"),
    (b"\x89PNG", "This is a picture. Choose the list itself, saved as CSV UTF-8."),
    (b"\xff\xd8\xff", "This is a picture. Choose the list itself, saved as CSV UTF-8."),
    (b"GIF8", "This is a picture. Choose the list itself, saved as CSV UTF-8."),
    (b"\x1f\x8b", "This file is packed (gzip). Unpack it and choose the CSV file inside."),
    (b"7z\xbc\xaf\x27\x1c", "This file is packed (7-Zip). Unpack it and choose the CSV file inside."),
    (b"Rar!", "This file is packed (RAR). Unpack it and choose the CSV file inside."),
    (b"{\\rtf", "This is a text document. Save the list as CSV UTF-8 in the program it came from."),
    (b"SQLite format 3", "This is a database, not a list. Export the list as CSV UTF-8."),
)
_INSIDE_ZIP = (
    (b"xl/", f"This is an Excel workbook. {SAVE_AS}"),
    (b"word/", "This is a Word document. Copy its table into a spreadsheet and save that as CSV UTF-8."),
    (b"opendocument.spreadsheet", "This is an OpenDocument spreadsheet. Choose Save As, Text CSV, with the character set UTF-8."),
    (b".iwa", "This is a Numbers document. In Numbers choose File, Export To, CSV."),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\x0b\x0c\r\x1a")
_NOT_TEXT = "This file holds something other than text. Export the list again as CSV UTF-8."

# The letters and marks that English and Welsh text really uses; the wrong decoding shows few of them.
_USUAL = frozenset("áéíóúàèìòùâêîôûŵŷäëïöüçñåøšž‘’“”–—…£€½°")
_MANGLED_MARKS = ("Ã", "â€", "Â", "√", "‚Ä", "¬£", "\ufffd", "Õ", "Ž", "‰", "Š", "Ÿ")
_MANGLED = re.compile("Ã[\x80-\xbf€-™ƒŒœŠšŽžŸ]|â€[™œ\x9d˜“”¦]|Â[£°·½©®]|√[©®°´±ß]|‚Ä[ôúùìî]|¬£|\ufffd|[a-z][ÕŽ][a-z]|[A-Za-z][‰ŠŸ][a-z]")


@dataclass(frozen=True)
class Text:
    """The text of a file with LF line ends, how it was encoded, and what was noticed on the way."""

    words: str
    encoding: str
    notes: tuple[str, ...]


def text_of(raw: bytes) -> Text:
    """Decode a file; raises Unreadable for an empty file, a file of another kind, and anything that is not text."""
    _refuse_other_kinds(raw)
    words, encoding, notes = _decoded(raw)
    words = words.lstrip("\ufeff").rstrip("\x1a")
    if "\x00" in words:
        line = words.count("\n", 0, words.index("\x00")) + 1
        raise Unreadable(f"Line {line} holds a NUL character, which no text has. Export the list again as CSV UTF-8.")
    if words.count("\n") > MOST_LINES or words.count("\r") > MOST_LINES:
        raise Unreadable(f"The file has more than {MOST_LINES:,} lines. Take the blank rows out, or split it into smaller files.")
    if not words.strip():
        raise Unreadable("The file is empty. Choose a file with a row of headings and at least 1 row below it.")
    _refuse_other_text(words)
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return Text(words, encoding, (*notes, *_damage_notes(words)))


def _refuse_other_kinds(raw: bytes) -> None:
    """Name the files that people choose by mistake, by their first bytes."""
    for start, sentence in _STARTS:
        if raw.startswith(start):
            raise Unreadable(sentence)
    if raw.startswith(b"PK\x03\x04"):
        for part, sentence in _INSIDE_ZIP:
            if part in raw:
                raise Unreadable(sentence)
        raise Unreadable("This file is packed (ZIP). Unpack it and choose the CSV file inside.")


def _refuse_other_text(words: str) -> None:
    """Name the text files that are not rows of cells."""
    if _WEB_PAGE.match(words):
        raise Unreadable(f"This is a web page, even if its name ends in .xls. Open it in Excel. {SAVE_AS}")
    if _JSON.match(words):
        raise Unreadable("This is a JSON file. Export the list as CSV UTF-8 instead.")


def _decoded(raw: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text, the name of the encoding, and a note when the encoding had to be guessed."""
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, errors="replace"), name, ()
    if wide := _wide_codec(raw):
        return raw.decode(wide, errors="replace"), wide, ()
    sample = raw[:4096]
    if b"\x00" not in sample and len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50:
        raise Unreadable(_NOT_TEXT)
    try:
        return raw.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _guessed(raw)


def _wide_codec(raw: bytes) -> str | None:
    """Two-byte text without its mark shows as a NUL in every other byte."""
    sample = raw[:4096]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else None


def _guessed(raw: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Decode what is not quite UTF-8: a few broken letters, or an older Windows or Mac file."""
    lenient = raw.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if sum(1 for letter in lenient if letter > "\x7f") - broken > broken:
        return lenient, "utf-8", (f"{broken} {'letter' if broken == 1 else 'letters'} could not be read and shown as \ufffd.",)
    mac, note = raw.decode("mac-roman"), "The file is not UTF-8 and was read as {} text. Look at names with accents before you save."
    try:
        windows = raw.decode("cp1252")
    except UnicodeDecodeError:
        return mac, "mac-roman", (note.format("older Mac"),)
    if _usual_letters(mac) > _usual_letters(windows):
        return mac, "mac-roman", (note.format("older Mac"),)
    return windows, "cp1252", (note.format("Windows"),)


def _usual_letters(words: str) -> int:
    """How many letters beyond ASCII are ones that people here write."""
    return sum(1 for letter in words if letter in _USUAL)


def _damage_notes(words: str) -> tuple[str, ...]:
    """A warning when letters were already mangled in the program that made the file."""
    suspected = not words.isascii() and any(mark in words for mark in _MANGLED_MARKS)
    found = _MANGLED.search(words) if suspected else None
    if found is None:
        return ()
    line = words.count("\n", 0, found.start()) + 1
    example = f"such as “{found.group()}” on line {line}"
    return (f"Some letters were damaged before this file was made, {example}. Look at names with accents, or export the list again as CSV UTF-8.",)
