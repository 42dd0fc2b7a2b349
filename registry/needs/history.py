"""How a school gets on: what is open at the end of each day, counted once and kept, and drawn week by week."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import fn

from models.finding_count import FindingCount
from models.need import Need
from models.statements import stored_rows
from registry.access import Deed, may
from registry.actor import Actor
from registry.catalogue import REGISTERS
from registry.lists.views import sees_findings
from registry.needs.keeping import DEADLINE
from registry.rules.finding import Severity

WEEK = timedelta(days=7)
_day = FindingCount.day.python_value


@dataclass(frozen=True)
class Count:
    """How many errors and warnings were open on a day."""

    day: date
    errors: int
    warnings: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.errors + self.warnings


def keep(school: object, today: date) -> int:
    """Count what is open in the school in view on a day and keep that, unless it was; how many figures that are. Needs must have caught up."""
    if FindingCount.select().where(FindingCount.day == today).exists():
        return 0
    counted = (Need.register, Need.severity, fn.COUNT(Need.id), fn.COUNT(fn.DISTINCT(Need.record)))
    rows = stored_rows(Need.select(*counted).where(Need.severity != DEADLINE).group_by(Need.register, Need.severity))
    known = {(slug, severity): (many, records) for slug, severity, many, records in rows}
    figures = [
        {"school": school, "day": today, "register": register.slug, "severity": severity.value, "findings": many, "records": records}
        for register in REGISTERS
        if register.checks
        for severity in Severity
        for many, records in [known.get((register.slug, severity.value), (0, 0))]
    ]
    FindingCount.insert_many(figures).on_conflict_ignore().execute()
    return len(figures)


def weeks(by: Actor, today: date, many: int = 8) -> list[Count]:
    """What was open at the end of each of the last weeks for which that is known, as far as somebody may know; the oldest first.

    For a week whose last day has no figures those of the last day before it stand.
    """
    known = (FindingCount.day <= today) & (FindingCount.day > today - WEEK * many) & FindingCount.register.in_(seen_slugs(by))
    figures = (FindingCount.day, FindingCount.severity, fn.SUM(FindingCount.findings))
    rows = stored_rows(FindingCount.select(*figures).where(known).group_by(FindingCount.day, FindingCount.severity))
    by_day: dict[date, dict[str, int]] = defaultdict(dict)
    for stored, severity, findings in rows:
        if (day := _day(stored)) is not None:
            by_day[day][severity] = int(findings)
    lasts = {(today - day) // WEEK: day for day in sorted(by_day)}
    return [_count(day, by_day[day]) for _back, day in sorted(lasts.items(), reverse=True)]


def seen_slugs(by: Actor) -> list[str]:
    """The registers whose findings somebody may count."""
    return [register.slug for register in REGISTERS if may(by, Deed.SEE, register) and sees_findings(register, by)]


def _count(day: date, figures: Mapping[str, int]) -> Count:
    return Count(day, figures.get(Severity.ERROR.value, 0), figures.get(Severity.WARNING.value, 0))
