from datetime import date

import pytest

from models import doors
from models.school import School
from registry import records
from registry.lists import query
from registry.lists.views import View
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS

TODAY = date(2026, 11, 23)


@pytest.fixture
def in_both(occasion: Occasion, elsewhere: Occasion, school: School, other_school: School) -> tuple[tuple[School, Occasion], tuple[School, Occasion]]:
    """The same list in two schools, each with names of its own."""
    both = ((school, occasion), (other_school, elsewhere))
    for there, when in both:
        with doors.looking_at(there.id):
            for number in range(12):
                records.add(ASSETS, {"name": f"{there.name} {number:02d}", "owner": "Ola Brandt"}, when)
    return both


def names(school: School, occasion: Occasion, view: View) -> list[str]:
    with doors.looking_at(school.id):
        return [row.title for row in query.page(ASSETS, occasion.by, view, TODAY).rows]


def test_the_sql_of_a_page_serves_every_school_and_each_sees_its_own(in_both: tuple[tuple[School, Occasion], ...]) -> None:
    query._kept.cache_clear()
    for school, occasion in in_both:
        assert names(school, occasion, View(size=10)) == [f"{school.name} {number:02d}" for number in range(10)]
    kept = query._kept.cache_info()
    assert (kept.misses, kept.hits) == (1, 1), "written for the first school, used again for the second"


def test_a_page_further_down_is_found_from_its_row_in_every_school(in_both: tuple[tuple[School, Occasion], ...]) -> None:
    for view in (View(size=10), View(size=10, sort="changed", descending=True), View(size=10, sort="owner_role")):
        for school, occasion in in_both:
            with doors.looking_at(school.id):
                first = query.page(ASSETS, occasion.by, view, TODAY)
                assert first.later is not None
                second = query.page(ASSETS, occasion.by, View(size=10, sort=view.sort, descending=view.descending, after=first.later), TODAY)
                assert second.earlier is not None
                back = query.page(ASSETS, occasion.by, View(size=10, sort=view.sort, descending=view.descending, before=second.earlier), TODAY)
            assert len({row.id for row in (*first.rows, *second.rows)}) == 12, view
            assert back.rows == first.rows


def test_what_somebody_searches_for_is_not_kept(in_both: tuple[tuple[School, Occasion], ...]) -> None:
    query._kept.cache_clear()
    school, occasion = in_both[0]
    assert names(school, occasion, View(search="ola brandt", size=25))
    assert query._kept.cache_info().currsize == 0, "a name would stay in memory with it"


def test_a_row_of_another_school_is_no_place_to_begin(in_both: tuple[tuple[School, Occasion], ...]) -> None:
    (school, occasion), (other_school, elsewhere) = in_both
    with doors.looking_at(other_school.id):
        theirs = query.page(ASSETS, elsewhere.by, View(size=10), TODAY).rows[5].id
    assert names(school, occasion, View(size=10, after=theirs)) == names(school, occasion, View(size=10))
