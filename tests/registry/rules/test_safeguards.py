from dataclasses import replace

import pytest

from models.vocabulary import Nation, Right
from registry.rules.lawful_basis import ActivityFacts, SchoolFacts, findings
from tests.registry.rules.activities import CONSENT, MAINTAINED, SOUND, found, only

BIOMETRIC_CHECKS = ("biometric_parents_told", "biometric_written_consent", "biometric_no_objection", "biometric_alternative")
CANTEEN = ActivityFacts(
    art6=["6.1.a"],
    art9=["9.2.a"],
    explicit_consent="Form BIO-2",
    special_categories=["biometric_identification"],
    individuals=["pupils", "staff"],
    biometric_recognition="yes",
    rights=["portability", "withdraw_consent", "erasure"],
    **CONSENT,
    **dict.fromkeys(BIOMETRIC_CHECKS, "yes"),
)


@pytest.mark.parametrize("column", BIOMETRIC_CHECKS)
@pytest.mark.parametrize("answer", ["no", "unknown", None])
def test_children_are_recognised_only_after_all_four_checks(column: str, answer: str | None) -> None:
    assert findings(CANTEEN, MAINTAINED) == ()
    finding = only("LB14", replace(CANTEEN, **{column: answer}))
    assert (finding.severity, finding.question) == ("error", column)


@pytest.mark.parametrize(("nation", "reached"), [("england", True), ("wales", True), ("scotland", False), ("northern_ireland", False)])
def test_the_biometrics_act_reaches_england_and_wales(nation: str, reached: bool) -> None:
    assert ("LB14" in found(replace(CANTEEN, biometric_parents_told="no"), SchoolFacts(nation=nation))) is reached


def test_the_biometrics_act_is_about_children_and_machines() -> None:
    unchecked = replace(CANTEEN, biometric_parents_told="no")
    assert "LB14" not in found(replace(unchecked, individuals=["staff"]))
    assert "LB14" in found(replace(unchecked, individuals=()))
    assert "LB14" not in found(replace(unchecked, biometric_recognition="no"))
    assert "LB14" not in found(replace(unchecked, special_categories=["health"]))


def test_nobody_knowing_whether_a_machine_recognises_children_is_a_warning() -> None:
    finding = only("LB14", replace(CANTEEN, biometric_recognition="unknown"))
    assert (finding.severity, finding.question) == ("warning", "biometric_recognition")


def test_consent_to_biometrics_needs_another_way_also_where_the_act_does_not_reach() -> None:
    forced = replace(CANTEEN, biometric_alternative="no")
    assert only("LB13", forced, SchoolFacts(nation=Nation.SCOTLAND)).question == "biometric_alternative"
    assert only("LB13", replace(forced, individuals=["staff"])).question == "biometric_alternative"
    assert "LB13" not in found(forced)
    assert "LB13" not in found(CANTEEN, SchoolFacts(nation=Nation.SCOTLAND))
    assert "LB13" not in found(replace(forced, art6=["6.1.e"]), SchoolFacts(nation=Nation.SCOTLAND))


DECISION_CHECKS = ("automated_information", "automated_representations", "automated_human", "automated_contest")


@pytest.mark.parametrize("column", DECISION_CHECKS)
def test_a_significant_automated_decision_has_four_safeguards(column: str) -> None:
    activity = replace(SOUND, automated_significant="yes", rights=["objection", "human_review"], **dict.fromkeys(DECISION_CHECKS, "yes"))
    assert findings(activity, MAINTAINED) == ()
    finding = only("LB15", replace(activity, **{column: "unknown"}))
    assert (finding.severity, finding.question) == ("warning", column)
    assert "LB15" not in found(replace(activity, automated_significant="no", **{column: "no"}))


@pytest.mark.parametrize(
    ("basis", "right"),
    [
        ("6.1.e", "objection"),
        ("6.1.f", "objection"),
        ("6.1.ea", "objection"),
        ("6.1.a", "portability"),
        ("6.1.b", "portability"),
        ("6.1.a", "withdraw_consent"),
        ("6.1.d", "erasure"),
    ],
)
def test_the_rights_that_follow_from_a_basis_are_noted_when_not_offered(basis: str, right: str) -> None:
    every = [each for each in Right if each != right]
    finding = only("LB16", ActivityFacts(art6=[basis], rights=every))
    assert (finding.severity, finding.question) == ("note", "rights")
    assert finding.message.startswith("People also have the right to")
    assert "also" not in only("LB16", ActivityFacts(art6=[basis], rights=list(Right))).message


def test_a_significant_automated_decision_may_be_looked_at_by_a_person() -> None:
    finding = only("LB16", replace(SOUND, automated_significant="yes"))
    assert finding.message == "People also have the right to have a decision looked at by a person. Tick it."


def test_erasure_is_not_promised_where_the_law_keeps_the_data() -> None:
    finding = only("LB16", replace(SOUND, rights=["objection", "erasure"]))
    assert finding.message == "The right to have it erased does not follow from these bases. Do not promise it."


def test_offering_human_review_without_need_is_no_fault() -> None:
    assert findings(replace(SOUND, rights=["objection", "human_review", "access"]), MAINTAINED) == ()
