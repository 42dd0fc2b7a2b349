"""Who gets in, as what, by whom, and who never can."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from models.audit import AuditEntry
from models.roles import Role
from models.school import School
from models.user import Membership, OneUseLink, Session, User
from registry.access import Forbidden
from registry.accounts import links, people
from registry.accounts.links import Purpose
from registry.accounts.passwords import Passwords, weakness
from registry.accounts.people import Invitation, Member
from registry.actor import Actor
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, recording
from registry.trace.verification import chains, verify_chain, verify_rows
from tests.people import NOW, Person

STORED = Passwords(64).hash("seven otters juggle marmalade")


@pytest.fixture(autouse=True)
def nothing_is_left_that_does_not_verify(database: str) -> Iterator[None]:
    """Whatever a test did, the trace and the rows agree afterwards."""
    yield
    assert [fault for chain in chains() for fault in verify_chain(chain)] == []
    assert list(verify_rows()) == []


def invitation(school: School | UUID, email: str = "new@quillbrook.example", role: Role = Role.OFFICE) -> Invitation:
    return Invitation(name="Nell Abara", email=email, role=role, schools=(school if isinstance(school, UUID) else school.id,))


def member(hana: Person, person: Person) -> Member:
    return people.find_member(hana.actor, person.user)


def let_in(person: Person, school: School, role: Role) -> None:
    """Give somebody a role in a school without asking anybody."""
    with recording(Actor.robot("tests"), NOW, chain=school.id) as trace:
        store(trace, Happened.ACCESS_CHANGED, Membership(school=school.id, user=person.user, role=role, created_at=NOW), new=True)


def test_an_invited_person_has_a_role_and_chooses_a_password_by_the_link(hana: Person, school: School) -> None:
    secret = people.invite(hana.actor, invitation(school), NOW)
    assert secret is not None
    link = links.find(Purpose.INVITATION, secret, NOW)
    assert link is not None
    user = people.take_up(link, STORED, NOW)
    assert people.schools_of(user.id) == [(School.get_by_id(school.id), Role.OFFICE)]
    assert people.by_email("NEW@quillbrook.example") == user
    assert user.password == STORED


def test_a_link_works_once_for_its_time_and_its_purpose(hana: Person, school: School) -> None:
    secret = people.invite(hana.actor, invitation(school), NOW)
    assert secret is not None
    assert links.find(Purpose.RESET, secret, NOW) is None
    assert links.find(Purpose.INVITATION, secret, NOW + timedelta(days=7)) is None
    link = links.find(Purpose.INVITATION, secret, NOW + timedelta(days=7, seconds=-1))
    assert link is not None
    people.take_up(link, STORED, NOW)
    assert links.find(Purpose.INVITATION, secret, NOW) is None
    with pytest.raises(CannotBeDone):
        people.take_up(link, Passwords(64).hash("another one altogether"), NOW)
    assert User.get_by_id(links.owner_of(link)).password == STORED


def test_the_secret_of_a_link_is_not_in_the_database(hana: Person, school: School) -> None:
    secret = people.invite(hana.actor, invitation(school), NOW)
    assert secret is not None
    assert secret not in OneUseLink.get().token


def test_a_new_link_makes_the_old_one_useless(hana: Person, school: School) -> None:
    first = people.invite(hana.actor, invitation(school), NOW)
    newcomer = people.by_email("new@quillbrook.example")
    assert first is not None
    assert newcomer is not None
    second = people.invite_again(hana.actor, people.find_member(hana.actor, newcomer.id), NOW)
    assert links.find(Purpose.INVITATION, first, NOW) is None
    assert links.find(Purpose.INVITATION, second, NOW) is not None


def test_somebody_with_an_account_gets_access_but_no_link_and_keeps_their_name(hana: Person, otto: Person, school: School) -> None:
    assert people.invite(hana.actor, invitation(school, otto.email, Role.DPO), NOW) is None
    assert [role for _school, role in people.schools_of(otto.user)] == [Role.DPO, Role.DPO]
    assert people.find_member(hana.actor, otto.user).name == otto.name


def test_nobody_is_invited_twice_to_one_school(hana: Person, ola: Person, school: School) -> None:
    with pytest.raises(CannotBeDone):
        people.invite(hana.actor, invitation(school, ola.email, Role.DPO), NOW)
    assert member(hana, ola).membership.role is Role.OFFICE


def test_an_invitation_to_several_schools_is_all_or_nothing(hana: Person, ola: Person, school: School, other_school: School) -> None:
    let_in(hana, other_school, Role.HEADTEACHER)
    both = Invitation(name="Ola Brandt", email=ola.email, role=Role.OFFICE, schools=(other_school.id, school.id))
    with pytest.raises(CannotBeDone):
        people.invite(hana.actor, both, NOW)
    assert len(people.schools_of(ola.user)) == 1


def test_nobody_invites_to_a_school_they_do_not_manage(hana: Person, other_school: School) -> None:
    with pytest.raises(Forbidden):
        people.invite(hana.actor, invitation(other_school), NOW)
    let_in(hana, other_school, Role.DPO)
    with pytest.raises(Forbidden):
        people.invite(hana.actor, invitation(other_school), NOW)
    assert people.by_email("new@quillbrook.example") is None


@pytest.mark.parametrize("key", ["dev", "dina", "ola", "ian", "tess", "gus"])
def test_only_those_who_manage_people_see_or_change_them(people_: dict[str, Person], school: School, hana: Person, key: str) -> None:
    actor, somebody = people_[key].actor, member(hana, people_["ola"])
    for deed in (
        lambda: people.members(actor, school.id),
        lambda: people.find_member(actor, somebody.user.id),
        lambda: people.invite(actor, invitation(school), NOW),
        lambda: people.change_role(actor, somebody, Role.DPO, NOW),
        lambda: people.end_access(actor, somebody, NOW),
        lambda: people.make_reset_link(actor, somebody, NOW),
    ):
        with pytest.raises(Forbidden):
            deed()


@pytest.fixture
def people_(people: dict[str, Person]) -> dict[str, Person]:
    """Everybody, under a name that the module of deeds leaves free."""
    return people


def test_a_changed_role_is_in_the_trace_with_the_old_and_the_new(hana: Person, ola: Person) -> None:
    assert people.change_role(hana.actor, member(hana, ola), Role.DSL, NOW)
    entry = AuditEntry.get((AuditEntry.deed == Happened.ACCESS_CHANGED.value) & (AuditEntry.actor == hana.user.hex))
    assert entry.changed == " role "
    assert not people.change_role(hana.actor, member(hana, ola), Role.DSL, NOW)


def test_two_changes_of_one_role_at_once_do_not_both_pass(hana: Person, ola: Person) -> None:
    first, second = member(hana, ola), member(hana, ola)
    people.change_role(hana.actor, first, Role.DSL, NOW)
    with pytest.raises(CannotBeDone):
        people.change_role(hana.actor, second, Role.TEACHER, NOW)


def test_nobody_changes_or_ends_their_own_access(hana: Person) -> None:
    for deed in (
        lambda: people.change_role(hana.actor, member(hana, hana), Role.DPO, NOW),
        lambda: people.end_access(hana.actor, member(hana, hana), NOW),
        lambda: people.make_reset_link(hana.actor, member(hana, hana), NOW),
    ):
        with pytest.raises(CannotBeDone):
            deed()


def test_the_last_person_who_manages_people_stays(hana: Person, ola: Person, school: School) -> None:
    people.change_role(hana.actor, member(hana, ola), Role.ADMIN, NOW)
    admin = Actor(ola.name, user=ola.user, role=Role.ADMIN, school=school.id)
    people.end_access(admin, people.find_member(admin, hana.user), NOW)
    somebody = Actor("Somebody", user=hana.user, role=Role.HEADTEACHER, school=school.id)
    last = people.find_member(admin, ola.user)
    with pytest.raises(CannotBeDone):
        people.end_access(somebody, last, NOW)
    with pytest.raises(CannotBeDone):
        people.change_role(somebody, last, Role.TEACHER, NOW)
    assert people.change_role(somebody, last, Role.HEADTEACHER, NOW)


def test_ended_access_ends_the_sessions_there_and_can_be_given_again(hana: Person, ola: Person, school: School) -> None:
    Session.create(token="x", user=ola.user, school=school.id, started_at=NOW, seen_at=NOW)
    people.end_access(hana.actor, member(hana, ola), NOW)
    assert Session.get().ended_at == NOW
    with pytest.raises(people.NoSuchPerson):
        member(hana, ola)
    assert people.invite(hana.actor, invitation(school, ola.email, Role.TEACHER), NOW) is None
    assert member(hana, ola).membership.role is Role.TEACHER


def test_people_of_another_school_are_not_to_be_found(hana: Person, otto: Person, other_school: School) -> None:
    with pytest.raises(people.NoSuchPerson):
        people.find_member(hana.actor, otto.user)
    assert otto.user not in {each.user.id for each in people.members(hana.actor, hana.actor.school)}  # type: ignore[arg-type]


def test_a_link_into_an_account_is_made_only_by_those_who_manage_all_its_schools(hana: Person, ola: Person, other_school: School) -> None:
    assert links.find(Purpose.RESET, people.make_reset_link(hana.actor, member(hana, ola), NOW), NOW)
    let_in(ola, other_school, Role.DPO)
    with pytest.raises(CannotBeDone):
        people.make_reset_link(hana.actor, member(hana, ola), NOW)


def test_an_invitation_of_another_school_that_waits_is_not_taken_over(hana: Person, otto: Person, school: School, other_school: School) -> None:
    let_in(hana, other_school, Role.HEADTEACHER)
    first = people.invite(hana.actor, invitation(other_school, role=Role.HEADTEACHER), NOW)
    with recording(hana.actor, NOW, chain=other_school.id) as trace:
        own = Membership.get((Membership.user == hana.user) & (Membership.school == other_school.id))
        own.ended_at = NOW
        store(trace, Happened.ACCESS_ENDED, own)
    with pytest.raises(CannotBeDone):
        people.invite(hana.actor, invitation(school), NOW)
    assert first is not None
    link = links.find(Purpose.INVITATION, first, NOW)
    assert link is not None
    newcomer = people.take_up(link, STORED, NOW)
    assert people.invite(hana.actor, invitation(school), NOW) is None
    assert len(people.schools_of(newcomer.id)) == 2


def test_a_link_made_at_one_school_never_opens_another_that_came_later(hana: Person, ola: Person, otto: Person, other_school: School) -> None:
    secret = people.make_reset_link(hana.actor, member(hana, ola), NOW)
    head = Actor(otto.name, user=otto.user, role=Role.HEADTEACHER, school=other_school.id)
    own = Membership.get((Membership.user == otto.user) & (Membership.school == other_school.id))
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        own.role = Role.HEADTEACHER
        store(trace, Happened.ACCESS_CHANGED, own)
    assert people.invite(head, invitation(other_school, ola.email), NOW) is None
    assert links.find(Purpose.RESET, secret, NOW) is None


def test_a_new_password_ends_every_session_and_every_link(hana: Person, ola: Person, school: School) -> None:
    Session.create(token="x", user=ola.user, school=school.id, started_at=NOW, seen_at=NOW)
    kept = Session.create(token="y", user=ola.user, school=school.id, started_at=NOW, seen_at=NOW)
    secret = people.make_reset_link(hana.actor, member(hana, ola), NOW)
    people.change_password(ola.actor, STORED, NOW, keep=kept.id)
    assert [row.token for row in Session.select().where(Session.ended_at.is_null())] == ["y"]
    assert links.find(Purpose.RESET, secret, NOW) is None


def test_managers_are_named_headteachers_first_and_only_when_they_have_joined(hana: Person, ola: Person, school: School) -> None:
    people.change_role(hana.actor, member(hana, ola), Role.ADMIN, NOW)
    people.invite(hana.actor, invitation(school, role=Role.HEADTEACHER), NOW)
    assert people.names_of_managers(school.id) == ["Hana Whitlow", "Ola Brandt"]


WEAK = ["", "short", "password1234", "aaaaaaaaaaaaaaaa", "hanawhitlow12", "Whitlow-Hana", "quillbrookprimary", "123456789012", "x" * 201]


@pytest.mark.parametrize("password", WEAK)
def test_a_password_that_is_easy_to_guess_is_refused_with_what_to_do(password: str) -> None:
    said = weakness(password, ["Hana Whitlow", "hana@quillbrook.example", "Quillbrook Primary School"])
    assert said is not None
    assert "Use " in said or "Enter " in said


@pytest.mark.parametrize(
    "password", ["correct horse battery staple", "seven otters juggle marmalade", "gT7#kq9!wZ", "x9" * 20 + "seven otters juggle marmalade" * 2]
)
def test_a_password_that_is_hard_to_guess_will_do(password: str) -> None:
    assert weakness(password, ["Hana Whitlow"]) is None
