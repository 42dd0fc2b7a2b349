"""Everything that is open in a school, one by one: each finding with its sentence and source, each deadline with its day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from peewee import Case, fn

from models.arrangement import Arrangement
from models.need import Need
from models.statements import stored_rows
from registry.actor import Actor
from registry.catalogue import find
from registry.checks import findings_of
from registry.deadlines import Dated, deadline_of
from registry.definition import Register
from registry.naming import Named
from registry.needs.keeping import DEADLINE
from registry.needs.needs import IN_VIEW, SOON, by_register, is_of_one, is_own, names_of_records, visible_to
from registry.rules.finding import Severity
from registry.rules.school_facts import SchoolFacts
from registry.worked_out import frozen_count, is_by_hand

SIZE = 50
OPEN, EXCUSED, SNOOZED = "", "excused", "waiting"
OWN = "own"


@dataclass(frozen=True)
class Wanted:
    """What a list of open things is narrowed to; empty for everything."""

    register: str = ""
    severity: str = ""
    code: str = ""
    due: date | None = None
    state: str = OPEN
    whose: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One open thing, in words."""

    need: Any
    register: Register
    record: Named | None
    said: str
    source: str
    mend: str
    arrangement: Any | None


@dataclass(frozen=True)
class Page:
    """Some of them, and how many there are."""

    items: Sequence[Item]
    found: int
    number: int

    @property
    def has_more(self) -> bool:
        """Whether there are others after these."""
        return self.number * SIZE < self.found


def page(by: Actor, wanted: Wanted, school: SchoolFacts, number: int = 1) -> Page:
    """The open things that somebody may know of, worst and nearest first."""
    seen = visible_to(by)
    assert school.today is not None, "a list is of a day"  # noqa: S101 - a mistake of ours
    if seen is None:
        return Page((), 0, 1)
    query = Need.select().where(seen & _condition(wanted, school.today))
    if wanted.whose == OWN:
        query = query.where(is_own(by))
    rows = query.order_by(_worst_first(school.today), Need.due_on, Need.register, Need.id).limit(SIZE).offset(SIZE * (number - 1))
    return Page(tuple(_in_words([*rows], by, school)), int(query.count()), number)


def _worst_first(today: date) -> Any:
    """What is due soon, then errors and warnings, then what comes later."""
    soon = (Need.severity == DEADLINE) & (Need.due_on <= today + SOON)
    errors, warnings = Need.severity == Severity.ERROR.value, Need.severity == Severity.WARNING.value
    return Case(None, [(soon, 0), (errors, 1), (warnings, 2), (Need.due_on.is_null(False), 3)], 4)


def page_of(register: Register, row: Any, code: str, *, by: Actor, school: SchoolFacts) -> Iterable[Item]:
    """What is open about a record under one code, in words: a rule may find several things, and what is agreed holds for all of them."""
    needs = Need.select().where((Need.register == register.slug) & (Need.record == row.id) & (Need.code == code)).order_by(Need.id)
    return _in_words([*needs], by, school)


def counts(by: Actor, today: date) -> dict[tuple[str, str], tuple[int, int]]:
    """How many open things there are of each severity in each register, and in how many records."""
    seen = visible_to(by)
    if seen is None:
        return {}
    counted = (Need.register, Need.severity, fn.COUNT(Need.id), fn.COUNT(fn.DISTINCT(Need.record)))
    rows = Need.select(*counted).where(seen & _condition(Wanted(), today)).group_by(Need.register, Need.severity)
    return {(slug, severity): (int(many), int(records)) for slug, severity, many, records in stored_rows(rows)}


def codes(by: Actor, register: Register) -> list[str]:
    """The codes that something is open under in a register."""
    seen = visible_to(by)
    rows = [] if seen is None else stored_rows(Need.select(Need.code).where(seen & (Need.register == register.slug)).distinct())
    return sorted(code for (code,) in rows)


def _condition(wanted: Wanted, today: date) -> Any:
    asked = ((Need.register, wanted.register), (Need.severity, wanted.severity), (Need.code, wanted.code), (Need.due_on, wanted.due))
    excused, waits = Arrangement.excused_until > today, Arrangement.snoozed_until > today
    conditions = [column == value for column, value in asked if value]
    if not (wanted.due or wanted.code or wanted.state):  # what is due next year is not looked at yet, unless somebody asks for it
        conditions.append(Need.due_on.is_null() | (Need.due_on <= today + IN_VIEW))
    if wanted.state == SNOOZED:
        conditions.append(_agreed(waits))
    else:
        conditions.append(_agreed(excused) if wanted.state == EXCUSED else ~_agreed(excused))
    return reduce(and_, conditions)


def _agreed(what: Any) -> Any:
    return fn.EXISTS(Arrangement.select(Arrangement.id).where(is_of_one(Arrangement) & what))


def _in_words(needs: Sequence[Any], by: Actor, school: SchoolFacts) -> Iterable[Item]:
    names = names_of_records(((need.register, need.record) for need in needs), by)
    rows, agreed = _rows(needs), _arrangements(needs)
    for need in needs:
        register = find(need.register)
        said, source, mend = _words(register, rows.get(need.record), need, school)
        yield Item(
            need=need, register=register, record=names.get(need.record), said=said, source=source, mend=mend,
            arrangement=agreed.get((need.record, need.code)),
        )  # fmt: skip


def _words(register: Register, row: Any, need: Any, school: SchoolFacts) -> tuple[str, str, str]:
    """What is said of one need, where that comes from, and what its step is called."""
    if row is None:
        return "", "", ""
    if need.severity == DEADLINE:
        dated = deadline_of(register, row, need.code, school)
        return (f"{dated.deadline.words}.", " ".join(_because(dated, row)), dated.deadline.words) if dated else ("", "", "")
    found = next((each for each in findings_of(register, row, school) if (each.code, each.question) == (need.code, need.question)), None)
    return (found.message, found.source, found.mend or "Mend it") if found else ("", "", "")


def _because(dated: Dated, row: Any) -> tuple[str, ...]:
    """Where the day comes from: the count that was frozen with the record, unless another day was entered since."""
    counted = frozen_count(dated.deadline, row)
    return dated.due.because if counted is None or is_by_hand(dated.deadline, row, counted) else counted.because[:1]


def _rows(needs: Sequence[Any]) -> Mapping[UUID, Any]:
    tables = ((register.table, keys) for register, keys in by_register((need.register, need.record) for need in needs))
    return {row.id: row for table, keys in tables for row in table.select().where(table.id.in_(keys))}


def _arrangements(needs: Sequence[Any]) -> Mapping[tuple[UUID, str], Any]:
    if not needs:
        return {}
    rows = Arrangement.select().where(Arrangement.record.in_([need.record for need in needs]))
    return {(row.record, row.code): row for row in rows}
