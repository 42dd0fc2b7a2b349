"""When something is looked at again, at its edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Decider, ImageDecision, ImageFlag
from registry.rules import review_dates
from registry.rules.review_dates import AnswerFacts, CheckedFacts, LimitFacts, PolicyFacts, TaskFacts
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts(today=date(2026, 11, 23), review_months=12)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(("checked", "set_for", "due"), [
    (None, None, None),
    (None, date(2027, 1, 4), date(2027, 1, 4)),
    (date(2026, 3, 1), None, date(2027, 3, 1)),
    (date(2026, 3, 1), date(2027, 1, 4), date(2027, 1, 4)),
    (date(2025, 3, 1), date(2027, 1, 4), date(2026, 3, 1)),
    (date(2024, 2, 29), None, date(2025, 3, 1)),
])  # fmt: skip
def test_an_entry_is_checked_on_the_day_set_and_at_the_latest_when_the_last_check_is_too_old(
    checked: date | None, set_for: date | None, due: date | None
) -> None:
    found = review_dates.check_again(CheckedFacts(last_verified_on=checked, next_review_on=set_for), SCHOOL)
    assert (found.on if found else None) == due


def test_how_it_was_worked_out_is_told_step_by_step() -> None:
    found = review_dates.check_again(CheckedFacts(last_verified_on=date(2026, 3, 1), next_review_on=date(2027, 1, 4)), SCHOOL)
    assert found is not None
    assert found.because == (
        "The next check is set for: Monday 4 January 2027, as entered.",
        "It was last checked on Sunday 1 March 2026.",
        "12 months later, the longest that a check counts: Monday 1 March 2027.",
        "The earlier of the two: Monday 4 January 2027.",
    )


@given(days, days)
def test_setting_a_day_never_makes_a_check_later(checked: date, set_for: date) -> None:
    alone = review_dates.check_again(CheckedFacts(last_verified_on=checked), SCHOOL)
    both = review_dates.check_again(CheckedFacts(last_verified_on=checked, next_review_on=set_for), SCHOOL)
    assert alone is not None
    assert both is not None
    assert both.on == min(alone.on, set_for)


def test_a_policy_document_is_reviewed_where_there_is_one() -> None:
    assert review_dates.policy_document(PolicyFacts(apd_review_on=date(2027, 1, 4)), SCHOOL) is None
    assert review_dates.policy_document(PolicyFacts(apd_reference="Folder 4"), SCHOOL) is None
    found = review_dates.policy_document(PolicyFacts(apd_reference="Folder 4", apd_review_on=date(2027, 1, 4)), SCHOOL)
    assert found is not None
    assert found.on == date(2027, 1, 4)


@pytest.mark.parametrize(("level", "cleared", "is_due"), [
    (ImageFlag.NO_PUBLICATION, None, True), (ImageFlag.NO_PUBLICATION, date(2026, 11, 1), False), (ImageFlag.NONE, None, False),
])  # fmt: skip
def test_a_limit_is_looked_at_again_while_it_applies(level: str, cleared: date | None, is_due: bool) -> None:
    facts = LimitFacts(level=level, next_review_on=date(2027, 1, 4), cleared_on=cleared)
    assert (review_dates.limit(facts, SCHOOL) is not None) == is_due


@pytest.mark.parametrize(("decision", "decider", "is_due"), [
    (ImageDecision.GIVEN, Decider.PARENT, True), (ImageDecision.GIVEN, Decider.OTHER, False), (ImageDecision.REFUSED, Decider.PARENT, False),
])  # fmt: skip
def test_a_yes_that_counts_runs_out_and_nothing_else_does(decision: str, decider: str, is_due: bool) -> None:
    facts = AnswerFacts(decision=decision, decider=decider, valid_until=date(2027, 1, 4))
    assert (review_dates.consent(facts, SCHOOL) is not None) == is_due


def test_a_task_is_due_until_it_is_done() -> None:
    assert review_dates.task(TaskFacts(due_on=date(2026, 11, 25)), SCHOOL) is not None
    assert review_dates.task(TaskFacts(due_on=date(2026, 11, 25), done_on=date(2026, 11, 24)), SCHOOL) is None
    assert review_dates.task(TaskFacts(), SCHOOL) is None
