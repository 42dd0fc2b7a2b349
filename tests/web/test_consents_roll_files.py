"""Files for the roll as they really come: other headings, several at once, messy cells, and files that must not be read at all."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from models.upload import Upload
from tests.browsing import plain, sign_in, visit
from tests.people import Person
from tests.web.rolls import START, bring, brought, families, press_save, refused, roll, saved, settle


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


def test_parents_come_in_a_file_of_their_own_for_pupils_who_are_on_the_roll(desk: FlaskClient, school: Any) -> None:
    saved(desk, "Adm No,Name,Class\r\n00123,Sam Patel,3B\r\n124,Ann Lee,3B\r\n")
    preview = brought(desk, "Pupil Number,Contact ID,Contact Name,Relationship,PR\r\n123,77,Jo Patel,Mother,Yes\r\n99,78,Tom Ash,Father,No\r\n")
    page = plain(visit(desk, preview).text)
    assert "Number 99 Clashes Nobody on the roll or in the file is meant by this row." in page
    assert "On the roll and not on the list" not in page, "a list of parents says nothing about who has left"
    press_save(desk, preview)
    assert families(school) == {"Jo Patel": ("Sam Patel",)}
    assert "There is nothing to save" in plain(visit(desk, brought(desk, "Adm No,Name,Class\r\n123,Sam Patel,3B\r\n124,Ann Lee,3B\r\n")).text)


def test_pupils_and_staff_of_school_data_sync_come_together(desk: FlaskClient, school: Any) -> None:
    pupils = "ID,School DfE Number,First Name,Last Name,Grade,Status\r\n13001,10,Ora,Klein,9,Active\r\n"
    staff = "ID,School DfE Number,First Name,Last Name,Teacher Number,Status\r\n13001,10,Craig,Beane,101,Active\r\n"
    saved(desk, pupils, staff)
    assert list(roll(school)) == ["Ora Klein", "Craig Beane"], "numbers of staff are apart from those of pupils"
    assert "2 people unchanged" in plain(visit(desk, brought(desk, pupils, staff)).text)


def test_what_can_be_saved_is_saved_beside_what_clashes(desk: FlaskClient, school: Any) -> None:
    rows = "1,Sam Patel,3B\r\n01,Ann Lee,3B\r\n,Zoë Ash,3B\r\n,Zoe Ash,3B\r\n1E10,Tom Ash,3B\r\n5,Asha Lee,3B\r\n"
    preview = brought(desk, f"Adm No,Name,Class\r\n{rows}")
    page = plain(visit(desk, preview).text)
    assert "5 rows clash" in page
    assert "The number 1 stands in this file for two people: Sam Patel and Ann Lee." in page
    assert "2 rows of this file have this name and no number" in page
    assert "“1E10” is what a spreadsheet made of a longer number" in page
    assert "5 rows that clash are not saved" in page
    said = plain(visit(desk, press_save(desk, preview).location).text)
    assert "1 added, 5 not saved because nobody can tell" in said
    assert list(roll(school)) == ["Asha Lee"]


@pytest.mark.parametrize("name", ["Sam 🦊 Patel", "محمد علي", "D’Arcy O'Neil", "=HYPERLINK(1)", "<b>Sam</b>", "Zoë-Müller Ünal"])
def test_names_of_every_kind_are_saved_as_they_are_and_unchanged_the_next_time(desk: FlaskClient, school: Any, name: str) -> None:
    file = f'Adm No,Name,Class\r\n1,"{name}",3B\r\n'
    saved(desk, file)
    assert list(roll(school)) == [name]
    assert "1 person unchanged" in plain(visit(desk, brought(desk, file)).text)
