"""What cells say of devices, in the words of every program, and that nothing unknown is taken for a yes."""

from decimal import Decimal

import pytest

from models.vocabulary import DeviceKind, DeviceOwner, YesNo, YesNoUnknown
from registry.rules.device_cells import (
    compliant_of,
    cost_of,
    encrypted_by_hardware,
    encrypted_of,
    encrypted_under_google,
    kind_of,
    owner_of,
    said,
    supervised_of,
)

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN


def test_texts_are_said_without_gaps_placeholders_and_the_formula_that_keeps_them_texts() -> None:
    assert said('="00123"') == "00123"
    assert said("  Room \n 4 ") == "Room 4"
    assert said("=cmd|' /C calc'!A0") == "=cmd|' /C calc'!A0"
    assert [said(cell) for cell in ("", "N/A", "Not Set", "--", "null")] == [None] * 5


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("True", YES), ("Yes", YES), ("Encrypted", YES), ("Boot Partitions Encrypted", YES), ("All Partitions Encrypted", YES),
        ("False", NO), ("Not Encrypted", NO), ("Encrypting", NO), ("Decrypting", NO), ("Some Partitions Encrypted", NO), ("Off", NO), ("None", NO),
        ("Unknown", UNKNOWN), ("BitLocker", UNKNOWN), ("Compliant", UNKNOWN), ("", None),
    ],
)  # fmt: skip
def test_only_what_is_encrypted_by_now_is_encrypted(cell: str, known: YesNoUnknown | None) -> None:
    assert encrypted_of(cell) is known


@pytest.mark.parametrize(
    ("hardware", "passcode", "known"),
    [
        ("Block-level & file-level encryption", "Present", YES), ("true", "true", YES), ("Supported", "Set", YES),
        ("true", "Not Present", NO), ("Not Supported", "Present", NO), ("", "false", NO),
        ("true", "", UNKNOWN), ("", "true", UNKNOWN), ("Whatever", "true", UNKNOWN), ("", "", None),
    ],
)  # fmt: skip
def test_a_tablet_is_encrypted_only_with_a_passcode(hardware: str, passcode: str, known: YesNoUnknown | None) -> None:
    assert encrypted_by_hardware(hardware, passcode) is known


def test_a_chromebook_is_encrypted_while_it_is_managed() -> None:
    assert [encrypted_under_google(status) for status in ("ACTIVE", "Provisioned", "DISABLED")] == [YES] * 3
    assert [encrypted_under_google(status) for status in ("DEPROVISIONED", "PRE_PROVISIONED", "UNKNOWN")] == [UNKNOWN] * 3
    assert encrypted_under_google("") is None


def test_compliance_is_read_in_the_words_of_each_program() -> None:
    assert [compliant_of(cell) for cell in ("Compliant", "ACTIVE", "true")] == [YES] * 3
    assert [compliant_of(cell) for cell in ("Noncompliant", "Not compliant", "InGracePeriod", "DEPROVISIONED", "false")] == [NO] * 5
    assert [compliant_of(cell) for cell in ("Not evaluated", "Error", "Conflict")] == [UNKNOWN] * 3
    assert compliant_of("") is None


def test_supervision_is_said_or_left_open() -> None:
    assert [supervised_of(cell) for cell in ("Supervised", "true", "Unsupervised", "No", "Perhaps", "")] == [
        *(YesNo.YES, YesNo.YES, YesNo.NO, YesNo.NO, None, None),
    ]


def test_somebodys_own_device_is_not_taken_for_the_schools() -> None:
    assert [owner_of(cell) for cell in ("Corporate", "Institutional", "company")] == [DeviceOwner.SCHOOL] * 3
    assert [owner_of(cell) for cell in ("Leased", "Family scheme", "The council", "Personal", "")] == [
        *(DeviceOwner.LEASED, DeviceOwner.FAMILY_SCHEME, DeviceOwner.AUTHORITY, DeviceOwner.UNKNOWN, None),
    ]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("", "Acer Chromebook 311"), DeviceKind.CHROMEBOOK), (("", "ASUS Chromebox 4"), DeviceKind.DESKTOP),
        (("", "MacBookAir10,1"), DeviceKind.LAPTOP),
        (("", "iPad (9th generation)"), DeviceKind.TABLET), (("", "iPhone 13"), DeviceKind.PHONE), (("", "Mac mini (2018)"), DeviceKind.DESKTOP),
        (("Projectors", "Epson EB-L210W"), DeviceKind.DISPLAY), (("Laptops", "iMac"), DeviceKind.LAPTOP), (("Mac", "iMac Pro"), DeviceKind.DESKTOP),
        (("", "Quantum 5"), None), (("", ""), None),
    ],
)  # fmt: skip
def test_what_kind_of_thing_it_is_follows_from_its_category_or_its_model(cells: tuple[str, str], kind: DeviceKind | None) -> None:
    assert kind_of(*cells) is kind


def test_a_price_in_pounds_is_read_and_no_other_is() -> None:
    assert [cost_of(cell) for cell in ("£1,049.00", "612.5", "319", "GBP 20.00", "n/a")] == [
        *(Decimal("1049.00"), Decimal("612.5"), Decimal("319.00"), Decimal("20.00"), None),
    ]
    for cell in ("$20", "12,50", "-4", "1E5", "9" * 20):
        with pytest.raises(ValueError, match="is not a price in pounds"):
            cost_of(cell)
