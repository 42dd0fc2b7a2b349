"""What device-management programs answer about one device, as rows that comparing reads.

Only what is named here is read: never a code that opens a device, a recovery key, a place, or what was done on a device.
A device that a program says it manages no longer gives no row.
"""

from typing import Any

from models.vocabulary import DeviceKind, DeviceOwner, YesNoUnknown
from registry.rules.device_cells import compliant_of, encrypted_under_google, kind_of, owner_of
from registry.rules.device_row import DeviceRow
from registry.rules.mdm_values import Told, at, day, day_of_milliseconds, known, moment, money, serial, words, yes_or_no

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN
APPLE = "Apple"

COMPLIANCE = {"compliant": YES, "noncompliant": NO, "ingraceperiod": NO}
"""A device within its days of grace does not comply yet; a conflict or an error says neither."""

CHROME_COMPLIANCE = {"compliant": YES, "notcompliant": NO, "pending": UNKNOWN}

FILEVAULT = {"ALL_ENCRYPTED": YES, "BOOT_ENCRYPTED": YES, "SOME_ENCRYPTED": NO, "NOT_ENCRYPTED": NO}
"""What people keep on a Mac lies on the volume that it starts from."""


def from_graph(told: Told, line: int) -> DeviceRow:
    """A managed device of Microsoft Graph."""
    return DeviceRow(
        line=line,
        serial=serial(told.get("serialNumber")),
        name=words(told.get("deviceName")),
        kind=_kind(told, ("model",)),
        make=words(told.get("manufacturer")),
        model=words(told.get("model")),
        os=words(told.get("operatingSystem")),
        os_version=words(told.get("osVersion")),
        user=words(told.get("userPrincipalName")) or words(told.get("emailAddress")),
        owner=_owner(told.get("managedDeviceOwnerType")),
        mdm_id=words(told.get("id")),
        enrolled_on=day(told.get("enrolledDateTime")),
        last_seen_at=moment(told.get("lastSyncDateTime")),
        last_patched_on=day(told.get("androidSecurityPatchLevel")),
        encrypted=known(told.get("isEncrypted")),
        compliant=COMPLIANCE.get(_low(told.get("complianceState")), UNKNOWN),
        supervised=yes_or_no(told.get("isSupervised")),
    )


def from_google(told: Told, line: int) -> DeviceRow | None:
    """A ChromeOS device of Google’s directory; none when it was taken out of management.

    ChromeOS stores nothing in the clear while it is managed, which is not known of a device that is in developer mode.
    """
    if _low(told.get("status")) == "deprovisioned":
        return None
    return DeviceRow(
        line=line,
        serial=serial(told.get("serialNumber")),
        asset_tag=words(told.get("annotatedAssetId")),
        kind=_kind(told, ("model",)) or DeviceKind.CHROMEBOOK,
        model=words(told.get("model")),
        os="ChromeOS",
        os_version=words(told.get("osVersion")),
        user=words(told.get("annotatedUser")),
        location=words(told.get("annotatedLocation")),
        mdm_id=words(told.get("deviceId")),
        enrolled_on=day(told.get("lastEnrollmentTime")),
        last_seen_at=moment(told.get("lastSync")),
        encrypted=UNKNOWN if _low(told.get("bootMode")) == "dev" else encrypted_under_google(_low(told.get("status"))) or UNKNOWN,
        compliant=CHROME_COMPLIANCE.get(_low(told.get("osVersionCompliance"))) or compliant_of(_low(told.get("status"))),
        order_number=words(told.get("orderNumber")),
        support_end_on=day(told.get("autoUpdateThrough")) or day_of_milliseconds(told.get("autoUpdateExpiration")),
    )


def from_jamf_pro_computer(told: Told, line: int) -> DeviceRow | None:
    """A computer of Jamf Pro; none when Jamf says that it manages it no longer."""
    if at(told, "general", "remoteManagement", "managed") is False:
        return None
    return DeviceRow(
        line=line,
        serial=serial(at(told, "hardware", "serialNumber")),
        asset_tag=words(at(told, "general", "assetTag")),
        name=words(at(told, "general", "name")),
        kind=_kind(told, ("hardware", "model"), ("hardware", "modelIdentifier")),
        make=words(at(told, "hardware", "make")) or APPLE,
        model=words(at(told, "hardware", "model")),
        os=words(at(told, "operatingSystem", "name")) or "macOS",
        os_version=words(at(told, "operatingSystem", "version")),
        user=words(at(told, "userAndLocation", "username")) or words(at(told, "userAndLocation", "email")),
        location=words(at(told, "userAndLocation", "room")),
        mdm_id=words(told.get("id")),
        enrolled_on=day(at(told, "general", "lastEnrolledDate")),
        last_seen_at=moment(at(told, "general", "lastContactTime")) or moment(at(told, "general", "reportDate")),
        encrypted=FILEVAULT.get(str(at(told, "operatingSystem", "fileVault2Status")).upper(), UNKNOWN),
        supervised=yes_or_no(at(told, "general", "supervised")),
        **_bought(told, "warrantyDate"),
    )


def from_jamf_pro_mobile(told: Told, line: int) -> DeviceRow | None:
    """A mobile device of Jamf Pro; none when Jamf says that it manages it no longer."""
    if at(told, "general", "managed") is False:
        return None
    return DeviceRow(
        line=line,
        serial=serial(at(told, "hardware", "serialNumber")),
        asset_tag=words(at(told, "general", "assetTag")),
        name=words(at(told, "general", "displayName")),
        kind=_kind(told, ("hardware", "model"), ("hardware", "modelIdentifier")),
        make=APPLE,
        model=words(at(told, "hardware", "model")),
        os=words(told.get("deviceType")),
        os_version=words(at(told, "general", "osVersion")),
        user=words(at(told, "userAndLocation", "username")) or words(at(told, "userAndLocation", "emailAddress")),
        location=words(at(told, "userAndLocation", "room")),
        owner=_owner(at(told, "general", "deviceOwnershipType")),
        mdm_id=words(told.get("mobileDeviceId")),
        enrolled_on=day(at(told, "general", "lastEnrolledDate")),
        last_seen_at=moment(at(told, "general", "lastInventoryUpdateDate")),
        encrypted=_locked(at(told, "security", "dataProtected"), at(told, "security", "passcodePresent")),
        supervised=yes_or_no(at(told, "general", "supervised")),
        **_bought(told, "warrantyExpiresDate"),
    )


def from_jamf_school(told: Told, line: int) -> DeviceRow | None:
    """A device of Jamf School; none when it lies in the trash there, or Jamf says that it does not manage it."""
    if told.get("inTrash") is True or told.get("isManaged") is False:
        return None
    return DeviceRow(
        line=line,
        serial=serial(told.get("serialNumber")),
        asset_tag=words(told.get("assetTag")),
        name=words(told.get("name")),
        kind=_kind(told, ("model", "type"), ("model", "name")),
        make=APPLE,
        model=words(at(told, "model", "name")),
        os=words(at(told, "os", "prefix")),
        os_version=words(at(told, "os", "version")),
        user=words(at(told, "owner", "username")) or words(at(told, "owner", "email")),
        mdm_id=words(told.get("UDID")),
        last_seen_at=moment(told.get("lastCheckin")),
        encrypted=_locked(told.get("hardwareEncryptionEnabled"), told.get("hasPasscode")),
        compliant=YES if told.get("isManaged") is True else None,
        supervised=yes_or_no(told.get("isSupervised")),
    )


def _bought(told: Told, warranty: str) -> dict[str, Any]:
    """What Jamf Pro keeps of a purchase."""
    return {
        "purchased_on": day(at(told, "purchasing", "poDate")),
        "order_number": words(at(told, "purchasing", "poNumber")),
        "supplier": words(at(told, "purchasing", "vendor")),
        "cost": money(at(told, "purchasing", "purchasePrice")),
        "warranty_end_on": day(at(told, "purchasing", warranty)),
    }


def _locked(is_encrypted: Any, has_passcode: Any) -> YesNoUnknown:
    """An iPad is encrypted by its passcode: without one anybody opens it, whatever its storage can do."""
    if is_encrypted is False or has_passcode is False:
        return NO
    return YES if is_encrypted is True and has_passcode is True else UNKNOWN


def _kind(told: Told, *paths: tuple[str, ...]) -> DeviceKind | None:
    return kind_of(*(words(at(told, *path)) or "" for path in paths))


def _owner(value: Any) -> DeviceOwner | None:
    """Whose it is; of a device that is somebody’s own nothing is known here but that it is not the school’s."""
    return owner_of(words(value) or "")


def _low(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""
