"""What browsers are told with every answer."""

import json
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from peewee import OperationalError

from models.base import db
from tests.browsing import sign_in, token
from tests.people import Person
from web.log import OneLine

PATHS = ["/sign-in", "/help", "/nothing-here", "/healthz", "/", "/static/mark.svg"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client: FlaskClient, database: str, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "style-src 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_the_one_inline_script_runs_under_a_word_that_is_new_each_time(client: FlaskClient, database: str) -> None:
    seen = set()
    for _ in range(3):
        response = client.get("/help")
        words = re.findall(r'nonce="([^"]+)"', response.text)
        assert len(words) == 1
        assert f"'nonce-{words[0]}'" in response.headers["Content-Security-Policy"]
        seen.add(words[0])
    assert len(seen) == 3


def test_pages_are_never_kept_and_static_files_are(client: FlaskClient, database: str) -> None:
    page = client.get("/help")
    assert page.headers["Cache-Control"] == "no-store"
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        response = client.get(address, buffered=True)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not {"Set-Cookie", "Vary"} & set(response.headers.keys())


def test_a_static_file_needs_no_database(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.obj, "connect", lambda **_options: pytest.fail("connected"))
    assert client.get("/static/mark.svg", buffered=True).status_code == 200


def test_the_program_says_whether_it_is_well(client: FlaskClient, database: str) -> None:
    response = client.get("/healthz")
    assert response.mimetype == "application/json"
    assert json.loads(response.data) == {"status": "ok"}


def test_the_program_says_when_the_database_does_not_answer(client: FlaskClient, hana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(client, hana)

    def fail(*_words: object) -> None:
        raise OperationalError("connection to hana's computer refused")

    monkeypatch.setattr(db.obj, "execute_sql", fail)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert json.loads(response.data) == {"status": "database does not answer"}


def test_what_the_server_reports_is_told_by_kind_and_place_only() -> None:
    try:
        raise ValueError("Hana Whitlow")
    except ValueError as error:
        record = logging.LogRecord(
            "waitress", logging.ERROR, "x", 1, "Exception while serving %s", ("/invitation/secret",), (ValueError, error, None)
        )
    line = OneLine("%(name)s %(message)s").format(record)
    assert line.startswith("waitress ValueError at tests/web/test_headers.py:")
    assert "secret" not in line + str(record.exc_text)
    assert "\n" not in line


def test_a_form_without_its_token_is_refused_with_a_page(client: FlaskClient, hana: Person) -> None:
    response = client.post("/sign-in", data={"email": hana.email, "password": "x"})
    assert response.status_code == 400
    assert "This page was open for too long" in response.text


def test_a_token_of_another_session_is_refused(app: Flask, client: FlaskClient, hana: Person) -> None:
    foreign = token(app.test_client(), "/sign-in")
    sign_in(client, hana)
    assert client.post("/sign-out", data={"csrf_token": foreign}).status_code == 400


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_a_form_sent_from_another_site_is_refused_even_with_a_token(client: FlaskClient, hana: Person, origin: str) -> None:
    sign_in(client, hana)
    proof = token(client, "/account/password")
    response = client.post("/sign-out", data={"csrf_token": proof}, headers={"Sec-Fetch-Site": origin})
    assert response.status_code == 400


def test_more_than_is_taken_in_is_refused_with_a_page(app: Flask, client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    app.config["MAX_CONTENT_LENGTH"] = 1000
    response = client.post("/registers/assets/import", data={"csrf_token": "x" * 2000})
    assert response.status_code == 413
    assert "A file may have up to 20 MB" in response.text


def test_a_failure_shows_a_number_and_logs_kind_and_place_but_no_value(
    app: Flask, client: FlaskClient, database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_self: object) -> str:
        raise ValueError("Hana Whitlow, hana@quillbrook.example")

    monkeypatch.setattr("web.help.render_template", fail)
    monkeypatch.setattr("web.log.log.propagate", True)
    app.testing = False
    response = client.get("/help")
    assert response.status_code == 500
    number = re.search(r'sh-nowrap">([0-9a-f]{8})<', response.text)
    assert number
    assert f"reference={number[1]} ValueError at tests/web/test_headers.py:" in caplog.text
    assert "web/help.py:" in caplog.text
    assert "Hana" not in caplog.text + response.text
