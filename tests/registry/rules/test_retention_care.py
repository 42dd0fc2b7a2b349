"""What a rule of the schedule lacks, code by code."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.retention_rule import RetentionRule
from registry.checks import facts_taken
from registry.rules.due import Due
from registry.rules.finding import Finding
from registry.rules.retention_care import NextDue, RuleFacts, findings, propose
from registry.rules.school_facts import SchoolFacts

SCHOOL = SchoolFacts()
INVOICES = RuleFacts(trigger="dated", permanent="no", years=6, action="destroy", basis="T", source="VAT Act 1994", certainty="usual_practice")
MINUTES = replace(INVOICES, trigger="meeting_date", permanent="yes", years=None, action="archive")


def short(rule: RuleFacts) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(rule, SCHOOL)]


def test_every_fact_is_a_column() -> None:
    assert set(facts_taken(RuleFacts)) <= set(RetentionRule._meta.fields)


@pytest.mark.parametrize("rule", [INVOICES, MINUTES, replace(INVOICES, years=None, days=0), replace(MINUTES, trigger=None, action="keep")])
def test_a_rule_that_can_be_counted_by_and_rests_on_something_has_no_findings(rule: RuleFacts) -> None:
    assert short(rule) == []


def test_a_rule_says_how_long_unless_it_is_for_good_or_goes_by_no_date() -> None:
    without = replace(INVOICES, years=None)
    assert short(without) == [("RR01", "error", "years")]
    assert short(replace(without, trigger="none")) == []
    assert short(replace(without, permanent=None, action="keep")) == []


@pytest.mark.parametrize("blank", [None, ""])
def test_a_period_runs_from_an_event(blank: str | None) -> None:
    assert short(replace(INVOICES, trigger=blank)) == [("RR02", "error", "trigger")]
    assert short(replace(INVOICES, trigger=blank, years=None)) == [("RR01", "error", "years"), ("RR02", "error", "trigger")]


def test_it_is_said_what_a_period_rests_on() -> None:
    assert short(replace(INVOICES, basis=None, source=None)) == [("RR03", "warning", "basis")]
    assert short(replace(INVOICES, source=" ")) == [("RR03", "warning", "source")]
    assert short(replace(INVOICES, source=None, basis="P")) == []


@pytest.mark.parametrize(("action", "found"), [
    ("keep", []), ("archive", []), ("review", []),
    ("destroy", ["RR04"]), ("transfer", ["RR04"]), ("review_then_destroy", ["RR04"]), (None, ["RR04"]),
])  # fmt: skip
def test_what_is_kept_for_good_is_not_destroyed_all_the_same(action: str | None, found: list[str]) -> None:
    assert [code for code, _severity, _question in short(replace(MINUTES, action=action))] == found


def test_what_was_not_settled_is_asked_of_the_dpo() -> None:
    assert short(replace(INVOICES, certainty="check_with_dpo")) == [("RR05", "note", "certainty")]


def test_every_finding_says_what_to_do_and_where_the_law_stands() -> None:
    found: list[Any] = [*findings(RuleFacts(certainty="check_with_dpo"), SCHOOL), *findings(RuleFacts(permanent=True), SCHOOL)]
    assert {each.code for each in found} == {"RR01", "RR02", "RR03", "RR04", "RR05"}
    assert all(isinstance(each, Finding) and each.source and each.mend and each.message.endswith(".") for each in found)


@pytest.mark.parametrize(("many", "said"), [(1, "1 record may"), (1_204, "1,204 records may")])
def test_what_nobody_knows_the_day_of_is_said(many: int, said: str) -> None:
    (found,) = findings(replace(INVOICES, unknown_days=many), SCHOOL)
    assert (found.code, found.severity.value, found.question) == ("RR06", "warning", "trigger")
    assert said in found.message
    assert short(replace(INVOICES, unknown_days=0)) == []


def test_what_may_go_is_looked_at_on_its_day() -> None:
    assert propose(NextDue(), SCHOOL) is None
    because = "From Thursday 1 July 2027 on a record of this register is needed no longer, as this rule says. Nothing holds it."
    assert propose(NextDue(next_due_on=date(2027, 7, 1)), SCHOOL) == Due(on=date(2027, 7, 1), because=(because,))
