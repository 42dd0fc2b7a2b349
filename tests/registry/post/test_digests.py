"""One digest for each person, daily or weekly as they choose, of what they may still see, in all their schools."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from models import doors
from models.letter import Letter, LetterKind, Often
from models.message import Message, News, Way
from models.outgoing import Sending
from models.roles import Role
from models.school import School
from models.user import Membership
from models.vocabulary import ImageFlag
from registry import records
from registry.access import Forbidden
from registry.actor import Actor
from registry.post import choices
from registry.post.choices import Choice
from registry.post.digests import digest_lines, make_digests
from registry.post.sending import send_all
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.flags import FLAGS
from registry.talk import notices, outbox
from registry.talk.outbox import Word
from registry.trace.audit import Happened, recording
from tests.least import add_least
from tests.mailbox import Mailbox
from tests.people import NOW, Person
from tests.tampering import sql

MONDAY = NOW + timedelta(minutes=1)
TUESDAY = datetime(2026, 11, 24, 7, 0, 20, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 7, 0, 20, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 7, 0, 20, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("set_up")
Told = Callable[..., None]


@pytest.fixture
def told(files: Any, occasion: Occasion) -> Told:
    """What tells somebody that their record was approved, which is not urgent."""

    def tell(*people: Person, at: datetime = NOW) -> None:
        with recording(occasion.by, at) as trace:
            word = Word(news=News.APPROVED, register="assets", record=files.id, about=UUID(int=int(at.timestamp())))
            outbox.put(trace, occasion.by, word, [person.user for person in people])
            trace.note(Happened.EXPORTED, "asset")
        send_all(at)

    return tell


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")


def test_what_is_not_urgent_comes_with_the_digest_once(told: Told, ola: Person, mailbox: Mailbox) -> None:
    told(ola)
    assert mailbox.letters == []
    assert make_digests(TUESDAY) == "Digests put in the queue: 1."
    assert make_digests(TUESDAY) == "Digests put in the queue: 0."
    send_all(TUESDAY)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "One thing waits for you"
    assert f"Somebody approved IA-0001:\nhttps://safehold.quillbrook.example/notices/{Message.get().id}" in text_of(letter)
    assert "Dev" not in text_of(letter)
    assert Message.get().state is Way.SENT
    for day in range(1, 7):
        make_digests(TUESDAY + timedelta(days=day))
        send_all(TUESDAY + timedelta(days=day))
    assert len(mailbox.letters) == 1


def test_several_things_are_one_letter(told: Told, ola: Person, mailbox: Mailbox) -> None:
    for minute in range(3):
        told(ola, at=NOW + timedelta(minutes=minute))
    make_digests(TUESDAY)
    send_all(TUESDAY)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "3 things wait for you"
    assert letter.get_content().count("/notices/") == 3


def test_without_anything_there_is_no_letter_and_none_at_the_weekend(told: Told, ola: Person) -> None:
    assert make_digests(TUESDAY) == "Digests put in the queue: 0."
    told(ola)
    assert make_digests(SATURDAY) == "No digests at the weekend."
    assert Letter.select().count() == 0


def test_weekly_is_once_a_week(told: Told, ola: Person, mailbox: Mailbox) -> None:
    choices.choose(ola.actor, Choice(Often.WEEKLY))
    told(ola)
    make_digests(NEXT_MONDAY)
    send_all(NEXT_MONDAY)
    told(ola, at=NEXT_MONDAY)
    for day in range(1, 5):
        make_digests(NEXT_MONDAY + timedelta(days=day))
    send_all(NEXT_MONDAY + timedelta(days=5))
    assert len(mailbox.letters) == 1
    make_digests(NEXT_MONDAY + timedelta(days=7))
    send_all(NEXT_MONDAY + timedelta(days=7))
    assert len(mailbox.letters) == 2


def test_never_is_never(told: Told, ola: Person) -> None:
    choices.choose(ola.actor, Choice(Often.NEVER))
    told(ola)
    make_digests(TUESDAY)
    assert (Letter.select().count(), Message.get().state) == (0, Way.BELL)


def test_a_choice_that_changes_in_the_week_brings_no_second_letter(told: Told, ola: Person) -> None:
    choices.choose(ola.actor, Choice(Often.WEEKLY))
    told(ola)
    make_digests(NEXT_MONDAY)
    choices.choose(ola.actor, Choice(Often.DAILY))
    make_digests(NEXT_MONDAY)
    assert Letter.select().count() == 1
    assert choices.choice_of(ola.user) == Choice(Often.DAILY)


def test_what_was_read_or_put_away_from_them_is_left_out(told: Told, ola: Person, files: Any, mailbox: Mailbox) -> None:
    told(ola)
    make_digests(TUESDAY)
    notices.mark_all_read(ola.actor, TUESDAY)
    send_all(TUESDAY)
    assert (Letter.get().state, mailbox.letters) == (Sending.DROPPED, [])


def test_a_role_that_may_not_see_it_any_more_reads_nothing_of_it(told: Told, ola: Person, school: School) -> None:
    told(ola)
    assert len(digest_lines(ola.user, TUESDAY)) == 1
    sql("UPDATE membership SET role = 'admin' WHERE user_id = ?", ola.user.bytes)
    assert digest_lines(ola.user, TUESDAY) == []


def test_one_letter_for_all_schools_of_a_person(
    told: Told, ola: Person, mailbox: Mailbox, other_school: School, elsewhere: Occasion, school: School
) -> None:
    told(ola)
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        Membership.insert(school=other_school.id, user=ola.user, role=Role.OFFICE, created_at=NOW).execute()
        trace.note(Happened.ACCESS_CHANGED, "membership")
    with doors.looking_at(other_school.id):
        theirs = records.add(ASSETS, {"name": "Theirs"}, elsewhere).id
    with recording(elsewhere.by, NOW) as trace:
        word = Word(news=News.APPROVED, register="assets", record=theirs, about=UUID(int=9))
        outbox.put(trace, elsewhere.by, word, [ola.user])
        trace.note(Happened.EXPORTED, "asset")
    send_all(MONDAY)
    make_digests(TUESDAY)
    send_all(TUESDAY)
    (letter,) = mailbox.letters
    text = letter.get_content()
    assert text.index("Quillbrook Primary School") < text.index("Saltmere Academy")
    assert (Letter.get().kind, Letter.get().school_id) == (LetterKind.DIGEST, None)


def test_a_stranger_chooses_nothing() -> None:
    with pytest.raises(Forbidden):
        choices.choose(Actor.stranger(), Choice())
    with pytest.raises(Forbidden):
        choices.choose(Actor.robot("tests"), Choice())


def test_letters_say_nothing_of_what_those_who_look_after_the_mail_may_not_know_of(dina: Person, occasion: Occasion, mailbox: Mailbox) -> None:
    flag = add_least(FLAGS, "Sam Patel", occasion, level=ImageFlag.NO_IMAGES, next_review_on=NOW.date() + timedelta(days=2))
    with recording(occasion.by, NOW) as trace:
        outbox.put(trace, occasion.by, Word(news=News.MENTIONED, register="image-flags", record=flag.id, about=UUID(int=1)), [dina.user])
        trace.note(Happened.EXPORTED, "asset")
    assert [line.sentence for line in digest_lines(dina.user, NOW)] == ["Something to look at in Safehold, by Wednesday 25 November 2026"]
    send_all(NOW)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Something to look at in Safehold"
    assert f"/notices/{Message.get().id}" in text_of(letter)
    assert "PF-" not in letter.as_string()
    assert "limit" not in letter.as_string()
