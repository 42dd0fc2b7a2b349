"""The first page of somebody with five thousand open things, and what it costs to know them: all at once, and after one change."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from benchmarks.house import ANSWERS, ASSETS, House, house
from benchmarks.pages import milliseconds, queries, signed_in
from benchmarks.pairs import WORK, Result, seconds
from models.need import Need
from models.statements import learn_sizes
from registry import records
from registry.many.bulk import insert_many
from registry.needs import keeping
from registry.needs.needs import today_of
from registry.trace.audit import recording

ASSETS_OPEN = 1_000
OPEN = 5_000


def measure() -> Iterator[Result]:
    """A thousand assets of which little is known, each due on a day of its own."""
    with house() as there:
        _fill(there)
        anew = [1000 * _anew(there, days) for days in range(1, 6)]
        yield Result("today", f"knowing what {ASSETS_OPEN:,} records need, all anew (CPU)", anew, 1_000, "ms")
        keeping.catch_up(there.school, there.occasion.at.date())
        assert Need.select().count() >= OPEN, Need.select().count()
        client = signed_in(there)
        yield Result("today", f"the first page with {OPEN:,} open things, server time (CPU)", milliseconds(client, "/", WORK), 30, "ms")
        yield Result("today", "the same, queries", [queries(client, "/")], 25, "queries")
        told = partial(today_of, there.occasion.by, there.occasion.at.date())
        yield Result("today", "its lists alone (CPU)", [1000 * seconds(told, 10, WORK) for _ in range(7)], 30, "ms")
        yield Result("today", "everything that is open, the first 50, server time (CPU)", milliseconds(client, "/findings/", WORK), 50, "ms")
        yield Result("today", "reading on after one change (CPU)", [1000 * _after_a_change(there, number) for number in range(7)], 5, "ms")


def _fill(there: House) -> None:
    today = there.occasion.at.date()
    few = {name: answer for name, answer in ANSWERS.items() if name in ("description", "format", "contains_personal")}
    assets = ({**few, "name": f"Files {number}", "next_review_on": today + timedelta(days=number % 120 - 30)} for number in range(ASSETS_OPEN))
    with recording(there.occasion.by, there.occasion.at) as trace:
        insert_many(trace, ASSETS, assets, there.occasion, number=1)
    learn_sizes()


def _anew(there: House, days: int) -> float:
    """Seconds to make everything anew, as the first look of a day does."""
    return seconds(partial(keeping.catch_up, there.school, there.occasion.at.date() + timedelta(days=days)), 1, WORK)


def _after_a_change(there: House, number: int) -> float:
    row = ASSETS.table.select().where(ASSETS.table.number == number + 1).get()
    records.change(ASSETS, row, {"location": f"Room {number}"}, there.occasion)
    return seconds(partial(keeping.catch_up, there.school, there.occasion.at.date()), 1, WORK)
