"""What is frozen can be read when the register has long moved on, and by nobody who may not see it now."""

import json
from dataclasses import replace
from typing import Any

import pytest

from models.roles import Role
from registry import records
from registry.actor import Actor
from registry.approval import versions
from registry.approval.freezing import Frozen, FrozenAnswer, freeze, thaw, visible
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from tests.people import Person
from tests.registry.approvals import add_complete

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def trips(ola: Person, occasion: Occasion) -> Any:
    """An activity with an asset."""
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    return add_complete(ola, occasion, assets=(asset.id,), started_on="2026-09-01", recipients=("Bus company", "Museum"))


@pytest.fixture
def frozen(trips: Any) -> Frozen:
    """The same, frozen."""
    return freeze(PROCESSING, trips)


def test_what_was_frozen_is_read_back_as_it_was(frozen: Frozen) -> None:
    assert thaw(frozen.as_text()) == frozen


def test_every_answer_is_frozen_even_where_none_was_given(frozen: Frozen) -> None:
    assert set(frozen.by_name) == set(PROCESSING.questions)
    assert frozen.by_name["joint_controller"].is_blank
    assert not frozen.by_name["joint_controller"].was_asked


def test_nought_and_no_are_answers_that_stay() -> None:
    for value in (0, False, "no"):
        answer = FrozenAnswer(name="count", label="Count", section="What", value=value, lines=(str(value),))
        kept = thaw(Frozen("PA-0001", "Trips", (answer,)).as_text()).answers[0]
        assert kept.value == value
        assert not kept.is_blank


def test_without_names_the_same_answers_are_told_apart(trips: Any, frozen: Frozen, occasion: Occasion) -> None:
    assert versions.differences(PROCESSING, frozen, freeze(PROCESSING, trips, with_names=False), occasion.by, is_live=True) == []


def test_a_question_that_is_gone_is_shown_as_it_was_to_those_who_might_see_it_then(
    frozen: Frozen, occasion: Occasion, ian: Person, gus: Person
) -> None:
    kept = json.loads(frozen.as_text())
    gone: dict[str, Any] = {"name": "shoe_size", "label": "Shoe size", "section": "What and why", "value": "43", "lines": ["43"], "was_asked": True}
    gone["see"] = ["dpo", "governor"]
    kept["answers"].append(gone)
    old = thaw(json.dumps(kept))
    assert old.by_name["shoe_size"].words == ("43",)
    for person, sees in ((occasion.by, True), (gus.actor, True), (ian.actor, False), (Actor.robot("export"), True), (Actor.stranger(), False)):
        assert ("shoe_size" in {answer.name for answer in visible(PROCESSING, old, person)}) == sees, person
    assert versions.differences(PROCESSING, old, frozen, occasion.by, is_live=True) == [], "nobody changed what is not asked any more"
    assert [each.label for each in versions.differences(PROCESSING, old, frozen, occasion.by)] == ["Shoe size"]


def test_a_link_to_a_register_that_is_gone_is_shown_by_the_same_rule(frozen: Frozen, occasion: Occasion) -> None:
    gone = FrozenAnswer(name="dragons", label="Dragons", section="Also linked", value=["00"], is_link=True, see=frozenset({"dpo"}))
    old = replace(frozen, answers=(*frozen.answers, gone))
    assert "dragons" in {answer.name for answer in visible(PROCESSING, old, occasion.by)}
    assert "dragons" not in {answer.name for answer in visible(PROCESSING, old, replace(occasion.by, role=Role.GOVERNOR))}


def test_a_choice_that_there_is_no_more_keeps_its_words(frozen: Frozen) -> None:
    kept = json.loads(frozen.as_text())
    part = next(answer for answer in kept["answers"] if answer["name"] == "role")
    part |= {"value": "overlord", "lines": ["Overlord of everything"]}
    assert thaw(json.dumps(kept)).by_name["role"].words == ("Overlord of everything",)


def test_nobody_sees_a_frozen_answer_that_they_may_not_see_live(frozen: Frozen, ian: Person, tess: Person) -> None:
    names = {answer.name for answer in visible(PROCESSING, frozen, ian.actor)}
    assert "name" in names
    assert not {"purpose", "art6", "special_categories", "notes"} & names
    assert [*visible(PROCESSING, frozen, tess.actor)] == []
