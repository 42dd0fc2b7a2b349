"""Where a device stands in its life, worked out from what was done with it, and kept on it in the same transaction."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.device import Device
from models.disposal import Disposal, DisposalLine
from models.loss import Loss
from models.repair import Repair
from models.vocabulary import DeviceStatus, DisposalStage, HolderKind, LossKind
from registry.amending import put
from registry.occasion import Occasion
from registry.registers.devices.devices import DEVICES
from registry.trace.audit import Trace

MOST_AT_ONCE = 500


def devices_of(table: Any, records: Sequence[UUID]) -> Sequence[UUID]:
    """The devices that these records of a table are about."""
    found: dict[UUID, None] = {}
    for start in range(0, len(records), MOST_AT_ONCE):
        query = table.select(table.device).where(table.id.in_([*records[start : start + MOST_AT_ONCE]]))
        found |= dict.fromkeys(device for (device,) in query.tuples())
    return tuple(found)


def settle(trace: Trace, devices: Sequence[UUID], occasion: Occasion) -> None:
    """Keep on each of these devices what has become of it by now. What is written about it stays otherwise as it is."""
    for start in range(0, len(devices), MOST_AT_ONCE):
        part = [*devices[start : start + MOST_AT_ONCE]]
        standing = statuses(part)
        for row in Device.select().where(Device.id.in_(part)):
            before, row.status = row.status, standing[row.id]
            if before != row.status:
                put(trace, DEVICES, row, occasion, changes={"status": (before, row.status)}, names=("status",))


def statuses(devices: Sequence[UUID]) -> dict[UUID, DeviceStatus]:
    """The status of each device: gone for good before lost, lost before retired, retired before in repair, then who holds it."""
    found = dict.fromkeys(devices, DeviceStatus.IN_STOCK)
    for device, kind in Allocation.select(Allocation.device, Allocation.holder_kind).where(Allocation.open_device.in_(devices)).tuples():
        found[device] = DeviceStatus.SHARED if kind == HolderKind.PLACE else DeviceStatus.ALLOCATED
    found |= dict.fromkeys(_open(Repair, Repair.back_on, devices), DeviceStatus.IN_REPAIR)
    listed = leaving(devices)
    found |= dict.fromkeys(listed, DeviceStatus.RETIRED)
    missing = Loss.select(Loss.device, Loss.kind).where(Loss.device.in_(devices) & Loss.found_on.is_null() & Loss.archived_at.is_null())
    found |= {device: DeviceStatus.STOLEN if kind == LossKind.STOLEN else DeviceStatus.LOST for device, kind in missing.tuples()}
    return found | {device: DeviceStatus.DISPOSED for device, is_gone in listed.items() if is_gone}


def leaving(devices: Sequence[UUID]) -> dict[UUID, bool]:
    """Which of these devices are on the list of a disposal, and whether they are gone for good: putting the disposal away brings none back."""
    lines = DisposalLine.select(DisposalLine.device, Disposal.stage).join(Disposal, on=(Disposal.id == DisposalLine.disposal))
    counts = Disposal.archived_at.is_null() | (Disposal.stage == DisposalStage.DONE)
    found: dict[UUID, bool] = {}
    for start in range(0, len(devices), MOST_AT_ONCE):
        for device, stage in lines.where(DisposalLine.device.in_([*devices[start : start + MOST_AT_ONCE]]) & counts).tuples():
            found[device] = found.get(device, False) or stage == DisposalStage.DONE
    return found


def listed_on(disposals: Sequence[UUID]) -> Sequence[UUID]:
    """The devices on the lists of these disposals."""
    found: dict[UUID, None] = {}
    for start in range(0, len(disposals), MOST_AT_ONCE):
        lines = DisposalLine.select(DisposalLine.device).where(DisposalLine.disposal.in_([*disposals[start : start + MOST_AT_ONCE]]))
        found |= dict.fromkeys(device for (device,) in lines.tuples())
    return tuple(found)


def _open(table: Any, ended: Any, devices: Sequence[UUID]) -> Iterable[UUID]:
    """The devices named in rows of this table that have no end yet."""
    query = table.select(table.device).where(table.device.in_(devices) & ended.is_null() & table.archived_at.is_null())
    return [device for (device,) in query.tuples()]
