"""A DPIA from its screening to the end: what is worked out with each save, and what stands in the way of each deed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from models.dpia import Dpia
from models.roles import Role
from models.vocabulary import DpiaStage, RiskLevel, ScreeningOutcome
from models.vocabulary.advice import Advice
from models.vocabulary.shapes import RISKS
from registry import records
from registry.access import Forbidden
from registry.approval import approving
from registry.approval.approving import Seen
from registry.checks import findings_of
from registry.deadlines import deadlines_of
from registry.dpias import moving
from registry.merging import Side, merge
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from registry.rules.row_text import written
from registry.trace.verification import verify_rows
from tests.people import NOW
from tests.registry.dpias.conftest import HIGH, RISK, As, again, moved

Written = Callable[..., Dpia]


def approve(row: Dpia, at_work: As, verdict: Advice = Advice.AGREES, words: str = "", reasons: str = "") -> Dpia:
    seen = Seen(row.id, row.version)
    approving.advise(DPIAS, seen, verdict, words, occasion=at_work("dev"))
    approving.approve(DPIAS, seen, reasons, at_work("hana"))
    return again(row)


def codes(row: Dpia, at_work: As) -> set[str]:
    return {finding.code for finding in findings_of(DPIAS, row, at_work("ola").school)}


def test_each_save_works_out_the_screening_and_the_risk_that_is_left(dpia: Written, at_work: As) -> None:
    row = dpia(criteria=(), concerns_pupils=None, risks=None)
    assert (row.outcome, row.screened_on, row.residual, row.raised_on) == (None, None, None, NOW.date())
    records.change(DPIAS, row, {"concerns_pupils": "yes"}, at_work("ola", 2))
    row = again(row)
    assert (row.outcome, row.screened_on) == (ScreeningOutcome.ONE_CRITERION, date(2026, 11, 25))
    records.change(DPIAS, row, {"criteria": ("5",), "risks": written(RISKS, (RISK, HIGH))}, at_work("ola", 3))
    row = again(row)
    assert (row.outcome, row.screened_on, row.residual) == (ScreeningOutcome.TWO_CRITERIA, date(2026, 11, 25), RiskLevel.HIGH)
    assert not [*verify_rows()]


def test_who_saves_over_a_change_of_which_more_was_worked_out_is_asked(dpia: Written, at_work: As) -> None:
    row = dpia()
    opened = row.version
    records.change(DPIAS, row, {"risks": written(RISKS, (RISK, HIGH))}, at_work("dev"))
    found = merge(DPIAS, again(row), opened, yours={"risks": written(RISKS, (RISK,))}, by=at_work("ola").by)
    assert [(each.question.name, each.side) for each in found.differences] == [("risks", Side.THEIRS)]
    assert found.names == ("Dev Marchetti",)


def test_days_are_set_for_the_screening_the_regulator_and_the_next_look(dpia: Written, at_work: As) -> None:
    row = dpia(risks=written(RISKS, (HIGH,)), regulator_asked_on=date(2026, 11, 2))
    due = {dated.deadline.code: dated.on for dated in deadlines_of(DPIAS, row, at_work("ola").school)}
    assert due == {"DP1": date(2026, 12, 21), "DP3": date(2026, 12, 28)}
    row = moved(row, "assess", at_work("ola"))
    assert {dated.deadline.code for dated in deadlines_of(DPIAS, row, at_work("ola").school)} == {"DP2", "DP3"}


def test_no_assessment_is_a_no_with_reasons_that_is_approved(dpia: Written, at_work: As) -> None:
    unanswered = dpia(criteria=(), concerns_pupils=None)
    for code in ("none", "assess"):
        with pytest.raises(CannotBeDone, match="Answer the screening first"):
            moved(unanswered, code, at_work("ola"))
    with pytest.raises(CannotBeDone, match="an assessment is required"):
        moved(dpia(), "none", at_work("ola"))
    row = dpia(criteria=())
    with pytest.raises(CannotBeDone, match="why no assessment is made"):
        moved(row, "none", at_work("ola"))
    records.change(DPIAS, row, {"screening_because": "Names of a team on a board."}, at_work("ola"))
    row = moved(again(row), "none", at_work("ola"))
    assert (row.stage, codes(row, at_work)) == (DpiaStage.NOT_NEEDED, set())
    row = approve(row, at_work)
    assert row.is_as_approved
    row = moved(row, "assess", at_work("ola"))
    assert (row.stage, row.is_as_approved) == (DpiaStage.ASSESSING, False)


def test_nothing_is_in_use_before_it_is_approved_as_it_is(dpia: Written, at_work: As) -> None:
    row = dpia(**dict.fromkeys(("nature", "risks"), None), screening_because="A look all the same.")
    row = approve(row, at_work)
    row = moved(row, "assess", at_work("ola"))
    with pytest.raises(CannotBeDone, match="approved as it is now"):  # what was approved is the screening
        moved(row, "live", at_work("hana"))
    with pytest.raises(CannotBeDone, match="error"):
        approve(row, at_work)
    row = moved(dpia(), "assess", at_work("ola"))
    assert codes(row, at_work) == set()
    row = approve(row, at_work, Advice.AGAINST, "Wait for the letters to families.", "They went out on Friday.")
    with pytest.raises(Forbidden, match="headteacher or the data protection officer"):
        moved(row, "live", at_work("ola"))
    row = moved(row, "live", at_work("hana"))
    assert (row.stage, row.live_on, row.is_as_approved) == (DpiaStage.LIVE, NOW.date(), True)
    assert not [*verify_rows()]


def test_whoever_only_moves_it_on_wrote_nothing_and_lends_nobody_their_name(dpia: Written, at_work: As) -> None:
    row = moved(dpia(), "assess", at_work("hana"))
    assert approve(row, at_work).is_as_approved
    row = dpia(context="Another one.")
    records.change(DPIAS, row, {"context": "As Hana sees it."}, at_work("hana"))
    row = moved(again(row), "assess", at_work("ola"))
    with pytest.raises(CannotBeDone, match="you wrote the last change"):
        approve(row, at_work)


def test_who_advised_and_became_the_headteacher_since_does_not_decide(dpia: Written, at_work: As) -> None:
    row = moved(dpia(), "assess", at_work("ola"))
    approving.advise(DPIAS, Seen(row.id, row.version), Advice.AGREES, "", occasion=at_work("dev"))
    dev = at_work("dev")
    promoted = replace(dev, by=replace(dev.by, role=Role.HEADTEACHER))
    with pytest.raises(CannotBeDone, match="You gave the advice on it, so somebody else decides"):
        approving.approve(DPIAS, Seen(row.id, row.version), "", promoted)


def test_a_high_risk_waits_for_the_regulator(dpia: Written, at_work: As) -> None:
    row = moved(dpia(risks=written(RISKS, (RISK, HIGH))), "assess", at_work("ola"))
    assert codes(row, at_work) == {"DP09"}
    with pytest.raises(CannotBeDone, match="before the regulator is consulted"):
        moved(row, "live", at_work("hana"))
    with pytest.raises(CannotBeDone, match="error"):
        approve(row, at_work)
    records.change(DPIAS, row, {"regulator_asked_on": NOW.date()}, at_work("ola"))
    with pytest.raises(CannotBeDone, match="has not answered"):
        moved(again(row), "live", at_work("hana"))
    records.change(DPIAS, again(row), {"regulator_outcome": "with_changes", "regulator_outcome_on": NOW.date()}, at_work("ola"))
    assert moved(approve(again(row), at_work), "live", at_work("dev")).stage is DpiaStage.LIVE


def test_what_ended_or_was_given_up_can_be_taken_up_again(dpia: Written, at_work: As) -> None:
    row = moved(approve(moved(dpia(), "assess", at_work("ola")), at_work), "live", at_work("hana"))
    row = moved(row, "end", at_work("ola", 30))
    assert (row.stage, row.ended_on, row.is_as_approved) == (DpiaStage.ENDED, date(2026, 12, 23), True)
    row = moved(row, "again", at_work("ola", 31))
    assert (row.stage, row.ended_on, row.is_as_approved) == (DpiaStage.ASSESSING, None, False)
    row = moved(row, "drop", at_work("ola", 32))
    assert (row.stage, row.ended_on) == (DpiaStage.DROPPED, date(2026, 12, 25))
    records.archive(DPIAS, row, at_work("ola"))
    assert moving.open_to(again(row)) == ()


def test_a_deed_is_done_once_by_who_may_and_on_what_they_saw(dpia: Written, at_work: As) -> None:
    row = dpia()
    with pytest.raises(Forbidden):
        moved(row, "assess", at_work("tess"))
    with pytest.raises(CannotBeDone, match="changed since you opened"):
        moving.move_on(row, "assess", at_work("ola"), seen=row.version - 1)
    with pytest.raises(CannotBeDone, match="changed since you opened"):
        moved(row, "live", at_work("hana"))
    stale = again(row)
    moved(row, "assess", at_work("ola"))
    with pytest.raises(CannotBeDone, match="changed since you opened"):
        moved(stale, "assess", at_work("ola"))
