"""People as somebody pastes them, one a line: Name, or Name <address>, or Name; for: Child; address; 1 High Street."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.names import fold

LONGEST_NAME, LONGEST_EMAIL, LONGEST_ADDRESS = 120, 254, 500

_PARTS = re.compile(r"[;\t]")
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{{2,}}")
_FOR = re.compile(r"(?:for|about|child|pupil)\s*:\s*", re.IGNORECASE)
_LABEL = re.compile(r"(?:e-?mail|address|post)\s*:\s*", re.IGNORECASE)
_HIDDEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class CannotBeRead(ValueError):
    """A line says nobody, or says it wrongly; the message is a sentence for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is told: who is written to, whose data it is where it is not theirs, and where a letter reaches them."""

    name: str
    about: str = ""
    email: str = ""
    address: str = ""

    @property
    def same_as(self) -> tuple[str, str, str]:
        """What two lines about one person have in common."""
        return fold(self.name), fold(self.about), self.email.casefold()


def read(text: str) -> Iterator[Line]:
    """Everybody in a text, line by line; raises CannotBeRead with the number of the line."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip(" \t;"):
            try:
                yield read_line(line)
            except CannotBeRead as problem:
                raise CannotBeRead(f"Line {number}: {problem}") from None


def read_line(line: str) -> Line:
    """Somebody, as a line says; raises CannotBeRead."""
    first, *rest = _PARTS.split(line)
    angles = _IN_ANGLES.search(first)
    email, about, address = (angles[1].strip() if angles else ""), "", []
    for part in filter(None, map(_clean, rest)):
        if child := _FOR.match(part):
            about = part[child.end() :]
        elif "@" in part and not email:
            email = _LABEL.sub("", part, count=1).strip("<> ")
        else:
            address.append(_LABEL.sub("", part, count=1))
    return checked(Line(_IN_ANGLES.sub(" ", first), about, email, "\n".join(address)))


def checked(line: Line) -> Line:
    """The same without what cannot be seen; raises CannotBeRead for no name, for too much, or for what is no e-mail address."""
    found = Line(_clean(line.name), _clean(line.about), _clean(line.email), "\n".join(filter(None, map(_clean, line.address.splitlines()))))
    if "@" in found.name:
        raise CannotBeRead("Write a name before the address, such as: Meera Patel <meera@example.org>.")
    if not found.name:
        raise CannotBeRead("Say who is written to.")
    if found.email and (len(found.email) > LONGEST_EMAIL or not _EMAIL.fullmatch(found.email)):
        raise CannotBeRead("That is no e-mail address. Look for a missing @, a space or a comma.")
    if max(len(found.name), len(found.about)) > LONGEST_NAME or len(found.address) > LONGEST_ADDRESS:
        raise CannotBeRead(f"Shorten it: a name has {LONGEST_NAME} letters at most, and an address {LONGEST_ADDRESS}.")
    return found


def _clean(text: str) -> str:
    return " ".join(_HIDDEN.sub(" ", text).split())
