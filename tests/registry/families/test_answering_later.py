"""A link used later: what is asked again, what is shut, and what a link never reaches."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models import doors
from models.take_down import TakeDown
from registry import records
from registry.families import asking
from registry.families.answering import Said
from registry.families.own_page import Shut, page_of
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.carers import CARERS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES
from registry.trace.seals import verify_rows
from tests.answered import answer, at_day, kept, link_of, say_no, yes
from tests.people import NOW
from tests.pictured import a_carer, a_pupil, a_use

pytestmark = pytest.mark.usefixtures("in_quillbrook")
TODAY = NOW.date()


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?")


@pytest.fixture
def sam(occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel")


@pytest.fixture
def meera(occasion: Occasion, sam: Any) -> Any:
    return a_carer(occasion, "Meera Patel", sam, responsibility="yes")


def test_a_yes_that_runs_out_is_asked_again_and_renewed(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    answer(link_of(occasion, meera), yes(sam, website), occasion)
    for days, is_open in ((0, False), (330, False), (340, True), (365, True), (366, True)):
        then = at_day(occasion, days)
        link = link_of(then, meera)
        page = page_of(link, then.school.today)
        assert page.is_open(page.here[0], website) is is_open, days
    assert not page.can_say_no(page.here[0], website), "what has run out is nothing to take back"
    assert answer(link, yes(sam, website), then) == 1
    assert kept()[-1].valid_until == date(2028, 11, 24)


def test_a_form_that_asks_something_else_asks_again(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    answer(link, yes(sam, website), occasion)
    row = records.find(USES, website.id, occasion.by)
    records.change(USES, row, {"form_sentence": "May we put pictures on our website and in its archive?"}, at_day(occasion, 1))
    page = page_of(link, TODAY)
    assert page.left_open == 1
    assert page.can_say_no(page.here[0], page.asked[0])
    assert answer(link, yes(sam, website), at_day(occasion, 1)) == 1
    first, second = kept()
    assert first.wording != second.wording
    assert first.form_version != second.form_version


def test_a_link_that_ended_in_between_keeps_nothing(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    over = at_day(occasion, 28)
    with pytest.raises(Shut):
        answer(link, yes(sam, website), over)
    asking.end(link.id, occasion)
    with pytest.raises(Shut):
        answer(link, yes(sam, website), occasion)
    with pytest.raises(Shut):
        say_no(link, sam.id, website.id, occasion)
    assert kept() == []


def test_a_parent_put_away_has_no_page(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    records.archive(CARERS, records.find(CARERS, meera.id, occasion.by), occasion)
    with pytest.raises(Shut):
        page_of(link, TODAY)
    with pytest.raises(Shut):
        answer(link, yes(sam, website), occasion)
    assert kept() == []


def test_after_a_child_has_left_a_yes_can_be_taken_back_and_none_given(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    press = a_use(occasion, "Press", "local_press")
    link = link_of(occasion, meera)
    answer(link, yes(sam, website), occasion)
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"status": "left"}, occasion)
    page = page_of(link, TODAY)
    assert page.here == ()
    assert page.left_open == 0
    assert answer(link, yes(sam, press), occasion) == 0
    assert say_no(link, sam.id, website.id, occasion) == 1
    assert not page_of(link, TODAY).can_say_no(page.family.children[0], website), "what was taken back is still shown"


def test_a_link_of_another_school_reads_only_there(
    occasion: Occasion, elsewhere: Occasion, other_school: Any, website: Use, sam: Any, meera: Any
) -> None:
    link = link_of(occasion, meera)
    with doors.looking_at(other_school.id):
        theirs = link_of(elsewhere, a_carer(elsewhere, "Not Ours", a_pupil(elsewhere, "Theirs Alone"), responsibility="yes"))
        with pytest.raises(Shut):
            page_of(link, TODAY)
        assert answer(theirs, yes(sam, website), elsewhere) == 0
    assert kept() == []


def test_ids_that_nobody_knows_are_nobodys(occasion: Occasion, website: Use, meera: Any) -> None:
    link = link_of(occasion, meera)
    assert answer(link, Said({(UUID(int=1), UUID(int=2)): True}), occasion) == 0


def test_what_can_be_seen_is_to_be_taken_down_from_the_moment_of_a_no(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    answer(link, yes(sam, website), occasion)
    told = {"name": "Sports day", "use": website.id, "published_on": TODAY, "pupils": (sam.id,)}
    shown = records.add(PUBLICATIONS, told, occasion)
    assert TakeDown.select().count() == 0
    say_no(link, sam.id, website.id, occasion)
    (task,) = TakeDown.select()
    assert (task.publication, task.person, task.done_on) == (shown.id, sam.id, None)
    assert list(verify_rows()) == []
