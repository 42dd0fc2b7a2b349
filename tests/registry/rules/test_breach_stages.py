"""Which stage follows which, who moves a breach there, and what the law wants before it is closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.roles import Role
from models.vocabulary import BreachCause, BreachStage, PeopleDecision, RegulatorDecision
from registry.rules.breach_stages import LEADERS, MOVES, NEED_A_REASON, ClosingFacts, gaps, may_move

AWARE = datetime(2026, 11, 20, 16, 35, tzinfo=UTC)
WHOLE = ClosingFacts(
    aware_at=AWARE, narrative="A list went to a wrong address.", effects="Little.", measures_taken="It was deleted.",
    decision=RegulatorDecision.NOT_REPORTABLE, people_decision=PeopleDecision.NO_HIGH_RISK, causes=(BreachCause.HASTE,), approved=True,
)  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("before", list(BreachStage))
@pytest.mark.parametrize("after", list(BreachStage))
def test_leaders_make_the_moves_of_the_table_and_a_deputy_only_the_first(before: BreachStage, after: BreachStage, role: Role) -> None:
    begins = (before, after) == (BreachStage.REPORTED, BreachStage.OPEN)
    assert may_move(before, after, role) is ((before, after) in MOVES and (role in LEADERS or (begins and role is Role.DSL)))


def test_nobody_moves_a_breach_without_a_role() -> None:
    assert not may_move(BreachStage.REPORTED, BreachStage.OPEN, None)


def test_every_stage_can_be_left_and_none_is_entered_but_by_a_report() -> None:
    assert {before for before, _after in MOVES} == set(BreachStage)
    assert BreachStage.REPORTED not in {after for _before, after in MOVES}
    assert set(BreachStage) >= NEED_A_REASON


@pytest.mark.parametrize(("changed", "missing", "excused"), [
    ({}, [], None),
    ({"decision": None}, ["decision"], False),
    ({"decision": RegulatorDecision.REPORT}, ["told_at"], False),
    ({"decision": RegulatorDecision.REPORT, "told_at": AWARE + timedelta(hours=72)}, [], None),
    ({"decision": RegulatorDecision.REPORT, "told_at": AWARE + timedelta(hours=73)}, ["delay_reason"], False),
    ({"decision": RegulatorDecision.REPORT, "told_at": AWARE + timedelta(hours=73), "delay_reason": "Found in August."}, [], None),
    ({"approved": False}, ["approval"], True),
    ({"decision": RegulatorDecision.REPORT, "told_at": AWARE, "approved": False}, [], None),
    ({"people_decision": None}, ["people_decision"], False),
    ({"people_decision": PeopleDecision.TELL}, ["people_told_at"], False),
    ({"people_decision": PeopleDecision.IN_PUBLIC}, ["people_told_at"], False),
    ({"people_decision": PeopleDecision.TELL, "people_told_at": AWARE}, [], None),
    ({"narrative": None}, ["narrative"], True),
    ({"effects": ""}, ["effects"], True),
    ({"measures_taken": None}, ["measures_taken"], True),
    ({"causes": ()}, ["causes"], True),
])  # fmt: skip
def test_what_is_missing(changed: dict[str, object], missing: list[str], excused: bool | None) -> None:
    found = gaps(replace(WHOLE, **changed))  # type: ignore[arg-type]
    assert [gap.question for gap in found] == missing
    assert {gap.may_be_excused for gap in found} == ({excused} if missing else set())
