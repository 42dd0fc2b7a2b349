import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Séan O’Brien", "sean obrien"),
        ("O'BRIEN, Sean", "sean obrien"),
        ("O´Brien, Sean", "sean obrien"),
        ("Anna-Maria Smith-Jones", "anna maria smith jones"),
        ("Smith–Jones , Anna Maria", "anna maria smith jones"),
        ("  Łukasz\tØrsted \n", "lukasz orsted"),
        ("Weiß", "weiss"),
        ("WEISS", "weiss"),
        ("Jose\u0301", "jose"),
        ("J. P. Morgan", "j p morgan"),
        ("Ｍａｙａ", "maya"),
        ("Zo\u00ad\u200bë", "zoe"),
        ("Patel, Ravi, Jr", "ravi jr patel"),
        ("Þóra Æsa", "thora aesa"),
        (",", ""),
        ("", ""),
        ("李 小龍", "李 小龍"),
    ],
)
def test_one_person_has_one_spelling(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_two_people_stay_two() -> None:
    assert fold("Ann Lee") != fold("Anna Lee")
    assert fold("Lee Ann") != fold("Ann Lee")


@given(st.text())
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text())
def test_a_folded_name_has_single_spaces_and_no_comma(name: str) -> None:
    folded = fold(name)
    assert folded == " ".join(folded.split())
    assert "," not in folded


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"])), st.text(alphabet=st.characters(categories=["Lu", "Ll"])))
def test_the_surname_may_come_first_with_a_comma(first: str, surname: str) -> None:
    assert fold(f"{surname}, {first}") == fold(f"{first} {surname}")
