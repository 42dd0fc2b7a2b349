"""Breaches of the demonstration: one that was decided not to be reported, and one that runs."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from models import doors
from models.roles import Role
from models.school import School
from models.user import User
from models.vocabulary import (
    BreachCause,
    BreachData,
    BreachKind,
    BreachPeople,
    BreachStage,
    PeopleDecision,
    RegulatorDecision,
    YesNoUnknown,
)
from registry import records
from registry.actor import Actor
from registry.breaches import alerts, judging, moving, settling, steps, timeline
from registry.breaches.judging import Judgement
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.school.schools import facts_of
from registry.talk import outbox

At = Callable[[str, datetime], Occasion]
"""Somebody of the demonstration at work, by their part, at an instant."""

PARTS = {"teacher": Role.TEACHER, "head": Role.HEADTEACHER, "dpo": Role.DPO}
FIRST, SECOND = datetime(2026, 11, 21, 9, 0, tzinfo=UTC), datetime(2026, 11, 22, 16, 35, tzinfo=UTC)


def breaches(school: School, users: Mapping[str, User]) -> None:
    """Report and handle them, the oldest first."""

    def at(key: str, instant: datetime) -> Occasion:
        by = Actor(str(users[key].name), user=users[key].id, role=PARTS[key], school=school.id)
        return Occasion(by, instant, facts_of(school, instant.date()))

    with doors.looking_at(school.id):
        _decided(at, FIRST)
        _running(at, SECOND)
        read = at("dpo", SECOND + timedelta(hours=1))
        outbox.mark_read(read.by, read.at)


def _decided(at: At, began: datetime) -> None:
    what = "The newsletter went to all parents with their addresses to be seen."
    row = _taken_up(at, began, what, (BreachKind.CC_FOR_BCC, "Newsletter with open addresses"))
    said = {"effects": "Little: the addresses alone were to be seen.", "measures_taken": "Everybody was asked to delete it."}
    known = {**said, "causes": (BreachCause.HASTE,)}
    records.change(BREACHES, row, {**known, "people_count": 40, "people_kinds": (BreachPeople.PARENTS,)}, at("head", began + timedelta(hours=2)))
    judged = Judgement(
        reasons="Addresses of one class, nothing about anybody in the letter, and all but two have said that it is deleted.",
        regulator=RegulatorDecision.NOT_REPORTABLE,
        people=PeopleDecision.NO_HIGH_RISK,
    )
    judging.advise(row, judged, at("dpo", began + timedelta(hours=5)))
    judging.decide(row, judged, at("head", began + timedelta(hours=6)))
    agreed = Judgement(reasons="I agree: little can come of it.", regulator=RegulatorDecision.NOT_REPORTABLE)
    judging.approve(row, agreed, at("dpo", began + timedelta(hours=8)))
    moving.move(row, BreachStage.CLOSED, at("head", began + timedelta(hours=30)))


def _running(at: At, began: datetime) -> None:
    what = "The list of allergies of a class went to a wrong address."
    row = _taken_up(at, began, what, (BreachKind.WRONG_RECIPIENT, "Allergy list sent to a wrong address"))
    known = {"people_count": 28, "people_kinds": (BreachPeople.CHILDREN,), "data_kinds": (BreachData.BASIC, BreachData.HEALTH)}
    records.change(BREACHES, row, known, at("head", began + timedelta(hours=2)))
    for step, came in zip(steps.steps_of(row), ("Recalled from the school’s own mailboxes.", "", "23 of 26 families have answered."), strict=False):
        settling.done(row, step, came, at("head", began + timedelta(hours=2, minutes=10 + step.place)))
    timeline.note(row, "The list was switched off in the shared folder.", at("head", began + timedelta(hours=3)), technical=True)
    judged = Judgement(reasons="Health data of 28 children in 26 homes.", risk=YesNoUnknown.YES, high_risk=YesNoUnknown.UNKNOWN)
    judging.assess(row, judged, at("head", began + timedelta(hours=3, minutes=20)))
    advice = Judgement(reasons="A risk to some is likely.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
    judging.advise(row, advice, at("dpo", began + timedelta(hours=4)))


def _taken_up(at: At, began: datetime, what: str, called: tuple[BreachKind, str]) -> Any:
    kind, name = called
    row = report(Report(what=what, noticed_at=began, call_back="Tess Quayle, room 4"), at("teacher", began + timedelta(minutes=20)))
    moving.take_up(row, TakenUp(kind=kind, name=name), at("head", began + timedelta(minutes=45)))
    alerts.acknowledge(row, at("head", began + timedelta(minutes=50)))
    return row
