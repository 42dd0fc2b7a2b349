"""Searching everything among two hundred thousand records: few words and many, a name, nothing at all; and the first search after an import."""

from collections.abc import Iterator, Mapping
from functools import partial

from benchmarks.house import ASSETS, House, house
from benchmarks.neighbours import fill, lengthen
from benchmarks.pairs import WORK, Result, seconds
from models.search import mark_of
from registry.search import search_entries, searching
from registry.trace.audit import where_it_stands

LONG = 200_000
NEW = 5_000
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
    """Each kind of question, as the page asks it, and what the first one after many new records waits for."""
    with house() as there:
        lengthen(ASSETS, there.occasion, LONG)
        taken = seconds(search_entries.rebuild)
        yield Result("search", f"words of {LONG:,} records made anew", [taken], 60, "s")
        for what, text in ASKED.items():
            search = partial(searching.search, there.occasion.by, text)
            yield Result("search", f"{what}, among {LONG:,} records", [seconds(search, TIMES) * 1000 for _ in range(ROUNDS)], 50, "ms")
        yield Result("search", f"reading {NEW:,} new records before the first search after them (CPU)", [*_first_after_many(there)], 1_000, "ms")


def _first_after_many(there: House) -> Iterator[float]:
    for _ in range(ROUNDS):
        fill(there.occasion, ((ASSETS, NEW),))
        yield seconds(partial(search_entries.catch_up, there.school.id), clock=WORK) * 1000
    assert mark_of(there.school.id) == where_it_stands(there.school.id)[0]
