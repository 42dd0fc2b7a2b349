"""Advice before a decision, reasons with both, approval by the other one, and a report that is late only with its reason."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.base import new_id
from models.breach import Breach
from models.breach_entry import BreachEntry
from models.breach_judgement import BreachJudgement
from models.duty import Duty
from models.roles import Role
from models.vocabulary import DataSensitivity, EntryKind, JudgementKind, PeopleDecision, RegulatorDecision, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.breaches import judgement, judging, regulator
from registry.breaches.duty import may_decide
from registry.breaches.judged import standing
from registry.breaches.judging import Judgement
from registry.breaches.regulator import Sent
from registry.breaches.scoring import Chosen, WorkedOut
from registry.records import Conflict
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.schema import Invalid
from registry.trace.audit import Happened, recording
from tests.people import NOW, Person
from tests.registry.breaches.conftest import NOTICED, again

REPORT = Judgement(reasons="Health data of 28 children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
SAY_NOTHING = Judgement(reasons="All of it was deleted unread.", regulator=RegulatorDecision.NOT_REPORTABLE, people=PeopleDecision.NO_HIGH_RISK)


def texts(kind: EntryKind) -> list[str]:
    return [entry.text for entry in BreachEntry.select().where(BreachEntry.kind == kind).order_by(BreachEntry.at)]


@pytest.fixture
def advised(handled: Breach, at_work: Any) -> Breach:
    """The breach, about which the DPO has advised to tell the regulator."""
    judging.advise(handled, REPORT, at_work("dev"))
    return handled


def test_an_assessment_is_kept_as_it_was_made_and_superseded_visibly(handled: Breach, at_work: Any) -> None:
    chosen = Chosen(kinds={DataSensitivity.SIMPLE: 1, DataSensitivity.SENSITIVE: 0}, ei=0.75, confidentiality=0.25)
    found = WorkedOut(handled, chosen)
    first = Judgement(reasons="Unclear.", risk=YesNoUnknown.YES, high_risk=YesNoUnknown.UNKNOWN, severity=found.facts, workings=found.words)
    judging.assess(handled, first, at_work("dina"))
    judging.assess(handled, replace(first, high_risk=YesNoUnknown.NO, severity=None, workings=""), at_work("hana", timedelta(minutes=5)))
    later, kept = standing(handled).rows
    assert [(each.high_risk, each.hundredths) for each in (later, kept)] == [(YesNoUnknown.NO, None), (YesNoUnknown.UNKNOWN, 325)]
    assert "Allergies sent to a wrong address" in kept.facts
    assert "4 × 0.75 + 0.25 + 0 + 0 + 0 = 3.25 of 6: high." in kept.workings
    assert (standing(handled).replaced_by(kept), standing(handled).replaced_by(later)) == (later, None)


def test_a_high_risk_is_a_risk(handled: Breach, at_work: Any) -> None:
    with pytest.raises(Invalid) as refused:
        judging.assess(handled, Judgement(reasons="Odd.", risk=YesNoUnknown.NO, high_risk=YesNoUnknown.YES), at_work("dina"))
    assert [*refused.value.messages] == ["risk"]


def test_the_head_decides_after_the_advice(advised: Breach, at_work: Any) -> None:
    judging.decide(advised, replace(REPORT, against="Never mind."), at_work("hana", timedelta(minutes=5)))
    assert again(advised, at_work).decision is RegulatorDecision.REPORT
    assert not judging.is_overruled(advised)
    assert standing(advised).rows[0].against is None  # there is nothing that it goes against


@pytest.mark.parametrize("other", [{"regulator": RegulatorDecision.NOT_REPORTABLE}, {"people": PeopleDecision.RISK_ENDED}])
def test_whoever_overrules_the_advice_says_why_and_it_is_seen(advised: Breach, at_work: Any, other: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        judging.decide(advised, replace(REPORT, **other), at_work("hana", timedelta(minutes=5)))
    assert [*refused.value.messages] == ["against"]
    judging.decide(advised, replace(REPORT, **other, against="It came back unopened."), at_work("hana", timedelta(minutes=5)))
    assert judging.is_overruled(advised)
    assert "It came back unopened." in texts(EntryKind.DECIDED)[0]
    judging.advise(advised, replace(REPORT, **other), at_work("dev", timedelta(minutes=9)))
    stands = standing(advised)
    assert (stands.is_overruled, stands.advice_is_newer) == (True, True)  # what was overruled then stays so


@pytest.mark.parametrize(("judged", "hours", "refused"), [
    (REPORT, 1, Invalid),
    (replace(REPORT, against="Dev is on a mountain."), 1, None),
    (replace(SAY_NOTHING, against="Dev is on a mountain."), 48, CannotBeDone),
    (replace(SAY_NOTHING, against="Dev is on a mountain."), 49, None),
    (SAY_NOTHING, 80, Invalid),
])  # fmt: skip
def test_without_advice_only_what_cannot_wait_is_decided_and_with_a_reason(
    handled: Breach, at_work: Any, judged: Judgement, hours: int, refused: type[Exception] | None
) -> None:
    occasion = at_work("hana", NOTICED - NOW + timedelta(hours=hours))
    if refused:
        with pytest.raises(refused):
            judging.decide(handled, judged, occasion)
        assert again(handled, at_work).decision is None
    else:
        judging.decide(handled, judged, occasion)
        assert standing(handled).rows[0].against == "Dev is on a mountain."


def test_that_nobody_can_read_it_is_a_ground_only_when_it_is_verified(advised: Breach, at_work: Any) -> None:
    unreadable = replace(REPORT, people=PeopleDecision.UNINTELLIGIBLE, against="Dina saw the key.")
    for deed, key in ((judging.advise, "dev"), (judging.decide, "hana")):
        with pytest.raises(Invalid) as refused:
            deed(advised, unreadable, at_work(key))
        assert [*refused.value.messages] == ["people"]
    records.change(BREACHES, advised, {"encrypted": YesNoUnknown.YES, "encryption_verified": "The device’s page, 3 November."}, at_work("hana"))
    judging.decide(advised, unreadable, at_work("hana", timedelta(minutes=5)))
    assert again(advised, at_work).people_decision is PeopleDecision.UNINTELLIGIBLE


def test_a_later_decision_replaces_an_earlier_one_visibly(advised: Breach, at_work: Any) -> None:
    judging.decide(advised, REPORT, at_work("hana", timedelta(minutes=5)))
    judging.decide(advised, replace(SAY_NOTHING, against="It was the wrong list."), at_work("hana", timedelta(minutes=9)))
    assert again(advised, at_work).decision is RegulatorDecision.NOT_REPORTABLE
    assert [each.regulator for each in standing(advised).of(JudgementKind.DECISION)] == [RegulatorDecision.NOT_REPORTABLE, RegulatorDecision.REPORT]


def test_a_reason_for_delay_that_is_known_already_is_kept(advised: Breach, at_work: Any) -> None:
    judging.decide(advised, replace(REPORT, delay="Nobody was there in August."), at_work("hana", timedelta(hours=80)))
    assert again(advised, at_work).delay_reason == "Nobody was there in August."


def test_not_reporting_is_approved_by_the_other_one_only(advised: Breach, at_work: Any) -> None:
    agreed = Judgement(reasons="I have seen the confirmation.", regulator=RegulatorDecision.NOT_REPORTABLE)
    with pytest.raises(CannotBeDone):
        judging.approve(advised, agreed, at_work("dev"))
    judging.decide(advised, replace(SAY_NOTHING, against="It came back unopened."), at_work("hana", timedelta(minutes=5)))
    for key in ("hana", "dina"):
        with pytest.raises(Forbidden):
            judging.approve(advised, agreed, at_work(key))
    withheld = Judgement(reasons="Nobody rang the second family.", regulator=RegulatorDecision.REPORT)
    judging.approve(advised, withheld, at_work("dev", timedelta(minutes=7)))
    assert not standing(advised).is_approved
    judging.approve(advised, agreed, at_work("dev", timedelta(minutes=9)))
    assert standing(advised).is_approved
    assert texts(EntryKind.APPROVED) == ["That it is not reported is approved.\nI have seen the confirmation."]
    judging.decide(advised, replace(SAY_NOTHING, against="A second family came forward."), at_work("hana", timedelta(minutes=12)))
    assert standing(advised).awaits_approval  # what was approved was another decision


def test_an_approval_of_a_breach_that_was_decided_anew_meanwhile_is_refused(advised: Breach, at_work: Any) -> None:
    unreported = replace(SAY_NOTHING, against="It came back unopened.")
    judging.decide(advised, unreported, at_work("hana", timedelta(minutes=5)))
    opened = again(advised, at_work)
    judging.decide(again(advised, at_work), replace(unreported, reasons="One of the two came back."), at_work("hana", timedelta(minutes=6)))
    with pytest.raises(Conflict):
        judging.approve(opened, Judgement(reasons="Agreed.", regulator=RegulatorDecision.NOT_REPORTABLE), at_work("dev", timedelta(minutes=6)))
    assert standing(advised).awaits_approval


@pytest.mark.parametrize(("key", "days", "may"), [
    ("dina", (0, 0), True),
    ("dina", (1, 5), False),
    ("dina", (-5, -1), False),
    ("dev", (0, 0), False),  # whoever advises does not decide
    ("ola", (0, 0), False),  # who may not handle breaches decides nothing
])  # fmt: skip
def test_a_stand_in_decides_while_the_head_is_away(
    advised: Breach, at_work: Any, people: dict[str, Person], key: str, days: tuple[int, int], may: bool
) -> None:
    head = at_work("hana")
    begins, ends = (NOW.date() + timedelta(days=each) for each in days)
    away = Duty(id=new_id(), school=head.by.school, person=head.by.user, stand_in=people[key].user, begins_on=begins, ends_on=ends)
    with recording(head.by, head.at) as trace:
        store(trace, Happened.DUTY_CHANGED, away, new=True)
    assert may_decide(people[key].actor, NOW.date()) is may
    if not may:
        with pytest.raises(Forbidden):
            judging.decide(advised, REPORT, at_work(key))
        return
    judging.decide(advised, replace(SAY_NOTHING, against="It came back unopened."), at_work(key, timedelta(minutes=5)))
    assert texts(EntryKind.DECIDED)[0].startswith("Standing in for the headteacher.")
    assert standing(advised).approvers == [Role.HEADTEACHER, Role.DPO]


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
        judging.decide(other, replace(SAY_NOTHING, against="It came back unopened."), at_work("hana"))
    assert again(advised, at_work).decision is RegulatorDecision.REPORT
    assert len([*judging.judgements(advised).where(BreachJudgement.kind == JudgementKind.DECISION)]) == 1


def test_what_the_regulator_was_told_is_not_decided_away(advised: Breach, at_work: Any) -> None:
    judging.decide(advised, REPORT, at_work("hana"))
    regulator.submitted(advised, Sent(at=NOTICED, reference="IC-123"), at_work("hana"), "Quillbrook")
    with pytest.raises(CannotBeDone, match="told already"):
        judging.decide(advised, SAY_NOTHING, at_work("hana"))


def test_advice_that_comes_in_the_moment_of_deciding_is_read_first(handled: Breach, at_work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [lambda: judging.advise(again(handled, at_work), SAY_NOTHING, at_work("dev"))]

    def meanwhile(*of: Any) -> Any:
        if waiting:
            waiting.pop()()
        return recording(*of)

    monkeypatch.setattr(judgement, "recording", meanwhile)
    with pytest.raises(CannotBeDone, match="has advised or decided since"):
        judging.decide(handled, replace(REPORT, against="He is abroad."), at_work("hana", timedelta(minutes=1)))
    row = again(handled, at_work)
    assert (row.decision, standing(row).decision) == (None, None)
    with pytest.raises(CannotBeDone, match="has advised or decided since"):
        judging.decide(row, replace(REPORT, against="He is abroad."), at_work("hana", timedelta(minutes=1)), read="none-none-none")
