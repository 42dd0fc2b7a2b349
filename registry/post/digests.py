"""Digests: what waits for one person in all their schools, gathered when the letter is sent, and when it is put in the queue."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from models import doors
from models.letter import Often
from models.message import News, Way
from models.school import School
from models.user import Membership, User
from registry.accounts.people import schools_of
from registry.actor import Actor
from registry.catalogue import find
from registry.needs import keeping
from registry.needs.needs import Line, today_of
from registry.outside import UNNAMED, may_be_named
from registry.post import mail
from registry.post.choices import Choice, choices
from registry.post.letters import DigestLine
from registry.post.sorting import put_letter, written
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import full_day
from registry.talk import notices
from registry.talk.notices import Notice

SATURDAY = 6
SOMEBODY = "Somebody"


def make_digests(now: datetime) -> str:
    """Put a digest in the queue for everybody who wants one today and for whom something waits; the count in words."""
    today = in_zone(now, ZONE).date()
    if mail.in_use() is None:
        return "Mail is not set up, so there are no digests."
    if today.isoweekday() >= SATURDAY:
        return "No digests at the weekend."
    chosen = choices()
    made = sum(_put(person, chosen.get(person, Choice()), today, now) for person in _people())
    return f"Digests put in the queue: {made:,}."


def digest_lines(person: UUID, now: datetime) -> list[DigestLine]:
    """What waits for somebody, school by school, as far as they may see it. Whatever else belongs into a digest is gathered here."""
    lines: list[DigestLine] = []
    for school, role in schools_of(person):
        by = Actor("", user=person, role=role, school=school.id)
        with doors.looking_at(school.id):
            lines += [DigestLine(sentence_of(notice), path_of(notice), school.name) for notice in notices.untold(by, Way.DIGEST)]
            lines += [DigestLine(_sentence_of_need(line), "/", school.name) for line in _needed(school, by, in_zone(now, ZONE).date())]
    return lines


def _needed(school: School, by: Actor, today: date) -> Sequence[Line]:
    """What needs somebody, as their first page has it."""
    keeping.catch_up(school, today)
    return today_of(by, today).mine


def _sentence_of_need(line: Line) -> str:
    """What is to be done by when, by reference: no name leaves the program."""
    many = f"{line.many:,} {line.register.one if line.many == 1 else line.register.many}"
    what = line.record.reference if line.record else many
    due = f", by {full_day(line.due)}" if line.due else ""
    if not may_be_named(line.register):
        return f"{UNNAMED}{due}"
    return f"{line.deadline.words}: {what}{due}" if line.deadline else f"Mend {what}"


def sentence_of(notice: Notice) -> str:
    """What a notice says in a letter: without who it was, and without the record where others may not know that there is one."""
    if notice.news != News.BREACH and not may_be_named(find(notice.register)):
        return UNNAMED
    return f"{SOMEBODY if notice.is_by_somebody else notice.who} {notice.did} {notice.reference}"


def path_of(notice: Notice) -> str:
    """Where a notice leads from a letter: to a page of its own, which finds its school."""
    return f"/notices/{notice.id}"


def _people() -> list[UUID]:
    """Everybody who has joined and works somewhere."""
    working = Membership.ended_at.is_null() & User.ended_at.is_null() & User.password.is_null(False)
    query = User.select(User.id).join(Membership, on=Membership.user == User.id).where(working).distinct()
    return [row.id for row in query]


def _put(person: UUID, choice: Choice, today: date, now: datetime) -> bool:
    """A letter for this day, or for this week: the first morning of the week on which the program is at work."""
    if choice.digest is Often.NEVER:
        return False
    year, week, _weekday = today.isocalendar()
    weekly = f"digest:{year}-W{week:02}"
    key = weekly if choice.digest is Often.WEEKLY else f"digest:{today.isoformat()}"
    return not written(person, (weekly, key)) and bool(digest_lines(person, now)) and put_letter(person, key, now)
