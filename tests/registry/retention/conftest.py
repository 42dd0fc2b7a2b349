"""What tests of retention begin from: whoever acts, and records of each kind whose period is over."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.school import School
from registry import records
from registry.records import Occasion
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.registers.images.pupils import PUPILS
from registry.school.schools import facts_of
from tests.people import NOW, Person

As = Callable[[str], Occasion]
Rule = Callable[..., Any]


@pytest.fixture
def at_work(in_quillbrook: School, people: dict[str, Person]) -> As:
    """What somebody needs to act: who they are, when, and the school."""
    return lambda key: Occasion(people[key].actor, NOW, facts_of(in_quillbrook, NOW.date()))


@pytest.fixture
def rule(at_work: As) -> Rule:
    """Makes a rule of the schedule, for two years after leaving unless other answers are given."""

    def made(**answers: Any) -> Any:
        usual = {"name": "Pupils", "trigger": "leaves_school", "years": 2, "action": "destroy", "covers": "pupils", "basis": "P", "source": "Ours"}
        return records.add(RETENTION_RULES, usual | answers, at_work("dev"))

    return made


@pytest.fixture
def leaver(at_work: As) -> Callable[[str, date | None], Any]:
    """Makes a pupil who left on a day."""

    def made(name: str, left_on: date | None) -> Any:
        return records.add(PUPILS, {"name": name, "class_name": "6A", "status": "left", "left_on": left_on}, at_work("ola"))

    return made
