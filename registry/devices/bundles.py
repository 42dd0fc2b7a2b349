"""What is handed over together: the plan for it, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from models.acceptance import Acceptance
from models.allocation import Allocation
from models.base import new_id
from models.device import Device
from models.vocabulary import AgreementAudience, DeviceCondition, SignedHow, YesNo
from registry.devices import agreeing
from registry.devices.agreeing import InForce
from registry.devices.holders import Holder


@dataclass(frozen=True, kw_only=True)
class Out:
    """One device as it goes out."""

    device: UUID
    condition: DeviceCondition | None = None
    accessories: str = ""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signature given on the spot: whose name stands under it, how, and its picture where it was drawn."""

    name: str
    how: SignedHow = SignedHow.ON_SCREEN
    png: bytes = b""


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What is to be handed over to whom; `bundle` is made with the page, so that a second press finds the first."""

    bundle: UUID
    holder: Holder
    devices: tuple[Out, ...]
    due_back_on: date | None = None
    off_site: YesNo = YesNo.NO
    encryption_confirmed: bool = False
    audience: AgreementAudience | None = None
    signed: Signed | None = None
    parent: Signed | None = None


@dataclass(frozen=True)
class Bundle:
    """What was handed over together, with what was accepted for it."""

    allocations: tuple[Allocation, ...]
    acceptance: Acceptance | None
    agreement: InForce | None = None
    devices: dict[UUID, Device] = field(default_factory=dict)


Paper = Callable[[Bundle, Signed | None, Signed | None], bytes]
"""Draws the receipt."""


def bundle_of(bundle: UUID) -> Bundle | None:
    """What was handed over together; None where nothing was."""
    rows = tuple(Allocation.select().where(Allocation.bundle == bundle).order_by(Allocation.number))
    if not rows:
        return None
    signed = Acceptance.get_or_none(Acceptance.id == rows[0].acceptance) if rows[0].acceptance else None
    found = agreeing.of_edition(signed.agreement, signed.edition or 0) if signed else None
    devices = {row.id: row for row in Device.select().where(Device.id.in_([each.device for each in rows]))}
    return Bundle(rows, signed, found[0] if found else None, devices)


def open_of(devices: Sequence[UUID] | dict[UUID, Any]) -> dict[UUID, Allocation]:
    """The open allocation of each of these devices that has one."""
    return {row.device: row for row in Allocation.select().where(Allocation.open_device.in_([*devices]))}


def receipt_name(bundle: UUID) -> str:
    """How the file with the receipt of a hand-over begins."""
    return f"Receipt {bundle.hex[-8:]}"


def new_bundle() -> UUID:
    """The id of a hand-over that is being prepared."""
    return new_id()


def holder_of(row: Allocation, year_group: str = "") -> Holder:
    """Who holds an open allocation, as a hand-over knows them."""
    key = f"place:{row.place}" if row.place else f"person:{row.person}" if row.person else f"other:{row.holder_kind}"
    return Holder(key=key, name=row.holder, kind=row.holder_kind, person=row.person, place=row.place, group=row.post or "",
                  year_group=year_group)  # fmt: skip


