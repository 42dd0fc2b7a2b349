"""Lists: search, filters, sorting and keyset pages, in one school, opening only what is shown."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from peewee import Case, CharField, Field, TextField, fn

from models import doors
from models.audit import AuditHead
from models.fields import BlindIndex, ChoiceField, ChoicesField, EncryptedText
from models.statements import Kept, stored_rows
from registry.access import Deed, require
from registry.actor import Actor
from registry.definition import Question, Register
from registry.lines import REVIEW, Row, in_words, lines_of
from registry.schema import questions_for
from registry.views import CHIPS, ENGINE_SORTS, NOT_ANSWERED, View, chips_of, columns_of, view_of

__all__ = ["CHIPS", "Page", "Row", "View", "chip_counts", "columns_of", "count", "in_words", "page", "select_matching", "view_of"]

@dataclass(frozen=True)
class Page:
    """One page of a list, with what leads to the pages before and after."""

    columns: tuple[Question, ...]
    rows: tuple[Row, ...]
    earlier: UUID | None
    later: UUID | None


_where_the_trace_stands = Kept(lambda: AuditHead.select(AuditHead.number, AuditHead.digest).where(AuditHead.id == UUID(int=0)))


def select_matching(register: Register, by: Actor, view: View, today: date) -> Any:
    """The query for every record that the view asks for, without order or limit."""
    require(by, Deed.SEE, register)
    table = register.table
    query = table.select(table.id)
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
    if not view.search and not view.filters:
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
    if chip == "starter":
        return table.starter == True  # noqa: E712 - peewee builds the comparison
    return table._meta.fields[REVIEW] <= today


def _is(column: Any, value: str) -> Any:
    if isinstance(column, ChoicesField):
        return column == "" if value == NOT_ANSWERED else column.having(value)
    return column.is_null() if value == NOT_ANSWERED else column == value


def _found(register: Register, by: Actor, words: str) -> Any:
    """Part of the title or of a text in the first section, the whole of a sealed name, or the reference."""
    table = register.table
    allowed = set(questions_for(register, by))
    plain: list[Any] = [question.column for question in register.sections[0].questions if question in allowed and _is_text(question.column)]
    conditions = [column.contains(words) for column in plain]
    sealed = {question.column for question in allowed if isinstance(question.column, EncryptedText)}
    conditions += [column == words for column in table._meta.sorted_fields if isinstance(column, BlindIndex) and column.of in sealed]
    if match := re.fullmatch(rf"(?:{table.PREFIX}-?)?0*(\d{{1,9}})", words, re.IGNORECASE | re.ASCII):
        conditions.append(table.number == int(match[1]))
    return reduce(or_, conditions)


def _is_text(column: Any) -> bool:
    return isinstance(column, CharField) or type(column) is TextField


def page(register: Register, by: Actor, view: View, today: date) -> Page:
    """One page of the list: as many rows as asked, found from the row before or after it, however deep the list is."""
    table = register.table
    columns = columns_of(register, by, view)
    cursor = _cursor(register, view)
    backwards = cursor is not None and view.before is not None
    shown = (table.id, table.number, table.errors, table.warnings, table.starter, table.archived_at, register.title.column)
    own = (question.column for question in columns if isinstance(question.column, Field))
    query = _in_order(select_matching(register, by, view, today).select(*shown, *own), register, view, backwards)
    if cursor:
        query = query.where(_beyond(register, view, cursor, backwards))
    stored = stored_rows(query.limit(view.size + 1))
    more = len(stored) > view.size
    rows = lines_of(register, by, columns, stored[: view.size])
    if backwards:
        rows.reverse()
    has_earlier, has_later = (more, True) if backwards else (cursor is not None, more)
    return Page(columns, tuple(rows), rows[0].id if rows and has_earlier else None, rows[-1].id if rows and has_later else None)


Cursor = tuple[Any, UUID]
"""The row that a page begins after, or ends before: the value it is sorted by, and its id."""


def _cursor(register: Register, view: View) -> Cursor | None:
    """The row past which the page lies; None from the start, and for a row that is gone, which starts the list again."""
    wanted = view.before or view.after
    if wanted is None:
        return None
    table = register.table
    found = stored_rows(table.select(_sort_key(register, view)[0]).where(table.id == wanted))
    return (found[0][0], wanted) if found else None


def _sort_key(register: Register, view: View) -> tuple[Any, bool]:
    """What the list is sorted by, and whether it can be missing."""
    name = view.sort or register.title.name
    column = register.table._meta.fields[ENGINE_SORTS.get(name, name)]
    if isinstance(column, ChoiceField):  # in the order in which the choices are offered
        return Case(column, [(word.value, place) for place, word in enumerate(column.words)], len(column.words)), False
    return (fn.LOWER(column) if isinstance(column, TextField | CharField) else column), bool(column.null)


def _in_order(query: Any, register: Register, view: View, backwards: bool) -> Any:
    key, nullable = _sort_key(register, view)
    down = view.descending is not backwards
    order = [key.desc() if down else key.asc(), register.table.id.desc() if down else register.table.id.asc()]
    if nullable:  # what is not answered stands last on both databases, first when turned round
        missing = Case(None, [(key.is_null(), 1)], 0)
        order.insert(0, missing.desc() if down else missing.asc())
    return query.order_by(*order)


def _beyond(register: Register, view: View, cursor: Cursor, backwards: bool) -> Any:
    """The condition that a row lies past the cursor."""
    table = register.table
    key, nullable = _sort_key(register, view)
    value, record = cursor
    down = view.descending is not backwards
    further_id = table.id < record if down else table.id > record
    if value is None:
        past = key.is_null() & further_id
        return past | key.is_null(False) if down else past
    further = (key < value if down else key > value) | ((key == value) & further_id)
    if nullable and not down:
        return further | key.is_null()
    edge = key <= value if down else key >= value  # lets both databases start from the index instead of from the first row
    return edge & further
