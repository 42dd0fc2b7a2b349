"""Every device of a school as it stands, read at once to be compared with what a source says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.device import Device
from models.fields import EncryptedText
from models.statements import plain, stored_rows
from models.vocabulary import DeviceStatus

ANSWERS = (
    *("name", "asset_tag", "serial", "kind", "make", "model", "owner", "os", "os_version", "support_end_on", "last_patched_on"),
    *("purchased_on", "supplier", "order_number", "cost", "warranty_end_on", "encrypted", "encryption_verified_on"),
    *("in_mdm", "mdm_name", "mdm_id", "mdm_user", "enrolled_on", "compliant", "supervised", "last_seen_at"),
)
"""What a source can say something of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One device of the register: its answers by name, and the keys by which it is found."""

    id: UUID
    number: int
    version: int
    serial_key: str | None
    tag_key: str | None
    status: DeviceStatus
    is_archived: bool
    answers: Mapping[str, Any]

    @property
    def reference(self) -> str:
        """What people call it."""
        return f"{Device.PREFIX}-{self.number:04d}"

    @property
    def key(self) -> str:
        """What stands for it where others have a serial number."""
        return self.serial_key or self.id.hex


def devices_here() -> list[Known]:
    """Every device in view, those that were put away as well. One query."""
    kept = (Device.id, Device.number, Device.version, Device.serial_key, Device.tag_key, Device.status, Device.archived_at)
    columns = [Device._meta.fields[name] for name in ANSWERS]
    return [_known(row[: len(kept)], zip(columns, row[len(kept) :], strict=True)) for row in stored_rows(Device.select(*kept, *columns))]


def _known(kept: Any, stored: Any) -> Known:
    raw, number, version, serial_key, tag_key, status, archived_at = kept
    key = bytes(raw)
    answers = {column.name: None if value is None else _answer(column, key, value) for column, value in stored}
    return Known(
        id=UUID(bytes=key), number=number, version=version, serial_key=serial_key, tag_key=tag_key, status=DeviceStatus(status),
        is_archived=archived_at is not None, answers=answers,
    )  # fmt: skip


def _answer(column: Any, key: bytes, value: Any) -> Any:
    return column.open_stored(key, plain(value)) if isinstance(column, EncryptedText) else column.python_value(value)
