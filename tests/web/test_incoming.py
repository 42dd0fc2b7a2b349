"""A file on its way in leaves no bytes behind unless a page keeps it."""

import io
from pathlib import Path
from uuid import UUID

from flask import Flask, request
from flask.testing import FlaskClient

from models.attachment import LooseFile
from registry.access import Deed
from registry.files import virus_scan
from tests.browsing import check_page, plain, problems, sign_in, token, visit
from tests.clamd import HARMFUL, clamd, nobody_there
from tests.people import Person
from tests.web.bringing import PDF, address, bring, kept, stored
from web.guard import needs

FORM = "multipart/form-data; boundary=b"


def form_of(proof: str, content: bytes) -> bytes:
    """The form as a browser sends it, up to the end of one file."""
    fields = {"csrf_token": proof, "category": "other"}
    text = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    return f'{text}--b\r\nContent-Disposition: form-data; name="files"; filename="c.pdf"\r\n\r\n'.encode() + content


def test_a_form_without_its_token_leaves_no_bytes(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    sent = {"csrf_token": "nonsense", "category": "other", "files": [(io.BytesIO(PDF), "c.pdf")]}
    assert desk.post(address(supplier), data=sent).status_code == 400
    assert (stored(tmp_path), LooseFile.select().count()) == ([], 0)


def test_a_stranger_stores_nothing(client: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    assert client.post(address(supplier), data={"files": [(io.BytesIO(PDF), "c.pdf")]}).status_code == 302
    assert stored(tmp_path) == []


def test_more_than_the_cap_is_refused_with_a_page_and_leaves_no_bytes(app: Flask, desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    object.__setattr__(app.extensions["settings"], "file_mb", 1)
    body = form_of(token(desk, address(supplier)), bytes(4 * 1024 * 1024)) + b"\r\n--b--\r\n"
    response = desk.post(address(supplier), input_stream=io.BytesIO(body), content_length=len(body), content_type=FORM)
    check_page(response)
    assert response.status_code == 413
    assert "All that you add in one go may have up to 1 MB" in plain(response.text)
    assert (kept(), stored(tmp_path)) == ([], [])


def test_an_upload_that_breaks_off_leaves_no_bytes(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    body = form_of(token(desk, address(supplier)), PDF * 1000)
    response = desk.post(address(supplier), input_stream=io.BytesIO(body), content_length=len(body) + 1000, content_type=FORM)
    assert response.status_code == 400
    assert (kept(), stored(tmp_path), LooseFile.select().count()) == ([], [], 0)


def test_a_store_out_of_reach_is_said_on_a_page_and_nothing_is_kept(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    response = bring(desk, address(supplier), (PDF, "Contract.pdf"))
    check_page(response)
    assert response.status_code == 503
    assert "does not answer, or is full" in plain(response.text)
    assert kept() == []


def test_without_an_answer_of_the_scanner_the_page_says_so_and_keeps_nothing(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    virus_scan.use(nobody_there())
    assert "looked at by the virus scanner" in visit(desk, address(supplier)).text
    response = bring(desk, address(supplier), (PDF, "Contract.pdf"))
    assert (response.status_code, problems(response)[0][:36]) == (422, "The virus scanner does not answer, s")
    assert (kept(), stored(tmp_path)) == ([], [])
    with clamd() as scanner:
        virus_scan.use(scanner)
        response = bring(desk, address(supplier), (PDF, "Contract.pdf"), (HARMFUL, "nasty.txt"))
    virus_scan.use(None)
    assert "nasty.txt holds something harmful (Test-Word), says the virus scanner. It was deleted." in plain(response.text)
    assert ([file.name for file in kept()], len(stored(tmp_path))) == (["Contract.pdf"], 1)


def test_a_file_on_any_other_page_stays_in_memory(new_app: Flask, dev: Person) -> None:
    client, seen = new_app.test_client(), []

    @needs(Deed.SEE, register_from_slug=True)
    def look(slug: str) -> str:
        seen.append(type(request.files["file"].stream))
        return slug

    new_app.add_url_rule("/look/<slug:slug>", endpoint="look", view_func=look, methods=["POST"])
    sign_in(client, dev)
    sent = {"csrf_token": token(client, "/registers/assets/add"), "file": (io.BytesIO(bytes(1024)), "list.csv")}
    assert client.post("/look/assets", data=sent).status_code == 200
    assert seen == [io.BytesIO]


def test_what_is_typed_comes_without_control_characters(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "A\x00 bell\x07\nbelow", "plain": "as typed"}):
        assert request.form.to_dict() == {"name": "A bell\nbelow", "plain": "as typed"}
