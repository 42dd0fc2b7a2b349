"""A disposal that is killed leaves each record whole or gone, and asking again finishes it."""

from pathlib import Path
from typing import Any

import pytest

from models import doors
from models.audit import AuditEntry
from models.base import db
from models.carer import Carer
from models.image_answer import ImageAnswer
from models.image_use import ImageUse
from models.link import Link
from models.pupil import Pupil
from models.records_disposal import DisposalRecord, RecordsDisposal
from models.school import School
from models.vocabulary import DisposalFate, OwnRecords, RecordsDisposalStage
from registry import records
from registry.erasing import afterwards
from registry.registers.images.pupils import PUPILS
from registry.retention import disposing, erasing_records, proposing
from registry.trace.audit import Happened
from tests import databases
from tests.crashing import LEAVERS, leavers
from tests.people import Person
from tests.registry.retention.conftest import As, Rule
from tests.serving import begun
from tests.tampering import faults


def standing() -> int:
    """How many pupils there are, once it is sure that each family is whole or gone, and that the list of the disposal says so."""
    pupils = {row.id for row in Pupil.select()}
    assert {row.person for row in ImageAnswer.select()} == pupils
    assert {row.near for row in Link.select().where(Link.far_register == "carers")} == pupils
    assert {row.near for row in Link.select().where(Link.far_register == "pupils")} == {row.id for row in Carer.select()}
    assert {row.record for row in DisposalRecord.select().where(DisposalRecord.fate == DisposalFate.WAITING)} == pupils
    assert Carer.select().count() == len(pupils)
    return len(pupils)


@pytest.fixture
def approved(at_work: As, rule: Rule) -> RecordsDisposal:
    """An approved disposal of pupils with their parents and answers."""
    rule()
    leavers(at_work("dev"), LEAVERS)
    row = proposing.propose(OwnRecords.PUPILS, at_work("ola"))
    disposing.approve(row, at_work("hana"), seen=row.version)
    return row


@pytest.mark.slow
def test_a_disposal_that_is_killed_leaves_each_record_whole_or_gone_and_is_finished_later(
    database: str, tmp_path: Path, at_work: As, people: dict[str, Person], approved: Any
) -> None:
    school, dev = School.get(), people["dev"]
    assert standing() == LEAVERS
    databases.leave()
    with begun("tests.crashing", "erase", database, str(tmp_path / "heads"), str(school.id), str(dev.user)) as (worker, said):
        assert said.readline() == "begins\n"
        assert said.readline() == "goes on\n"
        worker.kill()
        worker.wait()
        words = said.read()
    databases.use(database)
    with doors.looking_at(school.id):
        assert "done" not in words
        assert 0 < standing() < LEAVERS
        assert faults() == []
        assert erasing_records.carry_out(RecordsDisposal.get(), at_work("ola")) == erasing_records.Outcome(LEAVERS, 0)
        assert standing() == 0
        assert RecordsDisposal.get().stage == RecordsDisposalStage.DONE
        assert afterwards.finish().is_nothing
        assert faults() == []
        gone = AuditEntry.select().where((AuditEntry.deed == Happened.ERASED) & (AuditEntry.subject == "pupil"))
        assert gone.count() == LEAVERS, "one entry for each, and no second one"
        assert ImageUse.select().count() == 1
        assert records.add(PUPILS, {"name": "The next one"}, at_work("dev")).number == LEAVERS + 1
        assert db.in_transaction() is False
    assert faults() == []
