"""The few records that somebody should open first today: what is due, then what has most to mend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from registry.access import Deed, may
from registry.actor import Actor
from registry.definition import Register
from registry.images.take_downs import due_days
from registry.lists import query
from registry.lists.lines import REVIEW
from registry.lists.views import View
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.rules.plain_dates import full_day
from web.rendering import plural

SHOWN_OF_EACH = 4
LOOKED_AT = 10


@dataclass(frozen=True)
class Waiting:
    """One record that waits: what for, and since when."""

    register: Register
    row: query.Row
    due: date | None = None
    today: date | None = None

    @property
    def href(self) -> str:
        """Where it is."""
        return url_for("pages.record", slug=self.register.slug, record=self.row.id)

    @property
    def step(self) -> str:
        """What is to be done with it."""
        if self.register is TAKE_DOWNS:
            return "Take the picture down, then say when you did."
        return "Read every answer, then enter the next day for review." if self.due else f"{plural(self.row.errors, 'error')} to mend."

    @property
    def lateness(self) -> str:
        """How late it is, or how soon it is due."""
        days = self._days_late
        return f"{plural(days, 'day')} late" if days > 0 else f"In {plural(-days, 'day')}" if days else "Today"

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self._days_late > 0

    @property
    def _days_late(self) -> int:
        return (self.today - self.due).days if self.today and self.due else 0

    @property
    def day(self) -> str:
        """The day on which it was due."""
        return full_day(self.due) if self.due else ""


def waiting_for(actor: Actor, registers: list[tuple[Register, int, int]], today: date) -> list[Waiting]:
    """The longest overdue and the worst; registers come with how many reviews are due and how many records have errors."""
    late = sorted((each for register, due, _ in registers if due for each in _due(actor, register, today)), key=lambda each: each.row.review_on)
    tasks = [each for register, _, _ in registers if register is TAKE_DOWNS for each in _to_take_down(actor, today)]
    late = sorted([*late[:SHOWN_OF_EACH], *tasks[:SHOWN_OF_EACH]], key=lambda each: each.due or today)
    known = {each.row.id for each in late}
    worst = [each for register, _, wrong in registers if wrong for each in _wrong(actor, register, today) if each.row.id not in known]
    return [*late, *sorted(worst, key=lambda each: -each.row.errors)[:SHOWN_OF_EACH]]


def _due(actor: Actor, register: Register, today: date) -> Iterator[Waiting]:
    view = View(chip="review", sort=REVIEW, columns=(REVIEW,), size=LOOKED_AT)
    for row in query.page(register, actor, view, today).rows:
        yield Waiting(register, row, date.fromisoformat(row.review_on), today)


def _to_take_down(actor: Actor, today: date) -> Iterator[Waiting]:
    """Pictures that can still be seen, for whoever takes them down: each has a finding until that is done."""
    if not may(actor, Deed.CHANGE, TAKE_DOWNS):
        return
    view = View(chip="findings", sort="due_on", columns=(TAKE_DOWNS.title.name,), size=LOOKED_AT)
    rows = query.page(TAKE_DOWNS, actor, view, today).rows
    due = due_days([row.id for row in rows])
    yield from (Waiting(TAKE_DOWNS, row, due[row.id], today) for row in rows if row.id in due)


def _wrong(actor: Actor, register: Register, today: date) -> Iterator[Waiting]:
    view = View(chip="errors", sort="findings", descending=True, columns=(register.title.name,), size=LOOKED_AT)
    for row in query.page(register, actor, view, today).rows:
        yield Waiting(register, row)
