"""Links stand at both ends, belong to both histories and both seals, and never lead to another school."""

from uuid import UUID, uuid4

import pytest

from models import doors
from models.audit import AuditEntry
from models.link import Link
from models.school import School
from registry import records
from registry.linking import far_ends, linked_ids
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.schema import Invalid
from registry.trace.audit import changes_of
from registry.trace.verification import verify_chain, verify_rows

pytestmark = pytest.mark.usefixtures("in_quillbrook")


def latest(record: UUID) -> AuditEntry:
    return AuditEntry.select().where(AuditEntry.record == record).order_by(AuditEntry.number.desc()).get()


def test_a_link_is_stored_from_each_end(occasion: Occasion) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    supplier = records.add(SUPPLIERS, {"name": "Shredders"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id,), "suppliers": (supplier.id,)}, occasion)
    assert linked_ids(activity.id) == {"assets": (asset.id,), "suppliers": (supplier.id,)}
    assert linked_ids(asset.id) == linked_ids(supplier.id) == {"processing": (activity.id,)}
    assert set(far_ends(activity.id)) == {asset.id.bytes, supplier.id.bytes}
    assert Link.select().count() == 4


def test_both_histories_say_what_was_linked_before_and_after(occasion: Occasion) -> None:
    first, second = (records.add(ASSETS, {"name": name}, occasion) for name in ("First", "Second"))
    activity = records.add(PROCESSING, {"name": "Admissions", "assets": (first.id,)}, occasion)
    assert records.change(PROCESSING, activity, {"assets": (second.id,)}, occasion)
    assert changes_of(latest(activity.id)) == {"assets": [[first.id.hex], [second.id.hex]]}
    assert changes_of(latest(first.id)) == {"processing": [[activity.id.hex], []]}
    assert changes_of(latest(second.id)) == {"processing": [[], [activity.id.hex]]}
    assert linked_ids(first.id) == {}
    assert [*verify_chain(latest(first.id).chain), *verify_rows()] == []


def test_what_is_linked_already_is_left_alone(occasion: Occasion) -> None:
    first, second = (records.add(ASSETS, {"name": name}, occasion) for name in ("First", "Second"))
    activity = records.add(PROCESSING, {"name": "Admissions", "assets": (first.id,)}, occasion)
    entry = latest(first.id).number
    records.change(PROCESSING, activity, {"assets": (first.id, second.id)}, occasion)
    assert latest(first.id).number == entry
    assert records.find(ASSETS, first.id, occasion.by).version == 2


def test_a_link_counts_as_a_change_for_whoever_has_the_far_end_open(occasion: Occasion) -> None:
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id,)}, occasion)
    with pytest.raises(records.Conflict):
        records.change(ASSETS, asset, {"name": "Files"}, occasion)


@pytest.mark.parametrize("stranger", ["theirs", "nobody's", "of another register"])
def test_a_link_to_what_is_not_there_saves_nothing(stranger: str, occasion: Occasion, elsewhere: Occasion, other_school: School) -> None:
    with doors.looking_at(other_school.id):
        theirs = records.add(ASSETS, {"name": "Theirs"}, elsewhere).id
    supplier = records.add(SUPPLIERS, {"name": "Shredders"}, occasion).id
    asset = records.add(ASSETS, {"name": "Paper files"}, occasion)
    before = AuditEntry.select().count()
    wrong = {"theirs": theirs, "nobody's": uuid4(), "of another register": supplier}[stranger]
    with pytest.raises(Invalid) as refused:
        records.add(PROCESSING, {"name": "Admissions", "assets": (asset.id, wrong)}, occasion)
    assert refused.value.messages == {"assets": ["One of these is no longer there. Choose from the list again."]}
    assert (AuditEntry.select().count(), Link.select().count(), records.find(ASSETS, asset.id, occasion.by).version) == (before, 0, 1)
