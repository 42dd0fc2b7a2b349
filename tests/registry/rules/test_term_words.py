"""What days are is told from the words that schools and councils use for them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import TermDateKind
from registry.rules.term_words import KNOWN_ALREADY, ONE_END, Guess, Stretch, guess, terms_between

FIRST = date(2026, 9, 1)


def lasting(name: str, days: int) -> Stretch:
    """So many days from the first of September on."""
    return Stretch(name, FIRST, FIRST + timedelta(days=days - 1))


@pytest.mark.parametrize(
    ("name", "days", "kind", "why"),
    [
        ("Autumn term", 109, TermDateKind.TERM, ""),
        ("Term 1", 53, TermDateKind.TERM, ""),
        ("Autumn Term – first half term", 53, TermDateKind.TERM, ""),
        ("AUTUMN HALF-TERM", 5, TermDateKind.HOLIDAY, ""),
        ("October half term holiday", 9, TermDateKind.HOLIDAY, ""),
        ("Christmas holidays", 16, TermDateKind.HOLIDAY, ""),
        ("Summer break", 42, TermDateKind.HOLIDAY, ""),
        ("INSET Day (school closed to pupils)", 1, TermDateKind.INSET, ""),
        ("Staff training: no pupils", 1, TermDateKind.INSET, ""),
        ("Non-pupil day", 1, TermDateKind.INSET, ""),
        ("In-service day", 1, TermDateKind.INSET, ""),
        ("Start of term INSET", 1, TermDateKind.INSET, ""),
        ("School closed for the election", 1, TermDateKind.CLOSURE, ""),
        ("Snow day", 1, TermDateKind.CLOSURE, ""),
        ("Early May Bank Holiday", 1, None, KNOWN_ALREADY),
        ("Good Friday", 1, None, KNOWN_ALREADY),
        ("Christmas Day", 1, None, KNOWN_ALREADY),
        ("Autumn term begins", 1, None, ONE_END),
        ("Last day of term", 1, None, ONE_END),
        ("School breaks up", 1, None, ONE_END),
        ("Autumn term starts", 109, TermDateKind.TERM, ""),
        ("End of half term", 1, TermDateKind.HOLIDAY, ""),
        ("Term", 1, None, ""),
        ("Year 6 swimming", 1, None, ""),
        ("Close-up photography club", 1, TermDateKind.CLOSURE, ""),  # a wrong guess is there to be corrected
        ("Determined to win", 20, None, ""),
    ],
)
def test_the_words_tell_what_the_days_are(name: str, days: int, kind: TermDateKind | None, why: str) -> None:
    assert guess(lasting(name, days)) == Guess(kind, why)


def test_a_term_of_which_only_the_ends_are_named_becomes_an_entry() -> None:
    ends = [
        Stretch("Summer term: ends", date(2027, 7, 21), date(2027, 7, 21)),
        Stretch("Autumn Term Begins", FIRST, FIRST),
        Stretch("Autumn half term", date(2026, 10, 26), date(2026, 10, 30)),
        Stretch("Autumn Term Ends", date(2026, 12, 18), date(2026, 12, 18)),
        Stretch("First day of spring term", date(2027, 1, 5), date(2027, 1, 5)),
        Stretch("Last day of spring term", date(2027, 3, 25), date(2027, 3, 25)),
        Stretch("Start of summer term", date(2027, 4, 12), date(2027, 4, 12)),
    ]
    assert list(terms_between(ends)) == [
        Stretch("Autumn Term", FIRST, date(2026, 12, 18)),
        Stretch("Spring term", date(2027, 1, 5), date(2027, 3, 25)),
        Stretch("Summer term", date(2027, 4, 12), date(2027, 7, 21)),
    ]


@pytest.mark.parametrize(
    "ends",
    [
        [Stretch("Term ends", FIRST, FIRST)],
        [Stretch("Term begins", FIRST, FIRST)],
        [Stretch("Term begins", FIRST, FIRST), Stretch("Term ends", FIRST + timedelta(days=300), FIRST + timedelta(days=300))],
        [Stretch("Autumn term starts and goes on", FIRST, FIRST + timedelta(days=30)), Stretch("Term ends", FIRST, FIRST)],
        [Stretch("School opens", FIRST, FIRST), Stretch("First day of school", FIRST, FIRST)],
    ],
)
def test_ends_that_do_not_belong_together_make_no_term(ends: list[Stretch]) -> None:
    assert list(terms_between(ends)) == []


@given(st.text(max_size=300), st.integers(1, 500))
def test_any_words_can_be_looked_at(name: str, days: int) -> None:
    assert guess(lasting(name, days)).kind in (None, *TermDateKind)
    list(terms_between([lasting(name, 1), lasting(f"term begins {name}", 1), lasting(f"term ends {name}", 2)]))
