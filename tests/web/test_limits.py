"""Nobody keeps the program busy with more than it takes."""

import io
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from tests.browsing import check_page, plain, sign_in, token
from tests.people import Person
from web.limits import FORM, PARTS_WITH_FILES, STRANGERS, most_over_the_wire


def test_a_stranger_sends_a_few_lines_and_no_more(client: FlaskClient, database: str) -> None:
    answers = {"csrf_token": token(client, "/sign-in"), "email": "x", "password": "x"}
    assert client.post("/sign-in", data=answers).status_code == 401
    response = client.post("/sign-in", data={**answers, "password": "x" * STRANGERS})
    check_page(response)
    assert response.status_code == 413


def test_a_form_is_as_long_as_a_form_can_be(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    answers = {"csrf_token": token(client, "/registers/assets/add"), "name": "x" * (FORM // 2)}
    assert client.post("/registers/assets/add", data=answers).status_code == 422
    response = client.post("/registers/assets/add", data={**answers, "name": "x" * FORM})
    assert response.status_code == 413
    assert "The file, or the answers together, are larger" in plain(response.text)


def test_rows_that_are_pasted_may_be_as_many_as_those_of_a_file(client: FlaskClient, dev: Person) -> None:
    sign_in(client, dev)
    start = "/registers/assets/import"
    rows = "Asset\n" + "".join(f"Asset {number:06d}\n" for number in range(45_000))
    parts = {"csrf_token": token(client, start), "pasted": rows}
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()) + "--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    assert client.post(start, input_stream=io.BytesIO(body.encode()), content_length=len(body), content_type=kind).status_code == 303


def test_the_server_stops_a_flood_before_the_program_sees_it(app: Flask, settings: Settings) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] < most_over_the_wire(settings.upload_mb) < 2 * app.config["MAX_CONTENT_LENGTH"]


def test_a_form_whose_files_are_kept_has_only_so_many_parts(client: FlaskClient, asset: UUID, dev: Person) -> None:
    sign_in(client, dev)
    page = f"/registers/assets/{asset}/files"
    answers = {"csrf_token": token(client, page), "note": ["x"] * PARTS_WITH_FILES}
    response = client.post(page, data=answers, content_type="multipart/form-data")
    check_page(response)
    assert response.status_code == 413
    assert "choose fewer files" in plain(response.text)
    assert client.post(page, data={**answers, "note": ["x"] * 900}, content_type="multipart/form-data").status_code == 422
