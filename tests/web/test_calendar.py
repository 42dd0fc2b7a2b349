"""The address that a calendar reads: made, read without signing in, read again for little, and ended."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from models.audit import AuditEntry
from models.base import db
from models.calendar_link import CalendarLink
from models.school import School
from models.user import Membership
from registry import records
from registry.accounts import people as accounts
from registry.actor import Actor
from registry.feed import events
from registry.occasion import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.rows import store
from registry.trace.audit import Happened, recording
from registry.trace.seals import verify_rows
from tests.browsing import plain, send, sign_in, token, visit
from tests.least import add_least
from tests.people import NOW, Person

SOON = NOW.date() + timedelta(days=7)
ADDRESS = re.compile(r'value="http://localhost(/calendar/[A-Za-z0-9_-]{43}\.ics)"')


@pytest.fixture
def address(desk: FlaskClient) -> str:
    """The address of Dev's calendar."""
    return made_by(desk)


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """A calendar program, which signs in nowhere."""
    return app.test_client()


@pytest.fixture
def due(in_quillbrook: School, occasion: Occasion) -> Any:
    """An asset that is to be checked in a week."""
    return records.add(ASSETS, {"name": "Register of Sam Patel", "next_review_on": SOON}, occasion)


def made_by(client: FlaskClient) -> str:
    page = send(client, "/account/calendar/make", "/account/calendar")
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    found = ADDRESS.search(page.text)
    assert found
    return found[1]


def events_in(response: Any) -> list[Any]:
    assert response.status_code == 200
    return list(Calendar.from_ical(response.data).walk("VEVENT"))


def test_a_calendar_reads_what_is_due_without_signing_in(due: Any, address: str, program: FlaskClient) -> None:
    answer = program.get(address)
    (event,) = events_in(answer)
    assert event["SUMMARY"] == "Check this entry again: IA-0001 (Quillbrook Primary School)"
    assert event["URL"].startswith("http://localhost/calendar/events/")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert (answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow, noarchive")
    assert "Set-Cookie" not in answer.headers
    assert b"Patel" not in answer.data


def test_a_calendar_that_has_it_is_told_so_until_something_changes(due: Any, address: str, program: FlaskClient, occasion: Occasion) -> None:
    tag = program.get(address).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        answer = program.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag
    records.change(ASSETS, due, {"next_review_on": SOON + timedelta(days=1)}, occasion)
    answer = program.get(address, headers={"If-None-Match": tag})
    assert answer.headers["ETag"] != tag
    assert [(event["SEQUENCE"], event.decoded("DTSTART")) for event in events_in(answer)] == [(1, SOON + timedelta(days=1))]


def test_reading_again_asks_the_database_little(due: Any, address: str, program: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = program.get(address).headers["ETag"]
    asked: list[str] = []
    execute = db.obj.execute_sql

    def counting(sql: str, *args: object, **kwargs: object) -> object:
        asked.append(sql)
        return execute(sql, *args, **kwargs)

    monkeypatch.setattr(db.obj, "execute_sql", counting)
    program.get(address, headers={"If-None-Match": tag})
    assert len(asked) <= 10


def test_what_was_done_is_cancelled(due: Any, address: str, program: FlaskClient, occasion: Occasion) -> None:
    program.get(address)
    records.archive(ASSETS, due, occasion)
    assert [(event["STATUS"], event["SEQUENCE"]) for event in events_in(program.get(address))] == [("CANCELLED", 1)]


def test_an_address_is_kept_nowhere_and_shown_once(desk: FlaskClient, address: str) -> None:
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    stored = "".join(str(row) for row in db.execute_sql('SELECT * FROM "calendar_link"').fetchall())
    assert secret not in stored
    page = visit(desk, "/account/calendar")
    assert secret not in page.text
    assert "No calendar has read it yet." in plain(page.text)
    assert not [*verify_rows()]


def test_the_page_says_when_a_calendar_last_read(desk: FlaskClient, address: str, program: FlaskClient, clock: time_machine.Traveller) -> None:
    program.get(address)
    assert "last read it on 23 November 2026" in plain(visit(desk, "/account/calendar").text)
    clock.shift(timedelta(days=1))
    program.get(address)
    program.get(address)
    sign_in(desk, Person("dev", "", "dev@quillbrook.example", CalendarLink.get().user_id, Actor.stranger()))
    assert "last read it on 24 November 2026" in plain(visit(desk, "/account/calendar").text)


def test_a_new_address_ends_the_old_one(desk: FlaskClient, address: str, program: FlaskClient) -> None:
    newer = made_by(desk)
    assert program.get(address).status_code == 404
    assert program.get(newer).status_code == 200
    deeds = [row.deed for row in AuditEntry.select().where(AuditEntry.subject == "calendar_link").order_by(AuditEntry.number)]
    assert deeds == ["calendar_made", "calendar_ended", "calendar_made"]


def test_an_address_that_was_ended_is_not_there(desk: FlaskClient, address: str, program: FlaskClient) -> None:
    assert send(desk, "/account/calendar/end", "/account/calendar").status_code == 302
    answer = program.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert "does not work" in answer.text
    assert "Make an address" in visit(desk, "/account/calendar").text
    proof = token(desk, "/account/calendar")
    assert desk.post("/account/calendar/end", data={"csrf_token": proof}).status_code == 409


def test_it_ends_with_the_access_of_its_owner_for_good(address: str, program: FlaskClient, hana: Person, dev: Person, school: School) -> None:
    member = next(each for each in accounts.members(hana.actor, school.id) if each.user.id == dev.user)
    accounts.end_access(hana.actor, member, NOW)
    assert program.get(address).status_code == 404
    again: Membership = Membership.get((Membership.user == dev.user) & (Membership.school == school.id))
    again.ended_at = None
    with recording(Actor.robot("tests"), NOW, chain=school.id) as trace:
        store(trace, Happened.ACCESS_CHANGED, again)
    assert program.get(address).status_code == 404


def test_whoever_guesses_is_slowed_down_and_an_address_that_works_is_open_all_the_same(address: str, program: FlaskClient) -> None:
    answers = [program.get(f"/calendar/{'x' * 43}.ics") for _try in range(6)]
    assert [answer.status_code for answer in answers] == [404] * 5 + [429]
    assert "Too many wrong addresses" in answers[-1].text
    assert program.get(address).status_code == 200


def test_nothing_of_it_is_logged(
    due: Any, address: str, program: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("safehold"), "propagate", True)
    with caplog.at_level(logging.DEBUG):
        program.get(address)
        program.get(f"/calendar/{'x' * 43}.ics")
    assert "calendar/" not in caplog.text


def test_an_event_leads_to_its_record(due: Any, address: str, program: FlaskClient, desk: FlaskClient) -> None:
    (event,) = events_in(program.get(address))
    path = event["URL"].removeprefix("http://localhost")
    assert program.get(path).headers["Location"].startswith("/sign-in?next=/calendar/events/")
    assert desk.get(path).headers["Location"] == f"/registers/assets/{due.id}"


def test_an_event_of_many_leads_to_all_of_them(
    desk: FlaskClient, address: str, program: FlaskClient, occasion: Occasion, in_quillbrook: School
) -> None:
    for number in range(events.TOGETHER + 1):
        records.add(ASSETS, {"name": f"Cupboard {number}", "next_review_on": SOON}, occasion)
    (event,) = events_in(program.get(address))
    leads = desk.get(event["URL"].removeprefix("http://localhost")).headers["Location"]
    assert leads == f"/findings/?register=assets&severity=deadline&code=AD1&due={SOON.isoformat()}"
    assert "Cupboard 3" in visit(desk, leads).text


def test_an_event_of_another_school_of_ones_own_leads_there_by_way_of_a_button(
    desk: FlaskClient, address: str, program: FlaskClient, dev: Person, other_school: School, elsewhere: Occasion
) -> None:
    theirs = add_least(ASSETS, "Theirs", elsewhere, next_review_on=SOON)
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        member = Membership(school=other_school.id, user=dev.user, role="dpo", created_at=NOW)
        store(trace, Happened.ACCESS_CHANGED, member, new=True)
    (event,) = events_in(program.get(address))
    path = event["URL"].removeprefix("http://localhost")
    assert "This is about Saltmere Academy" in plain(visit(desk, path).text)
    back = send(desk, "/switch-school", path, school=other_school.id, event=path.rpartition("/")[2])
    assert back.headers["Location"] == path
    assert desk.get(path).headers["Location"] == f"/registers/assets/{theirs.id}"


def test_the_first_page_and_the_account_page_lead_there(desk: FlaskClient, occasion: Occasion, in_quillbrook: School) -> None:
    records.add(ASSETS, {"name": "Later", "next_review_on": NOW.date() + timedelta(days=60)}, occasion)
    for path in ("/", "/account"):
        assert "Put these in your calendar" in visit(desk, path).text
        assert 'href="/account/calendar"' in visit(desk, path).text


@pytest.mark.parametrize("key", ["hana", "tess", "gus", "ian"])
def test_everybody_may_have_one(app: Flask, people: dict[str, Person], key: str, due: Any) -> None:
    client = app.test_client()
    sign_in(client, people[key])
    assert len(events_in(app.test_client().get(made_by(client)))) == (0 if key == "tess" else 1)
