"""A provider's devices in one list: those of all the schools they work in, and nothing else of any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peewee import Case, fn

from models import doors
from models.device import Device
from models.names import serial_spelling, tag_spelling
from models.roles import Role
from models.school import School
from models.vocabulary import DeviceStatus
from registry.access import Deed, allowed
from registry.registers.devices.devices import DEVICES

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for: a tag, serial number or name, a school, a status, devices with findings; and after which device the page begins."""

    words: str = ""
    school: UUID | None = None
    status: DeviceStatus | None = None
    with_findings: bool = False
    after: tuple[str, UUID] | None = None


@dataclass(frozen=True)
class Page:
    """One page of the list: (school, device) each, how many there are by school, and where the next page begins."""

    rows: tuple[tuple[School, Device], ...]
    counts: tuple[tuple[School, int, int], ...]
    after: tuple[str, UUID] | None


def look(works_in: Sequence[tuple[School, Role]], asked: Asked) -> Page:
    """One page of the devices of the schools in which somebody's role may see devices, by name."""
    schools = {school.id: school for school, role in works_in if role in allowed(Deed.SEE, DEVICES)}
    if not schools:
        return Page((), (), None)
    with doors.looking_at(*schools):
        rows = [*_query(asked).order_by(fn.LOWER(Device.name), Device.id).limit(A_PAGE + 1)]
        counts = {key: (many, wrong or 0) for key, many, wrong in _counts().tuples()}
    shown = tuple((schools[row.school_id], row) for row in rows[:A_PAGE])
    last = rows[A_PAGE - 1] if len(rows) > A_PAGE else None
    by_school = tuple((school, *counts.get(key, (0, 0))) for key, school in schools.items())
    return Page(shown, by_school, (last.name.lower(), last.id) if last else None)


def _query(asked: Asked) -> Any:
    query = Device.select().where(Device.archived_at.is_null())
    if asked.words:
        tag, serial = tag_spelling(asked.words), serial_spelling(asked.words)
        named = fn.LOWER(Device.name).startswith(asked.words.lower())
        query = query.where((Device.tag_key == tag) | (Device.serial_key == (serial or tag)) | named)
    if asked.school:
        query = query.where(Device.school == asked.school)
    if asked.status:
        query = query.where(Device.status == asked.status)
    if asked.with_findings:
        query = query.where((Device.errors > 0) | (Device.warnings > 0))
    if asked.after:
        name, key = asked.after
        query = query.where((fn.LOWER(Device.name) > name) | ((fn.LOWER(Device.name) == name) & (Device.id > key)))
    return query


def _counts() -> Any:
    query = Device.select(Device.school, fn.COUNT(Device.id), fn.SUM(Case(None, [(Device.errors > 0, 1)], 0))).where(Device.archived_at.is_null())
    return query.group_by(Device.school)
