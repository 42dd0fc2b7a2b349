"""Files as programs and people save them are read through the browser, or refused with a sentence."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.upload import Upload
from tests.browsing import plain, visit
from tests.web.importing import START, bring, brought, complaint, names, press_save, preview_of

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
