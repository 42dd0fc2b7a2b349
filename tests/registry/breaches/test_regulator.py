"""Telling the regulator: the answers as they stand, no names in them, and what was sent kept with its time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.breach_entry import BreachEntry
from models.vocabulary import BreachPeople, EntryKind, PeopleDecision, RegulatorDecision, ReportPhase
from registry import records
from registry.access import Forbidden
from registry.breaches import details, judging, regulator, settling, steps
from registry.breaches.judging import Judgement
from registry.breaches.regulator import Sent
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.rules.slips import SlipKind
from registry.schema import Invalid
from registry.trace.seals import verify_rows
from tests.people import NOW
from tests.registry.breaches.conftest import NOTICED, again

JUDGED = Judgement(reasons="Health data of children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
SCHOOL = "Quillbrook Primary School"
LATER = timedelta(days=4)


@pytest.fixture
def decided(handled: Breach, at_work: Any) -> Breach:
    """A breach of which the regulator is to be told."""
    judging.advise(handled, JUDGED, at_work("dev"))
    judging.decide(again(handled, at_work), JUDGED, at_work("hana"))
    row: Breach = again(handled, at_work)
    return row


def answers(row: Breach, at_work: Any, phase: ReportPhase = ReportPhase.INITIAL) -> dict[str, str]:
    return {each.name: each.answer for part in regulator.prepared(row, at_work("hana"), SCHOOL, phase) for each in part.answers}


def test_the_form_is_filled_with_what_is_known_of_breach_and_school(decided: Breach, at_work: Any) -> None:
    details.keep("fee-number", "Z1234567", at_work("hana"))
    settling.told(decided, "the insurer", "", at_work("hana"))
    told = answers(again(decided, at_work), at_work)
    assert told["narrative"] == "A list of allergies went to a wrong address."
    assert (told["school_name"], told["fee_number"], told["reporter_name"], told["dpo_name"]) == (SCHOOL, "Z1234567", "Hana Whitlow", "Dev Marchetti")
    assert told["others_told"] == "the insurer"
    assert told["people_told"] == "They will be told"


def test_who_is_concerned_is_found_in_what_should_not_name_them(decided: Breach, at_work: Any) -> None:
    known = {"names": "Samira Patel\nKit Alone", "effects": "Samira may be teased; write to kit@home.example."}
    records.change(BREACHES, again(decided, at_work), {**known, "people_kinds": (BreachPeople.CHILDREN,)}, at_work("hana"))
    row = again(decided, at_work)
    found = regulator.slipped(row, regulator.prepared(row, at_work("hana"), SCHOOL), at_work("hana"), SCHOOL)
    assert {name: [slip.kind for slip in those] for name, those in found.items()} == {"effects": [SlipKind.KNOWN_NAME, SlipKind.EMAIL]}


@pytest.mark.parametrize(("after", "delay", "wrong"), [
    (timedelta(hours=72), "", None),
    (timedelta(hours=72, seconds=1), "", "delay"),
    (timedelta(hours=72, seconds=1), "Nobody was there in August.", None),
    (timedelta(hours=-1), "", "sent_at"),
    (timedelta(days=9), "", "sent_at"),
])  # fmt: skip
def test_a_report_is_late_only_with_its_reason(decided: Breach, at_work: Any, after: timedelta, delay: str, wrong: str | None) -> None:
    sent = Sent(at=NOTICED + after, reference="IC-123", delay=delay)
    if wrong is None:
        regulator.submitted(decided, sent, at_work("hana", LATER), SCHOOL)
        assert again(decided, at_work).told_at == sent.at
        assert next(step for step in steps.steps_of(decided) if step.contact == "ico").done_at == sent.at
    else:
        with pytest.raises(Invalid) as refused:
            regulator.submitted(decided, sent, at_work("hana", LATER), SCHOOL)
        assert [*refused.value.messages] == [wrong]
        assert again(decided, at_work).told_at is None


def test_what_follows_later_is_kept_beside_what_was_sent_first(decided: Breach, at_work: Any) -> None:
    first = Sent(at=NOW, reference="IC-123")
    with pytest.raises(Invalid):
        regulator.submitted(decided, replace(first, phase=ReportPhase.FOLLOW_UP), at_work("hana"), SCHOOL)
    regulator.submitted(decided, first, at_work("hana"), SCHOOL)
    records.change(BREACHES, again(decided, at_work), {"people_count": 28}, at_work("hana"))
    with pytest.raises(Invalid):
        regulator.submitted(again(decided, at_work), first, at_work("hana"), SCHOOL)
    later = at_work("hana", timedelta(hours=9))
    regulator.submitted(again(decided, at_work), Sent(at=later.at, phase=ReportPhase.FOLLOW_UP), later, SCHOOL)
    before, after = regulator.reports(decided)
    assert "28" not in before.answers
    assert "What is the case reference?\nIC-123" in after.answers
    assert "How many people could be affected?\n28" in after.answers
    assert again(decided, at_work).told_at == NOW
    assert BreachEntry.select().where(BreachEntry.kind == EntryKind.SUBMITTED).count() == 2
    assert not [*verify_rows()]


def test_nothing_is_sent_before_it_is_decided(handled: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="not decided"):
        regulator.submitted(handled, Sent(at=NOTICED), at_work("hana"), SCHOOL)


def test_a_reference_that_comes_later_is_kept_once_the_regulator_was_told(decided: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="not told yet"):
        regulator.keep_reference(decided, "IC-123", at_work("hana"))
    regulator.submitted(decided, Sent(at=NOW), at_work("hana"), SCHOOL)
    for wrong in (" ", "x" * (regulator.LONGEST_REFERENCE + 1)):
        with pytest.raises(Invalid):
            regulator.keep_reference(again(decided, at_work), wrong, at_work("hana"))
    with pytest.raises(Forbidden):
        regulator.keep_reference(again(decided, at_work), "IC-123", at_work("ian"))
    regulator.keep_reference(again(decided, at_work), " IC-123 ", at_work("dina"))
    assert again(decided, at_work).regulator_reference == "IC-123"
    assert "IC-123" in BreachEntry.select().order_by(BreachEntry.id.desc()).get().text
    assert "IC-123" not in regulator.reports(decided)[0].answers
    assert not [*verify_rows()]
