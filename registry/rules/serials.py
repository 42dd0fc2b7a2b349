"""Serial numbers: one spelling for each, and those that a spreadsheet has spoilt."""

import re

_GAPS = re.compile(r"\s+")
_PLACEHOLDERS = frozenset(
    {
        *("", "0", "-", "NA", "N/A", "NONE", "NULL", "UNKNOWN", "NOTAVAILABLE", "NOTSPECIFIED", "DEFAULTSTRING", "SYSTEMSERIALNUMBER"),
        *("TOBEFILLEDBYO.E.M.", "TOBEFILLEDBYOEM", "INVALID", "SERIALNUMBER"),
    }
)
_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{1,3}", re.IGNORECASE)
_DECIMALS = re.compile(r"[0-9]+[.,]0+")
_ROUNDED = re.compile(r"[0-9]{15}0+")


def normalised(text: str) -> str | None:
    """A serial number in capitals and without gaps; None for an empty one, and for what makers leave in its place."""
    plain = _GAPS.sub("", text).upper()
    return None if plain in _PLACEHOLDERS else plain


def is_mangled(text: str) -> bool:
    """Whether a spreadsheet took it for a number, so that figures of it are lost."""
    plain = text.strip()
    return any(shape.fullmatch(plain) for shape in (_POWER, _DECIMALS, _ROUNDED))
