from uuid import UUID

import pytest

from web.ids_and_numbers import id_in, number_in


def test_an_id_is_read_and_what_is_none_names_nothing() -> None:
    assert id_in(UUID(int=7).hex) == id_in(str(UUID(int=7))) == UUID(int=7)
    assert [id_in(text) for text in ("", "7", "../etc", "ü" * 32)] == [None] * 4


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("0017", 17), ("9" * 15, 10**15 - 1)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", " 1", "１", "²", "9" * 16])
def test_what_no_database_could_hold_or_is_no_number_names_nothing(text: str) -> None:
    assert number_in(text) is None


def test_fewer_digits_can_be_asked_for() -> None:
    assert (number_in("9" * 9, 9), number_in("9" * 10, 9)) == (999_999_999, None)
