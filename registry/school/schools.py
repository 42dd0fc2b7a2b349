"""Schools: set up with everything that belongs to a first day, changed with a trace, and told to the rules as facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.base import new_id
from models.roles import Role
from models.school import School
from models.user import Membership, OneUseLink, User
from registry.access import POLICY, Forbidden, Permission, require
from registry.accounts import links
from registry.actor import Actor
from registry.devices.support import OwnTable
from registry.rows import CannotBeDone, set_answers, store
from registry.rules.school_facts import SchoolFacts
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import INSTALLATION

ASKED = (
    "name",
    "urn",
    "nation",
    "school_type",
    "phases",
    "controller",
    "public_authority",
    "financial_year_end_month",
    "financial_year_end_day",
    "term_dates",
    "bank_holidays",
    "regulator_name",
)
"""The facts that people give about a school."""

FIRST_ROLES = frozenset({Role.HEADTEACHER, Role.DPO, Role.ADMIN})
"""What the first person in a school can be."""


@dataclass(frozen=True, kw_only=True)
class FirstPerson:
    """Somebody who is there from the first day; the password as it is stored, None for whoever has yet to choose one."""

    name: str
    email: str
    role: Role
    password: str | None = None


def facts_of(school: School, today: date | None) -> SchoolFacts:
    """The school as the rules see it on a day."""
    return SchoolFacts(
        nation=school.nation,
        school_type=school.school_type,
        phases=tuple(school.phases),
        controller=school.controller,
        public_authority=school.public_authority,
        financial_year_end=(school.financial_year_end_month, school.financial_year_end_day),
        bank_holidays=school.bank_holidays,
        regulator_name=school.regulator_name,
        today=today,
        support_table=OwnTable(school.id),
    )


def is_set_up() -> bool:
    """Whether this installation has a school."""
    return bool(School.select().exists())


def set_up_school(answers: Mapping[str, Any], people: Sequence[FirstPerson], link: OneUseLink, at: datetime) -> tuple[School, list[User]]:
    """The first school with its first people, in one transaction, by the link that the first start printed.

    Raises CannotBeDone when a school was set up meanwhile (of two browsers at once, one wins), and when nobody could give out roles.
    """
    if not any(person.role in POLICY[Permission.MANAGE_PEOPLE] for person in people):
        raise CannotBeDone("Somebody must be able to give out roles: add the headteacher or an administrator.")
    with recording(Actor.robot("set-up"), at, chain=INSTALLATION) as trace:
        if is_set_up():
            raise CannotBeDone("This installation has been set up already. Sign in, or ask whoever set it up to invite you.")
        if not links.use(link, at):
            raise CannotBeDone("This link has been used already.")
        school = School(id=new_id(), created_at=at, **answers)
        here = trace.beside(school.id)
        store(here, Happened.SCHOOL_SET_UP, school, {name: (None, value) for name, value in answers.items()}, new=True)
        users = [_admit_first(trace, here, school, person) for person in people]
    return school, users


def _admit_first(trace: Trace, here: Trace, school: School, person: FirstPerson) -> User:
    user = User(id=new_id(), name=person.name, email=person.email, password=person.password, created_at=trace.at)
    store(trace, Happened.JOINED if person.password else Happened.INVITED, user, new=True)
    member = Membership(id=new_id(), school=school.id, user=user.id, role=person.role, created_at=trace.at)
    store(here, Happened.ACCESS_CHANGED, member, {"role": (None, person.role)}, new=True)
    return user


def add_school(by: Actor, answers: Mapping[str, Any], at: datetime) -> School:
    """A further school of the same trust, with the person who adds it as its first member in their present role.

    Raises CannotBeDone when they have a school of this name already, so that pressing twice adds one.
    """
    require(by, Permission.MANAGE_PEOPLE)
    if by.user is None or by.role is None or by.role not in POLICY[Permission.MANAGE_PEOPLE]:
        raise Forbidden("Only somebody who manages people can add a school.")
    school = School(id=new_id(), created_at=at, **answers)
    with recording(by, at, chain=INSTALLATION) as trace:
        if _has_school_called(school.name, by.user):
            raise CannotBeDone("You have a school of this name already.")
        trace.note(Happened.SCHOOL_SET_UP, "school", school.id)
        here = trace.beside(school.id)
        store(here, Happened.SCHOOL_SET_UP, school, {name: (None, value) for name, value in answers.items()}, new=True)
        member = Membership(id=new_id(), school=school.id, user=by.user, role=by.role, created_at=at)
        store(here, Happened.ACCESS_CHANGED, member, {"role": (None, by.role)}, new=True)
    return school


def _has_school_called(name: str, user: UUID) -> bool:
    own = Membership.select().join(School, on=Membership.school == School.id).where((Membership.user == user) & (School.name == name))
    return bool(own.exists())


def change_school(by: Actor, school: School, answers: Mapping[str, Any], at: datetime) -> int:
    """Store what differs; how many facts did. Raises CannotBeDone when somebody else was quicker."""
    require(by, Permission.CHANGE_SCHOOL)
    if by.school != school.id:
        raise Forbidden("The facts of a school are changed in that school.")
    changes = set_answers(school, dict(answers))
    if changes:
        with recording(by, at) as trace:
            store(trace, Happened.SCHOOL_CHANGED, school, changes)
    return len(changes)
