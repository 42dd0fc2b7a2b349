"""Assessing and deciding about a breach on its pages: the head, the data protection officer, the safeguarding lead, and nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from models import doors
from models.base import new_id
from models.breach import Breach
from models.breach_judgement import BreachJudgement
from models.duty import Duty
from models.school import School
from models.vocabulary import BreachData, BreachKind, BreachPeople
from registry import records
from registry.breaches import moving
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import store
from registry.school.schools import facts_of
from registry.trace.audit import Happened, recording
from tests.browsing import plain, problems, send, sign_in, text_of, visit
from tests.people import NOW, Person

SCORE = {
    "assess-kinds": ["simple", "sensitive"], "assess-adjustment-simple": "1", "assess-adjustment-sensitive": "-1", "assess-ei": "0.75",
    "assess-confidentiality": "0.25", "assess-integrity": "0", "assess-availability": "0", "assess-malicious": "0.5",
}  # fmt: skip
ASSESSED = {"do": "assess", "assess-risk": "yes", "assess-high_risk": "unknown", "assess-reasons": "Anaphylaxis, and a stranger has the list."}
REPORT = {"regulator": "report", "people": "tell", "reasons": "Health data of 28 children."}
SAY_NOTHING = {"regulator": "not_reportable", "people": "no_high_risk", "reasons": "All of it was deleted unread."}
Browse = Callable[[str], FlaskClient]


@pytest.fixture
def row(people: dict[str, Person], school: School, in_quillbrook: School) -> Any:
    """A breach with health data of children, taken up by the headteacher."""
    found = report(Report(what="A list went to a wrong address.", noticed_at=NOW - timedelta(hours=2)), by(people["tess"], school))
    moving.take_up(found, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="Allergies sent to a wrong address"), by(people["hana"], school))
    known = {"data_kinds": (BreachData.HEALTH,), "people_kinds": (BreachPeople.CHILDREN,)}
    records.change(BREACHES, found, known, by(people["hana"], school))
    return found


@pytest.fixture
def browse(app: Flask, people: dict[str, Person]) -> Browse:
    """What gives the browser of somebody who is signed in."""

    def signed_in(key: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, people[key])
        return client

    return signed_in


def by(person: Person, school: School) -> Occasion:
    return Occasion(person.actor, NOW, facts_of(school, NOW.date()))


def at(row: Any, part: str) -> str:
    return f"/registers/breaches/{row.id}/{part}"


def kept(school: School) -> list[Any]:
    with doors.looking_at(school.id):
        return [*BreachJudgement.select().order_by(BreachJudgement.at.desc())]


def breach(school: School) -> Any:
    with doors.looking_at(school.id):
        return Breach.select().get()


def judge(client: FlaskClient, row: Any, do: str, clock: time_machine.Traveller, **said: str) -> Any:
    """Fill in one of the forms of the page "Decide", a minute later."""
    clock.shift(timedelta(minutes=1))
    opened = visit(client, at(row, "decide")).text.partition('name="opened" value="')[2].partition('"')[0]
    answers = {f"{do}-{name}": typed for name, typed in said.items()}
    return send(client, at(row, "decide"), do=do, opened=opened, **answers)


def test_the_score_is_worked_out_and_nothing_is_kept(browse: Browse, row: Any, school: School) -> None:
    head = browse("hana")
    page = text_of(head, at(row, "assess"))
    for said in ("Is there a risk to people?", "One recipient whom you trust", "It is not the law", "Nobody has said yet whether it was encrypted"):
        assert said in page, said
    found = send(head, at(row, "assess"), how="score", **ASSESSED, **SCORE)
    assert found.status_code == 200
    worked_out = "3 × 0.75 + 0.25 + 0 + 0 + 0.5 = 3 of 6: high."
    for said in ("Score: 3 of 6, high", worked_out, "sensitive data is marked down here", "Nothing is saved yet."):
        assert said in plain(found.text), said
    assert "Anaphylaxis, and a stranger has the list." in found.text
    assert kept(school) == []


def test_half_a_score_is_refused_at_its_question_and_none_at_all_is_fine(browse: Browse, row: Any, school: School) -> None:
    head = browse("hana")
    half = {name: typed for name, typed in SCORE.items() if name not in ("assess-ei", "assess-adjustment-simple")} | {"assess-integrity": "0.75"}
    for how in ("score", "keep"):
        refused = send(head, at(row, "assess"), how=how, **ASSESSED, **half)
        assert (refused.status_code, kept(school)) == (422, [])
        assert problems(refused) == ["Choose one, or leave out the whole score."] * 3
        assert 'href="#assess-ei"' in refused.text
    assert send(head, at(row, "assess"), how="keep", **ASSESSED).status_code == 303
    assert [each.hundredths for each in kept(school)] == [None]


def test_assessments_are_kept_as_they_were_made(browse: Browse, row: Any, school: School, clock: time_machine.Traveller) -> None:
    assert send(browse("dina"), at(row, "assess"), how="keep", **ASSESSED, **SCORE).status_code == 303
    clock.shift(timedelta(hours=1))
    assert send(browse("dev"), at(row, "assess"), how="keep", **(ASSESSED | {"assess-high_risk": "yes"})).status_code == 303
    page = text_of(browse("hana"), at(row, "assess")).partition("Assessments so far")[2]
    later, _and, earlier = page.partition("Replaced by the one of Monday 23 November 2026, 10:14")
    assert "Dev Marchetti, data protection officer, Monday 23 November 2026, 10:14 The latest one" in later
    for said in ("A high risk Not known yet", "3 of 6: high", "Suggested: ", "Breach: Allergies sent to a wrong address"):
        assert said in earlier, said


def test_the_officer_advises_the_head_overrules_and_the_other_approves(
    browse: Browse, row: Any, school: School, clock: time_machine.Traveller
) -> None:
    head, officer = browse("hana"), browse("dev")
    assert judge(officer, row, "advise", clock, **REPORT).status_code == 303
    refused = judge(head, row, "decide", clock, **SAY_NOTHING)
    assert (refused.status_code, breach(school).decision) == (422, None)
    assert problems(refused) == ["This is not what the data protection officer advised. Say why you decide otherwise."]
    assert judge(head, row, "decide", clock, **SAY_NOTHING, against="It came back unopened.").status_code == 303
    page = text_of(head, at(row, "decide"))
    assert "The latest one Overruled ICO Tell the regulator" in page
    for said in ("Overruled the advice", "Why not as advised It came back unopened.", "The data protection officer is to approve"):
        assert said in page, said
    assert 'value="approve"' not in visit(head, at(row, "decide")).text
    assert judge(officer, row, "approve", clock, regulator="not_reportable", reasons="").status_code == 422
    assert judge(officer, row, "approve", clock, regulator="not_reportable", reasons="I have seen it.").status_code == 303
    assert "Approved by Dev Marchetti on Monday 23 November 2026" in text_of(head, at(row, "decide"))


def test_nobody_decides_on_what_they_have_not_read(browse: Browse, row: Any, school: School, clock: time_machine.Traveller) -> None:
    head, officer = browse("hana"), browse("dev")
    assert judge(officer, row, "advise", clock, **SAY_NOTHING).status_code == 303
    typed = {f"decide-{name}": value for name, value in SAY_NOTHING.items()}
    opened = visit(head, at(row, "decide")).text.partition('name="opened" value="')[2].partition('"')[0]
    assert judge(officer, row, "advise", clock, **REPORT).status_code == 303
    refused = send(head, at(row, "decide"), do="decide", opened=opened, **typed)
    assert (refused.status_code, breach(school).decision) == (409, None)
    assert "All of it was deleted unread." in refused.text.partition('id="decide-reasons"')[2]
    assert "Somebody has advised or decided since you opened this page." in plain(refused.text)


def test_without_advice_the_page_says_when_one_may_decide(browse: Browse, row: Any, school: School, clock: time_machine.Traveller) -> None:
    head = browse("hana")
    page = text_of(head, at(row, "decide"))
    assert "after 07:14 on Wednesday 25 November 2026 (GMT)" in page
    assert judge(head, row, "decide", clock, **SAY_NOTHING, against="He is abroad.").status_code == 409
    assert problems(judge(head, row, "decide", clock, **REPORT)) == [
        "The data protection officer has not advised yet. Ask them, or say why you did not wait for them."
    ]
    clock.move_to(NOW + timedelta(hours=71))
    late = browse("hana")
    assert "why so late?" in text_of(late, at(row, "decide"))
    assert judge(late, row, "decide", clock, **REPORT, against="He is abroad.", delay="Found on Monday.").status_code == 303
    assert breach(school).delay_reason == "Found on Monday."
    assert "Why without advice He is abroad." in text_of(late, at(row, "decide"))


def test_encryption_that_nobody_verified_is_no_ground(browse: Browse, row: Any, clock: time_machine.Traveller) -> None:
    officer = browse("dev")
    assert "Not now: nobody has verified that the data was encrypted." in text_of(officer, at(row, "decide"))
    refused = judge(officer, row, "advise", clock, **(REPORT | {"people": "unintelligible"}))
    assert problems(refused) == ["Nobody has verified that the data was encrypted. Write down under Details how it is known, or choose another."]


def test_the_safeguarding_lead_decides_only_while_they_stand_in(
    browse: Browse, row: Any, school: School, people: dict[str, Person], clock: time_machine.Traveller
) -> None:
    lead = browse("dina")
    assert "While the headteacher is away, whoever stands in by the duty plan decides." in text_of(lead, at(row, "decide"))
    typed = {f"decide-{name}": said for name, said in REPORT.items()}
    assert send(lead, at(row, "decide"), page="/account", do="decide", opened="none-none-none", **typed).status_code == 403
    head = by(people["hana"], school)
    days = {"begins_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=5)}
    with doors.looking_at(school.id), recording(head.by, head.at) as trace:
        away = Duty(id=new_id(), school=school.id, person=people["hana"].user, stand_in=people["dina"].user, **days)
        store(trace, Happened.DUTY_CHANGED, away, new=True)
    assert judge(lead, row, "decide", clock, **REPORT, against="The officer is away as well.").status_code == 303
    assert "Dina Okafor, safeguarding lead, standing in for the headteacher" in text_of(lead, at(row, "decide"))


@pytest.mark.parametrize("key", ["ian", "ola", "gus", "tess"])
def test_nobody_else_reads_or_judges(browse: Browse, row: Any, key: str) -> None:
    client = browse(key)
    for part in ("assess", "decide"):
        assert client.get(at(row, part)).status_code in (403, 404)
        assert send(client, at(row, part), page="/account", do="assess").status_code in (403, 404)


def test_another_school_finds_nothing_here(browse: Browse, row: Any, app: Flask, otto: Person) -> None:
    client = app.test_client()
    sign_in(client, otto)
    for part in ("assess", "decide"):
        visit(client, at(row, part), 404)


def test_the_clock_stands_on_every_page_again_once_approval_is_withheld(
    browse: Browse, row: Any, school: School, clock: time_machine.Traveller
) -> None:
    head, officer = browse("hana"), browse("dev")
    assert judge(officer, row, "advise", clock, **SAY_NOTHING).status_code == 303
    assert judge(head, row, "decide", clock, **SAY_NOTHING).status_code == 303
    assert "Breach clock" not in visit(head, "/registers/assets/").text
    assert judge(officer, row, "approve", clock, regulator="report", reasons="A second family has it.").status_code == 303
    elsewhere = text_of(head, "/registers/assets/")
    assert "left to tell the ICO. Decide by 05:14 on Thursday 26 November 2026 (GMT). Read why it is not approved" in elsewhere
    page = text_of(head, at(row, "decide"))
    for said in ("Time left to tell the ICO", "Not approved Dev Marchetti does not agree", "To decide whether the ICO is told"):
        assert said in page, said
