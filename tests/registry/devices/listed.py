"""Rows of device lists for tests, as a program would tell them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models.vocabulary import DeviceSource
from registry.devices import importing
from registry.devices.importing import Listed, Outcome
from registry.occasion import Occasion
from registry.rules.device_row import DeviceRow
from tests.people import NOW

SEEN = NOW - timedelta(days=1)


def row(serial: str | None = "5CG1", **said: Any) -> DeviceRow:
    """One device, seen yesterday."""
    return DeviceRow(**{"line": 2, "serial": serial, "last_seen_at": SEEN, **said})


def listed(*rows: DeviceRow, source: DeviceSource = DeviceSource.INTUNE, **more: Any) -> Listed:
    """A list of them."""
    return Listed(source=source, rows=rows, **more)


def brought(
    occasion: Occasion, *rows: DeviceRow, source: DeviceSource = DeviceSource.INTUNE, twice: frozenset[str] = frozenset(), with_new: bool = True
) -> Outcome:
    """The same, saved."""
    return importing.save(listed(*rows, source=source, twice=twice), occasion, with_new=with_new)[1]


def utc(*parts: int) -> datetime:
    """A moment."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
