"""Records with days and faults, and what is needed for them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.need import Need
from models.school import School
from registry import records
from registry.needs import keeping
from registry.needs.needs import Today, today_of
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.people import NOW, Person

TODAY = NOW.date()


@pytest.fixture
def an_asset(occasion: Occasion) -> Callable[..., Any]:
    """An asset of Quillbrook, without an owner unless told."""

    def add(name: str = "Paper files", **answers: Any) -> Any:
        return records.add(ASSETS, {"name": name, **answers}, occasion)

    return add


@pytest.fixture
def look(school: School, in_quillbrook: School) -> Callable[..., Today]:
    """What somebody is told of on a day."""

    def at(person: Person, today: date = TODAY) -> Today:
        keeping.catch_up(school, today)
        return today_of(person.actor, today)

    return at


def codes_of(row: Any) -> set[str]:
    """What is known to be needed for a record."""
    return {need.code for need in Need.select().where(Need.record == row.id)}
