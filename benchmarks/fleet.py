"""Fifty thousand devices in one trust: a page of the list, one scan to its answer, the charts, and all schools in one list."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from benchmarks.house import TODAY, House, house
from benchmarks.pairs import WORK, Result, seconds
from models.roles import Role
from models.vocabulary import DeviceKind
from registry.devices import everywhere, fleet, scanning
from registry.devices.everywhere import Asked
from registry.lists import query
from registry.lists.views import View
from registry.many.bulk import insert_many
from registry.placing import next_number
from registry.registers.devices.devices import DEVICES
from registry.trace.audit import recording

MANY, AT_ONCE, TIMES = 50_000, 5_000, 20
COLUMNS = ("asset_tag", "serial", "kind", "status", "place", "encrypted")


def measure() -> Iterator[Result]:
    """Each beside its goal, in milliseconds of processor time."""
    with house() as there:
        _fill(there)
        by = replace(there.occasion.by, role=Role.IT_PROVIDER)
        listed = partial(query.page, DEVICES, by, View(columns=COLUMNS, size=50), TODAY)
        yield Result("fleet", f"a page of {MANY:,} devices", [_ms(listed)], 50, "ms")
        yield Result("fleet", "one scan to its answer, by tag", [_ms(partial(scanning.found, "QB-49999"))], 100, "ms")
        yield Result("fleet", "one scan of a code that is nothing", [_ms(partial(scanning.found, "XX-1"))], 100, "ms")
        yield Result("fleet", "the fleet by support", [_ms(partial(fleet.of_school, by, there.occasion.school, TODAY), 3)], 500, "ms")
        works_in = [(there.school, Role.IT_PROVIDER)]
        yield Result("fleet", "a page of all schools in one list", [_ms(partial(everywhere.look, works_in, Asked()))], 50, "ms")


def _ms(deed: partial[object], times: int = TIMES) -> float:
    return seconds(deed, times, WORK) * 1000


def _fill(there: House) -> None:
    for start in range(0, MANY, AT_ONCE):
        rows = (
            {"name": f"Laptop {number}", "asset_tag": f"QB-{number}", "serial": f"5CD{number:06}X", "kind": DeviceKind.LAPTOP,
             "os": "Windows 11", "os_version": f"10.0.26100.{number % 400}"}
            for number in range(start, start + AT_ONCE)
        )  # fmt: skip
        with recording(there.occasion.by, there.occasion.at) as trace:
            insert_many(trace, DEVICES, rows, there.occasion, number=next_number(DEVICES, there.occasion.by))
