"""The page on which mail is set up, tried and turned off, and what stands on it when it does not work."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.mail import MailSettings
from models.school import School
from registry.access import Permission
from registry.post import mail
from tests.browsing import plain, problems, send, sign_in, text_of, token, visit
from tests.mailbox import mail_server
from tests.people import NOW, Person
from tests.serving import free_port
from tests.tampering import sql
from web.guard import MARK

PAGE = "/settings/mail"
TYPED = {
    "host": "127.0.0.1", "port": "25", "security": "none", "user": "", "password": "",
    "sender": "safehold@quillbrook.example", "base_address": "https://safehold.quillbrook.example",
}


@pytest.fixture
def office(client: FlaskClient, hana: Person, in_quillbrook: School) -> FlaskClient:
    """The headteacher at a computer, in an installation in which nobody else leads a school."""
    sign_in(client, hana)
    return client


def test_the_form_begins_with_what_is_usual(office: FlaskClient) -> None:
    page = visit(office, PAGE).text
    assert "Not set up" in page
    assert 'value="587"' in page
    assert 'value="http://localhost"' in page
    assert "Send me a test letter" not in page


def test_mail_is_set_up_and_a_test_letter_arrives(office: FlaskClient, hana: Person) -> None:
    with mail_server() as box:
        saved = send(office, PAGE, **{**TYPED, "port": str(box.port), "version": ""})
        assert saved.headers["Location"] == PAGE
        assert "Saved. Send yourself a test letter" in text_of(office, PAGE)
        assert send(office, f"{PAGE}/test", PAGE).headers["Location"] == PAGE
        assert "The mail server took the test letter" in text_of(office, PAGE)
        (letter,) = box.letters
    assert box.recipients == [hana.email]
    assert letter["Subject"] == "Mail works"
    assert "https://safehold.quillbrook.example/settings/mail" in letter.get_content()
    assert "Hana" not in str(letter["Subject"]) + str(letter.get_content())


def test_why_the_test_letter_did_not_go_out_stands_on_the_page(office: FlaskClient) -> None:
    port = free_port()
    send(office, PAGE, **{**TYPED, "port": str(port), "version": ""})
    answer = send(office, f"{PAGE}/test", PAGE)
    assert answer.status_code == 422
    assert f"The test letter was not sent. 127.0.0.1 is there, but nothing answers on port {port}" in plain(answer.text)


def test_what_cannot_be_kept_is_told_and_the_rest_stays_as_typed(office: FlaskClient) -> None:
    answer = send(office, PAGE, **{**TYPED, "port": "many", "sender": "nobody", "password": "open sesame", "user": "x", "security": "tls"})
    assert answer.status_code == 422
    assert [each.split()[0:2] for each in problems(answer)] == [["Enter", "the"], ["Enter", "the"]]
    assert 'value="many"' in answer.text
    assert "sesame" not in answer.text
    assert MailSettings.select().count() == 0


def test_a_password_is_never_shown_again_and_stays_when_it_is_left_empty(office: FlaskClient) -> None:
    secret = {**TYPED, "security": "starttls", "user": "safehold", "password": "open sesame"}
    send(office, PAGE, **secret, version="")
    page = visit(office, PAGE).text
    assert "sesame" not in page
    assert "There is one. Leave this empty to keep it." in page
    send(office, PAGE, **{**secret, "password": "", "port": "26"}, version="1")
    kept = mail.settings()
    assert kept is not None
    assert (kept.port, kept.password) == (26, "open sesame")


def test_of_two_who_change_it_the_second_is_told(office: FlaskClient) -> None:
    send(office, PAGE, **TYPED, version="")
    answer = send(office, PAGE, **{**TYPED, "port": "26"}, version="")
    assert answer.status_code == 409
    assert "Somebody else has changed this" in plain(answer.text)
    send(office, PAGE, **TYPED, version="1")
    assert "Nothing was different" in text_of(office, PAGE)


def test_it_is_turned_off_and_on(office: FlaskClient) -> None:
    assert send(office, f"{PAGE}/test", PAGE).status_code == 409
    assert send(office, f"{PAGE}/stop", PAGE).status_code == 409
    send(office, PAGE, **TYPED, version="")
    send(office, f"{PAGE}/stop", PAGE)
    assert "No more letters are sent" in text_of(office, PAGE)
    assert mail.in_use() is None
    assert "Send letters again" in visit(office, PAGE).text
    send(office, f"{PAGE}/start", PAGE)
    assert mail.in_use() is not None


def test_where_there_are_other_schools_the_head_of_one_is_told_who_sets_it_up(client: FlaskClient, hana: Person, otto: Person) -> None:
    sql("UPDATE membership SET role = 'headteacher' WHERE user_id = ?", otto.user.bytes)
    sign_in(client, hana)
    page = visit(client, PAGE).text
    assert "by somebody who is headteacher or administrator in each of them" in plain(page)
    assert 'name="host"' not in page
    answer = client.post(PAGE, data={"csrf_token": token(client, "/account"), **TYPED, "version": ""})
    assert answer.status_code == 409
    assert MailSettings.select().count() == 0


@pytest.mark.parametrize("key", ["dev", "ola", "dina", "ian", "tess", "gus"])
def test_nobody_else_sees_it(client: FlaskClient, people: dict[str, Person], key: str) -> None:
    sign_in(client, people[key])
    visit(client, PAGE, 403)
    visit(client, "/settings/messages", 403)


def test_every_deed_asks_for_the_same_permission(app: Flask) -> None:
    marks = {name: getattr(app.view_functions[name], MARK).deed for name in app.view_functions if name.startswith(("mail.", "letters."))}
    assert {deed for name, deed in marks.items() if name != "letters.choose"} == {Permission.MANAGE_MAIL}
    assert marks["letters.choose"] == Permission.OWN_ACCOUNT


def test_what_a_change_left_in_the_history_can_be_read(office: FlaskClient, clock: Any) -> None:
    send(office, PAGE, **TYPED, version="")
    clock.shift(timedelta(minutes=1))
    assert mail.settings() is not None
    assert mail.settings().changed_at == NOW  # type: ignore[union-attr]
