"""What somebody holds, and the receipts that prove it: for those who keep devices, and for the holder themselves."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.attachment import Attachment
from models.device import Device
from registry.access import Deed, may
from registry.actor import Actor
from registry.devices.handing import Bundle, bundle_of, receipt_name
from registry.files import attachments
from registry.occasion import Occasion
from registry.records import NotFound
from registry.registers.devices.acceptances import ACCEPTANCES
from registry.registers.devices.allocations import ALLOCATIONS


def with_me(by: Actor) -> list[tuple[Allocation, Device]]:
    """What the actor holds in this school, by the account that it was handed to."""
    rows = [*Allocation.select().where((Allocation.user == by.user) & Allocation.open_device.is_null(False)).order_by(Allocation.number)]
    devices = {row.id: row for row in Device.select().where(Device.id.in_([each.device for each in rows]))}
    return [(row, devices[row.device]) for row in rows if row.device in devices]


def of_bundle(bundle: UUID, by: Actor) -> Bundle:
    """What was handed over together, for those who may see it; raises NotFound."""
    found = bundle_of(bundle)
    if found is None or not (may(by, Deed.SEE, ALLOCATIONS) or all(row.user == by.user for row in found.allocations)):
        raise NotFound("There is no such receipt here.")
    return found


def file_of(bundle: Bundle) -> Attachment | None:
    """The sealed receipt; none where a room got the devices."""
    first = bundle.allocations[0]
    if bundle.acceptance is None or first.bundle is None:
        return None
    signed: Any = bundle.acceptance
    kept = (Attachment.school == signed.school_id) & (Attachment.record == bundle.acceptance.id) & Attachment.removed_at.is_null()
    return next((each for each in Attachment.select().where(kept) if each.name.startswith(receipt_name(first.bundle))), None)


def opened(bundle: Bundle, occasion: Occasion) -> Iterator[bytes]:
    """The receipt itself, once it is noted who took it; raises NotFound where there is none."""
    file = file_of(bundle)
    if file is None:
        raise NotFound("There is no receipt: nobody signs for a room.")
    return attachments.opened(ACCEPTANCES, bundle.acceptance, file, occasion, is_theirs=True)


