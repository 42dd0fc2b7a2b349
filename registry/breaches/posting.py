"""Letters about a breach by e-mail, to people who have no account: handed over once, sent as every other letter is, and noted for each."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from models import doors
from models.base import new_id
from models.breach import Breach
from models.breach_letter import BreachLetter, BreachMail
from models.breach_person import BreachPerson
from models.mail import MailSettings
from models.outgoing import Sending
from models.school import School
from models.vocabulary import WayTold
from registry import outgoing
from registry.access import Deed, require
from registry.actor import Actor
from registry.breaches import letter, people
from registry.breaches.people import Standing, standing
from registry.jobs.job import JobFailed
from registry.occasion import Occasion
from registry.post import mail
from registry.post.letters import addressed
from registry.post.troubles import Trouble
from registry.post.wire import Wire
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.rules.letter_text import filled
from registry.trace.audit import Happened, Trace, recording

AT_ONCE = 200
NO_MAIL = "Mail is not set up, so nothing can be sent. Print the letters instead."
STUMBLED = "The program stumbled while it sent this ({}). It may have arrived, so it is not sent again by itself."
NOT_ANY_MORE = "They were told in another way, or are not to be told any more."
NO_SUCH_ADDRESS = "The mail server takes no letters for this address. See whether it is spelt rightly."


def can_send() -> bool:
    """Whether mail is set up and turned on."""
    return mail.in_use() is not None


def ready(there: Sequence[BreachPerson]) -> tuple[list[BreachPerson], list[BreachPerson]]:
    """Of those who are still to be told, who can be sent an e-mail, and who has no address for one."""
    waiting = [each for each in there if standing(each) is Standing.WAITING]
    return [each for each in waiting if each.email], [each for each in waiting if not each.email]


def post(row: Breach, occasion: Occasion, *, expected: int, seen: UUID) -> int:
    """Hand an e-mail for everybody who is still to be told and has an address to the outbox; how many.

    `expected` and `seen` are how many there were, and which letter, when it was asked. Raises Forbidden and CannotBeDone.
    """
    require(occasion.by, Deed.CHANGE, BREACHES)
    people.demand_to_tell(row)
    if not can_send():
        raise CannotBeDone(NO_MAIL)
    with recording(occasion.by, occasion.at) as trace:
        found, _without = ready(there := people.people_of(row))
        _demand_as_asked(0 < len(found) == expected, row, seen)
        if letter.review(row, letter.text_of(row), there, occasion.at).stops:
            raise CannotBeDone("The letter still has brackets that somebody must fill.")
        for each in found:
            each.posted_at, each.settled_by_id = occasion.at, occasion.by.user
            store(trace, Happened.BREACH_PEOPLE, each)
            _put(row, each, seen, occasion)
        people.write(trace, row, f"Handed over to be sent by e-mail: {people.many(len(found))}.", occasion)
        people.name_in(trace, row)
    return len(found)


def stop(row: Breach, occasion: Occasion) -> int:
    """Stop the letters that are not sent yet, so that those people wait again; how many. Raises Forbidden, and CannotBeDone where none waits."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    with recording(occasion.by, occasion.at) as trace:
        stopped = 0
        for each in waiting(row):
            if outgoing.taken_back(each, NOT_ANY_MORE):
                _amend(trace, each, {"posted_at": None})
                stopped += 1
        if not stopped:
            raise CannotBeDone("No letter waits to be sent any more: each is sent, being sent at this moment, or failed.")
        people.write(trace, row, f"Stopped before they were sent: {people.many(stopped)}.", occasion)
        people.name_in(trace, row)
    return stopped


def waiting(row: Breach) -> list[BreachMail]:
    """The letters that nobody has begun to send."""
    found = BreachMail.select().where((BreachMail.breach == row.id) & (BreachMail.school == row.school_id))
    return [*found.where(BreachMail.state == Sending.WAITING)]


def states(row: Breach) -> dict[UUID, BreachMail]:
    """The last e-mail to each person, by their id. One query."""
    found = BreachMail.select().where((BreachMail.breach == row.id) & (BreachMail.school == row.school_id))
    return {each.person: each for each in found.order_by(BreachMail.made_at, BreachMail.id)}


def send_all(now: datetime) -> str:
    """Send every letter about a breach that is due; the counts in words, or nothing. Raises JobFailed when nothing can go out."""
    settings = mail.in_use()
    if settings is None:
        return ""
    outgoing.find_interrupted(BreachMail, now)
    done: Counter[Sending] = Counter()
    with Wire(settings) as wire:
        for each in outgoing.claimed(BreachMail, now, AT_ONCE):
            with doors.looking_at(each.school_id):
                done[_send(each, wire, settings, now)] += 1
    if not done:
        return ""
    return f"Letters about breaches: {done[Sending.SENT]:,} sent, {done[Sending.WAITING]:,} to be tried again, {done[Sending.FAILED]:,} failed."


def _send(row: BreachMail, wire: Wire, settings: MailSettings, now: datetime) -> Sending:
    """Send one that was claimed; what became of it. Raises JobFailed when the next would fare the same."""
    try:
        found = _written(row, settings, now)
    except Exception as broken:  # one letter that cannot be written must not stop the others
        return _not_sent(row, f"The program could not write it ({type(broken).__name__}).", now)
    if found is None:
        return _drop(row, now)
    try:
        wire.send(*found)
    except Trouble as trouble:
        state = _troubled(row, trouble, now)
        if trouble.is_for_all:
            raise JobFailed(str(trouble)) from None
        return state
    except Exception as broken:  # nobody knows how far it came, and the others must not wait for it
        wire.close()
        return outgoing.keep(row, Sending.UNSURE, why=STUMBLED.format(type(broken).__name__), tries=row.tries + 1)
    return _settle(row, Sending.SENT, now, {"told_at": now, "way": WayTold.EMAIL}, sent_at=now)


def _drop(row: BreachMail, now: datetime) -> Sending:
    """Keep that a letter is not sent: they were told in another way, or nobody is to be told any more, and then they wait again."""
    if _still_posted(row) is None:
        return outgoing.keep(row, Sending.DROPPED, why=NOT_ANY_MORE)
    return _settle(row, Sending.DROPPED, now, {"posted_at": None}, why=NOT_ANY_MORE)


def _troubled(row: BreachMail, trouble: Trouble, now: datetime) -> Sending:
    """Keep what went wrong: an address that is refused for good came back, and what failed otherwise is to be told anew."""
    if trouble.is_about_the_address:
        return _settle(row, Sending.FAILED, now, {"returned_at": now, "said": NO_SUCH_ADDRESS}, why=NO_SUCH_ADDRESS, tries=row.tries + 1)
    with recording(_robot(row), now) as trace:
        state = outgoing.note(row, trouble, now)
        _name(trace, row)
        if state is Sending.FAILED:
            _amend(trace, row, {"posted_at": None, "said": str(trouble)})
    return state


def _not_sent(row: BreachMail, why: str, now: datetime) -> Sending:
    return _settle(row, Sending.FAILED, now, {"posted_at": None, "said": why}, why=why, tries=row.tries + 1)


def _settle(row: BreachMail, state: Sending, now: datetime, of_person: dict[str, Any], **of_mail: Any) -> Sending:
    """Keep how far an e-mail has come, and what that means for the person, both or neither."""
    with recording(_robot(row), now) as trace:
        outgoing.keep(row, state, **of_mail)
        _amend(trace, row, of_person)
        _name(trace, row)
    return state


def _amend(trace: Trace, row: BreachMail, what: dict[str, Any]) -> None:
    person = BreachPerson.get_or_none(BreachPerson.id == row.person)
    if person is not None:
        for name, value in what.items():
            setattr(person, name, value)
        store(trace, Happened.BREACH_PEOPLE, person)


def _written(row: BreachMail, settings: MailSettings, now: datetime) -> tuple[EmailMessage, str] | None:
    """The letter for one person with their address; none when they are not to be written to any more."""
    person = _still_posted(row)
    breach = Breach.get_or_none(Breach.id == row.breach)
    if person is None or not person.email or breach is None or not people.is_to_tell(breach):
        return None
    school, words = School.get_by_id(row.school_id), BreachLetter.get_by_id(row.letter)
    text = filled(words.text, person.name, person.about)
    made = addressed(letter.subject(school.name), text, settings, to=person.email, named=row.id, at=now, sender=school.name)
    return made, person.email


def _still_posted(row: BreachMail) -> BreachPerson | None:
    """Whom a letter is for, while they wait for it."""
    person: BreachPerson | None = BreachPerson.get_or_none(BreachPerson.id == row.person)
    return person if person is not None and standing(person) is Standing.POSTED else None


def _put(row: Breach, person: BreachPerson, words: UUID, occasion: Occasion) -> None:
    """Put one into the queue; its key is the state of the person that it was made for, so that there is never another."""
    about = {"school": row.school_id, "breach": row.id, "person": person.id, "letter": words}
    BreachMail.insert(id=new_id(), key=f"told:{person.version}", made_at=occasion.at, **about).execute()


def _demand_as_asked(is_as_many: bool, row: Breach, seen: UUID) -> None:
    last = letter.kept(row)
    if last is None or last.id != seen or not is_as_many:
        raise CannotBeDone("The list or the letter has changed since you were asked, or it was sent already. Look at both again.")


def _robot(row: BreachMail) -> Actor:
    return Actor.robot("letters about breaches", row.school_id)


def _name(trace: Trace, row: BreachMail) -> None:
    """Name the breach in the trace, so that its history tells of it."""
    trace.note(Happened.BREACH_PEOPLE, Breach._meta.table_name, row.breach)
