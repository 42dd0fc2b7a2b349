"""The page that tells how a day was worked out."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from time_machine import Traveller

from models.take_down import TakeDown
from models.vocabulary import TermDateKind
from registry import records
from registry.neighbourhood import End, link
from registry.records import Occasion
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.registers.school.term_dates import TERM_DATES
from tests.browsing import problems, send, sign_in, text_of, visit
from tests.people import Person
from tests.pictured import a_pupil, a_use, an_answer
from tests.web.filling_in import fill_in

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def task(occasion: Occasion) -> UUID:
    """A take-down that appeared by itself, because nobody has said yes."""
    use, sam = a_use(occasion), a_pupil(occasion, "Sam Patel")
    publication = records.add(PUBLICATIONS, {"name": "Sports day", "use": use.id}, occasion)
    link(End(PUBLICATIONS, publication.id), End(PUPILS, sam.id), occasion)
    found: UUID = TakeDown.select().get().id
    return found


def page(task: UUID, code: str = "TD1") -> str:
    """Where it says how the day of a task was worked out."""
    return f"/registers/take-downs/{task}/worked-out/{code}"


def a_bank_holiday(occasion: Occasion, day: date) -> Any:
    """One that was proclaimed lately."""
    return records.add(TERM_DATES, {"name": "A coronation", "kind": TermDateKind.BANK_HOLIDAY, "begins_on": day}, occasion)


def test_every_day_is_shown_with_whether_it_counted(desk: FlaskClient, task: UUID) -> None:
    shown = text_of(desk, page(task))
    assert "Take the picture down by Wednesday 25 November 2026." in shown
    assert "2 working days after Monday 23 November 2026, which is not counted itself: Wednesday 25 November 2026." in shown
    assert "Tuesday 24 November 2026 1 Wednesday 25 November 2026 2" in shown
    assert "Counting days, version 1" in shown
    assert "it comes out the same, day by day" in shown


def test_the_record_leads_there(desk: FlaskClient, task: UUID) -> None:
    assert f'href="{page(task)}"' in visit(desk, f"/registers/take-downs/{task}").text


def test_a_day_is_worked_out_anew_with_a_reason(desk: FlaskClient, task: UUID, occasion: Occasion) -> None:
    a_bank_holiday(occasion, date(2026, 11, 24))
    assert "it comes to Thursday 26 November 2026" in text_of(desk, page(task))
    refused = send(desk, page(task), version=1, why="  ")
    assert (refused.status_code, problems(refused)) == (422, ["Say why, so that whoever asks for the old day finds the reason."])
    assert send(desk, page(task), version=1, why="x" * 501).status_code == 422
    assert send(desk, page(task), version=1, why="The day was proclaimed.").status_code == 303
    shown = text_of(desk, page(task))
    assert "by Thursday 26 November 2026" in shown
    assert "Tuesday 24 November 2026 no A coronation" in shown
    history = text_of(desk, f"/registers/take-downs/{task}/history")
    assert "Dev Marchetti worked out the day of this take-down anew" in history
    assert "Why it was worked out anew nothing The day was proclaimed." in history
    assert "Due 25 Nov 2026 26 Nov 2026" in history


def test_two_who_work_it_out_at_once_do_it_once(desk: FlaskClient, task: UUID, occasion: Occasion) -> None:
    a_bank_holiday(occasion, date(2026, 11, 24))
    send(desk, page(task), version=1, why="The day was proclaimed.")
    assert desk.post(page(task), data={"csrf_token": "", "version": "1", "why": "Again"}).status_code == 400
    records.archive(TERM_DATES, records.find(TERM_DATES, TERM_DATES.table.select().get().id, occasion.by), occasion)
    assert send(desk, page(task), version=1, why="Again").status_code == 409


def test_a_day_that_was_entered_by_hand_says_so(desk: FlaskClient, task: UUID, occasion: Occasion) -> None:
    records.change(TAKE_DOWNS, TakeDown.get_by_id(task), {"due_on": date(2026, 12, 1)}, occasion)
    shown = text_of(desk, page(task))
    assert "Entered by hand" in shown
    assert "It is due on: Tuesday 1 December 2026, as entered." in shown
    assert "It was counted as Wednesday 25 November 2026" in shown


def test_a_task_that_is_done_still_shows_how_its_day_was_counted(desk: FlaskClient, task: UUID, occasion: Occasion) -> None:
    records.change(TAKE_DOWNS, TakeDown.get_by_id(task), {"done_on": date(2026, 11, 23)}, occasion)
    assert "Wednesday 25 November 2026 2" in text_of(desk, page(task))


def test_a_day_that_nobody_froze_lists_its_steps(desk: FlaskClient, occasion: Occasion) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Plateful", "ends_on": date(2027, 7, 31)}, occasion)
    code = next(each.code for each in SUPPLIERS.deadlines if each.mend == "ends_on")
    shown = text_of(desk, f"/registers/suppliers/{supplier.id}/worked-out/{code}")
    assert "Step by step" in shown
    assert "31 July 2027" in shown


def test_a_record_without_a_day_says_that_none_stands(desk: FlaskClient, supplier: UUID) -> None:
    code = SUPPLIERS.deadlines[0].code
    assert "no day stands at the moment" in text_of(desk, f"/registers/suppliers/{supplier}/worked-out/{code}")


def test_a_deadline_that_is_not_there_is_not_found(desk: FlaskClient, task: UUID) -> None:
    visit(desk, page(task, "XX9"), 404)


def test_whoever_may_only_read_sees_no_form(client: FlaskClient, tess: Person, task: UUID, occasion: Occasion) -> None:
    a_bank_holiday(occasion, date(2026, 11, 24))
    sign_in(client, tess)
    assert "Work it out anew" not in text_of(client, page(task))
    assert send(client, page(task), "/account", version=1, why="Mine").status_code == 403


@pytest.mark.parametrize(
    ("at", "begins", "due"),
    [
        ("2026-03-28T23:59:00+00:00", "Saturday 28 March 2026", "Tuesday 31 March 2026"),  # the clocks go forward in an hour
        ("2026-03-29T23:30:00+00:00", "Monday 30 March 2026", "Wednesday 1 April 2026"),  # half past midnight in London
        ("2026-04-01T22:30:00+00:00", "Wednesday 1 April 2026", "Tuesday 7 April 2026"),  # Good Friday and Easter Monday lie between
        ("2026-10-24T22:59:00+00:00", "Saturday 24 October 2026", "Tuesday 27 October 2026"),
        ("2026-10-24T23:30:00+00:00", "Sunday 25 October 2026", "Tuesday 27 October 2026"),  # the clocks go back in half an hour
        ("2026-10-25T23:30:00+00:00", "Sunday 25 October 2026", "Tuesday 27 October 2026"),
        ("2026-12-23T12:00:00+00:00", "Wednesday 23 December 2026", "Tuesday 29 December 2026"),
    ],
)
def test_days_are_counted_from_the_day_in_london(
    client: FlaskClient, dina: Person, occasion: Occasion, clock: Traveller, at: str, begins: str, due: str
) -> None:
    use, sam = a_use(occasion), a_pupil(occasion, "Sam Patel")
    an_answer(occasion, sam, use, decided_on=date(2026, 1, 5))
    publication = records.add(PUBLICATIONS, {"name": "Sports day", "use": use.id}, occasion)
    link(End(PUBLICATIONS, publication.id), End(PUPILS, sam.id), occasion)
    clock.move_to(at)
    sign_in(client, dina)
    assert fill_in(client, "/registers/image-flags/add", level="no_publication", person=str(sam.id), cause="safeguarding").status_code == 302
    shown = text_of(client, page(TakeDown.select().get().id))
    assert f"2 working days after {begins}, which is not counted itself: {due}." in shown


def test_where_the_day_comes_from_is_the_count_and_not_what_was_entered(desk: FlaskClient, task: UUID) -> None:
    words = text_of(desk, f"/findings/take-downs/{task}/TD1")
    assert "Where it comes from 2 working days after" in words
    assert "as entered" not in words
    assert "It cannot be put off beyond that day" in words
