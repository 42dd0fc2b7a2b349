"""The breach plan: who stands in, whom to call, and a poster that leads where a breach is told."""

import io
import re
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader

from models import doors
from models.duty import Duty
from models.school import School
from registry.breaches.details import details
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import Person

PAGE = "/breach-plan"
SUMMER = {
    "begins_on-day": "21", "begins_on-month": "11", "begins_on-year": "2026",
    "ends_on-day": "4", "ends_on-month": "1", "ends_on-year": "2027", "note": "01632 960 009",
}  # fmt: skip


@pytest.fixture
def office(client: FlaskClient, hana: Person) -> FlaskClient:
    """The headteacher at a computer."""
    sign_in(client, hana)
    return client


def enter(client: FlaskClient, person: Person, stand_in: Person, **other: str) -> int:
    """Write down that somebody is away; the status of the answer."""
    told = {**SUMMER, "person": person.user.hex, "stand_in": stand_in.user.hex, **other}
    return send(client, f"{PAGE}/absences", page=PAGE, **told).status_code


def one(client: FlaskClient) -> str:
    """The address of the only absence."""
    found = re.search(r'href="(/breach-plan/absences/[0-9a-f-]+)"', visit(client, PAGE).text)
    assert found
    return found[1]


def test_an_absence_is_entered_shown_changed_and_ended(office: FlaskClient, dev: Person, dina: Person, school: School) -> None:
    assert "Today: Dev Marchetti; Hana Whitlow." in text_of(office, PAGE)
    assert enter(office, dev, dina) == 303
    told = text_of(office, PAGE)
    assert "Today: Dev Marchetti is away until 4 January 2027, Dina Okafor stands in; Hana Whitlow." in told
    assert "01632 960 009" in told
    changed = {**SUMMER, "person": dev.user.hex, "stand_in": dina.user.hex, "ends_on-day": "5", "version": "1"}
    assert send(office, one(office), **changed).status_code == 303
    assert "Tuesday 5 January 2027" in text_of(office, PAGE)
    assert send(office, one(office), **changed).status_code == 409, "somebody else has changed it since"
    assert send(office, f"{one(office)}/end", page=PAGE).status_code == 303
    with doors.looking_at(school.id):
        assert [row.ends_on for row in Duty.select()] == [date(2026, 11, 22)]
    assert "Today: Dev Marchetti; Hana Whitlow." in text_of(office, PAGE)


def test_what_cannot_be_planned_is_said_at_its_question_and_nothing_typed_is_lost(office: FlaskClient, dev: Person) -> None:
    page = send(office, f"{PAGE}/absences", page=PAGE, **{**SUMMER, "ends_on-day": "31", "ends_on-month": "6"}, person=dev.user.hex)
    assert (page.status_code, "30 days" in plain(page.text), 'value="01632 960 009"' in page.text) == (422, True, True)
    assert enter(office, dev, dev) == 422


def test_it_is_said_that_the_officer_may_not_decide_for_the_head(office: FlaskClient, hana: Person, dev: Person) -> None:
    enter(office, hana, dev)
    assert "Nobody can decide about a breach on these days." in text_of(office, PAGE)


def test_numbers_are_kept_with_their_day_and_old_ones_are_said_so(
    office: FlaskClient, hana: Person, clock: time_machine.Traveller, school: School
) -> None:
    assert send(office, f"{PAGE}/numbers/dpo", page=PAGE, words="Dev, 01632 960 002").status_code == 303
    assert send(office, f"{PAGE}/numbers/fee-number", page=PAGE, words="ZA123456").status_code == 303
    assert "Dev, 01632 960 002 Checked on Monday 23 November 2026." in text_of(office, PAGE)
    clock.shift(timedelta(days=366))
    sign_in(office, hana)
    assert "more than a year ago. See whether it is still right." in text_of(office, PAGE)
    assert send(office, f"{PAGE}/numbers/dpo", page=PAGE, how="still").status_code == 303
    with doors.looking_at(school.id):
        assert {code: detail.words for code, detail in details().items()} == {"dpo": "Dev, 01632 960 002", "fee-number": "ZA123456"}
    assert "Checked on Wednesday 24 November 2027." in text_of(office, PAGE)
    assert send(office, f"{PAGE}/numbers/dpo", page=PAGE, words="x" * 501).status_code == 422
    assert send(office, f"{PAGE}/numbers/nobody", page=PAGE, words="x").status_code == 404


def test_the_poster_leads_to_the_report_page_at_the_address_people_open(office: FlaskClient, school: School) -> None:
    address = re.search(r"It leads to <[^>]+>(http[^<]+/report/[0-9a-f]{16})<", visit(office, PAGE).text)
    assert address
    send(office, f"{PAGE}/numbers/headteacher", page=PAGE, words="01632 960 001")
    words = " ".join(PdfReader(io.BytesIO(send(office, f"{PAGE}/poster.pdf", page=PAGE).data)).pages[0].extract_text().split())
    assert address[1] in words
    assert "01632 960 001" in words
    assert visit(office.application.test_client(), address[1].partition("localhost")[2]).status_code == 200
    answers = {"host": "127.0.0.1", "port": "25", "security": "none", "sender": "office@quillbrook.example"}
    assert send(office, "/settings/mail", **answers, base_address="https://safehold.quillbrook.example").status_code == 302
    assert "https://safehold.quillbrook.example/report/" in visit(office, PAGE).text


@pytest.mark.parametrize(("key", "status"), [("dev", 200), ("dina", 403), ("gus", 403), ("tess", 403), ("ian", 403)])
def test_only_those_who_answer_for_it_see_the_plan(client: FlaskClient, people: dict[str, Person], key: str, status: int) -> None:
    sign_in(client, people[key])
    visit(client, PAGE, status)
    assert send(client, f"{PAGE}/poster.pdf", page="/account").status_code == status
    assert (f'href="{PAGE}"' in client.get("/registers/suppliers/").text) is (status == 200)
