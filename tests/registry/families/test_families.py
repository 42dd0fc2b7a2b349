"""Who is asked about whom, and who is left out unless somebody chooses to ask them."""

from typing import Any

import pytest

from models import doors
from models.vocabulary import Relation
from registry import records
from registry.families import families
from registry.families.families import IN_CARE, NO_RESPONSIBILITY, RESTRICTED
from registry.records import Occasion
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from tests.pictured import a_carer, a_pupil

pytestmark = pytest.mark.usefixtures("in_quillbrook")
AT_HOME = {"email": "home@family.example"}


def names(found: Any) -> list[str]:
    return [each.name for each in found]


def test_each_parent_comes_with_their_own_children_also_those_of_other_classes(occasion: Occasion) -> None:
    sam, ann = a_pupil(occasion, "Sam Patel"), a_pupil(occasion, "Ann Patel", "5 Elm")
    a_carer(occasion, "Meera Patel", sam, ann, **AT_HOME)
    a_carer(occasion, "Jo Lee", ann, **AT_HOME)
    found = families.of_class("3 Oak")
    assert names(found.families) == ["Meera Patel"]
    assert names(found.families[0].children) == ["Sam Patel", "Ann Patel"]
    assert found.nobody == ()


def test_a_child_with_nobody_who_has_an_address_is_listed(occasion: Occasion) -> None:
    sam, alone = a_pupil(occasion, "Sam Patel"), a_pupil(occasion, "Kit Alone")
    a_carer(occasion, "Meera Patel", sam)
    found = families.of_class("3 Oak")
    assert names(found.nobody) == ["Kit Alone", "Sam Patel"]
    assert names(found.families) == ["Meera Patel"]
    assert not found.families[0].has_address
    assert alone.id in {child.id for child in families.of_pupils([alone.id]).nobody}


def test_who_has_no_responsibility_or_is_limited_is_not_asked_by_itself(occasion: Occasion) -> None:
    sam = a_pupil(occasion, "Sam Patel")
    a_carer(occasion, "Aunt Patel", sam, responsibility="no", **AT_HOME)
    a_carer(occasion, "Brian Patel", sam, responsibility="yes", restrictions="May not be told where Sam lives.", **AT_HOME)
    a_carer(occasion, "Carla Patel", sam, **AT_HOME)
    a_carer(occasion, "Dee Foster", sam, relation=Relation.FOSTER_CARER, **AT_HOME)
    a_carer(occasion, "Eve Foster", sam, relation=Relation.FOSTER_CARER, responsibility="yes", source="delegated", **AT_HOME)
    why = {family.name: family.why_not for family in families.of_school().families}
    assert why == {"Aunt Patel": NO_RESPONSIBILITY, "Brian Patel": RESTRICTED, "Carla Patel": "", "Dee Foster": IN_CARE, "Eve Foster": ""}


def test_leavers_and_those_put_away_are_left_out(occasion: Occasion) -> None:
    sam, gone = a_pupil(occasion, "Sam Patel"), a_pupil(occasion, "Lee Gone", status="left")
    put_away = a_pupil(occasion, "Pat Away")
    records.archive(PUPILS, records.find(PUPILS, put_away.id, occasion.by), occasion)
    parent = a_carer(occasion, "Meera Patel", sam, gone, put_away, **AT_HOME)
    only_gone = a_carer(occasion, "Old Gone", gone, **AT_HOME)
    found = families.of_carers([parent.id, only_gone.id])
    assert names(found[parent.id].children) == ["Sam Patel"]
    assert only_gone.id not in found
    assert names(families.of_carers([parent.id], with_leavers=True)[parent.id].children) == ["Lee Gone", "Sam Patel"]
    records.archive(CARERS, records.find(CARERS, parent.id, occasion.by), occasion)
    assert families.of_carers([parent.id]) == {}
    assert names(families.of_school().nobody) == ["Sam Patel"]


def test_an_adult_of_the_school_is_nobodys_child(occasion: Occasion) -> None:
    a_pupil(occasion, "Tom Teacher", kind="staff")
    assert families.of_school() == families.Families((), ())


def test_two_children_of_one_first_name_are_told_apart(occasion: Occasion) -> None:
    one, two, third = (a_pupil(occasion, name) for name in ("Sam Patel", "Sam Lee", "Ann Lee"))
    parent = a_carer(occasion, "Meera Patel", one, two, third)
    assert families.of_carers([parent.id])[parent.id].names == ("Ann", "Sam Lee", "Sam Patel")


def test_another_schools_families_are_not_to_be_seen(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    with doors.looking_at(other_school.id):
        theirs = a_carer(elsewhere, "Not Ours", a_pupil(elsewhere, "Theirs Alone"), **AT_HOME)
    assert families.of_carers([theirs.id]) == {}
    assert families.of_school() == families.Families((), ())


def test_classes_are_counted_by_those_who_are_here(occasion: Occasion) -> None:
    for name, class_name in (("A One", "10A"), ("B Two", "3B"), ("C Three", "3B"), ("D Four", None)):
        a_pupil(occasion, name, class_name)
    a_pupil(occasion, "E Left", "3B", status="left")
    assert list(families.class_sizes().items()) == [("", 1), ("3B", 2), ("10A", 1)]
