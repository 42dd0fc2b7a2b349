"""From which day on records may be disposed of: the event, rounded to the end of its year where the series says so, and the period after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from models.vocabulary import RetentionAction, RetentionRounding, RetentionTrigger, YesNo
from registry.rules.due import Due
from registry.rules.plain_dates import full_day, months_after, plain_day
from registry.rules.school_facts import SchoolFacts

ACADEMIC_YEAR_END = (8, 31)
TAX_YEAR_END = (4, 5)
TRANSFER_FIRST = "What is handed over is handed over first, and nothing is destroyed before the receipt is there."

Days = date | Iterable[date | None] | None
"""The day of the event; several where several apply, of which the latest counts; none while it is not known."""


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
    years: int | None = None
    months: int | None = None
    days: int | None = None
    rounding: str = RetentionRounding.EXACT
    action: str = RetentionAction.DESTROY


class _Steps(NamedTuple):
    """How a day was counted: the event, the end of its year, and the day after the period."""

    event: date
    rounded: date
    on: date


def due_on(rule: Any, trigger_on: Days, school: SchoolFacts) -> date | None:
    """The first day on which disposal is allowed, never earlier.

    None where the day of the event is not known, no period is said, or the series is kept for good. Where several days are given, the latest
    counts; 29 February falls to 1 March. `rule` is a record of the schedule, anything with its columns, or a mapping of them.
    """
    steps = _steps(period_of(rule), trigger_on, school)
    return steps.on if steps else None


def explain(rule: Any, trigger_on: Days, school: SchoolFacts) -> Due | None:
    """The same day, with a sentence for each step that leads to it."""
    period = period_of(rule)
    known = _known(trigger_on)
    steps = _steps(period, known, school)
    if steps is None:
        return None
    event = RetentionTrigger(period.trigger).label if period.trigger in set(RetentionTrigger) else "The event"
    because = [f"{event}: {full_day(day)}." for day in known]
    if len(known) > 1:
        because.append(f"The latest of them counts: {full_day(steps.event)}.")
    if steps.rounded != steps.event or period.rounding != RetentionRounding.EXACT:
        because.append(f"Counted from {RetentionRounding(period.rounding).label[:1].lower()}{RetentionRounding(period.rounding).label[1:]}: "
                       f"{full_day(steps.rounded)}.")
    because.append(f"{_length(period) or 'At once'}{' later' if _length(period) else ''}: {full_day(steps.on)}.")
    if period.months and not period.days and steps.on.day != steps.rounded.day:
        because.append(f"{plain_day(steps.rounded)[:-5]} does not exist in that month, so it falls to the next day: never earlier.")
    if period.action == RetentionAction.TRANSFER:
        because.append(TRANSFER_FIRST)
    return Due(on=steps.on, because=tuple(because))


def period_words(rule: Any) -> str:
    """How long a series is kept, in words: "6 years after the end of its financial year"."""
    period = period_of(rule)
    if period.is_permanent:
        return "For good"
    if not period.is_said or period.trigger is None:
        return "Not said"
    if period.trigger == RetentionTrigger.NONE:
        return "No day: a person decides"
    event = RetentionTrigger(period.trigger).label
    event = event[:1].lower() + event[1:]
    if period.rounding != RetentionRounding.EXACT:
        end = RetentionRounding(period.rounding).label.removeprefix("The end of its ")
        event = f"the end of the {end} ({event})"
    length = _length(period)
    return f"{length} after: {event}" if length else f"Until: {event}"


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
    lengths = [period.get(name) for name in ("years", "months", "days")]
    years, months, days = (int(each or 0) for each in lengths)
    action = said.get("action") or RetentionAction.DESTROY
    return Period(
        trigger=None if trigger is None else str(trigger),
        months=years * 12 + months,
        days=days,
        is_said=any(each is not None for each in lengths),
        is_permanent=_is_yes(period.get("permanent")) or _is_yes(said.get("is_permanent")) or action == RetentionAction.KEEP,
        rounding=str(said.get("rounding") or RetentionRounding.EXACT),
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


def _known(trigger_on: Days) -> tuple[date, ...]:
    """The days that are known, each once, the earliest first."""
    days = (trigger_on,) if isinstance(trigger_on, date) else tuple(trigger_on or ())
    return tuple(sorted({day for day in days if day is not None}))


def _steps(period: Period, trigger_on: Days, school: SchoolFacts) -> _Steps | None:
    known = (trigger_on,) if isinstance(trigger_on, date) else _known(trigger_on)
    if not known or period.is_permanent or not period.is_said or period.trigger == RetentionTrigger.NONE:
        return None
    return _counted(period, known[-1], school.financial_year_end)


@lru_cache(maxsize=65_536)
def _counted(period: Period, event: date, financial_year_end: tuple[int, int]) -> _Steps:
    ends = {
        RetentionRounding.ACADEMIC_YEAR: ACADEMIC_YEAR_END,
        RetentionRounding.FINANCIAL_YEAR: financial_year_end,
        RetentionRounding.TAX_YEAR: TAX_YEAR_END,
    }
    rounded = _year_end(event, ends[RetentionRounding(period.rounding)]) if period.rounding in ends else event
    return _Steps(event, rounded, _days_after(months_after(rounded, period.months), period.days))


def _year_end(day: date, end: tuple[int, int]) -> date:
    """The end of the year in which a day falls; a year that ends on 29 February ends on 28 February where there is none."""
    this_year = _last_day(day.year, end)
    return this_year if day <= this_year or day.year == date.max.year else _last_day(day.year + 1, end)


def _last_day(year: int, end: tuple[int, int]) -> date:
    month, day = end
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _days_after(day: date, days: int) -> date:
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max


def _length(period: Period) -> str:
    """The length of a period in words; empty for none."""
    years, months = divmod(period.months, 12)
    parts = [(years, "year"), (months, "month"), (period.days, "day")]
    return ", ".join(f"{many} {unit if many == 1 else unit + 's'}" for many, unit in parts if many)
