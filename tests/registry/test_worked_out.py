"""A day that was counted stays as it was counted, until somebody counts it anew."""

from datetime import date
from typing import Any

import pytest

from models.audit import AuditEntry
from models.statements import rows_of
from models.take_down import TakeDown
from models.vocabulary import TermDateKind
from registry import records, worked_out
from registry.access import Forbidden
from registry.actor import Actor
from registry.neighbourhood import End, link
from registry.records import Conflict, Occasion
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.registers.school.term_dates import TERM_DATES
from registry.rows import CannotBeDone
from registry.rules.working_days import read
from registry.school.schools import facts_of
from registry.trace.audit import changes_of
from registry.trace.chain import row_seal
from registry.trace.verification import verify_rows
from tests.people import NOW, Person
from tests.pictured import a_pupil, a_use

pytestmark = pytest.mark.usefixtures("in_quillbrook")

TASK = TAKE_DOWNS.deadlines[0]


@pytest.fixture
def task(occasion: Occasion) -> Any:
    """A take-down that appeared by itself, because nobody has said yes."""
    use, sam = a_use(occasion), a_pupil(occasion, "Sam Patel")
    publication = records.add(PUBLICATIONS, {"name": "Sports day", "use": use.id}, occasion)
    link(End(PUBLICATIONS, publication.id), End(PUPILS, sam.id), occasion)
    return TakeDown.select().get()


def a_bank_holiday(occasion: Occasion, day: date) -> None:
    """One that was proclaimed after the task was made."""
    records.add(TERM_DATES, {"name": "A coronation", "kind": TermDateKind.BANK_HOLIDAY, "begins_on": day}, occasion)


def again(task: Any, occasion: Occasion, **seen: Any) -> Any:
    """Work the task out anew, as somebody who has just looked at it."""
    return worked_out.work_out_anew(TAKE_DOWNS, TASK, task, occasion, **{"version": task.version, "why": "A coronation", **seen})


def test_a_task_keeps_every_day_that_was_counted(task: Any) -> None:
    counted = worked_out.frozen_count(TASK, task)
    assert counted == read(task.worked_out)
    assert [(each.day, each.counts) for each in counted.days] == [(date(2026, 11, 24), True), (date(2026, 11, 25), True)]
    assert (task.due_on, worked_out.is_by_hand(TASK, task, counted)) == (date(2026, 11, 25), False)


def test_a_task_stays_as_it_was_counted_when_the_calendar_changes(task: Any, occasion: Occasion) -> None:
    a_bank_holiday(occasion, date(2026, 11, 24))
    kept = TakeDown.get_by_id(task.id)
    assert (kept.due_on, kept.worked_out) == (task.due_on, task.worked_out)
    assert worked_out.counted_now(read(kept.worked_out), occasion).due_on == date(2026, 11, 26)


def test_working_it_out_anew_moves_the_day_and_keeps_the_old_one_with_the_reason_in_the_history(task: Any, occasion: Occasion) -> None:
    before = task.worked_out
    a_bank_holiday(occasion, date(2026, 11, 24))
    again(task, occasion)
    kept = TakeDown.get_by_id(task.id)
    assert kept.due_on == read(kept.worked_out).due_on == date(2026, 11, 26)
    entry = AuditEntry.select().where(AuditEntry.record == task.id).order_by(AuditEntry.number.desc()).get()
    told = changes_of(entry)
    assert (entry.deed, told["due_on"], told["counted_because"]) == ("worked_out", ["2026-11-25", "2026-11-26"], [None, "A coronation"])  # type: ignore[index]
    assert told["worked_out"] == [before, kept.worked_out]  # type: ignore[index]
    assert list(verify_rows()) == []


def test_a_day_that_comes_out_the_same_is_left_alone(task: Any, occasion: Occasion) -> None:
    with pytest.raises(CannotBeDone, match="comes out as it stands"):
        again(task, occasion)


def test_a_day_that_was_entered_by_hand_can_be_counted_again(task: Any, occasion: Occasion) -> None:
    records.change(TAKE_DOWNS, task, {"due_on": date(2026, 12, 24)}, occasion)
    counted = worked_out.frozen_count(TASK, task)
    assert counted is not None
    assert worked_out.is_by_hand(TASK, task, counted)
    assert again(task, occasion).due_on == date(2026, 11, 25)
    assert TakeDown.get_by_id(task.id).due_on == date(2026, 11, 25)


def test_whoever_looked_at_an_older_version_is_told(task: Any, occasion: Occasion) -> None:
    a_bank_holiday(occasion, date(2026, 11, 24))
    with pytest.raises(Conflict):
        again(task, occasion, version=task.version - 1)


def test_a_task_of_before_days_were_counted_has_nothing_to_work_out(occasion: Occasion, task: Any) -> None:
    old = records.add(TAKE_DOWNS, {"name": "Old", "publication": task.publication, "person": task.person, "due_on": date(2026, 11, 25)}, occasion)
    assert worked_out.frozen_count(TASK, old) is None
    with pytest.raises(CannotBeDone, match="was not counted"):
        again(old, occasion)


def test_a_task_of_before_has_the_seal_that_it_had_without_the_column(occasion: Occasion, task: Any) -> None:
    old = records.add(TAKE_DOWNS, {"name": "Old", "publication": task.publication, "person": task.person}, occasion)
    whole = rows_of(TakeDown)
    held = dict(zip(whole.columns, whole.values(old), strict=True))
    before = {column: value for column, value in held.items() if column != "worked_out"}
    assert row_seal(whole.name, tuple(held), held.values()) == row_seal(whole.name, tuple(before), before.values())
    assert list(verify_rows()) == []


def test_whoever_may_not_change_the_task_may_not_work_it_out(task: Any, tess: Person, school: Any) -> None:
    with pytest.raises(Forbidden):
        again(task, Occasion(tess.actor, NOW, facts_of(school, NOW.date())))


def test_a_day_that_is_worked_out_whenever_somebody_asks_is_not_frozen(task: Any, occasion: Occasion, school: Any) -> None:
    asked = TASK.__class__(code="X1", words="Look", rule=TASK.rule, facts=TASK.facts, mend="due_on")
    assert worked_out.frozen_count(asked, task) is None
    assert not worked_out.may_work_out(TAKE_DOWNS, asked, occasion)
    robot = Occasion(Actor.robot("tests", school.id), NOW, occasion.school)
    with pytest.raises(Forbidden):
        worked_out.work_out_anew(TAKE_DOWNS, asked, task, robot, version=task.version, why="-")
