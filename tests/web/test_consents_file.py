"""Answers from a file: nothing of it is guessed, and all of it is saved or nothing."""

import io
import re
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import doors
from models.audit import AuditEntry
from models.image_answer import ImageAnswer
from models.school import School
from models.vocabulary import AnswerMethod, Decider, ImageDecision, PictureSubject, Relation, YesNoUnknown
from registry.images.uses import Use
from registry.records import Occasion
from tests.browsing import plain, sign_in, token, visit
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use, an_answer

PAGE = "/consents/grid/file"


@pytest.fixture
def website(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?")


@pytest.fixture
def press(in_quillbrook: School, occasion: Occasion) -> Use:
    return a_use(occasion, "Local press", "local_press")


@pytest.fixture
def sam(in_quillbrook: School, occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel", "4 Heron", mis_number="040210")


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def bring(client: FlaskClient, rows: str) -> TestResponse:
    return client.post(PAGE, data={"csrf_token": token(client, PAGE), "pasted": rows})


def look(client: FlaskClient, rows: str) -> tuple[str, str]:
    """The address of a file that was brought, and what its page says."""
    answer = bring(client, rows)
    assert answer.status_code == 303, plain(answer.text)
    return answer.headers["Location"], visit(client, answer.headers["Location"]).text


def save(client: FlaskClient, rows: str, **ticked: str) -> TestResponse:
    address, page = look(client, rows)
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page[page.rindex('name="shown"') - 200 :]))
    sent = {"csrf_token": token(client, PAGE), "shown": hidden["shown"], "date": hidden["date"], **ticked}
    return client.post(address, data=sent, follow_redirects=True)


def stored(school: School) -> list[Any]:
    with doors.looking_at(school.id):
        return list(ImageAnswer.select().order_by(ImageAnswer.number))


def test_a_file_is_looked_at_and_then_saved_as_a_whole(
    office: FlaskClient, school: School, ola: Person, website: Use, press: Use, sam: Any
) -> None:
    rows = "Admission number,Name,School website,local_press\n040210,Sam Patel,Yes,no\n"
    _address, page = look(office, rows)
    assert "2 new answers would be recorded" in page
    assert stored(school) == []
    assert "2 answers recorded from the file" in save(office, rows).text
    first, second = stored(school)
    assert (first.use, first.decision, first.method, first.decider) == (website.id, ImageDecision.GIVEN, AnswerMethod.FILE, Decider.PARENT)
    assert (first.decided_on.isoformat(), first.valid_until.isoformat()) == ("2026-11-23", "2027-11-23")
    assert (second.use, second.decision, second.valid_until) == (press.id, ImageDecision.REFUSED, None)
    noted = [entry.deed for entry in AuditEntry.select().where(AuditEntry.subject == "image_answer")]
    assert noted == ["imported"] * 3


@pytest.mark.parametrize(("word", "decision"), [
    ("YES", ImageDecision.GIVEN), ("1", ImageDecision.GIVEN), ("Ja", ImageDecision.GIVEN), ("Ydw", ImageDecision.GIVEN), ("0", ImageDecision.REFUSED),
    ("I do not consent", ImageDecision.REFUSED), ("child says no", ImageDecision.REFUSED),
])  # fmt: skip
def test_words_of_other_programs_are_understood(
    office: FlaskClient, school: School, website: Use, sam: Any, word: str, decision: ImageDecision
) -> None:
    save(office, f"Name,School website\nSam Patel,{word}\n")
    assert [each.decision for each in stored(school)] == [decision]


@pytest.mark.parametrize("word", ["maybe", "na", "yes but not close up", "2", "x"])
def test_a_word_that_is_no_answer_stops_its_row(office: FlaskClient, school: School, website: Use, sam: Any, word: str) -> None:
    rows = f"Name,School website\nSam Patel,{word}\n"
    _address, page = look(office, rows)
    assert f"School website: “{word}” is not an answer" in page
    assert "There is nothing to save" in save(office, rows, leave_out="yes").text
    assert stored(school) == []


@pytest.mark.parametrize("word", ["", "n/a", "-", "No response"])
def test_an_empty_cell_is_no_answer(office: FlaskClient, website: Use, sam: Any, word: str) -> None:
    _address, page = look(office, f"Name,School website\nSam Patel,{word}\n")
    assert "No answer in it: 1 row" in page


@pytest.mark.parametrize(("row", "sentence"), [
    ("40210,Sam Patel,Yes", "Nobody here has the number 40210"),
    ("040210,Ben Tranter,Yes", "The number 040210 belongs to Sam Patel here"),
    (",Sam Pattel,Yes", "Nobody here is called that"),
    (",,Yes", "This row names no pupil"),
])  # fmt: skip
def test_who_is_not_known_exactly_is_nobody(office: FlaskClient, school: School, website: Use, sam: Any, row: str, sentence: str) -> None:
    rows = f"Admission number,Name,School website\n{row}\n"
    _address, page = look(office, rows)
    assert sentence in page
    save(office, rows, leave_out="yes")
    assert stored(school) == []


def test_two_of_one_name_are_told_apart_by_their_class(office: FlaskClient, school: School, occasion: Occasion, website: Use, sam: Any) -> None:
    other = a_pupil(occasion, "Sam Patel", "6 Kestrel")
    _address, page = look(office, "Name,School website\nSam Patel,Yes\n")
    assert "2 people here are called that" in page
    save(office, "Name,Class,School website\nSam Patel,6 Kestrel,Yes\n")
    assert [each.person for each in stored(school)] == [other.id]
    _address, page = look(office, "Name,Class,School website\nSam Patel,9 Nowhere,Yes\n")
    assert "2 people here are called that" in page


def test_one_row_that_cannot_be_taken_keeps_the_others_from_being_saved(office: FlaskClient, school: School, website: Use, sam: Any) -> None:
    rows = "Name,School website\nSam Patel,Yes\nNobody Known,Yes\n"
    assert "Some rows cannot be taken, so nothing was saved" in save(office, rows).text
    assert stored(school) == []
    assert "1 answer recorded" in save(office, rows, leave_out="yes").text


def test_the_day_that_was_chosen_stays_when_nothing_could_be_saved(office: FlaskClient, website: Use, sam: Any) -> None:
    address, _page = look(office, "Name,School website\nSam Patel,Yes\nNobody Known,Yes\n")
    page = visit(office, f"{address}?date=7+9+2026").text
    mark = re.search(r'name="shown" value="([^"]+)"', page)
    assert mark
    sent = {"csrf_token": token(office, PAGE), "shown": mark[1], "date": "7 9 2026"}
    again = office.post(address, data=sent, follow_redirects=True)
    assert "Some rows cannot be taken" in again.text
    assert 'name="date" value="7 9 2026"' in again.text


def test_whoever_is_no_pupil_is_nobody_whom_a_parent_answers_for(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, sam: Any
) -> None:
    a_pupil(occasion, "Sam Patel", "", kind=PictureSubject.STAFF)
    a_pupil(occasion, "Tess Marlow", "", kind=PictureSubject.STAFF, mis_number="S1")
    _address, page = look(office, "Admission number,Name,School website\nS1,,Yes\n,Tess Marlow,Yes\n,Sam Patel,Yes\n")
    assert "Nobody here has the number S1" in plain(page)
    assert "Nobody here is called that" in plain(page)
    assert "New answers: 1 row" in plain(page)


def test_a_column_that_is_no_use_is_named_and_left_out_only_on_purpose(office: FlaskClient, school: School, website: Use, sam: Any) -> None:
    rows = "Name,School website,Billboards\nSam Patel,Yes,Yes\n"
    _address, page = look(office, rows)
    assert "no use that the form asks about: Billboards" in page
    assert "Tick that the columns" in save(office, rows).text
    assert stored(school) == []
    save(office, rows, columns="yes")
    assert len(stored(school)) == 1


@pytest.mark.parametrize("rows", [
    "Name,Billboards\nSam Patel,Yes\n", "School website\nYes\n", "Name,School website,website\nSam Patel,Yes,No\n", "", "Name,School website\n",
    "Name,Password,School website\nSam Patel,hunter2,Yes\n", "\x00\x01\x02", "Name,Date,School website\nSam Patel,3/4/2026,Yes\n",
])  # fmt: skip
def test_a_file_that_says_too_little_or_too_much_is_refused_with_a_sentence(office: FlaskClient, website: Use, sam: Any, rows: str) -> None:
    answer = bring(office, rows)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert "hunter2" not in answer.text.partition("<textarea")[0]


def test_the_question_on_the_form_may_stand_above_its_column(office: FlaskClient, school: School, website: Use, sam: Any) -> None:
    save(office, "Child’s name;Completion time;May we put pictures of your child on our website?\nSam Patel;2026-11-19 08:30;Yes\n")
    assert [(each.use, each.decided_on.isoformat()) for each in stored(school)] == [(website.id, "2026-11-19")]


def test_a_file_brought_again_adds_nothing(office: FlaskClient, school: School, website: Use, sam: Any) -> None:
    rows = "Name,School website\nSam Patel,Yes\n"
    save(office, rows)
    _address, page = look(office, rows)
    assert "There already: 1 row" in page
    assert "There is nothing to save" in save(office, rows).text
    assert len(stored(school)) == 1


def test_each_parent_answers_for_themself(office: FlaskClient, school: School, occasion: Occasion, website: Use, sam: Any) -> None:
    mother = a_carer(occasion, "Ann Patel", sam, relation=Relation.MOTHER, responsibility=YesNoUnknown.YES)
    gran = a_carer(occasion, "Gwen Hale", sam, relation=Relation.GRANDPARENT, responsibility=YesNoUnknown.NO)
    rows = "Name,Signed by,School website\nSam Patel,Mother,Yes\nSam Patel,gwen hale,Yes\nSam Patel,Bo Lund,No\n"
    save(office, rows)
    assert [(each.carer, each.decided_by, each.decider) for each in stored(school)] == [
        (mother.id, None, Decider.PARENT),
        (gran.id, None, Decider.OTHER),
        (None, "Bo Lund", Decider.PARENT),
    ]
    _address, page = look(office, "Name,Signed by,School website\nSam Patel,Mother,Yes\nSam Patel,Ann Patel,No\n")
    assert "The same pupil with the same parent stands in line 2 already" in page


def test_what_changed_since_the_page_was_shown_is_looked_at_again(
    office: FlaskClient, school: School, occasion: Occasion, website: Use, sam: Any
) -> None:
    address, page = look(office, "Name,School website\nSam Patel,Yes\n")
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found
    an_answer(occasion, sam, website, decided_on=occasion.at.date())
    sent = {"csrf_token": token(office, PAGE), "shown": found[1], "date": "23 11 2026"}
    assert "were changed since this page was opened" in office.post(address, data=sent, follow_redirects=True).text
    assert len(stored(school)) == 1


def test_a_workbook_is_read_when_only_one_sheet_can_be_meant(office: FlaskClient, website: Use, sam: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "School website"])  # type: ignore[union-attr]
    book.active.append(["Sam Patel", True])  # type: ignore[union-attr]
    book.create_sheet("Notes").append(["Anything else"])
    assert sent_as_file(office, book).status_code == 303
    book.create_sheet("Old").append(["Name", "School website"])
    book["Old"].append(["Sam Patel", "No"])
    assert "More than one sheet" in sent_as_file(office, book).text


def sent_as_file(client: FlaskClient, book: openpyxl.Workbook) -> TestResponse:
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return client.post(PAGE, data={"csrf_token": token(client, PAGE), "file": (content, "answers.xlsx")})


def test_a_file_can_be_given_up(office: FlaskClient, website: Use, sam: Any) -> None:
    address, _page = look(office, "Name,School website\nSam Patel,Yes\n")
    office.post(f"{address}/give-up", data={"csrf_token": token(office, PAGE)})
    visit(office, address, 404)


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_the_file_of_a_colleague_or_of_another_school_is_not_there(
    app: Flask, office: FlaskClient, people: dict[str, Person], website: Use, sam: Any, who: str
) -> None:
    address, _page = look(office, "Name,School website\nSam Patel,Yes\n")
    somebody = app.test_client()
    sign_in(somebody, people[who])
    visit(somebody, address, 404)


def test_a_pupil_of_another_school_is_nobody(office: FlaskClient, other_school: School, elsewhere: Occasion, website: Use, sam: Any) -> None:
    with doors.looking_at(other_school.id):
        a_pupil(elsewhere, "Theirs Alone", "4 Heron", mis_number="77")
    _address, page = look(office, "Admission number,Name,School website\n77,Theirs Alone,Yes\n,Theirs Alone,Yes\n")
    assert "Nobody here has the number 77" in page
    assert "Nobody here is called that" in page


@pytest.mark.parametrize("who", ["tess", "ian", "gus"])
def test_whoever_keeps_no_answers_does_not_get_in(client: FlaskClient, people: dict[str, Person], who: str) -> None:
    sign_in(client, people[who])
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data={"csrf_token": token(client, "/account"), "pasted": "x"}).status_code == 403


def test_an_empty_file_names_every_use(office: FlaskClient, website: Use, press: Use) -> None:
    answer = office.get(f"{PAGE}/headings.csv")
    assert answer.get_data(as_text=True).strip("\ufeff\r\n") == "Admission number,Pupil name,Class,Signed by,Date,School website,Local press"
