"""Which devices get a label: those of a place or in a state, those that nobody has checked for a year, those of pasted tags, or one."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from peewee import fn

from models.device import Device
from models.vocabulary import DeviceStatus
from registry.access import Permission, require
from registry.actor import Actor
from registry.devices import scanning
from registry.rules.device_dates import CHECK_MONTHS
from registry.rules.plain_dates import months_after

MOST = 500
LEFT = (DeviceStatus.DISPOSED, DeviceStatus.LOST, DeviceStatus.STOLEN)
BETWEEN = re.compile(r"[\n\t,;]+")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants labels for; pasted codes count before a place and a state, and one device before all."""

    device: UUID | None = None
    codes: str = ""
    place: UUID | None = None
    status: DeviceStatus | None = None
    unchecked: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen yet."""
        return self == Wish() or not (self.device or self.codes.strip() or self.place or self.status or self.unchecked)


@dataclass(frozen=True)
class Chosen:
    """The devices that get a label, by name or as they were pasted; a sentence for each code that means none; and how many were left out."""

    devices: tuple[Device, ...] = ()
    problems: tuple[str, ...] = ()
    left_out: int = 0


def chosen(wish: Wish, today: date, by: Actor) -> Chosen:
    """The devices that are meant. Raises Forbidden."""
    require(by, Permission.CHECK_DEVICES)
    if wish.device is not None:
        return Chosen(tuple(Device.select().where(Device.id == wish.device)))
    if wish.codes.strip():
        return _of_codes(wish.codes)
    return Chosen() if wish.is_empty else _of_filters(wish, today)


def _of_codes(pasted: str) -> Chosen:
    codes = [each.strip() for each in BETWEEN.split(pasted) if each.strip()]
    found = scanning.found_each(codes[:MOST])
    known = {each.device.id: each.device for each in found if each.device}
    return Chosen(tuple(known.values()), tuple(dict.fromkeys(each.problem for each in found if each.device is None)), max(0, len(codes) - MOST))


def _of_filters(wish: Wish, today: date) -> Chosen:
    meant = Device.archived_at.is_null() & (Device.status == wish.status if wish.status else Device.status.not_in(LEFT))
    if wish.place is not None:
        meant &= Device.place == wish.place
    if wish.unchecked:
        meant &= Device.last_checked_on.is_null() | (Device.last_checked_on <= months_after(today, -CHECK_MONTHS))
    many = Device.select().where(meant).count()
    devices = Device.select().where(meant).order_by(fn.LOWER(Device.name), Device.id).limit(MOST)
    return Chosen(tuple(devices), (), max(0, many - MOST))
