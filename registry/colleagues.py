"""Colleagues: who works in a school now, for those who write to each other there."""

from dataclasses import dataclass
from uuid import UUID

from models.roles import Role
from models.statements import stored_rows
from models.user import Membership, User
from registry.access import Deed, Guarded, Permission, may, require, school_of
from registry.actor import Actor

ROLES = {role.value: role for role in Role}


@dataclass(frozen=True)
class Colleague:
    """Somebody who works in the school: the id, the name and the role."""

    id: UUID
    name: str
    role: Role

    def may_see(self, register: Guarded) -> bool:
        """Whether their role may see the records of a register."""
        return may(Actor(self.name, user=self.id, role=self.role), Deed.SEE, register)


def colleagues(by: Actor) -> list[Colleague]:
    """Everybody who works in the actor's school and has joined, by name, the actor included. Raises Forbidden."""
    require(by, Permission.COMMENT)
    works_here = (Membership.school == school_of(by)) & Membership.ended_at.is_null() & User.ended_at.is_null() & User.password.is_null(False)
    query = Membership.select(User.id, User.name, Membership.role).join(User, on=Membership.user == User.id).where(works_here)
    found = ((UUID(bytes=bytes(key)), sealed, role) for key, sealed, role in stored_rows(query))
    return sorted((Colleague(key, User.name.open(key, sealed), ROLES[role]) for key, sealed, role in found), key=lambda each: each.name.casefold())
