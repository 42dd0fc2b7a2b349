"""Whether every row is still what its last seal says: rows changed, swapped, added or removed behind the program's back are named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from models import doors
from models.audit import AuditEntry, AuditHead
from models.base import Traced
from models.link import Link
from models.record import Record
from models.school import School
from models.statements import ANY_SCHOOL, Gap, Rows, WithGaps, gap, kind_of_database, rows_of, stored_rows
from models.tables import TABLES
from registry import catalogue
from registry.trace.chain import INSTALLATION, gone_seal, row_seal
from registry.trace.fault import Fault, Progress, unseen

BATCH = 10_000
UUID_BYTES = 16
LOOKS = 3
"""How often a row that seems wrong is looked at again: somebody may be saving it at this moment."""

SEALED: Mapping[str, Any] = {table._meta.table_name: table for table in TABLES if issubclass(table, Traced) and table is not Link}
OTHERS = {
    "person": "The account",
    "membership": "The access",
    "api_token": "The token",
    "school": "The school",
    "comment": "The comment",
    "approved_version": "The approved version",
    "approval_step": "The step before an approval",
    "saved_view": "The saved view",
    "batch": "The batch",
    "attachment": "The file",
    "answer_link": "The link to a parent",
    "mail_settings": "How mail is sent",
    "mdm_connection": "The access to a device-management program",
    "mdm_ruling": "What was settled about a device",
}

Seal = tuple[int, bytes]
"""The number of the entry that sealed a row last, and the seal."""


def places() -> list[UUID]:
    """Where rows are kept: the installation, every school, and every chain that is or was there."""
    known = (*stored_rows(School.select(School.id)), *stored_rows(AuditHead.select(AuditHead.id)))
    return sorted({INSTALLATION, *(UUID(bytes=bytes(place)) for (place,) in known)})


def row_count() -> int:
    """How many rows there are to compare."""
    with doors.looking_at(*places()):
        return sum(int(table.select().count()) for table in SEALED.values())


def verify_rows(progress: Progress = unseen) -> Iterator[Fault]:
    """Compare every traced row with its last seal; also while the program is at work."""
    for place in places():
        with doors.looking_at(place):
            yield from _faults_of_place(place, progress)


def _faults_of_place(place: UUID, progress: Progress) -> Iterator[Fault]:
    seals = last_seals(place)
    links = links_in_view()
    for table in SEALED.values():
        whole = rows_of(table)
        key = whole.columns.index("id")
        for batch in _batches(table, whole, place):
            for row in batch:
                record = bytes(row[key])
                seal = seals.pop((whole.name, record), None)
                if seal is None or not is_sealed(whole, row, seal, links.get(record, ())):
                    yield from _certain(place, whole, record)
            progress(len(batch))
    for (subject, record), seal in seals.items():
        if subject in SEALED and not _is_gone(subject, record, seal):
            yield from _certain(place, rows_of(SEALED[subject]), record)
    yield from _faults_of_links(place)


def last_seals(place: UUID, among: Iterable[UUID] | None = None) -> dict[tuple[str, bytes], Seal]:
    """The last seal of every row in a chain, or only of some, by its table and its id."""
    columns = (AuditEntry.number, AuditEntry.subject, AuditEntry.record, AuditEntry.seal)
    query = AuditEntry.select(*columns).where((AuditEntry.chain == place) & AuditEntry.seal.is_null(False)).order_by(AuditEntry.number)
    if among is not None:
        query = query.where(AuditEntry.record.in_(list(among)))
    return {(subject, bytes(record)): (number, seal) for number, subject, record, seal in stored_rows(query) if record is not None}


def links_in_view(among: Iterable[UUID] | None = None) -> dict[bytes, list[bytes]]:
    """What every record in view, or only some, is linked to."""
    query = Link.select(Link.near, Link.far)
    links: dict[bytes, list[bytes]] = {}
    for near, far in stored_rows(query if among is None else query.where(Link.near.in_(list(among)))):
        links.setdefault(bytes(near), []).append(bytes(far))
    return links


def _batches(table: Any, whole: Rows, place: UUID) -> Iterator[list[Sequence[Any]]]:
    if place != INSTALLATION and table is not School and "school" not in table._meta.fields:
        return  # its rows are the installation's
    first, further = _batch_of(table, BATCH, kind_of_database())
    rows = first.rows({Gap.SCHOOL: place.bytes})
    while rows:
        yield rows  # type: ignore[misc]
        last = bytes(rows[-1][whole.columns.index("id")])
        rows = further.rows({Gap.SCHOOL: place.bytes, Gap.RECORD: last})


@cache
def _batch_of(table: Any, size: int, _kind: str) -> tuple[WithGaps, WithGaps]:
    """The first rows of a place, and those after another; a house has many places, most with few rows in most tables."""
    with doors.looking_at(ANY_SCHOOL):
        query = table.select(*rows_of(table).fields).where(kept_in(table, ANY_SCHOOL)).order_by(table.id).limit(size)
        return WithGaps(query), WithGaps(query.where(table.id > gap(Gap.RECORD)))


def kept_in(table: Any, place: UUID) -> Any:
    """The rows whose seals are in this chain: of a school, or of the installation."""
    if table is School:
        return table.id == place
    if "school" in table._meta.fields:
        return table.school == place
    return table.id.is_null(place != INSTALLATION)


def is_sealed(whole: Rows, row: Sequence[Any], seal: Seal, links: Sequence[bytes]) -> bool:
    """Whether a row as it is stored, with what it is linked to, is what its seal says."""
    try:
        return row_seal(whole.name, whole.columns, row, links) == bytes(seal[1])
    except (TypeError, ValueError):  # something that no column of the program holds
        return False


def _is_gone(subject: str, record: bytes, seal: Seal) -> bool:
    """Whether a seal says that there is no such row any more, because the program took it away."""
    try:
        return bytes(seal[1]) == gone_seal(subject, record)
    except TypeError:  # SQLite may hold text where bytes should be
        return False


def _certain(place: UUID, whole: Rows, record: bytes) -> Iterator[Fault]:
    """The fault of one row, unless it goes away when looked at again."""
    fault = None
    for _ in range(LOOKS):
        fault = fault_of_row(place, whole, record)
        if fault is None:
            return
    if fault is not None:
        yield fault


def fault_of_row(place: UUID, whole: Rows, record: bytes) -> Fault | None:
    """What is wrong with one row at this moment."""
    key, table = UUID(bytes=record), whole.table
    seal = _last_seal(place, whole.name, key)
    found = stored_rows(table.select(*whole.fields).where((table.id == key) & kept_in(table, place)))  # type: ignore[attr-defined]
    links = [bytes(far) for (far,) in stored_rows(Link.select(Link.far).where(Link.near == key))]
    if not found:
        name = called(whole, None, key)
        if seal is None or _is_gone(whole.name, record, seal):
            return None
        return Fault(place, f"{name} was removed behind the program's back: entry {seal[0]} speaks of it.", seal[0], key)
    name = called(whole, found[0], key)
    if seal is None:
        return Fault(place, f"{name} was added behind the program's back: no entry speaks of it.", None, key)
    if not is_sealed(whole, found[0], seal, links):
        if _is_gone(whole.name, record, seal):
            return Fault(place, f"{name} was put back behind the program's back: entry {seal[0]} took it away.", seal[0], key)
        linked = ", or what it is linked to," if issubclass(table, Record) else ""
        return Fault(place, f"{name}{linked} was changed behind the program's back after entry {seal[0]}.", seal[0], key)
    return None


def _last_seal(place: UUID, subject: str, record: UUID) -> Seal | None:
    about = (AuditEntry.chain == place) & (AuditEntry.subject == subject) & (AuditEntry.record == record) & AuditEntry.seal.is_null(False)
    rows = stored_rows(AuditEntry.select(AuditEntry.number, AuditEntry.seal).where(about).order_by(AuditEntry.number.desc()).limit(1))
    return rows[0] if rows else None


def called(whole: Rows, row: Sequence[Any] | None, record: UUID) -> str:
    """What people call a row: by its reference where it has one; never by a person's name."""
    register = catalogue.by_table(whole.name)
    if register is None:
        return f"{OTHERS.get(whole.name, whole.name.capitalize())} {record}{_of_which(whole, row)}"
    thing = register.one[:1].upper() + register.one[1:]
    if row is None:
        return f"{thing} {record}"
    return f"{thing} {register.table.PREFIX}-{row[whole.columns.index('number')]:0>4} ({record})"


def _of_which(whole: Rows, row: Sequence[Any] | None) -> str:
    """For what belongs to a record, which one that is, as far as the row can still be believed."""
    if row is None or not {"register", "record"} <= set(whole.columns):
        return ""
    held = dict(zip(whole.columns, row, strict=True))
    register = next((each for each in catalogue.REGISTERS if each.slug == held["register"]), None)
    if register is None or type(held["record"]) is not bytes or len(held["record"]) != UUID_BYTES:
        return ""
    found = stored_rows(register.table.select(register.table.number).where(register.table.id == UUID(bytes=held["record"])))
    return f" of {register.one} {register.table.PREFIX}-{found[0][0]:0>4}" if found else ""


def _faults_of_links(place: UUID) -> Iterator[Fault]:
    """Links whose ends are not where they say; that a link is there at all is part of the seals of both ends."""
    links = [(bytes(near), slug, bytes(far)) for near, slug, far in stored_rows(Link.select(Link.near, Link.far_register, Link.far))]
    if not links:
        return
    there = {register.slug: _ids(register.table) for register in catalogue.REGISTERS}
    anywhere = set().union(*there.values())
    astray = {near for near, _slug, _far in links if near not in anywhere} | {far for _near, slug, far in links if far not in there.get(slug, ())}
    for end in sorted(astray):
        message = f"A link was changed or put in behind the program's back: {UUID(bytes=end)}, one of its ends, is not where it says."
        yield Fault(place, message, None, UUID(bytes=end))


def _ids(table: type[Record]) -> set[bytes]:
    return {bytes(key) for (key,) in stored_rows(table.select(table.id))}
