"""What one source says about one device, whichever list or program it came from: the one shape that comparing and importing read."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from models.vocabulary import DeviceKind, DeviceOwner, YesNo, YesNoUnknown


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """One device as a source tells of it; None is what the source says nothing of, which never takes anything away.

    `serial` is as registry.rules.serials spells it. `user` is whom the source takes for the user, which is not who signed for it.
    `encrypted` and `compliant` are apart: a device that complies may hold everything in the clear.
    """

    line: int
    serial: str | None = None
    asset_tag: str | None = None
    name: str | None = None
    kind: DeviceKind | None = None
    make: str | None = None
    model: str | None = None
    os: str | None = None
    os_version: str | None = None
    user: str | None = None
    location: str | None = None
    owner: DeviceOwner | None = None
    mdm_id: str | None = None
    enrolled_on: date | None = None
    last_seen_at: datetime | None = None
    last_patched_on: date | None = None
    encrypted: YesNoUnknown | None = None
    compliant: YesNoUnknown | None = None
    supervised: YesNo | None = None
    purchased_on: date | None = None
    order_number: str | None = None
    supplier: str | None = None
    cost: Decimal | None = None
    warranty_end_on: date | None = None
    support_end_on: date | None = None

    def said(self) -> dict[str, object]:
        """What the source says, by name, without the line that it stood in."""
        return {each.name: value for each in fields(self) if each.name != "line" and (value := getattr(self, each.name)) is not None}
