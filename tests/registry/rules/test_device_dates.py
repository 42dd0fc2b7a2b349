from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.vocabulary import DeviceStatus
from registry.rules import device_dates as dates
from registry.rules.due import Due
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts()
DAY = date(2027, 7, 16)


def on(due: Due | None) -> date | None:
    return due.on if due else None


@pytest.mark.parametrize(
    ("rule", "facts", "open_column", "done_column"),
    [
        (dates.give_back, dates.ReturnDates, "due_back_on", "returned_on"),
        (dates.repair_back, dates.RepairDates, "due_back_on", "back_on"),
    ],
)
def test_what_is_out_is_due_until_it_is_back(rule: Callable[..., Due | None], facts: Callable[..., Any], open_column: str, done_column: str) -> None:
    assert rule(facts(), SCHOOL) is None
    assert on(rule(facts(**{open_column: DAY}), SCHOOL)) == DAY
    assert rule(facts(**{open_column: DAY, done_column: DAY}), SCHOOL) is None


def test_a_device_is_checked_once_a_year_while_the_school_has_it() -> None:
    due = dates.check_again(dates.LastCheck(last_checked_on=date(2026, 3, 2), status=DeviceStatus.RETIRED), SCHOOL)
    assert due == Due(
        on=date(2027, 3, 2),
        because=(
            "It was last seen in a check on Monday 2 March 2026.",
            "Somebody other than its keeper checks it once a year: Tuesday 2 March 2027.",
        ),
    )
    assert dates.check_again(dates.LastCheck(status=DeviceStatus.IN_STOCK), SCHOOL) is None
    assert dates.check_again(dates.LastCheck(last_checked_on=DAY, status=DeviceStatus.DISPOSED), SCHOOL) is None


def test_licences_end_as_entered() -> None:
    assert on(dates.licence_renewal(dates.LicenceDates(renews_on=DAY), SCHOOL)) == DAY
    assert dates.licence_renewal(dates.LicenceDates(), SCHOOL) is None
