"""What the cells of exports say."""

import pytest

from models.vocabulary import PictureSubject, Relation, YesNoUnknown
from registry.rules.roll_words import (
    email_of,
    has_left,
    is_eaten,
    is_no_carer,
    is_parent,
    number_key,
    person_name,
    relation_of,
    responsibility_of,
    restrictions_of,
    subject_of,
    whole_number,
)


@pytest.mark.parametrize(("one", "other"), [("00123", "123"), ("123", " 123 "), ("0000", "0"), ("A 12", "a12"), ("Ab-1", "AB-1")])
def test_numbers_that_are_the_same_are_compared_as_such(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("0A12", "A12"), ("123", "1230"), ("١٢٣", "123")])
def test_numbers_that_differ_stay_apart(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("number", "eaten"),
    [("1E10", True), ("1.2e+10", True), ("1,5E-3", True), ("12345", False), ("E10", False), ("A1E10", False)],
)
def test_a_number_that_a_spreadsheet_has_eaten_is_known(number: str, eaten: bool) -> None:
    assert is_eaten(number) is eaten


def test_the_tail_that_a_spreadsheet_puts_behind_a_number_is_taken_off() -> None:
    assert [whole_number(each) for each in ("123.0", "123.00", "123.5", "A1")] == ["123", "123", "123.5", "A1"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Patel, Sam", "Sam Patel"),
        ("  Sam   Patel ", "Sam Patel"),
        ("Mrs Ann Patel", "Ann Patel"),
        ("Patel, Mrs. Ann", "Ann Patel"),
        ("Dr", "Dr"),
        ("Mr & Mrs Patel", "Mr & Mrs Patel"),
        ("Patel, Sam, jr", "Patel, Sam, jr"),
        ("O’Brien, Zoë", "Zoë O’Brien"),
        ("محمد علي", "محمد علي"),
        ("", ""),
    ],
)
def test_a_name_is_written_as_people_say_it(written: str, name: str) -> None:
    assert person_name(written) == name


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("Yes", YesNoUnknown.YES), ("T", YesNoUnknown.YES), ("1", YesNoUnknown.YES), ("No", YesNoUnknown.NO), ("FALSE", YesNoUnknown.NO), ("", None),
     ("Unknown", None), ("n/a", YesNoUnknown.UNKNOWN), ("perhaps", YesNoUnknown.UNKNOWN)],
)  # fmt: skip
def test_parental_responsibility_is_yes_only_where_the_cell_says_so(cell: str, answer: YesNoUnknown | None) -> None:
    assert responsibility_of(cell) is answer


@pytest.mark.parametrize(
    ("cell", "relation"),
    [("Mother", Relation.MOTHER), ("Step-mother", Relation.STEP_PARENT), ("Step Father", Relation.STEP_PARENT),
     ("Foster Mother", Relation.FOSTER_CARER), ("Grandmother", Relation.GRANDPARENT), ("dad", Relation.FATHER), ("Legal guardian", Relation.GUARDIAN),
     ("Natural/Adoptive Parent", Relation.PARENT), ("Social Worker", Relation.SOCIAL_WORKER),
     ("PAM", Relation.MOTHER), ("Neighbour", Relation.OTHER), ("", None), ("()", None)],
)  # fmt: skip
def test_a_relation_is_read_as_databases_word_it(cell: str, relation: Relation | None) -> None:
    assert relation_of(cell) is relation


def test_doctors_and_childminders_answer_for_no_pupil() -> None:
    assert all(is_no_carer(each) for each in ("Doctor", "Child minder", "Head teacher"))
    assert not any(is_no_carer(each) for each in ("Neighbour", "Mother", ""))


def test_pupils_are_told_from_staff() -> None:
    cells = ("student", "Teaching Assistant", "Governor", "guardian", "")
    assert [subject_of(cell) for cell in cells] == [PictureSubject.PUPIL, PictureSubject.STAFF, PictureSubject.GOVERNOR, None, None]
    assert [is_parent(cell) for cell in cells] == [False, False, False, True, False]


def test_whether_somebody_has_left_is_said_or_not() -> None:
    assert [has_left(cell) for cell in ("Leaver", "Inactive", "Active", "On roll", "", "Dual")] == [True, True, False, False, None, None]


@pytest.mark.parametrize(
    ("cell", "address"),
    [("ann@family.example", "ann@family.example"), ("Ann <ann@family.example>; b@c.example", "ann@family.example"), ("none", None), ("a@b", None),
     ("", None), (f"{'a' * 60}@{'b' * 250}.example", None), ("ann@family.example.", "ann@family.example")],
)  # fmt: skip
def test_the_first_address_of_a_cell_is_taken(cell: str, address: str | None) -> None:
    assert email_of(cell) == address


def test_a_court_order_is_kept_in_words() -> None:
    assert [restrictions_of(cell) for cell in ("", "No", "Yes", "May  not collect")] == [
        "", "", "A court order is noted in the MIS. Read it there.", "May not collect",
    ]  # fmt: skip
