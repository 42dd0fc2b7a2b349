"""What was said about a record, as one reader sees it: who, when, whom it was told, and what was taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import cast
from uuid import UUID

from models.comment import Comment
from models.message import Message, News
from models.record import Record
from models.roles import Role
from models.statements import stored_rows
from registry.access import Permission, may, may_read_along, require_along, school_of
from registry.accounts.colleagues import FORMER, Colleague, colleagues, names_of
from registry.actor import Actor
from registry.definition import Register, Section
from registry.rules.at_names import named_in
from registry.talk.comments import may_withdraw, part
from registry.talk.outbox import key_of

SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Said:
    """One comment: its text is empty once withdrawn."""

    id: UUID
    author_id: UUID
    author: str
    role: Role
    at: datetime
    text: str
    about: Section | None  # the part of the record that it is about, as far as the reader may see that
    told: tuple[str, ...]
    not_told: tuple[str, ...]  # sentences on those named after an @ who were not
    withdrawn_at: datetime | None
    withdrawn_by: str
    may_withdraw: bool


@dataclass(frozen=True)
class Thread:
    """Some comments, newest last, and the one before which there are earlier ones."""

    said: tuple[Said, ...]
    earlier: UUID | None


def thread(register: Register, row: Record, by: Actor, before: UUID | None = None) -> Thread:
    """The newest comments on a record, or those before one of them. Raises Forbidden."""
    require_along(by, register)
    query = Comment.select().where((Comment.record == row.id) & (Comment.register == register.slug))
    mark = next(iter(query.where(Comment.id == before)), None) if before else None
    if mark is not None:
        query = query.where((Comment.written_at < mark.written_at) | ((Comment.written_at == mark.written_at) & (Comment.id < mark.id)))
    rows = [*query.order_by(Comment.written_at.desc(), Comment.id.desc()).limit(SIZE + 1)]
    shown = rows[:SIZE][::-1]
    reader = _Reader(register, by, shown)
    return Thread(tuple(reader.said(comment) for comment in shown), shown[0].id if len(rows) > SIZE else None)


def margin(register: Register, row: Record, by: Actor) -> Mapping[str, tuple[Said, ...]]:
    """The newest comments that stand beside a part of a record, by the slug of its section, newest last; nothing for who may not read along."""
    if not may_read_along(by, register):
        return {}
    beside = (Comment.record == row.id) & (Comment.register == register.slug) & Comment.section.is_null(False) & Comment.withdrawn_at.is_null()
    rows = [*Comment.select().where(beside).order_by(Comment.written_at.desc(), Comment.id.desc()).limit(SIZE)][::-1]
    reader, found = _Reader(register, by, rows), dict[str, tuple[Said, ...]]()
    for said in map(reader.said, rows):
        if said.about is not None:
            found[said.about.slug] = (*found.get(said.about.slug, ()), said)
    return found


class _Reader:
    """Everything that the comments of one page speak of, asked for once."""

    def __init__(self, register: Register, by: Actor, comments: Sequence[Comment]) -> None:
        self._register, self._by, self._comments = register, by, comments

    def said(self, comment: Comment) -> Said:
        """One comment for this reader."""
        author, withdrawn_by = _people_of(comment)
        return Said(
            id=comment.id, author_id=author, author=self._name(author), role=comment.author_role, at=comment.written_at,
            text=comment.text or "", about=part(self._register, comment.section or "", self._by), told=self._told_of(comment),
            not_told=self._not_told_of(comment), withdrawn_at=comment.withdrawn_at,
            withdrawn_by=self._name(withdrawn_by), may_withdraw=may_withdraw(comment, self._by),
        )

    def _name(self, person: UUID | None) -> str:
        return self._names.get(person, FORMER) if person else ""

    def _told_of(self, comment: Comment) -> tuple[str, ...]:
        return tuple(sorted(self._name(person) for person in self._told.get(comment.id, ())))

    def _not_told_of(self, comment: Comment) -> tuple[str, ...]:
        """What is to be said of those named in a comment who were not told of it; only to those who know their colleagues."""
        if "@" not in (comment.text or "") or not may(self._by, Permission.COMMENT):
            return ()
        told = {*self._told.get(comment.id, ()), _people_of(comment)[0]}
        working = {each.id: each for each in self._working}
        sentences = (_sentence(named.words, [working[key] for key in named.people], self._register, told)
                     for named in named_in(comment.text, {key: each.name for key, each in working.items()}))
        return tuple(dict.fromkeys(filter(None, sentences)))

    @cached_property
    def _working(self) -> list[Colleague]:
        return colleagues(self._by)

    @cached_property
    def _told(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """Whom each comment was told."""
        keys = [key_of(News.MENTIONED, comment.id) for comment in self._comments]
        found: dict[UUID, tuple[UUID, ...]] = {}
        if keys:
            query = Message.select(Message.about, Message.person).where((Message.school == school_of(self._by)) & Message.key.in_(keys))
            for about, person in stored_rows(query):
                comment = UUID(bytes=bytes(about))
                found[comment] = (*found.get(comment, ()), UUID(bytes=bytes(person)))
        return found

    @cached_property
    def _names(self) -> Mapping[UUID | None, str]:
        return names_of(chain(*map(_people_of, self._comments), *self._told.values()))


def _people_of(comment: Comment) -> tuple[UUID, UUID | None]:
    """Who wrote and who withdrew it: ids, for people are not loaded."""
    return cast(UUID, comment.author), cast("UUID | None", comment.withdrawn_by)


def _sentence(words: str, people: Sequence[Colleague], register: Register, told: set[UUID]) -> str:
    """Why nobody was told of an @ in a comment; nothing when somebody was."""
    if not people:
        return f"Nobody here is called {words}, so nobody is told of that."
    if any(each.id in told for each in people):
        return ""
    if len(people) > 1:
        return f"Several colleagues are called {words}, so none of them is told. Write the whole name."
    may_read = people[0].may_read_along(register)
    return f"{people[0].name} {'was not told: they could not see this then.' if may_read else 'may not read what is said here, so is not told.'}"
