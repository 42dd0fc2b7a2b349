"""Taking devices back: one, or a whole session of them with one place and condition for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.allocation import Allocation
from models.device import Device
from models.vocabulary import DeviceCondition, YesNoUnknown
from registry import records
from registry.access import Permission, require
from registry.occasion import Occasion
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.devices import DEVICES
from registry.rows import CannotBeDone, set_answers
from registry.trace.audit import Trace, recording

NOT_OUT = "Nobody holds it, so there is nothing to take back."


@dataclass(frozen=True, kw_only=True)
class Back:
    """How a device comes back: where it goes, how it looks, and what is to be said of it."""

    place: UUID | None = None
    condition: DeviceCondition | None = None
    damage: str = ""
    charge: int | None = None
    wiped: YesNoUnknown | None = None


def take_back(devices: Sequence[UUID], back: Back, occasion: Occasion) -> list[Allocation]:
    """End the open allocation of each device; all of them or none. Raises Forbidden, and CannotBeDone where one is not out."""
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    with recording(occasion.by, occasion.at) as trace:
        return [_one(trace, device, back, occasion) for device in dict.fromkeys(devices)]


def amend_back(allocation: UUID, back: Back, occasion: Occasion) -> Allocation:
    """Say more about a device that came back: damage, what it costs, whether it was wiped. Raises Forbidden, NotFound and CannotBeDone."""
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    row = Allocation.get_or_none(Allocation.id == allocation)
    if row is None:
        raise records.NotFound("There is no such allocation here.")
    if row.returned_on is None:
        raise CannotBeDone("That device has not come back yet.")
    said = {
        "condition_back": back.condition or row.condition_back,
        "damage": back.damage or row.damage,
        "damage_charge": row.damage_charge if back.charge is None else back.charge,
        "wiped": back.wiped or row.wiped,
    }
    changes = set_answers(row, said)
    if changes:
        with recording(occasion.by, occasion.at) as trace:
            records.amend(trace, ALLOCATIONS, row, changes, occasion=occasion)
    return row


def _one(trace: Trace, device: UUID, back: Back, occasion: Occasion) -> Allocation:
    row = Allocation.get_or_none(Allocation.open_device == device)
    if row is None:
        known = Device.get_or_none(Device.id == device)
        raise CannotBeDone(f"{known.name if known else 'That device'}: {NOT_OUT}")
    said = {"condition_back": back.condition, "damage": back.damage or None, "damage_charge": back.charge, "wiped": back.wiped}
    changes = set_answers(row, {"open_device": None, "returned_on": occasion.school.today, **said})
    records.amend(trace, ALLOCATIONS, row, changes, occasion=occasion)
    found = Device.get_by_id(device)
    moved = {name: value for name, value in (("condition", back.condition), ("place", back.place)) if value is not None}
    after = set_answers(found, moved)
    if after:
        records.amend(trace, DEVICES, found, after, occasion=occasion)
    return row
