"""What is due for devices: back from people and repairs, checked once a year, and renewed in time."""

from dataclasses import dataclass
from datetime import date

from models.vocabulary import DeviceStatus
from registry.rules.due import Due, as_entered
from registry.rules.plain_dates import full_day, months_after
from registry.rules.school_facts import SchoolFacts

CHECK_MONTHS = 12
"""Local authorities ask that somebody other than the keeper sees each device once a year."""

OUT_OF_HAND = frozenset({DeviceStatus.LOST, DeviceStatus.STOLEN, DeviceStatus.DISPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDates:
    """When a hand-over ends; each name is the column of the same name."""

    due_back_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairDates:
    """When a device is back from repair; each name is the column of the same name."""

    due_back_on: date | None = None
    back_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    """When somebody last saw a device; each name is the column of the same name."""

    last_checked_on: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceDates:
    """Until when a software licence is paid for; the name is the column of the same name."""

    renews_on: date | None = None


def give_back(hand_over: ReturnDates, _school: SchoolFacts) -> Due | None:
    """The day by which a device is brought back, while it is out."""
    return as_entered(hand_over.due_back_on, "It is to be brought back by") if hand_over.returned_on is None else None


def repair_back(repair: RepairDates, _school: SchoolFacts) -> Due | None:
    """The day by which a device is back from repair, while it is away."""
    return as_entered(repair.due_back_on, "The repair is promised for") if repair.back_on is None else None


def check_again(device: LastCheck, _school: SchoolFacts) -> Due | None:
    """A year after somebody last saw it, while the school has it; nothing where nobody has yet."""
    if device.last_checked_on is None or device.status in OUT_OF_HAND:
        return None
    on = months_after(device.last_checked_on, CHECK_MONTHS)
    seen = f"It was last seen in a check on {full_day(device.last_checked_on)}."
    return Due(on=on, because=(seen, f"Somebody other than its keeper checks it once a year: {full_day(on)}."))


def licence_renewal(licence: LicenceDates, _school: SchoolFacts) -> Due | None:
    """The day by which a licence is renewed or given up."""
    return as_entered(licence.renews_on, "The licence is renewed on")
