"""The lines of a list: stored answers in words, opening only what is shown, with the names of what a record is linked to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from typing import Any
from uuid import UUID

from peewee import Field

from models.fields import ChoiceField, ChoicesField, DayField, EncryptedText, LinesField
from models.link import Link
from models.statements import stored_rows
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.definition import Question, Register
from registry.kinds import kind_of

REVIEW = "next_review_on"
SHOWN_OF_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: answers in words, in the order of the columns."""

    id: UUID
    reference: str
    title: str
    cells: tuple[str, ...]
    errors: int
    warnings: int
    starter: bool
    archived: bool
    review_on: str = ""  # ISO 8601; only when the next review is among the columns
    approved: int | None = None  # the number of the version that was approved last
    changed_since: bool = False


def engine_columns(register: Register) -> tuple[Any, ...]:
    """What `lines_of` takes before the answers: what the engine knows of each record, and its title."""
    table = register.table
    state = (table.errors, table.warnings, table.starter, table.archived_at, table.approved_number, table.version - table.approved_version)
    return (table.id, table.number, *state, register.title.column)


def lines_of(register: Register, by: Actor, columns: Sequence[Question], stored: Sequence[Sequence[Any]]) -> list[Row]:
    """The lines of stored rows, each being `engine_columns` and the columns that hold answers.

    One more query is asked for each column that names records of another register.
    """
    if not stored:
        return []
    keys, numbers, errors, warnings, starters, archived, approved, since, titles, *held = zip(*stored, strict=True)
    ids = [UUID(bytes=bytes(key)) for key in keys]
    own = dict(zip((question for question in columns if isinstance(question.column, Field)), held, strict=True))
    answers = [_column(question, by, ids, own.get(question)) for question in columns]
    cells = zip(*answers, strict=True) if answers else repeat(())
    days = next((own[question] for question in own if question.name == REVIEW), repeat(None))
    prefix, named = register.table.PREFIX, _answers(register.title, titles, ids)
    flags = zip(errors, warnings, map(bool, starters), (away is not None for away in archived), strict=True)
    later = zip(("" if day is None else str(day) for day in days), approved, map(bool, since), strict=False)
    return [
        Row(record, f"{prefix}-{number:04d}", title, shown, *state, *rest)
        for record, number, title, shown, state, rest in zip(ids, numbers, named, cells, flags, later, strict=True)
    ]


def _column(question: Question, by: Actor, ids: Sequence[UUID], held: Sequence[Any] | None) -> Iterable[str]:
    """The answers to one question in words, row by row; `held` is what is stored, of links nothing."""
    if held is None:
        return _linked_answers(question, by, ids)
    return _named_ones(question, by, held) if question.to else _answers(question, held, ids)


def _named_ones(question: Question, by: Actor, held: Sequence[Any]) -> Iterable[str]:
    """The names of the records that a column holds, as far as the reader may see them."""
    far, keys = register_of(question.to), {bytes(key) for key in held if key is not None}
    if not keys or not may(by, Deed.SEE, far):
        return repeat("", len(held))
    title: Any = far.title.column
    query = far.table.select(far.table.id, title).where(far.table.id.in_([UUID(bytes=key) for key in keys]))
    titles = {bytes(key): in_words(far.title, UUID(bytes=bytes(key)), name) for key, name in stored_rows(query)}
    return ["" if key is None else titles.get(bytes(key), "") for key in held]


def _answers(question: Question, held: Sequence[Any], ids: Sequence[UUID]) -> Iterable[str]:
    """The stored answers to one question in words, row by row."""
    column: Any = question.column
    if isinstance(column, EncryptedText):
        return ["" if value is None else column.open(record, value) for record, value in zip(ids, held, strict=True)]
    return map(_wording(question), held)


def _linked_answers(question: Question, by: Actor, ids: Sequence[UUID]) -> list[str]:
    titles = _linked_titles(register_of(question.name), by, ids)
    return [titles.get(record, "") for record in ids]


def in_words(question: Question, record: UUID, stored: Any) -> str:
    """A stored value as people read it, opened when it is sealed."""
    return next(iter(_answers(question, (stored,), (record,)))) if isinstance(question.column, Field) else ""


@cache
def _wording(question: Question) -> Callable[[Any], str]:
    """How the stored answers to a question that is not sealed are put in words; those that recur are remembered."""
    column: Any = question.column
    words, from_store = _briefly(column), column.python_value

    def wording(stored: Any) -> str:
        return "" if stored is None else words(from_store(stored))

    return lru_cache(maxsize=512)(wording) if isinstance(column, ChoiceField | ChoicesField | DayField) else wording


def _briefly(column: Any) -> Callable[[Any], str]:
    """How an answer is worded where there is little room: without what explains a choice, and at most three of several."""
    words = kind_of(column).words
    if isinstance(column, ChoiceField):
        return lambda answer: words(answer).partition(": ")[0]
    if isinstance(column, ChoicesField | LinesField):
        return lambda answer: brief([words((each,)).partition(": ")[0] if isinstance(column, ChoicesField) else words((each,)) for each in answer])
    return words


def brief(several: Sequence[str]) -> str:
    """The first of several words, and how many more there are; one more is as short as its count."""
    shown = several if len(several) <= SHOWN_OF_SEVERAL + 1 else several[:SHOWN_OF_SEVERAL]
    rest = len(several) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def _linked_titles(far: Register, by: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of the records of one register that touch each of these, with commas."""
    if not ids or not may(by, Deed.SEE, far):
        return {}
    title: Any = far.title.column
    query = far.table.select(Link.near, far.table.id, title).join(Link, on=(Link.far == far.table.id) & (Link.school == far.table.school))
    named: dict[UUID, list[str]] = {}
    for near, record, name in stored_rows(query.where(Link.near.in_(list(ids)))):
        named.setdefault(UUID(bytes=bytes(near)), []).append(in_words(far.title, UUID(bytes=bytes(record)), name))
    return {near: brief(sorted(names, key=str.casefold)) for near, names in named.items()}
