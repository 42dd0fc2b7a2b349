from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import Schedule1, YesNoUnknown
from registry.rules.article_30 import RecordOfProcessingFacts, findings
from registry.rules.finding import Finding
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts(today=date(2026, 11, 22))
CONTROLLER = RecordOfProcessingFacts(
    purpose="To serve the right meal to each child",
    individuals=["pupils"],
    data_categories="Names, diets",
    recipients="The caterer",
    transfers_outside_uk="no",
    retention="Until the child leaves",
    security_measures=["Signed-in staff only"],
    art6=["6.1.e"],
)
PROCESSOR = RecordOfProcessingFacts(
    role="processor",
    controller_acted_for="Quillbrook Trust",
    processing_categories="Payroll",
    transfers_outside_uk=False,
    security_measures="Signed-in staff only",
)


def found(record: RecordOfProcessingFacts) -> list[tuple[str, str]]:
    return [(finding.code, finding.question) for finding in findings(record, SCHOOL)]


def the_one(record: RecordOfProcessingFacts) -> Finding:
    """The only finding about a record."""
    [finding] = findings(record, SCHOOL)
    return finding


def test_complete_records_have_no_findings() -> None:
    assert found(CONTROLLER) == []
    assert found(PROCESSOR) == []


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("AR01", "purpose"),
        ("AR02", "individuals"),
        ("AR03", "data_categories"),
        ("AR04", "recipients"),
        ("AR05", "transfers_outside_uk"),
        ("AR08", "retention"),
        ("AR09", "security_measures"),
    ],
)
def test_each_part_of_a_controllers_record_is_asked_for(code: str, column: str) -> None:
    finding = the_one(replace(CONTROLLER, **{column: None}))
    assert (finding.code, finding.question, finding.severity) == (code, column, "warning")
    assert finding.source.startswith("UK GDPR Article 30(1)")


@pytest.mark.parametrize(
    ("code", "column"),
    [("AR05", "transfers_outside_uk"), ("AR09", "security_measures"), ("AR10", "controller_acted_for"), ("AR11", "processing_categories")],
)
def test_each_part_of_a_processors_record_is_asked_for(code: str, column: str) -> None:
    finding = the_one(replace(PROCESSOR, **{column: None}))
    assert (finding.code, finding.question, finding.severity) == (code, column, "warning")
    assert finding.source.startswith("UK GDPR Article 30(2)")


def test_not_knowing_about_transfers_is_no_answer() -> None:
    assert found(replace(CONTROLLER, transfers_outside_uk="unknown")) == [("AR05", "transfers_outside_uk")]


def test_a_transfer_names_its_countries_and_asks_about_exceptions() -> None:
    abroad = replace(CONTROLLER, transfers_outside_uk="yes")
    assert found(abroad) == [("AR06", "third_countries"), ("AR07", "exceptional_safeguards")]
    assert the_one(replace(abroad, third_countries="France")).severity == "note"
    assert found(replace(abroad, third_countries="France", exceptional_safeguards="Asked each parent")) == []


def test_a_condition_with_a_policy_document_says_whether_the_policy_is_followed() -> None:
    conditional = replace(CONTROLLER, sch1=["part2.18"])
    assert found(conditional) == [("AR13", "kept_per_policy")]
    assert found(replace(conditional, kept_per_policy="unknown")) == [("AR13", "kept_per_policy")]
    assert found(replace(conditional, kept_per_policy="yes")) == []
    assert found(replace(conditional, kept_per_policy="no")) == [("AR14", "kept_not_reason")]
    assert found(replace(conditional, kept_per_policy="no", kept_not_reason="The court asked us to wait")) == []


def test_a_condition_with_a_policy_document_stands_beside_its_basis() -> None:
    assert found(replace(CONTROLLER, sch1=["part1.1"], kept_per_policy="yes", art6=[])) == [("AR12", "art6")]


def test_a_condition_without_a_policy_document_asks_nothing_more() -> None:
    assert found(replace(CONTROLLER, sch1=["part1.2"])) == []
    assert found(replace(CONTROLLER, sch1=["part2.10"], apd_only_for_authority=True)) == []
    assert found(replace(PROCESSOR, sch1=["part2.18"])) == []


def test_the_order_is_that_of_the_codes() -> None:
    codes = [code for code, _ in found(RecordOfProcessingFacts(sch1=["part2.18"], transfers_outside_uk=True))]
    assert codes == ["AR01", "AR02", "AR03", "AR04", "AR06", "AR07", "AR08", "AR09", "AR12", "AR13"]


TEXT = st.one_of(st.none(), st.just(""), st.just("Something"), st.sampled_from(YesNoUnknown))
ANY_RECORD = st.builds(
    RecordOfProcessingFacts,
    **{field.name: TEXT for field in fields(RecordOfProcessingFacts)}
    | {"role": st.sampled_from(["controller", "processor", "joint", None]), "sch1": st.sets(st.sampled_from(Schedule1))},
)


@settings(deadline=None)
@given(ANY_RECORD)
def test_whatever_is_answered_each_question_is_named_once(record: RecordOfProcessingFacts) -> None:
    assert all(finding.severity == ("note" if finding.code == "AR07" else "warning") for finding in findings(record, SCHOOL))
    questions = [question for _, question in found(record)]
    assert len(set(questions)) == len(questions)
    assert set(questions) <= {field.name for field in fields(record)}
