"""Names as a class list has them."""

import pytest

from registry.rules.name_order import surname_first


@pytest.mark.parametrize(("name", "listed"), [
    ("Sam Patel", "Patel, Sam"), ("Mei-Lin Zhao", "Zhao, Mei-Lin"), ("Ben de Vries", "de Vries, Ben"), ("Ann van der Berg", "van der Berg, Ann"),
    ("Al Said", "Said, Al"), ("Li", "Li"), ("", ""), ("Patel, Sam", "Patel, Sam"), ("Maria Lopez Garcia", "Garcia, Maria Lopez"), ("van", "van"),
])  # fmt: skip
def test_the_surname_comes_first_with_the_words_that_belong_to_it(name: str, listed: str) -> None:
    assert surname_first(name) == listed
