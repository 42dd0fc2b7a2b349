"""People: invited, given a role in a school, and sent away; each deed with its trace, and none against oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from models.base import new_id
from models.roles import Role
from models.school import School
from models.user import Membership, OneUseLink, Session, User, email_spelling
from registry.access import POLICY, Forbidden, Permission, require
from registry.accounts import links, tokens
from registry.accounts.links import Purpose
from registry.actor import Actor
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import INSTALLATION


class NoSuchPerson(Exception):
    """There is nobody of this id where the actor may look; said in the same words whether they are elsewhere or not."""


MANAGERS = POLICY[Permission.MANAGE_PEOPLE]


@dataclass(frozen=True)
class Member:
    """A person in a school, as those who manage people see them."""

    membership: Membership
    user: User
    name: str
    email: str

    @property
    def school(self) -> UUID:
        """The school's id."""
        return cast(UUID, self.membership.school)  # not loaded: the id itself

    @property
    def has_joined(self) -> bool:
        """Whether the invitation was taken up."""
        return self.user.password is not None


def by_email(email: str) -> User | None:
    """The person with this address, whether their access has ended or not."""
    user: User | None = User.get_or_none(User.email_index == email) if email_spelling(email) else None
    return user


def members(by: Actor, school: UUID) -> list[Member]:
    """Everybody with access to a school, by name."""
    require(by, Permission.MANAGE_PEOPLE)
    found = [_member(membership, membership.person) for membership in _memberships(Membership.school == school)]
    return sorted(found, key=lambda member: member.name.casefold())


def find_member(by: Actor, user: UUID) -> Member:
    """A person of the actor's school; raises NoSuchPerson for everybody else, whoever they are."""
    require(by, Permission.MANAGE_PEOPLE)
    membership = _memberships((Membership.school == by.school) & (Membership.user == user)).first()
    if membership is None:
        raise NoSuchPerson("There is no such person here.")
    return _member(membership, membership.person)


def schools_of(user: UUID) -> list[tuple[School, Role]]:
    """The schools a person works in and their role in each, by name."""
    rows = (
        Membership.select(Membership.role, School)
        .join(School, on=Membership.school == School.id, attr="place")
        .where((Membership.user == user) & Membership.ended_at.is_null())
    )
    found: list[tuple[School, Role]] = [(row.place, row.role) for row in rows]
    return sorted(found, key=lambda pair: pair[0].name.casefold())


def managed_schools(by: Actor) -> list[School]:
    """The schools in which the actor may invite people."""
    return [school for school, role in schools_of(by.user) if role in MANAGERS] if by.user else []


def names_of_managers(school: UUID) -> list[str]:
    """Who gives out roles in a school, headteachers first: so that those who are refused something know whom to ask."""
    rows = _memberships((Membership.school == school) & Membership.role.in_([role.value for role in MANAGERS]))
    found = sorted((row.role is not Role.HEADTEACHER, row.person.name) for row in rows if row.person.password is not None)
    return [name for _order, name in found]


def people_in_role(school: UUID, role: Role) -> list[tuple[str, str]]:
    """(name, email) of those who hold a role in a school, by name: for papers that must say whom to ask."""
    rows = _memberships((Membership.school == school) & (Membership.role == role.value))
    return sorted((row.person.name, row.person.email) for row in rows)


def invite(by: Actor, invitation: "Invitation", at: datetime) -> str | None:
    """Give a person a role in some schools; returns the secret of a link for somebody who has no password yet.

    Somebody who has signed in before simply finds the schools there: None. Links that others made for them stop working, for those
    would open these schools too. Raises CannotBeDone while the account waits for its first password at a school that the actor does
    not manage: whoever holds that link, or one made here, would get into the schools of both.
    """
    require(by, Permission.MANAGE_PEOPLE)
    own = {school.id for school in managed_schools(by)}
    if not invitation.schools or not set(invitation.schools) <= own:
        raise Forbidden("People are invited to schools that one manages.")
    with recording(by, at, chain=INSTALLATION) as trace:
        user = by_email(invitation.email)
        if user is None:
            user = User(id=new_id(), name=invitation.name, email=invitation.email.strip(), created_at=at)
            store(trace, Happened.INVITED, user, new=True)
        elif user.ended_at is not None:
            user.ended_at = None
            store(trace, Happened.INVITED, user)
        else:
            trace.note(Happened.INVITED, "person", user.id)
        for school in sorted(invitation.schools):
            _admit(trace.beside(school), user, school, invitation.role)
        links.forget(user.id)
        if user.password is not None:
            return None
        if not _all_managed(user.id, own):
            raise CannotBeDone("This person has not taken up an invitation to another school yet. Invite them once they have.")
        return links.make(Purpose.INVITATION, at, user.id)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Whom to invite, as what, and where."""

    name: str
    email: str
    role: Role
    schools: tuple[UUID, ...]


def invite_again(by: Actor, member: Member, at: datetime) -> str:
    """A new invitation link for somebody who has not taken up the first; that one stops working."""
    if member.has_joined:
        raise CannotBeDone("This person has joined already. Make a link for a new password instead.")
    return _link(by, member, Purpose.INVITATION, at)


def make_reset_link(by: Actor, member: Member, at: datetime) -> str:
    """A link with which somebody who lost their password chooses a new one."""
    if not member.has_joined:
        raise CannotBeDone("This person has not joined yet. Make a new invitation link instead.")
    return _link(by, member, Purpose.RESET, at)


def change_role(by: Actor, member: Member, role: Role, at: datetime) -> bool:
    """Give a person another role in the actor's school; whether it differs from the present one."""
    _demand_over(by, member)
    before = member.membership.role
    if role == before:
        return False
    with recording(by, at) as trace:
        _keep_a_manager(member, role)
        member.membership.role = role
        store(trace, Happened.ACCESS_CHANGED, member.membership, {"role": (before, role)})
    return True


def end_access(by: Actor, member: Member, at: datetime) -> None:
    """Take a person's access to the actor's school away; their sessions and tokens there end with it."""
    _demand_over(by, member)
    with recording(by, at) as trace:
        _keep_a_manager(member, None)
        member.membership.ended_at = at
        store(trace, Happened.ACCESS_ENDED, member.membership, {"role": (member.membership.role, None)})
        tokens.end_all(trace, member.user.id, member.school)
        here = (Session.user == member.user.id) & (Session.school == by.school) & Session.ended_at.is_null()
        Session.update(ended_at=at).where(here).execute()


def take_up(link: OneUseLink, password: str, at: datetime) -> User:
    """Take up an invitation, or choose a new password by a link; `password` as it is stored. All sessions end."""
    user = person(links.owner_of(link))
    happened = Happened.JOINED if link.purpose == Purpose.INVITATION else Happened.PASSWORD_CHANGED
    with recording(Actor("by link", user=user.id), at, chain=INSTALLATION) as trace:
        if not links.use(link, at):
            raise CannotBeDone("This link has been used already. Sign in, or ask for a new one.")
        links.forget(user.id)
        user.password = password
        store(trace, happened, user)
        Session.update(ended_at=at).where((Session.user == user.id) & Session.ended_at.is_null()).execute()
    return user


def change_password(by: Actor, password: str, at: datetime, keep: UUID) -> None:
    """Change one's own password, given as it is stored; every session but `keep` ends, and so do links for a new one."""
    require(by, Permission.OWN_ACCOUNT)
    user = person(by.user)
    with recording(by, at, chain=INSTALLATION) as trace:
        user.password = password
        store(trace, Happened.PASSWORD_CHANGED, user)
        links.forget(user.id)
        others = (Session.user == user.id) & (Session.id != keep) & Session.ended_at.is_null()
        Session.update(ended_at=at).where(others).execute()


def renew_hash(user: User, password: str, at: datetime) -> None:
    """Store the same password at today's cost, after a sign-in proved it."""
    user.password = password
    with recording(Actor.robot("password cost"), at, chain=INSTALLATION) as trace:
        store(trace, Happened.CHANGED, user)


def end_session(by: Actor, session: UUID, at: datetime) -> None:
    """End one of one's own sessions; raises NoSuchPerson for anybody else's."""
    with recording(by, at, chain=INSTALLATION) as trace:
        own = (Session.id == session) & (Session.user == by.user) & Session.ended_at.is_null()
        if not Session.update(ended_at=at).where(own).execute():
            raise NoSuchPerson("There is no such session.")
        trace.note(Happened.SESSION_ENDED, "session", session)


def person(user: UUID | None) -> User:
    """A person by id; raises NoSuchPerson when there is none, or their account has ended."""
    found: User | None = User.get_or_none((User.id == user) & User.ended_at.is_null())
    if found is None:
        raise NoSuchPerson("There is no such person.")
    return found


def _memberships(condition: Any) -> Any:
    return (
        Membership.select(Membership, User).join(User, on=Membership.user == User.id, attr="person").where(condition & Membership.ended_at.is_null())
    )


def _member(membership: Membership, user: User) -> Member:
    return Member(membership, user, str(user.name), str(user.email))


def _admit(trace: Trace, user: User, school: UUID, role: Role) -> None:
    """Give a person access to a school, for the first time or again; raises CannotBeDone when they have it."""
    member: Membership | None = Membership.get_or_none((Membership.school == school) & (Membership.user == user.id))
    if member is None:
        member = Membership(id=new_id(), school=school, user=user.id, role=role, created_at=trace.at)
        store(trace, Happened.ACCESS_CHANGED, member, {"role": (None, role)}, new=True)
    elif member.ended_at is None:
        raise CannotBeDone("This person has access to that school already. Change their role on their own page instead.")
    else:
        member.role, member.ended_at = role, None
        store(trace, Happened.ACCESS_CHANGED, member, {"role": (None, role)})


def _all_managed(user: UUID, managed: Iterable[UUID]) -> bool:
    return {school.id for school, _role in schools_of(user)} <= set(managed)


def _link(by: Actor, member: Member, purpose: Purpose, at: datetime) -> str:
    """A link into somebody's account, made only by those who manage every school that it opens."""
    _demand_over(by, member)
    with recording(by, at, chain=INSTALLATION) as trace:  # the same turn as invitations, so that no school is added meanwhile
        if not _all_managed(member.user.id, (school.id for school in managed_schools(by))):
            raise CannotBeDone(
                "This person also works in a school that you do not manage, and the link would open that too. Ask somebody who manages all of them."
            )
        trace.note(Happened.RESET_LINK_MADE if purpose is Purpose.RESET else Happened.INVITED, "person", member.user.id)
        return links.make(purpose, at, member.user.id)


def _demand_over(by: Actor, member: Member) -> None:
    require(by, Permission.MANAGE_PEOPLE)
    if by.school != member.school:
        raise NoSuchPerson("There is no such person here.")
    if by.user == member.user.id:
        raise CannotBeDone("Nobody changes their own access. Ask another headteacher or administrator of your school.")


def _keep_a_manager(member: Member, role: Role | None) -> None:
    """Raise CannotBeDone when nobody who manages people would be left in the school."""
    if role in MANAGERS or member.membership.role not in MANAGERS:
        return
    others = _memberships(
        (Membership.school == member.school)
        & (Membership.user != member.user.id)
        & Membership.role.in_([each.value for each in MANAGERS])
        & User.password.is_null(False)
    )
    if not others.exists():
        raise CannotBeDone("This is the last person who manages people in this school. Give somebody else that role first.")
