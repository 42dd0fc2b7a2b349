"""Which program a list of devices comes from, told by its headings alone, and which of its columns are never read."""

import random

import pytest

from models.vocabulary import DeviceSource
from registry.rules.device_headings import FIELDS, is_secret, key_of, many_known, recognise

GOOGLE = ("deviceId", "serialNumber", "model", "lastPolicySync", "provisionStatus", "annotatedAssetId", "annotatedUser")


@pytest.mark.parametrize(
    ("headings", "source"),
    [
        ("Device ID,Device name,Microsoft Entra Device ID,Serial number", DeviceSource.INTUNE),
        ("Device ID,Device name,Azure AD Device ID,Serial number", DeviceSource.INTUNE),
        ("DeviceId,DeviceName,SerialNumber,OSVersion,LastContact,CompliantState,UPN", DeviceSource.INTUNE),
        ("Device name,Serial number,Last check-in,Encrypted", DeviceSource.INTUNE),
        ("id,deviceName,serialNumber,managedDeviceOwnerType,isEncrypted", DeviceSource.INTUNE),
        (",".join(GOOGLE), DeviceSource.GOOGLE),
        ("deviceId,serialNumber,status,lastSync,annotatedUser", DeviceSource.GOOGLE),
        ("Computer Name,Serial Number,Last Check-in,Managed,Supervised", DeviceSource.JAMF_PRO_COMPUTERS),
        ("Serial Number,FileVault 2 Status", DeviceSource.JAMF_PRO_COMPUTERS),
        ("Display Name,Serial Number,Managed,Supervised,Last Inventory Update", DeviceSource.JAMF_PRO_MOBILES),
        ("UDID,serialNumber,owner.username,lastCheckin", DeviceSource.JAMF_SCHOOL),
        ("Name,Serial number,Asset tag,Owner,OS version,Model,Last check-in,Location", DeviceSource.JAMF_SCHOOL),
        ("serialNumber,productFamily,status,orderNumber,purchaseSourceType", DeviceSource.APPLE),
        ("Serial number,Device model,Product family,Order number", DeviceSource.APPLE),
        ("Asset Tag,Serial,Model,Category,Status,Checked Out To,Location", DeviceSource.SNIPE_IT),
        ("Serial,Make,Model,Room", DeviceSource.OTHER),
        ("Managed,Supervised,Serial number", DeviceSource.OTHER),
        ("Checked Out To,Annotated user", DeviceSource.OTHER),  # nothing names a device
    ],
)
def test_a_list_is_known_by_its_headings(headings: str, source: DeviceSource) -> None:
    assert recognise(headings.split(",")).source is source


def test_neither_order_nor_case_nor_a_byte_order_mark_matters() -> None:
    shuffled = [heading.upper() for heading in GOOGLE]
    random.Random(7).shuffle(shuffled)
    shuffled[0] = f"\ufeff{shuffled[0]}"
    found = recognise([*shuffled, "", "Something of ours"])
    assert found.source is DeviceSource.GOOGLE
    assert [shuffled[place].strip("\ufeff") for place in found.columns["serial"]] == ["SERIALNUMBER"]
    assert found.unread == ("", "Something of ours")


def test_the_most_trusted_of_several_columns_comes_first() -> None:
    headings = ["Serial number", "Primary user display name", "Primary user UPN", "Compliance"]
    assert recognise(headings).columns["user"] == (2, 1)


def test_a_second_column_of_the_same_heading_stands_in_for_the_first() -> None:
    assert recognise(["Serial number", "Encrypted", "Compliance", "Serial number (2)"]).columns["serial"] == (0, 3)
    assert key_of("Wi-Fi MAC") == key_of("WIFI_mac") == key_of("wifiMac (2)")


@pytest.mark.parametrize(
    "heading",
    [
        "Activation lock bypass code", "activationLockBypassCode", "BitLocker recovery key", "BitLocker Key", "FileVault 2 Recovery Key",
        "Unlock PIN",
        "Personal Recovery Key", "Recovery Lock Password", "Local admin password", "LAPS", "Windows LAPS value", "Passcode", "Cyfrinair",
        "Bootstrap Token",
    ],
)  # fmt: skip
def test_a_column_that_opens_a_device_is_never_read(heading: str) -> None:
    found = recognise(["Serial number", "Device name", heading, "Compliance", "Ownership"])
    assert found.dropped_secrets == (heading,)
    assert heading not in found.unread
    said = found.with_mapping(["Serial number", "Device name", heading], {"Serial number": "serial", heading: "name"})
    assert said.columns == {"serial": (0,)}
    assert said.dropped_secrets == (heading,)


@pytest.mark.parametrize(
    "heading",
    ["Passcode Status", "hasPasscode", "Activation Lock Enabled", "Bootstrap Token Escrowed", "Password last set", "Keyboard"],
)
def test_a_column_that_tells_about_a_secret_holds_none(heading: str) -> None:
    assert not is_secret(heading)


def test_what_columns_of_an_unknown_list_seem_to_say_is_suggested() -> None:
    found = recognise(["S/N", "Serial", "Where", "Bought", "Colour"])
    assert found.source is DeviceSource.OTHER
    assert found.suggested == {"Serial": "serial", "Where": "location", "Bought": "purchased_on"}
    assert found.unread == ("S/N", "Colour")


def test_a_mapping_says_what_columns_hold_and_leaves_the_others_alone() -> None:
    headings = ["Number", "Spare number", "Colour", "Who"]
    found = recognise(headings).with_mapping(headings, {"Number": "serial", "Spare number": "serial", "Who": "user", "Colour": "line"})
    assert found.columns == {"serial": (0, 1), "user": (3,)}
    assert found.unread == ("Colour",)
    assert "line" not in FIELDS


def test_a_mapping_of_tablets_still_reads_whether_they_have_a_passcode() -> None:
    headings = ["Display Name", "Serial Number", "Hardware Encryption", "Passcode Status", "JSS Mobile Device ID"]
    found = recognise(headings).with_mapping(headings, {"Serial Number": "serial", "Hardware Encryption": "encrypted"})
    assert found.columns == {"serial": (1,), "encrypted": (2,), "passcode": (3,)}


def test_the_row_of_headings_is_the_one_with_most_that_are_known() -> None:
    assert many_known(["Serial number", "FileVault 2 Status", "Shoe size", ""]) == 2
