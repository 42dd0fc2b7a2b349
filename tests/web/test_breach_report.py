"""The regulator's form made ready on a page: what is missing, what says too much, files to take away, and what was sent."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from models import doors
from models.breach import Breach
from models.breach_report import BreachReport
from models.school import School
from models.vocabulary import BreachKind, PeopleDecision, RegulatorDecision, ReportPhase
from registry import records
from registry.breaches import details, judging, moving
from registry.breaches.judging import Judgement
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.school.schools import facts_of
from tests.browsing import plain, problems, send, sign_in, text_of, visit
from tests.people import NOW, Person

AWARE = NOW - timedelta(hours=2)  # Monday 23 November 2026, 07:14
TIME = {"sent_at-day": "23", "sent_at-month": "11", "sent_at-year": "2026"}
JUDGED = Judgement(reasons="Health data of children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
NAMED = "“Samira”: the name of somebody whom the school knows"
Browse = Callable[[str], FlaskClient]


@pytest.fixture
def row(people: dict[str, Person], school: School, in_quillbrook: School) -> Any:
    """A breach taken up by the headteacher, in which somebody is named where they should not be."""
    by = Occasion(people["hana"].actor, NOW, facts_of(school, NOW.date()))
    found = report(Report(what="A list went to a wrong address.", noticed_at=AWARE), by)
    moving.take_up(found, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="Allergies sent to a wrong address"), by)
    records.change(BREACHES, found, {"names": "Samira Patel", "effects": "Samira may be teased.", "harm": "None is known."}, by)
    details.keep("regulator-number", "0303 999 0000", by)
    return found


@pytest.fixture
def decided(row: Any, people: dict[str, Person], school: School) -> Any:
    """The same, of which the regulator is to be told."""
    facts = facts_of(school, NOW.date())
    judging.advise(row, JUDGED, Occasion(people["dev"].actor, NOW, facts))
    judging.decide(records.find(BREACHES, row.id, people["hana"].actor), JUDGED, Occasion(people["hana"].actor, NOW, facts))
    return row


@pytest.fixture
def browse(app: Flask, people: dict[str, Person]) -> Browse:
    """What gives the browser of somebody who is signed in."""

    def signed_in(key: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, people[key])
        return client

    return signed_in


def at(row: Any, part: str = "") -> str:
    return f"/registers/breaches/{row.id}/report{part}"


def told(client: FlaskClient, row: Any, time: str, **said: str) -> TestResponse:
    """Fill in that a report was sent today at a time."""
    return send(client, at(row), **({"do": "submitted", "phase": "initial", **TIME, "sent_at-time": time} | said))


def kept(school: School) -> tuple[Any, list[Any]]:
    with doors.looking_at(school.id):
        return Breach.select().get(), [*BreachReport.select().order_by(BreachReport.sent_at)]


def test_what_is_missing_leads_to_where_it_is_answered_and_a_name_is_warned_of(browse: Browse, row: Any) -> None:
    page = visit(browse("hana"), at(row)).text
    words = plain(page)
    assert "It is not decided yet whether the ICO is told" in words
    assert "cannot be saved half-way" in words
    assert f"{NAMED}." in words
    missing = page.count('class="sh-tag sh-tag--warn"')
    assert missing > 10
    assert f"{missing} answers missing." in words
    for where in ("change?section=cyber#cyber", "change?section=data-and-people#people_count", "/times", "#number-fee-number"):
        assert where in page, where
    assert page.count("data-copy=") == page.count("readonly") == words.count("Copy the answer to:") + 1
    assert "helpline 0303 123 1113, Monday to Friday, 9 to 5 (as checked on Sunday 22 November 2026;" in words
    assert "0303 999 0000 (as checked on Monday 23 November 2026)" in words
    assert 'name="sent_at-day"' not in page


def test_whoever_may_not_plan_is_told_who_does(browse: Browse, row: Any) -> None:
    page = visit(browse("dina"), at(row)).text
    assert "The headteacher or the data protection officer enters it." in page
    assert "/breach-plan#" not in page
    assert "report.pdf" not in page


def test_both_files_hold_every_answer_with_the_warning(browse: Browse, row: Any) -> None:
    head = browse("hana")
    paper = send(head, at(row, "/report.pdf"), at(row))
    word = send(head, at(row, "/report.docx"), at(row))
    read = PdfReader(io.BytesIO(paper.data))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    in_pdf = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    in_word = " ".join("\n".join(each.text for each in Document(io.BytesIO(word.data)).paragraphs).split())
    for said in ("Breach report BR-0001", NAMED, "A list went to a wrong address.", "Education and childcare", "Dev Marchetti"):
        assert said in in_pdf, said
        assert said in in_word, said
    assert text_of(head, f"/registers/breaches/{row.id}/history").count("xported") >= 2


def test_the_first_report_and_what_follows_are_kept_as_they_were(
    browse: Browse, decided: Any, school: School, clock: time_machine.Traveller
) -> None:
    head = browse("hana")
    assert told(head, decided, "09:10").status_code == 303
    assert "The first report is written down already. This one is a follow-up." in told(head, decided, "09:10").text
    assert send(head, at(decided), do="reference", reference="IC-123456").status_code == 303
    clock.shift(timedelta(minutes=20))
    assert "Follow-up report: how to send it" in text_of(head, at(decided))
    assert told(head, decided, "09:05", phase="follow_up").status_code == 422
    assert told(head, decided, "09:30", phase="follow_up", reference="IC-123456").status_code == 303
    assert told(head, decided, "09:30", phase="follow_up", reference="IC-123456").status_code == 422
    found, reports = kept(school)
    assert (f"{found.told_at:%H:%M}", found.regulator_reference) == ("09:10", "IC-123456")
    assert [(each.phase, f"{each.sent_at:%H:%M}") for each in reports] == [(ReportPhase.INITIAL, "09:10"), (ReportPhase.FOLLOW_UP, "09:30")]
    assert "What is the case reference?\nIC-123456" in reports[1].answers
    page = text_of(head, at(decided))
    assert "Initial report, 09:10 on Monday 23 November 2026 (GMT) Written down by Hana Whitlow" in page
    assert "What happened? A list went to a wrong address." in page.partition("What was sent")[2]


def test_a_time_that_comes_twice_is_asked_and_keeps_what_was_typed(browse: Browse, decided: Any, school: School) -> None:
    refused = told(browse("hana"), decided, "01:30", reference="IC-9", **{"sent_at-day": "25", "sent_at-month": "10"})
    assert refused.status_code == 422
    assert "The first time, in summer time (BST)" in refused.text
    assert 'value="IC-9"' in refused.text
    assert kept(school)[1] == []


def test_a_late_report_needs_its_reason_which_is_kept_in_it(
    browse: Browse, decided: Any, school: School, clock: time_machine.Traveller
) -> None:
    head = browse("hana")
    assert 'name="delay"' not in visit(head, at(decided)).text
    clock.move_to(AWARE + timedelta(hours=72, minutes=5))
    head = browse("hana")
    assert 'href="#submitted-delay"' in visit(head, at(decided)).text
    refused = told(head, decided, "07:15", **{"sent_at-day": "26"})
    assert problems(refused) == ["It was more than 72 hours: the regulator must be given the reason for the delay (UK GDPR Article 33(1))."]
    assert kept(school)[1] == []
    assert told(head, decided, "07:15", delay="Nobody was there.", **{"sent_at-day": "26"}).status_code == 303
    found, (one,) = kept(school)
    assert found.delay_reason == "Nobody was there."
    assert "after becoming aware?\nNobody was there." in one.answers


@pytest.mark.parametrize("key", ["ian", "tess", "ola", "gus"])
def test_only_those_who_handle_breaches_read_or_send_it(browse: Browse, decided: Any, school: School, key: str) -> None:
    client = browse(key)
    assert client.get(at(decided)).status_code == 403
    for part in ("", "/report.pdf", "/report.docx"):
        assert send(client, at(decided, part), "/account", do="submitted", phase="initial", **TIME).status_code == 403
    assert kept(school)[1] == []
