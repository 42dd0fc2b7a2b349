"""The list of a disposal: devices put on it and taken off while it is open, and what stands in the way of their leaving."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.base import new_id
from models.device import Device
from models.disposal import Disposal, DisposalLine
from models.vocabulary import DeviceStatus, DisposalStage
from registry.access import Deed, require, school_of
from registry.devices import scanning, standing
from registry.occasion import Occasion
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone, set_answers, store
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import gone_seal

MOST = 1_000
OFFERED = 60
GONE_BEFORE = frozenset({DeviceStatus.LOST, DeviceStatus.STOLEN, DeviceStatus.DISPOSED})
FROZEN = "The list is frozen: no device comes or goes any more. Send it back to change it."
CHANGED_SINCE = "Somebody else has changed this batch in the meantime, so nothing was saved. Open the page afresh to see what is new."


@dataclass(frozen=True)
class Listed:
    """One device of a batch with its line."""

    line: DisposalLine
    device: Device | None

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.device.name) if self.device else "A device that is gone"


def listed(row: Disposal) -> list[Listed]:
    """The devices of a batch, in the order in which they were listed."""
    lines = [*DisposalLine.select().where(DisposalLine.disposal == row.id).order_by(DisposalLine.place, DisposalLine.id)]
    devices = {each.id: each for each in Device.select().where(Device.id.in_([line.device for line in lines]))}
    return [Listed(line, devices.get(line.device)) for line in lines]


def spare() -> list[Device]:
    """Devices in stock that could be listed, those bought longest ago first."""
    stock = (Device.status == DeviceStatus.IN_STOCK) & Device.archived_at.is_null()
    return [*Device.select().where(stock).order_by(Device.purchased_on.is_null(), Device.purchased_on, Device.number).limit(OFFERED)]


def add(row: Disposal, codes: str, occasion: Occasion, chosen: Collection[UUID] = ()) -> tuple[int, list[str]]:
    """List the devices of these tags or serial numbers, one a line, and those chosen from the stock.

    How many, and a sentence for each that cannot leave. Raises Forbidden and CannotBeDone.
    """
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    demand_stage(row, DisposalStage.LISTING)
    wanted, problems = _looked_up(codes, chosen)
    there = listed(row)
    on_this, on_others = {each.line.device for each in there}, standing.leaving([each.id for each in wanted])
    fitting = []
    for each in wanted:
        why = "is on this list already" if each.id in on_this else "is on the list of another disposal" if each.id in on_others else _why_not(each)
        if why:
            problems.append(f"{each.name} {why}.")
        else:
            fitting.append(each)
    if len(there) + len(fitting) > MOST:
        raise CannotBeDone(f"At most {MOST:,} devices leave in one batch. Make another.")
    if fitting:
        _put_on(row, [each.id for each in fitting], max((each.line.place for each in there), default=0) + 1, occasion)
    return len(fitting), problems


def drop(row: Disposal, line: UUID, occasion: Occasion) -> None:
    """Take a device off the list: it stands where it stood before. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    demand_stage(row, DisposalStage.LISTING)
    table = DisposalLine._meta.table_name
    with recording(occasion.by, occasion.at) as trace:
        demand_unchanged(row)
        found: DisposalLine | None = DisposalLine.get_or_none((DisposalLine.id == line) & (DisposalLine.disposal == row.id))
        if found is None:
            raise CannotBeDone("That device is not on the list any more.")
        DisposalLine.delete().where(DisposalLine.id == found.id).execute()
        trace.note(Happened.DISPOSAL_CHANGED, table, found.id, seal=gone_seal(table, found.id.bytes))
        standing.settle(trace, [found.device], occasion)


def in_the_way(lines: Sequence[Listed]) -> list[str]:
    """A sentence for each device of a list that cannot leave as it is: it went missing since, or somebody holds it."""
    out = {device for (device,) in Allocation.select(Allocation.open_device).where(Allocation.open_device.in_(_devices(lines))).tuples()}
    known = ((each.name, each.device, each.line.device in out) for each in lines)
    return [f"{name} {_missing(device) or 'is still out'}." for name, device, is_out in known if is_out or _missing(device)]


def demand_stage(row: Disposal, stage: DisposalStage) -> None:
    """Raise CannotBeDone unless the batch stands at this stage."""
    if row.stage is not stage:
        raise CannotBeDone(FROZEN if stage is DisposalStage.LISTING else f"This batch is “{row.stage.label.lower()}”, so that cannot be done now.")


def demand_unchanged(row: Disposal) -> None:
    """Raise CannotBeDone when the batch moved on since it was read; inside a recording, where nobody else can move it."""
    if not Disposal.select(Disposal.id).where((Disposal.id == row.id) & (Disposal.version == row.version)).exists():
        raise CannotBeDone(CHANGED_SINCE)


def settle_line(trace: Trace, line: DisposalLine, answers: Mapping[str, Any]) -> None:
    """Keep what is said of one device of a batch."""
    if changes := set_answers(line, dict(answers)):
        store(trace, Happened.DISPOSAL_CHANGED, line, changes)


def _put_on(row: Disposal, devices: Sequence[UUID], first: int, occasion: Occasion) -> None:
    with recording(occasion.by, occasion.at) as trace:
        demand_unchanged(row)
        if standing.leaving(devices):
            raise CannotBeDone("Somebody else has just listed one of these. Press the button again to see which.")
        for place, device in enumerate(devices, first):
            line = DisposalLine(id=new_id(), school=school_of(occasion.by), disposal=row.id, device=device, place=place)
            store(trace, Happened.DISPOSAL_CHANGED, line, new=True)
        standing.settle(trace, devices, occasion)


def _looked_up(codes: str, chosen: Collection[UUID]) -> tuple[list[Device], list[str]]:
    typed = [*filter(None, (each.strip() for each in codes.splitlines()))]
    if len(typed) + len(chosen) > MOST:
        raise CannotBeDone(f"At most {MOST:,} devices leave in one batch. Make another.")
    found = [scanning.found(code) for code in typed]
    picked = Device.select().where(Device.id.in_([*chosen]) & Device.archived_at.is_null()) if chosen else ()
    wanted = [each.device for each in found if each.device is not None]
    return [*{each.id: each for each in (*wanted, *picked)}.values()], [each.problem for each in found if each.problem]


def _why_not(device: Device) -> str:
    if device.status is DeviceStatus.IN_STOCK:
        return ""
    if device.status in (DeviceStatus.ALLOCATED, DeviceStatus.SHARED):
        return "is still out: take it back first"
    if device.status in (DeviceStatus.LOST, DeviceStatus.STOLEN):
        return f"is {device.status.label.lower()}: if it is back, say on its loss that it was found"
    return "is in repair: say first that it is back" if device.status is DeviceStatus.IN_REPAIR else f"is {device.status.label.lower()} already"


def _missing(device: Device | None) -> str:
    return f"is {device.status.label.lower()}" if device is not None and device.status in GONE_BEFORE else ""


def _devices(lines: Iterable[Listed]) -> list[UUID]:
    return [each.line.device for each in lines]
