"""Lists: search, filters, sorting and keyset pages, in one school, opening only what is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from itertools import islice
from operator import and_, or_
from typing import Any, NamedTuple
from uuid import UUID

from peewee import Case, CharField, Field, TextField, fn

from models import doors
from models.audit import AuditHead
from models.fields import BlindIndex, ChoicesField, EncryptedText, OneField
from models.search import SearchEntry, as_asked, entries_found, unread
from models.statements import ANY_SCHOOL, Gap, Kept, WithGaps, gap, kind_of_database, stored_rows
from registry.access import Deed, require
from registry.actor import Actor
from registry.definition import Question, Register
from registry.lists.lines import REVIEW, Row, engine_columns, in_words, lines_of
from registry.lists.ordering import Edge, beyond, in_order, sort_key
from registry.lists.views import CHIPS, NOT_ANSWERED, View, chips_of, columns_of, view_of
from registry.schema import anybody_like, questions_for
from registry.search.search_words import MOST_ASKED, texts_of, words_asked, words_wanted

__all__ = ["CHIPS", "Page", "Row", "View", "chip_counts", "columns_of", "count", "in_words", "page", "select_matching", "stored_page", "view_of"]

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Page:
    """One page of a list, with what leads to the pages before and after."""

    columns: tuple[Question, ...]
    rows: tuple[Row, ...]
    earlier: UUID | None
    later: UUID | None


class StoredPage(NamedTuple):
    """The same, with each row as it is stored: id, number, errors, warnings, starter, archived, title and the columns."""

    columns: tuple[Question, ...]
    rows: list[tuple[Any, ...]]
    earlier: UUID | None
    later: UUID | None


_where_the_trace_stands = Kept(lambda: AuditHead.select(AuditHead.number, AuditHead.digest).where(AuditHead.id == UUID(int=0)))


def select_matching(register: Register, by: Actor, view: View, today: date) -> Any:
    """The query for every record that the view asks for, without order or limit."""
    require(by, Deed.SEE, register)
    table = register.table
    query = table.select(table.id)
    if view.only:
        return query.where(table.id.in_(view.only))
    query = query.where(table.archived_at.is_null(view.chip != "archived"))
    if view.chip and view.chip != "archived":
        query = query.where(_chip(register, view.chip, today))
    for name, values in view.filters:
        query = query.where(reduce(or_, [_is(register.questions[name].column, value) for value in values]))
    if view.search:
        query = query.where(_found(register, by, view.search))
    return query


def count(register: Register, by: Actor, view: View, today: date) -> int:
    """How many records the view asks for."""
    if not view.search and not view.filters and not view.only:
        return chip_counts(register, by, today)[view.chip]
    return int(select_matching(register, by, view, today).count())


def chip_counts(register: Register, by: Actor, today: date) -> dict[str, int]:
    """How many records each chip would show, and under "" how many there are that are not archived.

    Counted once for each state of the school's trace: while nothing is written, nothing changes but the day.
    """
    require(by, Deed.SEE, register)
    schools = doors.schools_in_view()
    stands = _where_the_trace_stands(schools[0].bytes).fetchone() if len(schools) == 1 else None
    counts = _counted_at(register, today, schools[0], (int(stands[0]), bytes(stands[1]))) if stands else _counted(register, today)
    return {chip: counts[chip] for chip in ("", *chips_of(register, by))}


@lru_cache(maxsize=1024)
def _counted_at(register: Register, today: date, _school: UUID, _head: tuple[int, bytes]) -> dict[str, int]:
    return _counted(register, today)


def _counted(register: Register, today: date) -> dict[str, int]:
    table = register.table
    live = table.archived_at.is_null()
    conditions = {"": live, "archived": table.archived_at.is_null(False)}
    chips = (chip for chip in CHIPS if chip != "archived" and (chip != "review" or REVIEW in table._meta.fields))
    conditions |= {chip: live & _chip(register, chip, today) for chip in chips}
    sums = [fn.SUM(Case(None, [(condition, 1)], 0)) for condition in conditions.values()]
    (found,) = stored_rows(table.select(*sums))
    return {chip: int(value or 0) for chip, value in zip(conditions, found, strict=True)}


def _chip(register: Register, chip: str, today: date) -> Any:
    table = register.table
    if chip == "errors":
        return table.errors > 0
    if chip == "findings":
        return (table.errors + table.warnings) > 0
    if chip == "changed":
        return table.version > table.approved_version
    if chip == "starter":
        return table.starter == True  # noqa: E712 - peewee builds the comparison
    return table._meta.fields[REVIEW] <= today


def _is(column: Any, value: str) -> Any:
    if isinstance(column, ChoicesField):
        return column == "" if value == NOT_ANSWERED else column.having(value)
    if isinstance(column, OneField):
        return column == UUID(value)
    return column.is_null() if value == NOT_ANSWERED else column == value


def _found(register: Register, by: Actor, words: str) -> Any:
    """Part of the title or of a text in the first section, words of any plain text, the whole of a sealed name, or the reference."""
    table = register.table
    allowed = set(questions_for(register, by))
    plain: list[Any] = [question.column for question in register.sections[0].questions if question in allowed and _is_text(question.column)]
    conditions = [table.id.is_null(), *(column.contains(words) for column in plain)]  # where there is nothing to look in, nothing is found
    if wanted := words_wanted(register, by, words_asked(words)):
        is_unread = table.id.in_(unread())
        conditions.append(~is_unread & table.id.in_(entries_found(SearchEntry.record, search=as_asked(wanted))))
        conditions.append(is_unread & _has_words(register, by, words))
    sealed = {question.column for question in allowed if isinstance(question.column, EncryptedText)}
    conditions += [column == words for column in table._meta.sorted_fields if isinstance(column, BlindIndex) and column.of in sealed]
    if match := re.fullmatch(rf"(?:{table.PREFIX}-?)?0*(\d{{1,9}})", words, re.IGNORECASE | re.ASCII):
        conditions.append(table.number == int(match[1]))
    return reduce(or_, conditions)


def _has_words(register: Register, by: Actor, words: str) -> Any:
    """Every word anywhere in the plain texts: for records saved since the search last read the trace, because a list does not write."""
    columns: list[Any] = [question.column for question in questions_for(register, by) if question in texts_of(register)]
    if not columns:
        return register.table.id.is_null()
    each = islice(dict.fromkeys(WORD.findall(words) or [words]), MOST_ASKED)
    return reduce(and_, [reduce(or_, [column.contains(word) for column in columns]) for word in each])


def _is_text(column: Any) -> bool:
    return isinstance(column, CharField) or type(column) is TextField


def page(register: Register, by: Actor, view: View, today: date) -> Page:
    """One page of the list: as many rows as asked, found from the row before or after it, however deep the list is."""
    found = stored_page(register, by, view, today)
    return Page(found.columns, tuple(lines_of(register, by, found.columns, found.rows)), found.earlier, found.later)


def stored_page(register: Register, by: Actor, view: View, today: date) -> StoredPage:
    """The same page as its rows are stored, for those who word them in another way."""
    require(by, Deed.SEE, register)
    columns = columns_of(register, by, view)
    edge, filled = _edge(register, view)
    backwards = edge is not Edge.NONE and view.before is not None
    shape = Shape(kind_of_database(), register, replace(view, after=None, before=None), columns, edge, backwards, today)
    stored = _statement(shape, by).rows(filled)
    more = len(stored) > view.size
    rows = stored[: view.size]
    if backwards:
        rows.reverse()
    has_earlier, has_later = (more, True) if backwards else (edge is not Edge.NONE, more)
    return StoredPage(columns, rows, _key(rows[0]) if rows and has_earlier else None, _key(rows[-1]) if rows and has_later else None)


def _key(stored: Sequence[Any]) -> UUID:
    return UUID(bytes=bytes(stored[0]))


class Shape(NamedTuple):
    """Everything about a page that its SQL depends on, beside the school and the row past which it lies."""

    database: str
    register: Register
    view: View
    columns: tuple[Question, ...]
    edge: Edge
    backwards: bool
    today: date


def _statement(shape: Shape, by: Actor) -> WithGaps:
    """The statement of a page: kept for each shape, except where it is about some names or records, which would be kept with it."""
    names_some = any(shape.register.questions[name].to for name, _values in shape.view.filters)
    if shape.view.search or shape.view.only or names_some or len(doors.schools_in_view()) != 1:
        return _written(shape, by)
    with doors.looking_at(ANY_SCHOOL):
        return _kept(shape, anybody_like(by))


def _written(shape: Shape, by: Actor) -> WithGaps:
    _database, register, view, columns, edge, backwards, today = shape
    own = (question.column for question in columns if isinstance(question.column, Field))
    query = in_order(select_matching(register, by, view, today).select(*engine_columns(register), *own), register, view, backwards)
    if edge is not Edge.NONE:
        query = query.where(beyond(register, view, edge, backwards))
    return WithGaps(query.limit(view.size + 1))


_kept = lru_cache(maxsize=1024)(_written)


def _edge(register: Register, view: View) -> tuple[Edge, dict[Gap, Any]]:
    """The row past which the page lies, and what fills the gaps; none from the start, and for a row that is gone, which starts the list again."""
    schools, wanted = doors.schools_in_view(), view.before or view.after
    filled = {Gap.SCHOOL: schools[0].bytes}
    if wanted is None:
        return Edge.NONE, filled
    for school in schools:
        found = _value_at(kind_of_database(), register, view.sort).rows({Gap.SCHOOL: school.bytes, Gap.RECORD: wanted.bytes})
        if found:
            value = found[0][0]
            return Edge.MISSING if value is None else Edge.VALUE, {**filled, Gap.VALUE: value, Gap.RECORD: wanted.bytes}
    return Edge.NONE, filled


@lru_cache(maxsize=256)
def _value_at(_database: str, register: Register, sort: str) -> WithGaps:
    table = register.table
    with doors.looking_at(ANY_SCHOOL):
        return WithGaps(table.select(sort_key(register, View(sort=sort))[0]).where(table.id == gap(Gap.RECORD)))
