"""What one person's calendar is told, and what it is not."""

from datetime import timedelta
from typing import Any

import pytest

from models.calendar_link import FedEvent
from models.school import School
from models.user import Membership
from models.vocabulary import ImageFlag
from registry import records
from registry.actor import Actor
from registry.feed import entries
from registry.feed.entries import AHEAD, PAST, event_of, feed_of
from registry.occasion import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.flags import FLAGS
from registry.rows import store
from registry.trace.audit import Happened, recording
from tests.least import add_least
from tests.people import NOW, Person
from tests.registry.feed.conftest import SOON, TODAY, Reading

BASE = "https://safehold.quillbrook.example"


def test_it_says_the_deadline_and_the_reference_and_no_name(due: Any, dev: Person, read: Reading, school: School) -> None:
    (entry,) = read(dev)
    assert (entry.words, entry.school) == ("Check this entry again: IA-0001", school.name)
    assert "Sam" not in repr(entry)


def test_another_school_is_never_in_it(other_school: School, elsewhere: Occasion, dev: Person, otto: Person, read: Reading) -> None:
    add_least(ASSETS, "Theirs", elsewhere, next_review_on=SOON)
    assert read(dev) == []
    (theirs,) = read(otto)
    assert event_of(otto.user, theirs.id) is not None
    assert event_of(dev.user, theirs.id) is None


def test_both_schools_of_a_person_are_in_it_with_their_names(
    due: Any, dev: Person, other_school: School, elsewhere: Occasion, read: Reading, school: School
) -> None:
    add_least(ASSETS, "Theirs", elsewhere, next_review_on=SOON)
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        member = Membership(school=other_school.id, user=dev.user, role="governor", created_at=NOW)
        store(trace, Happened.ACCESS_CHANGED, member, new=True)
    assert [entry.school for entry in read(dev)] == [school.name, other_school.name]


def test_what_a_role_may_not_know_of_is_not_in_it(occasion: Occasion, dina: Person, dev: Person, tess: Person, read: Reading) -> None:
    add_least(FLAGS, "Sam Patel", occasion, level=ImageFlag.NO_IMAGES, next_review_on=SOON)
    assert [entry.words for entry in read(dina)] == ["Something to look at in Safehold"], "whoever shares her calendar reads it as well"
    assert read(dev) == read(tess) == []
    with_flag = read(dina)[0]
    assert event_of(dina.user, with_flag.id) is not None
    assert event_of(dev.user, with_flag.id) is None


def test_the_mark_of_a_calendar_does_not_tell_of_what_its_reader_may_not_know_of(occasion: Occasion, dina: Person, ola: Person, due: Any) -> None:
    before = {person.user: feed_of(person.user, TODAY, NOW).mark(BASE) for person in (dina, ola)}
    add_least(FLAGS, "Sam Patel", occasion, level=ImageFlag.NO_IMAGES, next_review_on=SOON)
    assert feed_of(ola.user, TODAY, NOW).mark(BASE) == before[ola.user]
    assert feed_of(dina.user, TODAY, NOW).mark(BASE) != before[dina.user]


def test_whoever_gets_another_role_reads_what_that_may_know(due: Any, dev: Person, read: Reading, school: School) -> None:
    assert len(read(dev)) == 1
    before = feed_of(dev.user, TODAY, NOW).mark(BASE)
    member = Membership.get((Membership.user == dev.user) & (Membership.school == school.id))
    member.role = "teacher"
    with recording(Actor.robot("tests"), NOW, chain=school.id) as trace:
        store(trace, Happened.ACCESS_CHANGED, member)
    assert read(dev) == []
    assert feed_of(dev.user, TODAY, NOW).mark(BASE) != before


def test_what_is_long_over_or_far_ahead_is_left_out(occasion: Occasion, in_quillbrook: School, dev: Person, read: Reading) -> None:
    days = [TODAY - PAST - timedelta(days=1), TODAY - PAST, TODAY + AHEAD, TODAY + AHEAD + timedelta(days=1)]
    for day in days:
        records.add(ASSETS, {"name": f"Due {day}", "next_review_on": day}, occasion)
    assert [entry.day for entry in read(dev)] == days[1:3]


def test_there_are_never_more_than_so_many(occasion: Occasion, dev: Person, read: Reading, monkeypatch: pytest.MonkeyPatch, due: Any) -> None:
    monkeypatch.setattr(entries, "MOST", 2)
    for days in (1, 2, 3):
        records.add(ASSETS, {"name": f"In {days}", "next_review_on": TODAY + timedelta(days=days)}, occasion)
    assert [(entry.day - TODAY).days for entry in read(dev)] == [1, 2]


def test_the_mark_is_the_same_as_long_as_the_calendar_is(due: Any, dev: Person, occasion: Occasion) -> None:
    mark = feed_of(dev.user, TODAY, NOW).mark(BASE)
    records.add(ASSETS, {"name": "Without a day"}, occasion)
    assert feed_of(dev.user, TODAY, NOW).mark(BASE) == mark
    assert feed_of(dev.user, TODAY, NOW).mark("https://elsewhere.example") != mark
    records.change(ASSETS, due, {"next_review_on": SOON + timedelta(days=1)}, occasion)
    assert feed_of(dev.user, TODAY, NOW).mark(BASE) != mark
    assert FedEvent.get_by_id(event_id(dev)).sequence == 1


def event_id(person: Person) -> Any:
    return feed_of(person.user, TODAY, NOW).entries()[0].id
