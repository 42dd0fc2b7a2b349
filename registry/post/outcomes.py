"""What became of the letters to the people of one school, and what can be done about those that did not go out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import fn

from models.letter import Letter, LetterKind
from models.outgoing import Sending
from models.user import Membership
from registry.access import Permission, require, school_of
from registry.accounts.colleagues import FORMER, names_of
from registry.actor import Actor
from registry.rows import CannotBeDone

SIZE = 50
STOPPED = (Sending.FAILED, Sending.UNSURE)
"""What somebody has to decide on."""


class NoSuchLetter(Exception):
    """There is no letter of this id where the actor may look."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One letter: to whom, of which kind, and how far it has come; never what stands in it."""

    id: UUID
    who: str
    kind: LetterKind
    state: Sending
    made_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    tries: int
    why: str

    @property
    def has_stopped(self) -> bool:
        """Whether somebody has to decide on it."""
        return self.state in STOPPED


@dataclass(frozen=True)
class Outcomes:
    """Some letters, newest first, the one after which there are older ones, and how many there are of each state."""

    lines: tuple[Line, ...]
    older: UUID | None
    counts: dict[Sending, int]


def outcomes(by: Actor, state: Sending | None = None, before: UUID | None = None) -> Outcomes:
    """The letters to the people of the actor's school. Raises Forbidden."""
    require(by, Permission.MANAGE_MAIL)
    found = Letter.select().where(_here(by))
    if state is not None:
        found = found.where(Letter.state == state)
    if before is not None:
        found = found.where(Letter.id < before)  # ids grow with time
    rows = [*found.order_by(Letter.id.desc()).limit(SIZE + 1)]
    names = names_of(row.person_id for row in rows[:SIZE])
    lines = tuple(_line(row, names.get(row.person_id, FORMER.capitalize())) for row in rows[:SIZE])
    return Outcomes(lines, rows[SIZE - 1].id if len(rows) > SIZE else None, _counts(by))


def try_again(by: Actor, letter: UUID) -> None:
    """Put a letter that stopped back into the queue, as if it had never been tried. Raises Forbidden, NoSuchLetter and CannotBeDone."""
    _settle(by, letter, {"state": Sending.WAITING, "tries": 0, "next_try_at": None, "why": ""})


def leave(by: Actor, letter: UUID) -> None:
    """Let a letter that stopped be. Raises Forbidden, NoSuchLetter and CannotBeDone."""
    _settle(by, letter, {"state": Sending.DROPPED})


def try_all_again(by: Actor) -> int:
    """Put every letter that failed back into the queue; how many. Those that may have arrived are left for somebody to look at. Raises Forbidden."""
    require(by, Permission.MANAGE_MAIL)
    failed = _here(by) & (Letter.state == Sending.FAILED)
    return int(Letter.update(state=Sending.WAITING, tries=0, next_try_at=None, why="").where(failed).execute())


def _settle(by: Actor, letter: UUID, what: dict[str, Any]) -> None:
    require(by, Permission.MANAGE_MAIL)
    mine = (Letter.id == letter) & _here(by)
    if not Letter.select().where(mine).exists():
        raise NoSuchLetter("There is no such letter.")
    if not Letter.update(**what).where(mine & Letter.state.in_(STOPPED)).execute():
        raise CannotBeDone("Somebody else was quicker: this letter does not wait for a decision any more.")


def _here(by: Actor) -> Any:
    """Letters about this school, and digests of those who work in it."""
    school = school_of(by)
    people = Membership.select(Membership.user).where((Membership.school == school) & Membership.ended_at.is_null())
    return (Letter.school == school) | (Letter.school.is_null() & Letter.person.in_(people))


def _counts(by: Actor) -> dict[Sending, int]:
    rows = Letter.select(Letter.state, fn.COUNT(Letter.id).alias("many")).where(_here(by)).group_by(Letter.state)
    return {row.state: int(row.many) for row in rows}


def _line(row: Letter, who: str) -> Line:
    return Line(
        id=row.id, who=who, kind=row.kind, state=row.state, made_at=row.made_at, sent_at=row.sent_at,
        next_try_at=row.next_try_at, tries=row.tries, why=row.why,
    )
