"""Whoever stands in is told on the days they do, and a plan that would leave nobody is refused with the reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.duty import Duty
from models.message import Message, News
from models.school import School
from registry.access import Forbidden
from registry.breaches import plan
from registry.breaches.alerts import acknowledge, alert_everywhere
from registry.breaches.details import details, keep
from registry.breaches.plan import Away
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.schema import Invalid
from registry.school.schools import facts_of
from registry.trace.seals import verify_rows
from tests.people import NOW, Person

BEGINS, ENDS = date(2027, 7, 31), date(2027, 8, 20)


@pytest.fixture
def away(dev: Person, dina: Person) -> Away:
    """Dev is away in the summer, and Dina stands in."""
    return Away(person=dev.user, stand_in=dina.user, begins_on=BEGINS, ends_on=ENDS, note="In August 01632 960 009")


def told(person: Person) -> int:
    """How often somebody was told of a breach."""
    return int(Message.select().where((Message.news == News.BREACH) & (Message.person == person.user)).count())


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (datetime(2027, 7, 30, 22, 59, tzinfo=UTC), False),  # 23:59 on the wall, the evening before
        (datetime(2027, 7, 30, 23, 0, tzinfo=UTC), True),  # midnight in summer time
        (datetime(2027, 8, 20, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 8, 20, 23, 0, tzinfo=UTC), False),
    ],
)
def test_whoever_stands_in_is_alerted_from_midnight_to_midnight(
    away: Away, at_work: Any, school: School, tess: Person, hana: Person, dev: Person, dina: Person, at: datetime, is_told: bool
) -> None:
    plan.enter(away, at_work("hana"))
    began = at - timedelta(hours=24)
    row = report(Report(what="Lost papers.", noticed_at=began), Occasion(tess.actor, began, facts_of(school, began.date())))
    acknowledge(row, Occasion(hana.actor, began, facts_of(school, began.date())))
    before = told(dina), told(dev)
    alert_everywhere(at)
    assert (told(dina), told(dev)) == (before[0] + is_told, before[1] + 1)


def test_the_plan_of_today_is_said_in_words(away: Away, at_work: Any, school: School) -> None:
    plan.enter(away, at_work("hana"))
    assert plan.told_today(school.id, BEGINS - timedelta(days=1)) == "Dev Marchetti; Hana Whitlow"
    assert plan.told_today(school.id, ENDS) == "Dev Marchetti is away until 20 August 2027, Dina Okafor stands in; Hana Whitlow"


@pytest.mark.parametrize(
    ("other", "where", "sentence"),
    [
        ({"stand_in": "dev"}, "stand_in", "Nobody stands in for themselves. Choose a colleague."),
        ({"stand_in": "tess"}, "stand_in", "Choose who stands in."),
        ({"stand_in": "otto"}, "stand_in", "Choose who stands in."),
        ({"ends_on": BEGINS - timedelta(days=1)}, "ends_on", "It ends before it begins. Enter 31 July 2027 or a later day."),
        ({"ends_on": date(2029, 1, 1)}, "ends_on", "That is more than a year. Look at the year; for longer, change who has the role."),
        ({"begins_on": date(2025, 1, 1), "ends_on": date(2025, 1, 9)}, "ends_on", "That day is over. Enter the last day that is still to come."),
        ({"person": "dina", "stand_in": "hana"}, "person",
         "Dina Okafor stands in for Dev Marchetti from 31 July 2027 to 20 August 2027. Choose somebody else there first."),
        ({"person": "hana", "stand_in": "dev"}, "stand_in",
         "Dev Marchetti is away too, from 31 July 2027 to 20 August 2027. Choose somebody who is there."),
        ({"stand_in": "hana"}, "person", "Dev Marchetti stands in the plan already, from 31 July 2027 to 20 August 2027. Change that instead."),
    ],
)  # fmt: skip
def test_what_would_leave_nobody_is_refused(
    away: Away, at_work: Any, people: dict[str, Person], other: dict[str, Any], where: str, sentence: str
) -> None:
    plan.enter(away, at_work("hana"))
    users = {name: people[key].user for name, key in other.items() if isinstance(key, str)}
    with pytest.raises(Invalid) as problem:
        plan.enter(replace(away, **{**other, **users}), at_work("hana"))
    assert problem.value.messages == {where: [sentence]}


def test_an_absence_is_changed_ended_and_taken_out_with_its_seal(away: Away, at_work: Any, hana: Person, school: School) -> None:
    plan.enter(away, at_work("hana"))
    row = Duty.select().get()
    plan.change(row, replace(away, note=""), at_work("dev"))
    assert (Duty.select().get().note, Duty.select().get().version) == (None, 2)
    later = Occasion(hana.actor, NOW, facts_of(school, BEGINS + timedelta(days=3)))
    plan.end(Duty.select().get(), later)
    assert Duty.select().get().ends_on == BEGINS + timedelta(days=2)
    plan.end(Duty.select().get(), at_work("hana"))
    assert not Duty.select().exists()
    assert list(verify_rows()) == []


def test_only_those_who_answer_for_it_plan(away: Away, at_work: Any) -> None:
    for key in ("dina", "ola", "gus", "ian", "tess"):
        with pytest.raises(Forbidden):
            plan.enter(away, at_work(key))
        with pytest.raises(Forbidden):
            keep("dpo", "01632 960 002", at_work(key))


def test_the_schools_own_words_stand_with_the_day_until_they_are_taken_out(at_work: Any, school: School) -> None:
    keep("dpo", " Dev, 01632 960 002 ", at_work("hana"))
    assert details() == {"dpo": ("Dev, 01632 960 002", NOW.date())}
    keep("dpo", "Dev, 01632 960 002", at_work("dev", timedelta(days=400)))
    assert details()["dpo"].checked_on == (NOW + timedelta(days=400)).date()
    with pytest.raises(Invalid):
        keep("dpo", "x" * 501, at_work("hana"))
    keep("dpo", "", at_work("hana"))
    assert details() == {}
    assert list(verify_rows()) == []
