"""One spelling of a name, so that the same person is found however the name was typed."""

import re
import unicodedata

_LETTERS_WITHOUT_PARTS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'`´‘’‚‛′ʹʻʼʽˈˊˋ՚＇", ""))
_SEPARATORS = str.maketrans(dict.fromkeys("-‐‑‒–—―−﹣－._·・", " "))
_WORD = re.compile(r"[^\W_]{1,40}")


def fold(name: str) -> str:
    """Gives a name without capitals, accents, apostrophes or hyphens, first name first; folding again changes nothing."""
    plain = name.lower() if _is_plain(name) else _bare(name.translate(_APOSTROPHES)).translate(_APOSTROPHES).translate(_SEPARATORS)
    if "," not in plain:
        return " ".join(plain.split())
    surname, _, first_names = plain.partition(",")
    return " ".join(f"{first_names} {surname}".replace(",", " ").split())


PLACEHOLDERS = frozenset(
    {
        "TOBEFILLEDBYO.E.M.", "TOBEFILLEDBYO.E.M", "TOBEFILLEDBYOEM", "DEFAULTSTRING", "SYSTEMSERIALNUMBER", "CHASSISSERIALNUMBER", "SERIALNUMBER",
        "SERIAL", "NONE", "N/A", "NA", "N\\A", "NULL", "NIL", "UNKNOWN", "NOTKNOWN", "NOTAPPLICABLE", "NOTAVAILABLE", "NOTSPECIFIED", "NOTSET",
        "NOSERIAL", "EMPTY", "INVALID", "OEM", "O.E.M.", "TBC", "TBD", "123456789", "0123456789",
    }
)  # fmt: skip
"""What makers and programs put where no serial is known, without blanks and in capitals."""

FILLERS = frozenset("0X-._*?/")
QUOTES = "'\"‘’“”"


def tag_spelling(text: str) -> str:
    """An asset tag in capitals, without blanks and invisible signs."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not (sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc"))).upper()


def serial_spelling(text: str) -> str:
    """A serial number in capitals, without blanks, invisible signs and quotes around it; empty where only a placeholder stood."""
    plain = tag_spelling(text).strip(QUOTES)
    return "" if plain in PLACEHOLDERS or (len(set(plain)) <= 1 and set(plain) <= FILLERS) else plain


def words_of(text: str) -> list[str]:
    """The words of a text in the same plain spelling: letters and digits only, at most forty at a piece."""
    plain = text.translate(_APOSTROPHES)
    return _WORD.findall(plain.lower() if plain.isascii() else _bare(plain))


def _is_plain(name: str) -> bool:
    """Whether only capitals are there to take, as in most names and in all that were folded already."""
    return name.isascii() and name.replace(" ", "").replace(",", "").isalnum()


def _bare(name: str) -> str:
    """Takes accents, capitals and invisible characters off, until nothing is left to take."""
    if name.isascii() and name.isprintable():  # most names: only the capitals are there to take
        return name.lower()
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if _is_visible(letter))
    bare = bare.casefold().translate(_LETTERS_WITHOUT_PARTS)
    return bare if bare == name else _bare(bare)


def _is_visible(letter: str) -> bool:
    """Whether a character stands by itself: no accent over another, no control or joining character."""
    return letter.isspace() or not (unicodedata.combining(letter) or unicodedata.category(letter) in {"Cc", "Cf"})
