"""Sending what is in the queue: each letter is claimed before it is sent, and one that may have gone out is never sent again unasked."""

from collections import Counter
from datetime import datetime
from email.message import EmailMessage

from models import doors
from models.letter import Letter, LetterKind
from models.mail import MailSettings
from models.message import Message, Way
from models.outgoing import Sending
from models.user import User
from registry import outgoing
from registry.accounts.people import NoSuchPerson, person, schools_of
from registry.actor import Actor
from registry.jobs.job import JobFailed
from registry.post import mail
from registry.post.digests import digest_lines, path_of, sentence_of
from registry.post.letters import addressed, digest_text, news_text
from registry.post.sorting import sort_messages
from registry.post.troubles import Trouble
from registry.post.wire import Wire
from registry.talk import notices

AT_ONCE = 200
"""So many letters in one run; the next is a minute later."""

BROKEN = "The program stumbled while it sent this letter ({}). It may have arrived, so it is not sent again by itself."


def send_all(now: datetime) -> str:
    """Sort what people were told, then send every letter that is due; the counts in words. Raises JobFailed when nothing can go out."""
    settings = mail.in_use()
    if settings is None:
        return "Mail is not set up, so nothing is sent."
    outgoing.find_interrupted(Letter, now)
    sort_messages(now)
    done: Counter[Sending] = Counter()
    with Wire(settings) as wire:
        for letter in outgoing.claimed(Letter, now, AT_ONCE):
            try:
                done[_send(letter, wire, settings, now)] += 1
            except Trouble as trouble:
                done[outgoing.note(letter, trouble, now)] += 1
                if trouble.is_for_all:
                    raise JobFailed(str(trouble)) from None
            except Exception as broken:  # whatever it was, nobody knows how far the letter came, and the others must not wait for it
                wire.close()
                done[outgoing.keep(letter, Sending.UNSURE, why=BROKEN.format(type(broken).__name__), tries=letter.tries + 1)] += 1
    return f"Letters: {done[Sending.SENT]:,} sent, {done[Sending.WAITING]:,} to be tried again, {done[Sending.FAILED]:,} failed."


def _send(letter: Letter, wire: Wire, settings: MailSettings, now: datetime) -> Sending:
    """Send one letter that was claimed; what became of it. Raises Trouble."""
    try:
        found = _written(letter, settings, now)
    except Exception as broken:  # one letter that cannot be written must not stop the others
        return outgoing.keep(letter, Sending.FAILED, why=f"The program could not write it ({type(broken).__name__}).", tries=letter.tries + 1)
    if found is None:
        return outgoing.keep(letter, Sending.DROPPED, why="It was read in the program before it was sent, or is no longer there for this person.")
    wire.send(*found)
    outgoing.keep(letter, Sending.SENT, sent_at=now)
    if letter.kind is LetterKind.DIGEST:
        carried = (Message.person == letter.person_id) & (Message.state == Way.DIGEST) & (Message.told_at <= now)
        Message.update(state=Way.SENT).where(carried).execute()
    return Sending.SENT


def _written(letter: Letter, settings: MailSettings, now: datetime) -> tuple[EmailMessage, str] | None:
    """The letter in words, with the address it goes to; none when there is nothing to say any more."""
    try:
        user: User = person(letter.person_id)
    except NoSuchPerson:
        return None
    said = _news(letter, settings) if letter.kind is LetterKind.NEWS else _digest(letter, settings, now)
    if said is None or user.password is None:
        return None
    subject, text = said
    return addressed(subject, text, settings, to=user.email, named=letter.id, at=now), user.email


def _news(letter: Letter, settings: MailSettings) -> tuple[str, str] | None:
    school, role = next(((school.id, role) for school, role in schools_of(letter.person_id) if school.id == letter.school_id), (None, None))
    if school is None or letter.message_id is None:
        return None
    with doors.looking_at(school):
        notice = notices.one(Actor("", user=letter.person_id, role=role, school=school), letter.message_id)
    if notice is None or notice.is_read or not notice.reference:
        return None
    return sentence_of(notice), news_text(sentence_of(notice), path_of(notice), settings)


def _digest(letter: Letter, settings: MailSettings, now: datetime) -> tuple[str, str] | None:
    lines = digest_lines(letter.person_id, now)
    if not lines:
        return None
    return "One thing waits for you" if len(lines) == 1 else f"{len(lines):,} things wait for you", digest_text(lines, settings)
