"""Who is still to be asked, or to be asked again, and why."""

from datetime import date, timedelta
from typing import Any

import pytest

from models import doors
from models.base import db
from models.vocabulary import Decider, ImageDecision, Relation, YesNo
from registry import records
from registry.families.asking_again import Why, review
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES
from tests.people import NOW
from tests.pictured import a_carer, a_pupil, a_use, an_answer

pytestmark = pytest.mark.usefixtures("in_quillbrook")
TODAY = NOW.date()


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion, form_sentence="May we?")


@pytest.fixture
def sam(occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel")


def whys(today: date = TODAY) -> dict[str, dict[Why, tuple[str, ...]]]:
    found = review(today).to_ask
    return {each.child.name: {why: tuple(use.name for use in uses) for why, uses in each.reasons.items()} for each in found}


def test_a_pupil_about_whom_nothing_is_answered_is_to_be_asked_about(website: Use, sam: Any) -> None:
    assert whys() == {"Sam Patel": {Why.NOTHING: ("School website",)}}
    assert not review(TODAY).to_ask[0].is_again


@pytest.mark.parametrize(
    ("ends_in", "why"), [(None, None), (31, None), (30, Why.RUNS_OUT), (0, Why.RUNS_OUT), (-1, Why.RAN_OUT)]
)
def test_a_yes_is_asked_for_again_before_it_runs_out(occasion: Occasion, website: Use, sam: Any, ends_in: int | None, why: Why | None) -> None:
    until = None if ends_in is None else TODAY + timedelta(days=ends_in)
    an_answer(occasion, sam, website, valid_until=until, wording="May we?")
    assert whys() == ({"Sam Patel": {why: ("School website",)}} if why else {})


def test_a_longer_yes_of_another_parent_is_enough(occasion: Occasion, website: Use, sam: Any) -> None:
    an_answer(occasion, sam, website, valid_until=TODAY, decider=Decider.AUTHORITY)
    an_answer(occasion, sam, website, valid_until=TODAY + timedelta(days=300))
    assert whys() == {}


@pytest.mark.parametrize("decision", [ImageDecision.REFUSED, ImageDecision.WITHDRAWN, ImageDecision.OBJECTED])
def test_a_no_is_not_asked_again(occasion: Occasion, website: Use, sam: Any, decision: ImageDecision) -> None:
    an_answer(occasion, sam, website, decision, wording="Other words")
    assert whys() == {}


def test_a_yes_that_does_not_count_leaves_the_question_open(occasion: Occasion, website: Use, sam: Any) -> None:
    foster = a_carer(occasion, "Fay Lee", sam, relation=Relation.FOSTER_CARER)
    an_answer(occasion, sam, website, decider=Decider.OTHER, decided_by="Grandfather Lee")
    an_answer(occasion, sam, website, decider=Decider.PUPIL)
    an_answer(occasion, sam, website, carer=foster.id)
    assert whys() == {"Sam Patel": {Why.LEFT_OPEN: ("School website",)}}
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"may_decide": YesNo.YES}, occasion)
    assert whys() == {}, "the pupil may say yes now"


def test_a_disagreement_is_settled_by_talking_and_not_asked_again(occasion: Occasion, website: Use, sam: Any) -> None:
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decided_by="Raj Patel")
    an_answer(occasion, sam, website, decided_by="Ann Patel", valid_until=TODAY)
    assert whys() == {}


def test_a_childs_no_is_not_asked_again_either(occasion: Occasion, website: Use, sam: Any) -> None:
    an_answer(occasion, sam, website, valid_until=TODAY)
    an_answer(occasion, sam, website, ImageDecision.REFUSED, decider=Decider.PUPIL)
    assert whys() == {}


def test_a_new_use_is_told_from_one_that_was_left_open(occasion: Occasion, website: Use, sam: Any) -> None:
    a_use(occasion, "Newsletter", "newsletter")
    an_answer(occasion, sam, website, decided_on=TODAY)
    assert whys() == {"Sam Patel": {Why.LEFT_OPEN: ("Newsletter",)}}
    tomorrow = Occasion(occasion.by, NOW + timedelta(days=1), occasion.school)
    a_use(tomorrow, "Press", "local_press")
    assert whys() == {"Sam Patel": {Why.LEFT_OPEN: ("Newsletter",), Why.NEW_USE: ("Press",)}}


def test_another_question_is_asked_again_of_those_who_said_yes_to_the_old_one(occasion: Occasion, website: Use, sam: Any) -> None:
    an_answer(occasion, sam, website, wording="May we?")
    kim = a_pupil(occasion, "Kim Lee")
    an_answer(occasion, kim, website)
    assert whys() == {}
    records.change(USES, records.find(USES, website.id, occasion.by), {"form_sentence": "May we, and for ever?"}, occasion)
    assert whys() == {"Sam Patel": {Why.CHANGED: ("School website",)}}, "of words that nobody kept, nobody knows that they differ"


def test_uses_that_are_only_told_ask_for_nothing(occasion: Occasion, sam: Any) -> None:
    a_use(occasion, "Recognising pupils", "id_mis", asked_on_form="no")
    assert whys() == {}


def test_leavers_are_listed_for_a_year_while_their_yes_runs(occasion: Occasion, website: Use, sam: Any) -> None:
    an_answer(occasion, sam, website)
    kim = a_pupil(occasion, "Kim Lee", status="left", left_on=TODAY)
    a_pupil(occasion, "Never Answered", status="left", left_on=TODAY)
    an_answer(occasion, kim, website, ImageDecision.REFUSED)
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"status": "left", "left_on": TODAY}, occasion)
    assert whys() == {}
    for days, listed in ((0, ["Sam Patel"]), (365, ["Sam Patel"]), (366, [])):
        assert [child.name for child in review(TODAY + timedelta(days=days)).leavers] == listed


def test_it_is_read_in_as_many_statements_for_many_as_for_one(occasion: Occasion, website: Use, sam: Any) -> None:
    def asked() -> int:
        statements: list[str] = []
        db.query_hooks.append(lambda event: statements.append(event.sql))
        try:
            review(TODAY)
        finally:
            db.query_hooks.pop()
        return len(statements)

    few = asked()
    for number in range(20):
        an_answer(occasion, a_pupil(occasion, f"Pupil {number}"), website)
    assert asked() == few <= 5


def test_the_other_school_is_left_out(elsewhere: Occasion, other_school: Any, website: Use) -> None:
    with doors.looking_at(other_school.id):
        a_pupil(elsewhere, "Theirs Alone")
    assert whys() == {}
