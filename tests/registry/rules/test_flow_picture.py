from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary.shapes import FLOWS
from registry.rules.flow_picture import WIDEST, FlowBox, FlowPicture, FlowRow, flows_of, picture
from registry.rules.row_text import written

CANTEEN = [
    FlowRow("Parents", "their consent", "School office"),
    FlowRow("School office", "names and classes", "The till"),
    FlowRow("The till", "what tells one face from the other, as numbers", "The supplier’s cloud", "encrypted", "Ireland"),
    FlowRow("the  till", "balances", "parents", country="United Kingdom"),
]


def box(found: FlowPicture, name: str) -> FlowBox:
    return next(each for each in found.boxes if each.name == name)


def test_a_flow_is_read_from_rows_and_from_the_text_that_is_kept() -> None:
    rows = [{"sender": " Parents ", "what": "their consent", "receiver": "School office"}]
    assert flows_of(rows) == flows_of(written(FLOWS, rows)) == (CANTEEN[0],)
    assert flows_of(None) == flows_of("So it is.") == ()
    assert picture(()) == FlowPicture()


def test_what_has_one_name_is_one_box_and_data_goes_to_the_right() -> None:
    found = picture(CANTEEN)
    assert [each.name for each in found.boxes] == ["Parents", "School office", "The till", "The supplier’s cloud"]
    assert [each.x for each in found.boxes] == sorted({each.x for each in found.boxes})
    assert found.width <= WIDEST
    parents, office = box(found, "Parents"), box(found, "School office")
    first = found.arrows[0]
    assert (first.points[0][0], first.points[-1][0]) == (parents.x + parents.w, office.x)
    assert parents.x + parents.w < first.number_at[0] < office.x


def test_arrows_are_numbered_as_the_rows_are_and_carry_their_words() -> None:
    arrows = picture(CANTEEN).arrows
    assert [arrow.number for arrow in arrows] == [1, 2, 3, 4]
    assert arrows[2].lines == ("what tells one face from the", "other, as numbers")
    back, till, parents = arrows[3], box(picture(CANTEEN), "The till"), box(picture(CANTEEN), "Parents")
    assert (back.points[0][0], back.points[-1][0]) == (till.x, parents.x + parents.w)


@pytest.mark.parametrize(("country", "is_abroad"), [("Ireland", True), ("USA", True), ("", False), ("U.K.", False), (" England ", False)])
def test_who_gets_data_outside_the_uk_is_marked_with_the_country(country: str, is_abroad: bool) -> None:
    found = picture([FlowRow("The till", "all", "The cloud", country=country)])
    assert box(found, "The cloud").is_abroad is found.arrows[0].is_abroad is is_abroad
    assert not box(found, "The till").is_abroad
    assert box(found, "The cloud").lines == (("The cloud", f"({country})") if is_abroad else ("The cloud",))


def test_whoever_is_not_named_has_a_box_of_their_own() -> None:
    found = picture([FlowRow("Parents", "a form"), FlowRow("", "a list", "Parents"), FlowRow()])
    assert [each.name for each in found.boxes].count("Not said") == 4
    assert found.boxes[-1].lines == ("Not said",)


def test_a_box_is_as_high_as_its_words_and_they_stand_in_its_middle() -> None:
    long = picture([FlowRow("The office that sends every form of the school to " * 8, "a form", "Parents")]).boxes[0]
    assert len(long.lines) == 4
    assert long.lines[-1].endswith("…")
    assert [line for *_, line in long.written] == list(long.lines)
    middles = [down for _, down, _ in long.written]
    assert {across for across, *_ in long.written} == {long.x + long.w // 2}
    assert abs(middles[0] + middles[-1] - 2 * long.y - long.h) <= 1


def test_what_stays_where_it_is_goes_round_to_its_own_box() -> None:
    found = picture([FlowRow("The office", "a backup", "The office"), FlowRow("The office", "another", "The office")])
    (office,), (first, second) = found.boxes, found.arrows
    assert first.points[0][0] == first.points[-1][0] == office.x + office.w
    assert first.points[-1][1] < second.points[0][1]
    assert first.number_at[0] > office.x + office.w


@pytest.mark.parametrize("steps", range(1, 13))
def test_a_long_way_stays_on_the_page(steps: int) -> None:
    found = picture([FlowRow(f"Place {at}", "all", f"Place {at + 1}") for at in range(steps)])
    assert found.width <= WIDEST or steps > 8
    assert min(each.w for each in found.boxes) >= 56
    assert len({each.number_at for each in found.arrows}) == steps


NAMES = st.sampled_from(["Parents", "Pupils", "School office", "The till", "The supplier’s cloud", "A backup far away", "An app", ""])
ROWS = st.lists(st.builds(FlowRow, sender=NAMES, receiver=NAMES, what=st.just("names"), country=st.sampled_from(["", "Ireland"])), max_size=12)


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_whatever_goes_where_no_box_covers_another_and_no_arrow_crosses_one(rows: list[FlowRow]) -> None:
    found = picture(rows)
    assert all(apart(one, other) for one, other in combinations(found.boxes, 2))
    assert [arrow.number for arrow in found.arrows] == list(range(1, len(rows) + 1))
    for arrow, row in zip(found.arrows, rows, strict=True):
        assert not any(crosses(stretch, each) for stretch in pairwise(arrow.points) for each in found.boxes)
        assert not any(each.x - 10 < arrow.number_at[0] < each.x + each.w + 10 for each in found.boxes)
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in arrow.points)
        for (x, y), name in ((arrow.points[0], row.sender), (arrow.points[-1], row.receiver)):
            assert any(x in (each.x, each.x + each.w) and each.y < y < each.y + each.h for each in found.boxes if each.name == (name or "Not said"))
    touched = [point for arrow in found.arrows for point in (arrow.points[0], arrow.points[-1])]
    assert len(touched) == len(set(touched))
    assert found == picture(rows)


def apart(one: FlowBox, other: FlowBox) -> bool:
    return one.x + one.w < other.x or other.x + other.w < one.x or one.y + one.h < other.y or other.y + other.h < one.y


def crosses(stretch: tuple[tuple[int, int], tuple[int, int]], each: FlowBox) -> bool:
    """Whether a straight stretch runs through the inside of a box, tried at many points of it."""
    (x, y), (to_x, to_y) = stretch
    tried = ((x + (to_x - x) * at / 40, y + (to_y - y) * at / 40) for at in range(41))
    return any(each.x < across < each.x + each.w and each.y < down < each.y + each.h for across, down in tried)
