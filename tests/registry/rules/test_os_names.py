import pytest

from models.vocabulary import OsFamily
from registry.rules.os_names import CLIENTS, family, possible

TOLD = [
    ("Windows", "10.0.22631.3296", OsFamily.WINDOWS_11),
    ("Windows", "10.0.19045.4046", OsFamily.WINDOWS_10),
    ("Windows 10 Pro", "10.0.22621.1", OsFamily.WINDOWS_11),
    ("Windows", "22631.3296", OsFamily.WINDOWS_11),
    ("Windows", "23H2 Education", OsFamily.WINDOWS_11),
    ("Windows", "20H2", OsFamily.WINDOWS_10),
    ("Windows", "1809", OsFamily.WINDOWS_10),
    ("Windows", "2004", OsFamily.WINDOWS_10),
    ("Microsoft Windows 11 Education", None, OsFamily.WINDOWS_11),
    ("Windows 10", "22H2", OsFamily.WINDOWS_10),
    ("Win11", "", OsFamily.WINDOWS_11),
    ("Windows 7", "6.1.7601", OsFamily.OTHER),
    ("Windows XP", None, OsFamily.OTHER),
    ("Windows Phone", "8.1", OsFamily.OTHER),
    ("Windows Server 2019 Standard", "10.0.17763", OsFamily.WINDOWS_SERVER),
    ("iOS", "17.4.1", OsFamily.IOS),
    ("iPadOS", "17.4.1", OsFamily.IOS),
    ("iOS/iPadOS", None, OsFamily.IOS),
    ("Mac OS X", "10.15.7", OsFamily.MACOS),
    ("macOS", "14.4.1", OsFamily.MACOS),
    (None, "macOS 14.4.1", OsFamily.MACOS),
    ("MacMDM", "26.1", OsFamily.MACOS),
    ("Chrome OS", "131.0.6778.0", OsFamily.CHROME_OS),
    ("CHROME_OS", None, OsFamily.CHROME_OS),
    ("ChromeOS Flex", None, OsFamily.CHROME_OS),
    ("AndroidEnterprise", "14", OsFamily.ANDROID),
    ("Android (device administrator)", "9", OsFamily.ANDROID),
    ("tvOS", "17.4", OsFamily.OTHER),
    ("Linux Mint", "22", OsFamily.OTHER),
]


@pytest.mark.parametrize(("os", "version", "meant"), TOLD)
def test_a_system_is_known_by_whatever_a_program_calls_it(os: str | None, version: str | None, meant: OsFamily) -> None:
    assert family(os, version) is meant


@pytest.mark.parametrize(("os", "version"), [("Windows", None), ("Windows", "22H2"), ("Windows", "10.0.9999")])
def test_windows_may_stay_undecided(os: str, version: str | None) -> None:
    assert family(os, version) is None
    assert possible(os, version) == CLIENTS


@pytest.mark.parametrize(("os", "version"), [(None, None), ("", "17.4.1"), (" ", None)])
def test_nothing_is_made_of_nothing(os: str | None, version: str | None) -> None:
    assert possible(os, version) == ()
    assert family(os, version) is None
