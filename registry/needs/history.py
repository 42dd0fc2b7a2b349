"""How a school gets on: what is open at the end of each day, counted once and kept, and drawn week by week."""

from collections.abc import Collection, Iterable, Sequence
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
_DAY = FindingCount.day.python_value


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
    """What was open at the end of each of the last weeks for which that is known, as far as somebody may know; the oldest first."""
    slugs = seen_slugs(by)
    days = [today - WEEK * back for back in reversed(range(many))]
    return [count for day in days if (count := _on(day, slugs)) is not None]


def seen_slugs(by: Actor) -> list[str]:
    """The registers whose findings somebody may count."""
    return [register.slug for register in REGISTERS if may(by, Deed.SEE, register) and sees_findings(register, by)]


def _on(day: date, slugs: Collection[str]) -> Count | None:
    """The figures of a day, or of the last day before it in the same week on which the program ran."""
    near = (FindingCount.day <= day) & (FindingCount.day > day - WEEK) & FindingCount.register.in_(list(slugs))
    rows = stored_rows(FindingCount.select(FindingCount.day, FindingCount.severity, FindingCount.findings).where(near))
    return _summed(rows) if rows else None


def _summed(rows: Sequence[tuple[object, str, int]]) -> Count:
    last = max(str(row[0]) for row in rows)
    figures: Iterable[tuple[str, int]] = ((severity, many) for on, severity, many in rows if str(on) == last)
    totals: dict[str, int] = {}
    for severity, many in figures:
        totals[severity] = totals.get(severity, 0) + many
    return Count(date.fromisoformat(last), totals.get(Severity.ERROR.value, 0), totals.get(Severity.WARNING.value, 0))
