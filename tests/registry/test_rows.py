"""Rows that are not of a register are stored with their trace and their seal, and only as the version that was read."""


import pytest

from models.audit import AuditEntry
from models.roles import Role
from models.school import School
from models.user import Membership
from registry.rows import CannotBeDone, set_answers, store
from registry.trace.audit import Happened, changes_of, recording
from registry.trace.verification import verify_chain, verify_rows
from tests.people import NOW, Person


def test_a_row_is_stored_with_its_trace_and_its_seal(hana: Person, tess: Person, school: School) -> None:
    member = Membership.get(Membership.user == tess.user)
    changes = set_answers(member, {"role": Role.OFFICE})
    with recording(hana.actor, NOW) as trace:
        store(trace, Happened.ACCESS_CHANGED, member, changes)
    assert (Membership.get_by_id(member.id).role, Membership.get_by_id(member.id).version) == (Role.OFFICE, member.version)
    entry = AuditEntry.select().where(AuditEntry.record == member.id).order_by(AuditEntry.number.desc()).get()
    assert (entry.subject, changes_of(entry)) == ("membership", {"role": ["teacher", "office"]})
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_the_second_of_two_saves_is_refused_and_leaves_nothing(hana: Person, tess: Person) -> None:
    mine, theirs = (Membership.get(Membership.user == tess.user) for _ in range(2))
    with recording(hana.actor, NOW) as trace:
        theirs.role = Role.OFFICE
        store(trace, Happened.ACCESS_CHANGED, theirs)
    before = AuditEntry.select().count()
    mine.role = Role.HEADTEACHER
    with pytest.raises(CannotBeDone, match="Somebody else has changed this"), recording(hana.actor, NOW) as trace:
        store(trace, Happened.ACCESS_CHANGED, mine)
    assert (Membership.get_by_id(mine.id).role, AuditEntry.select().count()) == (Role.OFFICE, before)


def test_only_answers_that_differ_are_set(school: School) -> None:
    row = School.get_by_id(school.id)
    assert set_answers(row, {"name": row.name, "urn": "100009"}) == {"urn": ("100001", "100009")}
    assert row.urn == "100009"
