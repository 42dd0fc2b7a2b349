"""Working days and school days, counted one by one, so that whoever asks can see which counted, which did not, and why.

Of days that nobody knows anything about yet every working day counts: the day that comes out may be early, and is never late for that reason.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from registry.rules.plain_dates import WEEKDAYS, full_day, plain_day

WORKING, SCHOOL, NEXT = "working", "school", "next working"
RULE = "Counting days, version 1"
"""Kept with every count: what is counted otherwise one day gets another version."""

ONE_DAY = timedelta(days=1)
SATURDAY = 5
LONGEST_HOLIDAY = timedelta(days=70)
"""A longer gap between two terms is no holiday: somebody has not entered the term between them."""

HOLIDAY = "School holiday"
NO_BANK_HOLIDAYS = "No bank holidays are known for this school, so only weekends were left out."
NO_TERMS = "No term dates are entered, so every working day counts as a school day. The day may come too early."


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row, the first and the last among them, with what they are called."""

    begins_on: date
    ends_on: date
    name: str

    def __contains__(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What is known of the days of a school: bank holidays and until when they are published, its terms, and when it is shut within them."""

    bank_holidays: Mapping[date, str] = field(default_factory=dict)
    known_until: date | None = None
    terms: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()

    @cached_property
    def stretches(self) -> tuple[Span, ...]:
        """From when to when all terms are known: terms with no more than a holiday between them belong together."""
        found: list[Span] = []
        for term in sorted(self.terms, key=lambda each: each.begins_on):
            before = found[-1] if found else None
            if before is not None and term.begins_on - before.ends_on <= LONGEST_HOLIDAY:
                found[-1] = Span(before.begins_on, max(before.ends_on, term.ends_on), "")
            else:
                found.append(Span(term.begins_on, term.ends_on, ""))
        return tuple(found)

    def knows(self, day: date) -> bool:
        """Whether it is known if a day lies in a term."""
        return any(day in stretch for stretch in self.stretches)


class Day(NamedTuple):
    """One day that was looked at, whether it counted, and why not."""

    day: date
    counts: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many days were counted from when, every day that was looked at, where that led, and what is not certain about it."""

    begins_on: date
    due_on: date
    number: int
    kind: str
    days: tuple[Day, ...]
    rule: str
    notes: tuple[str, ...] = ()

    @property
    def because(self) -> tuple[str, ...]:
        """How it was worked out, a sentence each."""
        if self.kind == NEXT:
            return (f"The first working day from {full_day(self.begins_on)} on: {full_day(self.due_on)}.", *self.notes)
        days = f"{self.kind} day{'' if self.number == 1 else 's'}"
        return (f"{self.number} {days} after {full_day(self.begins_on)}, which is not counted itself: {full_day(self.due_on)}.", *self.notes)


def working_days_after(day: date, number: int, calendar: Calendar) -> Counted:
    """So many working days after a day: weekends and bank holidays do not count, nor does the day itself."""
    return _counted(WORKING, day, number, calendar)


def school_days_after(day: date, number: int, calendar: Calendar) -> Counted:
    """So many school days after a day: days on which pupils are taught, the day itself not counted (SI 2010/2768, SI 2005/1437)."""
    return _counted(SCHOOL, day, number, calendar)


def next_working_day(day: date, calendar: Calendar) -> Counted:
    """The day itself where it is a working day, else the next one."""
    counted = _counted(NEXT, day - ONE_DAY, 1, calendar)
    return Counted(begins_on=day, due_on=counted.due_on, number=1, kind=NEXT, days=counted.days, rule=RULE, notes=counted.notes)


def anew(counted: Counted, calendar: Calendar) -> Counted:
    """The same count by what is known of the days now."""
    if counted.kind == NEXT:
        return next_working_day(counted.begins_on, calendar)
    return _counted(counted.kind, counted.begins_on, counted.number, calendar)


def stored(counted: Counted) -> str:
    """A count as the text in which it is kept: days and their names, and nothing about anybody."""
    days = [[day.isoformat(), counts, why] for day, counts, why in counted.days]
    ends = {"begins_on": counted.begins_on.isoformat(), "due_on": counted.due_on.isoformat()}
    told = {"rule": counted.rule, "kind": counted.kind, "number": counted.number, **ends, "days": days, "notes": counted.notes}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Counted:
    """A count out of the text in which it was kept; raises ValueError for any other text."""
    try:
        told = json.loads(text)
        return Counted(
            begins_on=date.fromisoformat(told["begins_on"]),
            due_on=date.fromisoformat(told["due_on"]),
            number=int(told["number"]),
            kind=str(told["kind"]),
            days=tuple(Day(date.fromisoformat(day), bool(counts), str(why)) for day, counts, why in told["days"]),
            rule=str(told["rule"]),
            notes=tuple(map(str, told["notes"])),
        )
    except (KeyError, TypeError) as problem:
        raise ValueError("This is no count of days.") from problem


def _counted(kind: str, day: date, number: int, calendar: Calendar) -> Counted:
    why_not, on, left, days = _WHY_NOT[kind], day, number, []
    while left > 0:
        on += ONE_DAY
        why = why_not(on, calendar)
        days.append(Day(on, not why, why))
        left -= not why
    notes = tuple(_doubts(kind, days, calendar))
    return Counted(begins_on=day, due_on=on, number=number, kind=kind, days=tuple(days), rule=RULE, notes=notes)


def _not_working(day: date, calendar: Calendar) -> str:
    return WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else calendar.bank_holidays.get(day, "")


def _no_school(day: date, calendar: Calendar) -> str:
    shut = _not_working(day, calendar) or next((span.name for span in calendar.closed if day in span), "")
    if shut or not calendar.knows(day):
        return shut
    return "" if any(day in term for term in calendar.terms) else HOLIDAY


_WHY_NOT: Mapping[str, Callable[[date, Calendar], str]] = {WORKING: _not_working, SCHOOL: _no_school, NEXT: _not_working}


def _doubts(kind: str, days: list[Day], calendar: Calendar) -> Iterator[str]:
    """What was not known about the days that were looked at."""
    if not days:
        return
    if calendar.known_until is None:
        yield NO_BANK_HOLIDAYS
    elif days[-1].day > calendar.known_until:
        yield f"Bank holidays are known until {plain_day(calendar.known_until)}. After that only weekends were left out."
    if kind == SCHOOL:
        yield from _doubts_about_terms(days, calendar)


def _doubts_about_terms(days: list[Day], calendar: Calendar) -> Iterator[str]:
    unknown = [each.day for each in days if each.counts and not calendar.knows(each.day)]
    if not calendar.terms:
        yield NO_TERMS
    elif unknown:
        between = f"from {plain_day(unknown[0])} to {plain_day(unknown[-1])}"
        yield f"No term dates are entered for some days {between}, so every working day counts as a school day there. The day may come too early."
