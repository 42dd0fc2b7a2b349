"""Stages and times: who moves a breach, what closing needs, and what a clock that starts at another instant leaves behind."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.breach_entry import BreachEntry
from models.breach_step import BreachStep
from models.vocabulary import BreachCause, BreachStage, EntryKind, PeopleDecision, RegulatorDecision
from registry import records
from registry.access import Forbidden
from registry.breaches import judging, moving, regulator
from registry.breaches.judging import Judgement
from registry.breaches.moving import Times
from registry.breaches.regulator import Sent
from registry.records import Conflict
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.schema import Invalid
from tests.people import NOW
from tests.registry.breaches.conftest import NOTICED, again

TIMES = Times(occurred_at=None, discovered_at=NOTICED, aware_at=NOTICED)
REPORTED = Judgement(reasons="Health data of children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
NOT_REPORTED = Judgement(reasons="It was deleted unread.", regulator=RegulatorDecision.NOT_REPORTABLE, people=PeopleDecision.NO_HIGH_RISK)


def texts(kind: EntryKind) -> list[str]:
    return [entry.text for entry in BreachEntry.select().where(BreachEntry.kind == kind).order_by(BreachEntry.id)]


def test_whoever_takes_it_up_is_in_charge_and_has_the_steps(handled: Breach, at_work: Any) -> None:
    row = again(handled, at_work)
    assert (row.stage, row.in_charge_id) == (BreachStage.OPEN, at_work("hana").by.user)
    assert BreachStep.select().count() > 5
    assert texts(EntryKind.STAGE) == ["Being handled: sent to the wrong person."]


@pytest.mark.parametrize("key", ["tess", "ola", "ian", "gus"])
def test_nobody_else_moves_it(reported: Breach, at_work: Any, key: str) -> None:
    with pytest.raises(Forbidden):
        moving.move(reported, BreachStage.OPEN, at_work(key))


def test_the_safeguarding_lead_takes_it_up_when_nobody_else_does_and_closes_nothing(reported: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone):
        moving.move(reported, BreachStage.NO_BREACH, at_work("dina"), why="It was empty.")
    moving.move(reported, BreachStage.OPEN, at_work("dina"))
    assert again(reported, at_work).stage is BreachStage.OPEN


def test_of_two_who_take_it_up_at_once_one_is_refused(reported: Breach, at_work: Any) -> None:
    other = again(reported, at_work)
    moving.move(again(reported, at_work), BreachStage.OPEN, at_work("hana"))
    with pytest.raises(Conflict):
        moving.move(other, BreachStage.OPEN, at_work("dev"))


def test_it_is_not_closed_without_what_the_law_needs(handled: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="not decided whether the regulator is told"):
        moving.move(handled, BreachStage.CLOSED, at_work("hana"), why="I want to go home.")


def test_what_is_only_missing_is_excused_with_a_reason(handled: Breach, at_work: Any) -> None:
    judging.advise(handled, NOT_REPORTED, at_work("dev"))
    judging.decide(handled, NOT_REPORTED, at_work("hana"))
    with pytest.raises(Invalid):
        moving.move(handled, BreachStage.CLOSED, at_work("hana"))
    records.change(BREACHES, handled, {"effects": "None.", "measures_taken": "Deleted.", "causes": (BreachCause.HASTE,)}, at_work("hana"))
    judging.approve(handled, Judgement(reasons="Agreed.", regulator=RegulatorDecision.NOT_REPORTABLE), at_work("dev", timedelta(minutes=9)))
    moving.move(handled, BreachStage.CLOSED, at_work("hana"))
    row = again(handled, at_work)
    assert (row.stage, row.closed_at) == (BreachStage.CLOSED, NOW)
    with pytest.raises(Invalid):
        moving.move(row, BreachStage.OPEN, at_work("hana"))
    moving.move(row, BreachStage.OPEN, at_work("hana"), why="A parent rang again.")
    assert again(row, at_work).closed_at is None


def test_no_breach_needs_its_reason(reported: Breach, at_work: Any) -> None:
    with pytest.raises(Invalid):
        moving.move(reported, BreachStage.NO_BREACH, at_work("dev"))
    moving.move(reported, BreachStage.NO_BREACH, at_work("dev"), why="The list held no names.")
    assert texts(EntryKind.STAGE) == ["Looked into: no personal data was touched.\nThe list held no names."]


def test_a_clock_that_starts_elsewhere_shows_both_deadlines(handled: Breach, at_work: Any) -> None:
    later = replace(TIMES, aware_at=NOTICED + timedelta(hours=1), because="Only then was it sure that the address was wrong.")
    moving.set_times(handled, later, at_work("dev"))
    assert again(handled, at_work).aware_at == later.aware_at
    (told,) = texts(EntryKind.TIMES)
    before, after = (f"Thursday 26 November 2026, 0{hour}:14 GMT" for hour in (7, 8))
    assert told.startswith(f"The last moment to tell the regulator was {before}; it is {after}.")
    assert told.endswith("Only then was it sure that the address was wrong.")


@pytest.mark.parametrize(("changed", "question"), [
    ({"aware_at": NOTICED + timedelta(hours=1)}, "because"),
    ({"occurred_at": NOTICED + timedelta(minutes=1)}, "occurred_at"),
    ({"aware_at": NOTICED - timedelta(minutes=1), "because": "Because."}, "aware_at"),
    ({"occurred_at": NOW + timedelta(days=1), "discovered_at": None}, "occurred_at"),
])  # fmt: skip
def test_times_that_cannot_be_are_refused(handled: Breach, at_work: Any, changed: dict[str, Any], question: str) -> None:
    with pytest.raises(Invalid) as refused:
        moving.set_times(handled, replace(TIMES, **changed), at_work("hana"))
    assert question in refused.value.messages


def test_the_school_was_aware_before_it_told_the_regulator(handled: Breach, at_work: Any) -> None:
    judging.decide(handled, replace(REPORTED, against="He is abroad."), at_work("hana"))
    regulator.submitted(again(handled, at_work), Sent(at=NOW), at_work("hana"), "It was sent.")
    later = replace(TIMES, aware_at=NOW + timedelta(minutes=3), because="Only then was it certain.")
    with pytest.raises(Invalid) as refused:
        moving.set_times(again(handled, at_work), later, at_work("hana", timedelta(hours=1)))
    assert [*refused.value.messages] == ["aware_at"]
    moving.set_times(again(handled, at_work), replace(later, aware_at=NOW), at_work("hana", timedelta(hours=1)))


def test_the_clock_of_a_closed_breach_stands_still(reported: Breach, at_work: Any) -> None:
    moving.move(reported, BreachStage.NO_BREACH, at_work("dev"), why="The list held no names.")
    with pytest.raises(CannotBeDone, match="Open it again first"):
        moving.set_times(again(reported, at_work), replace(TIMES, occurred_at=NOTICED), at_work("hana"))
    assert again(reported, at_work).occurred_at is None


def test_the_same_times_write_nothing(handled: Breach, at_work: Any) -> None:
    moving.set_times(handled, TIMES, at_work("hana"))
    assert texts(EntryKind.TIMES) == []


def test_somebody_else_is_put_in_charge_and_told(handled: Breach, at_work: Any) -> None:
    with pytest.raises(Invalid):
        moving.put_in_charge(handled, at_work("ola").by.user, at_work("hana"))
    moving.put_in_charge(handled, at_work("dina").by.user, at_work("hana"))
    assert again(handled, at_work).in_charge_id == at_work("dina").by.user
    assert texts(EntryKind.STAGE)[-1].startswith("In charge: Dina")


def test_the_reason_stays_while_the_clock_does(handled: Breach, at_work: Any) -> None:
    later = NOTICED + timedelta(hours=1)
    with pytest.raises(Invalid):
        moving.set_times(handled, replace(TIMES, aware_at=later), at_work("hana"))
    moving.set_times(handled, replace(TIMES, aware_at=later, because="Only then was it certain."), at_work("hana"))
    moving.set_times(handled, replace(TIMES, aware_at=later, occurred_at=NOTICED - timedelta(hours=3)), at_work("hana"))
    assert again(handled, at_work).aware_because == "Only then was it certain."
