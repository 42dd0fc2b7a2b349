"""How a check of a place stands: what was seen, what is missing, and what belongs elsewhere."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.allocation import Allocation
from models.device import Device
from models.place import Place
from models.stock_take import StockLine, StockTake
from models.vocabulary import DeviceStatus, StockTakeStage, StockVerdict
from registry.access import Deed, may
from registry.actor import Actor
from registry.registers.devices.allocations import ALLOCATIONS

GONE = {
    DeviceStatus.DISPOSED: "disposed of, says the register",
    DeviceStatus.RETIRED: "retired, and waits for disposal",
    DeviceStatus.IN_REPAIR: "in repair, says the register",
    DeviceStatus.LOST: "reported as lost",
    DeviceStatus.STOLEN: "reported as stolen",
}
"""What is known to be elsewhere is not missing from its place, and is told of where it is found there after all."""

SOMEBODY = "somebody"


@dataclass(frozen=True)
class Elsewhere:
    """Why a device does not belong where it was found: in words, its own place, whether somebody has it, and whether it can simply stay."""

    words: str
    place: UUID | None = None
    is_held: bool = False
    may_stay: bool = False


@dataclass(frozen=True)
class Picture:
    """How a check stands by now, or stood when it was closed; the last scan first."""

    seen: tuple[Device, ...]
    missing: tuple[Device, ...]
    unexpected: tuple[tuple[Device, Elsewhere], ...]
    unknown: tuple[StockLine, ...]


def picture(row: StockTake, by: Actor) -> Picture:
    """How a check stands: while it goes on as things are now, and once it is closed as they were then."""
    lines = [*StockLine.select().where(StockLine.stock_take == row.id).order_by(StockLine.seen_at.desc(), StockLine.id.desc())]
    unknown = tuple(line for line in lines if line.device is None)
    scanned = {each.id: each for each in Device.select().where(Device.id.in_([line.device for line in lines if line.device]))}
    known = [(line, scanned[line.device]) for line in lines if line.device in scanned]
    if row.stage is not StockTakeStage.OPEN:
        return _as_closed(known, unknown)
    in_order = [device for _line, device in known]
    away = elsewhere(row.place, in_order, by)
    return Picture(
        seen=tuple(each for each in in_order if each.id not in away),
        missing=tuple(_missing(row.place, scanned.keys())),
        unexpected=tuple((each, away[each.id]) for each in in_order if each.id in away),
        unknown=unknown,
    )


def elsewhere(place: UUID, devices: Sequence[Device], by: Actor) -> dict[UUID, Elsewhere]:
    """Those of these devices that do not belong to a place: by what became of them, by the open hand-over, else by their own place."""
    held = {each.open_device: each for each in Allocation.select().where(Allocation.open_device.in_([device.id for device in devices]))}
    names = _names(device.place for device in devices)
    found = ((device.id, _why(place, device, held.get(device.id), names, sees=may(by, Deed.SEE, ALLOCATIONS))) for device in devices)
    return {device: why for device, why in found if why is not None}


def _why(place: UUID, device: Device, out: Allocation | None, names: dict[UUID, str], *, sees: bool) -> Elsewhere | None:
    if device.status in GONE:
        return Elsewhere(GONE[device.status])
    if out is not None:
        if out.place == place:
            return None
        words = f"{'lent to' if out.place else 'held by'} {out.holder if sees or out.place else SOMEBODY}"
        return Elsewhere(words, out.place, is_held=not out.place)
    if device.place == place:
        return None
    return Elsewhere(f"kept in {names[device.place]}" if device.place in names else "not said to belong anywhere", device.place, may_stay=True)


def _missing(place: UUID, scanned: Collection[UUID]) -> list[Device]:
    """What belongs to a place, or was lent to it, and was not scanned; what is with somebody or known to be away is not missing."""
    out = dict(Allocation.select(Allocation.open_device, Allocation.place).where(Allocation.open_device.is_null(False) & (
        (Allocation.place == place) | Allocation.open_device.in_(Device.select(Device.id).where(Device.place == place)))).tuples())  # fmt: skip
    lent = [device for device, where in out.items() if where == place]
    belonging = Device.select().where(((Device.place == place) | Device.id.in_(lent)) & Device.archived_at.is_null()).order_by(Device.name, Device.id)
    return [each for each in belonging if each.id not in scanned and each.status not in GONE and out.get(each.id, place) == place]


def _as_closed(known: Sequence[tuple[StockLine, Device]], unknown: tuple[StockLine, ...]) -> Picture:
    names = _names(line.place for line, _device in known)
    of = {verdict: [(line, device) for line, device in known if line.verdict is verdict] for verdict in StockVerdict}
    return Picture(
        seen=tuple(device for _line, device in of[StockVerdict.HERE]),
        missing=tuple(sorted((device for _line, device in of[StockVerdict.MISSING]), key=lambda each: each.name)),
        unexpected=tuple((device, Elsewhere(_belonged(line, names))) for line, device in of[StockVerdict.ELSEWHERE]),
        unknown=unknown,
    )


def _belonged(line: StockLine, names: dict[UUID, str]) -> str:
    return f"belonged to {names[line.place]}" if line.place in names else "did not belong here"


def _names(places: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {place for place in places if place}
    return dict(Place.select(Place.id, Place.name).where(Place.id.in_([*wanted])).tuples()) if wanted else {}
