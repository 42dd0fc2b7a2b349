"""Whether a traced write stays as quick when the trace has grown: run `python -m benchmarks.growth`."""

import statistics
import sys
import time
from datetime import UTC, datetime

from benchmarks.verify_chain import fill, house
from models import doors
from models.base import new_id
from models.school import School
from registry import records
from registry.actor import Actor
from registry.audit import Happened, recording
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.rows import store
from registry.schools import facts_of

SMALL, LARGE = 1_000, 100_000
WRITES = 200
ROUNDS = 3
CEILING = 1.5


def school() -> School:
    """A school, with the first entry of its chain."""
    at = datetime.now(UTC)
    row = School(
        id=new_id(),
        name="Quillbrook Primary School",
        nation="england",
        school_type="maintained",
        phases=("primary",),
        controller="governing_body",
        public_authority=True,
        financial_year_end_month=3,
        financial_year_end_day=31,
        bank_holidays="england-and-wales",
        created_at=at,
    )
    with recording(Actor.robot("benchmark"), at, chain=row.id) as trace:
        store(trace, Happened.SCHOOL_SET_UP, row, new=True)
    return row


def write(place: School) -> float:
    """The median seconds of one traced write: a change of a record."""
    at = datetime.now(UTC)
    occasion = Occasion(Actor.robot("benchmark", place.id), at, facts_of(place, at.date()))
    seconds = []
    with doors.looking_at(place.id):
        row = records.add(ASSETS, {"name": "Paper files"}, occasion)
        for each in range(WRITES):
            begun = time.perf_counter()
            records.change(ASSETS, row, {"notes": f"Note {each}"}, occasion)
            seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def after(entries: int) -> float:
    """The median seconds of one traced write in a house whose trace has this many entries."""
    with house():
        place = school()
        fill(place.id, entries)
        write(place)  # once for the caches
        return write(place)


def main() -> int:
    """Measure a small and a large house in turn; non-zero when the goal is missed."""
    pairs = [(after(SMALL), after(LARGE)) for _ in range(ROUNDS)]
    ratio = statistics.median(late / early for early, late in pairs)
    early, late = (statistics.median(side) * 1e6 for side in zip(*pairs, strict=True))
    print(f"one traced write: {early:,.0f} µs after {SMALL:,} entries, {late:,.0f} µs after {LARGE:,}: {ratio:.2f} times (goal at most {CEILING})")
    return int(ratio > CEILING)


if __name__ == "__main__":
    sys.exit(main())
