"""Stock-take: somebody other than its keeper scans a place, and sees what is there, missing, too many or moved."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from peewee import IntegrityError

from models.base import new_id
from models.device import Device
from models.names import fold
from models.place import Place
from models.stock_take import StockLine, StockTake
from models.vocabulary import StockTakeStage, StockVerdict
from registry import records
from registry.access import Forbidden, Permission, require, school_of
from registry.actor import Actor
from registry.amending import put
from registry.devices import scanning
from registry.devices.stock_picture import Elsewhere, Picture, elsewhere, picture
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.devices.checks import DEVICE_CHECKS
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.places import PLACES
from registry.rows import CannotBeDone, set_answers, store
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import plain_day
from registry.trace.audit import Happened, Trace, recording
from registry.typed import ZONE

OTHER_THAN_KEEPER = "Somebody other than the keeper checks it."
CLOSED = "This check is closed. Begin another."


class Verdict(StrEnum):
    """What came of a scan."""

    HERE = "here"
    AGAIN = "again"
    ELSEWHERE = "elsewhere"
    HELD = "held"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What one scan told: a sentence, the device, why it is not expected there, and what was kept of a code that nobody knows."""

    verdict: Verdict
    sentence: str
    device: Device | None = None
    why: Elsewhere | None = None
    kept: str = ""


class _GoingOn(Exception):
    """Somebody began the same check a moment before."""

    def __init__(self, row: StockTake) -> None:
        super().__init__()
        self.row = row


def is_keeper(place: Place, by: Actor) -> bool:
    """Whether somebody keeps a place, as far as names tell."""
    return bool(place.keeper) and fold(place.keeper) == fold(by.name)


def begin(place: UUID, occasion: Occasion) -> StockTake:
    """Begin to check a place, or go on with the check of it that is open. Raises Forbidden for its keeper."""
    where = _demand_other(place, occasion.by)
    day = plain_day(occasion.school.today) if occasion.school.today else ""
    robot = Occasion(Actor.robot("checks of devices", school_of(occasion.by)), occasion.at, occasion.school)
    try:
        with recording(occasion.by, occasion.at) as trace:
            is_open = (StockTake.place == place) & (StockTake.stage == StockTakeStage.OPEN) & StockTake.archived_at.is_null()
            going_on = StockTake.get_or_none(is_open)
            if going_on is not None:
                raise _GoingOn(going_on)
            answers = {"name": f"{where.name}, {day}", "place": place, "begun_at": occasion.at, "begun_by": occasion.by.user}
            made: StockTake = records.insert(trace, DEVICE_CHECKS, answers, robot, number=next_number(DEVICE_CHECKS, robot.by))
    except _GoingOn as found:
        return found.row
    return made


def scan(row: StockTake, code: str, occasion: Occasion) -> Answer:
    """Keep what was scanned, and say at once what it is; the same thing twice is kept once. Raises Forbidden and CannotBeDone."""
    _demand_other(row.place, occasion.by)
    found = scanning.found(code)
    if not found.code or found.others:
        return Answer(Verdict.UNKNOWN, found.problem if found.code else "Scan or type a tag or a serial number.")
    device, kept = found.device, str(found.device.id) if found.device else found.code[:120].upper()
    why = elsewhere(row.place, [device], occasion.by).get(device.id) if device else None
    verdict = StockVerdict.UNKNOWN if device is None else StockVerdict.ELSEWHERE if why else StockVerdict.HERE
    line = StockLine(id=new_id(), school=school_of(occasion.by), stock_take=row.id, device=device.id if device else None, scanned=kept,
                     verdict=verdict, place=why.place if why else row.place if device else None, seen_at=occasion.at)  # fmt: skip
    is_new = _keep(row, line, occasion)
    if device is None:
        return Answer(Verdict.UNKNOWN if is_new else Verdict.AGAIN, found.problem if is_new else f"{found.code} was scanned already.", kept=kept)
    if not is_new:
        return Answer(Verdict.AGAIN, f"{device.name} was scanned already.", device, why)
    if why is None:
        return Answer(Verdict.HERE, f"{device.name} is where it belongs.", device)
    return Answer(Verdict.HELD if why.is_held else Verdict.ELSEWHERE, f"{device.name} is {why.words}.", device, why)


def move_here(row: StockTake, device: UUID, occasion: Occasion) -> None:
    """Let a device that was found here belong here from now on. Raises Forbidden and CannotBeDone."""
    _demand_other(row.place, occasion.by)
    with recording(occasion.by, occasion.at) as trace:
        _demand_open(row)
        found = Device.get_or_none(Device.id == device)
        line = StockLine.get_or_none((StockLine.stock_take == row.id) & (StockLine.device == device))
        if found is None or line is None:
            raise CannotBeDone("That device was not scanned here.")
        why = elsewhere(row.place, [found], occasion.by).get(device)
        if why is None:
            raise CannotBeDone(f"{found.name} belongs here already.")
        if not why.may_stay:
            raise CannotBeDone(f"{found.name} is {why.words}. Settle that first.")
        records.amend(trace, DEVICES, found, {"place": (found.place, row.place)}, occasion=occasion)
        _judge(trace, line, StockVerdict.HERE, row.place)


def close(row: StockTake, occasion: Occasion) -> Picture:
    """Keep what was found as it is now; everything that was seen here counts as checked that day. Raises Forbidden and CannotBeDone."""
    _demand_other(row.place, occasion.by)
    with recording(occasion.by, occasion.at) as trace:
        now = _demand_open(row)
        found = picture(now, occasion.by)
        _keep_verdicts(trace, now, found, occasion)
        counts = {"seen": len(found.seen), "missing": len(found.missing), "unexpected": len(found.unexpected) + len(found.unknown)}
        after = {"stage": StockTakeStage.DONE, "closed_at": occasion.at, **counts}
        records.amend(trace, DEVICE_CHECKS, now, {name: (getattr(now, name), value) for name, value in after.items()}, occasion=occasion)
    return found


def _keep(row: StockTake, line: StockLine, occasion: Occasion) -> bool:
    """Whether something was scanned for the first time; it is kept then, whoever else scans the same at this moment."""
    if StockLine.select().where((StockLine.stock_take == row.id) & (StockLine.scanned == line.scanned)).exists():
        _demand_open(row)
        return False
    try:
        with recording(occasion.by, occasion.at) as trace:
            _demand_open(row)
            store(trace, Happened.STOCK_TAKEN, line, new=True)
    except IntegrityError:
        return False
    return True


def _keep_verdicts(trace: Trace, row: StockTake, found: Picture, occasion: Occasion) -> None:
    lines = {line.device: line for line in StockLine.select().where((StockLine.stock_take == row.id) & StockLine.device.is_null(False))}
    told = {each.id: (each, StockVerdict.HERE, row.place) for each in found.seen}
    told |= {each.id: (each, StockVerdict.ELSEWHERE, why.place) for each, why in found.unexpected}
    for device, verdict, place in told.values():
        _judge(trace, lines[device.id], verdict, place)
        seen_on = in_zone(lines[device.id].seen_at, ZONE).date()
        before = device.last_checked_on
        if before is None or before < seen_on:
            device.last_checked_on = seen_on
            put(trace, DEVICES, device, occasion, changes={"last_checked_on": (before, seen_on)}, names=("last_checked_on",))
    for device in found.missing:
        line = StockLine(id=new_id(), school=school_of(occasion.by), stock_take=row.id, device=device.id, scanned=str(device.id),
                         verdict=StockVerdict.MISSING, place=row.place)  # fmt: skip
        store(trace, Happened.STOCK_TAKEN, line, new=True)


def _judge(trace: Trace, line: StockLine, verdict: StockVerdict, place: UUID | None) -> None:
    changes = set_answers(line, {"verdict": verdict, "place": place})
    if changes:
        store(trace, Happened.STOCK_TAKEN, line, changes)


def _demand_other(place: UUID, by: Actor) -> Place:
    """The place, for somebody who may check it."""
    require(by, Permission.CHECK_DEVICES)
    where: Place = records.find(PLACES, place, by)
    if is_keeper(where, by):
        raise Forbidden(OTHER_THAN_KEEPER)
    return where


def _demand_open(row: StockTake) -> StockTake:
    """The check as it is kept now."""
    now: StockTake = StockTake.get_by_id(row.id)
    if now.stage is not StockTakeStage.OPEN:
        raise CannotBeDone(CLOSED)
    return now
