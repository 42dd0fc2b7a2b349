"""What somebody was typing and has not saved: sealed, for that person only, until it is saved or thrown away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from peewee import IntegrityError

from models.base import db, new_id
from models.user import Draft


@dataclass(frozen=True)
class Typed:
    """A draft: in which form, what, and when it was kept."""

    place: str
    text: str
    saved_at: datetime


def keep(user: UUID, place: str, text: str, at: datetime) -> None:
    """Keep what is being typed in a form, in place of what was kept before."""
    draft = Draft(id=new_id(), user=user, place=place, typed=text, saved_at=at)
    try:
        with db.atomic():
            throw_away(user, place)
            draft.save(force_insert=True)
    except IntegrityError:  # the same person typed in the same form in another window at the same moment; theirs is as good
        return


def find(user: UUID, place: str) -> Typed | None:
    """What somebody was typing in a form."""
    return next(iter(_found(user, Draft.place == place)), None)


def latest(user: UUID, places: str) -> Typed | None:
    """What somebody was typing last in any form whose place begins like this."""
    return next(iter(_found(user, Draft.place.startswith(places))), None)


def throw_away(user: UUID, place: str) -> None:
    """Forget what somebody was typing in a form."""
    Draft.delete().where((Draft.user == user) & (Draft.place == place)).execute()


def _found(user: UUID, condition: object) -> list[Typed]:
    rows = Draft.select().where((Draft.user == user) & condition).order_by(Draft.saved_at.desc()).limit(1)
    return [Typed(row.place, row.typed or "", row.saved_at) for row in rows]
