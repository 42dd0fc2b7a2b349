"""A token does what its owner may and no more, for as long as it was made, and leaves an entry when it comes and goes."""

from datetime import timedelta

import pytest

from models.audit import AuditEntry
from models.base import db
from models.roles import Role
from models.school import School
from models.token import ApiToken, ApiTokenUse
from registry.access import POLICY, Permission
from registry.accounts import people, tokens
from registry.accounts.people import Invitation, Member
from registry.accounts.rights import rights_of, roles_within
from registry.accounts.tokens import NoSuchToken, TokenRefused, Wanted
from registry.actor import Actor
from registry.rows import CannotBeDone
from registry.trace.audit import Happened
from registry.trace.seals import verify_rows
from tests.bearing import TODAY, token_of
from tests.people import NOW, Person


def member(hana: Person, person: Person) -> Member:
    return people.find_member(hana.actor, person.user)


def only(person: Person) -> tokens.Held:
    (held,) = tokens.own(person.actor, TODAY)
    return held


def test_whoever_has_a_token_acts_as_its_owner_in_its_role_and_school(dev: Person, school: School) -> None:
    found = tokens.bearer(token_of(dev, Role.GOVERNOR), TODAY)
    assert found.actor == Actor("Dev Marchetti", dev.user, Role.GOVERNOR, school.id)
    assert found.school.name == "Quillbrook Primary School"


def test_only_a_keyed_digest_and_a_sealed_name_are_stored(dev: Person) -> None:
    secret = token_of(dev)
    row = ApiToken.get()
    assert secret.startswith(tokens.PREFIX)
    assert secret not in row.digest
    assert len(row.digest) == 64
    assert b"Monthly" not in bytes(row.__data__["name"])


@pytest.mark.parametrize("wrong", ["", "safehold_", "safehold_" + "a" * 43, "\ud800", "Ünknown"])
def test_a_token_that_was_never_made_is_refused(dev: Person, wrong: str) -> None:
    token_of(dev)
    with pytest.raises(TokenRefused, match="not known"):
        tokens.bearer(wrong, TODAY)


def test_a_token_works_through_its_last_day_and_not_after(dev: Person) -> None:
    secret = token_of(dev, days=30)
    assert tokens.bearer(secret, TODAY + timedelta(days=30))
    with pytest.raises(TokenRefused, match="expired"):
        tokens.bearer(secret, TODAY + timedelta(days=31))


def test_nobody_makes_a_token_above_their_own_role_or_for_longer_than_a_year(ola: Person) -> None:
    for name, role, days in (("x", Role.DPO, 30), ("x", Role.OFFICE, 366), (" ", Role.OFFICE, 1)):
        with pytest.raises(CannotBeDone):
            tokens.make(ola.actor, Wanted(name=name, role=role, days=days), NOW)
    assert ApiToken.select().count() == 0


@pytest.mark.parametrize("role", Role)
def test_a_role_no_higher_than_another_may_nothing_that_this_one_may_not(role: Role) -> None:
    assert roles_within(role)[0] is role
    for other in Role:
        assert (other in roles_within(role)) == (rights_of(other) <= rights_of(role))
        for permission in Permission:
            assert other not in roles_within(role) or other not in POLICY[permission] or role in POLICY[permission]


def test_a_role_that_changed_since_ends_what_the_token_may(hana: Person, dev: Person) -> None:
    above, below = token_of(dev), token_of(dev, Role.GOVERNOR)
    people.change_role(hana.actor, member(hana, dev), Role.HEADTEACHER, NOW)
    with pytest.raises(TokenRefused, match="role"):
        tokens.bearer(above, TODAY)
    assert tokens.bearer(below, TODAY).actor.role is Role.GOVERNOR
    people.change_role(hana.actor, member(hana, dev), Role.TEACHER, NOW)
    with pytest.raises(TokenRefused, match="role"):
        tokens.bearer(below, TODAY)


def test_tokens_end_with_the_access_and_do_not_come_back_with_it(hana: Person, dev: Person, school: School) -> None:
    secret = token_of(dev)
    people.end_access(hana.actor, member(hana, dev), NOW)
    with pytest.raises(TokenRefused):
        tokens.bearer(secret, TODAY)
    people.invite(hana.actor, Invitation(name=dev.name, email=dev.email, role=Role.DPO, schools=(school.id,)), NOW)
    with pytest.raises(TokenRefused):
        tokens.bearer(secret, TODAY)


def test_one_ends_ones_own_tokens_and_nobody_elses(dev: Person, ola: Person) -> None:
    secret = token_of(dev)
    with pytest.raises(NoSuchToken):
        tokens.end_own(ola.actor, only(dev).id, NOW)
    tokens.end_own(dev.actor, only(dev).id, NOW)
    assert tokens.own(dev.actor, TODAY) == []
    with pytest.raises(TokenRefused):
        tokens.bearer(secret, TODAY)


def test_those_who_manage_people_see_and_end_the_tokens_of_their_school_only(hana: Person, dev: Person, otto: Person) -> None:
    token_of(dev)
    theirs = token_of(otto)
    assert [held.owner for held in tokens.of_school(hana.actor, TODAY)] == ["Dev Marchetti"]
    with pytest.raises(NoSuchToken):
        tokens.end_in_school(hana.actor, only(otto).id, NOW)
    tokens.end_in_school(hana.actor, only(dev).id, NOW)
    assert tokens.of_school(hana.actor, TODAY) == []
    assert tokens.bearer(theirs, TODAY)


def test_making_and_ending_a_token_leave_entries_in_the_chain_of_its_school(dev: Person, school: School) -> None:
    token_of(dev)
    tokens.end_own(dev.actor, only(dev).id, NOW)
    deeds = [entry.deed for entry in AuditEntry.select().where(AuditEntry.chain == school.id).order_by(AuditEntry.number)][-2:]
    assert deeds == [Happened.TOKEN_MADE, Happened.TOKEN_ENDED]
    assert list(verify_rows()) == []


def test_the_day_of_use_is_kept_beside_the_sealed_row(dev: Person) -> None:
    found = tokens.bearer(token_of(dev), TODAY)
    assert found.used_on is None
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        tokens.note_use(found.token, day)
    assert ApiTokenUse.select().count() == 1
    assert only(dev).used_on == TODAY + timedelta(days=1)
    assert list(verify_rows()) == []


def test_a_token_that_was_tampered_with_is_named(dev: Person) -> None:
    secret = token_of(dev, Role.GOVERNOR)
    db.execute_sql("UPDATE api_token SET role = 'dpo'")
    assert ["The token" in fault.message for fault in verify_rows()] == [True]
    assert tokens.bearer(secret, TODAY).actor.role is Role.DPO, "never above what the owner may"
