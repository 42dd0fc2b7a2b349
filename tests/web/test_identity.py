"""Signing in and out."""


import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from models.audit import AuditEntry
from models.user import Session, User
from registry.accounts.passwords import Passwords
from settings import Settings
from tests import databases
from tests.browsing import problems, send, sign_in, token, visit
from tests.people import PASSWORD, Person
from web.identity import WRONG, wanted


def test_a_person_signs_in_and_lands_on_today(client: FlaskClient, hana: Person) -> None:
    response = sign_in(client, hana)
    assert response.headers["Location"] == "/"
    assert "Good morning, Hana." in visit(client, "/").text


def test_capitals_in_the_address_do_not_matter(client: FlaskClient, hana: Person) -> None:
    assert send(client, "/sign-in", email="  HANA@Quillbrook.Example ", password=PASSWORD).status_code == 302


def test_a_dot_in_the_address_does_matter(client: FlaskClient, hana: Person) -> None:
    assert send(client, "/sign-in", email="ha.na@quillbrook.example", password=PASSWORD).status_code == 401


@pytest.mark.parametrize("email", ["hana@quillbrook.example", "nobody@quillbrook.example"])
def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client: FlaskClient, email: str) -> None:
    response = send(client, "/sign-in", email=email, password="not the password")
    assert response.status_code == 401
    assert WRONG in response.text
    assert "not the password" not in response.text


def test_an_unknown_account_costs_the_work_of_a_wrong_password() -> None:
    passwords = Passwords(1024)
    stored, instead = passwords.hash(PASSWORD), passwords._nobodys
    assert not passwords.fits(stored, "not the password")
    assert not passwords.fits(None, "not the password")
    assert stored.split("$")[1:4] == instead.split("$")[1:4], "the same function, version, memory and rounds"


def test_an_account_without_a_password_cannot_sign_in(client: FlaskClient, hana: Person) -> None:
    assert Passwords(64).fits(None, "") is False
    response = send(client, "/sign-in", email=hana.email, password="")
    assert problems(response) == ["Enter your password."]


def test_whoever_was_sent_to_sign_in_comes_back_to_where_they_wanted_to_go(client: FlaskClient, hana: Person) -> None:
    asked = client.get("/people/invite?x=1")
    assert asked.status_code == 302
    assert asked.headers["Location"] == "/sign-in?next=/people/invite?x%3D1"
    page = visit(client, asked.headers["Location"])
    assert 'name="next" value="/people/invite?x=1"' in page.text
    response = send(client, "/sign-in", email=hana.email, password=PASSWORD, next="/people/invite?x=1")
    assert response.headers["Location"] == "/people/invite?x=1"


ELSEWHERE = ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "evil", "/a\nb", "", None, "/\t/evil.example"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client: FlaskClient, hana: Person, address: str | None) -> None:
    assert wanted(address) == "/"
    response = send(client, "/sign-in", email=hana.email, password=PASSWORD, next=address or "")
    assert response.headers["Location"] == "/"


def test_signing_out_ends_the_session_for_good(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    cookie = client.get_cookie("safehold")
    assert cookie is not None
    assert send(client, "/sign-out", page="/").headers["Location"] == "/sign-in"
    client.set_cookie("safehold", cookie.value)
    assert client.get("/").status_code == 302
    assert Session.get().ended_at is not None


def test_signing_in_and_out_and_being_refused_are_in_the_trace(client: FlaskClient, hana: Person) -> None:
    send(client, "/sign-in", email=hana.email, password="wrong")
    sign_in(client, hana)
    send(client, "/sign-out", page="/")
    noted = AuditEntry.select().where(AuditEntry.seal.is_null()).order_by(AuditEntry.chain, AuditEntry.number)
    assert [(entry.deed, entry.record) for entry in noted] == [("sign_in_refused", hana.user), ("signed_in", hana.user), ("signed_out", hana.user)]


def test_outside_the_demonstration_nobody_signs_in_by_pressing_a_name(client: FlaskClient) -> None:
    assert "Look around" not in client.get("/sign-in").text
    response = send(client, "/sign-in", **{"as": "head"})
    assert response.status_code == 422
    assert Session.select().count() == 0


@pytest.fixture
def demo(database: str, settings: Settings, hana: Person) -> Flask:
    """A demonstration in which Hana is the headteacher."""
    User.get_by_id(hana.user)
    databases.leave()
    return create_app(Settings(**{**vars(settings), "demo": True}))


def test_in_the_demonstration_nobody_is_offered_who_is_not_on_its_list(demo: Flask) -> None:
    client = demo.test_client()
    page = client.get("/sign-in")
    assert "hana" not in page.text.lower()
    response = client.post("/sign-in", data={"as": "hana", "csrf_token": token(client, "/sign-in")})
    assert response.status_code == 422


def test_a_password_of_another_cost_is_stored_anew_at_sign_in(app: Flask, client: FlaskClient, hana: Person, settings: Settings) -> None:
    app.extensions["settings"] = Settings(**{**vars(settings), "password_memory_kib": 128})
    sign_in(client, hana)
    assert "m=128," in (User.get_by_id(hana.user).password or "")


def test_somebody_already_signed_in_does_not_see_the_sign_in_page(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    assert client.get("/sign-in").headers["Location"] == "/"
