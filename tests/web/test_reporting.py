"""Reporting a breach: by the poster without an account, and by colleagues with what they have to show."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.attachment import Attachment
from models.breach import Breach
from models.school import School
from registry.breaches.reporting import receipt_of
from tests.browsing import plain, send, sign_in, token, visit
from tests.people import Person
from web.lock_out import PAIR, place_of
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
    assert receipt_of(row.id) in answer.text
    assert row.reference not in answer.text, "numbers in a row would say how many there were"
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
    assert receipt_of(row.id) in visit(client, "/report/mine").text
    assert visit(client, f"/registers/breaches/{row.id}/now", 403)
    other = app.test_client()
    sign_in(other, ola)
    assert receipt_of(row.id) not in visit(other, "/report/mine").text


def test_a_receipt_leads_those_who_handle_breaches_to_the_report(app: Flask, client: FlaskClient, school: School, hana: Person, ian: Person) -> None:
    send(app.test_client(), f"/report/{code_of(school.id)}", **SAID, **NOTICED)
    (row,) = rows(school)
    sign_in(client, hana)
    found = client.post("/search", data={"csrf_token": token(client, "/account"), "q": receipt_of(row.id).lower()}, follow_redirects=True)
    assert found.request.path == f"/registers/breaches/{row.id}/now"
    other = app.test_client()
    sign_in(other, ian)
    found = other.post("/search", data={"csrf_token": token(other, "/account"), "q": receipt_of(row.id)}, follow_redirects=True)
    assert found.request.path == "/search"


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "<script>", "\u202e", "x" * 6_000, "💾" * 2_000])
def test_odd_things_typed_by_strangers_are_taken_or_refused_with_a_page(app: Flask, school: School, odd: str) -> None:
    here = f"/report/{code_of(school.id)}"
    for name in ("what", "call_back", "noticed_at-day", "noticed_at-time", "key"):
        typed = {**SAID, **NOTICED, name: odd.encode("utf-8", "surrogatepass")}
        assert send(app.test_client(), here, **typed).status_code in (200, 422, 429), name


def seat() -> dict[str, Any]:
    return {"files": (io.BytesIO(b"\x89PNG a picture of the seat"), "seat.png")}


def key_of(client: FlaskClient, here: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', visit(client, here).text)
    assert found
    return found[1]


def test_the_poster_takes_files_of_colleagues_alone_and_says_so(app: Flask, client: FlaskClient, school: School, tess: Person) -> None:
    here = f"/report/{code_of(school.id)}"
    sign_in(client, tess)
    assert send(client, here, **SAID, **NOTICED, **seat()).status_code == 200
    answer = send(app.test_client(), here, **SAID, **NOTICED, **seat())
    assert answer.status_code == 200
    assert "seat.png" in answer.text
    assert "was not kept: files come with the reports" in plain(answer.text)
    with doors.looking_at(school.id):
        assert [file.record for file in Attachment.select()] == [row.id for row in rows(school) if row.reported_by_id == tess.user]


def test_a_colleague_of_another_school_reports_without_files(app: Flask, client: FlaskClient, school: School, otto: Person) -> None:
    sign_in(client, otto)
    answer = send(client, f"/report/{code_of(school.id)}", **SAID, **NOTICED, **seat())
    assert "was not kept: files come with the reports" in plain(answer.text)
    with doors.looking_at(school.id):
        assert (Breach.select().get().reported_by_id, Attachment.select().count()) == (None, 0)


def test_a_form_sent_twice_reports_once_and_other_words_are_another_report(client: FlaskClient, school: School, tess: Person) -> None:
    sign_in(client, tess)
    key = key_of(client, "/report")
    for what, count in (("A bag was left.", 1), ("A bag was left.", 1), ("A second bag was left.", 2)):
        assert send(client, "/report", what=what, key=key, **NOTICED).status_code == 200
        assert len(rows(school)) == count


@pytest.mark.parametrize("key", ["", "00000000-0000-0000-0000-000000000000", "{breach}", "{breach}.{mark}"])
def test_nobody_chooses_where_their_report_goes(app: Flask, client: FlaskClient, school: School, tess: Person, key: str) -> None:
    here = f"/report/{code_of(school.id)}"
    mark = key_of(app.test_client(), here).partition(".")[2]
    assert send(app.test_client(), here, **SAID, **NOTICED).status_code == 200
    (first,) = rows(school)
    sign_in(client, tess)
    given = key.format(breach=first.id.hex, mark=mark)
    assert send(client, here, key=given, what=SAID["what"], **NOTICED, **seat()).status_code == 200
    with doors.looking_at(school.id):
        assert len(rows(school)) == 2
        assert Attachment.select().where(Attachment.record == first.id).count() == 0


def test_what_is_mistyped_is_no_try(app: Flask, school: School) -> None:
    stranger, here = app.test_client(), f"/report/{code_of(school.id)}"
    for _ in range(PAIR + 2):
        assert send(stranger, here, **SAID, **{**NOTICED, "noticed_at-time": "quarter past"}).status_code == 422
    assert send(stranger, here, **SAID, **NOTICED).status_code == 200


@pytest.mark.parametrize(("address", "place"), [
    ("192.0.2.7", "192.0.2.7"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ("::ffff:192.0.2.7", "192.0.2.7"),
    ("no address", "no address"),
    (None, ""),
])  # fmt: skip
def test_a_network_counts_as_one_place(address: str | None, place: str) -> None:
    assert place_of(address) == place
