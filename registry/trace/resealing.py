"""Everything personal sealed again with the newest key, some rows at a time, while the program is at work."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from models import doors, vault
from models.base import Traced
from models.fields import EncryptedText
from models.statements import Rows, rows_of, stored_rows
from models.tables import TABLES
from registry.actor import Actor
from registry.trace.audit import Happened, NothingNoted, Trace, recording
from registry.trace.chain import INSTALLATION, row_seal
from registry.trace.fault import Fault, Progress, unseen
from registry.trace.seals import called, fault_of_row, is_sealed, kept_in, last_seals, links_in_view, places

AT_ONCE = 500
"""Rows in one transaction; whoever saves meanwhile waits for so many at most."""

SWEEPS = 3
"""How often everything is gone through: somebody may save with the older key once more before their program knows the new one."""

WONT_OPEN = "holds something that no key at hand opens."


def _sealed_columns(table: Any) -> tuple[EncryptedText, ...]:
    return tuple(field for field in table._meta.sorted_fields if isinstance(field, EncryptedText))


PERSONAL: Mapping[Any, tuple[EncryptedText, ...]] = {table: columns for table in TABLES if (columns := _sealed_columns(table))}
"""The tables that hold something sealed, with those columns."""


def older_count() -> int:
    """How many rows hold something that an older key sealed."""
    with doors.looking_at(*places()):
        return sum(int(table.select().where(_is_older(table)).count()) for table in PERSONAL)


def reseal(at: datetime, progress: Progress = unseen) -> list[Fault]:
    """Seal everything again that an older key sealed; versions, dates and tokens stay, so that no open form conflicts.

    Gives the rows that were left as they are, because they are not what the program wrote: to seal those would be to vouch for them.
    """
    faults: list[Fault] = []
    for _ in range(SWEEPS):
        faults = [*_sweep(at, progress)]
        if older_count() <= len(faults):
            break
    return faults


def _sweep(at: datetime, progress: Progress) -> Iterator[Fault]:
    for place in places():  # the installation's first: whoever is signed in opens a name there, and so learns of the key
        with doors.looking_at(place):
            for table in PERSONAL:
                if issubclass(table, Traced):
                    yield from _reseal_place(table, place, at, progress)
    with doors.looking_at(*places()):
        for table in PERSONAL:
            if not issubclass(table, Traced):
                yield from _reseal_untraced(table, progress)


def _is_older(table: Any) -> Any:
    return reduce(or_, (column.is_older() for column in PERSONAL[table]))


def _reseal_place(table: Any, place: UUID, at: datetime, progress: Progress) -> Iterator[Fault]:
    """The traced rows of one table in one school, or of the installation."""
    older = table.select(table.id).where(kept_in(table, place) & _is_older(table)).order_by(table.id).limit(AT_ONCE)
    further = older
    while ids := [UUID(bytes=bytes(key)) for (key,) in stored_rows(further)]:
        yield from _reseal_batch(table, place, ids, at)
        progress(len(ids))
        further = older.where(table.id > ids[-1])


def _reseal_batch(table: Any, place: UUID, ids: Sequence[UUID], at: datetime) -> list[Fault]:
    """One transaction, which takes the turn of the school before it reads: nobody saves these rows between the reading and the writing."""
    whole, faults = rows_of(table), []
    by = Actor.robot(f"key {vault.current().sealing_number}")
    with suppress(NothingNoted), recording(by, at, chain=place) as trace:
        seals, links = last_seals(place, ids), links_in_view(ids)
        for row in stored_rows(table.select(*whole.fields).where(table.id.in_(ids) & _is_older(table))):
            key = bytes(row[whole.columns.index("id")])
            seal, linked = seals.get((whole.name, key)), links.get(key, ())
            if seal is None or not is_sealed(whole, row, seal, linked):
                faults.append(fault_of_row(place, whole, key))
            elif not _reseal_row(trace, whole, row, linked):
                faults.append(Fault(place, f"{called(whole, row, UUID(bytes=key))} {WONT_OPEN}", record=UUID(bytes=key)))
    return [fault for fault in faults if fault]


def _reseal_row(trace: Trace, whole: Rows, row: Sequence[Any], linked: Sequence[bytes]) -> bool:
    """Seal one row again under the version that it has, and note that; whether it opened."""
    held = dict(zip(whole.columns, row, strict=True))
    record = UUID(bytes=bytes(held["id"]))
    sealed = {column: held[column.column_name] for column in PERSONAL[whole.table]}
    try:
        anew = {column.column_name: _anew(column, record, value) for column, value in sealed.items() if value is not None}
    except vault.WontOpen:
        return False
    whole.update(tuple(anew), tuple(anew.values()), record.bytes, held["version"])
    trace.note(Happened.RESEALED, whole.name, record, seal=row_seal(whole.name, whole.columns, {**held, **anew}.values(), linked))
    return True


def _reseal_untraced(table: Any, progress: Progress) -> Iterator[Fault]:
    """What somebody is typing or importing, a row at a time, for a file is large."""
    for (key,) in stored_rows(table.select(table.id).where(_is_older(table))):
        record = UUID(bytes=bytes(key))
        try:
            for column in PERSONAL[table]:
                _exchange(table, column, record)
        except (vault.WontOpen, TypeError):  # SQLite may hold text where bytes should be
            yield Fault(INSTALLATION, f"{table._meta.table_name.capitalize()} {record} {WONT_OPEN}", record=record)
        progress(1)


def _exchange(table: Any, column: EncryptedText, record: UUID) -> None:
    """Put a value sealed anew in place of the one that was read, unless somebody was quicker."""
    for (sealed,) in stored_rows(table.select(column).where((table.id == record) & column.is_older())):
        table.update({column: _anew(column, record, sealed)}).where((table.id == record) & column.holds(sealed)).execute()


def _anew(column: EncryptedText, record: UUID, sealed: bytes) -> bytes:
    return column.seal(record, column.open(record, sealed))
