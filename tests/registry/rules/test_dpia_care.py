from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import Article35, Criterion, DpiaStage, RegulatorItem, RegulatorOutcome, RiskLevel, YesNoUnknown
from models.vocabulary.shapes import CONSULTATIONS, RISKS
from registry.rules.dpia_care import DpiaFacts, findings
from registry.rules.row_text import written
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts(today=date(2026, 11, 22))
LEAK = {"risk": "A template leaks", "likelihood": "possible", "severity": "severe", "measures": "Kept on the till", "effect": "reduced",
        "likelihood_after": "remote", "approved": "yes"}  # fmt: skip
HIGH = {**LEAK, "likelihood_after": "possible"}
BEGUN = DpiaFacts(stage=DpiaStage.SCREENING, concerns_pupils="yes", criteria=(Criterion.SENSITIVE,))
SOUND = DpiaFacts(
    stage=DpiaStage.ASSESSING,
    concerns_pupils="yes",
    regulator_items=(RegulatorItem.BIOMETRIC,),
    criteria=(Criterion.SENSITIVE, Criterion.INNOVATIVE),
    need="Quicker queues",
    nature="Faces are compared at the till",
    scope="All pupils who eat there",
    context="Pupils need lunch",
    purposes="To charge the right account",
    consultations=({"party": "parents", "said": "Some would rather have a card"},),
    necessity="A card is offered as well",
    proportionality="Used at the till only",
    risks=(LEAK,),
    residual=RiskLevel.LOW,
    next_review_on=date(2027, 11, 1),
)


def found(dpia: DpiaFacts) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(dpia, SCHOOL)]


def test_a_complete_assessment_has_no_findings() -> None:
    assert found(SOUND) == found(replace(SOUND, stage="live")) == []
    assert found(replace(SOUND, risks=written(RISKS, [LEAK]), consultations=written(CONSULTATIONS, [{"party": "staff", "said": "Fine"}]))) == []


def test_what_was_begun_is_screened_first() -> None:
    assert found(BEGUN) == []
    assert found(DpiaFacts()) == found(replace(BEGUN, criteria=())) == [("DP01", "error", "criteria")]
    assert found(replace(BEGUN, criteria=(), stage="not_needed")) == [("DP01", "error", "criteria")]
    assert found(replace(BEGUN, criteria=(), need="Quicker queues")) == [("DP01", "error", "criteria")]
    assert found(replace(BEGUN, criteria=(), article_35=("b",))) == []


def test_an_assessment_that_says_why_it_is_needed_needs_no_screening() -> None:
    unasked = replace(SOUND, regulator_items=(), criteria=())
    assert found(unasked) == []
    assert found(replace(unasked, need=None)) == [("DP01", "error", "criteria")]


def test_going_without_an_assessment_has_the_reasons_of_a_person() -> None:
    without = replace(BEGUN, stage="not_needed", criteria=("7",))
    assert found(without) == [("DP02", "error", "screening_because")]
    assert found(replace(without, screening_because="It only replaces the paper list.")) == []
    alone = replace(BEGUN, criteria=(), regulator_items=("1",), concerns_pupils="no")
    assert found(alone) == [("DP02", "error", "screening_because")]
    assert found(replace(alone, screening_because="Nothing personal is in it.")) == []
    assert found(replace(BEGUN, criteria=("7",))) == []


def test_reasons_do_not_help_where_the_law_demands_an_assessment() -> None:
    refused = replace(BEGUN, stage="not_needed", screening_because="It is a small school.")
    assert found(refused) == [("DP03", "error", "stage")]
    assert found(replace(refused, criteria=(), article_35=("a",), concerns_pupils="no")) == [("DP03", "error", "stage")]


@pytest.mark.parametrize(("code", "column"), [("DP04", "nature"), ("DP04", "scope"), ("DP04", "context"), ("DP04", "purposes"),
                                              ("DP06", "necessity"), ("DP06", "proportionality")])  # fmt: skip
def test_an_assessment_describes_and_weighs_what_is_planned(code: str, column: str) -> None:
    assert found(replace(SOUND, **{column: " "})) == [(code, "error", column)]
    assert findings(replace(SOUND, nature=None), SCHOOL)[0].message == "It is not described what is done with the data. Describe it."


@pytest.mark.parametrize("asked", [(), None, "So it is.", ({"party": "dpo"}, {"party": "processor"}), ({"how": "By letter"},)])
def test_the_people_are_asked_or_it_is_said_why_not(asked: Any) -> None:
    assert found(replace(SOUND, consultations=asked)) == [("DP05", "error", "consultations")]
    assert found(replace(SOUND, consultations=asked, not_consulted_because="It would show where the cameras are.")) == []


def test_whoever_is_only_to_be_asked_has_not_said_anything_yet() -> None:
    asked = ({"party": "parents", "how": "By letter"}, {"party": "pupils", "said": " "}, {"party": "dpo"}, {"party": "staff", "said": "Fine"})
    assert found(replace(SOUND, consultations=asked)) == [("DP05", "warning", "consultations")]
    assert "what 2 of those who are to be asked said" in findings(replace(SOUND, consultations=asked), SCHOOL)[0].message


def test_risks_are_named_and_judged_to_the_end() -> None:
    assert found(replace(SOUND, risks=(), residual=None)) == [("DP07", "error", "risks")]
    for part in ("likelihood", "severity", "measures"):
        assert found(replace(SOUND, risks=(LEAK, {**LEAK, part: ""}))) == [("DP08", "error", "risks")]
    not_weighed_again = {**LEAK, "likelihood_after": None}
    assert found(replace(SOUND, risks=(not_weighed_again, LEAK))) == [("DP08", "error", "risks")]
    assert found(replace(SOUND, risks=({**not_weighed_again, "likelihood": "remote", "effect": "accepted", "measures": ""},))) == []
    assert findings(replace(SOUND, risks=({"risk": "It stops"},)), SCHOOL)[0].message.startswith("1 risk is not judged")
    assert findings(replace(SOUND, risks=({"risk": "It stops"},) * 2), SCHOOL)[0].message.startswith("2 risks are not judged")


def test_a_high_risk_waits_for_the_regulator() -> None:
    high = replace(SOUND, risks=(HIGH,), residual=None)
    asked = replace(high, regulator_asked_on=date(2026, 9, 7))
    for stage in ("assessing", "live"):
        assert found(replace(high, stage=stage)) == [("DP09", "error", "regulator_asked_on")]
        assert found(replace(asked, stage=stage)) == [("DP09", "error", "regulator_outcome")]
    answered = replace(asked, regulator_outcome="with_changes", regulator_outcome_on=date(2026, 10, 5))
    assert found(answered) == []
    assert found(replace(answered, regulator_outcome_on=None)) == [("DP14", "error", "regulator_outcome_on")]
    assert found(replace(answered, regulator_asked_on=None)) == [("DP14", "error", "regulator_asked_on")]
    assert found(replace(SOUND, residual="high")) == [("DP09", "error", "regulator_asked_on")]


def test_an_answer_from_before_it_was_in_use_is_asked_about_when_it_is_assessed_again() -> None:
    answered = replace(SOUND, residual="high", regulator_asked_on=date(2026, 1, 5), regulator_outcome="may_proceed")
    begun = replace(answered, regulator_outcome_on=date(2026, 2, 2), live_on=date(2026, 3, 2))
    assert found(begun) == [("DP14", "warning", "regulator_asked_on")]
    assert found(replace(begun, stage="live")) == found(replace(begun, regulator_outcome_on=date(2026, 3, 2))) == []
    assert found(replace(begun, residual="medium")) == []


@pytest.mark.parametrize("outcome", ["warned", RegulatorOutcome.FORBIDDEN])
def test_what_the_regulator_refuses_does_not_begin_and_is_not_in_use(outcome: str) -> None:
    refused = replace(SOUND, regulator_outcome=outcome)
    assert found(refused) == [("DP09", "error", "regulator_outcome")]
    assert found(replace(refused, stage="live")) == [("DP10", "error", "stage")]


def test_measures_against_a_risk_that_stays_high_are_approved() -> None:
    agreed = replace(SOUND, residual="high", regulator_asked_on=date(2026, 9, 7), regulator_outcome="may_proceed")
    agreed = replace(agreed, regulator_outcome_on=date(2026, 10, 5))
    assert found(replace(agreed, risks=(HIGH,))) == []
    assert found(replace(agreed, risks=({**HIGH, "approved": "no"},))) == [("DP11", "warning", "risks")]
    assert findings(replace(agreed, risks=({**HIGH, "approved": None},)), SCHOOL)[0].message.startswith("The measures against 1 risk that stays")
    assert findings(replace(agreed, risks=({**HIGH, "approved": None},) * 2), SCHOOL)[0].message.startswith("The measures against 2 risks")
    assert found(replace(SOUND, risks=({**LEAK, "approved": "no"},))) == []


def test_a_day_is_set_for_the_next_look() -> None:
    assert found(replace(SOUND, next_review_on=None)) == [("DP12", "warning", "next_review_on")]


def test_the_blanks_of_a_template_are_filled_in() -> None:
    left = replace(SOUND, nature="Pupils pay with [card, PIN] at the till of [supplier].", scope="[number] pupils", risks=SOUND.risks)
    assert found(left) == [("DP13", "error", "nature"), ("DP13", "error", "scope")]
    assert [each.message[:8] for each in findings(left, SCHOOL)] == ["2 blanks", "1 blank "]
    assert found(replace(left, stage=DpiaStage.LIVE)) == found(left)
    assert found(replace(SOUND, nature="Pupils pay (by card).", scope="[]")) == []


@pytest.mark.parametrize("stage", ["dropped", "ended"])
def test_what_is_over_is_asked_nothing(stage: str) -> None:
    assert found(DpiaFacts(stage=stage)) == found(replace(SOUND, stage=stage, risks=())) == []


LISTS = {"article_35": Article35, "regulator_items": RegulatorItem, "criteria": Criterion}
CHOICES = {"stage": DpiaStage, "concerns_pupils": YesNoUnknown, "residual": RiskLevel, "regulator_outcome": RegulatorOutcome}
COLUMNS = [field.name for field in fields(DpiaFacts)]


def some(name: str) -> st.SearchStrategy[Any]:
    if name in LISTS:
        return st.lists(st.sampled_from(LISTS[name]), max_size=2).map(tuple)
    if name in CHOICES:
        return st.sampled_from([None, *CHOICES[name]])
    return st.one_of(st.none(), st.dates() if name.endswith("_on") else st.just("So it is."))


@settings(max_examples=80, deadline=None)
@given(st.builds(DpiaFacts, **{name: some(name) for name in COLUMNS}))
def test_whatever_is_answered_the_findings_come_in_order_and_name_their_questions(dpia: DpiaFacts) -> None:
    first = found(dpia)
    codes = [code for code, *_ in first]
    assert codes == sorted(codes)
    assert {question for *_, question in first} <= set(COLUMNS)
    assert dpia.is_assessed or set(codes) <= {"DP01", "DP02", "DP03"}
