"""Disposals: devices listed, the list frozen, approved by the headteacher, carried out, and proved by a certificate for each serial number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.base import new_id
from models.device import Device
from models.disposal import Disposal, DisposalLine
from models.names import serial_spelling
from models.vocabulary import DeviceStatus, DisposalStage, YesNoUnknown
from registry.access import Deed, Forbidden, Permission, may, require, school_of
from registry.devices import scanning, standing
from registry.occasion import Occasion
from registry.records import amend
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone, set_answers, store
from registry.rules.disposal_care import BatchFacts, LineFacts, batch_findings, line_findings
from registry.rules.finding import Finding
from registry.schema import Invalid
from registry.trace.audit import Happened, Trace, recording
from registry.trace.chain import gone_seal

MOST = 1_000
CAN_LEAVE = frozenset({DeviceStatus.IN_STOCK, DeviceStatus.RETIRED})
FROZEN = "The list is frozen: no device comes or goes any more. Send it back to change it."
LONGEST = 120


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
    lines = [*DisposalLine.select().where(DisposalLine.disposal == row.id).order_by(DisposalLine.place)]
    devices = {each.id: each for each in Device.select().where(Device.id.in_([line.device for line in lines]))}
    return [Listed(line, devices.get(line.device)) for line in lines]


def add(row: Disposal, codes: str, occasion: Occasion) -> tuple[int, list[str]]:
    """List the devices of these tags or serial numbers, one a line; how many, and a sentence for each that cannot leave. Raises CannotBeDone."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    _demand_stage(row, DisposalStage.LISTING)
    wanted, problems = _looked_up(codes)
    there = {each.line.device for each in listed(row)}
    on_lists = DisposalLine.select(DisposalLine.device).where(DisposalLine.device.in_([each.id for each in wanted]))
    elsewhere = {device for (device,) in on_lists.tuples()}
    fitting = []
    for each in wanted:
        why = "is on this list already" if each.id in there else "is on the list of a disposal already" if each.id in elsewhere else _why_not(each)
        if why:
            problems.append(f"{each.name} {why}.")
        else:
            fitting.append(each)
    if len(there) + len(fitting) > MOST:
        raise CannotBeDone(f"At most {MOST:,} devices leave in one batch. Make another.")
    if fitting:
        with recording(occasion.by, occasion.at) as trace:
            for place, each in enumerate(fitting, len(there) + 1):
                line = DisposalLine(id=new_id(), school=school_of(occasion.by), disposal=row.id, device=each.id, place=place)
                store(trace, Happened.DISPOSAL_CHANGED, line, new=True)
            standing.settle(trace, [each.id for each in fitting], occasion)
    return len(fitting), problems


def drop(row: Disposal, line: UUID, occasion: Occasion) -> None:
    """Take a device off the list: it stands where it stood before. Raises CannotBeDone."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    _demand_stage(row, DisposalStage.LISTING)
    found = _line(row, line)
    with recording(occasion.by, occasion.at) as trace:
        DisposalLine.delete().where(DisposalLine.id == found.id).execute()
        table = DisposalLine._meta.table_name
        trace.note(Happened.DISPOSAL_CHANGED, table, found.id, seal=gone_seal(table, found.id.bytes))
        standing.settle(trace, [found.device], occasion)


def freeze(row: Disposal, occasion: Occasion) -> None:
    """Let the list stand, and ask the headteacher. Raises CannotBeDone for an empty list, and Invalid while it is not said how."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    _demand_stage(row, DisposalStage.LISTING)
    lines = listed(row)
    if not lines:
        raise CannotBeDone("Nothing is on the list yet.")
    if row.method is None:
        raise Invalid({"method": ["Say first how the data is made to go away: press Change."]})
    with recording(occasion.by, occasion.at) as trace:
        for each in lines:
            _settle_line(trace, each.line, {"serial": each.device.serial if each.device else None,
                                            "holds_personal": each.device.holds_personal if each.device else YesNoUnknown.UNKNOWN})  # fmt: skip
        _move(trace, row, {"stage": DisposalStage.FROZEN, "frozen_at": occasion.at, "proposed_by": occasion.by.user}, occasion)


def approve(row: Disposal, occasion: Occasion, *, seen: int) -> None:
    """Allow the devices on the frozen list to leave. Raises Forbidden, and CannotBeDone when the batch moved on since it was read."""
    require(occasion.by, Permission.APPROVE_DISPOSALS)
    _demand_stage(row, DisposalStage.FROZEN)
    if row.version != seen:
        raise CannotBeDone("This batch was changed since you opened the page. Read it again, then approve.")
    if row.proposed_by_id == occasion.by.user:
        raise Forbidden("Whoever proposed a disposal does not approve it.")
    with recording(occasion.by, occasion.at) as trace:
        _move(trace, row, {"stage": DisposalStage.APPROVED, "approved_at": occasion.at, "approved_by": occasion.by.user}, occasion)


def send_back(row: Disposal, occasion: Occasion) -> None:
    """Open the list again; what was approved counts no more. Raises Forbidden and CannotBeDone."""
    if not (may(occasion.by, Permission.APPROVE_DISPOSALS) or may(occasion.by, Deed.CHANGE, DISPOSALS)):
        raise Forbidden("This role may not send it back.")
    if row.stage not in (DisposalStage.FROZEN, DisposalStage.APPROVED):
        raise CannotBeDone("Only a list that is frozen and not carried out can be opened again.")
    undone = {"stage": DisposalStage.LISTING, "frozen_at": None, "approved_at": None, "approved_by": None, "proposed_by": None}
    with recording(occasion.by, occasion.at) as trace:
        _move(trace, row, undone, occasion)


def carry_out(row: Disposal, on: date, occasion: Occasion) -> None:
    """Say that the devices are gone. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    _demand_stage(row, DisposalStage.APPROVED)
    if occasion.school.today and on > occasion.school.today:
        raise Invalid({"done_on": ["That day is still to come."]})
    with recording(occasion.by, occasion.at) as trace:
        _move(trace, row, {"stage": DisposalStage.DONE, "done_on": on}, occasion)
        standing.settle(trace, [each.line.device for each in listed(row)], occasion)


def prove(row: Disposal, said: Mapping[UUID, Mapping[str, Any]], occasion: Occasion) -> int:
    """Keep certificates and releases by line; how many lines changed. Raises Forbidden, Invalid and CannotBeDone."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    if row.stage not in (DisposalStage.APPROVED, DisposalStage.DONE):
        raise CannotBeDone("Certificates come once the disposal is approved.")
    lines = {each.line.id: each.line for each in listed(row)}
    if any(len(str(answers.get(name) or "")) > LONGEST for answers in said.values() for name in ("certificate", "certificate_serial")):
        raise Invalid({"certificates": [f"A certificate's number has at most {LONGEST} letters."]})
    changed = [(lines[key], answers) for key, answers in said.items() if key in lines and _differs(lines[key], answers)]
    if changed:
        with recording(occasion.by, occasion.at) as trace:
            for line, answers in changed:
                _settle_line(trace, line, answers)
    return len(changed)


def care(row: Disposal, occasion: Occasion) -> list[tuple[str, Finding]]:
    """What is missing or wrong: of the batch, and of each device by its name."""
    known = {each: getattr(row, each) for each in ("stage", "destination", "contractor", "carrier_registration", "waste_note")}
    batch = BatchFacts(**known, approved_by=row.approved_by_id, proposed_by=row.proposed_by_id)
    found = [("", each) for each in batch_findings(batch, occasion.school)]
    for each in listed(row):
        facts = LineFacts(stage=row.stage, serial=each.line.serial, method=row.method, standard=row.standard, certificate=each.line.certificate,
                          certificate_serial=each.line.certificate_serial, removed_from_mdm=each.line.removed_from_mdm,
                          lock_cleared=each.line.lock_cleared, holds_personal=each.line.holds_personal)  # fmt: skip
        found += [(each.name, finding) for finding in line_findings(facts, occasion.school)]
    return found


def pasted(row: Disposal, text: str) -> tuple[dict[UUID, dict[str, Any]], list[str]]:
    """Certificates pasted as “serial number; certificate”, one a line, by the line of their device; and the lines that fit none."""
    by_serial = {serial_spelling(each.line.serial): each.line for each in listed(row) if each.line.serial}
    found: dict[UUID, dict[str, Any]] = {}
    unknown: list[str] = []
    for text_line in filter(None, (each.strip() for each in text.splitlines())):
        serial, _, certificate = (part.strip() for part in text_line.replace("\t", ";").partition(";"))
        line = by_serial.get(serial_spelling(serial))
        if line is None or not certificate:
            unknown.append(text_line[:LONGEST])
        else:
            found[line.id] = {"certificate": certificate, "certificate_serial": serial}
    return found, unknown


def _looked_up(codes: str) -> tuple[list[Device], list[str]]:
    wanted: dict[UUID, Device] = {}
    problems = []
    for code in list(filter(None, (each.strip() for each in codes.splitlines())))[:MOST]:
        found = scanning.found(code)
        if found.device is None:
            problems.append(found.problem)
        else:
            wanted[found.device.id] = found.device
    return list(wanted.values()), problems


def _why_not(device: Device) -> str:
    if device.status in CAN_LEAVE:
        return ""
    if device.status in (DeviceStatus.ALLOCATED, DeviceStatus.SHARED):
        return "is still out: take it back first"
    return f"is {device.status.label.lower()}"


def _line(row: Disposal, line: UUID) -> DisposalLine:
    found: DisposalLine | None = DisposalLine.get_or_none((DisposalLine.id == line) & (DisposalLine.disposal == row.id))
    if found is None:
        raise CannotBeDone("That device is not on the list any more.")
    return found


def _differs(line: DisposalLine, answers: Mapping[str, Any]) -> bool:
    return any(getattr(line, name) != value for name, value in answers.items())


def _settle_line(trace: Trace, line: DisposalLine, answers: Mapping[str, Any]) -> None:
    if changes := set_answers(line, dict(answers)):
        store(trace, Happened.DISPOSAL_CHANGED, line, changes)


def _move(trace: Trace, row: Disposal, answers: Mapping[str, Any], occasion: Occasion) -> None:
    before = {name: getattr(row, f"{name}_id" if name.endswith("_by") else name) for name in answers}
    changes = {name: (before[name], value) for name, value in answers.items() if before[name] != value}
    amend(trace, DISPOSALS, row, changes, occasion=occasion)


def _demand_stage(row: Disposal, stage: DisposalStage) -> None:
    if row.stage is not stage:
        raise CannotBeDone(FROZEN if stage is DisposalStage.LISTING else f"This batch is “{row.stage.label.lower()}”, so that cannot be done now.")


