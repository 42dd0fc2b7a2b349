"""From the time on the wall to the one instant it stands for, or the reason why there is none or more than one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from registry.rules.plain_dates import clock, full_day


class NoSuchTime(ValueError):
    """The clocks jumped over this time."""

    def __init__(self, local: datetime) -> None:
        """Says which time is meant, and what to enter instead."""
        super().__init__(f"There is no {clock(local)} on {full_day(local)}: the clocks go forward then. Enter the time that a clock showed.")
        self.local = local


class AmbiguousTime(ValueError):
    """The clocks went back, so that this time came twice; carries both instants in UTC."""

    def __init__(self, local: datetime, first: datetime, second: datetime) -> None:
        """Says which time is meant, and what to choose between."""
        super().__init__(f"{clock(local)} comes twice on {full_day(local)}: the clocks go back then. Say whether it was the first or the second.")
        self.local = local
        self.first = first
        self.second = second


def to_utc(local: datetime, zone: str, fold: int | None = None) -> datetime:
    """The instant, in UTC, of a time on the wall in a zone.

    `fold` chooses between two instants: 0 the first, 1 the second. Raises NoSuchTime when there is none,
    AmbiguousTime when there are two and none is chosen, and ValueError at the very ends of the calendar.
    """
    if local.tzinfo is not None:
        raise ValueError("A time on the wall has no zone of its own.")
    instants = _instants(local, ZoneInfo(zone))
    if not instants:
        raise NoSuchTime(local)
    if len(instants) == 2 and fold is None:
        raise AmbiguousTime(local, *instants)
    return instants[-1 if fold else 0]


def in_zone(instant: datetime, zone: str) -> datetime:
    """The time on the wall in a zone at an instant."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs its zone.")
    return instant.astimezone(ZoneInfo(zone))


def _instants(local: datetime, zone: ZoneInfo) -> list[datetime]:
    """The instants, earliest first, at which clocks in the zone show this time."""
    try:
        both = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    except OverflowError:
        raise ValueError(f"{full_day(local)} is too far away to be kept.") from None
    return sorted(instant for instant in both if instant.astimezone(zone).replace(tzinfo=None) == local)
