"""The pages of a breach: what is to be done, one step, the times and the closing, and the clock on every other page."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.breach import Breach
from models.school import School
from models.vocabulary import BreachKind, BreachStage
from registry.breaches import moving, timeline
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.school.schools import facts_of
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.people import NOW, Person

WHAT = "The list with Sam Patel’s allergies went to a wrong address."


@pytest.fixture
def row(people: dict[str, Person], school: School, in_quillbrook: School) -> Any:
    """What a teacher reported two hours after they had noticed it."""
    return report(Report(what=WHAT, noticed_at=NOW - timedelta(hours=2), call_back="Tess Quayle, room 4"), by(people["tess"], school))


@pytest.fixture
def head(client: FlaskClient, hana: Person, row: Any) -> FlaskClient:
    """The headteacher, signed in."""
    sign_in(client, hana)
    return client


@pytest.fixture
def handled(row: Any, people: dict[str, Person], school: School) -> Any:
    """The same, taken up by the headteacher."""
    moving.take_up(row, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="Allergies sent to a wrong address"), by(people["hana"], school))
    return row


def by(person: Person, school: School) -> Occasion:
    return Occasion(person.actor, NOW, facts_of(School.get_by_id(school.id), NOW.date()))  # as it is stored, whatever tests did to the row


def at(row: Any, part: str = "now") -> str:
    return f"/registers/breaches/{row.id}/{part}"


def seen(browser: FlaskClient, row: Any) -> str:
    """The version of a breach as the page of its times was opened."""
    return visit(browser, at(row, "times")).text.partition('name="seen" value="')[2].partition('"')[0]


def kept(school: School) -> Any:
    with doors.looking_at(school.id):
        return Breach.select().get()


def test_it_is_taken_up_with_its_kind_and_a_name(head: FlaskClient, row: Any, school: School) -> None:
    assert "Call back: Tess Quayle, room 4" in text_of(head, at(row))
    refused = send(head, at(row), do="take_up", kind="", name="Allergies sent astray")
    assert (refused.status_code, kept(school).stage) == (422, BreachStage.REPORTED)
    assert 'value="Allergies sent astray"' in refused.text
    assert send(head, at(row), do="take_up", kind="wrong-recipient", name="Allergies sent astray").status_code == 303
    page = text_of(head, at(row))
    for said in ("Time left to tell the ICO", "Contain it now", "Now: recall the message", "Told so far headteacher"):
        assert said in page, said


def test_the_clock_says_what_is_left_and_stands_on_every_page_of_whoever_is_next(head: FlaskClient, handled: Any, app: Flask, ola: Person) -> None:
    elsewhere = text_of(head, "/registers/assets/")
    assert "BR-0001: 70 hours 0 minutes left to tell the ICO. Decide by 05:14 on Thursday 26 November 2026 (GMT)" in elsewhere
    for part in ("now", "times", "closing", "linked", "files", "comments", "history"):
        assert "Last moment 07:14 on Thursday 26 November 2026 (GMT)" in text_of(head, at(handled, part)), part
        assert "Breach clock" not in visit(head, at(handled, part)).text
    office = app.test_client()
    sign_in(office, ola)
    assert "BR-0001" not in visit(office, "/registers/assets/").text


def test_a_step_is_settled_left_out_and_put_back(head: FlaskClient, handled: Any) -> None:
    (first, *_) = re.findall(r'name="step" value="([0-9a-f]{32})"', visit(head, at(handled)).text)
    assert send(head, at(handled), do="done", step=first).status_code == 303
    assert re.findall(r"(\d+) of (\d+) done", text_of(head, at(handled))) == [("1", "22")]
    assert send(head, at(handled), do="done", step=first).status_code == 409
    here = next(each for each in re.findall(r'href="([^"]+/steps/[^"]+)"', visit(head, at(handled)).text) if first in each.replace("-", ""))
    assert send(head, here, do="reopen", said="").status_code == 422
    assert send(head, here, do="reopen", said="Two had opened it.").status_code == 303
    assert send(head, here, do="leave_out", said="It was paper.").status_code == 303
    assert "It was paper." in text_of(head, at(handled))


def test_an_it_provider_reads_what_is_technical_and_writes_it(handled: Any, client: FlaskClient, people: dict[str, Person], school: School) -> None:
    timeline.note(handled, "The link was switched off.", by(people["hana"], school), technical=True)
    sign_in(client, people["ian"])
    page = text_of(client, at(handled))
    assert "The link was switched off." in page
    assert not [word for word in ("Sam Patel", "Tess Quayle", "Who has been told") if word in page]
    assert send(client, at(handled), do="note", text="Nobody had opened it.").status_code == 303
    assert "Nobody had opened it." in text_of(client, at(handled))
    for part in ("times", "closing"):
        visit(client, at(handled, part), 403)


def test_a_correction_stands_beside_what_was_written(head: FlaskClient, handled: Any) -> None:
    entry = re.findall(r"correct=([0-9a-f]{32})", visit(head, at(handled)).text)[-1]
    assert "What is right?" in text_of(head, f"{at(handled)}?correct={entry}")
    assert send(head, at(handled), do="correct", correct=entry, text="28 pupils, not 27.").status_code == 303
    page = text_of(head, at(handled))
    assert "28 pupils, not 27." in page
    assert WHAT in plain(page)


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        (("25", "10", "2026", "01:30"), 422, "comes twice"),
        (("29", "3", "2026", "01:30"), 422, "the clocks go forward then"),
        (("23", "11", "2026", "06:14"), 422, "Say why"),
        (("32", "11", "2026", "06:14"), 422, "day"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_are_refused_and_doubled_ones_asked(head: FlaskClient, handled: Any, typed: Any, status: int, said: str) -> None:
    boxes = dict(zip((f"aware_at-{part}" for part in ("day", "month", "year", "time")), typed, strict=True))
    refused = send(head, at(handled, "times"), do="times", because="", seen=seen(head, handled), **boxes)
    assert refused.status_code == status
    assert said in plain(refused.text)


def test_another_clock_shows_both_deadlines(head: FlaskClient, handled: Any, clock: time_machine.Traveller) -> None:
    boxes = {"aware_at-day": "23", "aware_at-month": "11", "aware_at-year": "2026", "aware_at-time": "08:14"}
    assert send(head, at(handled, "times"), do="times", because="Only then was it certain.", seen=seen(head, handled), **boxes).status_code == 303
    page = text_of(head, at(handled, "times"))
    assert "The last moment to tell the regulator was Thursday 26 November 2026, 07:14 GMT; it is Thursday 26 November 2026, 08:14 GMT." in page


def test_of_two_who_change_the_times_at_once_the_second_is_told(head: FlaskClient, handled: Any, school: School, app: Flask, dev: Person) -> None:
    other = app.test_client()
    sign_in(other, dev)
    day = {"day": "23", "month": "11", "year": "2026"}
    noticed, aware, happened = (
        {f"{name}-{part}": typed for part, typed in (day | {"time": time}).items()}
        for name, time in (("discovered_at", "07:14"), ("aware_at", "07:14"), ("occurred_at", "05:00"))
    )
    before = seen(other, handled)
    assert send(head, at(handled, "times"), do="times", because="", seen=seen(head, handled), **noticed, **aware, **happened).status_code == 303
    late = {**noticed, **aware, "aware_at-time": "08:14"}
    for typed in (before, ""):
        refused = send(other, at(handled, "times"), do="times", because="Certain only then.", seen=typed, **late)
        assert (refused.status_code, kept(school).occurred_at) == (409, NOW.replace(hour=5, minute=0))
    assert "Certain only then." in refused.text.partition('name="because"')[2]


def test_it_is_not_closed_before_the_law_is_content(head: FlaskClient, handled: Any, school: School) -> None:
    assert "It is not decided whether the regulator is told." in text_of(head, at(handled, "closing"))
    refused = send(head, at(handled, "closing"), do="close", why="I want to go home.")
    assert (refused.status_code, kept(school).stage) == (409, BreachStage.OPEN)


def test_a_breach_of_one_school_does_not_exist_for_another(handled: Any, client: FlaskClient, otto: Person) -> None:
    sign_in(client, otto)
    for part in ("now", "times", "closing"):
        visit(client, at(handled, part), 404)


def test_files_comments_and_history_of_a_breach_are_for_those_who_handle_it(handled: Any, client: FlaskClient, people: dict[str, Person]) -> None:
    sign_in(client, people["ian"])
    for part in ("files", "comments", "history"):
        visit(client, at(handled, part), 403)
        assert f'href="{at(handled, part)}"' not in visit(client, at(handled)).text
