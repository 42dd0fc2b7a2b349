"""Handing out and taking back: nothing goes without the current agreement, one device has one holder, and what was signed stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from peewee import IntegrityError

from models.acceptance import Acceptance
from models.allocation import Allocation
from models.attachment import Attachment
from models.base import new_id
from models.device import Device
from models.vocabulary import AgreementAudience, DeviceCondition, DeviceStatus, HolderKind, RollStatus, SignedHow
from registry import records
from registry.access import Forbidden
from registry.devices import handing, holders, taking_back
from registry.devices.agreeing import in_force
from registry.devices.handing import Bundle, HandOver, Out, Signed
from registry.devices.taking_back import Back
from registry.registers.devices.devices import DEVICES
from registry.registers.images.pupils import PUPILS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.trace.audit import recording
from tests.registry.devices.conftest import AtWork

PNG = b"\x89PNG\r\n\x1a\n" + b"ink" * 9


def paper(done: Bundle, _signed: Any, _parent: Any) -> bytes:
    return f"%PDF-1.7 receipt for {len(done.allocations)}".encode()


def status(row: Any) -> DeviceStatus:
    return Device.get_by_id(row.id).status  # type: ignore[no-any-return]


def test_a_bundle_goes_out_with_one_signature_and_its_receipt(at_work: AtWork, agreed: Any, device: Any, to_tess: Any) -> None:
    agreed()
    one, two = device("Laptop 1"), device("Laptop 2")
    plan = to_tess(one, two, due_back_on=date(2027, 7, 20), signed=Signed(name="Tess Quayle", png=PNG))
    done = handing.hand_over(plan, at_work("ola"), paper=paper)
    assert [(row.holder, row.device, row.post) for row in done.allocations] == [("Tess Quayle", each.id, "Teacher") for each in (one, two)]
    assert (status(one), status(two)) == (DeviceStatus.ALLOCATED, DeviceStatus.ALLOCATED)
    accepted = Acceptance.select().get()
    assert (accepted.edition, accepted.how, done.acceptance.id) == (1, SignedHow.ON_SCREEN, accepted.id)  # type: ignore[union-attr]
    kept = {each.name: each.record for each in Attachment.select()}
    assert kept == {f"{handing.receipt_name(plan.bundle)} of 23 November 2026.pdf": accepted.id, "Signature of the holder.png": accepted.id}
    again = handing.hand_over(plan, at_work("ola"), paper=paper)
    assert [row.id for row in again.allocations] == [row.id for row in done.allocations], "a second press finds the first"
    assert Allocation.select().count() == 2


def test_nothing_goes_out_without_the_current_version(at_work: AtWork, agreed: Any, device: Any, to_tess: Any) -> None:
    laptop = device("Laptop 1")
    with pytest.raises(CannotBeDone, match="No agreement is in force"):
        handing.hand_over(to_tess(laptop), at_work("ian"), paper=paper)
    agreed()
    with pytest.raises(Invalid) as problem:
        handing.hand_over(to_tess(laptop, signed=None), at_work("ian"), paper=paper)
    assert problem.value.messages["signature"] == ["Tess Quayle signs version 1 first: nothing goes out without it."]
    handing.hand_over(to_tess(laptop), at_work("ian"), paper=paper)
    taking_back.take_back([laptop.id], Back(), at_work("ian"))
    handing.hand_over(to_tess(laptop, signed=None), at_work("ian"), paper=paper)  # the version accepted before still counts
    taking_back.take_back([laptop.id], Back(), at_work("ian"))
    agreed(text="1. I keep it locked. 2. I tell at once when it is lost.")
    with pytest.raises(Invalid) as problem:
        handing.hand_over(to_tess(laptop, signed=None), at_work("ian"), paper=paper)
    assert "version 2" in problem.value.messages["signature"][0]
    assert Allocation.select().where(Allocation.open_device.is_null(False)).count() == 0
    assert "tell at once" in in_force(AgreementAudience.STAFF).text  # type: ignore[union-attr]


def test_one_device_has_one_holder(at_work: AtWork, agreed: Any, device: Any, to_tess: Any, room: Any) -> None:
    agreed()
    laptop, spare = device("Laptop 1"), device("Laptop 2")
    handing.hand_over(to_tess(laptop), at_work("ian"), paper=paper)
    (trolley,) = holders.named("trolley b", at_work("ian").by)
    both = HandOver(bundle=new_id(), holder=trolley, devices=(Out(device=spare.id), Out(device=laptop.id)))
    with pytest.raises(CannotBeDone, match=r"Laptop 1: Tess Quayle still holds it\. Take it back first\."):
        handing.hand_over(both, at_work("ian"), paper=paper)
    assert status(spare) is DeviceStatus.IN_STOCK, "all or none"
    with pytest.raises(IntegrityError), recording(at_work("ian").by, at_work("ian").at):  # and the database itself holds it
        Allocation.insert(id=new_id(), school=laptop.school_id, number=99, created_at=at_work("ian").at, changed_at=at_work("ian").at,
                          holder=b"sealed", device=laptop.id, open_device=laptop.id).execute()  # fmt: skip


def test_a_room_signs_nothing(at_work: AtWork, device: Any, room: Any) -> None:
    laptop = device("Laptop 1")
    (trolley,) = holders.named("Trolley B", at_work("ola").by)
    handing.hand_over(HandOver(bundle=new_id(), holder=trolley, devices=(Out(device=laptop.id),)), at_work("ola"), paper=paper)
    assert status(laptop) is DeviceStatus.SHARED
    assert [row.device for row in holders.held_by(trolley)] == [laptop.id]


def test_a_young_pupil_needs_a_parent_too(at_work: AtWork, agreed: Any, device: Any, pupil: Any) -> None:
    agreed(AgreementAudience.PUPIL_UNDER_11, second_signature="Parent or carer")
    tablet = device("Tablet 1")
    (sam,) = holders.named("patel, sam", at_work("ola").by)
    assert (sam.kind, sam.group, sam.key) == (HolderKind.PUPIL, "4B", f"person:{pupil.id}")
    plan = HandOver(bundle=new_id(), holder=sam, devices=(Out(device=tablet.id),), signed=Signed(name="Sam"))
    with pytest.raises(Invalid) as problem:
        handing.hand_over(plan, at_work("ola"), paper=paper)
    assert list(problem.value.messages) == ["parent"]
    handing.hand_over(replace(plan, parent=Signed(name="Meera Patel", how=SignedHow.ON_PAPER)), at_work("ola"), paper=paper)
    accepted = Acceptance.select().get()
    assert (accepted.person, accepted.parent, accepted.parent_how) == (pupil.id, "Meera Patel", SignedHow.ON_PAPER)
    taking_back.take_back([tablet.id], Back(), at_work("ola"))
    records.change(PUPILS, PUPILS.table.get_by_id(pupil.id), {"status": RollStatus.LEFT}, at_work("ola"))
    (left,) = holders.named("Sam Patel", at_work("ola").by)
    with pytest.raises(CannotBeDone, match="has left"):
        handing.hand_over(replace(plan, bundle=new_id(), holder=left), at_work("ola"), paper=paper)


def test_what_comes_back_says_how_it_looks_and_goes_where_it_belongs(at_work: AtWork, agreed: Any, device: Any, to_tess: Any, room: Any) -> None:
    agreed()
    one, two = device("Laptop 1"), device("Laptop 2")
    handing.hand_over(to_tess(one, two), at_work("ian"), paper=paper)
    later = at_work("ola", timedelta(days=3))
    rows = taking_back.take_back([one.id, two.id], Back(place=room.id, condition=DeviceCondition.WORN), later)
    assert {(row.returned_on, row.open_device, row.condition_back) for row in rows} == {(date(2026, 11, 26), None, DeviceCondition.WORN)}
    assert {(Device.get_by_id(each.id).place, status(each)) for each in (one, two)} == {(room.id, DeviceStatus.IN_STOCK)}
    with pytest.raises(CannotBeDone, match="Laptop 1: Nobody holds it"):
        taking_back.take_back([one.id], Back(), later)
    said = taking_back.amend_back(rows[0].id, Back(damage="Cracked lid", charge=40), later)
    assert (said.damage, said.damage_charge, said.condition_back) == ("Cracked lid", 40, DeviceCondition.WORN)


@pytest.mark.parametrize("key", ["hana", "dev", "dina", "tess", "gus"])
def test_nobody_else_hands_devices_over(at_work: AtWork, agreed: Callable[..., Any], device: Any, to_tess: Any, key: str) -> None:
    laptop = device("Laptop 1")
    plan = to_tess(laptop)
    with pytest.raises(Forbidden):
        handing.hand_over(plan, at_work(key), paper=paper)
    with pytest.raises(Forbidden):
        taking_back.take_back([laptop.id], Back(), at_work(key))
    with pytest.raises(Forbidden):
        holders.named("Tess Quayle", at_work(key).by)


def test_a_serial_number_and_a_tag_stand_once_in_a_school(at_work: AtWork, device: Any) -> None:
    first = device("Laptop 1", serial="5cg 104b7xk")
    with pytest.raises(Invalid) as problem:
        device("Laptop 2", serial="5CG104B7XK")
    assert problem.value.messages == {"serial": [f"{first.reference} has the serial number 5cg 104b7xk already. Open that one, or correct it here."]}
    device("Laptop 3", serial="Default string", asset_tag=None)
    device("Laptop 4", serial="Default string", asset_tag=None)
    with pytest.raises(Invalid):
        records.change(DEVICES, Device.get(Device.name == "Laptop 4"), {"asset_tag": "laptop-1"}, at_work("ian"))
