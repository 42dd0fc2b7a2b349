"""Names as they come out of emails, spreadsheets and registers, and what is never lost of them."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names import fold
from registry.rules.pasted_names import Asked, chosen, readings

KNOWN = {fold(name) for name in ("Sam Patel", "Ann Lee", "Zoë O’Brien", "Léa Müller", "José García", "Mary-Ann Smith", "Anne-Marie de la Cruz")}


def is_known(asked: Asked) -> bool:
    return asked.folded in KNOWN


def read(text: str) -> list[Asked]:
    return chosen(readings(text), is_known)


def names(text: str) -> list[str]:
    return [asked.folded for asked in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sam Patel\nAnn Lee",
        "Sam Patel, Ann Lee",
        "Sam Patel; Ann Lee",
        "Sam Patel and Ann Lee",
        "Sam Patel & Ann Lee",
        "Sam Patel | Ann Lee",
        "Sam Patel / Ann Lee",
        "• Sam Patel\r\n• Ann Lee",
        "1. Sam Patel\n2) Ann Lee",
        "- SAM PATEL\n- ann  lee",
        "Patel, Sam\nLee, Ann",
        "Patel, Sam; Lee, Ann",
        "Patel, Sam, Lee, Ann",
        "Patel\tSam\nLee\tAnn",
        "Sam\tPatel\nAnn\tLee",
        "“Sam Patel”,\u2028“Ann Lee”.",
        "Sam Patel (3B), Ann Lee (Year 4)",
        "Sam Patel 3B\nAnn Lee year 4",
    ],
)
def test_two_people_are_found_however_they_were_written(text: str) -> None:
    assert names(text) == ["sam patel", "ann lee"]


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("Patel, Sam (3B)", "sam patel", "3B"),
        ("Sam Patel [Oak]", "sam patel", "Oak"),
        ("Patel (3B), Sam", "sam patel", "3B"),
        ("Sam Patel Yr 6", "sam patel", "Yr 6"),
        ("Zoe O'Brien", "zoe obrien", ""),
        ("de la Cruz, Anne-Marie", "anne marie de la cruz", ""),
        ("MARY ANN SMITH", "mary ann smith", ""),
        ("Jose Garcia", "jose garcia", ""),
        ("Lea Mu\u0308ller", "lea muller", ""),
        ("(Sam Patel)", "sam patel", ""),
        ("Sam N", "sam n", ""),
        ("Ana García y Vega", "ana garcia y vega", ""),
        ("Sam Patel Reception", "sam patel", "Reception"),
        ("Sam Patel (3/4)", "sam patel", "3/4"),
        ("Patel, Sam (Oak & Ash, Year 4)", "sam patel", "Oak & Ash, Year 4"),
        ("Sam Patel [Oak and Ash]", "sam patel", "Oak and Ash"),
    ],
)
def test_a_name_is_told_from_the_class_beside_it(text: str, name: str, group: str) -> None:
    (asked,) = read(text)
    assert (asked.folded, asked.group) == (name, group)


def test_what_is_written_is_kept_for_the_page() -> None:
    assert [asked.written for asked in read("  1. Patel,   Sam (3B) ")] == ["Patel, Sam (3B)"]


def test_unknown_people_are_read_as_what_they_look_like() -> None:
    assert names("Kit Marlow, Joss Reed") == ["kit marlow", "joss reed"]
    assert names("Marlow, Kit") == ["kit marlow"]


def test_initials_stay_what_they_are() -> None:
    assert names("S. Patel") == ["s patel"]


@pytest.mark.parametrize("text", ["12", "😀", "3B 😀 7", "٣"])
def test_what_is_no_name_is_not_passed_over(text: str) -> None:
    assert [asked.written for asked in read(text)] == [text]


@pytest.mark.parametrize("text", ["Sam Patel, ?", "Sam Patel & ???", "Sam Patel / 😀", "Sam Patel + 1", "Sam Patel and 2", "Sam Patel\t😀"])
def test_somebody_nobody_can_name_is_not_passed_over_beside_somebody_known(text: str) -> None:
    known, unknown = read(text)
    assert (known.folded, unknown.folded) == ("sam patel", "")


@pytest.mark.parametrize("text", ["12\tSam Patel", "Sam Patel, 004211", "3. Sam Patel", "Sam Patel, -", "1) Sam Patel & -"])
def test_a_number_beside_a_name_is_nobody(text: str) -> None:
    assert names(text) == ["sam patel"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "-----", ",,,;;;", "“”", "* * *"])
def test_what_says_nothing_is(text: str) -> None:
    assert readings(text) == []


@pytest.mark.parametrize("more", ["x", " the younger", "\u200b" * 200])
def test_what_is_too_long_for_a_name_is_not_cut_down_to_somebodys(more: str) -> None:
    longest = "sam " + "x" * 96
    assert names(longest) == [longest]
    assert names(longest + more) == [""]


@pytest.mark.parametrize("text", ["a{}b", "{}a", "Patel,{}Sam"])
@pytest.mark.parametrize("space", [" ", "\t", "\u3000", " \t"])
def test_a_sheet_of_nothing_but_spaces_is_read_at_once(text: str, space: str) -> None:
    begun = perf_counter()
    readings(text.format(space * 100_000))
    assert perf_counter() - begun < 5


def test_names_from_right_to_left_are_read() -> None:
    assert names("יוסי כהן\nليلى حداد") == [fold("יוסי כהן"), fold("ليلى حداد")]


def test_five_thousand_lines_are_read_in_order() -> None:
    text = "\n".join(f"Pupil, Number{place}" for place in range(5_000))
    assert names(text)[::4_999] == ["number0 pupil", "number4999 pupil"]


@given(st.text(max_size=300))
def test_nothing_breaks_it_and_no_letter_is_lost(text: str) -> None:
    kept = "".join(asked.written for asked in read(text))
    assert sum(map(str.isalpha, kept)) <= sum(map(str.isalpha, text))
    if any(letter.isalpha() for letter in text):
        assert kept
