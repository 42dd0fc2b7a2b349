"""Anybody reports a breach, and whoever is answerable knows of it at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from models.base import new_id
from models.breach import Breach
from models.breach_alert import BreachAlert
from models.breach_entry import BreachEntry
from models.duty import Duty
from models.message import Message, News
from models.vocabulary import BreachStage
from registry.actor import Actor
from registry.breaches.reporting import LONGEST_STORY, Report, own_reports, report
from registry.rows import store
from registry.schema import Invalid
from registry.trace.audit import Happened, recording
from registry.trace.seals import verify_rows
from tests.people import NOW, Person
from tests.registry.breaches.conftest import NOTICED
from tests.tampering import sql

WHAT = Report(what="A folder was left on the bus.", noticed_at=NOTICED)


def told() -> set[Any]:
    return {row.person_id for row in Message.select().where(Message.news == News.BREACH)}


def test_the_clock_starts_when_it_was_noticed(reported: Breach) -> None:
    assert (reported.stage, reported.aware_at, reported.discovered_at, reported.reported_at) == (BreachStage.REPORTED, NOTICED, NOTICED, NOW)
    assert reported.reporter == "Tess, room 4"
    assert [entry.text for entry in BreachEntry.select()] == ["A list of allergies went to a wrong address."]
    assert not [*verify_rows()]


def test_the_head_the_officer_and_their_deputy_are_told_and_nobody_else(reported: Breach, people: dict[str, Person]) -> None:
    assert told() == {people[key].user for key in ("hana", "dev", "dina")}
    assert BreachAlert.get().alert == "start"


def test_a_stand_in_is_told_as_well_while_somebody_is_away(at_work: Any, people: dict[str, Person], school: Any) -> None:
    by = at_work("hana")
    for begins, ends in ((-3, 3), (-9, -1), (1, 9)):
        days = {"begins_on": NOW.date() + timedelta(days=begins), "ends_on": NOW.date() + timedelta(days=ends)}
        person, stand_in = (people["hana"], people["ola"]) if ends == 3 else (people["dev"], people["ian"])
        with recording(by.by, by.at) as trace:
            store(trace, Happened.DUTY_CHANGED, Duty(id=new_id(), school=school.id, person=person.user, stand_in=stand_in.user, **days), new=True)
    report(WHAT, at_work("tess"))
    assert told() == {people[key].user for key in ("hana", "dev", "dina", "ola")}


def test_somebody_without_an_account_reports_too(at_work: Any, school: Any) -> None:
    row = report(WHAT, replace(at_work("tess"), by=Actor("stranger", school=school.id)))
    assert row.reported_by_id is None
    assert len(told()) == 3


def test_the_same_form_sent_twice_reports_once(at_work: Any) -> None:
    key = uuid4()
    assert [report(WHAT, at_work("tess"), key).id for _ in range(2)] == [key, key]
    assert Breach.select().count() == 1


def test_what_was_written_is_sealed(reported: Breach) -> None:
    held = repr(sql("SELECT * FROM breach")) + repr(sql("SELECT * FROM breach_entry"))
    assert "allergies" not in held
    assert "Tess" not in held


def test_a_teacher_follows_what_they_reported_and_nothing_else(reported: Breach, at_work: Any, people: dict[str, Person]) -> None:
    report(WHAT, at_work("ola"))
    assert [row.id for row in own_reports(people["tess"].actor)] == [reported.id]
    assert own_reports(Actor("stranger")) == []


@pytest.mark.parametrize(("changed", "question"), [
    ({"what": " "}, "what"),
    ({"what": "x" * (LONGEST_STORY + 1)}, "what"),
    ({"noticed_at": NOW + timedelta(minutes=6)}, "noticed_at"),
    ({"noticed_at": NOW - timedelta(days=4000)}, "noticed_at"),
    ({"call_back": "x" * 201}, "call_back"),
])  # fmt: skip
def test_what_cannot_be_is_said_at_its_question(at_work: Any, changed: dict[str, Any], question: str) -> None:
    with pytest.raises(Invalid) as refused:
        report(replace(WHAT, **changed), at_work("tess"))
    assert [*refused.value.messages] == [question]
    assert not Breach.select().exists()
