from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import DeviceStatus, HolderKind
from registry.rules.custody import NOT_THERE, CustodyFacts, Refusal, decide, outstanding

READY = CustodyFacts(is_on_roll=True, agreement_current=3, agreement_accepted=3)
CHILD = replace(READY, holder_kind=HolderKind.PUPIL, parent_needed=True, parent_accepted=3)
VERSIONS = st.none() | st.integers(1, 4)


def test_a_device_goes_to_somebody_who_accepted_the_current_agreement() -> None:
    decision = decide(READY)
    assert (decision.allowed, decision.mend, decision.refusal) == (True, "", None)
    assert decision.reason == "Version 3 of the agreement, which is the current one, is accepted."
    assert decide(CHILD).allowed


def test_an_older_version_is_not_enough() -> None:
    decision = decide(replace(READY, agreement_accepted=2))
    assert (decision.allowed, decision.refusal) == (False, Refusal.NOT_ACCEPTED)
    assert decision.reason == "The current agreement is version 3; this person has accepted version 2. Have version 3 signed first."
    assert decision.mend == "Have version 3 signed"
    never = decide(replace(READY, agreement_accepted=None))
    assert never.reason == "The current agreement is version 3; this person has accepted none. Have version 3 signed first."


def test_where_no_agreement_is_in_force_one_is_adopted_first() -> None:
    for facts in (READY, CHILD):
        decision = decide(replace(facts, agreement_current=None))
        assert (decision.refusal, decision.mend) == (Refusal.NO_AGREEMENT, "Adopt an agreement")


def test_a_parent_accepts_for_a_child_too() -> None:
    decision = decide(replace(CHILD, parent_accepted=2))
    assert decision.refusal is Refusal.PARENT
    assert decision.reason == (
        "The current agreement is version 3; a parent must accept it too, and has accepted version 2. Have version 3 signed by a parent first."
    )
    assert decide(replace(CHILD, parent_accepted=None)).mend == "Have version 3 signed by a parent"


@pytest.mark.parametrize("status", DeviceStatus)
def test_only_a_device_that_is_there_is_handed_over(status: DeviceStatus) -> None:
    decision = decide(replace(READY, device_status=status))
    gone = {DeviceStatus.IN_REPAIR, DeviceStatus.LOST, DeviceStatus.STOLEN, DeviceStatus.RETIRED, DeviceStatus.DISPOSED}
    assert set(NOT_THERE) == gone
    assert decision.allowed == (status not in gone)
    assert decision.refusal is (Refusal.NOT_THERE if status in gone else None)


def test_one_device_is_with_one_holder_only() -> None:
    assert decide(replace(READY, open_allocations=1)).reason == "This device is with somebody else. Take it back first."
    assert decide(replace(READY, open_allocations=2)).reason == "This device has 2 open hand-overs. Take it back first."
    assert decide(replace(READY, open_allocations=1, already_held_by_same=True)).refusal is Refusal.HELD_ALREADY


def test_nothing_goes_to_somebody_who_has_left() -> None:
    assert decide(replace(READY, is_on_roll=False)).refusal is Refusal.LEFT
    assert decide(replace(READY, is_on_roll=None)).allowed


def test_a_room_signs_nothing_and_leaves_no_roll() -> None:
    room = CustodyFacts(holder_kind="place", is_on_roll=False, parent_needed=True)
    assert decide(room).reason == "A room or pool signs no agreement."
    assert decide(room).allowed
    assert outstanding(room) is None
    assert decide(replace(room, open_allocations=1)).refusal is Refusal.HELD_BY_ANOTHER


def test_what_a_holder_still_has_to_sign_is_told_apart_from_the_rest() -> None:
    held = replace(CHILD, device_status=DeviceStatus.ALLOCATED, open_allocations=1, is_on_roll=False)
    assert outstanding(held) is None
    for lacking in (replace(held, agreement_accepted=2), replace(held, parent_accepted=2)):
        found = outstanding(lacking)
        assert found is not None
        assert not found.allowed


@given(
    st.builds(
        CustodyFacts,
        device_status=st.sampled_from(DeviceStatus),
        open_allocations=st.integers(0, 2),
        holder_kind=st.sampled_from(HolderKind),
        is_on_roll=st.none() | st.booleans(),
        agreement_current=VERSIONS,
        agreement_accepted=VERSIONS,
        parent_needed=st.booleans(),
        parent_accepted=VERSIONS,
        already_held_by_same=st.booleans(),
    )
)
@settings(max_examples=80)
def test_nobody_ever_holds_a_device_without_the_current_agreement(facts: CustodyFacts) -> None:
    decision = decide(facts)
    assert decision.reason.endswith(".")
    assert decision.allowed == (decision.refusal is None) == (not decision.mend)
    if decision.allowed and facts.is_for_a_person:
        assert facts.agreement_current is not None
        assert (facts.agreement_accepted or 0) >= facts.agreement_current
        assert not facts.parent_needed or (facts.parent_accepted or 0) >= facts.agreement_current
