"""Whatever devices and schools are called, what stands on a label stays on it, and its square can be read."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.rules.label_face import ELLIPSIS, SMALLEST, Face, Item, face, fitted, length, shortened
from registry.rules.label_sheets import SHEETS, Sheet, sheet_of

ADDRESS = "https://register.quillbrook.example/devices/6f9619ff-8b86-d011-b42d-00c04fc964ff"
words = st.text(max_size=60) | st.sampled_from(["", "x" * 300, "QPS-0042", "Chromebook 3 of the library", "W" * 40, "שלום עולם", "e\u0301" * 90])


def l7651() -> Sheet:
    """The sheet of 65."""
    found = sheet_of("l7651")
    assert found is not None
    return found


def said(made: Face) -> list[str]:
    return [line.words for line in made.lines]


@given(st.sampled_from(SHEETS), words, words, words)
@example(SHEETS[4], "W" * 300, "W " * 150, "W" * 300)
@settings(max_examples=120)
def test_nothing_leaves_its_label_or_lies_over_anything_else(sheet: Sheet, tag: str, name: str, whose: str) -> None:
    made = face(sheet, Item(tag, name, ADDRESS), whose)
    width, height = sheet.label
    code = made.code
    assert code.x >= 0
    assert code.y >= 0
    assert code.y + code.height <= height
    below = 0.0
    for line in made.lines:
        assert line.x >= code.x + code.width
        assert line.x + line.width <= width
        assert line.top >= below - 0.01
        assert length(line.words, is_tag=line.is_tag) * line.size * 25.4 / 72 <= line.width + 0.01
        assert line.size >= SMALLEST
        below = line.top + line.height
    assert below <= height + 0.01


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_the_square_is_a_square_of_ten_millimetres_or_more_and_leaves_room_for_words(sheet: Sheet) -> None:
    made = face(sheet, Item("QPS-0042", "Surface Go", ADDRESS), "Quillbrook")
    assert made.code.width == made.code.height >= 10
    assert said(made) == ["QPS-0042", "Surface Go", "Quillbrook"]
    assert made.lines[0].is_tag
    assert made.lines[0].size > max(line.size for line in made.lines[1:])


def test_what_is_empty_takes_no_room_and_a_name_stands_for_a_tag() -> None:
    assert said(face(l7651(), Item("", "Only a name", ADDRESS), "")) == ["Only a name"]
    assert said(face(l7651(), Item(" A \n 1 ", "", ADDRESS), "Quillbrook")) == ["A 1", "Quillbrook"]
    assert said(face(l7651(), Item("", "", ADDRESS), "")) == []


def test_long_words_are_set_smaller_then_in_lines_and_only_then_cut_short() -> None:
    short, long, longer = "Surface Go", "Chromebook of the library", "Chromebook of the library by the window of the old hall, upstairs on the left"
    sizes = [fitted(each, 20, 6) for each in (short, long, longer)]
    assert [len(lines) for _, lines in sizes] == [1, 2, 3]
    assert sizes[0][0] > sizes[1][0] >= sizes[2][0] == SMALLEST
    assert " ".join(sizes[1][1]) == long
    assert sizes[2][1][-1].endswith(ELLIPSIS)
    assert longer.startswith(" ".join(sizes[2][1]).removesuffix(ELLIPSIS))


def test_one_word_that_is_too_long_for_any_line_is_cut_short_on_its_own() -> None:
    size, lines = fitted("x" * 300, 20, 10)
    assert size == SMALLEST
    assert len(lines) == 1
    assert lines[0].endswith(ELLIPSIS)


def test_a_tag_is_never_broken_into_lines() -> None:
    assert fitted("TROLLEY 12 TABLET 30", 20, 30, is_tag=True)[1] == ["TROLLEY 12 TABLET 30"]
    (only,) = fitted("TAG " * 60, 20, 30, is_tag=True)[1]
    assert only.endswith(ELLIPSIS)


def test_a_letter_is_not_cut_from_its_accent() -> None:
    cut = shortened("e\u0301" * 30, 6)
    assert unicodedata.normalize("NFC", cut).strip("é") == ELLIPSIS
    assert shortened("short", 6) == "short"
