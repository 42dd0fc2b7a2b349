from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import MeasureEffect, RiskLevel, RiskLikelihood, RiskSeverity, YesNo
from models.vocabulary.shapes import FLOWS, RISKS
from registry.rules.dpia_risks import RiskRow, residual, rows_of
from registry.rules.row_text import written
from registry.rules.rows_said import rows_said

LEAK = {"risk": "A template of a face leaks", "impact": "It cannot be changed", "likelihood": "possible", "severity": "severe",
        "measures": "Kept on the till only", "effect": "reduced", "likelihood_after": "remote", "severity_after": "severe",
        "approved": "yes"}  # fmt: skip
(ROW,) = rows_of([LEAK])


def test_a_risk_is_read_from_rows_and_from_the_text_that_is_kept() -> None:
    read = RiskRow(
        risk="A template of a face leaks", impact="It cannot be changed", likelihood=RiskLikelihood.POSSIBLE, severity=RiskSeverity.SEVERE,
        measures="Kept on the till only", effect=MeasureEffect.REDUCED, likelihood_after=RiskLikelihood.REMOTE, severity_after=RiskSeverity.SEVERE,
        approved=YesNo.YES,
    )  # fmt: skip
    assert rows_of([LEAK]) == rows_of(written(RISKS, [LEAK])) == (read,)


def test_what_is_no_row_is_left_out_and_what_is_no_choice_is_not_said() -> None:
    assert rows_of(None) == rows_of("") == rows_of("So it is.") == rows_of([{}, {"risk": ""}, "a text"]) == ()
    assert rows_of([{"risk": " It leaks ", "likelihood": "often", "measures": " ", "effect": None}]) == (RiskRow(risk="It leaks"),)
    assert rows_said(FLOWS, [{"sender": "The till"}, {"sender": None}]) == ({"sender": "The till"},)


def test_a_risk_is_weighed_before_and_after_its_measures() -> None:
    assert (ROW.before, ROW.after) == (RiskLevel.HIGH, RiskLevel.LOW)
    assert replace(ROW, likelihood=None).before is None
    assert replace(ROW, severity=None).before is None
    only = replace(ROW, likelihood_after=None, severity_after=RiskSeverity.SIGNIFICANT)
    assert only.after is RiskLevel.MEDIUM
    assert replace(only, likelihood=None).after is None
    assert replace(ROW, severity_after=None, severity=None).after is None


@pytest.mark.parametrize(("effect", "said_after", "left"), [
    (MeasureEffect.ACCEPTED, False, "high"), (MeasureEffect.ACCEPTED, True, "low"), (MeasureEffect.ELIMINATED, False, "low"),
    (MeasureEffect.REDUCED, False, None), (None, False, None), (None, True, "low"),
])  # fmt: skip
def test_what_is_left_of_a_risk_follows_what_the_measures_do(effect: MeasureEffect | None, said_after: bool, left: str | None) -> None:
    row = replace(ROW, effect=effect)
    assert (row if said_after else replace(row, likelihood_after=None, severity_after=None)).after == left


def test_the_highest_risk_counts_and_one_that_is_not_judged_leaves_it_open() -> None:
    accepted = RiskRow(risk="It stops", likelihood=RiskLikelihood.POSSIBLE, severity=RiskSeverity.SIGNIFICANT, effect=MeasureEffect.ACCEPTED)
    high, not_judged = replace(accepted, severity=RiskSeverity.SEVERE), RiskRow(risk="Something else")
    assert residual([]) is None
    assert residual([ROW, accepted]) is RiskLevel.MEDIUM
    assert residual([accepted, not_judged]) is None
    assert residual([not_judged]) is None
    assert residual([not_judged, high, ROW]) is RiskLevel.HIGH


ROWS = st.lists(st.builds(
    RiskRow, risk=st.just("It leaks"), likelihood=st.sampled_from([None, *RiskLikelihood]), severity=st.sampled_from([None, *RiskSeverity]),
    effect=st.sampled_from([None, *MeasureEffect]), likelihood_after=st.sampled_from([None, *RiskLikelihood]),
))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_what_is_left_is_never_less_than_any_risk_that_is_judged(rows: list[RiskRow]) -> None:
    left, order = residual(rows), list(RiskLevel)
    judged = [row.after for row in rows if row.after]
    assert (left is None) == (not rows or (len(judged) < len(rows) and RiskLevel.HIGH not in judged))
    assert left is None or order.index(left) == max(map(order.index, judged))
