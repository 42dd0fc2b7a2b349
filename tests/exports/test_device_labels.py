"""Labels are always made, for every sheet, with a square that leads to the device, and whatever was typed stays words."""

import re
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from exports.device_labels import TITLE, Look, is_too_fine, labels, preview_svg
from exports.qr_code import drawing
from registry.rules.label_face import Item
from registry.rules.label_sheets import SHEETS, Sheet, places, sheet_of
from tests.exports.papers_read import alternatives, assert_tagged, closely, read, words_of

LOOK = Look(school="Quillbrook Primary")
HOSTILE = ['#let x = sys; `raw` *b* $x$ \\u{4e2d} "{', '</text><script>alert(1)</script>&"', "x" * 300]
HOSTILE += ["Bell\x07 \x00 \ud800", "שלום", "学校 😀", "a\nb\tc", "", "—" * 90]
SEVERAL_SHEETS = 150


def item(number: int, tag: str = "", name: str = "Surface Go") -> Item:
    """A device with the address of its page."""
    return Item(tag or f"QPS-{number:04}", name, f"https://register.quillbrook.example/devices/{UUID(int=number * 10**30)}")


def named(key: str) -> Sheet:
    found = sheet_of(key)
    assert found is not None
    return found


def drawn_on(made: bytes) -> bytes:
    """How the one page of labels is drawn."""
    (page,) = read(made).pages
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data()


SMALL = named("l7651")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_every_sheet_is_printed_at_its_size_with_every_tag_in_words_and_squares(sheet: Sheet) -> None:
    start_at = min(3, sheet.many)
    made = labels(sheet, [item(number) for number in range(1, 6)], LOOK, start_at)
    pages = read(made).pages
    assert [[float(side) / 72 * 25.4 for side in (page.mediabox.width, page.mediabox.height)] for page in pages] == [
        pytest.approx(sheet.page, abs=0.1)
    ] * (5 if sheet.is_tape else 1)
    words = words_of(made)
    assert [f"QPS-{number:04}" in words for number in range(1, 6)] == [True] * 5
    assert alternatives(made) == [f"A code that leads a phone to the page of QPS-{number:04}" for number in range(1, 6)]
    assert_tagged(made, TITLE)


def test_labels_stand_on_the_first_ones_left_and_go_on_with_the_next_sheet() -> None:
    made = labels(SMALL, [item(number) for number in range(1, 4)], Look(school="Quillbrook", is_property=True), start_at=64)
    first, second = (page.extract_text() for page in read(made).pages)
    assert ("QPS-0002" in first, "QPS-0003" in first, "QPS-0003" in second) == (True, False, True)
    assert "Property of Quillbrook" in words_of(made)
    with pytest.raises(ValueError, match="1 to 65"):
        labels(SMALL, [item(1)], LOOK, start_at=66)


def test_the_square_on_paper_is_the_square_of_the_address() -> None:
    runs = re.findall(rb"(\d+) (\d+) m\s(\d+) \2 l\s\3 (\d+) l\s\1 \4 l\sh", drawn_on(labels(SMALL, [item(1)], LOOK)))
    assert "".join(f"M{int(x)} {int(y)}h{int(end) - int(x)}v1h-{int(end) - int(x)}z" for x, y, end, _ in runs) == drawing(item(1).address)[1]


def test_without_devices_one_sheet_of_outlines_is_printed_to_be_held_against_the_labels() -> None:
    outlines = [labels(SMALL, each, look) for each, look in (([], LOOK), ([item(1)], LOOK), ([item(1)], Look(school="", outlines=True)))]
    assert [drawn_on(made).count(b"\nS\n") for made in outlines] == [65, 0, 65]


def test_whatever_was_typed_stays_words_and_every_label_is_made() -> None:
    items = [item(number, tag=words or " ", name=words) for number, words in enumerate(HOSTILE, start=1)]
    for sheet in (named("l7163"), named("l4731")):
        made = labels(sheet, items, Look(school=HOSTILE[0], is_property=True))
        assert len(alternatives(made)) == len(items)
        preview = preview_svg(sheet, items, Look(school=HOSTILE[1]))
        ET.fromstring(preview)  # noqa: S314 - made a line above
        assert "<script" not in preview
    assert closely(HOSTILE[0]) in closely(words_of(labels(named("l7163"), [item(1, name=HOSTILE[0])], LOOK)))


def test_several_sheets_are_made_at_once() -> None:
    made = labels(SMALL, [item(number) for number in range(1, SEVERAL_SHEETS + 1)], LOOK)
    pages = read(made).pages
    assert len(pages) == -(-SEVERAL_SHEETS // SMALL.many)
    assert f"QPS-{SEVERAL_SHEETS:04}" in pages[-1].extract_text()


def test_the_preview_shows_the_first_page_with_the_used_labels_and_no_style() -> None:
    preview = preview_svg(SMALL, [item(number) for number in range(1, 101)], LOOK, start_at=4)
    root = ET.fromstring(preview)  # noqa: S314 - made a line above
    svg = "{http://www.w3.org/2000/svg}"
    assert root.get("viewBox") == "0 0 210 297"
    assert root.findtext(f"{svg}title") == f"Preview of the first page: 62 of 100 labels, {SMALL.name}"
    boxes = [each for each in root.iter(f"{svg}rect") if each.get("rx")]
    assert [each.get("fill") for each in boxes].count("#dad9d2") == 3
    assert len(boxes) == 65
    codes = list(root.iter(f"{svg}use"))
    assert len(codes) == len([page for page, _ in places(SMALL, 100, 4) if page == 0]) == 62
    assert [each.text for each in root.iter(f"{svg}text")][:4] == ["QPS-0001", "Surface Go", "Quillbrook", "Primary"]
    assert not [each for each in root.iter() if each.get("style") or each.tag == f"{svg}style"]


def test_the_preview_of_nothing_is_the_empty_sheet() -> None:
    preview = preview_svg(SMALL, [], LOOK)
    assert preview.count('rx="1"') == 65
    assert "<use" not in preview


def test_a_square_that_few_phones_can_read_is_told_of() -> None:
    fine = {sheet.key for sheet in SHEETS if is_too_fine(sheet, item(1))}
    assert fine == {"l4731"}
    assert is_too_fine(named("tape-12"), Item("", "", item(1).address * 2))
    assert not is_too_fine(named("l7163"), Item("", "", "https://register.quillbrook.example/" + "x" * 120))
