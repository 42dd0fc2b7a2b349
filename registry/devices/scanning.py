"""What a scanned or typed code stands for: the address on our own label, an asset tag, a serial number, or a name."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from peewee import fn

from models.device import Device
from models.names import serial_spelling, tag_spelling

IN_AN_ADDRESS = re.compile(r"/devices/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
LONGEST = 300

Keyed = Callable[[Sequence[str], Sequence[str]], list[Device]]
"""What gives the devices with one of these tags or one of these serial numbers, as they are compared."""


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
    return _first(_plain(text), _with)


def found_each(texts: Sequence[str]) -> list[Found]:
    """The same of a pasted list: the tags and serial numbers of all of them are looked up together."""
    codes = [_plain(text) for text in texts]
    tags, serials = ({each for code in codes for each in spell(code)} for spell in (_tags, _serials))
    known = _with([*tags], [*serials])
    by_tag, by_serial = {each.tag_key: each for each in known}, {each.serial_key: each for each in known}

    def among(tags: Sequence[str], serials: Sequence[str]) -> list[Device]:
        named = [by_tag.get(each) for each in tags] + [by_serial.get(each) for each in serials]
        return [*{each.id: each for each in named if each is not None}.values()]

    return [_first(code, among) for code in codes]


def _plain(text: str) -> str:
    return " ".join(text[:LONGEST].split())


def _tags(code: str) -> list[str]:
    return [tag] if (tag := tag_spelling(code)) else []


def _serials(code: str) -> list[str]:
    """What a code may be as a serial number: a scanner puts an S before some."""
    serial = serial_spelling(code)
    return [each for each in (serial, serial[1:] if serial[:1] == "S" else "") if each]


def _first(code: str, keyed: Keyed) -> Found:
    for several in _by_each_meaning(code, keyed):
        if len(several) == 1:
            return Found(code, several[0])
        if several:
            return Found(code, None, tuple(several))
    return Found(code)


def _by_each_meaning(code: str, keyed: Keyed) -> Iterator[list[Device]]:
    if address := IN_AN_ADDRESS.search(code):
        yield _where(Device.id == UUID(address[1]))
        return
    tags, serials = _tags(code), _serials(code)
    if not tags:
        return
    known = keyed(tags, serials)
    yield [each for each in known if each.tag_key == tags[0]]
    yield [each for each in known if serials and each.serial_key == serials[0]]
    yield known  # without the S, where what is left is known
    yield _where(fn.LOWER(Device.name) == fn.LOWER(code))  # both by the database, as its index has them


def _with(tags: Sequence[str], serials: Sequence[str]) -> list[Device]:
    """The devices with one of these keys. Each key is asked for by a query of its own in the one: of an "or" SQLite walks through the school."""
    by_tag, by_serial = (Device.select().where(key.in_(wanted) & Device.archived_at.is_null()) for key, wanted in
                         ((Device.tag_key, [*tags]), (Device.serial_key, [*serials])))  # fmt: skip
    return [*{each.id: each for each in by_tag.union_all(by_serial)}.values()]


def _where(condition: object) -> list[Device]:
    return list(Device.select().where(condition & Device.archived_at.is_null()).limit(20))
