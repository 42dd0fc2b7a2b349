"""Receipts for the holder: of devices handed over, with the agreement as it was signed, and of devices that came back."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from exports.device_paper import DevicePaper, Mark, Part, pdf, when
from exports.paper import Letterhead
from models.vocabulary import DeviceCondition, DeviceKind, HolderKind, SignedHow, YesNoUnknown
from registry.rules.plain_dates import full_day

HANDED_OVER, CAME_BACK = "Receipt for devices handed over", "Receipt for devices that came back"
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What a receipt's number is made of: nothing that is mistaken for something else when it is read out."""

STILL_HELD = "Still held"
ON_PAPER, NOT_DRAWN = "Signed on paper; the sheet is kept as a file", "Accepted without a drawn signature"
NOT_KNOWN, NOTHING = "Not known", "None"
NUMBERED = re.compile(r"^\s*\d+(\.\d+)*[.)]?\s")
WIPED = {
    YesNoUnknown.YES: "Wiped",
    YesNoUnknown.NO: "Not wiped yet",
    YesNoUnknown.UNKNOWN: "Not known whether it was wiped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One device as it was handed over."""

    tag: str = ""
    serial: str = ""
    kind: DeviceKind = DeviceKind.OTHER
    make: str = ""
    model: str = ""
    condition: DeviceCondition | None = None
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Handed):
    """One device as it came back: its condition and accessories now, what is wrong with it, what it costs, and whether it was wiped."""

    damage: str = ""
    charge: str = ""
    missing: tuple[str, ...] = ()
    wiped: YesNoUnknown = YesNoUnknown.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement that was accepted, word for word."""

    title: str
    version: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Somebody's signature; without `at` they were asked and have not signed yet. `role` is "Holder", or "Parent or carer of …"."""

    role: str
    name: str
    how: SignedHow
    at: datetime | None = None
    picture: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A hand-over; times are instants in UTC. A room or pool signs nothing, so it has no agreement and no signatures."""

    address_line: str = ""
    holder: str
    holder_kind: HolderKind
    devices: tuple[Handed, ...]
    handed_by: str
    handed_at: datetime
    due_on: date | None = None
    is_off_site: bool = False
    agreement: Agreement | None = None
    signatures: tuple[Signed, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReceipt:
    """What came back; `still_held` is what the holder keeps."""

    address_line: str = ""
    holder: str
    holder_kind: HolderKind
    devices: tuple[Returned, ...]
    taken_by: str
    taken_at: datetime
    still_held: tuple[Handed, ...] = ()
    notes: str = ""


def number_of(receipt: Receipt | ReturnReceipt) -> str:
    """The receipt's number, "7K2M-9QXF-PD4T": it follows from everything that is said on it, signatures as well, so that
    paper and register can be matched; a receipt to which a signature was added has another.
    """
    told = json.dumps(asdict(receipt), default=lambda each: each.hex() if isinstance(each, bytes) else each.isoformat(), sort_keys=True)
    rest, letters = int.from_bytes(sha256(told.encode()).digest()), []
    for _ in range(12):
        rest, letter = divmod(rest, len(LETTERS))
        letters.append(LETTERS[letter])
    return "-".join("".join(letters[at : at + 4]) for at in (0, 4, 8))


def handed_over(receipt: Receipt, head: Letterhead, sealed: str = "") -> bytes:
    """The receipt of a hand-over as PDF/UA-1."""
    return pdf(DevicePaper(
        title=HANDED_OVER, letterhead=head, number=_numbered(receipt), sealed=sealed, below=_below(receipt, head), parts=list(_parts(receipt)),
    ))  # fmt: skip


def came_back(receipt: ReturnReceipt, head: Letterhead, sealed: str = "") -> bytes:
    """The receipt of a return as PDF/UA-1."""
    about = _said(("From", _holder(receipt)), ("Taken back by", receipt.taken_by), ("When", when(receipt.taken_at)), ("Notes", receipt.notes))
    parts = [
        Part(answers=about),
        _table(_counted(len(receipt.devices), "came back"), receipt.devices),
        *(_of_return(device) for device in receipt.devices),
        _table(STILL_HELD, receipt.still_held) if receipt.still_held else Part(heading=STILL_HELD, below=["No other device is with this holder."]),
    ]
    return pdf(DevicePaper(title=CAME_BACK, letterhead=head, number=_numbered(receipt), sealed=sealed, below=_below(receipt, head), parts=parts))


def points_of(text: str) -> tuple[Sequence[str], bool]:
    """The points of an agreement, and whether they are to be numbered: where its writer gave numbers, those stand as they were accepted."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines, not any(NUMBERED.match(line) for line in lines)


def _numbered(receipt: Receipt | ReturnReceipt) -> str:
    return f"Receipt {number_of(receipt)}"


def _below(receipt: Receipt | ReturnReceipt, head: Letterhead) -> list[str]:
    return [each for each in (head.school, receipt.address_line, f"Number {number_of(receipt)}") if each]


def _parts(receipt: Receipt) -> Iterator[Part]:
    yield Part(answers=_said(
        ("Handed to", _holder(receipt)),
        ("Handed out by", receipt.handed_by),
        ("When", when(receipt.handed_at)),
        ("To come back", full_day(receipt.due_on) if receipt.due_on else "When the school asks for it"),
        ("Off site", "May be taken off the school’s site" if receipt.is_off_site else "Stays on the school’s site"),
        ("Notes", receipt.notes),
    ))  # fmt: skip
    yield _table(_counted(len(receipt.devices), "handed over"), receipt.devices)
    if receipt.agreement:
        points, is_numbered = points_of(receipt.agreement.text)
        yield Part(heading=receipt.agreement.title, below=[f"Version: {receipt.agreement.version}."], points=points, is_numbered=is_numbered)
    if receipt.signatures:
        yield Part(heading="Signatures", signatures=[_mark(each) for each in receipt.signatures])
    elif not receipt.holder_kind.is_person:
        yield Part(heading="Signatures", below=["Nobody signs for a room or a pool."])
    else:
        yield Part(heading="Signatures", below=["Nobody has signed yet."])


def _said(*answers: tuple[str, str]) -> list[tuple[str, str]]:
    """The answers that there are; only notes may be left out."""
    return [(label, words or NOT_KNOWN) for label, words in answers if words or label != "Notes"]


def _holder(receipt: Receipt | ReturnReceipt) -> str:
    return f"{receipt.holder or NOT_KNOWN} ({receipt.holder_kind.label.lower()})"


def _counted(many: int, deed: str) -> str:
    return f"{many} {'device' if many == 1 else 'devices'} {deed}"


def _table(heading: str, devices: Sequence[Handed]) -> Part:
    columns = ("Tag", "Serial number", "What it is", "Condition", "With it")
    return Part(heading=heading, columns=columns, widths=(3, 4, 5, 3, 4), rows=[_row(device) for device in devices])


def _row(device: Handed) -> tuple[str, ...]:
    made = " ".join(each for each in (device.make, device.model) if each)
    condition = device.condition.label if device.condition else NOT_KNOWN
    what = f"{device.kind.label}: {made}" if made else device.kind.label
    return device.tag or "No tag", device.serial or NOT_KNOWN, what, condition, ", ".join(device.accessories) or NOTHING


def _of_return(device: Returned) -> Part:
    """What was seen on one device that came back."""
    answers = _said(
        ("Damage", device.damage or "None seen"),
        ("To pay", device.charge or "Nothing"),
        ("Did not come back", ", ".join(device.missing) or NOTHING),
        ("What was on it", WIPED[device.wiped]),
    )
    return Part(heading=device.tag or device.serial or device.kind.label, level=3, answers=answers)


def _mark(each: Signed) -> Mark:
    if each.at is None:
        how = "Asked through a link" if each.how is SignedHow.BY_LINK else "Not signed"
        return Mark(role=each.role, name=each.name, how=how, instead="Not signed yet")
    instead = ON_PAPER if each.how is SignedHow.ON_PAPER else NOT_DRAWN
    return Mark(role=each.role, name=each.name, how=f"{each.how.label}, {when(each.at)}", picture=each.picture, instead=instead)
