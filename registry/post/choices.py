"""How people want to be written to: how often a digest, and whether at once about what others wait for."""

from dataclasses import dataclass
from uuid import UUID

from models.base import new_id
from models.letter import Often, PostChoice
from registry.access import Forbidden, Permission, require
from registry.actor import Actor


@dataclass(frozen=True)
class Choice:
    """What one person chose, or what everybody has who chose nothing."""

    digest: Often = Often.DAILY
    at_once: bool = True


def choice_of(person: UUID) -> Choice:
    """How somebody wants to be written to."""
    row = PostChoice.get_or_none(PostChoice.person == person)
    return Choice(row.digest, row.at_once) if row else Choice()


def choices() -> dict[UUID, Choice]:
    """The same of everybody who chose; one question."""
    return {row.person_id: Choice(row.digest, row.at_once) for row in PostChoice.select()}


def choose(by: Actor, choice: Choice) -> None:
    """Keep what somebody chose for themselves. Raises Forbidden."""
    require(by, Permission.OWN_ACCOUNT)
    if by.user is None:
        raise Forbidden("Nobody signed in.")
    PostChoice.insert(id=new_id(), person=by.user).on_conflict_ignore().execute()
    PostChoice.update(digest=choice.digest, at_once=choice.at_once).where(PostChoice.person == by.user).execute()
