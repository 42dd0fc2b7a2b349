from dataclasses import replace
from datetime import date

import pytest

from models.vocabulary import DpiaStage, RegulatorOutcome, RiskLevel, YesNo
from registry.rules.dpia_regulator import RegulatorFacts, answer_by, block
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts()
ASKED = RegulatorFacts(regulator_asked_on=date(2026, 9, 7), residual=RiskLevel.HIGH, stage=DpiaStage.ASSESSING)


def test_the_regulator_has_eight_weeks() -> None:
    due = answer_by(ASKED, SCHOOL)
    assert due is not None
    assert due.on == date(2026, 11, 2)
    assert due.because == (
        "The regulator was asked on Monday 7 September 2026.",
        "They have 8 weeks (UK GDPR Article 36(2)).",
        "They answer by Monday 2 November 2026.",
    )


def test_they_have_fourteen_when_they_say_so_and_their_clock_may_stand_still() -> None:
    due = answer_by(replace(ASKED, regulator_extended=YesNo.YES, regulator_paused_days=10), SCHOOL)
    assert due is not None
    assert due.on == date(2026, 12, 24)
    assert due.because[1:3] == (
        "They have 14 weeks as they said that they need longer (UK GDPR Article 36(2)).",
        "Their clock stood still for 10 days, which are added.",
    )
    one = answer_by(replace(ASKED, regulator_extended=YesNo.NO, regulator_paused_days=1), SCHOOL)
    assert one is not None
    assert (one.on, one.because[2]) == (date(2026, 11, 3), "Their clock stood still for 1 day, which is added.")


@pytest.mark.parametrize(("asked", "paused", "on"), [(date(2026, 9, 7), -5, date(2026, 11, 2)), (date(9999, 12, 1), 0, date.max)])
def test_no_answer_makes_a_day_that_there_is_not(asked: date, paused: int, on: date) -> None:
    due = answer_by(replace(ASKED, regulator_asked_on=asked, regulator_paused_days=paused), SCHOOL)
    assert due is not None
    assert due.on == on


@pytest.mark.parametrize("settled", [
    {"regulator_asked_on": None}, {"regulator_outcome": "warned"}, {"regulator_outcome_on": date(2026, 10, 1)},
    {"stage": "dropped"}, {"stage": "ended"},
])  # fmt: skip
def test_nobody_waits_for_an_answer_that_is_there_or_not_needed(settled: dict[str, object]) -> None:
    assert answer_by(replace(ASKED, **settled), SCHOOL) is None  # type: ignore[arg-type]


def test_a_high_risk_waits_for_the_regulator_whose_silence_is_no_consent() -> None:
    assert "before the regulator is consulted" in block(replace(ASKED, regulator_asked_on=None))
    assert "has not answered" in block(ASKED)
    assert "has not answered" in block(replace(ASKED, regulator_outcome="something"))
    assert "has not answered" in block(replace(ASKED, regulator_outcome_on=date(2026, 10, 1)))


@pytest.mark.parametrize("left", [None, *RiskLevel])
def test_what_the_regulator_said_counts_more_than_the_risk(left: RiskLevel | None) -> None:
    facts = replace(ASKED, residual=left)
    assert "gave a warning" in block(replace(facts, regulator_outcome="warned"))
    assert "may not go ahead" in block(replace(facts, regulator_outcome=RegulatorOutcome.FORBIDDEN))
    assert block(replace(facts, regulator_outcome=RegulatorOutcome.WITH_CHANGES)) == ""
    assert block(replace(facts, regulator_outcome="may_proceed")) == ""
    assert bool(block(facts)) is (left == "high")
