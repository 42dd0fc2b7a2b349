"""From cells to one device: what each source is trusted with, and what it is not."""

from datetime import UTC, date, datetime

import pytest

from models.vocabulary import DeviceKind, DeviceSource, YesNoUnknown
from registry.rules.device_row import DeviceRow
from registry.rules.device_rows import has_identity, row_of
from registry.rules.device_zeros import shortened

SURFACE = "Surface Go 3"


def row(source: DeviceSource, **texts: str) -> DeviceRow:
    """A row of one source."""
    return row_of(source, texts, line=2, days={}, seen=None)


def test_a_row_says_what_its_cells_say_and_nothing_of_the_others() -> None:
    seen = datetime(2026, 11, 1, 8, 15, tzinfo=UTC)
    texts = {"serial": " 5cg1234abc ", "name": "QB-1", "user": "N/A", "cost": "£5"}
    found = row_of(DeviceSource.INTUNE, texts, line=7, days={"enrolled_on": date(2025, 9, 3)}, seen=seen)
    assert found.said().keys() == {"serial", "name", "cost", "enrolled_on", "last_seen_at"}
    assert (found.line, found.serial, found.last_seen_at) == (7, "5CG1234ABC", seen)


@pytest.mark.parametrize(
    ("source", "model", "os"),
    [
        (DeviceSource.GOOGLE, "", "ChromeOS"), (DeviceSource.JAMF_PRO_COMPUTERS, "iMac", "macOS"),
        (DeviceSource.JAMF_PRO_MOBILES, "iPad Air", "iPadOS"),
        (DeviceSource.JAMF_PRO_MOBILES, "iPhone 13", "iOS"), (DeviceSource.JAMF_PRO_MOBILES, "Apple TV 4K", "tvOS"),
        (DeviceSource.JAMF_PRO_MOBILES, "", None), (DeviceSource.INTUNE, "iPad", None),
    ],
)  # fmt: skip
def test_a_source_that_manages_one_system_need_not_name_it(source: DeviceSource, model: str, os: str | None) -> None:
    assert row(source, model=model).os == os
    assert row(source, model=model, os="Something 9").os == "Something 9"


def test_compliant_is_not_encrypted() -> None:
    found = row(DeviceSource.INTUNE, compliant="Compliant")
    assert (found.compliant, found.encrypted) == (YesNoUnknown.YES, None)


def test_each_source_tells_of_encryption_in_its_own_way() -> None:
    assert row(DeviceSource.GOOGLE, compliant="ACTIVE").encrypted is YesNoUnknown.YES
    assert row(DeviceSource.GOOGLE, compliant="DEPROVISIONED", encrypted="Yes").encrypted is YesNoUnknown.UNKNOWN
    assert row(DeviceSource.JAMF_PRO_MOBILES, encrypted="Supported", passcode="Not set").encrypted is YesNoUnknown.NO
    assert row(DeviceSource.JAMF_PRO_COMPUTERS, encrypted="Boot Partitions Encrypted").encrypted is YesNoUnknown.YES


def test_what_apple_gave_to_a_program_need_not_be_in_it() -> None:
    assert row(DeviceSource.APPLE, compliant="ASSIGNED").compliant is YesNoUnknown.UNKNOWN
    assert row(DeviceSource.APPLE, compliant="true").compliant is YesNoUnknown.UNKNOWN
    assert row(DeviceSource.APPLE, compliant="UNASSIGNED").compliant is YesNoUnknown.NO
    assert row(DeviceSource.APPLE).make == "Apple"


def test_what_google_manages_is_a_chromebook_unless_its_model_says_otherwise() -> None:
    assert row(DeviceSource.GOOGLE, model="Lenovo 300e Gen 4").kind is DeviceKind.CHROMEBOOK
    assert row(DeviceSource.GOOGLE, model="HP EliteBook 840").kind is DeviceKind.LAPTOP
    assert row(DeviceSource.OTHER, model="300e Gen 4").kind is None


def test_a_row_that_names_no_device_goes_on_with_the_one_above() -> None:
    assert not has_identity({"serial": "", "name": " ", "user": "Mail"})
    assert has_identity({"asset_tag": "QB-1"})


def test_serial_numbers_shorter_than_others_of_their_model_lost_their_zeros() -> None:
    fleet = [(SURFACE, f"1234567890{n}") for n in range(10, 14)]
    assert shortened([*fleet, ("surface GO 3", "12345678953")]) == {"12345678953": 12}


def test_serial_numbers_of_different_lengths_are_taken_where_nothing_points_to_lost_zeros() -> None:
    fleet = [(SURFACE, f"1234567890{n}") for n in range(10, 14)]
    assert shortened([*fleet, (SURFACE, "012345678953"), (SURFACE, "12345678953")]) == {}
    assert shortened([*fleet, (SURFACE, "12345"), (SURFACE, "1234567890123"), (SURFACE, "AB12345678C"), ("", "12345678953")]) == {}
    assert shortened([(SURFACE, "123456789012"), (SURFACE, "12345678901")]) == {}
    assert shortened([("Dock", "1234"), ("Dock", "1235"), ("Dock", "1236"), ("Dock", "123")]) == {}
