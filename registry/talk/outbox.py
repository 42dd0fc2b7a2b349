"""The outbox: whom to tell of a deed, put there by the deed's own transaction, once for each person and each thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.message import Message, News
from registry.access import school_of
from registry.actor import Actor
from registry.trace.audit import Trace


@dataclass(frozen=True, kw_only=True)
class Word:
    """What people are told: what kind of news, about which record, and which part of it; never its text."""

    news: News
    register: str
    record: UUID
    about: UUID
    again: int = 1
    """How often the same thing has been told by now, where it is told again on purpose."""

    @property
    def key(self) -> str:
        """What makes it one and the same thing, however often it is told."""
        return key_of(self.news, self.about) if self.again == 1 else f"{key_of(self.news, self.about)}:{self.again}"


def key_of(news: News, about: UUID) -> str:
    """The key under which everybody is told of one thing."""
    return f"{news.value}:{about.hex}"


def put(trace: Trace, by: Actor, word: Word, people: Iterable[UUID]) -> None:
    """Tell these people, but never whoever did it; who was told of this before is not told again.

    It takes the open transaction of the deed, which `trace` proves there is: a deed that is rolled back tells nobody.
    """
    remind(by, word, people, trace.at)


def remind(by: Actor, word: Word, people: Iterable[UUID], at: datetime) -> int:
    """Tell these people of what is nobody's deed, such as that a day is near; how many had not been told of it before."""
    said = {"school": school_of(by), "key": word.key, "news": word.news, "sender": by.user, "told_at": at}
    about = {"register": word.register, "record": word.record, "about": word.about}
    told = (Message.insert(person=person, **said, **about).on_conflict_ignore() for person in sorted(set(people) - {by.user}))
    return sum(int(each.as_rowcount().execute()) for each in told)


def mark_read(by: Actor, at: datetime, *, record: UUID | None = None, message: UUID | None = None) -> int:
    """Mark as read what one person was told in the school they act in: all of it, or about one record, or one message; how many were unread."""
    own = (Message.school == school_of(by)) & (Message.person == by.user) & Message.read_at.is_null()
    if record is not None:
        own &= Message.record == record
    if message is not None:
        own &= Message.id == message
    return int(Message.update(read_at=at).where(own).execute())
