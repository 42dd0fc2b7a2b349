"""Links through which one parent answers: made once, found by their secret alone, ended, and late."""

from datetime import timedelta
from typing import Any

import pytest

from models import doors
from models.answer_link import AnswerLink
from models.audit import AuditEntry
from models.base import db
from registry.access import Forbidden
from registry.families import asking
from registry.families.asking import ENDED_ALREADY, LASTS, LATE_AFTER, NOBODY_CHOSEN, State
from registry.occasion import Occasion
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.trace.seals import verify_rows
from tests.people import NOW, Person
from tests.pictured import a_carer, a_pupil
from tests.web.test_query_counts import asked

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def meera(occasion: Occasion) -> Any:
    return a_carer(occasion, "Meera Patel", a_pupil(occasion, "Sam Patel"), email="meera@family.example")


def a_link(occasion: Occasion, carer: Any) -> str:
    (made,) = asking.make_links([carer.id], occasion)
    return made.secret


def later(occasion: Occasion, by: timedelta) -> Occasion:
    return Occasion(occasion.by, occasion.at + by, occasion.school)


def test_a_link_is_found_by_its_secret_and_by_nothing_kept(occasion: Occasion, meera: Any) -> None:
    secret = a_link(occasion, meera)
    link = asking.find(secret, NOW)
    assert link is not None
    assert (link.carer, link.school_id) == (meera.id, occasion.by.school)
    assert secret not in repr(db.execute_sql('SELECT * FROM "answer_link"').fetchall())
    for wrong in (secret[:-1] + ("A" if secret[-1] != "A" else "B"), secret.swapcase(), link.token[:43], "", "é" * 43):
        assert asking.find(wrong, NOW) is None


def test_a_link_is_found_without_a_school_in_view_and_opens_none(occasion: Occasion, meera: Any) -> None:
    secret = a_link(occasion, meera)
    token = doors._schools.set(None)
    try:
        assert asking.find(secret, NOW) is not None
        with pytest.raises(doors.UnscopedRead):
            AnswerLink.select().count()
    finally:
        doors._schools.reset(token)


def test_a_link_works_for_four_weeks_to_the_moment(occasion: Occasion, meera: Any) -> None:
    secret = a_link(occasion, meera)
    assert asking.find(secret, NOW + LASTS - timedelta(microseconds=1)) is not None
    assert asking.find(secret, NOW + LASTS) is None


def test_a_newer_link_ends_the_older_one_of_the_same_parent_only(occasion: Occasion, meera: Any) -> None:
    other = a_carer(occasion, "Jo Lee", a_pupil(occasion, "Ann Lee"))
    first, others = a_link(occasion, meera), a_link(occasion, other)
    second = a_link(later(occasion, timedelta(days=1)), meera)
    assert asking.find(first, NOW) is None
    assert asking.find(second, NOW + timedelta(days=1)) is not None
    assert asking.find(others, NOW) is not None


def test_older_links_are_looked_for_at_once_however_many_are_asked(occasion: Occasion) -> None:
    carers = [a_carer(occasion, f"Jo Lee{number}", a_pupil(occasion, f"Ann Lee{number}")) for number in range(6)]
    asking.make_links([each.id for each in carers], occasion)
    with asked() as statements:
        asking.make_links([each.id for each in carers], later(occasion, timedelta(days=1)))
    assert len([each for each in statements if each.startswith("SELECT") and 'FROM "answer_link"' in each]) == 1
    assert AnswerLink.select().where(AnswerLink.ended_at.is_null(False)).count() == 6


def test_a_link_ended_by_hand_works_no_more_and_is_not_ended_twice(occasion: Occasion, meera: Any) -> None:
    secret = a_link(occasion, meera)
    link = asking.last_asked(NOW)[meera.id]
    assert link.is_open
    asking.end(link.link, occasion)
    assert asking.find(secret, NOW) is None
    assert asking.last_asked(NOW)[meera.id].state is State.ENDED
    with pytest.raises(CannotBeDone, match=ENDED_ALREADY):
        asking.end(link.link, occasion)


def test_whoever_waits_two_weeks_is_late(occasion: Occasion, meera: Any) -> None:
    a_link(occasion, meera)
    states = [asking.last_asked(NOW + wait)[meera.id].state for wait in (timedelta(), LATE_AFTER - timedelta(1), LATE_AFTER, LASTS)]
    assert states == [State.WAITING, State.WAITING, State.LATE, State.OVER]


def test_only_the_latest_link_of_a_parent_is_listed_the_newest_first(occasion: Occasion, meera: Any) -> None:
    other = a_carer(occasion, "Jo Lee", a_pupil(occasion, "Ann Lee"))
    for days, carer in ((0, meera), (1, other), (2, meera)):
        a_link(later(occasion, timedelta(days=days)), carer)
    listed = asking.last_asked(NOW + timedelta(days=3))
    assert list(listed) == [meera.id, other.id]
    assert listed[meera.id].made_at == NOW + timedelta(days=2)
    assert list(asking.last_asked(NOW, [other.id])) == [other.id]


def test_who_may_not_ask_makes_and_ends_nothing(occasion: Occasion, meera: Any, people: dict[str, Person]) -> None:
    a_link(occasion, meera)
    link = asking.last_asked(NOW)[meera.id].link
    for key in ("tess", "ian", "gus"):
        wrong = Occasion(people[key].actor, NOW, occasion.school)
        with pytest.raises(Forbidden):
            asking.make_links([meera.id], wrong)
        with pytest.raises(Forbidden):
            asking.end(link, wrong)
    assert AnswerLink.select().count() == 1
    for key in ("hana", "dina", "ola"):
        asking.make_links([meera.id], Occasion(people[key].actor, NOW, occasion.school))


def test_nobody_of_another_school_is_asked_and_no_link_of_theirs_ended(occasion: Occasion, elsewhere: Occasion, other_school: Any) -> None:
    with doors.looking_at(other_school.id):
        theirs = a_carer(elsewhere, "Not Ours", a_pupil(elsewhere, "Theirs Alone"))
        (made,) = asking.make_links([theirs.id], elsewhere)
        link = asking.last_asked(NOW)[theirs.id].link
    with pytest.raises(CannotBeDone, match=NOBODY_CHOSEN[:20]):
        asking.make_links([theirs.id], occasion)
    with pytest.raises(NotFound):
        asking.end(link, occasion)
    assert asking.find(made.secret, NOW) is not None


def test_every_link_is_traced_and_sealed(occasion: Occasion, meera: Any) -> None:
    a_link(occasion, meera)
    a_link(occasion, meera)
    deeds = [entry.deed for entry in AuditEntry.select().where(AuditEntry.subject == "answer_link").order_by(AuditEntry.number)]
    assert deeds == ["answer_link_made", "answer_link_ended", "answer_link_made"]
    assert list(verify_rows()) == []
