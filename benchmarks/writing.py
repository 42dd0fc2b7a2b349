"""W1 to W3: what sealing, tracing and chaining cost a single write, beside a peewee that does none of it."""

import itertools
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from peewee import fn

from benchmarks.house import ASSETS, House, house, in_clear, named, twin_of
from benchmarks.pairs import WORK, Clock, Result, ratios, seconds
from registry import records

AT_ONCE = 50


def measure() -> Iterator[Result]:
    """One create and one update, each with its own commit."""
    with house("full") as there:
        bare = twin_of(there.folder, "full")
        yield Result("W1", "audited sealed create ÷ bare create, FULL", _creates(there, bare, time.perf_counter), 1.25)
        yield Result("W3", "audited update ÷ bare get and save, FULL", _updates(there, bare), 0.6)
    with house("normal") as there:
        bare = twin_of(there.folder, "normal")
        yield Result("W2", "audited sealed create ÷ bare create, NORMAL (CPU)", _creates(there, bare, WORK), 1.0)
        yield Result("W2", "the same by the clock on the wall", _creates(there, bare, time.perf_counter), 1.0)


def _creates(there: House, bare: Any, clock: Clock) -> list[float]:
    numbers = itertools.count((bare.select(fn.MAX(bare.number)).scalar() or 0) + 1)

    def ours() -> None:
        records.add(ASSETS, named(next(numbers)), there.occasion)

    def theirs() -> None:
        bare.create(**in_clear(next(numbers), there.school))

    return ratios(partial(seconds, ours, AT_ONCE, clock), partial(seconds, theirs, AT_ONCE, clock))


def _updates(there: House, bare: Any) -> list[float]:
    numbers = itertools.count()
    ids = itertools.cycle([row.id for row in ASSETS.table.select(ASSETS.table.id)])
    bare_ids = itertools.cycle([row.id for row in bare.select(bare.id)])

    def ours() -> None:
        row = records.find(ASSETS, next(ids), there.occasion.by)
        records.change(ASSETS, row, {"name": f"Renamed {next(numbers)}", "owner": f"Owner {next(numbers)}"}, there.occasion)

    def theirs() -> None:
        row = bare.get_by_id(next(bare_ids))
        row.name, row.owner = f"Renamed {next(numbers)}", f"Owner {next(numbers)}"
        row.save()

    return ratios(partial(seconds, ours, AT_ONCE), partial(seconds, theirs, AT_ONCE))
