"""The page that prepares the report to the regulator: what is missing, what says too much, the files, and what was sent."""

import io
from datetime import timedelta
from typing import Any

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from models import doors
from models.breach import Breach
from models.school import School
from models.vocabulary import BreachKind, PeopleDecision, RegulatorDecision
from registry import records
from registry.breaches import details, judging, moving
from registry.breaches.judging import Judgement
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.school.schools import facts_of
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import NOW, Person


@pytest.fixture
def row(people: dict[str, Person], school: School, in_quillbrook: School) -> Any:
    """A breach of which the regulator is to be told, three hours after it was noticed; one answer names a child."""

    def by(key: str) -> Occasion:
        return Occasion(people[key].actor, NOW, facts_of(school, NOW.date()))

    found = report(Report(what="A list went to a wrong address.", noticed_at=NOW - timedelta(hours=3)), by("tess"))
    moving.take_up(found, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="A list sent to a wrong address"), by("hana"))
    records.change(BREACHES, found, {"names": "Samira Patel", "effects": "Samira could be teased."}, by("hana"))
    judged = Judgement(reasons="Health data.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
    judging.advise(found, judged, by("dev"))
    judging.decide(found, judged, by("hana"))
    details.keep("regulator-number", "0303 999 0000", by("hana"))
    return found


@pytest.fixture
def head(client: FlaskClient, hana: Person, row: Any) -> FlaskClient:
    """The headteacher, signed in."""
    sign_in(client, hana)
    return client


def here(row: Any, file: str = "") -> str:
    return f"/registers/breaches/{row.id}/report{file}"


def at(hour: str) -> dict[str, str]:
    return {"sent_at-day": "23", "sent_at-month": "11", "sent_at-year": "2026", "sent_at-time": hour}


def test_every_answer_stands_there_with_what_is_missing_and_what_says_too_much(head: FlaskClient, row: Any) -> None:
    page = text_of(head, here(row))
    told = "0303 999 0000 (checked on 23 November 2026)"
    for said in ("answers missing.", "“Samira”: the name of somebody", "A list went to a wrong address.", told):
        assert said in page, said
    assert 'data-copy="a-narrative"' in visit(head, here(row)).text


def test_the_whole_is_taken_away_as_a_paper_and_for_word(head: FlaskClient, row: Any) -> None:
    paper = send(head, here(row, "/report.pdf"), here(row))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    written = "\n".join(each.text for each in Document(io.BytesIO(send(head, here(row, "/report.docx"), here(row)).data)).paragraphs)
    for text in (words, written):
        assert "A list went to a wrong address." in text
        assert "“Samira”" in text


def test_what_was_sent_is_kept_and_shown(head: FlaskClient, row: Any, school: School) -> None:
    refused = send(head, here(row), do="submitted", reference="IC-1", **at("06:00"))
    assert (refused.status_code, "after the school became aware" in plain(refused.text)) == (422, True)
    assert 'value="IC-1"' in refused.text
    assert send(head, here(row), do="submitted", reference="IC-1", **at("09:00")).status_code == 303
    page = text_of(head, here(row))
    assert "Initial report, 09:00 on Monday 23 November 2026 (GMT)" in page
    assert "Reported in time" in page
    with doors.looking_at(school.id):
        assert Breach.select().get().regulator_reference == "IC-1"
    assert send(head, here(row), do="submitted", reference="", **at("09:10")).status_code == 303
    assert "Follow-up report, 09:10" in text_of(head, here(row))


@pytest.mark.parametrize("key", ["ian", "ola", "tess", "gus"])
def test_it_is_for_those_who_handle_breaches(app: Flask, people: dict[str, Person], row: Any, key: str) -> None:
    client = app.test_client()
    sign_in(client, people[key])
    visit(client, here(row), 403)
    token = visit(client, "/account").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert client.post(here(row, "/report.pdf"), data={"csrf_token": token}).status_code == 403
