"""Lists for the roll, read: School Data Sync's several files, parents in a list of their own, workbooks, and cells as they really are."""

from datetime import date

import pytest

from exports import roll_files, roll_lines
from exports.roll_lines import Lines
from exports.unreadable import Unreadable
from models.roles import Role
from models.vocabulary import PictureSubject, Relation, YesNoUnknown
from registry.actor import Actor
from registry.roll.uploads import Brought
from tests.exports.workbooks import workbook

OFFICE = Actor("Ola Brandt", role=Role.OFFICE)
TODAY = date(2026, 11, 23)
USERS = (
    "sourcedId,username,givenName,familyName,email,phone\n"
    "114001,jcraig,Jack,Craig,jack@school.example,\n114002,,Jean,Craig,jean@family.example,0123\n114003,fhutch,Fred,Hutch,fred@school.example,\n"
    "114007,kfein,Kristen,Fein,kristen@school.example,\n114009,xy,No,Role,x@school.example,\n"
)
ROLES = "userSourcedId,orgSourcedId,role,grade\n114001,1,student,10\n114003,1,student,11\n114007,1,teacher,10\n"
RELATIONSHIPS = "userSourcedId,relationshipUserSourcedId,relationshipRole\n114001,114002,guardian\n114003,114002,doctor\n"


def brought(**files: str | bytes) -> Brought:
    """Files by name, taken in."""
    return roll_files.take_in([(f"{name}.csv", each.encode() if isinstance(each, str) else each) for name, each in files.items()])


def lines(**files: str | bytes) -> Lines:
    """Everybody in some files that are understood as they are."""
    found = brought(**files)
    assert found.is_settled, [table.columns for table in found.tables]
    return roll_lines.read(found, OFFICE, TODAY)


def contacts(found: Lines) -> list[tuple[str, str, str]]:
    """The contacts with their pupils."""
    return [(found.people[each.pupil].name, each.name, each.email) for each in found.contacts if isinstance(each.pupil, int)]


def test_school_data_sync_names_people_roles_and_relations_in_files_of_their_own() -> None:
    found = lines(users=USERS, roles=ROLES, relationships=RELATIONSHIPS, orgs="sourcedId,name,type,parentSourcedId\n1,Quillbrook,school,\n")
    assert [(each.name, each.number, each.kind, each.year_group) for each in found.people] == [
        ("Jack Craig", "114001", PictureSubject.PUPIL, "10"),
        ("Fred Hutch", "114003", PictureSubject.PUPIL, "11"),
        ("Kristen Fein", "114007", PictureSubject.STAFF, ""),
    ]
    assert contacts(found) == [("Jack Craig", "Jean Craig", "jean@family.example")]
    assert found.contacts[0].number == "114002"
    assert "People without a role in the list of roles: 1. They were left out." in found.notes
    assert "Contacts who are doctors, teachers or childminders: 1. They answer for no pupil and were left out." in found.notes


def test_its_older_format_names_guardians_by_their_address() -> None:
    found = lines(
        student="SIS ID,School SIS ID,First Name,Last Name,Grade,Status\n1,10,Ora,Klein,9,Active\n2,10,Noah,Gilbert,10,Inactive\n",
        user="Email,First Name,Last Name,Phone,SIS ID\nann@family.example,Ann,Klein,,\n",
        guardianrelationship="SIS ID,Email,Role\n1,ann@family.example,Parent\n1,nobody@family.example,Relative\n",
    )
    assert contacts(found) == [("Ora Klein", "Ann Klein", "ann@family.example")]
    assert [each.has_left for each in found.people] == [False, True]
    assert "Contacts without a name: 1. They were left out." in found.notes


def test_the_same_pupil_on_several_rows_is_one_with_several_contacts() -> None:
    found = lines(
        sims="Adm,Forename,Surname,Reg,Contact Forename,Contact Surname,Relationship,Parental Responsibility,Contact Email\n"
        "1,Sam,Patel,3B,Ann,Patel,Mother,T,ann@family.example\n1,Sam,Patel,3B,Tom,Ash,Step-father,F,\n2,Zoë,Ash,3B,Tom,Ash,Father,T,none\n"
    )
    assert [each.name for each in found.people] == ["Sam Patel", "Zoë Ash"]
    assert [(each.name, each.relation, each.responsibility) for each in found.contacts] == [
        ("Ann Patel", Relation.MOTHER, YesNoUnknown.YES),
        ("Tom Ash", Relation.STEP_PARENT, YesNoUnknown.NO),
        ("Tom Ash", Relation.FATHER, YesNoUnknown.YES),
    ]
    assert "Addresses that are none: 1. They were left out." in found.notes


def test_parents_in_a_list_of_their_own_find_their_pupils_by_number_or_by_a_name_that_only_one_has() -> None:
    found = lines(
        pupils="Adm No,Name,Class\n00123,Sam Patel,3B\n124,Ann Lee,3B\n",
        parents="Pupil Number,Contact Name,Relationship,PR,Court order\n123,Mrs Jo Patel,Mother,Yes,Yes\n99,Tom Ash,Father,maybe,\n"
        ",Nobody Here,Aunt,,\n",
    )
    assert [(each.name, each.number, each.is_mention) for each in found.people] == [
        ("Sam Patel", "00123", False), ("Ann Lee", "124", False), ("", "99", True),
    ]  # fmt: skip
    assert contacts(found) == [("Sam Patel", "Jo Patel", ""), ("", "Tom Ash", "")]
    assert found.contacts[0].restrictions == "A court order is noted in the MIS. Read it there."
    assert "Cells about parental responsibility that say neither yes nor no: 1. They count as not known." in found.notes
    by_name = lines(
        pupils="Adm No,Name,Class\n1,Sam Patel,3B\n2,Ann Lee,3B\n", parents="Pupil Name,Class,Contact Name,Contact Email\nPatel Sam,3B,Jo Patel,\n"
        '"Patel, Sam",3B,Jo Patel,jo@family.example\n'
    )  # fmt: skip
    assert contacts(by_name)[-1] == ("Sam Patel", "Jo Patel", "jo@family.example")


def test_a_legal_name_is_kept_only_where_it_differs() -> None:
    found = lines(sims="Adm No,Legal Forename,Legal Surname,Preferred Forename,Reg\n1,Samantha,Patel,Sam,3B\n2,Ann,Lee,,3B\n3,ZOE,ASH,Zoë,3B\n")
    assert [(each.name, each.legal_name) for each in found.people] == [("Sam Patel", "Samantha Patel"), ("Ann Lee", ""), ("Zoë ASH", "")]


def test_a_list_of_staff_is_one() -> None:
    found = lines(teachers="Staff Code,Title,Forename,Surname,Job title\nOB,Ms,Ola,Brandt,Office\n")
    assert [(each.name, each.number, each.kind) for each in found.people] == [("Ola Brandt", "OB", PictureSubject.STAFF)]


@pytest.mark.parametrize(
    ("number", "said"),
    [("1E10", "what a spreadsheet made of a longer number"), ("1.2E+10", "what a spreadsheet made of"), ("#REF!", "spreadsheet's error"),
     ("1234567890123450000000", "has been rounded")],
)  # fmt: skip
def test_a_number_that_a_spreadsheet_has_eaten_keeps_its_row_out(number: str, said: str) -> None:
    assert said in lines(pupils=f"Adm No,Name,Class\n{number},Sam Patel,3B\n").people[0].trouble


def test_a_number_with_a_tail_is_the_number() -> None:
    assert lines(pupils="Adm No,Name,Class\n12345.0,Sam Patel,3B\n").people[0].number == "12345"


@pytest.mark.parametrize("name", ["Zoë O’Brien", "O'Neil, Sam", "محمد علي", "Sam 🦊 Patel", "=Sam Patel", "D’Arcy-Müller, Ünal", "\u202eSam Patel"])
def test_names_of_every_kind_come_through(name: str) -> None:
    (person,) = lines(pupils=f'Adm No,Name,Class\n1,"{name}",3B\n').people
    assert person.trouble == ""
    assert sorted(person.name.replace(" ", "")) == sorted(name.replace(",", "").replace(" ", ""))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_any_usual_encoding_are_read(coding: str) -> None:
    assert lines(pupils="Adm No,Name,Class\n1,Zoë Ash,3B\n".encode(coding)).people[0].name == "Zoë Ash"


def test_rows_that_say_nothing_of_anybody_are_left_out_and_counted() -> None:
    found = lines(pupils="Adm No,Name,Class\n1,Sam Patel,3B\n,,Total: 1\n2,,3B\n")
    assert [(each.name, each.trouble) for each in found.people] == [("Sam Patel", ""), ("", "This row has a number and no name.")]
    assert "Rows that name nobody: 1. They were left out." in found.notes


def test_a_row_that_is_broken_or_too_long_is_not_taken() -> None:
    found = lines(pupils=f"Adm No,Name,Class\n1,Sam Patel,3B,more\n2,{'A' * 300},3B\n3,Ann Lee,{'B' * 80}\n")
    assert "1 cell more than there are headings" in found.people[0].trouble
    assert "Use 200 characters or fewer" in found.people[1].trouble
    assert "Use 60 characters or fewer" in found.people[2].trouble


@pytest.mark.parametrize(
    ("day", "left_on", "has_left"),
    [("22/07/2026", date(2026, 7, 22), True), ("2026-07-22", date(2026, 7, 22), True), ("03/04/2026", date(2026, 4, 3), True),
     ("22/07/2030", None, False), ("", None, None)],
)  # fmt: skip
def test_a_day_of_leaving_in_the_past_means_that_somebody_has_left(day: str, left_on: date | None, has_left: bool | None) -> None:
    (person,) = lines(pupils=f"Adm No,Name,Class,Date of Leaving\n1,Sam Patel,3B,{day}\n").people
    assert (person.left_on, person.has_left) == (left_on, has_left)


def test_a_day_that_is_none_keeps_its_row_out() -> None:
    assert "is not a day" in lines(pupils="Adm No,Name,Class,Date of Leaving\n1,Sam Patel,3B,soon\n").people[0].trouble


def test_every_sheet_of_a_workbook_is_read() -> None:
    parents = [["Pupil Number", "Contact Name", "Relationship"], ["123", "Jo Patel", "Mother"]]
    raw = workbook(["Adm No", "Name", "Class"], ["00123", "Sam Patel", "3B"], title="Pupils", also={"Parents": parents, "Notes": [["Name"]]})
    found = lines(school=raw)
    assert contacts(found) == [("Sam Patel", "Jo Patel", "")]
    assert found.people[0].where == "Pupils, line 2"


def test_a_cell_that_cannot_be_trusted_keeps_its_row_out() -> None:
    raw = workbook(["Adm No", "Name", "Class"], ["=1+1", "Sam Patel", "3B"], ["2", "Ann Lee", "3B"])
    found = lines(school=raw)
    assert "is a formula" in found.people[0].trouble
    assert found.people[1].trouble == ""


@pytest.mark.parametrize(
    "raw",
    [
        workbook(["Name", "Password"], ["A", "b"]),
        workbook(["Name", "Class"], ["A", "b"], also={"Accounts": [["User", "Initial password"], ["a", "b"]]}),
    ],
)
def test_a_password_in_any_sheet_keeps_the_whole_workbook_out(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        brought(school=raw)
    assert "would bring passwords into the register" in refused.value.sentence


def test_which_of_several_files_cannot_be_read_is_said() -> None:
    with pytest.raises(Unreadable) as refused:
        brought(pupils="Adm No,Name,Class\n1,Sam Patel,3B\n", accounts="Name,Password\nA,b\n")
    assert refused.value.sentence.startswith("accounts.csv: The column “Password”")


def test_the_same_file_twice_is_read_once() -> None:
    one = "Adm No,Name,Class\n1,Sam Patel,3B\n"
    assert len(lines(one=one, two=one).people) == 1


def test_a_file_that_is_too_large_or_too_many_are_refused() -> None:
    with pytest.raises(Unreadable) as large:
        brought(pupils=b"Adm No,Name\n" + b"1,Sam\n" * 2_000_000)
    assert "larger than 10 MB" in large.value.sentence
    with pytest.raises(Unreadable) as rows:
        brought(pupils=b"Adm No,Name\n" + b"1,Sam\n" * 50_001)
    assert "more than 50,000 rows" in rows.value.sentence
    with pytest.raises(Unreadable) as many:
        brought(**{f"file{place}": f"Name\n{place}\n" for place in range(13)})
    assert "Choose 12 files or fewer" in many.value.sentence


def test_what_nobody_needs_is_not_in_what_is_kept() -> None:
    found = brought(pupils="Adm No,UPN,Name,DOB,Home address,Class\n1,X801,Sam Patel,1/2/2018,1 High Street,3B\n")
    assert list(found.tables[0].file.headings) == ["Adm No", "Name", "Class"]
    assert [list(row) for row in found.tables[0].file.rows] == [["1", "Sam Patel", "3B"]]
    assert found.dropped == ("UPN", "DOB", "Home address")
