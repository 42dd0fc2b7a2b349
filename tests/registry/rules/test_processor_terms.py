from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import Art28Clause, SupplierRole, SupplierState, TransferMechanism, YesNoUnknown
from registry.rules.processor_terms import SchoolFacts, SupplierFacts, findings, state

TODAY = date(2026, 11, 22)
SCHOOL = SchoolFacts(today=TODAY)
SOUND = SupplierFacts(
    contract_signed="yes",
    clauses=list("abcdefgh"),
    details_described="yes",
    due_diligence_on=TODAY,
    sub_processors_known="yes",
    outside_uk="no",
)
PROCESSOR_ONLY = {"SP01", "SP02", "SP08"}


def found(supplier: SupplierFacts, school: SchoolFacts = SCHOOL) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(supplier, school)]


def test_a_sound_processor_is_green() -> None:
    assert found(SOUND) == []
    assert state(SOUND, SCHOOL) is SupplierState.GREEN


@pytest.mark.parametrize("letter", Art28Clause)
def test_any_missing_term_makes_a_processor_red(letter: str) -> None:
    supplier = replace(SOUND, clauses=[clause for clause in Art28Clause if clause != letter])
    [finding] = findings(supplier, SCHOOL)
    assert (finding.code, finding.severity, finding.question) == ("SP01", "error", "clauses")
    assert f"lacks ({letter}) of the 8 terms" in finding.message
    assert state(supplier) is SupplierState.RED


def test_the_missing_terms_are_listed_by_letter() -> None:
    assert "lacks (c), (e) and (h) of the 8 terms" in findings(replace(SOUND, clauses=list("abdfg")), SCHOOL)[0].message
    assert "lacks all 8 terms" in findings(replace(SOUND, clauses=[]), SCHOOL)[0].message


@pytest.mark.parametrize("answer", ["no", "unknown", None])
def test_the_contract_describes_the_work_and_is_signed(answer: str | None) -> None:
    assert found(replace(SOUND, details_described=answer)) == [("SP01", "error", "details_described")]
    assert found(replace(SOUND, contract_signed=answer)) == [("SP02", "error", "contract_signed")]


def test_an_unsigned_contract_is_not_the_same_as_one_nobody_knows_of() -> None:
    assert findings(replace(SOUND, contract_signed="no"), SCHOOL)[0].message.startswith("No contract is signed.")
    assert findings(replace(SOUND, contract_signed="unknown"), SCHOOL)[0].message.startswith("Nobody has said")


@pytest.mark.parametrize("role", ["controller", "joint"])
def test_article_28_is_for_processors(role: str) -> None:
    assert PROCESSOR_ONLY & {code for code, *_ in found(SupplierFacts(role=role))} == set()


@pytest.mark.parametrize("role", ["depends", None])
def test_an_undecided_role_is_a_warning_and_counts_as_processor_until_then(role: str | None) -> None:
    assert found(replace(SOUND, role=role)) == [("SP09", "warning", "role")]
    assert {code for code, *_ in found(SupplierFacts(role=role))} > PROCESSOR_ONLY


def test_a_supplier_without_personal_data_is_asked_nothing_about_it() -> None:
    assert found(SupplierFacts(role=None, handles_personal_data="no", outside_uk="yes")) == []
    assert found(SupplierFacts(handles_personal_data="unknown")) == found(SupplierFacts(handles_personal_data=True)) != []


def test_due_diligence_is_repeated_after_a_year() -> None:
    assert found(replace(SOUND, due_diligence_on=None)) == [("SP03", "warning", "due_diligence_on")]
    assert found(replace(SOUND, due_diligence_on=date(2025, 11, 22))) == []
    old = replace(SOUND, due_diligence_on=date(2025, 11, 21))
    assert found(old) == [("SP03", "warning", "due_diligence_on")]
    assert found(old, SchoolFacts()) == []
    assert state(old, SCHOOL) is SupplierState.AMBER


def test_the_end_of_the_contract_is_told_from_the_first_day_of_notice() -> None:
    ending = replace(SOUND, ends_on=TODAY + timedelta(days=30), notice_days=30)
    assert found(ending) == [("SP07", "warning", "ends_on")]
    assert found(replace(ending, notice_days=29)) == []
    assert found(ending, SchoolFacts()) == []


def test_a_contract_has_ended_on_the_day_after_its_last() -> None:
    last_day = replace(SOUND, ends_on=TODAY)
    assert "ends on Sunday 22 November 2026" in findings(last_day, SCHOOL)[0].message
    ended = replace(SOUND, ends_on=TODAY - timedelta(days=1))
    assert "ended on Saturday 21 November 2026" in findings(ended, SCHOOL)[0].message
    assert found(ended) == [("SP07", "warning", "ends_on")]
    assert found(replace(SOUND, ends_on=TODAY + timedelta(days=1))) == []


def test_not_knowing_the_sub_processors_is_a_warning() -> None:
    assert found(replace(SOUND, sub_processors_known="unknown")) == [("SP08", "warning", "sub_processors_known")]


def test_the_order_is_that_of_the_codes() -> None:
    codes = [code for code, *_ in found(SupplierFacts(role="depends", ends_on=TODAY, outside_uk="yes"))]
    assert codes == ["SP01", "SP01", "SP02", "SP03", "SP04", "SP07", "SP08", "SP09"]


ANSWERS = st.one_of(st.none(), st.booleans(), st.sampled_from(YesNoUnknown))
SPECIAL: dict[str, st.SearchStrategy[object]] = {
    "role": st.sampled_from([*SupplierRole, None, "other"]),
    "clauses": st.sets(st.sampled_from([*Art28Clause, "z"])),
    "countries": st.one_of(st.none(), st.text(), st.lists(st.text())),
    "transfer_mechanism": st.sampled_from([*TransferMechanism, None, "", "other"]),
    "notice_days": st.one_of(st.none(), st.integers()),
}
DAYS = st.one_of(st.none(), st.dates())
COLUMNS = [field.name for field in fields(SupplierFacts)]
ANY_SUPPLIER = st.builds(SupplierFacts, **{name: SPECIAL.get(name, DAYS if name.endswith("_on") else ANSWERS) for name in COLUMNS})


@settings(deadline=None)
@given(ANY_SUPPLIER, DAYS)
def test_whatever_is_answered_the_state_follows_from_the_findings(supplier: SupplierFacts, today: date | None) -> None:
    school = SchoolFacts(today=today)
    severities = {severity for _, severity, _ in found(supplier, school)}
    assert found(supplier, school) == found(replace(supplier), school)
    assert {question for *_, question in found(supplier, school)} <= set(COLUMNS)
    assert (state(supplier, school) == "red") is ("error" in severities)
    assert (state(supplier, school) == "green") is (severities <= {"note"})
