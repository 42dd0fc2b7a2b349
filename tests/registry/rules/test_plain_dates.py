from datetime import UTC, date, datetime

import pytest

from registry.rules.plain_dates import clock, full_day, is_older, months_after, plain_day, short_day


def test_a_day_is_said_in_full_plainly_or_short() -> None:
    day = date(2026, 11, 23)
    assert full_day(day) == "Monday 23 November 2026"
    assert plain_day(day) == "23 November 2026"
    assert short_day(date(2027, 1, 4)) == "4 Jan 2027"


def test_the_clock_has_24_hours_and_two_figures_each() -> None:
    assert clock(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)) == "09:05"
    assert clock(datetime(2026, 11, 23, 16, 35, tzinfo=UTC)) == "16:35"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 11, 22), 12, date(2026, 11, 22)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
        (date(2026, 8, 31), 1, date(2026, 10, 1)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(9998, 6, 1), 12, date(9999, 6, 1)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_months_later_is_the_same_day_or_the_first_of_the_next_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_day_is_older_than_a_year_only_on_the_day_after_the_anniversary() -> None:
    assert not is_older(date(2025, 11, 22), 12, date(2026, 11, 22))
    assert is_older(date(2025, 11, 22), 12, date(2026, 11, 23))
    assert not is_older(date(2025, 11, 22), 12, None)
