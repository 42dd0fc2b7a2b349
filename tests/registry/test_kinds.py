"""What people type becomes an answer, or a sentence that says what to type instead."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from marshmallow import ValidationError

from models.activity import Activity
from models.asset import Asset
from registry.catalogue import REGISTERS
from registry.definition import Links, Question
from registry.kinds import kind_of

SOMEWHERE = UUID(int=7)


def read(column: Any, typed: Any) -> Any:
    """The answer to something typed."""
    return kind_of(column).field().deserialize(typed)


def refused(column: Any, typed: Any) -> str:
    """The sentence with which something typed is refused."""
    with pytest.raises(ValidationError) as problem:
        read(column, typed)
    return str(problem.value.messages[0])


@pytest.mark.parametrize(
    ("column", "typed", "answer"),
    [
        (Asset.name, "  Accident \t book\r\n", "Accident book"),
        (Asset.description, "One\r\n\r\nTwo\x00 ", "One\n\nTwo"),
        (Asset.owner, " Ola  Brandt ", "Ola Brandt"),
        (Asset.recover_within_hours, "1,200", 1200),
        (Asset.recover_within_hours, "24.0", 24),
        (Asset.recover_within_hours, " 0 ", 0),
        (Asset.next_review_on, {"day": "1", "month": "9", "year": "2027"}, date(2027, 9, 1)),
        (Asset.next_review_on, {"day": "1", "month": "Sept", "year": "2027"}, date(2027, 9, 1)),
        (Asset.next_review_on, "2027-09-01", date(2027, 9, 1)),
        (Asset.next_review_on, "01/09/2027", date(2027, 9, 1)),
        (Asset.next_review_on, "1 September 2027", date(2027, 9, 1)),
        (Asset.next_review_on, date(2027, 9, 1), date(2027, 9, 1)),
        (Asset.format, "Paper", "paper"),
        (Asset.individuals, ["staff", "pupils", "staff"], ("pupils", "staff")),
        (Asset.individuals, "Staff; Pupils", ("pupils", "staff")),
        (Asset.data_categories, "Name\r\n\r\n Class ", ("Name", "Class")),
        (Asset.data_categories, "Name; Class", ("Name", "Class")),
        (Asset.data_categories, "Name; class\nPhoto", ("Name; class", "Photo")),
        (Asset.data_categories, ["Name; class"], ("Name; class",)),
        (Links("suppliers"), [str(SOMEWHERE), SOMEWHERE.hex], (SOMEWHERE,)),
    ],
)
def test_what_people_type_is_read(column: Any, typed: Any, answer: Any) -> None:
    assert read(column, typed) == answer


@pytest.mark.parametrize("typed", [None, "", "  ", "\0 \x1f", [], (), {"day": "", "month": "", "year": ""}])
def test_an_empty_answer_is_an_answer(typed: Any) -> None:
    assert read(Asset.next_review_on, typed) is None
    assert read(Asset.individuals, typed if not isinstance(typed, dict) else ()) == ()


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        (Asset.name, "x" * 201, "Use 200 characters or fewer. You have used 201."),
        (Activity.lia_link, "x" * 501, "Use 500 characters or fewer. You have used 501."),
        (Asset.recover_within_hours, "most of them", "Enter a whole number, such as 250."),
        (Asset.recover_within_hours, "-1", "Enter a whole number, such as 250."),
        (Asset.recover_within_hours, "2000000001", "Enter a whole number, such as 250."),
        (Asset.next_review_on, {"day": "31", "month": "6", "year": "2027"}, "June 2027 has 30 days."),
        (Asset.next_review_on, {"day": "29", "month": "2", "year": "2027"}, "February 2027 has 28 days."),
        (Asset.next_review_on, {"day": "1", "month": "13", "year": "2027"}, "Enter a month from 1 to 12."),
        (Asset.next_review_on, {"day": "1", "month": "1", "year": "0001"}, "Enter a year from 1900 to 2199."),
        (Asset.next_review_on, {"day": "1", "month": "", "year": ""}, "Enter the month and the year as well."),
        (Asset.next_review_on, "next week", "Enter a day, such as 1 9 2023."),
        (Links("suppliers"), ["nonsense"], "Choose from the list."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_type_instead(column: Any, typed: Any, sentence: str) -> None:
    assert refused(column, typed) == sentence


def test_an_unknown_choice_is_told_what_there_is() -> None:
    sentence = refused(Asset.format, "zeppelin")
    assert sentence.startswith("“zeppelin” is not one of the choices. Choose from: ")
    assert "Paper" in sentence


@pytest.mark.parametrize("question", [question for register in REGISTERS for question in register.questions.values()], ids=lambda each: each.name)
def test_every_question_has_a_kind(question: Question) -> None:
    texts, others = {"line", "text", "lines", "sealed", "prose", "rows"}, {"number", "day", "moment", "choice", "choices", "link", "one"}
    assert kind_of(question.column).name in texts | others


@pytest.mark.parametrize(
    ("column", "answer", "cell"),
    [
        (Asset.next_review_on, date(2027, 9, 1), "2027-09-01"),
        (Asset.individuals, ("pupils", "staff"), None),
        (Asset.data_categories, ("Name", "Class"), "Name; Class"),
        (Asset.recover_within_hours, 24, "24"),
        (Asset.name, "Accident book", "Accident book"),
    ],
)
def test_a_cell_of_a_file_reads_back_as_the_same(column: Any, answer: Any, cell: str | None) -> None:
    answer = read(column, answer if not isinstance(answer, int) else str(answer))
    written = kind_of(column).cell(answer)
    assert read(column, written) == answer
    assert cell is None or written == cell
