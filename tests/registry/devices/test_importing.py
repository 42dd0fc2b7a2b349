"""Lists of devices saved whole and undone whole: what they fill in, what they change, and what they never touch."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.allocation import Allocation
from models.audit import AuditEntry
from models.batch import Together
from models.device import Device
from models.mdm import Sighting
from models.upload import Upload
from models.vocabulary import AgreementAudience, DeviceKind, DeviceOwner, DeviceSource, DeviceStatus, YesNo, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.devices import importing
from registry.devices.comparing import Verdict
from registry.devices.handing import Signed, hand_over
from registry.devices.importing import GoneAlready, NotAsShown
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.many import batches, undoing
from registry.registers.devices.devices import DEVICES
from registry.trace.verification import verify_chain, verify_rows
from tests.registry.devices.listed import SEEN, brought, listed, row, utc

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN
LATER = timedelta(hours=1)


def by_name(name: str) -> Any:
    """A device as it stands."""
    return Device.get(Device.name == name)


def verdicts(preview: importing.Preview) -> list[str]:
    """What becomes of each row, in the order of the list."""
    return [each.verdict.value for each in preview.judged]


def test_a_new_device_gets_what_the_list_says_and_stays_in_stock(at_work: Any, school: Any) -> None:
    told = row(
        asset_tag="QB-7", name="QB-LAP-7", kind=DeviceKind.LAPTOP, make="HP", model="ProBook", os="Windows", os_version="10.0.26100", user="t.quayle",
        location="Room 4", owner=DeviceOwner.SCHOOL, mdm_id="id-7", enrolled_on=date(2025, 9, 3), encrypted=YES, compliant=NO, supervised=YesNo.NO,
        cost=Decimal("612.50"), warranty_end_on=date(2028, 8, 28),
    )  # fmt: skip
    outcome = brought(at_work("ian"), told, row("NX1", model="Acer Chromebook 311"), source=DeviceSource.INTUNE)
    assert outcome.sentence == "2 added"
    found = by_name("QB-LAP-7")
    assert (found.status, found.place, found.encrypted, found.compliant, found.supervised) == (DeviceStatus.IN_STOCK, None, YES, NO, NO)
    assert (found.cost, found.encryption_verified_on, found.last_seen_at) == (613, SEEN.date(), SEEN)
    assert (found.in_mdm, found.mdm_name, found.mdm_id, found.mdm_user) == (YES, "Microsoft Intune", "id-7", "t.quayle")
    assert by_name("Acer Chromebook 311 NX1").encrypted is UNKNOWN, "what no list says is not known"
    assert not Allocation.select().count()
    assert Sighting.select().count() == 2
    assert Sighting.select().where(Sighting.user_index == "T.Quayle").get().user == "t.quayle"
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_a_device_is_known_by_its_serial_number_however_it_is_spelled_and_never_by_its_tag(at_work: Any, device: Any) -> None:
    device("Laptop 1", serial="5cg 1 ", asset_tag="QB-1")
    device("Laptop 2", serial="0012345", asset_tag="QB-2", mdm_name="Microsoft Intune", mdm_id="id-2")
    device("Laptop 3", serial=None, asset_tag="QB-3", mdm_name="Microsoft Intune", mdm_id="id-3")
    device("Laptop 4", serial="GONE1")
    records.archive(DEVICES, by_name("Laptop 4"), at_work("ian"))
    rows = [
        row("S5CG1", os="Windows"),
        row("12345"),
        row(None, mdm_id="id-3", name="Laptop 3"),
        row(None, mdm_id="id-9", name="Laptop 9"),
        row("GONE1"),
        row("NEW1", asset_tag="qb-1"),
        row("NEW2", asset_tag="QB-5"),
        row("NEW3", asset_tag="QB-5"),
        row(None, mdm_id="id-3"),
    ]
    preview = importing.judge(listed(*rows), at_work("ian"))
    assert verdicts(preview) == ["changed", "refused", "changed", "refused", "refused", "new", "new", "new", "refused"]
    said = [each.sentence or each.clash for each in preview.judged]
    assert said[1].startswith("This may be serial number 0012345 of DV-0002 without its first zeros, which a spreadsheet takes away.")
    assert said[3].startswith("There is no serial number")
    assert said[4] == "DV-0004 has this serial number and is archived. Bring it back first, if it is in use again."
    assert said[5] == "Tag qb-1 stands on DV-0001 here, so it was not taken. Look at the labels of both."
    assert said[7] == "Tag QB-5 stands on two lines of the list, so it was not taken here."
    assert said[8].startswith("This is DV-0003 as well")
    assert preview.clashes == 2
    assert brought(at_work("ian", LATER), *rows).sentence == "3 added, 2 changed, 4 not taken, 2 without the tag of another device"
    assert by_name("Laptop 1").asset_tag == "QB-1"


def test_a_list_takes_nothing_away_and_nothing_goes_back(at_work: Any, device: Any) -> None:
    device("Laptop 1", serial="5CG1", model="ProBook 440", owner=DeviceOwner.SCHOOL, encrypted=YES, encryption_verified_on=SEEN.date(),
           last_seen_at=SEEN, os="Windows 11", os_version="24H2", supplier="Example Supplies")  # fmt: skip
    same = row(name="Another name", model="EliteBook", owner=DeviceOwner.LEASED, encrypted=UNKNOWN, compliant=UNKNOWN)
    brought(at_work("ian"), same)
    found = by_name("Laptop 1")
    assert (found.model, found.owner, found.encrypted, found.supplier, found.os_version) == (
        "ProBook 440", DeviceOwner.SCHOOL, YES, "Example Supplies", "24H2",
    )  # fmt: skip
    older = row(last_seen_at=SEEN - timedelta(days=9), os_version="22H2", encrypted=NO, make="HP")
    preview = importing.judge(listed(older), at_work("ian"))
    assert preview.judged[0].changes == {"make": (None, "HP")}, "what is older than what is known only fills gaps"
    newer = row(last_seen_at=SEEN + timedelta(hours=2), os_version="25H2", encrypted=NO)
    brought(at_work("ian", LATER), newer)
    found = by_name("Laptop 1")
    assert (found.os_version, found.encrypted, found.last_seen_at) == ("25H2", NO, SEEN + timedelta(hours=2))
    only_seen = importing.judge(listed(replace(newer, last_seen_at=SEEN + timedelta(days=1))), at_work("ian"))
    assert verdicts(only_seen) == [Verdict.UNCHANGED]
    assert [*only_seen.judged[0].changes] == ["last_seen_at"]


def test_whoever_a_program_names_is_never_made_the_holder(at_work: Any, agreed: Any, device: Any, to_tess: Any) -> None:
    agreed(AgreementAudience.STAFF)
    one = device("Laptop 1", serial="5CG1")
    hand_over(to_tess(one, signed=Signed(name="Tess Quayle")), at_work("ian"), paper=lambda *_parts: b"%PDF-1.7 receipt")
    before = [(each.holder, each.version) for each in Allocation.select()]
    brought(at_work("ian", LATER), row(user="o.brandt@quillbrook.example", location="Hall"))
    found = by_name("Laptop 1")
    assert (found.mdm_user, found.status, found.place) == ("o.brandt@quillbrook.example", DeviceStatus.ALLOCATED, None)
    assert [(each.holder, each.version) for each in Allocation.select()] == before


def test_a_list_is_undone_as_a_whole(at_work: Any, device: Any, school: Any) -> None:
    device("Laptop 1", serial="5CG1", last_seen_at=utc(2026, 9, 1), mdm_user="somebody")
    brought(at_work("ian"), row(user="t.quayle", encrypted=YES, enrolled_on=date(2026, 9, 3)), row("NEW1", name="Laptop 2"))
    batch = batches.latest(Together.IMPORT, DEVICES, at_work("ian").by)
    assert batch.many == 2
    undoing.undo(DEVICES, batch.id, at_work("ian", LATER))
    found = by_name("Laptop 1")
    assert (found.last_seen_at, found.mdm_user, found.encrypted, found.enrolled_on, found.in_mdm) == (
        utc(2026, 9, 1), "somebody", UNKNOWN, None, UNKNOWN,
    )  # fmt: skip
    assert not Device.select().where((Device.name == "Laptop 2") & Device.archived_at.is_null()).count()
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_two_presses_save_once_and_what_was_not_shown_is_not_saved(at_work: Any, device: Any) -> None:
    ian = at_work("ian")
    upload = uploads.keep(DEVICES, FileRows((), (), (), {}, (), ""), ian.by, ian.at)
    shown = importing.judge(listed(row(name="Laptop 1")), ian).mark
    device("Laptop 1", serial="5CG1")
    with pytest.raises(NotAsShown):
        importing.save(listed(row(name="Laptop 1")), ian, upload=upload.id, shown=shown)
    assert Upload.select().count() == 1, "and the list is still there"
    shown = importing.judge(listed(row(os="Windows")), ian).mark
    _preview, outcome = importing.save(listed(row(os="Windows")), ian, upload=upload.id, shown=shown)
    assert importing.outcome_of(upload.id, ian.by) == outcome
    with pytest.raises(GoneAlready):
        importing.save(listed(row(os="Windows")), at_work("ian", LATER), upload=upload.id)
    assert brought(at_work("ian", LATER), row("NEW1"), with_new=False).sentence == "1 new and left open"


@pytest.mark.parametrize("key", ["hana", "ola", "tess", "dina"])
def test_only_the_it_provider_brings_lists(at_work: Any, key: str) -> None:
    with pytest.raises(Forbidden):
        brought(at_work(key), row())
    assert not AuditEntry.select().where(AuditEntry.deed == "imported").count()
