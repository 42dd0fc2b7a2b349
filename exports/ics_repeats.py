"""The days on which an event of a calendar repeats itself (RFC 5545 section 3.3.10), as far as school calendars use that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

UNDERSTOOD = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST"})
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_AGO = timedelta(days=3_660)
ONE_DAY = timedelta(days=1)
YEARLY = 12


class NotUnderstood(ValueError):
    """An event repeats itself in a way that no school calendar needs, or that began too long ago to be followed."""


@dataclass(frozen=True)
class _Rule:
    frequency: str
    interval: int
    count: int | None
    until: date
    weekdays: Sequence[str]
    months: Sequence[int]
    month_days: Sequence[int]


def days_of(rule: Mapping[str, Any], first: date, since: date, until: date) -> Iterator[date]:
    """The days from `since` to `until` on which an event begins that began on `first`; raises NotUnderstood."""
    if since - first > LONGEST_AGO:
        raise NotUnderstood
    read = _read(rule, first, until)
    fits, day, left = _FITS[read.frequency], first, read.count
    while day <= read.until and left != 0:
        if day == first or (fits(read, first, day) and _is_among(read, day)):
            left = None if left is None else left - 1
            if day >= since:
                yield day
        day += ONE_DAY


def _read(rule: Mapping[str, Any], first: date, until: date) -> _Rule:
    given = {str(name).upper(): values for name, values in rule.items()}
    if not given.keys() <= UNDERSTOOD:
        raise NotUnderstood
    try:
        frequency = str(_one(given, "FREQ", "")).upper()
        weekdays = [str(each).upper() for each in given.get("BYDAY", ())]
        months, month_days = ([int(each) for each in given.get(name, ())] for name in ("BYMONTH", "BYMONTHDAY"))
        interval, count = int(_one(given, "INTERVAL", 1)), _one(given, "COUNT", None)
        last = _one(given, "UNTIL", until)
        ends = last.date() if isinstance(last, datetime) else last
        read = _Rule(frequency, interval, None if count is None else int(count), min(ends, until), weekdays, months, month_days)
    except (TypeError, ValueError):
        raise NotUnderstood from None
    numbered = any(len(each) > len("MO") for each in weekdays)
    nth_in_month = frequency == "MONTHLY" or (frequency == "YEARLY" and months)
    if frequency not in _FITS or interval < 1 or not all(each[-2:] in WEEKDAYS for each in weekdays) or (numbered and not nth_in_month):
        raise NotUnderstood
    return _with_the_usual(read, first)


def _one(given: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    values = given.get(name, ())
    return values[0] if values else otherwise


def _with_the_usual(rule: _Rule, first: date) -> _Rule:
    """What an event repeats by when its rule only says how often: the day on which it began."""
    if rule.weekdays or rule.month_days:
        return rule
    if rule.frequency == "WEEKLY":
        return _Rule(rule.frequency, rule.interval, rule.count, rule.until, (WEEKDAYS[first.weekday()],), rule.months, ())
    if rule.frequency in ("MONTHLY", "YEARLY"):
        months = rule.months or ((first.month,) if rule.frequency == "YEARLY" else ())
        return _Rule(rule.frequency, rule.interval, rule.count, rule.until, (), months, (first.day,))
    return rule


def _is_among(rule: _Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and day.day not in rule.month_days and day.day - _length(day) - 1 not in rule.month_days:
        return False
    return not rule.weekdays or any(_is_weekday(each, day) for each in rule.weekdays)


def _is_weekday(wanted: str, day: date) -> bool:
    """Whether a day is a Monday (MO), the second Monday of its month (2MO), or the last (-1MO)."""
    if WEEKDAYS[day.weekday()] != wanted[-2:]:
        return False
    number = wanted[:-2].lstrip("+")
    return not number or number in (str((day.day - 1) // 7 + 1), str(-((_length(day) - day.day) // 7 + 1)))


def _length(day: date) -> int:
    """How many days the month of a day has."""
    following = date(day.year + day.month // YEARLY, day.month % YEARLY + 1, 1)
    return (following - ONE_DAY).day


def _weeks(first: date, day: date) -> int:
    return ((day - timedelta(days=day.weekday())) - (first - timedelta(days=first.weekday()))).days // 7


_FITS: Mapping[str, Callable[[_Rule, date, date], bool]] = {
    "DAILY": lambda rule, first, day: (day - first).days % rule.interval == 0,
    "WEEKLY": lambda rule, first, day: _weeks(first, day) % rule.interval == 0,
    "MONTHLY": lambda rule, first, day: ((day.year - first.year) * YEARLY + day.month - first.month) % rule.interval == 0,
    "YEARLY": lambda rule, first, day: (day.year - first.year) % rule.interval == 0,
}
"""Whether the period in which a day lies is one in which the event repeats itself."""
