"""What is refused of a file of rows as a whole, in which words, and up to which size none is."""

import io
import zipfile

import pytest

from exports.csv_file import read
from tests.exports.csv_files import FILES, refusal


def archive(part: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(part, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (archive("xl/workbook.xml"), "This is an Excel workbook. In Excel choose Save As, CSV UTF-8."),
        (archive("word/document.xml"), "This is a Word document."),
        (archive("DevicesWithInventory.csv"), "Unpack it and choose the CSV file inside."),
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Excel or Word file"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture."),
        (b"Name\n\x01\x02\x03\x04\x05\x06", "something other than text"),
        (b"\xef\xbb\xbf", "The file is empty."),
    ],
)
def test_a_file_of_another_kind_is_named(raw: bytes, words: str) -> None:
    assert words in refusal(raw)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.csv", "The file is empty."),
        ("only_blank.csv", "The file is empty."),
        ("only_headings.csv", "The file has headings but no rows below them."),
        ("nul_bytes.csv", "Line 2 holds a NUL character"),
        ("json_with_mark.csv", "This is a JSON file."),
        ("web_page.xls", "This is a web page, even if its name ends in .xls."),
        ("password_column.csv", "The column “Password” would bring passwords into the register, which never keeps them."),
    ],
)
def test_a_file_without_rows_to_take_is_refused_with_the_reason(name: str, words: str) -> None:
    assert words in refusal((FILES / name).read_bytes())


@pytest.mark.parametrize(
    "heading",
    [
        "password",
        "User Password",
        "userPassword",
        "PASSWD",
        "pwd",
        "Wi-Fi password",
        "Password [Required]",
        "Password (change at first sign-in)",
        "Pass word",
        "Activation lock bypass code",
    ],
)
def test_passwords_are_refused_in_every_spelling(heading: str) -> None:
    sentence = refusal(f"User,{heading}\nola,hunter2\n".encode())
    assert heading in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    "heading",
    ["Password last set", "Password policy", "Change password at next sign-in", "Is it password protected?", "Passcode status", "Passport office"],
)
def test_a_heading_about_passwords_is_not_a_password(heading: str) -> None:
    assert read(f"User,{heading}\nola,yes\n".encode()).headings == ("User", heading)


def test_caps_are_kept() -> None:
    raw = b"Name\n" + b"a\n" * 10
    assert len(read(raw, row_cap=10).rows) == 10
    assert refusal(raw, row_cap=9) == "The file has more than 9 rows. Split it into smaller files."
    assert refusal(raw, byte_cap=20).startswith("The file is larger than")
    assert "more than 256 columns" in refusal(b",".join(b"h%d" % number for number in range(257)) + b"\n1\n")


def test_a_title_does_not_cost_a_row_of_the_cap() -> None:
    assert len(read(b"Title,,\na,b,c\n" + b"1,2,3\n" * 10, row_cap=10).rows) == 10


def test_a_million_formatted_blank_rows_are_only_blank_rows() -> None:
    found = read(b"Name,Owner\nPupil records,Ola\n" + b",\n" * 100_000)
    assert (len(found.rows), found.notes) == (1, ("100,000 blank rows were left out.",))
