"""The files of a record on its pages: added, opened, replaced and removed, by those who may and by nobody else."""

import io
import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.attachment import Attachment, LooseFile
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.access import Deed
from registry.files import virus_scan
from registry.records import Occasion
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.trace.audit import Happened
from tests.browsing import check_page, plain, problems, send, sign_in, token, visit
from tests.clamd import HARMFUL, clamd, nobody_there
from tests.people import Person
from web.attachment_view import disposition, in_bytes
from web.guard import needs

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
FORM = "multipart/form-data; boundary=b"
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def record(in_quillbrook: School, occasion: Occasion) -> UUID:
    """A supplier of Quillbrook."""
    key: UUID = records.add(SUPPLIERS, {"name": "Plateful"}, occasion).id
    return key


@pytest.fixture
def desk(client: FlaskClient, dev: Person) -> FlaskClient:
    """The DPO at a computer."""
    sign_in(client, dev)
    return client


def address(record: UUID) -> str:
    return f"/registers/suppliers/{record}/files"


def bring(client: FlaskClient, where: str, *files: tuple[bytes, str], page: str | None = None, **said: str) -> TestResponse:
    """Send files with the form of a page."""
    answers = {"csrf_token": token(client, page or where), "category": "contract", "note": "", **said}
    return client.post(where, data={**answers, "files": [(io.BytesIO(content), name) for content, name in files]})


def form_of(proof: str, content: bytes) -> bytes:
    """The form as a browser sends it, up to the end of one file."""
    fields = {"csrf_token": proof, "category": "other"}
    text = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    return f'{text}--b\r\nContent-Disposition: form-data; name="files"; filename="c.pdf"\r\n\r\n'.encode() + content


def kept() -> list[Attachment]:
    return list(Attachment.select().order_by(Attachment.id))


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def open_it(client: FlaskClient, record: UUID, file: UUID, **wish: str) -> TestResponse:
    return send(client, f"{address(record)}/{file}/open", address(record), **wish)


def test_an_empty_page_says_what_belongs_here_and_offers_the_form(desk: FlaskClient, record: UUID) -> None:
    page = visit(desk, address(record)).text
    assert "Here belongs what proves the answers" in page
    assert "Up to 200 MB in one go" in page
    assert "multiple" in page
    assert "Files (0)" in plain(visit(desk, f"/registers/suppliers/{record}").text)


def test_several_files_are_added_at_once_and_shown_with_all_that_is_known_of_them(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    added = bring(desk, address(record), (PDF, "Contract.pdf"), (b"A letter of Nell Abara", "letter.txt"), note="Signed  copy")
    assert added.status_code == 303
    page = visit(desk, address(record)).text
    said = plain(page)
    for words in ("2 files added", "Files (2)", "Contract.pdf", "Signed copy", "Contract or terms", "PDF", "Text", "22 bytes", "Dev Marchetti"):
        assert words in said, words
    letter = next(file for file in kept() if file.name == "letter.txt")
    assert letter.digest in page
    assert letter.media_type == "text/plain"
    assert len(stored(tmp_path)) == 2
    assert all(b"Nell Abara" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()), "nothing lies in the clear"
    assert LooseFile.select().count() == 0


def test_what_is_downloaded_is_what_was_added_and_that_is_noted(desk: FlaskClient, record: UUID) -> None:
    bring(desk, address(record), (PAGE, "page.html"))
    (file,) = kept()
    response = open_it(desk, record, file.id)
    assert response.data == PAGE
    assert response.headers["Content-Type"] == "application/octet-stream", "a web page is never shown as one"
    assert response.headers["Content-Disposition"] == "attachment; filename=\"page.html\"; filename*=UTF-8''page.html"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    entry = AuditEntry.get(AuditEntry.deed == Happened.FILE_OPENED.value)
    assert (entry.record, entry.subject) == (record, "supplier")
    assert "Dev Marchetti opened a file of this supplier" in plain(visit(desk, f"/registers/suppliers/{record}/history").text)


@pytest.mark.parametrize(("content", "kind"), [(PDF, "application/pdf"), (PNG, "image/png")])
def test_pictures_and_pdfs_are_shown_in_a_sandbox_unless_they_are_downloaded(desk: FlaskClient, record: UUID, content: bytes, kind: str) -> None:
    bring(desk, address(record), (content, "a name that says nothing.exe"))
    (file,) = kept()
    shown, saved = open_it(desk, record, file.id), open_it(desk, record, file.id, save="1")
    assert (shown.headers["Content-Type"], shown.headers["Content-Disposition"][:7]) == (kind, "inline;")
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (saved.headers["Content-Type"], saved.headers["Content-Disposition"][:11]) == ("application/octet-stream", "attachment;")


@pytest.mark.parametrize("content", [PAGE, b'<?xml version="1.0"?><svg onload="x()"/>', b"<svg onload=x()>", b"GIF", b"MZ\x90\0"])
def test_nothing_else_is_ever_shown_by_the_browser_whatever_it_is_called(desk: FlaskClient, record: UUID, content: bytes) -> None:
    bring(desk, address(record), (content, "picture.png"))
    (file,) = kept()
    response = open_it(desk, record, file.id)
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_a_newer_file_takes_the_place_of_an_older_one_which_can_still_be_opened(desk: FlaskClient, record: UUID) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"), note="First")
    (old,) = kept()
    where = f"{address(record)}/{old.id}/replace"
    assert 'value="First"' in visit(desk, where).text
    assert bring(desk, where, (PDF + b"more", "Contract 2.pdf"), note="Second").status_code == 303
    page = plain(visit(desk, address(record)).text)
    assert "Files (1)" in page
    assert "Replaced or removed (1)" in page
    assert "replaced by Contract 2.pdf" in page
    assert open_it(desk, record, old.id).data == PDF
    again = bring(desk, where, (b"third", "third.txt"))
    assert (again.status_code, problems(again)) == (422, ["A newer file has taken its place already."])


def test_removing_asks_first_then_deletes_the_content_for_good(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"))
    (file,) = kept()
    where = f"{address(record)}/{file.id}/remove"
    assert "Its content is deleted for good" in visit(desk, where).text
    assert send(desk, where).status_code == 303
    assert stored(tmp_path) == []
    assert LooseFile.select().count() == 0
    assert Attachment.get_by_id(file.id).key is None
    page = plain(visit(desk, address(record)).text)
    assert "Removed by Dev Marchetti" in page
    assert "Files (0)" in page
    assert send(desk, f"{address(record)}/{file.id}/open", address(record)).status_code == 404
    visit(desk, where, 404)


def test_a_form_with_something_missing_keeps_what_was_typed_and_leaves_no_bytes(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    response = bring(desk, address(record), (PDF, "Contract.pdf"), category="nonsense", note="Keep me")
    check_page(response)
    assert (response.status_code, problems(response)) == (422, ["Choose what it is: the category."])
    assert 'value="Keep me"' in response.text
    assert problems(bring(desk, address(record))) == ["Choose a file first."]
    assert problems(bring(desk, address(record), (PDF, "c.pdf"), note="x" * 501)) == ["Shorten the note to 500 characters."]
    assert (kept(), stored(tmp_path), LooseFile.select().count()) == ([], [], 0)


def test_an_empty_file_and_one_that_is_here_already_are_refused_beside_those_that_are_taken(desk: FlaskClient, record: UUID) -> None:
    response = bring(desk, address(record), (PDF, "Contract.pdf"), (b"", "empty.txt"), (PDF, "Same again.pdf"))
    assert response.status_code == 422
    said = plain(response.text)
    assert "1 file added" in said
    assert "empty.txt is empty." in said
    assert "Same again.pdf is here already, under the name Contract.pdf." in said
    assert [file.name for file in kept()] == ["Contract.pdf"]
    assert LooseFile.select().count() == 0


@pytest.mark.parametrize("key", ["gus", "ian", "dina"])
def test_who_only_reads_may_open_and_nothing_else(
    app: Flask, desk: FlaskClient, people: dict[str, Person], record: UUID, tmp_path: Path, key: str
) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"))
    (file,) = kept()
    client = app.test_client()
    sign_in(client, people[key])
    page = visit(client, address(record)).text
    assert "Add files" not in page
    assert "/replace" not in page
    assert open_it(client, record, file.id).data == PDF
    proof = token(client, address(record))
    for where in ("", f"/{file.id}/replace", f"/{file.id}/remove"):
        sent = {"csrf_token": proof, "category": "other", "files": [(io.BytesIO(PNG), "x.png")]}
        assert client.post(address(record) + where, data=sent).status_code == 403
    visit(client, f"{address(record)}/{file.id}/remove", 403)
    assert (len(kept()), len(stored(tmp_path))) == (1, 1)


def test_a_role_that_may_not_see_the_register_sees_no_file(client: FlaskClient, tess: Person, record: UUID) -> None:
    sign_in(client, tess)
    visit(client, address(record), 403)
    assert client.post(f"{address(record)}/{uuid4()}/open", data={"csrf_token": token(client, "/account/password")}).status_code == 403


def test_the_files_of_another_school_are_not_there(
    desk: FlaskClient, record: UUID, app: Flask, otto: Person, other_school: School, elsewhere: Occasion, tmp_path: Path
) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"))
    (file,) = kept()
    with doors.looking_at(other_school.id):
        theirs = records.add(SUPPLIERS, {"name": "Theirs"}, elsewhere).id
    client = app.test_client()
    sign_in(client, otto)
    proof = token(client, address(theirs))
    for where in (record, theirs):
        for deed in ("open", "replace", "remove"):
            sent = {"csrf_token": proof, "category": "other", "files": [(io.BytesIO(PNG), "x.png")]}
            assert client.post(f"{address(where)}/{file.id}/{deed}", data=sent).status_code == 404
    visit(client, address(record), 404)
    assert bring(client, address(record), (PNG, "x.png"), page=address(theirs)).status_code == 404
    assert len(stored(tmp_path)) == 1


def test_a_file_belongs_to_its_record_and_is_not_found_under_another(desk: FlaskClient, record: UUID, occasion: Occasion) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"))
    (file,) = kept()
    other = records.add(SUPPLIERS, {"name": "Another"}, occasion).id
    assert open_it(desk, other, file.id).status_code == 404


def test_a_form_without_its_token_leaves_no_bytes(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    sent = {"csrf_token": "nonsense", "category": "other", "files": [(io.BytesIO(PDF), "c.pdf")]}
    assert desk.post(address(record), data=sent).status_code == 400
    assert (stored(tmp_path), LooseFile.select().count()) == ([], 0)


def test_a_stranger_stores_nothing(client: FlaskClient, record: UUID, tmp_path: Path) -> None:
    assert client.post(address(record), data={"files": [(io.BytesIO(PDF), "c.pdf")]}).status_code == 302
    assert stored(tmp_path) == []


def test_more_than_the_cap_is_refused_with_a_page_and_leaves_no_bytes(app: Flask, desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    object.__setattr__(app.extensions["settings"], "file_mb", 1)
    body = form_of(token(desk, address(record)), bytes(4 * 1024 * 1024)) + b"\r\n--b--\r\n"
    response = desk.post(address(record), input_stream=io.BytesIO(body), content_length=len(body), content_type=FORM)
    check_page(response)
    assert response.status_code == 413
    assert "All that you add in one go may have up to 1 MB" in plain(response.text)
    assert (kept(), stored(tmp_path)) == ([], [])


def test_an_upload_that_breaks_off_leaves_no_bytes(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    body = form_of(token(desk, address(record)), PDF * 1000)
    response = desk.post(address(record), input_stream=io.BytesIO(body), content_length=len(body) + 1000, content_type=FORM)
    assert response.status_code == 400
    assert (kept(), stored(tmp_path), LooseFile.select().count()) == ([], [], 0)


def test_an_archived_record_keeps_its_files_and_takes_no_more(desk: FlaskClient, record: UUID, occasion: Occasion) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"))
    records.archive(SUPPLIERS, records.find(SUPPLIERS, record, occasion.by), occasion)
    (file,) = kept()
    assert "Add files" not in visit(desk, address(record)).text
    assert open_it(desk, record, file.id).data == PDF
    assert "This record is archived." in plain(bring(desk, address(record), (PNG, "x.png"), page="/account/password").text)
    assert send(desk, f"{address(record)}/{file.id}/remove").status_code == 409


def test_a_file_whose_bytes_are_gone_is_said_to_be_and_not_sent(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    bring(desk, address(record), (PDF, "Contract.pdf"))
    (file,) = kept()
    (path,) = stored(tmp_path)
    path.unlink()
    response = open_it(desk, record, file.id)
    check_page(response)
    assert response.status_code == 410
    assert "missing or was altered" in plain(response.text)
    assert AuditEntry.select().where(AuditEntry.deed == Happened.FILE_OPENED.value).count() == 0


def test_no_name_of_a_file_stands_in_an_address_a_cookie_or_the_log(desk: FlaskClient, record: UUID) -> None:
    response = bring(desk, address(record), (PDF, "Contract of Nell Abara.pdf"))
    assert "Nell" not in str(response.headers)
    page = visit(desk, address(record)).text
    assert not re.search(r'(?:href|action)="[^"]*Nell', page)


def test_a_name_is_shown_as_text_and_travels_safely(desk: FlaskClient, record: UUID) -> None:
    bring(desk, address(record), (PDF, '<b>Ünsere "Akte"</b>\r\n.pdf'))
    (file,) = kept()
    assert "<b>" not in visit(desk, address(record)).text
    header = open_it(desk, record, file.id).headers["Content-Disposition"]
    assert "\n" not in header
    assert header.startswith('inline; filename="')
    assert "%C3%9Cnsere" in header


def test_a_browser_is_told_a_name_it_can_save_under() -> None:
    assert disposition("attachment", "Räume.pdf") == "attachment; filename=\"Raume.pdf\"; filename*=UTF-8''R%C3%A4ume.pdf"


def test_sizes_are_said_as_people_say_them() -> None:
    sizes = (0, 900, 1024, 1_500_000, 20_971_520, 3 * 1024**3)
    assert [in_bytes(size) for size in sizes] == ["0 bytes", "900 bytes", "1.0 KB", "1.4 MB", "20 MB", "3.0 GB"]


def test_a_store_out_of_reach_is_said_on_a_page_and_nothing_is_kept(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    response = bring(desk, address(record), (PDF, "Contract.pdf"))
    check_page(response)
    assert response.status_code == 503
    assert "does not answer, or is full" in plain(response.text)
    assert kept() == []


def test_without_an_answer_of_the_scanner_the_page_says_so_and_keeps_nothing(desk: FlaskClient, record: UUID, tmp_path: Path) -> None:
    virus_scan.use(nobody_there())
    assert "looked at by the virus scanner" in visit(desk, address(record)).text
    response = bring(desk, address(record), (PDF, "Contract.pdf"))
    assert (response.status_code, problems(response)[0][:36]) == (422, "The virus scanner does not answer, s")
    assert (kept(), stored(tmp_path)) == ([], [])
    with clamd() as scanner:
        virus_scan.use(scanner)
        response = bring(desk, address(record), (PDF, "Contract.pdf"), (HARMFUL, "nasty.txt"))
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
