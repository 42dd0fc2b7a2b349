"""One deed done to many records: what the preview says, all or nothing, and each with its own entry."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.batch import Batch, Together
from registry import records
from registry.access import Forbidden
from registry.lists.views import View
from registry.many import together
from registry.many.together import DoneAlready, NotAsShown, Plan, Wish
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.rows import CannotBeDone
from registry.school import adoption
from registry.school.starter import all_that_fits
from registry.trace.audit import Happened, changes_of
from registry.trace.verification import verify_chain, verify_rows
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")
DAY = date(2027, 3, 1)
REVIEW = Wish(Together.REVIEW, {"next_review_on": DAY})


def some(occasion: Occasion, *names: str, **answers: Any) -> list[Any]:
    return [records.add(ASSETS, {"name": name, **answers}, occasion) for name in names]


def only(rows: Sequence[Any]) -> View:
    return View(only=tuple(row.id for row in rows))


def do(plan: Plan, view: View, occasion: Occasion) -> Batch:
    return together.do(ASSETS, view, plan.wish, occasion, shown=plan.mark, stands=plan.stands)


def do_at_once(view: View, wish: Wish, occasion: Occasion) -> Batch:
    return do(together.plan(ASSETS, view, wish, occasion), view, occasion)


def again(row: Any) -> Any:
    return Asset.get_by_id(row.id)


def assert_all_verifies(school: Any) -> None:
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_the_preview_says_before_and_after_and_saves_nothing(occasion: Occasion) -> None:
    rows = some(occasion, "Paper files", next_review_on=date(2026, 1, 2))
    plan = together.plan(ASSETS, only(rows), REVIEW, occasion)
    assert [(row.title, row.reference, row.changes) for row in plan.able] == [
        ("Paper files", "IA-0001", {"next_review_on": (date(2026, 1, 2), DAY)})
    ]
    assert again(rows[0]).next_review_on == date(2026, 1, 2)


def test_what_was_chosen_is_changed_with_one_entry_each_and_one_for_all(occasion: Occasion, school: Any) -> None:
    rows = some(occasion, "Paper files", "Visitor book", "Left alone")
    batch = do_at_once(only(rows[:2]), REVIEW, occasion)
    assert [again(row).next_review_on for row in rows] == [DAY, DAY, None]
    assert [again(row).version for row in rows] == [2, 2, 1]
    entries = list(AuditEntry.select().where(AuditEntry.number.between(batch.first, batch.last)).order_by(AuditEntry.number))
    told = {"next_review_on": [None, "2027-03-01"]}
    assert [(entry.deed, entry.subject, changes_of(entry)) for entry in entries] == [(Happened.CHANGED, "asset", told)] * 2
    assert (batch.many, batch.kind, batch.register, batch.undone_at) == (2, Together.REVIEW, "assets", None)
    assert_all_verifies(school)


def test_an_owner_is_found_by_name_afterwards(occasion: Occasion, school: Any) -> None:
    rows = some(occasion, "Paper files", "Visitor book", owner="Ola Brandt")
    do_at_once(only(rows), Wish(Together.OWNER, {"owner": "Dina Okafor"}), occasion)
    assert Asset.select().where(Asset.owner_index == "dina okafor").count() == 2
    assert [again(row).owner for row in rows] == ["Dina Okafor"] * 2
    assert_all_verifies(school)


def test_findings_are_counted_anew(occasion: Occasion) -> None:
    row = some(occasion, "Paper files")[0]
    do_at_once(only([row]), Wish(Together.OWNER, {"owner": "Dina Okafor", "owner_role": "headteacher"}), occasion)
    by_hand = some(occasion, "Another", owner="Dina Okafor", owner_role="headteacher")[0]
    assert (again(row).errors, again(row).warnings) == (by_hand.errors, by_hand.warnings)


def test_what_cannot_be_changed_says_why(occasion: Occasion) -> None:
    away, same, plain = some(occasion, "Away", "Same", "Plain")
    records.archive(ASSETS, away, occasion)
    records.change(ASSETS, same, {"next_review_on": DAY}, occasion)
    plan = together.plan(ASSETS, only([away, same, plain]), REVIEW, occasion)
    assert {row.title: row.why_not for row in plan.rows} == {"Away": "Archived. Bring it back first.", "Same": "It says so already.", "Plain": ""}
    do(plan, only([away, same, plain]), occasion)
    assert again(plain).next_review_on == DAY
    assert again(away).next_review_on is None


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (Together.CONFIRM, "Confirmed already, or never a starter entry."),
        (Together.RESTORE, "Not archived."),
    ],
)
def test_a_deed_that_has_no_object_says_why(occasion: Occasion, kind: Together, why: str) -> None:
    rows = some(occasion, "Plain")
    assert [row.why_not for row in together.plan(ASSETS, only(rows), Wish(kind), occasion).rows] == [why]
    with pytest.raises(CannotBeDone, match="nothing to save"):
        do_at_once(only(rows), Wish(kind), occasion)


def test_starter_entries_are_confirmed_and_the_others_stay(occasion: Occasion, school: Any) -> None:
    adoption.adopt([entry for entry in all_that_fits(school) if entry.register == "assets"][:3], occasion)
    some(occasion, "Our own")
    batch = do_at_once(View(), Wish(Together.CONFIRM), occasion)
    assert (batch.many, Asset.select().where(Asset.starter == True).count()) == (3, 0)  # noqa: E712 - peewee builds the comparison
    assert AuditEntry.select().where(AuditEntry.deed == Happened.CONFIRMED.value).count() == 3
    assert_all_verifies(school)


def test_records_are_archived_and_brought_back(occasion: Occasion, school: Any) -> None:
    rows = some(occasion, "One", "Two")
    do_at_once(only(rows), Wish(Together.ARCHIVE), occasion)
    assert all(again(row).archived_at == occasion.at for row in rows)
    do_at_once(View(chip="archived"), Wish(Together.RESTORE), occasion)
    assert all(again(row).archived_at is None for row in rows)
    deeds = [entry.deed for entry in AuditEntry.select().where(AuditEntry.record == rows[0].id).order_by(AuditEntry.number)]
    assert deeds == [Happened.ADDED, Happened.ARCHIVED, Happened.RESTORED]
    assert_all_verifies(school)


def test_a_whole_list_is_meant_by_what_it_shows(occasion: Occasion) -> None:
    some(occasion, *(f"Paper {number}" for number in range(30)))
    other = some(occasion, "Stone")[0]
    batch = do_at_once(View(search="Paper", size=10), REVIEW, occasion)
    assert (batch.many, again(other).next_review_on) == (30, None)


def test_a_record_that_moved_since_is_named_and_nothing_is_saved(occasion: Occasion) -> None:
    rows = some(occasion, "Paper files", "Visitor book")
    plan = together.plan(ASSETS, only(rows), REVIEW, occasion)
    records.change(ASSETS, again(rows[1]), {"location": "Attic"}, occasion)
    with pytest.raises(NotAsShown, match="IA-0002 was changed since you looked"):
        do(plan, only(rows), occasion)
    assert [again(row).next_review_on for row in rows] == [None, None]
    assert Batch.select().count() == 0


def test_a_record_that_joined_the_list_since_stops_it(occasion: Occasion) -> None:
    some(occasion, "Paper files")
    plan = together.plan(ASSETS, View(), REVIEW, occasion)
    some(occasion, "Visitor book")
    with pytest.raises(NotAsShown, match="IA-0002 was changed"):
        do(plan, View(), occasion)


def test_the_button_pressed_twice_does_it_once(occasion: Occasion) -> None:
    rows = some(occasion, "Paper files")
    plan = together.plan(ASSETS, only(rows), REVIEW, occasion)
    do(plan, only(rows), occasion)
    with pytest.raises(DoneAlready):
        do(plan, only(rows), occasion)
    assert again(rows[0]).version == 2


def test_of_two_at_once_one_is_told(occasion: Occasion, hana: Person, school: Any) -> None:
    rows = some(occasion, "Paper files", "Visitor book")
    plan = together.plan(ASSETS, only(rows), REVIEW, occasion)
    barrier, other = Barrier(2), replace(occasion, by=hana.actor)

    def press(who: Occasion) -> str:
        try:
            with doors.looking_at(school.id):
                barrier.wait()
                do(plan, only(rows), who)
                return "done"
        except NotAsShown as problem:
            return str(problem)
        finally:
            db.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, (occasion, other)))
    assert told[1] == "done"
    assert "IA-0001, IA-0002 were changed" in told[0]
    assert_all_verifies(school)


def test_only_those_who_may_change_may_change_many(occasion: Occasion, people: Mapping[str, Person]) -> None:
    rows = some(occasion, "Paper files")
    for who in ("gus", "ian", "tess", "dina"):
        theirs = replace(occasion, by=people[who].actor)
        assert together.offered(ASSETS, theirs.by) == ()
        with pytest.raises(Forbidden):
            together.plan(ASSETS, only(rows), REVIEW, theirs)
        with pytest.raises(Forbidden):
            together.do(ASSETS, only(rows), REVIEW, theirs, shown="", stands=0)
    office = replace(occasion, by=people["ola"].actor)
    assert Together.CONFIRM not in together.offered(ASSETS, office.by)
    with pytest.raises(Forbidden):
        together.plan(ASSETS, only(rows), Wish(Together.CONFIRM), office)


def test_records_of_another_school_are_not_among_those_chosen(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    with doors.looking_at(other_school.id):
        theirs = some(elsewhere, "Theirs")
    mine = some(occasion, "Mine")
    view = only([*theirs, *mine])
    assert [row.title for row in together.plan(ASSETS, view, REVIEW, occasion).rows] == ["Mine"]
    do_at_once(view, REVIEW, occasion)
    with doors.looking_at(other_school.id):
        assert again(theirs[0]).version == 1


def test_a_register_without_such_questions_is_not_asked_them(occasion: Occasion) -> None:
    names = {question.name for kind in together.ASKED for question in together.asked_for(kind, ASSETS, occasion.by)}
    assert names == {"owner_role", "owner", "next_review_on"}
    assert together.offered(ASSETS, occasion.by, archived=True) == (Together.RESTORE,)


def test_the_day_on_which_it_is_done_is_noted(occasion: Occasion) -> None:
    row = some(occasion, "Paper files")[0]
    later = replace(occasion, at=occasion.at + timedelta(days=1))
    do_at_once(only([row]), REVIEW, later)
    assert again(row).changed_at == later.at
