"""How the demonstration's school got on in its first weeks: more to mend at first, and less from week to week."""

from datetime import date

from models import doors
from models.finding_count import FindingCount
from models.school import School
from registry.needs import history, keeping

MORE_BY_WEEK = (0, 4, 9, 13, 22, 35, 48, 60)
"""By how many per cent there was more to mend than now, so many weeks ago."""


def course(school: School, today: date) -> None:
    """Keep the figures of the last weeks, made from those of the day on which it was filled."""
    keeping.catch_up(school, today)
    with doors.looking_at(school.id):
        history.keep(school.id, today)
        now = [*FindingCount.select().where(FindingCount.day == today)]
        earlier = [
            {
                "school": school.id, "day": today - history.WEEK * back, "register": row.register, "severity": row.severity,
                "findings": round(row.findings * (100 + more) / 100), "records": round(row.records * (100 + more) / 100),
            }
            for back, more in enumerate(MORE_BY_WEEK)
            if back
            for row in now
        ]  # fmt: skip
        FindingCount.insert_many(earlier).execute()
