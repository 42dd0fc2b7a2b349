"""Measures the speed beside the goals: `python3 start.py bench`, or `bench writing lists` for some of it."""

import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks.pairs import Result

PARTS = (
    *("writing", "importing", "roll", "checking", "lists", "searching", "together", "pages", "today", "breaches", "programs"),
    *("devices", "fleet", "retention", "exporting", "attaching", "verifying", "growth"),
)
RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
HEAD = "| goal | what | limit | measured: median [least–most] | |\n|---|---|---|---|---|\n"


def main(wanted: Sequence[str]) -> int:
    """Measure the parts asked for, or all and write the table; non-zero when a goal is missed."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"There is no part called {unknown[0]}. There are: {', '.join(PARTS)}.")
        return 2
    results: list[Result] = []
    for name in wanted or PARTS:
        print(f"Measuring {name} ...", flush=True)
        measure: Callable[[], Iterator[Result]] = import_module(f"benchmarks.{name}").measure
        for result in measure():
            print(_line(result), flush=True)
            results.append(result)
    if not wanted:
        RESULTS.write_text(_page(results), encoding="utf-8")
        print(f"Written to {RESULTS.name}.")
    return int(not all(result.is_met for result in results))


def _line(result: Result) -> str:
    verdict = "met" if result.is_met else "**missed**"
    return f"| {result.goal} | {result.what} | {result.limit_in_words} | {result.measured_in_words} | {verdict} |"


def _page(results: Sequence[Result]) -> str:
    met = sum(result.is_met for result in results)
    return (
        "# How fast it is\n\n"
        "Written by `python3 start.py bench`. Ratios are the result: ours and the other in turn, in one run, on the same machine; a figure in\n"
        "milliseconds or per second only shows the order of size, because the machine's own speed changes twofold meanwhile. Where it says CPU,\n"
        "both sides were timed by the processor's own clock, which does not see what else the machine does. Goals that are missed are argued in\n"
        "`docs/decisions/`.\n\n"
        f"{datetime.now(UTC).date().isoformat()}, {_machine()}: {met} of {len(results)} met.\n\n"
        f"{HEAD}" + "\n".join(map(_line, results)) + "\n"
    )


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} on {cores} {platform.machine()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
