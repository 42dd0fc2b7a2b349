"""Who may have been meant by a name that nobody has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.images.near_names import Names

SCHOOL = ("sam patel", "amelia okonjo", "noah orourke", "mei lin chen", "anna van der berg", "sam parker", "x", "")


def near(name: str) -> list[str]:
    return [SCHOOL[place] for place in Names(SCHOOL).near(name)]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("s patel", "sam patel"),
        ("p s", "sam parker"),
        ("patel sam", "sam patel"),
        ("sam petal", "sam patel"),
        ("okonja amelia", "amelia okonjo"),
        ("noah rourke", "noah orourke"),
        ("mei chen", "mei lin chen"),
        ("anna berg", "anna van der berg"),
        ("anna van den berg", "anna van der berg"),
        ("mrs okonjo", "amelia okonjo"),
        ("chen", "mei lin chen"),
    ],
)
def test_the_likeliest_comes_first(asked: str, first: str) -> None:
    assert near(asked)[0] == first


@pytest.mark.parametrize("asked", ["", "q", "mr", "toller", "wilhelmina featherstone", "🎉"])
def test_what_is_close_to_nobody_offers_nobody(asked: str) -> None:
    assert near(asked) == []


def test_a_first_name_alone_offers_all_who_have_it() -> None:
    assert near("sam") == ["sam parker", "sam patel"]


@given(st.text(max_size=40))
def test_whatever_is_asked_each_is_offered_once(name: str) -> None:
    places = Names(SCHOOL).near(name)
    assert len(places) == len(set(places))
    assert all(0 <= place < len(SCHOOL) for place in places)
