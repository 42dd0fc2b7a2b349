"""Which column of a file of answers is what."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from exports.answer_columns import columns_of, fit_of, rows_of, take_in
from exports.unreadable import Unreadable
from registry.images.uses import Use


def a_use(name: str, kind: str, sentence: str = "") -> Use:
    return Use(
        id=uuid4(), name=name, kind=kind, basis="consent", no_answer="block", leaves_school=True, most_name_shown="first", is_asked=True,
        sentence=sentence, covers="", valid_months=12, storage="", kept="", changed_at=datetime(2026, 9, 1, tzinfo=UTC),
    )  # fmt: skip


WEBSITE = a_use("School website", "website", "May we put pictures of your child on our website?")
FACEBOOK, INSTAGRAM = a_use("Facebook", "social_media"), a_use("Instagram", "social_media")
USES = (WEBSITE, FACEBOOK, INSTAGRAM)


@pytest.mark.parametrize("heading", ["School website", "school WEBSITE", "website", "May we put pictures of your child on our website?"])
def test_a_use_is_known_by_its_name_its_code_and_its_question(heading: str) -> None:
    assert columns_of(["Name", heading], USES).uses == {1: WEBSITE}


@pytest.mark.parametrize("heading", ["social_media", "Web", "Website consent", ""])
def test_what_may_mean_two_uses_or_none_is_not_guessed(heading: str) -> None:
    found = columns_of(["Name", "School website", heading], USES)
    assert (found.uses, found.unknown) == ({1: WEBSITE}, (heading,))


@pytest.mark.parametrize("headings", [["Name"], ["Adno"], ["Forename", "Surname"], ["Legal name", "Pupil ID"], ["Child's name"]])
def test_a_pupil_may_be_named_in_several_ways(headings: list[str]) -> None:
    assert columns_of([*headings, "Facebook"], USES).uses == {len(headings): FACEBOOK}


@pytest.mark.parametrize("headings", [["Facebook"], ["Surname", "Facebook"], ["Name", "Class"], ["Name", "Facebook", "facebook"]])
def test_a_file_that_cannot_be_read_is_refused(headings: list[str]) -> None:
    with pytest.raises(Unreadable):
        columns_of(headings, USES)


def test_a_row_says_who_what_and_when() -> None:
    text = "Adno;Forename;Surname;Reg;Parent name;Date signed;Facebook;School website\n0042;Sam;Patel;4H;Ann Patel;19/11/2026;Y;\n"
    (row,) = rows_of(take_in(text.encode(), USES), USES)
    assert (row.number, row.name, row.class_name, row.signer, row.given_on) == ("0042", "Sam Patel", "4H", "Ann Patel", date(2026, 11, 19))
    assert (row.answers, row.problems) == ({FACEBOOK: "Y", WEBSITE: ""}, ())


def test_a_day_that_does_not_exist_stops_its_row_alone() -> None:
    rows = rows_of(take_in(b"Name,Date,Facebook\nSam Patel,31/11/2026,Y\nAnn Lee,30/11/2026,Y\n", USES), USES)
    assert [bool(row.problems) for row in rows] == [True, False]


def test_a_title_above_the_headings_of_a_workbook_is_passed_by_what_is_known() -> None:
    assert [fit_of(USES)(cells) for cells in (["Photo consent 2026"], ["Pupil name", "Class", "Facebook", "Notes"])] == [0, 3]
