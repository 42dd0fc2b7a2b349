"""Records are added, changed, linked and put away, each with its trace and seal."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from models import doors
from models.asset import Asset
from models.audit import AuditEntry
from models.base import db
from models.link import Link
from registry import records
from registry.access import Forbidden
from registry.records import Conflict, NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.schema import Invalid
from registry.trace.audit import changes_of
from registry.trace.verification import verify_chain, verify_rows

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def test_a_record_is_found_again_with_every_answer(occasion: Occasion) -> None:
    added = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt", "last_verified_on": date(2026, 9, 1)}, occasion)
    found = records.find(ASSETS, added.id, occasion.by)
    assert (found.name, found.owner, found.last_verified_on, found.reference) == ("Paper files", "Ola Brandt", date(2026, 9, 1), "IA-0001")


def test_numbers_go_up_by_one_in_each_school(occasion: Occasion, elsewhere: Occasion) -> None:
    assert [records.add(ASSETS, {"name": str(each)}, occasion).number for each in range(3)] == [1, 2, 3]
    assert records.add(ASSETS, {"name": "Theirs"}, elsewhere).number == 1


def test_a_personal_name_is_never_stored_in_clear(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files", "owner": "Wilhelmina Featherstone"}, occasion)
    for table in ("asset", "audit_entry", "audit_detail"):
        assert "Featherstone" not in str(db.execute_sql(f'SELECT * FROM "{table}"').fetchall())
        assert b"Featherstone".hex() not in str([bytes(cell).hex() if isinstance(cell, bytes | memoryview) else cell
                                                 for row in db.execute_sql(f'SELECT * FROM "{table}"').fetchall() for cell in row])


def test_a_sealed_name_is_found_by_its_exact_words(occasion: Occasion) -> None:
    records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    assert Asset.select().where(Asset.owner_index == "BRANDT, ola").count() == 1
    assert Asset.select().where(Asset.owner_index == "Ola").count() == 0


def test_a_change_keeps_what_was_there_before(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    assert records.change(ASSETS, row, {"name": "Paper pupil files", "owner": "Ola Brandt"}, occasion)
    entry = AuditEntry.select().order_by(AuditEntry.chain, AuditEntry.number.desc()).where(AuditEntry.record == row.id).get()
    assert (entry.changed.split(), changes_of(entry)) == (["name"], {"name": ["Paper files", "Paper pupil files"]})


def test_a_change_of_nothing_leaves_no_trace(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    before = AuditEntry.select().count()
    assert not records.change(ASSETS, row, {"name": "Paper files"}, occasion)
    assert AuditEntry.select().count() == before


def test_the_second_of_two_saves_is_a_conflict_and_saves_nothing(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    mine, theirs = (records.find(ASSETS, row.id, occasion.by) for _ in range(2))
    records.change(ASSETS, theirs, {"name": "Theirs"}, occasion)
    before = AuditEntry.select().count()
    with pytest.raises(Conflict):
        records.change(ASSETS, mine, {"name": "Mine"}, occasion)
    assert (records.find(ASSETS, row.id, occasion.by).name, AuditEntry.select().count()) == ("Theirs", before)


def test_a_record_of_another_school_is_not_found(occasion: Occasion, elsewhere: Occasion, otto: object, other_school: object) -> None:
    with doors.looking_at(other_school.id):  # type: ignore[attr-defined]
        theirs = records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    for record in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            records.find(ASSETS, record, occasion.by)


def test_an_archived_record_comes_back(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.archive(ASSETS, row, occasion)
    assert records.find(ASSETS, row.id, occasion.by).archived_at == occasion.at
    records.restore(ASSETS, records.find(ASSETS, row.id, occasion.by), occasion)
    assert records.find(ASSETS, row.id, occasion.by).archived_at is None


def test_a_link_is_seen_from_both_ends_and_noted_in_both_histories(occasion: Occasion) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id,)}, occasion)
    asset = records.find(ASSETS, asset.id, occasion.by)
    assert records.answers_of(ASSETS, asset, occasion.by)["processing"] == (activity.id,)
    assert asset.version == 2
    records.change(ASSETS, asset, {"processing": ()}, occasion)
    activity = records.find(PROCESSING, activity.id, occasion.by)
    assert records.answers_of(PROCESSING, activity, occasion.by)["assets"] == ()
    assert Link.select().count() == 0
    assert [*verify_rows()] == []


def test_a_link_to_a_record_of_another_school_is_refused_whole(occasion: Occasion, elsewhere: Occasion, other_school: object) -> None:
    with doors.looking_at(other_school.id):  # type: ignore[attr-defined]
        theirs = records.add(ASSETS, {"name": "Theirs"}, elsewhere)
    with pytest.raises(Invalid):
        records.add(PROCESSING, {"name": "Admissions", "assets": (theirs.id,)}, occasion)
    assert not PROCESSING.table.select().count()


def test_an_answer_that_a_role_may_not_give_is_forbidden(occasion: Occasion, ian: object) -> None:
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    theirs = Occasion(ian.actor, occasion.at, occasion.school)  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        records.change(ASSETS, row, {"name": "Mine"}, theirs)


def test_everything_that_was_done_verifies(occasion: Occasion) -> None:
    row = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt", "individuals": ("pupils",)}, occasion)
    records.change(ASSETS, row, {"owner": "Ian Sollis"}, Occasion(occasion.by, occasion.at + timedelta(hours=1), occasion.school))
    records.archive(ASSETS, row, occasion)
    assert [*verify_chain(row.school_id), *verify_rows()] == []
