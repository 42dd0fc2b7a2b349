"""The first wall: who gets through the door, and what stands open behind it."""

import logging
import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.audit import AuditEntry
from models.base import db
from models.school import School
from models.supplier import Supplier
from models.user import Membership
from registry.access import Deed, Permission
from registry.actor import Actor
from registry.rows import store
from registry.trace.audit import Happened, recording
from tests.browsing import plain, send, sign_in, visit
from tests.people import NOW, Person
from web.guard import current_actor, needs, now, public, school_facts


@pytest.fixture
def app(new_app: Flask) -> Flask:
    """A program of the test's own, which gets pages that a mistake could bring."""
    return new_app


def add_page(app: Flask, path: str, view: object) -> None:
    """A page of the test's own; the program has answered nothing yet."""
    app.add_url_rule(path, endpoint=path.strip("/"), view_func=view)  # type: ignore[arg-type]


def test_a_page_without_a_mark_is_shut_to_everybody_and_the_log_says_so(
    app: Flask, client: FlaskClient, hana: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("safehold"), "propagate", True)
    add_page(app, "/forgotten", lambda: "open")
    assert client.get("/forgotten").status_code == 403
    sign_in(client, hana)
    assert client.get("/forgotten").status_code == 403
    assert "The page forgotten carries no mark" in caplog.text


def test_a_public_page_is_open_to_a_stranger(client: FlaskClient) -> None:
    visit(client, "/help")


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, database: str) -> None:
    assert client.get("/people").headers["Location"] == "/sign-in?next=/people"
    assert client.get("/").headers["Location"] == "/sign-in"
    assert client.post("/people/invite").headers["Location"] == "/sign-in?next=/people/invite"
    assert client.post("/sign-out").headers["Location"] == "/sign-in"


def test_the_wrong_role_is_told_whom_to_ask_and_the_refusal_is_noted_in_the_school(client: FlaskClient, ola: Person, school: School) -> None:
    sign_in(client, ola)
    page = visit(client, "/people", 403)
    assert "Your role at Quillbrook Primary School is school office" in plain(page.text)
    assert "ask Hana Whitlow, who gives out roles" in plain(page.text)
    noted = AuditEntry.get(AuditEntry.deed == Happened.REFUSED.value)
    assert (noted.actor, noted.subject, noted.chain) == (ola.user.hex, "people.everybody", school.id)


def test_a_view_knows_who_acts_when_and_in_which_school(app: Flask, client: FlaskClient, dev: Person, other_school: object) -> None:
    seen: dict[str, object] = {}

    @needs(Permission.READ_TRACE)
    def look() -> str:
        seen.update(actor=current_actor(), now=now(), facts=school_facts(), schools=doors.schools_in_view())
        return "seen"

    add_page(app, "/look", look)
    sign_in(client, dev)
    assert client.get("/look").status_code == 200
    assert seen["actor"] == dev.actor
    assert seen["now"] == NOW
    assert seen["schools"] == (dev.actor.school,)
    assert seen["facts"].today == NOW.date()  # type: ignore[attr-defined]
    with pytest.raises(doors.UnscopedRead):
        doors.schools_in_view()


def test_today_is_the_day_in_london(app: Flask, client: FlaskClient, dev: Person, clock: object) -> None:
    days = []

    @needs(Permission.READ_TRACE)
    def look() -> str:
        days.append(school_facts().today)
        return "seen"

    add_page(app, "/look", look)
    clock.move_to("2026-06-30T23:30:00+00:00")  # type: ignore[attr-defined]
    sign_in(client, dev)
    client.get("/look")
    assert str(days[0]) == "2026-07-01"


def test_no_record_can_be_read_on_a_public_page_before_signing_in(app: Flask, client: FlaskClient, database: str) -> None:
    @public
    def peep() -> str:
        with pytest.raises(doors.UnscopedRead):
            Supplier.select().count()
        return "nothing"

    add_page(app, "/peep", peep)
    assert client.get("/peep").text == "nothing"


def test_a_page_of_a_register_asks_for_the_deed_in_the_register_it_names(app: Flask, client: FlaskClient, tess: Person, gus: Person) -> None:
    @needs(Deed.SEE, register_from_slug=True)
    def see(slug: str) -> str:
        return slug

    @needs(Deed.ADD, register_from_slug=True)
    def add(slug: str) -> str:
        return slug

    app.add_url_rule("/try/<slug:slug>/see", endpoint="see", view_func=see)
    app.add_url_rule("/try/<slug:slug>/add", endpoint="add", view_func=add)
    sign_in(client, gus)
    assert client.get("/try/suppliers/see").text == "suppliers"
    assert client.get("/try/suppliers/add").status_code == 403
    assert client.get("/try/nonsense/see").status_code == 404
    other = app.test_client()
    sign_in(other, tess)
    assert other.get("/try/suppliers/see").status_code == 403


def test_what_is_not_there_looks_the_same_whatever_it_was(client: FlaskClient, hana: Person, otto: Person) -> None:
    sign_in(client, hana)
    pages = {without_nonce(visit(client, path, 404).text) for path in (f"/people/{uuid4()}", f"/people/{otto.user}", "/people/nobody")}
    assert len(pages) == 1


def without_nonce(html: str) -> str:
    """A page without what is new in each answer."""
    return re.sub(r'nonce="[^"]+"|value="[^"]+"', "", html)


def test_another_way_of_asking_than_a_page_knows_is_refused_with_those_it_knows(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    response = client.get("/sign-out")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def in_both(person: Person, school: object, role: str) -> None:
    """Let somebody work in another school as well."""
    with recording(Actor.robot("tests"), NOW, chain=school.id) as trace:  # type: ignore[attr-defined]
        store(trace, Happened.ACCESS_CHANGED, Membership(school=school.id, user=person.user, role=role, created_at=NOW), new=True)  # type: ignore[attr-defined]


def test_a_person_of_two_schools_switches_and_has_the_role_they_have_there(
    client: FlaskClient, hana: Person, school: object, other_school: object
) -> None:
    in_both(hana, other_school, "governor")
    sign_in(client, hana)
    send(client, "/switch-school", school=school.id)  # type: ignore[attr-defined]
    assert "Change<span" in visit(client, "/people").text
    assert send(client, "/switch-school", school=other_school.id).headers["Location"] == "/"  # type: ignore[attr-defined]
    page = visit(client, "/")
    assert "Saltmere Academy" in page.text
    assert "Quillbrook" not in page.text
    visit(client, "/people", 403)


def test_nobody_switches_to_a_school_they_do_not_work_in(client: FlaskClient, hana: Person, other_school: object) -> None:
    sign_in(client, hana)
    for school in (other_school.id, uuid4(), "nonsense", ""):  # type: ignore[attr-defined]
        assert send(client, "/switch-school", school=school).status_code == 404
    assert "Quillbrook" in visit(client, "/").text


def test_whoever_loses_the_school_in_view_chooses_another_before_anything_else(
    client: FlaskClient, hana: Person, school: object, other_school: object
) -> None:
    in_both(hana, other_school, "governor")
    sign_in(client, hana)
    send(client, "/switch-school", school=other_school.id)  # type: ignore[attr-defined]
    member = Membership.get((Membership.user == hana.user) & (Membership.school == other_school.id))  # type: ignore[attr-defined]
    member.ended_at = NOW
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:  # type: ignore[attr-defined]
        store(trace, Happened.ACCESS_ENDED, member)
    assert client.get("/people").headers["Location"] == "/switch-school"
    page = visit(client, "/switch-school")
    assert "Saltmere" not in page.text
    send(client, "/switch-school", school=school.id)  # type: ignore[attr-defined]
    visit(client, "/people")


def test_a_signed_in_page_asks_the_database_little(app: Flask, client: FlaskClient, hana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, hana)
    client.get("/help")
    asked: list[str] = []
    execute = db.obj.execute_sql

    def counting(sql: str, *args: object, **kwargs: object) -> object:
        asked.append(sql)
        return execute(sql, *args, **kwargs)

    monkeypatch.setattr(db.obj, "execute_sql", counting)
    client.get("/help")
    assert len(asked) == 3  # who it is, whether the bell has something to tell, and whether a clock runs
