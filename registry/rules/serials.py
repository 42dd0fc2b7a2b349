"""Serial numbers as labels, scanners, programs and spreadsheets spell them, and the one spelling by which a device is known again."""

import re
from collections.abc import Container, Iterable

from models.names import serial_spelling

DAMAGED = re.compile(r"\d+[.,]\d+E[+-]?\d+|\d+E[+-]\d+|\d+E\d{1,3}|\d+[.,]0+|#.*", re.ASCII)
"""Powers of ten, decimals and error marks; a spreadsheet makes no power of more than three digits, so 7E84321 may be a serial."""


def normalised(text: str | None) -> str | None:
    """A serial in capitals, without blanks, invisible signs and quotes around it; nothing where only a placeholder stood."""
    return serial_spelling(text or "") or None


def is_mangled(text: str | None) -> bool:
    """Whether a spreadsheet has taken a serial for a number: 6.37E+15, 1E10, 4711.0."""
    return bool(DAMAGED.fullmatch(normalised(text) or ""))


def known_as(scanned: str | None, known: Container[str]) -> str | None:
    """The known serial that was scanned; the S that some labels put before it goes only where what is left is known."""
    serial = normalised(scanned)
    if serial is None or serial in known:
        return serial
    return serial[1:] if serial.startswith("S") and serial[1:] in known else None


def lost_zeros(text: str | None, known: Iterable[str]) -> str | None:
    """The known serial of which this is what a spreadsheet left when it took the zeros in front away."""
    serial = normalised(text)
    if serial is None or not serial.isdigit():
        return None
    return next((each for each in known if each != serial and each.isdigit() and each.startswith("0") and each.lstrip("0") == serial), None)
