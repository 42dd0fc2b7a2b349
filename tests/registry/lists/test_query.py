"""Lists find what is asked for, page by page, in one school."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from playhouse.test_utils import assert_query_count

from models import doors
from models.school import School
from registry import records
from registry.access import Forbidden
from registry.actor import Actor
from registry.lists import query
from registry.lists.views import View, view_of
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.people import NOW, Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def noise(other_school: School, elsewhere: Occasion) -> None:
    """Records of the other school, which must never be found."""
    with doors.looking_at(other_school.id):
        for name in ("alpha", "Bravo", "zulu"):
            records.add(ASSETS, {"name": name, "format": "paper", "owner": "Ola Brandt", "next_review_on": TODAY}, elsewhere)


def add(occasion: Occasion, *names: str, **answers: Any) -> list[UUID]:
    """Assets of Quillbrook."""
    return [records.add(ASSETS, {"name": name, **answers}, occasion).id for name in names]


def titles(occasion: Occasion, **asked: Any) -> list[str]:
    """The names that a view shows."""
    return [row.title for row in query.page(ASSETS, occasion.by, View(**asked), TODAY).rows]


def walked(occasion: Occasion, **asked: Any) -> Iterator[list[str]]:
    """Every page of a list, from the first to the last."""
    page = query.page(ASSETS, occasion.by, View(**asked), TODAY)
    while True:
        yield [row.title for row in page.rows]
        if page.later is None:
            return
        page = query.page(ASSETS, occasion.by, View(**asked, after=page.later), TODAY)


def walked_back(occasion: Occasion, last: UUID, **asked: Any) -> Iterator[list[str]]:
    """Every page before a row, from the nearest to the first."""
    page = query.page(ASSETS, occasion.by, View(**asked, before=last), TODAY)
    while True:
        yield [row.title for row in page.rows]
        if page.earlier is None:
            return
        page = query.page(ASSETS, occasion.by, View(**asked, before=page.earlier), TODAY)


def test_names_are_in_order_whatever_their_capitals(occasion: Occasion) -> None:
    add(occasion, "delta", "Alpha", "charlie", "Bravo")
    assert titles(occasion) == ["Alpha", "Bravo", "charlie", "delta"]
    assert titles(occasion, descending=True) == ["delta", "charlie", "Bravo", "Alpha"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["", "next_review_on", "reference", "findings", "asset_type", "recover_within_hours"])
def test_pages_lose_and_repeat_nothing_forwards_and_backwards(occasion: Occasion, sort: str, descending: bool) -> None:
    days, kinds, hours = (None, TODAY, TODAY + timedelta(days=9)), (None, "system", "dataset"), (None, 4, 24)
    for place in range(11):
        own = {"next_review_on": days[place % 3], "asset_type": kinds[place % 2], "recover_within_hours": hours[place % 3]}
        add(occasion, f"Same {place % 4}" if place % 2 else f"Name {place}", **own)
    whole = titles(occasion, sort=sort, descending=descending, size=100)
    asked = {"sort": sort, "descending": descending, "size": 3}
    assert [title for page in walked(occasion, **asked) for title in page] == whole
    last = query.page(ASSETS, occasion.by, View(sort=sort, descending=descending, size=100), TODAY).rows[-1].id
    back = list(walked_back(occasion, last, **asked))
    assert [title for page in reversed(back) for title in page] == whole[:-1]
    assert len(whole) == 11


def test_what_is_not_answered_stands_last_and_first_when_turned_round(occasion: Occasion) -> None:
    add(occasion, "Nothing")
    add(occasion, "Something", next_review_on=TODAY, asset_type="system")
    for sort in ("next_review_on", "asset_type"):
        assert titles(occasion, sort=sort) == ["Something", "Nothing"]
        assert titles(occasion, sort=sort, descending=True) == ["Nothing", "Something"]


def test_choices_sort_in_the_order_in_which_they_are_offered(occasion: Occasion) -> None:
    offered = [*ASSETS.questions["asset_type"].column.words]  # type: ignore[union-attr]
    for word in reversed(offered):
        add(occasion, word.label, asset_type=word)
    assert titles(occasion, sort="asset_type") == [word.label for word in offered]


def test_a_cursor_of_another_school_begins_the_list_again(occasion: Occasion, other_school: School) -> None:
    add(occasion, "Alpha", "Bravo")
    with doors.looking_at(other_school.id):
        theirs = ASSETS.table.get().id
    for page in (query.page(ASSETS, occasion.by, View(after=theirs), TODAY), query.page(ASSETS, occasion.by, View(before=theirs), TODAY)):
        assert ([row.title for row in page.rows], page.earlier, page.later) == (["Alpha", "Bravo"], None, None)


@pytest.mark.parametrize("words", ["Ola Brandt", "brandt, OLA"])
def test_a_sealed_name_is_found_whole_and_only_by_those_who_may_see_it(occasion: Occasion, ian: Person, words: str) -> None:
    add(occasion, "Hers", owner="Ola Brandt")
    add(occasion, "His", owner="Ian Sollis")
    assert titles(occasion, search=words) == ["Hers"]
    assert titles(occasion, search="Bra") == []
    assert not query.page(ASSETS, ian.actor, View(search=words), TODAY).rows


@pytest.mark.parametrize("words", ["2", "IA-2", "ia0002", "IA-0002"])
def test_a_reference_is_found_however_it_is_typed(occasion: Occasion, words: str) -> None:
    add(occasion, "First", "Second", "Third")
    assert titles(occasion, search=words) == ["Second"]


@pytest.mark.parametrize("words", ["%", "_", "'", '"; DROP', "\\"])
def test_signs_that_databases_care_about_are_only_signs(occasion: Occasion, words: str) -> None:
    add(occasion, "Plain", f"With {words} in it")
    assert titles(occasion, search=words) == [f"With {words} in it"]


def test_several_answers_are_found_by_each_of_them(occasion: Occasion) -> None:
    added = {
        name: records.add(PROCESSING, {"name": name, "individuals": each}, occasion)
        for name, each in (("Both", ("pupils", "staff")), ("One", ("staff",)), ("None", ()))
    }
    assert len(added) == 3

    def named(*values: str) -> list[str]:
        return [row.title for row in query.page(PROCESSING, occasion.by, View(filters=(("individuals", values),)), TODAY).rows]

    assert (named("staff"), named("pupils"), named("-"), named("pupils", "-")) == (["Both", "One"], ["Both"], ["None"], ["Both", "None"])


def test_counts_follow_every_write_and_the_day(occasion: Occasion) -> None:
    assert query.chip_counts(ASSETS, occasion.by, TODAY)[""] == 0
    (record,) = add(occasion, "Mine", next_review_on=TODAY + timedelta(days=1))
    counts = query.chip_counts(ASSETS, occasion.by, TODAY)
    assert (counts[""], counts["review"], counts["findings"]) == (1, 0, 1)
    assert query.chip_counts(ASSETS, occasion.by, TODAY + timedelta(days=1))["review"] == 1
    records.archive(ASSETS, records.find(ASSETS, record, occasion.by), occasion)
    counts = query.chip_counts(ASSETS, occasion.by, TODAY)
    assert (counts[""], counts["archived"], counts["findings"]) == (0, 1, 0)


def test_counts_are_counted_once_for_each_state_of_the_trace(occasion: Occasion) -> None:
    add(occasion, "Mine")
    query.chip_counts(ASSETS, occasion.by, TODAY)
    with assert_query_count(1):
        query.chip_counts(ASSETS, occasion.by, TODAY)


def test_a_page_asks_one_question_and_one_more_for_each_column_of_links(occasion: Occasion) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Ash Systems"}, occasion).id
    add(occasion, *(f"Asset {place}" for place in range(30)), suppliers=(supplier,))
    with assert_query_count(1):
        query.page(ASSETS, occasion.by, View(size=100), TODAY)
    with assert_query_count(2):
        page = query.page(ASSETS, occasion.by, View(size=100, columns=("suppliers", "owner")), TODAY)
    assert {row.cells for row in page.rows} == {("Ash Systems", "")}


def test_a_role_without_the_register_gets_nothing(tess: Person) -> None:
    for ask in (query.page, query.count):
        with pytest.raises(Forbidden):
            ask(ASSETS, tess.actor, View(), TODAY)
    with pytest.raises(Forbidden):
        query.chip_counts(ASSETS, tess.actor, TODAY)


def test_an_address_and_its_view_are_one_and_the_same(occasion: Occasion) -> None:
    view = View(search="a b", filters=(("format", ("paper", "-")),), chip="review", sort="next_review_on", descending=True,
                columns=("owner", "location"), size=50, after=UUID(int=5))
    asked: dict[str, list[str]] = {}
    for name, value in view.asked():
        asked.setdefault(name, []).append(value)
    assert view_of(ASSETS, occasion.by, asked) == view


def test_an_address_asks_for_nothing_that_its_reader_may_not_see(ian: Person) -> None:
    asked = {"column": ["owner", "location"], "sort": ["contains_special"], "contains_special": ["yes"], "show": ["findings"]}
    assert view_of(ASSETS, ian.actor, asked) == View(columns=("location",))


def test_a_robot_sees_every_question() -> None:
    asked = {"column": ["owner"], "sort": ["contains_special"]}
    assert view_of(ASSETS, Actor.robot("export"), asked) == View(columns=("owner",), sort="contains_special")


def test_late_is_known_by_its_day(occasion: Occasion) -> None:
    add(occasion, "Late", next_review_on=date(2026, 1, 2))
    (row,) = query.page(ASSETS, occasion.by, View(), TODAY).rows
    assert (row.review_on, "2 Jan 2026" in row.cells) == ("2026-01-02", True)
