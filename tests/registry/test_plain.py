"""Answers in JSON: codes, ISO 8601, lists and ids, read strictly by the gate that reads the forms."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from models.fields import EncryptedText
from models.vocabulary import AssetFormat, YesNo
from registry import catalogue
from registry.access import Deed
from registry.actor import Actor
from registry.kinds import kind_of
from registry.plain import may_be_null, plain, read, shape_of
from registry.schema import Invalid, schema_for

ASSETS, SUPPLIERS = catalogue.find("assets"), catalogue.find("suppliers")
ROBOT = Actor.robot("tests")
KEY = "0197a1f0-0000-7000-8000-000000000001"


def answers(given: dict[str, Any], partial: bool = True) -> dict[str, Any]:
    return read(schema_for(ASSETS, ROBOT, Deed.CHANGE), given, partial)


def complaints(given: dict[str, Any], partial: bool = True) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as refused:
        answers(given, partial)
    return refused.value.messages


def test_answers_are_read_as_they_are_given() -> None:
    held = {
        "name": "Pupil database", "format": AssetFormat.ELECTRONIC, "owner": "Ola Brandt", "lose_at_most_hours": 4,
        "next_review_on": date(2027, 1, 4), "suppliers": (UUID(KEY),), "contains_personal": YesNo.YES, "notes": None,
    }
    given = {name: plain(value) for name, value in held.items()}
    assert given["next_review_on"] == "2027-01-04"
    assert given["format"] == "electronic"
    assert given["suppliers"] == [KEY]
    assert answers(given) == held


def test_an_instant_is_given_in_utc() -> None:
    assert plain(datetime(2026, 11, 23, 9, 14, tzinfo=UTC)) == "2026-11-23T09:14:00Z"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("format", "Electronic", "Send one of the codes, or null for no answer."),
        ("format", ["electronic"], "Send one of the codes, or null for no answer."),
        ("owner", 5, "Send text, or null for no answer."),
        ("lose_at_most_hours", "4", "Send a whole number from 0 to 2,000,000,000, or null for no answer."),
        ("lose_at_most_hours", True, "Send a whole number from 0 to 2,000,000,000, or null for no answer."),
        ("lose_at_most_hours", float("nan"), "Send a whole number from 0 to 2,000,000,000, or null for no answer."),
        ("next_review_on", "4 January 2027", "Send a day as text such as 2027-01-04, or null for no answer."),
        ("next_review_on", {"day": "4"}, "Send a day as text such as 2027-01-04, or null for no answer."),
        ("next_review_on", "2027-02-30", "February 2027 has 28 days."),
        ("suppliers", "x", "Send a list of ids of records, each once."),
        ("suppliers", [KEY, KEY], "Send a list of ids of records, each once."),
        ("suppliers", ["{" + KEY + "}"], "Send a list of ids of records, each once."),
        ("suppliers", None, "Send a list of ids of records, each once."),
        ("individuals", "pupils", "Send a list of the codes, each once."),
        ("risks", "theft", "Send a list of texts of one line each."),
        ("risks", ["one\ntwo"], "Send a list of texts of one line each."),
        ("name", None, "Enter the asset."),
        ("name", " ", "Enter the asset."),
        ("nonsense", "x", "This is not a question that you may answer here."),
    ],
)
def test_what_a_form_would_guess_at_is_refused_with_a_sentence(name: str, value: Any, sentence: str) -> None:
    assert complaints({name: value}) == {name: [sentence]}


def test_every_wrong_answer_is_named_at_once() -> None:
    assert set(complaints({"format": 1, "owner": 2, "nonsense": 3}, partial=False)) == {"format", "owner", "nonsense", "name"}


def test_null_and_an_empty_list_take_an_answer_away() -> None:
    assert answers({"owner": None, "risks": []}) == {"owner": None, "risks": ()}


@pytest.mark.parametrize("register", catalogue.REGISTERS, ids=lambda register: register.slug)
def test_every_question_has_a_shape_and_can_be_left_open(register: Any) -> None:
    schema = schema_for(register, ROBOT, Deed.ADD)
    for question in register.questions.values():
        answer: Any = schema.fields[question.name]
        shape = shape_of(answer)
        assert shape.schema["type"] in ("string", "integer", "array")
        assert shape.sentence.endswith(".")
        assert not shape.fits(object())
        assert may_be_null(answer) or answer.required or shape.fits([])


def test_sealed_text_is_text_like_any_other() -> None:
    kind: Any = kind_of(next(question.column for question in ASSETS.columns if isinstance(question.column, EncryptedText)))
    assert shape_of(kind.field()).schema["type"] == "string"
