"""Entries that nobody has looked at: never, not within the time that a check counts, or not since they came with the program."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.lists.views import View
from registry.retention.minimising.surplus import EXAMPLES, Example, Surplus, counted, these
from registry.rules.review_dates import CheckedFacts, check_again
from registry.rules.school_facts import SchoolFacts

CHECKED, NEXT, STARTER = "last_verified_on", "next_review_on", "starter_id"
NEVER = "Nobody has looked yet whether it is true."
TOO_OLD = "The day of the next check has gone by, or the last check is too old."
NOT_CONFIRMED = "It came with the program, and nobody said yet that it is so here."


def unchecked(school: SchoolFacts) -> tuple[Surplus, ...]:
    """By register, for every one whose entries are checked or began as entries of the program."""
    if school.today is None:
        return ()
    return counted(each for register in REGISTERS for each in _of_register(register, school, school.today))


def _of_register(register: Register, school: SchoolFacts, today: date) -> Iterator[Surplus]:
    stored = register.table._meta.fields
    is_checked = CHECKED in stored
    if not is_checked and STARTER not in stored:
        return
    never, old, starter = [], [], []
    for row, is_starter, facts in _rows(register):
        if is_starter:
            starter.append(row)
        elif is_checked and facts.last_verified_on is None:
            never.append(row)
        elif is_checked and (again := check_again(facts, school)) and again.on < today:
            old.append(row)
    yield _surplus(register, "never checked", never, says=NEVER, view=View(sort=CHECKED, descending=True, columns=(CHECKED,)))
    yield _surplus(register, "check overdue", old, says=TOO_OLD, view=View(sort=CHECKED, columns=(CHECKED, NEXT)))
    yield _surplus(register, "not confirmed", starter, says=NOT_CONFIRMED, view=View(chip="starter"))


def _surplus(register: Register, why: str, rows: list[Example], *, says: str, view: View) -> Surplus:
    return Surplus(register, f"{register.heading}: {why}", len(rows), says, tuple(rows[:EXAMPLES]), view if view.chip else these(rows, view))


def _rows(register: Register) -> Iterator[tuple[Example, bool, CheckedFacts]]:
    """Every record that is not archived, with its days: ids, numbers and days, so that nothing is opened."""
    table: Any = register.table
    days = [name for name in (CHECKED, NEXT) if name in table._meta.fields]
    columns = [table._meta.fields[name] for name in days]
    query = table.select(table.id, table.number, table.starter, *columns).where(table.archived_at.is_null()).order_by(table.number)
    for key, number, is_starter, *found in query.tuples():
        yield Example(key, number), bool(is_starter), CheckedFacts(**dict(zip(days, found, strict=True)))
