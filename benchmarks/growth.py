"""G1: whether a write becomes slower as the history grows, each time beside a bare insert into a table that grows as well."""

import itertools
import sqlite3
import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from benchmarks.house import ASSETS, House, house, named
from benchmarks.neighbours import lengthen
from benchmarks.pairs import WORK, Result, ratios, seconds
from benchmarks.verifying import fill
from models.base import new_id
from registry import records

STEPS = (1_000, 100_000, 1_000_000)
AT_ONCE = 50
RAW = "INSERT INTO thing (id, name, note, seen) VALUES (?, ?, ?, ?)"


def measure() -> Iterator[Result]:
    """At a thousand records with their entries, at a hundred thousand, and at a million."""
    with house("normal") as there:
        raw = _raw_database(there.folder)
        names, multiples = itertools.count(), {}
        held = 0
        for size in STEPS:
            _grow(there, raw, size - held)
            held = size
            ours = partial(seconds, lambda: records.add(ASSETS, named(next(names)), there.occasion), AT_ONCE, WORK)
            multiples[size] = ratios(ours, partial(seconds, partial(_raw_insert, raw), AT_ONCE, WORK))
        at_first = statistics.median(multiples[STEPS[0]])
        for size in STEPS[1:]:
            relative = [each / at_first for each in multiples[size]]
            yield Result("G1", f"audited write at {size:,} records and entries ÷ at {STEPS[0]:,}, as multiples of a raw insert (CPU)", relative, 1.5)


def _grow(there: House, raw: sqlite3.Connection, count: int) -> None:
    lengthen(ASSETS, there.occasion, count)
    fill(there.school.id, count)
    raw.execute("BEGIN")
    raw.executemany(RAW, ((new_id().bytes, f"Pupil database {each}", "Names, contacts and attendance", each) for each in range(count)))
    raw.execute("COMMIT")


def _raw_database(folder: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = wal")
    raw.execute("PRAGMA synchronous = normal")
    raw.execute("CREATE TABLE thing (id BLOB PRIMARY KEY, name TEXT, note TEXT, seen INTEGER)")
    return raw


def _raw_insert(raw: sqlite3.Connection) -> None:
    key: UUID = new_id()
    raw.execute(RAW, (key.bytes, "Pupil database", "Names, contacts and attendance", 0))
