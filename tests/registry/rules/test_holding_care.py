"""What is not in order with somebody who holds a device."""

from datetime import date

from registry.rules.custody import CustodyFacts
from registry.rules.holding_care import HoldingFacts, findings, to_sign
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts(today=date(2026, 11, 22))


def found(**facts: object) -> list[tuple[str, str]]:
    return [(finding.code, finding.question) for finding in findings(HoldingFacts(**facts), SCHOOL)]  # type: ignore[arg-type]


def test_a_hand_over_in_order_has_no_findings() -> None:
    assert found() == found(holder_left="no", to_sign="") == []


def test_who_has_left_gives_back_what_they_hold_and_signs_nothing_more() -> None:
    assert found(holder_left="yes", to_sign="Version 3.") == [("AL01", "holder_left")]
    assert found(holder_left="yes", returned_on=date(2026, 11, 1)) == []


def test_a_new_version_is_signed_by_those_who_hold_something() -> None:
    assert found(to_sign="The current agreement is version 3.") == [("AL02", "to_sign")]
    behind = CustodyFacts(agreement_current=3, agreement_accepted=2, is_on_roll=True)
    said = "The current agreement is version 3; this person has accepted version 2. Have version 3 signed, or take the device back."
    assert to_sign(behind) == said
    assert to_sign(CustodyFacts(agreement_current=3, agreement_accepted=3)) == ""
    assert to_sign(CustodyFacts(agreement_accepted=3)).startswith("It is held without an agreement")
