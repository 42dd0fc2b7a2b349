"""What columns say, by the headings that schools' databases really write."""

import pytest

from registry.rules.roll_headings import OWN, Holds, Part, Said, is_enough, many_known, recognise, said_of, spelling

UK_STUDENTS = (
    "ID,School DfE Number,First Name,Last Name,Username,State ID,Secondary Email,Student Number,Middle Name,Grade,Status,Birthdate,"
    "Graduation Year"
)
UK_TEACHERS = "ID,School DfE Number,First Name,Last Name,Username,State ID,Teacher Number,Status,Middle Name,Secondary Email,Title,Qualification"
V1_STUDENTS = UK_STUDENTS.replace("ID,School DfE Number", "SIS ID,School SIS ID")
V2_USERS = "sourcedId,username,givenName,familyName,activeDirectoryMatchId,email,phone,sms"
V2_ROLES = "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate"
SIMS = "Adm No,UPN,Legal Surname,Legal Forename,Preferred Surname,Preferred Forename,Reg Group,Year Group,DOB,Ethnicity,Date of Leaving"
ARBOR = (
    "Arbor Student ID,Preferred First Name,Preferred Last Name,Legal First Name,Legal Last Name,Registration Form,Year Group,Date of birth,"
    "Primary Guardian,Primary Guardian Email,Guardian 2,Guardian 2 Email,Home address"
)
BROMCOM = (
    "Pupil ID,Pupil Name,Tutor Group,Year,Contact 1 Name,Contact 1 Relationship,Contact 1 Email,Contact 1 Parental Responsibility,Contact1 ID,"
    "Mother's Email,Father Name,Contact 2 Mobile,Contact 2 Surname,Contact 2 Court Order"
)


def told(line: str, table: str = "") -> dict[str, str]:
    """What each heading says that says anything."""
    headings = line.split(",")
    layout = recognise(headings, table)
    return {heading: said.code for heading, said in zip(headings, layout.columns, strict=True) if said}


@pytest.mark.parametrize(
    ("line", "table", "holds", "codes"),
    [
        (UK_STUDENTS, "Student.csv", Holds.PUPILS, ["number", "first", "surname", "year", "status"]),
        (V1_STUDENTS, "Student.csv", Holds.PUPILS, ["number", "first", "surname", "year", "status"]),
        (UK_TEACHERS, "Teacher.csv", Holds.STAFF, ["number", "first", "surname", "status"]),
        (V2_USERS, "users.csv", Holds.PUPILS, ["number", "first", "surname", f"contact_email:{OWN}"]),
        (V2_ROLES, "roles.csv", Holds.ROLES, ["number", "role", "year"]),
        ("userSourcedId,relationshipUserSourcedId,relationshipRole", "relationships.csv", Holds.CONTACTS,
         ["number", "contact_number", "contact_relation"]),
        ("SIS ID,Email,Role", "guardianrelationship.csv", Holds.CONTACTS, ["number", "contact_email", "contact_relation"]),
        ("Email,First Name,Last Name,Phone,SIS ID", "user.csv", Holds.CONTACTS,
         ["contact_email", "contact_first", "contact_surname", "contact_number"]),
        (SIMS, "pupils", Holds.PUPILS, ["number", "surname", "first", "known_surname", "known_first", "class", "year", "left_on"]),
        (ARBOR, "", Holds.PUPILS, ["number", "known_first", "known_surname", "first", "surname", "class", "year",
                                   "contact_name", "contact_email", "contact_name:2", "contact_email:2"]),
        (BROMCOM, "", Holds.PUPILS, ["number", "name", "class", "year", "contact_name:1", "contact_relation:1", "contact_email:1",
                                     "contact_responsibility:1", "contact_number:1", "contact_email:mother", "contact_name:father",
                                     "contact_surname:2", "contact_restrictions:2"]),
        ("Staff Code,Name,Job title", "Sheet1", Holds.STAFF, ["number", "name"]),
        ("Pupil Number,Contact ID,Contact Name,Relationship,Email,PR,Court order", "", Holds.CONTACTS,
         ["number", "contact_number", "contact_name", "contact_relation", "contact_email", "contact_responsibility", "contact_restrictions"]),
        ("sourcedId,name,type,parentSourcedId", "orgs.csv", Holds.NOTHING, []),
        ("SIS ID,Name", "School.csv", Holds.NOTHING, []),
        ("Adm No,Name,Class", "school.xlsx", Holds.PUPILS, ["number", "name", "class"]),
        ("classId,userSourcedId,role", "enrollments.csv", Holds.NOTHING, []),
        ("SIS ID,School SIS ID,Section Name", "anything.csv", Holds.NOTHING, []),
    ],
)  # fmt: skip
def test_an_export_is_known_by_its_headings(line: str, table: str, holds: Holds, codes: list[str]) -> None:
    layout = recognise(line.split(","), table)
    assert (layout.holds, list(told(line, table).values())) == (holds, codes)
    assert layout.is_sure


@pytest.mark.parametrize(
    "heading",
    ["UPN", "DOB", "Date of birth", "Ethnicity", "Home address", "Postcode", "Contact 1 Mobile", "SEN status", "FSM", "Religion", "Username",
     "Pupil Email", "Middle Name", "Gender", "Medical notes", "Pupil Premium", "Contact Title", "Country of birth", "Home language"],
)  # fmt: skip
def test_what_nobody_needs_is_known_and_said_to_be_unneeded(heading: str) -> None:
    layout = recognise(["Name", "Class", heading])
    assert layout.unneeded == {2}
    assert layout.is_sure


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Name,Class,Colour", "a heading that nobody knows"),
        ("Class,Year", "nobody is named"),
        ("First name,Class", "only half a name"),
        ("Pupil Number,Name,Relationship,PR", "whose name it is"),
        ("Adm,Forename,Surname,Reg,Contact Surname,Primary Email", "whose address it is"),
        ("Name,Class,Class (2)", "two columns of one heading"),
    ],
)
def test_what_is_not_clear_is_asked(line: str, why: str) -> None:
    assert not recognise(line.split(",")).is_sure, why


def test_a_name_in_a_list_of_parents_is_taken_for_the_parents() -> None:
    assert told("Pupil Number,Forename,Surname,Relationship,E-mail") == {
        "Pupil Number": "number",
        "Forename": "contact_first",
        "Surname": "contact_surname",
        "Relationship": "contact_relation",
        "E-mail": "contact_email",
    }


def test_an_address_beside_the_parent_of_a_row_is_the_parents() -> None:
    line = "Adm,Forename,Surname,Reg,Contact Forename,Contact Surname,Primary Email"
    assert told(line)["Primary Email"] == "contact_email"
    assert "Email" not in told("Adm,Name,Reg,Contact Name,Contact Email,Email")
    assert "Email" not in told("Adm,Name,Reg,Contact Name,Email,Home Email"), "of two addresses neither is taken"


def test_the_best_of_several_numbers_is_taken_and_the_others_are_not_needed() -> None:
    layout = recognise(["ID", "Adm No", "Student ID", "Name", "Reg"])
    assert [said.code if said else "" for said in layout.columns] == ["", "number", "", "name", "class"]
    assert layout.unneeded == {0, 2}


def test_beside_a_legal_name_the_other_one_is_what_people_go_by() -> None:
    assert told("First name,Legal first name,Surname,Legal surname,Class") == {
        "First name": "known_first",
        "Legal first name": "first",
        "Surname": "known_surname",
        "Legal surname": "surname",
        "Class": "class",
    }
    layout = recognise(["First name", "Legal first name", "Preferred first name", "Surname"])
    assert [said.code if said else "" for said in layout.columns] == ["", "first", "known_first", "surname"]


def test_the_second_contact_is_told_from_the_first_however_it_is_numbered() -> None:
    assert told("Name,Guardian Name,Secondary Guardian Name,Relationship 3,Parental Responsibility 3") == {
        "Name": "name",
        "Guardian Name": "contact_name",
        "Secondary Guardian Name": "contact_name:2",
        "Relationship 3": "contact_relation:3",
        "Parental Responsibility 3": "contact_responsibility:3",
    }


@pytest.mark.parametrize("heading", ["Adm.No", "AdmNo", "ADM NO", " adm_no ", "Adm-No:"])
def test_capitals_gaps_and_marks_do_not_matter(heading: str) -> None:
    assert spelling(heading).replace(" ", "") == "admno"
    assert told(f"{heading},Name") == {heading: "number", "Name": "name"}


def test_a_row_of_headings_is_told_from_a_row_of_answers() -> None:
    assert many_known(SIMS.split(",")) == 11
    assert many_known(["Pupil list 3B", "", "00123", "Sam Patel"]) == 0


@pytest.mark.parametrize(
    ("holds", "codes", "enough"),
    [
        (Holds.PUPILS, ["name"], True),
        (Holds.PUPILS, ["known_first", "surname"], True),
        (Holds.STAFF, ["surname"], False),
        (Holds.CONTACTS, ["number", "contact_name"], True),
        (Holds.CONTACTS, ["name", "contact_email"], True),
        (Holds.CONTACTS, ["contact_number", "contact_name"], True),
        (Holds.CONTACTS, ["contact_number", "contact_relation"], False),
        (Holds.CONTACTS, ["number"], False),
        (Holds.ROLES, ["number", "role"], True),
        (Holds.ROLES, ["number"], False),
        (Holds.NOTHING, [], True),
    ],
)
def test_rows_must_say_who_they_are_about(holds: Holds, codes: list[str], enough: bool) -> None:
    assert is_enough(holds, [said_of(code) for code in (*codes, "")]) is enough


@pytest.mark.parametrize("code", [Said(Part.CONTACT_EMAIL, "2").code, Said(Part.NAME).code, Said(Part.CONTACT_NAME, "mother").code])
def test_a_code_means_what_it_was_made_of(code: str) -> None:
    said = said_of(code)
    assert said is not None
    assert said.code == code


@pytest.mark.parametrize("code", ["", "password", "contact_email:77", "name:x"])
def test_a_code_that_nobody_wrote_means_nothing(code: str) -> None:
    assert said_of(code) is None
