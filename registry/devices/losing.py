"""A device is lost or stolen: one report makes the loss, sets its status, and drafts a breach whose clock runs from the report."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.allocation import Allocation
from models.base import new_id
from models.device import Device
from models.loss import Loss
from models.vocabulary import BreachKind, DeviceStatus, LossKind, RemoteStep, YesNoUnknown
from registry import records
from registry.access import Permission, require, school_of
from registry.actor import Actor
from registry.breaches import reporting
from registry.breaches.reporting import Report
from registry.linking import relink
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.losses import LOSSES
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.rules.loss_reasoning import LossFacts, LossReasoning, reasoning
from registry.rules.plain_dates import plain_day
from registry.trace.audit import recording
from registry.typed import ZONE

GONE = frozenset({DeviceStatus.LOST, DeviceStatus.STOLEN})
CLOCK = "The school was told then; when it went missing is not known for certain."


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What is said when a device is missed; `loss` is an id made with the form, so that a second press reports nothing twice."""

    loss: UUID
    kind: LossKind
    noticed_at: datetime
    what: str
    holder: str = ""
    held: str = ""
    police_reference: str = ""
    lock: RemoteStep = RemoteStep.NOT_SENT
    wipe: RemoteStep = RemoteStep.NOT_SENT
    strong_login: YesNoUnknown = YesNoUnknown.UNKNOWN
    key_safe: YesNoUnknown = YesNoUnknown.UNKNOWN


def holder_now(device: UUID) -> str:
    """Who holds a device by its open allocation; nobody where it is not out."""
    row = Allocation.get_or_none(Allocation.open_device == device)
    return str(row.holder) if row else ""


def lose(row: Device, lost: Lost, occasion: Occasion) -> Loss:
    """Keep the loss with its breach, in one transaction. Raises Forbidden, Invalid, and CannotBeDone for a device that is missing already."""
    require(occasion.by, Permission.REPORT_DEVICE_LOSS)
    told = Report(what=lost.what, noticed_at=lost.noticed_at, call_back=occasion.by.name)
    reporting.demand(told, occasion.at)
    before: Loss | None = Loss.get_or_none(Loss.id == lost.loss)
    if before is not None:
        return before
    if row.status in (*GONE, DeviceStatus.DISPOSED):
        raise CannotBeDone(f"{row.name} is {row.status.label.lower()} already. Open its entry under Losses to say more.")
    robot = _by_the_program(occasion)
    breach = new_id()
    with recording(occasion.by, occasion.at) as trace:
        made = reporting.keep(trace, told, occasion, record=breach, known=_of_breach(row, lost, occasion))
        relink(trace, BREACHES, made.id, {DEVICES.slug: (row.id,)}, school=school_of(occasion.by))
        answers = _of_loss(row, lost, occasion) | {"breach": made.id}
        loss: Loss = records.insert(trace, LOSSES, answers, robot, number=next_number(LOSSES, robot.by), record=lost.loss)
    return loss


def find_again(loss: Loss, on: date, occasion: Occasion) -> None:
    """It is back: the device stands where it stood before; the breach stays for whoever handles it. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Permission.REPORT_DEVICE_LOSS)
    if loss.found_on is not None:
        raise CannotBeDone("It was found already.")
    with recording(occasion.by, occasion.at) as trace:
        loss.found_on = on
        records.amend(trace, LOSSES, loss, {"found_on": (None, on)}, occasion=occasion)


def reasons(loss: Loss, device: Device) -> LossReasoning:
    """What the loss usually means, with the reasons to be kept."""
    lost_on = in_zone(loss.noticed_at, ZONE).date() if loss.noticed_at else None
    return reasoning(LossFacts(
        encrypted=loss.encrypted, encryption_verified_on=loss.encryption_verified_on, strong_login=loss.strong_login, key_safe=loss.key_safe,
        wipe=loss.wipe, holds_personal=device.holds_personal, lost_on=lost_on,
    ))  # fmt: skip


def _of_loss(row: Device, lost: Lost, occasion: Occasion) -> dict[str, Any]:
    sent = {"lock_at": lost.lock, "wipe_at": lost.wipe}
    return {
        "name": f"{row.name}, {lost.kind.label.lower()}",
        "device": row.id,
        "kind": lost.kind,
        "noticed_at": lost.noticed_at,
        "reported_at": occasion.at,
        "holder": lost.holder or None,
        "happened": lost.what.strip(),
        "held": lost.held or None,
        "police_reference": lost.police_reference or None,
        "lock": lost.lock,
        "wipe": lost.wipe,
        **{name: occasion.at if step in (RemoteStep.SENT, RemoteStep.CONFIRMED) else None for name, step in sent.items()},
        "encrypted": row.encrypted,
        "encryption_verified_on": row.encryption_verified_on,
        "strong_login": lost.strong_login,
        "key_safe": lost.key_safe,
        "last_seen_at": row.last_seen_at,
    }


def _of_breach(row: Device, lost: Lost, occasion: Occasion) -> dict[str, Any]:
    """What is known of the breach already. Encryption counts as it was last verified: what nobody verified is not known."""
    verified = row.encryption_verified_on if row.encrypted is YesNoUnknown.YES else None
    known = YesNoUnknown.UNKNOWN if row.encrypted is YesNoUnknown.YES and verified is None else row.encrypted
    return {
        "name": f"{lost.kind.label} device: {row.name}",
        "kind": BreachKind.LOST_DEVICE,
        "aware_at": occasion.at,
        "aware_because": CLOCK if lost.noticed_at != occasion.at else None,
        "encrypted": known,
        "encryption_verified": f"The entry of the device says so, as verified on {plain_day(verified)}." if verified else None,
        "technical": _technical(row, lost),
    }


def _technical(row: Device, lost: Lost) -> str:
    seen = f"It last reported on {plain_day(in_zone(row.last_seen_at, ZONE).date())}." if row.last_seen_at else "It has never reported."
    return f"{row.name}, {row.reference}. {seen} Lock: {lost.lock.label.lower()}. Wipe: {lost.wipe.label.lower()}."


def _by_the_program(occasion: Occasion) -> Occasion:
    """Losses are written by nobody by hand: the program does it for whoever reports one."""
    return Occasion(Actor.robot("reports of losses", school_of(occasion.by)), occasion.at, occasion.school)
