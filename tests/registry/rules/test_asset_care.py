from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import AssetFormat, AssetType, Classification, YesNoUnknown
from registry.rules.asset_care import AssetFacts, findings
from registry.rules.school_facts import SchoolFacts

TODAY = date(2026, 11, 22)
SCHOOL = SchoolFacts(today=TODAY)
SOUND = AssetFacts(
    owner_role="senco",
    owner="Mina Orchard",
    format="cloud",
    location="The learning platform",
    contains_personal="yes",
    contains_special="yes",
    contains_criminal="no",
    classification="CONFIDENTIAL",
    encrypted_at_rest="yes",
    encrypted_in_transit="yes",
    backed_up="yes",
    retention="R12",
    last_verified_on=TODAY,
    next_review_on=TODAY,
)


def found(asset: AssetFacts, school: SchoolFacts = SCHOOL) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(asset, school)]


def test_a_well_kept_asset_has_no_findings() -> None:
    assert found(SOUND) == []


def test_a_post_and_a_person_answer_for_an_asset() -> None:
    assert found(replace(SOUND, owner_role=None, owner=None)) == [("AS01", "warning", "owner_role")]
    assert found(replace(SOUND, owner=" ")) == [("AS01", "note", "owner")]
    assert found(replace(SOUND, owner_role=None)) == []


@pytest.mark.parametrize("column", ["contains_special", "contains_criminal"])
@pytest.mark.parametrize(("classification", "too_open"), [("PUBLIC", True), ("INTERNAL", True), ("CONFIDENTIAL", False), ("RESTRICTED", False)])
def test_delicate_data_is_kept_to_few(column: str, classification: str, too_open: bool) -> None:
    asset = replace(SOUND, classification=classification, contains_special="no", access_groups=["The head"])
    assert found(asset) == []
    assert found(replace(asset, **{column: True})) == ([("AS02", "warning", "classification")] if too_open else [])


def test_personal_data_has_a_classification() -> None:
    assert found(replace(SOUND, classification=None)) == [("AS03", "warning", "classification")]
    assert found(replace(SOUND, classification=None, contains_personal="no")) == [("AS03", "warning", "classification")]
    assert found(replace(SOUND, classification=None, contains_personal="no", contains_special="no")) == []


@pytest.mark.parametrize(("code", "column"), [("AS04", "encrypted_at_rest"), ("AS05", "encrypted_in_transit"), ("AS06", "backed_up")])
@pytest.mark.parametrize("answer", ["no", "unknown", None, False])
def test_a_protection_that_is_not_known_to_be_there_is_not_there(code: str, column: str, answer: str | bool | None) -> None:
    assert found(replace(SOUND, **{column: answer})) == [(code, "warning", column)]
    assert found(replace(SOUND, format="paper", **{column: answer})) == []


def test_an_absent_protection_reads_unlike_an_unknown_one() -> None:
    assert findings(replace(SOUND, backed_up="no"), SCHOOL)[0].message == "This is not backed up. Back it up."
    assert findings(replace(SOUND, backed_up="unknown"), SCHOOL)[0].message == "Nobody has said whether this is backed up. Find out."


def test_encryption_is_asked_about_personal_data_only() -> None:
    assert found(replace(SOUND, contains_personal="no", contains_special="no", encrypted_at_rest="no")) == []
    assert found(replace(SOUND, contains_personal=None, contains_special=None, encrypted_at_rest="no")) == [("AS04", "warning", "encrypted_at_rest")]


def test_a_backup_need_not_be_backed_up() -> None:
    assert found(replace(SOUND, asset_type="backup", backed_up="no")) == []


def test_an_entry_is_checked_once_a_year() -> None:
    assert found(replace(SOUND, last_verified_on=None)) == [("AS07", "warning", "last_verified_on")]
    assert found(replace(SOUND, last_verified_on=date(2025, 11, 22))) == []
    old = replace(SOUND, last_verified_on=date(2025, 11, 21))
    assert found(old) == [("AS07", "warning", "last_verified_on")]
    assert found(old, SchoolFacts()) == []


def test_a_review_is_overdue_on_the_day_after() -> None:
    late = replace(SOUND, next_review_on=TODAY - timedelta(days=1))
    assert found(late) == [("AS08", "warning", "next_review_on")]
    assert found(late, SchoolFacts()) == []
    assert found(replace(SOUND, next_review_on=None)) == []


def test_personal_data_is_kept_for_a_time() -> None:
    assert found(replace(SOUND, retention=None)) == [("AS09", "warning", "retention")]
    assert found(replace(SOUND, retention=[], contains_personal="no", contains_special="no")) == []


def test_what_only_named_people_may_see_names_them() -> None:
    assert found(replace(SOUND, classification="RESTRICTED")) == [("AS10", "warning", "access_groups")]
    assert found(replace(SOUND, classification="RESTRICTED", access_groups="The head and the safeguarding lead")) == []


def test_every_asset_is_somewhere() -> None:
    assert found(replace(SOUND, location="")) == [("AS11", "warning", "location")]


ANSWERS = st.one_of(st.none(), st.booleans(), st.sampled_from(YesNoUnknown))
SPECIAL: dict[str, st.SearchStrategy[object]] = {
    "format": st.sampled_from([*AssetFormat, None, "other"]),
    "asset_type": st.sampled_from([*AssetType, None]),
    "classification": st.sampled_from([*Classification, None, ""]),
}
DAYS = st.one_of(st.none(), st.dates())
COLUMNS = [field.name for field in fields(AssetFacts)]
ANY_ASSET = st.builds(AssetFacts, **{name: SPECIAL.get(name, DAYS if name.endswith("_on") else ANSWERS) for name in COLUMNS})


@settings(deadline=None)
@given(ANY_ASSET, DAYS)
def test_whatever_is_answered_the_findings_come_in_order_and_name_their_questions(asset: AssetFacts, today: date | None) -> None:
    first = found(asset, SchoolFacts(today=today))
    assert first == found(replace(asset), SchoolFacts(today=today)) == sorted(first)
    assert {question for *_, question in first} <= set(COLUMNS)
