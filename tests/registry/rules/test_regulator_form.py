"""Every question of the form in its order, and only those that apply."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.vocabulary import (
    BreachData,
    BreachKind,
    BreachPeople,
    CyberImpact,
    Likelihood,
    PeopleDecision,
    PeopleTold,
    Recovery,
    Security,
    YesNoUnknown,
)
from registry.rules.regulator_form import MAY_NAME, FormAnswer, FormFacts, ReportPhase, is_late, may_be_cyber, parts, people_told, when

AWARE = datetime(2026, 11, 20, 16, 35, tzinfo=UTC)
NOW = AWARE + timedelta(hours=71)
LAST = AWARE + timedelta(hours=72)
EVERYTHING = FormFacts(
    name="Trip list sent to all",
    kind=BreachKind.PHISHING,
    narrative="A password was given away.",
    how_discovered="A parent rang.",
    occurred_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    discovered_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    aware_at=AWARE,
    data_kinds=(BreachData.BASIC, BreachData.HEALTH),
    records_count=1204,
    people_kinds=(BreachPeople.CHILDREN, BreachPeople.PARENTS),
    people_count=0,
    effects="Worry.",
    harm="None that we know of.",
    likelihood=Likelihood.UNKNOWN,
    cyber=YesNoUnknown.YES,
    lost=(Security.CONFIDENTIALITY, Security.AVAILABILITY),
    impact=CyberImpact.UNKNOWN,
    recovery=Recovery.RECOVERED,
    staff_involved=YesNoUnknown.YES,
    staff_trained=YesNoUnknown.UNKNOWN,
    delay_reason="The holidays.",
    measures_before="A second step to sign in.",
    measures_taken="The password was changed.",
    measures_planned="All passwords will be.",
    changes="Training.",
    people_decision=PeopleDecision.TELL,
    people_told_at=AWARE,
    told_at=LAST + timedelta(seconds=1),
    phase=ReportPhase.FOLLOW_UP,
    case_reference="IC-123456-A1B2",
    spoken_to="The helpline",
    others_told=("The police", " ", "The insurer"),
    school_name="Quillbrook Primary School",
    school_address="1 Mill Lane",
    fee_number="ZA000001",
    sector="Education",
    reporter_name="Hana Okafor",
    reporter_role="Headteacher",
    dpo_name="Dev Rao",
    dpo_contact="dpo@quillbrook.example",
)
IN_ORDER = {
    "About the report": ["phase", "case_reference", "spoken_to"],
    "What happened": ["narrative", "cyber", "how_discovered", "discovered_at", "occurred_at"],
    "The data": ["data_kinds"],
    "Numbers": ["records_count", "people_count"],
    "The people": ["people_kinds"],
    "Effects": ["effects", "harm", "likelihood"],
    "Cyber incidents": ["lost", "impact", "recovery"],
    "Staff": ["staff_involved", "staff_trained"],
    "Delay": ["delay_reason"],
    "Measures": ["measures_before", "measures_taken", "measures_planned", "changes"],
    "Who has been told": ["people_told", "others_told"],
    "The organisation": [
        *("school_name", "fee_number", "school_address", "sector"),
        *("reporter_name", "reporter_role", "dpo_name", "dpo_contact"),
    ],
}


def asked(facts: FormFacts, now: datetime = NOW) -> dict[str, FormAnswer]:
    return {answer.name: answer for part in parts(facts, now) for answer in part.answers}


def answer(name: str, now: datetime = NOW, **known: Any) -> str:
    return asked(replace(EVERYTHING, **known), now)[name].answer


def test_everything_is_asked_in_the_order_of_the_form() -> None:
    assert {part.title: [each.name for each in part.answers] for part in parts(EVERYTHING, NOW)} == IN_ORDER
    assert [part.title for part in parts(EVERYTHING, NOW)] == list(IN_ORDER)


def test_nothing_is_missing_when_everything_is_known() -> None:
    assert [name for name, each in asked(EVERYTHING).items() if each.is_missing or not each.answer] == []


def test_every_question_asks_and_is_about_something_that_is_known() -> None:
    names = {field.name for field in fields(FormFacts)} | {"people_told"}
    assert all(each.question.endswith("?") and name in names for name, each in asked(EVERYTHING).items())
    assert set(asked(EVERYTHING)) > MAY_NAME


def test_of_nothing_all_is_missing_but_what_has_an_answer_anyway() -> None:
    empty = asked(FormFacts(), NOW)
    assert {name: each.answer for name, each in empty.items() if not each.is_missing} == {
        "phase": "Initial report", "spoken_to": "Nobody so far", "people_told": "Not decided yet", "others_told": "None so far",
    }  # fmt: skip
    assert all(each.answer == "" for each in empty.values() if each.is_missing)


@pytest.mark.parametrize("written", [None, "", " \n "])
def test_a_text_of_nothing_is_missing(written: str | None) -> None:
    assert asked(replace(EVERYTHING, narrative=written))["narrative"].is_missing


@pytest.mark.parametrize(("name", "said"), [
    ("phase", "Follow-up report"),
    ("narrative", "A password was given away."),
    ("cyber", "Yes"),
    ("discovered_at", "Sunday 25 October 2026, 01:30 GMT"),  # the hour that comes twice
    ("occurred_at", "Sunday 25 October 2026, 01:30 BST"),
    ("data_kinds", "Basic identifiers: names, addresses, dates of birth, contact details\nHealth, including special educational needs"),
    ("records_count", "1,204"),
    ("people_count", "0"),
    ("likelihood", "Not known yet"),
    ("impact", "Not known yet"),
    ("staff_trained", "Not known yet"),
    ("recovery", "Recovered already"),
    ("others_told", "The police\nThe insurer"),
    ("people_told", "Yes, on Friday 20 November 2026, 16:35 GMT"),
])  # fmt: skip
def test_answers_are_in_words(name: str, said: str) -> None:
    assert answer(name) == said


def test_times_are_londons() -> None:
    assert when(AWARE) == "Friday 20 November 2026, 16:35 GMT"
    assert when(datetime(2026, 8, 3, 22, 59, tzinfo=UTC)) == "Monday 3 August 2026, 23:59 BST"
    with pytest.raises(ValueError, match="zone"):
        when(AWARE.replace(tzinfo=None))


@pytest.mark.parametrize(("cyber", "kind", "may_be"), [
    (YesNoUnknown.YES, BreachKind.LOST_PAPER, True),
    (YesNoUnknown.UNKNOWN, BreachKind.LOST_PAPER, True),
    (YesNoUnknown.NO, BreachKind.RANSOMWARE, False),
    (None, BreachKind.RANSOMWARE, True),
    (None, BreachKind.LOST_PAPER, False),
    (None, None, True),
])  # fmt: skip
def test_the_cyber_questions_are_asked_when_it_is_or_may_be_one(cyber: YesNoUnknown | None, kind: BreachKind | None, may_be: bool) -> None:
    facts = replace(EVERYTHING, cyber=cyber, kind=kind)
    assert may_be_cyber(facts) is may_be
    assert ({"lost", "impact", "recovery"} <= set(asked(facts))) is may_be
    assert ("Cyber incidents" in [part.title for part in parts(facts, NOW)]) is may_be


def test_a_first_report_has_no_case_reference() -> None:
    assert "case_reference" not in asked(replace(EVERYTHING, phase=ReportPhase.INITIAL))
    assert asked(replace(EVERYTHING, case_reference=None))["case_reference"].is_missing


@pytest.mark.parametrize(("told_at", "now", "late"), [
    (None, LAST, False),
    (None, LAST + timedelta(seconds=1), True),
    (LAST, LAST + timedelta(days=9), False),
    (LAST + timedelta(seconds=1), LAST + timedelta(days=9), True),
    (LAST + timedelta(seconds=1), AWARE, True),
])  # fmt: skip
def test_the_reason_for_a_delay_is_asked_from_the_first_second_after_72_hours(told_at: datetime | None, now: datetime, late: bool) -> None:
    facts = replace(EVERYTHING, told_at=told_at)
    assert is_late(facts, now) is late
    assert ("delay_reason" in asked(facts, now)) is late


def test_without_a_time_of_becoming_aware_nothing_is_late() -> None:
    assert not is_late(FormFacts(), NOW)


def test_the_training_of_nobody_is_not_asked_for() -> None:
    nobody = {"staff_involved": YesNoUnknown.NO, "staff_trained": None}
    assert answer("staff_trained", **nobody) == "Does not apply: no member of staff was involved"
    assert answer("staff_trained", **{**nobody, "staff_trained": YesNoUnknown.YES}) == "Yes"
    assert asked(replace(EVERYTHING, staff_trained=None))["staff_trained"].is_missing


SOON = NOW + timedelta(hours=1)


@pytest.mark.parametrize(("decision", "told_at", "expected", "said"), [
    (None, None, PeopleTold.UNDECIDED, "Not decided yet"),
    (None, NOW, PeopleTold.YES, "Yes, on Monday 23 November 2026, 15:35 GMT"),
    (PeopleDecision.TELL, None, PeopleTold.PLANNED, "They will be told"),
    (PeopleDecision.TELL, SOON, PeopleTold.PLANNED, "They will be told, on Monday 23 November 2026, 16:35 GMT"),
    (PeopleDecision.NO_HIGH_RISK, None, PeopleTold.DECIDED_NOT, "No: it was decided not to, because the risk to them is not high"),
    (PeopleDecision.UNINTELLIGIBLE, None, PeopleTold.DECIDED_NOT, "No: it was decided not to, because nobody can read the data (Article 34(3)(a))"),
    (PeopleDecision.RISK_ENDED, None, PeopleTold.DECIDED_NOT,
     "No: it was decided not to, because what was done since has ended the high risk (Article 34(3)(b))"),
    (PeopleDecision.IN_PUBLIC, None, PeopleTold.PLANNED,
     "They will be told in public, because reaching each of them would be out of proportion (Article 34(3)(c))"),
    (PeopleDecision.NO_HIGH_RISK, AWARE, PeopleTold.YES, "Yes, on Friday 20 November 2026, 16:35 GMT"),
])  # fmt: skip
def test_whether_the_people_were_told_follows_from_what_was_decided_and_done(
    decision: PeopleDecision | None, told_at: datetime | None, expected: PeopleTold, said: str
) -> None:
    facts = replace(EVERYTHING, people_decision=decision, people_told_at=told_at)
    assert people_told(facts, NOW) is expected
    assert asked(facts)["people_told"].answer == said


def test_beside_the_discovery_stands_when_the_clock_began_if_that_was_another_time() -> None:
    hint = "The school became aware, and the 72 hours began, on Friday 20 November 2026, 16:35 GMT."
    assert asked(EVERYTHING)["discovered_at"].hint == hint
    assert asked(replace(EVERYTHING, discovered_at=AWARE))["discovered_at"].hint == ""
    assert asked(replace(EVERYTHING, aware_at=None))["discovered_at"].hint == ""
