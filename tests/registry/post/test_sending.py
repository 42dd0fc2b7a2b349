"""A letter goes out once: through refusals, greylisting, broken connections and programs that die, and it holds no name."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models import doors
from models.letter import Letter, LetterKind, Often
from models.mail import MailSettings
from models.message import Message, Way
from models.outgoing import Sending
from models.school import School
from registry.accounts import people as accounts
from registry.jobs.job import JobFailed
from registry.outgoing import BACK_OFF, STUCK
from registry.post import choices, mail
from registry.post.choices import Choice
from registry.post.sending import send_all
from registry.talk import notices
from settings import PROJECT
from tests import databases
from tests.mailbox import Mailbox, killer
from tests.people import NOW, Person

SOON = NOW + timedelta(minutes=1)
Mention = Callable[..., UUID]
Found = Callable[[], Letter]

pytestmark = pytest.mark.usefixtures("set_up")


def test_a_mention_goes_out_at_once_with_a_reference_and_a_link_and_no_name(mention: Mention, ola: Person, mailbox: Mailbox, letter: Found) -> None:
    mention(ola)
    assert send_all(SOON) == "Letters: 1 sent, 0 to be tried again, 0 failed."
    (arrived,) = mailbox.letters
    message = Message.get()
    assert mailbox.recipients == [ola.email]
    assert arrived["Subject"] == "Somebody mentioned you in a comment on IA-0001"
    assert arrived["Message-ID"] == f"<{letter().id.hex}@safehold.quillbrook.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    text = arrived.get_content()
    assert f"https://safehold.quillbrook.example/notices/{message.id}" in text
    for word in ("Dev", "Marchetti", "Ola", "Sam", "Patel", "Paper", "Quillbrook Primary"):
        assert word not in f"{arrived['Subject']} {text}"
    assert (letter().state, letter().sent_at, message.state) == (Sending.SENT, SOON, Way.LETTER)


def test_it_goes_out_once(mention: Mention, ola: Person, mailbox: Mailbox) -> None:
    mention(ola)
    for minute in range(5):
        send_all(SOON + timedelta(minutes=minute))
    assert len(mailbox.letters) == 1


def test_turned_off_nothing_is_made_and_nothing_comes_later(mention: Mention, ola: Person, hana: Person, mailbox: Mailbox) -> None:
    mail.turn(hana.actor, NOW, is_on=False)
    mention(ola)
    assert send_all(SOON) == "Mail is not set up, so nothing is sent."
    mail.turn(hana.actor, SOON, is_on=True)
    send_all(SOON)
    assert (mailbox.letters, Letter.select().count(), Message.get().state) == ([], 0, Way.BELL)


def test_what_was_read_at_the_bell_meanwhile_needs_no_letter(mention: Mention, ola: Person, mailbox: Mailbox, letter: Found) -> None:
    mention(ola)
    mailbox.answer("RCPT", "450 4.2.0 greylisted")
    send_all(SOON)
    notices.mark_all_read(ola.actor, SOON)
    send_all(SOON + timedelta(minutes=2))
    assert (letter().state, mailbox.letters) == (Sending.DROPPED, [])


def test_whoever_does_not_work_here_any_more_gets_nothing(mention: Mention, ola: Person, hana: Person, mailbox: Mailbox, letter: Found) -> None:
    mention(ola)
    accounts.end_access(hana.actor, accounts.find_member(hana.actor, ola.user), NOW)
    send_all(SOON)
    assert (letter().state, mailbox.letters) == (Sending.DROPPED, [])


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_asks_to_come_back_later_gets_the_same_letter_later(
    mention: Mention, ola: Person, mailbox: Mailbox, letter: Found, step: str
) -> None:
    mention(ola)
    mailbox.answer(step, "451 4.7.1 Greylisted ola@quillbrook.example, come back")
    assert send_all(SOON) == "Letters: 0 sent, 1 to be tried again, 0 failed."
    first = letter()
    assert (first.state, first.tries, first.next_try_at) == (Sending.WAITING, 1, SOON + BACK_OFF[0])
    assert "asked to come back later (it answered 451). Many servers do this" in first.why
    assert "ola" not in first.why
    assert send_all(SOON + timedelta(seconds=30)) == "Letters: 0 sent, 0 to be tried again, 0 failed."
    send_all(SOON + BACK_OFF[0])
    assert len(mailbox.letters) == 1
    assert mailbox.letters[0]["Message-ID"] == f"<{first.id.hex}@safehold.quillbrook.example>"


def test_after_the_last_wait_it_has_failed(mention: Mention, ola: Person, mailbox: Mailbox, letter: Found) -> None:
    mention(ola)
    mailbox.answer("RCPT", *["450 later"] * 9)
    now, waited = SOON, []
    while (send_all(now), letter().state)[1] is Sending.WAITING:
        waited.append((letter().next_try_at or now) - now)
        now += waited[-1]
    assert waited == list(BACK_OFF)
    assert (letter().state, letter().tries, mailbox.letters) == (Sending.FAILED, len(BACK_OFF) + 1, [])


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        ("MAIL", "550 5.7.1 not your address", "sends no letters from safehold@quillbrook.example"),
        ("RCPT", "550 5.1.1 ola@quillbrook.example unknown", "takes no letters for this person’s address"),
        ("DATA", "554 5.7.1 spam", "refused the letter itself"),
    ],
)
def test_a_refusal_for_good_is_not_tried_again_and_stops_nobody_else(
    mention: Mention, ola: Person, hana: Person, mailbox: Mailbox, step: str, answer: str, said: str
) -> None:
    mention(ola, hana)
    mailbox.answer(step, answer)
    assert send_all(SOON) == "Letters: 1 sent, 0 to be tried again, 1 failed."
    failed = Letter.get(Letter.state == Sending.FAILED)
    assert said in failed.why
    assert "unknown" not in failed.why
    send_all(SOON + timedelta(days=1))
    assert len(mailbox.letters) == 1


def test_a_server_that_is_too_busy_is_left_alone_until_the_next_minute(mention: Mention, ola: Person, hana: Person, mailbox: Mailbox) -> None:
    mention(ola, hana)
    mailbox.answer("MAIL", "421 4.3.2 too many letters")
    with pytest.raises(JobFailed, match="too busy"):
        send_all(SOON)
    assert sorted(row.tries for row in Letter.select()) == [0, 1], "the second was not tried in vain"
    send_all(SOON + timedelta(minutes=1))
    assert len(mailbox.letters) == 2


def test_a_server_that_hangs_up_after_the_letter_may_have_taken_it_so_it_is_not_sent_again(
    mention: Mention, ola: Person, mailbox: Mailbox, letter: Found
) -> None:
    mention(ola)
    mailbox.answer("DATA", "hang up")
    with pytest.raises(JobFailed, match="may have arrived"):
        send_all(SOON)
    assert letter().state is Sending.UNSURE
    send_all(SOON + timedelta(days=1))
    assert mailbox.letters == []


def test_one_letter_that_cannot_be_written_stops_nobody_else(
    mention: Mention, ola: Person, hana: Person, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention(ola, hana)
    monkeypatch.setattr("registry.post.sending.person", lambda key: {hana.user: accounts.person(hana.user)}[key])
    assert send_all(SOON) == "Letters: 1 sent, 0 to be tried again, 1 failed."
    assert Letter.get(Letter.state == Sending.FAILED).why == "The program could not write it (KeyError)."


def test_who_wants_nothing_at_once_gets_it_with_the_digest(mention: Mention, ola: Person, mailbox: Mailbox) -> None:
    choices.choose(ola.actor, Choice(Often.WEEKLY, at_once=False))
    mention(ola)
    send_all(SOON)
    assert (mailbox.letters, Message.get().state) == ([], Way.DIGEST)


def test_who_wants_nothing_at_all_gets_nothing(mention: Mention, ola: Person, mailbox: Mailbox) -> None:
    choices.choose(ola.actor, Choice(Often.NEVER, at_once=False))
    mention(ola)
    send_all(SOON)
    assert (mailbox.letters, Message.get().state) == ([], Way.BELL)


WORKER = """
import sys
from datetime import datetime
from models import vault
from tests import databases
from tests.conftest import VAULT
from registry.post.sending import send_all
vault.unlock(VAULT)
databases.use(sys.argv[1], is_migrated=True)
print("ready", flush=True)
sys.stdin.readline()
for minute in range(int(sys.argv[3])):
    send_all(datetime.fromisoformat(sys.argv[2]))
"""


def begun(database: str, times: int = 1) -> "subprocess.Popen[str]":
    """Another process, ready to send."""
    command = [sys.executable, "-c", WORKER, database, SOON.isoformat(), str(times)]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_program_that_is_killed_between_sending_and_marking_sends_no_second_letter(
    mention: Mention, ola: Person, hana: Person, mailbox: Mailbox, database: str
) -> None:
    mention(ola, hana)
    worker = begun(database)
    mailbox.once_taken = killer(worker.pid)  # the server has the letter, and nobody lives to write that down
    worker.communicate("go\n", timeout=30)
    assert worker.returncode == -9
    mailbox.once_taken = lambda: None
    assert len(mailbox.letters) == 1
    send_all(SOON + timedelta(minutes=1))
    assert len(mailbox.letters) == 2, "only the other person's"
    assert Letter.select().where(Letter.state == Sending.SENDING).count() == 1
    send_all(SOON + STUCK)
    send_all(SOON + timedelta(days=2))
    assert sorted(mailbox.recipients) == sorted([ola.email, hana.email])
    unsure = Letter.get(Letter.state == Sending.UNSURE)
    assert "It may have arrived" in unsure.why


def test_two_runners_at_once_send_each_letter_once(mention: Mention, database: str, mailbox: Mailbox, people: dict[str, Person]) -> None:
    told = [people[key] for key in ("ola", "hana", "dina", "gus")]
    for _ in range(3):
        mention(*told)
    workers = [begun(database, 3) for _ in range(2)]
    for each in workers:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in workers:
        each.communicate(timeout=60)
    ids = [each["Message-ID"] for each in mailbox.letters]
    seen = [person for person in told if person.user in {row.person_id for row in Letter.select()}]
    assert len(ids) == len(set(ids)) == 3 * len(seen) == Letter.select().where(Letter.state == Sending.SENT).count()


def test_letters_of_two_schools_go_to_each_in_its_own_view(
    mention: Mention, ola: Person, mailbox: Mailbox, school: School, other_school: School, set_up: MailSettings
) -> None:
    mention(ola)
    with doors.looking_at(other_school.id):
        send_all(SOON)
    assert Letter.get().school_id == school.id
    assert Letter.get().kind is LetterKind.NEWS
    assert len(mailbox.letters) == 1


def test_nothing_personal_is_kept_of_a_letter(mention: Mention, ola: Person, tmp_path: Path, mailbox: Mailbox) -> None:
    mention(ola)
    mailbox.answer("RCPT", "550 5.1.1 <ola@quillbrook.example> Ola Brandt is unknown")
    send_all(SOON)
    held = databases.contents()["letter"]
    assert held
    assert all(word not in repr(held) for word in ("ola@", "Ola", "Brandt", "Sam"))
