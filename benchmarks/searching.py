"""Searching everything in a school of two hundred records, thousandfold: few words and many, a reference, a sealed name, and nothing at all."""

from collections.abc import Iterator, Mapping
from functools import partial

from benchmarks.house import ASSETS, house
from benchmarks.neighbours import lengthen
from benchmarks.pairs import Result, seconds
from registry import search_entries, searching

LONG = 200_000
TIMES = 10
ROUNDS = 5
ASKED: Mapping[str, str] = {
    "a word that all have": "pupil",
    "the beginning of a word that all have": "pup",
    "a word that all have with one that few have": "database 1234",
    "three beginnings": "nam con att",
    "one letter and another": "p d",
    "a reference": "IA-199999",
    "a sealed name that all have": "Ola Brandt",
    "nothing that is there": "trampoline zebra",
}


def measure() -> Iterator[Result]:
    """Each kind of question, as the page asks it."""
    with house() as there:
        lengthen(ASSETS, there.occasion, LONG)
        taken = seconds(search_entries.rebuild)
        yield Result("search", f"words of {LONG:,} records made anew", [taken], 60, "s")
        for what, text in ASKED.items():
            search = partial(searching.search, there.occasion.by, text)
            yield Result("search", f"{what}, among {LONG:,} records", [seconds(search, TIMES) * 1000 for _ in range(ROUNDS)], 50, "ms")
