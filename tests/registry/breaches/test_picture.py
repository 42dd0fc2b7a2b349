"""The governors' picture counts what happened in terms that are over, and says nothing of single breaches."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.school import School
from models.vocabulary import BreachCause, BreachKind, BreachStage, PeopleDecision, RegulatorDecision, TermDateKind
from registry import records
from registry.access import Forbidden
from registry.breaches import judging, moving, regulator
from registry.breaches.judging import Judgement
from registry.breaches.picture import IN_TIME, LATE, NO_KIND, NOT_REPORTED, seen_by_governors
from registry.breaches.reporting import Report, report
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.school.term_dates import TERM_DATES
from registry.school.schools import facts_of
from tests.people import Person

SPRING = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


def handled(people: dict[str, Person], school: School, at: datetime, sent_after: int | None = None) -> Breach:
    """A breach that was decided, and reported so many hours after it was noticed, or not at all."""

    def at_work(key: str, hours: int) -> Occasion:
        when = at + timedelta(hours=hours)
        return Occasion(people[key].actor, when, facts_of(school, when.date()))

    row = report(Report(what="A list went astray.", noticed_at=at), at_work("tess", 0))
    records.change(BREACHES, row, {"kind": BreachKind.LOST_PAPER, "causes": (BreachCause.HASTE,)}, at_work("hana", 1))
    moving.move(row, BreachStage.OPEN, at_work("hana", 1))
    decided = RegulatorDecision.NOT_REPORTABLE if sent_after is None else RegulatorDecision.REPORT
    judged = Judgement(reasons="So we saw it.", regulator=decided, people=PeopleDecision.NO_HIGH_RISK)
    judging.advise(row, judged, at_work("dev", 2))
    judging.decide(row, judged, at_work("hana", 3))
    if sent_after is not None:
        sent = regulator.Sent(at=at + timedelta(hours=sent_after), delay="Nobody was there.")
        regulator.submitted(records.find(BREACHES, row.id, people["hana"].actor), sent, at_work("hana", sent_after), school.name)
    return row


def test_breaches_are_counted_by_term_outcome_kind_and_cause(people: dict[str, Person], school: School, in_quillbrook: School, at_work: Any) -> None:
    for day in range(6):
        handled(people, school, SPRING + timedelta(days=day), sent_after=72)
        handled(people, school, SPRING + timedelta(days=day), sent_after=73)
        handled(people, school, SPRING + timedelta(days=day))
    none = report(Report(what="A false alarm.", noticed_at=SPRING), at_work("tess"))
    moving.move(none, BreachStage.NO_BREACH, at_work("hana"), why="Nothing about anybody.")
    for _ in range(5):
        report(Report(what="Only now.", noticed_at=at_work("tess").at), at_work("tess"))
    shown = seen_by_governors(at_work("gus"))
    assert [(period.label, period.many) for period in shown.periods] == [("2025/26, spring", 18)]
    assert [(tally.words, tally.total) for tally in shown.outcomes] == [(IN_TIME, 6), (LATE, 6), (NOT_REPORTED, 6)]
    alike = [(tally.words, tally.total) for tally in (*shown.kinds, *shown.causes)]
    assert alike == [(BreachKind.LOST_PAPER.label, 18), (BreachCause.HASTE.label, 18)]


def test_the_terms_of_the_school_are_counted_once_they_are_over(people: dict[str, Person], school: School, at_work: Any) -> None:
    for name, begins, ends in (("Spring term", SPRING.date(), date(2026, 3, 27)), ("Summer term", date(2026, 4, 13), date(2026, 7, 21))):
        records.add(TERM_DATES, {"name": name, "kind": TermDateKind.TERM, "begins_on": begins, "ends_on": ends}, at_work("dev"))
    for day in range(5):
        report(Report(what="Lost.", noticed_at=SPRING + timedelta(days=day)), at_work("tess"))

    def seen(at: datetime) -> Any:
        return seen_by_governors(Occasion(people["gus"].actor, at, facts_of(school, at.date())))

    assert seen(datetime(2026, 3, 26, tzinfo=UTC)).periods == ()
    [only] = seen(datetime(2026, 4, 14, tzinfo=UTC)).periods
    assert (only.label, only.many, seen(datetime(2026, 4, 14, tzinfo=UTC)).kinds[0].words) == ("Spring term 2026", 5, NO_KIND)


def test_only_those_who_oversee_the_school_see_it(at_work: Any) -> None:
    for key in ("tess", "ola", "ian", "dina"):
        with pytest.raises(Forbidden):
            seen_by_governors(at_work(key))
