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


def test_warranty_and_lease_end_while_they_matter() -> None:
    assert on(dates.warranty_end(dates.WarrantyDates(warranty_end_on=DAY), SCHOOL)) == DAY
    assert dates.warranty_end(dates.WarrantyDates(warranty_end_on=DAY, status="lost"), SCHOOL) is None
    assert on(dates.lease_end(dates.LeaseDates(lease_end_on=DAY, status="lost"), SCHOOL)) == DAY
    assert dates.lease_end(dates.LeaseDates(lease_end_on=DAY, status="disposed"), SCHOOL) is None


def test_a_fix_for_a_high_risk_is_due_fourteen_days_after_it_came_out() -> None:
    released = date(2026, 11, 10)
    due = dates.fix(dates.FixDates(fix_released_on=released), SCHOOL)
    assert due is not None
    assert due.on == date(2026, 11, 24)
    assert due.because == ("The fix came out on Tuesday 10 November 2026.", "It is put in within 14 days: Tuesday 24 November 2026.")
    assert dates.fix(dates.FixDates(fix_released_on=released, last_patched_on=released), SCHOOL) is None
    assert dates.fix(dates.FixDates(fix_released_on=released, status="retired"), SCHOOL) is None
    assert dates.fix(dates.FixDates(), SCHOOL) is None


def test_licences_and_security_updates_end_as_entered() -> None:
    assert on(dates.licence_renewal(dates.LicenceDates(renews_on=DAY), SCHOOL)) == DAY
    assert on(dates.support_end(dates.SupportDates(support_end_on=DAY), SCHOOL)) == DAY
    assert dates.support_end(dates.SupportDates(), SCHOOL) is None
