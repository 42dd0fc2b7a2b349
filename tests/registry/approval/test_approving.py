"""A record is frozen when it is approved, by somebody who did not write it, and never changed again."""

from dataclasses import replace
from typing import Any

import pytest

from models import doors
from models.school import School
from models.user import Membership
from models.version import ApprovalStep, ApprovedVersion
from models.vocabulary.advice import Advice
from registry import records
from registry.access import Forbidden
from registry.approval import approving, versions
from registry.checks import findings_of
from registry.records import Conflict, NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone, store
from registry.talk import notices
from registry.trace import history
from registry.trace.audit import Happened, recording
from registry.trace.verification import verify_chain, verify_rows
from tests.people import Person
from tests.registry.approvals import add_complete, approve, fresh, seen
from tests.tampering import behind_its_back, sql

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def trips(ola: Person, occasion: Occasion) -> Any:
    """An activity that Ola wrote, and in which nothing is missing."""
    row = add_complete(ola, occasion)
    assert [found for found in findings_of(PROCESSING, row, occasion.school) if found.severity == "error"] == []
    return row


def test_an_approved_record_is_frozen_with_its_links_and_the_advice(
    trips: Any, hana: Person, dev: Person, occasion: Occasion, school: School
) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.change(PROCESSING, trips, {"assets": (asset.id,)}, occasion)
    approving.ask(PROCESSING, seen(trips), "Before the summer", occasion)
    approving.advise(PROCESSING, seen(trips), Advice.AGREES, "Well written", occasion=occasion)
    approving.approve(PROCESSING, seen(trips), "", replace(occasion, by=hana.actor))
    row = fresh(PROCESSING, trips, occasion)
    assert (row.approved_number, row.is_as_approved, row.version) == (1, True, trips.version + 1)
    version = versions.find(PROCESSING, row, 1, occasion.by)
    assert (version.approved_by, version.advised_by, version.row.verdict) == ("Hana Whitlow", "Dev Marchetti", Advice.AGREES)
    assert (version.row.advice, version.row.reasons, version.row.froze, version.row.error_count) == ("Well written", None, trips.version, 0)
    answers = version.frozen.by_name
    assert (answers["purpose"].value, answers["art6"].lines) == ("To take pupils out safely", ("Public task",)) or answers["art6"].lines
    assert [(link.id, link.reference, link.name) for link in answers["assets"].links] == [(asset.id, "IA-0001", "Paper files")]
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_it_is_told_in_the_history_of_the_record(trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    approve(trips, dev, hana, occasion)
    told = [line.sentence for line in history.of_record(PROCESSING, trips, occasion.by).lines]
    assert told[:2] == ["Hana Whitlow approved this processing activity", "Dev Marchetti gave advice on this processing activity"]


def test_versions_are_numbered_and_each_stays_what_it_was(trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    approve(trips, dev, hana, occasion)
    row = fresh(PROCESSING, trips, occasion)
    records.change(PROCESSING, row, {"purpose": "To learn outside"}, occasion)
    assert not fresh(PROCESSING, trips, occasion).is_as_approved
    approve(trips, dev, hana, occasion)
    row = fresh(PROCESSING, trips, occasion)
    assert [version.number for version in versions.versions_of(PROCESSING, row, occasion.by)] == [2, 1]
    first, second = (versions.find(PROCESSING, row, number, occasion.by).frozen for number in (1, 2))
    assert [(each.label, each.words_before, each.words_after) for each in versions.differences(PROCESSING, first, second, occasion.by)] == [
        ("Purpose", ("To take pupils out safely",), ("To learn outside",))
    ]


def test_the_author_of_the_last_change_cannot_approve(trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    by_hana = replace(occasion, by=hana.actor)
    records.change(PROCESSING, trips, {"purpose": "Fresh air"}, by_hana)
    approving.advise(PROCESSING, seen(trips), Advice.AGREES, "", occasion=occasion)
    with pytest.raises(CannotBeDone, match=r"You cannot approve it alone: you wrote the last change\. Nobody else here may approve it"):
        approving.approve(PROCESSING, seen(trips), "", by_hana)
    records.change(PROCESSING, trips, {"notes": "Read by the office"}, occasion)
    assert approve(trips, dev, hana, occasion).number == 1


def test_of_two_who_approve_assets_the_other_one_does(hana: Person, dev: Person, occasion: Occasion) -> None:
    asset = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    errors = [found for found in findings_of(ASSETS, asset, occasion.school) if found.severity == "error"]
    if errors:
        pytest.fail(str(errors))
    with pytest.raises(CannotBeDone, match=r"You cannot approve it alone: you wrote the last change\. Ask Hana Whitlow to approve it\."):
        approving.approve(ASSETS, seen(asset), "", occasion)
    assert approving.approve(ASSETS, seen(asset), "", replace(occasion, by=hana.actor)).advised_by is None


@pytest.mark.parametrize("deed", ["archive", "resealed", "comment"])
def test_what_changes_no_answer_leaves_a_record_as_approved(deed: str, trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    approve(trips, dev, hana, occasion)
    row = fresh(PROCESSING, trips, occasion)
    if deed == "archive":
        records.archive(PROCESSING, row, occasion)
        records.restore(PROCESSING, row, occasion)
    else:
        with recording(occasion.by, occasion.at) as trace:
            trace.note(Happened.RESEALED if deed == "resealed" else Happened.COMMENTED, "activity", row.id)
    assert fresh(PROCESSING, trips, occasion).is_as_approved


def test_a_link_made_from_the_other_end_is_a_change(trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    approve(trips, dev, hana, occasion)
    records.add(ASSETS, {"name": "Paper files", "processing": (trips.id,)}, occasion)
    row = fresh(PROCESSING, trips, occasion)
    assert not row.is_as_approved
    found = versions.differences(
        PROCESSING, versions.find(PROCESSING, row, 1, occasion.by).frozen, approving.freeze(PROCESSING, row), occasion.by, is_live=True
    )
    assert [(each.words_before, each.words_after) for each in found] == [((), ("Paper files (IA-0001)",))]


def test_what_is_confirmed_has_no_new_author(hana: Person, dev: Person, occasion: Occasion, school: School) -> None:
    row = add_complete(dev, occasion)
    sql("UPDATE activity SET starter = ? WHERE id = ?", True, row.id.bytes)
    row = fresh(PROCESSING, row, occasion)
    with pytest.raises(CannotBeDone, match="Nobody has checked this starter entry yet"):
        approving.ask(PROCESSING, seen(row), "", occasion)
    records.confirm(PROCESSING, row, replace(occasion, by=hana.actor))
    assert approve(row, dev, hana, occasion).number == 1


def test_advice_on_what_was_changed_since_does_not_count(trips: Any, hana: Person, occasion: Occasion) -> None:
    approving.advise(PROCESSING, seen(trips), Advice.AGREES, "", occasion=occasion)
    records.change(PROCESSING, trips, {"notes": "New"}, occasion)
    with pytest.raises(CannotBeDone, match="Advice comes first: Dev Marchetti has not given any on it as it is now"):
        approving.approve(PROCESSING, seen(trips), "", replace(occasion, by=hana.actor))


def test_approving_against_advice_keeps_the_reasons(trips: Any, hana: Person, occasion: Occasion) -> None:
    by_hana = replace(occasion, by=hana.actor)
    with pytest.raises(CannotBeDone, match="Write what should be different"):
        approving.advise(PROCESSING, seen(trips), Advice.AGAINST, "", occasion=occasion)
    approving.advise(PROCESSING, seen(trips), Advice.AGAINST, "Too much is asked for", occasion=occasion)
    with pytest.raises(CannotBeDone, match="Write why you approve it"):
        approving.approve(PROCESSING, seen(trips), "", by_hana)
    version = approving.approve(PROCESSING, seen(trips), "The trip is tomorrow", by_hana)
    assert (version.verdict, version.advice, version.reasons) == (Advice.AGAINST, "Too much is asked for", "The trip is tomorrow")


def test_only_the_record_that_was_looked_at_is_approved(trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    looked_at = seen(trips)
    records.change(PROCESSING, trips, {"notes": "While you read"}, occasion)
    approving.advise(PROCESSING, seen(trips), Advice.AGREES, "", occasion=occasion)
    for deed in (approving.ask, approving.approve):
        with pytest.raises(Conflict):
            deed(PROCESSING, looked_at, "", replace(occasion, by=hana.actor))
    with pytest.raises(Conflict):
        approving.advise(PROCESSING, looked_at, Advice.AGREES, "", occasion=occasion)


def test_nothing_is_approved_twice(trips: Any, hana: Person, dev: Person, occasion: Occasion) -> None:
    approve(trips, dev, hana, occasion)
    with pytest.raises(CannotBeDone, match="Nothing has changed since version 1 was approved"):
        approving.approve(PROCESSING, seen(fresh(PROCESSING, trips, occasion)), "", replace(occasion, by=hana.actor))


def test_whoever_saves_what_was_approved_meanwhile_is_told(trips: Any, hana: Person, dev: Person, occasion: Occasion, school: School) -> None:
    opened = fresh(PROCESSING, trips, occasion)
    approve(trips, dev, hana, occasion)
    with pytest.raises(Conflict):
        records.change(PROCESSING, opened, {"purpose": "Typed before"}, occasion)
    assert [*verify_rows()] == []


def test_roles_that_are_not_named_neither_advise_nor_approve(trips: Any, ola: Person, gus: Person, hana: Person, occasion: Occasion) -> None:
    for person in (ola, gus):
        with pytest.raises(Forbidden):
            approving.approve(PROCESSING, seen(trips), "", replace(occasion, by=person.actor))
        with pytest.raises(Forbidden):
            approving.advise(PROCESSING, seen(trips), Advice.AGREES, "", occasion=replace(occasion, by=person.actor))
    with pytest.raises(Forbidden):
        approving.approve(PROCESSING, seen(trips), "", occasion)
    with pytest.raises(Forbidden):
        approving.advise(PROCESSING, seen(trips), Advice.AGREES, "", occasion=replace(occasion, by=hana.actor))
    with pytest.raises(Forbidden):
        approving.ask(PROCESSING, seen(trips), "", replace(occasion, by=gus.actor))


def test_another_school_finds_no_record_and_no_version(trips: Any, hana: Person, dev: Person, occasion: Occasion, elsewhere: Occasion) -> None:
    approve(trips, dev, hana, occasion)
    row = fresh(PROCESSING, trips, occasion)
    with doors.looking_at(elsewhere.by.school or trips.id):
        with pytest.raises(NotFound):
            approving.advise(PROCESSING, seen(row), Advice.AGREES, "", occasion=elsewhere)
        with pytest.raises(NotFound):
            versions.find(PROCESSING, row, 1, elsewhere.by)
        assert versions.versions_of(PROCESSING, row, elsewhere.by) == []


def test_nobody_is_asked_who_has_left(trips: Any, dev: Person, hana: Person, occasion: Occasion) -> None:
    membership = Membership.get(Membership.user == hana.user)
    membership.ended_at = occasion.at
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.ACCESS_ENDED, membership)
    standing = approving.standing_of(PROCESSING, trips, dev.actor, findings=())
    assert ([each.name for each in standing.approvers], [each.name for each in standing.advisers]) == ([], ["Dev Marchetti"])


def test_those_whose_turn_it_is_are_told(trips: Any, ola: Person, hana: Person, dev: Person, occasion: Occasion) -> None:
    approving.ask(PROCESSING, seen(trips), "", replace(occasion, by=ola.actor))
    assert [notice.sentence for notice in notices.notices(dev.actor).lines] == ["Ola Brandt asked for approval of PA-0001"]
    assert notices.unread(hana.actor) == 0
    approve(trips, dev, hana, occasion)
    assert [notice.sentence for notice in notices.notices(hana.actor).lines] == ["Dev Marchetti gave advice, before you approve it, on PA-0001"]
    assert [notice.sentence for notice in notices.notices(ola.actor).lines] == ["Hana Whitlow approved PA-0001"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE approved_version SET number = 7", "The approved version"),
        ("UPDATE approved_version SET warning_count = 3", "The approved version"),
        ("UPDATE approved_version SET answers = ?", "The approved version"),
        ("DELETE FROM approved_version", "The approved version"),
        ("UPDATE approval_step SET verdict = 'against'", "The step before an approval"),
        ("UPDATE activity SET approved_number = 2", "Processing activity PA-0001"),
        ("UPDATE activity SET approved_version = 90", "Processing activity PA-0001"),
    ],
)
def test_whatever_is_altered_behind_the_programs_back_is_named(
    statement: str, named: str, trips: Any, hana: Person, dev: Person, occasion: Occasion
) -> None:
    approve(trips, dev, hana, occasion)
    assert [*verify_rows()] == []
    with behind_its_back():
        sql(statement, *([b"something else"] if "?" in statement else []))
        faults = [fault.message for fault in verify_rows()]
    assert len(faults) == 1
    assert faults[0].startswith(named)
    assert "PA-0001" in faults[0] or statement.startswith("DELETE")
    assert "behind the program's back" in faults[0]


def test_versions_and_steps_belong_to_the_school(trips: Any, hana: Person, dev: Person, occasion: Occasion, school: School) -> None:
    approve(trips, dev, hana, occasion)
    assert {row.school_id for table in (ApprovedVersion, ApprovalStep) for row in table.select()} == {school.id}
    assert SUPPLIERS.access.approve
