"""Stock-take: somebody other than its keeper scans a place, and sees what is there, missing, too many or moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.base import new_id
from models.device import Device
from models.names import fold
from models.place import Place
from models.stock_take import StockLine, StockTake
from models.vocabulary import DeviceStatus, StockTakeStage
from registry import records
from registry.access import Forbidden, Permission, require, school_of
from registry.actor import Actor
from registry.amending import put
from registry.devices import scanning
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.devices.checks import DEVICE_CHECKS
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.places import PLACES
from registry.rows import CannotBeDone, store
from registry.rules.plain_dates import plain_day
from registry.trace.audit import Happened, recording

NOT_HERE = frozenset({DeviceStatus.DISPOSED, DeviceStatus.RETIRED, DeviceStatus.IN_REPAIR, DeviceStatus.LOST, DeviceStatus.STOLEN})
"""What is known to be elsewhere is not missing from its place."""


class Verdict(StrEnum):
    """What came of a scan."""

    HERE = "here"
    AGAIN = "again"
    ELSEWHERE = "elsewhere"
    HELD = "held"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What one scan told: the device, where it belongs or who holds it, and a sentence."""

    verdict: Verdict
    sentence: str
    device: Device | None = None


@dataclass(frozen=True)
class Picture:
    """How a check stands: what was seen, what is missing, what is too many."""

    seen: tuple[Device, ...]
    missing: tuple[Device, ...]
    unexpected: tuple[tuple[Device, str], ...]
    unknown: tuple[StockLine, ...]


def begin(place: UUID, occasion: Occasion) -> StockTake:
    """Begin to check a place, or go on with the check of it that is open. Raises Forbidden for its keeper."""
    require(occasion.by, Permission.CHECK_DEVICES)
    where = records.find(PLACES, place, occasion.by)
    if where.keeper and fold(where.keeper) == fold(occasion.by.name):
        raise Forbidden("Somebody other than the keeper checks it.")
    is_open = (StockTake.place == place) & (StockTake.stage == StockTakeStage.OPEN) & StockTake.archived_at.is_null()
    going_on: StockTake | None = StockTake.get_or_none(is_open)
    if going_on is not None:
        return going_on
    day = plain_day(occasion.school.today) if occasion.school.today else ""
    robot = Occasion(Actor.robot("checks of devices", school_of(occasion.by)), occasion.at, occasion.school)
    with recording(occasion.by, occasion.at) as trace:
        answers = {"name": f"{where.name}, {day}", "place": place, "begun_at": occasion.at, "begun_by": occasion.by.user}
        made: StockTake = records.insert(trace, DEVICE_CHECKS, answers, robot, number=next_number(DEVICE_CHECKS, robot.by))
    return made


def scan(row: StockTake, code: str, occasion: Occasion) -> Answer:
    """Keep what was scanned, and say at once what it is; the same thing twice is kept once. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Permission.CHECK_DEVICES)
    _demand_open(row)
    found = scanning.found(code)
    if not found.code:
        return Answer(Verdict.UNKNOWN, "Scan or type a tag or a serial number.")
    if found.others:
        return Answer(Verdict.UNKNOWN, found.problem)
    device = found.device
    kept = str(device.id) if device else found.code[:120].upper()
    if StockLine.select().where((StockLine.stock_take == row.id) & (StockLine.scanned == kept)).exists():
        return Answer(Verdict.AGAIN, f"{device.name if device else found.code} was scanned already.", device)
    with recording(occasion.by, occasion.at) as trace:
        line = StockLine(id=new_id(), school=school_of(occasion.by), stock_take=row.id, device=device.id if device else None, scanned=kept,
                         seen_at=occasion.at)  # fmt: skip
        store(trace, Happened.STOCK_TAKEN, line, new=True)
    if device is None:
        return Answer(Verdict.UNKNOWN, found.problem)
    why = _elsewhere(row, [device]).get(device.id, "")
    if not why:
        return Answer(Verdict.HERE, f"{device.name} is where it belongs.", device)
    return Answer(Verdict.HELD if why.startswith("held") else Verdict.ELSEWHERE, f"{device.name} is {why}.", device)


def picture(row: StockTake) -> Picture:
    """How a check stands by now."""
    lines = [*StockLine.select().where(StockLine.stock_take == row.id).order_by(StockLine.seen_at.desc(), StockLine.id.desc())]
    keys = [line.device for line in lines if line.device]
    scanned = {each.id: each for each in Device.select().where(Device.id.in_(keys))}
    belonging = {each.id: each for each in Device.select().where((Device.place == row.place) & Device.archived_at.is_null()).order_by(Device.name)}
    in_order = [scanned[key] for key in keys if key in scanned]
    elsewhere = _elsewhere(row, in_order)
    out = {device for (device,) in Allocation.select(Allocation.open_device).where(
        Allocation.open_device.in_(list(belonging)) & ((Allocation.place.is_null()) | (Allocation.place != row.place))).tuples()}  # fmt: skip
    missing = [each for each in belonging.values() if each.id not in scanned and each.status not in NOT_HERE and each.id not in out]
    return Picture(
        seen=tuple(each for each in in_order if each.id not in elsewhere),
        missing=tuple(missing),
        unexpected=tuple((each, elsewhere[each.id]) for each in in_order if each.id in elsewhere),
        unknown=tuple(line for line in lines if line.device is None),
    )


def move_here(row: StockTake, device: UUID, occasion: Occasion) -> None:
    """Let a device that was found here belong here from now on. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Permission.CHECK_DEVICES)
    _demand_open(row)
    found = Device.get_or_none(Device.id == device)
    if found is None or not StockLine.select().where((StockLine.stock_take == row.id) & (StockLine.device == device)).exists():
        raise CannotBeDone("That device was not scanned here.")
    before, found.place = found.place, row.place
    with recording(occasion.by, occasion.at) as trace:
        put(trace, DEVICES, found, occasion, changes={"place": (before, row.place)}, names=("place",))


def close(row: StockTake, occasion: Occasion) -> Picture:
    """Keep what was found; everything that was seen here counts as checked today. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Permission.CHECK_DEVICES)
    _demand_open(row)
    found = picture(row)
    today = occasion.school.today
    counts = {"seen": len(found.seen), "missing": len(found.missing), "unexpected": len(found.unexpected) + len(found.unknown)}
    after: Mapping[str, Any] = {"stage": StockTakeStage.DONE, "closed_at": occasion.at, **counts}
    with recording(occasion.by, occasion.at) as trace:
        records.amend(trace, DEVICE_CHECKS, row, {name: (getattr(row, name), value) for name, value in after.items()}, occasion=occasion)
        for each in (*found.seen, *(device for device, _why in found.unexpected)):
            if each.last_checked_on != today:
                before, each.last_checked_on = each.last_checked_on, today
                put(trace, DEVICES, each, occasion, changes={"last_checked_on": (before, today)}, names=("last_checked_on",))
    return found


def _elsewhere(row: StockTake, devices: list[Device]) -> dict[UUID, str]:
    """Where those of these devices should be that do not belong here: by the open hand-over, else by their place."""
    held = {each.open_device: each for each in Allocation.select().where(Allocation.open_device.in_([device.id for device in devices]))}
    names = {each.id: each.name for each in Place.select().where(Place.id.in_([device.place for device in devices if device.place]))}
    found: dict[UUID, str] = {}
    for device in devices:
        open_one = held.get(device.id)
        if open_one is not None and open_one.place != row.place:
            found[device.id] = f"held by {open_one.holder}" if open_one.place is None else f"lent to {open_one.holder}"
        elif open_one is None and device.place != row.place:
            found[device.id] = f"kept in {names[device.place]}" if device.place in names else "not said to belong anywhere"
    return found


def _demand_open(row: StockTake) -> None:
    if row.stage is not StockTakeStage.OPEN:
        raise CannotBeDone("This check is closed. Begin another.")
