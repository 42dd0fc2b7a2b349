"""The receipt of a hand-over as a paper: what went, what was accepted and who signed."""

from exports import custody_receipt
from exports.custody_receipt import Agreement, Handed, Receipt
from models.acceptance import Acceptance
from models.allocation import Allocation
from models.device import Device
from models.vocabulary import DeviceKind, SignedHow, YesNo
from registry.devices.handing import Bundle, Signed
from web.guard import current_actor, now
from web.papers import letterhead


def receipt(done: Bundle, own: Signed | None, parent: Signed | None) -> bytes:
    """The receipt as PDF, made while the hand-over is kept."""
    first = done.allocations[0]
    agreed = done.agreement
    return custody_receipt.handed_over(
        Receipt(
            holder=first.holder,
            holder_kind=first.holder_kind,
            devices=tuple(_handed(row, done.devices[row.device]) for row in done.allocations),
            handed_by=current_actor().name,
            handed_at=now(),
            due_on=first.due_back_on,
            is_off_site=first.off_site == YesNo.YES,
            agreement=Agreement(title=agreed.title, version=str(agreed.edition), text=agreed.text) if agreed else None,
            signatures=tuple(_signatures(first, done.acceptance, own, parent)),
        ),
        letterhead(),
    )


def _handed(row: Allocation, device: Device) -> Handed:
    with_it = tuple(each.strip() for each in (row.accessories or "").split(",") if each.strip())
    return Handed(tag=device.asset_tag or device.name, serial=device.serial or "", kind=device.kind or DeviceKind.OTHER, make=device.make or "",
                  model=device.model or "", condition=row.condition_out, accessories=with_it)  # fmt: skip


def _signatures(row: Allocation, accepted: Acceptance | None, own: Signed | None, parent: Signed | None) -> list[custody_receipt.Signed]:
    """Who signed what: just now, or when they accepted this version before."""
    if accepted is None:
        return []
    signed = [custody_receipt.Signed(role="Holder", name=row.holder, how=own.how if own else SignedHow(accepted.how), at=accepted.accepted_at,
                                     picture=own.png if own else b"")]  # fmt: skip
    if accepted.parent:
        how = parent.how if parent else accepted.parent_how or SignedHow.ON_SCREEN
        signed.append(custody_receipt.Signed(role=f"Parent or carer of {row.holder}", name=accepted.parent, how=how, at=accepted.parent_accepted_at,
                                             picture=parent.png if parent else b""))  # fmt: skip
    return signed
