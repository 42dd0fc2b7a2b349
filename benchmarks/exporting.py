"""R6: a register as a CSV file, beside a raw export of the same columns in clear; its memory, and when its first byte comes; and as a workbook."""

import csv
import io
import tracemalloc
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks.house import ASSETS, House, house, in_clear, twin_of
from benchmarks.importing import COLUMNS
from benchmarks.neighbours import fill, lengthen
from benchmarks.pairs import WORK, Result, ratios, seconds
from exports import register_xlsx
from exports.register_csv import PAGE, export
from exports.selection import as_listed
from models.base import db
from registry.lists.views import View

FEW, MANY = 1_000, 100_000
TURNS = 5
BESIDE = 10_000
VIEW = View(columns=COLUMNS[1:])


def measure() -> Iterator[Result]:
    """Ten columns, one of them sealed."""
    with house() as there:
        fill(there.occasion, ((ASSETS, FEW),))
        small, small_workbook = _memory(there), _memory_of_workbook(there)
        lengthen(ASSETS, there.occasion, BESIDE - FEW)
        bare = _twin_filled(there)
        raw = partial(_raw_export, bare._meta.database, [bare._meta.fields[name].column_name for name in COLUMNS])
        beside = ratios(partial(seconds, partial(_export, there), clock=WORK), partial(seconds, raw, clock=WORK))
        yield Result("R6", f"Excel workbook of {BESIDE:,} assets", [seconds(partial(_workbook, there)) for _turn in range(TURNS)], 5, "s")
        yield Result("R6", f"memory for a workbook of {BESIDE:,} rows ÷ for {FEW:,}", [_memory_of_workbook(there) / small_workbook], 1.25)
        yield Result("R6", f"CSV of {BESIDE:,} assets ÷ raw export in clear (CPU)", beside, 2.5)
        lengthen(ASSETS, there.occasion, MANY - BESIDE)
        yield Result("R6", f"memory for {MANY:,} rows ÷ for {FEW:,}", [_memory(there) / small], 1.25)
        yield Result("R6", f"pages of {PAGE} read before the first byte", [_pages_before_first_byte(there)], 10, "pages")


def _export(there: House) -> int:
    return sum(map(len, export(as_listed(ASSETS, VIEW, there.occasion.by), there.occasion)))


def _workbook(there: House) -> None:
    deque(register_xlsx.export([as_listed(ASSETS, VIEW, there.occasion.by)], there.occasion), maxlen=0)


def _memory_of_workbook(there: House) -> float:
    """The most memory that writing a workbook held at one time, in bytes."""
    tracemalloc.start()
    try:
        _workbook(there)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _twin_filled(there: House) -> Any:
    bare = twin_of(there.folder)
    with bare._meta.database.atomic():
        for number in range(1, BESIDE + 1):
            bare.create(**in_clear(number, there.school))
    return bare


def _raw_export(database: Any, columns: list[str]) -> None:
    """What a script would do: one statement, one writer, all of it in memory."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(database.execute_sql(f"SELECT number, {', '.join(columns)} FROM bare_asset ORDER BY number"))  # noqa: S608
    text.getvalue().encode()


def _memory(there: House) -> float:
    """The most memory that an export held at one time, in bytes."""
    tracemalloc.start()
    try:
        deque(export(as_listed(ASSETS, VIEW, there.occasion.by), there.occasion), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _pages_before_first_byte(there: House) -> int:
    asked: list[str] = []
    db.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        pieces = export(as_listed(ASSETS, VIEW, there.occasion.by), there.occasion)
        asked.clear()
        next(piece for piece in pieces if b"Pupil database" in piece)
    finally:
        db.query_hooks.pop()
    return len(asked)
