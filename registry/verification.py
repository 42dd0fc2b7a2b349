"""Whether the trace and the records are still what the program wrote: every fault is named in a sentence."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import JOIN

from models import doors, heads
from models.audit import AuditDetail, AuditEntry, AuditHead
from models.base import Traced
from models.link import Link
from models.school import School
from models.statements import Rows, rows_of, stored_rows
from models.tables import TABLES
from registry.audit import Happened
from registry.chain import beginning, link, row_seal

BATCH = 10_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the program left it."""

    chain: UUID
    message: str
    number: int | None = None
    record: UUID | None = None


def chains() -> list[UUID]:
    """Every chain there is, the installation's first."""
    return sorted(head.id for head in AuditHead.select(AuditHead.id))


def entry_count() -> int:
    """How many entries there are to verify."""
    return int(AuditEntry.select().count())


def row_count() -> int:
    """How many rows there are to compare with their seals."""
    with doors.looking_at(*(school.id for school in School.select(School.id))):
        return sum(table.select().count() for table in TABLES if issubclass(table, Traced) and table is not Link)


def verify_chain(chain: UUID, progress: Progress = lambda _done: None) -> Iterator[Fault]:
    """Walk one chain from its beginning: entries changed, missing, moved or added, and a tail cut off."""
    number, previous = 0, beginning(chain)
    for batch in _batches(chain):
        for row in batch:
            found = row[1]
            if found != number + 1:
                yield Fault(chain, _missing(number + 1, found - 1), number + 1)
                previous = None if found > number + 1 else previous
            if previous is not None and link(previous, row[:10]) != row[10]:
                yield Fault(chain, f"Entry {found} was changed, moved or put in behind the program's back.", found)
            number, previous = found, row[10]
        progress(len(batch))
    yield from _faults_of_head(chain, number, previous)
    yield from _faults_of_details(chain)


def _batches(chain: UUID) -> Iterator[list[tuple[Any, ...]]]:
    last = -1
    while True:
        query = AuditEntry.select().where((AuditEntry.chain == chain) & (AuditEntry.number > last)).order_by(AuditEntry.number).limit(BATCH)
        rows = stored_rows(query)
        if not rows:
            return
        yield rows
        last = rows[-1][1]


def _missing(first: int, last: int) -> str:
    return f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."


def _faults_of_head(chain: UUID, number: int, digest: bytes | None) -> Iterator[Fault]:
    head = AuditHead.get_or_none(AuditHead.id == chain)
    if head is None:
        yield Fault(chain, "The head of this chain is missing from the database.", number)
        return
    if head.number > number:
        yield Fault(chain, f"{_missing(number + 1, head.number)} The end of the history was cut off.", number + 1)
    elif head.number < number:
        yield Fault(chain, f"Entries after {head.number} were added behind the program's back.", head.number + 1)
    elif digest is not None and bytes(head.digest) != bytes(digest):
        yield Fault(chain, "The head of this chain was changed.", number)
    yield from _faults_beside_the_file(chain, number)


def _faults_beside_the_file(chain: UUID, number: int) -> Iterator[Fault]:
    kept = heads.last(chain)
    if kept is None:
        if number:
            yield Fault(chain, "No head is kept for this chain outside the database, so a cut-off end could not be seen.", number)
        return
    if kept[0] > number:
        yield Fault(chain, f"{_missing(number + 1, kept[0])} The head kept outside the database knows them.", number + 1)
        return
    entry = AuditEntry.get_or_none((AuditEntry.chain == chain) & (AuditEntry.number == kept[0]))
    if kept[0] and (entry is None or bytes(entry.digest) != kept[1]):
        yield Fault(chain, f"Entry {kept[0]} is not the one whose head is kept outside the database.", kept[0])


def _faults_of_details(chain: UUID) -> Iterator[Fault]:
    """Old and new values: those there must be the ones the entries speak of; those gone must have been erased by a noted deed."""
    erased = {
        bytes(record): number
        for record, number in stored_rows(
            AuditEntry.select(AuditEntry.record, AuditEntry.number)
            .where((AuditEntry.chain == chain) & (AuditEntry.deed == Happened.ERASED_VALUES.value))
            .order_by(AuditEntry.number)
        )
    }
    last = -1
    while True:
        rows = stored_rows(
            AuditEntry.select(AuditEntry.number, AuditEntry.record, AuditEntry.detail, AuditDetail.sealed)
            .join(AuditDetail, JOIN.LEFT_OUTER, on=(AuditDetail.chain == AuditEntry.chain) & (AuditDetail.number == AuditEntry.number))
            .where((AuditEntry.chain == chain) & (AuditEntry.number > last))
            .order_by(AuditEntry.number)
            .limit(BATCH)
        )
        if not rows:
            return
        for number, record, detail, sealed in rows:
            fault = _fault_of_detail(number, detail, sealed, erased.get(bytes(record or b""), 0))
            if fault:
                yield Fault(chain, fault, number)
        last = rows[-1][0]


def _fault_of_detail(number: int, detail: bytes | None, sealed: bytes | None, erased_under: int) -> str | None:
    if sealed is None:
        gone = detail is not None and number > erased_under
        return f"The values of entry {number} were removed without a deed that erased them." if gone else None
    if detail is None or hashlib.sha256(sealed).digest() != bytes(detail):
        return f"The values of entry {number} were changed."
    return None


def verify_rows(progress: Progress = lambda _done: None) -> Iterator[Fault]:
    """Compare every traced row with its last seal: changed, moved, added or removed behind the program's back."""
    sealed = _last_seals()
    with doors.looking_at(*(school.id for school in School.select(School.id))):
        links = _links()
        for table in TABLES:
            if issubclass(table, Traced) and table is not Link:
                yield from _faults_of_table(table, sealed, links, progress)
    for (subject, record), (chain, number, _seal) in sealed.items():
        yield Fault(UUID(bytes=chain), f"{subject} {UUID(bytes=record)} was removed behind the program's back.", number, UUID(bytes=record))


def _last_seals() -> dict[tuple[str, bytes], tuple[bytes, int, bytes]]:
    seals: dict[tuple[str, bytes], tuple[bytes, int, bytes]] = {}
    columns = (AuditEntry.chain, AuditEntry.number, AuditEntry.subject, AuditEntry.record, AuditEntry.seal)
    for chain in chains():
        query = AuditEntry.select(*columns).where((AuditEntry.chain == chain) & AuditEntry.seal.is_null(False)).order_by(AuditEntry.number)
        for where, number, subject, record, seal in stored_rows(query):
            seals[subject, bytes(record)] = (bytes(where), number, bytes(seal))
    return seals


def _links() -> dict[bytes, list[bytes]]:
    links: dict[bytes, list[bytes]] = {}
    for near, far in stored_rows(Link.select(Link.near, Link.far)):
        links.setdefault(bytes(near), []).append(bytes(far))
    return links


def _faults_of_table(
    table: type[Traced], sealed: dict[tuple[str, bytes], tuple[bytes, int, bytes]], links: dict[bytes, list[bytes]], progress: Progress
) -> Iterator[Fault]:
    whole = rows_of(table)
    key = whole.columns.index("id")
    for row in _every_row(table, whole):
        record = bytes(row[key])
        last = sealed.pop((whole.name, record), None)
        name = f"{whole.name} {UUID(bytes=record)}"
        if last is None:
            yield Fault(UUID(int=0), f"{name} was added behind the program's back.", None, UUID(bytes=record))
        elif row_seal(whole.name, whole.columns, row, links.get(record, ())) != last[2]:
            yield Fault(UUID(bytes=last[0]), f"{name} is not as the program left it (entry {last[1]}).", last[1], UUID(bytes=record))
        progress(1)


def _every_row(table: type[Traced], whole: Rows) -> Iterator[Sequence[Any]]:
    last = b""
    while True:
        query = table.select(*whole.fields)
        rows = stored_rows(query.where(table.id > UUID(bytes=last) if last else table.id.is_null(False)).order_by(table.id).limit(BATCH))
        if not rows:
            return
        yield from rows
        last = bytes(rows[-1][whole.columns.index("id")])
