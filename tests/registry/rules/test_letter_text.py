"""A letter is read as it was meant: headings, lists, what is filled in, and what is missing."""

import pytest

from registry.rules.letter_text import Block, BlockKind, blocks, empty_parts, filled, gaps, unknown_fields

HEADINGS = ("What happened", "What you can do")
LETTER = "Dear {name},\n\nWhat happened\nA list about {child} was lost.\nWe found it.\n\nWhat you can do:\n- Ring us.\n- Write to us.\n\nYours"


def test_a_letter_is_headings_paragraphs_and_lists() -> None:
    assert blocks(LETTER, HEADINGS) == (
        Block(BlockKind.LINES, ("Dear {name},",)),
        Block(BlockKind.HEADING, ("What happened",)),
        Block(BlockKind.LINES, ("A list about {child} was lost.", "We found it.")),
        Block(BlockKind.HEADING, ("What you can do:",)),
        Block(BlockKind.POINTS, ("Ring us.", "Write to us.")),
        Block(BlockKind.LINES, ("Yours",)),
    )


@pytest.mark.parametrize(("name", "child", "words"), [
    ("Meera Patel", "Sam Patel", "Dear Meera Patel, about Sam Patel"),
    ("Meera Patel", None, "Dear Meera Patel, about you"),
    ("{child}", "{name}", "Dear {child}, about {name}"),
    ("\\1", "\\g<0>", "Dear \\1, about \\g<0>"),
])  # fmt: skip
def test_names_are_filled_in_once_whatever_they_hold(name: str, child: str | None, words: str) -> None:
    assert filled("Dear {name}, about {child}", name, child) == words


def test_fields_that_nobody_fills_are_found() -> None:
    assert unknown_fields("{name} {Name} {child} {} {Name} {a b}") == ("{Name}", "{}", "{a b}")


@pytest.mark.parametrize(("text", "empty"), [
    (LETTER, ()),
    ("What happened\n\nWhat you can do\nRing.", ("What happened",)),
    ("What happened\n[Say it.]\n\nWhat you can do\nRing.", ("What happened",)),
    ("We lost it.", HEADINGS),
    ("WHAT HAPPENED:\nIt was lost.\n", ("What you can do",)),
])  # fmt: skip
def test_parts_that_say_nothing_are_found(text: str, empty: tuple[str, ...]) -> None:
    assert empty_parts(text, HEADINGS) == empty


def test_what_is_still_to_be_written_is_found_once() -> None:
    assert gaps("[Say it.] and [Say it.] but not [] or [\n]") == ("Say it.",)
