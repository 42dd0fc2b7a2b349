"""Searching everything: the records of every register that one may see, by reference, by words, and by sealed names exactly."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from models import doors
from models.search import SearchEntry, Wanted, as_asked, entries_found
from models.statements import Kept
from registry.access import Deed, may, school_of
from registry.actor import Actor
from registry.catalogue import REGISTERS
from registry.definition import Question, Register
from registry.kinds import title_of
from registry.records import NotFound, find
from registry.schema import questions_for
from registry.search.extracts import Part, extract, how_many
from registry.search.search_words import names_seen, names_wanted, texts_of, title_pattern, words_asked, words_wanted

SHOWN = 5
MOST_COUNTED = 500
SHORTEST = 2
REFERENCE = re.compile(r"(?:([a-z]{2})[\s-]*)?0*(\d{1,9})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Hit:
    """One record found: by which answer, with a few of its plain words."""

    id: UUID
    reference: str
    title: str
    archived: bool
    label: str = ""
    extract: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Group:
    """What was found in one register: how many records, the first of them, and whether a sealed name led to any."""

    register: Register
    count: int
    hits: tuple[Hit, ...]
    by_name: bool

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST_COUNTED


@dataclass(frozen=True)
class Found:
    """What a search found. `close` says that nothing has these words, and other records begin as they do."""

    groups: tuple[Group, ...] = ()
    close: bool = False
    straight: tuple[Register, UUID] | None = None

    @property
    def count(self) -> int:
        """How many records."""
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class Asked:
    """What somebody typed, as it is looked for."""

    text: str
    words: Sequence[str]
    prefix: str = ""
    number: int | None = None


Places = dict[UUID, tuple[bool, int]]
"""Records, each with whether it is archived, and how far down it stands among those that are not."""

BEST, IN_TITLE, IN_TEXT = range(3)


@dataclass(frozen=True)
class Ids:
    """The records of one register that fit: by what they were found, and where they stand."""

    by_number: Places
    by_name: Places
    by_words: Places

    @property
    def ordered(self) -> list[UUID]:
        """All of them, those that are not archived first."""
        every = {**self.by_words, **self.by_name, **self.by_number}
        return sorted(every, key=every.__getitem__)


def searchable(by: Actor) -> tuple[Register, ...]:
    """The registers in which this person's search looks."""
    return tuple(register for register in REGISTERS if may(by, Deed.SEE, register))


def is_too_short(text: str) -> bool:
    """Whether so little was typed that half of everything would fit."""
    return len(text) < SHORTEST and not text.isdigit()


def search(by: Actor, text: str, *, only: Register | None = None, shown: int = SHOWN) -> Found:
    """Everything in the actor's school that fits, by register in the order of the menu; with `only`, in that one."""
    asked = _asked(text)
    registers = [register for register in searchable(by) if only in (None, register)]
    with doors.looking_at(school_of(by)):
        found = [(register, _ids(register, by, asked)) for register in registers]
        groups = _groups(found, by, asked, shown)
        if groups or not any(len(word) > SHORTEST + 1 for word in asked.words):
            return Found(groups, straight=_straight(found, asked))
        nearly = Asked("", [word[: max(SHORTEST + 1, len(word) * 2 // 3)] for word in asked.words])
        return Found(_groups([(register, _ids(register, by, nearly)) for register in registers], by, nearly, shown), close=True)


def _asked(text: str) -> Asked:
    named = REFERENCE.fullmatch(text.strip())
    words = words_asked(text)
    return Asked(text, words) if named is None else Asked(text, words, (named[1] or "").upper(), int(named[2]))


def _ids(register: Register, by: Actor, asked: Asked) -> Ids:
    by_name = {record: (archived, BEST) for record, archived, _in_title in _fetched(register, by, names_wanted(register, by, asked.text))}
    return Ids(_numbered(register, by, asked), by_name, _worded(register, by, asked.words))


def _worded(register: Register, by: Actor, words: Sequence[str]) -> Places:
    """By words; where whole words find more than are counted, nobody asks for their beginnings, which cost more."""
    pattern = title_pattern(register, by, words)
    rows = _fetched(register, by, words_wanted(register, by, words, whole=True), pattern)
    if len(rows) <= MOST_COUNTED:
        rows += _fetched(register, by, words_wanted(register, by, words), pattern)
    places: Places = {}
    for record, archived, in_title in rows:
        places.setdefault(record, (archived, IN_TITLE if in_title else IN_TEXT))
    return places


_entries = Kept(
    lambda: entries_found(SearchEntry.record, SearchEntry.archived, SearchEntry.words**"", search="", most=1).where(SearchEntry.register == "")
)


def _fetched(register: Register, by: Actor, wanted: Wanted, pattern: str = "") -> list[tuple[UUID, bool, bool]]:
    if not wanted:
        return []
    rows = _entries(pattern, as_asked(wanted), MOST_COUNTED + 1, school_of(by).bytes, register.slug).fetchall()
    return [(UUID(bytes=bytes(record)), bool(archived), bool(in_title)) for record, archived, in_title in rows]


@cache
def _by_number(register: Register) -> Kept:
    table = register.table
    return Kept(lambda: table.select(table.id, table.archived_at).where(table.number == 0))


def _numbered(register: Register, by: Actor, asked: Asked) -> Places:
    if asked.number is None or asked.prefix not in ("", register.table.PREFIX):
        return {}
    rows = _by_number(register)(school_of(by).bytes, asked.number).fetchall()
    return {UUID(bytes=bytes(record)): (archived is not None, BEST) for record, archived in rows}


def _straight(found: Sequence[tuple[Register, Ids]], asked: Asked) -> tuple[Register, UUID] | None:
    """The one record that a reference names; a bare number names one only where nothing else fits."""
    named = [(register, record) for register, ids in found for record in ids.by_number]
    others = sum(len(ids.ordered) for _register, ids in found) - len(named)
    return named[0] if len(named) == 1 and (asked.prefix or not others) else None


def _groups(found: Iterable[tuple[Register, Ids]], by: Actor, asked: Asked, shown: int) -> tuple[Group, ...]:
    groups = []
    for register, ids in found:
        ordered = ids.ordered
        hits = tuple(_hits(register, by, asked, ordered[:shown]))
        if hits:
            groups.append(Group(register, len(ordered[shown:]) + len(hits), hits, bool(ids.by_name)))
    return tuple(groups)


def _hits(register: Register, by: Actor, asked: Asked, ids: Sequence[UUID]) -> Iterator[Hit]:
    """The records as they are now, in this order; one that is gone meanwhile is left out."""
    for record in ids:
        with suppress(NotFound):
            yield _hit(register, by, asked, find(register, record, by))


def _hit(register: Register, by: Actor, asked: Asked, row: Any) -> Hit:
    hit = Hit(row.id, row.reference, title_of(register, row), row.archived_at is not None)
    named = _named_in(register, by, asked, row)
    if named is not None:
        return Hit(hit.id, hit.reference, hit.title, hit.archived, named.label)
    read = [(question, _text(row, question)) for question in questions_for(register, by) if question in texts_of(register)]
    best = max(read, key=lambda each: how_many(each[1], asked.words), default=None)
    if best is None or best[0] is register.title or not how_many(best[1], asked.words):
        return hit
    return Hit(hit.id, hit.reference, hit.title, hit.archived, best[0].label, extract(best[1], asked.words))


def _named_in(register: Register, by: Actor, asked: Asked, row: Any) -> Question | None:
    """The question whose sealed answer is exactly what was typed."""
    for column in names_seen(register, by):
        token, stored = column.token(asked.text), row.__data__.get(column.name)
        if token is not None and stored is not None and bytes(stored) == token:
            return register.questions[column.of.name]
    return None


def _text(row: Any, question: Question) -> str:
    answer = getattr(row, question.name)
    return "; ".join(answer) if isinstance(answer, tuple) else answer or ""
