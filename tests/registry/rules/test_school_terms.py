"""Each day belongs to one term, whatever is entered of a school's year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules.school_terms import by_month, term_of
from registry.rules.working_days import Calendar, Span

YEAR = Calendar(
    terms=(
        Span(date(2027, 1, 4), date(2027, 3, 25), "Spring term"),
        Span(date(2026, 9, 1), date(2026, 12, 18), "Autumn term"),
        Span(date(2027, 4, 12), date(2027, 7, 21), "Summer term"),
    )
)
NOTHING = Calendar()
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
spans = st.builds(lambda first, length: Span(first, first + timedelta(days=length), "A term"), days, st.integers(0, 130))


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 8, 31), "2025/26, summer"),
        (date(2026, 9, 1), "Autumn term 2026"),
        (date(2026, 10, 28), "Autumn term 2026"),
        (date(2026, 12, 18), "Autumn term 2026"),
        (date(2027, 1, 3), "Autumn term 2026"),
        (date(2027, 1, 4), "Spring term 2027"),
        (date(2027, 4, 11), "Spring term 2027"),
        (date(2027, 4, 12), "Summer term 2027"),
        (date(2027, 7, 22), "Summer term 2027"),
        (date(2027, 8, 31), "Summer term 2027"),
        (date(2027, 9, 1), "2027/28, autumn"),
        (date(2029, 5, 1), "2028/29, summer"),
    ],
)
def test_a_day_belongs_to_the_term_that_is_entered_and_a_holiday_to_the_one_before(day: date, term: str) -> None:
    assert term_of(day, YEAR) == term


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 9, 1), "2026/27, autumn"),
        (date(2026, 12, 31), "2026/27, autumn"),
        (date(2027, 1, 1), "2026/27, spring"),
        (date(2027, 3, 31), "2026/27, spring"),
        (date(2027, 4, 1), "2026/27, summer"),
        (date(2027, 8, 31), "2026/27, summer"),
        (date(2099, 9, 1), "2099/00, autumn"),
    ],
)
def test_without_dates_the_month_tells(day: date, term: str) -> None:
    assert term_of(day, NOTHING) == by_month(day) == term


def test_a_term_that_nobody_entered_is_no_holiday_of_the_one_before() -> None:
    without_spring = Calendar(terms=(YEAR.terms[1], YEAR.terms[2]))
    assert term_of(date(2026, 12, 28), without_spring) == "Autumn term 2026"
    assert term_of(date(2027, 1, 4), without_spring) == "2026/27, spring"
    assert term_of(date(2027, 4, 1), without_spring) == "2026/27, summer"


def test_a_short_term_of_long_ago_does_not_reach_into_the_season() -> None:
    assert term_of(date(2026, 12, 28), Calendar(terms=(Span(date(2026, 9, 1), date(2026, 9, 30), "First weeks"),))) == "2026/27, autumn"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Autumn term 2026", "Autumn term 2026"),
        ("Autumn 2026/27", "Autumn 2026/27"),
        ("Autumn 26/27", "Autumn 26/27"),
        ("Autumn 1", "Autumn 1, 2026"),
        (" Michaelmas ", "Michaelmas 2026"),
        (" ", "2026/27, autumn"),
    ],
)
def test_a_term_is_called_as_the_school_calls_it_with_its_year(name: str, called: str) -> None:
    assert term_of(date(2026, 10, 1), Calendar(terms=(Span(date(2026, 9, 1), date(2026, 12, 18), name),))) == called


def test_of_terms_that_overlap_the_later_counts_while_it_lasts() -> None:
    both = Calendar(terms=(Span(date(2026, 9, 1), date(2026, 12, 18), "Autumn"), Span(date(2026, 9, 14), date(2026, 9, 18), "Induction")))
    assert [term_of(date(2026, 9, day), both) for day in (10, 14, 18, 21)] == ["Autumn 2026", "Induction 2026", "Induction 2026", "Autumn 2026"]


@given(days, st.lists(spans, max_size=5))
def test_every_day_has_a_term_in_whatever_order_they_are_entered(day: date, terms: list[Span]) -> None:
    term = term_of(day, Calendar(terms=tuple(terms)))
    assert term == term_of(day, Calendar(terms=tuple(reversed(terms))))
    assert term in {by_month(day), *(f"A term {each.begins_on.year}" for each in terms)}
