"""Who is named in a text after an @, as colleagues do it: by their whole name, or by a first name that only one of them has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from models.names import fold

AT = re.compile(r"(?<![\w.@])@(?=[^\W\d_])")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
OF_SOMEBODY = re.compile(r"['’]s$")
MOST_WORDS = 6


@dataclass(frozen=True)
class Named:
    """One place in a text where an @ stands before a name: whose it may be; nobody's, one person's, or several people's."""

    words: str
    people: tuple[UUID, ...]


def named_in(text: str, names: Mapping[UUID, str]) -> tuple[Named, ...]:
    """Every @ before a name, in the order of the text; what follows in small letters and is nobody's name is left out."""
    whole, first = _spellings(names)
    found = (_named(text[place.end() :], whole, first) for place in AT.finditer(text))
    return tuple(each for each in found if each.people or each.words[:1].isupper())


Spellings = dict[str, tuple[UUID, ...]]


def _spellings(names: Mapping[UUID, str]) -> tuple[Spellings, Spellings]:
    """The people of each whole name, and of each first name."""
    whole: Spellings = {}
    first: Spellings = {}
    for person, name in names.items():
        spelt = fold(name)
        if spelt:
            whole[spelt] = (*whole.get(spelt, ()), person)
            first[spelt.partition(" ")[0]] = (*first.get(spelt.partition(" ")[0], ()), person)
    return whole, first


def _named(text: str, whole: Spellings, first: Spellings) -> Named:
    """The longest name that a text begins with; its first word when that is nobody's."""
    pieces = list(_pieces(text))
    for known in (whole, first):
        for piece in reversed(pieces):
            for words in (piece, OF_SOMEBODY.sub("", piece)):
                if people := known.get(fold(words)):
                    return Named(words, people)
    return Named(pieces[0], ())


def _pieces(text: str) -> Iterator[str]:
    """The first word of a text, the first two, and so on, as long as only single spaces part them."""
    end = 0
    for _ in range(MOST_WORDS):
        word = WORD.match(text, end)
        if word is None:
            return
        yield text[: word.end()]
        if text[word.end() : word.end() + 1] != " ":
            return
        end = word.end() + 1
