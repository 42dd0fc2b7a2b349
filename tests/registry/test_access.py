from dataclasses import dataclass
from uuid import UUID

import pytest

from models.roles import Role
from registry.access import (
    EVERYBODY,
    LEADERS,
    NOBODY,
    POLICY,
    Access,
    Deed,
    Forbidden,
    Permission,
    Roles,
    allowed,
    has_versions,
    may,
    require,
    school_of,
)
from registry.actor import Actor

DEV = Actor("Dev", user=UUID(int=1), role=Role.DPO, school=UUID(int=9))
TESS = Actor("Tess", user=UUID(int=2), role=Role.TEACHER, school=UUID(int=9))
GUS = Actor("Gus", user=UUID(int=3), role=Role.GOVERNOR, school=UUID(int=9))
NOBODY_YET = Actor("a visitor", user=UUID(int=4))
ROBOT = Actor.robot("reminders", UUID(int=9))


@dataclass(frozen=True)
class Drawer:
    """Something with an access of its own."""

    access: Access


@dataclass(frozen=True)
class Narrow:
    """A question that narrows who may see or change it."""

    see: Roles | None = None
    change: Roles | None = None


OPEN = Drawer(Access(see=LEADERS | {Role.TEACHER, Role.GOVERNOR}, add=LEADERS | {Role.TEACHER}, change=LEADERS, export=LEADERS | {Role.ADMIN}))
SHUT = Drawer(Access())


def test_a_register_that_names_nobody_opens_to_nobody() -> None:
    assert all(allowed(deed, SHUT) == NOBODY for deed in Deed)
    assert not any(may(DEV, deed, SHUT) for deed in Deed)


def test_a_deed_without_a_register_is_nobodys() -> None:
    assert allowed(Deed.SEE, None) == NOBODY
    assert not may(DEV, Deed.SEE)


def test_each_deed_is_open_to_the_roles_named_for_it() -> None:
    assert may(TESS, Deed.SEE, OPEN)
    assert may(TESS, Deed.ADD, OPEN)
    assert not may(TESS, Deed.CHANGE, OPEN)
    assert not may(DEV, Deed.ERASE, OPEN)
    assert may(GUS, Deed.SEE, OPEN)
    assert not may(GUS, Deed.ADD, OPEN)


def test_nobody_does_anything_to_what_they_may_not_see() -> None:
    assert Role.ADMIN in OPEN.access.export
    assert Role.ADMIN not in allowed(Deed.EXPORT, OPEN)


@pytest.mark.parametrize("deed", list(Deed))
def test_a_question_narrows_every_deed_by_who_may_see_it(deed: Deed) -> None:
    assert allowed(deed, OPEN, Narrow(see=frozenset({Role.DPO}))) == allowed(deed, OPEN) & {Role.DPO}


def test_a_question_narrows_who_answers_it_but_not_who_reads_it() -> None:
    only_the_head = Narrow(change=frozenset({Role.HEADTEACHER}))
    assert allowed(Deed.ADD, OPEN, only_the_head) == {Role.HEADTEACHER}
    assert allowed(Deed.CHANGE, OPEN, only_the_head) == {Role.HEADTEACHER}
    assert allowed(Deed.SEE, OPEN, only_the_head) == allowed(Deed.SEE, OPEN)
    assert allowed(Deed.EXPORT, OPEN, only_the_head) == allowed(Deed.EXPORT, OPEN)


@pytest.mark.parametrize("deed", list(Deed))
def test_a_question_never_widens_what_its_register_allows(deed: Deed) -> None:
    assert allowed(deed, OPEN, Narrow(see=EVERYBODY, change=EVERYBODY)) == allowed(deed, OPEN)
    assert allowed(deed, OPEN, Narrow()) == allowed(deed, OPEN)


def test_a_person_without_a_role_may_do_nothing() -> None:
    assert not any(may(NOBODY_YET, deed, OPEN) for deed in Deed)
    assert not any(may(NOBODY_YET, permission) for permission in Permission)


def test_only_where_somebody_approves_there_are_versions() -> None:
    assert not has_versions(OPEN)
    assert has_versions(Drawer(Access(see=LEADERS, approve=LEADERS)))
    assert not has_versions(Drawer(Access(approve=LEADERS))), "nobody approves what they may not see"


def test_a_robot_may_do_what_it_was_started_for() -> None:
    assert all(may(ROBOT, deed, SHUT) for deed in Deed)
    assert all(may(ROBOT, permission) for permission in Permission)
    assert ROBOT.is_robot
    assert not DEV.is_robot


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_of_the_program_is_given_to_some_roles_and_worded(permission: Permission) -> None:
    assert POLICY[permission]
    assert permission.label
    for role in Role:
        assert may(Actor("somebody", user=UUID(int=5), role=role), permission) == (role in POLICY[permission])


OF_DEVICES = {
    *(Permission.IMPORT, Permission.HAND_OVER_DEVICES, Permission.REPORT_DEVICE_LOSS, Permission.CHECK_DEVICES),
    Permission.READ_DEVICE_LISTS,
}


def test_those_who_read_or_come_from_outside_hold_no_power_over_people_or_content() -> None:
    everyday = {Permission.SEARCH, Permission.SEE_MATRIX, Permission.USE_API, Permission.OWN_ACCOUNT}
    for role in (Role.GOVERNOR, Role.INSPECTOR):
        assert {permission for permission, roles in POLICY.items() if role in roles} == everyday | {Permission.SEE_BREACH_PICTURE, Permission.SEE_DUE}
    assert {permission for permission, roles in POLICY.items() if Role.IT_PROVIDER in roles} == everyday | {Permission.COMMENT} | OF_DEVICES
    of_teachers = {permission for permission, roles in POLICY.items() if Role.TEACHER in roles}
    assert of_teachers == everyday | {Permission.COMMENT, Permission.CHECK_IMAGES}


def test_the_administrator_looks_after_people_and_settings_and_reads_no_history() -> None:
    assert Role.ADMIN in POLICY[Permission.MANAGE_PEOPLE] & POLICY[Permission.CHANGE_SCHOOL]
    assert Role.ADMIN not in POLICY[Permission.READ_TRACE]


def test_requiring_what_is_allowed_says_nothing() -> None:
    require(DEV, Deed.CHANGE, OPEN)
    require(DEV, Permission.READ_TRACE)


def test_a_refusal_says_who_is_refused_what_and_names_no_record() -> None:
    with pytest.raises(Forbidden, match=r"^Teacher may not do this \(change\)\.$"):
        require(TESS, Deed.CHANGE, OPEN)
    with pytest.raises(Forbidden, match=r"^Nobody signed in may not do this \(read_trace\)\.$"):
        require(NOBODY_YET, Permission.READ_TRACE)


def test_an_actor_signs_with_an_id_and_a_robot_with_its_name() -> None:
    assert DEV.signature == UUID(int=1).hex
    assert "Dev" not in DEV.signature
    assert ROBOT.signature == "robot:reminders"


def test_who_has_no_school_in_view_acts_in_none() -> None:
    assert school_of(DEV) == DEV.school
    with pytest.raises(Forbidden):
        school_of(NOBODY_YET)
