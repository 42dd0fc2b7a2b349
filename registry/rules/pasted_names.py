"""Names as somebody pastes them: one a line or many, `Surname, First`, numbered, with a class in brackets. What was meant is not guessed:
every line has readings, and who knows the names of the school chooses the first of them that they all fit."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.names import fold

MOST = 500
"""As many names as one picture can have, and more than a whole year group."""
LONGEST = 100
"""Letters of the longest name that is looked for; more is no name."""

_LINES = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029;|•·●▪◦‣]+")
_SPACES = re.compile(r"\s{2,}")
_BETWEEN = re.compile(r"\s+and\s+|\s*[/&+]\s*", re.IGNORECASE)
_PIECES = re.compile("[,\t]")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,3}[.):]|[-–—*>#]+)\s+")
_GROUP = re.compile(r"\s*[(\[{]([^()\[\]{}]{1,40})[)\]}]\s*")
_GROUP_AT_END = re.compile(r"\s+((?:year|yr|class|form)\s+\w{1,9}|reception|nursery|\d{1,2}[a-z]{0,3}|[rn]\d)$", re.IGNORECASE)
_EDGES = ' "“”„«»_,.:*'
_MARKS = r"\s\"“”„«»_,.:;*=~+#<>()\[\]{}–—-"
_SAYS_NOTHING = re.compile(rf"[{_MARKS}]*")
_IS_NUMBER = re.compile(rf"[\d{_MARKS}]*")
_PARTED_CLASS = re.compile(r"[(\[{][^()\[\]{}]{0,40}?(?:[,\t/&+]|\sand\s)[^()\[\]{}]{0,40}[)\]}]", re.IGNORECASE)
_SEPARATORS, _STAND_INS = " ,\t/&+", "\ue000\ue001\ue002\ue003\ue004\ue005"
_HIDDEN, _SHOWN = str.maketrans(_SEPARATORS, _STAND_INS), str.maketrans(_STAND_INS, _SEPARATORS)  # a class may be called 3/4, or Oak & Ash


@dataclass(frozen=True, slots=True)
class Asked:
    """One name that is asked about: as it was written, in plain spelling, and the class or group beside it, if any.

    What cannot be a name, such as a number, has no plain spelling: nobody is known by it, and nobody is left out for it.
    """

    written: str
    folded: str
    group: str = ""


Reading = tuple[Asked, ...]


def readings(text: str) -> list[tuple[Reading, ...]]:
    """What each line may mean, the likeliest first; nothing for lines that say nothing."""
    lines = (line for line in _LINES.split(text) if not _SAYS_NOTHING.fullmatch(line))
    return [_each_once(tuple(_readings_of(line))) for line in lines]


def chosen(lines: Iterable[Sequence[Reading]], is_known: Callable[[Asked], bool]) -> list[Asked]:
    """The names in the lines of `readings`: of each the first reading in which everybody is known, else the one in which most are."""
    return [asked for line in lines for asked in (line[0] if len(line) == 1 else _best(line, is_known))]


def _each_once(line: tuple[Reading, ...]) -> tuple[Reading, ...]:
    return line if len(line) == 1 else tuple(dict.fromkeys(line))


def _best(line: Sequence[Reading], is_known: Callable[[Asked], bool]) -> Reading:
    def fits(reading: Reading) -> float:
        return sum(map(is_known, reading)) / len(reading)

    return max(line, key=fits)


def _readings_of(line: str) -> Iterator[Reading]:
    """Commas and columns part a surname from a first name, or one person from the next: both are readings."""
    line = _SPACES.sub(_one_space, line)  # or a line of nothing but spaces would be walked through from each of them
    whole = _PARTED_CLASS.sub(_in_one_piece, _NUMBERED.sub("", line))
    people = [person for person in _BETWEEN.split(whole) if _has_letters(person) or not _SAYS_NOTHING.fullmatch(person)]
    if len(people) > 1:
        yield tuple(asked for person in people for asked in next(_of_pieces(person)))
    else:
        yield from _of_pieces(people[0] if people else whole)


def _one_space(spaces: re.Match[str]) -> str:
    return "\t" if "\t" in spaces[0] else " "


def _in_one_piece(brackets: re.Match[str]) -> str:
    return brackets[0].translate(_HIDDEN)


def _of_pieces(person: str) -> Iterator[Reading]:
    pieces = [_tidy(piece) for piece in _PIECES.split(person) if _has_letters(piece) or not _IS_NUMBER.fullmatch(piece)] or [_tidy(person)]
    if len(pieces) == 2 and all(" " in piece for piece in pieces):  # Sam Patel, Ann Lee
        yield _reading(pieces)
    if len(pieces) == 2:  # Patel, Sam
        yield _reading([f"{pieces[0]}, {pieces[1]}"])
    if len(pieces) == 2 and "\t" in person:  # two columns, the first names first
        yield _reading([" ".join(pieces)])
    if len(pieces) > 2 and len(pieces) % 2 == 0 and all(" " not in piece for piece in pieces[::2]):  # Patel, Sam, Lee, Ann
        yield _reading([f"{surname}, {first}" for surname, first in zip(pieces[::2], pieces[1::2], strict=True)])
    yield _reading(pieces)


def _reading(names: Sequence[str]) -> Reading:
    return tuple(_asked(name) for name in names)


def _asked(written: str) -> Asked:
    """A name without the class beside it, which stands in brackets or, with a figure in it, at the end."""
    written = written if written.isascii() else written.translate(_SHOWN)
    if not _has_letters(written):
        return Asked(_tidy(written), "")
    group = ""
    if found := _GROUP.search(written) or _GROUP_AT_END.search(written):
        group = " ".join(found[1].split())
        rest = f"{written[: found.start()]} {written[found.end() :]}"
        if _has_letters(rest):
            return Asked(_tidy(written), _plain(_tidy(rest)), group)
        return Asked(_tidy(written), _plain(_tidy(group)))
    return Asked(_tidy(written), _plain(written))


def _plain(name: str) -> str:
    """The plain spelling; none for what is too long to be a name, which is not cut down to somebody's."""
    folded = fold(name) if len(name) <= 2 * LONGEST else ""  # accents may stand apart from their letters
    return folded if len(folded) <= LONGEST else ""


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
