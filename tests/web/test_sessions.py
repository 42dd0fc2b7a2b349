"""Sessions: what the cookie holds, how long they last, and who can end them."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from models.user import Session
from settings import Settings
from tests import databases
from tests.browsing import send, sign_in, visit
from tests.people import PASSWORD, Person
from web import devices

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_the_cookie_says_nothing_about_the_person(app: Flask, client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    visit(client, "/")
    cookie = client.get_cookie("safehold")
    assert cookie is not None
    with app.test_request_context(headers={"Cookie": f"safehold={cookie.value}"}):
        held = dict(app.session_interface.open_session(app, app.test_request_context(headers={"Cookie": f"safehold={cookie.value}"}).request) or {})
    assert set(held) == {"token", "csrf_token"}
    assert Session.select().where(Session.token == held["token"]).count() == 0, "the database keeps a digest, not the secret"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, hana: Person) -> None:
    header = sign_in(client, hana).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" not in header
    assert "Expires" not in header


def test_over_https_the_cookie_never_travels_without_it(settings: Settings, database: str, hana: Person) -> None:
    databases.leave()
    secure = create_app(Settings(**{**vars(settings), "https": True}))
    response = secure.test_client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_the_secret_is_new_at_each_sign_in(client: FlaskClient, hana: Person) -> None:
    visit(client, "/sign-in")
    before = client.get_cookie("safehold")
    sign_in(client, hana)
    after = client.get_cookie("safehold")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    client.set_cookie("safehold", before.value)
    assert client.get("/").status_code == 302


def test_a_session_ends_when_nobody_clicks_for_half_an_hour(client: FlaskClient, hana: Person, clock: time_machine.Traveller) -> None:
    sign_in(client, hana)
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        visit(client, "/")
    clock.shift(timedelta(minutes=30, seconds=1))
    assert client.get("/").status_code == 302


def test_a_session_ends_after_twelve_hours_whatever_happens(client: FlaskClient, hana: Person, clock: time_machine.Traveller) -> None:
    sign_in(client, hana)
    for _ in range(24):
        clock.shift(timedelta(minutes=29, seconds=59))
        visit(client, "/")
    clock.shift(timedelta(minutes=1))
    assert client.get("/").status_code == 302


def test_the_heartbeat_is_written_at_most_once_a_minute(client: FlaskClient, hana: Person, clock: time_machine.Traveller) -> None:
    sign_in(client, hana)
    started = Session.get().seen_at
    clock.shift(timedelta(seconds=59))
    visit(client, "/")
    assert Session.get().seen_at == started
    clock.shift(timedelta(seconds=1))
    visit(client, "/")
    assert Session.get().seen_at == started + timedelta(minutes=1)


def test_a_cookie_signed_by_somebody_else_opens_nothing(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    cookie = client.get_cookie("safehold")
    assert cookie is not None
    client.set_cookie("safehold", cookie.value[:-3] + "abc")
    assert client.get("/").status_code == 302


def test_a_person_sees_their_sessions_and_ends_another_one(app: Flask, client: FlaskClient, hana: Person) -> None:
    other = app.test_client()
    other.get("/sign-in", headers={"User-Agent": FIREFOX})
    sign_in(other, hana)
    sign_in(client, hana)
    page = visit(client, "/account")
    assert page.text.count("Signed in on") == 2
    ended = next(row for row in Session.select() if f"/account/sessions/{row.id}/end" in page.text)
    send(client, f"/account/sessions/{ended.id}/end", page="/account")
    assert other.get("/").status_code == 302
    visit(client, "/")


def test_nobody_ends_the_session_of_somebody_else(app: Flask, client: FlaskClient, hana: Person, ola: Person) -> None:
    other = app.test_client()
    sign_in(other, ola)
    theirs = Session.get(Session.user == ola.user)
    sign_in(client, hana)
    assert send(client, f"/account/sessions/{theirs.id}/end", page="/account").status_code == 404
    visit(other, "/")


def test_a_changed_password_ends_every_other_session(app: Flask, client: FlaskClient, hana: Person) -> None:
    other = app.test_client()
    sign_in(other, hana)
    sign_in(client, hana)
    new = "seven otters juggle marmalade"
    response = send(client, "/account/password", current=PASSWORD, password=new, again=new)
    assert response.headers["Location"] == "/account"
    visit(client, "/account")
    assert other.get("/").status_code == 302
    assert sign_in(app.test_client(), hana).status_code == 401
    assert sign_in(app.test_client(), hana, new).status_code == 302


def test_sessions_of_long_ago_are_cleared_away(client: FlaskClient, hana: Person, clock: time_machine.Traveller) -> None:
    sign_in(client, hana)
    clock.shift(timedelta(days=31))
    sign_in(client, hana)
    assert Session.select().count() == 1


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605 Version/17.5 Safari/605", "Safari on a Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit CriOS/140 Mobile Safari/604", "Chrome on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit Chrome/140 Safari/537", "Chrome on a Chromebook"),
        ("", "A browser"),
    ],
)
def test_a_device_is_told_in_words(user_agent: str, words: str) -> None:
    assert devices.in_words(user_agent) == words
