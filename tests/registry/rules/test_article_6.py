from dataclasses import replace
from datetime import date

import pytest

from models.vocabulary import RecognisedInterest
from registry.rules.lawful_basis import ActivityFacts, SchoolFacts, findings
from tests.registry.rules.activities import ASSESSMENT, CONSENT, INDEPENDENT, found, only


def test_an_activity_without_a_basis_needs_one() -> None:
    finding = only("LB01", ActivityFacts())
    assert (finding.severity, finding.question, finding.source) == ("error", "art6", "UK GDPR Article 6(1)")
    assert found(ActivityFacts()) == ["LB01"]


@pytest.mark.parametrize("basis", ["6.1.f", "6.1.ea"])
def test_an_academys_core_task_may_not_rest_on_either_legitimate_interest(basis: str) -> None:
    finding = only("LB02", ActivityFacts(art6=[basis], is_core_task=True), SchoolFacts(school_type="academy"))
    assert (finding.severity, finding.question) == ("error", "art6")
    assert "public task" in finding.message


@pytest.mark.parametrize("is_core_task", ["yes", "unknown", None])
def test_nobody_having_said_that_it_is_no_core_task_counts_as_one(is_core_task: str | None) -> None:
    assert "LB02" in found(ActivityFacts(art6=["6.1.f"], is_core_task=is_core_task))


@pytest.mark.parametrize("is_core_task", [False, "no"])
def test_a_public_authority_may_use_legitimate_interests_outside_its_tasks(is_core_task: str | bool) -> None:
    assert "LB02" not in found(ActivityFacts(art6=["6.1.f"], is_core_task=is_core_task))


def test_an_independent_school_may_use_legitimate_interests() -> None:
    assert findings(ActivityFacts(art6=["6.1.f"], rights=["objection", "erasure"], **ASSESSMENT), INDEPENDENT) == ()


def test_other_bases_are_open_to_public_authorities() -> None:
    assert "LB02" not in found(ActivityFacts(art6=["6.1.a", "6.1.b", "6.1.c", "6.1.d", "6.1.e"]))


@pytest.mark.parametrize("column", ASSESSMENT)
def test_an_unfinished_assessment_of_legitimate_interests_is_an_error(column: str) -> None:
    activity = replace(ActivityFacts(art6=["6.1.f"], **ASSESSMENT), **{column: None})
    finding = only("LB03", activity, INDEPENDENT)
    assert (finding.severity, finding.question) == ("error", column)


def test_an_assessment_is_out_of_date_on_the_day_after_its_anniversary() -> None:
    year_old = ActivityFacts(art6=["6.1.f"], **ASSESSMENT | {"lia_assessed_on": date(2025, 11, 22)})
    assert "LB03" not in found(year_old, INDEPENDENT)
    older = replace(year_old, lia_assessed_on=date(2025, 11, 21))
    assert only("LB03", older, INDEPENDENT).severity == "warning"
    assert "LB03" not in found(older, replace(INDEPENDENT, today=None))
    assert "LB03" not in found(older, replace(INDEPENDENT, review_months=24))


def test_a_recognised_interest_needs_its_condition_and_its_necessity() -> None:
    questions = [finding.question for finding in findings(ActivityFacts(art6=["6.1.ea"]), INDEPENDENT) if finding.code == "LB04"]
    assert questions == ["rli_condition", "rli_necessity"]
    assert "LB04" in found(ActivityFacts(art6=["6.1.ea"], rli_condition="RLI9", rli_necessity="It is"), INDEPENDENT)


@pytest.mark.parametrize("condition", list(RecognisedInterest)[1:])
def test_most_recognised_interests_need_no_request(condition: str) -> None:
    assert "LB04" not in found(ActivityFacts(art6=["6.1.ea"], rli_condition=condition, rli_necessity="It is"), INDEPENDENT)


def test_another_bodys_task_needs_its_request() -> None:
    activity = ActivityFacts(art6=["6.1.ea"], rli_condition="RLI1", rli_necessity="It is")
    assert only("LB04", activity, INDEPENDENT).question == "rli_request"
    assert "LB04" not in found(replace(activity, rli_request="Letter of 3 May"), INDEPENDENT)


@pytest.mark.parametrize("column", CONSENT)
def test_consent_says_how_it_is_given_and_withdrawn_and_who_may_give_it(column: str) -> None:
    activity = ActivityFacts(art6=["6.1.a"], individuals=["pupils", "staff"], **CONSENT)
    assert "LB05" not in found(activity)
    finding = only("LB05", replace(activity, **{column: " "}))
    assert (finding.severity, finding.question) == ("error", column)


def test_consent_of_adults_need_not_say_who_may_give_it() -> None:
    activity = ActivityFacts(art6=["6.1.a"], individuals=["staff"], **CONSENT | {"consent_who": None})
    assert "LB05" not in found(activity)
    assert "LB05" in found(replace(activity, individuals=()))


@pytest.mark.parametrize("basis", ["6.1.c", "6.1.e"])
def test_a_legal_obligation_and_a_public_task_name_their_law(basis: str) -> None:
    finding = only("LB06", ActivityFacts(art6=[basis], statute="  "))
    assert (finding.severity, finding.question) == ("error", "statute")
    assert "LB06" not in found(ActivityFacts(art6=[basis], statute="Education Act 1996"))


def test_other_bases_need_no_law() -> None:
    assert "LB06" not in found(ActivityFacts(art6=["6.1.a", "6.1.b", "6.1.d", "6.1.f", "6.1.ea"]))


def test_consent_that_nobody_can_refuse_is_doubtful() -> None:
    activity = ActivityFacts(art6=["6.1.a"], consent_can_refuse="no", **CONSENT)
    assert only("LB13", activity).severity == "warning"
    assert "LB13" not in found(replace(activity, consent_can_refuse="yes"))
    assert "LB13" not in found(replace(activity, art6=["6.1.e"]))


def test_consent_beside_a_legal_obligation_is_doubtful_until_somebody_says_people_can_refuse() -> None:
    activity = ActivityFacts(art6=["6.1.a", "6.1.c"], **CONSENT)
    assert only("LB13", activity).question == "consent_can_refuse"
    assert "LB13" not in found(replace(activity, consent_can_refuse="yes"))
    assert "LB13" not in found(replace(activity, is_core_task="no"))


def test_a_contract_is_named_and_vital_interests_are_explained() -> None:
    activity = ActivityFacts(art6=["6.1.b", "6.1.d"], rights=["portability", "erasure"])
    assert found(activity) == ["LB17", "LB18"]
    assert found(replace(activity, contract_with_subject="Employment contract", vital_why="Nobody can ask her")) == []
