from dataclasses import replace
from datetime import date

from registry.rules.holding_care import HoldingFacts, findings
from registry.rules.school_facts import SchoolFacts

TODAY = date(2026, 11, 22)
SCHOOL = SchoolFacts(today=TODAY)
SOUND = HoldingFacts(is_on_roll=True, agreement_current=3, agreement_accepted=3, due_back_on=TODAY)


def found(holding: HoldingFacts, school: SchoolFacts = SCHOOL) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(holding, school)]


def test_a_hand_over_in_order_has_no_findings() -> None:
    assert found(SOUND) == []
    assert found(HoldingFacts(holder_kind="place", is_on_roll=False)) == []


def test_who_has_left_gives_back_what_they_hold() -> None:
    assert found(replace(SOUND, is_on_roll=False)) == [("AL01", "warning", "returned_on")]


def test_a_new_version_is_signed_by_those_who_hold_something() -> None:
    behind = replace(SOUND, agreement_accepted=2)
    assert found(behind) == [("AL02", "warning", "agreement")]
    assert findings(behind, SCHOOL)[0].message == (
        "The current agreement is version 3; this person has accepted version 2. Have version 3 signed, or take the device back."
    )
    assert findings(replace(SOUND, parent_needed=True), SCHOOL)[0].mend == "Have version 3 signed by a parent"
    assert findings(replace(SOUND, agreement_current=None), SCHOOL)[0].message.startswith("It is held without an agreement")


def test_a_device_is_overdue_on_the_day_after() -> None:
    assert found(replace(SOUND, due_back_on=date(2026, 11, 21))) == [("AL03", "warning", "due_back_on")]
    assert found(replace(SOUND, due_back_on=date(2026, 11, 21)), SchoolFacts()) == []
    assert found(replace(SOUND, due_back_on=None)) == []


def test_two_open_hand_overs_of_one_serial_are_an_error() -> None:
    assert found(replace(SOUND, open_allocations=2)) == [("AL04", "error", "returned_on")]


def test_nothing_is_said_once_the_device_is_back() -> None:
    wrong = HoldingFacts(is_on_roll=False, open_allocations=2, due_back_on=date(2020, 1, 1))
    assert [code for code, _, _ in found(wrong)] == ["AL01", "AL02", "AL03", "AL04"]
    assert found(replace(wrong, returned_on=TODAY)) == []
