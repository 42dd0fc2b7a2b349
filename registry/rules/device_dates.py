"""What is due for devices: back from people and repairs, checked once a year, updated, renewed and replaced in time."""

from dataclasses import dataclass
from datetime import date

from models.vocabulary import DeviceStatus
from registry.rules.due import Due, as_entered
from registry.rules.patching import DAYS, is_patched, patch_due
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
class WarrantyDates:
    """Until when a device is repaired for nothing; each name is the column of the same name."""

    warranty_end_on: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseDates:
    """Until when a device is leased; each name is the column of the same name."""

    lease_end_on: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixDates:
    """When a fix for a high risk came out, and when the device was last updated; each name is the column of the same name."""

    fix_released_on: date | None = None
    last_patched_on: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceDates:
    """Until when a software licence is paid for; the name is the column of the same name."""

    renews_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportDates:
    """Until when a model or version gets security updates; the name is the column of the same name."""

    support_end_on: date | None = None


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


def warranty_end(device: WarrantyDates, _school: SchoolFacts) -> Due | None:
    """The last day on which the maker repairs it for nothing, while the school has it."""
    return None if device.status in OUT_OF_HAND else as_entered(device.warranty_end_on, "The warranty ends on")


def lease_end(device: LeaseDates, _school: SchoolFacts) -> Due | None:
    """The last day of the lease, which runs even for a device that is lost; nothing once it is disposed of."""
    return None if device.status == DeviceStatus.DISPOSED else as_entered(device.lease_end_on, "The lease ends on")


def fix(device: FixDates, _school: SchoolFacts) -> Due | None:
    """The last day on which a fix for a high risk is put in (DfE cyber security standards), until it is."""
    released = device.fix_released_on
    if released is None or device.status in (*OUT_OF_HAND, DeviceStatus.RETIRED) or is_patched(released, device.last_patched_on):
        return None
    on = patch_due(released)
    return Due(on=on, because=(f"The fix came out on {full_day(released)}.", f"It is put in within {DAYS} days: {full_day(on)}."))


def licence_renewal(licence: LicenceDates, _school: SchoolFacts) -> Due | None:
    """The day by which a licence is renewed or given up."""
    return as_entered(licence.renews_on, "The licence is renewed on")


def support_end(model: SupportDates, _school: SchoolFacts) -> Due | None:
    """The last day with security updates."""
    return as_entered(model.support_end_on, "Security updates end on")
