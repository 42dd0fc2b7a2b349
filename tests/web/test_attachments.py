"""The files of a record on its pages: added, opened, replaced and removed, by those who may and by nobody else."""

import io
import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.attachment import Attachment, LooseFile
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.trace.audit import Happened
from tests.browsing import check_page, plain, problems, send, sign_in, token, visit
from tests.people import Person
from tests.web.bringing import PAGE, PDF, PNG, address, bring, kept, open_it, stored
from web.attachment_view import disposition, in_bytes


def test_an_empty_page_says_what_belongs_here_and_offers_the_form(desk: FlaskClient, supplier: UUID) -> None:
    page = visit(desk, address(supplier)).text
    assert "Here belongs what proves the answers" in page
    assert "Up to 200 MB in one go" in page
    assert "multiple" in page
    assert "Files (0)" in plain(visit(desk, f"/registers/suppliers/{supplier}").text)


def test_several_files_are_added_at_once_and_shown_with_all_that_is_known_of_them(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    added = bring(desk, address(supplier), (PDF, "Contract.pdf"), (b"A letter of Nell Abara", "letter.txt"), note="Signed  copy")
    assert added.status_code == 303
    page = visit(desk, address(supplier)).text
    said = plain(page)
    for words in ("2 files added", "Files (2)", "Contract.pdf", "Signed copy", "Contract or terms", "PDF", "Text", "22 bytes", "Dev Marchetti"):
        assert words in said, words
    letter = next(file for file in kept() if file.name == "letter.txt")
    assert letter.digest in page
    assert letter.media_type == "text/plain"
    assert len(stored(tmp_path)) == 2
    assert all(b"Nell Abara" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()), "nothing lies in the clear"
    assert LooseFile.select().count() == 0


def test_what_is_downloaded_is_what_was_added_and_that_is_noted(desk: FlaskClient, supplier: UUID) -> None:
    bring(desk, address(supplier), (PAGE, "page.html"))
    (file,) = kept()
    response = open_it(desk, supplier, file.id)
    assert response.data == PAGE
    assert response.headers["Content-Type"] == "application/octet-stream", "a web page is never shown as one"
    assert response.headers["Content-Disposition"] == "attachment; filename=\"page.html\"; filename*=UTF-8''page.html"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    entry = AuditEntry.get(AuditEntry.deed == Happened.FILE_OPENED.value)
    assert (entry.record, entry.subject) == (supplier, "supplier")
    assert "Dev Marchetti opened a file of this supplier" in plain(visit(desk, f"/registers/suppliers/{supplier}/history").text)


@pytest.mark.parametrize(("content", "kind"), [(PDF, "application/pdf"), (PNG, "image/png")])
def test_pictures_and_pdfs_are_shown_in_a_sandbox_unless_they_are_downloaded(desk: FlaskClient, supplier: UUID, content: bytes, kind: str) -> None:
    bring(desk, address(supplier), (content, "a name that says nothing.exe"))
    (file,) = kept()
    shown, saved = open_it(desk, supplier, file.id), open_it(desk, supplier, file.id, save="1")
    assert (shown.headers["Content-Type"], shown.headers["Content-Disposition"][:7]) == (kind, "inline;")
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (saved.headers["Content-Type"], saved.headers["Content-Disposition"][:11]) == ("application/octet-stream", "attachment;")


@pytest.mark.parametrize("content", [PAGE, b'<?xml version="1.0"?><svg onload="x()"/>', b"<svg onload=x()>", b"GIF", b"MZ\x90\0"])
def test_nothing_else_is_ever_shown_by_the_browser_whatever_it_is_called(desk: FlaskClient, supplier: UUID, content: bytes) -> None:
    bring(desk, address(supplier), (content, "picture.png"))
    (file,) = kept()
    response = open_it(desk, supplier, file.id)
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_a_newer_file_takes_the_place_of_an_older_one_which_can_still_be_opened(desk: FlaskClient, supplier: UUID) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"), note="First")
    (old,) = kept()
    where = f"{address(supplier)}/{old.id}/replace"
    assert 'value="First"' in visit(desk, where).text
    assert bring(desk, where, (PDF + b"more", "Contract 2.pdf"), note="Second").status_code == 303
    page = plain(visit(desk, address(supplier)).text)
    assert "Files (1)" in page
    assert "Replaced or removed (1)" in page
    assert "replaced by Contract 2.pdf" in page
    assert open_it(desk, supplier, old.id).data == PDF
    again = bring(desk, where, (b"third", "third.txt"))
    assert (again.status_code, problems(again)) == (422, ["A newer file has taken its place already."])


def test_removing_asks_first_then_deletes_the_content_for_good(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"))
    (file,) = kept()
    where = f"{address(supplier)}/{file.id}/remove"
    assert "Its content is deleted for good" in visit(desk, where).text
    assert send(desk, where).status_code == 303
    assert stored(tmp_path) == []
    assert LooseFile.select().count() == 0
    assert Attachment.get_by_id(file.id).key is None
    page = plain(visit(desk, address(supplier)).text)
    assert "Removed by Dev Marchetti" in page
    assert "Files (0)" in page
    assert send(desk, f"{address(supplier)}/{file.id}/open", address(supplier)).status_code == 404
    visit(desk, where, 404)


def test_a_form_with_something_missing_keeps_what_was_typed_and_leaves_no_bytes(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    response = bring(desk, address(supplier), (PDF, "Contract.pdf"), category="nonsense", note="Keep me")
    check_page(response)
    assert (response.status_code, problems(response)) == (422, ["Choose what it is: the category."])
    assert 'value="Keep me"' in response.text
    assert problems(bring(desk, address(supplier))) == ["Choose a file first."]
    assert problems(bring(desk, address(supplier), (PDF, "c.pdf"), note="x" * 501)) == ["Shorten the note to 500 characters."]
    assert (kept(), stored(tmp_path), LooseFile.select().count()) == ([], [], 0)


def test_an_empty_file_and_one_that_is_here_already_are_refused_beside_those_that_are_taken(desk: FlaskClient, supplier: UUID) -> None:
    response = bring(desk, address(supplier), (PDF, "Contract.pdf"), (b"", "empty.txt"), (PDF, "Same again.pdf"))
    assert response.status_code == 422
    said = plain(response.text)
    assert "1 file added" in said
    assert "empty.txt is empty." in said
    assert "Same again.pdf is here already, under the name Contract.pdf." in said
    assert [file.name for file in kept()] == ["Contract.pdf"]
    assert LooseFile.select().count() == 0


@pytest.mark.parametrize("key", ["gus", "ian", "dina"])
def test_who_only_reads_may_open_and_nothing_else(
    app: Flask, desk: FlaskClient, people: dict[str, Person], supplier: UUID, tmp_path: Path, key: str
) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"))
    (file,) = kept()
    client = app.test_client()
    sign_in(client, people[key])
    page = visit(client, address(supplier)).text
    assert "Add files" not in page
    assert "/replace" not in page
    assert open_it(client, supplier, file.id).data == PDF
    proof = token(client, address(supplier))
    for where in ("", f"/{file.id}/replace", f"/{file.id}/remove"):
        sent = {"csrf_token": proof, "category": "other", "files": [(io.BytesIO(PNG), "x.png")]}
        assert client.post(address(supplier) + where, data=sent).status_code == 403
    visit(client, f"{address(supplier)}/{file.id}/remove", 403)
    assert (len(kept()), len(stored(tmp_path))) == (1, 1)


def test_a_role_that_may_not_see_the_register_sees_no_file(client: FlaskClient, tess: Person, supplier: UUID) -> None:
    sign_in(client, tess)
    visit(client, address(supplier), 403)
    assert client.post(f"{address(supplier)}/{uuid4()}/open", data={"csrf_token": token(client, "/account/password")}).status_code == 403


def test_the_files_of_another_school_are_not_there(
    desk: FlaskClient, supplier: UUID, app: Flask, otto: Person, other_school: School, elsewhere: Occasion, tmp_path: Path
) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"))
    (file,) = kept()
    with doors.looking_at(other_school.id):
        theirs = records.add(SUPPLIERS, {"name": "Theirs"}, elsewhere).id
    client = app.test_client()
    sign_in(client, otto)
    proof = token(client, address(theirs))
    for where in (supplier, theirs):
        for deed in ("open", "replace", "remove"):
            sent = {"csrf_token": proof, "category": "other", "files": [(io.BytesIO(PNG), "x.png")]}
            assert client.post(f"{address(where)}/{file.id}/{deed}", data=sent).status_code == 404
    visit(client, address(supplier), 404)
    assert bring(client, address(supplier), (PNG, "x.png"), page=address(theirs)).status_code == 404
    assert len(stored(tmp_path)) == 1


def test_a_file_belongs_to_its_record_and_is_not_found_under_another(desk: FlaskClient, supplier: UUID, occasion: Occasion) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"))
    (file,) = kept()
    other = records.add(SUPPLIERS, {"name": "Another"}, occasion).id
    assert open_it(desk, other, file.id).status_code == 404


def test_an_archived_record_keeps_its_files_and_takes_no_more(desk: FlaskClient, supplier: UUID, occasion: Occasion) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"))
    records.archive(SUPPLIERS, records.find(SUPPLIERS, supplier, occasion.by), occasion)
    (file,) = kept()
    assert "Add files" not in visit(desk, address(supplier)).text
    assert open_it(desk, supplier, file.id).data == PDF
    assert "This record is archived." in plain(bring(desk, address(supplier), (PNG, "x.png"), page="/account/password").text)
    assert send(desk, f"{address(supplier)}/{file.id}/remove").status_code == 409


def test_a_file_whose_bytes_are_gone_is_said_to_be_and_not_sent(desk: FlaskClient, supplier: UUID, tmp_path: Path) -> None:
    bring(desk, address(supplier), (PDF, "Contract.pdf"))
    (file,) = kept()
    (path,) = stored(tmp_path)
    path.unlink()
    response = open_it(desk, supplier, file.id)
    check_page(response)
    assert response.status_code == 410
    assert "missing or was altered" in plain(response.text)
    assert AuditEntry.select().where(AuditEntry.deed == Happened.FILE_OPENED.value).count() == 0


def test_no_name_of_a_file_stands_in_an_address_a_cookie_or_the_log(desk: FlaskClient, supplier: UUID) -> None:
    response = bring(desk, address(supplier), (PDF, "Contract of Nell Abara.pdf"))
    assert "Nell" not in str(response.headers)
    page = visit(desk, address(supplier)).text
    assert not re.search(r'(?:href|action)="[^"]*Nell', page)


def test_a_name_is_shown_as_text_and_travels_safely(desk: FlaskClient, supplier: UUID) -> None:
    bring(desk, address(supplier), (PDF, '<b>Ünsere "Akte"</b>\r\n.pdf'))
    (file,) = kept()
    assert "<b>" not in visit(desk, address(supplier)).text
    header = open_it(desk, supplier, file.id).headers["Content-Disposition"]
    assert "\n" not in header
    assert header.startswith('inline; filename="')
    assert "%C3%9Cnsere" in header


def test_a_browser_is_told_a_name_it_can_save_under() -> None:
    assert disposition("attachment", "Räume.pdf") == "attachment; filename=\"Raume.pdf\"; filename*=UTF-8''R%C3%A4ume.pdf"


def test_sizes_are_said_as_people_say_them() -> None:
    sizes = (0, 900, 1024, 1_500_000, 20_971_520, 3 * 1024**3)
    assert [in_bytes(size) for size in sizes] == ["0 bytes", "900 bytes", "1.0 KB", "1.4 MB", "20 MB", "3.0 GB"]
