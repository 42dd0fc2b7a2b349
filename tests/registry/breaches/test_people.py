"""Who is told of a breach: added from a list, told, came back, left out; and when everybody is settled."""

from datetime import timedelta
from typing import Any

import pytest

from models.breach import Breach
from models.breach_entry import BreachEntry
from models.breach_person import BreachPerson
from models.vocabulary import EntryKind, PeopleDecision, WayTold
from registry import records
from registry.access import Forbidden
from registry.breaches import people, telling
from registry.breaches.people import Standing, people_of, standing
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.rules.people_lines import Line
from registry.schema import Invalid
from registry.trace.audit import Happened, recording
from tests import databases
from tests.people import NOW
from tests.registry.breaches.conftest import NOTICED, again

LIST = "Meera Patel <meera@patel.example>; for: Sam Patel\nJo Lee; 1 High Street\nmeera  patel <Meera@patel.example>; for: sam patel"


def stands(row: Breach) -> list[Standing]:
    return [standing(each) for each in people_of(row)]


def told_of(row: Breach) -> list[str]:
    found = BreachEntry.select().where((BreachEntry.kind == EntryKind.PEOPLE) & (BreachEntry.breach == row.id)).order_by(BreachEntry.id)
    return [each.text for each in found]


def test_people_are_added_once_each_and_sealed(handled: Breach, at_work: Any) -> None:
    added = people.add(handled, LIST, at_work("dina"))
    assert (added.new, added.doubled) == (2, 1)
    assert people.add(handled, LIST + "\nKim", at_work("dev")).new == 1
    meera, jo, kim = people_of(handled)
    assert (meera.about, meera.email, jo.address, kim.place) == ("Sam Patel", "meera@patel.example", "1 High Street", 3)
    held = repr(databases.contents())
    assert all(word not in held for word in ("Meera", "patel.example", "High Street"))
    assert told_of(handled) == ["Entered to be told: 2 people.", "Entered to be told: 1 person."]


def test_thousands_are_added_with_few_questions(handled: Breach, at_work: Any) -> None:
    assert people.add(handled, "\n".join(f"Parent {number}" for number in range(300)), at_work("dev")).new == 300
    with pytest.raises(Invalid) as refused:
        people.add(handled, "\n".join(f"P {number}" for number in range(2_001)), at_work("dev"))
    assert refused.value.messages == {"people": ["Add 2,000 at a time: these are 2,001."]}


def test_a_line_that_cannot_be_read_adds_nobody(handled: Breach, at_work: Any) -> None:
    with pytest.raises(Invalid) as refused:
        people.add(handled, "Jo Lee\nKim <kim>", at_work("dev"))
    assert refused.value.messages["people"][0].startswith("Line 2")
    assert people_of(handled) == []


def test_before_it_is_decided_nobody_is_told(handled: Breach, at_work: Any) -> None:
    people.add(handled, LIST, at_work("dev"))
    (meera, _jo) = people_of(handled)
    for deed in (
        lambda: telling.told(handled, meera.id, WayTold.LETTER, at_work("dev")),
        lambda: telling.told_all(handled, WayTold.LETTER, at_work("dev")),
        lambda: telling.printed(handled, 2, at_work("dev")),
        lambda: telling.everybody_told(handled, at_work("dev")),
    ):
        with pytest.raises(CannotBeDone, match="not decided"):
            deed()
    assert stands(handled) == [Standing.WAITING] * 2


def test_each_is_told_comes_back_or_is_left_out_and_then_everybody_is(to_tell: Breach, at_work: Any) -> None:
    people.add(to_tell, LIST + "\nKim", at_work("dev"))
    meera, jo, kim = (each.id for each in people_of(to_tell))
    at = NOW - timedelta(hours=1)
    telling.told(to_tell, meera, WayTold.TELEPHONE, at_work("dev"), at=at, said="She was calm.")
    telling.leave_out(to_tell, jo, "Moved abroad.", at_work("hana"))
    telling.told(to_tell, kim, WayTold.LETTER, at_work("dina"))
    telling.returned(to_tell, kim, "Unknown at that address.", at_work("dina"))
    assert stands(to_tell) == [Standing.TOLD, Standing.LEFT_OUT, Standing.RETURNED]
    with pytest.raises(CannotBeDone, match="Not yet: 1 person neither told nor left out"):
        telling.everybody_told(again(to_tell, at_work), at_work("hana"))
    telling.tell_again(to_tell, kim, at_work("dev"))
    assert telling.told_all(to_tell, WayTold.IN_PERSON, at_work("dev")) == 1
    telling.everybody_told(again(to_tell, at_work), at_work("hana"))
    row = again(to_tell, at_work)
    assert row.people_told_at == NOW
    assert told_of(to_tell)[1:] == [
        "Meera Patel: told by telephone.\nShe was calm.", "Jo Lee: left out.\nMoved abroad.", "Kim: told by letter.",
        "Kim: it came back.\nUnknown at that address.", "Kim: is to be told after all.", "Told in person: 1 person.",
        "Everybody has been told: 2 people.",
    ]  # fmt: skip


def test_what_makes_no_sense_is_refused(to_tell: Breach, at_work: Any) -> None:
    people.add(to_tell, "Jo Lee", at_work("dev"))
    (jo,) = people_of(to_tell)
    for wrong, name in (
        ({"way": None}, "way"),
        ({"way": WayTold.LETTER, "at": NOW + timedelta(hours=1)}, "told_at"),
        ({"way": WayTold.LETTER, "at": NOTICED - timedelta(days=1)}, "told_at"),
    ):
        with pytest.raises(Invalid) as refused:
            telling.told(to_tell, jo.id, wrong.pop("way"), at_work("dev"), **wrong)  # type: ignore[arg-type]
        assert list(refused.value.messages) == [name]
    with pytest.raises(Invalid):
        telling.leave_out(to_tell, jo.id, " ", at_work("dev"))
    with pytest.raises(CannotBeDone):
        telling.returned(to_tell, jo.id, "It came back.", at_work("dev"))
    with pytest.raises(NotFound):
        telling.leave_out(to_tell, to_tell.id, "Nobody.", at_work("dev"))
    with pytest.raises(CannotBeDone, match="in public"):
        telling.told_in_public(to_tell, "On the website.", at_work("dev"))


def test_how_somebody_is_reached_can_be_mended(to_tell: Breach, at_work: Any) -> None:
    people.add(to_tell, "Jo Lee", at_work("dev"))
    (jo,) = people_of(to_tell)
    people.change(to_tell, jo.id, Line("Jo Lee", "Kim Lee", "jo@lee.example"), at_work("dev"))
    with pytest.raises(Invalid):
        people.change(to_tell, jo.id, Line("Jo Lee", email="jo@lee"), at_work("dev"))
    (jo,) = people_of(to_tell)
    assert (jo.about, jo.email, jo.address) == ("Kim Lee", "jo@lee.example", None)


def test_told_in_public_is_where_it_was_published(to_tell: Breach, at_work: Any) -> None:
    with recording(at_work("dev").by, NOW) as trace:
        change = {"people_decision": (PeopleDecision.TELL, PeopleDecision.IN_PUBLIC)}
        records.amend(trace, BREACHES, to_tell, change, occasion=at_work("dev"), happened=Happened.BREACH_JUDGED)
    telling.told_in_public(to_tell, "On the first page of the website.", at_work("dev"))
    assert again(to_tell, at_work).people_told_at == NOW
    with pytest.raises(CannotBeDone):
        telling.everybody_told(again(to_tell, at_work), at_work("dev"))


@pytest.mark.parametrize("key", ["tess", "ola", "ian", "gus"])
def test_nobody_else_does_any_of_it(to_tell: Breach, at_work: Any, key: str) -> None:
    people.add(to_tell, "Jo Lee", at_work("dev"))
    (jo,) = people_of(to_tell)
    for deed in (
        lambda: people.add(to_tell, "Kim", at_work(key)),
        lambda: people.change(to_tell, jo.id, Line("Jo"), at_work(key)),
        lambda: telling.told(to_tell, jo.id, WayTold.LETTER, at_work(key)),
        lambda: telling.leave_out(to_tell, jo.id, "Why not.", at_work(key)),
        lambda: telling.printed(to_tell, 1, at_work(key)),
    ):
        with pytest.raises(Forbidden):
            deed()
    assert BreachPerson.select().count() == 1


def test_of_two_who_write_about_somebody_the_second_is_told(to_tell: Breach, at_work: Any) -> None:
    people.add(to_tell, "Jo Lee <jo@lee.example>", at_work("dev"))
    (jo,) = people.people_of(to_tell)
    with pytest.raises(CannotBeDone, match="to be told already"):
        telling.tell_again(to_tell, jo.id, at_work("hana"))
    telling.leave_out(to_tell, jo.id, "Jo knows.", at_work("hana"), seen=jo.version)
    with pytest.raises(CannotBeDone, match="Somebody else has written"):
        telling.told(to_tell, jo.id, WayTold.LETTER, at_work("dev"), seen=jo.version)
    with pytest.raises(CannotBeDone, match="Somebody else has written"):
        people.change(to_tell, jo.id, Line("Jo Lee", "", "j@lee.example", ""), at_work("dev"), seen=jo.version)
    telling.everybody_told(again(to_tell, at_work), at_work("hana"))
    with pytest.raises(CannotBeDone, match="written down already"):
        telling.everybody_told(again(to_tell, at_work), at_work("hana"))
