"""Guessing passwords is made hopeless without letting anybody shut others out."""

import contextlib
import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from models.base import db
from models.user import FailedSignIn
from settings import Settings
from tests import databases
from tests.browsing import send, sign_in, token
from tests.people import NOW, PASSWORD, Person
from web import lock_out


def guess(app: Flask, email: str, password: str = "wrong", address: str = "192.0.2.1") -> TestResponse:
    client = app.test_client()
    answers = {"csrf_token": token(client, "/sign-in"), "email": email, "password": password}
    return client.post("/sign-in", data=answers, environ_overrides={"REMOTE_ADDR": address})


def test_five_wrong_passwords_close_the_account_to_that_address(app: Flask, hana: Person) -> None:
    assert [guess(app, hana.email).status_code for _ in range(5)] == [401] * 5
    response = guess(app, hana.email, PASSWORD)
    assert response.status_code == 429
    assert "Try again at 09:29." in response.text
    assert guess(app, hana.email, PASSWORD, "198.51.100.7").status_code == 302


def test_an_account_that_does_not_exist_rests_just_the_same(app: Flask) -> None:
    assert [guess(app, "nobody@quillbrook.example").status_code for _ in range(6)] == [401] * 5 + [429]


def test_the_rest_ends_by_itself_however_often_somebody_knocks(app: Flask, hana: Person, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        guess(app, hana.email)
    for _ in range(7):
        clock.shift(timedelta(minutes=2))
        assert guess(app, hana.email, PASSWORD).status_code == 429
    clock.shift(timedelta(minutes=1))
    assert guess(app, hana.email, PASSWORD).status_code == 302


def test_the_rest_outlives_a_restart(app: Flask, settings: Settings, hana: Person) -> None:
    for _ in range(5):
        guess(app, hana.email)
    databases.leave()
    assert guess(create_app(settings), hana.email, PASSWORD).status_code == 429


def test_a_right_password_starts_the_count_again(app: Flask, hana: Person) -> None:
    for _ in range(3):
        assert [guess(app, hana.email).status_code for _ in range(4)] == [401] * 4
        assert guess(app, hana.email, PASSWORD).status_code == 302
    assert FailedSignIn.select().count() == 0


def test_guesses_from_many_addresses_slow_strangers_but_never_the_owner_at_a_known_address(app: Flask, hana: Person) -> None:
    assert guess(app, hana.email, PASSWORD, "203.0.113.9").status_code == 302
    for number in range(lock_out.ACCOUNT):
        lock_out.begin(hana.email, f"192.0.2.{number}", NOW)
    assert guess(app, hana.email, PASSWORD, "198.51.100.1").status_code == 429
    assert guess(app, hana.email, PASSWORD, "203.0.113.9").status_code == 302


def test_an_address_is_known_for_thirty_days_only(app: Flask, hana: Person, clock: time_machine.Traveller) -> None:
    guess(app, hana.email, PASSWORD, "203.0.113.9")
    clock.shift(timedelta(days=30))
    for number in range(lock_out.ACCOUNT):
        lock_out.begin(hana.email, f"192.0.2.{number}", NOW + timedelta(days=30))
    assert guess(app, hana.email, PASSWORD, "203.0.113.9").status_code == 429


def test_one_address_cannot_try_its_luck_with_everybody(app: Flask, hana: Person) -> None:
    for number in range(lock_out.ADDRESS):
        lock_out.begin(f"somebody{number}@quillbrook.example", "192.0.2.1", NOW)
    assert guess(app, hana.email, PASSWORD).status_code == 429
    assert guess(app, hana.email, PASSWORD, "198.51.100.7").status_code == 302


def test_one_guesser_at_the_address_of_a_school_does_not_shut_its_staff_out(app: Flask, hana: Person) -> None:
    assert guess(app, hana.email, PASSWORD).status_code == 302
    for number in range(lock_out.ADDRESS):
        lock_out.begin(f"somebody{number}@quillbrook.example", "192.0.2.1", NOW)
    assert guess(app, hana.email, PASSWORD).status_code == 302


def test_a_refused_try_is_not_counted_and_leaves_no_row(database: str) -> None:
    for _ in range(lock_out.PAIR):
        lock_out.begin("hana@quillbrook.example", "192.0.2.1", NOW)
    with pytest.raises(lock_out.Resting) as rest:
        lock_out.begin("hana@quillbrook.example", "192.0.2.1", NOW + timedelta(minutes=1))
    assert rest.value.until == NOW + lock_out.WINDOW
    assert FailedSignIn.select().count() == lock_out.PAIR


def test_neither_accounts_nor_addresses_can_be_read_from_the_table(database: str) -> None:
    lock_out.begin("hana@quillbrook.example", "192.0.2.1", NOW)
    row = FailedSignIn.get()
    assert "hana" not in row.account
    assert "192" not in row.address
    assert len(row.account) == len(row.address) == 64


def test_the_form_for_a_new_password_is_no_way_round(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    new = "seven otters juggle marmalade"
    answers = {"current": "wrong", "password": new, "again": new}
    assert [send(client, "/account/password", **answers).status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_new_password_that_will_not_do_is_no_wrong_password(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    weak = {"current": PASSWORD, "password": "short", "again": "short"}
    assert [send(client, "/account/password", **weak).status_code for _ in range(7)] == [422] * 7


def test_many_guesses_at_once_slip_by_no_more_than_one_after_the_other(database: str) -> None:
    looked_at: list[bool] = []

    def try_once() -> None:
        with db.connection_context() if db.is_closed() else contextlib.nullcontext():
            try:
                lock_out.begin("hana@quillbrook.example", "192.0.2.1", NOW)
                looked_at.append(True)
            except lock_out.Resting:
                looked_at.append(False)

    guesses = [threading.Thread(target=try_once) for _ in range(16)]
    for each in guesses:
        each.start()
    for each in guesses:
        each.join()
    assert len(looked_at) == 16
    assert sum(looked_at) <= lock_out.PAIR
