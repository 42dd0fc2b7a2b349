"""What records said before they were changed goes from the trace, and nothing else does."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from models.audit import AuditDetail, AuditEntry
from models.school import School
from registry import records
from registry.erasing import afterwards, old_values
from registry.occasion import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.images.pupils import PUPILS
from registry.trace import history
from tests.people import NOW
from tests.pictured import a_pupil
from tests.registry.erasing.disk import found, sealed_in
from tests.tampering import faults

LATER = NOW + timedelta(days=1)


def test_old_values_go_and_later_ones_stay(occasion: Occasion, in_quillbrook: School, tmp_path: Path) -> None:
    asset = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    pupil = a_pupil(occasion, "Sam Patel")
    (entry,) = AuditEntry.select().where(AuditEntry.record == pupil.id)
    (old,) = sealed_in(AuditDetail, (AuditDetail.chain == entry.chain) & (AuditDetail.number == entry.number), (AuditDetail.sealed,))
    records.change(PUPILS, pupil, {"class_name": "4 Oak"}, replace(occasion, at=LATER))
    assert old_values.registers_with(LATER, occasion) == [ASSETS, PUPILS]
    assert old_values.having_any(PUPILS, LATER, occasion) == [pupil.id]
    assert old_values.having_any(PUPILS, NOW, occasion) == []
    assert found({old}, tmp_path) == {old}
    parts: list[object] = []
    done = replace(occasion, at=LATER)
    assert old_values.erase_all(PUPILS, [pupil.id], LATER, done, under="RD-0007", beside=lambda _trace, part: parts.append([*part])) == 1
    assert parts == [[pupil.id]]
    assert afterwards.finish().is_nothing
    assert found({old}, tmp_path) == set()
    assert faults() == []
    erased, changed, added = history.of_record(PUPILS, records.find(PUPILS, pupil.id, occasion.by), occasion.by).lines
    assert [tuple(change) for change in erased.changes] == [("Disposal", "", "RD-0007")]
    assert (len(changed.changes), added.changes, added.erased) == (1, (), (LATER, erased.number, "RD-0007"))
    assert old_values.having_any(PUPILS, LATER, occasion) == []
    assert old_values.having_any(PUPILS, LATER + timedelta(days=1), occasion) == [pupil.id], "the later change has its time to come"
    assert old_values.erase_all(PUPILS, [pupil.id], LATER, done, under="RD-0007") == 0
    assert old_values.having_any(ASSETS, LATER, occasion) == [asset.id]


def test_a_job_knows_whether_there_is_something_to_finish(occasion: Occasion, in_quillbrook: School) -> None:
    pupil = a_pupil(occasion, "Sam Patel")
    assert not afterwards.was_anything_erased_since(NOW)
    old_values.erase_all(PUPILS, [pupil.id], LATER, replace(occasion, at=LATER), under="RD-0007")
    assert afterwards.was_anything_erased_since(LATER)
    assert not afterwards.was_anything_erased_since(LATER + timedelta(seconds=1))
