"""The names of files as people gave them, without what could mislead a reader or a computer."""

import re
import unicodedata

LONGEST = 150
NAMELESS = "File without a name"
_UNSAFE_TO_SAVE = re.compile(r'[<>:"/\\|?*%]')


def clean(name: str) -> str:
    """A name as it is kept and shown: without folders, control characters or marks that turn the direction of letters round."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in last)
    plain = " ".join("".join(letter for letter in visible if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")).split())
    return _shortened(plain) if plain.strip(". ") else NAMELESS


def safe_to_save(name: str) -> str:
    """The same as a name that every system can save under."""
    return _UNSAFE_TO_SAVE.sub("-", clean(name)).strip(". ") or NAMELESS


def in_ascii(name: str) -> str:
    """What is left of it in plain letters, for programs that know no others."""
    bare = unicodedata.normalize("NFKD", safe_to_save(name)).encode("ascii", "ignore").decode().strip()
    return bare if bare.partition(".")[0].strip() else f"file{bare}"


def _shortened(name: str) -> str:
    """A long name keeps its ending, by which systems choose what opens it."""
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        return name[:LONGEST]
    return stem[: LONGEST - len(ending) - 2] + "…" + dot + ending
