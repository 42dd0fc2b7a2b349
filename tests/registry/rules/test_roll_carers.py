"""Which parents of a list are new or changed, and for whose pupils one entry stands."""

from typing import Any
from uuid import UUID

import pytest

from models.vocabulary import Relation, YesNoUnknown
from registry.rules.roll_carers import CarerFate, Contact, Known, compare_carers

ANN = {"name": "Ann Patel", "email": "ann@family.example", "relation": Relation.MOTHER, "responsibility": YesNoUnknown.YES}
SAM, ASHA, ZOE = UUID(int=1), UUID(int=2), 3


def contact(pupil: Any = SAM, **more: Any) -> Contact:
    """A parent beside a pupil, as a list says it."""
    return Contact(**{"pupil": pupil, "where": "line 2", **ANN, **more})


def known(place: int = 1, *pupils: Any, **more: Any) -> Known:
    """An entry that is there."""
    return Known(**{"id": UUID(int=100 + place), "reference": f"PC-{place:04d}", "version": 1, **ANN, "pupils": frozenset(pupils), **more})


def entries(contacts: list[Contact], *there: Known) -> list[tuple[CarerFate, set[Any]]]:
    """What becomes of each entry, and for whose pupils."""
    return [(each.fate, each.pupils) for each in compare_carers(contacts, there)]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ({}, {}, True),
        ({}, {"name": "ann patel", "email": "Ann@Family.example"}, True),
        ({}, {"email": "other@family.example"}, False),
        ({}, {"name": "Anne Patel"}, False),
        ({"email": ""}, {"email": ""}, False),
        ({"number": "77"}, {"number": "077", "email": "other@family.example"}, True),
        ({"number": "77"}, {"number": "78"}, False),
        ({}, {"responsibility": YesNoUnknown.NO}, False),
        ({}, {"relation": Relation.STEP_PARENT}, False),
        ({}, {"restrictions": "May not collect."}, False),
    ],
)
def test_one_entry_stands_for_siblings_only_when_it_is_certainly_one_person_and_the_same_is_true(one: Any, other: Any, is_one: bool) -> None:
    found = entries([contact(SAM, **one), contact(ZOE, **other)])
    assert found == ([(CarerFate.NEW, {SAM, ZOE})] if is_one else [(CarerFate.NEW, {SAM}), (CarerFate.NEW, {ZOE})])


def test_a_number_that_stands_for_two_parents_of_a_list_clashes() -> None:
    found = compare_carers([contact(SAM, number="77"), contact(ASHA, number="77", name="Tom Ash")], [])
    assert [each.fate for each in found] == [CarerFate.CLASHING, CarerFate.CLASHING]
    assert found[0].sentence == "The number 77 stands in this file for 2 parents or carers."


@pytest.mark.parametrize("other", [{"email": "other@family.example"}, {"responsibility": YesNoUnknown.NO}, {"number": "77"}])
def test_one_name_twice_beside_one_pupil_with_different_answers_clashes(other: Any) -> None:
    found = compare_carers([contact(SAM), contact(SAM, **other), contact(ASHA)], [])
    assert [each.fate for each in found][:2] == [CarerFate.CLASHING, CarerFate.CLASHING]
    assert "Ann Patel stands 2 times beside one pupil" in found[0].sentence


@pytest.mark.parametrize(
    ("asked", "there", "fate"),
    [
        (contact(), known(1, SAM), CarerFate.SAME),
        (contact(), known(1, SAM, email=""), CarerFate.CHANGED),
        (contact(email=""), known(1, SAM), CarerFate.SAME),
        (contact(email="", name="Ann Patell"), known(1, SAM), CarerFate.NEW),
        (contact(ASHA), known(1, SAM), CarerFate.CHANGED),
        (contact(ASHA, email=""), known(1, SAM), CarerFate.NEW),
        (contact(number="77", name="Ann Okafor"), known(1, SAM, number="077"), CarerFate.CHANGED),
        (contact(number="77", name="Tom Ash"), known(1, SAM, number="77"), CarerFate.CLASHING),
        (contact(number="77"), known(1, SAM), CarerFate.CHANGED),
        (contact(number="77"), known(1, SAM, number="78"), CarerFate.NEW),
        (contact(relation=None, responsibility=None), known(1, SAM), CarerFate.SAME),
        (contact(responsibility=YesNoUnknown.NO), known(1, SAM), CarerFate.CHANGED),
        (contact(responsibility=YesNoUnknown.NO), known(1, SAM, ASHA), CarerFate.CLASHING),
        (contact(ASHA, responsibility=YesNoUnknown.NO), known(1, SAM), CarerFate.NEW),
    ],
)
def test_a_parent_is_found_by_number_by_name_and_address_or_by_name_beside_the_pupil(asked: Contact, there: Known, fate: CarerFate) -> None:
    found = compare_carers([asked], [there])[0]
    assert found.fate is fate
    assert bool(found.sentence) is (fate is CarerFate.CLASHING)


def test_what_changes_is_told_with_what_was_there() -> None:
    asked = contact(number="77", email="new@family.example", responsibility=YesNoUnknown.NO, restrictions="May not collect.")
    assert compare_carers([asked], [known(1, SAM)])[0].changes == {
        "email": ("ann@family.example", "new@family.example"),
        "responsibility": (YesNoUnknown.YES, YesNoUnknown.NO),
        "restrictions": (None, "May not collect."),
        "mis_number": (None, "77"),
    }


def test_a_brother_or_sister_is_added_to_the_entry_that_says_the_same() -> None:
    found = compare_carers([contact(SAM), contact(ZOE)], [known(1, SAM)])
    assert [(each.fate, each.gained, each.changes) for each in found] == [(CarerFate.CHANGED, {ZOE}, {})]
    assert compare_carers([contact(SAM)], [])[0].gained == {SAM}


def test_of_two_entries_the_one_of_the_pupil_is_meant() -> None:
    first, second = known(1, ASHA, responsibility=YesNoUnknown.NO), known(2, SAM)
    found = compare_carers([contact(SAM), contact(ASHA, responsibility=YesNoUnknown.NO)], [first, second])
    assert [(each.fate, each.known and each.known.reference) for each in found] == [(CarerFate.SAME, "PC-0002"), (CarerFate.SAME, "PC-0001")]


def test_rows_that_change_one_entry_in_two_ways_clash() -> None:
    asked = [contact(SAM, number="77", email="one@family.example"), contact(ASHA, number="77", email="two@family.example", relation=None)]
    found = compare_carers(asked, [known(1, SAM, ASHA, number="77")])
    assert [each.fate for each in found] == [CarerFate.CLASHING, CarerFate.CLASHING]
    assert "PC-0001" in found[0].sentence


def test_what_was_saved_is_the_same_the_next_time() -> None:
    asked = [contact(SAM), contact(ASHA), contact(SAM, name="Tom Patel", email=""), contact(ASHA, name="Tom Patel", email="")]
    saved = [
        known(place, *entry.pupils, name=entry.contact.name, email=entry.contact.email) for place, entry in enumerate(compare_carers(asked, []), 1)
    ]
    assert {fate for fate, _pupils in entries(asked, *saved)} == {CarerFate.SAME}
