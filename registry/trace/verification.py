"""Whether the trace is still what the program wrote: every entry changed, missing, moved or added is named in a sentence."""

import hashlib
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from peewee import JOIN, fn

from models import heads
from models.audit import AuditDetail, AuditEntry, AuditHead
from models.statements import stored_rows
from registry.trace.audit import ERASING
from registry.trace.chain import beginning, is_linked
from registry.trace.fault import Fault, Progress, unseen
from registry.trace.seals import row_count, verify_rows

__all__ = ["Fault", "Progress", "chains", "entry_count", "faults_of_entries", "row_count", "verify_chain", "verify_rows"]

BATCH = 10_000
_number, _digest = 1, 10


def chains() -> list[UUID]:
    """Every chain there is or was: in the heads, in the entries, or kept outside the database. The installation's first."""
    known = (*stored_rows(AuditHead.select(AuditHead.id)), *stored_rows(AuditEntry.select(AuditEntry.chain).distinct()))
    return sorted({*heads.chains(), *(UUID(bytes=bytes(chain)) for (chain,) in known)})


def entry_count() -> int:
    """How many entries there are to verify."""
    return int(AuditEntry.select().count())


def verify_chain(chain: UUID, progress: Progress = unseen) -> Iterator[Fault]:
    """Walk one chain from its beginning: entries changed, missing, moved or added, a tail cut off; then the values kept beside it."""
    yield from faults_of_entries(chain, progress)
    yield from _faults_of_details(chain)
    yield from _faults_of_loose_details(chain)


def faults_of_entries(chain: UUID, progress: Progress = unseen) -> Iterator[Fault]:
    """Only the entries and their head, without the values; also while the program is at work."""
    kept = heads.last(chain)  # first: what is kept by now is in the database by now
    walk = _Walk(chain)
    yield from walk.on(progress)
    head, before = _head(chain), -1
    while head and head[0] > walk.number > before:  # somebody may have appended meanwhile
        before = walk.number
        yield from walk.on(progress)
        head = _head(chain)
    yield from _faults_of_head(walk, head)
    yield from _faults_beside_the_file(chain, walk.number, kept)


class _Walk:
    """A walk along a chain, and how far it has come."""

    def __init__(self, chain: UUID) -> None:
        self.chain = chain
        self.number = 0
        self.digest = beginning(chain)

    def on(self, progress: Progress) -> Iterator[Fault]:
        """Walk on to the last entry there is."""
        linked = is_linked()
        number, digest = self.number, self.digest
        for batch in self._batches():
            for row in batch:
                number += 1
                if row[_number] != number:
                    yield self._gap(number, row[_number])
                    number = max(row[_number], 0)  # what follows a gap cannot be held against what was there
                elif not _holds(linked, digest, row):
                    yield Fault(self.chain, f"Entry {number} was changed, moved or put in behind the program's back.", number)
                digest = row[_digest] if number else digest
            self.number, self.digest = number, digest
            progress(len(batch))

    def _batches(self) -> Iterator[list[tuple[Any, ...]]]:
        query = AuditEntry.select().where(AuditEntry.chain == self.chain).order_by(AuditEntry.number).limit(BATCH)
        further = query.where(AuditEntry.number > self.number) if self.number else query
        while rows := stored_rows(further):
            yield rows
            further = query.where(AuditEntry.number > rows[-1][_number])

    def _gap(self, expected: int, found: int) -> Fault:
        if found < expected:  # only at the very beginning: rows come in order
            return Fault(self.chain, f"Entry {found} was put in before the first, behind the program's back.", found)
        return Fault(self.chain, _missing(expected, found - 1), expected)


def _holds(linked: Callable[[bytes, Sequence[Any]], bool], digest: bytes, row: Sequence[Any]) -> bool:
    try:
        return linked(digest, row)
    except (struct.error, TypeError):  # something that no column of the program holds
        return False


def _missing(first: int, last: int) -> str:
    return f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."


def _head(chain: UUID) -> tuple[int, bytes] | None:
    rows = stored_rows(AuditHead.select(AuditHead.number, AuditHead.digest).where(AuditHead.id == chain))
    return (rows[0][0], bytes(rows[0][1])) if rows else None


def _faults_of_head(walk: _Walk, head: tuple[int, bytes] | None) -> Iterator[Fault]:
    if head is None:
        yield Fault(walk.chain, "The head of this chain is missing from the database.", walk.number)
    elif head[0] > walk.number:
        yield Fault(walk.chain, f"{_missing(walk.number + 1, head[0])} The end of the history was cut off.", walk.number + 1)
    elif head[0] < walk.number:
        added = f"Entry {walk.number} was" if head[0] + 1 == walk.number else f"Entries {head[0] + 1} to {walk.number} were"
        yield Fault(walk.chain, f"{added} added at the end behind the program's back, or the head was set back.", head[0] + 1)
    elif head[1] != walk.digest:
        yield Fault(walk.chain, f"The head of this chain was changed: it does not fit entry {walk.number}.", walk.number)


def _faults_beside_the_file(chain: UUID, number: int, kept: tuple[int, bytes] | None) -> Iterator[Fault]:
    """A head that lags behind is no fault: the program may have stopped between the commit and the file."""
    if kept is None:
        if number:
            yield Fault(chain, "No head is kept for this chain outside the database, so an end that was cut off could not be seen.", number)
        return
    if kept[0] > number:
        yield Fault(chain, f"{_missing(number + 1, kept[0])} The head kept outside the database knows of them.", number + 1)
        return
    rows = stored_rows(AuditEntry.select(AuditEntry.digest).where((AuditEntry.chain == chain) & (AuditEntry.number == kept[0])))
    if kept[0] and (not rows or bytes(rows[0][0]) != kept[1]):
        yield Fault(chain, f"Entry {kept[0]} is not the one whose head is kept outside the database.", kept[0])


def _faults_of_details(chain: UUID) -> Iterator[Fault]:
    """Old and new values: those there must be the ones the entries speak of; those gone must have been erased by a noted deed."""
    last, erased = 0, _erasures(chain)
    beside = (AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number)
    query = (
        AuditEntry.select(AuditEntry.number, AuditEntry.record, AuditEntry.detail, AuditDetail.sealed)
        .join(AuditDetail, JOIN.LEFT_OUTER, on=beside)
        .where(AuditEntry.chain == chain)
        .order_by(AuditEntry.number)
        .limit(BATCH)
    )
    while rows := stored_rows(query.where(AuditEntry.number > last)):
        for number, record, detail, sealed in rows:
            fault = _fault_of_detail(number, detail, sealed, erased.get(bytes(record or b""), 0))
            if fault:
                yield Fault(chain, fault, number)
        last = rows[-1][0]


def _erasures(chain: UUID) -> dict[bytes, int]:
    """By record, the last entry under which its values were erased."""
    query = AuditEntry.select(AuditEntry.record, fn.MAX(AuditEntry.number)).where(
        (AuditEntry.chain == chain) & AuditEntry.deed.in_(ERASING) & AuditEntry.record.is_null(False)
    )
    return {bytes(record): number for record, number in stored_rows(query.group_by(AuditEntry.record))}


def _fault_of_detail(number: int, detail: bytes | None, sealed: Any, erased_under: int) -> str | None:
    if sealed is None:
        gone = detail is not None and number > erased_under
        return f"The values of entry {number} were removed, and no entry says that they were erased." if gone else None
    if detail is None:
        return f"Values were put beside entry {number}, which has none."
    if isinstance(sealed, str) or hashlib.sha256(sealed).digest() != bytes(detail):
        return f"The values of entry {number} were changed, or are those of another entry."
    return None


def _faults_of_loose_details(chain: UUID) -> Iterator[Fault]:
    beside = (AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number)
    loose = AuditDetail.select(AuditDetail.number).join(AuditEntry, JOIN.LEFT_OUTER, on=beside)
    for (number,) in stored_rows(loose.where((AuditDetail.chain == chain) & AuditEntry.number.is_null()).order_by(AuditDetail.number)):
        yield Fault(chain, f"Values are kept for entry {number}, which is not there.", number)
