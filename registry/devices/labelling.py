"""Which devices get a label: those of a place, those of pasted tags, or one."""

from collections.abc import Sequence
from uuid import UUID

from peewee import fn

from models.device import Device
from models.vocabulary import DeviceStatus
from registry.access import Permission, require
from registry.actor import Actor
from registry.devices import scanning

MOST = 500
LEFT = (DeviceStatus.DISPOSED, DeviceStatus.LOST, DeviceStatus.STOLEN)


def chosen(by: Actor, *, place: UUID | None = None, device: UUID | None = None, codes: str = "") -> tuple[list[Device], list[str]]:
    """The devices that are meant, by name, and a sentence for each code that means none. Raises Forbidden."""
    require(by, Permission.CHECK_DEVICES)
    if device is not None:
        return list(Device.select().where(Device.id == device)), []
    if codes.strip():
        return _of_codes([each.strip() for each in codes.splitlines() if each.strip()][:MOST])
    if place is None:
        return [], []
    here = (Device.place == place) & Device.archived_at.is_null() & Device.status.not_in(LEFT)
    return list(Device.select().where(here).order_by(fn.LOWER(Device.name)).limit(MOST)), []


def _of_codes(codes: Sequence[str]) -> tuple[list[Device], list[str]]:
    found = [scanning.found(code) for code in codes]
    known = {each.device.id: each.device for each in found if each.device}
    return list(known.values()), [each.problem for each in found if each.device is None]
