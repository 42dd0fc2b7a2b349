"""Steps: settled by whoever may, given to somebody, put back, added, and laid out anew when the kind changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.breach import Breach
from models.breach_entry import BreachEntry
from models.message import Message
from models.roles import Role
from models.vocabulary import BreachKind, BreachPart, BreachStage, EntryKind, JobRole
from registry import records
from registry.access import Forbidden
from registry.breaches import moving, settling, steps, timeline
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.typed import LONGEST_TEXT
from tests.people import NOW
from tests.registry.breaches.conftest import again


def first(row: Breach, part: BreachPart = BreachPart.CONTAIN) -> Any:
    return next(step for step in steps.steps_of(row) if step.part == part)


def last_entry() -> BreachEntry:
    found: BreachEntry = BreachEntry.select().order_by(BreachEntry.id.desc()).get()
    return found


def test_a_step_is_settled_once_with_what_came_of_it(handled: Breach, at_work: Any) -> None:
    stale = first(handled)
    settling.done(handled, first(handled), "Recalled from 24 of 26.", at_work("hana"))
    assert "Recalled from 24 of 26." in last_entry().text
    with pytest.raises(CannotBeDone, match="settled this step already"):
        settling.done(handled, first(handled), "", at_work("dev"))
    with pytest.raises(CannotBeDone):  # of two at once
        settling.leave_out(handled, stale, "Not needed.", at_work("dev"))
    settling.reopen(handled, first(handled), "Two had opened it.", at_work("hana"))
    assert first(handled).done_at is None
    assert "Still to be done" in last_entry().text


def test_what_is_left_out_has_its_reason(handled: Breach, at_work: Any) -> None:
    with pytest.raises(Invalid):
        settling.leave_out(handled, first(handled), " ", at_work("hana"))
    settling.leave_out(handled, first(handled), "It was paper.", at_work("hana"))
    assert first(handled).left_out_at == NOW


def test_somebody_was_told_earlier_than_it_was_written(handled: Breach, at_work: Any) -> None:
    an_hour_ago = NOW - timedelta(hours=1)
    settling.done(handled, first(handled, BreachPart.TELL), "", at_work("hana"), at=an_hour_ago)
    assert (last_entry().kind, last_entry().at) == (EntryKind.TOLD, an_hour_ago)
    settling.told(handled, "the insurer", "They send somebody.", at_work("hana"), at=an_hour_ago)
    assert "the insurer" in last_entry().text
    with pytest.raises(Invalid):
        settling.told(handled, "the insurer", "", at_work("hana"), at=NOW + timedelta(hours=1))


def test_it_is_given_to_somebody_who_may_see_it_and_they_are_told(handled: Breach, at_work: Any) -> None:
    tess, ian = at_work("tess").by.user, at_work("ian").by.user
    with pytest.raises(Invalid):
        settling.assign(handled, first(handled), tess, at_work("hana"), due_at=None)
    settling.assign(handled, first(handled), ian, at_work("hana"), due_at=NOW)
    assert Message.select().where((Message.person == ian) & (Message.record == handled.id)).exists()
    given = first(handled)
    assert steps.steps_for(handled, at_work("ian").by) == [given]
    settling.done(handled, given, "Blocked for all.", at_work("ian"))
    assert last_entry().technical


def test_an_it_provider_reaches_no_step_of_others(handled: Breach, at_work: Any) -> None:
    step = first(handled, BreachPart.TELL)
    with pytest.raises(NotFound):
        settling.find(handled, step.id, at_work("ian").by)
    with pytest.raises(Forbidden):
        settling.done(handled, step, "", at_work("ian"))
    with pytest.raises(NotFound):
        settling.find(handled, UUID(int=1), at_work("hana").by)


def test_another_kind_lays_out_its_steps_in_the_place_of_those_that_nobody_touched(handled: Breach, at_work: Any) -> None:
    done = first(handled)
    settling.done(handled, done, "", at_work("hana"))
    own = settling.add(handled, BreachPart.PREVENT, "Ask the printer’s maker.", at_work("hana"))
    before = {step.words for step in steps.steps_of(handled)}
    records.change(BREACHES, again(handled, at_work), {"kind": BreachKind.RANSOMWARE}, at_work("hana"))
    after = {step.words for step in steps.steps_of(handled)}
    assert {done.words, own.words} <= after
    wanted = {each.words for each in steps.proposed(BreachKind.RANSOMWARE, at_work("hana").school)}
    assert wanted <= after
    assert after - wanted == {done.words, own.words}
    assert before - after
    assert any(step.post == JobRole.IT_PROVIDER for step in steps.steps_for(handled, at_work("ian").by))


def test_what_is_written_about_a_step_is_read_by_handlers_and_by_whoever_wrote_it(handled: Breach, at_work: Any) -> None:
    one, other = steps.steps_of(handled)[:2]
    for step in (one, other):
        settling.assign(handled, step, at_work("ian").by.user, at_work("hana"), due_at=None)
    settling.done(handled, one, "Sam Patel’s mother called.", at_work("hana"))
    settling.done(handled, other, "Rules set back.", at_work("ian"))
    assert [settling.said_to(step, at_work("ian").by) for step in steps.steps_for(handled, at_work("ian").by)] == ["", "Rules set back."]
    assert settling.said_to(one, at_work("dev").by) == "Sam Patel’s mother called."
    read = "\n".join(entry.text or "" for entry in timeline.entries(handled, at_work("ian").by))
    assert "Rules set back." in read
    assert "Patel" not in read


def test_of_a_timeline_an_inspector_reads_nothing(handled: Breach, at_work: Any) -> None:
    timeline.note(handled, "The server was taken off the network.", at_work("ian"))
    inspector = replace(at_work("ian").by, role=Role.INSPECTOR)
    assert (len(timeline.entries(handled, at_work("ian").by)), timeline.entries(handled, inspector)) == (1, [])


def test_what_changes_nothing_and_what_is_too_long_is_refused(handled: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="still to be done already"):
        settling.reopen(handled, first(handled), "Why not?", at_work("hana"))
    settling.done(handled, first(handled), "", at_work("hana"))
    long = "x" * (LONGEST_TEXT + 1)
    for deed in (settling.reopen, settling.leave_out, settling.done):
        with pytest.raises(Invalid):
            deed(handled, first(handled), long, at_work("hana"))
    with pytest.raises(Invalid):
        settling.told(handled, "the insurer", long, at_work("hana"))
    with pytest.raises(Invalid):
        moving.move(handled, BreachStage.NO_BREACH, at_work("hana"), why=long)
