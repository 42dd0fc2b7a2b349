"""The frozen list of a disposal with the certificate of each device, so that it can be shown where everything went (UK GDPR Article 5(1)(f))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from exports.device_paper import DevicePaper, Part, pdf, when
from exports.paper import Letterhead
from models.vocabulary import DeviceDestination, DeviceDisposalMethod, DisposalStage, SanitisationStandard
from registry.rules.plain_dates import full_day, plain_day

COLUMNS = ("Device", "Serial number", "Certificate", "Removed from management", "Activation lock")
WIDTHS = (5, 4, 4, 4, 4)
NO_CERTIFICATE, NO_SERIAL = "No certificate yet", "No serial number known"
NOT_REMOVED, NOT_CLEARED = "Not removed yet", "Not cleared yet"
COMPLETE = "Every device has its certificate, is removed from management, and has its activation lock cleared."


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """One device of the batch; `is_managed` and `has_lock` are False where it never was or never could be."""

    tag: str = ""
    name: str = ""
    serial: str = ""
    certificate: str = ""
    removed_on: date | None = None
    cleared_on: date | None = None
    is_managed: bool = True
    has_lock: bool = True

    @property
    def removed(self) -> str:
        """Whether device management still knows it, in words."""
        return plain_day(self.removed_on) if self.removed_on else NOT_REMOVED if self.is_managed else "Never managed"

    @property
    def cleared(self) -> str:
        """Whether it is still locked to somebody's account, in words."""
        return plain_day(self.cleared_on) if self.cleared_on else NOT_CLEARED if self.has_lock else "Has none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A disposal as it was frozen; times are instants in UTC."""

    number: str
    stage: DisposalStage
    devices: tuple[Disposed, ...]
    authorised_by: str = ""
    authorised_at: datetime | None = None
    frozen_at: datetime | None = None
    done_on: date | None = None
    method: DeviceDisposalMethod | None = None
    standard: SanitisationStandard | None = None
    contractor: str = ""
    carrier_registration: str = ""
    waste_note: str = ""
    destination: DeviceDestination | None = None
    recipient: str = ""
    notes: str = ""


def certificates(batch: Batch, head: Letterhead, sealed: str = "") -> bytes:
    """The list as PDF/UA-1; what is missing is said."""
    parts = [
        Part(answers=list(_answers(batch))),
        Part(heading="What is still missing", below=list(missing(batch))),
        Part(heading=f"Devices: {len(batch.devices)}", columns=COLUMNS, widths=WIDTHS, rows=[_row(each) for each in batch.devices]),
    ]
    title, below = f"Disposal {batch.number}", [head.school, f"{batch.stage.label}."]
    return pdf(DevicePaper(title=title, letterhead=head, number=f"Disposal {batch.number}", sealed=sealed, below=below, parts=parts, wide=True))


def missing(batch: Batch) -> Iterator[str]:
    """What is not there yet, in sentences; one that says so where everything is."""
    counted: Sequence[tuple[int, str, str]] = (
        (sum(not each.serial for each in batch.devices), "has no serial number", "have no serial number"),
        (sum(not each.certificate for each in batch.devices), "has no certificate", "have no certificate"),
        (sum(each.removed == NOT_REMOVED for each in batch.devices), "is not removed from management", "are not removed from management"),
        (sum(each.cleared == NOT_CLEARED for each in batch.devices), "is still under activation lock", "are still under activation lock"),
    )
    said = [f"{many} of {len(batch.devices)} {one if many == 1 else more}." for many, one, more in counted if many]
    yield from said or ([COMPLETE] if batch.devices else ["No device is on the list."])


def _answers(batch: Batch) -> Iterator[tuple[str, str]]:
    yield "Authorised by", batch.authorised_by or "Nobody yet"
    yield "Authorised", when(batch.authorised_at) if batch.authorised_at else "Not yet"
    yield "List frozen", when(batch.frozen_at) if batch.frozen_at else "Not yet: it may still change"
    yield "Carried out", full_day(batch.done_on) if batch.done_on else "Not yet"
    yield "Method", batch.method.label if batch.method else "Not said yet"
    yield "Standard", batch.standard.label if batch.standard else "Not said yet"
    yield "Contractor", batch.contractor or "Not said yet"
    yield "Waste carrier’s registration", batch.carrier_registration or "Not said yet"
    yield "Waste transfer note", batch.waste_note or "None yet"
    where = batch.destination.label if batch.destination else "Not said yet"
    yield "Destination", f"{where}, to {batch.recipient}" if batch.recipient else where
    if batch.notes:
        yield "Notes", batch.notes


def _row(device: Disposed) -> tuple[str, ...]:
    called = ", ".join(each for each in (device.tag, device.name) if each) or "Without tag or name"
    return called, device.serial or NO_SERIAL, device.certificate or NO_CERTIFICATE, device.removed, device.cleared
