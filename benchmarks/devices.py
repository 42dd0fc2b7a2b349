"""Five thousand devices of a list against five thousand of the register, which somebody holds each: brought, compared, and the differences shown."""

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from benchmarks.house import NOW, TODAY, house
from benchmarks.pairs import Result
from exports import device_list
from models.base import new_id
from models.device import Device
from models.roles import Role
from models.statements import stored_rows
from models.vocabulary import DeviceKind, DeviceOwner, DeviceSource, HolderKind, Ruling
from registry.devices import importing, reconciling
from registry.devices.differences import Kind
from registry.devices.importing import Listed
from registry.devices.reconciling import Choice
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.devices import DEVICES
from registry.registers.images.pupils import PUPILS
from registry.trace.audit import recording

MANY = 5_000
HEADINGS = (
    *("Device ID", "Device name", "Enrollment date", "Last check-in", "OS version", "Serial number", "Manufacturer", "Model", "Primary user UPN"),
    *("Compliance", "Ownership", "Supervised", "Encrypted", "OS", "Jailbroken", "Management name"),
)
FIRST = ("Sam", "Ann", "Zoe", "Lea", "Tom", "Asha", "Omar", "Nia", "Rhys", "Ivy", "Jude", "Mina")
LAST = ("Patel", "Moller", "Okafor", "Penhale", "Quayle", "Sollis", "Brandt", "Whitlow", "Renwick", "Marchetti", "Adeyemi", "Kowalska", "Abara")


def measure() -> Iterator[Result]:
    """Once into a register that knows the devices, then another list in which each says something else."""
    with house() as there:
        occasion = replace(there.occasion, by=replace(there.occasion.by, role=Role.IT_PROVIDER))
        _fill(occasion)
        what = f"{MANY:,} devices of a list against {MANY:,}"
        first, found = _timed(partial(_bring, _file(0), _at(occasion, 1)))
        yield Result("devices", f"{what}: read, compared, shown, saved with {found:,} entries, and the differences found", [first], 30, "s")
        again, found = _timed(partial(_bring, _file(1), _at(occasion, 2)))
        yield Result("devices", "the same once more, with another version, model and user of each", [again], 30, "s")
        shown, many = _timed(partial(_differences, _at(occasion, 2)))
        yield Result("devices", f"{many:,} differences shown", [shown], 5, "s")
        settled, many = _timed(partial(_settle, _at(occasion, 3)))
        yield Result("devices", f"{many:,} changed models taken over at once", [settled], 30, "s")


def _timed(deed: Any) -> tuple[float, int]:
    begun = time.perf_counter()
    many = deed()
    return time.perf_counter() - begun, many


def _at(occasion: Occasion, hours: int) -> Occasion:
    return replace(occasion, at=NOW + timedelta(hours=hours))


def _name(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def _fill(occasion: Occasion) -> None:
    """Everybody and every device, and who holds which; a tenth of those people has left."""
    people = ({"name": _name(number), "status": "left" if number % 10 == 0 else "on_roll"} for number in range(MANY))
    devices = (
        {"name": f"Laptop {number}", "asset_tag": f"QB-{number}", "serial": f"5CD{number:06}X", "kind": DeviceKind.LAPTOP, "model": "Latitude 3140",
         "owner": DeviceOwner.SCHOOL}
        for number in range(MANY)
    )  # fmt: skip
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, PUPILS, people, occasion, number=1)
        insert_many(trace, DEVICES, devices, occasion, number=1)
    ids = [bytes(key) for (key,) in stored_rows(Device.select(Device.id).order_by(Device.number))]
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, ALLOCATIONS, (_held(number, key) for number, key in enumerate(ids)), occasion, number=1)


def _held(number: int, key: bytes) -> dict[str, Any]:
    device = type(new_id())(bytes=key)
    return {"holder": _name(number), "holder_kind": HolderKind.STAFF, "device": device, "open_device": device, "out_on": TODAY, "bundle": new_id()}


def _file(turn: int) -> bytes:
    """The list as Intune exports it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number in range(MANY):
        user = f"{_name(number + turn).lower().replace(' ', '.')}@quillbrook.example"
        model = "Latitude 3140" if turn == 0 else "Latitude 3150"
        seen = f"2026-11-{20 + turn} 07:15:30.0000000"
        writer.writerow(
            (f"id-{number}", f"Laptop {number}", "2025-09-01 08:30:00.0000000", seen, f"10.0.2610{turn}.{number % 90}", f"5CD{number:06}X",
             "Dell Inc.", model, user, "Compliant", "Corporate", "False", "True", "Windows", "Unknown", f"m-{number}")
        )  # fmt: skip
    return text.getvalue().encode()


def _bring(file: bytes, occasion: Occasion) -> int:
    """As through the pages: kept without what is never read, compared for the preview, compared again to be saved, differences found."""
    name, rows = device_list.taken_in(file, "DevicesWithInventory.csv")
    read = device_list.understood(name, rows)
    assert read.recognised_as is DeviceSource.INTUNE
    listed = Listed(source=read.recognised_as, rows=read.rows, digest=read.digest)
    shown = importing.judge(listed, occasion).mark
    _preview, outcome = importing.save(listed, occasion, shown=shown)
    assert outcome.changed == MANY, outcome
    reconciling.open_differences(occasion)
    return outcome.changed


def _differences(occasion: Occasion) -> int:
    return len(reconciling.open_differences(occasion))


def _settle(occasion: Occasion) -> int:
    return reconciling.settle(Choice(kind=Kind.MODEL, many=MANY), Ruling.TAKEN_OVER, occasion)
