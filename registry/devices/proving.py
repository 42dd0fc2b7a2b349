"""The proof of a disposal: a certificate for each serial number, and each device let go by the management program and its lock."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.disposal import Disposal, DisposalLine
from models.names import serial_spelling
from models.supplier import Supplier
from models.vocabulary import DisposalStage
from registry.access import Deed, require
from registry.devices.disposal_lists import Listed, listed, settle_line
from registry.occasion import Occasion
from registry.records import amend
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone
from registry.rules.disposal_care import BatchFacts, LineFacts, batch_findings, line_findings
from registry.rules.finding import Finding, Severity
from registry.rules.school_facts import SchoolFacts
from registry.schema import Invalid
from registry.trace.audit import recording

LONGEST, LONGEST_SERIAL = 120, 80
COUNTS = ("certificates_missing", "certificates_wrong", "releases_missing")

Said = Mapping[UUID, Mapping[str, Any]]
"""What is said of lines, by their ids and the names of the questions."""


def prove(row: Disposal, said: Said, occasion: Occasion, seen: Mapping[UUID, int] | None = None) -> tuple[int, list[str]]:
    """Keep certificates and releases by line: how many lines changed, and a sentence for each that moved on since it was `seen`.

    Raises Forbidden, Invalid, CannotBeDone, and Conflict when the batch itself moved on.
    """
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    if row.stage not in (DisposalStage.APPROVED, DisposalStage.DONE):
        raise CannotBeDone("Certificates come once the disposal is approved.")
    _demand_short(said)
    lines = listed(row)
    differing = [(each, said[each.line.id]) for each in lines if each.line.id in said and _differs(each.line, said[each.line.id])]
    stale = [each for each, _answers in differing if seen is not None and seen.get(each.line.id) != each.line.version]
    changed = [(each.line, answers) for each, answers in differing if each not in stale]
    if changed:
        with recording(occasion.by, occasion.at) as trace:
            for line, answers in changed:
                settle_line(trace, line, answers)
            count = counted(row, lines, occasion.school)
            moved = {name: (getattr(row, name), value) for name, value in count.items() if getattr(row, name) != value}
            if moved:
                amend(trace, DISPOSALS, row, moved, occasion=occasion)
    return len(changed), [f"{each.name} was changed by somebody else in the meantime: look at it again." for each in stale]


def pasted(row: Disposal, text: str) -> tuple[dict[UUID, dict[str, Any]], list[str]]:
    """Certificates pasted as “serial number; certificate”, one a line, by the line of their device; and a sentence for each that fits none."""
    by_serial = {serial_spelling(each.line.serial): each.line.id for each in listed(row) if each.line.serial}
    found: dict[UUID, dict[str, Any]] = {}
    problems: list[str] = []
    for text_line in filter(None, (each.strip() for each in text.splitlines())):
        serial, _, certificate = (part.strip() for part in text_line.replace("\t", ";").partition(";"))
        line, said = by_serial.get(serial_spelling(serial)), text_line[:LONGEST]
        if not certificate:
            problems.append(f"There is no certificate after the serial number in: {said}")
        elif line is None:
            problems.append(f"No device of this list has the serial number in: {said}")
        elif line in found:
            problems.append(f"That serial number stands there twice, and the first was taken: {said}")
        else:
            found[line] = {"certificate": certificate, "certificate_serial": serial}
    return found, problems


def care(row: Disposal, occasion: Occasion) -> list[tuple[str, Finding]]:
    """What is missing or wrong: of the batch, and of each device by its name."""
    known = {each: getattr(row, each) for each in ("stage", "destination", "contractor", "carrier_registration", "waste_note")}
    supplier = Supplier.get_or_none(Supplier.id == row.contractor) if row.contractor else None
    signed = supplier.contract_signed if supplier else None
    batch = BatchFacts(**known, contract_signed=signed, approved_by=row.approved_by_id, proposed_by=row.proposed_by_id)
    found = [("", each) for each in batch_findings(batch, occasion.school)]
    return found + [(each.name, finding) for each in listed(row) for finding in line_findings(_facts(row, each.line), occasion.school)]


def counted(row: Disposal, lines: Sequence[Listed], school: SchoolFacts) -> dict[str, int | None]:
    """How many devices lack a certificate, have a wrong one, or are not let go; nothing before the list is approved."""
    if row.stage not in (DisposalStage.APPROVED, DisposalStage.DONE):
        return dict.fromkeys(COUNTS)
    found = [{each.code for each in line_findings(_facts(row, one.line), school) if each.severity is not Severity.NOTE} for one in lines]
    meant = (frozenset({"DS01"}), frozenset({"DS02"}), frozenset({"DS05", "DS06"}))
    return {name: sum(bool(codes & those) for codes in found) for name, those in zip(COUNTS, meant, strict=True)}


def _facts(row: Disposal, line: DisposalLine) -> LineFacts:
    return LineFacts(
        stage=row.stage, serial=line.serial, method=row.method, standard=row.standard, certificate=line.certificate,
        certificate_serial=line.certificate_serial, removed_from_mdm=line.removed_from_mdm, lock_cleared=line.lock_cleared,
        holds_personal=line.holds_personal,
    )  # fmt: skip


def _differs(line: DisposalLine, answers: Mapping[str, Any]) -> bool:
    return any(getattr(line, name) != value for name, value in answers.items())


def _demand_short(said: Said) -> None:
    for name, longest in (("certificate", LONGEST), ("certificate_serial", LONGEST_SERIAL)):
        if any(len(answers.get(name) or "") > longest for answers in said.values()):
            raise Invalid({"certificates": [f"A {'serial number' if longest == LONGEST_SERIAL else 'certificate'} has at most {longest} letters."]})
