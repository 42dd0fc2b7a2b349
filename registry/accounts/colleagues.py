"""Colleagues: who works in a school now, and what people are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from models.roles import Role
from models.statements import stored_rows
from models.user import Membership, User
from registry.access import POLICY, Deed, Guarded, Permission, may, may_read_along, require, school_of
from registry.actor import Actor

ROLES = {role.value: role for role in Role}
FORMER = "a former colleague"
"""What somebody is called whose name is no longer there."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who works in the school: the id, the name and the role."""

    id: UUID
    name: str
    role: Role

    def may_see(self, register: Guarded) -> bool:
        """Whether their role may see the records of a register."""
        return may(self._acting, Deed.SEE, register)

    def may_read_along(self, register: Guarded) -> bool:
        """Whether their role may read the files and comments of its records."""
        return may_read_along(self._acting, register)

    @property
    def _acting(self) -> Actor:
        return Actor(self.name, user=self.id, role=self.role)


def colleagues(by: Actor) -> list[Colleague]:
    """Those whom somebody can write to: everybody who works in the actor's school, the actor included. Raises Forbidden."""
    require(by, Permission.COMMENT)
    return working_in(school_of(by))


def working_in(school: UUID) -> list[Colleague]:
    """Everybody who works in a school and has joined, by name. One query."""
    works_here = (Membership.school == school) & Membership.ended_at.is_null() & User.ended_at.is_null() & User.password.is_null(False)
    query = Membership.select(User.id, User.name, Membership.role).join(User, on=Membership.user == User.id).where(works_here)
    found = ((UUID(bytes=bytes(key)), sealed, role) for key, sealed, role in stored_rows(query))
    return sorted((Colleague(key, User.name.open(key, sealed), ROLES[role]) for key, sealed, role in found), key=lambda each: each.name.casefold())


def may_everywhere(by: Actor, permission: Permission) -> bool:
    """Whether somebody has a permission in every school of the installation in which anybody has it: what holds for all schools is theirs."""
    if not may(by, permission):
        return False
    able = Membership.ended_at.is_null() & Membership.role.in_([role.value for role in POLICY[permission]])
    rows = Membership.select(Membership.school, Membership.user).where(able).tuples()
    return {school for school, _user in rows} == {school for school, user in rows if user == by.user}


def names_of(people: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of people, by their ids, wherever they work or worked. One query, or none for nobody."""
    wanted = {person for person in people if person}
    rows = stored_rows(User.select(User.id, User.name).where(User.id.in_(list(wanted)))) if wanted else ()
    return {(key := UUID(bytes=bytes(found))): User.name.open(key, sealed) for found, sealed in rows}
