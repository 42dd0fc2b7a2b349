"""A spreadsheet as it is becomes records: through the browser, step by step, and never by half."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from time_machine import Traveller
from werkzeug.test import TestResponse

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.upload import Upload
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import check_page, plain, send, sign_in, token, visit
from tests.people import Person

START = "/registers/assets/import"
MESSY = "Asset name;Kept where;Owner;Review date;Colour\r\nPaper files;Attic;Ola Brandt;04/01/2027;red\r\nPupil database;Cloud;;05/02/2027;\r\n"


@pytest.fixture
def desk(client: FlaskClient, dev: Person) -> FlaskClient:
    sign_in(client, dev)
    return client


def bring(desk: FlaskClient, content: bytes | str, name: str = "list.csv", start: str = START) -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    return desk.post(start, data={"csrf_token": token(desk, start), "file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")


def brought(desk: FlaskClient, content: bytes | str, start: str = START) -> str:
    response = bring(desk, content, start=start)
    assert response.status_code == 303, plain(response.text)
    return response.location


def settled(desk: FlaskClient, place: str, **answers: str) -> TestResponse:
    """Send the page of columns as it stands, with some of its answers changed."""
    page = visit(desk, place).text
    chosen = {name: value for name, box in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.DOTALL)
              for value in re.findall(r'value="([^"]*)" selected', box)}  # fmt: skip
    return send(desk, place, **{**chosen, **answers})


def preview_of(desk: FlaskClient, content: bytes | str, **answers: str) -> str:
    place = brought(desk, content)
    response = settled(desk, place, **answers)
    assert response.status_code == 303, plain(response.text)
    return f"{place}/preview"


def press_save(desk: FlaskClient, preview: str) -> TestResponse:
    shown = re.search(r'name="shown" value="([0-9a-f]+)"', visit(desk, preview).text)
    assert shown, plain(visit(desk, preview).text)
    return desk.post(preview.replace("/preview", "/save"), data={"csrf_token": token(desk, preview), "shown": shown[1]})


def names(school: Any) -> list[str]:
    with doors.looking_at(school.id):
        return sorted(row.name for row in Asset.select())


def complaint(response: TestResponse) -> str:
    assert response.status_code == 422
    check_page(response)
    assert not Upload.select().count()
    found = re.search(r'id="file-error"[^>]*>(.*?)</p>', response.text, re.DOTALL)
    assert found, plain(response.text)
    return plain(found[1]).removeprefix("Error: ")


# --- the whole way ----------------------------------------------------------------------------------------------------


def test_a_messy_list_becomes_records(desk: FlaskClient, school: Any) -> None:
    place = brought(desk, MESSY)
    page = plain(visit(desk, place).text)
    assert "2 rows and 5 columns were read" in page
    assert "Which comes first in “04/01/2027”?" in page
    assert "1 column answers no question “Colour”" in page
    preview = settled(desk, place, **{"column-1": "location", "order-3": "day_first", "leave_out": "4"})
    assert preview.status_code == 303, plain(preview.text)
    shown = plain(visit(desk, f"{place}/preview").text)
    assert "Next review: 4 Jan 2027" in shown
    assert "Columns left out: Colour." in shown
    saved = press_save(desk, f"{place}/preview")
    assert saved.location == "/registers/assets/"
    assert "Imported. 2 added." in plain(visit(desk, saved.location).text)
    assert names(school) == ["Paper files", "Pupil database"]
    with doors.looking_at(school.id):
        assert Asset.get(Asset.name == "Paper files").owner == "Ola Brandt"
    assert not Upload.select().count()
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_rows_can_be_pasted(desk: FlaskClient) -> None:
    response = send(desk, START, pasted="Asset\tFormat\nPaper files\tPaper")
    assert response.status_code == 303
    assert "1 row and 2 columns" in plain(visit(desk, response.location).text)


def test_a_row_in_trouble_is_mended_on_the_page_and_then_all_is_saved(desk: FlaskClient, school: Any) -> None:
    preview = preview_of(desk, "Asset,Format,Next review\nPaper files,papyrus,2027-01-04\nPupil database,Paper,2027-02-31\nTapes,Paper,\n")
    page = visit(desk, preview)
    assert "2 rows cannot be saved as they are" in plain(page.text)
    assert "Line 3, Next review: 31 February 2027 does not exist" in plain(page.text)
    assert 'name="shown"' not in page.text
    mended = send(desk, preview.replace("preview", "mend"), preview, **{"cell-0-format": "paper", "cell-1-next_review_on": "2027-02-31"})
    assert mended.status_code == 303
    assert "1 row cannot be saved as it is" in plain(visit(desk, mended.location).text)
    send(desk, preview.replace("preview", "mend"), preview, **{"cell-1-next_review_on": "28 February 2027"})
    press_save(desk, preview)
    assert names(school) == ["Paper files", "Pupil database", "Tapes"]


def test_the_same_wrong_word_is_mended_once_for_all_rows(desk: FlaskClient, school: Any) -> None:
    preview = preview_of(desk, "Asset name;Format\nOne;parchment\nTwo;parchment\nThree;parchment\nFour;wax\n")
    page = visit(desk, preview).text
    assert "Use it for all 3 rows that say “parchment”" in plain(page)
    assert page.count('name="alike-cell-') == 1, "the tick is offered once for a word, and not for a word that stands once"
    answers = {"cell-0-format": "paper", "alike-cell-0-format": "on", "cell-2-format": "cloud", "cell-3-format": "paper"}
    send(desk, preview.replace("preview", "mend"), preview, **answers)
    press_save(desk, preview)
    with doors.looking_at(school.id):
        assert {asset.name: asset.format.value for asset in Asset.select()} == {"One": "paper", "Two": "paper", "Three": "cloud", "Four": "paper"}


def test_a_row_in_trouble_can_be_left_out_and_brought_back(desk: FlaskClient, school: Any) -> None:
    preview = preview_of(desk, "Asset,Location\nPaper files,Office\n,second shelf\n")
    send(desk, preview.replace("preview", "mend"), preview, **{"leave-1": "on"})
    send(desk, preview.replace("preview", "mend"), preview, **{"back-1": "on"})
    assert "1 row cannot be saved" in plain(visit(desk, preview).text)
    send(desk, preview.replace("preview", "mend"), preview, leave_all="yes")
    saved = press_save(desk, preview)
    assert "1 added, 1 left out" in plain(visit(desk, saved.location).text)
    assert names(school) == ["Paper files"]


def test_a_second_press_says_that_it_was_saved_already(desk: FlaskClient, school: Any) -> None:
    preview = preview_of(desk, "Asset\nPaper files\n")
    shown = re.search(r'name="shown" value="([0-9a-f]+)"', visit(desk, preview).text)
    assert shown
    sent = {"csrf_token": token(desk, preview), "shown": shown[1]}
    save = preview.replace("preview", "save")
    assert [desk.post(save, data=sent).status_code for _ in range(2)] == [303, 303]
    assert "This file was saved already. 1 added." in plain(visit(desk, "/registers/assets/").text)
    assert names(school) == ["Paper files"]
    assert visit(desk, preview, 302 if desk.get(preview).status_code == 302 else 303).location == "/registers/assets/"


def test_what_changed_since_the_preview_is_shown_before_anything_is_saved(desk: FlaskClient, school: Any, occasion: Occasion) -> None:
    preview = preview_of(desk, "Asset,Location\nPaper files,Attic\n")
    stale = re.search(r'name="shown" value="([0-9a-f]+)"', visit(desk, preview).text)
    assert stale
    with doors.looking_at(school.id):
        records.add(ASSETS, {"name": "Paper files"}, occasion)
    response = send(desk, preview.replace("preview", "save"), preview, shown=stale[1])
    page = plain(visit(desk, response.location).text)
    assert "nothing was saved. Look at the rows again" in page
    assert "Location: nothing becomes Attic" in page
    assert names(school) == ["Paper files"]


def test_giving_up_deletes_the_file(desk: FlaskClient, school: Any) -> None:
    preview = preview_of(desk, "Asset\nPaper files\n")
    assert "A file is waiting" in plain(visit(desk, START).text)
    response = send(desk, preview.replace("preview", "give-up"), preview)
    assert "nothing was imported" in plain(visit(desk, response.location).text)
    assert not Upload.select().count()
    assert names(school) == []
    visit(desk, preview, 404)


def test_a_file_is_gone_after_a_day(desk: FlaskClient, clock: Traveller, dev: Person) -> None:
    preview = preview_of(desk, "Asset\nPaper files\n")
    clock.shift(86_401)
    sign_in(desk, dev)
    visit(desk, preview, 404)


# --- settling the columns ---------------------------------------------------------------------------------------------


def test_columns_without_a_question_must_be_left_out_knowingly(desk: FlaskClient) -> None:
    place = brought(desk, "Asset,Colour,Shape\nPaper files,red,round\n")
    for ticked in ({}, {"leave_out": "1"}):
        response = settled(desk, place, **ticked)
        assert response.status_code == 422
        assert "Tick that the columns without an answer may be left out" in plain(response.text)
    assert settled(desk, place, leave_out="1,2").status_code == 303


def test_two_columns_cannot_answer_one_question(desk: FlaskClient) -> None:
    place = brought(desk, "Asset,Location,Room\nPaper files,a,b\n")
    response = settled(desk, place, **{"column-1": "location", "column-2": "location"})
    assert response.status_code == 422
    assert "“Location” answers this already" in plain(response.text)


def test_the_order_of_days_is_asked_for_and_never_guessed(desk: FlaskClient, school: Any) -> None:
    place = brought(desk, "Asset,Next review\nPaper files,04/01/2027\n")
    response = settled(desk, place)
    assert response.status_code == 422
    assert "Say whether the day or the month comes first." in plain(response.text)
    assert settled(desk, place, **{"order-1": "month_first"}).status_code == 303
    assert "Next review: 1 Apr 2027" in plain(visit(desk, f"{place}/preview").text)


def test_a_file_without_names_is_not_settled(desk: FlaskClient) -> None:
    place = brought(desk, "Colour,Shape\nred,round\n")
    response = settled(desk, place, leave_out="0,1")
    assert response.status_code == 422
    assert "No column says what each information asset is called." in plain(response.text)


def test_the_preview_waits_until_the_columns_are_settled(desk: FlaskClient) -> None:
    place = brought(desk, "Asset\nPaper files\n")
    assert visit(desk, f"{place}/preview", 302).location == place


def test_the_empty_file_has_every_heading_and_reads_back(desk: FlaskClient) -> None:
    response = visit(desk, f"{START}/headings.csv")
    assert response.mimetype == "text/csv"
    assert response.data.decode("utf-8-sig").startswith("Reference,Asset,Description,")
    place = brought(desk, response.data + b",Paper files\r\n")
    assert "answers no question" not in plain(visit(desk, place).text)


# --- files as they are ------------------------------------------------------------------------------------------------

PLAIN = "Asset;Location\nSäulenakte;Büro\n"


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(";", "\t").encode("utf-16"),
        PLAIN.replace(";", ",").encode(),
        ("sep=;\n" + PLAIN).encode(),
    ],
)
def test_a_file_is_read_however_it_was_saved(desk: FlaskClient, school: Any, raw: bytes) -> None:
    press_save(desk, preview_of(desk, raw))
    assert names(school) == ["Säulenakte"]


def test_headings_that_occur_twice_are_told_apart(desk: FlaskClient) -> None:
    page = plain(visit(desk, brought(desk, "Asset,Notes,Notes\nPaper files,a,b\n")).text)
    assert "More than 1 column is headed “Notes”" in page
    assert "Notes (2)" in page


def test_rows_that_carry_on_others_are_reported_and_not_imported(desk: FlaskClient) -> None:
    page = plain(visit(desk, preview_of(desk, "Asset,Location\nPaper files,Office\n,Attic\n,Cellar\n")).text)
    assert "2 rows cannot be saved" in page
    assert "Line 3, Asset: This row has no name." in page


def test_a_number_that_a_spreadsheet_damaged_is_refused(desk: FlaskClient) -> None:
    preview = preview_of(desk, "Asset,Location\n6.37E+15,Office\n")
    assert "is what a spreadsheet made of a longer number" in plain(visit(desk, preview).text)


def test_formulas_are_shown_as_text(desk: FlaskClient) -> None:
    page = visit(desk, preview_of(desk, 'Asset,Location\n"=HYPERLINK(""x"")","<script>alert(1)</script>"\n'))
    assert "=HYPERLINK" in plain(page.text)
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text


def test_a_row_with_too_many_cells_can_only_be_left_out(desk: FlaskClient) -> None:
    page = visit(desk, preview_of(desk, "Asset,Location\nPaper files,Office,one more\n"))
    assert "This row has 1 cell more than there are headings." in plain(page.text)
    assert 'name="leave-0"' in page.text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "Choose a file"),
        (b"Asset,Location\n", "no rows below them"),
        (b"Asset,Password\nServer,hunter2\n", "would bring passwords into the register"),
        (b"PK\x03\x04" + bytes(200), "This workbook is damaged"),
        (bytes(range(256)) * 40, ""),
        (b"Asset\n" + b"x\n" * 60_000, "more than 50,000 rows"),
    ],
    ids=["nothing", "headings only", "passwords", "a workbook", "binary", "60,000 rows"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_and_leaves_nothing(desk: FlaskClient, raw: bytes, words: str) -> None:
    assert words in complaint(bring(desk, raw, "list.xlsx"))


def test_what_a_file_is_called_does_not_matter(desk: FlaskClient) -> None:
    assert bring(desk, "Asset\nPaper files\n", "list.docx").status_code == 303


def test_a_file_that_is_too_large_is_turned_away(desk: FlaskClient) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\nAsset\n' + b"x" * 25_000_000 + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    response = desk.post(START, input_stream=io.BytesIO(body), content_length=len(body), content_type=kind)
    assert response.status_code == 413
    assert "Nothing was saved." in plain(response.text)
    assert not Upload.select().count()


def test_thousands_of_rows_are_shown_page_by_page(desk: FlaskClient, school: Any) -> None:
    preview = preview_of(desk, "Asset\n" + "".join(f"Asset {number}\n" for number in range(2_000)))
    page = visit(desk, preview)
    assert "1 to 50 of 2,000 rows" in plain(page.text)
    assert "1,951 to 2,000 of 2,000 rows" in plain(visit(desk, f"{preview}?start=1950").text)
    for beyond in ("0" * 5_000, "00000000001950", "-1", "²"):
        assert "1 to 50 of 2,000 rows" in plain(visit(desk, f"{preview}?start={beyond}").text)
    press_save(desk, preview)
    assert len(names(school)) == 2_000


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["tess", "gus", "ian", "dina"])
def test_those_who_may_not_import_see_why(client: FlaskClient, people: dict[str, Person], who: str) -> None:
    sign_in(client, people[who])
    visit(client, START, 403)


def test_a_file_is_nobody_elses(desk: FlaskClient, client: FlaskClient, app: Any, ola: Person, otto: Person) -> None:
    preview = preview_of(desk, "Asset\nPaper files\n")
    for person in (ola, otto):
        theirs = app.test_client()
        sign_in(theirs, person)
        for page in ("", "/preview"):
            visit(theirs, preview.replace("/preview", page), 404)
        for deed in ("save", "mend", "give-up"):
            assert send(theirs, preview.replace("preview", deed), START).status_code == 404
    visit(desk, preview.replace("/assets/", "/suppliers/"), 404)
    visit(desk, f"{START}/{uuid4()}", 404)


def test_another_schools_reference_leads_nowhere(desk: FlaskClient, app: Any, elsewhere: Occasion, other_school: Any) -> None:
    with doors.looking_at(other_school.id):
        records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    page = plain(visit(desk, preview_of(desk, "Reference,Asset\nIA-0001,Mine now\n")).text)
    assert "There is no information asset IA-0001 here." in page
    assert "Theirs" not in page


# --- and out again ----------------------------------------------------------------------------------------------------


def test_the_list_goes_out_as_it_is_shown_and_is_noted(desk: FlaskClient, school: Any, occasion: Occasion) -> None:
    with doors.looking_at(school.id):
        for name, form in (("Paper files", "paper"), ("=cmd", "cloud")):
            records.add(ASSETS, {"name": name, "format": form, "owner": "Ola Brandt"}, occasion)
    response = send(desk, "/registers/assets/export.csv?format=cloud&column=owner", "/registers/assets/")
    assert (response.status_code, response.headers["Content-Disposition"]) == (200, 'attachment; filename="assets-2026-11-23.csv"')
    assert response.data.decode("utf-8-sig") == "Reference,Asset,Owner\r\nIA-0002,'=cmd,Ola Brandt\r\n"
    everything = send(desk, "/registers/assets/export.csv?all=1", "/registers/assets/").data
    assert everything.count(b"\r\n") == 3
    assert AuditEntry.select().where(AuditEntry.deed == "exported").count() == 2
    assert desk.get("/registers/assets/export.csv").status_code == 405


def test_what_went_out_comes_back_as_nothing_new(desk: FlaskClient, school: Any, occasion: Occasion) -> None:
    with doors.looking_at(school.id):
        records.add(ASSETS, {"name": "Paper\u2019s “files”", "description": "one\n=two", "individuals": ("pupils",)}, occasion)
    raw = send(desk, "/registers/assets/export.csv?all=1", "/registers/assets/").data
    assert "There is nothing to save" in plain(visit(desk, preview_of(desk, raw)).text)


def test_the_office_may_import_and_not_export(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    assert client.post("/registers/assets/export.csv", data={"csrf_token": token(client, START)}).status_code == 403
    assert not AuditEntry.select().where(AuditEntry.deed == "exported").count()
