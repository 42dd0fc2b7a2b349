"""What each source last said of each device, kept sealed; from it, and not from memory, follows what differs."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast, get_args, get_type_hints
from uuid import UUID

from peewee import fn

from models.base import new_id
from models.batch import Batch, Together
from models.mdm import MdmConnection, Sighting
from models.statements import Rows, plain, rows_of, stored_rows
from models.vocabulary import DeviceSource
from models.vocabulary.device_programs import DeviceProgram
from registry.registers.devices.devices import DEVICES
from registry.rules.device_row import DeviceRow

PASSING = frozenset({"last_seen_at"})
"""What changes with every reading and says nothing new."""
TWICE = "twice"
SOURCES: Mapping[DeviceProgram, tuple[DeviceSource, ...]] = {
    DeviceProgram.INTUNE: (DeviceSource.INTUNE,),
    DeviceProgram.GOOGLE: (DeviceSource.GOOGLE,),
    DeviceProgram.JAMF_PRO: (DeviceSource.JAMF_PRO_COMPUTERS, DeviceSource.JAMF_PRO_MOBILES),
    DeviceProgram.JAMF_SCHOOL: (DeviceSource.JAMF_SCHOOL,),
}
"""What each program tells of: Jamf Pro keeps computers and mobile devices apart."""
SEEN_AGAIN = ("seen_at", "read_at", "version")


@dataclass(frozen=True, slots=True)
class Told:
    """What a source said of one device when it was read last, and whether that was its latest reading."""

    source: DeviceSource
    serial_key: str
    row: DeviceRow
    mark: str
    seen_at: datetime | None
    read_at: datetime
    is_twice: bool
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One time that a source was read: when, in which school, and which serial numbers it named twice."""

    school: UUID
    source: DeviceSource
    read_at: datetime
    twice: frozenset[str] = frozenset()


def keep(reading: Reading, rows: Iterable[tuple[str, DeviceRow]]) -> int:
    """Keep rows by the serial numbers of their devices, inside a transaction that is open; how many."""
    wanted = dict(rows)
    held = {row[2]: row for row in _held(reading.source)}
    new: list[Sighting] = []
    anew: list[tuple[Sighting, Any]] = []
    again: list[tuple[Any, ...]] = []
    for serial, row in wanted.items():
        before = held.get(serial)
        is_twice = serial in reading.twice or (before is not None and _is_second(before, row, reading.read_at))
        mark = mark_of(row, is_twice=is_twice)
        if before is None:
            new.append(_made(reading, serial, row, mark, is_twice=is_twice))
        elif before[1] == mark:
            again.append((_stored("seen_at", row.last_seen_at), _stored("read_at", reading.read_at), before[3] + 1, before[0], before[3]))
        else:
            anew.append((_made(reading, serial, row, mark, is_twice=is_twice, before=before), before))
    whole = rows_of(Sighting)
    whole.insert_all([whole.values(made) for made in new])
    whole.update_all(SEEN_AGAIN, again)
    _update(whole, anew)
    return len(wanted)


def everything_told() -> list[Told]:
    """What every source said last of every device, without what came with a list that was undone. Three queries."""
    undone = {row.at for row in _undone_lists()}
    rows = [row for row in _told_rows() if row[5] not in undone]
    last: dict[DeviceSource, datetime] = {}
    for source, _serial, _told, _mark, _seen_at, read_at in rows:
        last[source] = max(read_at, last.get(source, read_at))
    going_on = {source for each in MdmConnection.select() if _is_going_on(each) for source in SOURCES[each.source]}
    found = []
    for source, serial, told, mark, seen_at, read_at in rows:
        is_current = source in going_on or read_at == last[source]
        found.append(Told(source, serial, row_of(told), mark, seen_at, read_at, is_twice=TWICE in told, is_current=is_current))
    return found


def readings() -> list[tuple[DeviceSource, datetime, int]]:
    """When each source was read last, and of how many devices it has told."""
    query = Sighting.select(Sighting.source, fn.MAX(Sighting.read_at), fn.COUNT(Sighting.id)).group_by(Sighting.source).order_by(Sighting.source)
    return [(DeviceSource(source), cast(datetime, Sighting.read_at.python_value(read_at)), int(many)) for source, read_at, many in stored_rows(query)]


def row_of(told: Mapping[str, Any]) -> DeviceRow:
    """The row that a sighting keeps."""
    return DeviceRow(line=0, **{name: _read(name, value) for name, value in told.items() if name in _KINDS})


def mark_of(row: DeviceRow, *, is_twice: bool = False) -> str:
    """What changes when a source says something else, and not when it only saw the device again."""
    told = {name: value for name, value in row.said().items() if name not in PASSING}
    return hashlib.sha256(_written(told | ({TWICE: 1} if is_twice else {})).encode()).hexdigest()


def _held(source: DeviceSource) -> list[Any]:
    columns = (Sighting.id, Sighting.told_mark, Sighting.serial_key, Sighting.version, Sighting.read_at, Sighting.told)
    return stored_rows(Sighting.select(*columns).where(Sighting.source == source))


def _is_second(before: Sequence[Any], row: DeviceRow, read_at: datetime) -> bool:
    """Whether the same reading has named this serial number already, under another number of the program."""
    if before[4] != _stored("read_at", read_at):
        return False
    told = json.loads(Sighting.told.open_stored(bytes(before[0]), plain(before[5])))
    return TWICE in told or told.get("mdm_id") != row.mdm_id


def _made(reading: Reading, serial: str, row: DeviceRow, mark: str, *, is_twice: bool, before: Any = None) -> Sighting:
    made = Sighting(id=UUID(bytes=bytes(before[0])) if before else new_id(), school=reading.school, source=reading.source, serial_key=serial)
    made.told = _written(row.said() | ({TWICE: 1} if is_twice else {}))
    made.user = row.user
    made.told_mark, made.seen_at, made.read_at = mark, row.last_seen_at, reading.read_at
    made.version = before[3] + 1 if before else 1
    return made


def _update(whole: Rows, anew: Iterable[tuple[Sighting, Any]]) -> None:
    columns = tuple(column for column in whole.columns if column not in ("id", "school_id", "source", "serial_key"))
    rows = []
    for made, before in anew:
        values = dict(zip(whole.columns, whole.values(made), strict=True))
        rows.append((*(values[column] for column in columns), made.id.bytes, before[3]))
    whole.update_all(columns, rows)


def _told_rows() -> Iterator[tuple[DeviceSource, str, dict[str, Any], str, datetime | None, Any]]:
    columns = (Sighting.id, Sighting.source, Sighting.serial_key, Sighting.told, Sighting.told_mark, Sighting.seen_at, Sighting.read_at)
    for key, source, serial, told, mark, seen_at, read_at in stored_rows(Sighting.select(*columns)):
        opened = json.loads(Sighting.told.open_stored(bytes(key), plain(told)))
        yield DeviceSource(source), serial, opened, mark, Sighting.seen_at.python_value(seen_at), Sighting.read_at.python_value(read_at)


def _undone_lists() -> list[Batch]:
    of_devices = (Batch.kind == Together.IMPORT) & (Batch.register == DEVICES.slug) & Batch.undone_at.is_null(False)
    return list(Batch.select(Batch.at).where(of_devices))


def _is_going_on(connection: MdmConnection) -> bool:
    return connection.asked_at is not None and (connection.finished_at is None or connection.finished_at < connection.asked_at)


def _stored(name: str, value: Any) -> Any:
    return getattr(Sighting, name).db_value(value)


def _written(told: Mapping[str, Any]) -> str:
    return json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind_of(hint: Any) -> type:
    kind: type = next(each for each in (*get_args(hint), hint) if each is not type(None))
    return kind


_KINDS: Mapping[str, type] = {
    name: _kind_of(hint) for name, hint in get_type_hints(DeviceRow).items() if name in {each.name for each in fields(DeviceRow)} - {"line"}
}


def _read(name: str, value: Any) -> Any:
    kind = _KINDS[name]
    if issubclass(kind, date):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum | Decimal) else value
