"""Where the register and programs differ: found, shown with both sides, settled by somebody, and not asked again."""

from datetime import date, timedelta
from typing import Any

import pytest
from playhouse.test_utils import count_queries

from models.allocation import Allocation
from models.audit import AuditEntry
from models.batch import Together
from models.device import Device
from models.mdm import MdmRuling
from models.vocabulary import DeviceOwner, DeviceSource, DeviceStatus, LossKind, PictureSubject, RollStatus, Ruling, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.devices import reconciling
from registry.devices.differences import Difference, Kind
from registry.devices.handing import Signed, hand_over
from registry.devices.reconciling import Choice
from registry.many import batches, undoing
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.losses import LOSSES
from registry.registers.images.pupils import PUPILS
from registry.rows import CannotBeDone
from registry.trace.audit import recording
from registry.trace.verification import verify_chain, verify_rows
from tests.people import NOW
from tests.registry.devices.listed import SEEN, brought, row

INTUNE, JAMF = DeviceSource.INTUNE, DeviceSource.JAMF_SCHOOL
LATER, MUCH_LATER = timedelta(hours=1), timedelta(days=3)


def found(occasion: Any, *kinds: Kind) -> list[Difference]:
    """What differs, or only some kinds of it."""
    return [each for each in reconciling.open_differences(occasion) if not kinds or each.kind in kinds]


def told(occasion: Any, *kinds: Kind) -> list[tuple[str, str, str, str]]:
    """The same as it is read."""
    return [(each.kind.value, each.called, each.here, each.there) for each in found(occasion, *kinds)]


def settled(occasion: Any, ruling: Ruling, *kinds: Kind) -> int:
    """Settle everything of some kinds."""
    keys = frozenset(each.key for each in found(occasion, *kinds))
    return reconciling.settle(Choice(keys=keys), ruling, occasion)


@pytest.fixture
def held_by_tess(at_work: Any, agreed: Any, device: Any, to_tess: Any) -> Any:
    """A laptop for which Tess has signed."""
    agreed()
    laptop = device("Laptop 1", serial="5CG1")
    hand_over(to_tess(laptop, signed=Signed(name="Tess Quayle")), at_work("ian"), paper=lambda *_parts: b"%PDF-1.7 receipt")
    return laptop


def test_what_the_register_does_not_know_is_added_or_put_aside_for_good(at_work: Any, device: Any, school: Any) -> None:
    device("Laptop 1", serial="5CG1", asset_tag="QB-1")
    new = [row("NEW1", name="Laptop 2", model="ProBook", asset_tag="QB-1"), row("NEW2", name="Laptop 3", user="t.quayle")]
    brought(at_work("ian"), row(), *new, with_new=False)
    ian = at_work("ian", LATER)
    assert told(ian) == [
        ("program_only", "Laptop 2", "Not there", "Microsoft Intune: ProBook, serial number NEW1, last seen 22 November 2026"),
        ("program_only", "Laptop 3", "Not there", "Microsoft Intune: serial number NEW2, t.quayle, last seen 22 November 2026"),
    ]
    two, three = found(ian)
    assert reconciling.settle(Choice(keys=frozenset({two.key})), Ruling.ADDED, ian) == 1
    added = Device.get(Device.serial_key == "NEW1")
    assert (added.asset_tag, added.in_mdm, added.status) == (None, YesNoUnknown.YES, DeviceStatus.IN_STOCK), "the tag is that of Laptop 1"
    assert reconciling.settle(Choice(kind=Kind.PROGRAM_ONLY, many=1), Ruling.NOT_OURS, ian) == 1
    assert [*MdmRuling.select(MdmRuling.serial_key, MdmRuling.ruling, MdmRuling.decided_by).order_by(MdmRuling.serial_key).tuples()] == [
        ("NEW1", Ruling.ADDED, ian.by.user), ("NEW2", Ruling.NOT_OURS, ian.by.user),
    ]  # fmt: skip
    again = brought(at_work("ian", MUCH_LATER), row(), *new)
    assert (again.added, again.refused) == (0, 1), "nor is it added by the next list"
    assert not found(at_work("ian", MUCH_LATER)), "what was put aside does not come up again"
    assert three.key not in {each.key for each in found(at_work("ian", MUCH_LATER))}
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_a_changed_model_name_owner_or_tag_waits_for_somebody(at_work: Any, device: Any) -> None:
    for number in (1, 2, 3):
        device(f"Laptop {number}", serial=f"5CG{number}", model="ProBook 440", owner=DeviceOwner.SCHOOL, asset_tag=f"QB-{number}")
    said = {"model": "ProBook 450", "owner": DeviceOwner.LEASED}
    brought(at_work("ian"), row("5CG1", name="QB-LAP-1", asset_tag="QB-2", **said), row("5CG2", **said), row("5CG3", model="probook 440"))
    ian = at_work("ian", LATER)
    assert told(ian, Kind.NAME, Kind.TAG, Kind.OWNER) == [
        ("name", "Laptop 1", "Laptop 1", "Microsoft Intune: QB-LAP-1"),
        ("owner", "Laptop 1", "The school or trust", "Microsoft Intune: Leased"),
        ("owner", "Laptop 2", "The school or trust", "Microsoft Intune: Leased"),
        ("tag", "Laptop 1", "QB-1", "Microsoft Intune: QB-2"),
    ]
    assert found(ian, Kind.TAG)[0].can == (Ruling.REGISTER_IS_RIGHT,), "that tag stands on Laptop 2"
    assert reconciling.settle(Choice(kind=Kind.MODEL, many=2), Ruling.TAKEN_OVER, ian) == 2
    assert settled(ian, Ruling.REGISTER_IS_RIGHT, Kind.OWNER, Kind.TAG) == 3
    assert {each.model for each in Device.select()} == {"ProBook 450", "ProBook 440"}
    assert [each.kind for each in found(ian)] == [Kind.NAME]
    with pytest.raises(CannotBeDone, match="has changed since"):
        reconciling.settle(Choice(kind=Kind.NAME, many=7), Ruling.TAKEN_OVER, ian)
    with pytest.raises(CannotBeDone, match="Tick what"):
        reconciling.settle(Choice(), Ruling.TAKEN_OVER, ian)
    with pytest.raises(CannotBeDone, match="Choose another way"):
        settled(ian, Ruling.NOT_OURS, Kind.NAME)
    brought(at_work("ian", MUCH_LATER), row("5CG2", model="ProBook 450", owner=DeviceOwner.AUTHORITY))
    assert told(at_work("ian", MUCH_LATER), Kind.OWNER) == [("owner", "Laptop 2", "The school or trust", "Microsoft Intune: The local authority")]


def test_another_user_than_the_one_who_signed_is_shown_and_changes_nothing(at_work: Any, held_by_tess: Any) -> None:
    brought(at_work("ian"), row(user="o.brandt@quillbrook.example"))
    ian = at_work("ian", LATER)
    shown = ("other_user", "Laptop 1", "Tess Quayle signed for it", "Microsoft Intune: o.brandt@quillbrook.example")
    assert told(ian) == [shown]
    assert settled(ian, Ruling.REGISTER_IS_RIGHT) == 1
    brought(at_work("ian", MUCH_LATER), row(user="o.brandt@quillbrook.example", os_version="25H2"))
    assert not found(at_work("ian", MUCH_LATER)), "the same user again is nothing new"
    for day, user in enumerate(("tess@quillbrook.example", "t.quayle@elsewhere.example", "Quayle, Tess"), start=4):
        brought(at_work("ian", timedelta(days=day)), row(user=user))
        assert not found(at_work("ian", timedelta(days=day))), user
    brought(at_work("ian", timedelta(days=9)), row(user="h.whitlow"))
    assert told(at_work("ian", timedelta(days=9)))[0][3] == "Microsoft Intune: h.whitlow"
    assert Allocation.select().get().holder == "Tess Quayle"


def test_what_leavers_hold_or_are_named_for_comes_up(at_work: Any, agreed: Any, device: Any, pupil: Any, held_by_tess: Any) -> None:
    device("Laptop 2", serial="5CG2")
    ann = records.add(PUPILS, {"name": "Ann Leaver", "kind": PictureSubject.STAFF}, at_work("ola"))
    for person in (ann, pupil):
        records.change(PUPILS, person, {"status": RollStatus.LEFT, "left_on": date(2026, 11, 1)}, at_work("ola"))
    brought(at_work("ian"), row("5CG1", user="ann.leaver@quillbrook.example"), row("5CG2", user="Sam Patel"))
    assert told(at_work("ian", LATER)) == [
        ("left", "Laptop 1", "Tess Quayle signed for it", "Microsoft Intune: ann.leaver@quillbrook.example, who has left"),
        ("left", "Laptop 2", "In stock", "Microsoft Intune: Sam Patel, who has left"),
    ]
    records.add(PUPILS, {"name": "Samuel Patel", "kind": PictureSubject.PUPIL}, at_work("ola"))
    brought(at_work("ian", MUCH_LATER), row("5CG1"), row("5CG2", user="s.patel"))
    assert not found(at_work("ian", MUCH_LATER)), "who of the two it is cannot be told"


def test_what_is_missing_silent_or_gone_is_told_apart(at_work: Any, device: Any) -> None:
    devices = {name: device(name, serial=name.upper()) for name in ("here", "silent", "never", "lost", "archived", "projector", "unmanaged")}
    records.change(DEVICES, Device.get_by_id(devices["projector"].id), {"kind": "display"}, at_work("ian"))
    records.change(DEVICES, Device.get_by_id(devices["unmanaged"].id), {"in_mdm": YesNoUnknown.NO}, at_work("ian"))
    assert not found(at_work("ian")), "without any list nothing is missing from one"
    rows = [row("HERE"), row("SILENT", last_seen_at=NOW - timedelta(days=31)), row("LOST"), row("ARCHIVED")]
    brought(at_work("ian"), *rows)
    lost = {"name": "Lost on the bus", "device": devices["lost"].id, "kind": LossKind.LOST, "noticed_at": SEEN - timedelta(days=1)}
    with recording(at_work("ian").by, NOW) as trace:
        records.insert(trace, LOSSES, lost, at_work("ian"), number=1)
    records.archive(DEVICES, Device.get_by_id(devices["archived"].id), at_work("ian"))
    ian = at_work("ian", LATER)
    assert told(ian) == [
        ("register_only", "never", "In stock", "In no list"),
        ("unseen", "silent", "In stock", "Last seen 23 October 2026"),
        ("still_there", "archived", "Archived", "Microsoft Intune: last seen 22 November 2026"),
        ("still_there", "lost", "Lost", "Microsoft Intune: last seen 22 November 2026"),
    ]
    assert settled(ian, Ruling.TAKEN_OVER, Kind.REGISTER_ONLY) == 1
    assert Device.get_by_id(devices["never"].id).in_mdm is YesNoUnknown.NO
    assert settled(ian, Ruling.REGISTER_IS_RIGHT, Kind.UNSEEN, Kind.STILL_THERE) == 3
    brought(at_work("ian", MUCH_LATER), *rows[1:])
    assert told(at_work("ian", MUCH_LATER)) == [("register_only", "here", "In stock", "In no list since 23 November 2026")]


def test_a_device_that_was_enrolled_twice_is_one_device_with_a_question(at_work: Any, device: Any) -> None:
    device("iPad 1", serial="DM1", mdm_name=JAMF.label, mdm_id="old")
    device("iPad 2", serial="DM2")
    brought(at_work("ian"), row("DM1", mdm_id="new"), row("DM2", mdm_id="j2"), source=JAMF, twice=frozenset({"DM2"}))
    assert told(at_work("ian", LATER)) == [
        ("twice", "iPad 1", "Jamf School: old", "Jamf School: new"),
        ("twice", "iPad 2", "Jamf School: j2", "Jamf School twice: j2"),
    ]
    assert settled(at_work("ian", LATER), Ruling.TAKEN_OVER, Kind.TWICE) == 1, "of the other nothing can be taken over"
    assert Device.get(Device.name == "iPad 1").mdm_id == "new"
    assert settled(at_work("ian", LATER), Ruling.REGISTER_IS_RIGHT, Kind.TWICE) == 1
    brought(at_work("ian", MUCH_LATER), row("DM1", mdm_id="i1", last_seen_at=NOW), source=INTUNE)
    assert told(at_work("ian", MUCH_LATER), Kind.TWICE) == [
        ("twice", "iPad 1", "Microsoft Intune: i1", "Microsoft Intune: i1, Jamf School: new"),
    ]


def test_a_whole_school_is_read_in_as_many_queries_as_one_device(at_work: Any, device: Any, pupil: Any) -> None:
    counts = []
    for number in (1, 20):
        rows = [row(f"5CG{each}", name=f"QB-{each}", user="s.patel") for each in range(number)]
        device(f"Laptop {number}", serial="5CG0" if number == 1 else f"5CG{number - 1}")
        brought(at_work("ian", timedelta(hours=number)), *rows, with_new=False)
        with count_queries() as counted:
            reconciling.open_differences(at_work("ian", timedelta(days=1)))
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 12


def test_a_list_that_was_undone_says_nothing_any_more(at_work: Any, device: Any) -> None:
    device("Laptop 1", serial="5CG1")
    brought(at_work("ian"), row("NEW1"), row("5CG1", name="Of another school"))
    batch = batches.latest(Together.IMPORT, DEVICES, at_work("ian").by)
    assert found(at_work("ian", LATER))
    undoing.undo(DEVICES, batch.id, at_work("ian", LATER))
    assert not found(at_work("ian", LATER))


def test_only_who_brings_lists_settles_what_differs(at_work: Any, people: Any) -> None:
    for key in people.keys() - {"ian", "otto"}:
        with pytest.raises(Forbidden):
            reconciling.open_differences(at_work(key))
        with pytest.raises(Forbidden):
            reconciling.settle(Choice(kind=Kind.NAME), Ruling.TAKEN_OVER, at_work(key))
    assert not AuditEntry.select().where(AuditEntry.deed == "difference_settled").count()
