"""From which day on records may be disposed of: the event, rounded to the end of its year where the series says so, and the period after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from models.vocabulary import Nation, RetentionAction, RetentionLimit, RetentionRounding, RetentionTrigger, YesNo
from registry.rules.due import Due
from registry.rules.plain_dates import MONTHS, full_day, months_after
from registry.rules.school_facts import SchoolFacts

ACADEMIC_YEAR_END = (8, 31)
ACADEMIC_YEAR_END_SCOTLAND = (7, 31)  # its schools begin in August: a record of that month is one of the new year
TAX_YEAR_END = (4, 5)
TRANSFER_FIRST = "What is handed over is handed over first, and nothing is destroyed before the receipt is there."

ROUNDINGS = {each.value: each for each in RetentionRounding} | {
    "end_AY": RetentionRounding.ACADEMIC_YEAR,
    "end_FY": RetentionRounding.FINANCIAL_YEAR,
    "end_TY": RetentionRounding.TAX_YEAR,
}
"""Every way to round by its code, and by the short names that schedules use."""

Days = date | str | Iterable[date | str | None] | None
"""The day of the event, or its ISO text; several where several apply, of which the latest counts; none while it is not known."""


class Period(NamedTuple):
    """A rule with its parts as plain values, which is quick to compare."""

    trigger: str | None = None
    months: int = 0
    days: int = 0
    is_said: bool = False
    is_permanent: bool = False
    rounding: str = RetentionRounding.EXACT
    action: str = RetentionAction.DESTROY


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long a series is kept; each name is the column of the same name, and what is not given is not said."""

    trigger: str | None = None
    permanent: str | None = None
    is_permanent: bool = False
    years: int | None = None
    months: int | None = None
    days: int | None = None
    rounding: str = RetentionRounding.EXACT
    limit: str = RetentionLimit.TARGET
    action: str = RetentionAction.DESTROY


class _Steps(NamedTuple):
    """How a day was counted: the event, the end of its year, the day after the years and months, and that after the days as well."""

    event: date
    rounded: date
    after_months: date
    on: date


def due_on(rule: Any, trigger_on: Days, school: SchoolFacts) -> date | None:
    """The first day on which disposal is allowed, never earlier.

    None where the day of the event is not known, no period is said or none that can be counted, the series is kept for good, or the day would
    come after the year 9999. Where several days are given, the latest counts; 29 February falls to 1 March. `rule` is a record of the schedule,
    anything with its columns, or a mapping of them.
    """
    steps = _steps(period_of(rule), trigger_on, school)
    return steps.on if steps else None


def latest_event(rule: Any, today: date, school: SchoolFacts) -> date | None:
    """The latest day of an event of which the records may go today; every earlier one may as well. None where no day can be counted."""
    period = period_of(rule)
    first, last = date.min.toordinal(), today.toordinal()
    if not _is_over(period, date.min, today, school):
        return None
    while first < last:  # a later event is never due earlier, so that halving finds it
        middle = (first + last + 1) // 2
        first, last = (middle, last) if _is_over(period, date.fromordinal(middle), today, school) else (first, middle - 1)
    return date.fromordinal(first)


def _is_over(period: Period, event: date, today: date, school: SchoolFacts) -> bool:
    on = due_on(period, event, school)
    return on is not None and on <= today


def explain(rule: Any, trigger_on: Days, school: SchoolFacts) -> Due | None:
    """The same day, with a sentence for each step that leads to it."""
    period = period_of(rule)
    known = _known(trigger_on)
    steps = _steps(period, known, school)
    if steps is None:
        return None
    event = _event_words(period)
    because = [f"{event}: {full_day(day)}." for day in known]
    if len(known) > 1:
        because.append(f"The latest of them counts: {full_day(steps.event)}.")
    if period.rounding != RetentionRounding.EXACT:
        because.append(f"Counted from {_lower(RetentionRounding(period.rounding).label)}: {full_day(steps.rounded)}.")
    length = length_words(period)
    because.append(f"{length} later: {full_day(steps.on)}." if length else f"At once: {full_day(steps.on)}.")
    if steps.after_months.day != steps.rounded.day:
        short = steps.after_months - timedelta(days=1)
        because.append(f"There is no {steps.rounded.day} {MONTHS[short.month - 1]} in {short.year}, so it falls to the next day: never earlier.")
    if period.action == RetentionAction.TRANSFER:
        because.append(TRANSFER_FIRST)
    return Due(on=steps.on, because=tuple(because))


def period_of(rule: Any) -> Period:
    """The parts of a rule, whatever it is given as."""
    if isinstance(rule, Period):
        return rule
    said = rule if isinstance(rule, Mapping) else _Attributes(rule)
    trigger, period = said.get("trigger"), said.get("period") or said
    if isinstance(trigger, Mapping):
        trigger = trigger.get("event")
    if not isinstance(period, Mapping) and not isinstance(period, _Attributes):
        period = _Attributes(period)
    years, months, days = lengths = [_whole(period.get(name)) for name in ("years", "months", "days")]
    rounding = ROUNDINGS.get(str(period.get("rounding") or said.get("rounding") or RetentionRounding.EXACT))
    action = said.get("action") or RetentionAction.DESTROY
    parts = (said,) if period is said else (said, period)
    is_permanent = any(_is_yes(each.get("permanent")) or _is_yes(each.get("is_permanent")) for each in parts)
    return Period(
        trigger=None if trigger is None else str(trigger),
        months=(years or 0) * 12 + (months or 0),
        days=days or 0,
        # a rounding that nobody knows is no period either, as guessing could come out too early
        is_said=lengths != [None, None, None] and min(years or 0, months or 0, days or 0) >= 0 and rounding is not None,
        is_permanent=is_permanent or action == RetentionAction.KEEP,
        rounding=rounding or RetentionRounding.EXACT,
        action=str(action),
    )


class _Attributes:
    """Anything with attributes, read as a mapping is."""

    def __init__(self, of: Any) -> None:
        self._of = of

    def get(self, name: str) -> Any:
        """What stands under a name; None for nothing."""
        return getattr(self._of, name, None)


def _is_yes(said: Any) -> bool:
    return said is True or said == YesNo.YES


def _whole(said: Any) -> int | None:
    """A length as a number; nothing where none is said, and -1 for what is no whole number, which no day can be counted by."""
    if said is None or type(said) is int:
        return said
    if said == "":
        return None
    try:
        many = int(said)
    except (TypeError, ValueError, OverflowError):
        return -1
    return many if isinstance(said, str) or many == said else -1


def _event_words(period: Period) -> str:
    return next((each.label for each in RetentionTrigger if each == period.trigger), "The event")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _known(trigger_on: Days) -> tuple[date, ...]:
    """The days that are known, each once, the earliest first."""
    days = (trigger_on,) if isinstance(trigger_on, date | str) else trigger_on or ()
    return tuple(sorted({_day(each) for each in days if each}))


def _day(given: date | str) -> date:
    if isinstance(given, str):
        return date.fromisoformat(given)
    return given.date() if isinstance(given, datetime) else given


def _steps(period: Period, trigger_on: Days, school: SchoolFacts) -> _Steps | None:
    if period.is_permanent or not period.is_said or period.trigger == RetentionTrigger.NONE:
        return None
    event = trigger_on if type(trigger_on) is date else max(_known(trigger_on), default=None)
    return _counted(period, event, _year_ends_on(period, school)) if event else None


def _year_ends_on(period: Period, school: SchoolFacts) -> tuple[int, int] | None:
    """The month and day on which the year ends to which a rule rounds; none where it does not round."""
    if period.rounding == RetentionRounding.ACADEMIC_YEAR:
        return ACADEMIC_YEAR_END_SCOTLAND if school.nation == Nation.SCOTLAND else ACADEMIC_YEAR_END
    if period.rounding == RetentionRounding.FINANCIAL_YEAR:
        month, day = school.financial_year_end
        return month, day
    return TAX_YEAR_END if period.rounding == RetentionRounding.TAX_YEAR else None


@lru_cache(maxsize=65_536)
def _counted(period: Period, event: date, year_end: tuple[int, int] | None) -> _Steps | None:
    """How the day comes about; none after the year 9999, where a day cut short would be too early."""
    rounded = _year_end(event, year_end) if year_end else event
    if rounded is None or rounded.year * 12 + rounded.month + period.months > date.max.year * 12 + date.max.month:
        return None
    after_months = months_after(rounded, period.months)
    if period.days > (date.max - after_months).days:
        return None
    return _Steps(event, rounded, after_months, after_months + timedelta(days=period.days))


def _year_end(day: date, end: tuple[int, int]) -> date | None:
    """The end of the year in which a day falls; a year that ends on 29 February ends on 28 February where there is none."""
    this_year = _last_day(day.year, end)
    if day <= this_year:
        return this_year
    return _last_day(day.year + 1, end) if day.year < date.max.year else None


def _last_day(year: int, end: tuple[int, int]) -> date:
    month, day = end
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def length_words(period: Period) -> str:
    """The length of a period in words; empty for none."""
    years, months = divmod(period.months, 12)
    parts = [(years, "year"), (months, "month"), (period.days, "day")]
    return ", ".join(f"{many} {unit if many == 1 else unit + 's'}" for many, unit in parts if many)
