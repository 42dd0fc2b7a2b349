"""Who is told at once that a day set by law is near, or has passed."""

from datetime import timedelta
from typing import Any

import pytest

from models.letter import Letter, Often
from models.message import Message, News
from models.school import School
from registry.needs import arranging, keeping
from registry.needs.reminding import LONG_AGO, NEAR, remind_everywhere
from registry.occasion import Occasion
from registry.post.choices import Choice, choose
from registry.post.sorting import sort_messages
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.take_downs import TAKE_DOWNS
from tests.least import add_least
from tests.people import NOW, Person
from tests.registry.needs.conftest import TODAY

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def task(occasion: Occasion) -> Any:
    """A picture to be taken down in a week."""
    return add_least(TAKE_DOWNS, "Sports day", occasion, due_on=TODAY + timedelta(days=7))


def told() -> set[tuple[Any, str]]:
    return {(row.person_id, row.news) for row in Message.select()}


@pytest.mark.parametrize(("days", "news"), [
    (6 - NEAR.days, None), (7 - NEAR.days, News.DUE), (7, News.DUE), (8, News.OVERDUE), (7 + LONG_AGO.days, News.OVERDUE), (8 + LONG_AGO.days, None),
])  # fmt: skip
def test_it_is_told_when_its_day_is_near_and_when_it_has_just_passed(task: Any, ola: Person, days: int, news: News | None) -> None:
    remind_everywhere(NOW + timedelta(days=days))
    assert told() == ({(ola.user, news)} if news else set())


def test_each_is_told_once_for_a_day_and_anew_when_the_day_moves(task: Any, school: School) -> None:
    said = [remind_everywhere(NOW + timedelta(days=days)) for days in (5, 6, 7)]
    assert [sentence[-2:] for sentence in said] == ["1.", "0.", "0."]


def test_whoever_was_asked_is_told_and_nobody_else(task: Any, school: School, occasion: Occasion, hana: Person) -> None:
    keeping.catch_up(school, TODAY)
    arranging.assign(arranging.find(TAKE_DOWNS, task.id, "TD1", occasion.by), hana.user, occasion)
    remind_everywhere(NOW + timedelta(days=6))
    assert (hana.user, News.DUE) in told()
    assert {person for person, news in told() if news == News.DUE} == {hana.user}


def test_a_day_that_the_school_set_itself_is_left_to_the_digest(occasion: Occasion) -> None:
    add_least(ASSETS, "Files", occasion, next_review_on=TODAY)
    remind_everywhere(NOW)
    assert told() == set()


@pytest.mark.parametrize(("at_once", "letters"), [(True, 1), (False, 0)])
def test_a_letter_goes_at_once_unless_only_digests_are_wanted(task: Any, ola: Person, at_once: bool, letters: int) -> None:
    choose(ola.actor, Choice(Often.DAILY, at_once))
    remind_everywhere(NOW + timedelta(days=6))
    sort_messages(NOW + timedelta(days=6))
    assert Letter.select().count() == letters


def test_those_of_another_school_are_not_told(task: Any, other_school: School) -> None:
    remind_everywhere(NOW + timedelta(days=6))
    assert not Message.select().where(Message.school == other_school.id).exists()
