"""A year ahead of what comes due, month by month, for a chart and for a list by series; what is due already stands first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from registry.rules.bars import Bar, month
from registry.rules.plain_dates import months_after

MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class SeriesAhead:
    """One row of the list: a series, and what of it is due already or comes due in which month; months with nothing are left out."""

    series: str
    bars: tuple[Bar, ...]

    @property
    def many(self) -> int:
        """How many records of it are due, or come due within the year."""
        return sum(bar.many for bar in self.bars)


def year_ahead(over: int, by_day: Mapping[date, int], today: date) -> tuple[Bar, ...]:
    """How many records are due already, and how many come due in this month and the twelve after it; what comes later is left out."""
    first = today.replace(day=1)
    begins = [months_after(first, place) for place in range(MONTHS_AHEAD + 2)]
    ahead = (Bar(month(begin), sum(many for day, many in by_day.items() if begin <= day < after)) for begin, after in pairwise(begins))
    return (Bar("Due already", over, is_over=True), *ahead)


def series_ahead(rows: Iterable[tuple[date, int, str]], today: date) -> tuple[SeriesAhead, ...]:
    """The same by series, from the day, how many, and the series of each row; a series of which nothing comes due is left out."""
    over: Counter[str] = Counter()
    ahead: dict[str, Counter[date]] = {}
    for day, many, series in rows:
        days = ahead.setdefault(series, Counter())
        if day <= today:
            over[series] += many
        else:
            days[day] += many
    counted = ((series, year_ahead(over[series], ahead[series], today)) for series in sorted(ahead, key=str.casefold))
    found = (SeriesAhead(series, tuple(bar for bar in bars if bar.many)) for series, bars in counted)
    return tuple(each for each in found if each.bars)
