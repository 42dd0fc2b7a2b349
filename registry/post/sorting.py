"""Which way each message goes: by a letter at once, with the next digest, or no further than the bell."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from models.base import db, new_id
from models.letter import Letter, LetterKind, Often
from models.message import Message, News, Way
from registry.post.choices import Choice, choices

OF_DAYS = frozenset({News.DUE, News.OVERDUE})
"""What digests tell of anyhow, day by day."""

URGENT = OF_DAYS | {News.APPROVAL_ASKED, News.ASSIGNED, News.MENTIONED}
"""What somebody else waits for, or the law."""

AT_ONCE = 500


def sort_messages(now: datetime) -> int:
    """Decide on every message that nobody has decided on; how many. What was read at the bell meanwhile needs no letter."""
    chosen, sorted_out = choices(), 0
    while rows := [*Message.select().where(Message.state == Way.WAITING).order_by(Message.told_at).limit(AT_ONCE)]:
        with db.atomic():
            for row in rows:
                way = _way(row, chosen.get(row.person_id, Choice()))
                if Message.update(state=way).where((Message.id == row.id) & (Message.state == Way.WAITING)).execute() and way is Way.LETTER:
                    put_letter(row.person_id, f"news:{row.id.hex}", now, message=row)
        sorted_out += len(rows)
    return sorted_out


def put_letter(person: UUID, key: str, now: datetime, *, message: Message | None = None) -> bool:
    """Have somebody written to about one thing, once; whether they were not yet."""
    about = {"message": message.id, "school": message.school_id, "kind": LetterKind.NEWS} if message else {"kind": LetterKind.DIGEST}
    return bool(Letter.insert(id=new_id(), person=person, key=key, made_at=now, **about).on_conflict_ignore().as_rowcount().execute())


def written(person: UUID, keys: Iterable[str]) -> bool:
    """Whether somebody was written to under any of these keys."""
    return bool(Letter.select().where((Letter.person == person) & Letter.key.in_(list(keys))).exists())


def _way(row: Message, choice: Choice) -> Way:
    if row.read_at is not None:
        return Way.BELL
    if row.news == News.BREACH or (row.news in URGENT and choice.at_once):  # of a breach everybody is written to at once, whatever they chose
        return Way.LETTER
    return Way.BELL if choice.digest is Often.NEVER or row.news in OF_DAYS else Way.DIGEST
