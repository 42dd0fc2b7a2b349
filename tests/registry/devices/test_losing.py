"""A loss: one report, one breach whose clock runs from it, and encryption that counts only as it was verified."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.base import new_id
from models.breach import Breach
from models.device import Device
from models.loss import Loss
from models.message import Message
from models.vocabulary import BreachKind, BreachStage, DeviceStatus, LossKind, RemoteStep, YesNoUnknown
from registry import records
from registry.access import Forbidden
from registry.devices import losing
from registry.devices.losing import Lost
from registry.linking import linked_ids
from registry.registers.devices.losses import LOSSES
from registry.registers.devices.repairs import REPAIRS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from tests.people import NOW
from tests.registry.devices.conftest import AtWork


def lost(**more: Any) -> Lost:
    told = {"loss": new_id(), "kind": LossKind.STOLEN, "noticed_at": NOW - timedelta(hours=20), "what": "It was on the bus and is not there now."}
    return Lost(**{**told, **more})


def test_one_press_keeps_the_loss_and_drafts_its_breach(at_work: AtWork, device: Any, people: Any) -> None:
    row = device("Laptop 1", encrypted="yes", encryption_verified_on=date(2026, 11, 3))
    said = lost(wipe=RemoteStep.SENT, held="Mail")
    loss = losing.lose(row, said, at_work("ola"))
    breach = Breach.get_by_id(loss.breach)
    assert (breach.kind, breach.stage, breach.aware_at) == (BreachKind.LOST_DEVICE, BreachStage.REPORTED, NOW), "the clock runs from the report"
    assert breach.discovered_at == NOW - timedelta(hours=20)
    assert breach.encrypted is YesNoUnknown.YES
    assert breach.encryption_verified == "The entry of the device says so, as verified on 3 November 2026."
    assert linked_ids(breach.id) == {"devices": (row.id,)}
    assert linked_ids(row.id) == {"breaches": (breach.id,)}
    assert Device.get_by_id(row.id).status is DeviceStatus.STOLEN
    assert (loss.wipe_at, loss.lock_at, loss.reported_at) == (NOW, None, NOW)
    assert {each.person_id for each in Message.select()} >= {people["hana"].user, people["dev"].user}
    assert losing.lose(Device.get_by_id(row.id), said, at_work("ola")).id == loss.id, "a second press finds the first"
    assert (Loss.select().count(), Breach.select().count()) == (1, 1)
    with pytest.raises(CannotBeDone, match="is stolen already"):
        losing.lose(Device.get_by_id(row.id), lost(), at_work("ian"))


def test_what_nobody_verified_is_not_encrypted(at_work: AtWork, device: Any) -> None:
    loss = losing.lose(device("Laptop 1", encrypted="yes"), lost(), at_work("ian"))
    breach = Breach.get_by_id(loss.breach)
    assert (breach.encrypted, breach.encryption_verified) == (YesNoUnknown.UNKNOWN, None)
    told = losing.reasons(loss, Device.get_by_id(loss.device))
    assert not told.is_usually_record_only
    assert "nobody checked" in " ".join(told.reasons)


def test_found_again_it_stands_where_it_stood(at_work: AtWork, device: Any) -> None:
    row = device("Tablet 1")
    loss = losing.lose(row, lost(kind=LossKind.LOST), at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.LOST
    losing.find_again(records.find(LOSSES, loss.id, at_work("ian").by), date(2026, 11, 24), at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_STOCK
    assert Breach.select().count() == 1
    with pytest.raises(CannotBeDone):
        losing.find_again(records.find(LOSSES, loss.id, at_work("ian").by), date(2026, 11, 24), at_work("ian"))


def test_half_a_report_keeps_nothing(at_work: AtWork, device: Any) -> None:
    row = device("Tablet 1")
    for wrong in ({"what": " "}, {"noticed_at": NOW + timedelta(hours=1)}):
        with pytest.raises(Invalid):
            losing.lose(row, lost(**wrong), at_work("ola"))
    for key in ("tess", "gus", "dina"):
        with pytest.raises(Forbidden):
            losing.lose(row, lost(), at_work(key))
    assert (Loss.select().count(), Breach.select().count()) == (0, 0)


def test_a_repair_takes_a_device_away_until_it_is_back_or_put_away(at_work: AtWork, device: Any) -> None:
    row = device("Laptop 1")
    repair = records.add(REPAIRS, {"name": "Screen", "device": row.id, "sent_on": date(2026, 11, 20)}, at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_REPAIR
    records.change(REPAIRS, repair, {"back_on": date(2026, 11, 23)}, at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_STOCK
    records.change(REPAIRS, repair, {"back_on": None}, at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_REPAIR
    records.archive(REPAIRS, repair, at_work("ian"))
    assert Device.get_by_id(row.id).status is DeviceStatus.IN_STOCK
