"""Take-down tasks appear in the save that makes them due, whichever way it came."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models import doors
from models.audit import AuditEntry
from models.batch import Together
from models.image_answer import ImageAnswer
from models.publication import Publication
from models.take_down import TakeDown
from models.vocabulary import Decider, ImageDecision, ImageFlag, JobRole, NameShown, PublicationStatus
from registry import placing, records
from registry.access import Forbidden, school_of
from registry.actor import Actor
from registry.images.take_downs import ROBOT
from registry.images.uses import Use
from registry.many import batches, undoing
from registry.many.bulk import insert_many
from registry.neighbourhood import End, link
from registry.records import Occasion
from registry.registers.images.answers import ANSWERS
from registry.registers.images.flags import FLAGS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.school.schools import facts_of
from registry.trace.audit import Happened, recording
from registry.trace.verification import verify_rows
from tests.people import NOW, Person
from tests.pictured import a_limit, a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def sam(occasion: Occasion, website: Use) -> Any:
    """A pupil whose mother said yes for the website."""
    pupil = a_pupil(occasion, "Sam Patel")
    an_answer(occasion, pupil, website, decided_by="Ann Patel")
    return pupil


@pytest.fixture
def as_lead(dina: Person, school: Any) -> Occasion:
    """The safeguarding lead at work."""
    return Occasion(dina.actor, NOW, facts_of(school, NOW.date()))


def a_publication(occasion: Occasion, use: Use, *people: Any, **answers: Any) -> Any:
    """A picture that can be seen, with these people in it."""
    told = {"name": "Sports day 2026", "use": use.id, "published_on": date(2026, 10, 1), "pupils": tuple(each.id for each in people), **answers}
    return records.add(PUBLICATIONS, told, occasion)


def tasks() -> list[Any]:
    return [*TakeDown.select().order_by(TakeDown.number)]


def test_taking_a_yes_back_makes_a_task_for_the_office(occasion: Occasion, website: Use, sam: Any) -> None:
    there = a_publication(occasion, website, sam)
    assert tasks() == []
    an_answer(occasion, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    (task,) = tasks()
    assert (task.name, task.publication, task.person) == ("Sports day 2026, School website", there.id, sam.id)
    assert (task.owner, task.due_on, task.done_on) == (JobRole.OFFICE_MANAGER, date(2026, 11, 25), None)
    (entry,) = AuditEntry.select().where(AuditEntry.record == task.id)
    assert entry.actor == f"robot:{ROBOT}"


@pytest.mark.parametrize("decision", [ImageDecision.REFUSED, ImageDecision.OBJECTED, ImageDecision.WITHDRAWN])
def test_every_kind_of_no_from_anybody_makes_the_same_task(occasion: Occasion, website: Use, sam: Any, decision: ImageDecision) -> None:
    a_publication(occasion, website, sam)
    an_answer(occasion, sam, website, decision, decider=Decider.OTHER, decided_by="Grandfather Lee", decided_on=NOW.date())
    assert [task.name for task in tasks()] == ["Sports day 2026, School website"]


def test_a_child_who_says_no_makes_a_task(occasion: Occasion, website: Use, sam: Any) -> None:
    a_publication(occasion, website, sam)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decider=Decider.PUPIL, decided_on=NOW.date())
    assert len(tasks()) == 1


def test_a_limit_makes_a_task_that_says_nothing_of_it(occasion: Occasion, as_lead: Occasion, website: Use, sam: Any) -> None:
    ben = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, ben, website)
    for each in (sam, ben):
        a_publication(occasion, website, each)
    a_limit(as_lead, sam, reason="A reason nobody else may know")
    an_answer(occasion, ben, website, ImageDecision.WITHDRAWN, decided_on=NOW.date())
    first, second = tasks()
    assert (first.person, second.person) == (sam.id, ben.id)
    alike = ("name", "due_on", "owner", "done_on", "outcome", "starter", "errors", "warnings", "version", "created_at", "changed_at")
    assert [getattr(first, name) for name in alike] == [getattr(second, name) for name in alike]
    entries = [AuditEntry.select().where(AuditEntry.record == task.id).get() for task in (first, second)]
    assert [(entry.actor, entry.deed, entry.changed) for entry in entries] == [(f"robot:{ROBOT}", "added", entries[0].changed)] * 2


def test_a_limit_inside_the_school_leaves_a_display_where_it_is(occasion: Occasion, as_lead: Occasion, website: Use, sam: Any) -> None:
    display = a_use(occasion, "Displays", "internal_display", leaves_school="no")
    an_answer(occasion, sam, display)
    a_publication(occasion, display, sam)
    a_limit(as_lead, sam, ImageFlag.INTERNAL_ONLY)
    assert tasks() == []


def test_none_is_made_twice(occasion: Occasion, as_lead: Occasion, website: Use, sam: Any) -> None:
    a_publication(occasion, website, sam)
    for by in ("Ann Patel", "Raj Patel"):
        an_answer(occasion, sam, website, ImageDecision.WITHDRAWN, decided_by=by, decided_on=NOW.date())
    (task,) = tasks()
    records.change(TAKE_DOWNS, task, {"done_on": NOW.date(), "outcome": "Cropped"}, occasion)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decided_by="Raj Patel", decided_on=NOW.date())
    a_limit(as_lead, sam)
    assert len(tasks()) == 1, "it is gone already; a second task would tell that something happened"


def test_after_another_yes_another_no_makes_another_task(occasion: Occasion, website: Use, sam: Any) -> None:
    a_publication(occasion, website, sam)
    an_answer(occasion, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    records.change(TAKE_DOWNS, tasks()[0], {"done_on": NOW.date()}, occasion)
    later = replace(occasion, at=NOW + timedelta(hours=1))
    an_answer(later, sam, website, decided_by="Ann Patel", decided_on=NOW.date())
    assert len(tasks()) == 1
    an_answer(later, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    assert [task.done_on is None for task in tasks()] == [False, True]


def test_what_was_lawful_stays_as_it_was(occasion: Occasion, website: Use, sam: Any) -> None:
    there = a_publication(occasion, website, sam)
    before = Publication.get_by_id(there.id).__data__, [*ImageAnswer.select().tuples()]
    an_answer(occasion, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    for task in tasks():
        records.change(TAKE_DOWNS, task, {"done_on": NOW.date()}, occasion)
    assert Publication.get_by_id(there.id).__data__ == before[0]
    assert [*ImageAnswer.select().order_by(ImageAnswer.number).tuples()][:1] == before[1]


@pytest.mark.parametrize("status", [PublicationStatus.TAKEN_DOWN, PublicationStatus.ISSUED])
def test_what_is_over_needs_no_task(occasion: Occasion, website: Use, sam: Any, status: PublicationStatus) -> None:
    a_publication(occasion, website, sam, status=status)
    records.archive(PUBLICATIONS, a_publication(occasion, website, sam), occasion)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decided_by="Ann Patel", decided_on=NOW.date())
    assert tasks() == []


def test_only_the_use_and_the_person_meant_are_touched(occasion: Occasion, website: Use, sam: Any) -> None:
    press, ben = a_use(occasion, "Press", "local_press"), a_pupil(occasion, "Ben Lee")
    an_answer(occasion, sam, press)
    an_answer(occasion, ben, website)
    a_publication(occasion, press, sam)
    there = a_publication(occasion, website, sam, ben)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decided_on=NOW.date())
    assert [(task.publication, task.person) for task in tasks()] == [(there.id, sam.id)]


def test_a_yes_that_only_ran_out_is_asked_for_again_and_not_taken_down(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, pupil, website, valid_until=NOW.date() - timedelta(days=1))
    a_publication(occasion, website, pupil)
    assert tasks() == []


@pytest.mark.parametrize("until", [None, date(2026, 7, 22)])
def test_who_left_more_than_a_year_ago_is_taken_down_though_their_yes_ran_out_meanwhile(occasion: Occasion, website: Use, until: date | None) -> None:
    pupil = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, pupil, website, valid_until=until)
    a_publication(occasion, website, pupil)
    records.change(PUPILS, records.find(PUPILS, pupil.id, occasion.by), {"status": "left", "left_on": date(2025, 11, 23)}, occasion)
    assert tasks() == [], "a year ago to the day"
    records.change(PUPILS, records.find(PUPILS, pupil.id, occasion.by), {"left_on": date(2025, 11, 22)}, occasion)
    assert [task.person for task in tasks()] == [pupil.id]


def test_a_yes_that_ran_out_hides_nothing_worse(occasion: Occasion, website: Use) -> None:
    pupil = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, pupil, website, valid_until=NOW.date() - timedelta(days=1))
    a_publication(occasion, website, pupil, name_shown=NameShown.FULL)
    assert [task.person for task in tasks()] == [pupil.id]


def test_a_picture_written_down_with_somebody_who_may_not_be_in_it_is_a_task_at_once(occasion: Occasion, website: Use, sam: Any) -> None:
    ben = a_pupil(occasion, "Ben Lee")
    there = a_publication(occasion, website, sam, name_shown=NameShown.FIRST)
    link(End(PUBLICATIONS, there.id), End(PUPILS, ben.id), occasion)
    assert [task.person for task in tasks()] == [ben.id], "nobody ever said yes for Ben"
    records.change(PUBLICATIONS, records.find(PUBLICATIONS, there.id, occasion.by), {"name_shown": NameShown.FULL}, occasion)
    assert {task.person for task in tasks()} == {ben.id, sam.id}, "and no full name stands on the website"


def test_many_answers_at_once_do_what_one_does(occasion: Occasion, website: Use, sam: Any) -> None:
    ben = a_pupil(occasion, "Ben Lee")
    an_answer(occasion, ben, website, decided_by="Ann Lee")
    a_publication(occasion, website, sam, ben)
    noes = [{"decision": ImageDecision.REFUSED, "person": each.id, "use": website.id, "decided_on": NOW.date()} for each in (sam, ben)]
    with recording(occasion.by, NOW) as trace:
        insert_many(trace, ANSWERS, noes, occasion, number=placing.next_number(ANSWERS, occasion.by))
    assert {task.person for task in tasks()} == {sam.id, ben.id}
    assert [task.number for task in tasks()] == [1, 2]


def test_a_file_of_answers_that_is_undone_takes_its_yeses_with_it(occasion: Occasion, website: Use) -> None:
    ben = a_pupil(occasion, "Ben Lee")
    yes = {"decision": ImageDecision.GIVEN, "person": ben.id, "use": website.id, "decided_on": date(2026, 9, 7)}
    with recording(occasion.by, NOW) as trace:
        first = trace.number + 1
        insert_many(trace, ANSWERS, [yes], occasion, number=1, happened=Happened.IMPORTED)
        batch = batches.keep(trace, Together.IMPORT, ANSWERS, occasion.by, first=first, many=1)
    a_publication(occasion, website, ben)
    assert tasks() == []
    with pytest.raises(Forbidden):
        undoing.undo(ANSWERS, batch.id, occasion)
    undoing.undo(ANSWERS, batch.id, replace(occasion, by=Actor.robot("tests", school_of(occasion.by))))
    assert [task.person for task in tasks()] == [ben.id]


def test_a_limit_brought_back_by_a_change_counts_at_once(occasion: Occasion, as_lead: Occasion, website: Use, sam: Any) -> None:
    limit = a_limit(as_lead, sam, cleared_on=NOW.date())
    a_publication(occasion, website, sam)
    assert tasks() == []
    records.change(FLAGS, records.find(FLAGS, limit.id, as_lead.by), {"cleared_on": None}, as_lead)
    assert len(tasks()) == 1


def test_a_save_that_is_broken_off_leaves_neither_the_no_nor_the_task(occasion: Occasion, website: Use, sam: Any) -> None:
    a_publication(occasion, website, sam)
    no = {"decision": ImageDecision.REFUSED, "person": sam.id, "use": website.id, "decided_on": NOW.date()}

    def broken_off() -> None:
        with recording(occasion.by, NOW) as trace:
            records.insert(trace, ANSWERS, no, occasion, number=placing.next_number(ANSWERS, occasion.by))
            assert len(tasks()) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert tasks() == []
    assert ImageAnswer.select().count() == 1


def test_another_school_is_not_touched(occasion: Occasion, elsewhere: Occasion, other_school: Any, website: Use, sam: Any) -> None:
    with doors.looking_at(other_school.id):
        theirs, use = a_pupil(elsewhere, "Sam Patel"), a_use(elsewhere)
        an_answer(elsewhere, theirs, use)
        a_publication(elsewhere, use, theirs)
    a_publication(occasion, website, sam)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decided_on=NOW.date())
    with doors.looking_at(other_school.id):
        assert tasks() == []
    assert len(tasks()) == 1


def test_every_row_keeps_its_seal(occasion: Occasion, as_lead: Occasion, website: Use, sam: Any) -> None:
    a_publication(occasion, website, sam)
    a_limit(as_lead, sam)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decided_on=NOW.date())
    assert [*verify_rows()] == []
    assert all(isinstance(task.id, UUID) for task in tasks())


def test_what_is_written_on_a_task_that_was_done_hides_no_later_no(occasion: Occasion, website: Use, sam: Any) -> None:
    def days_later(number: int) -> Occasion:
        at = NOW + timedelta(days=number)
        return replace(occasion, at=at, school=replace(occasion.school, today=at.date()))

    a_publication(occasion, website, sam)
    an_answer(occasion, sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=NOW.date())
    records.change(TAKE_DOWNS, tasks()[0], {"done_on": NOW.date()}, occasion)
    an_answer(days_later(1), sam, website, decided_by="Ann Patel", decided_on=days_later(1).at.date())
    records.change(TAKE_DOWNS, tasks()[0], {"outcome": "Cropped on the day"}, days_later(2))
    an_answer(days_later(3), sam, website, ImageDecision.WITHDRAWN, decided_by="Ann Patel", decided_on=days_later(3).at.date())
    assert [task.done_on is None for task in tasks()] == [False, True]
