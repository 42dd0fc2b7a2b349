"""Alerts come at their hours, again until somebody has read them, and never once nothing runs any more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models import doors
from models.base import new_id
from models.breach import Breach
from models.breach_alert import BreachAlert
from models.message import Message, News
from models.vocabulary import PeopleDecision, RegulatorDecision
from registry.access import school_of
from registry.breaches import alerts, judging, steps
from registry.breaches.alerts import MOST, ORDER, acknowledge, alert_everywhere, running, unread
from registry.breaches.judged import standing
from registry.breaches.judging import Judgement
from registry.breaches.moving import Times, set_times
from registry.breaches.reporting import Report, report
from registry.breaches.whose_move import DECIDE_AGAIN, move_in
from registry.occasion import Occasion
from registry.rows import store
from registry.talk import notices
from registry.trace.audit import Happened, recording
from tests.people import NOW, Person
from tests.registry.breaches.conftest import NOTICED, again


def told(*people: Person) -> list[int]:
    """How often each of these people was told of a breach."""
    rows = [row.person_id for row in Message.select().where(Message.news == News.BREACH)]
    return [rows.count(person.user) for person in people]


@pytest.mark.parametrize(("hours", "last"), [(23, "start"), (24, "24"), (47, "24"), (48, "48"), (60, "60"), (71, "71"), (72, "71"), (73, "overdue")])
def test_each_alert_comes_at_its_hour_and_once(reported: Breach, at_work: Any, hours: int, last: str) -> None:
    acknowledge(reported, at_work("hana"))
    for _ in range(2):
        alert_everywhere(NOTICED + timedelta(hours=hours))
    assert max((each.alert for each in BreachAlert.select()), key=ORDER.index) == last
    assert len({each.alert for each in BreachAlert.select()}) == BreachAlert.select().count()


def test_an_alert_that_nobody_reads_is_given_again_and_to_others(reported: Breach, at_work: Any, people: dict[str, Person]) -> None:
    those = [people[key] for key in ("hana", "dina", "ola")]
    assert told(*those) == [1, 1, 0]
    acknowledge(reported, at_work("hana"))
    for minutes, wanted in ((0, [2, 1, 0]), (59, [2, 1, 0]), (60, [3, 2, 0])):
        alert_everywhere(NOTICED + timedelta(hours=24, minutes=minutes))
        assert told(*those) == wanted
    latest, before, first = (line.sentence for line in notices.notices(people["hana"].actor).lines)
    assert (latest, before) == ("Safehold says that at most 48 hours are left for BR-0001",) * 2
    assert first.endswith("tells of a breach, and the hours run: BR-0001")


def test_an_alert_is_not_given_for_ever(reported: Breach, hana: Person) -> None:
    for minutes in range(0, 20 * 60, 30):
        alert_everywhere(NOW + timedelta(minutes=minutes))
    assert told(hana) == [MOST]


def test_what_was_read_is_not_given_again(reported: Breach, at_work: Any, hana: Person) -> None:
    assert (acknowledge(reported, at_work("hana")), acknowledge(reported, at_work("dev"))) == (1, 0)
    alert_everywhere(NOW + timedelta(hours=5))
    assert told(hana) == [1]
    assert unread(reported) == []


def test_nothing_comes_once_it_is_decided_that_there_is_nothing_to_tell(handled: Breach, at_work: Any, hana: Person) -> None:
    acknowledge(handled, at_work("hana"))
    decided = Judgement(reasons="Deleted unread.", regulator=RegulatorDecision.NOT_REPORTABLE, people=PeopleDecision.NO_HIGH_RISK)
    judging.advise(handled, decided, at_work("dev"))
    judging.decide(again(handled, at_work), decided, at_work("hana"))
    alert_everywhere(NOTICED + timedelta(hours=80))
    assert told(hana) == [1]


def test_whoever_has_read_an_alert_is_told_by_it(handled: Breach, at_work: Any) -> None:
    acknowledge(handled, at_work("hana"))
    told = {step.contact for step in steps.steps_of(handled) if step.done_at}
    assert told == {"headteacher"}


def test_a_clock_that_was_put_right_gives_its_alerts_again(reported: Breach, at_work: Any, hana: Person) -> None:
    acknowledge(reported, at_work("hana"))
    wrong, right = (Times(occurred_at=None, discovered_at=None, aware_at=at, because="A slip.") for at in (NOTICED - timedelta(days=4), NOTICED))
    set_times(again(reported, at_work), wrong, at_work("hana"))
    alert_everywhere(NOW)
    assert told(hana) == [2]  # that the hours are over
    set_times(again(reported, at_work), right, at_work("hana", timedelta(minutes=1)))
    assert unread(again(reported, at_work)) == []
    alert_everywhere(NOW + timedelta(hours=5))
    assert told(hana) == [2]
    for told_before, (hours, last) in enumerate(((24, "24"), (48, "48"), (60, "60"), (71, "71"), (73, "overdue")), start=2):
        alert_everywhere(NOTICED + timedelta(hours=hours))
        assert (told(hana), unread(again(reported, at_work))[-1].alert) == ([told_before + 1], last)
    alert_everywhere(NOTICED + timedelta(hours=74))
    assert told(hana) == [8]


def test_an_approval_that_is_withheld_lets_the_hours_run_on(handled: Breach, at_work: Any, hana: Person) -> None:
    acknowledge(handled, at_work("hana"))
    decided = Judgement(reasons="Deleted unread.", regulator=RegulatorDecision.NOT_REPORTABLE, people=PeopleDecision.NO_HIGH_RISK)
    judging.advise(handled, decided, at_work("dev"))
    judging.decide(again(handled, at_work), decided, at_work("hana"))
    assert running() == []
    judging.approve(again(handled, at_work), replace(decided, regulator=RegulatorDecision.REPORT), at_work("dev", timedelta(minutes=1)))
    assert (again(handled, at_work).decision, move_in(again(handled, at_work))) == (None, DECIDE_AGAIN)
    assert standing(handled).decision is not None  # as it was decided
    alert_everywhere(NOTICED + timedelta(hours=48))
    assert told(hana) == [2]
    judging.approve(again(handled, at_work), decided, at_work("dev", timedelta(minutes=2)))
    assert (again(handled, at_work).decision, running()) == (RegulatorDecision.NOT_REPORTABLE, [])


def test_one_odd_breach_keeps_no_other_from_being_told(reported: Breach, at_work: Any, hana: Person, elsewhere: Occasion) -> None:
    acknowledge(reported, at_work("hana"))
    report(Report(what="A bag was left on the bus.", noticed_at=NOTICED + timedelta(minutes=5)), at_work("tess"))
    with recording(at_work("hana").by, NOW) as trace:
        odd = BreachAlert(id=new_id(), school=reported.school_id, breach=reported.id, alert="of an earlier program", given_at=NOW)
        store(trace, Happened.BREACH_ALERTED, odd, new=True)
    with doors.looking_at(school_of(elsewhere.by)):
        theirs = report(Report(what="A list was lost.", noticed_at=NOTICED), elsewhere)
    with pytest.raises(ValueError, match="of an earlier program"):
        alert_everywhere(NOTICED + timedelta(hours=25))
    assert told(hana) == [3]
    with doors.looking_at(theirs.school_id):
        assert {each.alert for each in BreachAlert.select().where(BreachAlert.breach == theirs.id)} == {"start", "24"}


def test_what_is_given_again_in_the_moment_of_reading_is_read_as_well(reported: Breach, at_work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [lambda: alert_everywhere(NOW + timedelta(hours=1))]

    def meanwhile(*of: Any) -> Any:
        if waiting:
            waiting.pop()()
        return recording(*of)

    monkeypatch.setattr(alerts, "recording", meanwhile)
    assert acknowledge(reported, at_work("hana", timedelta(hours=1))) == 1
    assert (BreachAlert.get().times, unread(reported)) == (2, [])
