"""What calendars are fed keeps step with what is due: moved, gone and back again, each with a higher number."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.calendar_link import FedEvent
from models.school import School
from registry import records
from registry.feed import events
from registry.feed.entries import TOLD_GONE
from registry.occasion import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.school.schools import facts_of
from tests.people import NOW, Person
from tests.registry.feed.conftest import SOON, TODAY, Reading, instant

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def told(entry: Any) -> tuple[Any, ...]:
    return entry.day, entry.sequence, entry.is_gone


def again(row: Any, by: Person) -> Any:
    return records.find(ASSETS, row.id, by.actor)


def test_what_is_due_is_told_once_and_stays_the_same(due: Any, dev: Person, read: Reading) -> None:
    (first,) = read(dev)
    assert told(first) == (SOON, 0, False)
    assert read(dev) == [first]
    assert read(dev, TODAY + timedelta(days=1)) == [first]


def test_a_day_that_moves_keeps_its_event_and_raises_its_number(due: Any, dev: Person, occasion: Occasion, read: Reading) -> None:
    (first,) = read(dev)
    records.change(ASSETS, due, {"next_review_on": SOON + timedelta(days=5)}, occasion)
    (moved,) = read(dev)
    assert moved.uid == first.uid
    assert told(moved) == (SOON + timedelta(days=5), 1, False)


def test_what_is_gone_is_told_for_thirty_days_and_comes_back_under_the_same_name(due: Any, dev: Person, occasion: Occasion, read: Reading) -> None:
    (first,) = read(dev)
    records.archive(ASSETS, again(due, dev), occasion)
    (gone,) = read(dev)
    assert (gone.uid, *told(gone)) == (first.uid, SOON, 1, True)
    assert [told(each) for each in read(dev, TODAY + TOLD_GONE - timedelta(days=1))] == [(SOON, 1, True)]
    assert read(dev, TODAY + TOLD_GONE) == []
    later = replace(occasion, at=NOW + TOLD_GONE)
    records.restore(ASSETS, again(due, dev), later)
    (back,) = read(dev, TODAY + TOLD_GONE)
    assert (back.uid, *told(back)) == (first.uid, SOON, 2, False)


def test_a_year_after_it_went_nothing_is_known_of_it(due: Any, dev: Person, occasion: Occasion, read: Reading) -> None:
    read(dev)
    records.archive(ASSETS, again(due, dev), occasion)
    read(dev)
    read(dev, TODAY + events.FORGOTTEN)
    assert FedEvent.select().count() == 0


def test_many_that_are_alike_stand_as_one(dev: Person, occasion: Occasion, read: Reading) -> None:
    rows = [records.add(ASSETS, {"name": f"Cupboard {number}", "next_review_on": SOON}, occasion) for number in range(events.TOGETHER)]
    alone = read(dev)
    assert len(alone) == events.TOGETHER
    records.add(ASSETS, {"name": "One more", "next_review_on": SOON}, occasion)
    found = read(dev)
    assert [each.words for each in found if not each.is_gone] == ["Check this entry again: 13 information assets"]
    assert {each.uid for each in found if each.is_gone} == {each.uid for each in alone}
    records.archive(ASSETS, rows[0], occasion)
    found = read(dev)
    assert [each.sequence for each in found if not each.is_gone] == [2] * (events.TOGETHER - 1) + [0]


def test_the_revision_grows_with_changes_only(due: Any, school: School, occasion: Occasion) -> None:
    assert events.catch_up(school, TODAY, NOW) == 1
    assert events.catch_up(school, TODAY, NOW) == 1
    records.add(ASSETS, {"name": "Without a day"}, occasion)
    assert events.catch_up(school, TODAY, NOW) == 1
    tomorrow = TODAY + timedelta(days=1)
    assert events.catch_up(school, tomorrow, instant(tomorrow)) == 1
    records.change(ASSETS, due, {"next_review_on": None}, replace(occasion, school=facts_of(school, tomorrow)))
    assert events.catch_up(school, tomorrow, instant(tomorrow)) == 2
