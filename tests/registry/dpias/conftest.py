"""What tests of DPIAs begin from: somebody at work some days later, and a DPIA in which nothing is missing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.dpia import Dpia
from models.school import School
from models.vocabulary.shapes import CONSULTATIONS, RISKS
from registry import records
from registry.dpias import moving
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.row_text import written
from registry.school.schools import facts_of
from tests.people import NOW, Person

As = Callable[..., Occasion]

RISK = {"risk": "A tablet is lost", "likelihood": "possible", "severity": "significant", "measures": "Encryption", "effect": "reduced",
        "likelihood_after": "remote", "severity_after": "minimal", "approved": "yes"}  # fmt: skip
HIGH = {**RISK, "risk": "A child is recognised against their will", "likelihood_after": "possible", "severity_after": "severe"}
COMPLETE: dict[str, Any] = {
    "name": "Tablets",
    "concerns_pupils": "yes",
    "criteria": ("5",),
    **dict.fromkeys(("need", "nature", "scope", "context", "purposes", "necessity", "proportionality"), "As it is planned."),
    "consultations": written(CONSULTATIONS, ({"party": "parents", "how": "An evening", "said": "Quicker queues are welcome"},)),
    "risks": written(RISKS, (RISK,)),
    "next_review_on": date(2027, 10, 1),
}
"""Enough that no rule finds anything."""


@pytest.fixture
def at_work(in_quillbrook: School, people: dict[str, Person]) -> As:
    """What somebody needs to act, some days later."""
    return lambda key, days=0: Occasion(people[key].actor, NOW + timedelta(days), facts_of(in_quillbrook, NOW.date() + timedelta(days)))


@pytest.fixture
def dpia(at_work: As) -> Callable[..., Dpia]:
    """Writes a DPIA as the office; complete, unless other answers are given."""
    return lambda **answers: again(records.add(DPIAS, {**COMPLETE, **answers}, at_work("ola")))


def again(row: Any) -> Dpia:
    """The DPIA as it is stored by now."""
    found: Dpia = Dpia.get_by_id(row.id)
    return found


def moved(row: Dpia, code: str, occasion: Occasion) -> Dpia:
    """The DPIA after one of the deeds."""
    moving.move_on(row, code, occasion, seen=row.version)
    return again(row)
