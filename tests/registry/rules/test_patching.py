from datetime import date

import pytest

from registry.rules.patching import is_overdue, is_patched, patch_due, patch_words

RELEASED = date(2026, 11, 10)


def test_a_high_risk_update_is_put_in_within_fourteen_days() -> None:
    assert patch_due(RELEASED) == date(2026, 11, 24)
    assert patch_due(date.max) == date.max


@pytest.mark.parametrize(
    ("today", "words", "is_late"),
    [
        (date(2026, 11, 22), "due in 2 days", False),
        (date(2026, 11, 23), "due in 1 day", False),
        (date(2026, 11, 24), "due today", False),
        (date(2026, 11, 25), "non-compliant since Wednesday 25 November 2026", True),
    ],
)
def test_it_is_said_how_long_is_left(today: date, words: str, is_late: bool) -> None:
    assert patch_words(RELEASED, date(2026, 11, 9), today) == words
    assert is_overdue(RELEASED, None, today) is is_late
    assert patch_words(RELEASED, RELEASED, today) == "put in"
    assert not is_overdue(RELEASED, RELEASED, today)


def test_an_update_from_before_does_not_count() -> None:
    assert not is_patched(RELEASED, None)
    assert not is_patched(RELEASED, date(2026, 11, 9))
    assert is_patched(RELEASED, date(2026, 11, 10))
