"""A year ahead of what comes due, month by month, for a chart; what is due already stands first."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from registry.rules.bars import Bar, month
from registry.rules.plain_dates import months_after

MONTHS_AHEAD = 12


def year_ahead(over: int, by_day: Mapping[date, int], today: date) -> tuple[Bar, ...]:
    """How many records are due already, and how many come due in this month and the twelve after it; what comes later is left out."""
    first = today.replace(day=1)
    begins = [months_after(first, place) for place in range(MONTHS_AHEAD + 2)]
    ahead = (Bar(month(begin), sum(many for day, many in by_day.items() if begin <= day < after)) for begin, after in pairwise(begins))
    return (Bar("Due already", over, is_over=True), *ahead)
