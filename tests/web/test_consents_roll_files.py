"""Files for the roll as they really come: other headings, several at once, messy cells, and files that must not be read at all."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from models.upload import Upload
from tests.browsing import plain, sign_in, visit
from tests.people import Person
from tests.web.rolls import START, bring, families, press_save, refused, roll, saved, settle


@pytest.fixture
def desk(client: FlaskClient, ola: Person) -> FlaskClient:
    """The school office at a computer."""
    sign_in(client, ola)
    return client


def test_columns_that_nobody_knows_are_asked_about_and_what_is_left_out_is_forgotten(desk: FlaskClient, school: Any) -> None:
    place = bring(desk, "Our number,Pupil,Class,Shoe size\r\n17,Sam Patel,3B,12345678\r\n").location
    page = plain(visit(desk, place).text)
    assert "What do the columns hold?" in page
    assert "12345678" in page
    response = settle(desk, place, **{"column-0-0": "number"})
    assert response.location == f"{place}/preview"
    (upload,) = Upload.select()
    assert "12345678" not in upload.sheet
    press_save(desk, response.location)
    assert roll(school) == {"Sam Patel": ("17", "3B", "on_roll")}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"column-0-1": ""}, "Say which column holds the pupil’s name"),
        ({"column-0-0": "class"}, "Two columns say this"),
        ({"holds-0": "contacts"}, "Say which columns hold the parent’s name"),
        ({"holds-0": "roles"}, "Say which columns hold the number"),
        ({"holds-0": "staff", "column-0-1": "surname"}, "Say which column holds the name"),
        ({"holds-0": "nothing"}, "Every list is left out"),
    ],
)
def test_what_does_not_fit_is_said_at_the_column(desk: FlaskClient, answers: dict[str, str], said: str) -> None:
    place = bring(desk, "Our number,Pupil,Class,Shoe size\r\n17,Sam Patel,3B,44\r\n").location
    response = settle(desk, place, **answers)
    assert response.status_code == 422
    assert said in plain(response.text)


def test_an_empty_file_with_every_heading_is_understood_as_it_is(desk: FlaskClient, school: Any) -> None:
    file = desk.get(f"{START}/headings.csv").data.decode("utf-8-sig").strip()
    cells = {"Admission number": "1", "First name": "Sam", "Surname": "Patel", "Class": "3B", "Contact 1 name": "Ann Patel"}
    saved(desk, f"{file}\r\n{','.join(cells.get(heading, '') for heading in file.split(','))}\r\n")
    assert families(school) == {"Ann Patel": ("Sam Patel",)}


@pytest.mark.parametrize("heading", ["Password", "Initial password", "password", "PWD", "Temporary Password", "PassWord"])
def test_a_column_of_passwords_is_refused_and_nothing_is_kept(desk: FlaskClient, heading: str) -> None:
    said = refused(desk, f"ID,First Name,Last Name,{heading}\r\n1,Ora,Klein,secret\r\n")
    assert f"The column “{heading}” would bring passwords into the register" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "Choose a file."),
        (b"  \r\n", "Choose a file."),
        ("Adm No,Name,Class\r\n", "headings but no rows"),
        (b"%PDF-1.7 pupils", "This is a PDF"),
        (b"PK\x03\x04 broken", "damaged"),
        ("sourcedId,name,type,parentSourcedId\r\n1,Quillbrook,school,\r\n", "Nothing in this file names pupils"),
        ("<html><table></table></html>", "This is a web page"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(desk: FlaskClient, file: bytes | str, said: str) -> None:
    assert said in refused(desk, file)
