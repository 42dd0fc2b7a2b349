"""What is to be done about pictures that have to disappear, and about limits that nobody looks at again."""

from datetime import date, timedelta

import pytest

from models.vocabulary import ImageFlag
from registry.rules.finding import Severity
from registry.rules.picture_care import FlagFacts, TakeDownFacts, flag_findings, take_down_findings
from registry.rules.school_facts import SchoolFacts

TODAY = date(2026, 11, 23)
SCHOOL = SchoolFacts(today=TODAY)


@pytest.mark.parametrize(
    ("due", "code", "severity"),
    [
        (TODAY + timedelta(days=2), "TD01", Severity.WARNING),
        (TODAY, "TD01", Severity.WARNING),
        (None, "TD01", Severity.WARNING),
        (TODAY - timedelta(days=1), "TD02", Severity.ERROR),
    ],
)
def test_a_picture_that_can_still_be_seen_waits_for_somebody(due: date | None, code: str, severity: Severity) -> None:
    (found,) = take_down_findings(TakeDownFacts(due_on=due), SCHOOL)
    assert (found.code, found.severity, found.question) == (code, severity, "done_on")


def test_without_knowing_the_day_nothing_is_late() -> None:
    (found,) = take_down_findings(TakeDownFacts(due_on=TODAY - timedelta(days=9)), SchoolFacts())
    assert found.code == "TD01"


def test_what_was_taken_down_waits_for_nobody() -> None:
    assert take_down_findings(TakeDownFacts(due_on=TODAY - timedelta(days=9), done_on=TODAY), SCHOOL) == ()


def test_a_limit_is_to_be_looked_at_again() -> None:
    assert [found.code for found in flag_findings(FlagFacts(level=ImageFlag.NO_IMAGES), SCHOOL)] == ["PF01"]


@pytest.mark.parametrize(
    "flag",
    [
        FlagFacts(level=ImageFlag.NO_IMAGES, next_review_on=TODAY),
        FlagFacts(level=ImageFlag.NO_IMAGES, cleared_on=TODAY),
        FlagFacts(level=ImageFlag.NONE),
        FlagFacts(),
    ],
)
def test_a_limit_that_is_looked_after_or_over_needs_nothing(flag: FlagFacts) -> None:
    assert flag_findings(flag, SCHOOL) == ()
