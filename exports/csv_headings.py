"""The row of headings: made unique, named where blank, and refused where it promises passwords."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exports.unreadable import Unreadable

MOST_HEADINGS = 256
_TOO_WIDE = f"The file has more than {MOST_HEADINGS} columns. Keep only the columns you want to import."

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_IN_BRACKETS = re.compile(r"[\[(][^\])]*[\])]")
_SECRET_WORDS = frozenset({"password", "passwords", "passwd", "pwd", "pw", "passphrase", "passwort", "cyfrinair"})
_SECRET_HEADINGS = frozenset({"pass", "passcode", "devicepasscode", "pincode", "activationlockbypasscode", "recoverykey", "bitlockerrecoverykey"})
# A heading with one of these asks about a password and does not hold one: "Password last set", "Is it password protected?".
_ABOUT_WORDS = frozenset(
    (
        "last",
        "set",
        "changed",
        "change",
        "changes",
        "expires",
        "expiry",
        "expired",
        "policy",
        "policies",
        "required",
        "protected",
        "protection",
        "length",
        "strength",
        "status",
        "reset",
        "resets",
        "manager",
        "age",
        "date",
        "days",
        "rules",
        "complexity",
        "has",
        "is",
        "are",
    )
)


@dataclass(frozen=True)
class Columns:
    """The columns worth reading: their headings, their places in a row, how wide the file's own row of headings is."""

    headings: tuple[str, ...]
    places: tuple[int, ...]
    width: int
    notes: tuple[str, ...]

    def fit(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells of a row in the order of the headings, with nothing where the row is too short."""
        if len(self.places) == self.width:
            return cells if len(cells) == self.width else (*cells[: self.width], *("",) * (self.width - len(cells)))
        return tuple(cells[place] if place < len(cells) else "" for place in self.places)


def columns_of(cells: Sequence[str], rows: Iterable[Sequence[str]]) -> Columns:
    """Name every column; raises Unreadable for too many. A column with neither heading nor content is left out."""
    if sum(map(bool, cells)) > MOST_HEADINGS:
        raise Unreadable(_TOO_WIDE)
    used = {place for place, cell in enumerate(cells) if cell}
    if len(used) < len(cells):
        for row in rows:
            used.update(place for place, cell in enumerate(row[: len(cells)]) if cell)
    if len(used) > MOST_HEADINGS:
        raise Unreadable(_TOO_WIDE)
    places = tuple(sorted(used))
    headings, notes = named_headings({place + 1: cells[place] for place in places})
    left_out = len(cells) - len(places)
    if left_out:
        notes = (*notes, f"{left_out} blank {'column was' if left_out == 1 else 'columns were'} left out.")
    return Columns(headings, places, len(cells), notes)


def has_title_above(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the first row is a title such as "Asset register 2026", alone above a row of several headings."""
    return len(first) >= 3 and sum(map(bool, first)) == 1 and sum(map(bool, second)) >= 3


def named_headings(cells: Mapping[int, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings by the number of their column, each made unique, and a note for every name that had to be made up."""
    headings: list[str] = []
    notes: list[str] = []
    tidy = {number: " ".join(cell.split()) for number, cell in cells.items()}
    taken = {cell.casefold() for cell in tidy.values()}
    seen: set[str] = set()
    for number, wanted in tidy.items():
        heading = wanted
        if not wanted or wanted.casefold() in seen:
            heading = _free(wanted, number, taken)
            notes.append(_renamed(wanted, heading, number))
        seen.add(heading.casefold())
        taken.add(heading.casefold())
        headings.append(heading)
    return tuple(headings), tuple(notes)


def _free(wanted: str, number: int, taken: set[str]) -> str:
    """The first of "Name (2)", "Name (3)" that no other column has; "Column 3" where there was no heading."""
    stem = wanted or f"Column {number}"
    if not wanted and stem.casefold() not in taken:
        return stem
    count = 2
    while f"{stem} ({count})".casefold() in taken:
        count += 1
    return f"{stem} ({count})"


def _renamed(wanted: str, heading: str, number: int) -> str:
    """The note about one name that was made up."""
    if wanted:
        return f"More than 1 column is headed “{wanted}”. Column {number} is called “{heading}” here."
    return f"Column {number} has no heading. It is called “{heading}” here."


def refuse_secrets(headings: Sequence[str]) -> None:
    """Turn a file down when a column would bring passwords or unlocking codes into a register."""
    for heading in headings:
        if _holds_secrets(heading):
            raise Unreadable(
                f"The column “{heading}” would bring passwords into the register, which never keeps them. "
                "Nothing was read. Take the column out of the file and choose it again."
            )


def _holds_secrets(heading: str) -> bool:
    """Whether a heading names a password itself, in whatever spelling and whatever is said about it in brackets."""
    words = [word.casefold() for word in _WORD.findall(_IN_BRACKETS.sub(" ", heading))]
    joined = "".join(words)
    if _ABOUT_WORDS.intersection(words):
        return False
    return bool(_SECRET_WORDS.intersection(words)) or joined in _SECRET_HEADINGS or joined.endswith("password") or "pass word" in " ".join(words)
