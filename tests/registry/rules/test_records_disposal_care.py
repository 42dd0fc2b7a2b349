"""What is missing in a disposal of records, code by code."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from models.records_disposal import RecordsDisposal
from registry.checks import facts_taken
from registry.rules.records_disposal_care import ProposalFacts, RecordsDisposalFacts, decide_by, findings
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts(today=date(2026, 11, 23))
SHREDDED = RecordsDisposalFacts(
    stage="done", records="paper", method="shredded", quantity=6, witness="Office manager", approved_on=date(2026, 9, 1), done_on=date(2026, 9, 4)
)
CONTRACTED = replace(SHREDDED, method="contractor", contractor=UUID(int=7), certificate="C-118")
HANDED_OVER = replace(SHREDDED, method="handed_over", witness=None, receipt="Signed receipt of 4 September 2026")
APPROVED = RecordsDisposalFacts(stage="approved", records="paper", quantity=6, approved_on=date(2026, 10, 23))


def short(disposal: RecordsDisposalFacts, school: SchoolFacts = SCHOOL) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(disposal, school)]


def test_every_fact_is_a_column() -> None:
    assert {*facts_taken(RecordsDisposalFacts), *facts_taken(ProposalFacts)} <= set(RecordsDisposal._meta.fields)


def test_a_proposal_waits_two_weeks_for_a_yes_or_a_no() -> None:
    after_midnight = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # half past midnight by the school's clock, the night it goes back
    found = decide_by(ProposalFacts(stage="proposed", proposed_at=after_midnight), SCHOOL)
    assert found
    assert found.on == date(2026, 11, 8)
    assert found.because == (
        "It was proposed on Sunday 25 October 2026.",
        "Two weeks later somebody has said yes or no: Sunday 8 November 2026.",
    )


@pytest.mark.parametrize("stage", ["approved", "under_way", "done", "refused", None])
def test_what_somebody_has_decided_on_waits_for_nobody(stage: str | None) -> None:
    assert decide_by(ProposalFacts(stage=stage, proposed_at=datetime(2026, 10, 24, tzinfo=UTC)), SCHOOL) is None
    assert decide_by(ProposalFacts(stage="proposed"), SCHOOL) is None


@pytest.mark.parametrize("disposal", [SHREDDED, CONTRACTED, HANDED_OVER, replace(SHREDDED, quantity=0)])
def test_a_disposal_that_is_carried_out_and_proved_has_no_findings(disposal: RecordsDisposalFacts) -> None:
    assert short(disposal) == []


def test_what_is_approved_is_carried_out_within_thirty_days() -> None:
    late = replace(APPROVED, approved_on=date(2026, 10, 23))
    assert short(late) == [("RD01", "warning", "stage")]
    assert short(replace(late, stage="under_way")) == [("RD01", "warning", "stage")]
    assert short(replace(APPROVED, approved_on=date(2026, 10, 24))) == []
    assert short(replace(APPROVED, approved_on=None)) == short(replace(late, stage="proposed")) == short(late, SchoolFacts()) == []
    assert short(replace(late, done_on=date(2026, 11, 1), witness="Office manager")) == []


@pytest.mark.parametrize(("method", "asked"), [("contractor", "certificate"), (None, "method")])
def test_a_contractor_certifies_what_they_destroyed(method: str | None, asked: str) -> None:
    without = replace(CONTRACTED, method=method, certificate=" ")
    assert short(without) == [("RD02", "error", asked)]
    assert short(replace(without, stage="approved", done_on=None, approved_on=date(2026, 11, 20))) == []


def test_a_contractor_who_was_named_before_another_way_was_chosen_owes_no_certificate() -> None:
    assert short(replace(CONTRACTED, method="shredded", certificate=None)) == []


@pytest.mark.parametrize("records", ["paper", "system"])
def test_somebody_saw_it_done_but_for_what_this_program_erased(records: str) -> None:
    assert short(replace(SHREDDED, records=records, witness="")) == [("RD03", "warning", "witness")]
    assert short(replace(SHREDDED, records="own", method="erased", witness=None)) == []


@pytest.mark.parametrize("method", ["handed_over", "archived"])
def test_whoever_got_the_records_says_so(method: str) -> None:
    assert short(replace(HANDED_OVER, method=method, receipt=None)) == [("RD04", "warning", "receipt")]


def test_it_is_said_how_many_they_are() -> None:
    assert short(replace(SHREDDED, quantity=None)) == [("RD05", "warning", "quantity")]
    assert short(RecordsDisposalFacts()) == [("RD05", "warning", "quantity")]


def test_nothing_is_asked_of_a_disposal_that_was_refused() -> None:
    assert short(RecordsDisposalFacts(stage="refused")) == []
