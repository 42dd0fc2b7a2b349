"""Single values as device-management programs write them, read without ever guessing; what cannot be read is none."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from models.vocabulary import YesNo, YesNoUnknown
from registry.rules.device_cells import said
from registry.rules.job_times import ZONE
from registry.rules.local_time import in_zone
from registry.rules.serials import normalised

Told = Mapping[str, Any]
"""What a program tells, as JSON is read."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""Programs write the first day of their calendar for “never”."""

LONGEST = 500


def at(told: Any, *path: str) -> Any:
    """What stands at the end of a path of names; none where the path breaks off."""
    for name in path:
        told = told.get(name) if isinstance(told, Mapping) else None
    return told


def words(value: Any) -> str | None:
    """A text in one line; none for what is empty, or stands for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = said("".join(letter if letter.isprintable() else " " for letter in str(value)))
    return text[:LONGEST] if text else None


def serial(value: Any) -> str | None:
    """A serial number in the one spelling by which a device is known again."""
    return normalised(words(value))


def moment(value: Any) -> datetime | None:
    """An instant, in UTC; one without a zone is taken to be in UTC, and what stands for “never” is none."""
    found = _instant(value)
    return found if found and found >= EARLIEST else None


def day(value: Any) -> date | None:
    """A day, as a date or as an instant read by the clock of a school."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            found = date.fromisoformat(value)
            return found if found >= EARLIEST.date() else None
        return None
    instant = moment(value)
    return in_zone(instant, ZONE).date() if instant else None


def day_of_milliseconds(value: Any) -> date | None:
    """The day of an instant that is counted in milliseconds since 1970, in UTC."""
    with suppress(TypeError, ValueError, OverflowError, OSError):
        found = datetime.fromtimestamp(int(value) / 1000, UTC)
        return found.date() if found >= EARLIEST else None
    return None


def known(value: Any) -> YesNoUnknown:
    """Yes or no where a program says so in so many words, unknown otherwise."""
    if not isinstance(value, bool):
        return YesNoUnknown.UNKNOWN
    return YesNoUnknown.YES if value else YesNoUnknown.NO


def yes_or_no(value: Any) -> YesNo | None:
    """Yes or no where a program says so."""
    if not isinstance(value, bool):
        return None
    return YesNo.YES if value else YesNo.NO


def money(value: Any) -> Decimal | None:
    """An amount in pounds; none for nothing, and for what is in another currency or no amount."""
    text = re.sub(r"[£,\s]|GBP", "", str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    try:
        found = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None


def _instant(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return None
