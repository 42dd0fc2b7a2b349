"""Guessing which heading answers which question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.columns import Match, Wanted, guess, matches

NAME = Wanted("name", ("Asset name", "What is it called?", "name", "Title"))
OWNER = Wanted("owner", ("Owner", "Who is responsible for it?", "owner", "Information asset owner"))
REVIEW = Wanted("review_on", ("Next review date", "When will it be looked at again?", "review_on", "Review date"))
SERIAL = Wanted("serial", ("Serial number", "serial", "S/N", "serialNumber"))
ENTRA = Wanted("entra_id", ("Microsoft Entra Device ID", "entra_id", "Azure AD Device ID"))
ARTICLE_6 = Wanted("article_6", ("Article 6 basis", "article_6"))
ARTICLE_9 = Wanted("article_9", ("Article 9 condition", "article_9"))
ALL = (NAME, OWNER, REVIEW, SERIAL, ENTRA, ARTICLE_6, ARTICLE_9)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("asset name", "name"),
        ("Asset Name:", "name"),
        ("1. Asset name *", "name"),
        ("asset_name", "name"),
        ("WHAT IS IT CALLED", "name"),
        ("Title", "name"),
        ("serialNumber", "serial"),
        ("SerialNumber", "serial"),
        ("S.N.", "serial"),
        ("review_on", "review_on"),
        ("Azure AD Device ID", "entra_id"),
        ("Microsoft Entra Device ID", "entra_id"),
    ],
)
def test_the_same_words_in_another_dress_are_the_same(heading: str, name: str) -> None:
    assert matches([heading], ALL) == {0: Match(name, "same")}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Asset nmae", "name"),
        ("Serial num", "serial"),
        ("Date of next review", "review_on"),
        ("Article 9 conditions", "article_9"),
        ("Owners", "owner"),
    ],
)
def test_a_slip_of_the_pen_is_a_guess_to_be_shown(heading: str, name: str) -> None:
    assert matches([heading], ALL) == {0: Match(name, "like")}


@pytest.mark.parametrize("heading", ["", "Colour", "Article 8 basis", "Article 8 condition", "Ownr", "Column 4", "???"])
def test_what_resembles_nothing_is_left_to_the_person(heading: str) -> None:
    assert guess([heading], ALL) == {}


def test_columns_in_another_order_with_some_more_and_some_missing() -> None:
    assert guess(["Room", "Owner", "Colour", "Asset name"], ALL) == {1: "owner", 3: "name"}


def test_each_question_is_answered_once_and_by_its_best_spelling() -> None:
    assert guess(["Title", "Asset name", "Asset name (2)"], ALL) == {1: "name"}


def test_the_same_beats_the_like_whichever_comes_first() -> None:
    assert matches(["Serial numbr", "Serial number"], ALL) == {1: Match("serial", "same")}


def test_a_spelling_shared_by_two_questions_is_nobodys() -> None:
    shared = (Wanted("start", ("Date",)), Wanted("finish", ("Date",)))
    assert guess(["Date"], shared) == {}


def test_a_label_outranks_another_questions_alias() -> None:
    assert guess(["Notes"], (Wanted("summary", ("Summary", "Notes")), Wanted("notes", ("Notes",)))) == {0: "notes"}


def test_a_toss_up_is_not_guessed() -> None:
    twins = (Wanted("contact", ("Contact names",)), Wanted("contract", ("Contract names",)))
    assert guess(["Contacct names"], twins) == {}


@given(st.lists(st.text(max_size=20), max_size=12))
def test_no_headings_confuse_it(headings: list[str]) -> None:
    found = guess(headings, ALL)
    assert len(set(found.values())) == len(found)
    assert all(0 <= place < len(headings) for place in found)
