"""Which term a day lies in, to count by term: by the school's own dates, and by the month where none are entered."""

import re
from datetime import date

from registry.rules.working_days import LONGEST_HOLIDAY, Calendar, Span

AUTUMN, SPRING, SUMMER = "autumn", "spring", "summer"
APRIL, SEPTEMBER = 4, 9
_A_YEAR = re.compile(r"\d{4}|\b\d{2} ?[/–-] ?\d{2}\b")


def term_of(day: date, calendar: Calendar) -> str:
    """The term of a day, "Autumn term 2026"; holidays belong to the term before. Where no dates tell, by the month: "2026/27, autumn"."""
    within = [term for term in calendar.terms if day in term]
    if within:
        return _called(max(within, key=lambda term: (term.begins_on, term.ends_on, term.name)))
    over = [term for term in calendar.terms if term.ends_on < day]
    before = max(over, key=lambda term: (term.ends_on, term.begins_on, term.name), default=None)
    if before is not None and _is_holiday_after(before, day, calendar):
        return _called(before)
    return by_month(day)


def by_month(day: date) -> str:
    """The academic year of a day and a season of it: autumn from September, spring from January, summer from April."""
    first = day.year if day.month >= SEPTEMBER else day.year - 1
    season = AUTUMN if day.month >= SEPTEMBER else SUMMER if day.month >= APRIL else SPRING
    return f"{first}/{(first + 1) % 100:02}, {season}"


def _is_holiday_after(term: Span, day: date, calendar: Calendar) -> bool:
    """Whether a day lies between this term and the next; where the next is not entered, only as long as the season lasts."""
    return calendar.knows(day) or (day - term.ends_on <= LONGEST_HOLIDAY and by_month(day) == by_month(term.ends_on))


def _called(term: Span) -> str:
    """The name of a term with its year, unless the school's own name has one already."""
    name = term.name.strip()
    if not name:
        return by_month(term.begins_on)
    if _A_YEAR.search(name):
        return name
    return f"{name}{',' if name[-1].isdigit() else ''} {term.begins_on.year}"
