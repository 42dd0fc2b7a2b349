"""No small number of breaches can be worked out from the governors' picture, by whoever subtracts across all of its tables."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rules.breach_picture import Counted, Picture, Tally, picture

FEW = 3
"""The least in tests that try everything."""

AUTUMN, SPRING = "Autumn term 2025", "Spring term 2026"
SORTS = [
    Counted(term="", outcome=outcome, kind=kind, causes=frozenset(causes))
    for outcome, kind, causes in product(("reported", "not reported"), ("lost", "sent"), ((), ("haste",)))
]


def breaches(term: str, *sorts: int) -> list[Counted]:
    """Breaches of one term, by what they are."""
    return [Counted(term=term, outcome=SORTS[each].outcome, kind=SORTS[each].kind, causes=SORTS[each].causes) for each in sorts]


def tables(shown: Picture) -> Iterator[tuple[str, Tally]]:
    """Every column that is shown, with the table that it stands in."""
    yield from (("outcome", tally) for tally in shown.outcomes)
    yield from (("kind", tally) for tally in shown.kinds)
    yield from (("cause", tally) for tally in shown.causes)


def is_in(breach: Counted, table: str, words: str) -> bool:
    return words in breach.causes if table == "cause" else words == getattr(breach, table)


@cache
def all_of(many: int) -> list[tuple[int, ...]]:
    """So many breaches of one term, in every way that there is."""
    return list(combinations_with_replacement(range(len(SORTS)), many))


def agreeing(shown: Picture, place: int) -> list[tuple[int, ...]]:
    """What the breaches of one period may be, after everything that is shown of that period."""
    said = [(table, tally.words, tally.counts[place]) for table, tally in tables(shown) if tally.counts[place] is not None]
    ways = all_of(shown.periods[place].many)
    return [way for way in ways if all(sum(is_in(SORTS[each], table, words) for each in way) == count for table, words, count in said)]


def counts(ways: Iterable[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """The same as how many there are of each sort: what whoever reads may believe of one period."""
    return {tuple(way.count(sort) for sort in range(len(SORTS))) for way in ways}


def believable(shown: Picture) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Everything that agrees with all that is shown, totals of columns among it."""
    totals = [(table, tally.words, tally.total) for table, tally in tables(shown) if tally.total is not None]
    for way in product(*(counts(agreeing(shown, place)) for place in range(len(shown.periods)))):
        together = [sum(each) for each in zip(*way, strict=True)]
        if all(sum(many for many, sort in zip(together, SORTS, strict=True) if is_in(sort, table, words)) == total for table, words, total in totals):
            yield way


def questions() -> list[frozenset[int]]:
    """What somebody may want to count: every sort of breach that can be named by its outcome, its kind, its cause, or by two of these."""
    single = [frozenset(place for place, sort in enumerate(SORTS) if is_in(sort, table, words) is wanted)
              for table, words in (("outcome", "reported"), ("kind", "lost"), ("cause", "haste")) for wanted in (True, False)]  # fmt: skip
    return [*single, *(one & other for one, other in combinations(single, 2) if one & other)]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 7) | st.just(0), min_size=FEW, max_size=4), min_size=1, max_size=2))
def test_no_small_count_follows_from_all_tables_together(terms: list[list[int]]) -> None:
    shown = picture([each for term, sorts in zip((AUTUMN, SPRING), terms, strict=False) for each in breaches(term, *sorts)], FEW)
    asked = [(places, sorts) for sorts in questions() for places in ((0,), (1,), (0, 1)) if max(places) < len(shown.periods)]
    answers: dict[int, set[int]] = {number: set() for number in range(len(asked))}
    for way in believable(shown):
        for number, (places, sorts) in enumerate(asked):
            answers[number].add(sum(way[place][sort] for place in places for sort in sorts))
    for number, possible in answers.items():
        assert possible == {0} or max(possible) >= FEW, (asked[number], possible)


def test_what_is_enough_is_shown_and_adds_up() -> None:
    shown = picture(breaches(AUTUMN, *[0] * 6, *[6] * 5) + breaches(SPRING, *[0] * 5, *[6] * 7))
    assert [(period.label, period.many) for period in shown.periods] == [(AUTUMN, 11), (SPRING, 12)]
    assert [(tally.words, tally.counts, tally.total) for tally in shown.kinds] == [("lost", (6, 5), 11), ("sent", (5, 7), 12)]


def test_a_single_one_takes_its_neighbour_with_it() -> None:
    shown = picture(breaches(AUTUMN, *[0] * 9, 6))
    assert [tally.counts for tally in shown.kinds] == [(None,), (None,)]
    assert [tally.counts for tally in picture(breaches(AUTUMN, *[1] * 9, 0)).causes] == [(None,)], "nine of ten with a cause leave one without"


def test_terms_with_too_few_are_counted_together_and_the_last_ones_wait() -> None:
    shown = picture(breaches("A", 0, 0) + breaches("B", 0) + breaches("C", 0, 0) + breaches("D", 0, 0, 0, 0))
    assert ([(period.label, period.many) for period in shown.periods], shown.waiting) == ([("A to C", 5)], "D")
    assert picture(breaches("A", 0, 1, 2, 3)) == Picture(waiting="A")


@pytest.mark.parametrize("seed", range(5))
def test_what_was_shown_of_a_period_does_not_change_when_later_terms_come(seed: int) -> None:
    chance = Random(seed)
    rows = [each for term in range(9) for each in breaches(f"Term {term}", *(chance.randrange(8) for _ in range(chance.randrange(7))))]
    whole = picture(rows).periods
    for term in range(9):
        before = picture([each for each in rows if int(each.term.split()[1]) <= term]).periods
        assert before == whole[: len(before)]


def test_few_people_told_are_hidden_with_what_would_give_them_away() -> None:
    def told(*many: int) -> list[Counted]:
        return [Counted(term=f"Term {place}", outcome="o", kind="k", people_told=each if one == 0 else 0)
                for place, each in enumerate(many) for one in range(5)]  # fmt: skip

    assert picture(told(30, 2)).people_told.counts in ((30, None), (None, None))
    assert None in (picture(told(30, 2)).people_told.counts[0], picture(told(30, 2)).people_told.total)
    assert picture(told(30, 0)).people_told.counts == (30, 0)
