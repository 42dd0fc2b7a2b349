"""Starter entries become records of the school: linked, marked, taken once, and only by those who may."""

import pytest

from models import doors
from models.activity import Activity
from models.audit import AuditEntry
from models.link import Link
from models.school import School
from registry import catalogue, records
from registry.access import Forbidden
from registry.records import Occasion
from registry.school import adoption, starter
from registry.school.starter import Starter
from registry.trace.audit import Happened
from registry.trace.verification import verify_chain, verify_rows
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")
REGISTERS = ("processing", "assets", "suppliers")


def everything(school: School) -> tuple[Starter, ...]:
    return starter.all_that_fits(school)


def counts() -> list[int]:
    return [catalogue.find(slug).table.select().count() for slug in REGISTERS]


def links_of(slug: str, starter_id: str, occasion: Occasion, towards: str) -> set[str]:
    """The starter ids of what a record made of a starter entry is linked to in another register."""
    register, other = catalogue.find(slug), catalogue.find(towards)
    row = register.table.get(register.table.starter_id == starter_id)
    ids = records.answers_of(register, row, occasion.by)[towards]
    return {found.starter_id for found in other.table.select().where(other.table.id.in_(ids))}


def test_all_that_fits_is_taken_with_its_answers_and_its_mark(occasion: Occasion, school: School) -> None:
    entries = everything(school)
    assert adoption.adopt(entries, occasion) == len(entries) > 200
    assert counts() == [sum(entry.register == slug for entry in entries) for slug in REGISTERS]
    first = entries[0]
    row = catalogue.find(first.register).table.get(Activity.starter_id == first.id)
    assert (row.name, row.starter, row.starter_source, row.version) == (first.name, True, first.source, 1)
    for name, answer in first.answers.items():
        assert getattr(row, name) == answer, name
    assert {(entry.deed, bool(entry.seal)) for entry in AuditEntry.select().where(AuditEntry.record == row.id)} == {(Happened.ADOPTED, True)}
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_what_is_there_already_is_not_taken_twice(occasion: Occasion, school: School) -> None:
    adoption.adopt(everything(school), occasion)
    before = (counts(), Link.select().count(), AuditEntry.select().count())
    assert adoption.adopt(everything(school), occasion) == 0
    assert (counts(), Link.select().count(), AuditEntry.select().count()) == before


def test_an_entry_that_was_put_away_stays_away(occasion: Occasion, school: School) -> None:
    entry = everything(school)[0]
    adoption.adopt([entry], occasion)
    register = catalogue.find(entry.register)
    records.archive(register, register.table.get(register.table.starter_id == entry.id), occasion)
    assert adoption.adopt([entry], occasion) == 0


def test_links_are_seen_from_both_ends(occasion: Occasion, school: School) -> None:
    entries = everything(school)
    adoption.adopt(entries, occasion)
    towards_all = {"assets", "suppliers", "retention-rules"}
    linked = next(entry for entry in entries if entry.register == "processing" and {place for place, _id in entry.links} >= towards_all)
    for towards in towards_all:
        far = {entry_id for place, entry_id in linked.links if place == towards}
        assert links_of("processing", linked.id, occasion, towards) == far
        for entry_id in far:
            assert linked.id in links_of(towards, entry_id, occasion, "processing")
    assert Link.select().count() == sum(len(entry.links) for entry in entries), "one row for each direction, and none that leads nowhere"


def test_a_few_are_picked_and_the_rest_stays_on_offer(occasion: Occasion, school: School) -> None:
    chosen = [entry for entry in everything(school) if entry.register == "suppliers"][:3]
    assert adoption.adopt(chosen, occasion) == 3
    assert adoption.adopted("suppliers") == {entry.id for entry in chosen}
    assert counts() == [0, 0, 3]
    assert sorted(row.number for row in catalogue.find("suppliers").table.select()) == [1, 2, 3]
    assert adoption.adopt(everything(school), occasion) == len(everything(school)) - 3
    assert counts()[2] == sum(entry.register == "suppliers" for entry in everything(school))
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_an_entry_taken_later_is_linked_to_what_was_taken_before(occasion: Occasion, school: School) -> None:
    entries = everything(school)
    activity = next(entry for entry in entries if entry.register == "processing" and any(place == "assets" for place, _id in entry.links))
    far = {entry_id for place, entry_id in activity.links if place == "assets"}
    adoption.adopt([activity], occasion)
    adoption.adopt([entry for entry in entries if entry.register == "assets" and entry.id in far], occasion)
    assert links_of("processing", activity.id, occasion, "assets") == far
    for entry_id in far:
        assert links_of("assets", entry_id, occasion, "processing") == {activity.id}
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_confirming_takes_the_mark_away_and_keeps_the_origin(occasion: Occasion, school: School) -> None:
    entry = everything(school)[0]
    adoption.adopt([entry], occasion)
    register = catalogue.find(entry.register)
    row = register.table.get(register.table.starter_id == entry.id)
    records.confirm(register, row, occasion)
    row = records.find(register, row.id, occasion.by)
    assert (row.starter, row.starter_id, row.starter_source) == (False, entry.id, entry.source)
    deeds = [found.deed for found in AuditEntry.select().where(AuditEntry.record == row.id).order_by(AuditEntry.number)]
    assert deeds == [Happened.ADOPTED, Happened.CONFIRMED]
    assert adoption.adopt([entry], occasion) == 0
    assert [*verify_rows()] == []


@pytest.mark.parametrize("who", ["dina", "ola", "ian", "tess", "gus"])
def test_only_leaders_take_starter_entries(who: str, people: dict[str, Person], occasion: Occasion, school: School) -> None:
    with pytest.raises(Forbidden):
        adoption.adopt(everything(school)[:1], Occasion(people[who].actor, occasion.at, occasion.school))
    assert counts() == [0, 0, 0]


def test_the_headteacher_takes_them_too(hana: Person, occasion: Occasion, school: School) -> None:
    assert adoption.adopt(everything(school)[:2], Occasion(hana.actor, occasion.at, occasion.school)) == 2


def test_another_school_sees_none_of_it_and_is_offered_its_own(occasion: Occasion, elsewhere: Occasion, school: School, other_school: School) -> None:
    adoption.adopt(everything(school), occasion)
    with doors.looking_at(other_school.id):
        assert counts() == [0, 0, 0]
        assert adoption.adopted("processing") == frozenset()
        assert adoption.adopt(everything(other_school), elsewhere) == len(everything(other_school))
        theirs = counts()
    assert theirs == [sum(entry.register == slug for entry in everything(other_school)) for slug in REGISTERS]
    assert [*verify_chain(school.id), *verify_chain(other_school.id), *verify_rows()] == []
