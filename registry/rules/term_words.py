"""What the days of a calendar are likely to be, told from their words, as schools and councils write them. Whoever brings them has the last word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.vocabulary import TermDateKind

HALF_TERM_AT_MOST = timedelta(days=16)
TERM_AT_LEAST = timedelta(days=9)
TERM_AT_MOST = timedelta(days=130)

KNOWN_ALREADY = "Bank holidays are known already."
ONE_END = "One end of a term. The term itself is entered with both."

_BANK_HOLIDAY = re.compile(r"bank holiday|good friday|easter (?:sun|mon)day|christmas day|boxing day|new year.?s day|\bmay day\b|public holiday")
_INSET = re.compile(r"\binset\b|staff (?:only|training|development)|training day|non[- ]?pupil|pupil[- ]free|in[- ]service|\bteacher day|\bbaker day")
_CLOSED = re.compile(r"\bclosed?\b|\bclosure\b|\bshut\b|snow day|\bstrike\b|polling")
_HOLIDAY = re.compile(r"half[- ]?term|\bholidays?\b|\bvacation\b|\bbreak\b(?! up)|\brecess\b")
_TERM = re.compile(r"\bterms?\b|\bsemester\b")
_FIRST = re.compile(r"\b(?:start of|beginning of|first day(?: of)?|starts?|begins?|opens|returns? to school)\b")
_LAST = re.compile(r"\b(?:ends?|finish(?:es)?|end of|last day(?: of)?|closes|break(?:s|ing)? up)\b")
_AROUND = re.compile(r"^[\s:,;.–—-]+|[\s:,;.–—-]+$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of a calendar, with their words."""

    name: str
    begins_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Guess:
    """What some days are likely to be; None where nothing is likely, or nothing is to be entered, with the reason."""

    kind: TermDateKind | None
    why: str = ""


def guess(stretch: Stretch) -> Guess:
    """What some days are likely to be."""
    words, lasts = stretch.name.casefold(), stretch.ends_on - stretch.begins_on
    if _INSET.search(words):
        return Guess(TermDateKind.INSET)
    if _BANK_HOLIDAY.search(words):
        return Guess(None, KNOWN_ALREADY)
    if _is_end(words) and lasts < TERM_AT_LEAST:
        return Guess(None, ONE_END)
    if _HOLIDAY.search(words):
        return Guess(TermDateKind.TERM if _TERM.search(words) and lasts > HALF_TERM_AT_MOST else TermDateKind.HOLIDAY)
    if _CLOSED.search(words):
        return Guess(TermDateKind.CLOSURE)
    return Guess(TermDateKind.TERM if _TERM.search(words) and lasts >= TERM_AT_LEAST else None)


def terms_between(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The terms of which a calendar only names the first and the last day, each an entry of its own."""
    began: Stretch | None = None
    for each in sorted(stretches, key=lambda stretch: stretch.begins_on):
        words = each.name.casefold()
        if not _is_end(words) or each.ends_on - each.begins_on >= TERM_AT_LEAST:
            continue
        if _FIRST.search(words):
            began = each
        elif began is not None:
            if each.ends_on - began.begins_on <= TERM_AT_MOST:
                yield Stretch(_of_term(began.name), began.begins_on, each.ends_on)
            began = None


def _is_end(words: str) -> bool:
    """Whether words speak of the first or the last day of a term, and not of a holiday."""
    return bool((_FIRST.search(words) or _LAST.search(words)) and (_TERM.search(words) or "school" in words) and not _HOLIDAY.search(words))


def _of_term(name: str) -> str:
    """What a term is called whose beginning is called so: “Autumn term begins” is of the autumn term."""
    found = _AROUND.sub("", " ".join(re.sub(_FIRST.pattern, " ", name, flags=re.IGNORECASE).split()))
    return found[:1].upper() + found[1:]
