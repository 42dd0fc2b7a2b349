"""Which heading of a file answers which question of a register: a guess to be shown and confirmed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

Confidence = Literal["same", "like"]

# Of 100. Slips, plurals and turned words score 87 to 98; the closest two questions that differ, processor and sub-processor, score 85.7.
LIKE_FROM = 86.0
# A second question this close behind makes the guess a toss-up, and then nothing is guessed.
CLEAR_BY = 5.0
_SHORTEST_LIKE = 5

_NUMBERING = re.compile(r"^\s*\d{1,3}\s*[.)]\s+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True)
class Wanted:
    """A question that a column may answer: its name, and every spelling of its heading, the best first."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """The question guessed for one heading: "same" when only case or punctuation differ, "like" when it is a likeness."""

    name: str
    confidence: Confidence


def guess(headings: Sequence[str], wanted: Sequence[Wanted]) -> dict[int, str]:
    """The question for each heading's place (from 0) that could be guessed; each question at most once."""
    return {place: found.name for place, found in matches(headings, wanted).items()}


def matches(headings: Sequence[str], wanted: Sequence[Wanted]) -> dict[int, Match]:
    """As `guess`, with how sure each guess is. Better spellings win over later ones, and the same over the like."""
    folded = [_folded(heading) for heading in headings]
    found = _same(folded, wanted)
    found |= _like(folded, wanted, found)
    return dict(sorted(found.items()))


def _folded(heading: str) -> str:
    """A heading as lower-case words: "2. serialNumber:" and "Serial Number" become the same."""
    plain = unicodedata.normalize("NFKC", _NUMBERING.sub("", heading))
    return " ".join(_NOT_WORD.sub(" ", _HUMP.sub(" ", plain)).casefold().split())


def spelling(heading: str) -> str:
    """A heading as it is compared: "2. serialNumber:" and "Serial Number" are spelt the same."""
    return _joined(_folded(heading))


def _joined(folded: str) -> str:
    """Words without their gaps, so that "post code" is "postcode"."""
    return folded.replace(" ", "")


def _same(folded: Sequence[str], wanted: Sequence[Wanted]) -> dict[int, Match]:
    """Headings spelt as a question is: first by everyone's first spelling, then by the second, and so on."""
    places: dict[str, int] = {}
    for place, heading in enumerate(folded):
        places.setdefault(_joined(heading), place)
    found: dict[int, Match] = {}
    named: set[str] = set()
    for rank in range(max((len(question.labels) for question in wanted), default=0)):
        spellings = {q.name: _joined(_folded(q.labels[rank])) for q in wanted if rank < len(q.labels) and q.name not in named}
        shared = Counter(spellings.values())
        for name, spelling in spellings.items():
            place = places.get(spelling, -1)
            if spelling and place >= 0 and place not in found and shared[spelling] == 1:
                found[place] = Match(name, "same")
                named.add(name)
    return found


def _like(folded: Sequence[str], wanted: Sequence[Wanted], taken: dict[int, Match]) -> dict[int, Match]:
    """Headings that resemble exactly one question left over, the closest first."""
    named = {match.name for match in taken.values()}
    left = {q.name: tuple(map(_folded, q.labels)) for q in wanted if q.name not in named}
    offers: list[tuple[float, int, str]] = []
    for place, heading in enumerate(folded):
        if place in taken or len(_joined(heading)) < _SHORTEST_LIKE:
            continue
        scores = sorted(((_likeness(heading, labels), name) for name, labels in left.items()), reverse=True)
        if scores and scores[0][0] >= LIKE_FROM and (len(scores) == 1 or scores[0][0] - scores[1][0] >= CLEAR_BY):
            offers.append((scores[0][0], place, scores[0][1]))
    found: dict[int, Match] = {}
    for _, place, name in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if name not in named:
            found[place] = Match(name, "like")
            named.add(name)
    return found


def _likeness(heading: str, labels: Sequence[str]) -> float:
    """0 to 100: the closest spelling, with and without regard to the order of its words."""
    marks = _marks(heading)
    same_marks = (label for label in labels if _marks(label) == marks)
    return max((max(fuzz.ratio(_joined(heading), _joined(label)), fuzz.token_sort_ratio(heading, label)) for label in same_marks), default=0.0)


def _marks(folded: str) -> list[str]:
    """The numbers and single letters of a heading: Article 6 is not like Article 9, nor clause (a) like clause (b)."""
    return [word for word in folded.split() if len(word) == 1 or any(letter.isdigit() for letter in word)]
