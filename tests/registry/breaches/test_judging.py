"""Advice before a decision, reasons with both, and a report that is late only with its reason."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.vocabulary import JudgementKind, PeopleDecision, RegulatorDecision, YesNoUnknown
from registry.access import Forbidden
from registry.breaches import judging
from registry.breaches.judging import Judgement
from registry.records import Conflict
from registry.rows import CannotBeDone
from registry.rules.breach_severity import SeverityFacts
from registry.schema import Invalid
from tests.registry.breaches.conftest import NOTICED, again

REPORT = Judgement(reasons="Health data of 28 children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
SAY_NOTHING = Judgement(reasons="All of it was deleted unread.", regulator=RegulatorDecision.NOT_REPORTABLE, people=PeopleDecision.NO_HIGH_RISK)


@pytest.fixture
def advised(handled: Breach, at_work: Any) -> Breach:
    """The breach, about which the DPO has advised to tell the regulator."""
    judging.advise(handled, REPORT, at_work("dev"))
    return handled


def test_an_assessment_is_kept_as_it_was_made_and_superseded_visibly(handled: Breach, at_work: Any) -> None:
    scored = SeverityFacts(dpc=4, ei=0.75, confidentiality=0.25)
    first = Judgement(reasons="Unclear.", risk=YesNoUnknown.YES, high_risk=YesNoUnknown.UNKNOWN, severity=scored)
    judging.assess(handled, first, at_work("dina"))
    judging.assess(handled, replace(first, high_risk=YesNoUnknown.NO, severity=None), at_work("hana", timedelta(minutes=5)))
    kept = [*judging.judgements(handled)]
    assert [(each.high_risk, each.hundredths) for each in kept] == [(YesNoUnknown.NO, None), (YesNoUnknown.UNKNOWN, 325)]
    assert "Allergies sent to a wrong address" in kept[1].facts


def test_the_head_decides_after_the_advice_and_not_before(handled: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="advises first"):
        judging.decide(handled, REPORT, at_work("hana"))
    judging.advise(handled, REPORT, at_work("dev"))
    judging.decide(handled, REPORT, at_work("hana"))
    assert again(handled, at_work).decision is RegulatorDecision.REPORT
    assert not judging.is_overruled(handled)


def test_overruling_the_advice_is_seen(advised: Breach, at_work: Any) -> None:
    judging.decide(advised, SAY_NOTHING, at_work("hana"))
    assert judging.is_overruled(advised)


@pytest.mark.parametrize("key", ["dev", "dina", "ola"])
def test_nobody_decides_but_the_head(advised: Breach, at_work: Any, key: str) -> None:
    with pytest.raises(Forbidden):
        judging.decide(advised, REPORT, at_work(key))


def test_nobody_advises_but_the_officer(handled: Breach, at_work: Any) -> None:
    with pytest.raises(Forbidden):
        judging.advise(handled, REPORT, at_work("hana"))


@pytest.mark.parametrize("missing", ["reasons", "regulator", "people"])
def test_a_decision_without_all_of_it_is_refused(advised: Breach, at_work: Any, missing: str) -> None:
    with pytest.raises(Invalid) as refused:
        judging.decide(advised, replace(REPORT, **{missing: " " if missing == "reasons" else None}), at_work("hana"))
    assert [*refused.value.messages] == [missing]


def test_of_two_decisions_at_once_one_wins(advised: Breach, at_work: Any) -> None:
    other = again(advised, at_work)
    judging.decide(again(advised, at_work), REPORT, at_work("hana"))
    with pytest.raises(Conflict):
        judging.decide(other, SAY_NOTHING, at_work("hana"))
    assert again(advised, at_work).decision is RegulatorDecision.REPORT
    assert len([*judging.judgements(advised).where(judging.BreachJudgement.kind == JudgementKind.DECISION)]) == 1


@pytest.mark.parametrize(("after", "delay", "is_kept"), [
    (timedelta(hours=72), "", True),
    (timedelta(hours=72, seconds=1), "", False),
    (timedelta(hours=72, seconds=1), "Nobody was there in August.", True),
    (timedelta(hours=-1), "", False),
])  # fmt: skip
def test_a_report_is_late_only_with_its_reason(advised: Breach, at_work: Any, after: timedelta, delay: str, is_kept: bool) -> None:
    judging.decide(advised, REPORT, at_work("hana"))
    told = NOTICED + after
    if is_kept:
        judging.submitted(advised, told, at_work("hana", timedelta(days=4)), reference="IC-123", delay=delay)
        assert again(advised, at_work).told_at == told
    else:
        with pytest.raises(Invalid):
            judging.submitted(advised, told, at_work("hana", timedelta(days=4)), reference="IC-123", delay=delay)
        assert again(advised, at_work).told_at is None


def test_nothing_is_submitted_before_it_is_decided(advised: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="not decided"):
        judging.submitted(advised, NOTICED, at_work("hana"))


def test_what_the_regulator_was_told_is_not_decided_away(advised: Breach, at_work: Any) -> None:
    judging.decide(advised, REPORT, at_work("hana"))
    judging.submitted(advised, NOTICED, at_work("hana"), reference="IC-123")
    with pytest.raises(CannotBeDone, match="told already"):
        judging.decide(advised, SAY_NOTHING, at_work("hana"))
