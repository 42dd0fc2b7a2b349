"""What records said before they were changed: kept in the trace for as long as its rule says, and erased from there for real."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from models.audit import AuditDetail, AuditEntry
from models.statements import rows_of, stored_rows
from registry.access import school_of
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.many.bulk import chunks
from registry.occasion import Occasion
from registry.trace.audit import ERASING, UNDER, Happened, NothingNoted, Trace, recording

AT_ONCE = 200
"""Records in one transaction: each costs an entry, and no more."""

Choosing = Callable[[Sequence[UUID]], Sequence[UUID]]
"""Which of some records may still forget, asked when nobody else writes: somebody may have placed a hold since."""

Beside = Callable[[Trace, Sequence[UUID]], object]
"""What else is written in the transaction in which some records forget, such as their count on a disposal."""


def having_any(register: Register, before: datetime, occasion: Occasion) -> list[UUID]:
    """The records of a register, also those that are gone, of which the trace keeps old and new values from before a moment."""
    query = _old(register, before, occasion).select(AuditEntry.record).where(AuditEntry.record.is_null(False)).distinct()
    return sorted(UUID(bytes=bytes(key)) for (key,) in stored_rows(query))


def registers_with(before: datetime, occasion: Occasion) -> list[Register]:
    """The registers that have any such record."""
    return [register for register in REGISTERS if _old(register, before, occasion).exists()]


def erase_all(
    register: Register, ids: Sequence[UUID], before: datetime, occasion: Occasion, *,
    under: str, choosing: Choosing = tuple, beside: Beside | None = None,
) -> int:  # fmt: skip
    """Erase the values that the trace keeps of these records from before a moment; how many records lost some.

    Who did what, and when, stays, and the chain verifies. Each record gets one entry. Some at a time, to be asked again where it was cut
    short; the right to erase is for the caller to ask. Call `afterwards.finish` when it has returned. What is erased can no longer be
    undone, compared or brought back.
    """
    erased = 0
    for start in range(0, len(ids), AT_ONCE):
        with suppress(NothingNoted), recording(occasion.by, occasion.at) as trace:
            part = choosing(ids[start : start + AT_ONCE])
            erased += _erase(trace, register, part, before, occasion=occasion, under=under)
            if beside is not None:
                beside(trace, part)
    return erased


def _erase(trace: Trace, register: Register, ids: Sequence[UUID], before: datetime, *, occasion: Occasion, under: str) -> int:
    old = _old(register, before, occasion).select(AuditEntry.number, AuditEntry.record)
    found = [row for part in chunks(ids) for row in stored_rows(old.where(AuditEntry.record.in_(part)))]
    for numbers in chunks([number for number, _record in found]):
        AuditDetail.delete().where((AuditDetail.chain == school_of(occasion.by)) & AuditDetail.number.in_(numbers)).execute()
    records = sorted({UUID(bytes=bytes(record)) for _number, record in found})
    for record in records:
        trace.note(Happened.ERASED_VALUES, rows_of(register.table).name, record, changes={UNDER: (None, under)})
    return len(records)


def _old(register: Register, before: datetime, occasion: Occasion) -> Any:
    """The entries before a moment that still have values; not those that say that something was erased."""
    beside = (AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number)
    own = (AuditEntry.chain == school_of(occasion.by)) & (AuditEntry.subject == rows_of(register.table).name)
    query = AuditEntry.select(AuditEntry.number).join(AuditDetail, on=beside)
    return query.where(own & (AuditEntry.at < before) & AuditEntry.deed.not_in(ERASING))
