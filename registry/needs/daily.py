"""What is done once a day so that nobody has to ask: every school's needs made anew for the day, and how much there is kept for its picture."""

from datetime import datetime

from models import doors
from models.school import School
from registry.needs import history, keeping
from registry.rules.local_time import in_zone

ZONE = "Europe/London"


def look_everywhere(now: datetime) -> str:
    """Know what every school needs on this day, and keep how much that is; the second time on a day does nothing. What was done, in words."""
    today, kept = in_zone(now, ZONE).date(), 0
    schools = list(School.select())
    for school in schools:
        keeping.catch_up(school, today)
        with doors.looking_at(school.id):
            kept += bool(history.keep(school.id, today))
    return f"{len(schools):,} schools looked at; figures of {kept:,} kept."
