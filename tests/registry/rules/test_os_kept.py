"""Systems named anew by programs: the build is followed, and what only people knew is kept."""

import pytest

from registry.rules.os_kept import System, named, system_after


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        (("Windows 11", "24H2 Education"), ("Windows", "10.0.26100.6899"), ("Windows 11 Education", "10.0.26100.6899")),
        (("Windows 11 Education", "10.0.26100.1"), ("Windows", "10.0.26200.1"), ("Windows 11 Education", "10.0.26200.1")),
        (("Windows 10 Education", "22H2"), ("Windows", "10.0.26100.1"), ("Windows 11", "10.0.26100.1")),
        (("Windows 11", "23H2"), ("Windows", None), ("Windows 11", "23H2")),
        (("ChromeOS", "141"), ("Chrome OS", "142.0"), ("ChromeOS", "142.0")),
        (("iPadOS", "18.6"), (None, "18.7"), ("iPadOS", "18.7")),
        ((None, None), ("Windows", "10.0.19045.1"), ("Windows 10", "10.0.19045.1")),
        ((None, None), ("Windows", None), ("Windows", None)),
        (("Plan 9", "4"), ("Haiku", "R1"), ("Haiku", "R1")),
        (("Plan 9", "4"), ("plan 9", "5"), ("Plan 9", "5")),
        ((None, None), (None, None), (None, None)),
    ],
)
def test_the_version_follows_and_the_name_keeps_what_was_known(before: System, said: System, after: System) -> None:
    assert system_after(before, said) == after


def test_windows_is_called_by_what_its_build_shows() -> None:
    assert named("Windows", "10.0.26100.1") == "Windows 11"
    assert named("Windows Server", "10.0.20348") == "Windows Server"
    assert named(None, "10.0.26100.1") is None
