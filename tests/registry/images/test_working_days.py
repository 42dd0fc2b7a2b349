"""A task is due on a day on which somebody is there."""

from datetime import date

import pytest

from registry.images.working_days import working_days_after


@pytest.mark.parametrize(
    ("day", "count", "calendar", "due"),
    [
        (date(2026, 11, 23), 2, "england-and-wales", date(2026, 11, 25)),
        (date(2026, 11, 27), 2, "england-and-wales", date(2026, 12, 1)),
        (date(2026, 11, 28), 2, "england-and-wales", date(2026, 12, 1)),
        (date(2026, 12, 24), 2, "england-and-wales", date(2026, 12, 30)),
        (date(2026, 12, 31), 1, "england-and-wales", date(2027, 1, 4)),
        (date(2026, 12, 31), 1, "scotland", date(2027, 1, 5)),
        (date(2026, 12, 24), 2, "somewhere else", date(2026, 12, 28)),
        (date(2026, 11, 23), 0, "england-and-wales", date(2026, 11, 23)),
    ],
)
def test_weekends_and_bank_holidays_do_not_count(day: date, count: int, calendar: str, due: date) -> None:
    assert working_days_after(day, count, calendar) == due
