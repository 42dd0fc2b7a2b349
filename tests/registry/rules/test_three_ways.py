"""Tests for sending a template again: nothing that a school wrote itself is lost, and nothing that it left alone stays old."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from registry.rules.three_ways import answer, rows, ticks

texts = some.text("abc", max_size=2)
sets = some.lists(some.sampled_from("abcdef"), unique=True).map(tuple)
lists = some.lists(some.fixed_dictionaries({"risk": some.sampled_from("abcd"), "impact": some.sampled_from("xyz")}), max_size=4,
                   unique_by=lambda row: row["risk"])  # fmt: skip


def row(risk: str, impact: str = "x") -> dict[str, str]:
    return {"risk": risk, "impact": impact}


@pytest.mark.parametrize(("base", "own", "new", "comes_to"), [
    ("a", "a", "b", "b"), ("a", "c", "b", "c"), (None, None, "b", "b"), ("a", None, "b", None), ("a", "c", "a", "c"), (None, "c", "b", "c"),
])  # fmt: skip
def test_an_answer_is_taken_where_the_school_left_it_as_it_was_sent(base: Any, own: Any, new: Any, comes_to: Any) -> None:
    assert answer(base, own, new) == comes_to


@pytest.mark.parametrize(("base", "own", "new", "comes_to"), [
    ("ab", "ab", "bc", "bc"), ("ab", "abd", "bc", "bcd"), ("ab", "b", "abc", "bc"), ("ab", "b", "c", "c"), ("", "d", "a", "ad"), ("a", "", "a", ""),
])  # fmt: skip
def test_ticks_are_taken_and_left_out_one_by_one(base: str, own: str, new: str, comes_to: str) -> None:
    assert ticks(tuple(base), tuple(own), tuple(new)) == tuple(comes_to)


def test_a_row_that_the_school_changed_added_or_took_away_is_as_the_school_has_it() -> None:
    base = [row("Leak"), row("Loss"), row("Theft"), row("Old")]
    own = [row("Leak", "worse here"), row("Loss"), row("Old"), row("Flood")]
    new = [row("Leak", "z"), row("Loss", "z"), row("Theft", "z"), row("New")]
    assert rows(base, own, new, ("risk",)) == (row("Leak", "worse here"), row("Loss", "z"), row("New"), row("Flood"))


def test_a_row_is_taken_part_by_part() -> None:
    base = [{"risk": "Leak", "impact": "x", "measures": "Lock"}]
    own = [{"risk": "Leak", "impact": "x", "measures": "Lock and key", "approved": "yes"}]
    new = [{"risk": "Leak", "impact": "y", "measures": "Lock"}]
    assert rows(base, own, new, ("risk",)) == ({"risk": "Leak", "impact": "y", "measures": "Lock and key", "approved": "yes"},)
    assert rows([], own, new, ("risk",)) == ({"risk": "Leak", "impact": "x", "measures": "Lock and key", "approved": "yes"},)
    assert rows(base, [{"risk": "Leak", "measures": "Lock"}], new, ("risk",)) == ({"risk": "Leak", "measures": "Lock"},)


def test_what_is_known_by_two_parts_is_told_apart_by_both() -> None:
    one, other, third = ({"sender": "Till", "receiver": name} for name in ("Bank", "Kitchen", "Cloud"))
    assert rows([one, other], [{**one, "what": "Sums"}, other], [third, one, other], ("sender", "receiver")) == (
        third, {**one, "what": "Sums"}, other,
    )  # fmt: skip


def test_two_rows_of_one_name_are_told_apart_and_what_the_school_changed_outlives_its_template() -> None:
    assert rows([row("Leak")], [row("Leak"), row("Leak", "y")], [row("Leak", "z")], ("risk",)) == (row("Leak", "z"), row("Leak", "y"))
    assert rows([row("Old")], [row("Old", "y")], [], ("risk",)) == (row("Old", "y"),)


@settings(max_examples=80)
@given(texts, texts, sets, sets, lists, lists)
def test_what_the_school_left_alone_becomes_the_template_and_nothing_new_changes_nothing(
    base: str, new: str, ticked: tuple[str, ...], now: tuple[str, ...], listed: list[dict[str, str]], then: list[dict[str, str]]
) -> None:
    assert answer(base, base, new) == new
    assert ticks(ticked, ticked, now) == now
    assert rows(listed, listed, then, ("risk",)) == tuple(then)
    assert answer(base, new, base) == new
    assert set(ticks(ticked, now, ticked)) == set(now)
    assert rows(listed, then, listed, ("risk",)) == tuple(then)
