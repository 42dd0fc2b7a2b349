"""Lists: search, filters, sorting and keyset pages, in one school, opening only what is shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from peewee import Case, CharField, Field, TextField, fn

from models.fields import BlindIndex, ChoicesField, EncryptedText, LinesField
from models.statements import stored_rows
from registry.access import Deed, require
from registry.actor import Actor
from registry.definition import Question, Register
from registry.kinds import kind_of
from registry.schema import questions_for

SIZES = (10, 25, 50, 100)
USUAL_SIZE = 25
NOT_ANSWERED = "-"
CHIPS = {
    "findings": "To mend",
    "review": "Review due",
    "starter": "Starter, not checked",
    "archived": "Archived",
}
ENGINE_SORTS = {"reference": "number", "changed": "changed_at", "findings": "errors"}


@dataclass(frozen=True)
class View:
    """What the reader asked to see, exactly as the address of the page says it."""

    search: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    chip: str = ""
    sort: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    size: int = USUAL_SIZE
    after: UUID | None = None
    before: UUID | None = None

    def first_page(self) -> "View":
        """The same list from its start."""
        return replace(self, after=None, before=None)


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Page:
    """One page of a list, with what leads to the pages before and after."""

    columns: tuple[Question, ...]
    rows: tuple[Row, ...]
    earlier: UUID | None
    later: UUID | None


def view_of(register: Register, by: Actor, asked: Mapping[str, Sequence[str]]) -> View:
    """The view that an address asks for; what it may not ask, or what does not exist, is left out."""

    def one(name: str) -> str:
        return (asked.get(name) or [""])[0].strip()

    questions = {question.name: question for question in questions_for(register, by)}
    filters = tuple((name, tuple(asked[name])) for name, question in questions.items() if question.filtered and any(asked.get(name, ())))
    columns = tuple(dict.fromkeys(name for name in asked.get("column", ()) if name in questions and name != register.title.name))
    sort = one("sort")
    return View(
        search=one("q")[:200],
        filters=tuple((name, tuple(value for value in values if value)) for name, values in filters),
        chip=one("show") if one("show") in CHIPS else "",
        sort=sort if sort in sortable(register, by) else "",
        descending=one("order") == "down",
        columns=columns,
        size=int(one("rows")) if one("rows") in map(str, SIZES) else USUAL_SIZE,
        after=_id(one("after")),
        before=_id(one("before")),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def columns_of(register: Register, by: Actor, view: View) -> tuple[Question, ...]:
    """The questions shown as columns beside the title: those chosen, else those the declaration lists."""
    questions = {question.name: question for question in questions_for(register, by) if question is not register.title}
    if view.columns:
        return tuple(questions[name] for name in view.columns)
    return tuple(question for question in questions.values() if question.listed)


def sortable(register: Register, by: Actor) -> frozenset[str]:
    """The names by which a list can be sorted: single answers that are not sealed, and the engine's own."""
    several = EncryptedText | ChoicesField | LinesField
    names = {question.name for question in questions_for(register, by) if isinstance(question.column, Field) and not isinstance(question.column, several)}
    return frozenset(names | set(ENGINE_SORTS))


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
    return int(select_matching(register, by, view, today).count())


def chip_counts(register: Register, by: Actor, today: date) -> dict[str, int]:
    """How many records each chip would show, and under "" how many there are that are not archived. One query."""
    require(by, Deed.SEE, register)
    table = register.table
    live = table.archived_at.is_null()
    conditions = {"": live, "archived": table.archived_at.is_null(False)}
    conditions |= {chip: live & _chip(register, chip, today) for chip in chips_of(register) if chip != "archived"}
    sums = [fn.SUM(Case(None, [(condition, 1)], 0)) for condition in conditions.values()]
    (found,) = stored_rows(table.select(*sums))
    return {chip: int(value or 0) for chip, value in zip(conditions, found, strict=True)}


def chips_of(register: Register) -> tuple[str, ...]:
    """The chips that make sense for a register: one without review dates has no "Review due"."""
    return tuple(chip for chip in CHIPS if chip != "review" or "next_review_on" in register.table._meta.fields)


def _chip(register: Register, chip: str, today: date) -> Any:
    table = register.table
    if chip == "findings":
        return (table.errors + table.warnings) > 0
    if chip == "starter":
        return table.starter == True  # noqa: E712 - peewee builds the comparison
    return table._meta.fields["next_review_on"] <= today


def _is(column: Any, value: str) -> Any:
    if isinstance(column, ChoicesField):
        return column == "" if value == NOT_ANSWERED else column.having(value)
    if value == NOT_ANSWERED:
        return column.is_null()
    known = getattr(column, "words", None)
    return column == value if known is None or value in known._value2member_map_ else column.is_null() & column.is_null(False)


def _found(register: Register, by: Actor, words: str) -> Any:
    """Part of the title or of a text in the first section, the whole of a sealed name, or the reference."""
    table = register.table
    allowed = set(questions_for(register, by))
    plain = [question.column for question in register.sections[0].questions if question in allowed and _is_text(question.column)]
    conditions = [column.contains(words) for column in plain]
    for column in table._meta.sorted_fields:
        if isinstance(column, BlindIndex) and any(question.column is column.of for question in allowed):
            conditions.append(column == words)
    if match := re.fullmatch(rf"(?:{table.PREFIX}-?)?0*(\d{{1,9}})", words, re.IGNORECASE):
        conditions.append(table.number == int(match[1]))
    return reduce(or_, conditions)


def _is_text(column: Any) -> bool:
    return isinstance(column, CharField) or type(column) is TextField


def page(register: Register, by: Actor, view: View, today: date) -> Page:
    """One page of the list: as many rows as asked, found from the row before or after it, however deep the list is."""
    table = register.table
    columns = columns_of(register, by, view)
    shown = (table.id, table.number, table.errors, table.warnings, table.starter, table.archived_at, register.title.column)
    query = select_matching(register, by, view, today).select(*shown, *(question.column for question in columns if isinstance(question.column, Field)))
    backwards = view.before is not None
    query = _in_order(query, register, view, backwards)
    cursor = view.before or view.after
    if cursor:
        query = _beyond(query, register, view, cursor, backwards)
    stored = stored_rows(query.limit(view.size + 1))
    more = len(stored) > view.size
    rows = [_row(register, columns, values) for values in stored[: view.size]]
    if backwards:
        rows.reverse()
    has_earlier, has_later = (more, True) if backwards else (bool(cursor), more)
    return Page(columns, tuple(rows), rows[0].id if rows and has_earlier else None, rows[-1].id if rows and has_later else None)


def _sort_key(register: Register, view: View) -> tuple[Any, bool]:
    """What the list is sorted by, and whether it can be missing."""
    name = view.sort or register.title.name
    column = register.table._meta.fields[ENGINE_SORTS.get(name, name)]
    return (fn.LOWER(column) if isinstance(column, TextField) else column), bool(column.null)


def _in_order(query: Any, register: Register, view: View, backwards: bool) -> Any:
    key, nullable = _sort_key(register, view)
    down = view.descending is not backwards
    order = [key.desc() if down else key.asc(), register.table.id.desc() if down else register.table.id.asc()]
    if nullable:  # what is not answered stands last on both databases, first when turned round
        missing = Case(None, [(key.is_null(), 1)], 0)
        order.insert(0, missing.desc() if down else missing.asc())
    return query.order_by(*order)


def _beyond(query: Any, register: Register, view: View, cursor: UUID, backwards: bool) -> Any:
    """Only the rows past the one with this id; an id that is gone starts the list again."""
    table = register.table
    key, nullable = _sort_key(register, view)
    found = stored_rows(table.select(key, table.id).where(table.id == cursor))
    if not found:
        return query
    value = found[0][0]
    down = view.descending is not backwards
    further_id = table.id < cursor if down else table.id > cursor
    if value is None:
        past = key.is_null() & further_id
        return query.where(past | key.is_null(False)) if down else query.where(past)
    further = (key < value if down else key > value) | ((key == value) & further_id)
    if nullable and not down:
        return query.where(further | key.is_null())
    edge = key <= value if down else key >= value  # lets both databases start from the index instead of from the first row
    return query.where(edge & further)


def _row(register: Register, columns: Sequence[Question], values: Sequence[Any]) -> Row:
    key, number, errors, warnings, starter, archived, title = values[:7]
    record = UUID(bytes=bytes(key))
    answers = iter(values[7:])
    cells = tuple(in_words(question, record, next(answers)) if isinstance(question.column, Field) else "" for question in columns)
    reference = f"{register.table.PREFIX}-{number:04d}"
    return Row(record, reference, in_words(register.title, record, title), cells, errors, warnings, bool(starter), archived is not None)


def in_words(question: Question, record: UUID, stored: Any) -> str:
    """A stored value as people read it, opened when it is sealed."""
    column = question.column
    if stored is None or not isinstance(column, Field):
        return ""
    if isinstance(column, EncryptedText):
        return column.open(record, stored)
    return kind_of(column).words(column.python_value(stored))

