"""What is done to a single cell on its way in and on its way out."""

import re
from collections.abc import Sequence

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
TRIMMED = SPACES + ZERO_WIDTH

# Spreadsheets also act on the full-width and small forms when the keyboard is an East Asian one.
FORMULA_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_SUSPECT = frozenset(FORMULA_STARTS + TRIMMED + "'")
_LEAD = re.escape(TRIMMED + "'")
_STARTS = re.escape(FORMULA_STARTS + "\t\r\n")
_RISKY = re.compile(f"[{_LEAD}]*[{_STARTS}]")
_GUARDED = re.compile(f"'[{_LEAD}]*[{_STARTS}]")
_NEGATIVE_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?\Z")

_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?E[+-][0-9]{1,3}\Z", re.IGNORECASE)
_ROUNDED = re.compile(r"[0-9]{15}0+\Z")
_DECIMAL_TAIL = re.compile(r"[0-9]{4,}\.0+\Z")
_FORMULA_ERROR = re.compile(r"#(?:#+|REF!|NAME\?|VALUE!|N/A|DIV/0!|NUM!|NULL!)\Z", re.IGNORECASE)


def trim(cell: str) -> str:
    """Take away what cannot be seen at either end: spaces, line ends, no-break spaces and zero-width characters."""
    return cell.strip(TRIMMED)


def guard(cells: Sequence[str]) -> list[str]:
    """Put an apostrophe before every cell that a spreadsheet would run as a formula."""
    return [_guarded(cell) if cell[:1] in _SUSPECT else cell for cell in cells]


def _guarded(cell: str) -> str:
    """Guard one suspicious cell; a negative number such as -5 stays a number, a telephone number with + does not."""
    seen = cell.rstrip(TRIMMED)
    if not _RISKY.match(seen) or _NEGATIVE_NUMBER.match(trim(seen)):
        return cell
    return f"'{seen}"


def unguard(cell: str) -> str:
    """Take exactly one apostrophe away where `guard` would have put it, so that our own export reads back unchanged."""
    return trim(cell[1:]) if _GUARDED.match(cell) else cell


def looks_damaged(text: str) -> str | None:
    """Say what a spreadsheet has done to an identifier such as a serial number, or nothing when it looks whole."""
    cell = trim(text)
    if _SCIENTIFIC.match(cell):
        return f"“{cell}” is what a spreadsheet made of a longer number, and the rest is lost. {_AS_TEXT}"
    if _ROUNDED.match(cell):
        return f"“{cell}” has been rounded: a spreadsheet keeps only the first 15 figures. {_AS_TEXT}"
    if _DECIMAL_TAIL.match(cell):
        return f"“{cell}” was turned into a decimal number, so zeros at its start may be lost too. {_AS_TEXT}"
    if _FORMULA_ERROR.match(cell):
        return f"“{cell}” is a spreadsheet's error, not an answer. Mend the cell in the spreadsheet and save it again."
    return None


_AS_TEXT = "Export the list again, open it with this column set to Text, and save it as CSV."
