"""Days are counted one by one, and each that does not count says why."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules.working_days import (
    HOLIDAY,
    NO_BANK_HOLIDAYS,
    NO_TERMS,
    RULE,
    Calendar,
    Counted,
    Day,
    Span,
    anew,
    next_working_day,
    read,
    school_days_after,
    stored,
    working_days_after,
)

ENGLAND = {
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day, substitute day",
    date(2027, 1, 1): "New Year’s Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
}
TERMS = (
    Span(date(2026, 4, 20), date(2026, 7, 22), "Summer term"),
    Span(date(2026, 9, 1), date(2026, 12, 18), "Autumn term"),
    Span(date(2027, 1, 4), date(2027, 3, 25), "Spring term"),
)
CLOSED = (
    Span(date(2026, 5, 25), date(2026, 5, 29), "May half term"),
    Span(date(2026, 9, 1), date(2026, 9, 2), "INSET days"),
    Span(date(2026, 10, 26), date(2026, 10, 30), "October half term"),
    Span(date(2027, 1, 4), date(2027, 1, 4), "INSET day"),
    Span(date(2027, 2, 15), date(2027, 2, 19), "February half term"),
)
YEAR = Calendar(bank_holidays=ENGLAND, known_until=date(2028, 12, 31), terms=TERMS, closed=CLOSED)
Count = Callable[[date, int, Calendar], Counted]

days = st.dates(date(2025, 1, 1), date(2030, 1, 1))
spans = st.builds(lambda first, length: Span(first, first + timedelta(days=length), "A stretch"), days, st.integers(0, 100))
calendars = st.builds(
    Calendar,
    bank_holidays=st.dictionaries(days, st.just("A bank holiday"), max_size=20),
    known_until=st.none() | days,
    terms=st.lists(spans, max_size=6).map(tuple),
    closed=st.lists(spans, max_size=4).map(tuple),
)
counts = st.sampled_from((working_days_after, school_days_after))


def why(counted: Counted) -> dict[date, str]:
    """The days that did not count, each with its reason."""
    return {each.day: each.why for each in counted.days if not each.counts}


@pytest.mark.parametrize(
    ("begins", "number", "due"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 2, date(2026, 11, 25)),
        (date(2026, 11, 27), 2, date(2026, 12, 1)),
        (date(2026, 11, 28), 2, date(2026, 12, 1)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 3, 27), 2, date(2026, 3, 31)),  # the clocks go forward on the Sunday between
        (date(2026, 3, 29), 1, date(2026, 3, 30)),
        (date(2026, 10, 23), 2, date(2026, 10, 27)),  # the clocks go back on the Sunday between
        (date(2026, 10, 25), 1, date(2026, 10, 26)),
        (date(2026, 12, 1), 20, date(2026, 12, 31)),
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(begins: date, number: int, due: date) -> None:
    assert working_days_after(begins, number, YEAR).due_on == due


@pytest.mark.parametrize(
    ("begins", "number", "due"),
    [
        (date(2026, 7, 15), 5, date(2026, 7, 22)),
        (date(2026, 7, 15), 20, date(2026, 9, 23)),  # the whole summer, and two INSET days
        (date(2026, 7, 23), 1, date(2026, 9, 3)),  # received in the holidays
        (date(2026, 10, 23), 1, date(2026, 11, 2)),  # half term, and the clocks go back in it
        (date(2026, 10, 22), 1, date(2026, 10, 23)),
        (date(2026, 12, 18), 15, date(2027, 1, 25)),  # Christmas, and INSET on the first day
        (date(2026, 5, 1), 1, date(2026, 5, 5)),  # a bank holiday in the term
        (date(2027, 2, 12), 20, date(2027, 3, 19)),
    ],
)
def test_school_days_are_those_on_which_pupils_are_taught(begins: date, number: int, due: date) -> None:
    counted = school_days_after(begins, number, YEAR)
    assert (counted.due_on, counted.notes) == (due, ())


def test_terms_written_as_halves_give_the_same_days_as_terms_with_a_half_term_in_them() -> None:
    halves = (Span(date(2026, 9, 3), date(2026, 10, 23), "First half"), Span(date(2026, 11, 2), date(2026, 12, 18), "Second half"))
    apart, whole = Calendar(bank_holidays=ENGLAND, terms=halves), Calendar(bank_holidays=ENGLAND, terms=TERMS[1:2], closed=CLOSED)
    for day in range(90):
        begins = date(2026, 9, 2) + timedelta(days=day)
        assert school_days_after(begins, 3, apart).due_on == school_days_after(begins, 3, whole).due_on


def test_every_day_that_does_not_count_says_why() -> None:
    assert why(working_days_after(date(2026, 12, 24), 2, YEAR)) == {
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 26): "Saturday",
        date(2026, 12, 27): "Sunday",
        date(2026, 12, 28): "Boxing Day, substitute day",
    }
    skipped = why(school_days_after(date(2026, 12, 17), 2, YEAR))
    assert (skipped[date(2026, 12, 19)], skipped[date(2026, 12, 21)], skipped[date(2027, 1, 4)]) == ("Saturday", HOLIDAY, "INSET day")


def test_a_day_that_is_shut_counts_as_a_working_day_all_the_same() -> None:
    assert working_days_after(date(2026, 10, 23), 1, YEAR).due_on == date(2026, 10, 26)


def test_the_sixty_working_days_that_end_a_long_wait_for_school_days_can_be_told_beside_them() -> None:
    begins = date(2026, 7, 20)
    assert school_days_after(begins, 20, YEAR).due_on == date(2026, 9, 28)
    assert working_days_after(begins, 20, YEAR).due_on == date(2026, 8, 17)  # where no school days are counted, it is earlier
    assert working_days_after(begins, 60, YEAR).due_on == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("day", "due", "looked_at"),
    [
        (date(2026, 11, 27), date(2026, 11, 27), 1),
        (date(2026, 11, 28), date(2026, 11, 30), 3),
        (date(2026, 12, 25), date(2026, 12, 29), 5),
    ],
)
def test_a_day_on_which_nobody_works_moves_on_to_the_next_on_which_somebody_does(day: date, due: date, looked_at: int) -> None:
    moved = next_working_day(day, YEAR)
    assert (moved.begins_on, moved.due_on, len(moved.days)) == (day, due, looked_at)


def test_days_after_the_last_bank_holiday_that_is_published_count_and_say_so() -> None:
    known = Calendar(bank_holidays=ENGLAND, known_until=date(2026, 12, 31))
    sure, unsure = working_days_after(date(2026, 12, 30), 1, known), working_days_after(date(2026, 12, 30), 2, known)
    assert sure.notes == ()
    assert unsure.notes == ("Bank holidays are known until 31 December 2026. After that only weekends were left out.",)


def test_a_calendar_without_bank_holidays_says_so() -> None:
    assert working_days_after(date(2026, 12, 24), 2, Calendar()).notes == (NO_BANK_HOLIDAYS,)
    assert working_days_after(date(2026, 12, 24), 0, Calendar()).notes == ()


def test_without_term_dates_every_working_day_counts_and_the_count_says_so() -> None:
    counted = school_days_after(date(2026, 12, 18), 3, Calendar(bank_holidays=ENGLAND, known_until=date(2028, 12, 31)))
    assert (counted.due_on, counted.notes) == (date(2026, 12, 23), (NO_TERMS,))


def test_a_holiday_that_is_entered_without_its_terms_is_left_out() -> None:
    only = Calendar(bank_holidays=ENGLAND, closed=(Span(date(2026, 12, 21), date(2027, 1, 1), "Christmas holiday"),))
    assert school_days_after(date(2026, 12, 18), 1, only).due_on == date(2027, 1, 4)


def test_after_the_last_term_that_is_entered_working_days_count_and_the_count_says_which() -> None:
    counted = school_days_after(date(2027, 3, 24), 3, YEAR)
    assert counted.due_on == date(2027, 3, 31)  # Good Friday and Easter Monday are known all the same
    assert len(counted.notes) == 1
    assert counted.notes[0].startswith("No term dates are entered for some days from 30 March 2027 to 31 March 2027, so every working day counts")


def test_a_gap_longer_than_any_holiday_is_a_term_that_nobody_entered() -> None:
    without = Calendar(bank_holidays=ENGLAND, known_until=date(2028, 12, 31), terms=(TERMS[0], TERMS[2]), closed=CLOSED)
    counted = school_days_after(date(2026, 7, 20), 20, without)
    assert counted.due_on == date(2026, 8, 17)
    assert "from 23 July 2026 to 17 August 2026" in counted.notes[0]


def test_terms_that_overlap_are_one_stretch() -> None:
    calendar = Calendar(terms=(Span(date(2026, 9, 1), date(2027, 7, 20), "The year"), Span(date(2026, 9, 1), date(2026, 10, 23), "Term 1")))
    assert calendar.stretches == (Span(date(2026, 9, 1), date(2027, 7, 20), ""),)


def test_a_count_tells_how_it_went_in_sentences() -> None:
    assert working_days_after(date(2026, 11, 27), 2, YEAR).because == (
        "2 working days after Friday 27 November 2026, which is not counted itself: Tuesday 1 December 2026.",
    )
    assert school_days_after(date(2026, 11, 27), 1, Calendar(known_until=date(2028, 12, 31))).because[0].startswith("1 school day after Friday")
    moved = next_working_day(date(2026, 11, 28), YEAR)
    assert moved.because == ("The first working day from Saturday 28 November 2026 on: Monday 30 November 2026.",)


def test_a_count_names_the_version_of_the_rule() -> None:
    assert working_days_after(date(2026, 11, 27), 2, YEAR).rule == RULE == "Counting days, version 1"


def test_a_frozen_count_stays_as_it_was_until_somebody_counts_anew() -> None:
    frozen = read(stored(working_days_after(date(2026, 6, 12), 1, YEAR)))
    with_one_more = Calendar(bank_holidays={**ENGLAND, date(2026, 6, 15): "World Cup bank holiday"}, known_until=date(2028, 12, 31))
    assert (frozen.due_on, anew(frozen, with_one_more).due_on) == (date(2026, 6, 15), date(2026, 6, 16))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"begins_on": 3}', '{"begins_on": "2026-13-01"}', "2026-11-25", "nonsense"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no count|month|Expecting|Extra"):
        read(text)


@given(counts, days, st.integers(0, 60), calendars)
def test_as_many_days_count_as_were_asked_for_and_the_last_is_among_them(count: Count, begins: date, number: int, calendar: Calendar) -> None:
    counted = count(begins, number, calendar)
    assert sum(each.counts for each in counted.days) == number
    assert [each.day for each in counted.days] == [begins + timedelta(days=1 + place) for place in range((counted.due_on - begins).days)]
    assert all(each.counts == (not each.why) for each in counted.days)
    if number:
        assert counted.days[-1] == Day(counted.due_on, True, "")


@given(counts, days, st.integers(0, 40), st.integers(1, 40), calendars)
def test_whoever_begins_later_is_never_done_earlier(count: Count, begins: date, number: int, later: int, calendar: Calendar) -> None:
    assert count(begins + timedelta(days=later), number, calendar).due_on >= count(begins, number, calendar).due_on


@given(days, st.integers(0, 40), calendars)
def test_a_school_day_is_a_working_day(begins: date, number: int, calendar: Calendar) -> None:
    assert school_days_after(begins, number, calendar).due_on >= working_days_after(begins, number, calendar).due_on


@given(counts, days, st.integers(0, 40), calendars)
def test_what_is_kept_is_what_was_counted(count: Count, begins: date, number: int, calendar: Calendar) -> None:
    counted = count(begins, number, calendar)
    assert read(stored(counted)) == counted == anew(counted, calendar)


@given(days, calendars)
def test_the_next_working_day_is_the_day_itself_or_one_day_after_the_day_before(day: date, calendar: Calendar) -> None:
    moved = next_working_day(day, calendar)
    assert moved.due_on == working_days_after(day - timedelta(days=1), 1, calendar).due_on
    assert read(stored(moved)) == moved == anew(moved, calendar)
