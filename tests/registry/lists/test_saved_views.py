"""Lists are kept under a name, for one person or for the school, and show nobody more than their role may see."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from models import doors
from models.audit import AuditEntry
from models.saved_view import SavedView, UsualView
from models.statements import stored_rows
from registry.access import Forbidden
from registry.lists import saved_views
from registry.lists.views import View
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone
from registry.schema import questions_for
from registry.trace.audit import Happened
from registry.trace.verification import verify_chain, verify_rows
from tests.people import Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")
LIST = View(
    search="Sam Patel",
    filters=(("format", ("paper",)),),
    chip="errors",
    sort="next_review_on",
    descending=True,
    columns=("location", "owner"),
    size=50,
)


def names(register: Any, by: Any) -> list[tuple[str, bool]]:
    return [(each.name, each.is_mine) for each in saved_views.kept_views(register, by)]


def test_a_list_comes_back_as_it_was_kept(occasion: Occasion, school: Any) -> None:
    key = saved_views.save(ASSETS, "  Sam’s   files ", LIST, occasion)
    found = saved_views.find(ASSETS, key, occasion.by)
    assert (found.name, found.view, found.is_mine, found.is_usual, found.may_change) == ("Sam’s files", LIST, True, False, True)
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_what_people_wrote_is_sealed(occasion: Occasion) -> None:
    saved_views.save(ASSETS, "Sam Patel’s files", LIST, occasion)
    held = b"".join(bytes(value) for row in stored_rows(SavedView.select(SavedView.name, SavedView.asked)) for value in row)
    assert b"Sam" not in held
    assert b"Patel" not in held


def test_the_place_in_the_list_is_not_kept(occasion: Occasion) -> None:
    key = saved_views.save(ASSETS, "From the start", replace(LIST, after=uuid4()), occasion)
    assert saved_views.find(ASSETS, key, occasion.by).view == LIST


def test_ones_own_are_nobody_elses_and_the_schools_are_everybodys(occasion: Occasion, people: Mapping[str, Person]) -> None:
    saved_views.save(ASSETS, "Mine", View(chip="errors"), occasion)
    shared = saved_views.save(ASSETS, "All of us", View(chip="review"), occasion, shared=True)
    assert names(ASSETS, occasion.by) == [("Mine", True), ("All of us", False)]
    assert names(ASSETS, people["ola"].actor) == [("All of us", False)]
    assert names(SUPPLIERS, occasion.by) == []
    assert [each.may_change for each in saved_views.kept_views(ASSETS, people["ola"].actor)] == [False]
    assert saved_views.find(ASSETS, shared, people["hana"].actor).may_change is True


def test_only_leaders_save_change_and_remove_for_the_school(occasion: Occasion, people: Mapping[str, Person]) -> None:
    shared = saved_views.save(ASSETS, "All of us", View(chip="errors"), occasion, shared=True)
    for who in ("ola", "ian", "gus", "dina"):
        theirs = replace(occasion, by=people[who].actor)
        with pytest.raises(Forbidden):
            saved_views.save(ASSETS, "Ours", View(), theirs, shared=True)
        with pytest.raises(Forbidden):
            saved_views.change(ASSETS, shared, theirs, name="Ours")
        with pytest.raises(Forbidden):
            saved_views.remove(ASSETS, shared, theirs)
    saved_views.remove(ASSETS, shared, replace(occasion, by=people["hana"].actor))


def test_whoever_may_not_see_the_register_keeps_no_view_of_it(occasion: Occasion, tess: Person) -> None:
    with pytest.raises(Forbidden):
        saved_views.save(ASSETS, "Mine", View(), replace(occasion, by=tess.actor))


def test_a_column_that_the_reader_may_not_see_is_not_in_it(occasion: Occasion, ian: Person) -> None:
    hidden = {question.name for question in ASSETS.questions.values()} - {question.name for question in questions_for(ASSETS, ian.actor)}
    assert hidden, "the register has something that the IT provider may not see"
    chosen = ("location", sorted(hidden)[0])
    key = saved_views.save(ASSETS, "With more", View(columns=chosen, chip="errors"), occasion, shared=True)
    seen = saved_views.find(ASSETS, key, ian.actor).view
    assert (seen.columns, seen.chip) == (("location",), "")


def test_a_view_is_renamed_given_another_list_and_removed(occasion: Occasion, school: Any) -> None:
    key = saved_views.save(ASSETS, "Mine", View(chip="errors"), occasion)
    saved_views.change(ASSETS, key, occasion, name="Still mine")
    saved_views.change(ASSETS, key, occasion, shows=LIST)
    assert (saved_views.find(ASSETS, key, occasion.by).name, saved_views.find(ASSETS, key, occasion.by).view) == ("Still mine", LIST)
    saved_views.make_usual(ASSETS, key, occasion.by)
    saved_views.remove(ASSETS, key, occasion)
    assert (names(ASSETS, occasion.by), UsualView.select().count()) == ([], 0)
    deeds = [entry.deed for entry in AuditEntry.select().where(AuditEntry.record == key).order_by(AuditEntry.number)]
    assert deeds == [*[Happened.VIEW_SAVED] * 3, Happened.VIEW_REMOVED]
    assert [*verify_chain(school.id), *verify_rows()] == []


@pytest.mark.parametrize(("name", "said"), [("  ", "Enter a name"), ("x" * 61, "60 characters"), ("MINE", "of that name already")])
def test_a_name_that_cannot_be_given_is_refused_with_a_sentence(occasion: Occasion, name: str, said: str) -> None:
    saved_views.save(ASSETS, "Mine", View(), occasion)
    with pytest.raises(CannotBeDone, match=said):
        saved_views.save(ASSETS, name, View(), occasion)
    saved_views.save(ASSETS, "Mine", View(), occasion, shared=True)


def test_a_register_opens_with_the_view_that_one_person_chose(occasion: Occasion, hana: Person) -> None:
    mine = saved_views.save(ASSETS, "Mine", View(chip="errors"), occasion)
    shared = saved_views.save(ASSETS, "Ours", View(chip="review"), occasion, shared=True)
    assert saved_views.usual_view(ASSETS, occasion.by) is None
    saved_views.make_usual(ASSETS, mine, occasion.by)
    saved_views.make_usual(ASSETS, shared, occasion.by)
    assert saved_views.usual_view(ASSETS, occasion.by) == View(chip="review")
    assert saved_views.usual_view(ASSETS, hana.actor) is None
    saved_views.make_usual(ASSETS, None, occasion.by)
    assert saved_views.usual_view(ASSETS, occasion.by) is None


def test_a_view_of_another_school_or_another_person_does_not_exist(occasion: Occasion, elsewhere: Occasion, hana: Person, other_school: Any) -> None:
    mine = saved_views.save(ASSETS, "Mine", View(), occasion)
    shared = saved_views.save(ASSETS, "Ours", View(), occasion, shared=True)
    with pytest.raises(NotFound):
        saved_views.find(ASSETS, mine, hana.actor)
    with pytest.raises(NotFound):
        saved_views.make_usual(ASSETS, mine, hana.actor)
    with doors.looking_at(other_school.id):
        for key in (mine, shared):
            with pytest.raises(NotFound):
                saved_views.find(ASSETS, key, elsewhere.by)
            with pytest.raises(NotFound):
                saved_views.remove(ASSETS, key, elsewhere)
            with pytest.raises(NotFound):
                saved_views.change(ASSETS, key, elsewhere, name="Theirs")
    assert SavedView.select().count() == 2
