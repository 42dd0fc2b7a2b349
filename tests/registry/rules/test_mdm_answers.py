"""What device-management programs answer, as rows of the register."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.vocabulary import DeviceKind, DeviceOwner, YesNo, YesNoUnknown
from registry.rules import mdm_answers as answers

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN
SEEN = datetime(2026, 11, 20, 7, 15, 30, tzinfo=UTC)
BOUGHT = {"poNumber": "PO-77", "poDate": "2025-08-01", "vendor": "Northgate Supplies", "purchasePrice": "£499.00"}
PURCHASE = {"purchased_on": date(2025, 8, 1), "order_number": "PO-77", "supplier": "Northgate Supplies", "cost": Decimal("499.00")}


def test_a_device_of_graph() -> None:
    told = {
        "id": "g-1",
        "deviceName": "QB-LAP-001",
        "managedDeviceOwnerType": "company",
        "enrolledDateTime": "2025-09-01T08:30:00Z",
        "lastSyncDateTime": "2026-11-20T07:15:30Z",
        "operatingSystem": "Android",
        "osVersion": "15",
        "complianceState": "compliant",
        "isEncrypted": True,
        "isSupervised": False,
        "userPrincipalName": "pupil@quillbrook.example",
        "model": "Galaxy Tab",
        "manufacturer": "Samsung",
        "serialNumber": "r5 2x",
        "androidSecurityPatchLevel": "2026-10-05",
        "activationLockBypassCode": "never",
    }
    assert answers.from_graph(told, 3).said() == {
        "serial": "R52X",
        "name": "QB-LAP-001",
        "kind": DeviceKind.TABLET,
        "make": "Samsung",
        "model": "Galaxy Tab",
        "os": "Android",
        "os_version": "15",
        "user": "pupil@quillbrook.example",
        "owner": DeviceOwner.SCHOOL,
        "mdm_id": "g-1",
        "enrolled_on": date(2025, 9, 1),
        "last_seen_at": SEEN,
        "last_patched_on": date(2026, 10, 5),
        "encrypted": YES,
        "compliant": YES,
        "supervised": YesNo.NO,
    }
    assert answers.from_graph(told, 3).line == 3


def test_what_graph_does_not_say_is_unknown_and_never_yes() -> None:
    assert answers.from_graph({}, 1).said() == {"encrypted": UNKNOWN, "compliant": UNKNOWN}


@pytest.mark.parametrize(
    ("state", "compliant"),
    [
        *(("compliant", YES), ("noncompliant", NO), ("inGracePeriod", NO)),
        *(("conflict", UNKNOWN), ("error", UNKNOWN), ("configManager", UNKNOWN), ("unknown", UNKNOWN), (7, UNKNOWN)),
    ],
)
def test_a_device_complies_only_when_it_is_said_to(state: Any, compliant: YesNoUnknown) -> None:
    row = answers.from_graph({"complianceState": state, "isEncrypted": False}, 1)
    assert (row.compliant, row.encrypted) == (compliant, NO)


@pytest.mark.parametrize(
    ("kind", "owner"),
    [("company", DeviceOwner.SCHOOL), ("personal", DeviceOwner.UNKNOWN), ("unknown", DeviceOwner.UNKNOWN), (None, None)],
)
def test_a_personal_device_is_not_the_schools(kind: Any, owner: DeviceOwner | None) -> None:
    assert answers.from_graph({"managedDeviceOwnerType": kind, "emailAddress": "a@b.example"}, 1).owner is owner


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        *(("iPad Air", DeviceKind.TABLET), ("iPhone 15", DeviceKind.PHONE), ("MacBookPro18,1", DeviceKind.LAPTOP), ("Mac mini", DeviceKind.DESKTOP)),
        *(("iMac 24", DeviceKind.DESKTOP), ("Mac Pro", DeviceKind.DESKTOP), ("Latitude 3140", DeviceKind.LAPTOP)),
        *(("Nothing known", None), (None, None)),
    ],
)
def test_a_model_says_what_it_is_or_nothing(model: Any, kind: DeviceKind | None) -> None:
    assert answers.from_graph({"model": model}, 1).kind is kind


def google(**told: Any) -> Any:
    return answers.from_google({"deviceId": "d-1", "serialNumber": "nx1", **told}, 1)


def test_a_chromebook_of_google() -> None:
    row = google(
        annotatedAssetId="CB-1",
        annotatedUser="pupil@quillbrook.example",
        annotatedLocation="Trolley 2",
        model="Acer Chromebook 311",
        osVersion="142.0",
        status="ACTIVE",
        lastSync="2026-11-20T07:15:30.000Z",
        lastEnrollmentTime="2025-09-01T08:30:00.000Z",
        orderNumber="PO-77",
        bootMode="Verified",
        osVersionCompliance="compliant",
        autoUpdateExpiration="1874966400000",
        recentUsers=[{"email": "never"}],
    )
    assert row.said() == {
        "serial": "NX1",
        "asset_tag": "CB-1",
        "kind": DeviceKind.CHROMEBOOK,
        "model": "Acer Chromebook 311",
        "os": "ChromeOS",
        "os_version": "142.0",
        "user": "pupil@quillbrook.example",
        "location": "Trolley 2",
        "mdm_id": "d-1",
        "enrolled_on": date(2025, 9, 1),
        "last_seen_at": SEEN,
        "encrypted": YES,
        "compliant": YES,
        "order_number": "PO-77",
        "support_end_on": date(2029, 6, 1),
    }


def test_a_chromebook_in_developer_mode_is_not_known_to_be_encrypted() -> None:
    assert [google(bootMode=mode, status="ACTIVE").encrypted for mode in ("Verified", "Dev", None)] == [YES, UNKNOWN, YES]
    assert (google(bootMode="Verified").encrypted, google(status="SHIPPED").encrypted) == (UNKNOWN, UNKNOWN)


def test_chromeos_complies_where_google_judges_it() -> None:
    told = ("notCompliant", "pending", "complianceUnspecified")
    assert [google(osVersionCompliance=each).compliant for each in told] == [NO, UNKNOWN, None]
    assert [google(status=each).compliant for each in ("ACTIVE", "DISABLED")] == [YES, NO]


def test_the_later_way_of_saying_when_updates_end_wins() -> None:
    assert google(autoUpdateThrough="2031-06-30", autoUpdateExpiration="1874966400000").support_end_on == date(2031, 6, 30)


def test_a_device_taken_out_of_management_gives_no_row() -> None:
    assert google(status="DEPROVISIONED") is None
    assert google(status="DISABLED", model="HP Chromebox G4").kind is DeviceKind.DESKTOP


def computer(**told: Any) -> Any:
    return answers.from_jamf_pro_computer({"id": "7", **told}, 1)


def test_a_computer_of_jamf_pro() -> None:
    row = computer(
        general={
            "name": "Mac 7",
            "assetTag": "M-7",
            "supervised": True,
            "remoteManagement": {"managed": True},
            "lastContactTime": "2026-11-20T07:15:30Z",
            "lastEnrolledDate": "2025-09-01T08:30:00Z",
        },
        hardware={"serialNumber": "c02x", "model": "MacBook Air (M2, 2022)"},
        operatingSystem={"version": "15.6", "fileVault2Status": "BOOT_ENCRYPTED"},
        userAndLocation={"username": "tess", "email": "tess@quillbrook.example", "room": "B4"},
        purchasing={**BOUGHT, "warrantyDate": "2028-08-01"},
    )
    assert row.said() == {
        "serial": "C02X",
        "asset_tag": "M-7",
        "name": "Mac 7",
        "kind": DeviceKind.LAPTOP,
        "make": "Apple",
        "model": "MacBook Air (M2, 2022)",
        "os": "macOS",
        "os_version": "15.6",
        "user": "tess",
        "location": "B4",
        "mdm_id": "7",
        "enrolled_on": date(2025, 9, 1),
        "last_seen_at": SEEN,
        "encrypted": YES,
        "supervised": YesNo.YES,
        "warranty_end_on": date(2028, 8, 1),
        **PURCHASE,
    }


@pytest.mark.parametrize(
    ("status", "encrypted"),
    [("ALL_ENCRYPTED", YES), ("SOME_ENCRYPTED", NO), ("NOT_ENCRYPTED", NO), ("NOT_APPLICABLE", UNKNOWN), (None, UNKNOWN)],
)
def test_a_mac_is_encrypted_where_filevault_is_on(status: Any, encrypted: YesNoUnknown) -> None:
    row = computer(operatingSystem={"fileVault2Status": status}, hardware={"modelIdentifier": "iMac21,1"}, userAndLocation={"email": "a@b.example"})
    assert (row.encrypted, row.kind, row.user) == (encrypted, DeviceKind.DESKTOP, "a@b.example")


def mobile(**told: Any) -> Any:
    return answers.from_jamf_pro_mobile({"mobileDeviceId": "9", **told}, 1)


def test_a_mobile_device_of_jamf_pro() -> None:
    row = mobile(
        deviceType="iOS",
        general={
            "displayName": "iPad 9",
            "assetTag": "T-9",
            "osVersion": "18.6",
            "managed": True,
            "supervised": True,
            "deviceOwnershipType": "Institutional",
            "lastInventoryUpdateDate": "2026-11-20T07:15:30Z",
            "lastEnrolledDate": "2025-09-01T08:30:00Z",
            "airPlayPassword": "never",
        },
        hardware={"serialNumber": "dmp9", "model": "iPad (9th generation)"},
        userAndLocation={"emailAddress": "pupil@quillbrook.example"},
        purchasing={**BOUGHT, "poDate": "2025-08-01T12:00:00Z", "warrantyExpiresDate": "2028-08-01T12:00:00Z"},
        security={"dataProtected": True, "passcodePresent": True},
    )
    assert row.said() == {
        "serial": "DMP9",
        "asset_tag": "T-9",
        "name": "iPad 9",
        "kind": DeviceKind.TABLET,
        "make": "Apple",
        "model": "iPad (9th generation)",
        "os": "iOS",
        "os_version": "18.6",
        "user": "pupil@quillbrook.example",
        "owner": DeviceOwner.SCHOOL,
        "mdm_id": "9",
        "enrolled_on": date(2025, 9, 1),
        "last_seen_at": SEEN,
        "encrypted": YES,
        "supervised": YesNo.YES,
        "warranty_end_on": date(2028, 8, 1),
        **PURCHASE,
    }


@pytest.mark.parametrize(
    ("is_protected", "has_passcode", "encrypted"),
    [(True, True, YES), (True, False, NO), (False, True, NO), (True, None, UNKNOWN), (None, True, UNKNOWN), (None, None, UNKNOWN)],
)
def test_an_ipad_is_encrypted_by_its_passcode(is_protected: bool | None, has_passcode: bool | None, encrypted: YesNoUnknown) -> None:
    assert mobile(security={"dataProtected": is_protected, "passcodePresent": has_passcode}).encrypted is encrypted
    school = answers.from_jamf_school({"UDID": "u", "hardwareEncryptionEnabled": is_protected, "hasPasscode": has_passcode}, 1)
    assert school is not None
    assert school.encrypted is encrypted


def test_a_device_of_jamf_school() -> None:
    told = {
        "UDID": "u-1",
        "serialNumber": "dmq1",
        "assetTag": "T-1",
        "name": "iPad 1",
        "isManaged": True,
        "isSupervised": True,
        "inTrash": False,
        "model": {"name": "9th Gen", "type": "iPad"},
        "os": {"prefix": "iPadOS", "version": "18.6"},
        "owner": {"username": "pupil", "email": "pupil@quillbrook.example"},
        "lastCheckin": "2026-11-20 07:15:30",
        "notes": "never",
    }
    row = answers.from_jamf_school(told, 1)
    assert row is not None
    assert row.said() == {
        "serial": "DMQ1",
        "asset_tag": "T-1",
        "name": "iPad 1",
        "kind": DeviceKind.TABLET,
        "make": "Apple",
        "model": "9th Gen",
        "compliant": YES,
        "os": "iPadOS",
        "os_version": "18.6",
        "user": "pupil",
        "mdm_id": "u-1",
        "last_seen_at": SEEN,
        "encrypted": UNKNOWN,
        "supervised": YesNo.YES,
    }


def test_what_is_not_managed_gives_no_row() -> None:
    assert answers.from_jamf_school({"UDID": "u", "inTrash": True}, 1) is None
    assert answers.from_jamf_school({"UDID": "u", "isManaged": False}, 1) is None
    assert mobile(general={"managed": False}) is None
    assert computer(general={"remoteManagement": {"managed": False}}) is None
