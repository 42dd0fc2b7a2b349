"""A paper is always made, whatever people have typed."""

import io

import pytest
from pypdf import PdfReader

from exports.paper import NOT_ALL_LETTERS, Letterhead, Paper, Part, pdf


def words_of(typed: str) -> str:
    """What stands on a paper about something of that name, in that school, with that answer."""
    parts = [Part(heading=typed, answers=[("Owner", [typed])]), Part(columns=["Name"], rows=[[typed]])]
    made = pdf(Paper(title=typed, letterhead=Letterhead(typed, "Now"), sealed="", below=["Below"], parts=parts))
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize("typed", ["Trip 学校 😀", "ਸਿੰਘ Singh", "Nobody \u0378\u0301 here \uffff", '"`中`"', "#let x = 中; \\u{4e2d} {", "a\u1abf"])
def test_letters_that_no_font_has_are_stood_in_for_and_the_paper_says_so(typed: str) -> None:
    words = words_of(typed)
    assert "\ufffd" in words
    assert NOT_ALL_LETTERS in words


@pytest.mark.parametrize("typed", ["Łucja Șerban", "अ", "Ω ✓ → ½ –", '#let x = sys; `raw` *b* $x$ \\u{4e2d} "{'])
def test_letters_that_a_font_has_stand_as_they_were_typed(typed: str) -> None:
    words = words_of(typed)
    assert typed in words
    assert NOT_ALL_LETTERS not in words


def test_characters_that_are_none_are_left_out_of_a_paper() -> None:
    assert "Bell and nothing" in words_of("Bell\x07 and\x00 nothing\x1b")
