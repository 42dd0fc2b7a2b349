"""From the cells of one row to what its source says of one device."""

from collections.abc import Mapping
from datetime import date, datetime

from models.vocabulary import DeviceKind, DeviceSource, YesNoUnknown
from registry.rules.device_cells import (
    compliant_of,
    cost_of,
    encrypted_by_hardware,
    encrypted_of,
    encrypted_under_google,
    kind_of,
    owner_of,
    said,
    shown,
    supervised_of,
)
from registry.rules.device_row import DeviceRow
from registry.rules.device_spellings import PASSCODE
from registry.rules.serials import normalised

Texts = Mapping[str, str]
"""The cells of a row by what they say; what is not there is empty."""

DAYS = ("enrolled_on", "last_patched_on", "purchased_on", "warranty_end_on", "support_end_on")
SEEN = "last_seen_at"
IDENTITY = ("serial", "mdm_id", "name", "asset_tag")
_MADE_BY_APPLE = frozenset({DeviceSource.JAMF_PRO_COMPUTERS, DeviceSource.JAMF_PRO_MOBILES, DeviceSource.JAMF_SCHOOL, DeviceSource.APPLE})
_BY_HARDWARE = frozenset({DeviceSource.JAMF_PRO_MOBILES, DeviceSource.JAMF_SCHOOL})


def has_identity(texts: Texts) -> bool:
    """Whether a row names a device at all; one that does not goes on with the device above it."""
    return any(said(texts.get(field, "")) for field in IDENTITY)


def row_of(source: DeviceSource, texts: Texts, *, line: int, days: Mapping[str, date], seen: datetime | None) -> DeviceRow:
    """What a row of this source says of a device; raises ValueError with a sentence for a cost that is none."""

    def cell(field: str) -> str:
        return texts.get(field, "")

    model = said(cell("model"))
    return DeviceRow(
        line=line,
        serial=normalised(shown(cell("serial"))),
        asset_tag=said(cell("asset_tag")),
        name=said(cell("name")),
        kind=_kind(source, cell("kind"), model or ""),
        make=said(cell("make")) or ("Apple" if source in _MADE_BY_APPLE else None),
        model=model,
        os=said(cell("os")) or _os(source, model or ""),
        os_version=said(cell("os_version")),
        user=said(cell("user")),
        location=said(cell("location")),
        owner=owner_of(cell("owner")),
        mdm_id=said(cell("mdm_id")),
        enrolled_on=days.get("enrolled_on"),
        last_seen_at=seen,
        last_patched_on=days.get("last_patched_on"),
        encrypted=_encrypted(source, texts),
        compliant=_compliant(source, cell("compliant")),
        supervised=supervised_of(cell("supervised")),
        purchased_on=days.get("purchased_on"),
        order_number=said(cell("order_number")),
        supplier=said(cell("supplier")),
        cost=cost_of(cell("cost")),
        warranty_end_on=days.get("warranty_end_on"),
        support_end_on=days.get("support_end_on"),
    )


def _kind(source: DeviceSource, category: str, model: str) -> DeviceKind | None:
    """What kind of thing it is; what Google manages is a Chromebook unless its model says otherwise."""
    return kind_of(category, model) or (DeviceKind.CHROMEBOOK if source is DeviceSource.GOOGLE else None)


def _os(source: DeviceSource, model: str) -> str | None:
    """The system that a source manages, where it does not name it."""
    if source is DeviceSource.GOOGLE:
        return "ChromeOS"
    if source is DeviceSource.JAMF_PRO_COMPUTERS:
        return "macOS"
    if source is not DeviceSource.JAMF_PRO_MOBILES or not model:
        return None
    plain = model.casefold()
    return "iPadOS" if "ipad" in plain else "tvOS" if "tv" in plain else "iOS"


def _encrypted(source: DeviceSource, texts: Texts) -> YesNoUnknown | None:
    """Each source tells of encryption in its own way; being compliant is none of them."""
    if source is DeviceSource.GOOGLE:
        return encrypted_under_google(texts.get("compliant", ""))
    if source in _BY_HARDWARE:
        return encrypted_by_hardware(texts.get("encrypted", ""), texts.get(PASSCODE, ""))
    return encrypted_of(texts.get("encrypted", ""))


def _compliant(source: DeviceSource, cell: str) -> YesNoUnknown | None:
    """Whether it keeps the rules of its program; Apple only knows to which program a device was given, not whether it is there."""
    known = compliant_of(cell)
    return YesNoUnknown.UNKNOWN if source is DeviceSource.APPLE and known is YesNoUnknown.YES else known
