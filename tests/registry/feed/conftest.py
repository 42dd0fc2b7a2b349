"""What a calendar of somebody in Quillbrook is told."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from models.school import School
from registry import records
from registry.feed.entries import Entry, feed_of
from registry.occasion import Occasion
from registry.registers.data_protection.assets import ASSETS
from tests.people import NOW, Person

TODAY = NOW.date()
SOON = TODAY + timedelta(days=7)
Reading = Callable[..., list[Entry]]


def instant(day: date) -> datetime:
    """The morning of a day."""
    return datetime.combine(day, time(9), NOW.tzinfo)


@pytest.fixture
def read(school: School) -> Reading:
    """What finds the events of somebody's calendar on a day."""

    def on(person: Person, today: date = TODAY) -> list[Entry]:
        return feed_of(person.user, today, instant(today)).entries()

    return on


@pytest.fixture
def due(in_quillbrook: School, occasion: Occasion) -> Any:
    """An asset that is to be checked in a week."""
    return records.add(ASSETS, {"name": "Register of Sam Patel", "next_review_on": SOON}, occasion)
