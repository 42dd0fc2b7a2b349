"""Papers: a record, a list and a register as tagged PDF, with only what the reader may take away, noted in the history."""

import io
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from exports import register_paper
from models.audit import AuditEntry
from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.browsing import send, sign_in
from tests.people import Person


@pytest.fixture
def files(in_quillbrook: School, occasion: Occasion) -> UUID:
    """An asset with a supplier, and answers that look like markup."""
    supplier = records.add(SUPPLIERS, {"name": "Shredders & Sons"}, occasion).id
    return records.add(ASSETS, {"name": "Pupil #files [x] $1$", "description": "Kept \\\n*twice*", "suppliers": (supplier,)}, occasion).id  # type: ignore[no-any-return]


def words(pdf: bytes) -> str:
    """What a paper says, as its own text layer gives it."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_record_is_a_tagged_paper_with_everything_that_it_must_carry(client: FlaskClient, dev: Person, files: UUID) -> None:
    sign_in(client, dev)
    answer = send(client, f"/registers/assets/{files}/record.pdf", f"/registers/assets/{files}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    paper = PdfReader(io.BytesIO(answer.data))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid:part>1<" in paper.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    assert paper.trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]
    said = words(answer.data)
    answers = ("Pupil #files [x] $1$", "IA-0001", "Kept \\ *twice*", "Shredders & Sons (SU-0001)")
    for expected in (*answers, "Quillbrook Primary School", "23 November 2026", "Page 1 of"):
        assert expected in said
    entry = AuditEntry.select().where(AuditEntry.deed == "exported").get()
    assert entry.record == files
    assert f"History: entry {entry.number}, seal" in said


def test_a_list_carries_what_its_address_asks_for_and_says_so(client: FlaskClient, dev: Person, files: UUID, occasion: Occasion) -> None:
    for number in range(150):
        records.add(ASSETS, {"name": f"Door pass {number:03d}"}, occasion)
    sign_in(client, dev)
    said = words(send(client, "/registers/assets/list.pdf?q=pass&column=owner", "/registers/assets/").data)
    assert "150 information assets, with “pass” in it." in said
    assert said.count("Door pass") == 150
    assert "Pupil" not in said


def test_a_register_in_full_has_every_record(client: FlaskClient, dev: Person, files: UUID, occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Door passes"}, occasion)
    sign_in(client, dev)
    said = words(send(client, "/registers/assets/register.pdf", "/registers/assets/").data)
    assert "Pupil #files [x] $1$ (IA-0001)" in said
    assert "Door passes (IA-0002)" in said
    assert "2 information assets." in said


def test_who_may_not_export_gets_no_paper(client: FlaskClient, tess: Person, otto: Person, files: UUID) -> None:
    for person, status in ((tess, 403), (otto, 404)):
        reader = client.application.test_client()
        sign_in(reader, person)
        assert send(reader, f"/registers/assets/{files}/record.pdf", "/account").status_code == status
    assert AuditEntry.select().where(AuditEntry.deed == "exported").count() == 0


def test_a_version_is_not_made_by_a_paper(client: FlaskClient, dev: Person, files: UUID, occasion: Occasion) -> None:
    sign_in(client, dev)
    send(client, f"/registers/assets/{files}/record.pdf", f"/registers/assets/{files}")
    assert records.find(ASSETS, files, occasion.by).version == 1


def test_a_paper_that_would_be_too_long_leads_back_to_the_list_which_says_why(
    client: FlaskClient, dev: Person, files: UUID, occasion: Occasion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_paper, "MOST_RECORDS", 1)
    records.add(ASSETS, {"name": "Door passes"}, occasion)
    sign_in(client, dev)
    answer = send(client, "/registers/assets/register.pdf", "/registers/assets/")
    assert (answer.status_code, answer.location) == (303, "/registers/assets/")
    assert "A paper holds at most 1 information assets, and these are 2." in client.get(answer.location).text
