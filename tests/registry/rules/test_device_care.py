from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.vocabulary import DeviceKind, DeviceStatus
from registry.rules.device_care import COMPUTERS, DeviceFacts, findings, support_of
from registry.rules.school_facts import SchoolFacts
from registry.rules.support_table import SupportEnd

TODAY = date(2026, 11, 22)
SCHOOL = SchoolFacts(today=TODAY)
SOUND = DeviceFacts(
    kind="laptop",
    status="allocated",
    os="Windows 11 Education",
    os_version="10.0.26100.2314",
    serial="5CD1234XYZ",
    holds_personal="yes",
    encrypted="yes",
    encryption_verified_on=date(2026, 9, 1),
    in_mdm="yes",
    compliant="no",
    last_seen_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    anti_malware="yes",
    shared_login="no",
)


def found(device: DeviceFacts, school: SchoolFacts = SCHOOL) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.question) for finding in findings(device, school)]


def said(device: DeviceFacts) -> str:
    (finding,) = findings(device, SCHOOL)
    return finding.message


def test_a_safe_device_has_no_findings() -> None:
    assert found(SOUND) == []


def test_of_a_device_of_which_nothing_is_known_everything_is_asked() -> None:
    codes = [code for code, _, _ in found(DeviceFacts())]
    assert codes == ["DV01", "DV02", "DV03", "DV05", "DV06", "DV08"]
    assert [code for code, _, _ in found(DeviceFacts(), SchoolFacts())] == ["DV01", "DV03", "DV05", "DV06", "DV08"]


@pytest.mark.parametrize("answer", ["no", "unknown", None, False])
def test_personal_data_is_encrypted_and_unknown_is_not_yes(answer: str | bool | None) -> None:
    assert found(replace(SOUND, encrypted=answer)) == [("DV01", "error", "encrypted")]
    assert found(replace(SOUND, encrypted=answer, holds_personal="unknown")) == [("DV01", "warning", "encrypted")]
    assert found(replace(SOUND, encrypted=answer, holds_personal="no")) == []


def test_complying_is_not_being_encrypted() -> None:
    assert said(replace(SOUND, encrypted="no")) == (
        "It holds personal data, and is not encrypted. Encrypt it, or keep personal data off it."
    )
    assert said(replace(SOUND, encrypted=None, compliant="yes", holds_personal=None)) == (
        "It may hold personal data, and nobody knows whether it is encrypted. Find out, or keep personal data off it."
        " That it complies with the rules of the management program does not say so."
    )


def test_encryption_counts_once_somebody_has_checked_it_within_the_year() -> None:
    assert found(replace(SOUND, encryption_verified_on=None)) == [("DV01", "warning", "encryption_verified_on")]
    assert found(replace(SOUND, encryption_verified_on=date(2025, 11, 22))) == []
    assert found(replace(SOUND, encryption_verified_on=date(2025, 11, 21))) == [("DV01", "warning", "encryption_verified_on")]


def test_a_system_gets_security_updates() -> None:
    assert found(replace(SOUND, os_version="10.0.22631")) == [("DV02", "warning", "os_version")]
    assert said(replace(SOUND, os_version="10.0.22631")).startswith("It gets no security updates after Tuesday 10 November 2026. Update it")
    assert found(replace(SOUND, support_end_on=TODAY)) == [("DV02", "note", "os_version")]
    assert said(replace(SOUND, os="macOS", os_version="14.1")).startswith("It gets no security updates any more.")
    assert found(replace(SOUND, os=None, os_version=None)) == [("DV02", "warning", "os")]
    assert found(replace(SOUND, os_version=" ")) == [("DV02", "warning", "os_version")]
    chromebook = replace(SOUND, kind="chromebook", os=None, os_version="131.0.6778.0")
    assert found(chromebook) == [("DV02", "warning", "support_end_on")]
    assert said(chromebook) == "Nobody knows whether it still gets security updates. Each ChromeOS device has its own last day: enter it."
    assert found(replace(chromebook, support_end_on=date(2031, 6, 1))) == []


def test_a_schools_own_table_counts() -> None:
    old = replace(SOUND, os="Windows 10", os_version="10.0.19045")
    paid = [SupportEnd(family="Windows 10", version="22H2", ends_on=date(2027, 10, 12))]
    assert found(old) == [("DV02", "warning", "os_version")]
    assert findings(old, replace(SCHOOL, support_table=lambda: paid)) == ()
    assert support_of(old, TODAY, paid).ends_on == date(2027, 10, 12)


def test_a_fix_is_told_of_a_system_for_all_devices_that_have_it() -> None:
    fix = SupportEnd(family="Windows 11", version="25H2", recognise="10.0.26200", ends_on=date(2028, 10, 10), fix_released_on=date(2026, 11, 3))
    school = replace(SCHOOL, support_table=lambda: [fix])
    sound = replace(SOUND, os="Windows 11", os_version="10.0.26200.1", last_patched_on=date(2026, 11, 2))
    assert "DV04" in [each.code for each in findings(sound, school)]
    assert "DV04" not in [each.code for each in findings(replace(sound, last_patched_on=date(2026, 11, 3)), school)]
    assert "DV04" not in [each.code for each in findings(replace(sound, os="macOS", os_version="26.1"), school)]
    later = replace(sound, fix_released_on=date(2026, 11, 20))
    assert "20 November" in next(each.message for each in findings(later, school) if each.code == "DV04")


def test_a_device_reports_within_thirty_days() -> None:
    seen = datetime(2026, 10, 23, 23, 59, tzinfo=UTC)
    assert found(replace(SOUND, last_seen_at=seen)) == []
    assert found(replace(SOUND, last_seen_at=seen - timedelta(days=1))) == [("DV03", "warning", "last_seen_at")]
    assert found(replace(SOUND, last_seen_at=seen - timedelta(days=1)), SchoolFacts()) == []
    assert said(replace(SOUND, last_seen_at=None)).startswith("It has never reported")


def test_a_fix_for_a_high_risk_is_put_in_within_fourteen_days() -> None:
    waiting = replace(SOUND, fix_released_on=date(2026, 11, 10))
    assert found(waiting) == [("DV04", "note", "last_patched_on")]
    assert "is not put in: due in 2 days." in said(waiting)
    assert found(waiting, SchoolFacts(today=date(2026, 11, 24))) == [("DV04", "note", "last_patched_on")]
    (late,) = findings(waiting, SchoolFacts(today=date(2026, 11, 25)))
    assert late.severity == "warning"
    assert "non-compliant since Wednesday 25 November 2026" in late.message
    assert found(replace(waiting, last_patched_on=date(2026, 11, 11))) == []
    assert found(waiting, SchoolFacts()) == []


@pytest.mark.parametrize(("code", "column"), [("DV05", "in_mdm"), ("DV06", "anti_malware")])
@pytest.mark.parametrize("answer", ["no", "unknown", None])
def test_a_device_is_managed_and_guarded(code: str, column: str, answer: str | None) -> None:
    device = replace(SOUND, **{column: answer})
    assert found(device) == [(code, "warning", column)]
    assert said(device).startswith("Nobody has said") == (answer != "no")


@pytest.mark.parametrize(("os", "version"), [("Chrome OS", "131"), ("iPadOS", "26.1")])
def test_no_program_against_malware_is_asked_for_where_there_is_none(os: str, version: str) -> None:
    assert found(replace(SOUND, os=os, os_version=version, support_end_on=date(2031, 1, 1), anti_malware=None)) == []


def test_each_person_signs_in_as_themselves() -> None:
    assert found(replace(SOUND, shared_login="yes")) == [("DV07", "warning", "shared_login")]
    assert found(replace(SOUND, shared_login=None)) == []
    assert found(replace(SOUND, status="shared", shared_login="unknown")) == [("DV07", "note", "shared_login")]
    assert found(replace(SOUND, status="shared")) == []


@pytest.mark.parametrize("serial", [None, "", "Default string", "6.37E+15", "4711.0"])
def test_a_serial_is_known_and_whole(serial: str | None) -> None:
    assert found(replace(SOUND, serial=serial)) == [("DV08", "warning", "serial")]


@pytest.mark.parametrize("status", DeviceStatus)
def test_of_a_device_that_is_gone_only_the_serial_is_asked(status: DeviceStatus) -> None:
    codes = [code for code, _, _ in found(DeviceFacts(status=status))]
    gone = status in (DeviceStatus.LOST, DeviceStatus.STOLEN, DeviceStatus.RETIRED, DeviceStatus.DISPOSED)
    assert (codes == ["DV08"]) == gone


@pytest.mark.parametrize("kind", DeviceKind)
def test_each_kind_is_asked_what_concerns_it(kind: DeviceKind) -> None:
    codes = [code for code, _, _ in found(DeviceFacts(kind=kind))]
    if kind in COMPUTERS:
        assert len(codes) >= 5
    else:
        assert codes == (["DV01", "DV08"] if kind is DeviceKind.STORAGE else ["DV08"])
