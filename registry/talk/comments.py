"""Comments on a record: read by whoever may see it, written by colleagues, never edited, withdrawn without a trace of the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import IntegrityError, fn

from models import doors
from models.base import new_id
from models.comment import Comment
from models.message import News
from models.record import Record
from models.statements import Kept
from registry import records
from registry.access import Forbidden, Permission, may, may_read_along, require, require_along, school_of
from registry.accounts.colleagues import Colleague, colleagues
from registry.actor import Actor
from registry.definition import Register, Section
from registry.records import NotFound, Occasion
from registry.rows import store
from registry.rules.at_names import named_in
from registry.schema import Invalid, names_for
from registry.talk import outbox
from registry.trace.audit import Happened, Trace, recording
from registry.typed import NOT_TEXT

LONGEST = 10_000

_standing = Kept(
    lambda: Comment.select(fn.COUNT(Comment.id)).where((Comment.record == UUID(int=0)) & Comment.withdrawn_at.is_null()),
)


@dataclass(frozen=True)
class Written:
    """What became of a comment: the comment, how many are told of it, and how many were chosen who may not see the record."""

    id: UUID
    told: int
    left_out: int


def count(row: Record) -> int:
    """How many comments stand on a record that was found in view."""
    (school,) = doors.schools_in_view()
    return int(_standing(school.bytes, row.id.bytes).fetchone()[0])


def may_comment(register: Register, by: Actor) -> bool:
    """Whether somebody may write a comment on the records of a register."""
    return by.user is not None and may(by, Permission.COMMENT) and may_read_along(by, register)


def to_be_told(register: Register, by: Actor) -> list[Colleague]:
    """The colleagues who may be told of a comment: they work here, and may read it. Raises Forbidden."""
    require_along(by, register)
    return [each for each in colleagues(by) if each.id != by.user and each.may_read_along(register)]


def tidy(text: str) -> str:
    """A comment as it is kept: without control characters, one kind of line end, nothing blank round it."""
    return NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def part(register: Register, slug: str, by: Actor) -> Section | None:
    """The part of a record that a comment may be about, of those in which somebody may see anything; none for any other."""
    seen = names_for(register, by)
    return next((each for each in register.sections if each.slug == slug and any(question.name in seen for question in each.questions)), None)


def write(
    register: Register, row: Record, text: str, tell: Iterable[UUID], *, occasion: Occasion, comment: UUID | None = None, about: str = ""
) -> Written:
    """Store a comment and tell those chosen and those named in it after an @, as far as they may read it.

    With `comment`, an id made beforehand, the same form sent twice makes one comment. `about` is the slug of the section in whose margin it
    stands. Raises Invalid, Forbidden.
    """
    by, text = occasion.by, tidy(text)
    require_along(by, register)
    require(by, Permission.COMMENT)
    if by.user is None:
        raise Forbidden("Only people comment.")
    _demand_text(text)
    key, chosen = comment or new_id(), set(tell)
    try:
        with recording(by, occasion.at) as trace:
            records.find(register, row.id, by)  # an import that brought it may have been undone meanwhile
            working = colleagues(by)
            meant = chosen | _named(text, working)
            people = {each.id for each in working if each.id in meant and each.id != by.user and each.may_read_along(register)}
            _store(trace, register, _new(key, row, register, occasion, about=part(register, about, by)), text)
            outbox.put(trace, by, outbox.Word(news=News.MENTIONED, register=register.slug, record=row.id, about=key), people)
            outbox.mark_read(by, occasion.at, record=row.id)
    except IntegrityError:
        _demand_the_same(key, row, text, by)
        return Written(key, 0, 0)
    return Written(key, len(people), len(chosen - people - {by.user}))


def find(register: Register, row: Record, comment: UUID, by: Actor) -> Comment:
    """One comment on a record; raises NotFound or Forbidden."""
    require_along(by, register)
    found: Comment | None = Comment.get_or_none((Comment.id == comment) & (Comment.record == row.id) & (Comment.register == register.slug))
    if found is None:
        raise NotFound("There is no such comment here.")
    return found


def may_withdraw(comment: Comment, by: Actor) -> bool:
    """Whether somebody may take back what a comment says: whoever wrote it, and whoever answers for data protection."""
    is_own = by.user is not None and comment.author == by.user and may(by, Permission.COMMENT)
    return comment.withdrawn_at is None and (is_own or may(by, Permission.WITHDRAW_COMMENTS))


def withdraw(register: Register, row: Record, comment: Comment, occasion: Occasion) -> None:
    """Erase the text of a comment for good; who wrote it and who withdrew it stays. Raises Forbidden, CannotBeDone."""
    require_along(occasion.by, register)
    if comment.withdrawn_at is not None:
        return
    if not may_withdraw(comment, occasion.by):
        raise Forbidden("A comment is withdrawn by whoever wrote it, or by those who answer for data protection.")
    comment.text, comment.withdrawn_at, comment.withdrawn_by = None, occasion.at, occasion.by.user  # type: ignore[assignment]
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.COMMENT_WITHDRAWN, comment)
        trace.note(Happened.COMMENT_WITHDRAWN, register.table._meta.table_name, row.id)


def _demand_text(text: str) -> None:
    if not text:
        raise Invalid({"text": ["Write your comment first."]})
    if len(text) > LONGEST:
        over = len(text) - LONGEST
        raise Invalid({"text": [f"A comment has at most {LONGEST:,} characters. Shorten this one by {over:,}, or write two."]})


def _named(text: str, working: Iterable[Colleague]) -> set[UUID]:
    """The colleagues whom a text names after an @ so that it can be nobody else."""
    named = named_in(text, {each.id: each.name for each in working})
    return {each.people[0] for each in named if len(each.people) == 1}


def _new(key: UUID, row: Record, register: Register, occasion: Occasion, *, about: Section | None) -> Comment:
    by = occasion.by
    place: dict[str, Any] = {"school": school_of(by), "register": register.slug, "record": row.id, "section": about.slug if about else None}
    return Comment(id=key, author=by.user, author_role=by.role, written_at=occasion.at, **place)


def _store(trace: Trace, register: Register, comment: Comment, text: str) -> None:
    """The text goes into the row alone, and never into the trace: what is withdrawn is then gone from everywhere."""
    comment.text = text
    store(trace, Happened.COMMENTED, comment, new=True)
    trace.note(Happened.COMMENTED, register.table._meta.table_name, comment.record)


def _demand_the_same(key: UUID, row: Record, text: str, by: Actor) -> None:
    """Raise Invalid unless the comment that is there already is this one, sent twice."""
    there: Comment | None = Comment.get_or_none((Comment.id == key) & (Comment.record == row.id) & (Comment.author == by.user))
    if there is None or there.text not in (text, None):
        raise Invalid({"text": ["This form was sent before, with other words, and that comment is kept. Send it once more to add this one as well."]})
