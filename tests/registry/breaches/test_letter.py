"""The letter holds what the law asks, from what is known; what is missing, whose names slipped in and what is hard to read is pointed out."""

from typing import Any

import pytest

from models.breach import Breach
from models.vocabulary import BreachData
from registry import records
from registry.access import Forbidden
from registry.breaches import letter, people
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.rules.letter_text import empty_parts
from registry.schema import Invalid
from tests.people import NOW
from tests.registry.breaches.conftest import again

KNOWN: dict[str, Any] = {
    "narrative": "A list went to the parents of another class.", "effects": "Somebody could tease a child about it.",
    "measures_taken": "They have deleted it.", "measures_planned": "We check addresses in pairs.",
    "data_kinds": (BreachData.HEALTH, BreachData.IDENTIFICATION), "names": "Sam Patel",
}  # fmt: skip


def review(row: Breach, text: str) -> letter.Review:
    return letter.review(row, text, people.people_of(row), NOW)


def test_what_nobody_has_answered_is_asked_in_brackets(handled: Breach, at_work: Any) -> None:
    found = review(handled, letter.text_of(handled))
    assert found.stops
    assert found.empty == ()  # each is said once
    assert len(found.gaps) == 4  # the kinds of data beside them


def test_the_letter_is_filled_from_the_breach_and_holds_all_that_the_law_asks(handled: Breach, at_work: Any) -> None:
    records.change(BREACHES, handled, KNOWN, at_work("dev"))
    text = letter.text_of(handled)
    for words in (*map(str, KNOWN.values()),)[:4]:
        assert words in text
    for words in (
        "Dear {name},", "information about {child}", "The school noticed it on Monday 23 November 2026.", "- health, which includes special",
        "- Change the password", "Dev Marchetti is our data protection officer", "dev@quillbrook.example", "complain to the ICO",
        "Hana Whitlow\nHeadteacher, Quillbrook Primary School",
    ):  # fmt: skip
        assert words in text
    assert empty_parts(text, letter.headings()) == ()
    assert "Sam Patel" not in text
    assert review(handled, text).is_clean


def test_brackets_in_an_answer_are_not_taken_for_something_to_fill_in(handled: Breach, at_work: Any) -> None:
    records.change(BREACHES, handled, {**KNOWN, "narrative": "A {name} and {head} [list] went out."}, at_work("dev"))
    assert "A (name) and (head) (list) went out." in letter.text_of(handled)


def test_names_of_others_are_pointed_out_and_those_who_answer_are_not(handled: Breach, at_work: Any) -> None:
    records.change(BREACHES, handled, KNOWN, at_work("dev"))
    people.add(handled, "Meera Patel; for: Sam Patel\nJo Lee", at_work("dev"))
    found = review(handled, letter.text_of(handled) + "\nAsk Jo Lee or Hana Whitlow about {child}, born 3 May 2017, or Sam.")
    assert [each.words for each in found.slips] == ["Jo Lee", "born 3 May 2017", "Sam"]
    assert found.remarks == ()


def test_the_one_person_who_gets_it_may_be_named_in_it(handled: Breach, at_work: Any) -> None:
    records.change(BREACHES, handled, {**KNOWN, "names": "Kim Ito"}, at_work("dev"))
    people.add(handled, "Meera Patel; for: Sam Patel", at_work("dev"))
    found = review(handled, "What happened\nSam Patel was named, and so was Kim Ito.")
    assert [each.words for each in found.slips] == ["Kim Ito"]


def test_officialese_and_fields_that_nobody_fills_are_pointed_out(handled: Breach) -> None:
    found = review(handled, "Dear {Name}, pursuant to the law we write.")
    assert found.unknown == ("{Name}",)
    assert [each.words for each in found.remarks] == ["pursuant to"]
    assert found.stops


def test_the_letter_is_kept_each_time_and_never_over_somebody_elses(handled: Breach, at_work: Any) -> None:
    assert letter.keep(handled, "First.\r\nSecond.\x00", at_work("dev"), seen=None)
    first = letter.kept(handled)
    assert first is not None
    assert first.text == "First.\nSecond."
    assert not letter.keep(handled, "First.\nSecond.", at_work("hana"), seen=first.id)
    with pytest.raises(CannotBeDone, match="Somebody else"):
        letter.keep(handled, "Mine.", at_work("hana"), seen=None)
    for wrong in (" ", "x" * 20_001):
        with pytest.raises(Invalid):
            letter.keep(handled, wrong, at_work("hana"), seen=first.id)
    with pytest.raises(Forbidden):
        letter.keep(handled, "Mine.", at_work("ola"), seen=first.id)
    assert letter.text_of(again(handled, at_work)) == "First.\nSecond."
