from datetime import date

import pytest

from models.vocabulary import DpiaStage
from registry.rules.dpia_dates import LookAgainFacts, ScreenFacts, look_again, screen_by
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts()
DAY = date(2026, 11, 2)


@pytest.mark.parametrize("stage", [None, *DpiaStage])
def test_only_what_is_assessed_or_in_use_is_looked_at_again(stage: DpiaStage | None) -> None:
    due = look_again(LookAgainFacts(stage=stage, next_review_on=DAY), SCHOOL)
    assert (due.on if due else None) == (DAY if stage in ("assessing", "live") else None)
    assert look_again(LookAgainFacts(stage=stage), SCHOOL) is None


def test_a_day_for_the_next_look_is_told_as_it_was_entered() -> None:
    due = look_again(LookAgainFacts(stage="live", next_review_on=DAY), SCHOOL)
    assert due is not None
    assert due.because == ("It is looked at again on: Monday 2 November 2026, as entered.",)


def test_what_was_raised_is_screened_within_28_days() -> None:
    due = screen_by(ScreenFacts(stage=DpiaStage.SCREENING, raised_on=DAY), SCHOOL)
    assert due is not None
    assert due.on == date(2026, 11, 30)
    assert due.because == (
        "It was raised on Monday 2 November 2026.",
        "28 days are enough to say whether an assessment is needed: Monday 30 November 2026.",
    )
    late = screen_by(ScreenFacts(stage="screening", raised_on=date(9999, 12, 20)), SCHOOL)
    assert late is not None
    assert late.on == date.max


@pytest.mark.parametrize("stage", [None, *(stage for stage in DpiaStage if stage is not DpiaStage.SCREENING)])
def test_what_is_screened_waits_for_no_screening(stage: DpiaStage | None) -> None:
    assert screen_by(ScreenFacts(stage=stage, raised_on=DAY), SCHOOL) is None
    assert screen_by(ScreenFacts(stage="screening"), SCHOOL) is None
