"""What a DPIA’s answers come to, kept on it in the same transaction: the screening’s outcome, the risk that is left, and who began it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models.dpia import Dpia
from registry.amending import put
from registry.checks import facts_taken
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.dpia_regulator import RegulatorFacts
from registry.rules.dpia_risks import residual, rows_of
from registry.rules.dpia_screening import ScreeningAnswers, screen
from registry.trace.audit import Trace


def settle(trace: Trace, records: Sequence[UUID], occasion: Occasion) -> None:
    """Keep what comes of the answers of these DPIAs."""
    for row in Dpia.select().where(Dpia.id.in_([*records])):
        changes = {name: (getattr(row, name), value) for name, value in _worked_out(row, occasion).items() if getattr(row, name) != value}
        for name, (_before, value) in changes.items():
            setattr(row, name, value)
        if changes:
            put(trace, DPIAS, row, occasion, changes=changes, names=tuple(changes), of_this_write=True)


def screened(row: Dpia) -> bool:
    """Whether anybody has answered the screening: its ticks, or that no pupils are concerned, or reasons of their own."""
    return bool(row.article_35 or row.regulator_items or row.criteria or row.concerns_pupils or row.screening_because)


def answers_of(row: Dpia) -> ScreeningAnswers:
    """The answers of the screening as the rule takes them."""
    return ScreeningAnswers(row.article_35, row.regulator_items, row.criteria, row.concerns_pupils)


def regulator_facts(row: Dpia) -> RegulatorFacts:
    """Where it stands with the regulator, as the rule takes it."""
    return RegulatorFacts(**{name: getattr(row, name) for name in facts_taken(RegulatorFacts)})


def _worked_out(row: Dpia, occasion: Occasion) -> dict[str, Any]:
    is_screened = screened(row)
    return {
        "outcome": screen(answers_of(row)).outcome if is_screened else None,
        "screened_on": (row.screened_on or occasion.school.today) if is_screened else None,
        "residual": residual(rows_of(row.risks)),
        "raised_on": row.raised_on or occasion.school.today,
    }
