"""What can be agreed about something that needs somebody, and what cannot."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.arrangement import Arrangement
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.access import Forbidden
from registry.needs import arranging, keeping
from registry.needs.arranging import One
from registry.needs.needs import Today
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.trace.seals import verify_rows
from tests.least import add_least
from tests.people import Person
from tests.registry.needs.conftest import TODAY, codes_of

pytestmark = pytest.mark.usefixtures("in_quillbrook")
Looking = Callable[..., Today]


@pytest.fixture
def one(school: School, occasion: Occasion, an_asset: Callable[..., Any]) -> One:
    """An asset whose check is due."""
    row = an_asset(next_review_on=TODAY + timedelta(days=2))
    keeping.catch_up(school, TODAY)
    return arranging.find(ASSETS, row.id, "AD1", occasion.by)


@pytest.fixture
def finding(one: One, occasion: Occasion) -> One:
    """That it is not said where it is."""
    return arranging.find(ASSETS, one.row.id, "AS11", occasion.by)


@pytest.fixture
def task(school: School, occasion: Occasion) -> One:
    """A picture to be taken down, by the law's day."""
    row = add_least(TAKE_DOWNS, "Sports day", occasion, due_on=TODAY + timedelta(days=2))
    keeping.catch_up(school, TODAY)
    return arranging.find(TAKE_DOWNS, row.id, "TD1", occasion.by)


def again(one: One, occasion: Occasion) -> One:
    return arranging.find(one.register, one.row.id, one.code, occasion.by)


def test_whoever_is_asked_has_it_and_the_others_wait(one: One, occasion: Occasion, look: Looking, ola: Person, dev: Person) -> None:
    arranging.assign(one, ola.user, occasion)
    assert [line.assigned_to for line in look(ola).mine if line.due] == [ola.user]
    assert [line.assigned_to for line in look(dev).others if line.due] == [ola.user]
    arranging.assign(again(one, occasion), None, occasion)
    assert [line.assigned_to for line in look(dev).mine if line.due] == [None]
    assert Arrangement.select().count() == 1
    assert [*verify_rows()] == []


@pytest.mark.parametrize("key", ["tess", "ian", "gus", "otto"])
def test_nobody_is_asked_who_can_do_nothing_about_it(one: One, occasion: Occasion, people: dict[str, Person], key: str) -> None:
    with pytest.raises(Invalid):
        arranging.assign(one, people[key].user, occasion)


def test_what_is_put_off_comes_back_by_itself(one: One, occasion: Occasion, look: Looking, dev: Person) -> None:
    arranging.snooze(one, TODAY + timedelta(days=10), "Waiting for the supplier.", occasion)
    assert [line.code for line in look(dev).snoozed] == ["AD1"]
    assert [line.code for line in look(dev, TODAY + timedelta(days=10)).mine if line.due] == ["AD1"]


@pytest.mark.parametrize(("days", "reason", "wrong"), [
    (0, "Busy", "until"), (-1, "Busy", "until"), (185, "Busy", "until"), (5, "  ", "reason"), (5, "x" * 501, "reason"),
])  # fmt: skip
def test_putting_off_needs_a_day_and_a_reason(one: One, occasion: Occasion, days: int, reason: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        arranging.snooze(one, TODAY + timedelta(days=days), reason, occasion)
    assert set(refused.value.messages) == {wrong}
    assert not Arrangement.select().exists()


def test_the_laws_day_is_never_put_off(task: One, occasion: Occasion) -> None:
    arranging.snooze(task, task.due, "On a trip until then.", occasion)
    with pytest.raises(Invalid) as refused:
        arranging.snooze(task, task.due + timedelta(days=1), "No time.", occasion)
    assert "Wednesday 25 November 2026" in refused.value.messages["until"][0]


def test_what_was_put_off_is_back_at_once_when_the_laws_day_moves_before_that(task: One, occasion: Occasion, look: Looking, hana: Person) -> None:
    arranging.snooze(task, task.due, "On a trip until then.", occasion)
    assert [line.code for line in look(hana).snoozed] == ["TD1"]
    records.change(TAKE_DOWNS, records.find(TAKE_DOWNS, task.row.id, occasion.by), {"due_on": TODAY + timedelta(days=1)}, occasion)
    found = look(hana)
    assert found.snoozed == ()
    assert "TD1" in {line.code for line in (*found.mine, *found.others)}


def test_a_finding_that_does_not_apply_is_left_out_until_its_day(finding: One, occasion: Occasion, look: Looking, dev: Person) -> None:
    before = sum(line.many for line in look(dev).coming)
    arranging.excuse(finding, TODAY + timedelta(days=30), "It has no place: it is spoken.", occasion)
    assert sum(line.many for line in look(dev).coming) == before, "the record has other warnings"
    assert [row.reason for row in Arrangement.select()] == ["It has no place: it is spoken."]
    with pytest.raises(Invalid):
        arranging.excuse(finding, TODAY + timedelta(days=367), "For ever.", occasion)


def test_what_leaders_excused_is_neither_taken_back_nor_put_off_by_others(finding: One, occasion: Occasion, ola: Person) -> None:
    of_office = Occasion(ola.actor, occasion.at, occasion.school)
    arranging.excuse(finding, TODAY + timedelta(days=30), "It has no place: it is spoken.", occasion)
    with pytest.raises(CannotBeDone):
        arranging.end(again(finding, of_office), of_office)
    with pytest.raises(CannotBeDone):
        arranging.snooze(again(finding, of_office), TODAY + timedelta(days=3), "Busy.", of_office)
    row = Arrangement.get()
    assert (row.excused_until, row.snoozed_until, row.reason) == (TODAY + timedelta(days=30), None, "It has no place: it is spoken.")
    arranging.end(again(finding, occasion), occasion)
    assert Arrangement.get().excused_until is None


def test_a_deadline_always_applies_and_only_leaders_excuse(one: One, finding: One, occasion: Occasion, ola: Person) -> None:
    with pytest.raises(CannotBeDone):
        arranging.excuse(one, TODAY + timedelta(days=30), "Not needed.", occasion)
    with pytest.raises(Forbidden):
        arranging.excuse(finding, TODAY + timedelta(days=30), "Not needed.", Occasion(ola.actor, occasion.at, occasion.school))


def test_done_today_answers_the_question_and_sets_the_next_day(one: One, occasion: Occasion, school: School) -> None:
    arranging.done(one, occasion)
    row = records.find(ASSETS, one.row.id, occasion.by)
    assert (row.last_verified_on, row.next_review_on) == (TODAY, date(2027, 11, 23))
    keeping.catch_up(school, TODAY)
    assert "AD1" in codes_of(row)


def test_a_finding_is_not_ticked_off(finding: One, occasion: Occasion) -> None:
    with pytest.raises(CannotBeDone):
        arranging.done(finding, occasion)


def test_all_that_was_agreed_is_taken_back(one: One, occasion: Occasion, ola: Person) -> None:
    arranging.assign(one, ola.user, occasion)
    arranging.end(again(one, occasion), occasion)
    row = Arrangement.get()
    assert (row.assigned_to, row.snoozed_until, row.excused_until, row.reason) == (None, None, None, None)


@pytest.mark.parametrize("key", ["ian", "tess", "gus"])
def test_who_only_reads_agrees_nothing(one: One, occasion: Occasion, people: dict[str, Person], key: str) -> None:
    with pytest.raises(Forbidden):
        arranging.snooze(one, TODAY + timedelta(days=3), "Later.", Occasion(people[key].actor, occasion.at, occasion.school))


def test_what_is_settled_needs_nobody(one: One, occasion: Occasion) -> None:
    with pytest.raises(NotFound):
        arranging.find(ASSETS, one.row.id, "AD9", occasion.by)


def test_reasons_are_sealed_and_the_record_tells_that_something_was_agreed(one: One, occasion: Occasion) -> None:
    arranging.snooze(one, TODAY + timedelta(days=3), "Nell Abara is ill.", occasion)
    entries = AuditEntry.select(AuditEntry.deed, AuditEntry.subject).where(AuditEntry.deed == "snoozed").order_by(AuditEntry.number)
    assert [(entry.deed, entry.subject) for entry in entries] == [("snoozed", "arrangement"), ("snoozed", "asset")]
    assert records.find(ASSETS, one.row.id, occasion.by).version == one.row.version
