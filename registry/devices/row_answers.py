"""What a row of a list comes to as answers of the register: who uses a device by what a program says is one of them, who holds it never is."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP
from typing import Any

from models.device import Device
from models.vocabulary import DeviceOwner, DeviceSource, YesNoUnknown
from registry.rules.device_row import DeviceRow
from registry.rules.local_time import in_zone
from registry.rules.os_kept import named
from registry.typed import ZONE

MANAGING = frozenset(
    {DeviceSource.INTUNE, DeviceSource.GOOGLE, DeviceSource.JAMF_PRO_COMPUTERS, DeviceSource.JAMF_PRO_MOBILES, DeviceSource.JAMF_SCHOOL}
)
"""The sources that manage what they list; the others only keep lists."""

EARLIER: Mapping[str, tuple[Any, ...]] = {
    "name": (),
    "asset_tag": (),
    "serial": (),
    "kind": (),
    "make": (),
    "model": (),
    "owner": (DeviceOwner.UNKNOWN,),
}
"""What a list only fills in: once it is answered, somebody decides. Beside each what counts as not answered."""

AS_SAID = (
    *("asset_tag", "kind", "make", "model", "owner", "os_version", "enrolled_on", "last_seen_at", "last_patched_on", "supplier"),
    *("purchased_on", "order_number", "warranty_end_on", "support_end_on"),
)
TOLD_BY_STATE = frozenset({DeviceSource.GOOGLE, DeviceSource.JAMF_SCHOOL})
"""Where a device that does not comply is one that is managed no longer."""


def answers_of(source: DeviceSource, row: DeviceRow, read_on: date) -> dict[str, Any]:
    """What a row says, by the name of the question; what it says nothing of, or does not know, is left out."""
    said = {name: _fitting(name, value) for name in AS_SAID if (value := getattr(row, name)) not in (None, DeviceOwner.UNKNOWN)}
    if os := named(row.os, row.os_version):
        said["os"] = _fitting("os", os)
    if row.cost is not None:
        said["cost"] = int(row.cost.to_integral_value(ROUND_HALF_UP))
    for name in ("encrypted", "compliant", "supervised"):
        if (value := getattr(row, name)) not in (None, YesNoUnknown.UNKNOWN):
            said[name] = YesNoUnknown(value.value)
    if said.get("encrypted") is YesNoUnknown.YES:
        said["encryption_verified_on"] = in_zone(row.last_seen_at, ZONE).date() if row.last_seen_at else read_on
    return said | (_of_program(source, row) if source in MANAGING else {})


def name_of(row: DeviceRow, *, has_tag: bool) -> str:
    """What a new device is called: as the source says, else by its label, else by what it is."""
    called = row.name or (row.asset_tag if has_tag else None) or f"{row.model or (row.kind.label if row.kind else 'Device')} {row.serial}"
    return str(_fitting("name", called))


def _of_program(source: DeviceSource, row: DeviceRow) -> dict[str, Any]:
    is_gone = source in TOLD_BY_STATE and row.compliant is YesNoUnknown.NO
    told = {"in_mdm": YesNoUnknown.NO if is_gone else YesNoUnknown.YES, "mdm_name": source.label}
    named = {"mdm_id": row.mdm_id, "mdm_user": row.user}
    return told | {name: _fitting(name, value) for name, value in named.items() if value}


def _fitting(name: str, value: Any) -> Any:
    """What is said, cut to what there is room for."""
    longest = getattr(Device._meta.fields[name], "max_length", None)
    return value[:longest] if longest and isinstance(value, str) else value
