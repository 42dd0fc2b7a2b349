"""What each record is found by when everything is searched: its plain words, once for each circle of readers, and the tokens of its sealed names."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from peewee import CharField, TextField

from models import doors
from models.fields import BlindIndex, LinesField
from models.names import words_of
from models.roles import Role
from models.search import SearchEntry, Wanted
from models.statements import Kept, rows_of
from registry.actor import Actor
from registry.catalogue import by_table
from registry.definition import Question, Register
from registry.schema import ANYBODY, names_for

EDITION = "1"
"""To be raised when the words of a record are put together in another way; every entry is then made again at the next start."""

MOST_WORDS = 5_000
"""Different words of one record that are kept; PostgreSQL takes no more than a megabyte."""

MOST_ASKED = 12
AT_ONCE = 500
MARK_BYTES = 7
TITLE, OTHER, NAME = "t", "w", "n"

Circle = frozenset[str]
"""The names of the questions answered in plain words that some roles may see: who sees the same belongs to the same circle."""

SEALED: Circle = frozenset()
"""Under which the tokens of sealed names stand: which of them somebody may look for is settled when they do."""


def bring_up_to_date(school: UUID, touched: Mapping[str, Iterable[bytes]]) -> None:
    """Make the entries of these records of a school anew, by table, from what is stored now; those of records that are gone only go.

    In a transaction in which `models.search.take_mark` was called, so that no two make the same ones.
    """
    for name, keys in touched.items():
        register = by_table(name)
        if register is not None:
            with doors.looking_at(school):
                _make_anew(register, school, [*keys])


def columns_of(register: Register) -> tuple[Any, ...]:
    """The columns from which entries are made."""
    table = register.table
    return (table.id, table.archived_at, *(question.column for question in texts_of(register)), *names_of(register))


def entry_of(register: Register, school: UUID, stored: Sequence[Any]) -> tuple[Any, ...]:
    """The entry of one record, given as `columns_of` are stored."""
    key, archived, *rest = stored
    texts = texts_of(register)
    sealed = _mark(register, SEALED, school) + NAME
    words = [sealed + bytes(token).hex() for token in rest[len(texts) :] if token]
    read = [(question, text) for question, text in zip(texts, rest, strict=False) if text]
    for circle in circles(register):
        title = " ".join(text for question, text in read if question is register.title and question.name in circle)
        others = "\n".join(text for question, text in read if question is not register.title and question.name in circle)
        words += _marked(_mark(register, circle, school), title, others)[: MOST_WORDS // len(circles(register))]
    return school.bytes, register.slug, bytes(key), archived is not None, " ".join(words)


@cache
def texts_of(register: Register) -> tuple[Question, ...]:
    """The questions answered in plain words, in the order of the form."""
    return tuple(question for question in register.columns if _is_plain(question.column))


def _is_plain(column: Any) -> bool:
    return isinstance(column, CharField | LinesField) or type(column) is TextField


@cache
def names_of(register: Register) -> tuple[BlindIndex, ...]:
    """The blind indexes of the sealed answers that are asked for."""
    indexes = (column for column in register.table._meta.sorted_fields if isinstance(column, BlindIndex))
    return tuple(column for column in indexes if column.of.name in register.questions)


@cache
def circles(register: Register) -> tuple[Circle, ...]:
    """Every circle of readers that the register has."""
    every = {circle_of(register, Actor(ANYBODY, role=role)) for role in Role}
    return tuple(sorted(every - {frozenset()}, key=sorted))


def circle_of(register: Register, by: Actor) -> Circle:
    """The questions answered in plain words that this person may see; empty where they may see nothing."""
    return frozenset(question.name for question in texts_of(register)) & names_for(register, by)


def names_seen(register: Register, by: Actor) -> list[BlindIndex]:
    """The blind indexes of the sealed answers that this person may see."""
    seen = names_for(register, by)
    return [column for column in names_of(register) if column.of.name in seen]


@cache
def recipe_of(register: Register) -> str:
    """What the entries of a register depend on beside the records: other words mean that they are to be made again."""
    told = [EDITION, *(f"{column.name}:{type(column).__name__}" for column in columns_of(register)), *map(sorted, circles(register))]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def words_asked(text: str) -> list[str]:
    """The words of what somebody typed, each once, and no more than a handful."""
    return [*islice(dict.fromkeys(words_of(text)), MOST_ASKED)]


def words_wanted(register: Register, by: Actor, words: Sequence[str], *, whole: bool = False) -> Wanted:
    """The search, in the schools in view, for records in which each of these is a word that this person may read, or (unless `whole`) begins one.

    A single letter is a word by itself. Empty when there is nothing to search, or to search for.
    """
    marks = _marks(register, by)
    return [[(mark + kind + word, not whole and len(word) > 1) for mark in marks for kind in (TITLE, OTHER)] for word in words if marks]


def title_pattern(register: Register, by: Actor, words: Sequence[str]) -> str:
    """The pattern of entries whose title has the longest of these words, or one that begins with it."""
    mark = next(iter(_marks(register, by)), "")
    return f"%{mark}{TITLE}{max(words, key=len, default='')}%"


def _marks(register: Register, by: Actor) -> list[str]:
    circle = circle_of(register, by)
    return [_mark(register, circle, school) for school in doors.schools_in_view()] if circle else []


def names_wanted(register: Register, by: Actor, text: str) -> Wanted:
    """The search for records in which a sealed answer that this person may see is exactly this, in the folded spelling; empty as above."""
    tokens = [token.hex() for column in names_seen(register, by) if (token := column.token(text))]
    found = [(_mark(register, SEALED, school) + NAME + token, False) for school in doors.schools_in_view() for token in tokens]
    return [found] if found else []


@lru_cache(maxsize=4096)
def _mark(register: Register, circle: Circle, school: UUID) -> str:
    """What stands before every word: who may find it, where, and by which recipe. No search begins with the mark of others."""
    told = repr((school.hex, register.slug, recipe_of(register), sorted(circle)))
    return base64.b32encode(hashlib.blake2b(told.encode(), digest_size=MARK_BYTES).digest()).decode().lower().rstrip("=")


def _marked(mark: str, title: str, others: str) -> list[str]:
    named = dict.fromkeys(words_of(title))
    return [*(f"{mark}{TITLE}{word}" for word in named), *(f"{mark}{OTHER}{word}" for word in dict.fromkeys(words_of(others)) if word not in named)]


@cache
def _stored_one(register: Register) -> Kept:
    table = register.table
    return Kept(lambda: table.select(*columns_of(register)).where(table.id == UUID(int=0)))


_entries = rows_of(SearchEntry)


def _make_anew(register: Register, school: UUID, keys: Sequence[bytes]) -> None:
    stored_one = _stored_one(register)  # one by one: of many at once SQLite would look through the whole school for them
    entries = [entry_of(register, school, row) for key in keys for row in stored_one(school.bytes, key).fetchall()]
    for start in range(0, len(keys), AT_ONCE):
        part = [UUID(bytes=key) for key in keys[start : start + AT_ONCE]]
        SearchEntry.delete().where((SearchEntry.school == school) & SearchEntry.record.in_(part)).execute()
    _entries.insert_all(entries)
