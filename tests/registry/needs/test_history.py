"""How much there was to mend, day by day: counted once, told to those who may know."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.finding_count import FindingCount
from models.school import School
from registry.needs import daily, history, keeping, since
from registry.records import Occasion
from tests.people import NOW, Person
from tests.registry.needs.conftest import TODAY

pytestmark = pytest.mark.usefixtures("in_quillbrook")
Adding = Callable[..., Any]


def test_a_day_is_counted_once(an_asset: Adding, school: School, dev: Person) -> None:
    an_asset()
    keeping.catch_up(school, TODAY)
    assert history.keep(school.id, TODAY) > 0
    (first,) = history.weeks(dev.actor, TODAY)
    an_asset("More")
    keeping.catch_up(school, TODAY)
    assert history.keep(school.id, TODAY) == 0
    assert history.weeks(dev.actor, TODAY) == [first]
    assert (first.errors, first.day) == (0, TODAY)
    assert first.warnings > 0


def test_weeks_in_which_nothing_ran_are_left_out_and_a_late_figure_stands_for_its_week(school: School, dev: Person) -> None:
    for back in (0, 9, 28):
        history.keep(school.id, TODAY - timedelta(days=back))
    assert [TODAY - count.day for count in history.weeks(dev.actor, TODAY)] == [timedelta(days=back) for back in (28, 9, 0)]


def test_who_sees_no_findings_is_shown_no_figures(an_asset: Adding, school: School, tess: Person) -> None:
    an_asset()
    keeping.catch_up(school, TODAY)
    history.keep(school.id, TODAY)
    assert "assets" not in history.seen_slugs(tess.actor)
    assert [count.all for count in history.weeks(tess.actor, TODAY)] == [0]


def test_every_school_is_looked_at_once_a_day(an_asset: Adding, school: School, other_school: School) -> None:
    an_asset()
    assert daily.look_everywhere(NOW) == "2 schools looked at; figures of 2 kept."
    assert daily.look_everywhere(NOW) == "2 schools looked at; figures of 0 kept."
    assert {row.day for row in FindingCount.select()} == {TODAY}


def test_what_others_did_is_told_and_not_ones_own(an_asset: Adding, occasion: Occasion, dev: Person, ola: Person, tess: Person) -> None:
    for number in range(3):
        an_asset(f"Files {number}")
    long_ago = NOW - timedelta(days=1)
    (line,) = since.done_since(ola.actor, long_ago)
    assert (line.who, line.did, line.many, line.what) == ("Dev Marchetti", "added", 3, "information assets")
    assert since.done_since(dev.actor, long_ago) == []
    assert since.done_since(tess.actor, long_ago) == [], "this role may not see the register"
    assert since.done_since(ola.actor, NOW) == []
