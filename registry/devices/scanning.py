"""What a scanned or typed code stands for: the address on our own label, an asset tag, a serial number, or a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from peewee import fn

from models.device import Device
from models.names import serial_spelling, tag_spelling

IN_AN_ADDRESS = re.compile(r"/devices/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
LONGEST = 300


@dataclass(frozen=True)
class Found:
    """The one device that a code stands for, or several of that name to choose from, or none."""

    code: str
    device: Device | None = None
    others: tuple[Device, ...] = ()

    @property
    def problem(self) -> str:
        """What to say where it is not one device."""
        if self.device is not None:
            return ""
        if self.others:
            return f"{len(self.others)} devices are called {self.code}. Type the tag or the serial number instead."
        return f"Nothing here has the tag, serial number or name {self.code}. Check the code, or add the device first."


def found(text: str) -> Found:
    """The device of the school in view that a code stands for; what was put away is not found."""
    code = " ".join(text[:LONGEST].split())
    for several in _by_each_meaning(code):
        if len(several) == 1:
            return Found(code, several[0])
        if several:
            return Found(code, None, tuple(several))
    return Found(code)


def _by_each_meaning(code: str) -> Iterator[list[Device]]:
    if address := IN_AN_ADDRESS.search(code):
        yield _where(Device.id == UUID(address[1]))
        return
    tag, serial = tag_spelling(code), serial_spelling(code)
    if not tag:
        return
    keyed = _where((Device.tag_key == tag) | Device.serial_key.in_([each for each in (serial, serial[1:] if serial[:1] == "S" else "") if each]))
    yield [each for each in keyed if each.tag_key == tag]
    yield [each for each in keyed if each.serial_key == serial]
    yield keyed  # a scanner puts an S before some serial numbers: it goes only where what is left is known
    yield _where(fn.LOWER(Device.name) == code.lower())


def _where(condition: object) -> list[Device]:
    return list(Device.select().where(condition & Device.archived_at.is_null()).limit(20))
