"""Letters about a breach go by e-mail to people without an account: once each, nothing personal outside the letter, and what became of it is kept."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from models import doors
from models.breach import Breach
from models.breach_letter import BreachMail
from models.breach_person import BreachPerson
from models.outgoing import Sending
from models.vocabulary import BreachStage, WayTold
from registry.access import Forbidden
from registry.breaches import letter, moving, people, posting, telling
from registry.breaches.people import Standing, people_of, standing
from registry.jobs.job import JobFailed
from registry.outgoing import BACK_OFF, STUCK, find_interrupted
from registry.post import mail
from registry.rows import CannotBeDone
from registry.rules.people_lines import Line
from tests import databases
from tests.mailbox import Mailbox, mail_server
from tests.people import NOW
from tests.registry.breaches.conftest import again
from tests.registry.post.conftest import ANSWERS

SOON = NOW + timedelta(minutes=1)
MANY = "Meera Patel <meera@patel.example>; for: Sam Patel\nJo Lee <jo@lee.example>\nKim Ito; 1 High Street"


@pytest.fixture
def mailbox(at_work: Any) -> Iterator[Mailbox]:
    """A mail server at work, and mail set up to use it."""
    with mail_server() as box:
        mail.enter(at_work("hana").by, {**ANSWERS, "port": box.port}, NOW - timedelta(days=1), seen=None)
        yield box


@pytest.fixture
def ready(to_tell: Breach, at_work: Any) -> Breach:
    """A breach with three people to be told, two of whom have an address, and a letter."""
    people.add(to_tell, MANY, at_work("dev"))
    letter.keep(to_tell, "Dear {name},\n\nWhat happened\nA list about {child} was lost.\n.\nYours", at_work("dev"), seen=None)
    return again(to_tell, at_work)  # type: ignore[no-any-return]


def post(row: Breach, occasion: Any, expected: int = 2) -> int:
    last = letter.kept(row)
    assert last is not None
    return posting.post(row, occasion, expected=expected, seen=last.id)


def stands(row: Breach) -> list[Standing]:
    return [standing(each) for each in people_of(row)]


def first(row: Breach, word: Standing) -> BreachPerson:
    """The first of the people who stands like this."""
    return next(each for each in people_of(row) if standing(each) is word)


def test_each_gets_their_own_letter_and_nothing_personal_stands_outside_it(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    assert post(ready, at_work("dev")) == 2
    assert stands(ready) == [Standing.POSTED, Standing.POSTED, Standing.WAITING]
    assert posting.send_all(SOON) == "Letters about breaches: 2 sent, 0 to be tried again, 0 failed."
    assert sorted(mailbox.recipients) == ["jo@lee.example", "meera@patel.example"]
    second, first = sorted(mailbox.letters, key=lambda each: str(each["To"]))
    assert " ".join(first.get_content().split()) == "Dear Meera Patel, What happened A list about Sam Patel was lost. . Yours"
    assert "A list about you was lost." in second.get_content()
    assert "Patel" not in second.as_string()
    for each in mailbox.letters:
        assert each["Subject"] == "An important message from Quillbrook Primary School"
        assert each["From"] == "Quillbrook Primary School <safehold@quillbrook.example>"
        assert each["Auto-Submitted"] == "auto-generated"
    meera, _jo, kim = people_of(ready)
    assert (meera.told_at, meera.way, standing(kim)) == (SOON, WayTold.EMAIL, Standing.WAITING)
    held = repr(databases.contents())
    assert all(word not in held for word in ("Meera", "patel.example", "was lost"))


def test_sending_twice_sends_once(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    with pytest.raises(CannotBeDone, match="sent already"):
        post(ready, at_work("hana"))
    for minute in range(4):
        posting.send_all(SOON + timedelta(minutes=minute))
    assert len(mailbox.letters) == 2


def test_it_is_sent_as_it_was_asked_or_not_at_all(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    last = letter.kept(ready)
    assert last is not None
    people.add(ready, "Ann Ito <ann@ito.example>", at_work("dev"))
    with pytest.raises(CannotBeDone, match="has changed"):
        posting.post(ready, at_work("dev"), expected=2, seen=last.id)
    letter.keep(ready, "Dear {name}, [say more]", at_work("dev"), seen=last.id)
    with pytest.raises(CannotBeDone, match="has changed"):
        posting.post(ready, at_work("dev"), expected=3, seen=last.id)
    with pytest.raises(CannotBeDone, match="brackets"):
        post(ready, at_work("dev"), 3)
    with pytest.raises(Forbidden):
        post(ready, at_work("ola"), 3)
    assert BreachMail.select().count() == 0


def test_nothing_is_sent_before_it_is_decided_or_without_mail(handled: Breach, at_work: Any, mailbox: Mailbox) -> None:
    people.add(handled, MANY, at_work("dev"))
    letter.keep(handled, "Dear {name}", at_work("dev"), seen=None)
    with pytest.raises(CannotBeDone, match="not decided"):
        post(handled, at_work("dev"))


def test_without_mail_it_is_said_that_letters_are_printed(ready: Breach, at_work: Any) -> None:
    with pytest.raises(CannotBeDone, match="Print the letters"):
        post(ready, at_work("dev"))
    assert posting.send_all(SOON) == ""


def test_an_address_that_is_refused_for_good_comes_back_and_stops_nobody(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    mailbox.answer("RCPT", "550 5.1.1 <meera@patel.example> Meera Patel is unknown")
    assert posting.send_all(SOON) == "Letters about breaches: 1 sent, 0 to be tried again, 1 failed."
    assert sorted(stands(ready)) == [Standing.RETURNED, Standing.TOLD, Standing.WAITING]
    refused = first(ready, Standing.RETURNED)
    assert (refused.returned_at, refused.said) == (SOON, posting.NO_SUCH_ADDRESS)
    assert "unknown" not in repr(databases.contents()["breach_mail"])
    people.change(ready, refused.id, Line("Meera Patel", "Sam Patel", "m.patel@patel.example"), at_work("dev"))
    telling.tell_again(ready, refused.id, at_work("dev"))
    assert post(ready, at_work("dev"), 1) == 1
    posting.send_all(SOON + timedelta(hours=1))
    assert mailbox.recipients[1:] == ["m.patel@patel.example"]


def test_a_server_that_asks_to_come_back_later_gets_the_same_letter_later(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    mailbox.answer("RCPT", "451 4.7.1 Greylisted")
    assert posting.send_all(SOON) == "Letters about breaches: 1 sent, 1 to be tried again, 0 failed."
    with pytest.raises(CannotBeDone, match="on its way"):
        telling.told(ready, first(ready, Standing.POSTED).id, WayTold.TELEPHONE, at_work("dev", timedelta(minutes=2)))
    posting.send_all(SOON + BACK_OFF[0])
    assert sorted(mailbox.recipients) == ["jo@lee.example", "meera@patel.example"]


def test_a_letter_that_is_refused_itself_leaves_everybody_to_be_told(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    mailbox.answer("DATA", "554 5.7.1 spam")
    posting.send_all(SOON)
    assert sorted(stands(ready)) == [Standing.TOLD, Standing.WAITING, Standing.WAITING]
    assert "refused the letter itself" in (first(ready, Standing.WAITING).said or "")


def test_one_that_may_have_arrived_is_not_sent_again_unasked(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    mailbox.answer("DATA", "hang up")
    with pytest.raises(JobFailed):
        posting.send_all(SOON)
    posting.send_all(SOON + timedelta(minutes=1))
    posting.send_all(SOON + timedelta(days=1))
    assert len(mailbox.letters) == 1
    unsure = first(ready, Standing.POSTED)
    assert posting.states(ready)[unsure.id].state is Sending.UNSURE
    telling.tell_again(ready, unsure.id, at_work("dev", timedelta(days=1)))
    assert posting.ready(people_of(ready))[0] == [unsure]


def test_what_was_broken_off_is_found_and_not_sent_again(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    BreachMail.update(state=Sending.SENDING, claimed_at=SOON).execute()
    assert find_interrupted(BreachMail, SOON + STUCK) == 2
    posting.send_all(SOON + STUCK)
    assert mailbox.letters == []


def test_a_name_cannot_write_into_the_head_of_a_letter(to_tell: Breach, at_work: Any, mailbox: Mailbox) -> None:
    people.add(to_tell, "Eve\u2028Bcc: all@lee <eve@lee.example>; for: {name} <b>".replace("all@lee ", "all "), at_work("dev"))
    letter.keep(to_tell, "Dear {name}\nabout {child}", at_work("dev"), seen=None)
    post(to_tell, at_work("dev"), 1)
    posting.send_all(SOON)
    (arrived,) = mailbox.letters
    assert arrived["Bcc"] is None
    assert "about {name} <b>" in arrived.get_content()


def test_it_is_sent_whichever_school_is_in_view(ready: Breach, at_work: Any, mailbox: Mailbox, other_school: Any) -> None:
    post(ready, at_work("dev"))
    with doors.looking_at(other_school.id):
        assert people_of(ready) == []
        posting.send_all(SOON)
    assert stands(ready) == [Standing.TOLD, Standing.TOLD, Standing.WAITING]


def test_letters_are_stopped_until_they_are_sent_and_those_people_wait_again(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    assert posting.stop(again(ready, at_work), at_work("hana")) == 2
    assert stands(ready) == [Standing.WAITING] * 3
    assert (posting.send_all(SOON), mailbox.letters) == ("", [])
    with pytest.raises(CannotBeDone, match="No letter waits"):
        posting.stop(again(ready, at_work), at_work("hana"))
    assert post(again(ready, at_work), at_work("dev")) == 2
    assert posting.send_all(SOON).endswith("2 sent, 0 to be tried again, 0 failed.")


def test_nothing_goes_out_any_more_once_it_is_decided_otherwise(ready: Breach, at_work: Any, mailbox: Mailbox) -> None:
    post(ready, at_work("dev"))
    moving.move(again(ready, at_work), BreachStage.NO_BREACH, at_work("hana"), why="The list was a sample.")
    posting.send_all(SOON)
    assert (mailbox.letters, stands(ready)) == ([], [Standing.WAITING] * 3)
    assert {each.state for each in BreachMail.select()} == {Sending.DROPPED}
