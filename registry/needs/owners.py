"""Whose move it is when nobody was asked by name: the post that answers for a record, and who does its work in the program."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from models.base import in_view
from models.fields import ChoiceField, EncryptedText
from models.roles import Role
from models.user import Membership, User
from models.vocabulary import JobRole
from registry.access import Deed, Roles, allowed
from registry.actor import Actor
from registry.definition import Register
from registry.schema import names_for

ROLES: dict[str, Role] = {
    JobRole.HEADTEACHER: Role.HEADTEACHER,
    JobRole.SENIOR_LEADER: Role.HEADTEACHER,
    JobRole.DPO: Role.DPO,
    JobRole.DATA_PROTECTION_LEAD: Role.DPO,
    JobRole.DSL: Role.DSL,
    JobRole.ONLINE_SAFETY_LEAD: Role.DSL,
    JobRole.DESIGNATED_TEACHER: Role.DSL,
    JobRole.OFFICE_MANAGER: Role.OFFICE,
    JobRole.DATA_MANAGER: Role.OFFICE,
    JobRole.ADMISSIONS_OFFICER: Role.OFFICE,
    JobRole.ATTENDANCE_OFFICER: Role.OFFICE,
    JobRole.BUSINESS_MANAGER: Role.OFFICE,
    JobRole.IT_PROVIDER: Role.IT_PROVIDER,
    JobRole.DIGITAL_LEAD: Role.IT_PROVIDER,
}
"""Posts whose holders sign in under a role of their own; every other post is reminded by the DPO."""

STAND_IN = (Role.DPO, Role.HEADTEACHER, Role.IT_PROVIDER, Role.OFFICE)
"""Who sees to what nobody else here can."""


@cache
def owner_of(register: Register) -> str:
    """The column that names the post which answers for a record; empty for a register without one."""
    columns = register.table._meta.fields
    return next((name for name in ("owner_role", "owner") if _names_a_post(columns.get(name))), "")


def roles_here() -> frozenset[Role]:
    """The roles that somebody has in the school in view."""
    is_here = in_view(Membership.school) & Membership.ended_at.is_null() & User.ended_at.is_null()
    query = Membership.select(Membership.role).join(User, on=Membership.user == User.id).where(is_here)
    return frozenset(row.role for row in query.distinct())


def whose_move(register: Register, owner: str, here: frozenset[Role]) -> Role | None:
    """The role that sees to a record: of the post that answers for it, if anybody has it and may; else the DPO, else the headteacher."""
    first = ROLES.get(owner)
    return next((role for role in (first, *STAND_IN) if role is not None and role in here and role in who_act(register)), None)


def who_act(register: Register) -> Roles:
    """The roles that can do something about a record: change it, or, where records are never changed, add the next one."""
    return allowed(Deed.CHANGE, register) | allowed(Deed.ADD, register)


def may_act(register: Register, by: Actor) -> bool:
    """Whether somebody can."""
    return by.is_robot or by.role in who_act(register)


def post(owner: str) -> str:
    """A post in words; empty for none."""
    return JobRole(owner).label if owner in set(JobRole) else ""


def owners_by_name(records: Iterable[tuple[Register, UUID]], by: Actor) -> dict[UUID, str]:
    """Who answers for each of these records by name, as far as that was said and the reader may see it; one question a register."""
    wanted: dict[Register, list[UUID]] = {}
    for register, record in records:
        if "owner" in names_for(register, by, Deed.SEE) and isinstance(register.table._meta.fields["owner"], EncryptedText):
            wanted.setdefault(register, []).append(record)
    rows = (row for register, keys in wanted.items() for row in register.table.select().where(register.table.id.in_(keys)))
    return {row.id: row.owner for row in rows if row.owner}


def _names_a_post(column: Any) -> bool:
    return isinstance(column, ChoiceField) and column.words is JobRole
