"""Reporting a breach: by the poster without an account, and by colleagues with what they have to show."""

import io
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.attachment import Attachment
from models.breach import Breach
from models.school import School
from tests.browsing import plain, send, sign_in, visit
from tests.people import Person
from web.lock_out import PAIR
from web.reporting import code_of

SAID = {"what": "A bag with exercise books was left on the bus.", "call_back": "Room 4"}
NOTICED = {"noticed_at-day": "23", "noticed_at-month": "11", "noticed_at-year": "2026", "noticed_at-time": "08:10"}


def rows(school: School) -> list[Any]:
    with doors.looking_at(school.id):
        return [*Breach.select()]


def test_whoever_has_the_poster_reports_without_an_account_and_reads_nothing(app: Flask, school: School, other_school: School) -> None:
    stranger, here = app.test_client(), f"/report/{code_of(school.id)}"
    answer = send(stranger, here, **SAID, **NOTICED)
    assert answer.status_code == 200
    (row,) = rows(school)
    assert row.reference in plain(answer.text)
    assert "exercise books" not in answer.text
    assert "exercise books" not in visit(stranger, here).text
    assert visit(stranger, "/report", 404)  # of several schools none is guessed
    assert visit(stranger, "/report/0123456789abcdef", 404)
    assert rows(other_school) == []


def test_a_report_that_cannot_be_taken_keeps_what_was_typed(app: Flask, school: School) -> None:
    stranger, here = app.test_client(), f"/report/{code_of(school.id)}"
    answer = send(stranger, here, what="A bag was left.", **{**NOTICED, "noticed_at-year": "2027"})
    assert (answer.status_code, rows(school)) == (422, [])
    assert "A bag was left." in answer.text
    assert "still to come" in plain(answer.text)


def test_a_flood_of_reports_from_one_place_is_asked_to_wait(app: Flask, school: School) -> None:
    here = f"/report/{code_of(school.id)}"
    answers = [send(app.test_client(), here, **SAID, **NOTICED).status_code for _ in range(PAIR + 2)]
    assert (answers.count(200), answers[-1]) == (PAIR, 429)
    assert len(rows(school)) == PAIR


def test_a_colleague_shows_what_they_have_and_follows_their_own(app: Flask, client: FlaskClient, school: School, tess: Person, ola: Person) -> None:
    sign_in(client, tess)
    shown = {"files": (io.BytesIO(b"\x89PNG a picture of the seat"), "seat.png")}
    assert send(client, "/report", **SAID, **NOTICED, **shown).status_code == 200
    (row,) = rows(school)
    with doors.looking_at(school.id):
        (file,) = Attachment.select().where(Attachment.record == row.id)
    assert (row.reported_by_id, file.name) == (tess.user, "seat.png")
    assert row.reference in visit(client, "/report/mine").text
    assert visit(client, f"/registers/breaches/{row.id}/now", 403)
    other = app.test_client()
    sign_in(other, ola)
    assert row.reference not in visit(other, "/report/mine").text
