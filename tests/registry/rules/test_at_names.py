"""Who is named after an @, however colleagues write it."""

from uuid import UUID

import pytest

from registry.rules.at_names import Named, named_in

DEV, OLA, DINA, OLA_TWO, ANNE = (UUID(int=each) for each in range(1, 6))
NAMES = {DEV: "Dev Marchetti", OLA: "Ola Brandt", DINA: "Dina Okafor"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@Dev Marchetti, is this so?", "Dev Marchetti"),
        ("Ask @dev marchetti", "dev marchetti"),
        ("(@Dev) knows", "Dev"),
        ("It is @Dev Marchetti’s", "Dev Marchetti"),
        ("It is @Dev's", "Dev"),
        ("@DÉV MARCHETTI", "DÉV MARCHETTI"),
        ("line one\n@Dev\nOla was here", "Dev"),
        ("@Dev Brandt", "Dev"),
    ],
)
def test_one_person_is_found_by_name(text: str, words: str) -> None:
    assert named_in(text, NAMES) == (Named(words, (DEV,)),)


def test_several_are_found_in_the_order_of_the_text() -> None:
    assert [each.people for each in named_in("@Ola and @Dina Okafor; @Ola again", NAMES)] == [(OLA,), (DINA,), (OLA,)]


def test_a_first_name_that_two_have_is_unclear_and_the_whole_name_is_not() -> None:
    names = {**NAMES, OLA_TWO: "Ola Quist"}
    assert named_in("@Ola", names) == (Named("Ola", (OLA, OLA_TWO)),)
    assert named_in("@Ola Quist", names) == (Named("Ola Quist", (OLA_TWO,)),)


def test_names_with_hyphens_and_several_parts_are_found_whole() -> None:
    names = {ANNE: "Anne-Marie van der Berg"}
    assert named_in("@Anne-Marie van der Berg is away", names)[0] == Named("Anne-Marie van der Berg", (ANNE,))
    assert named_in("@anne marie van der berg", names)[0].people == (ANNE,)


def test_a_name_that_nobody_has_is_said_to_be_nobodys() -> None:
    assert named_in("@Wilhelmina knows", NAMES) == (Named("Wilhelmina", ()),)


@pytest.mark.parametrize("text", ["office@school.example", "ola@Dev.example", "meet @home at 9", "@ Dev", "@", "a @ b", "@7", "@@Dev", ""])
def test_what_is_no_name_is_left_alone(text: str) -> None:
    assert named_in(text, NAMES) == ()


def test_somebody_without_a_name_is_never_found() -> None:
    assert named_in("@Dev", {OLA: "", DINA: " "}) == (Named("Dev", ()),)
