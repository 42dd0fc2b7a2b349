"""The columns of a file are settled knowingly: none is left out, doubled or guessed in silence."""

from typing import Any

from flask.testing import FlaskClient

from tests.browsing import plain, visit
from tests.web.importing import START, brought, settled


def test_columns_without_a_question_must_be_left_out_knowingly(desk: FlaskClient) -> None:
    place = brought(desk, "Asset,Colour,Shape\nPaper files,red,round\n")
    for ticked in ({}, {"leave_out": "1"}):
        response = settled(desk, place, **ticked)
        assert response.status_code == 422
        assert "Tick that the columns without an answer may be left out" in plain(response.text)
    assert settled(desk, place, leave_out="1,2").status_code == 303


def test_two_columns_cannot_answer_one_question(desk: FlaskClient) -> None:
    place = brought(desk, "Asset,Location,Room\nPaper files,a,b\n")
    response = settled(desk, place, **{"column-1": "location", "column-2": "location"})
    assert response.status_code == 422
    assert "“Location” answers this already" in plain(response.text)


def test_the_order_of_days_is_asked_for_and_never_guessed(desk: FlaskClient, school: Any) -> None:
    place = brought(desk, "Asset,Next review\nPaper files,04/01/2027\n")
    response = settled(desk, place)
    assert response.status_code == 422
    assert "Say whether the day or the month comes first." in plain(response.text)
    assert settled(desk, place, **{"order-1": "month_first"}).status_code == 303
    assert "Next review: 1 Apr 2027" in plain(visit(desk, f"{place}/preview").text)


def test_a_file_without_names_is_not_settled(desk: FlaskClient) -> None:
    place = brought(desk, "Colour,Shape\nred,round\n")
    response = settled(desk, place, leave_out="0,1")
    assert response.status_code == 422
    assert "No column says what each information asset is called." in plain(response.text)


def test_the_preview_waits_until_the_columns_are_settled(desk: FlaskClient) -> None:
    place = brought(desk, "Asset\nPaper files\n")
    assert visit(desk, f"{place}/preview", 302).location == place


def test_the_empty_file_has_every_heading_and_reads_back(desk: FlaskClient) -> None:
    response = visit(desk, f"{START}/headings.csv")
    assert response.mimetype == "text/csv"
    assert response.data.decode("utf-8-sig").startswith("Reference,Asset,Description,")
    place = brought(desk, response.data + b",Paper files\r\n")
    assert "answers no question" not in plain(visit(desk, place).text)
