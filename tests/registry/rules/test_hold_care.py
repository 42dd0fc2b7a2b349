"""What a hold lacks, and when it is looked at again."""

from dataclasses import replace
from datetime import date

import pytest

from models.hold import Hold
from registry.checks import facts_taken
from registry.rules.hold_care import HoldDays, HoldFacts, findings, look_again
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts(today=date(2026, 11, 23))
CLAIM = HoldFacts(kind="claim", because="A claim after an accident is expected.", placed_on=date(2026, 8, 31), review_on=date(2027, 1, 4))


def short(hold: HoldFacts) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(hold, SCHOOL)]


def test_every_fact_is_a_column_and_the_days_tell_no_reason() -> None:
    assert set(facts_taken(HoldFacts)) <= set(Hold._meta.fields)
    assert facts_taken(HoldDays) == ("placed_on", "review_on", "released_on")


def test_a_hold_that_says_why_and_when_it_is_looked_at_has_no_findings() -> None:
    assert short(CLAIM) == []


@pytest.mark.parametrize("because", [None, "  "])
def test_a_hold_has_a_reason_even_once_it_is_lifted(because: str | None) -> None:
    assert short(replace(CLAIM, because=because)) == [("HO01", "error", "because")]
    assert short(replace(CLAIM, because=because, released_on=date(2026, 11, 1))) == []


def test_a_hold_has_a_day_for_looking_at_it_again_while_it_stands() -> None:
    assert short(replace(CLAIM, review_on=None)) == [("HO02", "warning", "review_on")]
    assert short(replace(CLAIM, review_on=None, released_on=date(2026, 11, 1))) == []


@pytest.mark.parametrize(("placed", "review", "released", "on"), [
    (date(2026, 8, 31), date(2027, 1, 4), None, date(2027, 1, 4)),
    (None, date(2027, 1, 4), None, date(2027, 1, 4)),
    (date(2026, 8, 31), None, None, date(2027, 3, 1)),
    (date(2026, 5, 14), None, None, date(2026, 11, 14)),
    (None, None, None, None),
    (date(2026, 8, 31), date(2027, 1, 4), date(2026, 11, 1), None),
])  # fmt: skip
def test_a_hold_is_looked_at_on_the_day_set_or_six_months_after_it_was_placed(
    placed: date | None, review: date | None, released: date | None, on: date | None
) -> None:
    found = look_again(HoldDays(placed_on=placed, review_on=review, released_on=released), SCHOOL)
    assert (found.on if found else None) == on


def test_it_is_told_how_the_day_came_about() -> None:
    found = look_again(replace(CLAIM, review_on=None), SCHOOL)
    assert found
    assert found.because == (
        "The hold was placed on Monday 31 August 2026, and no day is set for looking at it again.",
        "6 months later, the longest that it stands without a look: Monday 1 March 2027.",
    )
