"""What should not stand in a text that leaves the school: names, addresses and numbers that say who somebody is.

Nothing is forbidden by it, only pointed out: a false alarm costs a glance, and a miss costs a child's privacy. Every step is linear in the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.names import fold
from models.vocabulary import Words
from registry.rules.name_order import PARTICLES
from registry.rules.ordinary_words import ENDS_OF_PLACES, FORM_OF_ADDRESS, NAMES_AND_WORDS, NO_NAMES
from registry.rules.plain_dates import MONTHS

LONGEST = 80
"""Letters of a slip that are shown."""
LONGEST_WORD = 40
"""Letters of the longest word that may be a part of a known name."""
YOUNGEST = 2
"""Years since a date that may be somebody's birth; a later one is a day on which something happened."""
MOST_WORDS = 6
"""Words of the longest name that is looked for in one piece."""


class SlipKind(Words):
    """What slipped into a text."""

    EMAIL = "email", "An e-mail address"
    TELEPHONE = "telephone", "A telephone number"
    NUMBER = "number", "A number that may be somebody’s"
    BIRTHDAY = "birthday", "What may be a date of birth"
    POSTCODE = "postcode", "A postcode"
    KNOWN_NAME = "known_name", "The name of somebody whom the school knows"
    LIKELY_NAME = "likely_name", "What looks like a name"


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that should be looked at before the text leaves, as it stands there."""

    kind: SlipKind
    words: str


SURELY_PAST = 2023
"""The last year of birth that is looked for when nobody says what day it is."""

_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|Sept"
_NUMERIC = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4}"
_DAY_FIRST, _MONTH_FIRST = rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})", rf"(?:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?"
_FULL = rf"(?:{_NUMERIC}|(?:{_DAY_FIRST}|{_MONTH_FIRST})[.,]{{0,2}}\s\d{{4}})"
_PARTLY = rf"(?:{_DAY_FIRST}|(?:{_MONTH})\s\d{{1,4}}|(?:19|20)\d\d)"
_OF_BIRTH = r"(?:born|d\.?o\.?b\.?|date\sof\sbirth|birth\s?da(?:y|te))(?!\w)[^\w\n]{0,5}(?:(?:on|in|is|was|the)\s){0,3}"
_TELEPHONE = r"\+[1-9]\d?(?:[ \u00a0().-]{0,3}\d){7,13}|(?:\((?=\d{3,6}\)))?0(?:044[ \u00a0.-]{0,2}(?:\(0\))?)?[1-9](?:[ \u00a0().-]{0,2}\d){8,9}"
_NUMBER = r"[a-z]\d{11}[a-z\d]|[a-z]{2}(?:\s?\d\d){3}\s?[a-d]|\d{3}[ -]\d{3}[ -]\d{4}|\d{8,}+[a-z]?"
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]{0,2}\d[ABD-HJLNP-UW-Z]{2}"
_SMALL_POSTCODE = r"[a-z]{1,2}\d[a-z\d]?[ \u00a0]{0,2}(?!1st|2nd|3rd|\dth)\d[abd-hjlnp-uw-z]{2}"
_SAYS_WHO = re.compile(
    r"(?P<email>(?<![\w.+'’-])[\w.+'’-]++@[\w-]++(?:\.[\w-]++)+)"
    rf"|(?P<birthday>(?<!\w){_OF_BIRTH}(?:{_FULL}|{_PARTLY})(?!\w))"
    rf"|(?P<day>(?<![\w/.-]){_FULL}(?![\w/-]))"
    rf"|(?P<telephone>(?<![\w+])(?:{_TELEPHONE})(?![\w:]))"
    rf"|(?P<number>(?<!\w)(?<!\d[.,])(?:{_NUMBER})(?!\w))"
    rf"|(?P<postcode>(?<!\w)(?-i:{_POSTCODE}|{_SMALL_POSTCODE})(?!\w))",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w(?:[\w\u0300-\u036f]|['’‘-](?=\w)){0,60}")
_OF_SOMEBODY = re.compile(r"['’]s$", re.IGNORECASE)
_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz)(?=[A-Z])")
_JOINS = re.compile(r"['’‘-]")
_GAP = re.compile(r"[ \t\u00a0]{1,3}")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:;•\n–-])[\s\"“‘'(*-]*\Z")

Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word(_Place):
    """A word where it stands: as it was written without the s of a possessive, and in plain spelling."""

    written: str
    plain: tuple[str, ...]


Found = tuple[_Place, SlipKind]


def slips(text: str, known_names: Iterable[str] = (), *, not_people: Iterable[str] = (), today: date | None = None) -> tuple[Slip, ...]:
    """Everything in a text that may say who somebody is, in its order, each once.

    `not_people` are names that may stand there, such as the school's. A date counts as one of birth when the text says so, or when it
    was some years before today.
    """
    text = text.translate(_INVISIBLE)
    by_shape = list(_by_shape(text, today))
    rest = _without(text, [place for place, _ in by_shape])
    rest = _without(rest, list(_phrases_in(list(_words(rest)), _plain_spellings(not_people))))
    known = list(_known(rest, list(known_names)))
    likely = list(_likely(_without(rest, known)))
    named = [*((place, SlipKind.KNOWN_NAME) for place in known), *((place, SlipKind.LIKELY_NAME) for place in likely)]
    found = sorted([*by_shape, *named], key=lambda each: each[0].start)
    return tuple(dict.fromkeys(Slip(kind, " ".join(text[place.start : place.end].split())[:LONGEST]) for place, kind in found))


def _by_shape(text: str, today: date | None) -> Iterator[Found]:
    """What is known by its shape: addresses, numbers and days of birth."""
    for match in _SAYS_WHO.finditer(text):
        kind = str(match.lastgroup)
        if kind != "day":
            yield _Place(*match.span()), SlipKind(kind)
        elif _year(match[0], today) <= (today.year - YOUNGEST if today else SURELY_PAST):
            yield _Place(*match.span()), SlipKind.BIRTHDAY


def _year(day: str, today: date | None) -> int:
    """The year of a full day as it was written; of two figures, the last such year there was."""
    numbers = re.findall(r"\d+", day)
    year = int(max(numbers, key=len) if any(len(number) == 4 for number in numbers) else numbers[-1])
    if year > 99:
        return year
    return 2000 + year if year <= (today.year % 100 if today else 99) else 1900 + year


def _without(text: str, places: Iterable[_Place]) -> str:
    """The text, as long as before, with nothing but ends of lines in some places."""
    kept, end = [], 0
    for place in places:
        kept += [text[end : place.start], "\n" * (place.end - place.start)]
        end = place.end
    return "".join((*kept, text[end:]))


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        written = _OF_SOMEBODY.sub("", match[0])
        plain = fold(written) if len(written) <= LONGEST_WORD else ""
        yield _Word(match.start(), match.start() + len(written), written, tuple(plain.split()))


def _plain_spellings(names: Iterable[str]) -> Phrases:
    return frozenset(words for name in names if (words := tuple(fold(name).split())))


def _phrases_in(words: Sequence[_Word], phrases: Phrases) -> Iterator[_Place]:
    """Where these phrases stand, the longest that fits first, whatever is between their words."""
    pieces = [(plain, word) for word in words for plain in word.plain]
    lengths = sorted({len(phrase) for phrase in phrases if len(phrase) <= MOST_WORDS}, reverse=True)
    at = 0
    while at < len(pieces):
        fits = (pieces[at : at + length] for length in lengths)
        found = next((each for each in fits if tuple(plain for plain, _ in each) in phrases), None)
        if found:
            yield _Place(found[0][1].start, found[-1][1].end)
        at += len(found or "1")


def _known(text: str, names: Sequence[str]) -> Iterator[_Place]:
    """Where people of these names are: by a whole name in any order, or by a part of one with its capital."""
    whole = {words for words in _plain_spellings(names) if len(words) > 1}
    turned = {words[cut:] + words[:cut] for words in whole if len(words) <= MOST_WORDS for cut in range(len(words))}
    ends = {pair for words in whole for pair in ((words[0], words[-1]), (words[-1], words[0]))}
    parts = {part for words in _plain_spellings(names) for part in words if len(part) > 1} - NO_NAMES - PARTICLES - FORM_OF_ADDRESS
    wholes = list(_phrases_in(list(_words(text)), frozenset(turned | ends)))
    rest = _without(text, wholes)
    alone = [_Place(word.start, word.end) for word in _words(rest) if _is_part(word, parts, rest)]
    yield from sorted([*wholes, *alone], key=lambda place: place.start)


def _is_part(word: _Word, parts: set[str], text: str) -> bool:
    """Whether a word is one of these names, rather than an ordinary word that begins a sentence."""
    if not word.written[0].isupper() or parts.isdisjoint(word.plain):
        return False
    begins = _SENTENCE_BEGINS.search(text[max(0, word.start - 4) : word.start])
    return not (begins and NAMES_AND_WORDS.issuperset(word.plain))


def _likely(text: str) -> Iterator[_Place]:
    """Where two or more words in a row look like somebody's name, or one behind a form of address."""
    row: list[_Word] = []
    for word in _words(text):
        if row and not _goes_on(row[-1], word, text):
            yield from _person(row)
            row = []
        if ENDS_OF_PLACES.issuperset(word.plain) and word.written[0].isupper():
            row = []
        elif _looks_like_a_name(word, text) or (row and _belongs_to(row[-1], word)):
            row.append(word)
        else:
            yield from _person(row)
            row = []
    yield from _person(row)


def _person(row: Sequence[_Word]) -> Iterator[_Place]:
    names = [word for word in row if word.written not in PARTICLES]
    if len(names) > 1 and not all(len(word.written) == 1 for word in names):
        yield _Place(row[0].start, names[-1].end)


def _goes_on(before: _Word, word: _Word, text: str) -> bool:
    """Whether a word follows another directly, but for the dot behind an initial or a form of address."""
    between = text[before.end : word.start]
    if between.startswith(".") and (len(before.written) == 1 or FORM_OF_ADDRESS.issuperset(before.plain)):
        between = between[1:] or " "
    return _GAP.fullmatch(between) is not None


def _belongs_to(before: _Word, word: _Word) -> bool:
    """Whether a word that would be none by itself is a part of a name behind another."""
    return word.written in PARTICLES or (FORM_OF_ADDRESS.issuperset(before.plain) and word.written[0].isupper())


def _looks_like_a_name(word: _Word, text: str) -> bool:
    written = word.written
    if not written[0].isupper() or any(map(str.isdigit, written)) or _is_ordinary(word):
        return text[word.end : word.end + 1] == "." and written in ("A", "I")
    if len(written) == 1 or not written.isupper():
        return all(_is_written_as_names_are(piece) for piece in _JOINS.split(written))
    return len(written) > 2 and not frozenset("AEIOUY").isdisjoint(written)


def _is_ordinary(word: _Word) -> bool:
    """Whether a word is none that people are called by, nor more than one of it."""
    return all(plain in NO_NAMES or (len(plain) > 4 and plain.removesuffix("s") in NO_NAMES) for plain in word.plain)


def _is_written_as_names_are(piece: str) -> bool:
    """Whether capitals stand where names have them: McDonald, but not WhatsApp."""
    rest = _PREFIX.sub("", piece, count=1)[1:]
    return rest == rest.lower()
