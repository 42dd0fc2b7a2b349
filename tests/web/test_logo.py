"""The logo on papers: only a real picture of a sensible size, only by whoever may change the school, only for that school."""

import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from models import doors
from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import plain, send, sign_in, visit
from tests.people import Person
from tests.pictures import jpeg_head, png


def bring(client: FlaskClient, image: bytes, name: str = "logo.png") -> TestResponse:
    return send(client, "/school/logo", "/school", logo=(io.BytesIO(image), name))


def said(client: FlaskClient) -> str:
    return plain(visit(client, "/school").text)


def test_a_logo_stands_on_the_papers_of_its_school(client: FlaskClient, hana: Person, school: School, occasion: Occasion) -> None:
    with doors.looking_at(school.id):
        asset = records.add(ASSETS, {"name": "Paper files"}, occasion).id
    sign_in(client, hana)
    visit(client, "/school/logo", 404)
    bring(client, png())
    assert "The logo stands on every paper from now on." in said(client)
    shown = client.get("/school/logo")
    assert (shown.data, shown.mimetype) == (png(), "image/png")
    paper = send(client, f"/registers/assets/{asset}/record.pdf", f"/registers/assets/{asset}").data
    assert len(PdfReader(io.BytesIO(paper)).pages[0].images) == 1
    send(client, "/school/logo/take-away", "/school")
    paper = send(client, f"/registers/assets/{asset}/record.pdf", f"/registers/assets/{asset}").data
    assert len(PdfReader(io.BytesIO(paper)).pages[0].images) == 0
    assert [*verify_chain(school.id), *verify_rows()] == []


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PNG nor a JPEG"),
        (png()[:60], "This picture is damaged."),
        (jpeg_head(200, 100), "This picture is damaged."),
        (jpeg_head(9_000, 100), "9000 by 100 pixels"),
        (png() + b"\0" * 505_000, "at most half a megabyte"),
        (b"", "neither a PNG nor a JPEG"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_the_reason(client: FlaskClient, hana: Person, image: bytes, sentence: str) -> None:
    sign_in(client, hana)
    bring(client, image)
    assert sentence in said(client)
    visit(client, "/school/logo", 404)


def test_nothing_chosen_is_said(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    send(client, "/school/logo", "/school")
    assert "Choose a picture first." in said(client)


def test_another_school_has_its_own(client: FlaskClient, hana: Person, otto: Person) -> None:
    sign_in(client, hana)
    bring(client, png())
    other = client.application.test_client()
    sign_in(other, otto)
    visit(other, "/school/logo", 404)


def test_who_may_not_change_the_school_brings_no_logo(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    assert send(client, "/school/logo", "/account", logo=(io.BytesIO(png()), "logo.png")).status_code == 403
