"""Until when a class sheet is good."""

from datetime import date, timedelta

import pytest

from registry.answers.class_sheet import next_monday


@pytest.mark.parametrize("days", range(14))
def test_a_sheet_is_renewed_on_the_next_monday_and_never_later_than_in_a_week(days: int) -> None:
    today = date(2026, 11, 23) + timedelta(days)
    renewed = next_monday(today)
    assert renewed.weekday() == 0
    assert today < renewed <= today + timedelta(7)
