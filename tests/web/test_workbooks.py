"""Workbooks through the pages: taken away by those who may, brought in sheet by sheet, and nothing left behind."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.upload import Upload
from registry import records
from registry.access import Deed, may
from registry.catalogue import REGISTERS
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.browsing import check_page, plain, send, sign_in, token, visit
from tests.exports.workbooks import workbook
from tests.people import Person
from tests.web.importing import START, brought, press_save, settled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS = ("/registers/assets/export.xlsx", "/registers/export.xlsx", "/registers/processing/export/ico.xlsx")
HEADINGS = ("Asset", "Owner", "Next review", "Format")


def book_of(response: TestResponse, folder: Path) -> Any:
    (folder / "answer.xlsx").write_bytes(response.data)
    return load_workbook(folder / "answer.xlsx")


# --- out -------------------------------------------------------------------------------------------------------------


def test_a_list_goes_out_as_it_is_shown(desk: FlaskClient, occasion: Occasion, tmp_path: Path) -> None:
    with doors.looking_at(occasion.by.school):  # type: ignore[arg-type]
        for name, form in (("Paper files", "paper"), ("Pupil database", "cloud")):
            records.add(ASSETS, {"name": name, "format": form}, occasion)
    page = visit(desk, "/registers/assets/?format=paper").text
    address = re.search(r'action="(/registers/assets/export\.xlsx[^"]*)"', page)
    assert address
    response = send(desk, address[1].replace("&amp;", "&"), "/registers/assets/")
    assert (response.status_code, response.content_type) == (200, XLSX)
    assert 'filename="assets-2026-11-23.xlsx"' in response.headers["Content-Disposition"]
    sheet = book_of(response, tmp_path)["Information assets"]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Paper files"]
    assert AuditEntry.select().where(AuditEntry.deed == "exported").count() == 1


def test_the_whole_school_and_the_icos_layout_go_out(desk: FlaskClient, dev: Person, tmp_path: Path) -> None:
    taken = [register.heading for register in REGISTERS if may(dev.actor, Deed.EXPORT, register)]
    assert book_of(send(desk, EXPORTS[1], "/registers/assets/"), tmp_path).sheetnames == [*taken, "Choices"]
    assert book_of(send(desk, EXPORTS[2], "/registers/assets/"), tmp_path).sheetnames == ["Controller", "Processor"]


@pytest.mark.parametrize("path", EXPORTS)
@pytest.mark.parametrize("key", ["ola", "ian", "tess", "gus"])
def test_those_who_may_not_export_are_refused(client: FlaskClient, people: dict[str, Person], key: str, path: str) -> None:
    sign_in(client, people[key])
    assert send(client, path, "/account").status_code == 403
    assert not AuditEntry.select().where(AuditEntry.deed == "exported").count()


def test_no_other_register_has_the_icos_layout(desk: FlaskClient) -> None:
    assert send(desk, "/registers/assets/export/ico.xlsx", "/registers/assets/").status_code == 404


def test_another_schools_records_are_in_no_workbook(desk: FlaskClient, elsewhere: Occasion, tmp_path: Path) -> None:
    with doors.looking_at(elsewhere.by.school):  # type: ignore[arg-type]
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    for sheet in book_of(send(desk, EXPORTS[1], "/registers/assets/"), tmp_path):
        assert "Theirs" not in {cell for row in sheet.iter_rows(values_only=True) for cell in row}


@pytest.mark.parametrize("slug", [register.slug for register in REGISTERS])
def test_the_dictionary_is_a_page_and_two_files(client: FlaskClient, hana: Person, slug: str, tmp_path: Path) -> None:
    sign_in(client, hana)
    page = plain(visit(client, f"/registers/{slug}/dictionary").text)
    book = book_of(visit(client, f"/registers/{slug}/dictionary.xlsx"), tmp_path)
    rows = visit(client, f"/registers/{slug}/dictionary.csv").text
    for question in next(register for register in REGISTERS if register.slug == slug).questions.values():
        assert question.ask in page.replace("&#39;", "’")
        assert question.label in rows
    assert book.sheetnames == ["What each column means"]


def test_the_dictionary_shows_what_the_reader_may_see(client: FlaskClient, ian: Person) -> None:
    sign_in(client, ian)
    page = visit(client, "/registers/processing/dictionary").text
    assert "security_measures" in page
    assert "lia_balance" not in page


def test_the_list_offers_its_files_and_the_import_page_its_empty_ones(desk: FlaskClient, occasion: Occasion) -> None:
    with doors.looking_at(occasion.by.school):  # type: ignore[arg-type]
        records.add(ASSETS, {"name": "Paper files"}, occasion)
    page = plain(visit(desk, "/registers/assets/").text)
    assert "These 1 as an Excel workbook" in page
    assert "ICO" not in page
    assert "/registers/assets/import/template.xlsx" in visit(desk, START).text
    assert visit(desk, f"{START}/template.xlsx").content_type == XLSX


# --- in --------------------------------------------------------------------------------------------------------------


def test_a_workbook_of_one_sheet_goes_straight_to_its_columns(desk: FlaskClient, school: Any) -> None:
    place = brought(desk, workbook(HEADINGS, ["Paper files", "Ola Brandt", "2027-01-04", "Paper"]))  # type: ignore[arg-type]
    assert "1 row and 4 columns were read" in plain(visit(desk, place).text)
    assert settled(desk, place).status_code == 303
    assert press_save(desk, f"{place}/preview").location == "/registers/assets/"
    with doors.looking_at(school.id):
        asset = Asset.get()
        assert (asset.name, asset.owner, asset.next_review_on.isoformat(), asset.format.value) == ("Paper files", "Ola Brandt", "2027-01-04", "paper")
    assert not Upload.select().count()


def several() -> bytes:
    return workbook(["Read me"], ["x"], title="Cover", also={"List": [HEADINGS, ["Paper files", "Ola"]], "Empty heads": [["Asset", "Owner"]]})


def test_of_several_sheets_one_is_chosen(desk: FlaskClient) -> None:
    place = brought(desk, several())  # type: ignore[arg-type]
    assert place.endswith("/sheet")
    page = visit(desk, place).text
    assert re.search(r'value="List"[^>]* checked', page)
    step = place.removesuffix("/sheet")
    assert desk.get(step).location == place, "no step comes before the sheet is chosen"
    assert desk.get(f"{step}/preview", follow_redirects=True).request.path == place
    for wrong, words in (("Empty heads", "no rows below"), ("Nowhere", "no such sheet"), ("", "no such sheet")):
        refused = send(desk, place, sheet=wrong)
        assert refused.status_code == 422
        check_page(refused)
        assert words in plain(refused.text)
    assert send(desk, place, sheet="List").location == step
    assert "1 row and 4 columns were read" in plain(visit(desk, step).text)
    assert desk.get(place).location == step, "the choice is made"
    assert send(desk, place, step, sheet="Cover").location == step


def test_a_workbook_on_its_way_can_be_given_up_and_is_nobody_elses(desk: FlaskClient, app: Any, otto: Person) -> None:
    place = brought(desk, several())  # type: ignore[arg-type]
    theirs = app.test_client()
    sign_in(theirs, otto)
    assert theirs.get(place).status_code == 404
    assert send(theirs, place, START, sheet="List").status_code == 404
    send(desk, place.replace("/sheet", "/give-up"), place)
    assert not Upload.select().count()
    assert desk.get(place).status_code == 404


def test_a_cell_that_cannot_be_trusted_is_mended_on_the_page(desk: FlaskClient, school: Any) -> None:
    place = brought(desk, workbook(HEADINGS, ["Paper files", "=A1", "2027-01-04", "Paper"]))  # type: ignore[arg-type]
    settled(desk, place)
    page = plain(visit(desk, f"{place}/preview").text)
    assert "Line 2, Owner: “=A1” is a formula, and the file does not hold what it comes to." in page
    send(desk, f"{place}/mend", f"{place}/preview", **{"cell-0-owner": "Ola Brandt"})
    press_save(desk, f"{place}/preview")
    with doors.looking_at(school.id):
        assert Asset.get().owner == "Ola Brandt"


@pytest.mark.parametrize(
    ("name", "raw", "note"),
    [
        ("list.xlsx", b"Asset,Owner\nFiles,Ola\n", "is called .xlsx, but holds plain text (CSV)"),
        ("list.csv", workbook(HEADINGS, ["Files"]), "is called .csv, but is an Excel workbook"),
    ],
    ids=["text called a workbook", "a workbook called text"],
)
def test_what_a_file_is_decides_and_what_it_is_called_is_remarked_upon(desk: FlaskClient, name: str, raw: bytes, note: str) -> None:
    response = desk.post(START, data={"csrf_token": token(desk, START), "file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")
    assert note in plain(visit(desk, response.location).text)


def test_a_large_file_says_that_its_rows_are_being_looked_at(desk: FlaskClient) -> None:
    place = brought(desk, "Asset\n" + "".join(f"Thing {number}\n" for number in range(2_000)))
    looking = settled(desk, place).location
    page = visit(desk, looking)
    assert "Looking at 2,000 rows" in plain(page.text)
    assert page.headers["Refresh"] == f"0; url={place}/preview"
    assert "Save all 2,000" in plain(visit(desk, f"{place}/preview").text)
