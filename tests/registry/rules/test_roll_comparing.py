"""Who of a list is new, changed, missing, or cannot be told from somebody else."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import PictureSubject, RollStatus
from registry.rules.roll_comparing import compare
from registry.rules.roll_people import Compared, Fate, Here, OnFile

LEFT = date(2026, 7, 22)


def on_file(name: str = "Sam Patel", number: str = "", **more: Any) -> OnFile:
    """A row of a list."""
    return OnFile(**{"where": "line 2", "number": number, "name": name, "class_name": "3B", **more})


def here(place: int = 1, name: str = "Sam Patel", number: str = "", **more: Any) -> Here:
    """Somebody on the roll."""
    return Here(**{"id": UUID(int=place), "reference": f"PU-{place:04d}", "version": 1, "name": name, "number": number, "class_name": "3B", **more})


def fates(found: Compared) -> list[Fate]:
    """What becomes of each row."""
    return [each.fate for each in found.judged]


def one(person: OnFile, *roll: Here, agreed: bool = False) -> Any:
    """What becomes of a single row."""
    return compare([person], roll, frozenset({person.mark}) if agreed else frozenset()).judged[0]


@pytest.mark.parametrize(
    ("person", "roll", "fate"),
    [
        (on_file(number="123"), [], Fate.NEW),
        (on_file(), [], Fate.NEW),
        (on_file(number="00123"), [here(number="123")], Fate.SAME),
        (on_file(number="123"), [here(number="00123")], Fate.SAME),
        (on_file(), [here(number="123")], Fate.SAME),
        (on_file(), [here()], Fate.SAME),
        (on_file(number="123"), [here()], Fate.CHANGED),
        (on_file(number="123", class_name="4B"), [here(number="123")], Fate.CHANGED),
        (on_file(number="124"), [here(number="123")], Fate.NEW),
        (on_file(number="123", kind=PictureSubject.STAFF), [here(number="123")], Fate.NEW),
        (on_file("Sam Pattel"), [here()], Fate.NEW),
        (on_file("sam patel"), [here()], Fate.CHANGED),
        (on_file(class_name="4B"), [here()], Fate.CLASHING),
        (on_file(class_name=""), [here()], Fate.CLASHING),
        (on_file(number="123", class_name="4B"), [here()], Fate.CLASHING),
        (on_file(), [here(1), here(2)], Fate.CLASHING),
        (on_file(number="123"), [here(1, number="123"), here(2, number="0123")], Fate.SAME),
        (on_file(number="0000123"), [here(1, number="123"), here(2, number="0123")], Fate.CLASHING),
        (on_file("Ann Lee", "123"), [here(number="123")], Fate.CLASHING),
        (on_file("Asha Patel", "123"), [here(number="123")], Fate.CLASHING),
        (on_file("Sam Okafor", "123"), [here(number="123")], Fate.CHANGED),
        (on_file("Samantha Patel", "123"), [here(number="123")], Fate.CHANGED),
        (on_file("Sa Patel", "123"), [here(number="123")], Fate.CLASHING),
        (on_file("Sam Patel", "123", legal_name="Samantha Patel"), [here(1, "Samantha Patel", "123")], Fate.CHANGED),
        (on_file(number="123"), [here(number="123", is_archived=True)], Fate.CLASHING),
        (on_file(), [here(is_archived=True)], Fate.NEW),
        (on_file(trouble="This row has a number and no name."), [here()], Fate.CLASHING),
        (on_file(has_left=True, left_on=LEFT), [], Fate.LEFT_OUT),
        (on_file(number="123", has_left=True, left_on=LEFT), [here(number="123", is_left=True, left_on=LEFT)], Fate.SAME),
        (on_file(number="123", is_mention=True), [here(number="123", class_name="4B")], Fate.SAME),
        (on_file(number="123", is_mention=True), [], Fate.CLASHING),
    ],
)
def test_a_row_is_matched_by_number_or_by_exactly_one_name_in_its_class(person: OnFile, roll: list[Here], fate: Fate) -> None:
    found = one(person, *roll)
    assert found.fate is fate
    assert bool(found.sentence) is (fate is Fate.CLASHING)


def test_what_changes_is_told_with_what_was_there() -> None:
    found = one(on_file("Sam Okafor", "0123", class_name="4B", year_group="Year 4", legal_name="Samantha Okafor"), here(number="123"))
    assert found.changes == {
        "name": ("Sam Patel", "Sam Okafor"),
        "legal_name": (None, "Samantha Okafor"),
        "class_name": ("3B", "4B"),
        "year_group": (None, "Year 4"),
    }


def test_a_blank_cell_leaves_an_answer_as_it_is() -> None:
    assert one(on_file(number="123", class_name=""), here(number="123", year_group="Year 3")).fate is Fate.SAME


def test_a_number_is_learnt_and_never_exchanged() -> None:
    assert one(on_file(number="123"), here()).changes == {"mis_number": (None, "123")}
    assert one(on_file(number="123"), here(number="00123")).changes == {}


@pytest.mark.parametrize(
    ("more", "was", "changes"),
    [
        ({"has_left": True, "left_on": LEFT}, {}, {"status": (RollStatus.ON_ROLL, RollStatus.LEFT), "left_on": (None, LEFT)}),
        ({"has_left": True}, {}, {"status": (RollStatus.ON_ROLL, RollStatus.LEFT)}),
        ({"has_left": True}, {"is_left": True, "left_on": LEFT}, {}),
        ({"has_left": False}, {"is_left": True, "left_on": LEFT}, {"status": (RollStatus.LEFT, RollStatus.ON_ROLL), "left_on": (LEFT, None)}),
        ({}, {"is_left": True, "left_on": LEFT}, {"status": (RollStatus.LEFT, RollStatus.ON_ROLL), "left_on": (LEFT, None)}),
    ],
)
def test_leaving_and_coming_back_are_changes(more: dict[str, Any], was: dict[str, Any], changes: dict[str, Any]) -> None:
    assert one(on_file(number="123", **more), here(number="123", **was)).changes == changes


@pytest.mark.parametrize(
    ("person", "roll"),
    [
        (on_file("Ann Lee", "123"), [here(number="123")]),
        (on_file(class_name="4B"), [here()]),
        (on_file(number="123", class_name="4B"), [here()]),
    ],
)
def test_somebody_may_say_that_it_is_the_same_person(person: OnFile, roll: list[Here]) -> None:
    assert one(person, *roll).may_agree
    assert one(person, *roll, agreed=True).fate is Fate.CHANGED


@pytest.mark.parametrize(
    ("person", "roll"),
    [
        (on_file(), [here(1), here(2)]),
        (on_file(class_name="4B"), [here(1), here(2, class_name="5A")]),
        (on_file(number="1", trouble="No."), [here(1)]),
    ],
)
def test_nobody_may_say_so_where_it_could_be_two_people(person: OnFile, roll: list[Here]) -> None:
    found = one(person, *roll, agreed=True)
    assert (found.fate, found.may_agree) == (Fate.CLASHING, False)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ([on_file("Sam Patel", "123"), on_file("Ann Lee", "0123")], "stands in this file for two people: Sam Patel and Ann Lee"),
        ([on_file(number="123"), on_file(number="123", class_name="4B")], "stands in this file for two classes or years"),
        ([on_file(), on_file("SAM PATEL")], "2 rows of this file have this name and no number"),
    ],
)
def test_rows_that_cannot_both_be_true_clash(file: list[OnFile], said: str) -> None:
    found = compare(file, [here(number="123")])
    assert fates(found) == [Fate.CLASHING, Fate.CLASHING]
    assert said in found.judged[0].sentence
    assert not any(each.may_agree for each in found.judged)


def test_two_rows_that_would_both_be_one_person_clash() -> None:
    found = compare([on_file(number="123"), on_file()], [here(number="123")])
    assert fates(found) == [Fate.CLASHING, Fate.CLASHING]
    assert "2 rows of this file speak of Sam Patel in 3B (PU-0001)" in found.judged[0].sentence


def test_people_of_one_name_are_kept_apart_by_their_numbers() -> None:
    found = compare([on_file(number="1"), on_file(number="2"), on_file(number="3")], [here(1, number="1"), here(2, number="2")])
    assert fates(found) == [Fate.SAME, Fate.SAME, Fate.NEW]
    assert [each.person.number for each in found.of(Fate.NEW)] == ["3"]


def missing(file: list[OnFile], roll: list[Here]) -> tuple[list[int], int, bool]:
    """Who is offered as having left, how many are left alone, and whether the list is taken for one of the whole school."""
    found = compare(file, roll)
    return [each.id.int for each in found.missing], found.apart, found.is_whole


def test_whoever_is_not_on_a_list_of_the_whole_school_is_offered() -> None:
    roll = [here(1, number="1"), here(2, number="2"), here(3, number="3", class_name="6A"), here(4, number="4", is_left=True)]
    assert missing([on_file(number="1"), on_file(number="2")], roll) == ([3], 0, True)


def test_a_list_of_one_class_makes_leavers_of_nobody_else() -> None:
    roll = [here(place, f"Pupil {place}", str(place), class_name="3B" if place < 4 else "5A") for place in range(1, 11)]
    assert missing([on_file("Pupil 1", "1"), on_file("Pupil 2", "2")], roll) == ([3], 7, False)


def test_a_list_of_staff_says_nothing_about_pupils() -> None:
    staff = here(2, "Ola Brandt", "9", kind=PictureSubject.STAFF, class_name="")
    assert missing([on_file("Dev Marchetti", "8", kind=PictureSubject.STAFF, class_name="")], [here(1, number="1"), staff]) == ([], 1, False)


def test_whoever_clashes_or_is_put_away_is_not_missing() -> None:
    roll = [here(1, number="1"), here(2, "Ann Lee", "2"), here(3, "Zoë O’Brien"), here(4, "Tom Ash", "4", is_archived=True)]
    file = [on_file(number="1"), on_file("Otto Renwick", "2"), on_file("Zoe OBrien", class_name="4B")]
    assert missing(file, roll) == ([], 0, True)


def test_a_row_that_only_mentions_somebody_makes_nobody_a_leaver() -> None:
    assert missing([on_file(number="1", is_mention=True)], [here(1, number="1"), here(2, "Ann Lee", "2")]) == ([], 0, True)


people = st.builds(
    on_file,
    name=st.sampled_from(["Sam Patel", "Ann Lee", "Sam Lee", "Zoë Ash", "Zoe Ash"]),
    number=st.sampled_from(["", "1", "01", "2", "3"]),
    class_name=st.sampled_from(["", "3B", "4B"]),
    has_left=st.sampled_from([None, True, False]),
)
rolls = st.lists(
    st.builds(
        lambda name, number, class_name: (name, number, class_name),
        st.sampled_from(["Sam Patel", "Ann Lee", "Zoë Ash"]), st.sampled_from(["", "1", "2"]), st.sampled_from(["3B", "4B"]),
    ),
    max_size=4,
)  # fmt: skip


@given(st.lists(people, max_size=5), rolls)
def test_nobody_is_claimed_twice_and_nobody_who_may_be_meant_is_missing(file: list[OnFile], known: list[tuple[str, str, str]]) -> None:
    roll = [here(place, name, number, class_name=class_name) for place, (name, number, class_name) in enumerate(known, 1)]
    found = compare(file, roll)
    claimed = [each.here.id for each in found.judged if each.here and each.fate in (Fate.CHANGED, Fate.SAME)]
    assert len(claimed) == len(set(claimed))
    assert not {each.id for each in found.missing} & set(claimed)
    assert not any(each.fate in (Fate.NEW, Fate.CHANGED, Fate.SAME) and each.sentence for each in found.judged)
    assert all(bool(each.changes) is (each.fate is Fate.CHANGED) for each in found.judged if each.fate is not Fate.CLASHING)
    numbers = {each.person.key for each in found.judged if each.person.number}
    assert not any(each.number and (each.kind, each.number) in numbers for each in found.missing)
