"""A wrong entry of the history is never changed: a correction points at it, and both are shown for good."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.audit import AuditEntry
from models.record import Record
from models.statements import stored_rows
from registry.access import Deed, require
from registry.definition import Register
from registry.records import NotFound, Occasion
from registry.trace.audit import Happened, recording
from registry.trace.mentions import Noted

CORRECTED, TEXT = "corrected", "correction"
LONGEST = 2_000


@dataclass(frozen=True)
class Correction:
    """What somebody said of a wrong entry: under which entry, when, and in which words."""

    number: int
    at: datetime
    text: str


def correct(register: Register, row: Record, entry: int, occasion: Occasion, *, text: str) -> None:
    """Say in the history of a record that an entry of it is wrong, and what is right. Raises Forbidden, and NotFound for no such entry."""
    require(occasion.by, Deed.CHANGE, register)
    demand_entry(row, entry)
    with recording(occasion.by, occasion.at) as trace:
        trace.note(Happened.CORRECTED, register.table._meta.table_name, row.id, changes={CORRECTED: (entry, None), TEXT: (None, text)})


def demand_entry(row: Record, entry: int) -> None:
    """Raise NotFound unless this is an entry about the record, and not itself a correction."""
    about = (AuditEntry.chain == row.school_id) & (AuditEntry.number == entry) & (AuditEntry.record == row.id)  # type: ignore[attr-defined]
    if not AuditEntry.select().where(about & (AuditEntry.deed != Happened.CORRECTED.value)).exists():
        raise NotFound("There is no such entry in the history of this record.")


def of_entry(entry: Noted) -> tuple[int, str] | None:
    """Which entry a correction points at, and its words; None for other entries, and once its values were erased."""
    values: Mapping[str, Any] = entry.values or {}
    if entry.deed != Happened.CORRECTED or CORRECTED not in values:
        return None
    return int(values[CORRECTED][0]), str(values[TEXT][1])


def about(entries: Any, records: Collection[UUID]) -> dict[int, list[Correction]]:
    """The corrections of some records by the number of the wrong entry; `entries` selects entries of the chain as `Noted.of` takes them."""
    found: dict[int, list[Correction]] = {}
    if not records:
        return found
    wanted = AuditEntry.record.in_(list(records)) & (AuditEntry.deed == Happened.CORRECTED.value)
    for row in stored_rows(entries.where(wanted).order_by(AuditEntry.number)):
        noted = Noted.of(row)
        if said := of_entry(noted):
            found.setdefault(said[0], []).append(Correction(noted.number, noted.at, said[1]))
    return found
