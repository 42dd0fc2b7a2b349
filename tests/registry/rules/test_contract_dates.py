"""When a contract ends, and the last day on which somebody can still say no."""

from datetime import date

import pytest

from registry.rules import contract_dates
from registry.rules.contract_dates import ContractFacts
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts()


def test_a_contract_without_an_end_has_no_day() -> None:
    assert contract_dates.end(ContractFacts(), SCHOOL) is None
    assert contract_dates.notice(ContractFacts(notice_days=90), SCHOOL) is None


@pytest.mark.parametrize(("ends", "days", "by"), [
    (date(2027, 3, 11), 90, date(2026, 12, 11)),
    (date(2027, 3, 1), 1, date(2027, 2, 28)),
    (date(2028, 3, 1), 1, date(2028, 2, 29)),
    (date(2027, 3, 11), None, None),
    (date(2027, 3, 11), 0, None),
    (date(2027, 3, 11), 10**7, None),
])  # fmt: skip
def test_notice_is_counted_back_from_the_end_in_days_of_any_kind(ends: date, days: int | None, by: date | None) -> None:
    found = contract_dates.notice(ContractFacts(ends_on=ends, notice_days=days), SCHOOL)
    assert (found.on if found else None) == by


def test_the_steps_name_the_end_and_the_days() -> None:
    found = contract_dates.notice(ContractFacts(ends_on=date(2027, 3, 11), notice_days=1), SCHOOL)
    assert found is not None
    assert found.because[1] == "It asks for 1 day of notice, weekends and holidays included."
    end = contract_dates.end(ContractFacts(ends_on=date(2027, 3, 11)), SCHOOL)
    assert end is not None
    assert end.because == ("The contract ends on: Thursday 11 March 2027, as entered.",)
