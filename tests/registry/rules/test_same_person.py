"""Accounts in a management program held against names that stand under signatures."""

import pytest

from registry.rules.same_person import account_of, accounts, is_same


@pytest.mark.parametrize(
    "told",
    ["Tess Quayle", "quayle, tess", "t.quayle@quillbrook.example", "TQuayle2@quillbrook.example", "QB\\quaylet", "tess.quayle", "tessq"],
)
def test_an_account_made_of_a_name_is_of_the_same_person(told: str) -> None:
    assert is_same(told, "Tess Quayle")


@pytest.mark.parametrize("told", ["t.okafor@quillbrook.example", "Ola Brandt", "library@quillbrook.example", "tess", "1234"])
def test_any_other_is_not(told: str) -> None:
    assert not is_same(told, "Tess Quayle")


def test_an_address_of_somebody_is_theirs_whatever_it_is_made_of() -> None:
    assert is_same("Head@Quillbrook.example", "Hana Whitlow", ["head@quillbrook.example"])


def test_a_name_of_one_word_or_of_none_makes_no_account() -> None:
    assert not [*accounts("Hana"), *accounts(""), *accounts("7 8")]
    assert account_of("12@school.example") == ""
    assert not is_same("12@school.example", "Hana")


def test_every_name_in_the_middle_may_be_part_of_it() -> None:
    assert is_same("maryannjones@school.example", "Mary Ann Jones")
