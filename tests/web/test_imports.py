"""A spreadsheet as it is becomes records: through the browser, step by step, and never by half."""

import re
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from time_machine import Traveller

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.upload import Upload
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import plain, send, sign_in, token, visit
from tests.people import Person
from tests.web.importing import START, brought, names, press_save, preview_of, settled

MESSY = "Asset name;Kept where;Owner;Review date;Colour\r\nPaper files;Attic;Ola Brandt;04/01/2027;red\r\nPupil database;Cloud;;05/02/2027;\r\n"


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
