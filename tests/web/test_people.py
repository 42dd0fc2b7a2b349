"""The people pages: inviting, roles, the end of access, and the links that let people in."""

import re

from flask import Flask
from flask.testing import FlaskClient

from models.audit import AuditEntry
from models.user import User
from registry.accounts import people as deeds
from tests.browsing import check_page, plain, problems, send, sign_in, visit
from tests.people import PASSWORD, Person

NEW = "seven otters juggle marmalade"


def link_in(html: str) -> str:
    """The path of the link that a page shows."""
    found = re.search(r'value="http://localhost(/[^"]+)"', html)
    assert found
    return found[1]


def test_a_headteacher_invites_a_colleague_who_joins_by_the_link(app: Flask, client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    shown = send(client, "/people/invite", name="Nell Abara", email="nell@quillbrook.example", role="office")
    check_page(shown)
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "Invited" in visit(client, "/people").text
    path, newcomer = link_in(shown.text), app.test_client()
    page = visit(newcomer, path)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Nell Abara, you are invited as school office at Quillbrook Primary School." in plain(page.text)
    assert send(newcomer, path, password=NEW, again=NEW).headers["Location"] == "/"
    assert "Good morning, Nell." in visit(newcomer, "/").text
    assert "This link no longer works" in visit(app.test_client(), path, 404).text


def test_a_password_must_be_typed_twice_and_be_hard_to_guess(app: Flask, client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    path = link_in(send(client, "/people/invite", name="Nell Abara", email="nell@quillbrook.example", role="office").text)
    newcomer = app.test_client()
    weak = send(newcomer, path, password="nellabara123", again="nellabara123")
    assert weak.status_code == 422
    assert problems(weak)
    assert "nellabara123" not in weak.text
    assert problems(send(newcomer, path, password=NEW, again="otters")) == ["The two do not match. Type the same password twice."]


def test_what_cannot_be_an_invitation_is_said_and_what_was_typed_is_kept(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    page = send(client, "/people/invite", name="", email="nell at school", role="emperor")
    check_page(page)
    assert page.status_code == 422
    assert problems(page) == ["Enter the name of the person.", "Enter an email address, such as name@school.example.", "Choose a role."]
    assert 'value="nell at school"' in page.text
    assert User.select().where(User.password.is_null()).count() == 0


def test_nobody_is_called_by_characters_that_are_no_text(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    page = send(client, "/people/invite", name="\0\x07", email="nell@quillbrook.example", role="office")
    assert problems(page) == ["Enter the name of the person."]
    send(client, "/people/invite", name="Nell\0 Abara", email="nell\0@quillbrook.example", role="office")
    assert "Nell Abara" in visit(client, "/people").text
    assert deeds.by_email("nell@quillbrook.example")


def test_somebody_who_is_there_already_is_not_invited_again(client: FlaskClient, hana: Person, ola: Person) -> None:
    sign_in(client, hana)
    page = send(client, "/people/invite", name="Ola", email=ola.email, role="dpo")
    assert page.status_code == 422
    assert "has access to that school already" in problems(page)[0]


def test_a_changed_role_holds_from_the_next_click_on(app: Flask, client: FlaskClient, hana: Person, ola: Person) -> None:
    other = app.test_client()
    sign_in(other, ola)
    sign_in(client, hana)
    visit(other, "/people", 403)
    assert send(client, f"/people/{ola.user}/role", page=f"/people/{ola.user}", role="admin").status_code == 302
    visit(other, "/people")


def test_ended_access_is_asked_twice_and_holds_at_once(app: Flask, client: FlaskClient, hana: Person, ola: Person) -> None:
    other = app.test_client()
    sign_in(other, ola)
    sign_in(client, hana)
    asked = send(client, f"/people/{ola.user}/end", page=f"/people/{ola.user}")
    check_page(asked)
    visit(other, "/")
    assert send(client, f"/people/{ola.user}/end", page=f"/people/{ola.user}", sure="yes").headers["Location"] == "/people"
    assert other.get("/").headers["Location"] == "/sign-in"
    assert sign_in(app.test_client(), ola).status_code == 401
    visit(client, f"/people/{ola.user}", 404)


def test_one_cannot_end_ones_own_access(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    assert "End their access" not in visit(client, f"/people/{hana.user}").text
    response = send(client, f"/people/{hana.user}/end", page="/account/password", sure="yes")
    assert response.status_code == 409
    assert "Nobody changes their own access" in response.text


def test_a_link_for_a_new_password_ends_every_session(app: Flask, client: FlaskClient, hana: Person, ola: Person) -> None:
    other = app.test_client()
    sign_in(other, ola)
    sign_in(client, hana)
    path = link_in(send(client, f"/people/{ola.user}/link", page=f"/people/{ola.user}").text)
    fresh = app.test_client()
    visit(fresh, path)
    assert send(fresh, path, password=NEW, again=NEW).headers["Location"] == "/"
    assert other.get("/").status_code == 302
    assert sign_in(app.test_client(), ola).status_code == 401
    assert sign_in(app.test_client(), ola, NEW).status_code == 302


def test_a_link_that_never_was_looks_like_one_that_was_used(client: FlaskClient, database: str) -> None:
    for kind in ("invitation", "reset"):
        assert "This link no longer works" in visit(client, f"/{kind}/{'A' * 43}", 404).text


def test_people_of_another_school_are_not_shown(client: FlaskClient, hana: Person, otto: Person) -> None:
    sign_in(client, hana)
    page = visit(client, "/people").text
    assert otto.name not in page
    assert "7 people" in page


def test_no_address_page_or_line_of_the_trace_holds_a_name_in_clear(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    send(client, "/people/invite", name="Nell Abara", email="nell@quillbrook.example", role="office")
    cookie = client.get_cookie("safehold")
    assert cookie is not None
    assert "nell" not in cookie.value.lower()
    newcomer = deeds.by_email("nell@quillbrook.example")
    assert newcomer is not None
    entry = AuditEntry.get(AuditEntry.record == newcomer.id)
    assert "nell" not in repr(entry.__data__).lower()


def test_the_account_page_says_who_one_is(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    page = plain(visit(client, "/account").text)
    for words in ("Ola Brandt", ola.email, "Quillbrook Primary School School office", "This one"):
        assert words in page


def test_a_new_password_needs_the_present_one(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    page = send(client, "/account/password", current="not it", password=NEW, again=NEW)
    assert problems(page) == ["That is not your present password."]
    assert send(client, "/account/password", current=PASSWORD, password=NEW, again=NEW).headers["Location"] == "/account"
    assert "Your password is changed." in visit(client, "/account").text
    assert "Your password is changed." not in visit(client, "/account").text


def test_everybody_can_read_who_can_do_what(client: FlaskClient, tess: Person) -> None:
    sign_in(client, tess)
    page = plain(visit(client, "/who-can-do-what").text)
    assert "You are teacher at Quillbrook Primary School." in page
    assert "Invite people, change roles, end access Yes No No" in page
