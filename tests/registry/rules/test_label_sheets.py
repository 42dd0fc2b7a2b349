"""Labels lie on their sheets: never over each other, never over the edge, whatever was used already."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rules.label_sheets import A4, SHEETS, Box, Sheet, pages, places, sheet_of

a_sheet = st.sampled_from(SHEETS)


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes share no more than an edge."""
    slack = 0.01
    return (
        one.x + one.width <= other.x + slack or other.x + other.width <= one.x + slack
        or one.y + one.height <= other.y + slack or other.y + other.height <= one.y + slack
    )  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_labels_never_overlap_and_never_leave_the_page(sheet: Sheet) -> None:
    boxes = [sheet.box(place) for place in range(1, sheet.many + 1)]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))
    assert all(box.x >= 0 and box.x + box.width <= sheet.page[0] + 0.01 for box in boxes)
    assert all(box.y >= 0 and box.y + box.height <= sheet.page[1] + 0.01 for box in boxes)
    assert all((box.width, box.height) == sheet.label for box in boxes)


@pytest.mark.parametrize(("key", "many", "first"), [
    ("l7651", 65, (4.67, 10.7)), ("l7636", 48, (9.79, 21.3)), ("l7160", 21, (7.21, 15.15)), ("l7163", 14, (4.63, 15.15)),
    ("l4731", 189, (8.48, 13.5)),
])  # fmt: skip
def test_sheets_are_as_they_are_sold(key: str, many: int, first: tuple[float, float]) -> None:
    sheet = sheet_of(key)
    assert sheet is not None
    assert (sheet.many, sheet.page, sheet.is_tape) == (many, A4, False)
    assert (sheet.box(1).x, sheet.box(1).y) == pytest.approx(first, abs=0.01)
    assert f"{many} on A4" in sheet.name


def test_tapes_are_one_label_that_fills_its_page() -> None:
    tapes = [sheet for sheet in SHEETS if sheet.is_tape]
    assert [sheet.label for sheet in tapes] == [(50, 12), (70, 24), (89, 36), (62, 29)]
    assert all(sheet.box(1) == Box(0, 0, *sheet.page) for sheet in tapes)


def test_a_sheet_that_nobody_sells_is_not_found_and_keys_are_unique() -> None:
    assert sheet_of("l9999") is None
    assert len({sheet.key for sheet in SHEETS}) == len(SHEETS)


@given(a_sheet, st.integers(0, 300), st.data())
@settings(max_examples=40)
def test_labels_follow_each_other_from_the_first_one_left(sheet: Sheet, many: int, drawn: st.DataObject) -> None:
    start_at = drawn.draw(st.integers(1, sheet.many))
    found = list(places(sheet, many, start_at))
    assert len(found) == len(set(found)) == many
    assert found == sorted(found)
    assert found[:1] in ([], [(0, start_at)])
    assert all(1 <= place <= sheet.many for _, place in found)
    assert pages(sheet, many, start_at) == max((page for page, _ in found), default=0) + 1


@pytest.mark.parametrize("start_at", [0, 66])
def test_a_label_that_the_sheet_does_not_have_is_no_beginning(start_at: int) -> None:
    with pytest.raises(ValueError, match="labels 1 to 65"):
        list(places(SHEETS[0], 1, start_at))
