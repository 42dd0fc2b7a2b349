"""A breach that a teacher reported, and those who handle it."""

from datetime import timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.vocabulary import BreachKind, PeopleDecision, RegulatorDecision
from registry import records
from registry.breaches import judging, moving
from registry.breaches.judging import Judgement
from registry.breaches.moving import TakenUp
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.school.schools import facts_of
from tests.people import NOW, Person

NOTICED = NOW - timedelta(hours=2)


@pytest.fixture
def at_work(people: dict[str, Person], school: Any, in_quillbrook: Any) -> Any:
    """What gives somebody at work in Quillbrook, some time later."""
    return lambda key, later=timedelta(0): Occasion(people[key].actor, NOW + later, facts_of(school, (NOW + later).date()))


@pytest.fixture
def reported(at_work: Any) -> Breach:
    """What Tess reported two hours after she had noticed it."""
    return report(Report(what="A list of allergies went to a wrong address.", noticed_at=NOTICED, call_back="Tess, room 4"), at_work("tess"))


@pytest.fixture
def handled(reported: Breach, at_work: Any) -> Breach:
    """The same, taken up by the headteacher."""
    row = again(reported, at_work)
    moving.take_up(row, TakenUp(kind=BreachKind.WRONG_RECIPIENT, name="Allergies sent to a wrong address"), at_work("hana"))
    return row


def again(row: Breach, at_work: Any) -> Any:
    """The breach as it is stored now."""
    return records.find(BREACHES, row.id, at_work("hana").by)


@pytest.fixture
def to_tell(handled: Breach, at_work: Any) -> Breach:
    """The same, once it is decided that the people are told."""
    decided = Judgement(reasons="Allergies of children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
    judging.advise(handled, decided, at_work("dev"))
    row = again(handled, at_work)
    judging.decide(row, decided, at_work("hana"))
    return row
