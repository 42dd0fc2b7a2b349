from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary import OsFamily
from models.vocabulary import SupportStatus as Status
from models.vocabulary.support import SupportRule
from registry import templates_for_schools
from registry.rules.support_end import device_support, explain, status
from registry.rules.support_table import SupportEnd, editions, shipped, with_own

TODAY = date(2026, 11, 22)
EDUCATION_24H2 = date(2027, 10, 12)
STARTER = Path(templates_for_schools.__file__).parent / "support-ends" / "it.yaml"

TOLD = [
    ("Windows 10", "10.0.19045.4046", Status.UNSUPPORTED),
    ("Windows", "10.0.19045.4046", Status.UNSUPPORTED),
    ("Windows 10", "22H2", Status.UNSUPPORTED),
    ("Windows 10 Enterprise LTSC", "10.0.19044.1288", Status.ENDS_SOON),
    ("Windows 10 Enterprise LTSC", "10.0.17763", Status.SUPPORTED),
    ("Windows 10", "10.0.17763", Status.UNSUPPORTED),
    ("Windows 10 LTSB", "10.0.14393", Status.UNKNOWN),
    ("Windows 10", "10.0.18363.1", Status.UNSUPPORTED),
    ("Windows 10", None, Status.UNKNOWN),
    ("Windows", None, Status.UNKNOWN),
    ("Windows", "22H2", Status.UNSUPPORTED),
    ("Windows 7", "6.1.7601", Status.UNKNOWN),
    ("Windows 11", "10.0.22631.3296", Status.UNSUPPORTED),
    ("Windows", "23H2 Education", Status.UNSUPPORTED),
    ("Windows 11 Education", "24H2", Status.SUPPORTED),
    ("Windows 11 Pro", "10.0.26100.2314", Status.UNSUPPORTED),
    ("Windows 11 Pro Education", "10.0.26100.2314", Status.UNSUPPORTED),
    ("Windows 11", "10.0.26100.2314", Status.UNSUPPORTED),
    ("Windows 11", "10.0.26200.7171", Status.SUPPORTED),
    ("Windows 11", "10.0.26300.1", Status.UNKNOWN),
    ("Windows 11 Pro", "26H2", Status.SUPPORTED),
    ("Windows 11", "10.0.26120.1", Status.UNKNOWN),
    ("Windows Server 2012 R2", "6.3.9600", Status.UNSUPPORTED),
    ("Windows Server 2016 Standard", None, Status.ENDS_SOON),
    ("Windows Server", "10.0.17763.5458", Status.SUPPORTED),
    ("macOS", "27.1", Status.SUPPORTED),
    ("macOS", "26.0.1", Status.SUPPORTED),
    ("macOS Sequoia", "15.7", Status.UNSUPPORTED),
    ("Mac OS X", "10.15.7", Status.UNSUPPORTED),
    ("macOS", "28.0", Status.UNKNOWN),
    ("macOS Tahoe", None, Status.UNKNOWN),
    ("iPadOS", "17.4.1", Status.UNSUPPORTED),
    ("iOS", "26.2 (23C5027f)", Status.SUPPORTED),
    ("ChromeOS", "131.0.6778.0", Status.UNKNOWN),
    ("Android 14", None, Status.UNKNOWN),
    ("Android 14", "2026-08-24", Status.SUPPORTED),
    ("Android 14", "2026-08-23", Status.UNSUPPORTED),
    ("Linux Mint", "22", Status.UNKNOWN),
    (None, None, Status.UNKNOWN),
]


@pytest.mark.parametrize(("os", "version", "expected"), TOLD)
def test_the_table_is_read_as_programs_name_systems(os: str | None, version: str | None, expected: Status) -> None:
    assert status(os, version, TODAY) is expected


@given(st.text(max_size=15), st.text(max_size=15))
@settings(max_examples=60)
def test_what_is_not_understood_is_never_supported(os: str, version: str) -> None:
    assert not explain(os, version, TODAY).is_supported


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (EDUCATION_24H2 - timedelta(days=184), Status.SUPPORTED),
        (EDUCATION_24H2 - timedelta(days=183), Status.ENDS_SOON),
        (EDUCATION_24H2, Status.ENDS_SOON),
        (EDUCATION_24H2 + timedelta(days=1), Status.UNSUPPORTED),
    ],
)
def test_the_last_day_counts_and_the_half_year_before_it_warns(on: date, expected: Status) -> None:
    found = explain("Windows 11 Education", "10.0.26100", on)
    assert (found.status, found.ends_on) == (expected, EDUCATION_24H2)
    assert found.is_supported == (on <= EDUCATION_24H2)


def test_an_edition_that_is_not_told_counts_as_the_one_that_ends_first() -> None:
    found = explain("Windows 11", "24H2", TODAY)
    assert found.ends_on == date(2026, 10, 13)
    assert found.because == (
        "Windows 11 24H2 (Home and Pro) is supported until 13 October 2026.",
        "Windows 11 24H2 (Education and Enterprise) is supported until 12 October 2027.",
        "It is not told which of these it is, so the earliest day counts.",
        "If it is Windows 11 24H2 (Education and Enterprise), write that into the name of the system.",
    )
    assert found.source == "Microsoft lifecycle pages (Windows)"
    after_both = explain("Windows 11", "24H2", date(2028, 1, 1))
    assert "If it is" not in " ".join(after_both.because)


def test_a_day_that_nobody_knows_makes_it_unknown_until_another_edition_has_ended() -> None:
    assert explain("Windows 11 Education", "26H2", TODAY).because[0] == (
        "The last day of Windows 11 26H2 (Education and Enterprise) is not known: look it up."
    )
    late = explain("Windows 11", "26H2", date(2029, 1, 1))
    assert late.status is Status.UNSUPPORTED
    assert "If it is Windows 11 26H2 (Education and Enterprise)" in late.because[-1]


def test_an_older_release_has_ended_with_the_last_one() -> None:
    assert explain("Windows 10", "10.0.18363", TODAY).because[0] == "It is older than Windows 10 22H2."
    assert status("Windows 10", "10.0.18363", date(2025, 10, 14)) is Status.UNKNOWN


def test_paid_updates_count_once_a_school_has_entered_them() -> None:
    assert "Extended Security Updates, to 10 October 2028 at most, count only if bought" in explain("Windows 10", "22H2", TODAY).because[-1]
    paid = SupportEnd(family=OsFamily.WINDOWS_10, version="22h2", recognise="10.0.19045", ends_on=date(2027, 10, 12), source="Our contract")
    found = explain("Windows", "10.0.19045.4046", TODAY, [paid])
    assert (found.status, found.ends_on, found.source) == (Status.SUPPORTED, date(2027, 10, 12), "Our contract")


def test_a_schools_row_for_one_edition_leaves_the_others_as_they_are() -> None:
    own = [SupportEnd(family="Windows 11", version="24H2", edition="Education", ends_on=date(2028, 1, 1))]
    assert explain("Windows 11 Education", "24H2", TODAY, own).ends_on == date(2028, 1, 1)
    assert explain("Windows 11 Pro", "24H2", TODAY, own).ends_on == date(2026, 10, 13)
    assert explain("Windows 11", "24H2", TODAY, own).ends_on == date(2026, 10, 13)
    ten = [SupportEnd(family="Windows 10", version="22H2", edition="Education", ends_on=date(2028, 1, 1))]
    assert explain("Windows 10 Pro", "22H2", TODAY, ten).ends_on == date(2025, 10, 14)
    assert explain("Windows 10 Education", "22H2", TODAY, ten).ends_on == date(2028, 1, 1)


def test_a_school_may_add_what_the_table_lacks() -> None:
    own = [
        SupportEnd(family=OsFamily.OTHER, version="22", ends_on=date(2029, 4, 1)),
        SupportEnd(family=OsFamily.IOS, version="17", ends_on=date(2026, 12, 31)),
    ]
    assert status("Linux Mint", "22.1", TODAY, own) is Status.SUPPORTED
    assert status("iPadOS", "17.4.1", TODAY, own) is Status.ENDS_SOON
    assert status("iPadOS", "16.17", TODAY, own) is Status.UNSUPPORTED


def test_newest_versions_count_only_while_somebody_looks_them_up() -> None:
    assert status("macOS", "27.0", date(2027, 11, 22)) is Status.SUPPORTED
    assert status("macOS", "27.0", date(2027, 11, 23)) is Status.UNKNOWN
    wider = SupportEnd(family="macOS", version="by major version", recognise="28, 27, 26", limit=3, checked_on=date(2028, 10, 1))
    assert status("macOS", "26.4", date(2029, 1, 1), [wider]) is Status.SUPPORTED
    assert status("macOS", "26.4", date(2029, 10, 2), [wider]) is Status.UNKNOWN
    assert status("macOS", "15.4", date(2029, 1, 1), [wider]) is Status.UNSUPPORTED
    empty = SupportEnd(family="macOS", version="by major version", recognise="major version", rule=SupportRule.MAJORS_BEHIND)
    assert status("macOS", "26.4", TODAY, [empty]) is Status.UNKNOWN


def test_a_chromebook_goes_by_its_own_last_day() -> None:
    def of(ends_on: date | None) -> Status:
        return device_support("ChromeOS", "131.0.6778.0", TODAY, device_ends_on=ends_on).status

    assert of(None) is Status.UNKNOWN
    assert of(TODAY - timedelta(days=1)) is Status.UNSUPPORTED
    assert of(TODAY) is Status.ENDS_SOON
    assert of(date(2031, 6, 1)) is Status.SUPPORTED


def test_an_android_goes_by_its_model_or_by_its_last_update_and_the_worse_of_both() -> None:
    assert device_support("Android", "14", TODAY, device_ends_on=date(2030, 1, 1)).status is Status.SUPPORTED
    assert device_support("Android", "14", TODAY, patched_on=date(2026, 11, 1)).status is Status.SUPPORTED
    both = device_support("Android", "14", TODAY, device_ends_on=date(2030, 1, 1), patched_on=date(2025, 1, 1))
    assert both.status is Status.UNSUPPORTED
    assert len(both.because) == 2


def test_of_two_last_days_the_earlier_counts() -> None:
    early, late = date(2027, 1, 1), date(2032, 1, 1)
    by_device = device_support("Windows 11 Education", "24H2", TODAY, device_ends_on=early)
    assert (by_device.status, by_device.ends_on, by_device.source) == (Status.ENDS_SOON, early, "The record of the device")
    by_table = device_support("Windows 11 Education", "24H2", TODAY, device_ends_on=late)
    assert (by_table.status, by_table.ends_on, by_table.source) == (Status.SUPPORTED, EDUCATION_24H2, "Microsoft lifecycle pages (Windows)")
    assert device_support("Windows 11", "10.0.26120", TODAY, device_ends_on=late).status is Status.UNKNOWN
    assert device_support("macOS", "15.1", TODAY, device_ends_on=late).status is Status.UNSUPPORTED


def test_what_a_school_may_begin_with_says_the_same_as_the_shipped_table() -> None:
    same = ("family", "recognise", "ends_on", "source")
    read = yaml.safe_load(STARTER.read_text(encoding="utf-8"))
    offered = [SupportEnd(version=entry["version_name"], edition=entry["edition"], **{name: entry.get(name) for name in same}) for entry in read]
    assert [[getattr(row, name) for name in same] for row in offered] == [[getattr(row, name) for name in same] for row in shipped()]
    assert [row.version for row in offered] == [row.version for row in shipped()]
    assert [editions(row.edition) for row in offered] == [editions(row.edition) for row in shipped()]
    completed = with_own(offered)
    assert [(row.is_dated, row.limit, row.checked_on) for row in completed] == [(row.is_dated, row.limit, row.checked_on) for row in shipped()]
    for os, version, expected in TOLD:
        assert status(os, version, TODAY, offered) is expected
